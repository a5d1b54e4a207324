"""Says of a text, having read it once for all patterns, that a pattern cannot match in it.

Everything here is a necessary condition read off the expression's tree: what cannot be shown to be needed is not asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex
from ahocorasick_rs import AhoCorasick

from meetextract.match.syntax import Alt, Atomic, Char, Look, Names, Node, Nothing, Repeat, Seq

_DIGITS = regex.compile(r"\\d|[0-9]|\[(?:\\d|[0-9](?:-[0-9])?)+\]")
_LITERAL_ESCAPE = regex.compile(r"\\[^\w\s]")
_LETTERS = regex.compile(r"\[(\w+)\]")
_SIGNS = regex.compile(r"\[([^\w\s\\^\[\]&|~-]+)\]")
_BLANKS = frozenset({r"\s", " "})
# Where case is ignored, the machine takes a dotless or dotted i for an i; casefold does not.
_TURKIC = regex.compile("[İı]")
_ANY_DIGIT = regex.compile(r"\d")
_ALWAYS, _DIGIT = 1, 2  # bits of every text, and of one with a digit; those of phrases come after them

Phrase = str
"""Characters that stand together in a match, casefolded, with one blank for any white space; none at its ends."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a text needs for a pattern to match.

    Attributes:
        digit: A decimal digit.
        phrases: Of each of these sets at least one.
    """

    digit: bool
    phrases: tuple[frozenset[Phrase], ...]

    @classmethod
    def of(cls, tree: Node) -> "Condition":
        """Read the condition off an expression's tree."""
        return cls(_needs_digit(tree), tuple(dict.fromkeys(_needs(tree))))


class Prefilter:
    """Looks at a text for many patterns at once.

    Args:
        conditions: Of the patterns.
    """

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._conditions = tuple(conditions)
        phrases = sorted({phrase for condition in conditions for needed in condition.phrases for phrase in needed})
        self._phrases = AhoCorasick(phrases)
        self._bits = [4 << place for place in range(len(phrases))]
        bits = dict(zip(phrases, self._bits, strict=True))
        self._needs: list[tuple[int, list[int]]] = []  # the first set and the others, as bits
        for condition in conditions:
            first, *others = [
                _DIGIT if condition.digit else _ALWAYS,
                *(sum(map(bits.__getitem__, needed)) for needed in condition.phrases),
            ]
            self._needs.append((first, others))

    def __reduce__(self) -> tuple[type["Prefilter"], tuple[tuple[Condition, ...]]]:
        """Made anew of its conditions in another process."""
        return type(self), (self._conditions,)

    def possible(self, text: str) -> list[bool]:
        """Say for each pattern whether it could match in a text; False is certain, True is not."""
        if _TURKIC.search(text):
            return [True] * len(self._needs)
        found = _ALWAYS | (_DIGIT if _ANY_DIGIT.search(text) else 0)
        runs = " ".join(text.casefold().split())
        for place in {place for place, _, _ in self._phrases.find_matches_as_indexes(runs, overlapping=True)}:
            found |= self._bits[place]
        return [found & first != 0 and all(found & needed for needed in others) for first, others in self._needs]


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


def _needs(node: Node) -> list[frozenset[Phrase]]:
    """Return sets of phrases, of each of which every match has at least one."""
    match node:
        case Char(source):
            if hit := _SIGNS.fullmatch(source):
                return [frozenset(hit[1])]
            phrase = _phrase(_letter(node) or "")
            return [frozenset({phrase})] if phrase else []
        case Names(names):
            phrases = [_phrase(name) for name in names]
            return [frozenset(phrases)] if all(phrases) else []
        case Seq(items):
            return _of_sequence(items)
        case Alt(options):
            best = [max(_needs(option), key=_tells, default=frozenset[Phrase]()) for option in options]
            return [frozenset().union(*best)] if all(best) else []
        case Atomic(body):
            return _needs(body)
        case Repeat(body, least):
            return _needs(body) if least > 0 else []
        case _:
            return []


def _of_sequence(items: Iterable[Node]) -> list[frozenset[Phrase]]:
    needs: list[frozenset[Phrase]] = []
    letters = ""
    for item in (*items, Nothing(is_backref=True)):
        if isinstance(item, Look) or (isinstance(item, Nothing) and not item.is_backref):
            continue  # no characters: what stands around it stands together
        letter = _letter(item)
        if letter is not None:
            letters += letter
            continue
        if phrase := _phrase(letters):
            needs.append(frozenset({phrase}))
        letters = ""
        needs.extend(_needs(item))
    return needs


def _tells(needed: frozenset[Phrase]) -> tuple[int, int]:
    """How much a set tells: long phrases, few of them."""
    return min(8, *map(len, needed)), -len(needed)


def _phrase(letters: str) -> Phrase:
    return " ".join(letters.casefold().split())


def _letter(node: Node) -> str | None:
    """Return the one character that a node stands for, whatever its case, if it is one; a blank for white space."""
    match node:
        case Char(source) if source in _BLANKS:
            return " "
        case Repeat(Char(source), least) if source in _BLANKS and least > 0:
            return " "
        case Char(source) if len(source) == 1 and source != ".":
            return source
        case Char(source) if _LITERAL_ESCAPE.fullmatch(source):
            return source[1]
        case Char(source) if (hit := _LETTERS.fullmatch(source)) and len({letter.casefold() for letter in hit[1]}) == 1:
            return hit[1][0]
        case _:
            return None
