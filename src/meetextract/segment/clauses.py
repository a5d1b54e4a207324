"""Clauses: the stretches of a sentence inside which its parts belong together."""

from collections.abc import Sequence
from itertools import accumulate

_CUT_AFTER = frozenset(";:,")
_DASHES = frozenset("-–—−‐‒―")
_CUT_BEFORE = frozenset({("và",), ("nhưng",), ("hoặc",), ("đồng", "thời"), ("trong", "đó")})
_FIRST_OF_CUT = frozenset(words[0] for words in _CUT_BEFORE)
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_SHUTS = frozenset(_CLOSES.values())


def clause_bounds(words: Sequence[str], blank_after: Sequence[bool], start: int, end: int) -> list[tuple[int, int]]:
    """Cut one sentence into clauses.

    A clause ends after ``;``, ``:``, ``,`` or a dash between blanks, and before a word of coordination. Nothing inside
    brackets cuts, nor a sign between two digits ("8:30"; "99,93" is one token anyhow).

    Args:
        words: The tokens of the text in NFC.
        blank_after: For each token whether white space follows it.
        start: First token of the sentence.
        end: One past its last token.

    Returns:
        ``[first, last + 1)`` token ranges in order, without gaps, each with a word or a number in it
        (unless the sentence has none at all).
    """
    if start >= end:
        return []
    depth = _bracket_depth(words, start, end)
    cuts = [start]
    has_word = False  # in the clause now open
    for i in range(start, end):
        word = words[i]
        outside = not depth[i - start]
        if has_word and outside and _starts_clause(words, i, end):
            cuts.append(i)
            has_word = False
        has_word = has_word or word[0].isalnum()
        if has_word and outside and _ends_clause(words, blank_after, i, end):
            after = _next_word(words, i + 1, end)
            if after < end:
                cuts.append(after)
                has_word = False
    if not has_word and len(cuts) > 1:
        cuts.pop()  # the closing stop alone is no clause
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _next_word(words: Sequence[str], i: int, end: int) -> int:
    while i < end and words[i].isspace():
        i += 1
    return i


def _starts_clause(words: Sequence[str], i: int, end: int) -> bool:
    if len(words[i]) > 5:
        return False
    here = words[i].lower()
    if here not in _FIRST_OF_CUT:
        return False
    if (here,) in _CUT_BEFORE:
        return True
    after = _next_word(words, i + 1, end)
    return after < end and (here, words[after].lower()) in _CUT_BEFORE


def _ends_clause(words: Sequence[str], blank_after: Sequence[bool], i: int, end: int) -> bool:
    word = words[i]
    if word in _CUT_AFTER:
        between_digits = words[i - 1][-1].isdigit() and i + 1 < end and words[i + 1][0].isdigit()
        return blank_after[i] or not between_digits
    return word in _DASHES and blank_after[i] and blank_after[i - 1]


def _bracket_depth(words: Sequence[str], start: int, end: int) -> list[int]:
    """Return for each token how many pairs of brackets hold it; a bracket without its partner counts for nothing."""
    steps = [0] * (end - start + 1)
    opened: list[int] = []
    for i in range(start, end):
        word = words[i]
        if word in _CLOSES:
            opened.append(i)
        elif word in _SHUTS and opened and _CLOSES[words[opened[-1]]] == word:
            steps[opened.pop() - start] += 1
            steps[i - start + 1] -= 1
    return list(accumulate(steps))
