"""The answer of a web server as a crawl has kept it: its status, its kind and its content unpacked."""

import http.client
import io
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: 200 where it gave what was asked for.
        kind: Its content type, such as ``text/html``.
        charset: The charset that it names, or None.
        content: The content, unpacked; no more than was asked for.
    """

    status: int
    kind: str
    charset: str | None
    content: bytes


class AnswerError(ValueError):
    """Bytes that are no answer of a server, or cannot be unpacked."""


class _Kept:
    """An answer that is here already, where the standard library wants a connection."""

    def __init__(self, block: bytes) -> None:
        self._block = block

    def makefile(self, *_: object, **__: object) -> io.BytesIO:
        return io.BytesIO(self._block)


def read_answer(block: bytes, most: int) -> Answer:
    """Read an answer.

    Crawlers often keep the head of an answer but its content unpacked; so content that is not packed as the head says
    is taken as it is.

    Args:
        block: Head and content.
        most: How much of the content is wanted.

    Returns:
        The answer.

    Raises:
        AnswerError: These are other bytes.
    """
    answer = http.client.HTTPResponse(cast("http.client.socket", _Kept(block)))  # type: ignore[name-defined]
    try:
        answer.begin()
    except (http.client.HTTPException, ValueError, OSError) as error:
        raise AnswerError(f"no answer of a web server: {error}") from None
    body = block.partition(b"\r\n\r\n")[2]
    with suppress(http.client.HTTPException, ValueError):  # not in chunks, or cut: as it is
        body = answer.read() if answer.chunked else body
    kind = answer.headers.get_content_type()
    return Answer(answer.status, kind, answer.headers.get_content_charset(), _unpacked(body, answer, most))


def _unpacked(body: bytes, answer: http.client.HTTPResponse, most: int) -> bytes:
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing in ("gzip", "x-gzip", "deflate"):
        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, most)
        except zlib.error as error:
            if not _is_markup(body):
                raise AnswerError(f"content that cannot be unpacked: {error}") from None
    elif packing != "identity" and not _is_markup(body):
        raise AnswerError(f"content packed as {packing}, which is not read")
    return body[:most]


def _is_markup(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"
