"""Plain text: lines and furniture, tables in every form that copies have, text of a PDF, encodings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract import read_bytes, read_notice
from extract.copied_lines import items_of, tab_clusters
from extract.errors import LimitExceeded
from extract.limits import Limits
from extract.model import Cell, Notice, Paragraph, Remark, Table
from extract.separated_rows import pipe_cells, whole_rows
from extract.wrapped_lines import joined, without_page_numbers
from tests.copies import FORMS, Drawing, cells_of, draw, table_cells
from tests.drawn_tables import DRAWINGS

SAMPLES = Path(__file__).parents[1] / "samples"
ABOVE = "某区人民政府办公室关于印发2024年工作要点的通知\n\n各镇人民政府:\n\n一、主要目标\n\n"
BELOW = "\n\n二、重点任务\n\n(一)优化资源布局。新建公办幼儿园2所,新增学位720个。\n"

#: What a form of a copy can't tell, of the drawings that are told in one cell a line.
REFUSED = {
    # A row that ends in an empty cell looks as one that goes on.
    ("blocks", "note column"), ("blocks", "within"), ("blocks", "lead support dropped"),
    # Headings in two rows, with cells that break over lines.
    ("word", "two header rows"),
}  # fmt: skip


def read(text: str) -> Notice:
    return read_bytes(text.encode(), "notice.txt")


def lines_of(notice: Notice) -> list[str]:
    return [notice.text[line.start : line.end] for line in notice.lines()]


def tables_of(notice: Notice) -> list[Table]:
    return [block for block in notice.blocks if isinstance(block, Table)]


def remarks_of(notice: Notice, code: str) -> list[Remark]:
    return [remark for remark in notice.remarks if remark.code == code]


def hints_of(notice: Notice) -> dict[str, list[str]]:
    """What is marked as what."""
    found: dict[str, list[str]] = {}
    for block in notice.blocks:
        if block.hint and isinstance(block, Paragraph):
            found.setdefault(block.hint, []).append(notice.text[block.start : block.end])
    return found


# --- tables ---


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("form", FORMS)
def test_a_table_comes_back_from_each_form_of_a_copy(form: str, name: str) -> None:
    drawing = draw(DRAWINGS[name])
    to_text, are_joined = FORMS[form]
    notice = read(ABOVE + to_text(drawing) + BELOW)
    found = tables_of(notice)
    if (form, name) in REFUSED:
        assert not found
        assert remarks_of(notice, "table_not_rebuilt")
        return
    assert len(found) == 1
    spans = {(remark.start, remark.end) for remark in remarks_of(notice, "values_unplaced")}
    in_doubt = {cell.row for cell in found[0].cells if span_of(cell) in spans}
    known = [cell for cell in table_cells(notice, found[0]) if cell.row not in in_doubt]
    assert known == [cell for cell in cells_of(drawing, are_joined) if cell.row not in in_doubt]
    assert len(in_doubt) == len(spans) <= 2


def span_of(cell: Cell) -> tuple[int, int]:
    return (cell.paragraphs[0].start, cell.paragraphs[-1].end) if cell.paragraphs else (0, 0)


@pytest.mark.parametrize("form", ["lines", "tabs", "blocks", "word"])
def test_a_rebuilt_table_says_so_where_it_is(form: str) -> None:
    notice = read(ABOVE + FORMS[form][0](draw(DRAWINGS["unit column merged office"])) + BELOW)
    (table,) = tables_of(notice)
    assert table.hint == "rebuilt"
    (remark,) = remarks_of(notice, "table_rebuilt")
    assert (remark.start, remark.end, remark.severity) == (table.start, table.end, "info")
    assert "领域 (2)、责任单位 (2)" in remark.message


def test_rows_that_stand_as_they_are_are_not_called_rebuilt() -> None:
    notice = read(ABOVE + "乡镇\t户数\t人数\n东山\t12\t30\n西山\t\t28\n" + BELOW)
    (table,) = tables_of(notice)
    assert (table.hint, table.rows, table.columns) == ("", 3, 3)
    assert not notice.remarks


def test_values_in_doubt_are_said_where_they_stand() -> None:
    notice = read(ABOVE + FORMS["lines"][0](draw(DRAWINGS["dropped empties"])) + BELOW)
    found = [notice.text[remark.start : remark.end] for remark in remarks_of(notice, "values_unplaced")]
    assert found == ["3\n5", "2"]


def test_cells_that_the_copy_does_not_hold_are_counted() -> None:
    notice = read(ABOVE + FORMS["lines"][0](draw(DRAWINGS["sub-letters"])) + BELOW)
    (remark,) = remarks_of(notice, "cells_missing")
    assert "单位 (1)、目标值 (1)" in remark.message


def test_what_is_not_rebuilt_keeps_its_lines_and_is_said() -> None:
    lines = "序号\n合作社名称\n所在乡镇\n成员数\n1\n甲社\n东山镇\n12\n2\n乙社\n西山镇\n20\n3\n丙社\n南山镇\n31\n"
    notice = read(ABOVE + lines + BELOW)
    assert not tables_of(notice)
    (remark,) = remarks_of(notice, "table_not_rebuilt")
    assert notice.text[remark.start : remark.end] == lines.strip()


def test_ragged_rows_that_fit_no_headings_are_said() -> None:
    notice = read(ABOVE + "甲\t乙\t丙\n丁\t戊\n己\t庚\t辛\t壬\n" + BELOW)
    assert "甲 乙 丙" in lines_of(notice)
    (remark,) = remarks_of(notice, "table_not_rebuilt")
    assert notice.text[remark.start : remark.end] == "甲 乙 丙\n丁 戊\n己 庚 辛 壬"


def test_a_row_of_pipes_may_break_inside_a_cell() -> None:
    notice = read(
        ABOVE + "| 序号 | 指标 | 单位 | 目标值 | 责任单位 | 备注 |\n|---|---|---|---|---|---|\n"
        "| 1 | 培训人次 | 人次 | 4500 | 县人社局\n县总工会 | 含线上 |\n| 2 | 床位 | 张 | 230 | 县民政局 | |" + BELOW
    )
    (table,) = tables_of(notice)
    grid = table.grid()
    assert [cell and cell.text(notice) for cell in grid[1]][3:] == ["4500", "县人社局\n县总工会", "含线上"]
    assert [cell and cell.text(notice) for cell in grid[2]][3:] == ["230", "县民政局", ""]


def test_headings_repeated_in_a_table_of_pipes_end_merged_cells() -> None:
    rows = ["|领域|指标|目标值|", "|养老|床位(张)|230|", "||助餐点(个)|20|", "|领域|指标|目标值|", "||占比(%)|62|"]
    (table,) = tables_of(notice := read(ABOVE + "\n".join(rows) + BELOW))
    assert [(cell.row, cell.row_span, cell.text(notice)) for cell in table.cells if cell.column == 0] == [
        (0, 1, "领域"), (1, 2, "养老"), (3, 1, "领域"), (4, 1, ""),
    ]  # fmt: skip


def test_a_line_with_a_pipe_is_no_table() -> None:
    notice = read(ABOVE + "甲方|乙方签字确认" + BELOW)
    assert "甲方|乙方签字确认" in lines_of(notice)


def test_pipes_around_one_cell_and_escaped_pipes() -> None:
    assert pipe_cells("| (一)公共教育 | | |") == ["(一)公共教育", "", ""]
    assert pipe_cells("|一个|") == ["一个"]
    assert whole_rows(["甲 | 乙", "丙 | 丁"]) == ["甲 | 乙", "丙 | 丁"]


def test_tables_with_many_cells_are_refused() -> None:
    with pytest.raises(LimitExceeded, match="more than 100 cells"):
        read_bytes("\n".join(["甲\t乙\t丙"] * 50).encode(), "notice.txt", Limits(table_cells=100))


def test_clusters_of_rows_end_at_prose_and_at_other_headings() -> None:
    assert tab_clusters(["索引号\t1", "文号\t2", "关于印发要点的通知。", "序号\t指标", "1\t床位"]) == [(0, 2), (3, 5)]
    assert tab_clusters(["甲\t乙", "丙\t丁", "附表", "序号\t指标\t目标值", "1\t床位\t2"]) == [(0, 2), (3, 5)]
    assert tab_clusters(["序号\t指标\t目标值", "(一)养老", "1\t床位\t2"]) == [(0, 3)]


def test_what_a_tab_says_of_the_next_line() -> None:
    items = items_of(["指标", "\t", "目标值", "\t", "\t", "床位"])
    assert (items.texts, items.marks) == (["指标", "目标值", "", "床位"], ["", "cell", "cell", "cell"])


# --- the sample ---


def test_the_sample_as_text_has_the_table_of_the_page() -> None:
    text, page = read_notice(SAMPLES / "fenghua-2023.txt"), read_notice(SAMPLES / "fenghua-2023.html")
    (rebuilt,) = tables_of(text)
    (printed,) = (table for table in tables_of(page) if table.hint != "metadata")
    assert (rebuilt.rows, rebuilt.columns) == (printed.rows, printed.columns)
    assert table_cells(text, rebuilt) == table_cells(page, printed)


def test_the_sample_is_read_at_once() -> None:
    data = (SAMPLES / "fenghua-2023.txt").read_bytes()
    read_bytes(data, "notice.txt")
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        read_bytes(data, "notice.txt")
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.2, "on an idle machine it takes 0.02 s"


def test_long_texts_take_time_by_their_length() -> None:
    start = time.perf_counter()
    notice = read("\n".join(f"第{number}行的内容" for number in range(30_000)))
    assert len(notice.blocks) == 30_000
    assert time.perf_counter() - start < 15, "on an idle machine it takes 0.6 s"


# --- lines, field block, furniture, attachments ---


def test_furniture_is_left_out_and_the_field_block_marked() -> None:
    notice = read(
        "进入老年版\n\n索引号 1133/2023-1 组配分类 区府办文件\n\n发文字号 某政办发〔2023〕18号 发文日期 2023-05-04\n\n"
        "某区关于印发工作要点的通知\n\n字体:【大】 【小】\n\n各镇人民政府:\n\n请认真执行。\n\n附件:清单\n\n某政办发〔2023〕18号工作要点.doc\n"
    )
    assert lines_of(notice) == [
        "索引号 1133/2023-1 组配分类 区府办文件", "发文字号 某政办发〔2023〕18号 发文日期 2023-05-04", "某区关于印发工作要点的通知",
        "各镇人民政府:", "请认真执行。", "附件:清单", "某政办发〔2023〕18号工作要点.doc",
    ]  # fmt: skip
    assert hints_of(notice) == {
        "metadata": ["索引号 1133/2023-1 组配分类 区府办文件", "发文字号 某政办发〔2023〕18号 发文日期 2023-05-04"],
        "attachment": ["某政办发〔2023〕18号工作要点.doc"],
    }


def test_a_font_tool_with_a_size_a_line_is_left_out() -> None:
    notice = read("关于印发要点的通知\n来源：某报\n【字体：\n大\n中\n小\n】\n各镇人民政府：\n大\n")
    assert lines_of(notice) == ["关于印发要点的通知", "来源：某报", "各镇人民政府：", "大"]


@pytest.mark.parametrize(
    ("block", "is_table"),
    [
        ("索引号：1/2 文号：某政〔2023〕1号\n成文日期：2023-04-24", False),
        ("索引号\n\n1/2\n\n文号\n\n某政〔2023〕1号", False),
        ("索引号 | 1/2 | 文号 | 某政〔2023〕1号\n---|---|---|---\n成文日期 | 2023-04-24 | 公开方式 | 主动公开", True),
        ("索引号：\t1/2\t文号：\t某政〔2023〕1号\n标题：\t某政要点", True),
    ],
)
def test_field_blocks_of_many_forms(block: str, is_table: bool) -> None:
    notice = read(f"{block}\n\n某区关于印发要点的通知\n\n各镇人民政府：\n\n一、总体要求\n\n要求如下。\n")
    first = notice.blocks[0]
    assert first.hint == "metadata"
    assert isinstance(first, Table) is is_table
    assert [notice.text[b.start : b.end] for b in notice.blocks if not b.hint][0] == "某区关于印发要点的通知"


def test_markdown_says_headings_and_links() -> None:
    notice = read(
        "# 某区关于印发要点的通知\n\n## 一、目标\n\n**责任单位：**区教育局\n\n附件：[清单.xlsx](files/a.xlsx)\n"
    )
    assert lines_of(notice) == ["某区关于印发要点的通知", "一、目标", "责任单位：区教育局", "附件：清单.xlsx"]
    assert [block.level for block in notice.blocks if isinstance(block, Paragraph)] == [1, 2, 0, 0]
    assert [(notice.text[link.start : link.end], link.href) for link in notice.links] == [("清单.xlsx", "files/a.xlsx")]


def test_a_hash_without_other_marks_stays() -> None:
    assert lines_of(read("# 某区\n\n#2 井和**两**处\n")) == ["# 某区", "#2 井和**两**处"]


# --- text of a PDF ---

WRAPPED = [
    "    为深入贯彻落实省委、省政府关于公共服务优质共享的决策部署，进一步提高公", "共服务水平，大力推进公共服务均衡可及，按照年度目标任务，结合我区实际，制",
    "定本工作要点，请各镇（街道）、区级各部门按照职责分工，认真抓好贯彻落实，确", "保各项任务落到实处。", "    一、总体要求", "— 1 —",
    "    坚持以人民为中心的发展思想，聚焦群众急难愁盼，加大普惠托育供给，新增托位", "450个，其中普惠托位270个，健全从孕期到义务教育前的全周期服务体系，推进幼",
    "2", "儿园托幼一体化发展，开展公办幼儿园托班招生，探索社区临时托和计时托等服务", "方式，落实好各项资金补助，提高各托育机构办托积极性，开展照护人员培训，组织",
    "相关部门按照职责分工落实业务骨干驻点办公，统筹协调做好信访问题和风险隐患的", "3", "处置化解工作，建立健全常态化巡查机制，确保城乡居住安全，完成房屋调查登记工",
    "作，巩固提升专项整治成果，建立网格巡查机制，切实保障低收入人群住房条件，补", "充完善困难家庭危房改造即时限时救助实施办法。", "    二、保障措施", "第 4 页 共 4 页",
]  # fmt: skip


def test_hard_wrapped_lines_are_joined_and_page_numbers_left_out() -> None:
    notice = read("\n".join(WRAPPED))
    found = lines_of(notice)
    assert len(found) == 4
    assert found[0].endswith("确保各项任务落到实处。")
    assert found[1] == "一、总体要求"
    assert "新增托位450个，" in found[2]
    assert "推进幼儿园托幼一体化发展" in found[2]
    assert "风险隐患的处置化解工作" in found[2]
    assert remarks_of(notice, "page_numbers_dropped")[0].message.startswith("4 lines")
    assert "10 were joined" in remarks_of(notice, "lines_joined")[0].message


def test_lines_are_joined_beside_a_table_of_tabs_and_after_a_full_line_with_a_semicolon() -> None:
    rows = ["序号\t指标名称\t目标值\t责任单位", "1\t新增托位\t450个\t区卫生健康局", "2\t新建公办幼儿园\t2所\t区教育局"]
    found = lines_of(read("\n".join([*WRAPPED[:4], *rows, *WRAPPED[4:]])))
    assert "序号" in found[found.index("新增托位") - 6 : found.index("新增托位")]
    assert any("推进幼儿园托幼一体化发展" in line for line in found)


def test_a_full_line_goes_on_after_a_semicolon() -> None:
    lines = ["去年全区新建公园三座，改造道路五条，绿化两处山体，修复河道七公里，成效显著"] * 9
    ends = lines[0][:-1] + "；"
    assert joined([*lines, ends, "全区通车里程一千公里。"])[0][-1].endswith("成效显；全区通车里程一千公里。")
    assert joined([*lines, ends[-20:], "全区通车里程一千公里。"])[0][-1] == "全区通车里程一千公里。"


def test_numbers_between_short_lines_are_no_page_numbers() -> None:
    lines = ["序号", "指标", "1", "床位", "2", "学位"]
    assert without_page_numbers(lines) == (lines, 0)


@pytest.mark.parametrize("line", ["— 12 —", "- 3 -", "第3页", "第 3 页 共 8 页", "Page 6", "P. 6", "3/8页"])
def test_page_numbers(line: str) -> None:
    assert without_page_numbers(["标题", line]) == (["标题"], 1)


@pytest.mark.parametrize("line", ["2023", "1/2", "-1.5", "第3页见附表", "—", "3-5"])
def test_no_page_numbers(line: str) -> None:
    assert without_page_numbers(["标题", line]) == (["标题", line], 0)


def test_lists_of_titles_of_one_length_are_not_joined() -> None:
    titles = [f"某区人民政府办公室关于印发第{number}号工作方案的通知" for number in range(10, 40)]
    assert joined(titles) == (titles, 0)


def test_paragraphs_one_a_line_are_not_joined() -> None:
    text = (SAMPLES / "fenghua-2023.txt").read_text(encoding="utf-8").split("\n")
    assert joined(text) == (text, 0)


# --- bytes ---


def as_text(drawing: Drawing) -> str:
    return ABOVE + FORMS["lines"][0](drawing) + BELOW


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings_and_line_breaks_make_no_difference(encoding: str, line_break: str) -> None:
    text = as_text(draw(DRAWINGS["unit column merged office"]))
    broken = text.replace("\n", line_break)
    mark = "\ufeff" * encoding.endswith("-bom")
    data = (mark + broken).encode(encoding.removesuffix("-bom"))
    notice, plain = read_bytes(data, "notice.txt"), read(text)
    assert (notice.text, notice.blocks, notice.remarks) == (plain.text, plain.blocks, plain.remarks)


def test_bytes_that_can_not_be_read_are_said() -> None:
    notice = read_bytes("各镇人民政府、区政府各部门要认真执行。".encode() + b"\xff\xfe", "notice.txt")
    (remark,) = remarks_of(notice, "undecodable_bytes")
    assert remark.message.startswith("2 characters")


def test_texts_beyond_the_limit_are_refused() -> None:
    with pytest.raises(LimitExceeded, match="more than 10 characters"):
        read_bytes("一二三四五六七八九十十一".encode(), "notice.txt", Limits(text_characters=10))
