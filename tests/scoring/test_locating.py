"""Words of gold without spans are found in the article, in order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.scoring.locating import ArticleText, Locator


def test_the_same_words_again_are_looked_for_further_on() -> None:
    locator = Locator(ArticleText("năm 2024, quý I; năm 2024"))
    assert locator.words("năm 2024") == (0, 8)
    assert locator.words("quý I") == (10, 15)
    assert locator.words("năm 2024") == (17, 25)
    assert locator.words("năm 2024") == (0, 8)  # there is no third


def test_white_space_is_folded_and_nothing_else() -> None:
    locator = Locator(ArticleText("Phòng\r\n Nội\u00a0vụ (cũ)"))
    assert locator.words("Phòng Nội vụ (cũ)") == (0, 18)
    assert locator.words("phòng") is None
    assert locator.words(" ") is None


def test_a_quote_may_leave_words_out() -> None:
    text = "giao phòng Nội vụ, trong tháng này, rà soát hồ sơ"
    assert Locator(ArticleText(text)).quote("phòng Nội vụ … rà soát") == (5, text.index(" hồ sơ"))
    assert Locator(ArticleText(text)).quote("rà soát ... hồ sơ") == (text.index("rà"), len(text))
    assert Locator(ArticleText(text)).quote("… không có … tháng này …") == (text.index("tháng"), text.index(", rà"))
    assert Locator(ArticleText(text)).quote("không có") is None
    assert Locator(ArticleText(text)).quote("…") is None


def test_places_are_carried_to_the_text_as_stored() -> None:
    stored = unicodedata.normalize("NFD", "Thuỷ lợi\r\nvà Hoà Bình")
    article = ArticleText(stored)
    span = Locator(article).words("và Hoà")
    assert span is not None
    start, end = article.to_stored(span)
    assert unicodedata.normalize("NFC", stored[start:end]) == "và Hoà"
    assert article.line_of(start) == 2
    assert article.line_of(0) == 1


@given(st.text(st.sampled_from("aăđ \r\n\u0300\u0309\u0323ỷ"), max_size=30), st.data())
def test_places_in_any_text(stored: str, data: st.DataObject) -> None:
    article = ArticleText(stored)
    start = data.draw(st.integers(0, len(article.searched)))
    end = data.draw(st.integers(start, len(article.searched)))
    first, last = article.to_stored((start, end))
    assert 0 <= first <= last <= len(stored)


@pytest.mark.parametrize("text", ["họp", "", "a\nb"])
def test_a_composed_text_is_searched_as_it_is(text: str) -> None:
    assert ArticleText(text).searched == text
    assert ArticleText(text).to_stored((0, len(text))) == (0, len(text))
