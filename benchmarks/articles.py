"""News made of `corpus/` by a seed: other names, numbers and days, and sentences in another order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, dropwhile
from random import Random
from unicodedata import normalize

from tagging import CORPUS

MEETINGS_AMONG_NEWS = 0.2
"""Of mixed news; the others tell of no meeting, and each of their sentences is made of halves of two."""

_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?![\d/])")
_NUMBER = re.compile(r"(?<![\w/.,-])[1-9]\d*(?![\w/.-])")
_SENTENCE_END = re.compile(r"(?<=\w\.) (?=[^\W\d_])")
_SENTENCE = 40  # characters; a shorter line is a headline, a day or a name


@cache
def _corpus() -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """The articles, whether each tells of a meeting, and the people that it names."""
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        people = tuple(normalize("NFC", person["name"]) for person in gold["people"])
        found.append((normalize("NFC", path.read_text(encoding="utf-8")), gold["meeting"] is not None, people))
    return tuple(found)


def meeting_articles(dice: Random) -> Iterator[str]:
    """Articles without end, each of a meeting."""
    meetings = [(text, people) for text, is_meeting, people in _corpus() if is_meeting]
    names = [name.split() for *_, people in _corpus() for name in people]
    while True:
        text, people = dice.choice(meetings)
        for name in people:
            family, middle, given = (dice.choice(names) for _ in range(3))
            other = " ".join([family[0], *middle[1:-1], given[-1]])
            text = text.replace(name, other)
        yield _other_numbers("\n".join(_shuffled(line, dice) for line in text.split("\n")), dice)


def mixed_news(dice: Random) -> Iterator[str]:
    """Articles without end, few of them of meetings."""
    others = [text.split("\n") for text, is_meeting, _ in _corpus() if not is_meeting]
    pool = [s.split() for line in chain.from_iterable(others) for s in _SENTENCE_END.split(line) if len(s) > _SENTENCE]
    meetings = meeting_articles(dice)
    while True:
        if dice.random() < MEETINGS_AMONG_NEWS:
            yield next(meetings)
            continue
        lines = [
            " ".join(_halves(pool, dice) for _ in _SENTENCE_END.split(line)) if len(line) > _SENTENCE else line
            for line in dice.choice(others)
        ]
        yield _other_numbers("\n".join(lines), dice)


def _halves(pool: list[list[str]], dice: Random) -> str:
    first, second = dice.choice(pool), dice.choice(pool)
    half = [*dropwhile(lambda word: not word.islower(), second[len(second) // 2 :])]  # no name is made of halves
    return " ".join([*first[: len(first) // 2], *half])


def _shuffled(line: str, dice: Random) -> str:
    """The sentences of a paragraph in another order."""
    sentences = _SENTENCE_END.split(line)
    dice.shuffle(sentences)
    return " ".join(sentences)


def _other_numbers(text: str, dice: Random) -> str:
    text = _DAY.sub(lambda _: f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.randint(2021, 2026)}", text)
    return _NUMBER.sub(lambda hit: str(dice.randint(10 ** (len(hit[0]) - 1), 10 ** len(hit[0]) - 1)), text)
