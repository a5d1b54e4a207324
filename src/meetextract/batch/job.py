"""The work on one shard: articles in, a file of records out. It is the same on every engine."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from meetextract import __version__
from meetextract.batch.folder import Folder
from meetextract.batch.ledger import Header, Outcome, Row, Status, remove_part, write_part
from meetextract.batch.shards import Shard
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, declared_in, decode
from meetextract.read.pages import UnreadPage, read_unread
from meetextract.sinks.jsonl import record_to_json

if TYPE_CHECKING:
    from meetextract.pipeline import Extractor


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run have in common.

    Attributes:
        folder: Where the records go.
        pattern_set: The hash of the patterns.
        with_text: Whether every record holds its article's text.
        version: Of the program that began the run.
    """

    folder: Folder
    pattern_set: str
    with_text: bool
    version: str = __version__

    @property
    def made_by(self) -> str:
        """What a record depends on besides its article: another value of this makes another record."""
        return f"{self.version} {self.pattern_set} {'with text' if self.with_text else ''}".strip()


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be done.

    Attributes:
        shard: The articles.
        key: What its output is known by.
        name: What its output is called.
        replaces: Parts of an earlier run with some of the same articles; they are removed.
        done: Outcomes of an earlier run that would be the same again, by digest.
    """

    shard: Shard
    key: str
    name: str
    replaces: tuple[str, ...] = ()
    done: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """A shard whose records are written.

    Attributes:
        name: What its output is called.
        header: What its ledger says of it.
        reused: How many of its records were taken from an earlier run.
        reasons: Why articles have no record.
    """

    name: str
    header: Header
    reused: int
    reasons: tuple[str, ...]


Extractable = Article | UnreadPage
"""What a record is made of."""


_PAGE = "<html><body><h1>Xã họp</h1><p>Sáng 5/3, xã họp bàn.</p></body></html>"


def load_all(extractor: Extractor) -> None:
    """Load all that articles and pages share: none of them is to pay for it."""
    extractor.load()
    read_unread(UnreadPage(_PAGE, "", None, "", None))


def extract_item(extractor: Extractor, item: Extractable, digest: str) -> Outcome:
    """Make the record of an article or page; a mistake in this program must not cost the other articles.

    Raises:
        MemoryError: It may be the fault of articles before this.
    """
    started = time.perf_counter()
    try:
        article = read_unread(item, extractor.chrome) if isinstance(item, UnreadPage) else item
        if isinstance(article, InputError):
            return unreadable(article, digest)
        record = extractor(article)
        line = record_to_json(record)
    except MemoryError:
        raise
    except Exception as error:
        return failed(item, digest, failure(item, error), time.perf_counter() - started)
    status: Status = "empty" if record.is_empty else "extracted"
    return Outcome(Row(article.id, digest, status, _rounded(time.perf_counter() - started), article.source), line)


def unreadable(error: InputError, digest: str) -> Outcome:
    """The outcome of what could not be read."""
    return Outcome(Row(error.place, digest, "unreadable", 0.0, error.place, str(error)))


def failed(item: Extractable, digest: str, reason: str, seconds: float) -> Outcome:
    """The outcome of an article that failed; its text, or page, and all that came with it, goes with it."""
    text, html = (item.text, None) if isinstance(item, Article) else (None, _text_of(item))
    day = item.published if isinstance(item, Article) else item.dated
    return Outcome(
        Row(
            item.id, digest, "failed", _rounded(seconds), item.source, reason, text, html, item.title, item.url,
            None if day is None else day.isoformat(),
        )
    )  # fmt: skip


def _text_of(page: UnreadPage) -> str | None:
    """A page as text, in the charset in which it is read; None where it is no text."""
    if isinstance(page.data, str):
        return page.data.encode("utf-8", "replace").decode()  # JSON may hold half a character
    try:
        return decode(page.data, page.charset or declared_in(page.data)).text
    except BinaryDataError:
        return None


def failure(article: Extractable, error: Exception) -> str:
    """Say where in this program an article failed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{article.source}: article {article.id!r} failed: {type(error).__name__}: {error}"
        f" ({Path(frame.filename).name}:{frame.lineno}, meetextract {__version__})."
        " This is a mistake in meetextract: report this line together with the article."
    )


def run_task(
    task: Task,
    job: Job,
    extract: Callable[[Extractable, str], Outcome],
    begin: Callable[[int], None] = lambda index: None,
    known: Mapping[str, Outcome] | None = None,
) -> Finished:
    """Make the records of a shard and write them.

    Args:
        task: The shard.
        job: What all shards have in common.
        extract: Makes the record of an article.
        begin: Is told the index of each article before it is extracted, and -1 behind the last one.
        known: Outcomes that were found in another way, by digest.

    Returns:
        What was written.

    Raises:
        OSError: It cannot be written.
    """
    outcomes: list[Outcome] = []
    reused = 0
    for index, (item, digest) in enumerate(zip(task.shard.items, task.shard.digests, strict=True)):
        if isinstance(item, InputError):
            outcomes.append(unreadable(item, digest))
        elif known and digest in known:
            outcomes.append(known[digest])
        elif digest in task.done:
            outcomes.append(task.done[digest])
            reused += 1
        else:
            begin(index)
            outcomes.append(extract(item, digest))
    begin(-1)
    data = b"".join(f"{each.line}\n".encode() for each in outcomes if each.line is not None)
    header = _header(task, job, outcomes, len(data))
    for name in task.replaces:
        remove_part(job.folder, name)
    write_part(job.folder, task.name, header, outcomes, data)
    reasons = tuple(each.row.reason for each in outcomes if each.row.reason is not None)
    return Finished(task.name, header, reused, reasons)


def _header(task: Task, job: Job, outcomes: Iterable[Outcome], size: int) -> Header:
    rows = [each.row for each in outcomes]
    counts = {status: sum(row.status == status for row in rows) for status in ("extracted", "empty", "unreadable")}
    return Header(
        key=task.key, made_by=job.made_by, size=size, **counts,
        failed=sum(row.status == "failed" for row in rows), seconds=_rounded(sum(row.seconds for row in rows)),
        version=job.version, pattern_set=job.pattern_set,
    )  # fmt: skip


def _rounded(seconds: float) -> float:
    return round(seconds, 4)
