"""The part of speech of each word of a sentence: underthesea's model, its features read in one pass."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np

from meetextract.segment.crf import Crf, Floats, PathFinder

_MEMO = 1 << 15  # known words: news repeats itself

# What is looked at from a word, by the distance from it.
_WORDS = tuple(f"T[{i}]" for i in range(-2, 3))
_PAIRS = ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]")
# Tags of words before, with the distance of the first: the model was trained with them, but it is given none (X).
_TAGS = {"T[-3][1]": 3, "T[-2][1]": 2, "T[-1][1]": 1, "T[-3,-2][1]": 3, "T[-2,-1][1]": 2}


class PartOfSpeechTagger:
    """Tags the words of a sentence, as underthesea does.

    Args:
        crf: underthesea's model of parts of speech.
    """

    def __init__(self, crf: Crf) -> None:
        self._crf = crf
        self._find_path = PathFinder(crf.transitions)
        rows: dict[str, dict[str, int]] = {}
        for name, row in crf.attributes.items():
            template, _, value = name.partition("=")
            rows.setdefault(template, {})[value] = row
        written = _finder(rows, _WORDS, "", crf.unknown)
        lower = _finder(rows, _WORDS, ".lower", crf.unknown)
        title = _finder(rows, _WORDS, ".istitle", crf.unknown)
        self._pair = _finder(rows, _PAIRS, "", crf.unknown)
        self._word = lru_cache(maxsize=_MEMO)(
            lambda word: written(word) + lower(word.lower()) + title(str(_is_title(word)))
        )
        self._first, self._last = (written(edge) + lower(edge) + title(edge) for edge in ("BOS", "EOS"))
        self._pair_edges = self._pair("BOS"), self._pair("EOS")
        self._tags = np.array([_of_tags(crf, rows, place) for place in range(1 + max(_TAGS.values()))])

    def __call__(self, words: list[str]) -> tuple[list[str], bool]:
        """Tag a sentence.

        Args:
            words: One at least.

        Returns:
            A tag for each word, and whether that is certain: no other answer scores the same.
        """
        path, certain = self._find_path(self._state(words))
        return [self._crf.labels[label] for label in path], certain

    def _state(self, words: list[str]) -> Floats:
        """Scores by word and label."""
        count = len(words)
        ones = [self._first, self._first, *map(self._word, words), self._last, self._last]
        of_words = np.frombuffer(b"".join(ones), np.intp).reshape(-1, 3, len(_WORDS))
        first, last = self._pair_edges
        twos = [first, first, *map(self._pair, map(" ".join, pairwise(words))), last, last]
        of_pairs = np.frombuffer(b"".join(twos), np.intp).reshape(-1, len(_PAIRS))
        rows = [of_words[shift : shift + count, :, shift].T for shift in range(len(_WORDS))]
        rows += [of_pairs[shift : shift + count, shift : shift + 1].T for shift in range(len(_PAIRS))]
        state: Floats = self._crf.state.take(np.concatenate(rows), axis=0).sum(axis=0)
        known = min(count, len(self._tags))
        state[:known] += self._tags[:known]
        state[known:] += self._tags[-1]
        return state


def _finder(
    rows: dict[str, dict[str, int]], templates: Iterable[str], function: str, unknown: int
) -> Callable[[str], bytes]:
    """Make the function that finds a value's rows, one for each template, as bytes of integers."""
    columns = [rows.get(template + function, {}) for template in templates]
    table = {
        value: np.array([column.get(value, unknown) for column in columns], np.intp).tobytes()
        for value in set().union(*columns)
    }
    nothing = np.full(len(columns), unknown, np.intp).tobytes()
    return lambda value: table.get(value, nothing)


def _of_tags(crf: Crf, rows: dict[str, dict[str, int]], place: int) -> Floats:
    """Scores by label that come of the tags before the word at a place."""
    state = np.zeros(len(crf.labels))
    for template, distance in _TAGS.items():
        value = "BOS" if place < distance else "X X" if "," in template else "X"
        state += crf.state[rows.get(template, {}).get(value, crf.unknown)]
    return state


def _is_title(word: str) -> bool:
    """Whether each of its syllables begins with a capital."""
    return all(syllable[:1].istitle() for syllable in word.split(" "))
