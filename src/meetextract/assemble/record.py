"""Puts the record together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from meetextract.assemble.actors import find_actors
from meetextract.assemble.amounts import fill_units, join_changes
from meetextract.assemble.assignments import assignment_entries
from meetextract.assemble.calendar import iso, place_dates
from meetextract.assemble.directives import read_directives, read_headlines
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.document_references import DocumentReferences
from meetextract.assemble.home import find_home
from meetextract.assemble.meeting import find_meeting
from meetextract.assemble.people import find_people
from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.targets import target_entries
from meetextract.assemble.trace import Trace
from meetextract.assemble.units import UnitMention, resolve_units, unit_entries
from meetextract.assemble.valued import Candidate, ChangeWord, ValuedMention
from meetextract.assemble.view import View
from meetextract.normalise.dates import Period, Prefer, Unplaced
from meetextract.normalise.documents import Document
from meetextract.normalise.quantities import Amount, TaskCount
from meetextract.records import (
    CountEntry,
    DateEntry,
    DocumentEntry,
    Identifiers,
    Notice,
    QuantityEntry,
    Record,
    UnplacedDate,
)

_OF_ISSUER = regex.compile(r"\s*(?:,\s*)?(?:năm \d{4} )?của (?:Ban Chấp hành |)?", regex.IGNORECASE)
_BY_ISSUER = regex.compile(r"\s*(?:đã |vừa |cũng )*(?:ban hành|ký|phê duyệt)(?: \p{L}+){0,3}\s*", regex.IGNORECASE)
_ISSUED = regex.compile(r"(?:ban hành|ký|phê duyệt|có)(?: \p{L}+){0,4}\s*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Day:
    """A placed date that is one day."""

    start: int
    end: int
    day: date


class Assembly:
    """An article's chosen mentions with everything that the article adds to them."""

    def __init__(self, view: View, candidates: Sequence[Candidate], prefer: Prefer = "past") -> None:
        self.view = view
        self.candidates = fill_units(view, join_changes(view, candidates))
        self.changes = [c for c in candidates if isinstance(c.value, ChangeWord)]
        dates = [c for c in self.candidates if c.label == "DATE"]
        self.dates: list[tuple[Candidate, Period | Unplaced]] = place_dates(view, dates, prefer)
        self._days = SpanIndex(
            _Day(candidate.start, candidate.end, value.start)
            for candidate, value in self.dates
            if isinstance(value, Period) and value.grain == "day"
        )
        self.home = find_home(view, self.candidates)
        self.units: list[UnitMention] = resolve_units(view, self.candidates, self.home)

    def mentions(self) -> list[ValuedMention]:
        """Every mention with its value, in the order of the text."""
        placed = {id(candidate): value for candidate, value in self.dates}
        named = {(unit.start, unit.end): unit for unit in self.units}
        named_people: set[tuple[int, int]] = set()
        found = []
        for candidate in sorted([*self.candidates, *self.changes], key=lambda c: (c.start, -c.end)):
            value: Any = candidate.value
            if candidate.label == "DATE":
                if id(candidate) not in placed:
                    continue
                value = placed[id(candidate)]
            elif candidate.label == "PERSON":
                if (candidate.start, candidate.end) in named_people:
                    continue  # a rank and a family name tell the same
                named_people.add((candidate.start, candidate.end))
            elif candidate.label == "UNIT":
                unit = named.get((candidate.start, candidate.end))
                if unit is None or unit.pattern != candidate.mention.pattern:
                    continue
                value = unit
            text = self.view.folded.stored[candidate.start : candidate.end]
            found.append(
                ValuedMention(candidate.label, candidate.start, candidate.end, text, candidate.mention.pattern, value)
            )
        return found

    def record(
        self,
        article_id: str,
        source: str | None,
        url: str | None,
        notices: Sequence[Notice],
        version: str,
        trace: Trace | None = None,
    ) -> Record:
        """The record of the article; what leads to no entry is noted in `trace`."""
        identifiers = Identifiers(article_id)
        layout = self.view.layout
        people = find_people(self.view, self.candidates, self.units, self.home, identifiers)
        actors = find_actors(self.candidates, self.units, people.references)
        told = Discourse(self.view, self.candidates, actors, self.units, self.dates)
        trace = trace or Trace()
        meeting = find_meeting(told, trace, identifiers)
        met_on = date.fromisoformat(meeting.date) if meeting and meeting.date else None
        officials = frozenset(person.name for person in people.entries if person.titles)
        directives = read_directives(told, officials, trace)
        documents = DocumentReferences(told)
        targets = target_entries(told, directives, documents, self.home, meeting, trace, identifiers)
        assignments = assignment_entries(
            told, directives, read_headlines(told), targets, documents, met_on, trace, identifiers
        )
        return Record(
            schema="1",
            id=article_id,
            source=source,
            url=url,
            title=layout.title,
            published=iso(layout.published),
            published_from=layout.published_from,
            published_span=layout.published_span,
            meeting=meeting,
            people=people.entries,
            units=unit_entries([*self.units, *people.implied], identifiers),
            dates=self._dates(identifiers),
            unplaced_dates=self._unplaced(),
            documents=self._documents(identifiers),
            quantities=self._quantities(identifiers),
            counts=self._counts(identifiers),
            targets=targets,
            assignments=assignments,
            notices=tuple(notices),
            pattern_set=self.view.library.sha256,
            version=version,
        )

    def _where(self, candidate: Candidate) -> dict[str, Any]:
        words = self.view.folded.stored[candidate.start : candidate.end]
        return {
            "text": " ".join(words.split()),
            "span": (candidate.start, candidate.end),
            "pattern": candidate.mention.pattern,
        }

    def _dates(self, identifiers: Identifiers) -> tuple[DateEntry, ...]:
        return tuple(
            DateEntry(
                id=identifiers.of("date", [value.start, value.end, value.session]),
                start=value.start.isoformat(),
                end=value.end.isoformat(),
                grain=value.grain,
                session=value.session,
                anchor=value.anchor,
                **self._where(candidate),
            )
            for candidate, value in self.dates
            if isinstance(value, Period)
        )

    def _unplaced(self) -> tuple[UnplacedDate, ...]:
        return tuple(
            UnplacedDate(
                why=value.why, month=value.month, day=value.day, session=value.session, **self._where(candidate)
            )
            for candidate, value in self.dates
            if isinstance(value, Unplaced)
        )

    def _documents(self, identifiers: Identifiers) -> tuple[DocumentEntry, ...]:
        found = [(c, c.value) for c in self.candidates if isinstance(c.value, Document)]
        units = SpanIndex(self.units)
        issued: dict[str, date] = {}
        issuers: dict[str, str] = {}
        for candidate, document in found:
            day = document.date or self._day_inside(candidate)
            if day is not None:
                issued.setdefault(document.symbol, day)
            issuer = self._issuer(candidate, units)
            if issuer:
                issuers.setdefault(document.symbol, issuer)
        for candidate, document in found:
            if document.symbol not in issued and (day := self._day_of_issue(candidate)):
                issued[document.symbol] = day
        for _, document in found:
            if document.symbol.isdigit():  # "Kế hoạch 251" is the one named in full
                full = {
                    d.symbol
                    for _, d in found
                    if d.type == document.type and regex.match(rf"0*{int(document.symbol)}[/-]", d.symbol)
                }
                if len(full) == 1 and (day := issued.get(next(iter(full)))):
                    issued.setdefault(document.symbol, day)
        return tuple(
            DocumentEntry(
                id=identifiers.of("document", [document.type, document.symbol]),
                type=document.type,
                symbol=document.symbol,
                date=iso(issued.get(document.symbol)),
                issuer=issuers.get(document.symbol),
                **self._where(candidate),
            )
            for candidate, document in found
        )

    def _day_inside(self, candidate: Candidate) -> date | None:
        """The day in the reference itself, its year taken from the article where it has none ("ngày 31.1")."""
        for day in self._days.overlapping(candidate.start, candidate.end):
            if candidate.start < day.start and day.end <= candidate.end:
                return day.day
        return None

    def _issuer(self, candidate: Candidate, units: SpanIndex[UnitMention]) -> str | None:
        """The unit in "Kế hoạch số … của UBND tỉnh", or the one that "ban hành Kế hoạch số …"."""
        end, start = candidate.end, candidate.start
        behind = next(units.from_offset(end), None)
        if behind and self.view.joins(end, behind.start, _OF_ISSUER, 30):
            return behind.name
        before = next(units.before_offset(start), None)
        if before and self.view.joins(before.end, start, _BY_ISSUER, 40):
            return before.name
        return None

    def _day_of_issue(self, candidate: Candidate) -> date | None:
        """The day in "Ngày 29/5/2023, UBND quận đã ban hành Kế hoạch …"."""
        if not _ISSUED.search(self.view.before(candidate.start, 40)):
            return None
        sentence = self.view.sentence_at(candidate.start)
        for day in self._days.overlapping(sentence.start, candidate.start):
            opens = not self.view.words(sentence.start, day.start).strip(" -\"'(")
            if sentence.start <= day.start and (opens or self.view.before(day.start, 12).rstrip().endswith((":", ","))):
                return day.day
        return None

    def _quantities(self, identifiers: Identifiers) -> tuple[QuantityEntry, ...]:
        return tuple(
            QuantityEntry(
                id=identifiers.of("quantity", [a.comparator, a.value, a.max, a.of, a.unit, a.change]),
                comparator=a.comparator,
                value=a.value,
                max=a.max,
                of=a.of,
                unit=a.unit,
                change=a.change,
                **self._where(c),
            )
            for c in self.candidates
            if isinstance(a := c.value, Amount)
        )

    def _counts(self, identifiers: Identifiers) -> tuple[CountEntry, ...]:
        return tuple(
            CountEntry(
                id=identifiers.of("count", [n.comparator, n.value, n.of, n.item]),
                comparator=n.comparator,
                value=n.value,
                of=n.of,
                item=n.item,
                **self._where(c),
            )
            for c in self.candidates
            if isinstance(n := c.value, TaskCount)
        )
