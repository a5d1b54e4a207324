"""Names joined with titles, later mentions joined with the person."""

from collections.abc import Callable

import pytest

from meetextract.records import Record

Read = Callable[..., Record]


def titles(record: Record) -> dict[str, list[tuple[str, str | None]]]:
    return {person.name: [(title.role, title.unit) for title in person.titles] for person in record.people}


def mentions(record: Record, name: str, text: str) -> list[str]:
    (person,) = (person for person in record.people if person.name == name)
    return [text[start:end] for start, end in person.mentions]


# --- titles beside a name ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Ông Trần Văn Hải, Phó Chủ tịch UBND huyện Yên Lạc chủ trì.",
        "Ông Trần Văn Hải - Phó Chủ tịch UBND huyện Yên Lạc chủ trì.",
        "Ông Trần Văn Hải – Phó Chủ tịch UBND huyện Yên Lạc chủ trì.",
        "Ông Trần Văn Hải (Phó Chủ tịch UBND huyện Yên Lạc) chủ trì.",
        "Ông Trần Văn Hải là Phó Chủ tịch UBND huyện Yên Lạc.",
        "Phó Chủ tịch UBND huyện Yên Lạc Trần Văn Hải chủ trì.",
        "Phó Chủ tịch UBND huyện Yên Lạc, ông Trần Văn Hải chủ trì.",
        "Phó Chủ tịch UBND huyện Yên Lạc - Trần Văn Hải chủ trì.",
        "Phó Chủ tịch UBND huyện Yên Lạc: Trần Văn Hải chủ trì.",
        "Đồng chí Phó Chủ tịch UBND huyện Yên Lạc Trần Văn Hải chủ trì.",
        "Đ/c Trần Văn Hải, Phó Chủ tịch UBND huyện Yên Lạc chủ trì.",
    ],
)
def test_a_title_before_or_behind_its_name(read: Read, said: str) -> None:
    assert titles(read(said)) == {"Trần Văn Hải": [("Phó Chủ tịch", "UBND huyện Yên Lạc")]}


@pytest.mark.parametrize(
    "said",
    [
        "Đồng chí Lê Thị Mai, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Yên Lạc dự.",
        "Đồng chí Lê Thị Mai - Phó Bí thư Huyện ủy - Chủ tịch UBND huyện Yên Lạc dự.",
        "Đồng chí Lê Thị Mai, Phó Bí thư Huyện ủy kiêm Chủ tịch UBND huyện Yên Lạc dự.",
        "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Yên Lạc Lê Thị Mai dự.",
    ],
)
def test_a_row_of_titles_belongs_to_one_name(read: Read, said: str) -> None:
    expected = [("Phó Bí thư", "Huyện ủy Yên Lạc"), ("Chủ tịch", "UBND huyện Yên Lạc")]
    assert titles(read(said)) == {"Lê Thị Mai": expected}


def test_a_row_between_two_names_is_divided(read: Read) -> None:
    record = read("Dự họp có đồng chí Lê Thị Mai - Chủ tịch UBND huyện Yên Lạc, Phó Chủ tịch Trần Văn Hải.")
    assert titles(record) == {
        "Lê Thị Mai": [("Chủ tịch", "UBND huyện Yên Lạc")],
        "Trần Văn Hải": [("Phó Chủ tịch", "UBND huyện Yên Lạc")],
    }


def test_each_name_of_a_list_has_its_own_title(read: Read) -> None:
    record = read("Dự họp: Trần Văn Hải, Chủ tịch UBND xã Hoa Sen; Lê Văn Bình, Bí thư Đảng ủy xã Hoa Sen.")
    assert titles(record) == {
        "Trần Văn Hải": [("Chủ tịch", "UBND xã Hoa Sen")],
        "Lê Văn Bình": [("Bí thư", "Đảng ủy xã Hoa Sen")],
    }


def test_a_title_said_of_several_names_is_held_by_each(read: Read) -> None:
    record = read("Dự họp có các Phó Chủ tịch UBND huyện Yên Lạc: Trần Văn Hải, Lê Văn Bình.")
    held = [("Phó Chủ tịch", "UBND huyện Yên Lạc")]
    assert titles(record) == {"Trần Văn Hải": held, "Lê Văn Bình": held}


def test_a_title_of_another_sentence_is_not_taken(read: Read) -> None:
    record = read("Người dân gặp ông Trần Văn Hải. Phó Chủ tịch UBND huyện Yên Lạc Lê Thị Mai kết luận.")
    assert titles(record)["Trần Văn Hải"] == []


def test_a_role_whose_last_word_begins_the_unit(read: Read) -> None:
    record = read("Bà Lê Thị Mai, Trưởng phòng Văn hóa và Thông tin huyện Yên Lạc báo cáo.")
    assert titles(record) == {"Lê Thị Mai": [("Trưởng phòng", "phòng Văn hóa và Thông tin huyện Yên Lạc")]}


def test_the_chairman_of_an_area_heads_its_committee(read: Read) -> None:
    record = read("Chủ tịch huyện Yên Lạc Trần Văn Hải chủ trì.")
    assert titles(record) == {"Trần Văn Hải": [("Chủ tịch", "UBND huyện Yên Lạc")]}


def test_a_title_said_twice_is_held_once(read: Read) -> None:
    record = read(
        "Ông Trần Văn Hải, Chủ tịch UBND huyện Yên Lạc họp. Ông Trần Văn Hải, Chủ tịch UBND huyện kết luận.",
    )
    assert titles(record) == {"Trần Văn Hải": [("Chủ tịch", "UBND huyện Yên Lạc")]}


def test_a_former_office(read: Read) -> None:
    record = read("Bà Lê Thị Mai, nguyên Phó Chủ tịch HĐND huyện Yên Lạc dự.")
    assert titles(record) == {"Lê Thị Mai": [("nguyên Phó Chủ tịch", "HĐND huyện Yên Lạc")]}


# --- committees that a party title implies ----------------------------------------------------------------------


def test_uvbtv_is_of_the_committee_said_with_the_next_title(read: Read) -> None:
    record = read("Đồng chí Phan Văn Tường, UVBTV, Trưởng ban Tuyên giáo Huyện ủy Yên Lạc dự.")
    assert titles(record)["Phan Văn Tường"][0] == ("Ủy viên Ban Thường vụ", "Huyện ủy Yên Lạc")


def test_uvbtv_of_a_communes_officer_is_of_its_party_committee(read: Read) -> None:
    record = read("Đồng chí Phan Văn Tường, UVBTV, Phó Chủ tịch UBND xã Hoa Sen dự.")
    assert titles(record)["Phan Văn Tường"][0] == ("Ủy viên Ban Thường vụ", "Đảng ủy xã Hoa Sen")


def test_uvbtvqu_is_of_the_articles_district(read: Read) -> None:
    record = read("UBND quận Hà Đông họp giao ban.", "Đồng chí Phan Văn Tường, UVBTVQU, Trưởng phòng Nội vụ dự.")
    assert titles(record)["Phan Văn Tường"][0] == ("Ủy viên Ban Thường vụ", "Quận ủy Hà Đông")


def test_the_bare_party_committee_is_where_the_next_office_is(read: Read) -> None:
    record = read("Đồng chí Lò Văn Thành, Phó Bí thư Đảng ủy, Chủ tịch UBND xã Hoa Sen phát biểu.")
    assert titles(record)["Lò Văn Thành"][0] == ("Phó Bí thư", "Đảng ủy xã Hoa Sen")


def test_a_member_of_the_central_committee(read: Read) -> None:
    record = read("Ông Hoàng Văn Bách - Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Sơn La dự.")
    assert titles(record)["Hoàng Văn Bách"][0] == ("Ủy viên", "Ban Chấp hành Trung ương Đảng")


# --- what is no role --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("degree", ["Đại tá", "Thượng tá", "ThS.", "PGS.TS.", "Bác sĩ"])
def test_ranks_and_degrees_are_no_roles(read: Read, degree: str) -> None:
    record = read(f"{degree} Đỗ Văn Lực, Giám đốc Công an tỉnh Sơn La báo cáo.")
    assert titles(record) == {"Đỗ Văn Lực": [("Giám đốc", "Công an tỉnh Sơn La")]}


def test_a_rank_alone_names_a_person_without_titles(read: Read) -> None:
    assert titles(read("Thượng tá Đỗ Văn Lực báo cáo.")) == {"Đỗ Văn Lực": []}


# --- later mentions ---------------------------------------------------------------------------------------------


CHUNG = "Ông Trần Đức Chung, Chủ tịch UBND huyện Yên Lạc kết luận."


@pytest.mark.parametrize("later", ["Ông Chung", "ông Chung", "Đồng chí Đức Chung", "Trần Đức Chung"])
def test_a_later_name_is_joined(read: Read, later: str) -> None:
    text = f"{CHUNG} Cuối giờ, {later} đề nghị các xã làm sớm."
    record = read(text)
    name = later.removeprefix("Ông ").removeprefix("ông ").removeprefix("Đồng chí ")
    assert list(titles(record)) == ["Trần Đức Chung"]
    assert mentions(record, "Trần Đức Chung", text) == ["Trần Đức Chung", name]


@pytest.mark.parametrize("later", ["Chủ tịch UBND huyện", "Chủ tịch UBND huyện Yên Lạc", "Chủ tịch huyện"])
def test_a_later_title_alone_is_joined(read: Read, later: str) -> None:
    text = f"{CHUNG} {later} yêu cầu các xã làm sớm."
    assert mentions(read(text), "Trần Đức Chung", text) == ["Trần Đức Chung", later]


def test_a_title_that_two_people_hold_is_joined_to_neither(read: Read) -> None:
    text = (
        "Ông Trần Văn Hải, Phó Chủ tịch UBND xã Hoa Sen và ông Lê Văn Bình, Phó Chủ tịch UBND xã Hoa Sen dự. "
        "Phó Chủ tịch UBND xã phát biểu."
    )
    record = read(text)
    assert [len(person.mentions) for person in record.people] == [1, 1]


def test_a_title_in_another_unit_is_not_joined(read: Read) -> None:
    text = f"{CHUNG} Chủ tịch UBND huyện Tam Đảo báo cáo."
    assert mentions(read(text), "Trần Đức Chung", text) == ["Trần Đức Chung"]


def test_a_given_name_of_two_people_adds_no_third(read: Read) -> None:
    record = read(f"{CHUNG} Bà Lê Thị Chung, Bí thư Huyện ủy Yên Lạc dự. Bà Chung phát biểu.")
    assert list(titles(record)) == ["Trần Đức Chung", "Lê Thị Chung"]


def test_people_stand_in_the_order_of_the_text(read: Read) -> None:
    record = read("Ông Vũ Văn Tám và ông Bùi Văn An dự họp. Ông An phát biểu, ông Tám kết luận.")
    assert list(titles(record)) == ["Vũ Văn Tám", "Bùi Văn An"]


# --- who is nobody ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "last",
    [
        "Ảnh: Trần Văn Tám",
        "Tin, ảnh: Trần Văn Tám",
        "Tin và ảnh: Trần Văn Tám",
        "Tác giả: Trần Văn Tám",
        "Trần Văn Tám",
        "Quang cảnh cuộc họp (Ảnh: Trần Văn Tám).",
        "Quang cảnh cuộc họp. Ảnh: Trần Văn Tám",
    ],
)
def test_authors_and_photographers_are_nobody(read: Read, last: str) -> None:
    record = read("UBND huyện Yên Lạc họp giao ban.", "Các xã báo cáo kết quả làm đường trong thời gian qua.", last)
    assert titles(record) == {}


@pytest.mark.parametrize(
    "said",
    [
        "Huyện mở rộng đường Trần Văn Hải trong thời gian qua.",
        "Huyện mở rộng phố Trần Văn Hải trong thời gian qua.",
        "Các đường Trần Văn Hải, Lê Văn Bình đã thông xe.",
        "Cầu Trần Thị Lý đã thông xe.",
        "Khu công nghiệp Nguyễn Đức Cảnh hoạt động ổn định.",
        "Khu đô thị Trần Văn Hải được mở rộng.",
        "Công viên Lê Văn Tám đón đông khách.",
    ],
)
def test_streets_and_places_are_nobody(read: Read, said: str) -> None:
    assert titles(read(said)) == {}


@pytest.mark.parametrize(
    "school", ["Trường THPT Lê Văn Bình", "Trường Tiểu học Nguyễn Thái Bình", "Bệnh viện Nguyễn Tri Phương"]
)
def test_schools_and_hospitals_are_units_and_nobody(read: Read, school: str) -> None:
    record = read(f"{school} mở cửa trở lại.")
    assert titles(record) == {}
    assert len(record.units) == 1


@pytest.mark.parametrize("area", ["phường Lê Hồng Phong", "huyện Trần Văn Thời", "quận Ngô Quyền"])
def test_areas_named_after_people_are_nobody(read: Read, area: str) -> None:
    assert titles(read(f"Đoàn đi kiểm tra tại {area} trong thời gian qua.")) == {}


def test_a_way_of_thinking_is_nobody(read: Read) -> None:
    assert titles(read("Cán bộ học tập tư tưởng Hồ Chí Minh.")) == {}


# --- a name run together with an area ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "name", "unit"),
    [
        ("Chủ tịch UBND tỉnh Hậu Giang Nguyễn Văn Tám dự.", "Nguyễn Văn Tám", "UBND tỉnh Hậu Giang"),
        ("Chủ tịch UBND quận Đống Đa Nguyễn Anh Minh dự.", "Nguyễn Anh Minh", "UBND quận Đống Đa"),
        ("Chủ tịch UBND thành phố Hải Phòng Lê Văn Bình dự.", "Lê Văn Bình", "UBND thành phố Hải Phòng"),
        ("Chủ tịch UBND huyện Yên Lạc Lý Văn Páo dự.", "Lý Văn Páo", "UBND huyện Yên Lạc"),
        ("Chủ tịch UBND Hà Nội Lê Văn Bình dự.", "Lê Văn Bình", "UBND thành phố Hà Nội"),
    ],
)
def test_a_name_right_behind_an_area(read: Read, said: str, name: str, unit: str) -> None:
    assert titles(read(said)) == {name: [("Chủ tịch", unit)]}


def test_a_name_right_behind_a_unit_without_its_area(read: Read) -> None:
    text = "UBND quận Hà Đông họp giao ban. Chủ tịch UBND quận Lê Văn Bình kết luận."
    assert mentions(read(text), "Lê Văn Bình", text) == ["Lê Văn Bình"]


# --- offices without their unit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "said", "title"),
    [
        ("Bộ Tài chính họp giao ban.", "Thứ trưởng", ("Thứ trưởng", "bộ Tài chính")),
        ("Đồn Biên phòng Hoa Sen họp.", "Đồn trưởng", ("Đồn trưởng", "Đồn Biên phòng Hoa Sen")),
        ("Bộ Tài chính và Bộ Nội vụ họp giao ban.", "Thứ trưởng", ("Thứ trưởng", None)),
        ("Tỉnh Sơn La họp giao ban.", "Phó Chánh Thanh tra tỉnh", ("Phó Chánh Thanh tra", "Thanh tra tỉnh Sơn La")),
        (
            "UBND quận Hà Đông họp.",
            "Chánh Văn phòng kiêm người phát ngôn UBND quận",
            ("Chánh Văn phòng", "Văn phòng UBND quận Hà Đông"),
        ),
    ],
)
def test_the_unit_that_an_office_does_not_name(read: Read, lead: str, said: str, title: tuple[str, str | None]) -> None:
    assert titles(read(lead, f"{said} Phan Văn Tường dự.")) == {"Phan Văn Tường": [title]}


def test_two_offices_share_the_unit_behind_them(read: Read) -> None:
    assert titles(read("Ông Phan Văn Tường, Phó Chủ tịch kiêm Tổng Thư ký Hội Nông dân tỉnh Sơn La dự.")) == {
        "Phan Văn Tường": [
            ("Phó Chủ tịch", "Hội Nông dân tỉnh Sơn La"),
            ("Tổng Thư ký", "Hội Nông dân tỉnh Sơn La"),
        ]
    }


def test_a_member_of_a_committee_of_the_party(read: Read) -> None:
    said = "Ông Phan Văn Tường, Ủy viên Ban Chấp hành Đảng bộ tỉnh Sơn La dự."
    assert titles(read(said)) == {"Phan Văn Tường": [("Ủy viên", "Ban Chấp hành Đảng bộ tỉnh Sơn La")]}


# --- names of many peoples --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Vàng A Chúng", "Lỉn Thị Pún", "Y Sol Mlô", "Ksor Hlim"])
def test_a_name_without_a_title(read: Read, name: str) -> None:
    assert [person.name for person in read("Tin từ bản", f"Hôm qua {name} kể chuyện làm nương.").people] == [name]


@pytest.mark.parametrize(
    "said", ["Lan Anh: Năm sau nhất định về", "đường Ông Ích Khiêm đang sửa", "Thay mặt cơ quan thường trực, họ nói"]
)
def test_other_capitals_are_nobody(read: Read, said: str) -> None:
    assert titles(read(f"UBND quận Hà Đông họp giao ban. {said}.")) == {}


def test_a_name_of_the_highlands_without_its_family_is_joined(read: Read) -> None:
    record = read("Hôm qua, Trưởng thôn Y Sol Mlô kể chuyện làm nương. Theo ông Y Sol, lúa đã chín.")
    assert [(person.name, len(person.mentions)) for person in record.people] == [("Y Sol Mlô", 2)]


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Cục trưởng Cục quản lý Khám, chữa bệnh Trần Văn Hải", "Cục quản lý Khám, chữa bệnh"),
        ("Chủ nhiệm Ủy ban Pháp luật Trần Văn Hải", "Ủy ban Pháp luật"),
    ],
)
def test_a_unit_that_no_pattern_knows_reaches_to_the_name(read: Read, said: str, unit: str) -> None:
    record = read(f"{said} phát biểu tại hội nghị.")
    assert [name for _, name in titles(record)["Trần Văn Hải"]] == [unit]
    (title,) = record.people[0].titles
    assert title.span == (0, len(said) - len(" Trần Văn Hải"))


def test_what_stands_between_an_office_and_another_person_is_no_unit(read: Read) -> None:
    record = read("Giám đốc Trung tâm và ông Trần Văn Hải phát biểu tại hội nghị.")
    assert titles(record) == {"Trần Văn Hải": []}


def test_a_deputy_prime_minister_is_one_of_the_government(read: Read) -> None:
    record = read("Phó Thủ tướng Trần Văn Hải chủ trì cuộc họp.")
    assert titles(record) == {"Trần Văn Hải": [("Phó Thủ tướng", "Chính phủ")]}
