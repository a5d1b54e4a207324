"""Records and mentions of small articles, with the shipped patterns."""

from collections.abc import Callable
from typing import Any

import pytest

from meetextract.assemble.valued import ValuedMention
from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Record

Read = Callable[..., Record]
Mentions = Callable[..., list[ValuedMention]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Read:
    """The record of an article, given its paragraphs."""

    def read(*paragraphs: str, **about: Any) -> Record:
        return extractor(Article("a", "\n\n".join(paragraphs), **about))

    return read


@pytest.fixture(scope="session")
def mentions(extractor: Extractor) -> Mentions:
    """The mentions of a snippet that have some labels."""

    def mentions(text: str, *labels: str, **about: Any) -> list[ValuedMention]:
        return extractor.mentions(text, labels, **about)

    return mentions
