"""The difference between two runs for people and for programs: lines of text with a table, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import Any

from meetextract.scoring.changes import PLACE_SLOTS, Change
from meetextract.scoring.diff import Difference, Totals
from meetextract.scoring.report import say, shown
from meetextract.scoring.verdicts import Turned


def text_lines(differences: Iterable[Difference], totals: Totals) -> Iterator[str]:
    """Show all differences, and a table of their numbers.

    Args:
        differences: Every entry of both runs.
        totals: Where they are counted.

    Yields:
        A line for each difference: its sign, article, kind, place and words, what it says or what changed in that, the
        pattern that made it, and whether it is right by gold. Then the lines of the table.
    """
    for difference in differences:
        totals.add(difference)
        if difference.change.sign != "=":
            yield _line(difference)
    rows = totals.rows()
    columns = list(next(iter(rows.values()), {}))
    yield f"{'kind':16}{''.join(f'{column:>9}' for column in columns)}".rstrip()
    for kind, row in rows.items():
        yield f"{kind:16}{''.join(f'{number:9}' for number in row.values())}"


def json_lines(differences: Iterable[Difference], totals: Totals) -> Iterator[str]:
    """Write all differences as one JSON object, a line at a time: it may be too long to be held.

    Args:
        differences: Every entry of both runs.
        totals: Where they are counted.

    Yields:
        The lines of the object: "changes", then "kinds" with the totals, and "equal".
    """
    yield '{"changes": ['
    comma = ""
    for difference in differences:
        totals.add(difference)
        if difference.change.sign != "=":
            yield comma + json.dumps(_as_json(difference), ensure_ascii=False)
            comma = ","
    yield f'], "kinds": {json.dumps(totals.rows())}, "equal": {json.dumps(totals.is_equal)}}}'


def _line(difference: Difference) -> str:
    change, item = difference.change, difference.change.item
    place = "{}-{} ".format(*item.places[0]) if item.places else ""
    words = f"«{shorten(item.words, 80, placeholder=' …')}» " if item.words else ""
    says = _changed_slots(change) if change.sign == "~" else _slots(change)
    entries = [item.entry for item in (change.old, change.new) if item]
    made_by = dict.fromkeys(str(entry["pattern"]) for entry in entries if entry.get("pattern"))
    pattern = f" ({' → '.join(made_by)})" if made_by else ""
    verdict = _verdict(difference.turned)
    return f"{change.sign} {difference.article} {item.kind} {place}{words}{says}{pattern}{verdict}".rstrip()


def _slots(change: Change) -> str:
    """What the entry says beside its words."""
    item = change.item
    told: tuple[object, ...] = (None, "", [], {}, item.words)
    return say({slot: value for slot, value in item.slots.items() if slot not in PLACE_SLOTS and value not in told})


def _changed_slots(change: Change) -> str:
    return "; ".join(f"{slot}: {_before_and_after(slot, old, new)}" for slot, (old, new) in change.slots.items())


def _before_and_after(slot: str, old: object, new: object) -> str:
    if slot != "span" and isinstance(old, list) and isinstance(new, list):
        lost = [f"-{shown(value)}" for value in old if value not in new]
        gained = [f"+{shown(value)}" for value in new if value not in old]
        if lost or gained:  # else they differ in their order
            return " ".join([*lost, *gained])
    return f"{shown(old)} → {shown(new)}"


def _verdict(turned: Turned | None) -> str:
    if not turned:
        return ""
    verdicts = {*turned.values()}
    if len(verdicts) == 1:
        return f" turned {verdicts.pop()}"
    return " turned " + ", ".join(f"{verdict} in {score}" for score, verdict in turned.items())


def _as_json(difference: Difference) -> dict[str, Any]:
    change = difference.change
    result: dict[str, Any] = {
        "sign": change.sign,
        "article": difference.article,
        "kind": change.item.kind,
        "slots": {slot: {"old": old, "new": new} for slot, (old, new) in change.slots.items()},
        "old": change.old.entry if change.old else None,
        "new": change.new.entry if change.new else None,
    }
    return result if difference.turned is None else {**result, "turned": dict(difference.turned)}
