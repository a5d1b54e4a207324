"""Units of an article: the areas they leave out are completed, repetitions joined, nested ones dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, UnitName
from meetextract.normalise.units import DISTRICT_KINDS, PARTY_LEVELS
from meetextract.records import Identifiers, Span, Unit
from meetextract.text import fold

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
TIER = {
    "tỉnh": PROVINCE, "thành phố": PROVINCE, "quận": DISTRICT, "huyện": DISTRICT, "thị xã": DISTRICT,
    "phường": COMMUNE, "xã": COMMUNE, "thị trấn": COMMUNE, "đặc khu": COMMUNE,
}  # fmt: skip
PROVINCE_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
_WEIGHT = {"title": 8, "lead": 6, "body": 2, "caption": 2}
_BY_NAME_ALONE = "areas.province"
_LEADING = regex.compile(r"UBND|HĐND|(?:Tỉnh|Thành|Quận|Huyện|Thị|Đảng) ủy")
_STEERING = ("ban chỉ đạo", "ban quản lý", "tổ công tác")


def tier_of(area: Area) -> str | None:
    """Province, district or commune; a city is a province only if it is governed centrally."""
    if area.kind == "thành phố" and area.name not in PROVINCE_CITIES:
        return DISTRICT if area.name else PROVINCE
    return TIER.get(area.kind or "")


@dataclass(slots=True)
class Home:
    """The areas that an article is at home in: how much it speaks of each, and which of them its authorities govern."""

    weights: Counter[Area] = field(default_factory=Counter)
    governed: Counter[Area] = field(default_factory=Counter)
    said: list[tuple[int, int, Area]] = field(default_factory=list)
    """Where each area is named, and where that paragraph begins; in the order of the text."""

    def of_kind(self, kind: str, at: int) -> Area | None:
        """The area that a bare kind means at an offset: the article's one, else the last that its paragraph named."""
        return self._meant([area for area in self.weights if area.kind == kind], at)

    def of_tier(self, tier: str, at: int) -> Area | None:
        """The area of a tier, whatever its kind there."""
        return self._meant([area for area in self.weights if tier_of(area) == tier], at)

    def main(self) -> Area | None:
        """The area whose authorities the article is about."""
        ranked = self.governed.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        return None

    def _meant(self, areas: Sequence[Area], at: int) -> Area | None:
        ranked = sorted(areas, key=lambda area: -self.weights[area])
        if not ranked:
            return None
        if len(ranked) == 1 or self.weights[ranked[0]] >= 2 * self.weights[ranked[1]]:
            return ranked[0]
        before = [(start, paragraph, area) for start, paragraph, area in self.said if start < at and area in areas]
        if before and any(start >= before[-1][1] for start, _, _ in before) and before[-1][1] == self._paragraph(at):
            return before[-1][2]
        return None

    def _paragraph(self, at: int) -> int:
        return next((paragraph for start, paragraph, _ in reversed(self.said) if start < at), -1)


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
        weight = _WEIGHT.get(view.sentence_at(candidate.start).block, 2)
        if candidate.mention.pattern == _BY_NAME_ALONE:
            weight //= 2
        if isinstance(value, UnitName):
            area = Area(area.kind or PARTY_LEVELS.get(value.kind.lower()), area.name)
            if _LEADING.match(value.kind):
                home.governed[area] += weight
        if area.kind:
            home.weights[area] += weight
            home.said.append((candidate.start, view.block_at(candidate.start), area))
    home.said.sort(key=lambda said: said[0])
    return home


def complete(unit: UnitName, home: Home, at: int) -> UnitName:
    """Gives a unit that stands at an offset the area that it leaves out, where the article tells it."""
    if unit.whole or (unit.area and unit.area.name):
        return unit
    area = _area_left_out(unit, home, at)
    return UnitName(unit.head, unit.kind, area, area.kind, unit.whole) if area else unit


def _area_left_out(unit: UnitName, home: Home, at: int) -> Area | None:
    kind = unit.area.kind if unit.area else unit.level
    if kind is None:
        return home.main() if unit.kind.startswith("Ủy ban MTTQ") else None
    if unit.area is not None or PARTY_LEVELS.get(unit.kind.lower()):
        if TIER.get(kind) == DISTRICT and not any(area.kind == kind for area in home.weights):
            return home.of_tier(DISTRICT, at)  # "UBND huyện" said of a quận by mistake
        return home.of_kind(kind, at)
    if unit.kind in DISTRICT_KINDS:
        main = home.main()
        return home.of_tier(DISTRICT, at) or (main if main is not None and tier_of(main) == COMMUNE else None)
    return home.of_tier(TIER.get(kind, PROVINCE), at)


def canonical(unit: UnitName) -> str:
    """The unit's name as the record writes it."""
    if unit.area is None:
        return unit.head
    party = PARTY_LEVELS.get(unit.kind.lower())
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
    found = [c for c in candidates if isinstance(c.value, UnitName)]
    kept = sorted(
        (c for c in found if not any(other is not c and _outranks(other, c) for other in found)), key=lambda c: c.start
    )
    mentions: list[UnitMention] = []
    following: UnitMention | None = None
    for candidate in reversed(kept):
        assert isinstance(candidate.value, UnitName)
        unit = complete(candidate.value, home, candidate.start)
        if candidate.mention.pattern == "units.party.bare":
            owner = (
                following
                if following and view.sentence_at(following.start) == view.sentence_at(candidate.start)
                else None
            )
            completed = _party_committee(unit, owner, home)
            if completed is None:
                continue
            unit = completed
        following = UnitMention(candidate.start, candidate.end, unit, canonical(unit), candidate.mention.pattern)
        mentions.append(following)
    return _join_repeated(_join_short_forms(mentions[::-1]))


def _party_committee(unit: UnitName, owner: UnitMention | None, home: Home) -> UnitName | None:
    """The committee that "Đảng ủy" means beside another office of the same person ("Đảng ủy, Chủ tịch UBND xã X")."""
    if owner is None:
        main = home.main()
        return UnitName(unit.head, unit.kind, main, main.kind, False) if main and tier_of(main) == COMMUNE else None
    other = owner.unit
    if other.kind in ("UBND", "HĐND") or (other.area and tier_of(other.area) == COMMUNE):
        return UnitName(unit.head, unit.kind, other.area, other.level, False) if other.area else None
    return UnitName(f"{unit.head} {other.head}", unit.kind, other.area, other.level, other.whole)


def _outranks(other: Candidate, candidate: Candidate) -> bool:
    if not (other.start < candidate.end and candidate.start < other.end):
        return False
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
    joined = []
    full = {m.name: m for m in mentions if m.unit.head != m.unit.kind}
    for mention in mentions:
        mine = key_of(mention.unit.head).split()
        options = [
            other
            for other in full.values()
            if other.unit.kind.lower() == mention.unit.kind.lower()
            and (words := key_of(other.unit.head).split())
            and (words[: len(mine)] == mine or [w for w in words if not w.isdigit()] == mine)
            and _compatible(mention.unit, other.unit)
        ]
        longest = max(options, key=lambda m: len(m.name), default=None)
        chain = longest is not None and all(
            o.name == longest.name or key_of(longest.name).startswith(key_of(o.unit.head)) for o in options
        )
        if longest is not None and chain and not mention.unit.whole and mention.unit.head != mention.unit.kind:
            mention = UnitMention(mention.start, mention.end, longest.unit, longest.name, mention.pattern)
        joined.append(mention)
    return joined


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
            mention = UnitMention(mention.start, mention.end, full.unit, full.name, mention.pattern)
        else:
            for kind in _STEERING:
                options = named.get(kind, set())
                if unit.head.lower().endswith(f" {kind}") and len(options) == 1:  # "Tổ giúp việc Ban Chỉ đạo"
                    full = by_name[next(iter(options))]
                    head = unit.head[: -len(kind)] + full.unit.head
                    unit = UnitName(head, unit.kind, full.unit.area, full.unit.level, False)
                    mention = UnitMention(mention.start, mention.end, unit, canonical(unit), mention.pattern)
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
