"""The row of ``documents``: values from field block, title and signature, and what is said where they differ."""

from __future__ import annotations

import pytest

from extract.pieces import Line, Piece
from normalize.attachments import find_attachments
from normalize.citations import find_citations
from normalize.documents import find_document
from normalize.layout import find_layout
from normalize.numerals import find_numerals
from normalize.results import Cells, Result
from tests.front_matter import COVER, ENCLOSED, SIGNED, TITLE, to_grid, to_notice


def read(*lines: str | Piece, meta: tuple[tuple[str, str], ...] = ()) -> tuple[Cells, list[str]]:
    """The row, and the codes of the checks but that of an invented region."""
    notice = to_notice(*lines, meta=meta)
    result = find_document(notice, find_layout(notice))
    return result.tables["documents"][0], [c["code"] for c in result.checks if c["code"] != "region_without_code"]


def test_fields_on_lines_of_several() -> None:
    row, checks = read(
        "#索引号 11330283002979996P/2024-1 组配分类 区府办文件 主题分类 政务公开", "#发文字号 清政办发〔2024〕9号 发文日期 2024-03-15 成文日期 2024-03-08",
        "#公开方式 主动公开 公开范围 面向社会 发布机构 区政府办公室", TITLE, *COVER, *SIGNED, *ENCLOSED,
    )  # fmt: skip
    assert row["index_number"] == "11330283002979996P/2024-1"
    assert (row["category"], row["topic"], row["disclosure"], row["audience"]) == (
        "区府办文件",
        "政务公开",
        "主动公开",
        "面向社会",
    )
    assert (row["document_number"], row["issuer"]) == ("清政办发〔2024〕9号", "区政府办公室")
    assert (row["issued_on"], row["published_on"]) == ("2024-03-08", "2024-03-15")
    assert row["recipients"] == "各镇人民政府、街道办事处，区政府各部门"
    assert (row["title"], row["enclosed_title"], row["document_type"]) == (TITLE, ENCLOSED[0], "通知")
    assert checks == []


def test_empty_field_takes_neither_the_next_label_nor_the_next_line() -> None:
    row, _ = read(
        "#索引号： 发文字号：清政发〔2024〕3号 发布机构： 成文日期：2024-03-08 公开方式：",
        "#主题分类：",
        "#发布层级：区级",
        TITLE,
        *COVER,
    )
    assert (row["index_number"], row["issuer"], row["disclosure"], row["topic"]) == ("", "", "", "")
    assert (row["document_number"], row["issued_on"]) == ("清政发〔2024〕3号", "2024-03-08")


def test_fields_with_the_value_on_the_next_line() -> None:
    row, _ = read(
        "#索引号", "#1133/2024-1", "#组配分类", "#主题分类", "#政务公开", "#成文日期", "#2024年3月8日", TITLE, *COVER
    )
    assert (row["index_number"], row["category"], row["topic"], row["issued_on"]) == (
        "1133/2024-1",
        "",
        "政务公开",
        "2024-03-08",
    )


def test_fields_in_a_table() -> None:
    beside = to_grid(
        ("索 引 号：", "1133/2024-1", "主题分类：", ""),
        ("发文机关：", "清江区政府办", "文　　号：", "清政办发〔2024〕9号"),
        ("效力：", "有效", "成文日期：2024-03-08", "发布日期：2024-03-15"),
        hint="metadata",
    )
    row, _ = read(beside, TITLE, *COVER)
    assert (row["index_number"], row["topic"], row["issuer"], row["document_number"]) == (
        "1133/2024-1",
        "",
        "清江区政府办",
        "清政办发〔2024〕9号",
    )
    assert (row["issued_on"], row["published_on"]) == ("2024-03-08", "2024-03-15")
    below, _ = read(
        to_grid(("索引号", "文号", "成文日期"), ("1133/2024-1", "清政办发〔2024〕9号", "2024-03-08"), hint="metadata"),
        TITLE,
        *COVER,
    )
    assert (below["index_number"], below["document_number"], below["issued_on"]) == (
        "1133/2024-1",
        "清政办发〔2024〕9号",
        "2024-03-08",
    )


@pytest.mark.parametrize(
    ("lines", "issued_on", "published_on"),
    [
        (["#索引号：1 发文日期：2024-03-08"], "2024-03-08", ""),
        (["#索引号：1 发文日期：2024-03-15 成文日期：2024-03-08"], "2024-03-08", "2024-03-15"),
        (["#索引号：1 生成日期：2024-03-08 公开日期：2024-03-15 10:21"], "2024-03-08", "2024-03-15"),
        ([], "2024-03-08", "2024-03-20"),
    ],
)
def test_which_date_is_which(lines: list[str], issued_on: str, published_on: str) -> None:
    meta = () if lines else (("pubdate", "2024-03-20\u00a009:00"),)
    row, checks = read(*lines, TITLE, *COVER, *SIGNED, *ENCLOSED, meta=meta)
    assert (row["issued_on"], row["published_on"], checks) == (issued_on, published_on, [])


def test_posting_date_of_the_site_never_dates_the_notice() -> None:
    row, _ = read(
        "关于做好工作的通知",
        "各单位：",
        "请认真抓好落实。",
        meta=(("pubdate", "2024-03-20"), ("contentsource", "本网")),
    )
    assert (row["issued_on"], row["published_on"], row["issuer"]) == ("", "2024-03-20", "")


def test_lines_below_the_title() -> None:
    row, _ = read("2024年清江县民生实事方案", "（2024年2月10日）", "一、托育", "新增托位100个。")
    assert (row["issued_on"], row["published_on"]) == ("2024-02-10", "")
    row, _ = read("2024年清江县民生实事方案", "来源：县府办", "2024-02-12 09:30", "一、托育", "新增托位100个。")
    assert (row["issued_on"], row["published_on"]) == ("", "2024-02-12")
    row, _ = read("2024年清江县民生实事方案", "发布时间：2024-02-12", "一、托育", "新增托位100个。")
    assert (row["issued_on"], row["published_on"]) == ("", "2024-02-12")


def test_values_that_differ_are_reported() -> None:
    row, checks = read(
        "#发文字号：清政办发〔2024〕9号 发布机构：区府办 成文日期：2024-03-07",
        TITLE,
        "清政办发〔2024〕10号",
        *COVER,
        *SIGNED,
        *ENCLOSED,
    )
    assert (row["document_number"], row["issued_on"]) == ("清政办发〔2024〕9号", "2024-03-07")
    assert sorted(checks) == ["dates_disagree", "metadata_conflict"]
    same, checks = read(
        "#发文字号：清政办发[2024]9号 成文日期：2024-03-08", TITLE, "清政办发〔2024〕9 号", *COVER, *SIGNED, *ENCLOSED
    )
    assert (same["document_number"], checks) == ("清政办发[2024]9号", [])
    _, checks = read("#标题：关于别的事的通知 文号：清政办发〔2024〕9号", TITLE, *COVER)
    assert checks == ["metadata_conflict"]


def test_dates_out_of_order_are_reported() -> None:
    _, checks = read("#成文日期：2024-03-08 发布日期：2024-03-01", TITLE, *COVER, *SIGNED)
    assert checks == ["dates_disagree"]
    _, checks = read("#成文日期：2024-03-08 发布日期：2019-03-01 文号：清政办发〔2023〕9号", TITLE, *COVER, *SIGNED)
    assert checks == ["dates_disagree", "dates_disagree"]
    _, checks = read("#成文日期：2005-06-11 发布日期：2018-12-03", "国务院关于某事的函", *COVER)
    assert checks == ["published_late"]


@pytest.mark.parametrize("date", ["2023424", "2023年424日", "2023年2月30日", "20231301"])
def test_damaged_dates_are_left_out_and_reported(date: str) -> None:
    row, checks = read("关于做好工作的通知", "各单位：", "请认真抓好落实。", "清江县教育局", date)
    assert (row["issued_on"], checks) == ("", ["date_damaged"])


def test_date_without_a_day_is_left_out_and_reported() -> None:
    row, checks = read("关于做好工作的通知", "各单位：", "请认真抓好落实。", "清江县教育局", "2024年3月")
    assert (row["issued_on"], row["signatory"], checks) == ("", "清江县教育局", ["date_incomplete"])


@pytest.mark.parametrize("number", ["清政办发〔20241〕8号", "清政办发2024 18号", "清政办发〔2024〕18"])
def test_damaged_numbers_are_reported(number: str) -> None:
    row, checks = read(TITLE, number, *COVER)
    assert (row["document_number"], checks) == (number, ["document_number_damaged"])
    row, checks = read(f"#发文字号：{number} 索引号：1", TITLE, "清政办发〔2024〕18号", *COVER)
    assert row["document_number"] == "清政办发〔2024〕18号"
    assert "document_number_damaged" in checks


def test_number_in_the_title_and_with_the_signer() -> None:
    row, _ = read(f"{TITLE}（清政办发〔2024〕9号）", *COVER)
    assert (row["document_number"], row["enclosed_title"], row["document_type"]) == (
        "清政办发〔2024〕9号",
        ENCLOSED[0],
        "通知",
    )
    row, _ = read("清政办发〔2024〕9号    签发人：王某某", TITLE, *COVER)
    assert row["document_number"] == "清政办发〔2024〕9号"


def test_signatories() -> None:
    for lines, signatory in (
        (["广某市民政局　　广某市财政局", "2024年3月8日"], "广某市民政局、广某市财政局"),
        (["清江县教育局", "清江县财政局（代章）", "2024年3月8日"], "清江县教育局、清江县财政局"),
        (["国 务 院", "二○○一年一月十日"], "国务院"),
    ):
        row, _ = read("关于做好工作的通知", "各单位：", "请认真抓好落实。", *lines)
        assert row["signatory"] == signatory
    row, _ = read("清江县政府转发县民政局关于养老服务意见的通知", "各乡镇：", "现将《关于养老服务的意见》转发给你们。", "清江县人民政府", "2024年5月1日",
                  "关于养老服务的意见", "县民政局", "（2024年4月20日）", "一、目标")  # fmt: skip
    assert (row["signatory"], row["issued_on"], row["enclosed_title"]) == (
        "清江县人民政府",
        "2024-05-01",
        "关于养老服务的意见",
    )


@pytest.mark.parametrize(
    ("title", "target_year", "plan_start", "plan_end"),
    [
        ("2026年清江县工作要点", 2026, "", ""),
        ("清江县二〇二六年民生实事", 2026, "", ""),
        ("清江县实施方案（2023—2027年）", "", 2023, 2027),
        ("清江县三年行动计划（2023-2025）", "", 2023, 2025),
        ("清江县养老服务“十四五”规划", "", 2021, 2025),
        ("清江县第十四个五年规划和二〇三五年远景目标纲要", "", 2021, 2025),
        ("清江县行动方案（2023—2025年）2024年工作要点", 2024, "", ""),
        ("2022年工作总结和2023年工作要点", 2023, "", ""),
        ("清江县年度工作要点", 2024, "", ""),
        ("清江县管理办法（2023年修订）", "", "", ""),
        ("清江县2023年第5号公告", "", "", ""),
        ("清江县管理办法", "", "", ""),
    ],
)
def test_years_of_the_title(title: str, target_year: object, plan_start: object, plan_end: object) -> None:
    row, _ = read(title, "为做好工作，制定本方案。", "一、目标", "新增托位100个。", "清江县人民政府", "2024年3月8日")
    assert (row["target_year"], row["plan_start"], row["plan_end"]) == (target_year, plan_start, plan_end)


def test_years_that_compete_are_reported() -> None:
    row, checks = read("清江县2023年和2024年重点项目计划", "为做好工作，制定本计划。", "一、目标", "二、项目")
    assert (row["target_year"], checks) == ("", ["target_year_unclear"])


@pytest.mark.parametrize(
    ("title", "signatory", "region", "code"),
    [
        ("宁波市奉化区人民政府办公室关于做好工作的通知", "", "宁波市奉化区", "330213"),
        ("奉化区人民政府办公室关于做好工作的通知", "宁波市奉化区人民政府办公室", "宁波市奉化区", "330213"),
        ("关于做好工作的通知", "竹溪县人民政府", "竹溪县", "420324"),
        ("恩施州人民政府关于做好工作的通知", "", "恩施州", "422800"),
        ("鼓楼区人民政府关于做好工作的通知", "", "鼓楼区", ""),
        ("鼓楼区人民政府关于做好工作的通知", "福州市鼓楼区人民政府", "福州市鼓楼区", "350102"),
        ("国务院办公厅关于做好工作的通知", "", "", ""),
        ("平湖经济技术开发区管委会关于做好工作的通知", "", "平湖经济技术开发区", ""),
    ],
)
def test_region_and_code(title: str, signatory: str, region: str, code: str) -> None:
    row, _ = read(title, "各单位：", "请认真抓好落实。", *([signatory] if signatory else []), "2024年3月8日")
    assert (row["region"], row["region_code"]) == (region, code)


def test_code_is_that_of_the_notices_own_year() -> None:
    row, _ = read("奉化市人民政府关于做好工作的通知", "各单位：", "请认真抓好落实。", "奉化市人民政府", "2015年3月8日")
    assert row["region_code"] == "330283"
    notice = to_notice(
        "#索引号：11330283002979996P/2024-1",
        "青禾区人民政府关于做好工作的通知",
        "各单位：",
        "请认真抓好落实。",
        "2024年3月8日",
    )
    result = find_document(notice, find_layout(notice))
    assert result.tables["documents"][0]["region_code"] == ""
    assert [check["code"] for check in result.checks] == ["region_without_code"]


def test_site_names_the_place_only_where_the_notice_speaks_of_its_level() -> None:
    site = (("sitename", "宁波市奉化区人民政府门户网站"),)
    row, _ = read(
        "关于做好工作的通知",
        "各镇人民政府，区政府各部门：",
        "请认真抓好落实。",
        "区政府办公室",
        "2024年3月8日",
        meta=site,
    )
    assert (row["region"], row["region_code"]) == ("宁波市奉化区", "330213")
    row, _ = read(
        "德清县投资结构趋优", "投资完成246亿元，同比增长15%。", meta=(("sitename", "浙江省发展和改革委员会"),)
    )
    assert row["region"] == "德清县"
    row, _ = read("关于做好工作的通知", "各单位：", "请认真抓好落实。", "市教育局", "2024年3月8日", meta=site)
    assert row["region"] == ""


def test_title_of_the_tags_only_where_none_is_printed() -> None:
    row, checks = read(
        "各单位：", "请认真抓好落实。", "清江县教育局", "2024年3月8日", meta=(("articletitle", "关于做好工作的通知"),)
    )
    assert (row["title"], checks) == ("关于做好工作的通知", ["title_not_printed"])
    row, checks = read("各单位：", "请认真抓好落实。", "清江县教育局", "2024年3月8日")
    assert (row["title"], checks) == ("", ["title_missing"])


def test_document_named_and_not_enclosed() -> None:
    row, _ = read(TITLE, *COVER, *SIGNED, Line("清江区工作要点.docx", hint="attachment", links=[(0, 12, "/a.docx")]))
    assert row["enclosed_title"] == ENCLOSED[0]
    row, _ = read("清江县关于印发养老服务办法等两个文件的通知", "各单位：", "现将《养老服务办法》和《托育服务办法》印发给你们。", "清江县民政局", "2024年3月8日",
                  "养老服务办法", "第一条 甲。", "托育服务办法", "第一条 乙。")  # fmt: skip
    assert row["enclosed_title"] == "养老服务办法；托育服务办法"


def classes(*results: Result, text: str) -> dict[str, str]:
    notice = to_notice(*text.split("\n"))
    owned = [item for result in results for item in result.owned]
    return {row["surface"]: row["class"] for row in find_numerals(notice, owned, [])}


def test_numerals_of_front_matter_are_claimed() -> None:
    lines = ["#索引号：11330283/2024-14 统一编号：QJ0320", "#文号：清政办发〔2024〕9号 发布日期：2025-05-06 电话：0571-1234", "关于印发2026年10件民生实事的通知", "各单位：",
             "请认真抓好落实。", "附件：1.任务清单", "清江县教育局", "二〇二四年三月八日", "（此件公开发布）", "清政办发〔2024〕19号2027年要点.doc"]  # fmt: skip
    notice = to_notice(*lines)
    layout = find_layout(notice)
    results = (find_document(notice, layout), find_citations(notice), find_attachments(notice, layout))
    found = classes(*results, text="\n".join(lines))
    assert [found[number] for number in ("11330283", "14", "0320", "9", "19")] == ["document_number"] * 5
    assert [found[number] for number in ("2025", "05", "2026", "二〇二四", "2027")] == ["date"] * 5
    assert (found["10"], found["1"], found["1234"]) == ("descriptor", "ordinal", "name")
    assert "other" not in found.values()


def test_attachments() -> None:
    notice = to_notice("关于做好工作的通知", "各单位：", "请认真抓好落实。", "附件：1.2024年任务清单", "2.联系表", "3.评分表", "清江县教育局", "2024年3月8日",
                       "附件1", "2024年任务清单", "一、托育", Line("附件2：联系表.xlsx", hint="attachment", links=[(0, 12, "/f?x=1.xlsx")]))  # fmt: skip
    result = find_attachments(notice, find_layout(notice))
    rows = [(row["name"], row["status"], row["href"], row["media_type"][-5:]) for row in result.tables["attachments"]]
    assert rows == [
        ("2024年任务清单", "read", "", ""),
        ("联系表", "linked", "/f?x=1.xlsx", "sheet"),
        ("评分表", "named", "", ""),
    ]
    assert [(check["code"], check["subject_id"]) for check in result.checks] == [("attachment_not_given", "f3")]
