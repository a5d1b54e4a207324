"""Functions of SQL that SQLite and PostgreSQL write differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class today(FunctionElement[Any]):  # noqa: N801, a function of SQL
    """The day in Vietnam."""

    type = Date()
    inherit_cache = True


@compiles(today, "sqlite")
def _today_in_sqlite(_element: today, _compiler: SQLCompiler, **_options: object) -> str:
    return "date('now', '+7 hours')"


@compiles(today, "postgresql")
def _today_in_postgresql(_element: today, _compiler: SQLCompiler, **_options: object) -> str:
    return "(now() at time zone 'Asia/Ho_Chi_Minh')::date"


class as_day(FunctionElement[Any]):  # noqa: N801
    """An ISO date written as text, as a date; SQLite keeps them as text anyway."""

    type = Date()
    inherit_cache = True


@compiles(as_day, "sqlite")
def _day_in_sqlite(element: as_day, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(as_day, "postgresql")
def _day_in_postgresql(element: as_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"cast({compiler.process(element.clauses, **options)} as date)"


class month_of(FunctionElement[Any]):  # noqa: N801
    """The month of a day: "2024-03"."""

    type = Text()
    inherit_cache = True


@compiles(month_of, "sqlite")
def _month_in_sqlite(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 7)"


@compiles(month_of, "postgresql")
def _month_in_postgresql(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM')"


class by_bytes(FunctionElement[Any]):  # noqa: N801
    """A text that is sorted by its bytes, as SQLite does: the order is the same whatever the language of a server."""

    type = Text()
    inherit_cache = True


@compiles(by_bytes, "sqlite")
def _bytes_in_sqlite(element: by_bytes, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(by_bytes, "postgresql")
def _bytes_in_postgresql(element: by_bytes, compiler: SQLCompiler, **options: Any) -> str:
    return f'{compiler.process(element.clauses, **options)} collate "C"'
