"""Units and areas as single mentions say them, in the canonical spelling of the guide.

"UBND", "HĐND" and "MTTQ" stay short, other abbreviations are written in full, a kind that is a common noun is in lower
case, and a person's name that runs on after an area is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import regex

from meetextract.normalise.offices import Area, UnitName

AREA_KINDS = {
    "tp": "thành phố", "t.p": "thành phố", "thành phố": "thành phố", "tỉnh": "tỉnh", "t": "tỉnh", "quận": "quận", "q": "quận",
    "huyện": "huyện", "h": "huyện", "thị xã": "thị xã", "tx": "thị xã", "thị trấn": "thị trấn", "tt": "thị trấn",
    "phường": "phường", "p": "phường", "xã": "xã", "x": "xã", "đặc khu": "đặc khu",
}  # fmt: skip
PARTY_LEVELS = {"tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "quận ủy": "quận", "huyện ủy": "huyện", "thị ủy": "thị xã"}
PROVINCE_KINDS = ("sở",)
DISTRICT_KINDS = ("phòng",)
_WHOLE_KINDS = regex.compile(
    r"bộ\b|trường|bệnh viện|công ty|cty|tổng công ty|tập đoàn|ngân hàng|học viện|nhà máy|hợp tác xã|htx|đại học|đh|quỹ|xí nghiệp"
    r"|tổng cục|viện\b|hiệp hội|liên đoàn|vụ\b|cảng",
    regex.IGNORECASE,
)
_ABBREVIATIONS = {
    "BCĐ": "Ban Chỉ đạo", "BQL": "Ban Quản lý", "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành", "UBKT": "Ủy ban Kiểm tra",
    "KKT": "Khu kinh tế", "KCN": "Khu công nghiệp", "KCX": "Khu chế xuất", "CNTT": "công nghệ thông tin", "CP": "Cổ phần", "TNHH": "trách nhiệm hữu hạn", "MTV": "một thành viên", "HĐQT": "Hội đồng quản trị",
    "HĐTV": "Hội đồng thành viên",
    "Cty": "Công ty", "CCHC": "cải cách hành chính", "CĐS": "chuyển đổi số", "GPMB": "giải phóng mặt bằng", "ĐH": "Đại học",
    "CĐ": "Cao đẳng", "HTX": "Hợp tác xã", "PCTT": "phòng chống thiên tai", "TKCN": "tìm kiếm cứu nạn", "NTM": "nông thôn mới",
    "PCCC": "phòng cháy chữa cháy", "ATTP": "an toàn thực phẩm", "ATGT": "an toàn giao thông", "TP": "thành phố", "TP.": "thành phố",
    "Tp": "thành phố", "ĐBQH": "đại biểu Quốc hội", "THPT": "Trung học phổ thông", "THCS": "Trung học cơ sở", "BV": "Bệnh viện",
    "PCCN": "phòng chống cháy nổ", "XDCB": "xây dựng cơ bản", "KT-XH": "kinh tế - xã hội", "DVC": "dịch vụ công",
}  # fmt: skip
_SHORT_POLICE = {"CATP": "thành phố", "CAH": "huyện", "CAQ": "quận", "CAT": "tỉnh", "CATX": "thị xã"}
_KEPT = ("UBND", "HĐND", "MTTQ")


@dataclass(frozen=True, slots=True)
class AreaNames:
    """What is known of areas and family names.

    Attributes:
        kinds_of: the kinds of the areas that bear a name (folded), empty where there is none.
        is_surname: whether a syllable is a family name.
    """

    kinds_of: Callable[[str], Collection[str]]
    is_surname: Callable[[str], bool]

    def cut(self, name: str, kind: str | None) -> str:
        """The area's name at the head of a run of capitalised syllables, "" where they are no area's.

        Args:
            name: such as "Đống Đa Nguyễn Anh Cường", "Dương Tất Thắng".
            kind: the kind said before it, or None where none is said; then only a known name counts.
        """
        syllables = name.split()
        if kind and name.isdigit():
            return name if kind in ("quận", "phường") else ""
        known = self.known(syllables, kind)
        if known:
            return known
        if kind is None or self._is_person(syllables):
            return ""
        for at in range(1, len(syllables)):
            if self._is_person(syllables[at:]):
                return " ".join(syllables[:at])
        if (kind in ("tỉnh", "thành phố", "quận") and len(syllables) > 1) or len(syllables) > 4:
            return ""  # there are few of these, all known: what follows is something else
        return " ".join(syllables[:3])

    def known(self, syllables: list[str], kind: str | None) -> str:
        """The longest known area's name of a kind that some syllables begin with, or ""."""
        for size in range(len(syllables), 0, -1):
            name = " ".join(syllables[:size])
            if self._fits(name, kind) and not self._splits_person(syllables, size):
                return name
        return ""

    def _fits(self, name: str, kind: str | None) -> bool:
        kinds = self.kinds_of(name)
        if kind is None:
            return (bool({"tỉnh", "thành phố"} & set(kinds)) and " " in name) or name == "Huế"
        return kind in kinds or (kind in ("thành phố", "tỉnh") and bool({"tỉnh", "thành phố"} & set(kinds)))

    def _is_person(self, syllables: list[str]) -> bool:
        return 2 <= len(syllables) <= 4 and self.is_surname(syllables[0])

    def _splits_person(self, syllables: list[str], size: int) -> bool:
        """A known area name that would leave one stray syllable of a person's name behind."""
        return len(syllables) - size == 1 and self._is_person(syllables) and len(syllables) == 3


def area_kind(text: str) -> str | None:
    """The kind of area in full: "TP." -> "thành phố"."""
    return AREA_KINDS.get(" ".join(text.lower().split()).rstrip(".").strip())


def read_area(parts: Mapping[str, str], names: AreaNames, implied: str | None = None) -> tuple[Area | None, int]:
    """The area in a mention, and how many characters of `area_name` do not belong to it.

    Args:
        parts: `area_whole`, `area_kind`, `area_name`.
        names: areas and family names.
        implied: the kind of area that the unit's head says ("Huyện ủy"), where none is written.
    """
    if "area_whole" in parts:
        whole = regex.sub(r"[\s.]", "", parts["area_whole"]).lower()
        return Area("thành phố", "Hà Nội" if whole in ("tphn", "thủđô") else "Hồ Chí Minh"), 0
    kind = area_kind(parts["area_kind"]) if "area_kind" in parts else None
    if "area_listed" in parts:
        name = names.known(parts["area_listed"].split(), kind)
        return (Area(kind, name), len(parts["area_listed"]) - len(name)) if name else (None, 0)
    written = parts.get("area_name", "")
    if not written:
        return (Area(kind, None), 0) if kind else (None, 0)
    if kind == "thành phố" and written.startswith("HCM"):
        return Area(kind, "Hồ Chí Minh"), 0
    kind = kind or implied
    kept = names.cut(" ".join(written.split()), kind)
    if not kept:
        return (Area(kind, None) if kind and kind != implied else None), len(written)
    size = _length_of_words(written, len(kept.split()))
    if kind is None and "thành phố" in names.kinds_of(kept) and "tỉnh" not in names.kinds_of(kept):
        kind = "thành phố"
    return Area(kind, kept), len(written) - size


def _length_of_words(text: str, count: int) -> int:
    ends = [match.end() for match in regex.finditer(r"\S+", text)]
    return ends[min(count, len(ends)) - 1]


def expand_words(text: str, field_of: Callable[[str], str | None]) -> str:
    """Abbreviations in a unit's name written in full, but UBND, HĐND and MTTQ."""
    words = []
    for word in text.split():
        bare = word.strip(",.")
        full = None if bare in _KEPT else _ABBREVIATIONS.get(bare)
        if full is None and regex.search(r"\p{Lu}[&-]?\p{Lu}", bare) and bare not in _KEPT:
            full = field_of(bare)
        words.append(word.replace(bare, full) if full else word)
    return " ".join(words)


def read_unit(
    parts: Mapping[str, str],
    names: AreaNames,
    field_of: Callable[[str], str | None],
    body_of: Callable[[str], str | None],
    central_of: Callable[[str], str | None],
) -> tuple[UnitName, int] | None:
    """The unit of a mention.

    Args:
        parts: `central`, `head`, `body`, `kind`, `field`, `tail`, `short`, `owner` and the area's parts, folded, capitals kept.
        names: areas and family names.
        field_of: from a field as written to its full form.
        body_of: from a local body as written to its full form.
        central_of: from a central unit as written to its full form.

    Returns:
        The unit and how many characters at the mention's end do not belong to it; None where it is no specific unit.
    """
    tidy = {name: " ".join(text.split()) for name, text in parts.items()}
    if "central" in tidy:
        name = central_of(tidy["central"]) or tidy["central"]
        return UnitName(name, name, None, None, True), 0
    party = PARTY_LEVELS.get(tidy.get("head", "").lower())
    area, cut = read_area(tidy, names, party)
    named_only = "area_name" in tidy and "area_kind" not in tidy and "area_whole" not in tidy
    if "short" in tidy:
        kind = _SHORT_POLICE[tidy["short"]]
        return UnitName("Công an", "Công an", Area(kind, area.name if area else None), kind, False), cut
    if "owner" in tidy:
        return UnitName(" ".join(filter(None, (tidy["kind"], tidy.get("tail"), "của", tidy["owner"]))), tidy["kind"], None, None, True), 0
    if "field" in tidy:
        if "kind" not in tidy:
            return None
        return _department(tidy, area, cut, field_of, named_only)
    if "kind" in tidy and "tail" not in tidy:
        kind = expand_words(tidy["kind"], field_of)
        return UnitName(kind, kind, None, None, False), 0
    if "kind" in tidy:
        return _named(tidy, area, cut, field_of)
    head = _head(tidy["head"], body_of)
    body = _body(tidy.get("body", ""))
    if "tail" in tidy:  # "Đảng ủy Công an huyện"
        if tidy["tail"] in _SHORT_POLICE:
            tail, area = "Công an", Area(_SHORT_POLICE[tidy["tail"]], None)
        else:
            tail = tidy["tail"][:1].upper() + tidy["tail"][1:]
        return UnitName(" ".join(filter(None, (body, head, tail))), head, area, area.kind if area else None, False), cut
    if named_only and area is None and party is None:
        return None
    if "area_listed" in tidy and area is None:
        return None
    name = " ".join(filter(None, (body, head)))
    if party:
        if (area and area.kind == "thành phố" and party == "thành phố") or (area and area.kind is None):
            area = Area(party if area.kind is None else area.kind, area.name)
        return UnitName(name, head, area, party, False), cut
    return UnitName(name, head, area, area.kind if area else None, False), cut


def _head(text: str, body_of: Callable[[str], str | None]) -> str:
    lower = text.lower()
    if lower in ("ubnd", "ubdn", "ủy ban nhân dân"):
        return "UBND"
    if lower in ("hđnd", "hội đồng nhân dân"):
        return "HĐND"
    if lower in ("thường trực hđnd", "thường trực ubnd"):
        return "Thường trực " + text[-4:].upper()
    if lower in PARTY_LEVELS or lower in ("đảng ủy", "đảng bộ"):
        return text[:1].upper() + text[1:].lower()
    return body_of(text) or text


def _body(text: str) -> str:
    """The body inside a committee, spelt the usual way."""
    if not text:
        return ""
    text = regex.sub(r"(?i)hội đồng nhân dân", "HĐND", text)
    text = regex.sub(r"\s+(?:và|&|,)$|\s*[-&,]$", " -", text) if regex.search(r"(?i)HĐND|UBND|ĐBQH", text) else text.rstrip(", ")
    text = regex.sub(r"(?i)^thường vụ", "Ban Thường vụ", text)
    text = regex.sub(r"(?i)^các ban", "Ban", text).removesuffix(" của")
    words = [_ABBREVIATIONS.get(word, word) for word in text.split()]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _department(
    tidy: Mapping[str, str], area: Area | None, cut: int, field_of: Callable[[str], str | None], named_only: bool
) -> tuple[UnitName, int] | None:
    kind = tidy["kind"].lower()
    field = field_of(tidy["field"]) or tidy["field"]
    if kind == "ban" and field not in ("Dân tộc", "Tôn giáo", "Dân tộc và Tôn giáo", "Tiếp công dân", "Nội vụ", "Thi đua - Khen thưởng"):
        return None
    if kind == "bộ":
        return UnitName(f"bộ {field}", "bộ", None, None, True), cut
    if kind in ("tổng cục", "vụ"):
        return UnitName(f"{kind} {field}", kind, None, None, True), cut
    level = area.kind if area else "tỉnh" if kind in (*PROVINCE_KINDS, "chi cục") else "quận" if kind in DISTRICT_KINDS else None
    if kind in ("cục", "chi cục", "ban"):
        kind = kind.capitalize()
    return UnitName(f"{kind} {field}", kind, area, level, False), cut


def _named(
    tidy: Mapping[str, str], area: Area | None, cut: int, field_of: Callable[[str], str | None]
) -> tuple[UnitName, int] | None:
    kind = expand_words(tidy["kind"], field_of)
    written = tidy["tail"]
    if area is None:
        written = _up_to_proper_name(written)
        cut += len(tidy["tail"]) - len(written)
    tail = expand_words(written, field_of)
    whole = bool(_WHOLE_KINDS.match(kind))
    if area is not None and area.kind is None:
        return UnitName(f"{kind} {tail} {area.name}", kind, None, None, True), cut
    ends_in_kind = regex.search(r" (thành phố|tỉnh|quận|huyện|thị xã|phường|xã)$", tail)
    if ends_in_kind and area is None:
        return UnitName(f"{kind} {tail[: ends_in_kind.start()]}", kind, Area(ends_in_kind[1], None), ends_in_kind[1], False), cut
    level = area.kind if area else "tỉnh" if kind.lower() == "chi cục" else None
    return UnitName(f"{kind} {tail}", kind, area, level, whole and area is None), cut


def _up_to_proper_name(tail: str) -> str:
    """A tail up to the end of its first proper name: two capitalised syllables or more, or a brand in capitals."""
    run = r"\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}++)++"
    brand = regex.match(r"\p{Lu}[\p{Lu}\d&]++(?: \p{Lu}\p{L}*+)*+(?= \p{Ll})", tail)
    name = brand or regex.search(rf"{run}(?:\s?-\s?{run})*+", tail)
    return tail[: name.end()] if name else tail
