"""`meetextract explain`: why an entry is what it is, and which words of an article led to none."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

from meetextract import cli
from meetextract.assemble.trace import Reason
from meetextract.explain import REASONS, explain_article, explain_entry, find_entry, source_of
from meetextract.pipeline import Extractor
from meetextract.read.article import Article
from meetextract.records import Record
from meetextract.sinks.jsonl import record_to_json

TEXT = (
    "Sáng 7/5/2024, UBND huyện Mường Lát tổ chức hội nghị giao ban. Đồng chí Lò Thị Pành, Chủ tịch UBND huyện chủ trì "
    "hội nghị.\n\nNăm 2023, tỷ lệ hộ nghèo còn 21,5%. Hội nghị có 120 đại biểu tham dự. Cán bộ đã làm việc.\n\n"
    "Kết luận hội nghị, Chủ tịch UBND huyện giao phòng Nội vụ, phối hợp với Công an huyện rà soát biên chế, hoàn thành "
    "trong tháng 6.\n"
)
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> Record:
    return extractor(Article("muong-lat", TEXT))


@pytest.fixture
def records(tmp_path: Path, record: Record) -> Path:
    """A file of records beside the article that they were read from."""
    (tmp_path / "muong-lat.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "records.jsonl"
    path.write_text(record_to_json(replace(record, source="muong-lat.txt")) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def explain(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["explain", *map(str, arguments)])


# --- an entry ---------------------------------------------------------------------------------------------------


def test_an_assignment(records: Path, record: Record) -> None:
    (told,) = record.assignments
    done = explain(records, told.id)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == f"assignments {told.id}"
    assert "directives.assign “Giao, phân công” (directives.yaml:" in lines[1]
    assert "assemble.directives.read_directives" in lines[2]
    for words in ("“phòng Nội vụ”", "“Công an huyện”", "“rà soát biên chế, hoàn thành trong tháng 6”", "dòng 5"):
        assert words in done.stdout
    assert "Lò Thị Pành" in done.stdout
    assert "“Chủ tịch UBND huyện”" in done.stdout  # where it is said


def test_a_deadline_has_its_words_its_interval_and_its_anchor(records: Path, record: Record) -> None:
    (told,) = record.assignments
    assert told.due is not None
    assert told.due.pattern is not None
    shown = explain(records, told.id).stdout
    assert f"“{told.due.text}” → 2024-06-01 … 2024-06-30" in shown
    assert f"mốc: {told.due.anchor}" in shown
    assert told.due.pattern in shown
    assert "normalise.dates.read_period" in shown


def test_a_target_has_the_words_of_its_period(records: Path, record: Record) -> None:
    (target,) = record.targets
    shown = explain(records, target.id).stdout
    assert "“Năm 2023”" in shown
    assert "“tỷ lệ hộ nghèo”" in shown
    assert "21.5" in shown
    assert target.pattern in shown
    assert "normalise.quantities.read_amount" in shown


def test_a_period_has_its_pattern_and_what_placed_it(records: Path, record: Record) -> None:
    assert record.meeting is not None
    shown = explain(records, record.meeting.id).stdout
    assert "“Sáng 7/5/2024” → 2024-05-07 … 2024-05-07; mốc: đủ ngày, không cần mốc" in shown
    shown = explain(records, record.targets[0].id).stdout
    assert "“Năm 2023” → 2023-01-01 … 2023-12-31" in shown
    assert "dates.year “" in shown


def test_words_are_shown_once(records: Path, record: Record) -> None:
    (told,) = record.assignments
    shown = explain(records, told.id).stdout
    assert shown.count("phòng Nội vụ”") == 1
    assert "\n  max " not in explain(records, record.targets[0].id).stdout  # an empty slot that needs no reason


def test_a_person_has_titles_with_their_words_and_every_mention(records: Path, record: Record) -> None:
    (person,) = record.people
    shown = explain(records, person.id).stdout
    assert "Chủ tịch | UBND huyện Mường Lát" in shown
    assert "roles.titles" in shown
    assert shown.count("“Lò Thị Pành”") == 1
    assert shown.count("[") == len(person.mentions) + len(person.titles)


def test_an_empty_slot_says_why(records: Path, record: Record) -> None:
    assert record.meeting is not None
    shown = explain(records, record.meeting.id).stdout
    assert shown.splitlines()[0] == f"meeting {record.meeting.id}"
    (place,) = (line for line in shown.splitlines() if line.split()[:1] == ["place"])
    assert "bài không nói: not_stated" in place


@pytest.mark.parametrize("kind", ["people", "units", "dates", "quantities"])
def test_entries_of_each_kind(records: Path, record: Record, kind: str) -> None:
    for entry in getattr(record, kind):
        done = explain(records, entry.id)
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith(f"{kind} {entry.id}\n")
        assert entry.pattern in done.stdout
        assert "(không còn trong bộ mẫu)" not in done.stdout


def test_every_entry_is_found_by_its_id(record: Record) -> None:
    for kind in ("people", "units", "dates", "targets", "assignments", "quantities"):
        for entry in getattr(record, kind):
            assert find_entry(record, entry.id) == (kind, entry)
    assert record.meeting is not None
    assert find_entry(record, record.meeting.id) == ("meeting", record.meeting)
    assert find_entry(record, "0" * 16) is None


# --- an article -------------------------------------------------------------------------------------------------


def test_an_article(records: Path, record: Record) -> None:
    done = explain(records, "muong-lat")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].startswith("muong-lat: ")
    assert "meeting 1" in lines[1]
    assert "targets 1, assignments 1" in lines[1]
    entries = [record.meeting, *record.targets, *record.assignments]
    listed = [line.split()[:3] for line in lines[3:6]]
    assert [entry.id for entry in entries if entry] == [words[2] for words in listed]
    assert [words[1] for words in listed] == ["meeting", "targets", "assignments"]
    assert any("[120 đại biểu]" in line for line in lines)
    assert "không thành chỉ tiêu" in done.stdout


def test_what_led_to_no_entry_is_named_with_its_line_and_condition(extractor: Extractor, record: Record) -> None:
    _, rejected = extractor.traced(Article("muong-lat", TEXT))
    assert rejected
    shown = explain_article(record, rejected, TEXT)
    for one in rejected:
        assert f"[{TEXT[slice(*one.span)]}]" in shown.replace("\n", " ")
        assert REASONS[one.reason] in shown
        assert one.pattern in shown
    assert "  3: " in shown


def test_a_directing_verb_without_a_subject_is_named(extractor: Extractor) -> None:
    text = "Bà con yêu cầu các xã rà soát hồ sơ."
    record, rejected = extractor.traced(Article("a", text))
    assert record.assignments == ()
    assert [(one.kind, text[slice(*one.span)]) for one in rejected] == [("assignment", "yêu cầu")]


def test_every_directing_verb_and_number_is_an_entry_or_named(extractor: Extractor) -> None:
    text = (
        "Theo đó yêu cầu của dân là chính đáng. Ông Tám giao. Huyện có 12 xã, dân số 45.000 người. "
        "Chủ tịch UBND huyện Mường Lát giao phòng Nội vụ rà soát 7 hồ sơ. Dịch kéo dài 3 tháng. Tỷ lệ đạt 61%."
    )
    record, rejected = extractor.traced(Article("a", text))
    named = {one.span for one in rejected}
    held = [target.span for target in record.targets]
    for quantity in record.quantities:
        inside = any(start <= quantity.span[0] and quantity.span[1] <= end for start, end in held)
        assert inside or quantity.span in named, quantity.text


def test_a_level_told_again_is_named(extractor: Extractor) -> None:
    text = (
        "Sáng 7/5/2024, UBND huyện Mường Lát tổ chức hội nghị giao ban. Năm 2023, tỷ lệ hộ nghèo của huyện còn 21,5%."
        "\n\nBáo cáo tại hội nghị cho biết năm 2023, tỷ lệ hộ nghèo của huyện Mường Lát còn 21,5%."
    )
    record, rejected = extractor.traced(Article("a", text))
    assert len(record.targets) == 1
    assert [(text[slice(*one.span)], one.reason) for one in rejected] == [("21,5%", "told_again")]


def test_notices_are_shown(extractor: Extractor) -> None:
    text = f"Sáng 7/5/2024, UBND huyện Mường Lát họp. Xã {'rất ' * 600}xa."
    record, rejected = extractor.traced(Article("a", text))
    assert record.notices
    assert "Lưu ý: sentence_cut: " in explain_article(record, rejected, text)


def test_an_article_without_anything(extractor: Extractor) -> None:
    record, rejected = extractor.traced(Article("a", "Trời hôm ấy đẹp."))
    shown = explain_article(record, rejected, "Trời hôm ấy đẹp.")
    assert shown.splitlines()[0] == "a: (không có tiêu đề)"
    assert len(shown.splitlines()) == 2


# --- what there is not ------------------------------------------------------------------------------------------


def test_an_unknown_id(records: Path) -> None:
    done = explain(records, "0123456789abcdef")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{records}: no article and no entry has the id '0123456789abcdef'. Copy an `id` from the file."
    ]


def test_records_that_are_not_there(tmp_path: Path) -> None:
    done = explain(tmp_path / "none.jsonl", "a")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_records_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "a"\n', encoding="utf-8")
    done = explain(path, "a")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "broken.jsonl" in done.stderr


def test_a_missing_article(records: Path, tmp_path: Path) -> None:
    (tmp_path / "muong-lat.txt").unlink()
    done = explain(records, "muong-lat")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "muong-lat.txt: the article is not there. Say where it is with --articles PATH."
    ]


def test_an_entry_of_a_missing_article_is_explained_without_its_words(
    records: Path, record: Record, tmp_path: Path
) -> None:
    (tmp_path / "muong-lat.txt").unlink()
    (told,) = record.assignments
    done = explain(records, told.id)
    assert done.exit_code == 0, done.output
    assert "directives.assign" in done.stdout
    assert "“phòng Nội vụ”" not in done.stdout  # no words at the spans
    assert "phòng Nội vụ" in done.stdout  # the slot's value


def test_an_article_that_was_moved(records: Path, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    (tmp_path / "muong-lat.txt").rename(tmp_path / "moved" / "muong-lat.txt")
    done = explain(records, "muong-lat", "--articles", tmp_path / "moved")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("muong-lat: ")


def test_articles_of_a_feed(tmp_path: Path, extractor: Extractor) -> None:
    feed = tmp_path / "feed.jsonl"
    lines = [json.dumps({"id": name, "text": TEXT}, ensure_ascii=False) for name in ("a", "b")]
    feed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = [extractor(Article(name, TEXT, source=f"feed.jsonl:{at}")) for at, name in enumerate(("a", "b"), 1)]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record_to_json(each) + "\n" for each in made), encoding="utf-8")
    done = explain(path, "b")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("b: ")
    assert source_of(made[1], path) == Path("feed.jsonl")


def test_a_pattern_that_is_no_more(record: Record, extractor: Extractor) -> None:
    (told,) = record.assignments
    shown = explain_entry("assignments", replace(told, pattern="directives.gone"), TEXT, extractor.library)
    assert "directives.gone (không còn trong bộ mẫu)" in shown


def test_another_pattern_set_is_said(records: Path, record: Record) -> None:
    changed = replace(record, source="muong-lat.txt", pattern_set="sha256:0")
    records.write_text(record_to_json(changed) + "\n", encoding="utf-8")
    done = explain(records, record.assignments[0].id)
    assert done.exit_code == 0
    assert done.stderr == "note: the record was made with another pattern set than the one explained with\n"


def test_patterns_that_are_not_there(records: Path, record: Record, tmp_path: Path) -> None:
    done = explain(records, record.assignments[0].id, "--patterns", tmp_path / "none")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


# --- reasons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_vietnamese_words(reason: Reason) -> None:
    assert VIETNAMESE.search(REASONS[reason])
    assert reason not in REASONS[reason]


def test_there_are_no_words_without_a_reason() -> None:
    assert set(REASONS) == set(get_args(Reason))
    assert len(set(REASONS.values())) == len(REASONS)
