"""`query`, `history` and `export`: what the tracking database tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer

from meetextract.cli.database_options import Url, database_trouble, opened
from meetextract.cli.endings import refuse
from meetextract.cli.request import refuse_to_overwrite
from meetextract.settings import DATABASE

if TYPE_CHECKING:
    from meetextract.sinks.database.queries import Answer


class Form(StrEnum):
    """What a table on standard output looks like."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class FileForm(StrEnum):
    """What a table in a file is."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Which; without it, they are listed.")] = None,
    unit: Annotated[str | None, typer.Option(help="Name of a unit, or words of it.")] = None,
    person: Annotated[str | None, typer.Option(help="Name of a person, or words of it.")] = None,
    document: Annotated[str | None, typer.Option(help="Symbol of a document, else a beginning of symbols.")] = None,
    portal: Annotated[str | None, typer.Option(metavar="HOST", help="Host of a portal.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day to take for today.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="The greatest number of lines.")] = None,
    form: Annotated[Form, typer.Option("--format", "-f", metavar="table|csv|json")] = Form.TABLE,
    database: Url = DATABASE,
) -> None:
    """Ask the tracking database: what is open, overdue, due this month, reached, directed, from a document.

    A table shows the columns that there is room for; csv and json have all of them.
    """
    from meetextract.sinks.database.queries import QUERIES, Narrowed, answer

    if name is None:
        for each, asked in QUERIES.items():
            taken = ", ".join(f"--{_OPTIONS.get(what, what)}" for what, may in asked.narrowed_by.items() if may)
            typer.echo(f"{each:18} {asked.says} ({taken})" if taken else f"{each:18} {asked.says}")
        return
    narrowed = Narrowed(
        unit, person, document, portal, _day(start, "--from"), _day(end, "--to"), _day(on, "--on")
    )  # fmt: skip
    with database_trouble(), opened(database) as engine:
        _PRINT[form](answer(engine, name, narrowed, limit))


def history(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of the entry.")],
    form: Annotated[Form, typer.Option("--format", "-f", metavar="table|csv|json")] = Form.TABLE,
    database: Url = DATABASE,
) -> None:
    """Tell what people said of an entry, and how far its tasks are, the oldest first."""
    from meetextract.sinks.database.decisions import HISTORY
    from meetextract.sinks.database.decisions import history as said_of
    from meetextract.sinks.database.opening import reported

    with database_trouble(), opened(database) as engine:
        with reported(engine), engine.connect() as connection:
            found = said_of(connection, article, entry)
        for line in found:
            line["at"] = _in_utc(line["at"])
        _PRINT[form](_Said(HISTORY, tuple(HISTORY), [tuple(line[each] for each in HISTORY) for line in found]))


@dataclass(frozen=True, slots=True)
class _Said:
    """Lines that are printed like those of an answer."""

    columns: Mapping[str, Any]
    shown: tuple[str, ...]
    lines: list[Sequence[Any]]

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return iter(self.lines)


_Lines: TypeAlias = "Answer | _Said"


def _in_utc(time: datetime) -> datetime:
    """A time as it is meant: SQLite gives those of UTC without saying so."""
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


_OPTIONS = {"start": "from", "end": "to"}


def _print_csv(lines: _Lines) -> None:
    from meetextract.sinks.exports import write_csv

    write_csv(lines.columns, lines, sys.stdout)


def _print_json(lines: _Lines) -> None:
    from meetextract.sinks.exports import as_json

    columns, before = lines.columns, "[\n"
    for row in lines:
        typer.echo(f"{before}{as_json(columns, row)}", nl=False)
        before = ",\n"
    typer.echo("\n]" if before != "[\n" else "[]")


def _print_table(lines: _Lines) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = list(lines.columns)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for each in lines.shown:
        is_number = type(lines.columns[each]).__name__ in ("Double", "Integer")
        justify: Literal["left", "right"] = "right" if is_number else "left"
        wide = 30 if each in _WIDE else None
        table.add_column(_HEADS.get(each, each), overflow="fold", justify=justify, min_width=wide)
    for row in lines:
        values = dict(zip(columns, row, strict=True))
        table.add_row(*(Text(_shown(values[each])) for each in lines.shown))
    console = Console()
    if not console.is_terminal:
        console.width = 200
    console.print(table)


_HEADS = {
    "deadline": "hạn", "unit": "đơn vị", "task": "việc", "status": "tình trạng", "assigner": "người giao",
    "article": "tin", "assignment": "mã việc", "holder": "đơn vị", "indicator": "chỉ tiêu", "comparator": "so sánh",
    "level": "mức", "level_unit": "đơn vị đo", "end": "hạn", "result_level": "kết quả", "as_of": "tính đến",
    "gap": "còn cách", "reached": "đạt", "day": "ngày", "person": "người chỉ đạo", "of": "thuộc", "verb": "chỉ đạo",
    "quote": "nguyên văn", "symbol": "số hiệu", "type": "văn bản", "issued": "ban hành",
    "issuer": "cơ quan", "kind": "loại", "text": "nội dung",
    "portal": "cổng", "month": "tháng", "articles": "tin", "repeats": "tin lặp", "meetings": "cuộc họp",
    "targets": "chỉ tiêu", "results": "kết quả", "assignments": "giao việc", "one_name": "tên", "other_name": "tên kia",
    "one_of": "ở", "other_of": "ở (kia)", "why": "vì", "one": "mã", "other": "mã kia",
    "at": "lúc", "by": "người ghi", "said": "đã ghi", "words": "lý do, ghi chú", "slots": "sửa thành",
}  # fmt: skip
"""What columns are called in tables for people; csv and json have the names of the database."""

_WIDE = ("task", "quote", "text", "indicator")  # they get room on a narrow screen
_IN_VIETNAM = timezone(timedelta(hours=7))
_LONG = 160  # characters of a cell: the whole quote is in csv and json


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    if isinstance(value, datetime):
        return f"{value.astimezone(_IN_VIETNAM):%Y-%m-%d %H:%M}"
    if isinstance(value, dict):
        value = "; ".join(f"{slot}: {_shown(said)}" for slot, said in value.items())
    elif isinstance(value, list):
        value = ", ".join(map(_shown, value))
    words = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return words if len(words) <= _LONG else f"{words[: _LONG - 1].rstrip()}…"


_PRINT = {Form.TABLE: _print_table, Form.CSV: _print_csv, Form.JSON: _print_json}


def export(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A table or view of the database, or a query.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where it goes.")],
    form: Annotated[
        FileForm | None,
        typer.Option("--format", "-f", metavar="jsonl|csv|parquet|xlsx", help="By default as the file's name ends."),
    ] = None,
    database: Url = DATABASE,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")] = False,
) -> None:
    """Write a table, view or query of the tracking database into a file."""
    from meetextract.sinks.database.queries import whole
    from meetextract.sinks.exports import FORMATS
    from meetextract.sinks.exports import export as write

    chosen = form.value if form else next((each for each in FORMATS if output.suffix == f".{each}"), None)
    if chosen is None:
        raise typer.BadParameter(f"say which of {', '.join(FORMATS)}.", param_hint="--format")
    refuse_to_overwrite(str(output), overwrite)
    with database_trouble(), opened(database) as engine:
        lines = whole(engine, name)
        try:
            count = write(lines.columns, lines, output, chosen)
        except OSError as error:
            refuse(f"{output}: cannot be written ({error.strerror or error}). Check the folder and the disk.")
    typer.echo(f"{output}: {count} rows", err=True)


def _day(given: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise typer.BadParameter(f"{given}: no day. Write it like 2024-03-31.", param_hint=option) from None
