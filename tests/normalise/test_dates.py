"""Time expressions on the calendar: values, context, and laws that hold of all of them."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import meetextract
from meetextract.normalise.calendar import full_year, weekday_number
from meetextract.normalise.dates import (
    Context,
    Period,
    Prefer,
    Unplaced,
    read_period,
)

ANCHOR = date(2023, 10, 12)  # a Thursday
HERE = Context(day=ANCHOR, source="published")

days = st.dates(date(1950, 1, 1), date(2069, 12, 31))
written_days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def period(context: Context = HERE, **parts: str) -> Period:
    value = read_period(parts, context)
    assert isinstance(value, Period), value
    return value


def bounds(context: Context = HERE, **parts: str) -> tuple[str, str]:
    value = period(context, **parts)
    return value.start.isoformat(), value.end.isoformat()


# --- single expressions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "start", "end", "grain"),
    [
        ({"d": "30", "m": "6", "y": "26"}, "2026-06-30", "2026-06-30", "day"),
        ({"d": "3", "m": "9", "y": "91"}, "1991-09-03", "1991-09-03", "day"),
        ({"d": "29", "m": "02", "y": "2024"}, "2024-02-29", "2024-02-29", "day"),
        ({"m": "2", "y": "2024"}, "2024-02-01", "2024-02-29", "month"),
        ({"m": "2", "y": "2023"}, "2023-02-01", "2023-02-28", "month"),
        ({"m": "2", "y": "2100"}, "2100-02-01", "2100-02-28", "month"),
        ({"m": "chạp", "y": "2023"}, "2023-12-01", "2023-12-31", "month"),
        ({"m": "mười hai", "y": "2023"}, "2023-12-01", "2023-12-31", "month"),
        ({"q": "iii", "y": "2023"}, "2023-07-01", "2023-09-30", "quarter"),
        ({"q": "iv", "y": "2023"}, "2023-10-01", "2023-12-31", "quarter"),
        ({"q": "1", "y": "2024"}, "2024-01-01", "2024-03-31", "quarter"),
        ({"q": "tư", "y": "2024"}, "2024-10-01", "2024-12-31", "quarter"),
        ({"n": "6", "edge": "đầu", "y": "2022"}, "2022-01-01", "2022-06-30", "half"),
        ({"n": "6", "edge": "cuối", "y": "2022"}, "2022-07-01", "2022-12-31", "half"),
        ({"half": "đầu", "y": "2022"}, "2022-01-01", "2022-06-30", "half"),
        ({"half": "cuối", "y": "2022"}, "2022-07-01", "2022-12-31", "half"),
        ({"n": "9", "y": "2022"}, "2022-01-01", "2022-09-30", "period"),
        ({"n": "9"}, "2023-01-01", "2023-09-30", "period"),
        ({"n": "chín"}, "2023-01-01", "2023-09-30", "period"),
        ({"n": "3", "edge": "cuối", "y": "2022"}, "2022-10-01", "2022-12-31", "quarter"),
        ({"n": "2", "edge": "đầu", "y": "2024"}, "2024-01-01", "2024-02-29", "period"),
        ({"y": "2025"}, "2025-01-01", "2025-12-31", "year"),
        ({"y": "2015", "edge": "cuối"}, "2015-10-01", "2015-12-31", "period"),
        ({"y": "2015", "edge": "giữa"}, "2015-04-01", "2015-09-30", "period"),
        ({"m": "2", "y": "2024", "edge": "cuối"}, "2024-02-21", "2024-02-29", "period"),
        ({"m": "4", "y": "2024", "edge": "đầu"}, "2024-04-01", "2024-04-10", "period"),
        ({"q": "ii", "y": "2024", "edge": "cuối"}, "2024-06-01", "2024-06-30", "month"),
        ({"d": "15", "d2": "18", "m2": "4", "y2": "2017"}, "2017-04-15", "2017-04-18", "period"),
        ({"d": "15", "m": "12", "d2": "10", "m2": "01", "y2": "2023"}, "2022-12-15", "2023-01-10", "period"),
        ({"y": "2021", "y2": "2026"}, "2021-01-01", "2026-12-31", "period"),
        ({"m": "3", "m2": "5", "y2": "2023"}, "2023-03-01", "2023-05-31", "period"),
        ({"q": "i", "q2": "iii", "y2": "2023"}, "2023-01-01", "2023-09-30", "period"),
        ({"deictic": "hôm nay"}, "2023-10-12", "2023-10-12", "day"),
        ({"deictic": "hôm kia"}, "2023-10-10", "2023-10-10", "day"),
        ({"deictic": "ngày mai"}, "2023-10-13", "2023-10-13", "day"),
        ({"unit": "tuần", "rel": "này"}, "2023-10-09", "2023-10-15", "week"),
        ({"unit": "tuần", "rel": "trước"}, "2023-10-02", "2023-10-08", "week"),
        ({"unit": "tháng", "rel": "trước"}, "2023-09-01", "2023-09-30", "month"),
        ({"unit": "quý", "rel": "tới"}, "2024-01-01", "2024-03-31", "quarter"),
        ({"unit": "năm", "rel": "ngoái"}, "2022-01-01", "2022-12-31", "year"),
        ({"unit": "tháng", "m": "3", "rel": "tới"}, "2024-03-01", "2024-03-31", "month"),
        ({"m": "3", "rel": "ngoái", "unit": "năm"}, "2022-03-01", "2022-03-31", "month"),
        ({"weekday": "thứ hai", "week": "này"}, "2023-10-09", "2023-10-09", "day"),
        ({"weekday": "chủ nhật", "week": "sau"}, "2023-10-22", "2023-10-22", "day"),
        ({"m": "5", "since": "đến nay"}, "2023-05-01", "2023-10-12", "period"),
        ({"y": "2009", "since": "đến nay"}, "2009-01-01", "2023-10-12", "period"),
        ({"y": "2023", "edge": "cuối", "until": "từ nay đến"}, "2023-10-12", "2023-12-31", "period"),
    ],
)
def test_values(parts: dict[str, str], start: str, end: str, grain: str) -> None:
    value = read_period(parts, HERE)
    assert isinstance(value, Period)
    assert (value.start.isoformat(), value.end.isoformat(), value.grain) == (start, end, grain)


@pytest.mark.parametrize(
    "parts",
    [
        {"d": "31", "m": "2", "y": "2023"},
        {"d": "29", "m": "2", "y": "2023"},
        {"d": "31", "m": "4"},
        {"d": "17", "m": "19"},
        {"d": "0", "m": "5"},
        {"d": "32", "m": "5"},
        {"m": "13", "y": "2023"},
        {"m": "0"},
        {"q": "5", "y": "2023"},
        {"n": "13", "y": "2023"},
        {"d": "20", "d2": "10", "m2": "3", "y2": "2023"},
        {"y": "2026", "y2": "2021"},
        {"d": "5", "m": "5", "y": "1066"},
        {"deictic": "hôm nào"},
        {"unit": "tháng", "rel": "hư"},
    ],
)
def test_what_is_no_date(parts: dict[str, str]) -> None:
    assert read_period(parts, HERE) is None


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"d": "5", "m": "3"}, "year_unknown"),
        ({"m": "3"}, "year_unknown"),
        ({"q": "iii"}, "year_unknown"),
        ({"n": "9"}, "year_unknown"),
        ({"unit": "năm", "rel": "nay"}, "year_unknown"),
        ({"deictic": "hôm nay"}, "day_unknown"),
        ({"deictic": "cùng ngày"}, "day_unknown"),
        ({"unit": "tháng", "rel": "trước"}, "day_unknown"),
        ({"weekday": "thứ hai"}, "day_unknown"),
        ({"y": "2020", "since": "đến nay"}, "day_unknown"),
    ],
)
def test_what_nothing_places(parts: dict[str, str], why: str) -> None:
    value = read_period(parts, Context())
    assert isinstance(value, Unplaced)
    assert value.why == why


def test_session_is_kept() -> None:
    assert period(d="5", m="3", y="2023", session="chiều").session == "afternoon"
    assert period(deictic="hôm nay", session="sáng").session == "morning"
    assert period(d="5", m="3", y="2023").session is None


def test_anchor_is_told_only_where_it_was_needed() -> None:
    assert period(d="5", m="3").anchor == "published"
    assert period(d="5", m="3", y="2023").anchor is None


def test_spoken_year_without_a_day() -> None:
    context = Context(year=2021, source="năm 2021")
    assert bounds(context, d="5", m="3") == ("2021-03-05", "2021-03-05")
    assert bounds(context, q="iii") == ("2021-07-01", "2021-09-30")
    assert bounds(context, unit="năm", rel="trước") == ("2020-01-01", "2020-12-31")


def test_year_named_in_the_sentence() -> None:
    context = Context(day=ANCHOR, nearby_year=2022)
    assert bounds(context, n="9") == ("2022-01-01", "2022-09-30")


def test_same_day_is_the_last_day_mentioned() -> None:
    last = Period(date(2023, 5, 3), date(2023, 5, 3), "day", session="morning")
    value = period(Context(day=ANCHOR, last_day=last), deictic="cùng ngày")
    assert (value.start, value.session) == (date(2023, 5, 3), None)


def test_same_period_of_another_year() -> None:
    half = Context(day=ANCHOR, last=Period(date(2023, 1, 1), date(2023, 6, 30), "half"))
    assert bounds(half, same="cùng kỳ") == ("2022-01-01", "2022-06-30")
    assert bounds(half, same="cùng kỳ", y="2019") == ("2019-01-01", "2019-06-30")
    leap = Context(day=ANCHOR, last=Period(date(2024, 2, 1), date(2024, 2, 29), "month"))
    assert bounds(leap, same="cùng kỳ") == ("2023-02-01", "2023-02-28")
    assert bounds(HERE, same="cùng kỳ") == ("2022-01-01", "2022-12-31")


# --- missing years ----------------------------------------------------------------------------------------------


def same_day(year: int, day: date) -> date | None:
    return day.replace(year=year) if day.day <= monthrange(year, day.month)[1] else None


@given(days, days)
def test_missing_year_is_that_of_writing_or_the_nearest(anchor: date, day: date) -> None:
    found = read_period({"d": str(day.day), "m": str(day.month)}, Context(day=anchor))
    others = [d for y in range(anchor.year - 1, anchor.year + 2) if (d := same_day(y, day))]
    if not others:
        assert isinstance(found, Unplaced)  # 29/2, and no leap year is near
        return
    assert isinstance(found, Period)
    assert found.start == found.end
    nearest = min(abs(other - anchor) for other in others)
    assert found.start.year == anchor.year or abs(found.start - anchor) == nearest
    if len(others) == 3:
        assert abs(found.start - anchor) <= timedelta(246)  # two thirds of a year: never December for January


@pytest.mark.parametrize(
    ("anchor", "day", "expected"),
    [
        (date(2023, 1, 5), "28/12", date(2022, 12, 28)),
        (date(2023, 12, 28), "5/1", date(2024, 1, 5)),
        (date(2023, 6, 30), "1/1", date(2023, 1, 1)),
        (date(2023, 6, 30), "31/12", date(2023, 12, 31)),
        (date(2023, 4, 1), "30/6", date(2023, 6, 30)),
    ],
)
def test_missing_year(anchor: date, day: str, expected: date) -> None:
    d, m = day.split("/")
    assert period(Context(day=anchor), d=d, m=m).start == expected


@given(days, days.filter(lambda d: (d.month, d.day) != (2, 29)))
def test_missing_year_is_the_first_to_come(anchor: date, day: date) -> None:
    found = period(Context(day=anchor, prefer="future"), d=str(day.day), m=str(day.month))
    assert found.start >= anchor
    assert found.start < anchor.replace(year=anchor.year + 1, day=min(anchor.day, 28)) + timedelta(4)
    before = same_day(found.start.year - 1, found.start)
    assert before is not None
    assert before < anchor


@given(days, st.integers(1, 12))
def test_month_without_year(anchor: date, month: int) -> None:
    near = period(Context(day=anchor), m=str(month))
    assert near.start <= anchor + timedelta(246)
    assert near.end >= anchor - timedelta(246)
    coming = period(Context(day=anchor, prefer="future"), m=str(month))
    assert coming.end >= anchor
    assert (coming.start - anchor).days <= 366


@given(days, st.integers(1, 4))
def test_quarter_without_year(anchor: date, quarter: int) -> None:
    near = period(Context(day=anchor), q=str(quarter))
    assert near.start <= anchor + timedelta(246)
    assert near.end >= anchor - timedelta(246)
    assert period(Context(day=anchor, prefer="future"), q=str(quarter)).end >= anchor


# --- laws -------------------------------------------------------------------------------------------------------

years = st.integers(1900, 2199)


@given(years)
@example(1900)
@example(2000)
@example(2024)
@example(2100)
def test_months_quarters_and_halves_tile_the_year(year: int) -> None:
    y = str(year)
    whole = period(y=y)
    for pieces in (
        [period(m=str(m), y=y) for m in range(1, 13)],
        [period(q=q, y=y) for q in ("i", "ii", "iii", "iv")],
        [period(n="6", edge="đầu", y=y), period(n="6", edge="cuối", y=y)],
        [period(half="đầu", y=y), period(half="cuối", y=y)],
        [period(n="9", y=y), period(n="3", edge="cuối", y=y)],
        [period(y=y, edge=edge) for edge in ("đầu", "giữa", "cuối")],
    ):
        assert pieces[0].start == whole.start
        assert pieces[-1].end == whole.end
        for piece, following in pairwise(pieces):
            assert piece.end + timedelta(1) == following.start
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    assert (whole.end - whole.start).days + 1 == 365 + leap


@given(years, st.integers(1, 12))
def test_beginning_middle_and_end_tile_the_month(year: int, month: int) -> None:
    m, y = str(month), str(year)
    pieces = [period(m=m, y=y, edge=edge) for edge in ("đầu", "giữa", "cuối")]
    whole = period(m=m, y=y)
    assert (pieces[0].start, pieces[-1].end) == (whole.start, whole.end)
    for piece, following in pairwise(pieces):
        assert piece.end + timedelta(1) == following.start


@given(days)
def test_months_before_and_after(anchor: date) -> None:
    context = Context(day=anchor)
    for unit in ("tuần", "tháng", "quý", "năm"):
        before, this, after = (period(context, unit=unit, rel=rel) for rel in ("trước", "này", "sau"))
        assert this.start <= anchor <= this.end
        assert before.end + timedelta(1) == this.start
        assert this.end + timedelta(1) == after.start


@given(days, st.sampled_from(["thứ hai", "thứ 3", "thứ tư", "thứ năm", "thứ 6", "thứ bảy", "chủ nhật"]))
def test_weekday_alone(anchor: date, weekday: str) -> None:
    number = weekday_number(weekday)
    past = period(Context(day=anchor), weekday=weekday).start
    future = period(Context(day=anchor, prefer="future"), weekday=weekday).start
    assert past.weekday() == future.weekday() == number
    assert timedelta(0) <= anchor - past < timedelta(7)
    assert timedelta(0) < future - anchor <= timedelta(7)


FIELDS: dict[str, list[str]] = {
    "d": ["1", "05", "29", "31", "32", "mồng"],
    "m": ["1", "02", "12", "ba", "giêng", "0"],
    "y": ["2024", "2023", "17", "91", "1", "20233"],
    "q": ["i", "iv", "3", "ba", "5"],
    "n": ["3", "6", "chín", "12", "13", "0"],
    "d2": ["2", "28", "31"],
    "m2": ["2", "11"],
    "q2": ["ii", "4"],
    "y2": ["2022", "2026", "16"],
    "edge": ["đầu", "giữa", "cuối", "sau"],
    "half": ["đầu", "cuối"],
    "unit": ["ngày", "tuần", "tháng", "quý", "năm", "giờ"],
    "rel": ["trước", "này", "tới", "kia"],
    "deictic": ["hôm qua", "cùng ngày", "trong năm", "mai"],
    "weekday": ["thứ hai", "chủ nhật", "thứ 9"],
    "weekday_rel": ["trước", "tới"],
    "week": ["này", "sau"],
    "count": ["3", "hai", "0"],
    "same": ["cùng kỳ"],
    "school": ["năm học"],
    "since": ["đến nay"],
    "until": ["từ nay đến"],
    "session": ["sáng", "đêm", "xế"],
}
# What patterns name only together.
NEEDS = {
    "count": {"unit": "tháng", "rel": "tới"},
    "weekday_rel": {"weekday": "thứ hai"},
    "school": {"y": "2021", "y2": "2022"},
}


def completed(parts: dict[str, str]) -> dict[str, str]:
    for name in [name for name in NEEDS if name in parts]:
        parts = NEEDS[name] | parts
    return parts


some_parts = st.fixed_dictionaries({}, optional={name: st.sampled_from(words) for name, words in FIELDS.items()}).map(
    completed
)
any_parts = st.dictionaries(
    st.sampled_from(sorted(FIELDS)), st.text(max_size=8) | st.integers().map(str), max_size=4
).map(completed)
contexts = st.builds(
    Context,
    day=st.none() | days,
    year=st.none() | st.integers(1950, 2060),
    source=st.none() | st.just("published"),
    last=st.none() | st.builds(lambda d, n: Period(d, d + timedelta(n), "period"), days, st.integers(0, 400)),
    last_day=st.none() | st.builds(lambda d: Period(d, d, "day"), days),
    nearby_year=st.none() | st.integers(1950, 2060),
    prefer=st.sampled_from(["past", "future"]),
)


@settings(max_examples=1000)
@given(some_parts, contexts)
def test_a_period_never_ends_before_it_starts(parts: dict[str, str], context: Context) -> None:
    value = read_period(parts, context)
    if isinstance(value, Period):
        assert value.start <= value.end
        if value.grain == "day":
            assert value.start == value.end


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(any_parts, contexts)
@example({"y": "²²²²"}, HERE)
@example({"m": "13", "rel": "tới", "unit": "tháng"}, HERE)
@example({"count": "9999999999", "rel": "tới", "unit": "ngày"}, HERE)
@example({"count": "99999", "rel": "trước", "unit": "năm"}, HERE)
def test_any_parts(parts: dict[str, str], context: Context) -> None:
    value = read_period(parts, context)
    assert value is None or isinstance(value, Period | Unplaced)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
@pytest.mark.parametrize(
    "parts",
    [
        {"d": "5", "m": "3"},
        {"m": "3"},
        {"q": "i"},
        {"unit": "năm", "rel": "trước"},
        {"unit": "năm", "rel": "sau"},
        {"unit": "tuần", "rel": "trước"},
        {"unit": "tuần", "rel": "sau"},
        {"deictic": "hôm qua"},
        {"deictic": "ngày mai"},
        {"weekday": "thứ hai", "week": "trước"},
        {"weekday": "thứ hai"},
        {"n": "6"},
        {"same": "cùng kỳ"},
    ],
)
@pytest.mark.parametrize("prefer", ["past", "future"])
def test_the_first_and_the_last_day_that_news_may_have(day: date, parts: dict[str, str], prefer: Prefer) -> None:
    value = read_period(parts, Context(day=day, prefer=prefer))
    assert value is None or isinstance(value, Period | Unplaced)


@given(st.text())
@example("²²²²")
@example("²²")
@example("٢٠٢٣")
def test_years_of_any_text(text: str) -> None:
    year = full_year(text)
    assert year is None or 1900 <= year <= 2199
    weekday_number(text)


@pytest.mark.parametrize(("text", "year"), [("17", 2017), ("26", 2026), ("45", 2045), ("91", 1991), ("2030", 2030)])
def test_years(text: str, year: int) -> None:
    assert full_year(text) == year


# --- from words to the calendar -----------------------------------------------------------------------------------


def notations(day: date) -> list[str]:
    d, m, y = day.day, day.month, day.year
    return [
        f"ngày {d}/{m}/{y}",
        f"ngày {d:02}/{m:02}/{y}",
        f"ngày {d}-{m}-{y}",
        f"ngày {d:02}.{m:02}.{y}",
        f"ngày {d} tháng {m} năm {y}",
        f"{d}/{m}/{y}",
    ]


def dates_of(text: str, **settings: Any) -> list[tuple[str, str]]:
    values = [mention.value for mention in meetextract.mentions(text, labels={"DATE"}, **settings)]
    return [(v.start.isoformat(), v.end.isoformat()) for v in values if isinstance(v, Period)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written_days)
def test_any_day_in_its_notations(day: date) -> None:
    for notation in notations(day):
        text = f"Hội nghị diễn ra {notation} tại phường Hoa Sen."
        assert dates_of(text) == [(day.isoformat(), day.isoformat())], notation


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written_days, days)
def test_any_day_without_its_year(day: date, published: date) -> None:
    for prefer in ("past", "future"):
        expected = read_period({"d": str(day.day), "m": str(day.month)}, Context(day=published, prefer=prefer))
        wanted = [(expected.start.isoformat(),) * 2] if isinstance(expected, Period) else []
        for notation in (f"ngày {day.day}/{day.month}", f"ngày {day.day} tháng {day.month}"):
            text = f"Phường Hoa Sen ra quân {notation}."
            assert dates_of(text, published=published, prefer=prefer) == wanted, notation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Báo cáo trước ngày 30/6/26.", ("2026-06-30", "2026-06-30")),
        ("Nhiệm vụ quý III năm 2023 của phường.", ("2023-07-01", "2023-09-30")),
        ("Nhiệm vụ quý III/2023 của phường.", ("2023-07-01", "2023-09-30")),
        ("Kết quả 9 tháng năm 2022 của phường.", ("2022-01-01", "2022-09-30")),
        ("Sơ kết 9 tháng, phường thu đủ.", ("2023-01-01", "2023-09-30")),
        ("Kết quả 6 tháng đầu năm 2024 của phường.", ("2024-01-01", "2024-06-30")),
        ("Từ đầu năm đến nay, phường thu đủ.", ("2023-01-01", "2023-10-12")),
        ("Nhiệm kỳ 2021 - 2026 của Hội đồng.", ("2021-01-01", "2026-12-31")),
        ("Phường họp chiều 28-9-2018 tại trụ sở.", ("2018-09-28", "2018-09-28")),
        ("Phường họp từ ngày 30/12 đến ngày 2/1/2024.", ("2023-12-30", "2024-01-02")),
    ],
)
def test_words(text: str, expected: tuple[str, str]) -> None:
    assert dates_of(text, published=ANCHOR) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Có 6/8 người dự họp.",
        "Cả lớp 10/2 đi cổ vũ.",
        "Trạm gác trực 24/7.",
        "Đạt 93% kế hoạch.",
        "Nhà ở đường 2 tháng 9.",
        "Gọi số 0225.3.745.261.",
        "Dịch vụ công mức độ 3, 4.",
        "Hội đồng khóa XV họp.",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates_of(text, published=ANCHOR) == []
