"""The scorer, on gold and records small enough to be counted by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from meetextract.pipeline import extract
from meetextract.records import Record
from meetextract.score import (
    Gold,
    GoldCount,
    GoldDate,
    GoldDocument,
    GoldPerson,
    GoldQuantity,
    GoldTitle,
    read_gold,
    score,
)

TEXT = (
    "Sáng 8/7/2024, ông Trần Văn Hậu, Chủ tịch UBND xã Tân Lập giao 12 nhiệm vụ theo Kế hoạch số 15/KH-UBND; đạt 61%."
)


@pytest.fixture(scope="module")
def record() -> Record:
    return extract(TEXT)


@pytest.fixture
def gold(record: Record) -> Gold:
    """Gold that is right in everything but case and blanks."""
    people = tuple(
        GoldPerson(person.name.upper(), tuple(GoldTitle(title.role.lower(), title.unit) for title in person.titles))
        for person in record.people
    )
    return Gold(
        id="a",
        people=people,
        units=tuple(unit.name.replace(" ", "  ") for unit in record.units),
        dates=tuple(GoldDate((date.span[0] + 1, date.span[1]), date.start, date.end) for date in record.dates),
        documents=tuple(GoldDocument(each.type, each.symbol) for each in record.documents),
        quantities=tuple(GoldQuantity(each.span, float(each.value), unit=each.unit) for each in record.quantities),
        counts=tuple(GoldCount(each.span, each.value, each.item) for each in record.counts),
    )


def test_all_right(record: Record, gold: Gold) -> None:
    scores = score([(gold, record)])
    assert {kind: each.f1 for kind, each in scores.items()} == dict.fromkeys(scores, 1.0)
    assert {kind for kind, each in scores.items() if each.gold} == {*scores} - {"documents.date"}


def test_missed_and_false(record: Record, gold: Gold) -> None:
    other = replace(
        gold,
        people=(*gold.people, GoldPerson("Lê Thị Mai")),
        dates=(GoldDate(gold.dates[0].span, "2024-07-08", "2024-07-09"),),
        quantities=(replace(gold.quantities[0], span=(0, 3)), gold.quantities[0], gold.quantities[0]),
        counts=(),
    )
    scores = score([(other, record)])
    assert (scores["people"].right, scores["people"].gold, scores["people"].found) == (1, 2, 1)
    assert scores["people"].missed == ["a: lê thị mai"]
    assert scores["dates"].f1 == 0  # the value counts
    assert (scores["quantities"].right, scores["quantities"].gold) == (1, 3)  # the place counts; one to one
    assert scores["percentages"].right == 1
    assert (scores["counts"].precision, scores["counts"].recall) == (0.0, 1.0)


def test_units_without_the_kind_of_a_province(record: Record) -> None:
    (unit,) = record.units
    record = replace(record, units=(replace(unit, name="UBND thành phố Hải Phòng"),))
    assert score([(Gold("a", units=("UBND Hải Phòng",)), record)])["units"].f1 == 1
    assert score([(Gold("a", units=("UBND thành phố",)), record)])["units"].f1 == 0


def test_gold_is_read_with_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Họp\r\ngiao ban".encode())
    gold = {
        "id": "a",
        "units": ["UBND"],
        "meeting": None,
        "dates": [{"text": "x", "span": [0, 3], "start": "a", "end": "b"}],
    }
    (tmp_path / "a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    article, read = read_gold(tmp_path / "a.gold.json")
    assert article.text == "Họp\r\ngiao ban"
    assert read == Gold("a", units=("UBND",), dates=(GoldDate((0, 3), "a", "b"),))
