"""The meeting that an article reports: the first one told as an event; the others are listed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse, Mark, Placed
from meetextract.assemble.trace import Trace
from meetextract.assemble.valued import MeetingNoun
from meetextract.assemble.view import Sentence
from meetextract.normalise.dates import Period, Unplaced
from meetextract.records import Identifiers, Meeting, OtherMeeting, Session, Span, WhyEmpty

_OF_DOCUMENT = regex.compile(r"\d\s*[/-]\s*\p{Lu}[\p{L}/&.-]*\W*$")
_SURE, _HEAD, _SPOKEN_OF = 2, 6, 2
_WHERE_EVENTS_ARE_TOLD = 40
"""So many sentences of an article are searched for its meeting."""


@dataclass(slots=True)
class _Event:
    """A meeting told at one place; offsets are folded."""

    noun: Mark
    sentence: Sentence
    held: Mark | None
    date: Placed | None
    host: Actor | None = None
    chairs: list[Actor] = field(default_factory=list)

    @property
    def kind(self) -> str:
        assert isinstance(self.noun.value, MeetingNoun)
        return self.noun.value.kind

    @property
    def strength(self) -> int:
        """How surely it is told as an event, and not only spoken of."""
        return 2 * (self.held is not None and self.host is not None) + 2 * bool(self.chairs) + (self.date is not None)


def find_meeting(told: Discourse, trace: Trace, identifiers: Identifiers) -> Meeting | None:
    """The meeting of an article, or None where it reports none."""
    events = list(_events(told, trace))
    sure = [event for event in events if event.strength >= _SURE]
    first = next(iter(sure), None) or _less_sure(told, events)
    if first is None:
        return None
    opening = _opening(told)
    if opening is not None and opening[0].start <= first.noun.start:
        day, holder = opening
        if first.date is None:
            first.date = day
        if first.host is None and _day_of(first.date) == _day_of(day):
            first.host = holder
    chairs = _all_chairs(told, first, events)
    others = [e for e in sure if e is not first and _is_other(e, first)]
    return _entry(told, first, chairs, others, identifiers)


def _less_sure(told: Discourse, events: Sequence[_Event]) -> _Event | None:
    """A meeting that nobody is said to hold: one with a day at the head of the article, or one spoken of again."""
    head = told.content()[:_HEAD]
    for event in events:
        if event.date is not None and event.sentence in head:
            return event
    spoken_at = [event for event in events if _is_held(told, event)]
    return spoken_at[0] if len(spoken_at) >= _SPOKEN_OF else None


def _opening(told: Discourse) -> tuple[Placed, Actor | None] | None:
    """The day that the report opens with, and the unit that then does something ("Ngày 27/2, Đoàn ĐBQH giám sát …")."""
    for sentence in told.content()[:_HEAD]:
        day = next(
            (
                d
                for d in told.dates.overlapping(sentence.start, sentence.end)
                if d.start >= sentence.start and _is_day(d)
            ),
            None,
        )
        if day is None or not told.grammar.before_day.fullmatch(told.text, sentence.start, day.start):
            continue
        for actor in told.actors.overlapping(day.end, sentence.end):
            if actor.start >= day.end and actor.kind == "unit":
                between = told.text[day.end : actor.start]
                is_subject = told.grammar.to_subject.fullmatch(between) is not None
                return day, actor if is_subject else None
        return day, None
    return None


def _events(told: Discourse, trace: Trace) -> Iterator[_Event]:
    """The meetings told, sentence by sentence."""
    for sentence in told.content()[:_WHERE_EVENTS_ARE_TOLD]:
        for noun in told.within("MEETING", sentence.start, sentence.end):
            before = told.text[sentence.start : noun.start]
            inside = told.actor_at(noun.start)
            if told.grammar.no_event_before.search(before) or (
                inside and inside.kind != "group" and inside.start < noun.start
            ):
                trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "no_event")
                continue
            held = _held(told, sentence, noun)
            event = _Event(noun, sentence, held, _date(told, sentence, noun))
            event.host = _host(told, sentence, event)
            event.chairs = _chairs(told, sentence)
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
    days = [d for d in told.dates.overlapping(sentence.start, sentence.end) if d.start >= sentence.start and _is_day(d)]
    free = [d for d in days if not _OF_DOCUMENT.search(told.text[sentence.start : d.start])]
    before = [d for d in free if d.end <= noun.start]
    return before[0] if before else next(iter(free), None)


def _is_day(placed: Placed) -> bool:
    value = placed.value
    return value.grain == "day" if isinstance(value, Period) else value.day is not None


def _host(told: Discourse, sentence: Sentence, event: _Event) -> Actor | None:
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


def _chairs(told: Discourse, sentence: Sentence) -> list[Actor]:
    """Those who are said to preside in a sentence."""
    text = told.text
    found: list[Actor] = []
    for cue in told.within("chair", sentence.start, sentence.end):
        row: list[Actor] = []
        if told.grammar.chair_of.search(text, cue.start, cue.end):
            row = _people_from(told, cue.end, sentence.end)
        else:
            has = told.grammar.has.match(text, cue.end, sentence.end)
            leads = told.grammar.leads_in.search(text[sentence.start : cue.start])
            if has is not None and (leads or not text[sentence.start : cue.start].strip()):
                row = _people_from(told, has.end(), sentence.end)
                if _others_attend(told, row, sentence.end):
                    row = row[:1]
            else:
                row = _people_before(told, cue.start, sentence.start)
        found.extend(actor for actor in row if actor.name and actor.name not in {a.name for a in found})
    return found


def _others_attend(told: Discourse, row: Sequence[Actor], end: int) -> bool:
    """Whether a list of those who preside goes on with plain attendants: then only its first presides."""
    if not row:
        return False
    return told.grammar.others_attend.search(told.text, row[-1].end, end) is not None


def _people_from(told: Discourse, start: int, end: int) -> list[Actor]:
    row: list[Actor] = []
    at = start
    for actor in told.actors.from_offset(start):
        if (
            actor.start >= end
            or actor.kind != "person"
            or told.grammar.joined.fullmatch(told.text, at, actor.start) is None
        ):
            break
        row.append(actor)
        at = actor.end
    return row


def _people_before(told: Discourse, end: int, start: int) -> list[Actor]:
    """The people right before a verb, from left to right."""
    row: list[Actor] = []
    at = end
    for actor in told.actors.before_offset(end):
        if actor.start < start or actor.kind != "person":
            break
        joint = told.grammar.to_preside if not row else told.grammar.joined
        if joint.fullmatch(told.text, actor.end, at) is None:
            break
        row.insert(0, actor)
        at = actor.start
        honorific = told.grammar.honorific_before.search(told.text[start:at])
        at = start + honorific.start() if honorific else at
    return row


def _all_chairs(told: Discourse, first: _Event, events: Sequence[_Event]) -> list[Actor]:
    """Those who preside over the first meeting, wherever the article says so."""
    if first.chairs:
        return first.chairs
    after = [s for s in told.content()[:_WHERE_EVENTS_ARE_TOLD] if s.start > first.sentence.start]
    for sentence in after:
        if any(e.sentence is sentence and _is_other(e, first) for e in events):
            break
        chairs = _chairs(told, sentence)
        if chairs:
            return chairs
    return []


def _is_other(event: _Event, first: _Event) -> bool:
    """Whether another meeting is told: on another day, or held by another unit on a day that is said."""
    if event.date is None or event.sentence is first.sentence:
        return False
    if first.date is None:
        return event.host is not None and first.host is not None and event.host.name != first.host.name
    return (_day_of(event.date), _session(event.date)) != (_day_of(first.date), _session(first.date))


def _is_held(told: Discourse, event: _Event) -> bool:
    """Whether an event without a date was held: somebody speaks at it, or its holder stands in the title."""
    before = told.text[event.sentence.start : event.noun.start]
    return told.grammar.event_attended.search(before) is not None


def _entry(
    told: Discourse, event: _Event, chairs: Sequence[Actor], others: Sequence[_Event], identifiers: Identifiers
) -> Meeting:
    host = event.host or _host_of_title(told, event) or _visitor(told, event)
    name = (host.unit if host.kind == "person" else host.name) if host else None
    day = _day_of(event.date)
    why: WhyEmpty = {}
    if day is None:
        why["date"] = "ambiguous" if event.date is not None else "not_stated"
    session = _session(event.date)
    place, topic = _place(told, event), _topic(told, event)
    attendees = _attendees(told)
    names = tuple(dict.fromkeys(actor.name for actor in chairs if actor.name))
    for slot, value in (("session", session), ("host", name), ("chairs", names), ("place", place), ("topic", topic)):
        if not value:
            why[slot] = "not_stated"
    if not attendees:
        why["attendees"] = "not_stated"
    start = min(event.date.start, event.noun.start) if event.date else event.noun.start
    return Meeting(
        id=identifiers.of("meeting", [event.kind, day, session, name]),
        kind=event.kind,
        date=day,
        session=session,
        host=name,
        host_span=told.span(host.start, host.end) if host else None,
        chairs=names,
        chair_spans=tuple(told.span(actor.start, actor.end) for actor in chairs if actor.name),
        attendees=tuple(told.words(*place) for place in attendees),
        attendee_spans=tuple(told.span(*place) for place in attendees),
        place=told.words(*place) if place else None,
        place_span=told.span(*place) if place else None,
        topic=told.words(*topic) if topic else None,
        topic_span=told.span(*topic) if topic else None,
        others=tuple(
            OtherMeeting(
                e.kind,
                _day_of(e.date),
                _session(e.date),
                e.host.name if e.host else None,
                told.span(e.noun.start, e.noun.end),
            )
            for e in others
        ),
        span=told.span(start, event.noun.end),
        pattern=event.noun.pattern,
        why_empty=why,
    )


def _day_of(placed: Placed | None) -> str | None:
    return placed.value.start.isoformat() if placed and isinstance(placed.value, Period) else None


def _session(placed: Placed | None) -> Session | None:
    return placed.value.session if placed and isinstance(placed.value, Period | Unplaced) else None


def _host_of_title(told: Discourse, event: _Event) -> Actor | None:
    """The unit that a title begins with, where the text names no holder ("Công an huyện triển khai công tác")."""
    for sentence in told.sentences:
        if sentence.block == "title":
            first = next(
                (a for a in told.actors.overlapping(sentence.start, sentence.end) if a.start >= sentence.start), None
            )
            if (
                first is not None
                and first.kind == "unit"
                and not told.text[sentence.start : first.start].strip(" \"'*#-")
            ):
                if told.grammar.title_event.match(told.text, first.end, sentence.end):
                    return first
    return None


def _visitor(told: Discourse, event: _Event) -> Actor | None:
    """The leader whose unit pays the visit, where no unit is named ("Phó Chủ tịch UBND tỉnh A tại buổi làm việc")."""
    if not told.grammar.visit.search(event.kind):
        return None
    for actor in told.actors.before_offset(event.noun.start):
        if actor.start < event.sentence.start:
            return None
        if actor.kind == "person" and actor.unit:
            return actor
    return None


def _attendees(told: Discourse) -> list[Span]:
    """Those who are said to attend: people and groups."""
    for sentence in told.content()[:_WHERE_EVENTS_ARE_TOLD]:
        hit = told.grammar.attended.search(told.text, sentence.start, sentence.end)
        if hit is not None:
            return [
                (actor.start, actor.end)
                for actor in told.actors.overlapping(hit.end(), sentence.end)
                if actor.start >= hit.end() and actor.kind in ("person", "group", "unit")
            ]
    return []


def _place(told: Discourse, event: _Event) -> Span | None:
    hit = told.grammar.place.search(told.text, event.sentence.start, event.sentence.end)
    return hit.span("place") if hit else None


def _topic(told: Discourse, event: _Event) -> Span | None:
    """What the meeting is about: the words behind its noun."""
    end = event.sentence.end
    hit = told.grammar.topic_end.search(told.text, event.noun.end, end)
    stop = hit.start() if hit else end
    at = event.noun.end
    if event.host is not None and event.noun.end <= event.host.start < stop:
        at = event.host.end
    words = told.text[at:stop]
    begin = at + len(words) - len(words.lstrip(" ,:-"))
    stop = at + len(words.rstrip(" ,:-\n"))
    return (begin, stop) if stop - begin >= 8 else None
