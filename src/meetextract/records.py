"""The record: one per article, what the product hands to everything after it.

All spans are `[start, end)` in Unicode code points of the article's stored text; all dates are ISO 8601 strings;
`start` and `end` of a period are its first and last day. The JSON Schema of `Record` is what `meetextract schema`
prints.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field

SCHEMA_VERSION = "1"

Span: TypeAlias = tuple[int, int]
Number: TypeAlias = int | float
Comparator: TypeAlias = Literal["eq", "gt", "ge", "lt", "le", "approx", "range"]
Change: TypeAlias = Literal["increase", "decrease", "exceed"]
Grain: TypeAlias = Literal["day", "week", "month", "quarter", "half", "year", "period"]
Session: TypeAlias = Literal["morning", "noon", "afternoon", "evening"]
WhyEmpty: TypeAlias = dict[str, Literal["not_stated", "ambiguous"]]


@dataclass(frozen=True, slots=True)
class DateEntry:
    """A time expression that stands on the calendar."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    text: str
    span: Span
    start: str
    """First day."""
    end: str
    """Last day, inclusive."""
    grain: Grain
    session: Session | None
    """Part of the day, where the article says it."""
    anchor: str | None
    """What placed it: `published`, a year or a day that the article speaks of; null where it is complete."""
    pattern: str


@dataclass(frozen=True, slots=True)
class UnplacedDate:
    """A time expression that nothing places on the calendar: partial before wrong."""

    text: str
    span: Span
    why: Literal["year_unknown", "day_unknown"]
    month: int | None
    day: int | None
    session: Session | None
    pattern: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A mention of a legal or administrative document with a number (Decree 30/2020/NĐ-CP, appendix I and III)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    text: str
    span: Span
    type: str
    """Type in full: "Kế hoạch", "Quyết định"."""
    symbol: str
    """Number and symbol without blanks: "251/KH-UBND"."""
    date: str | None
    """Date of issue, where any mention in the article gives it."""
    issuer: str | None
    """Canonical name of the unit that issued it, where the article says so."""
    pattern: str


@dataclass(frozen=True, slots=True)
class QuantityEntry:
    """A percentage, ratio, amount or counted thing."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    text: str
    span: Span
    comparator: Comparator
    value: Number
    """Money in đồng; of a range the lower bound; of a ratio "a/b" the a."""
    max: Number | None
    """Upper bound of a range."""
    of: Number | None
    """The b of a ratio "a/b"."""
    unit: str | None
    """As written, in lower case."""
    change: Change | None
    pattern: str


@dataclass(frozen=True, slots=True)
class CountEntry:
    """A number of pieces of work to be tracked: tasks, targets, criteria, projects and the like."""

    id: str
    text: str
    span: Span
    comparator: Comparator
    value: Number
    of: Number | None
    item: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Title:
    """A role that a person holds, with the unit where it is held."""

    role: str
    unit: str | None
    span: Span
    pattern: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the article, once, with every mention joined."""

    id: str
    name: str
    titles: tuple[Title, ...]
    mentions: tuple[Span, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit in canonical form, once, with every mention joined."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    name: str
    kind: str
    """The head of the name: "UBND", "sở", "Quận ủy"."""
    level: str | None
    """Kind of the area it belongs to: "quận", "tỉnh", …"""
    area: str | None
    """Name of that area, where the article tells it."""
    mentions: tuple[Span, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class OtherMeeting:
    """A further meeting that the article tells of."""

    kind: str
    date: str | None
    session: Session | None
    host: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that the article reports: the first, where it reports several."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    kind: str
    """The noun used, in lower case: "họp", "hội nghị"."""
    date: str | None
    session: Session | None
    host: str | None
    """Canonical name of the unit that is said to hold it."""
    host_span: Span | None
    chairs: tuple[str, ...]
    """Names of those who preside."""
    chair_spans: tuple[Span, ...]
    attendees: tuple[str, ...]
    """Those who are said to attend, as written."""
    attendee_spans: tuple[Span, ...]
    place: str | None
    place_span: Span | None
    topic: str | None
    topic_span: Span | None
    others: tuple[OtherMeeting, ...]
    """Further meetings that the article tells of."""
    span: Span
    pattern: str
    why_empty: WhyEmpty


@dataclass(frozen=True, slots=True)
class Target:
    """One level of an indicator, wanted (`target`) or reached (`result`); a goal without a number has no value."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    quote: str
    span: Span
    status: Literal["target", "result"]
    indicator: str
    """What is measured, in the article's words; " … " where words are left out between them."""
    indicator_spans: tuple[Span, ...]
    comparator: Comparator | None
    value: Number | None
    max: Number | None
    of: Number | None
    unit: str | None
    change: Change | None
    value_span: Span | None
    """Where the number stands, its words of comparison and its unit included."""
    base: str | None
    """What it is compared with, as written: "năm 2020", "kế hoạch thành phố giao"."""
    base_span: Span | None
    start: str | None
    """First day of the period that it belongs to; null for a deadline."""
    end: str | None
    """Last day of the period, or the deadline."""
    period_span: Span | None
    """Where the period is said; it may stand sentences before."""
    holder: str | None
    """Canonical name of the unit or area whose level it is."""
    holder_span: Span | None
    """Where the holder is said; of an area that the whole article is about, the first place that names it."""
    document: str | None
    """Symbol of the document that sets a target."""
    document_span: Span | None
    """Where the document is named, or referred to again: "Kế hoạch này"."""
    checks: tuple[str, ...]
    """What does not add up: `ratio_mismatch` where a share is not what its ratio comes to, `parts_exceed_whole`."""
    pattern: str
    why_empty: WhyEmpty


@dataclass(frozen=True, slots=True)
class Due:
    """The words that set a deadline, and what they come to."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    text: str
    span: Span
    start: str | None
    """First day of the time given, where the words give one: "trong quý II", "ngay sau hội nghị"."""
    end: str | None
    """Last day, inclusive; null for what comes again and for "ngay sau hội nghị"."""
    every: Literal["day", "week", "month", "quarter", "year"] | None
    """For what comes again: "hằng tháng"."""
    anchor: str | None
    """What placed it: as of a date, or `meeting`."""
    pattern: str | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One directive: who told whom to do what by when."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True, serialize_by_alias=True)

    id: str
    quote: str
    span: Span
    verb: str
    assigner: str | None
    """The person's name where the article tells it, else the unit."""
    assigner_span: Span | None
    """Where the article says who tells; it may stand sentences before."""
    assignees: tuple[str, ...]
    """Those told, as written."""
    assignee_spans: tuple[Span, ...]
    assignee_units: tuple[str | None, ...]
    """For each of those told the canonical name of the unit that is meant, or null."""
    lead: str | None
    """Of several told, or with others to work with: the one said to lead ("chủ trì")."""
    with_: Annotated[tuple[str, ...], Field(alias="with")]
    """Those to work with; "with" in JSON."""
    with_spans: tuple[Span, ...]
    tasks: tuple[str, ...]
    task_spans: tuple[Span, ...]
    deadline: str | None
    """Last day, inclusive."""
    due: Due | None
    documents: tuple[str, ...]
    """Symbols of the documents that its words name, or refer to again: "Kế hoạch này"."""
    document_spans: tuple[Span, ...]
    """For each of the documents the first place where its words name it or refer to it."""
    targets: tuple[str, ...]
    """Ids of the targets that stand in its words."""
    again: tuple[Span, ...]
    """Headlines and captions that tell it once more."""
    pattern: str
    why_empty: WhyEmpty


@dataclass(frozen=True, slots=True)
class Notice:
    """What the extractor could not do or left out: nothing is dropped without a word here."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    code: str
    """`truncated`, `sentence_cut`, `pattern_timeout`."""
    message: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that meetextract found in one article."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    schema: Literal["1"]
    id: str
    source: str | None
    """Path, and line where it has one, that the article was read from."""
    url: str | None
    title: str | None
    published: str | None
    published_from: Literal["given", "visible"] | None
    """Whether the publication date was handed in or found on the page."""
    published_span: Span | None
    meeting: Meeting | None
    people: tuple[Person, ...]
    units: tuple[Unit, ...]
    dates: tuple[DateEntry, ...]
    unplaced_dates: tuple[UnplacedDate, ...]
    documents: tuple[DocumentEntry, ...]
    quantities: tuple[QuantityEntry, ...]
    counts: tuple[CountEntry, ...]
    targets: tuple[Target, ...]
    assignments: tuple[Assignment, ...]
    notices: tuple[Notice, ...]
    pattern_set: str
    """Hash of the pattern files that made the record."""
    version: str
    """Version of meetextract that made the record."""

    @property
    def is_empty(self) -> bool:
        """Whether no entry of any kind was found."""
        return not any(getattr(self, kind) for kind in KINDS)


KINDS = ("people", "units", "dates", "documents", "quantities", "counts", "targets", "assignments")


@dataclass(slots=True)
class Identifiers:
    """Hands out stable ids: the same fact of the same article has the same id, wherever it stands.

    A fact that the article states again gets an ordinal, so ids stay unique.
    """

    article: str
    seen: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str, facts: Iterable[object]) -> str:
        """Id for a fact of `kind`, 16 hexadecimal digits."""
        key = json.dumps([self.article, kind, *facts], ensure_ascii=False, default=str)
        self.seen[key] += 1
        if self.seen[key] > 1:
            key += f"#{self.seen[key]}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Record).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
