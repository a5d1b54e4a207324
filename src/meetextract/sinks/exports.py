"""Tables as files: JSON Lines, CSV, Parquet and Excel, written row by row.

Articles come from anywhere, and spreadsheets run what begins like a formula: in CSV an apostrophe stands before it; in
Excel it is marked as text, and stays as it is.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TextIO, TypeAlias, get_args

from sqlalchemy import Boolean, Date, DateTime, Double, Integer
from sqlalchemy.types import JSON, TypeEngine

from meetextract.errors import ExportError

Format: TypeAlias = Literal["jsonl", "csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
Columns: TypeAlias = Mapping[str, TypeEngine[Any]]
Rows: TypeAlias = Iterable[Sequence[Any]]

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n\0]")
"""Words that spreadsheets take for the beginning of a formula (OWASP, "CSV injection")."""

_NOT_IN_XML = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_ROWS = 1_048_576  # of Excel
_CELL_CHARS = 32_767
_GROUP = 50_000  # rows of Parquet that are held at a time


def export(columns: Columns, rows: Rows, path: Path, form: Format) -> int:
    """Write a table into a file; the file is there when it is whole.

    Args:
        columns: The columns' types by name.
        rows: The values in their order.
        path: The file.
        form: What it is to be.

    Returns:
        The number of rows.

    Raises:
        ExportError: What writes such files is not installed, or the table does not fit.
        OSError: It cannot be written.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():  # it would be replaced: /dev/null, too
        raise ExportError(f"{path}: it is no regular file. Name another one.")
    write = {"jsonl": _write_jsonl, "csv": _write_csv_file, "parquet": _write_parquet, "xlsx": _write_xlsx}[form]
    unfinished = path.with_name(f".{path.name}.part")
    try:
        written = write(columns, rows, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def write_csv(columns: Columns, rows: Rows, stream: TextIO) -> int:
    """Write a table as CSV with a line of names, and safe cells.

    Args:
        columns: The columns' types by name.
        rows: The values in their order.
        stream: Where to.

    Returns:
        The number of rows.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007, the last one is the number
        writer.writerow([_cell(value) for value in row])
    return count


def as_json(columns: Columns, row: Sequence[Any]) -> str:
    """A row as a JSON object on one line."""
    return json.dumps(dict(zip(columns, map(_plain, row), strict=True)), ensure_ascii=False)


def _write_jsonl(columns: Columns, rows: Rows, path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007, the last one is the number
            file.write(as_json(columns, row) + "\n")
    return count


def _write_csv_file(columns: Columns, rows: Rows, path: Path) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel takes others for a local charset
        return write_csv(columns, rows, file)


def _write_parquet(columns: Columns, rows: Rows, path: Path) -> int:
    _need("pyarrow", "parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, _arrow(kind, pa)) for name, kind in columns.items()])
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for group in _groups(rows):
            values = zip(*group, strict=True)
            arrays = [
                pa.array([_carried(value, kind) for value in column], schema.field(name).type)
                for (name, kind), column in zip(columns.items(), values, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def _write_xlsx(columns: Columns, rows: Rows, path: Path) -> int:
    _need("xlsxwriter", "xlsx")
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    book = xlsxwriter.Workbook(path, options)
    count = 0
    try:
        sheet, as_text = book.add_worksheet(), book.add_format({"quote_prefix": True})
        sheet.write_row(0, 0, list(columns), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for count, row in enumerate(rows, 1):
            if count >= _SHEET_ROWS:
                raise ExportError(f"a sheet holds {_SHEET_ROWS - 1:,} rows. Narrow it down, or export csv or parquet.")
            for at, value in enumerate(row):
                _write_cell(sheet, count, at, value, as_text)
    finally:
        try:
            book.close()
        except FileCreateError as error:
            raise (error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))) from None
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Any, as_text: Any) -> None:
    if isinstance(value, bool | int | float) or (isinstance(value, date) and value.year >= 1900):
        sheet.write(row, column, value)
    elif value is not None:
        text = _NOT_IN_XML.sub("\ufffd", _text(value))
        if len(text) > _CELL_CHARS:
            text = f"{text[: _CELL_CHARS - 1]}…"
        sheet.write_string(row, column, text, as_text if _FORMULA.match(text) else None)


def _cell(value: Any) -> str:
    """A value as text of a cell of CSV that no spreadsheet takes for a formula."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text


def _text(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return plain.replace("\r\n", "\n").replace("\r", "\n")  # Python's writer of CSV quotes no other ends of lines
    return "" if plain is None else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _arrow(kind: TypeEngine[Any], pa: Any) -> Any:
    for of, arrow in (
        (DateTime, pa.timestamp("us", tz="UTC")),
        (Date, pa.date32()),
        (Boolean, pa.bool_()),
        (Integer, pa.int64()),
        (Double, pa.float64()),
    ):
        if isinstance(kind, of):
            return arrow
    return pa.string()


def _carried(value: Any, kind: TypeEngine[Any]) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(kind, JSON) and value is not None else value


def _groups(rows: Rows) -> Iterator[list[Sequence[Any]]]:
    iterator = iter(rows)
    while group := list(islice(iterator, _GROUP)):
        yield group


def _need(module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise ExportError(f"{module} is not installed. Install it: pip install 'meetextract[{extra}]'.")
