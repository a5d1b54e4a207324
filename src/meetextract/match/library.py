"""The pattern library: every pattern file and gazetteer of a directory, validated."""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import regex

from meetextract.errors import PatternError
from meetextract.match.approximation import Approximation
from meetextract.match.expressions import Expression, Pieces
from meetextract.match.gazetteer import Gazetteer, read_gazetteer
from meetextract.match.prefilter import Condition, Prefilter
from meetextract.match.regexes import Fragment, group_names
from meetextract.match.rules import GRAMMAR_FILE, Rule, read_rules
from meetextract.match.schema import PatternEntry, pattern_file_names, read_entries, read_parts, unknown_part
from meetextract.match.syntax import Node, RegexError
from meetextract.match.yaml_lines import LinedYaml, Place, read_yaml
from meetextract.settings import pattern_dir

_PARTS_FILE = "parts.yaml"


@dataclass(frozen=True)
class Pattern:
    """A pattern that passed all checks.

    Attributes:
        entry: What its author wrote.
        path: Its file.
        source: The file as data, which knows the line of each value.
        place: Where the pattern stands in that file.
        pieces: The parts and gazetteers.
    """

    entry: PatternEntry
    path: Path
    source: LinedYaml = field(repr=False)
    place: int
    pieces: Pieces = field(repr=False)

    @property
    def id(self) -> str:
        """The id, unique in the library."""
        return self.entry.id

    @property
    def label(self) -> str:
        """The label of its mentions."""
        return self.entry.label

    @property
    def name(self) -> str:
        """What analysts call it."""
        return self.entry.name

    @property
    def priority(self) -> int:
        """Higher wins where mentions overlap."""
        return self.entry.priority

    @property
    def ignores_case(self) -> bool:
        """Whether capitals and small letters are the same to it."""
        return self.entry.case == "insensitive"

    def line(self, *place: str | int) -> int:
        """Return the line of one of its values, for instance ``line("examples", 0)``."""
        return self.source.line((self.place, *place))

    @cached_property
    def expression(self) -> Expression:
        """Its expression."""
        return Expression(self.entry.regex, self.ignores_case, self.pieces)

    @property
    def compiled(self) -> regex.Pattern[str]:
        """The expression ready to run, made at first use."""
        return self.expression.compiled

    @property
    def tree(self) -> Node:
        """The expression taken apart."""
        return self.expression.tree

    @cached_property
    def approximation(self) -> Approximation:
        """Finds where the pattern may match, made at first use."""
        return Approximation(self.tree)

    def load(self) -> None:
        """Make ready what is otherwise made at first use."""
        _ = self.compiled, self.approximation


@dataclass(frozen=True)
class PatternLibrary:
    """All patterns of a directory.

    Attributes:
        directory: Where they come from.
        patterns: In the order of files and lines.
        gazetteers: By name.
        rules: Those of ``grammar.yaml``, by name.
        sha256: ``sha256:…`` over the names and bytes of all files.
    """

    directory: Path
    patterns: tuple[Pattern, ...]
    gazetteers: Mapping[str, Gazetteer]
    rules: Mapping[str, Rule]
    sha256: str

    @classmethod
    def load(cls, directory: Path | None = None) -> "PatternLibrary":
        """Load and check a directory.

        Args:
            directory: By default the patterns shipped with the package.

        Returns:
            The library.

        Raises:
            PatternError: The first mistake; ``find_mistakes`` gives all of them.
        """
        library, mistakes = _load(directory or pattern_dir())
        if mistakes:
            raise mistakes[0]
        return library

    @cached_property
    def prefilter(self) -> Prefilter:
        """Says which of the patterns could match in a text."""
        return Prefilter([Condition.of(pattern.tree) for pattern in self.patterns])

    def without(self, pattern_id: str) -> "PatternLibrary":
        """Return the library with one pattern taken out.

        Args:
            pattern_id: Its id.

        Returns:
            A new library with a hash of its own.

        Raises:
            KeyError: There is no such pattern.
        """
        left = tuple(pattern for pattern in self.patterns if pattern.id != pattern_id)
        if len(left) == len(self.patterns):
            raise KeyError(pattern_id)
        digest = hashlib.sha256(f"{self.sha256} without {pattern_id}".encode()).hexdigest()
        return replace(self, patterns=left, sha256=f"sha256:{digest}")

    def __getitem__(self, pattern_id: str) -> Pattern:
        return self._by_id[pattern_id]

    @cached_property
    def _by_id(self) -> dict[str, Pattern]:
        return {pattern.id: pattern for pattern in self.patterns}


def find_mistakes(directory: Path | None = None) -> list[PatternError]:
    """Return every mistake in a directory of patterns, in the order of files and lines."""
    return _load(directory or pattern_dir())[1]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do without the search for garbage in cycles: loading makes none, and spaCy's many objects are searched again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_uncollected()
def _load(directory: Path) -> tuple[PatternLibrary, list[PatternError]]:
    mistakes: list[PatternError] = []
    if not directory.is_dir():
        raise PatternError(directory, None, "không có thư mục này", "Kiểm tra đường dẫn sau --patterns")
    gazetteers = dict(_read_gazetteers(directory, mistakes))
    pieces = _read_all_parts(directory / _PARTS_FILE, gazetteers, mistakes)
    in_parts = " ".join(mistake.problem for mistake in mistakes if mistake.path.name == _PARTS_FILE)
    patterns: list[Pattern] = []
    for path in sorted(directory.glob("*.yaml")):
        if path.name in (_PARTS_FILE, GRAMMAR_FILE):
            continue
        try:
            lined = read_yaml(path)
        except PatternError as error:
            mistakes.append(error)
            continue
        entries, errors = read_entries(lined)
        found = [Pattern(entry, path, lined, place, pieces) for entry, place in entries]
        errors.extend(_find_mistakes(found, patterns, in_parts))
        mistakes.extend(sorted(errors, key=lambda error: error.line or 0))
        patterns.extend(found)
    rules, errors = read_rules(directory / GRAMMAR_FILE, pieces, in_parts)
    mistakes.extend(errors)
    if not patterns and not mistakes:
        mistakes.append(PatternError(directory, None, "không có mẫu nào", "Đặt ít nhất một tệp *.yaml với mẫu vào đây"))
    return PatternLibrary(directory, tuple(patterns), gazetteers, rules, _hash(directory)), mistakes


def _read_gazetteers(directory: Path, mistakes: list[PatternError]) -> Iterator[tuple[str, Gazetteer]]:
    for path in sorted(directory.glob("gazetteers/*.tsv")):
        try:
            yield path.stem, read_gazetteer(path)
        except PatternError as error:
            mistakes.append(error)


def _read_all_parts(path: Path, gazetteers: Mapping[str, Gazetteer], mistakes: list[PatternError]) -> Pieces:
    if not path.exists():
        return Pieces({}, gazetteers)
    try:
        lined = read_yaml(path)
    except PatternError as error:
        mistakes.append(error)
        return Pieces({}, gazetteers)
    sources, errors = read_parts(lined)
    parts = {name: Fragment(name, source, path, line) for name, (source, line) in sources.items()}
    pieces = Pieces(parts, gazetteers)
    for part in parts.values():
        try:
            Expression(part.source, True, pieces).check(may_be_empty=True)
        except RegexError as mistake:
            errors.append(PatternError(path, part.line, f"phần “{part.name}”: {mistake.problem}", mistake.mend))
            continue
        for group, within in group_names(part.source, parts).items():
            unknown = unknown_part(group)
            if unknown and within is None:
                errors.append(PatternError(path, part.line, f"phần “{part.name}”: {unknown[0]}", unknown[1]))
    mistakes.extend(sorted(errors, key=lambda error: error.line or 0))
    return pieces


def _find_mistakes(found: list[Pattern], before: list[Pattern], in_parts: str) -> Iterator[PatternError]:
    """Check ids and expressions of one file's patterns; what was reported of a part is not repeated."""
    first = {pattern.id: pattern for pattern in reversed(before)}
    for pattern in found:
        if pattern.id in first:
            other = first[pattern.id]
            problem = f"mã “{pattern.id}” đã có ở {other.path.name}:{other.line('id')}"
            yield PatternError(pattern.path, pattern.line("id"), problem, "Đặt mã khác")
        first.setdefault(pattern.id, pattern)
        try:
            pattern.expression.check()
        except RegexError as mistake:
            place: Place = ("regex",)
            if mistake.problem in in_parts:
                continue
            problem = f"mẫu “{pattern.id}”: {mistake.problem}"
            yield PatternError(pattern.path, pattern.line(*place), problem, mistake.mend)
            continue
        yield from _find_unknown_groups(pattern)


def _find_unknown_groups(pattern: Pattern) -> Iterator[PatternError]:
    """Find groups that the label does not have; what no label has was reported of the shared part that it is in."""
    for name, part in group_names(pattern.entry.regex, pattern.pieces.parts).items():
        unknown = unknown_part(name, pattern.label)
        if unknown and (part is None or not unknown_part(name)):
            problem = f"mẫu “{pattern.id}”: {unknown[0]}" + (f" (trong phần “{part}”)" if part else "")
            yield PatternError(pattern.path, pattern.line("regex"), problem, unknown[1])


def _hash(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in pattern_file_names(directory):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(directory).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"
