"""Saved pages: the bytes of an HTML page as an article."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.charsets import BinaryDataError, declared_in, decode
from meetextract.read.chrome import ChromeRules
from meetextract.read.html import NoArticleError, read_page

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Longest page that is read; those of portals stay below a hundredth of it."""


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page as it was fetched. To read it takes longer than to extract it, so that it is left to who extracts it.

    Attributes:
        data: The page; one byte more than ``MAX_PAGE_BYTES`` where it is longer. Text where a feed gives it as text.
        path: The file that it is in; also a URL.
        number: Its number in the file, from 1, or None where it is the file.
        id: What its record is called.
        published: The date of pages that name none.
        dated: Its date as a feed gives it, whatever the page says.
        title: Its title as a feed gives it, for pages that have none.
        charset: What its server says of its charset.
        url: Where it was fetched.
        repairs: What was repaired before.
    """

    data: bytes | str
    path: Path | str
    number: int | None
    id: str
    published: date | None
    charset: str | None = None
    url: str | None = None
    dated: date | None = None
    title: str | None = None
    repairs: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The path, with the number where there is one."""
        return str(self.path) if self.number is None else f"{self.path}:{self.number}"


def read_unread(page: UnreadPage, rules: ChromeRules | None = None) -> Article | InputError:
    """Make an article of a page.

    Args:
        page: The page.
        rules: What lines of a page look like; by default the table that is shipped.

    Returns:
        The article, or why there is none.
    """
    data, path, number = page.data, page.path, page.number
    if len(data) > MAX_PAGE_BYTES:
        return InputError(path, number, f"a page longer than {MAX_PAGE_BYTES // 1024 // 1024} MB", "Leave it out")
    if not data.strip():
        return InputError(path, number, "the page is empty", "Fetch it again, or remove it")
    try:
        text, repairs = (data, page.repairs) if isinstance(data, str) else _decoded(data, page.charset)
        read = read_page(text, rules)
        return Article(
            id=page.id,
            text=read.text,
            published=page.dated or read.published or page.published,
            title=read.title or page.title,
            url=page.url or read.url,
            source=page.source,
            repairs=(*repairs, *read.repairs),
            main_text=read.main_text,
            captions=read.captions,
        )
    except BinaryDataError as error:
        return InputError(path, number, f"a binary file: {error}", "Give pages as text")
    except NoArticleError:
        problem = "no article on this page, only links and short lines"
        return InputError(path, number, problem, "Leave it out, or look at what was saved")
    except ValueError as error:
        return bad_value(path, number, error)


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    decoded = decode(data, charset or declared_in(data))
    return decoded.text, decoded.repairs


def bad_value(path: Path | str, number: int | None, error: ValueError) -> InputError:
    """Say which value of an article cannot be used."""
    problem, _, mend = str(error).partition(". ")
    return InputError(path, number, problem, mend.rstrip(".") or "Mend the value")
