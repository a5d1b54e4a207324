"""What a run came to: figures, and the articles without a record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING

from meetextract import __version__
from meetextract.batch.folder import Folder
from meetextract.batch.ledger import DONE, Status, read_part

if TYPE_CHECKING:
    from meetextract.batch.job import Finished

QUARANTINE = "quarantine.jsonl"
UNREADABLE = "unreadable.jsonl"
SUMMARY = "summary.json"


@dataclass(slots=True)
class Tally:
    """How many articles, or in their place things that could not be read, were met; and what became of them.

    Attributes:
        extracted: A record was made.
        empty: A record was made that holds nothing.
        failed: No record was made; it could not be read, or failed.
        unreadable: How many of these could not be read.
        reused: How many records an earlier run had made.
    """

    extracted: int = 0
    empty: int = 0
    failed: int = 0
    unreadable: int = 0
    reused: int = 0

    @property
    def read(self) -> int:
        """All of them."""
        return self.extracted + self.empty + self.failed

    def count(self, status: Status) -> None:
        """Count an article."""
        if status in DONE:
            self.extracted += status == "extracted"
            self.empty += status == "empty"
        else:
            self.failed += 1
            self.unreadable += status == "unreadable"

    def add(self, finished: Finished) -> None:
        """Count the articles of a shard."""
        header = finished.header
        self.extracted += header.extracted
        self.empty += header.empty
        self.failed += header.failed + header.unreadable
        self.unreadable += header.unreadable
        self.reused += finished.reused

    def __str__(self) -> str:
        return f"read {self.read}, extracted {self.extracted}, empty {self.empty}, failed {self.failed}"


def summary_of(tally: Tally, *, seconds: float, pattern_set: str, parts: Sequence[str], is_complete: bool) -> bytes:
    """The figures of a run as JSON."""
    made = tally.read - tally.reused
    figures = {
        "read": tally.read, **asdict(tally), "is_complete": is_complete, "seconds": round(seconds, 2),
        "articles_per_second": round(made / seconds, 2) if seconds else None, "parts": len(parts),
        "version": __version__, "pattern_set": pattern_set,
    }  # fmt: skip
    return json.dumps(figures, indent=2).encode() + b"\n"


def write_quarantine(folder: Folder, names: Sequence[str]) -> None:
    """Write down all articles without a record.

    Those that failed are a feed that can be extracted again: of each what came with it, and the reason. What could not
    be read has a file of its own, with the reasons.

    Args:
        folder: Where the parts are.
        names: The parts that have such articles, in their order.

    Raises:
        OSError: It cannot be written.
    """
    for file, is_feed in ((QUARANTINE, True), (UNREADABLE, False)):
        lines = _without_record(folder, names, is_feed=is_feed)
        first = next(lines, None)
        if first is None:
            folder.remove(file)
        else:
            folder.write(file, chain([first], lines))


def _without_record(folder: Folder, names: Sequence[str], *, is_feed: bool) -> Iterator[bytes]:
    wanted = ("id", "text", "html", "title", "url", "published") if is_feed else ("id",)
    for name in names:
        part = read_part(folder, name)
        for outcome in part[1] if part else ():
            row = outcome.row
            if row.status not in DONE and is_feed == (row.text is not None or row.html is not None):
                told = {name: getattr(row, name) for name in (*wanted, "source", "status", "reason")}
                yield json.dumps(told, ensure_ascii=False).encode() + b"\n"
