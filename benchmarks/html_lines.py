"""Measures what is kept of HTML pages, line by line, against marks made by hand.

    python benchmarks/html_lines.py tests/read/pages
    python benchmarks/html_lines.py PAGES --marks MARKS --lines

Beside each `NAME.html` stands `NAME.marks.tsv`: each line of the page as `meetextract.read.rendering` gives it, behind
its kind and a tab. The kinds are title, date, body, caption, byline and chrome. `--make` writes such files with all
lines as chrome, to be marked by hand.

For each way of reading, before and after our own line filter: the share of body lines and of captions that are kept,
of captions that are kept as captions, and of chrome lines that are let through; and the share of chrome in what is
kept. `both` is what `meetextract` does. Lines are compared by their letters and digits, each occurrence by itself.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import lxml.html

from meetextract.read.article import Article
from meetextract.read.html import NoArticleError, read_page
from meetextract.read.layout import read_layout
from meetextract.read.main_text import EXTRACTORS, key_of, prepare
from meetextract.read.rendering import lines_of_tree

KEPT = ("body", "caption")
Kept = list[tuple[str, str]]  # kind and line


def tree_of(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def alone(name: str) -> Callable[[str], Article | None]:
    """One extractor by itself: all that it keeps is the article."""

    def read(html: str) -> Article | None:
        tree = tree_of(html)
        prepare(tree)
        text = "\n\n".join(line.text for line in EXTRACTORS[name](tree))
        return Article("page", text) if text else None

    return read


def whole(html: str) -> Article:
    """The page as if it had been pasted as text."""
    return Article("page", "\n\n".join(line.text for line in lines_of_tree(tree_of(html))))


def led_by(name: str) -> Callable[[str], Article | None]:
    """What `meetextract` does, with one of the extractors leading."""

    def read(html: str) -> Article | None:
        try:
            page = read_page(html, leader=name)
        except NoArticleError:
            return None
        return Article("page", page.text, title=page.title, captions=page.captions)

    return read


READERS: dict[str, Callable[[str], Article | None]] = {
    "whole page": whole,
    **{f"{name} alone": alone(name) for name in EXTRACTORS},
    **{f"both, {name} leads": led_by(name) for name in EXTRACTORS},
}


def raw(article: Article | None) -> Kept:
    return [("body", line) for line in article.text.splitlines() if line.strip()] if article else []


def filtered(article: Article | None) -> Kept:
    if article is None:
        return []
    return [
        (block.kind, line)
        for block in read_layout(article).blocks
        if block.kind != "chrome"
        for line in article.text[block.start : block.end].splitlines()
        if line.strip()
    ]


def marks_of(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(kind, line) for kind, _, line in (each.partition("\t") for each in lines)]


def compare(marks: list[tuple[str, str]], kept: Kept, counts: Counter[str]) -> list[str]:
    """Count into `counts`; gives the lines that are lost (-) and let through (+)."""
    joined = "".join(key_of(line) for _, line in kept)
    left = Counter(key_of(line) for _, line in kept)
    as_captions = {key_of(line) for kind, line in kept if kind == "caption"}
    wrong = []
    for kind, line in sorted(marks, key=lambda mark: mark[0] == "chrome"):
        key = key_of(line)
        if not key:
            continue
        found = left[key] > 0
        left[key] -= found
        if kind in KEPT:
            found = found or key in joined  # lines may be joined
            if not found:
                wrong.append(f"- {line}")
        elif kind == "chrome" and found:
            wrong.append(f"+ {line}")
        counts[kind] += 1
        counts[f"{kind} kept"] += found
        if kind == "caption":
            counts["caption as such"] += key in as_captions
    counts["kept"] += len(kept)
    return wrong


def share(part: int, whole_: int) -> str:
    return f"{part / whole_:7.3f}" if whole_ else "      -"


def measure(pages: Path, marks: Path, *, with_lines: bool) -> None:
    found = [page for page in sorted(pages.glob("*.html")) if (marks / f"{page.stem}.marks.tsv").is_file()]
    print(f"{len(found)} pages of {pages}")
    print(f"{'':28}{'':10}   body caption as such  chrome in kept   ms/page")
    for name, read in READERS.items():
        begin = time.perf_counter()
        articles = {page: read(page.read_text(encoding="utf-8")) for page in found}
        spent = (time.perf_counter() - begin) / max(1, len(found)) * 1000
        for stage, lines_of in (("raw", raw), ("filtered", filtered)):
            counts: Counter[str] = Counter()
            wrong = {page: compare(marks_of(marks / f"{page.stem}.marks.tsv"), lines_of(articles[page]), counts)
                     for page in found}  # fmt: skip
            figures = [
                share(counts["body kept"], counts["body"]),
                share(counts["caption kept"], counts["caption"]),
                share(counts["caption as such"], counts["caption"]),
                share(counts["chrome kept"], counts["chrome"]),
                share(counts["chrome kept"], counts["kept"]),
            ]
            print(f"{name:28}{stage:10}", *figures, f"{spent:8.1f}" if stage == "raw" else "")
            if with_lines and stage == "filtered":
                for page, lines in wrong.items():
                    for line in lines:
                        print(f"    {page.stem}: {line[:100]}")


def make(pages: Path, marks: Path) -> None:
    for page in sorted(pages.glob("*.html")):
        target = marks / f"{page.stem}.marks.tsv"
        if not target.exists():
            lines = lines_of_tree(tree_of(page.read_text(encoding="utf-8")))
            target.write_text("".join(f"chrome\t{line.text}\n" for line in lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path, help="folder of NAME.html")
    parser.add_argument("--marks", type=Path, help="folder of NAME.marks.tsv, if not beside the pages")
    parser.add_argument("--lines", action="store_true", help="show what is lost (-) and let through (+)")
    parser.add_argument("--make", action="store_true", help="write marks to be edited where there are none")
    given = parser.parse_args()
    marks = given.marks or given.pages
    if given.make:
        make(given.pages, marks)
    else:
        measure(given.pages, marks, with_lines=given.lines)


if __name__ == "__main__":
    main()
