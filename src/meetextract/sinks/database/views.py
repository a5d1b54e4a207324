"""The views that answer what trackers ask, for whoever speaks SQL.

They show what is current (`current`). An article that repeats another one that is loaded (`duplicate_of`) adds no lines
of its own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from meetextract.sinks.database.current import (
    current_addressees,
    current_assignments,
    current_documents,
    current_meetings,
    current_people,
    current_results,
    current_targets,
    current_units,
    is_of_now,
    of_assignment,
    standing_verdicts,
    task_progress,
)
from meetextract.sinks.database.dialects import as_day, by_bytes, month_of, today
from meetextract.sinks.database.joining import standing
from meetextract.sinks.database.progress import answers, progress
from meetextract.sinks.database.registry import view
from meetextract.sinks.database.repeats import IS_FIRST
from meetextract.sinks.database.tables import (
    ARTICLE_PEOPLE,
    ARTICLE_UNITS,
    ARTICLES,
    ASSIGNMENTS,
    CITED,
    DOCUMENTS,
    MEETINGS,
    PEOPLE,
    RESULTS,
    TARGETS,
    UNITS,
)

_ARTICLE = (ARTICLES.c.title, ARTICLES.c.published, ARTICLES.c.portal, ARTICLES.c.url)
_whole_unit = UNITS.alias("whole_unit")
_whole_person = PEOPLE.alias("whole_person")


def _with_unit(source: Any, unit: ColumnElement[Any]) -> Any:
    """Join the unit that stands for a unit."""
    joined = source.outerjoin(UNITS, UNITS.c.id == unit)
    return joined.outerjoin(_whole_unit, _whole_unit.c.id == UNITS.c.entity)


@view
def open_assignments() -> Select[Any]:
    """Tasks that are not done or dropped, a line for each of those told."""
    told, tasks, to = current_assignments, task_progress, current_addressees
    source = (
        tasks.join(told, of_assignment(tasks, tasks.c.assignment))
        .join(ARTICLES, and_(ARTICLES.c.id == told.c.article, IS_FIRST))
        .outerjoin(to, and_(to.c.article == told.c.article, to.c.assignment == told.c.id, to.c.part == "told"))
    )
    return (
        select(
            told.c.deadline, func.coalesce(_whole_unit.c.name, to.c.name).label("unit"), to.c.lead,
            tasks.c.text.label("task"), tasks.c.status, tasks.c.note, told.c.assigner, told.c.verb,
            to.c.name.label("addressee"), *_ARTICLE, told.c.article, told.c.id.label("assignment"),
            tasks.c.task.label("task_id"), _whole_unit.c.id.label("unit_id"), told.c.quote,
            told.c.span_start, told.c.span_end,
        )
        .select_from(_with_unit(source, to.c.unit))
        .where(tasks.c.status.not_in(["done", "dropped"]))  # not `in`: PostgreSQL takes that for a few
    )  # fmt: skip


def is_overdue(deadline: Any, on: Any) -> ColumnElement[bool]:
    """Whether a deadline has passed on a day."""
    overdue_then: ColumnElement[bool] = deadline < on
    return overdue_then


def is_due_in_month(deadline: Any, on: Any) -> ColumnElement[bool]:
    """Whether a deadline is in the month of a day."""
    return month_of(deadline) == month_of(on)


@view
def overdue() -> Select[Any]:
    """Open tasks whose deadline has passed."""
    return select(open_assignments).where(is_overdue(open_assignments.c.deadline, today()))


@view
def due_this_month() -> Select[Any]:
    """Open tasks whose deadline is in this month."""
    return select(open_assignments).where(is_due_in_month(open_assignments.c.deadline, today()))


def _of_goals(levels: Select[Any]) -> Select[Any]:
    """Goals with the name of their holder and what their article is."""
    goals = levels.subquery("goals")
    renamed = {"holder": goals.c.holder.label("holder_id"), "id": goals.c.id.label("target")}
    columns = [renamed.get(each.key, each) for each in goals.c]
    return select(UNITS.c.name.label("holder"), *columns, *_ARTICLE).select_from(
        goals.join(ARTICLES, ARTICLES.c.id == goals.c.article).outerjoin(UNITS, UNITS.c.id == goals.c.holder)
    )


@view
def target_answers() -> Select[Any]:
    """Every result with the target that it answers."""
    return _of_goals(answers(current_targets, current_results, current_meetings))


@view
def target_progress() -> Select[Any]:
    """Every goal with the latest result that answers it."""
    return _of_goals(progress(current_targets, current_results, current_meetings))


@view
def directed() -> Select[Any]:
    """What people directed, a line for each of those told."""
    told, to, office = current_assignments, current_addressees, UNITS.alias("office")
    day = func.coalesce(
        select(func.min(current_meetings.c.date)).where(current_meetings.c.article == told.c.article).scalar_subquery(),
        ARTICLES.c.published,
    )
    source = (
        told.join(ARTICLES, and_(ARTICLES.c.id == told.c.article, IS_FIRST))
        .join(PEOPLE, PEOPLE.c.id == told.c.assigner_person)
        .join(_whole_person, _whole_person.c.id == PEOPLE.c.entity)
        .outerjoin(office, office.c.id == func.coalesce(PEOPLE.c.unit, _whole_person.c.unit))
        .outerjoin(to, and_(to.c.article == told.c.article, to.c.assignment == told.c.id, to.c.part == "told"))
    )
    return select(
        _whole_person.c.name.label("person"), office.c.name.label("of"), type_coerce(day, Date).label("day"),
        told.c.verb, func.coalesce(_whole_unit.c.name, to.c.name).label("unit"), told.c.quote, told.c.deadline,
        *_ARTICLE, told.c.article, told.c.id.label("assignment"), _whole_person.c.id.label("person_id"),
        _whole_unit.c.id.label("unit_id"), told.c.span_start, told.c.span_end,
    ).select_from(_with_unit(source, to.c.unit))  # fmt: skip


@view
def from_document() -> CompoundSelect[Any]:
    """Everything that comes from a document: what it sets as targets, what is told by it, where it is named."""
    found = current_documents
    same = (found.c.article, found.c.symbol_key)
    mentions = select(
        found.c.article, found.c.symbol_key, found.c.symbol, found.c.type, found.c.text, found.c.span_start,
        found.c.span_end, func.max(found.c.date).over(partition_by=same).label("issued"),
        func.max(by_bytes(found.c.issuer)).over(partition_by=same).label("issuer"),
        func.row_number().over(partition_by=same, order_by=(found.c.span_start, found.c.id)).label("number"),
    ).subquery("mentions")  # fmt: skip
    named = select(mentions).where(mentions.c.number == 1).subquery("named")

    def lines(kind: str, source: Any, words: ColumnElement[Any], end: ColumnElement[Any], entry: ColumnElement[Any],
              place: FromClause) -> Select[Any]:  # fmt: skip
        return (
            select(
                named.c.symbol, named.c.type, type_coerce(named.c.issued, Date).label("issued"), named.c.issuer,
                literal(kind).label("kind"), words.label("text"), end.label("end"), *_ARTICLE, named.c.article,
                entry.label("entry"), named.c.symbol_key, place.c.span_start.label("span_start"),
                place.c.span_end.label("span_end"),
            )
            .select_from(source)
            .join(ARTICLES, and_(ARTICLES.c.id == named.c.article, IS_FIRST))
        )  # fmt: skip

    nothing, no_day = cast(null(), Text), type_coerce(as_day(cast(null(), Text)), Date)
    parts = [lines("mention", named, named.c.text, no_day, nothing, named)]
    for kind, levels in (("target", current_targets), ("result", current_results)):
        set_by = and_(levels.c.article == named.c.article, levels.c.symbol_key == named.c.symbol_key)
        parts.append(lines(kind, named.join(levels, set_by), levels.c.quote, levels.c.end, levels.c.id, levels))
    told = current_assignments
    cites = and_(CITED.c.article == named.c.article, CITED.c.symbol_key == named.c.symbol_key)
    source = named.join(CITED, cites).join(told, of_assignment(CITED, CITED.c.entry))
    parts.append(lines("assignment", source, told.c.quote, told.c.deadline, told.c.id, told))
    return union_all(*parts)


@view
def coverage() -> Select[Any]:
    """What came of each portal in each month."""

    def many(of: FromClause) -> ColumnElement[Any]:
        return select(func.count()).where(of.c.article == ARTICLES.c.id).scalar_subquery()

    each = (
        select(
            ARTICLES.c.portal, month_of(ARTICLES.c.published).label("month"), ARTICLES.c.published,
            case((IS_FIRST, 0), else_=1).label("repeats"), many(current_meetings).label("meetings"),
            many(current_targets).label("targets"), many(current_results).label("results"),
            many(current_assignments).label("assignments"),
        ).subquery("each")
    )  # fmt: skip
    sums = [
        cast(func.sum(each.c[name]), Integer).label(name)
        for name in ("repeats", "meetings", "targets", "results", "assignments")
    ]
    return select(
        each.c.portal, each.c.month, func.count().label("articles"), *sums,
        type_coerce(func.min(each.c.published), Date).label("first_day"),
        type_coerce(func.max(each.c.published), Date).label("last_day"),
    ).group_by(each.c.portal, each.c.month)  # fmt: skip


def _apart(of: Table, kind: str) -> CTE:
    """The entities that people said are different, each two of them either way round."""
    said = standing(kind).subquery("said")
    first, second = of.alias("first"), of.alias("second")
    source = said.join(first, first.c.id == said.c.one).join(second, second.c.id == said.c.other)
    ways = ((first.c.entity, second.c.entity), (second.c.entity, first.c.entity))
    parts = [
        select(one.label("one"), other.label("other")).select_from(source).where(said.c.decision == "different")
        for one, other in ways
    ]
    return union_all(*parts).cte(f"apart_{of.name}")


def _is_open(apart: CTE, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether two entities are two, and nobody said that they are different."""
    return and_(one != other, tuple_(one, other).not_in(select(apart.c.one, apart.c.other)))


def _units_of_one_name() -> list[Select[Any]]:
    """Pairs of units of one name, but not two of which both may be one with a smaller one: these lines tell it."""
    apart = _apart(UNITS, "unit")
    one, other, smaller = UNITS.alias("one_unit"), UNITS.alias("other_unit"), UNITS.alias("smaller_unit")
    names_its_area = or_(UNITS.c.level.is_(None), UNITS.c.area.is_not(None))
    first_ids = select(func.min(UNITS.c.id)).where(names_its_area).group_by(UNITS.c.name_key)
    of_entities = select(func.min(UNITS.c.id)).where(names_its_area).group_by(UNITS.c.name_key, UNITS.c.entity)
    is_first = one.c.id.in_(first_ids)
    parted = select(apart.c.one)
    told = exists().where(
        smaller.c.name_key == one.c.name_key, smaller.c.id < one.c.id,
        or_(smaller.c.level.is_(None), smaller.c.area.is_not(None)),
        _is_open(apart, smaller.c.entity, one.c.entity), _is_open(apart, smaller.c.entity, other.c.entity),
    )  # fmt: skip
    pairs = (
        select(literal("unit").label("kind"), one.c.id.label("one"), other.c.id.label("other"),
               one.c.name.label("one_name"), other.c.name.label("other_name"), one.c.scope.label("one_of"),
               other.c.scope.label("other_of"), literal("same name").label("why"))
        .join_from(one, other, and_(other.c.name_key == one.c.name_key, one.c.id < other.c.id))
        .where(one.c.id.in_(of_entities), other.c.id.in_(of_entities),
               _is_open(apart, one.c.entity, other.c.entity))
    )  # fmt: skip
    # Not one condition: not all of a name are compared with each other, but with the first, and with those parted.
    ways = (
        is_first,
        and_(one.c.entity.in_(parted), ~is_first, ~told),
        and_(other.c.entity.in_(parted), one.c.entity.not_in(parted), ~is_first, ~told),
    )
    return [pairs.where(way) for way in ways]


@view
def merge_proposals() -> CompoundSelect[Any]:
    """Pairs of people or units that may be one, and why; people say whether they are."""
    apart = _apart(PEOPLE, "person")
    one, other = PEOPLE.alias("one_person"), PEOPLE.alias("other_person")
    of_one = (
        select(one, UNITS.c.home, UNITS.c.name.label("of"))
        .join_from(one, UNITS, UNITS.c.id == one.c.unit)
        .subquery("one")
    )
    of_other = (
        select(other, UNITS.c.home, UNITS.c.name.label("of"))
        .join_from(other, UNITS, UNITS.c.id == other.c.unit)
        .subquery("other")
    )
    neighbours = (
        select(literal("person"), of_one.c.id, of_other.c.id, of_one.c.name, of_other.c.name, of_one.c.of,
               of_other.c.of, literal("same name, units of one area"))
        .where(of_one.c.name_key == of_other.c.name_key, of_one.c.id < of_other.c.id,
               of_one.c.home == of_other.c.home, _is_open(apart, of_one.c.entity, of_other.c.entity))
    )  # fmt: skip
    smaller = case((PEOPLE.c.id < of_one.c.id, PEOPLE.c.id), else_=of_one.c.id)
    larger = case((PEOPLE.c.id < of_one.c.id, of_one.c.id), else_=PEOPLE.c.id)
    pair = (
        select(smaller.label("one"), larger.label("other"), PEOPLE.c.name.label("one_name"),
               of_one.c.name.label("other_name"), of_one.c.of.label("other_of"))
        .distinct()
        .join_from(PEOPLE, current_people, current_people.c.person == PEOPLE.c.id)
        .join(current_units, current_units.c.article == current_people.c.article)
        .join(of_one, and_(of_one.c.name_key == PEOPLE.c.name_key, of_one.c.unit == current_units.c.unit))
        .where(PEOPLE.c.unit.is_(None), _is_open(apart, PEOPLE.c.entity, of_one.c.entity))
        .subquery("pair")
    )  # fmt: skip
    without_office = select(
        literal("person"), pair.c.one, pair.c.other, pair.c.one_name, pair.c.other_name, cast(null(), Text),
        pair.c.other_of, literal("same name, in an article that names the unit"),
    )  # fmt: skip
    return union_all(*_units_of_one_name(), neighbours, without_office)


@view
def to_review() -> CompoundSelect[Any]:
    """Entries that say something else than when people judged them last: they are to be looked at again."""
    said = {"meeting": (MEETINGS.c.kind,), "person": (ARTICLE_PEOPLE.c.name,), "unit": (ARTICLE_UNITS.c.name,),
            "document": (DOCUMENTS.c.text,), "target": (TARGETS.c.quote, RESULTS.c.quote),
            "assignment": (ASSIGNMENTS.c.quote,)}  # fmt: skip
    verdict = standing_verdicts
    return union_all(
        *(
            select(
                literal(kind).label("kind"), words.label("text"), verdict.c.verdict, verdict.c.by, verdict.c.at,
                verdict.c.why, *_ARTICLE, words.table.c.article, words.table.c.id.label("entry"),
            )
            .select_from(verdict)
            .join(
                words.table,
                and_(words.table.c.article == verdict.c.article, words.table.c.origin == verdict.c.origin),
            )
            .join(ARTICLES, ARTICLES.c.id == verdict.c.article)
            .where(verdict.c.kind == kind, words.table.c.superseded.is_(None), ~is_of_now(verdict, words.table))
            for kind, columns in said.items()
            for words in columns
        )
    )  # fmt: skip
