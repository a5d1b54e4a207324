"""The facts that gold or a record states, kind by kind.

Names, offices, units, documents and what is said of the meeting are facts without a place: each counts once an article,
however often it is stated. The others have a place, and each of them counts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from meetextract.records import Span
from meetextract.sameness import fold, fold_symbol, fold_unit
from meetextract.scoring.annotation import PLACED, Annotation, Gathering, Worded
from meetextract.scoring.locating import ArticleText, Locator


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing of a kind that is right or wrong as a whole.

    Attributes:
        key: What it says, folded: facts of a kind with the same key count once. Of facts with a place, their number.
        says: What it says, slot by slot, as it was written; slots that say nothing are left out.
        words: The words of the article, or those by which its place can be found.
        pattern: The pattern that made it.
        index: The number of the entry that states it, among those of its field.
        entry: That entry; of which class depends on the kind.
        span: Its place, as places are compared; None where there is none, or it was not found.
        place: Its place in the text as stored, where it is known.
    """

    key: Hashable
    says: Mapping[str, object]
    words: str
    pattern: str | None
    index: int
    entry: Any
    span: Span | None = None
    place: Span | None = None


Facts: TypeAlias = Mapping[str, Sequence[Fact]]

_DATE = ("start", "end")
_AMOUNT = ("comparator", "value", "max", "of", "unit", "change")
_COUNT = ("value", "item")
_TARGET = ("status", "indicator", *_AMOUNT, *_DATE)
_ASSIGNMENT = ("assigner", "assignees", "tasks", "deadline")


def facts_of(annotation: Annotation, article: ArticleText | None = None) -> Facts:
    """List what an annotation states.

    Args:
        annotation: Gold or a record.
        article: Its text, where entries without a span are to be looked for by their words.

    Returns:
        The facts by the name of their kind, in the order of the annotation. "meeting" is left out where there is none.
    """
    placed = {field: list(_placed(annotation, field, article)) for field in PLACED}
    quantities = [_say(fact, _AMOUNT) for fact in placed["quantities"]]
    targets = [_say(fact, _TARGET) for fact in placed["targets"]]
    assignments = [_say(fact, _ASSIGNMENT) for fact in placed["assignments"]]
    facts = {
        "people": list(_people(annotation)),
        "titles": list(_titles(annotation)),
        "titles.unit": list(_titles(annotation, with_unit=True)),
        "units": list(_units(annotation)),
        "documents": [_document(fact) for fact in placed["documents"]],
        "documents.date": [_dated_document(fact) for fact in placed["documents"] if fact.entry.date],
        "dates": [_say(fact, _DATE) for fact in placed["dates"]],
        "quantities": quantities,
        "percentages": [fact for fact in quantities if fact.entry.unit == "%"],
        "counts": [_say(fact, _COUNT) for fact in placed["counts"]],
        "targets": targets,
        "targets.strict": targets,
        "assignments": assignments,
        "assignments.full": assignments,
    }
    return facts if annotation.meeting is None else {"meeting": list(_meeting(annotation.meeting)), **facts}


def _meeting(meeting: Gathering) -> Iterator[Fact]:
    for slot in ("date", "session", "host"):
        if value := getattr(meeting, slot):
            yield Fact((slot, fold_unit(value)), {slot: value}, value, meeting.pattern, 0, meeting)
    for name in meeting.chairs:
        yield Fact(("chair", fold(name)), {"chair": name}, name, meeting.pattern, 0, meeting)


def _people(annotation: Annotation) -> Iterator[Fact]:
    for index, person in enumerate(annotation.people):
        place = next(iter(person.mentions), None)
        says = {"name": person.name}
        yield Fact(fold(person.name), says, person.name, person.pattern, index, person, place=place)


def _titles(annotation: Annotation, *, with_unit: bool = False) -> Iterator[Fact]:
    offices = ((person, office) for person in annotation.people for office in person.titles)
    for index, (person, office) in enumerate(offices):
        key: tuple[str, ...] = (fold(person.name), fold(office.role))
        says = {"name": person.name, "role": office.role}
        if with_unit:
            key = (*key, fold_unit(office.unit))
            says["unit"] = office.unit or None
        yield Fact(key, says, person.name, office.pattern, index, office, place=office.span)


def _units(annotation: Annotation) -> Iterator[Fact]:
    for index, unit in enumerate(annotation.units):
        place = next(iter(unit.mentions), None)
        yield Fact(fold_unit(unit.name), {"name": unit.name}, unit.name, unit.pattern, index, unit, place=place)


def _placed(annotation: Annotation, field: str, article: ArticleText | None) -> Iterator[Fact]:
    locator = Locator(article) if article else None
    entries: Sequence[Worded] = getattr(annotation, field)
    for index, entry in enumerate(entries):
        words: str = getattr(entry, PLACED[field]) or ""
        span = place = entry.span
        if article and locator and span is None:
            span = locator.words(words) if PLACED[field] == "text" else locator.quote(words)
            place = article.to_stored(span) if span else None
        yield Fact(index, {}, words, entry.pattern, index, entry, span, place)


def _document(fact: Fact) -> Fact:
    return replace(_say(fact, ("type", "symbol")), key=(fold(fact.entry.type), fold_symbol(fact.entry.symbol)))


def _dated_document(fact: Fact) -> Fact:
    return replace(_say(fact, ("symbol", "date")), key=(fold_symbol(fact.entry.symbol), fact.entry.date))


def _say(fact: Fact, slots: Iterable[str]) -> Fact:
    values = {slot: getattr(fact.entry, slot) for slot in slots}
    return replace(fact, says={slot: value for slot, value in values.items() if value not in (None, "", ())})
