"""The record: one per article, what the product hands to everything after it.

All spans are `[start, end)` in Unicode code points of the article's stored text; all dates are ISO 8601 strings;
`start` and `end` of a period are its first and last day. "As written" are the words at the span beside it, to the
letter but for white space, each run of which is one blank. The JSON Schema of `Record` is what `meetextract schema`
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
    """Stable: made of the article's id and of what the entry says, not of its place."""
    text: str
    """The words of the mention, as written."""
    span: Span
    """Where the words stand."""
    start: str
    """First day."""
    end: str
    """Last day, inclusive."""
    grain: Grain
    """How exact the words are: "tháng 7" is a month."""
    session: Session | None
    """Part of the day, where the words say it."""
    anchor: str | None
    """What placed it: `published`, or the words that it leans on, such as "năm 2024"; null where it is complete."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class UnplacedDate:
    """A time expression that nothing places on the calendar: partial before wrong."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    text: str
    """The words of the mention, as written."""
    span: Span
    """Where the words stand."""
    why: Literal["year_unknown", "day_unknown"]
    """What is not known."""
    month: int | None
    """The month, where the words say it."""
    day: int | None
    """The day of the month, where the words say it."""
    session: Session | None
    """Part of the day, where the words say it."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A mention of a legal or administrative document with a number (Decree 30/2020/NĐ-CP, appendix I and III)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    text: str
    """The words of the mention, as written."""
    span: Span
    """Where the words stand."""
    type: str
    """Type in full: "Kế hoạch", "Quyết định"."""
    symbol: str
    """Number and symbol without blanks: "251/KH-UBND"; the number alone where the article says no more."""
    date: str | None
    """Day of issue, where any mention in the article gives it."""
    issuer: str | None
    """Canonical name of the unit that issued it, where the article says so."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class QuantityEntry:
    """A percentage, ratio, amount or counted thing."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    text: str
    """The words, those of comparison ("trên 97%") included and those of change left out."""
    span: Span
    """Where the words stand."""
    comparator: Comparator
    """`eq` where the words do not compare."""
    value: Number
    """Money in đồng; of a range the lower bound; of a ratio "a/b" the a."""
    max: Number | None
    """Upper bound of a range."""
    of: Number | None
    """The b of a ratio "a/b"."""
    unit: str | None
    """As written, in lower case; "đồng" for money."""
    change: Change | None
    """Where the words before say that it is a change: tăng, giảm, vượt."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class CountEntry:
    """A number of pieces of work to be tracked: tasks, targets, criteria, projects and the like."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    text: str
    """The words, with the adjectives of what is counted."""
    span: Span
    """Where the words stand."""
    comparator: Comparator
    """`eq` where the words do not compare."""
    value: Number
    """The number; of a ratio "a/b" the a."""
    of: Number | None
    """The b of a ratio "a/b"."""
    item: str
    """The noun: "nhiệm vụ"."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class Title:
    """A role that a person holds, with the unit where it is held."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    role: str
    """The role in full, with its usual capitals: "Phó Chủ tịch"."""
    unit: str | None
    """Canonical name of the unit, or null where the article does not tell it."""
    span: Span
    """Where the role is first said of the person."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the article, once."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    name: str
    """The fullest name."""
    titles: tuple[Title, ...]
    """Each role once."""
    mentions: tuple[Span, ...]
    """Every place that means the person, by name or by title."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit, once."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    name: str
    """Canonical name, the area that the article leaves out added: "UBND quận" is "UBND quận Lê Chân"."""
    kind: str
    """The head of the name: "UBND", "sở", "Quận ủy"."""
    level: str | None
    """Kind of the area it belongs to: "quận", "tỉnh", …"""
    area: str | None
    """Name of that area, where the article tells it."""
    mentions: tuple[Span, ...]
    """Every place that means the unit."""
    pattern: str
    """The pattern that found it."""


@dataclass(frozen=True, slots=True)
class OtherMeeting:
    """A further meeting that the article tells of."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    kind: str
    """The noun used, in lower case."""
    date: str | None
    """Its day."""
    session: Session | None
    """Part of the day."""
    host: str | None
    """Canonical name of the unit that is said to hold it."""
    span: Span
    """Where its noun stands."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that the article reports: the first, where it reports several."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    kind: str
    """The noun used, in lower case: "họp", "hội nghị"."""
    date: str | None
    """Its first day."""
    session: Session | None
    """Part of the day, where the article says it."""
    host: str | None
    """Canonical name of the unit that is said to hold it; null where only somebody is said to preside."""
    host_span: Span | None
    """Where the host is said."""
    chairs: tuple[str, ...]
    """Names of those who preside."""
    chair_spans: tuple[Span, ...]
    """For each of them where the article says so; a title may stand there for the name."""
    attendees: tuple[str, ...]
    """Those who are said to attend, as written."""
    attendee_spans: tuple[Span, ...]
    """For each of them where it is said."""
    place: str | None
    """Where it is held, as written."""
    place_span: Span | None
    """Where the place is said."""
    topic: str | None
    """What it is about, as written behind its noun."""
    topic_span: Span | None
    """Where the topic is said."""
    others: tuple[OtherMeeting, ...]
    """Further meetings that the article tells of."""
    span: Span
    """From its date or its noun, whichever comes first, to the end of the noun."""
    pattern: str
    """The pattern that found its noun."""
    why_empty: WhyEmpty
    """For each of `date`, `session`, `host`, `chairs`, `attendees`, `place` and `topic` that is empty: `not_stated` or
    `ambiguous`.
    """


@dataclass(frozen=True, slots=True)
class Target:
    """One level of an indicator, wanted (`target`) or reached (`result`); a goal without a number has no value."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    quote: str
    """The stretch from the first to the last word that belongs to it, as written."""
    span: Span
    """Where the quote stands."""
    status: Literal["target", "result"]
    """Wanted, or reported as reached or measured."""
    indicator: str
    """What is measured, in the article's words; " … " where words are left out between them."""
    indicator_spans: tuple[Span, ...]
    """For each piece of the indicator where it stands."""
    comparator: Comparator | None
    """As of a quantity; null for a goal without a number, as are the next five."""
    value: Number | None
    """Money in đồng; of a range the lower bound; of a ratio "a/b" the a."""
    max: Number | None
    """Upper bound of a range."""
    of: Number | None
    """The b of a ratio "a/b"."""
    unit: str | None
    """As written, in lower case; "đồng" for money."""
    change: Change | None
    """Where the number is a change and no level."""
    value_span: Span | None
    """Where the number stands, with its words of comparison and its unit."""
    base: str | None
    """What it is compared with, as written: "năm 2020", "kế hoạch thành phố giao"."""
    base_span: Span | None
    """Where that is said."""
    start: str | None
    """First day of the period that it belongs to; null for a deadline."""
    end: str | None
    """Last day of the period, or the deadline."""
    period_span: Span | None
    """Where the period is said; it may stand sentences before."""
    holder: str | None
    """Canonical name of the unit or area whose level it is."""
    holder_span: Span | None
    """Where the holder is said; of an area that the article is about, where it or its committee is named first."""
    document: str | None
    """Symbol of the document that sets a target: the last one that its paragraph refers to before it."""
    document_span: Span | None
    """Where the document is named, or referred to again: "Kế hoạch này"."""
    checks: tuple[str, ...]
    """What does not add up: `ratio_mismatch` where a share is not what the ratio before it comes to,
    `parts_exceed_whole` where the parts that follow it come to more than it."""
    pattern: str
    """The pattern that found its number, or the cue of a goal without one."""
    why_empty: WhyEmpty
    """For each of `value`, `base`, `end`, `holder` and `document` that is empty: `not_stated` or `ambiguous`."""


@dataclass(frozen=True, slots=True)
class Due:
    """The words that set a deadline, and what they come to."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    text: str
    """The words, as written: "trước ngày 30/9"."""
    span: Span
    """Where they stand."""
    start: str | None
    """First day of the time given, where the words give one: "trong quý II", "ngay sau hội nghị"."""
    end: str | None
    """Last day, inclusive; null for what comes again, for "ngay sau hội nghị", and for a day of which nothing tells
    the year.
    """
    every: Literal["day", "week", "month", "quarter", "year"] | None
    """For what comes again: "hằng tháng"."""
    anchor: str | None
    """What placed it: as of a date, or `meeting`."""
    pattern: str | None
    """The pattern that found the date, or null where no date is said."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One directive: who told whom to do what by when."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True, serialize_by_alias=True)

    id: str
    """Stable: made of the article's id and of what the entry says, not of its place."""
    quote: str
    """From the directing verb, or from those told where they stand before it, to the last word of the last task, as
    written; " … " stands for a caption in between.
    """
    span: Span
    """Where the quote stands."""
    verb: str
    """The directing verb, as written; where several are told after one verb, each has it."""
    verb_span: Span
    """Where the verb stands; it may be sentences before, where it is carried over."""
    assigner: str | None
    """The name of the person where the article tells it, else the canonical name of the unit."""
    assigner_span: Span | None
    """Where the article says who tells; it may stand sentences before."""
    assignees: tuple[str, ...]
    """Those told, each alone, as written."""
    assignee_spans: tuple[Span, ...]
    """For each of those told where it is said."""
    assignee_units: tuple[str | None, ...]
    """For each of those told the canonical name of the unit that is meant, or null."""
    lead: str | None
    """The one of those told that is to lead ("chủ trì"), or that is to work with others; its words are among
    `assignees`.
    """
    with_: Annotated[tuple[str, ...], Field(alias="with")]
    """Those to work with, as written; "with" in JSON."""
    with_spans: tuple[Span, ...]
    """For each of those to work with where it is said."""
    tasks: tuple[str, ...]
    """What is to be done, as written."""
    task_spans: tuple[Span, ...]
    """For each task where it stands."""
    deadline: str | None
    """Last day, inclusive; the latest, where the tasks have several."""
    due: Due | None
    """The words that set the deadline, even where they come to no day."""
    documents: tuple[str, ...]
    """Symbols of the documents that its words name, or refer to again: "Kế hoạch này"."""
    document_spans: tuple[Span, ...]
    """For each of the documents the first place in its words that means it."""
    targets: tuple[str, ...]
    """Ids of the targets that stand in its words."""
    again: tuple[Span, ...]
    """Headlines, captions and leads that tell it once more, and what repeats it in fewer words."""
    pattern: str
    """The pattern that found the verb."""
    why_empty: WhyEmpty
    """For each of `assigner`, `assignees`, `lead`, `with`, `deadline` and `documents` that is empty: `not_stated` or
    `ambiguous`.
    """


@dataclass(frozen=True, slots=True)
class Notice:
    """What the extractor could not do or left out: nothing is dropped without a word here."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(use_attribute_docstrings=True)

    code: str
    """`truncated`, `sentence_cut`, `pattern_timeout`."""
    message: str
    """What happened, in English."""
    span: Span | None
    """The stretch that it is about."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that meetextract found in one article."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )

    schema: Literal["1"]
    """Version of the record's shape."""
    id: str
    """The article's id."""
    source: str | None
    """Path, and line where it has one, that the article was read from."""
    url: str | None
    """The article's address, where it was handed in."""
    title: str | None
    """As the page shows it."""
    published: str | None
    """Publication date; dates without a year are placed by it."""
    published_from: Literal["given", "visible"] | None
    """Whether the publication date was handed in or found on the page."""
    published_span: Span | None
    """Where the page shows it."""
    meeting: Meeting | None
    """Null where the article reports none."""
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
    repairs: tuple[str, ...] = ()
    """What was done to the text before it was read: `charset:NAME` where its encoding was not UTF-8 and not declared or
    declared wrong, `bytes_replaced`, `mojibake`, `tcvn3`, `vni`.
    """
    main_text: str | None = None
    """What took the article out of its page: `readability`, `trafilatura` or `blocks`; null where it was given as text.
    """
    fingerprint: str | None = None
    """By what near-duplicates are known; null where the story is too short for that."""
    duplicate_of: str | None = None
    """Id of the first article that tells the same, set by `meetextract link`; null where there is none."""
    text_hash: str | None = None
    """Names the stored text, 32 hexadecimal digits: another one of the same article tells that its portal corrected it.
    """
    text: str | None = None
    """The stored text, of which all spans are code points, where it does not stand so in the source: where it was taken
    out of a page or repaired, or where it is asked for; else null.
    """

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
