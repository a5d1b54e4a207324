"""What the head of a page says of it."""

from datetime import date

import lxml.html
import pytest

from meetextract.read.page_data import PageData, page_data


def data(html: str) -> PageData:
    return page_data(lxml.html.document_fromstring(html))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-05-06T08:00:00+07:00">',
        '<meta name="pubdate" content="2024-05-06">',
        '<meta itemprop="datePublished" content="2024-05-06 08:00">',
        '<time itemprop="datePublished" datetime="2024-05-06">6/5</time>',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-06"}]}</script>',
    ],
)
def test_the_day_of_publication(head: str) -> None:
    assert data(head + "<p>Ngày 7/5/2024</p>").published == date(2024, 5, 6)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2024-05-06">',
        '<meta name="pubdate" content="06/05/2024">',
        '<meta name="pubdate" content="9999-12-31">',
        '<meta name="pubdate" content="2024-02-31">',
        '<meta name="pubdate">',
        '<time datetime="2024-05-06">6/5</time>',
        '<script type="application/ld+json">{"datePublished": </script>',
        '<script type="application/ld+json">' + "[" * 10_000 + "</script>",
    ],
)
def test_what_is_no_day_of_publication(head: str) -> None:
    assert data(head + "<p>Ngày 7/5/2024</p>").published is None


def test_titles_the_likeliest_first() -> None:
    html = '<head><title>Họp - Xã</title><meta property="og:title" content=" Họp "></head><h1>Họp <b>xã</b></h1>'
    assert data(html).titles == ("Họp", "Họp xã", "Họp - Xã")


def test_the_address() -> None:
    assert data('<link rel="canonical" href="https://xa.example/1">').url == "https://xa.example/1"
    assert data('<link rel="canonical" href="/1">').url is None
