"""What amounts take from the words around them: change, and the unit that an elliptic number leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from meetextract.assemble.valued import Candidate, ChangeWord
from meetextract.assemble.view import View
from meetextract.normalise.quantities import Amount

ELLIPTIC = "quantities.elliptic"
# After a comparator the number follows at once, so nothing but blanks may stand between "tăng" and an amount.
_NO_GAP = regex.compile(r"[\s(]*")
_NO_UNIT_BEFORE = regex.compile(
    r"(?:\bsố|thứ|khóa|lần|quận|phường|đường|tổ|tháng|ngày|năm|quý|điều|khoản|mục|tuổi|lúc|lớp|phần)\s*$",
    regex.IGNORECASE,
)


def join_changes(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Gives each quantity the word of change right before it, and drops those words."""
    words = {c.end: c.value.change for c in candidates if isinstance(c.value, ChangeWord)}
    joined: list[Candidate] = []
    for candidate in candidates:
        if isinstance(candidate.value, ChangeWord):
            continue
        if isinstance(candidate.value, Amount):
            for end in range(candidate.start, max(-1, candidate.start - 12), -1):
                if end in words and _NO_GAP.fullmatch(view.words(end, candidate.start)):
                    candidate = replace(candidate, value=replace(candidate.value, change=words[end]))
                    break
        joined.append(candidate)
    return joined


def fill_units(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Gives a bare number the unit counted before it in its sentence ("1.805 hồ sơ (trực tuyến 274)"), or drops it."""
    filled: list[Candidate] = []
    last: Candidate | None = None
    for candidate in candidates:
        if candidate.mention.pattern != ELLIPTIC:
            if isinstance(candidate.value, Amount) and candidate.mention.pattern.startswith("quantities.counted"):
                last = candidate
            filled.append(candidate)
            continue
        if (
            last is not None
            and isinstance(last.value, Amount)
            and isinstance(candidate.value, Amount)
            and view.sentence_at(last.start) == view.sentence_at(candidate.start)
            and not _NO_UNIT_BEFORE.search(view.before(candidate.start))
        ):
            filled.append(replace(candidate, value=replace(candidate.value, unit=last.value.unit)))
    return filled
