"""Adding many rows to a table at once: most of the time of loading goes here, so it goes round what makes it slow.

SQLAlchemy looks at every value of every row, and PostgreSQL answers for every row. So SQLite gets plain tuples, and
PostgreSQL all rows as one text of JSON, which it divides by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Connection, Dialect, Table

from meetextract.sinks.database.opening import json_of
from meetextract.sinks.database.rows import Row


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows to a table.

    Args:
        connection: In a transaction.
        table: Any of ours.
        rows: They have the same columns, if in another order.
    """
    if not rows:
        return
    columns = [table.c[name] for name in rows[0]]
    names = ", ".join(f'"{column.name}"' for column in columns)
    into = f"insert into {table.name} ({names})"
    if connection.dialect.name == "postgresql":
        select = f"select {names} from json_populate_recordset(null::{table.name}, %s)"  # noqa: S608, names of ours
        connection.exec_driver_sql(f"{into} {select}", (json_of(rows),))
    else:
        values = zip(*(_values(connection.dialect, column, rows) for column in columns), strict=True)
        connection.exec_driver_sql(f"{into} values ({', '.join('?' * len(columns))})", [*values])


def _values(dialect: Dialect, column: Column[Any], rows: Sequence[Row]) -> list[Any]:
    """The values of a column, as the driver takes them."""
    name = column.name
    values = [row[name] for row in rows]
    driven = _driven(dialect, column)
    return values if driven is None else [None if value is None else driven(value) for value in values]


def _driven(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any] | None:
    return json_of if isinstance(column.type, JSON) else column.type.dialect_impl(dialect).bind_processor(dialect)
