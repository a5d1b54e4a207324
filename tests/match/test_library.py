import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.match.library import PatternLibrary, find_mistakes

WritePatterns = Callable[..., Path]

OTHER = """\
- id: dates.month
  label: DATE
  name: Tháng
  regex: 'tháng (?P<m>{so})'
  case: sensitive
  priority: '-2'
  note: chỉ để thử
  examples:
    - text: "trong [tháng 3]"
      value: {month: 3}
"""


def test_a_good_directory(one_pattern: WritePatterns, write_patterns: WritePatterns) -> None:
    one_pattern()
    library = PatternLibrary.load(write_patterns({"other.yaml": OTHER}))
    assert [pattern.id for pattern in library.patterns] == ["dates.day", "dates.month"]
    day, month = library.patterns
    assert (day.label, day.name, day.priority, day.ignores_case) == ("DATE", "Ngày", 0, True)
    assert (month.priority, month.ignores_case, month.entry.note) == (-2, False, "chỉ để thử")
    assert day.compiled.pattern == r"ngày\s+(?P<d>(?:\d{1,2}))/(?P<m>(?:\d{1,2}))"
    assert day.compiled is day.compiled
    assert day.compiled.search("Họp NGÀY  5/3")
    assert not month.compiled.search("Tháng 3")
    assert library["dates.month"] is month
    assert day.line("examples", 0) == 6
    row = library.gazetteers["areas"].find("An Phú")
    assert row is not None
    assert row["kind"] == "phường"


@pytest.mark.parametrize(
    ("regex", "problem", "mend"),
    [
        ("ngày {nam}", "không có phần “nam”", "parts.yaml"),
        ("ngày ({so}", "ngoặc “(” không được đóng", "Thêm dấu )"),
        (r"ngày (?<=a+\1)x", "regex không dịch được", "Kiểm tra dấu ngoặc"),
        (r"{so}?", "khớp cả chuỗi rỗng", "bắt buộc"),
        (r"(?=ngày)", "khớp cả chuỗi rỗng", "bắt buộc"),
        (r"ngày(?: {so}+)+", "lặp lồng nhau", "++"),
        (r"ngày (\w+\s?)*", "lặp lồng nhau", "++"),
        ("ngày {gaz:area}", "không có bảng tên “area”", "Có phải “areas”?"),
        ("ngày – {so}", "U+2013", "Viết “-”"),
        ("hoà {so}", "“hoà” không bao giờ khớp", "“hòa”"),
    ],
)
def test_mistakes_in_expressions(one_pattern: WritePatterns, regex: str, problem: str, mend: str) -> None:
    directory = one_pattern(("ngày (?P<d>{so})/(?P<m>{so})", regex))
    (mistake,) = find_mistakes(directory)
    assert (mistake.path.name, mistake.line) == ("dates.yaml", 4)
    assert "mẫu “dates.day”" in mistake.problem
    assert problem in mistake.problem
    assert mend in mistake.mend
    with pytest.raises(PatternError) as caught:
        PatternLibrary.load(directory)
    assert str(caught.value) == f"{directory / 'dates.yaml'}:4: {mistake.problem}. {mistake.mend}."


@pytest.mark.parametrize(
    ("parts", "line", "problem"),
    [
        ("so: '{a}'\na: '{b}'\nb: '{a}'\n", 1, "phần “so”: các phần chứa lẫn nhau: a → b → a"),
        ("so: '\\d'\nx: '{y}'\n", 2, "phần “x”: không có phần “y”"),
        ("so: '\\d'\nx: '(a'\n", 2, "phần “x”: ngoặc “(” không được đóng"),
        ("so: '\\d'\nx: '(?:a+)+'\n", 2, "phần “x”: lặp lồng nhau"),
    ],
)
def test_mistakes_in_parts(one_pattern: WritePatterns, parts: str, line: int, problem: str) -> None:
    mistake = find_mistakes(one_pattern(parts=parts))[0]
    assert (mistake.path.name, mistake.line) == ("parts.yaml", line)
    assert problem in mistake.problem


def test_a_mistake_in_a_part_is_not_repeated_for_its_patterns(one_pattern: WritePatterns) -> None:
    mistakes = find_mistakes(one_pattern(parts="so: '(?:a+)+'\n"))
    assert [(mistake.path.name, mistake.line) for mistake in mistakes] == [("parts.yaml", 1)]


def test_a_loop_is_quoted_with_its_parts(one_pattern: WritePatterns) -> None:
    (mistake,) = find_mistakes(one_pattern(("ngày (?P<d>{so})/(?P<m>{so})", "ngày(?: {so}+)+")))
    assert r"lặp lồng nhau “(?:\s+(?:\d{1,2})+)+”" in mistake.problem


@pytest.mark.parametrize("regex", ["{thang}x(?P=m)", r"{thang}x\1", "(?P<d>{so}){lai}"])
def test_a_back_reference_into_a_part_or_out_of_it(one_pattern: WritePatterns, regex: str) -> None:
    parts = "so: '\\d'\nthang: '(?P<m>{so})'\nlai: '(?P<m>x)(?P=m)'\n"
    assert find_mistakes(one_pattern(("ngày (?P<d>{so})/(?P<m>{so})", regex), parts=parts)) == []


@pytest.mark.parametrize(
    ("regex", "error"),
    [
        ("{thang}x(?P=d)", "unknown group at position 21"),
        (r"{thang}x\2", "invalid group reference at position 20"),
        ("(?P<m>{lai})", "cannot refer to an open group at position 20"),
    ],
)
def test_a_back_reference_to_nothing(one_pattern: WritePatterns, regex: str, error: str) -> None:
    parts = "so: '\\d'\nthang: '(?P<m>{so})'\nlai: '(?P<m>x)(?P=m)'\n"
    (mistake,) = find_mistakes(one_pattern(("ngày (?P<d>{so})/(?P<m>{so})", regex), parts=parts))
    assert f"regex không dịch được ({error})" in mistake.problem


def test_parts_that_are_only_whole_together(one_pattern: WritePatterns) -> None:
    directory = one_pattern(("ngày (?P<d>{so})/(?P<m>{so})", "{mo}{dong}"), parts="mo: '(?:a'\ndong: 'b)'\n")
    assert [(mistake.path.name, mistake.line) for mistake in find_mistakes(directory)] == [
        ("parts.yaml", 1),
        ("parts.yaml", 2),
    ]


@pytest.mark.parametrize(
    ("name", "guess"),
    [("mm", "Có phải “m”? "), ("dd", "Có phải “d”? "), ("Y", "Có phải “y”? "), ("cmp", ""), ("symbol", "")],
)
def test_a_group_that_the_label_does_not_have(one_pattern: WritePatterns, name: str, guess: str) -> None:
    directory = one_pattern(("(?P<m>", f"(?P<{name}>"))
    (mistake,) = find_mistakes(directory)
    assert (mistake.path.name, mistake.line) == ("dates.yaml", 4)
    assert mistake.problem == f"mẫu “dates.day”: nhóm lạ “{name}”"
    assert mistake.mend.startswith(f"{guess}Các nhóm của nhãn DATE: count, d, d2, ")
    assert "mention" in mistake.mend
    with pytest.raises(PatternError, match="nhóm lạ"):
        PatternLibrary.load(directory)


def test_a_group_without_p_is_named_too(one_pattern: WritePatterns) -> None:
    (mistake,) = find_mistakes(one_pattern(("(?P<m>", "(?<mm>")))
    assert "nhóm lạ “mm”" in mistake.problem


def test_every_label_may_have_the_mention(one_pattern: WritePatterns) -> None:
    assert find_mistakes(one_pattern(("ngày (?P<d>{so})", "(?P<mention>ngày (?P<d>{so}))"))) == []


def test_an_unknown_group_of_a_part_is_reported_once_where_it_stands(one_pattern: WritePatterns) -> None:
    (mistake,) = find_mistakes(one_pattern(("(?P<m>{so})", "{thang}"), parts="so: '\\d'\nthang: '(?P<mm>{so})'\n"))
    assert (mistake.path.name, mistake.line) == ("parts.yaml", 2)
    assert mistake.problem == "phần “thang”: nhóm lạ “mm”"
    assert mistake.mend.startswith("Có phải “m”? Các nhóm của mọi nhãn: ")


def test_a_part_with_a_group_of_another_label(one_pattern: WritePatterns) -> None:
    parts = "so: '\\d'\nben_trong: '(?P<symbol>{so})'\nthang: 'x{ben_trong}'\n"
    (mistake,) = find_mistakes(one_pattern(("(?P<m>{so})", "{thang}"), parts=parts))
    assert (mistake.path.name, mistake.line) == ("dates.yaml", 4)
    assert mistake.problem == "mẫu “dates.day”: nhóm lạ “symbol” (trong phần “ben_trong”)"


def test_an_optional_part_may_be_empty(one_pattern: WritePatterns) -> None:
    assert find_mistakes(one_pattern(parts="so: '\\d+'\nx: 'a?'\n")) == []


def test_an_id_twice(one_pattern: WritePatterns, write_patterns: WritePatterns) -> None:
    one_pattern()
    (mistake,) = find_mistakes(write_patterns({"other.yaml": "# x\n" + OTHER.replace("dates.month", "dates.day")}))
    assert (mistake.path.name, mistake.line) == ("other.yaml", 2)
    assert mistake.problem == "mã “dates.day” đã có ở dates.yaml:1"


def test_an_id_twice_in_a_file(write_patterns: WritePatterns) -> None:
    (mistake,) = find_mistakes(write_patterns({"a.yaml": (OTHER + OTHER).replace("{so}", "3")}))
    assert (mistake.line, mistake.problem) == (11, "mã “dates.month” đã có ở a.yaml:1")


def test_all_mistakes_are_found(one_pattern: WritePatterns, write_patterns: WritePatterns) -> None:
    one_pattern(("label: DATE", "label: NGAY"))
    bad = {"b.yaml": "- x: '", "gazetteers/x.tsv": "tên\nx\n", "z.yaml": OTHER.replace("{so}", "{sp}")}
    mistakes = find_mistakes(write_patterns(bad))
    assert [mistake.path.name for mistake in mistakes] == ["x.tsv", "b.yaml", "dates.yaml", "z.yaml"]


def test_no_patterns(tmp_path: Path) -> None:
    (mistake,) = find_mistakes(tmp_path)
    assert mistake.problem == "không có mẫu nào"


def test_no_directory(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="không có thư mục này"):
        PatternLibrary.load(tmp_path / "x")


def test_the_hash_covers_names_and_bytes(one_pattern: WritePatterns) -> None:
    directory = one_pattern()
    first = PatternLibrary.load(directory).sha256
    digest = hashlib.sha256()
    for name in ("dates.yaml", "gazetteers/areas.tsv", "parts.yaml"):
        content = (directory / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    assert first == f"sha256:{digest.hexdigest()}"
    (directory / "README.md").write_text("không phải mẫu")
    assert PatternLibrary.load(directory).sha256 == first
    (directory / "gazetteers/areas.tsv").rename(directory / "gazetteers/places.tsv")
    assert PatternLibrary.load(directory).sha256 != first


def test_without(one_pattern: WritePatterns, write_patterns: WritePatterns) -> None:
    one_pattern()
    library = PatternLibrary.load(write_patterns({"other.yaml": OTHER}))
    rest = library.without("dates.day")
    assert [pattern.id for pattern in rest.patterns] == ["dates.month"]
    assert rest.sha256 != library.sha256
    assert len(library.patterns) == 2
    with pytest.raises(KeyError):
        library.without("dates.year")


def test_a_library_can_be_sent_to_a_worker(one_pattern: WritePatterns) -> None:
    library = PatternLibrary.load(one_pattern())
    sent = pickle.loads(pickle.dumps(library))
    assert sent.sha256 == library.sha256
    assert sent.patterns[0].compiled.search("ngày 5/3")


def test_the_shipped_patterns_load() -> None:
    assert find_mistakes() == []
