"""The period that a level belongs to: said beside it, or carried on from the sentences before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetextract.assemble.discourse import Discourse, Placed
from meetextract.assemble.view import Sentence
from meetextract.normalise.dates import Period
from meetextract.records import Span

_YEAR = 366
_LONG = frozenset({"month", "quarter", "half", "year", "period"})


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day that a level belongs to; of a deadline only the last; and where the article says so."""

    start: date | None
    end: date | None
    said: Span | None


NO_TERM = Term(None, None, None)


def opens_list(told: Discourse, sentence: Sentence) -> bool:
    """Whether a sentence is the head of a list in lines: a colon ends it."""
    return told.text[sentence.start : sentence.end].rstrip().endswith(":")


class Terms:
    """Follows the period that an article speaks of."""

    def __init__(self, told: Discourse) -> None:
        self._told = told
        self._carried = NO_TERM
        self._fallback = NO_TERM
        self._reported = NO_TERM
        self._several = False
        self._for_one = False

    def enter(self, sentence: Sentence) -> None:
        """Notes the periods of a sentence that frame what follows it; where it goes through several, none does."""
        if self._several:
            self._carried, self._several = NO_TERM, False
        if self._for_one and not self._told.grammar.part_of.match(self._told.text, sentence.start, sentence.end):
            self._carried, self._for_one = NO_TERM, False
        framed: set[Term] = set()
        for placed in self._dates(sentence.start, sentence.end):
            assert isinstance(placed.value, Period)
            term = self._term(placed)
            if placed.value.grain not in _LONG:
                if self._told.grammar.point_in_time.search(
                    self._told.text, max(sentence.start, placed.start - 30), placed.start
                ):
                    self._carried = term
                continue
            if self._is_compared(placed) or self._is_of_programme(placed):
                continue
            before = self._told.text[sentence.start : placed.start]
            if opens_list(self._told, sentence) or self._told.grammar.frames.search(before):
                self._carried = term
                self._for_one = self._spans_years(placed) and not opens_list(self._told, sentence)
                framed.add(Term(term.start, term.end, None))
            else:
                self._fallback = term
            if term.start is not None and self._told.grammar.report_of.search(before):
                self._reported = term
        self._several = len(framed) > 1

    def leave_list(self) -> None:
        """Forgets the period at the head of a list, which holds for its items alone."""
        self._carried = NO_TERM

    def of(self, sentence: Sentence, start: int, quantity: int, end: int, pieces: Sequence[Span] = ()) -> Term:
        """The period of a level.

        Args:
            sentence: its sentence.
            start: where the segment begins that holds it.
            quantity: where its number begins.
            end: where its words end.
            pieces: the words of its indicator: a year inside them tells what is measured, not when.
        """
        text = self._told.text
        before = [
            d
            for d in self._dates(sentence.start, quantity)
            if self._bears(d)
            and not any(first < d.start and d.end < last for first, last in pieces)
            and not self._in_brackets(d, quantity)
        ]
        here = [d for d in before if d.start >= start]
        behind = [d for d in self._dates(quantity, end) if self._bears(d)]
        for candidates in (here[::-1], behind, before[::-1]):
            if candidates:
                return self._term(candidates[0])
        if self._told.grammar.now.search(text[start:quantity]):
            return NO_TERM
        return self._carried

    def of_result(self, sentence: Sentence, start: int, quantity: int, end: int, pieces: Sequence[Span]) -> Term:
        """The period of a level reached: as of any, or else what the article reports on ("giao ban tháng 6")."""
        term = self.of(sentence, start, quantity, end, pieces)
        now = self._told.grammar.now.search(self._told.text[sentence.start : quantity])
        return self._reported if term.end is None and now is None else term

    def of_goal(self, sentence: Sentence, start: int, at: int, end: int) -> Term:
        """The period of a goal: as of a level, or else of the plan that was spoken of last."""
        term = self.of(sentence, start, at, end)
        return term if term.end is not None else self._fallback

    def _dates(self, start: int, end: int) -> list[Placed]:
        return [
            d
            for d in self._told.dates.overlapping(start, end)
            if d.start >= start and d.end <= end and isinstance(d.value, Period)
        ]

    def _bears(self, placed: Placed) -> bool:
        """Whether a date is the time of a level, and not of a comparison, a document or the meeting."""
        assert isinstance(placed.value, Period)
        if self._is_compared(placed) or self._is_of_programme(placed):
            return False
        before = self._told.text[max(0, placed.start - 40) : placed.start]
        if placed.value.grain in _LONG:
            return True
        return (
            self._told.grammar.on_day.search(before) is not None
            or self._told.grammar.until.search(before) is not None
            or placed.value.start != placed.value.end
        )

    def _is_compared(self, placed: Placed) -> bool:
        sentence = self._told.sentence_at(placed.start)
        before = self._told.text[max(sentence.start, placed.start - 50) : placed.start]
        words = self._told.text[placed.start : placed.end]
        return (
            self._told.grammar.compared_date.search(before) is not None
            or self._told.grammar.same_time.search(words) is not None
            or self._told.grammar.of_document.search(before) is not None
            or (
                self._told.grammar.term_of_office.match(words) is not None
                and self._told.grammar.in_term.search(before) is None
            )
        )

    def _spans_years(self, placed: Placed) -> bool:
        """Whether a date spans years that one sentence looks back on ("giai đoạn 2009 - 2019"): no term."""
        value = placed.value
        assert isinstance(value, Period)
        is_term = self._told.grammar.term_of_office.match(self._told.text[placed.start : placed.end]) is not None
        return (value.end - value.start).days > _YEAR and not is_term

    def _in_brackets(self, placed: Placed, quantity: int) -> bool:
        """Whether a date in brackets is of the number before them, and not of one behind ("12% (cuối năm 2021)")."""
        text = self._told.text
        opened = text.rfind("(", max(0, placed.start - 40), placed.start)
        if opened < 0 or ")" in text[opened : placed.start] or ")" not in text[placed.end : quantity]:
            return False
        return next(self._told.of("QUANTITY").overlapping(max(0, opened - 2), opened), None) is not None

    def _is_of_programme(self, placed: Placed) -> bool:
        """Whether a span of years only names a programme ("Chương trình giảm nghèo giai đoạn 2021 - 2025")."""
        if not isinstance(placed.value, Period) or placed.value.grain != "period":
            return False
        sentence = self._told.sentence_at(placed.start)
        before = self._told.text[max(sentence.start, placed.start - 100) : placed.start]
        return self._told.grammar.of_programme.search(before) is not None

    def _term(self, placed: Placed) -> Term:
        assert isinstance(placed.value, Period)
        before = self._told.text[max(0, placed.start - 30) : placed.start]
        said = (placed.start, placed.end)
        value = placed.value
        if self._told.grammar.until.search(before) and not self._told.grammar.since.search(before):
            point = self._told.grammar.at_point.search(before)
            if point and value.start == value.end and not self._told.grammar.reaching.search(before):
                return Term(value.start, value.end, said)
            return Term(None, value.end, said)
        return Term(value.start, value.end, said)
