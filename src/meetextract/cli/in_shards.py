"""`extract` by worker processes: parts in a folder, put together where one file is asked for."""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from meetextract.batch.folder import LocalFolder, remove_unfinished
from meetextract.batch.job import Finished, Job
from meetextract.batch.ledger import records_of
from meetextract.batch.pool import run_in_pool
from meetextract.batch.run import Engine, Made, run
from meetextract.batch.shards import USUAL_ARTICLES, Item
from meetextract.batch.summary import SUMMARY, Tally, summary_of, write_quarantine
from meetextract.batch.worker import Limits, Workers, WorkersError
from meetextract.cli.endings import finish, give_up, refuse, write_summary
from meetextract.cli.load import feeding
from meetextract.cli.progress import progress
from meetextract.cli.request import folder_at, is_url, load_patterns
from meetextract.errors import DatabaseError, NoRoomError
from meetextract.read.files import read_unread_articles

if TYPE_CHECKING:
    from meetextract.batch.folder import Folder
    from meetextract.cli.progress import Display
    from meetextract.cli.request import Request
    from meetextract.cli.stop import Stop
    from meetextract.sinks.database.feeding import Feeder

SECONDS = 60.0
"""What an article may take; the slowest of real ones take a hundredth of it."""

_LOCK = ".lock"


@dataclass(slots=True)
class _Told:
    """Counts shards, and shows how far the run is."""

    display: Display
    tally: Tally = field(default_factory=Tally)
    with_failures: set[str] = field(default_factory=set)
    feeder: Feeder | None = None
    folder: Folder | None = None

    def __call__(self, finished: Finished) -> None:
        if self.feeder is not None and self.folder is not None:
            part = records_of(finished.name)
            for number, line in enumerate((self.folder.read(part) or b"").splitlines(), 1):
                self.feeder.add(line, f"{part}:{number}")
        self.tally.add(finished)
        for reason in finished.reasons:
            self.display.say(reason)
        if finished.reasons:
            self.with_failures.add(finished.name)
        self.display.advance(finished.header.articles, len(finished.reasons))


def extract_in_shards(request: Request, stop: Stop) -> None:
    """Extract articles by worker processes, and end the command."""
    began = time.monotonic()
    library = load_patterns(request.patterns)
    if isinstance(library, str):
        give_up(library, Tally())
    job = Job(folder_at(request.parts), library.sha256, request.with_text)
    with progress(request.inputs, is_logged=True) as display:
        told = _Told(display, folder=job.folder)
        try:
            with _locked(request.parts), feeding(request.database, request.portal) as told.feeder:
                if not request.is_folder:
                    target = Path(request.output)
                    remove_unfinished(LocalFolder(target.parent), name=target.name)
                articles = _read(request)
                engine = _engine(request, job, stop)
                usual = request.shard or USUAL_ARTICLES
                made = run(articles, job, engine, told, lambda: bool(stop.signal), usual, is_anew=not request.resume)
                figures = _finish_output(request, job, made, told, began, is_complete=not stop.signal)
        except OSError as error:
            reason = error.strerror or error
            mend = "Check the folder, its permissions and the disk, then go on with --resume."
            give_up(f"{request.output}: cannot be written ({reason}). {mend}", told.tally)
        except (DatabaseError, WorkersError, NoRoomError) as error:
            if isinstance(error, DatabaseError) and not told.tally.read:
                refuse(str(error))
            give_up(str(error), told.tally)
    tally = told.tally
    if tally.reused:
        typer.echo(f"{tally.reused} records were made by an earlier run", err=True)
    if made.left:
        why = "not all of the input could be read" if tally.read > tally.failed else "no record was made"
        typer.echo(f"{request.parts}: {made.left} parts of an earlier run were left, as {why}", err=True)
    write_summary(request.summary, figures, tally)
    if stop.signal:
        typer.echo(f"stopped; go on with --resume ({request.parts})", err=True)
        finish(tally, stop.exit_code)
    not_loaded = told.feeder.fed.failed if told.feeder is not None else 0
    finish(tally, 1 if tally.failed or not_loaded else 0)


def _engine(request: Request, job: Job, stop: Stop) -> Engine:
    """What does the shards."""
    seconds = request.seconds or SECONDS
    if request.scheduler is None:
        workers = Workers(request.workers, request.patterns, job, Limits(seconds, request.memory))
        return partial(run_in_pool, workers=workers, is_stopped=lambda: bool(stop.signal))
    from meetextract.batch.cluster import Cluster, run_on_cluster, send_patterns

    patterns = send_patterns(request.patterns, job) if request.patterns is not None else None
    cluster = Cluster(request.scheduler, job, patterns, seconds)
    return partial(run_on_cluster, cluster=cluster, is_stopped=lambda: bool(stop.signal))


def _read(request: Request) -> Iterator[Item]:
    if not any(is_url(place) for place in request.inputs):
        return read_unread_articles(map(Path, request.inputs), published=request.published, columns=request.columns)
    from meetextract.batch.remote import read_places

    return read_places(request.inputs, published=request.published, columns=request.columns)


def _finish_output(request: Request, job: Job, made: Made, told: _Told, began: float, *, is_complete: bool) -> bytes:
    """Put the parts together where one file is asked for; write the quarantine and the summary, and return this."""
    tally, names = told.tally, made.names
    figures = summary_of(
        tally, seconds=time.monotonic() - began, pattern_set=job.pattern_set, parts=names, is_complete=is_complete
    )
    write_quarantine(job.folder, [name for name in names if name in told.with_failures])
    job.folder.write(SUMMARY, [figures])
    if request.is_folder or not is_complete:
        return figures
    if tally.extracted + tally.empty:  # else an older file is left as it was
        target = Path(request.output)
        LocalFolder(target.parent).write(target.name, (job.folder.read(records_of(name)) or b"" for name in names))
    if tally.failed == tally.unreadable and not (request.resume or made.left):
        shutil.rmtree(request.parts)  # there is nothing to go on with
    return figures


@contextmanager
def _locked(place: str) -> Iterator[None]:
    """Let no two runs write into a folder of this machine; the lock goes with the process, however that ends."""
    if is_url(place):
        yield
        return
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refuse(f"{folder}: another run is writing there. Wait for its end, or name another output.")
        yield
