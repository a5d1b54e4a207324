"""When two indicators measure the same: their words, folded, without those that only say that something is measured.

Two keys, each equal where the indicators are the same by one of the two rules that link results to targets:

- *words*: the same words, in any order;
- *measure*: the same words, but for where and when ("trên địa bàn quận", "năm 2024", "toàn tỉnh").
"""

from __future__ import annotations

import re
from functools import lru_cache

from meetextract.sameness import fold, plain
from meetextract.sinks.database.identities import hashed

_FILLERS = frozenset(
    plain(
        "tỷ lệ tỉ số lượng tổng mức độ chỉ tiêu mục kết quả đạt được là có của các những đã cho và với về từ thì mà ở"
    ).split()
)
"""Words that say no more than that something is counted."""

_LEVELS = "|".join(plain(level).replace(" ", r"\ ") for level in (
    "tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu", "địa phương"))  # fmt: skip
_NUMBER = r"(?:\d+|[ivx]+)"
_WHERE_AND_WHEN = re.compile(
    "|".join(
        rf"\b(?:{phrase})(?!\w)"
        for phrase in (
            rf"(?:{plain('trên')}|{plain('của')}|{plain('tại')}|{plain('ở')}) {plain('địa bàn')}(?: {plain('toàn')})?"
            rf"(?: (?:{_LEVELS}))?",
            rf"{plain('toàn')} (?:{_LEVELS})",
            rf"{plain('của')} (?:{_LEVELS})",
            rf"(?:{plain('trong')} |{plain('cả')} |{plain('đến')} |{plain('cuối')} |{plain('hết')} )*{plain('năm')}"
            rf"(?: \d{{4}}| {plain('nay')})?",
            rf"\d+ {plain('tháng')}(?: {plain('đầu')}| {plain('cuối')})?(?: {plain('năm')}(?: \d{{4}})?)?",
            rf"(?:{plain('trong')} )?(?:{plain('quý')}|{plain('tháng')}) {_NUMBER}(?: {plain('năm')} \d{{4}})?",
        )
    )
)


@lru_cache(maxsize=1 << 14)
def words_key(indicator: str) -> str:
    """A key that is equal where two indicators have the same words."""
    return _key(fold(indicator))


@lru_cache(maxsize=1 << 14)
def measure_key(indicator: str, holder: str | None) -> str:
    """A key that is equal where two indicators have the same words but for where and when.

    Args:
        indicator: The words.
        holder: The name of the area or unit whose level it is; it is no part of what is measured.
    """
    folded = fold(indicator)
    rest = folded
    if holder is not None:
        rest = rest.replace(fold(holder), " ")
    rest = _WHERE_AND_WHEN.sub(" ", rest)
    return _key(rest) if _words(rest) else _key(folded)


def _words(folded: str) -> list[str]:
    return sorted({word for word in folded.split() if word not in _FILLERS and any(map(str.isalnum, word))})


def _key(folded: str) -> str:
    return hashed("indicator", *(_words(folded) or folded.split()))
