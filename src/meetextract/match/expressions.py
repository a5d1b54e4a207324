"""Expressions of pattern files made ready to run, and the checks that every one of them has to pass."""

import warnings
from collections.abc import Mapping

import regex

from meetextract.match.gazetteer import Gazetteer
from meetextract.match.regexes import Fragment, check_folded, expand
from meetextract.match.safety import check_safe
from meetextract.match.syntax import Node, RegexError, least_width, parse


def check_regex(
    source: str,
    ignore_case: bool,
    parts: Mapping[str, Fragment],
    gazetteers: Mapping[str, Gazetteer],
    *,
    may_be_empty: bool = False,
) -> None:
    """Refuse an expression that cannot run, never matches, matches nothing at all or may run forever.

    Args:
        source: The expression as written.
        ignore_case: Whether capitals and small letters are the same to it.
        parts: The shared parts.
        gazetteers: The gazetteers.
        may_be_empty: Whether it may match the empty text.

    Raises:
        RegexError: With what to write instead.
    """
    check_folded(source)
    expanded, tree = marked(source, ignore_case, parts, gazetteers)
    try:
        compile_regex(expanded, ignore_case)
    except (regex.error, Warning) as error:
        raise RegexError(f"regex không dịch được ({error})", "Kiểm tra dấu ngoặc và ký hiệu ở chỗ ấy") from error
    if not may_be_empty and least_width(tree) == 0:
        raise RegexError("regex khớp cả chuỗi rỗng", "Thêm ít nhất một chữ hay số bắt buộc (không có ? hoặc *)")
    check_safe(tree)


def marked(
    source: str, ignore_case: bool, parts: Mapping[str, Fragment], gazetteers: Mapping[str, Gazetteer]
) -> tuple[str, Node]:
    """Expand and parse an expression with a private-use character for each gazetteer.

    The names are escaped, so they break nothing, and they are many.
    """
    marks: dict[str, tuple[str, ...]] = {}

    def mark(names: list[str]) -> str:
        char = chr(0xE000 + len(marks))
        marks[char] = tuple(names)
        return char

    expanded = expand(source, parts, gazetteers, mark)
    return expanded, parse(expanded, ignore_case=ignore_case, names=marks)


def compile_regex(expanded: str, ignore_case: bool) -> regex.Pattern[str]:
    """Compile an expanded expression; what the machine warns of is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        flags = regex.VERSION0 | (regex.IGNORECASE if ignore_case else 0)
        return regex.compile(expanded, flags, cache_pattern=False)
