"""Who answers, in every wording that notices use."""

from __future__ import annotations

import pytest

from extract.folding import fold
from extract.model import Span
from normalize.offices import read_offices
from normalize.organizations import find_organizations
from normalize.responsibilities import find_clauses
from tests import pages


def roles(line: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for clause in find_clauses(line, fold(line), 0, len(line)):
        for assignment in clause.assignments:
            found.setdefault(assignment.role, []).extend(office.name for office in assignment.offices)
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("改善条件。（责任单位：区教育局、区卫生健康局）", {"responsible": ["区教育局", "区卫生健康局"]}),
        ("（牵头单位：市民政局；责任单位：市财政局、市卫生健康委，各区县政府）", {"lead": ["市民政局"], "responsible": ["市财政局", "市卫生健康委", "各区县政府"]}),
        ("牵头单位：区教育局 配合单位：区财政局 各镇（街道）", {"lead": ["区教育局"], "support": ["区财政局", "各镇（街道）"]}),
        ("责任领导：王某；责任单位：区教育局；配合单位：区财政局", {"responsible": ["区教育局"], "support": ["区财政局"]}),
        ("建成学校3所（区教育局牵头，区财政局、区住建局配合）。", {"lead": ["区教育局"], "support": ["区财政局", "区住建局"]}),
        ("推广经验。（农业农村部、科技部、工业和信息化部等负责。列第一位者为牵头单位，下同）", {"responsible": ["农业农村部", "科技部", "工业和信息化部"]}),
        ("（扶贫办、发展改革委等和各有关省级人民政府负责）", {"responsible": ["扶贫办", "发展改革委", "各有关省级人民政府"]}),
        ("（县交通运输局（县邮政办）、县公安局分别牵头）", {"lead": ["县交通运输局（县邮政办）", "县公安局"]}),
        ("（责任单位：区民政局、区残联，各镇〔街道〕）", {"responsible": ["区民政局", "区残联", "各镇〔街道〕"]}),
        ("【责任单位：区发展和改革局、区自然资源和规划局】", {"responsible": ["区发展和改革局", "区自然资源和规划局"]}),
        ("主办单位：区城管局，协办单位：各街道办事处", {"lead": ["区城管局"], "support": ["各街道办事处"]}),
        ("牵头责任单位：县水利局；协同责任单位：县财政局", {"lead": ["县水利局"], "support": ["县财政局"]}),
        ("责任单位：区卫健局（牵头），区财政局、各街道、镇", {"lead": ["区卫健局"], "responsible": ["区财政局", "各街道、镇"]}),
        ("完成改造（区住建局、区财政局）", {"responsible": ["区住建局", "区财政局"]}),
        ("责任单位：区教育局、各镇（街道）按职责分工负责", {"responsible": ["区教育局", "各镇（街道）"]}),
        ("（县教育局牵头，县财政局、县民政局配合，全年推进）", {"lead": ["县教育局"], "support": ["县财政局", "县民政局"]}),
        ("（县教育局牵头、县财政局、县民政局配合）", {"lead": ["县教育局"], "support": ["县财政局", "县民政局"]}),
        ("（县林业局负责，持续推进）", {"responsible": ["县林业局"]}),
        ("（县林业局、县农业农村局，长期坚持）", {"responsible": ["县林业局", "县农业农村局"]}),
        ("（全年推进，县发改局牵头；持续实施）", {"lead": ["县发改局"]}),
        ("（县发改局牵头，县财政局，全民参与其中）", {"lead": ["县发改局"], "responsible": ["县财政局"]}),
        ("（责任单位：县教育局、县住建局，常态化开展）", {"responsible": ["县教育局", "县住建局"]}),
        ("（县林业局长期坚持）", {"responsible": ["县林业局"]}),
        ("（责任单位：电信分公司、区城投公司、团区委、区府办）", {"responsible": ["电信分公司", "区城投公司", "团区委", "区府办"]}),
    ],
)  # fmt: skip
def test_wordings(line: str, expected: dict[str, list[str]]) -> None:
    assert roles(line) == expected


@pytest.mark.parametrize(
    "line",
    ["建立三级网络（区、镇、村）", "（含自建房）", "由市场监管部门负责查处违法行为。", "技工院校（技工院校内由人力资源部门负责）开展评价", "压实责任，区领导牵头抓总。"],
)
def test_what_names_nobody(line: str) -> None:
    assert roles(line) == {}


def test_brackets_that_name_a_unit_and_give_none_are_told() -> None:
    def told(line: str) -> list[str]:
        return [check["code"] for check in pages.tables(["一、重点任务", line])["checks"] if check["code"] == "offices_unread"]

    assert told("（一）种好树木。造林3000亩。（县林业局抓总并抓好后续管护）") == ["offices_unread"]
    assert told("（一）种好树木。造林3000亩。（县林业局负责，持续推进）") == []
    assert told("（一）种好树木。造林3000亩（含退耕还林）。") == []
    assert told("（一）种好树木。造林工作由县自然资源局（县林业局）负责。") == []


def test_the_clause_is_cut_from_the_line() -> None:
    line = "（一）优化布局。新建2所。（责任单位：区教育局）"
    (clause,) = find_clauses(line, fold(line), 0, len(line))
    assert line[: clause.start] + line[clause.end :] == "（一）优化布局。新建2所。"


def test_names_broken_over_the_lines_of_a_cell() -> None:
    text = "区人力\n社保局\n区委\n宣传部\n区民政局"
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    assert [office.name for office in read_offices(text, spans)] == ["区人力社保局", "区委宣传部", "区民政局"]


def organizations(*names: str) -> list[dict[str, object]]:
    rows = [
        {"subject_kind": "task", "subject_id": f"t{i}", "name_as_written": name, "start": i, "end": i + 1}
        for i, name in enumerate(names)
    ]
    return find_organizations(rows).tables["organizations"]


def test_short_and_full_names_are_one() -> None:
    (one,) = organizations("区人力社保局", "区人力资源和社会保障局", "区人力社保局")
    assert (one["name"], one["aliases"], one["mentions"], one["level"], one["kind"]) == ("区人力资源和社会保障局", "区人力社保局", 3, "区", "局")


@pytest.mark.parametrize(("one", "two"), [("区教育局", "县教育局"), ("区卫生健康局", "区卫生监督局"), ("区民政局", "市民政局")])
def test_near_names_stay_two(one: str, two: str) -> None:
    assert [row["name"] for row in organizations(one, two)] == [one, two]


def test_a_slip_of_the_pen_is_told() -> None:
    rows = [
        {"subject_kind": "task", "subject_id": f"t{i}", "name_as_written": name, "start": i, "end": i + 1}
        for i, name in enumerate(["区卫生健康局", "区卫生健康局", "区卫生建康局"])
    ]
    assert [check["code"] for check in find_organizations(rows).checks] == ["unit_name_near_another"]
