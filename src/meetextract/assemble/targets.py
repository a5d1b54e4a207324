"""Targets and results: each level of an indicator, wanted or reached, as an entry of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import regex

from meetextract.assemble.corroboration import corroborated
from meetextract.assemble.directive import Directive
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.document_references import DocumentReferences
from meetextract.assemble.home import Home
from meetextract.assemble.indicators import clean_left, skip_dates
from meetextract.assemble.level_conditions import (
    continues,
    goal_before,
    is_bare,
    is_inside,
    is_measured,
    is_sure,
    why_no_level,
)
from meetextract.assemble.levels import Found, is_span_of_time, read_levels, share_predicates
from meetextract.assemble.periods import NO_TERM, Term, Terms, opens_list
from meetextract.assemble.target_entries import ReadLevel, Status, check_arithmetic, target_entry, tell_once
from meetextract.assemble.trace import Reason, Trace
from meetextract.assemble.view import Sentence
from meetextract.normalise.quantities import Amount
from meetextract.records import Identifiers, Meeting, Target

_COMMA = regex.compile(r",\s")
_LONGEST_GOAL, _NEAR_COUNT = 260, 40
_TO_COME = 3
"""A report on a period is written in its last third at the earliest."""
_MEASURED = ("quantities.money", "quantities.percent")
"""Quantities that no goal without a number has; a count may belong to its name ("xây 3 cầu")."""


def target_entries(
    told: Discourse,
    directives: Sequence[Directive],
    documents: DocumentReferences,
    home: Home,
    meeting: Meeting | None,
    trace: Trace,
    identifiers: Identifiers,
) -> tuple[Target, ...]:
    """The targets and results of an article in the order of the text.

    There are none where it tells of no meeting, no directive and no official body, or only lists headlines.
    """
    if told.is_headlines or not (meeting or directives or told.is_official):
        for mark in told.of("QUANTITY").items:
            trace.reject("target", told.span(mark.start, mark.end), mark.pattern, "no_report")
        return ()
    met_on = date.fromisoformat(meeting.date) if meeting and meeting.date else None
    reader = _Reader(told, directives, met_on, trace, of_meeting=meeting is not None)
    for sentence in told.content():
        reader.read(sentence)
    borne_out = list(corroborated(told, reader.read_so_far, trace, of_meeting=meeting is not None))
    kept = list(tell_once(told, borne_out, trace))
    check_arithmetic(told, kept)
    ordered = sorted(kept, key=lambda r: (r.start, r.end))
    return tuple(target_entry(told, one, documents, home, identifiers) for one in ordered)


class _Reader:
    """Goes through an article with the list that is open: what its head says holds for its items."""

    def __init__(
        self, told: Discourse, directives: Sequence[Directive], met_on: date | None, trace: Trace, *, of_meeting: bool
    ) -> None:
        self._told = told
        self._directives = directives
        self._met_on = met_on or told.view.layout.published
        self._trace = trace
        self._of_meeting = of_meeting
        self._terms = Terms(told)
        self._goal = False
        self._in_list = False
        self._wanted_last = False
        self._block = -1
        self.read_so_far: list[ReadLevel] = []

    def read(self, sentence: Sentence) -> None:
        """Reads one sentence: its levels, then its goals without a number."""
        told = self._told
        self._terms.enter(sentence)
        goals = told.within("goal", sentence.start, sentence.end)
        self._goal = self._goal and (self._in_list or self._wanted_last)
        block = told.view.block_at(told.span(sentence.start, sentence.end)[0])
        if block != self._block:
            self._block = block
            if self._in_list and not self._is_line_of_list(sentence):
                self._in_list = False
                self._terms.leave_list()
            if not goals and not self._in_list and not self._number_headed(sentence):
                self._goal = False
        before: Found | None = None
        rows: list[tuple[Found, ReadLevel]] = []
        for start, end in told.segments(sentence):
            found = read_levels(told, sentence, start, end, before)
            kept: list[Found] = []
            dropped: list[Found] = []
            for at, one in enumerate(found):
                reason = why_no_level(told, self._directives, sentence, one, kept or ([before] if before else []))
                if reason is None and one.level.chained and dropped and one.pieces == dropped[-1].pieces:
                    reason = "describes"  # more of what only describes ("diện tích 12 ha, chiếm 76%")
                follows = found[at + 1] if at + 1 < len(found) else None
                if (
                    reason == "describes"
                    and follows is not None
                    and (follows.level.amount.change or (follows.level.bracketed and _is_share(told, follows)))
                ):
                    reason = None
                if reason == "not_measured" and (
                    before is not None or kept or (follows is not None and continues(one, follows))
                ):
                    reason = None
                if reason is not None:
                    if reason in ("describes", "size", "opinion_or_market"):
                        dropped.append(one)
                    place = told.span(one.level.start, one.level.end)
                    self._trace.reject("target", place, one.level.pattern, reason)
                    continue
                self._clip_to_task(one)
                read = self._levelled(sentence, start, end, one, goals)
                has_period, is_wanted = read.term.end is not None, read.status == "target"
                clause = told.text[max(sentence.start, start, one.level.start - 120) : one.level.start]
                if not is_wanted and told.grammar.to_come.search(clause):
                    place = told.span(one.level.start, one.level.end)
                    self._trace.reject("target", place, one.level.pattern, "describes")
                    continue
                # What a meeting hears goes on with one period; a story goes from one to the next.
                has_own = self._is_said_in(sentence, read.term) or (has_period and self._of_meeting)
                if (told.is_affair and not is_measured(told, one)) or not (
                    is_wanted or told.is_report or is_sure(told, one, has_period=has_own)
                ):
                    place = told.span(one.level.start, one.level.end)
                    self._trace.reject("target", place, one.level.pattern, "no_report")
                    continue
                if is_bare(
                    told,
                    sentence,
                    one,
                    has_period=has_period,
                    is_wanted=is_wanted,
                ):
                    self._trace.reject(
                        "target", told.span(one.level.start, one.level.end), one.level.pattern, "describes"
                    )
                    continue
                kept.append(one)
                rows.append((one, read))
            self._trace_unread(start, end, {one.level.start for one in found})
            before = kept[-1] if kept else before
            if not told.within("QUANTITY", start, end):
                self._goals_without_number(sentence, start, end, goals)
            elif goals or self._goal:
                self._goals_beside_numbers(sentence, start, end, goals, kept)
        if goals and opens_list(told, sentence):
            term = self._terms.of(sentence, sentence.start, sentence.end, sentence.end)
            self._goal, self._in_list = not self._is_over(sentence, term), True
        self._wanted_last = bool(goals) or any(read.status == "target" for _, read in rows)
        share_predicates(told, [one for one, _ in rows])
        for one, read in rows:
            read.pieces, read.end = list(one.pieces), max(read.end, one.end)
            self.read_so_far.append(read)

    def _trace_unread(self, start: int, end: int, read: set[int]) -> None:
        """Notes the quantities of a segment that measure nothing by themselves."""
        for mark in self._told.within("QUANTITY", start, end):
            if isinstance(mark.value, Amount) and mark.start not in read:
                reason: Reason = "span_of_time" if is_span_of_time(self._told, mark.value) else "no_indicator"
                self._trace.reject("target", self._told.span(mark.start, mark.end), mark.pattern, reason)

    # --- status and period ------------------------------------------------------------------------------------------

    def _levelled(self, sentence: Sentence, start: int, end: int, one: Found, goals: Sequence[Mark]) -> ReadLevel:
        quantity = one.level.start
        term = self._terms.of(sentence, start, quantity, one.level.reach, one.pieces)
        status = self._status(sentence, quantity, term)
        if status == "result" and self._told.is_report:
            term = self._terms.of_result(sentence, start, quantity, one.level.reach, one.pieces)
        if status == "result":
            term = self._reached_by(sentence, term)
        elif status == "target":
            term = self._wanted_by(term if term.end else self._terms.of_goal(sentence, start, quantity, one.end))
        begin = one.start
        goal = next(
            (g for g in reversed(goals) if g.end <= begin and not self._told.text[g.end : begin].strip(" ,")), None
        )
        if goal is not None and not self._told.grammar.goal_noun.search(self._told.text, goal.start, goal.end):
            begin = goal.start
        return ReadLevel(one, list(one.pieces), begin, max(one.end, one.level.end), status, term, one.level.pattern, [])

    def _clip_to_task(self, one: Found) -> None:
        """Leaves out who is told by whom: inside a directive an indicator begins with the task at the earliest."""
        tasks = (task for d in self._directives for task in d.tasks)
        task = next((start for start, end in tasks if start <= one.level.start < end), None)
        first = one.pieces[0]
        if task is None or not first[0] < task < first[1]:
            return
        left = clean_left(self._told, task, one.level.start)
        if left[0] < left[1]:
            one.pieces[0], one.start = left, left[0]

    def _wanted_by(self, term: Term) -> Term:
        """The period of a goal: what is over when the article is written is carried on by mistake."""
        over = term.end is not None and self._met_on is not None and term.end < self._met_on
        return NO_TERM if over else term

    def _reached_by(self, sentence: Sentence, term: Term) -> Term:
        """The period of a result: one that has not nearly passed when the article is written is of goals before it."""
        if term.end is None or self._met_on is None or self._is_said_in(sentence, term):
            return term
        begin = term.start or self._met_on
        return NO_TERM if _TO_COME * (term.end - self._met_on) > term.end - begin else term

    def _status(self, sentence: Sentence, quantity: int, term: Term) -> Status:
        told = self._told
        goal = goal_before(told, sentence, quantity)
        reached = told.within("reached", sentence.start, quantity)
        if goal is not None:
            later = [m for m in reached if m.start >= goal.end]
            if not later and self._told.grammar.trigger.search(told.text[goal.start : goal.end]):
                self._goal = True
            return "result" if later else "target"
        if self._is_over(sentence, term):
            self._goal = False
            return "result"
        if reached:
            self._goal = False
            return "result"
        if is_inside(self._directives, quantity):
            return "target"
        if self._goal:
            return "target"
        if (
            term.end is not None
            and self._met_on is not None
            and term.end > self._met_on
            and (term.start is None or term.start > self._met_on)
        ):
            return "target"
        return "result"

    def _is_over(self, sentence: Sentence, term: Term) -> bool:
        """Whether the period that a sentence speaks of ended before the article was written."""
        is_past = term.end is not None and self._met_on is not None and term.end < self._met_on
        return is_past and self._is_said_in(sentence, term)

    def _is_said_in(self, sentence: Sentence, term: Term) -> bool:
        return term.said is not None and sentence.start <= term.said[0] < sentence.end

    def _is_line_of_list(self, sentence: Sentence) -> bool:
        """Whether a block goes on with the open list: it begins with a sign of lists or with what is measured."""
        text, grammar = self._told.text, self._told.grammar
        return (
            grammar.list_sign.match(text, sentence.start, sentence.end) is not None
            or grammar.indicator_begins.match(text, sentence.start, sentence.end) is not None
            or text[sentence.start : sentence.end].rstrip().endswith(";")
        )

    def _number_headed(self, sentence: Sentence) -> bool:
        first = next(iter(self._told.within("QUANTITY", sentence.start, sentence.end)), None)
        return first is not None and not self._told.text[sentence.start : first.start].strip(" -+*•\"'")

    # --- goals without a number -------------------------------------------------------------------------------------

    def _goals_without_number(self, sentence: Sentence, start: int, end: int, goals: Sequence[Mark]) -> None:
        told = self._told
        own = [g for g in goals if start <= g.start < end]
        for goal in own:
            if not told.grammar.trigger.search(told.text, goal.start, goal.end):
                continue
            self._goal = True
            if told.grammar.no_goal_behind.match(told.text, goal.end, end) or opens_list(told, sentence):
                continue
            begin, quote = goal.end, goal.start
            stop = told.grammar.goal_stop.search(told.text, goal.end, end)
            for comma in _COMMA.finditer(told.text, goal.end, stop.start() if stop else end):
                if _starts_with_verb(told, comma.end()):
                    self._add_goal(sentence, quote, begin, comma.start(), goal.pattern)
                    begin = quote = comma.end()
            self._add_goal(sentence, quote, begin, end, goal.pattern)
        if not own and self._goal and self._is_item(sentence, start, end):
            self._add_goal(sentence, start, start, end, "cues.goal")

    def _goals_beside_numbers(
        self, sentence: Sentence, start: int, end: int, goals: Sequence[Mark], kept: Sequence[Found]
    ) -> None:
        """The comma-parted items of a row of goals that have no number ("phấn đấu …, không còn chi bộ yếu kém")."""
        told = self._told
        own = [g for g in goals if start <= g.start < end]
        strives = bool(own) and told.grammar.strive.search(told.text, own[0].start, own[0].end) is not None
        at, pattern = (own[0].end, own[0].pattern) if own else (start, "cues.goal")
        if not strives and not (self._goal and kept):
            return
        bounds = [at, *(hit.end() for hit in _COMMA.finditer(told.text, at, end)), end]
        for begin, close in pairwise(bounds):
            measured = any(m.pattern.startswith(_MEASURED) for m in told.within("QUANTITY", begin, close))
            if measured or any(f.start < close and begin < f.end for f in kept):
                continue
            none_left = told.grammar.none_left.match(told.text, begin, close) is not None
            if none_left or (strives and _starts_with_verb(told, begin)):
                opens = strives and begin == at
                self._add_goal(sentence, own[0].start if opens else begin, begin, close, pattern)

    def _is_item(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a segment without a trigger is an item of a list of goals: others of its sentence have numbers."""
        told = self._told
        if told.within("COUNT", start, end) or told.within("reached", start, end):
            self._goal = self._goal and not told.within("COUNT", start, end)
            return False
        numbered = any(
            sentence.start <= m.start and not start <= m.start < end
            for m in told.within("QUANTITY", sentence.start, sentence.end)
        )
        listed = self._in_list and told.grammar.list_sign.match(told.text, start, end) is not None
        own_list = told.text[start:end].rstrip().endswith(":")
        return (numbered or listed) and not own_list and end - start >= 15 and not is_inside(self._directives, start)

    def _add_goal(self, sentence: Sentence, quote: int, at: int, end: int, pattern: str) -> None:
        told = self._told
        if is_inside(self._directives, quote):
            return
        begin = skip_dates(told, told.match_end(told.grammar.goal_head, at, end), end)
        stop = told.grammar.goal_stop.search(told.text, begin, end)
        close = stop.start() if stop else end
        close = begin + len(told.text[begin:close].rstrip(" \n\t,.;:…\"'/)"))
        bracket = told.text.find(" (", begin, close)
        close = bracket if bracket > 0 else close
        counted = told.within("COUNT", begin, min(close, begin + _NEAR_COUNT))
        if counted or any(d.start < close and begin < d.end for d in self._directives):
            return
        if not 10 <= close - begin <= _LONGEST_GOAL or any(r.start <= begin < r.end for r in self.read_so_far):
            return
        term = self._wanted_by(self._terms.of_goal(sentence, quote, begin, end))
        start = quote if quote < at else begin
        self.read_so_far.append(ReadLevel(None, [(begin, close)], start, close, "target", term, pattern, []))


def _is_share(told: Discourse, one: Found) -> bool:
    return one.level.amount.unit in told.vocabulary.percents


def _starts_with_verb(told: Discourse, offset: int) -> bool:
    at = told.match_end(told.grammar.goal_head, offset, len(told.text))
    return next(told.of("task").overlapping(at, at + 1), None) is not None
