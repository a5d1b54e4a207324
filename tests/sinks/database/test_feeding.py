"""Feeding records: what is new, the same, otherwise, gone and back; and what people wrote stays."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, delete, func, insert, select

from meetextract.sinks.database.feeding import Feeder
from meetextract.sinks.database.rows import rows_of
from meetextract.sinks.database.storing import Changes
from meetextract.sinks.database.tables import (
    ARTICLE_PEOPLE,
    ARTICLES,
    ASSIGNMENTS,
    CORRECTIONS,
    ENTRIES,
    MENTIONS,
    MERGES,
    METADATA,
    PARTS,
    PEOPLE,
    PEOPLES,
    RUNS,
    TARGETS,
    TASK_STATUS,
    TASKS,
    TEXTS,
    TITLES,
    UNITS,
    VERDICTS,
)
from meetextract.sinks.jsonl import record_to_json

Feed = Callable[..., Any]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]

NOW = datetime(2031, 7, 9, tzinfo=UTC)


def rows(engine: Engine, table: Table, **where: object) -> list[Any]:
    query = select(table).where(*(table.c[name] == value for name, value in where.items()))
    with engine.connect() as connection:
        return list(connection.execute(query.order_by(*table.primary_key)))


def active(engine: Engine, table: Table) -> list[Any]:
    return [row for row in rows(engine, table) if row.superseded is None]


# --- loading and loading again ---------------------------------------------------------------------------------------


def test_first_load(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.full(1)
    fed = feed(engine, record, make.full(2)).fed
    assert (fed.read, fed.unchanged, fed.failed) == (2, 0, 0)
    assert fed.changes == Changes(new=2, added=sum(len(rows(engine, table)) for table in ENTRIES.values()))
    (article,) = rows(engine, ARTICLES, id=record.id)
    assert (article.url, article.title, article.portal) == (record.url, record.title, "haiyen.example.gov.vn")
    assert article.published.isoformat() == record.published
    assert article.notices == [{"code": "truncated", "message": "the article is cut", "span": None}]
    assert article.first_loaded == article.last_changed
    (text,) = rows(engine, TEXTS, article=record.id)
    assert (text.number, text.text, text.text_hash) == (1, record.text, record.text_hash)
    (run,) = rows(engine, RUNS)
    assert (run.version, run.pattern_set, run.articles) == ("1.0", "a" * 16, 2)
    assert run.added == fed.changes.added


def test_every_entry_is_its_own_origin_at_first(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.full(1))
    for table in ENTRIES.values():
        found = rows(engine, table)
        assert found
        assert all(row.origin == row.id and row.superseded is None for row in found), table.name


def test_no_table_of_the_machine_stays_empty(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, *(make.full(number) for number in range(1, 9)))
    empty = {table.name for table in METADATA.sorted_tables if not rows(engine, table)}
    assert empty == {table.name for table in PEOPLES}


def test_what_is_in_the_database_is_what_the_record_says(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.full(3)
    feed(engine, record)
    said = rows_of(record, "")
    for name, table in ENTRIES.items():
        assert [said.entries[name][row.id] for row in rows(engine, table)] == [
            {column: row._mapping[column] for column in said.entries[name][row.id]} for row in rows(engine, table)
        ]
    for name, (table, _) in PARTS.items():
        found = [dict(row._mapping) for row in rows(engine, table)]
        expected = [part for parts in said.parts[name].values() for part in parts]
        assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert [dict(row._mapping) for row in rows(engine, MENTIONS)] == said.mentions


def test_the_same_again_changes_nothing(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    records = [make.full(number) for number in range(20)]
    feed(engine, *records)
    before = dump(engine)
    fed = feed(engine, *records).fed
    assert (fed.read, fed.unchanged, fed.failed, fed.changes) == (20, 20, 0, Changes())
    assert dump(engine) == before


def test_the_same_in_other_batches_is_the_same(
    url: str, second_url: str, opened: Any, make: Any, feed: Feed, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [make.full(number) for number in range(20)]
    one, other = opened(url), opened(second_url)
    feed(one, *records)
    monkeypatch.setattr("meetextract.sinks.database.feeding.ARTICLES", 3)
    feed(other, *records)
    assert dump(one, times=False) == dump(other, times=False)


def test_a_batch_ends_also_with_its_bytes(
    engine: Engine, make: Any, feed: Feed, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetextract.sinks.database.feeding.CHARS", 1)
    feed(engine, make.full(1), make.full(2))
    times = {row.first_loaded for row in rows(engine, ARTICLES)}
    assert len(times) == 2


def test_what_is_left_is_not_written_where_an_error_ends_it(engine: Engine, make: Any) -> None:
    def lines() -> Iterator[bytes]:
        yield record_to_json(make.full(1)).encode()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Feeder(engine, print) as feeder:
        [feeder.add(line, "1") for line in lines()]
    assert not rows(engine, ARTICLES)


def test_the_portal_that_is_said_is_that_of_articles_without_an_address(engine: Engine, make: Any, feed: Feed) -> None:
    records = make.record("bai-1", url=None), make.record("bai-2")
    feed(engine, *records)
    assert [row.portal for row in rows(engine, ARTICLES)] == [None, "haiyen.example.gov.vn"]
    fed = feed(engine, *records, portal="xa.haiyen.example").fed
    assert [row.portal for row in rows(engine, ARTICLES)] == ["xa.haiyen.example", "haiyen.example.gov.vn"]
    assert fed.changes.changed == 2


def test_an_article_twice_in_a_batch_is_taken_one_after_the_other(engine: Engine, make: Any, feed: Feed) -> None:
    fed = feed(engine, make.record(tasks=["rà soát hồ sơ"]), make.record(tasks=["sửa đường liên thôn"])).fed
    assert (fed.changes.new, fed.changes.changed, fed.changes.superseded) == (1, 1, 2)  # an assignment with its task
    assert [row.text for row in active(engine, TASKS)] == ["sửa đường liên thôn"]


# --- what a changed extraction does ----------------------------------------------------------------------------------

OLD = "rà soát toàn bộ hồ sơ tồn đọng của các hộ dân trên địa bàn xã"
NEW = "rà soát toàn bộ hồ sơ tồn đọng của các hộ dân trên địa bàn xã trong tháng này"


def otherwise(record: Any, pattern_set: str = "b" * 16, **fields: Any) -> Any:
    """The record as other patterns make it."""
    return replace(record, pattern_set=pattern_set, **fields)


def test_what_is_otherwise_is_updated(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.record(tasks=[OLD])
    feed(engine, record)
    (told,) = record.assignments
    fed = feed(engine, otherwise(record, assignments=(replace(told, deadline="2031-10-01"),))).fed
    assert fed.changes == Changes(changed=1, updated=1)
    (row,) = rows(engine, ASSIGNMENTS)
    assert (row.id, row.deadline.isoformat()) == (told.id, "2031-10-01")
    assert len(rows(engine, RUNS)) == 2
    new_run = next(run for run in rows(engine, RUNS) if run.pattern_set == "b" * 16)
    assert row.run == new_run.id
    assert (new_run.articles, new_run.updated, new_run.added) == (1, 1, 0)
    assert rows(engine, TASKS)[0].run != new_run.id  # it says the same


def test_what_other_patterns_find_the_same_keeps_its_rows(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    record = make.full(1)
    feed(engine, record)
    before = dump(engine)
    assert feed(engine, otherwise(record)).fed.changes == Changes(changed=1)
    after = dump(engine)
    assert {name for name in before if before[name] != after[name]} == {"articles", "runs"}


def test_what_is_new_is_added_and_what_is_gone_is_superseded(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record(targets=[("tỷ lệ tiêm chủng", 90)]))
    fed = feed(engine, otherwise(make.record(targets=[("số trường đạt chuẩn", None), ("giá trị sản xuất", 12)]))).fed
    assert fed.changes == Changes(changed=1, added=2, superseded=1)
    gone = next(row for row in rows(engine, TARGETS) if row.superseded)
    assert (gone.indicator, gone.successor) == ("tỷ lệ tiêm chủng", None)
    assert {row.id: row.pattern_set for row in rows(engine, RUNS)}[gone.superseded_by] == "b" * 16
    assert {row.indicator for row in active(engine, TARGETS)} == {"số trường đạt chuẩn", "giá trị sản xuất"}


def test_what_is_worded_otherwise_takes_the_place(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record(tasks=[OLD]))
    feed(engine, otherwise(make.record(tasks=[NEW])))
    for table in (ASSIGNMENTS, TASKS):
        (before,) = (row for row in rows(engine, table) if row.superseded)
        (after,) = active(engine, table)
        assert before.successor == after.id != before.id
        assert after.origin == before.id
    third = make.record(tasks=[NEW + ", báo cáo kết quả"])
    feed(engine, otherwise(third, "c" * 16))
    (last,) = active(engine, ASSIGNMENTS)
    assert last.id == third.assignments[0].id
    assert last.origin == make.record(tasks=[OLD]).assignments[0].id  # through both


def test_what_was_gone_and_comes_back_worded_otherwise_takes_its_place_again(
    engine: Engine, make: Any, feed: Feed
) -> None:
    feed(engine, make.record(tasks=[OLD]))
    feed(engine, otherwise(make.record(tasks=["sửa đường liên thôn"])))
    feed(engine, otherwise(make.record(tasks=["sửa đường liên thôn", NEW]), "c" * 16))
    for table in (ASSIGNMENTS, TASKS):
        (before,) = (row for row in rows(engine, table) if row.superseded)
        after = next(row for row in active(engine, table) if row.id == before.successor)
        assert after.origin == before.id != after.id
        assert len(active(engine, table)) == 2


def test_what_is_found_again_is_restored(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    first, second = make.record(tasks=[OLD]), otherwise(make.record(tasks=[NEW]))
    feed(engine, first)
    before = {name: each for name, each in dump(engine, times=False).items() if name in ENTRIES}
    feed(engine, second)
    fed = feed(engine, first).fed
    assert fed.changes == Changes(changed=1, restored=2, superseded=2)
    (told,) = active(engine, ASSIGNMENTS)
    assert told.id == told.origin == first.assignments[0].id
    assert (told.successor, told.superseded_by) == (None, None)
    after = dump(engine, times=False)
    assert all(row in after[name] for name, each in before.items() for row in each)


def test_parts_follow_their_entry(engine: Engine, make: Any, feed: Feed) -> None:
    name, unit = "Nguyễn Văn An", "UBND xã Hải Yến"
    first = make.record(people={name: [("Phó Chủ tịch", unit), ("Bí thư", None)]})
    feed(engine, first)
    feed(engine, otherwise(make.record(people={name: [("Chủ tịch", unit)]})))
    assert [row.role for row in rows(engine, TITLES)] == ["Chủ tịch"]
    feed(engine, otherwise(make.record(), "c" * 16))
    assert [row.role for row in rows(engine, TITLES)] == ["Chủ tịch"]  # of an entry that is superseded
    feed(engine, first)
    assert [row.role for row in rows(engine, TITLES)] == ["Phó Chủ tịch", "Bí thư"]


def test_mentions_are_those_of_the_last_record(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.full(1))
    last = make.record("bai-00001", units=["Bộ Nội vụ"])
    feed(engine, otherwise(last))
    assert [(row.kind, row.entry) for row in rows(engine, MENTIONS)] == [("unit", last.units[0].id)]


def test_a_correction_of_the_portal_keeps_the_old_text(engine: Engine, make: Any, feed: Feed) -> None:
    first = make.record(tasks=[OLD])
    second = replace(make.record(tasks=[NEW]), text_hash="1" * 32)
    feed(engine, first, second)
    assert sorted((row.number, row.text_hash, row.text) for row in rows(engine, TEXTS)) == [
        (1, "0" * 32, first.text), (2, "1" * 32, second.text)
    ]  # fmt: skip
    assert rows(engine, ARTICLES)[0].text_hash == "1" * 32
    assert {row.text_hash for row in active(engine, ASSIGNMENTS)} == {"1" * 32}
    assert {row.text_hash for row in rows(engine, ASSIGNMENTS) if row.superseded} == {"0" * 32}
    feed(engine, first)  # and back
    assert [row.number for row in rows(engine, TEXTS)] == [1, 2]
    assert rows(engine, ARTICLES)[0].text_hash == "0" * 32


def test_a_text_that_is_held_later_is_added_and_none_is_lost(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.record(tasks=[OLD])
    feed(engine, replace(record, text=None))
    assert rows(engine, TEXTS)[0].text is None
    feed(engine, record)
    assert rows(engine, TEXTS)[0].text == record.text
    feed(engine, replace(record, text=None, title=None))
    (text,) = rows(engine, TEXTS)
    assert (text.text, text.title) == (record.text, record.title)


# --- what people wrote -----------------------------------------------------------------------------------------------


def decide(engine: Engine, told: Any, people: list[str]) -> None:
    """Write what people write, of an assignment and of people."""
    with engine.begin() as connection:
        verdict = connection.execute(
            insert(VERDICTS).values(article=told.article, kind="assignment", origin=told.origin, verdict="correct",
                                    text_hash=told.text_hash, content_hash=told.content_hash, by="Lan", at=NOW,
                                    why="thiếu thời hạn")
        ).inserted_primary_key[0]  # fmt: skip
        connection.execute(insert(CORRECTIONS).values(verdict=verdict, slot="deadline", number=0, value="2031-10-15"))
        connection.execute(
            insert(TASK_STATUS).values(article=told.article, assignment=told.origin, status="done", by="Lan", at=NOW)
        )
        one, other = sorted(people)
        connection.execute(
            insert(MERGES).values(kind="person", one=one, other=other, decision="same", by="Lan", at=NOW)
        )


def test_no_load_touches_what_people_wrote(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    people = {"Nguyễn Văn An": [("Chủ tịch", "UBND xã Hải Yến")], "Lê Minh Cường": [("Bí thư", "Đảng ủy xã Hải Yến")]}
    feed(engine, make.record(tasks=[OLD], people=people))
    (told,) = active(engine, ASSIGNMENTS)
    decide(engine, told, [row.person for row in rows(engine, ARTICLE_PEOPLE)])
    before = dump(engine)
    for number, task in enumerate((NEW, "sửa đường liên thôn", OLD, NEW + " và báo cáo")):
        feed(engine, otherwise(make.record(tasks=[task]), f"{number}" * 16))
        after = dump(engine)
        assert all(before[table.name] == after[table.name] for table in PEOPLES)
    assert before["verdicts"]


def test_what_people_wrote_stays_with_an_entry_that_is_worded_otherwise(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record(tasks=[OLD, "sửa đường liên thôn"]))
    told = next(row for row in active(engine, ASSIGNMENTS) if "rà soát" in row.quote)
    with engine.begin() as connection:
        connection.execute(
            insert(VERDICTS).values(article=told.article, kind="assignment", origin=told.origin, verdict="accept",
                                    text_hash=told.text_hash, content_hash=told.content_hash, by="Lan", at=NOW)
        )  # fmt: skip
    feed(engine, otherwise(make.record(tasks=["sửa đường liên thôn", NEW])))
    with engine.connect() as connection:
        query = select(ASSIGNMENTS.c.quote, VERDICTS.c.verdict).join(
            VERDICTS, (VERDICTS.c.article == ASSIGNMENTS.c.article) & (VERDICTS.c.origin == ASSIGNMENTS.c.origin)
        )
        ((quote, verdict),) = connection.execute(query.where(ASSIGNMENTS.c.superseded.is_(None)))
    assert NEW in quote
    assert verdict == "accept"


# --- whatever the order ----------------------------------------------------------------------------------------------

WORDS = [
    "rà soát hồ sơ",
    "rà soát hồ sơ tồn đọng",
    "rà soát toàn bộ hồ sơ tồn đọng",
    "sửa đường",
    "sửa đường liên thôn",
]
SAID = st.fixed_dictionaries({
    "article": st.sampled_from(["bai-1", "bai-2"]),
    "tasks": st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
    "targets": st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([None, 90])), max_size=2, unique=True),
    "people": st.dictionaries(
        st.sampled_from(["Nguyễn Văn An", "Nguyễn Văn Ân"]),
        st.lists(st.tuples(st.sampled_from(["Chủ tịch", "Bí thư"]),
                           st.sampled_from([None, "UBND xã Hải Yến", "Bộ Nội vụ"])), max_size=2, unique=True),
    ),
    "pattern_set": st.sampled_from(["a" * 16, "b" * 16]),
    "text_hash": st.sampled_from(["0" * 32, "1" * 32]),
})  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loads=st.lists(SAID, min_size=1, max_size=6))
def test_active_entries_are_those_of_the_last_record(engine: Engine, make: Any, feed: Feed, loads: list[Any]) -> None:
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
    records = [make.record(said["article"], **{key: value for key, value in said.items() if key != "article"})
               for said in loads]  # fmt: skip
    for record in records:
        feed(engine, record)
    last = {record.id: rows_of(record, "") for record in records}
    for name, table in ENTRIES.items():
        found = {(row.article, row.id): row for row in active(engine, table)}
        expected = {(article, key): row for article, said in last.items() for key, row in said.entries[name].items()}
        assert found.keys() == expected.keys()
        for key, row in expected.items():
            assert {column: found[key]._mapping[column] for column in row if column != "run"} == {
                column: value for column, value in row.items() if column != "run"
            }
        ids = {(row.article, row.id) for row in rows(engine, table)}
        for row in rows(engine, table):
            assert (row.article, row.origin) in ids
            assert row.successor is None or (row.article, row.successor) in ids
            assert (row.superseded is None) == (row.superseded_by is None)
    with engine.connect() as connection:
        assert not connection.scalar(select(func.count()).select_from(UNITS).where(UNITS.c.entity != UNITS.c.id))
        people = connection.execute(select(PEOPLE.c.entity).distinct()).scalars().all()
    assert set(people) <= {row.id for row in rows(engine, PEOPLE)}
