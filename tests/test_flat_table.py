"""Flattened tables: each comes back as the grid it was, or is said to be unread; never another grid."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extract import flat_table
from extract.flat_grid import FlatTable
from extract.flat_headings import heading_kinds, headings_end, read_headings
from extract.flat_ratings import LINES, Setting, rate
from extract.flat_rows import Effort
from extract.flat_table import Unread, find_tables
from extract.folding import fold
from extract.line_looks import is_measure, is_office, is_value, office_likeness
from tests.copies import Drawing, Drawn, cells_of, draw, flatten
from tests.drawn_tables import DRAWINGS
from tests.random_tables import tables

EXTRACT = Path(__file__).parents[1] / "extract"
#: Drawings of which a copy does not tell all: the rows, and what the cell over several columns holds.
IN_DOUBT = {
    "lead support dropped": [(2, ("市教育局",)), (4, ("市住建局",))],
    "dropped empties": [(2, ("3", "5")), (4, ("2",))],
}


def rebuilt(lines: list[str], marks: tuple[str, ...] = ()) -> FlatTable:
    """The one table in lines."""
    (table,) = find_tables([fold(line) for line in lines], marks)
    assert isinstance(table, FlatTable), table
    return table


def refusal(lines: list[str]) -> str:
    """Why the one table in lines was not put together."""
    (table,) = find_tables([fold(line) for line in lines])
    assert isinstance(table, Unread), table
    return table.cause


def cells(table: FlatTable, lines: list[str]) -> list[Drawn]:
    return [
        Drawn(p.row, p.column, p.row_span, p.column_span, tuple(fold(line) for line in lines[p.start : p.end]))
        for p in table.places if p.end > p.start
    ]  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_flattened_table_comes_back(name: str) -> None:
    drawing = draw(DRAWINGS[name])
    lines = flatten(drawing)
    table = rebuilt(lines)
    wanted = cells_of(drawing)
    if name not in IN_DOUBT:
        assert cells(table, lines) == wanted
        return
    found = [(place.row, tuple(lines[place.start : place.end])) for place in table.unplaced]
    assert found == IN_DOUBT[name]
    in_doubt = {row for row, _ in found}
    assert [cell for cell in cells(table, lines) if cell.row not in in_doubt] == [
        c for c in wanted if c.row not in in_doubt
    ]


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_place_of_the_grid_has_one_cell_and_every_line_one_place(name: str) -> None:
    lines = flatten(draw(DRAWINGS[name]))
    table = rebuilt(lines)
    spots = [(row, column) for place in table.places for row in place.rows for column in place.columns]
    assert sorted(spots) == [(row, column) for row in range(table.rows) for column in range(table.columns)]
    assert [line for place in table.places for line in range(place.start, place.end)] == list(range(len(lines)))


@pytest.mark.parametrize("name", DRAWINGS)
def test_half_and_full_width_are_one_table(name: str) -> None:
    lines = flatten(draw(DRAWINGS[name]))
    wide = [line.translate(str.maketrans(",:;()%<≤", "，：；（）％＜≤")) for line in lines]
    assert wide != lines or not re.search("[,:;()%<]", "".join(lines))
    assert find_tables([fold(line) for line in wide]) == find_tables([fold(line) for line in lines])


def outcome(drawing: Drawing) -> tuple[str, object]:
    """What becomes of a drawing among other lines: same, unplaced, unread, or what it should not be."""
    lines = [
        fold(line)
        for line in ("某区2024年工作要点", "一、主要目标", *flatten(drawing), "二、重点任务", "(一)优化布局。")
    ]
    found = find_tables(lines)
    if len(found) != 1:
        return "silent", found
    table = found[0]
    if isinstance(table, Unread):
        return "unread", table
    got, wanted = cells(table, lines), cells_of(drawing)
    if got == wanted:
        return "same", table
    in_doubt = {place.row for place in table.unplaced}
    # Above a row in doubt, how far a merged cell reaches is in doubt too.
    known = [(c.row, c.column, c.column_span, c.lines) for c in got if c.row not in in_doubt]
    right = [(c.row, c.column, c.column_span, c.lines) for c in wanted if c.row not in in_doubt]
    return ("unplaced" if in_doubt and known == right else "wrong"), (got, wanted)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tables())
def test_made_tables_come_back_or_are_said(drawing: Drawing) -> None:
    what, seen = outcome(drawing)
    assert what in ("same", "unplaced", "unread"), seen


def test_most_made_tables_come_back_whole() -> None:
    seen: list[str] = []

    @settings(max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(tables())
    def count(drawing: Drawing) -> None:
        seen.append(outcome(drawing)[0])

    count()
    assert seen.count("same") >= 0.7 * len(seen)
    assert seen.count("unread") <= 0.1 * len(seen)


# --- what is refused, and why ---


def test_lines_that_fit_the_headings_in_part_are_refused() -> None:
    lines = flatten(draw(DRAWINGS["plain unit in name"]))
    broken = [*lines[:-4], "12.5", "13.5", *lines[-4:]]
    assert "only down to the row of" in refusal(broken)


def test_a_column_that_is_not_known_takes_what_stands_below_it() -> None:
    drawing = draw("""
序号|指标名称|去年同口径|目标值|责任单位
1|城镇新增就业人数（人）|7900|8000|县人社局
2|农村公路里程（公里）|41|45|县交通局
3|生活污水治理率（%）|55|≥62|县生态环境局
""")
    lines = flatten(drawing)
    assert cells(rebuilt(lines), lines) == cells_of(drawing)


def test_two_columns_that_are_not_known_are_too_many() -> None:
    lines = "序号 指标名称 甲方口径 乙方口径 责任单位 1 城镇新增就业人数(人) 好 差 县人社局 2 农村公路(公里) 中 差 县交通局".split()
    assert refusal(lines) == "the lines below the headings don't fit them"


def test_serials_that_do_not_count_on_are_refused() -> None:
    lines = "序号 指标名称 目标值 责任单位 1 城镇新增就业人数(人) 8000 县人社局 9 农村公路(公里) 45 县交通局 4 新增床位(张) 20 县民政局".split()
    assert isinstance(find_tables(lines)[0], Unread)


def test_a_serial_given_twice_is_kept_as_printed() -> None:
    lines = "序号 指标名称 目标值 责任单位 1 新增就业人数(人) 8000 县人社局 2 农村公路(公里) 45 县交通局 2 新增床位(张) 20 县民政局".split()
    assert [cell.lines for cell in cells(rebuilt(lines), lines) if cell.column == 0][1:] == [("1",), ("2",), ("2",)]


def test_an_extract_need_not_begin_with_one() -> None:
    lines = "序号 指标名称 目标值 责任单位 80 新增就业人数(人) 8000 县人社局 81 农村公路(公里) 45 县交通局".split()
    assert rebuilt(lines).rows == 3


def test_numbers_without_known_headings_are_said() -> None:
    lines = "乡镇 甲 乙 丙 东山镇 12 30 45 西山镇 11 28 40 南山镇 9 31 38".split()
    assert refusal(lines) == "no column headings that are known"


def test_prose_and_lists_are_no_tables() -> None:
    prose = "一、工作目标 全县要提高认识。 目标 任务艰巨,责任重大。 1.加强领导。 2.压实责任。 联系人:某某".split()
    assert find_tables([fold(line) for line in prose]) == []


def test_a_signature_below_a_table_is_no_office_of_it() -> None:
    drawing = draw(DRAWINGS["lead support none"])
    lines = [*flatten(drawing)[:-1], "某县人民政府办公室", "2024年3月1日"]
    table = rebuilt(lines)
    assert lines[table.end :] == ["某县人民政府办公室", "2024年3月1日"]


def test_lines_below_a_table_stay_out_of_it() -> None:
    for below in (
        "★为核心指标,其余为重点指标",
        "二、重点任务",
        "附件:重大项目清单",
        "注:目标为年末数",
        "以上目标要全面完成。",
    ):
        for name in ("unit column merged office", "note column", "tasks", "no serial"):
            lines = [*flatten(draw(DRAWINGS[name])), below]
            assert lines[rebuilt(lines).end :] == [below], (name, below)


def test_two_tables_one_below_the_other() -> None:
    first, second = flatten(draw(DRAWINGS["property"])), flatten(draw(DRAWINGS["tasks"]))
    lines = [*first, "二、重点任务", *second]
    found = find_tables([fold(line) for line in lines])
    assert [(table.start, table.end) for table in found] == [(0, len(first)), (len(first) + 1, len(lines))]
    assert all(isinstance(table, FlatTable) for table in found)


def test_offices_that_are_printed_for_each_row_are_not_merged() -> None:
    lines = flatten(draw("""
序号|指标|目标值|责任单位
1|新增托位数（个）|450|区卫生健康局
2|普惠托位占比（%）|80|区卫生健康局
3|新增学位数（个）|890|
4|老年食堂（家）|20|区民政局
"""))  # fmt: skip
    table = rebuilt(lines)
    assert table.merged == {}
    assert table.missing == {"责任单位": 1}


def test_what_was_merged_and_what_is_missing_is_told() -> None:
    table = rebuilt(flatten(draw(DRAWINGS["unit column merged office"])))
    assert table.merged == {"领域": 2, "责任单位": 2}
    assert table.missing == {}


# --- headings ---


def test_headings_broken_over_lines_and_of_two_rows() -> None:
    lines = ["序号", "指 标", "牵头", "市领导", "2022年", "(基期)", "责任", "单位", "1", "新增托位数(个)"]
    assert headings_end(lines, 0) == 8
    (header,) = [h for h in read_headings(lines, 0, 8) if h.kinds == ("serial", "name", "person", "value", "office")]
    assert [(place.start, place.end) for place in header.places] == [(0, 1), (1, 2), (2, 4), (4, 6), (6, 8)]


def test_readings_of_headings_are_bounded() -> None:
    for line in ("任务", "目标", "项目", "序号", "2024年", "单位"):
        assert len(list(read_headings([line] * 32, 0, 32))) <= 120


def test_every_heading_in_the_list_matches_its_example() -> None:
    with open(EXTRACT / "column_headings.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert heading_kinds(row["example"]) == tuple(row["kinds"].split()), row
            assert set(row["kinds"].split()) <= set(LINES), row


def test_every_measure_in_the_list_stands_in_its_example() -> None:
    with open(EXTRACT / "measures.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["measure"] for row in rows}) == len(rows)
    for row in rows:
        assert row["measure"] in row["example"]
        assert is_measure(row["measure"])
        assert not is_office(row["measure"])


# --- what lines look like ---


@pytest.mark.parametrize("line", "86 ≥86 82.5% 1,850 90%-95% 8.5万人次以上 〔3000〕 100(累计) 不低于96 -1.5".split())
def test_values(line: str) -> None:
    assert is_value(line)


@pytest.mark.parametrize("line", ["全面完成", "托位数(个)", "2024年12月底前", "0-3岁儿童筛查率", "区教育局", ""])
def test_no_values(line: str) -> None:
    assert not is_value(line)


@pytest.mark.parametrize(
    "line", "区教育局,县医保局、县统计局,各镇(街道),区人力社保局 区残联,国网供电公司,市委组织部".split(",")
)
def test_offices(line: str) -> None:
    assert office_likeness(line) == 1


@pytest.mark.parametrize("line", "区人力 全社会 新型城镇 全部 普惠托位占比 托位数(个) 区教育局、区财".split())
def test_no_offices(line: str) -> None:
    assert not is_office(line)


@pytest.mark.parametrize(
    ("lines", "kind", "others"),
    [
        (["区卫生", "健康局"], "office", ["name", "domain", "value"]),
        (["★城乡居民免费健康", "体检数(万人次)"], "name", ["office", "domain", "value"]),
        (["幼", "有", "善", "育"], "domain", ["office", "value"]),
        (["小学≤36.8", "初中≤63.5"], "value", ["office", "domain"]),
        (["1.新增托位450个。", "2.普惠占比80%以上。"], "text", ["office", "domain", "name", "value"]),
        (["2024年12月底前"], "time", ["office", "person", "domain"]),
        (["王东"], "person", ["office", "name"]),
    ],
)
def test_lines_read_best_as_what_they_are(lines: list[str], kind: str, others: list[str]) -> None:
    setting = Setting({"serial", "domain", "name", "value", "office", "text", "time", "person"}, 10, False, True)
    best = rate(kind, lines, setting)
    assert best > 0
    assert all(rate(other, lines, setting) < best - 1 for other in others if len(lines) <= LINES[other])


# --- effort ---


def spent(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many moves the search of a notice takes."""
    efforts: list[tuple[Effort, int]] = []

    def counted(moves: int) -> Effort:
        efforts.append((Effort(moves), moves))
        return efforts[-1][0]

    monkeypatch.setattr(flat_table, "Effort", counted)
    find_tables([fold(line) for line in lines])
    return efforts[0][1] - efforts[0][0].moves


def long_table(rows: int) -> list[str]:
    lines = ["领域", "序号", "指标", "单位", "目标值", "责任单位"]
    for row in range(1, rows + 1):
        lines += ["公共教育"] * (row % 5 == 1)
        lines += [str(row), f"第{row}类学校学位数", "个", str(100 + row), "区教育局" if row % 3 else "区财政局"]
    return lines


def test_effort_grows_with_the_length_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = long_table(60), long_table(180)
    assert rebuilt(long).rows == 181
    assert spent(long, monkeypatch) < 4 * spent(short, monkeypatch)


def test_a_hostile_text_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat_table, "_MOST_MOVES", 20_000)
    table = "序号 工作任务 责任单位 1 扩大托育供给 区教育局 2 推进改造 区住建局 要高度重视,加强领导。".split()
    found = find_tables(table * 50)
    assert len(found) == 50
    assert isinstance(found[0], FlatTable)
    assert isinstance(found[-1], Unread)
    assert found[-1].cause == "too many ways to share the lines out among the columns"
