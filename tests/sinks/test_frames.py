"""Records as frames."""

from dataclasses import fields, replace
from typing import get_args

import pandas as pd
import pytest

from meetextract import records
from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Assignment, Meeting, Notice, Record, Target
from meetextract.sinks.frames import COLUMNS, Dtype, frames

TEXT = (
    "Sáng 8/7/2024, ông Trần Văn Hậu, Phó Bí thư Đảng ủy, Chủ tịch UBND xã Tân Lập giao 12 nhiệm vụ theo"
    " Kế hoạch số 15/KH-UBND; đạt từ 61% đến 62,5%. Ông Hậu nhắc lại."
)


@pytest.fixture(scope="module")
def record() -> Record:
    found = Extractor()(Article("a", TEXT, published="2024-07-09"))
    meeting = Meeting(
        "m", "họp", "2024-07-08", "morning", None, ("Trần Văn Hậu",), (0, 4), "a.b", {"host": "not_stated"}
    )
    level = ("eq", 61, None, None, "%", None)
    goal = Target("t", "đạt 61%", (0, 7), "target", "thu", *level, None, "9999-12-31", None, None, "a.b", {})
    given = Assignment("g", "giao A", (0, 6), "giao", None, ("A",), ("B", "C"), ("làm",), "1075-01-01", (), "a.b", {})
    notice = Notice("truncated", "cut", None)
    return replace(found, meeting=meeting, targets=(goal,), assignments=(given,), notices=(notice,))


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
    assert (given["with"], given["tasks"], given["documents"]) == (["B", "C"], ["làm"], [])
    assert tables["meetings"]["why_empty"].iloc[0] == '{"host": "not_stated"}'
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
        (records.Assignment, "assignments", set()),
        (records.Notice, "notices", set()),
    ],
)
def test_no_field_is_forgotten(entry: type, frame: str, elsewhere: set[str]) -> None:
    for field in fields(entry):
        if field.name not in elsewhere:
            column = f"{field.name}_start" if field.name.endswith("span") else field.name.rstrip("_")
            assert column in COLUMNS[frame]
