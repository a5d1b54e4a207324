from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
import regex

from meetextract.match.check import check, check_library, find_unexercised
from meetextract.match.claims import MakeMentions, Prefer, cases, differences, is_met
from meetextract.match.library import PatternLibrary

WritePatterns = Callable[..., Path]

PATTERNS = """\
- id: dates.day
  label: DATE
  name: Ngày
  regex: 'ngày (?P<d>\\d+)/(?P<m>\\d+)'
  examples:
    - text: "họp [ngày 5/3] tại phường"
      value: {start: 2024-03-05, grain: day}
      published: 2024-04-01
      prefer: future
    - text: "đến [ngày 6/3]"
      value: {start: 2024-03-06}
  never:
    - text: "tỷ lệ 6/8 người"
      because: là tỷ lệ
  known_gaps:
    - text: "[mồng năm] tháng ba"
      value: {start: 2024-03-05}
      because: chưa đọc được chữ
- id: blocks.street
  label: BLOCK
  name: Tên đường
  regex: 'đường 2/9'
  examples:
    - text: "ở [đường 2/9] sáng nay"
  never:
    - text: "ngày 2/9"
      because: là ngày
"""


@dataclass(frozen=True)
class Mention:
    label: str
    start: int
    end: int
    text: str
    pattern: str
    value: object


def _mentions(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    return [
        Mention(
            "DATE", hit.start(), hit.end(), hit[0], "dates.day", {"start": f"2024-0{hit[2]}-0{hit[1]}", "grain": "day"}
        )
        for hit in regex.finditer(r"ngày (\d+)/(\d+)", text)
    ]


@pytest.fixture
def library(write_patterns: WritePatterns) -> PatternLibrary:
    return PatternLibrary.load(write_patterns({"dates.yaml": PATTERNS}))


def test_cases(library: PatternLibrary) -> None:
    all_cases = {case.id: case for case in cases(library)}
    assert list(all_cases) == [
        "dates.day/example[1]",
        "dates.day/example[2]",
        "dates.day/never[1]",
        "dates.day/gap[1]",
        "blocks.street/example[1]",
        "blocks.street/never[1]",
    ]
    first = all_cases["dates.day/example[1]"]
    assert (first.line, first.text, first.span) == (6, "họp ngày 5/3 tại phường", (4, 12))
    assert (first.published, first.prefer, first.value["grain"]) == (date(2024, 4, 1), "future", "day")
    assert (all_cases["dates.day/gap[1]"].line, all_cases["dates.day/gap[1]"].because) == (16, "chưa đọc được chữ")


def test_all_is_well(library: PatternLibrary) -> None:
    report = check(library.directory, lambda loaded: _mentions)
    assert report.ok
    assert report.exit_code == 0
    lines = report.render().splitlines()
    assert lines[-1] == "ĐẠT: 2 mẫu, 6 câu."
    assert "dates.yaml      2      3           2          1     -" in lines
    assert "Nhóm chưa có ví dụ" not in report.render()


def test_groups_without_an_example_are_listed_and_fail_nothing(write_patterns: WritePatterns) -> None:
    content = PATTERNS.replace("(?P<m>\\d+)'", "(?P<m>\\d+)(?P<y>/20\\d\\d)?(?:, (?P<session>sáng)|(?P<edge>x*))'")
    assert content != PATTERNS
    known_gap = content.replace("[mồng năm] tháng ba", "[ngày 5/3/2024] tháng ba")
    report = check(write_patterns({"dates.yaml": known_gap}), lambda loaded: _mentions)
    assert report.ok
    assert [(item.pattern.id, item.groups) for item in report.unexercised] == [("dates.day", ("y", "session", "edge"))]
    assert report.render().splitlines()[-4:] == [
        "Nhóm chưa có ví dụ (3, không tính là sai):",
        "    dates.yaml:4: dates.day: y, session, edge",
        "",
        "ĐẠT: 2 mẫu, 6 câu.",
    ]


def test_a_match_beside_the_brackets_exercises_nothing(write_patterns: WritePatterns) -> None:
    content = PATTERNS.replace("(?P<m>\\d+)'", "(?P<m>\\d+)(?P<y>/20\\d\\d)?'")
    beside = content.replace('"đến [ngày 6/3]"', '"đến [ngày 6/3], không phải ngày 7/3/2024"')
    library = PatternLibrary.load(write_patterns({"dates.yaml": beside}))
    assert [item.groups for item in find_unexercised(cases(library))] == [("y",)]
    inside = content.replace('"đến [ngày 6/3]"', '"đến [ngày 6/3/2024]"')
    library = PatternLibrary.load(write_patterns({"dates.yaml": inside}))
    assert list(find_unexercised(cases(library))) == []


def _wrong_value(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    return [
        Mention(m.label, m.start, m.end, m.text, m.pattern, {"start": "2025-03-05", "grain": "day"})
        for m in _mentions(text, published, prefer)
    ]


def _shifted(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    return [
        Mention(m.label, m.start + 5, m.end, m.text[5:], m.pattern, m.value) for m in _mentions(text, published, prefer)
    ]


def _by_another(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    return [Mention(m.label, m.start, m.end, m.text, "x.y", m.value) for m in _mentions(text, published, prefer)]


def _everywhere(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    return [Mention("DATE", 0, 8, text[:8], "dates.day", {"start": "2024-03-05", "grain": None})]


def _broken(text: str, published: date | None, prefer: Prefer) -> list[Mention]:
    raise ZeroDivisionError("hỏng")


@pytest.mark.parametrize(
    ("make", "failed", "words"),
    [
        (_wrong_value, 2, "được:  DATE “ngày 5/3”; start: cần 2024-03-05, được 2025-03-05"),
        (_shifted, 2, "được:  DATE “5/3”, ở ký tự 9-12 thay vì 4-12"),
        (_by_another, 2, "được:  DATE “ngày 5/3” của mẫu x.y"),
        (lambda *_: [], 2, "được:  không tìm ra gì ở đó"),
        (_everywhere, 5, "được:  nay đã đúng: chuyển thành example"),
        (_everywhere, 5, "được:  tìm ra “tỷ lệ 6/”"),
        (_everywhere, 5, "được:  DATE “ở đường ” (dates.day) lấy mất chữ"),
        (_broken, 6, "được:  chương trình lỗi: ZeroDivisionError: hỏng"),
    ],
)
def test_failures(library: PatternLibrary, make: MakeMentions, failed: int, words: str) -> None:
    report = check_library(library, make)
    assert (len(report.failures), report.ok, report.exit_code) == (failed, False, 1)
    text = report.render()
    assert words in text
    assert text.splitlines()[-1] == f"KHÔNG ĐẠT: 2 mẫu, 6 câu, {failed} câu sai."
    first = f"{library.directory / 'dates.yaml'}:6: Ngày (dates.day), ví dụ 1"
    assert first in text
    assert "câu:   họp [ngày 5/3] tại phường" in text


def test_mistakes_in_files_are_reported_and_nothing_is_run(write_patterns: WritePatterns) -> None:
    directory = write_patterns({"a.yaml": PATTERNS.replace("label: DATE", "label: X"), "b.yaml": "- x: '"})

    def extractor(_: PatternLibrary) -> MakeMentions:
        raise AssertionError("must not be called")

    report = check(directory, extractor)
    assert report.exit_code == 1
    text = report.render()
    assert f"{directory / 'a.yaml'}:2: mẫu “dates.day”: label là “X”" in text
    assert text.splitlines()[-1] == "KHÔNG ĐẠT: 2 lỗi trong tệp mẫu; chưa chạy ví dụ nào."


def test_no_directory(tmp_path: Path) -> None:
    assert "không có thư mục này" in check(tmp_path / "x", lambda _: _mentions).render()


def test_a_pattern_is_needed_if_no_other_finds_its_examples(library: PatternLibrary) -> None:
    day, *_ = cases(library)
    street = next(case for case in cases(library) if case.pattern.label == "BLOCK")
    found = _by_another(day.text, None, "past")
    assert not is_met(day, found)
    assert is_met(day, found, by_any_pattern=True)
    assert not is_met(day, [], by_any_pattern=True)
    assert is_met(street, [])
    assert not is_met(street, _everywhere(street.text, None, "past"), by_any_pattern=True)
    assert is_met(street, [], by_any_pattern=True)


class Comparator(Enum):
    GE = "ge"


@dataclass(frozen=True)
class Value:
    start: date = date(2024, 3, 5)
    value: float = 99.93
    whole: int = 1053
    exact: Decimal = Decimal("1.50")
    nothing: str | None = None
    flag: bool = True
    comparator: Comparator = Comparator.GE
    items: tuple[str, ...] = ("a", "b")
    inner: "Value | None" = None


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ({"start": "2024-03-05", "value": "99.93", "whole": "1053", "exact": "1.5"}, []),
        ({"nothing": "null"}, []),
        ({"nothing": "~"}, []),
        ({"nothing": ""}, []),
        ({"flag": "true", "comparator": "ge", "items": ["a", "b"]}, []),
        ({"inner": {"start": "2024-03-05"}}, []),
        ({"whole": "1.053"}, ["whole: cần 1.053, được 1053"]),
        ({"value": "nhiều"}, ["value: cần nhiều, được 99.93"]),
        ({"start": "null"}, ["start: cần null, được 2024-03-05"]),
        ({"nothing": "x"}, ["nothing: cần x, được null"]),
        ({"items": ["a"]}, ["items: cần [a], được [a, b]"]),
        ({"other": "1"}, ["other: cần 1, giá trị không có khóa này"]),
        ({"nothing": {"start": "x"}}, ["nothing: cần {start: x}, được null"]),
    ],
)
def test_values_are_compared_by_the_named_keys(expected: dict[str, object], wrong: list[str]) -> None:
    assert differences(expected, Value(inner=Value())) == wrong
