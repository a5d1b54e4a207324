import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from meetextract.match.approximation import ALPHABET, Approximation, CodedText
from meetextract.match.library import PatternLibrary
from meetextract.match.syntax import parse
from meetextract.text import fold

NAMES = {"\ue000": ("Sở Y tế", "TP 1")}


def _places(source: str, *sentences: str, ignore_case: bool = True) -> list[tuple[int, int]]:
    tree = parse(source, ignore_case=ignore_case, names=NAMES)
    return [*Approximation(tree).places(CodedText.of(sentences))]


@pytest.mark.parametrize(
    ("source", "sentence", "start"),
    [
        ("họp", "Cuộc HỌP báo", 5),
        ("họp", "Cuộc thi", None),
        (r"\bông", "Đồng ông", 4),  # the blank before it may be part of the match
        (r"\bông", "không, thông", None),
        (r"(?<!\p{L})ông(?!\p{L})", "không, ông nói", 6),
        (r"(?<!\p{L})ông(?!\p{L})", "ôngx", None),
        (r"(?<=các\s+)xã", "Các xã", 0),
        (r"(?<=các\s+)xã", "xã", -1),  # what stands before may stand in the sentence before
        (r"(?<=các\s+)xã", "thị xã", None),
        (r"\d+(?=\s+xã)", "5 xã", 0),
        (r"\d+(?=\s+xã)", "5 huyện", None),
        (r"(?:a(?=b)|c)(?!x)", "ab", 0),
        (r"a{7}", "a" * 7, 0),
        (r"(\d)/\1", "4/4", 0),
        ("tại \ue000".replace(" ", r"\s+"), "họp tại  sở  y tế", 4),
        ("tại \ue000".replace(" ", r"\s+"), "họp tại sở", None),
        (r"[^\s]+", "字", 0),
        ("€", "5 €", 2),
        ("ki", "\u212aİ", 0),
    ],
)
def test_where_a_pattern_may_match(source: str, sentence: str, start: int | None) -> None:
    assert _places(source, sentence) == ([] if start is None else [(0, max(start, 0))])


def test_each_sentence_is_told_once_with_its_own_offset() -> None:
    assert _places("xã", "Xã A và xã B", "", "huyện", "các xã", "") == [(0, 0), (3, 4)]
    assert _places("xã") == []
    assert _places("", "a", "b") == [(0, 0), (1, 0)]


def test_a_match_ends_with_its_sentence() -> None:
    assert _places(r"xã\s*A", "xã", "A") == []


def test_case_is_asked_where_the_pattern_asks_it() -> None:
    assert _places("Sở", "sở, Sở", ignore_case=False) == [(0, 4)]
    assert _places("(?i:Sở)", "sở, Sở", ignore_case=False) == [(0, 0)]


def test_whatever_the_machine_takes_for_a_letter_is_in_the_alphabet() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    any_letter = regex.compile(f"[{regex.escape(ALPHABET)}]", regex.VERSION0 | regex.IGNORECASE)
    assert set(any_letter.findall(everything)) == set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) < 255


CLASSES = ["[12]", "[aA]", "[b-d]b", "[.a]", "[.,-]", "[^.]", r"[\s.]", r"\p{Lu}", r"\P{L}", "."]
LOOKS = [r"\b", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(?<!\p{L})", r"(?!\p{L})", r"(?<=a\s+|b)", r"(?=\s+a|$)", "^"]
OTHERS = ["\u4e00", "ab", r"(?:(\d)/\1)", r"\d", r"\s", r"\s+", r"\.", "(?-i:a)"]
ATOMS = st.sampled_from([*"aBßđ1Kſi", *CLASSES, *LOOKS, *OTHERS])
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "{1,2}", "*+", "+", "{6}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda source: f"(?>{source})"),
    ),
    max_leaves=6,
)
TEXTS = st.text("aAbBcßẞđĐ12., \n\x1c\u0130\u0131\u212akKſsi\u4e00", max_size=8)


@given(source=SOURCES, before=TEXTS, sentence=TEXTS, behind=TEXTS)
def test_no_match_is_missed(source: str, before: str, sentence: str, behind: str) -> None:
    text, first, last = before + sentence + behind, len(before), len(before) + len(sentence)
    hit = next((hit for hit in regex.finditer(source, text, regex.IGNORECASE, first, last) if hit[0]), None)
    if hit is not None:
        offsets = [offset for number, offset in _places(source, before, sentence, behind) if number == 1]
        assert len(offsets) == 1 and offsets[0] <= hit.start() - first


def test_no_example_of_the_patterns_is_missed() -> None:
    for pattern in PatternLibrary.load().patterns:
        for example in pattern.entry.examples:
            text = fold(example.marked.text)
            hit = pattern.compiled.search(text)
            if hit is not None:
                [(_, start)] = pattern.approximation.places(CodedText.of([text]))
                assert start <= hit.start(), pattern.id
