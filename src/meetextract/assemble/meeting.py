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
_SHORTEST_PLACE, _SHORTEST_TOPIC = 3, 8
_TAIL = " .,:-(\n"


def find_meeting(told: Discourse, trace: Trace, identifiers: Identifiers) -> Meeting | None:
    """The meeting of an article, or None where it reports none."""
    if told.is_headlines:
        for noun in told.of("MEETING").items:
            trace.reject("meeting", told.span(noun.start, noun.end), noun.pattern, "not_told")
        return None
    events = list(find_events(told, trace))
    first = _first(told, events)
    if first is None:
        return None
    opening = _opening(told)
    if opening is not None and opening[0].start <= first.noun.start:
        day, holder = opening
        if first.date is None and day.start < first.sentence.start:
            first.date = day  # a day of its own sentence was seen, and is another's
        if first.host is None and _day_of(first.date) == _day_of(day):
            first.host = holder
    _join(first, [event for event in events if _is_same(event, first)])
    begins = opening[0].start if opening is not None else first.sentence.start
    chairs = _all_chairs(told, first, events, begins)
    others = [e for e in events if e.strength >= _SURE and e is not first and _is_other(e, first)]
    return _entry(told, first, chairs, others, identifiers)


def _first(told: Discourse, events: Sequence[Event]) -> Event | None:
    """The first meeting reported, at the first place where the article says that it is held."""
    head = told.content()[:_HEAD]
    sure = (event for event in events if event.strength >= _SURE)
    first = next((e for e in sure if e.sentence in head or e.chairs or _comes_back(told, events, e)), None)
    first = first or _less_sure(told, events)
    if first is None:
        return None
    for event in events:
        if event is first or (event.held and event.date and event.sentence in head and not _is_other(first, event)):
            return event
    return first


def _less_sure(told: Discourse, events: Sequence[Event]) -> Event | None:
    """A meeting that nobody is said to hold: one with a day at the head of the article, or one spoken of again."""
    head = told.content()[:_HEAD]
    for event in events:
        if event.date is not None and event.sentence in head:
            return event
    spoken_at = [event for event in events if _is_held(told, event)]
    return spoken_at[0] if len(spoken_at) >= _SPOKEN_OF else None


def _comes_back(told: Discourse, events: Sequence[Event], event: Event) -> bool:
    """Whether an article that tells of a meeting late comes back to it; if not, the meeting is background."""
    return any(
        later.sentence.start > event.sentence.start and _is_held(told, later) and not _is_other(later, event)
        for later in events
    )


def _is_same(event: Event, first: Event) -> bool:
    """Whether an event is surely the first one told again: called the same, on no other day, by no other unit."""
    called_alike = first.is_verb or event.kind.split()[-1] == first.kind.split()[-1]
    if event is first or event.is_verb or not called_alike or _is_other(event, first):
        return False
    return event.host is None or first.host is None or event.host.name == first.host.name


def _join(first: Event, again: Sequence[Event]) -> None:
    """Adds to a meeting what the article says of it elsewhere."""
    for event in again:
        if event.date is not None and (first.date is None or (not _session(first.date) and _session(event.date))):
            first.date = event.date
        if first.host is None:
            first.host = event.host
        if first.is_verb and first.called is None:
            first.called = event.kind


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
                is_subject = is_subject and told.grammar.only_tells.match(told.text, actor.end, sentence.end) is None
                return day, actor if is_subject else None
        return day, None
    return None


def _all_chairs(told: Discourse, first: Event, events: Sequence[Event], begins: int) -> list[Actor]:
    """Those who preside over the first meeting, wherever the article says so, from where its report begins."""
    if first.chairs:
        return first.chairs
    begins = min(begins, first.sentence.start)
    after = [s for s in told.content()[:WHERE_EVENTS_ARE_TOLD] if s.start > begins]
    for sentence in after:
        if any(e.sentence is sentence and _is_other(e, first) for e in events):
            break
        chairs = read_chairs(told, sentence)
        if chairs:
            return chairs
    return next((event.chairs for event in events if event.chairs and _is_same(event, first)), [])


def _is_other(event: Event, first: Event) -> bool:
    """Whether another meeting is told: on another day, or held by another unit on a day that is said."""
    if event.date is None or event.sentence is first.sentence:
        return False
    if first.date is None:
        return event.host is not None and first.host is not None and event.host.name != first.host.name
    days, sessions = (_day_of(event.date), _day_of(first.date)), (_session(event.date), _session(first.date))
    return (None not in days and days[0] != days[1]) or (None not in sessions and sessions[0] != sessions[1])


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
    if chairs and not names:
        why["chairs"] = "ambiguous"
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
    """The leader whose unit pays the visit, where he is only said to speak: "ý kiến của Chủ tịch UBND tại buổi …"."""
    if event.held is not None or not told.grammar.visit.search(event.kind):
        return None
    for actor in told.actors.before_offset(event.noun.start):
        if actor.start < event.sentence.start:
            return None
        if actor.kind == "person" and actor.unit:
            is_clause = not set(";:,") & set(told.text[actor.end : event.noun.start])
            return actor if is_clause else None
    return None


def _attendees(told: Discourse) -> list[Span]:
    """Those who are said to attend: people and groups."""
    found: dict[str, Span] = {}
    for sentence in told.content()[:WHERE_EVENTS_ARE_TOLD]:
        hit = told.grammar.attended.search(told.text, sentence.start, sentence.end)
        if hit is None:
            continue
        for actor in told.actors.overlapping(hit.end(), sentence.end):
            opens_row = told.text[actor.end : actor.end + 1] == ":"  # "các đồng chí: …"
            if actor.start >= hit.end() and actor.kind in ("person", "group", "unit") and not opens_row:
                found.setdefault(actor.name or told.words(actor.start, actor.end), (actor.start, actor.end))
    return list(found.values())


def _place(told: Discourse, event: Event) -> Span | None:
    """Where it is held: said at the head of its sentence, or right behind its noun and its day."""
    text, start, end = told.text, event.sentence.start, event.sentence.end
    behind = [start, event.noun.end, *(day.end for day in told.dates.overlapping(start, end))]
    for hit in told.grammar.place.finditer(text, start, end):
        begin, stop = hit.span("place")
        if not any(told.grammar.to_place.fullmatch(text, at, hit.start()) for at in behind if at <= hit.start()):
            continue
        if event.host is not None and begin < event.host.start < stop:
            stop = event.host.start
        stop = begin + len(text[begin:stop].rstrip(" ,-\n"))
        return (begin, stop) if stop - begin >= _SHORTEST_PLACE else None
    return None


def _topic(told: Discourse, event: Event) -> Span | None:
    """What the meeting is about: the words behind its noun that say so, up to the end of their clause."""
    text, end = told.text, event.sentence.end
    at = event.host.end if event.host is not None and event.host.start >= event.noun.end else event.noun.end
    hit = told.grammar.topic.search(text, at, end)
    if hit is None or text[at : at + 1] in ",;:.":
        return None
    begin = hit.start("topic")
    if any(told.within(kind, at, begin) for kind in ("speech", "reached")) or _clause_of_person(told, at, begin):
        return None
    ends = [end, *(d.start for d in told.dates.overlapping(begin, end) if d.start > begin and is_day(d))]
    stopped = told.grammar.topic_end.search(text, begin, end)
    if stopped is not None:
        ends.append(stopped.start())
    ends.append(_clause_of_person(told, begin, end) or end)
    words = told.grammar.topic_tail.sub("", text[begin : min(ends)].rstrip(_TAIL))
    stop = begin + len(words.rstrip(_TAIL))
    return (begin, stop) if stop - begin >= _SHORTEST_TOPIC else None


def _clause_of_person(told: Discourse, start: int, end: int) -> int | None:
    """Where a clause begins whose subject is a person: at the comma before him."""
    for actor in told.actors.overlapping(start, end):
        if actor.kind == "person" and actor.start >= start:
            before = told.text[start : actor.start]
            honorific = told.grammar.honorific_before.search(before)
            before = before[: honorific.start() if honorific else None].rstrip()
            if before.endswith(","):
                return start + len(before) - 1
    return None
