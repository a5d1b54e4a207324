"""A row of a feed or table as an article: which of its columns is what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from meetextract.errors import InputError
from meetextract.read.article import Article, as_date
from meetextract.read.pages import UnreadPage, bad_value
from meetextract.read.published import date_line
from meetextract.read.repairs import repair
from meetextract.text import fold


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns of a feed or table.

    Attributes:
        id: What the record is called; by default the file's name and the number of the row.
        text: The article as text.
        html: The article as a page or a piece of one; read where there is no text.
        title: Its title.
        url: Its address.
        published: Its day of publication.
    """

    id: str = "id"
    text: str = "text"
    html: str = "html"
    title: str = "title"
    url: str = "url"
    published: str = "published"

    @classmethod
    def of(cls, given: Collection[str]) -> "Columns":
        """Read what a user gives: ``text=noi_dung``.

        Raises:
            ValueError: It is no such pair, or names a column that there is none of.
        """
        known = [field.name for field in fields(cls)]
        names: dict[str, str] = {}
        for each in given:
            name, sign, column = each.partition("=")
            if not sign or not column or name not in known:
                raise ValueError(f"{each!r} names no column. Write it as text=NAME; there are {', '.join(known)}.")
            names[name] = column
        return cls(**names)

    def names(self) -> tuple[str, ...]:
        """The names, without those that occur twice."""
        return tuple(dict.fromkeys(getattr(self, field.name) for field in fields(self)))

    def lacking(self, there: Collection[str]) -> str | None:
        """Say that a table has neither text nor page, if it has neither; name what it has."""
        if self.text in there or self.html in there:
            return None
        has = ", ".join(map(repr, list(there)[:20])) or "none"
        return f'no column "{self.text}" or "{self.html}"; there are: {has}'


LACKING_MEND = "Name the column with --column text=NAME"


def article_of(
    row: Mapping[str, Any],
    columns: Columns,
    path: Path,
    number: int,
    stem: str,
    published: date | None,
    repairs: tuple[str, ...] = (),
) -> Article | UnreadPage | InputError:
    """Make an article of a row, or what becomes one when its page is read.

    Args:
        row: Its values by column.
        columns: Which column is what.
        path: The file.
        number: Its line or number in the file, from 1.
        stem: What articles without an id are called, before their number.
        published: The date of articles that bring none.
        repairs: What was repaired in the row before.

    Returns:
        The article, or why there is none.
    """
    text, html = (_given(row, name) for name in (columns.text, columns.html))
    name = columns.text if text is not None or html is None else columns.html
    value = row.get(name)
    if text is None and html is None and columns.text not in row and columns.html not in row:
        return InputError(path, number, f"a record without {columns.text}", f'Add the article as "{columns.text}"')
    if value is not None and not isinstance(value, str):
        return InputError(path, number, f'"{name}" is {type(value).__name__}, not text', "Give it as a string")
    if value is None or not value.strip():
        return InputError(path, number, f'"{name}" is empty', "Put the article's text there, or remove the line")
    given = row.get(columns.id)
    if type(given) is int or (type(given) is float and given.is_integer()):  # pandas makes numbers with gaps floats
        given = str(int(given))
    try:
        day = _day(row.get(columns.published))
        mended, found = repair(value) if text is not None else (value, ())
        article = Article(
            id=f"{stem}-{number}" if given is None or given == "" else given,
            text=mended,
            published=day or published,
            title=row.get(columns.title) or None,
            url=row.get(columns.url) or None,
            source=f"{path}:{number}",
            repairs=(*repairs, *found),
        )
    except ValueError as error:
        return bad_value(path, number, error)
    if text is not None:
        return article
    return UnreadPage(
        value, path, number, article.id, published, url=article.url, dated=day, title=article.title,
        repairs=article.repairs,
    )  # fmt: skip


def _given(row: Mapping[str, Any], name: str) -> Any:
    """The value of a column, None where it says nothing."""
    value = row.get(name)
    return None if value is None or (isinstance(value, str) and not value.strip()) else value


def _day(value: Any) -> date | None:
    """A day as feeds give it: ISO, or as portals show it ("Thứ ba, 07/05/2024 - 09:15")."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and (shown := date_line(fold(value).strip())):
        return shown.day
    return as_date(value)
