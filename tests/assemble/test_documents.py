"""Documents of an article: date and issuer, wherever the article tells them."""

from collections.abc import Callable

import pytest

from meetextract.records import Record

Read = Callable[..., Record]


def dates(record: Record) -> dict[str, str | None]:
    return {entry.text: entry.date for entry in record.documents}


def issuers(record: Record) -> list[str | None]:
    return [entry.issuer for entry in record.documents]


# --- date of issue ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Ngày 17/5/2023, UBND quận Hà Đông ban hành Kế hoạch số 318/KH-UBND về chuyển đổi số.",
        "Ngày 17/5/2023, UBND quận Hà Đông đã ban hành Kế hoạch số 318/KH-UBND về chuyển đổi số.",
        "Ngày 17/5/2023, Chủ tịch UBND quận Hà Đông ký Kế hoạch số 318/KH-UBND về chuyển đổi số.",
    ],
)
def test_the_day_on_which_a_sentence_says_that_it_was_issued(read: Read, said: str) -> None:
    assert dates(read(said)) == {"Kế hoạch số 318/KH-UBND": "2023-05-17"}


def test_the_day_of_a_sentence_that_says_something_else_is_not_taken(read: Read) -> None:
    record = read("Ngày 17/5/2023, UBND quận Hà Đông họp bàn Kế hoạch số 318/KH-UBND về chuyển đổi số.")
    assert dates(record) == {"Kế hoạch số 318/KH-UBND": None}


def test_a_deadline_behind_a_document_is_not_its_date(read: Read) -> None:
    record = read("UBND quận Hà Đông ban hành Kế hoạch số 318/KH-UBND, yêu cầu làm xong trước ngày 17/5/2023.")
    assert dates(record) == {"Kế hoạch số 318/KH-UBND": None}


def test_the_year_of_a_documents_day_is_taken_from_the_article(read: Read) -> None:
    record = read("Năm 2023, quận Hà Đông làm theo Quyết định số 77/QĐ-UBND ngày 31/1 của UBND quận.")
    assert dates(record) == {"Quyết định số 77/QĐ-UBND ngày 31/1": "2023-01-31"}


def test_a_date_said_with_one_mention_is_known_of_every_other(read: Read) -> None:
    record = read(
        "Theo Nghị định số 45/2020/NĐ-CP, xã làm nhanh.", "Nghị định 45/2020/NĐ-CP ngày 08/4/2020 nêu rõ việc."
    )
    assert [entry.date for entry in record.documents] == ["2020-04-08", "2020-04-08"]


def test_a_short_form_takes_the_date_of_the_full_one(read: Read) -> None:
    record = read("Quận làm theo Kế hoạch số 318/KH-UBND ngày 17/5/2023.", "Kế hoạch 318 nêu rõ việc.")
    assert dates(record)["Kế hoạch 318"] == "2023-05-17"


def test_a_short_form_of_two_documents_takes_no_date(read: Read) -> None:
    record = read(
        "Quận làm theo Kế hoạch số 318/KH-UBND ngày 17/5/2023 và Kế hoạch số 318/KH-HĐND ngày 2/5/2023.",
        "Kế hoạch 318 nêu rõ việc.",
    )
    assert dates(record)["Kế hoạch 318"] is None


def test_a_short_form_of_another_type_takes_no_date(read: Read) -> None:
    record = read("Quận làm theo Kế hoạch số 318/KH-UBND ngày 17/5/2023.", "Quyết định 318 nêu rõ việc.")
    assert dates(record)["Quyết định 318"] is None


# --- issuer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("Kế hoạch số 318/KH-UBND của UBND quận Hà Đông", "UBND quận Hà Đông"),
        ("Kế hoạch số 318/KH-UBND ngày 17/5/2023 của UBND quận Hà Đông", "UBND quận Hà Đông"),
        ("Nghị định số 45/2020/NĐ-CP của Chính phủ", "Chính phủ"),
        ("Thông tư số 12/2021/TT-BTC của Bộ Tài chính", "bộ Tài chính"),
    ],
)
def test_the_issuer_stands_behind_the_document(read: Read, said: str, issuer: str) -> None:
    assert issuers(read(f"Các xã làm theo {said} về chuyển đổi số.")) == [issuer]


def test_the_issuers_name_is_completed_from_the_article(read: Read) -> None:
    record = read("UBND quận Hà Đông họp giao ban.", "Các phường làm theo Kế hoạch số 318/KH-UBND của UBND quận.")
    assert issuers(record) == ["UBND quận Hà Đông"]


def test_who_a_sentence_says_to_have_issued_it_is_the_issuer(read: Read) -> None:
    record = read("Ngày 17/5/2023, UBND quận Hà Đông ban hành Kế hoạch số 318/KH-UBND về chuyển đổi số.")
    assert issuers(record) == ["UBND quận Hà Đông"]


def test_an_issuer_said_with_one_mention_is_known_of_every_other(read: Read) -> None:
    record = read(
        "Theo Nghị định số 45/2020/NĐ-CP, xã làm nhanh.", "Nghị định 45/2020/NĐ-CP của Chính phủ nêu rõ việc."
    )
    assert issuers(record) == ["Chính phủ", "Chính phủ"]


def test_a_unit_that_only_follows_is_no_issuer(read: Read) -> None:
    record = read("Kế hoạch số 318/KH-UBND được UBND quận Hà Đông gửi các phường.")
    assert issuers(record) == [None]
