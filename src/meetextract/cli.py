"""The command line. Heavy modules are imported where they are needed, so that `--help` comes at once."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from meetextract import __version__

if TYPE_CHECKING:
    from meetextract.errors import InputError
    from meetextract.match.claims import MakeMentions
    from meetextract.match.library import PatternLibrary
    from meetextract.pipeline import Extractor
    from meetextract.read.article import Article
    from meetextract.read.rows import Columns
    from meetextract.records import Record
    from meetextract.sinks.jsonl import RecordWriter

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


# --- extract ----------------------------------------------------------------------------------------------------------


@app.command("extract")
def _extract(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...",
            help="Articles: .txt, .html, .jsonl, .csv, .parquet and .warc files, also .gz and .zst; folders of these.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the records go; - is standard output.")
    ],
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
) -> None:
    """Write one JSON record a line for each article.

    What cannot be read or extracted is reported with its place and mend, and costs nothing else. The last line on
    standard error counts the articles: read = extracted + empty (nothing found) + failed. If any failed, the exit
    code is 1. The output is opened for the first record: a run that makes none leaves an older file as it was.

    Ctrl-C ends the run after the article at hand (exit code 130; 143 if it is terminated), a second one at once.
    """
    with _Stop() as stop:
        day = _as_day(published)
        columns = _as_columns(column or [])
        _refuse_input_as_output(inputs, output)
        _refuse_to_overwrite(output, overwrite)
        tally = _Tally()
        with _progress(inputs) as (say, advance):
            extractor = _make_extractor(patterns, tally, stop, with_text=with_text)
            articles = _read(inputs, day, columns)
            try:
                _write_records(extractor, articles, output, tally, say, advance, stop)
            except OSError as error:  # reading and extracting report their own
                _forget_broken_pipe(output)
                if not stop.signal:  # Ctrl-C ends the reader of a pipe, too
                    reason = error.strerror or error
                    mend = "Check the folder, its permissions and the disk."
                    _end(f"{output}: cannot be written ({reason}). {mend}", tally)
        if stop.signal:
            typer.echo(f"stopped; the records so far are whole ({output})", err=True)
            _finish(tally, stop.exit_code)
        _finish(tally, 1 if tally.failed else 0)


class _Stop:
    """Notes that the run is to stop: by Ctrl-C or by SIGTERM.

    An exception raised by a signal may be lost: what arises inside `__del__` or a callback from C is dropped. So the
    handler raises none, and the run asks. A second signal of the kind ends the process at once, as if none were
    handled.

    Attributes:
        signal: What came first, 0 if nothing did.
    """

    __slots__ = ("_before", "signal")

    def __init__(self) -> None:
        self.signal = 0
        self._before: dict[int, object] = {}

    def __enter__(self) -> _Stop:
        if threading.current_thread() is threading.main_thread():  # no other may set handlers
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if before not in (signal.SIG_IGN, None):  # ignored under `nohup` and for jobs in the background
                    signal.signal(number, self._note)
                    self._before[number] = before
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]

    @property
    def exit_code(self) -> int:
        """As shells have it: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + self.signal

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.signal = self.signal or number
        signal.signal(number, signal.SIG_DFL)
        if sys.stderr.isatty():
            # Not by `print`, which the signal may have interrupted. The progress bar hides the cursor.
            os.write(2, b"\x1b[?25h\nstopping after this article; Ctrl-C again to stop at once\n")


@dataclass(slots=True)
class _Tally:
    """How many articles, or in their place things that could not be read, were met; and what became of them."""

    extracted: int = 0
    empty: int = 0
    failed: int = 0

    def __str__(self) -> str:
        read = self.extracted + self.empty + self.failed
        return f"read {read}, extracted {self.extracted}, empty {self.empty}, failed {self.failed}"


def _finish(tally: _Tally, code: int) -> NoReturn:
    typer.echo(str(tally), err=True)
    raise typer.Exit(code)


def _end(message: str, tally: _Tally) -> NoReturn:
    """End the run for a reason that concerns all articles."""
    typer.echo(message, err=True)
    _finish(tally, 1)


def _as_day(published: str | None) -> date | None:
    from meetextract.read.article import as_date

    try:
        return as_date(published)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None


def _as_columns(given: list[str]) -> Columns:
    from meetextract.read.rows import Columns

    try:
        return Columns.of(given)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--column") from None


def _refuse_to_overwrite(output: str, overwrite: bool) -> None:
    """Keep what is there; an empty file and a device are nothing to be kept."""
    target = Path(output)
    if output != "-" and not overwrite and target.is_file() and target.stat().st_size:
        message = f"{output} exists. Name another file, or replace it with --overwrite."
        raise typer.BadParameter(message, param_hint="--output")


def _refuse_input_as_output(inputs: list[Path], output: str) -> None:
    """An output among the inputs would be wiped, and one in a folder of inputs would be read while it is written."""
    from meetextract.read.folders import is_readable

    if output == "-":
        return
    target = Path(output).resolve()
    for path in inputs:
        source = path.resolve()
        if target == source or (is_readable(target) and source in target.parents):
            message = f"{output} is also an input ({path}). Write to a file outside the inputs."
            raise typer.BadParameter(message, param_hint="--output")


def _make_extractor(patterns: Path | None, tally: _Tally, stop: _Stop, *, with_text: bool) -> Extractor | None:
    """Load patterns and models, unless the run is to stop before."""
    from meetextract.errors import PatternError
    from meetextract.pipeline import Extractor

    try:
        return None if stop.signal else Extractor(patterns, with_text=with_text)
    except PatternError as error:
        check = f"meetextract check {patterns}" if patterns else "meetextract check"
        _end(f"{error}\nNo article was read; `{check}` lists every mistake.", tally)


def _forget_broken_pipe(output: str) -> None:
    """Let Python's own flush at the end not fail again: `meetextract extract … --output - | head`."""
    if output == "-":
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read(inputs: list[Path], published: date | None, columns: Columns) -> Iterator[Article | InputError]:
    from meetextract.read.files import read_articles

    return read_articles(inputs, published=published, columns=columns)


def _write_records(
    extractor: Extractor | None,
    articles: Iterator[Article | InputError],
    output: str,
    tally: _Tally,
    say: Callable[[str], None],
    advance: Callable[[], None],
    stop: _Stop,
) -> None:
    """Take the articles one by one; each record is a whole line and handed on at once."""
    from meetextract.errors import InputError
    from meetextract.sinks.jsonl import RecordWriter

    if extractor is None:
        return
    with RecordWriter(sys.stdout if output == "-" else Path(output)) as writer:
        for article in articles:
            if stop.signal:
                return
            if isinstance(article, InputError):
                tally.failed += 1
                say(str(article))
            else:
                _write_record(extractor, article, writer, tally, say)
            advance()


def _write_record(
    extractor: Extractor, article: Article, writer: RecordWriter, tally: _Tally, say: Callable[[str], None]
) -> None:
    from meetextract.sinks.jsonl import record_to_json

    try:
        record = extractor(article)
        line = record_to_json(record)
    except Exception as error:  # a mistake in this program must not cost the other articles
        tally.failed += 1
        say(_failure(article, error))
        return
    writer.write_line(line)
    if record.is_empty:
        tally.empty += 1
    else:
        tally.extracted += 1


def _failure(article: Article, error: Exception) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{article.source}: article {article.id!r} failed: {type(error).__name__}: {error}"
        f" ({Path(frame.filename).name}:{frame.lineno}, meetextract {__version__})."
        " This is a mistake in meetextract: report this line together with the article."
    )


@contextmanager
def _progress(inputs: list[Path]) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """Show a bar on a terminal; give what says a line beside it, and what moves it on by an article."""
    if not sys.stderr.isatty():
        yield lambda message: typer.echo(message, err=True), lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from meetextract.read.files import count_articles

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("articles", total=count_articles(inputs))
        yield (
            lambda message: console.print(message, markup=False, highlight=False, soft_wrap=True),
            lambda: progress.advance(task),
        )


# --- score and diff ---------------------------------------------------------------------------------------------------


@contextmanager
def _trouble() -> Iterator[None]:
    """Tell what cannot be read, and end with exit code 2: 1 means that there is a difference."""
    from meetextract.errors import InputError

    try:
        yield
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


@app.command("score")
def _score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of NAME.txt with NAME.gold.json.")],
    records: Annotated[
        str, typer.Argument(metavar="RECORDS", help="File of records; - is standard input. Or a second folder of gold.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    with_errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed (-) and what is false (+), in context.")
    ] = False,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="F1 that each kind must reach.", show_default=False)
    ] = None,
    raise_floors: Annotated[
        bool, typer.Option("--raise", help="Write higher floors where they were passed; none is lowered.")
    ] = False,
) -> None:
    """Score records against gold: precision, recall and F1 of each kind.

    A second folder of gold in place of the records shows how far two annotations agree.

    With --floors the exit code is 1 where a kind is below its floor. It is 2 if something cannot be read.
    """
    import json

    from meetextract.scoring.floors import Floors
    from meetextract.scoring.measure import measure_files
    from meetextract.scoring.report import as_json as to_json
    from meetextract.scoring.report import mistake_lines, table

    if raise_floors and floors is None:
        raise typer.BadParameter("there are no floors to raise. Name their file with --floors.", param_hint="--raise")
    with _trouble():
        pinned = Floors(floors, gold) if floors else None
        measurement = measure_files(gold, sys.stdin.buffer if records == "-" else Path(records))
        held = pinned.held(measurement.rows) if pinned else []
        for problem in measurement.unplaced:
            typer.echo(str(problem), err=True)
        if as_json:
            typer.echo(json.dumps(to_json(measurement, with_errors=with_errors), ensure_ascii=False))
        else:
            sys.stdout.writelines(f"{line}\n" for line in table(measurement, held))
            if with_errors:
                sys.stdout.writelines(f"{line}\n" for line in mistake_lines(measurement))
        if pinned and raise_floors:
            for change in pinned.raise_to(measurement.rows):
                typer.echo(change, err=True)
    below = [each for each in held if each.is_below]
    for each in below:
        typer.echo(f"below its floor: {each}", err=True)
    raise typer.Exit(1 if below else 0)


@app.command("diff")
def _diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="File of records.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="File of records of another run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    gold: Annotated[
        Path | None, typer.Option(metavar="GOLD", help="Say which changes are right by this gold.", show_default=False)
    ] = None,
) -> None:
    """Compare two runs: the entries lost (-), gained (+) and changed (~) in each article, and how many there are.

    Entries are compared by what they say and where, not by their ids and patterns. The exit code is 0 if all are the
    same, 1 if some differ, 2 if something cannot be read.
    """
    from meetextract.scoring.diff import RecordFile, Totals, differences
    from meetextract.scoring.diff_report import json_lines, text_lines
    from meetextract.scoring.verdicts import Judge

    totals = Totals()
    with _trouble():
        found = differences(RecordFile(old), RecordFile(new), Judge(gold) if gold else None)
        lines = json_lines(found, totals) if as_json else text_lines(found, totals)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    raise typer.Exit(0 if totals.is_equal else 1)


# --- check and schema -------------------------------------------------------------------------------------------------


@app.command("check")
def _check(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Patterns; by default those shipped.", show_default=False)
    ] = None,
) -> None:
    """Validate patterns and run all their examples; the report is in Vietnamese. The exit code is 1 on a failure."""
    from meetextract.match.check import check

    report = check(directory, _make_mentions)
    typer.echo(report.render())
    raise typer.Exit(report.exit_code)


def _make_mentions(library: PatternLibrary) -> MakeMentions:
    from meetextract.pipeline import Extractor

    extractor = Extractor(library)
    return lambda text, published, prefer: extractor.mentions(text, published=published, prefer=prefer)


@app.command("explain")
def _explain(
    records: Annotated[Path, typer.Argument(metavar="RECORDS.jsonl", help="What `extract` wrote.")],
    wanted: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry or of an article.")],
    articles: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Where the articles are, if not where the record says.", show_default=False),
    ] = None,
    patterns: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Patterns to use instead of those shipped.", show_default=False)
    ] = None,
) -> None:
    """Tell why an entry is what it is; for an article, which words led to no entry. The report is in Vietnamese.

    An entry is shown with its pattern, the words of each slot, what read them, and the anchor of its dates. An article
    is extracted once more, and each directing verb, number and meeting that led to no entry is named with the condition
    that failed. The exit code is 2 if there is no such id.
    """
    from meetextract.errors import InputError, PatternError
    from meetextract.explain import explain_article, explain_entry, find_entry, source_of
    from meetextract.pipeline import Extractor
    from meetextract.sinks.jsonl import read_records

    try:
        held = (record for record in read_records(records) if record.id == wanted or find_entry(record, wanted))
        found = next(held, None)
        extractor = Extractor(patterns)
    except (InputError, PatternError) as error:
        _refuse(str(error))
    if found is None:
        _refuse(f"{records}: no article and no entry has the id {wanted!r}. Copy an `id` from the file.")
    place = articles or source_of(found, records)
    article = _article_of(found.id, place) if place else None
    if article is None and found.text is not None:
        article = _article_again(found)
    entry = find_entry(found, wanted)
    if entry is not None:
        typer.echo(explain_entry(*entry, article.text if article else None, extractor.library, found.dates))
    elif article is None:
        _refuse(f"{found.source or found.id}: the article is not there. Say where it is with --articles PATH.")
    else:
        record, rejected = extractor.traced(article)
        typer.echo(explain_article(record, rejected, article.text))
    if found.pattern_set != extractor.library.sha256:
        typer.echo("note: the record was made with another pattern set than the one explained with", err=True)


def _refuse(message: str) -> NoReturn:
    """End with a message and exit code 2: the command asks for what there is not."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _article_of(wanted: str, place: Path) -> Article | None:
    """The article with an id, from a file or folder of articles."""
    from meetextract.errors import InputError
    from meetextract.read.files import read_articles

    found = (each for each in read_articles([place]) if not isinstance(each, InputError))
    return next((article for article in found if article.id == wanted), None)


def _article_again(record: Record) -> Article:
    """The article of a record that holds its text."""
    from meetextract.read.article import Article

    given = _as_day(record.published) if record.published_from == "given" else None
    return Article(record.id, record.text or "", published=given, title=record.title, source=record.source)


# --- link -------------------------------------------------------------------------------------------------------------


@app.command("link")
def _link(
    records: Annotated[list[Path], typer.Argument(metavar="RECORDS...", help="Files that `extract` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the records go.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")] = False,
) -> None:
    """Link near-duplicates: sets `duplicate_of` of each record to the id of the first article that tells the same.

    The first is the one that was published first; no record is dropped. The outcome does not depend on how the records
    are divided into files, nor on their order. The exit code is 2 if something cannot be read or written.
    """
    from dataclasses import replace

    from meetextract.read.near_duplicates import Printed, link
    from meetextract.sinks.jsonl import RecordWriter, read_records, record_to_json

    if any(path.resolve() == output.resolve() for path in records):
        raise typer.BadParameter(f"{output} is also an input. Write to another file.", param_hint="--output")
    _refuse_to_overwrite(str(output), overwrite)
    with _trouble():
        printed = [
            Printed(each.id, each.published, each.fingerprint) for path in records for each in read_records(path)
        ]
        firsts = link(printed)
        try:
            with RecordWriter(output) as writer:
                every = (each for path in records for each in read_records(path))
                for record, first in zip(every, firsts, strict=True):
                    writer.write_line(record_to_json(replace(record, duplicate_of=first)))
        except OSError as error:
            _refuse(f"{output}: cannot be written ({error.strerror or error}). Check the folder and the disk.")
    typer.echo(f"read {len(firsts)}, linked {len(firsts) - firsts.count(None)}", err=True)


@app.command("schema")
def _schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from meetextract.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
