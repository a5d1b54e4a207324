"""What makes two levels comparable: both are levels, or both shares of a plan, or both rises since the year before.

"đạt 61% dự toán" tells nothing about a goal of 61 %, and "tăng 10% so với tháng trước" nothing about one that is to
rise by 10 % within the year.

Where an entry does not say whether it is a change, its words do: "giảm tỷ lệ hộ nghèo 1%" is one, "giảm tỷ lệ hộ nghèo
xuống còn 2%" is a level. In doubt it is a change, or `UNCLEAR`, so that no level answers it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite

from meetextract.sameness import fold
from meetextract.sinks.database.identities import KEY_CHARS
from meetextract.sinks.database.indicators import phrases, read_words

LEVEL, PLAN, YEAR_BEFORE = "level", "plan", "year before"
UNCLEAR = "unclear"
"""What answers nothing and is answered by nothing: what a level was before, or what may be a level or a change."""

_PLAN = re.compile(phrases("dự toán", "kế hoạch", "chỉ tiêu", "nghị quyết", "mục tiêu"))
_SAME_TIME = re.compile(phrases("cùng kỳ", "năm trước", "năm ngoái"))
_YEAR = re.compile(rf"(?:{phrases('cuối', 'đầu', 'cả')} )?{phrases('năm')} (\d{{4}})")
_SAYS_NOTHING = re.compile(
    phrases(
        "so với", "được", "giao", "đã", "đề ra", "đặt ra", "năm", "cả năm", "đầu năm", "của", "vốn", "là", "thì", "mức"
    )
    + r"|(?<!\w)\d{4}(?!\w)"
)
_GROWTH = re.compile(phrases("tăng trưởng", "tốc độ tăng", "tốc độ phát triển"))

_FIRST = (
    "phấn đấu", "mục tiêu", "chỉ tiêu", "thực hiện", "tiếp tục", "góp phần", "đã", "sẽ", "bình quân", "mỗi năm",
    "hằng năm", "hàng năm",
)  # fmt: skip
_LEAD = rf"\A(?:{phrases(*_FIRST)} )*"
_WORKS = phrases("tăng cường", "tăng gia", "nâng cấp", "nâng hạng")
_RISES = re.compile(rf"{_LEAD}(?!{_WORKS}){phrases('tăng', 'nâng')}")
_FALLS = re.compile(
    _LEAD + phrases("giảm", "kéo giảm", "cắt giảm", "tiết giảm", "hạ thấp", "hạ tỷ lệ", "hạ tỉ lệ", "hạ mức", "hạ số",
                    "kéo tỷ lệ", "kéo tỉ lệ")
)  # fmt: skip

_ROUGHLY = (
    "trên", "dưới", "khoảng", "gần", "hơn", "mức", "từ", "ít nhất", "tối thiểu", "không quá", "xấp xỉ", "bình quân",
    "trung bình", "chỉ",
)  # fmt: skip
_NUMBER = rf"(?: {phrases(*_ROUGHLY)})* \d\S*(?:(?: {fold('đến')})? \d\S*)?(?: (?!\d)\S+)*\Z"
"""The last number of a quote, or its last range, is that of the entry."""
_TO = re.compile(
    rf"(?:{phrases('còn', 'xuống', 'lên', 'ở mức', 'về', 'lên đến', 'xuống đến', 'lên tới', 'xuống tới')}"
    rf"|\A\D*(?<!\w){phrases('đến', 'tới')}){_NUMBER}"
)
_AT = re.compile(phrases("đạt", "đạt được", "bằng") + _NUMBER)
_FROM = re.compile(rf"{phrases('từ')} \d\S*(?: (?!\d|{phrases('trở')})\S+)*\Z")
_MORE = re.compile(phrases("thêm") + _NUMBER)
_AT_MOST = re.compile(rf"{phrases('dưới', 'không quá')} \d\S*")


def measured_as(
    change: str | None, unit: str | None, base: str | None, indicator: str, end: str | None, quote: str
) -> str:
    """What a value means: equal where two of the same measure and unit can be compared.

    Args:
        change: Of the record: increase, decrease, exceed, or None.
        unit: Of the value.
        base: The words that say what it is measured against.
        indicator: The words; growth is a change by itself ("tăng trưởng 7%").
        end: Last day of its period.
        quote: The words of the entry, up to its number; they tell a change from a level.

    Returns:
        `level`; `plan` (a share of it) or `plan …` with who made which; `increase: …` or `decrease: …` with what it is
        measured against, `year before` where that is not said; other words that it is measured against; or `unclear`.
    """
    change = change or _change_in_words(indicator, quote, base)
    if change == UNCLEAR:
        return UNCLEAR
    against = _against(base, end)
    if change == "exceed":
        return against or PLAN if unit == "%" else f"{change}: {against or PLAN}"
    return against or LEVEL if change is None else f"{change}: {against or YEAR_BEFORE}"


def level_of(
    value: float | None, of: float | None, unit: str | None, change: str | None
) -> tuple[float | None, str | None]:
    """The value to compare, and its unit: a ratio as a percentage, what exceeds a plan as a share of it."""
    if value is not None and of:
        share = 100 * value / of
        return share if isfinite(share) else None, "%"
    if value is not None and change == "exceed" and unit == "%":
        return 100 + value, unit
    return value, unit


@lru_cache(maxsize=1 << 14)
def better(indicator: str, change: str | None) -> str:
    """Which levels of an indicator are the better ones: `more` or `less` (`patterns/gazetteers/unwanted.tsv`)."""
    unwanted, relief = _unwanted()
    folded = fold(indicator)
    return "less" if change is None and unwanted.search(folded) and not relief.search(folded) else "more"


def _change_in_words(indicator: str, quote: str, base: str | None) -> str | None:
    """Whether words tell of an increase or a decrease; None is a level, and `UNCLEAR` may be both."""
    measure, words = fold(indicator), fold(quote)
    if _GROWTH.search(measure):
        return "increase"
    if _TO.search(words):
        return None
    if _FROM.search(words) and not _AT.search(words):
        return UNCLEAR
    if _FALLS.search(measure):
        if _AT.search(words):
            return UNCLEAR if base is None else None  # "giảm … đạt 1%" tells by how much, or how far
        return UNCLEAR if _AT_MOST.search(words) else "decrease"
    if _AT.search(words):
        return None
    return "increase" if _RISES.search(measure) or _MORE.search(words) else None


@lru_cache(maxsize=1 << 14)
def _against(base: str | None, end: str | None) -> str | None:
    if base is None:
        return None
    folded = fold(base)
    if _PLAN.search(folded):
        rest = _SAYS_NOTHING.sub(" ", _PLAN.sub(" ", folded)).split()
        return " ".join([PLAN, *sorted(set(rest))])[:KEY_CHARS]
    if _SAME_TIME.search(folded):
        return YEAR_BEFORE
    year = _YEAR.fullmatch(folded)
    if year and end and int(year[1]) == int(end[:4]) - 1:
        return YEAR_BEFORE
    return folded[:KEY_CHARS] or None


@lru_cache(maxsize=1)
def _unwanted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_words("unwanted").rows
    return (
        re.compile(phrases(*(row["form"] for row in rows if not row["relief"]))),
        re.compile(phrases(*(row["form"] for row in rows if row["relief"]))),
    )
