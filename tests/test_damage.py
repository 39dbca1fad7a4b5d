"""Damage of copies is told and not repaired; documents that promise nothing give no promises, and say why."""

from __future__ import annotations

import pytest

from normalize.damage import find_damage
from normalize.genre import find_genre
from tests.made_tables import page, row
from tests.pages import HEAD, tables


def codes(*lines: str) -> list[str]:
    return [check["code"] for check in tables(["一、重点任务", *lines])["checks"] if check["severity"] == "error"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("（一）扩大供给。新增养老床位张，改造公园2个。", "number_lost"),
        ("（一）提高质量。优良率达到%以上。", "number_lost"),
        ("（一）落实要求。按照某政发〔20230〕18号执行。", "year_damaged"),
        ("（一）控制支出。一般支出压减5. 4%。", "number_split"),
        ("（一）新增托位。2026450个托位建成。", "numbers_glued"),
        ("（一）提高质量。两项比例达到98%99%。", "numbers_glued"),
        ("（一）扩大供给。新建公园1O个。", "letters_for_digits"),
    ],
)
def test_damage_is_told(line: str, code: str) -> None:
    assert code in codes(line)


@pytest.mark.parametrize("line", ["（一）发展生产。带动农户，培育大户。", "（一）搭建平台。建设综合服务平台。", "（一）引进项目。引进亿元以上项目3个。", "（一）改造公园。到2026年，新建公园10个。"])
def test_what_is_no_damage(line: str) -> None:
    assert codes(line) == []


def test_cells_and_headings_are_not_joined() -> None:
    lines = row("指标", "单位", "任务数", "增长%") + row("生产总值增长", "%", "6.5", "—")
    assert find_damage(page(lines)).checks == []
    told = find_damage(page(row("序号", "工作任务") + row("1", "优良率达到%以上，造林100亩。"))).checks
    assert [check["code"] for check in told] == ["number_lost"]


def test_a_split_number_is_no_promise() -> None:
    found = tables(["一、重点任务", "（一）控制支出。一般支出压减5. 4%。"])
    assert found["commitments"] == []
    assert {row["class"] for row in found["numerals"] if row["surface"] in ("5", "4")} == {"other"}


RULES = ["第一条 为规范管理，制定本办法。", "第二条 符合条件的，可以申请补助。", "第三条 补助标准为每人每月500元。", "第四条 应当自受理之日起10个工作日内办结。", "第五条 逾期不缴的，处200元罚款。", "第六条 本办法自2026年1月1日起施行。"]


def test_rules_promise_nothing() -> None:
    found = tables(RULES, ("某区人民政府关于印发某区补助资金管理办法的通知", *HEAD[1:]))
    assert found["commitments"] == []
    assert "rule" in {row["class"] for row in found["numerals"]}
    assert [check["code"] for check in found["checks"] if check["code"].startswith("no_")] == ["no_commitments", "no_targets"]


@pytest.mark.parametrize(
    ("title", "enclosed", "is_kept"),
    [
        ("关于印发某区民生实事实施方案的通知", "某区民生实事实施方案", True),
        ("关于公开征集2027年民生实事项目建议的公告", "", False),
        ("关于拟命名美丽乡村名单的公示", "", False),
        ("关于印发某市人才公寓管理办法（试行）的通知", "", False),
        ("关于印发某县网络安全事件应急预案的通知", "", False),
        ("关于下达2026年目标任务的通知", "", True),
    ],
)
def test_genres(title: str, enclosed: str, is_kept: bool) -> None:
    assert (find_genre(title, enclosed, {"chinese": 3}, True, "").unpromised == "") is is_kept


def test_a_number_that_is_left_open_is_told() -> None:
    found = tables(["一、重点任务", "（一）引进人才。引进医生数十名，招聘教师20名。"])
    assert ("number_vague", "info") in {(check["code"], check["severity"]) for check in found["checks"]}
    assert [str(row["value"]) for row in found["commitments"]] == ["20"]


def test_a_label_glued_to_a_number_is_read_by_the_labels_around_it_and_told() -> None:
    lines = ["1.建成托位100个。（责任单位：区卫健局）", "2.10%以上的社区建成食堂。（责任单位：区民政局）", "3.改造公园2个。（责任单位：区住建局）"]
    found = tables(["一、重点任务", *lines])
    assert [check["code"] for check in found["checks"] if check["severity"] == "warning"].count("label_glued") == 1
    assert [(row["task_id"], str(row["value"]), row["unit"]) for row in found["commitments"]] == [
        ("t1.1", "100", "个"), ("t1.2", "10", "%"), ("t1.3", "2", "个"),
    ]  # fmt: skip
