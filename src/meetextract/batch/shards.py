"""Shards: runs of consecutive articles, cut where their content says so.

A shard ends behind an article whose digest says so. So where articles are added to the input, or taken out, the shards
around them are cut anew and all others stay what they were, and need not be done again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.pages import UnreadPage

Item = Article | UnreadPage | InputError
"""What `read_unread_articles` yields."""

USUAL_ARTICLES = 128
"""Shards have about so many articles, and at most four times as many."""

_MOST_CHARS = 4_000_000
_DIGITS = 32  # of a digest, in hexadecimal


@dataclass(frozen=True, slots=True)
class Shard:
    """A run of articles.

    Attributes:
        number: Its place among the shards of the input, from 0.
        items: The articles, or in their place why they cannot be read.
        digests: What tells each of them from all others, and from itself when it is changed.
    """

    number: int
    items: tuple[Item, ...]
    digests: tuple[str, ...]


def digest(item: Item) -> str:
    """What an article, or what cannot be read in its place, is known by: everything that its record depends on."""
    if isinstance(item, InputError):
        values: tuple[object, ...] = (item.place, item.problem, item.mend)
    elif isinstance(item, UnreadPage):
        data = item.data if isinstance(item.data, str) else hashlib.sha256(item.data).hexdigest()
        values = (
            item.id, data, item.source, str(item.published), item.charset, item.url, str(item.dated), item.title,
            item.repairs,
        )  # fmt: skip
    else:
        values = (
            item.id, item.text, str(item.published), item.title, item.url, item.source, item.repairs, item.main_text,
            item.captions,
        )  # fmt: skip
    return _hash(json.dumps(values, ensure_ascii=False))


def cut(items: Iterable[Item], usual: int = USUAL_ARTICLES) -> Iterator[Shard]:
    """Cut articles into shards, as they come.

    Args:
        items: The articles in their order.
        usual: About how many a shard has.

    Yields:
        The shards; memory holds one.
    """
    number = chars = 0
    held: list[tuple[Item, str]] = []
    for item in items:
        name = digest(item)
        held.append((item, name))
        chars += len(item.text) if isinstance(item, Article) else len(item.data) if isinstance(item, UnreadPage) else 0
        if int(name[:12], 16) % usual == 0 or len(held) >= 4 * usual or chars >= _MOST_CHARS:
            yield _shard(number, held)
            number, chars, held = number + 1, 0, []
    if held:
        yield _shard(number, held)


def _shard(number: int, held: list[tuple[Item, str]]) -> Shard:
    return Shard(number, tuple(item for item, _ in held), tuple(name for _, name in held))


def shard_key(shard: Shard, made_by: str) -> str:
    """What the output of a shard is known by: its articles, and the program and patterns that read them."""
    return _hash("\n".join((made_by, *shard.digests)))[:16]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
