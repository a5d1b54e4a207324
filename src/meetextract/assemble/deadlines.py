"""By when: the deadline that the words of a directive state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

import regex

from meetextract.assemble.discourse import Discourse, Placed
from meetextract.normalise.dates import Period, Unplaced
from meetextract.records import Span

Every: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
_EVERY: dict[str, Every] = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_DAY_AND_MONTH = regex.compile(r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?![\d/.-])")
_YEAR = timedelta(366)
_WIDE = frozenset({"year", "period", "half"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline, in folded offsets.

    Attributes:
        start: where its words begin.
        end: one past the last.
        first: first day of the time given for it, where one is said ("trong quý II", "ngay sau hội nghị").
        last: last day, or None where no day is known.
        anchor: what placed it.
        every: for what comes again ("hằng tháng").
        pattern: the pattern that found the date, or None.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    anchor: str | None = None
    every: Every | None = None
    pattern: str | None = None


def find_deadline(told: Discourse, lead: int, start: int, end: int, met_on: date | None) -> Deadline | None:
    """The deadline that a directive states: the latest, where its tasks have several.

    Args:
        told: the article.
        lead: where the adverbials before the directive begin.
        start: where its first task begins.
        end: where its last task ends.
        met_on: the day of the meeting, for "ngay sau hội nghị".
    """
    found: list[Deadline] = []
    for placed in told.dates.overlapping(lead, end):
        if (
            lead <= placed.start
            and placed.end <= end
            and (cue := _cue_of(told, placed, lead, start, end, met_on)) is not None
        ):
            found.append(_stated(placed, cue, placed.end))
    found = found or list(_unplaced_days(told, start, end))
    if found:
        return max(found, key=lambda d: d.last or date.min)
    again = told.grammar.recurring.search(told.text, start, end)
    if again is not None:
        return Deadline(again.start(), again.end(), every=_EVERY[again["every"].lower()])
    event = told.grammar.after_event.search(told.text, lead, end)
    if event is not None:
        return Deadline(event.start(), event.end(), first=met_on, anchor="meeting")
    return None


def _unplaced_days(told: Discourse, start: int, end: int) -> Iterator[Deadline]:
    """Days behind the cue of a deadline that the calendar does not have ("trước ngày 31/4"), and spans of time."""
    for cue in told.within("deadline", start, end):
        hit = told.grammar.unplaced_deadline.match(told.text, cue.end, end)
        if hit is not None and next(told.dates.overlapping(cue.end, hit.end()), None) is None:
            yield Deadline(cue.start, hit.end())


def deadline_of_cell(told: Discourse, cell: Span, met_on: date | None) -> Deadline:
    """The deadline that a cell of a table states; a day without a year is the first one after the meeting."""
    start, end = cell
    placed = [p for p in told.dates.overlapping(start, end) if isinstance(p.value, Period)]
    if placed:
        return max((_stated(p, start, end) for p in placed), key=lambda d: d.last or date.min)
    again = told.grammar.recurring.search(told.text, start, end)
    if again:
        return Deadline(start, end, every=_EVERY[again["every"].lower()])
    said = _DAY_AND_MONTH.search(told.text, start, end)
    day = _next_day(said, met_on) if said and met_on else None
    return Deadline(start, end, last=day, anchor="meeting" if day else None)


def _stated(placed: Placed, start: int, end: int) -> Deadline:
    """The deadline that a date sets by the words from `start` to `end`; without a day where nothing tells its year."""
    value = placed.value
    if isinstance(value, Unplaced):
        return Deadline(start, end, pattern=placed.pattern)
    first = None if value.grain == "day" else value.start
    return Deadline(start, end, first, value.end, value.anchor, pattern=placed.pattern)


def _next_day(hit: regex.Match[str], met_on: date) -> date | None:
    """The next day of that day and month, as "30/6" in a cell says it."""
    for year in (met_on.year, met_on.year + 1):
        try:
            day = date(year, int(hit["month"]), int(hit["day"]))
        except ValueError:
            continue
        if day >= met_on:
            return day
    return None


def _cue_of(told: Discourse, placed: Placed, lead: int, start: int, end: int, met_on: date | None) -> int | None:
    """Where the words begin by which a date is a deadline; None where the date is none."""
    cue = _cue_before(told, placed, lead, start)
    if cue is not None or not isinstance(placed.value, Period):
        return cue
    words = told.text[placed.start : placed.end].lower()
    value = placed.value
    if words.startswith("từ ") and value.end - value.start < _YEAR and met_on and value.end >= met_on:
        return placed.start  # "kiểm tra từ ngày 10/3 đến ngày 30/4"
    ends_task = not told.text[placed.end : end].strip() or told.text[placed.end : placed.end + 1] in ",;."
    named = words.startswith(("cuối", "giữa", "đầu", "ngày"))
    if ends_task and named and told.grammar.finished_by.search(told.text[start : placed.start]):
        return placed.start
    return None


def _cue_before(told: Discourse, placed: Placed, lead: int, start: int) -> int | None:
    """Where the word begins that makes a date a deadline; None where the date is none."""
    for cue in told.within("deadline", max(lead, placed.start - 40), placed.end):
        if cue.end > placed.start + 12 or told.text[cue.end : placed.start].strip(" ,("):
            continue
        words = told.text[cue.start : cue.end].lower()
        clause = told.text[max(start if cue.start >= start else lead, cue.start - 80) : cue.start]
        wide = isinstance(placed.value, Period) and placed.value.grain in _WIDE
        if not wide or told.grammar.finishing.search(words):
            return cue.start
        if told.grammar.of_plan.search(clause):
            continue
        if cue.start >= start and not told.grammar.finishing.search(clause[-40:]):
            continue  # "đến năm 2025" of a plan's name
        return cue.start
    return None
