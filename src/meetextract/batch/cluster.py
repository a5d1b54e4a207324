"""The same shards on the workers of a Dask cluster. It needs the extra `dask`."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import threading
import time
import uuid
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask
from distributed import Client, Future, wait
from distributed.client import FuturesCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from meetextract import __version__
from meetextract.batch.job import Extractable, Finished, Job, Task, extract_item, failed, failure, load_all, run_task
from meetextract.batch.ledger import Outcome
from meetextract.batch.worker import WorkersError
from meetextract.errors import InputError

if TYPE_CHECKING:
    from meetextract.pipeline import Extractor

_LOOK = 0.5  # seconds between two looks at signals
_CONNECT = 30  # seconds to reach the scheduler
_RETRIES = 3  # of a shard that could not be written, or whose worker left


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where work is done.

    Attributes:
        scheduler: The address of the scheduler, or the file that it wrote it to (`.json`).
        job: What all shards have in common.
        patterns: The name of the archive of the patterns in the folder of the job; None for those shipped.
        seconds: What an article may take.
    """

    scheduler: str
    job: Job
    patterns: str | None
    seconds: float


def send_patterns(directory: Path, job: Job) -> str:
    """Put patterns where the workers can read them.

    Returns:
        The name of the archive in the folder of the job.
    """
    name = f"patterns/{job.pattern_set.removeprefix('sha256:')[:16]}.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(directory))
    job.folder.write(name, [packed.getvalue()])
    return name


def run_on_cluster(tasks: Iterator[Task], cluster: Cluster, is_stopped: Callable[[], bool]) -> Iterator[Finished]:
    """Do shards on a cluster.

    A shard whose workers died again and again (by default four times) is tried article by article; one on which its
    workers die again and again has failed.

    Args:
        tasks: The shards; no more are taken than keep the workers busy.
        cluster: Where work is done.
        is_stopped: Whether to stop: shards at hand are then given up.

    Yields:
        The shards as they are finished.

    Raises:
        WorkersError: The scheduler cannot be reached, or is lost, or a worker cannot work.
        OSError: Records cannot be written.
    """
    with _client(cluster.scheduler) as client:
        flight: dict[Future[Any], Task] = {}
        again: deque[Task] = deque()
        try:
            while not is_stopped():
                while len(flight) < max(2, 2 * sum(client.nthreads().values())):
                    task = again.popleft() if again else next(tasks, None)
                    if task is None:
                        break
                    flight[_submit(client, task.name, _do_task, task, cluster)] = task
                if not flight:
                    return
                for future in _done(client, flight):
                    task = flight.pop(future)
                    if future.status in ("cancelled", "lost"):
                        again.append(task)
                        continue
                    try:
                        yield future.result()
                    except KilledWorker:
                        outcomes = _one_by_one(client, task, cluster, is_stopped)
                        if not is_stopped():
                            yield run_task(task, cluster.job, _not_known, known=outcomes)
        except OSError as error:
            if _is_connected(client) and not isinstance(error, CommClosedError):
                raise  # records cannot be written
            flight.clear()  # nobody is there to be told
            mend = "What is done is kept: start it again, and go on with --resume."
            raise WorkersError(f"{cluster.scheduler}: the scheduler is gone. {mend}") from None
        finally:
            if flight and _is_connected(client):
                client.cancel(list(flight), force=True)


def _client(scheduler: str) -> Client:
    logging.getLogger("distributed").setLevel(logging.ERROR)  # that a worker leaves is no news
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # it tells that the scheduler is gone, as we do
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})  # shards of long articles are large
    try:
        if scheduler.endswith(".json"):
            return Client(scheduler_file=scheduler, timeout=_CONNECT)
        return Client(scheduler, timeout=_CONNECT)
    except (OSError, ValueError) as error:
        raise WorkersError(f"{scheduler}: the scheduler cannot be reached ({error}). Check its address.") from None


def _is_connected(client: Client) -> bool:
    return bool(client.status == "running")


def _submit(client: Client, name: str, function: Callable[..., Any], *arguments: object) -> Future[Any]:
    key = f"meetextract-{name}-{uuid.uuid4().hex[:8]}"
    return client.submit(function, *arguments, key=key, retries=_RETRIES, pure=False)


def _done(client: Client, flight: dict[Future[Any], Any]) -> set[Future[Any]]:
    try:
        return set(wait(list(flight), timeout=_LOOK, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return set()
    except FuturesCancelledError as error:  # some of them
        if not _is_connected(client):
            raise ConnectionError(str(error)) from None
        return {future for future in flight if future.status != "pending"}


def _one_by_one(client: Client, task: Task, cluster: Cluster, is_stopped: Callable[[], bool]) -> dict[str, Outcome]:
    """The outcomes of the articles of a shard, each of which is a piece of work."""
    to_do = [
        (item, digest)
        for item, digest in zip(task.shard.items, task.shard.digests, strict=True)
        if not isinstance(item, InputError) and digest not in task.done
    ]
    found, suspects = _each(client, to_do, task.name, cluster, is_stopped)
    # Pieces that wait at a worker are blamed for its death as well: only what is alone with it has ended it.
    for article, digest in suspects:
        alone, guilty = _each(client, [(article, digest)], task.name, cluster, is_stopped)
        found |= alone
        if guilty:
            reason = f"{article.source}: article {article.id!r} ended its worker again and again"
            mend = "Look at its text in the quarantine, or allow more with --seconds."
            reason += f", or took longer than {cluster.seconds:g} seconds. {mend}"
            found[digest] = failed(article, digest, reason, cluster.seconds)
    return found


def _each(
    client: Client,
    to_do: list[tuple[Extractable, str]],
    name: str,
    cluster: Cluster,
    is_stopped: Callable[[], bool],
) -> tuple[dict[str, Outcome], list[tuple[Extractable, str]]]:
    """The outcomes of articles by their digests, and those articles at which workers died again and again."""
    found: dict[str, Outcome] = {}
    suspects = []
    flight = {_submit(client, name, _do_article, *piece, cluster): piece for piece in to_do}
    while flight and not is_stopped():
        for future in _done(client, flight):
            piece = flight.pop(future)
            if future.status in ("cancelled", "lost"):
                flight[_submit(client, name, _do_article, *piece, cluster)] = piece
                continue
            try:
                found[piece[1]] = future.result()
            except KilledWorker:
                suspects.append(piece)
    return found, suspects


def _not_known(article: Extractable, digest: str) -> Outcome:
    raise AssertionError(f"no outcome of {article.id} ({digest})")


# --- on the workers ---------------------------------------------------------------------------------------------------

_one_at_a_time = threading.Lock()  # a worker may have threads; more of them would be no quicker
_extractors: dict[tuple[str, bool], Extractor] = {}
_began: float | None = None
_watch: threading.Thread | None = None


def _do_task(task: Task, cluster: Cluster) -> Finished:
    return run_task(task, cluster.job, lambda article, digest: _do_article(article, digest, cluster))


def _do_article(article: Extractable, digest: str, cluster: Cluster) -> Outcome:
    global _began
    with _one_at_a_time:
        extractor = _extractor(cluster)
        _watch_over(cluster.seconds)
        _began = time.monotonic()
        try:
            return extract_item(extractor, article, digest)
        except MemoryError as error:
            return failed(article, digest, failure(article, error), time.monotonic() - _began)
        finally:
            _began = None


def _extractor(cluster: Cluster) -> Extractor:
    """Patterns and models, loaded once a worker."""
    from meetextract.pipeline import Extractor

    job = cluster.job
    key = job.pattern_set, job.with_text
    if key in _extractors:
        return _extractors[key]
    if job.version != __version__:
        raise WorkersError(f"the run has meetextract {job.version}, a worker {__version__}. Install the same on all.")
    if cluster.patterns is None:
        extractor = Extractor(with_text=job.with_text)
    else:
        packed = job.folder.read(cluster.patterns)
        if packed is None:
            raise WorkersError(f"a worker cannot read {cluster.patterns} in the output. Can it see that folder?")
        with tempfile.TemporaryDirectory(prefix="meetextract-") as directory:
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(directory)  # we packed it
            extractor = Extractor(Path(directory), with_text=job.with_text)
    if extractor.library.sha256 != job.pattern_set:
        raise WorkersError("a worker has other patterns than the run. Install the same meetextract on all machines.")
    load_all(extractor)
    _extractors.clear()
    _extractors[key] = extractor
    return extractor


def _watch_over(seconds: float) -> None:
    """End this process where an article takes too long; its nanny starts another."""
    global _watch
    if _watch is not None:
        return

    def watch() -> None:
        while True:
            time.sleep(min(1.0, seconds / 4))
            began = _began
            if began is not None and time.monotonic() - began > seconds:
                os._exit(1)

    _watch = threading.Thread(target=watch, daemon=True)
    _watch.start()
