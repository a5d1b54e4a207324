"""The views that are defined, and making them in a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, FromClause, Select, column, inspect, table, text
from sqlalchemy.exc import SQLAlchemyError
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


def view_differences(connection: Connection) -> Iterator[str]:
    """Tell of the views that are not there, or have other columns than they should."""
    inspector = inspect(connection)
    there = set(inspector.get_view_names())
    for name, (made, _) in sorted(VIEWS.items()):
        if name not in there:
            yield f"the view {name} is missing"
            continue
        try:
            has = [each["name"] for each in inspector.get_columns(name)]
        except SQLAlchemyError:  # SQLite keeps views of tables that are gone
            yield f"the view {name} cannot be read"
            continue
        lacking, own = set(made.c.keys()) - set(has), set(has) - set(made.c.keys())
        if lacking or own:
            told = [("without", lacking), ("with", own)]
            words = " and ".join(f"{how} {', '.join(sorted(columns))}" for how, columns in told if columns)
            yield f"the view {name} is another one, {words}"
