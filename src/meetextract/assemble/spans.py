"""Spans in the order of the text, looked up by offset without walking through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar


class HasSpan(Protocol):
    """Anything that stands somewhere in the text, `[start, end)`."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """One past the last code point."""


T = TypeVar("T", bound=HasSpan)


class SpanIndex(Generic[T]):
    """Finds spans by offset, in logarithmic time; they may overlap.

    Args:
        items: the spans, in any order.
    """

    def __init__(self, items: Iterable[T]) -> None:
        self.items: Sequence[T] = sorted(items, key=lambda item: (item.start, -item.end))
        self._starts = [item.start for item in self.items]
        self._longest = max((item.end - item.start for item in self.items), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[T]:
        """The spans that share a code point with `[start, end)`, in order."""
        for at in range(bisect_left(self._starts, start - self._longest), len(self.items)):
            item = self.items[at]
            if item.start >= end:
                return
            if item.end > start:
                yield item

    def from_offset(self, start: int) -> Iterator[T]:
        """The spans that begin at an offset or behind it, in order."""
        for at in range(bisect_left(self._starts, start), len(self.items)):
            yield self.items[at]

    def before_offset(self, end: int) -> Iterator[T]:
        """The spans that begin before an offset, the last first."""
        for at in range(bisect_left(self._starts, end) - 1, -1, -1):
            yield self.items[at]
