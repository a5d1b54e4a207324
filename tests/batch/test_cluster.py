"""The same on a Dask cluster: a real scheduler and two real workers, in processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Feed = Callable[..., None]

FILE = "file" + "://"


class Cluster:
    """A scheduler and workers with a nanny each."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self._scheduler = self._dask("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.workers = [self.add_worker(), self.add_worker()]

    def add_worker(self) -> "subprocess.Popen[bytes]":
        return self._dask("worker", "--nthreads", "1", "--nworkers", "1")

    def _dask(self, command: str, *options: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "dask", command, *options, "--scheduler-file", "cluster.json",
             "--dashboard-address", "127.0.0.1:0"],
            cwd=self._folder, env=self._environment, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def kill(self, worker: int) -> None:
        """As when a machine goes."""
        os.killpg(self.workers[worker].pid, signal.SIGKILL)

    def kill_scheduler(self) -> None:
        os.killpg(self._scheduler.pid, signal.SIGKILL)

    def end(self) -> None:
        for process in (*self.workers, self._scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)


@pytest.fixture
def cluster(tmp_path: Path, environment: dict[str, str]) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path, environment | {"SECONDS_AN_ARTICLE": "0.03"})
    yield cluster
    cluster.end()


def parts(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


ON_DASK = ("--engine", "dask", "--scheduler", "cluster.json", "--shard", "8")


def test_a_worker_that_is_killed_costs_nothing(
    start: Start, cluster: Cluster, undisturbed: bytes, tmp_path: Path
) -> None:
    with start("feed.jsonl", "--output", "out", *ON_DASK) as process:
        while len([*(tmp_path / "out").glob("part-*")]) < 2:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        cluster.kill(0)
        _, errors = process.communicate(timeout=90)
    assert process.returncode == 0, errors
    assert errors.splitlines()[-1] == "read 120, extracted 0, empty 120, failed 0"
    assert parts(tmp_path / "out") == undisturbed


def test_a_scheduler_that_is_killed_is_told(start: Start, cluster: Cluster, feed: Feed, tmp_path: Path) -> None:
    feed()
    with start("feed.jsonl", "--output", "out", *ON_DASK) as process:
        while len([*(tmp_path / "out").glob("part-*")]) < 2:
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        cluster.kill_scheduler()
        _, errors = process.communicate(timeout=90)
    assert process.returncode == 1
    assert len(errors.splitlines()) == 2, errors
    told, counts = errors.splitlines()
    assert told == (
        "cluster.json: the scheduler is gone. What is done is kept: start it again, and go on with --resume."
    )
    assert counts.startswith("read ")


def test_urls_resuming_and_an_article_that_ends_its_workers(
    run: Run, cluster: Cluster, feed: Feed, undisturbed: bytes, tmp_path: Path
) -> None:
    feed(texts={30: "KILL", 60: " "})
    (tmp_path / "site" / "sub").mkdir(parents=True)
    (tmp_path / "feed.jsonl").rename(tmp_path / "site" / "sub" / "feed.jsonl")
    places = (f"{FILE}{tmp_path}/site", "--output", f"{FILE}{tmp_path}/out")
    done = run(*places, *ON_DASK)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "read 120, extracted 0, empty 118, failed 2"
    killed = json.loads((tmp_path / "out" / "quarantine.jsonl").read_bytes())
    empty = json.loads((tmp_path / "out" / "unreadable.jsonl").read_bytes())
    assert (killed["id"], killed["text"]) == ("feed30", "KILL")
    assert "ended its worker again and again" in killed["reason"]
    assert empty["source"] == f"{FILE}{tmp_path}/site/sub/feed.jsonl:61"
    assert killed["source"] == f"{FILE}{tmp_path}/site/sub/feed.jsonl:31"
    records = [json.loads(line) for line in parts(tmp_path / "out").splitlines()]
    assert [each["id"] for each in records] == [f"feed{at}" for at in range(120) if at not in {30, 60}]
    assert records[0]["source"] == f"{FILE}{tmp_path}/site/sub/feed.jsonl:1"
    feed("site/sub/feed.jsonl")
    assert run(*places, *ON_DASK).returncode == 2  # there is an output
    assert run(*places, *ON_DASK, "--resume").returncode == 0
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["reused"] == 118
    assert not (tmp_path / "out" / "quarantine.jsonl").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "dask"), "name the cluster with --scheduler"),
        (("--scheduler", "tcp://127.0.0.1:1"), "a scheduler is for --engine dask"),
        (("--engine", "dask", "--scheduler", "x.json", "--workers", "2"), "is said where they are started"),
        ((f"{FILE}/feed.jsonl",), "URLs are for --engine dask"),
    ],
)
def test_what_does_not_go_together(run: Run, feed: Feed, options: tuple[str, ...], message: str) -> None:
    feed(articles=1)
    done = run("feed.jsonl", "--output", "out", *options)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
