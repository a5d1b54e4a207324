"""How commands end that cannot do what they were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from meetextract.batch.summary import Tally


@contextmanager
def trouble() -> Iterator[None]:
    """Tell what cannot be read, and end with exit code 2: 1 means that there is a difference."""
    from meetextract.errors import InputError

    try:
        yield
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def refuse(message: str) -> NoReturn:
    """End with a message and exit code 2: the command asks for what there is not."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def as_day(published: str | None) -> date | None:
    """The day that was given."""
    from meetextract.read.article import as_date

    try:
        return as_date(published)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None


def write_summary(path: Path | None, figures: bytes, tally: Tally) -> None:
    """Write the figures of a run where they were asked for; the records are there already."""
    if path is None:
        return
    try:
        path.write_bytes(figures)
    except OSError as error:
        give_up(f"{path}: the summary cannot be written ({error.strerror}). The records are there.", tally)


def finish(tally: Tally, code: int) -> NoReturn:
    """End with the counts."""
    typer.echo(str(tally), err=True)
    raise typer.Exit(code)


def give_up(message: str, tally: Tally) -> NoReturn:
    """End the run for a reason that concerns all articles."""
    typer.echo(message, err=True)
    finish(tally, 1)
