"""Amounts: number, comparator and unit of a quantity or a count of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from meetextract.normalise.numbers import Number, parse_number
from meetextract.records import Change, Comparator

# Comparators and the words for each (annotation guide, "quantities"; Duckling's Vietnamese money corpus as checklist).
_COMPARATOR_WORDS: tuple[tuple[Comparator, str], ...] = (
    ("le", r"không (?:quá|vượt quá|cao hơn|nhiều hơn|hơn)|tối đa|nhiều nhất"),
    ("ge", r"ít nhất|tối thiểu|không (?:dưới|ít hơn|thấp hơn)|đạt từ|thấp nhất"),
    ("approx", r"trên dưới|khoảng|tầm|gần|xấp xỉ|ngót|chừng"),
    ("gt", r"trên|hơn|vượt|quá|cao hơn|lớn hơn|nhiều hơn"),
    ("lt", r"dưới|chưa|không (?:tới|đến)|ít hơn|thấp hơn|kém hơn|nhỏ hơn"),
)
_COMPARATORS = tuple((comparator, regex.compile(rf"(?:{words})\b")) for comparator, words in _COMPARATOR_WORDS)
_MONEY = regex.compile(
    r"(?P<money>đồng|vnđ|vnd|usd|đô la(?: (?:mỹ|úc|canada|singapore))?|đô(?: (?:mỹ|úc))?|eur"
    r"|euros?|yên|nhân dân tệ|ndt|bảng(?: anh)?|pounds?|rupees?|inr|aed|dirham|won|jpy|gbp|vn\$|rs|[$€£])(?P<per>/.+)?"
)
_CANONICAL_MONEY = {
    "vnđ": "đồng",
    "vnd": "đồng",
    "vn$": "đồng",
    "đô la": "usd",
    "đô": "usd",
    "đô la mỹ": "usd",
    "đô mỹ": "usd",
    "đô la úc": "aud",
    "đô úc": "aud",
    "đô la canada": "cad",
    "đô la singapore": "sgd",
    "bảng": "bảng anh",
    "euro": "eur",
    "euros": "eur",
}
# What can be split: a comma before three digits of these is a decimal comma, of anything else it sets off thousands.
_DIVISIBLE = regex.compile(r"%|phần trăm|ha|hécta|m|km|mm|cm|kg|tấn|tạ|lít|điểm|độ|giờ|(?:m|km)[23²³]|.*(?:/|\$)")
_RATE = regex.compile(r"/\s?(\d[\d.,]*+) ?(?P<noun>.+)")
_BILLION = regex.compile(r"t[ỷỉ]\b")
_APART = regex.compile(r"\b(k?m) ([23])\b")
"""A raised figure that the web page has set apart: "40 triệu m 2 nhà ở"."""
_SCALE_WORD = regex.compile(r"\b(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\b|\d(?:k|m|tr)\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """The value of a quantity; see `records.QuantityEntry` for the meaning of its fields."""

    value: Number
    unit: str | None
    comparator: Comparator = "eq"
    max: Number | None = None
    of: Number | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class TaskCount:
    """The value of a count of tasks."""

    value: Number
    item: str
    comparator: Comparator = "eq"
    of: Number | None = None


def comparator_of(before: str, after: str = "") -> Comparator:
    """The comparator that the words before and after a number say."""
    if "trở lên" in after:
        return "ge"
    if "trở xuống" in after:
        return "le"
    for comparator, words in _COMPARATORS:
        if words.match(before):
            return comparator
    return "eq"


def read_amount(parts: Mapping[str, str]) -> Amount | None:
    """The value of a quantity.

    Args:
        parts: `num`, and where they occur `num2` (upper bound), `of`, `unit` or `noun`, `cmp`, `post`, `cents`, `per`,
            folded and in lower case.

    Returns:
        Its amount; None where the number is none, or a range does not rise.
    """
    # Behind a unit the noun says which: "4 tổ xung kích".
    unit = " ".join(f"{parts.get('unit', '')} {parts.get('noun', '')}".split()) or None
    per = parts.get("per", "")
    whole = unit is not None and not _DIVISIBLE.fullmatch(unit) and not _SCALE_WORD.search(parts["num"])
    value = parse_number(parts["num"], whole=whole)
    if value is None:
        return None
    comparator = comparator_of(parts.get("cmp", ""), parts.get("post", ""))
    upper: Number | None = None
    if "num2" in parts:
        upper = parse_number(parts["num2"], whole=whole)
        if upper is None:
            return None
        value = _with_scale_of_upper(value, parts["num"], parts["num2"])
        if upper <= value:
            return None
        comparator = "range"
    if "cents" in parts:
        cents = parse_number(parts["cents"])
        value = value + (cents or 0) / 100
    of: Number | None = parse_number(parts["of"], whole=True) if "of" in parts else None
    rate = _RATE.fullmatch(per)
    if rate:
        of = parse_number(rate[1], whole=True)
    elif per and unit:
        unit += per
    return Amount(value, _money_unit(unit, parts), comparator, upper, of)


def read_count(parts: Mapping[str, str]) -> TaskCount | None:
    """The value of a count of tasks: `num`, `item`, and where they occur `of`, `cmp`."""
    value = parse_number(parts["num"], whole=True)
    if value is None:
        return None
    of = parse_number(parts["of"], whole=True) if "of" in parts else None
    return TaskCount(value, " ".join(parts["item"].split()), comparator_of(parts.get("cmp", "")), of)


def _with_scale_of_upper(value: Number, lower: str, upper: str) -> Number:
    """Scales "50 đến 70 triệu": the scale said once holds for both."""
    scale = _SCALE_WORD.search(upper)
    if scale is None or _SCALE_WORD.search(lower):
        return value
    factor = parse_number("1 " + scale[0].lstrip("0123456789"))
    return value * factor if factor else value


def _money_unit(unit: str | None, parts: Mapping[str, str]) -> str | None:
    if unit is None:
        return "đồng" if _BILLION.search(parts["num"]) else None
    if unit.startswith("phần trăm"):
        return "%" + unit.removeprefix("phần trăm")
    money = _MONEY.fullmatch(unit)
    if money:
        return _CANONICAL_MONEY.get(money["money"], money["money"]) + (money["per"] or "")
    return _APART.sub(r"\1\2", unit)
