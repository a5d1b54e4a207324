"""A record is one line of JSON and comes back equal."""

import json
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.pipeline import extract
from meetextract.records import Record
from meetextract.sinks.jsonl import read_records, record_from_json, record_to_json


@pytest.fixture(scope="module")
def record() -> Record:
    return extract(
        "Sáng 8/7/2024, ông Trần Văn Hậu, Chủ tịch UBND xã Tân Lập báo cáo 318/320 hồ sơ,\u2028đạt 99,4%."
        " Ông Hậu giao Công an xã phối hợp với Đoàn Thanh niên xã rà soát hồ sơ."
    )


def test_round_trip(record: Record) -> None:
    assert record_from_json(record_to_json(record)) == record


def test_a_record_is_one_line_in_utf8(record: Record) -> None:
    line = record_to_json(record)
    assert "\n" not in line
    assert "Trần Văn Hậu" in line


def test_names_and_arrays_are_those_of_json(record: Record) -> None:
    line = json.loads(record_to_json(record))
    assert next(iter(line)) == "schema"
    assert line["assignments"][0]["with"] == ["Đoàn Thanh niên xã"]
    assert "with_" not in line["assignments"][0]
    assert line["dates"][0]["span"] == [0, 13]
    assert line["quantities"][0]["value"] == 318


def test_reads_its_own_files(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    line = record_to_json(record)
    path.write_text(f"{line}\n\n{line}\n", encoding="utf-8")
    assert list(read_records(path)) == [record, record]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"schema": "1"', "no record of this version: Invalid JSON"),
        ('{"schema": "2"}', "no record of this version: schema: "),
        ('{"schema": "1", "id": "a"}', "no record of this version: source: Field required"),
    ],
)
def test_a_line_that_is_no_record(record: Record, tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(f"{record_to_json(record)}\n{line}\n", encoding="utf-8")
    records = read_records(path)
    assert next(records) == record
    with pytest.raises(InputError) as raised:
        next(records)
    assert str(raised.value).startswith(f"{path}:2: {problem}")
    assert str(raised.value).endswith("Extract its article again.")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl: cannot be read"):
        next(read_records(tmp_path / "nowhere.jsonl"))
