"""Runs of the command line with a quick extractor in the place of the real one."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from meetextract.settings import pattern_dir

STAND_IN = Path(__file__).parent / "stand_in"
PATTERN = """\
- id: a.b
  label: QUANTITY
  name: Tỷ lệ
  regex: '(?P<num>\\d+)(?P<unit>%)'
  examples:
    - text: "đạt [61%]"
      value: {value: 61}
"""

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Feed = Callable[..., None]


def heed_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def write_feed(path: Path, articles: int, texts: dict[int, str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for at in range(articles):
            text = texts.get(at, f"Bài {at}.")
            file.write(json.dumps({"id": f"{path.stem}{at}", "text": text}, ensure_ascii=False) + "\n")


def write_patterns(patterns: Path) -> None:
    patterns.mkdir()
    shutil.copytree(pattern_dir() / "gazetteers", patterns / "gazetteers")
    for name in ("grammar.yaml", "parts.yaml", "chrome.tsv"):
        shutil.copy(pattern_dir() / name, patterns / name)
    (patterns / "a.yaml").write_text(PATTERN, encoding="utf-8")


def start_in(folder: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "meetextract.cli", "extract", *arguments, "--patterns", "patterns"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env=stand_in_environment() | environment, preexec_fn=heed_signals, start_new_session=True,
    )  # fmt: skip


def stand_in_environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(STAND_IN), *sys.path])}


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Write a feed of short articles, some of which have a text of their own."""

    def write(name: str = "feed.jsonl", articles: int = 120, texts: dict[int, str] | None = None) -> None:
        write_feed(tmp_path / name, articles, texts or {})

    return write


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start `meetextract extract` with a pattern of its own, in a process group of its own."""
    write_patterns(tmp_path / "patterns")
    return partial(start_in, tmp_path)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The records of 120 articles, made in one process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_patterns(folder / "patterns")
    write_feed(folder / "feed.jsonl", 120, {})
    with start_in(folder, "feed.jsonl", "--output", "out.jsonl") as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return (folder / "out.jsonl").read_bytes()


@pytest.fixture
def undisturbed(first_run: bytes, feed: Feed) -> bytes:
    """The records of the 120 articles of `feed.jsonl`."""
    feed()
    return first_run


@pytest.fixture
def environment() -> dict[str, str]:
    """That of processes with the quick extractor."""
    return stand_in_environment()


@pytest.fixture
def run(start: Start) -> Run:
    """Run it to its end."""

    def run_there(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        with start(*arguments, **environment) as process:
            try:
                out, errors = process.communicate(timeout=120)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
        assert "Traceback" not in errors, errors
        return subprocess.CompletedProcess([], process.returncode, out, errors)

    return run_there
