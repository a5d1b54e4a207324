"""Who wins where mentions overlap."""

from datetime import date

import pytest

from meetextract.assemble.valued import Candidate, Value, select
from meetextract.match.mention import Mention, Part
from meetextract.normalise.dates import Period
from meetextract.normalise.documents import Document
from meetextract.normalise.offices import Name, Role, UnitName
from meetextract.normalise.quantities import Amount, TaskCount

DAY = Period(date(2023, 5, 3), date(2023, 5, 3), "day")
UNIT = UnitName("UBND", "UBND", None, None, False)


def candidate(
    label: str, start: int, end: int, value: Value = None, priority: int = 0, **parts: tuple[int, int]
) -> Candidate:
    named = {name: Part("x" * (last - first), first, last) for name, (first, last) in parts.items()}
    mention = Mention(label, start, end, "x" * (end - start), named, f"{label.lower()}.pattern")
    return Candidate(mention, value, priority, start, end)


def amount(start: int, end: int, priority: int = 0) -> Candidate:
    return candidate("QUANTITY", start, end, Amount(5, "%"), priority)


def day(start: int, end: int, priority: int = 0) -> Candidate:
    return candidate("DATE", start, end, DAY, priority)


def document(start: int, end: int, symbol: tuple[int, int]) -> Candidate:
    return candidate("DOCUMENT", start, end, Document("Kế hoạch", "318/KH-UBND"), symbol=symbol)


@pytest.mark.parametrize(
    "blocked",
    [
        amount(12, 15),
        day(8, 12),
        candidate("COUNT", 0, 30, TaskCount(5, "nhiệm vụ")),
        candidate("PERSON", 10, 12, Name("Bình", False)),
    ],
)
def test_a_block_takes_its_words(blocked: Candidate) -> None:
    assert select([candidate("BLOCK", 10, 20), blocked]) == []


@pytest.mark.parametrize(
    "free",
    [amount(0, 10), amount(20, 25), candidate("UNIT", 12, 15, UNIT), candidate("ROLE", 12, 15, Role("Chủ tịch"))],
)
def test_a_block_leaves_what_is_beside_it_and_units_and_roles(free: Candidate) -> None:
    assert select([candidate("BLOCK", 10, 20), free]) == [free]


def test_the_higher_priority_wins_over_the_longer() -> None:
    short = day(5, 8, priority=10)
    assert select([amount(0, 20), short]) == [short]


def test_the_longer_wins_at_equal_priority() -> None:
    long = day(0, 20)
    assert select([amount(5, 8), long]) == [long]


def test_the_earlier_wins_at_equal_priority_and_length() -> None:
    first = amount(0, 10)
    assert select([day(5, 15), first]) == [first]


def test_neighbours_do_not_overlap() -> None:
    pair = [amount(0, 10), day(10, 20)]
    assert select(pair) == pair


def test_the_loser_of_a_loser_is_kept() -> None:
    first, last = amount(0, 6), day(12, 18)
    assert select([first, amount(5, 13, priority=-5), last]) == [first, last]


def test_a_documents_symbol_keeps_its_numbers() -> None:
    plan = document(0, 30, symbol=(10, 20))
    assert select([plan, amount(10, 13), day(10, 13)]) == [plan]


def test_a_document_holds_the_date_behind_its_symbol() -> None:
    plan, issued = document(0, 40, symbol=(10, 20)), day(25, 40)
    assert select([plan, issued]) == [plan, issued]


def test_a_document_holds_no_number_behind_its_symbol() -> None:
    plan = document(0, 40, symbol=(10, 20))
    assert select([plan, amount(25, 40)]) == [plan]


def test_the_longer_of_two_documents_wins() -> None:
    full = document(0, 30, symbol=(10, 30))
    assert select([document(0, 13, symbol=(10, 13)), full]) == [full]


def test_a_unit_keeps_the_number_in_its_name() -> None:
    unit = candidate("UNIT", 0, 30, UNIT)
    assert select([unit, candidate("QUANTITY", 12, 14, Amount(5, "hộ"))]) == [unit]


def test_no_unit_is_named_with_a_percentage() -> None:
    unit, share = candidate("UNIT", 0, 30, UNIT), candidate("QUANTITY", 12, 14, Amount(5, "%"))
    assert select([unit, share]) == [unit, share]


def test_a_unit_leaves_the_number_that_it_is_counted_by() -> None:
    counted, unit = amount(0, 20), candidate("UNIT", 3, 30, UNIT)
    assert select([unit, counted]) == [counted, unit]


def test_a_role_may_hold_a_unit() -> None:
    role, unit = candidate("ROLE", 0, 15, Role("Trưởng phòng")), candidate("UNIT", 7, 20, UNIT)
    assert select([unit, role]) == [role, unit]


def test_the_order_of_the_candidates_does_not_matter() -> None:
    candidates = [
        amount(0, 10),
        day(5, 15),
        document(20, 50, symbol=(30, 40)),
        day(42, 50),
        candidate("BLOCK", 60, 70),
        amount(61, 65),
    ]
    assert select(candidates) == select(candidates[::-1])
