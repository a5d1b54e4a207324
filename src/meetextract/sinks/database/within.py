"""Rows by many keys: databases limit how many values one condition may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select

_MANY = 500


def within(connection: Connection, query: Select[Any], column: Any, keys: Iterable[Any]) -> Iterator[Any]:
    """The rows of a query of which a column is one of some keys.

    Args:
        connection: Where to ask.
        query: What is asked.
        column: The column, or several as a tuple.
        keys: Any number of them.

    Yields:
        The rows; in the order of the keys only by chance.
    """
    for some in chunks(keys):
        yield from connection.execute(query.where(column.in_(some)))


def chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys, as many at a time as a condition may have."""
    iterator = iter(keys)
    while some := list(islice(iterator, _MANY)):
        yield some
