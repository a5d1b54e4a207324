"""What a level measures: the fewest words that say it, taken from both sides of the number.

A number stands behind its indicator ("tỷ lệ hài lòng đạt trên 97%"), before it ("100% hộ nghèo được vay vốn") or inside
("phủ 90% hộ gia đình"). Items of a row share what only one of them says: a predicate behind them, a stem before them.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from meetextract.assemble.discourse import Discourse
from meetextract.normalise.quantities import Amount
from meetextract.records import Span

# Words between an indicator and its number; they are no part of it.
_LINK = regex.compile(
    r"(?:(?:^|(?<=[\s(,:]))(?:đạt|ước đạt|ước tính|ước|là|chiếm|bằng|còn|có|lên|đến|tới|xuống|chỉ|mới (?:đạt|được|có|chỉ|là)|muốn|cả năm|đã|với|thì|phải|cả|thêm|khoảng|gồm"
    r"|ở mức|mức|tỷ lệ|tương đương|từ|trên|gần|tổng cộng|nâng|đưa|giữ|tối thiểu|ít nhất|tăng|giảm|vượt|trong đó|thu được|tăng thêm"
    r"|duy trì|bình quân|trung bình|cao|thấp|gấp|hơn|kéo|so với|kế hoạch|chỉ tiêu|ước thực hiện|thực hiện|dự kiến|đảm bảo|bảo đảm|đang|cho|cao nhất|sẽ|nhất|hiện|vào|này|phấn đấu|đặt mục tiêu|mục tiêu|kết quả|tổng số|khi|còn lại|riêng|cũng)"
    r"[\s,:]*)+$",
    regex.IGNORECASE,
)
_COPULA = regex.compile(
    r"(?:^|[\s(,])(?:đạt|ước đạt|ước|là|chiếm|bằng|còn|có|lên|đến|tới|xuống|ở mức|mức|gồm|với|ước tính|tổng cộng|tăng|giảm|vượt|chỉ|kế hoạch)"
    r"(?:\s(?:khoảng|từ|trên|tỷ lệ|thêm|ước|chỉ|mới|là|được|mức|tới|đến))*[\s(]*$",
    regex.IGNORECASE,
)
_CHAINED = regex.compile(
    r"[\s,(:–-]*(?:(?:và|đồng thời|tương ứng|tương đương|trong đó|lần lượt)\s)?(?:(?:đạt|ước đạt|ước|bằng|chiếm|tăng|giảm|vượt|hoàn thành|tỷ lệ|tỷ trọng|cao hơn|thấp hơn|xuống|còn|lên|tới|đến"
    r"|mới|chỉ|là|so với|thêm|khoảng|gấp|kế hoạch|dự toán|chỉ tiêu|cùng kỳ|năm trước|hay|cả năm|giao|trung bình|bình quân|mức|cao|ước tính|tức|ở|với)[\s,(]*)*",
    regex.IGNORECASE,
)
_COMPARED = regex.compile(
    r"[\s,]*(?:so(?: với)?|kế hoạch|dự toán|chỉ tiêu|cùng kỳ|nghị quyết|mục tiêu|kịch bản|yêu cầu|tổng|trên tổng|số (?:dự|kế)|theo kế hoạch|KH|của (?:cả )?nước|bình quân|năm|trong|so|quy mô|thì|và|vào|là|\)|đề ra|giao|trở lên|mức|\(|mỗi|/|trên|cùng|thời|cao|thấp|để|theo|do|nên|nhằm|tại|ở|từ|qua|khi|với|đến|thuộc nhóm|đứng|(?:xuống|lên|còn|đạt|tăng|giảm|vượt)(?=\s[\d(]))(?!\p{L})",
    regex.IGNORECASE,
)
_TAIL = regex.compile(
    r"[\s,]*(?:theo (?:đúng )?(?:quy định|kế hoạch|yêu cầu|lộ trình|hướng dẫn)|phù hợp với|nhằm|để|góp phần|so với|đảm bảo tiến độ|kịp thời|đúng (?:quy định|tiến độ)"
    r"|vào (?:năm|tháng|ngày|cuối|quý)|trong (?:năm|tháng|quý|đó)|trước (?:ngày|tháng|năm)|đến (?:năm|hết|cuối|ngày)|hoàn thành|\(|gắn với|qua đó|từ đó|sống và làm việc|bao gồm|cho thấy|chủ yếu|vì|do|nhờ|kèm|với (?:tổng|kinh phí|số))(?!\p{L}).*$",
    regex.IGNORECASE | regex.DOTALL,
)
_HEAD = regex.compile(
    r"(?:[\s\"'*+•·,:;)(–-]|\d{1,2}[.)]\s"
    r"|(?:trong đó|theo đó|riêng|đặc biệt|và|nhưng|song|cụ thể|kết quả|như|là|còn|có|đã|cũng|đồng thời|bên cạnh đó|ngoài ra|trên cơ sở đó|qua đó|nổi bật là"
    r"|đến nay|hiện nay|hiện|tính đến nay|nhờ đó|theo thống kê|trong kỳ|cùng với đó|tiếp tục|chỉ tiêu|phấn đấu|mục tiêu|quyết tâm|vì|muốn|vẫn|so với|chiếm|bằng|duy trì đảm bảo|đưa|với|thì|từ|tổ chức|nâng cao|nâng|tại đây|trước đó"
    r"|thời gian qua|đạt được|trong năm|trong tháng|sẽ|cần|phải|xác định|đặt ra|đề ra|ước|bảo đảm|đảm bảo|muốn|tính đến|dự kiến|dự báo|hơn nữa|mới|khi|nếu|tổng số|toàn (?:huyện|tỉnh|quận|xã|thành phố|thị xã|phường|quốc|ngành|trường)|(?:thành phố|huyện|quận|xã|phường|thị xã|tỉnh|đơn vị|ngành|địa phương)(?=\s(?:\p{Ll}))|trên địa bàn(?: toàn)?(?: (?:huyện|tỉnh|quận|xã|thành phố|thị xã|phường))?|cả nước|cả tỉnh|cả huyện)(?=[\s,:(]))*",
    regex.IGNORECASE,
)
_SAID = regex.compile(
    r".*(?:(?:cho biết|cho hay)(?=\s)|cho biết|cho thấy|cho hay|nêu rõ|khẳng định|nhấn mạnh|báo cáo|đã đạt được(?: một số)?(?: nhiều)? kết quả|như sau|gồm|rằng|kết quả như|chỉ tiêu như|mục tiêu)(?:\s*[,:]|(?<=cho biết|cho hay))\s*",
    regex.IGNORECASE | regex.DOTALL,
)
_DONE = regex.compile(r".*(?:^|[\s,])(?:đã|đang|sẽ|vừa|hiện còn|hiện có|hiện đang)\s", regex.IGNORECASE | regex.DOTALL)
_INNER_HEAD = regex.compile(
    r".*\svới (?=(?:tổng|số|tỷ lệ|tỉ lệ|diện tích|kinh phí|kim ngạch|sản lượng|mức|giá trị|doanh thu)(?!\p{L}))",
    regex.IGNORECASE | regex.DOTALL,
)
_LIGHT = regex.compile(
    r"(?P<subject>.*\s)?(?:ghi nhận|xảy ra|có|còn|ước|xuất hiện|phát sinh)$", regex.IGNORECASE | regex.DOTALL
)
_PREDICATE = regex.compile(
    r"\s(?:được|có|đã|phải|không|sử dụng|đạt|thực hiện|tham gia|hoàn thành|triển khai|kết nối|biết|áp dụng|dùng)\s",
    regex.IGNORECASE,
)
_ADJECTIVES = regex.compile(r"\s(?:rất cao|cao|thấp|khá|tốt|đáng kể|mạnh|nhanh|chậm|ổn định)\s*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """A number with the words around it that may be its indicator's; offsets are folded.

    Attributes:
        amount: the number's value.
        start: where the number begins, comparator included.
        end: one past its unit.
        counted: where the thing counted begins inside it; `end` where none is.
        left: the words before it that belong to it, cleaned; may be empty.
        right: the words behind it, cleaned; may be empty.
        linked: whether a copula stands between left and number ("đạt", "là").
        chained: whether nothing stands before it but words that continue an earlier level ("tăng", "đạt").
        bracketed: whether it stands in brackets behind another.
        compared: whether words of comparison stand behind it.
        reach: where the words behind it end, tails and comparison included.
        separator: what parts it from the number before it in its segment: ",", "và", "(" or "".
        part: whether it is said to be part of the number before ("trong đó").
        pattern: the pattern that found the number.
    """

    amount: Amount
    start: int
    end: int
    counted: int
    left: Span
    right: Span
    linked: bool
    chained: bool
    bracketed: bool
    compared: bool
    reach: int
    separator: str
    part: bool
    pattern: str


def clean_left(told: Discourse, start: int, end: int) -> Span:
    """The words of a stretch before a number that name an indicator."""
    text = told.text
    for pattern in (_SAID, _HEAD, _DONE, _HEAD):
        hit = pattern.match(text, start, end)
        start = hit.end() if hit and hit.end() <= end else start
    start = _skip_dates(told, start, end)
    start = _skip_actor(told, start, end)
    hit = _HEAD.match(text, start, end)
    start = hit.end() if hit else start
    end = _strip_right(text, start, end)
    inner = _INNER_HEAD.match(text, start, end)
    start = inner.end() if inner else start
    adjective = _ADJECTIVES.search(text[start:end])
    if adjective:
        end = start + adjective.start()
    end = _before_date(told, start, end)
    end = start + len(text[start:end].rstrip(" \n,:;(-"))
    return start, max(start, end)


def clean_right(told: Discourse, start: int, end: int) -> Span:
    """The words of a stretch behind a number that name an indicator, closing tails left out."""
    text = told.text
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip(" ,:"))
    tail = _TAIL.search(text[begin:end])
    # a tail needs words before it: "được giải quyết theo quy định"
    if tail is not None and tail.start() > 0 and _PREDICATE.search(tail[0]) is None:
        end = begin + tail.start()
    end = _before_date(told, begin, _strip_right(text, begin, end))
    end = begin + len(text[begin:end].rstrip(" \n\t,.;:…\"'/-"))
    if text[end - 1 : end] == ")" and "(" not in text[begin:end]:
        end -= 1
    return begin, max(begin, end)


def is_comparison(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch behind a number says what it is compared with, or goes on otherwise."""
    return _COMPARED.match(told.text, start, end) is not None


def is_chain(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch before a number only continues an earlier level."""
    return _CHAINED.fullmatch(told.text, start, end) is not None


def has_copula(told: Discourse, start: int, end: int) -> bool:
    """Whether a stretch before a number ends in "đạt", "là", "chiếm" and the like."""
    return _COPULA.search(told.text[start:end]) is not None


def without_light_verb(words: str) -> str | None:
    """What stands before a verb that says no more than that there is something; None where there is no such verb."""
    hit = _LIGHT.fullmatch(words)
    return (hit["subject"] or "").strip() if hit else None


def predicate_of(told: Discourse, span: Span) -> Span | None:
    """Where the predicate of a number's right side stands ("được xử lý trên môi trường mạng")."""
    hit = _PREDICATE.search(told.text, *span)
    starts = [hit.start() + 1] if hit else []
    starts += [mark.start for mark in told.within("task", span[0] + 1, span[1]) if told.actor_at(mark.start) is None][
        :1
    ]
    return (min(starts), span[1]) if starts else None


def _strip_right(text: str, start: int, end: int) -> int:
    while True:
        close = start + len(text[start:end].rstrip(" \n,:;(–-"))
        hit = _LINK.search(text[start:close])
        if hit is None or not hit[0].strip():
            return close
        end = start + hit.start()


def _skip_dates(told: Discourse, start: int, end: int) -> int:
    for placed in told.dates.overlapping(start, end):
        gap = told.text[start : placed.start].strip(" ,(").lower()
        if (
            placed.start >= start
            and placed.end <= end
            and gap in ("", "trong", "đến", "tính đến", "riêng", "vào", "cuối", "từ", "cả", "đến hết", "qua", "hết")
        ):
            hit = regex.compile(r"[\s,):]*").match(told.text, placed.end, end)
            start = hit.end() if hit else placed.end
    return start


def _skip_actor(told: Discourse, start: int, end: int) -> int:
    """Behind the unit or area that did it, where its name is followed by more words."""
    actor = told.actor_at(start)
    if actor is None or actor.start < start or actor.end >= end or actor.kind in ("person", "group"):
        return start
    rest = told.text[actor.end : end]
    if regex.match(r"\s+(?:của|về|trên|thuộc|và)\s", rest):
        return start
    return actor.end + len(rest) - len(rest.lstrip())


def _before_date(told: Discourse, start: int, end: int) -> int:
    """Without a date at the end ("Tổng dân số vào thời điểm 1/4/2019")."""
    for placed in told.dates.overlapping(start, end):
        if start < placed.start and not told.text[placed.end : end].strip(" ,)"):
            words = told.text[start : placed.start].rstrip()
            hit = regex.search(
                r"\s(?:(?:vào|đến|trong|tại|ở|lúc|của|cả|từ)\s*)?(?:thời điểm|hết|cuối|đầu)?(?:\s[\d ]*giờ)?(?:\sngày)?\s*$",
                " " + words,
            )
            return start + (hit.start() - 1 if hit and hit.start() > 0 else len(words))
    return end
