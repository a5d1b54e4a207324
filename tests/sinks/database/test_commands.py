"""The command line of the tracking database."""

import csv
import gzip
import io
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import Engine
from typer.testing import CliRunner

from meetextract import cli
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.queries import whole
from meetextract.sinks.jsonl import record_to_json

Run = Callable[..., Result]
Feed = Callable[..., Any]

TASK, POLICE, CHAIR = "rà soát hồ sơ tồn đọng", "Công an xã Hải Yến", "Nguyễn Văn An"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder of its own, in this process."""
    monkeypatch.chdir(tmp_path)
    for name in ("MEETEXTRACT_DATABASE", "MEETEXTRACT_USER"):
        monkeypatch.delenv(name, raising=False)

    def run_it(*arguments: object, **options: Any) -> Result:
        done = CliRunner().invoke(cli.app, list(map(str, arguments)), **options)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return run_it


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command in a process of its own."""
    processes = []

    def start_it(*arguments: str) -> "subprocess.Popen[str]":
        processes.append(subprocess.Popen(
            [sys.executable, "-m", "meetextract.cli", *arguments], cwd=tmp_path, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ))  # fmt: skip
        return processes[-1]

    yield start_it
    for process in processes:
        process.kill()
        process.communicate()


def write(path: Path, *records: Any) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{record_to_json(record)}\n" for record in records), encoding="utf-8")
    return path


def told(make: Any, article: str, task: str = TASK, deadline: str | None = "2031-09-30") -> Any:
    page = make.page(article)
    people = (page.person(CHAIR, [("Chủ tịch", "UBND xã Hải Yến")]),)
    units = (page.unit("UBND xã Hải Yến"), page.unit(POLICE))
    order = page.assignment(task, to=[POLICE], by=CHAIR, deadline=deadline)
    return page.record(article, people=people, units=units, assignments=(order,))


def told_of(make: Any) -> str:
    """The id of the assignment of the first article."""
    return str(told(make, "bai-1").assignments[0].id)


def articles(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("select id from articles order by id")]
    connection.close()
    return found


NOTHING = "entries: 0 added, 0 updated, 0 superseded, 0 restored\n"


# --- load ------------------------------------------------------------------------------------------------------------


def test_files_of_all_kinds_and_folders(run: Run, make: Any, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    for number in range(1, 4):
        write(folder / f"part-{number}.jsonl", told(make, f"bai-{number}"))
    (folder / "part-1.jsonl").rename(tmp_path / "records")  # a file is taken by any name
    packed = gzip.compress((folder / "part-2.jsonl").read_bytes())
    (folder / "part-2.jsonl.gz").write_bytes(packed)
    (folder / "part-2.jsonl").unlink()
    (folder / "ledger").mkdir()
    for name in ("quarantine.jsonl", "summary.json", ".part-9.jsonl", "ledger/part-1.jsonl"):
        (folder / name).write_text("no record\n")
    done = run("load", folder, tmp_path / "records")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("loaded: 3 new, 0 changed, 0 as before, 0 failed; entries: ")
    assert articles(tmp_path / "meetextract.db") == ["bai-1", "bai-2", "bai-3"]
    again = run("load", folder, "records")
    assert again.stderr == f"loaded: 0 new, 0 changed, 3 as before, 0 failed; {NOTHING}"


def test_standard_input(run: Run, make: Any, tmp_path: Path) -> None:
    done = run("load", "-", "-d", "sqlite:///của tôi.db", input=f"\n{record_to_json(told(make, 'bai-1'))}\n\n")
    assert done.exit_code == 0, done.stderr
    assert articles(tmp_path / "của tôi.db") == ["bai-1"]


def test_what_cannot_be_loaded_costs_nothing_else(run: Run, make: Any, tmp_path: Path) -> None:
    good = record_to_json(told(make, "bai-1"))
    lines = ["{", good.replace('"schema":"1"', '"schema":"0"'), "[]", "", record_to_json(told(make, "bai-2"))]
    (tmp_path / "ra.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress(f"{good}\n".encode() * 50)[:-20])
    (tmp_path / "empty").mkdir()
    done = run("load", "ra.jsonl", "bad.jsonl.gz", "empty", "missing.jsonl", "ra.jsonl/x")
    assert done.exit_code == 1
    *faults, counts = done.stderr.splitlines()
    assert counts.startswith("loaded: 2 new, 0 changed, ")
    for place in (
        "ra.jsonl:1: it is no record.", "ra.jsonl:2: no record of this version: schema", "ra.jsonl:3: it is no record.",
        "bad.jsonl.gz: ", "empty: the folder holds no records", "missing.jsonl: there is no such file",
    ):  # fmt: skip
        assert [fault for fault in faults if fault.startswith(place)], (place, faults)
    assert f"{len(faults)} failed" in counts
    assert articles(tmp_path / "meetextract.db") == ["bai-1", "bai-2"]


def test_a_portal_for_those_without_an_address(run: Run, make: Any, tmp_path: Path) -> None:
    page = make.page()
    write(tmp_path / "ra.jsonl", page.record("bai-1", url=None))
    assert run("load", "ra.jsonl", "--portal", "xa.example").exit_code == 0
    assert json.loads(run("query", "coverage", "-f", "json").stdout)[0]["portal"] == "xa.example"


REFUSED: list[tuple[list[str], str]] = [
    (["load"], "name files or folders of records"),
    (["load", "--watch", "nowhere"], "there is no folder nowhere"),
    (["load", "x", "-d", "mysql://u:geheim@h/x"], "mysql: no kind of database that is known here"),
    (["load", "x", "-d", "nonsense geheim"], "the URL of the database cannot be read"),
    (["load", "x", "-d", "postgresql://u:geheim@/x?host=/nowhere"], "postgresql:///x: "),
    (["load", "x", "-d", "sqlite:///nowhere/geheim/x.db"], "unable to open database file"),
    (["query", "overdue"], "meetextract.db: there is no such file"),
    (["query", "overdue", "--on", "8/7/2031"], "8/7/2031: no day"),
    (["query", "done", "-d", "sqlite:///made.db"], "done: no such query"),
    (["query", "coverage", "--unit", "x", "-d", "sqlite:///made.db"], "it is not narrowed down by unit, but by"),
    (["query", "overdue", "--unit", "x", "-d", "sqlite:///made.db"], "x: no unit of this name"),
    (["export", "done", "-o", "x.csv", "-d", "sqlite:///made.db"], "done: no such table or view"),
    (["export", "articles", "-o", "x.txt", "-d", "sqlite:///made.db"], "say which of jsonl, csv, parquet, xlsx"),
    (["export", "articles", "-o", "made.db", "-f", "csv", "-d", "sqlite:///made.db"], "made.db exists"),
    (["export", "articles", "-o", "no/x.csv", "-d", "sqlite:///made.db"], "no/x.csv: cannot be written"),
    (["status", "a", "b", "done", "-d", "sqlite:///made.db"], "Missing option '--by'"),
    (["status", "a", "b", "done", "--by", "Hoa", "-d", "sqlite:///made.db"], "b: the article a has no such entry"),
    (["status", "a", "b", "over", "--by", "Hoa"], "'over' is not one of"),
    (["merge", "unit", "a", "b", "same", "--by", "Hoa", "-d", "sqlite:///made.db"], "a: no unit of this id"),
    (["database", "current"], "meetextract.db: there is no such file"),
    (["database", "check"], "meetextract.db: there is no such file"),
    (["database", "current", "-d", "sqlite:///text.db"], "text.db: file is not a database"),
    (["query", "overdue", "-d", "sqlite:///foreign.db"], "it holds no tables of meetextract"),
    (["load", "x", "-d", "sqlite:///foreign.db"], "it has tables of another program (articles)"),
    (["database", "upgrade", "-d", "sqlite:///foreign.db"], "it has tables of another program (articles)"),
    (["extract", "x", "-d", "mysql://u:geheim@h/x"], "mysql: no kind of database that is known here"),
    (["extract", "x"], "name a file or folder, or --database URL"),
    (["extract", "x", "-w", "2", "-d", "sqlite:///made.db"], "Name a folder or a file beside the database"),
]
"""Commands, and what they say."""


def test_what_is_refused(run: Run, tmp_path: Path) -> None:
    run("database", "upgrade", "-d", "sqlite:///made.db")
    (tmp_path / "text.db").write_text("Không phải cơ sở dữ liệu. " * 99)
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("create table articles (name text)")
    foreign.close()
    for arguments, message in REFUSED:
        done = run(*arguments)
        assert done.exit_code == 2, (arguments, done.output)
        assert message in " ".join(done.stderr.replace("│", " ").split()), arguments
        assert "geheim" not in done.output.replace("geheim/x.db", ""), arguments
        assert "Traceback" not in done.output, arguments


def test_the_database_of_the_environment(run: Run, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETEXTRACT_DATABASE", "sqlite:///khác.db")
    write(tmp_path / "ra.jsonl", told(make, "bai-1"))
    assert run("load", "ra.jsonl").exit_code == 0
    assert articles(tmp_path / "khác.db") == ["bai-1"]
    assert len(json.loads(run("query", "open_assignments", "-f", "json").stdout)) == 1


def test_a_great_load_lets_the_database_count_what_it_holds(
    run: Run, make: Any, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, opened: Callable[[str], Engine]
) -> None:
    monkeypatch.setattr(sys.modules["meetextract.cli.load"], "_MANY", 2)
    write(tmp_path / "ra.jsonl", told(make, "bai-1"), told(make, "bai-2"))
    assert run("load", "ra.jsonl", "-d", url).exit_code == 0
    counted = {
        "sqlite": "select count(*) from sqlite_stat1 where tbl = 'assignments'",
        "postgresql": "select reltuples from pg_class where relname = 'articles'",
    }
    with opened(url).connect() as connection:
        assert connection.exec_driver_sql(counted[connection.dialect.name]).scalar_one() > 0


# --- load --watch ----------------------------------------------------------------------------------------------------


def wait_for(path: Path, expected: list[str], process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while True:
        try:
            found = articles(path)
        except sqlite3.OperationalError:
            found = []
        if found == expected:
            return
        assert process.poll() is None and time.monotonic() < until, (found, expected)
        time.sleep(0.05)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_watching_a_folder(start: Any, make: Any, tmp_path: Path, number: signal.Signals, code: int) -> None:
    database, folder = tmp_path / "meetextract.db", tmp_path / "vào"
    folder.mkdir()
    process = start("load", "--watch", "vào")
    wait_for(database, [], process)
    one, two, three, four = (f"{record_to_json(told(make, f'bai-{number}'))}\n" for number in range(1, 5))
    growing = folder / "a.jsonl"
    growing.write_text(one + two[:300], encoding="utf-8")
    wait_for(database, ["bai-1"], process)
    with growing.open("a", encoding="utf-8") as file:
        file.write(two[300:] + three.rstrip())  # whole, though its line has no end
    wait_for(database, ["bai-1", "bai-2", "bai-3"], process)
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa" / "b.jsonl.gz").write_bytes(gzip.compress(four.encode()))
    (folder / "notes.txt").write_text("không phải")
    (tmp_path / "xa").rename(folder / "xa")
    (folder / "xa" / "b.jsonl.gz").rename(folder / "b.jsonl.gz")
    wait_for(database, ["bai-1", "bai-2", "bai-3", "bai-4"], process)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    *faults, counts, last = errors.splitlines()
    assert faults == []
    assert counts.startswith("loaded: 4 new, 0 changed, ")
    assert ", 0 failed; entries: " in counts
    assert last == "stopped; run it again to go on"


# --- query and export ------------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(sqlite_url: str, opened: Callable[[str], Engine], feed: Feed, make: Any) -> str:
    """A database with some tasks."""
    engine = opened(sqlite_url)
    feed(engine, told(make, "bai-1"), told(make, "bai-2", "=số hóa sổ hộ tịch", None))
    return sqlite_url


def test_the_queries_are_listed(run: Run) -> None:
    lines = run("query").stdout.splitlines()
    assert lines[0] == ("open_assignments   Việc chưa xong, theo đơn vị và thời hạn (--unit, --portal, --from, --to)")
    assert lines[-1].startswith("merge_proposals")


def test_tables_csv_and_json(run: Run, loaded: str) -> None:
    asked = ("query", "open_assignments", "-d", loaded, "--unit", "công an")
    table = run(*asked)
    assert (table.exit_code, table.stderr) == (0, "")
    for words in ("hạn", "đơn vị", "2031-09-30", TASK, POLICE, CHAIR, "bai-1"):
        assert words in table.stdout
    lines = json.loads(run(*asked, "-f", "json").stdout)
    assert [(line["article"], line["deadline"], line["task"]) for line in lines] == [
        ("bai-1", "2031-09-30", TASK),
        ("bai-2", None, "=số hóa sổ hộ tịch"),
    ]
    rows = list(csv.DictReader(io.StringIO(run(*asked, "-f", "csv").stdout)))
    assert list(rows[0]) == list(lines[0])
    assert [row["task"] for row in rows] == [TASK, "'=số hóa sổ hộ tịch"]
    assert json.loads(run(*asked, "-f", "json", "--to", "2030-01-01").stdout) == []
    assert len(json.loads(run(*asked, "-f", "json", "--limit", "1").stdout)) == 1
    assert len(json.loads(run("query", "overdue", "-d", loaded, "-f", "json", "--on", "2031-10-01").stdout)) == 1


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_reader_that_goes_away(start: Any, loaded: str, form: str) -> None:
    process = start("query", "open_assignments", "-d", loaded, "--format", form)
    process.stdout.close()
    errors = process.stderr.read()
    process.wait(timeout=60)
    assert errors == ""


def test_exports(run: Run, loaded: str, tmp_path: Path) -> None:
    for name in ("jsonl", "csv", "parquet", "xlsx"):
        done = run("export", "open_assignments", "-o", f"ra.{name}", "-d", loaded)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"ra.{name}: 2 rows\n")
    before = (tmp_path / "ra.csv").read_bytes()
    kept = run("export", "articles", "-o", "ra.csv", "-d", loaded)
    assert kept.exit_code == 2
    assert (tmp_path / "ra.csv").read_bytes() == before
    assert run("export", "articles", "-o", "ra.csv", "--overwrite", "-d", loaded).exit_code == 0
    assert (tmp_path / "ra.csv").read_bytes() != before
    assert run("export", "units", "-o", "/dev/null", "-f", "csv", "-d", loaded).exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "ra"))) == [
        "ra.csv", "ra.jsonl", "ra.parquet", "ra.xlsx"
    ]  # fmt: skip


# --- decisions and versions ------------------------------------------------------------------------------------------


def test_status_and_merge(
    run: Run, loaded: str, opened: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line, other) = json.loads(run("query", "open_assignments", "-d", loaded, "-f", "json").stdout)
    monkeypatch.setenv("MEETEXTRACT_USER", "Hoa")
    said = ("-d", loaded, "--task", line["task_id"], "--note", "đã báo cáo")
    assert run("status", line["article"], line["assignment"], "done", *said).exit_code == 0
    assert [
        each["article"] for each in json.loads(run("query", "open_assignments", "-d", loaded, "-f", "json").stdout)
    ] == [other["article"]]
    units = [row.id for row in whole(opened(loaded), "units")][:2]
    assert run("merge", "unit", *units, "same", "-d", loaded, "--by", "Lan", "--why", "sáp nhập").exit_code == 0
    assert [(row.by, row.decision, row.why) for row in whole(opened(loaded), "merges")] == [("Lan", "same", "sáp nhập")]
    assert [(row.by, row.note) for row in whole(opened(loaded), "task_status")] == [("Hoa", "đã báo cáo")]


def test_verdicts_and_their_history(run: Run, loaded: str, make: Any) -> None:
    told = told_of(make)
    on = ("-d", loaded, "--by", "Hoa")

    def say(*words: str) -> Result:
        return run("verdict", "bai-1", told, *words, *on)

    def tasks() -> list[Any]:
        lines = json.loads(run("query", "open_assignments", "-d", loaded, "-f", "json").stdout)
        return [(line["task"], line["addressee"], line["deadline"]) for line in lines if line["article"] == "bai-1"]

    before = [(TASK, POLICE, "2031-09-30")]
    assert (say("accept").exit_code, tasks()) == (0, before)
    lists = ("--set", "assignees=Tổ An", "--set", "assignees=Đội = Ba", "--set", "tasks=")
    assert say("correct", "--set", "deadline=", *lists).exit_code == 0
    assert tasks() == []
    again = ("--set", "tasks=họp thôn", "--set", "deadline=2031-08-01")
    assert say("correct", *again, "--why", "ghi nhầm").exit_code == 0
    assert tasks() == [("họp thôn", "Tổ An", "2031-08-01"), ("họp thôn", "Đội = Ba", "2031-08-01")]
    assert (say("withdrawn").exit_code, tasks()) == (0, before)
    assert run("status", "bai-1", told, "in_progress", *on, "--note", "đang làm").exit_code == 0
    assert (say("reject").exit_code, tasks()) == (0, [])

    asked = ("history", "bai-1", told, "-d", loaded)
    lines = json.loads(run(*asked, "-f", "json").stdout)
    assert [(line["said"], line["by"], line["words"]) for line in lines] == [
        ("accept", "Hoa", None), ("correct", "Hoa", None), ("correct", "Hoa", "ghi nhầm"), ("withdrawn", "Hoa", None),
        ("in_progress", "Hoa", "đang làm"), ("reject", "Hoa", None),
    ]  # fmt: skip
    assert lines[1]["slots"] == {"assignees": ["Tổ An", "Đội = Ba"], "deadline": None, "tasks": []}
    assert all(line["at"].endswith("+00:00") for line in lines)
    rows = list(csv.DictReader(io.StringIO(run(*asked, "-f", "csv").stdout)))
    assert [(row["at"], row["said"]) for row in rows] == [(line["at"], line["said"]) for line in lines]
    table = run(*asked).stdout
    in_vietnam = datetime.fromisoformat(lines[0]["at"]) + timedelta(hours=7)
    for words in (f"{in_vietnam:%Y-%m-%d %H:%M}", "accept", "ghi nhầm", "deadline: 2031-08-01", "Tổ An, Đội = Ba"):
        assert words in table


def test_a_verdict_that_cannot_be_said(run: Run, loaded: str, make: Any) -> None:
    told = told_of(make)
    for words, message in (
        (("correct",), "a correction goes with the verdict `correct`"),
        (("accept", "--set", "verb=giao"), "a correction goes with the verdict `correct`"),
        (("correct", "--set", "deadline"), "deadline: no slot with a value. Write it like deadline=2024-03-31."),
        (("correct", "--set", "verb=giao", "--set", "verb=mời"), "verb: it holds one value. Give it once."),
        (("correct", "--set", "verb="), "verb: it cannot be empty"),
        (("correct", "--set", "deadline=mai"), "deadline: a day like 2024-03-31 is needed"),
        (("correct", "--set", "=x"), ": no slot of a assignment that can be corrected."),
        (("correct", "--set", "verb=a\0b"), "verb: a text with U+0000"),
        (("right",), "'right' is not one of"),
    ):
        done = run("verdict", "bai-1", told, *words, "--by", "Hoa", "-d", loaded)
        assert done.exit_code == 2, words
        assert message in " ".join(done.stderr.replace("│", " ").split()), words
    done = run("history", "bai-1", "xyz", "-d", loaded)
    assert (done.exit_code, "the article bai-1 has no such entry" in done.stderr) == (2, True)
    assert run("history", "bai-1", told, "-d", loaded, "-f", "json").stdout == "[]\n"


def test_versions(run: Run, tmp_path: Path) -> None:
    assert run("database", "upgrade").stdout == "sqlite:///meetextract.db: version 0002\n"
    done = run("database", "current")
    assert (done.exit_code, done.stdout) == (0, "sqlite:///meetextract.db: version 0002, needed 0002\n")
    assert run("database", "check").stdout == "as it should be\n"
    assert run("database", "upgrade").exit_code == 0
    connection = sqlite3.connect(tmp_path / "meetextract.db")
    connection.execute("drop view overdue")
    connection.execute("drop index ix_units_home")
    connection.commit()
    done = run("database", "check")
    assert done.exit_code == 1
    assert "the view overdue is missing" in done.stdout
    assert "ix_units_home" in done.stdout
    assert "Restore what is missing" in done.stderr
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()
    assert run("database", "current").stdout == "sqlite:///meetextract.db: version 9999, needed 0002\n"
    for command in (("database", "upgrade"), ("database", "check"), ("query", "overdue"), ("load", "x")):
        done = run(*command)
        assert done.exit_code == 2
        assert "its version is 9999, newer than 0002 of this program. Install a newer meetextract." in done.stderr


def test_an_older_database(run: Run, tmp_path: Path, make: Any) -> None:
    from meetextract.sinks.database.opening import connect_to
    from meetextract.sinks.database.versions import upgrade

    engine = connect_to("sqlite:///meetextract.db", may_make=True)
    upgrade(engine, "0001")
    engine.dispose()
    write(tmp_path / "ra.jsonl", told(make, "bai-1"))
    assert run("database", "current").stdout == "sqlite:///meetextract.db: version 0001, needed 0002\n"
    for command in (("query", "overdue"), ("load", "ra.jsonl"), ("database", "check")):
        done = run(*command)
        assert done.exit_code == 2
        assert "Run `meetextract database upgrade --database sqlite:///meetextract.db`" in done.stderr
    assert run("database", "upgrade").exit_code == 0
    assert run("load", "ra.jsonl").exit_code == 0


# --- extract ---------------------------------------------------------------------------------------------------------


def test_extract_into_a_database(
    run: Run, start: Any, tmp_path: Path, dump: Callable[..., Any], opened: Callable[[str], Engine]
) -> None:
    """Alone, beside a file, and by workers: the databases are the same."""
    text = "Sáng 8/7, UBND xã Tân Lập họp. Chủ tịch UBND xã yêu cầu Công an xã rà soát hồ sơ trước ngày 30/9/2031."
    lines = [{"id": f"a{n}", "text": f"{text} Đạt {60 + n}% dự toán.", "published": "2031-07-09"} for n in range(4)]
    feed = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "feed.jsonl").write_text(feed, encoding="utf-8")
    alone = start("extract", "feed.jsonl", "-d", "sqlite:///one.db", "--portal", "xa.example")
    common = ("--shard", "2", "--portal", "xa.example", "-d")
    shared = start("extract", "feed.jsonl", "-o", "parts/", "-w", "2", *common, "sqlite:///two.db")
    for process in (alone, shared):
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert "loaded: 4 new, 0 changed, 0 as before, 0 failed; " in errors
        assert errors.splitlines()[-1] == "read 4, extracted 4, empty 0, failed 0"
    again = start("extract", "feed.jsonl", "-o", "parts/", "-w", "2", "--resume", *common, "sqlite:///three.db")
    _, errors = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "4 records were made by an earlier run" in errors
    assert run("load", "parts", "-d", "sqlite:///four.db", "--portal", "xa.example").exit_code == 0
    found = [dump(opened(f"sqlite:///{tmp_path / name}.db"), times=False) for name in ("one", "two", "three", "four")]
    assert found[0]["assignments"]
    assert found[1] == found[2] == found[3] == found[0]


def test_what_people_decided_stays_when_the_command_runs_again(
    run: Run, loaded: str, opened: Callable[[str], Engine], make: Any, tmp_path: Path
) -> None:
    record = told(make, "bai-1")
    Decisions(opened(loaded)).status("bai-1", record.assignments[0].id, "done", by="Hoa")
    write(tmp_path / "ra.jsonl", told(make, "bai-1", f"{TASK} của năm"))
    done = run("load", "ra.jsonl", "-d", loaded)
    assert done.stderr.startswith("loaded: 0 new, 1 changed, 0 as before, 0 failed; ")
    found = json.loads(run("query", "open_assignments", "-d", loaded, "-f", "json").stdout)
    assert [line["article"] for line in found] == ["bai-2"]
