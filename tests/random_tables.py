"""Tables of words as notices have them, made by Hypothesis: columns of many kinds in many orders, merged and broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.copies import Drawing, Drawn

NAMES = [line.split("|") for line in """
城镇新增就业人数|人|8000
职业技能培训人次|人次|6000以上
城镇调查失业率|%|5.5以内
区域内住院就诊率|%|≥86
每千人口执业(助理)医师数|人|3.6
每千人口拥有3岁以下婴幼儿托位数|个|4.6
普惠性幼儿园覆盖率|%|93
人均预期寿命|岁|82.5
婴儿死亡率|‰|<3.5
护理型养老床位占比|%|62
社区助餐服务点|家|52
保障性租赁住房筹集套数|套|1700
最低生活保障标准|元/月|1150
人均体育场地面积|平方米|2.85
新建改建农村公路|公里|45
农村生活污水治理率|%|不低于62
新增公共停车位|个|1500
一般公共预算收入|亿元|118
高标准农田建设|万亩|3.2
送戏下乡场次|场|310
新建城市书房|座|2
开工棚户区改造|套|3170
市级以上文明村占比|%|75%以上
耕地保有量|万亩|不低于上年
单位能耗降低|%|完成省任务
“两癌”筛查|人次|12000
全员劳动生产率|万元/人|21.5
孕产妇死亡率|1/10万|<8
“15分钟健身圈”覆盖率|%|100
0-3岁儿童发育监测筛查率|%|≥86
""".split()]  # fmt: skip
OFFICES = (
    "区教育局 区卫生健康局 区民政局 区人力社保局 区医保局 区住建局 区文广旅体局 区残联 区发展改革局 区统计局 区财政局 区农业农村局"
    " 区交通运输局 区综合执法局 区市场监管局 区应急管理局 区政务服务中心 区妇联 区总工会 区委宣传部 区公安分局 各镇(街道)"
).split()
TOPICS = "幼有所育 学有所教 劳有所得 病有所医 公共教育 就业创业 医疗健康 养老托育 住房保障 文化体育 社会救助 基本公共服务".split()
TASKS = [line.split("|") for line in """
扩大普惠托育供给|支持有条件的幼儿园开设托班,新增托位450个,普惠托位占比达到80%以上。
推进老旧小区改造|完成12个老旧小区改造,惠及居民1460户;加装电梯20台。
提升应急救援能力|建成镇级综合应急救援站6个,开展培训演练30场。
优化就业服务|举办招聘会60场,提供岗位1.2万个,城镇新增就业8000人以上。
完善养老服务体系|新建康养联合体3个,改造提升床位150张,老年食堂20家。
改善出行条件|改造提升农村公路45公里,新建公交候车亭30个。
优化营商环境|推行一件事集成服务30项,政务服务满意度保持在98%以上。
改善人居环境|创建美丽庭院2000户,农村生活污水治理率提高到62%。
""".split()]  # fmt: skip
CHOICES = {
    "property": ["预期性", "约束性"],
    "person": "王东 李建华 陈丽 赵国平 周敏 黄志强".split(),
    "time": "2024年12月底前 2024年11月 12月底 全年 长期推进 2024年第三季度 6月底前".split(),
}
YEARS = ["2022年现状值", "2023年目标", "2024年目标", "2025年目标"]
HEADINGS = {
    "serial": ["序号", "编号"], "domain": ["领域", "类别"], "name": ["指标", "指标名称"], "unit": ["单位", "计量单位"],
    "value": ["目标值", "2024年目标值"], "office": ["责任单位", "责任部门"], "property": ["属性"], "person": ["分管领导"],
    "time": ["完成时限", "完成时间"], "title": ["工作任务", "重点任务"], "text": ["具体举措", "工作内容"],
}  # fmt: skip


@st.composite
def layouts(draw: st.DrawFn) -> list[str]:
    """The kinds of the columns of a table, in order."""
    if draw(st.integers(0, 3)):
        values = draw(st.sampled_from([1, 1, 1, 2, 3, 4]))
        columns = ["name", *["unit"] * draw(st.booleans()), *["value"] * values]
        columns += ["property"] * (draw(st.integers(0, 5)) == 0)
        offices = draw(st.sampled_from([["office"], ["office"], [], ["office", "office"]]))
        columns = [columns[0], *offices, *columns[1:]] if draw(st.integers(0, 7)) == 0 else [*columns, *offices]
    else:
        columns = [
            *draw(st.sampled_from([["title", "text"], ["text"]])),
            *["office"] * draw(st.sampled_from([1, 1, 2])),
        ]
    columns += [kind for kind in ("person", "time") if draw(st.integers(0, 5)) == 0]
    grouping = draw(st.sampled_from([["serial"], ["serial"], ["domain", "serial"], ["serial", "domain"]]))
    return [*grouping, *columns]


def _heading(columns: Sequence[str], at: int, draw: st.DrawFn) -> str:
    kind = columns[at]
    if kind == "value" and columns.count("value") > 1:
        return YEARS[columns[:at].count("value")]
    if kind == "office" and columns.count("office") > 1:
        return "配合单位" if "office" in columns[:at] else "牵头单位"
    return draw(st.sampled_from(HEADINGS[kind]))


def _broken(text: str, width: int) -> tuple[str, ...]:
    """A text broken at a width as pages break: not before 、 or a closing bracket, not behind an opening one."""
    lines = []
    while width and len(text) > width:
        end = width
        while end < len(text) and text[end] in ")、”,.%":
            end += 1
        while end > 1 and text[end - 1] in "(“":
            end -= 1
        lines.append(text[:end])
        text = text[end:]
    return (*lines, *[text] * bool(text))


@st.composite
def tables(draw: st.DrawFn) -> Drawing:
    """A table of 4 to 12 rows."""
    columns = draw(layouts())
    count = draw(st.integers(4, 12))
    merges_offices = draw(st.integers(0, 3)) == 0
    name_width, office_width = draw(st.sampled_from([0, 0, 11])), draw(st.sampled_from([0, 0, 4]))
    topic_width = draw(st.sampled_from([0, 0, 2]))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=count, max_size=count, unique_by=lambda name: name[0]))
    topics = iter(draw(st.permutations(TOPICS)))
    pool = draw(st.lists(st.sampled_from(OFFICES), min_size=5, max_size=5, unique=True))
    cells = {(0, at): Drawn(0, at, 1, 1, (_heading(columns, at, draw),)) for at in range(len(columns))}
    above: dict[int, tuple[int, int]] = {}  # column → the cell that may reach down
    left = 0  # how many rows of the topic are to come
    for row in range(1, count + 1):
        opens = "domain" in columns and not left
        left = (left or draw(st.integers(1, 4))) - 1
        name, unit, value = names[row - 1]
        title, text = draw(st.sampled_from(TASKS))
        for at, kind in enumerate(columns):
            leads = kind == "office" and columns[at - 1] != "office"
            is_merged = kind == "domain" or leads and merges_offices and at in above and draw(st.booleans())
            if is_merged and not opens:
                cell = cells[above[at]]
                cells[above[at]] = replace(cell, row_span=row - cell.row + 1)
                continue
            if kind == "domain":
                lines = _broken(next(topics), topic_width)
            elif kind == "office":
                offices = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
                if (
                    merges_offices
                    and at in above
                    and cells[above[at]].lines == _broken("、".join(offices), office_width)
                ):
                    offices = [office for office in pool if office not in offices]
                lines = _broken("、".join(offices), office_width)
            elif kind == "name":
                lines = _broken(name if "unit" in columns else f"{name}({unit})", name_width)
            elif kind in CHOICES:
                lines = (draw(st.sampled_from(CHOICES[kind])),)
            else:
                lines = ({"serial": str(row), "unit": unit, "value": value, "title": title, "text": text}[kind],)
            cells[row, at] = Drawn(row, at, 1, 1, lines)
            above[at] = (row, at)
    return Drawing(count + 1, len(columns), tuple(cells[place] for place in sorted(cells)))
