"""Our figures are those of another scorer of the same gold, to the digit; collected only where that scorer is."""

import json
import random
import runpy
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.read.files import read_articles
from meetextract.scoring.annotation import PLACED, annotation_from
from meetextract.scoring.facts import facts_of
from meetextract.scoring.locating import ArticleText
from meetextract.scoring.measure import measure, measure_files
from meetextract.scoring.reading import GoldArticle, gold_files
from meetextract.scoring.report import as_json
from meetextract.sinks.jsonl import record_to_json

Json = dict[str, Any]

CORPUS = Path(__file__).parents[2] / "corpus"


# --- on articles ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["corpus", "gold/seeds", "gold/dev"])
def gold(request: pytest.FixtureRequest, shared: Path) -> Path:
    return CORPUS if request.param == "corpus" else shared / request.param


def assert_same(gold: Path, lines: list[str], shared: Path, folder: Path) -> None:
    records = folder / "records.jsonl"
    records.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    command = [sys.executable, shared / "score.py", "--gold", gold, "--pred", records, "--json"]
    theirs = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=120)
    assert as_json(measure_files(gold, records), with_errors=False) == json.loads(theirs.stdout)


def test_records(gold: Path, shared: Path, tmp_path: Path) -> None:
    extractor = Extractor()
    articles = [article for article in read_articles([gold]) if isinstance(article, Article)]
    lines = [record_to_json(extractor(article)) for article in articles]
    assert_same(gold, lines, shared, tmp_path)
    assert_same(gold, lines[1:], shared, tmp_path)
    assert_same(gold, [], shared, tmp_path)


@pytest.mark.parametrize("seed", range(5))
def test_gold_with_changes(gold: Path, shared: Path, tmp_path: Path, seed: int) -> None:
    """Records that have all kinds, most of them right; against gold with its spans and without them."""
    bare = tmp_path / "bare"
    bare.mkdir()
    dice = random.Random(seed)
    lines = []
    for name, path in gold_files(gold).items():
        fields = json.loads(path.read_text(encoding="utf-8"))
        without = {**fields, **{field: [without_span(each) for each in fields.get(field) or []] for field in PLACED}}
        (bare / path.name).write_text(json.dumps(without), encoding="utf-8")
        shutil.copy(path.with_name(f"{name}.txt"), bare)
        lines.append(json.dumps({**changed(fields, dice), "id": name}))
    assert_same(gold, lines, shared, tmp_path)
    assert_same(bare, lines, shared, tmp_path)


def without_span(entry: Json) -> Json:
    return {slot: value for slot, value in entry.items() if slot != "span"}


def changed(value: Any, dice: random.Random) -> Any:
    """A copy in which some values are lost, moved, doubled or others."""
    if isinstance(value, dict):
        return {key: changed(each, dice) if key != "name" else each for key, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], int):
        return [number + dice.choice([0, 0, 0, 0, 3, -2, 40]) for number in value]
    if isinstance(value, list):
        kept = [changed(each, dice) for each in value if dice.random() < 0.9]
        return kept + kept[:1] if dice.random() < 0.2 else kept
    if dice.random() < 0.9:
        return value
    if isinstance(value, str):
        words = value.split()
        return dice.choice([value.upper(), " ".join(words[1:]), " ".join(words[::-1]), value + " thêm", None])
    return dice.choice([None, value, 7])


# --- on anything ------------------------------------------------------------------------------------------------------

WORDS = ["hoà", "hòa", "Uỷ ban nhân dân", "UBND", "và", "TP", "thành phố", "tỉnh", "Hà Nội", "thu\u0309y", "15/KH",
         "Ban Chấp hành Trung ương Đảng", "61%", "a", "b", "c", ",", "…", "...", "x.y,", "\r\n", "\u00a0",
         "  "]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
NAMES = st.one_of(TEXTS, st.none(), TEXTS.map(lambda name: {"name": name}), TEXTS.map(lambda name: {"text": name}))
DAYS = st.sampled_from([None, "2024-01-01", "2024-12-31", ""])
FIGURES = st.sampled_from([None, 0, 1, 1.0000001, 1.1, "1", "một", 10**13, 61, True])
PLACES = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda place: [place[0], place[0] + place[1]])
SPANS = st.one_of(PLACES, PLACES, st.none(), PLACES.map(lambda span: {"start": span[0], "end": span[1]}))


def entries(**slots: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Json] | None]:
    every = {"span": SPANS, "holder": TEXTS, **slots}
    return st.one_of(st.none(), st.lists(st.fixed_dictionaries({}, optional=every), max_size=5))


AMOUNT = {"value": FIGURES, "max": FIGURES, "of": FIGURES, "unit": st.sampled_from([None, "%", "hộ", "Hộ"]),
          "comparator": st.sampled_from([None, "eq", "gt"]),
          "change": st.sampled_from([None, "increase"])}  # fmt: skip
TITLES = entries(role=st.one_of(TEXTS, st.none()), unit=NAMES)
PEOPLE = st.fixed_dictionaries({"name": TEXTS}, optional={"titles": TITLES})
ANNOTATIONS = st.fixed_dictionaries(
    {},
    optional={
        "meeting": st.one_of(st.none(), st.fixed_dictionaries({}, optional={
            "date": DAYS, "session": st.sampled_from([None, "morning"]), "host": st.one_of(TEXTS, st.none()),
            "chairs": st.lists(NAMES, max_size=3), "kind": TEXTS})),
        "people": st.one_of(st.none(), st.lists(PEOPLE, max_size=4)),
        "units": st.one_of(st.none(), st.lists(NAMES, max_size=4)),
        "dates": entries(text=TEXTS, start=DAYS, end=DAYS),
        "documents": entries(text=TEXTS, type=TEXTS, symbol=st.one_of(TEXTS, st.none()), date=DAYS),
        "quantities": entries(text=TEXTS, **AMOUNT),
        "counts": entries(text=TEXTS, value=FIGURES, item=TEXTS),
        "targets": entries(quote=TEXTS, status=st.sampled_from([None, "target"]), indicator=TEXTS, start=DAYS, end=DAYS,
                           **AMOUNT),
        "assignments": entries(quote=TEXTS, assigner=NAMES, assignees=st.lists(NAMES, max_size=2),
                               tasks=st.lists(NAMES, max_size=2), deadline=DAYS),
    },
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, Json, Json]:
    """A text, gold, and a record that may have entries of the gold."""
    text, gold, found = draw(TEXTS), draw(ANNOTATIONS), draw(ANNOTATIONS)
    for kind, stated in gold.items():
        if stated and draw(st.booleans()):
            found[kind] = stated if isinstance(stated, dict) else [*stated[1:], *(found.get(kind) or []), stated[0]]
    return text, gold, found


@pytest.fixture(scope="module")
def theirs(shared: Path) -> Json:
    return runpy.run_path(str(shared / "score.py"), run_name="theirs")


@settings(max_examples=400)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_gold_and_any_records(theirs: Json, drawn: list[tuple[str, Json, Json]]) -> None:
    tally: defaultdict[str, Any] = defaultdict(theirs["Tally"])
    gold, found = [], {}
    for number, (text, right, other) in enumerate(drawn):
        name = str(number)
        as_read = text.replace("\r\n", "\n").replace("\r", "\n")  # which is how they read it
        theirs["score_article"]({**right, "id": name}, other, as_read, tally)
        article, annotation = ArticleText(text), annotation_from(right)
        gold.append(GoldArticle(name, Path(name), article, annotation, facts_of(annotation, article), ()))
        found[name] = facts_of(annotation_from(other))
    ours = measure(gold, found)
    assert {kind: row for kind, row in ours.rows.items() if kind != "mean"} == {
        kind: each.row() for kind, each in tally.items()
    }
    assert Counter((mistake.kind, mistake.sign) for mistake in ours.mistakes) == Counter(signs(tally))


def signs(tally: Json) -> Iterator[tuple[str, str]]:
    for kind, each in tally.items():
        yield from ((kind, line.split(" ", 3)[2]) for line in each.misses)


@pytest.mark.parametrize("ours", ["plain", "fold", "fold_unit", "token_f1"])
def test_folding(theirs: Json, ours: str) -> None:
    from meetextract import sameness as folding

    mine: Callable[..., object] = getattr(folding, ours)
    texts = st.one_of(TEXTS, st.text(max_size=30))

    @given(texts, texts)
    def agree(left: str, right: str) -> None:
        arguments = (left, right) if ours == "token_f1" else (left,)
        assert mine(*arguments) == theirs[ours](*arguments)

    agree()
