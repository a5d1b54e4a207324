"""Dates of an article: which year and which day they lean on."""

from collections.abc import Callable
from datetime import date

import pytest

from meetextract.records import Record

Read = Callable[..., Record]
HOME = "UBND huyện Yên Lạc họp giao ban."


def starts(record: Record) -> dict[str, str]:
    return {entry.text: entry.start for entry in record.dates}


def periods(record: Record) -> dict[str, tuple[str, str]]:
    return {entry.text: (entry.start, entry.end) for entry in record.dates}


def anchors(record: Record) -> dict[str, str | None]:
    return {entry.text: entry.anchor for entry in record.dates}


def reasons(record: Record) -> dict[str, str]:
    return {entry.text: entry.why for entry in record.unplaced_dates}


# --- the year ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "text", "start"),
    [
        ("Huyện làm xong trước ngày 30/6.", "ngày 30/6", "2022-06-30"),
        ("Huyện làm xong trong tháng 5.", "tháng 5", "2022-05-01"),
        ("Huyện làm xong trong quý III.", "quý III", "2022-07-01"),
        ("Huyện làm xong trong 6 tháng cuối năm.", "6 tháng cuối năm", "2022-07-01"),
    ],
)
def test_the_year_that_the_article_speaks_of_is_carried_on(read: Read, said: str, text: str, start: str) -> None:
    assert starts(read(HOME, "Năm 2022, huyện thu ngân sách khá.", said))[text] == start


def test_a_carried_year_is_named_as_the_anchor(read: Read) -> None:
    record = read(HOME, "Năm 2022, huyện thu ngân sách khá.", "Huyện làm xong trong quý III.")
    assert anchors(record)["quý III"] == "năm 2022"


def test_a_complete_date_has_no_anchor(read: Read) -> None:
    assert anchors(read(HOME, "Huyện làm xong trước ngày 30/6/2022.")) == {"ngày 30/6/2022": None}


def test_the_year_of_publication_wins_over_a_year_spoken_of(read: Read) -> None:
    record = read(HOME, "Năm 2022, huyện thu ngân sách khá.", "Huyện làm xong trước ngày 30/6.", published="2023-05-04")
    assert starts(record)["ngày 30/6"] == "2023-06-30"
    assert anchors(record)["ngày 30/6"] == "published"


def test_a_publication_date_that_the_page_shows_is_an_anchor(read: Read) -> None:
    record = read("Huyện Yên Lạc họp giao ban", "Ngày đăng 04/05/2023 | 09:43", "UBND huyện làm xong trước ngày 30/6.")
    assert starts(record) == {"ngày 30/6": "2023-06-30"}


def test_a_given_publication_date_wins_over_a_shown_one(read: Read) -> None:
    paragraphs = ["Huyện Yên Lạc họp giao ban", "Ngày đăng 04/05/2023 | 09:43", "UBND huyện làm xong trước ngày 30/6."]
    assert starts(read(*paragraphs, published=date(2021, 5, 4))) == {"ngày 30/6": "2021-06-30"}


def test_a_year_of_a_goal_is_not_the_articles_own(read: Read) -> None:
    record = read(HOME, "Đến năm 2030, huyện đạt chuẩn.", "Huyện làm xong trong quý III.")
    assert reasons(record) == {"quý III": "year_unknown"}


def test_a_year_that_the_article_speaks_of_outweighs_a_goals(read: Read) -> None:
    record = read(HOME, "Năm 2022, huyện khá. Đến năm 2030, huyện đạt chuẩn.", "Huyện làm xong trong quý III.")
    assert starts(record)["quý III"] == "2022-07-01"


def test_dates_of_documents_do_not_outvote_the_articles_year(read: Read) -> None:
    record = read(
        HOME,
        "Theo Kế hoạch số 15/KH-UBND ngày 3/2/2019 và Quyết định số 7/QĐ-UBND ngày 5/2/2019, huyện đã làm đường.",
        "Năm 2023, huyện thu ngân sách khá và làm xong trong quý III.",
    )
    assert starts(record)["quý III"] == "2023-07-01"


@pytest.mark.parametrize("history", ["Huyện thành lập năm 1995.", "Năm 1968, làng còn nghèo."])
def test_old_years_do_not_set_the_year(read: Read, history: str) -> None:
    record = read(HOME, history, "Huyện làm xong trong quý III.")
    assert reasons(record) == {"quý III": "year_unknown"}


def test_a_year_before_the_word_for_a_district_is_a_year(read: Read) -> None:
    assert periods(read("Năm 2022 huyện thu ngân sách khá.")) == {"Năm 2022": ("2022-01-01", "2022-12-31")}


# --- the day ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dateline", ["Chiều 14/3/2022", "Ngày 14/3/2022", "(TTXVN) - Sáng 14/3/2022"])
def test_the_dateline_is_the_day_of_writing(read: Read, dateline: str) -> None:
    record = read(f"{dateline}, UBND huyện Yên Lạc họp giao ban.", "Hôm nay, huyện làm đường.")
    assert starts(record)["Hôm nay"] == "2022-03-14"


def test_yesterdays_dateline_puts_the_writing_on_the_next_day(read: Read) -> None:
    record = read("Chiều qua (14/3/2022), UBND huyện Yên Lạc họp giao ban.", "Hôm nay, huyện làm đường.")
    assert starts(record)["Hôm nay"] == "2022-03-15"


def test_a_datelines_missing_year_is_the_one_spoken_of(read: Read) -> None:
    record = read("Chiều 14/3, UBND huyện Yên Lạc họp giao ban.", "Năm 2022, huyện thu ngân sách khá.")
    assert starts(record)["Chiều 14/3"] == "2022-03-14"


@pytest.mark.parametrize(
    ("fact", "start"), [("23/12/2021", "2022-03-14"), ("5/2/2021", "2021-03-14"), ("7/2017", "2018-03-14")]
)
def test_a_datelines_missing_year_is_the_first_after_the_last_fact(read: Read, fact: str, start: str) -> None:
    record = read(
        "Chiều 14/3, UBND huyện Yên Lạc họp giao ban.",
        "Năm 2017, huyện thu khá. Cả năm 2017, huyện không nợ.",
        f"Ông An giữ chức ngày {fact}." if fact.count("/") == 2 else f"Ông An nghỉ việc tháng {fact}.",
    )
    assert starts(record)["Chiều 14/3"] == start


def test_a_dateline_shortly_before_a_fact_is_of_its_year(read: Read) -> None:
    record = read("Chiều 10/9, UBND huyện Yên Lạc họp giao ban.", "Kế hoạch được ban hành ngày 12/9/2022.")
    assert starts(record)["Chiều 10/9"] == "2022-09-10"


def test_what_has_to_be_done_does_not_set_the_year(read: Read) -> None:
    record = read(
        "Chiều 10/9, UBND huyện Yên Lạc họp giao ban.",
        "Trong năm 2022, huyện thu ngân sách khá.",
        "Tuyến đường phải làm xong trong năm 2023.",
    )
    assert starts(record)["Chiều 10/9"] == "2022-09-10"


@pytest.mark.parametrize(("deadline", "start"), [("15/10/2022", "2022-09-10"), ("15/2/2023", "2022-09-10")])
def test_where_nothing_else_tells_the_year_the_first_deadline_does(read: Read, deadline: str, start: str) -> None:
    record = read("Chiều 10/9, UBND huyện Yên Lạc họp giao ban.", f"Huyện báo cáo kết quả trước ngày {deadline}.")
    assert starts(record)["Chiều 10/9"] == start


def test_a_day_named_in_full_elsewhere_is_that_day(read: Read) -> None:
    record = read(
        "Chiều 10/9, UBND huyện Yên Lạc họp giao ban.",
        "Năm 2022, huyện thu ngân sách khá. Năm 2022, huyện giảm hộ nghèo.",
        "Mưa lớn vào ngày 10/9/2023.",
    )
    assert starts(record)["Chiều 10/9"] == "2023-09-10"


def test_the_news_is_of_before_the_publication(read: Read) -> None:
    record = read("Sáng 22/11, UBND huyện Yên Lạc họp giao ban.", "Mưa lớn từ đêm 20/11.", published="2022-07-30")
    assert starts(record) == {"Sáng 22/11": "2021-11-22", "đêm 20/11": "2021-11-20"}


def test_a_documents_day_is_no_dateline(read: Read) -> None:
    record = read("Kế hoạch số 15/KH-UBND ngày 14/3/2022 đang được triển khai.", "Hôm nay, huyện làm đường.")
    assert reasons(record) == {"Hôm nay": "day_unknown"}


def test_a_deadline_is_no_dateline(read: Read) -> None:
    record = read("Năm 2022, huyện thu khá.", "Xong trước ngày 30/6.", "Hôm nay, huyện làm đường.")
    assert reasons(record) == {"Hôm nay": "day_unknown"}


# --- what leans on the date before ------------------------------------------------------------------------------


def test_the_same_day_is_the_day_said_before(read: Read) -> None:
    record = read("Sáng 14/3/2022, huyện họp.", "Ngày 20/3/2022, xã họp. Chiều cùng ngày, xã làm đường.")
    (entry,) = (entry for entry in record.dates if entry.text == "Chiều cùng ngày")
    assert (entry.start, entry.session) == ("2022-03-20", "afternoon")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("6 tháng đầu năm 2022", ("2021-01-01", "2021-06-30")),
        ("Quý II/2022", ("2021-04-01", "2021-06-30")),
        ("Tháng 2/2021", ("2020-02-01", "2020-02-28")),
        ("Năm 2022", ("2021-01-01", "2021-12-31")),
    ],
)
@pytest.mark.parametrize("same", ["cùng kỳ", "cùng kỳ năm trước"])
def test_the_same_period_is_a_year_earlier(read: Read, same: str, period: str, expected: tuple[str, str]) -> None:
    assert periods(read(f"{period}, thu ngân sách tăng 5% so với {same}."))[same] == expected


def test_the_same_period_is_not_that_of_a_day(read: Read) -> None:
    record = read("Quý II/2022, thu khá. Ngày 15/6/2022, huyện họp; thu tăng 5% so với cùng kỳ.")
    assert periods(record)["cùng kỳ"] == ("2021-04-01", "2021-06-30")


def test_the_same_period_is_that_up_to_the_day_that_sums_are_told_to(read: Read) -> None:
    record = read("Quý II/2022, thu khá. Tính đến hết ngày 15/6/2022, thu tăng 5% so với cùng kỳ.")
    assert periods(record)["cùng kỳ"] == ("2021-01-01", "2021-06-15")


def test_the_year_before_is_that_before_the_year_reported(read: Read) -> None:
    record = read("Năm 2025, thu ngân sách tăng 5% so với năm trước.", published="2026-01-15")
    assert periods(record)["năm trước"] == ("2024-01-01", "2024-12-31")


def test_the_year_before_is_that_before_the_publication_where_none_is_reported(read: Read) -> None:
    record = read("Thu ngân sách tăng 5% so với năm trước.", published="2026-01-15")
    assert periods(record)["năm trước"] == ("2025-01-01", "2025-12-31")


def test_the_past_year_is_the_last_one_in_spring(read: Read) -> None:
    assert periods(read("Trong năm qua, xã thu khá.", published="2024-02-05"))["Trong năm qua"] == (
        "2023-01-01",
        "2023-12-31",
    )


def test_a_period_in_brackets_is_not_what_is_spoken_of(read: Read) -> None:
    record = read("Năm 2022, tỷ lệ còn 9% (cuối năm 2021). Trong năm, xã làm đường.", published="2023-01-04")
    assert periods(record)["Trong năm"] == ("2022-01-01", "2022-12-31")


def test_months_without_a_year_are_those_that_have_just_ended(read: Read) -> None:
    record = read("Thu ngân sách cả xã 6 tháng mới đạt 40%.", published="2022-07-08")
    assert periods(record)["6 tháng"] == ("2022-01-01", "2022-06-30")


def test_months_without_a_year_are_a_duration_where_they_have_not_just_ended(read: Read) -> None:
    assert "6 tháng" not in periods(read("Thu ngân sách cả xã 6 tháng mới đạt 40%.", published="2022-03-08"))


def test_the_same_day_is_not_one_to_come_that_another_paragraph_names(read: Read) -> None:
    record = read(
        "Sáng 8/11, huyện họp khẩn bàn việc chống bão.\n\nChiều 10/11 bão vào bờ.\n\nĐến 7 giờ cùng ngày, tàu đã vào.",
        published="2019-11-08",
    )
    assert periods(record)["7 giờ cùng ngày"] == ("2019-11-08", "2019-11-08")


def test_in_the_year_is_the_year_said_before(read: Read) -> None:
    record = read("Năm 2021 là năm khó khăn. Trong năm, huyện đã làm đường.", published="2023-05-04")
    assert periods(record)["Trong năm"] == ("2021-01-01", "2021-12-31")


def test_in_the_year_is_the_year_of_publication_where_none_was_said(read: Read) -> None:
    record = read(HOME, "Trong năm, huyện đã làm đường.", published="2023-05-04")
    assert periods(record)["Trong năm"] == ("2023-01-01", "2023-12-31")


# --- what nothing places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "text", "why"),
    [
        ("Huyện làm xong trước ngày 30/6.", "ngày 30/6", "year_unknown"),
        ("Huyện làm xong trong quý III.", "quý III", "year_unknown"),
        ("Huyện làm xong vào cuối năm.", "cuối năm", "year_unknown"),
        ("Huyện làm xong trong hôm nay.", "hôm nay", "day_unknown"),
        ("Huyện làm nhiều hơn tháng trước.", "tháng trước", "day_unknown"),
        ("Huyện làm xong trong cùng ngày.", "cùng ngày", "day_unknown"),
    ],
)
def test_a_date_that_nothing_places_is_kept_with_the_reason(read: Read, said: str, text: str, why: str) -> None:
    record = read(HOME, said)
    assert (reasons(record), record.dates) == ({text: why}, ())


def test_an_unplaced_day_tells_what_is_known_of_it(read: Read) -> None:
    (entry,) = read(HOME, "Huyện họp lại vào sáng ngày 30/6.").unplaced_dates
    assert (entry.day, entry.month, entry.session) == (30, 6, "morning")


def test_a_bracket_may_stay_open_to_the_end_of_the_text(read: Read) -> None:
    assert starts(read("Huyện họp (ngày 3/2/2022"))["ngày 3/2/2022"] == "2022-02-03"
