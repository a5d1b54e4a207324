"""Which unit and which person a name means, across articles: ids made of nothing but names and scopes.

A unit is known everywhere by its name if it is a central one, or if its area bears a name that no other area of its
kind bears (`patterns/gazetteers/areas.tsv`). A name that several may bear ("xã Tân Lập", "Bệnh viện An Tâm") means
one unit within the portal of a district, commune or office, and elsewhere within an article, as does one that leaves
its area out ("UBND huyện"). So two units are hardly taken for one by their names; that two names mean one unit is for
people to say (`decisions`).

A person is a name in a unit: namesakes of other units are others, unless an article gives both offices to one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from meetextract.match.gazetteer import Gazetteer, read_gazetteer
from meetextract.records import Unit
from meetextract.sameness import fold, fold_unit
from meetextract.settings import pattern_dir
from meetextract.text import fold as fold_writing

AREA = "địa bàn"
"""The kind of an area, as which targets have holders."""

KEY_CHARS = 200
"""Keys are cut here: an index holds no long ones."""

_CENTRAL_KINDS = ("bộ", "tổng cục")
_COMMITTEE = "UBND"
_LEVELS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu")
_AREA = regex.compile(rf"(?:^|\s)(?P<level>{'|'.join(_LEVELS)}) (?P<area>\p{{Lu}}.*|\d+)$", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class UnitKey:
    """A unit across articles.

    Attributes:
        id: Made of the folded name and the scope.
        name: Canonical name.
        kind: The head of the name; `AREA` for an area.
        level: Kind of its area.
        area: Name of its area.
        scope: The portal or article within which the name means one unit; None for everywhere.
        home: Its area; None for areas, and where it has none.
    """

    id: str
    name: str
    kind: str | None
    level: str | None
    area: str | None
    scope: str | None
    home: UnitKey | None


def hashed(*facts: object) -> str:
    """An id made of facts, 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(map(str, facts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def name_key(name: str) -> str:
    """The folded name of a person or unit."""
    return fold(name)[:KEY_CHARS]


def person_id(name: str, unit: str | None, article: str) -> str:
    """The id of a person of a unit, or of an article where no unit is known."""
    return hashed("person", name_key(name), "unit" if unit else "article", unit or article)


def read_area(name: str) -> tuple[str | None, str | None]:
    """The kind and the name of the area that the name of a unit ends with; None where it names none."""
    hit = _AREA.search(fold_writing(name))
    return (hit["level"], hit["area"]) if hit else (None, None)


class Names:
    """What the names of units mean in one article.

    Args:
        units: The units of its record.
        article: Its id.
        portal: Its portal, or None.
    """

    def __init__(self, units: tuple[Unit, ...], article: str, portal: str | None) -> None:
        self._known: Mapping[str, Unit] = {unit.name: unit for unit in units}
        self._article = f"article {article}"
        self._portal = f"portal {portal}" if portal and _is_local(portal) else self._article
        self._ids: dict[str, str] = {}
        self.found: dict[str, UnitKey] = {}

    def unit(self, name: str | None) -> str | None:
        """The id of the unit that a canonical name means; None for no name."""
        if name is None:
            return None
        if name not in self._ids:
            self._ids[name] = self._find(name).id
        return self._ids[name]

    def _find(self, name: str) -> UnitKey:
        known = self._known.get(name)
        kind, level, area = (known.kind, known.level, known.area) if known else (None, None, None)
        if level is None and area is None:
            level, area = read_area(name)
        if level is None and area is not None:
            level = _level_of(area, kind)
        home = self._area(level, area) if level and area else None
        return self._keep(name, kind, level, area, self._scope(name, kind, level, area, home), home)

    def holder(self, name: str | None) -> str | None:
        """The id of the area or unit whose level it is: a committee stands for its area."""
        if name is None:
            return None
        hit = _AREA.search(fold_writing(name))
        if hit and name[: hit.start("level")].strip() in ("", _COMMITTEE):
            return self._area(hit["level"], hit["area"]).id
        return self.unit(name)

    def _area(self, level: str, area: str) -> UnitKey:
        scope = self._portal if _is_borne_by_several(level, area) else None
        return self._keep(f"{level} {area}", AREA, level, area, scope, None)

    def _scope(
        self, name: str, kind: str | None, level: str | None, area: str | None, home: UnitKey | None
    ) -> str | None:
        if home is not None:
            return home.scope
        if level is not None:
            return self._article
        if kind in _CENTRAL_KINDS or fold_unit(name) in _central():
            return None
        return self._portal if area is not None or _is_proper(name, kind) else self._article

    def _keep(
        self, name: str, kind: str | None, level: str | None, area: str | None, scope: str | None, home: UnitKey | None
    ) -> UnitKey:
        # The level is a part of it: a province and its capital often bear one name.
        key = hashed("unit", fold_unit(name), level or "", scope or "")
        kept = self.found.get(key)
        if kept is None or (kind is not None and kept.kind is None):
            kept = self.found[key] = UnitKey(key, name, kind, level, area, scope, home)
        return kept


def _is_local(portal: str) -> bool:
    """Whether a portal is that of one district, commune or office: `quan.tinh.gov.vn`.

    Those of provinces and of the country tell of many areas of one name.
    """
    return portal.endswith(".gov.vn") and portal.count(".") > 2


def _level_of(area: str, kind: str | None) -> str | None:
    """The kind of area that a name alone means: the only one that bears it, or for a department the province."""
    kinds = _areas().get(fold(area), (frozenset(), frozenset()))[0]
    provinces = sorted(kinds & {"tỉnh", "thành phố"}, reverse=True)
    if kind == "sở" and provinces:
        return provinces[0]
    return next(iter(kinds)) if len(kinds) == 1 else None


def _is_proper(name: str, kind: str | None) -> bool:
    """Whether a name goes on behind its kind with nothing but capitals: "Bệnh viện An Tâm", "Công ty Minh Phát"."""
    words = name.removeprefix(kind or "").split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


@lru_cache(maxsize=1)
def _central() -> frozenset[str]:
    rows = _gazetteer("central_units").rows
    return frozenset(fold_unit(row["canonical"] or row["form"]) for row in rows)


@lru_cache(maxsize=1)
def _areas() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By folded name the kinds of areas that bear it, and those of which several do."""
    return {
        fold(row["form"]): (frozenset(row["kinds"].split(",")), frozenset(filter(None, row["several"].split(","))))
        for row in _gazetteer("areas").rows
    }


def _gazetteer(name: str) -> Gazetteer:
    return read_gazetteer(pattern_dir() / "gazetteers" / f"{name}.tsv")


@lru_cache(maxsize=1 << 14)
def _is_borne_by_several(level: str, area: str) -> bool:
    """Whether a name means several areas of its kind; a number ("phường 5") and a name that no list has may."""
    kinds, several = _areas().get(fold(area), (frozenset(), frozenset()))
    return level not in kinds or level in several
