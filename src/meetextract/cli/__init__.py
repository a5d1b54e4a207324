"""The command line. Heavy modules are imported where they are needed, so that `--help` comes at once."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from meetextract import __version__
from meetextract.cli.database import database_app, merge, status, verdict
from meetextract.cli.extract import extract
from meetextract.cli.load import load
from meetextract.cli.measuring import diff, score
from meetextract.cli.patterns import check, explain
from meetextract.cli.query import export, history, query
from meetextract.cli.records import link, schema

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def main() -> None:
    """Run the command line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal's language, records are UTF-8
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"meetextract {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """From scraped Vietnamese meeting news to records that a task tracker can load."""


for _command in (
    extract, load, query, verdict, status, history, merge, export, score, diff, check, explain, link, schema,
):  # fmt: skip
    app.command(_command.__name__)(_command)
app.add_typer(database_app, name="database")
