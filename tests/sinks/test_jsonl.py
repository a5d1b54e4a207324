"""A record is one line of JSON and comes back equal."""

import json
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.pipeline import extract
from meetextract.records import Record
from meetextract.sinks import jsonl
from meetextract.sinks.jsonl import read_lines, read_records, record_files, record_from_json, record_to_json


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


def test_lines_of_a_file_that_is_still_written(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    for end, is_there in ((b"", True), (b"\n", True), (b' {"id"', True), (b"}", False)):
        path.write_bytes(b'{"id":1}\n{"id":2' + (b"}" + end if is_there else b""))
        whole = list(read_lines(path, is_whole=False))
        assert (b'{"id":2}' + end in whole) == (end in (b"", b"\n"))
        assert len(list(read_lines(path))) == 2


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 10)
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"123456789\n" + b"x" * 35 + b"\n" + b"abc\n" + b"y" * 30)
    one, error, two, last = read_lines(path)
    assert (one, two) == (b"123456789\n", b"abc\n")
    assert str(error) == f"{path}:2: a line of more than 10 bytes. Extract its article again."
    assert str(last).startswith(f"{path}:4: ")


def test_files_of_records_in_folders(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl.gz", "a/c.jsonl.zst", "ledger/b.jsonl", "quarantine.jsonl", ".b.jsonl", "b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = ["b.jsonl", "a/c.jsonl.zst", "a/z.jsonl.gz"]
    assert list(record_files(tmp_path)) == [tmp_path / name for name in names]
    assert list(record_files(tmp_path / "b.txt")) == [tmp_path / "b.txt"]
    assert [type(each) for each in record_files(tmp_path / "ledger")] == [InputError]
