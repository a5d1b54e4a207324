"""Every example, counter-example and known gap of the shipped patterns is a test of its own."""

import pytest

from meetextract.match.check import find_failure
from meetextract.match.claims import Case, cases
from meetextract.match.library import PatternLibrary
from meetextract.pipeline import Extractor

_LIBRARY = PatternLibrary.load()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(patterns=_LIBRARY)


@pytest.mark.parametrize("case", cases(_LIBRARY), ids=lambda case: case.id)
def test_claim_holds(case: Case, extractor: Extractor) -> None:
    failure = find_failure(
        case, lambda text, published, prefer: extractor.mentions(text, published=published, prefer=prefer)
    )
    if failure is not None:
        place = f"{case.pattern.path.name}:{case.line}"
        pytest.fail(f"{place}: {case.text}\n  expected: {failure.expected}\n  found:    {failure.found}", pytrace=False)
