"""What runs in a worker process."""

import gc
import multiprocessing
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meetextract.batch.job import Extractable, Finished, Job, Task, extract_item, failed, load_all, run_task
from meetextract.batch.ledger import Outcome
from meetextract.errors import MeetExtractError

# The board: by every worker, the number of the shard at hand, the index of the article, and since when.
FIELDS = 3
SHARD, ARTICLE, SINCE = range(FIELDS)
NONE = -1.0
"""Stands on the board where no article is at hand."""

_MEGABYTE = 1024 * 1024
_MEMORY_EXIT = 77
_LEAST_MEMORY = 64  # megabytes for articles


class WorkersError(MeetExtractError):
    """The worker processes cannot work at all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article may cost.

    Attributes:
        seconds: Wall-clock time.
        memory: Megabytes that a worker may take; None for no limit. Only Linux heeds it.
    """

    seconds: float
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Workers:
    """How worker processes are made.

    Attributes:
        count: How many there are.
        patterns: The directory of the patterns, None for those shipped.
        job: What they work on.
        limits: What an article may cost.
    """

    count: int
    patterns: Path | None
    job: Job
    limits: Limits


_worker: "_Worker | None" = None
_trouble: MeetExtractError | None = None


@dataclass(frozen=True, slots=True)
class _Worker:
    workers: Workers
    extractor: Any
    board: Any
    place: int

    def begin(self, shard: int, article: int) -> None:
        """Write on the board which article is at hand."""
        self.board[self.place + ARTICLE] = NONE  # while the others are changed
        self.board[self.place + SINCE] = time.monotonic()
        self.board[self.place + SHARD] = shard
        self.board[self.place + ARTICLE] = article


def begin_worker(workers: Workers, board: Any, places: Any) -> None:
    """Load patterns and models, once a process."""
    from meetextract.pipeline import Extractor

    global _worker, _trouble
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with places.get_lock():
        place = places.value
        places.value += 1
    try:
        extractor = Extractor(workers.patterns, with_text=workers.job.with_text)
        if extractor.library.sha256 != workers.job.pattern_set:
            raise WorkersError("the patterns were changed during the run. Begin it again with --resume.")
        load_all(extractor)
        gc.freeze()  # patterns and names stay: the garbage collector need not walk through them again and again
        if workers.limits.memory is not None:
            _limit_memory(workers.limits.memory)
    except MeetExtractError as error:
        _trouble = error  # raised where somebody hears it
        return
    _worker = _Worker(workers, extractor, board, place * FIELDS)


def _end_with_parent() -> None:
    """End this process when the one that began it is gone: nobody asks for its work any more."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Limit what this process may take.

    Raises:
        WorkersError: It has taken so much already.
    """
    import resource

    taken = _taken_memory()
    if taken is not None and taken + _LEAST_MEMORY > megabytes:
        least = taken + _LEAST_MEMORY
        raise WorkersError(f"patterns and models alone take {taken} MB of memory. Allow at least --memory {least}.")
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE, most))


def _taken_memory() -> int | None:
    """The megabytes that count against the limit; None where the system does not tell."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) // 1024
    return None


def _worker_here() -> "_Worker":
    if _worker is None:
        raise _trouble or WorkersError("this process is no worker")
    return _worker


def do_task(task: Task, known: dict[str, Outcome] | None) -> Finished:
    """Do a shard, with the outcomes of some of its articles known."""
    worker = _worker_here()

    def begin(index: int) -> None:
        worker.begin(task.shard.number, index)

    def extract(item: Extractable, digest: str) -> Outcome:
        try:
            return extract_item(worker.extractor, item, digest)
        except MemoryError:
            os._exit(_MEMORY_EXIT)  # maybe not the fault of this article: it is tried again alone

    return run_task(task, worker.workers.job, extract, begin, known)


def do_nothing() -> bool:
    """Show that this process works."""
    _worker_here()
    return True


def do_alone(item: Extractable, digest: str) -> Outcome:
    """Make the record of one article; nothing is written."""
    worker = _worker_here()
    worker.begin(0, 0)
    started = time.perf_counter()
    try:
        outcome = extract_item(worker.extractor, item, digest)
    except MemoryError:
        reason = f"{item.source}: article {item.id!r} needs more than {worker.workers.limits.memory} MB of memory."
        mend = " Look at its text in the quarantine, or allow more with --memory."
        outcome = failed(item, digest, reason + mend, time.perf_counter() - started)
    worker.begin(0, int(NONE))
    return outcome
