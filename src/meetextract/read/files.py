"""Articles from files and folders, one at a time; what cannot be read is reported and costs nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from meetextract import settings
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, decode
from meetextract.read.chrome import ChromeRules
from meetextract.read.compressed import UnpackError, open_unpacked, unpacked_suffix
from meetextract.read.feeds import from_csv, from_jsonl, too_long
from meetextract.read.folders import WANTED, Found, files_of, unreadable
from meetextract.read.on_disk import DiskDict
from meetextract.read.pages import MAX_PAGE_BYTES, UnreadPage, bad_value, read_unread
from meetextract.read.parquet import from_parquet
from meetextract.read.repairs import repair
from meetextract.read.rows import Columns
from meetextract.read.warc import from_warc

_CHUNK = 1024 * 1024


def read_articles(
    paths: Iterable[Path],
    *,
    published: date | None = None,
    columns: Columns | None = None,
    chrome: ChromeRules | None = None,
) -> Iterator[Article | InputError]:
    """Read articles from texts, pages, feeds, tables and archives, compressed or not, and from folders of these.

    Files are read in the order given, those of a folder (and its subfolders) sorted by name. Nothing is read ahead:
    memory holds one article (of a table, a few rows) and the names of one folder; the ids seen are on disk.

    Args:
        paths: Files and folders.
        published: The date of articles that bring none with them.
        columns: The names of the columns of feeds and tables.
        chrome: What lines of a page look like; by default the table that is shipped.

    Yields:
        Each article, or in its place the error that says why it cannot be read.
    """
    for item in read_unread_articles(paths, published=published, columns=columns):
        yield read_unread(item, chrome) if isinstance(item, UnreadPage) else item


def read_unread_articles(
    paths: Iterable[Path], *, published: date | None = None, columns: Columns | None = None
) -> Iterator[Article | UnreadPage | InputError]:
    """Read articles as `read_articles` does, but leave pages unread, be they files or in archives, feeds and tables.

    Args:
        paths: Files and folders.
        published: The date of articles that bring none with them.
        columns: The names of the columns of feeds and tables.

    Yields:
        Each article or page, or in its place the error that says why it cannot be read.
    """
    places = DiskDict()  # by id
    for path in map(Path, paths):
        for found in files_of(path):
            if isinstance(found, InputError):
                yield found
                continue
            for article in _articles_of(found.path, found.name, published, columns or Columns()):
                if not isinstance(article, InputError):
                    place = article.source or str(found.path)
                    if (first := places.set_first(article.id, place)) is not None:
                        yield _duplicate(found.path, place, article.id, first)
                        continue
                yield article


def count_articles(paths: Iterable[Path]) -> int:
    """Count, without decoding them, what `read_articles` is going to yield: near enough for a progress bar.

    A compressed feed, a table or an archive is counted as one.
    """
    total = 0
    for path in paths:
        for found in files_of(Path(path)):
            if isinstance(found, Found) and found.path.suffix.lower() == ".jsonl" and found.path.is_file():
                try:
                    with found.path.open("rb") as file:
                        total += _count_lines(file)
                except OSError:
                    total += 1
            else:
                total += 1
    return total


def _count_lines(file: BinaryIO) -> int:
    lines, end = 0, b"\n"
    while data := file.read(_CHUNK):  # a line may be longer than the memory
        lines += data.count(b"\n")
        end = data[-1:]
    return lines + (end != b"\n")


def _duplicate(path: Path, place: str, name: str, first: str) -> InputError:
    line = place.removeprefix(f"{path}:")
    return InputError(
        path,
        int(line) if line.isdigit() else None,
        f"the id {name!r} was used before, in {first}",
        "Give each article an id of its own",
    )


def _articles_of(
    path: Path, name: str, published: date | None, columns: Columns
) -> Iterator[Article | UnreadPage | InputError]:
    """Read one file; articles without an id are called by `name`."""
    suffix, _ = unpacked_suffix(path)
    try:
        if path.exists() and not path.is_file():
            yield InputError(path, None, "not a regular file", WANTED)
            return
        if suffix == ".parquet":
            yield from from_parquet(path, name, columns, published)
            return
        with open_unpacked(path) as file:
            if suffix == ".txt":
                yield _from_txt(path, name, file.read(settings.MAX_ARTICLE_BYTES + 1), published)
            elif suffix == ".jsonl":
                yield from from_jsonl(path, name, file, columns, published)
            elif suffix == ".csv":
                yield from from_csv(path, name, file, columns, published)
            elif suffix == ".warc":
                yield from from_warc(path, name, file, published)
            else:
                yield UnreadPage(file.read(MAX_PAGE_BYTES + 1), path, None, name, published)
    except UnpackError as error:
        yield InputError(path, None, error.problem, error.mend)
    except OSError as error:
        yield unreadable(path, error)


def _from_txt(path: Path, stem: str, data: bytes, published: date | None) -> Article | InputError:
    if len(data) > settings.MAX_ARTICLE_BYTES:
        return too_long(path, None)
    try:
        decoded = decode(data)
    except BinaryDataError as error:
        return InputError(path, None, f"a binary file: {error}", "Give text in UTF-8")
    text, repairs = repair(decoded.text)
    if not text.strip():
        return InputError(path, None, "the file is empty", "Put the article's text there, or remove the file")
    try:
        return Article(id=stem, text=text, published=published, source=str(path), repairs=(*decoded.repairs, *repairs))
    except ValueError as error:
        return bad_value(path, None, error)
