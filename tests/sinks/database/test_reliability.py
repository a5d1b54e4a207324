"""Whatever breaks while records are loaded: what was written is whole, and running it again ends right."""

import ctypes
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, text

from meetextract.errors import DatabaseError
from meetextract.sinks.database import feeding
from meetextract.sinks.database.tables import ARTICLES, METADATA, RUNS
from meetextract.sinks.database.versions import open_database
from meetextract.sinks.jsonl import record_to_json

Open = Callable[[str], Engine]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]
Loader = Callable[..., "subprocess.Popen[str]"]

MANY = 300
TIMES = frozenset({"first_loaded", "last_loaded", "last_changed", "superseded"})


@pytest.fixture(scope="module")
def records(make: Any) -> list[Any]:
    return [make.full(number) for number in range(MANY)]


@pytest.fixture
def file(records: list[Any], tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{record_to_json(record)}\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expected(records: list[Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What an undisturbed run makes of them."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'tracking.db'}", may_make=True)
    with feeding.Feeder(engine, lambda place, reason: pytest.fail(f"{place}: {reason}")) as feeder:
        for record in records:
            feeder.add(record_to_json(record).encode(), record.id)
    with engine.connect() as connection:
        found = {table.name: [
            tuple(row) for row in connection.execute(select(*(each for each in table.c if each.name not in TIMES)))
        ] for table in METADATA.sorted_tables}  # fmt: skip
    engine.dispose()
    return told(found)


def told(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[str]]:
    """Rows of whatever kind of database: they keep the keys of an object in another order."""
    return {name: sorted(json.dumps(row, sort_keys=True, default=str) for row in map(list, rows))
            for name, rows in tables.items()}  # fmt: skip


@pytest.fixture
def loader() -> Any:
    """Starts processes that load."""
    started: list[subprocess.Popen[str]] = []

    def start(url: str, file: Path, *, batch: int = 5, **options: Any) -> "subprocess.Popen[str]":
        more = [str(option) for option in options.pop("kills", ())]
        command = [sys.executable, str(Path(__file__).with_name("loader.py")), url, str(file), str(batch), *more]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "ARTICLES", 10)


def test_a_loader_that_is_killed_again_and_again(
    url: str, loader: Loader, file: Path, opened: Open, dump: Dump, expected: Any
) -> None:
    process = loader(url, file, kills=(20, 1))
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert int(out) >= 5
    assert told(dump(opened(url), times=False)) == expected


@pytest.mark.parametrize("overlap", [1.0, 0.5])
def test_two_loaders_at_once(
    url: str, loader: Loader, file: Path, tmp_path: Path, opened: Open, dump: Dump, expected: Any, overlap: float
) -> None:
    """They make the database, too."""
    lines = file.read_bytes().splitlines(keepends=True)
    half = int(MANY * (1 - overlap) / 2)
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_bytes(b"".join(lines[: MANY - half]))
    other.write_bytes(b"".join(reversed(lines[half:])))
    processes = [loader(url, each) for each in (one, other)]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert told(dump(opened(url), times=False)) == expected


@pytest.mark.usefixtures("small_batches")
def test_connections_that_are_cut_again_and_again(
    postgres: Any, postgres_url: str, opened: Open, records: list[Any], feed: Any, dump: Dump, expected: Any
) -> None:
    engine = opened(postgres_url)
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
    statements, cuts = 0, 0

    @event.listens_for(engine, "before_cursor_execute")
    def disturb(*_: object) -> None:
        nonlocal statements, cuts
        statements += 1
        if statements % 61 == 0:
            cuts += len(postgres.run(cut, name=engine.url.database))

    feed(engine, *records)
    assert cuts >= 5
    assert told(dump(engine, times=False)) == expected


@pytest.mark.usefixtures("small_batches")
def test_a_server_that_is_stopped_and_started(
    own_server: Any, opened: Open, records: list[Any], feed: Any, dump: Dump, expected: Any
) -> None:
    engine = opened(own_server.url)
    acts = [own_server.stop, own_server.start]
    batches = 0

    @event.listens_for(engine, "commit")
    def disturb(_connection: object) -> None:
        nonlocal batches
        batches += 1
        if batches == 30:  # the server goes before this is committed
            acts[0]()
            Thread(target=acts[1]).start()

    feed(engine, *records)
    assert batches > 30
    assert told(dump(engine, times=False)) == expected


def test_a_server_that_stays_away_is_told(
    own_server: Any, opened: Open, make: Any, feed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "PATIENCE", 0.3)
    engine = opened(own_server.url)
    feed(engine, make.full(1))
    own_server.stop()
    with pytest.raises(DatabaseError, match=r"^postgresql:///postgres: .*Check that the database is there"):
        feed(engine, make.full(2))
    own_server.start()
    assert feed(engine, make.full(1), make.full(2)).fed.changes.new == 1


# --- no room, no leave -----------------------------------------------------------------------------------------------


def whole_batches(engine: Engine) -> int:
    """How many articles are there; each with all that belongs to it."""
    with engine.connect() as connection:
        articles = connection.scalar(select(func.count()).select_from(ARTICLES)) or 0
        assert connection.scalar(select(func.coalesce(func.sum(RUNS.c.articles), 0))) == articles
    assert articles % 10 == 0
    return articles


@pytest.mark.usefixtures("small_batches")
def test_a_database_that_may_not_grow(
    sqlite_url: str, opened: Open, records: list[Any], feed: Any, dump: Dump, expected: Any
) -> None:
    engine = opened(sqlite_url)
    pages = [400]

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"pragma max_page_count = {pages[0]}")

    engine.dispose()
    with pytest.raises(DatabaseError, match=r"database or disk is full. Make room on the disk, then run this again"):
        feed(engine, *records)
    assert 0 < whole_batches(engine) < MANY
    pages[0] = 1_000_000
    engine.dispose()
    feed(engine, *records)
    assert told(dump(engine, times=False)) == expected


def test_files_that_may_not_grow(
    sqlite_url: str, loader: Loader, file: Path, opened: Open, dump: Dump, expected: Any
) -> None:
    """As on a full disk: also the log beside the database."""
    import resource
    import signal

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))

    opened(sqlite_url)
    process = loader(sqlite_url, file, batch=10, preexec_fn=limit)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith("sqlite:///") and errors.count("\n") == 1
    assert "disk" in errors and "Make room on the disk, then run this again." in errors
    assert 0 < whole_batches(opened(sqlite_url)) < MANY
    assert loader(sqlite_url, file).wait(timeout=60) == 0
    assert told(dump(opened(sqlite_url), times=False)) == expected


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(
    ("state", "mend"),
    [("53100", "Make room on the disk"), ("53200", "Check that the database is there"), ("XX000", "Check that"),
     ("58030", "Check that")],
)  # fmt: skip
def test_a_server_with_no_room(
    postgres_url: str, opened: Open, records: list[Any], feed: Any, dump: Dump, expected: Any, state: str, mend: str
) -> None:
    """The server says what it says on a full disk; what it does then is its own matter."""
    engine = opened(postgres_url)
    with engine.begin() as connection:
        reason = "could not extend file: No space left on device" if state == "53100" else "could not do it"
        connection.execute(text(f"""
            create function refuse() returns trigger language plpgsql as $$ begin
                if (select count(*) from articles) > 40 then
                    raise exception '{reason}' using errcode = '{state}';
                end if;
                return new;
            end $$"""))  # fmt: skip
        connection.execute(
            text("create trigger full_disk before insert on mentions for each row execute function refuse()")
        )
    with pytest.raises(DatabaseError, match=mend):
        feed(engine, *records)
    assert whole_batches(engine) == 40
    with engine.begin() as connection:
        connection.execute(text("drop trigger full_disk on mentions"))
    feed(engine, *records)
    assert told(dump(engine, times=False)) == expected


def test_a_server_that_may_only_be_read(postgres_url: str, postgres: Any, opened: Open, make: Any, feed: Any) -> None:
    engine = opened(postgres_url)
    postgres.run(f"alter database {engine.url.database} set default_transaction_read_only = on")
    engine.dispose()
    with pytest.raises(DatabaseError, match=r"cannot execute .* in a read-only transaction. Have the database's owner"):
        feed(engine, make.full(1))
    assert whole_batches(engine) == 0


def test_tables_that_one_may_not_write(
    postgres_url: str, postgres: Any, opened: Open, make: Any, feed: Any, request: pytest.FixtureRequest
) -> None:
    engine = opened(postgres_url)
    role = f"reader_{engine.url.database}"
    postgres.run(f"create role {role} login password 'x'")
    with engine.begin() as connection:
        connection.execute(text(f"grant select on all tables in schema public to {role}"))
    reader = opened(engine.url.set(username=role, drivername="postgresql", password="x").render_as_string(False))
    with pytest.raises(DatabaseError, match=r"permission denied for table .* Have the database's owner allow it"):
        feed(reader, make.full(1))
    assert whole_batches(engine) == 0
    with engine.begin() as connection:
        connection.execute(text(f"drop owned by {role}"))
    postgres.run(f"drop role {role}")


@pytest.mark.parametrize("change", ["alter table runs rename column restored to back", "drop table person_links"])
def test_tables_that_are_not_as_they_should_be(engine: Engine, make: Any, feed: Any, change: str) -> None:
    """That is no fault of the records, so that they are not refused one by one."""
    with engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(DatabaseError, match="`meetextract database check` tells how"):
        feed(engine, make.full(1), make.full(2))
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ARTICLES)) == 0


def test_a_file_that_another_program_holds(sqlite_url: str, opened: Open, make: Any, feed: Any) -> None:
    engine = opened(f"{sqlite_url}?timeout=0.1")
    path = engine.url.database
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(DatabaseError, match=r"database is locked. Another program holds it; wait for its end"):
            feed(engine, make.full(1))
    assert feed(engine, make.full(1)).fed.changes.new == 1


def give_up_rights() -> None:
    """Root may write everything; not without CAP_DAC_OVERRIDE."""
    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) == 0  # PR_CAPBSET_DROP


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_that_may_not_be_written(
    tmp_path_factory: pytest.TempPathFactory, loader: Loader, opened: Open, file: Path, what: str
) -> None:
    folder = tmp_path_factory.mktemp("locked")
    path = folder / "tracking.db"
    if what == "file":
        opened(f"sqlite:///{path}").dispose()
        path.chmod(0o444)
        before = path.read_bytes()
    else:
        folder.chmod(0o555)
    process = loader(f"sqlite:///{path}", file, preexec_fn=give_up_rights)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    assert errors.count("\n") == 1
    assert f"sqlite:///{path}" in errors
    assert "heck" in errors and "who may write" in errors
    if what == "file":
        assert path.read_bytes() == before
    else:
        assert not [*folder.iterdir()]
