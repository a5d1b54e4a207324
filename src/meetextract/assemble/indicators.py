"""What a level measures: the fewest words that say it, taken from both sides of the number.

A number stands behind its indicator ("tỷ lệ hài lòng đạt trên 97%"), before it ("100% hộ nghèo được vay vốn") or inside
("phủ 90% hộ gia đình"). Items of a row share what only one of them says: a predicate behind them, a stem before them.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from meetextract.assemble.discourse import Discourse
from meetextract.normalise.quantities import Amount
from meetextract.records import Span

# Words between an indicator and its number; they are no part of it.


_LONGEST_VERB = 2
_PUNCTUATION = regex.compile(r"[\s,):]*")


@dataclass(frozen=True, slots=True)
class Level:
    """A number with the words around it that may be its indicator's; offsets are folded.

    Attributes:
        amount: the number's value.
        start: where the number begins, comparator included.
        end: one past its unit.
        counted: where the thing counted begins inside it; `end` where none is.
        left: the words before it that belong to it, cleaned; may be empty.
        right: the words behind it, cleaned; may be empty.
        linked: whether a copula stands between left and number ("đạt", "là").
        chained: whether nothing stands before it but words that continue an earlier level ("tăng", "đạt").
        bracketed: whether it stands in brackets behind another.
        compared: whether words of comparison stand behind it.
        reach: where the words behind it end, tails and comparison included.
        separator: what parts it from the number before it in its segment: ",", "và", "(" or "".
        part: whether it is said to be part of the number before ("trong đó").
        pattern: the pattern that found the number.
    """

    amount: Amount
    start: int
    end: int
    counted: int
    left: Span
    right: Span
    linked: bool
    chained: bool
    bracketed: bool
    compared: bool
    reach: int
    separator: str
    part: bool
    pattern: str


def clean_left(told: Discourse, start: int, end: int) -> Span:
    """The words of a stretch before a number that name an indicator."""
    text = told.text
    start = told.match_end(told.grammar.said_before, start, end)
    said = start = _behind_goal(told, start, end)
    start = told.match_end(told.grammar.indicator_head, start, end)
    lead = told.match_end(told.grammar.lead_in, start, end)
    start = lead if told.text[lead : _strip_right(told, lead, end)].strip(" ,:") else start
    start, end = _around_tense(told, said, start, end)
    start = told.match_end(told.grammar.indicator_head, start, end)
    start = skip_dates(told, start, end)
    start = _skip_doer(told, _skip_actor(told, start, end), end)
    hit = told.grammar.indicator_head.match(text, start, end)
    start = hit.end() if hit else start
    end = _strip_right(told, start, end)
    inner = told.grammar.inner_head.match(text, start, end)
    if inner and not told.grammar.bare_extent.fullmatch(text, inner.end(), end):
        start = inner.end()
    adjective = told.grammar.adjective.search(text[start:end])
    if adjective:
        end = start + adjective.start()
    end = _before_date(told, start, end)
    end = start + len(text[start:end].rstrip(" \n,:;(-"))
    if told.grammar.hollow.fullmatch(text, start, end) or told.grammar.adverbial.fullmatch(text, start, end):
        return end, end
    return start, max(start, end)


def skip_dates(told: Discourse, start: int, end: int) -> int:
    """Behind the dates that a stretch begins with."""
    for placed in told.dates.overlapping(start, end):
        gap = told.text[start : placed.start].strip(" ,(")
        if placed.start >= start and placed.end <= end and (not gap or told.grammar.before_date_gap.fullmatch(gap)):
            start = told.match_end(_PUNCTUATION, placed.end, end)
    return start


def clean_right(told: Discourse, start: int, end: int) -> Span:
    """The words of a stretch behind a number that name an indicator, closing tails left out."""
    text = told.text
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip(" ,:"))
    tail = told.grammar.indicator_tail.search(text[begin:end])
    # a tail needs words before it: "được giải quyết theo quy định"
    if tail is not None and tail.start() > 0 and told.grammar.predicate.search(tail[0]) is None:
        end = begin + tail.start()
    end = _before_date(told, begin, _strip_right(told, begin, end))
    end = begin + len(text[begin:end].rstrip(" \n\t,.;:…\"'/-"))
    if text[end - 1 : end] == ")" and "(" not in text[begin:end]:
        end -= 1
    hanging = told.grammar.dangling.search(text, begin, end)
    return begin, max(begin, hanging.start() if hanging else end)


def is_actor(told: Discourse, span: Span) -> bool:
    """Whether a stretch is nothing but the name of a unit or an area ("xã Hoa Sen đạt 45%")."""
    actor = told.actor_at(span[0])
    return actor is not None and actor.kind in ("unit", "area") and (actor.start, actor.end) == span


def topic(told: Discourse, start: int, end: int) -> Span | None:
    """What a stretch says at its head that it is about ("Về giải ngân, xã Hoa Sen …")."""
    hit = told.grammar.row_topic.match(told.text, start, end)
    return hit.span("topic") if hit else None


def is_comparison(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch behind a number says what it is compared with, or goes on otherwise."""
    return told.grammar.comparison.match(told.text, start, end) is not None


def is_chain(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch before a number only continues an earlier level."""
    return told.grammar.chained.fullmatch(told.text, start, end) is not None


def has_copula(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch before a number ends in "đạt", "là", "chiếm" and the like."""
    return told.grammar.copula.search(told.text[start:end]) is not None


def without_light_verb(told: Discourse, words: str) -> str | None:
    """What stands before a verb that says no more than that there is something; None where there is no such verb."""
    hit = told.grammar.light_verb.fullmatch(words)
    return (hit["subject"] or "").strip() if hit else None


def predicate_of(told: Discourse, span: Span) -> Span | None:
    """Where the predicate of a number's right side stands ("được xử lý trên môi trường mạng")."""
    hits = list(told.grammar.predicate.finditer(told.text, *span))
    passive = [hit for hit in hits if hit["passive"]]  # what else has a predicate before it describes the thing
    starts = [(passive or hits)[0].start() + 1] if hits else []
    verbs = (mark for mark in told.within("task", span[0] + 1, span[1]) if told.actor_at(mark.start) is None)
    if not passive:
        starts += [mark.start for mark in verbs if told.grammar.tier.match(told.text, mark.start) is None][:1]
    return (min(starts), span[1]) if starts else None


def _behind_goal(told: Discourse, start: int, end: int) -> int:
    """Behind the last words that open a goal, if an indicator follows them ("huyện phấn đấu tỷ lệ hộ nghèo còn 2%")."""
    for goal in told.within("goal", start, end)[::-1]:
        begin = told.match_end(told.grammar.goal_rest, goal.end, end)
        if told.text[begin : _strip_right(told, begin, end)].strip(" ,:"):
            return begin
    return start


def _around_tense(told: Discourse, said: int, start: int, end: int) -> Span:
    """The words behind "đã", "đang", "hiện", or those before it where they are what is measured.

    Who has done it is no part of an indicator ("huyện đã giải quyết 12 hồ sơ"); what has risen is one ("tỷ lệ hộ nghèo
    đã giảm còn 12%"), without what is said of it in passing ("sản lượng đã vượt kế hoạch, đạt 53 tấn").

    Args:
        told: the article.
        said: where the words begin, "tổng số" and the like included.
        start: where they begin without those.
        end: where they end.
    """
    hit = told.grammar.done_before.match(told.text, start, end)
    if hit is None or hit.end() > end:
        return start, end
    measured = told.grammar.indicator_begins.match(told.text, said, hit.start("tense")) is not None
    rest = told.text[hit.end() : _strip_right(told, hit.end(), end)].strip()
    if not rest:
        return (start, end) if measured or told.actor_at(start) is None else (hit.end(), end)
    if measured and has_copula(told, start, end):
        return start, hit.start("tense") if "," in told.text[hit.end() : end] else end
    return hit.end(), end


def _strip_right(told: Discourse, start: int, end: int) -> int:
    text, link = told.text, told.grammar.number_link
    while True:
        close = start + len(text[start:end].rstrip(" \n,:;(–-"))
        hit = link.search(text[start:close])
        if hit is not None and hit.start() > 0 and hit[0].lstrip()[:1].isupper():  # "cảng Mỹ Nhất đạt": of the name
            hit = link.search(text[start:close], hit.start() + len(hit[0].split()[0]) + 1)
        if hit is None or not hit[0].strip():
            return close
        end = start + hit.start()


def _skip_actor(told: Discourse, start: int, end: int) -> int:
    """Behind the unit or area that did it, where its name is followed by more words."""
    actor = told.actor_at(start)
    if actor is None or actor.start < start or actor.end >= end or actor.kind in ("person", "group"):
        return start
    rest = told.text[actor.end : _strip_right(told, actor.end, end)]
    if not rest.strip() or told.grammar.owner.match(rest):
        return start
    return actor.end + len(rest) - len(rest.lstrip())


def _skip_doer(told: Discourse, start: int, end: int) -> int:
    """Behind who did it, where the verb of what is counted stands right before the number ("người dân hiến 120 m2")."""
    hit = told.grammar.doer.match(told.text, start, end)
    if hit is None or has_copula(told, start, end):
        return start
    verb = told.first_verb(hit.end(), end)
    return start if verb is None or len(told.text[verb:end].split()) > _LONGEST_VERB else verb


def _before_date(told: Discourse, start: int, end: int) -> int:
    """Without a date at the end ("Tổng dân số vào thời điểm 1/4/2019")."""
    for placed in told.dates.overlapping(start, end):
        if start < placed.start and not told.text[placed.end : end].strip(" ,)"):
            words = told.text[start : placed.start].rstrip()
            hit = told.grammar.to_date.search(" " + words)
            return start + (hit.start() - 1 if hit and hit.start() > 0 else len(words))
    return end
