"""The areas that an article is at home in, and the areas that its units leave out."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex

from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, UnitName
from meetextract.normalise.units import DISTRICT_KINDS, NAMED_LEVELS
from meetextract.records import Span

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
TIER = {
    "tỉnh": PROVINCE, "thành phố": PROVINCE, "quận": DISTRICT, "huyện": DISTRICT, "thị xã": DISTRICT,
    "phường": COMMUNE, "xã": COMMUNE, "thị trấn": COMMUNE, "đặc khu": COMMUNE,
}  # fmt: skip
PROVINCE_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
_WEIGHT = {"title": 8, "lead": 6, "body": 2, "caption": 2}
BY_NAME_ALONE = "areas.province"
"""The pattern that finds provinces called by their names alone."""
_LEADING = regex.compile(r"UBND|HĐND|(?:Tỉnh|Thành|Quận|Huyện|Thị|Đảng) ủy")


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
    said: list[tuple[int, Area]] = field(default_factory=list)
    """Where each area is named, in the order of the text."""
    first: dict[Area, Span] = field(default_factory=dict)
    """Where each area, or a unit with its name, is named first."""
    paragraph_at: Callable[[int], int] = lambda _: 0
    """Where the paragraph that holds an offset begins."""

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
        paragraph = self.paragraph_at(at)
        for start, area in reversed(self.said[: bisect_left(self.said, at, key=lambda said: said[0])]):
            if start < paragraph:
                return None
            if area in areas:
                return area
        return None


def find_home(view: View, candidates: Sequence[Candidate]) -> Home:
    """Counts the areas named in an article's content, in its head more than in its body."""
    home = Home(paragraph_at=view.block_at)
    people = SpanIndex(c for c in candidates if c.label == "PERSON")
    seen: set[tuple[int, int]] = set()
    spelt: dict[tuple[str | None, str], Area] = {}
    for candidate in candidates:
        value = candidate.value
        area = value if isinstance(value, Area) else value.area if isinstance(value, UnitName) else None
        if area is None or area.name is None or (candidate.start, candidate.end) in seen:
            continue
        seen.add((candidate.start, candidate.end))
        in_name = any(p.start < candidate.start for p in people.overlapping(candidate.start, candidate.end))
        if in_name and candidate.mention.pattern == BY_NAME_ALONE:
            continue
        weight = _WEIGHT.get(view.sentence_at(candidate.start).block, 2)
        if candidate.mention.pattern == BY_NAME_ALONE:
            weight //= 2
        if isinstance(value, UnitName):
            area = Area(area.kind or NAMED_LEVELS.get(value.kind.lower()), area.name)
        area = spelt.setdefault((area.kind, _sound(area.name or "")), area)
        home.first[area] = min(home.first.get(area, (candidate.start, candidate.end)), (candidate.start, candidate.end))
        if isinstance(value, UnitName) and _LEADING.match(value.kind):
            home.governed[area] += weight
        if area.kind:
            home.weights[area] += weight
            home.said.append((candidate.start, area))
    home.said.sort(key=lambda said: said[0])
    return home


def _sound(name: str) -> str:
    """A name without marks, blanks and apostrophes: "Đắk R'Lấp", "Đăk R'lấp" and "ĐắkR'Lấp" are one place."""
    decomposed = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in decomposed if char.isalnum()).lower()


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
    if unit.area is not None or unit.kind.lower() in NAMED_LEVELS:
        if TIER.get(kind) == DISTRICT and not any(area.kind == kind for area in home.weights):
            return home.of_tier(DISTRICT, at)  # "UBND huyện" said of a quận by mistake
        return home.of_kind(kind, at)
    if unit.kind in DISTRICT_KINDS:
        main = home.main()
        return home.of_tier(DISTRICT, at) or (main if main is not None and tier_of(main) == COMMUNE else None)
    return home.of_tier(TIER.get(kind, PROVINCE), at)
