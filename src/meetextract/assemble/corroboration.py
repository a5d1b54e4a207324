"""Whether the numbers of an article bear each other out as results of work.

A report on work tells many levels, and most say themselves that something is measured: a rate, a share, a change, "tổng
thu". A story has a number here and there ("xử lý 3 cán bộ"). So where few levels are told in many words, one that does
not say what is measured is believed only in a report of a meeting, with its period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meetextract.assemble.discourse import Discourse
from meetextract.assemble.level_conditions import is_measured_head
from meetextract.assemble.target_entries import ReadLevel
from meetextract.assemble.trace import Trace

_MANY = 6
"""So many levels make a report."""
_CHARS_A_LEVEL = 500
"""And so does one in so many characters: a short report has few."""
_SURE = 2
"""So many levels that say what is measured bear out the others."""


def corroborated(told: Discourse, reads: Sequence[ReadLevel], trace: Trace, *, of_meeting: bool) -> Iterator[ReadLevel]:
    """The levels without the results that nothing in the article bears out, which `trace` notes."""
    numbered = [one for one in reads if one.found is not None]
    results = [one for one in numbered if one.status == "result"]
    many = len(numbered) >= _MANY or len(numbered) * _CHARS_A_LEVEL >= len(told.text)
    borne_out = many or sum(_measures(told, one) for one in results) >= _SURE
    few = len(results) <= _SURE
    for one in reads:
        is_result = one.found is not None and one.status == "result"
        if borne_out or not is_result or _is_sure(told, one, few=few, of_meeting=of_meeting):
            yield one
        elif one.found is not None:
            trace.reject("target", told.span(one.found.level.start, one.found.level.end), one.pattern, "no_report")


def _is_sure(told: Discourse, one: ReadLevel, *, few: bool, of_meeting: bool) -> bool:
    """Whether a result is believed where nothing bears it out."""
    assert one.found is not None
    has_period, level = one.term.end is not None, one.found.level
    if not _measures(told, one):
        return told.is_report and of_meeting and has_period
    return not few or (has_period and is_measured_head(told, one.found)) or (of_meeting and level.linked)


def _measures(told: Discourse, one: ReadLevel) -> bool:
    """Whether a level says itself that something is measured."""
    assert one.found is not None
    amount = one.found.level.amount
    is_relative = amount.change is not None or amount.of is not None or amount.unit in told.vocabulary.percents
    return is_relative or is_measured_head(told, one.found)
