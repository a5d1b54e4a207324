"""Where a run writes: a folder of files, each of which is there whole or not at all."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_UNFINISHED = ".unfinished"


class Folder(Protocol):
    """A folder of files; names have `/` between subfolder and name. It can be sent to other processes."""

    def sizes(self, prefix: str) -> dict[str, int]:
        """The files whose names begin so, each with the number of its bytes."""

    def read(self, name: str) -> bytes | None:
        """What is in a file; None where it is not there."""

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """What is in each of many files, in the same order."""

    def write(self, name: str, data: Iterable[bytes]) -> None:
        """Write a file piece by piece, so that at any moment there is the old one or the new one."""

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""


class LocalFolder:
    """A folder of this machine, or one that several machines share.

    Args:
        path: Where it is; it is made when something is written.
    """

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def sizes(self, prefix: str) -> dict[str, int]:
        """See `Folder`."""
        inside, _, start = prefix.rpartition("/")
        before = f"{inside}/" if inside else ""
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.path / inside) as entries:
            files = [each for each in entries if each.name.startswith(start) and each.is_file()]
            return {before + each.name: each.stat().st_size for each in files}
        return {}

    def read(self, name: str) -> bytes | None:
        """See `Folder`."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return (self.path / name).read_bytes()
        return None

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """See `Folder`."""
        return map(self.read, names)

    def write(self, name: str, data: Iterable[bytes]) -> None:
        """See `Folder`."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}{_UNFINISHED}")
        try:
            with unfinished.open("wb") as file:
                file.writelines(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise

    def rename(self, old: str, new: str) -> None:
        """See `Folder`."""
        (self.path / old).replace(self.path / new)

    def remove(self, name: str) -> None:
        """See `Folder`."""
        (self.path / name).unlink(missing_ok=True)


def remove_unfinished(folder: Folder, inside: str = "", name: str | None = None) -> None:
    """Remove what was being written when a process was killed; nobody may be writing there.

    Args:
        folder: Where it wrote.
        inside: The subfolder, with `/` at its end.
        name: The file that it wrote; None for all.
    """
    wanted = re.compile(rf"\.{'.+' if name is None else re.escape(name)}\.\d+{re.escape(_UNFINISHED)}")
    for found in folder.sizes(f"{inside}.{name or ''}"):
        if wanted.fullmatch(found.removeprefix(inside)):
            folder.remove(found)
