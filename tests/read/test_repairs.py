"""Text in old fonts and mojibake is repaired; right text is not touched."""

import pytest

from meetextract.read.repairs import repair

RIGHT = """\
Sáng 12/4, Ủy ban nhân dân huyện Ba Bể tổ chức hội nghị giao ban.
Ông Hà Văn Tý nói: “Các xã phải báo cáo trước ngày 30/6” – đạt 98,5 % kế hoạch…
"""
# "Cộng hoà xã hội chủ nghĩa Việt Nam / Độc lập Tự do Hạnh phúc" as typed in these fonts.
WANTED = "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập Tự do Hạnh phúc"
TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp Tù do H¹nh phóc"
VNI = "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp Töï do Haïnh phuùc"


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        "Ha Noi, 12/4",
        "Café à Paris, où l'on fête Noël déjà.",
        "Ngày 5/3 xã họp",
        "HỌP GIAO BAN",
        "",
        "©®™ 25°C ½ §5",
        "Nguyê\u0303n Văn A\u0309nh",
    ],
)
def test_right_text_is_not_touched(text: str) -> None:
    assert repair(text) == (text, ())


@pytest.mark.parametrize(("font", "typed"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_old_fonts(font: str, typed: str) -> None:
    text, repairs = repair(f"{typed}\n\n  {typed}.\n")
    assert repairs == (font,)
    assert text == f"{WANTED}\n\n  {WANTED}.\n"


def test_an_old_font_among_right_lines() -> None:
    text, repairs = repair(f"Cổng thông tin điện tử huyện Ba Bể\n{TCVN3}\nTrang chủ\n")
    assert repairs == ("tcvn3",)
    assert text == f"Cổng thông tin điện tử huyện Ba Bể\n{WANTED}\nTrang chủ\n"


def test_mojibake_line_by_line() -> None:
    wrong = RIGHT.splitlines()[0].encode().decode("latin-1")
    text, repairs = repair(f"Trang chủ của huyện\n{wrong}\n")
    assert repairs == ("mojibake",)
    assert text == f"Trang chủ của huyện\n{RIGHT.splitlines()[0]}\n"
