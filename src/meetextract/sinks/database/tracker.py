"""`Tracker`: the database for those who work in Python."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Date, DateTime, Double, Integer, select
from sqlalchemy.types import JSON, TypeEngine

from meetextract.errors import DatabaseError
from meetextract.settings import DATABASE
from meetextract.sinks.database.corrections import Slots
from meetextract.sinks.database.decisions import HISTORY, Decisions, history
from meetextract.sinks.database.opening import reported
from meetextract.sinks.database.queries import Answer, Narrowed, answer, whole
from meetextract.sinks.database.sayings import Decision, Entity, Status
from meetextract.sinks.database.tables import ARTICLES, PEOPLES, TEXTS
from meetextract.sinks.database.versions import open_database


class Tracker:
    """A tracking database: what is asked of it comes as pandas frames, and decisions are written into it.

    Days in frames are `datetime64[s]`, texts pandas strings, numbers nullable `Int64` and `Float64`, truths nullable
    `boolean`, times `datetime64[us, UTC]`; lists and objects are Python's.

    Args:
        url: `sqlite:///FILE`, or `postgresql://USER@HOST/NAME`.

    Raises:
        DatabaseError: There is no such database, or its schema is not that of this program.
    """

    def __init__(self, url: str = DATABASE) -> None:
        self._engine = open_database(url)
        self._decisions = Decisions(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database; the next question opens others."""
        self._engine.dispose()

    def query(
        self,
        name: str,
        *,
        unit: str | None = None,
        person: str | None = None,
        document: str | None = None,
        portal: str | None = None,
        start: date | str | None = None,
        end: date | str | None = None,
        on: date | str | None = None,
        limit: int | None = None,
    ) -> pd.DataFrame:
        """Put a question; see `queries.QUERIES` for their names.

        Args:
            name: Of the question, such as "open_assignments".
            unit: Name of a unit, or words of it.
            person: Name of a person, or words of it.
            document: Symbol of a document; or the beginning of symbols, where no document has it as a whole.
            portal: Host of a portal.
            start: First day, also as ISO text.
            end: Last day.
            on: The day that is taken for today.
            limit: The greatest number of rows.

        Returns:
            A frame with a row for each line.

        Raises:
            DatabaseError: There is no such question, unit or person, or a filter is none of the question's.
        """
        narrowed = Narrowed(unit, person, document, portal, _as_day(start), _as_day(end), _as_day(on))
        return _frame(answer(self._engine, name, narrowed, limit))

    def open_assignments(self, **narrowed: Any) -> pd.DataFrame:
        """Tasks that are not done or dropped, a row for each of those told; narrowed down as in `query`."""
        return self.query("open_assignments", **narrowed)

    def overdue(self, **narrowed: Any) -> pd.DataFrame:
        """Those whose deadline has passed; narrowed down as in `query`."""
        return self.query("overdue", **narrowed)

    def due_this_month(self, **narrowed: Any) -> pd.DataFrame:
        """Those whose deadline is in this month; narrowed down as in `query`."""
        return self.query("due_this_month", **narrowed)

    def progress(self, **narrowed: Any) -> pd.DataFrame:
        """Targets with their latest results; narrowed down as in `query`."""
        return self.query("progress", **narrowed)

    def directed(self, person: str, **narrowed: Any) -> pd.DataFrame:
        """What a person directed; narrowed down as in `query`."""
        return self.query("directed", person=person, **narrowed)

    def from_document(self, symbol: str, **narrowed: Any) -> pd.DataFrame:
        """Everything that comes from a document; narrowed down as in `query`."""
        return self.query("from_document", document=symbol, **narrowed)

    def coverage(self, **narrowed: Any) -> pd.DataFrame:
        """What came of each portal in each month; narrowed down as in `query`."""
        return self.query("coverage", **narrowed)

    def table(self, name: str) -> pd.DataFrame:
        """A whole table or view.

        Args:
            name: Such as "articles" or "current_targets".

        Raises:
            DatabaseError: There is none of this name.
        """
        return _frame(whole(self._engine, name))

    def text(self, article: str, text_hash: str | None = None) -> str | None:
        """What an article says, or said: the code points that spans count.

        Args:
            article: Its id.
            text_hash: Of one of its texts; that of today by default.

        Returns:
            The text; None where the records did not hold it.

        Raises:
            DatabaseError: There is no such article or text.
        """
        of_today = select(ARTICLES.c.text_hash).where(ARTICLES.c.id == article).scalar_subquery()
        wanted = of_today if text_hash is None else text_hash
        found = select(TEXTS.c.text).where(TEXTS.c.article == article, TEXTS.c.text_hash == wanted)
        with reported(self._engine), self._engine.connect() as connection:
            row = connection.execute(found).first()
        if row is None:
            raise DatabaseError(f"{article}: no such article, or no such text of it.")
        text: str | None = row.text
        return text

    def accept(self, article: str, entry: str, *, by: str, why: str | None = None) -> None:
        """Say that an entry is right; see `Decisions.verdict`."""
        self._decisions.verdict(article, entry, "accept", by=by, why=why)

    def reject(self, article: str, entry: str, *, by: str, why: str | None = None) -> None:
        """Say that an entry is wrong as a whole: views leave it out; see `Decisions.verdict`."""
        self._decisions.verdict(article, entry, "reject", by=by, why=why)

    def correct(
        self,
        article: str,
        entry: str,
        slots: Slots,
        *,
        by: str,
        why: str | None = None,
    ) -> None:
        """Say what slots of an entry ought to say, as `{"deadline": "2024-09-30"}`; see `Decisions.verdict`."""
        self._decisions.verdict(article, entry, "correct", by=by, why=why, correction=slots)

    def withdraw(self, article: str, entry: str, *, by: str, why: str | None = None) -> None:
        """Take back what was said of an entry last; see `Decisions.verdict`."""
        self._decisions.verdict(article, entry, "withdrawn", by=by, why=why)

    def set_status(
        self,
        article: str,
        assignment: str,
        status: Status,
        *,
        by: str,
        note: str | None = None,
        task: str | None = None,
    ) -> None:
        """Say how far a task is; see `Decisions.status`."""
        self._decisions.status(article, assignment, status, by=by, note=note, task=task)

    def merge(
        self,
        kind: Entity,
        one: str,
        other: str,
        decision: Decision = "same",
        *,
        by: str,
        why: str | None = None,
    ) -> None:
        """Say whether two people or units are one; see `Decisions.merge`."""
        self._decisions.merge(kind, one, other, decision, by=by, why=why)

    def history(self, article: str, entry: str) -> pd.DataFrame:
        """What people said of an entry, and how far its tasks are: a row for each, the oldest first.

        Args:
            article: The article's id.
            entry: The entry's id.

        Returns:
            A frame with `at`, `by`, `said` (a verdict, or the status of a task), `task` (the id of the one that it is
            said of), `words` (the reason, or the note) and `slots` (those that are corrected, with what they ought to
            say, as a dictionary).

        Raises:
            DatabaseError: There is no such entry.
        """
        with reported(self._engine), self._engine.connect() as connection:
            said = history(connection, article, entry)
        return pd.DataFrame({name: _series([line[name] for line in said], kind) for name, kind in HISTORY.items()})

    def decisions(self) -> dict[str, pd.DataFrame]:
        """All that people ever wrote, by table."""
        return {each.name: _frame(whole(self._engine, each.name)) for each in PEOPLES}


def _as_day(given: date | str | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise DatabaseError(f"{given}: no day. Write it like 2024-03-31.") from None


def _frame(lines: Answer) -> pd.DataFrame:
    columns = lines.columns
    rows = [tuple(row) for row in lines]
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pd.DataFrame(
        {name: _series(list(column), kind) for (name, kind), column in zip(columns.items(), values, strict=True)}
    )


def _series(values: list[Any], kind: TypeEngine[Any]) -> pd.Series[Any]:
    if isinstance(kind, JSON):
        return pd.Series(values, dtype="object")
    if isinstance(kind, DateTime):
        return pd.Series(pd.to_datetime(values, utc=True).as_unit("us"))
    if isinstance(kind, Date):
        # By way of numpy: pandas' own parser stops at the years that nanoseconds can hold.
        days = ["NaT" if value is None else value.isoformat() for value in values]
        return pd.Series(np.array(days, dtype="datetime64[s]"))
    for of, dtype in ((Boolean, "boolean"), (Integer, "Int64"), (Double, "Float64")):
        if isinstance(kind, of):
            return pd.Series(values, dtype=dtype)
    return pd.Series(values, dtype="string")
