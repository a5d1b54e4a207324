"""Saved pages: the bytes of an HTML page as an article."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, declared_in, decode
from meetextract.read.html import NoArticleError, read_page
from meetextract.read.rows import NO_ARTICLE, NO_ARTICLE_MEND, bad_value

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Longest page that is read; those of portals stay below a hundredth of it."""


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page as it was fetched. To read it takes longer than to extract it, so that it is left to who extracts it.

    Attributes:
        data: The page; one byte more than ``MAX_PAGE_BYTES`` where it is longer.
        path: The file that it is in; also a URL.
        number: Its number in the file, from 1, or None where it is the file.
        id: What its record is called.
        published: The date of pages that name none.
        charset: What its server says of its charset.
        url: Where it was fetched.
    """

    data: bytes
    path: Path | str
    number: int | None
    id: str
    published: date | None
    charset: str | None = None
    url: str | None = None

    @property
    def source(self) -> str:
        """The path, with the number where there is one."""
        return str(self.path) if self.number is None else f"{self.path}:{self.number}"


def read_unread(page: UnreadPage) -> Article | InputError:
    """Make an article of a page.

    Returns:
        The article, or why there is none.
    """
    data, path, number = page.data, page.path, page.number
    if len(data) > MAX_PAGE_BYTES:
        return InputError(path, number, f"a page longer than {MAX_PAGE_BYTES // 1024 // 1024} MB", "Leave it out")
    if not data.strip():
        return InputError(path, number, "the page is empty", "Fetch it again, or remove it")
    try:
        decoded = decode(data, page.charset or declared_in(data))
        read = read_page(decoded.text)
        return Article(
            id=page.id,
            text=read.text,
            published=read.published or page.published,
            title=read.title,
            url=page.url or read.url,
            source=page.source,
            repairs=(*decoded.repairs, *read.repairs),
            main_text=read.main_text,
            captions=read.captions,
        )
    except BinaryDataError as error:
        return InputError(path, number, f"a binary file: {error}", "Give pages as text")
    except NoArticleError:
        return InputError(path, number, NO_ARTICLE, NO_ARTICLE_MEND)
    except ValueError as error:
        return bad_value(path, number, error)
