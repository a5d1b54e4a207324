"""Folders and inputs behind URLs, by fsspec. It needs the extra `dask`, and what fsspec needs for the kind of URL."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from meetextract.batch.shards import Item
from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import read_unread_articles
from meetextract.read.folders import is_readable
from meetextract.read.pages import UnreadPage
from meetextract.read.rows import Columns

_AT_ONCE = 100  # files that are read at the same time


def _is_url(place: str) -> bool:
    return "://" in place


class UrlFolder:
    """A folder behind a URL; the service must put objects whole, as all object stores do.

    Args:
        url: Where it is.
    """

    __slots__ = ("_files", "_root", "url")

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # What others write is to be seen at once.
        self._files, self._root = fsspec.core.url_to_fs(self.url, use_listings_cache=False)

    def __reduce__(self) -> tuple[object, ...]:
        """It opens its own connections in every process."""
        return UrlFolder, (self.url,)

    def sizes(self, prefix: str) -> dict[str, int]:
        """See `Folder`."""
        inside, _, start = prefix.rpartition("/")
        path = f"{self._root}/{inside}" if inside else self._root
        found: list[dict[str, Any]] = []
        with suppress(FileNotFoundError):
            found = self._files.ls(path, detail=True)
        files = {PurePosixPath(each["name"]).name: each["size"] for each in found if each["type"] == "file"}
        before = f"{inside}/" if inside else ""
        return {before + name: size for name, size in files.items() if name.startswith(start)}

    def read(self, name: str) -> bytes | None:
        """See `Folder`."""
        with suppress(FileNotFoundError):
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        return None

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """See `Folder`."""
        rest = iter(names)
        while paths := [f"{self._root}/{name}" for name in islice(rest, _AT_ONCE)]:
            found = self._files.cat(paths, on_error="return")  # all at the same time, where the service can do that
            for path in paths:
                if isinstance(found[path], Exception) and not isinstance(found[path], FileNotFoundError):
                    raise found[path]
                yield None if isinstance(found[path], Exception) else bytes(found[path])

    def write(self, name: str, data: Iterable[bytes]) -> None:
        """See `Folder`."""
        target = f"{self._root}/{name}"
        self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(target, b"".join(data))

    def rename(self, old: str, new: str) -> None:
        """See `Folder`."""
        self._files.mv(f"{self._root}/{old}", f"{self._root}/{new}")

    def remove(self, name: str) -> None:
        """See `Folder`."""
        with suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{name}")


def read_places(places: list[str], *, published: date | None, columns: Columns) -> Iterator[Item]:
    """Read the articles behind paths and URLs, as `read_unread_articles` does.

    What stands behind a URL is fetched file by file, and thrown away when it is read.

    Args:
        places: Paths and URLs of files and folders.
        published: The date of articles that bring none with them.
        columns: The names of the columns of feeds.

    Yields:
        Each article, or in its place the error that says why it cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="meetextract-") as scratch:
        fetched = _Fetched(Path(scratch))
        for item in read_unread_articles(fetched.paths(places), published=published, columns=columns):
            yield fetched.as_given(item)


class _Fetched:
    """The files behind URLs, one at a time in a folder of this machine."""

    def __init__(self, scratch: Path) -> None:
        self._here = scratch / "here"
        self._prefixes = "", ""  # what paths begin with at the moment, and what stands there in the URL

    def paths(self, places: list[str]) -> Iterator[Path]:
        """The paths to be read; a file is there until the next one is asked for."""
        for place in places:
            if _is_url(place):
                yield from self._behind(place)
            else:
                self._prefixes = "", ""
                yield Path(place)

    def _behind(self, url: str) -> Iterator[Path]:
        files, root = fsspec.core.url_to_fs(url)
        url = url.rstrip("/")
        found = sorted(files.find(root), key=lambda name: PurePosixPath(name).parts)
        for name in found or [root]:  # a folder keeps its subfolders: pages are named by them
            inside = name.removeprefix(root).lstrip("/")
            if inside and not is_readable(Path(inside)):
                continue
            target = self._here / (inside or PurePosixPath(name).name)
            given = self._here if inside else target
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # `read_unread_articles` tells it
                files.get_file(name, os.fspath(target))
            self._prefixes = str(given), url
            yield given
            target.unlink(missing_ok=True)

    def as_given(self, item: Item) -> Item:
        """An article, or what is wrong with it, with the URL in the place of the path."""
        here, url = self._prefixes
        if isinstance(item, Article):
            source = item.source or ""
            return replace(item, source=url + source[len(here) :]) if here else item
        path = str(item.path)
        if isinstance(item, UnreadPage):
            return replace(item, path=url + path[len(here) :]) if here else item
        return InputError(url + path[len(here) :], item.line, item.problem, item.mend) if here else item
