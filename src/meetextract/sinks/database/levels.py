"""What makes two levels comparable: both are levels, or both shares of a plan, or both rises since the year before.

"đạt 61% dự toán" tells nothing about a goal of 61 %, and "tăng 10% so với tháng trước" nothing about one that is to
rise by 10 % within the year.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite

from meetextract.sameness import fold
from meetextract.sinks.database.identities import KEY_CHARS
from meetextract.sinks.database.indicators import phrases, read_words

LEVEL, PLAN, YEAR_BEFORE = "level", "plan", "year before"

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


@lru_cache(maxsize=1 << 14)
def measured_as(change: str | None, unit: str | None, base: str | None, indicator: str, end: str | None) -> str:
    """What a value means: equal where two of the same measure and unit can be compared.

    Args:
        change: Of the record: increase, decrease, exceed, or None.
        unit: Of the value.
        base: The words that say what it is measured against.
        indicator: The words; growth is a change by itself ("tăng trưởng 7%").
        end: Last day of its period.

    Returns:
        `level`; `plan` (a share of it) or `plan …` with who made which; `increase: …` or `decrease: …` with what it is
        measured against, `year before` where that is not said; or other words that it is measured against.
    """
    if change is None and _GROWTH.search(fold(indicator)):
        change = "increase"
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
