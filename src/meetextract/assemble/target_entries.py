"""Levels with their status and period, what makes them one or doubtful, and their entries in the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse
from meetextract.assemble.document_references import DocumentReference, DocumentReferences
from meetextract.assemble.home import Home
from meetextract.assemble.indicators import Level
from meetextract.assemble.levels import Found
from meetextract.assemble.periods import Term
from meetextract.assemble.trace import Trace
from meetextract.records import Identifiers, Span, Target, WhyEmpty

_BREAK = regex.compile(r"[;.\n]\s")
Status: TypeAlias = Literal["target", "result"]

_STOP = regex.compile(r"[.!?…\n]\s|\n")
_WORD = regex.compile(r"\p{L}+|\d+")
_HEAD, _ALIKE = 4, 0.6
"""What so many sentences at the head tell, and in more than so many of its words, the text tells again."""
_NEAR_DAYS = 31
"""A report on a half year is written before it ends."""
_ROUNDED = 0.06
"""Percent points by which a share may differ from its ratio: it is printed with one decimal or two."""


@dataclass(slots=True)
class ReadLevel:
    """A level with its status and period, before it becomes an entry; offsets are folded."""

    found: Found | None
    pieces: list[Span]
    start: int
    end: int
    status: Status
    term: Term
    pattern: str
    checks: list[str]


def tell_once(told: Discourse, reads: Sequence[ReadLevel], trace: Trace) -> Iterator[ReadLevel]:
    """The levels without those at the head of the article that its text tells again, which `trace` notes."""
    head = told.content()[:_HEAD]
    close = head[-1].end if head else 0
    for at, one in enumerate(reads):
        again = one.start < close and any(_same(told, one, other) for other in reads[at + 1 :])
        if not again:
            yield one
        elif one.found is not None:
            trace.reject("target", told.span(one.found.level.start, one.found.level.end), one.pattern, "told_again")


def _same(told: Discourse, one: ReadLevel, other: ReadLevel) -> bool:
    """Whether two places tell the same level of the same indicator, of the same area and period."""
    if (one.found is None) != (other.found is None) or one.status != other.status:
        return False
    if one.found and other.found and one.found.level.amount != other.found.level.amount:
        return False
    if _STOP.search(told.text, one.end, other.start) is None:
        return False  # a row tells each of its items once
    if not _may_be_one(one.term, other.term):
        return False
    areas, other_areas = _areas(told, one), _areas(told, other)
    names, other_names = ({actor.name for actor in found} for found in (areas, other_areas))
    if names and other_names and names != other_names:
        return False
    words, other_words = _words(told, one, areas), _words(told, other, other_areas)
    if {word for word in words if word.isdigit()} != {word for word in other_words if word.isdigit()}:
        return False
    return 2 * len(words & other_words) > _ALIKE * (len(words) + len(other_words))


def _may_be_one(one: Term, other: Term) -> bool:
    """Whether two places may speak of one period: it is not said at either, or begins and ends alike."""
    if one.end is None or other.end is None:
        return True
    return one.start == other.start and abs((one.end - other.end).days) <= _NEAR_DAYS


def _areas(told: Discourse, one: ReadLevel) -> list[Actor]:
    """Whose level it is: the areas that its clause names before it and in it, and the units in it."""
    begin = max(start for start, _ in told.segments(told.sentence_at(one.start)) if start <= one.start)
    return [
        actor
        for actor in told.actors.overlapping(begin, one.end)
        if actor.name and (actor.kind == "area" or (actor.kind == "unit" and actor.start >= one.start))
    ]


def _words(told: Discourse, one: ReadLevel, areas: Sequence[Actor]) -> set[str]:
    """The words of an indicator without those of areas."""
    outside = (
        hit
        for start, end in one.pieces
        for hit in _WORD.finditer(told.text, start, end)
        if not any(area.start <= hit.start() < area.end for area in areas)
    )
    return {hit[0].lower() for hit in outside}


def check_arithmetic(told: Discourse, reads: Sequence[ReadLevel]) -> None:
    """Flags shares that are not what their ratio comes to, and wholes that their parts exceed."""
    for one, behind in pairwise(reads):
        if one.found is None or behind.found is None or one.found.pieces != behind.found.pieces:
            continue
        a, b, share = one.found.level.amount, behind.found.level.amount, behind
        if b.of:  # "96% (288/300 trẻ)"
            a, b, share = b, a, one
        if a.of and b.unit == "%" and b.change is None and b.comparator == "eq":
            percent = 100 * float(a.value) / float(a.of)
            if abs(percent - float(b.value)) > max(_ROUNDED, _last_digit(b.value)):
                share.checks.append("ratio_mismatch")
    levels = [(one, one.found.level) for one in reads if one.found and one.found.level.amount.change is None]
    for at, (one, level) in enumerate(levels):
        parts = _parts(told, [behind for _, behind in levels[at:]])
        values = [float(part.amount.value) for part in parts]
        # of things counted, one may be in two parts ("trong đó 30 nữ, 80 đảng viên"); money and areas add up
        most = max(values, default=0) if level.counted < level.end else sum(values)
        if level.amount.comparator == "eq" and most > float(level.amount.value):
            one.checks.append("parts_exceed_whole")


def _parts(told: Discourse, levels: Sequence[Level]) -> list[Level]:
    """The levels that are said to be part of the first ("84 ha, trong đó lúa 60 ha, ngô 24 ha"), up to a semicolon."""
    whole, *rest = levels
    unit, parts = whole.amount.unit, list[Level]()
    end = whole.end
    for level in rest:
        alike = level.amount.unit == unit
        nested = level.part and parts
        if nested or _BREAK.search(told.text, end, level.start) or (alike and not parts and not level.part):
            break
        end = level.end
        if alike and unit != "%":
            parts.append(level)
    return parts


def _last_digit(value: float) -> float:
    """One unit of the last decimal that a number is written with."""
    decimals = len(str(value).partition(".")[2].rstrip("0"))
    return 10.0**-decimals


def target_entry(
    told: Discourse, one: ReadLevel, documents: DocumentReferences, home: Home, identifiers: Identifiers
) -> Target:
    """The entry of a level."""
    amount = one.found.level.amount if one.found else None
    end = one.term.end.isoformat() if one.term.end else None
    base = _base(told, one)
    holder, holder_at = _holder(told, one, home)
    document = _document(told, one, documents)
    why: WhyEmpty = {}
    for slot, said in (("value", amount), ("base", base), ("end", end)):
        if said is None:
            why[slot] = "not_stated"
    if holder is None:
        why["holder"] = "ambiguous" if home.governed else "not_stated"
    if document is None or document.symbol is None:
        why["document"] = "ambiguous" if document else "not_stated"
    indicator = " … ".join(told.folded_words(*piece) for piece in one.pieces)
    value, unit = (amount.value, amount.unit) if amount else (None, None)
    return Target(
        id=identifiers.of("target", [one.status, indicator, value, unit, end]),
        quote=told.words(one.start, one.end),
        span=told.span(one.start, one.end),
        status=one.status,
        indicator=" … ".join(told.words(*piece) for piece in one.pieces),
        indicator_spans=tuple(told.span(*piece) for piece in one.pieces),
        comparator=amount.comparator if amount else None,
        value=value,
        max=amount.max if amount else None,
        of=amount.of if amount else None,
        unit=unit,
        change=amount.change if amount else None,
        value_span=told.span(one.found.level.start, one.found.level.end) if one.found else None,
        base=told.words(*base) if base else None,
        base_span=told.span(*base) if base else None,
        start=one.term.start.isoformat() if one.term.start else None,
        end=end,
        period_span=told.span(*one.term.said) if one.term.said else None,
        holder=holder,
        holder_span=holder_at,
        document=document.symbol if document else None,
        document_span=documents.span(document) if document and document.symbol else None,
        checks=tuple(one.checks),
        pattern=one.pattern,
        why_empty=why,
    )


def _base(told: Discourse, one: ReadLevel) -> Span | None:
    """What a level or a change is compared with ("so với năm 2020", "dự toán tỉnh giao")."""
    hit = told.grammar.base.match(told.text, one.found.level.end) if one.found else None
    if hit is None:
        return None
    return hit.start("base"), hit.start("base") + len(hit["base"].rstrip())


def _holder(told: Discourse, one: ReadLevel, home: Home) -> tuple[str | None, Span | None]:
    """Whose level it is, and where that is said.

    It is the unit or area that its indicator names, its item or its sentence, else the article's.
    """
    sentence = told.sentence_at(one.start)
    begin = max(start for start, _ in told.segments(sentence) if start <= one.start)
    level = one.found.level.start if one.found else one.start
    for start, end in (*one.pieces[::-1], (begin, level), (sentence.start, one.start)):
        for actor in told.actors.overlapping(start, end):
            if actor.start >= start and actor.kind in ("unit", "area") and actor.name:
                return actor.name, told.span(actor.start, actor.end)
    area = home.main()
    return (" ".join(filter(None, (area.kind, area.name))), home.first[area]) if area else (None, None)


def _document(told: Discourse, one: ReadLevel, documents: DocumentReferences) -> DocumentReference | None:
    """The document that sets a target: the last one that its paragraph refers to before its end."""
    if one.status != "target":
        return None
    block = told.view.block_at(told.span(one.start, one.end)[0])
    start = told.view.folded.to_folded(block, block)[0]
    return next(reversed(documents.within(start, one.end)), None)
