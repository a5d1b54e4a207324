"""Reading files and folders: every good article comes, every bad one says why it does not."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from meetextract import settings
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import count_articles, read_articles, read_unread_articles
from meetextract.read.pages import UnreadPage


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def errors(*paths: Path) -> list[InputError]:
    return [found for found in read_articles(paths) if isinstance(found, InputError)]


def articles(*paths: Path) -> list[Article]:
    return [found for found in read_articles(paths) if isinstance(found, Article)]


def test_a_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "hop-phuong.txt", b"\xef\xbb\xbfPh\xc6\xb0\xe1\xbb\x9dng h\xe1\xbb\x8dp.\r\n")
    assert articles(path) == [Article("hop-phuong", "Phường họp.\r\n", source=str(path))]


def test_lines_of_json(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "Quận họp.", "url": "https://quan.example", "title": "Họp", "published": "2024-05-06"},
        {"text": "Xã họp."},
        {"id": 7, "text": "Huyện họp.", "published": None},
    ]
    path = write(tmp_path / "bai.jsonl", "\ufeff" + "\n\n".join(json.dumps(line) for line in lines))
    first, second, third = articles(path)
    assert (first.id, first.published, first.title, first.source) == ("a", date(2024, 5, 6), "Họp", f"{path}:1")
    assert (second.id, second.source) == ("bai-3", f"{path}:3")
    assert (third.id, third.published) == ("7", None)


def test_a_date_for_articles_without_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "Một.", "published": "2023-01-02"}\n{"text": "Hai."}\n')
    dates = [
        found.published for found in read_articles([path], published=date(2024, 5, 6)) if isinstance(found, Article)
    ]
    assert dates == [date(2023, 1, 2), date(2024, 5, 6)]


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "c/d.TXT", "a.pdf", ".hidden.txt"):
        write(tmp_path / name, '{"text": "Họp."}' if "json" in name else "Họp.")
    assert [one.id for one in articles(tmp_path)] == ["a-1", "b", "c/d"]


@pytest.mark.parametrize(
    ("name", "content", "line", "problem"),
    [
        ("a.txt", b"", None, "empty"),
        ("a.txt", b" \n\r\n", None, "empty"),
        ("a.txt", b"PK\x03\x04\x00\x00", None, "binary"),
        ("a.jsonl", b"", None, "empty"),
        ("a.jsonl", b"{'text': 1}", 1, "no JSON"),
        ("a.jsonl", b'{"text": "a"', 1, "no JSON"),
        ("a.jsonl", b"[" * 100_000, 1, "JSON"),
        ("a.jsonl", b'["text"]', 1, "not a JSON object"),
        ("a.jsonl", b'{"id": "x"}', 1, "without text"),
        ("a.jsonl", b'{"text": ["a"]}', 1, "list, not text"),
        ("a.jsonl", b'{"text": "  "}', 1, "empty"),
        ("a.jsonl", b'{"text": "a", "id": [1]}', 1, "id is list"),
        ("a.jsonl", b'{"text": "a", "title": 5}', 1, "title is int"),
        ("a.jsonl", b'{"text": "a", "published": "31/6/2024"}', 1, "is no date"),
        ("a.jsonl", b'{"text": "\\ud83d"}', 1, "half a character"),
        ("a.jsonl", b'{"text": "\xff"}', 1, "not UTF-8"),
        ("a.jsonl", b'{"text": "a\x00"}', 1, "binary"),
        ("a.jsonl", "{}".encode("utf-16"), 1, "UTF-16"),
        ("a.csv", b"\xef\xbb\xbf", None, "empty"),
        ("a.csv", b"\xff\xfe", None, "empty"),
        ("a.csv", b"id,text\n,\n", None, "no rows"),
        ("a.parquet", b"PAR1\x0e\x0b" + b"\x06\x00\x00\x00PAR1", None, "no readable Parquet"),
        ("a.pdf", b"text", None, "no kind of file"),
        ("a.parquet.gz", b"text", None, "no kind of file"),
    ],
)
def test_bad_input(tmp_path: Path, name: str, content: bytes, line: int | None, problem: str) -> None:
    path = write(tmp_path / name, content)
    (error,) = read_articles([path])
    assert isinstance(error, InputError)
    assert (error.path, error.line) == (path, line)
    assert problem in error.problem
    assert str(error).startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert error.mend in str(error) and str(error).endswith(".")


def test_the_other_lines_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "Một."}\nsai\n{"text": "Hai."}\n')
    assert [one.text for one in articles(path)] == ["Một.", "Hai."]
    assert [error.line for error in errors(path)] == [2]


def test_an_id_used_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "x", "text": "Một."}\n{"id": "x", "text": "Hai."}\n')
    (error,) = errors(path)
    assert error.line == 2
    assert f"{path}:1" in error.problem
    assert [one.text for one in articles(path)] == ["Một."]


def test_no_such_file_and_no_articles(tmp_path: Path) -> None:
    missing, empty = errors(tmp_path / "fehlt.txt", tmp_path)
    assert "no such file" in missing.problem
    assert "no articles" in empty.problem


def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(path)  # unreadable for root too, unlike a file without permissions
    assert "cannot be read" in errors(path)[0].problem


def test_a_line_too_long_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_ARTICLE_BYTES", 100)
    long = json.dumps({"text": "a" * 1000})
    path = write(tmp_path / "a.jsonl", f'{{"text": "Một."}}\n{long}\n{{"text": "Hai."}}\n')
    assert [one.text for one in articles(path)] == ["Một.", "Hai."]
    assert [(error.line, "longer" in error.problem) for error in errors(path)] == [(2, True)]
    assert "longer" in errors(write(tmp_path / "b.txt", "a" * 101))[0].problem


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "Một."}\n' * 3)
    reading = read_articles([path, tmp_path / "khong-co.txt"])
    assert isinstance(next(reading), Article)


def test_pages_in_feeds_are_left_to_those_who_extract_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "a", "html": "<p>x</p>", "title": "Tin", "published": "2024-05-07", "url": "https://xa.example/1"}
    (tmp_path / "feed.jsonl").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setattr("meetextract.read.pages.read_page", None)
    [page] = read_unread_articles([tmp_path / "feed.jsonl"])
    assert isinstance(page, UnreadPage)
    assert (page.data, page.title, page.dated, page.url) == (
        "<p>x</p>", "Tin", date(2024, 5, 7), "https://xa.example/1",
    )  # fmt: skip


def test_a_page_whose_name_is_no_text_has_an_id_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff.html")
    path.write_text("<p>x</p>", encoding="utf-8")
    page, again = read_unread_articles([path, path])
    assert isinstance(page, UnreadPage)
    assert isinstance(again, InputError)
    assert "was used before" in again.problem


def test_lines_are_counted_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetextract.read.files._CHUNK", 7)
    for content, count in (("", 0), ("{}", 1), ("{}\n", 1), ("a" * 100 + "\n" + "b" * 100, 2)):
        assert count_articles([write(tmp_path / "a.jsonl", content)]) == count


def test_feeds_and_archives_of_one_name_in_subfolders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / "sub" / name / "feed.jsonl", '{"text": "Một."}\n')
        write(tmp_path / "sub" / name / "x.csv", "text\nMột.\n")
        write(tmp_path / f"{name}.txt", "Một.")
    ids = [one.id for one in articles(tmp_path)]
    assert ids == ["a", "b", "sub/a/feed-1", "sub/a/x-2", "sub/b/feed-1", "sub/b/x-2"]
    assert [one.id for one in articles(tmp_path / "sub" / "a" / "feed.jsonl")] == ["feed-1"]
