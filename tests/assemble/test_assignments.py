"""Directives: who told whom to do what, and which words tell nobody to do anything."""

from collections.abc import Callable

import pytest

from meetextract.records import Assignment, Record

Read = Callable[..., Record]

OPENING = "Sáng 12/3/2024, UBND huyện Lục Ngạn tổ chức hội nghị giao ban công tác tháng 3."
CHAIR = "đồng chí Vi Văn Thành, Chủ tịch UBND huyện Lục Ngạn"
CONCLUDING = f"Kết luận hội nghị, {CHAIR}"


def concluded(read: Read, told: str) -> tuple[Assignment, ...]:
    """The assignments of a report whose chair ends the meeting with some words."""
    return read(OPENING, f"{CONCLUDING} {told}").assignments


def short(assignments: tuple[Assignment, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Whom each directive tells to do what."""
    return [(assignment.assignees, assignment.tasks) for assignment in assignments]


# --- directing verbs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "assignee", "task"),
    [
        ("giao", "phòng Nội vụ", "tổng hợp danh sách cán bộ dôi dư"),
        ("yêu cầu", "các xã", "rà soát lại hộ cận nghèo"),
        ("đề nghị", "Hội Nông dân huyện", "vận động hội viên trồng vải sớm"),
        ("chỉ đạo", "Phòng Tài chính - Kế hoạch", "thẩm định dự toán cầu Hộ Đáp"),
        ("phân công", "phòng Y tế", "theo dõi ổ dịch tại thôn Bèo"),
        ("lưu ý", "các xã", "kiểm tra kênh mương trước mùa mưa"),
        ("nhắc nhở", "các trường học", "bảo đảm an toàn bếp ăn bán trú"),
        ("đôn đốc", "các chủ đầu tư", "hoàn thiện hồ sơ quyết toán"),
    ],
)
def test_each_directing_verb(read: Read, verb: str, assignee: str, task: str) -> None:
    (told,) = concluded(read, f"{verb} {assignee} {task}.")
    assert (told.verb, told.assigner) == (verb, "Vi Văn Thành")
    assert (told.assignees, told.tasks) == ((assignee,), (task,))
    assert told.quote == f"{verb} {assignee} {task}"


@pytest.mark.parametrize("verb", ["cần", "phải", "cần phải"])
def test_must_with_somebody_addressed(read: Read, verb: str) -> None:
    (told,) = concluded(read, f"nhấn mạnh các xã {verb} rà soát lại hộ cận nghèo.")
    assert (told.verb, told.assigner) == (verb, "Vi Văn Thành")
    assert short((told,)) == [(("các xã",), ("rà soát lại hộ cận nghèo",))]
    assert told.quote == f"các xã {verb} rà soát lại hộ cận nghèo"


def test_a_proposal_upwards(read: Read) -> None:
    record = read(
        "Chiều 5/6/2025, tại buổi làm việc với Sở Tài chính, UBND huyện Mường Ảng kiến nghị UBND tỉnh Điện Biên "
        "bố trí vốn sửa chữa hồ Ẳng Cang."
    )
    (told,) = record.assignments
    assert (told.verb, told.assigner) == ("kiến nghị", "UBND huyện Mường Ảng")
    assert short((told,)) == [(("UBND tỉnh Điện Biên",), ("bố trí vốn sửa chữa hồ Ẳng Cang",))]


# --- who tells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Chủ tịch UBND huyện giao phòng Nội vụ tổng hợp danh sách.",
        "Chủ tịch UBND huyện Lục Ngạn giao phòng Nội vụ tổng hợp danh sách.",
        "Đồng chí Chủ tịch UBND huyện giao phòng Nội vụ tổng hợp danh sách.",
        "Đồng chí giao phòng Nội vụ tổng hợp danh sách.",
        "Đồng chí cũng giao phòng Nội vụ tổng hợp danh sách.",
        "Đồng chí Thành giao phòng Nội vụ tổng hợp danh sách.",
        "Ông Vi Văn Thành giao phòng Nội vụ tổng hợp danh sách.",
        "Đồng thời, giao phòng Nội vụ tổng hợp danh sách.",
        "Bên cạnh đó, đồng chí Chủ tịch huyện giao phòng Nội vụ tổng hợp danh sách.",
    ],
)
def test_who_tells_is_the_person_meant(read: Read, said: str) -> None:
    (told,) = read(OPENING, f"{CONCLUDING} đánh giá cao kết quả của các ngành. {said}").assignments
    assert told.assigner == "Vi Văn Thành"
    assert short((told,)) == [(("phòng Nội vụ",), ("tổng hợp danh sách",))]


def test_he_also_asks(read: Read) -> None:
    first, second = concluded(
        read, "yêu cầu các xã rà soát hộ cận nghèo. Đồng chí cũng đề nghị Hội Nông dân huyện vận động hội viên."
    )
    assert (first.verb, first.assigner) == ("yêu cầu", "Vi Văn Thành")
    assert (second.verb, second.assigner) == ("đề nghị", "Vi Văn Thành")
    assert second.assignees == ("Hội Nông dân huyện",)


def test_who_spoke_last_tells(read: Read) -> None:
    record = read(
        OPENING,
        "Ông Leo Văn Chiến, Trưởng phòng Nông nghiệp huyện báo cáo tình hình dịch bệnh.",
        f"{CONCLUDING} ghi nhận kết quả. Yêu cầu các xã tiêm phòng cho đàn lợn.",
    )
    assert [told.assigner for told in record.assignments] == ["Vi Văn Thành"]


def test_a_unit_tells_where_no_person_does(read: Read) -> None:
    (told,) = read("UBND tỉnh Trà Vinh yêu cầu các sở, ngành rà soát thủ tục nội bộ.").assignments
    assert told.assigner == "UBND tỉnh Trà Vinh"
    assert told.assigner_span is not None


def test_a_title_without_a_holder_is_its_unit(read: Read) -> None:
    (told,) = read("Sáng 4/4/2024, Chủ tịch UBND huyện Đầm Dơi giao phòng Y tế kiểm tra các chợ.").assignments
    assert told.assigner == "UBND huyện Đầm Dơi"


def test_a_title_that_two_hold_stays_open(read: Read) -> None:
    record = read(
        "Sáng 4/4/2024, dự hội nghị có ông Kim Sa Rươl, Phó Chủ tịch UBND huyện Trà Cú và bà Thạch Thị Ngọc, "
        "Phó Chủ tịch UBND huyện Trà Cú.",
        "Phó Chủ tịch UBND huyện giao phòng Y tế kiểm tra các chợ.",
    )
    (told,) = record.assignments
    assert told.assigner not in ("Kim Sa Rươl", "Thạch Thị Ngọc")
    assert told.why_empty.get("assigner") == "ambiguous"


def test_whoever_of_two_holders_spoke_last_is_meant(read: Read) -> None:
    record = read(
        "Sáng 4/4/2024, dự hội nghị có ông Kim Sa Rươl, Phó Chủ tịch UBND huyện Trà Cú và bà Thạch Thị Ngọc, "
        "Phó Chủ tịch UBND huyện Trà Cú.",
        "Phát biểu tại hội nghị, bà Thạch Thị Ngọc ghi nhận kết quả. Phó Chủ tịch UBND huyện giao phòng Y tế "
        "kiểm tra các chợ.",
    )
    assert [told.assigner for told in record.assignments] == ["Thạch Thị Ngọc"]


# --- passive ----------------------------------------------------------------------------------------------------


def test_a_unit_is_charged(read: Read) -> None:
    (told,) = concluded(read, "thống nhất chủ trương. Phòng Nội vụ được giao tham mưu phương án bố trí cán bộ.")
    assert told.verb == "được giao"
    assert short((told,)) == [(("Phòng Nội vụ",), ("tham mưu phương án bố trí cán bộ",))]
    assert told.quote == "Phòng Nội vụ được giao tham mưu phương án bố trí cán bộ"


def test_a_unit_is_charged_by_another(read: Read) -> None:
    record = read("Sở Xây dựng được UBND thành phố Cần Thơ giao thẩm định thiết kế cầu Rạch Sung.")
    (told,) = record.assignments
    assert told.assigner == "UBND thành phố Cần Thơ"
    assert told.assignees == ("Sở Xây dựng",)
    assert told.tasks == ("thẩm định thiết kế cầu Rạch Sung",)


@pytest.mark.parametrize(
    "said",
    [
        "Các thành viên hoàn thành tốt nhiệm vụ được giao.",
        "Cán bộ xã chủ động trong công việc được giao.",
        "Thu ngân sách vượt dự toán được giao.",
    ],
)
def test_work_that_was_given_is_no_directive(read: Read, said: str) -> None:
    assert concluded(read, f"ghi nhận kết quả. {said}") == ()


# --- a verb carried over ----------------------------------------------------------------------------------------


def test_each_addressee_with_tasks_of_its_own_is_an_entry(read: Read) -> None:
    told = concluded(
        read,
        "giao phòng Nội vụ tổng hợp danh sách cán bộ; phòng Y tế kiểm tra các chợ; UBND các xã dọn vệ sinh kênh mương.",
    )
    assert short(told) == [
        (("phòng Nội vụ",), ("tổng hợp danh sách cán bộ",)),
        (("phòng Y tế",), ("kiểm tra các chợ",)),
        (("UBND các xã",), ("dọn vệ sinh kênh mương",)),
    ]
    assert [(one.verb, one.assigner) for one in told] == [("giao", "Vi Văn Thành")] * 3
    assert told[1].quote == "phòng Y tế kiểm tra các chợ"


def test_a_verb_is_carried_over_a_full_stop(read: Read) -> None:
    told = concluded(read, "giao phòng Nội vụ tổng hợp danh sách cán bộ. Phòng Y tế kiểm tra các chợ.")
    assert short(told) == [
        (("phòng Nội vụ",), ("tổng hợp danh sách cán bộ",)),
        (("Phòng Y tế",), ("kiểm tra các chợ",)),
    ]
    assert told[1].verb == "giao"


def test_a_new_verb_begins_a_new_entry(read: Read) -> None:
    told = concluded(read, "yêu cầu các xã rà soát hộ cận nghèo; đề nghị Công an huyện tăng cường tuần tra ban đêm.")
    assert [one.verb for one in told] == ["yêu cầu", "đề nghị"]
    assert [one.assignees for one in told] == [("các xã",), ("Công an huyện",)]


def test_what_the_addressee_reports_is_not_carried_over(read: Read) -> None:
    told = concluded(read, "giao phòng Nội vụ tổng hợp danh sách cán bộ. Phòng Y tế đã kiểm tra 14 chợ trong quý I.")
    assert short(told) == [(("phòng Nội vụ",), ("tổng hợp danh sách cán bộ",))]


def test_must_without_somebody_of_its_own_is_a_task(read: Read) -> None:
    (told,) = concluded(read, "yêu cầu các xã rà soát hộ cận nghèo; cần công khai kết quả tại nhà văn hóa thôn.")
    assert told.verb == "yêu cầu"
    assert told.tasks == ("rà soát hộ cận nghèo", "công khai kết quả tại nhà văn hóa thôn")


def test_must_with_somebody_of_its_own_is_an_entry(read: Read) -> None:
    told = concluded(read, "yêu cầu các xã rà soát hộ cận nghèo; Công an huyện cần tăng cường tuần tra ban đêm.")
    assert short(told) == [
        (("các xã",), ("rà soát hộ cận nghèo",)),
        (("Công an huyện",), ("tăng cường tuần tra ban đêm",)),
    ]


# --- addressees -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "assignees"),
    [
        ("các phòng, ban, đơn vị", ["các phòng, ban, đơn vị"]),
        ("các sở, ban, ngành", ["các sở, ban, ngành"]),
        ("các đơn vị, các phường", ["các đơn vị", "các phường"]),
        ("phòng Nội vụ, UBND các xã", ["phòng Nội vụ", "UBND các xã"]),
        ("phòng Nội vụ và phòng Y tế", ["phòng Nội vụ", "phòng Y tế"]),
        ("phòng Nội vụ, phòng Y tế, Công an huyện", ["phòng Nội vụ", "phòng Y tế", "Công an huyện"]),
        ("Thủ trưởng các cơ quan, đơn vị", ["Thủ trưởng các cơ quan, đơn vị"]),
        ("Chủ tịch UBND các xã, thị trấn", ["Chủ tịch UBND các xã, thị trấn"]),
        ("đồng chí Leo Văn Chiến", ["đồng chí Leo Văn Chiến"]),
    ],
)
def test_rows_of_addressees(read: Read, row: str, assignees: list[str]) -> None:
    (told,) = concluded(read, f"yêu cầu {row} rà soát lại hồ sơ tồn đọng.")
    names = [assignee.removeprefix("đồng chí ") for assignee in told.assignees]
    assert names == [assignee.removeprefix("đồng chí ") for assignee in assignees]
    assert told.tasks == ("rà soát lại hồ sơ tồn đọng",)


def test_nobody_addressed(read: Read) -> None:
    (told,) = concluded(read, "yêu cầu rà soát lại hồ sơ tồn đọng.")
    assert (told.assignees, told.assignee_spans, told.assignee_units) == ((), (), ())
    assert told.why_empty["assignees"] == "not_stated"
    assert told.tasks == ("rà soát lại hồ sơ tồn đọng",)


def test_addressees_are_resolved_to_units(read: Read) -> None:
    (told,) = concluded(read, "giao phòng Nội vụ, các xã rà soát biên chế.")
    assert told.assignee_units == ("phòng Nội vụ huyện Lục Ngạn", None)


def test_a_hundred_addressees(read: Read) -> None:
    names = [f"Trường THCS số {number}" for number in range(1, 101)]
    (told,) = concluded(read, f"yêu cầu {', '.join(names)} rà soát lại hồ sơ tồn đọng.")
    assert list(told.assignees) == names


# --- lead and with ----------------------------------------------------------------------------------------------


def test_to_lead_and_to_work_with(read: Read) -> None:
    (told,) = concluded(
        read, "giao phòng Nội vụ chủ trì, phối hợp với phòng Y tế, UBND các xã rà soát biên chế trạm y tế."
    )
    assert (told.assignees, told.lead) == (("phòng Nội vụ",), "phòng Nội vụ")
    assert told.with_ == ("phòng Y tế", "UBND các xã")
    assert told.tasks == ("rà soát biên chế trạm y tế",)


@pytest.mark.parametrize("joint", ["phối hợp với", "phối hợp chặt chẽ với", "chủ động phối hợp với"])
def test_to_work_with(read: Read, joint: str) -> None:
    (told,) = concluded(read, f"giao phòng Nội vụ {joint} Công an huyện rà soát biên chế.")
    assert told.with_ == ("Công an huyện",)
    assert told.tasks == ("rà soát biên chế",)


@pytest.mark.parametrize(
    "joint",
    [
        "phối hợp cùng các xã",
        "phối hợp các xã",
        "chủ trì phối hợp các xã",
        "phối hợp chặt chẽ các xã",
        "làm đầu mối, phối hợp cùng các xã",
        "chủ trì, các xã phối hợp",
        "chủ trì, các xã chủ động phối hợp",
        "là cơ quan chủ trì, các xã là đơn vị phối hợp",
    ],
)
def test_further_ways_to_lead_and_to_work_with(read: Read, joint: str) -> None:
    (told,) = concluded(read, f"giao phòng Tư pháp {joint} hòa giải ở thôn.")
    assert (told.assignees, told.lead) == (("phòng Tư pháp",), "phòng Tư pháp")
    assert (told.with_, told.tasks) == (("các xã",), ("hòa giải ở thôn",))


def test_those_to_work_with_leave_a_task(read: Read) -> None:
    (told,) = concluded(read, "giao phòng Y tế chủ trì, phối hợp Trung tâm Y tế tiêm phòng sởi.")
    assert (told.with_, told.tasks) == (("Trung tâm Y tế",), ("tiêm phòng sởi",))


def test_who_leads_without_others(read: Read) -> None:
    (told,) = concluded(read, "giao phòng Nội vụ chủ trì, rà soát biên chế.")
    assert (told.assignees, told.lead, told.with_) == (("phòng Nội vụ",), "phòng Nội vụ", ())


def test_those_to_meet_with(read: Read) -> None:
    (told,) = concluded(read, "giao phòng Nội vụ làm việc với Sở Nội vụ về biên chế năm 2025.")
    assert told.with_ == ("Sở Nội vụ",)
    assert told.tasks == ("làm việc với Sở Nội vụ về biên chế năm 2025",)


def test_nobody_to_work_with(read: Read) -> None:
    (told,) = concluded(read, "giao phòng Nội vụ rà soát biên chế.")
    assert (told.with_, told.lead, told.why_empty["with"]) == ((), None, "not_stated")


# --- tasks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("rà soát hộ nghèo; sửa nhà văn hóa", ["rà soát hộ nghèo", "sửa nhà văn hóa"]),
        ("rà soát hộ nghèo. Đẩy nhanh làm đường", ["rà soát hộ nghèo", "Đẩy nhanh làm đường"]),
        ("rà soát hộ nghèo. Đồng thời, đẩy nhanh làm đường", ["rà soát hộ nghèo", "đẩy nhanh làm đường"]),
        ("rà soát hộ nghèo, đồng thời đẩy nhanh làm đường", ["rà soát hộ nghèo", "đẩy nhanh làm đường"]),
        ("rà soát hộ nghèo đồng thời đẩy nhanh làm đường", ["rà soát hộ nghèo", "đẩy nhanh làm đường"]),
        ("rà soát, lập danh sách hộ nghèo", ["rà soát, lập danh sách hộ nghèo"]),
        ("rà soát hộ nghèo (cả hộ mới tách; hộ mới đến)", ["rà soát hộ nghèo (cả hộ mới tách; hộ mới đến)"]),
    ],
)  # fmt: skip
def test_how_tasks_are_cut(read: Read, said: str, tasks: list[str]) -> None:
    (told,) = concluded(read, f"yêu cầu các xã {said}.")
    assert list(told.tasks) == tasks


def test_a_list_of_tasks_in_lines(read: Read) -> None:
    record = read(
        OPENING,
        f"{CONCLUDING} yêu cầu các xã tập trung thực hiện:",
        "- Rà soát hộ cận nghèo;",
        "- Sửa chữa nhà văn hóa thôn;",
        "- Tiêm phòng cho đàn gia súc.",
    )
    (told,) = record.assignments
    assert [task.lower() for task in told.tasks] == [
        "rà soát hộ cận nghèo",
        "sửa chữa nhà văn hóa thôn",
        "tiêm phòng cho đàn gia súc",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "yêu cầu:",
        "giao nhiệm vụ cụ thể:",
        "chỉ đạo như sau:",
        "có ý kiến chỉ đạo như sau:",
        "đề nghị các đơn vị thực hiện:",
        "giao nhiệm vụ cho các đơn vị:",
    ],
)
@pytest.mark.parametrize(
    "lines",
    [
        [
            "Chiều quê",
            "Mẹ giao con cái cuốc cày",
            "Yêu cầu con phải mỗi ngày chăm ngoan",
            "Cha đi biển rộng mây ngàn",
            "Con ơi giữ lấy xóm làng",
        ],
        [
            "Tin mới",
            "Chủ tịch UBND tỉnh yêu cầu các xã rà soát hộ nghèo",
            "Huyện giao các xã trồng rừng",
            "Khai mạc hội xuân",
            "Mở lại chợ phiên",
        ],
    ],
    ids=["a poem", "headlines"],
)
def test_lines_without_a_full_stop_tell_nobody(read: Read, lines: list[str]) -> None:
    assert read(*lines).assignments == ()
