"""`meetextract score` and `meetextract diff`, run as their users run them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "Sáng 8/7/2024, UBND xã Tân Lập họp."
DATE = {"text": "Sáng 8/7/2024", "start": "2024-07-08", "end": "2024-07-08"}
FOUND = {"id": "1", **DATE, "span": [0, 13], "pattern": "dates.day"}
UNIT = {"id": "2", "name": "UBND xã", "mentions": [[15, 22]], "pattern": "units.body"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `meetextract` in a folder with gold, records of two runs, and floors."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.txt").write_text(TEXT, encoding="utf-8")
    write(tmp_path / "gold" / "a.gold.json", {"dates": [DATE], "units": ["UBND xã Tân Lập"]})
    write(tmp_path / "old.jsonl", {"id": "a", "dates": [FOUND], "units": [UNIT]})
    write(tmp_path / "new.jsonl", {"id": "a", "dates": [FOUND], "units": [{**UNIT, "name": "UBND xã Tân Lập"}]})
    (tmp_path / "floors.toml").write_text("dates = 0.5 # half\nunits = 0.25\n", encoding="utf-8")

    def run_there(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "meetextract.cli", *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_there


def write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


def test_score_prints_a_table(run: Run) -> None:
    done = run("score", "gold", "old.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["kind", "P", "R", "F1", "hit", "gold", "found"]
    assert "dates             1.0000  1.0000  1.0000      1      1      1" in lines
    assert "units             0.0000  0.0000  0.0000      0      1      1" in lines
    assert lines[-1] == "mean                              0.5000"


def test_score_lists_mistakes(run: Run) -> None:
    done = run("score", "gold", "old.jsonl", "--errors")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [
        "- units gold/a.txt:1:15-30 …Sáng 8/7/2024, «UBND xã Tân Lập» họp.… name: UBND xã Tân Lập",
        "+ units gold/a.txt:1:15-22 …Sáng 8/7/2024, «UBND xã» Tân Lập họp.… name: UBND xã (units.body)",
    ]


def test_score_prints_json(run: Run) -> None:
    plain, with_errors = (
        json.loads(run("score", "gold", "old.jsonl", "--json", *more).stdout) for more in ([], ["--errors"])
    )
    assert plain["dates"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "hit": 1, "gold": 1, "pred": 1}
    assert (plain["missing"], plain["mean"]) == ([], {"f1": 0.5})
    assert [error["pattern"] for error in with_errors.pop("errors")] == [None, "units.body"]
    assert with_errors == plain


def test_score_reads_standard_input(run: Run, tmp_path: Path) -> None:
    records = (tmp_path / "old.jsonl").read_text(encoding="utf-8")
    assert run("score", "gold", "-", given=records).stdout == run("score", "gold", "old.jsonl").stdout
    nothing = run("score", "gold", "-", given="")
    assert nothing.returncode == 0
    assert nothing.stdout.splitlines()[-1] == "no record of a: it counts as empty"


def test_score_compares_two_annotators(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path / "other" / "a.gold.json", {"dates": [{**DATE, "text": "8/7/2024"}], "units": []})
    done = run("score", "gold", "other", "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dates             1.0000  1.0000  1.0000      1      1      1" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("- units gold/a.txt:1:15-30 ")


def test_words_that_are_not_in_the_text_are_told(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "gold" / "a.gold.json", {"dates": [{**DATE, "text": "Chiều 8/7/2024"}]})
    done = run("score", "gold", "old.jsonl", "--json")
    assert done.returncode == 0
    assert done.stderr.startswith(
        "gold/a.gold.json:1: dates: 'Chiều 8/7/2024' is not in the text and counts as missed. "
    )
    assert json.loads(done.stdout)["dates"]["hit"] == 0


def test_floors_are_held(run: Run, tmp_path: Path) -> None:
    below = run("score", "gold", "old.jsonl", "--floors", "floors.toml")
    assert below.returncode == 1
    assert below.stderr == "below its floor: units: F1 0.0000, floor 0.25\n"
    assert "units             0.0000  0.0000  0.0000      0      1      1    0.25" in below.stdout
    assert "dates             1.0000  1.0000  1.0000      1      1      1    0.50" in below.stdout
    assert run("score", "gold", "new.jsonl", "--floors", "floors.toml", "--json").returncode == 0
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == "dates = 0.5 # half\nunits = 0.25\n"


def test_floors_are_raised_and_never_lowered(run: Run, tmp_path: Path) -> None:
    raised = run("score", "gold", "old.jsonl", "--floors", "floors.toml", "--raise")
    assert raised.returncode == 1
    assert raised.stderr.splitlines() == [
        "dates: floor raised from 0.50 to 1.00",
        "below its floor: units: F1 0.0000, floor 0.25",
    ]
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == "dates = 1.00 # half\nunits = 0.25\n"
    again = run("score", "gold", "new.jsonl", "--floors", "floors.toml", "--raise")
    assert (again.returncode, again.stderr) == (0, "units: floor raised from 0.25 to 1.00\n")
    assert run("score", "gold", "old.jsonl", "--floors", "floors.toml", "--raise").returncode == 1
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == "dates = 1.00 # half\nunits = 1.00\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["score", "gold"], "Missing argument 'RECORDS'"),
        (["score", "gold", "old.jsonl", "--raise"], "Name their file with --floors"),
        (
            ["score", "nowhere", "old.jsonl"],
            "nowhere: there is no such folder. Give a folder of NAME.txt with NAME.gold.json.",
        ),
        (["score", ".", "old.jsonl"], ".: no gold in this folder. Put NAME.gold.json and NAME.txt there."),
        (
            ["score", "gold", "nowhere.jsonl"],
            "nowhere.jsonl: cannot be read (No such file or directory). Check the path.",
        ),
        (
            ["score", "gold", "gold/a.txt"],
            "gold/a.txt:1: no JSON: Expecting value at column 1. Give one JSON object a line.",
        ),
        (["score", "gold", "old.jsonl", "--floors", "new.jsonl"], "new.jsonl: no TOML: "),
        (["score", "gold", "old.jsonl", "--floors", "nowhere.toml"], "nowhere.toml: cannot be read (No such file"),
        (["diff", "old.jsonl"], "Missing argument 'NEW'"),
        (["diff", "old.jsonl", "nowhere.jsonl"], "nowhere.jsonl: cannot be read (No such file or directory). "),
        (["diff", "old.jsonl", "gold/a.txt"], "gold/a.txt:1: no JSON: "),
        (["diff", "old.jsonl", "new.jsonl", "--gold", "."], ".: no gold in this folder. "),
    ],
)
def test_trouble_is_told_with_exit_code_2(run: Run, arguments: list[str], problem: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert problem in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_diff_of_the_same_ends_with_0(run: Run) -> None:
    done = run("diff", "old.jsonl", "old.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].split() == ["kind", "same", "lost", "gained", "changed"]
    assert json.loads(run("diff", "old.jsonl", "old.jsonl", "--json").stdout)["equal"] is True


def test_diff_of_what_differs_ends_with_1(run: Run) -> None:
    done = run("diff", "old.jsonl", "new.jsonl", "--gold", "gold")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "~ a units 15-22 «UBND xã Tân Lập» name: UBND xã → UBND xã Tân Lập (units.body) turned right",
        "kind                 same     lost   gained  changed    right    wrong",
        "article                 1        0        0        0        0        0",
        "units                   0        0        0        1        1        0",
        "dates                   1        0        0        0        0        0",
    ]
    as_json = run("diff", "old.jsonl", "new.jsonl", "--json")
    assert as_json.returncode == 1
    assert [change["sign"] for change in json.loads(as_json.stdout)["changes"]] == ["~"]


@pytest.mark.parametrize("command", [["score", "gold", "old.jsonl"], ["diff", "old.jsonl", "new.jsonl"]])
def test_a_reader_that_goes_away_is_no_mistake(run: Run, tmp_path: Path, command: list[str]) -> None:
    call = [sys.executable, "-m", "meetextract.cli", *command]
    with subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait(timeout=120) == 1
    assert told == ""
