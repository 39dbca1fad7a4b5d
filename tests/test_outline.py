"""Outlines of every shape: which items are sections, which are tasks, and what their ids are."""

from __future__ import annotations

import pytest

from normalize.schema import Tables
from normalize.titles import part_kind, topic_of
from tests.pages import HEAD, tables


def ids(found: Tables) -> tuple[list[str], list[str]]:
    return [row["section_id"] for row in found["sections"]], [row["task_id"] for row in found["tasks"]]


def test_three_levels() -> None:
    found = tables(["一、重点任务", "（一）加快实现“幼有善育”。加强服务。（牵头单位：区卫生健康局）", "1.健全体系。建设网络。", "2.发展托育。新增托位450个。", "二、保障措施", "（一）加强领导。压实责任。"])
    assert ids(found) == (["s1", "s1.1", "s2"], ["t1.1.1", "t1.1.2", "t2.1"])
    assert [(row["domain"], row["kind"]) for row in found["tasks"]] == [("幼有善育", "task"), ("幼有善育", "task"), ("", "measure")]
    assert found["sections"][1]["lead_units"] == "区卫生健康局"
    assert [row["title"] for row in found["tasks"]] == ["健全体系", "发展托育", "加强领导"]


def test_steps_within_a_task_are_no_tasks() -> None:
    found = tables(["一、重点任务", "（一）推进改造。", "1.完善设施。重点做好以下工作：", "（1）新建泵站3座；", "（2）改造管网5公里。", "2.强化管理。落实责任。"])
    assert ids(found) == (["s1", "s1.1"], ["t1.1.1", "t1.1.2"])
    assert [row["task_id"] for row in found["commitments"]] == ["t1.1.1", "t1.1.1"]


def test_headings_within_an_item_are_tasks() -> None:
    found = tables(["一、重点任务", "（一）办好教育", "1.公平优质的教育", "（1）补齐短板。新建2所。", "（2）提升质量。培训300人。", "2.就业服务。新增岗位500个。"])
    assert ids(found) == (["s1", "s1.1", "s1.1.1"], ["t1.1.1.1", "t1.1.1.2", "t1.1.2"])


def test_numbering_that_runs_on() -> None:
    found = tables(["一、教育", "1.扩大学位。新增500个。", "2.培训教师。培训300人。", "二、卫生", "3.改善条件。新建2家。", "4.开展筛查。筛查800人。"])
    assert ids(found)[1] == ["t1.1", "t1.2", "t2.3", "t2.4"]
    assert not [check for check in found["checks"] if check["code"] == "numbering"]


def test_gaps_and_repeats_are_told() -> None:
    found = tables(["一、教育", "1.扩大学位。新增500个。", "1.培训教师。培训300人。", "4.改善条件。新建2家。"])
    assert ids(found)[1] == ["t1.1", "t1.1-2", "t1.4"]
    assert len([check for check in found["checks"] if check["code"] == "numbering"]) == 2


def test_ten_items_without_sections() -> None:
    found = tables(["一、扩大学位。新增500个。", "责任单位：区教育局", "二、改善医疗。新建2家。", "责任单位：区卫生健康局"])
    assert ids(found) == (["s0"], ["t1", "t2"])
    assert [row["responsible_units"] for row in found["tasks"]] == ["区教育局", "区卫生健康局"]


def test_chapters() -> None:
    found = tables(["第一章 总体要求", "坚持以人民为中心。", "第二章 主要任务", "第一节 提升教育服务", "一、扩大学位。新增500个。", "二、培训教师。培训300人。"])
    assert ids(found) == (["s1", "s2", "s2.1"], ["t2.1.1", "t2.1.2"])
    assert found["tasks"][0]["domain"] == "提升教育服务"


def test_promises_above_the_first_heading() -> None:
    found = tables(["全年新增托位450个。", "一、重点任务", "（一）扩大学位。新增500个。"])
    assert [(row["section_id"], row["task_id"]) for row in found["commitments"]] == [("s0", ""), ("s1", "t1.1")]
    assert found["sections"][0]["section_id"] == "s0"


def test_a_heading_that_runs_on_in_a_paragraph() -> None:
    found = tables(["一、重点任务", "（一）扩大学位。新增500个。（责任单位：区教育局）（二）改善医疗。新建2家。（责任单位：区卫生健康局）"])
    assert ids(found)[1] == ["t1.1", "t1.2"]


def test_text_in_several_paragraphs_is_one_task() -> None:
    found = tables(["一、重点任务", "（一）扩大学位", "新增公办学位500个。", "改善办学条件。", "责任单位：区教育局", "配合单位：区财政局"])
    (task,) = found["tasks"]
    assert (task["title"], task["text"]) == ("扩大学位", "新增公办学位500个。\n改善办学条件。")
    assert (task["responsible_units"], task["support_units"]) == ("区教育局", "区财政局")


def test_a_stated_count_that_is_not_met_is_told() -> None:
    found = tables(["一、提升教育（3项）", "1.扩大学位。新增500个。", "2.培训教师。培训300人。"])
    assert [check["code"] for check in found["checks"] if check["code"] == "stated_count"] == ["stated_count"]


def test_a_section_that_looks_back_promises_nothing() -> None:
    found = tables(["一、2025年工作回顾", "（一）教育事业。新建学校3所，新增学位900个。", "二、2026年工作安排", "（一）扩大学位。新增500个。"])
    assert [row["task_id"] for row in found["commitments"]] == ["t2.1"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("总体要求", "part"), ("主要目标和重点任务", "tasks"), ("2026年重点工作", "tasks"), ("切实加强组织领导", "measures"), ("工作要求", "measures"), ("提升公共教育服务", ""), ("加快建设交通强区", "")],
)  # fmt: skip
def test_titles(title: str, kind: str) -> None:
    assert part_kind(title) == kind


def test_topic() -> None:
    assert topic_of("加快实现“住有宜居”") == "住有宜居"
    assert HEAD[0].endswith("通知")


def test_numbers_with_points() -> None:
    found = tables(["1　总体要求", "1.1　工作目标", "提升服务水平。", "2　主要任务", "2.1　扩大学位", "新增学位500个。", "2.2　改善医疗", "新建卫生院2家。"])
    assert ids(found) == (["s1", "s1.1", "s2"], ["t2.1", "t2.2"])
    assert [(row["task_id"], row["value"]) for row in found["commitments"]] == [("t2.1", 500), ("t2.2", 2)]


def test_a_number_at_the_start_of_a_line_is_no_label() -> None:
    found = tables(["一、主要目标", "1.8万人次接受培训。", "2.5亿元投入使用。"])
    assert ids(found) == (["s1"], [])


def test_a_clause_goes_on_over_lines() -> None:
    found = tables(["一、重点任务", "1.加强改造。新增3个。（责任单位：区教育局、", "区财政局）", "2.完善体系。落实到位。", "责任单位：", "区民政局"])
    assert [row["responsible_units"] for row in found["tasks"]] == ["区教育局、区财政局", "区民政局"]


def test_a_clause_behind_the_last_of_several_items_is_their_sections() -> None:
    found = tables(["一、重点任务", "（一）养老", "1.新增床位3张。", "2.改造设施5处。", "责任单位：区民政局"])
    assert found["sections"][1]["responsible_units"] == "区民政局"
    assert [row["responsible_units"] for row in found["tasks"]] == ["", ""]


def test_the_outermost_items_of_a_document_head_what_is_below_them() -> None:
    found = tables(["1. 主要任务", "（1）新增企业50家。", "（2）新建学校3所。", "2. 保障措施", "（1）加强领导。"])
    assert ids(found) == (["s1", "s2"], ["t1.1", "t1.2", "t2.1"])
    assert [row["kind"] for row in found["tasks"]] == ["task", "task", "measure"]


def test_a_heading_that_runs_into_its_first_item() -> None:
    found = tables(["一、产业发展（2项）1.新增企业15家。（区经信局）", "2.新增平台2个。", "二、保障措施（一）加强领导。（二）强化督导。"])
    assert ids(found) == (["s1", "s2"], ["t1.1", "t1.2", "t2.1", "t2.2"])


def test_a_heading_without_a_number_is_told() -> None:
    found = tables(["一、重点任务", "1.扩大投资。完成投资3亿元。", "<h3>城市建设</h3>", "2.改造小区。改造5个。"])
    assert [check["code"] for check in found["checks"] if check["code"] == "heading_unnumbered"] == ["heading_unnumbered"]


def test_roles_in_the_cells_of_a_task_table() -> None:
    rows = [
        ("新增托位450个，建设托育中心", "区人社局牵头，区总工会配合"), ("新建学校3所，改造2所", "区教育局（牵头）、区财政局"),
        ("新建医院1家，改造2家", "区卫健委（区妇联配合）"), ("完成投资3亿元", "主办：区发改局 协办：区财政局"),
    ]  # fmt: skip
    body = "".join(f"<tr><td>{number}</td><td>{task}</td><td>{units}</td></tr>" for number, (task, units) in enumerate(rows, 1))
    found = tables(["一、重点任务", f"<table><tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr>{body}</table>"])
    assert [(row["lead_units"], row["responsible_units"], row["support_units"]) for row in found["tasks"]] == [
        ("区人社局", "", "区总工会"), ("区教育局", "区财政局", ""), ("", "区卫健委", "区妇联"), ("区发改局", "", "区财政局"),
    ]  # fmt: skip


def test_label_glued_to_its_number_is_no_decimal() -> None:
    found = tables([
        "一、养老服务", "1.10个乡镇全部建成敬老院。（责任单位：县民政局）", "2.80岁以上老年人津贴发放率达到100%。（责任单位：县民政局）",
        "3.6月底前建成零工市场1个。（责任单位：县人力社保局）", "4.2026年底前新建公园1.5万平方米以上。（责任单位：县林业局）",
    ])  # fmt: skip
    assert ids(found)[1] == ["t1.1", "t1.2", "t1.3", "t1.4"]
    assert [(row["task_id"], str(row["value"]), row["due"][4:]) for row in found["commitments"]] == [
        ("t1.1", "10", ""), ("t1.2", "100", ""), ("t1.3", "1", "-06-30"), ("t1.4", "1.5", "-12-31"),
    ]  # fmt: skip
    told = [(row["surface"], row["class"]) for row in found["numerals"] if row["class"] in ("ordinal", "age")]
    assert told == [("1", "ordinal"), ("2", "ordinal"), ("80", "age"), ("3", "ordinal"), ("4", "ordinal")]
