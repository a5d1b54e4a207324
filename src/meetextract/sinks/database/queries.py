"""The questions that trackers ask, by name, and what narrows them down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    FromClause,
    Row,
    Select,
    Table,
    Text,
    and_,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.types import JSON

from meetextract.errors import DatabaseError
from meetextract.sinks.database import views
from meetextract.sinks.database.current import current_documents
from meetextract.sinks.database.dialects import by_bytes, today
from meetextract.sinks.database.identities import AREA, name_key
from meetextract.sinks.database.opening import reported
from meetextract.sinks.database.registry import VIEWS
from meetextract.sinks.database.rows import symbol_key
from meetextract.sinks.database.tables import METADATA, PEOPLE, UNITS

_COMMITTEE = name_key("UBND") + " "
_FETCHED = 1_000  # rows at a time


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Attributes:
        says: What it tells, in a line.
        source: The view that answers it.
        order: The columns by which its lines are sorted; what is empty comes last.
        shown: The columns that a table on a screen has room for.
        day: The column that `start` and `end` bound.
        units: The column with the id of a unit that `unit` chooses by.
        people: The column with the id of a person.
        symbol: The column with the key of a document's symbol.
        portal: Whether it has a portal.
        on: The condition on a deadline and the day that is taken for today, where it depends on that.
    """

    says: str
    source: FromClause
    order: tuple[str, ...]
    shown: tuple[str, ...]
    day: str | None = None
    units: str | None = None
    people: str | None = None
    symbol: str | None = None
    portal: bool = True
    on: Callable[[Any, Any], ColumnElement[bool]] | None = None

    @property
    def narrowed_by(self) -> dict[str, bool]:
        """Which of the filters it takes."""
        return {
            "unit": self.units is not None, "person": self.people is not None, "document": self.symbol is not None,
            "portal": self.portal, "start": self.day is not None, "end": self.day is not None,
            "on": self.on is not None,
        }  # fmt: skip


_TASKS: dict[str, Any] = {
    "order": ("deadline", "unit", "article", "assignment", "task_id", "addressee"),
    "shown": ("deadline", "unit", "task", "status", "assigner", "article", "assignment"),
    "day": "deadline", "units": "unit_id",
}  # fmt: skip
_LEVELS: dict[str, Any] = {
    "order": ("end", "holder", "article", "target", "result_article", "result"),
    "shown": ("holder", "indicator", "comparator", "level", "level_unit", "end", "result_level", "as_of", "gap",
              "reached"),
    "day": "end", "units": "holder_id",
}  # fmt: skip

QUERIES: Mapping[str, Query] = {
    "open_assignments": Query("Việc chưa xong, theo đơn vị và thời hạn", views.open_assignments, **_TASKS),
    "overdue": Query("Việc đã quá hạn", views.open_assignments, **_TASKS, on=views.is_overdue),
    "due_this_month": Query("Việc đến hạn trong tháng", views.open_assignments, **_TASKS, on=views.is_due_in_month),
    "progress": Query("Chỉ tiêu và kết quả mới nhất", views.target_progress, **_LEVELS),
    "answers": Query("Mọi kết quả trả lời cho chỉ tiêu", views.target_answers, **_LEVELS),
    "directed": Query(
        "Việc một người đã chỉ đạo", views.directed, ("day", "person", "article", "assignment", "unit"),
        ("day", "person", "of", "verb", "unit", "quote", "deadline", "article"),
        day="day", units="unit_id", people="person_id",
    ),
    "from_document": Query(
        "Mọi điều từ một văn bản", views.from_document,
        ("symbol", "published", "article", "kind", "span_start", "entry"),
        ("symbol", "type", "issued", "issuer", "kind", "text", "end", "article"), day="published", symbol="symbol_key",
    ),
    "coverage": Query(
        "Số tin theo cổng và tháng", views.coverage, ("portal", "month"),
        ("portal", "month", "articles", "repeats", "meetings", "targets", "results", "assignments"), day="month",
    ),
    "to_review": Query(
        "Mục đã duyệt nay nói khác, cần duyệt lại", views.to_review, ("published", "article", "kind", "entry"),
        ("kind", "text", "verdict", "by", "at", "why", "article", "entry"), day="published",
    ),
    "merge_proposals": Query(
        "Người, đơn vị có thể là một", views.merge_proposals, ("kind", "one_name", "one", "other"),
        ("kind", "one_name", "one_of", "other_name", "other_of", "why", "one", "other"), portal=False,
    ),
}  # fmt: skip
"""The questions by name."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows a question down; each is one that the question takes, or None.

    Attributes:
        unit: Name of a unit, or words of it; or its id.
        person: Name of a person, or words of it; or the id.
        document: Symbol of a document; or the beginning of symbols, where no document has it as a whole.
        portal: Host of a portal.
        start: First day.
        end: Last day.
        on: The day that is taken for today.
    """

    unit: str | None = None
    person: str | None = None
    document: str | None = None
    portal: str | None = None
    start: date | None = None
    end: date | None = None
    on: date | None = None


_SPOKEN = {"start": "start (--from)", "end": "end (--to)"}


def find_query(name: str) -> Query:
    """A question by its name.

    Raises:
        DatabaseError: There is none of this name.
    """
    if name not in QUERIES:
        raise DatabaseError(f"{name}: no such query. There are {', '.join(QUERIES)}.")
    return QUERIES[name]


def answer(engine: Engine, name: str, narrowed: Narrowed | None = None, limit: int | None = None) -> Answer:
    """Put a question.

    Args:
        engine: An open database.
        name: Of the question.
        narrowed: What narrows it down.
        limit: The greatest number of lines; all by default.

    Returns:
        The answer, whose lines are fetched as they are asked for.

    Raises:
        DatabaseError: There is no such question, it is not narrowed down by that, or there is no such unit or person.
    """
    query, narrowed = find_query(name), narrowed or Narrowed()
    for what, is_taken in query.narrowed_by.items():
        if getattr(narrowed, what) is not None and not is_taken:
            taken = ", ".join(_SPOKEN.get(each, each) for each, may in query.narrowed_by.items() if may) or "nothing"
            raise DatabaseError(f"{name}: it is not narrowed down by {_SPOKEN.get(what, what)}, but by {taken}.")
    source: FromClause = query.source
    if narrowed.unit is not None or narrowed.person is not None:
        # PostgreSQL guesses that words of a name are rare, and would look through all parts for each line.
        source = select(source).cte("lines").prefix_with("materialized", dialect="postgresql")
    with reported(engine), engine.connect() as connection:
        conditions = list(_conditions(connection, query, source.c, narrowed))
    order = _in_order(source.c[key] for key in query.order)
    return Answer(engine, select(source).where(*conditions).order_by(*order).limit(limit), query.shown)


def whole(engine: Engine, name: str) -> Answer:
    """Everything in a table or view.

    Args:
        engine: An open database.
        name: Of a table, a view or a question.

    Raises:
        DatabaseError: There is none of this name.
    """
    if name in QUERIES:
        return answer(engine, name)
    source = METADATA.tables.get(name)
    found = source if source is not None else VIEWS[name][0] if name in VIEWS else None
    if found is None:
        raise DatabaseError(
            f"{name}: no such table or view. There are {', '.join([*QUERIES, *METADATA.tables, *VIEWS])}."
        )
    keys = source.primary_key if source is not None else [each for each in found.c if not isinstance(each.type, JSON)]
    return Answer(engine, select(found).order_by(*_in_order(keys)), tuple(found.c.keys()))


def _in_order(columns: Iterable[ColumnElement[Any]]) -> Iterator[ColumnElement[Any]]:
    """What to sort by: what is empty comes last, and databases agree on texts."""
    for each in columns:
        yield each.is_(None)
        yield by_bytes(each) if isinstance(each.type, Text) else each


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines of an answer.

    Attributes:
        engine: Of the database.
        select: What is asked of it.
        shown: The columns that a table on a screen has room for.
    """

    engine: Engine
    select: Select[Any]
    shown: tuple[str, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """The columns' types of SQLAlchemy by name."""
        return {each.name: each.type for each in self.select.selected_columns}

    def __iter__(self) -> Iterator[Row[Any]]:
        """The lines, a few at a time.

        Raises:
            DatabaseError: The database does not answer.
        """
        with reported(self.engine), self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=_FETCHED).execute(self.select)


def _conditions(
    connection: Connection, query: Query, columns: Any, narrowed: Narrowed
) -> Iterator[ColumnElement[bool]]:
    if query.on is not None:
        yield query.on(columns.deadline, literal(narrowed.on, Date) if narrowed.on else today())
    if query.day is not None:
        day = columns[query.day]
        is_month = isinstance(day.type, Text)
        if narrowed.start is not None:
            yield day >= (_month(narrowed.start) if is_month else narrowed.start)
        if narrowed.end is not None:
            yield day <= (_month(narrowed.end) if is_month else narrowed.end)
    if narrowed.portal is not None:
        yield columns.portal == narrowed.portal
    if narrowed.document is not None and query.symbol is not None:
        key = symbol_key(narrowed.document)
        if not key:
            raise DatabaseError(f"{narrowed.document}: no symbol of a document. Write it like 15/KH-UBND.")
        documents = select(current_documents.c.id).where(current_documents.c.symbol_key == key).limit(1)
        is_whole = connection.execute(documents).first() is not None
        symbol = columns[query.symbol]
        yield symbol == key if is_whole else symbol.startswith(key, autoescape=True)
    if narrowed.unit is not None and query.units is not None:
        found = _meant(connection, UNITS, name_key(narrowed.unit), narrowed.unit, "unit")
        yield columns[query.units].in_(_with_those_it_means(found))
    if narrowed.person is not None and query.people is not None:
        found = _meant(connection, PEOPLE, name_key(narrowed.person), narrowed.person, "person")
        yield columns[query.people].in_(select(PEOPLE.c.entity).where(found))


def _with_those_it_means(found: ColumnElement[bool]) -> CompoundSelect[Any]:
    """The entities of units; a committee's are also the levels of its area, and an area's all its offices."""
    area, office, area_of_office = UNITS.alias("area"), UNITS.alias("office"), UNITS.alias("area_of_office")
    home = select(area.c.entity).join_from(UNITS, area, area.c.id == UNITS.c.home)
    areas = select(UNITS.c.entity).where(found, UNITS.c.kind == AREA)
    offices = select(office.c.entity).join_from(office, area_of_office, area_of_office.c.id == office.c.home)
    return (
        select(UNITS.c.entity)
        .where(found)
        .union(
            home.where(found, UNITS.c.name_key.startswith(_COMMITTEE)),
            offices.where(area_of_office.c.entity.in_(areas)),
        )
    )


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _meant(connection: Connection, table: Table, key: str, given: str, what: str) -> ColumnElement[bool]:
    """The condition for the people or units that a name means: those of that name, else those whose name has its words.

    Raises:
        DatabaseError: There are none.
    """
    names = table.c.name_key
    words = [(" " + names + " ").contains(f" {word} ", autoescape=True) for word in key.split()]
    for condition in (or_(table.c.id == given, names == key), and_(*words) if words else None):
        if condition is not None and connection.execute(select(table.c.id).where(condition).limit(1)).first():
            return condition
    near = get_close_matches(key, sorted(connection.execute(select(names).distinct()).scalars()))
    like = connection.execute(select(func.min(by_bytes(table.c.name))).where(names.in_(near)).group_by(names)).scalars()
    hint = f" Near are {', '.join(sorted(like))}." if near else " Names are as in the records; words of a name will do."
    raise DatabaseError(f"{given}: no {what} of this name.{hint}")
