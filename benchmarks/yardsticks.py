"""Scores meetextract on the Vietnamese test corpora of Duckling (facebook/duckling), which others wrote.

    python benchmarks/yardsticks.py DIR

DIR holds `duckling_vi_time.jsonl`, `duckling_vi_numeral.jsonl` and `duckling_vi_money.jsonl`. Prints a table, then
every miss with what came out, then what was not scored and why. Exit code 1 where a score is below its target or a
file is missing or broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

from meetextract.assemble.valued import ValuedMention
from meetextract.normalise.dates import Period
from meetextract.normalise.numbers import parse_number
from meetextract.normalise.quantities import Amount
from meetextract.pipeline import Extractor

Row = Mapping[str, Any]

TIME_TARGET, NUMERAL_TARGET, MONEY_TARGET = 63, 53, 64  # what was reached; raise them when you pass them

TIME_CONSTRUCTS = (
    "numeric d/m/y",
    "numeric d/m (no year)",
    "worded day-month-year",
    "worded day-month (no year)",
    "weekday + date",
    "month(-year)",
    "quarter",
    "relative week/month/year",
    "deictic day (hôm qua)",
)
"""What the project promises: 63 rows without those marked `dup` (the same words a second time)."""

CURRENCIES = {
    "Dollar": {"usd", "$", "đô la", "đô"},
    "USD": {"usd", "$"},
    "Cent": {"cent", "xu", "xen"},
    "VND": {"đồng"},
    "EUR": {"eur", "€"},
    "INR": {"inr", "rs", "rupee", "rupees"},
    "Pound": {"gbp", "£", "pound", "pounds"},
    "GBP": {"gbp", "£"},
    "AED": {"aed", "dirham"},
}
"""Duckling's currencies, and the units of a record that mean them."""

COMPARATORS = {"simple": {"eq"}, "between": {"range"}, "under": {"lt", "le"}, "above": {"gt", "ge"}}
"""Duckling's kinds; it does not tell "dưới" from "không quá"."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that came out wrong."""

    group: str
    text: str
    expected: str
    got: str


@dataclass(slots=True)
class Score:
    """The rows of one corpus."""

    name: str
    target: int
    rows: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    unscored: Counter[str] = field(default_factory=Counter)

    def count(self, group: str, text: str, right: bool, expected: str, got: str) -> None:
        """Adds one row."""
        self.rows[group] += 1
        if right:
            self.right[group] += 1
        else:
            self.misses.append(Miss(group, text, expected, got))

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.right.total() >= self.target


def end_of(start: date, grain: str) -> date | None:
    """The last day of the period of a grain that begins on a day; None for a grain below the day."""
    if grain == "day":
        return start
    if grain == "week":
        return start + timedelta(6)
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return None
    after = start.year * 12 + start.month - 1 + months
    return date(after // 12, after % 12 + 1, 1) - timedelta(1)


def longest(mentions: Iterable[ValuedMention]) -> ValuedMention | None:
    """The mention that says most, as a row is one expression."""
    return max(mentions, key=lambda m: (m.end - m.start, -m.start), default=None)


def score_time(rows: Iterable[Row], extractor: Extractor) -> Score:
    """Dates by value: start, end and grain must all be right."""
    score = Score("time", TIME_TARGET)
    for row in rows:
        group = row["construct"]
        if group not in TIME_CONSTRUCTS:
            score.unscored[f"{group}: not promised"] += 1
            continue
        if row["dup"]:
            score.unscored[f"{group}: the same words a second time"] += 1
            continue
        start = date.fromisoformat(row["value"][:10])
        expected = (start, end_of(start, row["grain"]), row["grain"])
        reference = row["ref"][:10]
        found = longest(extractor.mentions(row["text"], labels={"DATE"}, published=reference, prefer="future"))
        value = found.value if found else None
        got = (value.start, value.end, value.grain) if isinstance(value, Period) else None
        score.count(group, row["text"], got == expected, _days(expected), _days(got) if got else _shown(found))
    return score


def score_numerals(rows: Iterable[Row]) -> Score:
    """Numerals by value."""
    score = Score("numerals", NUMERAL_TARGET)
    for row in rows:
        got = parse_number(row["text"])
        score.count(row["construct"], row["text"], _same(got, row["value"]), str(row["value"]), str(got))
    return score


def score_money(rows: Iterable[Row], extractor: Extractor) -> Score:
    """Amounts of money by comparator, value, upper value and currency."""
    score = Score("money", MONEY_TARGET)
    for row in rows:
        kind = row["kind"]
        low, high = row.get("from", row.get("value")), row.get("to")
        if kind == "under":
            low, high = high, None
        found = longest(extractor.mentions(row["text"], labels={"QUANTITY"}))
        value = found.value if found else None
        right = (
            isinstance(value, Amount)
            and value.comparator in COMPARATORS[kind]
            and _same(value.value, low)
            and _same(value.max, high)
            and value.unit in CURRENCIES[row["unit"]]
        )
        score.count(kind, row["text"], right, f"{kind} {low}{f'..{high}' if high else ''} {row['unit']}", _shown(found))
    return score


def _same(got: float | None, expected: float | None) -> bool:
    if got is None or expected is None:
        return got is expected
    return isclose(got, expected, rel_tol=1e-9)


def _days(period: tuple[date, date | None, str]) -> str:
    return f"{period[0]}..{period[1]} {period[2]}"


def _shown(found: ValuedMention | None) -> str:
    if found is None:
        return "nothing"
    value = found.value
    if isinstance(value, Amount):
        upper = f"..{value.max}" if value.max is not None else ""
        return f"{value.comparator} {value.value}{upper} {value.unit} in {found.text!r} ({found.pattern})"
    return f"{value} in {found.text!r} ({found.pattern})"


def read_rows(path: Path) -> list[Row]:
    """The rows of a corpus.

    Raises:
        SystemExit: the file is missing or a line is no JSON object.
    """
    rows: list[Row] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SystemExit(f"{path}: {error.strerror}. Give the directory of Duckling's corpora.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SystemExit(f"{path}:{number}: no JSON ({error}). Mend the line.") from error
        if not isinstance(row, dict):
            raise SystemExit(f"{path}:{number}: no JSON object. Mend the line.")
        rows.append(row)
    return rows


def report(scores: Sequence[Score]) -> Iterator[str]:
    """The lines of the report."""
    width = max(len(group) for score in scores for group in score.rows)
    for score in scores:
        yield f"{score.name:{width + 2}}{'right':>6}{'rows':>6}{'target':>8}"
        for group in sorted(score.rows):
            yield f"  {group:{width}}{score.right[group]:>6}{score.rows[group]:>6}"
        verdict = "reached" if score.reached else "MISSED"
        yield f"  {'all':{width}}{score.right.total():>6}{score.rows.total():>6}{score.target:>8}  {verdict}"
        yield ""
    for score in scores:
        if score.misses:
            yield f"{score.name}: misses"
        for miss in score.misses:
            yield f"  {miss.text!r} [{miss.group}]"
            yield f"      expected {miss.expected}"
            yield f"      got      {miss.got}"
        for why, rows in sorted(score.unscored.items()):
            yield f"{score.name}: {rows} rows not scored, {why}"


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Prints the report and returns the exit code."""
    parser = argparse.ArgumentParser(description="Scores meetextract on Duckling's Vietnamese corpora.")
    parser.add_argument("directory", type=Path, help="where duckling_vi_time.jsonl and its like are")
    directory: Path = parser.parse_args(arguments).directory
    used = {name: directory / f"duckling_vi_{name}.jsonl" for name in ("time", "numeral", "money")}
    rows = {name: read_rows(path) for name, path in used.items()}
    extractor = Extractor()
    scores = [
        score_time(rows["time"], extractor),
        score_numerals(rows["numeral"]),
        score_money(rows["money"], extractor),
    ]
    write("\n".join(report(scores)) + "\n")
    for path in sorted(set(directory.glob("*.jsonl")) - set(used.values())):
        write(f"{path.name}: not scored, a record has nothing of the kind ({len(read_rows(path))} rows)\n")
    return 0 if all(score.reached for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
