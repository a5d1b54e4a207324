"""To what a verdict belongs: to what the entry said when it was given, and never to another thing."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select

from meetextract.sinks.database.current import (
    current_assignments,
    current_documents,
    current_people,
    current_targets,
    current_units,
    task_progress,
)
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.tables import ASSIGNMENTS
from meetextract.sinks.database.views import to_review

REPORT, ROAD = "báo cáo kết quả rà soát hộ nghèo", "sửa đường liên thôn trước mùa mưa"


def rows(engine: Engine, source: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(source)))


def again(record: Any, **changed: Any) -> Any:
    """Another extraction of the same text."""
    return replace(record, pattern_set="b" * 16, **changed)


def corrected_by_portal(record: Any, **changed: Any) -> Any:
    return replace(record, pattern_set="b" * 16, text_hash="1" * 32, **changed)


@pytest.mark.parametrize(
    ("view", "field", "old", "new"),
    [
        (current_people, "people", "Nguyễn Văn An", "Nguyễn Văn Cường"),
        (current_units, "units", "UBND xã Tân Lập", "UBND xã Tân Hòa"),
        (current_documents, "documents", "15/KH-UBND", "16/KH-UBND"),
    ],
)
def test_a_reject_does_not_go_over_to_another(
    engine: Engine, make: Any, feed: Any, view: Any, field: str, old: str, new: str
) -> None:
    def record(name: str) -> Any:
        page = make.page()
        made = {"people": lambda: page.person(name, []), "units": lambda: page.unit(name),
                "documents": lambda: page.document(name)}[field]()  # fmt: skip
        return page.record("bai-1", **{field: (made,)})

    feed(engine, record(old))
    Decisions(engine).verdict("bai-1", rows(engine, view)[0].id, "reject", by="Lan")
    assert rows(engine, view) == []
    feed(engine, corrected_by_portal(record(new)))
    (found,) = rows(engine, view)
    assert found.origin == found.id
    assert found.verdict is None


def test_a_reject_does_not_hide_the_better_extraction_and_holds_again_for_the_old(
    engine: Engine, make: Any, feed: Any
) -> None:
    wrong = make.record(targets=[("tỷ lệ hộ nghèo", 24)], people={"Văn An": []})
    right = again(make.record(targets=[("tỷ lệ hộ nghèo", 2.4)], people={"Nguyễn Văn An": []}))
    feed(engine, wrong)
    decisions = Decisions(engine)
    for view in (current_targets, current_people):
        decisions.verdict("bai-1", rows(engine, view)[0].id, "reject", by="Lan")
    feed(engine, right)
    (target,), (person,) = rows(engine, current_targets), rows(engine, current_people)
    assert (target.value, target.verdict) == (2.4, None)
    assert target.origin != target.id  # it took the place
    assert (person.name, person.verdict) == ("Nguyễn Văn An", None)
    feed(engine, wrong)
    assert rows(engine, current_targets) == rows(engine, current_people) == []


def test_an_accept_stands_for_what_was_seen(engine: Engine, make: Any, feed: Any) -> None:
    page = make.page()
    told = page.assignment(REPORT, to=["phòng Nội vụ"], deadline="2031-09-30")
    record = page.record("bai-1", assignments=(told,))
    feed(engine, record)
    Decisions(engine).verdict("bai-1", told.id, "accept", by="Lan")
    assert rows(engine, current_assignments)[0].verdict == "accept"
    for changed in (replace(told, deadline="2031-10-31"), replace(told, assignees=("Công an xã",))):
        feed(engine, again(record, assignments=(changed,)))
        assert rows(engine, current_assignments)[0].verdict is None
    feed(engine, again(record, assignments=(replace(told, pattern="another", span=(0, 5)),)))
    assert rows(engine, current_assignments)[0].verdict == "accept"  # it says the same, found by another pattern


def test_a_correction_stands_until_the_text_is_another(engine: Engine, make: Any, feed: Any) -> None:
    record = make.record(targets=[("tỷ lệ tiêm chủng", 95)])
    feed(engine, record)
    decisions = Decisions(engine)
    decisions.verdict("bai-1", record.targets[0].id, "correct", by="Lan", correction={"value": 94})
    better = make.record(targets=[("tỷ lệ tiêm chủng mở rộng", 95)])
    feed(engine, again(better))
    (found,) = rows(engine, current_targets)
    assert (found.indicator, found.value, found.verdict) == ("tỷ lệ tiêm chủng mở rộng", 94, "correct")
    feed(engine, corrected_by_portal(make.record(targets=[("tỷ lệ tiêm chủng mở rộng", 97)])))
    (found,) = rows(engine, current_targets)
    assert (found.value, found.verdict) == (97, None)
    decisions.verdict("bai-1", found.id, "correct", by="Lan", correction={"unit": "phần trăm"})
    (found,) = rows(engine, current_targets)
    assert (found.value, found.unit) == (97, "phần trăm")  # what was said of the other text is not carried on


def test_what_is_done_does_not_go_over_to_those_who_were_told_the_like(engine: Engine, make: Any, feed: Any) -> None:
    def record(*told: tuple[str, str]) -> Any:
        page = make.page()
        return page.record("bai-1", assignments=tuple(page.assignment(task, to=[unit]) for task, unit in told))

    first = record((REPORT, "phòng Nội vụ"))
    feed(engine, first)
    Decisions(engine).status("bai-1", first.assignments[0].id, "done", by="Lan")
    feed(engine, again(record((f"{REPORT} năm nay", "phòng Tài chính"))))
    assert [row.status for row in rows(engine, task_progress)] == ["open"]
    feed(engine, replace(record((f"{REPORT} cả năm", "phòng Nội vụ")), pattern_set="c" * 16))
    assert [row.status for row in rows(engine, task_progress)] == ["done"]


def test_tasks_follow_their_assignment(engine: Engine, make: Any, feed: Any) -> None:
    def record(words: str) -> Any:
        page = make.page()
        told = [page.assignment(ROAD, words, to=["phòng Nội vụ"]), page.assignment(REPORT, words, to=["Công an xã"])]
        return page.record("bai-1", assignments=tuple(told))

    first = record("báo cáo kết quả")
    feed(engine, first)
    of_one = [row for row in rows(engine, task_progress) if row.assignment == first.assignments[0].id]
    (task,) = (row for row in of_one if row.text == "báo cáo kết quả")
    Decisions(engine).status("bai-1", task.assignment, "done", by="Lan", task=task.task)
    for number in range(6):
        feed(engine, replace(record(f"báo cáo kết quả lần {number}"), pattern_set=f"{number}" * 16))
        done = [row for row in rows(engine, task_progress) if row.status == "done"]
        with engine.connect() as connection:
            quotes = connection.execute(select(ASSIGNMENTS.c.quote).where(ASSIGNMENTS.c.id == done[0].assignment))
            assert ROAD in quotes.scalar_one()
        assert len(done) == 1


def test_what_no_longer_stands_is_to_be_looked_at_again(engine: Engine, make: Any, feed: Any) -> None:
    record = make.record(targets=[("tỷ lệ hộ nghèo", 24), ("tỷ lệ tiêm chủng", 95)])
    feed(engine, record)
    decisions = Decisions(engine)
    for target in record.targets:
        decisions.verdict("bai-1", target.id, "accept", by="Lan", why="đúng")
    assert rows(engine, to_review) == []
    feed(engine, again(make.record(targets=[("tỷ lệ hộ nghèo", 2.4), ("tỷ lệ tiêm chủng", 95)])))
    (found,) = rows(engine, to_review)
    assert (found.kind, found.verdict, found.by, found.why) == ("target", "accept", "Lan", "đúng")
    assert "2.4" in found.text
    decisions.verdict("bai-1", found.entry, "accept", by="Lan")
    assert rows(engine, to_review) == []
