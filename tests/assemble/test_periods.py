"""The period of a level that its own words do not say: carried on, framed, or none."""

from collections.abc import Callable

import pytest

from meetextract.records import Record

Read = Callable[..., Record]
Periods = list[tuple[str | None, str | None]]

OPENING = "Sáng 10/7/2024, UBND huyện Ba Bể tổ chức hội nghị."


def periods(record: Record) -> Periods:
    return [(target.start, target.end) for target in record.targets]


def test_a_period_is_carried_on_within_a_list(read: Read) -> None:
    record = read(
        OPENING, "Năm 2023, giải ngân đạt 91%; thu ngân sách đạt 104%; tỷ lệ hộ nghèo còn 12%."
    )  # one frame, three levels
    assert periods(record) == [("2023-01-01", "2023-12-31")] * 3


def test_a_period_is_carried_on_over_sentences(read: Read) -> None:
    record = read(OPENING, "6 tháng đầu năm 2024, giải ngân đạt 41%. Thu ngân sách đạt 54%. Tỷ lệ hộ nghèo còn 12%.")
    assert periods(record) == [("2024-01-01", "2024-06-30")] * 3


def test_a_new_period_ends_the_one_before(read: Read) -> None:
    record = read(OPENING, "Năm 2022, giải ngân đạt 88%. Năm 2023, giải ngân đạt 91%. Thu ngân sách đạt 104%.")
    assert periods(record) == [
        ("2022-01-01", "2022-12-31"),
        ("2023-01-01", "2023-12-31"),
        ("2023-01-01", "2023-12-31"),
    ]


def test_each_of_several_has_its_own(read: Read) -> None:
    record = read(OPENING, "Tỷ lệ hộ nghèo năm 2021 còn 21%, năm 2022 còn 17%, năm 2023 còn 12%.")
    assert periods(record) == [
        ("2021-01-01", "2021-12-31"),
        ("2022-01-01", "2022-12-31"),
        ("2023-01-01", "2023-12-31"),
    ]


@pytest.mark.parametrize("now", ["Hiện nay", "Đến nay", "Hiện"])
def test_now_is_no_period(read: Read, now: str) -> None:
    record = read(OPENING, f"Năm 2023, giải ngân đạt 91%. {now}, thu ngân sách đạt 54%.")
    assert periods(record) == [("2023-01-01", "2023-12-31"), (None, None)]


def test_the_day_of_the_meeting_is_no_period(read: Read) -> None:
    record = read("Sáng 10/7/2024, tại hội nghị, huyện Ba Bể báo cáo giải ngân đạt 41%.")
    assert periods(record) == [(None, None)]


def test_the_year_of_a_document_is_no_period(read: Read) -> None:
    record = read(OPENING, "Theo Nghị quyết số 08-NQ/HU ngày 15/3/2021, tỷ lệ hộ nghèo giảm còn 12%.")
    assert periods(record) == [(None, None)]


def test_a_period_before_the_meeting_is_not_carried_on_to_goals(read: Read) -> None:
    record = read(OPENING, "Năm 2023, giải ngân đạt 91%.", "Phấn đấu tỷ lệ hộ nghèo còn 10%.")
    assert periods(record) == [("2023-01-01", "2023-12-31"), (None, None)]


def test_from_day_to_day(read: Read) -> None:
    record = read(OPENING, "Từ ngày 01/01/2024 đến ngày 31/5/2024, toàn huyện tiếp nhận 4.120 hồ sơ.")
    assert periods(record) == [("2024-01-01", "2024-05-31")]


def test_where_the_period_is_said(read: Read) -> None:
    text = f"{OPENING}\n\nNăm 2023, giải ngân đạt 91%. Thu ngân sách đạt 104%."
    record = read(text)
    said = [text[slice(*target.period_span)] for target in record.targets if target.period_span]
    assert said == ["Năm 2023", "Năm 2023"]


def test_a_deadline_of_a_list_holds_for_its_items(read: Read) -> None:
    record = read(
        OPENING, "Mục tiêu đến năm 2030:", "- Tỷ lệ hộ nghèo còn 3%.", "- Che phủ rừng đạt 73%.", "- 100% xã có chợ."
    )  # fmt: skip
    assert periods(record) == [(None, "2030-12-31")] * 3


@pytest.mark.parametrize(
    "about", ["giao ban công tác tháng 6/2024", "đánh giá tình hình kinh tế - xã hội tháng 6/2024"]
)
def test_a_result_is_of_what_the_report_is_about(read: Read, about: str) -> None:
    record = read(f"Sáng 10/7/2024, UBND huyện Ba Bể tổ chức hội nghị {about}.", "Giải ngân vốn đầu tư công đạt 41%.")
    assert periods(record) == [("2024-06-01", "2024-06-30")]


def test_the_years_of_a_programme_are_no_period(read: Read) -> None:
    record = read(
        OPENING, "Chương trình mục tiêu quốc gia giảm nghèo, giai đoạn 2021 - 2025, được quan tâm. Giải ngân đạt 41%."
    )
    assert periods(record) == [(None, None)]


def test_a_term_of_office_is_one(read: Read) -> None:
    record = read(OPENING, "Nhìn lại nhiệm kỳ 2020 - 2025, toàn huyện đã trồng 620 ha rừng.")
    assert periods(record) == [("2020-01-01", "2025-12-31")]


def test_a_date_in_brackets_is_of_the_number_before_them(read: Read) -> None:
    record = read(OPENING, "Năm 2023, tỷ lệ hộ nghèo từ 25,4% (cuối năm 2021) giảm còn 21,2%.")
    assert periods(record)[-1] == ("2023-01-01", "2023-12-31")


def test_a_span_of_years_holds_for_one_sentence(read: Read) -> None:
    said = (
        "Giai đoạn 2009 - 2019, dân số tăng 2,2%.",
        "Trong đó, dân số thành thị tăng 3,1%.",
        "Tỷ lệ hộ nghèo còn 4%.",
    )
    record = read("Sáng 10/7/2024, UBND huyện Đắk Song tổ chức hội nghị về dân số.", *said)
    decade = ("2009-01-01", "2019-12-31")
    assert periods(record) == [decade, decade, (None, None)]


def test_dates_in_brackets_frame_nothing(read: Read) -> None:
    said = ("Năm 2023, huyện mở hai hội thi (tháng 3/2023, tháng 9/2023).", "Tỷ lệ hộ nghèo còn 4%.")
    record = read("Sáng 10/1/2024, UBND huyện Đắk Song tổ chức hội nghị.", *said)
    assert periods(record)[-1:] == [("2023-01-01", "2023-12-31")]


def test_the_period_of_goals_is_not_carried_on_to_results(read: Read) -> None:
    record = read(
        OPENING,
        "Mục tiêu năm 2024: thu ngân sách 450 tỷ đồng; tỷ lệ hộ nghèo còn 1%.",
        "Các xã đã triển khai. Tỷ lệ tiêm chủng đã đạt 97,5%.",
    )
    assert periods(record) == [("2024-01-01", "2024-12-31")] * 2 + [(None, None)]


def test_a_period_that_has_nearly_passed_is_carried_on(read: Read) -> None:
    record = read(
        "Sáng 12/12/2024, UBND huyện Ba Bể tổ chức hội nghị.", "Năm 2024, giải ngân đạt 91%. Thu ngân sách đạt 104%."
    )
    assert periods(record) == [("2024-01-01", "2024-12-31")] * 2
