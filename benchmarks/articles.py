"""News made of `corpus/` by a seed: other names, numbers and days, and sentences in another order; and pages of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import dropwhile
from random import Random
from unicodedata import normalize

from tagging import CORPUS

MEETINGS_AMONG_NEWS = 0.2
"""Of mixed news; the others are made of what the corpus has of a festival, a football match and a library."""

_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?![\d/])")
_NUMBER = re.compile(r"(?<![\w/.,-])[1-9]\d*(?![\w/.-])")
_SENTENCE_END = re.compile(r"(?<=\w\.) (?=[^\W\d_])")
_SENTENCE = 40  # characters; a shorter line is a headline, a day or a name
_NAMED = 0.25  # of the words of a sentence of mixed news, at most so many are names or numbers
_LENGTH = 7.65, 0.6  # of mixed news: mean and deviation of the logarithm of the characters, about 2,500 on average
_LONGEST = 15_000


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    people: tuple[str, ...]
    is_meeting: bool
    is_quiet: bool  # tells of no meeting, target or directive


@cache
def _corpus() -> tuple[_Source, ...]:
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        people = tuple(normalize("NFC", person["name"]) for person in gold["people"])
        is_meeting = gold["meeting"] is not None
        is_quiet = not (is_meeting or gold["targets"] or gold["assignments"])
        found.append(_Source(normalize("NFC", path.read_text(encoding="utf-8")), people, is_meeting, is_quiet))
    return tuple(found)


def meeting_articles(dice: Random) -> Iterator[str]:
    """Articles without end, each of a meeting."""
    meetings = [source for source in _corpus() if source.is_meeting]
    while True:
        source = dice.choice(meetings)
        text = _other_names(source.text, source.people, dice)
        yield _other_numbers("\n".join(_shuffled(line, dice) for line in text.split("\n")), dice)


def mixed_news(dice: Random) -> Iterator[str]:
    """Articles without end, few of them of meetings; the others are a headline, a lead and one long paragraph."""
    quiet = [source for source in _corpus() if source.is_quiet]
    people = tuple(name for source in quiet for name in source.people)
    lines = [line for source in quiet for line in source.text.split("\n") if line.rstrip().endswith((".", "”", "!"))]
    pool = [sentence.split() for line in lines for sentence in _SENTENCE_END.split(line) if len(sentence) > _SENTENCE]
    pool = [words for words in pool if sum(not word.islower() for word in words[1:]) <= _NAMED * len(words)]
    meetings = meeting_articles(dice)
    while True:
        if dice.random() < MEETINGS_AMONG_NEWS:
            yield next(meetings)
            continue
        length = min(_LONGEST, dice.lognormvariate(*_LENGTH))
        body = [_halves(pool, dice)]
        while sum(map(len, body)) < length:
            body.append(_halves(pool, dice))
        text = f"{_halves(pool, dice).rpartition(' ')[0]}\n{_halves(pool, dice)}\n{' '.join(body)}"
        yield _other_numbers(_other_names(text, people, dice), dice)


def page_of(text: str, dice: Random) -> str:
    """A page of a portal, about as large as real ones, with an article: its first line is the headline."""
    title, *lines = (escape(line) for line in text.split("\n") if line.strip())
    body = "\n".join(f"<p>{line}</p>" for line in lines)
    style = "\n".join(f".box-{number}{{margin:{number}px;color:#{number:06x}}}" for number in range(300))
    script = "\n".join(f'window.data.push({{"id":{dice.randint(1, 99999)},"shown":true}});' for _ in range(300))
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{title} | Cổng thông tin điện tử</title>
<meta property="og:title" content="{title}"><style>{style}</style></head>
<body><div id="header"><a href="/"><img src="/logo.png" alt="Cổng thông tin điện tử"></a></div>
<div class="menu">{_links(120, 3, dice)}</div>
<div class="main"><div class="left">{_links(40, 4, dice)}</div>
<div class="content"><div class="breadcrumb"><a href="/">Trang chủ</a> › <a href="/tin">Tin tức</a></div>
<h1 class="title">{title}</h1><div class="date">{dice.randint(1, 28)}/{dice.randint(1, 12)}/2024 08:30</div>
<div class="body">
{body}
</div><div class="share"><a href="#">Facebook</a> <a href="#">Zalo</a> <a href="#">In trang</a></div>
<div class="related"><h3>Tin liên quan</h3>{_links(20, 9, dice)}</div></div>
<div class="right"><h3>Thông báo</h3>{_links(40, 9, dice)}</div></div>
<script>{script}</script>
<div id="footer"><p>Bản quyền thuộc về Ủy ban nhân dân</p><p>Đang truy cập: {dice.randint(1, 99)}</p></div>
</body></html>
"""


def _links(count: int, words: int, dice: Random) -> str:
    items = (
        f'<li class="item"><a class="link" href="/tin-tuc/chuyen-muc/{dice.randint(10**7, 10**8)}"'
        f' target="_self">{escape(" ".join(dice.choices(_words(), k=words)).capitalize())}</a></li>'
        for _ in range(count)
    )
    return f'<ul class="list">{"".join(items)}</ul>'


@cache
def _words() -> tuple[str, ...]:
    return tuple(sorted({word for source in _corpus() for word in source.text.split() if word.islower()}))


def _halves(pool: list[list[str]], dice: Random) -> str:
    first, second = dice.choice(pool), dice.choice(pool)
    half = [*dropwhile(lambda word: not word.islower(), second[len(second) // 2 :])]  # no name is made of halves
    return " ".join([*first[: len(first) // 2], *half])


def _shuffled(line: str, dice: Random) -> str:
    """The sentences of a paragraph in another order."""
    sentences = _SENTENCE_END.split(line)
    dice.shuffle(sentences)
    return " ".join(sentences)


def _other_names(text: str, people: tuple[str, ...], dice: Random) -> str:
    for name in people:
        family, middle, given = (dice.choice(_names()) for _ in range(3))
        text = text.replace(name, " ".join([family[0], *middle[1:-1], given[-1]]))
    return text


@cache
def _names() -> tuple[list[str], ...]:
    return tuple(name.split() for source in _corpus() for name in source.people)


def _other_numbers(text: str, dice: Random) -> str:
    text = _DAY.sub(lambda _: f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.randint(2021, 2026)}", text)
    return _NUMBER.sub(lambda hit: str(dice.randint(10 ** (len(hit[0]) - 1), 10 ** len(hit[0]) - 1)), text)
