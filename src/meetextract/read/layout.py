"""The layout of an article: its blocks, its title, and the day it was published."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from meetextract.read.article import Article
from meetextract.read.blocks import Block, BlockKind, Division, divide
from meetextract.read.chrome import ChromeRules, shipped_chrome
from meetextract.read.lines import Paragraph
from meetextract.read.published import labelled_date
from meetextract.text import FoldedText

__all__ = ["Block", "BlockKind", "Layout", "read_layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What an article's page shows.

    Attributes:
        blocks: In order, not overlapping; together they hold every non-blank character.
        title: The title, white space folded; None where there is none.
        published: The day of publication, or None.
        published_from: "given" where it came with the article, "visible" where the page shows it.
        published_span: Where the page shows it, in code points of the stored text.
    """

    blocks: tuple[Block, ...]
    title: str | None
    published: date | None
    published_from: Literal["given", "visible"] | None
    published_span: tuple[int, int] | None


def read_layout(article: Article, rules: ChromeRules | None = None) -> Layout:
    """Divide an article into blocks and find when it was published.

    Args:
        article: The article; its text is not changed.
        rules: What lines of a page look like; by default the table that is shipped.

    Returns:
        The layout. A date given with the article wins over the one that the page shows.
    """
    division = divide(article.text, rules or shipped_chrome(), article.title, article.captions)
    title = " ".join((article.title or division.title or "").split()) or None
    if article.published:
        return Layout(division.blocks, title, article.published, "given", None)
    day, span = _visible(article.text, division)
    return Layout(division.blocks, title, day, "visible" if day else None, span)


def _visible(text: str, division: Division) -> tuple[date | None, tuple[int, int] | None]:
    if division.front_date:
        start, end = division.front_date
        folded = FoldedText(text[start:end])
        shown = labelled_date(folded.folded, 0)
        if shown:
            first, last = folded.to_stored(shown.start, shown.end)
            return shown.day, (start + first, start + last)
    for paragraph in division.dates:
        if paragraph.shown:
            return paragraph.shown.day, _span(text, paragraph, paragraph.shown.start, paragraph.shown.end)
    return None, None


def _span(text: str, paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """Carry a span of a paragraph's folded text to the stored text."""
    folded = FoldedText(text[paragraph.start : paragraph.end])
    shift = max(0, folded.folded.find(paragraph.text))
    first, last = folded.to_stored(shift + start, shift + end)
    return paragraph.start + first, paragraph.start + last
