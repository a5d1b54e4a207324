from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from meetextract.match.gazetteer import read_gazetteer
from meetextract.match.regexes import Expander, Fragment, alternation, check_folded
from meetextract.match.syntax import RegexError, least_width, parse


def _parts(**sources: str) -> dict[str, Fragment]:
    return {name: Fragment(name, source, Path("parts.yaml"), 1) for name, source in sources.items()}


@pytest.mark.parametrize(
    ("source", "expanded"),
    [
        ("kế hoạch  số", r"kế\s+hoạch\s+số"),
        ("[ ,] x", r"[ ,]\s+x"),
        (r"a\ b", r"a\ b"),
        ("số ?5", r"số\s*5"),
        ("số *5", r"số\s*5"),
        ("số +5", r"số\s+5"),
        ("số ?+5", r"số\s*+5"),
        ("số ??5", r"số\s*?5"),
        ("a|\n   b\n", "a|b"),
        ("(?#lời ghi {x})a", "a"),
        (r"\d{1,3}(?:\.\d{3})*", r"\d{1,3}(?:\.\d{3})*"),
        ("a{2}b{,3}c{4,}", "a{2}b{,3}c{4,}"),
        (r"\p{Lu}\p{Ll}{1,3}", r"\p{Lu}\p{Ll}{1,3}"),
        ("[{}]", "[{}]"),
        (r"\{so\}", r"\{so\}"),
        ("{so}", r"(?:\d+)"),
        ("{so}{2}", r"(?:\d+){2}"),
        ("{ngay} {so}", r"(?:(?:\d+)/(?:\d+))\s+(?:\d+)"),
        ("[]{so}]", "[]{so}]"),
        ("[^]{so}]", "[^]{so}]"),
    ],
)
def test_expansion(source: str, expanded: str) -> None:
    assert Expander(_parts(so=r"\d+", ngay="{so}/{so}"), {}).expand(source) == expanded


@pytest.mark.parametrize(
    ("source", "problem", "mend"),
    [
        ("{khong_co}", "không có phần “khong_co”", "Thêm nó vào parts.yaml"),
        ("{sso}", "không có phần “sso”", "Có phải “so”?"),
        ("{a}", "chứa lẫn nhau: a → b → a", "không dùng phần kia"),
        ("{gaz:nguoi}", "không có bảng tên “nguoi”", "gazetteers/nguoi.tsv"),
        ("{gaz:areas:loai=xã}", "không có cột “loai”", "form, kind"),
        ("{gaz:areas:kind=thôn}", "không có dòng nào với kind=thôn", "phường, xã"),
        ("x{e<=1}", "không dùng được “{e<=1}”", "{ten_phan}"),
        ("{So}", "không dùng được “{So}”", "{ten_phan}"),
        ("a {2}", "“{2}” sau dấu cách", "bỏ số lần"),
    ],
)
def test_expansion_mistakes(source: str, problem: str, mend: str, tmp_path: Path) -> None:
    (tmp_path / "areas.tsv").write_text("form\tkind\nAn Phú\tphường\nAn Tây\txã\n", encoding="utf-8")
    gazetteers = {"areas": read_gazetteer(tmp_path / "areas.tsv")}
    with pytest.raises(RegexError) as caught:
        Expander(_parts(so=r"\d+", a="x{b}", b="y{a}"), gazetteers).expand(source)
    assert problem in caught.value.problem
    assert mend in caught.value.mend


def test_gazetteer_names_longest_first_with_flexible_blanks(tmp_path: Path) -> None:
    (tmp_path / "areas.tsv").write_text("form\tkind\nAn Phú\tphường\nAn Phú Tây\txã\nTP. An\ttp\n", encoding="utf-8")
    gazetteers = {"areas": read_gazetteer(tmp_path / "areas.tsv")}
    compiled = regex.compile(Expander({}, gazetteers).expand("{gaz:areas}"))
    assert [hit[0] for hit in compiled.finditer("An Phú Tây, An  Phú\nTây, An Phú, TP. An, TPx An")] == [
        "An Phú Tây",
        "An  Phú\nTây",
        "An Phú",
        "TP. An",
    ]
    filtered = regex.compile(Expander({}, gazetteers).expand("{gaz:areas:kind=phường}"))
    assert filtered.findall("An Phú Tây, TP. An") == ["An Phú"]


NAMES = st.lists(
    st.text("aAbB .é", min_size=1, max_size=6).map(lambda name: " ".join(name.split())).filter(bool),
    min_size=1,
    max_size=12,
)


@given(names=NAMES, text=st.text("aAbB .é", max_size=12), ignore_case=st.booleans())
def test_alternation_is_the_plain_list_longest_first(names: list[str], text: str, ignore_case: bool) -> None:
    forms = sorted(set(names), key=lambda form: (-len(form), form))
    plain = "|".join(r"\s+".join(map(regex.escape, form.split())) for form in forms)
    flags = regex.IGNORECASE if ignore_case else 0
    found = regex.search(alternation(forms), text, flags)
    expected = regex.search(plain, text, flags)
    assert (found and found.start()) == (expected and expected.start())
    if found and expected and "  " not in text:
        assert found.span() == expected.span()


@pytest.mark.parametrize(
    ("source", "problem", "mend"),
    [
        ("hoà bình", "“hoà” không bao giờ khớp", "viết “hòa”"),
        ("thuỷ", "“thuỷ” không bao giờ khớp", "viết “thủy”"),
        ("5–6", "U+2013", "Viết “-”"),
        ("[-–]", "U+2013", "Viết “-”"),
        ("“a”", "U+201C", 'Viết “"”'),
        ("a\u00a0b", "U+00A0", "dấu cách thường"),
        ("a\u200bb", "U+200B", "bỏ đi"),
    ],
)
def test_what_the_folded_text_never_contains(source: str, problem: str, mend: str) -> None:
    with pytest.raises(RegexError) as caught:
        check_folded(source)
    assert problem in caught.value.problem
    assert mend in caught.value.mend


@pytest.mark.parametrize("source", ["hòa thúy quý hoàn", "[oòóỏõọ]", "[aàáảãạ]", "a\n  b", r"\u2013"])
def test_what_may_stand(source: str) -> None:
    check_folded(source)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("(a", "không được đóng"),
        ("a)", "dấu ) thừa"),
        ("*a", "không đứng sau gì cả"),
        ("a|+", "không đứng sau gì cả"),
        ("[a", "không dùng được “[a”"),
        ("(?i)a", "không dùng được “(?i)a”"),
        ("(?x: a)", "không dùng được"),
        ("(?R)", "không dùng được “(?R)”"),
        ("(?(1)a|b)", "không dùng được"),
        (r"\Ka", r"không dùng được “\Ka”"),
        ("a\\", "không dùng được “\\”"),
    ],
)
def test_outside_of_the_subset(source: str, problem: str) -> None:
    with pytest.raises(RegexError) as caught:
        parse(source, ignore_case=True)
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("source", "width"),
    [
        ("abc", 3),
        ("a?", 0),
        ("a*|b", 0),
        (r"\bngày\b", 4),
        ("(?=x)", 0),
        ("(?:ab){2,3}c+", 5),
        ("(?>a|bc)", 1),
        (r"(?P<x>a)\1", 1),
        ("", 0),
        ("a|", 0),
        ("a++b*+", 1),
    ],
)
def test_least_width(source: str, width: int) -> None:
    assert least_width(parse(source, ignore_case=True)) == width
