import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from meetextract.match.library import PatternLibrary
from meetextract.match.matcher import Found, find
from meetextract.match.mention import Part
from meetextract.text import FoldedText, fold

WritePatterns = Callable[..., Path]

PATTERNS = r"""
- id: dates.day
  label: DATE
  name: Ngày
  regex: 'ngày (?P<d>\d{1,2})(?:/(?P<m>\d{1,2}))?'
  examples: [{text: "[ngày 5/3]", value: {d: 5}}]
- id: counts.item
  label: COUNT
  name: Số lượng
  regex: '\b(?P<num>[0-9]+)\b(?!/)'
  extend: noun
  examples: [{text: "[5] việc", value: {n: 5}}]
- id: people.after
  label: PERSON
  name: Tên sau chức danh
  regex: 'đồng chí (?P<mention>(?-i:\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*))'
  examples: [{text: "đồng chí [Lan]", value: {name: Lan}}]
- id: blocks.slow
  label: BLOCK
  name: Chậm
  regex: '\w*\w*\w*\w*\w*!(?<!xx!)'
  examples: [{text: "[x!]"}]
"""

NLP = spacy.blank("xx")


@pytest.fixture
def library(write_patterns: WritePatterns) -> PatternLibrary:
    return PatternLibrary.load(write_patterns({"a.yaml": PATTERNS}))


def _doc(*blocks: tuple[str, str]) -> Doc:
    """Join (kind, text) blocks by line breaks; a sentence ends at a full stop."""
    doc = NLP("\n".join(text for _, text in blocks))
    spans, at = [], 0
    for kind, text in blocks:
        span = doc.char_span(at, at + len(text), label=kind, alignment_mode="expand")
        assert span is not None
        spans.append(span)
        at += len(text) + 1
    doc.spans["blocks"] = spans
    starts = {span.start for span in spans}
    for token in doc:
        token.is_sent_start = token.i in starts or (token.i > 0 and doc[token.i - 1].text == ".")
    return doc


def _find(doc: Doc, library: PatternLibrary, **options: object) -> Found:
    return find(doc, FoldedText(doc.text), library, **options)  # type: ignore[arg-type]


def test_mentions_have_stored_offsets_and_parts(library: PatternLibrary) -> None:
    doc = _doc(("body", "Họp Ngày  5/3. Đến ngày 6."))
    first, second = _find(doc, library, labels={"DATE"}).mentions
    assert (first.label, first.pattern, first.text, first.start, first.end) == ("DATE", "dates.day", "Ngày  5/3", 4, 13)
    assert first.parts == {"d": Part("5", 10, 11), "m": Part("3", 12, 13)}
    assert first.text == doc.text[first.start : first.end]
    assert second.parts.keys() == {"d"}  # what took no part in the match is no part


def test_decomposed_text_and_odd_blanks(library: PatternLibrary) -> None:
    text = unicodedata.normalize("NFD", "Đồng chí Hoà") + "\u00a0Bình, ngày\r\n5/3"
    doc = _doc(("body", text))
    person, date = (mention for mention in _find(doc, library).mentions if mention.label in ("PERSON", "DATE"))
    assert fold(person.text) == "Hòa Bình"
    assert person.text == text[person.start : person.end]
    assert date.text == "ngày\r\n5/3"


def test_what_stands_around_the_group_mention_is_context(library: PatternLibrary) -> None:
    (mention,) = _find(_doc(("body", "đồng chí Trần Lan nói")), library, labels={"PERSON"}).mentions
    assert (mention.text, mention.parts) == ("Trần Lan", {})


def test_no_match_across_sentences_nor_in_chrome(library: PatternLibrary) -> None:
    doc = _doc(("chrome", "ngày 1"), ("byline", "ngày 2"), ("body", "ngày."), ("body", "3 việc, ngày 4"))
    assert [m.text for m in _find(doc, library, labels={"DATE"}).mentions] == ["ngày 4"]
    everything = _find(doc, library, labels={"DATE"}, skip_kinds=())
    assert [m.text for m in everything.mentions] == ["ngày 1", "ngày 2", "ngày 4"]


def test_context_before_the_sentence_is_seen(write_patterns: WritePatterns) -> None:
    library = PatternLibrary.load(write_patterns({"a.yaml": PATTERNS.replace(r"'\b(?P<num>", r"'(?<!\. )(?P<num>")}))
    assert _find(_doc(("body", "A. 5 việc")), library, labels={"COUNT"}).mentions == ()


def test_extend_noun(library: PatternLibrary) -> None:
    asked: list[tuple[int, int]] = []

    def noun_phrase(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
        asked.append((start, end))
        at = doc.text.find("nhiệm vụ", start, end)
        return (at, at + len("nhiệm vụ")) if at >= 0 else None

    doc = _doc(("body", "Giao 25 nhiệm vụ. Còn 3."))
    with_noun, without = _find(doc, library, labels={"COUNT"}, phrases={"noun": noun_phrase}).mentions
    assert asked == [(7, 17), (23, 24)]
    assert (with_noun.text, with_noun.parts["noun"]) == ("25 nhiệm vụ", Part("nhiệm vụ", 8, 16))
    assert (without.text, list(without.parts)) == ("3", ["num"])
    assert [m.text for m in _find(doc, library, labels={"COUNT"}).mentions] == ["25", "3"]


def test_a_slow_pattern_is_given_up_with_a_word(library: PatternLibrary) -> None:
    doc = _doc(("body", "ngày 5 " + "x" * 3000 + "!"))
    found = _find(doc, library, seconds=0.05)
    assert [(w.pattern, w.start, w.end) for w in found.warnings] == [("blocks.slow", 0, len(doc.text))]
    assert "ngày 5" in [mention.text for mention in found.mentions]


def test_mentions_are_in_the_order_of_the_text(library: PatternLibrary) -> None:
    found = _find(_doc(("body", "ngày 5 gặp đồng chí Lan ngày 6")), library)
    assert [mention.text for mention in found.mentions] == ["ngày 5", "5", "Lan", "ngày 6", "6"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            ["ngày", "5/3", "12", "đồng chí", "Hoà", "Thúy", "\u200b", "\u00a0", "  ", "\r\n", ".", "😀", ","]
        )
    ),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_offsets_always_point_at_the_words(library: PatternLibrary, words: list[str], form: str) -> None:
    text = unicodedata.normalize(form, " ".join(["x", *words]))  # type: ignore[arg-type]
    for mention in _find(_doc(("body", text)), library).mentions:
        assert mention.text == text[mention.start : mention.end]
        for part in mention.parts.values():
            assert fold(text[part.start : part.end]) == part.text
            assert mention.start <= part.start <= part.end <= mention.end
