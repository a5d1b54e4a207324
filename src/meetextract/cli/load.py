"""`load`: records into the tracking database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetextract.cli.database_options import Url, database_trouble, opened
from meetextract.cli.endings import refuse
from meetextract.cli.stop import Stop
from meetextract.settings import DATABASE

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from meetextract.sinks.database.feeding import Fed, Feeder


_MANY = 500
"""So many new articles, and the database counts anew what it holds: its plans hang on it."""


def load(
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="RECORDS...", show_default=False,
            help="Files that `extract` wrote (.jsonl, also .gz and .zst), folders of these; - is standard input.",
        ),
    ] = None,
    database: Url = DATABASE,
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
    if not records and watch is None:
        raise typer.BadParameter("name files or folders of records, or --watch DIR.", param_hint="RECORDS")
    if watch is not None:
        _check_watch(watch)
    with Stop() as stop, database_trouble(), feeding(database, portal) as feeder:
        assert feeder is not None
        _load_files(feeder, records or [], stop)
        if watch is not None:
            _watch(feeder, watch, stop)
    if stop.signal:
        typer.echo("stopped; run it again to go on", err=True)
        raise typer.Exit(stop.exit_code)
    raise typer.Exit(1 if feeder.fed.failed else 0)


@contextmanager
def feeding(database: str | None, portal: str | None) -> Iterator[Feeder | None]:
    """What takes records into a database that is made if it is not there; None where no database is named.

    Raises:
        DatabaseError: It cannot be opened, or does not take them.
    """
    if database is None:
        yield None
        return
    from meetextract.sinks.database.opening import reported, writing

    with opened(database, may_make=True) as engine:
        feeder = open_feeder(engine, portal)
        try:
            yield feeder
            feeder.flush()
            if feeder.fed.changes.new >= _MANY:
                with reported(engine), writing(engine) as connection:
                    connection.exec_driver_sql("analyze")
        finally:
            typer.echo(counts(feeder.fed), err=True)


def open_feeder(engine: Engine, portal: str | None) -> Feeder:
    """What takes records into a database, and tells on standard error what cannot be loaded."""
    import gc

    from meetextract.sinks.database.feeding import Feeder

    gc.freeze()  # what is loaded stays: the garbage collector need not walk through it again and again
    return Feeder(engine, lambda place, why: typer.echo(f"{place}: {why}", err=True), portal)


def counts(fed: Fed) -> str:
    """What became of records, in a line."""
    changes = fed.changes
    return (
        f"loaded: {changes.new} new, {changes.changed} changed, {fed.unchanged} as before, {fed.failed} failed;"
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


def _check_watch(folder: Path) -> None:
    """Refuse what cannot be watched before anything is loaded."""
    from importlib.util import find_spec

    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}. Make it first.", param_hint="--watch")
    if find_spec("watchfiles") is None:
        refuse("watchfiles is not installed. Install it: pip install 'meetextract[watch]'.")


def _watch(feeder: Feeder, folder: Path, stop: Stop) -> None:
    """Load what is in a folder and what comes into it, until a signal."""
    from watchfiles import watch as changes_of

    from meetextract.sinks.jsonl import is_record_file

    has_begun = False
    for changes in changes_of(folder, yield_on_timeout=True, rust_timeout=500, raise_interrupt=False):
        # What was there is taken after the watch began, so that nothing comes unseen in between.
        paths = sorted({Path(path) for _, path in changes} if has_begun else folder.rglob("*"))
        has_begun = True
        _load_files(feeder, [path for path in paths if is_record_file(path) and path.is_file()], stop, is_whole=False)
        feeder.flush()
        if stop.signal:
            return
