"""Units of an article: the areas they leave out are completed, repetitions joined, nested ones dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from meetextract.assemble.home import COMMUNE, Home, complete, tier_of
from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import UnitName
from meetextract.normalise.units import NAMED_LEVELS
from meetextract.records import Identifiers, Span, Unit
from meetextract.text import fold

_TO_OWNER = regex.compile(
    r"\s*(?:của\s*)?|\s*[,-]\s*(?:nguyên\s)?(?:(?:phó|chủ|giám|hiệu|trưởng|tổng|chính|chỉ|viện|cục)\s[^.;:,]*)?",
    regex.IGNORECASE,
)
"""Between "Đảng ủy" and the body that it belongs to: nothing, or another office of the same person."""
_OF_SUPERIOR = "units.of_superior"
_SUPERIOR = (_OF_SUPERIOR, "units.superior")
_STEERING = ("ban chỉ đạo", "ban chỉ huy", "ban quản lý", "tổ công tác")


def canonical(unit: UnitName) -> str:
    """The unit's name as the record writes it."""
    if unit.area is None:
        return unit.head
    party = NAMED_LEVELS.get(unit.kind.lower())
    named = party and unit.area.name and not unit.area.name.isdigit()
    shown = (unit.area.name,) if named else (unit.area.kind, unit.area.name)
    if party and not unit.area.name:
        return unit.head
    return " ".join(filter(None, (unit.head, *shown)))


def key_of(name: str) -> str:
    """What makes two spellings one unit: case, tone marks, and the kind before a province's or a city's name."""
    folded = fold(name).lower()
    for kind in ("thành phố ", "tỉnh "):
        folded = folded.replace(kind, "")
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A mention of a unit, completed."""

    start: int
    end: int
    unit: UnitName
    name: str
    pattern: str


def resolve_units(view: View, candidates: Sequence[Candidate], home: Home) -> list[UnitMention]:
    """The unit mentions of an article, longest first where they nest, completed from the article."""
    found = SpanIndex(c for c in candidates if isinstance(c.value, UnitName))
    kept = [
        c
        for c in found.items
        if not any(other is not c and _outranks(other, c) for other in found.overlapping(c.start, c.end))
    ]
    mentions: list[UnitMention] = []
    following: UnitMention | None = None
    for candidate in reversed(kept):
        assert isinstance(candidate.value, UnitName)
        unit = complete(candidate.value, home, candidate.start)
        if candidate.mention.pattern == "units.party.bare":
            near = following is not None and view.joins(candidate.end, following.start, _TO_OWNER, 80)
            completed = _party_committee(unit, following if near else None, home)
            if completed is None:
                continue
            unit = completed
        following = UnitMention(candidate.start, candidate.end, unit, canonical(unit), candidate.mention.pattern)
        mentions.append(following)
    return _join_repeated(_join_short_forms(_join_superiors(view, mentions[::-1])))


def _party_committee(unit: UnitName, owner: UnitMention | None, home: Home) -> UnitName | None:
    """The committee that "Đảng ủy" means beside another office of the same person ("Đảng ủy, Chủ tịch UBND xã X")."""
    if owner is None:
        main = home.main()
        return UnitName(unit.head, unit.kind, main, main.kind, False) if main and tier_of(main) == COMMUNE else None
    other = owner.unit
    if other.kind in ("UBND", "HĐND") or (other.area and tier_of(other.area) == COMMUNE):
        return UnitName(unit.head, unit.kind, other.area, other.level, False) if other.area else None
    return UnitName(f"{unit.head} {other.head}", unit.kind, other.area, other.level, other.whole)


def _join_superiors(view: View, mentions: Sequence[UnitMention]) -> list[UnitMention]:
    """A body said by its kind alone ("Giám đốc Sở", "Văn phòng Bộ") is the last one of its kind that was named.

    Where its paragraph named none before, it is the one that the article names most.
    """
    named = Counter(mention.name for mention in mentions if mention.pattern not in _SUPERIOR)
    joined: list[UnitMention] = []
    for mention in mentions:
        if mention.pattern in _SUPERIOR:
            said = mention.unit.kind
            body, kind = said.rsplit(" ", 1) if mention.pattern == _OF_SUPERIOR else ("", said.removeprefix("nhà "))
            before = [m for m in reversed(joined) if is_a(m.unit, kind.lower())]
            if not before:
                continue
            near = before[0].start >= view.block_at(mention.start)
            unit = superior = before[0].unit if near else max(before, key=lambda m: named[m.name]).unit
            if body:
                superior_name = superior.head[:1].upper() + superior.head[1:]
                unit = UnitName(f"{body} {superior_name}", said, superior.area, superior.level, superior.whole)
            mention = replace(mention, unit=unit, name=canonical(unit))
        joined.append(mention)
    return joined


def is_a(unit: UnitName, kind: str) -> bool:
    """Whether a unit is of a kind: a "Trường THCS" is a "trường", but a "Bộ Chỉ huy" is no "bộ"."""
    mine = unit.kind.lower()
    return mine == kind or (kind != "bộ" and mine.startswith(f"{kind} "))


def _outranks(other: Candidate, candidate: Candidate) -> bool:
    mine, theirs = candidate.end - candidate.start, other.end - other.start
    return (other.priority, theirs, -other.start, other.mention.pattern) > (
        candidate.priority,
        mine,
        -candidate.start,
        candidate.mention.pattern,
    )


def _join_short_forms(mentions: list[UnitMention]) -> list[UnitMention]:
    """A shorter name of a unit that the article also names in full is that unit.

    "Sở Thông tin" beside "Sở Thông tin và Truyền thông", "Ban Chỉ đạo X" beside "Ban Chỉ đạo X quận Y".
    """
    full = {m.name: m for m in mentions if m.unit.head != m.unit.kind}
    by_kind: dict[str, list[tuple[list[str], UnitMention]]] = {}
    for mention in full.values():
        by_kind.setdefault(mention.unit.kind.lower(), []).append((key_of(mention.unit.head).split(), mention))
    longest = {name: _full_form(mention, by_kind[mention.unit.kind.lower()]) for name, mention in full.items()}
    located: dict[str, dict[str, UnitMention]] = {}
    for mention in mentions:
        if mention.unit.area and mention.unit.area.name:
            located.setdefault(key_of(mention.unit.head), {})[mention.name] = mention
    for name, mention in full.items():
        same = located.get(key_of(mention.unit.head), {})
        if mention.unit.area is None and not mention.unit.whole and len(same) == 1:
            longest[name] = next(iter(same.values()))
    return [
        replace(mention, unit=other.unit, name=other.name) if (other := longest.get(mention.name)) else mention
        for mention in mentions
    ]


def _full_form(short: UnitMention, others: Sequence[tuple[list[str], UnitMention]]) -> UnitMention | None:
    """The longest name that begins with a shorter one, if the article names no other such unit."""
    if short.unit.whole:
        return None
    mine = key_of(short.unit.head).split()
    options = [
        (words, other)
        for words, other in others
        if (words[: len(mine)] == mine or [word for word in words if not word.isdigit()] == mine)
        and _compatible(short.unit, other.unit)
    ]
    words, longest = max(options, key=lambda option: len(option[1].name), default=(mine, short))
    one = all(other.name == longest.name or words[: len(prefix)] == prefix for prefix, other in options)
    return longest if one else None


def _compatible(short: UnitName, full: UnitName) -> bool:
    """Whether nothing that a short name says of its area contradicts a full one."""
    if short.area is None or full.area is None:
        return short.area is None
    return short.area.name in (None, full.area.name)


def _join_repeated(mentions: list[UnitMention]) -> list[UnitMention]:
    """A committee said again by its kind alone ("Ban Chỉ đạo") is the only one of that kind that the article names."""
    named: dict[str, set[str]] = {}
    by_name = {m.name: m for m in mentions}
    for mention in mentions:
        if mention.unit.head != mention.unit.kind:
            named.setdefault(mention.unit.kind.lower(), set()).add(mention.name)
    joined = []
    for mention in mentions:
        unit = mention.unit
        if mention.pattern == "units.steering.bare":
            options = named.get(unit.kind.lower(), set())
            if len(options) != 1:
                continue
            full = by_name[next(iter(options))]
            mention = replace(mention, unit=full.unit, name=full.name)
        else:
            for kind in _STEERING:
                options = named.get(kind, set())
                at = unit.head.lower().find(f" {kind}") + 1
                if not at or len(options) != 1:
                    continue
                full = by_name[next(iter(options))]
                if key_of(full.unit.head).startswith(key_of(unit.head[at:])):  # "Tổ giúp việc Ban Chỉ đạo"
                    head = unit.head[:at] + full.unit.head
                    unit = UnitName(head, unit.kind, full.unit.area, full.unit.level, False)
                    mention = replace(mention, unit=unit, name=canonical(unit))
        joined.append(mention)
    return joined


def unit_entries(mentions: Sequence[UnitMention], identifiers: Identifiers) -> tuple[Unit, ...]:
    """One entry a unit, in the order of their first mentions."""
    grouped: dict[str, list[UnitMention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        grouped.setdefault(key_of(mention.name), []).append(mention)
    entries = []
    for key, group in grouped.items():
        best = max(group, key=lambda m: len(m.name))
        spans: tuple[Span, ...] = tuple((m.start, m.end) for m in group)
        area = best.unit.area
        entries.append(
            Unit(
                id=identifiers.of("unit", [key]),
                name=best.name,
                kind=best.unit.kind,
                level=(area.kind if area else best.unit.level),
                area=area.name if area else None,
                mentions=spans,
                pattern=group[0].pattern,
            )
        )
    return tuple(entries)
