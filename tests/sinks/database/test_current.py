"""What is current: what the machine found, less what people rejected, with what they corrected."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from meetextract.errors import DatabaseError
from meetextract.sinks.database.decisions import Decisions
from meetextract.sinks.database.queries import whole

Feed = Callable[..., Any]

CHAIR, COMMITTEE, POLICE = "Nguyễn Văn An", "UBND xã Hải Yến", "Công an xã Hải Yến"
TASK, OTHER_TASK = "rà soát hồ sơ tồn đọng", "số hóa sổ hộ tịch"


def lines(engine: Engine, view: str, **where: object) -> list[dict[str, Any]]:
    """The lines of a view."""
    answer = whole(engine, view)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer]
    return [line for line in found if all(line[column] == value for column, value in where.items())]


@pytest.fixture
def article(make: Any) -> Any:
    """The record of an article with one of everything."""
    page = make.page()
    told = page.assignment(TASK, OTHER_TASK, to=[POLICE], by=CHAIR, documents=("15/KH-UBND",), document_spans=((0, 1),))
    return page.record(
        "bai-1",
        meeting=page.meeting("rà soát hồ sơ", COMMITTEE, [CHAIR]),
        people=(page.person(CHAIR, [("Chủ tịch", COMMITTEE)]), page.person("Lê Minh Cường", [])),
        units=(page.unit(COMMITTEE), page.unit(POLICE)),
        documents=(page.document("15/KH-UBND", COMMITTEE),),
        targets=(
            page.level("target", "tỷ lệ hồ sơ trực tuyến", 80, holder="xã Hải Yến", document="15/KH-UBND"),
            page.level("result", "tỷ lệ hồ sơ trực tuyến", 61, holder="xã Hải Yến"),
        ),
        assignments=(told,),
    )


@pytest.fixture
def decide(engine: Engine) -> Decisions:
    return Decisions(engine)


@pytest.fixture
def correct(decide: Decisions) -> Callable[..., None]:
    def say(entry: Any, **slots: Any) -> None:
        decide.verdict("bai-1", entry.id, "correct", by="Hoa", correction=slots)

    return say


# --- verdicts --------------------------------------------------------------------------------------------------------

VIEWS_OF: Mapping[str, tuple[str, ...]] = {
    "assignments": ("current_assignments", "current_addressees", "current_tasks", "task_progress", "open_assignments",
                    "directed"),
    "target": ("current_targets",),
    "result": ("current_results",),
    "documents": ("current_documents", "from_document"),
    "meeting": ("current_meetings",),
    "people": ("current_people",),
    "units": ("current_units",),
}  # fmt: skip


def entry_of(record: Any, kind: str) -> Any:
    if kind in ("target", "result"):
        return record.targets[kind == "result"]
    found = getattr(record, kind)
    return found[0] if isinstance(found, tuple) else found


def test_what_is_rejected_leaves_all_views_until_that_is_withdrawn(
    engine: Engine, article: Any, feed: Feed, decide: Decisions
) -> None:
    feed(engine, article)
    for kind, views in VIEWS_OF.items():
        before = {view: lines(engine, view) for view in views}
        entry = entry_of(article, kind)
        decide.verdict("bai-1", entry.id, "reject", by="Hoa", why="không phải")
        for view, found in before.items():
            left = lines(engine, view)
            assert [line for line in found if line not in left], view
            assert entry.id not in {line.get("id") for line in left}
        decide.verdict("bai-1", entry.id, "withdrawn", by="Hoa")
        assert {view: lines(engine, view) for view in views} == before


def test_the_last_verdict_holds(engine: Engine, article: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, article)
    told = article.assignments[0].id
    decide.verdict("bai-1", told, "reject", by="Hoa")
    decide.verdict("bai-1", told, "accept", by="Lan")
    (line,) = lines(engine, "current_assignments")
    assert (line["verdict"], [each["by"] for each in lines(engine, "standing_verdicts")]) == ("accept", ["Lan"])
    assert [line["by"] for line in lines(engine, "verdicts")] == ["Hoa", "Lan"]


def test_what_was_named_by_a_rejected_document_is_still_told(
    engine: Engine, article: Any, feed: Feed, decide: Decisions
) -> None:
    feed(engine, article)
    assert {line["kind"] for line in lines(engine, "from_document")} == {"mention", "target", "assignment"}
    decide.verdict("bai-1", article.documents[0].id, "reject", by="Hoa")
    assert lines(engine, "from_document") == []
    assert len(lines(engine, "current_targets")) == len(lines(engine, "current_assignments")) == 1


def test_a_verdict_that_cannot_be_meant(engine: Engine, article: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, article)
    right = {"article": "bai-1", "entry": article.assignments[0].id, "verdict": "accept", "by": "Hoa"}
    changes: list[tuple[dict[str, Any], str]] = [
        ({"entry": "xyz"}, "xyz: the article bai-1 has no such entry"),
        ({"article": "bai-9"}, "the article bai-9 has no such entry"),
        ({"by": " "}, "nobody is named"),
        ({"verdict": "agree"}, "agree: nothing that can be said here. Say one of accept, reject, correct, withdrawn"),
        ({"verdict": "correct"}, "a correction goes with the verdict"),
        ({"correction": {"verb": "giao"}}, "a correction goes with the verdict"),
    ]
    for change, message in changes:
        with pytest.raises(DatabaseError, match=message):
            decide.verdict(**right | change)
    assert lines(engine, "verdicts") == []


# --- corrections -----------------------------------------------------------------------------------------------------


CORRECTIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("target", {"indicator": "tỷ lệ hồ sơ  số"}, {"indicator": "tỷ lệ hồ sơ số"}),
    ("target", {"comparator": "gt"}, {"comparator": "gt", "value": 80}),
    ("target", {"value": 75.5}, {"value": 75.5, "level": 75.5, "level_unit": "%"}),
    ("target", {"value": 9, "unit": "hồ sơ"}, {"value": 9, "level": 9, "unit": "hồ sơ", "level_unit": "hồ sơ"}),
    ("target", {"value": None, "unit": None}, {"value": None, "level": None, "unit": None, "level_unit": None}),
    ("target", {"comparator": "range", "max": 90}, {"comparator": "range", "value": 80, "max": 90}),
    ("target", {"start": "2031-01-01"}, {"start": date(2031, 1, 1), "end": date(2031, 12, 31)}),
    ("target", {"end": date(2032, 6, 30)}, {"end": date(2032, 6, 30)}),
    ("target", {"end": None}, {"end": None}),
    ("target", {"holder": None}, {"holder": None, "holder_unit": None}),
    ("result", {"value": 0}, {"value": 0, "level": 0}),
    ("assignments", {"verb": "yêu cầu"}, {"verb": "yêu cầu"}),
    ("assignments", {"deadline": None}, {"deadline": None}),
    ("assignments", {"deadline": "2031-08-15"}, {"deadline": date(2031, 8, 15)}),
    ("assignments", {"assigner": None}, {"assigner": None, "assigner_person": None, "assigner_unit": None}),
    ("meeting", {"kind": "cuộc họp", "session": None}, {"kind": "cuộc họp", "session": None}),
    ("meeting", {"session": "evening", "date": "2031-07-07"}, {"session": "evening", "date": date(2031, 7, 7)}),
    ("meeting", {"host": None}, {"host": None, "host_unit": None}),
]
"""A kind of entry, slots that are corrected, and what the view then says."""


def test_every_slot_that_is_corrected(
    engine: Engine, article: Any, feed: Feed, correct: Any, decide: Decisions
) -> None:
    feed(engine, article)
    for kind, slots, expected in CORRECTIONS:
        view, entry = VIEWS_OF[kind][0], entry_of(article, kind)
        (before,) = lines(engine, view)
        correct(entry, **slots)
        (line,) = lines(engine, view)
        assert {column: line[column] for column in expected} == expected, slots
        keys = {"indicator_key", "measure_key"} if "indicator" in slots else set[str]()
        changed = {column for column in line if line[column] != before[column]}
        assert changed <= {*expected, *keys, "verdict", "verdict_id"}, slots
        decide.verdict("bai-1", entry.id, "withdrawn", by="Lan")
        assert lines(engine, view) == [before]


def test_a_corrected_indicator_is_another_measure(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    feed(engine, article)
    (result,) = lines(engine, "current_results")
    assert lines(engine, "current_targets")[0]["measure_key"] == result["measure_key"]
    correct(article.targets[0], indicator="tỷ lệ hộ dân có nước sạch")
    (target,) = lines(engine, "current_targets")
    assert target["measure_key"] != result["measure_key"]
    assert target["indicator_key"] != result["indicator_key"]
    correct(article.targets[0], indicator="tỷ lệ hồ sơ trực tuyến")
    assert lines(engine, "current_targets")[0]["measure_key"] == result["measure_key"]


def test_a_corrected_holder_is_no_part_of_what_is_measured(engine: Engine, make: Any, feed: Feed, correct: Any) -> None:
    page = make.page()
    words = "tỷ lệ hồ sơ trực tuyến"
    plain, named = page.level("target", words, 80), page.level("target", f"{words} xã Hải Yến", 70)
    feed(engine, page.record("bai-1", targets=(plain, named)))
    correct(named, holder="xã Hải Yến")
    found = {line["id"]: line for line in lines(engine, "current_targets")}
    assert found[named.id]["measure_key"] == found[plain.id]["measure_key"]
    assert found[named.id]["indicator_key"] != found[plain.id]["indicator_key"]


def test_a_corrected_value_is_no_ratio_and_no_range_any_more(
    engine: Engine, make: Any, feed: Feed, correct: Any
) -> None:
    page = make.page()
    ratio = page.level("target", "số xã đạt chuẩn", 7, of=9, unit=None)
    wide = page.level("target", "tỷ lệ hộ nghèo", 5, comparator="range", max=8)
    feed(engine, page.record("bai-1", targets=(ratio, wide)))
    correct(ratio, value=80, unit="%")
    with pytest.raises(DatabaseError, match=r"a range has one, and nothing else\. Correct `comparator` and `max`"):
        correct(wide, value=6)
    correct(wide, value=6, comparator="le")
    found = {line["id"]: line for line in lines(engine, "current_targets")}
    assert {column: found[ratio.id][column] for column in ("value", "of", "level", "level_unit")} == {
        "value": 80, "of": None, "level": 80, "level_unit": "%"
    }  # fmt: skip
    assert (found[wide.id]["value"], found[wide.id]["max"], found[wide.id]["comparator"]) == (6, None, "le")


def test_a_corrected_holder_is_a_unit(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    feed(engine, article)
    for holder, name, kind in (
        ("UBND xã An Thịnh", "xã An Thịnh", "địa bàn"),
        ("Trạm Y tế xã An Thịnh", "Trạm Y tế xã An Thịnh", None),
    ):
        correct(article.targets[0], holder=holder)
        (line,) = lines(engine, "current_targets")
        (unit,) = lines(engine, "units", id=line["holder_unit"])
        assert (line["holder"], unit["name"], unit["kind"], unit["entity"]) == (holder, name, kind, unit["id"])


def test_a_unit_that_an_article_names_is_found_again(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    feed(engine, article)
    before = lines(engine, "units")
    correct(article.meeting, host="công an xã Hải Yến")
    (line,) = lines(engine, "current_meetings")
    assert line["host_unit"] == lines(engine, "units", name=POLICE)[0]["id"]
    assert lines(engine, "units") == before


def test_a_corrected_assigner(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    feed(engine, article)
    told = article.assignments[0]
    person = lines(engine, "people", name="Lê Minh Cường")[0]["id"]
    for name in ("Lê Minh Cường", "lê  minh cường"):
        correct(told, assigner=name)
        (line,) = lines(engine, "current_assignments")
        assert (line["assigner_person"], line["assigner_unit"]) == (person, None)
        assert {line["person_id"] for line in lines(engine, "directed")} == {person}
    correct(told, assigner="Vũ Ngọc Giang")  # whom no article names
    assert [line["person"] for line in lines(engine, "directed")] == ["Vũ Ngọc Giang"]
    assert lines(engine, "units", name="Vũ Ngọc Giang") == []
    correct(told, assigner="Bộ Nội vụ")
    (line,) = lines(engine, "current_assignments")
    (unit,) = lines(engine, "units", id=line["assigner_unit"])
    assert (line["assigner_person"], unit["name"]) == (None, "Bộ Nội vụ")
    assert lines(engine, "directed") == []


def addressees(engine: Engine) -> list[tuple[str, str]]:
    found = lines(engine, "current_addressees")
    return [(line["part"], line["name"]) for line in sorted(found, key=lambda line: (line["part"], line["number"]))]


def test_lists_of_those_told(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    told = article.assignments[0]
    feed(engine, replace(article, assignments=(replace(told, with_=("các thôn",), with_spans=((0, 1),)),)))
    assert addressees(engine) == [("told", POLICE), ("with", "các thôn")]
    correct(told, assignees=["Trạm Y tế xã Hải Yến", COMMITTEE])
    assert addressees(engine) == [("told", "Trạm Y tế xã Hải Yến"), ("told", COMMITTEE), ("with", "các thôn")]
    assert {line["unit"] for line in lines(engine, "open_assignments")} == {"Trạm Y tế xã Hải Yến", COMMITTEE}
    assert {line["lead"] for line in lines(engine, "open_assignments")} == {False}
    correct(told, **{"with": []})
    assert addressees(engine) == [("told", "Trạm Y tế xã Hải Yến"), ("told", COMMITTEE)]
    correct(told, assignees=None)
    assert addressees(engine) == []
    assert {(line["unit"], line["task"]) for line in lines(engine, "open_assignments")} == {
        (None, TASK),
        (None, OTHER_TASK),
    }


def test_those_told_are_only_units_that_are_there(
    engine: Engine, article: Any, make: Any, feed: Feed, correct: Any
) -> None:
    told = article.assignments[0]
    team = replace(told, assignees=("Tổ An",), assignee_units=(POLICE,))  # as the article means it
    feed(engine, replace(article, assignments=(team,)), make.record("bai-2", units=["Trạm Y tế xã Hải Yến"]))
    units = lines(engine, "units")
    known = {unit["name"]: unit["id"] for unit in units}
    names = [CHAIR, "các phòng, ban", "Trạm Y tế xã Hải Yến", "công an xã Hải Yến", "Tổ An", "xã Hải Yến"]
    correct(told, assignees=names, **{"with": ["Lê Minh Cường", COMMITTEE]})
    assert {line["name"]: line["unit"] for line in lines(engine, "current_addressees")} == {
        CHAIR: None, "các phòng, ban": None, "Trạm Y tế xã Hải Yến": known["Trạm Y tế xã Hải Yến"],
        "công an xã Hải Yến": known[POLICE], "Tổ An": known[POLICE], "xã Hải Yến": known["xã Hải Yến"],
        "Lê Minh Cường": None, COMMITTEE: known[COMMITTEE],
    }  # fmt: skip
    assert lines(engine, "units") == units


def test_the_lead_of_a_corrected_list(engine: Engine, article: Any, feed: Feed, correct: Any) -> None:
    told = article.assignments[0]
    feed(engine, replace(article, assignments=(replace(told, lead=POLICE),)))

    def leads() -> list[str]:
        return [line["name"] for line in lines(engine, "current_addressees") if line["lead"]]

    correct(told, assignees=[COMMITTEE, POLICE])
    assert leads() == [POLICE]
    correct(told, assignees=[COMMITTEE], **{"with": [POLICE]})
    assert leads() == []


UNKEPT = ("a\0b", "a\ud83db")


@pytest.mark.parametrize("words", UNKEPT)
def test_texts_that_no_database_keeps(engine: Engine, article: Any, feed: Feed, decide: Decisions, words: str) -> None:
    feed(engine, article)
    told, units = article.assignments[0].id, [unit["id"] for unit in lines(engine, "units")]
    tries: list[tuple[str, Callable[[], None]]] = [
        ("by", lambda: decide.verdict("bai-1", told, "accept", by=words)),
        ("why", lambda: decide.verdict("bai-1", told, "accept", by="Hoa", why=words)),
        ("verb", lambda: decide.verdict("bai-1", told, "correct", by="Hoa", correction={"verb": words})),
        ("tasks", lambda: decide.verdict("bai-1", told, "correct", by="Hoa", correction={"tasks": ["a", words]})),
        ("note", lambda: decide.status("bai-1", told, "done", by="Hoa", note=words)),
        ("by", lambda: decide.status("bai-1", told, "done", by=words)),
        ("why", lambda: decide.merge("unit", units[0], units[1], "same", by="Hoa", why=words)),
    ]
    for what, say in tries:
        with pytest.raises(DatabaseError, match=rf"^{what}: a text with U\+0000 or half a character"):
            say()
    assert lines(engine, "verdicts") == lines(engine, "task_status") == lines(engine, "merges") == []


def test_tasks_that_people_word(engine: Engine, article: Any, feed: Feed, correct: Any, decide: Decisions) -> None:
    feed(engine, article)
    told = article.assignments[0]
    (kept,) = lines(engine, "task_progress", text=OTHER_TASK)
    decide.status("bai-1", told.id, "in_progress", by="Lan", task=kept["task"])
    correct(told, tasks=["lắp camera ở các ngã tư", OTHER_TASK, OTHER_TASK])
    found = [(line["text"], line["status"]) for line in lines(engine, "task_progress")]
    assert found == [("lắp camera ở các ngã tư", "open"), (OTHER_TASK, "in_progress"), (OTHER_TASK, "open")]
    ids = [line["task"] for line in lines(engine, "task_progress")]
    assert len(set(ids)) == 3
    decide.status("bai-1", told.id, "done", by="Lan", task=ids[0])
    correct(told, tasks=["sửa đường liên thôn", "lắp camera ở các ngã tư"])  # the order is nothing
    found = [(line["text"], line["status"]) for line in lines(engine, "task_progress")]
    assert found == [("sửa đường liên thôn", "open"), ("lắp camera ở các ngã tư", "done")]
    correct(told, tasks=[])
    assert lines(engine, "open_assignments") == lines(engine, "current_tasks") == []


def test_a_later_correction_keeps_what_it_does_not_name(
    engine: Engine, article: Any, feed: Feed, correct: Any, decide: Decisions
) -> None:
    feed(engine, article)
    told, target = article.assignments[0], article.targets[0]
    correct(told, deadline=None, assignees=[COMMITTEE, POLICE])
    correct(told, verb="đề nghị")
    (line,) = lines(engine, "current_assignments")
    assert (line["verb"], line["deadline"], line["verdict"]) == ("đề nghị", None, "correct")
    assert addressees(engine) == [("told", COMMITTEE), ("told", POLICE)]
    correct(target, value=5, comparator="range", max=8)
    correct(target, indicator="tỷ lệ hộ nghèo")
    (line,) = lines(engine, "current_targets")
    assert (line["indicator"], line["value"], line["max"], line["comparator"]) == ("tỷ lệ hộ nghèo", 5, 8, "range")
    decide.verdict("bai-1", told.id, "accept", by="Lan")  # as the machine found it
    assert lines(engine, "current_assignments")[0]["verb"] == "giao"
    correct(told, deadline="2031-08-01")
    assert lines(engine, "current_assignments")[0]["verb"] == "giao"


UNFIT: list[tuple[str, dict[str, Any], str]] = [
    ("target", {"quote": "x"}, "quote: no slot of a target that can be corrected. These can: indicator, "),
    ("documents", {"symbol": "x"}, "symbol: no slot of a document that can be corrected. These can: none."),
    ("target", {"value": "nhiều"}, "value: a number is needed, not 'nhiều'."),
    ("target", {"value": float("nan")}, "value: a number is needed, not nan."),
    ("target", {"value": True}, "value: a number is needed, not True."),
    ("target", {"end": "31/12/2031"}, "end: a day like 2024-03-31 is needed"),
    ("target", {"end": 2031}, "end: a day like 2024-03-31 is needed"),
    ("target", {"comparator": "≥"}, "comparator: one of eq, gt, ge, lt, le, approx, range is needed"),
    ("target", {"max": 90}, "max: a range has one, and nothing else"),
    ("target", {"indicator": None}, "indicator: it cannot be empty"),
    ("target", {"indicator": "  "}, "indicator: a text without words"),
    ("target", {"unit": 5}, "unit: a text is needed, not 5."),
    ("meeting", {"session": "đêm"}, "session: one of morning, noon, afternoon, evening is needed"),
    ("assignments", {"assignees": POLICE}, "assignees: a list of texts is needed"),
    ("assignments", {"tasks": [1]}, "tasks: a list of texts is needed"),
    ("assignments", {"tasks": 5}, "tasks: a list of texts is needed"),
    ("assignments", {"tasks": ["a", " "]}, "tasks: a text without words"),
]
"""A kind of entry, slots that cannot be corrected so, and the message."""


def test_a_correction_that_does_not_fit_leaves_nothing_behind(
    engine: Engine, article: Any, feed: Feed, correct: Any
) -> None:
    feed(engine, article)
    units = lines(engine, "units")
    for kind, slots, message in UNFIT:
        first = {"holder": "UBND xã An Thịnh"} if kind == "target" else {}
        with pytest.raises(DatabaseError, match=message):
            correct(entry_of(article, kind), **first, **slots)
    assert (lines(engine, "verdicts"), lines(engine, "corrections"), lines(engine, "units")) == ([], [], units)


# --- extractions that follow -----------------------------------------------------------------------------------------


def reworded(article: Any, make: Any, tasks: tuple[str, ...]) -> Any:
    """The article by a better extraction: the assignment has other words, and so another id."""
    page = make.page()
    told = page.assignment(*tasks, to=[POLICE], by=CHAIR)
    return replace(article, assignments=(told,), pattern_set="b" * 16)


def test_what_people_said_survives_another_extraction(
    engine: Engine, article: Any, make: Any, feed: Feed, correct: Any, decide: Decisions
) -> None:
    feed(engine, article)
    told = article.assignments[0]
    correct(told, deadline="2031-08-15", assignees=["Trạm Y tế xã Hải Yến"])
    decide.status("bai-1", told.id, "done", by="Lan", task=lines(engine, "task_progress", text=TASK)[0]["task"])
    later = reworded(article, make, (f"{TASK} của năm", OTHER_TASK))
    assert later.assignments[0].id != told.id
    feed(engine, later)

    def standing() -> Any:
        (line,) = lines(engine, "current_assignments")
        open_tasks = [(each["task"], each["unit"]) for each in lines(engine, "open_assignments")]
        return line["id"], line["deadline"], open_tasks

    expected = date(2031, 8, 15), [(OTHER_TASK, "Trạm Y tế xã Hải Yến")]
    assert standing() == (later.assignments[0].id, *expected)
    gone = replace(article, assignments=())
    feed(engine, gone)
    assert lines(engine, "current_assignments") == lines(engine, "open_assignments") == []
    correct(later.assignments[0], verb="đề nghị")  # also of what is superseded
    feed(engine, article)
    assert standing() == (told.id, *expected)
    assert lines(engine, "current_assignments")[0]["verb"] == "đề nghị"
    decide.verdict("bai-1", later.assignments[0].id, "reject", by="Lan")  # by either id
    assert lines(engine, "current_assignments") == []


def test_tasks_that_people_worded_survive_another_extraction(
    engine: Engine, article: Any, make: Any, feed: Feed, correct: Any, decide: Decisions
) -> None:
    feed(engine, article)
    told = article.assignments[0]
    correct(told, tasks=[TASK, "sửa đường liên thôn"])
    for line in lines(engine, "task_progress"):
        decide.status("bai-1", told.id, "done", by="Lan", task=line["task"])
    later = reworded(article, make, (f"{TASK} của năm", OTHER_TASK))
    feed(engine, later)
    correct(later.assignments[0], tasks=[OTHER_TASK, TASK, "sửa đường liên thôn"])
    found = [(line["text"], line["status"]) for line in lines(engine, "task_progress")]
    assert found == [(OTHER_TASK, "open"), (TASK, "done"), ("sửa đường liên thôn", "done")]


# --- status ----------------------------------------------------------------------------------------------------------


def test_the_status_of_one_task_and_of_all(engine: Engine, article: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, article)
    told = article.assignments[0].id
    assert {line["status"] for line in lines(engine, "task_progress")} == {"open"}
    (first,) = lines(engine, "task_progress", text=TASK)

    def statuses() -> list[str]:
        return [line["status"] for line in lines(engine, "task_progress")]

    decide.status("bai-1", told, "done", by="Hoa", task=first["task"], note="đã báo cáo")
    assert statuses() == ["done", "open"]
    (line,) = lines(engine, "task_progress", text=TASK)
    assert (line["note"], line["status_by"]) == ("đã báo cáo", "Hoa")
    assert [line["task"] for line in lines(engine, "open_assignments")] == [OTHER_TASK]
    decide.status("bai-1", told, "in_progress", by="Lan")
    assert statuses() == ["in_progress", "in_progress"]
    assert len(lines(engine, "open_assignments")) == 2
    decide.status("bai-1", told, "dropped", by="Hoa", task=first["task"])
    decide.status("bai-1", told, "open", by="Hoa", task=first["task"])
    decide.status("bai-1", told, "dropped", by="Hoa")
    assert statuses() == ["dropped", "dropped"]
    assert lines(engine, "open_assignments") == []
    assert len(lines(engine, "task_status")) == 5


def test_a_status_that_cannot_be_meant(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    record = make.record(tasks=[TASK, OTHER_TASK], topic="rà soát")
    one, other = (told.id for told in record.assignments)
    feed(engine, record)
    tasks = {line["assignment"]: line["task"] for line in lines(engine, "current_tasks")}
    for entry, status, task, message in (
        (one, "finished", None, "finished: nothing that can be said here. Say one of open, in_progress, done, dropped"),
        (record.meeting.id, "done", None, "it is a meeting. Only assignments have tasks"),
        (one, "done", tasks[other], f"the assignment {one} has no such task"),
        (one, "done", f"{one}#0", "has no such task. Take its id from `task_id`"),
    ):
        with pytest.raises(DatabaseError, match=message):
            decide.status("bai-1", entry, status, by="Hoa", task=task)  # type: ignore[arg-type]
    assert lines(engine, "task_status") == []


# --- near-duplicates -------------------------------------------------------------------------------------------------


def test_what_repeats_an_article_that_is_loaded_adds_no_lines(engine: Engine, make: Any, feed: Feed) -> None:
    page = make.page("bai-2")
    people = (page.person(CHAIR, [("Chủ tịch", COMMITTEE)]),)
    units = (page.unit(COMMITTEE),)
    told, named = page.assignment(TASK, by=CHAIR), page.document("15/KH-UBND")
    copy = page.record(
        "bai-2", people=people, units=units, assignments=(told,), documents=(named,), duplicate_of="bai-1"
    )
    feed(engine, copy)  # the first is not loaded
    views = ("open_assignments", "directed", "from_document")
    assert {view: len(lines(engine, view)) for view in views} == dict.fromkeys(views, 1)
    feed(engine, make.record("bai-1"))
    assert {view: len(lines(engine, view)) for view in views} == dict.fromkeys(views, 0)
    (month,) = lines(engine, "coverage")
    assert (month["articles"], month["repeats"], month["assignments"]) == (2, 1, 1)
    assert len(lines(engine, "current_assignments")) == 1


def test_of_two_that_repeat_each_other_one_counts(engine: Engine, make: Any, feed: Feed) -> None:
    feed(engine, make.record("bai-1", tasks=[TASK], duplicate_of="bai-2"))
    feed(engine, make.record("bai-2", tasks=[TASK], duplicate_of="bai-1"))
    assert [line["article"] for line in lines(engine, "open_assignments")] == ["bai-1"]
    feed(engine, make.record("bai-3", tasks=[TASK], duplicate_of="bai-3"))
    assert [line["article"] for line in lines(engine, "open_assignments")] == ["bai-1", "bai-3"]


# --- merges ----------------------------------------------------------------------------------------------------------


def told_by(make: Any, article: str, unit: str, chair: str = CHAIR) -> Any:
    page = make.page(article)
    told = page.assignment(TASK, to=[unit], by=chair)
    people, units = (page.person(chair, [("Chủ tịch", unit)]),), (page.unit(unit),)
    return page.record(article, people=people, units=units, assignments=(told,))


def ids(engine: Engine, kind: str) -> dict[str, str]:
    """By name of a unit the id of it, or of the person who has an office there."""
    units = {line["id"]: line["name"] for line in lines(engine, "units") if line["kind"] != "địa bàn"}
    if kind == "unit":
        return {name: key for key, name in units.items()}
    return {units[line["unit"]]: line["id"] for line in lines(engine, "people")}


NORTH, SOUTH, WEST = "UBND xã Hải Yến", "UBND xã An Thịnh", "UBND xã Phú Lộc Đông"


def entities(engine: Engine, view: str, column: str) -> set[str]:
    return {line[column] for line in lines(engine, view)}


def test_units_that_are_one(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, told_by(make, "bai-1", NORTH), told_by(make, "bai-2", SOUTH))
    unit = ids(engine, "unit")
    assert entities(engine, "open_assignments", "unit_id") == {unit[NORTH], unit[SOUTH]}
    assert len(entities(engine, "directed", "person_id")) == 2
    decide.merge("unit", unit[SOUTH], unit[NORTH], "same", by="Hoa", why="sáp nhập")
    whole_unit = min(unit[NORTH], unit[SOUTH])
    assert entities(engine, "open_assignments", "unit_id") == {whole_unit}
    assert len(entities(engine, "open_assignments", "unit")) == 1
    assert entities(engine, "directed", "unit_id") == {whole_unit}
    assert len(entities(engine, "directed", "person_id")) == 1  # namesakes in one unit are one
    decide.merge("unit", unit[NORTH], unit[SOUTH], "undone", by="Lan")
    assert entities(engine, "open_assignments", "unit_id") == {unit[NORTH], unit[SOUTH]}
    assert len(entities(engine, "directed", "person_id")) == 2
    assert [line["decision"] for line in lines(engine, "merges")] == ["same", "undone"]


def test_people_who_are_one(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, told_by(make, "bai-1", NORTH), told_by(make, "bai-2", SOUTH))
    person = ids(engine, "person")
    decide.merge("person", person[NORTH], person[SOUTH], "same", by="Hoa")
    assert entities(engine, "directed", "person_id") == {min(person.values())}
    decide.merge("person", person[NORTH], person[SOUTH], "different", by="Hoa")
    assert len(entities(engine, "directed", "person_id")) == 2
    unit = ids(engine, "unit")
    decide.merge("unit", unit[SOUTH], unit[NORTH], "same", by="Hoa")
    assert len(entities(engine, "directed", "person_id")) == 2  # that they are different holds
    decide.merge("person", person[NORTH], person[SOUTH], "undone", by="Hoa")
    assert len(entities(engine, "directed", "person_id")) == 1


@pytest.mark.parametrize("kind", ["unit", "person"])
def test_two_whom_a_third_holds_together_cannot_be_parted(
    engine: Engine, make: Any, feed: Feed, decide: Decisions, kind: Any
) -> None:
    feed(engine, *(told_by(make, f"bai-{unit}", unit) for unit in (NORTH, SOUTH, WEST)))
    key, view, column = ids(engine, kind), "directed", f"{kind}_id"
    decide.merge(kind, key[NORTH], key[SOUTH], "same", by="Hoa")
    decide.merge(kind, key[SOUTH], key[WEST], "same", by="Hoa")
    before = {name: lines(engine, name) for name in ("units", "people", "merges", view)}
    assert len(entities(engine, view, column)) == 1
    with pytest.raises(DatabaseError, match="others that are one with both keep them one"):
        decide.merge(kind, key[NORTH], key[WEST], "different", by="Hoa")
    assert {name: lines(engine, name) for name in before} == before
    decide.merge(kind, key[SOUTH], key[WEST], "different", by="Hoa")
    assert len(entities(engine, view, column)) == 2
    decide.merge(kind, key[NORTH], key[WEST], "different", by="Hoa")


def test_a_merge_that_cannot_be_meant(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    feed(engine, told_by(make, "bai-1", NORTH), told_by(make, "bai-2", SOUTH))
    unit = ids(engine, "unit")
    right = {"kind": "unit", "one": unit[NORTH], "other": unit[SOUTH], "decision": "same", "by": "Hoa"}
    for change, message in (
        ({"one": "xyz"}, r"xyz: no unit of this id\. Take it from `merge_proposals`"),
        ({"kind": "person"}, "no person of this id"),
        ({"kind": "people"}, "people: nothing that can be said here. Say one of person, unit"),
        ({"decision": "equal"}, "equal: nothing that can be said here. Say one of same, different, undone"),
        ({"one": unit[SOUTH]}, "it is one already. Name two"),
        ({"by": ""}, "nobody is named"),
    ):
        with pytest.raises(DatabaseError, match=message):
            decide.merge(**right | change)  # type: ignore[arg-type]
    assert lines(engine, "merges") == []


def test_proposals_to_merge(engine: Engine, make: Any, feed: Feed, decide: Decisions) -> None:
    page = make.page("bai-3")
    alone = page.record("bai-3", people=(page.person(CHAIR, []),), units=(page.unit(NORTH),))
    feed(engine, told_by(make, "bai-1", NORTH), told_by(make, "bai-2", f"Đảng ủy {NORTH[5:]}"), alone)
    feed(engine, replace(told_by(make, "bai-4", "Ban An toàn", "Vũ Ngọc Giang"), url="https://khac.example/4"))
    feed(engine, told_by(make, "bai-5", "Ban An toàn", "Vũ Ngọc Giang"))
    found = {line["why"]: line for line in lines(engine, "merge_proposals")}
    assert set(found) == {"same name", "same name, units of one area", "same name, in an article that names the unit"}
    for line in found.values():
        assert line["one"] < line["other"]
        decide.merge(line["kind"], line["one"], line["other"], "different", by="Hoa")
    assert lines(engine, "merge_proposals") == []
    for line in found.values():
        decide.merge(line["kind"], line["one"], line["other"], "undone", by="Hoa")
    assert {line["why"]: line for line in lines(engine, "merge_proposals")} == found
    for line in found.values():
        decide.merge(line["kind"], line["one"], line["other"], "same", by="Hoa")
    assert lines(engine, "merge_proposals") == []
