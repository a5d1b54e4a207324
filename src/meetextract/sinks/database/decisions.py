"""What people write: verdicts and corrections, how far tasks are, and which people and units are one.

Nothing is ever overwritten: each decision is another row with who made it and when, and the last one holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, DateTime, Engine, Table, Text, func, insert, select
from sqlalchemy.types import JSON, TypeEngine

from meetextract.errors import DatabaseError
from meetextract.sinks.database.corrections import Slots, check_text, corrected_slots, correction_rows
from meetextract.sinks.database.joining import join_people, join_units, overruled
from meetextract.sinks.database.opening import reported, writing
from meetextract.sinks.database.rows import Row
from meetextract.sinks.database.sayings import Decision, Entity, Kind, Status, Verdict
from meetextract.sinks.database.tables import (
    ARTICLE_PEOPLE,
    ARTICLE_UNITS,
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

_TABLES: Mapping[Kind, tuple[Table, ...]] = {
    "meeting": (MEETINGS,), "person": (ARTICLE_PEOPLE,), "unit": (ARTICLE_UNITS,), "document": (DOCUMENTS,),
    "target": (TARGETS, RESULTS), "assignment": (ASSIGNMENTS,),
}  # fmt: skip


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
        correction: Slots | None = None,
    ) -> None:
        """Say of an entry whether it is right; what is said last holds.

        A verdict is one on what the entry says now: `accept` and `reject` stand while it says that, `correct` while the
        article has the same text. When they stand no longer, the entry is to be looked at again (`to_review`).

        Args:
            article: The article's id.
            entry: The entry's id; also one that another has taken the place of.
            verdict: `accept`: all of it is right as the machine found it; `reject`; `correct`; or `withdrawn`: nobody
                says anything any more.
            by: Who says so.
            why: The reason.
            correction: For `correct`, and for nothing else: what slots ought to say (see `current.CORRECTABLE`); days
                as dates or ISO dates, lists for `assignees`, `with` and `tasks`, None where nothing is said. What the
                verdict before corrected and this one does not name stays corrected.

        Raises:
            DatabaseError: There is no such entry or slot, or a value does not fit its slot.
        """
        _check(by, verdict, Verdict, why=why)
        if (verdict == "correct") != bool(correction):
            raise DatabaseError("a correction goes with the verdict `correct`, and with no other. Name its slots.")
        with reported(self._engine), writing(self._engine) as connection:
            kind, row = _find(connection, article, entry)
            rows = []
            if correction:
                of_it = _said_of(article, kind, row["origin"])
                of_text = VERDICTS.c.text_hash == row["text_hash"]
                last = connection.execute(select(func.max(VERDICTS.c.id)).where(*of_it, of_text)).scalar()
                before = corrected_slots(connection, last) if last is not None else {}
                rows = correction_rows(connection, kind, row, before | dict(correction))
            stored = {"article": article, "kind": kind, "origin": row["origin"], "verdict": verdict,
                      "text_hash": row["text_hash"], "content_hash": row["content_hash"], "by": by,
                      "at": datetime.now(UTC), "why": why}  # fmt: skip
            key = connection.execute(insert(VERDICTS).returning(VERDICTS.c.id), stored).scalar_one()
            if rows:
                connection.execute(insert(CORRECTIONS), [{**each, "verdict": key} for each in rows])

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
        _check(by, status, Status, note=note)
        with reported(self._engine), writing(self._engine) as connection:
            kind, row = _find(connection, article, assignment)
            if kind != "assignment":
                raise DatabaseError(f"{assignment}: it is a {kind}. Only assignments have tasks with a status.")
            if task is not None:
                task = _find_task(connection, row, task)
            stored = {"article": article, "assignment": row["origin"], "task": task, "status": status, "by": by,
                      "at": datetime.now(UTC), "note": note}  # fmt: skip
            connection.execute(insert(TASK_STATUS), stored)

    def merge(
        self,
        kind: Entity,
        one: str,
        other: str,
        decision: Decision,
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
            DatabaseError: There is no such person or unit, `different` is said of two whom others make one by what
                people said, or `same` would make one of two that stand as different.
        """
        _check(by, kind, Entity)
        _check(by, decision, Decision, why=why)
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
            if parted := overruled(connection, kind):
                if decision == "different":
                    raise DatabaseError(
                        f"{one}, {other}: others that are one with both keep them one. Part these first."
                    )
                pair = parted[0]
                name = dict(connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(pair))).all())
                both = " and ".join(f"{name[key]} ({key})" for key in pair)
                raise DatabaseError(
                    f"{one}, {other}: this would make one of {both}, of whom people said that they are different. "
                    "Take that back first: say `undone` of these two."
                )
            self._join(connection, kind, first, second)

    @staticmethod
    def _join(connection: Connection, kind: Entity, one: str, other: str) -> None:
        """Let people and units point to their entities; those of units that are one now may be one, too."""
        if kind == "unit":
            concerned = PEOPLE.c.unit.in_(sorted(join_units(connection)))
        else:
            concerned = PEOPLE.c.id.in_([one, other])
        join_people(connection, set(connection.execute(select(PEOPLE.c.name_key).where(concerned)).scalars()))


HISTORY: Mapping[str, TypeEngine[Any]] = {
    "at": DateTime(), "by": Text(), "said": Text(), "task": Text(), "words": Text(), "slots": JSON(),
}  # fmt: skip
"""What is told of each decision on an entry."""


def history(connection: Connection, article: str, entry: str) -> list[Row]:
    """What people said of an entry, and how far its tasks are, the oldest first.

    Raises:
        DatabaseError: There is no such entry.
    """
    kind, row = _find(connection, article, entry)
    verdicts = select(VERDICTS).where(*_said_of(article, kind, row["origin"])).order_by(VERDICTS.c.id)
    found = [
        {"at": each.at, "by": each.by, "said": each.verdict, "task": None, "words": each.why,
         "slots": corrected_slots(connection, each.id) or None}
        for each in connection.execute(verdicts).all()
    ]  # fmt: skip
    of_it = (TASK_STATUS.c.article == article, TASK_STATUS.c.assignment == row["origin"])
    found += [
        {"at": each.at, "by": each.by, "said": each.status, "task": each.task, "words": each.note, "slots": None}
        for each in connection.execute(select(TASK_STATUS).where(*of_it).order_by(TASK_STATUS.c.id))
    ]
    return sorted(found, key=lambda each: each["at"])


def _check(by: str, said: str, allowed: object, **texts: str | None) -> None:
    for what, each in {"by": by, **texts}.items():
        check_text(what, each)
    if not by.strip():
        raise DatabaseError("nobody is named who decided. Say who did, by=...")
    if said not in get_args(allowed):
        raise DatabaseError(f"{said}: nothing that can be said here. Say one of {', '.join(get_args(allowed))}.")


def _find(connection: Connection, article: str, entry: str) -> tuple[Kind, Row]:
    """The kind of an entry, and its row as it is found today or was last."""
    for kind, tables in _TABLES.items():
        for table in tables:
            c = table.c
            origin = select(c.origin).where(c.article == article, c.id == entry).scalar_subquery()
            of_one = select(table).where(c.article == article, c.origin == origin)
            today_first = (c.superseded.is_not(None), c.superseded.desc(), c.id)
            row = connection.execute(of_one.order_by(*today_first)).mappings().first()
            if row is not None:
                return kind, dict(row)
    raise DatabaseError(f"{entry}: the article {article} has no such entry. Take both ids from a view.")


def _find_task(connection: Connection, row: Row, task: str) -> str:
    """The origin of a task of an assignment, also of one that people worded."""
    c = ASSIGNMENTS.c
    of_one = select(c.id).where(c.article == row["article"], c.origin == row["origin"])
    is_of_it = (TASKS.c.article == row["article"]) & TASKS.c.assignment.in_(of_one)
    found = select(TASKS.c.origin).where(is_of_it, (TASKS.c.id == task) | (TASKS.c.origin == task))
    worded = (
        select(CORRECTIONS.c.task)
        .join_from(CORRECTIONS, VERDICTS, VERDICTS.c.id == CORRECTIONS.c.verdict)
        .where(*_said_of(row["article"], "assignment", row["origin"]), CORRECTIONS.c.task == task)
    )
    origin = connection.execute(found.union(worded).limit(1)).scalar()
    if origin is None:
        raise DatabaseError(f"{task}: the assignment {row['id']} has no such task. Take its id from `task_id`.")
    return str(origin)


def _said_of(article: str, kind: str, origin: str) -> tuple[ColumnElement[bool], ...]:
    return VERDICTS.c.article == article, VERDICTS.c.kind == kind, VERDICTS.c.origin == origin
