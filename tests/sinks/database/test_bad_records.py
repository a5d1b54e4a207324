"""Records that cannot be loaded cost only themselves, and are told by their place; strange ones are loaded."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from meetextract.sinks.database.tables import (
    ARTICLE_PEOPLE,
    ARTICLES,
    ENTRIES,
    MENTIONS,
    METADATA,
    RESULTS,
    TARGETS,
    TEXTS,
)
from meetextract.sinks.jsonl import record_to_json

Feed = Callable[..., Any]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ARTICLES)) or 0


def line(record: Any, target: dict[str, object] | None = None, **fields: object) -> str:
    """The line of a record with other fields, and its first target with others: more than a record may hold."""
    whole = json.loads(record_to_json(record)) | fields
    whole["targets"][:1] = [whole["targets"][0] | (target or {})]
    return json.dumps(whole, separators=(",", ":"))


NO_RECORD = "it is no record. Load what `meetextract extract` wrote"
OLD = "no record of this version: "
NUL = "a text holds U+0000, which no database keeps. Take it out of the article"
BAD: dict[str, tuple[Callable[[Any], str | bytes], str]] = {
    "no JSON": (lambda _: "đây không phải JSON", NO_RECORD),
    "no object": (lambda _: "[1, 2]", NO_RECORD),
    "another object": (lambda _: '{"a": 1}', NO_RECORD),
    "an id that is no text": (lambda record: line(record, id=5), NO_RECORD),
    "no UTF-8": (lambda record: line(record).encode("utf-16"), NO_RECORD),
    "a lone surrogate in its id": (lambda record: line(record, id="bai-\ud83d"), NO_RECORD),
    "cut off": (lambda record: record_to_json(record)[:500], f"{OLD}Invalid JSON: EOF while parsing"),
    "cut off in its id": (lambda record: record_to_json(record)[:25], NO_RECORD),
    "nothing but an id": (lambda _: '{"schema":"1","id":"b"}', f"{OLD}source: Field required. Extract"),
    "another version": (lambda record: line(record, schema="2"), f"{OLD}schema: Input should be '1'"),
    "a lone surrogate": (lambda record: line(record, title="Hội \ud83d nghị"), f"{OLD}Invalid JSON: "),
    "U+0000": (lambda record: line(record, title="Hội nghị\0"), NUL),
    "U+0000 deep in it": (lambda record: line(record, {"checks": ["ratio\0mismatch"]}), NUL),
    "U+0000 in a key": (lambda record: line(record, {"why_empty": {"va\0lue": "not_stated"}}), NUL),
    "U+0000 in its id": (lambda record: line(record, id="bai\0"), NUL),
    "an empty id": (lambda record: line(record, id=""), "its article has no id. Give it one"),
    "an id of blanks": (lambda record: line(record, id=" "), "its article has no id. Give it one"),
    "a long id": (
        lambda record: line(record, id="b" * 501), "an id of 501 characters. Give the article one of 500 at most"
    ),
    "a long id of its first": (lambda record: line(record, duplicate_of="b" * 501), "an id of 501 characters"),
    "a day that is none": (
        lambda record: line(record, published="2031-02-30"), "'2031-02-30' is no day. Extract its article again"
    ),
    "a year of five digits": (lambda record: line(record, {"end": "12031-02-03"}), "'12031-02-03' is no day"),
    "a number of too many digits": (
        lambda record: line(record, {"value": 10**400}), "a number of more than 300 digits. Take it out of the article"
    ),
    "a number without end": (
        lambda record: line(record, {"value": 54321.5}).replace("54321.5", "1e999"), "a number of more than 300 digits"
    ),
    "a place beyond all texts": (lambda record: line(record, {"span": [0, 2**63]}), "the database does not take it: "),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_one_that_cannot_be_loaded_costs_only_itself(engine: Engine, make: Any, feed: Feed, kind: str) -> None:
    bad, reason = BAD[kind]
    record = make.full(77)
    feeding = feed(engine, make.full(1), bad(record), make.full(2), may_fail=True)
    ((place, told),) = feeding.faults
    assert place == "2"
    assert told.startswith(reason) and "\n" not in told and len(told) < 1_000
    assert (feeding.fed.read, feeding.fed.failed, feeding.fed.changes.new) == (3, 1, 2)
    assert count(engine) == 2


def test_what_the_database_does_not_take_is_found_among_many(
    url: str, second_url: str, opened: Any, make: Any, feed: Feed, dump: Dump
) -> None:
    bad = {5, 6, 17}
    lines = [line(make.full(number), {"span": [0, 2**63]} if number in bad else None).encode() for number in range(30)]
    one, other = opened(url), opened(second_url)
    feeding = feed(one, *lines, may_fail=True)
    assert [place for place, _ in feeding.faults] == [str(number + 1) for number in sorted(bad)]
    assert all("Integer out of range" in told or "integer" in told.lower() for _, told in feeding.faults)
    assert (feeding.fed.failed, feeding.fed.changes.new) == (3, 27)
    feed(other, *(each for number, each in enumerate(lines) if number not in bad))
    assert dump(one, times=False) == dump(other, times=False)


def test_words_that_look_like_the_sign_no_database_keeps_are_kept(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record(title=r"gõ \u0000 hay \\u0000"))
    with engine.connect() as connection:
        assert connection.scalar(select(ARTICLES.c.title)) == r"gõ \u0000 hay \\u0000"


def test_blank_around_a_line_is_nothing(engine: Engine, make: Any, feed: Feed) -> None:
    said = record_to_json(make.full(1))
    feed(engine, f"  {said}\r\n")
    assert feed(engine, said).fed.unchanged == 1


def test_a_record_that_others_wrote_in_another_order_is_one(engine: Engine, make: Any, feed: Feed) -> None:
    said = json.loads(record_to_json(make.full(1)))
    feed(engine, json.dumps(dict(reversed(said.items())), indent=None))
    assert count(engine) == 1


HOSTILE = "'; drop table articles; -- \" \\ %s %(x)s :name {} $1 ? \u2028 😀 \u202e"


def test_quotes_and_sql_are_nothing_but_signs(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.record(f"bai {HOSTILE}", people={HOSTILE: [(HOSTILE, HOSTILE)]}, targets=[(HOSTILE, 5)],
                         documents=[HOSTILE], tasks=[HOSTILE], topic=HOSTILE, title=HOSTILE)  # fmt: skip
    feed(engine, record)
    assert feed(engine, replace(record, pattern_set="b" * 16)).fed.changes.changed == 1
    with engine.connect() as connection:
        assert connection.scalar(select(ARTICLES.c.title)) == HOSTILE
        assert connection.scalar(select(ARTICLE_PEOPLE.c.name)) == HOSTILE
        assert connection.scalar(select(TARGETS.c.indicator)) == HOSTILE


def test_long_fields(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    name, words = "Ủy ban nhân dân xã Hải Yến " * 400, "rà soát hồ sơ tồn đọng " * 50_000
    record = make.record("b" * 500, people={name: [(name, name)]}, units=[name], targets=[(name, 5)], documents=[words],
                         tasks=[words], topic=words, title=words, source=words, text=words,
                         url=f"https://{'a' * 60}.example/{words}")  # fmt: skip
    feed(engine, record)
    before = dump(engine)
    feed(engine, record)
    assert dump(engine) == before
    with engine.connect() as connection:
        assert connection.scalar(select(TEXTS.c.text)) == words
    feed(engine, replace(record, targets=(), documents=(), pattern_set="b" * 16))  # and they may be superseded


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_edges(engine: Engine, make: Any, feed: Feed, day: str) -> None:
    feed(engine, line(make.full(1), {"start": day, "end": day}, published=day))
    with engine.connect() as connection:
        assert connection.scalar(select(ARTICLES.c.published)) == date.fromisoformat(day)
        assert connection.scalar(select(TARGETS.c.start)) == date.fromisoformat(day)


@pytest.mark.parametrize("value", [0, -0.0, 5e-324, 1.5e300, 1.7e308, 10**300, 2**63, -(2**64)])
def test_numbers_at_the_edges(engine: Engine, make: Any, feed: Feed, value: float) -> None:
    said = line(make.full(1), {"value": value, "max": value, "of": value})
    feed(engine, said)
    fed = feed(engine, said.replace("a" * 16, "b" * 16)).fed
    assert (fed.changes.changed, fed.changes.updated) == (1, 0)  # they come back as they were
    with engine.connect() as connection:
        assert connection.scalar(select(TARGETS.c.value)) == float(value)
        level = connection.scalar(select(TARGETS.c.level))
    assert level is None or isfinite(level)


def test_numbers_that_are_only_carried_come_back(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.full(1)
    (quantity,) = record.quantities
    feed(engine, replace(record, quantities=(replace(quantity, value=10**30, max=0.1),)))
    with engine.connect() as connection:
        value = connection.scalar(select(MENTIONS.c.value).where(MENTIONS.c.kind == "quantity"))
    assert (value["value"], value["max"]) == (10**30, 0.1)


def test_numbers_without_end_that_are_only_carried(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.full(1)
    (quantity,) = record.quantities
    said = line(replace(record, quantities=(replace(quantity, value=12345.5),)))
    feed(engine, said.replace("12345.5", "1e999"))
    with engine.connect() as connection:
        assert connection.scalar(select(MENTIONS.c.value).where(MENTIONS.c.kind == "quantity"))["value"] == "Infinity"


def test_a_share_of_nothing_is_no_level(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, line(make.full(1), {"value": 3, "of": 0}))
    with engine.connect() as connection:
        assert connection.scalar(select(RESULTS.c.level)) is not None
        assert connection.scalar(select(TARGETS.c.value)) == 3


def test_a_record_that_says_nothing(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record(url=None, title=None, published=None, text=None, text_hash=None))
    with engine.connect() as connection:
        for table in ENTRIES.values():
            assert connection.scalar(select(func.count()).select_from(table)) == 0
        assert connection.scalar(select(TEXTS.c.text_hash)) == ""


def test_columns_that_others_added_are_no_matter(engine: Engine, make: Any, feed: Feed) -> None:
    with engine.begin() as connection:
        connection.execute(text("alter table targets add column remark text"))
    record = make.full(1)
    feed(engine, record)
    with engine.begin() as connection:
        connection.execute(text("update targets set remark = 'xem lại'"))
    feed(engine, replace(record, pattern_set="b" * 16, targets=tuple(replace(each, start="2031-01-01")
                                                                      for each in record.targets)))  # fmt: skip
    with engine.connect() as connection:
        assert connection.scalar(text("select remark from targets")) == "xem lại"
    assert METADATA.tables["targets"] is TARGETS
