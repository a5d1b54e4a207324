"""Tables as files, read again by what people read them with."""

import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from sqlalchemy import Boolean, Date, DateTime, Double, Integer, Text
from sqlalchemy.types import JSON

from meetextract.errors import ExportError
from meetextract.sinks import exports
from meetextract.sinks.exports import FORMATS, Columns, export

COLUMNS: Columns = {
    "số": Integer(), "level": Double(), "is": Boolean(), "day": Date(), "at": DateTime(timezone=True), "text": Text(),
    "list": JSON(),
}  # fmt: skip
AT = datetime(2031, 7, 8, 9, 30, 15, 250000, tzinfo=UTC)
ROWS: list[tuple[Any, ...]] = [
    (1, 61.5, True, date(2031, 7, 8), AT, 'Rà soát, "số hóa"; báo cáo\nhằng tuần', [1, {"a": "Đông"}]),
    (-2, -0.25, False, date(1, 1, 1), AT, "", []),
    (None, None, None, None, None, None, None),
    (2**31, 1e15, True, date(9999, 12, 31), AT, "  lề  ", {"b": None}),
]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_there_but_the_file(tmp_path: Path, form: Any) -> None:
    path = tmp_path / f"ra.{form}"
    assert export(COLUMNS, iter(ROWS), path, form) == 4
    assert list(tmp_path.iterdir()) == [path]
    assert export(COLUMNS, [], path, form) == 0  # also an empty table has its columns
    assert list(tmp_path.iterdir()) == [path]


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "ra.jsonl"
    export(COLUMNS, ROWS, path, "jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert list(lines[0]) == list(COLUMNS)
    assert lines[0]["day"] == "2031-07-08"
    assert lines[0]["list"] == [1, {"a": "Đông"}]
    assert "Đông" in path.read_text(encoding="utf-8")
    assert [tuple(line.values())[:3] for line in lines] == [row[:3] for row in ROWS]
    found = duckdb.sql(f'select day::date, text, "at"::timestamptz from "{path}"').fetchall()
    assert [row[:2] for row in found] == [(row[3], row[5]) for row in ROWS]
    assert list(pd.read_json(path, lines=True)["text"][:2]) == [ROWS[0][5], ""]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "ra.csv"
    export(COLUMNS, ROWS, path, "csv")
    assert path.read_bytes().startswith("\ufeffsố,".encode())
    frame = pd.read_csv(path)
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["level"].dropna()) == [61.5, -0.25, 1e15]
    assert frame["text"][0] == ROWS[0][5]
    assert json.loads(frame["list"][0]) == ROWS[0][6]
    found = duckdb.sql(f"select day, level, text from read_csv('{path}', types={{'day': 'date'}})").fetchall()
    assert [row[:2] for row in found] == [(row[3], row[1]) for row in ROWS]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "ra.parquet"
    export(COLUMNS, ROWS, path, "parquet")
    found = duckdb.sql(f"select * from '{path}'").fetchall()
    assert [row[:4] for row in found] == [row[:4] for row in ROWS]
    assert [row[5] for row in found] == [row[5] for row in ROWS]
    assert [row[6] and json.loads(row[6]) for row in found] == [row[6] for row in ROWS]
    types = dict(duckdb.sql(f"select name, type from parquet_schema('{path}')").fetchall())
    assert (types["số"], types["level"], types["day"]) == ("INT64", "DOUBLE", "INT32")
    frame = pd.read_parquet(path)
    assert frame["at"].dropna().unique().tolist() == [AT]
    export(COLUMNS, [], path, "parquet")
    assert list(pd.read_parquet(path).columns) == list(COLUMNS)


def test_parquet_of_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_GROUP", 3)
    path = tmp_path / "ra.parquet"
    assert export({"n": Integer()}, [(n,) for n in range(10)], path, "parquet") == 10
    assert duckdb.sql(f"select n from '{path}'").fetchall() == [(n,) for n in range(10)]


def sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def test_excel(tmp_path: Path) -> None:
    path = tmp_path / "ra.xlsx"
    export(COLUMNS, ROWS, path, "xlsx")
    names, *rows = sheet(path).iter_rows(values_only=True)
    assert names == tuple(COLUMNS)
    assert rows[0][:4] == (1, 61.5, True, datetime(2031, 7, 8))
    assert rows[0][5] == ROWS[0][5]
    assert json.loads(rows[0][6]) == ROWS[0][6]
    assert rows[1][3] == "0001-01-01"  # Excel's days begin in 1900
    assert rows[2] == (None,) * 7
    assert rows[3][3] == datetime(9999, 12, 31)
    assert sheet(path).cell(2, 4).number_format == "yyyy-mm-dd"
    assert sheet(path).freeze_panes == "A2"
    assert pd.read_excel(path)["level"].dropna().tolist() == [61.5, -0.25, 1e15]


FORMULAS = (
    "=1+1",
    "+84",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "- Ông An nói",
)
WORDS = ("UBND xã", "a=1", "5 - 3", "'=1", "1", "[=1]")


def test_cells_that_spreadsheets_would_run(tmp_path: Path) -> None:
    rows = [(words,) for words in (*FORMULAS, *WORDS)]
    path = tmp_path / "ra.csv"
    export({"text": Text()}, rows, path, "csv")
    found = pd.read_csv(path, dtype=str)["text"].tolist()
    expected = (*(f"'{words}" for words in FORMULAS), *WORDS)
    assert found == [words.replace("\r", "\n") for words in expected]
    path = tmp_path / "ra.xlsx"
    export({"text": Text()}, rows, path, "xlsx")
    cells = [cell for (cell,) in sheet(path).iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * len(FORMULAS) + [False] * len(WORDS)
    assert [cell.value for cell in cells] == [words.replace("\r", "\n") for (words,) in rows]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    columns: Columns = {"n": Double(), "list": JSON()}
    export(columns, [(-5.5, [-1]), (-1.0, "=x")], tmp_path / "ra.csv", "csv")
    assert (tmp_path / "ra.csv").read_text(encoding="utf-8-sig") == "n,list\n-5.5,[-1]\n-1.0,'=x\n"
    export(columns, [(-5.5, [-1])], tmp_path / "ra.xlsx", "xlsx")
    assert sheet(tmp_path / "ra.xlsx").cell(2, 1).data_type == "n"


def test_texts_that_excel_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "ra.xlsx"
    texts = ["a\x00\x01\x0b\x1fb", "\ud800\ufffe\uffff", "một\r\nhai", "x" * 32_767, "x" * 40_000, "_x0041_ 😀"]
    export({"text": Text()}, [(text,) for text in texts], path, "xlsx")
    found = [value for (value,) in sheet(path).iter_rows(min_row=2, values_only=True)]
    assert found[:3] == ["a" + 4 * "\ufffd" + "b", 3 * "\ufffd", "một\nhai"]
    assert found[3] == texts[3]
    assert found[4] == "x" * 32_766 + "…"
    assert found[5] == "_x005F_x0041_ 😀"  # which Excel shows as it was


def test_a_sheet_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_SHEET_ROWS", 4)
    path = tmp_path / "ra.xlsx"
    path.write_text("cũ")
    with pytest.raises(ExportError, match="a sheet holds 3 rows"):
        export({"n": Integer()}, [(n,) for n in range(4)], path, "xlsx")
    assert path.read_text() == "cũ"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", FORMATS)
def test_rows_that_break_off_leave_nothing_behind(tmp_path: Path, form: Any) -> None:
    def rows() -> Any:
        yield ROWS[0]
        raise RuntimeError("the database went away")

    path = tmp_path / f"ra.{form}"
    path.write_text("cũ")
    with pytest.raises(RuntimeError, match="went away"):
        export(COLUMNS, rows(), path, form)
    assert path.read_text() == "cũ"
    assert list(tmp_path.iterdir()) == [path]


FULL = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import Text
from meetextract.sinks.exports import export
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for form in ("jsonl", "csv", "parquet", "xlsx"):
    try:
        export({"t": Text()}, ((str(n) * 50,) for n in range(5_000)), Path(f"ra.{form}"), form)
    except OSError as error:
        print(form, error.errno)
"""


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(FORMATS), done.stderr
    assert list(tmp_path.iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 20_000


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null")):
        with pytest.raises(ExportError, match="it is no regular file"):
            export(COLUMNS, ROWS, path, "csv")
    assert not Path("/dev/null").is_file()


def test_a_link_stays_one(tmp_path: Path) -> None:
    link, path = tmp_path / "link.csv", tmp_path / "ra.csv"
    path.touch()
    link.symlink_to(path)
    export(COLUMNS, ROWS, link, "csv")
    assert link.is_symlink()
    assert path.read_bytes()


@pytest.mark.parametrize(
    ("form", "module", "extra"), [("parquet", "pyarrow", "parquet"), ("xlsx", "xlsxwriter", "xlsx")]
)
def test_what_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Any, module: str, extra: str
) -> None:
    monkeypatch.setattr(exports, "find_spec", {module: None}.__getitem__)
    with pytest.raises(ExportError, match=rf"{module} is not installed\. .*'meetextract\[{extra}\]'"):
        export(COLUMNS, ROWS, tmp_path / f"ra.{form}", form)
    assert list(tmp_path.iterdir()) == []
