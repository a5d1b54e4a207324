import pickle

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from meetextract.match.prefilter import Condition, Prefilter
from meetextract.match.syntax import parse


def _condition(source: str) -> Condition:
    return Condition.of(parse(source, ignore_case=True, names={"\ue000": ("Sở Y tế", "TP 1")}))


@pytest.mark.parametrize(
    ("source", "digit", "phrases"),
    [
        (r"\d{1,2}/\d+", True, [{"/"}]),
        (r"(?:ngày\s+)?[0-3]?[0-9]", True, []),
        (r"(?:ngày|\d+)", False, []),
        (r"ngày\s+x|tháng", False, [{"ngày x", "tháng"}]),
        (r"(?:Kế\s+hoạch|QĐ)\s*số", False, [{"kế hoạch", "qđ"}, {"số"}]),
        (r"(?=\d)ab", False, [{"ab"}]),
        (r"a(?!x)\bb", False, [{"ab"}]),
        (r"(?:a|b)?", False, []),
        (r"(?>12){2}", True, [{"12"}]),
        (r"[\d.]+", False, []),
        (r"a\.b", False, [{"a.b"}]),
        (r"x.y", False, [{"x"}, {"y"}]),
        (r"[Ôô]ng\s", False, [{"ông"}]),
        (r"[Ôo]ng", False, [{"ng"}]),
        (r"\d\s?(?:[$€]|usd)", True, [{"$", "€", "usd"}]),
        (r"[^$][$-€][.,]", False, [{".", ","}]),
        ("tại\\s+\ue000", False, [{"tại"}, {"sở y tế", "tp 1"}]),
        ("(?:\\s+\ue000|\\s*)", False, []),
        (r"a(\w)\1b", False, [{"a"}, {"b"}]),
    ],
)
def test_conditions(source: str, digit: bool, phrases: list[set[str]]) -> None:
    condition = _condition(source)
    assert (condition.digit, [*map(set, condition.phrases)]) == (digit, phrases)


@pytest.mark.parametrize(
    ("source", "sentence", "possible"),
    [
        (r"NGÀY\s+\d", "Ngày 5", True),
        (r"NGÀY\s+\d", "Ngày năm", False),
        (r"NGÀY\s+\d", "tháng 5", False),
        (r"mục\s+tiêu", "các mục\ntiêu", True),
        (r"mục\s+tiêu", "danh mục, tiêu chí", False),
        (r"mục\s+tiêu", "tiêu mục", False),
        ("tiêu chí", "cấp tiêu chí, " + "x" * 300, True),
        ("ki", "İ", True),  # the machine may take it for an i
        ("\u212a", "k", True),
        ("", "", True),
    ],
)
def test_sentences(source: str, sentence: str, possible: bool) -> None:
    assert Prefilter([_condition(source)]).possible(sentence) == [possible]


def test_a_filter_in_use_may_be_sent_to_another_process() -> None:
    prefilter = Prefilter([_condition(r"họp\s+báo")])
    assert prefilter.possible("họp báo") == [True]
    sent = pickle.loads(pickle.dumps(prefilter))
    assert [sent.possible(text) for text in ("họp báo", "báo họp")] == [[True], [False]]


def test_many_are_asked_at_once() -> None:
    sources = [r"họp\s+báo", r"báo\s+cáo", r"\d\s+xã", "xã"]
    assert Prefilter([*map(_condition, sources)]).possible("Họp báo ở xã") == [True, False, False, True]


CLASSES = ["[12]", "[aA]", "[bB]b", "[.a]", "[.,]", "[^.]"]
ATOMS = st.sampled_from([*"aBßđ1Kſi.", *CLASSES, "ab", r"\d", r"\s", r"\s+", r"\s*", r"\.", r"\b", "(?=a)"])
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


@given(source=SOURCES, text=st.text("aAbBßẞđĐ12. \n\x1c\u0130\u0131\u212akKſsSiI", max_size=8))
def test_what_is_ruled_out_never_matches(source: str, text: str) -> None:
    if Prefilter([_condition(source)]).possible(text) == [False]:
        assert regex.search(source, text, regex.IGNORECASE) is None
