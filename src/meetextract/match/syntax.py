"""Takes a pattern's regular expression apart: a closed subset of what the ``regex`` module reads.

The subset leaves out what cannot be bounded or read at a glance: fuzzy matching, recursion, conditions, global flags.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias, cast

import regex

TokenKind: TypeAlias = Literal["char", "blank", "layout", "part", "anchor", "backref", "open", "close", "bar", "repeat"]


class RegexError(Exception):
    """A mistake in a regular expression, in an analyst's words."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem = problem
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a regular expression.

    Attributes:
        kind: ``char`` consumes exactly one character (a letter, an escape, a class, a dot).
        text: The source.
    """

    kind: TokenKind
    text: str


# Beside plain characters, in the order in which they are tried.
_KINDS: tuple[tuple[TokenKind, str], ...] = (
    ("layout", r"[ \t]*+\n\s*+|\(\?#[^)]*+\)"),
    ("blank", r" ++"),
    ("repeat", r"(?:[*+?]|\{\d++(?:,\d*+)?\}|\{,\d++\})[?+]?"),
    ("part", r"\{(?:[a-z][a-z0-9_]*+|gaz:[^{}]++)\}"),
    ("anchor", r"\\[bBAZmM]|[\^$]"),
    ("backref", r"\\[1-9]\d?|\\g<\w++>|\(\?P=\w++\)"),
    (
        "char",
        r"\\(?:[pP]\{[^{}]++\}|N\{[^{}]++\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|0[0-7]{0,2}"
        r"|[dDsSwWtnrfav]|[^\w])|\[\^?+\]?+(?:\\(?s:.)|\[:\^?+\w++:\]|[^\]\\])*+\]|\t",
    ),
    ("open", r"\((?!\?)|\(\?(?:[:>=!|]|<[=!]|P?<[A-Za-z_]\w*+>|-?i:)"),
    ("close", r"\)"),
    ("bar", r"\|"),
)
_PLAIN = "plain"
_TOKEN = regex.compile(
    "|".join([rf"(?P<{_PLAIN}>[^ \t\n*+?{{^$\\\[()|]++)", *(f"(?P<{kind}>{source})" for kind, source in _KINDS)])
)


def tokenize(source: str) -> Iterator[Token]:
    """Cut a regular expression into tokens.

    Args:
        source: The expression as written, with ``{parts}`` and plain blanks.

    Yields:
        Its tokens; a line break with the blanks around it is one ``layout`` token and means nothing.

    Raises:
        RegexError: Something outside the subset.
    """
    at = 0
    while at < len(source):
        hit = _TOKEN.match(source, at)
        if not hit:
            raise _mistake_at(source, at)
        if hit.lastgroup == _PLAIN:
            for char in hit[0]:
                yield _token("char", char)
        else:
            yield _token(cast(TokenKind, hit.lastgroup), hit[0])
        at = hit.end()


@lru_cache(maxsize=1 << 12)
def _token(kind: TokenKind, text: str) -> Token:
    return Token(kind, text)


def _mistake_at(source: str, at: int) -> RegexError:
    snippet = source[at : at + 12].split("\n")[0]
    mends = {
        "{": "Phần dùng chung viết {ten_phan}, bảng tên viết {gaz:ten_bang}, số lần viết {1,3}; dấu { thường viết \\{",
        "[": "Đóng ngoặc vuông bằng ], hoặc viết \\[ nếu là dấu thường",
        "(": "Chỉ dùng (…), (?:…), (?P<ten>…), (?>…), (?=…), (?!…), (?<=…), (?<!…), (?i:…), (?-i:…)",
        "\\": "Bỏ dấu \\, hoặc dùng ký hiệu thường gặp như \\d \\w \\s \\b \\p{Lu}",
    }
    return RegexError(f"không dùng được “{snippet}” trong regex", mends.get(source[at], "Viết cách khác"))


# --- the tree ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Char:
    """Exactly one character out of a set, given by its source."""

    source: str
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Names:
    """One of the names of a gazetteer."""

    names: tuple[str, ...]
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """Consumes nothing (an anchor), or something unknown that may be nothing (a back reference)."""

    is_backref: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Alt:
    """One of several."""

    options: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Atomic:
    """A group that never gives back what it has taken."""

    body: "Node"


@dataclass(frozen=True, slots=True)
class Look:
    """A look around; consumes nothing."""

    body: "Node"
    opening: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something several times; ``most`` is None if unbounded."""

    body: "Node"
    least: int
    most: int | None
    possessive: bool
    source: str = field(default="", compare=False)


Node: TypeAlias = "Char | Names | Nothing | Seq | Alt | Atomic | Look | Repeat"


Part: TypeAlias = Callable[[str, bool], Node]
"""Gives the tree of a ``{part}``, from its source and whether case is ignored there."""


def parse(
    source: str,
    *,
    ignore_case: bool,
    names: Mapping[str, tuple[str, ...]] | None = None,
    part: Part | None = None,
) -> Node:
    """Read a regular expression without plain blanks as a tree.

    Args:
        source: The expression.
        ignore_case: Whether case is ignored at its top level.
        names: Characters that stand for a gazetteer's names.
        part: Gives the trees of parts; without it, they have to be expanded.

    Returns:
        The tree.

    Raises:
        RegexError: Not in the subset, or brackets that do not close.
    """
    tokens = [token for token in tokenize(source) if token.kind != "layout"]
    node, at = _parse_options(tokens, 0, ignore_case, names or {}, part)
    if at < len(tokens):
        raise RegexError("có dấu ) thừa", "Xóa dấu ấy, hoặc viết \\) nếu là dấu thường")
    return node


def _parse_options(
    tokens: list[Token], at: int, ignore_case: bool, names: Mapping[str, tuple[str, ...]], part: Part | None
) -> tuple[Node, int]:
    options: list[Node] = []
    items: list[Node] = []
    last_from = at  # where the last item begins
    while at < len(tokens) and tokens[at].kind != "close":
        token = tokens[at]
        if token.kind != "repeat":
            last_from = at
        at += 1
        if token.kind == "bar":
            options.append(_seq(items))
            items = []
        elif token.kind == "open":
            body, at = _parse_options(tokens, at, _scoped_case(token.text, ignore_case), names, part)
            if at >= len(tokens):
                raise RegexError(f"ngoặc “{token.text}” không được đóng", "Thêm dấu )")
            at += 1
            items.append(_group(token.text, body))
        elif token.kind == "repeat":
            if not items:
                raise RegexError(f"“{token.text}” không đứng sau gì cả", "Đặt nó sau chữ hoặc nhóm cần lặp")
            source = "".join(piece.text for piece in tokens[last_from:at])
            items.append(_repeat(token.text, items.pop(), source))
        elif token.kind in ("anchor", "backref"):
            items.append(Nothing(token.kind == "backref", token.text))
        elif token.kind == "part" and part:
            items.append(part(token.text, ignore_case))
        elif token.text in names:
            items.append(Names(names[token.text], ignore_case))
        else:
            items.append(_char(token.text, ignore_case))
    options.append(_seq(items))
    return (options[0] if len(options) == 1 else Alt(tuple(options))), at


@lru_cache(maxsize=1 << 10)
def _char(source: str, ignore_case: bool) -> Char:
    return Char(source, ignore_case)


def _scoped_case(opening: str, ignore_case: bool) -> bool:
    if opening == "(?i:":
        return True
    return False if opening == "(?-i:" else ignore_case


def _seq(items: list[Node]) -> Node:
    return items[0] if len(items) == 1 else Seq(tuple(items))


def _group(opening: str, body: Node) -> Node:
    if opening in ("(?=", "(?!", "(?<=", "(?<!"):
        return Look(body, opening)
    return Atomic(body) if opening == "(?>" else body


def _repeat(text: str, body: Node, source: str) -> Repeat:
    possessive = len(text) > 1 and text.endswith("+")
    core = text[:-1] if len(text) > 1 and text[-1] in "?+" else text
    if not core.startswith("{"):
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[core]
        return Repeat(body, least, most, possessive, source)
    low, comma, high = core[1:-1].partition(",")
    return Repeat(body, int(low or 0), (int(high) if high else None) if comma else int(low), possessive, source)


def least_width(node: Node) -> int:
    """Return the fewest characters that a tree can match."""
    match node:
        case Char() | Names():
            return 1
        case Seq(items):
            return sum(map(least_width, items))
        case Alt(options):
            return min(map(least_width, options))
        case Atomic(body):
            return least_width(body)
        case Repeat(body, least):
            return least * least_width(body)
        case _:
            return 0
