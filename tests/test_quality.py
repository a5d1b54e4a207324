"""The quality reached on the corpus never falls by accident: its floors are pinned in corpus/floors.toml."""

import json
import unicodedata
from pathlib import Path

import pytest

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.scoring.annotation import PLACED
from meetextract.scoring.floors import Floors
from meetextract.scoring.locating import pieces_of
from meetextract.scoring.measure import Measurement, measure
from meetextract.scoring.reading import gold_files, read_found, read_gold
from meetextract.scoring.report import mistake_lines
from meetextract.sinks.jsonl import record_to_json

CORPUS = Path(__file__).parents[1] / "corpus"
FLOORS = Floors(CORPUS / "floors.toml", CORPUS)
HELD = [held.kind for held in FLOORS.held({})]
GOLD = gold_files(CORPUS)


@pytest.fixture(scope="module")
def measured() -> Measurement:
    extractor = Extractor()
    articles = [read_gold(path) for path in GOLD.values()]
    records = (extractor(Article(article.name, article.text.stored)) for article in articles)
    lines = (record_to_json(record).encode() for record in records)
    return measure(articles, read_found(Path("-"), lines, GOLD.keys()))


def test_every_kind_that_is_found_has_a_floor(measured: Measurement) -> None:
    assert {*HELD} == {kind for kind, score in measured.scores.items() if score.found}
    assert all(score.gold for score in measured.scores.values())
    assert measured.missing == []


@pytest.mark.parametrize("kind", HELD)
def test_quality_is_not_below_its_floor(measured: Measurement, kind: str) -> None:
    (held,) = (held for held in FLOORS.held(measured.rows) if held.kind == kind)
    mistakes = [line for line in mistake_lines(measured) if line.split()[1] == kind]
    assert not held.is_below, "\n".join([str(held), *mistakes])


@pytest.mark.parametrize("path", GOLD.values(), ids=GOLD.keys())
def test_gold_stands_where_its_spans_say(path: Path) -> None:
    article = read_gold(path)
    assert json.loads(path.read_text(encoding="utf-8"))["id"] == article.name
    assert article.unplaced == ()
    for field, slot in PLACED.items():
        for entry in getattr(article.annotation, field):
            assert entry.span, f"{field}: {entry}"
            words = folded(article.text.stored[slice(*entry.span)])
            assert words
            pieces = [folded(piece) for piece in pieces_of(getattr(entry, slot))]
            assert words.startswith(pieces[0])
            assert words.endswith(pieces[-1])
            assert all(piece in words for piece in pieces)
            assert len(pieces) > 1 or words == pieces[0]


def folded(text: str) -> str:
    """As corpus/README.md says that words of the gold are copied."""
    return " ".join(unicodedata.normalize("NFC", text).split())
