"""Takes a pattern's regular expression apart: a closed subset of what the ``regex`` module reads.

The subset leaves out what cannot be bounded or read at a glance: fuzzy matching, recursion, conditions, global flags.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

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


_LAYOUT = regex.compile(r"[ \t]*+\n\s*+")
_BLANK = regex.compile(r" ++")
_PART = regex.compile(r"\{(?:[a-z][a-z0-9_]*+|gaz:[^{}]++)\}")
_REPEAT = regex.compile(r"(?:[*+?]|\{\d++(?:,\d*+)?\}|\{,\d++\})[?+]?")
_CLASS = regex.compile(r"\[\^?+\]?+(?:\\.|\[:\^?+\w++:\]|[^\]\\])*+\]", regex.DOTALL)
_CHAR_ESCAPE = regex.compile(
    r"\\(?:[pP]\{[^{}]++\}|N\{[^{}]++\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|0[0-7]{0,2}|[dDsSwWtnrfav]|[^\w])"
)
_ANCHOR = regex.compile(r"\\[bBAZmM]|[\^$]")
_BACKREF = regex.compile(r"\\[1-9]\d?|\\g<\w++>|\(\?P=\w++\)")
_OPEN = regex.compile(r"\((?!\?)|\(\?(?:[:>=!|]|<[=!]|P?<[A-Za-z_]\w*+>|-?i:)")
_COMMENT = regex.compile(r"\(\?#[^)]*+\)")


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
    rules: tuple[tuple[regex.Pattern[str], TokenKind], ...] = (
        (_LAYOUT, "layout"),
        (_COMMENT, "layout"),
        (_BLANK, "blank"),
        (_REPEAT, "repeat"),
        (_PART, "part"),
        (_ANCHOR, "anchor"),
        (_BACKREF, "backref"),
        (_CHAR_ESCAPE, "char"),
        (_CLASS, "char"),
        (_OPEN, "open"),
    )
    while at < len(source):
        if source[at] not in " \t\n*+?{^$\\[(":
            kind: TokenKind = "close" if source[at] == ")" else "bar" if source[at] == "|" else "char"
            yield Token(kind, source[at])
            at += 1
            continue
        for rule, kind in rules:
            hit = rule.match(source, at)
            if hit:
                yield Token(kind, hit[0])
                at = hit.end()
                break
        else:
            if source[at] != "\t":
                raise _mistake_at(source, at)
            yield Token("char", source[at])
            at += 1


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


def parse(source: str, *, ignore_case: bool, names: Mapping[str, tuple[str, ...]] | None = None) -> Node:
    """Read an expanded regular expression (no parts, no plain blanks) as a tree.

    Args:
        source: The expression.
        ignore_case: Whether case is ignored at its top level.
        names: Characters that stand for a gazetteer's names.

    Returns:
        The tree.

    Raises:
        RegexError: Not in the subset, or brackets that do not close.
    """
    tokens = [token for token in tokenize(source) if token.kind != "layout"]
    node, at = _parse_options(tokens, 0, ignore_case, names or {})
    if at < len(tokens):
        raise RegexError("có dấu ) thừa", "Xóa dấu ấy, hoặc viết \\) nếu là dấu thường")
    return node


def _parse_options(
    tokens: list[Token], at: int, ignore_case: bool, names: Mapping[str, tuple[str, ...]]
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
            body, at = _parse_options(tokens, at, _scoped_case(token.text, ignore_case), names)
            if at >= len(tokens):
                raise RegexError(f"ngoặc “{token.text}” không được đóng", "Thêm dấu )")
            at += 1
            items.append(_group(token.text, body))
        elif token.kind == "repeat":
            if not items:
                raise RegexError(f"“{token.text}” không đứng sau gì cả", "Đặt nó sau chữ hoặc nhóm cần lặp")
            source = "".join(part.text for part in tokens[last_from:at])
            items.append(_repeat(token.text, items.pop(), source))
        elif token.kind in ("anchor", "backref"):
            items.append(Nothing(token.kind == "backref", token.text))
        elif token.text in names:
            items.append(Names(names[token.text], ignore_case))
        else:
            items.append(Char(token.text, ignore_case))
    options.append(_seq(items))
    return (options[0] if len(options) == 1 else Alt(tuple(options))), at


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
