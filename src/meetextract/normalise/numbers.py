"""Vietnamese numerals: digits with Vietnamese separators, words, and both mixed ("2 tỷ 300 triệu").

Thousands are set off by dots and decimals by a comma (Decree 30/2020/NĐ-CP writes "1.053" and "99,93"). English
separators occur in scraped news: where both marks stand in a numeral the last one is the decimal mark, and groups of
three after a repeated mark are thousands.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

import regex

from meetextract.text import fold

Number: TypeAlias = int | float

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "k": 10**3, "m": 10**6, "g": 10**9,
}  # fmt: skip
WORD = regex.compile(r"\d[\d.,]*+|,\d++|[^\W\d_]++", regex.IGNORECASE)
THOUSANDS = regex.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*+")
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3})+")
_FRACTION = regex.compile(r"\d*[.,]\d+")
_BLANK_IN_DIGITS = regex.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
"""A blank that sets off thousands: "5 000"."""
_NEGATIVE = regex.compile(r"(?:-|âm\b)\s*")
_NO_MARKS = str.maketrans("", "", ".,")
_EXACT_DIGITS = 28
"""So many digits `Decimal` adds without rounding."""


def parse_digits(text: str, *, whole: bool = False) -> Decimal | None:
    """The value of a numeral in digits.

    Args:
        text: digits with dots and commas, such as "1.053", "99,93", "3.000.000", ",77".
        whole: whether what is counted comes in whole things, so that "13,000" must be thirteen thousand.

    Returns:
        Its value, or None where the separators make no number ("1.2.3").
    """
    text = text.strip().rstrip(".,")
    if text.isdecimal():
        return Decimal(text)
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(".", ",", key=text.rfind)
        head, _, tail = text.rpartition(decimal)
        if text.count(decimal) > 1 or not _GROUPED.fullmatch(head) or not tail.isdigit():
            return None
        return Decimal(f"{head.translate(_NO_MARKS)}.{tail}")
    grouped = THOUSANDS.fullmatch(text)
    if grouped and (dots or commas > 1 or whole) and not text.startswith("0"):
        return Decimal(text.translate(_NO_MARKS))
    if _FRACTION.fullmatch(text):
        return Decimal("0" + text.replace(",", "."))
    return None


def parse_number(text: str, *, whole: bool = False) -> Number | None:
    """The value of a numeral in digits, words or both.

    Args:
        text: such as "1.053", "hai mươi mốt nghìn", "2 tỷ 300 triệu", "-1,2M", "hai phẩy 23".
        whole: see `parse_digits`.

    Returns:
        An int where the value is whole, else a float; None where the words are no number.
    """
    if text.isdecimal() and len(text) <= _EXACT_DIGITS:  # most are
        return int(text)
    folded = _BLANK_IN_DIGITS.sub("", fold(text).strip().lower())
    sign = 1
    negative = _NEGATIVE.match(folded)
    if negative:
        sign, folded = -1, folded[negative.end() :]
    words = WORD.findall(folded)
    if not words or "".join(words) != "".join(folded.split()).rstrip("."):
        return None
    value = _value_of(words, whole)
    if value is None:
        return None
    value *= sign
    return int(value) if value == value.to_integral_value() else float(value)


def _value_of(words: list[str], whole: bool) -> Decimal | None:
    """Adds words up: `total` holds what stands before a tỷ, `group` what nghìn and triệu closed, `current` the rest."""
    total = group = Decimal(0)
    current: Decimal | None = None
    scale = Decimal(1)
    for at, word in enumerate(words):
        if word in ("phẩy", "chấm"):
            decimals = _decimals(words[at + 1 :])
            if decimals is None or current is None:
                return None
            digits, rest = decimals
            fraction = current + digits
            return total + group + fraction if not rest else _scaled(fraction, rest)
        if word in DIGITS:
            digit = Decimal(DIGITS[word])
            previous = words[at - 1] if at else ""
            if current is None and at == len(words) - 1 and previous in SCALES and digit and word != "linh":
                digit *= scale / 10  # "một triệu hai" is 1.2 million
            if current is not None and previous in DIGITS and previous != "không":
                return None
            current = (current or Decimal(0)) + digit
        elif word in ("mươi", "chục"):
            if current is None or (words[at - 1] not in DIGITS and not words[at - 1].isdigit()):
                return None
            unit = current % 10
            current = current - unit + unit * 10
        elif word == "mười":
            current = (current or Decimal(0)) + 10
        elif word == "trăm":
            current = (current if current is not None else Decimal(1)) * 100
        elif word in ("linh", "lẻ"):
            if current is None and not group:
                return None
        elif word == "rưỡi":
            if current is None and not (group or total):
                return None
            half = Decimal(50) if at and words[at - 1] == "trăm" else scale / 2 if scale > 1 else Decimal("0.5")
            current = (current or Decimal(0)) + half
            scale = Decimal(1)
        elif word in SCALES:
            scale = Decimal(SCALES[word])
            if current is None and not group and at:
                return None
            if scale == 10**9:
                below = group + (current if current is not None else Decimal(0))
                total += (below if below or current is not None else Decimal(1)) * scale
                group = Decimal(0)
            elif group and group < scale:
                group = (group + (current or 0)) * scale
            else:
                group += (current if current is not None else Decimal(1)) * scale
            current = None
        else:
            digits_value = parse_digits(word, whole=whole)
            if digits_value is None or current is not None:
                return None
            current = digits_value
    return total + group + (current or Decimal(0))


def _decimals(words: list[str]) -> tuple[Decimal, list[str]] | None:
    """The digits after "phẩy", said one by one or as a numeral, and the scale words that follow them."""
    digits, at = "", 0
    while at < len(words) and (words[at] in DIGITS or words[at].isdigit()):
        digits += str(DIGITS.get(words[at], words[at]))
        at += 1
    return (Decimal("0." + digits), words[at:]) if digits else None


def _scaled(value: Decimal, scales: list[str]) -> Decimal | None:
    for word in scales:
        if word not in SCALES:
            return None
        value *= SCALES[word]
    return value
