"""What an article accepts."""

from datetime import date, datetime
from typing import Any

import pytest

from meetextract.read.article import Article


@pytest.mark.parametrize(
    "given", [date(2024, 5, 6), datetime(2024, 5, 6, 7, 8), "2024-05-06", "2024-05-06T07:08:09", " 2024-05-06 "]
)
def test_published_becomes_a_date(given: Any) -> None:
    article = Article("a", "Chữ.", published=given)
    assert article.published == date(2024, 5, 6)
    assert type(article.published) is date


@pytest.mark.parametrize("given", ["6/5/2024", "hôm qua", 20240506, "", "2024-13-01"])
def test_no_date_tells_the_mend(given: Any) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        Article("a", "Chữ.", published=given)


@pytest.mark.parametrize(
    "values", [{"id": 1, "text": "x"}, {"id": "a", "text": None}, {"id": "a", "text": "x", "title": 3}]
)
def test_other_types_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not text"):
        Article(**values)


def test_half_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        Article("a", "họp \ud83d")
