"""Whatever an article says: entries lie in it, their words are its words, ids last, and empty slots say why."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import KINDS, Assignment, Meeting, Record, Span, Target

# --- small articles made of sentences ---------------------------------------------------------------------------

_AREAS = st.sampled_from(
    ["huyện Bảo Lâm", "quận Kiến An", "thị xã Hồng Lĩnh", "xã Ia Pa", "tỉnh Bạc Liêu", "phường Cao Xanh"]
)
_PEOPLE = st.sampled_from(["Nông Thị Bích", "Hoàng Văn Dềnh", "Y Thông Niê", "Danh Út", "Đoàn Quốc Khánh"])
_TOLD = st.sampled_from(
    ["các xã", "phòng Nội vụ", "các phòng, ban, đơn vị", "phòng Y tế và Công an", "các đơn vị, các phường", "Sở Y tế"]
)
_VERBS = st.sampled_from(["giao", "yêu cầu", "đề nghị", "lưu ý", "chỉ đạo", "nhắc nhở"])
_TASKS = st.sampled_from(
    [
        "rà soát hồ sơ tồn đọng",
        "phối hợp với Công an tuần tra ban đêm",
        "sửa chữa nhà văn hóa; thu gom rác thải",
        "báo cáo kết quả trước ngày 20/5",
        "thực hiện Kế hoạch số 15/KH-UBND, đồng thời công khai kết quả",
        "báo cáo hằng tháng",
        "hoàn thành trong quý II",
        "vận động “Ngày thứ bảy sạch”; giữ gìn vỉa hè",
    ]
)
_LEVELS = st.sampled_from(
    [
        "Năm 2023, tỷ lệ hộ nghèo còn 4,1%, giảm 2% so với năm 2022.",
        "Phấn đấu đến năm 2025, 90% hồ sơ được xử lý trực tuyến; phủ 80% hộ gia đình, 100% các thôn.",
        "Kết quả, đã giải quyết 96/120 hồ sơ, đạt 85%.",
        "Thu ngân sách ước đạt 12,5 tỷ đồng (bằng 61% dự toán).",
        "Mục tiêu là xây dựng xong cầu trong năm 2025.",
        "Hội nghị có 120 đại biểu tham dự.",
    ]
)
_OTHERS = st.sampled_from(
    [
        "Đồng chí cũng đề nghị các xã làm tốt vệ sinh môi trường.",
        "Đồng thời, đẩy nhanh tiến độ làm đường.",
        "Tham dự hội nghị có lãnh đạo các phòng, ban; đại diện các thôn.",
        "Quang cảnh hội nghị (Ảnh: Văn Tám)",
        "Đường làng nay đã sạch đẹp.",
        "Ngày 9/5/2024, HĐND tổ chức phiên họp chuyên đề tại hội trường lớn.",
    ]
)
_GAPS = st.sampled_from([" ", "\n\n", "\n", "  ", "\u00a0", " \n "])


@st.composite
def _openings(draw: st.DrawFn) -> str:
    day = draw(st.sampled_from(["Sáng 7/5/2024", "Chiều ngày 7/5", "Ngày 7/5/2024", "Sáng nay", "Sáng 31/2/2024"]))
    kind = draw(st.sampled_from(["tổ chức hội nghị giao ban", "họp về hạ tầng", "tổ chức phiên họp tại hội trường"]))
    return f"{day}, UBND {draw(_AREAS)} {kind}."


@st.composite
def _directives(draw: st.DrawFn) -> str:
    who = draw(
        st.sampled_from(
            [
                "Kết luận hội nghị, đồng chí {}, Chủ tịch UBND huyện",
                "Chủ tịch UBND huyện",
                "Ông {}",
                "Phó Giám đốc Sở Y tế {}",
            ]
        )
    )
    row = f"{draw(_TOLD)} {draw(_TASKS)}"
    more = draw(st.sampled_from(["", "; phòng Tài chính bố trí kinh phí", "; đề nghị Công an tăng cường tuần tra"]))
    return f"{who.format(draw(_PEOPLE))} {draw(_VERBS)} {row}{more}."


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    text = draw(_openings())
    for sentence in draw(st.lists(st.one_of(_directives(), _LEVELS, _OTHERS), min_size=1, max_size=6, unique=True)):
        text += draw(_GAPS) + sentence
    return Article("a", text, title="Tin trong ngày", published=draw(st.sampled_from([None, date(2024, 5, 8)])))


ARTICLES = _articles()
SOME = settings(max_examples=60, deadline=None)

# --- what lies where --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _entries(record: Record) -> Iterator[Meeting | Target | Assignment]:
    if record.meeting is not None:
        yield record.meeting
    yield from record.targets
    yield from record.assignments


def _spans(value: object, name: str = "") -> Iterator[Span]:
    """Every span in a record, wherever it is held."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _spans(held, key)
    elif name.endswith(("span", "spans", "again", "mentions")) and value is not None:
        assert isinstance(value, list | tuple)
        if len(value) == 2 and all(isinstance(bound, int) for bound in value):
            yield value[0], value[1]
        else:
            for each in value:
                yield from _spans(each, name)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _spans(each, name)


@SOME
@given(article=ARTICLES)
def test_every_span_lies_in_the_article(extractor: Extractor, article: Article) -> None:
    found = list(_spans(asdict(extractor(article))))
    assert found
    for start, end in found:
        assert 0 <= start < end <= len(article.text)


def _said(article: Article, span: Span) -> str:
    return " ".join(article.text[slice(*span)].split())


@SOME
@given(article=ARTICLES)
def test_the_words_of_a_slot_are_those_at_its_span(extractor: Extractor, article: Article) -> None:
    for entry in _entries(extractor(article)):
        pairs: list[tuple[str, Span]] = []
        match entry:
            case Meeting():
                pairs += zip(entry.attendees, entry.attendee_spans, strict=True)
                pairs += [
                    (words, span)
                    for words, span in ((entry.place, entry.place_span), (entry.topic, entry.topic_span))
                    if words is not None and span is not None
                ]
                for name, span in zip(entry.chairs, entry.chair_spans, strict=True):
                    assert name.split()[-1] in _said(article, span) or "Chủ tịch" in _said(article, span)
            case Target():
                pairs.append((entry.quote, entry.span))
                pieces = entry.indicator.split(" … ")
                pairs += zip(pieces, entry.indicator_spans, strict=True)
                pairs += [(entry.base, entry.base_span)] if entry.base and entry.base_span else []
            case Assignment():
                if " … " not in entry.quote:
                    pairs.append((entry.quote, entry.span))
                pairs.append((entry.verb, entry.verb_span))
                pairs += zip(entry.assignees, entry.assignee_spans, strict=True)
                pairs += zip(entry.with_, entry.with_spans, strict=True)
                pairs += zip(entry.tasks, entry.task_spans, strict=True)
                pairs += [(entry.due.text, entry.due.span)] if entry.due else []
        assert [words for words, _ in pairs] == [_said(article, span) for _, span in pairs]


@SOME
@given(article=ARTICLES)
def test_a_filled_slot_has_a_span(extractor: Extractor, article: Article) -> None:
    for entry in _entries(extractor(article)):
        for slot in ("value", "base", "holder", "document", "assigner", "host", "place", "topic"):
            if hasattr(entry, f"{slot}_span") and getattr(entry, slot) is not None:
                assert getattr(entry, f"{slot}_span") is not None, (slot, entry)
        if isinstance(entry, Assignment):
            assert len(entry.documents) == len(entry.document_spans)


@SOME
@given(article=ARTICLES)
def test_the_parts_of_a_directive_lie_in_its_quote(extractor: Extractor, article: Article) -> None:
    for told in extractor(article).assignments:
        start, end = told.span
        for part in told.task_spans:
            assert start <= part[0] < part[1] <= end
        assert list(told.task_spans) == sorted(told.task_spans)
        assert len(told.assignees) == len(told.assignee_units)


@SOME
@given(article=ARTICLES)
def test_ids_are_unique(extractor: Extractor, article: Article) -> None:
    record = extractor(article)
    ids = [entry.id for kind in KINDS for entry in getattr(record, kind)]
    ids += [record.meeting.id] if record.meeting else []
    assert len(ids) == len(set(ids))


@settings(max_examples=30, deadline=None)
@given(article=ARTICLES)
def test_the_same_input_gives_the_same_record(extractor: Extractor, article: Article) -> None:
    assert extractor(article) == extractor(article)


@settings(max_examples=30, deadline=None)
@given(article=ARTICLES, before=st.sampled_from(["\n", "  \n\n", "Trang chủ | Tin tức | Liên hệ"]))
def test_ids_do_not_change_with_the_place(extractor: Extractor, article: Article, before: str) -> None:
    # a sentence in front would change the facts: the day of the news is looked for in the first sentences
    moved = Article("a", f"{before}\n\n{article.text}", title=article.title, published=article.published)
    assert [entry.id for entry in _entries(extractor(moved))] == [entry.id for entry in _entries(extractor(article))]


# --- why a slot is empty ----------------------------------------------------------------------------------------

SLOTS: dict[type, tuple[str, ...]] = {
    Meeting: ("date", "session", "host", "chairs", "attendees", "place", "topic"),
    Target: ("value", "base", "end", "holder", "document"),
    Assignment: ("assigner", "assignees", "lead", "with_", "deadline", "documents"),
}


@SOME
@given(article=ARTICLES)
def test_a_slot_is_filled_or_says_why_not(extractor: Extractor, article: Article) -> None:
    for entry in _entries(extractor(article)):
        for slot in SLOTS[type(entry)]:
            empty = getattr(entry, slot) in (None, ())
            assert empty == (slot.rstrip("_") in entry.why_empty), (slot, entry)


@SOME
@given(article=ARTICLES)
def test_a_reason_is_given_for_a_slot_that_there_is(extractor: Extractor, article: Article) -> None:
    for entry in _entries(extractor(article)):
        names = {field.name.rstrip("_") for field in fields(entry)}
        assert set(entry.why_empty) <= names
        assert set(entry.why_empty.values()) <= {"not_stated", "ambiguous"}


@pytest.mark.parametrize("slot", ["base", "lead"])
def test_slots_that_are_seldom_filled_say_why_they_are_empty(extractor: Extractor, slot: str) -> None:
    record = extractor("UBND huyện Bảo Lâm giao phòng Nội vụ rà soát hồ sơ. Năm 2023, tỷ lệ hộ nghèo còn 4,1%.")
    entry: Any = record.targets[0] if slot == "base" else record.assignments[0]
    assert getattr(entry, slot) is None
    assert entry.why_empty.get(slot) == "not_stated"


def test_slots_of_a_target_point_at_their_words(extractor: Extractor) -> None:
    text = (
        "UBND huyện Bảo Lâm họp. Theo Kế hoạch số 15/KH-UBND, huyện Bảo Lâm phấn đấu thu ngân sách đạt trên 97 tỷ "
        "đồng, tăng 5% so với năm 2023."
    )
    first, second = extractor(text).targets
    assert first.document_span is not None
    assert text[slice(*first.document_span)] == "Kế hoạch số 15/KH-UBND"
    assert first.holder_span is not None
    assert text[slice(*first.holder_span)] == first.holder == "huyện Bảo Lâm"
    assert first.value_span is not None
    assert text[slice(*first.value_span)] == "trên 97 tỷ đồng"
    assert second.base_span is not None
    assert text[slice(*second.base_span)] == second.base == "năm 2023"


# --- texts as they are stored -----------------------------------------------------------------------------------

WRITTEN = (
    "Sáng 7/5/2024, UBND huyện Bảo Lâm tổ chức hội nghị tại nhà văn {hoa}. Kết luận hội nghị, ông Danh Út, Chủ tịch "
    "UBND huyện yêu cầu các thôn {hoa} sửa chữa nhà văn {hoa}; phối hợp với phòng Văn {hoa} mua sách. "
    "Tỷ lệ thôn văn {hoa} đạt 61%."
)


@pytest.mark.parametrize("hoa", ["hóa", "HÓA", "hoá", "ho\u0301a", "“hóa”"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\n"])
def test_words_are_copied_as_they_are_written(extractor: Extractor, hoa: str, blank: str) -> None:
    text = WRITTEN.format(hoa=hoa).replace("sửa chữa", f"sửa{blank}chữa")
    record = extractor(text)
    (told,) = record.assignments
    for words, span in zip(told.tasks, told.task_spans, strict=True):
        assert words == " ".join(text[slice(*span)].split())
    assert told.quote == " ".join(text[slice(*told.span)].split())
    for target in record.targets:
        assert target.quote == " ".join(text[slice(*target.span)].split())


def test_texts_with_astral_characters_count_code_points(extractor: Extractor) -> None:
    text = "📌📌 UBND huyện Bảo Lâm yêu cầu các xã rà soát hồ sơ tồn đọng."
    (told,) = extractor(text).assignments
    assert text[slice(*told.span)] == "yêu cầu các xã rà soát hồ sơ tồn đọng"
