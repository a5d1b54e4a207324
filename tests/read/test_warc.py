"""The pages of a crawl."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.read import pages
from meetextract.read.article import Article
from meetextract.read.files import read_articles

PAGES = Path(__file__).parent / "pages"
PAGE = (PAGES / "notice-lists.html").read_bytes()


def response(
    url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str
) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    block = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    return record("response", url, block, "application/http; msgtype=response")


def record(kind: str, url: str, block: bytes, content: str = "application/warc-fields") -> bytes:
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-08-10T00:00:00Z",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash((url, kind))) % 10**12:012}>",
        f"Content-Type: {content}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


CRAWL = [
    record("warcinfo", "crawl", b"software: test\r\n"),
    response("https://quan.example/1", PAGE),
    record("request", "https://quan.example/2", b"GET /2 HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    response("https://quan.example/logo.png", b"\x89PNG\0", "image/png"),
    response("https://quan.example/none", PAGE, "text/html", "404 Not Found"),
    response("https://quan.example/2", gzip.compress(PAGE), "text/html", "200 OK", "Content-Encoding: gzip"),
    response("https://quan.example/tin", (PAGES / "category.html").read_bytes()),
]


def read(path: Path) -> tuple[list[Article], list[InputError]]:
    found = list(read_articles([path], published=date(2024, 1, 1)))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, InputError)]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_crawl(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    path.write_bytes(b"".join(map(gzip.compress, CRAWL)) if suffix else b"".join(CRAWL))
    (first, second), (error,) = read(path)
    assert (first.id, first.url, first.source) == ("crawl-2", "https://quan.example/1", f"{path}:2")
    assert (second.id, second.url) == ("crawl-6", "https://quan.example/2")
    assert first.text == second.text
    assert first.title == "Kết luận của Chủ tịch UBND quận tại giao ban tuần 32"
    assert (error.line, error.problem.split(",")[0]) == (7, "no article on this page")


def test_a_record_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(CRAWL[1] + CRAWL[5][:300])
    (first,), errors = read(path)
    assert first.id == "crawl-1"
    assert len(errors) == 1


def test_a_broken_record_among_others(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(CRAWL[1] + b"no record at all\r\n\r\n" + CRAWL[5])
    articles, errors = read(path)
    assert articles[0].id == "crawl-1"
    assert len(articles) + len(errors) >= 2


def test_broken_http(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    broken = response("https://quan.example/3", b"not gzip", "text/html", "200 OK", "Content-Encoding: gzip")
    path.write_bytes(broken + CRAWL[1])
    articles, errors = read(path)
    assert [one.id for one in articles] == ["crawl-2"]
    assert [error.line for error in errors] == [1]


def test_a_gzip_member_that_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    good = gzip.compress(CRAWL[1])
    path.write_bytes(good + good[:40] + b"\xff" * 40 + good[80:])
    articles, errors = read(path)
    assert [one.id for one in articles] == ["crawl-1"]
    assert len(errors) == 1
    assert str(errors[0]).startswith(str(path))


@pytest.mark.parametrize("data", [b"", b"<html>", b"WARC/1.0\r\n"])
def test_no_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    articles, errors = read(path)
    assert articles == []
    assert len(errors) == 1


def test_a_page_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from meetextract.read import warc

    for module in (pages, warc):
        monkeypatch.setattr(module, "MAX_PAGE_BYTES", 2000)
    path = tmp_path / "crawl.warc"
    path.write_bytes(CRAWL[1] + CRAWL[5])
    articles, errors = read(path)
    assert articles == []
    assert ["longer than" in error.problem for error in errors] == [True, True]


def test_what_is_quoted_of_a_broken_record_is_one_short_line(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    block = b"\x07" + b"no answer " * 1000 + b"\r\n"
    path.write_bytes(record("response", "https://quan.example/3", block))
    _, (error,) = read(path)
    assert "no answer of a web server" in error.problem
    assert error.problem.isprintable()
    assert len(error.problem) < 1_100
