"""Folders: in order, whatever is in them."""

import os
import time
from pathlib import Path

from meetextract.errors import InputError
from meetextract.read.folders import Found, files_of


def names(folder: Path) -> list[str]:
    return [str(each.path.relative_to(folder)) for each in files_of(folder) if isinstance(each, Found)]


def test_all_kinds_in_the_order_of_their_names(tmp_path: Path) -> None:
    wanted = ["a.txt", "b/a.html", "b/c/d.warc.gz", "b/e.parquet", "c.csv.zst", "d.HTM", "e.jsonl"]
    for name in (*wanted, "b/x.pdf", ".git/a.txt", "f.parquet.gz", "g.gz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == wanted


def test_links_that_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").touch()
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "b" / "self.txt").symlink_to("self.txt")
    (tmp_path / "z.txt").symlink_to(tmp_path / "b" / "a.txt")
    found = list(files_of(tmp_path))
    (error,) = [each for each in found if isinstance(each, InputError)]
    assert error.path == tmp_path / "b" / "up"
    assert "not followed" in error.problem
    assert names(tmp_path) == ["b/a.txt", "b/self.txt", "z.txt"]


def test_a_hundred_thousand_files(tmp_path: Path) -> None:
    for number in range(100_000):
        os.close(os.open(tmp_path / f"{number:06}.txt", os.O_CREAT | os.O_WRONLY))
    begin = time.perf_counter()
    found = [each.path.name for each in files_of(tmp_path) if isinstance(each, Found)]
    assert found == sorted(found)
    assert len(found) == 100_000
    assert time.perf_counter() - begin < 60


def test_names_that_articles_are_called_by(tmp_path: Path) -> None:
    wanted = {
        "a.jsonl": "a",
        "a.txt": "a",  # a-1 and a are two
        "crawl.csv": "crawl.csv",
        "crawl.warc.gz": "crawl.warc.gz",
        "sub/a/feed.jsonl": "sub/a/feed",
        "sub/b/feed.jsonl": "sub/b/feed",
        "sub/b/x.html": "sub/b/x",
        "x.HTM": "x.HTM",
        "x.txt": "x.txt",
        "y.pdf": None,
        "y.txt": "y",
    }
    for name in wanted:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {str(each.path.relative_to(tmp_path)): each.name for each in files_of(tmp_path) if isinstance(each, Found)}
    assert found == {path: name for path, name in wanted.items() if name}
    assert [*files_of(tmp_path / "x.txt")] == [Found(tmp_path / "x.txt", "x")]
