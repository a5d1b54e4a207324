"""Worker processes of this machine. One that is killed, or takes too long or too much memory, costs one article."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from meetextract.batch.job import Finished, Job, Task, extract_article, failed, run_task
from meetextract.batch.ledger import Outcome
from meetextract.errors import MeetExtractError
from meetextract.read.article import Article

_LOOK = 0.2  # seconds between two looks at the clock and at signals
_BARREN = 3  # so many pools may die before they began an article
_FIELDS = 3  # of a worker on the board: the shard, the article, since when
_SHARD, _ARTICLE, _SINCE = range(_FIELDS)
_NONE = -1.0
_MEGABYTE = 1024 * 1024


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


def run_in_pool(tasks: Iterator[Task], workers: Workers, is_stopped: Callable[[], bool]) -> Iterator[Finished]:
    """Do shards on worker processes.

    Where a worker dies, the articles that were at hand are each tried alone in a process of its own. One that is its
    end again has failed; the outcomes of the others are kept, and their shards go on in a fresh pool.

    Args:
        tasks: The shards; no more are taken than keep the workers busy.
        workers: How the workers are made.
        is_stopped: Whether to stop: shards at hand are then given up.

    Yields:
        The shards as they are finished.

    Raises:
        WorkersError: The workers die before they begin.
        OSError: Records cannot be written.
    """
    again: deque[Task] = deque()
    known: dict[int, dict[str, Outcome]] = {}  # by the number of the shard
    barren = 0
    while True:
        with _Pool(workers) as pool:
            for finished in _run_until_broken(pool, tasks, again, known, is_stopped):
                barren = 0
                yield finished
            if not pool.is_broken or is_stopped():
                return
        suspects = pool.at_hand()
        barren = 0 if suspects else barren + 1
        if barren == _BARREN:
            raise WorkersError("the worker processes die before they begin an article. Is there enough memory?")
        for task in again:
            for index in suspects.get(task.shard.number, ()):
                if is_stopped():
                    return
                item, digest = task.shard.items[index], task.shard.digests[index]
                assert isinstance(item, Article)  # nothing else is ever at hand
                known.setdefault(task.shard.number, {})[digest] = (
                    _too_slow(item, digest, workers.limits)
                    if pool.overdue == (task.shard.number, index)
                    else _alone(item, digest, workers, is_stopped)
                )


def _run_until_broken(
    pool: "_Pool", tasks: Iterator[Task], again: deque[Task], known: dict[int, dict[str, Outcome]],
    is_stopped: Callable[[], bool],
) -> Iterator[Finished]:  # fmt: skip
    """Do shards; those that the end of the pool left undone are put into `again`."""
    flight: dict[Future[Finished], Task] = {}
    while not is_stopped():
        while not pool.is_broken and len(flight) < 2 * pool.size:
            task = again.popleft() if again else next(tasks, None)
            if task is None:
                break
            future = pool.submit(_do_task, task, known.get(task.shard.number))
            if future is None:
                again.appendleft(task)
            else:
                flight[future] = task
        if not flight:
            return
        done, _ = wait(flight, timeout=_LOOK, return_when=FIRST_COMPLETED)
        undone: list[Task] = []
        for future in done:
            task = flight.pop(future)
            try:
                yield future.result()
                known.pop(task.shard.number, None)
            except BrokenProcessPool:
                pool.is_broken = True
                undone.append(task)
        again.extend(sorted(undone, key=lambda task: task.shard.number))
        pool.kill_overdue()


def _too_slow(item: Article, digest: str, limits: Limits) -> Outcome:
    return failed(item, digest, f"{item.source}: article {item.id!r} took longer than {limits.seconds:g} seconds."
                  " Look at its text in the quarantine, or allow more with --seconds.", limits.seconds)  # fmt: skip


def _alone(item: Article, digest: str, workers: Workers, is_stopped: Callable[[], bool]) -> Outcome:
    """The outcome of an article in a process of its own."""
    started = time.monotonic()
    with _Pool(Workers(1, workers.patterns, workers.job, workers.limits)) as pool:
        future = pool.submit(_do_alone, item, digest)
        while future is not None and not is_stopped():
            wait([future], timeout=_LOOK)
            if future.done():
                try:
                    outcome: Outcome = future.result()
                    return outcome
                except BrokenProcessPool:
                    break
            pool.kill_overdue()
        exit_code = pool.exit_code()
    if pool.overdue:
        return _too_slow(item, digest, workers.limits)
    reason = f"{item.source}: article {item.id!r} ended its worker process twice ({_ended(exit_code)})."
    return failed(item, digest, f"{reason} Look at its text in the quarantine.", time.monotonic() - started)


def _ended(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"


@dataclass(slots=True)
class _Pool:
    """A pool of processes, and a board on which each of them writes which article is at hand."""

    workers: Workers
    is_broken: bool = False
    overdue: tuple[int, int] | None = None
    _executor: ProcessPoolExecutor = field(init=False)
    _board: Any = field(init=False)
    _processes: list[Any] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # models and threads do not survive a fork
        self._board = context.RawArray("d", [_NONE] * (_FIELDS * self.size))
        places = context.Value("i", 0)
        self._executor = ProcessPoolExecutor(
            self.size, context, initializer=_begin_worker, initargs=(self.workers, self._board, places)
        )

    @property
    def size(self) -> int:
        return self.workers.count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the processes; at once unless their work is done."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        self._executor.shutdown(wait=True)

    def submit(self, function: Callable[..., Any], *arguments: object) -> Future[Any] | None:
        """Begin a piece of work; None where the pool is broken."""
        # Processes that are started here must not hear Ctrl-C: it is told to the whole group of processes.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        known = {process.pid for process in multiprocessing.active_children()}
        try:
            return self._executor.submit(function, *arguments)
        except BrokenProcessPool:
            self.is_broken = True
            return None
        finally:
            self._processes += [each for each in multiprocessing.active_children() if each.pid not in known]
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def at_hand(self) -> dict[int, list[int]]:
        """The articles that the workers are at: their indexes by the number of the shard."""
        if self.overdue is not None:
            return {self.overdue[0]: [self.overdue[1]]}
        found: dict[int, list[int]] = {}
        for place in range(0, len(self._board), _FIELDS):
            if self._board[place + _ARTICLE] != _NONE:
                shard, article = int(self._board[place + _SHARD]), int(self._board[place + _ARTICLE])
                found.setdefault(shard, []).append(article)
        return found

    def kill_overdue(self) -> None:
        """End the pool where an article takes too long."""
        if self.overdue is not None or self.is_broken:
            return
        for place in range(0, len(self._board), _FIELDS):
            shard, article, since = self._board[place : place + _FIELDS]
            is_late = article != _NONE and time.monotonic() - since > self.workers.limits.seconds
            if is_late and self._board[place : place + _FIELDS] == [shard, article, since]:
                self.overdue = int(shard), int(article)
                for process in self._processes:
                    process.kill()
                return

    def exit_code(self) -> int | None:
        """How the first of the processes ended."""
        for process in self._processes:
            process.join(1)
        return next((process.exitcode for process in self._processes), None)


# --- in the worker ----------------------------------------------------------------------------------------------------

_MEMORY_EXIT = 77
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
        self.board[self.place + _ARTICLE] = _NONE  # while the others are changed
        self.board[self.place + _SINCE] = time.monotonic()
        self.board[self.place + _SHARD] = shard
        self.board[self.place + _ARTICLE] = article


def _begin_worker(workers: Workers, board: Any, places: Any) -> None:
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
    except MeetExtractError as error:
        _trouble = error  # raised where somebody hears it
        return
    if workers.limits.memory is not None:
        _limit_memory(workers.limits.memory)
    _worker = _Worker(workers, extractor, board, place * _FIELDS)


def _end_with_parent() -> None:
    """End this process when the one that began it is gone: nobody asks for its work any more."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _limit_memory(megabytes: int) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE, most))


def _worker_here() -> "_Worker":
    if _worker is None:
        raise _trouble or WorkersError("this process is no worker")
    return _worker


def _do_task(task: Task, known: dict[str, Outcome] | None) -> Finished:
    worker = _worker_here()

    def begin(index: int) -> None:
        worker.begin(task.shard.number, index)

    def extract(item: Article, digest: str) -> Outcome:
        try:
            return extract_article(worker.extractor, item, digest)
        except MemoryError:
            os._exit(_MEMORY_EXIT)  # maybe not the fault of this article: it is tried again alone

    return run_task(task, worker.workers.job, extract, begin, known)


def _do_alone(item: Article, digest: str) -> Outcome:
    worker = _worker_here()
    worker.begin(0, 0)
    started = time.perf_counter()
    try:
        outcome = extract_article(worker.extractor, item, digest)
    except MemoryError:
        reason = f"{item.source}: article {item.id!r} needs more than {worker.workers.limits.memory} MB of memory."
        mend = " Look at its text in the quarantine, or allow more with --memory."
        outcome = failed(item, digest, reason + mend, time.perf_counter() - started)
    worker.begin(0, int(_NONE))
    return outcome
