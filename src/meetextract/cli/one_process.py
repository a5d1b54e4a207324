"""`extract` in this process: each record is written as soon as it is made."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from meetextract.batch.job import extract_item, failed, failure, unreadable
from meetextract.batch.summary import Tally, summary_of
from meetextract.cli.endings import finish, give_up, refuse, write_summary
from meetextract.cli.load import feeding
from meetextract.cli.progress import progress
from meetextract.cli.request import load_patterns
from meetextract.errors import DatabaseError, InputError, NoRoomError
from meetextract.pipeline import Extractor
from meetextract.read.files import read_unread_articles
from meetextract.sinks.jsonl import RecordWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetextract.batch.ledger import Outcome
    from meetextract.batch.shards import Item
    from meetextract.cli.progress import Display
    from meetextract.cli.request import Request
    from meetextract.cli.stop import Stop
    from meetextract.sinks.database.feeding import Feeder


def extract_here(request: Request, stop: Stop) -> None:
    """Extract articles one by one, and end the command."""
    tally = Tally()
    began = time.monotonic()
    pattern_set = ""
    not_loaded = 0
    with progress(request.inputs, is_logged=False) as display:
        library = load_patterns(request.patterns)
        if isinstance(library, str):
            give_up(library, tally)
        pattern_set = library.sha256
        if not stop.signal:
            extractor = Extractor(library, with_text=request.with_text)
            gc.freeze()  # patterns and names stay: the garbage collector need not walk through them again and again
            articles = read_unread_articles(
                map(Path, request.inputs), published=request.published, columns=request.columns
            )
            try:
                with feeding(request.database, request.portal) as feeder:
                    _write_records(extractor, articles, request.output, tally, display, stop, feeder)
                not_loaded = feeder.fed.failed if feeder is not None else 0
            except DatabaseError as error:
                if not tally.read:
                    refuse(str(error))
                give_up(str(error), tally)
            except OSError as error:  # reading and extracting report their own
                _forget_broken_pipe(request.output)
                if not stop.signal:  # Ctrl-C ends the reader of a pipe, too
                    reason = error.strerror or error
                    mend = "Check the folder, its permissions and the disk."
                    place = "standard output" if request.output == "-" else request.output
                    give_up(f"{place}: cannot be written ({reason}). {mend}", tally)
            except NoRoomError as error:
                give_up(str(error), tally)
    seconds = time.monotonic() - began
    figures = summary_of(tally, seconds=seconds, pattern_set=pattern_set, parts=[], is_complete=not stop.signal)
    write_summary(request.summary, figures, tally)
    if stop.signal:
        typer.echo(f"stopped; the records so far are whole ({request.output})", err=True)
        finish(tally, stop.exit_code)
    finish(tally, 1 if tally.failed or not_loaded else 0)


def _write_records(
    extractor: Extractor, articles: Iterator[Item], output: str, tally: Tally, display: Display,
    stop: Stop, feeder: Feeder | None,
) -> None:  # fmt: skip
    """Take the articles one by one; each record is a whole line and handed on at once."""
    with RecordWriter(sys.stdout if output == "-" else Path(output)) as writer:
        for article in articles:
            if stop.signal:
                return
            outcome = _outcome(extractor, article)
            if outcome.line is not None:
                writer.write_line(outcome.line)
                if feeder is not None:
                    feeder.add(outcome.line.encode(), outcome.row.id)
            else:
                display.say(outcome.row.reason or "")
            tally.count(outcome.row.status)
            display.advance(1, outcome.line is None)


def _outcome(extractor: Extractor, article: Item) -> Outcome:
    if isinstance(article, InputError):
        return unreadable(article, "")
    try:
        return extract_item(extractor, article, "")
    except MemoryError as error:
        return failed(article, "", failure(article, error), 0.0)


def _forget_broken_pipe(output: str) -> None:
    """Let Python's own flush at the end not fail again: `meetextract extract … --output - | head`."""
    if output == "-":
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
