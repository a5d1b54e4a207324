"""What people say that slots ought to say, as rows: each value checked, each name with the unit or person it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, TypeAlias, get_args

from sqlalchemy import Connection, Table, insert, select

from meetextract.errors import DatabaseError
from meetextract.match.gazetteer import read_gazetteer
from meetextract.records import Comparator, Session
from meetextract.sameness import fold
from meetextract.settings import pattern_dir
from meetextract.sinks.database.current import CORRECTABLE, FOLLOWING
from meetextract.sinks.database.identities import Names, hashed, name_key, person_id
from meetextract.sinks.database.indicators import measure_key, words_key
from meetextract.sinks.database.levels import better, level_of, measured_as
from meetextract.sinks.database.rows import Row, unit_row
from meetextract.sinks.database.tables import (
    ADDRESSEES,
    ARTICLE_PEOPLE,
    ARTICLE_UNITS,
    ARTICLES,
    ASSIGNMENTS,
    CORRECTIONS,
    PEOPLE,
    TASKS,
    UNITS,
)

Value: TypeAlias = str | float | date | None
Slots: TypeAlias = Mapping[str, Value | Iterable[str]]

LISTS = ("assignees", "with", "tasks")
"""The slots that hold lists."""

_UNITS = ("assigner", "holder", "host")
_ADDRESSEES = ("assignees", "with")  # people and collectives, too: no units are made of them
_DAYS = ("start", "end", "deadline", "date")
_NUMBERS = ("value", "max")
_NEVER_EMPTY = ("indicator", "verb", "kind")
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_CHOICES = {"comparator": get_args(Comparator), "session": get_args(Session)}


def corrected_slots(connection: Connection, verdict: int) -> dict[str, Value | list[str]]:
    """What slots ought to say, by a verdict."""
    c = CORRECTIONS.c
    rows = connection.execute(select(c.slot, c.value).where(c.verdict == verdict).order_by(c.slot, c.number)).all()
    said: dict[str, Value | list[str]] = {}
    for slot, value in rows:
        if slot in LISTS:
            said[slot] = [row.value for row in rows if row.slot == slot and row.value is not None]
        elif slot not in FOLLOWING:
            said[slot] = value
    return said


def correction_rows(connection: Connection, kind: str, row: Row, slots: Slots) -> list[Row]:
    """The rows of a correction, without its verdict; a holder, host or assigner that nobody named before is made.

    Args:
        connection: In a transaction of the writer.
        kind: Of the entry.
        row: The entry.
        slots: What they ought to say.

    Raises:
        DatabaseError: There is no such slot, or a value does not fit.
    """
    rows: list[Row] = []
    said = {}
    for slot, value in slots.items():
        if slot not in CORRECTABLE.get(kind, ()):
            may = ", ".join(CORRECTABLE.get(kind, ())) or "none"
            raise DatabaseError(f"{slot}: no slot of a {kind} that can be corrected. These can: {may}.")
        texts = _texts(slot, value) if slot in LISTS else [_text(slot, value)]
        said[slot] = texts[0]
        tasks = _task_keys(connection, row, texts) if slot == "tasks" else [None] * len(texts)
        for number, (text, task) in enumerate(zip(texts, tasks, strict=True)):
            unit = person = None
            if slot in _UNITS and text is not None:
                person = _person(connection, row["article"], text) if slot == "assigner" else None
                unit = None if person else _unit(connection, row["article"], text, is_holder=slot == "holder")
            elif slot in _ADDRESSEES and text is not None:
                unit = _known_unit(connection, row["article"], text)
            rows.append({"slot": slot, "number": number, "value": text, "unit": unit, "person": person, "task": task})
    following = _following(row, said) if kind == "target" else {}
    empty = {"number": 0, "unit": None, "person": None, "task": None}
    return rows + [{**empty, "slot": slot, "value": value} for slot, value in following.items()]


def _following(row: Row, said: Mapping[str, str | None]) -> dict[str, str | None]:
    """What follows from corrected slots of a target; a value that people give is the one to compare."""
    now = {**row, **said}
    indicator, end = str(now["indicator"]), str(now["end"]) if now["end"] else None
    follows: dict[str, str | None] = {
        "indicator_key": words_key(indicator),
        "measure_key": measure_key(indicator, now["holder"]),
        "measured_as": measured_as(row["change"], now["unit"], row["base"], indicator, end, row["quote"]),
        "better": better(indicator, row["change"]),
    }
    if said.keys() & {"comparator", "value", "max"}:
        is_range = now["comparator"] == "range"
        if is_range != (said.get("max") is not None):
            raise DatabaseError("max: a range has one, and nothing else. Correct `comparator` and `max` at once.")
        if "max" not in said:
            follows["max"] = None
    if said.keys() & {"value", "unit"}:
        of = None if "value" in said else row["of"]
        value = None if now["value"] is None else float(now["value"])
        level, unit = level_of(value, of, now["unit"], row["change"])
        follows |= {"of": _written(of), "level": _written(level), "level_unit": unit}
    return follows


def _written(number: float | None) -> str | None:
    return None if number is None else repr(number)


def _texts(slot: str, value: Any) -> list[str | None]:
    """The texts of a list; one that is empty has a row without a value."""
    texts = [value] if isinstance(value, str) or not isinstance(value, Iterable | None) else list(value or ())
    if isinstance(value, str) or not all(isinstance(each, str) for each in texts):
        raise DatabaseError(f"{slot}: a list of texts is needed, not {value!r}.")
    return [_tidy(slot, each) for each in texts] or [None]


def _text(slot: str, value: Any) -> str | None:
    """A value as it is kept, which is text."""
    if value is None:
        if slot in _NEVER_EMPTY:
            raise DatabaseError(f"{slot}: it cannot be empty. Reject the entry if there is no such thing.")
        return None
    needed = "a text"
    try:
        if slot in _DAYS:
            needed = "a day like 2024-03-31"
            return (value if type(value) is date else date.fromisoformat(value)).isoformat()
        if slot in _NUMBERS:
            needed = "a number"
            number = float(value)
            if not isfinite(number) or isinstance(value, bool):
                raise ValueError
            return repr(number)
    except (TypeError, ValueError, OverflowError):
        raise DatabaseError(f"{slot}: {needed} is needed, not {value!r}.") from None
    if slot in _CHOICES and value not in _CHOICES[slot]:
        raise DatabaseError(f"{slot}: one of {', '.join(_CHOICES[slot])} is needed, not {value!r}.")
    if not isinstance(value, str):
        raise DatabaseError(f"{slot}: {needed} is needed, not {value!r}.")
    return _tidy(slot, value)


def check_text(what: str, text: str | None) -> None:
    """Refuse a text that not every database keeps.

    Raises:
        DatabaseError: It holds U+0000, or half a character.
    """
    if text is not None and _UNKEPT.search(text):
        raise DatabaseError(f"{what}: a text with U+0000 or half a character, which no database keeps. Take it out.")


def _tidy(slot: str, text: str) -> str:
    check_text(slot, text)
    tidy = " ".join(text.split())
    if not tidy:
        raise DatabaseError(f"{slot}: a text without words. Give None, or leave it out of its list.")
    return tidy


def _task_keys(connection: Connection, row: Row, texts: list[str | None]) -> list[str | None]:
    """The ids of tasks that people word; a task that they leave as it is keeps its id, and so its status."""
    of_one = select(ASSIGNMENTS.c.id).where(
        ASSIGNMENTS.c.article == row["article"], ASSIGNMENTS.c.origin == row["origin"]
    )
    found = (
        select(TASKS.c.text, TASKS.c.origin)
        .where(TASKS.c.article == row["article"], TASKS.c.assignment.in_(of_one))
        .order_by(TASKS.c.superseded.is_(None), TASKS.c.number.desc(), TASKS.c.id)
    )
    known: dict[str | None, str] = {row.text: row.origin for row in connection.execute(found)}
    seen: Counter[str | None] = Counter()
    keys: list[str | None] = []
    for text in texts:
        seen[text] += 1
        is_known = seen[text] == 1 and text in known
        keys.append(known[text] if is_known else hashed("task", row["origin"], text, seen[text]))
    return keys if texts != [None] else [None]


def _person(connection: Connection, article: str, name: str) -> str | None:
    """The person of a name in an article, who is made if it is the name of one; None for other names."""
    named = (
        select(ARTICLE_PEOPLE.c.person)
        .join_from(ARTICLE_PEOPLE, PEOPLE, PEOPLE.c.id == ARTICLE_PEOPLE.c.person)
        .where(ARTICLE_PEOPLE.c.article == article, PEOPLE.c.name_key == name_key(name))
        .order_by(ARTICLE_PEOPLE.c.superseded.is_not(None), ARTICLE_PEOPLE.c.id)
    )
    if (known := connection.execute(named).scalars().first()) is not None:
        return str(known)
    if not _is_of_person(name):
        return None
    key = person_id(name, None, article)
    made = {"id": key, "name": name, "name_key": name_key(name), "unit": None, "entity": key}
    _make_sure(connection, PEOPLE, made)
    return key


def _is_of_person(name: str) -> bool:
    """Whether a name looks like that of a person: a surname, and nothing but capitalised words."""
    words = name.split()
    return len(words) > 1 and fold(words[0]) in _surnames() and all(word.istitle() for word in words)


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    rows = read_gazetteer(pattern_dir() / "gazetteers" / "surnames.tsv").rows
    return frozenset(fold(row["form"]).split()[0] for row in rows)


def _unit(connection: Connection, article: str, name: str, *, is_holder: bool) -> str:
    """The unit of a name in an article, which is made if it was never named."""
    if not is_holder and (known := _unit_of_article(connection, article, name)) is not None:
        return known
    names = _names(connection, article)
    key = names.holder(name) if is_holder else names.unit(name)
    assert key is not None
    for unit in sorted(names.found.values(), key=lambda each: each.home is not None):  # areas first
        _make_sure(connection, UNITS, {**unit_row(unit), "entity": unit.id})
    return key


def _known_unit(connection: Connection, article: str, name: str) -> str | None:
    """The unit of a name of those told, if there is one: as the article says it, else as it means it anywhere."""
    of_those_told = (
        select(ADDRESSEES.c.unit)
        .where(ADDRESSEES.c.article == article, ADDRESSEES.c.name == name, ADDRESSEES.c.unit.is_not(None))
        .order_by(ADDRESSEES.c.entry, ADDRESSEES.c.number)
    )
    known = connection.execute(of_those_told).scalars().first() or _unit_of_article(connection, article, name)
    anywhere = select(UNITS.c.id).where(UNITS.c.id == _names(connection, article).unit(name))
    return known or connection.execute(anywhere).scalar()


def _unit_of_article(connection: Connection, article: str, name: str) -> str | None:
    named = (
        select(ARTICLE_UNITS.c.unit)
        .join_from(ARTICLE_UNITS, UNITS, UNITS.c.id == ARTICLE_UNITS.c.unit)
        .where(ARTICLE_UNITS.c.article == article, UNITS.c.name_key == name_key(name))
        .order_by(ARTICLE_UNITS.c.superseded.is_not(None), ARTICLE_UNITS.c.id)
    )
    return connection.execute(named).scalars().first()


def _names(connection: Connection, article: str) -> Names:
    portal = connection.execute(select(ARTICLES.c.portal).where(ARTICLES.c.id == article)).scalar_one()
    return Names((), article, portal)


def _make_sure(connection: Connection, table: Table, row: Row) -> None:
    if connection.execute(select(table.c.id).where(table.c.id == row["id"])).first() is None:
        connection.execute(insert(table), row)
