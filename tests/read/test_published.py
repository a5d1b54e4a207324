"""The day that a page shows."""

from datetime import date

import pytest

from meetextract.read.article import Article
from meetextract.read.layout import read_layout
from meetextract.read.published import date_line

TITLE = "Phường An Bình triển khai kế hoạch chuyển đổi số năm 2024"
LEAD = "Sáng 6/5, UBND phường An Bình họp giao ban tháng 5. Ông Lê Văn Tám, Chủ tịch UBND phường, chủ trì cuộc họp."
BODY = "Theo báo cáo, đến ngày 30/4/2024 phường giải quyết 1.200 hồ sơ. Các tổ dân phố vận động người dân nộp qua mạng."


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Thời gian: 07/05/2024 11:12", "07/05/2024"),
        ("07/05/2024 | 178", "07/05/2024"),
        ("Ngày đăng 07/05/2024 | 09:43  | Lượt xem: 405", "07/05/2024"),
        ("Cập nhật: 07/05/2024 23:55", "07/05/2024"),
        ("Thứ Ba, 07/05/2024, 16:05", "07/05/2024"),
        ("thứ ba, 07 05 2024 08:51", "07 05 2024"),
        ("22:48 07/05/2024", "07/05/2024"),
        ("(07.05.2024 14:04)", "07.05.2024"),
        ("Tue, 07 May 2024 23:00:00 +0700", "Tue, 07 May 2024 23:00:00 +0700"),
        ("07/05/2024", "07/05/2024"),
        ("Thứ ba, ngày 7 tháng 5 năm 2024", "7 tháng 5 năm 2024"),
        ("2024-05-07", "2024-05-07"),
    ],
)
@pytest.mark.parametrize("page", ["{line}\n\n{title}\n\n{lead}\n\n{body}", "{title}\n{line}\n\n{lead}\n\n{body}"])
def test_a_shown_date(page: str, line: str, shown: str) -> None:
    text = page.format(line=line, title=TITLE, lead=LEAD, body=BODY)
    layout = read_layout(Article("a", text))
    assert (layout.published, layout.published_from) == (date(2024, 5, 7), "visible")
    assert layout.published_span and text[slice(*layout.published_span)] == shown
    assert layout.title == TITLE


def test_a_given_date_wins() -> None:
    layout = read_layout(Article("a", f"{TITLE}\n07/05/2024\n\n{LEAD}", published=date(2024, 5, 9)))
    assert (layout.published, layout.published_from, layout.published_span) == (date(2024, 5, 9), "given", None)


def test_front_matter() -> None:
    text = f'---\nlayout: post\ntitle: "{TITLE}"\ndate: 2024-05-07 00:00:01\ntags:\n- Phường\n---\n\n{LEAD}\n\n{BODY}\n'
    layout = read_layout(Article("a", text))
    assert layout.title == TITLE
    assert layout.published == date(2024, 5, 7)
    assert layout.published_span and text[slice(*layout.published_span)] == "2024-05-07"
    assert [block.kind for block in layout.blocks] == ["chrome", "title", "chrome", "lead", "body"]


def test_a_label_below_the_article() -> None:
    layout = read_layout(Article("a", f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\nNgày đăng: 07/05/2024 18:55"))
    assert layout.published == date(2024, 5, 7)


@pytest.mark.parametrize(
    "line",
    [
        "Tin liên quan\nKhai mạc hội thi cán bộ dân vận khéo(07/05/2024)",
        "Giấy phép số 16/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 07/05/2024",
        "Văn bản mới\nNgày: 07/05/2024",
        "Cổng thông tin điện tử phường An Bình\nCập nhật lần cuối: 07/05/2024",
    ],
)
def test_other_dates_of_the_page(line: str) -> None:
    assert read_layout(Article("a", f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{line}")).published is None


@pytest.mark.parametrize(
    "line",
    [
        "31/12/9999",
        "30/02/2024",
        "ngày 7/5",
        "07/05/2024 phường họp",
        "Thời gian: 8h ngày 07/05/2024 tại hội trường phường",
    ],
)
def test_no_date_line(line: str) -> None:
    assert date_line(line) is None
    assert read_layout(Article("a", f"{TITLE}\n{line}\n\n{LEAD}\n\n{BODY}")).published is None
