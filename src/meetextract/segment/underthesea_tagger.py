"""Words and parts of speech of a sentence from underthesea as it is."""

from importlib import import_module
from typing import Protocol

TaggedWord = tuple[int, str, str]
"""Place of its first character in the text, the word as underthesea spells it, and its part of speech."""


class Tagger(Protocol):
    """Finds words and parts of speech."""

    def __call__(self, text: str) -> list[TaggedWord]:
        """Return the words of a sentence, which is composed (NFC) and has only single characters for blanks.

        Args:
            text: The sentence, without blanks at its end.
        """


class Syllables:
    """underthesea's own tokens, from which it makes words; it respells some."""

    def __init__(self) -> None:
        self._pattern = import_module("underthesea.pipeline.word_tokenize.regex_tokenize").patterns
        self._normalise = import_module("underthesea.pipeline.text_normalize").token_normalize

    def __call__(self, text: str) -> tuple[list[str], list[int]]:
        """Return the syllables of a text, and the places of their first characters."""
        matches = list(self._pattern.finditer(text))
        return [self._normalise(match.group()) for match in matches], [match.start() for match in matches]


class UndertheseaTagger:
    """underthesea as it is."""

    def __init__(self) -> None:
        words = import_module("underthesea.pipeline.word_tokenize")
        words.word_tokenize("a")  # loads the model
        self._syllables = Syllables()
        self._segmenter = words.word_tokenize_model
        self._tagger = import_module("underthesea.pipeline.pos_tag").CRFPOSTagPredictor.Instance()

    def __call__(self, text: str) -> list[TaggedWord]:
        """See ``Tagger``; where underthesea panics, there are no words."""
        syllables, places = self._syllables(text)
        if not syllables:
            return []
        try:
            labels = self._segmenter.predict([[syllable] for syllable in syllables])
            starts, words = join(syllables, places, [label == "I-W" for label in labels])
            tags = [tag for _, tag in self._tagger.predict(words)]
        except BaseException as error:  # a Rust panic is no Exception
            if type(error).__name__ != "PanicException":
                raise
            return []
        return list(zip(starts, words, tags, strict=True))


def join(syllables: list[str], places: list[int], goes_on: list[bool]) -> tuple[list[int], list[str]]:
    """Join syllables to words.

    Args:
        syllables: In order.
        places: Of their first characters.
        goes_on: For each, whether it goes on with the word before it.

    Returns:
        The places of the words, and the words.
    """
    starts: list[int] = []
    words: list[str] = []
    for syllable, place, joined in zip(syllables, places, goes_on, strict=True):
        if joined and words:
            words[-1] += " " + syllable
        else:
            starts.append(place)
            words.append(syllable)
    return starts, words
