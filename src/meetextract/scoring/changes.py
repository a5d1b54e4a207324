"""What two records of an article say differently: entries lost, gained and changed.

Entries are compared by what they say and where; that another pattern says the same is no difference. An entry is
recognised by its id, or else by its place.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from meetextract.records import Span

Json: TypeAlias = dict[str, Any]
Sign: TypeAlias = Literal["=", "-", "+", "~"]

_LISTS = ("units", "dates", "unplaced_dates", "documents", "quantities", "counts", "targets", "assignments", "notices")
ENTRY_KINDS = ("article", "meeting", "people", "titles", *_LISTS)
"""What is compared, in the order in which it is shown: "article" is what a record says of its article as a whole, and
"titles" are those of all people."""

ARTICLE_SLOTS = ("title", "published", "published_from")
"""What a record says of its article as a whole. Its address, the version and the patterns are no finds."""

PLACE_SLOTS = ("span", "mentions")
"""Where an entry stands."""

_NOT_COMPARED = frozenset({"id", "pattern"})
_NAMES = ("text", "quote", "name", "kind", "title", "message")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a record.

    Attributes:
        kind: One of `ENTRY_KINDS`.
        index: Its number among those of its kind in the record.
        entry: The entry as the record has it.
        id: What it is recognised by in another record; None where it has no id.
        slots: What it says and where: all but its id and pattern.
        places: Where it stands.
    """

    kind: str
    index: int
    entry: Json
    id: Hashable
    slots: Json
    places: tuple[Span, ...]

    @property
    def words(self) -> str:
        """Words by which people recognise it."""
        return next((str(self.entry[name]) for name in _NAMES if self.entry.get(name)), "")


Items: TypeAlias = Mapping[str, Sequence[Item]]
"""The entries of a record, by kind; every kind is there."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of one record or of both."""

    old: Item | None
    new: Item | None

    @property
    def sign(self) -> Sign:
        """What became of it: the same (=), lost (-), gained (+) or changed (~)."""
        if self.new is None:
            return "-"
        if self.old is None:
            return "+"
        return "=" if self.old.slots == self.new.slots else "~"

    @property
    def item(self) -> Item:
        """The entry as it is now, or as it was before it was lost."""
        item = self.new or self.old
        assert item is not None
        return item

    @property
    def slots(self) -> dict[str, tuple[Any, Any]]:
        """The slots that changed, before and after; none unless the entry is in both records."""
        if self.old is None or self.new is None:
            return {}
        old, new = self.old.slots, self.new.slots
        names = [*old, *(name for name in new if name not in old)]
        return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def changes_between(old: Items, new: Items) -> list[Change]:
    """Compare two records of an article.

    Args:
        old: The entries of one.
        new: Those of the other.

    Returns:
        All entries of both, also those that are the same, by kind and in the order of the text.
    """
    return [change for kind in ENTRY_KINDS for change in sorted(_paired(old[kind], new[kind]), key=_place)]


def _place(change: Change) -> int:
    return min((start for start, _ in change.item.places), default=-1)


# --- the entries of a record ------------------------------------------------------------------------------------------


def items_of(record: Json | None) -> Items:
    """List the entries of a record.

    Args:
        record: A record, or None where there is none.

    Returns:
        Its entries by kind.

    Raises:
        ValueError: It is no record; the message says where.
    """
    items: dict[str, list[Item]] = {kind: [] for kind in ENTRY_KINDS}
    if record is None:
        return items
    items["article"] = [_item("article", 0, {slot: record.get(slot) for slot in ARTICLE_SLOTS}, "article")]
    if record.get("meeting"):
        items["meeting"] = [_item("meeting", 0, record["meeting"], "meeting")]
    for kind in _LISTS:
        items[kind] = [_item(kind, index, entry) for index, entry in enumerate(_objects(record, kind))]
    for index, person in enumerate(_objects(record, "people")):
        name = person.get("name")
        items["people"].append(_item("people", index, {key: person[key] for key in person if key != "titles"}))
        for title in _objects(person, "titles"):
            number = len(items["titles"])
            # A title has no id of its own: the person and the role tell it from others.
            items["titles"].append(_item("titles", number, {"name": name, **title}, f"{name}: {title.get('role')}"))
    return items


def _objects(holder: Json, kind: str) -> list[Json]:
    entries = holder.get(kind) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{kind} is no list of objects")
    return entries


def _item(kind: str, index: int, entry: object, known_by: Hashable = None) -> Item:
    if not isinstance(entry, dict):
        raise ValueError(f"{kind} is no object")
    places = tuple(_spans(entry, f"{kind}.{index}"))
    slots = {slot: value for slot, value in entry.items() if slot not in _NOT_COMPARED}
    given = entry.get("id")
    return Item(kind, index, entry, known_by or (str(given) if given else None), slots, places)


def _spans(entry: Json, place: str) -> Iterator[Span]:
    spans = entry.get("mentions") or ([entry["span"]] if entry.get("span") else [])
    for span in spans:
        match span:
            case [int(start), int(end)]:
                yield start, end
            case _:
                raise ValueError(f"{place}: {span!r} is no span")


# --- which entry is which ---------------------------------------------------------------------------------------------


def _paired(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Change]:
    """Pair what is equal, then what has the same id, then what overlaps, and give the rest alone.

    Equal ones come first: of a fact that is stated three times, the ids are those of the first, second and third, and
    where the first is lost the other two must not count as moved.
    """
    for key in (_content, _id):
        pairs, old, new = _paired_by(key, old, new)
        yield from pairs
    pairs, old, new = _paired_by_place(old, new)
    yield from pairs
    yield from (Change(item, None) for item in old)
    yield from (Change(None, item) for item in new)


def _content(item: Item) -> Hashable:
    return json.dumps(item.slots, sort_keys=True)


def _id(item: Item) -> Hashable:
    return item.id


_Split: TypeAlias = tuple[list[Change], list[Item], list[Item]]


def _paired_by(key: Callable[[Item], Hashable], old: Iterable[Item], new: Iterable[Item]) -> _Split:
    """Pair the entries of the same key, if it is not None; give the pairs, and what is left of both sides."""
    waiting: defaultdict[Hashable, deque[Item]] = defaultdict(deque)
    for item in new:
        waiting[key(item)].append(item)
    alone = waiting.pop(None, deque())
    pairs: list[Change] = []
    left: list[Item] = []
    for item in old:
        if same := waiting.get(key(item)):
            pairs.append(Change(item, same.popleft()))
        else:
            left.append(item)
    return pairs, left, [*alone, *(item for items in waiting.values() for item in items)]


def _paired_by_place(old: Sequence[Item], new: Sequence[Item]) -> _Split:
    overlaps = [
        (-shared, i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
        if (shared := _overlap(before.places, after.places))
    ]
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs: list[Change] = []
    for _, i, j in sorted(overlaps):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append(Change(old[i], new[j]))
    left = [item for number, item in enumerate(old) if number not in used_old]
    return pairs, left, [item for number, item in enumerate(new) if number not in used_new]


def _overlap(old: Iterable[Span], new: Sequence[Span]) -> int:
    return sum(max(0, min(end, other_end) - max(start, other)) for start, end in old for other, other_end in new)
