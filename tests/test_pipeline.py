"""From article to record: what holds of every record, whatever its article."""

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

import meetextract.pipeline
from meetextract.normalise.dates import Period
from meetextract.pipeline import Extractor, extract, extract_all, mentions
from meetextract.read.article import Article
from meetextract.records import KINDS, Record, Span
from meetextract.segment import tagging
from meetextract.segment.underthesea_tagger import TaggedWord, Tagger
from meetextract.settings import TaggerName
from meetextract.text import fold

PARAGRAPHS = (
    "Quận Hà Đông giao ban về chuyển đổi số",
    "Chiều 14/3/2022, UBND quận Hà Đông họp giao ban về chuyển đổi số. Ông Trần Hoà Thuý, Phó Bí thư Quận ủy, "
    "Chủ tịch UBND quận chủ trì.",
    "Theo Kế hoạch số 318/KH-UBND ngày 29/5/2021 của UBND quận, phòng Nội vụ có 12 nhiệm vụ trong quý II/2022. "
    "Quận chi 2 tỷ 300 triệu đồng, tăng 5,2% so với cùng kỳ; xử lý 1.053/1.060 văn bản.",
    "Uỷ ban nhân dân quận giao 15 phường làm xong trước ngày 30/6. Ông Thuý đề nghị Công an quận phối hợp.",
)
TEXT = "\n\n".join(PARAGRAPHS)
CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def spans(record: Record) -> Iterator[Span]:
    """Every span of a record."""
    for kind in (*KINDS, "unplaced_dates"):
        for entry in getattr(record, kind):
            yield from entry.mentions if kind in ("people", "units") else [entry.span]
    for person in record.people:
        yield from (title.span for title in person.titles)
    for notice in record.notices:
        yield from [notice.span] if notice.span else []


def quoted(record: Record) -> Iterator[tuple[str, Span]]:
    """The words of every entry that has some, with their span."""
    for kind in ("dates", "unplaced_dates", "documents", "quantities", "counts"):
        yield from ((entry.text, entry.span) for entry in getattr(record, kind))


def facts(record: Record) -> dict[str, list[Any]]:
    """What a record says, without where the text says it."""
    return {
        "people": [(p.name, [(t.role, t.unit) for t in p.titles], len(p.mentions)) for p in record.people],
        "units": [(u.name, u.kind, u.level, u.area, len(u.mentions)) for u in record.units],
        "dates": [(d.start, d.end, d.grain, d.session, d.anchor) for d in record.dates],
        "unplaced": [(d.why, d.month, d.day) for d in record.unplaced_dates],
        "documents": [(d.type, d.symbol, d.date, d.issuer) for d in record.documents],
        "quantities": [(q.comparator, q.value, q.max, q.of, q.unit, q.change) for q in record.quantities],
        "counts": [(c.comparator, c.value, c.of, c.item) for c in record.counts],
    }


def ids(record: Record) -> set[str]:
    return {entry.id for kind in KINDS for entry in getattr(record, kind)}


# --- one article, however it is stored --------------------------------------------------------------------------

VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "double blanks": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "emoji in front": lambda text: "📢 " + text,
    "blanks at the ends of lines": lambda text: text.replace("\n", " \t\n"),
    "emoji": lambda text: text.replace(". ", ". 📢 ").replace("Theo", "👩\u200d💻 Theo"),
    "zero-width characters": lambda text: text.replace(" ", "\u200b \u200b"),
    "byte order mark": lambda text: "\ufeff" + text,
    "tone marks on the other vowel": lambda text: text.replace("oà", "òa").replace("uý", "úy").replace("Uỷ", "Ủy"),
    "en dashes": lambda text: text.replace("-", "–"),
    "all at once": lambda text: unicodedata.normalize("NFD", text).replace(" ", "\u00a0 ").replace("\n", "\r\n"),
}

# Signs between words are tokens, so nouns behind numbers may be tagged otherwise: too much to ask of whole articles.
OTHER_WORDS = {"emoji", "zero-width characters"}


def test_the_article_has_facts_of_every_kind(extractor: Extractor) -> None:
    assert {name: len(found) for name, found in facts(extractor(TEXT)).items()} == {
        "people": 1,
        "units": 4,
        "dates": 5,
        "unplaced": 0,
        "documents": 1,
        "quantities": 4,
        "counts": 1,
    }


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_the_same_facts_come_out_of_every_variant(extractor: Extractor, change: Callable[[str], str]) -> None:
    assert facts(extractor(change(TEXT))) == facts(extractor(TEXT))


@pytest.fixture(scope="module", params=sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def stored(request: pytest.FixtureRequest, extractor: Extractor) -> tuple[str, Record]:
    """An article of the corpus, and its record."""
    text = request.param.read_text(encoding="utf-8")
    return text, extractor(text)


@pytest.mark.parametrize("name", sorted(VARIANTS.keys() - {"as it is", *OTHER_WORDS}))
def test_the_same_facts_come_out_of_every_variant_of_the_corpus(
    extractor: Extractor, stored: tuple[str, Record], name: str
) -> None:
    text, plain = stored
    changed = extractor(VARIANTS[name](text))
    assert facts(changed) == facts(plain)
    assert (changed.published, changed.published_from) == (plain.published, plain.published_from)


def test_a_label_before_double_blanks_shows_the_publication_date(extractor: Extractor) -> None:
    record = extractor(TEXT.replace("\n\n", "\n\n🕑 Thời  gian:  15/03/2022\n\n", 1))
    assert (record.published, record.published_from) == ("2022-03-15", "visible")


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_ids_are_the_same_in_every_variant(extractor: Extractor, change: Callable[[str], str]) -> None:
    assert ids(extractor(change(TEXT))) == ids(extractor(TEXT))


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_spans_show_the_words_of_the_stored_text(extractor: Extractor, change: Callable[[str], str]) -> None:
    text = change(TEXT)
    for words, (start, end) in quoted(extractor(text)):
        assert " ".join(fold(text[start:end]).split()) == " ".join(fold(words).split())


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_a_persons_first_span_shows_the_name(extractor: Extractor, change: Callable[[str], str]) -> None:
    text = change(TEXT)
    (person,) = extractor(text).people
    start, end = person.mentions[0]
    assert " ".join(fold(text[start:end]).split()) == person.name


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_no_span_begins_or_ends_with_a_blank(extractor: Extractor, change: Callable[[str], str]) -> None:
    text = change(TEXT)
    assert [
        text[start:end] for start, end in spans(extractor(text)) if text[start:end] != text[start:end].strip()
    ] == []


# --- determinism ------------------------------------------------------------------------------------------------


def test_two_extractors_give_the_same_record(extractor: Extractor) -> None:
    assert Extractor()(TEXT) == extractor(TEXT)


def test_a_record_does_not_depend_on_the_articles_before_it(extractor: Extractor) -> None:
    alone = Extractor()(TEXT)
    extractor(Article("other", "UBND tỉnh Sơn La họp ngày 3/5/2019. Ông Lê Thuý kết luận.", published=date(2019, 5, 4)))
    assert extractor(TEXT) == alone


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_record_does_not_depend_on_the_order_of_sets(extractor: Extractor, seed: str) -> None:
    script = "import sys; from meetextract import extract; sys.stdout.buffer.write(repr(extract(sys.argv[1])).encode())"
    shown = subprocess.run(
        [sys.executable, "-c", script, TEXT],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert shown.stdout.decode() == repr(extractor(TEXT))


def test_ids_are_unique(extractor: Extractor) -> None:
    record = extractor(TEXT + " Quận chi 2 tỷ 300 triệu đồng, tăng 5,2%; có 12 nhiệm vụ trong quý II/2022.")
    assert len(ids(record)) == sum(len(getattr(record, kind)) for kind in KINDS)


def test_ids_are_stable_when_a_paragraph_is_put_before(extractor: Extractor) -> None:
    longer = "\n\n".join((PARAGRAPHS[0], "Sáng nay trời mưa to, bà con đi làm muộn hơn mọi ngày.", *PARAGRAPHS[1:]))
    assert ids(extractor(TEXT)) <= ids(extractor(longer))


def test_ids_differ_between_articles(extractor: Extractor) -> None:
    assert not ids(extractor(Article("a", TEXT))) & ids(extractor(Article("b", TEXT)))


def test_no_clock_places_a_date(extractor: Extractor) -> None:
    record = extractor("Hôm nay, huyện họp. Huyện làm xong trước ngày 30/6, chậm nhất trong năm nay.")
    assert record.dates == ()
    assert [entry.text for entry in record.unplaced_dates] == ["Hôm nay", "ngày 30/6", "năm nay"]


def test_no_module_reads_the_clock() -> None:
    """But the database: it tells when something was loaded or decided, and what is overdue."""
    clock = regex.compile(r"\b(?:today|now|utcnow|localtime|gmtime)\(")
    package = Path(meetextract.__file__).parent
    sources = [path for path in package.rglob("*.py") if not path.is_relative_to(package / "sinks" / "database")]
    assert len(sources) > 100
    assert [path.name for path in sources if clock.search(path.read_text(encoding="utf-8"))] == []


# --- the record itself ------------------------------------------------------------------------------------------


def test_a_record_tells_where_its_article_comes_from(extractor: Extractor) -> None:
    record = extractor(Article("001", TEXT, title="Giao ban", url="https://a.vn/1", source="a.jsonl:3"))
    assert (record.id, record.title, record.url, record.source) == ("001", "Giao ban", "https://a.vn/1", "a.jsonl:3")


def test_a_given_publication_date(extractor: Extractor) -> None:
    record = extractor(Article("001", TEXT, published=date(2022, 3, 15)))
    assert (record.published, record.published_from, record.published_span) == ("2022-03-15", "given", None)


def test_a_shown_publication_date(extractor: Extractor) -> None:
    text = TEXT.replace("\n\n", "\n\nNgày đăng 15/03/2022 | 09:43\n\n", 1)
    record = extractor(text)
    assert (record.published, record.published_from) == ("2022-03-15", "visible")
    assert record.published_span is not None
    assert text[slice(*record.published_span)] == "15/03/2022"


def test_a_shown_publication_date_is_no_date_of_the_article(extractor: Extractor) -> None:
    record = extractor(TEXT.replace("\n\n", "\n\nNgày đăng 15/03/2022 | 09:43\n\n", 1))
    assert "2022-03-15" not in [entry.start for entry in record.dates]


def test_a_record_names_the_pattern_set(extractor: Extractor) -> None:
    assert extractor(TEXT).pattern_set == extractor.library.sha256


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n", "\u00a0\u200b", "…", "Trời mưa."])
def test_a_text_without_facts_has_an_empty_record(extractor: Extractor, text: str) -> None:
    record = extractor(text)
    assert (record.is_empty, record.unplaced_dates, record.notices) == (True, (), ())


def test_nothing_is_found_in_page_chrome(extractor: Extractor) -> None:
    chrome = "Thống kê truy cập\nHôm nay: 1.234 lượt\nTháng này: 45.678 lượt"
    assert facts(extractor(f"{TEXT}\n\n{chrome}"))["quantities"] == facts(extractor(TEXT))["quantities"]


# --- notices ----------------------------------------------------------------------------------------------------


def test_a_whole_article_has_no_notice(extractor: Extractor) -> None:
    assert extractor(TEXT).notices == ()


def test_a_truncated_article_says_so(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetextract.pipeline, "MAX_ARTICLE_CHARS", len(TEXT) - 10)
    (notice,) = extractor(TEXT).notices
    cut = TEXT.index(PARAGRAPHS[3])
    assert (notice.code, notice.span) == ("truncated", (cut, len(TEXT)))
    assert f"{cut} of {len(TEXT)}" in notice.message


def test_a_truncated_article_is_read_up_to_the_cut(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = facts(extractor("\n\n".join(PARAGRAPHS[:3])))
    monkeypatch.setattr(meetextract.pipeline, "MAX_ARTICLE_CHARS", len(TEXT) - 10)
    assert facts(extractor(TEXT)) == before


def test_an_article_of_one_line_is_cut_where_it_must(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetextract.pipeline, "MAX_ARTICLE_CHARS", 40)
    (notice,) = extractor(PARAGRAPHS[2]).notices
    assert (notice.code, notice.span) == ("truncated", (40, len(PARAGRAPHS[2])))


def test_a_sentence_read_in_pieces_says_so(extractor: Extractor) -> None:
    endless = "các xã báo cáo " * 300
    (notice,) = extractor(f"{TEXT}\n\n{endless}").notices
    assert notice.code == "sentence_cut"
    assert notice.span == (len(TEXT) + 2, len(TEXT) + 2 + len(endless.rstrip()))


# --- other ways in ----------------------------------------------------------------------------------------------


def test_extract_and_an_extractor_agree(extractor: Extractor) -> None:
    assert extract(TEXT) == extractor(TEXT)


def test_extract_all_reads_an_article_only_when_asked() -> None:
    taken: list[str] = []

    def articles() -> Iterator[Article]:
        for name in ("a", "b", "c"):
            taken.append(name)
            yield Article(name, TEXT)

    records = extract_all(articles())
    assert taken == []
    assert next(records).id == "a"
    assert taken == ["a"]
    assert [record.id for record in records] == ["b", "c"]


def test_mentions_of_some_labels() -> None:
    found = mentions(PARAGRAPHS[2], labels={"DATE", "COUNT"})
    assert [(m.label, m.text) for m in found] == [
        ("DATE", "ngày 29/5/2021"),
        ("COUNT", "12 nhiệm vụ"),
        ("DATE", "quý II/2022"),
        ("DATE", "cùng kỳ"),
    ]


def test_mentions_of_no_label() -> None:
    assert mentions(TEXT, labels=[]) == []


def test_mentions_of_every_label() -> None:
    found = mentions(TEXT)
    assert {"DATE", "QUANTITY", "COUNT", "DOCUMENT", "PERSON", "ROLE", "UNIT", "CHANGE"} <= {m.label for m in found}


def test_mentions_stand_in_the_order_of_the_text_with_their_words() -> None:
    found = mentions(TEXT)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(m.text == TEXT[m.start : m.end] for m in found)


@pytest.mark.parametrize("published", [date(2023, 5, 4), "2023-05-04"])
def test_mentions_take_an_anchor(published: date | str) -> None:
    (found,) = mentions("Huyện làm xong trước ngày 30/4.", {"DATE"}, published=published)
    assert found.value == Period(date(2023, 4, 30), date(2023, 4, 30), "day", anchor="published")


def test_mentions_prefer_the_future_where_asked() -> None:
    (found,) = mentions("Huyện làm xong trước ngày 30/4.", {"DATE"}, published="2023-05-04", prefer="future")
    assert found.value == Period(date(2024, 4, 30), date(2024, 4, 30), "day", anchor="published")


def test_a_snippet_that_looks_like_chrome_is_content() -> None:
    assert [m.text for m in mentions("Ngày đăng 04/05/2023 | 09:43", {"DATE"})] != []


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_mentions_of_nothing(text: str) -> None:
    assert mentions(text) == []


# --- any text ---------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *(
            "UBND",
            "quận",
            "Hà Đông",
            "huyện",
            "xã",
            "phòng",
            "Nội vụ",
            "các",
            "Sở:",
            "Ban Chỉ đạo",
            "Quận ủy",
            "Đảng ủy",
        ),
        *(
            "ông",
            "bà",
            "đồng chí",
            "Trần",
            "Văn",
            "Hải",
            "Hoà",
            "Nguyễn",
            "Chung",
            "Chủ tịch",
            "Phó",
            "Bí thư",
            "UVBTVQU",
        ),
        *(
            "ngày",
            "tháng",
            "năm",
            "quý",
            "chiều",
            "hôm nay",
            "cùng ngày",
            "cùng kỳ",
            "trong năm",
            "từ",
            "đến",
            "2022",
            "II",
        ),
        *(
            "30/6",
            "31/02/2023",
            "1.053",
            "99,93%",
            "12",
            "tỷ",
            "triệu",
            "đồng",
            "hồ sơ",
            "nhiệm vụ",
            "tăng",
            "trên",
            "hai",
        ),
        *(
            "Kế hoạch",
            "số",
            "318/KH-UBND",
            "Đề án",
            "06",
            "của",
            "ban hành",
            "Ảnh:",
            "TP.",
            "giao",
            "khóa",
            "XV",
            "0/0",
        ),
    ]
)
MARKS = st.sampled_from(
    [
        *" \n\t.,;:-–/()%!?\"“”'…&+",
        ", ",
        ". ",
        "\r\n",
        "\n\n",
        "\u00a0",
        "\u200b",
        "\u0301",
        "\u0309",
        "e\u0302\u0323",
        "📢",
        "ﬁ",
        "İ",
        "\0",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, WORDS.map(lambda word: f" {word}"), MARKS, st.text(max_size=3)), max_size=40).map(
    "".join
)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, published=st.sampled_from([None, date(2023, 5, 4), date(2024, 2, 29)]))
@example(text="Chủ tịch UBND quận Trần Văn Hải\u0301 ngày 30/6", published=None)
def test_any_text_gives_a_record_whose_spans_lie_in_it(extractor: Extractor, text: str, published: date | None) -> None:
    record = extractor(Article("a", text, published=published))
    for start, end in spans(record):
        assert 0 <= start < end <= len(text)
    for words, (start, end) in quoted(record):
        assert " ".join(text[start:end].split()) == words


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_entries_of_any_text_stand_in_its_order(extractor: Extractor, text: str) -> None:
    record = extractor(text)
    for kind in ("dates", "unplaced_dates", "documents", "quantities", "counts"):
        starts = [entry.span[0] for entry in getattr(record, kind)]
        assert starts == sorted(starts)
    for entry in (*record.people, *record.units):
        assert list(entry.mentions) == sorted(entry.mentions)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_periods_of_any_text_end_when_or_after_they_begin(extractor: Extractor, text: str) -> None:
    for entry in extractor(text).dates:
        assert date.fromisoformat(entry.start) <= date.fromisoformat(entry.end)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_ids_of_any_text_are_unique(extractor: Extractor, text: str) -> None:
    found = [entry["id"] for kind in KINDS for entry in asdict(extractor(text))[kind]]
    assert len(found) == len(set(found))


class Watching:
    """Stands in for a tagger and notes whose it is and what it is asked."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self.names: set[str] = set()
        self.asked: list[str] = []

    def __call__(self, name: str) -> Tagger:
        self.names.add(name)
        return self.tag

    def tag(self, text: str) -> list[TaggedWord]:
        self.asked.append(text)
        return self.tagger(text)


@pytest.mark.parametrize("name", ["fast", "underthesea"])
def test_the_chosen_tagger_sees_only_sentences_of_which_tags_are_read(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, name: TaggerName
) -> None:
    watching = Watching(tagging._tagger(name))
    monkeypatch.setattr(tagging, "_tagger", watching)
    tellers = "Trời hôm ấy nắng đẹp, ai cũng vui. Chợ quê họp sớm."
    assert Extractor(extractor.library, tagger=name)(tellers + "\n\nUBND xã trồng 300 cây xanh ven đường.")
    assert watching.names == {name}
    assert watching.asked == ["UBND xã trồng 300 cây xanh ven đường."]
