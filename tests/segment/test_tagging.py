"""Words and tags stand on the tokens, whatever underthesea makes of them."""

import pickle
import socket
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from meetextract.read.article import Article
from meetextract.read.layout import read_layout
from meetextract.segment import segment, tag_sentence, tagging
from meetextract.segment.tokenizer import SyllableTokenizer
from meetextract.segment.underthesea_tagger import TaggedWord, Tagger

TEXT = "Sáng 5/3, Uỷ ban  nhân dân xã Hoà An giao\tTrường Mầm non sửa mái.\r\nÔng Nam chủ trì cuộc họp."


def tokenized(text: str) -> Doc:
    return SyllableTokenizer(Vocab())(text)


def tagged(text: str) -> list[tuple[str, str]]:
    doc = tokenized(text)
    return [(doc[a:b].text, tag) for a, b, tag in tag_sentence(doc, 0, len(doc))]


class Counting:
    """Stands in for the tagger and counts what it is asked."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self.calls: list[str] = []

    def __call__(self, text: str) -> list[TaggedWord]:
        self.calls.append(text)
        return self.tagger(text)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    stand_in = Counting(tagging._tagger("fast"))
    monkeypatch.setattr(tagging, "_tagger", lambda name: stand_in)
    return stand_in


def test_each_sentence_is_tagged_once_and_only_when_asked(counting: Counting) -> None:
    doc = segment(Article(id="a", text=TEXT), read_layout(Article(id="a", text=TEXT)))
    assert counting.calls == []
    assert doc[0]._.pos == "N"
    assert len(counting.calls) == 1
    for _ in range(2):
        assert all(first <= token.i < end for token in doc for first, end in [token._.word])
        assert all(token._.pos or token.is_space for token in doc)
    assert len(counting.calls) == len(list(doc.sents)) == 2


def test_words_are_those_of_underthesea() -> None:
    from underthesea import pos_tag

    for sentence in ("Chủ tịch xã yêu cầu các thôn báo cáo trước ngày 15.", "Thành phố đạt 99,93% kế hoạch của TP."):
        assert [(word.replace(" ", ""), tag) for word, tag in tagged(sentence)] == [
            (word.replace(" ", ""), tag) for word, tag in pos_tag(sentence)
        ]


def test_respelling_and_odd_blanks_move_nothing() -> None:
    plain = tagged("Uỷ ban nhân dân xã Hoà An họp, ðồng chí Nam chủ trì.")
    assert ("Hoà An", "Np") in plain
    odd = tagged(unicodedata.normalize("NFD", "Uỷ ban  nhân\r\ndân\u00a0xã Hoà\u200f An họp, ðồng chí Nam chủ trì."))
    spelled = [
        (unicodedata.normalize("NFC", " ".join(word.replace("\u200f", "").split())), tag) for word, tag in odd if tag
    ]
    assert spelled == plain


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["Hoà", "Bình", "họp", "TP.", "5/3", "http://", "....", "nghành", "\x1c", "\u200b", "😀", " ", "\n"]
            )
        ).map("".join),
    )
)
def test_words_cover_all_tokens(text: str) -> None:
    doc = tokenized(text)
    words = tag_sentence(doc, 0, len(doc))
    assert [i for a, b, _ in words for i in range(a, b)] == list(range(len(doc)))
    assert all(tag or doc[a].is_space for a, _, tag in words)


def test_a_tagged_doc_can_be_stored() -> None:
    doc = segment(Article(id="a", text=TEXT), read_layout(Article(id="a", text=TEXT)))
    tags = [token._.pos for token in doc]
    copy = next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(Vocab())))
    assert [token._.pos for token in copy] == tags
    assert [token._.pos for token in pickle.loads(pickle.dumps(doc))] == tags


def test_a_doc_without_sentences_is_one() -> None:
    doc = tokenized("Ông Nam họp")
    assert doc[0]._.pos == "Nc"
    assert tokenized("Nam")[0]._.word == (0, 1)


def test_long_sentences_are_tagged_in_pieces(counting: Counting) -> None:
    doc = tokenized("xã họp bàn việc, " * 300)
    tag_sentence(doc, 0, len(doc))
    assert len(counting.calls) > 1
    assert all(text[-1] == "," for text in counting.calls)


@pytest.mark.parametrize(
    "text",
    ["a.a.a." * 100_000, "1.1.1." * 100_000, "Xem http://" + "." * 90, "Xem tin.vn/" + "," * 90, "a.b.c. " * 2_000],
)
def test_what_underthesea_chokes_on_is_kept_from_it(text: str) -> None:
    begin = time.process_time()
    doc = tokenized(text)
    words = tag_sentence(doc, 0, len(doc))
    assert words[-1][1] == len(doc)
    assert time.process_time() - begin < 20


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    tagging._tagger.cache_clear()
    assert tagged("Xã họp.")
