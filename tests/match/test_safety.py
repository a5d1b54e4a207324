import time
from collections.abc import Mapping

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetextract.match.safety import check_safe
from meetextract.match.syntax import RegexError, parse


def _is_safe(source: str, *, ignore_case: bool = True) -> bool:
    try:
        check_safe(parse(source, ignore_case=ignore_case))
    except RegexError:
        return False
    return True


@pytest.mark.parametrize(
    "source",
    [
        r"(a+)+",
        r"(a*)*",
        r"(?:a+)*x",
        r"(\w+\s?)*",
        r"(?:\w+\s?){1,20}",
        r"(?:a|a)*",
        r"(?:a|A)*",
        r"(?:ab|a|b)*",
        r"(?:a|aa)+?x",
        r"(?:a?b?)*x",
        r"(?:\s*\w*)+",
        r"(?:\d{1,3}[.,]?)*",
        r"(?:x\w*|\w)*",
        r"(.*,)*x",
        r"(.*)*",
        r"(?:a+){50,}+x",
        r"(?>(?:a|a)*b)",
        r"(?=(a+)+b)x",
        r"(?<=(a+)+b)x",
        r"(?:,?\s+\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){1,3})*",
        r"(?:(?P<x>a)(?P=x)*)*",
        r"((?:a|b)+c?)*x",
        r"(?:(?:a+)+,)*+",
    ],
)
def test_refused(source: str) -> None:
    assert not _is_safe(source)


@pytest.mark.parametrize(
    "source",
    [
        r"\d+",
        r"(?:a|b)*",
        r"(?:ab|ac)*",
        r"(?:[^,]+,)*",
        r"(?:\s+\w+)*",
        r"(?:\s*,\s*\w+)*",
        r"(?:\s+\p{Lu}\p{Ll}*)*",
        r"(?:,\s*\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){0,3})*",
        r"(?:(?:,|và)\s+\d+)*",
        r"\d{1,3}(?:[.,]\d{3})*",
        r"(?:\d{1,3}[.,]?){1,4}",
        r"(?:\w++\s?)*",
        r"(?:\w+\s?)*+",
        r"(?>\w+)*",
        r"(?>\w+\s)*",
        r"(?:\w+\s?)?",
        r"(?:a{2,5}b)+",
    ],
)
def test_allowed(source: str) -> None:
    assert _is_safe(source)


def test_case_counts() -> None:
    assert _is_safe("(?:a|A)*", ignore_case=False)
    assert _is_safe("(?-i:(?:a|A)*)")
    assert not _is_safe("(?i:(?:a|A)*)", ignore_case=False)


def test_the_message_shows_the_loop_and_what_is_read_twice() -> None:
    with pytest.raises(RegexError) as caught:
        check_safe(parse(r"x(?:\s+(?:trăm|nghìn|trăm)){0,30}", ignore_case=False))
    assert r"“(?:\s+(?:trăm|nghìn|trăm)){0,30}”" in caught.value.problem
    assert "“trăm”" in caught.value.problem
    assert "++" in caught.value.mend


def test_names_of_a_gazetteer_in_a_loop() -> None:
    names = {"\ue000": ("An Phú Tây", "An Phú", "Tây")}
    assert not _is_safe_with(r"(?:\s*\ue000)*", names)  # An Phú + Tây is An Phú Tây
    assert _is_safe_with(r"\ue000(?:,\s+\ue000)*", names)
    with pytest.raises(RegexError, match=r"\{gaz\}"):
        check_safe(parse("(?:\ue000)+", ignore_case=True, names={"\ue000": ("a", "aa")}))


def _is_safe_with(source: str, names: Mapping[str, tuple[str, ...]]) -> bool:
    try:
        check_safe(parse(source.replace(r"\ue000", "\ue000"), ignore_case=True, names=names))
    except RegexError:
        return False
    return True


ATOMS = st.sampled_from(["a", "b", "[ab]", r"\w", r"\s", r"\s?", "ab", "c"])
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,3}", "*+", "++", "{2,4}+"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda source: f"(?>{source})"),
    ),
    max_leaves=6,
)
TEXTS = ["a" * 28, "ab" * 14, "a " * 14, "b" * 28, "aab" * 9, "ba" * 14, "c" * 28, "ac" * 14, " " * 28, "abc" * 9]


@settings(max_examples=300, deadline=None)
@given(source=SOURCES)
@example(source="(?:(?:a)+)+")
def test_what_is_allowed_is_fast(source: str) -> None:
    """No text of 28 characters takes long in an expression that passed; an exponential one needs 2^28 steps."""
    if not _is_safe(source):
        return
    compiled = regex.compile(f"(?:{source})!", cache_pattern=False)
    for text in TEXTS:
        began = time.process_time()
        compiled.match(text)
        assert time.process_time() - began < 1, (source, text)
