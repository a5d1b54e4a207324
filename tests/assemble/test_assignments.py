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
        ["- Phòng Nội vụ rà soát biên chế;", "- Phòng Y tế kiểm tra các chợ;", "- Các xã báo cáo kết quả."],
        ["1. Phòng Nội vụ: Rà soát biên chế.", "2. Phòng Y tế: Kiểm tra các chợ.", "3. Các xã: Báo cáo kết quả."],
        ["* Phòng Nội vụ:", "- Rà soát biên chế.", "* Phòng Y tế:", "- Kiểm tra các chợ.", "Các xã báo cáo kết quả."],
        ["Phòng Nội vụ rà soát biên chế.", "Phòng Y tế kiểm tra các chợ.", "Các xã báo cáo kết quả."],
        ["a) Giao Phòng Nội vụ rà soát biên chế;", "b) Phòng Y tế kiểm tra các chợ;", "c) Các xã báo cáo kết quả."],
        ["Về bộ máy: Phòng Nội vụ rà soát biên chế.", "Về y tế: Phòng Y tế kiểm tra các chợ.",
         "Các xã báo cáo kết quả."],
    ],
)  # fmt: skip
def test_each_line_of_a_list_tells_somebody(read: Read, head: str, lines: list[str]) -> None:
    record = read(OPENING, "\n".join([f"{CONCLUDING} {head}", *lines]))
    told = [(name.lower(), task.lower()) for one in record.assignments for name in one.assignees for task in one.tasks]
    assert told == [
        ("phòng nội vụ", "rà soát biên chế"),
        ("phòng y tế", "kiểm tra các chợ"),
        ("các xã", "báo cáo kết quả"),
    ]
    assert {one.assigner for one in record.assignments} == {"Vi Văn Thành"}


def test_in_a_list_to_report_is_a_task(read: Read) -> None:
    lines = ["- Rà soát biên chế;", "- Báo cáo UBND huyện hằng tháng;", "- Thông báo cho các thôn."]
    record = read(OPENING, "\n".join([f"{CONCLUDING} yêu cầu các xã:", *lines]))
    (told,) = record.assignments
    assert told.tasks == ("Rà soát biên chế", "Báo cáo UBND huyện hằng tháng", "Thông báo cho các thôn")


@pytest.mark.parametrize("line", ["- Đánh giá cao kết quả của các xã.", "Báo cáo tại hội nghị nêu nhiều khó khăn."])
def test_praise_in_a_list_and_reports_behind_it_are_no_tasks(read: Read, line: str) -> None:
    record = read(OPENING, f"{CONCLUDING} yêu cầu các xã:\n- Rà soát biên chế.\n{line}")
    (told,) = record.assignments
    assert told.tasks == ("Rà soát biên chế",)


def test_a_hundred_tasks(read: Read) -> None:
    tasks = [f"sửa chữa nhà văn hóa thôn {number}" for number in range(1, 101)]
    (told,) = concluded(read, f"yêu cầu các xã {'; '.join(tasks)}.")
    assert list(told.tasks) == tasks


# --- what tells nobody to do anything ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "biểu dương phòng Nội vụ đã hoàn thành việc sắp xếp thôn, bản.",
        "ghi nhận các xã đã tích cực rà soát hộ nghèo.",
        "cho biết UBND huyện đã giao nhiệm vụ cho từng phòng chuyên môn.",
        "khẳng định huyện sẽ tiếp tục đồng hành cùng doanh nghiệp.",
        "mong muốn bà con sớm ổn định cuộc sống.",
        "trả lời kiến nghị của cử tri thôn Bèo.",
        "cho biết hồ sơ đáp ứng yêu cầu của nhà tài trợ.",
        "cho biết tai nạn giao thông giảm.",
        "cho biết theo đề nghị của phòng Nội vụ, huyện đã bổ nhiệm 3 hiệu trưởng.",
    ],
)
def test_praise_reports_and_intentions_give_none(read: Read, said: str) -> None:
    assert concluded(read, said) == ()


def test_a_title_is_not_entered_again(read: Read) -> None:
    record = read(
        "Chủ tịch UBND huyện Lục Ngạn yêu cầu các xã rà soát hộ cận nghèo",
        OPENING,
        f"{CONCLUDING} yêu cầu các xã rà soát hộ cận nghèo.",
    )
    assert short(record.assignments) == [(("các xã",), ("rà soát hộ cận nghèo",))]


def test_a_caption_that_repeats_is_joined(read: Read) -> None:
    caption = "Đồng chí Vi Văn Thành, Chủ tịch UBND huyện yêu cầu các xã rà soát hộ cận nghèo (Ảnh: Văn Tám)"
    told = f"{CONCLUDING} yêu cầu các xã rà soát hộ cận nghèo trên địa bàn."
    for paragraphs in ((OPENING, caption, told), (OPENING, told, caption, "Hội nghị bế mạc lúc trưa.")):
        text = "\n\n".join(paragraphs)
        (assignment,) = read(*paragraphs).assignments
        assert assignment.quote == "yêu cầu các xã rà soát hộ cận nghèo trên địa bàn"
        (again,) = assignment.again
        assert text[slice(*again)].startswith("yêu cầu các xã rà soát hộ cận nghèo")


def test_a_caption_that_tells_something_else_is_an_entry(read: Read) -> None:
    caption = "Đồng chí Vi Văn Thành, Chủ tịch UBND huyện yêu cầu Công an huyện chốt chặn ngầm tràn (Ảnh: Văn Tám)"
    record = read(OPENING, f"{CONCLUDING} yêu cầu các xã rà soát hộ cận nghèo.", caption, "Hội nghị bế mạc lúc trưa.")
    assert [told.assignees for told in record.assignments] == [("các xã",), ("Công an huyện",)]
    assert [told.again for told in record.assignments] == [(), ()]


def test_a_photographer_is_no_part_of_a_task(read: Read) -> None:
    caption = "Đồng chí Vi Văn Thành, Chủ tịch UBND huyện yêu cầu Công an huyện chốt chặn ngầm tràn (Ảnh: Văn Tám)"
    record = read(OPENING, f"{CONCLUDING} yêu cầu các xã rà soát hộ cận nghèo.", caption, "Hội nghị bế mạc lúc trưa.")
    assert [told.tasks for told in record.assignments] == [("rà soát hộ cận nghèo",), ("chốt chặn ngầm tràn",)]


def test_a_headline_that_repeats_is_joined(read: Read) -> None:
    text = (
        "Chủ tịch UBND huyện Lục Ngạn yêu cầu các xã rà soát hộ cận nghèo\n\n"
        f"{OPENING} Hội nghị đã nghe nhiều ý kiến của các phòng, các xã.\n\n"
        f"{CONCLUDING} yêu cầu các xã rà soát hộ cận nghèo."
    )
    (assignment,) = read(text).assignments
    assert [text[slice(*span)] for span in assignment.again] == ["yêu cầu các xã rà soát hộ cận nghèo"]


def test_a_headline_that_tells_one_of_many_tasks_is_joined(read: Read) -> None:
    text = (
        "Chủ tịch UBND huyện Lục Ngạn yêu cầu các xã rà soát hộ cận nghèo\n\n"
        f"{OPENING} Hội nghị đã nghe nhiều ý kiến của các phòng, các xã.\n\n"
        f"{CONCLUDING} yêu cầu các xã sửa chữa đường liên thôn, thu gom rác thải ven sông; rà soát hộ cận nghèo trên "
        "địa bàn; tiêm phòng cho đàn gia súc, gia cầm; vận động nhân dân hiến đất mở đường vào các bản xa."
    )
    (assignment,) = read(text).assignments
    assert [text[slice(*span)] for span in assignment.again] == ["yêu cầu các xã rà soát hộ cận nghèo"]


def test_a_headline_alone_is_no_entry(read: Read) -> None:
    record = read(
        "Chủ tịch UBND huyện Lục Ngạn yêu cầu các xã rà soát hộ cận nghèo",
        f"{OPENING} Hội nghị đã nghe nhiều ý kiến của các phòng, các xã.",
        f"{CONCLUDING} đánh giá cao kết quả của các xã trong năm qua.",
    )
    assert record.assignments == ()


# --- quotation marks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_a_directive_in_quotation_marks(read: Read, opening: str, closing: str) -> None:
    told = concluded(read, f"nhấn mạnh: {opening}Các xã phải rà soát ngay hộ cận nghèo{closing}.")
    assert [one.assignees for one in told] == [("Các xã",)]
    assert [one.assigner for one in told] == ["Vi Văn Thành"]
    assert told[0].tasks == ("rà soát ngay hộ cận nghèo",)


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_quoted_words_in_a_directive(read: Read, opening: str, closing: str) -> None:
    task = f"nhân rộng mô hình {opening}Thôn không rác; bản không khói{closing}"
    (told,) = concluded(read, f"yêu cầu các xã {task}.")
    assert told.assignees == ("các xã",)
    assert " ".join(told.tasks).replace("“", '"').replace("”", '"').startswith('nhân rộng mô hình "Thôn không rác')


def test_words_come_before_their_speaker(read: Read) -> None:
    record = read(OPENING, f"“Các xã phải rà soát ngay hộ cận nghèo”, {CHAIR} nhấn mạnh.")
    (told,) = record.assignments
    assert (told.assigner, told.assignees) == ("Vi Văn Thành", ("Các xã",))
    assert told.tasks == ("rà soát ngay hộ cận nghèo",)


# --- the record's shape -----------------------------------------------------------------------------------------


def test_in_json_those_to_work_with_are_called_with(read: Read) -> None:
    from pydantic import TypeAdapter

    (told,) = concluded(read, "giao phòng Nội vụ phối hợp với Công an huyện rà soát biên chế.")
    shown = TypeAdapter(Assignment).dump_python(told, mode="json")
    assert shown["with"] == ["Công an huyện"]
    assert "with_" not in shown


def test_targets_in_its_words_are_named(read: Read) -> None:
    record = read(OPENING, f"{CONCLUDING} yêu cầu các xã phấn đấu giải ngân đạt trên 95% kế hoạch vốn năm 2024.")
    wanted = [target.id for target in record.targets if target.status == "target"]
    (told,) = record.assignments
    assert wanted
    assert list(told.targets) == wanted


def test_assignments_stand_in_the_order_of_the_text(read: Read) -> None:
    told = concluded(
        read, "giao phòng Y tế kiểm tra chợ; giao phòng Nội vụ rà soát biên chế; đề nghị Công an huyện tuần tra."
    )
    assert [one.span for one in told] == sorted(one.span for one in told)
    assert len(told) == 3


# --- who tells, where no pattern knows them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "subject",
    ["Đoàn kiểm toán cũng", "Trưởng Tiểu ban Lễ tân đã", "Lãnh đạo huyện", "Người đứng đầu chính quyền huyện"],
)
def test_an_unknown_subject_tells_known_others(read: Read, subject: str) -> None:
    record = read(f"{subject} đề nghị UBND xã Phong Vân rà soát hộ cận nghèo.")
    assert short(record.assignments) == [(("UBND xã Phong Vân",), ("rà soát hộ cận nghèo",))]


@pytest.mark.parametrize(
    "subject", ["Nhiều cử tri", "Phụ huynh", "Công ty Sao Mai kính", "Các tiểu thương chợ Kim", "Huyện chưa"]
)
def test_who_has_no_authority_tells_nobody(read: Read, subject: str) -> None:
    assert read(f"{subject} đề nghị UBND xã Phong Vân rà soát hộ cận nghèo.").assignments == ()


def test_a_unit_is_meant_again(read: Read) -> None:
    record = read(
        "Đoàn kiểm tra liên ngành tỉnh Bắc Giang làm việc tại xã."
        " Đoàn kiểm tra đề nghị UBND xã Phong Vân dừng cấp phép."
    )
    (told,) = record.assignments
    assert told.assignees == ("UBND xã Phong Vân",)


def test_the_task_of_those_told_is_no_directive_of_its_own(read: Read) -> None:
    (told,) = concluded(read, "đề nghị UBND tỉnh chỉ đạo Sở Y tế cấp thêm thuốc.")
    assert told.assignees == ("UBND tỉnh",)
    assert told.tasks == ("chỉ đạo Sở Y tế cấp thêm thuốc",)


def test_somebody_else_is_told_in_the_middle_of_a_sentence(read: Read) -> None:
    told = concluded(read, "kiến nghị Sở Nội vụ bổ sung 6 biên chế, Sở Y tế sớm cấp thêm thuốc.")
    assert short(told) == [
        (("Sở Nội vụ",), ("bổ sung 6 biên chế",)),
        (("Sở Y tế",), ("sớm cấp thêm thuốc",)),
    ]


def test_a_row_under_one_each_is_one_addressee(read: Read) -> None:
    (told,) = concluded(read, "đề nghị UBND các xã Phong Vân, Tân Sơn rà soát hộ cận nghèo.")
    assert told.assignees == ("UBND các xã Phong Vân, Tân Sơn",)


def test_the_name_of_a_unit_ends_before_an_unknown_verb(read: Read) -> None:
    (told,) = concluded(read, "giao Công an huyện mật phục các điểm cát tặc.")
    assert (told.assignees, told.tasks) == (("Công an huyện",), ("mật phục các điểm cát tặc",))


@pytest.mark.parametrize("said", ["Một là", "Thứ nhất", "Hai là"])
def test_ordinals_are_no_part_of_tasks(read: Read, said: str) -> None:
    (told,) = concluded(read, f"yêu cầu các xã: {said}, rà soát hộ cận nghèo; {said}, công khai kết quả.")
    assert told.tasks[-1] == "công khai kết quả"


@pytest.mark.parametrize(
    "said",
    [
        "Đáng lẽ UBND xã Phong Vân phải báo cáo ngay.",
        "Vì sao chưa yêu cầu UBND xã Phong Vân báo cáo?",
    ],
)
def test_questions_and_what_was_not_done_tell_nobody(read: Read, said: str) -> None:
    assert read(OPENING, f"Phát biểu tại hội nghị, Chủ tịch UBND huyện nêu rõ sự việc. {said}").assignments == ()


@pytest.mark.parametrize(
    ("pronoun", "assigner"), [("Ông", "Vi Văn Thành"), ("Bà", "Lò Thị Mai")], ids=["a man", "a woman"]
)
def test_a_pronoun_means_one_who_is_addressed_so(read: Read, pronoun: str, assigner: str) -> None:
    record = read(
        "Sáng 4/4/2024, ông Vi Văn Thành, Chủ tịch UBND huyện Lục Ngạn chủ trì họp. "
        "Bà Lò Thị Mai, Phó Chủ tịch UBND huyện cho biết còn nhiều hộ nghèo.",
        f"{pronoun} yêu cầu các xã rà soát hộ cận nghèo.",
    )
    assert [told.assigner for told in record.assignments] == [assigner]


def test_markdown_is_no_part_of_names(read: Read) -> None:
    record = read(
        OPENING, f"{CONCLUDING} **giao Công an huyện** tuần tra ban đêm; **giao phòng Y tế **kiểm tra các chợ."
    )
    assert short(record.assignments) == [
        (("Công an huyện",), ("tuần tra ban đêm",)),
        (("phòng Y tế",), ("kiểm tra các chợ",)),
    ]


@pytest.mark.parametrize(
    "subject",
    ["Bà Lý Thị Mùi, người dân xã Tân Hòa,", "Bà Lý Thị Mùi, xã Tân Hòa,", "Ông Lò Văn Sang, thôn 3, xã Tân Hòa"],
)
def test_where_somebody_lives_tells_nobody(read: Read, subject: str) -> None:
    assert read(f"{subject} đề nghị UBND huyện Lục Ngạn sớm mở lại chợ.").assignments == ()


@pytest.mark.parametrize(
    "said",
    [
        "Ông luôn yêu cầu các xã họp đúng giờ.",
        "Tới đây, UBND huyện sẽ yêu cầu các xã họp đúng giờ.",
        "Đoàn làm rõ hạn chế, để từ đó kiến nghị UBND tỉnh sửa quy chế.",
        "Quyền lợi của các hộ nghèo và người dân cần được đặt lên trên hết.",
    ],
)
def test_habits_intentions_purposes_and_things_wanted_tell_nobody(read: Read, said: str) -> None:
    assert read(OPENING, said).assignments == ()


@pytest.mark.parametrize(
    "behind",
    [
        ". Ngoài ra, cử tri cũng nêu ý kiến về chợ mới",
        ". Thưa ông, các xã đã làm đến đâu",
        ": “Cả năm chỉ có mấy hộ thoát nghèo”",
        ", tuy nhiên các xã cũng đã cố gắng",
        ", Chủ tịch Vi Văn Thành nói",
    ],
)
def test_words_behind_a_task_are_no_part_of_it(read: Read, behind: str) -> None:
    (told,) = concluded(read, f"yêu cầu các xã rà soát hộ cận nghèo{behind}.")
    assert told.tasks == ("rà soát hộ cận nghèo",)


def test_a_quotation_ends_before_its_speaker_tells_something_else(read: Read) -> None:
    told = concluded(read, "nói: “Tôi đề nghị rút kinh nghiệm”, ông Thành nói và yêu cầu các xã rà soát hộ nghèo.")
    assert [one.tasks for one in told] == [("rút kinh nghiệm",), ("rà soát hộ nghèo",)]


def test_who_told_also_tells_others(read: Read) -> None:
    record = read(
        "Sở Y tế Lào Cai đã yêu cầu Trung tâm Y tế huyện Bảo Yên kiểm điểm kíp trực. "
        "Sở Y tế Lào Cai cũng chỉ đạo toàn ngành y tế tỉnh phải rút kinh nghiệm."
    )
    assert short(record.assignments) == [
        (("Trung tâm Y tế huyện Bảo Yên",), ("kiểm điểm kíp trực",)),
        (("toàn ngành y tế tỉnh",), ("rút kinh nghiệm",)),
    ]


@pytest.mark.parametrize(
    ("row", "assignees"),
    [
        ("sở, ngành", ("sở, ngành",)),
        ("các cơ quan có thẩm quyền", ("các cơ quan có thẩm quyền",)),
        ("phía Ngân hàng Chính sách xã hội", ("Ngân hàng Chính sách xã hội",)),
    ],
)
def test_further_rows_of_addressees(read: Read, row: str, assignees: tuple[str, ...]) -> None:
    (told,) = concluded(read, f"yêu cầu {row} rà soát hộ cận nghèo.")
    assert told.assignees == assignees


def test_the_head_of_the_government_is_the_prime_minister(read: Read) -> None:
    record = read(
        "Thủ tướng Nguyễn Văn Lâm yêu cầu các bộ rà soát chi tiêu."
        " Người đứng đầu Chính phủ cũng giao Bộ Tài chính báo cáo trong tháng 6."
    )
    assert [told.assigner for told in record.assignments] == ["Nguyễn Văn Lâm"] * 2


@pytest.mark.parametrize(
    "behind",
    [
        "Nhiều cán bộ không hiểu rõ về việc này",
        "Về vốn vay, Phó Chủ tịch UBND huyện Lê Văn Sơn nêu thực tế các hộ phải chờ lâu",
    ],
)
def test_what_somebody_says_or_does_not_know_is_not_carried_over(read: Read, behind: str) -> None:
    (told,) = concluded(read, f"yêu cầu các xã rà soát hộ cận nghèo. {behind}.")
    assert told.tasks == ("rà soát hộ cận nghèo",)


def test_work_with_others_in_something_is_the_task(read: Read) -> None:
    (told,) = concluded(read, "giao Công an huyện phối hợp chặt chẽ với UBND xã Phong Vân trong việc tuần tra.")
    assert told.tasks == ("phối hợp chặt chẽ với UBND xã Phong Vân trong việc tuần tra",)
    assert told.with_ == ("UBND xã Phong Vân",)


def test_a_comma_behind_a_ground_that_goes_on_begins_no_task(read: Read) -> None:
    (told,) = concluded(read, "đề nghị các xã căn cứ mục đích, đối tượng tuyên truyền để thông tin phù hợp.")
    assert told.tasks == ("căn cứ mục đích, đối tượng tuyên truyền để thông tin phù hợp",)


def test_a_lead_that_the_body_repeats_is_joined(read: Read) -> None:
    record = read(
        "Huyện Lục Ngạn chống hạn",
        "Chủ tịch UBND huyện Lục Ngạn yêu cầu các xã nạo vét kênh mương, lắp máy bơm dã chiến.",
        OPENING,
        f"{CONCLUDING} yêu cầu các xã nạo vét kênh mương nội đồng, lắp máy bơm dã chiến, chia nước luân phiên.",
    )
    (told,) = record.assignments
    assert told.tasks == ("nạo vét kênh mương nội đồng, lắp máy bơm dã chiến, chia nước luân phiên",)
    assert len(told.again) == 1


def test_the_same_told_to_others_is_another_entry(read: Read) -> None:
    told = concluded(read, "giao Công an huyện trực ban 24/24 giờ. Ông cũng giao phòng Y tế trực ban 24/24 giờ.")
    assert [one.assignees for one in told] == [("Công an huyện",), ("phòng Y tế",)]


@pytest.mark.parametrize("verb", ["đề nghị", "kiến nghị", "lưu ý"])
def test_who_holds_no_office_only_asks(read: Read, verb: str) -> None:
    record = read(f"Ông Trần Văn Hải {verb} UBND xã Phong Vân rà soát hộ cận nghèo.")
    assert record.assignments == ()
    (told,) = read(f"Ông Trần Văn Hải, Bí thư Huyện ủy {verb} UBND xã Phong Vân rà soát hộ cận nghèo.").assignments
    assert told.assigner == "Trần Văn Hải"


def test_what_a_citizen_says_must_be_done_is_no_directive(read: Read) -> None:
    assert read(OPENING, "“Các xã phải chỉ tận chuồng cho bà con”, bà Lò Thị Mai nói.").assignments == ()


@pytest.mark.parametrize(
    "said",
    [
        "Tại buổi họp báo, các phóng viên báo, đài đã đề nghị cơ quan chức năng cung cấp thêm thông tin.",
        "Bí thư Huyện ủy Thái Văn An phát biểu. Cử tri đề nghị các ngành chức năng cần có giải pháp.",
    ],
)
def test_what_people_without_authority_ask_for_is_no_directive(read: Read, said: str) -> None:
    assert read(OPENING, said).assignments == ()


def test_who_told_is_not_told_by_himself(read: Read) -> None:
    record = read("UBND huyện Lục Ngạn yêu cầu phòng Y tế rà soát. UBND huyện chỉ đạo các xã kiểm tra tiến độ.")
    assert short(record.assignments) == [
        (("phòng Y tế",), ("rà soát",)),
        (("các xã",), ("kiểm tra tiến độ",)),
    ]


def test_the_same_work_in_another_place_is_another_entry(read: Read) -> None:
    told = concluded(
        read,
        "giao phòng Nội vụ rà soát hồ sơ cán bộ xã Phong Vân trước ngày 20/3."
        " Ông cũng giao phòng Nội vụ rà soát hồ sơ cán bộ xã Tân Sơn trước ngày 20/4.",
    )
    assert [one.deadline for one in told] == ["2024-03-20", "2024-04-20"]


def test_blame_is_no_directive(read: Read) -> None:
    assert concluded(read, "nhắc nhở UBND xã Phong Vân chậm nộp báo cáo quý I.") == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "giao nhiệm vụ cho phòng Nội vụ rà soát biên chế, cho phòng Y tế tiêm phòng sởi",
            [(("phòng Nội vụ",), ("rà soát biên chế",)), (("phòng Y tế",), ("tiêm phòng sởi",))],
        ),
        ("yêu cầu các xã báo cáo và đến nay đã có 10/20 xã báo cáo", [(("các xã",), ("báo cáo",))]),
        ("đề nghị các chi bộ sinh hoạt đúng quy định", [(("các chi bộ",), ("sinh hoạt đúng quy định",))]),
        ("giao Văn phòng thông báo kết luận", [(("Văn phòng",), ("thông báo kết luận",))]),
    ],
)
def test_where_addressees_and_tasks_end(
    read: Read, said: str, expected: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert short(concluded(read, f"{said}.")) == expected


def test_a_unit_is_charged_with_following_something(read: Read) -> None:
    (told,) = concluded(read, "giao các xã rà soát hộ nghèo. Phòng Nội vụ được phân công theo dõi.")[1:]
    assert (told.assignees, told.tasks) == (("Phòng Nội vụ",), ("theo dõi",))


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
            "Giải bóng chuyền thanh niên",
        ],
    ],
    ids=["a poem", "headlines"],
)
def test_lines_without_a_full_stop_tell_nobody(read: Read, lines: list[str]) -> None:
    assert read(*lines).assignments == ()
