"""Actors: the people, units, collectives and areas that can tell others what to do, or be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from meetextract.assemble.references import PersonReference
from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.units import UnitMention
from meetextract.assemble.valued import Candidate, Collective, Cue
from meetextract.normalise.offices import Area

ActorKind: TypeAlias = Literal["person", "unit", "group", "area", "pronoun"]
_RANK = {"person": 0, "unit": 1, "group": 2, "area": 3, "pronoun": 4}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at a place of the text.

    Attributes:
        start: first code point.
        end: one past the last.
        kind: what was found there; a pronoun is "Đồng chí", "Ông" without a name.
        name: a person's name where one person is meant, the canonical name of a unit, the words of others; None for a
            pronoun, and for a title of which the article does not name the holder.
        unit: of a person by title: the unit of the office, canonical.
        names: of a person: all who may be meant.
    """

    start: int
    end: int
    kind: ActorKind
    name: str | None
    unit: str | None = None
    names: tuple[str, ...] = ()


def find_actors(
    candidates: Sequence[Candidate], units: Sequence[UnitMention], people: Sequence[PersonReference]
) -> SpanIndex[Actor]:
    """The actors of an article without overlap: the longest at each place."""
    return SpanIndex(_longest(_all_actors(candidates, units, people)))


def _all_actors(
    candidates: Sequence[Candidate], units: Sequence[UnitMention], people: Sequence[PersonReference]
) -> Iterator[Actor]:
    documents = SpanIndex(c for c in candidates if c.label == "DOCUMENT")
    for person in people:
        if any(
            d.start <= person.start and person.end <= d.end for d in documents.overlapping(person.start, person.end)
        ):
            continue  # the CT of "Chỉ thị 05-CT/TW" is no Chủ tịch
        yield Actor(person.start, person.end, "person", person.name, person.unit, person.names)
    for unit in units:
        yield Actor(unit.start, unit.end, "unit", unit.name)
    for candidate in candidates:
        value = candidate.value
        if isinstance(value, Collective):
            yield Actor(candidate.start, candidate.end, "group", value.name)
        elif isinstance(value, Area):
            name = " ".join(filter(None, (value.kind, value.name)))
            yield Actor(candidate.start, candidate.end, "area", name)
        elif isinstance(value, Cue) and value.sense == "pronoun":
            yield Actor(candidate.start, candidate.end, "pronoun", None)


def _longest(actors: Iterable[Actor]) -> Iterator[Actor]:
    end = 0
    for actor in sorted(actors, key=lambda a: (a.start, -a.end, _RANK[a.kind])):
        if actor.start >= end:
            yield actor
            end = actor.end
