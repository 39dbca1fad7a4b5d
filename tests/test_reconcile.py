"""Which commitments of the prose speak of which values of the table, on notices read by a person and on hard pairs."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.folding import fold
from extract.model import Span
from normalize.commitments import Passage, find_commitments
from normalize.contexts import find_claims
from normalize.numerals import mark_taken
from normalize.periods import FREQUENCY, due_date
from normalize.reconcile import reconcile
from normalize.subjects import make_key
from normalize.units import split_scale
from normalize.vocabulary import entries

NOTICES = Path(__file__).parent / "notices"
NUMBERS = ("value", "value_to", "baseline", "base_value")
LESS_IS_BETTER = re.compile("失业率|死亡率|近视率")


def gold(folder: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table made by hand, its numbers as decimals."""
    with (NOTICES / folder / "gold" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        row.update({name: Decimal(row[name]) for name in NUMBERS if row.get(name)})
    return rows


def gold_indicators(folder: str) -> list[dict[str, Any]]:
    rows = gold(folder, "indicators")
    for row in rows:
        row.setdefault("value_kind", "target")
        row["indicator_id"] = row["seq"]
        row["value_id"] = ":".join(part for part in (row["seq"], row["component"], row["period"]) if part)
        row["polarity"] = "lower" if LESS_IS_BETTER.search(row["name"]) else "higher"
    return rows


def gold_commitments(folder: str, year: int | None) -> list[dict[str, Any]]:
    """The commitments made by hand, in the columns of the contract: a clause for the quote, three for the period."""
    rows = gold(folder, "commitments")
    ids: dict[str, str] = {}
    for number, row in enumerate(rows):
        row["commitment_id"] = ids[row["quote"]] = f"c{number}"
        row["clause"] = re.split("[,;]", row["quote"])[-1]
        is_often = bool(re.fullmatch(FREQUENCY, row["period"]))
        row["frequency"], row["period_text"] = (row["period"], "") if is_often else ("", row["period"])
        row["due"] = due_date(row["period_text"], year) if row["period_text"] else ""
        row["part_of"] = ids.get(row["part_of"], row["part_of"])
    return rows


def pairs_of(folder: str, year: int | None) -> list[tuple[str, str, str, str]]:
    """Value, action, object and relation of every pair."""
    indicators, commitments = gold_indicators(folder), gold_commitments(folder, year)
    by_id = {row["commitment_id"]: row for row in commitments}
    pairs = []
    for row in reconcile(indicators, commitments):
        commitment = by_id[row["commitment_id"]]
        pairs.append((row["value_id"], commitment["action"], commitment["object"], row["relation"]))
    return pairs


def test_the_sample_has_four_pairs_and_no_other() -> None:
    # Near and not the same: 普惠托位占比 is a share and 普惠托位270个 a number; 慈善组织数量7个 is what is there and 培育1家
    # what is added; 县级助联体 is not 镇(街道)助联体服务站; 职业教育培训 and 职业技能培训 are not 老年人智能技术运用培训;
    # 基本养老保险 is not 长期护理保险; 保障性住房5万平方米 is an area.
    assert pairs_of("real/fenghua-2023", 2023) == [
        ("14:2023", "", "免费健康体检", "equal"),
        ("18:2023", "新增", "持证护理员", "stricter"),
        ("20:2023", "达到", "长期护理保险参保人数", "equal"),
        ("23:2023", "新增", "保障性租赁住房", "stricter"),
    ]


def test_the_next_year_differs_where_the_prose_was_made_to() -> None:
    pairs = pairs_of("synthetic/fenghua-2024", 2024)
    assert [pair for pair in pairs if pair[3] != "equal"] == [
        ("18:2024", "实现", "检查检验结果互认", "looser"),  # 30100 against 3万次以上
        ("21:2024", "新增", "持证养老护理员", "stricter"),  # 100 against 110
    ]
    # Without a pair: 1 is a number of places for each 1,000 children, 托位400个 are places; 3 is a share of kindergartens,
    # 8家 a number of them; 8 has no sentence; of 9 the prose says by how much it falls, not to what; 22 is a density.
    # 保障性租赁住房 "其中新开工700套" is a part, and pairs with no value; 净增参保6000人 is not 参保人数.
    equal = [pair[0].split(":")[0] for pair in pairs if pair[3] == "equal"]
    assert equal == "2 4 5 6 7 10 11 12 13 14 15 16 17 19 20 23 24 25 26 27 28 29 30 31".split()


def test_a_plan_over_years_pairs_each_promise_with_its_own_year() -> None:
    assert pairs_of("synthetic/qinghe-2023-2027", None) == [
        ("2:2027", "达到", "义务教育优质均衡学校占比", "equal"),
        ("3:2027", "提高", "劳动年龄人口平均受教育年限", "equal"),
        # 每年8000人以上 is said of every year of the plan, and the table asks for more from 2025.
        ("4:2023", "实现", "城镇新增就业", "equal"),
        ("4:2024", "实现", "城镇新增就业", "equal"),
        ("4:2025", "实现", "城镇新增就业", "looser"),
        ("4:2026", "实现", "城镇新增就业", "looser"),
        ("4:2027", "实现", "城镇新增就业", "looser"),
        # 高技能人才占技能人才比重 is another share.
        ("6:2027", "达到", "技能人才占从业人员比重", "equal"),
        ("7:2027", "达到", "人均预期寿命", "equal"),
        ("10:2027", "提高", "居民健康素养水平", "equal"),
        ("12:2023", "达到", "3岁以下婴幼儿托位", "equal"),
        ("12:2027", "达到", "3岁以下婴幼儿托位", "equal"),
        # 由2022年的52.3%提高到2027年的67%: the value reached; the row of the base year is never paired.
        ("13:2027", "提高", "护理型养老床位占比", "equal"),
        # 增加到74家 is a number that is there. 每年新增持证养老护理员80名 is no 每万名老年人拥有持证养老护理员数.
        ("15:2025", "增加", "社区助餐服务点", "equal"),
        ("17:2027", "筹集", "保障性租赁住房", "equal"),
        # 老旧小区改造42个 is no 完成率; 年均增长4%左右 is no 标准.
        ("18:2027", "达到", "城镇老旧小区改造完成率", "equal"),
        ("19:2025", "达到", "最低生活保障标准", "equal"),
        ("20:2027", "超过", "困难群众医疗费用综合保障率", "equal"),
        ("21:2027", "超过", "残疾人基本康复服务覆盖率", "equal"),
        ("22:2027", "达到", "人均体育场地面积", "equal"),
    ]


def test_rows_have_the_columns_of_the_contract() -> None:
    indicators = gold_indicators("real/fenghua-2023")
    commitments = gold_commitments("real/fenghua-2023", 2023)
    row = next(row for row in reconcile(indicators, commitments) if row["value_id"] == "18:2023")
    assert row == {
        "value_id": "18:2023",
        "commitment_id": next(row["commitment_id"] for row in commitments if row["object"] == "持证护理员"),
        "indicator_id": "18",
        "relation": "stricter",
        "similarity": Decimal("0.83"),
        "indicator_value": Decimal(87),
        "indicator_unit": "人次",
        "commitment_value": Decimal(100),
        "commitment_unit": "人",
    }


def value(name: str, number: str, unit: str, **cells: Any) -> dict[str, Any]:
    """A row of ``indicators``; what is not given is left out, as table modules may do."""
    base, factor = split_scale(unit)
    row = {"indicator_id": name, "name": name, "value_kind": "target", "period": 2025, "polarity": "higher"}
    row |= {"value": Decimal(number), "unit": unit, "base_value": Decimal(number) * factor, "base_unit": base, **cells}
    return row | {"value_id": f"{name}:{row.get('component', '')}:{row['period']}"}


def read(prose: str, year: int | None = 2025) -> list[dict[str, Any]]:
    """The commitments of a sentence, as the tool reads them."""
    folded = fold(prose)
    taken = mark_taken(len(prose), list(find_claims(folded)))
    passage = Passage("1", "s1", "", (Span(0, len(prose)),))
    return find_commitments(prose, folded, [passage], taken, year, False).rows


def relations(prose: str, *values: dict[str, Any], year: int | None = 2025) -> list[tuple[str, str]]:
    rows = read(prose, year)
    assert rows, f"no commitment read in {prose}"
    return [(row["value_id"], row["relation"]) for row in reconcile(values, rows)]


@pytest.mark.parametrize(
    ("name", "number", "unit", "prose"),
    [
        # what sets subjects apart
        ("城镇调查失业率", "5", "%", "城镇登记失业率控制在5%以内。"),
        ("基本医疗保险参保率", "98", "%", "基本养老保险参保率达到98%。"),
        ("森林覆盖率", "60", "%", "林木覆盖率达到60%。"),
        ("新增护理型养老床位数", "500", "张", "新增养老床位600张。"),
        ("农村公路新改建里程", "45", "公里", "新改建公路40公里。"),
        ("新增高技能人才数", "2200", "人", "新增技能人才2000人。"),
        ("居民人均可支配收入", "80000", "元", "农村居民人均可支配收入达到75000元。"),
        ("规模以上工业增加值", "300", "亿元", "工业增加值达到320亿元。"),
        ("新增普惠托位数", "270", "个", "新增托位450个。"),
        ("签约服务覆盖率", "95", "%", "签约服务满意率达到95%。"),
        ("区级综合文化站覆盖率", "100", "%", "镇(街道)综合文化站覆盖率达到100%。"),
        ("省级专精特新企业", "20", "家", "新增国家级专精特新企业20家。"),
        ("居民健康素养水平", "38", "%", "青少年健康素养水平达到38%。"),
        (
            "小学阶段家庭经济困难学生资助政策落实覆盖率",
            "100",
            "%",
            "高中阶段家庭经济困难学生资助政策落实覆盖率达到100%。",
        ),
        # another dimension, denominator or unit
        ("助餐服务覆盖率", "75", "%", "助餐服务覆盖75万人次。"),
        ("每千人口执业医师数", "3.5", "人", "新增执业医师35人。"),
        ("每千人口执业医师数", "3.5", "人", "每万人口执业医师达到35人。"),
        ("体育场地面积", "3", "万平方米", "人均体育场地面积达到3平方米。"),
        ("每千人口医疗床位数", "8", "张", "每万人口医疗床位达到10张。"),
        ("人均公园绿地面积", "15", "平方米", "公园绿地面积达到20平方米。"),
        ("低保标准", "1100", "元/月", "低保标准提高到每人每年1300元。"),
        ("改造老旧小区", "28", "个", "改造老旧小区28万平方米。"),
        # what is new and what is there
        ("社会组织数量", "7", "个", "培育社会组织3家。"),
        ("新增护理床位数", "500", "张", "护理床位累计达到700张。"),
        ("口袋公园累计数", "50", "个", "新建口袋公园5个。"),
        ("新建口袋公园", "5", "个", "累计建成口袋公园50个。"),
        ("高新技术企业", "300", "家", "新增高新技术企业30家。"),
        ("社区助餐服务点", "96", "家", "每年新建社区助餐服务点11家。"),
        # by how much, and not to what
        ("地区生产总值", "500", "亿元", "地区生产总值增长6%。"),
        ("医保参保率", "6", "%", "医保参保率提高6%。"),
        ("居民健康素养水平", "38", "%", "居民健康素养水平提高38%。"),
        # a part of the area, too small a part to be the whole, another time
        ("新增停车泊位数", "3000", "个", "新增停车泊位300个。"),
        ("新增停车泊位数", "3000", "个", "在东桥镇新增停车泊位1500个。"),
        ("新增停车泊位数", "3000", "个", "到2027年,新增停车泊位3000个。"),
        ("开展培训", "4", "场", "每季度开展培训4场。"),
    ],
)
def test_what_is_near_is_not_a_pair(name: str, number: str, unit: str, prose: str) -> None:
    assert relations(prose, value(name, number, unit)) == []


@pytest.mark.parametrize(
    ("name", "number", "unit", "prose", "relation"),
    [
        ("新增停车泊位数", "3000", "个", "全年多渠道新增停车泊位3500个。", "stricter"),
        ("改造老旧小区", "12", "个", "完成老旧小区改造10个。", "looser"),
        ("民生支出占一般公共预算支出比例", "75", "%", "民生支出占一般公共预算支出比重保持在78%以上。", "stricter"),
        ("城乡居民基本医疗保险参保率", "98", "%", "城乡居民医保参保率达到99%以上。", "stricter"),
        ("低保标准", "1100", "元/月", "将最低生活保障标准提高到每人每月1150元。", "stricter"),
        ("地区生产总值增速", "6", "%", "地区生产总值增长6.5%左右。", "stricter"),
        ("单位GDP能耗降低率", "3", "%", "单位GDP能耗下降3%以上。", "equal"),
        ("区级文化馆服务覆盖率", "100", "%", "区级文化馆服务实现全覆盖。", "equal"),
        ("每千名老年人拥有养老床位数", "40", "张", "每千名老年人拥有养老床位达到45张。", "stricter"),
        ("婴儿死亡率", "3", "‰", "婴儿死亡率控制在0.3%以内。", "equal"),
        ("每千名3岁以下婴幼儿拥有托位数", "281", "个", "每千名3岁以下婴幼儿拥有托位达到300个。", "stricter"),
        ("引进高层次人才", "50", "名", "引进高层次人才60人以上。", "stricter"),
        ("新改建农村公路", "45", "公里", "新改建农村公路40公里。", "looser"),
        # The same number in 个 and 人次 is no accident; another one would be.
        ("开展家政培训数", "4500", "个", "开展家政培训4500人次以上。", "equal"),
        # What is there and what is new may be one number, and then the first row says so.
        ("社区食堂", "12", "家", "新建社区食堂12家。", "equal"),
    ],
)
def test_two_wordings_of_one_thing_are_a_pair(name: str, number: str, unit: str, prose: str, relation: str) -> None:
    assert [found for _, found in relations(prose, value(name, number, unit))] == [relation]


def test_where_less_is_better_less_is_stricter_and_where_nothing_is_known_it_differs() -> None:
    prose = "城镇登记失业率控制在3%以内。"
    for polarity, relation in (("lower", "stricter"), ("higher", "looser"), ("", "differs")):
        row = value("城镇登记失业率", "3.5", "%", polarity=polarity)
        assert [found for _, found in relations(prose, row)] == [relation]


def test_a_component_pairs_with_the_promise_that_names_it() -> None:
    name = "基本医疗保险政策范围内住院报销比例"
    rows = [value(name, "82", "%", component="职工"), value(name, "62", "%", component="城乡居民")]
    assert relations("职工医保政策范围内住院报销比例达到83%。", *rows) == [(f"{name}:职工:2025", "stricter")]
    assert relations("医保政策范围内住院报销比例达到82%。", *rows) == []
    rows = [value("新增绿色工厂", "2", "家", component="国家级"), value("新增绿色工厂", "8", "家", component="省级")]
    found = [("新增绿色工厂:国家级:2025", "equal"), ("新增绿色工厂:省级:2025", "stricter")]
    assert relations("新增国家级、省级绿色工厂分别为2家和9家。", *rows) == found


def test_a_part_pairs_with_the_row_of_the_part() -> None:
    whole = value("新增托位数", "450", "个")
    part = value("新增托位数", "300", "个", component="其中:普惠托位")
    prose = "新增托位450个,其中普惠托位270个。"
    assert relations(prose, whole) == [("新增托位数::2025", "equal")]
    assert ("新增托位数::2025", "equal") in relations(prose, whole, part)
    prose = "筹集保障性租赁住房1300套,其中新开工1200套。"
    assert relations(prose, value("保障性租赁住房筹集数", "1200", "套")) == [("保障性租赁住房筹集数::2025", "stricter")]


def test_baseline_rows_and_rows_without_a_number_pair_with_nothing() -> None:
    baseline = value("城镇登记失业率", "3.5", "%", value_kind="baseline")
    words = value("城镇登记失业率", "3.5", "%") | {"value": "", "base_value": ""}
    assert relations("城镇登记失业率控制在3.5%以内。", baseline, words) == []
    assert reconcile([], read("新增托位450个。")) == []
    assert reconcile([value("新增托位数", "450", "个")], []) == []


def test_in_a_plan_over_years_a_promise_without_time_is_held_against_the_last_year_if_the_numbers_agree() -> None:
    rows = [value("城镇登记失业率", number, "%", period=year) for year, number in ((2026, "3.6"), (2027, "3.5"))]
    assert relations("城镇登记失业率控制在3.5%以内。", *rows, year=None) == [("城镇登记失业率::2027", "equal")]
    assert relations("城镇登记失业率控制在3.6%以内。", *rows, year=None) == []
    assert relations("到2026年,城镇登记失业率控制在3.5%以内。", *rows) == [("城镇登记失业率::2026", "looser")]


def test_a_year_whose_results_are_known_is_over() -> None:
    rows = [
        value("优良天数比率", "92", "%", period=2025),
        value("优良天数比率", "92.9", "%", period=2025, value_kind="actual"),
        value("优良天数比率", "92.5", "%", period=2026),
    ]
    assert relations("优良天数比率达到93%以上。", *rows, year=2026) == [("优良天数比率::2026", "stricter")]
    assert relations("优良天数比率达到92%以上。", *rows, year=2026) == [("优良天数比率::2026", "looser")]


def test_what_fits_two_indicators_alike_pairs_with_neither() -> None:
    # The same characters in another order: which of the two is meant can't be said.
    rows = [value("文化体育设施数", "30", "个"), value("体育文化设施数", "40", "个")]
    assert relations("文体育化设施达到35个。", *rows) == []
    assert relations("文体育化设施达到40个。", *rows) == [("体育文化设施数::2025", "equal")]


def test_work_stays_bounded_with_many_rows_of_one_name() -> None:
    rows = [value("新增养老床位数", str(number), "张", indicator_id=str(number)) for number in range(100, 600)]
    promised = [row | {"commitment_id": f"c{number}"} for number in range(2000) for row in read("新增养老床位300张。")]
    found = reconcile(rows, promised)
    assert 0 < len(found) <= 3 * len(rows)


@pytest.mark.parametrize("name", ["contrast_words", "same_words", "comparable_units"])
def test_every_word_stands_in_its_example(name: str) -> None:
    for row in entries(name):
        word, *_, example = row.values()
        assert make_key(word) in make_key(example), row
