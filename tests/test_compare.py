"""What changed between notices: the year before against the year after, hard names, directions, mapping, errors, command line."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract import read_notice
from extract.errors import NoticeError
from normalize import normalize
from normalize.compare import compare
from normalize.compare_command import main
from normalize.comparing import compare_editions, find_pairs
from normalize.comparison_schema import descriptors, tables
from normalize.directions import judge
from normalize.editions import Edition, read_edition
from normalize.mapping import COLUMNS, Rule, read_mapping
from normalize.package import write_package
from tests.editions import make_commitment, make_edition, make_indicator, make_tables, make_task
from tests.scoring.comparison import score_comparison, score_comparison_of
from tests.scoring.corpus import notices

ROOT = Path(__file__).parents[1]
BEFORE = ROOT / "samples"
AFTER = ROOT / "tests" / "notices" / "synthetic" / "fenghua-2024"
Rows = list[dict[str, Any]]


def compared(one: Edition, other: Edition, *rules: Rule) -> Rows:
    return compare_editions([one, other], rules).tables["comparison"]


def names(cells: str, year: int) -> Edition:
    """An edition from name|value|unit, with ; between indicators."""
    rows = [line.split("|") for line in cells.split(";")]
    return make_edition(year, *(make_indicator(number, *row) for number, row in enumerate(rows, 1)))


def read(path: Path) -> Edition:
    return read_edition(normalize(read_notice(path), path.stem), str(path))


# The year before against the year after

NOTICE = next(notice for notice in notices() if notice.name == "fenghua-2024")


@pytest.mark.parametrize("form", ["html", "doc"])
def test_the_comparison_made_by_hand_is_found(form: str) -> None:
    score = score_comparison_of(NOTICE, NOTICE.files()[form])["comparison"]
    assert score.counts["wrong_joins"] == 0, score.mistakes
    assert score.counts["rows"] == 41
    assert score.counts["status"] >= 0.97, score.mistakes
    assert score.counts["direction"] >= 0.97, score.mistakes


def test_values_units_and_flags_of_the_comparison_made_by_hand() -> None:
    found = {
        (row["seq_a"], row["seq_b"], row["component"]): row
        for row in compared(read(BEFORE / "fenghua-2023.html"), read(AFTER / "fenghua-2024.html"))
    }
    for gold in NOTICE.gold()["comparison"]:
        row = found[gold["seq_a"], gold["seq_b"], gold["component"]]
        for side in "ab":
            printed = gold[f"value_{side}"]
            assert row[f"value_{side}"] == (Decimal(printed) if printed else ""), gold
        assert row["base_unit"] == gold["base_unit"], gold
        if gold["seq_a"] and gold["seq_b"]:
            assert row["offices_changed"] == (gold["units_changed"] == "true"), gold
            assert row["core_changed"] == (gold["core_changed"] == "true"), gold


def test_word_and_page_give_the_same_comparison() -> None:
    pages = compare_editions([read(BEFORE / "fenghua-2023.html"), read(AFTER / "fenghua-2024.html")])
    words = compare_editions([read(BEFORE / "fenghua-2023.doc"), read(AFTER / "fenghua-2024.doc")])
    assert words.tables == pages.tables


def test_a_wrong_join_costs_as_much_as_a_wrong_row() -> None:
    gold = NOTICE.gold()["comparison"]
    right = [dict(row) for row in gold]
    assert score_comparison(gold, right, {}).value == 1
    join = right[0] | {"seq_a": "18", "seq_b": "22"}
    assert score_comparison(gold, [*right, join], {}).counts["wrong_joins"] == 1
    assert score_comparison(gold, [*right, join], {}).value < 1
    assert score_comparison(gold, right[1:], {}).value < 1


# Names: one thing, or two

ONE_THING = [
    ("城乡居民基本医疗保险参保率|95|%", "城乡居民医保参保率|96|%", "tightened"),
    ("每千人口执业（助理）医师数|3.2|人", "每千名常住人口执业(助理)医师数|3.4|人", "tightened"),
    ("保障房建设筹集数|500|套", "建设筹集保障房套数|450|套", "loosened"),
    ("规模以上工业增加值增速|6|%", "规上工业增加值增速|6.5|%", "tightened"),
    ("空气质量优良天数比率|93|%", "空气质量优良天数比例|94|%", "tightened"),
    ("单位GDP能耗下降率|3|%", "单位地区生产总值能耗降低率|3|%", "unchanged"),
    ("“阳光驿站”覆盖率|80|%", "阳光驿站覆盖率（%）|85|%", "tightened"),
    ("参保人数|43.7|万人", "参保人数|430000|人", "loosened"),
    ("绿地面积|5|公顷", "绿地面积|60000|平方米", "tightened"),
    ("婴儿死亡率|3|‰", "婴儿死亡率|0.28|%", "tightened"),
    ("县级医院达标率|60|%", "区级医院达标率|60|%", "unchanged"),
    # One thing, and the numbers are not like and like.
    ("城镇老旧小区改造|10|个", "老旧小区改造|12|个", "incomparable"),
    ("每千人口拥有托位数|4|个", "每千名婴幼儿拥有托位数|200|个", "apart"),
    ("最低生活保障标准|1100|元/人·月", "最低生活保障标准|12000|元/人·年", "incomparable"),
    ("培训数|500|人", "培训数|600|人次", "incomparable"),
    ("住院报销比例（含大病保险）|80|%", "住院报销比例|75|%", "incomparable"),
    # Two things.
    ("城镇调查失业率|5|%", "城镇登记失业率|4|%", "apart"),
    ("基本养老保险参保率|95|%", "基本医疗保险参保率|95|%", "apart"),
    ("村级服务站覆盖率|95|%", "村级服务站覆盖人次|95|万人次", "apart"),
    ("每千人口执业医师数|3.2|人", "每千人口注册护士数|3.4|人", "apart"),
    ("结核病患者规范管理率|70|%", "糖尿病患者规范管理率|72|%", "apart"),
    ("公共图书馆覆盖率|90|%", "公共文化馆覆盖率|90|%", "apart"),
    ("职工医保政策范围内住院报销比例|82|%", "职工医保政策范围内门诊报销比例|80|%", "apart"),
    ("居民人均可支配收入|5|万元", "农村居民人均可支配收入|4|万元", "apart"),
    ("一般公共预算收入增速|6|%", "一般公共预算支出增速|6|%", "apart"),
    ("PM2.5平均浓度|30|微克/立方米", "PM10平均浓度|45|微克/立方米", "apart"),
    ("持证养老护理员数|87|人", "年度新增持证养老护理员数|100|人", "apart"),
    ("65岁以上老年人健康管理率|71|%", "老年人健康管理率|72|%", "apart"),
    ("省二级幼儿园数|4|所", "省二级以上幼儿园数|4|所", "apart"),
    ("进口总额|10|亿元", "出口总额|11|亿元", "apart"),
    ("城市生活污水处理率|97|%", "农村生活污水处理率|95|%", "apart"),
    ("养老床位数|200|张", "家庭养老床位数|900|张", "apart"),
]


@pytest.mark.parametrize(("one", "other", "expected"), ONE_THING)
def test_names_are_of_one_thing_or_of_two(one: str, other: str, expected: str) -> None:
    rows = compared(names(one, 2023), names(other, 2024))
    if expected == "apart":
        assert [row["status"] for row in rows] == ["dropped", "new"]
        assert all(row["reason"] for row in rows)
    else:
        assert [row["direction"] for row in rows] == [expected], rows
        assert bool(rows[0]["reason"]) == (expected == "incomparable")


def test_the_nearest_is_named_with_why_it_is_none() -> None:
    row = compared(names("村级服务站覆盖率|95|%", 2023), names("村级服务站覆盖人次|95|万人次;老年食堂数|3|家", 2024))[0]
    assert (row["status"], row["nearest_id"], row["nearest_name"]) == ("dropped", "i1.1", "村级服务站覆盖人次")
    assert "another unit" in row["reason"]
    assert row["similarity"] > Decimal("0.8")


def test_the_best_total_decides_and_not_the_first() -> None:
    rows = compared(names("养老护理员培训人次|300|人次;养老护理员技能培训人次|200|人次", 2023), names("养老护理员技能培训人次|210|人次", 2024))
    assert [(row["seq_a"], row["seq_b"], row["match"]) for row in rows] == [("1", "", "none"), ("2", "1", "exact")]
    assert "nearer" in rows[0]["reason"]


def test_which_of_two_is_meant_is_not_guessed() -> None:
    rows = compared(names("养老床位数|500|张", 2023), names("机构养老床位数|520|张;社区养老床位数|510|张", 2024))
    assert [row["status"] for row in rows] == ["dropped", "new", "new"]
    assert all("which is meant can't be said" in row["reason"] for row in rows)


def test_a_merge_is_told_and_repeats_a_side() -> None:
    rows = compared(
        names("高血压患者筛查率|70|%;糖尿病患者筛查率|72|%", 2023), names("高血压、糖尿病患者筛查率|75|%", 2024)
    )
    assert [(row["pairing"], row["seq_a"], row["seq_b"], row["direction"]) for row in rows] == [
        ("merge", "1", "1", "tightened"), ("merge", "2", "1", "tightened"),
    ]  # fmt: skip


def test_parts_of_a_count_are_not_held_against_the_whole() -> None:
    rows = compared(
        names("新建社区书房和社区食堂数|30|家", 2023), names("新建社区书房数|20|家;新建社区食堂数|12|家", 2024)
    )
    assert [(row["pairing"], row["direction"]) for row in rows] == [("split", "incomparable")] * 2
    assert "a part is not the whole" in rows[0]["reason"]


def test_half_a_join_is_none() -> None:
    rows = compared(names("糖尿病患者规范管理率|72|%", 2023), names("高血压、糖尿病患者规范管理率|75|%", 2024))
    assert not [row for row in rows if row["pairing"] == "merge"]


def test_a_component_that_moves_into_the_name_is_a_split() -> None:
    both = [make_indicator(1, "住院报销比例", value, "%", component=part) for part, value in (("职工", "82"), ("居民", "62"))]
    rows = compared(make_edition(2023, *both), names("职工住院报销比例|83|%;居民住院报销比例|60|%", 2024))
    assert [(row["component"], row["seq_b"], row["pairing"], row["direction"]) for row in sorted(rows, key=lambda row: row["seq_b"])] == [
        ("职工", "1", "split", "tightened"), ("居民", "2", "split", "loosened"),
    ]  # fmt: skip


def test_a_part_is_not_joined_with_the_whole_of_its_name() -> None:
    part = make_indicator(1, "住院报销比例", "82", "%", component="职工")
    assert [row["status"] for row in compared(make_edition(2023, part), names("住院报销比例|75|%", 2024))] == ["dropped", "new"]


# Directions


@pytest.mark.parametrize(
    ("one", "other", "polarity", "direction", "change"),
    [
        ((">=", "86"), ("=", "90"), "higher", "tightened", "4"),
        (("=", "95"), (">=", "95"), "higher", "unchanged", "0"),
        (("<=", "3.5"), ("<=", "3.8"), "lower", "loosened", "0.3"),
        (("<=", "3.8"), ("<", "3.5"), "lower", "tightened", "-0.3"),
        (("=", "100"), ("~", "90"), "higher", "loosened", "-10"),
        (("=", "100"), ("=", "90"), "", "incomparable", "-10"),
        ((">=", "90"), ("<=", "95"), "higher", "incomparable", "5"),
    ],
)
def test_direction(one: tuple[str, str], other: tuple[str, str], polarity: str, direction: str, change: str) -> None:
    rows = [make_indicator(1, "指标", value, "%", comparator=sign) for sign, value in (one, other)]
    found = judge(rows[0], rows[1], polarity)
    assert (found.direction, found.change) == (direction, Decimal(change))
    assert bool(found.reason) == (direction == "incomparable")


@pytest.mark.parametrize(
    ("one", "other", "direction"),
    [
        (("60", "70"), ("65", "75"), "tightened"),
        (("60", "70"), ("70", ""), "tightened"),
        (("60", "70"), ("65", ""), "incomparable"),
        (("60", "70"), ("60", "70"), "unchanged"),
    ],
)
def test_ranges(one: tuple[str, str], other: tuple[str, str], direction: str) -> None:
    rows = [make_indicator(1, "指标", low, "%", value_to=Decimal(high) if high else "") for low, high in (one, other)]
    assert judge(rows[0], rows[1], "higher").direction == direction


def test_percent_is_of_what_compares_only() -> None:
    def found(one: str, other: str) -> Any:
        return judge(make_indicator(1, "指标", one, "%"), make_indicator(1, "指标", other, "%"), "higher").change_percent

    assert (found("80", "82"), found("0", "5"), found("-1", "2")) == (Decimal("2.5"), "", "")
    apart = judge(make_indicator(1, "指标", "80", "%"), make_indicator(1, "指标", "82", "个"), "higher")
    assert (apart.change, apart.change_percent, apart.direction) == ("", "", "incomparable")


def test_cells_without_number() -> None:
    def found(one: str, other: str) -> Any:
        rows = [make_indicator(1, "服务站", "", "", value_text=text) for text in (one, other)]
        return compared(make_edition(2023, rows[0]), make_edition(2024, rows[1]))[0]

    assert found("全覆盖", "全 覆盖")["direction"] == "unchanged"
    assert found("全覆盖", "基本覆盖")["direction"] == "incomparable"
    assert "no number" in found("全覆盖", "基本覆盖")["reason"]


# Plans


def plan(start: int, end: int, **values: str) -> Edition:
    rows = [make_indicator(1, "托位数", value, "个", int(year[1:])) for year, value in values.items()]
    return read_edition(make_tables(start, rows, target_year="", plan_start=start, plan_end=end), "tables")


def test_a_plan_is_compared_with_the_notice_of_a_year_by_that_year() -> None:
    rows = compared(plan(2023, 2027, y2023="100", y2024="200", y2027="500"), names("托位数|220|个", 2024))
    assert [(row["period_a"], row["period_b"], row["value_a"], row["direction"]) for row in rows] == [(2024, 2024, 200, "tightened")]


def test_another_year_of_a_plan_is_not_held_against_a_notice() -> None:
    (row,) = compared(plan(2023, 2027, y2027="500"), names("托位数|220|个", 2024))
    assert (row["status"], row["direction"], row["reason"]) == ("kept", "incomparable", "period: 2027 is not 2024")


def test_two_plans_are_compared_year_by_year() -> None:
    rows = compared(plan(2023, 2025, y2023="100", y2025="300"), plan(2024, 2026, y2025="350", y2026="400"))
    assert [(row["period_a"], row["period_b"], row["direction"]) for row in rows] == [
        (2023, "", "incomparable"), (2025, 2025, "tightened"), ("", 2026, "incomparable"),
    ]  # fmt: skip
    assert [(row["value_a"], row["value_b"]) for row in compared(plan(2016, 2020, y2020="100"), plan(2021, 2025, y2025="150"))] == [(100, 150)]


def test_of_several_notices_each_is_compared_with_the_next_and_with_its_plan() -> None:
    years = [names("托位数|220|个", year) for year in (2024, 2025, 2030)]
    whole = plan(2023, 2027, y2024="200", y2025="300")
    assert [(one.name, other.name) for one, other in find_pairs([whole, *years])] == [
        ("notice-2023", "notice-2024"), ("notice-2023", "notice-2025"), ("notice-2024", "notice-2025"), ("notice-2025", "notice-2030"),
    ]  # fmt: skip
    with pytest.raises(NoticeError, match="none of the others"):
        find_pairs([plan(2011, 2015, y2015="1"), *years])
    with pytest.raises(NoticeError, match="two of the notices"):
        compare_editions([years[0], years[1], years[0]])


# Tasks and commitments


def test_tasks_are_matched_by_what_is_rare_in_title_and_text() -> None:
    texts = {
        "大力发展普惠托育服务体系": "健全普惠托育服务网络，支持幼儿园办托班，新增托位。",
        "构建和谐劳动关系": "深化欠薪治理，推进劳动纠纷调解，开展集体协商。",
        "完善养老服务体系": "推进居家适老化改造，建设老年食堂。",
    }
    later = {
        "扩大普惠托育服务供给": "支持幼儿园办托班，新增普惠托位，健全托育服务网络。",
        "高质量构建和谐劳动关系": "推进欠薪治理，完善劳动纠纷调解机制，开展集体协商。",
        "完善住房保障体系": "筹集保障性租赁住房，发放租赁补贴。",
    }
    one, other = (
        read_edition(make_tables(year, tasks=[make_task(number, *item) for number, item in enumerate(found.items(), 1)]), "tables")
        for year, found in ((2023, texts), (2024, later))
    )
    rows = compare_editions([one, other]).tables["task_comparison"]
    assert [(row["task_id_a"], row["task_id_b"], row["status"]) for row in rows] == [
        ("t1.1", "t1.1", "renamed"), ("t1.2", "t1.2", "renamed"), ("t1.3", "", "dropped"), ("", "t1.3", "new"),
    ]  # fmt: skip
    assert 0 < rows[0]["text_similarity"] < 1


def test_offices_of_tasks_that_came_and_went() -> None:
    one, other = (
        read_edition(make_tables(year, tasks=[make_task(1, "稳就业", "稳定就业岗位。", responsible_units=units)]), "tables")
        for year, units in ((2023, "区甲局、区乙局"), (2024, "区乙局、区丙局"))
    )
    (row,) = compare_editions([one, other]).tables["task_comparison"]
    assert (row["match"], row["offices_added"], row["offices_dropped"]) == ("exact", "区丙局", "区甲局")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("新增", "托位", "450", "个"), ("新增", "托位", "400", "个"), ("exact", "loosened")),
        (("新建", "康养联合体", "3", "个"), ("新增", "康养联合体", "2", "个"), ("normalized", "loosened")),
        (("培育", "能工巧匠", "1", "名"), ("评选", "能工巧匠", "2", "名"), ("fuzzy", "tightened")),
        (("改造", "农贸市场", "3", "家"), ("新建", "农贸市场", "4", "家"), ("none", "incomparable")),
        (("开工", "安置住房", "300", "套"), ("竣工", "安置住房", "300", "套"), ("none", "incomparable")),
        (("支持", "乡镇卫生院", "4", "家"), ("新建", "乡镇卫生院", "4", "家"), ("none", "incomparable")),
        (("新增", "慈善组织", "1", "家"), ("达到", "慈善组织", "7", "家"), ("none", "incomparable")),
        (("控制", "城镇调查失业率", "5", "%"), ("控制", "城镇调查失业率", "5.5", "%"), ("exact", "loosened")),
    ],
)
def test_commitments(one: tuple[str, ...], other: tuple[str, ...], expected: tuple[str, str]) -> None:
    first, second = (
        read_edition(make_tables(year, tasks=[make_task(1, "任务", "")], commitments=[make_commitment(1, *cells)]), "tables")
        for year, cells in ((2023, one), (2024, other))
    )
    row = compare_editions([first, second]).tables["commitment_comparison"][0]
    assert (row["match"], row["direction"]) == expected


def test_commitments_of_one_name_are_told_apart_by_their_clauses_or_not_at_all() -> None:
    def edition(year: int, *clauses: str) -> Edition:
        rows = [make_commitment(number, "招收", "学生", "30", "名", clause=clause) for number, clause in enumerate(clauses, 1)]
        return read_edition(make_tables(year, tasks=[make_task(1, "任务", "")], commitments=rows), "tables")

    rows = compare_editions(
        [edition(2023, "护理专业招收学生30名", "数控专业招收学生40名"), edition(2024, "学前专业招收学生20名", "护理专业招收学生35名")]
    ).tables["commitment_comparison"]
    assert [(row["commitment_id_a"], row["commitment_id_b"]) for row in rows] == [("c1.1-1", "c1.1-2"), ("c1.1-2", ""), ("", "c1.1-1")]


def test_a_rise_is_no_level_and_another_rhythm_no_other_value() -> None:
    def direction(one: dict[str, Any], other: dict[str, Any]) -> str:
        sides = [
            read_edition(
                make_tables(year, tasks=[make_task(1, "任务", "")], commitments=[make_commitment(1, "开展", "应急演练", "4", "次", **cells)]),
                "tables",
            )
            for year, cells in ((2023, one), (2024, other))
        ]
        row = compare_editions(sides).tables["commitment_comparison"][0]
        return str(row["direction"] if row["match"] != "none" else "apart")

    assert direction({"frequency": "每年"}, {}) == "unchanged"
    assert direction({"frequency": "每季度"}, {"frequency": "每月"}) == "incomparable"
    assert direction({"kind": "increase"}, {"kind": "level"}) == "apart"
    assert direction({"due": "2023-12-31"}, {"due": "2024-12-31"}) == "unchanged"
    assert direction({"due": "2023-12-31"}, {"due": "2027-12-31"}) == "incomparable"


# The user's mapping


def rule(a: str, b: str, **cells: str) -> Rule:
    return Rule("mapping.csv: line 2", "indicators", (cells.get("document_a", ""), cells.get("document_b", "")), (a, b), "")


def test_the_mapping_wins_in_both_directions_and_is_recorded() -> None:
    one, other = names("老年学堂数|5|所;托位数|10|个", 2023), names("银龄讲堂数|6|所;托位数|12|个", 2024)
    assert [row["status"] for row in compared(one, other)] == ["dropped", "kept", "new"]
    for sides in ((one, other), (other, one)):
        rows = compared(*sides, rule("老年学堂数", "银龄讲堂数"))
        assert [(row["status"], row["match"]) for row in rows] == [("renamed", "mapped"), ("kept", "exact")]
    rows = compared(one, other, rule("托位数", ""))
    assert [row["status"] for row in rows] == ["dropped", "dropped", "new", "new"]
    assert [row["reason"] for row in rows if "托位" in row["name_a"] + row["name_b"]] == ["mapping.csv: no counterpart"] * 2


def test_a_mapping_may_split() -> None:
    rows = compared(
        names("服务点数|9|个", 2023), names("甲类站数|5|个;乙类亭数|4|个", 2024), rule("服务点数", "甲类站数"), rule("服务点数", "乙类亭数")
    )
    assert [(row["match"], row["pairing"], row["direction"]) for row in rows] == [("mapped", "split", "incomparable")] * 2


def test_a_mapping_that_can_not_be_is_refused() -> None:
    one, other = names("甲数|5|所;乙数|6|个", 2023), names("甲数|6|所;丙数|12|个", 2024)
    with pytest.raises(NoticeError, match="names no row"):
        compared(one, other, rule("没有的数", "丙数", document_a="notice-2023", document_b="notice-2024"))
    with pytest.raises(NoticeError, match="none in another"):
        compared(one, other, rule("乙数", "丙数"), rule("乙数", ""))
    twice = make_edition(2024, make_indicator(1, "丙数", "1", "个"), make_indicator(2, "丙数", "2", "个"))
    with pytest.raises(NoticeError, match="i1.1, i1.2"):
        compared(one, twice, rule("乙数", "丙数"))
    # Of other notices, and so no fault here.
    assert compared(one, other, rule("没有的数", "丙数")) == compared(one, other)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", "has the columns a, b"),
        (",".join(COLUMNS) + "\nplanets,,x,,y,\n", "line 2"),
        (",".join(COLUMNS) + "\nindicators,,,,,\n", "line 2"),
        (",".join(COLUMNS) + "\nindicators,,x,,y,note,more\n", "line 2"),
        ("", "has the columns none"),
    ],
)
def test_a_mapping_that_can_not_be_read_is_told(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "mapping.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NoticeError, match=message):
        read_mapping(path)


# What can't be compared


def test_two_rows_with_one_key_are_an_error_and_no_diff() -> None:
    row = make_indicator(1, "托位数", "1", "个")
    with pytest.raises(NoticeError, match=r"value_id=i1.1:2023:target stands in row 1 already"):
        read_edition(make_tables(2023, [row, dict(row)]), "tables")
    with pytest.raises(NoticeError, match=r"indicator_id=i1.1.* stands in row 1 already"):
        read_edition(make_tables(2023, [row, row | {"value_id": "other"}]), "tables")


def test_columns_of_another_version_are_an_error() -> None:
    row = make_indicator(1, "托位数", "1", "个")
    del row["polarity"]
    with pytest.raises(NoticeError, match="polarity"):
        read_edition(make_tables(2023, [row]), "tables")


def test_a_table_that_one_notice_lacks_is_a_gap_and_not_all_dropped() -> None:
    tasks = [make_task(1, "稳就业", "稳定就业岗位。")]
    one = read_edition(make_tables(2023, [make_indicator(1, "托位数", "1", "个")], tasks), "tables")
    other = read_edition(make_tables(2024, [], tasks), "tables")
    found = compare_editions([one, other])
    assert found.tables["comparison"] == []
    assert found.gaps == ("notice-2023 and notice-2024: comparison has no rows, since notice-2024 has no indicators",)
    assert [row["status"] for row in found.tables["task_comparison"]] == ["kept"]
    with pytest.raises(NoticeError, match="no table that both have rows of"):
        compare_editions([one, read_edition(make_tables(2024), "tables")])


# Packages and the command line


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    """Packages of the two years in a folder ``outputs``."""
    folders = []
    for path in (BEFORE / "fenghua-2023.html", AFTER / "fenghua-2024.html"):
        notice = read_notice(path)
        folders.append(tmp_path / "outputs" / path.stem)
        write_package(normalize(notice, path.stem), {path.stem: notice.text}, folders[-1])
    return folders[0], folders[1]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_frames_hold_what_the_files_hold(packages: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frames = compare(*packages)
    assert list(frames) == ["comparison", "task_comparison", "commitment_comparison"]
    frame = frames["comparison"]
    assert frame.loc[frame["seq_a"] == "10", "direction"].tolist() == ["loosened"]
    assert frame["value_a"].dtype == "Float64"
    assert frame["period_b"].dtype == "Int64"
    assert frame["core_changed"].sum() == 2
    assert main([*map(str, packages), "--out", str(tmp_path / "out")]) == 0
    assert "tightened" in capsys.readouterr().out
    for name, each in frames.items():
        written = rows_of(tmp_path / "out" / f"{name}.csv")
        assert len(written) == len(each)
        assert list(written[0]) == list(each.columns)
    assert frame["name_a"].fillna("").tolist() == [row["name_a"] for row in rows_of(tmp_path / "out" / "comparison.csv")]


def test_frames_come_from_tables_too() -> None:
    found = compare(
        make_tables(2023, [make_indicator(1, "托位数", "10", "个")]), make_tables(2024, [make_indicator(1, "托位数", "12", "个", 2024)])
    )
    assert found["comparison"]["change"].tolist() == [2.0]
    assert found["comparison"].attrs["notes"]


def test_packages_by_name_and_fail_on(
    packages: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["fenghua-2023", "fenghua-2024"]) == 0
    out = tmp_path / "outputs" / "fenghua-2023-to-fenghua-2024"
    assert len(rows_of(out / "comparison.csv")) == 41
    assert main(["fenghua-2023", "fenghua-2024", "--fail-on", "loosened,tasks:dropped"]) == 3
    assert "indicators:loosened, tasks:dropped" in capsys.readouterr().err
    assert main(["fenghua-2023", "fenghua-2023", "--fail-on", "loosened,dropped,new,incomparable,tasks:renamed,commitments:new"]) == 0
    with pytest.raises(SystemExit) as wrong:
        main(["fenghua-2023", "fenghua-2024", "--fail-on", "shrunk"])
    assert wrong.value.code == 2


def test_a_mapping_kept_with_the_project_is_used(
    packages: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = "indicators,,慈善组织数量,,慈善信托资金规模,said by a person"
    (tmp_path / "mapping.csv").write_text(",".join(COLUMNS) + f"\n{line}\n", encoding="utf-8")
    assert main(["fenghua-2023", "fenghua-2024", "--out", "out"]) == 0
    row = next(row for row in rows_of(tmp_path / "out" / "comparison.csv") if row["seq_a"] == "30")
    assert (row["seq_b"], row["match"], row["status"], row["direction"]) == ("31", "mapped", "renamed", "incomparable")


def test_the_folder_is_described_and_strangers_are_not_lost(packages: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = [*map(str, packages), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert main(arguments) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
    package = json.loads(first["datapackage.json"])
    assert [resource["path"] for resource in package["resources"]] == [f"{name}.csv" for name in tables()]
    (tmp_path / "out" / "my notes.txt").write_text("mine")
    assert main(arguments) == 1
    assert (tmp_path / "out" / "my notes.txt").read_text() == "mine"
    # A package of a notice is no comparison.
    assert main([*map(str, packages), "--out", str(packages[0])]) == 1
    assert (packages[0] / "indicators.csv").exists()


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda folder: edit(folder / "datapackage.json", '"version": "', '"version": "0.'), "was written by version 0."),
        (lambda folder: edit(folder / "indicators.csv", "polarity", "direction"), "other columns"),
        (lambda folder: edit(folder / "indicators.csv", ",true,", ",yes,"), "is_core is 'yes'"),
        (lambda folder: edit(folder / "indicators.csv", "i1.2:2023:target,i1.2,", "i1.1:2023:target,i1.2,"), "already"),
        (lambda folder: (folder / "indicators.csv").write_bytes(b""), "is empty"),
        (lambda folder: (folder / "tasks.csv").unlink(), "can't be read"),
        (lambda folder: (folder / "tasks.csv").write_bytes(b"\xff\xfe"), "no CSV file"),
        (lambda folder: edit(folder / "indicators.csv", "4814", "1e99999999"), "1e99999999"),
    ],
)
def test_a_package_that_was_harmed_is_told(
    packages: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: Any, message: str
) -> None:
    harm(packages[0])
    assert main([*map(str, packages), "--out", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def edit(path: Path, former: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert former in text
    path.write_text(text.replace(former, new, 1), encoding="utf-8")


def test_what_is_no_notice_and_one_notice_alone_are_told(
    packages: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture.doc").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for arguments, message in (
        ([str(packages[0]), str(tmp_path / "folder")], "run make extract"),
        ([str(packages[0]), str(tmp_path / "none")], "no such package"),
        ([str(packages[0])], "give two or more"),
        ([str(packages[0]), str(tmp_path / "picture.doc")], "picture.doc: "),
    ):
        assert main(arguments) == 1
        error = capsys.readouterr().err
        assert message in error
        assert len(error.splitlines()) == 1


def test_one_notice_of_a_package_of_several_is_named_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {}
    found: dict[str, list[Any]] = {}
    for path in (BEFORE / "fenghua-2023.html", AFTER / "fenghua-2024.html"):
        notice = read_notice(path)
        texts[path.stem] = notice.text
        for name, rows in normalize(notice, path.stem).items():
            found.setdefault(name, []).extend(rows)
    write_package(found, texts, tmp_path / "both")
    out = str(tmp_path / "out")
    assert main([str(tmp_path / "both"), str(tmp_path / "both"), "--out", out]) == 1
    assert "both/DOCUMENT" in capsys.readouterr().err
    assert main([str(tmp_path / "both" / "fenghua-2023"), str(tmp_path / "both" / "fenghua-2024"), "--out", out]) == 0


def test_documents_are_read_and_pandas_is_not_needed_for_it(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from normalize.compare_command import main\n"
        "code = main(sys.argv[1:])\n"
        "assert not {'pandas', 'numpy', 'lxml', 'docx'} & set(sys.modules)\n"
        "sys.exit(code)\n"
    )
    documents = [str(BEFORE / "fenghua-2023.docx"), str(AFTER / "fenghua-2024.txt")]
    run = subprocess.run(
        [sys.executable, "-c", program, *documents, "--out", str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert len(rows_of(tmp_path / "out" / "comparison.csv")) == 41


# The schema


def test_every_column_is_named_in_both_languages_and_told() -> None:
    for table in descriptors():
        columns = [field["name"] for field in table["fields"]]
        assert len(set(columns)) == len(columns)
        assert set(table["primaryKey"]) <= {field["name"] for field in table["fields"] if field.get("constraints", {}).get("required")}
        for field in table["fields"]:
            where = f"{table['name']}.{field['name']}"
            assert field["title"].isascii(), where
            assert field["title_zh"], where
            assert not field["title_zh"].isascii(), where
            assert field["description"].endswith("."), where
            assert len(field["name"]) <= 32, where
