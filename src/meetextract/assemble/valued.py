"""Mentions with their values, and who wins where they overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetextract.match.mention import Mention
from meetextract.match.schema import BLOCKED
from meetextract.normalise.dates import Period, Unplaced
from meetextract.normalise.documents import Document
from meetextract.normalise.offices import Area, Name, Role, UnitName
from meetextract.normalise.quantities import Amount, TaskCount
from meetextract.records import Change


@dataclass(frozen=True, slots=True)
class ChangeWord:
    """tăng, giảm or vượt before an amount."""

    change: Change


@dataclass(frozen=True, slots=True)
class MeetingNoun:
    """A word for a meeting, in lower case."""

    kind: str


@dataclass(frozen=True, slots=True)
class DirectiveVerb:
    """A verb that tells somebody to do something, in lower case."""

    verb: str


@dataclass(frozen=True, slots=True)
class Collective:
    """Those told that are no unit with a name: "các phòng, ban", "chủ đầu tư"."""

    name: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that has no value but tells what its sentence is about; `sense` is the second part of its pattern's id."""

    sense: str


Value = (
    Period
    | Unplaced
    | Amount
    | TaskCount
    | Document
    | ChangeWord
    | UnitName
    | Role
    | Name
    | Area
    | MeetingNoun
    | DirectiveVerb
    | Collective
    | Cue
    | None
)


@dataclass(frozen=True, slots=True)
class ValuedMention:
    """A mention and what it means.

    Attributes:
        label: the pattern's label.
        start: first code point in the stored text.
        end: one past the last.
        text: the stored text between the two.
        pattern: the pattern's id.
        value: a frozen dataclass of plain values.
    """

    label: str
    start: int
    end: int
    text: str
    pattern: str
    value: Value


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention before overlaps are decided."""

    mention: Mention
    value: Value
    priority: int
    start: int
    end: int

    @property
    def label(self) -> str:
        """The pattern's label."""
        return self.mention.label


FLAT = frozenset({"DATE", "QUANTITY", "COUNT"})
"""Labels that compete for their words; a document may hold a date, a role a unit."""


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Decides between overlapping candidates.

    A BLOCK takes its words from every mention. Of dates, quantities and counts the one of higher priority wins, then
    the longer. A document keeps numbers out of its symbol and a unit out of its name; the longer of two documents wins.
    """
    found = sorted(candidates, key=lambda c: (c.start, -c.end))
    blocks = [c for c in found if c.label == "BLOCK"]
    free = [c for c in found if c.label != "BLOCK" and not _blocked(c, blocks)]
    documents = _strongest([c for c in free if c.label == "DOCUMENT"])
    units = [c for c in free if c.label == "UNIT"]
    flat = _strongest(
        [
            c
            for c in free
            if c.label in FLAT
            and not any(_in_symbol(c, d) for d in _near(documents, c))
            and (c.label == "DATE" or _is_share(c) or not any(u.start < c.start < u.end for u in _near(units, c)))
        ]
    )
    others = [c for c in free if c.label not in FLAT and c.label != "DOCUMENT"]
    return sorted([*documents, *flat, *others], key=lambda c: (c.start, -c.end))


def _blocked(candidate: Candidate, blocks: Sequence[Candidate]) -> bool:
    if candidate.label not in BLOCKED:
        return False
    return any(_overlap(candidate, block) for block in _near(blocks, candidate))


def _is_share(candidate: Candidate) -> bool:
    """A percentage: no unit is named with one."""
    return isinstance(candidate.value, Amount) and candidate.value.unit == "%"


def _in_symbol(candidate: Candidate, document: Candidate) -> bool:
    """A date may stand in a document's reference, behind its symbol; numbers may not."""
    if not _overlap(candidate, document):
        return False
    symbol = document.mention.parts["symbol"]
    return candidate.label != "DATE" or (candidate.start < symbol.end and symbol.start < candidate.end)


def _strongest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Greedy choice without overlap: priority, then length, then the earlier."""
    chosen: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for candidate in sorted(candidates, key=lambda c: (-c.priority, c.start - c.end, c.start)):
        at = bisect_left(taken, (candidate.start, candidate.end))
        left = taken[at - 1] if at else (-1, -1)
        right = taken[at] if at < len(taken) else (candidate.end, candidate.end)
        if left[1] <= candidate.start and candidate.end <= right[0]:
            taken.insert(at, (candidate.start, candidate.end))
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _near(sorted_by_start: Sequence[Candidate], candidate: Candidate, reach: int = 400) -> Iterable[Candidate]:
    """Those that may overlap: spans are short, so only starts within `reach` are looked at."""
    first = bisect_left(sorted_by_start, candidate.start - reach, key=lambda c: c.start)
    for other in sorted_by_start[first:]:
        if other.start >= candidate.end:
            return
        yield other


def _overlap(a: Candidate, b: Candidate) -> bool:
    return a.start < b.end and b.start < a.end
