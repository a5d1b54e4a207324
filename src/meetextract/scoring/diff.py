"""What two runs found differently, article by article.

The files may be of any length and in any order: what is kept in memory is where each article stands in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from meetextract.errors import InputError
from meetextract.scoring.annotation import Annotation
from meetextract.scoring.changes import ENTRY_KINDS, Change, Items, Json, changes_between, items_of
from meetextract.scoring.facts import facts_of
from meetextract.scoring.reading import GoldArticle, names_of, read_annotation, read_line, unreadable
from meetextract.scoring.verdicts import Judge, Turned, Worth, turned


@dataclass(frozen=True, slots=True)
class Difference:
    """A change in an article.

    Attributes:
        article: The article's id.
        change: What became of an entry.
        turned: Whether it is right by gold; None where the article has no gold.
    """

    article: str
    change: Change
    turned: Turned | None


class RecordFile:
    """A file of records, of which each can be had by the id of its article.

    Args:
        path: A file; no pipe, for it is read in leaps.

    Raises:
        InputError: The file cannot be read, a line is no record, or two are of one article.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, tuple[int, int]] = {}
        if path.exists() and not path.is_file():
            raise InputError(path, None, "not a regular file", "Give a file with a record on each line")
        offset = 0
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    self._note(number, offset, read_line(path, number, line).get("id"))
                offset += len(line)

    def _note(self, number: int, offset: int, name: object) -> None:
        if not isinstance(name, str) or not name:
            raise InputError(self.path, number, "a record without id", "Give the id of its article as a text")
        if name in self._places:
            problem = f"a second record of article {name!r}, the first is in line {self._places[name][1]}"
            raise InputError(self.path, number, problem, "Remove one, or give each article an id of its own")
        self._places[name] = offset, number

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def record(self, name: str) -> Json | None:
        """Read the record of an article, if there is one."""
        if name not in self._places:
            return None
        offset, number = self._places[name]
        with _opened(self.path) as file:
            file.seek(offset)
            return read_line(self.path, number, file.readline())

    def items(self, name: str, record: Json | None) -> Items:
        """List the entries of an article's record.

        Args:
            name: The article's id.
            record: Its record.

        Returns:
            The entries.

        Raises:
            InputError: They are not as those of a record.
        """
        try:
            return items_of(record)
        except ValueError as error:
            line = self._places[name][1]
            raise InputError(self.path, line, f"no record: {error}", "Extract the article again") from error

    def worth(self, name: str, record: Json | None, gold: GoldArticle) -> Worth:
        """Compare the record of an article with its gold.

        Args:
            name: The article's id.
            record: Its record.
            gold: Its gold.

        Returns:
            How right each of its entries is.

        Raises:
            InputError: An entry is not of its kind.
        """
        annotation = Annotation() if record is None else read_annotation(self.path, record, self._places[name][1])
        return Worth(facts_of(annotation), gold)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise unreadable(path, error) from error


def differences(old: RecordFile, new: RecordFile, judge: Judge | None = None) -> Iterator[Difference]:
    """Compare two runs, one article at a time.

    Args:
        old: The records of one run.
        new: Those of another.
        judge: Knows which entries are right.

    Yields:
        Every entry of both runs, also those that are the same: in the order of the older file, then those of articles
        that only the newer one has.

    Raises:
        InputError: A record cannot be read.
    """
    for name in chain(old, (name for name in new if name not in old)):
        before, after = old.record(name), new.record(name)
        changes = changes_between(old.items(name, before), new.items(name, after))
        gold = judge.gold(names_of(before or {}) | names_of(after or {})) if judge else None
        if gold is None:
            yield from (Difference(name, change, None) for change in changes)
        else:
            worth = old.worth(name, before, gold), new.worth(name, after, gold)
            yield from (Difference(name, change, turned(change, *worth)) for change in changes)


# --- totals -----------------------------------------------------------------------------------------------------------

_COLUMNS = {"=": "same", "-": "lost", "+": "gained", "~": "changed"}
_VERDICTS = ("right", "wrong")


@dataclass(slots=True)
class Totals:
    """How many entries of each kind are the same, lost, gained and changed; by gold, how many turned right or wrong."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in ENTRY_KINDS})
    has_gold: bool = False

    def add(self, difference: Difference) -> None:
        """Count an entry."""
        count = self.counts[difference.change.item.kind]
        count[_COLUMNS[difference.change.sign]] += 1
        if difference.turned is not None:
            self.has_gold = True
            count.update(set(difference.turned.values()))

    @property
    def is_equal(self) -> bool:
        """Whether all entries are the same."""
        return all(count.total() == count["same"] for count in self.counts.values())

    def rows(self) -> dict[str, dict[str, int]]:
        """The counts of each kind that there are entries of."""
        columns = (*_COLUMNS.values(), *(_VERDICTS if self.has_gold else ()))
        return {
            kind: {column: count[column] for column in columns} for kind, count in self.counts.items() if count.total()
        }
