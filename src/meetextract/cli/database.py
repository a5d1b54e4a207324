"""`load`, `query`, `export`, `database`, `status` and `merge`: the tracking database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from meetextract.cli.endings import refuse
from meetextract.cli.request import refuse_to_overwrite
from meetextract.cli.stop import Stop

if TYPE_CHECKING:
    from datetime import date

    from meetextract.sinks.database.feeding import Fed, Feeder
    from meetextract.sinks.database.queries import Answer

DEFAULT = "sqlite:///meetextract.db"

Url = Annotated[
    str,
    typer.Option(
        "--database", "-d", metavar="URL", envvar="MEETEXTRACT_DATABASE",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]  # fmt: skip


class Form(StrEnum):
    """What a table on standard output looks like."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class FileForm(StrEnum):
    """What a table in a file is."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


@contextmanager
def database_trouble() -> Iterator[None]:
    """Tell what the database cannot do, and end with exit code 2."""
    from meetextract.errors import DatabaseError, ExportError

    try:
        yield
    except (DatabaseError, ExportError) as error:
        refuse(str(error))


def load(
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="RECORDS...", show_default=False,
            help="Files that `extract` wrote (.jsonl, also .gz and .zst), folders of these; - is standard input.",
        ),
    ] = None,
    database: Url = DEFAULT,
    portal: Annotated[
        str | None,
        typer.Option(metavar="HOST", help="The portal of articles that have no address.", show_default=False),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Load what is there, and then new files as they appear, until Ctrl-C."),
    ] = None,
) -> None:  # fmt: skip
    """Load records into the tracking database, which is made if it is not there.

    The same records again change nothing; a better extraction changes what machines wrote and never what people did;
    what is no longer found is marked as superseded. A load that was broken off is gone on with by running it again.

    What cannot be loaded is reported with its place and costs nothing else; the exit code is then 1.
    """
    from meetextract.sinks.database.versions import open_database

    if not records and watch is None:
        raise typer.BadParameter("name files or folders of records, or --watch DIR.", param_hint="RECORDS")
    if watch is not None and not watch.is_dir():
        raise typer.BadParameter(f"there is no folder {watch}. Make it first.", param_hint="--watch")
    with Stop() as stop, database_trouble():
        engine = open_database(database, may_make=True)
        feeder = open_feeder(engine, portal)
        try:
            _load_files(feeder, records or [], stop)
            if watch is not None:
                _watch(feeder, watch, stop)
            feeder.flush()
        finally:
            typer.echo(counts(feeder.fed), err=True)
    if stop.signal:
        typer.echo("stopped; run it again to go on", err=True)
        raise typer.Exit(stop.exit_code)
    raise typer.Exit(1 if feeder.fed.failed else 0)


def open_feeder(engine: Any, portal: str | None) -> Feeder:
    """What takes records into a database, and tells on standard error what cannot be loaded."""
    import gc

    from meetextract.sinks.database.feeding import Feeder

    gc.freeze()
    return Feeder(engine, lambda place, why: typer.echo(f"{place}: {why}", err=True), portal)


def counts(fed: Fed) -> str:
    """What became of records, in a line."""
    changes = fed.changes
    return (
        f"read {fed.read}: {changes.new} new, {changes.changed} changed, {fed.unchanged} as before, {fed.failed} failed;"
        f" entries: {changes.added} added, {changes.updated} updated, {changes.superseded} superseded,"
        f" {changes.restored} restored"
    )


def _load_files(feeder: Feeder, paths: list[Path], stop: Stop, *, is_whole: bool = True) -> None:
    """Take the records of files; of one that is still written, the lines that are."""
    from meetextract.errors import InputError
    from meetextract.sinks.jsonl import read_lines, record_files

    for path in paths:
        for each in record_files(path):
            lines = iter(read_lines(each, is_whole=is_whole)) if not isinstance(each, InputError) else iter([each])
            for number, line in enumerate(lines, 1):
                if stop.signal:
                    return
                if isinstance(line, InputError):
                    feeder.fed.failed += 1
                    typer.echo(str(line), err=True)
                elif line.strip():
                    feeder.add(line, f"{each}:{number}")


def _watch(feeder: Feeder, folder: Path, stop: Stop) -> None:
    from importlib.util import find_spec

    if find_spec("watchfiles") is None:
        refuse("watchfiles is not installed. Install it: pip install 'meetextract[watch]'.")
    from watchfiles import watch as changes_of

    from meetextract.sinks.jsonl import is_record_file

    _load_files(feeder, [folder], stop, is_whole=False)
    feeder.flush()
    for changes in changes_of(folder, yield_on_timeout=True, rust_timeout=500, raise_interrupt=False):
        paths = sorted({Path(path) for _, path in changes})
        _load_files(feeder, [path for path in paths if is_record_file(path) and path.is_file()], stop, is_whole=False)
        feeder.flush()
        if stop.signal:
            return


def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Which; without it, they are listed.")] = None,
    unit: Annotated[str | None, typer.Option(help="Name of a unit, or words of it.")] = None,
    person: Annotated[str | None, typer.Option(help="Name of a person, or words of it.")] = None,
    document: Annotated[str | None, typer.Option(help="Symbol of a document, or its beginning.")] = None,
    portal: Annotated[str | None, typer.Option(metavar="HOST", help="Host of a portal.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day to take for today.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="The greatest number of lines.")] = None,
    form: Annotated[Form, typer.Option("--format", "-f", metavar="table|csv|json")] = Form.TABLE,
    database: Url = DEFAULT,
) -> None:
    """Ask the tracking database: what is open, overdue, due this month, reached, directed, from a document.

    A table shows the columns that there is room for; csv and json have all of them.
    """
    from meetextract.sinks.database.queries import QUERIES, Narrowed, answer

    if name is None:
        for each, asked in QUERIES.items():
            taken = ", ".join(f"--{_OPTIONS.get(what, what)}" for what, may in asked.narrowed_by.items() if may)
            typer.echo(f"{each:18} {asked.says} ({taken})" if taken else f"{each:18} {asked.says}")
        return
    narrowed = Narrowed(
        unit, person, document, portal, _day(start, "--from"), _day(end, "--to"), _day(on, "--on")
    )  # fmt: skip
    from meetextract.sinks.database.versions import open_database

    with database_trouble():
        lines = answer(open_database(database), name, narrowed, limit)
        _PRINT[form](lines)


_OPTIONS = {"start": "from", "end": "to"}


def _print_csv(lines: Answer) -> None:
    from meetextract.sinks.exports import write_csv

    write_csv(lines.columns, lines, sys.stdout)


def _print_json(lines: Answer) -> None:
    from meetextract.sinks.exports import as_json

    columns, before = lines.columns, "[\n"
    for row in lines:
        typer.echo(f"{before}{as_json(columns, row)}", nl=False)
        before = ",\n"
    typer.echo("\n]" if before != "[\n" else "[]")


def _print_table(lines: Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = list(lines.columns)
    table = Table(*lines.shown)
    for row in lines:
        values = dict(zip(columns, row, strict=True))
        table.add_row(*(Text(_shown(values[each])) for each in lines.shown))
    console = Console()
    if not console.is_terminal:
        console.width = 200
    console.print(table)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    return "".join(sign if sign.isprintable() else " " for sign in str(value))


_PRINT = {Form.TABLE: _print_table, Form.CSV: _print_csv, Form.JSON: _print_json}


def export(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A table or view of the database, or a query.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where it goes.")],
    form: Annotated[
        FileForm | None,
        typer.Option("--format", "-f", metavar="jsonl|csv|parquet|xlsx", help="By default as the file's name ends."),
    ] = None,
    database: Url = DEFAULT,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")] = False,
) -> None:
    """Write a table, view or query of the tracking database into a file."""
    from meetextract.sinks.database.queries import whole
    from meetextract.sinks.database.versions import open_database
    from meetextract.sinks.exports import FORMATS
    from meetextract.sinks.exports import export as write

    chosen = form.value if form else next((each for each in FORMATS if output.suffix == f".{each}"), None)
    if chosen is None:
        raise typer.BadParameter(f"say which of {', '.join(FORMATS)}.", param_hint="--format")
    refuse_to_overwrite(str(output), overwrite)
    with database_trouble():
        lines = whole(open_database(database), name)
        try:
            count = write(lines.columns, lines, output, chosen)
        except OSError as error:
            refuse(f"{output}: cannot be written ({error.strerror or error}). Check the folder and the disk.")
    typer.echo(f"{output}: {count} rows", err=True)


database_app = typer.Typer(no_args_is_help=True, help="The schema of the tracking database.")


@database_app.command()
def upgrade(database: Url = DEFAULT) -> None:
    """Bring a database to the schema of this program, with all that is in it; make one that is not there."""
    from meetextract.sinks.database.opening import connect_to, name_of, reported
    from meetextract.sinks.database.versions import newest
    from meetextract.sinks.database.versions import upgrade as bring

    with database_trouble():
        engine = connect_to(database, may_make=True)
        with reported(engine):
            bring(engine)
        typer.echo(f"{name_of(engine)}: version {newest()}")


@database_app.command()
def current(database: Url = DEFAULT) -> None:
    """Tell which version a database has, and which this program needs."""
    from meetextract.sinks.database.opening import connect_to, name_of, reported
    from meetextract.sinks.database.versions import newest, version_of

    with database_trouble():
        engine = connect_to(database, may_make=False)
        with reported(engine), engine.connect() as connection:
            version = version_of(connection)
        typer.echo(f"{name_of(engine)}: version {version or 'none'}, needed {newest()}")
    raise typer.Exit(0 if version == newest() else 1)


@database_app.command("check")
def check_schema(database: Url = DEFAULT) -> None:
    """Tell what a database has otherwise than its version should have."""
    from meetextract.sinks.database.opening import reported
    from meetextract.sinks.database.versions import differences, open_database

    with database_trouble():
        engine = open_database(database)
        with reported(engine):
            found = differences(engine)
    for each in found:
        typer.echo(each)
    if found:
        typer.echo("Restore what is missing, or load the records into a new database.", err=True)
        raise typer.Exit(1)
    typer.echo("as it should be")


class StatusName(StrEnum):
    """How far a task is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class MergeName(StrEnum):
    """What is said of two."""

    SAME = "same"
    DIFFERENT = "different"
    UNDONE = "undone"


By = Annotated[str, typer.Option(metavar="NAME", help="Who decides.", envvar="MEETEXTRACT_USER")]


def status(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Id of the assignment.")],
    state: Annotated[StatusName, typer.Argument(metavar="open|in_progress|done|dropped")],
    by: By,
    task: Annotated[str | None, typer.Option(metavar="ID", help="Only this task (task_id of the queries).")] = None,
    note: Annotated[str | None, typer.Option(help="Whatever there is to say.")] = None,
    database: Url = DEFAULT,
) -> None:
    """Say how far an assignment is, or one of its tasks."""
    from meetextract.sinks.database.decisions import Decisions
    from meetextract.sinks.database.versions import open_database

    with database_trouble():
        Decisions(open_database(database)).status(article, assignment, state.value, by=by, note=note, task=task)


def merge(
    kind: Annotated[Literal["person", "unit"], typer.Argument(metavar="person|unit")],
    one: Annotated[str, typer.Argument(metavar="ONE", help="Id of one of the two, as `query merge_proposals` has it.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of the other.")],
    decision: Annotated[MergeName, typer.Argument(metavar="same|different|undone")],
    by: By,
    why: Annotated[str | None, typer.Option(help="The reason.")] = None,
    database: Url = DEFAULT,
) -> None:
    """Say of two people or units whether they are one, or take back what was said."""
    from meetextract.sinks.database.decisions import Decisions
    from meetextract.sinks.database.versions import open_database

    with database_trouble():
        Decisions(open_database(database)).merge(kind, one, other, decision.value, by=by, why=why)


def _day(given: str | None, option: str) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise typer.BadParameter(f"{given}: no day. Write it like 2024-03-31.", param_hint=option) from None
