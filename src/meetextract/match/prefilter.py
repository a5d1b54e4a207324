"""Says of a sentence, for the price of a few look-ups, that a pattern cannot match in it.

Everything here is a necessary condition read off the expression's tree: what cannot be shown to be needed is not asked.
"""

from dataclasses import dataclass

import regex

from meetextract.match.syntax import Alt, Atomic, Char, Node, Repeat, Seq

_DIGITS = regex.compile(r"\\d|[0-9]|\[(?:\\d|[0-9](?:-[0-9])?)+\]")
_LITERAL_ESCAPE = regex.compile(r"\\[^\w\s]")
_MAX_WORDS = 120
# Where case is ignored, the machine takes a dotless or dotted i for an i; casefold does not.
_TURKIC = regex.compile("[İı]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the conditions look at.

    Attributes:
        folded: The sentence, casefolded.
        has_digit: Whether a decimal digit is in it.
        is_odd: It has letters for which the conditions do not hold: every pattern must run.
    """

    folded: str
    has_digit: bool
    is_odd: bool

    @classmethod
    def of(cls, text: str) -> "Sentence":
        """Prepare a sentence."""
        return cls(text.casefold(), any(map(str.isdecimal, text)), _TURKIC.search(text) is not None)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a sentence needs for a pattern to match.

    Attributes:
        digit: A decimal digit.
        words: One of these, casefolded; empty if nothing is known.
    """

    digit: bool
    words: tuple[str, ...]

    @classmethod
    def of(cls, tree: Node) -> "Condition":
        """Read the condition off an expression's tree."""
        return cls(_needs_digit(tree), tuple(sorted(_words(tree) or (), key=lambda word: (len(word), word))))

    def may_match(self, sentence: Sentence) -> bool:
        """Say whether the pattern could match in the sentence; False is certain, True is not."""
        if sentence.is_odd:
            return True
        if self.digit and not sentence.has_digit:
            return False
        return not self.words or any(word in sentence.folded for word in self.words)


def _needs_digit(node: Node) -> bool:
    match node:
        case Char(source):
            return _DIGITS.fullmatch(source) is not None
        case Seq(items):
            return any(map(_needs_digit, items))
        case Alt(options):
            return all(map(_needs_digit, options))
        case Atomic(body):
            return _needs_digit(body)
        case Repeat(body, least):
            return least > 0 and _needs_digit(body)
        case _:
            return False


def _words(node: Node) -> frozenset[str] | None:
    """Return words of which every match has at least one, or None."""
    match node:
        case Char():
            return _run([node])
        case Seq(items):
            return _best_of(items)
        case Alt(options):
            union: set[str] = set()
            for option in options:
                words = _words(option)
                if words is None:
                    return None
                union |= words
            return frozenset(union) if len(union) <= _MAX_WORDS else None
        case Atomic(body):
            return _words(body)
        case Repeat(body, least):
            return _words(body) if least > 0 else None
        case _:
            return None


def _best_of(items: tuple[Node, ...]) -> frozenset[str] | None:
    """Choose the most telling of what a sequence needs: long words, few of them."""
    found: list[frozenset[str] | None] = []
    run: list[Char] = []
    for item in items:
        if isinstance(item, Char) and _letter(item) is not None:
            run.append(item)
            continue
        found.append(_run(run))
        run = []
        if not isinstance(item, Char):
            found.append(_words(item))
    found.append(_run(run))
    known = [words for words in found if words]
    return max(known, key=lambda words: (min(3, *map(len, words)), -len(words)), default=None)


def _run(chars: list[Char]) -> frozenset[str] | None:
    letters = [_letter(char) for char in chars]
    if not letters or None in letters:
        return None
    return frozenset(("".join(letter for letter in letters if letter).casefold(),))


def _letter(char: Char) -> str | None:
    """Return the one character that a source stands for, if it is one."""
    if len(char.source) == 1 and char.source != ".":
        return char.source
    return char.source[1] if _LITERAL_ESCAPE.fullmatch(char.source) else None
