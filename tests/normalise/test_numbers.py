"""Numerals in digits, in words, and mixed."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetextract.normalise.numbers import parse_digits, parse_number

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))


def spell(number: int, odd: str = "lẻ") -> str:
    """The words for a number below 10**12, as schools teach them."""
    if number == 0:
        return "không"
    words: list[str] = []
    for scale, name in SCALES:
        group = number // scale % 1000
        if group:
            words += [*spell_group(group, bool(words), odd), name]
    return " ".join(word for word in words if word)


def spell_group(group: int, full: bool, odd: str) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [UNITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + ([odd] if words and ones else []) + ([UNITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [UNITS[tens], "mươi"]
    if ones:
        words.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else UNITS[ones])
    return words


def test_the_speller_of_this_test() -> None:
    assert spell(21_011) == "hai mươi mốt nghìn không trăm mười một"
    assert spell(1_000_000_005) == "một tỷ không trăm lẻ năm"
    assert spell(115) == "một trăm mười lăm"


@given(st.integers(0, 10**12 - 1))
@example(0)
@example(1_000)
@example(999_999_999_999)
def test_dots_set_off_thousands(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert parse_number(dotted) == number
    assert parse_number(dotted, whole=True) == number
    assert parse_number("-" + dotted) == -number
    assert parse_number(str(number)) == number


@given(st.integers(1, 10**12 - 1), st.integers(1, 99))
def test_a_comma_sets_off_decimals(number: int, hundredths: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert parse_number(f"{dotted},{hundredths:02}") == pytest.approx(number + hundredths / 100, rel=1e-12)
    assert parse_number(f"{number},{hundredths:02}") == parse_number(f"{dotted},{hundredths:02}")


@given(st.integers(1_000_000, 10**12 - 1), st.integers(1, 99))
def test_english_separators_where_only_they_make_sense(number: int, hundredths: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}.{hundredths:02}") == pytest.approx(number + hundredths / 100, rel=1e-12)


@given(st.integers(0, 10**9), st.sampled_from(["lẻ", "linh"]))
@example(10**9, "lẻ")
@example(1_000_001, "linh")
def test_words(number: int, odd: str) -> None:
    words = spell(number, odd)
    assert parse_number(words) == number
    assert parse_number(words.capitalize()) == number
    assert parse_number(words.replace("nghìn", "ngàn").replace("tỷ", "tỉ")) == number
    assert parse_number("âm " + words) == -number


@given(st.integers(1, 999), st.integers(1, 999))
def test_digits_with_scales(billions: int, millions: int) -> None:
    assert parse_number(f"{billions} tỷ {millions} triệu") == billions * 10**9 + millions * 10**6
    assert parse_number(f"{billions} nghìn {millions} tỷ") == (billions * 1000 + millions) * 10**9


@given(st.text())
@example("²")
@example("½")
@example("٣")
@example("mươi mươi")
@example("tỷ tỷ tỷ")
@example("phẩy hai")
@example("-")
def test_any_text(text: str) -> None:
    value = parse_number(text)
    assert value is None or isinstance(value, int | float)
    parse_number(text, whole=True)
    parse_digits(text)


NUMBER_WORDS = [*UNITS, "mười", "mươi", "mốt", "lăm", "trăm", "nghìn", "triệu", "tỷ", "rưỡi", "phẩy", "lẻ", "12", "1,5"]


@given(st.lists(st.sampled_from(NUMBER_WORDS), max_size=8).map(" ".join))
def test_number_words_in_any_order(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.053", 1053),
        ("99,93", 99.93),
        ("1.234,56", 1234.56),
        ("12.500 tỷ", 12_500 * 10**9),
        ("12.500 tỉ", 12_500 * 10**9),
        ("2 tỷ 300 triệu", 2_300_000_000),
        ("1,5 triệu", 1_500_000),
        ("3 nghìn tỷ", 3 * 10**12),
        ("nghìn tỷ", 10**12),
        ("2 triệu 5 trăm nghìn", 2_500_000),
        ("1 tỷ rưỡi", 1_500_000_000),
        ("một triệu rưỡi", 1_500_000),
        ("5 vạn", 50_000),
        ("ba chục", 30),
        ("ba mươi tư", 34),
        ("hai mươi nhăm", 25),
        ("một trăm linh năm", 105),
        ("hai trăm rưỡi", 250),
        ("hai phẩy năm", 2.5),
        ("hai phẩy năm tỷ", 2_500_000_000),
        ("05", 5),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("1.5", 1.5),
        ("  BA  MƯƠI  ", 30),
        ("hai mươi mốt", 21),
    ],
)
def test_values(text: str, value: float) -> None:
    assert parse_number(text) == value
    assert type(parse_number(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "xã", "1.2.3", "1.23.456", "1,2,3", "12,34.5,6", "hai ba", "ba mốt hai", "mươi", "12 hộ", "tỷ lệ"],
)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "as_level", "as_count"),
    [("13,000", 13, 13_000), ("1,250", 1.25, 1_250), ("4,5", 4.5, 4.5), ("0,500", 0.5, 0.5)],
)
def test_whole_things_have_no_three_decimals(text: str, as_level: float, as_count: float) -> None:
    assert parse_number(text) == as_level
    assert parse_number(text, whole=True) == as_count


def test_decomposed_and_nonbreaking_input() -> None:
    assert parse_number("hai\u00a0mươi\u00a0tỷ") == 20 * 10**9
    assert parse_number("bốn mươi") == 40


@pytest.mark.parametrize("digits", [30, 200])
def test_a_run_of_digits_that_counts_nothing(digits: int) -> None:
    value = parse_number("9" * digits)
    assert value is None or json.dumps(value)
