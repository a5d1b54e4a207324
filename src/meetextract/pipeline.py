"""From article to record, stage by stage: start reading here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from spacy.tokens import Doc

from meetextract import __version__
from meetextract.assemble.calendar import without_doubtful
from meetextract.assemble.grammar import Grammar
from meetextract.assemble.noun_phrases import PHRASES
from meetextract.assemble.reading import Reader
from meetextract.assemble.record import Assembly
from meetextract.assemble.trace import Rejected, Trace
from meetextract.assemble.valued import ValuedMention, select
from meetextract.assemble.view import View
from meetextract.assemble.vocabulary import Vocabulary
from meetextract.match.library import PatternLibrary
from meetextract.match.matcher import find
from meetextract.match.schema import LABELS
from meetextract.normalise.dates import Prefer
from meetextract.read.article import Article, as_date
from meetextract.read.chrome import load_chrome
from meetextract.read.layout import Block, Layout, read_layout
from meetextract.read.near_duplicates import fingerprint
from meetextract.records import Notice, Record
from meetextract.segment import annotate, load_tagger, segment, use_tagger
from meetextract.segment.sentences import MAX_SENTENCE_CHARS, sentence_starts
from meetextract.settings import MAX_ARTICLE_CHARS, TAGGER, TaggerName
from meetextract.text import FoldedText, text_hash


class Extractor:
    """Makes records of articles; loads patterns and models once.

    Args:
        patterns: a pattern library, a directory of pattern files, or None for those shipped with the package.
        tagger: who finds words and parts of speech, `fast` or `underthesea`; the records are the same.
        with_text: whether every record holds its article's text, not only those of which the source does not.

    Raises:
        PatternError: a pattern file has a mistake.
    """

    def __init__(
        self,
        patterns: PatternLibrary | Path | str | None = None,
        tagger: TaggerName = TAGGER,
        *,
        with_text: bool = False,
    ) -> None:
        if not isinstance(patterns, PatternLibrary):
            patterns = PatternLibrary.load(Path(patterns) if patterns is not None else None)
        self.library = patterns
        self._tagger = tagger
        self._with_text = with_text
        self._reader = Reader(patterns)
        self._grammar = Grammar.of(patterns)
        self._vocabulary = Vocabulary.of(patterns)
        self.chrome = load_chrome(patterns.directory)

    def load(self) -> None:
        """Load what articles otherwise load as they come to ask for it: models, and the expressions of patterns.

        For those who limit the time or the memory of an article.
        """
        load_tagger(self._tagger)
        for pattern in self.library.patterns:
            pattern.load()

    def __call__(self, article: Article | str) -> Record:
        """The record of an article, or of a text (its id is then "text")."""
        return self.traced(article)[0]

    def traced(self, article: Article | str) -> tuple[Record, tuple[Rejected, ...]]:
        """The record of an article, and the words that led to no entry, each with the condition that failed."""
        if isinstance(article, str):
            article = Article("text", article)
        read, notices = _capped(article)
        layout = read_layout(read, self.chrome)
        assembly, found = self._assemble(segment(read, layout), read.text, layout)
        trace = Trace()
        record = assembly.record(article.id, article.source, article.url, [*notices, *found], __version__, trace)
        stored = None if article.is_as_in_source and not self._with_text else article.text
        record = replace(
            record,
            repairs=article.repairs,
            main_text=article.main_text,
            fingerprint=fingerprint(read.text, layout.blocks),
            text_hash=text_hash(article.text),
            text=stored,
        )
        return record, tuple(trace.rejected)

    def mentions(
        self,
        text: str,
        labels: Collection[str] | None = None,
        published: date | str | None = None,
        prefer: Prefer = "past",
    ) -> list[ValuedMention]:
        """The valued mentions of any snippet, all of which is taken for content.

        Args:
            text: a snippet; offsets are code points of it.
            labels: which to give, such as {"DATE", "QUANTITY"}; all by default.
            published: the anchor of relative dates.
            prefer: whether a date without a year is the nearest (`past`) or the first to come (`future`).

        Returns:
            The mentions in the order of the text.

        Raises:
            ValueError: a label that there is none of, or another `prefer`.
        """
        if prefer not in ("past", "future"):
            raise ValueError(f'prefer is "past" or "future", not {prefer!r}')
        unknown = set([labels] if isinstance(labels, str) else labels or ()) - set(LABELS)
        if unknown or isinstance(labels, str):
            wrong = ", ".join(map(repr, sorted(unknown))) or "a text"
            raise ValueError(f"labels is a collection of {', '.join(LABELS)}; got {wrong}")
        article = Article("text", text, published=as_date(published))
        layout = Layout((Block("body", 0, len(text)),) if text.strip() else (), None, article.published, None, None)
        assembly, _ = self._assemble(segment(article, layout), text, layout, prefer)
        return [mention for mention in assembly.mentions() if labels is None or mention.label in labels]

    def of_doc(
        self, doc: Doc, published: date | str | None = None, prefer: Prefer = "past"
    ) -> tuple[list[ValuedMention], list[Notice]]:
        """The valued mentions of an article that is a spaCy `Doc` already.

        Args:
            doc: tokens of our own tokenizer; sentences, clauses and blocks are set on it, its text is not changed.
            published: the anchor of relative dates; by default the day that the article's page shows.
            prefer: see `mentions`.

        Returns:
            The mentions in the order of the text, and what the reader of the article should know.
        """
        text = doc.text
        layout = read_layout(Article("doc", text, published=as_date(published)), self.chrome)
        annotate(doc, layout)
        assembly, notices = self._assemble(doc, text, layout, prefer)
        return assembly.mentions(), notices

    def _assemble(self, doc: Doc, text: str, layout: Layout, prefer: Prefer = "past") -> tuple[Assembly, list[Notice]]:
        use_tagger(doc, self._tagger)
        folded = FoldedText(text)
        found = find(doc, folded, self.library, phrases=PHRASES)
        view = View.of(doc, folded, layout, self.library, self._grammar, self._vocabulary)
        notices = list(_cut_sentences(text, view))
        for given_up in found.warnings:
            message = f"pattern {given_up.pattern} was given up in this sentence"
            notices.append(Notice("pattern_timeout", message, (given_up.start, given_up.end)))
        candidates = without_doubtful(view, self._reader.read(found.mentions))
        return Assembly(view, select(candidates), prefer), notices


def _capped(article: Article) -> tuple[Article, list[Notice]]:
    """An article of bounded length, and what was left out."""
    if len(article.text) <= MAX_ARTICLE_CHARS:
        return article, []
    cut = article.text.rfind("\n", MAX_ARTICLE_CHARS // 2, MAX_ARTICLE_CHARS)
    end = cut + 1 if cut > 0 else MAX_ARTICLE_CHARS
    message = f"read the first {end} of {len(article.text)} characters; split the article to have the rest read"
    return replace(article, text=article.text[:end]), [Notice("truncated", message, (end, len(article.text)))]


def _cut_sentences(text: str, view: View) -> Iterator[Notice]:
    """What `segment` had to cut: nothing is found across the cuts."""
    if all(sentence.end - sentence.start <= MAX_SENTENCE_CHARS // 2 for sentence in view.sentences):
        return  # what is cut leaves a longer piece
    for block in view.layout.blocks:
        if block.end - block.start <= MAX_SENTENCE_CHARS:
            continue
        whole = sentence_starts(text, block.start, block.end, max_chars=block.end - block.start)
        for start, end in pairwise([*whole, block.end]):
            length = len(text[start:end].rstrip())
            if length > MAX_SENTENCE_CHARS:
                message = f"a sentence of {length} characters was read in pieces of {MAX_SENTENCE_CHARS} at most"
                yield Notice("sentence_cut", message, (start, start + length))


_shared: Extractor | None = None


def _shared_extractor() -> Extractor:
    global _shared
    if _shared is None:
        _shared = Extractor()
    return _shared


def extract(article: Article | str) -> Record:
    """The record of one article, with the shipped patterns."""
    return _shared_extractor()(article)


def extract_all(articles: Iterable[Article | str]) -> Iterator[Record]:
    """Records of articles, one at a time as they are asked for, with the shipped patterns."""
    extractor = _shared_extractor()
    for article in articles:
        yield extractor(article)


def mentions(
    text: str, labels: Collection[str] | None = None, published: date | str | None = None, prefer: Prefer = "past"
) -> list[ValuedMention]:
    """See `Extractor.mentions`; with the shipped patterns."""
    return _shared_extractor().mentions(text, labels, published, prefer)
