"""Which entry of a new extraction takes the place of one that is no longer found.

It is the one of the most like words, if both may be of one thing: what people said of a person, unit, document or
assignment must never come to another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from meetextract.sameness import fold, token_f1
from meetextract.sinks.database.rows import Row

ENOUGH = 0.5
"""Entries whose words have less in common are different ones."""

May = Callable[[Row, Row], bool]
"""Whether a lost entry and a fresh one may be of one thing."""

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


def successors(table: str, lost: Sequence[Row], fresh: Sequence[Row], may: May) -> dict[str, str]:
    """Pair entries of one article that are lost with fresh ones.

    Args:
        table: Of both.
        lost: Entries that are no longer found.
        fresh: Entries that were never found before.
        may: Whether two may be of one thing, as far as more than their own rows tells.

    Returns:
        For the id of each lost one that has a successor, the successor's id. The likest pairs are made first; a
        fresh one takes the place of one at most.
    """
    pairs = sorted(
        (-likeness, old["id"], new["id"])
        for old in lost
        for new in fresh
        if _may_be_one(table, old, new)
        and may(old, new)
        and (likeness := token_f1(_said(table, old), _said(table, new))) >= ENOUGH
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in pairs:
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _may_be_one(table: str, old: Row, new: Row) -> bool:
    """Whether names and symbols leave it open: one may say more than the other, but nothing else."""
    if table in ("article_people", "article_units"):
        one, other = set(fold(old["name"]).split()), set(fold(new["name"]).split())
        return one <= other or other <= one
    if table == "documents":
        shorter, longer = sorted((old["symbol_key"], new["symbol_key"]), key=len)
        return str(longer).startswith(str(shorter))
    return True


def _said(table: str, row: Mapping[str, object]) -> str:
    return " ".join(str(row[column]) for column in _SAID[table] if row[column] is not None)
