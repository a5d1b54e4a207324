"""What somebody found in an article: the fields that are scored, of gold and of records alike.

Gold is written by hand and records may be of another version or another program, so this is lenient: any field may be
missing or null, further fields are passed over, a unit or person in a slot may be a name or an object with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, ConfigDict, TypeAdapter

from meetextract.records import Span

_T = TypeVar("_T")


def _as_name(value: object) -> object:
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    return "" if value is None else value


def _as_span(value: object) -> object:
    if isinstance(value, dict):
        return value.get("start"), value.get("end")
    return value or None


def _as_unit(value: object) -> object:
    return {**value, "name": _as_name(value)} if isinstance(value, dict) else {"name": value}


def _empty_as_none(value: object) -> object:
    return value or None


def _none_as_empty(value: object) -> object:
    return () if value is None else value


Name: TypeAlias = Annotated[str, BeforeValidator(_as_name)]
Place: TypeAlias = Annotated[Span | None, BeforeValidator(_as_span)]
Many: TypeAlias = Annotated[tuple[_T, ...], BeforeValidator(_none_as_empty)]
Figure: TypeAlias = int | float | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries have: where they stand, and in records the pattern that made them."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(coerce_numbers_to_str=True)

    span: Place = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Entry):
    """A role that a person holds."""

    role: str | None = None
    unit: Name = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """A person."""

    name: str
    titles: Many[Office] = ()
    mentions: Many[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit(Entry):
    """An organisational unit."""

    name: Name = ""
    mentions: Many[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering(Entry):
    """The meeting that is reported."""

    date: Name = ""
    session: Name = ""
    host: Name = ""
    chairs: Many[Name] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded(Entry):
    """An entry that copies words from the article: a text, or a quote with "…" for words that are left out."""

    text: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Worded):
    """A date, with its first and last day."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Worded):
    """A mention of a document."""

    type: str | None = None
    symbol: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Worded):
    """A quantity."""

    comparator: str | None = None
    value: Figure = None
    max: Figure = None
    of: Figure = None
    unit: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Worded):
    """A number of tasks."""

    value: Figure = None
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Amount):
    """A target or a result."""

    status: str | None = None
    indicator: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Worded):
    """An assignment."""

    assigner: Name = ""
    assignees: Many[Name] = ()
    tasks: Many[Name] = ()
    deadline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """All that was found in an article."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(coerce_numbers_to_str=True)

    meeting: Annotated[Gathering | None, BeforeValidator(_empty_as_none)] = None
    people: Many[Person] = ()
    units: Many[Annotated[NamedUnit, BeforeValidator(_as_unit)]] = ()
    dates: Many[Period] = ()
    documents: Many[Document] = ()
    quantities: Many[Amount] = ()
    counts: Many[Count] = ()
    targets: Many[Level] = ()
    assignments: Many[Directive] = ()


PLACED: Mapping[str, Literal["text", "quote"]] = {
    "dates": "text",
    "documents": "text",
    "quantities": "text",
    "counts": "text",
    "targets": "quote",
    "assignments": "quote",
}
"""The fields whose entries have a place in the article, and the slot that holds their words."""


@cache
def _adapter() -> TypeAdapter[Annotation]:
    return TypeAdapter(Annotation)


def annotation_from(fields: dict[str, Any]) -> Annotation:
    """Read what a JSON object says.

    Args:
        fields: Gold or a record, as `json.loads` gives it.

    Returns:
        The annotation.

    Raises:
        pydantic.ValidationError: A field is not of its kind; it is a `ValueError`.
    """
    return _adapter().validate_python(fields)
