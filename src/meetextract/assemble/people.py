"""People of an article: names joined with the titles beside them, later mentions joined to the first.

A title is a role with the unit right behind it. Titles in a row ("Phó Bí thư Thành ủy, Chủ tịch UBND thành phố") belong
to the name right behind the row, or to the name before it across a comma, a dash or a bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from meetextract.assemble.units import Home, UnitMention, canonical, complete, key_of
from meetextract.assemble.valued import Candidate
from meetextract.assemble.view import View
from meetextract.normalise.offices import Area, Name, Role, UnitName
from meetextract.normalise.units import PARTY_LEVELS
from meetextract.records import Identifiers, Person, Span, Title
from meetextract.text import fold

_COMMITTEES = {kind: head.capitalize() for head, kind in PARTY_LEVELS.items()}
_OF = regex.compile(r"\s*(?:của |tại |bộ |ban )?\s*", regex.IGNORECASE)
_BETWEEN_TITLES = regex.compile(
    r"\s*(?:,|-|kiêm|đồng thời là|và|và là|, kiêm|,? nguyên)?\s*(?:kiêm |là |nguyên )?", regex.IGNORECASE
)
_TO_TITLE = regex.compile(
    r"\s*(?:,|-|\(|:|là|, là|,? hiện là|,? hiện giữ chức(?: vụ)?|- là|giữ chức(?: vụ)?)\s*(?:nguyên |các )?",
    regex.IGNORECASE,
)
_NAME_APART = regex.compile(r"\s*[-,:]\s*(?:đồng chí|đ/c|ông|bà)?[.:]?\s*", regex.IGNORECASE)
_TO_NAME = regex.compile(
    r"(?:\s*\([^()]{1,40}+\))?[\s:]*(?:(?:là |do )?(?:đồng chí|đ/c|các đồng chí|ông|bà|anh|chị)[.:]?\s*)?"
    r"(?:(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy"
    r"|GS\.?|PGS\.?|TSKH\.?|TS\.?|ThS\.?|Th\.S\.?|BS\.?|KTS\.?|luật sư|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư)[ .]*)*",
    regex.IGNORECASE,
)
_HONORED = regex.compile(
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|đại biểu|cử tri|tướng|tá|úy|[GT]S|sĩ|sư)[.:]?\s*$", regex.IGNORECASE
)
_NO_PERSON_BEFORE = regex.compile(
    r"(?:đường|phố|ngõ|cầu|trường|thpt|thcs|tiểu học|đại học|giải|công viên|khu|hồ|bệnh viện|chợ|quỹ|tượng đài|lăng|đền"
    r"|chùa|ảnh|ảnh:|tư tưởng|phong cách|đạo đức|tấm gương|thời đại|bác)\s*:?\s*$",
    regex.IGNORECASE,
)


@dataclass(slots=True)
class _Office:
    """A role with its unit, as said at one place."""

    role: Role
    unit: UnitName | None
    start: int
    end: int
    pattern: str


@dataclass(slots=True)
class _Known:
    """A person while the article is read."""

    name: str
    pattern: str
    mentions: list[Span] = field(default_factory=list)
    offices: list[_Office] = field(default_factory=list)
    certain: bool = False


def person_entries(
    view: View, candidates: Sequence[Candidate], units: Sequence[UnitMention], home: Home, identifiers: Identifiers
) -> tuple[tuple[Person, ...], list[UnitMention]]:
    """The people of an article with their titles, in the order of their first mentions.

    Returns:
        The people, and the units that only an abbreviated title names ("UVBTVQU": the Quận ủy).
    """
    names = _names(view, candidates, units)
    offices = _offices(view, candidates, units, home)
    linked, alone = _link(view, names, offices)
    people: dict[str, _Known] = {}
    for candidate, said in linked:
        assert isinstance(candidate.value, Name)
        honored = bool(_HONORED.search(view.before(candidate.start, 14)))
        person = _find(people, candidate.value, honored or bool(said))
        if person is None:
            if not candidate.value.full and not said and not candidate.mention.pattern.startswith("people.addressed"):
                continue
            person = people.setdefault(
                fold(candidate.value.name).lower(), _Known(candidate.value.name, candidate.mention.pattern)
            )
        person.mentions.append((candidate.start, candidate.end))
        person.certain = person.certain or honored or bool(said) or candidate.mention.pattern != "people.full"
        person.offices.extend(said)
    for row in alone:
        holder = _holder(people, row)
        if holder is not None:
            holder.mentions.append((row[0].start, row[-1].end))
    implied: list[UnitMention] = []
    named = {unit.name for unit in units}
    entries = tuple(
        Person(
            id=identifiers.of("person", [key]),
            name=person.name,
            titles=_titles(person.offices, home, implied, named),
            mentions=tuple(sorted(set(person.mentions))),
            pattern=person.pattern,
        )
        for key, person in people.items()
        if person.certain or len(person.name.split()) >= 3
    )
    return entries, implied


def _names(view: View, candidates: Sequence[Candidate], units: Sequence[UnitMention]) -> list[Candidate]:
    """Name mentions that are no part of a unit's or an area's name, the longest where they overlap."""
    taken: list[Span] = [(u.start, u.end) for u in units]
    taken += [(c.start, c.end) for c in candidates if isinstance(c.value, Area)]
    names = [c for c in candidates if isinstance(c.value, Name)]
    free = [
        clear
        for name in names
        if not _NO_PERSON_BEFORE.search(view.before(name.start, 16))
        and (clear := _clear_of(name, taken, view)) is not None
    ]
    kept: list[Candidate] = []
    for candidate in sorted(free, key=lambda c: (c.start, -c.end, c.mention.pattern != "people.full")):
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept


def _clear_of(name: Candidate, taken: list[Span], view: View) -> Candidate | None:
    """A name without the end of an area's name that it was run together with ("Hậu Giang Nguyễn Văn A")."""
    assert isinstance(name.value, Name)
    start = max((end for begin, end in taken if begin <= name.start < end), default=name.start)
    if any(begin < name.end and start < end for begin, end in taken if end > start):
        return None
    words = view.words(start, name.end).split()
    if start == name.start:
        return name
    surnames = view.library.gazetteers["surnames"]
    if len(words) < 2 or surnames.find(words[0]) is None:
        return None
    begin = start + len(view.folded.stored[start : name.end]) - len(view.folded.stored[start : name.end].lstrip())
    return replace(name, value=Name(" ".join(words), True), start=begin)


def _offices(view: View, candidates: Sequence[Candidate], units: Sequence[UnitMention], home: Home) -> list[_Office]:
    """Roles, the longest where they overlap, each with the unit or area right behind it."""
    roles: list[Candidate] = []
    for candidate in sorted((c for c in candidates if isinstance(c.value, Role)), key=lambda c: (c.start, -c.end)):
        inside = any(u.start < candidate.start and candidate.end <= u.end for u in units)
        if not inside and (not roles or roles[-1].end <= candidate.start):
            roles.append(candidate)
    areas = [c for c in candidates if isinstance(c.value, Area)]
    offices = []
    for candidate in roles:
        assert isinstance(candidate.value, Role)
        office = _Office(candidate.value, None, candidate.start, candidate.end, candidate.mention.pattern)
        unit = _unit_behind(view, candidate, units)
        if unit is not None:
            office.unit, office.end = unit.unit, max(office.end, unit.end)
        else:
            area = next(
                (
                    a
                    for a in areas
                    if _OF.fullmatch(view.words(min(office.end, a.start), a.start)) and a.start >= office.end
                ),
                None,
            )
            if area is not None:
                assert isinstance(area.value, Area)
                office.unit = _committee_of(candidate.value, area.value, home, candidate.start)
                office.end = area.end if office.unit else office.end
        offices.append(office)
    return offices


def _unit_behind(view: View, role: Candidate, units: Sequence[UnitMention]) -> UnitMention | None:
    """The unit right behind a role, or one whose head is the role's last word ("Trưởng phòng Nội vụ")."""
    for unit in units:
        if role.start < unit.start < role.end < unit.end:
            return unit
        if unit.start >= role.end:
            return unit if unit.start - role.end < 12 and _OF.fullmatch(view.words(role.end, unit.start)) else None
    return None


def _committee_of(role: Role, area: Area, home: Home, at: int) -> UnitName | None:
    """Reads "Chủ tịch Hà Nội" heads the UBND, "Bí thư Hà Nội" the party committee."""
    kind = area.kind
    if role.role.startswith(("Chủ tịch", "Phó Chủ tịch")) and kind:
        return complete(UnitName("UBND", "UBND", area, kind, False), home, at)
    if role.role.startswith(("Bí thư", "Phó Bí thư")) and kind:
        head = _COMMITTEES.get(kind)
        return complete(UnitName(head, head, Area(kind, area.name), kind, False), home, at) if head else None
    return None


def _link(
    view: View, names: list[Candidate], offices: list[_Office]
) -> tuple[list[tuple[Candidate, list[_Office]]], list[list[_Office]]]:
    """Gives each row of titles to its person.

    Returns:
        The names in order with their titles, and the rows that stand alone.
    """
    rows = list(_rows(view, offices))
    alone: list[list[_Office]] = []
    said: dict[int, list[_Office]] = {id(name): [] for name in names}
    for row in rows:
        owner, before = _owner(view, row, names), _before(view, row, names)
        if owner is None:
            alone.append(row)
            continue
        split = before is not None and owner.start > row[0].start and len(row) > 1 and not said[id(before)]
        if split and before is not None:  # "A - Chủ tịch UBND xã, Phó Chủ tịch B"
            said[id(before)].extend(row[:-1])
            row[-1].unit = row[-1].unit or row[-2].unit
        said[id(owner)].extend(row[-1:] if split else row)
    return [(name, said[id(name)]) for name in names], alone


def _holder(people: dict[str, _Known], row: list[_Office]) -> _Known | None:
    """The one person whom titles without a name mean: they hold each of these roles, in that unit where one is said."""
    holders = [person for person in people.values() if all(_holds(person, office) for office in row)]
    return holders[0] if len(holders) == 1 else None


def _holds(person: _Known, office: _Office) -> bool:
    return any(
        held.role.role == office.role.role
        and (office.unit is None or held.unit is None or key_of(canonical(held.unit)) == key_of(canonical(office.unit)))
        for held in person.offices
    )


def _rows(view: View, offices: list[_Office]) -> Iterator[list[_Office]]:
    row: list[_Office] = []
    for office in offices:
        if row and not (
            _BETWEEN_TITLES.fullmatch(view.words(min(row[-1].end, office.start), office.start))
            and view.sentence_at(row[-1].start) == view.sentence_at(office.start)
        ):
            yield row
            row = []
        row.append(office)
    if row:
        yield row


def _owner(view: View, row: list[_Office], names: list[Candidate]) -> Candidate | None:
    """The name right behind the row, else the one before it across a separator, else the one behind across one."""
    end = row[-1].end
    after = next((n for n in names if n.start >= end), None)
    if after is not None and after.start - end < 40 and _TO_NAME.fullmatch(view.words(end, after.start)):
        return after
    before = _before(view, row, names)
    if before is not None:
        return before
    if after is not None and after.start - end < 20 and _NAME_APART.fullmatch(view.words(end, after.start)):
        return after
    return None


def _before(view: View, row: list[_Office], names: list[Candidate]) -> Candidate | None:
    """The name before a row, across a comma, a dash or a bracket."""
    start = row[0].start
    before = next((n for n in reversed(names) if n.end <= start), None)
    if before is not None and start - before.end < 30 and _TO_TITLE.fullmatch(view.words(before.end, start)):
        return before
    return None


def _find(people: dict[str, _Known], name: Name, marked: bool) -> _Known | None:
    """The person that a name means: the same name, or the only one whose given names it ends ("ông Chung")."""
    wanted = fold(name.name).lower()
    if wanted in people:
        return people[wanted]
    if not marked:
        return None
    size = len(wanted.split())
    if size > 2:
        return None
    matches = [
        person for key, person in people.items() if key.split()[-size:] == wanted.split() and len(key.split()) > size
    ]
    return matches[0] if len(matches) == 1 else None


def _titles(offices: list[_Office], home: Home, implied: list[UnitMention], named: set[str]) -> tuple[Title, ...]:
    """Each role once; a party role without a unit is held in the committee of the person's own level."""
    level = next((o.unit for o in offices if o.unit and not o.unit.whole), None)
    titles: dict[tuple[str, str], Title] = {}
    for office in offices:
        unit = _implied(office, offices, level, home)
        name = canonical(unit) if unit else office.role.unit
        if unit is None and office.role.branch == "government" and name not in named:
            name = None  # "Phó Thủ tướng" of an article that does not speak of the Government
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


def _implied(office: _Office, offices: list[_Office], level: UnitName | None, home: Home) -> UnitName | None:
    role = office.role
    if office.unit is not None:
        return office.unit
    if role.unit and (role.unit in _COMMITTEES.values() or role.unit == "Đảng ủy"):
        kind = PARTY_LEVELS.get(role.unit.lower())
        return complete(UnitName(role.unit, role.unit, None, kind, False), home, office.start)
    if role.unit or role.branch != "party" or role.role == "Tổng Bí thư":
        return None
    following = offices[offices.index(office) + 1 :] + offices
    other = next((o.unit for o in following if o.unit and not o.unit.whole and (o.unit.area or o.unit.level)), level)
    if other is None:
        return None
    if other.kind in _COMMITTEES.values():
        return UnitName(other.kind, other.kind, other.area, other.level, False)
    kind = other.area.kind if other.area else other.level
    name = other.area.name if other.area else None
    head = _COMMITTEES.get(kind or "")
    if head:
        return complete(UnitName(head, head, Area(kind, name) if name else None, kind, False), home, office.start)
    if kind in ("phường", "xã", "thị trấn"):
        return complete(UnitName("Đảng ủy", "Đảng ủy", Area(kind, name), kind, False), home, office.start)
    return None
