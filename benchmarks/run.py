"""Measures how fast meetextract is, on news made of `corpus/` by a seed; see `benchmarks/README.md`.

    python benchmarks/run.py [--quick] [--write] [--seed 1]

Prints the report; `--write` puts it into `benchmarks/README.md`, with its plot in `benchmarks/stages.svg`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from measures import KINDS, STAGES, Compared, Spread, by_length, by_patterns, compare, memory, start_up

HERE = Path(__file__).parent
MARK = "<!-- what `python benchmarks/run.py --write` measured -->\n"
LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # bytes
PATTERNS = (0, 250, 500, 1_000, 2_000)
COLOURS = ("#4c78a8", "#72b7b2", "#54a24b", "#f58518", "#e45756", "#b279a2")


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
    yield ["articles that failed, of all rounds", *(str(each.failed) for each in compared)]
    yield ["**times as fast as underthesea's tagging**", *(each.faster.shown() for each in compared)]


def plot(compared: Sequence[Compared]) -> str:
    """Bars of the reference and, stage by stage, of the whole way, as SVG."""
    bars = []
    for each in compared:
        bars.append((f"{each.kind}: underthesea", [("tagging alone", each.reference.middle, "#9a9a9a")]))
        stages = zip(STAGES, COLOURS, strict=True)
        bars.append((f"{each.kind}: meetextract", [(name, each.stages[name].middle, ink) for name, ink in stages]))
    scale = 520 / max(sum(value for _, value, _ in parts) for _, parts in bars)
    height = 40 * len(bars) + 50
    shapes = []
    for row, (name, parts) in enumerate(bars):
        left, top = 220.0, 40 * row + 10
        shapes.append(f'<text x="210" y="{top + 19}" text-anchor="end">{name}</text>')
        for part, value, ink in parts:
            width = value * scale
            title = f"<title>{part}: {value:.1f} ms</title>"
            shapes.append(f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="28" fill="{ink}">{title}</rect>')
            left += width
        shapes.append(f'<text x="{left + 6:.1f}" y="{top + 19}">{sum(value for _, value, _ in parts):.1f} ms</text>')
    for place, (stage, ink) in enumerate(zip(STAGES, COLOURS, strict=True)):
        shapes.append(f'<rect x="{220 + 95 * place}" y="{height - 28}" width="12" height="12" fill="{ink}"/>')
        shapes.append(f'<text x="{236 + 95 * place}" y="{height - 17}">{stage}</text>')
    style = 'font-family="sans-serif" font-size="13"'
    lines = "\n".join(shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="820" height="{height}" {style}>\n{lines}\n</svg>\n'


def report(options: argparse.Namespace, compared: list[Compared], scratch: Path) -> Iterator[str]:
    """The lines of the report."""
    rounds, articles, few = (2, 4, 1) if options.quick else (options.rounds, options.articles, 3)
    yield f"Measured on {machine()}; seed {options.seed}, medians and ranges of {rounds} rounds of {articles} articles."
    yield ""
    for kind in KINDS:
        compared.append(compare(kind, rounds, articles, 5 if options.quick else options.warm, options.seed, scratch))
    sizes = [f"{each.kind} of {each.characters:.0f} characters" for each in compared]
    yield from table(["milliseconds an article", *sizes], [*stage_rows(compared)])
    lengths = by_length(LENGTHS[:3] if options.quick else LENGTHS, few, options.seed, scratch)
    rows = [[f"{length:,}", spread.shown(0)] for length, spread in lengths.items()]
    yield from table(["bytes of one article", "milliseconds"], rows)
    counts = by_patterns(PATTERNS[:2] if options.quick else PATTERNS, few, 5, options.seed, scratch)
    rows = [[f"{count:,}", spread.shown()] for count, spread in counts.items()]
    yield from table(["patterns beside the shipped ones", "milliseconds of matching an article"], rows)
    started: Spread = start_up(few)
    yield from table(["", "seconds"], [["start-up: a new process to its first record", started.shown(2)]])
    grown = memory(50 if options.quick else options.memory, options.seed)
    yield from table(["articles read by one process", "MB held"], [[f"{at:,}", f"{size:.0f}"] for at, size in grown])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report, and writes it where that is asked for."""
    parser = argparse.ArgumentParser(description="Measures how fast meetextract is.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--articles", type=int, default=10, help="in a round")
    parser.add_argument("--warm", type=int, default=100, help="articles that are read before")
    parser.add_argument("--memory", type=int, default=2_000, help="articles of the measure of memory")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="see whether it runs; the figures are worth nothing")
    parser.add_argument("--write", action="store_true", help="write README.md and stages.svg beside this file")
    options = parser.parse_args(arguments)
    compared: list[Compared] = []
    lines = []
    with TemporaryDirectory() as scratch:
        for line in report(options, compared, Path(scratch)):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
    if options.write:
        readme = HERE / "README.md"
        words = readme.read_text(encoding="utf-8").partition(MARK)[0]
        readme.write_text(words + MARK + "\n" + "\n".join(lines).rstrip() + "\n", encoding="utf-8")
        (HERE / "stages.svg").write_text(plot(compared), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
