"""Units, roles, names and areas as single mentions say them; `assemble` completes them from the article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """An area: "quận Lê Chân" is kind "quận", name "Lê Chân"; "quận" alone has no name."""

    kind: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as written, its parts in canonical spelling.

    Attributes:
        head: what it is, with its field: "UBND", "sở Tài chính", "Ban Tuyên giáo Quận ủy".
        kind: the bare kind: "UBND", "sở", "Quận ủy".
        area: the area said with it, or None.
        level: the kind of area that it belongs to even where none is said ("quận" for "Quận ủy"), or None.
        whole: whether the name needs no area ("Bộ Chính trị", a company).
    """

    head: str
    kind: str
    area: Area | None
    level: str | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A role in its standard words.

    Attributes:
        role: "Phó Chủ tịch Thường trực".
        branch: "party", "council", "government", "front" or "" where the role does not tell.
        unit: the unit that the role implies, in canonical form, or None.
        former: whether the office was held before ("nguyên").
    """

    role: str
    branch: str = ""
    unit: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, or the given name that an honorific goes with ("ông Chung").

    Attributes:
        name: as written, white space folded.
        full: whether it begins with a family name.
    """

    name: str
    full: bool
