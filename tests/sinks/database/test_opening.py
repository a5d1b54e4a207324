"""Opening a database: what it is named by, what is told when it cannot be had, and that no password is told."""

import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from meetextract.errors import DatabaseError
from meetextract.sinks.database.feeding import Feeder
from meetextract.sinks.database.opening import as_url, connect_to, name_of, reported
from meetextract.sinks.database.versions import open_database
from meetextract.sinks.jsonl import record_to_json

Open = Callable[[str], Engine]

PASSWORD = "bí mật/của@tôi: 100%?"


# --- URLs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///a.db", "sqlite+pysqlite"),
        ("sqlite+pysqlite:///a.db", "sqlite+pysqlite"),
        ("postgresql://lan@may-chu/viec", "postgresql+psycopg"),
        ("postgres://lan@may-chu/viec", "postgresql+psycopg"),
        ("postgresql+psycopg2://lan@may-chu/viec", "postgresql+psycopg"),
    ],
)
def test_urls(given: str, driver: str) -> None:
    assert as_url(given).drivername == driver


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("tracking.db", "the URL of the database cannot be read. Give sqlite:///FILE, or postgresql://USER@HOST/NAME"),
        ("", "the URL of the database cannot be read"),
        ("postgresql://lan:x@may-chu:cong/viec", "the URL of the database cannot be read"),
        ("mysql://lan:x@may-chu/viec", "mysql: no kind of database that is known here. Give sqlite:///FILE, or"),
        ("sqlite://", "the URL names no file. Give sqlite:///FILE"),
        ("sqlite:///:memory:", "the URL names no file. Give sqlite:///FILE"),
    ],
)
def test_urls_that_are_none(given: str, problem: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        as_url(given)
    assert str(caught.value).startswith(problem)
    assert ":x@" not in str(caught.value)


def test_the_driver_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetextract.sinks.database.opening.find_spec", lambda _: None)
    with pytest.raises(DatabaseError, match=r"psycopg is not installed. Install it: pip install"):
        as_url("postgresql://lan@may-chu/viec")
    assert as_url("sqlite:///a.db")


def test_a_database_is_named_without_user_and_password() -> None:
    engine = connect_to("postgresql://lan:bi-mat@may-chu:5433/viec?connect_timeout=3", may_make=True)
    assert name_of(engine) == "postgresql://may-chu:5433/viec"
    assert "bi-mat" not in repr(engine) + str(engine.url)


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "không có.db"
    with pytest.raises(DatabaseError, match=r"there is no such file. `meetextract load RECORDS --database sqlite:///"):
        open_database(f"sqlite:///{path}")
    assert not path.exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"unable to open database file. Check the path, and who may write there"):
        open_database(f"sqlite:///{tmp_path / 'không có' / 'tracking.db'}", may_make=True)


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 2_000])
def test_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"^sqlite:///.*other\.db: file is not a database. Name another file"):
        open_database(f"sqlite:///{path}", may_make=True)
    assert path.read_bytes() == content


def test_a_file_with_damage(tmp_path: Path, opened: Open, make: Any, feed: Any) -> None:
    path = tmp_path / "tracking.db"
    engine = opened(f"sqlite:///{path}")
    feed(engine, *(make.full(number) for number in range(50)))
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"malformed. Restore the file from a copy"):
        opened(f"sqlite:///{path}")


def test_a_path_with_signs_of_urls(tmp_path: Path, opened: Open, make: Any, feed: Any) -> None:
    path = tmp_path / "họp 100% & việc #1.db"
    feed(opened(f"sqlite:///{path}"), make.full(1))
    assert path.is_file()


# --- servers ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guarded(other_server: Any) -> str:
    """The URL, with its password, of a server that asks for it."""
    admin = create_engine(make_url(other_server.url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("create role lan login password '" + PASSWORD + "'"))
        connection.execute(text("create database viec owner lan"))
        (other_server.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        connection.execute(text("select pg_reload_conf()"))
    admin.dispose()
    url = make_url(other_server.url).set(username="lan", password=PASSWORD, database="viec")
    return url.render_as_string(hide_password=False)


def said(error: BaseException, capsys: pytest.CaptureFixture[str]) -> str:
    """All that anybody could print of it."""
    out, errors = capsys.readouterr()
    return "".join(traceback.format_exception(error)) + repr(error) + out + errors


def assert_no_password(told: str, password: str = PASSWORD) -> None:
    for written in (password, quote(password), quote(password, safe=""), quote(password, safe=" "), password[:6]):
        assert written not in told


def test_a_password_is_told_nowhere(
    guarded: str, make: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(guarded, may_make=True)
    told = repr(engine) + str(engine.url) + name_of(engine)
    with pytest.raises(DatabaseError) as caught, reported(engine), engine.begin() as connection:
        connection.execute(text("select :password::integer"), {"password": PASSWORD})
    with Feeder(engine, lambda place, reason: None) as feeder:
        feeder.add(record_to_json(make.full(1)).encode(), "1")
    engine.dispose()
    assert_no_password(told + said(caught.value, capsys) + caplog.text)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"password": "sai/ rồi@"}, 'password authentication failed for user "lan". Check user and password'),
        ({"password": None}, "no password supplied. Check user and password"),
        ({"username": "minh"}, 'password authentication failed for user "minh". Check user and password'),
        ({"database": "chua-co"}, 'database "chua-co" does not exist. Check the names, or have the database made'),
    ],
)
def test_a_server_that_says_no(
    guarded: str, changes: dict[str, Any], problem: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    url = make_url(guarded).set(**changes)
    if changes.get("password", "") is None:
        url = url._replace(password=None)
    with pytest.raises(DatabaseError) as caught:
        open_database(url.render_as_string(hide_password=False), may_make=True)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)
    told = said(caught.value, capsys)
    assert_no_password(told)
    if changes.get("password"):
        assert_no_password(told, changes["password"])


def test_a_password_of_the_environment(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    engine = open_database(
        make_url(guarded)._replace(password=None).render_as_string(hide_password=False), may_make=True
    )
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("postgresql://lan:bi-mat@khong-co.invalid/viec", "postgresql://khong-co.invalid/viec: "),
        ("postgresql://lan:bi-mat@127.0.0.1:1/viec", "postgresql://127.0.0.1:1/viec: "),
        ("postgresql://lan:bi-mat@/viec?host=/nowhere", "postgresql:///viec: "),
    ],
)
def test_a_server_that_cannot_be_reached(url: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_database(url, may_make=True)
    assert str(caught.value).startswith(problem)
    assert "Check that the database is there and can be reached, then run this again." in str(caught.value)
    assert "bi-mat" not in said(caught.value, capsys)


def test_a_schema_of_its_own(postgres_url: str, opened: Open, make: Any, feed: Any) -> None:
    other = f"{postgres_url}{'&' if '?' in postgres_url else '?'}options=-csearch_path%3Dviec"
    with pytest.raises(DatabaseError, match=r"no schema has been selected to create in.*\. Have the schema made"):
        open_database(other, may_make=True)
    engine = opened(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("create schema viec"))
    apart = opened(other)
    feed(apart, make.full(1))
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from articles")) == 0
        assert connection.scalar(text("select count(*) from viec.articles")) == 1


def test_no_message_holds_a_password_when_a_process_ends(guarded: str, tmp_path: Path) -> None:
    """Not even one of Python's own."""
    records = tmp_path / "records.jsonl"
    records.write_text("")
    wrong = guarded.replace(make_url(guarded).database or "", "chua-co")
    loader = Path(__file__).with_name("loader.py")
    command = [sys.executable, "-W", "always", str(loader), wrong, str(records), "5"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert_no_password(run.stdout + run.stderr)
