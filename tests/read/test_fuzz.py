"""Damaged and random files: each gives articles, or errors meant for users, soon, and twice the same.

`MEETEXTRACT_FUZZ=100 pytest tests/read/test_fuzz.py` tries 100 times as many as a run of all tests.
"""

import csv
import gzip
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow
import pyarrow.parquet
import pytest

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.compressed import zstd
from meetextract.read.files import read_articles

PAGES = Path(__file__).parent / "pages"
TIMES = int(os.environ.get("MEETEXTRACT_FUZZ", "1"))
SECONDS = 5.0  # of the process, for a file of some thousand bytes; they take a hundredth
LONGEST_MESSAGE = 2_000

NEWS = "Sáng 8/7/2024, UBND xã Tân Lập họp.\n\nChủ tịch UBND xã yêu cầu các thôn rà soát hồ sơ trước ngày 20/7.\n"
ROWS = [
    {"id": "a", "title": "Xã họp", "text": NEWS, "url": "https://xa.example/1", "published": "2024-07-08"},
    {"id": "b", "title": "", "text": 'Ông Bình nói: "Các thôn, xóm; phải làm ngay".', "url": "", "published": ""},
]


def table() -> bytes:
    lines = io.StringIO()
    rows = csv.DictWriter(lines, list(ROWS[0]))
    rows.writeheader()
    rows.writerows(ROWS)
    return lines.getvalue().encode()


def parquet() -> Iterator[bytes]:
    rows = [*ROWS, {**ROWS[0], "html": "<p>Xã họp.</p>", "published": None, "id": "c"}]
    for compression in ("none", "snappy"):
        file = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file, compression=compression)
        yield file.getvalue()


def warc(page: bytes) -> bytes:
    records = []
    for kind, block in (("warcinfo", b"software: test\r\n"), ("response", b"")):
        if kind == "response":
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
            block = head.encode() + page
        names = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://xa.example/1\r\n"
        names += f"WARC-Date: 2024-08-10T00:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
        records.append(names.encode() + block + b"\r\n\r\n")
    return b"".join(records)


TEXTS = [
    NEWS.encode(),
    NEWS.encode("utf-16"),
    NEWS.encode("cp1258", "replace"),
    NEWS.encode().decode("cp1252", "replace").encode(),
]
HTML = [path.read_bytes() for path in sorted(PAGES.glob("*.html")) if path.stat().st_size < 2_500]
JSONL = ["\n".join(json.dumps(row, ensure_ascii=escaped) for row in ROWS).encode() for escaped in (True, False)]
WARC = [warc((PAGES / "notice-lists.html").read_bytes())]
GOOD = {
    ".txt": TEXTS,
    ".html": HTML,
    ".jsonl": JSONL,
    ".csv": [table(), table().replace(b",", b";")],
    ".parquet": [*parquet()],
    ".warc": WARC,
    ".txt.gz": [gzip.compress(TEXTS[0]), gzip.compress(TEXTS[1]) * 2],
    ".jsonl.zst": [zstd.compress(JSONL[0]), zstd.compress(JSONL[1]) * 2],
    ".warc.gz": [gzip.compress(WARC[0])],
}
SIGNS = [b"\0", b"\n", b"\r\n\r\n", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xcc\x81", b"<meta charset=hex>"]
SIGNS += rb"""
" ' , { [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ } \u \ud83d null NaN -1 99999999999999999999999999999999999999
< <!-- <![CDATA[ </p> <table><tr> <div><div><div><div><div><div><div><div><div><div><div><div> &# &#x110000; &#xd800;
<?xml charset=utf-16 WARC/1.0 Content-Length: WARC-Type:response
""".split()


def damaged(good: list[bytes], dice: Random) -> bytes:
    """A good file with up to six mistakes in it, or bytes that are none at all."""
    if dice.random() < 0.1:
        return dice.randbytes(dice.randrange(300))
    data = dice.choice(good)
    for _ in range(dice.randrange(7)):
        start = dice.randrange(len(data) + 1)
        end = start + dice.choice([0, 1, 4, 40, 400])
        new = dice.choice([dice.choice(SIGNS), dice.randbytes(dice.randrange(5)), data[start:end] * 2])
        data = data[:start] + new + (data[end:] if dice.random() < 0.9 else b"")
    return data


def checked(found: list[Article | InputError]) -> list[object]:
    for one in found:
        if isinstance(one, Article):
            assert one.text.strip()
            one.text.encode()  # no halves of characters
            assert all(0 <= start < end <= len(one.text) for start, end in one.captions)
        else:
            assert str(one).endswith(".")
            assert str(one).isprintable(), one
            assert len(str(one)) < LONGEST_MESSAGE
    return [one if isinstance(one, Article) else str(one) for one in found]


def tried(path: Path, data: bytes) -> list[object]:
    path.write_bytes(data)
    begin = time.process_time()
    found = checked([*read_articles([path])])
    assert time.process_time() - begin < SECONDS
    assert checked([*read_articles([path])]) == found
    assert found or ".warc" in path.suffixes  # whose pictures are passed over
    return found


@pytest.mark.parametrize(
    ("suffix", "examples"),
    [
        (".txt", 200),
        (".html", 20),
        (".jsonl", 200),
        (".csv", 200),
        (".parquet", 100),
        (".warc", 20),
        (".txt.gz", 100),
        (".jsonl.zst", 100),
        (".warc.gz", 20),
    ],
)
def test_damaged_files(tmp_path: Path, suffix: str, examples: int) -> None:
    path = tmp_path / f"a{suffix}"
    assert any(isinstance(one, Article) for data in GOOD[suffix] for one in tried(path, data))
    for number in range(examples * TIMES):
        data = damaged(GOOD[suffix], Random(f"{suffix} {number}"))  # the number is enough to make it again
        try:
            tried(path, data)
        except Exception as error:
            error.add_note(f"input {number} of {suffix}: {data!r}")
            raise
