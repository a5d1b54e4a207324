"""What two records of an article say differently."""

from typing import Any

import pytest

from meetextract.scoring.changes import ENTRY_KINDS, changes_between, items_of

Json = dict[str, Any]


def entry(name: str, at: int, **slots: object) -> Json:
    return {"id": name, "span": [at, at + 5], "pattern": "a.b", **slots}


def differ(old: Json | None, new: Json | None, kind: str) -> list[tuple[str, Any, Any]]:
    """Sign, and the starts of both places."""
    changes = [change for change in changes_between(items_of(old), items_of(new)) if change.item.kind == kind]
    places = [[item.places[0][0] if item else None for item in (each.old, each.new)] for each in changes]
    return [(change.sign, *place) for change, place in zip(changes, places, strict=True)]


def dates(*entries: Json) -> Json:
    return {"dates": list(entries)}


def test_the_same() -> None:
    record = dates(entry("1", 0, start="2024"), entry("2", 9, start="2024"))
    assert differ(record, record, "dates") == [("=", 0, 0), ("=", 9, 9)]


def test_another_id_or_pattern_is_no_difference() -> None:
    new = {"id": "2", "span": [0, 5], "pattern": "c.d", "value": 1.0}
    assert differ(dates(entry("1", 0, value=1)), dates(new), "dates") == [("=", 0, 0)]


def test_lost_and_gained_in_the_order_of_the_text() -> None:
    old = dates(entry("1", 20), entry("2", 40))
    new = dates(entry("3", 60), entry("1", 20), entry("4", 0))
    assert differ(old, new, "dates") == [("+", None, 0), ("=", 20, 20), ("-", 40, None), ("+", None, 60)]


def test_changed_entries_are_known_by_their_id_first() -> None:
    old = dates(entry("1", 0, value=1))
    new = dates(entry("2", 0, value=2), entry("1", 30, value=1))
    assert differ(old, new, "dates") == [("+", None, 0), ("~", 0, 30)]
    (moved,) = (each for each in changes_between(items_of(old), items_of(new)) if each.sign == "~")
    assert moved.slots == {"span": ([0, 5], [30, 35])}


def test_changed_entries_are_known_by_their_place_else() -> None:
    old = dates(entry("1", 0, value=1, unit="%"), entry("2", 20))
    new = dates(entry("3", 3, value=2, unit="%", change="up"), entry("4", 1, value=1), entry("5", 25))
    assert differ(old, new, "dates") == [("~", 0, 1), ("+", None, 3), ("-", 20, None), ("+", None, 25)]
    (changed,) = (each for each in changes_between(items_of(old), items_of(new)) if each.sign == "~")
    assert changed.slots == {"span": ([0, 5], [1, 6]), "unit": ("%", None)}


def test_of_a_fact_stated_thrice_the_first_is_lost() -> None:
    # Ids are those of the first, second and third statement.
    old = dates(entry("1", 0), entry("1#2", 10), entry("1#3", 20))
    new = dates(entry("1", 10), entry("1#2", 20))
    assert differ(old, new, "dates") == [("-", 0, None), ("=", 10, 10), ("=", 20, 20)]


def test_people_and_their_titles() -> None:
    title = {"role": "Chủ tịch", "unit": "UBND xã", "span": [20, 28], "pattern": "a.b"}
    old = {"people": [{"id": "1", "name": "Hậu", "mentions": [[5, 8], [40, 43]], "titles": [title]}]}
    new = {"people": [{"id": "2", "name": "Trần Văn Hậu", "mentions": [[40, 43], [60, 63]], "titles": [
        {**title, "unit": "UBND huyện"}, {"role": "Bí thư", "unit": None, "span": [30, 36]}]}]}  # fmt: skip
    changes = changes_between(items_of(old), items_of(new))
    person, chair, secretary = (each for each in changes if each.item.kind in ("people", "titles"))
    assert person.slots == {
        "name": ("Hậu", "Trần Văn Hậu"),
        "mentions": ([[5, 8], [40, 43]], [[40, 43], [60, 63]]),
    }
    assert chair.slots == {"name": ("Hậu", "Trần Văn Hậu"), "unit": ("UBND xã", "UBND huyện")}
    assert (secretary.sign, secretary.item.entry["role"]) == ("+", "Bí thư")


def test_a_title_of_the_same_person_and_role_is_the_same() -> None:
    old = {"people": [{"name": "Hậu", "titles": [{"role": "Bí thư", "unit": None, "span": [0, 6]}]}]}
    new = {"people": [{"name": "Hậu", "titles": [{"role": "Bí thư", "unit": "Đảng ủy", "span": [50, 56]}]}]}
    assert differ(old, new, "titles") == [("~", 0, 50)]


def test_what_the_record_says_of_its_article_is_an_entry() -> None:
    old = {"title": "A", "published": "2024-07-08", "version": "1", "pattern_set": "x", "source": "a.txt"}
    new = {"title": "B", "published": "2024-07-08", "version": "2", "pattern_set": "y", "source": "b.txt"}
    (change,) = changes_between(items_of(old), items_of(new))
    assert (change.item.kind, change.sign, change.slots) == ("article", "~", {"title": ("A", "B")})


def test_the_meeting_is_one() -> None:
    old = {"meeting": {"id": "1", "host": "A", "span": [0, 5]}}
    new = {"meeting": {"id": "2", "host": "B", "span": [50, 55]}}
    assert differ(old, new, "meeting") == [("~", 0, 50)]
    assert differ(old, {"meeting": None}, "meeting") == [("-", 0, None)]


def test_an_article_of_one_run_only() -> None:
    record = dates(entry("1", 0))
    assert [(each.item.kind, each.sign) for each in changes_between(items_of(None), items_of(record))] == [
        ("article", "+"),
        ("dates", "+"),
    ]
    assert differ(record, None, "dates") == [("-", 0, None)]


def test_entries_without_id_and_place() -> None:
    notice = {"code": "truncated", "message": "m", "span": None}
    changes = changes_between(items_of({"notices": [notice]}), items_of({"notices": [notice, {**notice, "code": "x"}]}))
    assert [change.sign for change in changes if change.item.kind == "notices"] == ["=", "+"]
    changes = changes_between(items_of({"notices": [notice]}), items_of({"notices": [{**notice, "code": "x"}]}))
    assert [change.sign for change in changes if change.item.kind == "notices"] == ["-", "+"]


def test_every_field_of_a_record_is_compared_or_is_no_find() -> None:
    from dataclasses import fields

    from meetextract.records import Record
    from meetextract.scoring.changes import ARTICLE_SLOTS

    no_finds = {"schema", "id", "source", "url", "published_span", "pattern_set", "version"}
    no_finds |= {"text", "repairs", "main_text", "fingerprint", "duplicate_of", "text_hash"}  # how the text was come by
    assert {field.name for field in fields(Record)} == {*ENTRY_KINDS, *ARTICLE_SLOTS, *no_finds} - {"article", "titles"}


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"dates": "x"}, "dates is no list of objects"),
        ({"dates": ["x"]}, "dates is no list of objects"),
        ({"meeting": ["x"]}, "meeting is no object"),
        ({"dates": [{}, {"span": 3}]}, "dates.1: 3 is no span"),
        ({"units": [{"mentions": [[1, "2"]]}]}, r"units.0: \[1, '2'\] is no span"),
        ({"people": [{"name": "A", "titles": [1]}]}, "titles is no list of objects"),
    ],
)
def test_what_is_no_record(record: Json, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        items_of(record)
