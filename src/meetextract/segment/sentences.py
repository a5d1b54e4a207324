"""Where sentences begin, by character offsets. Linear in the length of the text, whatever is in it."""

from itertools import pairwise
from unicodedata import category, normalize

import regex

from meetextract.segment.lines import runs_on, starts_item, width_of_wrapped

MAX_SENTENCE_CHARS = 2_000
"""A longer sentence is cut: taggers are quadratic, and nobody reads it anyhow."""

# Degrees and forms of address: no sentence ends at the full stop after them (compared without case).
_BEFORE_NAMES = regex.compile(
    r"(?:.*\.)?(?:gs|pgs|ts|tskh|ths|th\.s|ncs|bs|bsck|ds|ks|kts|ls|ngnd|ngưt|nsnd|nsưt|đ/c|đc|mr|mrs|ms|dr|prof|st)"
)
# Places come before a name too, but also end sentences: "... của TP. Theo đó".
_BEFORE_PLACES = frozenset({"tp", "tx", "tt", "q", "p", "h", "x", "t", "đ", "f", "kp"})
_TOWN = frozenset({"tp", "tx", "tt"})
_TOWNS_OF_ONE_SYLLABLE = frozenset({"Huế", "Vinh"})
_BEFORE_NUMBERS = frozenset({"tr", "đt", "tel", "fax", "sđt", "no"})
# First words that open a sentence and no name of a place.
_OPENER = regex.compile(
    r"""(?:Ông|Theo|Tại|Trong|Đến|Các|Những|Việc|Với|Đối|Khi|Ngoài|Bên|Cùng|Qua|Nhằm|Để|Tuy|Nhưng|Do|Vì|Nếu|Ngay|Đây|Dự|Cụ
    |Hiện|Nhiều)(?!\p{L})|[“"«]""",
    regex.VERBOSE,
)
_TOP_LEVELS = frozenset({"Com", "Net", "Org", "Gov", "Edu", "Vn", "Info"})

_LINE_END = r"(?:\r\n|[\n\r\u2028\u2029\x85\x0b\x0c])"
# A stop with what closes after it, or a line end with all the blanks that follow.
_CANDIDATE = regex.compile(
    rf"""
    (?P<stop>(?:[.!?…]*+[^\S\n\r]?/[^\S\n\r]?\.(?!\w))++|[.!?…]++)(?P<close>[”"’»)\]]*+)
    | (?P<line>{_LINE_END}\s*+)""",
    regex.VERBOSE,
)
# Characters without width stand where blanks do ("2022.\u200b \u200bÔng"), and say nothing.
_BLANKS = regex.compile(r"[\s\p{Cf}]*+")
_LINE_ENDS = regex.compile(_LINE_END)
_WORD_BEFORE = regex.compile(r"[^\s,;:()\[\]“”\"‘’'«»]++\Z")
_ENDS_WORD = regex.compile(r"[\p{L}\p{M}]\p{Ll}\p{M}*$|[\d%]$")
_IN_ADDRESS = regex.compile(r"[@/]|www|\.\p{L}")
_ENUMERATOR = regex.compile(
    r"[-–—+•*#]{0,3}\s?\(?(?:\d{1,3}(?:\.\d{1,2}){0,4}|[IVXLC]{1,6}|[A-Za-zĐđ])(?:[.)]\d{0,2})?"
)
_OPENS_SENTENCE = regex.compile(r"[“\"‘'«(\[]*+(?:[\p{Lu}\p{Lt}\p{N}]|(?<=[“\"«])[^\p{Ll}\s]|[-–—+•*●▪■►➢✓→\p{So}])")
_GLUED_WORD = regex.compile(r"[“\"]?+(\p{Lu}\p{M}*+\p{Ll}[\p{L}\p{M}]*+)(?![@/]|\.\p{L})")


def sentence_starts(text: str, start: int, end: int, max_chars: int = MAX_SENTENCE_CHARS) -> list[int]:
    """Find where the sentences of one block begin.

    Args:
        text: The article as stored; offsets are code points of it.
        start: Where the block begins.
        end: Where it ends.
        max_chars: Longest sentence; a longer one is cut at ``;``, ``,``, a line end or a blank, in this order.

    Returns:
        Rising offsets of the first character of each sentence; white space belongs to the sentence before it.
        Empty for a blank block.
    """
    first = _skip_blanks(text, start, end)
    if first >= end:
        return []
    starts = [first]
    line_start = first
    wrapped_at = width_of_wrapped(text[start:end])
    ended_at = held_at = -1  # where the last stop ended that may, or may not, end a sentence at the end of its line
    for match in _CANDIDATE.finditer(text, first, end):
        if match.start() <= starts[-1]:
            continue
        if match["stop"]:
            after = _skip_blanks(text, match.end(), end)
            if after >= end:
                break
            gap = text[match.end() : min(after, match.end() + 100)]
            if not gap and text[after].islower():
                continue
            if not _may_end(text, starts[-1], match.start(), match["stop"], normalize("NFC", text[after : after + 24])):
                held_at = match.end()
            elif not gap:
                if _glued(text, match.start(), match["stop"], match["close"], after, end):
                    starts.append(after)
            elif _LINE_ENDS.search(gap):
                ended_at = match.end()  # decided at the line end
            elif _opens(text, after, end, bool(match["close"])):
                starts.append(after)
            continue
        after = match.end()
        line_end = _skip_blanks_back(text, match.start(), line_start)
        if after >= end:
            break
        if line_end > line_start:
            following = normalize("NFC", text[after : min(end, after + 80)])
            paragraph = len(_LINE_ENDS.findall(match["line"])) > 1
            if paragraph or line_end == ended_at or starts_item(following):
                starts.append(after)
            elif line_end != held_at:
                line = normalize("NFC", text[max(line_start, line_end - 200) : line_end])
                if not runs_on(line, line_end - line_start, following, wrapped_at):
                    starts.append(after)
        line_start = after
    return _capped(text, starts, end, max_chars)


def _skip_blanks(text: str, position: int, end: int) -> int:
    match = _BLANKS.match(text, position, end)
    return match.end() if match else position


def _skip_blanks_back(text: str, position: int, start: int) -> int:
    while position > start and (text[position - 1].isspace() or category(text[position - 1]) == "Cf"):
        position -= 1
    return position


def _may_end(text: str, sentence: int, stop: int, sign: str, following: str) -> bool:
    """Say whether the stop is more than the sign of an abbreviation, an initial or a number in a list."""
    if sign in ("..", "...", "…"):
        return not following[:1].islower()
    if sign != ".":
        return True
    if stop - sentence <= 14 and _ENUMERATOR.fullmatch(text, sentence, stop):
        return False
    match = _WORD_BEFORE.search(text[max(sentence, stop - 20) : stop])
    if match is None:
        return True
    word = normalize("NFC", match.group())
    lower = word.lower()
    last = lower.rpartition(".")[2]
    if _BEFORE_NAMES.fullmatch(lower):
        return False
    if lower in _BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if last in _BEFORE_PLACES and (len(last) > 1 or word[-1].isupper()):
        return _OPENER.match(following) is not None or (last in _TOWN and not _names_town(following))
    if last.isdigit() and following.startswith("000"):
        return False  # "4. 000"
    if len(last) == 1 and word[-1].isupper():
        # An initial stands after another one or a name ("Nguyễn A."), a grade after a common word ("loại A.").
        before = _WORD_BEFORE.search(text[max(sentence, stop - 25) : stop - len(word)].rstrip())
        after_common = "." not in word and before is not None and before.group()[0].islower()
        return after_common or _OPENER.match(following) is not None
    return True


def _names_town(following: str) -> bool:
    # "TP. Hồ Chí Minh", "TP. Huế", but not "… của TP. Trả lời câu hỏi"
    words = following.split(maxsplit=2)
    return len(words) < 2 or not words[1][0].islower() or words[0] in _TOWNS_OF_ONE_SYLLABLE


def _opens(text: str, position: int, end: int, closed: bool) -> bool:
    """Say whether a sentence may begin here, after a blank on the same line."""
    if closed and text[position] in "-–—":
        return False  # “…!” – ông Nam nói
    return _OPENS_SENTENCE.match(text, position, end) is not None


def _glued(text: str, stop: int, sign: str, close: str, after: int, end: int) -> bool:
    """Say whether the blank after the full stop was forgotten: "tỉnh.Ông Nam"."""
    if sign.endswith("/."):
        return True
    match = _GLUED_WORD.match(text, after, min(end, after + 40))
    if match is None or match[1] in _TOP_LEVELS:
        return False
    if sign != "." or close:
        return True
    before = _WORD_BEFORE.search(text[max(0, stop - 40) : stop])
    if before is None or _IN_ADDRESS.search(before.group()):
        return False
    # Not after a single letter, nor after capitals ("TP.Hà Nội").
    return _ENDS_WORD.search(before.group()) is not None


def _capped(text: str, starts: list[int], end: int, max_chars: int) -> list[int]:
    capped: list[int] = []
    for begin, stop in pairwise([*starts, end]):
        capped.append(begin)
        last = _skip_blanks_back(text, stop, begin)
        while last - capped[-1] > max_chars:
            capped.append(_cut(text, capped[-1], last, max_chars))
    return capped


def _cut(text: str, begin: int, stop: int, max_chars: int) -> int:
    low, high = begin + max_chars // 2, begin + max_chars
    for sign in ("; ", ", ", "\n", " "):
        found = text.rfind(sign, low, high)
        if found >= 0:
            return _skip_blanks(text, found + len(sign), stop)
    return high
