"""docs/database.md shows the schema that is, and what it shows can be run."""

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

from meetextract import extract, record_to_json

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")


def test_the_schema_is_drawn_from_the_tables() -> None:
    written = runpy.run_path(str(ROOT / "tools" / "draw_schema.py"))["written_into"]
    assert written(PAGE) == PAGE, "run: python tools/draw_schema.py docs/database.md"


def test_the_recipe_with_pandas_works(tmp_path: Path) -> None:
    (_, recipe) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "records").mkdir()
    line = record_to_json(extract("Chủ tịch UBND xã yêu cầu Công an xã báo cáo trước ngày 30/9/2024."))
    (tmp_path / "records" / "part-000000-0.jsonl").write_text(f"{line}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", f"{recipe}\nprint(len(tasks))"], cwd=tmp_path, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert done.stdout.strip() == "1", done.stderr


def test_every_query_is_told() -> None:
    from meetextract.sinks.database.queries import QUERIES

    table = PAGE.partition("| query | tells |")[2].partition("\n\n")[0]
    told = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert told == set(QUERIES)


def test_the_first_commands_and_the_tracker_work(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "news")
    commands = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]
    commands = commands.replace(' --unit "UBND quận Hoa Mai"', "")
    script = re.sub(r"^meetextract\b", f"'{sys.executable}' -m meetextract.cli", commands, flags=re.MULTILINE)
    done = subprocess.run(["sh", "-ec", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    python = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]
    python = python.replace('unit="UBND quận Hoa Mai"', "")
    done = subprocess.run(
        [sys.executable, "-c", python], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
