"""Units and areas as single mentions say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.normalise.areas import AreaNames, area_kind, read_area
from meetextract.normalise.offices import Area, UnitName
from meetextract.normalise.units import Lexicon, expand_words, read_unit

AREAS = {
    "Lê Chân": ("quận",),
    "Đống Đa": ("quận",),
    "Hà Nội": ("thành phố",),
    "Hải Dương": ("tỉnh",),
    "Hoa Sen": ("phường",),
    "Lý Nhân": ("huyện",),
}
FIELDS = {"GD&ĐT": "Giáo dục và Đào tạo", "KH-ĐT": "Kế hoạch và Đầu tư", "Nội vụ": "Nội vụ"}
BODIES = {"ủy ban mttq": "Ủy ban MTTQ"}
CENTRAL = {"VPCP": "Văn phòng Chính phủ"}
NAMES = AreaNames(lambda name: AREAS.get(name, ()), frozenset({"Nguyễn", "Trần", "Lý"}).__contains__)
ABBREVIATIONS = {
    "BQL": "Ban Quản lý",
    "CNTT": "công nghệ thông tin",
    "BCĐ": "Ban Chỉ đạo",
    "KCN": "Khu công nghiệp",
    "CCHC": "cải cách hành chính",
    "THPT": "Trung học phổ thông",
}
LEXICON = Lexicon(NAMES, FIELDS.get, BODIES.get, CENTRAL.get, ABBREVIATIONS.get)


def read(**parts: str) -> tuple[UnitName, int] | None:
    return read_unit(parts, LEXICON)


def unit(**parts: str) -> UnitName:
    found = read(**parts)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TP.", "thành phố"),
        ("Tp", "thành phố"),
        ("T.P", "thành phố"),
        ("QUẬN", "quận"),
        ("Q.", "quận"),
        ("thị  xã", "thị xã"),
        ("H.", "huyện"),
        ("bản", None),
        ("", None),
    ],
)
def test_kinds_of_area(text: str, kind: str | None) -> None:
    assert area_kind(text) == kind


@pytest.mark.parametrize(
    ("parts", "area", "cut"),
    [
        ({"area_kind": "quận", "area_name": "Lê Chân"}, Area("quận", "Lê Chân"), 0),
        ({"area_kind": "TP.", "area_name": "Hà Nội"}, Area("thành phố", "Hà Nội"), 0),
        ({"area_name": "Hà Nội"}, Area("thành phố", "Hà Nội"), 0),
        ({"area_kind": "TP", "area_name": "HCM"}, Area("thành phố", "Hồ Chí Minh"), 0),
        ({"area_whole": "TP.HCM"}, Area("thành phố", "Hồ Chí Minh"), 0),
        ({"area_whole": "Thủ đô"}, Area("thành phố", "Hà Nội"), 0),
        ({"area_kind": "quận"}, Area("quận", None), 0),
        ({"area_kind": "quận", "area_name": "10"}, Area("quận", "10"), 0),
        ({"area_kind": "quận", "area_name": "Đống Đa Trần Quốc Bảo"}, Area("quận", "Đống Đa"), 14),
        ({"area_kind": "phường", "area_name": "Hoa Sen"}, Area("phường", "Hoa Sen"), 0),
        ({"area_kind": "quận", "area_name": "Nguyễn Quốc Bảo"}, Area("quận", None), 15),
        ({"area_kind": "xã", "area_name": "Trần Sơn"}, Area("xã", "Trần Sơn"), 0),  # in no list
        ({"area_kind": "phường", "area_name": "Hoa Sen Tây"}, Area("phường", "Hoa Sen Tây"), 0),
        ({"area_any": "Lý Nhân Nguyễn"}, Area(None, "Lý Nhân"), 7),
        ({"area_any": "Hải Dương"}, None, 0),
        ({}, None, 0),
    ],
)
def test_areas(parts: dict[str, str], area: Area | None, cut: int) -> None:
    assert read_area(parts, NAMES) == (area, cut)


@pytest.mark.parametrize("head", ["UBND", "Ubnd", "UBDN", "Ủy ban nhân dân", "ủy ban nhân dân", "Ủy  ban nhân\ndân"])
def test_the_peoples_committee_stays_short(head: str) -> None:
    found = unit(head=head, area_kind="quận", area_name="Lê Chân")
    assert (found.head, found.area) == ("UBND", Area("quận", "Lê Chân"))


@pytest.mark.parametrize("head", ["HĐND", "Hội đồng nhân dân"])
def test_the_peoples_council_stays_short(head: str) -> None:
    assert unit(head=head, area_kind="quận").head == "HĐND"


def test_departments_are_written_in_full() -> None:
    assert unit(kind="Phòng", field="GD&ĐT", area_kind="quận").head == "phòng Giáo dục và Đào tạo"
    assert unit(kind="Sở", field="KH-ĐT").head == "sở Kế hoạch và Đầu tư"
    assert unit(kind="Phòng", field="Nội vụ").area is None


def test_party_committees_know_their_level() -> None:
    found = unit(head="Quận ủy", area_name="Lê Chân")
    assert (found.head, found.level, found.area) == ("Quận ủy", "quận", Area("quận", "Lê Chân"))
    assert unit(head="Huyện ủy").level == "huyện"


def test_the_youth_union_knows_its_level() -> None:
    found = unit(head="quận đoàn", body="ban chấp hành")
    assert (found.head, found.level) == ("Ban chấp hành Quận đoàn", "quận")


def test_short_police() -> None:
    found = unit(short="CAQ", area_name="Lê Chân")
    assert (found.head, found.level) == ("Công an", "quận")


def test_central_units_need_no_area() -> None:
    assert unit(central="VPCP") == UnitName("Văn phòng Chính phủ", "Văn phòng Chính phủ", None, None, True)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("GD&ĐT", "Giáo dục và Đào tạo"),
        ("BCĐ CCHC", "Ban Chỉ đạo cải cách hành chính"),
        ("UBND", "UBND"),
        ("MTTQ", "MTTQ"),
        ("Trường THPT Hoa Sen", "Trường Trung học phổ thông Hoa Sen"),
        ("XYZ", "XYZ"),
        ("", ""),
    ],
)
def test_abbreviations(text: str, full: str) -> None:
    assert expand_words(text, LEXICON) == full


WORDS = [
    "UBND",
    "quận",
    "Lê Chân",
    "Sở",
    "GD&ĐT",
    "TP.",
    "HCM",
    "Hà Nội Nguyễn Văn An",
    "Quận ủy",
    "10",
    "Trường",
    "của",
]
SHAPES = [
    ("central",),
    ("head",),
    ("head", "body"),
    ("head", "tail"),
    ("kind", "field"),
    ("kind", "tail"),
    ("kind", "owner"),
]


@given(st.sampled_from(SHAPES), st.data())
def test_any_words(shape: tuple[str, ...], data: st.DataObject) -> None:
    area = data.draw(st.sampled_from([(), ("area_kind",), ("area_name",), ("area_kind", "area_name")]))
    parts = {
        name: " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))) for name in (*shape, *area)
    }
    found = read(**parts)
    if found is not None:
        assert found[0].head
        assert 0 <= found[1] <= len(parts.get("area_name", "")) + len(parts.get("tail", ""))


@given(st.text(max_size=20), st.sampled_from(["", "quận", "TP.", "phường"]))
def test_any_area(name: str, kind: str) -> None:
    area, cut = read_area({"area_name": name} | ({"area_kind": kind} if kind else {}), NAMES)
    assert 0 <= cut <= len(name)
    assert area is None or area.kind or area.name
