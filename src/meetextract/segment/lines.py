"""Does a sentence run on over a line end? Questions about two lines, answered without the text around them."""

from itertools import pairwise

import regex

_ITEM = regex.compile(r"[-–—+•*●▪■►➢✓→·]|(?:\d{1,2}(?:\.\d{1,2})*+[.)]|\(?[a-zđ\d]\)|[IVX]{1,5}\.)\s")
_KEY = regex.compile(r"[a-z_-]{2,20}+:\s")  # "subtitle: …" in the head of a scraped page

# A line that ends with one of these is not finished.
_UNFINISHED = regex.compile(
    r"""(?:^|\s)(?:và|của|về|với|cho|tại|trong|là|các|những|do|từ|đến|để|theo|thuộc|gồm|bởi|trên|dưới|giữa|như|hoặc|nhưng
    |cùng|bằng|vào|ra|qua|sẽ|đã|đang|được|bị|không|phải|mỗi|từng|mọi|số|ngày|tháng|năm|ông|bà|huyện|xã|tỉnh|phường
    |quận)$""",
    regex.VERBOSE,
)
# A line that ends with an office goes on when the next begins with what an office is completed by.
_OFFICE = regex.compile(
    r"(?:chủ tịch|bí thư|chủ nhiệm|giám đốc|trưởng(?: ban| phòng)?|[uủ][yỷ] viên|chánh (?:văn phòng|thanh tra))$",
    regex.IGNORECASE,
)
_OFFICE_GOES_ON = regex.compile(
    r"""(?:thường\s(?:trực|vụ)|chuyên\strách|(?:thành|tỉnh|huyện|quận|thị|đảng)\s[uủ][yỷ]|ubnd|hđnd|ubmttq|[uủ][yỷ]\sban
    |hội\sđồng|mặt\strận|liên\sđoàn|ban|sở|phòng|bộ|viện|công\sty|tổng|trung\sương|quốc\shội|chính\sphủ|cục|chi\scục)
    (?!\p{L})""",
    regex.IGNORECASE | regex.VERBOSE,
)
_MIN_OFFICE_LINE = 30
_MIN_PROSE_LINE = 25
_WRAP = range(50, 141)  # widths at which text is wrapped


def starts_item(line: str) -> bool:
    """Say whether a line begins with the bullet or number of a list."""
    return _ITEM.match(line) is not None


def runs_on(line: str, length: int, following: str, wrapped_at: int) -> bool:
    """Say whether a sentence goes on from one line to the next.

    Args:
        line: The line (its last 200 characters do), without blanks at its end and without a final stop.
        length: The whole line's length.
        following: The beginning of the next line.
        wrapped_at: Width at which the block is wrapped, 0 when every line stands for itself.
    """
    last = line[-1]
    if last in ":;" or _KEY.match(following):
        return last == ";" and following[:1].islower()
    if last in ",-–—(“&":
        return True
    if following[:1].islower():
        return length >= _MIN_PROSE_LINE or line.lstrip("“\"'(")[:1].isupper()
    if wrapped_at and length >= 0.7 * wrapped_at:
        return True
    if length >= _MIN_OFFICE_LINE and _OFFICE.search(line) and _OFFICE_GOES_ON.match(following):
        return True
    return length >= _MIN_OFFICE_LINE and _UNFINISHED.search(line) is not None


def width_of_wrapped(block: str) -> int:
    """Return the width at which a block's lines were wrapped, or 0 when its line ends are meant.

    Wrapped text has lines of nearly one length, and many of them begin in lower case.
    """
    lines = block.splitlines()
    if len(lines) < 4:
        return 0
    width = max(map(len, lines))
    if width not in _WRAP:
        return 0
    pairs = [(line, after.lstrip()) for line, after in pairwise(lines) if len(line) >= 0.7 * width and after.strip()]
    lower = sum(after[0].islower() for _, after in pairs)
    return width if len(pairs) >= 3 and lower >= 0.4 * len(pairs) else 0
