import unicodedata
from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.match.yaml_lines import read_text, read_yaml


def _write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "mau.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_every_scalar_stays_text(tmp_path: Path) -> None:
    lined = read_yaml(_write(tmp_path, "[no, 12:30, 007, 1.50, ~, 2024-03-01, yes, 0x1F, .inf]"))
    assert lined.data == ["no", "12:30", "007", "1.50", "~", "2024-03-01", "yes", "0x1F", ".inf"]


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    lined = read_yaml(_write(tmp_path, "# đầu tệp\n- id: a\n  list:\n    - x\n    - y: 1\n      z: |\n        dài\n"))
    assert lined.data == [{"id": "a", "list": ["x", {"y": "1", "z": "dài\n"}]}]
    assert lined.line((0, "id")) == 2
    assert lined.line((0, "list")) == 3
    assert lined.line((0, "list", 1)) == 5
    assert lined.line((0, "list", 1, "z")) == 6
    assert lined.line((0, "list", 1, "nothing", 7)) == 5  # the nearest thing around it


def test_an_empty_file_is_an_empty_list(tmp_path: Path) -> None:
    assert read_yaml(_write(tmp_path, "# chưa có gì\n")).data == []


@pytest.mark.parametrize(
    ("content", "line", "problem", "mend"),
    [
        ("- a: 1\n  b: 2\n  a: 3\n", 3, "khóa “a” có hai lần (lần đầu ở dòng 1)", "Giữ lại một"),
        ("- a: 1\n b: 2\n", 2, "không đúng cú pháp YAML", "thụt dòng"),
        ("- a: 'x\n- b: 2\n", None, "không đúng cú pháp YAML", "dấu nháy"),
        ("- &x {a: 1}\n- *x\n", None, "neo YAML", "Viết lại nội dung ấy đầy đủ"),
        ("- a: 1\n- b: \x07\n", 2, "ký tự điều khiển", "Xóa"),
        ("- ? [a]\n  : 1\n", 1, "khóa không phải là chữ", "dấu hai chấm"),
        ("a: 1\n---\nb: 2\n", 2, "không đúng cú pháp YAML", "Kiểm tra"),
        ("- " * 40 + "x", 1, "lồng quá nhiều lớp", "phẳng hơn"),
        ("- a: 1\n- b: " + unicodedata.normalize("NFD", "tiến độ"), 2, "(NFC): “tiến”", "Unicode dựng sẵn"),
    ],
)
def test_mistakes_have_line_and_mend(tmp_path: Path, content: str, line: int | None, problem: str, mend: str) -> None:
    path = _write(tmp_path, content)
    with pytest.raises(PatternError) as caught:
        read_yaml(path)
    assert caught.value.path == path
    if line is not None:
        assert caught.value.line == line
    assert problem in caught.value.problem
    assert mend in caught.value.mend


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "mau.yaml"
    path.write_bytes("- a: một\n- b: ".encode() + "hà".encode("latin-1"))
    with pytest.raises(PatternError) as caught:
        read_text(path)
    assert (caught.value.line, caught.value.problem) == (2, "chữ không phải mã UTF-8")


def test_byte_order_mark_and_crlf_are_no_content(tmp_path: Path) -> None:
    path = tmp_path / "mau.yaml"
    path.write_bytes(b"\xef\xbb\xbf- a: 1\r\n- b: 2\r\n")
    lined = read_yaml(path)
    assert lined.data == [{"a": "1"}, {"b": "2"}]
    assert lined.line((1, "b")) == 2


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="không đọc được tệp"):
        read_text(tmp_path / "không có.yaml")
