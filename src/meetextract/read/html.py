"""An HTML page as an article: its main text, with the title and the day that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import lxml.html
import regex
from lxml import etree

from meetextract.read.blocks import Block, divide
from meetextract.read.bylines import is_byline
from meetextract.read.chrome import ChromeRules, shipped_chrome
from meetextract.read.main_text import EXTRACTORS, key_of, prepare, story_lines
from meetextract.read.page_data import PageData, page_data
from meetextract.read.rendering import Line, lines_of_tree
from meetextract.read.repairs import repair
from meetextract.text import fold

_ABOVE = 12  # so many lines above the story may hold its title, date and lead
_LONGEST_LINKED = 200  # a longer paragraph that is all link is told, not listed
_XML_HEAD = regex.compile(r"\s*+<\?xml[^>]{0,200}\?>", regex.IGNORECASE)
_CONTROL = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SENTENCE_END = regex.compile(r"[\p{Ll}\d%)\"”][.!?…;:]+[\"'”)\]/.]{0,4}$")
_STORY = frozenset(("title", "dateline", "lead", "body", "caption", "byline"))


class NoArticleError(ValueError):
    """A page that tells no story: a list of links, an error page, an empty one."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page.

    Attributes:
        text: Title, day, lead and paragraphs as the page shows them, a paragraph a line.
        title: Its title, or None.
        published: The day that its head names, or None.
        url: Its own address where it names one.
        captions: Where captions stand in the text.
        main_text: What told the article from the page.
        repairs: What was repaired in the text.
    """

    text: str
    title: str | None
    published: date | None
    url: str | None
    captions: tuple[tuple[int, int], ...]
    main_text: str
    repairs: tuple[str, ...]


def read_page(html: str, rules: ChromeRules | None = None, leader: str | None = None) -> Page:
    """Take the article out of a page.

    Args:
        html: The page.
        rules: What lines of a page look like; by default the table that is shipped.
        leader: The name of the extractor that leads, one of ``main_text.EXTRACTORS``.

    Returns:
        The article.

    Raises:
        NoArticleError: There is none.
    """
    html, repairs = repair(_CONTROL.sub("", _XML_HEAD.sub("", html, count=1)))
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError, AssertionError):  # nothing but white space or comments
        raise NoArticleError from None
    data = page_data(tree)
    lines = lines_of_tree(tree)
    prepare(tree)
    names = sorted(EXTRACTORS, key=lambda name: name != leader) if leader else [*EXTRACTORS]
    kept, rank = story_lines(lines, [EXTRACTORS[name](tree) for name in names])
    rules = rules or shipped_chrome()
    name = names[rank] if rank is not None else "blocks"
    chosen = _with_head(lines, kept, data) if rank is not None else list(range(len(lines)))
    story = _cleaned([lines[at] for at in chosen], data, rules)
    if not any(_tells(line) for line, kind in story if kind in ("lead", "body")):
        raise NoArticleError
    title = next((line.text for line, kind in story if kind == "title"), None)
    text, captions = _joined([line for line, _ in story])
    return Page(text, title, data.published, data.url, captions, name, repairs)


def _with_head(lines: Sequence[Line], kept: Sequence[bool], data: PageData) -> list[int]:
    """Choose the lines of the story, those above it that may be its head, and its byline."""
    first = kept.index(True)
    last = len(kept) - 1 - kept[::-1].index(True)
    title = _title_at(lines, first, data)
    start = title if title is not None and title < first else first
    above = range(max(0, start - _ABOVE), first)
    chosen = [at for at in above if lines[at].kind != "links" or at == title]
    chosen += (
        at
        for at in range(first, last + 1)
        if kept[at] and (lines[at].kind != "links" or at == title or len(lines[at].text) > _LONGEST_LINKED)
    )
    if last + 1 < len(lines) and is_byline(fold(lines[last + 1].text)):
        chosen.append(last + 1)
    return chosen


def _title_at(lines: Sequence[Line], first: int, data: PageData) -> int | None:
    """Find the line that the head of the page names as title: the last one above the story, else the first in it."""
    for title in data.titles:
        wanted = key_of(title)
        for at in (*range(first, -1, -1), *range(first + 1, min(len(lines), first + 3))):
            key = key_of(lines[at].text)
            if len(key) >= 12 and wanted.startswith(key):
                return at
    return None


def _cleaned(lines: Sequence[Line], data: PageData, rules: ChromeRules) -> list[tuple[Line, str]]:
    """Leave out the lines that belong to the page, each that stays with its kind."""
    text, captions = _joined(lines)
    starts: list[int] = []
    at = 0
    for line in lines:
        at = text.index(line.text, at)
        starts.append(at)
        at += len(line.text)
    keys = [key_of(line.text) for line in lines]
    title = next((title for title in data.titles if key_of(title) in keys), None)
    blocks = divide(text, rules, title, captions).blocks
    return [
        (line, kind)
        for line, start in zip(lines, starts, strict=True)
        if (kind := _kind_at(blocks, start)) in _STORY
    ]


def _kind_at(blocks: Sequence[Block], start: int) -> str | None:
    return next((block.kind for block in blocks if block.start <= start < block.end), None)


def _tells(line: Line) -> bool:
    return line.kind in ("row", "text", "heading") and _SENTENCE_END.search(line.text) is not None


def _joined(lines: Sequence[Line]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Put lines together; where the captions stand."""
    parts: list[str] = []
    captions: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        gap = ("\n" if line.is_close else "\n\n") if parts else ""
        start = length + len(gap)
        length = start + len(line.text)
        parts += (gap, line.text)
        if line.kind == "caption":
            captions.append((start, length))
    return "".join(parts) + ("\n" if parts else ""), tuple(captions)
