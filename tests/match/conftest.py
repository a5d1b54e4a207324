"""A directory of patterns, written by the test."""

from collections.abc import Callable
from pathlib import Path

import pytest

WritePatterns = Callable[..., Path]

GOOD = """\
- id: dates.day
  label: DATE
  name: Ngày
  regex: 'ngày (?P<d>{so})/(?P<m>{so})'
  examples:
    - text: "họp [ngày 5/3] tại phường"
      value: {month: 3, day: 5}
"""


@pytest.fixture
def write_patterns(tmp_path: Path) -> WritePatterns:
    """Write files by name and return their directory."""

    def write(files: dict[str, str]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
        return tmp_path

    return write


@pytest.fixture
def one_pattern(write_patterns: WritePatterns) -> WritePatterns:
    """Write one good pattern with some of its lines changed, and parts and a gazetteer beside it."""

    def write(*changes: tuple[str, str], parts: str = "so: '\\d{1,2}'\n") -> Path:
        content = GOOD
        for old, new in changes:
            assert old in content
            content = content.replace(old, new)
        gazetteer = "form\tkind\nAn Phú\tphường\nAn Phú Tây\txã\n"
        return write_patterns({"dates.yaml": content, "parts.yaml": parts, "gazetteers/areas.tsv": gazetteer})

    return write
