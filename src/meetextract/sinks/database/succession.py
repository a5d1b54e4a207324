"""Which entry of a new extraction takes the place of one that is no longer found: the one of the most like words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meetextract.sameness import token_f1
from meetextract.sinks.database.rows import Row

ENOUGH = 0.5
"""Entries whose words have less in common are different ones."""

_SAID = {
    "meetings": ("kind", "date", "topic", "host"),
    "article_people": ("name",),
    "article_units": ("name",),
    "documents": ("symbol_key", "type"),
    "targets": ("indicator", "quote"),
    "results": ("indicator", "quote"),
    "assignments": ("quote",),
    "tasks": ("text",),
}
"""By table the columns with the words by which an entry is known."""


def successors(table: str, lost: Sequence[Row], fresh: Sequence[Row]) -> dict[str, str]:
    """Pair entries of one article that are lost with fresh ones.

    Args:
        table: Of both.
        lost: Entries that are no longer found.
        fresh: Entries that were never found before.

    Returns:
        For the id of each lost one that has a successor, the successor's id. The likest pairs are made first; a
        fresh one takes the place of one at most.
    """
    pairs = sorted(
        (-likeness, old["id"], new["id"])
        for old in lost
        for new in fresh
        if (likeness := token_f1(_said(table, old), _said(table, new))) >= ENOUGH
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in pairs:
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _said(table: str, row: Mapping[str, object]) -> str:
    return " ".join(str(row[column]) for column in _SAID[table] if row[column] is not None)
