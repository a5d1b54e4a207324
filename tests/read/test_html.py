"""Pages: what is kept of them, line by line, and pages that are no page of an article."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from meetextract.errors import InputError
from meetextract.read.article import Article
from meetextract.read.files import read_articles
from meetextract.read.html import NoArticleError, Page, read_page
from meetextract.read.layout import read_layout
from meetextract.read.main_text import EXTRACTORS
from meetextract.read.pages import UnreadPage

PAGES = Path(__file__).parent / "pages"
BUILDERS = sorted(path.stem for path in PAGES.glob("*.html") if path.stem != "category")
STORY = "<h1>Xã Tân Lập họp giao ban</h1><p>06/05/2024</p>" + "".join(
    f"<p>Sáng 6/5, UBND xã Tân Lập họp giao ban lần {number}, giao các thôn làm xong đường trước ngày 30/6.</p>"
    for number in range(4)
)


def marks(name: str) -> list[tuple[str, str]]:
    lines = (PAGES / f"{name}.marks.tsv").read_text(encoding="utf-8").splitlines()
    return [(kind, line) for kind, _, line in (each.partition("\t") for each in lines)]


def page(name: str) -> Page:
    return read_page((PAGES / f"{name}.html").read_text(encoding="utf-8"))


def kept(name: str) -> list[tuple[str, str]]:
    found = page(name)
    layout = read_layout(Article("a", found.text, title=found.title, captions=found.captions))
    return [
        (block.kind, line)
        for block in layout.blocks
        for line in found.text[block.start : block.end].splitlines()
        if block.kind != "chrome" and line
    ]


@pytest.mark.parametrize("name", BUILDERS)
def test_lines_of_the_story_are_kept_and_no_others(name: str) -> None:
    lines = [line for _, line in kept(name)]
    wanted = [line for kind, line in marks(name) if kind != "chrome"]
    needed = [line for kind, line in marks(name) if kind in ("title", "body", "caption")]
    assert [line for line in needed if line not in lines] == []
    assert [line for line in lines if line not in wanted] == []


@pytest.mark.parametrize("name", BUILDERS)
def test_captions_are_marked(name: str) -> None:
    assert [line for kind, line in kept(name) if kind == "caption"] == [
        line for kind, line in marks(name) if kind == "caption"
    ]


@pytest.mark.parametrize("name", BUILDERS)
def test_title_and_day(name: str) -> None:
    found = page(name)
    (title,) = [line for kind, line in marks(name) if kind == "title"]
    assert found.title == title
    article = Article("a", found.text, title=found.title, published=found.published, captions=found.captions)
    assert read_layout(article).published == {
        "dnn-portal": date(2024, 11, 14), "liferay-br": date(2024, 5, 7), "modern-cms": date(2024, 9, 17),
        "notice-lists": date(2024, 8, 9), "old-fonts": date(2012, 11, 12), "provincial-paper": date(2023, 8, 22),
        "radio-station": date(2022, 4, 5), "sharepoint-tables": date(2024, 3, 21), "short-list": date(2024, 7, 15),
        "task-table": date(2024, 6, 3), "district-portal": date(2025, 3, 3), "old-paper": date(2019, 10, 20),
        "single-page-app": date(2024, 12, 13),
    }[name]  # fmt: skip


def test_a_table_of_tasks_keeps_its_rows() -> None:
    assert (
        "1 | Ban Chỉ huy Quân sự xã | Thành lập đội xung kích 40 người | 10/6/2024\n2 | Trạm Y tế"
        in page("task-table").text
    )


def test_the_address_of_a_page() -> None:
    assert page("modern-cms").url == "https://sonkhe.example/tin-tuc/don-doc-giai-ngan"


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n",
        "<html></html>",
        "<!-- -->",
        "<p>",
        "không phải trang",
        "<html><body><h1>404 Not Found</h1><p>nginx</p></body></html>",
        (PAGES / "category.html").read_text(encoding="utf-8"),
        "<div>" * 5000,
        "<" * 10_000,
    ],
)
def test_no_article(html: str) -> None:
    with pytest.raises(NoArticleError):
        read_page(html)


def test_when_an_extractor_fails_the_other_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, found in (("readability", "trafilatura"), ("trafilatura", "blocks")):
        monkeypatch.setitem(EXTRACTORS, name, lambda _: [])
        one = read_page(f"<html><body>{STORY}</body></html>")
        assert one.main_text == found
        assert one.title == "Xã Tân Lập họp giao ban"
        assert one.text.count("giao các thôn") == 4


def test_a_page_in_a_wrong_charset(tmp_path: Path) -> None:
    html = f'<html><head><meta charset="iso-8859-1"></head><body>{STORY}</body></html>'
    (tmp_path / "utf8.html").write_bytes(html.encode())
    (tmp_path / "utf16.html").write_bytes(html.encode("utf-16"))
    (tmp_path / "twice.html").write_bytes(html.encode().decode("latin-1").encode())
    found = {one.id: one for one in read_articles([tmp_path]) if isinstance(one, Article)}
    assert {one.text for one in found.values()} == {read_page(html).text}
    assert {name: one.repairs for name, one in found.items()} == {
        "utf8": (), "utf16": (), "twice": ("mojibake",)
    }  # fmt: skip
    assert not found["utf8"].is_as_in_source


def test_pages_of_a_site_are_called_by_their_folders(tmp_path: Path) -> None:
    for name in ("index.html", "tin/index.html", "tin/1.htm.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        data = f"<html><body>{STORY}</body></html>".encode()
        (tmp_path / name).write_bytes(__import__("gzip").compress(data) if name.endswith(".gz") else data)
    found = [one for one in read_articles([tmp_path]) if isinstance(one, Article)]
    assert [one.id for one in found] == ["index", "tin/1", "tin/index"]


def test_bad_pages_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"")
    (tmp_path / "b.html").write_bytes(b"\x7fELF\0\0\1")
    (tmp_path / "c.html").write_bytes((PAGES / "category.html").read_bytes())
    (tmp_path / "d.html").write_bytes(b"<p>" + b"a" * 50_000_000)
    problems = [one.problem for one in read_articles([tmp_path]) if isinstance(one, InputError)]
    assert problems == [
        "the page is empty",
        "a binary file: it holds NUL bytes",
        "no article on this page, only links and short lines",
        "a page longer than 16 MB",
    ]


def test_a_long_page_is_read_in_bounded_time() -> None:
    more = "<p>Xã làm đường nội đồng dài ba cây số ở thôn Đông.</p>" * 40_000
    long = f"<html><body>{STORY}{more}</body></html>"
    assert read_page(long).main_text == "blocks"


@pytest.mark.parametrize(
    "markup",
    [
        "a {{item.x}} href=/x",
        "p {a}b=1 class=x",
        'div {966-3c}",',
        "p {abc=1",
        "p {}=1 { }a=3 xmlns:{b=2 a:{b=4 class=x",
        "p class='&#1;&#xb;' style=x",
    ],
)
def test_a_template_that_was_not_filled_in_does_no_harm(markup: str) -> None:
    tag = markup.partition(" ")[0]
    filled = read_page(f"<html><body><{tag}>Mục</{tag}>{STORY}</body></html>")
    for html in (f"<{markup}>Mục</{tag}>{STORY}", STORY.replace("<p>", f"<p {markup.partition(' ')[2]}>")):
        found = read_page(f"<html><body>{html}</body></html>")
        assert (found.text, found.title, found.main_text) == (filled.text, filled.title, filled.main_text)


def test_the_chrome_of_the_patterns_in_use(tmp_path: Path) -> None:
    from meetextract.batch.job import extract_item
    from meetextract.match.library import PatternLibrary
    from meetextract.pipeline import Extractor
    from meetextract.settings import pattern_dir

    patterns = tmp_path / "patterns"
    shutil.copytree(pattern_dir(), patterns)
    line = "Bấm vào đây để nhận tin mỗi sáng"
    with (patterns / "chrome.tsv").open("a", encoding="utf-8") as table:
        table.write(f"footer\tbấm vào đây để nhận tin\t{line}\n")
    html = f"<html><body>{STORY}<p>{line}.</p></body></html>"
    page = UnreadPage(html, tmp_path / "a.html", None, "a", None)
    for directory in (pattern_dir(), patterns):
        extractor = Extractor(PatternLibrary.load(directory))
        record = json.loads(extract_item(extractor, page, "").line or "")
        assert (line in record["text"]) == (directory != patterns)
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    (article,) = read_articles([tmp_path / "a.html"], chrome=extractor.chrome)
    assert isinstance(article, Article)
    assert line not in article.text
