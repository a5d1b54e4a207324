"""Runs the claims of a directory of patterns and reports to its author, in Vietnamese."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from meetextract.errors import PatternError
from meetextract.match.claims import (
    Case,
    CaseKind,
    MakeMentions,
    ValuedMention,
    cases,
    differences,
    exercised_groups,
    is_met,
    match_spans,
    overlaps,
    show_value,
)
from meetextract.match.library import Pattern, PatternLibrary, find_mistakes
from meetextract.match.rules import RuleCase, rule_cases
from meetextract.settings import pattern_dir

_KIND_NAMES: dict[CaseKind, str] = {"example": "ví dụ", "never": "phản ví dụ", "gap": "thiếu sót đã biết"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim that does not hold.

    Attributes:
        case: The claim.
        expected: What was claimed, in Vietnamese.
        found: What was found instead.
    """

    case: Case
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Unexercised:
    """A pattern with named groups that none of its examples exercises; no failure, but nobody would see them break.

    Attributes:
        pattern: The pattern.
        groups: The names, in the order of its expression.
    """

    pattern: Pattern
    groups: tuple[str, ...]


@dataclass(frozen=True)
class CheckReport:
    """The outcome of ``check``.

    Attributes:
        directory: The patterns.
        mistakes: Mistakes in the files; with any of them no claim was run.
        cases: The claims that were run.
        failures: Those that do not hold.
        unexercised: Patterns with groups that no example exercises; they fail nothing.
        rule_cases: The claims of ``grammar.yaml`` that were run.
    """

    directory: Path
    mistakes: tuple[PatternError, ...] = ()
    cases: tuple[Case, ...] = ()
    failures: tuple[Failure, ...] = ()
    unexercised: tuple[Unexercised, ...] = ()
    rule_cases: tuple[RuleCase, ...] = ()

    @cached_property
    def rule_failures(self) -> tuple[RuleCase, ...]:
        """The claims of rules that do not hold."""
        return tuple(case for case in self.rule_cases if not case.holds())

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.mistakes and not self.failures and not self.rule_failures

    @property
    def exit_code(self) -> int:
        """0 if everything holds, else 1."""
        return 0 if self.ok else 1

    def render(self) -> str:
        """Return the report as an analyst reads it, in Vietnamese, plain text."""
        return "\n".join(_render(self))


def check(directory: Path | None, extractor: Callable[[PatternLibrary], MakeMentions]) -> CheckReport:
    """Load a directory of patterns and run all its claims.

    Args:
        directory: By default the patterns shipped with the package.
        extractor: Makes, from the loaded library, what finds the mentions of a text.

    Returns:
        The report; mistakes in the files are in it, not raised.
    """
    directory = directory or pattern_dir()
    try:
        library = PatternLibrary.load(directory)
        make_mentions = extractor(library)
    except PatternError as error:
        mistakes = find_mistakes(directory) if directory.is_dir() else []
        return CheckReport(directory, mistakes=tuple(mistakes or [error]))
    return check_library(library, make_mentions)


def check_library(library: PatternLibrary, make_mentions: MakeMentions) -> CheckReport:
    """Run all claims of a library.

    Args:
        library: The library.
        make_mentions: Finds the mentions of a text with this library.

    Returns:
        The report.
    """
    all_cases = cases(library)
    failures = (find_failure(case, make_mentions) for case in all_cases)
    return CheckReport(
        library.directory,
        cases=tuple(all_cases),
        failures=tuple(filter(None, failures)),
        unexercised=tuple(find_unexercised(all_cases)),
        rule_cases=tuple(rule_cases(library.rules.values())),
    )


def find_unexercised(all_cases: Sequence[Case]) -> Iterator[Unexercised]:
    """Find named groups that take part in no example's match.

    Args:
        all_cases: The claims of a library.

    Yields:
        Each pattern with such groups, in the order of the claims.
    """
    exercised: dict[str, set[str]] = {}
    patterns: dict[str, Pattern] = {}
    for case in all_cases:
        patterns[case.pattern.id] = case.pattern
        if case.kind == "example":
            exercised.setdefault(case.pattern.id, set()).update(exercised_groups(case))
    for pattern in patterns.values():
        groups = tuple(name for name in pattern.compiled.groupindex if name not in exercised.get(pattern.id, ()))
        if groups:
            yield Unexercised(pattern, groups)


def find_failure(case: Case, make_mentions: MakeMentions) -> Failure | None:
    """Run one claim.

    Args:
        case: The claim.
        make_mentions: Finds the mentions of a text.

    Returns:
        Why it does not hold, or None if it does.
    """
    try:
        mentions = make_mentions(case.text, case.published, case.prefer)
    except Exception as error:  # one text that breaks the program must not hide the other results
        return Failure(case, _expected(case), f"chương trình lỗi: {type(error).__name__}: {error}")
    if case.kind == "never":
        unwanted = _matches(case) if case.pattern.label == "BLOCK" else _own(case, mentions)
        return Failure(case, _expected(case), "; ".join(unwanted)) if unwanted else None
    holds = is_met(case, mentions)
    if case.kind == "gap":
        return Failure(case, _expected(case), "nay đã đúng: chuyển thành example") if holds else None
    return None if holds else Failure(case, _expected(case), _nearest(case, mentions))


# --- words ------------------------------------------------------------------------------------------------------------


def _matches(case: Case) -> list[str]:
    return [f"khớp “{case.text[start:end]}”" for start, end in match_spans(case)]


def _own(case: Case, mentions: Sequence[ValuedMention]) -> list[str]:
    return [f"tìm ra “{mention.text}”" for mention in mentions if mention.pattern == case.pattern.id]


def _expected(case: Case) -> str:
    if case.span is None:
        return f"không tìm ra gì ({case.because})"
    words = f"{case.pattern.label} “{case.text[case.span[0] : case.span[1]]}”"
    if case.kind == "gap":
        return f"vẫn chưa tìm được {words} ({case.because})"
    if case.pattern.label == "BLOCK":
        return f"chặn “{case.text[case.span[0] : case.span[1]]}”"
    return f"{words} với {show_value(case.value)}"


def _nearest(case: Case, mentions: Sequence[ValuedMention]) -> str:
    """Say what stands nearest to the expected mention."""
    assert case.span is not None
    start, end = case.span
    if case.pattern.label == "BLOCK":
        taken = [mention for mention in mentions if mention.label != "BLOCK" and overlaps(mention, case.span)]
        if not taken:
            return "; ".join(_matches(case)) or "regex không khớp gì"
        mention = taken[0]
        return f"{mention.label} “{mention.text}” ({mention.pattern}) lấy mất chữ"
    ranked = sorted(
        (mention for mention in mentions if overlaps(mention, case.span) or mention.pattern == case.pattern.id),
        key=lambda mention: (
            not overlaps(mention, (start, end)),
            abs(mention.start - start) + abs(mention.end - end),
            mention.pattern != case.pattern.id,
        ),
    )
    if not ranked:
        return "không tìm ra gì ở đó" + ("" if match_spans(case) else "; regex không khớp chỗ nào trong câu")
    mention = ranked[0]
    out = f"{mention.label} “{mention.text}”"
    if mention.pattern != case.pattern.id:
        out += f" của mẫu {mention.pattern}"
    if (mention.start, mention.end) != case.span:
        out += f", ở ký tự {mention.start}-{mention.end} thay vì {start}-{end}"
    wrong = differences(case.value, mention.value)
    return f"{out}; {'; '.join(wrong)}" if wrong else out


def _render(report: CheckReport) -> Iterator[str]:
    if report.mistakes:
        yield from (str(mistake) for mistake in report.mistakes)
        yield ""
        yield f"KHÔNG ĐẠT: {len(report.mistakes)} lỗi trong tệp mẫu; chưa chạy ví dụ nào."
        return
    for failure in report.failures:
        case = failure.case
        number = case.id.rpartition("[")[2].rstrip("]")
        place = f"{case.pattern.path}:{case.line}"
        yield f"{place}: {case.pattern.name} ({case.pattern.id}), {_KIND_NAMES[case.kind]} {number}"
        yield from _render_failure(_bracketed(case.text, case.span), failure.expected, failure.found)
    for rule_case in report.rule_failures:
        yield from _render_rule_failure(rule_case)
    yield from _totals("Tệp", report, lambda case: case.pattern.path.name)
    yield ""
    yield from _totals("Nhãn", report, lambda case: case.pattern.label)
    yield ""
    if report.unexercised:
        yield f"Nhóm chưa có ví dụ ({sum(len(item.groups) for item in report.unexercised)}, không tính là sai):"
        for item in report.unexercised:
            place = f"{item.pattern.path.name}:{item.pattern.line('regex')}"
            yield f"    {place}: {item.pattern.id}: {', '.join(item.groups)}"
        yield ""
    ran = f"{len({case.pattern.id for case in report.cases})} mẫu, {len(report.cases)} câu"
    if report.rule_cases:
        rules = {case.rule.name for case in report.rule_cases}
        ran += f"; {len(rules)} quy tắc, {len(report.rule_cases)} câu"
    wrong = len(report.failures) + len(report.rule_failures)
    yield f"ĐẠT: {ran}." if report.ok else f"KHÔNG ĐẠT: {ran}, {wrong} câu sai."


def _render_failure(text: str, expected: str, found: str) -> Iterator[str]:
    yield f"    câu:   {text}"
    yield f"    cần:   {expected}"
    yield f"    được:  {found}"
    yield ""


def _render_rule_failure(case: RuleCase) -> Iterator[str]:
    number = case.id.rpartition("[")[2].rstrip("]")
    yield f"{case.rule.path}:{case.line}: quy tắc {case.rule.name}, {_KIND_NAMES[case.kind]} {number}"
    expected = f"không tìm ra gì ({case.because})"
    if case.span is not None:
        expected = f"tìm ra “{case.text[case.span[0] : case.span[1]]}”"
    span = case.found()
    found = f"tìm ra “{case.text[span[0] : span[1]]}”" if span else "không tìm ra gì"
    if span and case.span and case.text[slice(*span)] == case.text[slice(*case.span)]:
        found += f", ở ký tự {span[0]}-{span[1]} thay vì {case.span[0]}-{case.span[1]}"
    yield from _render_failure(_bracketed(case.text, case.span), expected, found)


def _bracketed(text: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return text
    start, end = span
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def _totals(title: str, report: CheckReport, group: Callable[[Case], str]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {}
    for case in report.cases:
        counts.setdefault(group(case), Counter())[case.kind] += 1
    for failure in report.failures:
        counts[group(failure.case)]["sai"] += 1
    patterns = Counter(group(case) for case in {case.pattern.id: case for case in report.cases}.values())
    width = max(map(len, (title, *counts)))
    yield f"{title:<{width}}  {'mẫu':>5} {'ví dụ':>6} {'phản ví dụ':>11} {'thiếu sót':>10} {'sai':>5}"
    for name in sorted(counts):
        count = counts[name]
        yield (
            f"{name:<{width}}  {patterns[name]:>5} {count['example']:>6} {count['never']:>11} {count['gap']:>10}"
            f" {count['sai'] or '-':>5}"
        )
