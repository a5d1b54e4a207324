"""Units completed from the article, joined, and nested ones dropped."""

from collections.abc import Callable

import pytest

from meetextract.records import Record

Read = Callable[..., Record]


def units(record: Record) -> list[str]:
    return [unit.name for unit in record.units]


# --- areas left out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "said", "expected"),
    [
        ("UBND quận Hà Đông", "UBND quận", "UBND quận Hà Đông"),
        ("UBND quận Hà Đông", "phòng Nội vụ", "phòng Nội vụ quận Hà Đông"),
        ("UBND quận Hà Đông", "Công an quận", "Công an quận Hà Đông"),
        ("UBND quận Hà Đông", "Quận ủy", "Quận ủy Hà Đông"),
        ("UBND quận Hà Đông", "Ủy ban MTTQVN quận", "Ủy ban MTTQ Việt Nam quận Hà Đông"),
        ("UBND tỉnh Sơn La", "UBND tỉnh", "UBND tỉnh Sơn La"),
        ("UBND tỉnh Sơn La", "sở Tài chính", "sở Tài chính tỉnh Sơn La"),
        ("UBND TP. Hải Phòng", "sở Tài chính", "sở Tài chính thành phố Hải Phòng"),
        ("UBND TP. Hải Phòng", "Thành ủy", "Thành ủy Hải Phòng"),
        ("UBND xã Hoa Sen", "Công an xã", "Công an xã Hoa Sen"),
    ],
)
def test_the_articles_area_completes_a_unit(read: Read, home: str, said: str, expected: str) -> None:
    assert expected in units(read(f"{home} họp giao ban.", f"Các xã phối hợp với {said} rà soát."))


@pytest.mark.parametrize("said", ["UBND quận", "UBND tỉnh", "phòng Nội vụ", "sở Tài chính"])
def test_a_unit_stays_bare_where_the_article_names_no_area(read: Read, said: str) -> None:
    assert units(read(f"Các nơi phối hợp với {said} rà soát.")) == [said]


LEAD = "Sáng nay, các địa phương họp giao ban về việc làm đường liên xã và làm cầu trong thời gian qua."


def test_a_unit_stays_bare_where_two_areas_have_equal_right(read: Read) -> None:
    record = read(
        "Giao ban liên huyện",
        LEAD,
        "UBND huyện Yên Lạc báo cáo kết quả làm đường trong thời gian qua.",
        "UBND huyện Tam Đảo báo cáo kết quả làm cầu trong thời gian qua.",
        "Cuối buổi họp, UBND huyện cảm ơn các xã.",
    )
    assert units(record) == ["UBND huyện Yên Lạc", "UBND huyện Tam Đảo", "UBND huyện"]


def test_the_area_of_the_same_paragraph_is_meant_where_two_have_equal_right(read: Read) -> None:
    record = read(
        "Giao ban liên huyện",
        LEAD,
        "UBND huyện Yên Lạc báo cáo kết quả làm đường. Theo UBND huyện, đường sắp xong.",
        "UBND huyện Tam Đảo báo cáo kết quả làm cầu. Theo UBND huyện, cầu sắp xong.",
    )
    assert [len(unit.mentions) for unit in record.units] == [2, 2]


def test_a_districts_office_is_not_completed_with_a_province(read: Read) -> None:
    assert "phòng Nội vụ" in units(read("UBND tỉnh Sơn La họp giao ban.", "Các nơi phối hợp với phòng Nội vụ rà soát."))


def test_a_district_called_by_the_wrong_kind_is_still_meant(read: Read) -> None:
    assert units(read("UBND quận Hà Đông họp giao ban.", "Các phường báo cáo UBND huyện kết quả.")) == [
        "UBND quận Hà Đông"
    ]


def test_a_ministry_needs_no_area(read: Read) -> None:
    assert units(read("UBND tỉnh Sơn La báo cáo Bộ Tài chính.")) == ["UBND tỉnh Sơn La", "bộ Tài chính"]


# --- one entry a unit -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["Ban Thường vụ Thành ủy Hà Nội", "Ban Tuyên giáo Huyện ủy Yên Lạc", "Đảng ủy Công an quận Hà Đông"]
)
def test_only_the_longest_unit_is_listed(read: Read, said: str) -> None:
    assert units(read(f"{said} họp giao ban.")) == [said]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("UBND quận Hà Đông", "Ủy ban nhân dân quận Hà Đông"),
        ("UBND TP. Hải Phòng", "UBND thành phố Hải Phòng"),
        ("Thành ủy Hà Nội", "Thành ủy thành phố Hà Nội"),
        ("Sở Thông tin và Truyền thông tỉnh Sơn La", "Sở Thông tin"),
        ("Ban Chỉ đạo Chuyển đổi số quận Hà Đông", "Ban Chỉ đạo Chuyển đổi số"),
        ("Ban Chỉ đạo Chuyển đổi số quận Hà Đông", "Ban Chỉ đạo"),
        ("Tổ công tác Đề án 06 quận Hà Đông", "Tổ công tác"),
    ],
)
def test_another_name_of_a_unit_is_joined(read: Read, first: str, again: str) -> None:
    (unit,) = read(f"{first} họp giao ban. Sau đó {again} giao việc.").units
    assert len(unit.mentions) == 2


@pytest.mark.parametrize(
    ("first", "again", "name"),
    [
        ("Sở Tài chính tỉnh Sơn La", "Giám đốc Sở", "sở Tài chính tỉnh Sơn La"),
        ("Trường THCS Hoa Sen", "Hiệu trưởng nhà trường", "Trường Trung học cơ sở Hoa Sen"),
        ("Ban Chỉ huy Phòng, chống thiên tai quận Hà Đông", "Ban Chỉ huy", None),
        ("Trung tâm Phục vụ hành chính công quận Hà Đông", "Trung tâm Phục vụ HCC", None),
    ],
)
def test_a_body_said_by_its_kind_alone_is_the_one_named_before(
    read: Read, first: str, again: str, name: str | None
) -> None:
    (unit,) = read(f"{first} họp giao ban. Sau đó {again} giao việc.").units
    assert (unit.name, len(unit.mentions)) == (name or first, 2)


def test_the_body_that_the_article_names_most_is_meant_where_the_paragraph_names_none(read: Read) -> None:
    record = read(
        "UBND tỉnh Sơn La giao ban",
        "Sở Tài chính báo cáo. Sở Tài chính và Sở Nội vụ đã rà soát việc làm đường liên xã trong thời gian qua.",
        "Giám đốc Sở hứa làm xong các việc còn lại trong tháng tới.",
    )
    assert {unit.name: len(unit.mentions) for unit in record.units}["sở Tài chính tỉnh Sơn La"] == 3


def test_an_office_of_a_bare_ministry_is_of_the_one_named_before(read: Read) -> None:
    assert units(read("Bộ Tài chính họp giao ban. Văn phòng Bộ tổng hợp.")) == [
        "bộ Tài chính",
        "Văn phòng Bộ Tài chính",
    ]


@pytest.mark.parametrize("said", ["Giám đốc Sở", "Văn phòng Bộ"])
def test_a_body_said_by_its_kind_alone_is_nothing_where_none_was_named(read: Read, said: str) -> None:
    assert units(read(f"{said} họp giao ban.")) == []


@pytest.mark.parametrize("said", ["Ủy ban Kiểm tra Đảng ủy", "Đảng ủy"])
def test_the_bare_party_committee_is_the_communes(read: Read, said: str) -> None:
    assert f"{said} xã Hoa Sen" in units(read("UBND xã Hoa Sen họp giao ban.", f"Sau đó {said} báo cáo."))


def test_the_bare_party_committee_is_nothing_where_the_article_is_about_no_commune(read: Read) -> None:
    assert units(read("UBND tỉnh Sơn La họp giao ban.", "Sau đó Đảng ủy báo cáo.")) == ["UBND tỉnh Sơn La"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Cục Trồng trọt kiểm tra tối thiểu 20% số mã", "Cục Trồng trọt"),
        ("Tổng cục Cảnh sát Phan Văn Tường", "Tổng cục Cảnh sát"),
        ("Ban Quản lý các dự án giao thông tỉnh", "Ban Quản lý các dự án giao thông tỉnh"),
        ("Quận đoàn Hà Đông", "Quận đoàn Hà Đông"),
        ("Sở Tài chính các tỉnh", None),
    ],
)
def test_where_a_name_ends(read: Read, said: str, name: str | None) -> None:
    assert units(read(f"Các nơi phối hợp với {said}.")) == ([name] if name else [])


def test_a_committee_said_by_its_kind_alone_is_nothing_where_none_is_named(read: Read) -> None:
    assert units(read("Ban Chỉ đạo họp giao ban.")) == []


def test_a_committee_said_by_its_kind_alone_is_nothing_where_two_are_named(read: Read) -> None:
    record = read(
        "Ban Chỉ đạo Chuyển đổi số quận Hà Đông và Ban Chỉ đạo Cải cách hành chính quận Hà Đông họp. "
        "Ban Chỉ đạo giao việc.",
    )
    assert [len(unit.mentions) for unit in record.units] == [1, 1]


def test_a_unit_that_only_an_abbreviated_title_names_is_listed(read: Read) -> None:
    record = read("UBND quận Hà Đông họp giao ban.", "Đồng chí Phan Văn Tường, UVBTVQU dự.")
    assert units(record) == ["UBND quận Hà Đông", "Quận ủy Hà Đông"]


def test_units_stand_in_the_order_of_their_first_mentions(read: Read) -> None:
    record = read("UBND quận Hà Đông họp giao ban.", "Đồng chí Phan Văn Tường, UVBTVQU, Trưởng phòng Nội vụ dự.")
    first = [unit.mentions[0] for unit in record.units]
    assert first == sorted(first)


def test_a_unit_ends_before_the_name_behind_it(read: Read) -> None:
    text = "Theo Bộ trưởng Bộ Tài chính Lê Văn Bình, thu ngân sách khá."
    (unit,) = read(text).units
    assert [text[start:end] for start, end in unit.mentions] == ["Bộ Tài chính"]


def test_kind_level_and_area_of_a_unit(read: Read) -> None:
    unit = read("UBND quận Hà Đông họp giao ban.", "Các phường phối hợp với phòng Nội vụ.").units[1]
    assert (unit.kind, unit.level, unit.area) == ("phòng", "quận", "Hà Đông")


# --- spelling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "các Sở: Nội vụ, Tài chính, Xây dựng",
        "các sở Nội vụ, Tài chính và Xây dựng",
        "các Sở: Nội vụ; Tài chính; Xây dựng",
    ],
)
def test_a_list_under_one_head_names_each(read: Read, said: str) -> None:
    assert units(read(f"UBND tỉnh Sơn La giao {said} rà soát."))[1:] == [
        "sở Nội vụ tỉnh Sơn La",
        "sở Tài chính tỉnh Sơn La",
        "sở Xây dựng tỉnh Sơn La",
    ]


def test_committees_under_one_head_are_each_named(read: Read) -> None:
    record = read("Đoàn làm việc với UBND các huyện: Yên Lạc, Tam Đảo.")
    assert units(record) == ["UBND huyện Yên Lạc", "UBND huyện Tam Đảo"]


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("Sở GD&ĐT", "sở Giáo dục và Đào tạo"),
        ("Sở TN&MT", "sở Tài nguyên và Môi trường"),
        ("Sở NN&PTNT", "sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở KH-ĐT", "sở Kế hoạch và Đầu tư"),
        ("phòng VH-TT", "phòng Văn hóa và Thông tin"),
        ("Trường THPT Hoa Sen", "Trường Trung học phổ thông Hoa Sen"),
    ],
)
def test_abbreviations_are_written_in_full(read: Read, said: str, full: str) -> None:
    assert units(read(f"Các nơi phối hợp với {said} rà soát.")) == [full]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("UBDN quận Hà Đông", "UBND quận Hà Đông"),
        ("Hội đồng nhân dân quận Hà Đông", "HĐND quận Hà Đông"),
        ("Ủy ban MTTQVN quận Hà Đông", "Ủy ban MTTQ Việt Nam quận Hà Đông"),
        ("Uỷ ban nhân dân quận Hà Đông", "UBND quận Hà Đông"),
    ],
)
def test_names_are_written_the_canonical_way(read: Read, said: str, name: str) -> None:
    assert units(read(f"{said} họp giao ban.")) == [name]


# --- what is no unit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "UBND các phường rà soát.",
        "Các phòng, ban, ngành, đoàn thể rà soát.",
        "Các sở, ngành phối hợp.",
        "Cấp ủy, chính quyền các cấp vào cuộc.",
        "Quận Hà Đông phấn đấu hoàn thành.",
        "Đảng ủy các xã chỉ đạo.",
    ],
)
def test_collectives_and_places_are_no_units(read: Read, said: str) -> None:
    assert units(read(said)) == []


@pytest.mark.parametrize("behind", ["", " Grai", " họp"])
def test_an_area_behind_two_bodies_may_be_cut(read: Read, behind: str) -> None:
    names = [unit.name for unit in read(f"HĐND và UBND huyện Ia Grai{behind}").units]
    assert len(names) == 2
    assert names[0].startswith("HĐND huyện Ia Grai")
    assert names[1].startswith("UBND huyện Ia Grai")
