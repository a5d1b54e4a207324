"""The definitions, each on gold and records small enough to be counted by hand."""

import pytest

from meetextract.scoring.kinds import KINDS, compare, same_figure
from meetextract.scoring.measure import SCORED


def counts(row):
    return row["hit"], row["gold"], row["pred"]


def test_the_kinds() -> None:
    assert SCORED == (
        "meeting", "people", "titles", "titles.unit", "units", "documents", "documents.date", "dates", "quantities",
        "percentages", "counts", "targets", "targets.strict", "assignments", "assignments.full", "mean",
    )  # fmt: skip


def test_figures_of_a_kind(rows) -> None:
    row = rows({"units": ["A", "B", "C"]}, {"units": [{"name": "A"}, {"name": "D"}]})["units"]
    assert row == {"p": 0.5, "r": 0.3333, "f1": 0.4, "hit": 1, "gold": 3, "pred": 2}


def test_figures_where_there_is_nothing(rows) -> None:
    none = rows({}, {})
    assert none["units"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "hit": 0, "gold": 0, "pred": 0}
    assert none["mean"] == {"f1": 0.0}
    assert "meeting" not in none
    assert rows({"units": ["A"]}, {})["units"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "hit": 0, "gold": 1, "pred": 0}
    assert rows({}, {"units": ["A"]})["units"] == {"p": 0.0, "r": 1.0, "f1": 0.0, "hit": 0, "gold": 0, "pred": 1}


def test_the_mean_is_over_the_kinds_that_are_there(rows) -> None:
    scored = rows({"units": ["A", "B"], "people": [{"name": "C"}]}, {"units": ["A"], "people": [{"name": "C"}]})
    assert scored["mean"] == {"f1": 0.8334}  # of 0.6667 and 1: the figures as published


def test_meeting_counts_its_slots(rows) -> None:
    gold = {"date": "2024-07-08", "session": "morning", "host": "UBND tỉnh Lai Châu", "chairs": ["Lê Hoà", "Vũ Thị B"],
            "kind": "họp"}  # fmt: skip
    found = {"date": "2024-07-09", "session": "morning", "host": "Ủy ban nhân dân Lai Châu",
             "chairs": ["lê hòa", {"name": "Trần C"}], "kind": "hội nghị"}  # fmt: skip
    assert counts(rows({"meeting": gold}, {"meeting": found})["meeting"]) == (3, 5, 5)
    assert counts(rows({"meeting": None}, {"meeting": found})["meeting"]) == (0, 0, 5)
    assert counts(rows({"meeting": gold}, {"meeting": None})["meeting"]) == (0, 5, 0)
    assert counts(rows({"meeting": gold}, {"meeting": {"host": "UBND Lai Châu", "date": None}})["meeting"]) == (1, 5, 1)


def test_people_and_titles_are_sets(rows) -> None:
    gold = {"people": [{"name": "Trần Văn Hậu", "titles": [{"role": "Chủ tịch", "unit": "UBND xã Tân Lập"},
                                                           {"role": "Phó Bí thư", "unit": None}]},
                       {"name": "Lê Thị Mai"}]}  # fmt: skip
    found = {"people": [{"name": "TRẦN VĂN HẬU", "titles": [{"role": "chủ tịch", "unit": "UBND xã"}]},
                        {"name": "Trần Văn Hậu", "titles": [{"role": "Phó Bí thư"}, {"role": "Phó Bí thư"}]},
                        {"name": "Mai"}]}  # fmt: skip
    scored = rows(gold, found)
    assert counts(scored["people"]) == (1, 2, 2)
    assert counts(scored["titles"]) == (2, 2, 2)
    assert counts(scored["titles.unit"]) == (1, 2, 2)


def test_units_without_the_kind_of_a_province(rows) -> None:
    found = {"units": [{"name": "UBND thành phố Hải Phòng"}]}
    assert rows({"units": ["UBND Hải Phòng"]}, found)["units"]["f1"] == 1
    assert rows({"units": ["UBND thành phố"]}, found)["units"]["f1"] == 0
    assert rows({"units": [{"text": "UBND TP Hải Phòng"}, "Ủy ban nhân dân Hải Phòng"]}, found)["units"]["f1"] == 1


def test_documents_and_their_dates(rows) -> None:
    gold = {"documents": [{"type": "Kế hoạch", "symbol": "15/KH-UBND", "date": "2024-01-05"},
                          {"type": "Quyết định", "symbol": "3/QĐ-UBND", "date": None}]}  # fmt: skip
    found = {"documents": [{"type": "kế hoạch", "symbol": "15 / KH - UBND", "date": "2024-01-06"},
                           {"type": "Kế hoạch", "symbol": "15/KH-UBND", "date": None},
                           {"type": "Nghị quyết", "symbol": "3/QĐ-UBND", "date": "2024-02-02"}]}  # fmt: skip
    scored = rows(gold, found)
    assert counts(scored["documents"]) == (1, 2, 2)
    assert counts(scored["documents.date"]) == (0, 1, 2)


DATE = {"text": "Sáng 8/7/2024", "start": "2024-07-08", "end": "2024-07-08"}


@pytest.mark.parametrize(
    ("found", "hit"),
    [
        ({"span": [5, 13]}, 1),  # they overlap
        ({"span": {"start": 12, "end": 20}}, 1),
        ({"span": [13, 20]}, 0),
        ({"span": None}, 0),  # what was found has a place, or is false
        ({"span": [0, 13], "end": "2024-07-09"}, 0),
        ({"span": [0, 13], "start": None}, 0),
    ],
)
def test_dates_overlap_and_are_the_same_days(rows, found, hit) -> None:
    assert counts(rows({"dates": [DATE]}, {"dates": [{**DATE, **found}]})["dates"]) == (hit, 1, 1)
    placed = {**DATE, "span": [0, 13]}
    assert counts(rows({"dates": [placed]}, {"dates": [{**DATE, **found}]})["dates"]) == (hit, 1, 1)


def test_a_date_is_paired_once(rows) -> None:
    found = {**DATE, "span": [0, 13]}
    assert counts(rows({"dates": [DATE]}, {"dates": [found, found]})["dates"]) == (1, 1, 2)
    assert counts(rows({"dates": [found, found]}, {"dates": [found]})["dates"]) == (1, 2, 1)


SHARE = {"text": "trên 61% hộ", "comparator": "gt", "value": 61, "unit": "%", "change": None}
PLACE = {"span": [102, 110]}


@pytest.mark.parametrize(
    ("found", "hit"),
    [
        ({}, 1),
        ({"value": 61.00001}, 1),
        ({"value": "61"}, 1),
        ({"value": 61.1}, 0),
        ({"value": None}, 0),
        ({"value": "nhiều"}, 0),
        ({"comparator": None}, 0),
        ({"change": "increase"}, 0),
        ({"max": 70}, 0),
        ({"of": 100}, 0),
        ({"span": [0, 3]}, 0),
    ],
)
def test_quantities_are_the_same_amount(rows, text, found, hit) -> None:
    assert text[slice(*PLACE["span"])] == "trên 61%"
    scored = rows({"quantities": [SHARE]}, {"quantities": [{**SHARE, **PLACE, **found}]})
    assert counts(scored["quantities"]) == counts(scored["percentages"]) == (hit, 1, 1)


def test_percentages_are_the_quantities_in_percent(rows) -> None:
    other = {"value": 61, "unit": "hộ", "comparator": "eq", **PLACE}
    scored = rows({"quantities": [other]}, {"quantities": [{**other, "unit": "Hộ", "comparator": None}]})
    assert counts(scored["quantities"]) == (1, 1, 1)
    assert counts(scored["percentages"]) == (0, 0, 0)


def test_gold_without_spans_is_placed_before_percentages_are_picked(rows) -> None:
    gold = [{"text": "61%", "value": 61, "unit": unit} for unit in ("hộ", "%")]
    found = [{**gold[0], "span": [0, 3]}, {**gold[1], "span": [5, 8]}]
    assert counts(rows({"quantities": gold}, {"quantities": found}, "61%, 61%")["percentages"]) == (1, 1, 1)


def test_counts_are_value_and_item(rows, text) -> None:
    count = {"text": "12 nhiệm vụ", "value": 12, "item": "nhiệm vụ", "comparator": "ge"}
    at = text.index("12 nhiệm")
    found = {"value": 12.0, "item": "Nhiệm vụ", "span": [at, at + 2]}
    assert counts(rows({"counts": [count]}, {"counts": [found]})["counts"]) == (1, 1, 1)
    assert counts(rows({"counts": [count]}, {"counts": [{**found, "item": "chỉ tiêu"}]})["counts"]) == (0, 1, 1)


TARGET = {"quote": "phấn đấu trên 61% … thuế", "status": "target", "indicator": "hộ nộp thuế", "comparator": "gt",
          "value": 61, "unit": "%", "change": None, "start": "2024-01-01", "end": "2024-12-31"}  # fmt: skip
LEVEL = {**TARGET, "span": [93, 122]}


@pytest.mark.parametrize(
    ("found", "hit", "strict"),
    [
        ({}, 1, 1),
        ({"indicator": "nộp thuế"}, 1, 1),  # 0.8
        ({"indicator": "hộ nộp phí"}, 1, 0),  # 0.67
        ({"indicator": "thuế"}, 1, 0),  # 0.5
        ({"indicator": "số thuế"}, 0, 0),  # 0.4
        ({"status": "result"}, 0, 0),
        ({"value": 62}, 0, 0),
        ({"unit": "hộ"}, 0, 0),
        ({"comparator": "ge"}, 1, 0),
        ({"change": "increase"}, 1, 0),
        ({"start": None}, 1, 0),
        ({"end": None}, 1, 0),
        ({"span": [0, 93]}, 0, 0),
        ({"span": [0, 94]}, 1, 1),
    ],
)
def test_targets(rows, found, hit, strict) -> None:
    scored = rows({"targets": [TARGET]}, {"targets": [{**LEVEL, **found}]})
    assert counts(scored["targets"]) == (hit, 1, 1)
    assert counts(scored["targets.strict"]) == (strict, 1, 1)


def test_targets_without_a_level(rows) -> None:
    goal = {**LEVEL, "value": None, "unit": None, "comparator": None}
    assert counts(rows({"targets": [goal]}, {"targets": [{**goal, "comparator": "eq"}]})["targets.strict"]) == (1, 1, 1)
    assert counts(rows({"targets": [goal]}, {"targets": [{**goal, "value": 0}]})["targets"]) == (0, 1, 1)


def test_the_most_alike_are_paired_first(rows) -> None:
    gold = [{**LEVEL, "indicator": "hộ nộp"}, {**LEVEL, "indicator": "hộ nộp thuế"}]
    # In the order of the text the first would take "hộ nộp thuế" (0.8), and nothing would be left for the second.
    found = [{**LEVEL, "indicator": "hộ nộp thuế"}, {**LEVEL, "indicator": "hộ khác"}]
    assert counts(rows({"targets": gold}, {"targets": found})["targets"]) == (2, 2, 2)
    # And were the least alike paired first, "nộp" would take "hộ nộp thuế" (0.5).
    gold = [{**LEVEL, "indicator": "hộ nộp thuế"}, {**LEVEL, "indicator": "nộp"}]
    found = [{**LEVEL, "indicator": "hộ nộp thuế"}, {**LEVEL, "indicator": "nộp phí"}]
    assert counts(rows({"targets": gold}, {"targets": found})["targets"]) == (2, 2, 2)


TASK = {"quote": "giao phòng Nội vụ rà soát hồ sơ trước ngày 30/9", "assigner": "Trần Văn Hậu",
        "assignees": ["phòng Nội vụ"], "tasks": ["rà soát hồ sơ"], "deadline": "2024-09-30"}  # fmt: skip
DUTY = {**TASK, "span": [141, 188]}


@pytest.mark.parametrize(
    ("found", "hit", "full"),
    [
        ({}, 1, 1),
        ({"tasks": [{"text": "rà soát"}, {"name": "hồ sơ"}]}, 1, 1),  # all tasks of an entry as one text
        ({"tasks": ["rà soát"]}, 1, 0),  # 0.67
        ({"tasks": ["rà soát", "việc khác"]}, 1, 0),  # 0.5
        ({"tasks": ["rà"]}, 0, 0),  # 0.4
        ({"assigner": "UBND xã"}, 1, 0),
        ({"assigner": {"name": "TRẦN VĂN HẬU"}}, 1, 1),
        ({"assignees": ["Phòng nội vụ", "phòng Nội vụ"]}, 1, 1),
        ({"assignees": ["phòng Nội vụ", "xã"]}, 1, 0),
        ({"assignees": None}, 1, 0),
        ({"deadline": None}, 1, 0),
        ({"span": [164, 165]}, 1, 1),  # half of the shorter one
        ({"span": [135, 147]}, 1, 1),
        ({"span": [134, 147]}, 0, 0),
        ({"span": None}, 0, 0),
    ],
)
def test_assignments(rows, text, found, hit, full) -> None:
    assert text[slice(*DUTY["span"])] == TASK["quote"]
    scored = rows({"assignments": [TASK]}, {"assignments": [{**DUTY, **found}]})
    assert counts(scored["assignments"]) == (hit, 1, 1)
    assert counts(scored["assignments.full"]) == (full, 1, 1)


def test_slots_that_are_missing_are_empty(rows) -> None:
    bare = {"targets": [{}], "assignments": [{}], "dates": [{}], "quantities": [{}], "counts": [{}],
            "documents": [{}], "units": [{}], "people": [{"name": "A", "titles": [{}]}], "meeting": {}}  # fmt: skip
    scored = rows(bare, bare)
    hits = {kind: counts(row) for kind, row in scored.items() if kind != "mean"}
    sets = ("people", "titles", "titles.unit", "units", "documents")
    placed = ("dates", "quantities", "counts", "targets", "targets.strict", "assignments", "assignments.full")
    assert hits == {
        **dict.fromkeys(sets, (1, 1, 1)),
        **dict.fromkeys(placed, (0, 1, 1)),  # which can be paired at a place only
        **dict.fromkeys(("documents.date", "percentages"), (0, 0, 0)),
    }


def test_figures() -> None:
    assert same_figure(0.1 + 0.2, 0.3)
    assert same_figure(12_500_000_000_001, 12_500_000_000_000)
    assert not same_figure(float("nan"), float("nan"))
    assert not same_figure(10**400, 10**400)
    assert same_figure(None, None)
    assert not same_figure(None, 0)


def test_a_comparison_tells_what_was_missed_and_what_is_false(make_gold) -> None:
    gold = make_gold({"units": ["A", "a", "B"]}).facts["units"]
    found = make_gold({"units": ["B", "C"]}).facts["units"]
    (kind,) = (kind for kind in KINDS if kind.name == "units")
    compared = compare(kind, gold, found)
    assert [fact.says["name"] for fact in compared.missed] == ["A"]
    assert [fact.says["name"] for fact in compared.false] == ["C"]
