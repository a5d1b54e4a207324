"""From a record to the rows that say the same: nothing here knows of a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain
from math import inf, isinf
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from pydantic_core import to_json

from meetextract.records import Assignment, Meeting, Number, Record, Span, Target
from meetextract.sameness import fold_symbol
from meetextract.sinks.database.identities import KEY_CHARS, Names, UnitKey, hashed, name_key, person_id
from meetextract.sinks.database.indicators import measure_key, words_key
from meetextract.sinks.database.levels import better, level_of, measured_as

Row: TypeAlias = dict[str, Any]

FORM = "1"
"""Changed whenever records come to other rows than before: then all are written again, even of the same lines."""

ID_CHARS = 500
"""Ids are keys, and no database takes keys of any length."""


class UnfitError(ValueError):
    """A record that no database can hold, with the reason and the mend."""


@dataclass(slots=True)
class Rows:
    """The rows of a record.

    Attributes:
        run: Of what made it.
        article: Of the article.
        text: Of what it says.
        units: By id.
        people: By id.
        links: Pairs of ids of people whom the article names as one, the smaller first.
        entries: By table and id.
        parts: By table and the id of their entry.
        mentions: In the order of the record.
    """

    run: Row
    article: Row
    text: Row
    units: dict[str, Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    links: set[tuple[str, str]] = field(default_factory=set)
    entries: dict[str, dict[str, Row]] = field(default_factory=dict)
    parts: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    mentions: list[Row] = field(default_factory=list)


def portal_of(url: str | None) -> str | None:
    """The host of an address without "www."."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # no address
        return None
    return host.removeprefix("www.")[:KEY_CHARS] if host else None


def rows_of(record: Record, record_hash: str, portal: str | None = None) -> Rows:
    """The rows of a record.

    Args:
        record: Any record.
        record_hash: A hash of what it was read from.
        portal: Its portal, where its address does not tell.

    Returns:
        Its rows, without what only the database knows: days of loading, origins, entities.

    Raises:
        UnfitError: An id is empty or too long for a key, or a number too long for a column.
    """
    if not record.id.strip():
        raise UnfitError("its article has no id. Give it one")
    for key in (record.id, record.duplicate_of or ""):
        if len(key) > ID_CHARS:
            raise UnfitError(f"an id of {len(key)} characters. Give the article one of {ID_CHARS} at most")
    return _Maker(record, record_hash, portal_of(record.url) or portal).rows()


class _Maker:
    """Makes the rows of one record."""

    def __init__(self, record: Record, record_hash: str, portal: str | None) -> None:
        self._record = record
        self._portal = portal
        self._names = Names(record.units, record.id, portal)
        run = hashed("run", record.version, record.pattern_set)
        text_hash = record.text_hash or ""
        published = _day(record.published)
        self._rows = Rows(
            run={"id": run, "version": record.version, "pattern_set": record.pattern_set},
            article={
                "id": record.id, "portal": portal, "source": record.source, "url": record.url, "title": record.title,
                "published": published, "published_from": record.published_from, "main_text": record.main_text,
                "fingerprint": record.fingerprint, "duplicate_of": record.duplicate_of,
                "repairs": list(record.repairs), "notices": [asdict(notice) for notice in record.notices],
                "text_hash": text_hash, "record_hash": record_hash, "run": run,
            },
            text={
                "article": record.id, "text_hash": text_hash, "title": record.title, "published": published,
                "url": record.url, "text": record.text,
            },
        )  # fmt: skip
        self._of_entry = {"article": record.id, "text_hash": text_hash, "run": run}

    def rows(self) -> Rows:
        record, rows = self._record, self._rows
        rows.parts = {"titles": {}, "addressees": {}, "cited": {}}
        rows.entries["article_units"] = {
            unit.id: self._entry(unit.id, None, unit.pattern, name=unit.name, unit=self._names.unit(unit.name))
            for unit in record.units
        }
        people = self._people()
        rows.entries["meetings"] = {record.meeting.id: self._meeting(record.meeting)} if record.meeting else {}
        rows.entries["documents"] = {
            each.id: self._entry(
                each.id, each.span, each.pattern, text=each.text, type=each.type, symbol=each.symbol,
                symbol_key=symbol_key(each.symbol), date=_day(each.date), issuer=each.issuer,
                issuer_unit=self._names.unit(each.issuer),
            )
            for each in record.documents
        }  # fmt: skip
        for table, status in (("targets", "target"), ("results", "result")):
            rows.entries[table] = {each.id: self._level(each) for each in record.targets if each.status == status}
        rows.entries["assignments"] = {}
        rows.entries["tasks"] = {}
        for told in record.assignments:
            self._assignment(told, people)
        self._mention()
        self._hash_contents()
        for key in self._names.found.values():
            rows.units[key.id] = unit_row(key)
        return rows

    def _hash_contents(self) -> None:
        """Name all that each entry says; an assignment says its tasks, too."""
        entries, parts = self._rows.entries, self._rows.parts
        tasks: dict[str, list[Row]] = {}
        for task in entries["tasks"].values():
            tasks.setdefault(task["assignment"], []).append(task)
        of = {"article_people": [parts["titles"]], "assignments": [parts["addressees"], parts["cited"], tasks]}
        for table, rows in entries.items():
            for key, row in rows.items():
                row["content_hash"] = _content_hash(row, *(each.get(key, []) for each in of.get(table, [])))

    def _entry(self, key: str, span: Span | None, pattern: str | None, **slots: object) -> Row:
        start, end = span or (None, None)
        return {**self._of_entry, "id": key, "span_start": start, "span_end": end, "pattern": pattern, **slots}

    def _people(self) -> dict[str, str]:
        """Make the rows of people, and return the person that each name means."""
        record, rows = self._record, self._rows
        entries = rows.entries["article_people"] = {}
        by_name = {}
        for person in record.people:
            offices = [(title, self._names.unit(title.unit)) for title in person.titles]
            units: list[str | None] = list(dict.fromkeys(unit for _, unit in offices if unit is not None)) or [None]
            ids = [person_id(person.name, unit, record.id) for unit in units]
            for key, unit in zip(ids, units, strict=True):
                rows.people[key] = {"id": key, "name_key": name_key(person.name), "name": person.name, "unit": unit}
            rows.links.update((min(ids[0], other), max(ids[0], other)) for other in ids[1:])
            by_name[person.name] = ids[0]
            entries[person.id] = self._entry(person.id, None, person.pattern, name=person.name, person=ids[0])
            rows.parts["titles"][person.id] = [
                {"article": record.id, "entry": person.id, "number": number, "role": title.role, "unit": unit,
                 "span_start": title.span[0], "span_end": title.span[1], "pattern": title.pattern}
                for number, (title, unit) in enumerate(offices)
            ]  # fmt: skip
        return by_name

    def _meeting(self, meeting: Meeting) -> Row:
        return self._entry(
            meeting.id, meeting.span, meeting.pattern, kind=meeting.kind, date=_day(meeting.date),
            session=meeting.session, host=meeting.host, host_unit=self._names.unit(meeting.host),
            chairs=list(meeting.chairs), attendees=list(meeting.attendees), place=meeting.place, topic=meeting.topic,
            others=[asdict(other) | {"span": list(other.span)} for other in meeting.others],
            spans=_spans(meeting, "host", "chairs", "attendees", "place", "topic"), why_empty=meeting.why_empty,
        )  # fmt: skip

    def _level(self, target: Target) -> Row:
        value, of = _number(target.value), _number(target.of)
        level, level_unit = level_of(value, of, target.unit, target.change)
        return self._entry(
            target.id, target.span, target.pattern, quote=target.quote, indicator=target.indicator,
            indicator_key=words_key(target.indicator), measure_key=measure_key(target.indicator, target.holder),
            comparator=target.comparator, value=value, max=_number(target.max), of=of, unit=target.unit,
            change=target.change, level=level, level_unit=level_unit, base=target.base,
            measured_as=measured_as(
                target.change, target.unit, target.base, target.indicator, target.end, target.quote
            ),
            better=better(target.indicator, target.change), start=_day(target.start), end=_day(target.end),
            holder=target.holder, holder_unit=self._names.holder(target.holder),
            document=target.document, symbol_key=symbol_key(target.document) if target.document else None,
            checks=list(target.checks), spans=_spans(target, "indicator", "value", "base", "period", "holder",
                                                     "document"),
            why_empty=target.why_empty,
        )  # fmt: skip

    def _assignment(self, told: Assignment, people: dict[str, str]) -> None:
        rows, article = self._rows, self._record.id
        person = people.get(told.assigner) if told.assigner else None
        spans = {"verb": told.verb_span, "assigner": told.assigner_span, "again": told.again,
                 "documents": told.document_spans}  # fmt: skip
        rows.entries["assignments"][told.id] = self._entry(
            told.id, told.span, told.pattern, quote=told.quote, verb=told.verb, assigner=told.assigner,
            assigner_person=person, assigner_unit=None if person else self._names.unit(told.assigner),
            deadline=_day(told.deadline), due=_plain(asdict(told.due)) if told.due else None,
            targets=list(told.targets), spans=_plain({slot: span for slot, span in spans.items() if span}),
            why_empty=told.why_empty,
        )  # fmt: skip
        seen: dict[str, int] = {}
        for number, (text, span) in enumerate(zip(told.tasks, told.task_spans, strict=True)):
            seen[text] = seen.get(text, 0) + 1
            key = hashed("task", told.id, text, seen[text])
            rows.entries["tasks"][key] = self._entry(
                key, span, told.pattern, assignment=told.id, number=number, text=text
            )
        addressees = [
            ("told", name, unit, span)
            for name, unit, span in zip(told.assignees, told.assignee_units, told.assignee_spans, strict=True)
        ] + [("with", name, None, span) for name, span in zip(told.with_, told.with_spans, strict=True)]
        named = {unit.name for unit in self._record.units}
        rows.parts["addressees"][told.id] = [
            {"article": article, "entry": told.id, "number": number, "part": part,
             "lead": part == "told" and name == told.lead, "name": name,
             "unit": self._names.unit(unit or (name if name in named else None)),
             "span_start": span[0], "span_end": span[1]}
            for number, (part, name, unit, span) in enumerate(addressees)
        ]  # fmt: skip
        rows.parts["cited"][told.id] = [
            {"article": article, "entry": told.id, "number": number, "symbol": symbol, "symbol_key": symbol_key(symbol)}
            for number, symbol in enumerate(told.documents)
        ]

    def _mention(self) -> None:
        for number, (kind, entry, text, span, pattern, value) in enumerate(_mentions(self._record)):
            self._rows.mentions.append(
                {"article": self._record.id, "number": number, "kind": kind, "entry": entry, "text": text,
                 "span_start": span[0], "span_end": span[1], "pattern": pattern, "value": value}
            )  # fmt: skip


_NOT_SAID = frozenset((
    "article", "id", "entry", "assignment", "number", "text_hash", "run", "span_start", "span_end", "spans", "pattern",
    "why_empty", "content_hash", "indicator_key", "measure_key", "measured_as", "better", "level", "level_unit",
    "symbol_key", "person", "assigner_person", "assigner_unit", "host_unit", "issuer_unit", "holder_unit",
))  # fmt: skip
"""Columns that tell where something is said and what follows from it, not what."""


def _content_hash(entry: Row, *parts: list[Row]) -> str:
    """A hash of all that an entry and its parts say, wherever it stands."""
    said = [[value for name, value in row.items() if name not in _NOT_SAID] for row in (entry, *chain(*parts))]
    return hashlib.blake2b(to_json(said, inf_nan_mode="strings"), digest_size=8).hexdigest()


def symbol_key(symbol: str) -> str:
    """The letters and digits of a document's symbol."""
    return fold_symbol(symbol)[:KEY_CHARS]


def _mentions(record: Record) -> Iterator[tuple[str, str | None, str | None, Span, str, Row | None]]:
    for kind, entries in (("person", record.people), ("unit", record.units)):
        for entry in entries:
            for span in entry.mentions:
                yield kind, entry.id, None, span, entry.pattern, None
    for day in record.dates:
        value: Row = {"start": day.start, "end": day.end, "grain": day.grain, "session": day.session,
                      "anchor": day.anchor}  # fmt: skip
        yield "date", day.id, day.text, day.span, day.pattern, value
    for lost in record.unplaced_dates:
        value = {"why": lost.why, "month": lost.month, "day": lost.day, "session": lost.session}
        yield "date", None, lost.text, lost.span, lost.pattern, value
    for many in record.quantities:
        value = {"comparator": many.comparator, "value": many.value, "max": many.max, "of": many.of, "unit": many.unit,
                 "change": many.change}  # fmt: skip
        yield "quantity", many.id, many.text, many.span, many.pattern, value
    for count in record.counts:
        value = {"comparator": count.comparator, "value": count.value, "of": count.of, "item": count.item}
        yield "count", count.id, count.text, count.span, count.pattern, value


def unit_row(key: UnitKey) -> Row:
    """The row of a unit."""
    return {
        "id": key.id, "name": key.name, "name_key": name_key(key.name), "kind": key.kind,
        "level": key.level, "area": key.area, "scope": key.scope, "home": key.home.id if key.home else None,
    }  # fmt: skip


def _number(value: Number | None) -> float | None:
    try:
        number = None if value is None else float(value)
    except OverflowError:
        number = inf
    if number is not None and isinf(number):
        raise UnfitError("a number of more than 300 digits. Take it out of the article")
    return number


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UnfitError(f"{written[:20]!r} is no day. Extract its article again") from None


def _spans(entry: object, *slots: str) -> Row:
    """Where the slots of an entry are said, of those that are."""
    found = {}
    for slot in slots:
        one = "indicator_spans" if slot == "indicator" else f"{slot.removesuffix('s')}_spans"
        span = getattr(entry, one, None) or getattr(entry, f"{slot}_span", None)
        if span:
            found[slot] = span
    plain: Row = _plain(found)
    return plain


def _plain(value: Any) -> Any:
    """A value as JSON gives it back: lists for tuples."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
