"""What is scored, and when what was found is right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from meetextract.sameness import fold, fold_unit, token_f1
from meetextract.scoring.annotation import Amount, Count, Directive, Figure, Level, Period
from meetextract.scoring.facts import Fact

_E = TypeVar("_E")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    Attributes:
        name: What it is called in tables, floors and `Facts`.
        same: Whether a fact of the gold and one that was found are the same.
        likeness: Which of several that are the same is paired first: the higher, then the earlier.
    """

    name: str
    same: Callable[[Fact, Fact], bool]
    likeness: Callable[[Fact, Fact], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gold and what was found, of one kind and one article.

    Attributes:
        gold: The facts of the gold, each key once.
        found: Those that were found, each key once.
        pairs: Which of them are the same: numbers in `gold` and in `found`.
    """

    gold: Sequence[Fact]
    found: Sequence[Fact]
    pairs: Sequence[tuple[int, int]]

    @property
    def missed(self) -> list[Fact]:
        """What is in the gold and was not found."""
        right = {pair[0] for pair in self.pairs}
        return [fact for number, fact in enumerate(self.gold) if number not in right]

    @property
    def false(self) -> list[Fact]:
        """What was found and is not in the gold."""
        right = {pair[1] for pair in self.pairs}
        return [fact for number, fact in enumerate(self.found) if number not in right]


def compare(kind: Kind, gold: Iterable[Fact], found: Iterable[Fact]) -> Comparison:
    """Pair the facts of a kind one to one, the most alike first.

    Args:
        kind: The kind of the facts.
        gold: What is right.
        found: What was found.

    Returns:
        Which are the same, which were missed and which are false.
    """
    gold, found = _each_once(gold), _each_once(found)
    candidates = [
        (-kind.likeness(right, other), i, j)
        for i, right in enumerate(gold)
        for j, other in enumerate(found)
        if kind.same(right, other)
    ]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return Comparison(gold, found, pairs)


def _each_once(facts: Iterable[Fact]) -> list[Fact]:
    first: dict[Hashable, Fact] = {}
    for fact in facts:
        first.setdefault(fact.key, fact)
    return list(first.values())


# --- places -----------------------------------------------------------------------------------------------------------


def _overlap(gold: Fact, found: Fact) -> int:
    if gold.span is None or found.span is None:
        return 0
    return max(0, min(gold.span[1], found.span[1]) - max(gold.span[0], found.span[0]))


def _share(gold: Fact, found: Fact) -> float:
    """How much of the shorter of two stands in the other."""
    if gold.span is None or found.span is None:
        return 0.0
    shorter = min(end - start for start, end in (gold.span, found.span))
    return _overlap(gold, found) / max(1, shorter)


def _where_they_overlap(same: Callable[[_E, _E], bool]) -> Callable[[Fact, Fact], bool]:
    return lambda gold, found: _overlap(gold, found) > 0 and same(gold.entry, found.entry)


def _where_half_overlaps(same: Callable[[_E, _E], bool]) -> Callable[[Fact, Fact], bool]:
    return lambda gold, found: _share(gold, found) >= 0.5 and same(gold.entry, found.entry)


def _of_entries(likeness: Callable[[_E, _E], float]) -> Callable[[Fact, Fact], float]:
    return lambda gold, found: likeness(gold.entry, found.entry)


# --- what entries say -------------------------------------------------------------------------------------------------


def same_figure(gold: Figure, found: Figure) -> bool:
    """Compare two figures.

    Args:
        gold: A number, a text that is one, or None where none is stated.
        found: Another.

    Returns:
        Whether they are equal but for rounding; a figure that is not stated equals only another such.
    """
    if gold is None or found is None:
        return gold is found
    try:
        left, right = float(gold), float(found)
    except (ValueError, OverflowError):
        return False
    return abs(left - right) <= 1e-6 * max(1.0, abs(left))


def _same_days(gold: Period | Level, found: Period | Level) -> bool:
    return gold.start == found.start and gold.end == found.end


def _same_amount(gold: Amount, found: Amount) -> bool:
    return (
        same_figure(gold.value, found.value)
        and same_figure(gold.max, found.max)
        and same_figure(gold.of, found.of)
        and fold(gold.unit) == fold(found.unit)
    )


def _same_comparison(gold: Amount, found: Amount) -> bool:
    # A figure without words of comparison is meant as it stands.
    return (gold.comparator or "eq") == (found.comparator or "eq") and gold.change == found.change


def _same_quantity(gold: Amount, found: Amount) -> bool:
    return _same_amount(gold, found) and _same_comparison(gold, found)


def _same_count(gold: Count, found: Count) -> bool:
    return same_figure(gold.value, found.value) and fold(gold.item) == fold(found.item)


def _like_indicators(gold: Level, found: Level) -> float:
    return token_f1(gold.indicator, found.indicator)


def _same_target(gold: Level, found: Level) -> bool:
    return gold.status == found.status and _same_amount(gold, found) and _like_indicators(gold, found) >= 0.5


def _same_target_strictly(gold: Level, found: Level) -> bool:
    return (
        _same_target(gold, found)
        and _same_comparison(gold, found)
        and _same_days(gold, found)
        and _like_indicators(gold, found) >= 0.7
    )


def _like_tasks(gold: Directive, found: Directive) -> float:
    return token_f1(" ".join(gold.tasks), " ".join(found.tasks))


def _same_assignment(gold: Directive, found: Directive) -> bool:
    return _like_tasks(gold, found) >= 0.5


def _same_assignment_fully(gold: Directive, found: Directive) -> bool:
    return (
        fold_unit(gold.assigner) == fold_unit(found.assigner)
        and {*map(fold_unit, gold.assignees)} == {*map(fold_unit, found.assignees)}
        and gold.deadline == found.deadline
        and _like_tasks(gold, found) >= 0.7
    )


# --- the kinds --------------------------------------------------------------------------------------------------------


def _same_key(gold: Fact, found: Fact) -> bool:
    return gold.key == found.key


def _equally(_gold: Fact, _found: Fact) -> float:
    return 1.0


KINDS = (
    Kind("meeting", _same_key, _equally),
    Kind("people", _same_key, _equally),
    Kind("titles", _same_key, _equally),
    Kind("titles.unit", _same_key, _equally),
    Kind("units", _same_key, _equally),
    Kind("documents", _same_key, _equally),
    Kind("documents.date", _same_key, _equally),
    Kind("dates", _where_they_overlap(_same_days), _equally),
    Kind("quantities", _where_they_overlap(_same_quantity), _equally),
    Kind("percentages", _where_they_overlap(_same_quantity), _equally),
    Kind("counts", _where_they_overlap(_same_count), _equally),
    Kind("targets", _where_they_overlap(_same_target), _of_entries(_like_indicators)),
    Kind("targets.strict", _where_they_overlap(_same_target_strictly), _of_entries(_like_indicators)),
    Kind("assignments", _where_half_overlaps(_same_assignment), _of_entries(_like_tasks)),
    Kind("assignments.full", _where_half_overlaps(_same_assignment_fully), _of_entries(_like_tasks)),
)
"""All kinds, in the order in which they are shown."""
