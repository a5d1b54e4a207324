"""Records as pandas frames: one frame a kind, the same columns and dtypes whatever was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from meetextract.records import Record, Span

Dtype: TypeAlias = Literal["text", "int", "number", "day", "list", "json"]
Row: TypeAlias = dict[str, Any]

_ENTRY: dict[str, Dtype] = {"article": "text", "id": "text"}
_SPAN: dict[str, Dtype] = {"span_start": "int", "span_end": "int"}
_AMOUNT: dict[str, Dtype] = {"comparator": "text", "value": "number", "max": "number", "of": "number", "unit": "text",
                             "change": "text"}  # fmt: skip
_MADE_BY: dict[str, Dtype] = {"pattern": "text"}


def _places(*slots: str) -> dict[str, Dtype]:
    """The columns of where slots are said."""
    return {f"{slot}_span_{edge}": "int" for slot in slots for edge in ("start", "end")}


COLUMNS: Mapping[str, Mapping[str, Dtype]] = {
    "articles": {"id": "text", "source": "text", "url": "text", "title": "text", "published": "day",
                 "published_from": "text", "published_span_start": "int", "published_span_end": "int",
                 "schema": "text", "pattern_set": "text", "version": "text", "repairs": "list", "main_text": "text",
                 "fingerprint": "text", "duplicate_of": "text", "text_hash": "text", "text": "text"},
    "meetings": {**_ENTRY, "kind": "text", "date": "day", "session": "text", "host": "text", "chairs": "list",
                 "attendees": "list", "place": "text", "topic": "text", "others": "json",
                 **_places("host", "place", "topic"), "chair_spans": "json", "attendee_spans": "json",
                 **_SPAN, **_MADE_BY, "why_empty": "json"},
    "people": {**_ENTRY, "name": "text", **_MADE_BY},
    "titles": {"article": "text", "person": "text", "name": "text", "role": "text", "unit": "text", **_SPAN,
               **_MADE_BY},
    "units": {**_ENTRY, "name": "text", "kind": "text", "level": "text", "area": "text", **_MADE_BY},
    "mentions": {"article": "text", "kind": "text", "entry": "text", "name": "text", **_SPAN},
    "dates": {**_ENTRY, "text": "text", **_SPAN, "start": "day", "end": "day", "grain": "text", "session": "text",
              "anchor": "text", **_MADE_BY},
    "unplaced_dates": {"article": "text", "text": "text", **_SPAN, "why": "text", "month": "int", "day": "int",
                       "session": "text", **_MADE_BY},
    "documents": {**_ENTRY, "text": "text", **_SPAN, "type": "text", "symbol": "text", "date": "day",
                  "issuer": "text", **_MADE_BY},
    "quantities": {**_ENTRY, "text": "text", **_SPAN, **_AMOUNT, **_MADE_BY},
    "counts": {**_ENTRY, "text": "text", **_SPAN, "comparator": "text", "value": "number", "of": "number",
               "item": "text", **_MADE_BY},
    "targets": {**_ENTRY, "quote": "text", **_SPAN, "status": "text", "indicator": "text", **_AMOUNT, "base": "text",
                "indicator_spans": "json", **_places("value", "base", "period", "holder", "document"),
                "start": "day", "end": "day", "holder": "text",
                "document": "text", "checks": "list", **_MADE_BY, "why_empty": "json"},
    "assignments": {**_ENTRY, "quote": "text", **_SPAN, "verb": "text", "assigner": "text", "assignees": "list",
                    "lead": "text", "with": "list", "with_spans": "json", **_places("verb", "assigner"),
                    "due": "json", "again": "json", "tasks": "list", "deadline": "day", "documents": "list",
                    "document_spans": "json", "targets": "list", **_MADE_BY, "why_empty": "json"},
    "assignees": {"article": "text", "assignment": "text", "name": "text", "unit": "text", **_SPAN},
    "tasks": {"article": "text", "assignment": "text", "text": "text", **_SPAN, "deadline": "day"},
    "notices": {"article": "text", "code": "text", "message": "text", **_SPAN},
}  # fmt: skip
"""The columns of each frame, and what they hold.

text: pandas strings; int and number: nullable integers and floats; day: `datetime64[s]`, which holds every year;
list: lists of strings; json: a JSON value as text, such as an object or a list of spans. `article` is the id of the
article, spans are code points of it.
"""

_EACH = ("dates", "unplaced_dates", "documents", "quantities", "counts", "targets", "assignments", "notices")


def frames(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """Make one frame a kind of entry.

    Args:
        records: Records, taken one at a time.

    Returns:
        The frames by name (see `COLUMNS`), with a row for each entry in the order of the records. `titles` has a row
        for each office that a person holds, `mentions` one for each place where a person or unit is mentioned,
        `assignees` one for each of those told, `tasks` one for each task. A kind
        that was not found has an empty frame of the same columns and dtypes.
    """
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for record in records:
        rows["articles"].append(_row(record))
        if record.meeting is not None:
            rows["meetings"].append(_row(record.meeting, article=record.id))
        for person in record.people:
            rows["people"].append(_row(person, article=record.id))
            rows["titles"] += (
                _row(title, article=record.id, person=person.id, name=person.name) for title in person.titles
            )
            rows["mentions"] += _mentions(record.id, "person", person.id, person.name, person.mentions)
        for unit in record.units:
            rows["units"].append(_row(unit, article=record.id))
            rows["mentions"] += _mentions(record.id, "unit", unit.id, unit.name, unit.mentions)
        for told in record.assignments:
            rows["assignees"] += (
                _row_of(record.id, told.id, span, name=name, unit=unit)
                for name, unit, span in zip(told.assignees, told.assignee_units, told.assignee_spans, strict=True)
            )
            rows["tasks"] += (
                _row_of(record.id, told.id, span, text=text, deadline=told.deadline)
                for text, span in zip(told.tasks, told.task_spans, strict=True)
            )
        for kind in _EACH:
            rows[kind] += (_row(entry, article=record.id) for entry in getattr(record, kind))
    return {
        name: pd.DataFrame({column: _column([row[column] for row in rows[name]], dtype)
                            for column, dtype in columns.items()})
        for name, columns in COLUMNS.items()
    }  # fmt: skip


def _row(entry: object, **more: str) -> Row:
    """Return the fields of an entry by column; a span takes two."""
    row: Row = dict(more)
    for field in fields(entry):  # type: ignore[arg-type]  # every entry is a dataclass
        value = getattr(entry, field.name)
        if field.name.endswith("span"):
            row[f"{field.name}_start"], row[f"{field.name}_end"] = value or (None, None)
        else:
            row[field.name.rstrip("_")] = value
    return row


def _row_of(article: str, assignment: str, span: Span, **more: str | None) -> Row:
    return {"article": article, "assignment": assignment, "span_start": span[0], "span_end": span[1], **more}


def _mentions(article: str, kind: str, entry: str, name: str, spans: Iterable[Span]) -> list[Row]:
    return [
        {"article": article, "kind": kind, "entry": entry, "name": name, "span_start": start, "span_end": end}
        for start, end in spans
    ]


def _column(values: list[Any], dtype: Dtype) -> pd.Series[Any]:
    if dtype == "text":
        return pd.Series(values, dtype="string")
    if dtype == "int":
        return pd.Series(values, dtype="Int64")
    if dtype == "number":
        return pd.Series(values, dtype="Float64")
    if dtype == "day":
        # By way of numpy: pandas' own parser stops at the years that nanoseconds can hold.
        return pd.Series(np.array(["NaT" if value is None else value for value in values], dtype="datetime64[s]"))
    if dtype == "list":
        return pd.Series([list(value) for value in values], dtype="object")
    return pd.Series([json.dumps(value, ensure_ascii=False, default=asdict) for value in values], dtype="string")
