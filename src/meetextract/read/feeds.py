"""Feeds: JSON Lines and CSV, an article a line or row, as Scrapy writes them."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from meetextract import settings
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, decode
from meetextract.read.pages import UnreadPage
from meetextract.read.rows import LACKING_MEND, Columns, article_of

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 100_000  # bytes by which the charset and the delimiter of a table are told
_DELIMITERS = ",;\t|"
_NO_LIMIT_LESS = 131_072  # what the csv module allows by itself
_TABLE_MEND = "Write a row of column names and a row an article, or remove the file"


def from_jsonl(
    path: Path, stem: str, file: io.BufferedReader, columns: Columns, published: date | None
) -> Iterator[Article | UnreadPage | InputError]:
    """Read a JSON object a line; JSON is UTF-8."""
    number = 0
    is_empty = True
    while data := file.readline(settings.MAX_ARTICLE_BYTES + 1):
        number += 1
        if len(data) > settings.MAX_ARTICLE_BYTES:
            is_empty = False
            yield too_long(path, number)
            while data and not data.endswith(b"\n"):
                data = file.readline(settings.MAX_ARTICLE_BYTES)
            continue
        if number == 1:
            if data.startswith(_OTHER_BOMS):
                yield InputError(path, number, "the file is in UTF-16", "Save it as UTF-8")
                return
            data = data.removeprefix(_BOM)
        if data.strip():
            is_empty = False
            yield _from_line(path, stem, number, data, columns, published)
    if is_empty:
        yield InputError(path, None, "the file is empty", "Write one JSON object a line, or remove the file")


def too_long(path: Path, line: int | None) -> InputError:
    """Say that an article is longer than what is read into memory."""
    size = settings.MAX_ARTICLE_BYTES // 1024 // 1024
    return InputError(path, line, f"longer than {size} MB", "Split it into articles")


def _from_line(
    path: Path, stem: str, number: int, data: bytes, columns: Columns, published: date | None
) -> Article | UnreadPage | InputError:
    if b"\0" in data:
        return InputError(path, number, "a binary file: it holds NUL bytes", "Give text in UTF-8")
    try:
        row = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return InputError(path, number, f"not UTF-8: byte 0x{data[error.start]:02x}", "Save it as UTF-8")
    except json.JSONDecodeError as error:
        return InputError(path, number, f"no JSON: {error.msg} at column {error.colno}", "Write one JSON object a line")
    except (ValueError, RecursionError) as error:
        return InputError(path, number, f"no usable JSON: {error}", "Write one flat JSON object a line")
    if not isinstance(row, dict):
        return InputError(path, number, "not a JSON object", 'Write {"id": "…", "text": "…"} on each line')
    return article_of(row, columns, path, number, stem, published)


def from_csv(
    path: Path, stem: str, file: io.BufferedReader, columns: Columns, published: date | None
) -> Iterator[Article | UnreadPage | InputError]:
    """Read a table whose first row names its columns; a row's number is that of its last line."""
    head = file.peek(_LOOKED_AT)[:_LOOKED_AT]
    try:
        encoding, repairs = _charset(head)
    except BinaryDataError as error:
        yield InputError(path, None, f"a binary file: {error}", "Give a table as text")
        return
    shown = head.decode(encoding, "replace")
    if not shown.strip():
        yield InputError(path, None, "the file is empty", _TABLE_MEND)
        return
    csv.field_size_limit(max(settings.MAX_ARTICLE_BYTES, _NO_LIMIT_LESS))
    # Bytes that break later on show as U+FFFD and are said in the record of their row.
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        lines = _Lines(text)
        rows = _rows(path, lines, _delimiter(shown))
        first = next(rows, [])
        if isinstance(first, InputError):
            yield first
            return
        names = [name.strip() for name in first]
        if problem := columns.lacking(names):
            yield InputError(path, 1, problem, LACKING_MEND)
            return
        is_empty = True
        for row in rows:
            if isinstance(row, InputError):
                is_empty = False
                yield row
            elif any(cell.strip() for cell in row):
                is_empty = False
                yield _from_row(path, stem, lines.number, names, row, columns, published, repairs)
        if is_empty:
            yield InputError(path, None, "the table has no rows", _TABLE_MEND)
    finally:
        text.detach()


class _Lines:
    """The lines of a table; a row of too many or too long ones is an error before it fills the memory.

    Attributes:
        number: Of the last line that was read.
        begin: Of the first line of the row at hand.
        is_cut: Whether the file ended inside that row.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._size = 0  # of the row at hand
        self.number = 0
        self.begin = 1
        self.is_cut = False

    def begin_row(self) -> None:
        """Say that the next line begins a row."""
        self.begin = self.number + 1
        self._size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        most = settings.MAX_ARTICLE_BYTES
        line = self._text.readline(most + 1)
        if not line:
            self.is_cut = self._size > 0
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size > most:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(_LOOKED_AT)
            raise csv.Error(f"longer than {most // 1024 // 1024} MB")
        return line


def _rows(path: Path, lines: _Lines, delimiter: str) -> Iterator[list[str] | InputError]:
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield InputError(path, lines.begin, f"no row of a table: {error}", "Look for an open quotation mark")
            continue
        if row is None:
            return
        if lines.is_cut:  # else a row is given before the next line is asked for
            problem = "a quotation mark in this row is open to the end of the file, which is not read"
            yield InputError(path, lines.begin, problem, "Close it, or double it where it belongs to the text")
        else:
            yield row


def _from_row(
    path: Path,
    stem: str,
    number: int,
    names: list[str],
    row: list[str],
    columns: Columns,
    published: date | None,
    repairs: tuple[str, ...],
) -> Article | UnreadPage | InputError:
    if len(row) != len(names):
        problem = f"a row of {len(row)} cells under {len(names)} column names"
        return InputError(path, number, problem, "Put cells with line breaks or delimiters in quotation marks")
    if any("\0" in cell for cell in row):
        return InputError(path, number, "a binary file: it holds NUL bytes", "Give a table as text")
    if any("\ufffd" in cell for cell in row):
        repairs = (*repairs, "bytes_replaced")
    return article_of(dict(zip(names, row, strict=True)), columns, path, number, stem, published, repairs)


def _charset(head: bytes) -> tuple[str, tuple[str, ...]]:
    """Tell the charset of a table by its beginning, and what is to be said of it."""
    if head.startswith(_BOM):
        return "utf-8-sig", ()
    if head.startswith(_OTHER_BOMS):
        return "utf-16", ()
    if b"\0" not in head.partition(b"\n")[0]:
        head = head.replace(b"\0", b"")  # costs its row
    # A letter may be cut at the end of what is looked at.
    found = decode(head[: max(head.rfind(b"\n"), head.rfind(b" ")) + 1] or head)
    name = next((each.partition(":")[2] for each in found.repairs if each.startswith("charset:")), "utf-8")
    return name, tuple(each for each in found.repairs if each != "bytes_replaced")


def _delimiter(head: str) -> str:
    """The sign that most often parts the names of the columns."""
    names = head.splitlines()[0]
    return max(_DELIMITERS, key=names.count)
