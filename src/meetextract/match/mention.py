"""What a pattern finds: a labelled span with named parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A named group of a match.

    Attributes:
        text: The part's words in the folded view.
        start: First code point in the stored text.
        end: One past the last code point in the stored text.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the article that a pattern has found.

    Attributes:
        label: The pattern's label, for instance ``DATE``.
        start: First code point in the stored text.
        end: One past the last code point in the stored text.
        text: The stored text between the two, unchanged.
        parts: The named groups that took part in the match and are not empty.
        pattern: The pattern's id.
    """

    label: str
    start: int
    end: int
    text: str
    parts: Mapping[str, Part] = field(hash=False)
    pattern: str

    def covers(self, other: "Mention") -> bool:
        """Say whether this span holds all of another and more."""
        return (
            self.start <= other.start and other.end <= self.end and (self.start, self.end) != (other.start, other.end)
        )
