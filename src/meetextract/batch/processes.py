"""A pool of worker processes that tells which articles were at hand when it broke."""

import multiprocessing
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from meetextract.batch.worker import ARTICLE, FIELDS, NONE, SHARD, Workers, begin_worker

LOOK = 0.2
"""Seconds between two looks at the clock and at signals."""


@dataclass(slots=True)
class Pool:
    """A pool of processes, and a board on which each of them writes which article is at hand."""

    workers: Workers
    is_broken: bool = False
    overdue: tuple[int, int] | None = None
    _executor: ProcessPoolExecutor = field(init=False)
    _board: Any = field(init=False)
    _processes: list[Any] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # models and threads do not survive a fork
        self._board = context.RawArray("d", [NONE] * (FIELDS * self.size))
        places = context.Value("i", 0)
        self._executor = ProcessPoolExecutor(
            self.size, context, initializer=begin_worker, initargs=(self.workers, self._board, places)
        )

    @property
    def size(self) -> int:
        """The number of processes."""
        return self.workers.count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End the processes at once; what they had not finished is lost."""
        for process in self._processes:
            process.kill()
        # Waits for the executor's thread. One call, not a second one that waits: the first forgets the thread, which
        # would then close its pipes while the interpreter, at its end, writes to them.
        self._executor.shutdown(wait=True, cancel_futures=True)

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
        for place in range(0, len(self._board), FIELDS):
            if self._board[place + ARTICLE] != NONE:
                shard, article = int(self._board[place + SHARD]), int(self._board[place + ARTICLE])
                found.setdefault(shard, []).append(article)
        return found

    def kill_overdue(self) -> None:
        """End the pool where an article takes too long."""
        if self.overdue is not None or self.is_broken:
            return
        for place in range(0, len(self._board), FIELDS):
            shard, article, since = self._board[place : place + FIELDS]
            is_late = article != NONE and time.monotonic() - since > self.workers.limits.seconds
            if is_late and self._board[place : place + FIELDS] == [shard, article, since]:
                self.overdue = int(shard), int(article)
                for process in self._processes:
                    process.kill()
                return

    def exit_code(self) -> int | None:
        """How the first of the processes ended."""
        for process in self._processes:
            process.join(1)
        return next((process.exitcode for process in self._processes), None)
