"""Where sentences end, and where they only seem to."""

import time
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.segment.sentences import MAX_SENTENCE_CHARS, sentence_starts

Form = Literal["NFC", "NFD"]

PIECES = st.lists(
    st.sampled_from(
        [
            "Ông Nam",
            "họp",
            "TP.",
            "PGS.TS.",
            ".",
            "./.",
            "...",
            "!",
            "“",
            "”",
            "1.",
            "- ",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "4.000",
            *("a)", ",", ";", ":", "(", ")", "Phó Chủ tịch", "Thường trực", "x.Y", "\u00a0", "\u0301", "😀"),
        ]
    ),
    max_size=30,
).map("".join)


def sentences(text: str, **limits: int) -> list[str]:
    starts = sentence_starts(text, 0, len(text), **limits)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "UBND TP. Vĩnh Tân họp với Tp. Hạ Long và Q. Bình An, P. Cầu Đá.",
        "PGS.TS. Lê Minh và Th.S Đỗ Lan, ThS. Vũ Hà, GS. Trần Đức, BS. Hồ Nga cùng dự.",
        "Đ/c. Nguyễn An chủ trì; Mr. Smith cùng dự.",
        "Bị cáo Nguyễn Văn A. cùng Trần B. Hòa có mặt.",
        "Thu 4.000 tấn, chi 5.5 tỷ đồng.",
        "Mua gạo, dầu, v.v. để cấp cho dân.",
        "Họp bàn về rác thải... nhưng chưa quyết.",
        "1. Mục tiêu chung là giữ rừng.",
        "1.2. Chỉ tiêu cụ thể là 20 ha.",
        "II. Nhiệm vụ và giải pháp",
        "**7. Giao các thôn rà soát hộ nghèo.",
        "“Cố gắng lên!” – ông Nam nhắc lại.",
        "Liên hệ: vanphong@xaan.gov.vn hoặc www.xaan.gov.vn nhé.",
        "Tại cuộc họp ở xã Tân Phú, đồng chí Lê Hòa - Phó Chủ tịch\nThường trực UBND huyện phát biểu.",
        "Chủ tịch xã đã yêu cầu các thôn rà soát lại toàn bộ\r\ndanh sách hộ nghèo.",
        "Ban Chỉ đạo yêu cầu mọi thôn trên địa bàn của\nHuyện Đông Sơn báo cáo.",
        "Đoàn công tác đã làm việc với lãnh đạo của TP.\nVinh Tân về thoát nước.",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_one_sentence(text: str, form: Form) -> None:
    text = unicodedata.normalize(form, text)
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Họp xong.| 100% đại biểu tán thành.",
        "Việc đã xong!| Ai làm?| “Tôi làm.”| Ông Nam đáp.",
        "Xã đạt loại A.| Ông Nam rất vui.",
        "Đó là chủ trương của tỉnh.|Ông Nam yêu cầu làm ngay.",
        "Có tivi, tủ lạnh, v.v.| Ông Nam đã xem.",
        "Đã giao cho TP.| Theo đó, sở sẽ làm.",
        "Đã báo cáo UBND TP.| Trả lời báo chí, ông Nam nói sẽ làm.",
        "Xã hoàn thành nhiệm vụ được giao./.| Tin: Lan Hương",
        "Xã hoàn thành nhiệm vụ được giao./.|\nLan Hương",
        "Hội nghị tổng kết năm|\n\nSáng nay, xã họp",
        "Toàn cảnh cuộc họp|\nÔng Nam phát biểu",
        "Trang chủ|\nGiới thiệu|\nLiên hệ",
        "Các việc phải làm gồm:|\n- trồng cây;|\n- nạo vét mương;|\n• sửa cầu",
        "Nội dung như sau:|\n1. Trồng cây|\n2. Sửa cầu|\na) Cầu Đông",
        "Đã nêu các khó khăn...| Ông Nam kết luận.",
        "Ảnh: T.H.| “Phải làm ngay”, ông Nam nói.",
        "ảnh quảng cáo|\nảnh quảng cáo",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_several_sentences(text: str, form: Form) -> None:
    text = unicodedata.normalize(form, text)
    assert sentences(text.replace("|", "")) == [part.strip() for part in text.split("|")]


def test_wrapped_lines_are_joined() -> None:
    text = (
        "Để hoàn thành chỉ tiêu trồng cây năm nay, Ủy ban nhân dân xã giao\n"
        "cho các thôn rà soát đất trống, báo cáo kết quả về xã, trong đó có\n"
        "Thôn Đông và Thôn Đoài là hai nơi còn nhiều đất chưa sử dụng nhất.\n"
        "Văn phòng tổng hợp, trình Chủ tịch trước ngày 15 hằng tháng, không\n"
        "để chậm trễ."
    )
    assert len(sentences(text)) == 2


def test_blanks_after_a_sentence_do_not_make_it_long() -> None:
    assert len(sentences("ba, " * 10 + " " * 100, max_chars=80)) == 1


def test_a_block_is_read_alone() -> None:
    text = "Một. Hai. Ba. Bốn."
    assert sentence_starts(text, 4, 13) == [5, 10]
    assert sentence_starts("  \n ", 0, 4) == []


def test_long_sentences_are_cut_at_the_best_sign() -> None:
    assert max(map(len, sentences("từ " * 3_000))) <= MAX_SENTENCE_CHARS
    first, second = sentences("ba " * 20 + "bốn; năm, " + "sáu " * 5, max_chars=80)
    assert first.endswith("bốn;")
    assert second.startswith("năm,")


@given(PIECES)
def test_starts_rise_and_stand_on_characters(text: str) -> None:
    starts = sentence_starts(text, 0, len(text))
    assert starts == sorted(set(starts))
    assert all(not text[start].isspace() for start in starts)
    assert bool(starts) == bool(text.strip())


@pytest.mark.parametrize(
    "unit", ["a.a.a.", "1.1.1.", "A. ", ". ", ".", "a\n", "xã.Ông ", "1. ", " \n", "a.”", "TP. Ông ", "/.", "- ", "“"]
)
def test_time_is_linear(unit: str) -> None:
    begin = time.process_time()
    sentence_starts(unit * (600_000 // len(unit)), 0, 600_000 // len(unit) * len(unit))
    assert time.process_time() - begin < 6
