from collections.abc import Callable
from pathlib import Path

import pytest

from meetextract.match.library import PatternLibrary, find_mistakes
from meetextract.match.schema import Marked, read_brackets

WritePatterns = Callable[..., Path]


@pytest.mark.parametrize(
    ("change", "line", "problem", "mend"),
    [
        (("  name:", "  nam:"), 3, "khóa lạ “nam”", "Có phải “name”?"),
        (("  name: Ngày\n", ""), 1, "thiếu khóa “name”", "name: …"),
        (("label: DATE", "label: NGAY"), 2, "label là “NGAY”", "DATE, QUANTITY"),
        (("id: dates.day", "id: Ngày"), 1, "“Ngày” không đúng dạng", "documents.numbered"),
        (("name: Ngày", "name: ''"), 3, "name: đang để trống", "Điền vào"),
        (("name: Ngày", "name: [a]"), 3, "name: phải là chữ", "Viết trên một dòng"),
        (("name: Ngày", "name: Ngày\n  case: no"), 4, "case là “no”", "sensitive, insensitive"),
        (("name: Ngày", "name: Ngày\n  extend: verb"), 4, "extend là “verb”", "noun"),
        (("name: Ngày", "name: Ngày\n  priority: cao"), 4, "“cao” không phải số nguyên", "10 hoặc -5"),
        (("      value: {month: 3, day: 5}\n", ""), 6, "ví dụ không có giá trị", "Thêm khóa value"),
        (("value: {month: 3, day: 5}", "value: 5/3"), 7, "ít nhất một khóa với giá trị", "Viết như {type"),
        (("[ngày 5/3]", "ngày 5/3"), 6, "cần đúng một cụm trong [ngoặc vuông]", "[[ và ]]"),
        (("[ngày 5/3] tại", "[ngày 5/3] [tại]"), 6, "cần đúng một cụm", "[[ và ]]"),
        (("[ngày 5/3]", "[]ngày 5/3"), 6, "cần đúng một cụm", "[[ và ]]"),
        (("day: 5}", "day: 5}\n      published: 1/3/2024"), 8, "“1/3/2024” không phải một ngày", "2024-03-01"),
        (("day: 5}", "day: 5}\n      prefer: sau"), 8, "prefer là “sau”", "past, future"),
        (("day: 5}", "day: 5}\n  never:\n    - text: x"), 9, "thiếu khóa “because”", "because: …"),
        (("day: 5}", "day: 5}\n  never: []"), 8, "cần ít nhất một mục", "gạch ngang"),
        (("day: 5}", "day: 5}\n  known_gaps:\n    - text: '[x]'\n      because: y"), 9, "không có giá trị", "value"),
        (("day: 5}", "day: 5}\n      giá_trị: 1"), 8, "khóa lạ “giá_trị”", "text, value, published, prefer"),
    ],
)
def test_mistakes_have_line_and_mend(
    one_pattern: WritePatterns, change: tuple[str, str], line: int, problem: str, mend: str
) -> None:
    mistakes = find_mistakes(one_pattern(change))
    assert len(mistakes) == 1
    assert (mistakes[0].path.name, mistakes[0].line) == ("dates.yaml", line)
    assert problem in mistakes[0].problem
    assert mend in mistakes[0].mend


def test_no_examples(write_patterns: WritePatterns) -> None:
    directory = write_patterns({"a.yaml": "- id: a.b\n  label: DATE\n  name: A\n  regex: 'a'\n"})
    (mistake,) = find_mistakes(directory)
    assert (mistake.line, mistake.problem) == (1, "mẫu “a.b”: không có ví dụ")
    assert "examples" in mistake.mend


def test_a_block_needs_no_value(one_pattern: WritePatterns) -> None:
    no_parts = ("(?P<d>{so})/(?P<m>{so})", "{so}/{so}")
    directory = one_pattern(("label: DATE", "label: BLOCK"), ("      value: {month: 3, day: 5}\n", ""), no_parts)
    assert PatternLibrary.load(directory).patterns[0].label == "BLOCK"


def test_a_file_that_is_no_list(write_patterns: WritePatterns) -> None:
    (mistake,) = find_mistakes(write_patterns({"a.yaml": "id: a.b\n"}))
    assert "không phải danh sách các mẫu" in mistake.problem


def test_an_entry_that_is_no_pattern(write_patterns: WritePatterns) -> None:
    (mistake,) = find_mistakes(write_patterns({"a.yaml": "# x\n- a.b\n"}))
    assert (mistake.line, mistake.problem) == (2, "mục này không phải một mẫu")


@pytest.mark.parametrize(
    ("parts", "line", "problem"),
    [
        ("- so\n", 1, "parts.yaml không phải bảng"),
        ("so: '\\d'\nSố: 'x'\n", 2, "tên phần “Số” không dùng được"),
        ("so: '\\d'\nx:\n", 2, "phần “x” không có regex"),
    ],
)
def test_mistakes_in_parts(one_pattern: WritePatterns, parts: str, line: int, problem: str) -> None:
    mistake = find_mistakes(one_pattern(parts=parts))[0]
    assert (mistake.path.name, mistake.line) == ("parts.yaml", line)
    assert problem in mistake.problem


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("họp [ngày 5/3] tại", Marked("họp ngày 5/3 tại", 4, 12)),
        ("[[1]] xem [mục 2]", Marked("[1] xem mục 2", 8, 13)),
        ("[a]", Marked("a", 0, 1)),
        ("x [a]]b] y", Marked("x a]b y", 2, 5)),
    ],
)
def test_brackets(written: str, marked: Marked) -> None:
    assert read_brackets(written) == marked


@pytest.mark.parametrize("written", ["a", "[a", "a]", "]a[", "[a][b]", "[]", "[[a]]"])
def test_not_one_pair_of_brackets(written: str) -> None:
    with pytest.raises(ValueError, match="not one pair"):
        read_brackets(written)
