"""Compressed files are read as a stream, and what is wrong with them is said."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.read import compressed
from meetextract.read.article import Article
from meetextract.read.compressed import unpacked_suffix
from meetextract.read.files import read_articles

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = "".join(json.dumps({"id": f"n{number}", "text": f"Xã họp lần {number}."}) + "\n" for number in range(2000))
PACK = {".gz": gzip.compress, ".zst": zstd.compress}


def read(path: Path) -> tuple[list[str], list[str]]:
    found = list(read_articles([path]))
    return (
        [one.id for one in found if isinstance(one, Article)],
        [f"{one.problem}. {one.mend}" for one in found if isinstance(one, InputError)],
    )


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_feeds_and_texts(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"feed.jsonl{suffix}").write_bytes(PACK[suffix](LINES.encode()))
    (tmp_path / f"họp.txt{suffix}").write_bytes(PACK[suffix](b"Xa hop."))
    ids, problems = read(tmp_path)
    assert ids == [*(f"n{number}" for number in range(2000)), "họp"]
    assert problems == []


def test_one_file_of_several_parts(tmp_path: Path) -> None:
    first, second = LINES.encode()[:5000], LINES.encode()[5000:]
    for suffix, pack in PACK.items():
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_bytes(pack(first) + pack(second))
        assert len(read(path)[0]) == 2000


@pytest.mark.parametrize("suffix", PACK)
def test_data_that_break_off(tmp_path: Path, suffix: str) -> None:
    # Numbers that do not compress, so that half of the file is about half of the lines.
    noise = "".join(
        json.dumps({"id": f"n{number}", "text": f"Xã họp {hash((number, 7)) & 0xFFFFFFFFFFFF}"}) + "\n"
        for number in range(60_000)
    )
    packed = PACK[suffix](noise.encode())
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(packed[: len(packed) // 2])
    ids, problems = read(path)
    assert 10_000 < len(ids) < 50_000
    assert ids[:2] == ["n0", "n1"]
    assert problems == ["the compressed data break off. Fetch the file again; what came before is read"]


@pytest.mark.parametrize("suffix", PACK)
def test_data_that_are_none(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(LINES.encode())
    ids, problems = read(path)
    assert ids == []
    assert problems[0].startswith("the compressed data are damaged (")


@pytest.mark.parametrize("suffix", PACK)
def test_a_bomb_is_refused(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "MAX_UNPACKED_UNSEEN", 1_000_000)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](b" \n" * 10_000_000))
    ids, problems = read(path)
    assert ids == []
    assert problems == ["it unpacks to more than 200 times its size: no news does. Unpack it yourself if you trust it"]


def test_endings() -> None:
    assert unpacked_suffix(Path("a/tin.html.GZ")) == (".html", "tin")
    assert unpacked_suffix(Path("tin.v2.jsonl")) == (".jsonl", "tin.v2")
