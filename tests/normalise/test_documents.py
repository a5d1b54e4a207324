"""Numbered documents: type, symbol, date of issue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.normalise.documents import Document, clean_symbol, read_document

FORMS = {"Kế hoạch": "Kế hoạch", "KH": "Kế hoạch", "Nghị quyết": "Nghị quyết", "Đề án": "Đề án"}
CODES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CTr": "Chương trình", "TTLT": "Thông tư liên tịch"}


def read(**parts: str) -> Document | None:
    return read_document(parts, FORMS.get, CODES.get)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"type": "Kế hoạch", "symbol": "17/KH-UBND"}, Document("Kế hoạch", "17/KH-UBND")),
        ({"type": "KH", "symbol": "17/KH-UBND"}, Document("Kế hoạch", "17/KH-UBND")),
        ({"type": "Kế\nhoạch", "symbol": "17 / KH - UBND"}, Document("Kế hoạch", "17/KH-UBND")),
        ({"symbol": "470- QĐ/TW"}, Document("Quyết định", "470-QĐ/TW")),
        ({"symbol": "36a/NQ-CP"}, Document("Nghị quyết", "36a/NQ-CP")),
        ({"symbol": "03/2000/TTLT-BYT-BGDĐT"}, Document("Thông tư liên tịch", "03/2000/TTLT-BYT-BGDĐT")),
        ({"symbol": "10- CTr/QU"}, Document("Chương trình", "10-CTr/QU")),
        ({"type": "Đề án", "symbol": "06"}, Document("Đề án", "06")),
        ({"type": "Nghị quyết", "symbol": "29"}, Document("Nghị quyết", "29")),
        (
            {"type": "Kế hoạch", "symbol": "17/KH-UBND", "dd": "17", "dm": "5", "dy": "2023"},
            Document("Kế hoạch", "17/KH-UBND", date(2023, 5, 17)),
        ),
        ({"type": "Kế hoạch", "symbol": "17/KH", "dd": "31", "dm": "2", "dy": "2023"}, Document("Kế hoạch", "17/KH")),
        ({"type": "Kế hoạch", "symbol": "17/KH", "dd": "3", "dm": "2"}, Document("Kế hoạch", "17/KH")),
    ],
)
def test_values(parts: dict[str, str], expected: Document) -> None:
    assert read(**parts) == expected


@pytest.mark.parametrize(
    "parts",
    [
        {"symbol": "17/XYZ-ABC"},
        {"symbol": "17"},
        {"symbol": "KH-UBND"},
        {"type": "Lời thề", "symbol": "17"},
        {"symbol": ""},
    ],
)
def test_no_document(parts: dict[str, str]) -> None:
    assert read(**parts) is None


def test_the_word_tells_more_than_the_symbol() -> None:
    assert read(type="Nghị quyết", symbol="17/KH-UBND") == Document("Nghị quyết", "17/KH-UBND")


@given(
    st.integers(1, 9999),
    st.sampled_from(["/", "-"]),
    st.sampled_from(sorted(CODES)),
    st.sampled_from(["", " ", "\u00a0"]),
)
def test_blanks_do_not_count(number: int, sign: str, code: str, blank: str) -> None:
    symbol = f"{number}{blank}{sign}{blank}{code}{blank}/{blank}TU"
    assert read(symbol=symbol) == Document(CODES[code], f"{number}{sign}{code}/TU")


@given(st.text())
def test_symbols_hold_no_blank(text: str) -> None:
    assert not any(character.isspace() for character in clean_symbol(text) if character not in "\x1c\x1d\x1e\x1f")
    assert clean_symbol(clean_symbol(text)) == clean_symbol(text)


@given(
    st.fixed_dictionaries(
        {"symbol": st.text(max_size=20)},
        optional={name: st.text(max_size=6) for name in ("type", "code", "dd", "dm", "dy")},
    )
)
def test_any_parts(parts: dict[str, str]) -> None:
    read(**parts)
