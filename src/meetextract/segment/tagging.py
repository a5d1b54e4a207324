"""underthesea's words and parts of speech as a layer over the tokens, a sentence at a time, when they are asked for."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import is_normalized, normalize

import regex
from spacy.tokens import Doc, Token

from meetextract.segment.fast_tagger import make_tagger
from meetextract.segment.tokenizer import OPAQUE_CHARS
from meetextract.segment.underthesea_tagger import Tagger, UndertheseaTagger
from meetextract.settings import TAGGER, TaggerName

Word = tuple[int, int, str]
"""First token, one past the last token, and the part of speech ("N", "Np", "V", ...; "" for white space)."""

UNKNOWN = "X"
MAX_TAGGED_TOKENS = 300
"""The tagger's features are quadratic in the sentence; a longer one is tagged in pieces."""

_CACHE = "meetextract.words"
_TAGGER = "meetextract.tagger"
# underthesea's pattern for URLs doubles its time with every character of "http://......": it never gets to see one.
_LIKE_URL = regex.compile(r"(?:ftp|http)s?:|\.[a-z]{2,13}/")
_MAYBE_OPAQUE = regex.compile(rf"\S{{{OPAQUE_CHARS + 1}}}|{_LIKE_URL.pattern}")
_PIECE_ENDS = frozenset(";,:")
_CLEANED = str.maketrans({"ð": "đ", "Ð": "Đ"})
_UNSEEN = regex.compile(r"\p{Cf}++")
_UNLIKE_SHOWN = regex.compile(r"[ðÐ\p{Cf}]|[^\S ]|\p{Cc}")


@lru_cache(maxsize=2)
def _tagger(name: TaggerName) -> Tagger:
    return UndertheseaTagger() if name == "underthesea" else make_tagger()


def load_tagger(name: TaggerName) -> None:
    """Load a tagger's models now, not when the first sentence asks for its tags."""
    _tagger(name)


def use_tagger(doc: Doc, name: TaggerName) -> None:
    """Choose who tags a document; what is tagged already stays so."""
    doc.user_data[_TAGGER] = name


def tag_sentence(doc: Doc, start: int, end: int) -> tuple[Word, ...]:
    """Return the words of a sentence with their parts of speech.

    Args:
        doc: The document; the answer is kept in its ``user_data``, in plain values.
        start: First token of the sentence.
        end: One past its last token.

    Returns:
        Words in order; together they cover the sentence's tokens without gap or overlap. The first call segments and
        tags the sentence, later ones look it up.
    """
    cache: dict[int, tuple[Word, ...]] = doc.user_data.setdefault(_CACHE, {})
    known = cache.get(start)
    if known is not None and (known[-1][1] if known else start) == end:
        return known
    words = _filled(doc, [word for piece in _pieces(doc, start, end) for word in _tag_piece(doc, *piece)], start, end)
    cache[start] = words
    return words


def word_of(token: Token) -> tuple[int, int]:
    """Return the token range ``[first, last + 1)`` of the word that holds a token."""
    first, end, _ = _word(token)
    return first, end


def pos_of(token: Token) -> str:
    """Return the part of speech of the word that holds a token."""
    return _word(token)[2]


def register_extensions() -> None:
    """Give tokens ``_.word`` and ``_.pos``, unless they have them."""
    for name, getter in (("word", word_of), ("pos", pos_of)):
        if not Token.has_extension(name):
            Token.set_extension(name, getter=getter)


def _word(token: Token) -> Word:
    doc = token.doc
    start, end = 0, len(doc)
    if end > 1 and doc.has_annotation("SENT_START"):
        sentence = token.sent
        start, end = sentence.start, sentence.end
    words = tag_sentence(doc, start, end)
    return words[bisect_right(words, token.i, key=lambda word: word[0]) - 1]


def _pieces(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence into ranges that underthesea may see: not too long, and nothing in them that it chokes on."""
    if end - start <= MAX_TAGGED_TOKENS and not _MAYBE_OPAQUE.search(doc[start:end].text):
        yield start, end
        return
    begin = run = start  # of the piece, of the unbroken run of characters
    while run < end:
        run_end = run + 1
        while run_end < end and not (doc[run_end - 1].whitespace_ or doc[run_end].is_space):
            run_end += 1
        if _is_opaque("".join(token.text for token in doc[run:run_end])):
            if begin < run:
                yield begin, run
            begin = run_end
        elif run_end - begin > MAX_TAGGED_TOKENS:
            cut = next((i + 1 for i in range(run - 1, begin, -1) if doc[i].text in _PIECE_ENDS), run)
            yield begin, cut
            begin = cut
        run = run_end
    if begin < end:
        yield begin, end


def _is_opaque(run: str) -> bool:
    return len(run) > OPAQUE_CHARS or _LIKE_URL.search(run) is not None


def _tag_piece(doc: Doc, start: int, end: int) -> list[Word]:
    """Segment and tag a range of tokens.

    underthesea respells what it reads, so its words are never searched for in the text: it is given a text made of the
    tokens, in which the place of each is known, and its own tokens are taken by their places in that.
    """
    shown, owners = _shown(doc, start, end)
    found = _tagger(doc.user_data.get(_TAGGER, TAGGER))(shown)
    begins = [begin for begin, _, _ in found]
    tagged: list[Word] = []
    previous = -1
    for token, place in owners:
        index = bisect_right(begins, place) - 1  # a token belongs to the word that holds its first character
        if index < 0:
            continue
        if index == previous:
            tagged[-1] = (tagged[-1][0], token + 1, tagged[-1][2])
        else:
            tagged.append((token, token + 1, found[index][2]))
        previous = index
    return tagged


def _shown(doc: Doc, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the text that underthesea sees of some tokens, and the place of each token in it."""
    # Its tokenizer asks whether a full stop is the last sign, so there are no blanks at the end.
    tokens = doc[start:end]
    text = tokens.text
    if is_normalized("NFC", text) and not _UNLIKE_SHOWN.search(text):
        first = tokens.start_char
        return text.rstrip(), [(token.i, token.idx - first) for token in tokens if not token.is_space]
    parts: list[str] = []
    owners: list[tuple[int, int]] = []
    length = 0
    for token in tokens:
        blank = token.is_space
        part = " " if blank else _UNSEEN.sub("", normalize("NFC", token.text)).translate(_CLEANED)
        if part and not blank:
            owners.append((token.i, length))
        if token.whitespace_:
            part += " "
        parts.append(part)
        length += len(part)
    return "".join(parts).rstrip(), owners


def _filled(doc: Doc, words: list[Word], start: int, end: int) -> tuple[Word, ...]:
    """Make words of the tokens that underthesea did not see."""
    filled: list[Word] = []
    position = start
    for word in [*words, (end, end, "")]:
        filled.extend((i, i + 1, "" if doc[i].is_space else UNKNOWN) for i in range(position, word[0]))
        if word[0] < word[1]:
            filled.append(word)
        position = word[1]
    return tuple(filled)
