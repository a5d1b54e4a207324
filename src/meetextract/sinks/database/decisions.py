"""What people write: verdicts and corrections, how far tasks are, and which people and units are one.

Nothing is ever overwritten: each decision is another row with who made it and when, and the last one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Connection, Engine, Table, insert, select

from meetextract.errors import DatabaseError
from meetextract.sinks.database.current import CORRECTABLE
from meetextract.sinks.database.identities import Names, unit_key
from meetextract.sinks.database.indicators import measure_key, words_key
from meetextract.sinks.database.joining import join_people, join_units
from meetextract.sinks.database.opening import reported, writing
from meetextract.sinks.database.rows import Row, unit_row
from meetextract.sinks.database.tables import (
    ARTICLE_PEOPLE,
    ARTICLE_UNITS,
    ARTICLES,
    ASSIGNMENTS,
    CORRECTIONS,
    DOCUMENTS,
    MEETINGS,
    MERGES,
    PEOPLE,
    RESULTS,
    TARGETS,
    TASK_STATUS,
    TASKS,
    UNITS,
    VERDICTS,
)

Kind: TypeAlias = Literal["meeting", "person", "unit", "document", "target", "assignment"]
Verdict: TypeAlias = Literal["accept", "reject", "correct", "withdrawn"]
Status: TypeAlias = Literal["open", "in_progress", "done", "dropped"]
Entity: TypeAlias = Literal["person", "unit"]
Value: TypeAlias = str | float | date | None

_TABLES: Mapping[str, tuple[Table, ...]] = {
    "meeting": (MEETINGS,), "person": (ARTICLE_PEOPLE,), "unit": (ARTICLE_UNITS,), "document": (DOCUMENTS,),
    "target": (TARGETS, RESULTS), "assignment": (ASSIGNMENTS,),
}  # fmt: skip
_LISTS = ("assignees", "with", "tasks")
_UNITS = ("assignees", "with", "assigner", "holder", "host")
_DAYS = ("start", "end", "deadline", "date")
_NUMBERS = ("value",)
_COMPARATORS = ("eq", "gt", "ge", "lt", "le", "approx", "range")


class Decisions:
    """Writes what people decide.

    Args:
        engine: An open database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def verdict(
        self,
        article: str,
        entry: str,
        verdict: Verdict,
        *,
        by: str,
        why: str | None = None,
        correction: Mapping[str, Value | Iterable[str]] | None = None,
    ) -> None:
        """Say of an entry whether it is right.

        Args:
            article: The article's id.
            entry: The entry's id; also one that another has taken the place of.
            verdict: `accept`, `reject`, `correct`, or `withdrawn`: nobody says anything any more.
            by: Who says so.
            why: The reason.
            correction: For `correct`, and for nothing else: what slots ought to say (see `current.CORRECTABLE`); days
                as dates or ISO dates, lists for `assignees`, `with` and `tasks`, None where nothing is said.

        Raises:
            DatabaseError: There is no such entry or slot, or a value does not fit its slot.
        """
        _check_by(by)
        if (verdict == "correct") != bool(correction):
            raise DatabaseError("a correction goes with the verdict `correct`, and with no other. Name its slots.")
        with reported(self._engine), writing(self._engine) as connection:
            kind, row = _find(connection, article, entry)
            stored = {"article": article, "kind": kind, "origin": row["origin"], "verdict": verdict, "by": by,
                      "at": datetime.now(UTC), "why": why}  # fmt: skip
            key = connection.execute(insert(VERDICTS).returning(VERDICTS.c.id), stored).scalar_one()
            lines = [each for slot, value in (correction or {}).items()
                     for each in _lines(connection, kind, row, slot, value)]  # fmt: skip
            if lines:
                empty = {"number": 0, "value": None, "unit": None, "person": None}
                connection.execute(insert(CORRECTIONS), [{**empty, **line, "verdict": key} for line in lines])

    def status(
        self,
        article: str,
        assignment: str,
        status: Status,
        *,
        by: str,
        note: str | None = None,
        task: str | None = None,
    ) -> None:
        """Say how far a task is.

        Args:
            article: The article's id.
            assignment: The assignment's id.
            status: `open`, `in_progress`, `done` or `dropped`.
            by: Who says so.
            note: Whatever there is to say.
            task: The id of one of its tasks (`task_id` of the views); all of them by default.

        Raises:
            DatabaseError: There is no such assignment or task.
        """
        _check_by(by)
        if status not in get_args(Status):
            raise DatabaseError(f"{status}: no status of a task. Say one of {', '.join(get_args(Status))}.")
        with reported(self._engine), writing(self._engine) as connection:
            kind, row = _find(connection, article, assignment)
            if kind != "assignment":
                raise DatabaseError(f"{assignment}: it is a {kind}. Only assignments have tasks with a status.")
            if task is not None and not task.startswith(f"{row['origin']}#"):  # a task that people worded
                known = select(TASKS.c.origin).where(
                    TASKS.c.article == article, (TASKS.c.id == task) | (TASKS.c.origin == task)
                )
                found = connection.execute(known).scalars().first()
                if found is None:
                    raise DatabaseError(f"{task}: the article {article} has no such task. Take its id from `task_id`.")
                task = found
            stored = {"article": article, "assignment": row["origin"], "task": task, "status": status, "by": by,
                      "at": datetime.now(UTC), "note": note}  # fmt: skip
            connection.execute(insert(TASK_STATUS), stored)

    def merge(
        self,
        kind: Entity,
        one: str,
        other: str,
        decision: Literal["same", "different", "undone"],
        *,
        by: str,
        why: str | None = None,
    ) -> None:
        """Say whether two people or units are one.

        Args:
            kind: `person` or `unit`.
            one: The id of one of them.
            other: That of the other.
            decision: `same`, `different`, or `undone`: what was said of the two before is taken back.
            by: Who says so.
            why: The reason.

        Raises:
            DatabaseError: There is no such person or unit, or `different` is said of two whom others make one.
        """
        _check_by(by)
        table = PEOPLE if kind == "person" else UNITS
        first, second = sorted((one, other))
        with reported(self._engine), writing(self._engine) as connection:
            there = set(connection.execute(select(table.c.id).where(table.c.id.in_([one, other]))).scalars())
            for key in (one, other):
                if key not in there:
                    raise DatabaseError(f"{key}: no {kind} of this id. Take it from `merge_proposals`.")
            if first == second:
                raise DatabaseError(f"{one}: it is one already. Name two.")
            stored = {"kind": kind, "one": first, "other": second, "decision": decision, "by": by,
                      "at": datetime.now(UTC), "why": why}  # fmt: skip
            connection.execute(insert(MERGES), stored)
            self._join(connection, kind, first, second)
            if decision == "different":
                whole = select(table.c.entity).where(table.c.id.in_([first, second])).distinct()
                if len(connection.execute(whole).all()) == 1:
                    raise DatabaseError(
                        f"{one}, {other}: others that are one with both keep them one. Part these first."
                    )

    @staticmethod
    def _join(connection: Connection, kind: Entity, one: str, other: str) -> None:
        names = select(PEOPLE.c.name_key)
        if kind == "person":
            join_people(connection, set(connection.execute(names.where(PEOPLE.c.id.in_([one, other]))).scalars()))
            return
        join_units(connection)
        of_units = select(UNITS.c.id).where(UNITS.c.name_key.in_(
            select(UNITS.c.name_key).where(UNITS.c.id.in_([one, other]))
        ) | UNITS.c.entity.in_(select(UNITS.c.entity).where(UNITS.c.id.in_([one, other]))))  # fmt: skip
        join_people(connection, set(connection.execute(names.where(PEOPLE.c.unit.in_(of_units))).scalars()))


def _check_by(by: str) -> None:
    if not by.strip():
        raise DatabaseError("nobody is named who decided. Say who did, by=...")


def _find(connection: Connection, article: str, entry: str) -> tuple[str, Row]:
    """The kind and row of an entry, by its id or origin."""
    for kind, tables in _TABLES.items():
        for table in tables:
            same = (table.c.article == article) & ((table.c.id == entry) | (table.c.origin == entry))
            row = (
                connection.execute(select(table).where(same).order_by(table.c.superseded.is_not(None), table.c.id))
                .mappings()
                .first()
            )
            if row is not None:
                return kind, dict(row)
    raise DatabaseError(f"{entry}: the article {article} has no such entry. Take both ids from a view.")


def _lines(connection: Connection, kind: str, row: Row, slot: str, value: Value | Iterable[str]) -> list[Row]:
    """The rows of a corrected slot."""
    if slot not in CORRECTABLE.get(kind, ()):
        slots = ", ".join(CORRECTABLE.get(kind, ())) or "none"
        raise DatabaseError(f"{slot}: no slot of a {kind} that can be corrected. These can: {slots}.")
    if slot in _LISTS:
        if isinstance(value, str | float | date) or (
            value is not None and not all(isinstance(each, str) for each in value)
        ):
            raise DatabaseError(f"{slot}: a list of texts is needed.")
        texts: list[str | None] = [*(value or ())] or [None]
    else:
        texts = [_as_text(slot, value)]
    lines = []
    for number, text in enumerate(texts):
        unit = person = None
        if slot in _UNITS and text is not None:
            person = _person(connection, row["article"], text) if slot == "assigner" else None
            unit = None if person else _unit(connection, row["article"], text, is_holder=slot == "holder")
        lines.append({"slot": slot, "number": number, "value": text, "unit": unit, "person": person})
    if slot == "indicator":
        if texts[0] is None:
            raise DatabaseError("indicator: it cannot be empty.")
        lines.append({"slot": "indicator_key", "value": words_key(texts[0])})
        lines.append({"slot": "measure_key", "value": measure_key(texts[0], row["holder"])})
    return lines


def _texts(slot: str, value: Value | Iterable[str]) -> Iterable[str]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Iterable) or not all(isinstance(each, str) for each in value):
        raise DatabaseError(f"{slot}: a list of texts is needed, not {value!r}.")
    return value


def _as_text(slot: str, value: Any) -> str | None:
    """A value as it is kept, which is text."""
    if value is None:
        return None
    try:
        if slot in _DAYS:
            return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()
        if slot in _NUMBERS:
            return repr(float(value))
    except (TypeError, ValueError, OverflowError):
        needed = "a number" if slot in _NUMBERS else "a day like 2024-03-31"
        raise DatabaseError(f"{slot}: {needed} is needed, not {value!r}.") from None
    if not isinstance(value, str) or (slot == "comparator" and value not in _COMPARATORS):
        needed = f"one of {', '.join(_COMPARATORS)}" if slot == "comparator" else "a text"
        raise DatabaseError(f"{slot}: {needed} is needed, not {value!r}.")
    return value


def _person(connection: Connection, article: str, name: str) -> str | None:
    """The person of a name in an article."""
    named = select(ARTICLE_PEOPLE.c.person).where(ARTICLE_PEOPLE.c.article == article, ARTICLE_PEOPLE.c.name == name)
    return connection.execute(named.order_by(ARTICLE_PEOPLE.c.superseded.is_not(None))).scalars().first()


def _unit(connection: Connection, article: str, name: str, *, is_holder: bool) -> str:
    """The unit of a name in an article; one that was never named is made."""
    if not is_holder:
        named = (
            select(ARTICLE_UNITS.c.unit)
            .join_from(ARTICLE_UNITS, UNITS, UNITS.c.id == ARTICLE_UNITS.c.unit)
            .where(ARTICLE_UNITS.c.article == article, UNITS.c.name_key == unit_key(name))
        )
        if (known := connection.execute(named).scalars().first()) is not None:
            return str(known)
    portal = connection.execute(select(ARTICLES.c.portal).where(ARTICLES.c.id == article)).scalar_one()
    names = Names((), article, portal)
    key = names.holder(name) if is_holder else names.unit(name)
    assert key is not None
    for unit in sorted(names.found.values(), key=lambda each: each.home is not None):
        if connection.execute(select(UNITS.c.id).where(UNITS.c.id == unit.id)).first() is None:
            connection.execute(insert(UNITS), {**unit_row(unit), "entity": unit.id})
    return key
