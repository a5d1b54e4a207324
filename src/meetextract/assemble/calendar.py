"""Places an article's dates: finds the anchor, then reads them in order, each leaning on those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import regex

from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.dates import Context, Period, Prefer, Unplaced, read_period

# A year named so is not the one in which the article was written.
_OTHER_YEAR = regex.compile(
    r"(?:đến|tới|hết|trước|so với|cùng kỳ|tầm nhìn|định hướng|sau|từ|kể từ|thời điểm|vụ|sinh|sn|thành lập|ra đời"
    r"|hồi|hiến pháp|luật\b.*)"
    r"(?: ngày| tháng)?\W*(?:cuối |đầu )?$",
    regex.IGNORECASE,
)
_GOAL = regex.compile(r"(?:dự kiến|hoàn thành|phấn đấu|mục tiêu|khánh thành|thông xe|sẽ)\b[^.;]*$", regex.IGNORECASE)
_OBLIGATION = regex.compile(r"\b(?:phải|cần|sẽ|dự kiến)\b[^.;]*$", regex.IGNORECASE)
_COMPARED = regex.compile(r"\bso với(?: \p{L}++){0,3}\s*$", regex.IGNORECASE)
_OF_DOCUMENT = regex.compile(r"\d\s*[/-]\s*\p{Lu}[\p{L}/&.-]*\W*(?:ngày\s*)?$")
_WANTED = regex.compile(
    r"(?:yêu cầu|báo cáo|hoàn thành|xong|giao|đề nghị|phải|hạn)\b[^.;]*"
    r"(?:trước|hạn|đến|hết|chậm nhất|tới)\W*(?:ngày\W*)?$",
    regex.IGNORECASE,
)
_SUM_UNTIL = regex.compile(
    r"\b(?:tính|lũy kế|ước|cộng dồn)(?: từ đầu năm)? đến(?: hết)?(?: thời điểm)?\s*$", regex.IGNORECASE
)
_DEADLINE = regex.compile(r"(?:trước|hạn|đến|hết|chậm nhất|từ|sau|tới)\W*$", regex.IGNORECASE)
SAME_DAY = "dates.deictic.same_day"
FIRST_PORTALS = 2001
"""No portal published before: an older year that an article names is history, not its own."""
_SOON = timedelta(14)
"""A day so little before one that is told, or before the publication, belongs to the same year."""
REPORTED = "dates.months_to_date.report"
"""The pattern of "6 tháng" that is a date only in news of the time when those months end."""
_BEFORE_ITS_END, _BEHIND_ITS_END = timedelta(25), timedelta(45)
_YEAR_GRAINS = frozenset({"day", "month", "quarter", "half", "year"})


def parts_of(candidate: Candidate) -> dict[str, str]:
    """The named parts of a mention, white space folded, in lower case."""
    return {name: " ".join(part.text.lower().split()) for name, part in candidate.mention.parts.items()}


def without_doubtful(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leaves out "6 tháng" where the article was not published when the first six months of a year end."""
    published = view.layout.published
    return [c for c in candidates if c.mention.pattern != REPORTED or _just_ended(parts_of(c), published)]


def _just_ended(parts: Mapping[str, str], published: date | None) -> bool:
    if published is None:
        return False
    period = read_period(parts, Context(day=published))
    return isinstance(period, Period) and -_BEFORE_ITS_END <= published - period.end <= _BEHIND_ITS_END


def place_dates(
    view: View, candidates: Sequence[Candidate], prefer: Prefer
) -> list[tuple[Candidate, Period | Unplaced]]:
    """Places the chosen date mentions of an article.

    Args:
        view: the article.
        candidates: its dates in order, without overlap.
        prefer: see `Context`.

    Returns:
        Each mention with its period, or with what is known of it.
    """
    context = _anchor(view, candidates, prefer)
    dated = SpanIndex(c for c in candidates if "y" in c.mention.parts)
    placed: list[tuple[Candidate, Period | Unplaced]] = []
    for candidate in candidates:
        here = replace(context, nearby_year=_nearby_year(view, candidate, dated))
        if "same" in candidate.mention.parts:
            here = replace(here, last=_reported_period(view, placed))
        elif parts_of(candidate).get("rel") == "trước" and _COMPARED.search(view.before(candidate.start)):
            here = replace(here, day=_end_of_reported(view, candidate, placed) or here.day)
        elif candidate.mention.pattern == SAME_DAY:
            here = replace(here, last_day=_told_day(view, candidate, placed, here))
        value = read_period(parts_of(candidate), here)
        if value is None:
            continue
        if isinstance(value, Period) and _is_news_to_come(view, candidate, value, context):
            # A report tells of no day to come: the page was published anew long after.
            value = read_period(parts_of(candidate), Context(year=value.start.year - 1, source=context.source)) or value
            if isinstance(value, Period):
                context = replace(context, day=value.start)
        placed.append((candidate, value))
        if isinstance(value, Period):
            before = view.before(candidate.start)
            aside = before.endswith("(") and view.after(candidate.end, 1) == ")"
            if not (candidate.mention.parts.keys() & {"same", "rel"} or _COMPARED.search(before) or aside):
                context = replace(context, last=value)  # a comparison is not what is spoken of
            told = not _DEADLINE.search(before) and not _OF_DOCUMENT.search(before)
            if value.grain == "day" and "same" not in candidate.mention.parts and told:
                context = replace(context, last_day=value)
                if context.day is None and _is_dateline(view, candidate, value):
                    source = " ".join(view.words(candidate.start, candidate.end).split())
                    context = replace(context, day=value.start, source=source)
        elif value.day is not None:
            context = replace(context, last_day=None)  # "cùng ngày" would be that day, whichever it was
    return placed


def _anchor(view: View, candidates: Sequence[Candidate], prefer: Prefer) -> Context:
    published = view.layout.published
    if published is not None:
        return Context(day=published, source="published", prefer=prefer)
    since, until = _latest_fact(view, candidates), _first_goal(view, candidates)
    spoken = _spoken_year(view, candidates)
    year = spoken if spoken is not None else until.year if until is not None else None
    if year is not None and since is not None:
        year = max(year, since.year)
    days = [candidate for candidate in candidates if "d" in candidate.mention.parts]
    for candidate in sorted(days, key=lambda c: ("deictic" not in c.mention.parts, "session" not in c.mention.parts)):
        value = read_period(parts_of(candidate), Context(year=year))
        said_today = "deictic" in candidate.mention.parts  # "hôm qua 21/5", wherever it stands
        if isinstance(value, Period) and (said_today or _is_dateline(view, candidate, value)):
            named = _named_in_full(parts_of(candidate), days)
            if named is not None:
                value = replace(value, start=named, end=named)
            elif "y" not in candidate.mention.parts:
                value = _between(parts_of(candidate), value, since, None if spoken else until)
            if isinstance(value, Period):
                source = " ".join(view.words(candidate.start, candidate.end).split())
                written = value.start + timedelta(1 if "qua" in parts_of(candidate).get("deictic", "") else 0)
                return Context(day=written, year=year, source=source, prefer=prefer)
    return Context(year=year, source=f"năm {year}" if year else None, prefer=prefer)


def _named_in_full(parts: Mapping[str, str], days: Sequence[Candidate]) -> date | None:
    """The same day and month, named with its year elsewhere."""
    if "y" in parts:
        return None
    for other in map(parts_of, days):
        value = read_period(other, Context()) if "y" in other and "d2" not in other else None
        alike = isinstance(value, Period) and read_period(parts, Context(year=value.start.year))
        if isinstance(value, Period) and isinstance(alike, Period) and alike.start == value.start:
            return value.start
    return None


def _between(
    parts: Mapping[str, str], value: Period, since: date | None, until: date | None
) -> Period | Unplaced | None:
    """A day without a year, moved by a year where it would be long before a fact, or behind a goal."""
    year = value.start.year
    if since is not None and value.start + _SOON < since:
        in_that_year = read_period(parts, Context(year=since.year))
        is_before = isinstance(in_that_year, Period) and in_that_year.start + _SOON < since
        year = since.year + is_before
    elif until is not None and value.start > until:
        year -= 1
    return read_period(parts, Context(year=year))


def _is_news_to_come(view: View, candidate: Candidate, value: Period, context: Context) -> bool:
    """Whether the news would be of a part of a day long after the publication."""
    return (
        context.source == "published"
        and context.prefer == "past"
        and context.day is not None
        and value.session is not None
        and not candidate.mention.parts.keys() & {"y", "same", "rel", "deictic", "weekday"}
        and value.start > context.day + _SOON
        and _is_dateline(view, candidate, value)
    )


def _first_goal(view: View, candidates: Sequence[Candidate]) -> date | None:
    """The first day or month to come that the article names in full: it was written before that."""
    goals = []
    for candidate in candidates:
        parts = parts_of(candidate)
        before = view.before(candidate.start)
        if "y" not in parts or "y2" in parts or not parts.keys() & {"d", "m"} or _OF_DOCUMENT.search(before):
            continue
        value = read_period(parts, Context())
        if isinstance(value, Period) and _WANTED.search(before):
            goals.append(value.start)
    return min(goals, default=None)


def _latest_fact(view: View, candidates: Sequence[Candidate]) -> date | None:
    """The last day or month that the article names in full and not as a goal: it was written after that."""
    ends = []
    for candidate in candidates:
        parts = parts_of(candidate)
        if (
            "y" not in parts
            or "y2" in parts
            or not parts.keys() & {"d", "m"}
            or _OTHER_YEAR.search(before := view.before(candidate.start))
            or _GOAL.search(before)
        ):
            continue
        value = read_period(parts, Context())
        if isinstance(value, Period):
            ends.append(value.start)
    return max(ends, default=None)


def _spoken_year(view: View, candidates: Sequence[Candidate]) -> int | None:
    """The year that the article speaks of: the one named most in expressions of its own time; of equals the latest.

    Years of goals ("đến năm 2030"), of comparisons and of documents place nothing.
    """
    weights: Counter[int] = Counter()
    for candidate in candidates:
        parts = parts_of(candidate)
        if not parts.keys() & {"y", "y2"} or ("y2" in parts and "d2" not in parts) or "since" in parts:
            continue
        value = read_period(parts, Context())
        if not isinstance(value, Period) or (value.grain not in _YEAR_GRAINS and not parts.keys() & {"edge", "d2"}):
            continue
        before = view.before(candidate.start)
        if _OTHER_YEAR.search(before) or "same" in parts or value.start.year < FIRST_PORTALS:
            continue
        if _OF_DOCUMENT.search(before) or (_GOAL if parts.keys() & {"d", "m"} else _OBLIGATION).search(before):
            continue
        weights[value.start.year] += 1
    if not weights:
        return None
    most = max(weights.values())
    return max(year for year, weight in weights.items() if weight == most)


def _is_dateline(view: View, candidate: Candidate, value: Period) -> bool:
    """Whether a day is that of the news: in the first sentences, no document's, with a part of the day or in front."""
    sentence = view.sentence_at(candidate.start)
    if not view.is_at_head(sentence):
        return False
    before = view.before(candidate.start)
    if _OF_DOCUMENT.search(before) or value.start.year < FIRST_PORTALS:
        return False
    if value.session is None and _DEADLINE.search(before):
        return False
    return value.session is not None or len(before.strip(" -\"'(")) < 40 or before.rstrip().endswith((",", "("))


def _nearby_year(view: View, candidate: Candidate, dated: SpanIndex[Candidate]) -> int | None:
    """A year said with another expression of the same sentence, nearest first, when this one has none."""
    if "y" in candidate.mention.parts:
        return None
    sentence = view.sentence_at(candidate.start)
    best: tuple[int, int] | None = None
    for other in dated.overlapping(sentence.start, sentence.end):
        parts = other.mention.parts
        if other is candidate or not parts.keys() & {"n", "half", "q", "m"} or "d" in parts:
            continue
        if "same" in parts or _OTHER_YEAR.search(view.before(other.start)):
            continue
        year = int(parts["y"].text) if len(parts["y"].text) == 4 else None
        distance = abs(other.start - candidate.start)
        if year is not None and (best is None or distance < best[0]):
            best = (distance, year)
    return best[1] if best else None


def _reported_period(view: View, placed: Sequence[tuple[Candidate, Period | Unplaced]]) -> Period | None:
    """For "cùng kỳ": the last period before it that is no comparison itself, and no day but one that sums are told to.

    "Tính đến ngày 20/4" tells of the year up to that day.
    """
    for candidate, value in reversed(placed[-12:]):
        if not isinstance(value, Period) or "same" in candidate.mention.parts:
            continue
        if _SUM_UNTIL.search(view.before(candidate.start)) and value.grain in ("day", "month"):
            return Period(value.start.replace(month=1, day=1), value.end, "period", anchor=value.anchor)
        if value.grain != "day":
            return value
    return None


def _end_of_reported(
    view: View, candidate: Candidate, placed: Sequence[tuple[Candidate, Period | Unplaced]]
) -> date | None:
    """For "so với năm trước": the end of the year, quarter or month that its sentence reports."""
    grain = {"năm": "year", "quý": "quarter", "tháng": "month"}.get(parts_of(candidate).get("unit", ""))
    sentence = view.sentence_at(candidate.start)
    for other, value in reversed(placed):
        if other.start < sentence.start:
            return None
        if isinstance(value, Period) and value.grain == grain and not other.mention.parts.keys() & {"same", "rel"}:
            return value.end
    return None


def _told_day(
    view: View, candidate: Candidate, placed: Sequence[tuple[Candidate, Period | Unplaced]], context: Context
) -> Period | None:
    """For "cùng ngày": the day mentioned before, but a day to come only within its paragraph."""
    last = context.last_day
    if last is None or context.day is None or context.source != "published" or last.start <= context.day:
        return last
    block = view.block_at(candidate.start)
    for other, value in reversed(placed):
        if not isinstance(value, Period) or value.grain != "day":
            continue
        if value.start <= context.day or view.block_at(other.start) == block:
            return value
    return last


def iso(day: date | None) -> str | None:
    """A date as the record writes it."""
    return day.isoformat() if day else None
