"""What earlier runs left in the folder: which parts stay as they are, and which records go into new ones."""

from meetextract.batch.folder import remove_unfinished
from meetextract.batch.job import Job
from meetextract.batch.ledger import (
    DONE,
    Header,
    Outcome,
    outcome_of_json,
    outcome_to_json,
    read_headers,
    read_part,
    read_rows,
    remove_part,
)
from meetextract.batch.shards import Shard
from meetextract.errors import InputError
from meetextract.read.on_disk import DiskDict


class Earlier:
    """The parts of earlier runs. Those that were half written when a run was killed are removed.

    Where shards are cut anew, an article may come into another part than the one that it was in. Every part that holds
    an article of a new shard is therefore replaced by it, so that no article is ever in two parts; its other records
    are kept for the shards that they belong to now.

    Args:
        job: What all shards of this run have in common.
        is_used: Whether any of them is; else all is done anew.
    """

    def __init__(self, job: Job, *, is_used: bool = True) -> None:
        self._job = job
        self._headers: dict[str, Header] = {}
        self._by_key: dict[str, str] = {}
        self._opened: set[str] = set()
        self._parts: DiskDict | None = None  # by id, of articles in parts that nobody has taken
        self._kept = DiskDict()  # by digest, outcomes of opened parts
        for inside in ("", "ledger/", "patterns/"):
            remove_unfinished(job.folder, inside)
        for name, header in read_headers(job.folder):
            if header is None:
                remove_part(job.folder, name)
            elif is_used:
                self._headers[name] = header
                self._by_key[header.key] = name

    def take(self, name: str, key: str) -> tuple[str, Header] | None:
        """Take the part that a shard would make again just so.

        Args:
            name: What the output of the shard is called.
            key: What it is known by.

        Returns:
            The name of the part, and its header; None where there is none, or an article failed.
        """
        found = name if name in self._headers else self._by_key.get(key, "")
        header = self._headers.get(found)
        if header is None or header.failed:
            return None
        del self._headers[found]
        return found, header

    def replace(self, shard: Shard) -> tuple[tuple[str, ...], dict[str, Outcome]]:
        """Say what a shard that is done now replaces.

        Returns:
            The parts that hold any of its articles, be it as they were, and the outcomes that need not be found again.
        """
        if not (self._headers or self._opened):
            return (), {}
        if self._parts is None:
            self._parts = self._index()
        names = {self._parts.get(item.id) for item in shard.items if not isinstance(item, InputError)}
        replaced = [name for name in names if name is not None and (name in self._headers or name in self._opened)]
        for name in replaced:
            self._open(name)
        found = {digest: self._kept.pop(digest) for digest in shard.digests}
        done = {digest: outcome_of_json(each) for digest, each in found.items() if each is not None}
        return tuple(sorted(replaced)), done

    def _index(self) -> DiskDict:
        """Which part each article is in; not made before it is asked for: most runs find most shards done."""
        index = DiskDict()
        for name, rows in read_rows(self._job.folder, list(self._headers)):
            # What cannot be read has no id.
            index.update((row.id, name) for row in rows if row.status != "unreadable")
        return index

    def _open(self, name: str) -> None:
        if name in self._opened:
            return
        self._opened.add(name)
        header = self._headers.pop(name)
        part = read_part(self._job.folder, name) if header.made_by == self._job.made_by else None
        if part is not None:
            done = (outcome for outcome in part[1] if outcome.row.status in DONE)
            self._kept.update((outcome.row.digest, outcome_to_json(outcome)) for outcome in done)
