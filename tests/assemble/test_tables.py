"""Tables of tasks that were pasted as text."""

import pytest

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Assignment

HEAD = (
    "Sáng 12/4/2024, UBND huyện Ba Bể tổ chức họp."
    " Chủ tịch UBND huyện Hà Thị Mơ giao nhiệm vụ cho các phòng như sau:\n\n"
)


def assignments(extractor: Extractor, table: str) -> tuple[Assignment, ...]:
    return extractor(Article("a", HEAD + table)).assignments


@pytest.mark.parametrize("sign", [" | ", "|", "\t"])
def test_each_row_is_an_assignment_of_the_directive_before_the_table(extractor: Extractor, sign: str) -> None:
    rows = [
        ["TT", "Cơ quan chủ trì", "Cơ quan phối hợp", "Nội dung công việc", "Thời hạn"],
        ["1", "Phòng Nội vụ", "Phòng Tư pháp, Công an huyện", "Rà soát biên chế; lập danh sách", "30/6"],
        ["2", "Phòng Y tế", "-", "Kiểm tra bếp ăn", "Hằng tháng"],
    ]
    first, second = assignments(extractor, "\n".join(sign.join(row) for row in rows) + "\n")
    assert (first.verb, first.assigner, first.assignees) == ("giao", "Hà Thị Mơ", ("Phòng Nội vụ",))
    assert first.with_ == ("Phòng Tư pháp", "Công an huyện")
    assert first.tasks == ("Rà soát biên chế", "lập danh sách")
    assert first.deadline == "2024-06-30"
    assert first.due is not None
    assert first.due.anchor in ("meeting", "Sáng 12/4/2024")  # the day of the meeting, or the words that name it
    assert (second.assignees, second.with_, second.tasks) == (("Phòng Y tế",), (), ("Kiểm tra bếp ăn",))
    assert second.deadline is None
    assert second.due is not None
    assert second.due.every == "month"


def test_cells_may_be_framed_and_ruled(extractor: Extractor) -> None:
    table = "| Đơn vị | Nhiệm vụ |\n|---|---|\n| Phòng Nội vụ | Rà soát biên chế |\n"
    (only,) = assignments(extractor, table)
    assert (only.assignees, only.tasks) == (("Phòng Nội vụ",), ("Rà soát biên chế",))


def test_an_empty_cell_of_those_told_repeats_the_one_above(extractor: Extractor) -> None:
    table = "Đơn vị\tViệc phải làm\nPhòng Nội vụ\tRà soát biên chế\n\tLập danh sách\n"
    assert [a.assignees for a in assignments(extractor, table)] == [("Phòng Nội vụ",)] * 2


def test_the_spans_of_a_row_are_its_cells(extractor: Extractor) -> None:
    text = HEAD + "Đơn vị\tViệc phải làm\tHạn\nPhòng Nội vụ\tRà soát biên chế\t15/5/2024\n"
    (only,) = extractor(Article("a", text)).assignments
    assert text[slice(*only.span)] == "Phòng Nội vụ\tRà soát biên chế"
    assert text[slice(*only.task_spans[0])] == "Rà soát biên chế"
    assert only.due is not None
    assert text[slice(*only.due.span)] == "15/5/2024"
    assert only.deadline == "2024-05-15"


def test_a_day_before_the_meeting_is_one_of_the_next_year(extractor: Extractor) -> None:
    (only,) = assignments(extractor, "Đơn vị\tViệc phải làm\tHạn\nPhòng Nội vụ\tTổng kết năm\t31/1\n")
    assert only.deadline == "2025-01-31"


@pytest.mark.parametrize(
    "table",
    [
        "Xã\tSố hộ\nHà Hiệu\t120\n",  # no column of tasks
        "Đơn vị\tViệc phải làm\n",  # headings alone
        "Đơn vị\tViệc phải làm\nPhòng Nội vụ\n",  # another number of cells
        "Đơn vị\tViệc phải làm\n-\t-\n",  # empty cells
    ],
)
def test_other_tables_tell_nobody_anything(extractor: Extractor, table: str) -> None:
    assert not any(a.assignees == ("Phòng Nội vụ",) and "Rà soát" in a.tasks[0] for a in assignments(extractor, table))


def test_a_table_without_a_directive_before_it_tells_nobody(extractor: Extractor) -> None:
    text = "Đơn vị\tViệc phải làm\nPhòng Nội vụ\tRà soát biên chế\n"
    assert extractor(Article("a", text)).assignments == ()


def test_a_day_whose_year_nothing_tells_stays_open(extractor: Extractor) -> None:
    text = "Chủ tịch UBND huyện Hà Thị Mơ giao nhiệm vụ cho các phòng như sau:\n\n"
    table = "Đơn vị\tViệc phải làm\tHạn\nPhòng Nội vụ\tRà soát biên chế\t31/5\n"
    (only,) = extractor(Article("a", text + table)).assignments
    assert (only.deadline, only.why_empty["deadline"]) == (None, "ambiguous")


def test_a_day_that_does_not_exist_is_no_deadline(extractor: Extractor) -> None:
    (only,) = assignments(extractor, "Đơn vị\tViệc phải làm\tHạn\nPhòng Nội vụ\tTổng kết\t31/2\n")
    assert only.deadline is None
    assert only.due is not None
    assert only.due.text == "31/2"
