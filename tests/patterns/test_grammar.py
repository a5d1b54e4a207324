"""Every example and counter-example of the shipped rules is a test of its own, and every rule is asked for by name."""

import inspect
from dataclasses import fields
from pathlib import Path

import pytest
import regex

from meetextract.assemble import grammar
from meetextract.assemble.grammar import Grammar
from meetextract.match.library import PatternLibrary
from meetextract.match.rules import RuleCase, rule_cases

_LIBRARY = PatternLibrary.load()
_NAMES = [field.name for field in fields(Grammar)]
_ASSEMBLE = Path(grammar.__file__).parent


@pytest.mark.parametrize("case", rule_cases(_LIBRARY.rules.values()), ids=lambda case: case.id)
def test_claim_holds(case: RuleCase) -> None:
    if not case.holds():
        span = case.found()
        found = case.text[slice(*span)] if span else "nothing"
        pytest.fail(f"{case.rule.path.name}:{case.line}: {case.text!r}\n  found: {found!r}", pytrace=False)


def test_every_rule_is_a_field_and_every_field_a_rule() -> None:
    assert list(_LIBRARY.rules) == _NAMES
    rules = Grammar.of(_LIBRARY)
    assert all(getattr(rules, name) is _LIBRARY.rules[name].compiled for name in _NAMES)


@pytest.mark.parametrize("name", _NAMES)
def test_a_rule_is_documented_and_used(name: str) -> None:
    assert f"\n    {name}: " in inspect.cleandoc(Grammar.__doc__ or "")
    sources = (path.read_text(encoding="utf-8") for path in _ASSEMBLE.glob("*.py") if path.name != "grammar.py")
    assert any(regex.search(rf"grammar\.{name}\b", source) for source in sources), "no module asks for it"
