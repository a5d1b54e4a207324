"""Obligations: "cần", "phải", "có trách nhiệm" with those before them who have to do it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.addressees import read_row
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.speakers import Speakers
from meetextract.assemble.trace import Reason, Trace
from meetextract.records import Span

_INSIDE_CLAUSE = regex.compile(r"[^\s,:;\".-]\s*$")
_CLAUSE_SIGN = regex.compile(r"[.:;\"]")
_LONGEST_NAME = 80


class Obligations:
    """Finds the modal verbs of an article that tell somebody to do something.

    Args:
        told: the article.
        speakers: who speaks where it is read.
        trace: notes the modal verbs that tell nobody.
    """

    def __init__(self, told: Discourse, speakers: Speakers, trace: Trace) -> None:
        self._told = told
        self._speakers = speakers
        self._trace = trace

    def rows(self, start: int, end: int, *, is_open: bool) -> Iterator[tuple[Mark, list[Span]]]:
        """Modal verbs of a stretch, each with the row of addressees before it.

        Args:
            start: where the stretch begins.
            end: where it ends.
            is_open: whether a directive is open: its words need no speaker of their own.
        """
        for modal in self._told.within("DIRECTIVE", start, end):
            if modal.pattern != "directives.modal":
                continue
            row = self._row_before(modal, start, is_open)
            if isinstance(row, str):
                self._trace.reject("assignment", self._told.span(modal.start, modal.end), modal.pattern, row)
            else:
                yield modal, row

    def _row_before(self, modal: Mark, start: int, is_open: bool) -> list[Span] | Reason:
        text, gap = self._told.text, self._told.grammar.modal_gap
        for actor in reversed([a for a in self._told.actors.overlapping(start, modal.start) if a.start >= start]):
            row, close = read_row(self._told, actor.start, modal.start, before_verb=True)
            if row and gap.fullmatch(text, close, modal.start) is None and self._goes_on(close, modal.start):
                row[-1] = (row[-1][0], close := modal.start - 1)
            if not row or gap.fullmatch(text, close, modal.start) is None:
                return "no_addressee"
            break
        else:
            return "no_addressee"
        why = self._not_subject(actor, start)
        for earlier in reversed([a for a in self._told.actors.overlapping(start, actor.start) if a.start >= start]):
            longer, close = read_row(self._told, earlier.start, modal.start, before_verb=True)
            if not longer or gap.fullmatch(text, close, modal.start) is None:
                break
            if self._not_subject(earlier, start) is None:
                row, why = longer, None
        if why is not None:
            return why
        if self._speakers.at(modal.start) is None and not is_open:
            return "no_speaker"
        return row

    def _not_subject(self, actor: Actor, start: int) -> Reason | None:
        """Why an actor is no subject of what follows it in its clause, or None."""
        if actor.kind == "pronoun" or (actor.kind == "person" and actor.names):
            return "told_of_a_person"
        before = self._told.text[start : actor.start]
        if self._told.grammar.no_subject_before.search(before):
            return "no_subject"
        if self._told.grammar.object_before.search(before):
            return "inside_task"  # "cử tri đề nghị các ngành cần …": part of what is asked for
        if _INSIDE_CLAUSE.search(before) and not self._told.grammar.clause_opens.search(before):
            return "no_subject"
        return None

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether words between an actor and its modal verb may still name those told."""
        if end - start > _LONGEST_NAME or _CLAUSE_SIGN.search(self._told.text, start, end):
            return False
        return not any(
            self._told.within(kind, start, end) for kind in ("task", "speech", "DIRECTIVE", "QUANTITY", "goal")
        )
