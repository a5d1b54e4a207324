"""Writing rows into the database: what is new is added, what is otherwise is changed, what is gone is superseded.

Nothing here touches what people wrote. All of it happens within one transaction of the writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, select, tuple_, update

from meetextract.sameness import fold
from meetextract.sinks.database.inserting import insert_rows
from meetextract.sinks.database.joining import decided, join_people, names_of
from meetextract.sinks.database.namesakes import is_another, refused
from meetextract.sinks.database.rows import Row, Rows
from meetextract.sinks.database.succession import May, successors
from meetextract.sinks.database.tables import (
    ADDRESSEES,
    ARTICLES,
    ASSIGNMENTS,
    ENTRIES,
    MENTIONS,
    PARTS,
    PEOPLE,
    PERSON_LINKS,
    RUNS,
    TASKS,
    TEXTS,
    UNITS,
)
from meetextract.sinks.database.within import chunks, within

_OF_UNIT = ("name", "kind", "level", "area", "home")  # what articles may know of it


@dataclass(slots=True)
class Changes:
    """How many articles and entries were changed, and how."""

    new: int = 0
    changed: int = 0
    added: int = 0
    updated: int = 0
    superseded: int = 0
    restored: int = 0

    def add(self, other: Changes) -> None:
        """Count in the changes of another batch."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def known_hashes(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """By id of the articles that are there, the hash of what they were loaded from."""
    query = select(ARTICLES.c.id, ARTICLES.c.record_hash)
    return dict(within(connection, query, ARTICLES.c.id, articles))


def store(connection: Connection, batch: Sequence[Rows], now: datetime) -> tuple[Changes, dict[str, str]]:
    """Write the rows of some articles.

    Args:
        connection: In a transaction of the writer.
        batch: The rows of articles, each article once.
        now: The time that is written as that of loading.

    Returns:
        What was changed; nothing is, where all says the same as the database. And by id of the articles that were not
        taken, why.
    """
    storing = _Store(connection, batch, now)
    return storing.run(), storing.refused


class _Store:
    """Writes the rows of one batch."""

    def __init__(self, connection: Connection, batch: Sequence[Rows], now: datetime) -> None:
        self._connection = connection
        self._now = now
        ids = [rows.article["id"] for rows in batch]
        known = {row["id"]: row for row in self._select(ARTICLES, "id", ids)}
        self.refused: dict[str, str] = {}
        self._batch = []
        for rows in batch:
            old = known.get(rows.article["id"])
            if old is not None and is_another(old, rows.article):
                self.refused[rows.article["id"]] = refused(old)
            elif old is None or old["record_hash"] != rows.article["record_hash"]:
                self._batch.append(rows)
        self._old = {rows.article["id"] for rows in self._batch if rows.article["id"] in known}
        self._told: dict[str, dict[str, set[str]]] = {}
        self._places: dict[str, dict[str, str]] = {}
        self._by_run: dict[str, Changes] = defaultdict(Changes)

    def run(self) -> Changes:
        if self._batch:
            self._store_runs()
            self._store_units()
            new_people = self._store_people()
            self._store_articles()
            self._link_people(new_people)
            self._told = self._told_before()
            for table in ENTRIES.values():
                self._store_entries(table)
            for table, _ in PARTS.values():
                self._store_parts(table)
            self._store_mentions()
            self._count_runs()
        changes = Changes()
        for each in self._by_run.values():
            changes.add(each)
        return changes

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        insert_rows(self._connection, table, rows)

    def _select(self, table: Table, column: str, keys: Iterable[str]) -> Iterator[Row]:
        for row in within(self._connection, select(table), table.c[column], keys):
            yield row._asdict()

    def _store_runs(self) -> None:
        runs = {rows.run["id"]: rows.run for rows in self._batch}
        there = {row["id"] for row in self._select(RUNS, "id", runs)}
        self._insert(RUNS, [
            {**run, "first_loaded": self._now, "last_loaded": self._now, "articles": 0, "added": 0, "updated": 0,
             "superseded": 0, "restored": 0}
            for key, run in runs.items() if key not in there
        ])  # fmt: skip

    def _count_runs(self) -> None:
        for key, changes in self._by_run.items():
            c = RUNS.c
            self._connection.execute(
                update(RUNS)
                .where(c.id == key)
                .values(
                    last_loaded=self._now,
                    articles=c.articles + changes.new + changes.changed,
                    added=c.added + changes.added,
                    updated=c.updated + changes.updated,
                    superseded=c.superseded + changes.superseded,
                    restored=c.restored + changes.restored,
                )
            )

    def _store_units(self) -> None:
        units: dict[str, Row] = {}
        for rows in self._batch:
            for key, row in rows.units.items():
                units[key] = _better_unit(units[key], row) if key in units else row
        there = {row["id"]: row for row in self._select(UNITS, "id", units)}
        fresh = [{**row, "entity": key} for key, row in units.items() if key not in there]
        self._insert(UNITS, sorted(fresh, key=lambda row: (row["home"] is not None, row["id"])))  # areas first
        better = []
        for key, row in there.items():
            best = _better_unit(row, units[key])
            if any(best[column] != row[column] for column in _OF_UNIT):
                better.append({f"new_{column}": best[column] for column in ("id", *_OF_UNIT)})
        if better:
            columns: dict[str, Any] = {column: bindparam(f"new_{column}") for column in _OF_UNIT}
            self._connection.execute(update(UNITS).where(UNITS.c.id == bindparam("new_id")).values(columns), better)

    def _store_people(self) -> list[Row]:
        people: dict[str, Row] = {}
        for rows in self._batch:
            for key, row in rows.people.items():
                people[key] = min(people.get(key, row), row, key=lambda each: (-len(each["name"]), each["name"]))
        there = {row["id"]: row["name"] for row in self._select(PEOPLE, "id", people)}
        fresh = [{**row, "entity": key} for key, row in sorted(people.items()) if key not in there]
        self._insert(PEOPLE, fresh)
        for key, name in there.items():
            best = min(name, people[key]["name"], key=lambda each: (-len(each), each))
            if best != name:
                self._connection.execute(update(PEOPLE).where(PEOPLE.c.id == key).values(name=best))
        return fresh

    def _store_articles(self) -> None:
        fresh = [rows for rows in self._batch if rows.article["id"] not in self._old]
        stamps = {"first_loaded": self._now, "last_changed": self._now}
        self._insert(ARTICLES, [{**rows.article, **stamps} for rows in fresh])
        self._insert(TEXTS, [{**rows.text, "number": 1, "first_loaded": self._now} for rows in fresh])
        changed = [rows for rows in self._batch if rows.article["id"] in self._old]
        for rows in self._batch:
            changes = self._by_run[rows.run["id"]]
            if rows.article["id"] in self._old:
                changes.changed += 1
            else:
                changes.new += 1
        if not changed:
            return
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in changed[0].article}
        values["last_changed"] = self._now
        self._connection.execute(
            update(ARTICLES).where(ARTICLES.c.id == bindparam("new_id")).values(values),
            [{f"new_{name}": value for name, value in rows.article.items()} for rows in changed],
        )
        texts: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in self._select(TEXTS, "article", sorted(self._old)):
            texts[row["article"]][row["text_hash"]] = row
        for rows in changed:
            there = texts[rows.article["id"]]
            if rows.text["text_hash"] not in there:
                self._insert(TEXTS, [{**rows.text, "number": len(there) + 1, "first_loaded": self._now}])
                continue
            new = {name: value for name, value in rows.text.items() if value is not None}
            if any(there[rows.text["text_hash"]][name] != value for name, value in new.items()):
                same = and_(TEXTS.c.article == new["article"], TEXTS.c.text_hash == new["text_hash"])
                self._connection.execute(update(TEXTS).where(same).values(new))

    def _link_people(self, new_people: Sequence[Row]) -> None:
        """Note whom the articles name as one, and let people point to their entities."""
        links = {(rows.article["id"], one, other) for rows in self._batch for one, other in rows.links}
        there = {
            (row["article"], row["one"], row["other"])
            for row in self._select(PERSON_LINKS, "article", sorted(self._old))
        }
        self._insert(PERSON_LINKS, [
            {"article": article, "one": one, "other": other} for article, one, other in sorted(links - there)
        ])  # fmt: skip
        gone = sorted(there - links)
        if gone:
            key = tuple_(PERSON_LINKS.c.article, PERSON_LINKS.c.one, PERSON_LINKS.c.other)
            for some in chunks(gone):
                self._connection.execute(delete(PERSON_LINKS).where(key.in_(some)))
        names = names_of(self._connection, {key for _, one, other in links ^ there for key in (one, other)})
        if new_people and decided(self._connection, "unit"):
            names |= {row["name_key"] for row in new_people}
        join_people(self._connection, names)

    def _store_entries(self, table: Table) -> None:
        """Write the entries of one kind."""
        there: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in self._select(table, "article", sorted(self._old)):
            there[row["article"]][row["id"]] = row
        fresh: list[Row] = []
        changed: list[Row] = []
        gone: list[Row] = []
        came_back: list[Row] = []
        for rows in self._batch:
            article, found = rows.article["id"], rows.entries[table.name]
            changes = self._by_run[rows.run["id"]]
            known = there.get(article, {})
            new = {key: row for key, row in found.items() if key not in known}
            lost = [row for key, row in known.items() if key not in found and row["superseded"] is None]
            may = self._may_follow(table, article, rows)
            places = successors(table.name, lost, list(new.values()), may)
            # What was lost before and comes back worded otherwise takes its place again, too.
            gone_before = [row for row in known.values() if row["superseded"] is not None and row["successor"] is None]
            untaken = [row for key, row in new.items() if key not in places.values()]
            back = successors(table.name, gone_before, untaken, may)
            places |= back
            if table is ASSIGNMENTS:
                self._places[article] = places
            came_back += ({"its_article": article, "its_id": key, "next": next_} for key, next_ in back.items())
            origins = {successor: known[key]["origin"] for key, successor in places.items()}
            fresh += ({**row, "origin": origins.get(key, key)} for key, row in new.items())
            gone += (
                {"its_article": article, "its_id": row["id"], "by": rows.run["id"], "next": places.get(row["id"])}
                for row in lost
            )
            changes.added += len(new)
            changes.superseded += len(lost)
            for key, row in found.items():
                if key in known and (is_back := known[key]["superseded"] is not None) | _differs(known[key], row):
                    changed.append({f"new_{name}": value for name, value in row.items()})
                    changes.restored += is_back
                    changes.updated += not is_back
        self._insert(table, fresh)
        if changed:
            names = [name.removeprefix("new_") for name in changed[0]]
            self._connection.execute(
                update(table)
                .where(table.c.article == bindparam("new_article"), table.c.id == bindparam("new_id"))
                .values({name: bindparam(f"new_{name}") for name in names if name not in ("article", "id")}
                        | {"superseded": None, "superseded_by": None, "successor": None}),
                changed,
            )  # fmt: skip
        its_row = and_(table.c.article == bindparam("its_article"), table.c.id == bindparam("its_id"))
        if gone:
            values = {"superseded": self._now, "superseded_by": bindparam("by"), "successor": bindparam("next")}
            self._connection.execute(update(table).where(its_row).values(values), gone)
        if came_back:
            self._connection.execute(update(table).where(its_row).values(successor=bindparam("next")), came_back)

    def _may_follow(self, table: Table, article: str, rows: Rows) -> May:
        """What tells more of entries than their own rows: whom an assignment tells, of which one a task is."""
        if table is ASSIGNMENTS:
            told, tells = self._told[article], _told_by(rows)
            return lambda old, new: _are_alike(told[old["id"]], tells[new["id"]])
        if table is TASKS:
            places = self._places.get(article, {})
            return lambda old, new: bool(places.get(old["assignment"], old["assignment"]) == new["assignment"])
        return lambda _old, _new: True

    def _told_before(self) -> dict[str, dict[str, set[str]]]:
        """By article and assignment those whom it told."""
        told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self._select(ADDRESSEES, "article", sorted(self._old)):
            if row["part"] == "told":
                told[row["article"]][row["entry"]].add(fold(row["name"]))
        return told

    def _store_parts(self, table: Table) -> None:
        """Write the parts of entries anew where they are otherwise; those of superseded entries stay."""
        there: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._select(table, "article", sorted(self._old)):
            there[row["article"], row["entry"]].append(row)
        fresh: list[Row] = []
        gone: list[Row] = []
        for rows in self._batch:
            for entry, parts in rows.parts[table.name].items():
                old = sorted(there.get((rows.article["id"], entry), []), key=lambda row: row["number"])
                if old != parts:
                    fresh += parts
                    if old:
                        gone.append({"its_article": rows.article["id"], "its_entry": entry})
        if gone:
            same = and_(table.c.article == bindparam("its_article"), table.c.entry == bindparam("its_entry"))
            self._connection.execute(delete(table).where(same), gone)
        self._insert(table, fresh)

    def _store_mentions(self) -> None:
        """Write the mentions of an article anew where they are otherwise."""
        there: dict[str, list[Row]] = defaultdict(list)
        for row in self._select(MENTIONS, "article", sorted(self._old)):
            there[row["article"]].append(row)
        fresh: list[Row] = []
        gone: list[Row] = []
        for rows in self._batch:
            old = sorted(there.get(rows.article["id"], []), key=lambda row: row["number"])
            if old != rows.mentions:
                fresh += rows.mentions
                if old:
                    gone.append({"its_article": rows.article["id"]})
        if gone:
            self._connection.execute(delete(MENTIONS).where(MENTIONS.c.article == bindparam("its_article")), gone)
        self._insert(MENTIONS, fresh)


def _told_by(rows: Rows) -> dict[str, set[str]]:
    return {
        entry: {fold(row["name"]) for row in parts if row["part"] == "told"}
        for entry, parts in rows.parts["addressees"].items()
    }


def _are_alike(one: set[str], other: set[str]) -> bool:
    """Whether two lists of those told may be of one assignment: one of them may lack some."""
    return one <= other or other <= one


def _differs(there: Row, row: Row) -> bool:
    """Whether a row says anything else than before, but for the run that said it."""
    return any(there[name] != value for name, value in row.items() if name != "run")


def _better_unit(one: Any, other: Any) -> Any:
    """Of two rows of one unit the one to keep: the fuller, by an order that does not ask which came first."""
    return min(one, other, key=lambda row: (row["home"] is None, row["kind"] is None, -len(row["name"]),
                                            *(row[column] or "" for column in _OF_UNIT)))  # fmt: skip
