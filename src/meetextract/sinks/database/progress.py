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
what the plan says, and no result, if it is of the same article or the same level; one whose period ends later than the
month after its publication is a forecast, and answers nothing.

In doubt nothing is linked, and `reached` is null. Articles that repeat another one that is loaded count for nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Select,
    Table,
    and_,
    case,
    extract,
    false,
    func,
    not_,
    null,
    or_,
    select,
    true,
)

from meetextract.sinks.database.levels import PLAN, UNCLEAR
from meetextract.sinks.database.repeats import IS_FIRST
from meetextract.sinks.database.tables import ARTICLES, MEETINGS, RESULTS, TARGETS, UNITS

ABOUT = 0.05
"""A level that is told roughly ("gần 95%") may be this part more or less."""

Column = ColumnElement[Any]


def answers(
    targets: FromClause | None = None, results: FromClause | None = None, meetings: FromClause | None = None
) -> Select[Any]:
    """Select the pairs of a target and a result that answers it.

    Args:
        targets: The targets that count, with the columns of that table; by default all that are found today.
        results: The results that count, likewise.
        meetings: The meetings whose days count, likewise.

    Returns:
        For each pair article and id of both (`article`, `id`, `result_article`, `result`), `holder` (the unit that
        stands for it), of both the indicator, comparator, value, max, of, unit, change, base, start and end (those of
        the result with `result_` before them), `as_of` (the day that the result stands for: the end of its period, but
        not after its publication; else the day of its meeting or publication), `reported` (the day of its meeting, or
        of its publication), `rule`, `fit`, `level` and `result_level` (the values as compared, in `level_unit`),
        `gap` (the latter less the former) and `reached` (null where the words leave it open).
    """
    return _pairs(_levels(targets, TARGETS, "target", meetings), _levels(results, RESULTS, "result", meetings))


def progress(
    targets: FromClause | None = None, results: FromClause | None = None, meetings: FromClause | None = None
) -> Select[Any]:
    """Select the goals, each with the latest result that answers it.

    A goal that articles tell again (the same level of the same measure, holder and period) is one line: the entry of
    the article that told it first, so that the line keeps its id. Results that answer any telling answer the goal.

    Args:
        targets: The targets that count, with the columns of that table; by default all that are found today.
        results: The results that count, likewise.
        meetings: The meetings whose days count, likewise.

    Returns:
        For each goal article and id of its first telling, `holder`, what it says (as `answers` has it), `told` and
        `last_told` (days of the first and the last telling), `times_told`, and of its latest result the columns of
        `answers`, null where none answers. Of two results of one day, one of a `part` comes after the others, one with
        the same words before, and then the one that was reported last.
    """
    target = _levels(targets, TARGETS, "target", meetings)
    goals = _goals(target)
    pairs = _pairs(target, _levels(results, RESULTS, "result", meetings)).cte("pairs").prefix_with("MATERIALIZED")
    told = goals.alias("told")
    of_goal = [told.c[name] for name in _FIRST]
    rank = func.row_number().over(partition_by=of_goal, order_by=_latest(pairs)).label("rank")
    ranked = (
        select(*of_goal, *_of_answer(pairs), rank)
        .select_from(pairs.join(told, and_(told.c.article == pairs.c.article, told.c.id == pairs.c.id)))
        .subquery("ranked")
    )
    latest = select(ranked).where(ranked.c.rank == 1).cte("latest").prefix_with("MATERIALIZED")
    return (
        select(
            goals.c.article, goals.c.id, goals.c.holder, *_said(goals), goals.c.level, goals.c.level_unit,
            goals.c.told, goals.c.last_told,
            goals.c.times_told, *_of_answer(latest),
        )
        .select_from(goals.outerjoin(latest, and_(*(latest.c[name] == goals.c[name] for name in _FIRST))))
        .where(goals.c.number == 1)
    )  # fmt: skip


_FIRST = ("first_article", "first_id")
"""What names a goal: the entry that told it first."""

_SAID = ("indicator", "comparator", "value", "max", "of", "unit", "change", "base", "start", "end")
"""What a target or result says, as it is shown."""

_OF_ANSWER = ("as_of", "rule", "fit", "gap", "reached", "reported")


def _of_answer(pairs: FromClause) -> list[Column]:
    return [each for each in pairs.c if each.key.startswith("result") or each.key in _OF_ANSWER]


def _said(levels: FromClause) -> list[Column]:
    return [levels.c[name] for name in _SAID]


def _levels(given: FromClause | None, table: Table, name: str, meetings: FromClause | None) -> CTE:
    """Levels with the unit that stands for their holder and the days of their article; null is a day not known.

    They are made once and not merged into the query: no database guesses well that few share a holder and a measure.
    """
    whole = UNITS.alias("whole")
    source = table if given is None else given
    meeting = MEETINGS if meetings is None else meetings
    of_article = meeting.c.article == ARTICLES.c.id
    if meetings is None:
        of_article = and_(of_article, MEETINGS.c.superseded.is_(None))
    # The column is that of the words: of a decrease that only they tell, more is better.
    is_decrease = func.substr(source.c.measured_as, 1, len("decrease")) == "decrease"
    better = case((is_decrease, "more"), else_=source.c.better)
    levels = (
        select(
            source.c.article, source.c.id, source.c.span_start, *_said(source), source.c.indicator_key,
            source.c.measure_key, source.c.measured_as, better.label("better"), source.c.level, source.c.level_unit,
            whole.c.entity.label("holder"), ARTICLES.c.published,
            func.coalesce(meeting.c.date, ARTICLES.c.published, type_=Date).label("day"),
        )
        .select_from(source)
        .join(ARTICLES, ARTICLES.c.id == source.c.article)
        .outerjoin(meeting, of_article)
        .outerjoin(whole, whole.c.id == source.c.holder_unit)
        .where(IS_FIRST)
    )  # fmt: skip
    if given is None:
        levels = levels.where(table.c.superseded.is_(None))
    return levels.cte(name).prefix_with("MATERIALIZED")


def _pairs(target: FromClause, result: FromClause) -> Select[Any]:
    as_of, level = _as_of(result), _level(target, result)
    is_same = and_(
        result.c.holder == target.c.holder,
        result.c.measure_key == target.c.measure_key,
        result.c.measured_as == target.c.measured_as,
    )
    pairs = (
        select(
            target.c.article, target.c.id, result.c.article.label("result_article"), result.c.id.label("result"),
            target.c.holder, *_said(target), *(each.label(f"result_{each.key}") for each in _said(result)),
            as_of.label("as_of"), result.c.day.label("reported"),
            case((target.c.indicator_key == result.c.indicator_key, "words"), else_="measure").label("rule"),
            _fit(target, result, as_of).label("fit"), target.c.level, target.c.level_unit,
            level.label("result_level"), target.c.better,
        )
        .select_from(target.join(result, is_same))
        .where(
            _is_comparable(target, result),
            not_(func.coalesce(_repeats_the_plan(target, result), false())),
            not_(func.coalesce(_is_forecast(result), false())),
        )
        .subquery("compared")
    )  # fmt: skip
    return select(
        *(each for each in pairs.c if each.key != "better"),
        (pairs.c.result_level - pairs.c.level).label("gap"),
        _is_reached(pairs).label("reached"),
    ).where(pairs.c.fit.is_not(None))


def _as_of(result: FromClause) -> Column:
    """The day that a result stands for: nothing is known of days to come."""
    return case(
        (result.c.end.is_(None), result.c.day),
        (result.c.end > result.c.published, result.c.published),
        else_=result.c.end,
    )


def _counts_alike(target: FromClause, result: FromClause) -> ColumnElement[bool]:
    """Whether a result says how many of all there are ("7/9 xã"), and the target how many there shall be ("8 xã")."""
    return and_(target.c.of.is_(None), result.c.of.is_not(None), target.c.level_unit == result.c.unit)


def _is_comparable(target: FromClause, result: FromClause) -> ColumnElement[bool]:
    is_of_one_unit = or_(target.c.level_unit == result.c.level_unit, _counts_alike(target, result))
    is_clear = target.c.measured_as != UNCLEAR
    return and_(is_clear, target.c.level.is_not(None), result.c.level.is_not(None), is_of_one_unit)


def _level(target: FromClause, result: FromClause) -> Column:
    return case((_counts_alike(target, result), result.c.value), else_=result.c.level)


def _repeats_the_plan(target: FromClause, result: FromClause) -> ColumnElement[bool]:
    """Whether a result tells of the whole time of the target while that is not over."""
    is_early = and_(
        result.c.end == target.c.end,
        or_(result.c.published.is_(None), result.c.end > result.c.published),
    )
    return and_(is_early, or_(result.c.article == target.c.article, result.c.level == target.c.level))


def _is_forecast(result: FromClause) -> ColumnElement[bool]:
    """Whether a result tells of days to come; what is told in the last month or two of its period counts."""

    def month(day: Column) -> Column:
        return 12 * extract("year", day) + extract("month", day)

    return month(result.c.end) > month(func.coalesce(result.c.published, result.c.day, type_=Date)) + 1


def _fit(target: FromClause, result: FromClause, as_of: Column) -> Column:
    """How the time of a result fits into that of a target; null where it does not."""
    is_deadline = target.c.start.is_(None)
    year = func.coalesce(target.c.day, target.c.end)
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
    is_share = and_(
        target.c.level_unit == "%", result.c.level_unit == "%", func.substr(target.c.measured_as, 1, len(PLAN)) != PLAN
    )
    fit = case(
        (or_(result.c.start.is_(None), begins_with_it), case((as_of == target.c.end, "end"), else_="so far")),
        (and_(is_later_part, is_share), "part"),
        else_=null(),
    )
    return case((is_within, fit), else_=null())


def _is_reached(pairs: FromClause) -> Column:
    """Whether the result is as good as the target says, or better, as far as the words of both tell."""
    wanted, told, result = pairs.c.comparator, pairs.c.result_comparator, pairs.c.result_level
    # What the result is at the least and at the most; null where its words set no bound.
    least = case((told.in_(["lt", "le"]), null()), (told == "approx", result * (1 - ABOUT)), else_=result)
    most = case(
        (told.in_(["gt", "ge"]), null()),
        (told == "approx", result * (1 + ABOUT)),
        (told == "range", pairs.c.result_max),
        else_=result,
    )
    # Where less is better, all is turned round.
    is_less = or_(wanted.in_(["lt", "le"]), and_(pairs.c.better == "less", wanted.not_in(["gt", "ge"])))
    goal = case((is_less, -func.coalesce(pairs.c.max, pairs.c.level)), else_=pairs.c.level)
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


def _goals(target: FromClause) -> CTE:
    """The targets, numbered from 1 within each goal, with the telling that came first."""
    is_known = and_(target.c.holder.is_not(None), target.c.end.is_not(None))
    goal = (
        target.c.holder, target.c.measure_key, target.c.measured_as, target.c.level_unit, target.c.level,
        target.c.max, target.c.start, target.c.end,
        case((is_known, ""), else_=target.c.article),  # what may be any is the same within its article alone
    )  # fmt: skip
    in_order = (
        case((target.c.day.is_(None), 1), else_=0), target.c.day, target.c.article, target.c.span_start, target.c.id
    )  # fmt: skip
    return (
        select(
            target,
            func.min(target.c.day).over(partition_by=goal).label("told"),
            func.max(target.c.day).over(partition_by=goal).label("last_told"),
            func.count().over(partition_by=goal).label("times_told"),
            func.row_number().over(partition_by=goal, order_by=in_order).label("number"),
            func.first_value(target.c.article).over(partition_by=goal, order_by=in_order).label("first_article"),
            func.first_value(target.c.id).over(partition_by=goal, order_by=in_order).label("first_id"),
        )
        .cte("goal")
        .prefix_with("MATERIALIZED")
    )
