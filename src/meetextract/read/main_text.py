"""Which lines of a page are its article: the opinions of two extractors, put together.

readability leads: on real pages it kept the story and next to nothing of the page around it, but it loses a lead that
stands in a box of its own. trafilatura is asked too: a line that it keeps counts where it stands inside the story, or
between the title and the story. `benchmarks/html_lines.py` measures both, and what is made of them.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import lxml.html
import regex
from lxml import etree

from meetextract.read.rendering import Element, Line, lines_of_tree
from meetextract.text import fold

logging.getLogger("readability").setLevel(logging.CRITICAL)
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

Extractor: TypeAlias = Callable[[Element], list[Line]]
"""Gives the lines that it takes for the article; none where it finds no article."""

_KEPT_ATTRIBUTES = frozenset(("class", "id", "itemprop", "role", "href", "src", "rel", "colspan", "rowspan"))
_LONGEST_ATTRIBUTE = 500
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
_CONTAINED_FROM = 25  # a shorter line must be kept as a line of its own
_LONGEST_STORY = 400_000  # of the characters of an extractor's story, so that searching it stays quick
_LEAST_STORY = 60  # fewer letters are no article


def by_readability(tree: Element) -> list[Line]:
    """The lines that readability takes for the article."""
    from readability import Document  # imported where a page is read: text needs neither of the two

    try:
        summary = Document(etree.tostring(tree, encoding="unicode", method="html")).summary(html_partial=True)
        return lines_of_tree(lxml.html.fromstring(summary))
    except Exception:  # whatever it stumbles over, the page is left to the other
        return []


def by_trafilatura(tree: Element) -> list[Line]:
    """The lines that trafilatura takes for the article."""
    import trafilatura

    try:
        found = trafilatura.extract(tree, output_format="html", include_comments=False, include_tables=True)
        return lines_of_tree(lxml.html.fromstring(found)) if found else []
    except Exception:  # as above
        return []


EXTRACTORS: dict[str, Extractor] = {"readability": by_readability, "trafilatura": by_trafilatura}
"""By name; the first leads."""


def prepare(tree: Element) -> None:
    """Take from a tree what no extractor needs and some are slow with: scripts, styles, long attributes."""
    etree.strip_elements(tree, "script", "style", "noscript", "template", "svg", "select", etree.Comment,
                         etree.ProcessingInstruction, with_tail=False)  # fmt: skip
    for node in tree.iter():
        kept = [(name, value) for name, value in node.items() if _is_kept(name, value)]
        if len(kept) < len(node.attrib):
            node.attrib.clear()  # one by one, lxml takes the braces of a template ("{{item.x}}") for a namespace
            for name, value in kept:
                with suppress(ValueError):  # a sign that lxml reads but does not write
                    node.set(name, value)


def _is_kept(name: str, value: str) -> bool:
    return name in _KEPT_ATTRIBUTES and len(value) <= _LONGEST_ATTRIBUTE


@dataclass(frozen=True, slots=True)
class Story:
    """Where the article stands on a page.

    Attributes:
        first: Its first line.
        last: Its last line.
        votes: For each line of the page, how many extractors keep it.
        rank: Whose opinion told where it stands.
    """

    first: int
    last: int
    votes: tuple[int, ...]
    rank: int


def story_of(lines: Sequence[Line], opinions: Sequence[Sequence[Line]]) -> Story | None:
    """Tell where the article stands on a page.

    Args:
        lines: All lines of the page.
        opinions: The lines that each extractor keeps, the leading one first.

    Returns:
        Where the first extractor that found a story has found it; None where nobody did.
    """
    keys = [key_of(line.text) for line in lines]
    once = _occur_once(keys)
    kept = [_kept(keys, opinion) for opinion in opinions]
    for rank, mine in enumerate(kept):
        # Lines that occur again, such as the headline among the links, tell nothing of the place.
        anchors = [at for at, is_kept in enumerate(mine) if is_kept and keys[at] in once and lines[at].kind != "links"]
        if sum(len(keys[at]) for at in anchors) >= _LEAST_STORY:
            return Story(anchors[0], anchors[-1], tuple(map(sum, zip(*kept, strict=True))), rank)
    return None


def _occur_once(keys: Sequence[str]) -> set[str]:
    seen: set[str] = set()
    again: set[str] = set()
    for key in keys:
        (again if key in seen else seen).add(key)
    return seen - again


def _kept(keys: Sequence[str], opinion: Sequence[Line]) -> list[bool]:
    """Find again an extractor's lines among those of the page; it may have joined or divided some."""
    own = [key_of(line.text) for line in opinion]
    whole = frozenset(own)
    joined = "".join(own)[:_LONGEST_STORY]
    return [bool(key) and (key in whole or (len(key) >= _CONTAINED_FROM and key in joined)) for key in keys]


def key_of(text: str) -> str:
    """The letters and digits of a line, by which it is known again."""
    return str(_NOT_LETTERS.sub("", fold(text).lower()))
