"""When two texts say the same: what scoring does not tell apart.

This is coarser than `meetextract.text`, whose folding keeps all that carries meaning: here case, punctuation, the place
of a tone mark, common abbreviations and "và" are nothing.

The standard library's `re` is used, not `regex`: the two differ in which characters are letters, and the definition of
a word here is that of `re`.
"""

import re
import unicodedata
from functools import lru_cache

_TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}  # the keys that type them
_NO_TONES = str.maketrans(dict.fromkeys(_TONE_KEYS, ""))
_WORD = re.compile(r"[\w\u0300-\u036f/%.,]+")


def _toneless_with_key(word: str) -> str:
    """Move the tone to the word's end, where it has one place only: hoà and hòa become "hoaf"."""
    tones = "".join(_TONE_KEYS[letter] for letter in word if letter in _TONE_KEYS)
    return word.translate(_NO_TONES).strip(".,") + tones


def plain(text: str | None) -> str:
    """Fold case, white space, punctuation (but / % and inner . and ,) and the place of tone marks.

    Args:
        text: Any text; None is an empty one.

    Returns:
        Words with one blank between them; no Vietnamese, but equal where the texts are.
    """
    letters = unicodedata.normalize("NFD", text or "").casefold()
    words = map(_toneless_with_key, _WORD.findall(letters))
    return unicodedata.normalize("NFC", " ".join(filter(None, words)))


# In this order: what an earlier one leaves, a later one may fold further.
_ABBREVIATIONS = [
    (re.compile(rf"\b{plain(long)}\b"), plain(short))
    for long, short in (
        ("ủy ban nhân dân", "UBND"),
        ("hội đồng nhân dân", "HĐND"),
        ("ủy ban mặt trận tổ quốc việt nam", "UBMTTQ"),
        ("ủy ban mặt trận tổ quốc", "UBMTTQ"),
        ("ủy ban MTTQVN", "UBMTTQ"),
        ("ủy ban MTTQ", "UBMTTQ"),
        ("mặt trận tổ quốc việt nam", "MTTQ"),
        ("mặt trận tổ quốc", "MTTQ"),
        ("MTTQVN", "MTTQ"),
        ("tp", "thành phố"),
        ("công nghệ thông tin", "CNTT"),
        ("cải cách hành chính", "CCHC"),
        ("thủ tục hành chính", "TTHC"),
    )
]
_AND = plain("và")
_AREAS = [re.compile(rf"\b{plain(area)} (?=\w)") for area in ("thành phố", "tỉnh")]
_CENTRAL_COMMITTEE = plain("ban chấp hành trung ương đảng")
_CENTRE = plain("trung ương đảng")
_NOT_IN_SYMBOLS = re.compile(r"\W|_")


@lru_cache(maxsize=50_000)
def fold(text: str | None) -> str:
    """Fold as `plain` does, and common abbreviations and "và" as well.

    Args:
        text: Any text; None is an empty one.

    Returns:
        The folded text.
    """
    folded = plain(text)
    for long, short in _ABBREVIATIONS:
        folded = long.sub(short, folded)
    return " ".join(word for word in folded.split() if word != _AND)


@lru_cache(maxsize=50_000)
def fold_unit(name: str | None) -> str:
    """Fold the name of a unit: as `fold`, and "tỉnh" and "thành phố" before the name of an area are dropped.

    Args:
        name: The unit's name.

    Returns:
        The folded name.
    """
    folded = fold(name)
    for area in _AREAS:
        folded = area.sub("", folded)
    return folded.replace(_CENTRAL_COMMITTEE, _CENTRE)


def fold_symbol(symbol: str | None) -> str:
    """Fold the symbol of a document: nothing but its letters and digits counts.

    Args:
        symbol: Number and symbol, such as "15/KH-UBND".

    Returns:
        The folded symbol.
    """
    return _NOT_IN_SYMBOLS.sub("", fold(symbol))


def token_f1(left: str | None, right: str | None) -> float:
    """How alike two texts are: F1 over their sets of folded words.

    Args:
        left: A text.
        right: Another.

    Returns:
        From 0 to 1; two texts without words are alike, one such text is like no other.
    """
    mine, other = set(fold(left).split()), set(fold(right).split())
    if not mine or not other:
        return float(mine == other)
    return 2 * len(mine & other) / (len(mine) + len(other))
