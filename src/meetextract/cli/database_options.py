"""What all commands of the tracking database have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from meetextract.cli.endings import refuse

if TYPE_CHECKING:
    from sqlalchemy import Engine

Url = Annotated[
    str,
    typer.Option(
        "--database", "-d", metavar="URL", envvar="MEETEXTRACT_DATABASE",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]  # fmt: skip


@contextmanager
def database_trouble() -> Iterator[None]:
    """Tell what the database cannot do, and end with exit code 2."""
    from meetextract.errors import DatabaseError, ExportError

    try:
        yield
    except (DatabaseError, ExportError) as error:
        refuse(str(error))


@contextmanager
def opened(database: str, *, may_make: bool = False) -> Iterator[Engine]:
    """A tracking database, until its connections are closed.

    Args:
        database: Its URL.
        may_make: Whether it is made where there is none.

    Raises:
        DatabaseError: It cannot be opened.
    """
    from meetextract.sinks.database.versions import open_database

    engine = open_database(database, may_make=may_make)
    try:
        yield engine
    finally:
        engine.dispose()
