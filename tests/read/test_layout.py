"""Dividing pages into blocks."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.read.article import Article
from meetextract.read.blocks import BlockKind
from meetextract.read.layout import Layout, read_layout

TITLE = "Quận Hoa Mai đẩy mạnh cải cách hành chính trong quý II"
LEAD = "Chiều 6/5, UBND quận Hoa Mai họp Ban Chỉ đạo cải cách hành chính. Bà Trần Thị Sen, Phó Chủ tịch quận, chủ trì."
BODY = (
    "Theo báo cáo của phòng Nội vụ, quận đã giải quyết 4.120 hồ sơ, đạt 98,5%. Một số phường còn chậm cập nhật kết quả "
    "lên hệ thống, nhất là hồ sơ đất đai và hồ sơ xây dựng; có nơi chưa phân công người theo dõi."
)
END = "Kết luận cuộc họp, bà Trần Thị Sen yêu cầu các phường xử lý dứt điểm hồ sơ quá hạn trước ngày 30/6./."


def divided(text: str, title: str | None = None) -> tuple[Layout, list[tuple[BlockKind, str]]]:
    layout = read_layout(Article("a", text, title=title))
    check_cover(text, layout)
    return layout, [(block.kind, text[block.start : block.end]) for block in layout.blocks]


def check_cover(text: str, layout: Layout) -> None:
    position = 0
    for block in layout.blocks:
        assert position <= block.start < block.end <= len(text)
        assert not text[position : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        position = block.end
    assert not text[position:].strip()


def kinds(text: str) -> list[BlockKind]:
    return [kind for kind, _ in divided(text)[1]]


def test_a_plain_article() -> None:
    layout, blocks = divided(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{END}\n\nMinh Thư")
    assert layout.title == TITLE
    assert blocks == [("title", TITLE), ("lead", LEAD), ("body", BODY), ("body", END), ("byline", "Minh Thư")]


def test_a_portal_page() -> None:
    menu = "\n\n".join(["Trang thông tin điện tử quận Hoa Mai", "Trang chủ", "Giới thiệu", "CƠ CẤU TỔ CHỨC", "Quận ủy"])
    menu += "\n\nỦy ban nhân dân các phường\n\nQuy định chung về tiếp công dân và xử lý đơn\n\nCải cách hành chính"
    foot = (
        "Xem tiếp\n\nTIN ĐÃ ĐƯA\n\nKhai mạc hội khỏe(02/05/2024)\n\nLiên kết Website\n\n2\n\n9\n\nĐịa chỉ: Số 1 phố Sen"
    )
    text = f"{menu}\n\nthứ ba, 07 05 2024 08:51\n\n{TITLE}\n\n{LEAD}\n{BODY}\n{END}\nMinh Thư - Đức Anh\n\n{foot}\n"
    layout, blocks = divided(text)
    assert [kind for kind, _ in blocks] == ["chrome", "dateline", "title", "lead", "body", "body", "byline", "chrome"]
    assert layout.title == TITLE
    assert str(layout.published) == "2024-05-07"


def test_a_footer_with_names_and_addresses() -> None:
    foot = "CỔNG THÔNG TIN ĐIỆN TỬ QUẬN HOA MAI\n\nTrưởng Ban biên tập: Bà Trần Thị Sen\n\n Email: a@b.vn"
    assert kinds(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{END}\n\n{foot}") == ["title", "lead", "body", "body", "chrome"]


@pytest.mark.parametrize(
    "caption",
    [
        "Toàn cảnh cuộc họp",
        "Các đại biểu thảo luận tại cuộc họp",
        "Trưởng phòng Nội vụ phát biểu ý kiến tại cuộc họp.",
        "Đồng chí Trần Thị Sen - Phó Chủ tịch UBND quận kết luận cuộc họp",
        "Cán bộ bộ phận một cửa hướng dẫn người dân. Ảnh: Minh Thư",
        "*Người dân nộp hồ sơ trực tuyến tại phường 5. Ảnh: MT*",
        "> Quang cảnh phiên họp. Ảnh: M.T",
    ],
)
def test_captions(caption: str) -> None:
    assert kinds(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{caption}\n\n{END}") == ["title", "lead", "body", "caption", "body"]


@pytest.mark.parametrize(
    "byline",
    [
        "Minh Thư",
        "MINH THƯ",
        "Minh Thư – Đức Anh (Trung tâm Văn hóa quận)",
        "Tin, ảnh: Minh Thư (Đài Truyền thanh quận)",
        "Theo Báo Hoa Mai",
        "Theo hoamai.example",
        "Nguồn: Cổng thông tin thành phố",
    ],
)
def test_bylines(byline: str) -> None:
    assert kinds(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{END}\n\n{byline}")[-1] == "byline"
    inside = f"{TITLE}\n{LEAD}\n{BODY} {END.removesuffix('/.')} {byline.replace('–', '-')} "
    assert divided(inside)[1][-1] == ("byline", byline.replace("–", "-"))


@pytest.mark.parametrize(
    "ending", ["tại TP. Hoa Mai", "do PGS.TS. Trần Sen", "họp ở quận 5", "gồm bà Sen và ông Lê Văn Tám"]
)
def test_last_words_that_are_no_byline(ending: str) -> None:
    assert kinds(f"{TITLE}\n{LEAD}\n{BODY} Cuộc họp {ending}")[-1] == "body"


def test_three_lines_of_the_press() -> None:
    layout, blocks = divided(f"Vì sao người dân phường 5 chưa nộp hồ sơ qua mạng, dù máy tính đã đủ?\n{LEAD}\n{BODY}")
    assert [kind for kind, _ in blocks] == ["title", "lead", "body"]
    assert layout.title and layout.title.startswith("Vì sao")


def test_a_feed_gives_the_title_twice_and_a_teaser() -> None:
    text = f"[Hoa Mai] {TITLE}\nTue, 07 May 2024 23:00:00 +0700\n{TITLE}\n\n{LEAD[:70]} ...\n\n{LEAD}\n\n{BODY}"
    layout, blocks = divided(text)
    assert [kind for kind, _ in blocks] == ["title", "dateline", "title", "lead", "lead", "body"]
    assert layout.title == TITLE


def test_a_teaser_that_does_not_stand_again_is_kept() -> None:
    head = f"[Hoa Mai] {TITLE}\nTue, 07 May 2024 23:00:00 +0700\n{TITLE}"
    text = f"{head}\n\nQuận vừa có Văn bản số 15/UBND-NV về việc ...\n\n{LEAD}\n\n{BODY}"
    assert kinds(text) == ["title", "dateline", "title", "lead", "body", "body"]


def test_a_line_broken_in_mid_sentence_is_mended() -> None:
    broken = (
        "Kết luận cuộc họp, bà Trần Thị Sen, Phó Chủ tịch\nThường trực quận, yêu cầu các phường xử lý hồ sơ\nquá hạn."
    )
    assert divided(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{broken}")[1][-1] == ("body", broken)


SHORT = [
    "Thu đạt 97% dự toán.",
    "Giải quyết 20 hồ sơ.",
    "Có 15 hộ thoát nghèo.",
    "Họp xong trước ngày 5/3/2024.",
    "Bà Sen giao phường 5 rà soát.",
    "Còn 3 hộ chờ hỗ trợ!",
    "Các phường báo cáo trong tháng 7.",
]
MENU = [
    "Trang chủ",
    "Giới thiệu",
    "Cơ cấu tổ chức",
    "Quy định chung về tiếp công dân",
    "Văn bản",
    "Hỏi đáp",
    "Thư viện",
]


def test_an_article_of_short_lines_is_no_menu() -> None:
    layout, blocks = divided("\n".join(["Quận Hoa Mai họp", *SHORT]))
    assert layout.title == "Quận Hoa Mai họp"
    assert blocks[1:] == [("body", line) for line in SHORT]
    assert kinds("\n".join(SHORT)) == ["body"] * len(SHORT)
    bare = [line.rstrip(".!") for line in SHORT]
    assert "chrome" not in kinds("\n".join(bare))  # nothing but short lines, none closed: in doubt, body


@pytest.mark.parametrize("ending", [".", ";", "./.", '."', "!", "…;"])
def test_short_sentences_above_prose_are_no_menu(ending: str) -> None:
    short = [line.rstrip(".!") + ending for line in SHORT]
    assert set(kinds("\n".join(["Quận Hoa Mai họp", *short, LEAD, BODY]))) == {"title", "body"}


def test_a_short_sentence_with_its_day_begins_the_story() -> None:
    first = "Sáng 7/5, quận Hoa Mai họp giao ban."
    assert kinds(f"{first}\n\n{BODY}") == ["body", "body"]
    assert kinds(f"{TITLE}\n\n{first}\n\n{BODY}") == ["title", "lead", "body"]


def test_thousands_of_sentences_a_line_each() -> None:
    lines = [f"Phường {at} thu đạt {at}% dự toán." for at in range(1, 4001)]
    lines[2000:2000] = ["Địa chỉ: Số 1 phố Sen", "Tin liên quan"]
    found = kinds("\n".join(lines))
    assert (found.count("body"), found.count("chrome")) == (4000, 1)


def test_a_menu_is_still_chrome_and_a_sentence_in_it_is_kept() -> None:
    page = [*MENU, "Chào mừng bạn đến với quận Hoa Mai.", "Hình ảnh", TITLE, LEAD, BODY]
    layout, blocks = divided("\n".join(page))
    assert layout.title == TITLE
    assert [kind for kind, _ in blocks] == ["chrome", "body", "chrome", "title", "lead", "body"]
    layout, blocks = divided("\n".join([*MENU, "Quận Hoa Mai họp tháng 7.", LEAD, BODY]))
    assert layout.title == "Quận Hoa Mai họp tháng 7."
    assert [kind for kind, _ in blocks] == ["chrome", "title", "lead", "body"]


def test_the_foot_of_an_article_of_short_sentences() -> None:
    foot = ["Tin liên quan", "Khai mạc hội khỏe", "Phường 5 họp dân", "Điện thoại: 0200.3000.000"]
    assert kinds("\n".join(["Quận Hoa Mai họp", *SHORT, *foot])) == ["title", *["body"] * len(SHORT), "chrome"]


def test_related_links_inside_the_story_do_not_take_the_rest() -> None:
    text = f"{TITLE}\n\n{LEAD}\n\nTin liên quan\n\nKhai mạc hội khỏe (02/05/2024)\n\n{BODY}\n\n{END}"
    assert kinds(text) == ["title", "lead", "chrome", "body", "body"]


def test_lists_are_body() -> None:
    rooms = "Phường có ba phòng, gồm:\n\n- Văn phòng HĐND và UBND;\n- Phòng Kinh tế;\n- Phòng Văn hóa"
    text = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{rooms}"
    assert kinds(text)[-4:] == ["body", "body", "body", "body"]


def test_a_given_title() -> None:
    layout, blocks = divided(f"{TITLE.upper()}\n\n{LEAD}\n\n{BODY}", title=TITLE)
    assert (layout.title, blocks[0][0]) == (TITLE, "title")
    layout, blocks = divided(f"{LEAD}\n\n{BODY}", title=TITLE)
    assert layout.title == TITLE
    assert "title" not in [kind for kind, _ in blocks]


@pytest.mark.parametrize("text", ["", " \n ", "trên 97%", "Quận họp.", "Chiều 1/3, quận họp"])
def test_snippets_are_body(text: str) -> None:
    layout, blocks = divided(text)
    assert layout.title is None
    assert [kind for kind, _ in blocks] == (["body"] if text.strip() else [])


LINES = st.sampled_from(
    [
        TITLE,
        LEAD,
        BODY,
        END,
        "Toàn cảnh",
        "Tin liên quan",
        "07/05/2024",
        "---",
        "title: A",
        "Địa chỉ: Số 1",
        "Lan Anh",
        "và",
        "[//]: #",
        "# Họp",
        "* * *",
        "2",
        "😀",
        "Email: a@b.vn",
        "Tue, 07 May 2024 08:00:00 +0700",
        "x" * 500,
        "\u200b",
        "...",
    ]
)


@given(
    st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \u00a0\n", "\u2028"]), st.booleans()
)
def test_blocks_cover_every_page(lines: list[str], between: str, decompose: bool) -> None:
    text = between.join(lines)
    text = unicodedata.normalize("NFD", text) if decompose else text
    layout = read_layout(Article("a", text))
    check_cover(text, layout)
    if layout.published_span:
        assert text[slice(*layout.published_span)].strip()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_blocks_cover_any_text(text: str) -> None:
    check_cover(text, read_layout(Article("a", text)))


def test_decomposed_and_windows_text_divides_alike() -> None:
    text = f"{TITLE}\n07/05/2024 | 178\n\n{LEAD}\n\nToàn cảnh cuộc họp\n\n{BODY}\n\nMinh Thư"
    assert kinds(text) == kinds(unicodedata.normalize("NFD", text)) == kinds(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "unit",
    [
        "a\n",
        "Mục mới\n",
        f"{BODY}\n\n",
        f"{BODY} ",
        "A ",
        "1.1.1.",
        "a.a.",
        "Ảnh: ",
        "Tin liên quan\n",
        "Quận họp ...\n",
        "\n",
        "(",
    ],
)
def test_dividing_is_linear(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    started = time.process_time()
    read_layout(Article("a", text))
    assert time.process_time() - started < 4
