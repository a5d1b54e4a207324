"""The command line, run as its users run it."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from meetextract import __version__, cli
from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Record
from meetextract.settings import pattern_dir
from meetextract.sinks.jsonl import read_records

Run = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "Sáng 8/7, UBND xã Tân Lập họp về Kế hoạch số 15/KH-UBND, đạt trên 61% dự toán."


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `meetextract` in a folder of its own."""

    def run_there(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "meetextract.cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120)

    return run_there


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "họp.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def last_line(output: str) -> str:
    return output.splitlines()[-1]


def test_extract_writes_a_line_for_each_article(run: Run, article: Path, tmp_path: Path) -> None:
    feed = [{"id": "a", "text": TEXT, "published": "2024-07-09"}, {"id": "b", "text": "Trời hôm ấy đẹp."}]
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in feed)
    (tmp_path / "feed.jsonl").write_text(lines, encoding="utf-8")
    done = run("extract", article.name, "feed.jsonl", "--output", "out.jsonl", "--published", "2023-07-09")
    assert (done.returncode, done.stdout) == (0, "")
    assert last_line(done.stderr) == "read 3, extracted 2, empty 1, failed 0"
    records = list(read_records(tmp_path / "out.jsonl"))
    assert [(record.id, record.source, record.published) for record in records] == [
        ("họp", "họp.txt", "2023-07-09"),
        ("a", "feed.jsonl:1", "2024-07-09"),
        ("b", "feed.jsonl:2", "2023-07-09"),
    ]
    assert "họp" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")  # as it is, no \u escapes


def test_the_same_bytes_again(run: Run, article: Path, tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        assert run("extract", article.name, "--output", name).returncode == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_standard_output_has_nothing_but_records(run: Run, article: Path) -> None:
    done = run("extract", article.name, "missing.txt", "--output", "-")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["họp"]
    assert done.stderr.splitlines() == [
        "missing.txt: there is no such file. Check the path.",
        "read 2, extracted 1, empty 0, failed 1",
    ]


def test_records_are_utf8_whatever_the_locale(tmp_path: Path, article: Path) -> None:
    command = [sys.executable, "-m", "meetextract.cli", "extract", article.name, "--output", "-"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120)
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "họp"


@pytest.mark.parametrize("output", ["họp.txt", "./news/feed.jsonl", "news/new.jsonl", "link.jsonl"])
def test_an_output_that_is_an_input_is_refused(run: Run, article: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "news").mkdir()
    feed = tmp_path / "news" / "feed.jsonl"
    feed.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    (tmp_path / "link.jsonl").symlink_to(feed)
    before = feed.read_bytes()
    done = run("extract", article.name, "news", "--output", output)
    assert done.returncode == 2
    assert "is also an input" in done.stderr
    assert feed.read_bytes() == before
    assert article.read_text(encoding="utf-8") == TEXT
    assert not (tmp_path / "news" / "new.jsonl").exists()


@pytest.mark.parametrize("output", ["nowhere/out.jsonl", "file/records/"])
def test_an_output_that_cannot_be_written(run: Run, article: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "file").touch()
    done = run("extract", article.name, "--output", output)
    assert done.returncode == 1
    assert f"{output}: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_ends_the_run(run: Run, article: Path) -> None:
    done = run("extract", article.name, "--output", "/dev/full")
    assert done.returncode == 1
    assert "/dev/full: cannot be written (No space left on device)" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_ends_the_run(article: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "meetextract.cli", "extract", article.name, "--output", "-"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read().decode()
        assert process.wait(timeout=120) == 1
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors


@pytest.mark.parametrize("published", ["2024-13-01", "8/7/2024", "hôm nay"])
def test_a_published_date_that_is_none(run: Run, article: Path, published: str) -> None:
    done = run("extract", article.name, "--output", "out.jsonl", "--published", published)
    assert done.returncode == 2
    assert "Write it as YYYY-MM-DD" in done.stderr


def test_an_article_that_breaks_the_program_costs_only_itself(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Extractor.__call__

    def breaks(self: Extractor, article: Article) -> Record:
        if article.id == "bad":
            raise ZeroDivisionError("by a mistake in the program")
        return whole(self, article)

    monkeypatch.setattr(Extractor, "__call__", breaks)
    (tmp_path / "bad.txt").write_text(TEXT, encoding="utf-8")
    output = tmp_path / "out.jsonl"
    done = CliRunner().invoke(cli.app, ["extract", str(tmp_path / "bad.txt"), str(article), "--output", str(output)])
    assert done.exit_code == 1
    message, counts = done.stderr.splitlines()
    assert message.startswith(f"{tmp_path / 'bad.txt'}: article 'bad' failed: ZeroDivisionError: by a mistake")
    assert "report this line together with the article" in message
    assert counts == "read 2, extracted 1, empty 0, failed 1"
    assert [record.id for record in read_records(output)] == ["họp"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_between_two_articles(tmp_path: Path, number: signal.Signals, code: int) -> None:
    line = json.dumps({"text": TEXT}) + "\n"
    (tmp_path / "feed.jsonl").write_text(line * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "meetextract.cli", "extract", "feed.jsonl", "--output", "-"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, preexec_fn=heed_signals, **pipes) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        rest, told = process.communicate(timeout=120)
    errors = told.decode()
    assert process.returncode == code
    lines = (first + rest).splitlines(keepends=True)
    assert 0 < len(lines) < 20_000
    assert [json.loads(each)["id"] for each in lines] == [f"feed-{at}" for at in range(1, len(lines) + 1)]
    assert lines[-1].endswith(b"}\n")
    assert errors.splitlines() == [
        "stopped; the records so far are whole (-)",
        f"read {len(lines)}, extracted {len(lines)}, empty 0, failed 0",
    ]


def heed_signals() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would all that the tests start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


SIGNALLED = """
import os, signal
from meetextract import cli, pipeline
whole = pipeline.Extractor.{method}
def signalled(*arguments, **options):
    {action}
    return whole(*arguments, **options)
pipeline.Extractor.{method} = signalled
cli.main()
"""
CTRL_C = "os.kill(os.getpid(), signal.SIGINT)"


def run_signalled(folder: Path, method: str, action: str) -> subprocess.CompletedProcess[str]:
    script = SIGNALLED.format(method=method, action=action)
    command = [sys.executable, "-c", script, "extract", "họp.txt", "họp.txt", "--output", "out.jsonl", "--overwrite"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120, preexec_fn=heed_signals
    )


def test_ctrl_c_while_models_are_loaded(article: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("kept", encoding="utf-8")
    done = run_signalled(tmp_path, "__init__", CTRL_C)
    assert done.returncode == 130
    assert done.stderr.splitlines() == [
        "stopped; the records so far are whole (out.jsonl)",
        "read 0, extracted 0, empty 0, failed 0",
    ]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "kept"


def test_ctrl_c_where_an_exception_would_be_lost(article: Path, tmp_path: Path) -> None:
    lost = f"type('Lost', (), {{'__del__': lambda _: {CTRL_C}}})()"
    done = run_signalled(tmp_path, "__call__", lost)
    assert done.returncode == 130
    assert last_line(done.stderr) == "read 1, extracted 1, empty 0, failed 0"
    assert "Exception ignored" not in done.stderr
    assert [record.id for record in read_records(tmp_path / "out.jsonl")] == ["họp"]


def test_a_second_ctrl_c_ends_the_run_at_once(article: Path, tmp_path: Path) -> None:
    done = run_signalled(tmp_path, "__call__", f"{CTRL_C}; {CTRL_C}; raise SystemExit('went on')")
    assert done.returncode == -signal.SIGINT
    assert done.stderr == ""


def test_signals_are_handled_as_before_after_a_run(article: Path, tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    CliRunner().invoke(cli.app, ["extract", str(article), "--output", str(tmp_path / "out.jsonl")])
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_an_ignored_ctrl_c_stays_ignored(article: Path, tmp_path: Path) -> None:
    ignored = SIGNALLED.format(method="__call__", action=CTRL_C).replace(
        "from meetextract", "signal.signal(signal.SIGINT, signal.SIG_IGN)\nfrom meetextract", 1
    )
    command = [sys.executable, "-c", ignored, "extract", article.name, "--output", "out.jsonl"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120).returncode == 0


def test_a_run_without_records_leaves_the_old_output(run: Run, article: Path, tmp_path: Path) -> None:
    output = tmp_path / "keep.jsonl"
    output.write_text("kept", encoding="utf-8")
    (tmp_path / "void.txt").touch()
    assert run("extract", "nosuch.txt", "void.txt", "--output", "keep.jsonl", "--overwrite").returncode == 1
    assert output.read_text(encoding="utf-8") == "kept"
    assert run("extract", "nosuch.txt", article.name, "--output", "keep.jsonl", "--overwrite").returncode == 1
    assert [record.id for record in read_records(output)] == ["họp"]


def test_an_output_that_exists_is_kept_unless_told(run: Run, article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("kept", encoding="utf-8")
    refused = run("extract", article.name, "--output", "out.jsonl")
    assert (refused.returncode, output.read_text(encoding="utf-8")) == (2, "kept")
    assert "--overwrite" in refused.stderr
    assert run("extract", article.name, "--output", "out.jsonl", "--overwrite").returncode == 0
    assert [record.id for record in read_records(output)] == ["họp"]
    output.write_bytes(b"")  # as mktemp makes it
    assert run("extract", article.name, "--output", "out.jsonl").returncode == 0


def test_resume_and_overwrite_are_not_said_together(run: Run, article: Path, tmp_path: Path) -> None:
    done = run("extract", article.name, "--output", "out", "--resume", "--overwrite")
    assert done.returncode == 2
    assert "it keeps what is done, --overwrite does all anew" in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_disk_that_fills_up_leaves_whole_lines(article: Path, tmp_path: Path) -> None:
    feed = "".join(json.dumps({"id": f"n{number}", "text": TEXT}) + "\n" for number in range(20))
    (tmp_path / "feed.jsonl").write_text(feed, encoding="utf-8")
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        " from meetextract import cli; cli.main()"
    )
    command = [sys.executable, "-c", script, "extract", "feed.jsonl", "--output", "out.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 1
    assert "out.jsonl: cannot be written (File too large)" in done.stderr
    kept = [record.id for record in read_records(tmp_path / "out.jsonl")]
    assert 0 < len(kept) < 20
    assert kept == [f"n{number}" for number in range(len(kept))]


PAGE = (Path(__file__).parent / "read" / "pages" / "task-table.html").read_bytes()


def test_records_of_pages_hold_their_text(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "tin.html").write_bytes(PAGE)
    assert run("extract", article.name, "site", "--output", "out.jsonl").returncode == 0
    own, page = read_records(tmp_path / "out.jsonl")
    assert (own.text, own.main_text, own.repairs) == (None, None, ())
    assert page.text is not None
    assert (page.main_text, page.published, page.published_from) == ("readability", "2024-06-03", "given")
    assert [told.deadline for told in page.assignments][:3] == ["2024-06-10", "2024-06-15", "2024-06-20"]
    for told in page.assignments:
        assert [" ".join(page.text[slice(*span)].split()) for span in told.task_spans] == [*told.tasks]
    assert run("extract", article.name, "--output", "with.jsonl", "--with-text").returncode == 0
    assert [record.text for record in read_records(tmp_path / "with.jsonl")] == [TEXT]
    explained = run("explain", "out.jsonl", page.assignments[0].id)
    assert explained.returncode == 0
    assert "Thành lập đội xung kích" in explained.stdout


def test_columns_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'ma;noi_dung\n1;"{TEXT}"\n', encoding="utf-8")
    lacking = run("extract", "a.csv", "--output", "-")
    assert "there are: 'ma', 'noi_dung'. Name the column with --column text=NAME." in lacking.stderr
    done = run("extract", "a.csv", "--output", "-", "--column", "text=noi_dung", "--column", "id=ma")
    assert json.loads(done.stdout)["id"] == "1"
    assert run("extract", "a.csv", "--output", "-", "--column", "body=noi_dung").returncode == 2


def test_near_duplicates_are_linked(run: Run, tmp_path: Path) -> None:
    story = "\n\n".join(
        f"Xã Tân Lập họp lần {n}, giao thôn {n + 3} làm {n + 7} km đường ở đồng {n * n}." for n in range(9)
    )
    for name, day, text in (
        ("b", "2024-07-09", story),
        ("c", "2024-07-08", f"Họp\n\n{story}"),
        ("d", "2024-07-01", TEXT),
    ):
        line = json.dumps({"id": name, "published": day, "text": text})
        (tmp_path / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
        assert run("extract", f"{name}.jsonl", "--output", f"{name}.records.jsonl").returncode == 0
    shards = ["b.records.jsonl", "c.records.jsonl", "d.records.jsonl"]
    done = run("link", *shards, "--output", "all.jsonl")
    assert (done.returncode, done.stderr) == (0, "read 3, linked 1\n")
    linked = [(record.id, record.duplicate_of) for record in read_records(tmp_path / "all.jsonl")]
    assert linked == [("b", "c"), ("c", None), ("d", None)]
    assert run("link", *shards, "--output", "all.jsonl").returncode == 2
    assert run("link", "all.jsonl", "--output", "all.jsonl", "--overwrite").returncode == 2
    assert run("link", "missing.jsonl", "--output", "new.jsonl").returncode == 2


def read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 100_000)
    except BlockingIOError:
        return b""


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    main, side = pty.openpty()
    yield main, side
    os.close(main)
    os.close(side)


def test_progress_is_shown_on_a_terminal_only(
    run: Run, article: Path, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    main, side = terminal
    termios.tcsetwinsize(side, (40, 120))
    command = [sys.executable, "-m", "meetextract.cli", "extract", article.name, "missing.txt", "--output", "out.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, stderr=side, stdout=subprocess.PIPE, timeout=120)
    os.set_blocking(main, False)
    shown = b"".join(iter(lambda: read_some(main), b"")).decode()
    assert done.stdout == b""
    assert "0/2" in shown
    assert "missing.txt: there is no such file. Check the path." in shown
    assert shown.splitlines()[-1].endswith("read 2, extracted 1, empty 0, failed 1")
    assert "/2" not in run(*command[3:]).stderr


PATTERN = """\
- id: a.b
  label: QUANTITY
  name: Tỷ lệ
  regex: '(?P<num>\\d+)(?P<unit>%)'
  examples:
    - text: "đạt [61%]"
      value: {value: 61}
"""


def test_check_passes_good_patterns_and_fails_bad_ones(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "a.yaml"
    mine.parent.mkdir()
    mine.write_text(PATTERN, encoding="utf-8")
    lacking = run("check", "mine")
    assert lacking.returncode == 1
    assert "mine/gazetteers/" in lacking.stdout
    shutil.copytree(pattern_dir() / "gazetteers", mine.parent / "gazetteers")
    without_rules = run("check", "mine")
    assert without_rules.returncode == 1
    assert "mine/grammar.yaml: thiếu quy tắc" in without_rules.stdout
    for name in ("grammar.yaml", "parts.yaml"):
        shutil.copy(pattern_dir() / name, mine.parent / name)
    good = run("check", "mine")
    assert good.returncode == 0
    assert last_line(good.stdout).startswith("ĐẠT: 1 mẫu, 1 câu; ")
    mine.write_text(PATTERN.replace("value: 61", "value: 16"), encoding="utf-8")
    wrong = run("check", "mine")
    assert wrong.returncode == 1
    assert "mine/a.yaml:6" in wrong.stdout
    assert run("check", "nowhere").returncode == 1


def test_a_mistake_in_the_patterns_ends_the_run_before_the_output_is_touched(
    run: Run, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.yaml").write_text("- id: a.b\n  regex: '('\n", encoding="utf-8")
    (tmp_path / "out.jsonl").write_text("kept", encoding="utf-8")
    done = run("extract", article.name, "--patterns", "mine", "--output", "out.jsonl", "--overwrite")
    assert done.returncode == 1
    assert done.stderr.startswith("mine/a.yaml:1: ")
    assert "`meetextract check mine` lists every mistake" in done.stderr
    assert last_line(done.stderr) == "read 0, extracted 0, empty 0, failed 0"
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "kept"


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout == f"meetextract {__version__}\n"
    for arguments in (("--help",), ("extract", "--help"), ("check", "-h"), ()):
        assert "Usage: " in (done := run(*arguments)).stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    script = "import sys, meetextract.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "meetextract.cli" in loaded
    assert not {"spacy", "pandas", "numpy", "underthesea", "pydantic", "regex", "yaml", "rich.progress"} & {*loaded}
