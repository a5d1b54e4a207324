"""Gold and records from files: what is read, and the errors with file, line and mend."""

import json
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.scoring.locating import ArticleText
from meetextract.scoring.reading import gold_files, read_found, read_gold

RECORDS = Path("records.jsonl")


def test_gold_is_read_with_its_line_ends(make_gold) -> None:
    gold = {
        "id": "whatever",
        "units": ["UBND"],
        "meeting": None,
        "holder": "passed over",
        "dates": [{"text": "giao ban", "span": [5, 13], "start": "a", "end": "b", "note": 1}],
    }
    article = make_gold(gold, "Họp\r\ngiao ban")
    assert article.name == "a"
    assert article.file.name == "a.txt"
    assert article.text.stored == "Họp\r\ngiao ban"
    assert [unit.name for unit in article.annotation.units] == ["UBND"]
    assert (article.annotation.dates[0].span, article.annotation.dates[0].start) == ((5, 13), "a")
    assert article.unplaced == ()


def test_gold_may_lack_any_field(make_gold) -> None:
    assert make_gold({}).annotation == make_gold({"people": None, "meeting": {}, "dates": []}).annotation


def test_gold_without_spans_is_placed(make_gold) -> None:
    gold = {"dates": [{"text": "giao  ban"}], "targets": [{"quote": "Họp … ban"}], "documents": [{"symbol": "1"}]}
    article = make_gold(gold, "Họp\r\ngiao ban")
    (date,) = article.facts["dates"]
    assert date.span == (4, 12)  # in the text with plain line ends, as places are compared
    assert date.place == (5, 13)  # in the text as it is stored
    assert article.facts["targets"][0].place == (0, 13)
    assert article.unplaced == ()


def test_words_are_left_out_of_quotes_only(make_gold) -> None:
    left_out = {"text": "Họp … ban", "quote": "Họp … ban"}
    article = make_gold({"dates": [left_out], "targets": [left_out]}, "Họp giao ban")
    assert article.facts["dates"][0].span is None
    assert article.facts["targets"][0].span == (0, 12)


def test_words_that_the_article_has_not_are_told(make_gold) -> None:
    article = make_gold({"units": ["B"], "counts": [{"text": "12 mục tiêu", "value": 12}]}, "Họp")
    (problem,) = article.unplaced
    assert str(problem).endswith(
        "a.gold.json:1: counts: '12 mục tiêu' is not in the text and counts as missed."
        " Copy the words from the text, or give their span."
    )


GOLD = """\
{
  "id": "a",
  "units": ["A",
            "B"],
  "dates": [
    {"text": "8/7", "span": [5, 8]},
    {"text": "9/7",
     "span": %s}
  ]
}
"""


def refused(folder: Path, gold: bytes, text: bytes | None = b"Ngay 8/7, 9/7") -> str:
    (folder / "a.gold.json").write_bytes(gold)
    if text is not None:
        (folder / "a.txt").write_bytes(text)
    with pytest.raises(InputError) as caught:
        read_gold(folder / "a.gold.json")
    return str(caught.value).removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        ("[9, 12]", "a.gold.json:7: dates: '9/7' does not stand at [9, 12]; there is '9/'. Mend the span, or"),
        ("[10, 14]", "a.gold.json:7: dates: span [10, 14] does not lie in a text of 13 characters. Mend the span, or"),
        ("[13, 10]", "a.gold.json:7: dates: span [13, 10] does not lie in a text of 13 characters. "),
        ("[-3, 3]", "a.gold.json:7: dates: span [-3, 3] does not lie in a text of 13 characters. "),
        ('"9-12"', "a.gold.json:8: dates.1.span: Input should be a valid tuple. Mend the value"),
        ("[10]", "a.gold.json:8: dates.1.span.1: Field required. Mend the value"),
        ("[10, null]", "a.gold.json:8: dates.1.span.1: Input should be a valid integer. Mend the value"),
        ("[10, 13", "a.gold.json:8: no JSON: Expecting ',' delimiter at column 21. Give one JSON object."),
    ],
)
def test_gold_that_cannot_be_used(tmp_path: Path, span: str, problem: str) -> None:
    assert refused(tmp_path, (GOLD % span).encode()).startswith(problem)


def test_a_span_of_another_text_is_refused_and_others_counted(tmp_path: Path) -> None:
    told = refused(tmp_path, (GOLD % "[10, 13]").encode(), b"Hom nay, 8/7, 9/7")
    assert told.startswith(
        "a.gold.json:6: dates: '8/7' does not stand at [5, 8]; there is 'ay,' (and 1 more in this file)"
    )


def test_a_span_fits_where_writing_differs(make_gold) -> None:
    quote = {"quote": "Giao phòng … rà soát", "span": [0, 32]}
    assert make_gold({"assignments": [quote]}, "giao  phòng Nội vụ (mới)\nrà soát")


@pytest.mark.parametrize(
    ("gold", "problem"),
    [
        (b"[]", "a.gold.json: not a JSON object. Give one JSON object."),
        (b"", "a.gold.json:1: no JSON: "),
        (b'{"people": [\n{"name": "A"},\n{"titles": []}]}', "a.gold.json:3: people.1.name: Field required. "),
        (b'{"people": [{}]}', "a.gold.json:1: people.0.name: Field required. Mend the value, or leave the field out."),
        (b'{"units": "A"}', "a.gold.json:1: units: Input should be a valid tuple. "),
        (b'{\n"dates": [\n[]]}', "a.gold.json:3: dates.0: "),
        (b'{"meeting": 1}', "a.gold.json:1: meeting: "),
        (b'{"title": "\xff"}', "a.gold.json:1: not UTF-8: byte 0xff. Save it as UTF-8."),
        (b"[" * 100_000, "a.gold.json: no usable JSON: "),
    ],
)
def test_gold_that_is_none(tmp_path: Path, gold: bytes, problem: str) -> None:
    assert refused(tmp_path, gold).startswith(problem)


def test_an_article_that_is_missing_or_no_text(tmp_path: Path) -> None:
    told = refused(tmp_path, b"{}", None)
    assert told == "a.gold.json: its article a.txt is missing. Put the article's text beside the gold."
    assert refused(tmp_path, b"{}", b"a\nb\xff").startswith("a.txt:2: not UTF-8")


def test_a_folder_without_gold(tmp_path: Path) -> None:
    for folder, problem in (("", "no gold in this folder"), ("none", "there is no such folder"), ("f", "not a folder")):
        (tmp_path / "f").touch()
        with pytest.raises(InputError, match=problem):
            gold_files(tmp_path / folder)


def test_gold_of_another_annotator_needs_the_same_text(make_gold) -> None:
    first = make_gold({}, "Họp")
    other = make_gold({}, "Họp ", folder="other")
    path = other.file.with_name("a.gold.json")
    with pytest.raises(InputError, match="not the same text as in the other folder"):
        read_gold(path, first.text)
    other.file.unlink()
    assert read_gold(path, ArticleText("Họp")).text.stored == "Họp"


def lines(*records: object) -> list[bytes]:
    return [json.dumps(record).encode() + b"\n" for record in records]


@pytest.mark.parametrize(
    "record",
    [{"id": "a"}, {"id": "a.txt"}, {"id": "x", "source": "news/a.txt"}, {"source": "C:\\news\\a.txt"}, {"id": "../a"}],
)
def test_records_are_known_by_id_or_source(record: dict[str, str]) -> None:
    found = read_found(RECORDS, lines({"id": "b", "units": 1}, {**record, "units": ["A"]}, {"id": None}), {"a", "c"})
    assert {name: [fact.words for fact in facts["units"]] for name, facts in found.items()} == {"a": ["A"]}


def test_a_record_may_be_of_two_articles_but_not_two_of_one() -> None:
    both = lines({"id": "a", "source": "b.txt"})
    assert set(read_found(RECORDS, both, {"a", "b"})) == {"a", "b"}
    with pytest.raises(InputError) as caught:
        read_found(RECORDS, [*both, b"\n", *lines({"id": "c"}, {"id": "c"}, {"id": "b"})], {"a", "b"})
    assert str(caught.value) == (
        "records.jsonl:5: a second record of article 'b', the first is in line 1."
        " Remove one, or give each article an id of its own."
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            b"{",
            "records.jsonl:2: no JSON: Expecting property name enclosed in double quotes at column 2. Give one JSON",
        ),
        (b"[]", "records.jsonl:2: not a JSON object. Give one JSON object a line."),
        (b'{"id": "\xff"}', "records.jsonl:2: not UTF-8: byte 0xff. Save it as UTF-8."),
        (b'{"id": "a", "title": "\\ud800"}', "records.jsonl:2: no usable JSON: 'utf-8' codec can't encode character "),
        (b'{"id": "a", "people": [{"name": []}]}', "records.jsonl:2: people.0.name: Input should be a valid string. "),
    ],
)
def test_records_that_are_none(line: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read_found(RECORDS, [*lines({"id": "b"}), line], {"a"})
    assert str(caught.value).startswith(problem)
