"""Units and areas as single mentions say them, in the canonical spelling of the guide.

"UBND", "HĐND" and "MTTQ" stay short, other abbreviations are written in full, a kind that is a common noun is in lower
case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from meetextract.normalise.areas import AreaNames, read_area
from meetextract.normalise.offices import Area, UnitName

PARTY_LEVELS = {"tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "quận ủy": "quận", "huyện ủy": "huyện", "thị ủy": "thị xã"}
YOUTH_LEVELS = {
    "tỉnh đoàn": "tỉnh", "thành đoàn": "thành phố", "quận đoàn": "quận", "huyện đoàn": "huyện", "thị đoàn": "thị xã",
}  # fmt: skip
NAMED_LEVELS = PARTY_LEVELS | YOUTH_LEVELS
"""Committees whose own name says the kind of area that they belong to."""
PROVINCE_KINDS = ("sở",)
DISTRICT_KINDS = ("phòng",)
_WHOLE_KINDS = regex.compile(
    r"bộ\b|trường|bệnh viện|công ty|cty|tổng công ty|tập đoàn|ngân hàng|học viện|nhà máy|hợp tác xã|htx|đại học|đh|quỹ"
    r"|xí nghiệp|tổng cục|viện\b|hiệp hội|liên đoàn|vụ\b|cảng",
    regex.IGNORECASE,
)
_OFFICES = regex.compile(r"(?:tổng cục|chi cục|cục|vụ|đội|hạt|trạm|đồn)\b", regex.IGNORECASE)
"""Kinds of body that bear no person's name."""
_SHORT_POLICE = {"CATP": "thành phố", "CAH": "huyện", "CAQ": "quận", "CAT": "tỉnh", "CATX": "thị xã"}
_FOREIGN = regex.compile(
    r"(?:^|(?<= ))\p{L}*[&FJWZfjwz]\p{L}*+(?: \p{Lu}[\p{L}\d]*+)*+(?: khu vực [IVX\d]++)?+(?= \p{Ll}++ \p{Ll}|$)"
)
"""A brand: it holds a letter that no Vietnamese word has."""
_KEPT = ("UBND", "HĐND", "MTTQ")
_CAPITALS = regex.compile(r"\p{Lu}[&-]?\p{Lu}")
_COUNCIL = regex.compile(r"(?i)hội đồng nhân dân")
_COUNCIL_OR_COMMITTEE = regex.compile(r"(?i)HĐND|UBND|ĐBQH")
_LAST_JOIN = regex.compile(r"\s+(?:và|&|,)$|\s*[-&,]$")
_STANDING = regex.compile(r"(?i)^thường vụ")
_THE_BOARDS = regex.compile(r"(?i)^các ban")
_LAST_KIND = regex.compile(r" (thành phố|tỉnh|quận|huyện|thị xã|phường|xã)$")
_LAST_PERSON = regex.compile(r" (\p{Lu}\p{Ll}++)(?: \p{Lu}\p{Ll}++){2,3}$")
_BRAND_IN_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}\d&]++(?: \p{Lu}[\p{Lu}\d&]++)*+(?= \p{Ll})")
_NAME_RUN = r"(?!(?:Ban|Trường|Ủy) )\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}++)++"
_PROPER_NAME = regex.compile(rf"{_NAME_RUN}(?:\s?-\s?{_NAME_RUN})*+(?: \d{{1,2}}$)?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The gazetteers that units are read with; each look-up gives the full form of what is written, or None.

    Attributes:
        areas: areas and family names.
        field_of: fields of departments ("TN&MT").
        body_of: bodies that every area has ("Công an", "MTTQ").
        central_of: central units ("VPCP").
        abbreviation_of: other abbreviations in units' names ("BCĐ").
    """

    areas: AreaNames
    field_of: Callable[[str], str | None]
    body_of: Callable[[str], str | None]
    central_of: Callable[[str], str | None]
    abbreviation_of: Callable[[str], str | None]


def expand_words(text: str, lexicon: Lexicon) -> str:
    """Abbreviations in a unit's name written in full, but UBND, HĐND and MTTQ."""
    words = []
    for word in text.split():
        bare = word.strip(",.")
        full = None if bare in _KEPT else lexicon.abbreviation_of(bare)
        if full is None and _CAPITALS.search(bare) and bare not in _KEPT:
            full = lexicon.field_of(bare)
        words.append(word.replace(bare, full) if full else word)
    return " ".join(words)


def read_unit(parts: Mapping[str, str], lexicon: Lexicon) -> tuple[UnitName, int] | None:
    """The unit of a mention.

    Args:
        parts: `central`, `head`, `body`, `kind`, `field`, `tail`, `short`, `owner` and the area's parts, folded,
            capitals kept.
        lexicon: the gazetteers.

    Returns:
        The unit and how many characters at the mention's end do not belong to it; None where it is no specific unit.
    """
    tidy = {name: " ".join(text.split()) for name, text in parts.items()}
    if "central" in tidy:
        name = lexicon.central_of(tidy["central"]) or tidy["central"]
        return UnitName(name, name, None, None, True), 0
    party = NAMED_LEVELS.get(tidy.get("head", "").lower())
    area, cut = read_area(tidy, lexicon.areas, party)
    named_only = "area_name" in tidy and "area_kind" not in tidy and "area_whole" not in tidy
    if "short" in tidy:
        kind = _SHORT_POLICE[tidy["short"]]
        return UnitName("Công an", "Công an", Area(kind, area.name if area else None), kind, False), cut
    if "owner" in tidy:
        return UnitName(
            " ".join(filter(None, (tidy["kind"], tidy.get("tail"), "của", tidy["owner"]))),
            tidy["kind"],
            None,
            None,
            True,
        ), 0
    if "field" in tidy:
        if "kind" not in tidy:
            return None
        return _department(tidy, area, cut, lexicon)
    if "kind" in tidy and "tail" not in tidy:
        kind = expand_words(tidy["kind"], lexicon)
        return UnitName(kind, kind, None, None, False), 0
    if "kind" in tidy:
        return _named(tidy, area, cut, lexicon)
    head = _head(tidy["head"], lexicon)
    body = _body(tidy.get("body", ""), lexicon)
    if "tail" in tidy:  # "Đảng ủy Công an huyện"
        if tidy["tail"] in _SHORT_POLICE:
            tail, area = "Công an", Area(_SHORT_POLICE[tidy["tail"]], None)
        else:
            tail = tidy["tail"][:1].upper() + tidy["tail"][1:]
        return UnitName(" ".join(filter(None, (body, head, tail))), head, area, area.kind if area else None, False), cut
    if named_only and area is None and party is None:
        return None
    if ("area_listed" in tidy or "area_any" in tidy) and area is None:
        return None
    name = " ".join(filter(None, (body, head)))
    if party:
        if (area and area.kind == "thành phố" and party == "thành phố") or (area and area.kind is None):
            area = Area(party if area.kind is None else area.kind, area.name)
        return UnitName(name, head, area, party, False), cut
    return UnitName(name, head, area, area.kind if area else None, False), cut


def _head(text: str, lexicon: Lexicon) -> str:
    lower = text.lower()
    if lower in ("ubnd", "ubdn", "ủy ban nhân dân"):
        return "UBND"
    if lower in ("hđnd", "hội đồng nhân dân"):
        return "HĐND"
    if lower in ("thường trực hđnd", "thường trực ubnd"):
        return "Thường trực " + text[-4:].upper()
    if lower in NAMED_LEVELS or lower in ("đảng ủy", "đảng bộ"):
        return text[:1].upper() + text[1:].lower()
    return lexicon.body_of(text) or text


def _body(text: str, lexicon: Lexicon) -> str:
    """The body inside a committee, spelt the usual way."""
    if not text:
        return ""
    text = _COUNCIL.sub("HĐND", text)
    text = _LAST_JOIN.sub(" -", text) if _COUNCIL_OR_COMMITTEE.search(text) else text.rstrip(", ")
    text = _STANDING.sub("Ban Thường vụ", text)
    text = _THE_BOARDS.sub("Ban", text).removesuffix(" của")
    words = [lexicon.abbreviation_of(word) or word for word in text.split()]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _department(tidy: Mapping[str, str], area: Area | None, cut: int, lexicon: Lexicon) -> tuple[UnitName, int] | None:
    kind = tidy["kind"].lower()
    field = lexicon.field_of(f"{kind} {tidy['field']}") or lexicon.field_of(tidy["field"]) or tidy["field"]
    if kind == "bộ":
        return UnitName(f"bộ {field}", "bộ", None, None, True), cut
    if kind in ("tổng cục", "vụ"):
        return UnitName(f"{kind} {field}", kind, None, None, True), cut
    if kind.endswith(" bộ"):
        kind = kind.removesuffix("bộ").capitalize() + "Bộ"
        return UnitName(f"{kind} {field}", kind, None, None, True), cut
    level = (
        area.kind
        if area
        else "tỉnh"
        if kind in (*PROVINCE_KINDS, "chi cục")
        else "quận"
        if kind in DISTRICT_KINDS
        else None
    )
    if kind in ("cục", "chi cục", "ban"):
        kind = kind.capitalize()
    return UnitName(f"{kind} {field}", kind, area, level, False), cut


def _named(tidy: Mapping[str, str], area: Area | None, cut: int, lexicon: Lexicon) -> tuple[UnitName, int] | None:
    kind = expand_words(tidy["kind"], lexicon)
    written = tidy["tail"]
    if area is None:
        written = _up_to_proper_name(_without_head(written, kind, lexicon))
        cut += len(tidy["tail"]) - len(written)
    tail = expand_words(written, lexicon)
    whole = bool(_WHOLE_KINDS.match(kind))
    if area is not None and area.kind is None:
        return UnitName(f"{kind} {tail} {area.name}", kind, None, None, True), cut
    ends_in_kind = _LAST_KIND.search(tail)
    if ends_in_kind and area is None:
        return UnitName(
            f"{kind} {tail[: ends_in_kind.start()]}", kind, Area(ends_in_kind[1], None), ends_in_kind[1], False
        ), cut
    level = area.kind if area else "tỉnh" if kind.lower() == "chi cục" else None
    return UnitName(f"{kind} {tail}", kind, area, level, whole and area is None), cut


def _without_head(tail: str, kind: str, lexicon: Lexicon) -> str:
    """An office's tail without the name of the person who heads it ("Tổng cục Cảnh sát Trần Văn An")."""
    if not _OFFICES.match(kind):
        return tail
    head = _LAST_PERSON.search(tail)
    return tail[: head.start()] if head and lexicon.areas.is_surname(head[1]) else tail


def _up_to_proper_name(tail: str) -> str:
    """A tail up to the end of its first proper name: two capitalised syllables or more, or a brand in capitals."""
    brand = _BRAND_IN_CAPITALS.match(tail)
    foreign = _FOREIGN.search(tail)
    name = brand or foreign or _PROPER_NAME.search(tail)
    return tail[: name.end()] if name else tail
