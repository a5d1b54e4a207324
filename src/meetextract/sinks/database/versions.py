"""The versions of the database's schema: which one a database has, and the way to the one of this program (Alembic)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from meetextract.errors import DatabaseError
from meetextract.sinks.database import views as _  # noqa: F401, defines them
from meetextract.sinks.database.opening import connect_to, name_of, reported, writing
from meetextract.sinks.database.registry import create_views, drop_views, view_differences
from meetextract.sinks.database.tables import METADATA

_MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str, *, may_make: bool = False) -> Engine:
    """Open a tracking database, and make its tables where it is empty.

    Args:
        url: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.
        may_make: Whether it is made where there is none.

    Returns:
        The engine of a database with the schema of this program.

    Raises:
        DatabaseError: It cannot be reached, or its schema is older or newer, or is another program's.
    """
    engine = connect_to(url, may_make=may_make)
    try:
        with reported(engine), engine.connect() as connection:
            version = version_of(connection)
        if version is None and may_make:
            upgrade(engine)
        else:
            _refuse_other_version(engine, version)
    except BaseException:
        engine.dispose()
        raise
    return engine


def newest() -> str:
    """The version of this program."""
    return str(_scripts().get_current_head())


def version_of(connection: Connection) -> str | None:
    """The version of a database; None where it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, version: str = "head") -> None:
    """Bring a database to a version, with all that is in it; two who do so at once do it once.

    Args:
        engine: The database.
        version: By default that of this program.

    Raises:
        DatabaseError: It is newer than this program, has tables of another one, or cannot be changed; then all is as
            before.
    """
    _move(engine, version, is_up=True)


def downgrade(engine: Engine, version: str) -> None:
    """Bring a database back to an older version; what only the newer one can hold is lost.

    Args:
        engine: The database.
        version: An older version, or `base` for none.

    Raises:
        DatabaseError: As of `upgrade`.
    """
    _move(engine, version, is_up=False)


def _move(engine: Engine, version: str, *, is_up: bool) -> None:
    with reported(engine):
        _migrate(engine, version, is_up=is_up)


def _migrate(engine: Engine, version: str, *, is_up: bool) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # WAL: readers and the writer do not wait for each other
            connection.connection.driver_connection.execute("pragma journal_mode = wal")  # type: ignore[union-attr]
    with writing(engine) as connection:
        if (has := version_of(connection)) is not None and has not in _known():
            raise DatabaseError(_newer(engine, has))
        if has is None and is_up:
            _refuse_other_tables(engine, set(inspect(connection).get_table_names()))
        drop_views(connection)
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        if is_up:
            command.upgrade(config, version)
        else:
            command.downgrade(config, version)
        if version_of(connection) == newest():
            create_views(connection)


def differences(engine: Engine) -> list[str]:
    """What a database of this program's version has otherwise than it should: one line each."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        found = [_in_words(each) for each in compare_metadata(context, METADATA)]
        return found + list(view_differences(connection))


_KINDS = {"fk": "foreign key"}


def _in_words(change: Any) -> str:
    """What Alembic would change, as what is otherwise."""
    if isinstance(change, list):  # of one column
        return "; ".join(map(_in_words, change))
    does, kind = change[0].split("_", 1)
    if does == "modify":
        column, has, should = f"{change[2]}.{change[3]}", change[-2], change[-1]
        if kind == "nullable":
            return f"the column {column} {'may' if has else 'may not'} be empty, and should be otherwise"
        return f"the {kind} of the column {column} is {has}, and should be {should}"
    if kind == "table_comment":
        return f"the comment of the table {change[1].name} is otherwise"
    thing = change[-1]
    of = "" if kind == "table" else f" of {change[2] if kind == 'column' else thing.table.name}"
    name = thing.name or f"on {', '.join(each.name for each in thing.columns)}"
    return f"the {_KINDS.get(kind, kind)} {name}{of} {'is missing' if does == 'add' else 'should not be there'}"


def _is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return kind != "table" or name in METADATA.tables  # others may have tables of their own beside ours


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(_MIGRATIONS)


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _newer(engine: Engine, version: str) -> str:
    mend = "Install a newer meetextract."
    return f"{name_of(engine)}: its version is {version}, newer than {newest()} of this program. {mend}"


def _refuse_other_version(engine: Engine, version: str | None) -> None:
    if version is None:
        raise DatabaseError(
            f"{name_of(engine)}: it holds no tables of meetextract. Run `meetextract database upgrade`."
        )
    if version not in _known():
        raise DatabaseError(_newer(engine, version))
    if version != newest():
        mend = f"Run `meetextract database upgrade --database {_shown(engine)}`."
        raise DatabaseError(f"{name_of(engine)}: its version is {version}, and this program needs {newest()}. {mend}")


def _shown(engine: Engine) -> str:
    return engine.url.set(drivername=engine.url.get_backend_name(), query={}).render_as_string(hide_password=True)


def _refuse_other_tables(engine: Engine, tables: set[str]) -> None:
    taken = sorted(tables & set(METADATA.tables))
    if taken:
        mend = "Name an empty database, or in PostgreSQL a schema of its own: ?options=-csearch_path%3DNAME."
        raise DatabaseError(f"{name_of(engine)}: it has tables of another program ({', '.join(taken)}). {mend}")
