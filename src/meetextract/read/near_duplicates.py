"""The same news on several portals: articles whose words are nearly the same are linked to the first of them.

A fingerprint is a MinHash of the story's runs of four syllables, in any order; title, captions and the page around the
story do not count. It is made of one article alone, so it may be made anywhere; linking takes nothing but fingerprints,
and its outcome does not depend on how the articles were divided among workers, nor on their order.
"""

import base64
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import regex

from meetextract.read.blocks import Block

THRESHOLD = 0.6
"""So much of the runs of two articles must be the same: reports of two weeks by one office share a third of them."""

_HASHES = 64
_BANDS, _ROWS = 21, 3  # of two articles that share 0.6 of their runs, 99.4 % agree in a band
_RUN = 4  # syllables
_FEWEST_RUNS = 20  # shorter articles are alike by chance
_MOST_WORDS = 50_000
_LONGEST_KNOWN = 30  # what is longer without a blank is not remembered
_AT_A_TIME = 512  # runs: their products with all factors stay in the processor's cache
_EARLIER = 16  # an article is compared with so many of the earlier ones in a band
_STORY = frozenset(("lead", "body"))
_MARK = regex.compile(r"\p{M}+")
_WORD = regex.compile(r"[^\W_]+")
_LATE = "9999"

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_random = np.random.Generator(np.random.PCG64(20240708))  # the same numbers in every version of numpy
_FACTORS: Array = _random.integers(1, 2**63, size=_HASHES, dtype=np.uint64)[:, None] * np.uint64(2) + np.uint64(1)
_SHIFTS: Array = _random.integers(0, 2**63, size=_HASHES, dtype=np.uint64)[:, None]
_PLACES: Array = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)


@dataclass(frozen=True, slots=True)
class Printed:
    """What linking needs of an article.

    Attributes:
        id: What it is called.
        published: Its day of publication as ISO text, or None.
        fingerprint: What `fingerprint` gave.
    """

    id: str
    published: str | None
    fingerprint: str | None


def fingerprint(text: str, blocks: Iterable[Block]) -> str | None:
    """Make the fingerprint of an article.

    Args:
        text: Its stored text.
        blocks: What each part of it is.

    Returns:
        172 characters, or None where the story is too short to be told from others.
    """
    words: list[int] = []
    for block in blocks:
        if block.kind in _STORY and len(words) < _MOST_WORDS:
            for written in text[block.start : block.end].split():
                words += _known_hashes(written) if len(written) <= _LONGEST_KNOWN else _hashes(written)
    if len(words) < _FEWEST_RUNS + _RUN - 1:
        return None
    hashed = np.array(words[:_MOST_WORDS], np.uint64)
    size = len(hashed) - _RUN + 1
    runs = np.zeros(size, np.uint64)
    for place in range(_RUN):
        runs += (hashed[place : place + size] + np.uint64(1)) * _PLACES[place]
    runs ^= runs >> np.uint64(29)
    runs.sort()
    if np.count_nonzero(runs[1:] != runs[:-1]) + 1 < _FEWEST_RUNS:
        return None
    least = np.min(
        [(runs[at : at + _AT_A_TIME] * _FACTORS + _SHIFTS).min(axis=1) for at in range(0, size, _AT_A_TIME)], axis=0
    )
    return base64.b64encode((least >> np.uint64(32)).astype("<u2").tobytes()).decode()


def likeness(one: str, other: str) -> float:
    """Estimate which share of their runs two articles have in common, by their fingerprints."""
    return float((_signature(one) == _signature(other)).mean())


def link(articles: Sequence[Printed]) -> list[str | None]:
    """Link near-duplicates to the first of them: by day of publication, then by id.

    Memory holds about 300 bytes an article.

    Args:
        articles: The articles in any order.

    Returns:
        For each the id of the first article that tells the same, or None where it is this one or the only one.
    """
    order = sorted(
        (at for at, each in enumerate(articles) if each.fingerprint),
        key=lambda at: (articles[at].published or _LATE, articles[at].id, at),
    )
    found: list[str | None] = [None] * len(articles)
    if not order:
        return found
    signatures = np.stack([_signature(articles[at].fingerprint or "") for at in order])
    earlier: dict[int, int] = {}
    for band in range(_BANDS):
        for group in _groups(signatures[:, band * _ROWS : (band + 1) * _ROWS]):
            for place in range(1, len(group)):
                those = group[: min(place, _EARLIER)]
                alike = (signatures[those] == signatures[group[place]]).mean(axis=1) >= THRESHOLD
                if alike.any():
                    mine = int(group[place])
                    first = int(those[int(alike.argmax())])
                    earlier[mine] = min(first, earlier.get(mine, first))
    for mine in sorted(earlier):
        first = earlier[mine] = earlier.get(earlier[mine], earlier[mine])
        found[order[mine]] = articles[order[first]].id
    return found


def _groups(rows: Array) -> Iterator[Array]:
    """The places of rows that are equal, in order, of each row that occurs again."""
    keys = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        keys = (keys << np.uint64(16)) | rows[:, column].astype(np.uint64)
    places = np.argsort(keys, kind="stable")
    edges = np.flatnonzero(np.diff(keys[places])) + 1
    for start, end in zip([0, *edges], [*edges, len(places)], strict=True):
        if end - start > 1:
            yield places[start:end]


def _hashes(written: str) -> tuple[int, ...]:
    """The hash of each word in what stands between two blanks."""
    return tuple(zlib.crc32(word.encode()) for word in _WORD.findall(_plain(written)))


_known_hashes = lru_cache(maxsize=1 << 15)(_hashes)  # the same few thousand syllables make up all news


def _plain(text: str) -> str:
    """Small letters without marks: portals differ in where they put the tone ("hoà", "hòa")."""
    return str(_MARK.sub("", unicodedata.normalize("NFD", text.lower())))


def _signature(text: str) -> Array:
    return np.frombuffer(base64.b64decode(text), "<u2")
