"""References to people: to whom "Chủ tịch UBND quận", "ông Chung" and "Đồng chí" refer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetextract.assemble.titles import Office
from meetextract.assemble.units import canonical


@dataclass(frozen=True, slots=True)
class PersonReference:
    """A place where the article means a person.

    Attributes:
        start: first code point, titles before the name included.
        end: one past the last, titles behind the name included.
        names: the names of those who may be meant: one where it is certain, none where the article names nobody so.
        unit: canonical name of the unit of the office that is said, or None.
    """

    start: int
    end: int
    names: tuple[str, ...]
    unit: str | None

    @property
    def name(self) -> str | None:
        """The person meant, where only one may be."""
        return self.names[0] if len(self.names) == 1 else None


def of_name(names: Iterable[str], start: int, end: int, offices: Sequence[Office]) -> PersonReference:
    """A reference by name, with the titles that stand beside it."""
    beside = [office for office in offices if office.start - end < 160 and start - office.end < 160]
    return PersonReference(
        min([start, *(office.start for office in beside)]),
        max([end, *(office.end for office in beside)]),
        tuple(names),
        next((canonical(office.unit) for office in offices if office.unit), None),
    )


def of_titles(row: Sequence[Office], names: Iterable[str]) -> PersonReference:
    """A reference by titles alone."""
    unit = next((canonical(office.unit) for office in row if office.unit), row[0].role.unit)
    return PersonReference(row[0].start, row[-1].end, tuple(names), unit)
