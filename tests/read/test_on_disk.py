"""The dictionary on disk."""

import pytest

from meetextract.errors import NoRoomError
from meetextract.read.on_disk import DiskDict


def test_values_by_keys() -> None:
    pairs = DiskDict()
    assert pairs.set_first("bài\udcff", "một") is None
    assert pairs.set_first("bài\udcff", "hai") == "một"
    pairs.update([("bài\udcff", "ba"), ("tin", "bốn")])
    assert pairs.get("bài\udcff") == "ba"
    assert (pairs.pop("tin"), pairs.pop("tin"), pairs.get("tin")) == ("bốn", None, None)


def test_a_full_disk_is_told() -> None:
    pairs = DiskDict()
    pairs._db.execute("PRAGMA max_page_count = 4")
    with pytest.raises(NoRoomError, match=r"temporary files cannot be written .* name another folder as TMPDIR"):
        pairs.update((f"{at}", "x" * 100) for at in range(1000))
