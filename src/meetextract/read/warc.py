"""WARC: the pages of a crawl. It needs the extra ``warc``."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from meetextract.errors import InputError
from meetextract.read.compressed import UnpackError
from meetextract.read.http import AnswerError, read_answer
from meetextract.read.pages import MAX_PAGE_BYTES, UnreadPage

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_BLOCK = MAX_PAGE_BYTES + 1024 * 1024  # with the head of the answer
_GOOD = 200  # the status of an answer that holds what was asked for


def from_warc(
    path: Path, stem: str, file: io.BufferedReader, published: date | None
) -> Iterator[UnreadPage | InputError]:
    """Read the pages of a WARC file; pictures, redirects and errors of servers are no articles and are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield InputError(path, None, "WARC is read with fastwarc, which is not installed",
                         "Install it: pip install 'meetextract[warc]'")  # fmt: skip
        return
    number = answers = 0
    stream = _Stream(file)
    records = ArchiveIterator(
        cast("Any", stream), record_types=WarcRecordType.any_type, parse_http=False, quirks_mode=True
    )
    while True:
        try:
            record = next(records, None)
        except (OSError, ValueError) as error:
            yield InputError(path, number + 1, f"a broken record ({error}); the rest cannot be read", "Fetch it again")
            return
        if record is None:
            break
        number += 1
        if record.record_type == WarcRecordType.unknown:
            yield InputError(path, number, "a broken record: it does not say what it is", "Fetch it again")
            continue
        if record.record_type != WarcRecordType.response:
            continue
        answers += 1
        url = record.headers.get("WARC-Target-URI")
        block = record.reader.read(_LONGEST_BLOCK + 1)
        if len(block) > _LONGEST_BLOCK:
            yield InputError(path, number, f"a record longer than {_LONGEST_BLOCK // 1024 // 1024} MB", "Leave it out")
            continue
        try:
            answer = read_answer(block, MAX_PAGE_BYTES + 1)
        except AnswerError as error:
            yield InputError(path, number, f"a broken record ({error})", "Fetch the page again")
            continue
        if answer.kind not in _PAGES or answer.status != _GOOD:
            continue
        yield UnreadPage(
            answer.content,
            path,
            number,
            f"{stem}-{number}",
            published,
            answer.charset,
            url.strip("<>") if url else None,
        )
    if stream.error is not None:
        raise stream.error
    if not answers:
        yield InputError(path, None, "no answers of web servers in this archive", "Check what the file is")


class _Stream:
    """A stream that is only read on and raises nothing: where a stream does, the process of fastwarc may end.

    Attributes:
        error: What went wrong; to the reader it looks like the end of the file.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._at = 0
        self.error: UnpackError | OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read1(size)  # no more, or an error would cost what came before it
        except (UnpackError, OSError) as error:
            self.error = error
            return b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at
