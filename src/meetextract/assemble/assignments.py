"""Assignments: directives as entries of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from meetextract.assemble.deadlines import Deadline, deadline_of_cell, find_deadline
from meetextract.assemble.directive import Directive
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.document_references import DocumentReferences
from meetextract.assemble.trace import Trace
from meetextract.records import Assignment, Due, Identifiers, Span, Target, WhyEmpty

_WORD = regex.compile(r"\w+")
_ALIKE = 0.5
"""Of the words of two directives so much in common: a headline or caption with as much tells the same."""
_SAME = 0.65
"""So much in common with another directive of the article: told twice, in the lead and in the body."""
_LEADS = 5
"""So many directives may stand in the lead of an article."""
_HELD = 0.75
"""So much of a headline or caption found in a single task: it tells this task again."""


def assignment_entries(
    told: Discourse,
    directives: Sequence[Directive],
    headlines: Sequence[Directive],
    targets: Sequence[Target],
    documents: DocumentReferences,
    met_on: date | None,
    trace: Trace,
    identifiers: Identifiers,
) -> tuple[Assignment, ...]:
    """The assignments of an article in the order of the text.

    Args:
        told: the article.
        directives: those of its content.
        headlines: those of its title, which are no entries of their own.
        targets: its targets.
        documents: what its words refer to.
        met_on: the day of the meeting.
        trace: notes the directives without a task.
        identifiers: gives the ids.
    """
    stated = [directive for directive in directives if directive.tasks]
    carried = {directive.verb for directive in stated}
    for directive in directives:
        if not directive.tasks and directive.verb not in carried:  # "yêu cầu:" before lines that each tell somebody
            trace.reject("assignment", told.span(directive.start, directive.end), directive.pattern, "no_task")
    body = [(directive, _words_of_tasks(told, directive)) for directive in stated if not directive.is_caption]
    for headline in headlines:
        _is_joined(told, headline, body)
    kept = [d for d in stated if not (d.is_caption and _is_joined(told, d, body))]
    once = _told_once(told, kept)
    return tuple(_entry(told, directive, targets, documents, met_on, identifiers) for directive in once)


def _is_joined(told: Discourse, repeated: Directive, body: Sequence[tuple[Directive, list[set[str]]]]) -> bool:
    """Notes the place of a directive in the one that it only repeats, if there is one."""
    words: set[str] = set().union(*_words_of_tasks(told, repeated))
    for directive, tasks in body:
        held = any(len(words & task) >= _HELD * len(words) for task in tasks)
        if words and (held or _share(words, set().union(*tasks)) >= _ALIKE):
            directive.again.append((repeated.start, repeated.end))
            return True
    return False


def _told_once(told: Discourse, directives: Sequence[Directive]) -> list[Directive]:
    """Of two directives that the lead of an article and its body both tell, the longer, with the place of the other."""
    words = [set().union(*_words_of_tasks(told, directive)) for directive in directives]
    joined: set[int] = set()  # by their numbers
    for at, lead in enumerate(directives[:_LEADS]):
        for later in range(at + 1, len(directives)):
            other = directives[later]
            if later in joined or _share(words[at], words[later]) < _SAME:
                continue
            if not _same_addressees(told, lead, other) or not _same_names(told, lead, other):
                continue
            if len(words[at]) <= len(words[later]):
                other.again.append((lead.start, lead.end))
                joined.add(at)
                break
            lead.again.append((other.start, other.end))
            joined.add(later)
    return [directive for number, directive in enumerate(directives) if number not in joined]


def _same_addressees(told: Discourse, one: Directive, other: Directive) -> bool:
    some, others = ({told.folded_words(*item) for item in directive.items} for directive in (one, other))
    return not some or not others or bool(some & others)


def _same_names(told: Discourse, one: Directive, other: Directive) -> bool:
    """Whether all names and numbers in the tasks of one are in those of the other: the same village, the same day."""
    some, others = (
        {
            word.lower()
            for task in directive.tasks
            for word in _WORD.findall(told.text, *task)
            if word[0].isupper() or word[0].isdigit()
        }
        for directive in (one, other)
    )
    return some <= others or others <= some


def _words_of_tasks(told: Discourse, directive: Directive) -> list[set[str]]:
    return [set(_WORD.findall(told.folded_words(*task))) for task in directive.tasks]


def _share(some: set[str], others: set[str]) -> float:
    """Dice's coefficient."""
    return 2 * len(some & others) / (len(some) + len(others)) if some and others else 0.0


def _entry(
    told: Discourse,
    directive: Directive,
    targets: Sequence[Target],
    documents: DocumentReferences,
    met_on: date | None,
    identifiers: Identifiers,
) -> Assignment:
    first = directive.tasks[0][0]
    if directive.due is not None:
        deadline: Deadline | None = deadline_of_cell(told, directive.due, met_on)
    else:
        deadline = find_deadline(told, directive.lead, first, directive.end, met_on)
    assigner = directive.assigner.name if directive.assigner else None
    assignees = tuple(told.words(*item) for item in directive.items)
    span = told.span(directive.start, directive.end)
    lead, leads = _lead(told, directive, assignees)
    places = documents.within(directive.start, directive.end)
    named = {place.symbol: place for place in reversed(places) if place.symbol is not None}
    symbols = tuple(sorted(named, key=lambda symbol: named[symbol].start))
    why: WhyEmpty = {}
    if assigner is None:
        several = directive.assigner is not None and len(directive.assigner.names) > 1
        why["assigner"] = "ambiguous" if several else "not_stated"
    if not assignees:
        why["assignees"] = "not_stated"
    if lead is None:
        why["lead"] = "ambiguous" if leads else "not_stated"
    if not directive.joint:
        why["with"] = "not_stated"
    if deadline is None or deadline.last is None:
        why["deadline"] = "ambiguous" if deadline else "not_stated"
    if not symbols:
        why["documents"] = "ambiguous" if places else "not_stated"
    facts = [told.folded_words(*part) for part in (*directive.items, *directive.tasks)]
    return Assignment(
        id=identifiers.of("assignment", [told.folded_words(*directive.verb), assigner, *facts]),
        quote=_quote(told, directive),
        span=span,
        verb=told.words(*directive.verb),
        verb_span=told.span(*directive.verb),
        assigner=assigner,
        assigner_span=told.span(directive.assigner.start, directive.assigner.end) if directive.assigner else None,
        assignees=assignees,
        assignee_spans=tuple(told.span(*item) for item in directive.items),
        assignee_units=tuple(_unit_of(told, item) for item in directive.items),
        lead=lead,
        with_=tuple(told.words(*item) for item in directive.joint),
        with_spans=tuple(told.span(*item) for item in directive.joint),
        tasks=tuple(told.words(*task) for task in directive.tasks),
        task_spans=tuple(told.span(*task) for task in directive.tasks),
        deadline=deadline.last.isoformat() if deadline and deadline.last else None,
        due=_due(told, deadline) if deadline else None,
        documents=symbols,
        document_spans=tuple(documents.span(named[symbol]) for symbol in symbols),
        targets=tuple(t.id for t in targets if t.status == "target" and span[0] <= t.span[0] and t.span[1] <= span[1]),
        again=tuple(sorted(told.span(*place) for place in directive.again)),
        pattern=directive.pattern,
        why_empty=why,
    )


def _quote(told: Discourse, directive: Directive) -> str:
    """The words of a directive; " … " stands for a caption that interrupts it."""
    pieces: list[str] = []
    at = directive.start
    for start, end in directive.skipped:
        pieces.append(told.words(at, start))
        at = end
    pieces.append(told.words(at, directive.end))
    return " … ".join(pieces)


def _unit_of(told: Discourse, item: Span) -> str | None:
    """The unit that an addressee is, in canonical form."""
    return next((unit.name for unit in told.units.overlapping(*item) if unit.start >= item[0]), None)


def _lead(told: Discourse, directive: Directive, assignees: Sequence[str]) -> tuple[str | None, bool]:
    """The one told that leads, where it is to work with others or to preside; and whether anybody is to preside."""
    behind = told.text[directive.items[-1][1] : directive.tasks[0][1]] if directive.items else ""
    presides = told.grammar.presides.search(behind, 0, 60) is not None
    leads = presides or (bool(directive.joint) and told.grammar.cooperates.search(behind, 0, 200) is not None)
    return (assignees[0] if leads and len(assignees) == 1 else None), presides


def _due(told: Discourse, deadline: Deadline) -> Due:
    span: Span = told.span(deadline.start, deadline.end)
    return Due(
        text=told.words(deadline.start, deadline.end),
        span=span,
        start=deadline.first.isoformat() if deadline.first else None,
        end=deadline.last.isoformat() if deadline.last else None,
        every=deadline.every,
        anchor=deadline.anchor,
        pattern=deadline.pattern,
    )
