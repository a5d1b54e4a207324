"""Which syllables belong to one word: underthesea's model, its features read from tables of weights."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice, pairwise

import numpy as np
import regex

from meetextract.segment.crf import Crf, Floats, path_of_two

_MEMO = 1 << 15  # runs of syllables: news repeats itself

# What is looked at from a syllable, by the distance from it.
_SYLLABLES = tuple(f"T[{i}]" for i in range(-2, 3))
_PAIRS = ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]")
_TRIPLES = ("T[-2,0]", "T[-1,1]", "T[0,2]")

_BLANK = regex.compile(" ")
_Weights = dict[str, dict[str, float]]  # by template and value


class WordSegmenter:
    """Joins the syllables of a sentence to words, as underthesea does.

    Args:
        crf: underthesea's model of words.
        dictionary: Its words in small letters.

    Raises:
        ValueError: The model has other labels.
    """

    def __init__(self, crf: Crf, dictionary: Collection[str]) -> None:
        if crf.labels != ("B-W", "I-W"):
            raise ValueError(f"the labels of a word's syllables are B-W and I-W, not {', '.join(crf.labels)}")
        self._transitions = crf.transitions
        leads = (crf.state[:, 1] - crf.state[:, 0]).tolist()
        weights: _Weights = {}
        for name, row in crf.attributes.items():
            template, _, value = name.partition("=")
            weights.setdefault(template, {})[value] = leads[row]
        self._syllables = _Runs(weights, _SYLLABLES, dictionary)
        self._pairs = _Runs(weights, _PAIRS, dictionary)
        self._triples = _Runs(weights, _TRIPLES, dictionary)
        self._known = lru_cache(maxsize=_MEMO)(lambda syllable: (syllable.lower(), _is_title(syllable)))
        # In small letters: pairs, and beginnings of triples, that weigh other than any.
        self._known_pairs = frozenset({*self._pairs.lower, *map(str.lower, self._pairs.written), *dictionary})
        self._begins_triple = frozenset(
            words[: blank.start()].lower()
            for words in (*self._triples.written, *dictionary)
            if words.count(" ") > 1
            for blank in islice(_BLANK.finditer(words), 1, None)
        )

    def __call__(self, syllables: list[str]) -> tuple[list[bool], bool]:
        """Segment a sentence.

        Args:
            syllables: One at least.

        Returns:
            Whether each syllable goes on with the word before it, and whether that is certain: no other answer scores
            the same.
        """
        return path_of_two(self._scores(syllables).tolist(), self._transitions)

    def _scores(self, syllables: list[str]) -> Floats:
        """For each syllable, by how much going on with a word scores more than beginning one."""
        small, title = zip(*map(self._known, syllables), strict=True)
        ones = map(self._syllables.weigh, syllables)
        # Of two or three syllables few are known: those are weighed alike that are not.
        pairs = [f"{a} {b}" for a, b in pairwise(small)]
        known, weigh, plain = self._known_pairs, self._pairs.weigh, self._pairs.plain
        twos = [
            weigh(f"{a} {b}") if pair in known else plain[first and second]
            for (a, b), pair, (first, second) in zip(pairwise(syllables), pairs, pairwise(title), strict=True)
        ]
        begins, weigh, plain = self._begins_triple, self._triples.weigh, self._triples.plain
        threes = [
            weigh(f"{a} {b} {c}") if pair in begins else plain[first and second and third]
            for a, b, c, pair, first, second, third in zip(
                syllables, syllables[1:], syllables[2:], pairs, title, title[1:], title[2:], strict=False
            )
        ]
        count = len(syllables)
        return (
            self._syllables.scores(ones, count) + self._pairs.scores(twos, count) + self._triples.scores(threes, count)
        )


class _Runs:
    """The weights of runs of one length, as bytes of floats: one for each syllable from which a run is looked at.

    Args:
        weights: Weight by template and value.
        templates: For each such syllable, from the last to the first.
        dictionary: Words in small letters.

    Attributes:
        written: Weights of runs that are known as they are written.
        lower: Weights of runs that are known in small letters.
        plain: Weights of all others by whether none of their words begins with a small letter.
    """

    def __init__(self, weights: _Weights, templates: tuple[str, ...], dictionary: Collection[str]) -> None:
        self._width = len(templates)
        self._dictionary = dictionary
        tables = [
            _table(weights, [template + function for template in templates])
            for function in ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
        ]
        self.written, self.lower, self._digit, self._title, self._listed = tables
        self.plain = [
            self._sum((self._digit, "False"), (self._title, title), (self._listed, "False"))
            for title in ("False", "True")
        ]
        self._before, self._behind = (2 * self._sum(*((table, end) for table in tables)) for end in ("BOS", "EOS"))
        self.weigh = lru_cache(maxsize=_MEMO)(self._weigh)

    def scores(self, runs: Iterable[bytes], count: int) -> Floats:
        """Sum the weights of a sentence's runs for each of its syllables."""
        seen = np.frombuffer(b"".join([self._before, *runs, self._behind])).reshape(-1, self._width)
        scores = np.zeros(count)
        for place in range(self._width):
            scores += seen[place : place + count, place]
        return scores

    def _weigh(self, run: str) -> bytes:
        small = run.lower()
        return self._sum(
            (self.written, run),
            (self.lower, small),
            (self._digit, str(run.isascii() and run.isdecimal())),
            (self._title, str(_is_title(run))),
            (self._listed, str(small in self._dictionary)),
        )

    def _sum(self, *features: tuple[dict[str, Floats], str]) -> bytes:
        weights = np.zeros(self._width)
        for table, value in features:
            weights += table.get(value, 0.0)
        return weights.tobytes()


def _table(weights: _Weights, templates: list[str]) -> dict[str, Floats]:
    """Weights by value, one for each template; no value at all where the model has none of the templates."""
    columns = [weights.get(template, {}) for template in templates]
    return {value: np.array([column.get(value, 0.0) for column in columns]) for value in set().union(*columns)}


def _is_title(run: str) -> bool:
    """Whether no word of it begins with a small letter; signs and digits do not."""
    return all(word[:1] == word[:1].upper() for word in run.split(" "))
