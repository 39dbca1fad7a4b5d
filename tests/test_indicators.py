"""Tables of targets as rows of ``indicators``: layouts of many kinds, each with the rows that a reader would write."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extract import read_bytes, read_notice
from extract.model import Notice
from normalize import normalize
from normalize.indicators import PlacedTable, find_indicators
from normalize.numerals import find_numerals
from normalize.results import Result
from tests.made_tables import copied, page, row, tables
from tests.scoring.tables import score_keyed

NOTICES = Path(__file__).parent / "notices"


def find(notice: Notice, year: int | None = 2024, domain: str = "") -> Result:
    return find_indicators(notice, [PlacedTable(table, domain, "") for table in tables(notice)], year)


def rows(result: Result) -> list[dict[str, Any]]:
    return result.tables.get("indicators", [])


def codes(result: Result, *severities: str) -> list[str]:
    return [check["code"] for check in result.checks if check["severity"] in (severities or ("warning", "error"))]


def lost_digits(notice: Notice, result: Result) -> list[str]:
    """The numerals of its tables that nothing claims."""
    numerals = find_numerals(notice, result.owned, [])
    inside = [(table.start, table.end) for table in tables(notice)]
    return [n["surface"] for n in numerals if n["class"] == "other" and any(a <= n["start"] < b for a, b in inside)]


@dataclass(frozen=True)
class Made:
    """A made table, and its rows as ``shown``."""

    notice: Notice
    expected: list[str]
    year: int | None = 2024


def shown(cells: dict[str, Any]) -> str:
    """A row in one line, to be compared with what a reader wrote down."""
    core = "★" if cells["is_core"] else ""
    value = f"{cells['comparator']}{cells['value']}" + (f"..{cells['value_to']}" if cells["value_to"] != "" else "")
    units = "; ".join(
        f"{role}:{cells[f'{role}_units']}" for role in ("lead", "responsible", "support") if cells[f"{role}_units"]
    )
    kind = "" if cells["value_kind"] == "target" else cells["value_kind"]
    parts = (
        cells["indicator_id"],
        cells["domain"],
        core + cells["name"],
        cells["component"],
        cells["period"],
        kind,
        value,
        cells["unit"],
        units,
    )
    return " | ".join(str(part) for part in parts)


LAYOUTS = {
    "merged domains, stars, wrapped cells": Made(
        page(
            row("2x1:领域", "1x3:2024年指标目标", "2x1:责任单位")
            + row("序号", "指标", "目标值")
            + row("2x1:幼有⏎善育", "1", "★每千人口拥有3岁以下⏎婴幼儿托位数（个）", "4", "区卫生⏎健康局")
            + row("2", "普惠托位占比（%）", "≥80", "区教育局、区妇联")
            + row("老有康养", "3", "参保人数（含退休人员）（万人）", "43.7", "区人社局")
        ),
        [
            "i1.1 | 幼有善育 | ★每千人口拥有3岁以下婴幼儿托位数 |  | 2024 |  | =4 | 个 | responsible:区卫生健康局",
            "i1.2 | 幼有善育 | 普惠托位占比 |  | 2024 |  | >=80 | % | responsible:区教育局、区妇联",
            "i1.3 | 老有康养 | 参保人数（含退休人员） |  | 2024 |  | =43.7 | 万人 | responsible:区人社局",
        ],
    ),
    "a column a year": Made(
        page(
            row("序号", "指  标", "2022年⏎（基期）", "2023年", "2024年", "2025年")
            + row("1", "就诊率（%）", "84.6", "85.5", "", "≥90")
            + row("2", "死亡率（‰）", "1.86", "<3.5", "<3.5", "<3")
        ),
        [
            "i1.1 |  | 就诊率 |  | 2022 | baseline | =84.6 | % | ",
            "i1.1 |  | 就诊率 |  | 2023 |  | =85.5 | % | ",
            "i1.1 |  | 就诊率 |  | 2025 |  | >=90 | % | ",
            "i1.2 |  | 死亡率 |  | 2022 | baseline | =1.86 | ‰ | ",
            "i1.2 |  | 死亡率 |  | 2023 |  | <3.5 | ‰ | ",
            "i1.2 |  | 死亡率 |  | 2024 |  | <3.5 | ‰ | ",
            "i1.2 |  | 死亡率 |  | 2025 |  | <3 | ‰ | ",
        ],
        None,
    ),
    "a plan with growth and sums": Made(
        page(
            row("类别", "指标", "2020年", "2025年", "年均增速[累计]", "属性")
            + row("2x1:经济", "生产总值（亿元）", "500.5", "700", "7%左右", "预期性")
            + row("新增就业（万人）", "—", "—", "[5]", "约束性"),
            "“十四五”时期主要指标",
        ),
        [
            "i1.1 | 经济 | 生产总值 |  | 2020 | baseline | =500.5 | 亿元 | ",
            "i1.1 | 经济 | 生产总值 |  | 2025 |  | =700 | 亿元 | ",
            "i1.1 | 经济 | 生产总值 | 年均增速 | 2025 |  | ~7 | % | ",
            "i1.2 | 经济 | 新增就业 |  | 2020 | baseline |  | 万人 | ",
            "i1.2 | 经济 | 新增就业 |  | 2025 |  |  | 万人 | ",
            "i1.2 | 经济 | 新增就业 | 累计 | 2025 |  | =5 | 万人 | ",
        ],
        2021,
    ),
    "group rows, leaders, lead and support": Made(
        page(
            row("序号", "指标名称", "计量单位", "2023年完成", "2024年目标", "分管领导", "牵头单位", "配合单位")
            + row("1x8:（一）经济发展（1项）")
            + row("1", "生产总值增速", "%", "6.1", "6.5—7", "张某某", "县发改局", "县经信局 县统计局")
            + row("1x8:二、加快实现“生态优美”")
            + row("2", "PM2.5平均浓度", "微克/立方米", "26", "控制在25以内", "李 某", "生态环境分局", "各镇（街道）")
        ),
        [
            "i1.1 | 经济发展 | 生产总值增速 |  | 2023 | actual | =6.1 | % | lead:县发改局; support:县经信局、县统计局",
            "i1.1 | 经济发展 | 生产总值增速 |  | 2024 |  | =6.5..7 | % | lead:县发改局; support:县经信局、县统计局",
            "i1.2 | 生态优美 | PM2.5平均浓度 |  | 2023 | actual | =26 | 微克/立方米 | lead:生态环境分局; support:各镇（街道）",
            "i1.2 | 生态优美 | PM2.5平均浓度 |  | 2024 |  | <=25 | 微克/立方米 | lead:生态环境分局; support:各镇（街道）",
        ],
    ),
    "two values in one cell": Made(
        page(
            row("序号", "指标", "单位", "目标值", "责任单位")
            + row("1", "报销比例", "%", "职工82城乡居民62", "医保局")
            + row("2", "近视率", "%", "小学≤36.8⏎初中≤63.5", "教育局⏎卫健局")
            + row("3", "保障房", "套", "1700（其中公租房500）", "住建局")
        ),
        [
            "i1.1 |  | 报销比例 | 职工 | 2024 |  | =82 | % | responsible:医保局",
            "i1.1 |  | 报销比例 | 城乡居民 | 2024 |  | =62 | % | responsible:医保局",
            "i1.2 |  | 近视率 | 小学 | 2024 |  | <=36.8 | % | responsible:教育局、卫健局",
            "i1.2 |  | 近视率 | 初中 | 2024 |  | <=63.5 | % | responsible:教育局、卫健局",
            "i1.3 |  | 保障房 |  | 2024 |  | =1700 | 套 | responsible:住建局",
            "i1.3 |  | 保障房 | 公租房 | 2024 |  | =500 | 套 | responsible:住建局",
        ],
    ),
    "a name over two rows": Made(
        page(
            row("序号", "1x2:指标", "单位", "目标值")
            + row("2x1:1", "2x1:报销比例", "职工", "%", "82")
            + row("城乡居民", "%", "62")
            + row("2", "1x2:参保率", "%", "99")
            + row("2x1:3", "2x2:近视率", "2x1:%", "小学36")
            + row("初中≤63")
            + row("4", "1x2:遗弃率", "%", "甲区5")
            + row("4", "1x2:遗弃率", "%", "乙区6")
        ),
        [
            "i1.1 |  | 报销比例 | 职工 | 2024 |  | =82 | % | ",
            "i1.1 |  | 报销比例 | 城乡居民 | 2024 |  | =62 | % | ",
            "i1.2 |  | 参保率 |  | 2024 |  | =99 | % | ",
            "i1.3 |  | 近视率 | 小学 | 2024 |  | =36 | % | ",
            "i1.3 |  | 近视率 | 初中 | 2024 |  | <=63 | % | ",
            "i1.4 |  | 遗弃率 | 甲区 | 2024 |  | =5 | % | ",
            "i1.4 |  | 遗弃率 | 乙区 | 2024 |  | =6 | % | ",
        ],
    ),
    "a name printed once over empty cells": Made(
        page(
            row("序号", "指标", "单位", "目标值", "责任单位")
            + row("1", "报销比例", "%", "职工82", "医保局")
            + row("", "", "", "居民62", "")
            + row("2", "参保率", "%", "99", "医保局")
        ),
        [
            "i1.1 |  | 报销比例 | 职工 | 2024 |  | =82 | % | responsible:医保局",
            "i1.1 |  | 报销比例 | 居民 | 2024 |  | =62 | % | responsible:医保局",
            "i1.2 |  | 参保率 |  | 2024 |  | =99 | % | responsible:医保局",
        ],
    ),
    "parts in rows of their own": Made(
        page(
            row("序号", "项目", "单位", "2024年目标", "责任单位")
            + row("1", "新增停车位", "个", "3000", "城管局")
            + row("", "其中：城区", "个", "2000", "")
            + row("", "镇区", "个", "1000", "")
            + row("2", "床位", "张", "100", "民政局")
            + row("", "#护理型", "张", "60", "卫健局")
            + row("", "#失能", "张", "20", "")
        ),
        [
            "i1.1 |  | 新增停车位 |  | 2024 |  | =3000 | 个 | responsible:城管局",
            "i1.1 |  | 新增停车位 | 城区 | 2024 |  | =2000 | 个 | responsible:城管局",
            "i1.1 |  | 新增停车位 | 镇区 | 2024 |  | =1000 | 个 | responsible:城管局",
            "i1.2 |  | 床位 |  | 2024 |  | =100 | 张 | responsible:民政局",
            "i1.2 |  | 床位 | 护理型 | 2024 |  | =60 | 张 | responsible:卫健局",
            "i1.2 |  | 床位 | 失能 | 2024 |  | =20 | 张 | responsible:民政局",
        ],
    ),
    "units here and there": Made(
        page(
            row("指标", "目标值", "责任单位")
            + row("托位占比%", "80", "教育局")
            + row("生产总值/亿元", "500", "发改局")
            + row("低保标准", "不低于1000元/人·月", "民政局")
            + row("新建公园", "两个", "园林局")
            + row("新建文化站（点）（个）", "3", "文旅局")
            + row("每10万人口医师数", "3.2人", "卫健局")
        ),
        [
            "i1.1 |  | 托位占比 |  | 2024 |  | =80 | % | responsible:教育局",
            "i1.2 |  | 生产总值 |  | 2024 |  | =500 | 亿元 | responsible:发改局",
            "i1.3 |  | 低保标准 |  | 2024 |  | >=1000 | 元/人·月 | responsible:民政局",
            "i1.4 |  | 新建公园 |  | 2024 |  | =2 | 个 | responsible:园林局",
            "i1.5 |  | 新建文化站（点） |  | 2024 |  | =3 | 个 | responsible:文旅局",
            "i1.6 |  | 每10万人口医师数 |  | 2024 |  | =3.2 | 人 | responsible:卫健局",
        ],
    ),
    "the unit above the table": Made(
        page(
            row("项目", "上年实绩", "本年计划") + row("参保人数", "10.5", "11") + row("就业人数", "1.2", "1.3"),
            "公共服务目标\n（单位：万人）",
        ),
        [
            "i1.1 |  | 参保人数 |  | 2023 | actual | =10.5 | 万人 | ",
            "i1.1 |  | 参保人数 |  | 2024 |  | =11 | 万人 | ",
            "i1.2 |  | 就业人数 |  | 2023 | actual | =1.2 | 万人 | ",
            "i1.2 |  | 就业人数 |  | 2024 |  | =1.3 | 万人 | ",
        ],
    ),
    "the unit in the heading": Made(
        page(
            row("指标", "目标值（%）", "牵头处室") + row("托位占比", "80%", "人口处") + row("入园率", "99.5", "基教处")
        ),
        [
            "i1.1 |  | 托位占比 |  | 2024 |  | =80 | % | responsible:人口处",
            "i1.2 |  | 入园率 |  | 2024 |  | =99.5 | % | responsible:基教处",
        ],
    ),
    "half-year targets, words for numbers": Made(
        copied("""
序号|指标名称|单位|上半年目标|全年目标|责任单位
1|城镇新增就业|人|600|1200|人社局
2|零就业家庭|户|动态清零|动态清零|人社局
3|技能培训|人次|1000以上|2000余|/"""),
        [
            "i1.1 |  | 城镇新增就业 | 上半年 | 2024 |  | =600 | 人 | responsible:人社局",
            "i1.1 |  | 城镇新增就业 | 全年 | 2024 |  | =1200 | 人 | responsible:人社局",
            "i1.2 |  | 零就业家庭 | 上半年 | 2024 |  |  | 户 | responsible:人社局",
            "i1.2 |  | 零就业家庭 | 全年 | 2024 |  |  | 户 | responsible:人社局",
            "i1.3 |  | 技能培训 | 上半年 | 2024 |  | >=1000 | 人次 | ",
            "i1.3 |  | 技能培训 | 全年 | 2024 |  | ~2000 | 人次 | ",
        ],
    ),
    "rows short by the domain printed once": Made(
        copied("""
领域|序号|指标|目标值|责任单位
幼有善育|1|普惠托位占比(%)|80|区教育局
2|每千人口拥有托位数(个)|4|区卫生健康局
学有优教|3|新增学位数(个)|890|区教育局
4|县域就诊率(%)|≥90"""),
        [
            "i1.1 | 幼有善育 | 普惠托位占比 |  | 2024 |  | =80 | % | responsible:区教育局",
            "i1.2 | 幼有善育 | 每千人口拥有托位数 |  | 2024 |  | =4 | 个 | responsible:区卫生健康局",
            "i1.3 | 学有优教 | 新增学位数 |  | 2024 |  | =890 | 个 | responsible:区教育局",
            "i1.4 | 学有优教 | 县域就诊率 |  | 2024 |  | >=90 | % | ",
        ],
    ),
    "full-width digits and blanks": Made(
        copied("""
| 序　号 | 指　标　名　称 | 计 量 单 位 | ２０２５年目标值 | 责 任 单 位 |
|---|---|---|---|---|
| １ | 新增床位 | 张 | １，２００ | 民政局 |"""),
        ["i1.1 |  | 新增床位 |  | 2025 |  | =1200 | 张 | responsible:民政局"],
    ),
    "districts down, three levels of headings": Made(
        page(
            row("2x1:镇（街道）", "1x3:城镇新增就业（人）", "1x2:参保率（%）")
            + row("任务", "进度", "完成比例", "任务", "进度")
            + row("甲镇", "100", "50", "50%", "99", "98")
            + row("乙街道", "200", "90", "45%", "99", "97.5"),
            "目标任务分解表",
        ),
        [
            "i1.1 |  | 城镇新增就业 | 甲镇 | 2024 |  | =100 | 人 | ",
            "i1.1 |  | 城镇新增就业 | 甲镇 |  | actual | =50 | 人 | ",
            "i1.1 |  | 城镇新增就业 | 乙街道 | 2024 |  | =200 | 人 | ",
            "i1.1 |  | 城镇新增就业 | 乙街道 |  | actual | =90 | 人 | ",
            "i1.2 |  | 参保率 | 甲镇 | 2024 |  | =99 | % | ",
            "i1.2 |  | 参保率 | 甲镇 |  | actual | =98 | % | ",
            "i1.2 |  | 参保率 | 乙街道 | 2024 |  | =99 | % | ",
            "i1.2 |  | 参保率 | 乙街道 |  | actual | =97.5 | % | ",
        ],
    ),
    "groups over the indicators across": Made(
        page(
            row("3x1:镇（街道）", "1x3:就业增收", "1x1:养老托育")
            + row("1x2:新增就业（人）", "技能培训（人次）", "新增床位（张）")
            + row("2023年⏎实际", "2024年⏎目标", "2024年⏎目标", "2024年⏎目标")
            + row("甲镇", "10", "12", "100", "30")
            + row("乙街道", "20", "≥22", "", "—"),
        ),
        [
            "i1.1 | 就业增收 | 新增就业 | 甲镇 | 2023 | actual | =10 | 人 | ",
            "i1.1 | 就业增收 | 新增就业 | 甲镇 | 2024 |  | =12 | 人 | ",
            "i1.1 | 就业增收 | 新增就业 | 乙街道 | 2023 | actual | =20 | 人 | ",
            "i1.1 | 就业增收 | 新增就业 | 乙街道 | 2024 |  | >=22 | 人 | ",
            "i1.2 | 就业增收 | 技能培训 | 甲镇 | 2024 |  | =100 | 人次 | ",
            "i1.3 | 养老托育 | 新增床位 | 甲镇 | 2024 |  | =30 | 张 | ",
            "i1.3 | 养老托育 | 新增床位 | 乙街道 | 2024 |  |  | 张 | ",
        ],
    ),
    "districts across": Made(
        page(
            row("序号", "指标", "单位", "全县", "甲镇", "乙镇") + row("1", "新增就业", "人", "300", "100", "200"),
            "2024年目标任务分解表",
        ),
        [
            "i1.1 |  | 新增就业 | 全县 | 2024 |  | =300 | 人 | ",
            "i1.1 |  | 新增就业 | 甲镇 | 2024 |  | =100 | 人 | ",
            "i1.1 |  | 新增就业 | 乙镇 | 2024 |  | =200 | 人 | ",
        ],
    ),
    "serials start anew": Made(
        page(
            row("序号", "目标任务", "单位", "任务数", "责任领导", "责任单位")
            + row("1x6:一、民生类")
            + row("1", "改造厕所", "座", "30", "王 东", "住建局")
            + row("2", "修路", "公里", "12.5", "王 东", "交通局")
            + row("1x6:二、产业类")
            + row("1", "到位资金", "亿元", "30", "李 明", "商务局")
        ),
        [
            "i1.1 | 民生类 | 改造厕所 |  | 2024 |  | =30 | 座 | responsible:住建局",
            "i1.2 | 民生类 | 修路 |  | 2024 |  | =12.5 | 公里 | responsible:交通局",
            "i1.3 | 产业类 | 到位资金 |  | 2024 |  | =30 | 亿元 | responsible:商务局",
        ],
    ),
    "several tables, one going on": Made(
        page(
            row("序号", "指标", "目标值")
            + row("1", "床位（张）", "9")
            + row("序号", "指标", "目标值")
            + row("2", "学位（个）", "50")
            + "</table><p>续表</p><table>"
            + row("序号", "指标", "目标值")
            + row("3", "参保率（%）", "95")
            + "</table><table>"
            + row("4", "公园（个）", "1,234")
            + row("5", "绿道（公里）", "8")
            + "</table><p>二、其他</p><table>"
            + row("序号", "指标", "目标值")
            + row("1", "就业（人）", "7")
        ),
        [
            "i1.1 |  | 床位 |  | 2024 |  | =9 | 张 | ",
            "i1.2 |  | 学位 |  | 2024 |  | =50 | 个 | ",
            "i1.3 |  | 参保率 |  | 2024 |  | =95 | % | ",
            "i1.4 |  | 公园 |  | 2024 |  | =1234 | 个 | ",
            "i1.5 |  | 绿道 |  | 2024 |  | =8 | 公里 | ",
            "i2.1 |  | 就业 |  | 2024 |  | =7 | 人 | ",
        ],
    ),
    "merged values, units and offices": Made(
        page(
            row("序号", "指标", "单位", "目标值", "责任单位")
            + row("1", "甲覆盖率", "2x1:%", "2x1:100", "2x1:民政局")
            + row("2", "乙覆盖率")
            + row("3", "站点", "1x2:60家", "民政局")
            + row("4", "床位", "张", "5", "同上")
        ),
        [
            "i1.1 |  | 甲覆盖率 |  | 2024 |  | =100 | % | responsible:民政局",
            "i1.2 |  | 乙覆盖率 |  | 2024 |  | =100 | % | responsible:民政局",
            "i1.3 |  | 站点 |  | 2024 |  | =60 | 家 | responsible:民政局",
            "i1.4 |  | 床位 |  | 2024 |  | =5 | 张 | responsible:民政局",
        ],
    ),
    "floor and stretch": Made(
        page(
            row("指标", "单位", "底线目标值", "挑战目标值", "责任单位")
            + row("托位", "个", "80", "100", "牵头单位：卫健局；配合单位：教育局、各镇")
        ),
        [
            "i1.1 |  | 托位 | 底线 | 2024 |  | =80 | 个 | lead:卫健局; support:教育局、各镇",
            "i1.1 |  | 托位 | 挑战 | 2024 |  | =100 | 个 | lead:卫健局; support:教育局、各镇",
        ],
    ),
    "levels of groups": Made(
        page(
            row("一级指标", "二级指标", "三级指标", "目标值")
            + row("2x1:产出", "数量", "培训人次（人次）", "≥100")
            + row("质量", "合格率（%）", "100")
        ),
        ["i1.1 | 产出 | 培训人次 |  | 2024 |  | >=100 | 人次 | ", "i1.2 | 产出 | 合格率 |  | 2024 |  | =100 | % | "],
    ),
    "tasks with numbers": Made(
        page(
            row("序号", "工作任务", "目标值", "单位", "完成时限", "牵头单位")
            + row("1", "新改建农村公路，提升通达深度", "45", "公里", "2024年12月", "县交通局")
        ),
        ["i1.1 |  | 新改建农村公路，提升通达深度 |  | 2024 |  | =45 | 公里 | lead:县交通局"],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    made = LAYOUTS[name]
    result = find(made.notice, made.year)
    assert [shown(cells) for cells in rows(result)] == made.expected
    assert lost_digits(made.notice, result) == []
    ids = [cells["value_id"] for cells in rows(result)]
    assert len(set(ids)) == len(ids)
    for cells in rows(result):
        evidence = made.notice.text[cells["start"] : cells["end"]].replace("\n", "")
        assert cells["value_text"].replace("\n", "") in evidence


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("synthetic/fenghua-2024/fenghua-2024.html", 2024),
        ("synthetic/fenghua-2024/fenghua-2024.txt", 2024),
        ("synthetic/qinghe-2023-2027/qinghe-2023-2027.htm", None),
    ],
)
def test_the_notices_with_tables_made_by_hand(path: str, year: int | None) -> None:
    notice = read_notice(NOTICES / path)
    with open((NOTICES / path).parent / "gold" / "indicators.csv", encoding="utf-8-sig", newline="") as file:
        gold = list(csv.DictReader(file))
    result = find(notice, year)
    found = [
        {column: str(cell).lower() if isinstance(cell, bool) else str(cell) for column, cell in cells.items()}
        for cells in rows(result)
    ]
    score = score_keyed("indicators", gold, found)
    assert score.mistakes == []
    assert lost_digits(notice, result) == []


def test_who_answers_is_told_for_each_indicator() -> None:
    notice = page(
        row("序号", "指标", "目标值", "牵头单位", "配合单位")
        + row("1", "床位（张）", "9", "区卫生⏎健康局", "区民政局、各镇（街道）")
        + row("2", "学位（个）", "5", "区教育局", "—")
    )
    result = find(notice)
    found = [
        (r["subject_id"], r["role"], r["position"], r["name_as_written"], notice.text[r["start"] : r["end"]])
        for r in result.tables["responsibilities"]
    ]
    assert found == [
        ("i1.1", "lead", 1, "区卫生健康局", "区卫生\n健康局"), ("i1.1", "support", 1, "区民政局", "区民政局"),
        ("i1.1", "support", 2, "各镇（街道）", "各镇（街道）"), ("i1.2", "lead", 1, "区教育局", "区教育局"),
    ]  # fmt: skip


def test_numerals_have_their_class_and_row() -> None:
    notice = page(
        row("序号", "指标", "2024年目标值", "完成时限", "权重")
        + row("1", "每千人口0-3岁托位数（个）", "4", "2024年6月", "10")
        + row("1x5:注：其余3项另行下达。")
    )
    result = find(notice)
    table = tables(notice)[0]
    classes = [
        (n["surface"], n["class"], n["row_id"])
        for n in find_numerals(notice, result.owned, [])
        if table.start <= n["start"] < table.end
    ]
    assert classes == [
        ("2024", "date", ""), ("1", "ordinal", ""), ("0", "age", ""), ("3", "age", ""), ("4", "target", "i1.1:2024:target"),
        ("2024", "date", ""), ("6", "date", ""), ("10", "descriptor", ""), ("3", "descriptor", ""),
    ]  # fmt: skip


def test_base_units_denominators_and_polarity() -> None:
    notice = page(
        row("序号", "指标", "目标值")
        + row("1", "每万名老年人拥有护理员数（人）", "27")
        + row("2", "城镇登记失业率（%）", "≤3.5")
        + row("3", "参保人数（万人）", "43.70")
        + row("4", "某事（件）", "5")
    )
    found = rows(find(notice))
    assert [(r["per"], r["polarity"], str(r["value"]), str(r["base_value"]), r["base_unit"]) for r in found] == [
        ("万名老年人", "higher", "27", "27", "人"), ("", "lower", "3.5", "3.5", "%"), ("", "higher", "43.7", "437000", "人"), ("", "", "5", "5", "件"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "unit", "code"),
    [
        ("1.56:1", "", "value_not_read"), ("8 5", "%", "value_not_read"), ("高于全市2分", "分", "value_not_read"), ("增长6", "亿元", "value_not_read"),
        ("1.8万", "万元", "value_not_read"), ("50", "亿元、%", "value_not_read"), ("", "个", "indicator_without_number"), ("—", "个", "indicator_without_number"),
    ],
)  # fmt: skip
def test_what_is_not_read_has_no_value_and_is_told(cell: str, unit: str, code: str) -> None:
    notice = page(
        row("序号", "指标", "单位", "目标值") + row("1", "生产总值", unit, cell) + row("2", "床位", "张", "5")
    )
    result = find(notice)
    assert [str(r["value"]) for r in rows(result)] == ["", "5"]
    assert rows(result)[0]["value_text"] == cell
    assert code in codes(result)
    assert lost_digits(notice, result) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["1|甲（个）|5", "2|乙（个）|5", "4|丙（个）|5"], "serial_gap"),
        (["1|甲（个）|5", "2|乙（个）|5", "2|丙（个）|5", "3|丁（个）|5"], "serial_repeated"),
        (["1|甲（个）|5", "|乙（个）|5", "2|丙（个）|5"], "serial_missing"),
        (["1|甲（个）|100", "|其中：子（个）|60", "|丑（个）|70"], "parts_exceed_whole"),
        (["1|甲覆盖率（%）|9580"], "share_above_100"),
        (["1|甲|5", "2|乙（个）|6"], "indicator_without_unit"),
        (["1|甲（人）|5%"], "units_disagree"),
        (["1|能耗（吨）|比上年下降5%"], "value_is_change"),
        (["1|社区服务站（点）|5", "2|乙（个）|6"], "unit_doubtful"),
        (["1|甲（万卡）|5"], "unknown_unit"),
        (["1||5", "2|乙（个）|6"], "row_without_name"),
    ],
)  # fmt: skip
def test_damage_is_told(cells: list[str], code: str) -> None:
    notice = page(row("序号", "指标", "目标值") + "".join(row(*line.split("|")) for line in cells))
    assert code in codes(find(notice), "warning", "info")


def test_what_a_row_lacks_is_told_of_the_row() -> None:
    notice = page(
        row("序号", "领域", "指标", "单位", "目标值", "责任单位")
        + row("1", "", "床位", "张", "9", "民政局")
        + row("2", "教育", "学位", "艘班", "5", "")
    )
    result = find(notice)
    assert {"indicator_without_domain", "unknown_unit", "indicator_without_responsible_unit"} <= set(codes(result))
    assert "indicator_without_domain" not in codes(find(notice, domain="公共服务"))
    assert [r["domain"] for r in rows(find(notice, domain="公共服务"))] == ["公共服务", "教育"]


_HEADINGS = ["序号", "领域", "指标", "单位", "2024年目标值", "责任单位"]
_LINES = [
    ["1", "养老", "新增床位", "张", "120", "民政局"],
    ["2", "养老", "食堂覆盖率", "%", "≥90", "民政局"],
    ["3", "就业", "新增就业", "万人", "1.25", "人社局"],
    ["4", "就业", "调查失业率", "%", "5.5以内", "人社局"],
]


def _read(lines: list[list[str]]) -> tuple[dict[str, tuple[str, str, str]], list[str]]:
    """Value, unit and offices by name, and what is told."""
    result = find(page(row(*_HEADINGS) + "".join(row(*line) for line in lines)))
    return {r["name"]: (str(r["value"]), r["unit"], r["responsible_units"]) for r in rows(result)}, codes(result)


@pytest.mark.parametrize("damage", ["lost", "emptied", "twice", "swapped"])
def test_a_damaged_row_gives_no_other_number_unless_it_is_told(damage: str) -> None:
    whole, told = _read(_LINES)
    assert len(whole) == 4
    assert told == []
    for number in range(len(_LINES)):
        for place in range(len(_HEADINGS)):
            line = list(_LINES[number])
            if damage == "lost":
                del line[place]
            elif damage == "emptied":
                line[place] = ""
            elif damage == "twice":
                line.insert(place, line[place])
            elif place + 1 < len(line):
                line[place], line[place + 1] = line[place + 1], line[place]
            found, told = _read([*_LINES[:number], line, *_LINES[number + 1 :]])
            assert found == whole or told, line


def test_sums_over_districts_are_checked() -> None:
    notice = page(
        row("镇街", "新增就业（人）") + row("甲镇", "10") + row("乙镇", "20") + row("合计", "40"), "目标任务分解表"
    )
    result = find(notice)
    assert "sum_differs" in codes(result)
    assert len(rows(result)) == 3


def test_signs_mean_what_a_note_says() -> None:
    notice = page(
        row("序号", "指标", "目标值")
        + row("1", "甲率（%）★", "9")
        + row("2", "▲乙率（%）", "8")
        + row("1x3:注：带▲的为约束性指标。")
    )
    assert [(r["name"], r["is_core"], r["property"]) for r in rows(find(notice))] == [
        ("甲率", True, ""),
        ("乙率", False, "约束性"),
    ]


def test_extracts_are_no_losses() -> None:
    notice = page(
        row("序号", "指标", "目标值") + "".join(row(str(n), f"指标{n}甲（个）", "5") for n in (80, 83, 91, 97))
    )
    result = find(notice)
    assert [r["seq"] for r in rows(result)] == ["80", "83", "91", "97"]
    assert "serial_gap" not in codes(result)
    assert {"serials_of_extract", "serials_start_late"} <= set(codes(result, "info"))


def test_a_lone_result_in_a_table_of_targets_is_a_target() -> None:
    notice = page(
        row("序号", "指标", "单位", "完成值", "责任单位") + row("1", "托位", "个", "80", "教育局"), "2024年度目标任务表"
    )
    result = find(notice)
    assert [(r["value_kind"], r["period"]) for r in rows(result)] == [("target", 2024)]
    assert "value_kind_assumed" in codes(result)


def test_years_behind_a_notice_give_no_targets() -> None:
    notice = page(row("指标", "单位", "2022年", "2023年") + row("床位", "张", "80", "90"))
    result = find(notice, 2024)
    assert rows(result) == []
    assert codes(result, "info") == ["table_not_of_targets"]


def test_other_tables_give_their_serials_only() -> None:
    notice = page(row("序号", "姓名", "联系电话") + row("1", "张某", "88881234") + row("2", "李某", "88885678"))
    result = find(notice)
    assert rows(result) == []
    assert [(notice.text[o.claim.start : o.claim.end], o.claim.kind) for o in result.owned] == [
        ("1", "ordinal"),
        ("2", "ordinal"),
    ]


def test_table_numbers_count_tables_of_targets() -> None:
    first = row("序号", "姓名", "联系电话") + row("1", "张某", "88881234") + "</table><p>附表</p><table>"
    notice = page(first + row("序号", "指标", "目标值") + row("1", "床位（张）", "9"))
    assert [r["indicator_id"] for r in rows(find(notice))] == ["i1.1"]


def test_hundreds_of_rows_take_no_time() -> None:
    lines = "".join(row(str(n), f"指标{n}覆盖率（%）", "职工82城乡居民62", "区教育局、区民政局") for n in range(1, 800))
    notice = page(row("序号", "指标", "目标值", "责任单位") + lines)
    assert len(rows(find(notice))) == 2 * 799


def test_no_table_no_indicators() -> None:
    result = find_indicators(copied("就业目标为1200人。"), [], 2024)
    assert (result.tables, result.owned, result.checks) == ({}, [], [])


def test_a_number_that_a_copy_left_without_a_column_is_given_to_none() -> None:
    lines = [
        "一、主要指标", "序号", "指标", "2024年", "2025年", "2026年", "1", "就业人数（人）", "100", "110", "120",
        "2", "床位数（张）", "300", "3", "学位数（个）", "50", "60", "70", "二、重点任务", "（一）加强工作。落实责任。",
    ]  # fmt: skip
    found = normalize(read_bytes("\n\n".join(lines).encode(), "copied.txt"), "copied")
    values = {(row["name"], row["period"]): row["value"] for row in found["indicators"]}
    assert values[("就业人数", 2025)] == 110
    assert not [value for (name, _), value in values.items() if name == "床位数" and value != ""]
    assert "values_unplaced" in {row["code"] for row in found["checks"]}


def test_each_row_has_its_own_offices_and_the_indicator_those_of_its_whole() -> None:
    notice = page(
        row("序号", "指标", "单位", "目标值", "牵头单位", "配合单位")
        + row("1", "参保人数", "万人", "38", "医保局", "税务局")
        + row("", "其中：职工", "万人", "5", "人社局", "")
        + row("", "居民", "万人", "33", "", "")
        + row("2", "2x1:巩固率", "%", "小学99", "2x1:教育局", "甲镇")
        + row("", "%", "初中96", "乙镇")
    )
    result = find(notice)
    assert [(r["component"], r["lead_units"], r["support_units"]) for r in rows(result)] == [
        ("", "医保局", "税务局"),
        ("职工", "人社局", ""),  # who helps with the whole is not said to help here
        ("居民", "医保局", "税务局"),
        ("小学", "教育局", "甲镇"),
        ("初中", "教育局", "乙镇"),
    ]
    named = [(r["subject_id"], r["role"], r["name_as_written"]) for r in result.tables["responsibilities"]]
    assert named == [
        ("i1.1", "lead", "医保局"),
        ("i1.1", "support", "税务局"),
        ("i1.2", "lead", "教育局"),
        ("i1.2", "support", "甲镇"),
        ("i1.2", "support", "乙镇"),
    ]
    (check,) = [check for check in result.checks if check["code"] == "parts_of_other_units"]
    assert (check["subject_id"], check["severity"], "人社局" in check["message"]) == ("i1.1", "warning", True)


@pytest.mark.parametrize(
    ("headings", "level", "expected"),
    [
        (("全市目标", "我县目标"), "", ["全市 2024 target 1", " 2024 target 2"]),
        (("全市目标", "我市目标"), "市", ["全市 2024 target 1", " 2024 target 2"]),
        (("2024年市下达任务", "2024年县级目标"), "县", ["市下达 2024 target 1", " 2024 target 2"]),
        (("省定目标", "市定目标"), "市", ["省定 2024 target 1", " 2024 target 2"]),
        (("省定目标", "市定目标"), "县", ["省定 2024 target 1", "市定 2024 target 2"]),
        (("上级下达任务", "目标值"), "县", ["上级下达 2024 target 1", " 2024 target 2"]),
        (("2023年全市完成", "2024年目标"), "县", ["全市 2023 actual 1", " 2024 target 2"]),
        # The city's own, and what a city has set for the county that issues the notice: nothing to be mistaken for.
        (("2023年全市完成", "2024年全市目标"), "市", [" 2023 actual 1", " 2024 target 2"]),
        (("2023年完成", "2024年市下达任务"), "县", [" 2023 actual 1", " 2024 target 2"]),
    ],
)
def test_values_of_another_area_are_not_the_issuers(
    headings: tuple[str, str], level: str, expected: list[str]
) -> None:
    notice = page(row("序号", "指标", "单位", *headings, "责任单位") + row("1", "新增就业", "人", "1", "2", "人社局"))
    placed = [PlacedTable(table, "", "") for table in tables(notice)]
    result = find_indicators(notice, placed, 2024, level)
    found = [f"{r['component']} {r['period']} {r['value_kind']} {r['value']}" for r in rows(result)]
    assert found == expected


def test_areas_over_years_are_told_apart() -> None:
    notice = page(
        row("2x1:指标", "2x1:单位", "全国", "全省", "1x2:本县")
        + row("2023年", "2023年", "2023年", "2024年目标")
        + row("城镇化率", "%", "67", "62.3", "48.5", "49.8")
    )
    result = find(notice)
    assert [(r["component"], r["value_kind"], str(r["value"])) for r in rows(result)] == [
        ("全国", "baseline", "67"),
        ("全省", "baseline", "62.3"),
        ("", "baseline", "48.5"),
        ("", "target", "49.8"),
    ]
    assert "column_not_understood" not in codes(result)


def test_the_issuers_level_says_whose_values_are_unmarked() -> None:
    table = "<table><tr><td>指标</td><td>单位</td><td>全市目标</td><td>县级目标</td></tr><tr><td>新增就业</td><td>人</td><td>60</td><td>45</td></tr></table>"
    body = "<p>云台{0}人民政府办公室关于下达2024年目标任务的通知</p><p>各有关单位：</p><p>现将任务下达给你们。</p>{1}<p>云台{0}人民政府办公室</p><p>2024年3月1日</p>"
    for level, expected in (("市", [("", 60), ("县级", 45)]), ("县", [("全市", 60), ("", 45)])):
        html = f"<html><body><div id='zoom'>{body.format(level, table)}</div></body></html>"
        found = normalize(read_bytes(html.encode(), "page.html"), "page")["indicators"]
        assert [(r["component"], r["value"]) for r in found] == expected


def brief(result: Result) -> list[str]:
    """The rows by name, component, year, kind, value and unit."""
    return [" ".join(str(r[c]) for c in ("name", "component", "period", "value_kind", "value", "unit")) for r in rows(result)]


def test_growth_has_the_year_and_kind_of_the_values_beside_it() -> None:
    notice = page(
        row("2x1:序号", "2x1:指标", "2x1:单位", "1x2:2023年", "1x2:2024年")
        + row("完成数", "增长（%）", "目标数", "增长（%）")
        + row("1", "产值", "亿元", "312", "8.1", "340", "8.8")
    )
    expected = [
        "产值  2023 actual 312 亿元",
        "产值 增长 2023 actual 8.1 %",
        "产值  2024 target 340 亿元",
        "产值 增长 2024 target 8.8 %",
    ]
    assert brief(find(notice)) == expected
    flat = page(
        row("指标", "单位", "2023年完成数", "增长（%）", "2024年目标数", "增长（%）")
        + row("产值", "亿元", "312", "8.1", "340", "8.8")
    )
    assert brief(find(flat)) == expected
    between = page(
        row("指标", "单位", "2023年完成数", "增速（%）", "2024年目标数") + row("产值", "亿元", "312", "8.1", "340")
    )
    assert brief(find(between))[1] == "产值 增速 2023 actual 8.1 %"
    # A rate behind all of them is that of the target; what it is measured against is not what it is for.
    behind = page(
        row("指标", "单位", "2024年目标数", "2023年完成数", "较上年增长（%）") + row("产值", "亿元", "340", "312", "8.8")
    )
    assert brief(find(behind))[2] == "产值 较上年增长 2024 target 8.8 %"


def test_the_unit_of_a_heading_of_its_own_beats_that_of_the_group_over_it() -> None:
    notice = page(
        row("2x1:乡镇", "1x2:村集体收入", "1x2:播种面积（万亩）", "1x2:工业投资")
        + row("目标（万元）", "增速（%）", "任务", "其中：大豆", "任务（万元）", "同比增长（%）")
        + row("甲镇", "920", "8", "6.2", "0.3", "50", "9")
        + row("乙镇", "600", "7", "5", "0.2", "40", "8")
        + row("合计", "1520", "—", "11.2", "0.5", "90", "—"),
        "2024年目标任务表",
    )
    result = find(notice)
    assert [line for line in brief(result) if " 甲镇" in line] == [
        "村集体收入 甲镇 2024 target 920 万元",
        "村集体收入 甲镇 增速 2024 target 8 %",
        "播种面积 甲镇 2024 target 6.2 万亩",
        "播种面积 甲镇 大豆 2024 target 0.3 万亩",
        "工业投资 甲镇 2024 target 50 万元",
        "工业投资 甲镇 同比增长 2024 target 9 %",
    ]
    # Sums are over the places, each part by itself.
    assert not {"sum_differs", "parts_exceed_whole", "value_repeated"} & set(codes(result, "error", "warning", "info"))


def test_a_column_of_a_part_is_a_component() -> None:
    notice = page(
        row("指标", "单位", "2023年", "2024年预期", "其中：城区", "责任单位") + row("用户", "户", "30", "36", "40", "住建局")
    )
    result = find(notice)
    assert brief(result) == ["用户  2023 baseline 30 户", "用户  2024 target 36 户", "用户 城区 2024 target 40 户"]
    assert "parts_exceed_whole" in codes(result)


def test_a_name_is_that_of_the_caption_where_no_heading_has_one() -> None:
    lines = row("征收单位", "2023年完成数", "2024年任务数", "增减额", "增长%") + row("县税务局", "100", "106", "6", "6")
    result = find(page(lines + row("县财政局", "50", "49", "-1", "-2"), "2024年财政收入任务表\n单位：万元"))
    assert brief(result)[:4] == [
        "财政收入 县税务局 2023 actual 100 万元",
        "财政收入 县税务局 2024 target 106 万元",
        "财政收入 县税务局 增减额 2024 target 6 万元",
        "财政收入 县税务局 增长 2024 target 6 %",
    ]
    assert "name_from_caption" in codes(result, "info")
    lines = row("乡镇", "2024年任务数（户）", "招商引资（亿元）") + row("甲镇", "5", "3") + row("乙镇", "4", "2")
    result = find(page(lines, "2024年目标任务分解表"))
    assert [r["name"] for r in rows(result)] == ["", "", "招商引资", "招商引资"]
    assert "indicator_without_name" in codes(result)


def test_a_rate_of_growth_counts_by_nothing() -> None:
    notice = page(
        row("指标", "单位", "2024年目标", "增速（%）") + row("每千人口拥有医师数", "人", "3.3", "5.8")
    )
    assert [(r["component"], r["unit"], r["per"]) for r in rows(find(notice))] == [
        ("", "人", "千人口"),
        ("增速", "%", ""),
    ]


def test_means_of_parts_do_not_add_up() -> None:
    notice = page(
        row("序号", "指标", "单位", "目标值")
        + row("1", "居民人均可支配收入", "元", "40000")
        + row("", "其中：城镇", "元", "48000")
        + row("", "农村", "元", "26000")
    )
    assert "parts_exceed_whole" not in codes(find(notice))


def test_a_bound_at_the_end_of_a_name_is_that_of_its_number() -> None:
    notice = page(
        row("指标", "2023年完成", "2024年目标", "责任单位")
        + row("学前毛入园率达到", "95%", "96%", "教育局")
        + row("签约率不低于", "70%", "75%", "卫健局")
        + row("失业率控制在", "4.1%", "4.5%以内", "人社局")
        + row("死亡率（‰）不超过", "3", "3.5", "卫健局")
        + row("办件量不少于（件）", "80", "90以内", "政务办")
        + row("能耗强度（控制在……以内）", "0.4", "0.38", "发改局")
    )
    result = find(notice)
    assert [(r["name"], f"{r['comparator']}{r['value']}{r['unit']}") for r in rows(result)] == [
        ("学前毛入园率", "=95%"), ("学前毛入园率", "=96%"), ("签约率", "=70%"), ("签约率", ">=75%"),
        ("失业率", "=4.1%"), ("失业率", "<=4.5%"), ("死亡率", "=3‰"), ("死亡率", "<=3.5‰"),
        ("办件量", "=80件"), ("办件量", "<=90件"), ("能耗强度", "=0.4"), ("能耗强度", "<=0.38"),
    ]  # fmt: skip
    assert codes(result).count("bounds_disagree") == 1


def test_a_rate_in_the_heading_is_not_counted_as_the_row_is() -> None:
    notice = page(
        row("指标", "单位", "2024年目标", "2024年完成率目标（%）") + row("改厕", "户", "300", "95") + row("入园率", "%", "98", "100")
    )
    assert [r["unit"] for r in rows(find(notice))] == ["户", "%", "%", "%"]


def test_growth_says_what_part_of_the_year_it_is_of() -> None:
    notice = page(
        row("2x1:指标", "2x1:单位", "1x2:全年目标", "1x2:上半年完成")
        + row("总量", "增幅（%）", "总量", "增幅（%）")
        + row("财政收入", "亿元", "32", "5", "16", "4")
    )
    assert [(r["component"], r["value_kind"]) for r in rows(find(notice))][1::2] == [
        ("增幅", "target"),
        ("上半年 增幅", "actual"),
    ]
