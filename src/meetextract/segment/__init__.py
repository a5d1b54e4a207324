"""From an article to a spaCy ``Doc``: syllables, sentences, clauses, and words with parts of speech on demand."""

from bisect import bisect_right
from typing import cast
from unicodedata import normalize

import numpy as np
from spacy.tokens import Doc, Span
from spacy.util import get_lang_class
from spacy.vocab import Vocab, create_vocab
from thinc.types import Ints2d

from meetextract.read.article import Article
from meetextract.read.layout import Layout
from meetextract.segment.clauses import clause_bounds
from meetextract.segment.sentences import MAX_SENTENCE_CHARS, sentence_starts
from meetextract.segment.tagging import Word, load_tagger, register_extensions, tag_sentence, use_tagger
from meetextract.segment.tokenizer import SyllableTokenizer, create_tokenizer

__all__ = [
    "SyllableTokenizer",
    "Word",
    "annotate",
    "create_tokenizer",
    "load_tagger",
    "segment",
    "set_clauses",
    "tag_sentence",
    "use_tagger",
]

_MAX_STRINGS = 300_000
_tokenizer: SyllableTokenizer | None = None

register_extensions()


def segment(article: Article, layout: Layout, max_sentence_chars: int = MAX_SENTENCE_CHARS) -> Doc:
    """Divide an article into tokens and sentences.

    Args:
        article: The article; token offsets (``token.idx``) are code points of its text.
        layout: Its blocks; no sentence crosses from one to the next.
        max_sentence_chars: A longer sentence is cut.

    Returns:
        A ``Doc`` whose text is the article's exactly, with sentences, ``doc.spans["blocks"]`` (labels are block kinds),
        ``token._.word`` and ``token._.pos``. Clauses cost as much as all the rest: ``set_clauses`` sets them.
    """
    doc = _shared_tokenizer()(article.text)
    _set_sentences(doc, article.text, layout, max_sentence_chars)
    return doc


def annotate(doc: Doc, layout: Layout, max_sentence_chars: int = MAX_SENTENCE_CHARS) -> None:
    """Set sentences, clauses and blocks on a ``Doc`` that is only tokenized.

    Args:
        doc: The tokens of the text that ``layout`` was read from.
        layout: The text's blocks.
        max_sentence_chars: A longer sentence is cut.
    """
    _set_sentences(doc, doc.text, layout, max_sentence_chars)
    set_clauses(doc)


def set_clauses(doc: Doc) -> None:
    """Set ``doc.spans["clauses"]`` on a ``Doc`` that has its sentences."""
    words = [token.text if token.is_ascii else normalize("NFC", token.text) for token in doc]
    blank_after = [bool(token.whitespace_) for token in doc]
    for token in doc[1:]:
        if token.is_space:
            blank_after[token.i - 1] = True
    doc.spans["clauses"] = [
        Span(doc, begin, stop)
        for sentence in doc.sents
        for begin, stop in clause_bounds(words, blank_after, sentence.start, sentence.end)
    ]


def _set_sentences(doc: Doc, text: str, layout: Layout, max_sentence_chars: int) -> None:
    # All at once: spaCy makes an object of a token each time that it is looked at.
    offsets: list[int] = doc.to_array("IDX").tolist()
    starts = {0}  # tokens, not characters, from here on
    blocks: list[tuple[int, int, str]] = []
    for block in layout.blocks:
        for offset in sentence_starts(text, block.start, block.end, max_sentence_chars):
            # A start inside a token (an unbroken run of thousands of characters) moves to the token's own.
            starts.add(max(0, bisect_right(offsets, offset) - 1))
        first = max(0, bisect_right(offsets, block.start) - 1)
        blocks.append((first, max(first, bisect_right(offsets, block.end - 1)), block.kind))
    # One array, because setting is_sent_start token by token looks through the whole document each time.
    marks = np.full(len(offsets), -1, dtype=np.int64)
    marks[[start for start in starts if start < len(offsets)]] = 1
    doc.from_array(["SENT_START"], cast(Ints2d, marks.astype(np.uint64).reshape(-1, 1)))
    doc.spans["blocks"] = [Span(doc, first, end, label=kind) for first, end, kind in blocks if first < end]


def _shared_tokenizer() -> SyllableTokenizer:
    """Return the tokenizer over one vocabulary, begun anew when a long batch has filled it with rare strings."""
    global _tokenizer
    if _tokenizer is None or len(_tokenizer.vocab.strings) > _MAX_STRINGS:
        _tokenizer = SyllableTokenizer(_new_vocab())
    return _tokenizer


def _new_vocab() -> Vocab:
    return create_vocab("vi", get_lang_class("vi").Defaults)
