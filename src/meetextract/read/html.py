"""An HTML page as an article: its main text, with the title and the day that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import lxml.html
import regex
from lxml import etree

from meetextract.read.blocks import divide
from meetextract.read.bylines import is_byline
from meetextract.read.chrome import ChromeRules, shipped_chrome
from meetextract.read.main_text import EXTRACTORS, Story, key_of, prepare, story_of
from meetextract.read.page_data import PageData, page_data
from meetextract.read.published import date_line, only_date
from meetextract.read.rendering import Line, lines_of_tree
from meetextract.read.repairs import repair
from meetextract.text import fold

_ABOVE = 15  # so many lines above the story may hold its title
_DATE_REACH = 3  # so many lines above the title may hold its day
_SHORTEST_TITLE = 12  # letters
_MOST_NODES = 30_000  # of a page that the extractors are asked for; some of them take minutes for more
_LONGEST_ASKED = 4_000_000  # characters, likewise
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
        published: The day that its head names, or that stands beside its title among other words; or None.
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
    names = sorted(EXTRACTORS, key=lambda name: name != leader) if leader else [*EXTRACTORS]
    story = None
    if sum(1 for _ in islice(tree.iter(), _MOST_NODES)) < _MOST_NODES and len(html) <= _LONGEST_ASKED:
        prepare(tree)
        story = story_of(lines, [EXTRACTORS[name](tree) for name in names])
    rules = rules or shipped_chrome()
    kinds = _kinds(lines, None, rules)
    day = data.published
    if story is None:
        shown_kinds = ((at, kind) for at, kind in enumerate(kinds) if kind in _STORY)
        chosen = [at for at, kind in shown_kinds if lines[at].kind != "links" or kind == "title"]
        title = next((at for at in chosen if kinds[at] == "title"), None)
    else:
        title = _title_at(lines, kinds, story.first, data)
        chosen = _chosen(lines, kinds, story, title)
        day = day or _day_beside(lines, chosen, title, story.first)
    shown = [lines[at] for at in chosen]
    kinds = _kinds(shown, lines[title].text if title is not None else None, rules)
    shown = [line for line, kind in zip(shown, kinds, strict=True) if kind in _STORY]
    if not any(map(_tells, shown)):
        raise NoArticleError
    text, captions = _joined(shown)
    return Page(
        text=text,
        title=lines[title].text if title is not None else None,
        published=day,
        url=data.url,
        captions=captions,
        main_text=names[story.rank] if story else "blocks",
        repairs=repairs,
    )


def _kinds(lines: Sequence[Line], title: str | None, rules: ChromeRules) -> list[str]:
    """Divide lines as if they had been pasted as text; what each of them is."""
    text, captions = _joined(lines)
    blocks = iter(divide(text, rules, title, captions).blocks)
    block = next(blocks, None)
    kinds: list[str] = []
    at = 0
    for line in lines:
        at = text.index(line.text, at)
        while block is not None and block.end <= at:
            block = next(blocks, None)
        kinds.append(block.kind if block is not None and block.start <= at else "chrome")
        at += len(line.text)
    return kinds


def _title_at(lines: Sequence[Line], kinds: Sequence[str], first: int, data: PageData) -> int | None:
    """Find the title: the line that the head of the page names, else the one that looks like it."""
    near = range(min(first + 2, len(lines) - 1), max(-1, first - _ABOVE), -1)
    for title in data.titles:
        wanted = key_of(title)
        for at in near:
            key = key_of(lines[at].text)
            if len(key) >= _SHORTEST_TITLE and wanted.startswith(key):
                return at
    looks = (at for at in near if kinds[at] == "title" or lines[at].kind == "heading")
    above = [at for at in looks if at < first or (at == first and not _tells(lines[at]))]
    return next((at for at in above if kinds[at] == "title"), next(iter(above), None))


def _chosen(lines: Sequence[Line], kinds: Sequence[str], story: Story, title: int | None) -> list[int]:
    """Choose the lines of the story, and those around it that are its title, day, lead and byline."""
    chosen = []
    top = min(title, story.first) if title is not None else story.first
    for at in range(max(0, top - _DATE_REACH), story.first):
        is_lead = at > top and lines[at].kind != "links" and (story.votes[at] > 0 or _tells(lines[at]))
        is_day = kinds[at] == "dateline" and lines[at].kind != "links"
        if at == title or is_day or (is_lead and kinds[at] in _STORY):
            chosen.append(at)
    for at in range(story.first, story.last + 1):
        line = lines[at]
        is_linked = line.kind == "links" and len(line.text) <= _LONGEST_LINKED
        # What stands behind a linked headline is its teaser, unless both think that it belongs here.
        is_teaser = story.votes[at] == 1 and lines[at - 1].kind == "links" and line.kind == "text" and at > story.first
        if at == title or (story.votes[at] and not is_linked and not is_teaser):
            chosen.append(at)
    below = story.last + 1
    if below < len(lines) and lines[below].kind != "links" and is_byline(fold(lines[below].text)):
        chosen.append(below)
    return chosen


def _day_beside(lines: Sequence[Line], chosen: Sequence[int], title: int | None, first: int) -> date | None:
    """Find the day in a line beside the title that shows more than a day, where no line shows a day alone."""
    if title is None or any(date_line(fold(lines[at].text)) for at in chosen if at <= first):
        return None
    below = range(title + 1, min(first, title + 1 + _DATE_REACH))
    for at in (*below, *range(title - 1, max(-1, title - 1 - _DATE_REACH), -1)):
        if lines[at].kind == "text" and not _tells(lines[at]) and (day := only_date(fold(lines[at].text))):
            return day
    return None


def _tells(line: Line) -> bool:
    """Tell whether a line is a sentence, which no list of links and no menu has."""
    return line.kind in ("text", "heading", "row") and _SENTENCE_END.search(line.text) is not None


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
