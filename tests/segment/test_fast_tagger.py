"""The fast tagger and underthesea itself give the same words and tags, on any text."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import underthesea
from hypothesis import given, settings
from hypothesis import strategies as st

from meetextract.read.article import Article
from meetextract.read.layout import read_layout
from meetextract.segment import fast_tagger, segment, tag_sentence, use_tagger
from meetextract.segment.fast_tagger import FastTagger, make_tagger
from meetextract.segment.underthesea_tagger import TaggedWord, Tagger, UndertheseaTagger

ROOT = Path(__file__).parents[2]
PACKAGE = Path(underthesea.__file__).parent
GOLD = Path(os.environ.get("MEETEXTRACT_GOLD", ROOT.parent / "shared")) / "gold"


@pytest.fixture(scope="module")
def fast() -> Tagger:
    tagger = make_tagger()
    assert isinstance(tagger, FastTagger), "another underthesea is installed than constraints.txt has"
    return tagger


@pytest.fixture(scope="module")
def reference() -> Tagger:
    return UndertheseaTagger()


def articles() -> Iterator[Path]:
    yield from sorted((ROOT / "corpus").rglob("*.txt"))
    yield from sorted(GOLD.rglob("*.txt"))


def test_the_corpus_is_tagged_alike() -> None:
    different = []
    for path in articles():
        article = Article(path.name, path.read_text(encoding="utf-8"))
        layout = read_layout(article)
        ours, theirs = segment(article, layout), segment(article, layout)
        use_tagger(theirs, "underthesea")
        for sentence in ours.sents:
            bounds = sentence.start, sentence.end
            if tag_sentence(ours, *bounds) != tag_sentence(theirs, *bounds):
                different.append((path.name, sentence.text))
    assert different == []


def test_underthesea_is_what_it_gives_its_own_users(reference: Tagger) -> None:
    for text in (
        "Chủ tịch xã yêu cầu các thôn báo cáo trước ngày 15.",
        "ThS. Nam nói thuế đạt 99,93% kế hoạch của TP.",
    ):
        assert [(word, tag) for _, word, tag in reference(text)] == list(underthesea.pos_tag(text))


SYLLABLES = (  # noqa: SIM905, a list of these would be a page
    "ủy ban nhân dân xã phường hội nghị giao ban chủ trì yêu cầu báo cáo Nguyễn Hoà Bình UBND TP. Tp. ThS. Th.S Th S "
    "99,93% 1.053 5/3 2/9/2024 28-9 43H-0530 BOS EOS X H'Mông N’Thôn nghành :D :)) <3 => ... -- http tin.vn a@b.vn x.Y "
    "v.v. . , ( ) \u201c \u201d - – ; : ! 12m2 QH14 4K m² İ ǅ Đắk µ ŉa ½ ①② １２ Москва ΑΣ 中文 😀 ♥‿♥ e\u0301 \u0301 ʺ"
).split(" ")


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(SYLLABLES), max_size=25).map(" ".join),
        st.lists(st.sampled_from([*SYLLABLES, " ", "  "]), max_size=15).map("".join),
    )
)
def test_odd_text_is_tagged_alike(fast: Tagger, reference: Tagger, text: str) -> None:
    text = " ".join(text.split())
    assert fast(text) == reference(text)


def test_shuffled_text_is_tagged_alike(fast: Tagger, reference: Tagger) -> None:
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").rglob("*.txt"))).split()
    dice = random.Random(1)
    for _ in range(200):
        text = " ".join(dice.choices(words, k=dice.randint(1, 60)))
        assert fast(text) == reference(text)


def test_letters_are_read_as_underthesea_reads_them(fast: Tagger) -> None:
    """Small letters, capitals and digits of every letter that is not left to underthesea."""
    from underthesea_core import CRFFeaturizer

    from meetextract.segment.word_segmentation import _is_title

    letters = [
        letter
        for letter in map(chr, range(1, 0x1FB00))
        if not 0xD800 <= ord(letter) < 0xE000 and not letter.isspace() and not fast_tagger._FOREIGN.search(letter)
    ]
    featurizer = CRFFeaturizer(["T[0].lower", "T[0].isdigit", "T[0].istitle"], set())
    for letter, features in zip(letters, featurizer.process([[[letter] for letter in letters]])[0], strict=True):
        digit = letter.isascii() and letter.isdecimal()
        assert features == [
            f"T[0].lower={letter.lower()}",
            f"T[0].isdigit={digit}",
            f"T[0].istitle={_is_title(letter)}",
        ]


class Noting:
    """Stands in for underthesea and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> list[TaggedWord]:
        self.asked.append(text)
        return []


@pytest.mark.parametrize(  # letters, words of the same score, tags of the same score
    "text", ["Xã họp với Αθήνα", "Xã họp ở Москва", "% 1.312 5,7 Item Link %", "5,7 abc= abc= wide 1.312"]
)
def test_underthesea_decides_what_cannot_be_known(fast: Tagger, text: str) -> None:
    ours = FastTagger(PACKAGE)
    noting = ours.__dict__["_underthesea"] = Noting()
    ours("Xã họp bàn về thuế.")
    assert noting.asked == []
    ours(text)
    assert noting.asked == [text]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    for name in fast_tagger._FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    "change", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes() + b" ")]
)
@pytest.mark.parametrize("name", fast_tagger._FILES)
def test_another_underthesea_is_not_guessed_at(elsewhere: Path, name: str, change: Callable[[Path], object]) -> None:
    assert fast_tagger._is_known(elsewhere)
    change(elsewhere / name)
    assert not fast_tagger._is_known(elsewhere)


def test_another_underthesea_is_used_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_tagger, "_CORE", "0")
    with pytest.warns(UserWarning, match=r"compared with underthesea 9\.5\.0 .* only"):
        assert isinstance(make_tagger(), UndertheseaTagger)


def test_a_panic_costs_the_tags_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):  # the name Rust gives it
        pass

    class Failing:
        def __init__(self, error: BaseException) -> None:
            self.error = error

        def predict(self, words: list[str]) -> list[tuple[str, str]]:
            raise self.error

    tagger = UndertheseaTagger()
    monkeypatch.setattr(tagger, "_tagger", Failing(PanicException("empty")))
    assert tagger("Xã họp.") == []
    monkeypatch.setattr(tagger, "_tagger", Failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        tagger("Xã họp.")
