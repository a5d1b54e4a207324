"""Folding, and offsets carried between stored and folded text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.text import FoldedText, fold

PIECES = st.sampled_from(
    [
        "Hoà",
        "thuý",
        "Uỷ",
        "hội",
        " ",
        "  ",
        "\t",
        " \n",
        "\u00a0",
        "\r\n",
        "\n",
        "\r",
        "\u200b",
        "\ufeff",
        "😀",
        "👩\u200d💻",
        "e\u0302\u0301",
        "a\u200b\u0301",
        "–",
        "“",
        "’",
        "ð",
        "1.053",
        "\u0301",
        "\u1100\u1161",
        "\u0344",
        "½",
        "İ",
        "\u2028",
        "o\u031b\u0300",
    ]
)
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(PIECES, max_size=30).map("".join),
    st.lists(PIECES, max_size=30).map("".join).map(lambda text: unicodedata.normalize("NFD", text)),
)


@pytest.mark.parametrize(
    ("stored", "folded"),
    [
        ("hoà, thuý, Uỷ ban, UỶ BAN", "hòa, thúy, Ủy ban, ỦY BAN"),
        ("hoàn toàn, quý, giá, thuở, khuỷu", "hoàn toàn, quý, giá, thuở, khuỷu"),
        ("2016 – 2020 — 5−3", "2016 - 2020 - 5-3"),
        ("“Một cửa” ‘số’", "\"Một cửa\" 'số'"),
        ("12\u00a0500\u2003tỷ\tđồng", "12 500 tỷ đồng"),
        ("dòng một\r\ndòng hai\rdòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("quận\u200b 8\ufeff", "quận 8"),
        ("Tổ  công tác \t\u00a0 giúp\u200b \u200b việc", "Tổ công tác giúp việc"),
        ("Thời  gian:   8h", "Thời gian: 8h"),
        ("UBND  xa\t\tA", "UBND xa A"),
        ("một \n  hai\t\r\n\r\n \u200b ba \u2028bốn", "một\nhai\n\nba\nbốn"),
        ("\n \n\t\n", "\n\n\n"),
        ("a  \u0301b", "a \u0301b"),
        ("ðồng chí Ðỗ", "đồng chí Đỗ"),
        (unicodedata.normalize("NFD", "Ủy viên thường vụ"), "Ủy viên thường vụ"),
    ],
)
def test_fold(stored: str, folded: str) -> None:
    assert fold(stored) == folded


def test_offsets_of_decomposed_text() -> None:
    stored = unicodedata.normalize("NFD", "Chiều nay,\r\nquận họp")
    folded = FoldedText(stored)
    start = folded.folded.index("quận")
    first, last = folded.to_stored(start, start + 4)
    assert unicodedata.normalize("NFC", stored[first:last]) == "quận"
    assert folded.to_folded(first, last) == (start, start + 4)


def test_dropped_characters_stay_outside() -> None:
    folded = FoldedText("quận\u200b\u200b Tám")
    assert folded.to_stored(0, 4) == (0, 4)
    assert folded.to_stored(4, 5) == (6, 7)
    assert folded.to_folded(4, 6) == (4, 4)


def test_a_span_over_a_run_of_blanks_holds_all_of_it() -> None:
    folded = FoldedText("Sở  Nội \u00a0vụ  họp")
    assert folded.folded == "Sở Nội vụ họp"
    assert folded.to_stored(0, 9) == (0, 11)
    assert folded.to_stored(9, 10) == (11, 12)
    assert folded.to_stored(10, 13) == (13, 16)
    assert folded.to_folded(0, 11) == (0, 9)
    assert folded.to_folded(12, 13) == (10, 10)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_run_of_blanks_is_left(stored: str) -> None:
    folded = fold(stored)
    assert not any(run in folded for run in ("  ", " \n", "\n ", "\t"))


@given(ANY_TEXT)
def test_spans_there_and_back(stored: str) -> None:
    folded = FoldedText(stored)
    length = len(folded.folded)
    for start in range(0, length, max(1, length // 7)):
        end = min(length, start + 3)
        first, last = folded.to_stored(start, end)
        assert 0 <= first <= last <= len(stored)
        back = folded.to_folded(first, last)
        assert back[0] <= start and end <= back[1]


@given(ANY_TEXT)
def test_every_stored_character_has_its_place(stored: str) -> None:
    folded = FoldedText(stored)
    spans = [folded.to_folded(at, at + 1) for at in range(len(stored))]
    assert all(0 <= start <= end <= len(folded.folded) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert covered == set(range(len(folded.folded)))
    assert folded.to_stored(0, len(folded.folded))[1] <= len(stored)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_folding_twice_changes_nothing(stored: str) -> None:
    assert fold(fold(stored)) == fold(stored)


@pytest.mark.parametrize("span", [(-1, 0), (0, 4), (2, 1)])
def test_a_span_outside_is_refused(span: tuple[int, int]) -> None:
    folded = FoldedText("abc")
    with pytest.raises(ValueError, match="does not lie"):
        folded.to_stored(*span)
    with pytest.raises(ValueError, match="does not lie"):
        folded.to_folded(*span)


@pytest.mark.parametrize(
    "unit",
    [
        "hoà thuận – ",
        "a\u0301",
        "a" + "\u0301" * 50,
        "\u200b",
        "áo",
        "1.1.1.",
        "\r\n",
        "\u1100\u1161",
        " ",
        "a  ",
        "\n ",
        " \u0301",
    ],
)
def test_folding_is_linear(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    FoldedText(text)
    assert time.process_time() - started < 4
