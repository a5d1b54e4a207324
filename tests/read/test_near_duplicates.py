"""Articles that tell the same are linked, whoever made their fingerprints, in whatever order."""

import random

import pytest

from meetextract.read.article import Article
from meetextract.read.layout import read_layout
from meetextract.read.near_duplicates import THRESHOLD, Printed, fingerprint, likeness, link

WORDS = "xã huyện họp giao ban thôn đường trường trạm kế hoạch ngân sách thu chi đất rừng nước lúa vụ đông xuân"
SYLLABLES = WORDS.split()


def story(seed: int, sentences: int = 12) -> list[str]:
    some = random.Random(seed)
    return [" ".join(some.choices(SYLLABLES, k=18)).capitalize() + "." for _ in range(sentences)]


def printed(text: str) -> str:
    made = fingerprint(text, read_layout(Article("a", text)).blocks)
    assert made is not None
    return made


def page(sentences: list[str], title: str = "Họp giao ban", foot: str = "") -> str:
    return "\n\n".join([title, *sentences, *([foot] if foot else [])])


def test_a_copy_with_another_title_and_foot_is_the_same() -> None:
    body = story(1)
    assert printed(page(body)) == printed(page(body, "Xã bàn việc tháng 5", "Trang chủ"))


def test_where_the_tone_stands_does_not_count() -> None:
    body = [sentence + " Hoà bình, thuỷ lợi." for sentence in story(2)]
    assert printed(page(body)) == printed(page([one.replace("oà", "òa").replace("uỷ", "ủy") for one in body]))


@pytest.mark.parametrize(("changed", "is_same"), [(1, True), (2, True), (9, False), (12, False)])
def test_likeness_falls_with_each_sentence_changed(changed: int, is_same: bool) -> None:
    body = story(3)
    other = [*body[changed:], *story(4)[:changed]]
    assert (likeness(printed(page(body)), printed(page(other))) >= THRESHOLD) is is_same


def test_short_stories_have_none() -> None:
    text = "Họp giao ban\n\nSáng 6/5, xã họp giao ban."
    assert fingerprint(text, read_layout(Article("a", text)).blocks) is None


def articles() -> list[Printed]:
    found = []
    for number in range(30):
        body = story(100 + number, 20)
        for copy in range(number % 4):
            text = page([*body[:copy], *body[copy + 1 :]], f"Tin {copy}")
            found.append(Printed(f"{number}-{copy}", f"2024-05-{20 - copy:02}" if copy else None, printed(text)))
    found.append(Printed("short", None, None))
    return found


def test_the_first_published_is_the_first() -> None:
    firsts = {each.id: first for each, first in zip(articles(), link(articles()), strict=True)}
    assert firsts["short"] is None
    assert {name: first for name, first in firsts.items() if first} == {
        **{f"{number}-0": f"{number}-{number % 4 - 1}" for number in range(30) if number % 4 > 1},
        **{f"{number}-1": f"{number}-2" for number in range(30) if number % 4 == 3},
    }


def test_order_and_division_do_not_count() -> None:
    wanted = dict(zip((each.id for each in articles()), link(articles()), strict=True))
    for seed in range(5):
        shuffled = articles()
        random.Random(seed).shuffle(shuffled)
        assert dict(zip((each.id for each in shuffled), link(shuffled), strict=True)) == wanted


def test_nothing_to_link() -> None:
    assert link([]) == []
    assert link([Printed("a", None, None)]) == [None]


def test_ten_thousand_copies_take_no_time_for_each_pair() -> None:
    same = printed(page(story(7)))
    found = link([Printed(f"{number:05}", None, same) for number in range(10_000)])
    assert found == [None, *["00000"] * 9_999]


def test_a_fingerprint_is_pinned() -> None:
    assert printed(page(story(1)))[:16] == "ybUDIr6MjOX/1v0o"
