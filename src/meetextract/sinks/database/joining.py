"""Which people and units are one: an entity is a set of them, named after its smallest id.

Units are one where people said so. People are one where an article gives one person both offices, where people said
so, and where namesakes are of units that are one; unless people said of the two that they are different. The outcome
depends on nothing but what is in the database, not on the order in which it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, select, update

from meetextract.sinks.database.tables import MERGES, PEOPLE, PERSON_LINKS, UNITS

Pair = tuple[str, str]


def decided(connection: Connection, kind: str) -> dict[Pair, str]:
    """For each pair of people or units of which people said something, what holds: `same` or `different`."""
    last = select(func.max(MERGES.c.id)).where(MERGES.c.kind == kind).group_by(MERGES.c.one, MERGES.c.other)
    rows = connection.execute(select(MERGES.c.one, MERGES.c.other, MERGES.c.decision).where(MERGES.c.id.in_(last)))
    return {(one, other): decision for one, other, decision in rows if decision != "undone"}


def join_units(connection: Connection) -> set[str]:
    """Let every unit point to its entity.

    Returns:
        The ids of those that point elsewhere than before.
    """
    same = [pair for pair, decision in decided(connection, "unit").items() if decision == "same"]
    rows = connection.execute(select(UNITS.c.id, UNITS.c.entity).where(UNITS.c.entity != UNITS.c.id)).all()
    before = {row.id: row.entity for row in rows}
    after = entities({key for pair in same for key in pair} | set(before), same)
    changed = {key for key, entity in after.items() if before.get(key, key) != entity}
    _point(connection, UNITS, {key: after[key] for key in changed})
    return changed


def join_people(connection: Connection, names: Collection[str]) -> None:
    """Let everybody of some names point to his entity.

    Args:
        connection: In a transaction of the writer.
        names: Folded names (`name_key`).
    """
    if not names:
        return
    rows = connection.execute(
        select(PEOPLE.c.id, PEOPLE.c.name_key, PEOPLE.c.entity, UNITS.c.entity.label("unit"))
        .join_from(PEOPLE, UNITS, PEOPLE.c.unit == UNITS.c.id, isouter=True)
        .where(PEOPLE.c.name_key.in_(sorted(names)))
    ).all()
    before = {row.id: row.entity for row in rows}
    links = connection.execute(
        select(PERSON_LINKS.c.one, PERSON_LINKS.c.other).distinct().where(PERSON_LINKS.c.one.in_(sorted(before)))
    )
    said = decided(connection, "person")
    pairs = {(one, other) for one, other in links if said.get((one, other)) != "different"}
    pairs |= {pair for pair, decision in said.items() if decision == "same" and before.keys() & set(pair)}
    of_unit: dict[Pair, list[str]] = defaultdict(list)
    for row in rows:
        if row.unit is not None:
            of_unit[row.name_key, row.unit].append(row.id)
    pairs |= {
        (min(ids), other)
        for ids in of_unit.values()
        for other in ids
        if other != min(ids) and said.get((min(ids), other)) != "different"
    }
    after = entities(before, pairs)
    _point(connection, PEOPLE, {key: entity for key, entity in after.items() if before.get(key) != entity})


def entities(things: Iterable[str], same: Iterable[Pair]) -> dict[str, str]:
    """Divide things into those that are one.

    Args:
        things: Ids; those of pairs need not be among them.
        same: Pairs of ids that are one.

    Returns:
        For each id the smallest of those that are one with it.
    """
    parent = {each: each for each in things}

    def root(each: str) -> str:
        parent.setdefault(each, each)
        while parent[each] != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    for one, other in same:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {each: root(each) for each in parent}


def _point(connection: Connection, table: object, entity_of: Mapping[str, str]) -> None:
    assert table is UNITS or table is PEOPLE
    if entity_of:
        connection.execute(
            update(table).where(table.c.id == bindparam("key")).values(entity=bindparam("whole")),
            [{"key": key, "whole": entity} for key, entity in sorted(entity_of.items())],
        )
