"""Names and roles as single mentions say them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import regex

from meetextract.normalise.offices import Name, Role

_SYLLABLE = regex.compile(r"\S+")
MAX_SYLLABLES = 4
"""Of a person's name; longer ones are two names or a name with what follows."""
_WIDE = frozenset({"tỉnh", "thành phố", "quận"})
"""Kinds of area whose names are known well enough to mean the area."""
_MIDDLE_NAMES = frozenset({"Văn", "Thị"})
"""They tell that what stands before is a family name, however rare."""
NATIONAL_NAMES = frozenset({"Hồ Chí Minh", "Lầu Năm Góc", "Châu Đại Dương"})
"""Names that the genre uses of a city, a movement or a way of thinking."""


def read_name(
    parts: Mapping[str, str], kinds_of: Callable[[str], Collection[str]], is_surname: Callable[[str], bool]
) -> tuple[Name, int, int] | None:
    """The person's name of a mention.

    Args:
        parts: `name`, folded, capitals kept.
        kinds_of: the kinds of the areas that bear a name.
        is_surname: whether a syllable is a family name.

    Returns:
        The name, and how many characters to leave out before and behind it; None where it is an area's name.
    """
    syllables = parts["name"].split()
    skip = _area_before(syllables, kinds_of, is_surname)
    name = syllables[skip : skip + MAX_SYLLABLES]
    joined = " ".join(name)
    if joined in NATIONAL_NAMES or len(joined) < 2:
        return None
    kinds = kinds_of(joined) if len(name) >= 2 else ()
    if kinds and (len(name) == 2 or _WIDE & set(kinds)):
        return None
    full = len(name) >= 2 and (is_surname(name[0]) or name[1] in _MIDDLE_NAMES)
    words = [match.span() for match in _SYLLABLE.finditer(parts["name"])]
    return Name(joined, full), words[skip][0], len(parts["name"]) - words[skip + len(name) - 1][1]


def _area_before(
    syllables: list[str], kinds_of: Callable[[str], Collection[str]], is_surname: Callable[[str], bool]
) -> int:
    """How many leading syllables name an area that a person's name follows ("Hà Nội Hoàng Đức Tâm")."""
    for size in (3, 2):
        rest = syllables[size:]
        if len(rest) >= 2 and is_surname(rest[0]) and kinds_of(" ".join(syllables[:size])):
            return size
    return 0


def read_role(parts: Mapping[str, str], role_of: Callable[[str], Mapping[str, str] | None]) -> Role | None:
    """The role of a mention, in its standard words; None where it is none."""
    row = role_of(" ".join(parts["role"].split()))
    if row is None:
        return None
    former = "former" in parts
    return Role(f"nguyên {row['role']}" if former else row["role"], row["branch"], row["unit"] or None, former)
