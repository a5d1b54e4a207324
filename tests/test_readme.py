"""What README.md and CONTRIBUTING.md show is what happens."""

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARTICLE = "Sáng 8/7/2024, UBND xã Tân Lập họp, đạt trên 61% dự toán."

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, *languages: str) -> list[tuple[str, str]]:
    found = [(match[1], match[2]) for match in _BLOCK.finditer(text) if match[1] in languages]
    assert found
    return found


def test_python_blocks_print_what_stands_below_them() -> None:
    names: dict[str, object] = {}
    parts = blocks(README, "python", "text")
    shown = 0
    for index, (language, source) in enumerate(parts):
        if language != "python":
            continue
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(source, f"README.md, python block {index + 1}", "exec"), names)
        following = parts[index + 1] if index + 1 < len(parts) else ("", "")
        expected = following[1] if following[0] == "text" else ""
        assert output.getvalue() == expected
        shown += bool(expected)
    assert shown == sum(language == "text" for language, _ in parts) >= 5


def test_ci_runs_the_two_commands() -> None:
    first, second = (source for _, source in blocks(README, "sh")[:2])
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert steps.count(first) == 1
    assert steps.endswith(second)  # so that its last lines are pytest's
    for command in (first, second):
        assert command.count("\n") == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the commands speak of."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "feed.jsonl").write_text(json.dumps({"id": "two", "text": ARTICLE}) + "\n", encoding="utf-8")
    shutil.copytree(ROOT / "patterns", tmp_path / "patterns")
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    (tmp_path / "records.jsonl").write_text("{}\n", encoding="utf-8")  # as the first command leaves one
    return tmp_path


def sh(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    python = f"'{sys.executable}' -m meetextract.cli"
    script = re.sub(r"^(?:\.venv/bin/)?meetextract\b", lambda _: python, commands, flags=re.MULTILINE)
    return subprocess.run(
        ["sh", "-ec", script], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.mark.parametrize("commands", [source for _, source in blocks(README, "sh")[2:]])
def test_shell_blocks_run(commands: str, folder: Path) -> None:
    done = sh(commands, folder)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    outputs = re.findall(r"--output (\S+)", commands)
    assert outputs
    for output in outputs:
        written = (folder / output).read_text(encoding="utf-8")
        assert written.count("\n") >= 1
        assert written != "{}\n"


def test_the_walk_through_adds_a_pattern(folder: Path) -> None:
    copy, check, extract = (source for _, source in blocks(CONTRIBUTING, "sh"))
    (_, pattern), (_, better) = blocks(CONTRIBUTING, "yaml")
    (_, report) = blocks(CONTRIBUTING, "text")[0]
    assert sh(copy, folder).returncode == 0
    file = folder / "my-patterns" / "counts.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{pattern}", encoding="utf-8")
    wrong = sh(check, folder)
    assert wrong.returncode == 1
    assert report in wrong.stdout
    (line,) = (line for line in pattern.splitlines(keepends=True) if "regex:" in line)
    file.write_text(f"{before}\n{pattern.replace(line, better)}", encoding="utf-8")
    right = sh(check, folder)
    assert right.returncode == 0, right.stdout[-3000:]
    assert sh(extract, folder).returncode == 0


def test_links_lead_somewhere() -> None:
    for text in (README, CONTRIBUTING):
        for target in re.findall(r"\]\(((?!https?:)[^)]+)\)", text):
            assert (ROOT / target).exists()


def test_the_record_table_names_every_field() -> None:
    from dataclasses import fields

    from meetextract.records import Record

    table = README.partition("| field | what it holds |")[2].partition("\n\n")[0]
    assert {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    } == {field.name for field in fields(Record)}
