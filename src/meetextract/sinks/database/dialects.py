"""Functions of SQL that SQLite and PostgreSQL write differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Text, cast, func
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


def month_of(day: ColumnElement[Any]) -> ColumnElement[str]:
    """The month of a day: "2024-03"."""
    return func.substr(cast(day, Text), 1, 7)
