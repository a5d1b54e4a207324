"""What led to no entry, and the condition that failed: for `explain`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from meetextract.records import Span

Kind: TypeAlias = Literal["meeting", "target", "assignment"]
Reason: TypeAlias = Literal[
    "no_event", "not_told",
    "in_caption", "opinion_or_market", "inside_task", "award_or_agenda", "size", "describes", "not_measured",
    "no_indicator", "span_of_time", "no_report", "told_again",
    "no_subject", "no_authority", "no_addressee", "no_task", "no_speaker", "told_of_a_person",
    "only_asked",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rejected:
    """A word that might have led to an entry and did not.

    Attributes:
        kind: which kind of entry.
        span: where it stands in the stored text.
        pattern: the pattern that found it.
        reason: the condition that failed.
    """

    kind: Kind
    span: Span
    pattern: str
    reason: Reason


@dataclass(slots=True)
class Trace:
    """Collects what is rejected while a record is assembled."""

    rejected: list[Rejected] = field(default_factory=list)

    def reject(self, kind: Kind, span: Span, pattern: str, reason: Reason) -> None:
        """Notes a word that leads to no entry."""
        self.rejected.append(Rejected(kind, span, pattern, reason))
