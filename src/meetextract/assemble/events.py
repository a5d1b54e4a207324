"""Events: the meetings that an article tells, each with its day, its holder and those who preside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

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
_NEAR_VERB = 60
_VERB = "meetings.verb"


@dataclass(slots=True)
class Event:
    """A meeting told at one place; offsets are folded."""

    noun: Mark
    sentence: Sentence
    held: Mark | None
    date: Placed | None
    host: Actor | None = None
    chairs: list[Actor] = field(default_factory=list)
    called: str | None = None
    """What the article calls it elsewhere, where it is told by a verb here."""

    @property
    def kind(self) -> str:
        """Its kind, as its noun says."""
        assert isinstance(self.noun.value, MeetingNoun)
        return self.called or self.noun.value.kind

    @property
    def is_verb(self) -> bool:
        """Whether no noun is used, but only a verb."""
        return self.noun.pattern == _VERB

    @property
    def strength(self) -> int:
        """How surely it is told as an event, and not only spoken of."""
        return 2 * (self.held is not None and self.host is not None) + 2 * bool(self.chairs) + (self.date is not None)


def find_events(told: Discourse, trace: Trace) -> Iterator[Event]:
    """The meetings told, sentence by sentence."""
    for sentence in told.content()[:WHERE_EVENTS_ARE_TOLD]:
        for noun in told.within("MEETING", sentence.start, sentence.end):
            held = _held(told, sentence, noun)
            if _is_no_event(told, sentence, noun, held):
                trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "no_event")
                continue
            event = Event(noun, sentence, held, _date(told, sentence, noun))
            event.host = _host(told, sentence, event)
            event.chairs = read_chairs(told, sentence)
            before = told.text[sentence.start : noun.start]
            is_told = held is not None or bool(event.chairs) or told.grammar.at_event.search(before) is not None
            if not is_told or (event.is_verb and not _is_on_a_day(told, event)):
                trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "not_told")
                continue
            yield event


def _is_no_event(told: Discourse, sentence: Sentence, noun: Mark, held: Mark | None) -> bool:
    """Whether a noun of meeting tells of none: it stands in a name, or the meeting is only wanted or spoken of."""
    if told.grammar.no_event_before.search(told.text[sentence.start : noun.start]):
        return True
    for actor in told.actors.overlapping(noun.start, noun.end):
        if (actor.start < noun.start and actor.kind != "group") or noun.start < actor.start:
            return True  # the second: "giao Ban Cán sự" is no "giao ban"
    verb = noun if held is None or noun.start < held.start else held
    at_it = verb is noun and told.grammar.event_attended.search(told.text[sentence.start : noun.start])
    return not at_it and told.grammar.not_held.search(told.text[sentence.start : verb.start]) is not None


def _is_on_a_day(told: Discourse, event: Event) -> bool:
    """Whether a verb tells of a meeting: on a day said before it, and one works with a unit and no other."""
    if event.date is None or event.date.start > event.noun.start:
        return False
    to_whom = told.grammar.works_with.match(told.text, event.noun.end, event.sentence.end)
    if to_whom is None:
        return True
    other = told.actor_at(min(to_whom.end(), event.sentence.end - 1))
    return other is not None and other.kind == "unit"


def _held(told: Discourse, sentence: Sentence, noun: Mark) -> Mark | None:
    """The verb that says that the meeting is held: before its noun, or the noun itself ("UBND huyện họp")."""
    for cue in told.within("hold", sentence.start, min(noun.end + len(" với"), sentence.end)):
        between = told.text[cue.end : noun.start]
        if any(mark.start < cue.start for mark in told.of("MEETING").overlapping(cue.start, cue.end)):
            continue  # the "họp" of "kỳ họp"
        if cue.start <= noun.start and len(between) <= 45 and ";" not in between:
            return cue
    return noun if told.grammar.held_behind.match(told.text, noun.end, sentence.end) else None


def _date(told: Discourse, sentence: Sentence, noun: Mark) -> Placed | None:
    """The day of the event: said in its sentence, before it rather than behind it."""
    text, grammar = told.text, told.grammar
    behind: Placed | None = None
    for day in told.dates.overlapping(sentence.start, sentence.end):
        before = text[sentence.start : day.start]
        if day.start < sentence.start or not is_day(day):
            continue
        if _OF_DOCUMENT.search(before) or grammar.no_day_of.search(before):
            continue
        if day.end <= noun.start:
            if grammar.day_of_saying.search(text, day.end, noun.start) is None:
                return day
        elif behind is None and _belongs(told, noun.end, day.start):
            behind = day
    return behind


def _belongs(told: Discourse, start: int, end: int) -> bool:
    """Whether a day behind a noun is that of the meeting, and not of something told there."""
    if told.grammar.day_gap_stop.search(told.text, start, end):
        return False
    if told.within("deadline", start, end):
        return False
    return not any(
        told.grammar.to_speech.fullmatch(told.text, actor.end, says.start)
        for says in told.within("speech", start, end)
        for actor in told.actors.overlapping(start, says.start)
        if actor.end <= says.start
    )


def is_day(placed: Placed) -> bool:
    """Whether a date is one day, though the article may not tell which."""
    value = placed.value
    return value.grain == "day" if isinstance(value, Period) else value.day is not None or value.session is not None


def _host(told: Discourse, sentence: Sentence, event: Event) -> Actor | None:
    """The unit that holds it: the subject of the verb, or the unit behind the noun ("phiên họp Chính phủ")."""
    if event.held is not None and event.held is not event.noun:
        subject = _subject(told, sentence, event.held)
        if subject is not None:
            return _delegation(told, sentence, _first_of_row(told, sentence, subject))
    for cue in told.within("chair", sentence.start, event.noun.start):
        holder = _subject(told, sentence, cue, only_next=True) if event.noun.start - cue.end < _NEAR_VERB else None
        if holder is not None:
            return _first_of_row(told, sentence, holder)
    return _holder_behind(told, sentence, event.noun)


def _subject(told: Discourse, sentence: Sentence, verb: Mark, *, only_next: bool = False) -> Actor | None:
    """The unit that a verb of holding is said of; that may be some words away, unless only the next is asked for."""
    text = told.text
    for actor in told.actors.before_offset(verb.start):
        if actor.start < sentence.start:
            return None
        if actor.kind != "unit":
            continue
        if told.grammar.to_hold.fullmatch(text, actor.end, max(actor.end, verb.start)):
            return actor
        if not only_next and "," not in text[actor.end : verb.start] and verb.start - actor.end < _NEAR_VERB:
            return actor
    return None


def _first_of_row(told: Discourse, sentence: Sentence, holder: Actor) -> Actor:
    """The first of those who hold a meeting together: the others join in."""
    at = holder.start
    for actor in told.actors.before_offset(holder.start):
        if actor.start < sentence.start or actor.kind not in ("unit", "group", "area"):
            break
        if told.grammar.holds_with.fullmatch(told.text, actor.end, at) is None:
            break
        at = actor.start
        if actor.kind == "unit":
            holder = actor
    return holder


def _delegation(told: Discourse, sentence: Sentence, holder: Actor) -> Actor:
    """The delegation that a unit has sent, where one is said to hold the meeting."""
    hit = told.grammar.delegation.search(told.text[sentence.start : holder.start])
    if hit is None or holder.name is None:
        return holder
    start = sentence.start + hit.start()
    return replace(holder, start=start, name=f"{told.words(start, holder.start)} {holder.name}")


def _holder_behind(told: Discourse, sentence: Sentence, noun: Mark) -> Actor | None:
    """The unit named behind the noun: next to it, behind its day ("… sáng 6/2 của UBND …"), or "do … tổ chức"."""
    text, end = told.text, sentence.end
    places = [told.match_end(told.grammar.of_host, noun.end, end)]
    places += [
        hit.end()
        for day in told.dates.overlapping(noun.end, end)
        if day.start >= noun.end
        and _belongs(told, noun.end, day.start)
        and (hit := told.grammar.of_host_late.match(text, day.end, end))
    ]
    places += [hit.end() for hit in told.grammar.held_by.finditer(text, noun.end, end)]
    for at in places:
        actor = told.actor_at(min(at, max(end - 1, 0)))
        if actor is not None and actor.kind == "unit" and actor.start >= noun.end:
            return actor
    return None
