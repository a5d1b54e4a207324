"""Folders of this machine and behind URLs are the same to a run."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meetextract.batch.earlier import Earlier
from meetextract.batch.folder import Folder, LocalFolder, remove_unfinished
from meetextract.batch.job import Job
from meetextract.batch.ledger import Header, Outcome, Row, part_name, part_names, write_part
from meetextract.batch.remote import UrlFolder

MEMORY = "memory" + "://"


@pytest.fixture(params=["path", "url"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    if request.param == "path":
        return LocalFolder(tmp_path / "out")
    return UrlFolder(f"{MEMORY}{tmp_path.name}-{random.random()}/out")


def test_files(folder: Folder) -> None:
    assert folder.sizes("") == folder.sizes("in/a") == {}
    assert folder.read("in/a1") is None
    folder.remove("in/a1")
    folder.write("in/a1", [b"1", b"23"])
    folder.write("in/a1", [b"4", b"5"])
    folder.write("in/b", [b""])
    folder.write("a", [b"0"])
    assert folder.sizes("in/") == {"in/a1": 2, "in/b": 0}
    assert folder.sizes("in/a") == {"in/a1": 2}
    assert folder.sizes("a") == {"a": 1}
    folder.rename("in/a1", "in/a2")
    assert folder.read("in/a2") == b"45"
    folder.remove("in/b")
    assert [*folder.read_all(["in/a2", "in/a1", *["a"] * 250, "in/b"])] == [b"45", None, *[b"0"] * 250, None]


def test_what_others_call_parts_is_none_of_ours(folder: Folder) -> None:
    ours = part_name(12, "0123456789abcdef")
    others = ("part-00000-c000.jsonl", "part-r-00000.jsonl", ".part-00000-c000.jsonl.crc", "ledger/part-1.jsonl")
    for name in (*others, f"part-{ours}"):
        folder.write(name, [b"0"])
    assert part_names(folder) == {ours}


def test_what_was_being_written_when_a_run_was_killed_is_removed(folder: Folder) -> None:
    others = {".part-00000-c000.jsonl.crc", ".all.jsonl.2024", "all.jsonl.1.unfinished", ".unfinished"}
    for name in (*others, ".all.jsonl.17.unfinished", ".b.jsonl.17.unfinished", "ledger/.part-1.jsonl.17.unfinished"):
        folder.write(name, [b"0"])
    remove_unfinished(folder, name="all.jsonl")
    assert folder.sizes("").keys() == {*others, ".b.jsonl.17.unfinished"}
    Earlier(Job(folder, "patterns", with_text=False))
    assert folder.sizes("").keys() == others
    assert not folder.sizes("ledger/")


def test_a_file_is_written_under_a_name_by_which_it_can_be_removed(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path)

    def killed() -> Iterator[bytes]:
        yield b"0"
        raise KeyboardInterrupt  # no `OSError`, after which it is removed at once

    with pytest.raises(KeyboardInterrupt):
        folder.write("all.jsonl", killed())
    assert len(folder.sizes(".all.jsonl.")) == 1
    remove_unfinished(folder, name="all.jsonl")
    assert not folder.sizes("")


def test_parts_behind_a_url_are_listed_not_asked_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = UrlFolder(f"{MEMORY}{random.random()}/out")
    job = Job(folder, "patterns", with_text=False)
    for number in range(300):
        outcome = Outcome(Row(f"a{number}", f"{number}", "empty", 0.1), "{}")
        header = Header(f"{number:016x}", job.made_by, 3, 0, 1, 0, 0, 0.1, job.version, job.pattern_set)
        write_part(folder, part_name(number, header.key), header, [outcome], b"{}\n")
    calls = 0

    def counted(function: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            return function(*arguments, **options)

        return call

    for name in ("ls", "info", "cat", "size", "exists"):
        monkeypatch.setattr(folder._files, name, counted(getattr(folder._files, name)))
    earlier = Earlier(job)
    assert calls < 15
    assert all(earlier.take(part_name(number, f"{number:016x}"), "") for number in range(300))
