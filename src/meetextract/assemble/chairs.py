"""Chairs: those who are said to preside over a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.view import Sentence


def read_chairs(told: Discourse, sentence: Sentence) -> list[Actor]:
    """Those who are said to preside in a sentence."""
    text = told.text
    found: list[Actor] = []
    for cue in told.within("chair", sentence.start, sentence.end):
        row: list[Actor] = []
        if told.grammar.chair_of.search(text, cue.start, cue.end):
            row = _people_from(told, cue.end, sentence.end)
        else:
            has = told.grammar.has.match(text, cue.end, sentence.end)
            leads = told.grammar.leads_in.search(text[sentence.start : cue.start])
            if has is not None and (leads or not text[sentence.start : cue.start].strip()):
                row = _people_from(told, has.end(), sentence.end)
                if _others_attend(told, row, sentence.end):
                    row = row[:1]
            else:
                row = _people_before(told, cue.start, sentence.start)
        found.extend(actor for actor in row if actor.name and actor.name not in {a.name for a in found})
    return found


def _others_attend(told: Discourse, row: Sequence[Actor], end: int) -> bool:
    """Whether a list of those who preside goes on with plain attendants: then only its first presides."""
    if not row:
        return False
    return told.grammar.others_attend.search(told.text, row[-1].end, end) is not None


def _people_from(told: Discourse, start: int, end: int) -> list[Actor]:
    row: list[Actor] = []
    at = start
    for actor in told.actors.from_offset(start):
        if (
            actor.start >= end
            or actor.kind != "person"
            or told.grammar.joined.fullmatch(told.text, at, actor.start) is None
        ):
            break
        row.append(actor)
        at = actor.end
    return row


def _people_before(told: Discourse, end: int, start: int) -> list[Actor]:
    """The people right before a verb, from left to right."""
    row: list[Actor] = []
    at = end
    for actor in told.actors.before_offset(end):
        if actor.start < start or actor.kind != "person":
            break
        joint = told.grammar.to_preside if not row else told.grammar.joined
        if joint.fullmatch(told.text, actor.end, at) is None:
            break
        row.insert(0, actor)
        at = actor.start
        honorific = told.grammar.honorific_before.search(told.text[start:at])
        at = start + honorific.start() if honorific else at
    return row
