"""The meeting that an article reports: the first one told as an event; the others are listed with it."""

from __future__ import annotations

from collections.abc import Sequence

from meetextract.assemble.actors import Actor
from meetextract.assemble.chairs import read_chairs
from meetextract.assemble.discourse import Discourse, Placed
from meetextract.assemble.events import WHERE_EVENTS_ARE_TOLD, Event, find_events, is_day
from meetextract.assemble.trace import Trace
from meetextract.normalise.dates import Period, Unplaced
from meetextract.records import Identifiers, Meeting, OtherMeeting, Session, Span, WhyEmpty

_SURE, _HEAD, _SPOKEN_OF = 2, 6, 2


def find_meeting(told: Discourse, trace: Trace, identifiers: Identifiers) -> Meeting | None:
    """The meeting of an article, or None where it reports none."""
    events = list(find_events(told, trace))
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


def _less_sure(told: Discourse, events: Sequence[Event]) -> Event | None:
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
                if d.start >= sentence.start and is_day(d)
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


def _all_chairs(told: Discourse, first: Event, events: Sequence[Event]) -> list[Actor]:
    """Those who preside over the first meeting, wherever the article says so."""
    if first.chairs:
        return first.chairs
    after = [s for s in told.content()[:WHERE_EVENTS_ARE_TOLD] if s.start > first.sentence.start]
    for sentence in after:
        if any(e.sentence is sentence and _is_other(e, first) for e in events):
            break
        chairs = read_chairs(told, sentence)
        if chairs:
            return chairs
    return []


def _is_other(event: Event, first: Event) -> bool:
    """Whether another meeting is told: on another day, or held by another unit on a day that is said."""
    if event.date is None or event.sentence is first.sentence:
        return False
    if first.date is None:
        return event.host is not None and first.host is not None and event.host.name != first.host.name
    return (_day_of(event.date), _session(event.date)) != (_day_of(first.date), _session(first.date))


def _is_held(told: Discourse, event: Event) -> bool:
    """Whether an event without a date was held: somebody speaks at it, or its holder stands in the title."""
    before = told.text[event.sentence.start : event.noun.start]
    return told.grammar.event_attended.search(before) is not None


def _entry(
    told: Discourse, event: Event, chairs: Sequence[Actor], others: Sequence[Event], identifiers: Identifiers
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


def _host_of_title(told: Discourse, event: Event) -> Actor | None:
    """The unit that a title begins with, where the text names no holder ("Công an huyện triển khai công tác")."""
    for sentence in told.sentences:
        if sentence.block != "title":
            continue
        first = next(
            (a for a in told.actors.overlapping(sentence.start, sentence.end) if a.start >= sentence.start), None
        )
        if first is None or first.kind != "unit" or told.text[sentence.start : first.start].strip(" \"'*#-"):
            continue
        if told.grammar.title_event.match(told.text, first.end, sentence.end):
            return first
    return None


def _visitor(told: Discourse, event: Event) -> Actor | None:
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
    for sentence in told.content()[:WHERE_EVENTS_ARE_TOLD]:
        hit = told.grammar.attended.search(told.text, sentence.start, sentence.end)
        if hit is not None:
            return [
                (actor.start, actor.end)
                for actor in told.actors.overlapping(hit.end(), sentence.end)
                if actor.start >= hit.end() and actor.kind in ("person", "group", "unit")
            ]
    return []


def _place(told: Discourse, event: Event) -> Span | None:
    hit = told.grammar.place.search(told.text, event.sentence.start, event.sentence.end)
    return hit.span("place") if hit else None


def _topic(told: Discourse, event: Event) -> Span | None:
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
