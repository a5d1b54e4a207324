r"""Refuses expressions whose running time may grow exponentially with the text.

A backtracking machine tries every way in which a loop can read the same characters. ``(\w+\s?)*`` reads a word of *n*
letters in 2^n ways. A loop is safe if it can read any text between two of its states in one way only. That is decided
here on the loop's automaton: two runs over the same characters start together, part, and must never meet again.
What is not modelled (looks around, back references, what an atomic group does not give back) only adds runs, so a loop
that passes is safe; some that are refused would be safe too, and can be made plain with a possessive quantifier.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from meetextract.match.syntax import Alt, Atomic, Char, Look, Names, Node, Nothing, RegexError, Repeat, Seq, least_width

_UNROLL = 8  # a repetition up to this often is written out; above, it counts as unbounded
_FEW_WAYS = 10_000  # a bounded repetition with at most so many ways needs no proof
_MAX_STATES = 300_000
_MAX_PAIRS = 200_000
_MAX_STEPS = 20_000

# Character sets are compared on these: all scripts up to symbols, and a few characters from everywhere above.
_UNIVERSE = "".join(map(chr, (*range(0x3000), 0x3000, 0x4E2D, 0xAC00, 0xD7A3, 0xE000, 0xFEFF, 0xFF0C, 0xFF21, 0x1F600)))
_ALL = (1 << len(_UNIVERSE)) - 1


def check_safe(node: Node) -> None:
    """Refuse loops that can read the same text in more than one way.

    Args:
        node: A parsed expression.

    Raises:
        RegexError: With the loop.
    """
    match node:
        case Seq(items) | Alt(items):
            for item in items:
                if not isinstance(item, Char):
                    check_safe(item)
        case Atomic(body) | Look(body):
            check_safe(body)
        case Repeat(body, least, most, possessive):
            if _single(body) is not None:
                return
            # A possessive loop stops at the first iteration that fails and never comes back to the earlier ones.
            is_free = possessive and least <= 1
            if is_free or most == 1 or _ways(replace(node, possessive=False)) <= _FEW_WAYS:
                check_safe(body)
            else:
                _check_loop(node)
                for inner in _closed_bodies(body):
                    check_safe(inner)


def _check_loop(loop: Repeat) -> None:
    witness = _find_ambiguity(loop, hide_atomic=False)
    if witness is None or _find_ambiguity(loop, hide_atomic=True) is None:
        return
    source = regex.sub(r"[\ue000-\uf8ff]", "{gaz}", loop.source)
    source = source if len(source) <= 60 else source[:57] + "…"
    read_twice = f" (như “{witness.strip()}”)" if witness.strip() else ""
    raise RegexError(
        f"lặp lồng nhau “{source}” đọc được cùng một chữ{read_twice} theo nhiều cách và có thể chạy mãi",
        "Bỏ nhánh trùng, đặt giữa hai lần lặp một dấu mà bên trong không có, hoặc dùng lặp không trả lại: ++ *+ (?>…)",
    )


def _closed_bodies(node: Node) -> list[Node]:
    """Return what runs on its own inside a loop: bodies of atomic groups, possessive loops and looks around."""
    match node:
        case Seq(items) | Alt(items):
            return [inner for item in items for inner in _closed_bodies(item)]
        case Atomic(body) | Look(body):
            return [body]
        case Repeat(body, _, _, possessive):
            return [body] if possessive else _closed_bodies(body)
        case _:
            return []


def _ways(node: Node) -> float:
    """Bound the number of ways in which a node can read a text from one place on."""
    match node:
        case Seq(items):
            product = 1.0
            for item in items:
                product *= _ways(item)
            return product
        case Alt(options):
            return sum(map(_ways, options))
        case Atomic():
            return 1
        case Repeat(body, least, most, possessive):
            if possessive:
                return 1
            if most is None or most > 100:
                return float("inf")
            base = _ways(body)
            return sum(base**times for times in range(least, most + 1)) if base < 1e6 else float("inf")
        case Nothing(is_backref):
            return float("inf") if is_backref else 1
        case _:
            return 1


# --- character sets as bits -------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _bits(source: str, ignore_case: bool) -> int:
    flags = regex.VERSION0 | (regex.IGNORECASE if ignore_case else 0)
    bits = 0
    for run in regex.compile(f"(?:{source})++", flags, cache_pattern=False).finditer(_UNIVERSE):
        bits |= (1 << run.end()) - (1 << run.start())
    return bits or _ALL  # none of the sample: suppose the worst


def _single(node: Node) -> int | None:
    """Return the set of a node that reads exactly one character."""
    match node:
        case Char(source, ignore_case):
            return _bits(source, ignore_case)
        case Atomic(body):
            return _single(body)
        case Alt(options):
            union = 0
            for option in options:
                bits = _single(option)
                # The same letter in two branches is read in two ways.
                if bits is None or bits & union:
                    return None
                union |= bits
            return union
        case _:
            return None


def _any_of(node: Node) -> int:
    """Return the set of all characters that a node may read."""
    match node:
        case Char(source, ignore_case):
            return _bits(source, ignore_case)
        case Names(names, ignore_case):
            union = _bits(r"\s", False)
            for char in set("".join(names)) - {" "}:
                union |= _bits(regex.escape(char), ignore_case)
            return union
        case Seq(items) | Alt(items):
            union = 0
            for item in items:
                union |= _any_of(item)
            return union
        case Atomic(body) | Repeat(body):
            return _any_of(body)
        case Nothing(is_backref):
            return _ALL if is_backref else 0
        case _:
            return 0


# --- the loop's automaton ---------------------------------------------------------------------------------------------


class _Automaton:
    """States joined by free steps, which may forbid the next character, and by steps that read a character."""

    def __init__(self, hide_atomic: bool) -> None:
        self.hide_atomic = hide_atomic
        self.free: list[list[tuple[int, int]]] = []  # per state: (target, characters forbidden next)
        self.reading: list[list[tuple[int, int]]] = []  # per state: (target, characters)

    def state(self) -> int:
        if len(self.free) >= _MAX_STATES:
            raise _TooComplexError
        self.free.append([])
        self.reading.append([])
        return len(self.free) - 1

    def _step(self, start: int, bits: int) -> int:
        end = self.state()
        self.reading[start].append((end, bits))
        return end

    def _run(self, start: int, bits: int) -> int:
        """Any number of characters of a set, in one way."""
        loop = self.state()
        self.free[start].append((loop, 0))
        self.reading[loop].append((loop, bits))
        return loop

    def add(self, node: Node, start: int) -> int:
        """Add a node after a state; return the state where it ends."""
        match node:
            case Char(source, ignore_case):
                return self._step(start, _bits(source, ignore_case))
            case Names(names, ignore_case):
                return self._names(names, ignore_case, start)
            case Seq(items):
                for item in items:
                    start = self.add(item, start)
                return start
            case Alt(options):
                end = self.state()
                for option in options:
                    first = self.state()
                    self.free[start].append((first, 0))
                    self.free[self.add(option, first)].append((end, 0))
                return end
            case Atomic(Repeat(body, least, most)) if _single(body) is not None:
                return self._repeat(Repeat(body, least, most, True), start)
            case Atomic(body):
                return self._run(start, _any_of(body)) if self.hide_atomic else self.add(body, start)
            case Repeat(body, _, _, possessive):
                if possessive and self.hide_atomic and _single(body) is None:
                    return self._run(start, _any_of(body))
                return self._repeat(node, start)
            case Nothing(is_backref):
                return self._run(start, _ALL) if is_backref else start
            case _:
                return start

    def _repeat(self, node: Repeat, start: int) -> int:
        body, least, most = node.body, node.least, node.most
        # A possessive run of single characters ends only where none of them follows.
        single = _single(body)
        forbidden = single if node.possessive and single is not None else 0
        if least > _UNROLL or (most is not None and most > _UNROLL):
            least, most = min(least, 1), None
        for _ in range(least):
            start = self.add(body, start)
        end = self.state()
        if most is None:
            if least_width(body) == 0:
                raise _TooComplexError  # a loop of nothing: "a*" again and again reads "aa" at one go or in two
            loop = self.state()
            self.free[start].append((loop, 0))
            self.free[self.add(body, loop)].append((loop, 0))
            self.free[loop].append((end, forbidden))
            return end
        for _ in range(most - least):
            self.free[start].append((end, forbidden))
            first = self.state()
            self.free[start].append((first, 0))
            start = self.add(body, first)
        self.free[start].append((end, 0))
        return end

    def _names(self, names: Sequence[str], ignore_case: bool, start: int) -> int:
        """Names as a tree, so that their common beginnings count once."""
        end = self.state()
        states = {"": start}
        for name in names:
            for at, char in enumerate(name, start=1):
                # Where case is ignored, two spellings are two ways, and rightly so: the expression has both.
                if name[:at] not in states:
                    before = states[name[: at - 1]]
                    if char == " ":
                        blank = self._step(before, _bits(r"\s", False))
                        self.reading[blank].append((blank, _bits(r"\s", False)))
                        states[name[:at]] = blank
                    else:
                        states[name[:at]] = self._step(before, _bits(regex.escape(char), ignore_case))
            self.free[states[name]].append((end, 0))
        return end

    def steps(self, state: int) -> list[tuple[int, int]]:
        """Return every way to the next character: (target, characters), one entry a way."""
        out: list[tuple[int, int]] = []
        budget = _MAX_STEPS
        stack = [(state, 0)]  # every way round a loop reads something, so this ends
        while stack:
            here, forbidden = stack.pop()
            budget -= 1
            if budget < 0:
                raise _TooComplexError
            out.extend((target, bits & ~forbidden) for target, bits in self.reading[here] if bits & ~forbidden)
            stack.extend((target, forbidden | more) for target, more in self.free[here])
        return out


class _TooComplexError(Exception):
    """The proof was given up."""


def _find_ambiguity(loop: Repeat, hide_atomic: bool) -> str | None:
    """Find characters that two different runs around the loop can read from one state to another.

    Returns:
        Such characters, ``""`` if the loop can read nothing at all or the search was given up, None if there are none.
    """
    if least_width(loop.body) == 0:
        return ""
    automaton = _Automaton(hide_atomic)
    try:
        start = automaton.state()
        automaton.free[automaton.add(loop.body, start)].append((start, 0))
        return _runs_meet(automaton, start)
    except _TooComplexError:
        return ""


def _runs_meet(automaton: _Automaton, start: int) -> str | None:
    steps = lru_cache(maxsize=None)(automaton.steps)
    together = [start]
    read_together = {start: ""}
    apart: list[tuple[int, int, str]] = []
    seen: set[tuple[int, int]] = set()
    while together:
        state = together.pop()
        read = read_together[state]
        ways = steps(state)
        for index, (one, bits) in enumerate(ways):
            for other, other_bits in ways[index + 1 :]:
                if common := bits & other_bits:
                    if one == other:
                        return read + _sample(common)
                    apart.append((min(one, other), max(one, other), read + _sample(common)))
            if one not in read_together:
                read_together[one] = read + _sample(bits)
                together.append(one)
    while apart:
        left, right, read = apart.pop()
        if (left, right) in seen:
            continue
        seen.add((left, right))
        if len(seen) > _MAX_PAIRS:
            raise _TooComplexError
        for one, bits in steps(left):
            for other, other_bits in steps(right):
                if common := bits & other_bits:
                    if one == other:
                        return read + _sample(common)
                    apart.append((min(one, other), max(one, other), read + _sample(common)))
    return None


def _sample(bits: int) -> str:
    """Return one character of a set, a small letter or digit if it has one."""
    for some in (bits & _plain(), bits & ~((1 << 33) - 1), bits):
        if some:
            return _UNIVERSE[(some & -some).bit_length() - 1]
    return ""


@lru_cache(maxsize=1)
def _plain() -> int:
    return _bits(r"[\p{Ll}\d]", False)
