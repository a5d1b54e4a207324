"""What a worker does with its articles, with the real extractor."""

import pytest

from meetextract import Extractor
from meetextract.batch.job import extract_item, load_all
from meetextract.match import approximation, expressions
from meetextract.read.article import Article
from meetextract.read.pages import UnreadPage
from meetextract.segment import tagging

TEXT = "Sáng 5/3/2024, Chủ tịch UBND xã Tân Hòa yêu cầu các thôn hoàn thành 25 nhiệm vụ trước ngày 30/6."
PAGE = f"<html><body><h1>Xã Tân Hòa họp</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"


def test_no_article_pays_for_what_all_share(monkeypatch: pytest.MonkeyPatch) -> None:
    tagging._tagger.cache_clear()
    extractor = Extractor()
    load_all(extractor)

    def late(*arguments: object) -> None:
        raise AssertionError("loaded by an article")

    monkeypatch.setattr(expressions, "compile_regex", late)
    monkeypatch.setattr(approximation, "_approximate", late)
    monkeypatch.setattr(tagging, "make_tagger", late)
    for item in (Article("a", TEXT), UnreadPage(PAGE, "a.html", None, "page", None)):
        assert extract_item(extractor, item, "").row.status == "extracted"
