"""What amounts take from the words around them: change, and the unit that an elliptic number leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from meetextract.assemble.valued import Candidate, ChangeWord
from meetextract.assemble.view import View
from meetextract.normalise.quantities import Amount
from meetextract.records import Change

ELLIPTIC = "quantities.elliptic"
# After a comparator the number follows at once, so nothing but blanks may stand between "tăng" and an amount.
_NO_GAP = regex.compile(r"[\s(]*")
_NO_UNIT_BEFORE = regex.compile(
    r"(?:\bsố|thứ|khóa|lần|quận|phường|đường|tổ|tháng|ngày|năm|quý|điều|khoản|mục|tuổi|lúc|lớp|phần|mũi|liều|nhóm|cấp|hạng|loại|mức|bậc|đợt|vòng|bước|tầng|trang|tập)\s*$",
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
            change = _said_before(view, candidate, words) or _share_of_change(view, candidate, joined)
            if change is not None:
                candidate = replace(candidate, value=replace(candidate.value, change=change))
        joined.append(candidate)
    return joined


def _said_before(view: View, candidate: Candidate, words: Mapping[int, Change]) -> Change | None:
    """The change said right before an amount; `words` gives those of the article by their ends."""
    for end in range(candidate.start, max(-1, candidate.start - 12), -1):
        if end in words and _NO_GAP.fullmatch(view.words(end, candidate.start)):
            return words[end]
    return None


def _share_of_change(view: View, candidate: Candidate, joined: Sequence[Candidate]) -> Change | None:
    """A percentage in brackets behind an amount that changed says the same change: "giảm 3 người (25%)"."""
    last = joined[-1] if joined else None
    if last is None or not isinstance(last.value, Amount) or not isinstance(candidate.value, Amount):
        return None
    if candidate.value.unit != "%" or view.words(last.end, candidate.start).strip() != "(":
        return None
    return last.value.change if view.after(candidate.end, 1) == ")" else None


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
