"""Time expressions to periods on the calendar.

A pattern names the parts of an expression (`d` day, `m` month, `y` year, `q` quarter, `n` number of months, `edge` đầu,
giữa or cuối, `unit` with `rel`, `deictic`, `weekday`, `session`; a second `d2`, `m2`, `q2`, `y2` ends a range), and
`read_period` places it. What is missing comes from the `Context`; what the context cannot give stays unknown. No clock
is read.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from meetextract.normalise.calendar import (
    full_year,
    in_year,
    month_number,
    month_span,
    quarter_number,
    quarter_span,
    unit_span,
    weekday_number,
    whole_number,
)
from meetextract.normalise.numbers import parse_number
from meetextract.records import Grain, Session

Prefer = Literal["past", "future"]

SESSIONS: dict[str, Session] = {
    "sáng": "morning", "sáng sớm": "morning", "rạng sáng": "morning", "trưa": "noon", "chiều": "afternoon",
    "chiều tối": "afternoon", "tối": "evening", "đêm": "evening", "khuya": "evening",
}  # fmt: skip
DEICTIC_DAYS = {
    "hôm kia": -2, "hôm qua": -1, "qua": -1, "hôm nay": 0, "nay": 0, "bữa nay": 0, "ngày này": 0,
    "mai": 1, "ngày mai": 1, "hôm sau": 1, "ngày kia": 2,
}  # fmt: skip
RELATIVE = {
    "kia": -2, "trước": -1, "ngoái": -1, "qua": -1, "vừa qua": -1, "vừa rồi": -1, "rồi": -1,
    "này": 0, "nay": 0, "hiện tại": 0, "hiện nay": 0,
    "sau": 1, "tới": 1, "tiếp": 1, "tiếp theo": 1, "kế tiếp": 1, "đến": 1,
}  # fmt: skip
FAR, NEAR = 200, 120
"""Days: an expression without a year means the year of writing, unless that is far off and another year's is near."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive."""

    start: date
    end: date
    grain: Grain
    session: Session | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An expression that its context does not place."""

    why: Literal["year_unknown", "day_unknown"]
    month: int | None = None
    day: int | None = None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression may lean on.

    Attributes:
        day: the day on which the text was written, where it is known.
        year: the year that the text speaks of, where `day` is unknown.
        source: what `day` or `year` was taken from, in words of the record.
        last: the period mentioned before, for "cùng ngày", "cùng kỳ" and "trong năm".
        nearby_year: a year named in the same sentence.
        prefer: `past` takes the year of `day` unless the day would be far off (a report), `future` the first one on or
            after `day`.
    """

    day: date | None = None
    year: int | None = None
    source: str | None = None
    last: Period | None = None
    last_day: Period | None = None
    nearby_year: int | None = None
    prefer: Prefer = "past"

    @property
    def this_year(self) -> int | None:
        """The year that "năm nay" means."""
        return self.day.year if self.day else self.year


def read_period(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """Places a time expression.

    Args:
        parts: the named parts of the expression, folded and in lower case.
        context: what fills the gaps.

    Returns:
        The period; `Unplaced` where the context is not enough; None where the parts are no date at all ("17/19").
    """
    session = SESSIONS.get(parts.get("session", ""))
    found = _read(parts, context)
    if found is None or session is None:
        return found
    return replace(found, session=session)


def _read(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    if "same" in parts:
        return _same_period(parts, context)
    if "since" in parts or "until" in parts:
        return _open_range(parts, context)
    if "weekday" in parts and "d" not in parts:
        return _weekday(parts, context)
    if "deictic_year" in parts:
        return _year(None, context)
    if "deictic" in parts and "d" not in parts:
        return _deictic(parts["deictic"], context)
    if "count" in parts:
        return _run_of_units(parts, context)
    if "rel" in parts:
        return _relative(
            parts.get("unit", "năm" if "n" in parts or "half" in parts else ""), parts["rel"], parts, context
        )
    if "school" in parts:
        return _school_year(full_year(parts["y"]), full_year(parts["y2"]))
    if any(name in parts for name in ("d2", "m2", "q2", "y2")):
        return _range(parts, context)
    return _point(parts, context)


# --- points -----------------------------------------------------------------------------------------------------


def _point(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    year = full_year(parts.get("y", ""))
    if parts.get("y") and year is None:
        return None
    if "d" in parts:
        return _day(whole_number(parts["d"]), month_number(parts.get("m", "")), year, context)
    if "m" in parts:
        return _edged(_month_period(month_number(parts["m"]), year, context), parts)
    if "q" in parts:
        return _edged(_quarter(quarter_number(parts["q"]), year, context), parts)
    if "n" in parts or "half" in parts:
        return _part_of_year(parts, year, context)
    return _edged(_year(year, context), parts)


def _day(day: int | None, month: int | None, year: int | None, context: Context) -> Period | Unplaced | None:
    if day is None or month is None or not 1 <= month <= 12:
        return None
    if not 1 <= day <= monthrange(year or 2024, month)[1]:
        return None
    if year is not None:
        return Period(date(year, month, day), date(year, month, day), "day")
    years = _candidate_years(context)
    days = [date(y, month, day) for y in years if day <= monthrange(y, month)[1]]
    chosen = _choose([(d, d) for d in days], context)
    if chosen is None:
        return Unplaced("year_unknown", month, day)
    return Period(chosen[0], chosen[1], "day", anchor=context.source)


def _month_period(month: int | None, year: int | None, context: Context) -> Period | Unplaced | None:
    if month is None or not 1 <= month <= 12:
        return None
    if year is not None:
        return Period(*month_span(year, month), "month")
    chosen = _choose([month_span(y, month) for y in _candidate_years(context)], context)
    if chosen is None:
        return Unplaced("year_unknown", month)
    return Period(*chosen, "month", anchor=context.source)


def _quarter(quarter: int | None, year: int | None, context: Context) -> Period | Unplaced | None:
    if quarter is None or not 1 <= quarter <= 4:
        return None
    if year is not None:
        return Period(*quarter_span(year, quarter), "quarter")
    chosen = _choose([quarter_span(y, quarter) for y in _candidate_years(context)], context)
    if chosen is None:
        return Unplaced("year_unknown", 3 * quarter - 2)
    return Period(*chosen, "quarter", anchor=context.source)


def _part_of_year(parts: Mapping[str, str], year: int | None, context: Context) -> Period | Unplaced | None:
    """Reads "6 tháng đầu năm", "9 tháng năm 2022", "nửa cuối năm"."""
    months = 6 if "half" in parts else parse_number(parts["n"])
    if not isinstance(months, int) or not 1 <= months <= 12:
        return None
    year, source = _speaking_year(year, parts, context)
    if year is None:
        return Unplaced("year_unknown")
    last = parts.get("edge") in ("cuối", "sau") or parts.get("half") in ("cuối", "sau")
    first, until = (13 - months, 12) if last else (1, months)
    grain: Grain = "half" if months == 6 else "quarter" if months == 3 else "period"
    return Period(date(year, first, 1), month_span(year, until)[1], grain, anchor=source)


def _year(year: int | None, context: Context) -> Period | Unplaced:
    """A given year, or "cuối năm", "cả năm": the one spoken of."""
    year, source = _speaking_year(year, {}, context)
    if year is None:
        return Unplaced("year_unknown")
    return Period(date(year, 1, 1), date(year, 12, 31), "year", anchor=source)


def _speaking_year(year: int | None, parts: Mapping[str, str], context: Context) -> tuple[int | None, str | None]:
    if year is not None:
        return year, None
    if "rel" in parts and context.this_year is not None:
        return context.this_year + RELATIVE.get(parts["rel"], 0), context.source
    if context.nearby_year is not None:
        return context.nearby_year, f"năm {context.nearby_year}"
    return context.this_year, context.source


def _edged(period: Period | Unplaced | None, parts: Mapping[str, str]) -> Period | Unplaced | None:
    """đầu, giữa, cuối (guide): of a month days 1-10, 11-20, 21-end; of a year months 1-3, 4-9, 10-12.

    Of a quarter its first, second and third month; of a week its first two days, the middle, the last two.
    """
    edge = parts.get("edge")
    if not isinstance(period, Period) or not edge:
        return period
    first, last = period.start, period.end
    at = {"đầu": 0, "giữa": 1, "cuối": 2}.get(edge)
    if at is None:
        return period
    if period.grain == "month":
        bounds = [(1, 10), (11, 20), (21, last.day)][at]
        return replace(period, start=first.replace(day=bounds[0]), end=first.replace(day=bounds[1]), grain="period")
    if period.grain == "quarter":
        return replace(_of_months(period, first.year, first.month + at, first.month + at), grain="month")
    if period.grain == "year":
        return replace(_of_months(period, first.year, *[(1, 3), (4, 9), (10, 12)][at]), grain="period")
    if period.grain == "week":
        days = [(0, 1), (2, 4), (5, 6)][at]
        return replace(period, start=first + timedelta(days[0]), end=first + timedelta(days[1]), grain="period")
    return period


def _of_months(period: Period, year: int, first: int, last: int) -> Period:
    return replace(period, start=date(year, first, 1), end=month_span(year, last)[1])


# --- ranges -----------------------------------------------------------------------------------------------------


def _range(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """From a first point to a last one; the first takes month and year from the last ("15 - 18/4/2017")."""
    second = {name.removesuffix("2"): text for name, text in parts.items() if name.endswith("2")}
    first = {name: parts[name] for name in ("d", "m", "q", "y") if name in parts}
    if "d" in second and "m" not in second:
        return None
    if "d" in first and "m" not in first:
        first["m"] = second.get("m", "")
    if "m" in second and "d" in first and "d" not in second:
        return None
    given = "y" in second
    if not given and "y" in first and any(name in second for name in ("d", "m", "q")):
        second["y"] = first["y"]
    last = _point(second, context)
    if not isinstance(last, Period):
        return last
    if "y" not in first:
        first["y"] = str(last.start.year)
    begin = _point(first, context)
    if not isinstance(begin, Period):
        return begin
    spans_years = "m" in parts or "q" in parts
    if begin.start > last.end and "y" not in parts and spans_years:
        first["y"] = str(last.start.year - 1)  # "từ 15/12 đến 10/01/2023"
        begin = _point(first, context)
    if not isinstance(begin, Period) or begin.start > last.end:
        return None
    if (last.end - begin.start).days > 366 * 400:
        return None
    return Period(begin.start, last.end, "period", anchor=last.anchor)


def _school_year(first: int | None, last: int | None) -> Period | None:
    """Reads "năm học 2021 - 2022": from September to May."""
    if first is None or last != first + 1:
        return None
    return Period(date(first, 9, 1), date(last, 5, 31), "period")


def _open_range(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """Reads "từ đầu năm đến nay", "kể từ năm 2009 đến nay", "từ nay đến cuối năm": one end is the day of writing."""
    inner = {name: text for name, text in parts.items() if name not in ("since", "until")}
    point = _read(inner, context) if inner.keys() - {"session"} else _year(None, context)
    if context.day is None:
        return Unplaced("day_unknown")
    if not isinstance(point, Period):
        return point
    if "since" in parts:
        if point.start > context.day:
            return None
        return Period(point.start, context.day, "period", anchor=context.source)
    if point.end < context.day:
        return None
    return Period(context.day, point.end, "period", anchor=context.source)


# --- relative ---------------------------------------------------------------------------------------------------


def _deictic(words: str, context: Context) -> Period | Unplaced | None:
    if words in ("cùng ngày", "trong ngày"):
        return (
            replace(context.last_day, session=None, anchor="ngày nhắc trước")
            if context.last_day
            else Unplaced("day_unknown")
        )
    if words == "năm qua" and context.day is not None:
        return _past_year(context, context.day)
    if words in ("trong năm", "năm qua"):
        if context.last is None:
            return _year(None, context)
        return _calendar_year(context.last.start.year, "năm nhắc trước")
    if words not in DEICTIC_DAYS:
        return None
    if context.day is None:
        return Unplaced("day_unknown")
    day = context.day + timedelta(DEICTIC_DAYS[words])
    return Period(day, day, "day", anchor=context.source)


def _past_year(context: Context, day: date) -> Period:
    """Reads "năm qua": the last year, in the reviews that are written at the end of a year this one."""
    this_year = day.month >= 11 and not (context.last is not None and context.last.start.year == day.year - 1)
    return _calendar_year(day.year if this_year else day.year - 1, context.source)


def _calendar_year(year: int, anchor: str | None) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", anchor=anchor)


def _relative(unit: str, rel: str, parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """Reads "tháng trước", "quý này", "tuần tới", "tháng 3 tới", "cuối năm nay"."""
    step = RELATIVE.get(rel)
    if step is None:
        return None
    if unit == "năm":
        if context.this_year is None:
            return Unplaced("year_unknown")
        year = context.this_year + step
        whole = Period(date(year, 1, 1), date(year, 12, 31), "year", anchor=context.source)
        if "n" in parts or "half" in parts:
            return _part_of_year({k: v for k, v in parts.items() if k != "rel"}, year, context)
        if "q" in parts:
            return _quarter(quarter_number(parts["q"]), year, context)
        if "m" in parts:
            return _edged(_month_period(month_number(parts["m"]), year, context), parts)
        return _edged(whole, parts)
    if context.day is None:
        return Unplaced("day_unknown")
    if "m" in parts:
        month = month_number(parts["m"])
        if month is None or not 1 <= month <= 12:
            return None
        spans = [month_span(y, month) for y in _candidate_years(context)]
        chosen = _directed(spans, step, context.day)
        return Period(*chosen, "month", anchor=context.source) if chosen else None
    span = unit_span(unit, context.day, step)
    if span is None:
        return None
    grain: Grain = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter"}[unit]  # type: ignore[assignment]
    return _edged(Period(*span, grain, anchor=context.source), parts)


def _run_of_units(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """Reads "3 ngày tới", "2 tháng vừa qua" where a caller asks to have durations placed."""
    count = parse_number(parts["count"])
    step = RELATIVE.get(parts.get("rel", ""))
    if not isinstance(count, int) or not 1 <= count <= 1000 or not step:
        return None
    if context.day is None:
        return Unplaced("day_unknown")
    near, far = unit_span(parts["unit"], context.day, step), unit_span(parts["unit"], context.day, step * count)
    if near is None or far is None:
        return None
    return Period(min(near[0], far[0]), max(near[1], far[1]), "period", anchor=context.source)


def _weekday(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """A weekday without a date: the nearest by preference, or the one of a named week."""
    number = weekday_number(parts["weekday"])
    if number is None:
        return None
    if context.day is None:
        return Unplaced("day_unknown")
    monday = context.day - timedelta(context.day.weekday())
    week = parts.get("week")
    if week is not None:
        day = monday + timedelta(7 * RELATIVE.get(week, 0) + number)
    else:
        step = RELATIVE.get(parts.get("weekday_rel", ""))
        ahead = (number - context.day.weekday()) % 7
        if step == -1 or (step is None and context.prefer == "past"):
            day = context.day - timedelta((-ahead) % 7 or (7 if step == -1 else 0))
        else:
            day = context.day + timedelta(ahead or 7)
    return Period(day, day, "day", anchor=context.source)


def _same_period(parts: Mapping[str, str], context: Context) -> Period | Unplaced | None:
    """Reads "cùng kỳ năm trước": the days of the last period mentioned, in an earlier year."""
    year = full_year(parts.get("y", ""))
    base = context.last
    if base is None or base.grain in ("year",) or (base.end - base.start).days > 370:
        if year is None and context.this_year is None:
            return Unplaced("year_unknown")
        year = year if year is not None else (base.start.year if base else context.this_year or 0) - 1
        return Period(date(year, 1, 1), date(year, 12, 31), "year", anchor=context.source)
    year = year if year is not None else base.start.year - 1
    return Period(in_year(base.start, year), in_year(base.end, year + base.end.year - base.start.year), base.grain,
                  anchor="cùng kỳ")  # fmt: skip


# --- choosing by context ------------------------------------------------------------------------------------------


def _candidate_years(context: Context) -> list[int]:
    if context.day is not None:
        return [context.day.year - 1, context.day.year, context.day.year + 1]
    return [context.year] if context.year is not None else []


def _choose(spans: list[tuple[date, date]], context: Context) -> tuple[date, date] | None:
    """The span that the context means: the nearest, or the first not over."""
    if not spans:
        return None
    if context.day is None:
        return spans[0]
    anchor = context.day
    if context.prefer == "future":
        return min((s for s in spans if s[1] >= anchor), default=spans[-1])
    distance = {s: abs((s[0] + (s[1] - s[0]) / 2 - anchor).days) for s in spans}
    same_year = next((s for s in spans if s[0].year == anchor.year), None)
    nearest = min(spans, key=lambda s: (distance[s], s[0]))
    if same_year is not None and (distance[same_year] <= FAR or distance[nearest] >= NEAR):
        return same_year
    return nearest


def _directed(spans: list[tuple[date, date]], step: int, anchor: date) -> tuple[date, date] | None:
    if step > 0:
        return min((s for s in spans if s[0] > anchor), default=None)
    if step < 0:
        return max((s for s in spans if s[1] < anchor), default=None)
    return next((s for s in spans if s[0].year == anchor.year), None)
