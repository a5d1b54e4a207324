"""Whether what changed is right by gold."""

import json
from pathlib import Path
from typing import Any

import pytest

from meetextract.scoring.changes import ENTRY_KINDS, changes_between, items_of
from meetextract.scoring.kinds import KINDS
from meetextract.scoring.reading import read_found
from meetextract.scoring.verdicts import SCORES_OF, Judge, Worth, turned

GOLD = {
    "meeting": {"date": "2024-07-08", "host": "UBND xã"},
    "people": [{"name": "Trần Văn Hậu", "titles": [{"role": "Chủ tịch", "unit": "UBND xã Tân Lập"}]}],
    "units": ["UBND xã Tân Lập"],
    "documents": [{"symbol": "1/KH", "date": "2024-01-01"}],
    "dates": [{"span": [0, 13], "start": "2024-07-08", "end": "2024-07-08"}],
    "quantities": [{"span": [102, 110], "value": 61, "unit": "%"}],
    "targets": [{"span": [93, 122], "indicator": "hộ nộp thuế", "value": 61, "unit": "%", "end": "2024-12-31"}],
    "assignments": [{"span": [141, 188], "tasks": ["rà soát hồ sơ"], "deadline": "2024-09-30"}],
}
DATE = GOLD["dates"][0]
WRONG_DATE = {**DATE, "end": "2024-07-09"}
TARGET = GOLD["targets"][0]
PERSON = GOLD["people"][0]
DOCUMENT = {**GOLD["documents"][0], "span": [0, 5]}

RIGHT, WRONG = "right", "wrong"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"dates": [DATE]}, {}, {"dates": WRONG}),
        ({"dates": [WRONG_DATE]}, {}, {"dates": RIGHT}),
        ({}, {"dates": [DATE]}, {"dates": RIGHT}),
        ({}, {"dates": [WRONG_DATE]}, {"dates": WRONG}),
        ({"dates": [WRONG_DATE]}, {"dates": [DATE]}, {"dates": RIGHT}),
        ({"dates": [DATE]}, {"dates": [WRONG_DATE]}, {"dates": WRONG}),
        ({"dates": [DATE]}, {"dates": [{**DATE, "span": [5, 13]}]}, {}),
        ({}, {"units": [{"name": "UBND xã Tân Lập"}]}, {"units": RIGHT}),
        ({}, {"quantities": GOLD["quantities"]}, {"quantities": RIGHT, "percentages": RIGHT}),
        (
            {"quantities": GOLD["quantities"]},
            {"quantities": [{**GOLD["quantities"][0], "unit": "hộ"}]},
            {"quantities": WRONG, "percentages": WRONG},
        ),
        ({}, {"targets": [{**TARGET, "end": None}]}, {"targets": RIGHT, "targets.strict": WRONG}),
        ({"targets": [{**TARGET, "end": None}]}, {"targets": [TARGET]}, {"targets.strict": RIGHT}),
        ({}, {"assignments": GOLD["assignments"]}, {"assignments": RIGHT, "assignments.full": RIGHT}),
        ({"documents": [DOCUMENT]}, {"documents": [{**DOCUMENT, "date": None}]}, {"documents.date": WRONG}),
        ({"documents": [DOCUMENT]}, {"documents": [{**DOCUMENT, "symbol": "2/KH"}]},
         {"documents": WRONG, "documents.date": WRONG}),
        ({"meeting": {"date": "2024-07-08"}}, {"meeting": {"date": "2024-07-09", "host": "UBND xã"}},
         {"meeting": WRONG}),
        ({"meeting": {"date": "2024-07-08"}}, {"meeting": GOLD["meeting"]}, {"meeting": RIGHT}),
        ({}, {"meeting": {"date": "2024-07-09", "host": "UBND xã"}}, {}),  # one right, one false
        ({}, {"notices": [{"code": "truncated"}]}, {}),
    ],
)  # fmt: skip
def test_entries_that_turn_right_or_wrong(make_gold, old: dict[str, Any], new: dict[str, Any], expected) -> None:
    assert verdicts(make_gold(GOLD), old, new) == [expected]


def test_titles_are_judged_beside_their_person(make_gold) -> None:
    changed = {**PERSON, "titles": [{**PERSON["titles"][0], "unit": None}]}
    gold = make_gold(GOLD)
    assert verdicts(gold, {"people": [PERSON]}, {"people": [changed]}) == [{"titles.unit": WRONG}]
    assert verdicts(gold, {}, {"people": [changed]}) == [{"people": RIGHT}, {"titles": RIGHT, "titles.unit": WRONG}]
    assert verdicts(gold, {}, {"people": [{**PERSON, "name": "Hậu"}]}) == [
        {"people": WRONG},
        {"titles": WRONG, "titles.unit": WRONG},
    ]


def verdicts(gold, old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, str]]:
    lines = [json.dumps({**record, "id": "a"}).encode() for record in (old, new)]
    before, after = (Worth(read_found(Path("-"), [line], {"a"})["a"], gold) for line in lines)
    changes = changes_between(items_of(old), items_of(new))
    return [turned(change, before, after) for change in changes if change.item.kind != "article" and change.sign != "="]


def test_every_score_has_its_entries() -> None:
    assert sorted(score for scores in SCORES_OF.values() for score in scores) == sorted(kind.name for kind in KINDS)
    assert {*SCORES_OF} <= {*ENTRY_KINDS}


def test_gold_is_read_where_it_is_asked_for(make_gold) -> None:
    folder = make_gold({}).file.parent
    (folder / "b.gold.json").write_text("{", encoding="utf-8")
    judge = Judge(folder)
    gold = judge.gold({"x", "a"})
    assert gold is not None
    assert gold.name == "a"
    assert judge.gold({"x"}) is None
