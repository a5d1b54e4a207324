"""The views of the database: what trackers ask again and again, for whoever speaks SQL."""

from __future__ import annotations

from sqlalchemy import Connection, inspect


def create_views(connection: Connection) -> None:
    """Make all views."""


def drop_views(connection: Connection) -> None:
    """Drop all views."""


def missing_views(connection: Connection) -> list[str]:
    """The names of those that are not there."""
    inspect(connection)
    return []
