"""Shards on worker processes of this machine: one that dies, or takes too long, costs one article."""

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any, Self

from meetextract.batch.job import Extractable, Finished, Task, failed, run_task
from meetextract.batch.ledger import Outcome
from meetextract.batch.processes import LOOK, Pool
from meetextract.batch.worker import Limits, Workers, WorkersError, do_alone, do_nothing, do_task
from meetextract.errors import InputError

_BARREN = 3  # so many pools may die before they began an article


def run_in_pool(tasks: Iterator[Task], workers: Workers, is_stopped: Callable[[], bool]) -> Iterator[Finished]:
    """Do shards on worker processes.

    Where a worker dies, the articles that were at hand are each tried alone in a process of its own. One that is its
    end again has failed; the outcomes of the others are kept, and their shards go on in a fresh pool. Where workers die
    and no article was at hand, all articles of the shards that were with them are tried so.

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
        with Pool(workers) as pool:
            for finished in _run_until_broken(pool, tasks, again, known, is_stopped):
                barren = 0
                yield finished
            if not pool.is_broken or is_stopped():
                return
        suspects = pool.at_hand()
        barren = 0 if suspects else barren + 1
        with _Alone(workers, is_stopped) as alone:
            for task in list(again):
                outcomes = known.setdefault(task.shard.number, {})
                if barren == _BARREN:
                    again.remove(task)
                    outcomes |= alone.outcomes(task, range(len(task.shard.items)), outcomes)
                    if not is_stopped():
                        yield run_task(task, workers.job, _not_known, known=outcomes)
                elif pool.overdue is not None:
                    outcomes |= _overdue(task, pool.overdue, workers.limits)
                else:
                    outcomes |= alone.outcomes(task, suspects.get(task.shard.number, ()), outcomes)
        barren %= _BARREN


def _not_known(article: Extractable, digest: str) -> Outcome:
    raise AssertionError(f"no outcome of {article.id} ({digest})")


def _run_until_broken(
    pool: "Pool", tasks: Iterator[Task], again: deque[Task], known: dict[int, dict[str, Outcome]],
    is_stopped: Callable[[], bool],
) -> Iterator[Finished]:  # fmt: skip
    """Do shards; those that the end of the pool left undone are put into `again`."""
    flight: dict[Future[Finished], Task] = {}
    while not is_stopped():
        while not pool.is_broken and len(flight) < 2 * pool.size:
            task = again.popleft() if again else next(tasks, None)
            if task is None:
                break
            future = pool.submit(do_task, task, known.get(task.shard.number))
            if future is None:
                again.appendleft(task)
            else:
                flight[future] = task
        if not flight:
            return
        done, _ = wait(flight, timeout=LOOK, return_when=FIRST_COMPLETED)
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


def _overdue(task: Task, overdue: tuple[int, int], limits: Limits) -> dict[str, Outcome]:
    """The outcome of the article that took too long, if it is of this shard."""
    number, index = overdue
    if task.shard.number != number:
        return {}
    article, digest = task.shard.items[index], task.shard.digests[index]
    assert not isinstance(article, InputError)  # nothing else is ever at hand
    return {digest: _too_slow(article, digest, limits)}


def _too_slow(article: Extractable, digest: str, limits: Limits) -> Outcome:
    reason = f"{article.source}: article {article.id!r} took longer than {limits.seconds:g} seconds."
    mend = "Look at its text in the quarantine, or allow more with --seconds."
    return failed(article, digest, f"{reason} {mend}", limits.seconds)


class _Alone:
    """Tries articles one by one, in a pool of one process that is made anew when it dies."""

    def __init__(self, workers: Workers, is_stopped: Callable[[], bool]) -> None:
        self._workers = replace(workers, count=1)
        self._is_stopped = is_stopped
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def outcomes(self, task: Task, indexes: Iterable[int], known: Mapping[str, Outcome]) -> dict[str, Outcome]:
        """The outcomes of some articles of a shard, without those that are known; less where the run is stopped."""
        found: dict[str, Outcome] = {}
        for index in indexes:
            article, digest = task.shard.items[index], task.shard.digests[index]
            if isinstance(article, InputError) or digest in known or digest in task.done:
                continue
            outcome = self._outcome(article, digest)
            if outcome is None:
                break
            found[digest] = outcome
        return found

    def _outcome(self, article: Extractable, digest: str) -> Outcome | None:
        started = time.monotonic()
        outcome: Outcome | None = self._try(do_alone, article, digest)
        if outcome is not None or self._is_stopped():
            return outcome
        assert self._pool is not None
        exit_code, is_overdue = self._pool.exit_code(), self._pool.overdue is not None
        self._end()
        if self._try(do_nothing) is None and not self._is_stopped():
            raise WorkersError("the worker processes die before they begin an article. Is there enough memory?")
        if is_overdue:
            return _too_slow(article, digest, self._workers.limits)
        reason = f"{article.source}: article {article.id!r} ended its worker process twice ({_ended(exit_code)})."
        return failed(article, digest, f"{reason} Look at its text in the quarantine.", time.monotonic() - started)

    def _try(self, function: Callable[..., Any], *arguments: object) -> Any:
        """What a function gives in the process; None where that died, or the run is stopped."""
        self._pool = self._pool or Pool(self._workers)
        future = self._pool.submit(function, *arguments)
        while future is not None and not self._is_stopped():
            wait([future], timeout=LOOK)
            if future.done():
                try:
                    return future.result()
                except BrokenProcessPool:
                    return None
            self._pool.kill_overdue()
        return None

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.end()
            self._pool = None


def _ended(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"
