"""Where words that were copied from an article stand in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property

from meetextract.records import Span

_OMISSION = re.compile(r"\s*(?:…|\.\.\.)\s*")


def pieces_of(quote: str) -> list[str]:
    """Split a quote where it leaves words out ("…")."""
    return [piece for piece in _OMISSION.split(quote) if piece.strip()]


def _searchable(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


class ArticleText:
    """An article's text as stored, beside the view in which words are looked for: composed, with plain line ends.

    Where gold brings no place, scores are taken with places in that view, here as in other programs that score this
    gold; reports speak of the text as stored.

    Attributes:
        stored: The text; offsets are code points of it, ``[start, end)``.
    """

    def __init__(self, stored: str) -> None:
        self.stored = stored

    @cached_property
    def searched(self) -> str:
        """The view in which words are looked for."""
        return _searchable(self.stored)

    def to_stored(self, span: Span) -> Span:
        """Carry a span of `searched` to the stored text."""
        if self.searched == self.stored:
            return span
        cuts = range(len(self.stored) + 1)
        start, end = (bisect_right(cuts, at, key=lambda cut: len(_searchable(self.stored[:cut]))) - 1 for at in span)
        return start, end

    def line_of(self, offset: int) -> int:
        """The line of a stored offset, counted from 1."""
        return self.stored.count("\n", 0, offset) + 1


class Locator:
    """Finds words in the order in which they are asked for: the same words again are looked for further on.

    Args:
        article: The text; spans are of its `searched` view.
    """

    def __init__(self, article: ArticleText) -> None:
        self._text = article.searched
        self._from: defaultdict[str, int] = defaultdict(int)

    def words(self, words: str) -> Span | None:
        """Find words, whatever white space stands between them.

        Args:
            words: Words copied from the article.

        Returns:
            Where they stand next, or else first; None where they do not.
        """
        pattern = re.compile(r"\s+".join(map(re.escape, unicodedata.normalize("NFC", words).split())))
        if not pattern.pattern:
            return None
        found = pattern.search(self._text, self._from[words]) or pattern.search(self._text)
        if found is None:
            return None
        self._from[words] = found.start() + 1
        return found.span()

    def quote(self, quote: str) -> Span | None:
        """Find a quote that may leave words out.

        Args:
            quote: Words copied from the article, with "…" where some were left out.

        Returns:
            From its first piece to its last, of those found; None where none is.
        """
        spans = [span for span in map(self.words, pieces_of(quote)) if span]
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
