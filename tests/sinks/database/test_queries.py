"""The questions that trackers ask, and what narrows them down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql

from meetextract.errors import DatabaseError
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.queries import QUERIES, Narrowed, answer, whole
from meetextract.sinks.database.registry import VIEWS
from meetextract.sinks.database.tables import METADATA, UNITS

Feed = Callable[..., Any]

POLICE, COMMITTEE, CHAIR = "Công an xã Hải Yến", "UBND xã Hải Yến", "Nguyễn Văn An"


def ask(engine: Engine, name: str, limit: int | None = None, **narrowed: Any) -> list[dict[str, Any]]:
    found = answer(engine, name, Narrowed(**narrowed), limit)
    return [dict(zip(found.columns, row, strict=True)) for row in found]


def column(engine: Engine, key: str, name: str, **narrowed: Any) -> list[Any]:
    return [line[key] for line in ask(engine, name, **narrowed)]


def told(make: Any, article: str, deadline: str | None = None, to: str = POLICE, by: str = CHAIR, **fields: Any) -> Any:
    """An article in which somebody told a unit something."""
    page = make.page(article)
    due = page.assignment(f"rà soát {article}", to=[to], by=by, deadline=deadline, documents=("15/KH-UBND",),
                          document_spans=((0, 1),))  # fmt: skip
    said = {
        "people": (page.person(by, [("Chủ tịch", COMMITTEE)]),),
        "units": (page.unit(COMMITTEE), page.unit(to)),
        "documents": (page.document("15/KH-UBND"), page.document("7/NQ-HĐND"), page.document("15/KH-UBND")),
        "assignments": (due,),
    }
    return page.record(article, **(said | fields))


# --- narrowing down --------------------------------------------------------------------------------------------------


def test_a_unit_by_its_name_its_words_and_its_id(engine: Engine, make: Any, feed: Feed) -> None:
    names = (POLICE, "Công an xã Hải Yến Đông", "Hội Nông dân xã Yến", "Ban 100%_Hải")
    feed(engine, *(told(make, f"bai-{number}", to=name) for number, name in enumerate(names)))

    def units(given: str) -> set[str]:
        return {line["unit"] for line in ask(engine, "open_assignments", unit=given)}

    assert units(POLICE) == units("công an  xã Hải Yến") == {POLICE}  # the very name, though another begins with it
    assert units("công an") == units("Yến công an") == {POLICE, "Công an xã Hải Yến Đông"}
    assert units("Nông dân") == {"Hội Nông dân xã Yến"}
    (unit,) = {line["unit_id"] for line in ask(engine, "open_assignments", unit="Nông dân")}
    assert units(unit) == {"Hội Nông dân xã Yến"}
    assert units("100%_Hải") == {"Ban 100%_Hải"}
    # Words are whole ones, and no wildcards.
    for nobody in ("Công a", "%", "_", "Công an xã Hải Yế%", "Hải Yến Tây", "'; drop table units; --", ""):
        with pytest.raises(DatabaseError, match="no unit of this name"):
            units(nobody)


def test_an_area_means_itself_with_all_its_offices(engine: Engine, make: Any, feed: Feed) -> None:
    page = make.page("bai-4")
    goal = page.level("target", "tỷ lệ hộ dân có nước sạch", 80, holder="xã Hải Yến")
    names = (POLICE, COMMITTEE, "Công an xã Hải Yến Đông")
    feed(engine, *(told(make, f"bai-{number}", to=name) for number, name in enumerate(names, 1)))
    feed(engine, page.record("bai-4", targets=(goal,)))
    assert column(engine, "unit", "open_assignments", unit="xã Hải Yến") == [POLICE, COMMITTEE]
    (area,) = column(engine, "holder_id", "progress", unit="xã Hải Yến")
    assert column(engine, "unit", "open_assignments", unit=area) == [POLICE, COMMITTEE]
    assert column(engine, "holder", "progress", unit=COMMITTEE) == ["xã Hải Yến"]
    assert column(engine, "unit", "open_assignments", unit=COMMITTEE) == [COMMITTEE]  # and no other offices
    assert column(engine, "holder", "progress", unit=POLICE) == []


def test_an_area_that_was_merged_has_the_offices_of_both(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"), told(make, "bai-2", to="Công an xã Hải Yến Đông"))
    with engine.connect() as connection:
        found = select(UNITS.c.id).where(UNITS.c.name.in_(["xã Hải Yến", "xã Hải Yến Đông"]))
        areas = connection.execute(found).scalars().all()
    Decisions(engine).merge("unit", *areas, "same", by="Hoa")
    for name in ("xã Hải Yến", "xã Hải Yến Đông"):
        assert column(engine, "article", "open_assignments", unit=name) == ["bai-1", "bai-2"]


def test_names_that_are_near(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"), told(make, "bai-2", by="Trần Thị Bích"))
    for given, near in (("Cong an xa Hai Yen", POLICE), ("Công an xã Hải Yên", POLICE), ("UBND xã Hải Yếm", COMMITTEE)):
        with pytest.raises(DatabaseError, match=rf"{given}: no unit of this name\. Near are .*{near}"):
            ask(engine, "open_assignments", unit=given)
    with pytest.raises(DatabaseError, match=r"Nguyễn Văn Ân: no person of this name\. Near are Nguyễn Văn An\."):
        ask(engine, "directed", person="Nguyễn Văn Ân")
    with pytest.raises(DatabaseError, match=r"Xyz: no person of this name\. Names are as in the records; words"):
        ask(engine, "directed", person="Xyz")


def test_a_person_by_name_words_and_id(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"), told(make, "bai-2", by="Trần Thị Lan"))
    assert column(engine, "article", "directed", person=CHAIR) == ["bai-1"]
    assert column(engine, "article", "directed", person="an") == ["bai-1"]  # and not Lan
    (line,) = ask(engine, "directed", person="thị lan")
    assert column(engine, "article", "directed", person=line["person_id"]) == ["bai-2"]
    assert column(engine, "article", "directed", person=CHAIR, unit=POLICE) == ["bai-1"]


def test_namesakes_are_told_apart_by_their_units(engine: Engine, make: Any, feed: Feed) -> None:
    other = make.page("bai-2")
    people = (other.person(CHAIR, [("Trưởng Công an", "Công an xã Phú Lộc")]),)
    unknown = make.page("bai-3")
    feed(
        engine,
        told(make, "bai-1"),
        told(make, "bai-2", people=people),
        told(make, "bai-3", people=(unknown.person(CHAIR, []),)),
    )
    lines = ask(engine, "directed", person=CHAIR)
    assert {line["article"]: line["of"] for line in lines} == {
        "bai-1": COMMITTEE, "bai-2": "Công an xã Phú Lộc", "bai-3": None
    }  # fmt: skip
    assert len({line["person_id"] for line in lines}) == 3
    ids = {line["article"]: line["person_id"] for line in lines}
    Decisions(engine).merge("person", ids["bai-1"], ids["bai-3"], "same", by="Hoa")
    whole_person = {line["article"]: line["of"] for line in ask(engine, "directed", person=ids["bai-1"])}
    assert whole_person["bai-1"] == COMMITTEE
    assert {"of", "issued", "issuer"} <= {*QUERIES["directed"].shown, *QUERIES["from_document"].shown}


def test_a_unit_that_was_merged_is_found_by_either_name(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"), told(make, "bai-2", to="Đội Cảnh sát xã Hải Yến"))
    one, other = (ask(engine, "open_assignments", unit=name)[0]["unit_id"] for name in (POLICE, "Đội Cảnh sát"))
    Decisions(engine).merge("unit", one, other, "same", by="Hoa")
    for name in (POLICE, "Đội Cảnh sát", one, other):
        assert column(engine, "article", "open_assignments", unit=name) == ["bai-1", "bai-2"]


def test_a_document_by_its_symbol_with_and_without_its_signs(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"))
    for given in ("15/KH-UBND", "15 kh ubnd", "15KHUBND", "15/KH"):
        assert set(column(engine, "symbol", "from_document", document=given)) == {"15/KH-UBND"}
    assert set(column(engine, "kind", "from_document", document="15/KH-UBND")) == {"mention", "assignment"}
    assert column(engine, "kind", "from_document", document="7/NQ-HĐND") == ["mention"]
    assert ask(engine, "from_document", document="16/KH-UBND") == []
    assert ask(engine, "from_document", document="15_KH%") == ask(engine, "from_document", document="15KH")
    with pytest.raises(DatabaseError, match="/-: no symbol of a document"):
        ask(engine, "from_document", document="/-")


def test_a_symbol_that_others_begin_with(engine: Engine, make: Any, feed: Feed) -> None:
    record = make.record("bai-1", documents=("06", "06/QĐ-TTg", "061/KH-UBND", "7/NQ-HĐND"))
    feed(engine, record)
    assert column(engine, "symbol", "from_document", document="06") == ["06"]
    assert column(engine, "symbol", "from_document", document="0") == ["06", "06/QĐ-TTg", "061/KH-UBND"]
    whole_one = next(each.id for each in record.documents if each.symbol == "06")
    Decisions(engine).verdict("bai-1", whole_one, "reject", by="Hoa")  # now none has the symbol as a whole
    assert column(engine, "symbol", "from_document", document="06") == ["06/QĐ-TTg", "061/KH-UBND"]


def test_a_document_that_is_named_often_is_mentioned_once(engine: Engine, make: Any, feed: Feed) -> None:
    page = make.page()
    first, second = page.document("15/KH-UBND"), page.document("15 /KH-UBND", "UBND xã Hải Yến")
    second = replace(second, text="KH 15/KH-UBND", date="2031-02-01")
    feed(engine, page.record("bai-1", documents=(second, first)))
    (line,) = ask(engine, "from_document")
    assert (line["text"], (line["span_start"], line["span_end"])) == (first.text, first.span)
    assert (line["issued"], line["issuer"]) == (date(2031, 2, 1), "UBND xã Hải Yến")


def test_portals_and_days(engine: Engine, make: Any, feed: Feed) -> None:
    feed(
        engine,
        told(make, "bai-1", "2031-08-01", published="2031-07-30"),
        told(make, "bai-2", "2031-08-31", published="2031-08-02", url="https://khac.example/2"),
        told(make, "bai-3", None, published=None),
    )
    asked = "open_assignments"
    assert column(engine, "article", asked, portal="khac.example") == ["bai-2"]
    assert column(engine, "article", asked, portal="xyz") == []
    assert column(engine, "article", asked, start=date(2031, 8, 1)) == ["bai-1", "bai-2"]
    assert column(engine, "article", asked, start=date(2031, 8, 2)) == ["bai-2"]
    assert column(engine, "article", asked, end=date(2031, 8, 30)) == ["bai-1"]
    assert column(engine, "article", asked, start=date(2031, 8, 1), end=date(2031, 8, 31)) == ["bai-1", "bai-2"]
    assert set(column(engine, "article", "from_document", start=date(2031, 8, 1))) == {"bai-2"}
    assert column(engine, "article", "directed", end=date(2031, 7, 31)) == ["bai-1"]
    assert column(engine, "month", "coverage") == ["2031-07", None, "2031-08"]  # by portal, then month
    assert column(engine, "month", "coverage", start=date(2031, 7, 31), end=date(2031, 7, 31)) == ["2031-07"]
    assert ask(engine, "coverage", portal="khac.example") == [
        {"portal": "khac.example", "month": "2031-08", "articles": 1, "repeats": 0, "meetings": 0, "targets": 0,
         "results": 0, "assignments": 1, "first_day": date(2031, 8, 2), "last_day": date(2031, 8, 2)}
    ]  # fmt: skip
    assert {type(value) for line in ask(engine, "coverage") for value in line.values()} == {str, int, date, type(None)}


def test_overdue_and_due(engine: Engine, make: Any, feed: Feed) -> None:
    days = ("2031-07-31", "2031-08-01", "2031-08-02", "2032-08-01", None)
    feed(engine, *(told(make, f"bai-{day}", day) for day in days))

    def on(name: str, day: date) -> list[Any]:
        return [each and each.isoformat() for each in column(engine, "deadline", name, on=day)]

    assert on("overdue", date(2031, 8, 1)) == ["2031-07-31"]
    assert on("overdue", date(2031, 8, 2)) == ["2031-07-31", "2031-08-01"]
    assert on("due_this_month", date(2031, 8, 31)) == ["2031-08-01", "2031-08-02"]
    assert on("due_this_month", date(2031, 9, 1)) == []


def test_today_is_the_day_in_vietnam(engine: Engine, make: Any, feed: Feed) -> None:
    def in_vietnam() -> date:
        return (datetime.now(UTC) + timedelta(hours=7)).date()

    while True:  # again if midnight comes in between
        today = in_vietnam()
        days = [today + timedelta(days=days) for days in (-1, 0, 1)]
        feed(engine, *(told(make, f"bai-{day}", day.isoformat()) for day in days))
        for overdue in (column(engine, "deadline", "overdue"), view(engine, "overdue", "deadline")):
            found = [day for day in overdue if day in days]
            assert in_vietnam() != today or found == days[:1]
        for due in (column(engine, "deadline", "due_this_month"), view(engine, "due_this_month", "deadline")):
            found = sorted(day for day in due if day in days)
            assert in_vietnam() != today or found == [day for day in days if day.month == today.month]
        if in_vietnam() == today:
            break


def view(engine: Engine, name: str, key: str) -> list[Any]:
    """A column of a view as it is, by SQL."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"select {key} from {name}").scalars().all()
    return [date.fromisoformat(each) if isinstance(each, str) else each for each in found]


# --- order, limits and refusals --------------------------------------------------------------------------------------


def test_what_has_no_deadline_comes_last(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, told(make, "bai-1"), told(make, "bai-2", "9999-12-31"), told(make, "bai-3", "2031-01-01"))
    feed(engine, told(make, "bai-4", "2031-01-01", to="Bộ Y tế"))
    assert column(engine, "article", "open_assignments") == ["bai-4", "bai-3", "bai-2", "bai-1"]
    assert [line["article"] for line in ask(engine, "open_assignments", limit=2)] == ["bai-4", "bai-3"]


@pytest.mark.parametrize("name", QUERIES)
def test_a_filter_that_a_query_does_not_take(sqlite_url: str, opened: Callable[[str], Engine], name: str) -> None:
    engine = opened(sqlite_url)
    given = {"unit": "x", "person": "x", "document": "15", "portal": "x", "start": date(2031, 1, 1),
             "end": date(2031, 1, 1), "on": date(2031, 1, 1)}  # fmt: skip
    refused = {what for what, taken in QUERIES[name].narrowed_by.items() if not taken}
    for what in refused:
        with pytest.raises(DatabaseError, match=f"{name}: it is not narrowed down by {what}"):
            ask(engine, name, **{what: given[what]})
    for what in given.keys() - refused - {"unit", "person"}:
        assert ask(engine, name, **{what: given[what]}) == []


def test_what_there_is_not(sqlite_url: str, opened: Callable[[str], Engine]) -> None:
    engine = opened(sqlite_url)
    with pytest.raises(DatabaseError, match=r"done: no such query\. There are open_assignments, overdue, "):
        ask(engine, "done")
    with pytest.raises(DatabaseError, match=r"sqlite_master: no such table or view\. There are .*articles"):
        whole(engine, "sqlite_master")


# --- both engines ----------------------------------------------------------------------------------------------------


def test_views_and_queries_are_the_same_on_both_engines(
    postgres_url: str, sqlite_url: str, opened: Callable[[str], Engine], make: Any, feed: Feed
) -> None:
    records = [make.full(number, duplicate_of="bai-00003" if number == 7 else None) for number in range(40)]
    records += [told(make, f"bài {name}", None, name, name) for name in ("Đỗ An", "Do An", "đỗ an", "Dũng Tâm", "a-b")]
    found: list[dict[str, Any]] = []
    for engine in map(opened, (sqlite_url, postgres_url)):
        feed(engine, *records)
        decisions = Decisions(engine)
        for number, record in enumerate(records[:20]):
            entry = record.assignments[0].id
            decisions.verdict(record.id, entry, "reject" if number % 5 == 0 else "accept", by="Hoa")
            if number % 3 == 0:
                decisions.verdict(record.id, entry, "correct", by="Hoa", correction={"assignees": ["Tổ An", "Đội Ba"]})
            decisions.verdict(record.id, record.targets[0].id, "correct", by="Hoa", correction={"value": number / 7})
        answers: dict[str, Any] = {name: ask(engine, name) for name in QUERIES}
        for name in (*VIEWS, *METADATA.tables):
            lines = [dict(zip(whole(engine, name).columns, row, strict=True)) for row in whole(engine, name)]
            for line in lines:
                for key in [key for key, value in line.items() if isinstance(value, datetime)]:
                    del line[key]  # when it was loaded
            answers[f"all of {name}"] = lines
        found.append(answers)
    for name in found[0]:
        assert found[0][name] == found[1][name], name
        assert found[0][name] or name.removeprefix("all of ") in (
            "overdue",
            "due_this_month",
            "merges",
            "task_status",
            "to_review",
        )


def test_texts_are_sorted_the_same_whatever_the_language_of_a_server(
    sqlite_url: str, opened: Callable[[str], Engine]
) -> None:
    engine = opened(sqlite_url)
    for found in (answer(engine, "open_assignments"), answer(engine, "directed"), whole(engine, "current_targets")):
        order = str(found.select.compile(dialect=postgresql.dialect())).partition("ORDER BY")[2]
        assert order.count('article collate "C"') == 1
        assert "article," not in order
