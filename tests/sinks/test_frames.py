"""Records as frames."""

import json
from dataclasses import fields, replace
from typing import get_args

import pandas as pd
import pytest

from meetextract import records
from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Notice, Record
from meetextract.sinks.frames import COLUMNS, Dtype, frames

TEXT = (
    "Sáng 8/7/2024, ông Trần Văn Hậu, Phó Bí thư Đảng ủy, Chủ tịch UBND xã Tân Lập chủ trì hội nghị giao ban."
    " Xã thu ngân sách đạt từ 61% đến 62,5% dự toán. Ông Hậu giao các thôn phối hợp với Công an xã và Đoàn Thanh niên"
    " xã hoàn thành 12 nhiệm vụ theo Kế hoạch số 15/KH-UBND trước ngày 30/9."
)


@pytest.fixture(scope="module")
def record() -> Record:
    found = Extractor()(Article("a", TEXT, published="2024-07-09"))
    (goal,) = found.targets
    (given,) = found.assignments
    return replace(
        found,
        targets=(replace(goal, end="9999-12-31"),),
        assignments=(replace(given, deadline="1075-01-01"),),
        notices=(Notice("truncated", "cut", None),),
    )


def test_one_row_an_entry(record: Record) -> None:
    tables = frames(iter([record, replace(record, id="b")]))
    assert list(tables) == list(COLUMNS)
    for kind in ("people", "units", "dates", "documents", "quantities", "counts", "targets", "assignments", "notices"):
        assert len(tables[kind]) == 2 * len(getattr(record, kind)) > 0, kind
        assert [*tables[kind]["article"].unique()] == ["a", "b"]
    assert len(tables["articles"]) == 2
    assert len(tables["meetings"]) == 2


def test_values_and_spans(record: Record) -> None:
    tables = frames([record])
    date = tables["dates"].iloc[0]
    assert TEXT[date["span_start"] : date["span_end"]] == date["text"] == "Sáng 8/7/2024"
    assert date["start"] == pd.Timestamp(2024, 7, 8)
    titles = tables["titles"]
    assert [*titles["role"]] == ["Phó Bí thư", "Chủ tịch"]
    assert {*titles["person"]} == {*tables["people"]["id"]}
    mentions = tables["mentions"]
    assert TEXT[mentions["span_start"].iloc[0] : mentions["span_end"].iloc[0]] == "Trần Văn Hậu"
    assert {*mentions["entry"]} == {*tables["people"]["id"], *tables["units"]["id"]}
    quantity = tables["quantities"].iloc[0]
    assert (quantity["value"], quantity["max"]) == (61.0, 62.5)
    assert quantity["of"] is pd.NA
    given = tables["assignments"].iloc[0]
    assert (given["assignees"], given["with"]) == (["các thôn"], ["Công an xã", "Đoàn Thanh niên xã"])
    assert given["documents"] == ["15/KH-UBND"]
    assert json.loads(given["due"])["end"] == "2024-09-30"
    assert TEXT[given["assigner_span_start"] : given["assigner_span_end"]] == "Hậu"
    assert json.loads(tables["meetings"]["why_empty"].iloc[0])["host"] == "not_stated"
    assert tables["meetings"]["chairs"].iloc[0] == ["Trần Văn Hậu"]
    told, task = tables["assignees"].iloc[0], tables["tasks"].iloc[0]
    assert told["assignment"] == task["assignment"] == given["id"]
    assert TEXT[told["span_start"] : told["span_end"]] == told["name"] == "các thôn"
    assert TEXT[task["span_start"] : task["span_end"]] == task["text"]
    assert tables["notices"]["span_start"].isna().all()


def test_days_of_any_year(record: Record) -> None:
    tables = frames([record])
    assert tables["targets"]["end"].iloc[0].year == 9999
    assert tables["assignments"]["deadline"].iloc[0].year == 1075
    assert tables["targets"]["start"].isna().all()


def test_empty_frames_have_the_same_columns_and_dtypes(record: Record) -> None:
    full = frames([record])
    for name, frame in frames([]).items():
        assert len(frame) == 0
        pd.testing.assert_series_equal(frame.dtypes, full[name].dtypes)
        assert [*frame.columns] == [*COLUMNS[name]]


def test_dtypes_say_what_is_meant() -> None:
    dtypes = {
        "text": "string",
        "int": "Int64",
        "number": "Float64",
        "day": "datetime64[s]",
        "list": "object",
        "json": "string",
    }
    assert {*dtypes} == {*get_args(Dtype)}
    for name, frame in frames([]).items():
        assert {column: frame[column].dtype for column in frame} == {
            column: pd.Series([], dtype=dtypes[dtype]).dtype for column, dtype in COLUMNS[name].items()
        }


@pytest.mark.parametrize(
    ("entry", "frame", "elsewhere"),
    [
        (records.Record, "articles", {"meeting", "unplaced_dates", "notices", *records.KINDS}),
        (records.Meeting, "meetings", set()),
        (records.Person, "people", {"titles", "mentions"}),
        (records.Title, "titles", set()),
        (records.Unit, "units", {"mentions"}),
        (records.DateEntry, "dates", set()),
        (records.UnplacedDate, "unplaced_dates", set()),
        (records.DocumentEntry, "documents", set()),
        (records.QuantityEntry, "quantities", set()),
        (records.CountEntry, "counts", set()),
        (records.Target, "targets", set()),
        (records.Assignment, "assignments", {"assignee_spans", "assignee_units", "task_spans"}),
        (records.Notice, "notices", set()),
    ],
)
def test_no_field_is_forgotten(entry: type, frame: str, elsewhere: set[str]) -> None:
    for field in fields(entry):
        if field.name not in elsewhere:
            column = f"{field.name}_start" if field.name.endswith("span") else field.name.rstrip("_")
            assert column in COLUMNS[frame]
