"""Runs of the command line with a quick extractor in the place of the real one."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
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


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Write a feed of short articles, some of which have a text of their own."""

    def write(name: str = "feed.jsonl", articles: int = 120, texts: dict[int, str] | None = None) -> None:
        with (tmp_path / name).open("w", encoding="utf-8") as file:
            for at in range(articles):
                text = (texts or {}).get(at, f"Bài {at}.")
                file.write(json.dumps({"id": f"{Path(name).stem}{at}", "text": text}, ensure_ascii=False) + "\n")

    return write


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start `meetextract extract` with a pattern of its own, in a process group of its own."""
    patterns = tmp_path / "patterns"
    patterns.mkdir()
    shutil.copytree(pattern_dir() / "gazetteers", patterns / "gazetteers")
    for name in ("grammar.yaml", "parts.yaml", "chrome.tsv"):
        shutil.copy(pattern_dir() / name, patterns / name)
    (patterns / "a.yaml").write_text(PATTERN, encoding="utf-8")

    def start_there(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "meetextract.cli", "extract", *arguments, "--patterns", "patterns"],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join([str(STAND_IN), *sys.path])},
            preexec_fn=heed_signals, start_new_session=True,
        )  # fmt: skip

    return start_there


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
