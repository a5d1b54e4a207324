"""By when: the words that set a deadline, and the days that they come to."""

from collections.abc import Callable

import pytest

from meetextract.records import Assignment, Record

Read = Callable[..., Record]

OPENING = "Sáng 12/3/2024, UBND thị xã Ninh Hòa tổ chức hội nghị giao ban công tác tháng 3."
CONCLUDING = "Kết luận hội nghị, bà Cao Thị Nhàn, Chủ tịch UBND thị xã Ninh Hòa yêu cầu"


def told(read: Read, directive: str) -> Assignment:
    """The one assignment of a report."""
    (assignment,) = read(OPENING, f"{CONCLUDING} {directive}").assignments
    return assignment


@pytest.mark.parametrize(
    ("said", "deadline"),
    [
        ("trước ngày 20/5", "2024-05-20"),
        ("trước ngày 20/5/2024", "2024-05-20"),
        ("trước 20/5", "2024-05-20"),
        ("chậm nhất ngày 25/4", "2024-04-25"),
        ("chậm nhất là ngày 25/4/2024", "2024-04-25"),
        ("chậm nhất đến hết tháng 4", "2024-04-30"),
        ("hoàn thành trước ngày 2 tháng 9", "2024-09-02"),
        ("hoàn thành trong tháng 6", "2024-06-30"),
        ("hoàn thành trong tháng 6/2024", "2024-06-30"),
        ("xong trong quý II", "2024-06-30"),
        ("trong quý II/2024", "2024-06-30"),
        ("hoàn thành trong quý I", "2024-03-31"),
        ("hoàn thành đến hết năm 2024", "2024-12-31"),
        ("hoàn thành trong năm 2024", "2024-12-31"),
        ("hoàn thành trước cuối năm 2024", "2024-12-31"),
        ("chậm nhất là 25/4", "2024-04-25"),
        ("thời hạn 25/4", "2024-04-25"),
        ("đến hết năm", "2024-12-31"),
        ("từ ngày 15/3 đến ngày 30/4", "2024-04-30"),
    ],
)
def test_the_last_day(read: Read, said: str, deadline: str) -> None:
    assignment = told(read, f"các xã rà soát hộ dân ven biển, {said}.")
    assert assignment.deadline == deadline
    assert assignment.due is not None
    assert assignment.due.end == deadline
    assert "deadline" not in assignment.why_empty


@pytest.mark.parametrize(
    ("directive", "deadline"),
    [
        ("trong tháng 6, các xã hoàn thành việc rà soát hộ dân ven biển.", "2024-06-30"),
        ("các xã rà soát hộ dân ven biển và báo cáo trước ngày 20/5.", "2024-05-20"),
        ("các xã rà soát hộ dân; báo cáo phòng Nội vụ trước ngày 20/5.", "2024-05-20"),
        ("trước ngày 20/5, các xã phải rà soát xong hộ dân ven biển.", "2024-05-20"),
    ],
)
def test_where_it_may_stand(read: Read, directive: str, deadline: str) -> None:
    record = read(OPENING, f"{CONCLUDING} {directive}")
    assert deadline in [assignment.deadline for assignment in record.assignments]


def test_a_time_given_has_its_first_day(read: Read) -> None:
    due = told(read, "các xã rà soát hộ dân ven biển, hoàn thành trong tháng 6.").due
    assert due is not None
    assert (due.start, due.end, due.every) == ("2024-06-01", "2024-06-30", None)
    assert due.text.endswith("trong tháng 6")
    assert due.anchor is not None  # the year is the article's


def test_a_day_is_a_last_day_only(read: Read) -> None:
    due = told(read, "các xã rà soát hộ dân ven biển trước ngày 20/5/2024.").due
    assert due is not None
    assert (due.start, due.end, due.anchor) == (None, "2024-05-20", None)


@pytest.mark.parametrize("event", ["hội nghị", "cuộc họp", "buổi làm việc"])
def test_right_after_the_meeting(read: Read, event: str) -> None:
    assignment = told(read, f"ngay sau {event}, các xã rà soát hộ dân ven biển.")
    assert assignment.due is not None
    assert (assignment.due.start, assignment.due.end, assignment.due.anchor) == ("2024-03-12", None, "meeting")
    assert assignment.deadline is None


@pytest.mark.parametrize(
    ("said", "every"),
    [
        ("hằng tháng", "month"),
        ("hàng tuần", "week"),
        ("định kỳ hằng quý", "quarter"),
        ("mỗi ngày", "day"),
        ("hằng năm", "year"),
    ],
)
def test_what_comes_again(read: Read, said: str, every: str) -> None:
    assignment = told(read, f"các xã báo cáo tiến độ {said}.")
    assert assignment.due is not None
    assert (assignment.due.every, assignment.due.start, assignment.due.end) == (every, None, None)
    assert assignment.deadline is None


def test_the_latest_of_several(read: Read) -> None:
    assignment = told(read, "các xã lập danh sách trước ngày 10/4; hoàn thành chi trả trước ngày 20/5.")
    assert assignment.deadline == "2024-05-20"


@pytest.mark.parametrize(
    "directive",
    [
        "các xã rà soát hộ dân ven biển.",
        "các xã thực hiện kế hoạch phát triển nhà ở đến năm 2030.",
        "các xã tổng kết công tác năm 2023.",
        "các xã rà soát kết quả tiêm phòng tháng 2.",
        "các xã khắc phục hậu quả cơn bão ngày 5/3.",
    ],
)
def test_no_deadline(read: Read, directive: str) -> None:
    assignment = told(read, directive)
    assert (assignment.deadline, assignment.due) == (None, None)
    assert assignment.why_empty["deadline"] == "not_stated"


def test_a_deadline_belongs_to_its_own_directive(read: Read) -> None:
    first, second = read(
        OPENING, f"{CONCLUDING} các xã rà soát hộ dân trước ngày 20/5; đề nghị Công an thị xã tăng cường tuần tra."
    ).assignments
    assert (first.deadline, second.deadline) == ("2024-05-20", None)


def test_a_month_already_over_is_next_years(read: Read) -> None:
    record = read(
        "Sáng 20/12/2024, UBND thị xã Ninh Hòa tổ chức hội nghị giao ban.",
        f"{CONCLUDING} các xã rà soát hộ dân ven biển, hoàn thành trước ngày 15/1.",
    )
    assert [assignment.deadline for assignment in record.assignments] == ["2025-01-15"]


def test_without_any_year_the_deadline_stays_open(read: Read) -> None:
    record = read("Chủ tịch UBND thị xã Ninh Hòa yêu cầu các xã rà soát hộ dân ven biển trước ngày 20/5.")
    (assignment,) = record.assignments
    assert assignment.deadline is None
    assert assignment.why_empty["deadline"] == "ambiguous"


@pytest.mark.parametrize(
    ("task", "deadline"),
    [
        ("tham mưu kế hoạch trong quý I", "2024-03-31"),
        ("trình đề án trong tháng 4/2024", "2024-04-30"),
        ("triển khai nhiệm vụ trong tháng 4", "2024-04-30"),
        ("hoàn thành mặt bằng cuối năm 2024", "2024-12-31"),
    ],
)
def test_a_plan_before_a_time_does_not_take_it(read: Read, task: str, deadline: str) -> None:
    assert told(read, f"các xã {task}.").deadline == deadline


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("trước ngày 31/4", "trước ngày 31/4"),
        ("trong vòng 10 ngày", "trong vòng 10 ngày"),
        ("trước ngày 10 hằng tháng", "trước ngày 10 hằng tháng"),
        ("ngay sau hội nghị", "ngay sau hội nghị"),
    ],
)
def test_words_that_come_to_no_day_are_kept_and_called_ambiguous(read: Read, said: str, words: str) -> None:
    assignment = told(read, f"các xã báo cáo kết quả {said}.")
    assert assignment.deadline is None
    assert assignment.due is not None
    assert assignment.due.text == words
    assert assignment.why_empty["deadline"] == "ambiguous"
