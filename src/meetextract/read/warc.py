"""WARC: the pages of a crawl. It needs the extra ``warc``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.pages import MAX_PAGE_BYTES, from_page

_PAGES = ("text/html", "application/xhtml+xml")
_GOOD = 200  # the status of an answer that holds what was asked for


def from_warc(path: Path, stem: str, file: BinaryIO, published: date | None) -> Iterator[Article | InputError]:
    """Read the pages of a WARC file; pictures, redirects and errors of servers are no articles and are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield InputError(path, None, "WARC is read with fastwarc, which is not installed",
                         "Install it: pip install 'meetextract[warc]'")  # fmt: skip
        return
    number = 0
    records = ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False)
    while True:
        try:
            record = next(records, None)
        except OSError as error:
            yield InputError(path, number + 1, f"a broken record ({error}); the rest cannot be read", "Fetch it again")
            return
        if record is None:
            break
        number += 1
        if record.record_type != WarcRecordType.response:
            continue
        url = record.headers.get("WARC-Target-URI")
        try:
            record.parse_http(auto_decode="all")
            if not _is_page(record):
                continue
            data = record.reader.read(MAX_PAGE_BYTES + 1)
        except (OSError, ValueError) as error:
            yield InputError(path, number, f"a broken record ({error})", "Fetch the page again")
            continue
        yield from_page(
            data,
            path=path,
            number=number,
            name=f"{stem}-{number}",
            published=published,
            charset=record.http_charset,
            url=url.strip("<>") if url else None,
        )
    if not number:
        yield InputError(path, None, "no WARC records", "Check what the file is")


def _is_page(record: Any) -> bool:
    """Tell an answer that holds a page."""
    kind = (record.http_content_type or "").lower()
    status = record.http_headers.status_code if record.http_headers else None
    return kind in _PAGES and status == _GOOD
