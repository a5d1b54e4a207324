"""Chairs: those who are said to preside over a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.view import Sentence

_BREAK = 20
"""Characters that a broken line may leave blank."""
_SPEAKS_WITHIN = 40
"""Characters between one who speaks and the verb of saying."""


def read_chairs(told: Discourse, sentence: Sentence) -> list[Actor]:
    """Those who are said to preside in a sentence; one who may be either of several has no name."""
    text = told.text
    found: list[Actor] = []
    for cue in told.within("chair", sentence.start, sentence.end):
        row: list[Actor] = []
        if told.grammar.chair_of.search(text, cue.start, cue.end):
            row = _without_speaker(told, _people_from(told, cue.end, sentence.end), sentence.end)
        else:
            has = told.grammar.has.match(text, cue.end, sentence.end)
            leads = told.grammar.leads_in.search(text[sentence.start : cue.start])
            if has is not None and (leads or not text[sentence.start : cue.start].strip()):
                row = _people_from(told, has.end(), sentence.end)
                if _others_attend(told, row, sentence.end):
                    row = row[:1]
            else:
                row = _people_before(told, cue.start, _begins(told, sentence))
        found.extend(actor for actor in row if actor.names and actor.names not in {a.names for a in found})
    return found


def _begins(told: Discourse, sentence: Sentence) -> int:
    """Where a sentence begins; that is the one before where a line was broken in its midst."""
    near = max(0, sentence.start - _BREAK)
    before = told.text[near : sentence.start].rstrip()
    return told.sentence_at(near + len(before) - 1).start if before and before[-1].isalpha() else sentence.start


def _others_attend(told: Discourse, row: Sequence[Actor], end: int) -> bool:
    """Whether a list of those who preside goes on with plain attendants: then only its first presides."""
    if not row:
        return False
    return told.grammar.others_attend.search(told.text, row[-1].end, end) is not None


def _without_speaker(told: Discourse, row: list[Actor], end: int) -> list[Actor]:
    """Leaves out the last of a row if a new clause begins with him: "dưới sự chủ trì của A, ông B cho biết"."""
    if len(row) < 2:
        return row
    says = next(told.of("speech").from_offset(row[-1].end), None)
    speaks = (
        says is not None
        and says.start < min(end, row[-1].end + _SPEAKS_WITHIN)
        and told.grammar.to_speech.fullmatch(told.text, row[-1].end, says.start)
    )
    return row[:-1] if speaks else row


def _people_from(told: Discourse, start: int, end: int) -> list[Actor]:
    row: list[Actor] = []
    at = start
    for actor in told.actors.from_offset(start):
        if actor.kind == "group" and told.grammar.honorific_before.search(told.text, at, actor.end):
            continue  # "các đồng chí" before the names
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
    """The people right before a verb, from left to right; titles alone that stand behind a name are that person's."""
    row: list[Actor] = []
    at = end
    title: Actor | None = None
    if told.grammar.presided_by_him.search(told.text[start:end]):
        named = next((a for a in told.actors.before_offset(end) if a.kind == "person" and a.name), None)
        return [named] if named is not None and named.end > start else []
    for actor in told.actors.before_offset(end):
        if actor.end <= start or actor.kind not in ("person", "unit", "group"):
            break
        joint = told.grammar.to_preside if at == end else told.grammar.joined
        if joint.fullmatch(told.text, actor.end, at) is None:
            break
        if actor.kind != "person":
            if told.grammar.joins_in.search(told.text[start : actor.start]) is None:
                break
        elif not row and title is None and actor.name is None:
            title = actor
        else:
            row.insert(0, actor)
        at = actor.start
        honorific = told.grammar.honorific_before.search(told.text[start:at]) if start < at else None
        at = start + honorific.start() if honorific else at
    return row or ([title] if title is not None else [])
