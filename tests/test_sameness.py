"""What scoring does not tell apart, and what it does."""

import unicodedata

import pytest

from meetextract.sameness import fold, fold_symbol, fold_unit, plain, token_f1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hoà Bình", "hòa bình"),
        ("Uỷ viên", "Ủy viên"),
        ("phòng Nội vụ", unicodedata.normalize("NFD", "phòng  Nội\nvụ")),
        ("sở Khoa học, Công nghệ", "sở Khoa học - Công nghệ"),
        ("họp…", '"Họp".'),
        (None, ""),
    ],
)
def test_plain_folds_writing(left: str | None, right: str) -> None:
    assert plain(left) == plain(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("hòa", "hóa"), ("1.053", "1053"), ("99,93", "9993"), ("15/KH", "15 KH"), ("5%", "5"), ("đ", "d")],
)
def test_plain_keeps_what_matters(left: str, right: str) -> None:
    assert plain(left) != plain(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ủy ban nhân dân xã", "UBND xã"),
        ("Uỷ ban Mặt trận Tổ quốc Việt Nam huyện", "Ủy ban MTTQ huyện"),
        ("TP Huế", "thành phố Huế"),
        ("cải cách hành chính và công nghệ thông tin", "CCHC, CNTT"),
        ("Văn hóa và Thông tin", "văn hóa - thông tin"),
    ],
)
def test_fold_folds_abbreviations(left: str, right: str) -> None:
    assert fold(left) == fold(right)
    assert plain(left) != plain(right)


def test_abbreviations_are_whole_words() -> None:
    assert fold("tpp") == "tpp"
    assert "và" not in fold("văn và hoá").split()
    assert fold("vàng") == fold("Vàng") != fold("ng")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("UBND tỉnh Nam Định", "UBND Nam Định", True),
        ("Thành ủy thành phố Hà Nội", "Thành ủy Hà Nội", True),
        ("UBND TP. Huế", "Ủy ban nhân dân Huế", True),
        ("Ban Chấp hành Trung ương Đảng", "Trung ương Đảng", True),
        ("UBND thành phố", "UBND", False),  # no name follows
        ("UBND quận 1", "UBND 1", False),
    ],
)
def test_units(left: str, right: str, same: bool) -> None:
    assert (fold_unit(left) == fold_unit(right)) is same


def test_symbols_are_letters_and_digits() -> None:
    assert fold_symbol("10 - CTr/HU") == fold_symbol("10-CTr_HU") == "10ctrhu"
    assert fold_symbol("10-CTr/HU") != fold_symbol("10-CTr/TU")


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("số hộ nộp thuế", "Số hộ nộp thuế.", 1.0),
        ("hộ nộp thuế", "nộp thuế", 0.8),
        ("thuế thuế thuế", "thuế", 1.0),  # words as sets
        ("a b c", "c d", 0.4),
        ("a", "b", 0.0),
        ("", None, 1.0),
        ("…", "", 1.0),
        ("a", "", 0.0),
    ],
)
def test_token_f1(left: str | None, right: str | None, likeness: float) -> None:
    assert token_f1(left, right) == pytest.approx(likeness)
    assert token_f1(right, left) == pytest.approx(likeness)
