"""Floors: the F1 that each kind must reach, in a TOML file that is read by people too.

A floor rises by command, and falls only by hand. The file has a line `kind = 0.97` for each kind that is held, or
tables of such lines, each named like the folder of gold that it is for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import regex

from meetextract.errors import InputError
from meetextract.scoring.measure import SCORED, Row


@dataclass(frozen=True, slots=True)
class Held:
    """A kind and its floor.

    Attributes:
        kind: The kind.
        floor: The F1 that it must reach.
        reached: The F1 that it reached; None where the gold has no fact of it, so that nothing is held.
    """

    kind: str
    floor: float
    reached: float | None

    @property
    def is_below(self) -> bool:
        """Whether the floor is not reached. Gold without the kind reaches none: a floor is never passed by accident."""
        return self.reached is None or self.reached < self.floor

    @property
    def raised(self) -> Decimal | None:
        """The floor that was reached, rounded down to two digits, if it is higher than this one."""
        if self.reached is None:
            return None
        # From its four digits: 0.29 as a binary fraction times 100 rounds down to 28.
        rounded = Decimal(str(self.reached)).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
        return rounded if rounded > Decimal(str(self.floor)) else None

    def __str__(self) -> str:
        if self.reached is None:
            return f"{self.kind}: no such fact in the gold, so that its floor {self.floor:.2f} holds nothing"
        return f"{self.kind}: F1 {self.reached:.4f}, floor {self.floor:.2f}"


class Floors:
    """The floors of a gold folder.

    Args:
        file: The TOML file.
        gold: The folder of gold.

    Raises:
        InputError: The file cannot be read, or holds something else than floors.
    """

    def __init__(self, file: Path, gold: Path) -> None:
        self.file = file
        try:
            self._source = file.read_bytes().decode("utf-8")
            content = tomllib.loads(self._source)
        except OSError as error:
            mend = "Check the path; a new file begins with a line such as people = 0.00"
            raise InputError(file, None, f"cannot be read ({error.strerror or error})", mend) from error
        except UnicodeDecodeError as error:
            raise InputError(file, None, "not UTF-8", "Save it as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise InputError(
                file, None, f"no TOML: {error}", "Write a line such as people = 0.97 for each kind"
            ) from error
        self._table: str | None = None
        if content and all(isinstance(value, dict) for value in content.values()):
            self._table = gold.resolve().name
            if self._table not in content:
                problem = f"no floors for the gold {str(gold)!r}: there is no table [{self._table}]"
                raise InputError(file, None, problem, f"Add one, or name the folder as one of {', '.join(content)}")
            content = content[self._table]
        self._floors = {kind: self._floor(kind, floor) for kind, floor in content.items()}

    def _floor(self, kind: str, floor: Any) -> float:
        line = _line_of(self._source, self._table, kind)
        if kind not in SCORED:
            raise InputError(self.file, line, f"{kind!r} has no score", f"Write one of {', '.join(SCORED)}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise InputError(self.file, line, f"{kind}: {floor!r} is no F1", "Write a number from 0 to 1")
        return floor

    def held(self, rows: Mapping[str, Row]) -> list[Held]:
        """Compare scores with the floors.

        Args:
            rows: The figures of each kind.

        Returns:
            Each kind that has a floor, in the order of the file. A kind without a floor is not held.
        """
        return [Held(kind, floor, _reached(rows.get(kind))) for kind, floor in self._floors.items()]

    def raise_to(self, rows: Mapping[str, Row]) -> list[str]:
        """Write higher floors where they were passed; everything else in the file stays as it is.

        Args:
            rows: The figures of each kind.

        Returns:
            What changed, a line for each kind.

        Raises:
            InputError: The file cannot be written, or a floor in it is not on a line of its own.
        """
        raised = {held.kind: floor for held in self.held(rows) if (floor := held.raised) is not None}
        if not raised:
            return []
        changed = _with_floors(self._source, self._table, raised)
        after = tomllib.loads(changed)
        after = after[self._table] if self._table is not None else after
        if after != {**self._floors, **{kind: float(floor) for kind, floor in raised.items()}}:
            raise InputError(self.file, None, "a floor is not on a line of its own", "Write kind = 0.97, one a line")
        try:
            self.file.write_bytes(changed.encode())
        except OSError as error:
            problem = f"cannot be written ({error.strerror or error})"
            raise InputError(self.file, None, problem, "Check its permissions") from error
        return [f"{kind}: floor raised from {self._floors[kind]:.2f} to {floor}" for kind, floor in raised.items()]


def _reached(row: Row | None) -> float | None:
    """F1 of a kind; the mean is over kinds that have facts."""
    return None if row is None or row.get("gold") == 0 else row["f1"]


# --- lines of TOML ----------------------------------------------------------------------------------------------------

_TABLE = regex.compile(r"^[ \t]*\[[ \t]*['\"]?([^\]'\"]+?)['\"]?[ \t]*\]")
_FLOOR = regex.compile(r"^([ \t]*['\"]?([\w.-]+)['\"]?[ \t]*=[ \t]*)([0-9.eE+-]+)")


def _lines(source: str) -> list[tuple[str, str | None, str | None]]:
    """The lines, each with the table that it stands in and the kind whose floor it holds."""
    table: str | None = None
    lines: list[tuple[str, str | None, str | None]] = []
    for line in source.split("\n"):
        if heading := _TABLE.match(line):
            table = heading[1]
        floor = _FLOOR.match(line)
        lines.append((line, table, floor[2] if floor else None))
    return lines


def _line_of(source: str, table: str | None, kind: str) -> int | None:
    places = [(place, name) for _, place, name in _lines(source)]
    return places.index((table, kind)) + 1 if (table, kind) in places else None


def _with_floors(source: str, table: str | None, floors: Mapping[str, Decimal]) -> str:
    return "\n".join(
        _FLOOR.sub(lambda floor: f"{floor[1]}{floors[floor[2]]}", line) if place == table and kind in floors else line
        for line, place, kind in _lines(source)
    )
