"""Areas as single mentions say them; a person's name that runs on after one is cut off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import regex

from meetextract.normalise.offices import Area

AREA_KINDS = {
    "thành phố": "thành phố", "tp": "thành phố", "t.p": "thành phố", "tỉnh": "tỉnh", "t": "tỉnh",
    "quận": "quận", "q": "quận", "huyện": "huyện", "h": "huyện", "thị xã": "thị xã", "tx": "thị xã",
    "thị trấn": "thị trấn", "tt": "thị trấn", "phường": "phường", "p": "phường", "xã": "xã", "x": "xã",
    "đặc khu": "đặc khu",
}  # fmt: skip

_SYLLABLE = regex.compile(r"\S+")
_MANY = ("huyện", "phường", "xã", "thị trấn")
"""Kinds of area of which there are so many that a list may lack some."""
_SIDES = frozenset({"Đông", "Tây", "Nam", "Bắc"})
"""An area of this name divided ("An Phước Tây")."""


@dataclass(frozen=True, slots=True)
class AreaNames:
    """What is known of areas and family names.

    Attributes:
        kinds_of: the kinds of the areas that bear a name (folded), empty where there is none.
        is_surname: whether a syllable is a family name.
    """

    kinds_of: Callable[[str], Collection[str]]
    is_surname: Callable[[str], bool]

    def cut(self, name: str, kind: str | None) -> str:
        """The area's name at the head of a run of capitalised syllables, "" where they are no area's.

        Args:
            name: such as "Hà Đông Trần Quốc Bảo", "Dương Đức Tâm".
            kind: the kind said before it, or None where none is said; then only a known name counts.
        """
        syllables = name.split()
        if kind and name.isdigit():
            return name if kind in ("quận", "phường") else ""
        known = self.known(syllables, kind)
        if kind in _MANY and len(syllables) == 2 and " " not in known:
            return name  # hardly a person's name, and the lists lack areas that merged long ago
        if kind and len(syllables) == 3 and syllables[-1] in _SIDES and self._fits(" ".join(syllables[:2]), kind):
            return name
        if known:
            return known
        if kind is None or self._is_person(syllables):
            return ""
        for at in range(1, len(syllables)):
            if self._is_person(syllables[at:]):
                return " ".join(syllables[:at])
        if (kind in ("tỉnh", "thành phố", "quận") and len(syllables) > 1) or len(syllables) > 4:
            return ""  # there are few of these, all known: what follows is something else
        return " ".join(syllables[:3])

    def known(self, syllables: list[str], kind: str | None) -> str:
        """The longest known area's name of a kind that some syllables begin with, or ""."""
        for size in range(len(syllables), 0, -1):
            name = " ".join(syllables[:size])
            if self._fits(name, kind) and not self._splits_person(syllables, size):
                return name
        return ""

    def district(self, syllables: list[str]) -> str:
        """The longest name of a district that some syllables begin with and that is no province's too, or ""."""
        for size in range(len(syllables), 1, -1):
            name = " ".join(syllables[:size])
            kinds = set(self.kinds_of(name))
            if kinds & {"quận", "huyện", "thị xã", "thành phố"} and not self._fits(name, None):
                return name
        return ""

    def _fits(self, name: str, kind: str | None) -> bool:
        kinds = self.kinds_of(name)
        if kind is None:
            return (bool({"tỉnh", "thành phố"} & set(kinds)) and " " in name) or name == "Huế"
        return kind in kinds or (kind in ("thành phố", "tỉnh") and bool({"tỉnh", "thành phố"} & set(kinds)))

    def _is_person(self, syllables: list[str]) -> bool:
        return 2 <= len(syllables) <= 4 and self.is_surname(syllables[0])

    def _splits_person(self, syllables: list[str], size: int) -> bool:
        """A known area name that would leave one stray syllable of a person's name behind."""
        return len(syllables) - size == 1 and self._is_person(syllables) and len(syllables) == 3


def area_kind(text: str) -> str | None:
    """The kind of area in full: "TP." -> "thành phố"."""
    return AREA_KINDS.get(" ".join(text.lower().split()).rstrip(".").strip())


def read_area(parts: Mapping[str, str], names: AreaNames, implied: str | None = None) -> tuple[Area | None, int]:
    """The area in a mention, and how many characters of `area_name` do not belong to it.

    Args:
        parts: `area_whole`, `area_kind`, `area_name`; `area_any`, a district's name without its kind.
        names: areas and family names.
        implied: the kind of area that the unit's head says ("Huyện ủy"), where none is written.
    """
    if "area_whole" in parts:
        whole = "".join(parts["area_whole"].split()).replace(".", "").lower()
        return Area("thành phố", "Hà Nội" if whole in ("tphn", "thủđô") else "Hồ Chí Minh"), 0
    kind = area_kind(parts["area_kind"]) if "area_kind" in parts else None
    if "area_listed" in parts:
        name = names.known(parts["area_listed"].split(), kind)
        return (Area(kind, name), len(parts["area_listed"]) - len(name)) if name else (None, 0)
    if "area_any" in parts:
        name = names.district(parts["area_any"].split())
        return (Area(None, name), len(parts["area_any"]) - len(name)) if name else (None, 0)
    written = parts.get("area_name", "")
    if not written:
        return (Area(kind, None), 0) if kind else (None, 0)
    if kind == "thành phố" and written.startswith("HCM"):
        return Area(kind, "Hồ Chí Minh"), 0
    kind = kind or implied
    kept = names.cut(" ".join(written.split()), kind)
    if not kept:
        return (Area(kind, None) if kind and kind != implied else None), len(written)
    size = _length_of_words(written, len(kept.split()))
    if kind is None:  # a province called by its name alone
        governed = [kind for kind in ("tỉnh", "thành phố") if kind in names.kinds_of(kept)]
        kind = governed[0] if len(governed) == 1 else None
    return Area(kind, kept), len(written) - size


def _length_of_words(text: str, count: int) -> int:
    ends = [match.end() for match in _SYLLABLE.finditer(text)]
    return ends[min(count, len(ends)) - 1]
