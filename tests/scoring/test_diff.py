"""Two files of records are compared article by article, in any order."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from meetextract.errors import InputError
from meetextract.scoring.diff import RecordFile, Totals, differences
from meetextract.scoring.diff_report import json_lines, text_lines
from meetextract.scoring.verdicts import Judge

DATE = {"id": "1", "text": "Sáng 8/7/2024", "span": [0, 13], "start": "2024-07-08", "end": "2024-07-08",
        "session": None, "pattern": "dates.day"}  # fmt: skip
UNIT = {"id": "2", "name": "UBND xã Tân Lập", "mentions": [[15, 30]], "pattern": "units.body"}


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def shown(old: Path, new: Path, gold: Path | None = None) -> list[str]:
    return list(text_lines(differences(RecordFile(old), RecordFile(new), Judge(gold) if gold else None), Totals()))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old = [{"id": "a", "title": "T", "dates": [DATE], "units": [UNIT]}, {"id": "b", "dates": [DATE]}, {"id": "c"}]
    new = [
        {"id": "d"},
        {"id": "b"},
        {"id": "a", "title": "T", "units": [{**UNIT, "mentions": [[15, 30], [40, 47]]}],
         "dates": [{**DATE, "id": "3", "span": [5, 13], "end": "2024-07-09", "pattern": "dates.full"}]},
    ]  # fmt: skip
    return write(tmp_path / "old.jsonl", *old), write(tmp_path / "new.jsonl", *new)


def test_differences_as_text(files: tuple[Path, Path]) -> None:
    assert shown(*files) == [
        "~ a units 15-30 «UBND xã Tân Lập» mentions: +[40, 47] (units.body)",
        "~ a dates 5-13 «Sáng 8/7/2024» span: [0, 13] → [5, 13]; end: 2024-07-08 → 2024-07-09 (dates.day → dates.full)",
        "- b dates 0-13 «Sáng 8/7/2024» start: 2024-07-08, end: 2024-07-08 (dates.day)",
        "- c article",
        "+ d article",
        "kind                 same     lost   gained  changed",
        "article                 2        1        1        0",
        "units                   0        0        0        1",
        "dates                   0        1        0        1",
    ]


def test_differences_as_json(files: tuple[Path, Path]) -> None:
    totals = Totals()
    whole = json.loads("\n".join(json_lines(differences(*map(RecordFile, files)), totals)))
    assert whole["equal"] is totals.is_equal is False
    assert whole["kinds"]["dates"] == {"same": 0, "lost": 1, "gained": 0, "changed": 1}
    assert [(each["sign"], each["article"], each["kind"]) for each in whole["changes"]] == [
        ("~", "a", "units"), ("~", "a", "dates"), ("-", "b", "dates"), ("-", "c", "article"), ("+", "d", "article"),
    ]  # fmt: skip
    assert whole["changes"][1]["slots"] == {
        "span": {"old": [0, 13], "new": [5, 13]},
        "end": {"old": "2024-07-08", "new": "2024-07-09"},
    }
    assert (whole["changes"][2]["old"], whole["changes"][2]["new"]) == (DATE, None)
    assert "turned" not in whole["changes"][0]


def test_differences_by_gold(files: tuple[Path, Path], make_gold) -> None:
    gold = make_gold({"units": ["UBND xã Tân Lập"], "dates": [{**DATE, "text": None}]}).file.parent
    lines = shown(*files, gold)
    assert lines[0].endswith("(units.body)")  # as right as before
    assert lines[1].endswith("(dates.day → dates.full) turned wrong")
    assert lines[2].endswith("(dates.day)")  # there is no gold of this article
    assert lines[-1] == "dates                   0        1        0        1        0        1"
    whole = json.loads("\n".join(json_lines(differences(*map(RecordFile, files), Judge(gold)), Totals())))
    assert [each.get("turned") for each in whole["changes"]] == [{}, {"dates": "wrong"}, None, None, None]
    assert whole["kinds"]["dates"]["wrong"] == 1


def test_verdicts_that_disagree_name_their_scores(tmp_path: Path, make_gold) -> None:
    target = {"span": [93, 122], "indicator": "hộ nộp thuế", "value": 61, "unit": "%", "end": "2024-12-31"}
    gold = make_gold({"targets": [target]}).file.parent
    old, new = (
        write(tmp_path / "o", {"id": "a"}),
        write(tmp_path / "n", {"id": "a", "targets": [{**target, "end": None}]}),
    )
    assert shown(old, new, gold)[0] == (
        "+ a targets 93-122 indicator: hộ nộp thuế, value: 61, unit: % turned right in targets, wrong in targets.strict"
    )


def test_the_same_in_another_order(tmp_path: Path) -> None:
    records = [{"id": name, "dates": [DATE]} for name in "abc"]
    old, new = write(tmp_path / "o", *records), write(tmp_path / "n", *reversed(records))
    assert shown(old, new) == [
        "kind                 same     lost   gained  changed",
        "article                 3        0        0        0",
        "dates                   3        0        0        0",
    ]
    assert shown(write(tmp_path / "empty"), write(tmp_path / "none")) == ["kind"]


def test_blank_lines_and_no_line_end(tmp_path: Path) -> None:
    old = tmp_path / "o"
    old.write_bytes('\n{"id": "á", "dates": []}\r\n\n{"id": "b"}'.encode())
    file = RecordFile(old)
    assert list(file) == ["á", "b"]
    assert file.record("á") == {"id": "á", "dates": []}
    assert file.record("b") == {"id": "b"}
    assert file.record("c") is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"id": "a"}\n\n{"id": "a"}\n', ":3: a second record of article 'a', the first is in line 1. Remove one"),
        ('{"id": "a"}\n{"text": ""}\n', ":2: a record without id. Give the id of its article as a text."),
        ('{"id": 1}\n', ":1: a record without id. "),
        ('{"id": "a"\n', ":1: no JSON: "),
        ('{"id": "a"}\n{"id": "b", "dates": [1]}\n', ":2: no record: dates is no list of objects. Extract the article"),
    ],
)
def test_files_that_are_no_records(tmp_path: Path, content: str, problem: str) -> None:
    old, new = write(tmp_path / "o", {"id": "a"}), tmp_path / "n"
    new.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        shown(old, new)
    assert str(caught.value).startswith(f"{new}{problem}")


def test_records_that_gold_cannot_judge(tmp_path: Path, make_gold) -> None:
    gold = make_gold({}).file.parent
    old, new = write(tmp_path / "o", {"id": "a"}), write(tmp_path / "n", {"id": "a", "people": [{}]})
    with pytest.raises(InputError, match=r"n:1: people\.0\.name: Field required"):
        shown(old, new, gold)


def test_files_that_cannot_be_read_in_leaps(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        RecordFile(tmp_path / "none")
    for path in (tmp_path, Path("/dev/null")):
        with pytest.raises(InputError, match="not a regular file"):
            RecordFile(path)


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    units = [{**UNIT, "name": f"{UNIT['name']} {number}" * 20} for number in range(400)]
    records = [{"id": str(number), "units": units} for number in range(30)]
    old = write(tmp_path / "o", *records)
    new = write(tmp_path / "n", *reversed([{**record, "units": units[1:]} for record in records]))
    assert old.stat().st_size > 5_000_000
    tracemalloc.start()
    lines = sum(1 for _ in text_lines(differences(RecordFile(old), RecordFile(new)), Totals()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == 30 + 3
    assert peak < 4_000_000
