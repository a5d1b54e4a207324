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
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from viet_text_tools import normalize_diacritics

HEADER = """\
# Tên các đơn vị hành chính trước và sau ngày 01/7/2025, mỗi tên một dòng; "kinds": các loại đơn vị mang tên ấy.
# province = x: tên của một tỉnh, thành phố trực thuộc trung ương; "several": các loại có nhiều đơn vị cùng tên.
# Sinh bởi tools/make_areas.py từ gói vietnamadminunits 1.0.4 (giấy phép MIT, Hieu Tran). Không sửa bằng tay.
form\tkinds\tprovince\tseveral
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


Bearers = dict[str, dict[str, set[str]]]
"""For each name the kinds of areas that bear it, and for each kind in what larger areas these lie."""


def names(database: Path) -> tuple[Bearers, set[str]]:
    """The bearers of each name, and the provinces' names; numbered wards need no gazetteer.

    A ward of before 2025 and one of today are the same bearer only in the same province of the same name, and where the
    province had one of them: too many count as several rather than too few.
    """
    found: Bearers = defaultdict(lambda: defaultdict(set))
    provinces: set[str] = set()
    with sqlite3.connect(database) as rows:
        for table, levels in (
            ("admin_units_legacy", ("province", "district", "ward")),
            ("admin_units", ("province", "ward")),
        ):
            for level in levels:
                larger = " || '/' || ".join(levels[: levels.index(level)]) or "'Việt Nam'"
                columns = f"{level}, {level}Short, {larger}"
                query = f"select distinct {columns} from {table} where {level} is not null"  # noqa: S608, our names
                for full, short, where in rows.execute(query):
                    if short and not short.isdigit():
                        kind = kind_of(full, short)
                        if kind in KINDS:
                            found[folded(short)][kind].add(where)
                            if level == "province":
                                provinces.add(folded(short))
    for name, kind in FORMER.items():
        found[folded(name)][kind].add("Việt Nam")
        provinces.add(folded(name))
    return found, provinces


def is_several(places: set[str]) -> bool:
    """Whether areas of one name and kind that lie there are more than one: a place within another is no second one."""
    return len({place for place in places if not any(other.startswith(f"{place}/") for other in places)}) > 1


def in_order(kinds: Iterable[str]) -> str:
    return ",".join(sorted(kinds, key=KINDS.index))


def main() -> None:
    with as_file(files("vietnamadminunits") / "data" / "dataset.db") as database:
        found, provinces = names(database)
    lines = []
    for name, kinds in sorted(found.items()):
        several = [kind for kind, places in kinds.items() if is_several(places)]
        cells = [name, in_order(kinds), "x" if name in provinces else "", in_order(several)]
        lines.append("\t".join(cells) + "\n")
    Path(sys.argv[1]).write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
