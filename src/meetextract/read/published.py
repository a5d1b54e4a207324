"""The date that a page itself shows as its day of publication."""

from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

import regex

YEARS = range(1990, 2100)  # no clock is read; a portal's "31/12/9999" is no date

_RFC = regex.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r"(?: \d{1,2}:\d{2}(?::\d{2})?(?: (?:[+-]\d{4}|GMT|UTC))?)?"
)
_DAY = (
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<d>\d{1,2})(?P<sep>[/.\- ])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})"
    r"|(?:ngày )?(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?: năm|,)? (?P<y2>\d{4}))(?!\d)"
)
_TIME = r"\d{1,2} ?(?::|h|giờ) ?(?:\d{1,2}(?::\d{2})?)?(?: ?[ap]m\b| ?phút)?(?: ?[(\[]?gmt ?\+? ?7[)\]]?)?"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn)"
_VIEWS = r"(?:lượt (?:xem|đọc|truy cập)|đã xem|xem|views?)"
_COUNTER = rf"[|•·-] {{0,3}}(?:{_VIEWS} ?:? ?)?[\d.,]{{1,12}}(?: ?{_VIEWS})?"
_BEFORE = rf"(?:{_WEEKDAY} ?[,;-]? {{0,3}})?(?:{_TIME} ?[,|;-]? {{0,3}})?(?:ngày:? )?"
_AFTER = rf"(?: {{0,3}}[,|;•-]? {{0,3}}{_TIME})?"
# A line that shows nothing but a day: weekday, time, date, time, counters, in the orders that portals use.
_DATE_LINE = regex.compile(
    rf"[(\[|•*>-]{{0,3}} {{0,3}}{_BEFORE}{_DAY}{_AFTER}(?: {{0,3}}{_COUNTER})?[ .)\]*|]{{0,4}}", regex.IGNORECASE
)
# "Thời gian: 8h ngày 5/6/2024 tại hội trường" invites; behind a day of publication stands no sentence.
_LABELLED = regex.compile(
    rf"[ :|,-]{{0,6}}{_BEFORE}{_DAY}{_AFTER}(?= {{0,3}}(?:$|[|•()\[\]*-]|lượt|tác giả|người|nguồn|đã xem))",
    regex.IGNORECASE,
)
_ANY_DAY = regex.compile(rf"(?<![\d/.-]){_DAY}", regex.IGNORECASE)
_LABELLED_RFC = regex.compile(rf"[ :]{{0,4}}(?P<rfc>{_RFC.pattern})")
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A day that a line shows.

    Attributes:
        day: The day.
        start: First character in the line.
        end: One past its last character in the line.
        is_rfc: Written as in e-mail and feeds ("Tue, 07 May 2024 08:00:00 +0700").
    """

    day: date
    start: int
    end: int
    is_rfc: bool = False


def date_line(line: str) -> ShownDate | None:
    """Read a line that shows nothing but a date.

    Args:
        line: A folded line.

    Returns:
        The date, or None where the line holds anything else.
    """
    if len(line) > _LONGEST_LINE or not any(map(str.isdigit, line)):
        return None
    if hit := _RFC.fullmatch(line):
        return _rfc_date(hit[0], hit.start())
    hit = _DATE_LINE.fullmatch(line)
    return _shown(hit) if hit else None


def only_date(line: str) -> date | None:
    """Read the day in a line beside a title, whatever counters and names stand with it.

    Args:
        line: A folded line.

    Returns:
        The day, or None where there is none or more than one.
    """
    if len(line) > _LONGEST_LINE:
        return None
    days = [shown.day for hit in _ANY_DAY.finditer(line) if (shown := _shown(hit))]
    return days[0] if len(days) == 1 else None


def labelled_date(line: str, label_end: int) -> ShownDate | None:
    """Read the date that follows a label such as "Ngày đăng".

    Args:
        line: A folded line.
        label_end: Where the label ends.

    Returns:
        The date right behind the label, or None.
    """
    if len(line) > _LONGEST_LINE:
        return None
    if hit := _LABELLED_RFC.match(line, label_end):
        return _rfc_date(hit["rfc"], hit.start("rfc"))
    hit = _LABELLED.match(line, label_end)
    return _shown(hit) if hit else None


def _rfc_date(text: str, start: int) -> ShownDate | None:
    # email.utils wants a time; the day is the one written, whatever its zone
    try:
        day = parsedate_to_datetime(text if ":" in text else f"{text} 00:00:00").date()
    except ValueError:
        return None
    return ShownDate(day, start, start + len(text), is_rfc=True) if day.year in YEARS else None


def _shown(hit: "regex.Match[str]") -> ShownDate | None:
    if hit["iso"]:
        year, month, day = map(int, hit["iso"].split("-"))
    else:
        year, month, day = (int(hit[name] or hit[f"{name}2"]) for name in "ymd")
    first = min(hit.start(name) for name in ("iso", "d", "d2") if hit[name])
    last = max(hit.end(name) for name in ("iso", "y", "y2") if hit[name])
    try:
        return ShownDate(date(year, month, day), first, last) if year in YEARS else None
    except ValueError:
        return None
