"""Runs the patterns over an article, sentence by sentence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Protocol

import regex

from meetextract.match.approximation import CodedText
from meetextract.match.library import Pattern, PatternLibrary
from meetextract.match.mention import Mention, Part
from meetextract.text import FoldedText

if TYPE_CHECKING:
    from spacy.tokens import Doc

NO_CONTENT = frozenset({"chrome", "byline", "dateline"})
SECONDS = 2.0  # for one pattern in one sentence; a sound pattern takes a thousandth


class NounPhrase(Protocol):
    """Finds the words after a match that a pattern with ``extend`` takes in."""

    def __call__(self, doc: "Doc", start: int, end: int) -> tuple[int, int] | None:
        """Look from one stored offset, the match's end, to another, the sentence's end.

        Args:
            doc: The segmented article.
            start: Where the match ends.
            end: Where its sentence ends.

        Returns:
            The phrase's span in the stored text, or None if there is none.
        """


@dataclass(frozen=True, slots=True)
class TimedOut:
    """A pattern that was given up in a sentence; what it might have found there is missing."""

    pattern: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """All mentions that any pattern found; they may overlap.

    Attributes:
        mentions: In the order of the text, then of the library.
        warnings: Patterns given up, with the sentence.
    """

    mentions: tuple[Mention, ...]
    warnings: tuple[TimedOut, ...]


def find(
    doc: "Doc",
    folded: FoldedText,
    library: PatternLibrary,
    labels: Collection[str] | None = None,
    skip_kinds: Collection[str] = NO_CONTENT,
    phrases: Mapping[str, NounPhrase] | None = None,
    seconds: float = SECONDS,
) -> Found:
    """Find every candidate mention of an article; who wins an overlap is decided later.

    Args:
        doc: The segmented article, with sentences and ``doc.spans["blocks"]``.
        folded: The same text, folded.
        library: The patterns.
        labels: If given, only patterns with these labels run.
        skip_kinds: Blocks that are not searched.
        phrases: By the value of ``extend``, what finds the words that a pattern's mention then includes as part
            ``noun``. Without it, or where it finds none, the mention ends with the match.
        seconds: Time for one pattern in one sentence.

    Returns:
        The mentions, in stored offsets, and what was given up.
    """
    sentences = [*_sentences(doc, skip_kinds)]
    spans = [folded.to_folded(start, end) for start, end in sentences]
    candidates = _candidates([folded.folded[first:last] for first, last in spans], library, labels)
    mentions: list[Mention] = []
    given_up: list[TimedOut] = []
    for (start, end), (first, last), possible in zip(sentences, spans, candidates, strict=True):
        in_sentence: list[tuple[int, int, Mention]] = []
        for order, (pattern, offset) in enumerate(possible):
            try:
                for hit in pattern.compiled.finditer(folded.folded, first + offset, last, timeout=seconds):
                    mention = _mention(hit, pattern, folded)
                    if pattern.entry.extend is not None and phrases is not None:
                        if any(other.covers(mention) for *_, other in in_sentence):
                            continue  # another pattern knows what is counted: tags are not asked
                        mention = _extend(mention, phrases[pattern.entry.extend](doc, mention.end, end), folded)
                    in_sentence.append((mention.start, order, mention))
            except TimeoutError:
                given_up.append(TimedOut(pattern.id, start, end))
        mentions.extend(mention for *_, mention in sorted(in_sentence, key=lambda item: item[:2]))
    return Found(tuple(mentions), tuple(given_up))


def _candidates(
    sentences: Sequence[str], library: PatternLibrary, labels: Collection[str] | None
) -> list[list[tuple[Pattern, int]]]:
    """The patterns that may match in each sentence, in the order of running, each with the offset to start from."""
    candidates: list[list[tuple[Pattern, int]]] = [[] for _ in sentences]
    text = CodedText.of(sentences)
    possible = library.prefilter.possible("\n".join(sentences))
    for pattern in sorted(compress(library.patterns, possible), key=lambda pattern: pattern.entry.extend is not None):
        if labels is None or pattern.label in labels:
            for sentence, offset in pattern.approximation.places(text):
                candidates[sentence].append((pattern, offset))
    return candidates


def _sentences(doc: "Doc", skip_kinds: Collection[str]) -> Iterator[tuple[int, int]]:
    for block in doc.spans["blocks"]:
        if block.label_ not in skip_kinds:
            for sentence in block.sents:
                yield sentence.start_char, sentence.end_char


def mention_span(hit: "regex.Match[str]") -> tuple[int, int]:
    """Return the folded span of a match's mention.

    What stands around a group called ``mention`` is context: it decides whether the pattern matches, and is no part.
    """
    start, end = hit.span("mention") if "mention" in hit.re.groupindex and hit["mention"] else hit.span()
    return start, end


def _mention(hit: "regex.Match[str]", pattern: Pattern, folded: FoldedText) -> Mention:
    start, end = folded.to_stored(*mention_span(hit))
    parts: dict[str, Part] = {}
    for name, text in hit.groupdict().items():
        if text and name != "mention":
            parts[name] = Part(text, *folded.to_stored(*hit.span(name)))
    return _checked(Mention(pattern.label, start, end, folded.stored[start:end], parts, pattern.id), folded)


def _extend(mention: Mention, noun: tuple[int, int] | None, folded: FoldedText) -> Mention:
    if noun is None:
        return mention
    start, end = noun
    first, last = folded.to_folded(start, end)
    parts = {**mention.parts, "noun": Part(folded.folded[first:last], start, end)}
    text = folded.stored[mention.start : end]
    return _checked(Mention(mention.label, mention.start, end, text, parts, mention.pattern), folded)


def _checked(mention: Mention, folded: FoldedText) -> Mention:
    """Mentions are born here; their offsets are checked here and nowhere else."""
    assert mention.start < mention.end, mention
    assert mention.text == folded.stored[mention.start : mention.end], mention
    return mention
