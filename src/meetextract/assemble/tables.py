"""Tables of tasks that were pasted as text: each row tells who does what by when.

A table is a line of headings and the lines behind it with as many cells, parted by tabs or by "|". What a column holds
is told by its heading ("Cơ quan chủ trì", "Nội dung công việc", "Thời hạn").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from meetextract.assemble.discourse import Discourse
from meetextract.records import Span

_SEPARATOR = regex.compile(r"\t|\|")
_NOTHING = regex.compile(r"[\s:.–—-]*")
_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of a table of tasks: its cells, in folded offsets.

    Attributes:
        lead: who is told.
        joint: with whom, or None.
        tasks: what is to be done.
        due: by when, or None.
    """

    lead: Span
    joint: Span | None
    tasks: Span
    due: Span | None


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks, in folded offsets.

    Attributes:
        start: where its headings begin.
        end: where its last row ends.
        rows: its rows with somebody told and something to do.
    """

    start: int
    end: int
    rows: tuple[TaskRow, ...]


def find_task_tables(told: Discourse) -> tuple[TaskTable, ...]:
    """The tables of an article that say who does what, in the order of the text."""
    return tuple(_tables(told))


def _tables(told: Discourse) -> Iterator[TaskTable]:
    lines = list(_lines(told.view.folded.stored))
    at = 0
    while at < len(lines):
        columns = _columns(told, lines[at])
        last = at + 1
        if columns is not None:
            while last < len(lines) and len(lines[last]) == len(lines[at]):
                last += 1
            rows = tuple(_rows(told, lines[at + 1 : last], columns))
            if rows:
                yield TaskTable(_folded(told, lines[at][0])[0], _folded(told, lines[last - 1][-1])[1], rows)
        at = last


def _lines(text: str) -> Iterator[tuple[Span, ...]]:
    """The cells of each line, in stored offsets; a line without a separator is one cell."""
    start = 0
    for line in text.splitlines(keepends=True):
        bounds = [-1, *(sign.start() for sign in _SEPARATOR.finditer(line)), len(line)]
        cells = [(start + left + 1, start + right) for left, right in pairwise(bounds)]
        if len(cells) > _FEWEST_CELLS:  # "| a | b |": the outer signs part nothing
            cells = cells[1:] if line.lstrip().startswith("|") else cells
            cells = cells[:-1] if line.rstrip().endswith("|") else cells
        yield tuple(cells)
        start += len(line)


def _columns(told: Discourse, headings: Sequence[Span]) -> dict[str, int] | None:
    """Which column holds what, or None where a line does not head a table of tasks."""
    if len(headings) < _FEWEST_CELLS:
        return None
    grammar = told.grammar
    kinds = (
        ("joint", grammar.joint_column),
        ("due", grammar.due_column),
        ("tasks", grammar.task_column),
        ("lead", grammar.lead_column),
    )
    found: dict[str, int] = {}
    for at, cell in enumerate(headings):
        words = told.text[slice(*_folded(told, cell))]
        kind = next((name for name, rule in kinds if name not in found and rule.search(words)), None)
        if kind is not None:
            found[kind] = at
    return found if "tasks" in found and "lead" in found else None


def _rows(told: Discourse, lines: Sequence[Sequence[Span]], columns: dict[str, int]) -> Iterator[TaskRow]:
    lead: Span | None = None
    for cells in lines:
        filled = {name: _filled(told, cells[at]) for name, at in columns.items()}
        lead = filled["lead"] or lead  # one cell may stand for several rows
        tasks = filled["tasks"]
        if lead is not None and tasks is not None:
            yield TaskRow(lead, filled.get("joint"), tasks, filled.get("due"))


def _filled(told: Discourse, cell: Span) -> Span | None:
    """A cell without blanks around its words, in folded offsets; None where it is empty or only a dash."""
    start, end = _folded(told, cell)
    words = told.text[start:end]
    if _NOTHING.fullmatch(words):
        return None
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _folded(told: Discourse, cell: Span) -> Span:
    return told.view.folded.to_folded(*cell)
