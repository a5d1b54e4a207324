"""What is current: entries that are found and that nobody rejected, with what people corrected in its place."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Double,
    FromClause,
    Label,
    Select,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from meetextract.sinks.database.dialects import as_day
from meetextract.sinks.database.registry import view
from meetextract.sinks.database.tables import (
    ADDRESSEES,
    ARTICLE_PEOPLE,
    ARTICLE_UNITS,
    ASSIGNMENTS,
    CORRECTIONS,
    DOCUMENTS,
    MEETINGS,
    RESULTS,
    TARGETS,
    TASK_STATUS,
    TASKS,
    VERDICTS,
)

CORRECTABLE = {
    "target": ("indicator", "comparator", "value", "max", "unit", "start", "end", "holder"),
    "assignment": ("verb", "assigner", "assignees", "with", "tasks", "deadline"),
    "meeting": ("kind", "date", "session", "host"),
}
"""By kind of entry the slots that people can correct."""

FOLLOWING = ("indicator_key", "measure_key", "measured_as", "better", "of", "level", "level_unit")
"""What follows from the corrected slots of a target, and is kept beside them."""


@view
def standing_verdicts() -> Select[Any]:
    """The last verdict on each entry."""
    last = select(func.max(VERDICTS.c.id)).group_by(VERDICTS.c.article, VERDICTS.c.kind, VERDICTS.c.origin)
    return select(VERDICTS).where(VERDICTS.c.id.in_(last), VERDICTS.c.verdict != "withdrawn")


_standing = VERDICTS.alias("standing")
"""The last verdict on an entry as it is looked up for each one: databases guess badly how many have one."""

_Source: TypeAlias = tuple[str, ColumnElement[Any] | None]
"""The slot whose correction a column holds, and the column of corrections if it is not the value."""


def _correction(slot: str, of: ColumnElement[Any]) -> Select[Any]:
    return select(of).where(CORRECTIONS.c.verdict == _standing.c.id, CORRECTIONS.c.slot == slot)


def _is_corrected(slot: str | ColumnElement[str], verdict: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(CORRECTIONS.c.verdict == verdict, CORRECTIONS.c.slot == slot)


def _effective(found: ColumnElement[Any], slot: str, of: ColumnElement[Any] | None = None) -> Label[Any]:
    """What people say that a slot says, or else what the machine found."""
    value: ColumnElement[Any] = _correction(slot, CORRECTIONS.c.value if of is None else of).scalar_subquery()
    if isinstance(found.type, Date):
        value = as_day(value)
    elif isinstance(found.type, Double):
        value = cast(value, Double)
    value = type_coerce(value, found.type)
    return case((_is_corrected(slot, _standing.c.id), value), else_=found).label(found.key)


def is_of_now(verdict: FromClause, entry: FromClause) -> ColumnElement[bool]:
    """Whether a verdict is on what an entry says: a correction is on its text, others are on all that it says."""
    return case(
        (verdict.c.verdict == "correct", verdict.c.text_hash == entry.c.text_hash),
        else_=verdict.c.content_hash == entry.c.content_hash,
    )


def _current(of: Table, kind: str, slots: dict[str, _Source]) -> Select[Any]:
    """The entries of a table that are current, with what people corrected."""
    same = and_(VERDICTS.c.article == of.c.article, VERDICTS.c.kind == kind, VERDICTS.c.origin == of.c.origin)
    last = select(func.max(VERDICTS.c.id)).where(same).correlate(of).scalar_subquery()
    stands = and_(_standing.c.id == last, _standing.c.verdict != "withdrawn", is_of_now(_standing, of))
    left_out = {"superseded", "superseded_by", "successor"}
    columns = [
        _effective(each, *slots[each.name]) if each.name in slots else each
        for each in of.c
        if each.name not in left_out
    ]
    return (
        select(*columns, _standing.c.id.label("verdict_id"), _standing.c.verdict)
        .select_from(of.outerjoin(_standing, stands))
        .where(of.c.superseded.is_(None), or_(_standing.c.verdict.is_(None), _standing.c.verdict != "reject"))
    )


_LEVEL_SLOTS: dict[str, _Source] = {slot: (slot, None) for slot in (*CORRECTABLE["target"], *FOLLOWING)}
_LEVEL_SLOTS["holder_unit"] = ("holder", CORRECTIONS.c.unit)


@view
def current_targets() -> Select[Any]:
    """The targets that stand."""
    return _current(TARGETS, "target", _LEVEL_SLOTS)


@view
def current_results() -> Select[Any]:
    """The results that stand."""
    return _current(RESULTS, "target", _LEVEL_SLOTS)


@view
def current_documents() -> Select[Any]:
    """The mentions of documents that stand."""
    return _current(DOCUMENTS, "document", {})


@view
def current_people() -> Select[Any]:
    """The people of articles that stand."""
    return _current(ARTICLE_PEOPLE, "person", {})


@view
def current_units() -> Select[Any]:
    """The units of articles that stand."""
    return _current(ARTICLE_UNITS, "unit", {})


@view
def current_meetings() -> Select[Any]:
    """The meetings that stand."""
    slots: dict[str, _Source] = {slot: (slot, None) for slot in CORRECTABLE["meeting"]}
    return _current(MEETINGS, "meeting", {**slots, "host_unit": ("host", CORRECTIONS.c.unit)})


@view
def current_assignments() -> Select[Any]:
    """The assignments that stand."""
    return _current(ASSIGNMENTS, "assignment", {
        **{slot: (slot, None) for slot in ("verb", "assigner", "deadline")},
        "assigner_unit": ("assigner", CORRECTIONS.c.unit), "assigner_person": ("assigner", CORRECTIONS.c.person),
    })  # fmt: skip


def of_assignment(of: Any, entry: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that joins an assignment that stands to its parts."""
    return and_(current_assignments.c.article == of.c.article, current_assignments.c.id == entry)


@view
def current_addressees() -> CompoundSelect[Any]:
    """Those told and those to work with, of the assignments that stand."""
    told = current_assignments
    found = (
        select(ADDRESSEES.c.article, ADDRESSEES.c.entry.label("assignment"), ADDRESSEES.c.number, ADDRESSEES.c.part,
               ADDRESSEES.c.lead, ADDRESSEES.c.name, ADDRESSEES.c.unit)
        .join_from(ADDRESSEES, told, of_assignment(ADDRESSEES, ADDRESSEES.c.entry))
        .where(~_is_corrected(case((ADDRESSEES.c.part == "with", "with"), else_="assignees"), told.c.verdict_id))
    )  # fmt: skip
    part = case((CORRECTIONS.c.slot == "with", "with"), else_="told")
    leads = exists().where(
        ADDRESSEES.c.article == told.c.article, ADDRESSEES.c.entry == told.c.id, ADDRESSEES.c.lead,
        ADDRESSEES.c.name == CORRECTIONS.c.value, CORRECTIONS.c.slot == "assignees",
    )  # fmt: skip
    said = (
        select(told.c.article, told.c.id, CORRECTIONS.c.number, part, type_coerce(leads, Boolean),
               CORRECTIONS.c.value, CORRECTIONS.c.unit)
        .join_from(told, CORRECTIONS, CORRECTIONS.c.verdict == told.c.verdict_id)
        .where(CORRECTIONS.c.slot.in_(["assignees", "with"]), CORRECTIONS.c.value.is_not(None))
    )  # fmt: skip
    return union_all(found, said)


@view
def current_tasks() -> CompoundSelect[Any]:
    """The tasks of the assignments that stand."""
    told = current_assignments
    found = (
        select(TASKS.c.article, TASKS.c.assignment, TASKS.c.number, TASKS.c.origin.label("task"), TASKS.c.text,
               told.c.origin.label("assignment_origin"))
        .join_from(TASKS, told, of_assignment(TASKS, TASKS.c.assignment))
        .where(TASKS.c.superseded.is_(None), ~_is_corrected("tasks", told.c.verdict_id))
    )  # fmt: skip
    said = (
        select(told.c.article, told.c.id, CORRECTIONS.c.number,
               CORRECTIONS.c.task, CORRECTIONS.c.value, told.c.origin)
        .join_from(told, CORRECTIONS, CORRECTIONS.c.verdict == told.c.verdict_id)
        .where(CORRECTIONS.c.slot == "tasks", CORRECTIONS.c.value.is_not(None))
    )  # fmt: skip
    return union_all(found, said)


@view
def task_progress() -> Select[Any]:
    """What is the last that people said of each task: open, where they said nothing."""
    tasks, said = current_tasks, TASK_STATUS
    is_of_one = said.c.task.is_not(None)
    number = func.max(said.c.id).label("number")
    of_one = select(said.c.article, said.c.task, number).where(is_of_one).group_by(said.c.article, said.c.task)
    of_all = select(said.c.article, said.c.assignment, number).where(~is_of_one)
    one, every = of_one.subquery("one"), of_all.group_by(said.c.article, said.c.assignment).subquery("every")
    last = case((one.c.number > func.coalesce(every.c.number, 0), one.c.number), else_=every.c.number)
    return select(
        tasks, func.coalesce(said.c.status, "open").label("status"), said.c.note, said.c.by.label("status_by"),
        said.c.at.label("status_at"),
    ).select_from(
        tasks.outerjoin(one, and_(one.c.article == tasks.c.article, one.c.task == tasks.c.task))
        .outerjoin(every, and_(every.c.article == tasks.c.article, every.c.assignment == tasks.c.assignment_origin))
        .outerjoin(said, said.c.id == last)
    )  # fmt: skip
