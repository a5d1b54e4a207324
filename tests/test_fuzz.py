"""Damaged articles: each gives a record whose words stand in the article, soon, and twice the same.

`MEETEXTRACT_FUZZ=100 pytest tests/test_fuzz.py` tries 100 times as many as a run of all tests.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random

import pytest

from meetextract import Article, Extractor
from meetextract.sinks.jsonl import record_from_json, record_to_json

TIMES = int(os.environ.get("MEETEXTRACT_FUZZ", "1"))
SECONDS = 10.0  # of the process, for a text of some thousand characters; they take a hundredth
COPIED = ("text", "quote", "verb", "place", "topic", "base")
"""Slots that hold the words at their span."""

LINES = [
    line
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip()
]
SIGNS = ["\0", "\t", "\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\ufffd",
         "\u0301", "\U0010ffff"]  # fmt: skip
SIGNS += """. , ; : - – • / % ( ) " “ ” ' [ … ./. ... 0 ² ½ ٣ ３ 31/2 30/02/2024 00/00/0000 ngày/tháng 1.000.000.000.000
1e999 99999999999999999999999999999999999999999 14h60 T.Ư ĐỒNG CHÍ İ ı ß ﬁ Ð ẞ ő http://a.b/c?d=e @ #TAGS 😀 giao phấn
đấu yêu cầu tỷ đồng đạt từ đến và Nguyễn UBND 2025-2030 năm quý II/2024 ông Bình, Chủ tịch;""".split()  # noqa: SIM905


def damaged(dice: Random) -> str:
    """Lines of several articles, with up to twelve mistakes in them."""
    text = dice.choice(["\n", "\n\n", " "]).join(dice.choices(LINES, k=dice.randrange(7)))
    for _ in range(dice.randrange(13)):
        start = dice.randrange(len(text) + 1)
        end = start + dice.choice([0, 0, 1, 3, 20, 100])
        old = text[start:end]
        anything = chr(dice.choice([dice.randrange(0xD800), dice.randrange(0xE000, 0x110000)]))
        changed = dice.choice([old * 2, old.upper(), old.lower(), old[::-1], old.replace(" ", "")])
        text = text[:start] + dice.choice([dice.choice(SIGNS), dice.choice(SIGNS), anything, changed]) + text[end:]
    return text


def entries(value: object) -> Iterator[object]:
    """A record and all that it is made of."""
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from entries(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from entries(each)


def said(text: str, span: tuple[int, int]) -> str:
    start, end = span
    assert 0 <= start < end <= len(text)
    return " ".join(text[start:end].split())


def check(text: str, entry: object) -> None:
    """Every span lies in the text, and what was copied is there."""
    if " … " in getattr(entry, "quote", ""):
        return  # words of two places
    for name in COPIED:
        span = getattr(entry, "span" if name in ("text", "quote") else f"{name}_span", None)
        words = getattr(entry, name, None)
        if span is not None and words is not None:
            assert words == said(text, span), (name, entry)
    for many, spans in (("tasks", "task_spans"), ("assignees", "assignee_spans"), ("attendees", "attendee_spans")):
        if hasattr(entry, many):
            for words, span in zip(getattr(entry, many), getattr(entry, spans), strict=True):
                assert words == said(text, span), (many, entry)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def tried(extractor: Extractor, text: str) -> None:
    article = Article("a", text)
    begin = time.process_time()
    record = extractor(article)
    assert time.process_time() - begin < SECONDS
    assert extractor(article) == record
    assert record_from_json(record_to_json(record)) == record
    for entry in entries(record):
        if entry is not record:
            check(text, entry)


def test_an_area_behind_two_bodies(extractor: Extractor) -> None:
    tried(extractor, "HĐND và UBND huyện Ia Grai Grai")


def test_damaged_articles(extractor: Extractor) -> None:
    for number in range(30 * TIMES):
        text = damaged(Random(number))  # the number is enough to make it again
        try:
            tried(extractor, text)
        except Exception as error:
            error.add_note(f"input {number}: {text!r}")
            raise
