"""The ledger: what became of each article, beside the records of its shard.

The ledger of a shard is removed before its records are written, and written after them. So where there is a ledger, the
records beside it are whole and are those that it speaks of, at whatever moment the process was killed.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from meetextract.batch.folder import Folder

Status = Literal["extracted", "empty", "unreadable", "failed"]
DONE = ("extracted", "empty")
"""A record was made; `empty` where nothing was found."""

_RECORDS, _LEDGERS = "part-", "ledger/part-"
_PART = re.compile(r"\d{6,}-[0-9a-f]{16}\.jsonl")  # see `part_name`; others name files "part-00000-c000.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an article.

    Attributes:
        id: The article's id, or where it cannot be read, its place.
        digest: What it is known by, see `shards.digest`.
        status: `failed` is tried again by the next run; what is `unreadable` stays so until it is changed.
        seconds: How long it took.
        source: Where it was read from.
        reason: Why there is no record.
        text: Its text, where it failed.
        html: Its page, where that failed.
        title: Its title, where it failed and came with one.
        url: Its address, likewise.
        published: Its day of publication, likewise; of a page only the one that a feed gives.
    """

    id: str
    digest: str
    status: Status
    seconds: float
    source: str | None = None
    reason: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article, with its record as a line of JSON, where one was made."""

    row: Row
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a ledger.

    Attributes:
        key: What the shard is known by, see `shards.shard_key`.
        made_by: The program and the patterns, see `job.Job.made_by`.
        size: The bytes of its records.
        extracted: How many of its articles have a record that holds something.
        empty: How many have a record that holds nothing.
        unreadable: How many could not be read.
        failed: How many failed for another reason.
        seconds: How long all of them took.
        version: Of the program.
        pattern_set: The hash of the patterns.
    """

    key: str
    made_by: str
    size: int
    extracted: int
    empty: int
    unreadable: int
    failed: int
    seconds: float
    version: str
    pattern_set: str

    @property
    def articles(self) -> int:
        """How many articles the shard has."""
        return self.extracted + self.empty + self.unreadable + self.failed


@cache
def _headers() -> TypeAdapter[Header]:
    return TypeAdapter(Header)


@cache
def _rows() -> TypeAdapter[Row]:
    return TypeAdapter(Row)


@cache
def _outcomes() -> TypeAdapter[Outcome]:
    return TypeAdapter(Outcome)


def outcome_to_json(outcome: Outcome) -> str:
    """Write down an outcome."""
    return _outcomes().dump_json(outcome).decode()


def outcome_of_json(text: str) -> Outcome:
    """Read what `outcome_to_json` wrote."""
    return _outcomes().validate_json(text)


def part_name(number: int, key: str) -> str:
    """What the output of a shard is called."""
    return f"{number:06d}-{key}.jsonl"


def records_of(name: str) -> str:
    """The file of the records of a part."""
    return _RECORDS + name


def write_part(folder: Folder, name: str, header: Header, outcomes: Sequence[Outcome], data: bytes) -> None:
    """Write the records of a shard and its ledger.

    Raises:
        OSError: They cannot be written.
    """
    ledger = [_headers().dump_json(header), *(_rows().dump_json(each.row) for each in outcomes)]
    folder.remove(_LEDGERS + name)
    folder.write(_RECORDS + name, [data])
    folder.write(_LEDGERS + name, (line + b"\n" for line in ledger))


def remove_part(folder: Folder, name: str) -> None:
    """Remove the output of a shard."""
    folder.remove(_LEDGERS + name)
    folder.remove(_RECORDS + name)


def rename_part(folder: Folder, old: str, new: str) -> None:
    """Give the output of a shard another name."""
    folder.rename(_RECORDS + old, _RECORDS + new)
    folder.rename(_LEDGERS + old, _LEDGERS + new)


def part_names(folder: Folder) -> set[str]:
    """The names of all parts, also of those that were not finished."""
    names = {name.removeprefix(prefix) for prefix in (_RECORDS, _LEDGERS) for name in folder.sizes(prefix)}
    return {name for name in names if _PART.fullmatch(name)}


def read_headers(folder: Folder) -> Iterator[tuple[str, Header | None]]:
    """What the ledgers say of all shards, in the order of their names.

    Yields:
        The name of each part, and None where its ledger is not there or damaged, or its records are not those it tells.
    """
    names = sorted(part_names(folder))
    sizes = folder.sizes(_RECORDS)  # of all at once: object stores are slow to ask for each
    ledgers = folder.read_all(_LEDGERS + name for name in names)
    for name, ledger in zip(names, ledgers, strict=True):
        header: Header | None = None
        with suppress(ValidationError):
            header = _headers().validate_json((ledger or b"").partition(b"\n")[0])
        yield name, header if header is not None and sizes.get(_RECORDS + name) == header.size else None


def read_rows(folder: Folder, names: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """What the ledgers of some parts say of their articles."""
    for name, ledger in zip(names, folder.read_all(_LEDGERS + name for name in names), strict=True):
        with suppress(ValidationError):
            yield name, [_rows().validate_json(row) for row in (ledger or b"").splitlines()[1:]]


def read_part(folder: Folder, name: str) -> tuple[Header, list[Outcome]] | None:
    """What became of the articles of a shard, with their records; None where the two do not belong together."""
    ledger = folder.read(_LEDGERS + name)
    data = folder.read(_RECORDS + name)
    if ledger is None or data is None:
        return None
    try:
        head, *rows = ledger.splitlines()
        header, told = _headers().validate_json(head), [_rows().validate_json(row) for row in rows]
    except ValueError:  # also where there is no line
        return None
    if len(data) != header.size or len(told) != header.articles:
        return None
    lines = iter(data.decode().split("\n"))
    return header, [Outcome(row, next(lines) if row.status in DONE else None) for row in told]
