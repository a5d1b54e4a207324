"""Many articles: missing records, and two annotations of the same articles."""

import json
from pathlib import Path

from meetextract.scoring.measure import measure, measure_files
from meetextract.scoring.reading import read_found


def test_a_missing_record_counts_as_empty(make_gold) -> None:
    articles = [make_gold({"units": ["A"]}, name=name) for name in ("a", "b", "c")]
    result = measure(articles, read_found(Path("-"), [b'{"id": "b", "units": ["A"]}'], {"a", "b", "c"}))
    assert result.missing == ["a", "c"]
    assert result.rows["units"] == {"p": 1.0, "r": 0.3333, "f1": 0.5, "hit": 1, "gold": 3, "pred": 1}
    assert [(mistake.sign, mistake.kind, mistake.article.name) for mistake in result.mistakes] == [
        ("-", "units", "a"),
        ("-", "units", "c"),
    ]


def test_a_meeting_of_any_article_shows_the_kind(make_gold) -> None:
    articles = [make_gold({}, name="a"), make_gold({"meeting": {"kind": "họp"}}, name="b")]
    assert measure(articles[:1], {}).rows.keys() == measure(articles, {}).rows.keys() - {"meeting"}
    assert measure(articles, {}).rows["meeting"]["gold"] == 0


def test_files_and_streams(make_gold, tmp_path: Path) -> None:
    gold = make_gold({"dates": [{"text": "Sáng 8/7/2024"}]}).file.parent
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps({"id": "a", "dates": [{"span": [0, 13]}]}), encoding="utf-8")
    assert measure_files(gold, records).rows["dates"]["f1"] == 1
    with records.open("rb") as stream:
        assert measure_files(gold, stream).rows["dates"]["f1"] == 1


def test_two_annotators_are_compared_on_the_text(make_gold) -> None:
    date = {"text": "Sáng 8/7/2024", "start": "2024-07-08", "end": "2024-07-08"}
    gold = make_gold({"dates": [date], "units": ["UBND xã Tân Lập"]}).file.parent
    make_gold({"units": ["A"]}, name="b")
    # The second annotator gave no spans either, did one article only, and one of his own.
    other = make_gold({"dates": [{**date, "text": "8/7/2024"}], "units": ["UBND xã"]}, folder="other").file.parent
    make_gold({"units": ["B"]}, name="c", folder="other")
    make_gold({"counts": [{"text": "13 nhiệm vụ"}]}, name="d")
    make_gold({"counts": [{"text": "14 nhiệm vụ"}]}, name="d", folder="other")
    result = measure_files(gold, other)
    assert result.missing == ["b"]
    assert result.rows["dates"]["f1"] == 1
    assert result.rows["units"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "hit": 0, "gold": 2, "pred": 1}
    assert [problem.path.parent.name for problem in result.unplaced] == ["gold", "other"]
