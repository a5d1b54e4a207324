"""Why a record says what it says: for an entry its words, pattern, reading and anchor; for an article what led to none.

What is shown is for the analysts who edit the patterns, so it is in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from meetextract.assemble.trace import Reason, Rejected
from meetextract.errors import PatternError
from meetextract.match.library import PatternLibrary
from meetextract.records import KINDS, Assignment, DateEntry, Due, Meeting, OtherMeeting, Record, Span, Target

REASONS: Mapping[Reason, str] = {
    "no_event": "nói đến họp chung chung, không phải một cuộc họp đã diễn ra",
    "not_told": "không có từ nào cho biết cuộc họp được tổ chức, chủ trì hay phát biểu tại đó",
    "in_caption": "số trong chú thích ảnh",
    "opinion_or_market": "ý kiến khảo sát, cổ phần hoặc giá thị trường, không phải kết quả công việc",
    "inside_task": "nằm trong nội dung của một việc được giao",
    "award_or_agenda": "số khen thưởng hoặc số mục trong chương trình họp",
    "size": "kích thước của vật",
    "describes": "số chỉ mô tả (đứng sau giới từ hoặc danh từ chỉ quy mô)",
    "not_measured": "trước số không có động từ hay danh từ chỉ kết quả",
    "no_indicator": "không tìm được lời của chỉ tiêu quanh số này",
    "no_report": "bài không phải tin báo cáo công tác và quanh số này không có kỳ hạn, so sánh hay mức đạt",
    "told_again": "phần đầu bài nói trước, trong bài nói lại: chỉ lấy một lần",
    "span_of_time": "khoảng thời gian, tuổi hoặc số lần",
    "no_subject": "không có người hay cơ quan nào đứng làm chủ ngữ",
    "no_authority": "chủ ngữ không phải cấp có thẩm quyền giao việc",
    "no_addressee": "không nêu ai nhận việc",
    "no_task": "sau động từ không có việc phải làm",
    "only_asked": "câu hỏi, hay kể việc đáng lẽ phải làm",
    "no_speaker": "không biết ai đang nói trong đoạn này",
    "told_of_a_person": "chủ ngữ là một người được nhắc tên, không phải nơi nhận việc",
}
_WHAT = {"meeting": "cuộc họp", "target": "chỉ tiêu", "assignment": "việc được giao"}
_EMPTY = {"not_stated": "bài không nói", "ambiguous": "bài nói chưa rõ"}
_READ_BY = {
    "DATE": "normalise.dates.read_period",
    "QUANTITY": "normalise.quantities.read_amount",
    "COUNT": "normalise.quantities.read_count",
    "DOCUMENT": "normalise.documents.read_document",
    "PERSON": "normalise.people.read_name",
    "ROLE": "normalise.people.read_role",
    "UNIT": "normalise.units.read_unit",
    "MEETING": "assemble.meeting.find_meeting",
    "DIRECTIVE": "assemble.directives.read_directives",
    "CUE": "assemble.targets.target_entries",
}
_ENTRIES = {"targets": "assemble.targets.target_entries", "assignments": "assemble.directives.read_directives"}
_SPANS = ("span", "spans")
_PLACED_BY = {"end": "period_span"}
_ANCHORS = {None: "đủ ngày, không cần mốc", "published": "ngày đăng bài", "meeting": "ngày họp"}
_EVERY = {"day": "ngày", "week": "tuần", "month": "tháng", "quarter": "quý", "year": "năm"}


def find_entry(record: Record, wanted: str) -> tuple[str, Any] | None:
    """The entry of a record with an id.

    Args:
        record: the record.
        wanted: an entry's id.

    Returns:
        The name of its field and the entry, or None.
    """
    if record.meeting is not None and record.meeting.id == wanted:
        return "meeting", record.meeting
    for kind in KINDS:
        for entry in getattr(record, kind):
            if entry.id == wanted:
                return kind, entry
    return None


def explain_entry(
    kind: str, entry: Any, text: str | None, library: PatternLibrary, dates: Sequence[DateEntry] = ()
) -> str:
    """Says for each slot of an entry its value and the words it was read from; an empty slot is shown with its reason.

    Args:
        kind: the record's field that holds it, such as "assignments".
        entry: the entry.
        text: the article's stored text; without it the words are left out.
        library: the patterns.
        dates: the record's dates, which place meetings and periods.

    Returns:
        Lines of text.
    """
    lines = [f"{kind} {entry.id}", *_pattern_lines(entry.pattern, library, kind)]
    names = [field.name for field in fields(entry)]
    for name in names:
        if name in ("id", "pattern", "why_empty", "titles", "mentions") or name.endswith(_SPANS):
            continue
        value, why = getattr(entry, name), _because(entry, name)
        if (value in (None, ()) and not why) or (name == "anchor" and isinstance(entry, DateEntry)):
            continue
        spans = list(_spans_of(entry, name, names))
        places = [_place(span, text) for span in spans]
        if text is None or _shown(value) not in (_joined(text, spans, "; "), _joined(text, spans, " … ")):
            places.insert(0, f"{_shown(value)}{why}")
        for at, place in enumerate(places):
            lines.append(f"  {'' if at else name.rstrip('_'):<15} {place}")
        if isinstance(value, Due) and value.pattern:
            lines += (f"  {line}" for line in _pattern_lines(value.pattern, library, "dates"))
        lines += (f"{'':18}{line}" for line in _date_lines(entry, name, library, dates))
    lines += _title_lines(entry, library, text)
    if isinstance(entry, DateEntry):
        lines.append(f"  {'mốc':<15} {_ANCHORS.get(entry.anchor, entry.anchor)}")
    said = any(name in ("quote", "text") for name in names)
    for at, span in enumerate([entry.span] if hasattr(entry, "span") else getattr(entry, "mentions", ())):
        place = _place(span, text)
        lines.append(f"  {'' if at else 'ở':<15} {place.partition(' “')[0] if said else place}")
    return "\n".join(lines)


def explain_article(record: Record, rejected: Iterable[Rejected], text: str) -> str:
    """Says what an article's record holds, and which words led to no entry, with the condition that failed.

    Args:
        record: the record.
        rejected: what was rejected while it was made.
        text: the article's stored text.

    Returns:
        Lines of text.
    """
    lines = [f"{record.id}: {record.title or '(không có tiêu đề)'}"]
    counted = ", ".join(f"{kind} {len(getattr(record, kind))}" for kind in KINDS)
    lines.append(f"  meeting {1 if record.meeting else 0}, {counted}")
    entries: list[tuple[str, Meeting | Target | Assignment]] = [
        *([("meeting", record.meeting)] if record.meeting else []),
        *(("targets", target) for target in record.targets),
        *(("assignments", told) for told in record.assignments),
    ]
    if entries:
        lines.append("Cuộc họp, chỉ tiêu và việc được giao (xem từng mục: explain RECORDS ID):")
    for kind, entry in entries:
        lines.append(f"  {_line_of(text, entry.span[0])}: {kind} {entry.id} {_in_short(text, entry.span)}")
    for notice in record.notices:
        lines.append(f"Lưu ý: {notice.code}: {notice.message}")
    ordered = sorted(rejected, key=lambda one: (one.span, one.pattern))
    if ordered:
        lines.append("Từ và số không thành mục nào:")
    for one in ordered:
        lines.append(f"  {_line_of(text, one.span[0])}: {_in_context(text, one.span)}")
        lines.append(f"      không thành {_WHAT[one.kind]}: {REASONS[one.reason]} ({one.pattern}, {one.reason})")
    return "\n".join(lines)


def _pattern_lines(pattern: str, library: PatternLibrary, kind: str) -> Iterator[str]:
    """A pattern with its file and line, and what reads its mentions."""
    try:
        found = library[pattern]
    except (KeyError, PatternError):
        yield f"  mẫu             {pattern} (không còn trong bộ mẫu)"
        return
    yield f"  mẫu             {pattern} “{found.name}” ({found.path.name}:{found.line('regex')})"
    readers = [_READ_BY.get(found.label), _ENTRIES.get(kind)]
    yield f"  đọc bởi         {', '.join(dict.fromkeys(filter(None, readers))) or found.label}"


def _because(entry: Any, name: str) -> str:
    why = getattr(entry, "why_empty", {}).get(name.rstrip("_"))
    return f"  ({_EMPTY[why]}: {why})" if why else ""


def _shown(value: object) -> str:
    if isinstance(value, Due):
        every = f", lặp lại mỗi {_EVERY[value.every]}" if value.every else ""
        anchor = _ANCHORS.get(value.anchor, value.anchor) if value.end or value.anchor else "không có năm"
        if value.every:
            anchor = "không cần"
        return f"“{value.text}” → {value.start or '…'} … {value.end or '…'}{every}; mốc: {anchor}"
    if isinstance(value, OtherMeeting):
        return ", ".join(filter(None, (value.kind, value.date, value.session, value.host)))
    if isinstance(value, tuple):
        spans = bool(value) and all(isinstance(item, tuple) for item in value)
        return "; ".join(f"[{item[0]}, {item[1]})" if spans else _shown(item) for item in value) or "-"
    return "-" if value is None else str(value)


def _spans_of(entry: Any, name: str, names: Sequence[str]) -> Iterator[Span]:
    """Where the words stand that a slot was read from, if the entry keeps their span beside it."""
    stem = name.rstrip("_")
    for candidate in (f"{stem}_span", f"{stem.removesuffix('s')}_spans", f"{stem}_spans", _PLACED_BY.get(stem, "")):
        if candidate in names:
            value = getattr(entry, candidate)
            yield from ([value] if candidate.endswith("span") else value) if value else ()
            return


def _date_lines(entry: Any, name: str, library: PatternLibrary, dates: Sequence[DateEntry]) -> Iterator[str]:
    """What placed the date of a meeting or the period of a target: the date's pattern and its anchor."""
    if name == "date" and isinstance(entry, Meeting):
        wanted = [date for date in dates if date.start == entry.date and date.end == entry.date]
    elif name == "end" and isinstance(entry, Target) and entry.period_span:
        start, end = entry.period_span
        wanted = [date for date in dates if date.span[0] < end and start < date.span[1]]
    else:
        return
    for date in wanted[:1]:
        yield f"“{date.text}” → {date.start} … {date.end}; mốc: {_ANCHORS.get(date.anchor, date.anchor)}"
        yield from (line.strip() for line in _pattern_lines(date.pattern, library, "dates"))


def _title_lines(entry: Any, library: PatternLibrary, text: str | None) -> Iterator[str]:
    """The offices of a person, each with its words and pattern."""
    for title in getattr(entry, "titles", ()):
        yield f"  {'titles':<15} {title.role} | {title.unit or '-'}"
        yield f"{'':18}{_place(title.span, text)}"
        yield from (f"  {line}" for line in _pattern_lines(title.pattern, library, ""))


def _joined(text: str, spans: Sequence[Span], sign: str) -> str:
    return sign.join(" ".join(text[slice(*span)].split()) for span in spans)


def _place(span: Span, text: str | None) -> str:
    start, end = span
    words = f" “{' '.join(text[start:end].split())}”" if text is not None else ""
    line = f", dòng {_line_of(text, start)}" if text is not None else ""
    return f"[{start}, {end}){line}{words}"


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _in_short(text: str, span: Span, width: int = 70) -> str:
    words = " ".join(text[slice(*span)].split())
    return f"“{words if len(words) <= width else words[:width].rstrip() + '…'}”"


def _in_context(text: str, span: Span, width: int = 45) -> str:
    start, end = span
    before, behind = text[max(0, start - width) : start], text[end : end + width]
    return " ".join(f"…{before}[{text[start:end]}]{behind}…".split())


def source_of(record: Record, beside: Path) -> Path | None:
    """The file that a record's article was read from, as it stands or beside the records.

    Args:
        record: the record.
        beside: the file of records.

    Returns:
        A file that exists, or None.
    """
    if record.source is None:
        return None
    named = Path(record.source)
    without_line = Path(record.source.rpartition(":")[0]) if ":" in record.source else named
    for candidate in (named, without_line, beside.parent / named, beside.parent / without_line):
        if candidate.is_file():
            return candidate
    return None
