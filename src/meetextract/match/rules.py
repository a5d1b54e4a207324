"""The rules of ``grammar.yaml``: expressions that the stages behind this one ask for by name.

A rule finds no mention and has no value; it decides how the words around mentions are read. What it finds in a text is
its first match that is not empty: many rules describe a gap, and a gap may be nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import regex
from pydantic import AfterValidator, BeforeValidator, Field

from meetextract.errors import PatternError
from meetextract.match.expressions import Expression, Pieces
from meetextract.match.schema import Closed, FileSchema, MarkedText, Text, is_list, mistake, read_brackets, read_list
from meetextract.match.syntax import RegexError
from meetextract.match.yaml_lines import LinedYaml, read_yaml
from meetextract.text import FoldedText

GRAMMAR_FILE = "grammar.yaml"
RuleCaseKind: TypeAlias = Literal["example", "never"]

_NAME = regex.compile(r"[a-z][a-z0-9_]*+")
_KIND_KEYS: dict[RuleCaseKind, str] = {"example": "examples", "never": "never"}


def _is_name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise mistake(f"“{value}” không đúng dạng", "Viết như to_verb: chữ thường không dấu, số và dấu gạch dưới")
    return value


class NeverFound(Closed):
    """A text in which the rule must find nothing."""

    text: Text
    because: Text


class RuleEntry(Closed):
    """One rule as written in the file."""

    name: Annotated[Text, AfterValidator(_is_name)]
    note: Text
    regex: Text
    case: Literal["sensitive", "insensitive"] = "insensitive"
    examples: Annotated[list[MarkedText], BeforeValidator(is_list)]
    never: Annotated[list[NeverFound], BeforeValidator(is_list)] = Field(default_factory=list)


_SCHEMA = FileSchema(
    model=RuleEntry,
    inside={"never": NeverFound},
    noun="quy tắc",
    named_by="name",
    no_example="Thêm khóa examples với ít nhất một câu, cụm phải tìm đặt trong […]",
    no_list=("tệp không phải danh sách các quy tắc", "Bắt đầu mỗi quy tắc bằng “- name: …”"),
)


@dataclass(frozen=True)
class Rule:
    """A rule that passed all checks.

    Attributes:
        entry: What its author wrote.
        path: Its file.
        source: The file as data, which knows the line of each value.
        place: Where the rule stands in that file.
        pieces: The parts and gazetteers.
    """

    entry: RuleEntry
    path: Path
    source: LinedYaml = field(repr=False)
    place: int
    pieces: Pieces = field(repr=False)

    @property
    def name(self) -> str:
        """The name that code asks for."""
        return self.entry.name

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

    def find(self, text: str) -> tuple[int, int] | None:
        """Return where the rule matches first, in the text as stored; an empty match is none."""
        folded = FoldedText(text)
        hits = (hit for hit in self.compiled.finditer(folded.folded) if hit.start() < hit.end())
        hit = next(hits, None)
        return folded.to_stored(*hit.span()) if hit else None


def read_rules(path: Path, pieces: Pieces, in_parts: str) -> tuple[dict[str, Rule], list[PatternError]]:
    """Read and check the rules of a directory.

    Args:
        path: Its ``grammar.yaml``; where there is none, there are no rules.
        pieces: The parts and gazetteers.
        in_parts: What was reported of the parts already, and is not repeated.

    Returns:
        The rules by name, and the mistakes in the order of lines.
    """
    if not path.exists():
        return {}, []
    try:
        lined = read_yaml(path)
    except PatternError as error:
        return {}, [error]
    entries, errors = read_list(lined, _SCHEMA)
    rules: dict[str, Rule] = {}
    for entry, place in entries:
        rule = Rule(entry, path, lined, place, pieces)
        errors.extend(_find_mistakes(rule, rules, in_parts))
        rules.setdefault(rule.name, rule)
    return rules, sorted(errors, key=lambda error: error.line or 0)


def _find_mistakes(rule: Rule, before: Mapping[str, Rule], in_parts: str) -> Iterator[PatternError]:
    if rule.name in before:
        problem = f"quy tắc “{rule.name}” đã có ở dòng {before[rule.name].line('name')}"
        yield PatternError(rule.path, rule.line("name"), problem, "Giữ lại một")
    try:
        rule.expression.check(may_be_empty=True, is_used=True)
    except RegexError as error:
        if error.problem not in in_parts:
            problem = f"quy tắc “{rule.name}”: {error.problem}"
            yield PatternError(rule.path, rule.line("regex"), problem, error.mend)


# --- claims -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleCase:
    """One claim of a rule.

    Attributes:
        id: For instance ``grammar.to_verb/example[1]``; counted from 1.
        kind: What is claimed.
        rule: The rule that claims it.
        line: Its line in the file.
        text: The text without brackets.
        span: The bracketed words; None for ``never``.
        because: The reason of a counter-example.
    """

    id: str
    kind: RuleCaseKind
    rule: Rule = field(repr=False)
    line: int
    text: str
    span: tuple[int, int] | None
    because: str | None

    def found(self) -> tuple[int, int] | None:
        """Return where the rule matches in the text."""
        return self.rule.find(self.text)

    def holds(self) -> bool:
        """Say whether the rule finds what is claimed, and nothing before it."""
        return self.found() == self.span


def rule_cases(rules: Iterable[Rule]) -> list[RuleCase]:
    """List every claim of rules, in their order.

    Args:
        rules: The rules.

    Returns:
        Examples and counter-examples of each.
    """
    return [case for rule in rules for case in _cases_of(rule)]


def _cases_of(rule: Rule) -> Iterator[RuleCase]:
    def case(
        kind: RuleCaseKind, index: int, text: str, span: tuple[int, int] | None, because: str | None = None
    ) -> RuleCase:
        line = rule.line(_KIND_KEYS[kind], index)
        return RuleCase(f"grammar.{rule.name}/{kind}[{index + 1}]", kind, rule, line, text, span, because)

    for index, example in enumerate(rule.entry.examples):
        words = read_brackets(example)
        yield case("example", index, words.text, (words.start, words.end))
    for index, never in enumerate(rule.entry.never):
        yield case("never", index, never.text, None, never.because)
