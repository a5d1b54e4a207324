"""What the pattern files claim, as cases that can be run: examples, counter-examples and known gaps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Literal, Protocol, TypeAlias

import regex

from meetextract.match.library import Pattern, PatternLibrary
from meetextract.match.matcher import mention_span
from meetextract.match.schema import BLOCKED, Example, Never
from meetextract.text import FoldedText

CaseKind: TypeAlias = Literal["example", "never", "gap"]
Prefer: TypeAlias = Literal["past", "future"]

_KIND_KEYS: dict[CaseKind, str] = {"example": "examples", "never": "never", "gap": "known_gaps"}
_MISSING = object()


class ValuedMention(Protocol):
    """A mention with its value, as the pipeline gives it."""

    @property
    def label(self) -> str:
        """The mention's label."""

    @property
    def start(self) -> int:
        """First code point in the stored text."""

    @property
    def end(self) -> int:
        """One past the last code point."""

    @property
    def text(self) -> str:
        """The stored text between the two."""

    @property
    def pattern(self) -> str:
        """The id of the pattern that found it."""

    @property
    def value(self) -> object:
        """A mapping, or an object with attributes."""


MakeMentions: TypeAlias = Callable[[str, date | None, Prefer], Sequence[ValuedMention]]
"""Gives the valued mentions of a text: (text, published, prefer)."""


@dataclass(frozen=True)
class Case:
    """One claim of a pattern file.

    Attributes:
        id: For instance ``documents.numbered/example[2]``; counted from 1.
        kind: What is claimed.
        pattern: The pattern that claims it.
        line: Its line in the pattern's file.
        text: The text without brackets.
        span: The bracketed mention; None for ``never``.
        value: The named keys of its value.
        published: The anchor for dates.
        prefer: Where a date without a year goes.
        because: The reason of a counter-example or gap.
    """

    id: str
    kind: CaseKind
    pattern: Pattern = field(repr=False)
    line: int
    text: str
    span: tuple[int, int] | None
    value: Mapping[str, Any] = field(hash=False)
    published: date | None
    prefer: Prefer
    because: str | None


def cases(library: PatternLibrary) -> list[Case]:
    """List every claim of a library, in the order of files and lines of the patterns.

    Args:
        library: The library.

    Returns:
        Examples, counter-examples and known gaps of each pattern.
    """
    return [case for pattern in library.patterns for case in _cases_of(pattern)]


def _cases_of(pattern: Pattern) -> Iterator[Case]:
    def case(kind: CaseKind, index: int, text: str, span: tuple[int, int] | None, source: Example | Never) -> Case:
        return Case(
            id=f"{pattern.id}/{kind}[{index + 1}]",
            kind=kind,
            pattern=pattern,
            line=pattern.line(_KIND_KEYS[kind], index),
            text=text,
            span=span,
            value=getattr(source, "value", {}),
            published=source.published,
            prefer=getattr(source, "prefer", None) or "past",
            because=getattr(source, "because", None),
        )

    for index, example in enumerate(pattern.entry.examples):
        marked = example.marked
        yield case("example", index, marked.text, (marked.start, marked.end), example)
    for index, never in enumerate(pattern.entry.never):
        yield case("never", index, never.text, None, never)
    for index, gap in enumerate(pattern.entry.known_gaps):
        marked = gap.marked
        yield case("gap", index, marked.text, (marked.start, marked.end), gap)


def is_met(case: Case, mentions: Sequence[ValuedMention], *, by_any_pattern: bool = False) -> bool:
    """Say whether a bracketed mention was found with its value.

    What a ``BLOCK`` claims is no mention: its example is met if its expression matches the bracketed words and no
    mention takes any of them.

    Args:
        case: An example or gap.
        mentions: The mentions found in its text.
        by_any_pattern: Take it from any pattern, as when the pattern itself has been taken out.
    """
    if case.span is None:
        return False
    if case.pattern.label == "BLOCK":
        taken = any(mention.label in BLOCKED and overlaps(mention, case.span) for mention in mentions)
        return not taken and (by_any_pattern or case.span in match_spans(case))
    return any(
        (mention.start, mention.end) == case.span
        and mention.label == case.pattern.label
        and (by_any_pattern or mention.pattern == case.pattern.id)
        and not differences(case.value, mention.value)
        for mention in mentions
    )


# --- values -----------------------------------------------------------------------------------------------------------


def differences(expected: Mapping[str, Any], actual: object) -> list[str]:
    """Compare the named keys of a value.

    Args:
        expected: Text, lists and mappings as written in the pattern file.
        actual: A mapping or an object with attributes.

    Returns:
        One line for each key that differs, in Vietnamese.
    """
    out: list[str] = []
    for key, wanted in expected.items():
        got = actual.get(key, _MISSING) if isinstance(actual, Mapping) else getattr(actual, key, _MISSING)
        if got is _MISSING:
            out.append(f"{key}: cần {show_value(wanted)}, giá trị không có khóa này")
        elif not _is_same(wanted, got):
            out.append(f"{key}: cần {show_value(wanted)}, được {show_value(got)}")
    return out


def _is_same(wanted: object, got: object) -> bool:
    if isinstance(wanted, Mapping):
        return got is not None and not differences(wanted, got)
    if isinstance(wanted, list):
        return isinstance(got, list | tuple) and len(got) == len(wanted) and all(map(_is_same, wanted, got))
    if isinstance(got, int | float | Decimal) and not isinstance(got, bool):
        try:
            return Decimal(str(wanted)) == Decimal(str(got))
        except InvalidOperation:
            return False
    return str(wanted) == _text(got) or (got is None and wanted in ("~", ""))


def _text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def show_value(value: object) -> str:
    """Return a value as it would be written in a pattern file."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {show_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(show_value, value)) + "]"
    return _text(value)


# --- spans ------------------------------------------------------------------------------------------------------------


def match_spans(case: Case) -> list[tuple[int, int]]:
    """Return where the pattern's expression alone matches in the case's text."""
    return [span for span, _ in _matches(case)]


def exercised_groups(case: Case) -> set[str]:
    """Return the named groups that are not empty where the pattern's expression matches the bracketed words."""
    if case.span is None:
        return set()
    first, last = case.span
    hits = (hit for (start, end), hit in _matches(case) if start < last and first < end)
    return {name for hit in hits for name in hit.re.groupindex if hit[name]}


def _matches(case: Case) -> Iterator[tuple[tuple[int, int], "regex.Match[str]"]]:
    folded = FoldedText(case.text)
    for hit in case.pattern.compiled.finditer(folded.folded):
        yield folded.to_stored(*mention_span(hit)), hit


def overlaps(mention: ValuedMention, span: tuple[int, int]) -> bool:
    """Say whether a mention takes any character of a span."""
    return mention.start < span[1] and span[0] < mention.end
