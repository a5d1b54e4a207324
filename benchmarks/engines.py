"""What `run.py` measures of whole runs of the command line: two workers against one, and the pool against Dask.

Times are of the clock, so the machine must have nothing else to do. A run of few articles is taken from one of many:
what is left is the pace, without the start of processes.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from articles import mixed_news
from measures import Spread, save

SHARD = "16"  # articles; so small that no worker waits long for another at the end
LOOK = 0.1  # seconds between two looks at the memory of the workers


@dataclass(slots=True)
class _Taken:
    """What the rounds of an engine came to."""

    paces: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paced:
    """An engine: articles a second, the seconds that articles do not explain, and the MB of its largest worker."""

    pace: Spread
    start: Spread
    memory: Spread


@contextmanager
def dask_cluster(workers: int, scratch: Path) -> Iterator[tuple[list[str], int]]:
    """A scheduler and workers on this machine; the options of the command, and the process whose children work."""
    file = ["--scheduler-file", str(scratch / "cluster.json"), "--no-dashboard"]
    (scratch / "cluster.json").unlink(missing_ok=True)
    started = []
    try:
        for words in (
            ["scheduler", "--host", "127.0.0.1", "--port", "0"],
            ["worker", "--host", "127.0.0.1", "--nthreads", "1", "--nworkers", str(workers)],
        ):
            command = [sys.executable, "-m", "dask", *words, *file]
            started.append(subprocess.Popen(command, cwd=scratch, stderr=subprocess.DEVNULL))  # noqa: S603, our own
        yield ["--engine", "dask", "--scheduler", file[1]], started[-1].pid
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


ENGINES = {"pool, 1 worker": 1, "pool, 2 workers": 2, "Dask, 2 workers": 2}


def by_engine(articles: int, rounds: int, seed: int, scratch: Path) -> dict[str, Paced]:
    """Runs all engines in turn on new articles, so many and a tenth of that."""
    made = mixed_news(Random(f"{seed} engines"))  # noqa: S311, no secret
    few = max(1, articles // 10)
    taken = {name: _Taken() for name in ENGINES}
    for turn in range(rounds):
        small, large = (
            save(({"text": text} for text in islice(made, count)), scratch / f"engines-{count}.jsonl")
            for count in (few, articles)
        )
        for name in [*ENGINES][:: -1 if turn % 2 else 1]:
            short, _ = _timed(name, small, scratch / f"few-{turn}-{name}")
            long, size = _timed(name, large, scratch / f"many-{turn}-{name}")
            pace = (articles - few) / (long - short)
            taken[name].paces.append(pace)
            taken[name].starts.append(short - few / pace)
            taken[name].memory.append(size)
    return {
        name: Paced(*(Spread(tuple(values)) for values in (each.paces, each.starts, each.memory)))
        for name, each in taken.items()
    }


def _timed(name: str, source: Path, target: Path) -> tuple[float, float]:
    """Seconds of a run with all its processes, and the MB that the largest worker ever held."""
    command = [sys.executable, "-m", "meetextract.cli", "extract", str(source), "--output", str(target)]
    errors = target.with_name(f"{target.name}.log")
    largest = 0.0
    began = time.perf_counter()
    with ExitStack() as stack:
        if name.startswith("Dask"):
            options, parent = stack.enter_context(dask_cluster(ENGINES[name], source.parent))
        else:
            options, parent = ["--workers", str(ENGINES[name])], 0
        command += ["--shard", SHARD, *options]
        process = subprocess.Popen(command, stderr=stack.enter_context(errors.open("wb")))  # noqa: S603, our own words
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK)
                break
            largest = max([largest, *map(_most_memory, _children(parent or process.pid))])
        seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{name}: the run failed.\n{errors.read_text(encoding='utf-8')}")
    return seconds, largest


def _children(pid: int) -> list[int]:
    """The children that any thread of a process began."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, listed.read_text(encoding="ascii").split())
    return found


def _most_memory(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
