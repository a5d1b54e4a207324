"""Stored text and its folded view, with offsets that can be carried from one to the other.

Articles reach us with decomposed accents, no-break blanks, two ways to place a tone mark and many kinds of dashes and
quotes. Patterns match the *folded* view, in which there is only one of each; evidence points into the *stored* text,
which never changes.
All offsets are Unicode code points, ``[start, end)``.
"""

import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

import regex
from viet_text_tools import normalize_diacritics

_ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_BLANKS = "\t\v\f\x1c\x1d\x1e\x1f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BLANKS += "*"  # the emphasis and the bullets of Markdown, as some portals publish it
_LINE_BREAKS = "\r\x85\u2028\u2029"
_DASHES = "‐‑‒–—―−﹘﹣－"
_DOUBLE_QUOTES = "“”„‟«»″"
_SINGLE_QUOTES = "‘’‚‛′"

# One character for one character: these never move an offset.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys(_LINE_BREAKS, "\n"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        "ð": "đ",
        "Ð": "Đ",  # U+00D0, the Icelandic eth that old Vietnamese fonts leave behind
        "Ɖ": "Đ",
    }
)
_SAME_LENGTH_HIT = regex.compile(
    "[" + regex.escape(_BLANKS + _LINE_BREAKS + _DASHES + _DOUBLE_QUOTES + _SINGLE_QUOTES) + "ðÐƉ]"
)

# Pieces whose folded length may differ: line ends, runs of which one blank stays or none, letters with their marks.
# A single blank is one only beside a line break. The marks of one cluster are bounded: ordering them is quadratic.
_BREAK = "\n" + _LINE_BREAKS
_BREAK_SIGNS = frozenset(_BREAK)
_SINGLE_BLANK = rf"[ {_BLANKS}](?=[{_BREAK}])|(?<=[{_BREAK}])[ {_BLANKS}]"
_RUN = rf"(?P<run>[ {_BLANKS}{_ZERO_WIDTH}]{{2,}}+|[{_ZERO_WIDTH}]|{_SINGLE_BLANK})"
_MARKS = rf"(?:[{_ZERO_WIDTH}]{{0,8}}+\p{{M}})"
_CLUSTER = rf"[^\p{{M}} {_BLANKS}{_ZERO_WIDTH}]{_MARKS}{{1,32}}+|\p{{M}}{_MARKS}{{0,31}}+"
_PIECE_OF_BLANKS = regex.compile(rf"\r\n|{_RUN}")
_PIECE = regex.compile(rf"\r\n|{_RUN}|{_CLUSTER}")
_PIECE_NOT_NFC = regex.compile(
    rf"\r\n|{_RUN}|{_CLUSTER}|[\u1100-\u11ff\uac00-\ud7a3]{{1,32}}+|[^\x00-\u02ff\u1e00-\u1eff]"
)
_MARK_HIT = regex.compile(r"\p{M}")
_ODD_HIT = regex.compile(f"[{_LINE_BREAKS}{_BLANKS}{_ZERO_WIDTH}]")
_ZERO_WIDTH_RUN = regex.compile(f"[{_ZERO_WIDTH}]+")
_BLANK = regex.compile(f"[ {_BLANKS}]")
_NAME_CHARS = 100
_RUN_CHARS = 30  # longer runs without a blank are not remembered

# A syllable with two vowels in a row, one of which carries a tone: only there the mark has a choice of places.
_TONED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_VOWEL = "aăâeêioôơuưy" + _TONED
_TONED, _VOWEL = _TONED + _TONED.upper(), _VOWEL + _VOWEL.upper()
_SYLLABLE = regex.compile(
    rf"(?<!\p{{L}})\p{{L}}{{0,4}}?(?:[{_TONED}][{_VOWEL}]|[{_VOWEL}][{_TONED}])\p{{L}}{{0,3}}+(?![\p{{L}}\p{{M}}])"
)


@lru_cache(maxsize=20_000)
def _place_tone(syllable: str) -> str:
    """Put the tone mark where the classic spelling has it: hòa, thúy, Ủy (but hoàn, quý)."""
    if sum(letter in _TONED for letter in syllable) > 1:
        return syllable  # two words run together, or another language
    placed: str = normalize_diacritics(syllable)
    return placed if len(placed) == len(syllable) else syllable


def _fold_same_length(text: str) -> str:
    """Fold all that keeps its length. The text is composed (NFC) already."""
    if _SAME_LENGTH_HIT.search(text):
        text = text.translate(_SAME_LENGTH)
    if text.isascii():
        return text
    return " ".join([_place_tones(run) if len(run) <= _RUN_CHARS else _tones_placed(run) for run in text.split(" ")])


def _tones_placed(text: str) -> str:
    folded: str = _SYLLABLE.sub(lambda hit: _place_tone(hit[0]), text)
    return folded


_place_tones = lru_cache(maxsize=1 << 16)(_tones_placed)  # news repeats itself: most runs have been seen before


def _pieces(stored: str) -> Iterator[tuple[int, int, str]]:
    """Find the pieces that change their length, or that NFC changes: ``[start, end)`` and what they become."""
    if not unicodedata.is_normalized("NFC", stored):
        pattern = _PIECE_NOT_NFC
    elif _MARK_HIT.search(stored):
        pattern = _PIECE
    elif "  " in stored or " \n" in stored or "\n " in stored or _ODD_HIT.search(stored):
        pattern = _PIECE_OF_BLANKS
    else:
        return
    for hit in pattern.finditer(stored):
        start, end = hit.span()
        if hit["run"]:
            at_break = stored[start - 1 : start] in _BREAK_SIGNS or stored[end : end + 1] in _BREAK_SIGNS
            blank = None if at_break else _BLANK.search(stored, start, end)
            if blank:
                # The first blank stays in its place; what stands around it is dropped.
                if start < blank.start():
                    yield start, blank.start(), ""
                start = blank.end()
            if start < end:
                yield start, end, ""
            continue
        piece = hit[0]
        folded = "\n" if piece == "\r\n" else unicodedata.normalize("NFC", _ZERO_WIDTH_RUN.sub("", piece))
        if folded != piece:
            yield start, end, folded


class FoldedText:
    """An article's text beside its folded view.

    The folded view is composed (NFC), has one place for tone marks (hòa, thúy, Ủy), one kind of blank (``*`` is one),
    line break, dash and quote, ``đ`` for ``ð``, and no zero-width characters. Of a run of blanks one stays, beside a
    line break none. Case and runs of line breaks are kept.

    Attributes:
        stored: The text as stored; never changed.
        folded: The view for matching.
    """

    __slots__ = ("_folded_ends", "_folded_starts", "_stored_ends", "_stored_starts", "folded", "stored")

    def __init__(self, stored: str) -> None:
        self.stored = stored
        # Between the pieces listed here, both texts run side by side, character by character.
        self._stored_starts: list[int] = []
        self._stored_ends: list[int] = []
        self._folded_starts: list[int] = []
        self._folded_ends: list[int] = []
        self.folded = _fold_same_length(self._compose(stored))

    def _compose(self, stored: str) -> str:
        """Fold the pieces that change their length, and note where they stand."""
        out: list[str] = []
        done = length = 0
        for start, end, folded in _pieces(stored):
            out.append(stored[done:start])
            out.append(folded)
            length += start - done
            self._stored_starts.append(start)
            self._stored_ends.append(end)
            self._folded_starts.append(length)
            length += len(folded)
            self._folded_ends.append(length)
            done = end
        if not out:
            return stored
        out.append(stored[done:])
        return "".join(out)

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Carry a folded span to the stored text; a character folded from several gives all of them.

        Args:
            start: First code point in ``folded``.
            end: One past the last code point in ``folded``.

        Returns:
            The span in ``stored``. Dropped characters at its edges are left out.

        Raises:
            ValueError: The span does not lie in ``folded``.
        """
        _check_span(start, end, len(self.folded))
        if not self._folded_starts:
            return start, end
        if start == end:
            # An empty span at the end of a piece stands before what was dropped there: next to what precedes it.
            position = _last_edge(end, self._folded_starts, self._folded_ends, self._stored_starts, self._stored_ends)
            return position, position
        first = _first_edge(start, self._folded_starts, self._folded_ends, self._stored_starts, self._stored_ends)
        last = _last_edge(end, self._folded_starts, self._folded_ends, self._stored_starts, self._stored_ends)
        return first, last

    def to_folded(self, start: int, end: int) -> tuple[int, int]:
        """Carry a stored span to the folded view.

        Args:
            start: First code point in ``stored``.
            end: One past the last code point in ``stored``.

        Returns:
            The span in ``folded``; empty where nothing but dropped characters stands in it.

        Raises:
            ValueError: The span does not lie in ``stored``.
        """
        _check_span(start, end, len(self.stored))
        if not self._stored_starts:
            return start, end
        first = _first_edge(start, self._stored_starts, self._stored_ends, self._folded_starts, self._folded_ends)
        if start == end:
            return first, first
        last = _last_edge(end, self._stored_starts, self._stored_ends, self._folded_starts, self._folded_ends)
        return first, max(first, last)


def _check_span(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"span [{start}, {end}) does not lie in a text of {length} characters")


def _first_edge(at: int, starts: list[int], ends: list[int], other_starts: list[int], other_ends: list[int]) -> int:
    """Where the character that begins at ``at`` begins in the other text."""
    piece = bisect_right(starts, at) - 1
    if piece < 0:
        return at
    if at < ends[piece]:
        return other_starts[piece]
    return other_ends[piece] + at - ends[piece]


def _last_edge(at: int, starts: list[int], ends: list[int], other_starts: list[int], other_ends: list[int]) -> int:
    """Where the character that ends at ``at`` ends in the other text."""
    piece = bisect_left(starts, at) - 1
    if piece < 0:
        return at
    if at <= ends[piece]:
        return other_ends[piece]
    return other_ends[piece] + at - ends[piece]


def fold(text: str) -> str:
    """Fold a snippet as ``FoldedText`` folds an article.

    Args:
        text: Any text, for instance a pattern's example or a gazetteer name.

    Returns:
        The folded text.
    """
    return _fold_name(text) if len(text) <= _NAME_CHARS else FoldedText(text).folded


@lru_cache(maxsize=1 << 14)
def _fold_name(text: str) -> str:
    # Names and lines of the same few offices and people are folded over and over.
    return FoldedText(text).folded


def text_hash(stored: str) -> str:
    """Name a stored text.

    Args:
        stored: An article's text.

    Returns:
        32 hexadecimal digits, made of all its code points.
    """
    return hashlib.sha256(stored.encode("utf-8", "surrogatepass")).hexdigest()[:32]
