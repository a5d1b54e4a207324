"""Which people and units are one: an entity is a set of them, named after its smallest id.

Units are one where people said so. People are one where people said so, where an article gives one person both offices,
and where namesakes are of units that are one. What people said goes before what machines found, and of that is left out
what would make one of two of whom people said that they are different. The outcome depends on nothing but what is in
the database, not on the order in which it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from meetextract.sinks.database.tables import MERGES, PEOPLE, PERSON_LINKS, UNITS
from meetextract.sinks.database.within import within

Pair = tuple[str, str]


def standing(kind: str) -> Select[Any]:
    """For each pair of people or units of which people said something, what holds: `same` or `different`."""
    c = MERGES.c
    last = select(func.max(c.id)).group_by(c.kind, c.one, c.other)
    return select(c.one, c.other, c.decision).where(c.id.in_(last), c.kind == kind, c.decision != "undone")


def decided(connection: Connection, kind: str) -> dict[Pair, str]:
    """What holds of each pair (`standing`)."""
    return {(row.one, row.other): row.decision for row in connection.execute(standing(kind))}


def overruled(connection: Connection, kind: str) -> list[Pair]:
    """The pairs that stand as different although people said of others what makes them one."""
    said = decided(connection, kind)
    entity_of = entities((key for pair in said for key in pair), _pairs(said, "same"))
    return [(one, other) for one, other in _pairs(said, "different") if entity_of[one] == entity_of[other]]


def join_units(connection: Connection) -> set[str]:
    """Let every unit point to its entity.

    Returns:
        The ids of those that point elsewhere than before.
    """
    said = decided(connection, "unit")
    same, apart = _pairs(said, "same"), _pairs(said, "different")
    rows = connection.execute(select(UNITS.c.id, UNITS.c.entity).where(UNITS.c.entity != UNITS.c.id)).all()
    before = {row.id: row.entity for row in rows}
    after = entities({key for pair in same for key in pair} | set(before), same, apart)
    changed = {key for key, entity in after.items() if before.get(key, key) != entity}
    _point(connection, UNITS, {key: after[key] for key in changed})
    return changed


def join_people(connection: Connection, names: Collection[str]) -> None:
    """Let everybody of some names point to his entity, and whoever hangs together with them by what people said.

    Args:
        connection: In a transaction of the writer.
        names: Folded names (`name_key`).
    """
    said = decided(connection, "person")
    same = _pairs(said, "same")
    people: dict[str, Row[Any]] = {}
    links: set[Pair] = set()
    done: set[str] = set()
    # Links and units join namesakes only (`Rows.links`), so all that could join a name is at hand with all of its name.
    while more := sorted(set(names) - done):
        found, linked = _of_names(connection, more)
        people |= found
        links |= linked
        done.update(more)
        beside = {key for pair in same if people.keys() & set(pair) for key in pair} - people.keys()
        names = names_of(connection, beside)
    of_unit: dict[Pair, list[str]] = defaultdict(list)
    for key, row in people.items():
        if row.unit is not None:
            of_unit[row.name_key, row.unit].append(key)
    namesakes = {pair for keys in of_unit.values() for pair in combinations(sorted(keys), 2)}
    after = entities(
        people,
        [*(pair for pair in same if people.keys() & set(pair)), *sorted(links | namesakes)],
        [pair for pair in _pairs(said, "different") if people.keys() >= set(pair)],
    )
    _point(connection, PEOPLE, {key: after[key] for key, row in people.items() if row.entity != after[key]})


def names_of(connection: Connection, keys: Iterable[str]) -> set[str]:
    """The folded names of people by their ids."""
    rows = within(connection, select(PEOPLE.c.name_key), PEOPLE.c.id, sorted(keys))
    return {name for (name,) in rows}


def entities(things: Iterable[str], same: Iterable[Pair], apart: Iterable[Pair] = ()) -> dict[str, str]:
    """Divide things into those that are one.

    Args:
        things: Ids; those of pairs need not be among them.
        same: Pairs of ids that are one, those first that go before others.
        apart: Pairs of ids that are not one; a pair of `same` that would make them so is left out.

    Returns:
        For each id the smallest of those that are one with it.
    """
    parent = {each: each for each in things}
    others: dict[str, set[str]] = defaultdict(set)
    for one, other in apart:
        others[one].add(other)
        others[other].add(one)

    def root(each: str) -> str:
        parent.setdefault(each, each)
        while parent[each] != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    for one, other in same:
        first, second = sorted((root(one), root(other)))
        if first == second or any(root(each) == first for each in others.get(second, ())):
            continue
        parent[second] = first
        if second in others:
            others[first] |= others.pop(second)
    return {each: root(each) for each in list(parent)}


def _pairs(said: Mapping[Pair, str], decision: str) -> list[Pair]:
    return sorted(pair for pair, each in said.items() if each == decision)


def _of_names(connection: Connection, names: list[str]) -> tuple[dict[str, Row[Any]], set[Pair]]:
    """Everybody of some names by id, with the entity of his unit; and whom of them articles name as one."""
    query = select(PEOPLE.c.id, PEOPLE.c.name_key, PEOPLE.c.entity, UNITS.c.entity.label("unit"))
    everybody = query.join_from(PEOPLE, UNITS, PEOPLE.c.unit == UNITS.c.id, isouter=True)
    linked = select(PERSON_LINKS.c.one, PERSON_LINKS.c.other).distinct()
    linked = linked.join_from(PERSON_LINKS, PEOPLE, PEOPLE.c.id == PERSON_LINKS.c.one)
    people = {row.id: row for row in within(connection, everybody, PEOPLE.c.name_key, names)}
    return people, {(one, other) for one, other in within(connection, linked, PEOPLE.c.name_key, names)}


def _point(connection: Connection, table: object, entity_of: Mapping[str, str]) -> None:
    assert table is UNITS or table is PEOPLE
    if entity_of:
        connection.execute(
            update(table).where(table.c.id == bindparam("key")).values(entity=bindparam("whole")),
            [{"key": key, "whole": entity} for key, entity in sorted(entity_of.items())],
        )
