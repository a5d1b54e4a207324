"""Records against gold: how many facts are right, kind by kind, and which are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from meetextract.errors import InputError
from meetextract.scoring.annotation import Annotation
from meetextract.scoring.facts import Fact, Facts, facts_of
from meetextract.scoring.kinds import KINDS, compare
from meetextract.scoring.reading import GoldArticle, gold_files, read_found, read_gold, unreadable

MEAN = "mean"
"""The mean of F1 over the kinds."""

SCORED = (*(kind.name for kind in KINDS), MEAN)
"""The names of all that has a score."""

Row: TypeAlias = dict[str, float | int]


@dataclass(slots=True)
class Score:
    """How many facts of a kind are right, of those in the gold and of those found."""

    hit: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.hit / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def row(self) -> Row:
        """The figures as they are published, rounded to four digits."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "hit": self.hit,
            "gold": self.gold,
            "pred": self.found,
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fact that was missed (-) or that is false (+)."""

    sign: Literal["-", "+"]
    kind: str
    article: GoldArticle
    fact: Fact


@dataclass(slots=True)
class Measurement:
    """The scores of many articles.

    Attributes:
        scores: Those of each kind, in the order of `KINDS`. The meeting has one only if an article has a meeting.
        mistakes: What is missed and what is false, article by article.
        missing: The articles of the gold of which there is no record.
        unplaced: Entries of the gold that can only be missed, since the article has not their words.
    """

    scores: dict[str, Score]
    mistakes: list[Mistake] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unplaced: list[InputError] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, Row]:
        """The figures of each kind, and the mean of F1 over those that have any fact."""
        rows = {name: score.row for name, score in self.scores.items()}
        reached = [row["f1"] for row in rows.values() if row["gold"] or row["pred"]]
        return {**rows, MEAN: {"f1": round(sum(reached) / max(1, len(reached)), 4)}}


_NOTHING = facts_of(Annotation())


def measure_files(gold: Path, records: Path | BinaryIO) -> Measurement:
    """Score a file of records, or another annotation of the same articles, against gold.

    Args:
        gold: A folder of `NAME.txt` with `NAME.gold.json`.
        records: A file of records, a stream of its lines, or a folder of gold as well.

    Returns:
        The scores.

    Raises:
        InputError: Something cannot be read.
    """
    files = gold_files(gold)
    articles = {name: read_gold(path) for name, path in files.items()}
    if not isinstance(records, Path):
        return measure(articles.values(), read_found(Path("-"), records, files.keys()))
    if records.is_dir():
        paths = {name: path for name, path in gold_files(records).items() if name in files}
        others = {name: read_gold(path, articles[name].text) for name, path in paths.items()}
        result = measure(articles.values(), {name: other.facts for name, other in others.items()})
        result.unplaced += (problem for other in others.values() for problem in other.unplaced)
        return result
    try:
        with records.open("rb") as lines:
            return measure(articles.values(), read_found(records, lines, files.keys()))
    except OSError as error:
        raise unreadable(records, error) from error


def measure(articles: Iterable[GoldArticle], found: Mapping[str, Facts]) -> Measurement:
    """Score what was found in articles against their gold.

    Args:
        articles: The articles with gold, taken one at a time.
        found: What was found in them, by the name of the article; an article that is not there counts as empty.

    Returns:
        The scores.
    """
    result = Measurement({kind.name: Score() for kind in KINDS})
    has_meeting = False
    for article in articles:
        result.unplaced += article.unplaced
        if article.name not in found:
            result.missing.append(article.name)
        facts = found.get(article.name, _NOTHING)
        has_meeting = has_meeting or "meeting" in article.facts or "meeting" in facts
        for kind in KINDS:
            compared = compare(kind, article.facts.get(kind.name, ()), facts.get(kind.name, ()))
            score = result.scores[kind.name]
            score.hit += len(compared.pairs)
            score.gold += len(compared.gold)
            score.found += len(compared.found)
            result.mistakes += (Mistake("-", kind.name, article, fact) for fact in compared.missed)
            result.mistakes += (Mistake("+", kind.name, article, fact) for fact in compared.false)
    if not has_meeting:
        del result.scores["meeting"]
    return result
