"""Saved pages: the bytes of an HTML page as an article."""

from datetime import date
from pathlib import Path

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, declared_in, decode
from meetextract.read.html import NoArticleError, read_page
from meetextract.read.rows import NO_ARTICLE, NO_ARTICLE_MEND, bad_value

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Longest page that is read; those of portals stay below a hundredth of it."""


def from_page(
    data: bytes,
    *,
    path: Path,
    number: int | None,
    name: str,
    published: date | None,
    charset: str | None = None,
    url: str | None = None,
) -> Article | InputError:
    """Make an article of a page.

    Args:
        data: The page; one byte more than ``MAX_PAGE_BYTES`` where it is longer.
        path: The file that it is in.
        number: Its number in the file, from 1, or None where it is the file.
        name: What its record is called.
        published: The date of pages that name none.
        charset: What its server says of its charset.
        url: Where it was fetched.

    Returns:
        The article, or why there is none.
    """
    if len(data) > MAX_PAGE_BYTES:
        return InputError(path, number, f"a page longer than {MAX_PAGE_BYTES // 1024 // 1024} MB", "Leave it out")
    if not data.strip():
        return InputError(path, number, "the page is empty", "Fetch it again, or remove it")
    try:
        decoded = decode(data, charset or declared_in(data))
        page = read_page(decoded.text)
        return Article(
            id=name,
            text=page.text,
            published=page.published or published,
            title=page.title,
            url=url or page.url,
            source=str(path) if number is None else f"{path}:{number}",
            repairs=(*decoded.repairs, *page.repairs),
            main_text=page.main_text,
            captions=page.captions,
        )
    except BinaryDataError as error:
        return InputError(path, number, f"a binary file: {error}", "Give pages as text")
    except NoArticleError:
        return InputError(path, number, NO_ARTICLE, NO_ARTICLE_MEND)
    except ValueError as error:
        return bad_value(path, number, error)
