"""Events: the meetings that an article tells, each with its day, its holder and those who preside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.chairs import read_chairs
from meetextract.assemble.discourse import Discourse, Mark, Placed
from meetextract.assemble.trace import Trace
from meetextract.assemble.valued import MeetingNoun
from meetextract.assemble.view import Sentence
from meetextract.normalise.dates import Period

_OF_DOCUMENT = regex.compile(r"\d\s*[/-]\s*\p{Lu}[\p{L}/&.-]*\W*$")
WHERE_EVENTS_ARE_TOLD = 40
"""So many sentences of an article are searched for its meeting."""


@dataclass(slots=True)
class Event:
    """A meeting told at one place; offsets are folded."""

    noun: Mark
    sentence: Sentence
    held: Mark | None
    date: Placed | None
    host: Actor | None = None
    chairs: list[Actor] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its kind, as its noun says."""
        assert isinstance(self.noun.value, MeetingNoun)
        return self.noun.value.kind

    @property
    def strength(self) -> int:
        """How surely it is told as an event, and not only spoken of."""
        return 2 * (self.held is not None and self.host is not None) + 2 * bool(self.chairs) + (self.date is not None)


def find_events(told: Discourse, trace: Trace) -> Iterator[Event]:
    """The meetings told, sentence by sentence."""
    for sentence in told.content()[:WHERE_EVENTS_ARE_TOLD]:
        for noun in told.within("MEETING", sentence.start, sentence.end):
            before = told.text[sentence.start : noun.start]
            inside = told.actor_at(noun.start)
            if told.grammar.no_event_before.search(before) or (
                inside and inside.kind != "group" and inside.start < noun.start
            ):
                trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "no_event")
                continue
            held = _held(told, sentence, noun)
            event = Event(noun, sentence, held, _date(told, sentence, noun))
            event.host = _host(told, sentence, event)
            event.chairs = read_chairs(told, sentence)
            if held is None and not event.chairs and told.grammar.at_event.search(before) is None:
                trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "not_told")
                continue
            yield event


def _held(told: Discourse, sentence: Sentence, noun: Mark) -> Mark | None:
    """The verb that says that the meeting is held: before its noun, or the noun itself ("UBND huyện họp")."""
    for cue in told.within("hold", sentence.start, noun.end):
        between = told.text[cue.end : noun.start]
        if cue.start <= noun.start and len(between) <= 45 and ";" not in between:
            return cue
    return noun if told.grammar.held_behind.match(told.text, noun.end, sentence.end) else None


def _date(told: Discourse, sentence: Sentence, noun: Mark) -> Placed | None:
    """The day of the event: said in its sentence, before it rather than behind it."""
    days = [d for d in told.dates.overlapping(sentence.start, sentence.end) if d.start >= sentence.start and is_day(d)]
    free = [d for d in days if not _OF_DOCUMENT.search(told.text[sentence.start : d.start])]
    before = [d for d in free if d.end <= noun.start]
    return before[0] if before else next(iter(free), None)


def is_day(placed: Placed) -> bool:
    """Whether a date is one day, of a known year or not."""
    value = placed.value
    return value.grain == "day" if isinstance(value, Period) else value.day is not None


def _host(told: Discourse, sentence: Sentence, event: Event) -> Actor | None:
    """The unit that holds it: the subject of the verb, or the unit behind the noun ("phiên họp Chính phủ")."""
    text, noun = told.text, event.noun
    if event.held is not None and event.held is not noun:
        for actor in told.actors.before_offset(event.held.start):
            if actor.start < sentence.start:
                break
            if actor.kind == "unit" and told.grammar.to_hold.fullmatch(
                text, actor.end, max(actor.end, event.held.start)
            ):
                return actor
            if (
                actor.kind == "unit"
                and "," not in text[actor.end : event.held.start]
                and event.held.start - actor.end < 60
            ):
                return actor
            visits = told.grammar.visit.search(event.kind)
            if visits and actor.kind == "person" and actor.unit and event.held.start - actor.end < 80:
                return actor
    behind = told.actor_at(min(told.match_end(told.grammar.of_host, noun.end, sentence.end), max(sentence.end - 1, 0)))
    if behind is not None and behind.kind == "unit" and behind.start >= noun.end:
        return behind
    return None
