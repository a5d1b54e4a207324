"""What each paragraph is: title, date line, lead, body, caption, byline, or part of the page around the article.

Rules, in the order in which they are applied:

1. front matter of a Markdown file is chrome, but for its title;
2. the title is looked for above the first prose, or the first sentence that opens with its day: next to the date line,
   else the first line that can be one;
3. what stands above the title is chrome, but for sentences; many short lines are a menu only if prose follows them;
4. the page's foot begins at the first sure sign behind the last long prose, and never ends;
   a sign with more sentences than other lines behind it stands inside the article;
5. between them is the article; one line of it may still belong to the page.

Whatever no rule knows is body: no word of an article is lost here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from meetextract.read.bylines import is_byline, last_words_byline
from meetextract.read.chrome import ChromeRules
from meetextract.read.lines import DECORATION, Paragraph, lines_of, paragraphs_of
from meetextract.text import FoldedText, fold

BlockKind = Literal["title", "dateline", "lead", "body", "caption", "byline", "chrome"]

_MENU_FROM = 6  # so many lines above the first prose are a menu
_NEAR = 3  # a date line stands within so many paragraphs of the title
_LONGEST_TITLE = 300
_LONGEST_CAPTION = 350
_FRONT_MATTER_LINES = 60
_CREDITS = ("tin", "bài", "theo ", "nguồn")  # so begin bylines that may stand anywhere
_TEASER_REACH = 20_000  # how much text behind a teaser is searched for its continuation

_FRONT_MATTER = regex.compile(r"(?:\ufeff)?(?:---|\+\+\+)[ \t]*$")
_FRONT_VALUE = regex.compile(r"(title|date)[ \t]*[:=][ \t]*+[\"']?(.*?)[\"']?[ \t]*$")
_TAG = regex.compile(r"\[[^\]\n]{1,60}\] {0,3}")
_NOT_LETTERS = regex.compile(r"[^\p{L}\d]+")
_OPENS_WITH_DAY = regex.compile(r"(?:[^\n]{0,20}?[-–]\s)?(?:\p{L}+\s){1,3}\(?\d{1,2}\s?[/.-]\s?\d{1,2}(?!\d)")
_LISTED = regex.compile(r"\(\d{1,2}/\d{1,2}/\d{4}\)$|^(?:>>|»|•)")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the page.

    Attributes:
        kind: What it is.
        start: First code point in the stored text.
        end: One past the last.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Division:
    """A page divided.

    Attributes:
        blocks: In order; they hold every non-blank character.
        title: As the page shows it, or None.
        dates: The paragraphs that show a day of publication, the likeliest first.
        front_date: Where front matter gives a date, ``[start, end)``.
    """

    blocks: tuple[Block, ...]
    title: str | None
    dates: tuple[Paragraph, ...]
    front_date: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Front:
    """Front matter: its blocks, where it ends, and what it says."""

    blocks: list[Block]
    end: int
    title: str | None
    date: tuple[int, int] | None


def divide(
    text: str, rules: ChromeRules, given_title: str | None = None, captions: Sequence[tuple[int, int]] = ()
) -> Division:
    """Divide a page.

    Args:
        text: The stored text.
        rules: What lines of a page look like.
        given_title: The title where it is known from outside.
        captions: Where captions are known to stand.

    Returns:
        The blocks and what was seen on the way.
    """
    front = _front_matter(text)
    paragraphs = paragraphs_of(text, rules, front.end)
    titles = _titles(paragraphs, given_title or front.title)
    kinds = _kinds(paragraphs, titles, rules)
    _mark_captions(paragraphs, kinds, captions)
    if titles or front.title:
        _mark_lead(paragraphs, kinds, titles[-1] + 1 if titles else 0, rules)
    title = text[paragraphs[titles[-1]].start : paragraphs[titles[-1]].end].strip(DECORATION) if titles else front.title
    dates = [
        (0 if not one.is_date_line or (one.shown and one.shown.is_rfc) else 1, _distance(at, titles), at)
        for at, one in enumerate(paragraphs)
        if kinds[at] == "dateline"
    ]
    return Division(
        blocks=(*front.blocks, *_blocks(text, paragraphs, kinds)),
        title=_TAG.sub("", title, count=1) if title and len(titles) == 1 else title,
        dates=tuple(paragraphs[at] for _, _, at in sorted(dates)),
        front_date=front.date,
    )


def _distance(at: int, titles: list[int]) -> int:
    return min((abs(at - title) for title in titles), default=at)


def _front_matter(text: str) -> _Front:
    """Cut off what stands between two lines "---" at the very beginning."""
    nothing = _Front([], 0, None, None)
    lines = lines_of(text)
    first = next(lines, None)
    if first is None or not _FRONT_MATTER.match(text[first[0] : min(first[1], first[0] + 8)]):
        return nothing
    blocks = [Block("chrome", *first)]
    title, day = None, None
    for count, (start, end) in enumerate(lines):
        line = text[start:end]
        if count > _FRONT_MATTER_LINES:
            break
        value = _FRONT_VALUE.match(line) if end - start < 1000 else None
        if value and value[1] == "title" and value[2]:
            title = value[2]
            key_end = start + len(line[: value.start(2)].rstrip())
            blocks += [Block("chrome", start, key_end), Block("title", *(start + x for x in value.span(2)))]
            if value.end(2) < len(line):
                blocks.append(Block("chrome", start + value.end(2), end))
            continue
        if value and value[1] == "date":
            day = (start + value.start(2), start + value.end(2))
        blocks.append(Block("chrome", start, end))
        if _FRONT_MATTER.match(line):
            return _Front(_merged(blocks), end, title, day)
    return nothing


def _titles(paragraphs: list[Paragraph], known: str | None) -> list[int]:
    """Find the paragraphs that are the title; a feed gives it twice."""
    if len(paragraphs) < 2:
        return []
    if known is not None:
        wanted = _squashed(known)
        return [at for at, one in enumerate(paragraphs[: _MENU_FROM * 20]) if wanted and _bare_title(one) == wanted][:2]
    if paragraphs[1].shown and paragraphs[1].shown.is_rfc and _can_be_title(paragraphs[0]):
        is_twice = len(paragraphs) > 2 and _bare_title(paragraphs[0]) == _bare_title(paragraphs[2])
        return [0, 2] if is_twice else [0]
    prose, story = _beginnings(paragraphs)
    above = [at for at in range(story) if _can_be_title(paragraphs[at])]
    days = [at for at in range(story) if paragraphs[at].shown]
    if days:
        below = [at for at in above if at > days[-1] and paragraphs[at].words >= 4]
        just_above = [at for at in above if at < days[-1] and paragraphs[at].words >= 4]
        if len(above) < _MENU_FROM and just_above and days[-1] - just_above[-1] <= 2:
            # The first long line above the day; below it stand lead and captions.
            return just_above[-1:]
        if below:
            return below[:1]
        if just_above:
            return just_above[-1:]
    if len(above) >= _MENU_FROM and prose is not None:
        return [at for at in above if paragraphs[at].words >= 5][-1:]
    if above:
        return [next((at for at in above if paragraphs[at].words >= 5), above[0])]
    return [0] if _can_be_question(paragraphs[0]) else []


def _beginnings(paragraphs: list[Paragraph]) -> tuple[int | None, int]:
    """Where the first prose stands, and where the story begins at the latest: short sentences may come before prose."""
    told = _told(paragraphs)
    prose = next((at for at in told if paragraphs[at].is_prose or paragraphs[at].is_long_prose), None)
    report = next((at for at in told if _OPENS_WITH_DAY.match(paragraphs[at].text)), None)
    if report is not None and (prose is None or report < prose):
        return prose, report  # "Sáng 7/5, xã họp giao ban." begins a story, however short
    if prose is not None and told.index(prose) <= 1:
        return prose, prose  # a single sentence above prose may be a title with a full stop, or the page's welcome
    return prose, told[0] if told else len(paragraphs)


def _told(paragraphs: list[Paragraph]) -> list[int]:
    """The paragraphs that are sentences or prose, however short."""
    needs_accents = any(one.is_accented for one in paragraphs)  # else a text typed without them
    return [
        at
        for at, one in enumerate(paragraphs)
        if (one.is_accented or not needs_accents)
        and (one.is_prose or one.is_long_prose or (one.is_sentence and one.page is None and one.shown is None))
    ]


def _can_be_title(one: Paragraph) -> bool:
    return (
        one.page is None
        and one.shown is None
        and one.length <= _LONGEST_TITLE
        and not one.has_sentences
        and not one.is_item
        and any(map(str.isalpha, one.text))
    )


def _can_be_question(one: Paragraph) -> bool:
    """A first line that ends like a sentence, but not in a full stop: a headline that asks or cries."""
    ends_in = one.text.rstrip("\"')")[-1:]
    return (
        one.page is None
        and one.shown is None
        and one.length <= _LONGEST_TITLE
        and ends_in not in ".:;,"
        and not one.is_item
    )


def _squashed(text: str) -> str:
    return str(_NOT_LETTERS.sub("", fold(text).lower()))


def _bare_title(one: Paragraph) -> str:
    return _squashed(_TAG.sub("", one.text, count=1)) if one.length <= _LONGEST_TITLE else ""


def _kinds(paragraphs: list[Paragraph], titles: list[int], rules: ChromeRules) -> list[BlockKind]:
    """Tell the kind of each paragraph."""
    told = _told(paragraphs)
    prose = [at for at in told if paragraphs[at].is_prose]
    long_prose = [at for at in told if paragraphs[at].is_long_prose]
    begin = titles[0] if titles else _begin_without_title(prose or long_prose)
    has_menu = any(at >= begin for at in (*prose[-1:], *long_prose[-1:]))
    sentences = {*told}
    foot = _foot(paragraphs, begin, prose, long_prose, sentences)
    last = max((at for at in (*prose, *long_prose) if at < foot), default=-1)
    if last < begin:  # nothing but short sentences
        last = max((at for at in told if at < foot), default=begin)
    kinds: list[BlockKind] = []
    for at, one in enumerate(paragraphs):
        if at in titles:
            kinds.append("title")
        elif at >= foot:
            kinds.append("chrome")
        elif one.shown and (_distance(at, titles) <= _NEAR * 2 or not one.is_date_line):
            kinds.append("dateline")
        elif at < begin and one.page is None and (at in sentences or not has_menu):
            kinds.append("body")
        elif at < begin or one.page == "line" or (one.page is not None and _is_of_page(one, at, last)):
            kinds.append("chrome")
        else:
            kinds.append(_story_kind(one, at, last, rules))
    _mark_other_articles(paragraphs, kinds)
    return kinds


def _is_of_page(one: Paragraph, at: int, last: int) -> bool:
    """Tell whether what looks like a line of the foot, but stands above it, is no part of the story."""
    return not one.is_sentence if at < last else one.words <= 25


def _begin_without_title(prose: list[int]) -> int:
    """Where the article begins if nothing is its title: only a long run of short lines above it is a menu."""
    first = prose[0] if prose else 0
    return first if first >= _MENU_FROM else 0


def _foot(paragraphs: list[Paragraph], begin: int, prose: list[int], long_prose: list[int], sentences: set[int]) -> int:
    """Where the page's foot begins."""
    signs: list[int] = []
    more = 0  # sentences behind a paragraph, less the other lines there
    for at in range(len(paragraphs) - 1, begin, -1):
        if paragraphs[at].page in ("footer", "related") and more <= 0:
            signs.append(at)
        more += 1 if at in sentences else -1
    signs.reverse()
    if long_prose and long_prose[-1] >= begin:
        last = long_prose[-1]
    else:
        # Only short paragraphs: those below the first sign are links with a full stop.
        first_sign = next((sign for sign in signs if not prose or sign > prose[0]), len(paragraphs))
        last = max((at for at in prose if at < first_sign), default=begin)
    return next((sign for sign in signs if sign > last), len(paragraphs))


def _story_kind(one: Paragraph, at: int, last: int, rules: ChromeRules) -> BlockKind:
    if (at > last or one.lower.startswith(_CREDITS)) and is_byline(one.text):
        return "byline"
    is_row = "|" in one.text or "\t" in one.text  # "Đơn vị chủ trì | Nội dung" heads a table
    if one.words > 1 and one.length <= _LONGEST_CAPTION and not one.is_item and not is_row:
        kind = rules.caption_kind(one.lower)
        if kind == "caption" or (kind == "caption_open" and not one.is_closed and one.words >= 3):
            return "caption"
    return "body"


def _mark_captions(paragraphs: list[Paragraph], kinds: list[BlockKind], captions: Sequence[tuple[int, int]]) -> None:
    """Mark the paragraphs of the story that are known to be captions."""
    starts = {start for start, _ in captions}
    for at, one in enumerate(paragraphs):
        if one.start in starts and kinds[at] == "body":
            kinds[at] = "caption"


def _mark_lead(paragraphs: list[Paragraph], kinds: list[BlockKind], begin: int, rules: ChromeRules) -> None:
    """Mark the paragraph that sums the article up, and the teaser that only repeats how the article begins."""
    body = [at for at in range(begin, len(paragraphs)) if kinds[at] in ("body", "caption")]
    if len(body) < 2:
        return
    first = body[0]
    if paragraphs[first].is_cut and _stands_again(paragraphs, first):
        kinds[first] = "lead"
        body = body[1:]
        first = body[0]
    # A lead without its full stop may look like a caption; one that names its photographer is a caption.
    one = paragraphs[first]
    is_long = one.words >= 15 or (one.is_closed and one.words >= 8)
    if len(body) > 1 and is_long and rules.caption_kind(one.lower) != "caption":
        kinds[first] = "lead"


def _stands_again(paragraphs: list[Paragraph], at: int) -> bool:
    teaser = _squashed(paragraphs[at].text)
    behind: list[str] = []
    size = 0
    for one in paragraphs[at + 1 :]:
        behind.append(one.text)
        size += len(one.text)
        if size > _TEASER_REACH:
            break
    return len(teaser) >= 20 and teaser in _squashed(" ".join(behind))


def _mark_other_articles(paragraphs: list[Paragraph], kinds: list[BlockKind]) -> None:
    """Inside the story, a heading such as "Tin liên quan" takes with it only the lines that are surely links."""
    for at, one in enumerate(paragraphs):
        if one.page == "related" and kinds[at] == "chrome":
            for below in range(at + 1, min(at + 9, len(paragraphs))):
                if kinds[below] not in ("body", "caption") or not _LISTED.search(paragraphs[below].text):
                    break
                kinds[below] = "chrome"


def _blocks(text: str, paragraphs: list[Paragraph], kinds: list[BlockKind]) -> list[Block]:
    blocks = [Block(kind, one.start, one.end) for one, kind in zip(paragraphs, kinds, strict=True)]
    story = [at for at, kind in enumerate(kinds) if kind in ("body", "lead", "caption")]
    if story and "byline" not in kinds[story[-1] :]:
        at = story[-1]
        reach = max(blocks[at].start, blocks[at].end - 400)
        end = FoldedText(text[reach : blocks[at].end])
        begins = last_words_byline(end.folded)
        if begins:
            cut = reach + end.to_stored(begins, begins + 1)[0]
            blocks[at : at + 1] = [
                Block(kinds[at], blocks[at].start, blocks[at].start + len(text[blocks[at].start : cut].rstrip())),
                Block("byline", cut, blocks[at].end),
            ]
    return _merged(blocks)


def _merged(blocks: list[Block]) -> list[Block]:
    """Make one block of neighbours that are chrome."""
    merged: list[Block] = []
    for block in blocks:
        if merged and block.kind == merged[-1].kind == "chrome":
            merged[-1] = Block("chrome", merged[-1].start, block.end)
        else:
            merged.append(block)
    return merged
