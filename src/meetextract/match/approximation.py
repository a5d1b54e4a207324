r"""Finds in linear time where a pattern may match, so that its own expression is run there and nowhere else.

Patterns look around, which costs ``regex`` a try at every character. RE2 does not look around and reads a text in one
pass, a hundred times as fast. So each pattern gets an approximation for RE2: an expression that matches wherever the
pattern does, and hardly elsewhere. Texts are coded for it, a byte for a character, which keeps offsets and makes the
machine small.

Left out is what only narrows a match: atomic groups, upper limits of repetition, looking around within the expression.
At its ends, what has to stand around the match is read as a part of it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile

import re2
import regex

from meetextract.match.syntax import Alt, Atomic, Char, Look, Names, Node, Nothing, Repeat, Seq

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
# The last four are those that `regex` takes for a k, an s or an i where case is ignored.
ALPHABET = _LETTERS + _LETTERS.upper() + "0123456789 \t\n\r!\"#$%&'()*+,-./:;<=>?@[]_|~“”‘’–…•°²³" + "\u212aſİı"
_OTHER, _EDGE = 0, 255  # any other character; before, between and behind sentences
_CODES = {char: code for code, char in enumerate(ALPHABET, start=1)}
_ALL = frozenset(range(_EDGE + 1))

_SIMPLE_RANGES = regex.compile("a-z|A-Z|0-9")
# A character, or a class of single ones: what else it may match cannot be seen.
_LISTED = regex.compile(r"[^.\\]|\\[^\w]|\[(?!\^)-?(?:[^\\\[\]&|~^-]|\\[^\w])*+-?\]")

_MOST_TIMES = 4  # a limit of repetition above this is left out: the machine would grow with it
_MOST_BEHIND = 3000  # characters of an approximation of what stands before a match; longer ones are left out
_MEMORY = 8 << 20  # bytes of an expression's states, at most; beyond, they are made anew


class _Coder(dict[int, int]):
    def __missing__(self, char: int) -> int:
        return _OTHER


_CODER = _Coder({ord(char): code for char, code in _CODES.items()})


@dataclass(frozen=True, slots=True)
class CodedText:
    """Sentences in one string of bytes, a byte for a character, with an edge before, between and behind them.

    Attributes:
        codes: The bytes.
        starts: Where each sentence begins in them.
    """

    codes: bytes
    starts: Sequence[int]

    @classmethod
    def of(cls, sentences: Iterable[str]) -> "CodedText":
        """Code sentences."""
        codes = bytearray([_EDGE])
        starts: list[int] = []
        for sentence in sentences:
            starts.append(len(codes))
            codes += sentence.translate(_CODER).encode("latin-1")
            codes.append(_EDGE)
        return cls(bytes(codes), starts)


class Approximation:
    """Matches wherever a pattern does.

    Args:
        tree: The pattern's expression.
    """

    def __init__(self, tree: Node) -> None:
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = _MEMORY
        options.never_capture = True
        options.log_errors = False
        self._search = re2.compile(_approximate(tree, True, True).encode("latin-1"), options).search

    def places(self, text: CodedText) -> Iterator[tuple[int, int]]:
        """Find the sentences in which the pattern may match.

        Args:
            text: The sentences.

        Yields:
            The number of a sentence, and the offset in it before which no match begins.
        """
        at = 0
        while hit := self._search(text.codes, at):
            start = hit.start()
            start += text.codes[start] == _EDGE
            sentence = bisect_right(text.starts, start) - 1
            yield sentence, start - text.starts[sentence]
            if sentence + 1 == len(text.starts):
                return
            at = text.starts[sentence + 1] - 1


def _approximate(node: Node, is_first: bool, is_last: bool) -> str:
    """Write an expression that matches wherever a tree does.

    Args:
        node: The tree.
        is_first: Nothing of the pattern that was written stands before it.
        is_last: Nothing of it stands behind.
    """
    match node:
        case Char():
            return _written(_codes(node))
        case Names(names, ignore_case):
            return f"(?:{'|'.join(_name(name, ignore_case) for name in names)})"
        case Nothing(is_backref):
            return rf"[^\x{_EDGE:02x}]*" if is_backref else ""
        case Look():
            return _sequence((node,), is_first, is_last)
        case Seq(items):
            return _sequence(items, is_first, is_last)
        case Alt(options):
            return f"(?:{'|'.join(_approximate(option, is_first, is_last) for option in options)})"
        case Atomic(body):
            return _approximate(body, is_first, is_last)
        case Repeat(body, least, most):
            inner = _approximate(body, is_first=False, is_last=False)
            return f"(?:{inner}){_times(least, most)}" if inner else ""


def _sequence(items: Sequence[Node], is_first: bool, is_last: bool) -> str:
    looks = [*takewhile(_is_empty, items)]
    middle = [*dropwhile(_is_empty, items)]
    behind: list[Node] = []
    while middle and _is_empty(middle[-1]):
        behind.append(middle.pop())
    before = _before(looks, middle) if is_first else ""
    after = _after(behind if middle else looks) if is_last else ""
    inner = [
        _approximate(item, is_first and not before and place == 0, is_last and not after and place == len(middle) - 1)
        for place, item in enumerate(middle)
    ]
    return f"{before}{''.join(inner)}{after}"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Look) or (isinstance(node, Nothing) and not node.is_backref)


def _before(looks: Sequence[Node], middle: Sequence[Node]) -> str:
    """What has to stand before a match: of several conditions, the one that tells most."""
    for look in looks:
        if isinstance(look, Look) and look.opening == "(?<=":
            whole, ends = _approximate(look.body, is_first=False, is_last=False), _ends(look.body)
            if len(whole) + len(ends) <= _MOST_BEHIND:
                return f"(?:{whole}|{_written({_EDGE})}{ends})"
    for look in looks:
        if isinstance(look, Look) and look.opening == "(?<!" and (codes := _single(look.body)) is not None:
            return _written(_ALL - codes | {_OTHER, _EDGE})
    if any(isinstance(look, Nothing) and look.source == r"\b" for look in looks):
        first = _first(middle)
        if first is not None and first <= _word():
            return _written(_ALL - _word() | {_OTHER, _EDGE})
    return ""


def _after(looks: Sequence[Node]) -> str:
    for look in looks:
        if isinstance(look, Look) and look.opening == "(?=":
            return _approximate(look.body, is_first=False, is_last=True)
    for look in looks:
        if isinstance(look, Look) and look.opening == "(?!" and (codes := _single(look.body)) is not None:
            return _written(_ALL - codes | {_OTHER, _EDGE})
    return ""


def _ends(node: Node) -> str:
    """Match any end of what a tree matches: the rest may stand in the sentence before."""
    match node:
        case Char():
            return f"{_written(_codes(node))}?"
        case Names() | Nothing(True):
            return rf"[^\x{_EDGE:02x}]*"
        case Seq(items):
            ends = [
                _ends(item) + "".join(_approximate(later, False, False) for later in items[place + 1 :])
                for place, item in enumerate(items)
            ]
            return f"(?:{'|'.join(ends)}|)"
        case Alt(options):
            return f"(?:{'|'.join(map(_ends, options))})"
        case Atomic(body):
            return _ends(body)
        case Repeat(body):
            return f"{_ends(body)}(?:{_approximate(body, is_first=False, is_last=False)})*"
        case _:
            return ""


def _times(least: int, most: int | None) -> str:
    least = min(least, _MOST_TIMES)
    if most is None or most > _MOST_TIMES:
        return f"{{{least},}}"
    return f"{{{least},{most}}}"


def _name(name: str, ignore_case: bool) -> str:
    return "".join(
        _written(_codes(Char(r"\s", ignore_case))) + "+" if char == " " else _letter(char, ignore_case) for char in name
    )


@cache
def _letter(char: str, ignore_case: bool) -> str:
    return _written(_codes(Char(regex.escape(char), ignore_case)))


# --- sets of codes ----------------------------------------------------------------------------------------------------


@cache
def _codes(char: Char) -> frozenset[int]:
    """The codes of what a one-character expression matches."""
    flags = regex.VERSION0 | (regex.IGNORECASE if char.ignore_case else 0)
    codes = {_CODES[found] for found in regex.compile(char.source, flags, cache_pattern=False).findall(ALPHABET)}
    listed = _SIMPLE_RANGES.sub("", char.source)
    if not _LISTED.fullmatch(listed) or any(letter not in _CODES and letter != "\\" for letter in char.source):
        codes.add(_OTHER)
    return frozenset(codes)


def _single(node: Node) -> frozenset[int] | None:
    """The codes of a tree that matches exactly one character, whichever; None for other trees."""
    match node:
        case Char():
            return _codes(node)
        case Alt(options):
            each = [_single(option) for option in options]
            return None if None in each else frozenset().union(*(codes for codes in each if codes is not None))
        case Atomic(body) | Seq((body,)):
            return _single(body)
        case _:
            return None


def _first(items: Sequence[Node]) -> frozenset[int] | None:
    """The codes that a match begins with; None if they cannot be told."""
    codes: frozenset[int] = frozenset()
    for item in items:
        if _is_empty(item):
            continue
        match item:
            case Char():
                return codes | _codes(item)
            case Names(names, ignore_case):
                return codes.union(*(_codes(Char(regex.escape(name[0]), ignore_case)) for name in names))
            case Atomic(body) | Repeat(body):
                inner = _first((body,))
            case Seq(body_items):
                inner = _first(body_items)
            case Alt(options):
                each = [_first((option,)) for option in options]
                inner = None if None in each else frozenset().union(*(first for first in each if first is not None))
            case _:
                return None
        if inner is None:
            return None
        codes |= inner
        if not isinstance(item, Repeat) or item.least:
            return codes
    return None


def _word() -> frozenset[int]:
    return _codes(Char(r"\w", False))


def _written(codes: Iterable[int]) -> str:
    """Write a set of codes as a class."""
    ordered = sorted(codes)
    runs: list[list[int]] = []
    for code in ordered:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    if len(ordered) == 1:
        return rf"\x{ordered[0]:02x}"
    ranges = "".join(rf"\x{first:02x}-\x{last:02x}" if first < last else rf"\x{first:02x}" for first, last in runs)
    return f"[{ranges}]" if ranges else r"[^\x00-\xff]"
