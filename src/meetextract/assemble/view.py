"""An article as assembly sees it: stored and folded text, sentences with the kind of their block, gazetteers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

import regex
from spacy.tokens import Doc

from meetextract.assemble.grammar import Grammar
from meetextract.assemble.vocabulary import Vocabulary
from meetextract.match.library import PatternLibrary
from meetextract.read.layout import Layout
from meetextract.text import FoldedText

_BLANKS = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, in stored offsets, and the kind of block that it stands in."""

    start: int
    end: int
    block: str


@dataclass(frozen=True, slots=True)
class View:
    """An article with all that its assembly looks at."""

    doc: Doc
    folded: FoldedText
    layout: Layout
    library: PatternLibrary
    grammar: Grammar
    vocabulary: Vocabulary
    sentences: tuple[Sentence, ...]
    _starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(
        cls,
        doc: Doc,
        folded: FoldedText,
        layout: Layout,
        library: PatternLibrary,
        grammar: Grammar,
        vocabulary: Vocabulary,
    ) -> View:
        """Collects the sentences of a segmented article."""
        sentences = tuple(
            Sentence(sentence.start_char, sentence.end_char, block.label_)
            for block in doc.spans["blocks"]
            for sentence in block.sents
        )
        return cls(doc, folded, layout, library, grammar, vocabulary, sentences, tuple(s.start for s in sentences))

    def is_at_head(self, sentence: Sentence, count: int = 6) -> bool:
        """Whether a sentence is one of the first of the article's content."""
        content = islice((s for s in self.sentences if s.block not in ("chrome", "byline", "dateline")), count)
        return sentence in content

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a stored offset (the last one that begins before it)."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def block_at(self, offset: int) -> int:
        """Where the block that holds a stored offset begins."""
        blocks = self.layout.blocks
        return blocks[max(0, bisect_right(blocks, offset, key=lambda block: block.start) - 1)].start

    def words(self, start: int, end: int) -> str:
        """The folded text of a stored span, runs of white space as one blank; empty where it ends before it starts."""
        if end <= start:
            return ""
        first, last = self.folded.to_folded(start, end)
        return _BLANKS.sub(" ", self.folded.folded[first:last])

    def before(self, start: int, width: int = 60) -> str:
        """The folded text of the sentence before a stored offset, at most `width` characters."""
        # Marks and runs of blanks are stored characters too: so many more are read.
        return self.words(max(self.sentence_at(start).start, start - 4 * width), start)[-width:]

    def after(self, end: int, width: int = 60) -> str:
        """The folded text of the sentence after a stored offset, at most `width` characters."""
        last = self.sentence_at(max(0, end - 1)).end
        return self.words(end, min(max(end, last), end + 4 * width))[:width]

    def joins(self, start: int, end: int, gap: regex.Pattern[str], width: int) -> bool:
        """Tell whether nothing but a gap of less than `width` folded characters stands between two stored offsets."""
        first, last = self.folded.to_folded(start, max(start, end))
        return last - first < width and gap.fullmatch(self.words(start, end)) is not None
