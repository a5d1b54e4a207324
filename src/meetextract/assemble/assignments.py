"""Assignments: directives as entries of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from meetextract.assemble.deadlines import Deadline, deadline_of_cell, find_deadline
from meetextract.assemble.directive import Directive
from meetextract.assemble.discourse import Discourse
from meetextract.normalise.documents import Document
from meetextract.records import Assignment, Due, Identifiers, Span, Target, WhyEmpty

_ALIKE = 0.5
"""Of the words of two directives so much in common: a caption with as much tells the same."""


def assignment_entries(
    told: Discourse,
    directives: Sequence[Directive],
    targets: Sequence[Target],
    met_on: date | None,
    identifiers: Identifiers,
) -> tuple[Assignment, ...]:
    """The assignments of an article in the order of the text."""
    kept = [d for d in _joined(told, directives) if d.tasks]
    return tuple(_entry(told, directive, targets, met_on, identifiers) for directive in kept)


def _joined(told: Discourse, directives: Sequence[Directive]) -> Iterator[Directive]:
    """The directives without the captions that only repeat one; their places are noted in it."""
    body = [d for d in directives if not d.is_caption]
    for directive in directives:
        if directive.is_caption:
            same = next((d for d in body if _share(_words(told, directive), _words(told, d)) >= _ALIKE), None)
            if same is not None:
                same.again.append((directive.start, directive.end))
                continue
        yield directive


def _words(told: Discourse, directive: Directive) -> set[str]:
    return {word for start, end in directive.tasks for word in told.words(start, end).lower().split()}


def _share(some: set[str], others: set[str]) -> float:
    """Dice's coefficient."""
    return 2 * len(some & others) / (len(some) + len(others)) if some and others else 0.0


def _entry(
    told: Discourse, directive: Directive, targets: Sequence[Target], met_on: date | None, identifiers: Identifiers
) -> Assignment:
    first = directive.tasks[0][0]
    if directive.due is not None:
        deadline: Deadline | None = deadline_of_cell(told, directive.due, met_on)
    else:
        deadline = find_deadline(told, directive.lead, first, directive.end, met_on)
    assigner = directive.assigner.name if directive.assigner else None
    assignees = tuple(told.words(*item) for item in directive.items)
    tasks = tuple(told.words(*task) for task in directive.tasks)
    span = told.span(directive.start, directive.end)
    why: WhyEmpty = {}
    if assigner is None:
        several = directive.assigner is not None and len(directive.assigner.names) > 1
        why["assigner"] = "ambiguous" if several else "not_stated"
    for slot, value in (("assignees", assignees), ("with", directive.joint), ("deadline", deadline)):
        if not value:
            why[slot] = "not_stated"
    if deadline is not None and deadline.last is None:
        why["deadline"] = "not_stated"
    documents = tuple(
        dict.fromkeys(
            mark.value.symbol
            for mark in told.within("DOCUMENT", directive.start, directive.end)
            if isinstance(mark.value, Document)
        )
    )
    if not documents:
        why["documents"] = "not_stated"
    return Assignment(
        id=identifiers.of("assignment", [directive.verb.lower(), assigner, assignees, tasks]),
        quote=_quote(told, directive),
        span=span,
        verb=directive.verb,
        assigner=assigner,
        assigner_span=told.span(directive.assigner.start, directive.assigner.end) if directive.assigner else None,
        assignees=assignees,
        assignee_spans=tuple(told.span(*item) for item in directive.items),
        assignee_units=tuple(_unit_of(told, item) for item in directive.items),
        lead=_lead(told, directive, assignees),
        with_=tuple(told.words(*item) for item in directive.joint),
        with_spans=tuple(told.span(*item) for item in directive.joint),
        tasks=tasks,
        task_spans=tuple(told.span(*task) for task in directive.tasks),
        deadline=deadline.last.isoformat() if deadline and deadline.last else None,
        due=_due(told, deadline) if deadline else None,
        documents=documents,
        targets=tuple(t.id for t in targets if t.status == "target" and span[0] <= t.span[0] and t.span[1] <= span[1]),
        again=tuple(told.span(*place) for place in directive.again),
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


def _lead(told: Discourse, directive: Directive, assignees: Sequence[str]) -> str | None:
    """The one of those told that leads: the only one, where it is told to work with others or to preside."""
    behind = told.text[directive.items[-1][1] : directive.tasks[0][1]] if directive.items else ""
    presides = told.grammar.presides.search(behind, 0, 60) is not None
    leads = presides or (bool(directive.joint) and told.grammar.cooperates.search(behind, 0, 200) is not None)
    return assignees[0] if leads and len(assignees) == 1 else None


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
