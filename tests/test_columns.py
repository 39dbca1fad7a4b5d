"""What a table is and what its columns hold, by headings and cells."""

from __future__ import annotations

import random

import pytest

from extract.model import Notice
from normalize import vocabulary
from normalize.cell_kinds import value_of
from normalize.column_values import read_value
from normalize.columns import TableReading, read_table
from normalize.headings import read_heading
from tests.made_tables import copied, page, row, tables


def reading(notice: Notice, number: int = 0) -> TableReading:
    return read_table(notice, tables(notice)[number])


def roles(notice: Notice) -> list[str]:
    return [column.role for column in reading(notice).columns]


def codes(notice: Notice) -> set[str]:
    return {remark.code for remark in reading(notice).remarks}


# --- value cells ---


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("82", [("", "=", "82", "", "")]),
        ("≥86", [("", ">=", "86", "", "")]),
        ("＞95％", [("", ">", "95", "", "%")]),
        ("<3.5", [("", "<", "3.5", "", "")]),
        ("88以上", [("", ">=", "88", "", "")]),
        ("95%（含）以上", [("", ">=", "95", "", "%")]),
        ("3.8以内", [("", "<=", "3.8", "", "")]),
        ("不低于96", [("", ">=", "96", "", "")]),
        ("控制在3.5%以内", [("", "<=", "3.5", "", "%")]),
        ("力争达到90%左右", [("", "~", "90", "", "%")]),
        ("1.8万人次", [("", "=", "1.8", "", "万人次")]),
        ("25,248", [("", "=", "25248", "", "")]),
        ("10%—12%", [("", "=", "10", "12", "%")]),
        ("1-2家", [("", "=", "1", "2", "家")]),
        ("1000余人", [("", "~", "1000", "", "人")]),
        ("-4", [("", "=", "-4", "", "")]),
        ("由50元提高到60元", [("", "=", "60", "", "元")]),
        ("两家", [("", "=", "2", "", "家")]),
        ("万分之7.3", [("", "=", "7.3", "", "‱")]),
        ("职工82城乡居民62", [("职工", "=", "82", "", ""), ("城乡居民", "=", "62", "", "")]),
        ("小学≤36.8\n初中≤63.5", [("小学", "<=", "36.8", "", ""), ("初中", "<=", "63.5", "", "")]),
        ("82%（职工）、62%（居民）", [("职工", "=", "82", "", "%"), ("居民", "=", "62", "", "%")]),
        ("城镇82、农村62%", [("城镇", "=", "82", "", "%"), ("农村", "=", "62", "", "%")]),
        ("省级3家市级5家", [("省级", "=", "3", "", "家"), ("市级", "=", "5", "", "家")]),
        ("镇5村3", [("镇", "=", "5", "", ""), ("村", "=", "3", "", "")]),
        ("1700（其中公租房500）", [("", "=", "1700", "", ""), ("公租房", "=", "500", "", "")]),
    ],
)  # fmt: skip
def test_value_cells(cell: str, expected: list[tuple[str, ...]]) -> None:
    items = read_value(cell).items
    found = [
        (i.component, i.comparator, str(i.value), "" if i.value_to is None else str(i.value_to), i.unit) for i in items
    ]
    assert found == expected


@pytest.mark.parametrize(
    "cell",
    [
        "8 0", "5. 4 %", "1.56:1", "3:4:3", "100/90", "2023年底", "2023-2025", "14+14", "5G基站200个", "前3名", "82和62", "60%\n70%",
        "高于全市平均2个百分点", "建成5个中心,培训200人", "≤95以上", "90%-", "12月底", "3家以上省级", "PM2.5", "省定标准90%",
    ],
)  # fmt: skip
def test_cells_that_are_not_read_for_certain(cell: str) -> None:
    assert read_value(cell).state == "unread"


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("—", "nothing"),
        ("/", "nothing"),
        ("", "nothing"),
        ("全覆盖", "words"),
        ("完成上级任务", "words"),
        ("建成一批", "words"),
        ("三级", "words"),
    ],
)
def test_cells_without_numbers(cell: str, state: str) -> None:
    assert read_value(cell).state == state


def test_no_reading_leaves_a_number_out() -> None:
    pieces = [
        "12", "3.5", "1,234", "2023", "年", "%", "万", "人次", "个", "元/人", "职工", "居民", "其中", "(", ")", "≥", "≤", "以上", "左右", "约", "达到",
        "增长", "新增", "-", "—", "至", "提高到", "、", "；", "\n", " ", "/", ":", "+", "第", "前", "每", "镇", "村", "小学", "和", "百分之", "余",
    ]  # fmt: skip
    random_ = random.Random(7)
    read = 0
    for _ in range(4000):
        cell = "".join(random_.choice(pieces) for _ in range(random_.randint(1, 8)))
        items = read_value(cell).items
        if not items or not any(char.isdigit() for char in cell):
            continue
        read += 1
        numbers = cell
        for item in items:
            numbers = numbers[: item.start] + "·" * (item.end - item.start) + numbers[item.end :]
            assert cell[item.start : item.end].strip()
        assert not any(char.isdigit() for char in numbers), cell
    assert read > 50


# --- headings ---


@pytest.mark.parametrize(
    ("heading", "role", "kind", "year", "unit"),
    [
        ("序　号", "serial", "", None, ""),
        ("指  标", "name", "", None, ""),
        ("2023年⏎目标值（万人）", "value", "target", 2023, "万人"),
        ("2022年（基期）", "value", "baseline", 2022, ""),
        ("2022年实际完成", "value", "actual", 2022, ""),
        ("二〇二五年目标", "value", "target", 2025, ""),
        ("到2027年", "value", "", 2027, ""),
        ("“十四五”末目标值", "value", "target", 2025, ""),
        ("全市牵头单位", "lead", "", None, ""),
        ("协同配合责任单位", "support", "", None, ""),
        ("市政府⏎分管领导", "people", "", None, ""),
        ("指标属性", "property", "", None, ""),
        ("镇（街道）", "place", "", None, ""),
        ("城镇登记失业率（%）", "", "", None, "%"),
    ],
)
def test_headings(heading: str, role: str, kind: str, year: int | None, unit: str) -> None:
    found = read_heading(heading.replace("⏎", "\n"))
    assert (found.roles[0] if found.roles else "", found.kind, found.year, found.unit) == (role, kind, year, unit)


def test_every_heading_of_the_list_is_read() -> None:
    for entry in vocabulary.entries("column_headings"):
        assert read_heading(entry["example"].removeprefix("列标题:")).roles == tuple(entry["roles"].split()), entry[
            "heading"
        ]


# --- columns ---

_PLAIN = (
    row("序号", "领域", "指标", "单位", "2024年目标值", "责任单位")
    + row("1", "2x1:养老", "新增床位", "张", "120", "区民政局")
    + row("2", "食堂覆盖率", "%", "≥90", "区民政局")
)


def test_columns_are_found_whatever_their_order() -> None:
    headings = ["序号", "指标", "单位", "目标值", "牵头单位", "配合单位", "属性", "备注"]
    cells = [
        ["1", "新增床位", "张", "120", "区民政局", "区财政局", "预期性", "省下达"],
        ["2", "食堂覆盖率", "%", "≥90", "区民政局", "各镇", "约束性", ""],
    ]
    expected = ["serial", "name", "unit", "value", "lead", "support", "property", "note"]
    order = list(range(len(headings)))
    random_ = random.Random(3)
    for _ in range(12):
        random_.shuffle(order)
        notice = page("".join(row(*(line[index] for index in order)) for line in (headings, *cells)))
        assert roles(notice) == [expected[index] for index in order]
        assert reading(notice).kind == "targets"


def test_a_heading_of_units_means_what_its_cells_are() -> None:
    notice = page(
        row("指标", "单位", "指标值", "单位")
        + row("新增床位", "张", "120", "区民政局")
        + row("新建书房", "座", "3", "区文旅局")
    )
    assert roles(notice) == ["name", "unit", "value", "responsible"]


def test_headings_over_two_rows() -> None:
    notice = page(
        row("2x1:领域", "1x3:2023年指标目标", "2x1:责任单位") + row("序号", "指  标", "目标值")
        + row("养老", "1", "新增床位（张）", "120", "区民政局") + row("就业", "2", "新增就业（人）", "900", "区人社局")
    )  # fmt: skip
    assert roles(notice) == ["domain", "serial", "name", "value", "responsible"]
    assert reading(notice).columns[3].year == 2023


def test_headings_over_two_rows_whose_merges_were_lost() -> None:
    notice = copied("""
| 领域 | 2023年指标目标 | | | 责任单位 |
| | 序号 | 指标 | 目标值 | |
| 养老 | 1 | 新增床位（张） | 120 | 区民政局 |
| 就业 | 2 | 新增就业（人） | 900 | 区人社局 |""")
    assert roles(notice) == ["domain", "serial", "name", "value", "responsible"]


def test_headings_one_fewer_than_the_cells() -> None:
    notice = page(
        row("指标名称", "单位", "目标值", "责任单位")
        + row("1", "新增床位", "张", "120", "区民政局")
        + row("2", "新建书房", "座", "3", "区文旅局"),
        "2024年度目标任务表",
    )
    assert roles(notice) == ["serial", "name", "unit", "value", "responsible"]
    assert "heading_missing" in codes(notice)


def test_no_headings_at_all_are_told() -> None:
    rows = row("1", "新增床位", "张", "120", "区民政局") + row("2", "新建书房", "座", "3", "区文旅局")
    notice = page(rows, "2024年目标任务")
    assert roles(notice) == ["serial", "name", "unit", "value", "responsible"]
    assert "headings_missing" in codes(notice)
    assert reading(page(rows)).kind == "other"


def test_rows_of_titles_groups_and_notes() -> None:
    notice = page(
        row("1x3:2024年目标任务分解表") + row("1x3:单位：万人") + row("序号", "指标", "目标值") + row("1x3:（一）就业") + row("1", "新增就业", "1.2")
        + row("序号", "指标", "目标值") + row("（二）", "社保", "") + row("2", "参保人数", "10") + row("1x3:注：指标2为省下达。")
    )  # fmt: skip
    found = reading(notice)
    assert [r.kind for r in found.rows] == [
        "title",
        "title",
        "header",
        "group",
        "data",
        "header",
        "group",
        "data",
        "note",
    ]
    assert (found.kind, found.caption_unit) == ("targets", "万人")


@pytest.mark.parametrize(
    ("rows", "caption"),
    [
        (row("序号", "项目名称", "建设规模", "总投资（万元）", "年度计划投资（万元）", "责任单位") + row("1", "水厂扩建", "日供水5万吨", "12000", "3000", "水务公司"), "2024年重点项目计划表"),
        (row("序号", "考核内容", "评分标准", "分值") + row("1", "组织领导", "成立领导小组得2分", "5"), "2024年度目标考核评分表"),
        (row("序号", "单位", "姓名", "联系电话") + row("1", "教育局", "张某", "88881234"), ""),
        (row("序号", "姓名", "得票") + row("1", "张某", "120"), ""),
        (row("序号", "项目名称", "计价单位", "价格（元）") + row("1", "挂号费", "次", "10"), ""),
        (row("序号", "名称", "单位", "数量") + row("1", "帐篷", "顶", "10"), "物资清单"),
        (row("地区", "户籍人口（万人）", "面积（平方公里）") + row("甲镇", "3.2", "56") + row("乙镇", "4.2", "76"), "表2 人口情况"),
        (row("序号", "指标", "单位", "2023年实际完成") + row("1", "床位", "张", "80"), "2023年完成情况"),
        (row("指标", "单位", "目标值") + row("床位", "张", "") + row("学位", "个", ""), ""),
        (row("序号", "人员类别", "参保渠道") + row("1", "居民", "到镇街办理") + row("2", "学生", "由学校办理"), ""),
    ],
    ids=["projects", "scores", "contacts", "ballot", "fees", "stock", "statistics", "results", "form", "rules"],
)  # fmt: skip
def test_tables_that_are_of_no_targets(rows: str, caption: str) -> None:
    found = reading(page(rows, caption))
    assert found.kind == "other"
    assert found.reason


@pytest.mark.parametrize(
    ("heading", "rest", "area"),
    [
        ("市场主体目标数", "市场主体", ""), ("应急床位目标数", "应急床位", ""), ("省级示范校任务数", "省级示范校", ""),
        ("全市规上企业目标数", "规上企业", "全市"), ("我县新增就业目标（人）", "新增就业", "我县"), ("各镇目标值", "", ""),
        ("主要预期目标", "", ""), ("2025年全省", "", "全省"), ("市下达我县任务", "", "市下达我县"),
    ],
)  # fmt: skip
def test_names_in_headings_stay_whole(heading: str, rest: str, area: str) -> None:
    read = read_heading(heading)
    assert (read.rest, read.area) == (rest, area)


@pytest.mark.parametrize(
    ("heading", "year", "relative"),
    [("较上年增长", None, None), ("2026年比2025年增长", 2026, None), ("比2025年", None, None), ("上年完成", None, -1)],
)
def test_what_a_rate_is_measured_against_is_not_its_year(heading: str, year: int | None, relative: int | None) -> None:
    read = read_heading(heading)
    assert (read.year, read.relative) == (year, relative)


def test_shares_with_nothing_done_beside_them_are_told() -> None:
    lines = row("甲镇", "310", "12.5") + row("乙镇", "280", "11")
    told = page(row("2x1:乡镇", "1x2:税收") + row("任务（万元）", "占比（%）") + lines, "目标任务分解表")
    assert "column_not_understood" in codes(told)
    done = page(row("2x1:乡镇", "1x3:税收") + row("任务（万元）", "完成（万元）", "占比（%）") + row("甲镇", "310", "30", "9"), "目标任务分解表")
    assert "column_not_understood" not in codes(done)


def test_projects_that_are_read_as_nothing_are_told() -> None:
    headings = row("序号", "项目名称", "建设规模", "总投资（万元）", "责任单位")
    assert codes(page(headings + row("1", "水厂扩建", "日供水5万吨", "12000", "水务公司"))) == {"projects_unread"}


def test_a_table_that_seems_to_be_of_targets_is_reported() -> None:
    notice = page(
        row("序号", "镇（街道）", "任务数（人）") + row("1", "甲镇", "100") + row("2", "乙镇", "90"),
        "2024年目标任务分解表",
    )
    assert reading(notice).kind == "other"
    assert "columns_not_understood" in codes(notice)


def test_what_the_values_are_decides_between_targets_and_tasks() -> None:
    headings = row("序号", "工作任务", "目标值", "牵头单位")
    numbers = page(headings + row("1", "提升托育服务", "450", "区卫健局") + row("2", "完善养老服务", "≥5", "区民政局"))
    prose = page(
        headings
        + row("1", "提升托育服务", "新增托位450个，普惠率达到80%", "区卫健局")
        + row("2", "完善养老服务", "建成综合服务中心5个", "区民政局")
    )
    assert (reading(numbers).kind, reading(prose).kind) == ("targets", "tasks")


def test_indicators_across() -> None:
    notice = page(
        row("2x1:镇（街道）", "1x3:城镇新增就业（人）", "1x2:参保率（%）") + row("任务", "进度", "完成比例", "任务", "进度")
        + row("甲镇", "100", "50", "50%", "99", "98") + row("乙街道", "200", "90", "45%", "99", "97.5"),
        "目标任务分解表",
    )  # fmt: skip
    found = reading(notice)
    assert found.is_across
    assert [(c.role, c.name, c.kind) for c in found.columns] == [
        ("place", "", ""), ("value", "城镇新增就业(人)", "target"), ("value", "城镇新增就业(人)", "actual"), ("progress", "", ""),
        ("value", "参保率(%)", "target"), ("value", "参保率(%)", "actual"),
    ]  # fmt: skip


def test_a_table_goes_on_without_headings() -> None:
    notice = page(
        row("序号", "指标", "目标值")
        + row("1", "床位（张）", "9")
        + "</table><p>（续表）</p><table>"
        + row("2", "参保率（%）", "95")
        + row("3", "学位（个）", "50")
    )
    found = reading(notice, 1)
    assert (found.goes_on, found.kind) == (True, "targets")
    assert [column.role for column in found.columns] == ["serial", "name", "value"]


def test_large_and_strange_tables_take_no_time() -> None:
    cells = "".join(row(str(index), "甲1个" * 20, "1、" * 30, "职工82城乡居民62") for index in range(1, 400))
    notice = page(row("序号", "指标", "单位", "目标值") + cells)
    value_of.cache_clear()
    assert reading(notice).kind == "targets"
