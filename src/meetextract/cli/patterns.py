"""`check` and `explain`: what patterns find, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetextract.cli.endings import as_day, refuse

if TYPE_CHECKING:
    from meetextract.match.claims import MakeMentions
    from meetextract.match.library import PatternLibrary
    from meetextract.read.article import Article
    from meetextract.read.chrome import ChromeRules
    from meetextract.records import Record


def check(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Patterns; by default those shipped.", show_default=False)
    ] = None,
) -> None:
    """Validate patterns and run all their examples; the report is in Vietnamese. The exit code is 1 on a failure."""
    from meetextract.match.check import check as run_check

    report = run_check(directory, _make_mentions)
    typer.echo(report.render())
    raise typer.Exit(report.exit_code)


def _make_mentions(library: PatternLibrary) -> MakeMentions:
    from meetextract.pipeline import Extractor

    extractor = Extractor(library)
    return lambda text, published, prefer: extractor.mentions(text, published=published, prefer=prefer)


def explain(
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
        refuse(str(error))
    if found is None:
        refuse(f"{records}: no article and no entry has the id {wanted!r}. Copy an `id` from the file.")
    place = articles or source_of(found, records)
    article = _article_of(found, place, extractor.chrome) if place else None
    if article is None and found.text is not None:
        article = _article_again(found)
    entry = find_entry(found, wanted)
    if entry is not None:
        typer.echo(explain_entry(*entry, article.text if article else None, extractor.library, found.dates))
    elif article is None:
        refuse(f"{found.source or found.id}: the article is not there. Say where it is with --articles PATH.")
    else:
        record, rejected = extractor.traced(article)
        typer.echo(explain_article(record, rejected, article.text))
    if found.pattern_set != extractor.library.sha256:
        typer.echo("note: the record was made with another pattern set than the one explained with", err=True)


def _article_of(record: Record, place: Path, chrome: ChromeRules) -> Article | None:
    """The article of a record, from a file or folder of articles; its id may tell of the folder it was read from."""
    from meetextract.errors import InputError
    from meetextract.read.files import read_articles

    found = (each for each in read_articles([place], chrome=chrome) if not isinstance(each, InputError))
    line = Path(record.source or "").name if place.is_file() else None
    same = (each for each in found if each.id == record.id or Path(each.source or "").name == line)
    return next((replace(each, id=record.id) for each in same), None)


def _article_again(record: Record) -> Article:
    """The article of a record that holds its text."""
    from meetextract.read.article import Article

    given = as_day(record.published) if record.published_from == "given" else None
    return Article(record.id, record.text or "", published=given, title=record.title, source=record.source)
