"""Feeds and tables as Scrapy and pandas write them: which column is what, and rows that are wrong."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import read_articles
from meetextract.read.rows import Columns

PAGE = """<html><head><title>Xã họp giao ban tháng 5</title></head><body><ul><li><a href="/">Trang chủ</a></li></ul>
<h1>Xã họp giao ban tháng 5</h1><p>06/05/2024</p><div><p>Sáng 6/5, UBND xã Tân Lập họp giao ban tháng 5 năm 2024.</p>
<p>Chủ tịch UBND xã giao các thôn hoàn thành đường nội đồng trước ngày 30/6.</p></div></body></html>"""


def read(path: Path, *columns: str, published: date | None = None) -> tuple[list[Article], list[InputError]]:
    found = list(read_articles([path], columns=Columns.of(columns), published=published))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, InputError)]


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows(rows)
    path.write_bytes(table.getvalue().encode(encoding))
    return path


def write_parquet(path: Path, columns: dict[str, Any]) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=100)
    return path


# --- columns ----------------------------------------------------------------------------------------------------------


def test_columns_by_other_names(tmp_path: Path) -> None:
    item = {"link": "https://xa.example/1", "ten": "Họp", "noi_dung": "Xã họp.", "ngay": "Thứ hai, 06/05/2024 - 09:15"}
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(item) + "\n", encoding="utf-8")
    (one,), errors = read(path, "text=noi_dung", "url=link", "title=ten", "published=ngay")
    assert errors == []
    assert (one.id, one.text, one.title, one.url) == ("items-1", "Xã họp.", "Họp", "https://xa.example/1")
    assert one.published == date(2024, 5, 6)
    assert one.is_as_in_source


@pytest.mark.parametrize("given", ["text", "text=", "body=x", "=x"])
def test_columns_that_name_nothing(given: str) -> None:
    with pytest.raises(ValueError, match="names no column"):
        Columns.of([given])


@pytest.mark.parametrize(
    "value",
    ["2024-05-06", "2024-05-06T09:15:00+07:00", "06/05/2024 09:15", "Mon, 06 May 2024 09:15:00 +0700", "6-5-2024"],
)
def test_days_as_feeds_give_them(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Xã họp.", "published": value}), encoding="utf-8")
    ((one,), _) = read(path)
    assert one.published == date(2024, 5, 6)


def test_a_page_in_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"html": PAGE, "url": "https://xa.example/2"}, {"html": "<p>a</p>"}, {"html": PAGE, "text": "Xã họp."}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (page, text), (error,) = read(path)
    assert page.title == "Xã họp giao ban tháng 5"
    assert page.text.startswith("Xã họp giao ban tháng 5\n\n06/05/2024\n\nSáng 6/5, UBND xã")
    assert (page.main_text, page.url, page.is_as_in_source) == ("readability", "https://xa.example/2", False)
    assert text.text == "Xã họp."
    assert (error.line, "no article" in error.problem) == (2, True)


def test_repairs_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = "Xã Tân Lập họp giao ban, đạt trên 61% dự toán."
    path.write_text(json.dumps({"text": text.encode().decode("latin-1")}), encoding="utf-8")
    ((one,), _) = read(path)
    assert (one.text, one.repairs) == (text, ("mojibake",))


# --- CSV --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "text", "published"], ["a", "Xã họp,\nbàn; về | đất\t.", "2024-05-06"], ["", "Xã họp.", ""]]
    path = write_csv(tmp_path / "a.csv", rows, "utf-8-sig", delimiter)
    (first, second), errors = read(path, published=date(2024, 1, 1))
    assert errors == []
    assert (first.id, first.text, first.published) == ("a", rows[1][1], date(2024, 5, 6))
    assert (second.id, second.source, second.published) == ("a-4", f"{path}:4", date(2024, 1, 1))


def test_a_table_in_another_charset(tmp_path: Path) -> None:
    rows = [["text"], ["Xã họp giao ban."]]
    ((one,), _) = read(write_csv(tmp_path / "a.csv", rows, "utf-16"))
    assert one.text == rows[1][0]
    path = write_csv(tmp_path / "b.csv", [["text"], ["Céng hoµ x· héi chñ nghÜa ViÖt Nam"] * 1], "cp1252")
    ((one,), _) = read(path)
    assert one.text == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert one.repairs == ("charset:cp1252", "tcvn3")


def test_a_table_without_the_column_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["ma", "noi_dung"], ["1", "Xã họp."]])
    articles, (error,) = read(path)
    assert articles == []
    assert error.line == 1
    assert error.problem == "no column \"text\" or \"html\"; there are: 'ma', 'noi_dung'"
    assert "--column text=NAME" in error.mend
    assert [one.text for one in read(path, "text=noi_dung")[0]] == ["Xã họp."]


def test_wrong_rows_cost_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\na,Xã họp.\nb\nc,x,y\n\nd,\ne,Xã họp ".encode() + b'\xff.\ng,"Mot\0hai"\n')
    articles, errors = read(path)
    assert [one.id for one in articles] == ["a", "e"]
    assert articles[1].repairs == ("bytes_replaced",)
    assert [(error.line, error.problem.split(":")[0]) for error in errors] == [
        (3, "a row of 1 cells under 2 column names"),
        (4, "a row of 3 cells under 2 column names"),
        (6, '"text" is empty'),
        (8, "a binary file"),
    ]


@pytest.mark.parametrize("head", ["", '"'])
def test_a_row_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    from meetextract import settings

    monkeypatch.setattr(settings, "MAX_ARTICLE_BYTES", 1000)
    path = tmp_path / "a.csv"
    long = head + "Xã họp " * 100_000 + head
    path.write_text(f"id,text\na,Xã họp.\nb,{long}\nc,Xã họp.\n", encoding="utf-8")
    articles, (error,) = read(path)
    assert [one.id for one in articles] == ["a", "c"]
    assert (error.line, error.problem) == (3, "no row of a table: longer than 0 MB")
    path.write_text(f"{long}\nc,Xã họp.\n", encoding="utf-8")
    articles, (error,) = read(path)
    assert (articles, error.line, error.problem) == ([], 1, "no row of a table: longer than 0 MB")


def test_an_open_quotation_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meetextract import settings

    monkeypatch.setattr(settings, "MAX_ARTICLE_BYTES", 1000)
    path = tmp_path / "a.csv"
    path.write_text('id,text\na,Xã họp.\nb,"Xã họp\n' + "".join(f"c{at},Xã họp.\n" for at in range(500)), "utf-8")
    articles, (error,) = read(path)
    assert [one.id for one in articles] == ["a", *(f"c{at}" for at in range(500 - len(articles) + 1, 500))]
    assert len(articles) > 400
    assert (error.line, error.problem) == (3, "no row of a table: longer than 0 MB")
    assert "quotation mark" in error.mend


def test_a_quotation_mark_open_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\na,"Xã\nhọp."\nb,"Xã" họp.\nc,"Xã họp.\nd,Xã họp.\n', encoding="utf-8")
    articles, (error,) = read(path)
    assert [(one.id, one.text) for one in articles] == [("a", "Xã\nhọp."), ("b", "Xã họp.")]
    assert error.line == 5
    assert error.problem == "a quotation mark in this row is open to the end of the file, which is not read"
    for end in ("", "\n"):
        path.write_text(f'id,text\na,"Xã họp."{end}', encoding="utf-8")
        assert [len(each) for each in read(path)] == [1, 0]


@pytest.mark.parametrize(("data", "problem"), [(b"", "empty"), (b" \n", "empty"), (b"\x7fELF\0\0\1", "binary")])
def test_no_table(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    articles, (error,) = read(path)
    assert articles == []
    assert problem in error.problem


# --- Parquet ----------------------------------------------------------------------------------------------------------


def test_a_parquet_table(tmp_path: Path) -> None:
    rows = 1000
    path = write_parquet(
        tmp_path / "a.parquet",
        {
            "id": list(range(rows)),
            "text": [f"Xã họp lần {number}." for number in range(rows)],
            "published": [datetime(2024, 5, 6, 9, 15)] * rows,
            "pixels": [b"\0" * 100] * rows,
        },
    )
    articles, errors = read(path)
    assert errors == []
    assert [one.id for one in articles] == [str(number) for number in range(rows)]
    assert (articles[7].text, articles[7].published, articles[7].source) == (
        "Xã họp lần 7.",
        date(2024, 5, 6),
        f"{path}:8",
    )


def test_words_of_a_dictionary_are_text(tmp_path: Path) -> None:
    text = pyarrow.array(["Xã họp."] * 3).dictionary_encode()
    assert len(read(write_parquet(tmp_path / "a.parquet", {"text": text}))[0]) == 3


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), None])
def test_a_row_of_parquet_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
    from meetextract import settings

    monkeypatch.setattr(settings, "MAX_ARTICLE_BYTES", 10_000)
    text = ["Xã họp.", "a" * 20_000, *["Xã họp."] * 5000]
    column = pyarrow.array(text, kind) if kind else pyarrow.array(text).dictionary_encode()
    articles, (error,) = read(write_parquet(tmp_path / "a.parquet", {"text": column}))
    assert [one.id for one in articles] == ["a-1", *(f"a-{number}" for number in range(3, 5003))]
    assert (error.line, error.problem) == (2, "longer than 0 MB")


def test_numbers_as_ids(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", {"id": [7.0, 7.5, None, float("nan")], "text": ["Xã họp."] * 4})
    articles, errors = read(path)
    assert [one.id for one in articles] == ["7", "a-3"]
    assert [(error.line, error.problem) for error in errors] == [
        (2, "id is float, not text"),
        (4, "id is float, not text"),
    ]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"text": [1, 2]}, 'the column "text" is int64, not text'),
        ({"text": [b"x"]}, 'the column "text" is binary, not text'),
        ({"text": [["x"]]}, 'the column "text" is list'),
        ({"noi_dung": ["x"]}, 'no column "text" or "html"; there are: \'noi_dung\''),
        ({"text": pyarrow.array([], pyarrow.string())}, "the table has no rows"),
        ({"text": [None]}, '"text" is empty'),
        ({"text": ["x"], "published": [7]}, "published 7 is no date"),
        ({"text": ["x"], "title": [7]}, "title is int, not text"),
    ],
)
def test_parquet_with_other_columns(tmp_path: Path, columns: dict[str, Any], problem: str) -> None:
    articles, (error,) = read(write_parquet(tmp_path / "a.parquet", columns))
    assert articles == []
    assert error.problem.startswith(problem)


def test_parquet_that_is_none_or_was_cut(tmp_path: Path) -> None:
    whole = write_parquet(tmp_path / "a.parquet", {"text": ["Xã họp."] * 500}).read_bytes()
    for data in (b"", b"text\n", whole[: len(whole) // 2]):
        (tmp_path / "b.parquet").write_bytes(data)
        articles, (error,) = read(tmp_path / "b.parquet")
        assert articles == []
        assert error.problem.startswith("no readable Parquet (")


def test_the_extra_is_named_where_it_is_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    (tmp_path / "a.parquet").write_bytes(b"x")
    _, (error,) = read(tmp_path / "a.parquet")
    assert error.mend == "Install it: pip install 'meetextract[parquet]'"
