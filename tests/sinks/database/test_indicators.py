"""When two indicators measure the same, and when two levels can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.sinks.database.indicators import measure_key, words_key
from meetextract.sinks.database.levels import better, level_of, measured_as

SAME_WORDS = [
    ("tỷ lệ hồ sơ giải quyết đúng hạn", "Hồ sơ giải quyết đúng hạn đạt tỷ lệ"),
    ("hồ sơ TTHC giải quyết đúng thời hạn", "hồ sơ thủ tục hành chính được giải quyết đúng hạn"),
    ("tỷ lệ người dân tham gia BHYT", "dân số tham gia bảo hiểm y tế"),
    ("tỷ lệ bao phủ bảo hiểm y tế", "Tỷ lệ tham gia BHYT"),
    ("giải ngân vốn đầu tư công", "tỷ lệ vốn đầu tư công đã giải ngân"),
    ("giải ngân VĐTC", "Giải ngân vốn đầu tư công được"),
    ("giảm tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo"),
    ("xã đạt chuẩn NTM", "số xã đạt chuẩn nông thôn mới"),
    ("tổng thu NSNN", "thu ngân sách nhà nước"),
    ("tạo việc làm … lao động", "giải quyết việc làm cho … người lao động"),
    ("sản phẩm OCOP", "số sản phẩm mỗi xã một sản phẩm"),
    ("hộ gia đình sử dụng nước sạch", "tỉ lệ hộ dân sử dụng nước sạch"),
    ("Tổng sản phẩm (GRDP)", "GRDP"),
]

SAME_MEASURE = [
    ("thu ngân sách trên địa bàn huyện", "thu ngân sách"),
    ("tổng thu ngân sách toàn huyện năm 2023", "thu ngân sách"),
    ("thu ngân sách trên địa bàn huyện Vân Trạch lũy kế 6 tháng đầu năm", "thu ngân sách"),
    ("tỷ lệ hộ nghèo của huyện Vân Trạch đến cuối năm 2025", "tỷ lệ hộ nghèo"),
    ("trồng rừng quý II/2023", "trồng rừng trong năm 2023"),
    ("tỷ lệ hộ nghèo giai đoạn 2021 - 2025", "hộ nghèo"),
]

DIFFERENT = [
    ("hồ sơ giải quyết đúng hạn", "hồ sơ giải quyết trước hạn"),
    ("hồ sơ giải quyết đúng hạn", "hồ sơ giải quyết trước hạn và đúng hạn"),
    ("thu ngân sách", "chi ngân sách"),
    ("thu ngân sách", "thu ngân sách nhà nước"),
    ("hộ nghèo", "hộ cận nghèo"),
    ("hộ nghèo", "hộ thoát nghèo"),
    ("giảm nghèo", "hộ nghèo"),
    ("hộ cận nghèo tham gia BHYT", "dân số tham gia BHYT"),
    ("tăng trưởng kinh tế", "tăng trưởng kinh tế số"),
    ("chuyển đổi", "chuyển đổi số"),
    ("dư nợ cho vay", "dư nợ vay"),
    ("hồ sơ trực tuyến", "hồ sơ trực tuyến toàn trình"),
    ("tiếp nhận hồ sơ mức độ 3", "tiếp nhận hồ sơ mức độ 4"),
    ("trường THCS đạt chuẩn quốc gia", "trường THPT đạt chuẩn quốc gia"),
    ("chuyển đất lúa sang đất màu", "chuyển đất màu sang đất lúa"),
    ("hồ sơ công việc tại cấp huyện", "hồ sơ công việc tại cấp xã"),
    ("xã đạt chuẩn nông thôn mới", "xã đạt chuẩn nông thôn mới nâng cao"),
    ("thu ngân sách trên địa bàn tỉnh", "thu ngân sách trên địa bàn huyện"),
    ("thu ngân sách của xã Đồng Vải", "thu ngân sách của huyện Vân Trạch"),
]

HOLDER = "huyện Vân Trạch"


@pytest.mark.parametrize(("one", "other"), SAME_WORDS)
def test_one_wording_is_as_good_as_the_other(one: str, other: str) -> None:
    assert words_key(one) == words_key(other)
    assert measure_key(one, HOLDER) == measure_key(other, None)


@pytest.mark.parametrize(("one", "other"), SAME_MEASURE)
def test_where_the_holder_is_and_when_it_was_is_no_part_of_what_is_measured(one: str, other: str) -> None:
    assert words_key(one) != words_key(other)
    assert measure_key(one, HOLDER) == measure_key(other, HOLDER)
    assert measure_key(one, f"UBND {HOLDER}") == measure_key(other, HOLDER)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_counts_other_things_is_another_measure(one: str, other: str) -> None:
    assert words_key(one) != words_key(other)
    assert measure_key(one, HOLDER) != measure_key(other, HOLDER)


def test_an_indicator_of_nothing_but_fillers_keeps_them() -> None:
    assert words_key("tỷ lệ đạt") != words_key("tổng số")
    assert measure_key("trong năm 2023", HOLDER) == words_key("trong năm 2023")


WORDS = st.lists(
    st.sampled_from(["hồ", "sơ", "thu", "chi", "ngân", "sách", "nghèo", "cận", "rừng", "trồng", "xã"]),
    min_size=1, max_size=6,
)  # fmt: skip


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_words_and_their_case_make_no_difference(words: list[str], dice: object) -> None:
    turned = list(words)
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert words_key(" ".join(words)) == words_key(" ".join(turned).upper())


@given(WORDS, WORDS)
def test_words_that_only_one_has_make_another_measure(one: list[str], other: list[str]) -> None:
    is_same = measure_key(" ".join(one), None) == measure_key(" ".join(other), None)
    assert is_same == (set(one) == set(other))


@pytest.mark.parametrize(
    ("change", "unit", "base", "indicator", "expected"),
    [
        (None, "%", None, "hộ nghèo", "level"),
        (None, "%", "dự toán", "thu ngân sách", "plan"),
        (None, "%", "kế hoạch năm 2023 được giao", "thu ngân sách", "plan"),
        ("exceed", "%", "dự toán", "thu ngân sách", "plan"),
        ("exceed", "%", None, "thu ngân sách", "plan"),
        ("exceed", "đồng", "dự toán", "thu ngân sách", "exceed: plan"),
        ("increase", "%", None, "giá trị sản xuất", "increase: year before"),
        ("increase", "%", "cùng kỳ năm trước", "giá trị sản xuất", "increase: year before"),
        ("increase", "%", "năm 2022", "giá trị sản xuất", "increase: year before"),
        (None, "%", None, "tốc độ tăng trưởng kinh tế", "increase: year before"),
        ("decrease", "%", "cùng kỳ", "tai nạn giao thông", "decrease: year before"),
    ],
)
def test_what_a_value_is_measured_as(
    change: str | None, unit: str, base: str | None, indicator: str, expected: str
) -> None:
    assert measured_as(change, unit, base, indicator, "2023-12-31", f"{indicator} 7") == expected


def test_plans_of_others_and_other_times_are_not_comparable() -> None:
    def key(base: str) -> str:
        return measured_as("increase", "%", base, "giá trị sản xuất", "2023-12-31", "giá trị sản xuất tăng 7%")

    bases = ["cùng kỳ", "tháng trước", "năm 2020", "kế hoạch", "kế hoạch tỉnh giao", "kế hoạch quý"]
    assert len({key(base) for base in bases}) == len(bases)


FALLS, RISES = "decrease: year before", "increase: year before"
POOR, WOODS, CITY = "giảm tỷ lệ hộ nghèo", "nâng tỷ lệ che phủ rừng", "tăng tỷ lệ đô thị hóa"


@pytest.mark.parametrize(
    ("indicator", "behind", "expected"),
    [
        (POOR, "1%", FALLS),
        (POOR, "1% trở lên", FALLS),
        (POOR, "từ 1% trở lên", FALLS),
        (POOR, "từ 1 - 1,5%", FALLS),
        (POOR, "từ 1% đến 1,5%", FALLS),
        (POOR, "ít nhất 1%/năm", FALLS),
        (POOR, "còn 2,1% năm ngoái 0,8%", FALLS),
        (POOR, "xuống còn 2%", "level"),
        (POOR, "còn dưới 2%", "level"),
        (POOR, "xuống 2%", "level"),
        (POOR, "xuống dưới mức 2%", "level"),
        (POOR, "từ 2,9% xuống còn 2,1%", "level"),
        (POOR, "0,8%, còn 2,1%", "level"),
        (POOR, "xuống còn 2 - 2,5%", "level"),
        (POOR, "từ 2,9%", "unclear"),  # what it was
        (POOR, "dưới 2%", "unclear"),
        (POOR, "đạt 1,2%", "unclear"),
        ("giảm tỷ lệ sinh", "0,1%", FALLS),
        ("Phấn đấu kéo giảm tai nạn giao thông", "5%", FALLS),
        ("mỗi năm giảm tỷ lệ hộ cận nghèo", "0,5%", FALLS),
        ("hạ tỷ lệ trẻ suy dinh dưỡng", "0,5%", FALLS),
        ("hạ tầng số phủ", "90% số thôn", "level"),
        (WOODS, "2%", RISES),
        (WOODS, "thêm 2%", RISES),
        (WOODS, "trên 2%", RISES),
        (WOODS, "đạt trên 42%", "level"),
        (WOODS, "đến 42%", "level"),
        (WOODS, "ở mức 42%", "level"),
        (WOODS, "đến năm 2025 đạt 42%", "level"),
        (WOODS, "đến năm 2025 thêm 2%", RISES),
        ("nâng tỷ lệ lao động qua đào tạo", "lên 75%", "level"),
        ("nâng diện tích chè", "lên trên 20 km2", "level"),
        ("tỷ lệ che phủ rừng", "thêm 2%", RISES),
        ("tỷ lệ che phủ rừng", "42%", "level"),
        ("tỷ lệ che phủ rừng", "từ 40%", "unclear"),
        ("tỷ lệ che phủ rừng", "đạt từ 42%", "level"),
        (CITY, "2%", RISES),
        (CITY, "từ 30% lên 32%", "level"),
        ("tăng thu ngân sách", "lên 510 tỷ đồng", "level"),
        ("tăng trưởng kinh tế", "đạt 7%", RISES),
        ("nâng cấp đường liên xã", "12 km", "level"),
    ],
)
def test_a_verb_of_change_tells_a_change_but_for_a_level_behind_it(indicator: str, behind: str, expected: str) -> None:
    assert measured_as(None, "%", None, indicator, "2023-12-31", f"{indicator} {behind}") == expected


def test_a_share_of_a_plan_stays_one_behind_a_verb_of_change() -> None:
    def key(indicator: str, behind: str) -> str:
        return measured_as(None, "%", "kế hoạch", indicator, "2023-12-31", f"{indicator} {behind}")

    assert [key(POOR, "đạt 105%"), key(CITY, "bằng 105%")] == ["plan", "plan"]
    assert [key(POOR, "5%"), key(CITY, "5%")] == ["decrease: plan", "increase: plan"]


def test_what_the_record_says_of_a_change_holds() -> None:
    assert measured_as("decrease", "%", None, POOR, "2023-12-31", f"{POOR} xuống còn 2%") == FALLS


def test_levels_are_made_comparable() -> None:
    assert level_of(7, 10, "xã", None) == (70, "%")
    assert level_of(2.5, None, "%", "exceed") == (102.5, "%")
    assert level_of(2.5, None, "%", "increase") == (2.5, "%")
    assert level_of(None, None, None, None) == (None, None)


@pytest.mark.parametrize(
    ("indicator", "change", "expected"),
    [
        ("tỷ lệ hộ nghèo", None, "less"),
        ("giảm tỷ lệ hộ nghèo", None, "less"),
        ("hồ sơ quá hạn", None, "less"),
        ("tai nạn giao thông", None, "less"),
        ("tai nạn giao thông", "decrease", "more"),
        ("hộ thoát nghèo", None, "more"),
        ("hồ sơ giải quyết đúng hạn", None, "more"),
        ("thu ngân sách", None, "more"),
    ],
)
def test_which_levels_are_the_better_ones(indicator: str, change: str | None, expected: str) -> None:
    assert better(indicator, change) == expected
