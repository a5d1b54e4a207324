"""Writes patterns/gazetteers/areas.tsv: the names of Vietnam's areas before and after 1 July 2025, with their kinds.

Run by hand when the areas change; needs the package vietnamadminunits (MIT licence, Hieu Tran), which the product
itself does not:

    python tools/make_areas.py patterns/gazetteers/areas.tsv
"""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import as_file, files
from pathlib import Path

from viet_text_tools import normalize_diacritics

HEADER = """\
# Tên các đơn vị hành chính trước và sau ngày 01/7/2025, mỗi tên một dòng; "kinds": các loại đơn vị mang tên ấy.
# province = x: tên của một tỉnh, thành phố trực thuộc trung ương.
# Sinh bởi tools/make_areas.py từ gói vietnamadminunits 1.0.4 (giấy phép MIT, Hieu Tran). Không sửa bằng tay.
form\tkinds\tprovince
"""
FORMER = {"Thừa Thiên Huế": "tỉnh", "Thừa Thiên - Huế": "tỉnh"}
"""Provinces renamed since 2016 that the package no longer has (Huế: Resolution 175/2024/QH15)."""
KINDS = ["tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu"]


def kind_of(full: str, short: str) -> str:
    """The kind is what stands before the bare name."""
    return full.removesuffix(short).strip().lower()


def folded(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    return " ".join(normalize_diacritics(word) for word in text.replace("’", "'").split())


def names(database: Path) -> tuple[dict[str, set[str]], set[str]]:
    """Each name with the kinds of areas that bear it, and the provinces' names; numbered wards need no gazetteer."""
    found: dict[str, set[str]] = defaultdict(set)
    provinces: set[str] = set()
    with sqlite3.connect(database) as rows:
        for table, levels in (
            ("admin_units_legacy", ("province", "district", "ward")),
            ("admin_units", ("province", "ward")),
        ):
            for level in levels:
                query = f"select distinct {level}, {level}Short from {table} where {level} is not null"  # noqa: S608, our names
                for full, short in rows.execute(query):
                    if short and not short.isdigit():
                        kind = kind_of(full, short)
                        if kind in KINDS:
                            found[folded(short)].add(kind)
                            if level == "province":
                                provinces.add(folded(short))
    for name, kind in FORMER.items():
        found[folded(name)].add(kind)
        provinces.add(folded(name))
    return found, provinces


def main() -> None:
    with as_file(files("vietnamadminunits") / "data" / "dataset.db") as database:
        found, provinces = names(database)
    lines = [
        f"{name}\t{','.join(sorted(kinds, key=KINDS.index))}\t{'x' if name in provinces else ''}\n"
        for name, kinds in sorted(found.items())
    ]
    Path(sys.argv[1]).write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
