"""The spaCy component: spans, values, and that both survive whatever spaCy does to documents and pipelines."""

import json
import pickle
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import meetextract
from meetextract.component import MeetExtract, value_of
from meetextract.errors import PatternError
from meetextract.settings import pattern_dir

TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "meetextract.SyllableTokenizer.v1"}}}
TEXT = (
    "Ông Trần Văn Hải, Phó Chủ tịch UBND phường Hoa Sen, giao 12 nhiệm vụ trước ngày 3/5;  chi 2 tỷ 300 triệu đồng.\r\n"
    "Phường thực hiện Kế hoạch số 17/KH-UBND, đạt 93,5%."
)


def blank(**config: Any) -> Language:
    nlp = spacy.blank("vi", config=TOKENIZER)
    nlp.add_pipe("meetextract", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank(published="2023-02-01")


def shown(doc: Doc) -> list[tuple[str, str, str, Any]]:
    return [(span.text, span.label_, span.id_, span._.meetextract) for span in doc.spans["meetextract"]]


def values(doc: Doc, label: str) -> list[Any]:
    return [span._.meetextract for span in doc.spans["meetextract"] if span.label_ == label]


def test_spans_and_values(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert ("Trần Văn Hải", "PERSON") in [(text, label) for text, label, _, _ in shown(doc)]
    (day,) = values(doc, "DATE")
    assert (day["start"], day["end"], day["grain"]) == ("2023-05-03", "2023-05-03", "day")
    assert [(v["value"], v["unit"]) for v in values(doc, "QUANTITY")] == [(2_300_000_000, "đồng"), (93.5, "%")]
    (count,) = values(doc, "COUNT")
    assert (count["value"], count["item"]) == (12, "nhiệm vụ")
    assert [v["symbol"] for v in values(doc, "DOCUMENT")] == ["17/KH-UBND"]
    assert [v["name"] for v in values(doc, "UNIT")] == ["UBND phường Hoa Sen"]


def test_spans_may_overlap(nlp: Language) -> None:
    doc = nlp(TEXT)
    spans = doc.spans["meetextract"]
    area = next(span for span in spans if span.label_ == "AREA")
    unit = next(span for span in spans if span.label_ == "UNIT")
    assert unit.start < area.start < area.end == unit.end
    assert area._.meetextract != unit._.meetextract


def test_no_span_stands_twice(nlp: Language) -> None:
    doc = nlp(TEXT)
    bounds = [(span.start, span.end, span.label_) for span in doc.spans["meetextract"]]
    assert len(bounds) == len(set(bounds))


def test_values_are_plain_json(nlp: Language) -> None:
    for *_, value in shown(nlp(TEXT)):
        assert json.loads(json.dumps(value)) == value


def test_same_words_may_have_two_labels(nlp: Language) -> None:
    doc = nlp.make_doc("một hai")
    first, second = (doc.char_span(0, 3, label) for label in ("A", "B"))
    assert first is not None
    assert second is not None
    doc.user_data[("._.", "meetextract:A", 0, 3)] = {"value": 1}  # type: ignore[index]
    assert value_of(first) == {"value": 1}
    assert value_of(second) is None


def test_spans_agree_with_mentions(nlp: Language) -> None:
    found = {(m.start, m.end, m.label) for m in meetextract.mentions(TEXT, published="2023-02-01")}
    found = {mention for mention in found if mention[2] != "CUE"}  # a cue has no value that a pipeline could use
    doc = nlp(TEXT)
    assert {(s.start_char, s.end_char, s.label_) for s in doc.spans["meetextract"]} == found


@pytest.mark.parametrize("text", ["", " ", "\n", "😀", "không có gì", "Ngày 3/5/2023", "đạt 93%"])
def test_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert "meetextract" in doc.spans


def test_a_second_run_gives_the_same(nlp: Language) -> None:
    doc = nlp(TEXT)
    once = shown(doc)
    assert shown(nlp(doc)) == once


def test_a_second_run_forgets_the_first() -> None:
    doc = blank()(TEXT)
    only_dates = blank(labels=["DATE"])
    only_dates(doc)
    keys: list[object] = list(doc.user_data)
    assert sum(isinstance(key, tuple) for key in keys) == len(doc.spans["meetextract"]) == 1


# --- settings ---------------------------------------------------------------------------------------------------


def test_labels() -> None:
    doc = blank(labels=["COUNT", "UNIT"])(TEXT)
    assert {span.label_ for span in doc.spans["meetextract"]} == {"COUNT", "UNIT"}


def test_unknown_label() -> None:
    with pytest.raises(ValueError, match=r"no pattern has the label MONEY\. The labels are .*QUANTITY"):
        blank(labels=["MONEY"])


def test_published_that_is_no_date() -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        blank(published="1 tháng 2")


def test_prefer() -> None:
    text = "Báo cáo trong tháng 11"
    assert values(blank(published="2023-02-01")(text), "DATE")[0]["start"] == "2022-11-01"
    assert values(blank(published="2023-02-01", prefer="future")(text), "DATE")[0]["start"] == "2023-11-01"
    with pytest.raises(ValueError, match="prefer"):
        blank(prefer="nearest")


def test_pattern_directory(tmp_path: Path) -> None:
    assert shown(blank(patterns=str(pattern_dir()))(TEXT))
    (tmp_path / "bad.yaml").write_text("label: [", encoding="utf-8")
    with pytest.raises((PatternError, FileNotFoundError)):
        blank(patterns=str(tmp_path))


def _by_attribute(doc: Doc) -> None:
    doc._.published = "2021-02-01"


def _by_user_data(doc: Doc) -> None:
    doc.user_data["published"] = "2021-02-01"


@pytest.mark.parametrize("give", [_by_attribute, _by_user_data])
def test_published_of_one_article_wins(nlp: Language, give: Callable[[Doc], None]) -> None:
    docs = [nlp.make_doc(TEXT), nlp.make_doc(TEXT)]
    give(docs[0])
    assert [values(doc, "DATE")[0]["start"] for doc in nlp.pipe(docs)] == ["2021-05-03", "2023-05-03"]


def test_published_of_one_article_is_checked(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        doc._.published = "hôm qua"
    doc.user_data["published"] = "hôm qua"
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        nlp(doc)


def test_another_tokenizer(nlp: Language) -> None:
    words = ["Ngày", "3/5/2023"]
    doc = Doc(nlp.vocab, words=words, spaces=[True, False])
    with pytest.raises(ValueError, match=r"another tokenizer made this Doc.*SyllableTokenizer\.v1"):
        nlp.get_pipe("meetextract")(doc)


# --- what spaCy does to documents -------------------------------------------------------------------------------


def test_docbin_round_trip(nlp: Language) -> None:
    docs = [nlp(TEXT), nlp(""), nlp("Đạt 93%")]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = list(DocBin().from_bytes(stored).get_docs(spacy.blank("vi", config=TOKENIZER).vocab))
    assert [shown(doc) for doc in again] == [shown(doc) for doc in docs]
    assert [doc.text for doc in again] == [doc.text for doc in docs]


def test_docbin_keeps_the_anchor(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = "2021-02-01"
    stored = DocBin(docs=[nlp(doc)], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert again._.published == "2021-02-01"


def test_doc_bytes_and_pickle(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert shown(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == shown(doc)
    assert shown(pickle.loads(pickle.dumps(doc))) == shown(doc)


@pytest.mark.filterwarnings("ignore:.*W102")  # what is no attribute does not go along, and spaCy says so
def test_joined_docs_keep_values(nlp: Language) -> None:
    doc = nlp(TEXT)
    joined = Doc.from_docs([doc, doc])
    assert shown(joined) == shown(doc) * 2


def test_pipeline_to_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert shown(again(TEXT)) == shown(nlp(TEXT))


def test_pipeline_to_bytes(nlp: Language) -> None:
    again = spacy.blank("vi", config=TOKENIZER).from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert shown(again(TEXT)) == shown(nlp(TEXT))


def test_component_is_pickled_as_its_settings() -> None:
    component = MeetExtract("m", ["DATE"], "2023-02-01", None, "future")
    again = pickle.loads(pickle.dumps(component))
    assert (again.name, again.labels, again.published, again.prefer) == (
        component.name,
        component.labels,
        component.published,
        component.prefer,
    )


def test_pipeline_knows_its_labels(nlp: Language) -> None:
    labels = nlp.pipe_labels["meetextract"]
    assert "DATE" in labels
    assert "BLOCK" not in labels


def test_displacy(nlp: Language) -> None:
    html = displacy.render(nlp(TEXT), style="span", options={"spans_key": "meetextract"}, jupyter=False)
    for label in ("PERSON", "UNIT", "DATE", "COUNT", "QUANTITY", "DOCUMENT"):
        assert label in html
    assert "Hoa" in html


def test_pipe_analysis(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert "span._.meetextract" in analysis["summary"]["meetextract"]["assigns"]
    assert not analysis["problems"]["meetextract"]


# --- entry points -----------------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
SCRIPT = """
import spacy
nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "meetextract.SyllableTokenizer.v1"}}})
nlp.add_pipe("meetextract")
doc = nlp("đạt 93%")
print([span.label_ for span in doc.spans["meetextract"]])
"""


def test_entry_points_lead_here(tmp_path: Path) -> None:
    """What pyproject.toml declares is enough for spaCy: no import of ours by the user."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "meetextract_declared-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: meetextract-declared\nVersion: 0\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in points.items()) for group, points in declared.items()]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    paths = [str(tmp_path), str(Path(meetextract.__file__).parents[1])]
    script = f"import sys; sys.path[:0] = {paths!r}\n{SCRIPT}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "['QUANTITY']", run.stderr


def test_installed_entry_points() -> None:
    points = metadata.distribution("meetextract").entry_points
    assert {(point.group, point.name) for point in points} >= {
        ("spacy_factories", "meetextract"),
        ("spacy_tokenizers", "meetextract.SyllableTokenizer.v1"),
    }
    for point in points:
        assert callable(point.load())
