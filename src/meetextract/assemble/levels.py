"""Levels: the quantities of an article that say how far an indicator is, or is to be, each with its indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from meetextract.assemble.discourse import Discourse, Mark
from meetextract.assemble.indicators import (
    Level,
    clean_left,
    clean_right,
    has_copula,
    is_actor,
    is_chain,
    is_comparison,
    predicate_of,
    topic,
    without_light_verb,
)
from meetextract.assemble.view import Sentence
from meetextract.normalise.quantities import Amount
from meetextract.records import Span

_CLAUSE_SIGN = regex.compile(r"[,;.]\s")


def is_span_of_time(told: Discourse, amount: Amount) -> bool:
    """Whether a quantity is a duration, an age or how often: no level of anything."""
    return (
        amount.unit is not None and amount.change is None and amount.unit.split("/")[0] in told.vocabulary.spans_of_time
    )


@dataclass(slots=True)
class Found:
    """A level with its indicator.

    Attributes:
        level: the number and what stands around it.
        pieces: the indicator's words, in their order in the text.
        start: where the quote begins.
        end: one past its last word.
        stem: the words before the number that the next item of the row may share.
    """

    level: Level
    pieces: list[Span]
    start: int
    end: int
    stem: list[Span]


def read_levels(told: Discourse, sentence: Sentence, start: int, end: int, before: Found | None) -> list[Found]:
    """The levels of a segment, in order.

    Args:
        told: the article.
        sentence: the sentence of the segment.
        start: where the segment begins.
        end: where it ends.
        before: the last level of the segment before it in the same sentence.
    """
    found: list[Found] = []
    for level in _levels(told, start, end):
        previous = found[-1] if found else before
        one = _of_actor(told, level, previous, start) or _indicator(told, level, previous, same_segment=bool(found))
        if one is not None:
            found.append(one)
    return found


def _of_actor(told: Discourse, level: Level, previous: Found | None, start: int) -> Found | None:
    """The level of a unit or area in a row of them, which share the indicator of the row ("xã Hà Hiệu đạt 95%")."""
    if not level.linked or level.left[0] >= level.left[1] or not is_actor(told, level.left):
        return None
    if previous is not None and previous.stem and previous.level.amount.unit == level.amount.unit:
        return Found(level, [*previous.stem, level.left], previous.start, level.end, previous.stem)
    about = topic(told, start, level.left[0])
    if about is None:
        return None
    return Found(level, [about, level.left], about[0], level.end, [about])


def share_predicates(told: Discourse, rows: Sequence[Found]) -> None:
    """Gives "80% hồ sơ tại cấp quận; 60% hồ sơ tại các phường được xử lý …" the predicate that only the last says."""
    for one, behind in zip(rows[-2::-1], rows[:0:-1], strict=True):
        heads = all(not f.stem and f.level.left[0] >= f.level.left[1] for f in (one, behind))
        if (
            not heads
            or one.level.amount.unit not in told.vocabulary.shares
            or behind.level.amount.unit not in told.vocabulary.shares
        ):
            continue
        if one.pieces[:1] == behind.pieces[:1]:
            continue
        near = behind.level.start - one.end <= 4
        if near and predicate_of(told, one.pieces[0]) is None and len(one.pieces) == 1:
            shared = behind.pieces[-1] if len(behind.pieces) > 1 else predicate_of(told, behind.pieces[0])
            if shared is not None:
                one.pieces.append(shared)
                one.end = max(one.end, behind.end)


def _levels(told: Discourse, start: int, end: int) -> Iterator[Level]:
    """The quantities of a segment with the words on both sides."""
    marks = [
        m for m in told.within("QUANTITY", start, end) if isinstance(m.value, Amount) and _may_measure(told, m, start)
    ]
    for at, mark in enumerate(marks):
        assert isinstance(mark.value, Amount)
        floor = marks[at - 1].end if at else start
        ceiling = marks[at + 1].start if at + 1 < len(marks) else end
        left_from, separator = _left_edge(told, floor, mark.start, first=not at)
        right_to = _right_edge(told, mark.end, ceiling, end)
        part = None if not at else next(told.grammar.part_of.finditer(told.text, floor, mark.start), None)
        left_from = max(left_from, part.end()) if part else left_from
        left = clean_left(told, left_from, mark.start)
        chained = is_chain(told, left_from, mark.start) or left[0] >= left[1] or is_chain(told, *left)
        compared = is_comparison(told, mark.end, right_to)
        right = clean_right(told, mark.end, right_to)
        total = right[0] < right[1] and told.grammar.total.match(told.text, *right) is not None
        counted = _counted_from(told, mark)
        names = counted < mark.end or (right[0] < right[1] and (total or not compared))
        if names and told.grammar.list_opens.search(told.text[left_from : mark.start]):
            left = (mark.start, mark.start)  # what stands before the colon is about all items behind it
        if total and left[0] >= left[1] and not has_copula(told, left_from, mark.start) and separator != "(":
            compared = False
        yield Level(
            amount=mark.value,
            start=mark.start,
            end=mark.end,
            counted=counted,
            left=left if left[0] < left[1] else (mark.start, mark.start),
            right=right,
            linked=has_copula(told, left_from, mark.start),
            chained=chained,
            bracketed=separator == "(",
            compared=compared,
            reach=right_to,
            separator=separator,
            part=told.grammar.part_of.search(told.text, floor, mark.start) is not None,
            pattern=mark.pattern,
        )


def _may_measure(told: Discourse, mark: Mark, start: int) -> bool:
    """Whether a quantity may be a level: a duration only where a time is what is measured."""
    assert isinstance(mark.value, Amount)
    clause = _CLAUSE_SIGN.split(told.text[start : mark.start])[-1]
    return not is_span_of_time(told, mark.value) or told.grammar.time_measured.search(clause) is not None


def _left_edge(told: Discourse, floor: int, start: int, *, first: bool) -> tuple[int, str]:
    """Where the words before a number begin that are its own, and the sign that parts them from what stands before."""
    text = told.text
    cuts = [
        (hit.end(), hit[0].strip())
        for hit in told.grammar.level_separator.finditer(text, floor, start)
        if _parts(told, hit.start(), floor, start)
    ]
    if not cuts:
        return floor, ""
    close, sign = cuts[-1]
    if sign == "(":
        outside = cuts[-2] if len(cuts) > 1 else (floor, "")
        if (first or len(cuts) > 1) and text[outside[0] : close].strip(" ("):
            return outside  # "…, nhà kiên cố (chiếm 99,3%)"
        return close, sign
    stops = [at for at, (_, sign) in enumerate(cuts) if sign in (":", ".", ";")]
    near = cuts[stops[-1] :] if stops else ([(floor, "")] if first else []) + cuts
    # A row of nouns has commas, too ("tỷ lệ hài lòng của người dân, tổ chức"): what begins as one stands alone.
    begins = told.grammar.indicator_begins if first else told.grammar.level_begins
    for at in range(len(near) - 1, -1, -1):
        close, sign = near[at]
        if begins.match(text, close, start) and not (first and sign == "và" and begins.match(text, near[at - 1][0])):
            return close, sign
    for close, sign in reversed(near):
        if sign != "và" and _starts_with_verb(told, close) and not told.grammar.level_begins.match(text, close, start):
            return close, sign
    if not first:
        return near[0]
    return next(
        ((close, sign) for close, sign in reversed(near) if sign != "và" and _is_phrase(told, close, start)),
        (floor, ""),
    )


def _is_phrase(told: Discourse, start: int, end: int) -> bool:
    """Whether the words of a stretch stand by themselves: a lone name is the last of a row ("thu BHXH, BHYT đạt")."""
    name = told.text[slice(*clean_left(told, start, end))]
    return len(told.text[start:end].split()) >= 2 and (" " in name or name == name.lower())


def _parts(told: Discourse, at: int, floor: int, start: int) -> bool:
    """Whether a sign parts anything: it stands in no date and in no pair of brackets that ends before the number."""
    if any(d.start < at < d.end for d in told.dates.overlapping(max(floor, at - 1), at + 1)):
        return False
    opened = told.text.rfind("(", floor, at + 2)
    closed = told.text.find(")", max(opened, floor), start)
    return not (opened >= floor and closed >= 0 and opened <= at + 1 <= closed + 1)


def _starts_with_verb(told: Discourse, offset: int) -> bool:
    return next(told.of("task").overlapping(offset, offset + 1), None) is not None


def _right_edge(told: Discourse, end: int, ceiling: int, last: int) -> int:
    """Where the words behind a number end that are its own.

    A sign ends them if it stands at once, if what follows is said of the next number, or if it begins anew; a row of
    nouns goes on ("trên hệ thống quốc gia, hệ thống của thành phố").
    """
    text = told.text
    cuts = [
        hit
        for hit in told.grammar.level_separator.finditer(text, end, ceiling)
        if _parts(told, hit.start(), end, ceiling) or hit[0].strip() == "("
    ]
    rows = list(told.grammar.passive_row.finditer(text, end, ceiling))
    for at, hit in enumerate(cuts):
        sign = hit[0].strip()
        final = at + 1 == len(cuts) and ceiling != last
        if hit.start() == end or final or sign not in (",", "và", "-"):
            return hit.start()
        if told.grammar.anew.match(text, hit.end(), ceiling) or told.grammar.level_begins.match(
            text, hit.end(), ceiling
        ):
            return hit.start()
        in_row = any(row.start() < hit.start() < row.end() for row in rows)
        if sign == "," and not in_row and _starts_with_verb(told, hit.end()):
            return hit.start()
    return ceiling


def _counted_from(told: Discourse, mark: Mark) -> int:
    """Where the thing counted begins behind its number; the number's end where nothing is counted."""
    assert isinstance(mark.value, Amount)
    if not mark.pattern.startswith(("quantities.counted", "quantities.ratio")):
        return mark.end
    at = told.match_end(told.grammar.counted_number, mark.start, mark.end)
    if at == mark.start:  # number in words
        space = told.text.find(" ", mark.start, mark.end)
        at = space + 1 if space > 0 else mark.end
    return at


def _indicator(told: Discourse, level: Level, previous: Found | None, *, same_segment: bool) -> Found | None:
    """Puts the indicator of a level together; None where no words say it."""
    has_left, has_right = level.left[0] < level.left[1], level.right[0] < level.right[1] and not level.compared
    counted = level.counted < level.end
    share = level.amount.unit in told.vocabulary.shares
    changed = level.amount.change is not None
    # "…, tăng 12%", "… (đạt 63% kế hoạch)": one more level of the same indicator
    other = (
        counted
        and not changed
        and not level.bracketed
        and previous is not None
        and level.amount.unit != previous.level.amount.unit
    )
    own = has_right and share and changed and not level.bracketed  # "giảm 50% số hộ trong vùng nguy hiểm"
    continues = (
        changed
        or level.bracketed
        or level.compared
        or (level.linked and not (counted and has_right))
        or (share and not has_right)
    )
    parted = same_segment or level.separator != ""
    if level.chained and previous is not None and not other and not own and continues and parted:
        return Found(level, list(previous.pieces), previous.start, level.end, previous.stem)
    thing: Span | None = None
    if counted:
        thing = (level.counted, max(level.end, level.right[1]) if has_right else level.end)
    elif has_right:
        thing = level.right
    has_left = has_left and (thing is None or not is_actor(told, level.left))  # "xã Hà Hiệu có 12 hộ thoát nghèo"
    if has_left and previous is not None and previous.stem and told.grammar.class_of.fullmatch(told.text, *level.left):
        return Found(level, [*previous.stem, level.left], previous.start, level.end, previous.stem)
    extent = _extent(told, level.left) if has_left and thing is None else None
    if extent and same_segment and previous is not None and level.amount.unit != previous.level.amount.unit:
        pieces = [*(previous.stem or previous.pieces), extent]  # "đấu giá 12 lô đất, tổng diện tích 48 ha"
        return Found(level, pieces, previous.start, level.end, previous.stem)
    if has_left:
        words = told.text[level.left[0] : level.left[1]]
        start = level.left[0]
        if changed or (level.linked and (not counted or not has_right)) or thing is None:
            keep_right = thing is not None and not counted and not changed and level.linked and not level.bracketed
            pieces = [level.left, thing] if keep_right and thing is not None else [level.left]
            if without_light_verb(told, words) is not None and thing is not None:
                pieces, start = [thing], level.start
            return Found(level, pieces, start, max(level.end, pieces[-1][1]), [level.left])
        subject = without_light_verb(told, words)
        if subject is not None:
            if subject and not has_right and " " not in told.text[thing[0] : thing[1]]:  # "bệnh sởi ghi nhận 56 ca"
                return Found(level, [(start, start + len(subject))], start, thing[1], [])
            return Found(level, [thing], level.start, thing[1], [])
        return Found(level, [level.left, thing], start, thing[1], [level.left])
    if thing is None:
        return None
    shares = level.part or (same_segment and level.separator in (",", "và", "(") and not level.linked)
    if previous is not None and previous.stem and shares:
        pieces = [*previous.stem, thing]
        return Found(level, pieces, previous.start, thing[1], previous.stem)
    named = _named_part(told, level, previous, thing) if previous is not None else None
    return named or Found(level, [thing], level.start, thing[1], [])


def _named_part(told: Discourse, level: Level, previous: Found, thing: Span) -> Found | None:
    """A part that is counted by the noun of its whole ("44 thủ tục được rút ngắn, trong đó 20 thủ tục cấp tỉnh")."""
    rest = (level.right[0], thing[1])
    if not level.part or previous.level.amount.unit != level.amount.unit or rest[0] >= rest[1]:
        return None
    whole = previous.pieces[-1]
    return Found(level, [whole, rest], previous.start, thing[1], [whole])


def _extent(told: Discourse, left: Span) -> Span | None:
    """The words of an extent by itself that a stretch consists of or ends with ("… vỉa hè với số tiền")."""
    inner = told.grammar.inner_head.match(told.text, *left)
    start = inner.end() if inner else left[0]
    if told.grammar.bare_extent.fullmatch(told.text, start, left[1]) is None or told.within("task", left[0], start):
        return None
    return start, left[1]
