"""The spaCy component: mentions as spans of a `Doc`, their values on `span._.meetextract`.

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "meetextract.SyllableTokenizer.v1"}}})
    nlp.add_pipe("meetextract", config={"labels": ["DATE", "QUANTITY"]})
    doc = nlp.make_doc(text)
    doc._.published = "2023-10-12"
    for span in nlp(doc).spans["meetextract"]:
        print(span.label_, span.text, span._.meetextract)

Values are kept in `doc.user_data`, so `DocBin(store_user_data=True)` and `doc.to_bytes()` keep them; whoever reads them
back imports this module first, which registers the attribute.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from meetextract.assemble.units import UnitMention
from meetextract.assemble.valued import ValuedMention
from meetextract.match.library import PatternLibrary
from meetextract.normalise.dates import Prefer
from meetextract.pipeline import Extractor
from meetextract.read.article import as_date
from meetextract.segment.tokenizer import tokenize

KEY = "meetextract"
"""The span group and the extension attribute."""

_STORED = f"{KEY}:"
_INTERNAL = frozenset({"BLOCK", "CUE"})  # these patterns only keep others away


@Language.factory(
    "meetextract",
    assigns=["doc.spans", "token.is_sent_start", "span._.meetextract"],
    default_config={"labels": None, "published": None, "patterns": None, "prefer": "past"},
)
def make_component(
    nlp: Language,
    name: str,
    labels: list[str] | None,
    published: str | None,
    patterns: str | None,
    prefer: Prefer,
) -> MeetExtract:
    """Makes the component, for `nlp.add_pipe("meetextract", config={...})`.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        labels: which mentions to give, such as ["DATE", "QUANTITY"]; all by default.
        published: the anchor of relative dates, as YYYY-MM-DD, for articles that have no `doc._.published`.
        patterns: a directory of pattern files instead of those shipped with the package.
        prefer: whether a date without a year is the nearest (`past`) or the first to come (`future`).

    Raises:
        PatternError: a pattern file has a mistake.
        ValueError: a label that no pattern has, or a date that is none.
    """
    return MeetExtract(name, labels, published, patterns, prefer)


class MeetExtract:
    """Sets `doc.spans["meetextract"]`, and sentences, `doc.spans["clauses"]` and `doc.spans["blocks"]` on the way."""

    def __init__(
        self,
        name: str = KEY,
        labels: Sequence[str] | None = None,
        published: str | None = None,
        patterns: str | None = None,
        prefer: Prefer = "past",
    ) -> None:
        self._arguments = (name, labels, published, patterns, prefer)
        self.name = name
        self.published = as_date(published)
        self.prefer = prefer
        library = PatternLibrary.load(Path(patterns) if patterns is not None else None)
        self.labels = _known_labels(labels, library)
        self._extractor = Extractor(library)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its settings, so that `nlp.pipe(n_process=...)` may start it anew."""
        return type(self), self._arguments

    def __call__(self, doc: Doc) -> Doc:
        """Finds the mentions of a `Doc`, whose text stays as it is.

        Raises:
            ValueError: another tokenizer made the `Doc`, or its `published` is no date.
        """
        _check_tokens(doc)
        published = as_date(doc._.published) or as_date(doc.user_data.get("published")) or self.published
        mentions, notices = self._extractor.of_doc(doc, published, self.prefer)
        for notice in notices:
            warnings.warn(f"{notice.code}: {notice.message}", stacklevel=2)
        _store(doc, [mention for mention in mentions if mention.label in self.labels])
        return doc


def _known_labels(labels: Sequence[str] | None, library: PatternLibrary) -> tuple[str, ...]:
    known = {pattern.label for pattern in library.patterns} - _INTERNAL
    unknown = sorted(set(labels or ()) - known)
    if unknown:
        raise ValueError(f"no pattern has the label {', '.join(unknown)}. The labels are {', '.join(sorted(known))}.")
    return tuple(sorted(known if labels is None else set(labels)))


def _check_tokens(doc: Doc) -> None:
    if [token.text for token in doc] != tokenize(doc.text).words:
        raise ValueError(
            "another tokenizer made this Doc. Make the pipeline with spacy.blank('vi', config={'nlp': {'tokenizer': "
            "{'@tokenizers': 'meetextract.SyllableTokenizer.v1'}}})."
        )


def _store(doc: Doc, mentions: Sequence[ValuedMention]) -> None:
    """Sets spans and values; a span that does not end with a token is widened to it."""
    for key in [key for key in doc.user_data if _is_stored(key)]:
        del doc.user_data[key]  # of an earlier run
    spans = []
    for mention in mentions:
        span = doc.char_span(
            mention.start, mention.end, mention.label, span_id=mention.pattern, alignment_mode="expand"
        )
        if span is not None and (key := _key(span)) not in doc.user_data:
            doc.user_data[key] = _plain(mention.value)
            spans.append(span)
    doc.spans[KEY] = spans


def _key(span: Span) -> Any:  # spaCy's types know no keys but strings
    # Made like the keys of spaCy's own attributes, whose offsets Doc.from_docs and Span.as_doc move along, but with the
    # label in it: two spans of the same words may have different labels and values.
    return "._.", _STORED + span.label_, span.start_char, span.end_char


def _is_stored(key: object) -> bool:
    return isinstance(key, tuple) and len(key) == 4 and isinstance(key[1], str) and key[1].startswith(_STORED)


def _plain(value: object) -> Any:
    """Values as JSON has them, without lists: a DocBin would give them back as tuples."""
    if isinstance(value, UnitMention):
        return {"name": value.name, "kind": value.unit.kind, "area": _plain(value.unit.area)}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return value


def value_of(span: Span) -> dict[str, Any] | None:
    """What a span of `doc.spans["meetextract"]` means; None for any other span."""
    value: dict[str, Any] | None = span.doc.user_data.get(_key(span))
    return value


def _published(doc: Doc) -> str | None:
    value: str | None = doc.user_data.get("published")
    return value


def _set_published(doc: Doc, value: date | str | None) -> None:
    day = as_date(value)
    doc.user_data["published"] = day.isoformat() if day else None  # a date would not go into a DocBin


def register_extensions() -> None:
    """Give spans `_.meetextract` and documents `_.published`, unless they have them."""
    if not Span.has_extension(KEY):
        Span.set_extension(KEY, getter=value_of)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", getter=_published, setter=_set_published)


register_extensions()
