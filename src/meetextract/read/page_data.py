"""What the head of a page says of it: title, day of publication, address.

Only what names itself the day of publication counts. htmldate, which searches the page for likely dates, took the day
of a neighbouring article for it on one real page in five; a day that the page shows is found with its blocks.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import regex

from meetextract.read.published import YEARS
from meetextract.read.rendering import Element

_PUBLISHED_NAMES = (
    "article:published_time og:article:published_time published_time pubdate publishdate publish_date publish-date"
    " datepublished dc.date dc.date.issued dcterms.issued dcterms.created parsely-pub-date sailthru.date"
)
_PUBLISHED = frozenset(_PUBLISHED_NAMES.split())
_TITLE = frozenset(("og:title", "twitter:title", "dc.title", "headline"))
_ISO_DAY = regex.compile(r"\s*+(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_MOST_NODES = 50_000  # of a page's data that are looked through
_LONGEST_JSON = 1_000_000


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page's head says.

    Attributes:
        titles: What may be the title of the article, the likeliest first.
        published: The day of publication, or None.
        url: The page's own address, or None.
    """

    titles: tuple[str, ...]
    published: date | None
    url: str | None


def page_data(tree: Element) -> PageData:
    """Read the head of a page, and its JSON-LD."""
    titles: list[str] = []
    days: list[date | None] = []
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name in _TITLE:
            titles.append(node.get("content") or "")
        elif name in _PUBLISHED:
            days.append(_day(node.get("content")))
    for key, value in _linked_data(tree):
        if key == "datePublished":
            days.append(_day(value))
        elif key == "headline":
            titles.append(value)
    for node in islice(tree.iter("time", "span", "div"), _MOST_NODES):
        if node.get("itemprop") == "datePublished":
            days.append(_day(node.get("datetime") or node.get("content")))
    titles += (node.text_content() for node in islice(tree.iter("h1"), 3))
    titles += (node.text_content() for node in islice(tree.iter("title"), 1))
    links = (node for node in tree.iter("link") if (node.get("rel") or "").lower() == "canonical")
    link = next((node.get("href") for node in links), None)
    return PageData(
        titles=tuple(dict.fromkeys(folded for title in titles if (folded := " ".join(title.split())))),
        published=next((day for day in days if day), None),
        url=link if link and link.startswith(("http://", "https://")) else None,
    )


def _linked_data(tree: Element) -> Iterator[tuple[str, str]]:
    """The texts of a page's JSON-LD, by key."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "") or len(node.text or "") > _LONGEST_JSON:
            continue
        try:
            open_: list[Any] = [json.loads(node.text or "")]
        except (ValueError, RecursionError):
            continue
        while open_:
            value = open_.pop()
            if isinstance(value, list):
                open_ += value
            elif isinstance(value, dict):
                open_ += value.values()
                yield from ((key, each) for key, each in value.items() if isinstance(each, str))


def _day(text: str | None) -> date | None:
    hit = _ISO_DAY.match(text or "")
    if not hit or int(hit[1]) not in YEARS:
        return None
    try:
        return date(*map(int, hit.groups()))
    except ValueError:
        return None
