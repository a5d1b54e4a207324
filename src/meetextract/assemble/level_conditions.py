"""Which numbers are levels of an indicator: the conditions that a number with its indicator has to meet."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from meetextract.assemble.directive import Directive
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.levels import Found
from meetextract.assemble.trace import Reason
from meetextract.assemble.view import Sentence
from meetextract.records import Span

_CLAUSE_SIGN = regex.compile(r"[,;:.\"]\s")
_SIGN = regex.compile(r"[,;:.]")
_NEAR_LEVEL = 25


def why_no_level(
    told: Discourse, directives: Sequence[Directive], sentence: Sentence, one: Found, before: Sequence[Found]
) -> Reason | None:
    """Why a number is no level of an indicator, or None.

    Args:
        told: the article.
        directives: its directives: most numbers inside them are part of a task.
        sentence: the sentence of the number.
        one: the number with its indicator.
        before: the levels before it in its segment, or the last one before that.
    """
    level, grammar = one.level, told.grammar
    context = told.text[max(sentence.start, level.start - 120) : level.start]
    share = level.amount.unit is not None and "%" in level.amount.unit
    chained = bool(before) and level.chained and one.pieces == before[-1].pieces
    clause = _CLAUSE_SIGN.split(context)[-1]
    if sentence.block == "caption":
        return "in_caption"
    if grammar.credit.match(told.text, sentence.end):
        return "in_caption"
    if grammar.asked.search(told.text, *_segment(told, sentence, level.start)):
        return "opinion_or_market"
    if "?" in told.text[level.end : sentence.end] or _is_narrated(told, one):
        return "describes"
    if grammar.denied.search(clause) or grammar.norm.search(clause):
        return "describes"
    if chained or share:
        if (
            share
            and not chained
            and is_inside(directives, level.start)
            and not level.linked
            and level.amount.comparator == "eq"
            and level.amount.value != 100
        ):
            return "inside_task"
        return None
    if is_inside(directives, level.start):
        return None if _is_limit(told, sentence, one) else "inside_task"
    of_agenda = level.amount.unit in told.vocabulary.agenda and level.amount.of is None
    if of_agenda or grammar.awarded.search(clause[-60:]):
        return "award_or_agenda"
    near = context[-40:]
    worked = _follows_verb(told, sentence, level.start) or grammar.received.search(near) is not None
    is_size = level.amount.unit in told.vocabulary.sizes
    if is_size and grammar.dimension.search(told.text, *level.left):
        return "size"
    if is_size and not level.linked and level.amount.change is None and not worked:
        return "size"
    if (
        level.amount.unit in told.vocabulary.population
        and grammar.having.search(near)
        and one.level.right[0] >= one.level.right[1]
    ):
        return "describes"
    if level.amount.change is not None or level.amount.of is not None:
        return None
    wanted = level.amount.comparator in ("ge", "le") or goal_before(told, sentence, level.start) is not None
    if grammar.for_each.search(near) and not wanted:
        return "describes"
    if before and grammar.extent.search(near):
        return None
    if grammar.of_thing.search(near) or grammar.described.search(near):
        given = grammar.given_to.search(near) is not None and bool(
            told.within("task", level.start - len(clause), level.start)
        )
        reported = (
            given or grammar.reported.search(clause) is not None
        ) and level.amount.unit not in told.vocabulary.places
        return None if reported and not grammar.described.search(near) else "describes"
    if grammar.measured.search(near) or level.linked or _follows_verb(told, sentence, level.start):
        return None
    if before and level.separator in (",", "và", "("):
        return None
    heads = level.left[0] >= level.left[1] and not level.part
    if heads and grammar.came_about.search(told.text, level.end, level.reach):
        return None
    return "not_measured"


def _is_narrated(told: Discourse, one: Found) -> bool:
    """Whether the words before a number tell of somebody or of what a document says."""
    first = one.pieces[0]
    if first[0] >= one.level.start:
        return False
    told_of = told.grammar.of_person.search(told.text, *first) or told.grammar.of_paper.match(told.text, *first)
    return told_of is not None and not one.level.linked


def _segment(told: Discourse, sentence: Sentence, offset: int) -> Span:
    """The stretch between semicolons that holds an offset."""
    return next(((start, end) for start, end in told.segments(sentence) if start <= offset < end), (offset, offset))


def _is_limit(told: Discourse, sentence: Sentence, one: Found) -> bool:
    """Whether a number inside a directive says how much is wanted: at least, at most, or up or down to so much."""
    level = one.level
    if told.grammar.described.search(told.text, max(sentence.start, level.start - 40), level.start):
        return False
    if level.amount.comparator in ("ge", "le"):
        return True
    if told.grammar.sets_level.search(told.text, sentence.start, level.start):
        return True
    compared = level.amount.comparator in ("gt", "lt") or goal_before(told, sentence, level.start) is not None
    return compared and level.linked


def is_bare(told: Discourse, sentence: Sentence, one: Found, *, has_period: bool, is_wanted: bool) -> bool:
    """Whether nothing tells that a number was reached or is wanted: no period, no word of work in its sentence."""
    if has_period or is_wanted or one.level.amount.unit in told.vocabulary.percents:
        return False
    if one.level.amount.change is not None or one.level.amount.of is not None:
        return False
    if _follows_verb(told, sentence, one.level.start):
        return False
    return told.grammar.work.search(told.text, sentence.start, sentence.end) is None


def is_sure(told: Discourse, one: Found, *, has_period: bool) -> bool:
    """Whether a number outside of a report on official work is a result all the same.

    The press counts everything. What it counts is a result of official work where a share or a change is said to be
    reached or is compared, or where a number has a period and is said to be reached.
    """
    level = one.level
    measured = level.amount.change is not None or level.amount.of is not None or level.amount.unit == "%"
    reached = told.grammar.reached_level.search(told.text[max(0, level.start - _NEAR_LEVEL) : level.start]) is not None
    if has_period and (measured or reached or _follows_verb(told, told.sentence_at(level.start), level.start)):
        return True
    return measured and (reached or told.grammar.base.match(told.text, level.end) is not None)


def is_measured(told: Discourse, one: Found) -> bool:
    """Whether a level says itself that it is measured ("số đã kê khai là 64"): so it is in any article."""
    level = one.level
    return is_measured_head(told, one) and (level.linked or level.amount.change is not None or level.bracketed)


def is_measured_head(told: Discourse, one: Found) -> bool:
    """Whether an indicator begins with a noun of what is measured ("tỷ lệ", "tổng thu")."""
    return told.grammar.indicator_begins.match(told.text, *one.pieces[0]) is not None


def _follows_verb(told: Discourse, sentence: Sentence, quantity: int) -> bool:
    """Whether a verb stands right before a number: one of work, or any by its tag ("hiến 120 m2 đất")."""
    hit = told.grammar.word_before.search(told.text, max(sentence.start, quantity - 40), quantity)
    is_verb = hit is not None and told.part_of_speech(hit.start("word")) == "V"
    return is_verb or _follows_task(told, sentence, quantity)


def _follows_task(told: Discourse, sentence: Sentence, quantity: int) -> bool:
    """Whether a verb of work stands right before a number, an adverb between them at most."""
    text = told.text
    return any(
        len(text[cue.end : quantity].split()) <= 2 and not _SIGN.search(text, cue.end, quantity)
        for cue in told.within("task", max(sentence.start, quantity - 40), quantity)
    )


def is_inside(directives: Sequence[Directive], offset: int) -> bool:
    """Whether an offset lies inside a directive."""
    return any(d.start <= offset < d.end for d in directives)


def goal_before(told: Discourse, sentence: Sentence, offset: int) -> Mark | None:
    """The last words before an offset, in its sentence, that open goals."""
    goals = told.within("goal", sentence.start, offset)
    return goals[-1] if goals else None


def continues(one: Found, behind: Found) -> bool:
    """Whether a level behind is one more of the same indicator, or of a part of what it counts."""
    return behind.pieces[: len(one.pieces)] == one.pieces or behind.level.bracketed
