"""Titles: roles joined with their units, and rows of them joined with names.

A title is a role with the unit right behind it. Titles in a row ("Phó Bí thư Thành ủy, Chủ tịch UBND thành phố") belong
to the name right behind the row, or to the name before it across a comma, a dash or a bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from meetextract.assemble.home import Home, complete
from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.units import UnitMention, canonical, key_of
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, Role, UnitName
from meetextract.normalise.units import PARTY_LEVELS

COMMITTEES = {kind: head.capitalize() for head, kind in PARTY_LEVELS.items()}
"""The party committee of each kind of area."""
_OF = regex.compile(r"\s*(?:,?\s?(?:kiêm )?người phát ngôn )?(?:của |tại |bộ |ban )?\s*", regex.IGNORECASE)
_TO_SHARED_UNIT = regex.compile(r"\s*(?:-|kiêm|và)\s*", regex.IGNORECASE)
_OFFICE_HEADS = ("Chánh Văn phòng", "Phó Chánh Văn phòng")
_INSPECTORS = ("Chánh Thanh tra", "Phó Chánh Thanh tra")
_BETWEEN_TITLES = regex.compile(
    r"\s*(?:,|-|kiêm|đồng thời là|và|và là|, kiêm|,? nguyên)?\s*(?:kiêm |là |nguyên )?", regex.IGNORECASE
)
_TO_TITLE = regex.compile(
    r"\s*(?:,|-|\(|:|là|, là|,? hiện là|,? hiện giữ chức(?: vụ)?|- là|giữ chức(?: vụ)?)\s*(?:nguyên |các )?",
    regex.IGNORECASE,
)
_HONORIFICS = r"(?:(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị)[.:]?\s*)?"
_RANKS = (
    r"(?:(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|thượng tác|đại tá|thượng tá|trung tá|thiếu tá|đại úy"
    r"|thượng úy|trung úy|GS|PGS|TSKH|TS|ThS|Th\.S|BS|KTS|luật sư|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư)[ .]*+)*+"
)
_TO_NAME = regex.compile(rf"(?:\s*\([^()]{{1,40}}+\))?[\s:]*(?:(?:là|do)\s+)?{_HONORIFICS}{_RANKS}", regex.IGNORECASE)
_NAME_APART = regex.compile(rf"\s*[-,:]\s*{_HONORIFICS}{_RANKS}", regex.IGNORECASE)
_SEVERAL_HOLD = regex.compile(r"(?:^|\s)(?:các|hai|ba)(?: đồng chí)?\s*$", regex.IGNORECASE)
_TO_FIRST_OF_SEVERAL = regex.compile(rf"\s*(?::|là|gồm|gồm:|,)?\s*{_HONORIFICS}{_RANKS}", regex.IGNORECASE)
_TO_NEXT_OF_SEVERAL = regex.compile(rf"\s*(?:,|;|và|, và)\s*{_HONORIFICS}{_RANKS}", regex.IGNORECASE)
_UNKNOWN_UNIT = regex.compile(
    r"\s*(?P<unit>(?P<kind>Ủy ban|Tổng cục|Chi cục|Cục|Vụ|Viện|Học viện|Trung tâm|Ban|Bộ|Sở|Phòng|Hội|Hiệp hội"
    r"|Liên đoàn|Tập đoàn|Tổng Công ty|Công ty|Ngân hàng|Trường|Bệnh viện|Quỹ|Báo|Đài|Nhà máy|Xí nghiệp)\s"
    r"(?:(?!(?:và|cùng|với|là|do|của|cho|đã|ông|bà|đồng chí)\s)[\p{L}\d&-]+(?:,? |\s*[-–]\s*)?){1,9}?)\s*"
)
_TO_APPOINTED = regex.compile(rf"\s*(?:đối với|cho)\s*{_HONORIFICS}{_RANKS}", regex.IGNORECASE)


@dataclass(slots=True)
class Office:
    """A role with its unit, as said at one place."""

    role: Role
    unit: UnitName | None
    start: int
    end: int
    pattern: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two offices the same."""
        return self.role.role, key_of(canonical(self.unit)) if self.unit else ""


@dataclass(slots=True)
class LinkedTitles:
    """Which offices each name is said to hold, and the rows of offices without a name."""

    of_name: dict[int, list[Office]] = field(default_factory=dict)
    """By the start of the name."""
    alone: list[list[Office]] = field(default_factory=list)


def find_offices(
    view: View, candidates: Sequence[Candidate], units: SpanIndex[UnitMention], home: Home
) -> list[Office]:
    """Roles, the longest where they overlap, each with the unit or area right behind it."""
    areas = SpanIndex(c for c in candidates if isinstance(c.value, Area))
    offices: list[Office] = []
    taken = 0
    for candidate in SpanIndex(c for c in candidates if isinstance(c.value, Role)).items:
        inside = any(
            unit.start < candidate.start and candidate.end <= unit.end
            for unit in units.overlapping(candidate.start, candidate.end)
        )
        if inside or candidate.start < taken:
            continue
        taken = candidate.end
        assert isinstance(candidate.value, Role)
        office = Office(candidate.value, None, candidate.start, candidate.end, candidate.mention.pattern)
        unit = _unit_behind(view, candidate, units)
        if unit is not None:
            office.unit, office.end = unit.unit, max(office.end, unit.end)
            if unit.start < candidate.end and office.role.role == "Ủy viên Ban Chấp hành":
                office.role = replace(office.role, role="Ủy viên")  # the unit is the "Ban Chấp hành" itself
            if office.role.role in _OFFICE_HEADS and unit.unit.head in ("UBND", "HĐND"):
                head = f"Văn phòng {unit.unit.head}"
                office.unit = replace(unit.unit, head=head, kind=head)
        else:
            _take_area_behind(view, office, areas, home)
        offices.append(office)
    for office, following in pairwise(offices):
        untold = office.unit is None and not office.role.branch and not office.role.unit
        if untold and view.joins(office.end, following.start, _TO_SHARED_UNIT, 12):
            office.unit = following.unit  # "Phó Chủ tịch kiêm Tổng Thư ký Hội Nông dân tỉnh"
    return offices


def _unit_behind(view: View, role: Candidate, units: SpanIndex[UnitMention]) -> UnitMention | None:
    """The unit right behind a role, or one whose head is the role's last word ("Trưởng phòng Nội vụ")."""
    for unit in units.overlapping(role.start, role.end):
        if role.start < unit.start < role.end < unit.end:
            return unit
    behind = next(units.from_offset(role.end), None)
    if behind is not None and view.joins(role.end, behind.start, _OF, 35):
        return behind
    return None


def _take_area_behind(view: View, office: Office, areas: SpanIndex[Candidate], home: Home) -> None:
    """Joins "Chủ tịch Hà Nội" with the UBND there, "Bí thư Hà Nội" with the party committee."""
    area = next(areas.from_offset(office.end), None)
    if area is None or not view.joins(office.end, area.start, _OF, 12):
        return
    assert isinstance(area.value, Area)
    head: str | None = None
    if office.role.role.startswith(("Chủ tịch", "Phó Chủ tịch")):
        head = "UBND"
    elif office.role.role.startswith(("Bí thư", "Phó Bí thư")):
        head = COMMITTEES.get(area.value.kind or "")
    elif office.role.role in _INSPECTORS:
        head = "Thanh tra"
    if head and area.value.kind:
        office.unit = complete(UnitName(head, head, area.value, area.value.kind, False), home, office.start)
        office.end = area.end


def name_unknown_units(view: View, offices: Sequence[Office], names: SpanIndex[Candidate]) -> None:
    """Takes a unit that no pattern knows to be the words up to the name ("Cục trưởng Cục Khám, chữa bệnh Lý A Páo")."""
    for number, office in enumerate(offices):
        name = next(names.from_offset(office.end), None)
        following = offices[number + 1].start if number + 1 < len(offices) else None
        if office.unit or office.role.unit or name is None or (following is not None and following < name.start):
            continue
        hit = _UNKNOWN_UNIT.fullmatch(view.words(office.end, name.start))
        if hit is not None and view.sentence_at(office.start) == view.sentence_at(name.start):
            office.unit = UnitName(hit["unit"].strip(), hit["kind"], None, None, True)
            office.end += len(view.folded.stored[office.end : name.start].rstrip())


def link_titles(view: View, names: SpanIndex[Candidate], offices: Sequence[Office]) -> LinkedTitles:
    """Gives each row of titles to its person, or to the persons of a list ("các Phó Chủ tịch UBND tỉnh: A, B")."""
    linked = LinkedTitles({name.start: [] for name in names.items})
    for row in _rows(view, offices):
        several = _holders_in_list(view, row, names)
        if several:
            for name in several:
                linked.of_name[name.start].extend(row)
            continue
        owner, before = _owner(view, row, names), _before(view, row, names)
        if owner is None:
            linked.alone.append(row)
            continue
        split = before is not None and owner.start > row[0].start and len(row) > 1 and not linked.of_name[before.start]
        if split and before is not None:  # "A - Chủ tịch UBND xã, Phó Chủ tịch B"
            linked.of_name[before.start].extend(row[:-1])
            row[-1].unit = row[-1].unit or row[-2].unit
        linked.of_name[owner.start].extend(row[-1:] if split else row)
    return linked


def _rows(view: View, offices: Sequence[Office]) -> Iterator[list[Office]]:
    row: list[Office] = []
    for office in offices:
        if row and not (
            view.joins(row[-1].end, office.start, _BETWEEN_TITLES, 30)
            and view.sentence_at(row[-1].start) == view.sentence_at(office.start)
        ):
            yield row
            row = []
        row.append(office)
    if row:
        yield row


def _holders_in_list(view: View, row: list[Office], names: SpanIndex[Candidate]) -> list[Candidate]:
    """The names behind titles in the plural, two at least, or behind an office that somebody is appointed to."""
    plural = _SEVERAL_HOLD.search(view.before(row[0].start, 20)) is not None
    end, gap = row[-1].end, _TO_FIRST_OF_SEVERAL if plural else _TO_APPOINTED
    holders: list[Candidate] = []
    for name in names.from_offset(end):
        if not view.joins(end, name.start, gap, 30):
            break
        holders.append(name)
        end, gap = name.end, _TO_NEXT_OF_SEVERAL
    return holders if len(holders) > plural else []


def _owner(view: View, row: list[Office], names: SpanIndex[Candidate]) -> Candidate | None:
    """The name right behind the row, else the one before it across a separator, else the one behind across one."""
    end = row[-1].end
    after = next(names.from_offset(end), None)
    if after is not None and view.joins(end, after.start, _TO_NAME, 40):
        return after
    before = _before(view, row, names)
    if before is not None:
        return before
    if after is not None and view.joins(end, after.start, _NAME_APART, 20):
        return after
    return None


def _before(view: View, row: list[Office], names: SpanIndex[Candidate]) -> Candidate | None:
    """The name before a row, across a comma, a dash or a bracket."""
    start = row[0].start
    before = next((name for name in names.before_offset(start) if name.end <= start), None)
    if before is not None and view.joins(before.end, start, _TO_TITLE, 30):
        return before
    return None
