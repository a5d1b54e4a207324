"""The views that are defined, and making them in a database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, FromClause, Select, column, inspect, table, text
from sqlalchemy.sql.selectable import CompoundSelect

VIEWS: dict[str, tuple[FromClause, Select[Any] | CompoundSelect[Any]]] = {}
"""The views by name, each after those it is made of: what to select from, and what it is."""


def view(define: Callable[[], Select[Any] | CompoundSelect[Any]]) -> Any:
    """Make a view of what a function selects; its name is the function's, its columns have their types."""
    query = define()
    name = define.__name__
    made = table(name, *(column(each.name, each.type) for each in query.selected_columns))
    VIEWS[name] = made, query
    return made


def create_views(connection: Connection) -> None:
    """Make all views."""
    for name, (_, query) in VIEWS.items():
        sql = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"create view {name} as {sql}")


def drop_views(connection: Connection) -> None:
    """Drop all views."""
    for name in reversed(VIEWS):
        connection.execute(text(f"drop view if exists {name}"))


def missing_views(connection: Connection) -> list[str]:
    """The names of those that are not there."""
    return sorted(set(VIEWS) - set(inspect(connection).get_view_names()))
