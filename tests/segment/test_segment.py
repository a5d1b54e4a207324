"""The whole stage: one Doc from one article."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from meetextract import segment as stage
from meetextract.read.article import Article
from meetextract.read.layout import Block, Layout, read_layout
from meetextract.segment import segment, set_clauses

PARAGRAPH = (
    "Sáng 5/3, UBND xã Tân Hòa họp bàn việc trồng cây; đồng chí Lê Nam, Chủ tịch UBND xã chủ trì. "
    "Đến nay, xã đã trồng 4.000 cây, đạt 99,93% kế hoạch, nhưng thôn Đoài còn chậm. "
)


def layout_of(*blocks: Block) -> Layout:
    return Layout(blocks=blocks, title=None, published=None, published_from=None, published_span=None)


def body(text: str) -> Doc:
    blocks = [Block("body", 0, len(text))] if text.strip() else []
    return segment(Article(id="a", text=text), layout_of(*blocks))


def test_the_layers_of_an_article() -> None:
    text = "Xã Tân Hòa họp\n\n" + PARAGRAPH + "\r\n\r\nẢnh: Lan"
    article = Article(id="a", text=text)
    doc = segment(article, read_layout(article))
    assert doc.text == text
    assert [sentence.text.strip()[:12] for sentence in doc.sents] == [
        "Xã Tân Hòa h",
        "Sáng 5/3, UB",
        "Đến nay, xã ",
        "Ảnh: Lan",
    ]
    set_clauses(doc)
    assert doc.spans["clauses"][2].text == "UBND xã Tân Hòa họp bàn việc trồng cây;"
    assert "".join(span.text_with_ws for span in doc.spans["clauses"]) == text
    assert doc.spans["blocks"][0].text.strip() == "Xã Tân Hòa họp"
    assert all(span.label_ for span in doc.spans["blocks"])


def test_no_sentence_crosses_a_block() -> None:
    text = "Ông Nam chủ trì\nvà kết luận hội nghị"
    doc = segment(Article(id="a", text=text), layout_of(Block("title", 0, 15), Block("body", 16, len(text))))
    assert [sentence.text.strip() for sentence in doc.sents] == ["Ông Nam chủ trì", "và kết luận hội nghị"]
    assert [(span.label_, span.start_char) for span in doc.spans["blocks"]] == [("title", 0), ("body", 16)]


@pytest.mark.parametrize("text", ["", " \n", "x", "\u0301", "👨‍👩‍👧", "a\x00b"])
def test_small_texts(text: str) -> None:
    doc = body(text)
    assert doc.text == text
    assert len(list(doc.sents)) == min(1, len(doc))


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                ["Ông Nam", " ", ".", "\n", "TP.", "họp", "4.000", ",", "(", ")", "x" * 250, "- ", "\u00a0"]
            )
        ).map("".join),
    )
)
def test_properties(text: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        doc = body(form)
        assert doc.text == form
        tokens = {token.idx for token in doc}
        assert all(sentence.start_char in tokens for sentence in doc.sents)
        assert [token.i for sentence in doc.sents for token in sentence] == list(range(len(doc)))
        set_clauses(doc)
        assert [token.i for clause in doc.spans["clauses"] for token in clause] == list(range(len(doc)))
        sentence_starts = {sentence.start for sentence in doc.sents}
        assert sentence_starts <= {clause.start for clause in doc.spans["clauses"]}


def test_the_same_twice() -> None:
    first, second = body(PARAGRAPH * 3), body(PARAGRAPH * 3)
    assert first.to_bytes() == second.to_bytes()


def test_the_vocabulary_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    old = body("xã họp").vocab
    assert body("xã họp").vocab is old
    monkeypatch.setattr(stage, "_MAX_STRINGS", 0)
    assert body("xã họp").vocab is not old


def test_a_usual_article_is_quick() -> None:
    text = PARAGRAPH * 28  # about 5 kB
    body(text)
    begin = time.process_time()
    for _ in range(10):
        body(text)
    assert (time.process_time() - begin) / 10 < 0.05  # 5 ms on an idle machine


@pytest.mark.parametrize("text", ["a.a.a." * 100_000, "1.1.1." * 100_000, "cây xanh " * 110_000, "(a, " * 100_000])
def test_hostile_articles_are_done_in_seconds(text: str) -> None:
    begin = time.process_time()
    doc = body(text)
    assert time.process_time() - begin < 10  # 3 s on an idle machine
    assert doc.text == text
    assert max(sentence.end_char - sentence.start_char for sentence in doc.sents) <= 2_000
