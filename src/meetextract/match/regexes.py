r"""From what an analyst writes to what the machine runs: parts, names of gazetteers, blanks.

In every regex

* a plain blank means one or more white-space characters (``\s+``), except in a character class or after a backslash;
  a blank with ``?`` or ``*`` means any number of them, none included;
* a line break, with the blanks around it, means nothing: long expressions may be laid out over lines;
* ``{ten}`` is the part of this name in ``parts.yaml``; ``{1,3}`` stays a quantifier;
* ``{gaz:ten}`` is any name of a gazetteer, the longest first; ``{gaz:ten:kind=quận}`` only of those rows.
* the mention is the whole match, or the group ``(?P<mention>…)`` if there is one: the rest is context.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from meetextract.match.gazetteer import Gazetteer
from meetextract.match.syntax import RegexError, Token, tokenize
from meetextract.text import fold


@dataclass(frozen=True, slots=True)
class Fragment:
    """A named part of ``parts.yaml``."""

    name: str
    source: str
    path: Path
    line: int


class Expander:
    """Writes out parts, gazetteer names and blanks; each part and each list of names once.

    Args:
        parts: The shared parts.
        gazetteers: The gazetteers.
        names: Writes the names of a ``{gaz:…}``, longest first; by default ``alternation``.
    """

    def __init__(
        self,
        parts: Mapping[str, Fragment],
        gazetteers: Mapping[str, Gazetteer],
        names: Callable[[list[str]], str] | None = None,
    ) -> None:
        self._parts = parts
        self._gazetteers = gazetteers
        self._names = names or alternation
        self._written: dict[str, str] = {}  # by the name of the part, or of the gazetteer and its filter

    def expand(self, source: str) -> str:
        """Write out an expression.

        Args:
            source: The regular expression as written.

        Returns:
            A regular expression for the ``regex`` module.

        Raises:
            RegexError: An undefined part or gazetteer, parts that contain each other, something that is not allowed.
        """
        return self._expand(source, ())

    def _expand(self, source: str, within: tuple[str, ...]) -> str:
        def part(name: str) -> str:
            if name not in self._written:
                self._written[name] = self._write(name, within)
            return self._written[name]

        return _written(tokens_of(source), part)

    def _write(self, name: str, within: tuple[str, ...]) -> str:
        if name.startswith("gaz:"):
            return self._names(forms(name, self._gazetteers))
        if name in within:
            chain = " → ".join((*within[within.index(name) :], name))
            raise RegexError(f"các phần chứa lẫn nhau: {chain}", "Viết một phần trong đó mà không dùng phần kia")
        if name not in self._parts:
            raise RegexError(f"không có phần “{name}”", _nearest(name, self._parts, "thêm nó vào parts.yaml"))
        return f"(?:{self._expand(self._parts[name].source, (*within, name))})"


def outline(source: str) -> str:
    """Write out blanks, and leave parts and gazetteers as they are.

    Args:
        source: The regular expression as written.

    Returns:
        The expression that ``expand`` writes out, around its parts.

    Raises:
        RegexError: Something that is not allowed.
    """
    return _written(tokens_of(source), "{{{}}}".format)


def skeleton(source: str) -> str:
    """Write the least that compiles if an expression does around its parts.

    Args:
        source: The regular expression as written, which ``outline`` accepts.

    Returns:
        The expression with something plain for each part, and one letter for each word.
    """
    tokens: list[Token] = []
    for token in tokens_of(source):
        if not (tokens and tokens[-1].text.isalpha() and token.text.isalpha()):
            tokens.append(token)
    return _written(tokens, lambda _: "(?:x)")


def part_names(source: str) -> list[str]:
    """List the names of parts and gazetteers in an expression as written, without their braces."""
    return [token.text[1:-1] for token in tokens_of(source) if token.kind == "part"]


def _written(tokens: Iterable[Token], part: Callable[[str], str]) -> str:
    out: list[str] = []
    tokens = [token for token in tokens if token.kind != "layout"]
    for index, token in enumerate(tokens):
        if token.kind == "part":
            out.append(part(token.text[1:-1]))
        elif token.kind == "blank":
            out.append(r"\s+" if not _is_repeated(tokens, index) else r"\s")
        elif token.kind == "repeat" and index and tokens[index - 1].kind == "blank":
            # "a ?b": an optional blank is any number of blanks, none included.
            out.append(("*" if token.text[0] in "?*" else "+") + token.text[1:])
        else:
            out.append(token.text)
    return "".join(out)


@lru_cache(maxsize=1 << 9)
def tokens_of(source: str) -> tuple[Token, ...]:
    """Return the tokens of an expression as written, which is asked for again and again."""
    return tuple(tokenize(source))


def _is_repeated(tokens: list[Token], index: int) -> bool:
    if index + 1 == len(tokens) or tokens[index + 1].kind != "repeat":
        return False
    if tokens[index + 1].text.startswith("{"):
        mend = "Dấu cách đã là một hay nhiều khoảng trắng: bỏ số lần"
        raise RegexError(f"“{tokens[index + 1].text}” sau dấu cách", mend)
    return True


def group_names(source: str, parts: Mapping[str, Fragment]) -> dict[str, str | None]:
    """List the named groups of an expression that ``expand`` accepts.

    Args:
        source: The regular expression as written.
        parts: The shared parts.

    Returns:
        The names in their order, each with the shared part that it stands in, or None for the expression itself.
    """
    names: dict[str, str | None] = {}
    for token in tokens_of(source):
        if token.kind == "open" and token.text.endswith(">") and "<" in token.text:
            names[token.text[token.text.index("<") + 1 : -1]] = None
        elif token.kind == "part" and not token.text.startswith("{gaz:"):
            part = token.text[1:-1]
            for name, inner in group_names(parts[part].source, parts).items():
                names.setdefault(name, inner or part)
    return names


def forms(name: str, gazetteers: Mapping[str, Gazetteer]) -> list[str]:
    """Return the names that ``{gaz:…}`` stands for, longest first.

    Args:
        name: What stands between the braces.
        gazetteers: The gazetteers.

    Raises:
        RegexError: There is no such gazetteer, column or row.
    """
    _, table, *rest = name.split(":", 2)
    if table not in gazetteers:
        raise RegexError(f"không có bảng tên “{table}”", _nearest(table, gazetteers, f"thêm gazetteers/{table}.tsv"))
    gazetteer = gazetteers[table]
    if not rest:
        return gazetteer.forms()
    column, equals, value = rest[0].partition("=")
    if not equals or column not in gazetteer.columns:
        columns = ", ".join(gazetteer.columns)
        mend = f"Viết {{gaz:{table}:cột=giá trị}} với cột: {columns}"
        raise RegexError(f"bảng tên “{table}” không có cột “{column}”", mend)
    chosen = gazetteer.forms(column, value)
    if not chosen:
        values = sorted({row[column] for row in gazetteer.rows} - {""})[:12]
        mend = f"Chọn một trong: {', '.join(values)}"
        raise RegexError(f"bảng tên “{table}” không có dòng nào với {column}={value}", mend)
    return chosen


def _nearest(name: str, known: Mapping[str, object], otherwise: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return f"Có phải “{close[0]}”? Nếu không, {otherwise}" if close else otherwise[0].upper() + otherwise[1:]


def check_folded(source: str) -> None:
    """Refuse what the folded text never contains, and would therefore never match.

    Args:
        source: A regular expression as written.

    Raises:
        RegexError: With what to write instead.
    """
    run = ""
    for token in (*tokens_of(source), Token("blank", " ")):
        if token.kind == "char" and len(token.text) == 1 and token.text.isalpha():
            run += token.text
            continue
        if fold(run) != run:
            raise RegexError(f"“{run}” không bao giờ khớp", f"Văn bản được so theo một lối bỏ dấu: viết “{fold(run)}”")
        run = ""
        char = _folded_away(token.text) if token.kind != "repeat" else None
        if char:
            instead = f"“{fold(char)}”" if fold(char).strip() else "dấu cách thường hoặc bỏ đi"
            raise RegexError(f"ký tự “{char}” (U+{ord(char):04X}) không bao giờ khớp", f"Viết {instead}")


@lru_cache(maxsize=1 << 10)
def _folded_away(token: str) -> str | None:
    """Return the first character that the folded text never contains."""
    return next((char for char in token if char not in "\n\t" and fold(char) != char), None)


# --- gazetteer names as an expression ---------------------------------------------------------------------------------


def alternation(forms: list[str]) -> str:
    """Write names as an expression that prefers the longest.

    The names are written as a tree of their common beginnings, which costs the machine the length of a name instead of
    the length of the list.

    Args:
        forms: The names, longest first.

    Returns:
        A group that captures nothing.
    """
    return f"(?:{_tree(forms)})"


def _tree(forms: list[str]) -> str:
    """Write sorted names, longest first, so that a longer one is always tried before its own beginning."""
    if len(forms) == 1:
        return _literal(forms[0])
    # By first letter. Letters apart by case only share a branch without a tree: where case is ignored, "TP 1" must be
    # tried before "tp", and only a plain list keeps that order.
    branches: dict[str, list[str]] = {}
    for form in forms:
        branches.setdefault(form[:1].casefold(), []).append(form)
    alternatives = "|".join(_branch(branch) for first, branch in branches.items() if first)
    return f"(?:{alternatives})?" if "" in branches else alternatives


def _branch(forms: list[str]) -> str:
    firsts = {form[0] for form in forms}
    if len(forms) == 1 or len(firsts) > 1:
        return "|".join(map(_literal, forms))
    rest = _tree([form[1:] for form in forms])
    return _literal(forms[0][0]) + (rest if not forms[-1][1:] else f"(?:{rest})")


def _literal(form: str) -> str:
    return r"\s+".join(regex.escape(word) for word in form.split(" "))
