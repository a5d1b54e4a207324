"""What `extract` was asked for, checked before anything is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from meetextract.batch.folder import Folder
    from meetextract.match.library import PatternLibrary
    from meetextract.read.rows import Columns

PARTS = ".parts"
"""Behind the name of an output file: the folder of its parts, until they are put together."""


@dataclass(frozen=True, slots=True)
class Request:
    """What `extract` was asked for.

    Attributes:
        inputs: Files and folders of articles; with a cluster also URLs.
        output: Where the records go, as it was given.
        patterns: The directory of the patterns; None for those shipped.
        published: The date of articles that bring none with them.
        columns: The names of the columns of feeds.
        with_text: Whether every record holds its article's text; for the database it does.
        overwrite: Whether an output that exists is replaced.
        resume: Whether an earlier run is gone on with.
        workers: The number of worker processes.
        seconds: What an article may take; None for the default, and no limit without worker processes.
        memory: Megabytes that a worker may take.
        shard: About how many articles a shard has; None for the default.
        summary: Where the summary goes as JSON.
        scheduler: The scheduler of a Dask cluster; None for this machine.
        database: The URL of the tracking database that records go into, too.
        portal: The portal of articles without an address, for the database.
    """

    inputs: list[str]
    output: str
    patterns: Path | None
    published: date | None
    columns: Columns
    with_text: bool
    overwrite: bool
    resume: bool
    workers: int
    seconds: float | None
    memory: int | None
    shard: int | None
    summary: Path | None
    scheduler: str | None
    database: str | None
    portal: str | None

    @property
    def is_folder(self) -> bool:
        """Whether the parts are the output: a folder that is there, a name with `/` at its end or without an ending."""
        path = Path(self.output)
        if is_url(self.output):
            return True
        if path.exists():
            return path.is_dir()
        return self.output != "-" and (self.output.endswith("/") or not path.suffix)

    @property
    def is_sharded(self) -> bool:
        """Whether the work is done in shards by worker processes, not by this one."""
        limited = self.seconds is not None or self.memory is not None or self.shard is not None
        return self.is_folder or self.workers > 1 or self.resume or limited or self.scheduler is not None

    @property
    def parts(self) -> str:
        """The folder where the parts are written."""
        return self.output if self.is_folder else f"{self.output}{PARTS}"


def is_url(place: str) -> bool:
    """Tell whether a place is given as a URL."""
    return "://" in place


def folder_at(place: str) -> Folder:
    """A folder by its path or URL."""
    if is_url(place):
        from meetextract.batch.remote import UrlFolder

        return UrlFolder(place)
    from meetextract.batch.folder import LocalFolder

    return LocalFolder(Path(place).absolute())  # workers may be at home elsewhere


def check_engine(request: Request, *, is_dask: bool) -> None:
    """Refuse what does not go together with an engine.

    Raises:
        typer.BadParameter: It does not.
    """
    if not is_dask:
        if request.scheduler is not None:
            raise typer.BadParameter("a scheduler is for --engine dask.", param_hint="--scheduler")
        if any(is_url(place) for place in (*request.inputs, request.output)):
            raise typer.BadParameter("URLs are for --engine dask. Copy the files here.", param_hint="INPUT")
        return
    if request.scheduler is None:
        raise typer.BadParameter("name the cluster with --scheduler tcp://HOST:PORT.", param_hint="--engine")
    if request.workers > 1 or request.memory is not None:
        message = "how many workers there are, and what memory they have, is said where they are started."
        raise typer.BadParameter(message, param_hint="--engine")
    if find_spec("distributed") is None:
        message = "distributed is not installed. Install it: pip install 'meetextract[dask]'."
        raise typer.BadParameter(message, param_hint="--engine")


def check_output(request: Request) -> None:
    """Refuse an output that cannot be meant.

    Raises:
        typer.BadParameter: It is an input, or exists, or is no place for parts.
    """
    if request.resume and request.overwrite:
        message = "it keeps what is done, --overwrite does all anew. Leave one of them out."
        raise typer.BadParameter(message, param_hint="--resume")
    if request.summary is not None:
        _check_summary(request.summary, is_replaced=request.overwrite or request.resume)
    if request.output == "-":
        if request.is_sharded:
            _refuse_output("Worker processes write parts. Name a folder or a file.")
        return
    _refuse_input_as_output(request)
    if request.is_sharded:
        if request.output == os.devnull:
            _refuse_output("Worker processes write parts. Name a folder or a file beside the database.")
        from meetextract.batch.ledger import part_names

        target = Path(request.output)
        if target.exists() and not target.is_dir() and not target.is_file():
            _refuse_output(f"{request.output} is no regular file. Worker processes write parts: name a folder or file.")
        has_parts = bool(part_names(folder_at(request.parts)))
        if has_parts and not (request.resume or request.overwrite):
            _refuse_output(
                f"{request.parts} holds parts of an earlier run."
                " Go on with it by --resume, or do all anew by --overwrite."
            )
        if has_parts and request.resume:
            return
        if request.resume and _is_to_be_kept(target):
            _refuse_output(
                f"{request.output} exists, and there is nothing to go on with: its parts were not kept. Make it anew by"
                " --overwrite, or name another file; --resume keeps the parts for the next time."
            )
    refuse_to_overwrite(request.output, request.overwrite)


def _check_summary(path: Path, *, is_replaced: bool) -> None:
    """Refuse a place for the summary before the work is done, not after it."""
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}. Make it first.", param_hint="--summary")
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder. Name a file in it.", param_hint="--summary")
    if path.is_file() and not is_replaced:
        raise typer.BadParameter(f"{path} exists. Name another file, or say --overwrite.", param_hint="--summary")


def refuse_to_overwrite(output: str, overwrite: bool) -> None:
    """Keep what is there; an empty file and a device are nothing to be kept."""
    if output != "-" and not overwrite and _is_to_be_kept(Path(output)):
        _refuse_output(f"{output} exists. Name another file, or replace it with --overwrite.")


def _is_to_be_kept(target: Path) -> bool:
    return target.is_file() and target.stat().st_size > 0


def _refuse_input_as_output(request: Request) -> None:
    """An output among the inputs would be wiped, and one in a folder of inputs would be read while it is written."""
    from meetextract.read.folders import is_readable

    if is_url(request.output):
        return
    target = Path(os.path.realpath(request.output))
    for path in request.inputs:
        source = Path(os.path.realpath(path))  # `resolve` raises where links lead in circles
        if target == source or ((is_readable(target) or request.is_sharded) and source in target.parents):
            _refuse_output(f"{request.output} is also an input ({path}). Write to a file outside the inputs.")


def _refuse_output(message: str) -> NoReturn:
    raise typer.BadParameter(message, param_hint="--output")


def as_output(given: str | None, database: str | None) -> str:
    """Where the records go: nowhere but to the database, if it is named alone.

    Raises:
        typer.BadParameter: Neither is named.
    """
    if given is None and database is None:
        raise typer.BadParameter("name a file or folder, or --database URL.", param_hint="--output")
    return given if given is not None else os.devnull


def as_columns(given: list[str]) -> Columns:
    """The names of columns as they were given."""
    from meetextract.read.rows import Columns

    try:
        return Columns.of(given)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--column") from None


def load_patterns(directory: Path | None) -> PatternLibrary | str:
    """The patterns, or why no article can be read with them."""
    from meetextract.errors import PatternError
    from meetextract.match.library import PatternLibrary

    try:
        return PatternLibrary.load(directory)
    except PatternError as error:
        check = f"meetextract check {directory}" if directory else "meetextract check"
        return f"{error}\nNo article was read; `{check}` lists every mistake."
