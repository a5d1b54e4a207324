"""Units of an article: the areas they leave out are completed, repetitions joined, nested ones dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, UnitName
from meetextract.normalise.units import PARTY_LEVELS
from meetextract.records import Identifiers, Span, Unit
from meetextract.text import fold

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
TIER = {
    "tỉnh": PROVINCE, "thành phố": PROVINCE, "quận": DISTRICT, "huyện": DISTRICT, "thị xã": DISTRICT,
    "phường": COMMUNE, "xã": COMMUNE, "thị trấn": COMMUNE, "đặc khu": COMMUNE,
}  # fmt: skip
_WEIGHT = {"title": 4, "lead": 3, "dateline": 3, "body": 1, "caption": 1}


@dataclass(slots=True)
class Home:
    """The areas that an article is at home in: for each kind of area the one name it speaks of."""

    names: dict[str, Counter[str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, area: Area, weight: int) -> None:
        """Counts a mention of a named area."""
        if area.kind and area.name:
            self.names.setdefault(area.kind, Counter())[area.name] += weight
            self.first.setdefault(area.kind, area.name)

    def name_of(self, kind: str) -> str | None:
        """The name that a bare kind stands for; None where the article names none or several of equal right."""
        counted = self.names.get(kind)
        if not counted:
            return None
        ranked = counted.most_common(2)
        if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
            return ranked[0][0]
        return None

    def of_tier(self, tier: str) -> Area | None:
        """The article's one area of a tier, whatever its kind there."""
        found = [Area(kind, name) for kind in self.names if TIER.get(kind) == tier and (name := self.name_of(kind))]
        if len(found) > 1:
            ranked = sorted(found, key=lambda area: -self.names[area.kind or ""][area.name or ""])
            best, second = (self.names[a.kind or ""][a.name or ""] for a in ranked[:2])
            found = ranked[:1] if best >= 2 * second else []
        return found[0] if found else None


def find_home(view: View, candidates: Sequence[Candidate]) -> Home:
    """Counts the areas named in an article's content, in its head more than in its body."""
    home = Home()
    seen: set[tuple[int, int]] = set()
    for candidate in candidates:
        value = candidate.value
        area = value if isinstance(value, Area) else value.area if isinstance(value, UnitName) else None
        if area is None or area.name is None or (candidate.start, candidate.end) in seen:
            continue
        seen.add((candidate.start, candidate.end))
        kind = area.kind
        if kind is None and isinstance(value, UnitName):
            kind = PARTY_LEVELS.get(value.kind.lower())
        home.add(Area(kind, area.name), _WEIGHT.get(view.sentence_at(candidate.start).block, 1))
    return home


def complete(unit: UnitName, home: Home) -> UnitName:
    """Gives a unit the area that it leaves out, where the article tells it."""
    if unit.whole or (unit.area and unit.area.name):
        return unit
    kind = unit.area.kind if unit.area else unit.level
    if kind is None:
        return unit
    tier = TIER.get(kind)
    said = unit.area is not None
    party = PARTY_LEVELS.get(unit.kind.lower())
    name = home.name_of(kind)
    if name is not None:
        area: Area | None = Area(kind, name)
    elif said or party:
        area = None
    else:
        area = home.of_tier(tier) if tier else None
    if area is None:
        return unit
    return UnitName(unit.head, unit.kind, area, area.kind, unit.whole)


def canonical(unit: UnitName) -> str:
    """The unit's name as the record writes it."""
    if unit.area is None:
        return unit.head
    party = PARTY_LEVELS.get(unit.kind.lower())
    shown = (unit.area.name,) if party and unit.area.name else (unit.area.kind, unit.area.name)
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
    found = [c for c in candidates if isinstance(c.value, UnitName)]
    kept = [c for c in found if not any(other is not c and _outranks(other, c) for other in found)]
    mentions = []
    for candidate in kept:
        assert isinstance(candidate.value, UnitName)
        unit = complete(candidate.value, home)
        mentions.append(UnitMention(candidate.start, candidate.end, unit, canonical(unit), candidate.mention.pattern))
    return _join_short_forms(sorted(mentions, key=lambda m: m.start))


def _outranks(other: Candidate, candidate: Candidate) -> bool:
    if not (other.start < candidate.end and candidate.start < other.end):
        return False
    mine, theirs = candidate.end - candidate.start, other.end - other.start
    return (other.priority, theirs, -other.start, other.mention.pattern) > (candidate.priority, mine, -candidate.start, candidate.mention.pattern)


def _join_short_forms(mentions: list[UnitMention]) -> list[UnitMention]:
    """A name without area that stands with one elsewhere ("Ban Chỉ đạo X" and "Ban Chỉ đạo X quận Y") is that unit."""
    with_area: dict[str, set[str]] = {}
    by_name = {m.name: m for m in mentions}
    for mention in mentions:
        if mention.unit.area and mention.unit.area.name:
            with_area.setdefault(key_of(mention.unit.head), set()).add(mention.name)
    joined = []
    for mention in mentions:
        options = with_area.get(key_of(mention.unit.head), set())
        bare = mention.unit.area is None
        if bare and len(options) == 1 and not mention.unit.whole:
            full = by_name[next(iter(options))]
            mention = UnitMention(mention.start, mention.end, full.unit, full.name, mention.pattern)
        joined.append(mention)
    return joined


def unit_entries(mentions: Sequence[UnitMention], identifiers: Identifiers) -> tuple[Unit, ...]:
    """One entry a unit, in the order of their first mentions."""
    grouped: dict[str, list[UnitMention]] = {}
    for mention in mentions:
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
