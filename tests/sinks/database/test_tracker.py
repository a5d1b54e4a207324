"""`Tracker`: frames out, decisions in."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine

from meetextract import DatabaseError, Tracker

CHAIR, POLICE = "Nguyễn Văn An", "Công an xã Hải Yến"


@pytest.fixture
def tracker(url: str, engine: Engine) -> Iterator[Tracker]:
    with Tracker(url) as made:
        yield made


@pytest.fixture
def article(engine: Engine, make: Any, feed: Callable[..., Any]) -> Any:
    page = make.page()
    told = page.assignment("rà soát hồ sơ", "báo cáo", to=[POLICE], by=CHAIR, deadline="2031-09-30",
                           documents=("15/KH-UBND",), document_spans=((0, 1),))  # fmt: skip
    late = page.assignment("sửa đường", to=["các thôn"], deadline="9999-12-31")
    early = page.assignment("lắp camera", deadline="0001-01-01")
    record = page.record(
        "bai-1",
        people=(page.person(CHAIR, [("Chủ tịch", "UBND xã Hải Yến")]),),
        units=(page.unit(POLICE), page.unit("UBND xã Hải Yến")),
        documents=(page.document("15/KH-UBND"),),
        assignments=(told, late, early),
        targets=(page.level("target", "tỷ lệ hồ sơ trực tuyến", 80),),
    )
    feed(engine, record)
    return record


def test_frames_have_types_whether_they_are_full_or_empty(
    tracker: Tracker, make: Any, feed: Callable[..., Any], engine: Engine
) -> None:
    names = ("open_assignments", "directed", "coverage", "articles", "current_targets", "assignments")
    before = {name: tracker.table(name).dtypes.to_dict() for name in names}
    feed(engine, make.full(1))
    for name in names:
        frame = tracker.table(name)
        assert len(frame) > 0
        assert frame.dtypes.to_dict() == before[name]
    assert before["current_targets"]["end"] == np.dtype("datetime64[s]")
    assert before["current_targets"]["value"] == pd.Float64Dtype()
    assert before["current_targets"]["span_start"] == pd.Int64Dtype()
    assert before["current_targets"]["spans"] == np.dtype("O")
    assert before["open_assignments"]["lead"] == pd.BooleanDtype()
    assert before["open_assignments"]["unit"] == pd.StringDtype()
    assert before["articles"]["first_loaded"] == pd.DatetimeTZDtype("us", "UTC")
    assert before["coverage"]["articles"] == pd.Int64Dtype()


def test_days_that_nanoseconds_cannot_hold(tracker: Tracker, article: Any) -> None:
    days = tracker.open_assignments()["deadline"]
    assert [day.isoformat()[:10] for day in days] == ["0001-01-01", "2031-09-30", "2031-09-30", "9999-12-31"]
    assert tracker.open_assignments(end="0001-01-01").shape[0] == 1


def test_lists_are_lists(tracker: Tracker, article: Any) -> None:
    frame = tracker.table("current_assignments").set_index("id")
    assert frame["targets"].tolist() == [[], [], []]
    assert frame.loc[article.assignments[0].id, "due"]["text"] == "trước ngày 30/9"
    assert tracker.table("current_targets")["spans"][0]["indicator"] == [
        list(span) for span in article.targets[0].indicator_spans
    ]


def test_every_question(tracker: Tracker, article: Any) -> None:
    assert set(tracker.open_assignments(unit=POLICE)["task"]) == {"rà soát hồ sơ", "báo cáo"}
    assert tracker.overdue(on="2031-10-01", start="2031-01-01")["task_id"].nunique() == 2
    assert len(tracker.due_this_month(on=date(2031, 9, 1))) == 2
    assert tracker.directed(CHAIR)["assignment"].tolist() == [article.assignments[0].id]
    assert set(tracker.from_document("15/KH-UBND")["kind"]) == {"mention", "assignment"}
    assert tracker.coverage(portal="haiyen.example.gov.vn")["assignments"].tolist() == [3]
    assert len(tracker.query("open_assignments", limit=1)) == 1
    assert tracker.query("merge_proposals").empty


def test_texts(tracker: Tracker, article: Any, engine: Engine, feed: Callable[..., Any]) -> None:
    assert tracker.text("bai-1") == article.text
    assert tracker.text("bai-1", article.text_hash) == article.text
    feed(engine, replace(article, text_hash="1" * 32, text="Đã đính chính."))
    assert tracker.text("bai-1") == "Đã đính chính."
    assert tracker.text("bai-1", article.text_hash) == article.text
    feed(engine, article)  # the correction is taken back
    assert tracker.text("bai-1") == article.text
    for wrong in (("bai-9",), ("bai-1", "xyz")):
        with pytest.raises(DatabaseError, match="no such article, or no such text of it"):
            tracker.text(*wrong)


def test_decisions_and_their_history(tracker: Tracker, article: Any) -> None:
    told = article.assignments[0].id
    assert tracker.history("bai-1", told).empty
    tracker.accept("bai-1", told, by="Hoa")
    tracker.correct("bai-1", told, {"deadline": date(2031, 8, 1), "assignees": [POLICE, "Tổ An"]}, by="Lan", why="sai")
    tracker.set_status("bai-1", told, "done", by="Hoa", note="xong")
    assert set(tracker.open_assignments()["task"]) == {"sửa đường", "lắp camera"}
    tracker.withdraw("bai-1", told, by="Lan")
    tracker.reject("bai-1", told, by="Hoa")
    history = tracker.history("bai-1", told)
    assert history["said"].tolist() == ["accept", "correct", "done", "withdrawn", "reject"]
    assert history["by"].tolist() == ["Hoa", "Lan", "Hoa", "Lan", "Hoa"]
    assert history["slots"][1] == {"deadline": "2031-08-01", "assignees": [POLICE, "Tổ An"]}
    assert history["words"].dropna().tolist() == ["sai", "xong"]
    assert history["at"].is_monotonic_increasing
    assert history.dtypes.to_dict() == tracker.history("bai-1", article.assignments[1].id).dtypes.to_dict()
    assert {name: len(frame) for name, frame in tracker.decisions().items()} == {
        "verdicts": 4, "corrections": 3, "task_status": 1, "merges": 0
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="the article bai-1 has no such entry"):
        tracker.history("bai-1", "xyz")


def test_merges(tracker: Tracker, article: Any) -> None:
    one, other = tracker.table("units")["id"][:2]
    tracker.merge("unit", one, other, by="Hoa")
    assert tracker.table("units")["entity"].nunique() == len(tracker.table("units")) - 1


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda tracker: tracker.query("done"), "done: no such query"),
        (lambda tracker: tracker.table("done"), "done: no such table or view"),
        (lambda tracker: tracker.coverage(unit="x"), "it is not narrowed down by unit"),
        (lambda tracker: tracker.overdue(on="8/7/2031"), "8/7/2031: no day"),
        (lambda tracker: tracker.directed("Xyz"), "Xyz: no person of this name"),
        (lambda _: Tracker("sqlite:///nowhere/x.db"), "nowhere/x.db: there is no such file"),
    ],
)
def test_what_cannot_be_answered(
    sqlite_url: str, opened: Callable[[str], Engine], ask: Callable[[Tracker], Any], message: str
) -> None:
    opened(sqlite_url)
    with Tracker(sqlite_url) as tracker, pytest.raises(DatabaseError, match=message):
        ask(tracker)


def test_it_costs_nothing_before_it_is_used() -> None:
    code = "import meetextract, sys; assert 'Tracker' in dir(meetextract); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"
