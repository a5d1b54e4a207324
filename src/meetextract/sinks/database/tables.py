"""The schema of the tracking database.

Machines write most of it, and write it again whenever an article is extracted anew; people write `verdicts`,
`corrections`, `task_status` and `merges`, which no machine ever touches. The two meet in `origin`: an entry that a
better extraction words otherwise gets another id, but keeps the origin of the entry whose place it takes, and what
people decided hangs on the origin.

An entry that is no longer found stays, with `superseded` set to the day and `superseded_by` to the run. Days are dates,
spans code points of the text that `text_hash` names (in `texts`), money is in đồng.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import JSON, TypeEngine

from meetextract.records import Change, Comparator, Session
from meetextract.sinks.database.sayings import Decision, Entity, Kind, Status, Verdict

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Carried: TypeEngine[Any] = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A list or object that is only carried along."""

Counter: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""The number of a row; SQLite counts only what is called INTEGER."""


def _one_of(column: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value) for value in values)})", name=column)


def _span_in_order() -> CheckConstraint:
    return CheckConstraint("span_start <= span_end", name="span")


RUNS = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True, comment="made of the two next"),
    Column("version", Text, nullable=False, comment="of meetextract"),
    Column("pattern_set", Text, nullable=False, comment="hash of the pattern files"),
    Column("first_loaded", DateTime(timezone=True), nullable=False),
    Column("last_loaded", DateTime(timezone=True), nullable=False, comment="when it last changed anything"),
    Column("articles", Integer, nullable=False, comment="that it brought or changed"),
    Column("added", Integer, nullable=False, comment="entries, as the next three"),
    Column("updated", Integer, nullable=False),
    Column("superseded", Integer, nullable=False),
    Column("restored", Integer, nullable=False),
    UniqueConstraint("version", "pattern_set"),
    comment="What made the records: a version of meetextract with its patterns",
)

ARTICLES = Table(
    "articles",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("portal", Text, index=True, comment="host of the address, or as said on loading"),
    Column("source", Text, comment="file, and line where it has one"),
    Column("url", Text),
    Column("title", Text),
    Column("published", Date, index=True),
    Column("published_from", Text),
    Column("main_text", Text, comment="what took it out of its page"),
    Column("fingerprint", Text, comment="by what near-duplicates are known"),
    Column("duplicate_of", Text, index=True, comment="id of an article, which need not be loaded"),
    Column("repairs", Carried, nullable=False),
    Column("notices", Carried, nullable=False),
    Column("text_hash", Text, nullable=False, comment="names its text of today in texts"),
    Column("record_hash", Text, nullable=False, comment="of the line that it was loaded from"),
    Column("run", ForeignKey("runs.id"), nullable=False, index=True),
    Column("first_loaded", DateTime(timezone=True), nullable=False),
    Column("last_changed", DateTime(timezone=True), nullable=False),
    comment="An article as it is today",
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("text_hash", Text, primary_key=True),
    Column("number", Integer, nullable=False, comment="from 1, in the order of loading"),
    Column("title", Text),
    Column("published", Date),
    Column("url", Text),
    Column("text", Text, comment="null where the record did not hold it"),
    Column("first_loaded", DateTime(timezone=True), nullable=False),
    UniqueConstraint("article", "number"),
    comment="What an article said: a portal that corrects it adds another",
)

UNITS = Table(
    "units",
    METADATA,
    Column("id", Text, primary_key=True, comment="made of the folded name and the scope"),
    Column("name", Text, nullable=False, comment="canonical, as one of its articles writes it"),
    Column("name_key", Text, nullable=False, index=True, comment="the folded name"),
    Column("kind", Text),
    Column("level", Text),
    Column("area", Text),
    Column("home", ForeignKey("units.id"), index=True, comment="its area, which is a unit of the kind địa bàn"),
    Column("scope", Text, comment="portal or article within which the name is known to mean one unit"),
    Column(
        "entity", ForeignKey("units.id"), nullable=False, index=True, comment="the unit that stands for all the same"
    ),
    comment="Organisational units across articles, and areas; a merge makes several point to one entity",
)

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", Text, primary_key=True, comment="made of the folded name and the unit, or the article without one"),
    Column("name_key", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), index=True, comment="null: only known within one article"),
    Column("entity", ForeignKey("people.id"), nullable=False, index=True, comment="who stands for all the same"),
    comment="People of units across articles; offices that one article gives to one person make them one entity",
)

PERSON_LINKS = Table(
    "person_links",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("one", ForeignKey("people.id"), primary_key=True, index=True),
    Column("other", ForeignKey("people.id"), primary_key=True, index=True),
    comment="That an article names two as one person: one with two offices",
)


def _entry(*columns: Column[Any]) -> Iterator[Column[Any]]:
    """The columns of every kind of entry, around its own."""
    yield Column("article", ForeignKey("articles.id"), primary_key=True)
    yield Column("id", Text, primary_key=True, comment="of the record")
    yield Column("origin", Text, nullable=False, comment="id of the entry whose place it took, else its own")
    yield from columns
    yield Column("span_start", Integer)
    yield Column("span_end", Integer)
    yield Column("pattern", Text)
    yield Column("text_hash", Text, nullable=False, comment="of the text where the spans stand")
    yield Column("content_hash", Text, nullable=False, comment="of all that it says, wherever that stands")
    yield Column("run", ForeignKey("runs.id"), nullable=False, comment="that wrote it last")
    yield Column("superseded", DateTime(timezone=True), comment="since when it is no longer found")
    yield Column("superseded_by", ForeignKey("runs.id"))
    yield Column("successor", Text, comment="id of the entry that took its place")


def _entry_table(name: str, *columns: Column[Any], checks: Sequence[CheckConstraint] = (), comment: str) -> Table:
    return Table(name, METADATA, *_entry(*columns), _span_in_order(), *checks, comment=comment)


MEETINGS = _entry_table(
    "meetings",
    Column("kind", Text, nullable=False),
    Column("date", Date, index=True),
    Column("session", Text),
    Column("host", Text),
    Column("host_unit", ForeignKey("units.id"), index=True),
    Column("chairs", Carried, nullable=False),
    Column("attendees", Carried, nullable=False),
    Column("place", Text),
    Column("topic", Text),
    Column("others", Carried, nullable=False),
    Column("spans", Carried, nullable=False, comment="of the slots"),
    Column("why_empty", Carried, nullable=False),
    checks=[_one_of("session", *get_args(Session))],
    comment="The meeting that an article reports",
)

ARTICLE_PEOPLE = _entry_table(
    "article_people",
    Column("name", Text, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    comment="A person in an article",
)

TITLES = Table(
    "titles",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("entry", Text, primary_key=True, comment="of article_people"),
    Column("number", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), index=True),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("pattern", Text),
    ForeignKeyConstraint(["article", "entry"], ["article_people.article", "article_people.id"]),
    comment="A role that a person holds in an article",
)

ARTICLE_UNITS = _entry_table(
    "article_units",
    Column("name", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), nullable=False, index=True),
    comment="A unit in an article",
)

DOCUMENTS = _entry_table(
    "documents",
    Column("text", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("symbol_key", Text, nullable=False, index=True, comment="its letters and digits"),
    Column("date", Date),
    Column("issuer", Text),
    Column("issuer_unit", ForeignKey("units.id"), index=True),
    comment="A mention of a numbered document",
)


def _level_columns() -> Iterator[Column[Any]]:
    yield Column("quote", Text, nullable=False)
    yield Column("indicator", Text, nullable=False)
    yield Column("indicator_key", Text, nullable=False, comment="equal where the indicators have the same words")
    yield Column("measure_key", Text, nullable=False, comment="equal where they are the same but for where and when")
    yield Column("comparator", Text)
    yield Column("value", Double)
    yield Column("max", Double, comment="upper bound of a range")
    yield Column("of", Double, comment="the b of a ratio a/b")
    yield Column("unit", Text)
    yield Column("change", Text)
    yield Column("level", Double, comment="the value to compare: a ratio as a percentage")
    yield Column("level_unit", Text)
    yield Column("base", Text)
    yield Column("measured_as", Text, nullable=False, comment="equal where levels of one unit can be compared")
    yield Column("better", Text, nullable=False, comment="which levels are the better ones: more, or less")
    yield Column("start", Date)
    yield Column("end", Date, comment="last day of the period, or the deadline")
    yield Column("holder", Text)
    yield Column("holder_unit", ForeignKey("units.id"), comment="a committee (UBND) stands for its area")
    yield Column("document", Text)
    yield Column("symbol_key", Text, index=True)
    yield Column("checks", Carried, nullable=False)
    yield Column("spans", Carried, nullable=False)
    yield Column("why_empty", Carried, nullable=False)


def _level_checks() -> list[CheckConstraint]:
    return [_one_of("comparator", *get_args(Comparator)), _one_of("change", *get_args(Change))]


TARGETS = _entry_table("targets", *_level_columns(), checks=_level_checks(), comment="A level that is wanted")
RESULTS = _entry_table("results", *_level_columns(), checks=_level_checks(), comment="A level that was reached")
for _levels in (TARGETS, RESULTS):
    Index(None, _levels.c.holder_unit, _levels.c.measure_key)

ASSIGNMENTS = _entry_table(
    "assignments",
    Column("quote", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("assigner", Text),
    Column("assigner_person", ForeignKey("people.id"), index=True),
    Column("assigner_unit", ForeignKey("units.id"), index=True),
    Column("deadline", Date, index=True),
    Column("due", Carried, comment="the words of the deadline, and what they come to"),
    Column("targets", Carried, nullable=False, comment="ids of the targets in its words"),
    Column("spans", Carried, nullable=False),
    Column("why_empty", Carried, nullable=False),
    comment="A directive: who told whom to do what by when",
)

TASKS = _entry_table(
    "tasks",
    Column("assignment", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    comment="A task of an assignment",
)
TASKS.append_constraint(ForeignKeyConstraint(["article", "assignment"], ["assignments.article", "assignments.id"]))
Index(None, TASKS.c.article, TASKS.c.assignment)

ADDRESSEES = Table(
    "addressees",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("entry", Text, primary_key=True, comment="of assignments"),
    Column("number", Integer, primary_key=True),
    Column("part", Text, nullable=False, comment="told, or to be worked with"),
    Column("lead", Boolean(name="lead"), nullable=False),
    Column("name", Text, nullable=False, comment="as written"),
    Column("unit", ForeignKey("units.id"), index=True),
    Column("span_start", Integer),
    Column("span_end", Integer),
    ForeignKeyConstraint(["article", "entry"], ["assignments.article", "assignments.id"]),
    _one_of("part", "told", "with"),
    _span_in_order(),
    comment="Those told, and those to work with",
)

CITED = Table(
    "cited",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("entry", Text, primary_key=True, comment="of assignments"),
    Column("number", Integer, primary_key=True),
    Column("symbol", Text, nullable=False),
    Column("symbol_key", Text, nullable=False, index=True),
    ForeignKeyConstraint(["article", "entry"], ["assignments.article", "assignments.id"]),
    comment="Documents that the words of an assignment name",
)

MENTIONS = Table(
    "mentions",
    METADATA,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("entry", Text, comment="id in the record; null for a date that nothing places"),
    Column("text", Text, comment="as written; null where the entry has the words"),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("pattern", Text),
    Column("value", Carried, comment="of a date, quantity or count"),
    _one_of("kind", "person", "unit", "date", "quantity", "count"),
    _span_in_order(),
    comment="Every place in the text of today that means a person or unit, or is a date, quantity or count",
)

VERDICTS = Table(
    "verdicts",
    METADATA,
    Column("id", Counter, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("text_hash", Text, nullable=False, comment="of the text that was judged"),
    Column("content_hash", Text, nullable=False, comment="of what the entry said"),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("why", Text),
    _one_of("kind", *get_args(Kind)),
    _one_of("verdict", *get_args(Verdict)),
    Index(None, "article", "kind", "origin"),
    comment="What people say of an entry; the last one holds",
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("verdict", ForeignKey("verdicts.id"), primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("number", Integer, primary_key=True, comment="0 but in lists"),
    Column("value", Text, comment="null: the slot is empty"),
    Column("unit", ForeignKey("units.id"), index=True, comment="that is meant, where the slot names units"),
    Column("person", ForeignKey("people.id"), index=True, comment="who is meant"),
    Column("task", Text, comment="origin of the task, where the slot holds tasks"),
    comment="What a slot ought to say, in the place of all that the machine found for it",
)

TASK_STATUS = Table(
    "task_status",
    METADATA,
    Column("id", Counter, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False),
    Column("assignment", Text, nullable=False, comment="origin"),
    Column("task", Text, comment="origin; null for all tasks of the assignment"),
    Column("status", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("note", Text),
    _one_of("status", *get_args(Status)),
    Index(None, "article", "assignment"),
    comment="How far people say that a task is; the last one holds",
)

MERGES = Table(
    "merges",
    METADATA,
    Column("id", Counter, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("one", Text, nullable=False, comment="of two ids of people or units, the smaller"),
    Column("other", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("why", Text),
    _one_of("kind", *get_args(Entity)),
    _one_of("decision", *get_args(Decision)),
    CheckConstraint("one < other", name="order"),
    Index(None, "kind", "one", "other"),
    comment="What people say of two entities; the last one holds",
)

ENTRIES = {
    table.name: table
    for table in (MEETINGS, ARTICLE_PEOPLE, ARTICLE_UNITS, DOCUMENTS, TARGETS, RESULTS, ASSIGNMENTS, TASKS)
}
"""The tables of entries, which have ids, origins and successors; a table comes after those that it points to."""

PARTS = {table.name: (table, ENTRIES[of]) for table, of in
         ((TITLES, "article_people"), (ADDRESSEES, "assignments"), (CITED, "assignments"))}  # fmt: skip
"""The tables whose rows are a part of an entry, and that of the entry."""

PEOPLES = (VERDICTS, CORRECTIONS, TASK_STATUS, MERGES)
"""What people write."""
