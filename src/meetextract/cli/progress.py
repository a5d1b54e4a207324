"""How far a run is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY = 60.0  # seconds between two lines in a log


class Display(Protocol):
    """Shows how far a run is."""

    def say(self, message: str) -> None:
        """Write a line beside it."""

    def advance(self, articles: int, failed: int) -> None:
        """Move on by articles, of which so many failed."""


@contextmanager
def progress(inputs: list[str], *, is_logged: bool) -> Iterator[Display]:
    """Show how far a run is.

    Args:
        inputs: What is read.
        is_logged: Whether to write a line now and then where standard error is no terminal.
    """
    if sys.stderr.isatty():
        with _Bar.shown(inputs) as bar:
            yield bar
    else:
        yield _Log(inputs if is_logged else None)


class _Log:
    """Lines in a log, for those who look at it from far away."""

    def __init__(self, inputs: list[str] | None) -> None:
        self._total = 0
        self._done = self._failed = 0
        self._began = self._told = time.monotonic()
        self._is_shown = inputs is not None
        if inputs is not None:  # beside the work: a million files take a while
            threading.Thread(target=self._count, args=(inputs,), daemon=True).start()

    def _count(self, inputs: list[str]) -> None:
        from meetextract.read.files import count_articles

        self._total = count_articles(map(Path, inputs))

    def say(self, message: str) -> None:
        typer.echo(message, err=True)

    def advance(self, articles: int, failed: int) -> None:
        self._done += articles
        self._failed += failed
        now = time.monotonic()
        if not self._is_shown or now - self._told < _EVERY:
            return
        self._told = now
        rate = self._done / (now - self._began)
        line = f"{self._done} articles, {rate:.1f} a second, {self._failed} failed"
        if self._total > self._done:
            line += f", about {(self._total - self._done) / rate / 60:.0f} minutes left"
        typer.echo(line, err=True)


class _Bar:
    """A bar, with rate, time left and failures."""

    def __init__(self, shown: Progress, task: TaskID) -> None:
        self._shown = shown
        self._task = task
        self._failed = 0

    @classmethod
    @contextmanager
    def shown(cls, inputs: list[str]) -> Iterator[_Bar]:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        from meetextract.read.files import count_articles

        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[failed]} failed"), TimeRemainingColumn(elapsed_when_finished=True),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
            yield cls(shown, shown.add_task("articles", total=count_articles(map(Path, inputs)), failed=0, rate=""))

    def say(self, message: str) -> None:
        self._shown.console.print(message, markup=False, highlight=False, soft_wrap=True)

    def advance(self, articles: int, failed: int) -> None:
        self._failed += failed
        speed = self._shown.tasks[0].speed
        rate = f"{speed:.1f}/s" if speed else ""
        self._shown.update(self._task, advance=articles, failed=self._failed, rate=rate)
