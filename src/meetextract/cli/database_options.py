"""What all commands of the tracking database have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from meetextract.cli.endings import refuse

DEFAULT = "sqlite:///meetextract.db"
"""The database of those who name none: a file in the folder at hand."""

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
