"""Spans of days, and the numbers that Vietnamese words give to months, quarters, years and weekdays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from meetextract.normalise.numbers import parse_number

WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTH_WORDS = {"giêng": 1, "chạp": 12}


def unit_span(unit: str, day: date, step: int) -> tuple[date, date] | None:
    """The day, week (from Monday), month, quarter or year that lies `step` of them from the one of a day, or None."""
    if unit == "ngày":
        return day + timedelta(step), day + timedelta(step)
    if unit == "tuần":
        monday = day - timedelta(day.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "tháng":
        months = day.year * 12 + day.month - 1 + step
        return month_span(months // 12, months % 12 + 1)
    if unit == "quý":
        quarters = day.year * 4 + (day.month - 1) // 3 + step
        return quarter_span(quarters // 4, quarters % 4 + 1)
    if unit == "năm":
        return date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter."""
    return date(year, 3 * quarter - 2, 1), month_span(year, 3 * quarter)[1]


def in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th where it must."""
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def full_year(text: str) -> int | None:
    """A year in four digits or two ("17" is 2017, "91" is 1991); None where it is none."""
    if len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2199:
        return int(text)
    if len(text) == 2 and text.isdecimal():
        return 2000 + int(text) if int(text) < 70 else 1900 + int(text)
    return None


def weekday_number(text: str) -> int | None:
    """0 for Monday ("thứ hai", "thứ 2") to 6 for Sunday ("chủ nhật")."""
    if "nhật" in text:
        return 6
    return WEEKDAYS.get(text.removeprefix("thứ").strip())


def whole_number(text: str) -> int | None:
    """A whole number in digits or words, or None."""
    number = parse_number(text) if text else None
    return number if isinstance(number, int) else None


def month_number(text: str) -> int | None:
    """1 for "giêng", 12 for "chạp", 3 for "ba" or "3"; None where it is no number."""
    return MONTH_WORDS.get(text) or whole_number(text)


def quarter_number(text: str) -> int | None:
    """A quarter in Roman or Arabic digits or words, or None."""
    return ROMAN.get(text) or whole_number(text)
