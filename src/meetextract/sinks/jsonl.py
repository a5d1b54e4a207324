"""Records as JSON Lines: one object a line, UTF-8 as it is."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO, Self, TextIO

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from meetextract.errors import InputError
from meetextract.read.compressed import UnpackError, open_unpacked
from meetextract.records import Record


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def record_to_json(record: Record) -> str:
    """Return a record as one line of JSON, without the line end."""
    return _adapter().dump_json(record).decode()


def record_from_json(line: str | bytes) -> Record:
    """Return the record that a line of JSON holds.

    Args:
        line: What `record_to_json` gave.

    Returns:
        An equal record.

    Raises:
        pydantic.ValidationError: The line is no record; it is a `ValueError`.
    """
    return _adapter().validate_json(line)


def first_fault(error: ValidationError) -> str:
    """What is wrong with a line that is no record: the first thing, with its place in the line."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place + ': ' if place else ''}{first['msg']}"


class RecordWriter:
    """Writes records line by line as they come, so that a reader may follow the file.

    The file is opened, and what it held before is lost, only when the first line is there: a run that makes no record
    leaves an older file as it was. Where the disk is full, the file ends with the last line that went in whole.

    Args:
        target: Where to write; an open stream is not closed.
    """

    __slots__ = ("_file", "_path", "_size", "_stream")

    def __init__(self, target: Path | TextIO) -> None:
        self._path = target if isinstance(target, Path) else None
        self._stream = None if isinstance(target, Path) else target
        self._file: BinaryIO | None = None
        self._size = 0  # of the whole lines in the file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write_line(self, line: str) -> None:
        """Write what `record_to_json` gave, and hand it on at once.

        Args:
            line: One record, without the line end.

        Raises:
            OSError: The file cannot be opened or written.
        """
        if self._stream is not None:
            self._stream.write(line + "\n")
            self._stream.flush()
            return
        if self._file is None:
            assert self._path is not None
            self._file = self._path.open("wb", buffering=0)
        data = f"{line}\n".encode()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError:
            with suppress(OSError):  # a pipe or a device has no end to be cut off
                os.ftruncate(self._file.fileno(), self._size)
            raise
        self._size += len(data)


_ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_NO_RECORDS = ("quarantine.jsonl", "unreadable.jsonl")
_LEDGER = "ledger"
"""What a run writes beside its records."""

MAX_LINE = 64_000_000
"""Bytes; a longer line is no record."""


def is_record_file(path: Path) -> bool:
    """Tell by its name and folder whether a file holds records."""
    if path.name in _NO_RECORDS or path.name.startswith(".") or path.parent.name == _LEDGER:
        return False
    return path.name.endswith(_ENDINGS)


def record_files(path: Path) -> Iterator[Path | InputError]:
    """The files of records at a path, in the order of their names.

    Args:
        path: A file, which is taken by any name; a folder, with those in it; `-` is standard input.

    Yields:
        The files; an error for a path that is not there, or a folder without any.
    """
    if not path.is_dir():
        is_there = path.exists() or str(path) == "-"
        yield path if is_there else InputError(path, None, "there is no such file or folder", "Check the path")
        return
    found = False
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            each = Path(folder) / name
            if is_record_file(each):
                found = True
                yield each
    if not found:
        yield InputError(path, None, f"the folder holds no records ({', '.join(_ENDINGS)})", "Check the path")


def read_lines(path: Path, *, is_whole: bool = True) -> Iterator[bytes | InputError]:
    """The lines of a file of records, which may be compressed.

    Args:
        path: The file; `-` is standard input.
        is_whole: Whether it is finished; of a file that is still written, half a last line is left for later.

    Yields:
        The lines; in the place of what cannot be read an error.
    """
    number = 0
    try:
        with sys.stdin.buffer if str(path) == "-" else open_unpacked(path) as file:
            while line := file.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE and not line.endswith(b"\n"):
                    yield InputError(
                        path, number, f"a line of more than {MAX_LINE:,} bytes", "Extract its article again"
                    )
                    while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                        pass
                elif is_whole or line.endswith(b"\n") or _is_json(line):
                    yield line
    except UnpackError as error:
        yield InputError(path, None, error.problem, error.mend)
    except OSError as error:
        yield InputError(path, None, f"cannot be read ({error.strerror or error})", "Check the path")


def _is_json(line: bytes) -> bool:
    try:
        from_json(line)
    except ValueError:
        return False
    return True


def read_records(path: Path | str) -> Iterator[Record]:
    """Read a file of records again, one at a time.

    Args:
        path: A file that `meetextract extract` wrote.

    Yields:
        The records in the order of the file; blank lines are passed over.

    Raises:
        InputError: The file cannot be opened, or a line is no record.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record_at(path, number, line)
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror or error})", "Check the path") from error


def _record_at(path: Path, number: int, line: bytes) -> Record:
    try:
        return record_from_json(line)
    except ValidationError as error:
        problem = f"no record of this version: {first_fault(error)}"
        raise InputError(path, number, problem, "Extract its article again") from error
