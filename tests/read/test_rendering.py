"""The lines of a page, as a browser shows them."""

import lxml.html
import pytest

from meetextract.read.rendering import lines_of_tree


def lines(html: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in lines_of_tree(lxml.html.document_fromstring(html))]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            "<p>Xã\n họp.&nbsp; <b>Thôn</b> <i>báo cáo</i></p><p>Hai</p>",
            [("text", "Xã họp. Thôn báo cáo"), ("text", "Hai")],
        ),
        (
            "<div>Một<br>Hai<div>Ba</div>Bốn</div>",
            [("text", "Một"), ("text", "Hai"), ("text", "Ba"), ("text", "Bốn")],
        ),
        ("<p>v\u200bề</p>", [("text", "về")]),
        ("<p>a<script>x</script><style>y</style><!-- z -->b</p>", [("text", "ab")]),
        ('<p>a<span style="display: none">x</span><b hidden>y</b>b</p>', [("text", "ab")]),
        ("<select><option>x</select><button>y</button><p>a</p>", [("text", "a")]),
        ("<h2>Đầu đề</h2>", [("heading", "Đầu đề")]),
        ('<li>• <a href="/1">Tin một</a> (06/05/2024)</li>', [("links", "• Tin một (06/05/2024)")]),
        (
            '<p>Theo <a href="/1">Kế hoạch 5</a> của xã, các thôn làm đường.</p>',
            [("text", "Theo Kế hoạch 5 của xã, các thôn làm đường.")],
        ),
        ('<span class="title">Họp</span><span class="date">6/5/2024</span>', [("text", "Họp"), ("text", "6/5/2024")]),
        ("<figure><img src=a><figcaption>Quang cảnh</figcaption></figure>", [("caption", "Quang cảnh")]),
        ("<table><tr><td><img src=a></td></tr><tr><td>Quang cảnh</td></tr></table>", [("caption", "Quang cảnh")]),
        ('<p><img src=a></p><p style="text-align:center"><em>Quang cảnh</em></p>', [("caption", "Quang cảnh")]),
        ("<p><img src=a></p><p>Sáng 6/5, xã họp.</p>", [("text", "Sáng 6/5, xã họp.")]),
        (
            '<table align="center"><tr><td><img src=a></td></tr>'
            "<tr><td><table><tr><td>Một</td></tr></table></td></tr></table>",
            [("text", "Một")],
        ),
        (
            "<table><tr><th>Đơn vị</th><th>Việc</th></tr><tr><td>Thôn</td><td><p>Một</p><p>Hai</p></td></tr></table>",
            [("row", "Đơn vị | Việc"), ("row", "Thôn | Một Hai")],
        ),
        (
            "<table><tr><td>" + "Dài" * 500 + "</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            [("text", "Dài" * 500), ("text", "b"), ("text", "c"), ("text", "d")],
        ),
    ],
)  # fmt: skip
def test_lines(html: str, wanted: list[tuple[str, str]]) -> None:
    assert lines(html) == wanted


def test_what_stands_close() -> None:
    html = "<p>a<br>b</p><p>c</p><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    assert [line.is_close for line in lines_of_tree(lxml.html.document_fromstring(html))] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_ten_thousand_nested_elements() -> None:
    parser = lxml.html.HTMLParser(huge_tree=True)
    tree = lxml.html.document_fromstring("<p>a</p>" + "<span>" * 10_000 + "b", parser=parser)
    assert lines_of_tree(tree)[0].text == "a"
