"""Finding a tracking database by its URL, and what its errors mean. No message holds a password."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from pydantic_core import to_json
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, SQLAlchemyError, StatementError

from meetextract.errors import DatabaseError

_LOCK = 0x6D656574  # "meet": one number for all who write
_WAIT = 60.0  # seconds that SQLite waits for another writer
_AGAIN = frozenset({"40001", "40P01", "57P01", "57P02", "57P03", "55P03"})
"""PostgreSQL: serialization failure, deadlock, shutdown, crash, starting up, lock not available."""
_CHECK = "Its tables are not as they should be: `meetextract database check` tells how."
_HOPELESS = ("53", "58", "XX", "28", "3D", "3F", "42", "25006")
"""PostgreSQL: out of disk or memory, system error, internal error, not let in, no such database or schema, no such
table or column or not allowed, read-only."""


class Fault(Enum):
    """What is to be done about an error of a database."""

    AGAIN = "the same again, with another connection"
    ROWS = "these rows are not taken; others may be"
    HOPELESS = "nothing will be taken"


def as_url(given: str) -> URL:
    """Read the URL of a database.

    Args:
        given: `sqlite:///FILE`, or `postgresql://USER@HOST/NAME`.

    Returns:
        The URL with its driver.

    Raises:
        DatabaseError: It is none, or one of another kind of database, or the extra `postgres` is missing.
    """
    mend = "Give sqlite:///FILE, or postgresql://USER@HOST/NAME with the password in ~/.pgpass or PGPASSWORD."
    try:
        url = make_url(given)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise DatabaseError(f"the URL of the database cannot be read. {mend}") from None
    if backend == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise DatabaseError(f"the URL names no file. {mend}")
        return url.set(drivername="sqlite+pysqlite")
    if backend in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise DatabaseError("psycopg is not installed. Install it: pip install 'meetextract[postgres]'.")
        return url.set(drivername="postgresql+psycopg")
    raise DatabaseError(f"{backend}: no kind of database that is known here. {mend}")


def name_of(engine: Engine) -> str:
    """The database as messages name it: its URL without user, password and options."""
    url = engine.url
    return f"{url.get_backend_name()}://{url.host or ''}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def connect_to(given: str, *, may_make: bool) -> Engine:
    """Make the engine of a database; nothing is connected yet.

    Args:
        given: Its URL.
        may_make: Whether an SQLite file that is not there is made.

    Returns:
        The engine.

    Raises:
        DatabaseError: The URL is wrong, or the file is not there.
    """
    url = as_url(given)
    if url.get_backend_name() == "postgresql":
        logging.getLogger("psycopg").setLevel(logging.ERROR)  # of what a broken connection means, we tell in one line
        options = " ".join(["-c datestyle=ISO", *url.normalized_query.get("options", ())])  # psycopg reads no other
        return create_engine(url, pool_pre_ping=True, json_serializer=json_of, connect_args={"options": options})
    if not may_make and not Path(url.database or "").is_file():
        mend = f"`meetextract load RECORDS --database {given}` makes it."
        raise DatabaseError(f"{url.database}: there is no such file. {mend}")
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(_WAIT)})
    engine = create_engine(url, json_serializer=json_of)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def json_of(value: object) -> str:
    """A value as databases take what is only carried along; JSON has no numbers without end."""
    return to_json(value, inf_nan_mode="strings").decode()


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, and not before DDL only
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = normal")  # with WAL, a crash loses no consistency
    connection.execute("pragma cache_size = -65536")


def _begin_sqlite(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("begin immediate" if is_writing else "begin")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: others wait for its end, so that no two get in each other's way.

    Args:
        engine: The database.

    Yields:
        The connection; what it did is there as a whole at the end, or not at all.
    """
    with engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def fault_of(error: SQLAlchemyError | OverflowError) -> Fault:
    """Tell what is to be done about an error."""
    if not isinstance(error, DBAPIError):
        return Fault.ROWS if isinstance(error, StatementError | OverflowError) else Fault.HOPELESS
    if error.connection_invalidated:
        return Fault.AGAIN
    original: Any = error.orig
    if isinstance(original, sqlite3.Error):
        code = (original.sqlite_errorcode or 0) & 0xFF if hasattr(original, "sqlite_errorcode") else 0
        rows = (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG)
        return Fault.ROWS if code in rows or isinstance(original, sqlite3.DataError) else Fault.HOPELESS
    state = getattr(original, "sqlstate", None)
    if isinstance(error, DataError):  # also what the driver does not even send
        return Fault.ROWS
    if state is None:  # it never got to the server
        return Fault.HOPELESS if _is_refused(str(original)) else Fault.AGAIN
    if state in _AGAIN or state.startswith("08"):
        return Fault.AGAIN
    return Fault.HOPELESS if state.startswith(_HOPELESS) else Fault.ROWS


def _is_refused(message: str) -> bool:
    """Whether a server said no: a wrong password, no such user or database. It has no code before the connection."""
    return "password" in message or "does not exist" in message or "pg_hba.conf" in message


def told(engine: Engine, error: SQLAlchemyError | OverflowError) -> str:
    """An error in one line, with what may be done."""
    reason = reason_of(engine, error)
    return f"{name_of(engine)}: {reason}. {_mend(reason)}"


def reason_of(engine: Engine, error: SQLAlchemyError | OverflowError) -> str:
    """What the database says, in one line without the password and without a full stop."""
    original: Any = getattr(error, "orig", None) or error
    reason = " ".join(str(original).split()).removesuffix(".")
    password = engine.url.password
    if password:
        for written in (str(password), quote(str(password)), quote_plus(str(password))):
            reason = reason.replace(written, "***")
    return reason[:500]


def _mend(reason: str) -> str:
    for words, mend in (
        ("database is locked", "Another program holds it; wait for its end, then run this again."),
        ("read-only", "Have the database's owner allow it."),
        ("readonly", "Check who may write the file and its folder."),
        ("malformed", "Restore the file from a copy."),
        ("No space left", "Make room on the disk, then run this again."),
        ("disk", "Make room on the disk, then run this again."),
        ("unable to open", "Check the path, and who may write there."),
        ("not a database", "Name another file, or move this one away."),
        ("password", "Check user and password (~/.pgpass or PGPASSWORD)."),
        ("permission denied", "Have the database's owner allow it."),
        *((words, _CHECK) for words in ("no such column", "no such table", "no column named", "column ", "relation ")),
        ("no schema has been selected", "Have the schema made: create schema NAME."),
        ("does not exist", "Check the names, or have the database made: createdb NAME."),
    ):
        if words in reason:
            return mend
    return "Check that the database is there and can be reached, then run this again."


@contextmanager
def reported(engine: Engine) -> Iterator[None]:
    """Turn errors of the database into ours.

    Raises:
        DatabaseError: There was one.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseError(told(engine, error)) from None
    except UnicodeEncodeError:  # of the command line, or of Python
        raise DatabaseError(f"{name_of(engine)}: no database holds half a character. Write the text anew.") from None
