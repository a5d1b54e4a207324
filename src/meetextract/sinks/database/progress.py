"""Which results answer which targets, and how far each goal is.

A result answers a target if it says the same of the same, within the target's time:

- the holder is the same unit, with those that people merged;
- the indicators have one key (`indicators`): `rule` is `words` where all their words are the same, and `measure` where
  they are the same but for where and when;
- the values can be compared (`levels`): both are levels, shares of a plan, or rises, in one unit. A result of 7 of 9
  communes also answers a target of 8 communes;
- the result stands for a day (`as_of`) within the target's period, or before its deadline and not before the year in
  which the target was told. As a target without a period or holder may mean any, nothing answers it.

How the periods fit is `fit`: `end` is a result for the last day; `so far` covers the period from its beginning, or is a
level as of a day; `part` covers a later stretch alone, which says something of percentages only: what was collected in
June is no progress of what is to be collected in the year. A result that tells a level of a time that is not over is
what the plan says, and no result, if it is of the same article or the same level.

In doubt nothing is linked, and `reached` is null. Articles that repeat another one that is loaded count for nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    case,
    exists,
    extract,
    false,
    func,
    not_,
    null,
    or_,
    select,
    true,
)

from meetextract.sinks.database.tables import ARTICLES, MEETINGS, RESULTS, TARGETS, UNITS

ABOUT = 0.05
"""A level that is told roughly ("gần 95%") may be this part more or less."""

Column = ColumnElement[Any]


def answers(targets: FromClause | None = None, results: FromClause | None = None) -> Select[Any]:
    """Select the pairs of a target and a result that answers it.

    Args:
        targets: The targets that count, with the columns of that table; by default all that are found today.
        results: The results that count, likewise.

    Returns:
        For each pair article and id of both (`article`, `id`, `result_article`, `result`), `holder` (the unit that
        stands for it), of both the indicator, comparator, value, max, of, unit, change, base, start and end (those of
        the result with `result_` before them), `as_of` (the day that the result stands for: the end of its period, but
        not after its publication; else the day of its meeting or publication), `reported` (the day of its meeting, or
        of its publication), `rule`, `fit`, `level` and `result_level` (the values as they are compared), `gap` (the
        latter less the former) and `reached` (null where the words leave it open).
    """
    target, result = _standing(targets, TARGETS, "target"), _standing(results, RESULTS, "result")
    told, reported = _days("told"), _days("reported")
    holder, other = UNITS.alias("holder"), UNITS.alias("other_holder")
    as_of = _as_of(result, reported)
    level = _level(target, result)
    fit = _fit(target, told, result, as_of)
    both = (
        select(
            target.c.article, target.c.id, result.c.article.label("result_article"), result.c.id.label("result"),
            holder.c.entity.label("holder"), *_said(target), *(each.label(f"result_{each.key}") for each in _said(result)),
            as_of.label("as_of"), reported.c.day.label("reported"),
            case((target.c.indicator_key == result.c.indicator_key, "words"), else_="measure").label("rule"),
            fit.label("fit"), target.c.level, level.label("result_level"), target.c.better,
        )
        .select_from(target)
        .join(told, told.c.article == target.c.article)
        .join(holder, holder.c.id == target.c.holder_unit)
        .join(other, other.c.entity == holder.c.entity)
        .join(result, and_(result.c.holder_unit == other.c.id, result.c.measure_key == target.c.measure_key,
                           result.c.measured_as == target.c.measured_as))
        .join(reported, reported.c.article == result.c.article)
        .where(_is_comparable(target, result), not_(_repeats_the_plan(target, result, reported)))
        .subquery("both")
    )  # fmt: skip
    return select(
        *(each for each in both.c if each.key != "better"),
        (both.c.result_level - both.c.level).label("gap"),
        _is_reached(both).label("reached"),
    ).where(both.c.fit.is_not(None))


def progress(targets: FromClause | None = None, results: FromClause | None = None) -> Select[Any]:
    """Select the goals, each with the latest result that answers it.

    A goal that articles tell again (the same level of the same measure, holder and period) is one line: the entry of
    the article that told it first, so that the line keeps its id. Results that answer any telling answer the goal.

    Args:
        targets: The targets that count, with the columns of that table; by default all that are found today.
        results: The results that count, likewise.

    Returns:
        For each goal article and id of its first telling, `holder`, what it says (as `answers` has it), `told` and
        `last_told` (days of the first and the last telling), `times_told`, and of its latest result the columns of
        `answers`, null where none answers. Of two results of one day, one of a `part` comes after the others, one with
        the same words before, and then the one that was reported last.
    """
    goals = _goals(_standing(targets, TARGETS, "goal"))
    pairs = answers(targets, results).subquery("pair")
    goal = (goals.c.first_article, goals.c.first_id)
    ranked = (
        select(
            *goal, *_of_answer(pairs), func.row_number().over(partition_by=goal, order_by=_latest(pairs)).label("rank")
        )
        .select_from(goals.join(pairs, and_(pairs.c.article == goals.c.article, pairs.c.id == goals.c.id)))
        .subquery("ranked")
    )
    of_goal = and_(ranked.c.first_article == goals.c.article, ranked.c.first_id == goals.c.id, ranked.c.rank == 1)
    shown = [each for each in goals.c if each.key not in ("first_article", "first_id", "number")]
    return select(*shown, *_of_answer(ranked)).select_from(goals.outerjoin(ranked, of_goal)).where(goals.c.number == 1)


_SAID = ("indicator", "comparator", "value", "max", "of", "unit", "change", "base", "start", "end")
"""What a target or result says, as it is shown."""

_OF_ANSWER = ("as_of", "rule", "fit", "gap", "reached", "reported")


def _of_answer(pairs: FromClause) -> list[Column]:
    return [each for each in pairs.c if each.key.startswith("result") or each.key in _OF_ANSWER]


def _said(levels: FromClause) -> list[Column]:
    return [levels.c[name] for name in _SAID]


def _standing(given: FromClause | None, table: Table, name: str) -> FromClause:
    if given is not None:
        return given.alias(name)
    return select(table).where(table.c.superseded.is_(None)).subquery(name)


def _days(name: str) -> Subquery:
    """For each article its day of publication, and the day of which it tells: that of its meeting, or the former."""
    first = ARTICLES.alias("first")
    of_article = and_(MEETINGS.c.article == ARTICLES.c.id, MEETINGS.c.superseded.is_(None))
    return (
        select(ARTICLES.c.id.label("article"), ARTICLES.c.published,
               func.coalesce(MEETINGS.c.date, ARTICLES.c.published, type_=Date).label("day"))
        .select_from(ARTICLES.outerjoin(MEETINGS, of_article))
        .where(~exists().where(first.c.id == ARTICLES.c.duplicate_of))
        .subquery(name)
    )  # fmt: skip


def _as_of(result: FromClause, reported: FromClause) -> Column:
    """The day that a result stands for: nothing is known of days to come."""
    return case(
        (result.c.end.is_(None), reported.c.day),
        (result.c.end > reported.c.published, reported.c.published),
        else_=result.c.end,
    )


def _counts_alike(target: FromClause, result: FromClause) -> ColumnElement[bool]:
    """Whether a result says how many of all there are ("7/9 xã"), and the target how many there shall be ("8 xã")."""
    return and_(target.c.of.is_(None), result.c.of.is_not(None), target.c.level_unit == result.c.unit)


def _is_comparable(target: FromClause, result: FromClause) -> ColumnElement[bool]:
    is_of_one_unit = or_(target.c.level_unit == result.c.level_unit, _counts_alike(target, result))
    return and_(target.c.level.is_not(None), result.c.level.is_not(None), is_of_one_unit)


def _level(target: FromClause, result: FromClause) -> Column:
    return case((_counts_alike(target, result), result.c.value), else_=result.c.level)


def _repeats_the_plan(target: FromClause, result: FromClause, reported: FromClause) -> ColumnElement[bool]:
    """Whether a result tells of the whole time of the target while that is not over."""
    is_early = and_(
        func.coalesce(result.c.end, target.c.end) == target.c.end,
        result.c.end.is_not(None),
        or_(reported.c.published.is_(None), result.c.end > reported.c.published),
    )
    return and_(is_early, or_(result.c.article == target.c.article, result.c.level == target.c.level))


def _fit(target: FromClause, told: FromClause, result: FromClause, as_of: Column) -> Column:
    """How the time of a result fits into that of a target; null where it does not."""
    is_deadline = target.c.start.is_(None)
    year = func.coalesce(told.c.day, target.c.end)
    is_within = and_(
        as_of <= target.c.end,
        or_(
            as_of >= target.c.start,
            and_(is_deadline, extract("year", as_of) >= extract("year", year)),
        ),
    )
    begins_with_it = or_(
        result.c.start == target.c.start,
        and_(is_deadline, extract("month", result.c.start) == 1, extract("day", result.c.start) == 1,
             extract("year", result.c.start) == extract("year", target.c.end)),
    )  # fmt: skip
    is_later_part = or_(result.c.start >= target.c.start, and_(is_deadline, result.c.start.is_not(None)))
    is_share = and_(target.c.level_unit == "%", result.c.level_unit == "%", not_(target.c.measured_as.like("plan%")))
    return case(
        (not_(is_within), null()),
        (or_(result.c.start.is_(None), begins_with_it), case((as_of == target.c.end, "end"), else_="so far")),
        (and_(is_later_part, is_share), "part"),
        else_=null(),
    )


def _is_reached(both: FromClause) -> Column:
    """Whether the result is as good as the target says, or better, as far as the words of both tell."""
    wanted, told, result = both.c.comparator, both.c.result_comparator, both.c.result_level
    # What the result is at the least and at the most; null where its words set no bound.
    least = case((told.in_(["lt", "le"]), null()), (told == "approx", result * (1 - ABOUT)), else_=result)
    most = case(
        (told.in_(["gt", "ge"]), null()),
        (told == "approx", result * (1 + ABOUT)),
        (told == "range", both.c.result_max),
        else_=result,
    )
    # Where less is better, all is turned round.
    is_less = or_(wanted.in_(["lt", "le"]), and_(both.c.better == "less", wanted.not_in(["gt", "ge"])))
    goal = case((is_less, -func.coalesce(both.c.max, both.c.level)), else_=both.c.level)
    worst, best = case((is_less, -most), else_=least), case((is_less, -least), else_=most)
    nearly = goal - case((wanted == "approx", ABOUT * func.abs(goal)), else_=0.0)
    must_pass = wanted.in_(["gt", "lt"])
    is_above_worst = case((is_less, told == "lt"), else_=told == "gt")
    is_below_best = case((is_less, told == "gt"), else_=told == "lt")
    return case(
        (or_(worst > goal, and_(worst == goal, or_(not_(must_pass), is_above_worst))), true()),
        (or_(best < nearly, and_(best == nearly, or_(must_pass, is_below_best))), false()),
        else_=null(),
    )


def _latest(pairs: FromClause) -> list[Column]:
    return [
        pairs.c.as_of.desc(),
        case((pairs.c.fit == "part", 1), else_=0),
        case((pairs.c.rule == "words", 0), else_=1),
        pairs.c.reported.desc(),
        pairs.c.result_article,
        pairs.c.result,
    ]


def _goals(target: FromClause) -> Subquery:
    """The targets, numbered from 1 within each goal, with the telling that came first."""
    told, holder = _days("told"), UNITS.alias("holder")
    is_known = and_(holder.c.entity.is_not(None), target.c.end.is_not(None))
    goal = (
        holder.c.entity, target.c.measure_key, target.c.measured_as, target.c.level_unit, target.c.level,
        target.c.max, target.c.start, target.c.end,
        case((is_known, ""), else_=target.c.article),  # what may be any is the same within its article alone
    )  # fmt: skip
    in_order = (
        case((told.c.day.is_(None), 1), else_=0),
        told.c.day,
        target.c.article,
        target.c.span_start,
        target.c.id,
    )
    return (
        select(
            target.c.article, target.c.id, holder.c.entity.label("holder"), *_said(target), target.c.level,
            func.min(told.c.day).over(partition_by=goal).label("told"),
            func.max(told.c.day).over(partition_by=goal).label("last_told"),
            func.count().over(partition_by=goal).label("times_told"),
            func.row_number().over(partition_by=goal, order_by=in_order).label("number"),
            func.first_value(target.c.article).over(partition_by=goal, order_by=in_order).label("first_article"),
            func.first_value(target.c.id).over(partition_by=goal, order_by=in_order).label("first_id"),
        )
        .select_from(target)
        .join(told, told.c.article == target.c.article)
        .outerjoin(holder, holder.c.id == target.c.holder_unit)
        .subquery("goal_told")
    )  # fmt: skip
