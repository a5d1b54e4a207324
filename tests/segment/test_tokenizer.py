"""The tokenizer keeps every character and finds syllables, numbers, codes and signs."""

import pickle
import unicodedata
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from meetextract.segment.tokenizer import MAX_TOKEN_CHARS, OPAQUE_CHARS, SyllableTokenizer, tokenize

VIETNAMESE = st.text(alphabet="aăâđeêoôơuưyÀỂỘđĐ .,;:-/'’()“”0159\n\r\t\u00a0\u0301\u0323\u200b\u200f😀", max_size=80)
ANY_TEXT = st.one_of(st.text(max_size=60), VIETNAMESE)


def tokens(text: str) -> list[str]:
    return [word for word in tokenize(text).words if not word.isspace()]


@given(ANY_TEXT)
def test_text_is_kept(text: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        assert SyllableTokenizer(Vocab())(form).text == form


@given(ANY_TEXT)
def test_tokens_stand_in_order_and_hold_no_blank(text: str) -> None:
    doc = SyllableTokenizer(Vocab())(text)
    position = 0
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
        assert text[position : token.idx] in ("", " ")
        position = token.idx + len(token)
        assert len(token) > 0
        assert token.text.isspace() or not any(character in " \n\r\t\u00a0" for character in token.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu 4.000 hộ, đạt 99,93%.", ["Thu", "4.000", "hộ", ",", "đạt", "99,93", "%", "."]),
        ("xã Ea R'Bin, bon H’Rông", ["xã", "Ea", "R'Bin", ",", "bon", "H’Rông"]),
        ("'nóng' lên", ["'", "nóng", "'", "lên"]),
        ("17/KH-UBND", ["17", "/", "KH", "-", "UBND"]),
        ("QH14 và 20m2", ["QH14", "và", "20", "m2"]),
        ("số10- CTr/QU", ["số", "10", "-", "CTr", "/", "QU"]),
        ("3-5-2021", ["3", "-", "5", "-", "2021"]),
        ("TP.Vinh...", ["TP", ".", "Vinh", "..."]),
        ("vui 👨‍👩‍👧!", ["vui", "👨‍👩‍👧", "!"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_composed_and_a_decomposed_syllable_are_one_token_each() -> None:
    text = "Uỷ ban phường Hoà Bình"
    decomposed = unicodedata.normalize("NFD", text)
    assert len(decomposed) > len(text)
    assert [unicodedata.normalize("NFC", word) for word in tokens(decomposed)] == tokens(text)


def test_an_unbroken_run_is_not_looked_into() -> None:
    run = "a." * OPAQUE_CHARS
    assert tokens(f"x {run} y") == ["x", run, "y"]
    assert {len(word) for word in tokens("b," * MAX_TOKEN_CHARS)} == {MAX_TOKEN_CHARS}


def test_a_cut_keeps_a_letter_and_its_mark_together() -> None:
    run = "x" * (MAX_TOKEN_CHARS - 1) + "e\u0302" + "x" * 300
    assert tokens(run)[0].endswith("xe\u0302") or tokens(run)[1].startswith("e\u0302")


def test_spacy_finds_it_and_saves_it(tmp_path: Path) -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "meetextract.SyllableTokenizer.v1"}}}
    nlp = spacy.blank("vi", config=config)
    text = "Đ/c  Trần Bình,\r\nBí thư."
    assert nlp(text).text == text
    nlp.to_disk(tmp_path / "model")
    expected = [token.text for token in nlp(text)]
    assert [token.text for token in spacy.load(tmp_path / "model")(text)] == expected
    assert [token.text for token in spacy.blank("vi", config=config).from_bytes(nlp.to_bytes())(text)] == expected
    assert [doc.text for doc in nlp.pipe([text, ""])] == [text, ""]
    copy = pickle.loads(pickle.dumps(nlp.tokenizer))
    assert [token.text for token in copy(text)] == expected
