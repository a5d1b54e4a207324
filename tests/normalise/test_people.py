"""Names and roles as single mentions say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetextract.normalise.offices import Name, Role
from meetextract.normalise.people import read_name, read_role

AREAS = {
    "Hà Nội": ("thành phố",),
    "Đồng Tháp": ("tỉnh",),
    "Long Biên": ("quận",),
    "Lý Nhân": ("huyện",),
    "Trần Văn Thời": ("huyện",),
    "Bà Rịa - Vũng Tàu": ("tỉnh",),
}
SURNAMES = frozenset({"Nguyễn", "Trần", "Lê", "Lý", "Hoàng"})
ROLES = {
    "Phó Chủ tịch": {"role": "Phó Chủ tịch", "branch": "", "unit": ""},
    "Ủy viên Bộ Chính trị": {"role": "Ủy viên", "branch": "party", "unit": "Bộ Chính trị"},
}


def read(name: str) -> tuple[Name, int, int] | None:
    return read_name({"name": name}, lambda area: AREAS.get(area, ()), SURNAMES.__contains__)


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Nguyễn Văn Bảy", "Nguyễn Văn Bảy", True),
        ("Trần  Thị\nHoa", "Trần Thị Hoa", True),
        ("Chung", "Chung", False),
        ("Lý Văn Nhân", "Lý Văn Nhân", True),
        ("Trần Văn Thời", "Trần Văn Thời", True),  # three syllables, and only a district bears the name
        ("Hờ A Cáng", "Hờ A Cáng", False),
        ("Lỉn Văn Pún", "Lỉn Văn Pún", True),
    ],
)
def test_names(text: str, name: str, full: bool) -> None:
    assert read(text) == (Name(name, full), 0, 0)


@pytest.mark.parametrize("text", ["Hồ Chí Minh", "Hà Nội", "Long Biên", "Lý Nhân"])
def test_names_of_places(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [("Hà Nội Hoàng Đức Tâm", "Hoàng Đức Tâm", 7), ("Long Biên  Nguyễn Thị An", "Nguyễn Thị An", 11)],
)
def test_an_area_before_the_name_is_left_out(text: str, name: str, left: int) -> None:
    assert read(text) == (Name(name, True), left, 0)


syllables = st.sampled_from([*SURNAMES, "Hà", "Nội", "Long", "Biên", "Văn", "Thị", "Hải", "A", "Hồ", "Chí", "Minh"])


@given(st.lists(syllables, min_size=1, max_size=7), st.sampled_from([" ", "  ", "\n", "\u00a0"]))
def test_the_name_is_what_is_left(words: list[str], blank: str) -> None:
    text = blank.join(words)
    found = read(text)
    if found is not None:
        name, left, right = found
        assert " ".join(text[left : len(text) - right].split()) == name.name


def test_roles() -> None:
    def role(**parts: str) -> Role | None:
        return read_role(parts, ROLES.get)

    assert role(role="Phó  Chủ\ntịch") == Role("Phó Chủ tịch")
    assert role(role="Ủy viên Bộ Chính trị") == Role("Ủy viên", "party", "Bộ Chính trị")
    assert role(role="Đại tá") is None
    former = role(role="Phó Chủ tịch", former="nguyên ")
    assert former is not None
    assert former.former
