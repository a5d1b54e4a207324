"""Bytes to text: the encoding that the bytes are in, whatever a page or a server declares."""

import codecs
from dataclasses import dataclass

import regex
from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 100_000  # bytes by which a charset is guessed
_FEW = 0.01  # so many of the letters beyond ASCII may be broken in UTF-8 that was cut or patched
_DECLARED = regex.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", regex.IGNORECASE)
_HEAD = 4096
UNICODE_VIETNAMESE = regex.compile(
    "[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]"
)
"""Letters and marks of Vietnamese that no Western charset has."""

_ASCII_SUPERSETS = {"ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1"}  # what is declared so is windows-1252


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what had to be done for it.

    Attributes:
        text: The text.
        repairs: ``charset:NAME`` where the bytes are in another encoding than UTF-8 and none was declared or it was
            declared wrong; ``bytes_replaced`` where some could not be read.
    """

    text: str
    repairs: tuple[str, ...] = ()


class BinaryDataError(ValueError):
    """The bytes are no text."""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes.

    UTF-8 is told by its bytes, which no other encoding has by chance; so it wins over what is declared.

    Args:
        data: The bytes.
        declared: The charset that their server or page names.

    Returns:
        The text and what had to be done.

    Raises:
        BinaryDataError: These are no bytes of a text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data, name, is_sure=True)
    if b"\0" in data[:_LOOKED_AT]:
        wide = _utf16_of(data[:_LOOKED_AT])
        if wide is None:
            raise BinaryDataError("it holds NUL bytes")
        return _decoded(data, wide, is_sure=False)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= 1 + _FEW * sum(character > "\x7f" for character in text):
        return Decoded(text, ("bytes_replaced",))
    right = _codec(declared)
    if right and right != "utf-8":
        found = _decoded(data, right, is_sure=True)
        if not found.repairs and UNICODE_VIETNAMESE.search(found.text):
            return found
    return _decoded(data, _guessed(data[:_LOOKED_AT]), is_sure=False)


def declared_in(page: bytes) -> str | None:
    """Give the charset that a page's ``<meta>`` names."""
    hit = _DECLARED.search(page[:_HEAD])
    return hit[1].decode("ascii") if hit else None


def _decoded(data: bytes, name: str, *, is_sure: bool) -> Decoded:
    repairs = [] if is_sure else [f"charset:{name}"]
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        repairs.append("bytes_replaced")
    return Decoded(text, tuple(repairs))


def _codec(name: str | None) -> str | None:
    if not name or name.lower() in _ASCII_SUPERSETS:
        return None
    try:
        b"\xff".decode(name, "replace")
    except (LookupError, ValueError):  # unknown, or a codec that is no charset, such as "hex" and "idna"
        return None
    return codecs.lookup(name).name


def _utf16_of(data: bytes) -> str | None:
    """Tell UTF-16 without its mark: every other byte of its ASCII letters is zero."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < len(data) * 0.1 or min(even, odd) > len(data) * 0.01:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(data: bytes) -> str:
    """Tell windows-1258 from windows-1252, in which TCVN3 and VNI fonts are typed as well."""
    best = from_bytes(data, cp_isolation=["cp1258", "cp1252"]).best()
    return "cp1258" if best is not None and best.encoding == "cp1258" else "cp1252"
