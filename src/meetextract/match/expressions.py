"""Expressions of pattern files made ready to run, and the checks that every one of them has to pass."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import regex

from meetextract.match.gazetteer import Gazetteer
from meetextract.match.regexes import Expander, Fragment, check_folded, forms, outline, part_names, skeleton
from meetextract.match.safety import check_safe
from meetextract.match.syntax import Names, Node, RegexError, least_width, parse

_MAY_REFER_BACK = regex.compile(r"\\[1-9g]|\(\?P=")


class Pieces:
    """What the expressions of a directory are made of; what many of them contain is read once.

    Args:
        parts: The shared parts.
        gazetteers: The gazetteers.

    Attributes:
        parts: The shared parts.
    """

    def __init__(self, parts: Mapping[str, Fragment], gazetteers: Mapping[str, Gazetteer]) -> None:
        self.parts = parts
        self._gazetteers = gazetteers
        self._marks: dict[str, tuple[str, ...]] = {}
        self._expander = Expander(parts, gazetteers)
        self._marker = Expander(parts, gazetteers, self._mark)
        self._trees: dict[tuple[str, bool], Node] = {}
        self._compiling: dict[str, bool] = {}

    def expand(self, source: str) -> str:
        """Write an expression out for the machine."""
        return self._expander.expand(source)

    def mark(self, source: str) -> str:
        """Write an expression out with a private-use character for each list of names.

        The names are escaped, so they break nothing, and they are many.
        """
        return self._marker.expand(source)

    def _mark(self, names: list[str]) -> str:
        char = chr(0xE000 + len(self._marks))
        self._marks[char] = tuple(names)
        return char

    def parse_written_out(self, source: str, ignore_case: bool) -> Node:
        """Parse an expression with all its parts in place."""
        return parse(self.mark(source), ignore_case=ignore_case, names=self._marks)

    def parse(self, source: str, ignore_case: bool) -> Node:
        """Parse an expression; the trees of its parts are those that other expressions have, too."""
        self.mark(source)  # its mistakes come first, and parts that contain each other have no tree
        try:
            return self._parse_around_parts(source, ignore_case)
        except RegexError:
            # A part may be broken by itself and whole with what stands around it.
            return self.parse_written_out(source, ignore_case)

    def _parse_around_parts(self, source: str, ignore_case: bool) -> Node:
        return parse(outline(source), ignore_case=ignore_case, part=self._part)

    def _part(self, text: str, ignore_case: bool) -> Node:
        if (text, ignore_case) not in self._trees:
            name = text[1:-1]
            self._trees[text, ignore_case] = (
                Names(tuple(forms(name, self._gazetteers)), ignore_case)
                if name.startswith("gaz:")
                else self._parse_around_parts(self.parts[name].source, ignore_case)
            )
        return self._trees[text, ignore_case]

    def surely_compiles(self, source: str) -> bool:
        """Say whether the machine takes an expression, if that can be told from its parts and what is around them.

        A part stands in brackets, and nothing but a back reference looks into them or out of them.
        """
        around = skeleton(source)
        if _MAY_REFER_BACK.search(around):
            return False
        try:
            compile_regex(around, True)
        except (regex.error, Warning):
            return False
        return all(map(self._part_compiles, part_names(source)))

    def _part_compiles(self, name: str) -> bool:
        if name.startswith("gaz:"):
            return True
        if name not in self._compiling:
            self._compiling[name] = self.surely_compiles(self.parts[name].source)
        return self._compiling[name]


@dataclass(frozen=True)
class Expression:
    """One expression of a pattern file.

    Attributes:
        source: As written.
        ignore_case: Whether capitals and small letters are the same to it.
        pieces: What it may contain.
    """

    source: str
    ignore_case: bool
    pieces: Pieces = field(repr=False)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """Ready to run, made at first use."""
        return compile_regex(self.pieces.expand(self.source), self.ignore_case)

    @cached_property
    def tree(self) -> Node:
        """Taken apart."""
        return self.pieces.parse(self.source, self.ignore_case)

    def check(self, *, may_be_empty: bool = False, is_used: bool = False) -> None:
        """Refuse an expression that cannot run, never matches, matches nothing at all or may run forever.

        Args:
            may_be_empty: Whether it may match the empty text.
            is_used: Whether it is going to be compiled in any case.

        Raises:
            RegexError: With what to write instead.
        """
        check_folded(self.source)
        tree = self.tree
        if not (self._compiles() if is_used else self.pieces.surely_compiles(self.source)):
            try:
                compile_regex(self.pieces.mark(self.source), self.ignore_case)
            except (regex.error, Warning) as error:
                raise RegexError(
                    f"regex không dịch được ({error})", "Kiểm tra dấu ngoặc và ký hiệu ở chỗ ấy"
                ) from error
        if not may_be_empty and least_width(tree) == 0:
            raise RegexError("regex khớp cả chuỗi rỗng", "Thêm ít nhất một chữ hay số bắt buộc (không có ? hoặc *)")
        try:
            check_safe(tree)
        except RegexError:
            check_safe(self.pieces.parse_written_out(self.source, self.ignore_case))  # quotes the loop with its parts

    def _compiles(self) -> bool:
        try:
            return bool(self.compiled)
        except (regex.error, Warning):
            return False


def compile_regex(expanded: str, ignore_case: bool) -> regex.Pattern[str]:
    """Compile an expanded expression; what the machine warns of is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        flags = regex.VERSION0 | (regex.IGNORECASE if ignore_case else 0)
        return regex.compile(expanded, flags, cache_pattern=False)
