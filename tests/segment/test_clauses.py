"""Clauses cover the sentence and cut where they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.segment.clauses import clause_bounds
from meetextract.segment.tokenizer import tokenize


def clauses(text: str) -> list[str]:
    words, spaces = tokenize(text)
    blank_after = [space or (i + 1 < len(words) and words[i + 1].isspace()) for i, space in enumerate(spaces)]
    pieces = [word + " " * space for word, space in zip(words, spaces, strict=True)]
    return ["".join(pieces[a:b]).strip() for a, b in clause_bounds(words, blank_after, 0, len(words))]


@pytest.mark.parametrize(
    "text",
    [
        "Xã giao thôn Đông trồng cây;| thôn Đoài sửa cầu,| nạo vét mương.",
        "Kết luận:| phải làm ngay| và làm xong trong tháng 5.",
        "Thu đạt 99,93%,| chi 1.053 triệu đồng lúc 8:30.",
        "Các sở (nội vụ, tài chính; y tế) cùng dự| nhưng chưa có ý kiến.",
        "Dự họp (có 5 xã, 3 thị trấn.",
        "Ông Nam -| Chủ tịch xã -| chủ trì.",
        "Giai đoạn 2021-2025.",
        "- Trồng cây,| và sửa cầu| hoặc làm đường| đồng thời báo cáo.",
        "Có 9 việc,| trong đó 3 việc khó.",
        "Việc trong năm| Và việc khác",
        "...",
    ],
)
def test_clauses(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    if text.startswith("Dự họp"):  # a bracket that never closes shields nothing
        expected = ["Dự họp (có 5 xã,", "3 thị trấn."]
    assert clauses(text.replace("|", "")) == expected


@given(st.text(alphabet="ab1 ,;:-–()[].\n", max_size=60).map(lambda text: text.replace("ab", " và ")))
def test_clauses_cover_the_sentence(text: str) -> None:
    words, spaces = tokenize(text)
    bounds = clause_bounds(words, spaces, 0, len(words))
    assert [i for a, b in bounds for i in range(a, b)] == list(range(len(words)))
    assert all(a < b for a, b in bounds)
    assert len(bounds) < 2 or all(any(word[0].isalnum() for word in words[a:b]) for a, b in bounds)
