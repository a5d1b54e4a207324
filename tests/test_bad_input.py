"""Bad input costs itself and nothing else, and is never passed over in silence."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.segment.sentences import MAX_SENTENCE_CHARS
from meetextract.settings import MAX_ARTICLE_CHARS

GOOD = "Sáng 8/7/2024, UBND xã Tân Lập họp, đạt trên 61% dự toán."

Outcome = tuple[list[str], list[str], int]
Extract = Callable[..., Outcome]


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Extract files beside a good article; give the ids of the records, the lines on standard error, the exit code."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")

    def run(*names: str) -> Outcome:
        command = [sys.executable, "-m", "meetextract.cli", "extract", *names, "good.txt", "--output", "-"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120)
        assert "Traceback" not in done.stderr
        return [json.loads(line)["id"] for line in done.stdout.splitlines()], done.stderr.splitlines(), done.returncode

    return run


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: the file is empty. Put the article's text there, or remove the file."),
        ("a.txt", b" \n\t\n", "a.txt: the file is empty."),
        ("a.txt", b"\x7fELF\0\0\1\0", "a.txt: a binary file: it holds NUL bytes. Give text in UTF-8."),
        ("a.pdf", b"%PDF-1.7", "a.pdf: .pdf is no kind of file that is read. Give .txt, .html, .jsonl,"),
        ("a.jsonl", b'\n{"id": "x", "text": \n', "a.jsonl:2: no JSON: "),
        ("a.jsonl", b'{"id": "x"}\n', 'a.jsonl:1: a record without text. Add the article as "text".'),
        ("a.jsonl", b'{"id": "x", "text": 7}\n', 'a.jsonl:1: "text" is int, not text. Give it as a string.'),
        ("a.jsonl", b'{"id": "x", "text": " "}\n', 'a.jsonl:1: "text" is empty.'),
        ("a.jsonl", b'["x"]\n', "a.jsonl:1: not a JSON object."),
        ("a.jsonl", b'{"text": "a", "published": "soon"}\n', "a.jsonl:1: published 'soon' is no date. Write it as"),
        ("a.jsonl", b'{"text": "\\ud800"}\n', "a.jsonl:1: text holds half a character (a lone surrogate)."),
        ("a.jsonl", b"[" * 100_000, "a.jsonl:1: no usable JSON: "),
        ("a.jsonl", b"", "a.jsonl: the file is empty."),
    ],
)
def test_a_file_that_cannot_be_read(extract: Extract, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    ids, errors, code = extract(name)
    assert errors[0].startswith(message)
    assert errors[0].endswith(".")
    assert errors[1:] == ["read 2, extracted 1, empty 0, failed 1"]
    assert (ids, code) == (["good"], 1)


def test_a_folder_without_articles(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text(GOOD, encoding="utf-8")
    ids, errors, code = extract("folder")
    assert errors[0] == "folder: no articles in this folder. Put .txt, .html or .jsonl files there, or name another."
    assert (ids, errors[1], code) == (["good"], "read 2, extracted 1, empty 0, failed 1", 1)


def test_what_is_no_file(extract: Extract, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    ids, errors, code = extract("pipe.txt", "loop.txt", "missing.jsonl")
    assert [line.split(":")[0] for line in errors[:-1]] == ["pipe.txt", "loop.txt", "missing.jsonl"]
    assert (ids, errors[-1], code) == (["good"], "read 4, extracted 1, empty 0, failed 3", 1)


def test_bad_lines_cost_only_themselves(extract: Extract, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{number}", "text": GOOD}) for number in range(4)]
    lines[1] = "{"
    lines[2] = lines[0]  # an id again
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ids, errors, code = extract("a.jsonl")
    assert ids == ["n0", "n3", "good"]
    assert [line.split(": ")[0] for line in errors] == [
        "a.jsonl:2",
        "a.jsonl:3",
        "read 5, extracted 3, empty 0, failed 2",
    ]
    assert code == 1


# --- big and degenerate texts: in processes of their own, which are killed when they take too long --------------------

NEWS = f"{GOOD} Theo báo cáo, có 318/320 hồ sơ đúng hạn; các thôn hoàn thành việc được giao trước ngày 30/9.\n"
SCRIPT = """
import json, resource, sys
from meetextract import Article, Extractor
from meetextract.sinks.jsonl import record_to_json

extractor = Extractor()
for line in sys.stdin:
    unit, times = json.loads(line)
    record = extractor(Article("a", unit * times))
    json.loads(record_to_json(record))
    notices = [[notice.code, *notice.span] for notice in record.notices]
    print(json.dumps([notices, len(record.quantities), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def in_own_process(*texts: tuple[str, int], seconds: int = 60) -> list[tuple[list[tuple[str, int, int]], int]]:
    """The notices and the number of quantities of each text; texts are (unit, times)."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=lines, capture_output=True, text=True, encoding="utf-8", timeout=seconds
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(megabytes < 1500 for _, _, megabytes in outcomes)
    return [([tuple(notice) for notice in notices], quantities) for notices, quantities, _ in outcomes]


def test_an_article_of_ten_megabytes() -> None:
    times = 10_000_000 // len(NEWS.encode()) + 1
    ((notices, quantities),) = in_own_process((NEWS, times))
    whole_lines = MAX_ARTICLE_CHARS // len(NEWS)
    assert notices == [("truncated", whole_lines * len(NEWS), times * len(NEWS))]
    assert quantities == 2 * whole_lines


def test_a_sentence_of_a_megabyte_without_punctuation() -> None:
    unit, times = "xã giao chỉ tiêu và nhiệm vụ ", 30_000
    assert len((unit * times).encode()) > 1_000_000
    ((notices, _),) = in_own_process((unit, times))
    assert notices == [("truncated", MAX_ARTICLE_CHARS, len(unit) * times), ("sentence_cut", 0, MAX_ARTICLE_CHARS)]


@pytest.mark.parametrize("unit", ["a.a.a.", "1.1.1.", "a.a.a. ", "1.1.1. "])
def test_full_stops_without_end(unit: str) -> None:
    ((notices, quantities),) = in_own_process((unit, 100_000))
    assert notices[0] == ("truncated", MAX_ARTICLE_CHARS, len(unit) * 100_000)
    assert quantities == 0


def test_other_degenerate_texts() -> None:
    texts = [("x", 250_000), ("Nguyễn ", 40_000), ("1/", 100_000), ("(", 100_000), ("“", 100_000), ("\u0301", 100_000),
             ("- ", 100_000), ("1,", 100_000)]  # fmt: skip
    for (unit, times), (notices, _) in zip(texts, in_own_process(*texts), strict=True):
        assert [code for code, _, _ in notices] == ["sentence_cut"], unit
        assert notices[0][2] == len((unit * times).rstrip())
    assert in_own_process(("\n", 250_000)) == [([], 0)]


def test_a_sentence_is_cut_only_where_it_is_too_long() -> None:
    extractor = Extractor()
    long = "Xã giao việc, " * (MAX_SENTENCE_CHARS // 14 + 1)
    assert extractor(f"{GOOD}\n\n{GOOD} {GOOD}").notices == ()
    (notice,) = extractor(f"{GOOD}\n\n{long}đạt 61%.\n\n{GOOD}").notices
    assert notice.code == "sentence_cut"
    assert notice.span == (len(GOOD) + 2, len(GOOD) + 2 + len(f"{long}đạt 61%."))


def test_odd_articles_give_records() -> None:
    extractor = Extractor()
    for text in (
        "",
        " ",
        "\n",
        "\0",
        "a",
        "%",
        "\ufeff",
        "😀" * 50,
        "\u202e8/7",
        "Nguye\u0302\u0303n 8/7/2024",
        "\r\n\r\n61%\r",
    ):
        record = extractor(Article("odd", text))
        for entry in (*record.dates, *record.quantities):
            assert " ".join(text[slice(*entry.span)].split()) == entry.text


# --- articles that are no meeting news --------------------------------------------------------------------------------

FOOTBALL = """Đội Hoa Phượng thắng đậm trên sân Lạch Tray

Tối 14/9, đội Hoa Phượng đánh bại đội Sông Bưởi với tỷ số 3-1 trước 8.000 khán giả. Tiền đạo Lê Văn Bình ghi hai bàn ở
phút 12 và 57.

Hiệp một, đội khách cầm bóng 62% nhưng chỉ có 2 cú sút trúng đích. Huấn luyện viên Đỗ Hải cho rằng trọng tài phải xem
lại tình huống phạt đền. Đội Hoa Phượng vươn lên thứ ba với 21 điểm sau 11 vòng.
"""
LAW = """LUẬT QUẢN LÝ ĐÊ BIỂN

Điều 1. Phạm vi điều chỉnh

Luật này quy định về quy hoạch, xây dựng và bảo vệ đê biển.

Điều 2. Trách nhiệm của Ủy ban nhân dân các cấp

1. Ủy ban nhân dân cấp tỉnh có trách nhiệm lập quy hoạch đê biển trong phạm vi địa phương.

2. Tổ chức, cá nhân phải bảo vệ đê; không được xây nhà trong phạm vi 5 m tính từ chân đê.

Điều 3. Hiệu lực thi hành

Luật này có hiệu lực từ ngày 01 tháng 01 năm 2026.
"""
LINKS = "\n".join(
    ["Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ", "- https://vidu.example/tin/1", "- https://vidu.example/tin/2"]
    + [f"Hội nghị giao ban tháng {month}" for month in range(1, 13)]
)  # fmt: skip
DATED_LINKS = "\n".join(
    [
        "Tin mới",
        *(f"UBND quận Hoa Phượng họp giao ban tháng {month} (0{month}/0{month}/2024)" for month in range(1, 10)),
    ]
)
HEADLINES = """Tin đọc nhiều

UBND tỉnh Sông Bưởi họp về phòng dịch

Thu ngân sách tỉnh Sông Bưởi đạt 90%

Giá vàng tăng mạnh

Trời mưa to ở nhiều nơi

Mùa hoa phượng lại về

Xuất khẩu gạo tăng 12% so với cùng kỳ
"""
MATCH = """Đội Hoa Phượng thắng trận cuối

Tối 14/9, đội Hoa Phượng thắng đội Sông Bưởi 3-0. Tỷ lệ kiểm soát bóng của Câu lạc bộ Hoa Phượng đạt 62%. Khán giả trên
sân là 10.000 người, tăng 20% so với vòng trước. Tỷ lệ sút trúng đích đạt 60%.
"""
ADVERTISEMENT = """Khai trương cửa hàng

Công ty Sông Bưởi giảm 50% cho 100 khách đầu tiên. Đã có 500 khách mua, tăng 20% so với tháng trước. Chất lượng và hiệu
quả được nâng lên. Giảm giá 30% toàn bộ sản phẩm.
"""
ENGLISH = """The committee met on Monday

On 3 June 2024 the harbour committee held a meeting chaired by Ms Jane Roe. She asked all departments to review their
budgets before 30 June. Revenue reached 61% of the plan, up 12% on the year before.
"""
POEM = """Chiều qua bến

Con đò nhỏ chở chiều sang
Gió đưa hương lúa mênh mang cuối đồng
Em về giặt áo bên sông
Trăm năm bến đợi đò mong một người
Quyết tâm giữ lấy dòng trong
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FOOTBALL, id="football"),
        pytest.param(LAW, id="law"),
        pytest.param(LINKS, id="links"),
        pytest.param(DATED_LINKS, id="dated links"),
        pytest.param(HEADLINES, id="headlines"),
        pytest.param(MATCH, id="match report"),
        pytest.param(ADVERTISEMENT, id="advertisement"),
        pytest.param(ENGLISH, id="english"),
        pytest.param(POEM, id="poem"),
    ],
)
def test_what_is_no_meeting_news(text: str) -> None:
    record = Extractor()(Article("other", text))
    assert record.meeting is None
    assert record.targets == ()
    assert record.assignments == ()
    assert record.notices == ()


def test_what_is_no_meeting_news_is_no_error(extract: Extract, tmp_path: Path) -> None:
    for name, text in (("ball", FOOTBALL), ("law", LAW), ("links", LINKS), ("english", ENGLISH), ("poem", POEM)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ids, errors, code = extract("ball.txt", "law.txt", "links.txt", "english.txt", "poem.txt")
    assert ids == ["ball", "law", "links", "english", "poem", "good"]
    assert code == 0
    assert errors[-1].endswith("failed 0")


# --- long and degenerate directives: time is compared with that of a tenth, so that no machine is too slow -----------

TIMED = """
import json, sys, time
from meetextract import Article, Extractor

extractor = Extractor()
extractor(Article("a", "UBND xã Tân Lập giao các thôn rà soát hồ sơ."))
for line in sys.stdin:
    head, unit, times = json.loads(line)
    took = []
    for part in (max(1, times // 10), times):
        begin = time.process_time()
        record = extractor(Article("a", head + unit * part))
        took.append(time.process_time() - begin)
    print(json.dumps(took))
"""
HEAD = "Sáng 8/7/2024, ông Lê Văn Bình, Chủ tịch UBND xã Tân Lập kết luận: "


LONG = (
    "giao các xã rà soát; ",
    "giao các xã rà soát. ",
    "các xã cần rà soát và ",
    "yêu cầu “giao các xã rà soát” ",
    "phòng Nội vụ, ",
    "phấn đấu đạt 61%, ",
)


def test_time_grows_with_the_text() -> None:
    lines = "".join(json.dumps([HEAD, unit, 200_000 // len(unit.encode())]) + "\n" for unit in LONG)
    done = subprocess.run(
        [sys.executable, "-c", TIMED], input=lines, capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for unit, line in zip(LONG, done.stdout.splitlines(), strict=True):
        tenth, whole = json.loads(line)
        assert whole <= 25 * tenth, f"{unit!r}: {tenth:.2f} s, then {whole:.2f} s"


def test_a_hundred_items_of_a_list_in_lines() -> None:
    items = "\n\n".join(f"{number}. Sửa chữa nhà văn hóa thôn Đồng {number};" for number in range(1, 101))
    record = Extractor()(Article("a", f"{GOOD}\n\nChủ tịch UBND xã Tân Lập yêu cầu các thôn:\n\n{items}\n"))
    assert sum("Sửa chữa nhà văn hóa" in task for told in record.assignments for task in told.tasks) == 100


def test_quotation_marks_without_end_in_directives() -> None:
    extractor = Extractor()
    for text in (
        "Ông Lê Văn Bình, Chủ tịch UBND xã Tân Lập yêu cầu: “Các thôn phải rà soát hồ sơ",
        "Ông Lê Văn Bình, Chủ tịch UBND xã Tân Lập yêu cầu các thôn” rà soát hồ sơ; “sửa đường.",
        "“““Chủ tịch UBND xã Tân Lập giao các thôn ((rà soát hồ sơ; sửa đường.",
        "Chủ tịch UBND xã Tân Lập giao; giao: giao. giao các thôn",
        "giao giao giao giao",
        "; ; ; yêu cầu ; ; ;",
    ):
        record = extractor(Article("odd", text))
        for told in record.assignments:
            assert told.tasks
            assert all(task.strip() for task in told.tasks)
            assert 0 <= told.span[0] < told.span[1] <= len(text)
