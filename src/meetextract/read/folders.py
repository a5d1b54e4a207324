"""Files of articles in folders, in the order of their names."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from meetextract.errors import InputError
from meetextract.read.compressed import unpacked_suffix

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".csv", ".parquet", ".warc")
"""The endings of files that are read; `.gz` or `.zst` may follow, but not behind `.parquet`."""

_OF_ONE = (".txt", ".html", ".htm")  # files that are an article

WANTED = "Give .txt, .html, .jsonl, .csv, .parquet or .warc files, compressed or not, or a folder of these"


def is_readable(path: Path) -> bool:
    """Tell by its name whether a file is read."""
    suffix, _ = unpacked_suffix(path)
    return suffix in SUFFIXES and (suffix != ".parquet" or path.suffix.lower() == suffix)


class Found(NamedTuple):
    """A file that may hold articles.

    Attributes:
        path: Where it is.
        name: What articles without an id are called by: its path in the folder without endings, with them where
            another file would give its articles the same ids.
    """

    path: Path
    name: str


def files_of(path: Path) -> Iterator[Found | InputError]:
    """Give the files behind a path.

    Args:
        path: A file, or a folder whose files and subfolders are read in the order of their names.

    Yields:
        Each file that may hold articles, or the error that says why there is none. Memory holds the names of one
        folder at a time.
    """
    if path.is_dir():
        found = False
        for each in _walk(path):
            found = True
            yield each
        if not found:
            mend = "Put .txt, .html or .jsonl files there, or name another"
            yield InputError(path, None, "no articles in this folder", mend)
    elif is_readable(path) or not path.exists():
        yield Found(path, unpacked_suffix(path)[1])
    else:
        ending = path.suffix or "a name without an ending"
        yield InputError(path, None, f"{ending} is no kind of file that is read", WANTED)


def _walk(folder: Path) -> Iterator[Found | InputError]:
    open_ = [_opened(folder)]
    while open_:
        entries, shared = open_[-1]
        entry = next(entries, None)
        if entry is None:
            open_.pop()
        elif isinstance(entry, InputError):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            open_.append(_opened(Path(entry.path)))
        elif entry.is_symlink() and _leads_to_folder(entry):
            problem = "a link to a folder is not followed, it may lead in circles"
            yield InputError(entry.path, None, problem, "Name the folder itself as an input")
        elif is_readable(path := Path(entry.path)):
            name = path.name if _ids_by(path) in shared else unpacked_suffix(path)[1]
            yield Found(path, (path.relative_to(folder).parent / name).as_posix())


def _opened(folder: Path) -> "tuple[Iterator[os.DirEntry[str] | InputError], set[tuple[str, bool]]]":
    """The entries of a folder, and what several of its files would call their articles by."""
    entries = _entries(folder)
    paths = (Path(each.name) for each in entries if not isinstance(each, InputError))
    counts = Counter(_ids_by(path) for path in paths if is_readable(path))
    return iter(entries), {each for each, count in counts.items() if count > 1}


def _ids_by(path: Path) -> tuple[str, bool]:
    """What the ids are made of: the name, and whether a number follows."""
    suffix, stem = unpacked_suffix(path)
    return stem, suffix not in _OF_ONE


def _entries(folder: Path) -> "list[os.DirEntry[str] | InputError]":
    try:
        with os.scandir(folder) as entries:
            return [*sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)]
    except OSError as error:
        return [unreadable(folder, error)]


def _leads_to_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def unreadable(path: Path, error: OSError) -> InputError:
    """Say why a file or folder cannot be read."""
    if isinstance(error, FileNotFoundError):
        return InputError(path, None, "there is no such file", "Check the path")
    return InputError(path, None, f"cannot be read ({error.strerror or error})", "Check its permissions and the disk")
