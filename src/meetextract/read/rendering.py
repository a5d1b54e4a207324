"""The lines that a browser shows of an HTML tree, each with what the markup tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import regex
from lxml import etree

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

LineKind = Literal["text", "caption", "links", "row", "heading"]

_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul caption td th legend"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NOT_SHOWN_NAMES = (
    "script style noscript template head select textarea button input svg math object embed iframe audio video map"
    " datalist dialog"
)
_NOT_SHOWN = frozenset(_NOT_SHOWN_NAMES.split())
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_IMAGES = frozenset(("img", "picture"))
_CAPTION_NAME = regex.compile(r"caption|chu-?thich|photo-?note|image-?(?:desc|note|title)", regex.IGNORECASE)
_NO_WIDTH = regex.compile(r"[\u200b\u2060\ufeff\u00ad]")
# Inline elements that portals set apart from their neighbours by style alone.
_APART = regex.compile(r"title|tieu-?de|date|time|ngay|view|luot-?xem|author|tac-?gia|caption", regex.IGNORECASE)
_INLINE = frozenset(("span", "b", "strong", "i", "em", "font", "label", "small", "time"))
_CENTRED = regex.compile(r"text-align\s*:\s*center", regex.IGNORECASE)
_ITALIC = frozenset(("em", "i"))
_CELL = " | "

_LONGEST_CAPTION = 300
_LONGEST_CELL = 1200  # what is longer is no cell of a table but a column of the page
_LINKED = 0.8  # a line with so much of it linked is a line of links


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        text: Its words, runs of white space as one blank.
        kind: ``caption`` under a picture, ``row`` of a table with its cells parted by "|", ``heading``, ``links`` where
            next to all of it is linked, else ``text``.
        is_close: No more than a line break or the edge of a table's row stands between it and the line before.
    """

    text: str
    kind: LineKind
    is_close: bool = False


def lines_of_tree(tree: Element) -> list[Line]:
    """Give the lines of a tree in the order of the page.

    Args:
        tree: An element; what a browser does not show of it (scripts, forms, what is hidden) is left out.

    Returns:
        The lines that are not blank.
    """
    return list(_Renderer(tree).lines())


class _Renderer:
    """Walks a tree once, without recursion: pages of ten thousand nested elements do exist."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree
        self._parts: list[str] = []
        self._linked = 0
        self._emphasised = 0
        self._links = self._captions = self._italics = self._centred = 0
        self._headings = 0
        self._tables: list[bool] = []  # for each table around, whether it holds data
        self._cells: list[str] | None = None  # of the row at hand
        self._after_picture = False
        self._after_inline = False  # an inline element ended and nothing stood behind it
        self._gap = True  # a paragraph ended since the last line

    def lines(self) -> Iterator[Line]:
        walk = etree.iterwalk(self._tree, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event in ("comment", "pi"):
                self._add(node.tail)
                continue
            tag = node.tag
            if event == "start":
                if _is_not_shown(node, tag):
                    walk.skip_subtree()
                    continue
                yield from self._start(node, tag)
                self._add(node.text)
            elif not _is_not_shown(node, tag):
                yield from self._end(node, tag)
                if node is not self._tree:
                    self._add(node.tail)
            elif node is not self._tree:
                self._add(node.tail)
        yield from self._break()

    def _start(self, node: Element, tag: str) -> Iterator[Line]:
        if tag == "br":
            yield from self._break()
        elif tag in _BLOCKS or _stands_apart(node, tag):
            yield from self._break()
            self._gap = self._gap or not self._in_data() or tag == "table"
        if tag == "table":
            self._tables.append(_is_data(node))
        elif tag == "tr" and self._in_data():
            self._cells = []
        elif tag in _IMAGES:
            yield from self._break()
            self._after_picture = True
        self._count(node, tag, 1)

    def _end(self, node: Element, tag: str) -> Iterator[Line]:
        self._after_inline = tag in _INLINE
        if tag in ("td", "th") and self._in_data() and self._cells is not None:
            self._cells.append(_folded("".join(self._parts)))
            self._parts.clear()
        elif tag in _BLOCKS or _stands_apart(node, tag):
            yield from self._break()
            self._gap = self._gap or not self._in_data() or tag == "table"
        if tag == "tr" and self._cells is not None:
            cells, self._cells = self._cells, None
            if any(cells):
                yield self._made(_CELL.join(cells).strip(), "row")
        elif tag == "table" and self._tables:
            self._tables.pop()
        self._count(node, tag, -1)

    def _count(self, node: Element, tag: str, step: int) -> None:
        """Keep count of what is around: links, captions, headings, italics, what is centred."""
        if tag == "a":
            self._links += step
        elif tag in _HEADINGS:
            self._headings += step
        elif tag in _ITALIC:
            self._italics += step
        if tag == "figcaption" or _CAPTION_NAME.search(_names(node)) or (tag == "table" and _is_picture(node)):
            self._captions += step
        if _is_centred(node, tag):
            self._centred += step

    def _in_data(self) -> bool:
        return bool(self._tables) and self._tables[-1]

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._after_inline and self._parts and self._parts[-1][-1:].isalnum() and text[:1].isupper():
            self._parts.append(" ")  # "17:40</span><span>Tác giả": parted by style alone
        self._after_inline = False
        self._parts.append(text)
        size = _size(text)
        if self._links:
            self._linked += size
        if self._italics or self._centred:
            self._emphasised += size

    def _break(self) -> Iterator[Line]:
        """End the line at hand; in a cell, lines are joined."""
        if self._cells is not None:
            self._parts.append(" ")
            return
        raw = "".join(self._parts)
        text = _folded(raw)
        if text:
            yield self._made(text, self._kind(text, _size(raw)))
            self._after_picture = False
        self._parts.clear()
        self._linked = self._emphasised = 0

    def _made(self, text: str, kind: LineKind) -> Line:
        line = Line(text, kind, is_close=not self._gap)
        self._gap = False
        return line

    def _kind(self, text: str, size: int) -> LineKind:
        if self._captions and len(text) <= _LONGEST_CAPTION:
            return "caption"
        if self._linked and self._linked >= size * _LINKED:
            return "links"
        if self._after_picture and size and self._emphasised >= size * _LINKED and len(text) <= _LONGEST_CAPTION:
            return "caption"
        return "heading" if self._headings else "text"


def _is_not_shown(node: Element, tag: str) -> bool:
    return tag in _NOT_SHOWN or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "") is not None


def _names(node: Element) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _stands_apart(node: Element, tag: str) -> bool:
    return tag in _INLINE and (tag == "time" or _APART.search(_names(node)) is not None)


def _is_centred(node: Element, tag: str) -> bool:
    if tag == "center":
        return node.find(".//table") is None  # else it centres the page, not a caption
    # a table that is centred does not centre its text
    return tag != "table" and (
        (node.get("align") or "").lower() == "center" or _CENTRED.search(node.get("style") or "") is not None
    )


def _is_picture(table: Element) -> bool:
    """Tell a table that holds a picture with its caption."""
    return (
        table.find(".//img") is not None
        and table.find(".//table") is None
        and len(_folded(table.text_content())) <= _LONGEST_CAPTION
    )


def _is_data(table: Element) -> bool:
    """Tell a table of data from one that only arranges the page."""
    if table.find(".//table") is not None or table.find(".//img") is not None:
        return False
    rows = 0
    for row in table.iter("tr"):
        cells = [_folded(cell.text_content()) for cell in row if cell.tag in ("td", "th")]
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            return False
        rows += sum(map(bool, cells)) > 1
    return rows > 1


def _folded(text: str) -> str:
    return " ".join(_NO_WIDTH.sub("", text).split())


def _size(text: str) -> int:
    """Count the letters: dates behind a link, bullets and bars before it are no text of their own."""
    return sum(map(str.isalpha, text))
