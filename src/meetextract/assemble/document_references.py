"""Documents that words refer to: named there, or named before and meant by "Kế hoạch này", "Kế hoạch số 251"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

from meetextract.assemble.discourse import Discourse
from meetextract.normalise.documents import Document
from meetextract.records import Span

_FAR = 3000
"""Nobody means by "Kế hoạch này" one that was named so many characters before."""
_NUMBER_OF_SYMBOL = regex.compile(r"0*(\d+)[/-]")


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A place that means a document, in folded offsets.

    Attributes:
        start: first code point.
        end: one past the last.
        symbol: the symbol of the document meant, or None where several may be meant.
    """

    start: int
    end: int
    symbol: str | None


class DocumentReferences:
    """The documents that an article names, and the words that refer to them again.

    Args:
        told: the article.
    """

    def __init__(self, told: Discourse) -> None:
        self._told = told
        marks = told.within("DOCUMENT", 0, len(told.text))
        self._named = [(mark, mark.value) for mark in marks if isinstance(mark.value, Document)]
        self._ends = [mark.end for mark, _ in self._named]
        self._full: dict[tuple[str, str], set[str]] = {}
        for _, document in self._named:
            number = _NUMBER_OF_SYMBOL.match(document.symbol)
            if number is not None:
                self._full.setdefault((document.type, number[1]), set()).add(document.symbol)
        said = [DocumentReference(mark.start, mark.end, self._in_full(document)) for mark, document in self._named]
        again = [meant for hit in told.grammar.document_again.finditer(told.text) if (meant := self._meant(hit))]
        self._places = sorted([*said, *again], key=lambda place: place.start)
        self._starts = [place.start for place in self._places]

    def within(self, start: int, end: int) -> list[DocumentReference]:
        """The references that lie inside a stretch, in order."""
        places = self._places[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [place for place in places if place.end <= end]

    def span(self, place: DocumentReference) -> Span:
        """Where a reference stands in the stored text."""
        return self._told.span(place.start, place.end)

    def _in_full(self, document: Document) -> str:
        """The symbol of a document; where only its number is said, the one symbol that has this number."""
        full = self._full.get((document.type, document.symbol.lstrip("0")), set()) if document.symbol.isdigit() else ()
        return next(iter(full)) if len(full) == 1 else document.symbol

    def _meant(self, hit: regex.Match[str]) -> DocumentReference | None:
        """What "Kế hoạch này" means: the document of this type that was named last, if no other of it may be meant."""
        start, end = hit.span()
        row = self._told.view.library.gazetteers["document_types"].find(hit["type"])
        known = self._named[bisect_left(self._ends, start - _FAR) : bisect_left(self._ends, start + 1)]
        before = [(m.end, self._in_full(value)) for m, value in known if row and value.type == row["canonical"]]
        if not before:
            return None
        last = before[-1][0]
        sentence = self._told.sentence_at(last - 1).start
        candidates = {symbol for close, symbol in before if hit["several"] or close > sentence}
        # Another of the type, without a number, may have been spoken of in between.
        another = hit["type"] in self._told.grammar.document_again.sub("", self._told.text[last:start])
        return DocumentReference(start, end, before[-1][1] if len(candidates) == 1 and not another else None)
