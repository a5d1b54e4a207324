"""The meeting that an article reports: what it is called, when, where, who holds it, who presides, who attends."""

from collections.abc import Callable

import pytest

from meetextract.records import Meeting, Record

Read = Callable[..., Record]

HELD = "Sáng 7/5/2024, UBND huyện Văn Yên tổ chức hội nghị giao ban."
A, B = "Sùng A Páo", "Giàng Thị Mỷ"


def meeting(read: Read, *paragraphs: str, **about: str) -> Meeting:
    found = read(*paragraphs, **about).meeting
    assert found is not None
    return found


# --- what it is called ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("UBND huyện Văn Yên họp về trồng quế", "họp"),
        ("UBND huyện Văn Yên tổ chức hội nghị về trồng quế", "hội nghị"),
        ("UBND huyện Văn Yên giao ban với các xã", "giao ban"),
        ("UBND huyện Văn Yên tổ chức phiên họp thường kỳ", "phiên họp"),
        ("UBND huyện Văn Yên tổ chức tọa đàm về trồng quế", "tọa đàm"),
        ("UBND huyện Văn Yên tổ chức cuộc họp về trồng quế", "cuộc họp"),
        ("HĐND huyện Văn Yên khai mạc kỳ họp thứ mười", "kỳ họp"),
        ("UBND huyện Văn Yên có buổi làm việc với Sở Y tế tỉnh Yên Bái", "buổi làm việc"),
        ("UBND huyện Văn Yên đã làm việc với Sở Y tế tỉnh Yên Bái", "làm việc"),
        ("UBND huyện Văn Yên tổ chức sơ kết sáu tháng trồng quế", "sơ kết"),
    ],
)
def test_the_noun_used(read: Read, said: str, kind: str) -> None:
    found = meeting(read, f"Sáng 7/5/2024, {said}.")
    assert (found.kind, found.date, found.session) == (kind, "2024-05-07", "morning")


def test_a_meeting_told_by_a_verb_is_called_as_it_is_later(read: Read) -> None:
    found = meeting(
        read,
        "Sáng 7/5/2024, UBND huyện Văn Yên đã làm việc với Sở Y tế tỉnh Yên Bái.",
        f"Phát biểu tại buổi làm việc, ông {A}, Chủ tịch UBND huyện ghi nhận kết quả.",
    )
    assert found.kind == "buổi làm việc"


def test_a_caption_does_not_tell_what_it_is_called(read: Read) -> None:
    found = meeting(
        read,
        "Ngày 7/5/2024, các đại biểu xã Mậu A đã tổ chức kỳ họp thứ nhất.",
        f"Bí thư Đảng ủy xã Mậu A {A} điều hành phiên họp. Ảnh: Hồng Hà",
        "Tại kỳ họp, các đại biểu thảo luận việc trồng quế.",
    )
    assert (found.kind, found.chairs) == ("kỳ họp", (A,))


def test_the_words_of_a_meeting_reach_from_its_day_to_its_noun(read: Read) -> None:
    found = meeting(read, HELD)
    assert HELD[slice(*found.span)] == "Sáng 7/5/2024, UBND huyện Văn Yên tổ chức hội nghị"


# --- when -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "session"),
    [
        ("Sáng 7/5/2024", "morning"),
        ("Trưa 7/5/2024", "noon"),
        ("Chiều ngày 7/5/2024", "afternoon"),
        ("Tối 7/5/2024", "evening"),
        ("Ngày 7/5/2024", None),
    ],
)
def test_day_and_session(read: Read, said: str, session: str | None) -> None:
    found = meeting(read, f"{said}, UBND huyện Văn Yên tổ chức hội nghị giao ban.")
    assert (found.date, found.session) == ("2024-05-07", session)
    assert found.why_empty.get("session") == (None if session else "not_stated")


def test_a_day_without_a_year_is_placed_by_the_publication(read: Read) -> None:
    found = meeting(read, "Chiều 7/5, UBND huyện Văn Yên họp giao ban.", published="2024-05-08")
    assert (found.date, found.session) == ("2024-05-07", "afternoon")


def test_today_is_placed_by_the_publication(read: Read) -> None:
    found = meeting(read, "Sáng nay, UBND huyện Văn Yên họp giao ban.", published="2024-05-08")
    assert (found.date, found.session) == ("2024-05-08", "morning")


def test_a_day_that_nothing_places_is_ambiguous(read: Read) -> None:
    found = meeting(read, "Trưa 7/5, UBND huyện Văn Yên họp khẩn.")
    assert (found.date, found.session, found.why_empty["date"]) == (None, "noon", "ambiguous")


def test_today_without_a_publication_is_ambiguous(read: Read) -> None:
    found = meeting(read, "Sáng nay, UBND huyện Văn Yên họp khẩn.")
    assert (found.date, found.session, found.why_empty["date"]) == (None, "morning", "ambiguous")


@pytest.mark.parametrize(
    "said",
    [
        f"Tại hội nghị, ông {A}, Chủ tịch UBND huyện báo cáo vụ cháy rừng xảy ra sáng 4/5/2024.",
        f"Tại hội nghị, ông {A}, Chủ tịch UBND huyện yêu cầu các xã làm xong trước ngày 9/6/2024.",
        f"Ngày 8/5/2024, ông {A}, Chủ tịch UBND huyện cho biết UBND huyện đã tổ chức hội nghị giao ban.",
    ],
)
def test_a_day_of_something_else_is_not_its_day(read: Read, said: str) -> None:
    found = meeting(read, f"UBND huyện Văn Yên tổ chức hội nghị giao ban. {said}")
    assert (found.date, found.session) == (None, None)


def test_a_part_of_the_day_said_elsewhere(read: Read) -> None:
    found = meeting(
        read,
        "Ngày 7/5/2024, UBND huyện Văn Yên tổ chức hội nghị giao ban.",
        f"Ông {A}, Chủ tịch UBND huyện phát biểu tại hội nghị chiều 7/5/2024.",
    )
    assert (found.date, found.session) == ("2024-05-07", "afternoon")


def test_a_meeting_without_a_day(read: Read) -> None:
    found = meeting(read, f"UBND huyện Văn Yên tổ chức hội nghị giao ban. Đồng chí {A} chủ trì hội nghị.")
    assert (found.date, found.session) == (None, None)
    assert found.why_empty["date"] == found.why_empty["session"] == "not_stated"


# --- who holds it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ("UBND huyện Văn Yên tổ chức hội nghị", "UBND huyện Văn Yên"),
        ("Ủy ban nhân dân huyện Văn Yên tổ chức hội nghị", "UBND huyện Văn Yên"),
        ("Ban Chỉ đạo chuyển đổi số huyện Văn Yên họp", "Ban Chỉ đạo chuyển đổi số huyện Văn Yên"),
        ("Sở Y tế tỉnh Yên Bái đã tổ chức hội nghị", "sở Y tế tỉnh Yên Bái"),
        ("tại hội trường lớn, Huyện ủy Văn Yên tổ chức hội nghị", "Huyện ủy Văn Yên"),
        ("UBND huyện Văn Yên phối hợp với Sở Y tế tỉnh Yên Bái tổ chức hội nghị", "UBND huyện Văn Yên"),
        ("UBND huyện Văn Yên và Huyện đoàn Văn Yên đã phối hợp tổ chức hội nghị", "UBND huyện Văn Yên"),
        ("HĐND huyện Văn Yên khóa XX, nhiệm kỳ 2021 - 2026 đã khai mạc kỳ họp", "HĐND huyện Văn Yên"),
        (
            f"đoàn công tác của Sở Y tế tỉnh Yên Bái do bà {B} làm Trưởng đoàn có buổi làm việc",
            "đoàn công tác của sở Y tế tỉnh Yên Bái",
        ),
        ("UBND huyện Văn Yên chủ trì cuộc họp", "UBND huyện Văn Yên"),
    ],
)
def test_the_unit_that_holds_it(read: Read, said: str, host: str) -> None:
    text = f"Sáng 7/5/2024, {said} về trồng quế."
    found = meeting(read, text)
    assert found.host is not None
    assert found.host.lower() == host.lower()
    assert found.host_span is not None


@pytest.mark.parametrize(
    "said",
    [
        "tại hội nghị giao ban giữa UBND huyện Văn Yên với các xã sáng 7/5/2024",
        "tại cuộc họp sáng 7/5/2024 của UBND huyện Văn Yên",
        "tại cuộc họp bàn việc trồng quế sáng 7/5/2024 do UBND huyện Văn Yên tổ chức",
    ],
)
def test_the_unit_behind_the_meeting_holds_it(read: Read, said: str) -> None:
    found = meeting(read, f"Ông {A}, Trưởng thôn Làng Mới nêu ý kiến {said}.")
    assert (found.host, found.date, found.session) == ("UBND huyện Văn Yên", "2024-05-07", "morning")


def test_the_holder_is_named_where_the_meeting_is_told_again(read: Read) -> None:
    found = meeting(
        read,
        f"Sáng 7/5/2024, ông {A}, Trưởng thôn Làng Mới nêu ý kiến tại hội nghị.",
        "Hội nghị do UBND huyện Văn Yên tổ chức.",
    )
    assert found.host == "UBND huyện Văn Yên"


def test_the_unit_of_a_title_does_not_hold_it(read: Read) -> None:
    found = meeting(read, f"Sáng 7/5/2024, ông {A}, Bí thư Huyện ủy Văn Yên đã có buổi làm việc với các hộ trồng quế.")
    assert (found.host, found.why_empty["host"]) == (None, "not_stated")


def test_a_chair_alone_is_no_host(read: Read) -> None:
    found = meeting(
        read, f"Sáng 7/5/2024, Chủ tịch UBND huyện Văn Yên {A} chủ trì hội nghị xúc tiến thương mại vùng quế."
    )
    assert (found.host, found.host_span, found.chairs) == (None, None, (A,))
    assert found.why_empty["host"] == "not_stated"


# --- who presides -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        f"Đồng chí {A}, Chủ tịch UBND huyện chủ trì hội nghị.",
        f"Đồng chí {A} - Chủ tịch UBND huyện dự và chủ trì hội nghị.",
        f"Chủ tịch UBND huyện {A} chủ tọa hội nghị.",
        f"Ông {A}, Chủ tịch UBND huyện điều hành hội nghị.",
        f"Hội nghị diễn ra dưới sự chủ trì của đồng chí {A}, Chủ tịch UBND huyện.",
        f"Hội nghị do đồng chí {A}, Chủ tịch UBND huyện chủ trì.",
        f"Chủ trì hội nghị có đồng chí {A}, Chủ tịch UBND huyện.",
        f"Chủ trì hội nghị: đồng chí {A}, Chủ tịch UBND huyện.",
        f"Dự và chủ trì hội nghị có đồng chí {A}, Chủ tịch UBND huyện.",
        f"Chủ trì là ông {A}, Chủ tịch UBND huyện.",
        f"Chủ trì hội nghị, Chủ tịch UBND huyện {A} nhấn mạnh vai trò của cây quế.",
        f"Đồng chí {A},\nPhó Bí thư Huyện ủy, Chủ tịch UBND huyện Văn Yên, chủ trì hội nghị.",
        f"Ông {A}, Giám đốc Sở chủ trì hội nghị.",
        f"Đồng chí {A}, Chủ tịch HĐND huyện cùng lãnh đạo Thường trực HĐND huyện chủ trì hội nghị.",
        f"Dưới sự chủ trì của ông {A}, Chủ tịch UBND huyện, bà {B}, Phó Chủ tịch UBND huyện cho biết quế được mùa.",
        f"Ông {A}, Chủ tịch UBND huyện kết luận hội nghị do ông chủ trì.",
    ],
)
def test_ways_to_preside(read: Read, said: str) -> None:
    found = meeting(read, f"{HELD} {said}")
    assert found.chairs == (A,)
    assert len(found.chair_spans) == 1
    assert "chairs" not in found.why_empty


@pytest.mark.parametrize(
    "said",
    [
        f"Các đồng chí: {A}, Chủ tịch UBND huyện; {B}, Phó Chủ tịch UBND huyện đồng chủ trì hội nghị.",
        f"Đồng chí {A}, Chủ tịch UBND huyện và đồng chí {B}, Phó Chủ tịch UBND huyện đồng chủ trì hội nghị.",
        f"Dự và chủ trì có đồng chí {A}, Chủ tịch UBND huyện; đồng chí {B}, Phó Chủ tịch UBND huyện.",
        f"Hội nghị diễn ra dưới sự đồng chủ trì của đồng chí {A} và đồng chí {B}.",
        f"Hội nghị diễn ra dưới sự chủ trì của các đồng chí {A} – Bí thư Huyện ủy, {B} – Chủ tịch HĐND huyện.",
        f"Hội nghị diễn ra dưới sự chủ tọa của các đồng chí: {A}, Bí thư Huyện ủy; {B}, Chủ tịch HĐND huyện.",
    ],
)
def test_several_preside(read: Read, said: str) -> None:
    assert meeting(read, f"{HELD} {said}").chairs == (A, B)


def test_a_row_that_a_line_breaks(read: Read) -> None:
    found = meeting(
        read, HELD, f"Đồng chí {A}, Bí thư Huyện ủy và\n\nđồng chí {B}, Chủ tịch HĐND huyện chủ trì hội nghị."
    )
    assert found.chairs == (A, B)


def test_a_chair_by_title_is_the_person_meant(read: Read) -> None:
    record = read(f"{HELD} Chủ tịch UBND huyện chủ trì hội nghị.", f"Ông {A}, Chủ tịch UBND huyện Văn Yên kết luận.")
    assert record.meeting is not None
    assert record.meeting.chairs == (A,)


def test_a_chair_who_is_not_named(read: Read) -> None:
    found = meeting(read, f"{HELD} Phó Chủ tịch UBND huyện chủ trì hội nghị.")
    assert (found.chairs, found.chair_spans) == ((), ())
    assert found.why_empty["chairs"] in ("not_stated", "ambiguous")


def test_a_chair_who_may_be_either_of_two_stays_open(read: Read) -> None:
    found = meeting(
        read,
        f"{HELD} Phó Chủ tịch UBND huyện chủ trì hội nghị.",
        f"Ông {A}, Phó Chủ tịch UBND huyện Văn Yên và bà {B}, Phó Chủ tịch UBND huyện Văn Yên dự hội nghị.",
    )
    assert found.chairs == ()
    assert found.why_empty["chairs"] == "ambiguous"


def test_to_lead_a_task_is_not_to_preside(read: Read) -> None:
    found = meeting(read, f"{HELD} Ông {A} giao phòng Nội vụ chủ trì, phối hợp với Công an huyện rà soát biên chế.")
    assert (found.chairs, found.why_empty["chairs"]) == ((), "not_stated")


# --- who attends, where, about what -----------------------------------------------------------------------------


def test_those_who_attend(read: Read) -> None:
    found = meeting(read, HELD, f"Tham dự hội nghị có đồng chí {B}, Phó Chủ tịch HĐND huyện; lãnh đạo các phòng, ban.")
    assert len(found.attendees) == len(found.attendee_spans) == 2
    assert found.attendees[0].startswith(B)
    assert "các phòng, ban" in found.attendees[1]


def test_those_who_preside_are_not_all_who_attend(read: Read) -> None:
    found = meeting(
        read,
        f"{HELD} Dự và chủ trì có đồng chí {A}, Chủ tịch UBND huyện.",
        f"Tham dự hội nghị có đồng chí {B}, Phó Chủ tịch HĐND huyện.",
    )
    assert found.chairs == (A,)
    assert any(attendee.startswith(B) for attendee in found.attendees)


def test_nobody_is_said_to_attend(read: Read) -> None:
    found = meeting(read, HELD)
    assert (found.attendees, found.why_empty["attendees"]) == ((), "not_stated")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("tại Nhà Văn hóa trung tâm", "Nhà Văn hóa trung tâm"),
        ("tại hội trường UBND huyện", "hội trường UBND huyện"),
        ("tại xã Mậu A", "xã Mậu A"),
        ("tại Hà Nội", "Hà Nội"),
    ],
)
def test_where_it_is_held(read: Read, said: str, place: str) -> None:
    text = f"Chiều 7/5/2024, {said}, Huyện ủy Văn Yên tổ chức hội nghị về trồng quế."
    found = meeting(read, text)
    assert found.place == place
    assert found.place_span is not None
    assert text[slice(*found.place_span)] == place


def test_the_meeting_is_no_place(read: Read) -> None:
    found = meeting(read, f"Sáng 7/5/2024, tại hội nghị giao ban, đồng chí {A} chủ trì nghe báo cáo về trồng quế.")
    assert found.place is None


def test_no_place(read: Read) -> None:
    found = meeting(read, HELD)
    assert (found.place, found.place_span, found.why_empty["place"]) == (None, None, "not_stated")


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("tổ chức hội nghị triển khai kế hoạch trồng quế năm 2024", "triển khai kế hoạch trồng quế năm 2024"),
        ("họp về công tác phòng, chống cháy rừng", "công tác phòng, chống cháy rừng"),
        ("tổ chức hội nghị sơ kết công tác dân vận", "sơ kết công tác dân vận"),
        ("họp với các xã, thị trấn để bàn việc trồng quế", "bàn việc trồng quế"),
        ("tổ chức hội nghị đánh giá, rút kinh nghiệm vụ quế vào ngày 7/5/2024", "đánh giá, rút kinh nghiệm vụ quế"),
        (f"tổ chức hội nghị về trồng quế, đồng chí {A} dự", "trồng quế"),
        ("tổ chức hội nghị tại địa bàn Mậu A", None),
    ],
)
def test_what_it_is_about(read: Read, said: str, topic: str | None) -> None:
    found = meeting(read, f"Chiều 7/5/2024, Huyện ủy Văn Yên {said}.")
    assert found.topic == topic


def test_what_is_said_at_the_meeting_is_no_topic(read: Read) -> None:
    found = meeting(read, f"Sáng 7/5/2024, tại hội nghị, đồng chí {A} chủ trì nghe báo cáo về trồng quế.")
    assert found.topic is None


def test_no_topic(read: Read) -> None:
    found = meeting(read, "Sáng 7/5/2024, UBND huyện Văn Yên tổ chức hội nghị.")
    assert (found.topic, found.why_empty["topic"]) == (None, "not_stated")


# --- none, and several ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Người dân xã Mậu A thu hoạch quế sớm hơn mọi năm.",
        "Các cuộc họp nên ngắn gọn. Quy chế họp của xã đã được sửa.",
        "Trung tâm hội nghị tỉnh Yên Bái đang được sơn lại.",
        "Mỗi cuộc họp thôn là một dịp để bà con gặp nhau.",
        "Chủ tịch UBND huyện Văn Yên ký Công văn số 12/UBND-NN về phòng, chống rét cho trâu, bò.",
        "Huyện ủy Văn Yên giao Ban Cán sự đảng UBND huyện xây dựng đề án trồng quế.",
        "UBND huyện Văn Yên yêu cầu Phòng Nội vụ khẩn trương họp với các xã về biên chế.",
        "Dự kiến tuần sau, UBND huyện Văn Yên sẽ tổ chức hội nghị về trồng quế.",
        'Ông Sùng A Páo nói: "Sáng 4/5/2024, tôi đã chủ trì cuộc họp thôn".',
        "Ngày 4/5/2024, Tòa án nhân dân huyện Văn Yên mở phiên tòa xét xử vụ án.",
        "Ngày 4/5/2024, phóng viên đã có buổi làm việc với UBND xã Mậu A.",
        "Chủ tịch xã trả lời về việc mà bà Mỷ nêu tại phiên họp ngày 9/6/2023.",
    ],
)
def test_no_meeting_is_reported(read: Read, text: str) -> None:
    assert read(text).meeting is None


def test_a_meeting_told_in_a_short_first_paragraph(read: Read) -> None:
    later = f"Kết luận hội nghị, đồng chí {A}, Chủ tịch UBND huyện giao các xã rà soát hồ sơ tồn đọng."
    first = "Sáng 7/5/2024, UBND quận Kiến An tổ chức hội nghị giao ban."
    assert meeting(read, first, later).kind == "hội nghị"


def test_a_late_meeting_that_is_not_spoken_of_again_is_background(read: Read) -> None:
    story = [f"Người dân thôn {number} của xã Mậu A thu hoạch quế sớm hơn mọi năm." for number in range(1, 9)]
    late = "Ngày 4/5/2009, UBND huyện Văn Yên tổ chức hội nghị về trồng quế."
    assert read(*story, late).meeting is None
    assert read(*story, late, "Phát biểu tại hội nghị, các xã nêu khó khăn.").meeting is not None


def test_the_first_of_several(read: Read) -> None:
    found = meeting(
        read,
        HELD,
        "Chiều 7/5/2024, Huyện ủy Văn Yên tổ chức hội nghị về công tác cán bộ.",
        "Ngày 9/5/2024, HĐND huyện Văn Yên tổ chức phiên họp chuyên đề.",
    )
    assert (found.kind, found.date, found.host) == ("hội nghị", "2024-05-07", "UBND huyện Văn Yên")
    assert [(other.kind, other.date, other.session, other.host) for other in found.others] == [
        ("hội nghị", "2024-05-07", "afternoon", "Huyện ủy Văn Yên"),
        ("phiên họp", "2024-05-09", None, "HĐND huyện Văn Yên"),
    ]


def test_a_chair_of_another_meeting_is_not_taken(read: Read) -> None:
    found = meeting(read, HELD, f"Chiều 8/5/2024, ông {A} chủ trì cuộc họp của Huyện ủy Văn Yên về công tác cán bộ.")
    assert found.chairs == ()


def test_the_same_meeting_spoken_of_again_is_no_other(read: Read) -> None:
    found = meeting(read, HELD, f"Kết luận hội nghị, ông {A} ghi nhận kết quả.", "Hội nghị ngày 7/5/2024 bế mạc.")
    assert found.others == ()


# --- bad dates --------------------------------------------------------------------------------------------------


def test_contradictory_days(read: Read) -> None:
    found = meeting(
        read, "Sáng 7/5/2024, UBND huyện Văn Yên tổ chức hội nghị giao ban.", "Hội nghị ngày 9/5/2023 đã kết thúc."
    )  # fmt: skip
    assert found.date == "2024-05-07"


@pytest.mark.parametrize("day", ["31/2/2024", "45/13/2024", "0/0/2024"])
def test_a_day_that_there_is_not(read: Read, day: str) -> None:
    record = read(f"Sáng {day}, UBND huyện Văn Yên tổ chức hội nghị giao ban. Đồng chí {A} chủ trì hội nghị.")
    assert record.meeting is not None
    assert (record.meeting.date, record.meeting.chairs) == (None, (A,))


def test_two_people_of_one_name(read: Read) -> None:
    record = read(
        f"{HELD} Đồng chí {A}, Chủ tịch UBND huyện Văn Yên chủ trì hội nghị.",
        f"Ông {A}, Trưởng thôn Làng Mới nêu ý kiến. Chủ tịch UBND huyện giao phòng Nội vụ trả lời.",
    )
    assert record.meeting is not None
    assert record.meeting.chairs == (A,)
    assert [told.assigner for told in record.assignments] == [A]
