"""Whether what changed between two runs is right by gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from meetextract.scoring.changes import Change, Item
from meetextract.scoring.facts import Facts
from meetextract.scoring.kinds import KINDS, compare
from meetextract.scoring.reading import GoldArticle, gold_files, read_gold

Turned: TypeAlias = Mapping[str, Literal["right", "wrong"]]
"""Which scores a change touches, and whether for the better or the worse."""

SCORES_OF: Mapping[str, tuple[str, ...]] = {
    "meeting": ("meeting",),
    "people": ("people",),
    "titles": ("titles", "titles.unit"),
    "units": ("units",),
    "dates": ("dates",),
    "documents": ("documents", "documents.date"),
    "quantities": ("quantities", "percentages"),
    "counts": ("counts",),
    "targets": ("targets", "targets.strict"),
    "assignments": ("assignments", "assignments.full"),
}
"""The kinds in which the entries of a record are scored; the gold says nothing of others."""


class Judge:
    """Knows the gold of the articles in a folder.

    Args:
        folder: Holds `NAME.gold.json` and `NAME.txt`; each is read when it is asked for.

    Raises:
        InputError: There is no gold in it.
    """

    def __init__(self, folder: Path) -> None:
        self._files = gold_files(folder)

    def gold(self, names: set[str]) -> GoldArticle | None:
        """Read the gold of an article.

        Args:
            names: The names by which the article is known.

        Returns:
            Its gold, if there is any.

        Raises:
            InputError: It cannot be read.
        """
        name = next(iter(sorted(names & self._files.keys())), None)
        return read_gold(self._files[name]) if name else None


class Worth:
    """How right each entry of a record is.

    Args:
        facts: What the record states.
        gold: What is right.
    """

    def __init__(self, facts: Facts, gold: GoldArticle) -> None:
        self._of: dict[str, Counter[int]] = {}
        for kind in KINDS:
            stated = facts.get(kind.name, ())
            false = {fact.key for fact in compare(kind, gold.facts.get(kind.name, ()), stated).false}
            self._of[kind.name] = worth = Counter[int]()
            for fact in stated:
                worth[fact.index] += -1 if fact.key in false else 1

    def of(self, item: Item | None, score: str) -> int:
        """Count the right facts of an entry less the false ones, in one kind of score; no entry has none of either."""
        return self._of[score][item.index] if item else 0


def turned(change: Change, old: Worth, new: Worth) -> Turned:
    """Tell whether a change is for the better.

    Args:
        change: An entry of one record or of both.
        old: The worth of the entries in the record before.
        new: The same in the record after.

    Returns:
        For each kind of score that the entry takes part in, "right" where it is worth more than before: where a right
        one was gained or a false one lost; "wrong" where it is worth less. Scores that it leaves as they are are left
        out.
    """
    scores = SCORES_OF.get(change.item.kind, ())
    gains = {score: new.of(change.new, score) - old.of(change.old, score) for score in scores}
    return {score: "right" if gain > 0 else "wrong" for score, gain in gains.items() if gain}
