"""An article that has the id of another is not taken for a correction of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from meetextract.read.blocks import Block
from meetextract.read.near_duplicates import fingerprint

ROADS = (
    "Sáng 8/7, UBND xã Hải Yến họp bàn việc sửa đường liên thôn. Ông Nguyễn Văn An, Chủ tịch UBND xã, yêu cầu các thôn"
    " rà soát những đoạn hư hỏng, báo cáo trước ngày 20/7 để xã bố trí kinh phí trong quý III và khởi công trước mùa"
    " mưa."
)
SCHOOLS = (
    "Chiều 9/8, Phòng Giáo dục tổ chức tổng kết năm học. Toàn ngành có 97% học sinh hoàn thành chương trình, các trường"
    " chuẩn bị sách vở, phòng học và bếp ăn bán trú cho năm học mới; bà Trần Thị Bích trao thưởng cho mười hai cô giáo."
)


def said(words: str) -> dict[str, str | None]:
    """What a record tells of the words of its article."""
    text_hash = f"{hash(words) & (1 << 64) - 1:032x}"
    return {"text": words, "text_hash": text_hash, "fingerprint": fingerprint(words, [Block("body", 0, len(words))])}


@pytest.fixture
def first(make: Any) -> Any:
    return make.record(**said(ROADS), title="Sửa đường", url="https://haiyen.example.gov.vn/duong")


@pytest.fixture
def second(make: Any) -> Any:
    return make.record(**said(SCHOOLS), title="Năm học", url="https://haiyen.example.gov.vn/hoc")


def test_another_article_is_refused_with_the_mend(
    engine: Engine, feed: Any, dump: Callable[[Engine], Any], make: Any, first: Any, second: Any
) -> None:
    feed(engine, first)
    before = dump(engine)
    feeding = feed(engine, second, may_fail=True)
    assert feeding.faults == [
        ("1", "another article has its id (https://haiyen.example.gov.vn/duong). Extract from a folder above both, or"
         " give"
              " ids with --column id=COLUMN")
    ]  # fmt: skip
    assert (feeding.fed.failed, feeding.fed.unchanged) == (1, 0)
    assert dump(engine) == before
    assert feed(engine, second, make.record("bai-2"), may_fail=True).fed.changes.new == 1  # others are taken


def test_two_of_them_in_one_file(engine: Engine, feed: Any, first: Any, second: Any) -> None:
    feeding = feed(engine, first, second, first, may_fail=True)
    assert [place for place, _ in feeding.faults] == ["2"]
    assert (feeding.fed.changes.new, feeding.fed.unchanged) == (1, 1)


@pytest.mark.parametrize("same", ["url", "title", "text"])
def test_one_thing_that_is_the_same_makes_it_a_correction(
    engine: Engine, feed: Any, first: Any, second: Any, same: str
) -> None:
    feed(engine, first)
    if same == "text":
        changed = replace(second, **said(ROADS.replace("mưa", "mưa bão").replace("20/7", "25/7")))
    else:
        changed = replace(second, **{same: getattr(first, same)})
    assert changed.text_hash != first.text_hash
    assert feed(engine, changed).fed.changes.changed == 1


@pytest.mark.parametrize(
    ("missing", "is_refused"),
    [
        ((), True),
        (("url",), True),
        (("url", "title"), False),  # a short article of which a few words are corrected
        (("fingerprint",), True),  # of few words
        (("fingerprint", "url"), False),  # a title is changed, and of the words nothing is known
        (("fingerprint", "title"), False),
        (("fingerprint", "url", "title"), False),
    ],
)
@pytest.mark.parametrize("of", ["first", "second"])
def test_what_only_one_knows_tells_nothing(
    sqlite_url: str, opened: Any, feed: Any, first: Any, second: Any, missing: tuple[str, ...], is_refused: bool,
    of: str,
) -> None:  # fmt: skip
    records = {"first": first, "second": second}
    records[of] = replace(records[of], **dict.fromkeys(missing))
    feeding = feed(opened(sqlite_url), *records.values(), may_fail=True)
    assert bool(feeding.faults) == is_refused
