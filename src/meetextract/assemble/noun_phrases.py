"""The noun phrase behind a number, read from parts of speech."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from spacy.tokens import Doc

_NOUNS = frozenset({"N", "Nc", "Nu", "Ny", "Nb"})
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
    at = bisect_left(range(len(doc)), start, key=lambda i: doc[i].idx)
    while at < len(doc) and doc[at].is_space:
        at += 1
    if at >= len(doc) or doc[at].idx >= end or not doc[at].text[:1].islower():
        return None
    words: list[tuple[int, int]] = []
    classifier = False
    spoken = (doc[i] for i in range(at, len(doc)) if not doc[i].is_space)
    for token in islice(spoken, 6):
        first, last = token._.word
        if words and first < words[-1][1]:
            continue
        if token.idx >= end or token._.pos not in _NOUNS or not token.text[:1].islower():
            break
        if not words and doc[first:last].text.lower() in _NO_THINGS:
            return None
        if words and not classifier:
            break
        words.append((max(first, at), last))
        classifier = token._.pos == "Nc"
    if not words:
        return None
    span = doc[words[0][0] : words[-1][1]]
    return span.start_char, span.end_char
