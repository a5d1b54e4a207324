"""The pages of a crawl."""

import base64
import gzip
import re
from datetime import date
from pathlib import Path
from random import Random

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


def found_in(path: Path, *parts: bytes) -> tuple[list[str], list[tuple[int | None, str]]]:
    path.write_bytes(b"".join(parts))
    articles, errors = read(path)
    assert all(error.path == path for error in errors)
    return [one.id for one in articles], [(error.line, error.problem) for error in errors]


def lying(one: bytes, length: int) -> bytes:
    """A record that says another length of itself."""
    return re.sub(rb"(?<=\nContent-Length: )\d+", str(length).encode(), one, count=1)


def test_a_record_that_breaks_off(tmp_path: Path) -> None:
    whole = CRAWL[1]
    there = len(whole) - 200 - (whole.index(b"\r\n\r\n") + 4)
    ids, errors = found_in(tmp_path / "crawl.warc", CRAWL[5], whole[:-200])
    assert ids == ["crawl-1"]
    assert errors == [(2, f"a broken record: it breaks off, {there} of {there + 196} bytes are there")]


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_last_record_without_the_lines_behind_it(tmp_path: Path, cut: int) -> None:
    assert found_in(tmp_path / "crawl.warc", CRAWL[1][:-cut]) == (["crawl-1"], [])


def test_a_broken_record_among_others(tmp_path: Path) -> None:
    junk = b"no record at all\r\n\r\n"
    ids, errors = found_in(tmp_path / "crawl.warc", CRAWL[1], junk, CRAWL[5], junk, CRAWL[0])
    assert ids == ["crawl-1", "crawl-2"]
    assert errors == [(None, "32 bytes between the records belong to none")]


@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("length", [10, 20_000, 40_000, 10**9])
def test_a_length_that_lies_costs_only_its_record(tmp_path: Path, length: int, suffix: str) -> None:
    parts = [CRAWL[5], lying(CRAWL[1], length), CRAWL[5], CRAWL[0], CRAWL[1]]
    if suffix:
        parts = [*map(gzip.compress, parts)]
    ids, ((number, problem),) = found_in(tmp_path / f"crawl.warc{suffix}", *parts)
    assert (ids, number) == (["crawl-1", "crawl-3", "crawl-5"], 2)
    assert problem.startswith("a broken record: it ")
    assert str(length) in problem


@pytest.mark.parametrize("length", ["", "-7", "x", "9" * 30])
def test_a_length_that_is_none(tmp_path: Path, length: str) -> None:
    broken = CRAWL[1].replace(b"\r\nContent-Length: ", f"\r\nContent-Length: {length}\r\nX: ".encode(), 1)
    ids, errors = found_in(tmp_path / "crawl.warc", broken, CRAWL[5])
    assert ids == ["crawl-2"]
    assert errors == [(1, "a broken record: it does not say how long it is")]


def test_broken_http(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    broken = response("https://quan.example/3", b"not gzip", "text/html", "200 OK", "Content-Encoding: gzip")
    path.write_bytes(broken + CRAWL[1])
    articles, errors = read(path)
    assert [one.id for one in articles] == ["crawl-2"]
    assert [error.line for error in errors] == [1]


@pytest.mark.parametrize("place", [0, 12, 40, -8])  # the head of a member, its data, its checksum
def test_a_gzip_member_that_is_damaged(tmp_path: Path, place: int) -> None:
    good = gzip.compress(CRAWL[1])
    damaged = bytearray(good)
    damaged[place] ^= 0xFF
    ids, ((number, problem),) = found_in(tmp_path / "crawl.warc.gz", good, damaged, good, gzip.compress(CRAWL[5]))
    assert (ids, number) == (["crawl-1", "crawl-3", "crawl-4"], 2)
    assert problem.startswith("the compressed data are damaged (")
    assert problem.endswith(f"); bytes {len(good)} to {2 * len(good)} of the file are left out")


def test_a_long_gzip_member_that_is_damaged(tmp_path: Path) -> None:
    noise = base64.b64encode(Random(1).randbytes(600_000))
    long = gzip.compress(response("https://quan.example/9", PAGE.replace(b"</body>", b"<!--" + noise + b"--></body>")))
    good = gzip.compress(CRAWL[1])
    path = tmp_path / "crawl.warc.gz"
    assert found_in(path, good, long, good) == (["crawl-1", "crawl-2", "crawl-3"], [])
    for place in (1000, len(long) // 2, len(long) - 8):
        damaged = long[:place] + bytes([long[place] ^ 0xFF]) + long[place + 1 :]
        ids, errors = found_in(path, good, damaged, b"\0" * 300_000, good)
        assert (ids, [number for number, _ in errors]) == (["crawl-1", "crawl-3"], [2])
    for parts in ((good, long[:-5000], good), (good, long[:300_000], good)):
        ids, errors = found_in(path, *parts)
        assert (ids, [number for number, _ in errors]) == (["crawl-1", "crawl-3"], [2])


def test_gzip_that_breaks_off(tmp_path: Path) -> None:
    good = gzip.compress(CRAWL[1])
    path = tmp_path / "crawl.warc.gz"
    assert found_in(path, good, good[:-100]) == (["crawl-1"], [(2, "the compressed data break off")])
    ids, ((number, problem),) = found_in(path, good, b"no gzip at all")
    assert (ids, number) == (["crawl-1"], 2)
    assert problem.endswith(f"; nothing behind byte {len(good)} of the file is read")


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
