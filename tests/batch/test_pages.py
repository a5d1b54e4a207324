"""Worker processes with the real extractor."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "tests" / "read" / "pages" / "task-table.html").read_bytes()


def test_the_same_records_of_texts_and_pages_by_one_process_and_by_two_workers(tmp_path: Path) -> None:
    (tmp_path / "news" / "tin").mkdir(parents=True)
    for path in sorted((ROOT / "corpus").glob("*.txt"))[:4]:
        shutil.copy(path, tmp_path / "news")
    (tmp_path / "news" / "tin" / "index.html").write_bytes(PAGE)
    row = {"id": "row", "html": PAGE.decode(), "published": "2024-05-07"}
    (tmp_path / "news" / "zfeed.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "news" / "tin" / "none.html").write_bytes(b"<html><body><a href='/'>Trang chu</a></body></html>")
    outcomes = []
    for output, options in (("one.jsonl", []), ("two.jsonl", ["--workers", "2", "--shard", "2", "--resume"])):
        command = [sys.executable, "-m", "meetextract.cli", "extract", "news", "--output", output, *options]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
        )
        outcomes.append((done.returncode, done.stderr.splitlines()[-1], (tmp_path / output).read_bytes()))
    assert outcomes[0] == outcomes[1]
    code, told, records = outcomes[0]
    assert code == 1
    assert told == "read 7, extracted 6, empty 0, failed 1"
    *_, page, row = map(json.loads, records.splitlines())
    assert (page["id"], row["id"], row["published"]) == ("tin/index", "row", "2024-05-07")
    assert row["targets"] == page["targets"]
    again = subprocess.run(
        [*command, "--resume"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert again.returncode == 1
    assert "6 records were made by an earlier run" in again.stderr
    assert "none.html: no article on this page" in again.stderr
