"""What the lines of a portal page are, by the analysts' table ``chrome.tsv``.

The table has a header and three columns: kind, a regular expression that matches from the start of the line, and an
example. Lines are folded and in small letters when they are matched. Kinds:

- ``line``: this line alone belongs to the page, not to the article;
- ``related``: the heading of a list of other articles;
- ``footer``: here the foot of the page begins;
- ``published``: a label behind which the day of publication stands;
- ``caption``: a photo caption, even with a full stop;
- ``caption_open``: a photo caption where the line has no full stop.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from meetextract.errors import PatternError
from meetextract.settings import pattern_dir
from meetextract.text import fold

TABLE = "chrome.tsv"
PAGE_KINDS = ("footer", "related", "line", "published")
"""What is no part of the story, in the order in which it is tried."""

CAPTION_KINDS = ("caption", "caption_open")
"""What stands under a photo."""

KINDS = PAGE_KINDS + CAPTION_KINDS

_HEADER = ["kind", "regex", "example"]
_READ_AHEAD = 300  # longest part of a line that is matched


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes:
        kind: One of ``KINDS``.
        regex: Matches from the start of a folded line in small letters.
        example: A line that it matches.
        line: Where it stands in the table.
    """

    kind: str
    regex: str
    example: str
    line: int


class ChromeRules:
    """The rules of one table; those for lines of the page, of which there are dozens, as one expression.

    Attributes:
        rules: As they stand in the table.
    """

    __slots__ = ("_captions", "_page", "rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._page = _merged(self.rules, PAGE_KINDS)
        # Merged, they would lose what the library does for one expression: a look whether a needed word is there.
        self._captions = [
            (kind, regex.compile(rule.regex)) for kind in CAPTION_KINDS for rule in self.rules if rule.kind == kind
        ]

    def page_kind(self, line: str) -> tuple[str | None, int]:
        """Tell what a line does on the page.

        Args:
            line: A folded line in small letters.

        Returns:
            One of ``PAGE_KINDS`` and where the matched part ends; ``(None, 0)`` for any other line.
        """
        hit = self._page.match(line, 0, _READ_AHEAD)
        return (hit.lastgroup, hit.end()) if hit else (None, 0)

    def caption_kind(self, line: str) -> str | None:
        """Tell whether a line reads like a photo caption.

        Args:
            line: A folded line in small letters.

        Returns:
            One of ``CAPTION_KINDS``, or None.
        """
        return next((kind for kind, caption in self._captions if caption.match(line, 0, _READ_AHEAD)), None)


def _merged(rules: Iterable[Rule], kinds: Iterable[str]) -> "regex.Pattern[str]":
    by_kind = {kind: [f"(?:{rule.regex})" for rule in rules if rule.kind == kind] for kind in kinds}
    # A table may do without a kind; what never matches stands in for it.
    return regex.compile("|".join(f"(?P<{kind}>{'|'.join(some) or '(?!)'})" for kind, some in by_kind.items()))


def load_chrome(directory: Path) -> ChromeRules:
    """Load a table and check it.

    Args:
        directory: A pattern directory; one without a ``chrome.tsv`` uses the table that is shipped.

    Returns:
        The rules.

    Raises:
        PatternError: A mistake in the table, with its line.
    """
    path = directory / TABLE
    return _load(path if path.is_file() else pattern_dir() / TABLE)


@lru_cache(maxsize=1)
def shipped_chrome() -> ChromeRules:
    """Return the rules that are shipped with the package.

    Returns:
        The rules, loaded once.
    """
    return load_chrome(pattern_dir())


def _load(path: Path) -> ChromeRules:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise PatternError(path, None, "tệp không phải UTF-8", "Hãy lưu lại tệp bằng mã UTF-8") from error
    if not lines or lines[0].split("\t") != _HEADER:
        raise PatternError(
            path, 1, "thiếu dòng tên cột", "Dòng đầu phải là: kind, regex, example, cách nhau bằng phím Tab"
        )
    rules = [
        _checked(path, number, line)
        for number, line in enumerate(lines[1:], start=2)
        if line.strip() and not line.startswith("#")
    ]
    return ChromeRules(rules)


def _checked(path: Path, number: int, line: str) -> Rule:
    cells = line.split("\t")
    if len(cells) != len(_HEADER):
        raise PatternError(
            path, number, f"dòng có {len(cells)} cột", "Viết đúng 3 cột kind, regex, example, cách nhau bằng phím Tab"
        )
    rule = Rule(cells[0].strip(), cells[1].strip(), cells[2].strip(), number)
    if rule.kind not in KINDS:
        raise PatternError(path, number, f"không có loại {rule.kind!r}", f"Dùng một trong: {', '.join(KINDS)}")
    try:
        compiled = regex.compile(rule.regex)
    except regex.error as error:
        raise PatternError(path, number, f"biểu thức sai: {error}", "Sửa cột regex") from error
    if compiled.groups:
        raise PatternError(path, number, "biểu thức có nhóm ( )", "Viết (?:…) thay cho (…)")
    if compiled.match(""):
        raise PatternError(path, number, "biểu thức khớp cả dòng trống", "Thêm chữ bắt buộc vào cột regex")
    if not compiled.match(fold(rule.example).lower()):
        raise PatternError(
            path, number, f"biểu thức không khớp ví dụ {rule.example!r}", "Sửa cột regex (viết chữ thường) hoặc ví dụ"
        )
    return rule
