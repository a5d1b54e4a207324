"""The order in which files come is nothing: the same articles make the same units and people."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from meetextract.sinks.database.tables import METADATA, PEOPLE, TARGETS, UNITS

Feed = Callable[..., Any]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]


def entities(engine: Engine) -> set[frozenset[tuple[str, str]]]:
    """The people that are one: name and unit of each."""
    query = select(PEOPLE.c.entity, PEOPLE.c.name, UNITS.c.name).join_from(
        PEOPLE, UNITS, PEOPLE.c.unit == UNITS.c.id, isouter=True
    )
    found: dict[str, set[tuple[str, str]]] = {}
    with engine.connect() as connection:
        for entity, name, unit in connection.execute(query):
            found.setdefault(entity, set()).add((name, unit))
    return {frozenset(each) for each in found.values()}


COMMITTEE, PARTY, FRONT = "UBND xã Hải Yến", "Đảng ủy xã Hải Yến", "UBMTTQ xã Hải Yến"
AN = "Nguyễn Văn An"


def test_an_article_that_gives_both_offices_makes_one_of_two(engine: Engine, make: Any, feed: Feed) -> None:
    feed(
        engine,
        make.record("bai-1", people={AN: [("Chủ tịch", COMMITTEE)]}),
        make.record("bai-2", people={AN: [("Phó Bí thư", PARTY)]}),
    )
    assert entities(engine) == {frozenset({(AN, COMMITTEE)}), frozenset({(AN, PARTY)})}
    both = make.record("bai-3", people={AN: [("Chủ tịch", COMMITTEE), ("Phó Bí thư", PARTY)]})
    feed(engine, both)
    assert entities(engine) == {frozenset({(AN, COMMITTEE), (AN, PARTY)})}
    feed(engine, replace(both, people=()))  # a better extraction does not say so
    assert entities(engine) == {frozenset({(AN, COMMITTEE)}), frozenset({(AN, PARTY)})}


def test_namesakes_of_other_units_stay_apart(engine: Engine, make: Any, feed: Feed) -> None:
    feed(
        engine,
        make.record("bai-1", people={AN: [("Chủ tịch", COMMITTEE)]}),
        make.record("bai-2", people={AN: [("Chủ tịch", "UBND xã An Thịnh")]}),
        make.record("bai-3", people={AN: []}),
        make.record("bai-4", people={AN: []}),
    )
    assert entities(engine) == {
        frozenset({(AN, COMMITTEE)}), frozenset({(AN, "UBND xã An Thịnh")}), frozenset({(AN, None)})
    }  # fmt: skip
    with engine.connect() as connection:
        assert len(set(connection.scalars(select(PEOPLE.c.entity)))) == 4  # of no known unit: known in an article only


def test_a_name_of_a_unit_that_many_bear_is_one_within_a_local_portal(engine: Engine, make: Any, feed: Feed) -> None:
    places = [
        "haiyen.quan.example.gov.vn",
        "haiyen.quan.example.gov.vn",
        "quan.example.gov.vn",
        "example.gov.vn",
        "bao.vn",
    ]
    for number, place in enumerate(places):
        feed(engine, make.record(f"bai-{number}", units=["Trạm Y tế Hải Yến"], url=f"https://{place}/{number}"))
    with engine.connect() as connection:
        assert sorted(connection.scalars(select(UNITS.c.scope))) == [
            "article bai-3", "article bai-4", "portal haiyen.quan.example.gov.vn", "portal quan.example.gov.vn"
        ]  # fmt: skip


def test_a_province_and_its_capital_are_two(engine: Engine, make: Any, feed: Feed) -> None:
    named = ["Công an tỉnh Thái Bình", "Công an thành phố Thái Bình"]
    for number, unit in enumerate(named):
        page = make.page(f"bai-{number}")
        goal = page.level("target", "tỷ lệ hộ nghèo", 2.0, holder=unit.removeprefix("Công an "))
        units = (page.unit(unit),)
        feed(
            engine,
            page.record(f"bai-{number}", units=units, targets=(goal,), people=(page.person(AN, [("Trưởng", unit)]),)),
        )
    with engine.connect() as connection:
        found = connection.execute(select(UNITS.c.name, UNITS.c.scope).order_by(UNITS.c.name)).all()
        assert [row.name for row in found] == [named[1], named[0], "thành phố Thái Bình", "tỉnh Thái Bình"]
        assert {row.scope for row in found} == {None}
        assert len(set(connection.scalars(select(PEOPLE.c.entity)))) == 2
        assert len(set(connection.scalars(select(TARGETS.c.holder_unit)))) == 2


def orders(engine_of: Any, feed: Feed, dump: Dump, urls: tuple[str, str], one: list[Any], other: list[Any]) -> None:
    first, second = engine_of(urls[0]), engine_of(urls[1])
    for batch in (one, other):
        feed(first, *batch)
    for batch in (other, one):
        feed(second, *batch)
    assert dump(first, times=False) == dump(second, times=False)


def test_two_files_in_either_order(url: str, second_url: str, opened: Any, make: Any, feed: Feed, dump: Dump) -> None:
    one, other = ([make.full(number) for number in numbers] for numbers in (range(30), range(30, 60)))
    orders(opened, feed, dump, (url, second_url), one, other)


def test_people_joined_by_a_third_article_in_any_order(engine: Engine, make: Any, feed: Feed, dump: Dump) -> None:
    records = [
        make.record("bai-1", people={AN: [("Chủ tịch", COMMITTEE), ("Phó Bí thư", PARTY)]}),
        make.record("bai-2", people={"NGUYỄN VĂN AN": [("Phó Bí thư", PARTY), ("Chủ tịch", FRONT)]}),
        make.record("bai-3", people={AN: [("Đại biểu", FRONT)]}),
    ]
    outcomes = []
    for order in permutations(records):
        with engine.begin() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(delete(table))
        for record in order:
            feed(engine, record)
        outcomes.append(dump(engine, times=False))
    assert len(entities(engine)) == 1
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_what_is_known_of_a_unit_is_the_fullest_in_any_order(
    url: str, second_url: str, opened: Any, make: Any, feed: Feed, dump: Dump
) -> None:
    known = make.record("bai-1", units=["Trường THCS Vĩnh Hòa Tây"])
    (school,) = known.units
    known = replace(known, units=(replace(school, kind="Trường THCS", level="xã", area="Vĩnh Hòa Tây"),))
    bare = make.record("bai-2", units=["Trường THCS Vĩnh Hòa Tây"])
    meant = make.record("bai-3")
    meant = replace(meant, meeting=make.page("bai-3").meeting("tổng kết năm học", "TRƯỜNG THCS Vĩnh Hòa Tây"))
    orders(opened, feed, dump, (url, second_url), [bare, meant], [known])


UNITS_SAID = [
    COMMITTEE,
    PARTY,
    "UBND Xã Hải Yến",
    "Trạm Y tế Vĩnh Hòa Tây",
    "TRẠM Y TẾ Vĩnh Hòa Tây",
    "UBND huyện",
    "Bộ Nội vụ",
]
SAID = st.fixed_dictionaries({
    "people": st.dictionaries(
        st.sampled_from([AN, AN.upper(), "Nguyễn Văn Ân"]),
        st.lists(st.tuples(st.just("Chủ tịch"), st.sampled_from([None, *UNITS_SAID])), max_size=3, unique=True),
        max_size=2,
    ),
    "units": st.lists(st.sampled_from(UNITS_SAID), max_size=3, unique=True),
    "host": st.sampled_from([None, *UNITS_SAID]),
    "known": st.booleans(),
})  # fmt: skip


def record_of(make: Any, number: int, said: dict[str, Any]) -> Any:
    record = make.record(f"bai-{number}", people=said["people"], units=said["units"])
    if said["known"]:  # the article tells the area that the name leaves out
        record = replace(record, units=tuple(
            replace(unit, level="xã", area="Vĩnh Hòa Tây") if unit.name.lower().startswith("trạm") else unit
            for unit in record.units
        ))  # fmt: skip
    return replace(record, meeting=make.page(record.id).meeting("giao ban", said["host"]))


@pytest.mark.parametrize("engine_of", ["sqlite"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SAID, min_size=2, max_size=5), dice=st.randoms(use_true_random=False))
def test_any_articles_in_any_order(
    engine_of: str, tmp_path: Any, sqlite_url: str, opened: Any, make: Any, feed: Feed, dump: Dump, said: list[Any],
    dice: Any,
) -> None:  # fmt: skip
    """Nothing in it depends on the kind of database."""
    engine = opened(sqlite_url)
    records = [record_of(make, number, each) for number, each in enumerate(said)]
    outcomes = []
    for _ in range(2):
        with engine.begin() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(delete(table))
        for record in records:
            feed(engine, record)
        outcomes.append(dump(engine, times=False))
        dice.shuffle(records)
    assert outcomes[0] == outcomes[1]
