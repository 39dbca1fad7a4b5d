"""Tables whose rows are tasks: titles, text, who answers, until when, and the groups above."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from extract.model import Notice
from normalize.lead_rules import find_lead_rules
from normalize.task_tables import TaskRow, TaskTable, read_task_table
from tests import pages
from tests.made_tables import copied, page, row, tables


def task_table(notice: Notice, number: int = 0) -> TaskTable:
    table = read_task_table(notice, tables(notice)[number])
    assert table is not None
    return table


def shown(notice: Notice, task: TaskRow) -> str:
    """A task in one line: groups > serial. title / text | units by role | time limit."""
    groups = " > ".join(f"{group.ordinal or ''}{group.title}" for group in task.groups)
    title = "".join(notice.text[span.start : span.end] for span in task.title)
    text = "⏎".join(notice.text[span.start : span.end] for span in task.text)
    units = "; ".join(
        f"{role}:{'、'.join(office.name for office in offices)}" for role, offices in task.offices.items() if offices
    )
    return f"{groups} > {task.ordinal or '-'}. {title} / {text} | {units} | {task.time_limit}"


@dataclass(frozen=True)
class Made:
    notice: Notice
    expected: list[str]


LAYOUTS = {
    "serial, task, steps, lead, support, time": Made(
        page(
            row("序号", "工作任务", "具体举措", "牵头单位", "配合单位", "完成时限")
            + row("1x6:一、幼有善育（2项）")
            + row(
                "1",
                "扩大普惠托育供给",
                "1.新增托位450个。⏎2.普惠托位占比达到80%以上。",
                "区卫生⏎健康局",
                "区教育局、区妇联",
                "2024年12月底",
            )
            + row("2", "提升服务质量", "培训保育员200人次", "区教育局", "/", "长期坚持")
            + row("1x6:二、学有优教")
            + row("3", "建设学校", "新建小学2所", "区教育局", "各镇（街道）", "全年")
        ),
        [
            "1幼有善育 > 1. 扩大普惠托育供给 / 1.新增托位450个。⏎2.普惠托位占比达到80%以上。 | lead:区卫生健康局; support:区教育局、区妇联 | 2024年12月底",
            "1幼有善育 > 2. 提升服务质量 / 培训保育员200人次 | lead:区教育局 | 长期坚持",
            "2学有优教 > 3. 建设学校 / 新建小学2所 | lead:区教育局; support:各镇（街道） | 全年",
        ],
    ),
    "one cell with heading and text, merged groups": Made(
        page(
            row("类别", "序号", "主要任务", "责任单位")
            + row("2x1:（一）城市更新", "1", "改造老旧小区20个。完善配套设施，提升物业管理。", "市住建局")
            + row("2", "新建口袋公园8个。", "市城管局")
            + row("（二）交通", "3", "新改建农村公路：建设45公里,养护120公里。", "市交通局、市公路中心")
        ),
        [
            "1城市更新 > 1. 改造老旧小区20个 / 完善配套设施，提升物业管理。 | responsible:市住建局 | ",
            "1城市更新 > 2. 新建口袋公园8个 /  | responsible:市城管局 | ",
            "2交通 > 3. 新改建农村公路 / 建设45公里,养护120公里。 | responsible:市交通局、市公路中心 | ",
        ],
    ),
    "a serial over several rows of steps": Made(
        page(
            row("序号", "重点工作", "工作举措", "责任领导", "责任单位")
            + row("2x1:1", "2x1:深化医改", "推进医共体建设", "王 某", "县卫健局")
            + row("实施药品集采", "王 某", "县医保局")
            + row("2", "强化教育", "新增学位1000个", "李某某", "县教育局")
        ),
        [
            " > 1. 深化医改 / 推进医共体建设⏎实施药品集采 | responsible:县卫健局、县医保局 | ",
            " > 2. 强化教育 / 新增学位1000个 | responsible:县教育局 | ",
        ],
    ),
    "a group cell without ordinal, serials per step": Made(
        page(
            row("目标任务", "序号", "具体措施", "牵头单位")
            + row("2x1:打造品质教育", "1", "新建学校2所", "教育局")
            + row("2", "引进教师60名", "教育局")
            + row("2x1:打造健康城市", "3", "建设卫生院1家", "卫健局")
            + row("4", "建设疾控中心", "卫健局")
        ),
        [
            "打造品质教育 > 1. 新建学校2所 /  | lead:教育局 | ",
            "打造品质教育 > 2. 引进教师60名 /  | lead:教育局 | ",
            "打造健康城市 > 3. 建设卫生院1家 /  | lead:卫健局 | ",
            "打造健康城市 > 4. 建设疾控中心 /  | lead:卫健局 | ",
        ],
    ),
    "a serial that numbers the group": Made(
        page(
            row("序号", "领域", "任务内容", "责任单位")
            + row("2x1:1", "2x1:教育", "新建学校2所，完善布局", "教育局")
            + row("引进教师60名，优化结构", "教育局")
            + row("2x1:2", "2x1:健康", "建设卫生院1家并投用", "卫健局")
            + row("建设疾控中心大楼", "卫健局")
        ),
        [
            "1教育 > -. 新建学校2所，完善布局 /  | responsible:教育局 | ",
            "1教育 > -. 引进教师60名，优化结构 /  | responsible:教育局 | ",
            "2健康 > -. 建设卫生院1家并投用 /  | responsible:卫健局 | ",
            "2健康 > -. 建设疾控中心大楼 /  | responsible:卫健局 | ",
        ],
    ),
    "groups in groups": Made(
        page(
            row("序号", "任务", "责任单位")
            + row("1x3:一、经济")
            + row("1x3:（一）工业")
            + row("1", "培育企业10家", "经信局")
            + row("1x3:（二）农业")
            + row("2", "建设高标准农田", "农业农村局")
            + row("1x3:二、民生")
            + row("3", "建设养老中心", "民政局")
        ),
        [
            "1经济 > 1工业 > 1. 培育企业10家 /  | responsible:经信局 | ",
            "1经济 > 2农业 > 2. 建设高标准农田 /  | responsible:农业农村局 | ",
            "2民生 > 3. 建设养老中心 /  | responsible:民政局 | ",
        ],
    ),
    "who answers stands in the task's cell": Made(
        page(
            row("序号", "工作任务", "完成时间")
            + row("1", "推进垃圾分类。覆盖率达到95%。（责任单位：城管局、各镇）", "12月")
        ),
        [" > 1. 推进垃圾分类 / 覆盖率达到95%。 | responsible:城管局、各镇 | 12月"],
    ),
    "labels in the cell of units": Made(
        page(
            row("序号", "任务名称", "任务内容", "责任分工")
            + row("1", "推进垃圾分类", "覆盖率达到95%", "牵头单位：城管局⏎配合单位：住建局、各镇（街道）")
        ),
        [" > 1. 推进垃圾分类 / 覆盖率达到95% | lead:城管局; support:住建局、各镇（街道） | "],
    ),
    "people beside units": Made(
        copied("""
序号|重点任务|工作内容|牵头领导|牵头部门|协同部门|时间节点
1|夜间经济|新增夜市3处|张某|商务局|公安局 城管局|6月底前
2|招商|引进项目20个以上|李某|投促局|各园区|全年"""),
        [
            " > 1. 夜间经济 / 新增夜市3处 | lead:商务局; support:公安局、城管局 | 6月底前",
            " > 2. 招商 / 引进项目20个以上 | lead:投促局; support:各园区 | 全年",
        ],
    ),
    "labels in place of serials": Made(
        page(
            row("任务类别", "工作任务", "责任部门")
            + row("2x1:一、产业", "1.培育企业。新增规上企业10家。", "经信局")
            + row("2.建设园区。", "经信局")
        ),
        [
            "1产业 > 1. 培育企业 / 新增规上企业10家。 | responsible:经信局 | ",
            "1产业 > 2. 建设园区 /  | responsible:经信局 | ",
        ],
    ),
    "a goal a quarter": Made(
        page(
            row("序号", "实事项目", "年度目标", "一季度", "二季度", "牵头单位")
            + row("1", "改造老旧小区", "改造20个小区，惠及5000户", "完成设计招标", "开工10个，完成30%", "住建局")
        ),
        [" > 1. 改造老旧小区 / 改造20个小区，惠及5000户⏎完成设计招标⏎开工10个，完成30% | lead:住建局 | "],
    ),
    "steps under circled numbers": Made(
        page(
            row("序号", "任务内容", "牵头单位")
            + row("1", "加强养老服务⏎①新增床位100张。⏎②建成食堂5家。", "民政局")
            + row("2", "加强救助", "民政局")
        ),
        [" > 1. 加强养老服务 / ①新增床位100张。⏎②建成食堂5家。 | lead:民政局 | ", " > 2. 加强救助 /  | lead:民政局 | "],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    made = LAYOUTS[name]
    found = task_table(made.notice)
    assert [shown(made.notice, task) for task in found.rows] == made.expected
    assert found.unread == ()


def test_tasks_lie_in_their_rows() -> None:
    notice = LAYOUTS["serial, task, steps, lead, support, time"].notice
    for task in task_table(notice).rows:
        for span in (*task.title, *task.text):
            assert task.start <= span.start < span.end <= task.end
        assert notice.text[task.start : task.end].startswith(task.serial)
        for offices in task.offices.values():
            for office in offices:
                assert notice.text[office.start : office.end].replace("\n", "") == office.name


def test_a_table_of_tasks_goes_on() -> None:
    notice = page(
        row("序号", "工作任务", "责任单位") + row("1", "建设养老服务中心", "民政局") + "</table><p>（续表）</p><table>"
        + row("2", "建设社区食堂", "民政局") + row("3", "培训护理人员", "人社局")
    )  # fmt: skip
    found = task_table(notice, 1)
    assert (found.goes_on, [task.ordinal for task in found.rows]) == (True, [2, 3])


def test_rows_that_give_no_task_are_told() -> None:
    notice = page(
        row("序号", "工作任务", "具体举措", "责任单位")
        + row("1", "建设养老服务中心", "新建5家", "民政局")
        + row("2", "", "", "民政局")
    )
    found = task_table(notice)
    assert [task.ordinal for task in found.rows] == [1]
    assert [notice.text[span.start : span.end] for span in found.unread] == ["2\n民政局"]
    assert "工作任务: text" in found.columns


@pytest.mark.parametrize(
    "rows",
    [
        row("序号", "指标", "单位", "目标值", "责任单位") + row("1", "床位", "张", "80", "民政局"),
        row("序号", "工作任务", "目标值", "责任单位")
        + row("1", "建设养老服务中心", "5", "民政局")
        + row("2", "建设社区食堂", "8", "民政局"),
        row("序号", "姓名", "职务", "联系电话") + row("1", "张某", "主任", "88881234"),
        row("序号", "项目名称", "建设内容", "总投资", "责任单位") + row("1", "水厂", "扩建", "3亿元", "水务公司"),
        row("单位名称", "") + row("联系人", "") + row("地址", ""),
    ],
    ids=["targets", "tasks with numbers", "contacts", "projects", "form"],
)
def test_other_tables_hold_no_tasks(rows: str) -> None:
    notice = page(rows)
    assert all(read_task_table(notice, table) is None for table in tables(notice))


def test_hundreds_of_rows_take_no_time() -> None:
    lines = "".join(
        row(str(n), f"任务{n}。落实各项措施。", "新增床位100张。" * 5, "区教育局、区民政局") for n in range(1, 600)
    )
    notice = page(row("序号", "工作任务", "具体举措", "责任单位") + lines)
    assert len(task_table(notice).rows) == 599


def test_projects_with_what_is_built_and_by_when_are_tasks() -> None:
    by_when = page(
        row("序号", "项目名称", "建设内容及规模", "总投资（万元）", "2024年计划投资（万元）", "责任单位", "完成时限")
        + row("1", "县一中扩建", "新建教学楼1.2万平方米，新增学位1500个", "6800", "4200", "县教育局", "2024年8月")
    )
    found = task_table(by_when)
    assert [shown(by_when, task) for task in found.rows] == [
        " > 1. 县一中扩建 / 新建教学楼1.2万平方米，新增学位1500个 | responsible:县教育局 | 2024年8月"
    ]
    assert [(remark.code, remark.severity) for remark in found.remarks] == [
        ("column_left_out", "info"),
        ("column_left_out", "warning"),
    ]
    assert [by_when.text[span.start : span.end] for span in found.left_out] == ["6800", "4200"]
    in_steps = page(
        row("序号", "项目名称", "建设内容", "年度计划投资（万元）", "一季度", "二季度", "责任单位")
        + row("1", "管网改造", "改造管网36公里", "12500", "改造5公里", "完成招标", "县城管局")
        + row("2", "产业园", "新建厂房12万平方米", "38000", "完成基础施工", "主体封顶", "县经开中心")
    )
    found = task_table(in_steps)
    assert [shown(in_steps, task) for task in found.rows] == [
        " > 1. 管网改造 / 改造管网36公里⏎改造5公里⏎完成招标 | responsible:县城管局 | ",
        " > 2. 产业园 / 新建厂房12万平方米⏎完成基础施工⏎主体封顶 | responsible:县经开中心 | ",
    ]
    assert [remark.code for remark in found.remarks] == ["column_left_out", "period_of_column"]


def test_the_first_unit_leads_where_the_heading_says_so() -> None:
    notice = page(
        row("序号", "任务名称", "主要内容", "责任单位⏎（第一个为牵头单位）")
        + row("1", "建设算力中心", "部署标准机架200个，加强运行维护。", "县数据局、县财政局")
        + row("2", "建设数字乡村", "建成示范村8个，培训电商人才1200人次。", "县农业农村局")
    )
    assert [shown(notice, task).split(" | ")[1] for task in task_table(notice).rows] == [
        "lead:县数据局; responsible:县财政局",
        "lead:县农业农村局",
    ]
    assert find_lead_rules(notice).checks == []
    letter = page(row("序号", "工作任务") + row("1", "建设学校。"), "涉及多个单位的，列在首位的为牵头单位。")
    assert [(check["code"], check["severity"]) for check in find_lead_rules(letter).checks] == [("lead_rule", "warning")]


def test_what_another_area_is_to_do_is_in_no_task() -> None:
    def made(other: str, own: str) -> Notice:
        return page(
            row("序号", "工作任务", other, own, "责任单位")
            + row("1", "提升就业质量", "全市新增就业6万人以上", "新增就业4500人以上", "人社局")
        )

    notice = made("市级目标", "我县目标")
    found = task_table(notice)
    assert shown(notice, found.rows[0]) == " > 1. 提升就业质量 / 新增就业4500人以上 | responsible:人社局 | "
    assert [(remark.code, remark.severity) for remark in found.remarks] == [("column_left_out", "warning")]
    assert [remark.code for remark in task_table(made("全市目标", "全县目标")).remarks] == ["areas_not_told_apart"]


def test_sections_of_a_table_keep_their_ordinals_before_what_follows_it() -> None:
    def group(title: str) -> str:
        return f'<tr><td colspan="4">{title}</td></tr>'

    rows = (
        row("序号", "项目名称", "建设内容及年度目标", "责任单位")
        + group("一、教育惠民") + row("1", "扩充学位", "新增学位1350个。", "县教育局")
        + group("二、就业惠民") + row("2", "稳定就业", "新增就业3600人。", "县人社局")
    )  # fmt: skip
    lines = [f"<table>{rows}</table>", "有关工作要求：", "（一）压实责任。每季度召开1次推进会。", "（二）加强督办。每月报送1次进展。"]
    found = pages.tables(lines)
    assert [section["section_id"] for section in found["sections"] if section["title"]] == ["s1", "s2"]
    assert [task["task_id"] for task in found["tasks"]] == ["t1.1", "t2.2", "t1", "t2"]
