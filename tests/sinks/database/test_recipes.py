"""The recipes of docs/database.md: records and exports, read with DuckDB and pandas."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy import Engine

from meetextract.sinks.database.queries import whole
from meetextract.sinks.exports import export
from meetextract.sinks.jsonl import record_to_json

POLICE, HEALTH = "Công an xã Hải Yến", "Trạm Y tế xã Hải Yến"
GOAL = "tỷ lệ hộ dân có nước sạch"

RECORDS = "read_json('records/part-*.jsonl', sample_size = -1)"


@pytest.fixture
def records(make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What `extract` wrote into a folder of parts, which stands in the folder at hand."""
    one, two, three = make.page("bai-1"), make.page("bai-2"), make.page("bai-3")
    made = [
        one.record(
            "bai-1",
            units=(one.unit(POLICE), one.unit(HEALTH)),
            assignments=(one.assignment("rà soát hồ sơ", "báo cáo", to=[POLICE, HEALTH], deadline="2031-09-30"),),
            targets=(one.level("target", GOAL, 95, holder="xã Hải Yến"),),
        ),
        two.record(
            "bai-2",
            assignments=(two.assignment("sửa đường liên thôn", to=["các thôn"], deadline=None, due=None),),
            targets=(two.level("result", GOAL, 91.5, holder="xã Hải Yến", end="2031-11-30"),),
        ),
        three.record("bai-3"),
    ]
    (tmp_path / "records" / "ledger").mkdir(parents=True)
    for number, record in enumerate(made):
        part = tmp_path / "records" / f"part-{number:06}.jsonl"
        part.write_text(f"{record_to_json(record)}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return made


def test_the_page_tells_these() -> None:
    page = (Path(__file__).parents[3] / "docs" / "database.md").read_text(encoding="utf-8")
    for recipe in (TASKS, LEVELS, OPEN, JOINED):
        assert f"```sql{recipe}```" in page


TASKS = f"""
with told as (select id as article, unnest(assignments) as a from {RECORDS}),
     task as (select article, a.id as assignment, a.assignees, a.deadline::date as deadline, unnest(a.tasks) as task
              from told)
select deadline, unnest(assignees) as unit, task, article, assignment
from task
order by deadline nulls last, unit, task
"""


def test_tasks_of_records(records: list[Any]) -> None:
    found = duckdb.sql(TASKS).df()
    assert list(found["unit"]) == [POLICE, POLICE, HEALTH, HEALTH, "các thôn"]
    assert found["task"][4] == "sửa đường liên thôn"
    assert found["deadline"].dtype.kind == "M"
    assert pd.isna(found["deadline"][4])
    assert found["deadline"][0] == pd.Timestamp(2031, 9, 30)


LEVELS = f"""
with level as (select id as article, published::date as published, unnest(targets) as t from {RECORDS})
select goal.t.holder, goal.t.indicator, goal.t.value as goal, goal.t."end"::date as due,
       result.t.value as result, result.t."end"::date as as_of, result.article
from level goal
left join level result
  on result.t.status = 'result' and result.t.indicator = goal.t.indicator and result.t.holder = goal.t.holder
where goal.t.status = 'target'
order by goal.t.holder, goal.t.indicator, as_of
"""


def test_targets_and_results_of_records(records: list[Any]) -> None:
    assert duckdb.sql(LEVELS).fetchall() == [
        ("xã Hải Yến", GOAL, 95.0, date(2031, 12, 31), 91.5, date(2031, 11, 30), "bai-2")
    ]


def test_records_with_pandas(records: list[Any]) -> None:
    parts = sorted(Path("records").glob("part-*.jsonl"))
    articles = pd.concat([pd.read_json(part, lines=True, dtype=False) for part in parts], ignore_index=True)
    told = articles[["id", "assignments"]].explode("assignments").dropna(subset="assignments")
    tasks = pd.json_normalize(told["assignments"].tolist())[["id", "deadline", "assignees", "tasks"]]
    tasks.insert(0, "article", told["id"].tolist())
    tasks = tasks.explode("tasks").explode("assignees")
    tasks["deadline"] = pd.to_datetime(tasks["deadline"])
    assert tasks.shape == (5, 5)
    assert list(tasks["article"]) == ["bai-1"] * 4 + ["bai-2"]
    assert tasks["deadline"].max() == pd.Timestamp(2031, 9, 30)


@pytest.fixture
def exported(
    records: list[Any], sqlite_url: str, opened: Callable[[str], Engine], feed: Callable[..., Any]
) -> Callable[..., None]:
    """Does as `meetextract export NAME -o FILE` does."""
    engine = opened(sqlite_url)
    feed(engine, *records)

    def write(name: str, file: str) -> None:
        lines = whole(engine, name)
        export(lines.columns, lines, Path(file), Path(file).suffix[1:])  # type: ignore[arg-type]

    return write


OPEN = """
select unit, count(*) as tasks, min(deadline) as next, count(*) filter (deadline < date '2031-10-01') as before_october
from 'open.parquet'
group by unit
order by next nulls last, unit
"""


def test_open_tasks_by_unit(exported: Callable[..., None]) -> None:
    exported("open_assignments", "open.parquet")
    assert duckdb.sql(OPEN).fetchall() == [
        (POLICE, 2, date(2031, 9, 30), 2),
        (HEALTH, 2, date(2031, 9, 30), 2),
        ("các thôn", 1, None, 0),
    ]
    frame = pd.read_parquet("open.parquet", dtype_backend="pyarrow")
    counts = frame.groupby("unit")["deadline"].agg(["size", "min"])
    assert counts.loc[POLICE].tolist() == [2, date(2031, 9, 30)]
    assert counts["size"].to_dict() == {POLICE: 2, HEALTH: 2, "các thôn": 1}


JOINED = """
select goal.indicator, goal.level as goal, result.level as result, result."end"::date as as_of
from 'goals.jsonl' goal
join 'results.parquet' result using (holder_unit, measure_key)
"""


def test_targets_and_results_that_were_exported(exported: Callable[..., None]) -> None:
    exported("current_targets", "goals.jsonl")
    exported("current_results", "results.parquet")
    assert duckdb.sql(JOINED).fetchall() == [(GOAL, 95.0, 91.5, date(2031, 11, 30))]


def test_exports_with_pandas(exported: Callable[..., None]) -> None:
    exported("current_targets", "goals.jsonl")
    exported("open_assignments", "open.csv")
    goals = pd.read_json("goals.jsonl", lines=True, dtype={"article": "string", "id": "string"})
    assert pd.to_datetime(goals["end"]).tolist() == [pd.Timestamp(2031, 12, 31)]
    assert goals["spans"][0]["indicator"]
    tasks = pd.read_csv("open.csv", parse_dates=["deadline", "published"], dtype={"article": "string"})
    assert tasks["deadline"].dt.year.dropna().unique().tolist() == [2031]
