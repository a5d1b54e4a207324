"""How much faster the fast tagger is than underthesea, in one run, on text made of `corpus/` by a seed.

    python benchmarks/tagging.py [--rounds 9] [--articles 20] [--warm 300] [--seed 1]

Each round takes other articles, made of halves of the corpus' sentences put together anew, and runs all engines on them
in turn, so that a busy machine slows all of them. The reference is underthesea as its users call it,
`[underthesea.pos_tag(s) for s in underthesea.sent_tokenize(text)]`; the fast tagger gets the same sentences. Then whole
extractions with either tagger. Times are those of the process; trust the ratios. Exit code 1 if anything differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from unicodedata import normalize

import underthesea

from meetextract import Extractor
from meetextract.segment.fast_tagger import FastTagger, make_tagger

CORPUS = Path(__file__).parents[1] / "corpus"
SENTENCES = 24  # of an article, as in news


def made_articles(dice: Random) -> Iterator[str]:
    """Articles without end, of sentences that nobody has tagged before."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))
    sentences = [sentence.split() for text in texts for sentence in underthesea.sent_tokenize(normalize("NFC", text))]
    while True:
        article = []
        for _ in range(SENTENCES):
            first, second = dice.choice(sentences), dice.choice(sentences)
            article.append(" ".join([*first[: len(first) // 2], *second[len(second) // 2 :]]))
        yield "\n".join(article)


def timed(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, list[object]]:
    """The seconds that a work takes, and what came of it."""
    begin = process_time()
    results = [work(text) for text in texts]
    return process_time() - begin, results


def shown(name: str, seconds: Sequence[float], reference: Sequence[float], articles: int) -> str:
    """A line of the report."""
    ratios = [theirs / ours for ours, theirs in zip(seconds, reference, strict=True)]
    spread = f"{median(ratios):6.1f} ({min(ratios):.1f} to {max(ratios):.1f})"
    return f"{name:34}{median(seconds) / articles * 1000:9.2f}   {spread}\n"


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Prints the report and returns the exit code."""
    parser = argparse.ArgumentParser(description="Times the fast tagger against underthesea.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--articles", type=int, default=20, help="in a round")
    parser.add_argument("--warm", type=int, default=300, help="articles that the fast tagger sees before")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    tagger = make_tagger()
    if not isinstance(tagger, FastTagger):
        return 1  # and it has warned of another underthesea
    reference_extractor, extractor = Extractor(tagger="underthesea"), Extractor()
    articles = made_articles(Random(options.seed))  # noqa: S311, no secret
    works: dict[str, Callable[[str], object]] = {
        "underthesea": lambda text: [underthesea.pos_tag(sentence) for sentence in underthesea.sent_tokenize(text)],
        "fast": lambda text: [
            [(word, tag) for _, word, tag in tagger(sentence)] for sentence in underthesea.sent_tokenize(text)
        ],
        "extraction, tagger underthesea": lambda text: reference_extractor(text),
        "extraction, tagger fast": lambda text: extractor(text),
    }
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for text in islice(articles, options.warm):
        works["fast"](text)  # as in the middle of a long run, where most syllables have been seen before
    different = 0
    for turn in range(options.rounds + 1):
        texts = [next(articles) for _ in range(options.articles)]
        results = {}
        for name, work in works.items():
            taken, results[name] = timed(work, texts)
            if turn:  # the first round loads models and patterns
                seconds[name].append(taken)
        different += sum(a != b for a, b in zip(results["underthesea"], results["fast"], strict=True))
        different += sum(a != b for a, b in zip(*[results[name] for name in list(works)[2:]], strict=True))
    write(f"{options.rounds} rounds of {options.articles} articles of {SENTENCES} sentences\n")
    write(f"{'':34}{'ms/article':>9}   faster than underthesea\n")
    for name, reference in zip(works, [*["underthesea"] * 2, *["extraction, tagger underthesea"] * 2], strict=True):
        write(shown(name, seconds[name], seconds[reference], options.articles))
    write(f"articles whose words, tags or records differ: {different}\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
