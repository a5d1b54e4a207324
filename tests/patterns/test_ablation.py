"""Every pattern is needed: taken out, the others do not make its examples pass."""

import pytest

from meetextract.match.claims import cases, is_met
from meetextract.match.library import PatternLibrary
from meetextract.pipeline import Extractor

_LIBRARY = PatternLibrary.load()


@pytest.mark.parametrize("pattern_id", [pattern.id for pattern in _LIBRARY.patterns])
def test_examples_fail_without_their_pattern(pattern_id: str) -> None:
    rest = Extractor(patterns=_LIBRARY.without(pattern_id))
    still_met = [
        f"{case.pattern.path.name}:{case.line}: {case.text}"
        for case in cases(_LIBRARY)
        if case.pattern.id == pattern_id
        and case.kind == "example"
        and is_met(case, rest.mentions(case.text, published=case.published, prefer=case.prefer), by_any_pattern=True)
    ]
    assert not still_met, "other patterns find these as well: " + "; ".join(still_met)
