"""A run: articles are cut into shards, those that are done already are passed over, the others go to an engine."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from meetextract.batch.earlier import Earlier
from meetextract.batch.folder import Folder
from meetextract.batch.job import Finished, Job, Task
from meetextract.batch.ledger import Header, part_name, part_names, read_part, remove_part, rename_part
from meetextract.batch.shards import USUAL_ARTICLES, Item, cut, shard_key
from meetextract.errors import InputError
from meetextract.read.compressed import unpacked_suffix

Engine = Callable[[Iterator[Task]], Iterator[Finished]]
"""Does shards, and gives each as it is finished, in whatever order."""


class Report(Protocol):
    """Is told of each shard that is finished."""

    def __call__(self, finished: Finished) -> None:
        """Take notice."""


@dataclass(slots=True)
class Made:
    """What a run came to.

    Attributes:
        names: The names of the parts in the order of the articles; of all of them, unless the run was stopped.
        left: How many parts of earlier runs stay, though none of their articles was met.
    """

    names: list[str] = field(default_factory=list)
    left: int = 0


def run(
    items: Iterable[Item],
    job: Job,
    engine: Engine,
    report: Report,
    is_stopped: Callable[[], bool],
    usual: int = USUAL_ARTICLES,
    *,
    is_anew: bool = False,
) -> Made:
    """Make the records of articles, as parts in the folder of the job.

    Parts of articles that are not in the input any more are removed at the end. Where a file or folder could not be
    read they stay, for their articles may be there, and so they do where no record was made at all.

    Args:
        items: The articles.
        job: What all shards have in common.
        engine: Does the shards.
        report: Is told of each shard that is done, also of those that an earlier run did.
        is_stopped: Whether the run is to stop.
        usual: About how many articles a shard has.
        is_anew: Whether all is done anew; parts of earlier runs are removed as soon as there is a record.

    Returns:
        The parts.

    Raises:
        OSError: Records cannot be written.
    """
    earlier = Earlier(job, is_used=not is_anew)
    names: list[str] = []
    is_whole, has_records = True, False

    def heeded() -> Iterator[Item]:
        nonlocal is_whole
        for item in items:
            is_whole = is_whole and not (isinstance(item, InputError) and _is_of_a_file(item))
            yield item

    def told(finished: Finished) -> None:
        nonlocal has_records
        if not has_records and finished.header.extracted + finished.header.empty:
            has_records = True
            if is_anew:
                _remove_others(job.folder, names)
        report(finished)

    def to_do() -> Iterator[Task]:
        for shard in cut(heeded(), usual):
            if is_stopped():
                return
            key = shard_key(shard, job.made_by)
            name = part_name(shard.number, key)
            names.append(name)
            if taken := earlier.take(name, key):
                old, header = taken
                if old != name:
                    rename_part(job.folder, old, name)
                told(_done_before(job.folder, name, header))
            else:
                yield Task(shard, key, name, *earlier.replace(shard))

    for finished in engine(to_do()):
        told(finished)
    if not is_stopped() and is_whole and has_records:
        _remove_others(job.folder, names)
    return Made(names, 0 if is_stopped() else len(part_names(job.folder) - set(names)))


def _is_of_a_file(error: InputError) -> bool:
    """Tell whether a file or folder may hold articles that were not met."""
    if error.problem.startswith("the id "):  # it was used before
        return False
    if error.line is not None:
        return error.line == 1  # the head of a table
    is_one_article = unpacked_suffix(error.path)[0] in (".txt", ".html", ".htm") and error.path.is_file()
    return not is_one_article or error.problem.startswith("cannot be read")


def _remove_others(folder: Folder, names: Iterable[str]) -> None:
    for name in part_names(folder).difference(names):
        remove_part(folder, name)


def _done_before(folder: Folder, name: str, header: Header) -> Finished:
    """A shard that an earlier run did; what could not be read is told again."""
    part = read_part(folder, name) if header.unreadable else None
    reasons = tuple(each.row.reason for each in part[1] if each.row.reason is not None) if part else ()
    return Finished(name, header, header.extracted + header.empty, reasons)
