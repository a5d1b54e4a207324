"""The benchmarks run; what they measure is not tested."""

import importlib
import subprocess
import sys
from itertools import islice
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from meetextract.read.html import read_page

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def articles(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("articles")


@pytest.mark.parametrize("kind", ["meeting_articles", "mixed_news"])
def test_a_seed_makes_the_same_news_again(articles: ModuleType, kind: str) -> None:
    made = [[*islice(getattr(articles, kind)(Random(seed)), 5)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert len({*made[0]}) == 5


def test_the_article_is_read_from_its_page(articles: ModuleType) -> None:
    text = next(articles.meeting_articles(Random(1)))
    read = read_page(articles.page_of(text, Random(1))).text
    long = [line.strip() for line in text.split("\n")[1:] if len(line) > 150]
    assert long and all(line in read for line in long)


def test_parts_are_measured_alone() -> None:
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--quick", "--only", "stages"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("#")] == ["## Stage by stage"]
    assert "| articles that failed, of all rounds | 0 | 0 |" in done.stdout


def test_only_what_was_measured_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    run = importlib.import_module("run")
    both = run.replaced("# Words\n", {"memory": "much", "stages": "slow"})
    assert both == "# Words\n\n<!-- measured: stages -->\n\nslow\n\n<!-- measured: memory -->\n\nmuch\n"
    assert run.replaced(both, {"stages": "fast"}) == both.replace("slow", "fast")
