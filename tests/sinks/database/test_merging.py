"""Which people and units are one, whatever came first; two of whom people said that they are different stay two."""

from collections.abc import Callable, Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from meetextract.errors import DatabaseError
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.tables import MERGES, METADATA, PEOPLE, PERSON_LINKS, UNITS

Feed = Callable[..., Any]
Pair = tuple[str, str]

AN, WRITTEN_OTHERWISE = "Nguyễn Văn An", "Nguyễn Văn Ân"
OFFICES = ("UBND xã Hải Yến", "Đảng ủy xã Hải Yến", "UBND xã An Thịnh", "Công an xã An Thịnh")


def person(engine: Engine, name: str, unit: str) -> str:
    query = select(PEOPLE.c.id).join(UNITS, UNITS.c.id == PEOPLE.c.unit)
    with engine.connect() as connection:
        return connection.execute(query.where(PEOPLE.c.name == name, UNITS.c.name == unit)).scalar_one()


def pointing(engine: Engine, table: Any) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.id: row.entity for row in connection.execute(select(table.c.id, table.c.entity))}


def told(make: Any, article: str, name: str, *units: str) -> Any:
    return make.record(article, people={name: [("Chủ tịch", unit) for unit in units]})


def proposals(engine: Engine, kind: str) -> set[Pair]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"select one, other from merge_proposals where kind = '{kind}'")
        return {(one, other) for one, other in rows}


@pytest.fixture
def decide(engine: Engine) -> Decisions:
    return Decisions(engine)


@pytest.fixture
def halls(engine: Engine, make: Any, feed: Feed) -> list[str]:
    """The ids of four units of one name, each of another portal."""
    feed(engine, *(make.record(f"bai-{at}", units=["Ban An toàn"], url=f"https://{at}.example/") for at in range(4)))
    return sorted(pointing(engine, UNITS))


def test_pairs_that_were_decided_do_not_come_back(engine: Engine, halls: list[str], decide: Decisions) -> None:
    a, b, c, d = halls
    assert proposals(engine, "unit") == {(a, b), (a, c), (a, d)}
    for each in (b, c, d):
        decide.merge("unit", a, each, "different", by="Hoa")
    assert proposals(engine, "unit") == {(b, c), (b, d)}  # that one is another tells nothing of the others
    decide.merge("unit", c, b, "different", by="Hoa")
    assert proposals(engine, "unit") == {(b, d), (c, d)}
    decide.merge("unit", a, d, "undone", by="Hoa")
    assert proposals(engine, "unit") == {(a, d), (b, d), (c, d)}
    decide.merge("unit", a, d, "same", by="Hoa")
    assert proposals(engine, "unit") == set()  # d is a now, from which both are apart


def test_an_entity_is_proposed_once(engine: Engine, halls: list[str], decide: Decisions) -> None:
    a, b, c, d = halls
    decide.merge("unit", b, c, "same", by="Hoa")
    assert proposals(engine, "unit") == {(a, b), (a, d)}
    decide.merge("unit", c, a, "different", by="Hoa")
    assert proposals(engine, "unit") == {(a, d), (b, d)}  # nor b with a, who would make a and c one


def test_people_that_were_decided_do_not_come_back(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, *(told(make, f"bai-{unit}", name, unit) for unit in OFFICES for name in (AN, "Lê Minh Cường")))
    found = proposals(engine, "person")
    assert len(found) == 4
    for pair in sorted(found):
        decide.merge("person", *pair, "different", by="Hoa")
        found.remove(pair)
        assert proposals(engine, "person") == found


def test_an_article_parts_nobody_of_another_name(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, told(make, "bai-1", AN, OFFICES[0]), told(make, "bai-2", WRITTEN_OTHERWISE, OFFICES[1], OFFICES[2]))
    a = person(engine, AN, OFFICES[0])
    for unit in OFFICES[1:3]:
        decide.merge("person", a, person(engine, WRITTEN_OTHERWISE, unit), "undone", by="Hoa")
    decide.merge("person", a, person(engine, WRITTEN_OTHERWISE, OFFICES[1]), "same", by="Hoa")
    feed(engine, told(make, "bai-3", AN, OFFICES[0], OFFICES[3]))
    found = pointing(engine, PEOPLE)
    assert len(found) == 4
    assert set(found.values()) == {min(found)}


@pytest.mark.parametrize("kind", ["unit", "person"])
def test_nobody_makes_one_of_two_that_are_different(
    engine: Engine, make: Any, feed: Feed, decide: Decisions, kind: Any
) -> None:
    feed(engine, *(told(make, f"bai-{unit}", AN, unit) for unit in OFFICES[:3]))
    with engine.connect() as connection:
        units = {name: key for key, name in connection.execute(select(UNITS.c.id, UNITS.c.name))}
    a, b, c = (units[unit] if kind == "unit" else person(engine, AN, unit) for unit in OFFICES[:3])
    decide.merge(kind, a, c, "different", by="Hoa")
    decide.merge(kind, a, b, "same", by="Lan")
    before = [pointing(engine, table) for table in (UNITS, PEOPLE)]
    with pytest.raises(DatabaseError) as failure:
        decide.merge(kind, b, c, "same", by="Lan")
    names = {f"{unit if kind == 'unit' else AN} ({key})" for key, unit in ((a, OFFICES[0]), (c, OFFICES[2]))}
    assert all(name in str(failure.value) for name in names)
    assert "people said that they are different. Take that back first" in str(failure.value)
    assert [pointing(engine, table) for table in (UNITS, PEOPLE)] == before
    with engine.connect() as connection:
        assert len(connection.execute(select(MERGES)).all()) == 2
    decide.merge(kind, c, a, "undone", by="Hoa")
    decide.merge(kind, b, c, "same", by="Lan")
    found = pointing(engine, UNITS if kind == "unit" else PEOPLE)
    assert {found[each] for each in (a, b, c)} == {min(a, b, c)}


def test_articles_do_not_make_one_of_two_that_are_different(
    engine: Engine, make: Any, feed: Feed, decide: Decisions
) -> None:
    feed(engine, *(told(make, f"bai-{unit}", AN, unit) for unit in OFFICES[:3]))
    a, b, c = sorted(pointing(engine, PEOPLE))
    decide.merge("person", a, c, "different", by="Hoa")
    decide.merge("person", b, c, "same", by="Hoa")
    feed(engine, told(make, "bai-4", AN, *OFFICES[:3]))
    assert pointing(engine, PEOPLE) == {a: a, b: b, c: b}  # what people said goes before what an article tells


# --- any order -------------------------------------------------------------------------------------------------------

WHO = [(name, unit) for name in (AN, WRITTEN_OTHERWISE) for unit in OFFICES[:3]]
TWO = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1])
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("person"), TWO, st.sampled_from(["same", "same", "different", "undone"])),
        st.tuples(st.just("unit"), st.sampled_from([(0, 1), (1, 2), (0, 2)]), st.sampled_from(["same", "undone"])),
        st.tuples(st.just("article"), st.integers(0, 3),
                  st.tuples(st.booleans(), st.sets(st.integers(0, 2), min_size=1))),
    ),
    max_size=12,
)  # fmt: skip


def standing(engine: Engine, kind: str) -> dict[Pair, str]:
    found = {}
    with engine.connect() as connection:
        for row in connection.execute(select(MERGES).where(MERGES.c.kind == kind).order_by(MERGES.c.id)):
            found[row.one, row.other] = row.decision
    return {pair: decision for pair, decision in found.items() if decision != "undone"}


def plainly(things: Iterable[str], same: Iterable[Pair], apart: Iterable[Pair]) -> dict[str, str]:
    """The entities made anew by the rule, without any cleverness."""
    whole = {each: frozenset([each]) for each in things}
    for one, other in same:
        both = whole[one] | whole[other]
        if not any(both >= set(pair) for pair in apart):
            whole |= dict.fromkeys(both, both)
    return {each: min(all_of_it) for each, all_of_it in whole.items()}


def expected(engine: Engine) -> dict[str, str]:
    said = standing(engine, "person")
    unit_of = pointing(engine, UNITS)
    with engine.connect() as connection:
        links = {(one, other) for _, one, other in connection.execute(select(PERSON_LINKS))}
        people = connection.execute(select(PEOPLE)).all()
    links |= {
        (min(one.id, other.id), max(one.id, other.id)) for one, other in combinations(people, 2)
        if one.name_key == other.name_key and unit_of[one.unit] == unit_of[other.unit]
    }  # fmt: skip
    same = sorted(pair for pair, decision in said.items() if decision == "same")
    apart = [pair for pair, decision in said.items() if decision == "different"]
    return plainly((each.id for each in people), [*same, *sorted(links)], apart)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, seed=st.integers(0, 1000))
def test_anything_in_any_order(
    sqlite_url: str, opened: Any, make: Any, feed: Feed, events: list[Any], seed: int
) -> None:
    """Nothing in it depends on the kind of database."""
    engine = opened(sqlite_url)
    decide = Decisions(engine)
    articles: dict[int, Any] = {}

    def begin() -> None:
        with engine.begin() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(delete(table))
        feed(engine, *(told(make, f"bai-{at}", name, unit) for at, (name, unit) in enumerate(WHO)))

    def load(number: int) -> None:
        is_an, offices = articles[number]
        feed(engine, told(make, f"tin-{number}", WHO[0 if is_an else 3][0], *(OFFICES[at] for at in sorted(offices))))

    begin()
    who = [person(engine, *each) for each in WHO]
    with engine.connect() as connection:
        unit_ids = {name: key for key, name in connection.execute(select(UNITS.c.id, UNITS.c.name))}
    for what, which, said in events:
        if what == "article":
            articles[which] = said
            load(which)
        else:
            keys = [who[at] if what == "person" else unit_ids[OFFICES[at]] for at in which]
            try:
                decide.merge(what, *keys, said, by="Hoa")
            except DatabaseError:
                assert said != "undone"
        assert pointing(engine, PEOPLE) == expected(engine)
    outcome = pointing(engine, PEOPLE), pointing(engine, UNITS)

    again: list[Callable[[], None]] = [lambda number=number: load(number) for number in articles]  # type: ignore[misc]
    for kind in ("person", "unit"):
        for pair, decision in standing(engine, kind).items():
            again.append(lambda all_of=(kind, *pair, decision): decide.merge(*all_of, by="Lan"))  # type: ignore[misc]
    Random(seed).shuffle(again)
    begin()
    for each in again:
        each()
    assert (pointing(engine, PEOPLE), pointing(engine, UNITS)) == outcome
