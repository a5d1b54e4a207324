"""Targets and results: each level of an indicator, wanted or reached, as an entry of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from meetextract.assemble.directives import Directive
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.home import Home
from meetextract.assemble.levels import Found, is_span_of_time, read_levels, share_predicates
from meetextract.assemble.periods import NO_TERM, Term, Terms
from meetextract.assemble.trace import Reason, Trace
from meetextract.assemble.view import Sentence
from meetextract.normalise.documents import Document
from meetextract.normalise.quantities import Amount
from meetextract.records import Identifiers, Span, Target, WhyEmpty

Status = Literal["target", "result"]

_CLAUSE_SIGN = regex.compile(r"[,;:.\"]\s")
_SIGN = regex.compile(r"[,;:.]")
_LONGEST_GOAL, _NEAR_COUNT = 260, 40
_HEAD, _ALIKE = 4, 0.5
"""What so many sentences at the head tell, and in so many of its words, the text tells again."""
_ROUNDED = 0.06
"""Percent points by which a share may differ from its ratio: it is printed with one decimal or two."""


@dataclass(slots=True)
class _Read:
    """A level with its status and period, before it becomes an entry; offsets are folded."""

    found: Found | None
    pieces: list[Span]
    start: int
    end: int
    status: Status
    term: Term
    pattern: str
    checks: list[str]


def target_entries(
    told: Discourse,
    directives: Sequence[Directive],
    home: Home,
    met_on: date | None,
    trace: Trace,
    identifiers: Identifiers,
) -> tuple[Target, ...]:
    """The targets and results of an article in the order of the text."""
    reader = _Reader(told, directives, met_on, trace)
    for sentence in told.content():
        reader.read(sentence)
    kept = list(_once(told, reader.read_so_far))
    _check_arithmetic(kept)
    return tuple(_entry(told, one, home, identifiers) for one in sorted(kept, key=lambda r: (r.start, r.end)))


class _Reader:
    """Goes through an article with the list that is open: what its head says holds for its items."""

    def __init__(self, told: Discourse, directives: Sequence[Directive], met_on: date | None, trace: Trace) -> None:
        self._told = told
        self._directives = directives
        self._met_on = met_on or told.view.layout.published
        self._trace = trace
        self._terms = Terms(told)
        self._goal = False
        self._listed = False
        self._block = -1
        self.read_so_far: list[_Read] = []

    def read(self, sentence: Sentence) -> None:
        """Reads one sentence: its levels, then its goals without a number."""
        told = self._told
        self._terms.enter(sentence)
        goals = told.within("goal", sentence.start, sentence.end)
        block = told.view.block_at(told.span(sentence.start, sentence.end)[0])
        if block != self._block:
            self._block = block
            if not goals and not self._number_headed(sentence):
                self._goal = self._listed = False
        before: Found | None = None
        rows: list[tuple[Found, _Read]] = []
        for start, end in told.segments(sentence):
            found = read_levels(told, sentence, start, end, before)
            kept: list[Found] = []
            for at, one in enumerate(found):
                reason = self._why_not(sentence, one, kept or ([before] if before else []))
                follows = found[at + 1] if at + 1 < len(found) else None
                if (
                    reason == "describes"
                    and follows is not None
                    and (follows.level.bracketed or follows.level.amount.change)
                ):
                    reason = None
                if reason == "not_measured" and (
                    before is not None or kept or (follows is not None and _continues(one, follows))
                ):
                    reason = None
                if reason is not None:
                    place = told.span(one.level.start, one.level.end)
                    self._trace.reject("target", place, one.level.pattern, reason)
                    continue
                read = self._levelled(sentence, start, end, one, goals)
                if self._is_bare(sentence, one, read):
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
            elif goals:
                self._goals_beside_numbers(sentence, start, end, goals, kept)
        share_predicates(told, [one for one, _ in rows])
        for one, read in rows:
            read.pieces, read.end = list(one.pieces), max(read.end, one.end)
            self.read_so_far.append(read)
        self._listed = self._listed or any(
            self._told.grammar.list_head.search(told.text[g.end : sentence.end][:3]) for g in goals
        )

    def _trace_unread(self, start: int, end: int, read: set[int]) -> None:
        """Notes the quantities of a segment that measure nothing by themselves."""
        for mark in self._told.within("QUANTITY", start, end):
            if isinstance(mark.value, Amount) and mark.start not in read:
                reason: Reason = "span_of_time" if is_span_of_time(self._told, mark.value) else "no_indicator"
                self._trace.reject("target", self._told.span(mark.start, mark.end), mark.pattern, reason)

    # --- which numbers are levels -----------------------------------------------------------------------------------

    def _why_not(self, sentence: Sentence, one: Found, before: Sequence[Found]) -> Reason | None:
        """Why a number is no level of an indicator, or None."""
        told, level = self._told, one.level
        context = told.text[max(sentence.start, level.start - 120) : level.start]
        share = level.amount.unit is not None and "%" in level.amount.unit
        chained = bool(before) and level.chained and one.pieces == before[-1].pieces
        if sentence.block == "caption":
            return "in_caption"
        if self._told.grammar.asked.search(told.text[sentence.start : sentence.end]):
            return "opinion_or_market"
        if chained or share:
            if (
                share
                and not chained
                and self._inside_directive(level.start)
                and not level.linked
                and level.amount.comparator == "eq"
                and level.amount.value != 100
            ):
                return "inside_task"
            return None
        if self._inside_directive(level.start):
            limit = level.amount.comparator in ("ge", "le", "gt", "lt") or _goal_before(told, sentence, level.start)
            return None if limit and level.linked else "inside_task"
        clause = _CLAUSE_SIGN.split(context)[-1]
        if level.amount.unit in told.vocabulary.agenda or self._told.grammar.awarded.search(clause[-60:]):
            return "award_or_agenda"
        near = context[-40:]
        worked = self._follows_verb(sentence, level.start) or told.grammar.received.search(near) is not None
        if (
            level.amount.unit in told.vocabulary.sizes
            and not level.linked
            and level.amount.change is None
            and not worked
        ):
            return "size"
        if (
            level.amount.unit in told.vocabulary.population
            and told.grammar.having.search(near)
            and one.level.right[0] >= one.level.right[1]
        ):
            return "describes"
        if level.amount.change is not None or level.amount.of is not None:
            return None
        if before and self._told.grammar.extent.search(near):
            return None
        if self._told.grammar.of_thing.search(near) or self._told.grammar.described.search(near):
            given = told.grammar.given_to.search(near) is not None and bool(
                self._told.within("task", level.start - len(clause), level.start)
            )
            reported = (
                given or self._told.grammar.reported.search(clause) is not None
            ) and level.amount.unit not in told.vocabulary.places
            return None if reported and not self._told.grammar.described.search(near) else "describes"
        if self._told.grammar.measured.search(near) or level.linked or self._follows_verb(sentence, level.start):
            return None
        if before and level.separator in (",", "và", "("):
            return None
        return "not_measured"

    def _is_bare(self, sentence: Sentence, one: Found, read: _Read) -> bool:
        """Whether nothing tells that a number was reached or is wanted: no period, and no word of work in its sentence."""
        if (
            read.term.end is not None
            or read.status == "target"
            or one.level.amount.unit in self._told.vocabulary.percents
        ):
            return False
        if one.level.amount.change is not None or one.level.amount.of is not None:
            return False
        return self._told.grammar.work.search(self._told.text, sentence.start, sentence.end) is None

    def _follows_verb(self, sentence: Sentence, quantity: int) -> bool:
        """Whether a verb of work stands right before a number, an adverb between them at most."""
        text = self._told.text
        return any(
            len(text[cue.end : quantity].split()) <= 2 and not _SIGN.search(text, cue.end, quantity)
            for cue in self._told.within("task", max(sentence.start, quantity - 40), quantity)
        )

    def _inside_directive(self, offset: int) -> bool:
        return any(d.start <= offset < d.end for d in self._directives)

    # --- status and period ------------------------------------------------------------------------------------------

    def _levelled(self, sentence: Sentence, start: int, end: int, one: Found, goals: Sequence[Mark]) -> _Read:
        quantity = one.level.start
        term = self._terms.of(sentence, start, quantity, one.level.reach, one.pieces)
        status = self._status(sentence, quantity, term)
        if status == "target":
            term = self._wanted_by(term if term.end else self._terms.of_goal(sentence, start, quantity, one.end))
        begin = one.start
        goal = next(
            (g for g in reversed(goals) if g.end <= begin and not self._told.text[g.end : begin].strip(" ,")), None
        )
        if goal is not None and not self._told.grammar.goal_noun.search(self._told.text, goal.start, goal.end):
            begin = goal.start
        return _Read(one, list(one.pieces), begin, max(one.end, one.level.end), status, term, one.level.pattern, [])

    def _wanted_by(self, term: Term) -> Term:
        """The period of a goal: what is over when the article is written is carried on by mistake."""
        over = term.end is not None and self._met_on is not None and term.end < self._met_on
        return NO_TERM if over else term

    def _status(self, sentence: Sentence, quantity: int, term: Term) -> Status:
        told = self._told
        goal = _goal_before(told, sentence, quantity)
        reached = [m for m in told.within("reached", sentence.start, quantity)]
        if goal is not None:
            later = [m for m in reached if m.start > goal.start]
            if not later and self._told.grammar.trigger.search(told.text[goal.start : goal.end]):
                self._goal = True
            return "result" if later else "target"
        if self._is_over(sentence, term):
            self._goal = False
            return "result"
        if reached:
            self._goal = False
            return "result"
        if self._inside_directive(quantity):
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
        said_here = term.said is not None and sentence.start <= term.said[0] < sentence.end
        return said_here and term.end is not None and self._met_on is not None and term.end < self._met_on

    def _number_headed(self, sentence: Sentence) -> bool:
        first = next(iter(self._told.within("QUANTITY", sentence.start, sentence.end)), None)
        return first is not None and not self._told.text[sentence.start : first.start].strip(" -+*•\"'")

    # --- goals without a number -------------------------------------------------------------------------------------

    def _goals_without_number(self, sentence: Sentence, start: int, end: int, goals: Sequence[Mark]) -> None:
        told = self._told
        own = [g for g in goals if start <= g.start < end]
        for goal in own:
            self._goal = self._goal or self._told.grammar.trigger.search(told.text[goal.start : goal.end]) is not None
            if not self._told.grammar.trigger.search(
                told.text[goal.start : goal.end]
            ) or self._told.grammar.no_goal_behind.match(told.text, goal.end, end):
                continue
            self._add_goal(sentence, goal.start, goal.end, end, goal.pattern)
        if not own and self._goal and self._is_item(sentence, start, end):
            self._add_goal(sentence, start, start, end, "cues.goal")

    def _goals_beside_numbers(
        self, sentence: Sentence, start: int, end: int, goals: Sequence[Mark], kept: Sequence[Found]
    ) -> None:
        """The comma-parted items of a row behind "phấn đấu" that have no number."""
        told = self._told
        own = [g for g in goals if start <= g.start < end]
        if not own:
            return
        if not told.grammar.strive.search(told.text, own[0].start, own[0].end):
            return
        first = own[0]
        at = first.end
        pieces = [(hit.start(), hit.end()) for hit in regex.finditer(r",\s", told.text[at:end])]
        bounds = [at, *(at + b for _, b in pieces), end]
        for begin, close in zip(bounds, bounds[1:], strict=False):
            if any(begin <= f.level.start < close or f.start < close and begin < f.end for f in kept):
                continue
            if _starts_with_verb(told, begin):
                opens = begin == at
                self._add_goal(sentence, first.start if opens else begin, begin, close, first.pattern)

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
        return numbered and end - start >= 15 and not self._inside_directive(start)

    def _add_goal(self, sentence: Sentence, quote: int, at: int, end: int, pattern: str) -> None:
        told = self._told
        if self._inside_directive(quote):
            return
        hit = self._told.grammar.goal_head.match(told.text, at, end)
        begin = hit.end() if hit else at
        stop = self._told.grammar.goal_stop.search(told.text, begin, end)
        close = stop.start() if stop else end
        close = begin + len(told.text[begin:close].rstrip(" \n\t,.;:…\"'/)"))
        bracket = told.text.find(" (", begin, close)
        close = bracket if bracket > 0 else close
        counted = told.within("COUNT", begin, min(close, begin + _NEAR_COUNT))
        if counted or any(d.start < close and begin < d.end for d in self._directives):
            return
        if not 10 <= close - begin <= _LONGEST_GOAL or any(r.start <= begin < r.end for r in self.read_so_far):
            return
        if not _starts_with_verb(told, begin) and at == quote:
            pass
        term = self._wanted_by(self._terms.of_goal(sentence, quote, begin, end))
        start = quote if quote < at else begin
        self.read_so_far.append(_Read(None, [(begin, close)], start, close, "target", term, pattern, []))


def _continues(one: Found, behind: Found) -> bool:
    """Whether a level behind is one more of the same indicator, or of a part of what it counts."""
    return behind.pieces[: len(one.pieces)] == one.pieces or behind.level.bracketed


def _goal_before(told: Discourse, sentence: Sentence, offset: int) -> Mark | None:
    goals = [g for g in told.within("goal", sentence.start, offset)]
    return goals[-1] if goals else None


def _starts_with_verb(told: Discourse, offset: int) -> bool:
    hit = told.grammar.goal_head.match(told.text, offset)
    at = hit.end() if hit else offset
    return next(told.of("task").overlapping(at, at + 1), None) is not None


def _once(told: Discourse, reads: Sequence[_Read]) -> Iterator[_Read]:
    """The levels without those at the head of the article that its text tells again."""
    head = told.content()[:_HEAD]
    close = head[-1].end if head else 0
    for at, one in enumerate(reads):
        again = one.start < close and any(_same(told, one, other) for other in reads[at + 1 :])
        if not again:
            yield one


def _same(told: Discourse, one: _Read, other: _Read) -> bool:
    """Whether two places tell the same level of the same indicator."""
    if (one.found is None) != (other.found is None) or one.status != other.status:
        return False
    if one.found and other.found and one.found.level.amount != other.found.level.amount:
        return False
    some, others = ({w for piece in r.pieces for w in told.words(*piece).lower().split()} for r in (one, other))
    return 2 * len(some & others) >= _ALIKE * (len(some) + len(others))


# --- arithmetic -------------------------------------------------------------------------------------------------------


def _check_arithmetic(reads: Sequence[_Read]) -> None:
    """Flags shares that are not what their ratio comes to, and parts that are more than their whole."""
    for one, behind in zip(reads, reads[1:], strict=False):
        ratio, share = one.found, behind.found
        if ratio is None or share is None or ratio.pieces != share.pieces:
            continue
        a, b = ratio.level.amount, share.level.amount
        if a.of and b.unit == "%" and b.change is None and b.comparator == "eq":
            percent = 100 * float(a.value) / float(a.of)
            if abs(percent - float(b.value)) > max(_ROUNDED, _last_digit(b.value)):
                behind.checks.append("ratio_mismatch")


def _last_digit(value: float) -> float:
    """One unit of the last decimal that a number is written with."""
    decimals = len(str(value).partition(".")[2].rstrip("0"))
    return 10.0**-decimals


# --- entries ----------------------------------------------------------------------------------------------------------


def _entry(told: Discourse, one: _Read, home: Home, identifiers: Identifiers) -> Target:
    amount = one.found.level.amount if one.found else None
    indicator = " … ".join(told.words(*piece) for piece in one.pieces)
    start = one.term.start.isoformat() if one.term.start else None
    end = one.term.end.isoformat() if one.term.end else None
    holder = _holder(told, one, home)
    document = _document(told, one)
    why: WhyEmpty = {}
    for slot, value in (("value", amount), ("end", end), ("holder", holder), ("document", document)):
        if value is None:
            why[slot] = "not_stated"
    return Target(
        id=identifiers.of(
            "target",
            [one.status, indicator.lower(), amount.value if amount else None, amount.unit if amount else None, end],
        ),
        quote=told.words(one.start, one.end),
        span=told.span(one.start, one.end),
        status=one.status,
        indicator=indicator,
        indicator_spans=tuple(told.span(*piece) for piece in one.pieces),
        comparator=amount.comparator if amount else None,
        value=amount.value if amount else None,
        max=amount.max if amount else None,
        of=amount.of if amount else None,
        unit=amount.unit if amount else None,
        change=amount.change if amount else None,
        base=_base(told, one),
        start=start,
        end=end,
        period_span=told.span(*one.term.said) if one.term.said else None,
        holder=holder,
        document=document,
        checks=tuple(one.checks),
        pattern=one.pattern,
        why_empty=why,
    )


def _base(told: Discourse, one: _Read) -> str | None:
    """What a level or a change is compared with ("so với năm 2020", "dự toán tỉnh giao")."""
    if one.found is None:
        return None
    hit = told.grammar.base.match(told.text, one.found.level.end)
    return " ".join(hit["base"].split()) if hit else None


def _holder(told: Discourse, one: _Read, home: Home) -> str | None:
    """Whose level it is: the unit or area that its sentence begins with, else the area that the article is about."""
    sentence = told.sentence_at(one.start)
    for actor in told.actors.overlapping(sentence.start, one.start):
        if actor.start >= sentence.start and actor.kind in ("unit", "area") and actor.name:
            return actor.name
    area = home.main()
    return " ".join(filter(None, (area.kind, area.name))) if area else None


def _document(told: Discourse, one: _Read) -> str | None:
    """The document that sets a target: the last one named before it in its paragraph."""
    if one.status != "target":
        return None
    block = told.view.block_at(told.span(one.start, one.end)[0])
    start = told.view.folded.to_folded(block, block)[0]
    marks = [m for m in told.within("DOCUMENT", start, one.end) if isinstance(m.value, Document)]
    if not marks:
        return None
    value = marks[-1].value
    assert isinstance(value, Document)
    return value.symbol
