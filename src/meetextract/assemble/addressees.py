"""Who is told: the row of addressees behind a directing verb, and those they are to work with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from meetextract.assemble.actors import Actor
from meetextract.assemble.discourse import Discourse, Mark
from meetextract.records import Span

_LONGEST_TAIL, _FAR = 120, 30
_PUNCTUATION = regex.compile(r"[\s,:]*")
_SIGN = regex.compile(r"[(:\n]|\.(?=\s|$)|\s-\s")
_BRACKETED = regex.compile(r"\s*\([^()\n]{1,150}\)")


@dataclass(frozen=True, slots=True)
class Addressed:
    """What stands between a directing verb and the first task, in folded offsets.

    Attributes:
        items: those told, each alone.
        joint: those to work with that are named right behind them.
        task: where the first task begins.
    """

    items: tuple[Span, ...]
    joint: tuple[Span, ...]
    task: int


def read_addressed(told: Discourse, start: int, end: int) -> Addressed:
    """Reads the addressees between an offset and the end of the directive's words.

    Args:
        told: the article.
        start: where the directing verb ends.
        end: where its words end at the latest.

    Returns:
        The addressees, perhaps none, and where the tasks begin.
    """
    at = told.match_end(told.grammar.to_addressee, start, end)
    items, after = read_row(told, at, end)
    if not items and (later := told.match_end(told.grammar.at_once, at, end)) > at:
        items, after = read_row(told, later, end)
    if not items and (skipped := told.grammar.soon.match(told.text, at, end)):
        items, after = read_row(told, told.match_end(told.grammar.to_addressee, skipped.end(), end), end)
        items, after = (items, after) if items else _before_modal(told, at, skipped.end(), end)
    if not items:
        items, after = _unknown_before_modal(told, at, end)
    if not items:
        return Addressed((), (), _behind_modal(told, at, end))
    joint, task = _read_led(told, after, end)
    if not joint:
        joint, task = read_joint(told, _behind_modal(told, after, end), end)
    return Addressed(tuple(items), tuple(joint), _behind_modal(told, task, end) if joint else task)


def _before_modal(told: Discourse, start: int, stop: int, end: int) -> tuple[list[Span], int]:
    """Those told between a time and the modal verb behind them ("yêu cầu trong năm 2025 quận phải …")."""
    for actor in told.actors.overlapping(start, stop):
        if actor.start > start:
            items, close = read_row(told, actor.start, end)
            if items and told.grammar.modal.match(told.text, close, end):
                return items, close
    return [], start


def _unknown_before_modal(told: Discourse, start: int, end: int) -> tuple[list[Span], int]:
    """An addressee that no pattern knows, told by the "cần" or "phải" behind it."""
    stop = next_task(told, start, end)
    if (
        stop is None
        or not 4 <= stop - start <= _LONGEST_TAIL
        or told.grammar.modal.match(told.text, max(start, stop - 1), end) is None
    ):
        return [], start
    words = told.text[start:stop]
    if told.grammar.no_addressee.search(words) or any(
        told.within(kind, start, stop) for kind in ("speech", "QUANTITY")
    ):
        return [], start
    return [(start, _rstrip(told.text, start, stop))], stop


def read_row(told: Discourse, start: int, end: int, *, before_verb: bool = False) -> tuple[list[Span], int]:
    """Reads a row of actors that begins at an offset; gives them and where the row ends.

    Args:
        told: the article.
        start: where the row begins.
        end: where it ends at the latest.
        before_verb: whether the verb of the row stands at `end`.
    """
    items: list[Span] = []
    at = start
    while (actor := _actor_from(told, at, end)) is not None:
        close = _close_of(told, actor, end, before_verb)
        if items and _shares_kind(told, items[-1], at):
            items[-1] = (items[-1][0], close)
        else:
            items.append((at, close))
        at = told.match_end(_BRACKETED, close, end)
        separator = told.grammar.row_separator.match(told.text, at, end)
        if separator is None:
            return items, at
        follows = separator.end()
        if _actor_from(told, follows, end) is None:
            # "các Ban Quản lý, các sư trụ trì tại chùa Hương": a row goes on with what the patterns do not know.
            stop = next_task(told, follows, end)
            unknown = (
                stop is not None
                and stop - follows < _LONGEST_TAIL
                and told.grammar.determiner.match(told.text, follows, stop)
            )
            if stop is None or not unknown or _task_at(told, follows):
                return items, at
            items.extend(_pieces(told, follows, _rstrip(told.text, follows, stop)))
            return items, stop
        at = follows
    return items, at


def read_joint(told: Discourse, start: int, end: int) -> tuple[list[Span], int]:
    """Reads "phối hợp với A và B" at an offset; gives those named and where the words behind them begin."""
    skipped = told.match_end(told.grammar.at_once, start, end)
    for mark in told.of("joint").overlapping(skipped, skipped + 1):
        if mark.start <= skipped and not told.grammar.joint_work.match(told.text, mark.start):
            at = told.match_end(told.grammar.to_addressee, mark.end, end)
            items, after = _before_task(told, *read_row(told, at, end), end)
            if items and not told.grammar.joint_in.match(told.text, after, end):
                return items, after
    # adverbs may stand before it: "khẩn trương phối hợp với"
    for mark in told.of("joint").from_offset(skipped):
        words = told.text[skipped : mark.start]
        if (
            mark.start >= end
            or told.grammar.joint_work.match(told.text, mark.start)
            or len(words) > 40
            or not all(_is_adverb(told, word) for word in _adverbs(told, words))
        ):
            break
        at = told.match_end(told.grammar.to_addressee, mark.end, end)
        items, after = _before_task(told, *read_row(told, at, end), end)
        if items and not told.grammar.joint_in.match(told.text, after, end):
            return items, after
    return [], start


def _read_led(told: Discourse, start: int, end: int) -> tuple[list[Span], int]:
    """Reads ", X phối hợp" behind one who leads ("Sở Y tế chủ trì, các xã phối hợp rà soát …")."""
    leads = told.grammar.leads.match(told.text, start, end)
    if leads is None:
        return [], start
    items, close = read_row(told, leads.end(), end)
    helps = told.grammar.helps.match(told.text, close, end) if items else None
    if helps is None or not told.text[helps.end() : end].strip(" .;,"):
        return [], start
    return items, helps.end()


def _before_task(told: Discourse, items: list[Span], after: int, end: int) -> tuple[list[Span], int]:
    """A row that leaves a task: the name of a unit may have taken one in ("Trung tâm Y tế tiêm phòng sởi")."""
    if not items or told.text[after:end].strip(" .;"):
        return items, after
    begin, close = items[-1]
    for mark in told.within("task", begin, close):
        name = told.text[begin : mark.start].split()
        if len(name) > 1 and told.text[mark.start].islower() and not _is_weak(told, mark):
            return [*items[:-1], (begin, mark.start - 1)], mark.start
    return items, after


def all_joint(told: Discourse, start: int, end: int) -> list[Span]:
    """Everybody whom a stretch says to work with."""
    found: list[Span] = []
    for mark in told.within("joint", start, end):
        items, _ = read_row(told, told.match_end(told.grammar.to_addressee, mark.end, end), end)
        found.extend(item for item in items if item not in found)
    return found


def next_task(told: Discourse, start: int, end: int) -> int | None:
    """Where the next verb of a task, or a modal verb before one, begins outside the names of actors."""
    marks: list[Mark] = [*told.within("task", start, end), *told.within("joint", start, end)]
    marks += [m for m in told.within("DIRECTIVE", start, end) if m.pattern == "directives.modal"]
    for mark in sorted(marks, key=lambda m: m.start):
        inside = told.actor_at(mark.start)
        if inside is not None and inside.start < mark.start:
            continue
        if mark.start > start and told.text[start : mark.start].strip() and _is_weak(told, mark):
            continue
        return mark.start
    return None


def starts_task(told: Discourse, offset: int) -> bool:
    """Whether a task begins at an offset: with a verb or with an adverb before one.

    The tagger is asked only where the gazetteer of verbs does not know the word. A name is no verb, even if it begins
    like one ("Phòng Y tế", "Thanh tra huyện").
    """
    actor = told.actor_at(offset)
    if actor is not None and actor.start == offset and actor.kind in ("unit", "person"):
        return False
    return _task_at(told, offset) or told.part_of_speech(offset).startswith("V")


def _task_at(told: Discourse, offset: int) -> bool:
    return any(
        mark.start == offset for kind in ("task", "joint") for mark in told.of(kind).overlapping(offset, offset + 1)
    )


def _is_weak(told: Discourse, mark: Mark) -> bool:
    row = told.view.library.gazetteers["task_verbs"].find(told.text[mark.start : mark.end])
    return row is not None and row["kind"] == "weak"


def _is_adverb(told: Discourse, words: str) -> bool:
    row = told.view.library.gazetteers["task_verbs"].find(words)
    return row is not None and row["kind"] == "adverb"


def _adverbs(told: Discourse, words: str) -> Iterator[str]:
    yield from (piece.strip() for piece in told.grammar.adverb_separator.split(words) if piece.strip())


def _actor_from(told: Discourse, start: int, end: int) -> Actor | None:
    """The actor that begins at an offset, titles and honorifics before it aside."""
    for at in (start, told.match_end(told.grammar.before_actor, start, end)):
        actor = told.actor_at(at)
        if actor is not None and actor.start <= at < actor.end <= end:
            return actor
    return None


def _close_of(told: Discourse, actor: Actor, end: int, before_verb: bool) -> int:
    """Where an addressee ends with what says more of it ("các ban ngành liên quan", "các cấp của thành phố")."""
    if _is_whole(told, actor):
        return actor.end
    stop = next_task(told, actor.end, end)
    far = stop is not None and stop - actor.end > (4 if actor.kind == "unit" else _FAR)
    if far and stop is not None:
        # The name of a unit is whole: what the tagger calls a verb behind it is one.
        stop = min(stop, told.first_verb(actor.end, stop) or stop)
    if stop is None and not before_verb:
        stop = told.first_verb(actor.end, min(end, actor.end + _LONGEST_TAIL))
        if stop is None:
            return actor.end  # no verb is known behind it: the words may be the task
    limit = min(end, actor.end + _LONGEST_TAIL if stop is None else stop)
    for pattern in (told.grammar.no_property, told.grammar.row_separator, _SIGN):
        hit = pattern.search(told.text, actor.end, limit)
        if hit is not None:
            limit = hit.start()
    said = next((m.start for kind in ("speech", "DIRECTIVE") for m in told.within(kind, actor.end, limit)), limit)
    if said < limit:
        return actor.end
    if limit - actor.end > _LONGEST_TAIL:
        return actor.end
    return max(actor.end, _rstrip(told.text, actor.end, limit))


def _is_whole(told: Discourse, actor: Actor) -> bool:
    """Whether the name of a unit has ended: the words behind it are the task, whether their verb is known or not."""
    grammar = told.grammar
    if actor.kind != "unit" or grammar.name_goes_on.match(told.text, actor.end):
        return False
    ends_in_name = told.text[actor.start : actor.end].split()[-1][:1].isupper()
    return ends_in_name or grammar.open_named.match(told.text, actor.start) is None


def _shares_kind(told: Discourse, item: Span, follows: int) -> bool:
    """Whether a name goes on with a row under one "các" ("UBND các tỉnh A, B"): the row is one addressee."""
    words = told.text[item[0] : item[1]].lower().split()
    return "các" in words[:4] and told.grammar.bare_name.match(told.text, follows) is not None


def _pieces(told: Discourse, start: int, end: int) -> Iterator[Span]:
    at = start
    for separator in told.grammar.row_separator.finditer(told.text, start, end):
        if told.grammar.determiner.match(told.text, separator.end(), end):
            yield at, separator.start()
            at = separator.end()
    yield at, end


def _behind_modal(told: Discourse, start: int, end: int) -> int:
    """Behind "trong thời gian tới cần", at the first word of the task."""
    at = told.match_end(told.grammar.at_once, start, end)
    if (soon := told.grammar.soon.match(told.text, at, end)) is not None:
        behind = told.match_end(_PUNCTUATION, soon.end(), end)
        if starts_task(told, behind) or told.grammar.modal.match(told.text, soon.end(), end):
            at = soon.end()
    modal = told.grammar.modal.match(told.text, at, end)
    at = modal.end() if modal else at
    return told.match_end(_PUNCTUATION, at, end)


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,;:\n"))
