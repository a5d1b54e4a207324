"""Feeding records to the database: in batches, all or nothing for each article, as often as one likes.

What is the same as in the database is passed over by a hash of its line, so that a load that was broken off is gone on
with by running it again. One writer works at a time; others wait. A connection that breaks is made again.
"""

from __future__ import annotations

import gc
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError
from pydantic_core import from_json
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from meetextract import __version__
from meetextract.errors import DatabaseError
from meetextract.sinks.database.opening import Fault, fault_of, reason_of, told, writing
from meetextract.sinks.database.rows import FORM, Rows, UnfitError, rows_of
from meetextract.sinks.database.storing import Changes, known_hashes, store
from meetextract.sinks.jsonl import first_fault, record_from_json

ARTICLES = 200
"""A batch has no more articles."""

CHARS = 4_000_000
"""A batch ends with the line that brings it over so many bytes."""

PATIENCE = 60.0
"""Seconds that a lost connection is tried again."""


_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""U+0000 in JSON, and not the words for it."""

_HEAD = re.compile(rb'\s*\{"schema":"1","id":("(?:[^"\\]|\\.)*")')
"""How we write records; others are parsed for their id."""


@dataclass(slots=True)
class Fed:
    """What became of the records.

    Attributes:
        read: How many lines were taken.
        unchanged: How many of them say what the database says.
        failed: How many could not be loaded.
        changes: What the others changed.
    """

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    changes: Changes = field(default_factory=Changes)


@dataclass(slots=True)
class _Pending:
    """A record on its way."""

    place: str
    article: str
    line: bytes
    digest: str
    rows: Rows | None = None


class Feeder:
    """Takes records, a line of JSON each, and writes them into a database.

    Used as a context: at its end what is left is written, unless an error ends it.

    Args:
        engine: An open database (`versions.open_database`).
        report: Called with the place of each record that cannot be loaded, and why.
        portal: The portal of articles whose address does not tell it.
    """

    def __init__(self, engine: Engine, report: Callable[[str, str], None], portal: str | None = None) -> None:
        self.fed = Fed()
        self._engine = engine
        self._report = report
        self._portal = portal
        self._salt = f"{FORM}\n{__version__}\n{portal or ''}\n".encode()
        self._pending: dict[str, _Pending] = {}
        self._chars = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _traceback: TracebackType | None) -> None:
        if kind is None:
            self.flush()

    def add(self, line: bytes, place: str) -> None:
        """Take a record; it is in the database after the next `flush`.

        Args:
            line: What `record_to_json` gave.
            place: Where it was read, for messages.

        Raises:
            DatabaseError: A batch was full, and the database does not take it.
        """
        self.fed.read += 1
        article = _article_of(line)
        if article is None:
            self._fail(place, "it is no record. Load what `meetextract extract` wrote")
            return
        if b"\\u0000" in line and _NUL.search(line):
            self._fail(place, "a text holds U+0000, which no database keeps. Take it out of the article")
            return
        if article in self._pending:  # the same article again: one after the other
            self.flush()
        digest = hashlib.blake2b(self._salt + line.strip(), digest_size=16).hexdigest()
        self._pending[article] = _Pending(place, article, line, digest)
        self._chars += len(line)
        if len(self._pending) >= ARTICLES or self._chars >= CHARS:
            self.flush()

    def flush(self) -> None:
        """Write what was taken.

        Raises:
            DatabaseError: The database does not take it; what was written before stays.
        """
        pending = list(self._pending.values())
        self._pending.clear()
        self._chars = 0
        if pending:
            with _no_collector():
                self._flush(pending)

    def _flush(self, pending: list[_Pending]) -> None:
        known = self._persist(lambda: self._known([each.article for each in pending]))
        batch = []
        for each in pending:
            if known.get(each.article) == each.digest:
                self.fed.unchanged += 1
            elif self._make_rows(each):
                batch.append(each)
        self._write(batch)

    def _known(self, articles: list[str]) -> dict[str, str]:
        with self._engine.connect() as connection:
            return known_hashes(connection, articles)

    def _make_rows(self, pending: _Pending) -> bool:
        try:
            pending.rows = rows_of(record_from_json(pending.line), pending.digest, self._portal)
        except ValidationError as error:
            self._fail(pending.place, f"no record of this version: {first_fault(error)}. Extract its article again")
        except UnfitError as error:
            self._fail(pending.place, str(error))
        return pending.rows is not None

    def _write(self, batch: list[_Pending]) -> None:
        """Write a batch; if something in it is not taken, its halves, and so on to the article that is to blame."""
        if not batch:
            return
        try:
            changes, refused = self._persist(lambda: self._store(batch))
        except (SQLAlchemyError, OverflowError) as error:
            if len(batch) == 1:
                reason = reason_of(self._engine, error)
                self._fail(batch[0].place, f"the database does not take it: {reason}. Extract its article again")
                return
            half = len(batch) // 2
            self._write(batch[:half])
            self._write(batch[half:])
            return
        for each in batch:
            if each.article in refused:
                self._fail(each.place, refused[each.article])
        self.fed.unchanged += len(batch) - len(refused) - changes.new - changes.changed  # another loader was quicker
        self.fed.changes.add(changes)

    def _store(self, batch: list[_Pending]) -> tuple[Changes, dict[str, str]]:
        with writing(self._engine) as connection:
            return store(connection, [each.rows for each in batch if each.rows], datetime.now(UTC))

    def _persist(self, act: Callable[[], Any]) -> Any:
        """Do something, again and again while the connection breaks; what was done already is then passed over.

        Raises:
            SQLAlchemyError: Some rows are not taken.
            DatabaseError: Nothing is.
        """
        until, wait = time.monotonic() + PATIENCE, 0.1
        while True:
            try:
                return act()
            except (SQLAlchemyError, OverflowError) as error:
                fault = fault_of(error)
                if fault is Fault.ROWS:
                    raise
                if fault is Fault.HOPELESS or time.monotonic() > until:
                    raise DatabaseError(told(self._engine, error)) from None
                self._engine.dispose()
                time.sleep(wait)
                wait = min(2 * wait, 5.0)

    def _fail(self, place: str, reason: str) -> None:
        self.fed.failed += 1
        self._report(place, reason)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Do without the collector of cycles: rows form none, and looking for some takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _article_of(line: bytes) -> str | None:
    """The id of a record's article; None for what is no record."""
    hit = _HEAD.match(line)
    try:
        article = from_json(hit[1]) if hit else from_json(line)["id"]
    except (ValueError, TypeError, KeyError):
        return None
    return article if isinstance(article, str) else None
