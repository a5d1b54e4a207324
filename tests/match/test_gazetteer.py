import unicodedata
from datetime import date
from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.match.gazetteer import Gazetteer, read_gazetteer


def _read(tmp_path: Path, content: str) -> Gazetteer:
    path = tmp_path / "areas.tsv"
    path.write_text(content, encoding="utf-8")
    return read_gazetteer(path)


AREAS = (
    "# tên đặt ra để thử\n"
    "form\tkind\tvalid_from\tvalid_to\n"
    "An Phú\tquận\t\t2025-06-30\n"
    "An Phú\tphường\t2025-07-01\t\n"
    "\n"
    "An Phú Tây\txã\t\t\n"
    "Hoà Thuỷ\txã\t\t\n"
)


def test_rows_are_mappings_that_know_their_line(tmp_path: Path) -> None:
    areas = _read(tmp_path, AREAS)
    assert areas.name == "areas"
    row = areas.find("an  phú\ntây")
    assert row is not None
    assert dict(row) == {"form": "An Phú Tây", "kind": "xã", "valid_from": "", "valid_to": ""}
    assert row.line == 6


def test_names_are_folded(tmp_path: Path) -> None:
    row = _read(tmp_path, AREAS).find("Hòa Thủy")
    assert row is not None
    assert row["form"] == "Hoà Thuỷ"
    assert row.form == "Hòa Thủy"


def test_the_row_valid_on_a_day_is_preferred(tmp_path: Path) -> None:
    areas = _read(tmp_path, AREAS)
    kinds = {day: areas.find("An Phú", on=day) for day in (date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1))}
    assert [row["kind"] for row in kinds.values() if row] == ["quận", "quận", "phường"]
    assert len(areas.find_all("AN PHÚ")) == 2
    assert areas.find("Không Có") is None


def test_the_same_case_comes_first(tmp_path: Path) -> None:
    names = _read(tmp_path, "form\tfull\nCT\tChỉ thị\nCt\tChủ tịch\n")
    assert [row["full"] for row in names.find_all("Ct")] == ["Chủ tịch", "Chỉ thị"]


def test_forms_are_longest_first_and_filtered(tmp_path: Path) -> None:
    areas = _read(tmp_path, AREAS)
    assert areas.forms() == ["An Phú Tây", "Hòa Thủy", "An Phú"]
    assert areas.forms("kind", "phường") == ["An Phú"]


@pytest.mark.parametrize(
    ("content", "line", "problem", "mend"),
    [
        ("tên\tkind\nx\ty\n", 1, "cột đầu của dòng tiêu đề là “tên”", "form"),
        ("form\tKind\nx\ty\n", 1, "tên cột “Kind”", "chữ thường"),
        ("form\tkind\tkind\nx\ty\tz\n", 1, "cột “kind” có hai lần", "Giữ lại một"),
        ("form\tkind\nAn Phú\n", 2, "có 1 cột, dòng tiêu đề có 2 (form, kind)", "phím Tab"),
        ("form\tkind\n\ty\n", 2, "cột form trống", "Ghi tên"),
        ("form\n# x\nAn Phú\nAn  Phú\n", 4, "“An  Phú” đã có ở dòng 3", "valid_from"),
        ("form\nHoà\nHòa\n", 3, "“Hòa” đã có ở dòng 2", "Xóa một dòng"),
        ("form\tvalid_to\nx\t1/7/2025\n", 2, "valid_to là “1/7/2025”", "2025-07-01"),
        ("form\tvalid_to\nx\t20250701\n", 2, "valid_to là “20250701”", "2025-07-01"),
        ("form\tvalid_from\tvalid_to\nx\t2025-07-01\t2024-07-01\n", 2, "sau valid_to", "Đổi lại"),
        ("form\n", None, "không có tên nào", "xóa tệp"),
        ("form\n" + unicodedata.normalize("NFD", "Hà"), 2, "(NFC): “Hà”", "dựng sẵn"),
    ],
)
def test_mistakes_have_line_and_mend(tmp_path: Path, content: str, line: int | None, problem: str, mend: str) -> None:
    with pytest.raises(PatternError) as caught:
        _read(tmp_path, content)
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert mend in caught.value.mend
