"""Scores and mistakes for people and for programs: a table, lines of text, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten
from typing import Any

from meetextract.records import Span
from meetextract.scoring.facts import Fact
from meetextract.scoring.floors import Held
from meetextract.scoring.locating import ArticleText, Locator
from meetextract.scoring.measure import MEAN, SCORED, Measurement, Mistake

CONTEXT = 60
"""How many characters of the article are shown before and after the words of a mistake."""

_WORDS = 120
"""How many characters of these words are shown in a line of text."""


def table(measurement: Measurement, held: Iterable[Held] = ()) -> Iterator[str]:
    """Show the scores.

    Args:
        measurement: What was measured.
        held: The floors to be shown beside them.

    Yields:
        The lines of a table, and one for each article without a record.
    """
    floors = {each.kind: f"{each.floor:8.2f}" for each in held}
    heading = f"{'kind':16}{'P':>8}{'R':>8}{'F1':>8}{'hit':>7}{'gold':>7}{'found':>7}"
    yield heading + (f"{'floor':>8}" if floors else "")
    for name, row in measurement.rows.items():
        if name == MEAN:
            shown_row = f"{name:32}{row['f1']:8.4f}{'':21}"
        else:
            shares = "".join(f"{row[share]:8.4f}" for share in ("p", "r", "f1"))
            shown_row = f"{name:16}{shares}" + "".join(f"{row[number]:7}" for number in ("hit", "gold", "pred"))
        yield (shown_row + floors.get(name, "")).rstrip()
    for name in measurement.missing:
        yield f"no record of {name}: it counts as empty"


def mistake_lines(measurement: Measurement) -> Iterator[str]:
    """Show the mistakes, kind by kind, each article's in the order of its text: a miss beside what was found instead.

    Args:
        measurement: What was measured.

    Yields:
        One line each: - missed or + false, kind, file and line, span, words in their context, what the fact says,
        and the pattern that made it.
    """
    for mistake in _in_order(measurement):
        told = mistake_as_json(mistake)
        place, words, says = told["file"], "", say(told["says"])
        if told["span"]:
            place += ":{}:{}-{}".format(told["line"], *told["span"])
        if told["span"] or told["words"] not in says:
            short = shorten(told["words"], _WORDS, placeholder=" …")
            words = f"…{told['before']}«{short}»{told['after']}… "
        pattern = f" ({told['pattern']})" if told["pattern"] else ""
        yield f"{mistake.sign} {mistake.kind} {place} {words}{says}{pattern}".rstrip()


def as_json(measurement: Measurement, *, with_errors: bool) -> dict[str, Any]:
    """Make one JSON object of all.

    Args:
        measurement: What was measured.
        with_errors: Whether to list the mistakes, as "errors".

    Returns:
        "missing", a row for each kind, "mean".
    """
    result: dict[str, Any] = {"missing": measurement.missing, **measurement.rows}
    if with_errors:
        result["errors"] = [mistake_as_json(mistake) for mistake in _in_order(measurement)]
    return result


def mistake_as_json(mistake: Mistake) -> dict[str, Any]:
    """Show a mistake in its context.

    Args:
        mistake: What is wrong.

    Returns:
        Its fields; `span`, `line` and the context are null or empty where no place is known.
    """
    text = mistake.article.text
    span = _place_of(mistake.fact, text)
    before, words, after = _in_context(text, span) if span else ("", mistake.fact.words, "")
    return {
        "sign": mistake.sign,
        "kind": mistake.kind,
        "article": mistake.article.name,
        "file": str(mistake.article.file),
        "line": text.line_of(span[0]) if span else None,
        "span": span,
        "before": _one_line(before),
        "words": _one_line(words).strip(),
        "after": _one_line(after),
        "says": dict(mistake.fact.says),
        "pattern": mistake.fact.pattern,
    }


def say(slots: Mapping[str, object]) -> str:
    """Show what an entry or fact says, in one line."""
    return ", ".join(f"{slot}: {shown(value)}" for slot, value in slots.items())


def shown(value: object) -> str:
    """Show a value in one line."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(shown, value)) + "]"
    return "null" if value is None else _one_line(str(value))


def _in_order(measurement: Measurement) -> list[Mistake]:
    def order(mistake: Mistake) -> tuple[int, str, int]:
        place = _place_of(mistake.fact, mistake.article.text)
        return SCORED.index(mistake.kind), mistake.article.name, place[0] if place else -1

    return sorted(measurement.mistakes, key=order)


def _place_of(fact: Fact, text: ArticleText) -> Span | None:
    """Where a fact stands, or else where its words do first."""
    if fact.place:
        start, end = fact.place
        return (start, end) if 0 <= start <= end <= len(text.stored) else None
    found = Locator(text).words(fact.words)
    return text.to_stored(found) if found else None


def _in_context(text: ArticleText, span: Span) -> tuple[str, str, str]:
    start, end = span
    stored = text.stored
    return stored[max(0, start - CONTEXT) : start], stored[start:end], stored[end : end + CONTEXT]


def _one_line(text: str) -> str:
    """Fold white space, keeping one blank where the text begins or ends with some."""
    words = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + words + (" " if words and text[-1:].isspace() else "")
