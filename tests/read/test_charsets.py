"""Bytes become the text that they are, whatever is declared."""

import unicodedata

import pytest

from meetextract.read.charsets import BinaryDataError, Decoded, declared_in, decode

TEXT = "Sáng 12/4, Ủy ban nhân dân huyện Ba Bể tổ chức hội nghị giao ban; các xã báo cáo đúng hạn.\n"
MARKS = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows typed it: letters with their hats and horns, tones behind them."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in MARKS))
        out += (base + "".join(part for part in parts if part in MARKS)).encode("cp1258")
    return out


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1258", "iso-8859-1", "no-such-charset"])
def test_utf_8_is_told_by_its_bytes(declared: str | None) -> None:
    assert decode(TEXT.encode(), declared) == Decoded(TEXT)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_it_all(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "windows-1258") == Decoded(TEXT)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == Decoded(TEXT, (f"charset:{encoding}",))


@pytest.mark.parametrize(
    ("declared", "repairs"),
    [
        ("windows-1258", ()),
        (None, ("charset:cp1258",)),
        ("utf-8", ("charset:cp1258",)),
        ("latin1", ("charset:cp1258",)),
    ],
)
def test_windows_1258(declared: str | None, repairs: tuple[str, ...]) -> None:
    found = decode(windows_1258(TEXT * 3), declared)
    assert unicodedata.normalize("NFC", found.text) == TEXT * 3
    assert found.repairs == repairs


def test_a_letter_cut_in_two_costs_itself() -> None:
    found = decode(TEXT.encode() + "ồ".encode()[:2])
    assert found == Decoded(TEXT + "\ufffd", ("bytes_replaced",))


@pytest.mark.parametrize("data", [b"\x7fELF\0\0\1\0" * 9, b"PK\x03\x04\x00\x00", b"\0" * 100])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(BinaryDataError, match="NUL"):
        decode(data)


def test_the_charset_that_a_page_names() -> None:
    assert declared_in(b'<html><meta charset="utf-8">') == "utf-8"
    assert declared_in(b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1258'>") == "windows-1258"
    assert declared_in(b"<html>") is None


@pytest.mark.parametrize("declared", ["hex", "idna", "undefined", "rot13", "a\0b"])
def test_a_charset_that_is_none(declared: str) -> None:
    assert decode("Xã họp về đường".encode("cp1258", "replace"), declared).text
