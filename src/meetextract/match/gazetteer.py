"""Gazetteers: names as data, one line a name, valid in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import regex

from meetextract.errors import PatternError
from meetextract.match.yaml_lines import read_text
from meetextract.text import fold

_DATE_COLUMNS = ("valid_from", "valid_to")
_COLUMN = regex.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class GazetteerRow(Mapping[str, str]):
    """One line of a gazetteer: a value for each column, ``""`` where nothing is written.

    Attributes:
        cells: Value by column.
        form: The name in the folded view, blanks single.
        line: Its line in the file, from 1.
    """

    cells: Mapping[str, str] = field(hash=False)
    form: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def valid_on(self, day: date) -> bool:
        """Say whether the name was in use on a day; an open end is always in use."""
        start, end = self.cells.get("valid_from", ""), self.cells.get("valid_to", "")
        return (not start or start <= day.isoformat()) and (not end or day.isoformat() <= end)


@dataclass(frozen=True)
class Gazetteer:
    """A list of names.

    Attributes:
        name: The file's stem, as in ``{gaz:name}``.
        path: The file.
        columns: The header, ``form`` first.
        rows: The names in the file's order.
    """

    name: str
    path: Path
    columns: tuple[str, ...]
    rows: tuple[GazetteerRow, ...]
    _index: dict[str, list[GazetteerRow]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._index.setdefault(row.form.casefold(), []).append(row)

    def find(self, folded_form: str, on: date | None = None) -> GazetteerRow | None:
        """Look a name up, whatever its case and blanks.

        Args:
            folded_form: The name as it stands in the folded text.
            on: If given, a row in use on this day is preferred.

        Returns:
            The row in the same case, else the first of the file, or None.
        """
        rows = self.find_all(folded_form)
        if on is not None:
            rows = [row for row in rows if row.valid_on(on)] or rows
        return rows[0] if rows else None

    def find_all(self, folded_form: str) -> list[GazetteerRow]:
        """Return every row of a name: those in the same case first, otherwise in the file's order."""
        form = " ".join(folded_form.split())
        rows = self._index.get(form.casefold(), ())
        return sorted(rows, key=lambda row: row.form != form)

    def forms(self, column: str | None = None, value: str | None = None) -> list[str]:
        """Return the folded surface forms, longest first.

        Args:
            column: If given, only the rows whose column has this value.
            value: That value.

        Returns:
            Each form once, blanks single.
        """
        chosen = {row.form for row in self.rows if column is None or row[column] == value}
        return sorted(chosen, key=lambda form: (-len(form), form))


def read_gazetteer(path: Path) -> Gazetteer:
    """Read one TSV file.

    Args:
        path: The file; its first line that is no comment is the header, with ``form`` as first column.

    Returns:
        The gazetteer.

    Raises:
        PatternError: With the line: no header, a line with too few or too many columns, no form, a form twice for the
            same time, a date that is none.
    """
    columns: tuple[str, ...] = ()
    rows: list[GazetteerRow] = []
    first_line: dict[tuple[str, str], int] = {}
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not columns:
            _check_header(path, number, cells)
            columns = cells
            continue
        if len(cells) != len(columns):
            problem = f"có {len(cells)} cột, dòng tiêu đề có {len(columns)} ({', '.join(columns)})"
            raise PatternError(path, number, problem, "Ngăn các cột bằng phím Tab; ô trống vẫn cần Tab")
        row = GazetteerRow(dict(zip(columns, cells, strict=True)), " ".join(fold(cells[0]).split()), number)
        _check_row(path, row)
        key = (row.form, row.cells.get("valid_from", ""))
        if key in first_line:
            problem = f"“{row['form']}” đã có ở dòng {first_line[key]}"
            raise PatternError(path, number, problem, "Xóa một dòng, hoặc ghi valid_from khác nhau")
        first_line[key] = number
        rows.append(row)
    if not rows:
        mend = "Ghi dòng tiêu đề (form, …) và ít nhất một tên, hoặc xóa tệp"
        raise PatternError(path, None, "không có tên nào", mend)
    return Gazetteer(path.stem, path, columns, tuple(rows))


def _check_header(path: Path, line: int, columns: tuple[str, ...]) -> None:
    if columns[0] != "form":
        problem = f"cột đầu của dòng tiêu đề là “{columns[0]}”, không phải “form”"
        raise PatternError(path, line, problem, "Đặt tên cột đầu là form và ngăn các cột bằng phím Tab")
    for index, column in enumerate(columns):
        if not _COLUMN.fullmatch(column):
            mend = "Đặt tên cột bằng chữ thường không dấu, số và dấu gạch dưới"
            raise PatternError(path, line, f"tên cột “{column}” không dùng được", mend)
        if column in columns[:index]:
            raise PatternError(path, line, f"cột “{column}” có hai lần", "Giữ lại một")


def _check_row(path: Path, row: GazetteerRow) -> None:
    if not row.form:
        raise PatternError(path, row.line, "cột form trống", "Ghi tên vào cột đầu, hoặc xóa dòng")
    for column in _DATE_COLUMNS:
        value = row.cells.get(column, "")
        if value and not _is_iso_date(value):
            problem = f"{column} là “{value}”, không phải một ngày"
            raise PatternError(path, row.line, problem, "Ghi ngày theo dạng 2025-07-01, hoặc để trống")
    start, end = row.cells.get("valid_from", ""), row.cells.get("valid_to", "")
    if start and end and start > end:
        raise PatternError(path, row.line, f"valid_from {start} sau valid_to {end}", "Đổi lại hai ngày")


def _is_iso_date(value: str) -> bool:
    if len(value) != 10:  # fromisoformat takes 20250701 and 2025-W01-1 as well
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return value[4] == value[7] == "-"
