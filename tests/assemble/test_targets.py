"""Targets and results: each level of an indicator, wanted or reached; and numbers that are no level of anything."""

from collections.abc import Callable
from itertools import product

import pytest

from meetextract.records import Record, Target

Read = Callable[..., Record]

LETTERS = "abcdefghijkl"
OPENING = "Sáng 10/7/2024, UBND huyện Đắk Song tổ chức hội nghị sơ kết 6 tháng đầu năm 2024."


def levels(record: Record) -> list[tuple[str, float | None, str | None]]:
    """The indicator, value and unit of each target and result."""
    return [(target.indicator, target.value, target.unit) for target in record.targets]


def one(read: Read, *said: str) -> Target:
    """The only level of a report."""
    (target,) = read(OPENING, *said).targets
    return target


# --- where the number stands ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "indicator", "value"),
    [
        ("Tỷ lệ hồ sơ trả đúng hạn đạt 98,5%.", "Tỷ lệ hồ sơ trả đúng hạn", 98.5),
        ("Độ che phủ rừng đạt 51,3%.", "Độ che phủ rừng", 51.3),
        ("Có 92% hộ dân dùng nước hợp vệ sinh.", "hộ dân dùng nước hợp vệ sinh", 92),
        ("Đã có 85% thôn, bon có nhà văn hóa.", "thôn, bon có nhà văn hóa", 85),
        ("Kết quả đã phủ 90% hộ gia đình.", "phủ … hộ gia đình", 90),
    ],
)
def test_the_number_before_behind_and_inside(read: Read, said: str, indicator: str, value: float) -> None:
    target = one(read, said)
    assert (target.indicator, target.value, target.unit) == (indicator, value, "%")
    assert target.status == "result"


def test_the_quote_reaches_from_the_first_word_to_the_last(read: Read) -> None:
    target = one(read, "Sáu tháng qua, tỷ lệ hồ sơ trả đúng hạn đạt 98,5%, vượt kỳ vọng của người dân.")
    assert target.quote == "tỷ lệ hồ sơ trả đúng hạn đạt 98,5%"


def test_closing_tails_are_no_part_of_the_indicator(read: Read) -> None:
    target = one(read, "Đã có 92% hồ sơ được giải quyết trực tuyến theo quy định.")
    assert target.indicator == "hồ sơ được giải quyết trực tuyến"


def test_an_amount_of_money(read: Read) -> None:
    target = one(read, "Thu ngân sách trên địa bàn ước đạt 84,6 tỷ đồng.")
    assert (target.indicator, target.value, target.unit) == ("Thu ngân sách trên địa bàn", 84_600_000_000, "đồng")


def test_a_counted_result(read: Read) -> None:
    target = one(read, "Toàn huyện đã sửa 125 cống.")
    assert (target.value, target.unit, target.status) == (125, "cống", "result")
    assert "cống" in target.indicator


# --- rows and chains --------------------------------------------------------------------------------------------


def test_a_row_with_its_own_numbers(read: Read) -> None:
    record = read(OPENING, "Kết quả, giải ngân vốn đầu tư công đạt 61%; thu ngân sách đạt 54%; hộ nghèo còn 3,2%.")
    assert levels(record) == [
        ("giải ngân vốn đầu tư công", 61, "%"),
        ("thu ngân sách", 54, "%"),
        ("hộ nghèo", 3.2, "%"),
    ]


def test_a_predicate_that_only_the_last_says(read: Read) -> None:
    record = read(
        OPENING,
        "Phấn đấu năm 2025, 90% hồ sơ công việc cấp huyện; 70% hồ sơ công việc cấp xã được xử lý trên môi trường mạng.",
    )
    assert levels(record) == [
        ("hồ sơ công việc cấp huyện … được xử lý trên môi trường mạng", 90, "%"),
        ("hồ sơ công việc cấp xã được xử lý trên môi trường mạng", 70, "%"),
    ]


def test_a_shared_predicate_is_without_what_describes_the_last(read: Read) -> None:
    record = read(
        OPENING, "Mục tiêu năm 2025: 85% thôn, bon; 50% hộ dân có tài khoản định danh được cung cấp nước sạch."
    )
    assert [target.indicator for target in record.targets] == [
        "thôn, bon … được cung cấp nước sạch",
        "hộ dân có tài khoản định danh được cung cấp nước sạch",
    ]


def test_a_row_of_passive_verbs_is_one_predicate(read: Read) -> None:
    record = read(OPENING, "Phấn đấu năm 2025, 100% hồ sơ cấp huyện được tạo lập, xử lý trên môi trường mạng.")
    assert [target.indicator for target in record.targets] == [
        "hồ sơ cấp huyện được tạo lập, xử lý trên môi trường mạng"
    ]


def test_a_verb_that_only_the_first_says(read: Read) -> None:
    record = read(OPENING, "Phấn đấu đến năm 2025 phủ 90% hộ gia đình, 100% các thôn.")
    assert levels(record) == [("phủ … hộ gia đình", 90, "%"), ("phủ … các thôn", 100, "%")]


def test_a_chain_of_one_indicator(read: Read) -> None:
    record = read(OPENING, "Thu ngân sách đạt 84 tỷ đồng, bằng 61% dự toán, tăng 12% so với cùng kỳ năm trước.")
    assert [(target.value, target.unit, target.change) for target in record.targets] == [
        (84_000_000_000, "đồng", None),
        (61, "%", None),
        (12, "%", "increase"),
    ]
    assert {target.indicator for target in record.targets} == {"Thu ngân sách"}


def test_a_chain_in_brackets(read: Read) -> None:
    record = read(OPENING, "Đã cấp giấy chứng nhận cho 1.240 hộ (đạt 62% kế hoạch).")
    assert [(target.value, target.unit) for target in record.targets] == [(1240, "hộ"), (62, "%")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ ước đạt 380 tỷ đồng.",
            [("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", 380_000_000_000, "đồng")],
        ),
        (
            "Lũy kế thu bảo hiểm xã hội, bảo hiểm y tế, BHTN đạt 43 tỷ đồng.",
            [("thu bảo hiểm xã hội, bảo hiểm y tế, BHTN", 43_000_000_000, "đồng")],
        ),
        (
            "Theo Phòng Nội vụ, điểm yếu là khâu số hóa: 62/98 hồ sơ có kết quả điện tử.",
            [("hồ sơ có kết quả điện tử", 62, "hồ sơ")],
        ),
        (
            "Xuất khẩu tháng 5 đạt 9 triệu USD, tính chung 5 tháng đạt 41 triệu USD.",
            [("Xuất khẩu", 9_000_000, "usd"), ("Xuất khẩu", 41_000_000, "usd")],
        ),
        (
            "Tỷ lệ hộ dùng nước sạch đạt 81%; riêng xã Nâm N'Jang đạt 95%.",
            [
                ("Tỷ lệ hộ dùng nước sạch", 81, "%"),
                ("Tỷ lệ hộ dùng nước sạch … xã Nâm N'Jang", 95, "%"),
            ],
        ),
        (
            "Huyện đã đấu giá thành công 14 lô đất, tổng diện tích 4,8 ha.",
            [("đấu giá thành công … lô đất", 14, "lô đất"), ("đấu giá thành công … tổng diện tích", 4.8, "ha")],
        ),
        (
            "Sản lượng hồ tiêu đã vượt kế hoạch, đạt 53 nghìn tấn.",
            [("Sản lượng hồ tiêu", 53_000, "tấn")],
        ),
        (
            "Có 44 thủ tục được rút ngắn thời gian, trong đó có 20 thủ tục cấp tỉnh, 18 thủ tục cấp huyện.",
            [
                ("thủ tục được rút ngắn thời gian", 44, "thủ tục"),
                ("thủ tục được rút ngắn thời gian … cấp tỉnh", 20, "thủ tục"),
                ("thủ tục được rút ngắn thời gian … thủ tục cấp huyện", 18, "thủ tục"),
            ],
        ),
        (
            "Toàn huyện đã xây mới 40 nghìn m 2 nhà ở, trung bình mỗi năm tăng 8 nghìn m 2.",
            [("xây mới … nhà ở", 40_000, "m2"), ("xây mới … nhà ở", 8_000, "m2")],
        ),
        (
            "Qua kiểm tra thực tế có 4/9 mẫu nước không đạt chuẩn.",
            [("mẫu nước không đạt chuẩn", 4, "mẫu")],
        ),
    ],
    ids=[
        "joint noun",
        "row of names",
        "colon",
        "in all",
        "areas",
        "extent",
        "in passing",
        "parts",
        "raised 2",
        "adverbial",
    ],
)
def test_what_is_measured(read: Read, said: str, found: list[tuple[str, float, str]]) -> None:
    assert levels(read(OPENING, said)) == found


@pytest.mark.parametrize(
    ("said", "indicator"),
    [
        ("Người dân hiến 5.870 m2 đất.", "hiến … đất"),
        ("Toàn huyện lắp thêm 12 camera.", "lắp … camera"),
        ("Mặt chưa được cũng rõ: 27 xã chưa có trạm y tế.", "xã chưa có trạm y tế"),
        ("Trong kỳ, 61 hộ thoát nghèo.", "hộ thoát nghèo"),
        ("Quyết định kết nạp 21 quần chúng ưu tú vào Đảng.", "Quyết định kết nạp … quần chúng ưu tú vào Đảng"),
    ],
)
def test_work_told_by_its_verb(read: Read, said: str, indicator: str) -> None:
    target = one(read, said)
    assert (target.indicator, target.status) == (indicator, "result")


# --- change and what it is compared with ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value", "change", "base"),
    [
        ("Thu ngân sách tăng 33% so với năm 2020.", 33, "increase", "năm 2020"),
        ("Số vụ cháy giảm 15% so với cùng kỳ năm trước.", 15, "decrease", "cùng kỳ năm trước"),
        ("Thu ngân sách vượt 68% so với kế hoạch tỉnh giao.", 68, "exceed", "kế hoạch tỉnh giao"),
        ("Tỷ lệ hộ nghèo giảm còn 0,5%.", 0.5, None, None),
        ("Tỷ lệ hộ nghèo đạt 4%.", 4, None, None),
    ],
)
def test_change_and_base(read: Read, said: str, value: float, change: str | None, base: str | None) -> None:
    target = one(read, said)
    assert (target.value, target.change, target.base) == (value, change, base)


def test_the_year_compared_with_is_not_its_period(read: Read) -> None:
    target = one(read, "Quý II năm 2024, sản lượng hồ tiêu tăng 7% so với năm 2020.")
    assert (target.start, target.end) == ("2024-04-01", "2024-06-30")


# --- ratios -----------------------------------------------------------------------------------------------------


def test_a_ratio_with_its_percentage_is_two_entries(read: Read) -> None:
    record = read(OPENING, "Kết quả, đã giải quyết 418/418 văn bản, đạt 100%.")
    assert [(target.value, target.of, target.unit) for target in record.targets] == [
        (418, 418, "văn bản"),
        (100, None, "%"),
    ]
    assert [target.checks for target in record.targets] == [(), ()]


@pytest.mark.parametrize(
    ("ratio", "share", "flagged"),
    [
        ("2.431/9.520", "25,5%", False),
        ("2.431/9.520", "25,54%", False),
        ("2.431/9.520", "45,2%", True),
        ("96/120", "80%", False),
        ("96/120", "85%", True),
        ("10/12", "83,3%", False),
        ("10/12", "83%", False),
    ],
)
def test_a_share_is_checked_against_its_ratio(read: Read, ratio: str, share: str, flagged: bool) -> None:
    record = read(OPENING, f"Kết quả, đã giải quyết {ratio} hồ sơ, đạt {share}.")
    assert [target.checks for target in record.targets] == [(), ("ratio_mismatch",) if flagged else ()]


def test_a_share_before_its_ratio_is_checked(read: Read) -> None:
    record = read(OPENING, "Tỷ lệ tiêm chủng đạt 96% (300/400 trẻ).")
    assert [target.checks for target in record.targets] == [("ratio_mismatch",), ()]


def test_a_ratio_in_words(read: Read) -> None:
    record = read(OPENING, "Kết quả, có 250 trên tổng số 300 hồ sơ được giải quyết, đạt tỷ lệ 60%.")
    assert [(target.indicator, target.value, target.of, target.checks) for target in record.targets] == [
        ("hồ sơ được giải quyết", 250, 300, ()),
        ("hồ sơ được giải quyết", 60, None, ("ratio_mismatch",)),
    ]


@pytest.mark.parametrize(
    ("said", "flagged"),
    [
        ("Toàn huyện gieo trồng được 84 ha, trong đó lúa 60 ha, ngô 30 ha.", True),
        ("Toàn huyện gieo trồng được 84 ha, trong đó lúa 60 ha, ngô 24 ha; trồng mới 40 ha rừng.", False),
        ("Toàn huyện gieo trồng được hơn 84 ha, trong đó lúa 60 ha, ngô 30 ha.", False),
        ("Toàn huyện gieo trồng được 84 ha, trong đó lúa 60 ha (gồm lúa nước 40 ha, lúa nương 20 ha).", False),
        ("Đã giải quyết 45 hồ sơ, trong đó có 50 hồ sơ đúng hạn.", True),
        ("Đã kết nạp 45 đảng viên, trong đó có 30 đảng viên nữ, 40 đảng viên là người dân tộc.", False),
    ],
    ids=["sum", "fits", "more than", "parts of a part", "one part", "one may be in two parts"],
)
def test_parts_are_checked_against_their_whole(read: Read, said: str, flagged: bool) -> None:
    whole, *parts = read(OPENING, f"Kết quả, {said[0].lower()}{said[1:]}").targets
    assert whole.checks == (("parts_exceed_whole",) if flagged else ())
    assert parts
    assert all(part.checks == () for part in parts)


# --- comparators and ranges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "comparator", "value", "upper"),
    [
        ("trên 97%", "gt", 97, None),
        ("hơn 97%", "gt", 97, None),
        ("từ 97% trở lên", "ge", 97, None),
        ("tối thiểu 97%", "ge", 97, None),
        ("khoảng 97%", "approx", 97, None),
        ("dưới 5%", "lt", 5, None),
        ("không quá 5%", "le", 5, None),
        ("từ 10 đến 12%", "range", 10, 12),
        ("10-12%", "range", 10, 12),
    ],
)
def test_comparators(read: Read, said: str, comparator: str, value: float, upper: float | None) -> None:
    target = one(read, f"Phấn đấu năm 2025, tỷ lệ giải ngân đạt {said}.")
    assert (target.comparator, target.value, target.max) == (comparator, value, upper)
    assert target.status == "target"


# --- goals without a number -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "indicator"),
    [
        ("Huyện phấn đấu hoàn thành cầu Đắk N'Drung trong năm 2025.", "hoàn thành cầu Đắk N'Drung"),
        ("Huyện quyết tâm xóa hết nhà tạm trong năm 2025.", "xóa hết nhà tạm"),
        ("Mục tiêu là đưa huyện ra khỏi danh sách huyện nghèo.", "đưa huyện ra khỏi danh sách huyện nghèo"),
    ],
)
def test_a_goal_without_a_number(read: Read, said: str, indicator: str) -> None:
    target = one(read, said)
    assert (target.status, target.indicator) == ("target", indicator)
    assert (target.value, target.comparator, target.unit) == (None, None, None)
    assert target.why_empty["value"] == "not_stated"


def test_each_verb_of_a_goal_is_a_goal(read: Read) -> None:
    record = read(OPENING, "Mục tiêu là xây dựng khu bảo tồn, bảo vệ rừng đầu nguồn, do vậy các xã đã vào cuộc.")
    assert [target.indicator for target in record.targets] == ["xây dựng khu bảo tồn", "bảo vệ rừng đầu nguồn"]


@pytest.mark.parametrize(
    "said",
    [
        "Toàn Đảng bộ nêu cao quyết tâm và ý chí vượt khó.",
        "Với quyết tâm cao, cán bộ xã đã vào cuộc.",
        "Huyện thực hiện tốt các mục tiêu của nghị quyết.",
        "Huyện hoàn thành 15 chỉ tiêu, trong đó vượt 4 chỉ tiêu.",
        "Phấn đấu hoàn thành 25 nhiệm vụ được giao.",
    ],
)
def test_what_is_no_goal(read: Read, said: str) -> None:
    assert read(OPENING, said).targets == ()


# --- wanted or reached ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Phấn đấu năm 2025, tỷ lệ giải ngân đạt 95%.", "target"),
        ("Mục tiêu năm 2025 là tỷ lệ giải ngân đạt 95%.", "target"),
        ("Chỉ tiêu đặt ra: tỷ lệ giải ngân đạt 95%.", "target"),
        ("Đến năm 2030, tỷ lệ giải ngân đạt 95%.", "target"),
        ("Đến hết năm 2025, tỷ lệ đô thị hóa đạt 95%.", "target"),
        ("Đã giải ngân đạt 95%.", "result"),
        ("Tỷ lệ giải ngân đạt 95%.", "result"),
        ("Kết quả 6 tháng đầu năm 2024, tỷ lệ giải ngân đạt 95%.", "result"),
        ("Tỷ lệ giải ngân năm 2023 đạt 95%.", "result"),
        ("Đến nay, tỷ lệ giải ngân đạt 95%.", "result"),
    ],
)
def test_status_of_one_sentence(read: Read, said: str, status: str) -> None:
    target = one(read, said)
    assert (target.status, target.value) == (status, 95)


def test_the_head_of_a_list_holds_for_its_items(read: Read) -> None:
    record = read(
        OPENING,
        "Năm 2025, huyện phấn đấu đạt các chỉ tiêu sau:",
        "- Tỷ lệ hộ nghèo còn 2%.",
        "- Tỷ lệ che phủ rừng đạt 52%.",
        "- 100% trường học đạt chuẩn.",
    )
    assert [(target.status, target.value) for target in record.targets] == [
        ("target", 2),
        ("target", 52),
        ("target", 100),
    ]
    assert {(target.start, target.end) for target in record.targets} == {("2025-01-01", "2025-12-31")}


def test_lines_of_a_list_of_goals(read: Read) -> None:
    record = read(
        OPENING,
        "Mục tiêu đến năm 2030:",
        "- Tỷ lệ hộ nghèo còn 2%.",
        "- Hoàn thành kho dữ liệu số của huyện.",
        "- Không để phát sinh điểm nóng.",
        "Hội nghị đã nghe báo cáo. Thu ngân sách đạt 54%.",
    )
    assert [(target.status, target.indicator, target.end) for target in record.targets] == [
        ("target", "Tỷ lệ hộ nghèo", "2030-12-31"),
        ("target", "Hoàn thành kho dữ liệu số của huyện", "2030-12-31"),
        ("target", "Không để phát sinh điểm nóng", "2030-12-31"),
        ("result", "Thu ngân sách", "2024-06-30"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Các chỉ tiêu chủ yếu năm 2024:",
        "Một số chỉ tiêu kinh tế - xã hội 6 tháng cuối năm 2024:",
        "Mục tiêu cụ thể đến hết năm 2025:",
        "HĐND huyện thông qua các chỉ tiêu năm 2024 như sau:",
    ],
)
def test_a_head_with_its_year_opens_goals(read: Read, head: str) -> None:
    record = read(OPENING, f"{head}\n- Thu ngân sách 450 tỷ đồng.\n- Giữ vững an ninh trật tự.")
    assert [(target.status, target.indicator) for target in record.targets] == [
        ("target", "Thu ngân sách"),
        ("target", "Giữ vững an ninh trật tự"),
    ]


def test_goals_behind_a_head_with_its_year_on_one_line(read: Read) -> None:
    record = read(OPENING, "Các chỉ tiêu năm 2024: Thu ngân sách 450 tỷ đồng; tỷ lệ hộ nghèo 1%.")
    assert [target.status for target in record.targets] == ["target", "target"]


@pytest.mark.parametrize(
    "head",
    [
        "Kết quả thực hiện các chỉ tiêu quý II/2024:",
        "Các chỉ tiêu đạt được trong quý II/2024:",
        "Các chỉ tiêu chủ yếu năm 2023:",
    ],
)
def test_a_head_of_what_was_reached_or_is_over_opens_no_goals(read: Read, head: str) -> None:
    record = read(OPENING, f"{head}\n- Thu ngân sách 450 tỷ đồng.\n- Tỷ lệ hộ nghèo 1%.")
    assert [target.status for target in record.targets] == ["result", "result"]


def test_a_level_set_in_a_directive_is_wanted(read: Read) -> None:
    record = read(OPENING, "Chủ tịch UBND huyện yêu cầu Phòng Y tế nâng công suất xét nghiệm lên 900 mẫu/ngày.")
    assert [(target.status, target.indicator, target.value) for target in record.targets] == [
        ("target", "công suất xét nghiệm", 900)
    ]


def test_a_goal_does_not_reach_over_other_news(read: Read) -> None:
    record = read(
        OPENING, "Huyện phấn đấu trồng 40 ha rừng. Các xã đã nêu ý kiến. Trên địa bàn xảy ra 14 vụ phạm pháp hình sự."
    )
    assert [(target.status, target.value) for target in record.targets] == [("target", 40), ("result", 14)]


def test_a_report_after_a_goal_is_a_result(read: Read) -> None:
    record = read(
        OPENING,
        "Năm 2025, huyện phấn đấu tỷ lệ che phủ rừng đạt 52%.",
        "Trong 6 tháng đầu năm 2024, toàn huyện đã trồng 310 ha rừng.",
    )
    assert [(target.status, target.value) for target in record.targets] == [("target", 52), ("result", 310)]


# --- periods ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Năm 2023, tỷ lệ hộ nghèo còn 3,1%.", ("2023-01-01", "2023-12-31")),
        ("Tỷ lệ hộ nghèo năm 2023 còn 3,1%.", ("2023-01-01", "2023-12-31")),
        ("Quý I/2024, tỷ lệ hộ nghèo còn 3,1%.", ("2024-01-01", "2024-03-31")),
        ("Phấn đấu đến năm 2025, tỷ lệ hộ nghèo còn 3,1%.", (None, "2025-12-31")),
        ("Phấn đấu đến hết năm 2025, tỷ lệ hộ nghèo còn 3,1%.", (None, "2025-12-31")),
        ("Phấn đấu trước ngày 30/6/2025, tỷ lệ hộ nghèo còn 3,1%.", (None, "2025-06-30")),
        ("Phấn đấu giai đoạn 2026-2030, tỷ lệ hộ nghèo còn 3,1%.", ("2026-01-01", "2030-12-31")),
    ],
)
def test_period_and_deadline(read: Read, said: str, period: tuple[str | None, str]) -> None:
    target = one(read, said)
    assert (target.start, target.end) == period


def test_without_a_period_both_ends_are_open(read: Read) -> None:
    record = read("Xã Đắk Hòa báo cáo kết quả.", "Tỷ lệ hồ sơ trả đúng hạn đạt 98,5%.")
    (target,) = record.targets
    assert (target.start, target.end, target.period_span) == (None, None, None)
    assert target.why_empty["end"] == "not_stated"


# --- whose level, and in which document -------------------------------------------------------------------------


def test_the_unit_that_a_sentence_begins_with_holds_its_level(read: Read) -> None:
    target = one(read, "Xã Nâm N'Jang đã giải ngân đạt 72%.")
    assert target.holder is not None
    assert target.holder.lower() == "xã nâm n'jang"


def test_the_area_of_the_article_holds_what_names_nobody(read: Read) -> None:
    target = one(read, "Tỷ lệ hồ sơ trả đúng hạn đạt 98,5%.")
    assert target.holder == "huyện Đắk Song"


def test_the_document_that_sets_a_target(read: Read) -> None:
    target = one(read, "Kế hoạch số 45/KH-UBND đề ra mục tiêu năm 2025 tỷ lệ giải ngân đạt 95%.")
    assert (target.status, target.document) == ("target", "45/KH-UBND")


def test_no_document(read: Read) -> None:
    target = one(read, "Phấn đấu năm 2025, tỷ lệ giải ngân đạt 95%.")
    assert (target.document, target.why_empty["document"]) == (None, "not_stated")


# --- numbers that are no level ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Hội nghị có 120 đại biểu tham dự.",
        "Huyện đề ra 25 nhiệm vụ, 7 nhóm giải pháp.",
        "Đoàn đã đi qua tuyến đường dài 12 km nối hai xã.",
        "Dự án có tổng mức đầu tư 250 tỷ đồng, quy mô 30 ha.",
        "Chủ tịch UBND huyện đã tặng bằng khen cho 15 tập thể.",
        "Hội nghị đã nghe 5 tham luận.",
        "Ông Điểu Krang năm nay 54 tuổi.",
        "Theo Nghị quyết số 12-NQ/HU, quốc lộ 14 đi qua huyện.",
        "Dịch kéo dài 3 tháng.",
        "Đất sân bay chỉ rộng 64 ha chứ không phải là 96 ha.",
        "Xe bán tải chịu thuế nhập khẩu 5%.",
        "Mức phạt cao nhất là 12 triệu đồng.",
        "Thành phố mở rộng mặt cắt ngang lên tới 90 m.",
        "Nông thôn mỗi xã chỉ có 5.000 người.",
        "Dự án có diện tích 12 ha, chiếm 76% quỹ đất.",
        "Vụ việc xảy ra tại địa chỉ 265 đường Lê Lợi.",
    ],
)
def test_numbers_that_only_describe(read: Read, said: str) -> None:
    assert read(OPENING, said).targets == ()


def test_a_story_of_a_crime_reports_no_work(read: Read) -> None:
    record = read(
        "Khởi tố vụ án lừa đảo",
        "Ngày 10/7/2024, cơ quan điều tra cho biết đã khởi tố bị can, thu 20 điện thoại. Nạn nhân tố cáo hành vi này.",
    )
    assert record.targets == ()


def test_what_tells_of_no_work_meeting_or_directive_has_none(read: Read) -> None:
    record = read(
        "Đội Hoa Phượng dẫn đầu bảng",
        "Đội Hoa Phượng đặt mục tiêu giành 3 điểm trên sân khách. Năm 2023, lượng khán giả tăng 12%.",
    )
    assert record.targets == ()


def test_what_a_caption_counts_is_none(read: Read) -> None:
    record = read(OPENING, "Người dân xã Nâm N'Jang đã trồng 310 ha rừng (Ảnh: Văn Tám)", "Hội nghị kết thúc lúc trưa.")
    assert record.targets == ()


def test_a_title_is_not_entered_again(read: Read) -> None:
    record = read(
        "Huyện Đắk Song giải ngân đạt 61% vốn đầu tư công",
        OPENING,
        "Đến nay, giải ngân vốn đầu tư công đạt 61%.",
    )
    assert [target.value for target in record.targets] == [61]


def test_a_level_told_at_the_head_and_again_is_one(read: Read) -> None:
    record = read(
        OPENING,
        "Tỷ lệ giải ngân vốn đầu tư công đạt 61%.",
        "Các ngành đã thảo luận nhiều nội dung.",
        "Các xã nêu khó khăn về đất đai.",
        "Người dân đồng tình với chủ trương của huyện.",
        "Theo báo cáo, tỷ lệ giải ngân vốn đầu tư công đạt 61%.",
    )
    assert [target.value for target in record.targets] == [61]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param("Tỷ lệ hộ dân xã Nâm N'Jang dùng nước sạch", "Tỷ lệ hộ dân xã Thuận Hà dùng nước sạch", id="area"),
        pytest.param("Tại xã Nâm N'Jang, tỷ lệ tiêm chủng", "Tại xã Thuận Hà, tỷ lệ tiêm chủng", id="place"),
        pytest.param("Tỷ lệ tiêm vắc xin sởi mũi 1", "Tỷ lệ tiêm vắc xin sởi mũi 2", id="number"),
        pytest.param("Năm 2022, tỷ lệ hộ dùng nước sạch", "Năm 2023, tỷ lệ hộ dùng nước sạch", id="period"),
        pytest.param("Tổng thu ngân sách", "Tổng chi thường xuyên ngân sách", id="words"),
    ],
)
def test_what_differs_in_area_number_period_or_words_is_not_told_again(read: Read, here: str, there: str) -> None:
    record = read(OPENING, f"{here} đạt 90%.", f"{there} đạt 90%.")
    assert [target.value for target in record.targets] == [90, 90]


def test_a_row_that_is_cut_tells_each_item_once(read: Read) -> None:
    names = ("".join(letters) for letters in product(LETTERS, repeat=2))
    row = "; ".join(f"tỷ lệ việc {name} hoàn thành đạt {at % 50 + 40}%" for at, name in enumerate(names))
    assert len(read(OPENING, f"Kết quả: {row}.").targets) == len(LETTERS) ** 2


def test_two_indicators_with_the_same_number_are_two(read: Read) -> None:
    record = read(OPENING, "Tỷ lệ giải ngân vốn tỉnh đạt 61%; tỷ lệ giải ngân vốn huyện đạt 61%.")
    assert [target.value for target in record.targets] == [61, 61]


def test_each_item_of_a_row_has_its_own_holder(read: Read) -> None:
    record = read(OPENING, "Về giải ngân, xã Hoa Sen đạt 45%; xã Thuận Hà đạt 57%.")
    assert [target.holder for target in record.targets] == ["xã Hoa Sen", "xã Thuận Hà"]


@pytest.mark.parametrize(
    "words", ["Tỷ lệ hộ nghèo đã giảm còn 12%.", "Tỷ lệ hộ nghèo hiện còn 12%.", "Tỷ lệ hộ nghèo đang ở mức 12%."]
)
def test_an_indicator_before_a_particle_of_tense(read: Read, words: str) -> None:
    target = one(read, words)
    assert (target.indicator, target.value, target.status) == ("Tỷ lệ hộ nghèo", 12, "result")


@pytest.mark.parametrize("head", ["Mục tiêu đến năm 2030:", "Huyện phấn đấu đến hết năm 2030:"])
def test_a_deadline_at_the_head_of_a_list(read: Read, head: str) -> None:
    record = read(OPENING, head, "- Tỷ lệ hộ nghèo còn 2%.", "- Tỷ lệ che phủ rừng đạt 52%.")
    assert [(target.status, target.value, target.end) for target in record.targets] == [
        ("target", 2, "2030-12-31"),
        ("target", 52, "2030-12-31"),
    ]


def test_levels_stand_in_the_order_of_the_text(read: Read) -> None:
    record = read(
        OPENING,
        "Đến nay, giải ngân đạt 61%; thu ngân sách đạt 54%, tăng 3% so với cùng kỳ.",
        "Phấn đấu cả năm giải ngân đạt 95%.",
    )
    assert [target.span for target in record.targets] == sorted(target.span for target in record.targets)
    assert len(record.targets) == 4


def test_a_hundred_levels(read: Read) -> None:
    row = "; ".join(f"thôn {number} đạt {number % 90 + 5}%" for number in range(1, 101))
    record = read(OPENING, f"Kết quả giải ngân: {row}.")
    assert len(record.targets) == 100


# --- numbers of stories -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Vì sao huyện đã xử lý 40 trường hợp mà dân vẫn chưa yên tâm?",
        "Chủ đầu tư đã xây 40 trụ móng. Ảnh: Hoàng Nam.",
        "Được biết ông từng trồng 40 ha rừng.",
        "Công ty sẽ trồng 40 ha rừng.",
        "Mỗi xe chở được 23 hành khách.",
        "Lực lượng công an huyện hiện có 500 người.",
        "Công ty bàn giao doanh nghiệp có giá trị vốn nhà nước là 22 tỷ đồng.",
        "Ngân hàng huy động với lãi suất 5,4%.",
    ],
)
def test_what_is_asked_pictured_told_of_people_or_to_come_is_no_result(read: Read, said: str) -> None:
    assert read(OPENING, said).targets == ()


def test_an_affair_has_no_results_but_what_is_measured(read: Read) -> None:
    story = (
        "Cơ quan điều tra khởi tố vụ án, bắt giữ nhiều bị can.",
        "Nạn nhân tố cáo hành vi trái phép của nhóm đối tượng.",
        "Dư luận bức xúc trước sự cố và sai phạm, thanh tra vào cuộc.",
    )
    record = read(OPENING, *story, "Công an huyện đã bắt 4 người.", "Tỷ lệ phá án đạt 72%.")
    assert [target.value for target in record.targets] == [72]


STORY = "Người dân trong thôn kể lại chuyện cũ, ai cũng nhớ những ngày mưa lớn bên dòng suối phía sau trường học."


def test_a_lone_number_of_a_long_story_is_no_result(read: Read) -> None:
    head = "UBND huyện Đắk Song đang triển khai kế hoạch phát triển kinh tế - xã hội, thực hiện nhiệm vụ."
    assert read(head, *[STORY] * 6, "Chủ vườn đã bán 40 con bò.").targets == ()
    assert len(read(OPENING, "Huyện đã trồng 40 ha rừng.").targets) == 1


@pytest.mark.parametrize(
    ("said", "indicator"),
    [("Người dân hiến 1.200 m2 đất.", "hiến … đất"), ("Lực lượng chức năng xử phạt 12 vụ.", "xử phạt … vụ")],
)
def test_who_did_it_is_no_part_of_an_indicator(read: Read, said: str, indicator: str) -> None:
    assert one(read, said).indicator == indicator


def test_a_name_that_ends_like_a_superlative_stays_whole(read: Read) -> None:
    assert one(read, "Sản lượng hàng qua cảng Mỹ Nhất đạt 320 tấn.").indicator == "Sản lượng hàng qua cảng Mỹ Nhất"
