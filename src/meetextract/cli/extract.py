"""`extract`: articles in, records out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meetextract.cli.endings import as_day
from meetextract.cli.request import Request, as_columns, as_output, check_engine, check_output
from meetextract.cli.stop import Stop


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    DASK = "dask"


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Articles: .txt, .html, .jsonl, .csv, .parquet and .warc files, also .gz and .zst; folders of these.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.jsonl|FOLDER",
            help="Where the records go: one file, or a folder of parts (a name without an ending, or with / at its"
            " end); - is standard output. It may be left out with --database.",
            show_default=False,
        ),
    ] = None,
    patterns: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Patterns to use instead of those shipped.", show_default=False)
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date, YYYY-MM-DD, of articles that bring none with them."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=COLUMN",
            help="A column of feeds and tables: text=content. Names are id, text, html, title, url, published.",
            show_default=False,
        ),
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the article's text into every record, not only where it was made.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")] = False,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="Worker processes.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an earlier run: what is done and would be the same is kept.")
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            metavar="S",
            help="An article that takes a worker longer has failed; 60 if nothing is said.",
            show_default=False,
        ),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(min=1, metavar="MB", help="Memory that a worker may take (Linux).", show_default=False),
    ] = None,
    shard: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="About how many articles a part has; 128 if nothing is said.",
                                 show_default=False),
    ] = None,
    summary: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Where the summary goes as JSON.", show_default=False)
    ] = None,
    engine: Annotated[
        Engine, typer.Option(metavar="local|dask", help="What does the work: this machine, or a Dask cluster.")
    ] = Engine.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Of the cluster: tcp://HOST:PORT, or its file FILE.json.", show_default=False
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", "-d", metavar="URL", help="Load the records into this tracking database, too.",
                     show_default=False),
    ] = None,
    portal: Annotated[
        str | None,
        typer.Option(metavar="HOST", help="For the database: the portal of articles that have no address.",
                     show_default=False),
    ] = None,
) -> None:  # fmt: skip
    """Write one JSON record a line for each article.

    What cannot be read or extracted is reported with its place and mend, and costs nothing else. The last line on
    standard error counts the articles: read = extracted + empty (nothing found) + failed. If any failed, the exit
    code is 1. The output is opened for the first record: a run that makes none leaves an older file as it was.

    With more workers than one, --resume or a folder as output, worker processes write the records in parts. They are
    the same, in the same order, whatever the number of workers. A run that was stopped or killed goes on by --resume.

    Ctrl-C ends the run after the article at hand (exit code 130; 143 if it is terminated), a second one at once.
    """
    with Stop() as stop:
        request = Request(
            inputs, as_output(output, database), patterns, as_day(published), as_columns(column or []),
            with_text or database is not None, overwrite, resume, workers, seconds, memory, shard, summary, scheduler,
            database, portal,
        )  # fmt: skip
        check_engine(request, is_dask=engine is Engine.DASK)
        check_output(request)
        if request.is_sharded:
            from meetextract.cli.in_shards import extract_in_shards

            extract_in_shards(request, stop)
        else:
            from meetextract.cli.one_process import extract_here

            extract_here(request, stop)
