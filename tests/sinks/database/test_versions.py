"""The schema: made where nothing is, brought up and down with all that is in it, and told where it is otherwise."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, insert, inspect, text

from meetextract.errors import DatabaseError
from meetextract.sinks.database.opening import connect_to
from meetextract.sinks.database.tables import MERGES, METADATA, PEOPLES, TASK_STATUS, VERDICTS
from meetextract.sinks.database.versions import (
    differences,
    downgrade,
    newest,
    open_database,
    upgrade,
    version_of,
)

Open = Callable[[str], Engine]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]

DECIDED = {table.name for table in PEOPLES}


def dump_of_machines(engine: Engine) -> dict[str, list[str]]:
    """All rows of the tables that version 0001 has."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in METADATA.sorted_tables
            if table.name not in DECIDED
        }


def version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return version_of(connection)


@pytest.fixture
def bare(url: str) -> Any:
    """A database with nothing in it."""
    engine = connect_to(url, may_make=True)
    yield engine
    engine.dispose()


# --- up and down -----------------------------------------------------------------------------------------------------


def test_a_new_database_is_as_it_should_be(engine: Engine) -> None:
    assert version(engine) == newest()
    assert differences(engine) == []


def test_step_by_step_is_the_same_as_at_once(bare: Engine) -> None:
    for step in ("0001", "0002"):
        upgrade(bare, step)
        assert version(bare) == step
    upgrade(bare)
    assert version(bare) == newest()
    assert differences(bare) == []


def test_what_records_say_survives_the_way_down_and_up(engine: Engine, make: Any, feed: Any) -> None:
    records = [make.full(number) for number in range(10)]
    feed(engine, *records)
    before = dump_of_machines(engine)
    assert all(before.values())
    downgrade(engine, "0001")
    assert not DECIDED & set(inspect(engine).get_table_names())
    assert dump_of_machines(engine) == before
    upgrade(engine)
    assert differences(engine) == []
    assert dump_of_machines(engine) == before
    assert feed(engine, *records).fed.unchanged == 10


def test_what_people_wrote_survives_an_upgrade_that_has_nothing_to_do(
    engine: Engine, make: Any, feed: Any, dump: Dump
) -> None:
    record = make.full(1)
    feed(engine, record)
    who: dict[str, object] = {"by": "Lan", "at": datetime(2031, 7, 9, tzinfo=UTC)}
    with engine.begin() as connection:
        connection.execute(
            insert(VERDICTS).values(
                article=record.id, kind="target", origin="x", verdict="accept", text_hash="1", content_hash="2", **who
            )
        )
        connection.execute(insert(TASK_STATUS).values(article=record.id, assignment="x", status="done", **who))
        connection.execute(insert(MERGES).values(kind="unit", one="a", other="b", decision="same", **who))
    before = dump(engine)
    upgrade(engine)
    assert dump(engine) == before


def test_all_the_way_down_and_up_again(engine: Engine, make: Any, feed: Any) -> None:
    feed(engine, make.full(1))
    with engine.begin() as connection:
        connection.execute(text("create table notes_of_others (words text)"))
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "notes_of_others"}
    assert version(engine) is None
    upgrade(engine)
    assert differences(engine) == []
    assert feed(engine, make.full(1)).fed.changes.new == 1


def test_a_step_that_fails_leaves_all_as_it_was(
    engine: Engine, make: Any, feed: Any, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(engine, make.full(1))
    before = dump(engine)
    monkeypatch.setattr("meetextract.sinks.database.versions.version_of", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        downgrade(engine, "0001")
    monkeypatch.undo()
    assert dump(engine) == before
    with engine.begin() as connection:  # of 0001: 0002 has gone down by then
        connection.execute(text("drop index ix_people_name_key"))
    with pytest.raises(DatabaseError, match="ix_people_name_key"):
        downgrade(engine, "base")
    assert version(engine) == newest()
    assert dump(engine) == before
    assert len(differences(engine)) == 1


def test_two_who_open_a_new_one_at_once(url: str) -> None:
    faults: list[BaseException] = []

    def open_it() -> None:
        try:
            open_database(url, may_make=True).dispose()
        except BaseException as error:
            faults.append(error)

    threads = [Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    engine = open_database(url)
    assert differences(engine) == []
    engine.dispose()


# --- what is otherwise -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("drop table mentions", "the table mentions is missing"),
        ("drop index ix_articles_portal", "the index ix_articles_portal of articles is missing"),
        ("alter table runs drop column restored", "the column restored of runs is missing"),
        ("alter table targets add column remark text", "the column remark of targets should not be there"),
        ("create index ix_extra on targets (quote)", "the index ix_extra of targets should not be there"),
        ("drop view overdue", "the view overdue is missing"),
        (
            ("drop view coverage", "create view coverage as select 1 as one"),
            "the view coverage is another one, without articles, assignments, first_day, last_day, meetings, month,"
            " portal, repeats, results, targets and with one",
        ),
    ],
)
def test_differences_are_told(engine: Engine, change: str | tuple[str, ...], told: str) -> None:
    with engine.begin() as connection:
        for each in (change,) if isinstance(change, str) else change:
            connection.execute(text(each))
    assert differences(engine) == [told]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("alter table runs alter column version drop not null",
         "the column runs.version may be empty, and should be otherwise"),
        ("alter table runs alter column articles type text using ''",
         "the type of the column runs.articles is TEXT, and should be INTEGER"),
        ("alter table runs drop constraint uq_runs_version_pattern_set",
         "the constraint uq_runs_version_pattern_set of runs is missing"),
        ("alter table articles drop constraint fk_articles_run",
         "the foreign key fk_articles_run of articles is missing"),
        ("comment on table runs is 'x'", "the comment of the table runs is otherwise"),
        ("comment on column runs.version is 'x'",
         "the comment of the column runs.version is x, and should be of meetextract"),
    ],
)  # fmt: skip
def test_differences_that_only_postgresql_can_have(
    postgres_url: str, opened: Callable[[str], Engine], change: str, told: str
) -> None:
    engine = opened(postgres_url)
    with engine.begin() as connection:
        connection.execute(text(change))
    assert differences(engine) == [told]


def test_a_view_of_a_table_that_is_gone(sqlite_url: str, opened: Callable[[str], Engine]) -> None:
    engine = opened(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("drop table cited"))
    found = differences(engine)
    assert found[0] == "the table cited is missing"
    assert found[-1] == "the view from_document cannot be read"


def test_tables_of_others_are_no_difference(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table notes_of_others (words text)"))
        connection.execute(text("create index ix_notes on notes_of_others (words)"))
    assert differences(engine) == []


# --- other versions, other programs ----------------------------------------------------------------------------------


def set_version(engine: Engine, number: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :number"), {"number": number})


@pytest.mark.parametrize("may_make", [True, False])
def test_a_newer_one(url: str, engine: Engine, may_make: bool) -> None:
    set_version(engine, "9001")
    with pytest.raises(
        DatabaseError, match=f"its version is 9001, newer than {newest()} of this program. Install a newer"
    ):
        open_database(url, may_make=may_make)
    with pytest.raises(DatabaseError, match="its version is 9001"):
        upgrade(engine)
    with pytest.raises(DatabaseError, match="its version is 9001"):
        downgrade(engine, "0001")
    assert version(engine) == "9001"


@pytest.mark.parametrize("may_make", [True, False])
def test_an_older_one(url: str, engine: Engine, may_make: bool) -> None:
    downgrade(engine, "0001")
    with pytest.raises(
        DatabaseError, match=r"its version is 0001, and this program needs .*Run `meetextract database up"
    ):
        open_database(url, may_make=may_make)
    assert version(engine) == "0001"
    upgrade(engine)
    open_database(url).dispose()


def test_one_of_nothing(url: str, bare: Engine) -> None:
    with bare.begin() as connection:
        connection.execute(text("create table notes_of_others (words text)"))
    with pytest.raises(DatabaseError, match=r"it holds no tables of meetextract. Run `meetextract database upgrade`"):
        open_database(url)
    assert inspect(bare).get_table_names() == ["notes_of_others"]
    open_database(url, may_make=True).dispose()  # others' tables stay beside ours
    assert "notes_of_others" in inspect(bare).get_table_names()
    assert differences(bare) == []


def test_one_of_another_program(url: str, bare: Engine) -> None:
    with bare.begin() as connection:
        connection.execute(text("create table articles (words text)"))
        connection.execute(text("create table people (words text)"))
    with pytest.raises(DatabaseError, match=r"tables of another program \(articles, people\). Name an empty database"):
        open_database(url, may_make=True)
    with pytest.raises(DatabaseError, match=r"it holds no tables of meetextract"):
        open_database(url)
    assert set(inspect(bare).get_table_names()) == {"articles", "people"}


def test_one_whose_versions_are_of_another_program(url: str, bare: Engine) -> None:
    with bare.begin() as connection:
        connection.execute(text("create table alembic_version (version_num varchar(32) not null)"))
        connection.execute(text("insert into alembic_version values ('ae1027a6acf')"))
    with pytest.raises(DatabaseError, match="its version is ae1027a6acf"):
        open_database(url, may_make=True)
