"""Syllables, numbers, codes and punctuation as spaCy tokens, without changing a character of the text."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

OPAQUE_CHARS = 200
"""An unbroken run of more characters than this is no writing: it is not looked into."""

MAX_TOKEN_CHARS = 1_000
"""No token is longer, whatever the text."""

_RUN = regex.compile(r"\s++|\S++")

# Inside a run of non-blank characters. Every alternative is possessive, so the scan is linear.
_PIECE = regex.compile(
    r"""
      \d++(?:[.,]\d++)*+                                          # 4.000   99,93   1.053   28.9.2018
    | \p{Lu}{1,10}+\d{1,6}+(?![\p{L}\p{M}\d])                     # QH14   B52   Q1
    | [kcmdh]?m[23](?![\p{L}\p{M}\d])                             # km2   m3
    | \p{L}(?:[\p{L}\p{M}]|(?!\u200b)\p{Cf})*+                    # Thường, composed or not
      (?:['’‘ʼ`´]\p{L}(?:[\p{L}\p{M}]|(?!\u200b)\p{Cf})*+)*+      # R'Lấp   H’Mông
    | \.{2,}+ | -{2,}+ | _{2,}+
    | \X                                                          # one sign; an emoji with all its parts
    """,
    regex.VERBOSE,
)


class Tokens(NamedTuple):
    """What spaCy's ``Doc`` is built from."""

    words: list[str]
    spaces: list[bool]


def tokenize(text: str) -> Tokens:
    """Split a text so that its words, each with a blank where ``spaces`` says so, put together again are the text.

    Args:
        text: Any text: composed or not, with any line ends and blanks.

    Returns:
        Tokens none of which is empty or longer than ``MAX_TOKEN_CHARS``. Blanks that are not the single space
        after a token are tokens themselves, as everywhere in spaCy.
    """
    words: list[str] = []
    spaces: list[bool] = []
    run: str
    for run in _RUN.findall(text):
        if run == " " and words:  # nearly every other run
            spaces[-1] = True
            continue
        if not run[0].isspace():
            pieces = _pieces(run) if len(run) <= OPAQUE_CHARS else tuple(_slices(run))
        else:
            if run[0] == " " and words:
                spaces[-1] = True
                run = run[1:]
            pieces = tuple(run[i : i + MAX_TOKEN_CHARS] for i in range(0, len(run), MAX_TOKEN_CHARS))
        words += pieces
        spaces += [False] * len(pieces)
    return Tokens(words, spaces)


@lru_cache(maxsize=1 << 16)
def _pieces(run: str) -> tuple[str, ...]:
    # News repeats itself: most runs have been seen before.
    return tuple(_PIECE.findall(run))


def _slices(run: str) -> Iterator[str]:
    start = 0
    while start < len(run):
        end = start + MAX_TOKEN_CHARS
        # A few steps back, so that a letter keeps its marks; thousands of marks in a row are cut anyhow.
        for cut in range(end, end - 16, -1):
            if cut >= len(run) or not unicodedata.category(run[cut]).startswith("M"):
                end = cut
                break
        yield run[start:end]
        start = end


class SyllableTokenizer:
    """spaCy tokenizer whose ``doc.text`` is always the text that went in."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        words, spaces = tokenize(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], **kwargs: Any) -> Iterator[Doc]:
        """Tokenize a stream of texts."""
        for text in texts:
            yield self(text)

    # The rules are code, so there is nothing to store; spaCy asks for these four on saving and loading a pipeline.
    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing to store."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> "SyllableTokenizer":
        """Return the tokenizer itself."""
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write nothing."""

    def from_disk(self, path: str | Path, **kwargs: Any) -> "SyllableTokenizer":
        """Return the tokenizer itself."""
        return self


def create_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """Return the factory that a spaCy config names ``meetextract.SyllableTokenizer.v1``."""

    def make(nlp: Language) -> SyllableTokenizer:
        return SyllableTokenizer(nlp.vocab)

    return make


registry.tokenizers("meetextract.SyllableTokenizer.v1", func=create_tokenizer)
