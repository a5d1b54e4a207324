"""The quality reached on the corpus never falls by accident: its floors are pinned in corpus/floors.toml."""

import tomllib
from pathlib import Path

import pytest

from meetextract.score import Score, read_gold, score_directory

CORPUS = Path(__file__).parents[1] / "corpus"
FLOORS: dict[str, float] = tomllib.loads((CORPUS / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score_directory(CORPUS)


def test_every_kind_has_a_floor(scores: dict[str, Score]) -> None:
    assert {*FLOORS} == {*scores}
    assert all(score.gold for score in scores.values())


@pytest.mark.parametrize("kind", FLOORS)
def test_quality_is_not_below_its_floor(scores: dict[str, Score], kind: str) -> None:
    score = scores[kind]
    wrong = "\n".join([*(f"- {entry}" for entry in score.missed), *(f"+ {entry}" for entry in score.false)])
    assert score.f1 >= FLOORS[kind], f"{kind}: {score.f1:.3f} is below {FLOORS[kind]}\n{wrong}"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.gold.json")), ids=lambda path: path.name)
def test_gold_stands_where_its_spans_say(path: Path) -> None:
    article, gold = read_gold(path)
    assert gold.id == article.id
    for entry in (*gold.dates, *gold.quantities, *gold.counts):
        assert article.text[slice(*entry.span)].strip()
