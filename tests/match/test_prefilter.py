import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from meetextract.match.prefilter import Condition, Sentence
from meetextract.match.syntax import parse


def _condition(source: str) -> Condition:
    return Condition.of(parse(source, ignore_case=True))


@pytest.mark.parametrize(
    ("source", "digit", "words"),
    [
        (r"\d{1,2}/\d+", True, ("/",)),
        (r"(?:ngày\s+)?[0-3]?[0-9]", True, ()),
        (r"(?:ngày|\d+)", False, ()),
        (r"ngày\s+x|tháng", False, ("ngày", "tháng")),
        (r"(?:Kế\s+hoạch|QĐ)\s*số", False, ("số",)),
        (r"(?=\d)ab", False, ("ab",)),
        (r"(?:a|b)?", False, ()),
        (r"(?>12){2}", True, ("12",)),
        (r"[\d.]+", False, ()),
        (r"a\.b", False, ("a.b",)),
        (r"x.y", False, ("x",)),
    ],
)
def test_conditions(source: str, digit: bool, words: tuple[str, ...]) -> None:
    condition = _condition(source)
    assert (condition.digit, condition.words) == (digit, words)


@pytest.mark.parametrize(
    ("source", "sentence", "may_match"),
    [
        (r"NGÀY\s+\d", "Ngày 5", True),
        (r"NGÀY\s+\d", "Ngày năm", False),
        (r"NGÀY\s+\d", "tháng 5", False),
        ("ki", "İ", True),  # the machine may take it for an i
        ("\u212a", "k", True),
    ],
)
def test_sentences(source: str, sentence: str, may_match: bool) -> None:
    assert _condition(source).may_match(Sentence.of(sentence)) is may_match


ATOMS = st.sampled_from(
    ["a", "B", "ß", "đ", "1", r"\d", "[12]", r"\s", "ab", ".", r"\.", r"\b", "(?=a)", "K", "ſ", "i"]
)
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "{1,2}", "*+", "+"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda source: f"(?>{source})"),
    ),
    max_leaves=5,
)


@given(source=SOURCES, text=st.text("aAbBßẞđĐ12. \u0130\u0131\u212akKſsSiI", max_size=8))
def test_what_is_ruled_out_never_matches(source: str, text: str) -> None:
    if not _condition(source).may_match(Sentence.of(text)):
        assert regex.search(source, text, regex.IGNORECASE) is None
