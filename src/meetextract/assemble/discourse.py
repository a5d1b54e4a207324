"""The discourse of an article: its sentences with everybody and everything that stands in them.

All offsets here and in what reads it are `[start, end)` in the folded text, where blanks are single and marks have one
place, so that the words between two mentions are a plain slice; `span` carries them back to the stored text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.spans import HasSpan, SpanIndex
from meetextract.assemble.units import UnitMention
from meetextract.assemble.valued import Candidate, Cue, Value
from meetextract.assemble.view import Sentence, View
from meetextract.normalise.dates import Period, Unplaced
from meetextract.records import Span

S = TypeVar("S", Sentence, Actor, UnitMention)

CONTENT = frozenset({"lead", "body", "caption"})
"""The blocks whose sentences report; a title repeats them, the rest is frame."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention in folded offsets."""

    start: int
    end: int
    value: Value
    pattern: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A date with its place on the calendar, in folded offsets."""

    start: int
    end: int
    value: Period | Unplaced
    pattern: str


_CHARS_A_WORD = 450
"""Reports on official work have one of its words in 300 characters or fewer, other news in 600 or more."""
_SEMICOLON_OR_BRACKET = regex.compile("[;()]")
_INSTITUTION = "units.institution"
"""Schools, hospitals, companies, clubs."""
_LINES, _STOPS, _CLOSING = 4, ".;:!?…", " \n\"')"
"""So many sentences of which none ends in a stop are no prose; brackets and quotation marks may close one."""


class Discourse:
    """An article's sentences, actors, cues and dates.

    Args:
        view: the article.
        candidates: its chosen mentions.
        actors: who stands in it, in stored offsets.
        units: its units, in stored offsets.
        dates: its dates.
    """

    def __init__(
        self,
        view: View,
        candidates: Sequence[Candidate],
        actors: SpanIndex[Actor],
        units: Sequence[UnitMention],
        dates: Sequence[tuple[Candidate, Period | Unplaced]],
    ) -> None:
        self.view = view
        self.grammar = view.grammar
        self.vocabulary = view.vocabulary
        self.text = view.folded.folded
        self.sentences = tuple(self._folded(sentence) for sentence in view.sentences)
        self._starts = [s.start for s in self.sentences]
        self.actors = SpanIndex(self._folded(actor) for actor in actors.items)
        self.units = SpanIndex(self._folded(unit) for unit in units)
        self.dates = SpanIndex(Placed(*self._bounds(c), value, c.mention.pattern) for c, value in dates)
        by_kind: dict[str, list[Mark]] = {}
        for candidate in candidates:
            kind = candidate.value.sense if isinstance(candidate.value, Cue) else candidate.label
            mark = Mark(*self._bounds(candidate), candidate.value, candidate.mention.pattern)
            by_kind.setdefault(kind, []).append(mark)
        self.marks = {kind: SpanIndex(marks) for kind, marks in by_kind.items()}

    def _bounds(self, item: HasSpan) -> Span:
        return self.view.folded.to_folded(item.start, item.end)

    def _folded(self, item: S) -> S:
        """The same thing in folded offsets."""
        start, end = self._bounds(item)
        return replace(item, start=start, end=end)

    def of(self, kind: str) -> SpanIndex[Mark]:
        """The mentions with a label, or the cues of a sense."""
        return self.marks.get(kind) or self._none

    @cached_property
    def is_report(self) -> bool:
        """Whether the article has as many words of official work as a report on it has: one in so many characters."""
        return len(self.of("official").items) * _CHARS_A_WORD >= len(self.text) and not self.is_trouble

    @cached_property
    def is_official(self) -> bool:
        """Whether the article tells of an official body: it names one, or reports what an area did.

        A company, a school or a club is none.
        """
        named = any(unit.pattern != _INSTITUTION for unit in self.units.items)
        starts = {sentence.start for sentence in self.content()}
        return named or (self.is_report and any(a.kind == "area" and a.start in starts for a in self.actors.items))

    @cached_property
    def is_headlines(self) -> bool:
        """Whether the article is a list of links or headlines, or a poem: no sentence of several ends in a stop."""
        ends = [self.text[s.start : s.end].rstrip(_CLOSING)[-1:] for s in self.content()]
        return len(ends) >= _LINES and not any(end and end in _STOPS for end in ends)

    @cached_property
    def is_trouble(self) -> bool:
        """Whether the article tells of a crime, an accident or a dispute: half as many words of them as of work."""
        return 2 * len(self.of("trouble").items) > len(self.of("official").items)

    @cached_property
    def is_affair(self) -> bool:
        """Whether trouble is what the article tells of: more words of it than of work, as many as a report has."""
        trouble = len(self.of("trouble").items)
        return trouble > len(self.of("official").items) and trouble * _CHARS_A_WORD >= len(self.text)

    @cached_property
    def _none(self) -> SpanIndex[Mark]:
        return SpanIndex([])

    def within(self, kind: str, start: int, end: int) -> list[Mark]:
        """Those of `of(kind)` that lie inside a stretch, the longest where they overlap."""
        found: list[Mark] = []
        for mark in self.of(kind).overlapping(start, end):
            if start <= mark.start and mark.end <= end and (not found or found[-1].end <= mark.start):
                found.append(mark)
        return found

    def content(self) -> list[Sentence]:
        """The sentences that report, in order."""
        return [s for s in self.sentences if s.block in CONTENT]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds an offset."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def actor_at(self, offset: int) -> Actor | None:
        """The actor whose words hold an offset."""
        return next(self.actors.overlapping(offset, offset + 1), None)

    def part_of_speech(self, offset: int) -> str:
        """The tag of the word that begins at an offset; empty where none does."""
        doc = self.view.doc
        if not self.text[offset : offset + 1].isalpha() or offset >= len(self.text):
            return ""
        stored = self.span(offset, offset + 1)[0]
        at = bisect_right(range(len(doc)), stored, key=lambda i: doc[i].idx) - 1
        return str(doc[at]._.pos or "") if at >= 0 and doc[at].idx == stored else ""

    def first_verb(self, start: int, end: int) -> int | None:
        """Where the first word of a stretch begins that the tagger calls a verb."""
        doc = self.view.doc
        first, last = self.span(start, end)
        at = bisect_right(range(len(doc)), first - 1, key=lambda i: doc[i].idx)
        for i in range(at, len(doc)):
            if doc[i].idx >= last:
                return None
            if doc[i]._.pos == "V" and doc[i]._.word[0] == i:
                return self.view.folded.to_folded(doc[i].idx, doc[i].idx)[0]
        return None

    def segments(self, sentence: Sentence) -> Iterator[Span]:
        """The stretches of a sentence between semicolons that stand outside of brackets."""
        depth, begin = 0, sentence.start
        for hit in _SEMICOLON_OR_BRACKET.finditer(self.text, sentence.start, sentence.end):
            at, sign = hit.start(), hit[0]
            if sign == "(":
                depth += self.text.find(")", at, sentence.end) >= 0
            elif sign == ")":
                depth = max(0, depth - 1)
            elif not depth:
                if self.text[begin:at].strip():
                    yield begin, at
                begin = at + 1
        if self.text[begin : sentence.end].strip():
            yield begin, sentence.end

    def match_end(self, pattern: regex.Pattern[str], start: int, end: int) -> int:
        """Where the match of a pattern at an offset ends; the offset itself where it does not match."""
        hit = pattern.match(self.text, start, end)
        return hit.end() if hit else start

    def span(self, start: int, end: int) -> Span:
        """A folded stretch in stored offsets."""
        return self.view.folded.to_stored(start, end)

    def words(self, start: int, end: int) -> str:
        """The words of a folded stretch as the article spells them, runs of white space as one blank."""
        first, last = self.span(start, end)
        return " ".join(self.view.folded.stored[first:last].split())

    def folded_words(self, start: int, end: int) -> str:
        """The words of a folded stretch in lower case and one spelling: to compare them, and for ids."""
        return " ".join(self.text[start:end].lower().split())
