"""Which results answer which targets: over a year of a district's news, and case by case.

The district is made up (`district/`). Its articles are read by the real extractor.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, RowMapping, insert, select, update

from meetextract import Article, extract
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.feeding import Feeder
from meetextract.sinks.database.progress import answers, progress
from meetextract.sinks.database.registry import VIEWS
from meetextract.sinks.database.tables import ARTICLES, MEETINGS, RESULTS, TARGETS, UNITS
from meetextract.sinks.database.versions import open_database
from meetextract.sinks.jsonl import record_to_json

DISTRICT = Path(__file__).parent / "district"


@lru_cache
def lines(name: str) -> tuple[bytes, ...]:
    feed = (DISTRICT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(record_to_json(extract(Article(**json.loads(line)))).encode() for line in feed)


def load(engine: Engine, name: str) -> None:
    faults: list[tuple[str, str]] = []
    with Feeder(engine, lambda place, reason: faults.append((place, reason))) as feeder:
        for number, line in enumerate(lines(name), 1):
            feeder.add(line, str(number))
    assert not faults


@pytest.fixture
def district(url: str) -> Iterator[Engine]:
    engine = open_database(url, may_make=True)
    load(engine, "district")
    yield engine
    engine.dispose()


def rows(engine: Engine, query: Any) -> list[RowMapping]:
    with engine.connect() as connection:
        return list(connection.execute(query).mappings())


def found(engine: Engine) -> dict[tuple[str, str], RowMapping]:
    """The goals by the article that told them first and by indicator."""
    return {(row["article"], row["indicator"]): row for row in rows(engine, progress())}


BUDGET, FILES, POOR = "thu ngân sách nhà nước trên địa bàn", "tỷ lệ hồ sơ giải quyết đúng hạn", "giảm tỷ lệ hộ nghèo"
SPENT, WOODS, COMMUNES = "giải ngân vốn đầu tư công", "trồng mới … rừng", "xã đạt chuẩn nông thôn mới"
JOBS, INSURED = "tạo việc làm … lao động", "tỷ lệ người dân tham gia BHYT"


@pytest.mark.parametrize(
    ("article", "indicator", "answer", "as_of", "rule", "fit", "gap", "reached"),
    [
        ("ke-hoach-2023", BUDGET, "tong-ket-2023", "2023-12-31", "measure", "end", 11_200_000_000, True),
        ("ke-hoach-2023", FILES, "tong-ket-2023", "2023-12-31", "words", "end", 0.6, True),
        ("ke-hoach-2023", SPENT, "tong-ket-2023", "2023-12-31", "words", "end", -1.2, False),
        ("ke-hoach-2023", WOODS, "tong-ket-2023", "2023-12-31", "words", "end", 2, True),
        ("ke-hoach-2023", JOBS, "tong-ket-2023", "2023-12-31", "words", "end", 55, True),
        ("ke-hoach-2023", COMMUNES, "tong-ket-2023", "2023-12-31", "words", "end", 0, True),  # 8 of 12
        ("ke-hoach-2023", POOR, "ra-soat-ho-ngheo", "2023-12-08", "measure", "so far", -0.15, True),
        # The result of December is in a sentence that names no holder.
        ("ke-hoach-2023", INSURED, "giao-ban-quy-1", "2023-03-31", "words", "so far", -2.4, False),
        ("chi-dao-giai-ngan", SPENT, "so-ket-6-thang", "2023-06-30", "words", "end", 2.3, True),
        ("chi-dao-giai-ngan", "số hóa … hồ sơ hộ tịch", "giao-ban-9-thang", "2023-09-30", "words", "end", 0, True),
    ],
)  # fmt: skip
def test_the_latest_result_of_each_goal(
    district: Engine, article: str, indicator: str, answer: str, as_of: str, rule: str, fit: str, gap: float,
    reached: bool,
) -> None:  # fmt: skip
    row = found(district)[article, indicator]
    told = (row["result_article"], row["as_of"].isoformat(), row["rule"], row["fit"], row["reached"])
    assert told == (answer, as_of, rule, fit, reached)
    assert row["gap"] == pytest.approx(gap)


def test_a_goal_told_again_is_one_line(district: Engine) -> None:
    goals = rows(district, progress())
    assert len(goals) == 16
    row = found(district)["ke-hoach-2023", BUDGET]
    told = (row["times_told"], row["told"].isoformat(), row["last_told"].isoformat())
    assert told == (2, "2023-01-06", "2023-07-05")


def test_what_nothing_answers_yet_is_there_too(district: Engine) -> None:
    goals = [row for row in rows(district, progress()) if row["article"] == "ke-hoach-2024"]
    assert len(goals) == 6
    assert {(row["result"], row["gap"], row["reached"]) for row in goals} == {(None, None, None)}


def test_the_history_of_a_goal(district: Engine) -> None:
    told = [
        (row["as_of"].isoformat(), row["fit"], row["result_level"])
        for row in rows(district, answers())
        if row["article"] == "ke-hoach-2023" and row["indicator"] == FILES
    ]
    assert sorted(told) == [
        ("2023-01-31", "so far", 97.1), ("2023-03-31", "so far", 97.8), ("2023-04-30", "part", 98.4),
        ("2023-09-30", "so far", 98.1), ("2023-12-31", "end", 98.6),
    ]  # fmt: skip


def test_what_must_not_be_linked(district: Engine) -> None:
    pairs = rows(district, answers())
    assert pairs
    of_others = {"huyen-lang-gieng", "xa-tan-khe", "tinh-kiem-tra"}  # another district, a commune, another portal
    assert not of_others & {row["result_article"] for row in pairs}
    alone = [(row["indicator"], row["result_article"]) for row in pairs]
    assert (WOODS, "giao-ban-thang-4") not in alone  # April alone is no progress of the year
    assert (BUDGET, "giao-ban-thang-4") not in alone
    linked = {row["result_indicator"].casefold() for row in pairs}
    assert not {words for words in linked if "cận nghèo" in words or "thoát" in words or "trước hạn" in words}
    assert not {words for words in linked if words.startswith("chi ")}


def test_a_merge_makes_the_results_of_both_units_count(district: Engine) -> None:
    with district.begin() as connection:
        same = list(
            connection.scalars(select(UNITS.c.id).where(UNITS.c.name == "huyện Vân Trạch").order_by(UNITS.c.id))
        )
        assert len(same) == 2  # one of each portal
        connection.execute(update(UNITS).where(UNITS.c.id == same[1]).values(entity=same[0]))
    assert "tinh-kiem-tra" in {row["result_article"] for row in rows(district, answers())}
    assert {row["holder"] for row in rows(district, progress())} == {same[0]} | {
        row["holder"] for row in rows(district, progress()) if row["article"] == "chi-dao-giai-ngan"
    }


def test_a_corrected_article_counts_as_it_is_now(district: Engine) -> None:
    def at_the_end_of_september() -> list[float]:
        pairs = rows(district, answers())
        return [
            row["result_level"]
            for row in pairs
            if row["result_article"] == "giao-ban-9-thang" and row["article"] == "ke-hoach-2023"
            and row["indicator"] == BUDGET
        ]  # fmt: skip

    assert at_the_end_of_september() == [382_900_000_000]
    load(district, "corrected")
    assert at_the_end_of_september() == [328_900_000_000]


def test_levels_may_be_chosen(district: Engine) -> None:
    late = select(RESULTS).where(RESULTS.c.superseded.is_(None), RESULTS.c.article != "tong-ket-2023").subquery()
    row = next(
        row for row in rows(district, progress(TARGETS, late))
        if row["article"] == "ke-hoach-2023" and row["indicator"] == BUDGET
    )  # fmt: skip
    assert row["result_article"] == "giao-ban-9-thang"
    assert rows(district, answers(select(TARGETS).where(TARGETS.c.id == "").subquery())) == []


# --- changes, forecasts and days --------------------------------------------------------------------------------------


def feed(engine: Engine, goal: str, report: str, published: str = "2025-01-06") -> dict[str, str]:
    """Load an article of January 2024 with a goal and one with results; the ids of the meetings."""
    host = "UBND huyện Vân Trạch"
    meetings = {}
    with Feeder(engine, lambda place, reason: pytest.fail(reason)) as feeder:
        for name, day, words in (("goal", "2024-01-10", goal), ("report", published, report)):
            held = date.fromisoformat(day)
            text = f"Sáng {held.day}/{held.month}, {host} họp phiên thường kỳ.\n\nNăm 2024, huyện Vân Trạch {words}."
            url = f"https://vantrach.example.gov.vn/{name}"
            record = extract(Article(id=name, url=url, title=f"{host} họp", text=text, published=day))
            assert record.meeting and record.targets
            assert {each.holder for each in record.targets} == {"huyện Vân Trạch"}
            assert {each.status for each in record.targets} == {"target" if name == "goal" else "result"}
            meetings[name] = record.meeting.id
            feeder.add(record_to_json(record).encode(), name)
    return meetings


def answered(engine: Engine, view: str = "target_answers") -> list[tuple[float, float, bool | None]]:
    """Values of the goals that are answered and of their answers, and whether they are reached."""
    of = VIEWS[view][0]
    found = rows(engine, select(of).where(of.c.result.is_not(None)))
    return sorted((row["value"], row["result_value"], row["reached"]) for row in found)


@pytest.mark.parametrize(
    ("goal", "report", "expected"),
    [
        ("phấn đấu tăng tỷ lệ đô thị hóa 2%", "có tỷ lệ đô thị hóa đạt 31%", []),
        ("phấn đấu nâng tỷ lệ che phủ rừng thêm 2%", "có tỷ lệ che phủ rừng đạt 41%", []),
        ("phấn đấu giảm tỷ lệ sinh 0,1%", "có tỷ lệ sinh đạt 1,4%", []),
        ("phấn đấu giảm tỷ lệ hộ nghèo 1%", "có tỷ lệ hộ nghèo còn 2,1%", []),
        ("phấn đấu giảm tỷ lệ hộ nghèo 1%", "đã giảm tỷ lệ hộ nghèo từ 2,9% xuống còn 2,1%", []),
        ("phấn đấu giảm tỷ lệ hộ nghèo 1%", "có tỷ lệ hộ nghèo giảm 0,8%, còn 2,1%", [(1, 0.8, False)]),
        ("phấn đấu giảm tỷ lệ hộ nghèo 1%", "đã giảm tỷ lệ hộ nghèo 1,2%, còn 2,1%", [(1, 1.2, True)]),
        ("phấn đấu giảm tỷ lệ hộ nghèo xuống còn 2%", "có tỷ lệ hộ nghèo giảm 0,8%, còn 2,1%", [(2, 2.1, False)]),
        ("phấn đấu nâng tỷ lệ lao động qua đào tạo lên 75%", "có tỷ lệ lao động qua đào tạo đạt 76%", [(75, 76, True)]),
    ],
)
def test_levels_answer_levels_and_changes_answer_changes(
    engine: Engine, goal: str, report: str, expected: list[tuple[float, float, bool]]
) -> None:
    feed(engine, goal, report)
    assert answered(engine) == expected
    assert answered(engine, "target_progress") == expected


@pytest.mark.parametrize(
    ("published", "is_answer"),
    [("2024-08-10", False), ("2024-10-31", False), ("2024-11-28", True), ("2024-12-20", True), ("2025-01-06", True)],
)
def test_a_forecast_answers_nothing(engine: Engine, published: str, is_answer: bool) -> None:
    feed(engine, "phấn đấu thu ngân sách đạt 500 tỷ đồng", "ước thu ngân sách cả năm 2024 đạt 510 tỷ đồng", published)
    found = [(500_000_000_000, 510_000_000_000, True)] if is_answer else []
    assert answered(engine) == answered(engine, "target_progress") == found


def test_where_no_day_is_known_nothing_is_taken_for_a_forecast(engine: Engine) -> None:
    feed(
        engine, "phấn đấu thu ngân sách đạt 500 tỷ đồng", "ước thu ngân sách cả năm 2024 đạt 510 tỷ đồng", "2024-08-10"
    )
    with engine.begin() as connection:
        connection.execute(update(ARTICLES).where(ARTICLES.c.id == "report").values(published=None))
    assert answered(engine) == []  # its meeting is of August
    with engine.begin() as connection:
        connection.execute(update(MEETINGS).where(MEETINGS.c.article == "report").values(date=None))
    assert len(answered(engine)) == 1


def test_the_days_of_meetings_are_those_that_people_say(engine: Engine) -> None:
    meetings = feed(engine, "phấn đấu thu ngân sách đạt 500 tỷ đồng", "đã thu ngân sách đạt 510 tỷ đồng")
    decide = Decisions(engine)

    def days() -> tuple[str, str]:
        view = VIEWS["target_progress"][0]
        (row,) = rows(engine, select(view).where(view.c.article == "goal"))
        return row["told"].isoformat(), row["reported"].isoformat()

    assert days() == ("2024-01-10", "2025-01-06")
    decide.verdict("goal", meetings["goal"], "correct", by="Hoa", correction={"date": "2024-01-08"})
    decide.verdict("report", meetings["report"], "correct", by="Hoa", correction={"date": "2025-01-03"})
    assert days() == ("2024-01-08", "2025-01-03")
    decide.verdict("goal", meetings["goal"], "reject", by="Hoa")
    decide.verdict("report", meetings["report"], "reject", by="Hoa")
    assert days() == ("2024-01-10", "2025-01-06")  # of publication


# --- case by case -----------------------------------------------------------------------------------------------------

YEAR = {"start": "2023-01-01", "end": "2023-12-31"}
GOAL = {"comparator": "eq", "level": 95.0, **YEAR}
REPORT = {"comparator": "eq", "level": 96.0, "start": "2023-01-01", "end": "2023-06-30"}


def asked(district: Engine, goal: dict[str, Any], report: dict[str, Any]) -> tuple[str | None, bool | None]:
    """How one result fits one target, and whether it reaches it; they are told in January and July."""
    with district.connect() as connection:

        def make(table: Any, article: str, said: dict[str, Any]) -> None:
            row = dict(connection.execute(select(table).limit(1)).mappings().one())
            of_plan = select(TARGETS.c.holder_unit).where(TARGETS.c.article == "ke-hoach-2023").limit(1)
            days = {name: date.fromisoformat(said[name]) if said.get(name) else None for name in ("start", "end")}
            level = {
                "article": article, "id": "made", "indicator_key": "k", "measure_key": "k", "measured_as": "level",
                "better": "more", "unit": "%", "level_unit": "%", "value": said["level"], "max": None, "of": None,
                "holder_unit": connection.scalar(of_plan),
            }  # fmt: skip
            connection.execute(insert(table).values(row | level | said | days))

        make(TARGETS, goal.pop("article", "ke-hoach-2023"), goal)
        make(RESULTS, report.pop("article", "so-ket-6-thang"), report)
        pairs = connection.execute(answers()).mappings()
        found = [(row["fit"], row["reached"]) for row in pairs if row["id"] == row["result"] == "made"]
        connection.rollback()
    return found[0] if found else (None, None)


REACHED: list[tuple[dict[str, Any], dict[str, Any], bool | None]] = [
    ({}, {}, True),
    ({}, {"level": 95.0}, True),
    ({}, {"level": 94.0}, False),
    ({"comparator": "gt"}, {"level": 95.0}, False),
    ({"comparator": "gt"}, {"level": 95.0, "comparator": "gt"}, True),
    ({}, {"level": 94.0, "comparator": "gt"}, None),
    ({}, {"level": 97.0, "comparator": "lt"}, None),
    ({}, {"level": 94.0, "comparator": "approx"}, None),
    ({}, {"level": 80.0, "comparator": "approx"}, False),
    ({"comparator": "approx"}, {"level": 93.0}, None),
    ({"comparator": "le"}, {"level": 95.0}, True),
    ({"comparator": "le"}, {"level": 96.0}, False),
    ({"comparator": "lt"}, {"level": 95.0}, False),
    ({"better": "less"}, {"level": 94.0}, True),
    ({"better": "less"}, {"level": 96.0}, False),
    ({"better": "less", "comparator": "ge"}, {"level": 96.0}, True),
    # Of a decrease more is better, whatever is measured.
    ({"better": "less", "measured_as": "decrease: x"}, {"level": 96.0, "measured_as": "decrease: x"}, True),
    ({"better": "less", "measured_as": "decrease: x"}, {"level": 94.0, "measured_as": "decrease: x"}, False),
    ({"comparator": "range", "max": 97.0}, {"level": 95.5}, True),
    ({"comparator": "range", "max": 97.0, "better": "less"}, {"level": 96.5}, True),
    ({}, {"level": 94.0, "comparator": "range", "max": 96.0}, None),
]


def test_what_is_reached(district: Engine) -> None:
    for goal, report, reached in REACHED:
        assert asked(district, {**GOAL, **goal}, {**REPORT, **report}) == ("so far", reached), (goal, report)


FITS: list[tuple[dict[str, Any], dict[str, Any], str | None]] = [
    ({}, {}, "so far"),
    ({}, {"start": "2023-04-01"}, "part"),
    ({"level_unit": "ha"}, {"start": "2023-04-01", "level_unit": "ha"}, None),
    ({"measured_as": "plan"}, {"start": "2023-04-01", "measured_as": "plan"}, None),
    ({}, {"start": None, "end": None}, "so far"),
    ({}, {"start": "2022-01-01", "end": "2022-12-31"}, None),
    ({"end": "2023-06-30"}, {}, "end"),
    ({"end": "2023-03-31"}, {}, None),
    ({"start": None}, {}, "so far"),
    ({"start": None, "end": "2023-06-30"}, {}, "end"),
    ({"start": None}, {"start": None, "end": "2022-12-31"}, None),  # of the year before the goal was told
    ({"start": None, "end": None}, {}, None),
    ({"holder_unit": None}, {"holder_unit": None}, None),
    ({}, {"level_unit": "xã"}, None),
    ({}, {"measured_as": "plan"}, None),
    ({"measured_as": "decrease: year before"}, {}, None),
    ({"measured_as": "unclear"}, {"measured_as": "unclear"}, None),
    ({}, {"measure_key": "another"}, None),
    ({}, {"end": "2023-12-31"}, None),  # told in July: a forecast
    ({"start": None}, {"end": "2023-12-31"}, None),
    ({}, {"end": "2023-07-31"}, "so far"),
    ({}, {"end": "2023-08-31"}, "so far"),
    ({}, {"end": "2023-09-01"}, None),
    ({}, {"article": "giao-ban-9-thang", "end": "2023-12-31"}, None),
    ({}, {"article": "xa-tan-khe", "end": "2023-12-31"}, "so far"),  # told in November
    ({}, {"article": "ra-soat-ho-ngheo", "end": "2023-12-31"}, "so far"),
    ({}, {"article": "ra-soat-ho-ngheo", "end": "2024-01-31"}, "so far"),  # the next month, of another year
    ({}, {"article": "ra-soat-ho-ngheo", "end": "2024-02-01"}, None),
    # What is to be at the end of a year that is not over.
    ({}, {"article": "ra-soat-ho-ngheo", "end": "2023-12-31", "level": 95.0}, None),
    ({"article": "ra-soat-ho-ngheo"}, {"article": "ra-soat-ho-ngheo", "end": "2023-12-31"}, None),
    ({"article": "so-ket-6-thang"}, {}, "so far"),
    ({"level_unit": "xã", "level": 8.0}, {"unit": "xã", "value": 9.0, "of": 12.0, "level": 75.0}, "so far"),
    ({}, {"start": None, "end": None, "level": 95.0}, "so far"),
]


def test_which_times_and_values_fit(district: Engine) -> None:
    for goal, report, fit in FITS:
        assert asked(district, {**GOAL, **goal}, {**REPORT, **report})[0] == fit, (goal, report)
