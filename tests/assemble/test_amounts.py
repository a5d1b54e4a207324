"""What amounts take from the words around them."""

from collections.abc import Callable
from typing import Any

import pytest

from meetextract.assemble.valued import ValuedMention
from meetextract.normalise.quantities import Amount

Mentions = Callable[..., list[ValuedMention]]


def amounts(mentions: Mentions, text: str) -> list[Amount]:
    return [mention.value for mention in mentions(text, "QUANTITY") if isinstance(mention.value, Amount)]


def amount(mentions: Mentions, text: str) -> Amount:
    (only,) = amounts(mentions, text)
    return only


# --- change -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("Thu ngân sách tăng 5,2% trong quý.", "increase"),
        ("Thu ngân sách giảm 12 tỷ đồng.", "decrease"),
        ("Thu ngân sách vượt 7% kế hoạch.", "exceed"),
        ("Thu ngân sách tăng trên 5% trong quý.", "increase"),
        ("Thu ngân sách tăng từ 5% đến 7% mỗi quý.", "increase"),
        ("Thu ngân sách tăng (5,2%) trong quý.", "increase"),
    ],
)
def test_a_word_of_change_right_before_is_joined(mentions: Mentions, said: str, change: str) -> None:
    assert amount(mentions, said).change == change


@pytest.mark.parametrize(
    "said",
    [
        "Thu ngân sách tăng mạnh, đạt 5,2% dự toán.",
        "Thu ngân sách tăng khá, tỷ lệ 98%.",
        "Số hộ nghèo giảm còn 0,5%.",
        "Số hộ nghèo giảm xuống còn 0,5%.",
        "Thu ngân sách tăng. 5,2% là kết quả khá.",
    ],
)
def test_a_word_of_change_farther_off_is_not_joined(mentions: Mentions, said: str) -> None:
    assert amount(mentions, said).change is None


def test_a_word_of_change_is_joined_to_one_amount_only(mentions: Mentions) -> None:
    assert [a.change for a in amounts(mentions, "Thu đạt 80%, tăng 5% so với dự toán, bằng 91% cả nước.")] == [
        None,
        "increase",
        None,
    ]


def test_the_word_of_change_is_no_part_of_the_amount(mentions: Mentions) -> None:
    (found,) = mentions("Thu ngân sách tăng trên 5% trong quý.", "QUANTITY")
    assert found.text == "trên 5%"


# --- units understood from before -------------------------------------------------------------------------------


def test_a_bare_number_takes_the_unit_counted_before(mentions: Mentions) -> None:
    found = amounts(mentions, "Xã nhận 1.805 hồ sơ (nhận trực tuyến 274, nhận trực tiếp 1.531).")
    assert [(a.value, a.unit) for a in found] == [(1805, "hồ sơ"), (274, "hồ sơ"), (1531, "hồ sơ")]


@pytest.mark.parametrize(
    "said",
    [
        "Xã nhận 1.805 hồ sơ. Sau đó nhận trực tuyến 274, còn lại nhận sau.",
        "Xã nhận 1.805 hồ sơ theo mẫu số 274, làm nhanh.",
    ],
)
def test_a_bare_number_of_another_sentence_or_in_a_name_is_dropped(mentions: Mentions, said: str) -> None:
    assert [a.value for a in amounts(mentions, said)] == [1805]


def test_a_bare_number_with_nothing_counted_before_is_dropped(mentions: Mentions) -> None:
    assert amounts(mentions, "Xã nhận trực tuyến 274, còn lại nhận sau.") == []


def test_a_percentage_lends_no_unit(mentions: Mentions) -> None:
    assert [a.value for a in amounts(mentions, "Xã đạt 98% (nhận trực tuyến 274, còn lại nhận sau).")] == [98]


# --- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12.500 tỷ đồng", 12_500_000_000_000),
        ("12.500 tỉ đồng", 12_500_000_000_000),
        ("1,5 tỷ đồng", 1_500_000_000),
        ("2 tỷ 300 triệu đồng", 2_300_000_000),
        ("450.000 đồng", 450_000),
        ("75 triệu đồng", 75_000_000),
    ],
)
def test_money_is_in_dong(mentions: Mentions, said: str, value: int) -> None:
    assert amount(mentions, f"Xã chi {said} làm đường.") == Amount(value, "đồng")


@pytest.mark.parametrize(
    ("said", "value", "of", "unit"),
    [
        ("1.053/1.053 văn bản", 1053, 1053, "văn bản"),
        ("17/19 xã", 17, 19, "xã"),
    ],
)
def test_a_ratio_keeps_both_numbers(mentions: Mentions, said: str, value: int, of: int, unit: str) -> None:
    assert amount(mentions, f"Huyện có {said} làm xong.") == Amount(value, unit, of=of)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("97%", {}),
        ("trên 97%", {"comparator": "gt"}),
        ("hơn 97%", {"comparator": "gt"}),
        ("ít nhất 97%", {"comparator": "ge"}),
        ("không dưới 97%", {"comparator": "ge"}),
        ("97% trở lên", {"comparator": "ge"}),
        ("dưới 97%", {"comparator": "lt"}),
        ("chưa đến 97%", {"comparator": "lt"}),
        ("không quá 97%", {"comparator": "le"}),
        ("tối đa 97%", {"comparator": "le"}),
        ("khoảng 97%", {"comparator": "approx"}),
        ("gần 97%", {"comparator": "approx"}),
        ("từ 97% đến 99%", {"comparator": "range", "max": 99}),
        ("97-99%", {"comparator": "range", "max": 99}),
    ],
)
def test_comparators(mentions: Mentions, said: str, expected: dict[str, Any]) -> None:
    assert amount(mentions, f"Tỷ lệ hộ có nước sạch là {said}.") == Amount(97, "%", **expected)


# --- shares of a change -----------------------------------------------------------------------------------------


def test_a_percentage_in_brackets_says_the_change_of_the_amount_before_it(mentions: Mentions) -> None:
    assert [a.change for a in amounts(mentions, "Có 9 người chết, giảm 3 người (25%).")] == [
        None,
        "decrease",
        "decrease",
    ]


def test_a_percentage_in_brackets_behind_a_level_says_no_change(mentions: Mentions) -> None:
    assert [a.change for a in amounts(mentions, "Có 9 người (25%) được khen.")] == [None, None]


# --- what is counted --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Xã dựng 12 bao cát chắn nước.", "bao cát"),
        ("Huyện lập 3 tổ cấp cứu lưu động.", "tổ cấp cứu"),
        ("Huyện lập 3 tổ và cử cán bộ.", "tổ"),
        ("Làng cử 16 trai làng khiêng kiệu.", "trai làng"),
        ("Lãnh đạo 12 phòng, ban dự họp.", "phòng, ban"),
        ("Xây 8 nhà nhân ái trong năm.", "nhà nhân ái"),
        ("Đã có 7 nhà được sửa.", "nhà"),
    ],
)
def test_the_thing_counted(mentions: Mentions, said: str, unit: str) -> None:
    assert amount(mentions, said).unit == unit


@pytest.mark.parametrize("said", ["Báo cáo trước 16 giờ hằng ngày.", "Người đã tiêm 5 liều và mũi 2, xã đã báo."])
def test_numbers_that_count_nothing(mentions: Mentions, said: str) -> None:
    assert [a.value for a in amounts(mentions, said)] in ([], [5])
