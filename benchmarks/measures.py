"""What `run.py` measures. Times are those of the process, so that others on the machine cost little."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from unittest.mock import patch

import underthesea
from articles import meeting_articles, mixed_news
from tagging import timed

from meetextract import Article, Extractor, Record, pipeline
from meetextract.errors import InputError
from meetextract.read.files import read_articles
from meetextract.segment import tagging
from meetextract.settings import pattern_dir
from meetextract.sinks.jsonl import RecordWriter, record_to_json
from meetextract.text import fold

STAGES = ("reading", "segmenting", "tagging", "matching", "assembling", "writing")
KINDS: dict[str, Callable[[Random], Iterator[str]]] = {"meeting articles": meeting_articles, "mixed news": mixed_news}


@dataclass(frozen=True, slots=True)
class Spread:
    """What came of several rounds."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def shown(self, digits: int = 1) -> str:
        """Median and range."""
        return f"{self.middle:.{digits}f} ({min(self.values):.{digits}f} to {max(self.values):.{digits}f})"


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of news: milliseconds an article, round by round."""

    kind: str
    characters: float
    reference: Spread
    stages: dict[str, Spread]
    whole: Spread
    warm: Spread
    failed: int

    @property
    def faster(self) -> Spread:
        """How many times the reference's time is ours, of articles seen for the first time."""
        return Spread(tuple(a / b for a, b in zip(self.reference.values, self.whole.values, strict=True)))


class Clock:
    """Gives the time of the process to the innermost stage that has begun."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._stage = ""
        self._since = time.process_time()

    def switch(self, stage: str) -> str:
        """Begins a stage; which there was before."""
        now = time.process_time()
        self.seconds[self._stage] += now - self._since
        outer, self._stage, self._since = self._stage, stage, now
        return outer

    def within(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, its time taken for a stage."""

        def clocked(*given: Any, **named: Any) -> Any:
            outer = self.switch(stage)
            try:
                return work(*given, **named)
            finally:
                self.switch(outer)

        return clocked


def attempt(extractor: Extractor, article: Article | str) -> Record | None:
    """The record of an article, None where it fails: as in a long run, that costs the article."""
    try:
        return extractor(article)
    except Exception:
        return None


def extracted(extractor: Extractor, source: Path, target: Path) -> tuple[Counter[str], int]:
    """Seconds of each stage on the way from a file of articles to one of records, and how many articles failed."""
    clock = Clock()
    failed = 0
    with ExitStack() as stack, RecordWriter(target) as writer:
        for module, name, stage in (
            (pipeline, "read_layout", "reading"),
            (pipeline, "fingerprint", "reading"),
            (pipeline, "segment", "segmenting"),
            (tagging, "_tag_piece", "tagging"),  # asked for while matching and assembling
            (pipeline, "find", "matching"),
        ):
            stack.enter_context(patch.object(module, name, clock.within(stage, getattr(module, name))))
        extract = clock.within("assembling", attempt)
        to_json, write = clock.within("writing", record_to_json), clock.within("writing", writer.write_line)
        clock.switch("reading")
        for article in read_articles([source]):
            record = None if isinstance(article, InputError) else extract(extractor, article)
            if record is None:
                failed += 1
            else:
                write(to_json(record))
        clock.switch("")
    return clock.seconds, failed


def reference(text: str) -> object:
    """Tags a text with underthesea as its users do."""
    return [underthesea.pos_tag(sentence) for sentence in underthesea.sent_tokenize(text)]


def compare(kind: str, rounds: int, articles: int, warm_up: int, seed: int, scratch: Path) -> Compared:
    """Times the whole way, stage by stage, against the reference's tagging, in turn on the same articles."""
    made = KINDS[kind](Random(f"{seed} {kind}"))  # noqa: S311, no secret
    extractor = Extractor()
    source, target = scratch / "articles.jsonl", scratch / "records.jsonl"

    def save(texts: Sequence[str]) -> None:
        lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
        source.write_text("".join(lines), encoding="utf-8")

    save([*islice(made, warm_up)])
    extracted(extractor, source, target)  # as in the middle of a long run
    reference(next(made))
    theirs: list[float] = []
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    again: list[float] = []
    characters = failed = 0
    for turn in range(rounds):
        texts = [*islice(made, articles)]
        characters += sum(map(len, texts))
        save(texts)
        if turn % 2:
            theirs.append(timed(reference, texts)[0])
        seconds, lost = extracted(extractor, source, target)
        failed += lost
        if not turn % 2:
            theirs.append(timed(reference, texts)[0])
        again.append(extracted(extractor, source, target)[0].total())
        for stage in STAGES:
            stages[stage].append(seconds[stage])
    each = 1000 / articles
    return Compared(
        kind,
        characters / rounds / articles,
        Spread(tuple(value * each for value in theirs)),
        {stage: Spread(tuple(value * each for value in values)) for stage, values in stages.items()},
        Spread(tuple(sum(values) * each for values in zip(*stages.values(), strict=True))),
        Spread(tuple(value * each for value in again)),
        failed,
    )


def by_length(lengths: Sequence[int], rounds: int, seed: int, scratch: Path) -> dict[int, Spread]:
    """Milliseconds for one article, read from a file, by its bytes."""
    extractor = Extractor()
    made = meeting_articles(Random(f"{seed} lengths"))  # noqa: S311, no secret
    for text in islice(made, 20):  # expressions are compiled at first use
        attempt(extractor, text)
    taken: dict[int, list[float]] = {length: [] for length in lengths}
    text = b""
    while len(text) < max(lengths) + 500_000:
        text += next(made).encode() + b"\n\n"
    for turn in range(rounds):
        for length in lengths:
            source = scratch / "long.txt"
            begin = turn * 100_000 if length < max(lengths) else 0
            source.write_bytes(text[begin : begin + length].decode(errors="ignore").encode())
            taken[length].append(extracted(extractor, source, scratch / "long.jsonl")[0].total() * 1000)
    return {length: Spread(tuple(values)) for length, values in taken.items()}


def by_patterns(counts: Sequence[int], rounds: int, articles: int, seed: int, scratch: Path) -> dict[int, Spread]:
    """Milliseconds of matching an article, by how many patterns were made and added to the shipped ones."""
    dice = Random(f"{seed} patterns")  # noqa: S311, no secret
    made = meeting_articles(dice)
    words = [word for text in islice(made, 100) for word in fold(text).split() if word.isalpha() and word.islower()]
    extractors = {}
    for count in counts:
        directory = scratch / f"patterns-{count}"
        (directory / "gazetteers").mkdir(parents=True)
        for path in pattern_dir().rglob("*.*"):
            (directory / path.relative_to(pattern_dir())).write_bytes(path.read_bytes())
        patterns = []
        for number in range(count):
            one, two, other = dice.choices(words, k=3)
            regex = rf"(?P<num>\d+(?:,\d+)?) (?P<unit>(?:{one}|{other}) {two})"
            example = {"text": f"có [7 {one} {two}]", "value": {"value": 7}}
            patterns.append(
                {"id": f"made.n{number}", "label": "QUANTITY", "name": f"Mẫu {number}", "regex": regex, "priority": -9,
                 "examples": [example]}
            )  # fmt: skip
        if patterns:
            (directory / "made.yaml").write_text(json.dumps(patterns, ensure_ascii=False), encoding="utf-8")
        extractors[count] = Extractor(directory)
        for pattern in extractors[count].library.patterns:
            assert pattern.compiled  # else at first use
    source = scratch / "matched.jsonl"
    taken: dict[int, list[float]] = {count: [] for count in counts}
    for turn in range(rounds + 1):
        lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in islice(made, articles))
        source.write_text("".join(lines), encoding="utf-8")
        for count, extractor in extractors.items():
            seconds = extracted(extractor, source, scratch / "matched.out")[0]["matching"]
            if turn:  # the first fills the memos
                taken[count].append(seconds * 1000 / articles)
    return {count: Spread(tuple(values)) for count, values in taken.items()}


_START = "from meetextract import Extractor; Extractor()('Sáng 8/7/2024, UBND xã Tân Lập họp, đạt trên 61% dự toán.')"


def start_up(rounds: int) -> Spread:
    """Seconds of a new process, from its start to the first record."""
    taken = []
    for _ in range(rounds + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", _START], check=True)  # noqa: S603, our own words
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Spread(tuple(taken[1:]))  # the first fills the machine's cache of files


def memory(articles: int, seed: int) -> list[tuple[int, float]]:
    """Megabytes that a process of its own holds after so many articles, at ten points of its way."""
    command = [sys.executable, __file__, str(articles), str(seed)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603, our own words
    return [(int(count), float(size)) for count, size in map(str.split, done.stdout.splitlines())]


def _grow(articles: int, seed: int) -> None:
    extractor = Extractor()
    made = mixed_news(Random(f"{seed} memory"))  # noqa: S311, no secret
    for count, text in enumerate(islice(made, articles), 1):
        if record := attempt(extractor, text):
            record_to_json(record)
        if count % max(1, articles // 10) == 0:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            sys.stdout.write(f"{count} {pages * resource.getpagesize() / 1e6}\n")


if __name__ == "__main__":
    _grow(int(sys.argv[1]), int(sys.argv[2]))
