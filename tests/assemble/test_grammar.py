"""A pattern directory with other rules than assembly asks for is refused before any article is read."""

import shutil
from pathlib import Path

import pytest

from meetextract.errors import PatternError
from meetextract.match.check import check
from meetextract.match.library import PatternLibrary
from meetextract.pipeline import Extractor
from meetextract.settings import pattern_dir


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    return shutil.copytree(pattern_dir(), tmp_path / "patterns")


def _change(patterns: Path, old: str, new: str) -> None:
    path = patterns / "grammar.yaml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_a_missing_rule_is_named(patterns: Path) -> None:
    (patterns / "grammar.yaml").unlink()
    with pytest.raises(PatternError, match="thiếu quy tắc “to_speech”"):
        Extractor(patterns)


def test_a_rule_that_nothing_asks_for_is_named(patterns: Path) -> None:
    _change(patterns, "- name: to_verb\n", "- name: to_verbs\n")
    with pytest.raises(PatternError) as caught:
        Extractor(patterns)
    assert caught.value.line is not None
    assert "“to_verbs”" in caught.value.problem
    assert "Có phải “to_verb”?" in caught.value.mend


def test_check_reports_it(patterns: Path) -> None:
    _change(patterns, "- name: to_verb\n", "- name: to_verbs\n")

    def extractor(library: PatternLibrary) -> object:
        return Extractor(library)

    report = check(patterns, extractor)  # type: ignore[arg-type]
    assert not report.ok
    assert "không có gì dùng đến quy tắc “to_verbs”" in report.render()


def test_a_missing_column_of_the_vocabulary_is_named(patterns: Path) -> None:
    path = patterns / "gazetteers" / "measured_things.tsv"
    path.write_text("form\tshare\n%\tpercent\n", encoding="utf-8")
    with pytest.raises(PatternError, match="thiếu cột time"):
        Extractor(patterns)
