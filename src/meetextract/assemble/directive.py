"""One directive: who is told what by whom, and how its tasks are cut out of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from meetextract.assemble.addressees import all_joint, starts_task
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.speakers import Speaker
from meetextract.records import Span

AROUND_TASKS = " \n\t,;:–-+*•…./\"'“”"
"""Signs that belong to no task at either end of it."""
_QUOTED = regex.compile(r"[.!?]?\"\s*[,-]\s")
_FAR = 80


@dataclass(slots=True)
class Directive:
    """A directive while it is read; offsets are folded.

    Attributes:
        verb: the directing verb; it may stand sentences before, where several are told after one.
        pattern: the pattern that found the verb.
        assigner: who tells.
        items: those told.
        joint: those to work with.
        tasks: what is to be done.
        lead: where the words about it begin, adverbials before the addressee included.
        start: where the quote begins.
        end: one past its last word.
        skipped: stretches inside that are no part of it (captions).
        again: headlines and captions that repeat it.
        is_caption: whether it stands in a caption.
        due: the cell of a table that says by when.
    """

    verb: Span
    pattern: str
    assigner: Speaker | None
    items: list[Span]
    joint: list[Span]
    tasks: list[Span]
    lead: int
    start: int
    end: int
    skipped: list[Span] = field(default_factory=list)
    again: list[Span] = field(default_factory=list)
    is_caption: bool = False
    due: Span | None = None


def add_tasks(told: Discourse, directive: Directive, start: int, end: int) -> None:
    """Adds a stretch to the tasks of a directive, cut at "đồng thời" before a new verb, up to the credit of a photo."""
    begin = start
    end = _end_of_quotation(told, start, end)
    credit = told.grammar.photo_credit.search(told.text, start, end)
    end = credit.start() if credit else end
    for cut in told.grammar.task_cut.finditer(told.text, start, end):
        if starts_task(told, cut.end()):
            _add_task(told, directive, begin, cut.start())
            begin = cut.end()
    _add_task(told, directive, begin, end)


def _end_of_quotation(told: Discourse, start: int, end: int) -> int:
    """Where quoted words end that somebody is then said to have spoken ("… làm ngay", ông Chung nói)."""
    hit = _QUOTED.search(told.text, start, end)
    if hit is None:
        return end
    behind = told.actors.overlapping(hit.end(), hit.end() + _FAR)
    return hit.start() if any(actor.kind != "group" for actor in behind) else end


def _add_task(told: Discourse, directive: Directive, start: int, end: int) -> None:
    at, close = _trimmed(told, start, end)
    opens_list = told.text[close:end].strip() == ":" and told.grammar.list_head.fullmatch(told.text, at, close)
    if at >= close or opens_list:
        return
    directive.tasks.append((at, close))
    directive.end = max(directive.end, close)
    known = set(directive.joint)
    directive.joint.extend(item for item in all_joint(told, at, close) if item not in known)


def _trimmed(told: Discourse, start: int, end: int) -> Span:
    """A task without connectives before it and punctuation around it."""
    text = told.text
    at = told.match_end(told.grammar.task_head, start, end)
    tail = told.grammar.task_tail.search(text, at, end)
    end = tail.start() if tail else end
    close = at + len(text[at:end].rstrip())
    while close > at and text[close - 1] in AROUND_TASKS:
        if text[close - 1] in '”"' and text.count("“", at, close) >= text.count("”", at, close) > 0:
            break
        close -= 1
    return at, close
