"""How good extraction is on articles with gold: `python -m meetextract.score DIR` (see corpus/README.md).

Names, offices, units and documents are compared as sets within an article; dates, quantities and counts one to one,
where they overlap in the text and all that says their value is equal. Case, white space and the place of tone marks are
not compared, nor "tỉnh" and "thành phố" before the name of an area.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias

import regex
from pydantic import TypeAdapter

from meetextract.read.article import Article
from meetextract.records import Change, Comparator, Number, Record, Span
from meetextract.text import fold


@dataclass(frozen=True, slots=True)
class GoldTitle:
    """An office of a person in the gold."""

    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class GoldPerson:
    """A person in the gold."""

    name: str
    titles: tuple[GoldTitle, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A date in the gold."""

    span: Span
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document in the gold."""

    type: str
    symbol: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity in the gold."""

    span: Span
    value: Number
    comparator: Comparator = "eq"
    max: Number | None = None
    of: Number | None = None
    unit: str | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class GoldCount:
    """A number of tasks in the gold."""

    span: Span
    value: Number
    item: str


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader found in an article; kinds that are not scored yet are passed over."""

    id: str
    people: tuple[GoldPerson, ...] = ()
    units: tuple[str, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    documents: tuple[GoldDocument, ...] = ()
    quantities: tuple[GoldQuantity, ...] = ()
    counts: tuple[GoldCount, ...] = ()


@dataclass(slots=True)
class Score:
    """How many entries are right, of those in the gold and those found; and which are not."""

    right: int = 0
    gold: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def read_gold(path: Path) -> tuple[Article, Gold]:
    """Read `NAME.gold.json` and the article `NAME.txt` beside it.

    Args:
        path: The gold file.

    Returns:
        The article, its line ends as stored, and the gold.

    Raises:
        pydantic.ValidationError: The gold is not as corpus/README.md describes it.
        OSError: One of the two cannot be read.
    """
    name = path.name.removesuffix(".gold.json")
    text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
    return Article(name, text, source=str(path.with_name(f"{name}.txt"))), _gold_type().validate_json(path.read_bytes())


@cache
def _gold_type() -> TypeAdapter[Gold]:
    return TypeAdapter(Gold)


def score(pairs: Iterable[tuple[Gold, Record]]) -> dict[str, Score]:
    """Score records against gold.

    Args:
        pairs: Gold and record of each article.

    Returns:
        For each kind of mention the score over all articles.
    """
    scores = {kind: Score() for kind in (*_SETS, *_LISTS)}
    for gold, record in pairs:
        for kind, names in _SETS.items():
            _compare_sets(scores[kind], gold.id, names(gold), names(record))
        for kind, places in _LISTS.items():
            _compare_lists(scores[kind], gold.id, places(gold), places(record))
    return scores


# --- what is compared -------------------------------------------------------------------------------------------------

_AREA = regex.compile(r"\b(?:tỉnh|thành phố) (?=\p{L})")


def _plain(text: str | None) -> str:
    return " ".join(fold(text or "").casefold().split())


def _plain_unit(name: str | None) -> str:
    plain: str = _AREA.sub("", _plain(name))
    return plain


_SETS: dict[str, Callable[[Gold | Record], set[Hashable]]] = {
    "people": lambda found: {_plain(person.name) for person in found.people},
    "titles": lambda found: {
        (_plain(person.name), _plain(title.role)) for person in found.people for title in person.titles
    },
    "titles.unit": lambda found: {
        (_plain(person.name), _plain(title.role), _plain_unit(title.unit))
        for person in found.people
        for title in person.titles
    },
    "units": lambda found: {_plain_unit(unit if isinstance(unit, str) else unit.name) for unit in found.units},
    "documents": lambda found: {(_plain(entry.type), _plain(entry.symbol)) for entry in found.documents},
    "documents.date": lambda found: {(_plain(entry.symbol), entry.date) for entry in found.documents if entry.date},
}

_Placed: TypeAlias = Sequence[tuple[Span, Hashable]]
_Amount: TypeAlias = tuple[Comparator, Number, Number | None, Number | None, str, Change | None]


def _quantities(found: Gold | Record) -> list[tuple[Span, _Amount]]:
    return [
        (entry.span, (entry.comparator, entry.value, entry.max, entry.of, _plain(entry.unit), entry.change))
        for entry in found.quantities
    ]


def _percentages(found: Gold | Record) -> _Placed:
    return [(span, amount) for span, amount in _quantities(found) if amount[4] == "%"]


_LISTS: dict[str, Callable[[Gold | Record], _Placed]] = {
    "dates": lambda found: [(entry.span, (entry.start, entry.end)) for entry in found.dates],
    "quantities": _quantities,
    "percentages": _percentages,
    "counts": lambda found: [(entry.span, (entry.value, _plain(entry.item))) for entry in found.counts],
}


def _compare_sets(score: Score, article: str, gold: set[Hashable], found: set[Hashable]) -> None:
    score.right += len(gold & found)
    score.gold += len(gold)
    score.found += len(found)
    score.missed += sorted(f"{article}: {entry}" for entry in gold - found)
    score.false += sorted(f"{article}: {entry}" for entry in found - gold)


def _compare_lists(score: Score, article: str, gold: _Placed, found: _Placed) -> None:
    left = list(found)
    score.gold += len(gold)
    score.found += len(found)
    for (start, end), value in gold:
        same = (other for other in left if other[1] == value and other[0][0] < end and start < other[0][1])
        match = next(same, None)
        if match is None:
            score.missed.append(f"{article}: {value} at {start}-{end}")
        else:
            left.remove(match)
            score.right += 1
    score.false += (f"{article}: {value} at {start}-{end}" for (start, end), value in left)


# --- python -m meetextract.score --------------------------------------------------------------------------------------


def score_directory(directory: Path) -> dict[str, Score]:
    """Extract all articles with gold in a directory and score the records.

    Args:
        directory: Holds `NAME.txt` and `NAME.gold.json`.

    Returns:
        The score of each kind.
    """
    from meetextract.pipeline import Extractor

    extractor = Extractor()
    articles = (read_gold(path) for path in sorted(directory.glob("*.gold.json")))
    return score((gold, extractor(article)) for article, gold in articles)


def main() -> None:
    """Print the scores of a directory, as a table or as JSON."""
    parser = argparse.ArgumentParser(description="Score extraction on articles with gold.")
    parser.add_argument("directory", type=Path, help="holds NAME.txt and NAME.gold.json")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="list what was missed (-) and what is false (+)")
    options = parser.parse_args()
    scores = score_directory(options.directory)
    if options.json:
        rows = {kind: {"f1": round(score.f1, 4), "p": round(score.precision, 4), "r": round(score.recall, 4)}
                for kind, score in scores.items()}  # fmt: skip
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    for kind, score in scores.items():
        counts = f"{score.right:4} right of {score.gold:4} in the gold and {score.found:4} found"
        sys.stdout.write(f"{kind:15} f1 {score.f1:.3f}  p {score.precision:.3f}  r {score.recall:.3f}  {counts}\n")
    if options.errors:
        for kind, score in scores.items():
            sys.stdout.writelines(f"{kind} - {entry}\n" for entry in score.missed)
            sys.stdout.writelines(f"{kind} + {entry}\n" for entry in score.false)


if __name__ == "__main__":
    main()
