"""Feeding records: what is new, the same, otherwise, gone and back."""

from typing import Any

from sqlalchemy import Engine


def test_first_load(engine: Engine, make: Any, feed: Any, dump: Any) -> None:
    fed = feed(engine, make.full(1), make.full(2)).fed
    assert (fed.read, fed.unchanged, fed.failed) == (2, 0, 0)
    assert (fed.changes.new, fed.changes.changed) == (2, 0)
    rows = dump(engine)
    assert len(rows["articles"]) == 2


def test_the_same_again_changes_nothing(engine: Engine, make: Any, feed: Any, dump: Any) -> None:
    records = [make.full(number) for number in range(20)]
    feed(engine, *records)
    before = dump(engine)
    fed = feed(engine, *records).fed
    assert (fed.read, fed.unchanged, fed.failed) == (20, 20, 0)
    assert dump(engine) == before
