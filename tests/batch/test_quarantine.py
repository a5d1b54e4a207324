"""What failed can be tried again as it came."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from meetextract.batch.folder import LocalFolder
from meetextract.batch.job import Extractable, Job, Task, failed, run_task
from meetextract.batch.ledger import Outcome
from meetextract.batch.shards import cut
from meetextract.batch.summary import QUARANTINE, UNREADABLE, write_quarantine
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import read_articles
from meetextract.read.pages import UnreadPage, read_unread

TEXT = "Sáng 8/7, UBND xã Tân Lập họp về tiến độ giải ngân vốn đầu tư công, các phòng báo cáo kết quả. "
PAGE = f"<html><head><title>Họp xã</title></head><body><article><p>{TEXT * 5}</p></article></body></html>"
DAY = date(2024, 7, 8)

ITEMS: list[Extractable] = [
    Article("a", TEXT, DAY, "Họp xã", "https://xa.example/a"),
    UnreadPage(PAGE, "feed.jsonl", 7, "b", None, url="https://xa.example/b", dated=DAY, title="Tin xã"),
    UnreadPage(PAGE.encode("utf-16"), "wide.html", None, "c", None),
    UnreadPage(PAGE.replace("ạ", "a").encode("cp1258", "ignore"), "d.warc", 7, "d", None, charset="windows-1258"),
]
MISSING = InputError("gone.txt", None, "there is no such file", "Check the path")
BINARY = UnreadPage(b"\0\0\1\0" * 9, "binary.html", None, "e", None)


def fail(item: Extractable, digest: str) -> Outcome:
    return failed(item, digest, "it took too long", 1.0)


@pytest.fixture
def folder(tmp_path: Path) -> LocalFolder:
    folder = LocalFolder(tmp_path)
    job = Job(folder, "patterns", with_text=False)
    (shard,) = cut([*ITEMS, MISSING, BINARY], 10**9)
    run_task(Task(shard, "", "000000-0123456789abcdef.jsonl"), job, fail)
    write_quarantine(folder, ["000000-0123456789abcdef.jsonl"])
    return folder


def test_what_failed_is_read_again_as_it_was(folder: LocalFolder, tmp_path: Path) -> None:
    once = [read_unread(item) if isinstance(item, UnreadPage) else item for item in ITEMS]
    again = list(read_articles([tmp_path / QUARANTINE]))
    assert all(isinstance(each, Article) for each in once)
    assert [replace(each, source=None, repairs=()) for each in again if isinstance(each, Article)] == [
        replace(each, source=None, repairs=()) for each in once if isinstance(each, Article)
    ]


def test_what_has_no_text_is_no_part_of_the_feed(folder: LocalFolder) -> None:
    rows = [json.loads(line) for line in (folder.read(UNREADABLE) or b"").splitlines()]
    assert [(row["id"], row["source"], row["reason"]) for row in rows] == [
        ("gone.txt", "gone.txt", "gone.txt: there is no such file. Check the path."),
        ("e", "binary.html", "it took too long"),
    ]
    write_quarantine(folder, [])
    assert (folder.read(QUARANTINE), folder.read(UNREADABLE)) == (None, None)
