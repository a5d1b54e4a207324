"""Runs on worker processes: whatever is done to them, the records are those of a run that nothing is done to."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetextract.sinks.jsonl import read_records

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Feed = Callable[..., None]

SMALL = ("--shard", "8")


def parts(folder: Path) -> bytes:
    """The records of a folder, in their order."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


def summary(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return told


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_the_number_of_workers_is_not_seen_in_the_records(run: Run, undisturbed: bytes, tmp_path: Path) -> None:
    for workers, shard in (("1", "8"), ("3", "8"), ("2", "50")):
        done = run("feed.jsonl", "--output", f"by-{workers}/", "--workers", workers, "--shard", shard)
        assert (done.returncode, last_line(done.stderr)) == (0, "read 120, extracted 0, empty 120, failed 0")
        assert parts(tmp_path / f"by-{workers}") == undisturbed
    assert run("feed.jsonl", "--output", "one.jsonl", "--workers", "2", *SMALL).returncode == 0
    assert (tmp_path / "one.jsonl").read_bytes() == undisturbed
    assert not (tmp_path / "one.jsonl.parts").exists()


def test_what_is_done_is_not_done_again(run: Run, undisturbed: bytes, tmp_path: Path) -> None:
    made: dict[str, int] = {}
    for time_ in ("first", "second"):
        done = run("feed.jsonl", "--output", "out", "--resume", *SMALL)
        assert done.returncode == 0
        made[time_] = 120 - summary(tmp_path / "out")["reused"]
        assert parts(tmp_path / "out") == undisturbed
    assert made == {"first": 120, "second": 0}
    assert "120 records were made by an earlier run" in done.stderr
    for option in ("--resume", "--overwrite"):
        done = run("gone.jsonl", "--output", "out", option, *SMALL)
        assert done.returncode == 1
        assert "parts of an earlier run were left, as no record was made" in done.stderr
        assert parts(tmp_path / "out") == undisturbed


def test_articles_that_come_between_cost_only_their_neighbours(
    run: Run, feed: Feed, undisturbed: bytes, tmp_path: Path
) -> None:
    feed("a.jsonl", 30)
    feed("m.jsonl", 10)
    assert run("a.jsonl", "feed.jsonl", "--output", "out", *SMALL).returncode == 0
    assert run("a.jsonl", "m.jsonl", "feed.jsonl", "--output", "out", *SMALL, "--resume").returncode == 0
    assert summary(tmp_path / "out")["reused"] >= 140
    assert run("a.jsonl", "m.jsonl", "feed.jsonl", "--output", "all.jsonl").returncode == 0
    assert parts(tmp_path / "out") == (tmp_path / "all.jsonl").read_bytes()
    assert run("feed.jsonl", "--output", "out", *SMALL, "--resume").returncode == 0
    assert parts(tmp_path / "out") == undisturbed


def test_what_would_be_another_record_is_made_again(run: Run, feed: Feed, undisturbed: bytes, tmp_path: Path) -> None:
    again = ("feed.jsonl", "--output", "out", *SMALL, "--resume")
    assert run(*again).returncode == 0
    feed(texts={17: "Bài khác."})
    assert run(*again, "--with-text").returncode == 0
    assert summary(tmp_path / "out")["reused"] == 0
    assert run(*again).returncode == 0
    assert summary(tmp_path / "out")["reused"] == 0
    feed()
    assert run(*again).returncode == 0
    assert summary(tmp_path / "out")["reused"] == 119
    assert parts(tmp_path / "out") == undisturbed
    file = tmp_path / "patterns" / "a.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Tỷ lệ", "Phần trăm"), encoding="utf-8")
    assert run(*again).returncode == 0
    told = summary(tmp_path / "out")
    assert told["reused"] == 0
    patterns = {json.loads(line)["pattern_set"] for line in parts(tmp_path / "out").splitlines()}
    assert patterns == {told["pattern_set"]}
    assert len(parts(tmp_path / "out").splitlines()) == 120


def test_an_article_that_ends_its_worker_costs_only_itself(
    run: Run, feed: Feed, undisturbed: bytes, tmp_path: Path
) -> None:
    bad = {30: "KILL", 50: "ONCE", 70: "FAIL", 90: "SLEEP", 110: "HOG"}
    feed(texts=bad)
    limits = ("--seconds", "4", "--memory", "400")
    done = run("feed.jsonl", "--output", "out", "--workers", "2", *SMALL, *limits)
    assert done.returncode == 1
    assert last_line(done.stderr) == "read 120, extracted 0, empty 116, failed 4"
    kept = [line for at, line in enumerate(undisturbed.splitlines(keepends=True)) if at not in {30, 70, 90, 110}]
    assert parts(tmp_path / "out") == b"".join(kept)
    lines = (tmp_path / "out" / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    quarantine = {each["id"]: each for each in map(json.loads, lines)}
    assert {name: each["text"] for name, each in quarantine.items()} == {
        f"feed{at}": bad[at] for at in (30, 70, 90, 110)
    }
    for at, reason in (
        (30, "ended its worker process twice (killed by SIGKILL)"),
        (70, "ZeroDivisionError: by a mistake in the program"),
        (90, "took longer than 4 seconds"),
        (110, "needs more than 400 MB of memory"),
    ):
        assert f"feed.jsonl:{at + 1}: article 'feed{at}'" in quarantine[f"feed{at}"]["reason"]
        assert reason in quarantine[f"feed{at}"]["reason"]
        assert quarantine[f"feed{at}"]["reason"] in done.stderr
    feed()  # mended
    assert run("feed.jsonl", "--output", "out", *SMALL, "--resume").returncode == 0
    assert parts(tmp_path / "out") == undisturbed
    assert summary(tmp_path / "out")["reused"] == 115  # 50 was mended, too
    assert not (tmp_path / "out" / "quarantine.jsonl").exists()


def test_what_failed_is_tried_again_and_what_cannot_be_read_is_told_again(
    run: Run, feed: Feed, undisturbed: bytes, tmp_path: Path
) -> None:
    feed(texts={30: "FAIL", 60: " "})
    for reused in (0, 118):
        done = run("feed.jsonl", "--output", "out.jsonl", "--resume", *SMALL)
        assert done.returncode == 1
        assert last_line(done.stderr) == "read 120, extracted 0, empty 118, failed 2"
        assert 'feed.jsonl:61: "text" is empty.' in done.stderr
        assert summary(tmp_path / "out.jsonl.parts")["reused"] == reused
    assert [record.id for record in read_records(tmp_path / "out.jsonl")] == [
        f"feed{at}" for at in range(120) if at not in {30, 60}
    ]


def test_one_process_goes_on_behind_an_article_that_memory_does_not_hold(run: Run, feed: Feed, tmp_path: Path) -> None:
    feed(articles=3, texts={1: "NO ROOM"})
    done = run("feed.jsonl", "--output", "out.jsonl")
    assert done.returncode == 1
    assert "feed.jsonl:2: article 'feed1' failed: MemoryError" in done.stderr
    assert [record.id for record in read_records(tmp_path / "out.jsonl")] == ["feed0", "feed2"]


def kill(process: "subprocess.Popen[str]", wanted: str, number: signal.Signals) -> None:
    """Send a signal to the parent, to one of its workers or to all."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    if wanted == "group":
        os.killpg(process.pid, number)
    elif wanted == "parent":
        process.send_signal(number)
    elif children:
        os.kill(int(children[-1]), number)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    start: Start, run: Run, undisturbed: bytes, tmp_path: Path, workers: str
) -> None:
    chance = random.Random(workers)
    seen = dict.fromkeys(("parent", "worker", "group"), 0)
    whole = {json.loads(line)["id"] for line in undisturbed.splitlines()}
    for wanted in ("parent", "group", "parent", "group", "worker"):  # what only loses a worker goes on to its end
        with start("feed.jsonl", "--output", "out", "--workers", "2", *SMALL, "--resume",
                   SECONDS_AN_ARTICLE="0.2") as process:  # fmt: skip
            for _ in range(chance.choice((1, 3))):
                time.sleep(chance.uniform(0.8, 1.6))
                if process.poll() is None:
                    kill(process, wanted, signal.SIGKILL)
                    seen[wanted] += 1
            if wanted != "worker":
                process.kill()
            process.communicate(timeout=60)
        found = [json.loads(line)["id"] for line in parts(tmp_path / "out").splitlines()]
        assert len(found) == len(set(found))
        assert set(found) <= whole
    assert min(seen.values()) > 0
    assert run("feed.jsonl", "--output", "out", "--workers", workers, *SMALL, "--resume").returncode == 0
    assert parts(tmp_path / "out") == undisturbed
    assert not list((tmp_path / "out").rglob(".part-*"))


def test_workers_end_with_their_parent(start: Start, feed: Feed, tmp_path: Path) -> None:
    feed()
    with start("feed.jsonl", "--output", "out", "--workers", "2", *SMALL, SECONDS_AN_ARTICLE="5") as process:
        board = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while len(children := board.read_text(encoding="ascii").split()) < 3:  # two, and the tracker of semaphores
            time.sleep(0.05)
        time.sleep(1.5)  # until they are at work
        process.kill()
        process.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}/cmdline").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_what_can_be_gone_on_with(
    start: Start, run: Run, undisturbed: bytes, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with start("feed.jsonl", "--output", "out.jsonl", "--workers", "2", *SMALL, SECONDS_AN_ARTICLE="0.05") as process:
        while not [*(tmp_path / "out.jsonl.parts").glob("part-*")]:
            time.sleep(0.02)
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == code
    assert errors.splitlines()[-2] == "stopped; go on with --resume (out.jsonl.parts)"
    assert "Traceback" not in errors
    assert not (tmp_path / "out.jsonl").exists()
    assert not summary(tmp_path / "out.jsonl.parts")["is_complete"]
    (tmp_path / ".out.jsonl.17.unfinished").touch()
    refused = run("feed.jsonl", "--output", "out.jsonl", "--workers", "2")
    assert refused.returncode == 2
    assert "holds parts of an earlier run" in refused.stderr
    assert run("feed.jsonl", "--output", "out.jsonl", *SMALL, "--resume").returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed
    assert not (tmp_path / ".out.jsonl.17.unfinished").exists()
    assert summary(tmp_path / "out.jsonl.parts")["reused"] > 0


def test_two_runs_do_not_write_into_one_folder(start: Start, run: Run, feed: Feed, tmp_path: Path) -> None:
    feed()
    with start("feed.jsonl", "--output", "out", *SMALL, SECONDS_AN_ARTICLE="0.2") as process:
        while not [*(tmp_path / "out").glob("part-*")]:
            time.sleep(0.05)
        refused = run("feed.jsonl", "--output", "out", "--resume")
        process.terminate()
        process.communicate(timeout=20)
    assert refused.returncode == 2
    assert refused.stderr == "out: another run is writing there. Wait for its end, or name another output.\n"


def test_an_output_that_exists_is_kept_unless_told(run: Run, feed: Feed, undisturbed: bytes, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("kept", encoding="utf-8")
    for option, message in (
        ("--workers=2", "Name another file, or replace it with --overwrite"),
        ("--resume", "its parts were not kept. Make it anew by --overwrite"),
    ):
        refused = run("feed.jsonl", "--output", "old.jsonl", option)
        assert refused.returncode == 2
        assert message in " ".join(refused.stderr.split())
    assert (tmp_path / "old.jsonl").read_text(encoding="utf-8") == "kept"
    assert run("feed.jsonl", "--output", "old.jsonl", "--workers", "2", "--overwrite").returncode == 0
    assert (tmp_path / "old.jsonl").read_bytes() == undisturbed
    assert run("feed.jsonl", "--output", "out", *SMALL).returncode == 0
    assert run("feed.jsonl", "--output", "out").returncode == 2
    feed("less.jsonl", 3)
    assert run("less.jsonl", "--output", "out", "--overwrite").returncode == 0
    assert len(parts(tmp_path / "out").splitlines()) == 3


@pytest.mark.parametrize(
    ("output", "message"),
    [("-", "Name a folder or a file"), ("/dev/full", "is no regular file"), ("inputs/out", "is also an input")],
)
def test_places_that_take_no_parts(run: Run, feed: Feed, tmp_path: Path, output: str, message: str) -> None:
    (tmp_path / "inputs").mkdir()
    feed("inputs/feed.jsonl", 3)
    done = run("inputs", "--output", output, "--workers", "2")
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_a_summary_that_cannot_be_written_costs_no_record(
    run: Run, undisturbed: bytes, tmp_path: Path, options: tuple[str, ...]
) -> None:
    for place, message in (("none/told.json", "there is no folder none"), (".", "is a folder"), ("old", "old exists")):
        (tmp_path / "old").write_text("kept", encoding="utf-8")
        refused = run("feed.jsonl", "--output", "out.jsonl", *options, "--summary", place)
        assert refused.returncode == 2
        assert message in " ".join(refused.stderr.split())
    done = run("feed.jsonl", "--output", "out.jsonl", *options, "--summary", "/dev/full")
    assert done.returncode == 1
    assert "/dev/full: the summary cannot be written (No space left on device). The records are there." in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_links_that_lead_in_circles(run: Run, feed: Feed, tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    feed("in/feed.jsonl", 3)
    for name, target in (("self.txt", "self.txt"), ("up", ".."), ("there.txt", "here.txt"), ("here.txt", "there.txt")):
        (tmp_path / "in" / name).symlink_to(target)
    done = run("in", "in/self.txt", "--output", "out.jsonl", *options)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "in/here.txt: cannot be read (Too many levels of symbolic links). Check its permissions and the disk.",
        "in/self.txt: cannot be read (Too many levels of symbolic links). Check its permissions and the disk.",
        "in/there.txt: cannot be read (Too many levels of symbolic links). Check its permissions and the disk.",
        "in/up: a link to a folder is not followed, it may lead in circles. Name the folder itself as an input.",
        "in/self.txt: cannot be read (Too many levels of symbolic links). Check its permissions and the disk.",
        "read 8, extracted 0, empty 3, failed 5",
    ]


def test_a_disk_that_fills_up_leaves_what_can_be_gone_on_with(run: Run, undisturbed: bytes, tmp_path: Path) -> None:
    done = run("feed.jsonl", "--output", "out", *SMALL, LONGEST_FILE="4000")
    assert done.returncode == 1
    assert (
        "out: cannot be written (File too large). Check the folder, its permissions and the disk, then" in done.stderr
    )
    found = parts(tmp_path / "out")
    assert len(found) < len(undisturbed)
    assert {*found.splitlines()} <= {*undisturbed.splitlines()}
    assert run("feed.jsonl", "--output", "out", *SMALL, "--resume").returncode == 0
    assert parts(tmp_path / "out") == undisturbed


def test_too_little_memory_for_the_models_is_told(run: Run, feed: Feed) -> None:
    feed(articles=3)
    done = run("feed.jsonl", "--output", "out", "--memory", "20")
    assert done.returncode == 1
    assert "patterns and models alone take" in done.stderr
    assert "Allow at least --memory" in done.stderr
