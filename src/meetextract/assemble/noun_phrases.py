"""The noun phrase behind a number, read from parts of speech."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import islice

from spacy.tokens import Doc

from meetextract.match.matcher import NounPhrase
from meetextract.text import fold

_NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb"})
_KINDS = frozenset({"V", "A", "FW"})
"""Other words that tell of which kind a thing is: "điểm sạt lở", "nhà tạm"."""
_NO_THINGS = frozenset(
    {
        "năm",
        "tháng",
        "ngày",
        "lần",
        "phần",
        "tuổi",
        "giờ",
        "phút",
        "thứ",
        "điểm",
        "độ",
        "trong",
        "so",
        "ở",
        "là",
        "cấp",
        "mức",
        "mặt",
        "việc",
        "khi",
        "số",
        "sáng",
        "trưa",
        "chiều",
        "tối",
        "sau",
        "sau khi",
        "trước",
        "trước khi",
        "người",
    }
)


def noun_phrase(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The thing counted by a number that ends at `start`: its first noun, with the noun that a classifier introduces.

    Args:
        doc: the segmented article.
        start: stored offset where the number ends.
        end: stored offset where its sentence ends.

    Returns:
        The stored span of the noun, or None where no noun follows.
    """
    at = _next(doc, start)
    if at is None or doc[at].idx >= end or not doc[at].text[:1].islower():
        return None
    words: list[tuple[int, int]] = []
    classifier = False
    classifiers = 0
    spoken = (doc[i] for i in range(at, len(doc)) if not doc[i].is_space)
    for token in islice(spoken, 6):
        first, last = token._.word
        if words and first < words[-1][1]:
            continue
        if token.idx >= end or token._.pos not in _NOUNS or not token.text[:1].islower():
            break
        if not words and fold(doc[first:last].text).lower() in _NO_THINGS:
            return None
        if words and not classifier and not (last - first == 1 == words[-1][1] - words[-1][0]):
            break  # two nouns of one syllable make one: "trai làng"
        if len(words) == 2 + classifiers:
            break
        words.append((max(first, at), last))
        classifier = token._.pos == "Nc"
        classifiers += classifier
    if not words:
        return None
    span = doc[words[0][0] : words[-1][1]]
    return span.start_char, span.end_char


def modifier(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """What tells of which kind the thing is whose general name ends at `start`: "4 tổ xung kích", "500 bao cát".

    Args:
        doc: the segmented article.
        start: stored offset where the general name ends.
        end: stored offset where its sentence ends.

    Returns:
        The stored span of the next word, or None where no word follows that may belong to a name.
    """
    at = _next(doc, start)
    if at is None or doc[at].idx >= end:
        return None
    last: int = doc[at]._.word[1]
    if doc[at]._.pos not in _NOUNS | _KINDS or not doc[at].text[:1].islower():
        return None
    return doc[at].idx, doc[last - 1].idx + len(doc[last - 1])


def _next(doc: Doc, start: int) -> int | None:
    """The first token with words at or behind a stored offset."""
    at = bisect_left(range(len(doc)), start, key=lambda i: doc[i].idx)
    return next((i for i in range(at, len(doc)) if not doc[i].is_space), None)


PHRASES: Mapping[str, NounPhrase] = {"noun": noun_phrase, "modifier": modifier}
"""By the value of a pattern's `extend`."""
