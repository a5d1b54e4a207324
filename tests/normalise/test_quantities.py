"""Amounts and counts of tasks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.normalise.quantities import Amount, TaskCount, comparator_of, read_amount, read_count


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"num": "97", "unit": "%", "cmp": "trên"}, Amount(97, "%", "gt")),
        ({"num": "99,93", "unit": "%"}, Amount(99.93, "%")),
        ({"num": "95", "unit": "phần trăm"}, Amount(95, "%")),
        ({"num": "12.500 tỷ", "unit": "đồng"}, Amount(12_500 * 10**9, "đồng")),
        ({"num": "2 tỷ 300 triệu"}, Amount(2_300_000_000, "đồng")),
        ({"num": "5", "unit": "usd"}, Amount(5, "usd")),
        ({"num": "5 triệu", "unit": "vnđ"}, Amount(5_000_000, "đồng")),
        ({"num": "1.234,56", "unit": "ha"}, Amount(1234.56, "ha")),
        ({"num": "13,000", "unit": "lượt"}, Amount(13_000, "lượt")),
        ({"num": "13,500", "unit": "ha"}, Amount(13.5, "ha")),
        ({"num": "1.053", "of": "1.053", "unit": "văn bản"}, Amount(1053, "văn bản", of=1053)),
        ({"num": "hai", "noun": "chương trình"}, Amount(2, "chương trình")),
        ({"num": "5", "num2": "7", "unit": "ngày"}, Amount(5, "ngày", "range", 7)),
        ({"num": "50", "num2": "70 triệu", "unit": "đồng"}, Amount(50_000_000, "đồng", "range", 70_000_000)),
        ({"num": "2", "unit": "đô la", "cents": "23"}, Amount(2.23, "usd")),
        ({"num": "4,5 triệu", "unit": "đồng", "per": "/tháng"}, Amount(4_500_000, "đồng/tháng")),
        ({"num": "12.000", "unit": "lượt  khách"}, Amount(12_000, "lượt khách")),
    ],
)
def test_amounts(parts: dict[str, str], expected: Amount) -> None:
    assert read_amount(parts) == expected


@pytest.mark.parametrize(
    "parts",
    [
        {"num": "1.2.3", "unit": "%"},
        {"num": "xã", "unit": "hộ"},
        {"num": "7", "num2": "5", "unit": "ngày"},
        {"num": "7", "num2": "7", "unit": "ngày"},
        {"num": "7", "num2": "x", "unit": "ngày"},
    ],
)
def test_no_amount(parts: dict[str, str]) -> None:
    assert read_amount(parts) is None


@pytest.mark.parametrize(
    ("before", "after", "comparator"),
    [
        ("", "", "eq"),
        ("trên", "", "gt"),
        ("hơn", "", "gt"),
        ("quá", "", "gt"),
        ("ít nhất", "", "ge"),
        ("tối thiểu", "", "ge"),
        ("không dưới", "", "ge"),
        ("đạt từ", "", "ge"),
        ("từ", "trở lên", "ge"),
        ("từ", "trở xuống", "le"),
        ("dưới", "", "lt"),
        ("chưa đến", "", "lt"),
        ("không quá", "", "le"),
        ("tối đa", "", "le"),
        ("khoảng", "", "approx"),
        ("gần", "", "approx"),
        ("xấp xỉ", "", "approx"),
        ("trên dưới", "", "approx"),
        ("đạt", "", "eq"),
    ],
)
def test_comparators(before: str, after: str, comparator: str) -> None:
    assert comparator_of(before, after) == comparator


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"num": "25", "item": "nhiệm vụ"}, TaskCount(25, "nhiệm vụ")),
        ({"num": "07", "item": "nhóm  nhiệm vụ"}, TaskCount(7, "nhóm nhiệm vụ")),
        ({"num": "17", "of": "19", "item": "tiêu chí"}, TaskCount(17, "tiêu chí", of=19)),
        ({"num": "hai mươi", "item": "đầu việc", "cmp": "hơn"}, TaskCount(20, "đầu việc", "gt")),
    ],
)
def test_counts(parts: dict[str, str], expected: TaskCount) -> None:
    assert read_count(parts) == expected


def test_no_count() -> None:
    assert read_count({"num": "nhiều", "item": "nhiệm vụ"}) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(["đồng", "hộ", "%", "người"]))
def test_a_range_rises(first: int, second: int, unit: str) -> None:
    amount = read_amount({"num": str(first), "num2": str(second), "unit": unit})
    if first < second:
        assert amount == Amount(first, unit, "range", second)
    else:
        assert amount is None


@given(st.integers(0, 10**9), st.sampled_from([("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)]))
def test_money_in_dong(number: int, scale: tuple[str, int]) -> None:
    word, factor = scale
    dotted = f"{number:,}".replace(",", ".")
    assert read_amount({"num": f"{dotted} {word}", "unit": "đồng"}) == Amount(number * factor, "đồng")


TEXTS = st.text(max_size=12) | st.sampled_from(["5", "1.000", "trên", "tỷ", "50 triệu", "/ 100 dân", "đồng", "²", "%"])


@given(
    st.fixed_dictionaries(
        {"num": TEXTS}, optional=dict.fromkeys(("num2", "of", "unit", "noun", "cmp", "post", "cents", "per"), TEXTS)
    )
)
def test_any_parts(parts: dict[str, str]) -> None:
    amount = read_amount(parts)
    if amount is not None and amount.max is not None:
        assert amount.comparator == "range"
        assert amount.value < amount.max


@given(st.fixed_dictionaries({"num": TEXTS, "item": TEXTS}, optional={"of": TEXTS, "cmp": TEXTS}))
def test_any_count(parts: dict[str, str]) -> None:
    read_count(parts)
