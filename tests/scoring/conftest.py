"""What the tests of scoring share: an article and its gold in a few words."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetextract.scoring.measure import Row, measure
from meetextract.scoring.reading import GoldArticle, read_found, read_gold

ROOT = Path(__file__).parents[2]

# Another scorer of the same gold, where it is there (as for .ci/run, which says so where it is not).
SHARED = ROOT / os.environ.get("MEETEXTRACT_GOLD", "../shared")
collect_ignore = [] if (SHARED / "score.py").is_file() else ["test_parity.py"]

MakeGold = Callable[..., GoldArticle]
Rows = Callable[..., dict[str, Row]]

TEXT = """\
Sáng 8/7/2024, UBND xã Tân Lập họp. Ông Trần Văn Hậu, Chủ tịch UBND xã chủ trì.
Năm 2024, xã phấn đấu trên 61% hộ nộp thuế, 12 nhiệm vụ. Ông giao phòng Nội vụ rà soát hồ sơ trước ngày 30/9.
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and a scorer that are not part of the project."""
    return SHARED


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def make_gold(tmp_path: Path) -> MakeGold:
    """Write gold and its article, and read them."""

    def make(gold: dict[str, Any], text: str = TEXT, name: str = "a", folder: str = "gold") -> GoldArticle:
        file = tmp_path / folder / f"{name}.gold.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        file.with_name(f"{name}.txt").write_bytes(text.encode())
        return read_gold(file)

    return make


@pytest.fixture
def rows(make_gold: MakeGold) -> Rows:
    """Score one record of the article against gold."""

    def score(gold: dict[str, Any], record: dict[str, Any], text: str = TEXT) -> dict[str, Row]:
        line = json.dumps({"id": "a", **record}).encode()
        return measure([make_gold(gold, text)], read_found(Path("records.jsonl"), [line], {"a"})).rows

    return score
