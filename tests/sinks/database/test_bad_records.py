"""Records that cannot be loaded cost only themselves, and are told by their place; strange ones are loaded."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from meetextract.sinks.database.tables import ARTICLE_PEOPLE, ARTICLES, DOCUMENTS, ENTRIES, MENTIONS, TARGETS, TEXTS
from meetextract.sinks.jsonl import record_to_json

Feed = Callable[..., Any]
Dump = Callable[..., dict[str, list[tuple[object, ...]]]]


def changed(record: Any, **fields: object) -> str:
    """The line of a record with other fields; what Python's JSON can write is more than a record may hold."""
    return json.dumps(json.loads(record_to_json(record)) | fields)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ARTICLES)) or 0


def lines_of_no_record(make: Any) -> dict[str, tuple[str | bytes, str]]:
    record = make.full(77)
    line = record_to_json(record)
    whole = json.loads(line)
    (target,) = (each for each in whole["targets"] if each["status"] == "target")
    return {
        "no JSON": ("đây không phải JSON", "it is no record"),
        "no object": ("[1, 2]", "it is no record"),
        "another object": ('{"a": 1}', "it is no record"),
        "an id that is no text": (changed(record, id=5), "it is no record"),
        "no UTF-8": (line.encode("utf-16"), "it is no record"),
        "cut off": (line[: len(line) // 2], "no record of this version: Invalid JSON"),
        "a field that is missing": ('{"schema":"1","id":"bai-77"}', "no record of this version: source: Field required"),
        "another version": (changed(record, schema="2"), "no record of this version: schema: Input should be '1'"),
        "a lone surrogate": (changed(record, title="Hội \ud83d nghị"), "no record of this version: Invalid JSON"),
        "a lone surrogate in its id": (changed(record, id="bai-\ud83d"), "it is no record"),
        "U+0000": (changed(record, title="Hội nghị\0"), "a text holds U+0000"),
        "U+0000 deep in it": (
            changed(record, targets=[target | {"checks": ["ratio\0mismatch"]}]), "a text holds U+0000"
        ),
        "U+0000 in a key": (changed(record, targets=[target | {"why_empty": {"va\0lue": "not_stated"}}]), "a text holds"),
        "U+0000 in its id": (changed(record, id="bai-\0"), "a text holds U+0000"),
        "a long id": (changed(record, id="b" * 501), "an id of 501 characters. Give the article one of 500 at most"),
        "a long id of its first": (changed(record, duplicate_of="b" * 501), "an id of 501 characters"),
        "an id of no sign": (changed(record, id=""), "its id is empty"),
        "a day that is none": (changed(record, published="2031-02-30"), "2031-02-30: no day of the calendar"),
        "a year of five digits": (changed(record, published="12031-02-03"), "12031-02-03: no day of the calendar"),
        "a number of too many digits": (
            changed(record, targets=[target | {"value": 10**400}]), "a number of more than 300 digits"
        ),
        "a place beyond all texts": (
            changed(record, targets=[target | {"span": [0, 2**63]}]), "a span that ends at 9223372036854775808"
        ),
        "a place before all texts": (changed(record, targets=[target | {"span": [-1, 5]}]), "a span that begins at -1"),
        "entries of one id": (changed(record, targets=[target, target | {"value": 5}]), "two entries have the id"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", lines_of_no_record.__wrapped__ if False else [  # noqa: SIM210
    "no JSON"])
def _unused(kind: str) -> None: ...
