"""Which lines are front and back matter, and which documents a notice holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.pieces import Line
from normalize.layout import find_layout
from tests.front_matter import BODY, COVER, ENCLOSED, SIGNED, TITLE, of_kind, parts, shown, to_grid, to_notice

KINDS = {"metadata", "title", "recipients", "preamble", "note", "signature", "attachment", "other"}


def test_cover_letter_and_enclosed_document() -> None:
    notice = to_notice("#索引号：1/2024-1", TITLE, *COVER, *SIGNED, *ENCLOSED)
    assert shown(notice) == [
        ("metadata", "索引号：1/2024-1"), ("title", TITLE), ("recipients", COVER[0]), ("preamble", COVER[1]),
        ("signature", SIGNED[0]), ("signature", SIGNED[1]), ("title", ENCLOSED[0]),
    ]  # fmt: skip
    assert parts(notice) == [(TITLE, [COVER[1]]), (ENCLOSED[0], list(BODY))]


def test_titles_broken_over_lines() -> None:
    notice = to_notice(
        "^某某市清江区人民政府办公室", "^关于印发2024年清江区公共服务", "^工作要点的通知", "清政办发〔2024〕9号", *COVER, *SIGNED,
        "2024年清江区公共服务", "工作要点", *BODY,
    )  # fmt: skip
    assert [part.title for part in find_layout(notice).parts] == [TITLE, ENCLOSED[0]]
    assert of_kind(notice, "metadata") == ["清政办发〔2024〕9号"]


def test_years_in_brackets_below_a_title() -> None:
    cover = "现将《清江区公共服务实施方案（2023—2027年）》印发给你们，请认真执行。"
    notice = to_notice("清江区人民政府关于印发清江区公共服务实施方案（2023—2027年）的通知", COVER[0], cover, "清江区人民政府",
                       "2023年9月19日", "清江区公共服务实施方案", "（2023—2027年）", *BODY)  # fmt: skip
    assert parts(notice)[1] == ("清江区公共服务实施方案（2023—2027年）", list(BODY))


def test_red_head_of_a_paper() -> None:
    notice = to_notice("000012", "特急", "清江区人民政府办公室文件", "清政办发〔2024〕9号  签发人：王某某", TITLE, *COVER, *SIGNED, *ENCLOSED,
                       "抄送：区委各部门，区人大常委会办公室。", "清江区人民政府办公室  2024年3月8日印发", "共印50份")  # fmt: skip
    assert of_kind(notice, "metadata") == [
        "000012", "特急", "清江区人民政府办公室文件", "清政办发〔2024〕9号  签发人：王某某",
        "抄送：区委各部门，区人大常委会办公室。", "清江区人民政府办公室  2024年3月8日印发", "共印50份",
    ]  # fmt: skip
    assert parts(notice)[-1] == (ENCLOSED[0], list(BODY))


def test_no_cover_letter_and_a_date_below_the_title() -> None:
    notice = to_notice("2025年清江县民生实事方案", "（2025年2月10日）", *BODY, "清江县人民政府", "2025年2月10日")
    assert parts(notice) == [("2025年清江县民生实事方案", list(BODY))]
    assert of_kind(notice, "metadata") == ["（2025年2月10日）"]
    assert of_kind(notice, "signature") == ["清江县人民政府", "2025年2月10日"]


def test_report_to_a_congress() -> None:
    notice = to_notice("要闻", "2026年政府工作报告", "来源：某某日报", "2026-02-03 09:02:33", "大", "】", "——2026年1月28日在某某省第十四届人民代表大会第四次会议上",
                       "省长　王某某", "各位代表：", "现在，我代表省人民政府，向大会报告工作。", "一、工作回顾", "增长4.7%。")  # fmt: skip
    assert of_kind(notice, "title") == ["2026年政府工作报告"]
    assert of_kind(notice, "recipients") == ["各位代表："]
    assert of_kind(notice, "other") == ["要闻", "大", "】"]
    assert len(of_kind(notice, "metadata")) == 4


def test_title_that_the_reader_found_and_the_body_repeats() -> None:
    notice = to_notice(
        Line(TITLE, level=1, hint="title"),
        "某某市清江区人民政府办公室",
        "关于印发2024年清江区公共服务工作要点的通知",
        *COVER,
        *SIGNED,
        *ENCLOSED,
    )
    assert of_kind(notice, "title") == [
        TITLE,
        "某某市清江区人民政府办公室",
        "关于印发2024年清江区公共服务工作要点的通知",
        ENCLOSED[0],
    ]
    assert parts(notice)[0] == (TITLE, [COVER[1]])


def test_title_printed_three_times_and_an_editors_lead() -> None:
    notice = to_notice(
        "日前，清江区印发工作要点。原文如下：",
        TITLE,
        TITLE,
        "某某市清江区人民政府办公室",
        "关于印发2024年清江区公共服务工作要点的通知",
        *COVER,
        *SIGNED,
        *ENCLOSED,
    )
    assert of_kind(notice, "other") == ["日前，清江区印发工作要点。原文如下："]
    assert [text for text in of_kind(notice, "title") if text == TITLE] == [TITLE, TITLE]
    assert parts(notice)[0][0] == TITLE


def test_titles_of_other_notices_in_a_list_are_no_part_of_the_title() -> None:
    notice = to_notice("关于开展第一批工作的通知", "关于开展第二批工作的通知", TITLE, *COVER, *SIGNED, *ENCLOSED)
    assert parts(notice)[0][0] == TITLE


def test_recipients_over_two_lines_and_without_a_colon() -> None:
    broken = to_notice(TITLE, "各镇人民政府、街道办事处，", "区政府各部门、各直属单位：", COVER[1], *SIGNED, *ENCLOSED)
    assert of_kind(broken, "recipients") == ["各镇人民政府、街道办事处，", "区政府各部门、各直属单位："]
    lost = to_notice(TITLE, "各镇人民政府、街道办事处，区政府各部门", COVER[1], *SIGNED, *ENCLOSED)
    assert of_kind(lost, "recipients") == ["各镇人民政府、街道办事处，区政府各部门"]


def test_notice_that_begins_with_recipients_or_a_table() -> None:
    notice = to_notice(
        "各市、县人民政府：",
        "现就有关事项通知如下：",
        "一、扩大就业",
        "城镇新增就业100万人。",
        "某省人民政府办公厅",
        "2023年4月24日",
    )
    assert parts(notice) == [("", ["现就有关事项通知如下：", "一、扩大就业", "城镇新增就业100万人。"])]
    table = to_notice(to_grid(("序号", "指标"), ("1", "托位")), "注：托位为新增托位。")
    assert [title for title, _ in parts(table)] == [""]
    assert of_kind(table, "note") == ["注：托位为新增托位。"]


def test_list_of_attachments_and_the_documents_below() -> None:
    notice = to_notice(TITLE, COVER[0], "现将有关任务印发给你们。", "附件：1.2024年度主要指标", "2.2024年度重点任务", *SIGNED, "（此件公开发布）",
                       "附件1", "2024年度主要指标", to_grid(("指标", "目标"), ("托位", "120")), "附件2：", "2024年度重点任务", "一、抓就业", "二、抓托育")  # fmt: skip
    assert of_kind(notice, "attachment") == ["附件：1.2024年度主要指标", "2.2024年度重点任务", "附件1", "附件2："]
    assert of_kind(notice, "note") == ["（此件公开发布）"]
    assert [(title, len(lines)) for title, lines in parts(notice)] == [
        (TITLE, 1),
        ("2024年度主要指标", 1),
        ("2024年度重点任务", 2),
    ]


def test_lines_with_attachment_and_title_in_one() -> None:
    notice = to_notice("关于开展创建工作的通知", "各乡镇人民政府、县直各单位", "现就有关事项通知如下：", "一、目标", "二、安排", "附件1：创建指标表",
                       "一、基本指标", "附件2：联系人名单", "张三 12345", "中共清江县委宣传部", "二○二五年元月六日")  # fmt: skip
    assert [title for title, _ in parts(notice)] == ["关于开展创建工作的通知", "创建指标表", "联系人名单"]
    assert of_kind(notice, "signature") == ["中共清江县委宣传部", "二○二五年元月六日"]


def test_name_of_an_attachment_at_the_end_is_no_document() -> None:
    notice = to_notice(TITLE, *COVER, *SIGNED, *ENCLOSED, "附件：重大项目清单（实施类）", "清政办发〔2024〕9号.doc")
    assert of_kind(notice, "attachment") == ["附件：重大项目清单（实施类）", "清政办发〔2024〕9号.doc"]
    assert len(parts(notice)) == 2


def test_two_documents_without_a_line_between() -> None:
    notice = to_notice("清江县教育局 清江县财政局", "关于印发《清江县学前教育方案》和", "《清江县学前教育资金办法》的通知", "各中心学校，局属各单位：",
                       "现将《清江县学前教育方案》《清江县学前教育资金办法》印发给你们。", "清江县教育局", "清江县财政局", "2024年5月6日",
                       "清江县学前教育方案", "一、目标", "二、任务", "清江县学前教育资金办法", "第一条 为规范管理，制定本办法。", "第二条 本办法自印发之日起施行。")  # fmt: skip
    assert [(title, len(lines)) for title, lines in parts(notice)][1:] == [
        ("清江县学前教育方案", 2),
        ("清江县学前教育资金办法", 2),
    ]
    assert len(of_kind(notice, "signature")) == 3


def test_second_document_is_told_by_its_numbering() -> None:
    notice = to_notice(
        "清江县托育工作方案", "一、目标", "二、任务", "新增托位100个。", "清江县养老工作方案", "一、目标", "二、任务"
    )
    assert [title for title, _ in parts(notice)] == ["清江县托育工作方案", "清江县养老工作方案"]
    heading = to_notice("清江县托育工作方案", "一、目标", "年度目标任务", "二、任务", "新增托位100个。")
    assert len(parts(heading)) == 1


def test_document_handed_on_with_its_own_signature() -> None:
    notice = to_notice("清江县人民政府办公室转发县民政局", "关于加强养老服务意见的通知", "各乡镇人民政府：", "县民政局《关于加强养老服务的意见》已经县政府同意，现转发给你们。",
                       "清江县人民政府办公室", "2024年5月1日", "关于加强养老服务的意见", "县民政局", "（2024年4月20日）", *BODY)  # fmt: skip
    assert [title for title, _ in parts(notice)] == [
        "清江县人民政府办公室转发县民政局关于加强养老服务意见的通知",
        "关于加强养老服务的意见",
    ]
    assert len(find_layout(notice).signatures) == 2


def test_notes_are_found_and_kept_out_of_the_text() -> None:
    notice = to_notice(TITLE, *COVER, *SIGNED, ENCLOSED[0], "一、指标目标", to_grid(("指标", "目标"), ("★托位", "120")), "★为核心指标，其余为重点指标",
                       "注：1.就业为新增就业。", "2.托位为普惠托位。", "二、重点任务", "注重实效，完成6项任务。")  # fmt: skip
    assert of_kind(notice, "note") == ["★为核心指标，其余为重点指标", "注：1.就业为新增就业。", "2.托位为普惠托位。"]
    assert parts(notice)[1][1][2:] == ["二、重点任务", "注重实效，完成6项任务。"]


def test_table_of_contents_does_not_double_the_headings() -> None:
    notice = to_notice(
        TITLE,
        *COVER,
        *SIGNED,
        ENCLOSED[0],
        "目 录",
        "一、指标目标……1",
        "二、重点任务……3",
        "三、保障措施……9",
        "一、指标目标",
        "二、重点任务",
        "三、保障措施",
    )
    assert parts(notice)[1][1] == ["一、指标目标", "二、重点任务", "三、保障措施"]


def test_signatures_of_several_forms() -> None:
    for signed in (["清江县人民政府办公室 2024年3月8日"], ["国 务 院", "二〇二四年三月八日"], ["清江县财政局（代章）", "2024年3月8日"],
                   ["县长：张某某", "2024年3月8日"], ["清江县教育局", "清江县财政局", "2024年3月"]):  # fmt: skip
        notice = to_notice("关于做好工作的通知", "各单位：", "请认真抓好落实。", *signed)
        assert of_kind(notice, "signature") == signed


def test_units_and_dates_in_the_text_are_no_signature() -> None:
    notice = to_notice(
        "清江县工作任务分解",
        "一、托育",
        "新增托位",
        "区教育局",
        "2024年12月31日",
        "二、养老",
        "新增床位",
        "区民政局",
        "2024年12月31日",
        "三、就业",
    )
    assert of_kind(notice, "signature") == []
    assert len(parts(notice)) == 1


def test_field_lines_below_the_signature() -> None:
    notice = to_notice(
        "关于做好工作的通知", "各单位：", "请认真抓好落实。", "清江县教育局", "2024年3月8日", "公开方式：主动公开"
    )
    assert of_kind(notice, "metadata") == ["公开方式：主动公开"]


_LINES = st.sampled_from([
    TITLE, *COVER, *SIGNED, *ENCLOSED, "附件1", "附件：", "附件：1.清单", "2.清单", "附件2：清单", "目录", "（试行）", "（2023—2027年）", "注：1.甲", "2.乙",
    "2023年4月24日", "2023424", "区教育局", "公开方式：主动公开", "抄送：区委。", "某政发〔2024〕9号", "a.doc", "《", "》", "：", "各镇：", "第一条 甲", "关于甲的", "的通知",
])  # fmt: skip


@given(
    st.lists(
        st.one_of(
            _LINES,
            st.text("一二1.、（）《》附件：年月日〔〕号通知关于★注 ", min_size=1).filter(
                lambda text: text == text.strip()
            ),
        ),
        min_size=1,
    )
)
def test_no_block_is_lost(lines: list[str]) -> None:
    notice = to_notice(*(Line(line) for line in lines))
    layout = find_layout(notice)
    inside = [block.start for part in layout.parts for block in part.blocks]
    assert inside == sorted(set(inside))
    for block in notice.blocks:
        kind = layout.kinds.get(block.start)
        assert kind in KINDS or kind is None
        assert (kind in (None, "preamble")) == (block.start in inside)
