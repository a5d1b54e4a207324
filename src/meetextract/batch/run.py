"""A run: articles are cut into shards, those that are done already are passed over, the others go to an engine."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from meetextract.batch.earlier import Earlier
from meetextract.batch.folder import Folder
from meetextract.batch.job import Finished, Job, Task
from meetextract.batch.ledger import Header, part_name, part_names, read_part, remove_part, rename_part
from meetextract.batch.shards import USUAL_ARTICLES, Item, cut, shard_key

Engine = Callable[[Iterator[Task]], Iterator[Finished]]
"""Does shards, and gives each as it is finished, in whatever order."""


class Report(Protocol):
    """Is told of each shard that is finished."""

    def __call__(self, finished: Finished) -> None:
        """Take notice."""


def run(
    items: Iterable[Item],
    job: Job,
    engine: Engine,
    report: Report,
    is_stopped: Callable[[], bool],
    usual: int = USUAL_ARTICLES,
) -> list[str]:
    """Make the records of articles, as parts in the folder of the job.

    Args:
        items: The articles.
        job: What all shards have in common.
        engine: Does the shards.
        report: Is told of each shard that is done, also of those that an earlier run did.
        is_stopped: Whether the run is to stop.
        usual: About how many articles a shard has.

    Returns:
        The names of the parts in the order of the articles; of all of them, unless the run was stopped.

    Raises:
        OSError: Records cannot be written.
    """
    earlier = Earlier(job)
    names: list[str] = []

    def to_do() -> Iterator[Task]:
        for shard in cut(items, usual):
            if is_stopped():
                return
            key = shard_key(shard, job.made_by)
            name = part_name(shard.number, key)
            names.append(name)
            if taken := earlier.take(name, key):
                old, header = taken
                if old != name:
                    rename_part(job.folder, old, name)
                report(_done_before(job.folder, name, header))
            else:
                yield Task(shard, key, name, *earlier.replace(shard))

    for finished in engine(to_do()):
        report(finished)
    if not is_stopped():
        for name in part_names(job.folder) - set(names):
            remove_part(job.folder, name)
    return names


def _done_before(folder: Folder, name: str, header: Header) -> Finished:
    """A shard that an earlier run did; what could not be read is told again."""
    part = read_part(folder, name) if header.unreadable else None
    reasons = tuple(each.row.reason for each in part[1] if each.row.reason is not None) if part else ()
    return Finished(name, header, header.extracted + header.empty, reasons)
