"""What short words refer to where somebody is told to do something: people, units and documents said in full before."""

from collections.abc import Callable

import pytest

from meetextract.records import Assignment, Record

Read = Callable[..., Record]

HELD = "Sáng 7/5/2024, UBND quận Bình Thủy tổ chức hội nghị về Kế hoạch số 137/KH-UBND ngày 11/4/2024 của UBND quận."
CHAIR = "ông Trương Hoàng Lộc, Chủ tịch UBND quận Bình Thủy"


def told(read: Read, *said: str) -> tuple[Assignment, ...]:
    return read(HELD, *said).assignments


# --- people -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        "Chủ tịch UBND quận",
        "Chủ tịch UBND quận Bình Thủy",
        "Chủ tịch quận",
        "đồng chí Chủ tịch",
        "ông Lộc",
        "đồng chí Lộc",
        "ông Hoàng Lộc",
        "Trương Hoàng Lộc",
        "ông",
        "đồng chí",
    ],
)
def test_a_short_reference_to_the_one_who_tells(read: Read, who: str) -> None:
    (assignment,) = told(
        read, f"Kết luận hội nghị, {CHAIR} ghi nhận kết quả. Đồng thời, {who} yêu cầu các phường rà soát vỉa hè."
    )
    assert assignment.assigner == "Trương Hoàng Lộc"
    assert assignment.assigner_span is not None


def test_a_title_said_before_its_name_is_known(read: Read) -> None:
    assignments = told(
        read, "Chủ tịch UBND quận yêu cầu các phường rà soát vỉa hè.", f"Hội nghị do {CHAIR} chủ trì, bế mạc lúc trưa."
    )
    assert [assignment.assigner for assignment in assignments] == ["Trương Hoàng Lộc"]


def test_the_chair_of_another_unit_is_somebody_else(read: Read) -> None:
    (assignment,) = told(
        read,
        f"Hội nghị do {CHAIR} chủ trì.",
        "Chủ tịch UBND thành phố Cần Thơ yêu cầu UBND quận rà soát vỉa hè.",
    )
    assert assignment.assigner == "UBND thành phố Cần Thơ"


def test_a_given_name_of_two_people_stays_open(read: Read) -> None:
    (assignment,) = told(
        read,
        f"Dự hội nghị có {CHAIR} và ông Lâm Văn Lộc, Bí thư Quận ủy Bình Thủy.",
        "Ông Lộc yêu cầu các phường rà soát vỉa hè.",
    )
    assert assignment.assigner is None
    assert assignment.why_empty["assigner"] == "ambiguous"


def test_what_one_of_two_goes_on_to_say_stays_open_too(read: Read) -> None:
    assignments = told(
        read,
        f"Dự hội nghị có {CHAIR} và ông Lâm Văn Lộc, Bí thư Quận ủy Bình Thủy.",
        "Ông Lộc yêu cầu các phường rà soát vỉa hè. Ông cũng đề nghị Công an quận tăng cường tuần tra.",
    )
    assert [(one.assigner, one.why_empty["assigner"]) for one in assignments] == [(None, "ambiguous")] * 2


def test_two_people_with_the_same_full_name(read: Read) -> None:
    record = read(
        HELD,
        f"Kết luận hội nghị, {CHAIR} yêu cầu các phường rà soát vỉa hè.",
        "Ông Trương Hoàng Lộc, Trưởng khu vực Thới Ngươn nêu ý kiến về rác thải.",
    )
    assert [assignment.assigner for assignment in record.assignments] == ["Trương Hoàng Lộc"]


# --- units ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("phòng Nội vụ", "phòng Nội vụ quận Bình Thủy"),
        ("Phòng Nội vụ quận", "phòng Nội vụ quận Bình Thủy"),
        ("Công an quận", "Công an quận Bình Thủy"),
        ("UBND quận", "UBND quận Bình Thủy"),
        ("UBND phường Trà Nóc", "UBND phường Trà Nóc"),
        ("các phường", None),
        ("UBND các phường", None),
    ],
)
def test_the_unit_told(read: Read, said: str, unit: str | None) -> None:
    (assignment,) = told(read, f"Kết luận hội nghị, {CHAIR} đề nghị {said} rà soát vỉa hè.")
    assert assignment.assignees == (said,)
    (found,) = assignment.assignee_units
    assert (found and found.lower()) == (unit and unit.lower())


@pytest.mark.parametrize("who", ["UBND quận", "Quận", "UBND quận Bình Thủy"])
def test_the_unit_that_tells(read: Read, who: str) -> None:
    (assignment,) = told(read, f"{who} yêu cầu các phường rà soát vỉa hè.")
    assert assignment.assigner == "UBND quận Bình Thủy"


# --- documents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Kế hoạch số 137/KH-UBND", "Kế hoạch 137/KH-UBND"])
def test_a_document_in_full(read: Read, said: str) -> None:
    (assignment,) = told(read, f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai {said}.")
    assert assignment.documents == ("137/KH-UBND",)
    assert "documents" not in assignment.why_empty


@pytest.mark.parametrize(
    "said", ["Kế hoạch trên", "Kế hoạch này", "Kế hoạch nêu trên", "Kế hoạch số 137", "Kế hoạch 137"]
)
def test_a_short_reference_to_a_document(read: Read, said: str) -> None:
    (assignment,) = told(read, f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai {said}.")
    assert assignment.documents == ("137/KH-UBND",)


def test_a_short_reference_to_either_of_two_documents_stays_open(read: Read) -> None:
    (assignment,) = told(
        read,
        "Quận cũng đã có Kế hoạch số 88/KH-UBND.",
        f"Kết luận hội nghị, {CHAIR} yêu cầu các phường xây dựng vỉa hè theo các Kế hoạch trên.",
    )
    assert set(assignment.documents) in (set(), {"137/KH-UBND", "88/KH-UBND"})
    if not assignment.documents:
        assert assignment.why_empty["documents"] == "ambiguous"


def test_a_plan_of_its_own_is_no_reference(read: Read) -> None:
    (assignment,) = told(read, f"Kết luận hội nghị, {CHAIR} yêu cầu các phường xây dựng kế hoạch chi tiết.")
    assert (assignment.documents, assignment.why_empty["documents"]) == ((), "not_stated")


def test_several_documents_each_once(read: Read) -> None:
    (assignment,) = told(
        read,
        f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai Đề án 06, Quyết định số 19/QĐ-TTg; học Đề án 06.",
    )
    assert assignment.documents == ("06", "19/QĐ-TTg")


@pytest.mark.parametrize("said", ["các xã, phường triển khai Kế hoạch trên", "các xã triển khai nội dung Kế hoạch này"])
def test_a_short_reference_has_its_own_place(read: Read, said: str) -> None:
    text = f"{HELD}\n\nKết luận hội nghị, {CHAIR} yêu cầu {said}."
    (assignment,) = read(text).assignments
    (span,) = assignment.document_spans
    assert text[slice(*span)] in ("Kế hoạch trên", "Kế hoạch này")


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("Quận cũng vừa ban hành Kế hoạch về thoát nước.", "Kế hoạch trên"),  # which of the two
        ("Quận cũng có các Kế hoạch số 88/KH-UBND và Kế hoạch số 89/KH-UBND.", "Kế hoạch này"),
    ],
)
def test_a_short_reference_to_whichever_of_two(read: Read, between: str, said: str) -> None:
    (assignment,) = told(read, between, f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai {said}.")
    assert (assignment.documents, assignment.why_empty["documents"]) == ((), "ambiguous")


def test_a_short_reference_means_a_document_of_its_type(read: Read) -> None:
    (assignment,) = told(
        read,
        "Quận thực hiện Nghị quyết số 07-NQ/QU.",
        f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai Kế hoạch nêu trên.",
    )
    assert assignment.documents == ("137/KH-UBND",)


@pytest.mark.parametrize("said", ["kế hoạch trên địa bàn phường", "Chỉ thị này"])
def test_words_that_refer_to_no_document_named(read: Read, said: str) -> None:
    (assignment,) = told(read, f"Kết luận hội nghị, {CHAIR} yêu cầu các phường triển khai {said}.")
    assert (assignment.documents, assignment.why_empty["documents"]) == ((), "not_stated")


def test_the_document_of_a_target_said_shortly(read: Read) -> None:
    record = read(HELD, "Theo Kế hoạch trên, quận phấn đấu thu gom 95% rác thải sinh hoạt trong năm 2025.")
    assert [target.document for target in record.targets] == ["137/KH-UBND"]
