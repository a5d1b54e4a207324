"""The paragraphs of a page, with what can be seen of each by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import regex

from meetextract.read.chrome import ChromeRules
from meetextract.read.published import ShownDate, date_line, labelled_date
from meetextract.text import fold

# One line: from its first to its last non-blank character.
_LINE = regex.compile(r"[^\s\x1c-\x1f][^\n\r\x85\u2028\u2029\v\f\x1c-\x1e]*+")
_BREAKS = regex.compile(r"[\n\u2028\u2029\x85]|\r\n?")
_HEAD, _TAIL = 400, 80  # how much of a folded paragraph is looked at: some have a megabyte
_STORED = 4  # so many stored characters are read for a folded one: marks and blanks are characters too

_TERMINAL = regex.compile(r"(?:[.!?…:;]|\./\.)[\"')\]*_/.]{0,4}$")
_STOP = regex.compile(r"[.!?…;][\"')\]*_/.]{0,4}$")
_SMALL_WORD = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,}+(?!\d)")
_CUT = regex.compile(r"(?:\.\.\.|…)$")
_INNER_STOP = regex.compile(r"[.!?…][\"')\]]{0,2} +[\"'(\[]?\p{Lu}")
_ABBREVIATION_STOP = regex.compile(r"\b(?:TP|Tp|TX|TT|GS|PGS|TS|ThS|BS|Th\.S|\p{Lu})\. +")
_ACCENTED = regex.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
DECORATION = "*_#> \t"
"""What Markdown puts around a line."""
_EMOJI = regex.compile(r"^(?:[\u231a-\u23ff\U0001f000-\U0001faff]\ufe0f?+ ?+)++")

_BULLET = regex.compile(r"[-+•·–*►▪] |\d{1,2}[.)] |[a-zđ]\) ")
# Words after which no line ends by itself.
_OPEN_END = regex.compile(
    r"(?:[,(\[-]|\b(?:và|của|các|những|với|cho|tại|ở|trong|về|do|là|có|được|bị|đã|sẽ|ông|bà|đồng chí|đ/c|ubnd|hđnd|mttq"
    r"|ủy ban nhân dân|hội đồng nhân dân|phó|chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng|phó trưởng|giám đốc"
    r"|quận|huyện|phường|xã|tỉnh|thành phố|tp\.?|sở|số|ngày|tháng|năm|theo|từ|đến|để|như|hoặc|trên|dưới|việc))$"
)
# No more is left over of a title that did not fit on its line; what is longer is a lead that begins in small letters.
_LONGEST_REST = 100
_WRAPPED_FROM = 40  # a line shorter than this was not broken for want of room


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: a line, or lines that were broken in mid-sentence.

    Attributes:
        start: First character in the stored text.
        end: One past its last character in the stored text.
        text: Folded, emoji before it and decoration (``**``, ``#``, ``>``) taken off; no more than its beginning where
            it is long.
        lower: The same in small letters.
        length: Characters when folded, so that marks and runs of blanks do not count; where it is long, as stored.
        page: What it does on the page (``chrome.PAGE_KINDS``), or None.
        shown: The day of publication that it shows, or None.
        is_date_line: It shows a date and nothing else.
        is_closed: It ends as a sentence or list item does.
        is_sentence: It ends as a sentence does, in a full stop or the like, and has words in small letters. No line of
            a menu does, however short a sentence is.
        is_cut: It ends in "...".
        is_accented: It has Vietnamese letters.
        is_item: It begins as a list item does.
        words: Blank-separated words in ``text``.
        has_sentences: One sentence ends and another begins in it.
    """

    start: int
    end: int
    text: str
    lower: str
    length: int
    page: str | None
    shown: ShownDate | None
    is_date_line: bool
    is_closed: bool
    is_sentence: bool
    is_cut: bool
    is_accented: bool
    is_item: bool
    words: int
    has_sentences: bool

    @property
    def is_prose(self) -> bool:
        """Looks like a sentence of the story."""
        return self.page is None and self.shown is None and self.is_closed and not self.is_cut and self.length >= 60

    @property
    def is_long_prose(self) -> bool:
        """Has what no menu and no list of links has: several sentences, or one long one."""
        if self.page is not None or self.shown is not None:
            return False
        return (
            self.length >= 250 or (self.is_closed and self.length >= 200) or (self.has_sentences and self.length >= 120)
        )


_LOOKS = attrgetter(*Paragraph.__slots__[2:])


def lines_of(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Find the lines of a text.

    Args:
        text: The stored text.
        start: Where to begin.

    Yields:
        ``[start, end)`` of each line that is not blank, without the blanks around it.
    """
    for hit in _LINE.finditer(text, start):
        yield hit.start(), hit.start() + len(hit[0].rstrip())


def paragraphs_of(text: str, rules: ChromeRules, start: int = 0) -> list[Paragraph]:
    """Divide a text into paragraphs, mending lines that were broken in mid-sentence.

    Args:
        text: The stored text.
        rules: What lines of a page look like.
        start: Where to begin.

    Returns:
        The paragraphs in order; together they hold every non-blank character from ``start``.
    """
    found: list[Paragraph] = []
    seen: dict[str, Paragraph] = {}  # pages of a million equal lines do exist
    in_story = False  # above the first prose, a line that breaks off is more likely a title
    first = last = -1
    for line_start, line_end in lines_of(text, start):
        if first >= 0:
            if (found or not _is_as_long(text, line_start, line_end, _LONGEST_REST + 1)) and _goes_on(
                text, (first, last), (line_start, line_end), rules, in_story=in_story
            ):
                last = line_end
                continue
            found.append(_paragraph(text, first, last, rules, seen))
            in_story = in_story or (found[-1].is_closed and found[-1].is_prose)
        first, last = line_start, line_end
    if first >= 0:
        found.append(_paragraph(text, first, last, rules, seen))
    return found


def _goes_on(text: str, open_: tuple[int, int], line: tuple[int, int], rules: ChromeRules, *, in_story: bool) -> bool:
    """Tell whether a line goes on with the sentence that the lines before it leave open."""
    first, last = open_
    start, end = line
    if len(_BREAKS.findall(text, last, start)) > 1:
        return False
    is_wrapped = _is_as_long(text, first, last, _WRAPPED_FROM)
    if not is_wrapped and not _is_as_long(text, start, end, _WRAPPED_FROM):
        return False
    initial = text[start]
    before = fold(text[max(first, last - 40 * _STORED) : last])[-40:]
    if _TERMINAL.search(before):
        return False
    if not initial.islower():  # one of the two lines is long enough
        is_open = _OPEN_END.search(before.lower()) is not None
        if not (in_story and is_wrapped and (is_open or initial.isdigit())) or _BULLET.match(text, start):
            return False
    heads = (_head(text, a, b)[0] for a, b in (line, open_))
    return not any(rules.page_kind(head.lower())[0] or date_line(head) for head in heads)


def _head(text: str, start: int, end: int) -> tuple[str, int]:
    """Fold the beginning of a line; with the line's length, which is only known to be long where it is."""
    folded = fold(text[start : min(end, start + _HEAD)])
    length = len(folded) if end - start <= _HEAD else end - start
    if length > _HEAD > len(folded):
        folded = fold(text[start : min(end, start + _HEAD * _STORED)])
        length = len(folded) if end - start <= _HEAD * _STORED else length
    return folded[:_HEAD], length


def _is_as_long(text: str, start: int, end: int, length: int) -> bool:
    """Tell whether a line has so many characters when folded."""
    return end - start >= length and len(fold(text[start : min(end, start + length * _STORED)])) >= length


def _paragraph(text: str, start: int, end: int, rules: ChromeRules, seen: dict[str, Paragraph]) -> Paragraph:
    stored = text[start:end] if end - start <= _HEAD * _STORED else None
    if stored is not None and (twin := seen.get(stored)):
        return _moved(twin, start, end)
    folded, length = _head(text, start, end)
    raw = _EMOJI.sub("", folded.strip())
    head = raw.strip(DECORATION)
    tail = head if length <= _HEAD else fold(text[max(start, end - _TAIL * _STORED) : end])[-_TAIL:].rstrip(DECORATION)
    lower = head.lower()
    page, label_end = rules.page_kind(raw.lower())
    if page is None and head != raw:
        page, label_end = rules.page_kind(lower)
    shown = date_line(head) if length <= _HEAD else None
    is_date_line = shown is not None
    if page == "published":
        shown = shown or (labelled_date(head, label_end) if length <= _HEAD else None)
        page = None
    elif shown:
        page = None
    if page is None and not any(map(str.isalnum, head)):
        page = "line"  # rules, rows of stars
    is_cut = _CUT.search(tail) is not None
    plain = _ABBREVIATION_STOP.sub("", head)
    made = Paragraph(
        start=start,
        end=end,
        text=head,
        lower=lower,
        length=length,
        page=page,
        shown=shown,
        is_date_line=is_date_line,
        is_closed=_TERMINAL.search(tail) is not None,
        is_sentence=not is_cut and _STOP.search(tail) is not None and _SMALL_WORD.search(head) is not None,
        is_cut=is_cut,
        is_accented=_ACCENTED.search(lower) is not None,
        is_item=_BULLET.match(raw) is not None,
        words=head.count(" ") + 1,
        has_sentences=_INNER_STOP.search(plain) is not None,
    )
    if stored is not None:
        seen[stored] = made
    return made


def _moved(twin: Paragraph, start: int, end: int) -> Paragraph:
    return Paragraph(start, end, *_LOOKS(twin))
