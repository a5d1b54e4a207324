"""Scores and mistakes as they are shown."""

import json
from pathlib import Path

import pytest

from meetextract.scoring.floors import Held
from meetextract.scoring.measure import Measurement, measure
from meetextract.scoring.reading import read_found
from meetextract.scoring.report import as_json, mistake_lines, table


@pytest.fixture
def measured(make_gold, text: str) -> Measurement:
    gold = {
        "units": ["UBND xã Tân Lập", "tổ số 9"],
        "dates": [{"text": "ngày 30/9", "start": "2024-09-30", "end": "2024-09-30"}],
        "assignments": [{"quote": "giao phòng Nội vụ … trước ngày 30/9", "tasks": ["rà soát hồ sơ"]}],
    }
    at = text.index("30/9")
    found = {
        "units": [{"name": "UBND xã", "mentions": [[15, 22], [68, 75]], "pattern": "units.body"}],
        "dates": [{"text": "30/9", "span": [at, at + 4], "start": "2023-09-30", "end": None, "pattern": "dates.day"}],
    }
    article = make_gold(gold)
    line = json.dumps({"id": "a", **found}).encode()
    return measure([article, make_gold({}, name="b")], read_found(Path("-"), [line], {"a", "b"}))


def test_the_table(measured: Measurement) -> None:
    lines = list(table(measured))
    assert lines[0].split() == ["kind", "P", "R", "F1", "hit", "gold", "found"]
    assert lines[4] == "units             0.0000  0.0000  0.0000      0      2      1"
    assert lines[-2:] == ["mean                              0.0000", "no record of b: it counts as empty"]
    held = list(table(measured, [Held("units", 0.5, 0.0), Held("mean", 0.25, 0.0)]))
    assert held[0].endswith("  found   floor")
    assert held[4] == "units             0.0000  0.0000  0.0000      0      2      1    0.50"
    assert held[-2] == "mean                              0.0000                         0.25"
    assert held[5] == lines[5]


def test_mistakes_stand_in_their_context(measured: Measurement) -> None:
    file = measured.mistakes[0].article.file
    lines = [line.replace(str(file), "a.txt") for line in mistake_lines(measured)]
    assert lines == [
        "- units a.txt name: tổ số 9",
        "- units a.txt:1:15-30 …Sáng 8/7/2024, «UBND xã Tân Lập» họp. Ông Trần Văn Hậu, Chủ tịch UBND xã chủ trì. Năm"
        " 2024, … name: UBND xã Tân Lập",
        "+ units a.txt:1:15-22 …Sáng 8/7/2024, «UBND xã» Tân Lập họp. Ông Trần Văn Hậu, Chủ tịch UBND xã chủ trì. Nă…"
        " name: UBND xã (units.body)",
        "- dates a.txt:2:179-188 …huế, 12 nhiệm vụ. Ông giao phòng Nội vụ rà soát hồ sơ trước «ngày 30/9». …"
        " start: 2024-09-30, end: 2024-09-30",
        "+ dates a.txt:2:184-188 …12 nhiệm vụ. Ông giao phòng Nội vụ rà soát hồ sơ trước ngày «30/9». …"
        " start: 2023-09-30 (dates.day)",
        *(
            f"- {kind} a.txt:2:141-188 …ăm 2024, xã phấn đấu trên 61% hộ nộp thuế, 12 nhiệm vụ. Ông"
            " «giao phòng Nội vụ rà soát hồ sơ trước ngày 30/9». … tasks: [rà soát hồ sơ]"
            for kind in ("assignments", "assignments.full")
        ),
    ]


def test_json_has_the_rows_and_on_request_the_mistakes(measured: Measurement) -> None:
    shown = json.loads(json.dumps(as_json(measured, with_errors=True)))
    errors = shown.pop("errors")
    assert shown == as_json(measured, with_errors=False) == {"missing": ["b"], **measured.rows}
    assert shown["units"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "hit": 0, "gold": 2, "pred": 1}
    assert errors[2] == {
        "sign": "+",
        "kind": "units",
        "article": "a",
        "file": str(measured.mistakes[0].article.file),
        "line": 1,
        "span": [15, 22],
        "before": "Sáng 8/7/2024, ",
        "words": "UBND xã",
        "after": " Tân Lập họp. Ông Trần Văn Hậu, Chủ tịch UBND xã chủ trì. Nă",
        "says": {"name": "UBND xã"},
        "pattern": "units.body",
    }
    assert (errors[0]["line"], errors[0]["span"], errors[0]["pattern"]) == (None, None, None)


def test_places_outside_the_text_are_not_shown(make_gold) -> None:
    line = b'{"id": "a", "dates": [{"text": "9/9", "span": [5, 9999]}]}'
    result = measure([make_gold({})], read_found(Path("-"), [line], {"a"}))
    (shown,) = mistake_lines(result)
    assert shown.endswith("a.txt …«9/9»…")
