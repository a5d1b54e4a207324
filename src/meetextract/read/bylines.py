"""Who wrote it: lines, and last words of a line, that name only writers and newsrooms."""

import regex

_WORD = r"\p{Lu}[\p{L}\p{M}'.]{0,14}"
_NAME = rf"{_WORD}(?: {_WORD}){{0,4}}+"
_CREDIT = r"(?:[Tt]in|[Bb]ài|[ẢảÀà]nh|[Cc]lip|[Vv]ideo|TIN|BÀI|ẢNH)"
_CREDITS = rf"{_CREDIT}(?: ?(?:,|-|&|/|và) ?{_CREDIT}){{0,3}} ?:?"
_NAMES = rf"{_NAME}(?: ?(?:[-/,&+|]| và ) ?(?:{_CREDITS} ?)?{_NAME}){{0,5}}+"
_NEWSROOM = r"(?:[-/] ?[\w ]{2,25})?(?: {1,2}\([^()\n]{1,80}\))?"
_DONE = r"(?: (?:thực hiện|[Tt]ổng hợp|lược dịch|biên dịch|ghi))?(?: ?-)?"
# "Theo" and "Nguồn" credit a newsroom, whose name may go on in small letters; "Theo đó" goes on with the story.
_SOURCE = r"(?:Theo:? ?|Nguồn ?:? ?)(?!đó\b|đây\b|dõi\b)[\w./-]{2,40}(?: [\w./-]{1,15}){0,6}+(?<![.])"
_BYLINE = (
    rf"(?:(?:{_CREDITS} ?|(?:Theo|Nguồn|Tác giả|CTV) ?:? ?)?{_NAMES}{_NEWSROOM}{_DONE}|{_SOURCE}{_NEWSROOM}"
    rf"|Nhóm (?:phóng viên|PV)|\((?:[Tt]ổng hợp|[Tt]heo [^()\n]{{2,50}})\)(?: {_NAMES})?)"
)
_LINE = regex.compile(_BYLINE)
_LONGEST_LINE = 140

# After the end of the last sentence, which is no abbreviation (TP. Hải Phòng, TS. Lê Nam).
_LAST_WORDS = regex.compile(
    rf"(?<=[.!?…][\"')]{{0,2}})(?<!\b(?:TP|Tp|TX|Tx|TT|GS|PGS|TS|ThS|Th\.S|BS|KS|ĐH|Mr|Mrs|Dr|No|St|\p{{Lu}})\.) +"
    rf"(?P<byline>{_BYLINE})\s*$"
)
_LAST_WORDS_REACH = 120


def is_byline(line: str) -> bool:
    """Tell whether a line names only writers: "Lan Anh - Đức Huy (Đài Truyền thanh quận)".

    Args:
        line: A folded line.

    Returns:
        True for names and newsrooms with nothing else; the caller knows whether the line stands where bylines do.
    """
    return len(line) <= _LONGEST_LINE and bool(_LINE.fullmatch(line))


def last_words_byline(text: str) -> int | None:
    """Find the byline that a feed has left at the end of the last paragraph.

    Args:
        text: The last paragraph, or its end.

    Returns:
        Where the byline begins in ``text``; None where the last sentence is all there is.
    """
    hit = _LAST_WORDS.search(text, max(0, len(text) - _LAST_WORDS_REACH))
    return hit.start("byline") if hit else None
