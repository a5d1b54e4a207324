"""Articles from files and folders, one at a time; what cannot be read is reported and costs nothing else."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from meetextract.errors import InputError
from meetextract.read.article import Article

SUFFIXES = (".jsonl", ".txt")
"""The endings of files that are read."""

MAX_ARTICLE_BYTES = 64 * 1024 * 1024
"""Longest article file, or line of a .jsonl file, that is read into memory."""

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_articles(paths: Iterable[Path], *, published: date | None = None) -> Iterator[Article | InputError]:
    """Read articles from .txt files, .jsonl files and folders of these.

    Files are read in the order given, those of a folder (and its subfolders) sorted by name. Nothing is read ahead:
    memory holds one article, and the ids seen.

    Args:
        paths: Files and folders.
        published: The date of articles that bring none with them.

    Yields:
        Each article, or in its place the error that says why it cannot be read.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for found in _files_of(Path(path)):
            if isinstance(found, InputError):
                yield found
                continue
            for article in _articles_of(found, published):
                if isinstance(article, Article):
                    place = article.source or str(found)
                    if article.id in seen:
                        yield _duplicate(found, place, article.id, seen[article.id])
                        continue
                    seen[article.id] = place
                yield article


def count_articles(paths: Iterable[Path]) -> int:
    """Count, without decoding them, what `read_articles` is going to yield: near enough for a progress bar."""
    total = 0
    for path in paths:
        for found in _files_of(Path(path)):
            if isinstance(found, Path) and found.suffix.lower() == ".jsonl" and found.is_file():
                try:
                    with found.open("rb") as file:
                        total += sum(not line.isspace() for line in file)
                except OSError:
                    total += 1
            else:
                total += 1
    return total


def _duplicate(path: Path, place: str, name: str, first: str) -> InputError:
    line = place.removeprefix(f"{path}:")
    return InputError(
        path,
        int(line) if line.isdigit() else None,
        f"the id {name!r} was used before, in {first}",
        "Give each article an id of its own",
    )


def _files_of(path: Path) -> Iterator[Path | InputError]:
    """The files behind a path, sorted."""
    if path.is_dir():
        errors: list[OSError] = []
        # Directory links are not followed: they may lead in circles.
        walk = os.walk(path, onerror=errors.append)
        files = sorted(Path(folder, name) for folder, _, names in walk for name in names if not name.startswith("."))
        files = [file for file in files if file.suffix.lower() in SUFFIXES]
        yield from (_unreadable(Path(error.filename), error) for error in errors)
        if not files and not errors:
            yield InputError(
                path, None, "no articles in this folder", "Put .txt or .jsonl files there, or name another"
            )
        yield from files
    elif path.suffix.lower() in SUFFIXES or not path.exists():
        yield path
    else:
        yield InputError(path, None, f"{path.suffix or 'a name without an ending'} is no kind of file that is read",
                         "Give .txt or .jsonl files, or a folder of these")  # fmt: skip


def _articles_of(path: Path, published: date | None) -> Iterator[Article | InputError]:
    try:
        if path.exists() and not path.is_file():
            yield InputError(path, None, "not a regular file", "Give .txt or .jsonl files, or a folder of these")
            return
        with path.open("rb") as file:
            if path.suffix.lower() == ".txt":
                yield _from_txt(path, file, published)
            else:
                yield from _from_jsonl(path, file, published)
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(path, None, "there is no such file", "Check the path")
    return InputError(path, None, f"cannot be read ({error.strerror or error})", "Check its permissions and the disk")


def _too_long(path: Path, line: int | None) -> InputError:
    size = MAX_ARTICLE_BYTES // 1024 // 1024
    return InputError(path, line, f"longer than {size} MB", "Split it into articles")


def _from_txt(path: Path, file: BinaryIO, published: date | None) -> Article | InputError:
    data = file.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        return _too_long(path, None)
    text = _decode(path, data, None)
    if isinstance(text, InputError):
        return text
    if not text.strip():
        return InputError(path, None, "the file is empty", "Put the article's text there, or remove the file")
    try:
        return Article(id=path.stem, text=text, published=published, source=str(path))
    except ValueError as error:
        return _bad_value(path, None, error)


def _from_jsonl(path: Path, file: BinaryIO, published: date | None) -> Iterator[Article | InputError]:
    number = 0
    is_empty = True
    while data := file.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        if len(data) > MAX_ARTICLE_BYTES:
            is_empty = False
            yield _too_long(path, number)
            while data and not data.endswith(b"\n"):
                data = file.readline(MAX_ARTICLE_BYTES)
            continue
        if number == 1:
            data = data.removeprefix(_BOM)
        if data.strip():
            is_empty = False
            yield _from_line(path, number, data, published)
    if is_empty:
        yield InputError(path, None, "the file is empty", "Write one JSON object a line, or remove the file")


def _from_line(path: Path, number: int, data: bytes, published: date | None) -> Article | InputError:
    line = _decode(path, data, number)
    if isinstance(line, InputError):
        return line
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return InputError(path, number, f"no JSON: {error.msg} at column {error.colno}", "Write one JSON object a line")
    except (ValueError, RecursionError) as error:
        return InputError(path, number, f"no usable JSON: {error}", "Write one flat JSON object a line")
    if not isinstance(record, dict):
        return InputError(path, number, "not a JSON object", 'Write {"id": "…", "text": "…"} on each line')
    return _from_record(path, number, record, published)


def _from_record(path: Path, number: int, record: dict[str, Any], published: date | None) -> Article | InputError:
    if "text" not in record:
        return InputError(path, number, "a record without text", 'Add the article as "text"')
    text = record["text"]
    if not isinstance(text, str):
        return InputError(path, number, f'"text" is {type(text).__name__}, not text', "Give it as a string")
    if not text.strip():
        return InputError(path, number, '"text" is empty', "Put the article's text there, or remove the line")
    given = record.get("id")
    name = str(given) if type(given) is int else given
    try:
        return Article(
            id=f"{path.stem}-{number}" if name is None or name == "" else name,
            text=text,
            published=record.get("published") or published,
            title=record.get("title"),
            url=record.get("url"),
            source=f"{path}:{number}",
        )
    except ValueError as error:
        return _bad_value(path, number, error)


def _bad_value(path: Path, line: int | None, error: ValueError) -> InputError:
    problem, _, mend = str(error).partition(". ")
    return InputError(path, line, problem, mend.rstrip(".") or "Mend the value")


def _decode(path: Path, data: bytes, line: int | None) -> str | InputError:
    """Decode UTF-8; ``line`` is None where the data are a whole file."""
    if data.startswith(_OTHER_BOMS):
        return InputError(path, line, "the file is in UTF-16", "Save it as UTF-8")
    data = data.removeprefix(_BOM) if line is None else data
    if b"\0" in data:
        return InputError(path, line, "a binary file: it holds NUL bytes", "Give text in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line if line is not None else data.count(b"\n", 0, error.start) + 1
        return InputError(path, at, f"not UTF-8: byte 0x{data[error.start]:02x}", "Save it as UTF-8")
