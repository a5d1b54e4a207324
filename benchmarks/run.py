"""Measures how fast meetextract is, on news made of `corpus/` by a seed; see `benchmarks/README.md`.

    python benchmarks/run.py [--only stages,length,...] [--quick] [--write] [--seed 1]

Prints the report; `--write` puts the parts that were measured into `benchmarks/README.md`, with plots beside it.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from engines import ENGINES, by_engine
from feeding import KINDS_OF_DATABASE, databases, feed, lines
from measures import KINDS, STAGES, Compared, Spread, by_length, by_patterns, compare, memory, ratio, start_up
from plots import bars, curve

from meetextract import Article
from meetextract.read.files import read_articles

HERE = Path(__file__).parent
LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # bytes
PATTERNS = (0, 250, 500, 1_000, 2_000)


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table in Markdown; all columns but the first are figures."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def stage_rows(compared: Sequence[Compared]) -> Iterator[list[str]]:
    """The rows of the table of stages."""
    yield ["underthesea, tagging alone", *(each.reference.shown() for each in compared)]
    for stage in STAGES:
        yield [stage, *(each.stages[stage].shown() for each in compared)]
    yield ["**all stages, new articles**", *(each.whole.shown() for each in compared)]
    yield ["all stages, the same articles again", *(each.warm.shown() for each in compared)]
    yield ["new articles, times the same again", *(each.warmer.shown(2) for each in compared)]
    yield ["reading, where each is a page of HTML", *(each.pages.shown() for each in compared)]
    yield ["articles that failed, of all rounds", *(str(each.failed) for each in compared)]
    yield ["**times as fast as underthesea's tagging**", *(each.faster.shown() for each in compared)]


@dataclass(slots=True)
class Run:
    """One run of the benchmarks: its options, a folder for what comes and goes, and the plots made so far."""

    options: argparse.Namespace
    scratch: Path
    plots: dict[str, str] = field(default_factory=dict)

    def few(self, usual: int, quick: int) -> int:
        """So many, or fewer where the run is only tried."""
        return quick if self.options.quick else usual

    def dice(self, kind: str) -> Random:
        """The dice of a kind of news."""
        return Random(f"{self.options.seed} {kind}")  # noqa: S311, no secret


def stages(run: Run) -> Iterator[str]:
    """The whole way, stage by stage."""
    yield from _stages(run, {kind: make(run.dice(kind)) for kind, make in KINDS.items()}, "stages.svg")


def given(run: Run) -> Iterator[str]:
    """The same on articles of the reader's own."""
    needed = run.few(run.options.warm, 5) + 1 + run.few(run.options.rounds, 2) * run.few(run.options.each, 4)
    kinds: dict[str, Iterator[str]] = {}
    for path in run.options.articles_from:
        texts = [article.text for article in read_articles([path]) if isinstance(article, Article)]
        if len(texts) < needed:
            raise SystemExit(
                f"{path}: {len(texts)} articles, but {needed} are needed. Lower --warm, --rounds or --each."
            )
        run.dice(path.stem).shuffle(texts)
        kinds[path.stem] = iter(texts)
    yield from _stages(run, kinds, "given.svg")


def _stages(run: Run, kinds: Mapping[str, Iterator[str]], plot: str) -> Iterator[str]:
    rounds, articles, warm = (
        run.few(usual, quick)
        for usual, quick in ((run.options.rounds, 2), (run.options.each, 4), (run.options.warm, 5))
    )
    yield f"{rounds} rounds of {articles} articles, after {warm} others."
    yield ""
    compared = [compare(kind, made, rounds, articles, warm, run.scratch) for kind, made in kinds.items()]
    sizes = [f"{each.kind} of {each.characters:.0f} characters" for each in compared]
    yield from table(["milliseconds an article", *sizes], [*stage_rows(compared)])
    yield f"![Milliseconds an article, stage by stage]({plot})"
    run.plots[plot] = bars(compared)


def lengths(run: Run) -> Iterator[str]:
    """One article after another, each longer."""
    rounds = run.few(3, 1)
    yield f"{rounds} rounds."
    yield ""
    found = by_length(LENGTHS[:3] if run.options.quick else LENGTHS, rounds, run.options.seed, run.scratch)
    rows = [[f"{length:,}", spread.shown(0)] for length, spread in found.items()]
    yield from table(["bytes of one article", "milliseconds"], rows)
    yield "![Milliseconds by the length of an article](lengths.svg)"
    run.plots["lengths.svg"] = curve(found, "bytes of one article", "milliseconds", is_logarithmic=True)


def patterns(run: Run) -> Iterator[str]:
    """More patterns, and more again."""
    rounds, articles = run.few(5, 1), run.few(20, 4)
    yield f"{rounds} rounds of {articles} articles of meetings."
    yield ""
    counts = PATTERNS[:2] if run.options.quick else PATTERNS
    found = by_patterns(counts, rounds, articles, run.options.seed, run.scratch)
    rows = [[f"{count:,}", spread.shown(), ratio(spread, found[0]).shown(2)] for count, spread in found.items()]
    head = ["patterns beside the shipped ones", "milliseconds of matching an article", "times that of the shipped"]
    yield from table(head, rows)
    yield "![Milliseconds of matching by the number of patterns](patterns.svg)"
    up = "milliseconds of matching"
    run.plots["patterns.svg"] = curve(found, "patterns beside the shipped ones", up, is_logarithmic=False)


def workers(run: Run) -> Iterator[str]:
    """Whole runs of the command line."""
    rounds, articles = run.few(5, 1), run.few(run.options.articles, 60)
    yield f"{rounds} rounds of {articles:,} articles of mixed news, and of a tenth of that; seconds of the clock."
    yield ""
    found = by_engine(articles, rounds, run.options.seed, run.scratch)
    one, two, dask = (found[name].pace for name in ENGINES)
    rows = [[name, each.pace.shown(), each.start.shown(), each.memory.shown(0)] for name, each in found.items()]
    yield from table(["", "articles a second", "seconds of start and end", "MB of the largest worker"], rows)
    ratios = [["two workers against one", ratio(two, one).shown(2)], ["pool against Dask", ratio(two, dask).shown(2)]]
    yield from table(["", "times as many articles a second"], ratios)


def start(run: Run) -> Iterator[str]:
    """A new process."""
    rounds = run.few(5, 1)
    yield f"{rounds} rounds."
    yield ""
    clock, processor = start_up(rounds)
    rows = [["by the clock", clock.shown(2)], ["of the processor", processor.shown(2)]]
    yield from table(["a new process, to its first record", "seconds"], rows)


def held(run: Run) -> Iterator[str]:
    """A long run of one process."""
    yield ""
    grown = memory(run.few(run.options.articles, 50), run.options.seed)
    yield from table(["articles of mixed news", "MB held"], [[f"{at:,}", f"{size:.0f}"] for at, size in grown])


def database(run: Run) -> Iterator[str]:
    """Records into the tracking database."""
    rounds, articles, copies = run.few(5, 1), run.few(200, 4), run.few(10, 1)
    made, entries, extracting = lines([*islice(KINDS["mixed news"](run.dice("database")), articles)], copies)
    yield f"{rounds} rounds of {len(made):,} records with {entries:,} entries, by turns."
    yield ""
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS_OF_DATABASE}
    for number in range(rounds):
        (folder := run.scratch / str(number)).mkdir()
        with databases(folder) as urls:
            for kind, url in urls.items():
                taken[kind].append(feed(url, made))
    spreads = {kind: [*zip(*seconds, strict=True)] for kind, seconds in taken.items()}
    rows = [
        [words, *(Spread(tuple(of(seconds) for seconds in spreads[kind][time])).shown(digits) for kind in spreads)]
        for words, time, of, digits in (
            ("entries a second", 0, lambda seconds: entries / seconds, 0),
            ("entries a second, the same again", 1, lambda seconds: entries / seconds, 0),
            ("times as fast as extracting", 0, lambda seconds: extracting * len(made) / seconds, 1),
        )
    ]
    yield from table(["from JSON lines to committed rows", *spreads], rows)


PARTS: dict[str, tuple[str, Callable[[Run], Iterator[str]]]] = {
    "stages": ("Stage by stage", stages),
    "given": ("Stage by stage, on articles that are not made", given),
    "length": ("By the length of an article", lengths),
    "patterns": ("By the number of patterns", patterns),
    "workers": ("Worker processes, and Dask", workers),
    "start": ("Start-up", start),
    "memory": ("Memory of one process", held),
    "database": ("Feeding the tracking database", database),
}


def replaced(readme: str, measured: Mapping[str, str]) -> str:
    """The report with the parts that were measured in the place of the old ones; the words before it stay."""
    words, *rest = re.split(r"<!-- measured: (\w+) -->\n", readme)
    parts = dict(zip(rest[::2], rest[1::2], strict=True)) | {name: f"\n{text}\n" for name, text in measured.items()}
    found = "\n".join(f"<!-- measured: {name} -->\n{parts[name].rstrip()}\n" for name in PARTS if name in parts)
    return f"{words.rstrip()}\n\n{found}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report, and writes it where that is asked for."""
    parser = argparse.ArgumentParser(description="Measures how fast meetextract is.")
    parser.add_argument("--only", type=lambda names: names.split(","), metavar="PART,...", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=7, help="of the stages")
    parser.add_argument("--each", type=int, default=10, help="articles in a round of the stages")
    parser.add_argument("--warm", type=int, default=300, help="articles that are read before the stages are timed")
    parser.add_argument("--articles", type=int, default=2_000, help="in the long runs: of workers and of memory")
    parser.add_argument(
        "--articles-from", type=Path, nargs="+", metavar="FILE", help="measure the stages on these, too"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="see whether it runs; the figures are worth nothing")
    parser.add_argument("--write", action="store_true", help="write README.md and the plots beside this file")
    options = parser.parse_args(arguments)
    names = options.only or [name for name in PARTS if name != "given" or options.articles_from]
    if unknown := set(names) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if "given" in names and not options.articles_from:
        parser.error("name the articles with --articles-from")
    measured = {}
    for name in names:
        title, measure = PARTS[name]
        with TemporaryDirectory() as scratch:
            run = Run(options, Path(scratch))
            text = "\n".join([f"## {title}", "", f"{machine()}; seed {options.seed}.", *measure(run)]).rstrip() + "\n"
        measured[name] = text
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
        if options.write:  # part by part: a run of many minutes may be stopped
            for plot, drawn in run.plots.items():
                (HERE / plot).write_text(drawn, encoding="utf-8")
            readme = HERE / "README.md"
            readme.write_text(replaced(readme.read_text(encoding="utf-8"), {name: text}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
