"""When two indicators measure the same: by their words, folded, without those that only say that something is measured.

Two keys, each equal where the indicators are the same by one of the two rules that link results to targets:

- *words*: the same words, in any order;
- *measure*: the same words, but for where and when ("trên địa bàn huyện", "năm 2024", the name of the holder).

What is written in several ways ("BHYT", "bảo hiểm y tế") and what says nothing ("tỷ lệ", "tổng số") is in
`patterns/gazetteers/indicator_words.tsv`. Whatever else differs is taken for another measure: a result that is not
linked is found by its reader, one that is linked to the wrong target misleads him.
"""

from __future__ import annotations

import re
from functools import lru_cache

from meetextract.match.gazetteer import Gazetteer, read_gazetteer
from meetextract.sameness import fold
from meetextract.settings import pattern_dir
from meetextract.sinks.database.identities import hashed, read_area

_ORDERED = frozenset(map(fold, ("sang", "so", "thành")))
"""Between two of these the order of words tells which is which: "đất lúa sang đất màu"."""


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
    names, level = _names_of(holder)
    rest = f" {folded} "
    for name in names:
        rest = rest.replace(f" {name} ", f" {_HOLDER} ")
    rest = _where_and_when(level).sub(" ", rest)
    return _key(rest) if _words(rest) else _key(folded)


def phrases(*written: str) -> str:
    """A regular expression of folded phrases, the longest first."""
    folded = sorted({fold(phrase) for phrase in written}, key=lambda each: (-len(each), each))
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)"


def read_words(name: str) -> Gazetteer:
    """A gazetteer of the patterns in use."""
    return read_gazetteer(pattern_dir() / "gazetteers" / f"{name}.tsv")


def _key(folded: str) -> str:
    return hashed("indicator", *(_words(folded) or folded.split()))


def _words(folded: str) -> list[str]:
    written, canonical, first, anywhere = _vocabulary()
    text = written.sub(lambda hit: canonical[hit[0]], folded)
    text = anywhere.sub(" ", first.sub("", text))
    words = [word.lstrip("0") or word for word in text.split() if any(map(str.isalnum, word))]
    return words if _ORDERED.intersection(words) else sorted(set(words))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """What is written in several ways, the one way of each, and what says nothing: at the beginning, and anywhere."""
    rows = read_words("indicator_words").rows
    canonical: dict[str, str] = {}
    for row in rows:
        if row["canonical"]:  # one word from here on: nothing of it is left out
            one = fold(row["canonical"])
            canonical[fold(row["form"])] = canonical[one] = one.replace(" ", "_")
    anywhere = [row["form"] for row in rows if not row["canonical"] and not row["first"]]
    first = phrases(*anywhere, *(row["form"] for row in rows if row["first"]))
    return (
        re.compile(phrases(*canonical)),
        canonical,
        re.compile(rf"\A\s*(?:{first}\s*)+"),
        re.compile(phrases(*anywhere)),
    )


_NUMBER = r"(?:\d+|[ivx]+)(?:/\d{4})?"
_YEARS = r"\d{4}(?: \d{4})?"
_MONTHS = (
    rf"(?:{_NUMBER} {fold('tháng')}(?: {fold('đầu')}| {fold('cuối')})?"
    rf"|(?:{fold('tháng')}|{fold('quý')}) {_NUMBER})"
)
_BEFORE = rf"(?:{phrases('trong', 'cả', 'đến', 'cuối', 'đầu', 'hết', 'tính đến', 'từ', 'lũy kế', 'tính', 'của')} )*"
_WHEN = (
    rf"{_BEFORE}(?:{_MONTHS}(?: {fold('năm')}(?: {_YEARS})?)?|{fold('năm')} (?:{_YEARS}|{fold('nay')})|\d+/\d{{4}}"
    rf"|{phrases('giai đoạn', 'nhiệm kỳ')} {_YEARS})",
    phrases("lũy kế", "hằng năm", "hàng năm", "trong năm", "cả năm", "đầu năm", "cuối năm", "đến nay", "trong tháng",
            "trong quý", "hiện nay", "trong kỳ"),
)  # fmt: skip
_IN = ("trên", "của", "tại", "ở", "thuộc", "trong", "toàn", "cả", "trên toàn", "trong toàn", "của toàn")


_HOLDER = "@"
"""Stands for the holder's name; no folded word has it."""


@lru_cache(maxsize=1 << 5)
def _where_and_when(level: str | None) -> re.Pattern[str]:
    """What says where a holder is, of an area of some kind or of none, or when: nothing of what is measured."""
    wholes = ["địa phương", *([level] if level else [])]
    where = [
        *(f"{place} địa bàn {level}" for place in _IN if level),
        *(f"{place} {whole}" for whole in wholes for place in _IN if place not in ("trên", "trong")),
        *(f"{place} địa bàn" for place in _IN),
    ]
    holder = rf"(?:{phrases(*_IN)} )?(?:{fold('địa bàn')} )?{_HOLDER}"
    return re.compile("|".join([holder, phrases(*where), *(rf"(?<!\w){when}(?!\w)" for when in _WHEN)]))


@lru_cache(maxsize=1 << 12)
def _names_of(holder: str | None) -> tuple[tuple[str, ...], str | None]:
    """The folded names that an indicator calls its holder by, the longest first, and the kind of its area."""
    if holder is None:
        return (), None
    level, area = read_area(holder)
    names = {holder}
    if level is not None and area is not None:
        short = holder.removesuffix(area).strip()  # "UBND huyện"
        names |= {f"{level} {area}", area, *([short] if short != level else [])}
    folded = {fold(name) for name in names}
    # One word alone may mean anything.
    return tuple(sorted((name for name in folded if " " in name), key=lambda name: (-len(name), name))), level
