"""The rules of ``grammar.yaml``: loading them, and each mistake that an analyst can make in them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.match.check import check, check_library
from meetextract.match.claims import MakeMentions
from meetextract.match.library import PatternLibrary, find_mistakes
from meetextract.match.rules import rule_cases

WritePatterns = Callable[..., Path]

RULES = """\
- name: to_verb
  note: Giữa người giao và động từ
  regex: '(?:[\\s,]|cũng|đã{so})*'
  examples:
    - "Ông[ cũng, đã1 ]giao"
  never:
    - text: "Ông-giao"
      because: không có khoảng trắng
- name: plan
  note: Tên kế hoạch
  regex: |-
    kế
    hoạch {gaz:areas}|
    đề án
  case: sensitive
  examples:
    - "theo [kế hoạch\\n An Phú], xã"
    - "theo [đề án] ấy"
"""
RULES = RULES.replace("kế\n    hoạch", "kế hoạch")


@pytest.fixture
def rules(one_pattern: WritePatterns, write_patterns: WritePatterns) -> WritePatterns:
    """Write the rules above, some of their lines changed, beside a good pattern."""

    def write(*changes: tuple[str, str]) -> Path:
        content = RULES
        for old, new in changes:
            assert old in content
            content = content.replace(old, new)
        one_pattern()
        return write_patterns({"grammar.yaml": content})

    return write


def test_rules_are_loaded_beside_the_patterns(rules: WritePatterns) -> None:
    library = PatternLibrary.load(rules())
    assert list(library.rules) == ["to_verb", "plan"]
    assert [pattern.id for pattern in library.patterns] == ["dates.day"]
    to_verb, plan = library.rules.values()
    assert to_verb.ignores_case and not plan.ignores_case
    assert plan.compiled.search("kế  hoạch An\nPhú Tây")
    assert not plan.compiled.search("Đề án")
    assert plan.compiled is plan.compiled
    assert (plan.line("name"), plan.line("examples", 1)) == (9, 17)


def test_a_rule_finds_its_first_match_that_is_not_empty(rules: WritePatterns) -> None:
    library = PatternLibrary.load(rules())
    assert library.rules["to_verb"].find("Ông đã2, giao") == (3, 9)
    assert library.rules["to_verb"].find("giao") is None
    assert library.rules["plan"].find("kế \u00a0 hoạch  An Phú,") == (0, len("kế . hoạch  An Phú"))


def test_a_directory_needs_no_rules(one_pattern: WritePatterns) -> None:
    assert PatternLibrary.load(one_pattern()).rules == {}


def test_the_hash_covers_the_rules(rules: WritePatterns) -> None:
    directory = rules()
    before = PatternLibrary.load(directory).sha256
    (directory / "grammar.yaml").write_text(RULES + "# thêm\n", encoding="utf-8")
    assert PatternLibrary.load(directory).sha256 != before
    assert before.startswith("sha256:") and len(before) == 7 + hashlib.sha256().digest_size * 2


@pytest.mark.parametrize(
    ("change", "line", "problem", "mend"),
    [
        (("  note: Tên", "  nota: Tên"), 10, "quy tắc “plan”: khóa lạ “nota”", "Có phải “note”?"),
        (("      because: k", "      becaus: k"), 8, "quy tắc “to_verb”: khóa lạ “becaus”", "text, because"),
        (("      because: không có khoảng trắng\n", ""), 7, "quy tắc “to_verb”: thiếu khóa “because”", "because: …"),
        (("- name: plan", "- name: to_verb"), 9, "quy tắc “to_verb” đã có ở dòng 1", "Giữ lại một"),
        (("- name: plan", "- name: Kế hoạch"), 9, "quy tắc “Kế hoạch”: name: “Kế hoạch” không đúng dạng", "to_verb"),
        (("- name: plan\n  note", "- note"), 9, "quy tắc “thứ 2”: thiếu khóa “name”", "Thêm dòng “name: …”"),
        (("  note: Tên kế hoạch\n", ""), 9, "quy tắc “plan”: thiếu khóa “note”", "Thêm dòng “note: …”"),
        (("  case: sensitive", "  case: no"), 14, "quy tắc “plan”: case là “no”", "sensitive, insensitive"),
        (("[đề án] ấy", "đề án ấy"), 17, "quy tắc “plan”: examples: cần đúng một cụm", "Đặt cụm phải tìm"),
        (("[đề án] ấy", "[đề] [án] ấy"), 17, "quy tắc “plan”: examples: cần đúng một cụm", "Đặt cụm phải tìm"),
        (("{gaz:areas}", "{gaz:area}"), 11, "quy tắc “plan”: không có bảng tên “area”", "Có phải “areas”?"),
        (("đã{so}", "đã{sổ}"), 3, "quy tắc “to_verb”: không dùng được “{sổ}", "{ten_phan}"),
        (("đã{so}", "đã{nam}"), 3, "quy tắc “to_verb”: không có phần “nam”", "parts.yaml"),
        (("đã{so}", "đã("), 3, "quy tắc “to_verb”: ngoặc", "Thêm dấu )"),
        (("đã{so}", "hoà"), 3, "quy tắc “to_verb”: “hoà” không bao giờ khớp", "“hòa”"),
        (("đã{so}", "đã|đã cũng"), 3, "quy tắc “to_verb”: lặp lồng nhau", "++"),
        (("- name: plan", "- plan\n- name: plan"), 9, "mục này không phải một quy tắc", "Viết “- name: …”"),
    ],
)
def test_mistakes(rules: WritePatterns, change: tuple[str, str], line: int, problem: str, mend: str) -> None:
    directory = rules(change)
    (mistake,) = find_mistakes(directory)
    assert (mistake.path.name, mistake.line) == ("grammar.yaml", line)
    assert problem in mistake.problem
    assert mend in mistake.mend
    with pytest.raises(PatternError):
        PatternLibrary.load(directory)


def test_a_rule_needs_an_expression(rules: WritePatterns) -> None:
    (mistake,) = find_mistakes(rules(("  regex: '(?:[\\s,]|cũng|đã{so})*'\n", "")))
    assert (mistake.line, mistake.problem) == (1, "quy tắc “to_verb”: thiếu khóa “regex”")


def test_a_rule_needs_an_example(rules: WritePatterns) -> None:
    (mistake,) = find_mistakes(rules(('  examples:\n    - "Ông[ cũng, đã1 ]giao"\n', "")))
    assert (mistake.line, mistake.problem) == (1, "quy tắc “to_verb”: không có ví dụ")
    assert "[…]" in mistake.mend


def test_the_file_is_a_list(one_pattern: WritePatterns, write_patterns: WritePatterns) -> None:
    one_pattern()
    (mistake,) = find_mistakes(write_patterns({"grammar.yaml": "to_verb: x\n"}))
    assert (mistake.line, mistake.problem) == (1, "tệp không phải danh sách các quy tắc")
    (mistake,) = find_mistakes(write_patterns({"grammar.yaml": "- name: [\n"}))
    assert "không đúng cú pháp YAML" in mistake.problem


def test_a_mistake_of_a_part_is_reported_once(rules: WritePatterns, write_patterns: WritePatterns) -> None:
    rules()
    (mistake,) = find_mistakes(write_patterns({"parts.yaml": "so: '{nam}'\n"}))
    assert mistake.path.name == "parts.yaml"


# --- claims -----------------------------------------------------------------------------------------------------------


def _no_mentions(_: PatternLibrary) -> MakeMentions:
    return lambda text, published, prefer: []


def test_claims(rules: WritePatterns) -> None:
    cases = rule_cases(PatternLibrary.load(rules()).rules.values())
    assert [(case.id, case.line) for case in cases] == [
        ("grammar.to_verb/example[1]", 5),
        ("grammar.to_verb/never[1]", 7),
        ("grammar.plan/example[1]", 16),
        ("grammar.plan/example[2]", 17),
    ]
    assert [case.text[slice(*case.span)] for case in cases if case.span] == [
        " cũng, đã1 ",
        "kế hoạch\n An Phú",
        "đề án",
    ]
    assert cases[1].because == "không có khoảng trắng"
    assert all(case.holds() for case in cases)


def test_the_report_counts_rules(rules: WritePatterns) -> None:
    report = check_library(PatternLibrary.load(rules()), _no_mentions(PatternLibrary.load(rules())))
    assert not report.rule_failures
    assert "1 mẫu, 1 câu; 2 quy tắc, 4 câu" in report.render()


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("đề án] ấy", "đề án ấy]"), "grammar.yaml:17: quy tắc plan, ví dụ 2", "được:  tìm ra “đề án”"),
        (("[đề án] ấy", "[đề bạt] ấy"), "grammar.yaml:17: quy tắc plan, ví dụ 2", "được:  không tìm ra gì"),
        (("[đề án] ấy", "đề án, [đề án]"), "grammar.yaml:17: quy tắc plan, ví dụ 2", "ký tự 5-10 thay vì 12-17"),
        (("Ông-giao", "Ông giao"), "grammar.yaml:7: quy tắc to_verb, phản ví dụ 1", "cần:   không tìm ra gì (không có"),
    ],
)
def test_a_wrong_claim_is_reported(rules: WritePatterns, change: tuple[str, str], place: str, words: str) -> None:
    report = check(rules(change), _no_mentions)
    assert not report.ok and report.exit_code == 1
    assert len(report.rule_failures) == 1
    text = report.render()
    assert place in text
    assert words in text
    assert "2 câu sai." in text  # the pattern's own example finds no mention here
