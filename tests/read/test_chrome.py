"""The analysts' table of page lines."""

from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.read.chrome import KINDS, PAGE_KINDS, ChromeRules, Rule, load_chrome, shipped_chrome
from meetextract.text import fold


@pytest.mark.parametrize("rule", shipped_chrome().rules, ids=lambda rule: f"{rule.kind}-{rule.line}")
def test_example(rule: Rule) -> None:
    line = fold(rule.example).lower()
    if rule.kind in PAGE_KINDS:
        assert shipped_chrome().page_kind(line)[0] == rule.kind
    else:
        assert shipped_chrome().caption_kind(line) is not None


@pytest.mark.parametrize("rule", shipped_chrome().rules, ids=lambda rule: f"{rule.kind}-{rule.line}")
def test_without_the_rule_its_example_is_not_found(rule: Rule) -> None:
    others = ChromeRules(one for one in shipped_chrome().rules if one is not rule)
    line = fold(rule.example).lower()
    if rule.kind in PAGE_KINDS:
        assert others.page_kind(line)[0] != rule.kind
    else:
        assert others.caption_kind(line) is None or others.caption_kind(line) != rule.kind


@pytest.mark.parametrize(
    "line",
    [
        "thời gian qua, phường đã tổ chức 12 buổi đối thoại.",
        "các tin, bài về chuyển đổi số được đăng hằng tuần.",
        "trang thông tin điện tử phường đã đăng 120 tin, bài trong quý i.",
        "địa phương tiếp tục rà soát hộ nghèo.",
        "liên kết vùng là hướng đi đúng.",
        "chia sẻ khó khăn với người dân, quận miễn phí gửi xe.",
        "3/5 chỉ tiêu đạt kế hoạch.",
        "28/5/2024, quận họp giao ban.",
        "nghe tin bão, phường trực 24/24 giờ.",
    ],
)
def test_story_is_no_chrome(line: str) -> None:
    assert shipped_chrome().page_kind(line)[0] in (None, "published")


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("line\tx\tx\n", 1, "tên cột"),
        ("kind\tregex\texample\nline\tx\n", 2, "2 cột"),
        ("kind\tregex\texample\nmenu\tx\tx\n", 2, "menu"),
        ("kind\tregex\texample\nline\t(x\tx\n", 2, "biểu thức sai"),
        ("kind\tregex\texample\nline\t(x)\tx\n", 2, "nhóm"),
        ("kind\tregex\texample\nline\tx*\tx\n", 2, "trống"),
        ("kind\tregex\texample\n# chú thích\nline\tx\ty\n", 3, "không khớp ví dụ"),
    ],
)
def test_a_mistake_tells_its_line(tmp_path: Path, table: str, line: int, problem: str) -> None:
    (tmp_path / "chrome.tsv").write_text(table, "utf-8")
    with pytest.raises(PatternError, match=problem) as caught:
        load_chrome(tmp_path)
    assert caught.value.line == line


def test_a_directory_without_a_table_uses_the_shipped_one(tmp_path: Path) -> None:
    assert {rule.kind for rule in load_chrome(tmp_path).rules} == set(KINDS)
