"""People of an article: each once, with every mention and every title joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import regex

from meetextract.assemble.home import BY_NAME_ALONE, Home, complete
from meetextract.assemble.references import PersonReference, of_name, of_titles
from meetextract.assemble.spans import SpanIndex
from meetextract.assemble.titles import COMMITTEES, Office, find_offices, link_titles, name_unknown_units
from meetextract.assemble.units import UnitMention, canonical, is_a, key_of
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, Name, UnitName
from meetextract.normalise.units import PARTY_LEVELS
from meetextract.records import Identifiers, Person, Span, Title
from meetextract.text import fold

_HONORED = regex.compile(
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|đại biểu|cử tri|tướng|tá|úy|[GT]S|sĩ|sư)[.:]?\s*$", regex.IGNORECASE
)
_NO_PERSON_BEFORE = regex.compile(
    r"(?:đường(?: hoa(?: xuân)?)?|phố|ngõ|cầu|(?<!nhà )(?<!hiệu )trường|thpt|thcs|tiểu học|đại học|giải|công viên|khu"
    r"|hồ|bệnh viện|chợ|quỹ|tượng đài|lăng|đền|công nghiệp|đô thị|dân cư|chùa|ảnh"
    r"|tư tưởng|phong cách|đạo đức|tấm gương|thời đại|bác)\s*:?\s*$",
    regex.IGNORECASE,
)
_HIGHLAND = "people.highland"
_SURE = ("people.addressed", _HIGHLAND)
"""Patterns that find nothing but people."""
_HEADED = {
    f"{deputy}{head}": kind
    for head, kind in {
        "Bộ trưởng": "bộ", "Thứ trưởng": "bộ", "Tổng cục trưởng": "tổng cục", "Cục trưởng": "cục", "Vụ trưởng": "vụ",
        "Chi cục trưởng": "chi cục", "Viện trưởng": "viện", "Đồn trưởng": "đồn", "Hạt trưởng": "hạt",
        "Trưởng trạm": "trạm", "Hiệu trưởng": "trường",
    }.items()
    for deputy in ("", "Phó ")
}  # fmt: skip
"""The kind of unit that a role is at the head of."""
_STREETS_BEFORE = regex.compile(r"\b(?:các|những) (?:tuyến )?(?:đường|phố)\b[^.;:()]*$", regex.IGNORECASE)


@dataclass(slots=True)
class _Known:
    """A person while the article is read."""

    name: str
    pattern: str
    mentions: set[Span] = field(default_factory=set)
    offices: dict[tuple[str, str], Office] = field(default_factory=dict)
    certain: bool = False

    def take(self, offices: Iterable[Office]) -> None:
        """Adds offices; one said again adds nothing."""
        for office in offices:
            self.offices.setdefault(office.key, office)

    def holds(self, office: Office, *, loosely: bool = False) -> bool:
        """Whether a title without a name may mean this person: the role, and the unit where one is said.

        Loosely, a shorter role is enough: "Phó Chủ tịch" for a "Phó Chủ tịch Thường trực".
        """
        role, unit = office.key
        return any(
            (held == role or (loosely and held.startswith(f"{role} "))) and (not unit or not of or of == unit)
            for held, of in self.offices
        )


class _People:
    """The people met so far, by name and by the end of their names."""

    def __init__(self) -> None:
        self.known: dict[str, _Known] = {}
        self._by_ending: dict[str, set[str]] = {}

    def add(self, name: Name, pattern: str) -> _Known:
        """A person by this name, known or new."""
        key = fold(name.name).lower()
        if key not in self.known:
            self.known[key] = _Known(name.name, pattern)
            words = key.split()
            for size in range(1, min(3, len(words))):
                self._by_ending.setdefault(" ".join(words[-size:]), set()).add(key)
        return self.known[key]

    def ending_in(self, name: Name) -> list[_Known]:
        """Those whose names end in a shorter one ("ông Chung")."""
        return [self.known[key] for key in sorted(self._by_ending.get(fold(name.name).lower(), ()))]

    def beginning_with(self, name: Name) -> list[_Known]:
        """Those whose names begin with one that holds no family name ("Y Sol" for "Y Sol Mlô")."""
        return (
            [] if name.full else [p for key, p in self.known.items() if key.startswith(f"{fold(name.name).lower()} ")]
        )

    def __contains__(self, name: Name) -> bool:
        return fold(name.name).lower() in self.known


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """The people of an article.

    Attributes:
        entries: each person once, in the order of the first mentions.
        implied: units that only an abbreviated title names ("UVBTVQU": the Quận ủy).
        references: every place where a person is meant, by name or by title, in the order of the text.
    """

    entries: tuple[Person, ...]
    implied: tuple[UnitMention, ...]
    references: tuple[PersonReference, ...]


def find_people(
    view: View, candidates: Sequence[Candidate], units: Sequence[UnitMention], home: Home, identifiers: Identifiers
) -> PeopleFound:
    """The people of an article with their titles, and where each is meant."""
    unit_index = SpanIndex(units)
    names = SpanIndex(_names(view, candidates, unit_index))
    offices = find_offices(view, candidates, unit_index, home)
    name_unknown_units(view, offices, names)
    linked = link_titles(view, names, offices)
    people = _People()
    references: list[PersonReference] = []
    for candidate in names.items:
        held = linked.of_name[candidate.start]
        met = [person.name for person in _meet(view, people, candidate, held)]
        if met:
            references.append(of_name(met, candidate.start, candidate.end, held))
    for row in linked.alone:
        holders = _holders(people.known.values(), row)
        if len(holders) == 1:
            holders[0].mentions.add((row[0].start, row[-1].end))
        references.append(of_titles(row, [person.name for person in holders]))
    implied: list[UnitMention] = []
    certain = {key: p for key, p in people.known.items() if p.certain or len(p.name.split()) >= 3}
    entries = tuple(
        Person(
            id=identifiers.of("person", [key]),
            name=person.name,
            titles=_titles(_with_units(person.offices.values(), view, unit_index), home, implied),
            mentions=tuple(sorted(person.mentions)),
            pattern=person.pattern,
        )
        for key, person in certain.items()
    )
    return PeopleFound(entries, tuple(implied), tuple(sorted(references, key=lambda r: (r.start, -r.end))))


def _holders(people: Iterable[_Known], row: Sequence[Office]) -> list[_Known]:
    """Those who may be meant by titles alone; who holds just them comes before who holds more."""
    known = list(people)
    exact = [p for p in known if all(office.key in p.offices for office in row)]
    if len(exact) == 1 and any(office.unit for office in row):
        return exact
    return [p for p in known if all(p.holds(office) for office in row)] or [
        p for p in known if all(p.holds(office, loosely=True) for office in row)
    ]


def _meet(view: View, people: _People, candidate: Candidate, offices: Sequence[Office]) -> list[_Known]:
    """Joins a name's mention to its person; gives all who may be meant by a given name that several bear."""
    assert isinstance(candidate.value, Name)
    name, pattern = candidate.value, candidate.mention.pattern
    honored = bool(_HONORED.search(view.before(candidate.start, 14)))
    marked = honored or bool(offices)
    if name not in people and (marked or pattern == _HIGHLAND):
        namesakes = people.ending_in(name) or people.beginning_with(name)
        if len(namesakes) == 1:
            namesakes[0].mentions.add((candidate.start, candidate.end))
            namesakes[0].take(offices)
        if namesakes:
            return namesakes
    if name not in people and not name.full and not offices and not pattern.startswith(_SURE):
        return []
    person = people.add(name, pattern)
    person.mentions.add((candidate.start, candidate.end))
    person.certain = person.certain or marked or pattern != "people.full"
    person.take(offices)
    return [person]


def _names(view: View, candidates: Sequence[Candidate], units: SpanIndex[UnitMention]) -> list[Candidate]:
    """Name mentions that are no part of a unit's or an area's name, the longest where they overlap."""
    areas = SpanIndex(c for c in candidates if isinstance(c.value, Area))
    free = [
        clear
        for name in candidates
        if isinstance(name.value, Name)
        and not _NO_PERSON_BEFORE.search(view.before(name.start, 16))
        and not _STREETS_BEFORE.search(view.before(name.start, 80))
        and (clear := _clear_of(name, units, areas, view)) is not None
    ]
    kept: list[Candidate] = []
    for candidate in sorted(free, key=lambda c: (c.start, -c.end, c.mention.pattern == "people.full")):
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept


def _clear_of(
    name: Candidate, units: SpanIndex[UnitMention], areas: SpanIndex[Candidate], view: View
) -> Candidate | None:
    """A name without the end of an area's name that it was run together with ("Hậu Giang Nguyễn Văn A")."""
    taken = [(u.start, u.end) for u in units.overlapping(name.start, name.end)]
    taken += [
        (a.start, a.end)
        for a in areas.overlapping(name.start, name.end)
        if a.start <= name.start or a.mention.pattern != BY_NAME_ALONE  # a "Lê Thị Hòa Bình" is no province
    ]
    start = max((end for begin, end in taken if begin <= name.start), default=name.start)
    if start == name.start:
        return None if taken else name
    if any(end > start for _, end in taken):
        return None
    words = view.words(start, name.end).split()
    if len(words) < 2 or view.library.gazetteers["surnames"].find(words[0]) is None:
        return None
    rest = view.folded.stored[start : name.end]
    return replace(name, value=Name(" ".join(words), True), start=start + len(rest) - len(rest.lstrip()))


def _with_units(offices: Iterable[Office], view: View, units: SpanIndex[UnitMention]) -> list[Office]:
    """Offices whose role says of what kind their unit is, with the unit of that kind that the paragraph named before.

    Where the paragraph names none, and for ministries, it is the only one of that kind in the article.
    """
    held = list(offices)
    without_ministry = any(office.role.role.startswith("Chủ nhiệm") for office in held)
    completed = []
    for office in held:
        kind = _HEADED.get(office.role.role)
        said = any(other.unit and other.role == office.role for other in held)
        if office.unit is None and kind is not None and not said and not (kind == "bộ" and without_ministry):
            of_kind = [unit for unit in units.items if is_a(unit.unit, kind)]
            paragraph = view.block_at(office.start) if kind != "bộ" else office.start
            before = [unit for unit in of_kind if paragraph <= unit.start < office.start]
            if before or len({unit.name for unit in of_kind}) == 1:
                office = replace(office, unit=(before or of_kind)[-1].unit)
        completed.append(office)
    return completed


def _titles(offices: list[Office], home: Home, implied: list[UnitMention]) -> tuple[Title, ...]:
    """Each role once; a party role without a unit is held in the committee of the person's own level."""
    titles: dict[tuple[str, str], Title] = {}
    for at, office in enumerate(offices):
        unit = office.unit or _implied_unit(office, [*offices[at + 1 :], *offices], home)
        name = canonical(unit) if unit else office.role.unit
        if unit is not None and office.unit is None and unit.area and unit.area.name:
            implied.append(UnitMention(office.start, office.end, unit, canonical(unit), office.pattern))
        role = office.role.role
        key = (role, key_of(name or ""))
        shorter_said = name is None and any(said.startswith(role) for said, _ in titles)
        if key in titles or shorter_said:
            continue
        if name is not None:
            for said in [k for k in titles if k[1] == "" and role.startswith(k[0])]:
                del titles[said]
        titles[key] = Title(role, name, (office.start, office.end), office.pattern)
    return tuple(titles.values())


def _implied_unit(office: Office, others: Sequence[Office], home: Home) -> UnitName | None:
    """The party committee that an abbreviated or bare party role means, from the person's other offices."""
    role = office.role
    if role.unit and (role.unit in COMMITTEES.values() or role.unit == "Đảng ủy"):
        kind = PARTY_LEVELS.get(role.unit.lower())
        return complete(UnitName(role.unit, role.unit, None, kind, False), home, office.start)
    if role.unit or role.branch != "party" or role.role == "Tổng Bí thư":
        return None
    other = next((o.unit for o in others if o.unit and not o.unit.whole and (o.unit.area or o.unit.level)), None)
    if other is None:
        return None
    if other.kind in COMMITTEES.values():
        return UnitName(other.kind, other.kind, other.area, other.level, False)
    kind = other.area.kind if other.area else other.level
    name = other.area.name if other.area else None
    head = COMMITTEES.get(kind or "")
    if head:
        return complete(UnitName(head, head, Area(kind, name) if name else None, kind, False), home, office.start)
    if kind in ("phường", "xã", "thị trấn"):
        return complete(UnitName("Đảng ủy", "Đảng ủy", Area(kind, name), kind, False), home, office.start)
    return None
