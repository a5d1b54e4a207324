"""WARC: the pages of a crawl, record by record; a broken record costs those behind it nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from meetextract.errors import InputError
from meetextract.read.compressed import UnpackError
from meetextract.read.http import AnswerError, read_answer
from meetextract.read.pages import MAX_PAGE_BYTES, UnreadPage

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_BLOCK = MAX_PAGE_BYTES + 1024 * 1024  # with the head of the answer
_LONGEST_HEAD = 1024 * 1024
_GOOD = 200  # the status of an answer that holds what was asked for
_CHUNK = 128 * 1024
_BEGIN = regex.compile(rb"(?<=\n)WARC/\d\.\d\s*\n")
_AGAIN = "Fetch it again"


def from_warc(
    path: Path, stem: str, file: io.BufferedReader, published: date | None
) -> Iterator[UnreadPage | InputError]:
    """Read the pages of a WARC file; pictures, redirects and errors of servers are no articles and are passed over."""
    number = 0
    tells = False  # whether anything was found, be it wrong
    archive = _Archive(file)
    while True:
        try:
            record = archive.next_record()
        except UnpackError as error:
            tells = True
            number += 1
            yield InputError(path, number, error.problem, error.mend)
            if not error.goes_on:
                break
            archive.forget()
            continue
        if record is None:
            break
        number += 1
        if record.problem is not None:
            tells = True
            yield InputError(path, number, f"a broken record: {record.problem}", _AGAIN)
            continue
        if record.head["warc-type"] != "response":
            continue
        tells = True
        if len(record.block) > _LONGEST_BLOCK:
            yield InputError(path, number, f"a record longer than {_LONGEST_BLOCK // 1024 // 1024} MB", "Leave it out")
            continue
        try:
            answer = read_answer(record.block, MAX_PAGE_BYTES + 1)
        except AnswerError as error:
            yield InputError(path, number, f"a broken record ({error})", "Fetch the page again")
            continue
        if answer.kind not in _PAGES or answer.status != _GOOD:
            continue
        url = record.head.get("warc-target-uri", "").strip("<>") or None
        yield UnreadPage(answer.content, path, number, f"{stem}-{number}", published, answer.charset, url)
    if not tells:
        yield InputError(path, None, "no answers of web servers in this archive", "Check what the file is")
    elif archive.junk:
        yield InputError(path, None, f"{archive.junk} bytes between the records belong to none", _AGAIN)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record.

    Attributes:
        head: Its values by name, in lower case.
        block: What it holds; one byte more than ``_LONGEST_BLOCK`` where it is longer.
        problem: What is wrong with it, or None.
    """

    head: dict[str, str]
    block: bytes
    problem: str | None = None


class _Archive:
    """The records of a file.

    Attributes:
        junk: How many bytes between the records belong to none.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        self.junk = 0
        self._file = file
        self._ahead = bytearray()
        self._error: UnpackError | None = None  # met while looking ahead
        self._is_lost = False  # the end of the last record is not known: what follows may belong to it

    def forget(self) -> None:
        """Forget the piece of a record behind which the file could not be unpacked."""
        self._ahead.clear()
        self._is_lost = True

    def next_record(self) -> _Record | None:
        """Read the next record.

        Raises:
            UnpackError: It cannot be unpacked.
            OSError: It cannot be read.
        """
        while not (line := self._line()).startswith(b"WARC/"):
            if not line:
                return None
            self.junk += 0 if self._is_lost else len(line.strip())
        self._is_lost = True
        head: dict[str, str] = {}
        size = 0
        while (line := self._line()).strip():
            name, _, value = line.decode("utf-8", "replace").partition(":")
            head.setdefault(name.strip().lower(), value.strip())
            size += len(line)
            if size > _LONGEST_HEAD:
                return _Record(head, b"", "its head does not end")
        given = head.get("content-length", "")
        if not given.isascii() or not given.isdigit() or len(given) > 18:
            return _Record(head, b"", "it does not say how long it is")
        if "warc-type" not in head:
            return _Record(head, b"", "it does not say what it is")
        return self._with_block(head, int(given))

    def _with_block(self, head: dict[str, str], length: int) -> _Record:
        block = self._take(min(length, _LONGEST_BLOCK + 1))
        there = len(block)
        while there < length and (more := len(self._take(min(length - there, _CHUNK)))):
            there += more
        ahead = self._look_ahead(len(b"\r\n\r\nW"))
        if there == length and (not ahead.strip() or ahead.startswith((b"\n", b"\r\n", b"WARC/"))):
            self._is_lost = False
            return _Record(head, block)
        if there == len(block) and (begin := _BEGIN.search(block)):
            self._ahead[:0] = block[begin.start() :]
            return _Record(head, b"", f"it says that it has {length} bytes, but another begins before")
        if there < length:
            return _Record(head, b"", f"it breaks off, {there} of {length} bytes are there")
        return _Record(head, b"", f"it does not end after the {length} bytes that it says it has")

    def _line(self) -> bytes:
        """The next line, or a piece of one that is too long; empty at the end of the file."""
        while (end := self._ahead.find(b"\n")) < 0 and len(self._ahead) < _CHUNK and self._read_more():
            pass
        return self._cut(end + 1 if end >= 0 else len(self._ahead))

    def _take(self, size: int) -> bytes:
        while len(self._ahead) < size and self._read_more():
            pass
        return self._cut(size)

    def _look_ahead(self, size: int) -> bytes:
        try:
            while len(self._ahead) < size and self._read_more():
                pass
        except UnpackError as error:
            if error.spoils:
                raise
            self._error = error  # of the next one
        return bytes(self._ahead[:size])

    def _cut(self, size: int) -> bytes:
        data = bytes(self._ahead[:size])
        del self._ahead[:size]
        return data

    def _read_more(self) -> bool:
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        data = self._file.read1(_CHUNK)
        self._ahead += data
        return bool(data)
