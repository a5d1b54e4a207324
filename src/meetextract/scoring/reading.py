"""Gold and records from files, with errors that say where they stand and how to mend them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, TypeAlias

from pydantic import ValidationError

from meetextract.errors import InputError
from meetextract.sameness import plain
from meetextract.scoring.annotation import PLACED, Annotation, Worded, annotation_from
from meetextract.scoring.facts import Facts, facts_of
from meetextract.scoring.locating import ArticleText, pieces_of

Json: TypeAlias = dict[str, Any]

_GOLD = ".gold.json"


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with gold.

    Attributes:
        name: The name of its files, without their endings.
        file: The file of its text.
        text: Its text.
        annotation: The gold.
        facts: What the gold states, with its places in the text.
        unplaced: Entries of the gold whose words the article does not have: they can only be missed.
    """

    name: str
    file: Path
    text: ArticleText
    annotation: Annotation
    facts: Facts
    unplaced: tuple[InputError, ...]


def gold_files(folder: Path) -> dict[str, Path]:
    """Find the gold in a folder.

    Args:
        folder: Holds `NAME.gold.json` and `NAME.txt`.

    Returns:
        The gold files by name, sorted.

    Raises:
        InputError: There are none.
    """
    if not folder.is_dir():
        problem = "not a folder" if folder.exists() else "there is no such folder"
        raise InputError(folder, None, problem, f"Give a folder of NAME.txt with NAME{_GOLD}")
    found = {path.name.removesuffix(_GOLD): path for path in sorted(folder.glob(f"*{_GOLD}"))}
    if not found:
        raise InputError(folder, None, "no gold in this folder", f"Put NAME{_GOLD} and NAME.txt there")
    return found


def read_gold(path: Path, text: ArticleText | None = None) -> GoldArticle:
    """Read the gold of an article.

    Args:
        path: `NAME.gold.json`.
        text: The article, where it is known; by default it is read from `NAME.txt` beside the gold.

    Returns:
        The article with its gold. Line ends of the text are as stored.

    Raises:
        InputError: One of the two cannot be read, or an entry of the gold does not stand where its span says.
    """
    name = path.name.removesuffix(_GOLD)
    file = path.with_name(f"{name}.txt")
    if not file.exists() and text is None:
        raise InputError(path, None, f"its article {file.name} is missing", "Put the article's text beside the gold")
    if file.exists():
        beside = _decode(file, _bytes_of(file))
        if text is not None and beside != text.stored:
            mend = "Two annotations can be compared on the same text only"
            raise InputError(file, None, "not the same text as in the other folder", mend)
        text = ArticleText(beside)
    assert text is not None
    source = _decode(path, _bytes_of(path).removeprefix(b"\xef\xbb\xbf"))
    annotation = read_annotation(path, _object(path, source), source)
    _check_places(path, source, annotation, text)
    facts = facts_of(annotation, text)
    return GoldArticle(name, file, text, annotation, facts, tuple(_unplaced(path, source, facts)))


def read_found(path: Path, lines: Iterable[bytes], names: Set[str]) -> dict[str, Facts]:
    """Read the records of some articles; others are passed over and not kept.

    Args:
        path: What the lines come from, for errors.
        lines: One JSON object a line, with the article's name under "id" or "source"; folders and ".txt" are dropped.
        names: The articles that are wanted.

    Returns:
        What the records state, by the name of the article.

    Raises:
        InputError: A line is no record, or two are records of the same article.
    """
    found: dict[str, Facts] = {}
    line_of: dict[str, int] = {}
    for number, record in read_lines(path, lines):
        wanted = names_of(record) & names
        if not wanted:
            continue
        facts = facts_of(read_annotation(path, record, number))
        for name in sorted(wanted):
            if name in found:
                problem = f"a second record of article {name!r}, the first is in line {line_of[name]}"
                raise InputError(path, number, problem, "Remove one, or give each article an id of its own")
            found[name] = facts
            line_of[name] = number
    return found


def read_lines(path: Path, lines: Iterable[bytes]) -> Iterator[tuple[int, Json]]:
    """Read JSON Lines one at a time; blank ones are passed over.

    Args:
        path: What the lines come from, for errors.
        lines: The lines.

    Yields:
        The number of each line, from 1, and its object.

    Raises:
        InputError: A line holds no JSON object.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, read_line(path, number, line)


def read_line(path: Path, number: int, line: bytes) -> Json:
    """Read the JSON object of a line.

    Args:
        path: What the line comes from, for errors.
        number: The number of the line.
        line: The line.

    Returns:
        The object.

    Raises:
        InputError: It is none.
    """
    return _object(path, _decode(path, line, number), number)


def names_of(record: Json) -> set[str]:
    """Return the names by which the article of a record is known: its id and source, without folders and ".txt"."""
    given = (str(record[key]) for key in ("source", "id") if record.get(key))
    return {name.replace("\\", "/").rpartition("/")[2].removesuffix(".txt") for name in given}


# --- bytes and JSON ---------------------------------------------------------------------------------------------------


def unreadable(path: Path, error: OSError) -> InputError:
    """Say that a file cannot be read."""
    return InputError(path, None, f"cannot be read ({error.strerror or error})", "Check the path")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def _decode(path: Path, data: bytes, line: int | None = None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1 if line is None else line
        raise InputError(path, at, f"not UTF-8: byte 0x{data[error.start]:02x}", "Save it as UTF-8") from error


def _object(path: Path, source: str, line: int | None = None) -> Json:
    mend = "Give one JSON object" + ("" if line is None else " a line")
    try:
        value = json.loads(source)
        if "\\u" in source:
            json.dumps(value, ensure_ascii=False).encode()  # half a character (a lone surrogate) cannot be shown
    except json.JSONDecodeError as error:
        at = error.lineno if line is None else line
        raise InputError(path, at, f"no JSON: {error.msg} at column {error.colno}", mend) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, line, f"no usable JSON: {error}", mend) from error
    if not isinstance(value, dict):
        raise InputError(path, line, "not a JSON object", mend)
    return value


def read_annotation(path: Path, fields: Json, where: int | str) -> Annotation:
    """Read what an object says.

    Args:
        path: What it comes from, for errors.
        fields: The object.
        where: Its line, or the text of which each value has a line.

    Returns:
        The annotation.

    Raises:
        InputError: A field is not of its kind.
    """
    try:
        return annotation_from(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        line = where if isinstance(where, int) else _line_of(where, first["loc"])
        place = ".".join(map(str, first["loc"]))
        raise InputError(path, line, f"{place}: {first['msg']}", "Mend the value, or leave the field out") from error


_JSON = json.JSONDecoder()
_BLANKS = " \t\n\r,:"
"""What stands between the values of an object or array that has been parsed before."""


def _line_of(source: str, path: Sequence[object]) -> int:
    """Find the line on which a value of a JSON text stands; of a path that leads on from a value, that value's."""
    at = _after_blanks(source, 0)
    for step in path:
        at = dict(_children(source, at)).get(step, at)
    return source.count("\n", 0, at) + 1


def _children(source: str, at: int) -> Iterator[tuple[object, int]]:
    """The keys or numbers of the values in an object or array, and where they begin."""
    is_object = source[at] == "{"
    if not is_object and source[at] != "[":
        return
    at = _after_blanks(source, at + 1)
    number = 0
    while source[at] not in "}]":
        key: object = number
        if is_object:
            key, at = _JSON.raw_decode(source, at)
            at = _after_blanks(source, at)
        yield key, at
        _, at = _JSON.raw_decode(source, at)
        at = _after_blanks(source, at)
        number += 1


def _after_blanks(source: str, at: int) -> int:
    while source[at] in _BLANKS:
        at += 1
    return at


# --- does gold fit its article? ---------------------------------------------------------------------------------------


def _check_places(path: Path, source: str, annotation: Annotation, text: ArticleText) -> None:
    """Refuse gold with spans of another text, as it gets when the text is changed afterwards."""
    wrong = [
        ((field, index), problem)
        for field, slot in PLACED.items()
        for index, entry in enumerate(getattr(annotation, field))
        if (problem := _misplaced(entry, getattr(entry, slot), text.stored))
    ]
    if wrong:
        place, problem = wrong[0]
        others = f" (and {len(wrong) - 1} more in this file)" if len(wrong) > 1 else ""
        mend = "Mend the span, or leave it out to have the words looked for"
        raise InputError(path, _line_of(source, place), f"{place[0]}: {problem}{others}", mend)


def _misplaced(entry: Worded, words: str | None, text: str) -> str | None:
    if entry.span is None:
        return None
    start, end = entry.span
    if not 0 <= start <= end <= len(text):
        return f"span [{start}, {end}] does not lie in a text of {len(text)} characters"
    there = plain(text[start:end])
    if all(plain(piece) in there for piece in pieces_of(words or "")):
        return None
    return f"{_short(words or '')!r} does not stand at [{start}, {end}]; there is {_short(text[start:end])!r}"


def _unplaced(path: Path, source: str, facts: Facts) -> Iterator[InputError]:
    for field in PLACED:
        for fact in facts[field]:
            if fact.span is None and field != "documents":  # which are compared without a place
                problem = f"{field}: {_short(fact.words)!r} is not in the text and counts as missed"
                mend = "Copy the words from the text, or give their span"
                yield InputError(path, _line_of(source, (field, fact.index)), problem, mend)


def _short(words: str) -> str:
    return shorten(words, 60, placeholder=" …")
