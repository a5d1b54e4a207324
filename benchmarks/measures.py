"""What `run.py` measures in a process. Times are those of the process: others on the machine cost little."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from unittest.mock import patch

import underthesea
from articles import meeting_articles, mixed_news, page_of
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
    pages: Spread
    whole: Spread
    warm: Spread
    failed: int

    @property
    def faster(self) -> Spread:
        """How many times ours the reference's time is, of articles seen for the first time."""
        return ratio(self.reference, self.whole)

    @property
    def warmer(self) -> Spread:
        """How many times the time of articles seen before that of new ones is."""
        return ratio(self.whole, self.warm)


def ratio(first: Spread, second: Spread) -> Spread:
    """How many times the second the first is, round by round."""
    return Spread(tuple(a / b for a, b in zip(first.values, second.values, strict=True)))


class Clock:
    """Gives the time of the process to the innermost stage that has begun."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
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


def extracted(extractor: Extractor, source: Path, target: Path) -> tuple[dict[str, float], int]:
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


def save(rows: Iterable[dict[str, str]], path: Path) -> Path:
    """Writes a feed."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def reading(source: Path) -> float:
    """Seconds of making articles of a feed."""
    begin = time.process_time()
    for _ in read_articles([source]):
        pass
    return time.process_time() - begin


def compare(kind: str, made: Iterator[str], rounds: int, articles: int, warm_up: int, scratch: Path) -> Compared:
    """Times the whole way, stage by stage, against the reference's tagging, in turn on the same articles."""
    dice = Random(kind)  # noqa: S311, no secret
    extractor = Extractor()
    source, target, pages = (scratch / name for name in ("articles.jsonl", "records.jsonl", "pages.jsonl"))

    def save_pages(texts: Sequence[str]) -> Path:
        return save(({"html": page_of(text, dice)} for text in texts), pages)

    before = [*islice(made, warm_up)]
    extracted(extractor, save(({"text": text} for text in before), source), target)  # as in the middle of a long run
    reading(save_pages(before[:5]))
    reference(next(made))
    theirs: list[float] = []
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    of_pages: list[float] = []
    again: list[float] = []
    characters = failed = 0
    for turn in range(rounds):
        texts = [*islice(made, articles)]
        characters += sum(map(len, texts))
        save(({"text": text} for text in texts), source)
        save_pages(texts)
        if turn % 2:
            theirs.append(timed(reference, texts)[0])
        seconds, lost = extracted(extractor, source, target)
        failed += lost
        if not turn % 2:
            theirs.append(timed(reference, texts)[0])
        again.append(sum(extracted(extractor, source, target)[0].values()))
        of_pages.append(reading(pages))
        for stage in STAGES:
            stages[stage].append(seconds[stage])
    each = 1000 / articles

    def spread(values: Iterable[float]) -> Spread:
        return Spread(tuple(value * each for value in values))

    return Compared(
        kind,
        characters / rounds / articles,
        spread(theirs),
        {stage: spread(values) for stage, values in stages.items()},
        spread(of_pages),
        spread(map(sum, zip(*stages.values(), strict=True))),
        spread(again),
        failed,
    )


def by_length(lengths: Sequence[int], rounds: int, seed: int, scratch: Path) -> dict[int, Spread]:
    """Milliseconds for one article, read from a file, by its bytes."""
    extractor = Extractor()
    made = meeting_articles(Random(f"{seed} lengths"))  # noqa: S311, no secret
    for text in islice(made, 20):  # expressions are compiled at first use
        attempt(extractor, text)
    taken: dict[int, list[float]] = {length: [] for length in lengths}
    data = bytearray()
    while len(data) < max(lengths) + 500_000:
        data += next(made).encode() + b"\n\n"
    for turn in range(rounds):
        for length in lengths:
            source = scratch / "long.txt"
            begin = turn * 100_000 if length < max(lengths) else 0
            source.write_bytes(data[begin : begin + length].decode(errors="ignore").encode())
            taken[length].append(sum(extracted(extractor, source, scratch / "long.jsonl")[0].values()) * 1000)
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
        save(({"text": text} for text in islice(made, articles)), source)
        for count, extractor in extractors.items():
            seconds = extracted(extractor, source, scratch / "matched.out")[0]["matching"]
            if turn:  # the first fills the memos
                taken[count].append(seconds * 1000 / articles)
    return {count: Spread(tuple(values)) for count, values in taken.items()}


_START = "from meetextract import Extractor; Extractor()('Sáng 8/7/2024, UBND xã Tân Lập họp, đạt trên 61% dự toán.')"


def start_up(rounds: int) -> tuple[Spread, Spread]:
    """Seconds of a new process, from its start to the first record: by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(rounds + 1):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", _START], check=True)  # noqa: S603, our own words
        clock.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Spread(tuple(clock[1:])), Spread(tuple(processor[1:]))  # the first fills the machine's cache of files


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
