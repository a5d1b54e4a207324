"""The table of named parts in the schema says what the readers read and what the shipped patterns name."""

from dataclasses import replace
from datetime import date

import pytest

from meetextract.assemble.calendar import parts_of
from meetextract.assemble.reading import Reader
from meetextract.match.claims import cases
from meetextract.match.library import PatternLibrary
from meetextract.match.mention import Mention, Part
from meetextract.match.schema import LABELS, MENTION, PART_NAMES
from meetextract.normalise.dates import Context, Period, read_period
from meetextract.text import FoldedText

_LIBRARY = PatternLibrary.load()
_READER = Reader(_LIBRARY)
_NAMES = [(label, name) for label, names in PART_NAMES.items() for name in sorted(names)]

# They name what belongs to a mention and not to its value.
_NOT_READ = {("DOCUMENT", "dated"), ("UNIT", "also"), ("COUNT", "qualifier")}
# They are read, but the rest of the expression says the same.
_SAID_TWICE = {("DATE", "deictic_year"), ("DOCUMENT", "code")}
# They are read where an analyst's own pattern names them.
_NOT_SHIPPED = {("DATE", "count"), ("AREA", "area_any"), ("AREA", "area_listed")}
_UNTESTED = _NOT_READ | _SAID_TWICE | _NOT_SHIPPED
# The day is a Wednesday, so that no weekday of a week before or after is the nearest one.
_CONTEXT = Context(
    day=date(2023, 5, 17),
    last=Period(date(2021, 4, 1), date(2021, 6, 30), "quarter"),
    last_day=Period(date(2021, 4, 9), date(2021, 4, 9), "day"),
)


def _mentions(label: str) -> list[Mention]:
    """What the patterns of a label match in their own examples."""
    found = []
    for case in cases(_LIBRARY):
        if case.pattern.label != label or case.kind != "example":
            continue
        folded = FoldedText(case.text)
        for hit in case.pattern.compiled.finditer(folded.folded):
            parts = {
                name: Part(hit[name], *folded.to_stored(*hit.span(name)))
                for name in hit.re.groupindex
                if hit[name] and name != MENTION
            }
            start, end = folded.to_stored(*hit.span())
            found.append(Mention(label, start, end, case.text[start:end], parts, case.pattern.id))
    return found


def _reading(mention: Mention) -> object:
    try:
        candidates = _READER.read([mention])
        if mention.label == "DATE" and candidates:
            return read_period(parts_of(candidates[0]), _CONTEXT)
    except KeyError as error:  # a part that its reader cannot do without
        return str(error)
    return [(candidate.value, candidate.start, candidate.end) for candidate in candidates]


def test_every_label_has_its_parts() -> None:
    assert tuple(PART_NAMES) == LABELS
    assert not any(MENTION in names for names in PART_NAMES.values())


@pytest.mark.parametrize("label", LABELS)
def test_every_name_is_used_by_a_shipped_pattern(label: str) -> None:
    used = {name for pattern in _LIBRARY.patterns if pattern.label == label for name in pattern.compiled.groupindex}
    not_shipped = {name for other, name in _NOT_SHIPPED if other == label}
    assert used - {MENTION} == PART_NAMES[label] - not_shipped


@pytest.mark.parametrize(("label", "name"), [pair for pair in _NAMES if pair not in _UNTESTED])
def test_the_reader_knows_the_name(label: str, name: str) -> None:
    """Somewhere in the examples the value is another one without the part."""
    with_it = [mention for mention in _mentions(label) if name in mention.parts]
    assert with_it, "no example has this part"
    for mention in with_it:
        rest = {other: part for other, part in mention.parts.items() if other != name}
        if _reading(mention) != _reading(replace(mention, parts=rest)):
            return
    pytest.fail(f"the value is the same without “{name}”: " + "; ".join(mention.text for mention in with_it))
