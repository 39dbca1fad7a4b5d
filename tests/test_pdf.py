"""PDF: what the layout of pages adds is taken back, and what cannot be told is said."""

from __future__ import annotations

import pytest

from extract import read_bytes
from extract.errors import NoNotice
from extract.model import Notice, Table
from extract.pdf.rulings import Box, Segment, find_boxes
from tests.pdf_files import line, make_pdf, table, text_at

LEFT, RIGHT, SIZE = 72, 522, 15  # thirty characters to a line
INDENT = 2 * SIZE


def read(*pages: bytes, **more: object) -> Notice:
    return read_bytes(make_pdf(pages, **more), "notice.pdf")  # type: ignore[arg-type]


def lines_of(notice: Notice) -> list[str]:
    return [notice.text[paragraph.start : paragraph.end] for paragraph in notice.lines()]


def remarks_of(notice: Notice) -> dict[str, str]:
    return {remark.code: remark.severity for remark in notice.remarks}


def set_text(top: float, *paragraphs: str, width: int = 30, leading: float = 24) -> bytes:
    """Paragraphs with an indent of two characters, broken at the width of the page."""
    drawn = b""
    for paragraph in paragraphs:
        first, rest = paragraph[: width - 2], paragraph[width - 2 :]
        drawn += text_at(LEFT + INDENT, top, first, SIZE)
        top += leading
        while rest:
            drawn += text_at(LEFT, top, rest[:width], SIZE)
            rest, top = rest[width:], top + leading
    return drawn


LONG = "深入推进公共服务优质共享，全年新增托位四百五十个，其中普惠托位二百七十个，开展公办幼儿园托班招生六家，探索托育机构婴幼儿托育服务。"
SHORT = "二、重点任务"


# --- paragraphs ---


def test_lines_of_a_paragraph_are_put_together() -> None:
    notice = read(set_text(100, LONG, SHORT, LONG))
    assert lines_of(notice) == [LONG, SHORT, LONG]


def test_a_full_last_line_ends_its_paragraph_where_the_next_has_an_indent() -> None:
    full = LONG[:57] + "。"  # 28 characters and thirty: the last line is full
    assert len(full) == 58
    notice = read(set_text(100, full, LONG, SHORT))
    assert lines_of(notice) == [full, LONG, SHORT]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    first = text_at(LEFT + INDENT, 700, LONG[:28], SIZE) + text_at(LEFT, 724, LONG[28:58], SIZE)
    second = text_at(LEFT, 80, LONG[58:], SIZE) + set_text(104, SHORT)
    assert lines_of(read(set_text(100, LONG) + first, second)) == [LONG, LONG, SHORT]


def test_paragraphs_set_apart_by_a_gap_need_no_indent() -> None:
    drawn, top = b"", 100.0
    for paragraph in (LONG, SHORT, LONG):
        for start in range(0, len(paragraph), 30):
            drawn += text_at(LEFT, top, paragraph[start : start + 30], SIZE)
            top += 20
        top += 12
    assert lines_of(read(drawn)) == [LONG, SHORT, LONG]


def test_title_recipients_and_signature_stay_apart() -> None:
    title = "青禾区人民政府关于印发青禾区公共服务优质共享实施方案有关事项"
    drawn = text_at((595 - 30 * SIZE) / 2, 80, title, SIZE) + text_at((595 - 3 * SIZE) / 2, 104, "的通知", SIZE)
    drawn += text_at((595 - 11 * SIZE) / 2, 140, "青政发〔二〇二三〕一号", SIZE)
    drawn += text_at(LEFT, 170, "各镇人民政府，区政府各部门：", SIZE) + set_text(194, LONG, LONG)
    drawn += text_at(RIGHT - 8 * SIZE, 400, "青禾区人民政府", SIZE) + text_at(
        RIGHT - 10 * SIZE, 424, "二〇二三年九月十九日", SIZE
    )
    notice = read(drawn)
    assert lines_of(notice) == [
        f"{title}的通知", "青政发〔二〇二三〕一号", "各镇人民政府，区政府各部门：", LONG, LONG, "青禾区人民政府", "二〇二三年九月十九日",
    ]  # fmt: skip
    assert [block.align for block in notice.blocks] == ["center", "center", "", "", "", "right", "right"]


def test_gaps_between_numbers_and_characters_are_no_blanks() -> None:
    drawn = (
        text_at(LEFT, 100, "新增托位", SIZE)
        + text_at(LEFT + 4.2 * SIZE, 100, "450", SIZE)
        + text_at(LEFT + 7.4 * SIZE, 100, "个。", SIZE)
    )
    assert lines_of(read(drawn)) == ["新增托位450个。"]


def test_raised_digits_links_and_characters_named_by_their_looks() -> None:
    drawn = (
        text_at(LEFT, 100, "⼀、场地120m", SIZE)
        + text_at(LEFT + 8 * SIZE, 98, "2", 8)
        + text_at(LEFT, 130, "附件：任务清单.doc", SIZE)
    )
    notice = read(drawn, links=[(LEFT + 3 * SIZE, 130, LEFT + 11 * SIZE, 146, "http://example.invalid/a.doc")])
    assert lines_of(notice) == ["一、场地120m²", "附件：任务清单.doc"]
    assert [(notice.text[link.start : link.end], link.href) for link in notice.links] == [
        ("任务清单.doc", "http://example.invalid/a.doc")
    ]


# --- what pages add ---


def test_running_heads_and_page_numbers_are_left_out() -> None:
    def page(number: int, text: str) -> bytes:
        head = text_at(LEFT, 40, "青禾区人民政府公报", 9) + line(LEFT, 52, RIGHT, 52)
        return head + set_text(100, text) + text_at(290, 790, f"—{number}—", 9)

    notice = read(
        *(page(number, f"第{sign}项任务要抓好落实。") for number, sign in ((3, "一"), (4, "二"), (5, "三"), (6, "四")))
    )
    assert lines_of(notice) == [f"第{sign}项任务要抓好落实。" for sign in "一二三四"]
    assert remarks_of(notice) == {"running_lines_dropped": "info"}


def test_a_number_at_the_edge_of_one_page_is_text() -> None:
    notice = read(set_text(100, LONG) + text_at(LEFT, 790, "450", SIZE), set_text(100, LONG))
    assert "450" in lines_of(notice)


def test_pages_without_text_are_told() -> None:
    scan = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    notice = read(set_text(100, LONG), scan)
    assert lines_of(notice) == [LONG]
    assert remarks_of(notice)["page_unread"] == "error"
    with pytest.raises(NoNotice, match="only pictures"):
        read(scan, scan)


def test_text_on_its_side_is_left_out() -> None:
    watermark = b"BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <6837672c> Tj ET\n"
    notice = read(set_text(100, LONG) + watermark)
    assert lines_of(notice) == [LONG]
    assert remarks_of(notice) == {"turned_text": "info"}
    with pytest.raises(NoNotice, match="does not stand upright"):
        read(watermark)


def test_bold_by_printing_twice_is_read_once() -> None:
    assert lines_of(read(text_at(LEFT, 100, SHORT, SIZE) + text_at(LEFT + 0.3, 100, SHORT, SIZE))) == [SHORT]


# --- tables ---

WIDTHS = (70, 40, 160, 60, 110)
HEADER = [
    (0, 0, 2, 1, "领域"),
    (0, 1, 1, 3, "2026年指标目标"),
    (0, 4, 2, 1, "责任单位"),
    (1, 1, 1, 1, "序号"),
    (1, 2, 1, 1, "指标"),
    (1, 3, 1, 1, "目标值"),
]


def row(number: int, serial: str, name: str, value: str, office: str) -> list[tuple[int, int, int, int, str]]:
    return [(number, column, 1, 1, text) for column, text in enumerate((serial, name, value, office), 1)]


def the_table(notice: Notice) -> Table:
    [found] = [block for block in notice.blocks if isinstance(block, Table)]
    return found


def cells_of(notice: Notice) -> dict[tuple[int, int], tuple[tuple[int, int], str]]:
    return {
        (cell.row, cell.column): ((cell.row_span, cell.column_span), cell.text(notice))
        for cell in the_table(notice).cells
    }


def test_merged_cells() -> None:
    cells = [
        *HEADER,
        (2, 0, 2, 1, "幼有善育"),
        *row(2, "1", "托位数（个）", "450", "区教育局"),
        *row(3, "2", "普惠托位占比（%）", "≥80", "区教育局\n区妇联"),
    ]
    notice = read(set_text(60, SHORT) + table(LEFT, 100, WIDTHS, (24, 24, 24, 40), cells) + set_text(260, LONG))
    found = cells_of(notice)
    assert {place: span for place, (span, _) in found.items() if span != (1, 1)} == {
        (0, 0): (2, 1),
        (0, 1): (1, 3),
        (0, 4): (2, 1),
        (2, 0): (2, 1),
    }
    assert found[3, 4][1] == "区教育局\n区妇联"
    assert [found[2, column][1] for column in range(1, 5)] == ["1", "托位数（个）", "450", "区教育局"]
    assert lines_of(notice)[0] == SHORT
    assert lines_of(notice)[-1] == LONG


def test_lines_in_cells_go_on_where_the_line_above_is_full() -> None:
    name = "每千人口拥有三岁以下婴\n幼儿托位数（个）"  # eleven characters of 12 points, and there is room for 149
    cells = [
        *HEADER,
        (2, 0, 1, 1, "幼有\n善育"),
        *row(2, "1", f"{name}", "4500\n0", "区发展\n改革局\n区卫生健康局\n区妇联"),
    ]
    found = cells_of(read(table(LEFT, 100, (70, 40, 143, 60, 110), (24, 24, 64), cells)))
    assert found[2, 2][1] == name.replace("\n", "")
    assert found[2, 0][1] == "幼有\n善育"  # there was room for more
    assert found[2, 3][1] == "45000"  # a number too long for its line
    assert found[2, 4][1] == "区发展\n改革局\n区卫生健康局\n区妇联"


def test_names_of_units_below_one_another_are_not_run_together() -> None:
    cells = [*HEADER, (2, 0, 1, 1, "幼有善育"), *row(2, "1", "托位数", "450", "区教育局\n区妇联")]
    assert cells_of(read(table(LEFT, 100, (70, 40, 160, 60, 60), (24, 24, 40), cells)))[2, 4][1] == "区教育局\n区妇联"


def test_a_table_over_two_pages_with_its_header_again() -> None:
    first = [
        *HEADER,
        (2, 0, 2, 1, "幼有善育"),
        *row(2, "1", "托位数", "450", "区教育局"),
        *row(3, "2", "占比", "80", "区教育局"),
    ]
    second = [
        *HEADER,
        (2, 0, 1, 1, ""),
        *row(2, "3", "筛查率", "86", "区卫健局"),
        (3, 0, 1, 1, "学有优教"),
        *row(3, "4", "学位数", "890", "区教育局"),
    ]
    notice = read(
        set_text(60, LONG) + table(LEFT, 600, WIDTHS, (24, 24, 24, 24), first),
        table(LEFT, 60, WIDTHS, (24, 24, 24, 24), second) + set_text(260, LONG),
    )
    found = cells_of(notice)
    assert [found[place, 1][1] for place in range(2, 6)] == ["1", "2", "3", "4"]
    assert found[2, 0] == ((3, 1), "幼有善育")
    assert found[5, 0] == ((1, 1), "学有优教")
    assert remarks_of(notice)["table_joined"] == "info"


def test_a_row_that_a_page_breaks_is_one() -> None:
    first = [*HEADER, (2, 0, 1, 1, "幼有善育"), *row(2, "1", "每千人口拥有三岁以下婴幼", "450", "区教育局\n区妇联")]
    second = [
        (0, 0, 1, 1, ""),
        *row(0, "", "儿托位数", "", ""),
        (1, 0, 1, 1, "学有优教"),
        *row(1, "2", "学位数", "890", "区教育局"),
    ]
    found = cells_of(
        read(
            set_text(60, LONG) + table(LEFT, 600, WIDTHS, (24, 24, 40), first),
            table(LEFT, 60, WIDTHS, (24, 24), second),
        )
    )
    assert found[2, 2][1] == "每千人口拥有三岁以下婴幼儿托位数"
    assert found[3, 1][1] == "2"
    assert max(place for place, _ in found) == 3


def test_a_row_of_its_own_without_a_serial_is_not_joined_to_the_one_above() -> None:
    first = [*HEADER, (2, 0, 1, 1, "幼有善育"), *row(2, "1", "托位数", "450", "区教育局")]
    second = [
        (0, 0, 1, 1, ""),
        *row(0, "", "其中：普惠托位", "270", ""),
        (1, 0, 1, 1, "学有优教"),
        *row(1, "2", "学位数", "890", "区教育局"),
    ]
    found = cells_of(
        read(
            set_text(60, LONG) + table(LEFT, 600, WIDTHS, (24, 24, 24), first),
            table(LEFT, 60, WIDTHS, (24, 24), second),
        )
    )
    assert (found[2, 3][1], found[3, 3][1], found[4, 3][1]) == ("450", "270", "890")


def test_a_table_with_other_columns_on_the_next_page_is_another() -> None:
    first = [*HEADER, (2, 0, 1, 1, "幼有善育"), *row(2, "1", "托位数", "450", "区教育局")]
    second = [
        (0, 0, 1, 1, "镇"),
        (0, 1, 1, 1, "托位"),
        (1, 0, 1, 1, "江口"),
        (1, 1, 1, 1, "30"),
        (2, 0, 1, 1, "溪口"),
        (2, 1, 1, 1, "20"),
    ]
    notice = read(table(LEFT, 600, WIDTHS, (24, 24, 24), first), table(LEFT, 60, (200, 240), (24, 24, 24), second))
    assert sum(isinstance(block, Table) for block in notice.blocks) == 2


def shade(left: float, top: float, right: float, bottom: float) -> bytes:
    return f"0.9 g {left} {842 - bottom} {right - left} {bottom - top} re f 0 g\n".encode()


SIMPLE = [
    (0, 0, 1, 1, "镇"),
    (0, 1, 1, 1, "托位"),
    (1, 0, 1, 1, "江口"),
    (1, 1, 1, 1, "30"),
    (2, 0, 1, 1, "溪口"),
    (2, 1, 1, 1, "20"),
]


def test_shading_in_cells_makes_no_cells() -> None:
    shaded = shade(75, 102, 265, 122) + shade(80, 104, 260, 118) + shade(275, 102, 505, 122)
    found = cells_of(read(shaded + table(70, 100, (200, 240), (24, 24, 24), SIMPLE)))
    assert [text for _, text in found.values()] == ["镇", "托位", "江口", "30", "溪口", "20"]


def test_lines_drawn_as_thin_shapes_and_cells_that_are_only_shaded() -> None:
    text = b"".join(
        text_at(70 + 200 * column + 5.4, 100 + 24 * number + 2, word) for number, column, _, _, word in SIMPLE
    )
    thin = b"".join(shade(70, 100 + 24 * number, 510, 100.5 + 24 * number) for number in range(4)) + b"".join(
        shade(x, 100, x + 0.5, 172) for x in (70, 270, 510)
    )
    cells = b"".join(
        shade(70 + 200 * column, 100 + 24 * number, 270 + 240 * column, 124 + 24 * number)
        for number in range(3)
        for column in range(2)
    )
    for drawn in (thin, cells):
        assert [text for _, text in cells_of(read(drawn + text)).values()] == ["镇", "托位", "江口", "30", "溪口", "20"]


def test_a_frame_is_no_table_and_keeps_its_paragraphs() -> None:
    frame = line(60, 90, 540, 90) + line(60, 300, 540, 300) + line(60, 90, 60, 300) + line(540, 90, 540, 300)
    notice = read(frame + set_text(100, LONG, LONG))
    assert lines_of(notice) == [LONG, LONG]
    assert not [block for block in notice.blocks if isinstance(block, Table)]


def test_cells_of_a_table_that_is_open_where_the_page_ends() -> None:
    across = [Segment(0, 0, 20), Segment(10, 0, 20)]
    down = [Segment(0, 0, 30), Segment(10, 0, 30), Segment(20, 0, 30)]
    [boxes] = find_boxes(
        [Segment(10 * line.place, 10 * line.start, 10 * line.end) for line in across],
        [Segment(10 * line.place, 10 * line.start, 10 * line.end) for line in down],
    )
    assert boxes == [Box(0, 0, 100, 100), Box(100, 0, 200, 100), Box(0, 100, 100, 300), Box(100, 100, 200, 300)]


def test_cells_of_a_table_that_is_open_at_its_sides() -> None:
    across = [Segment(place, 0, 300) for place in (0, 50, 100)]
    [boxes] = find_boxes(across, [Segment(100, 0, 100), Segment(200, 0, 100)])
    assert len(boxes) == 6
    assert boxes[0] == Box(0, 0, 100, 50)
    # Two lines with nothing between them are no table.
    assert find_boxes([Segment(0, 0, 300), Segment(100, 0, 300)], []) == []


def test_a_broken_line_joins_no_cells_across_it() -> None:
    """Half of the line between two cells is drawn: what lies around it is no rectangle of either."""
    across = [Segment(0, 0, 200), Segment(100, 0, 200), Segment(200, 0, 100)]
    down = [Segment(place, 0, 200) for place in (0, 100, 200)]
    [boxes] = find_boxes([*across, Segment(200, 100, 200)], down)
    assert len(boxes) == 4
