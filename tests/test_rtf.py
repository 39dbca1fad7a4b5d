"""RTF as Word, WPS and others write it: character sets, labels, tables, notes, fields, and what is not to be read."""

from __future__ import annotations

from contextlib import suppress

import pytest

from extract import read_bytes
from extract.errors import LimitExceeded, NoticeError
from extract.limits import Limits
from extract.model import Notice, Table

#: Fonts as Word writes them: one of Latin type, one of Chinese, one of signs.
FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f13\fnil\fcharset134 \'cb\'ce\'cc\'e5{\*\falt SimSun};}{\f3\fnil\fcharset2 Wingdings;}}"


def hexed(text: str, encoding: str = "gb18030") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0" + FONTS) -> bytes:
    return f"{{\\rtf1{head}{body}}}".encode("latin-1")


def read(body: str, **more: str) -> Notice:
    return read_bytes(rtf(body, **more), "notice.doc")


def lines_of(notice: Notice) -> list[str]:
    return [notice.text[line.start : line.end] for line in notice.lines()]


WHOLE = "各镇人民政府"


@pytest.mark.parametrize(
    "body",
    [
        hexed(WHOLE),
        rf"\f0 \hich\af0\dbch\af13\loch\f0 \dbch {hexed(WHOLE)}",
        rf"\f13 {hexed(WHOLE)}",
        "".join(rf"\u{ord(char)}\'3f" for char in WHOLE),
        "".join(rf"\u{ord(char)} ?" for char in WHOLE),
        r"\uc2 " + "".join(rf"\u{ord(char)}{hexed(char)}" for char in WHOLE),
        r"\uc0 " + "".join(rf"\u{ord(char) - (65536 if ord(char) > 32767 else 0)} " for char in WHOLE),
        rf"{{\upr{{??}}{{\*\ud{{{hexed(WHOLE)}}}}}}}",
        rf"\'b8\'f7{{\b \'d5\'f2}}{hexed('人民政府')}",
    ],
)  # fmt: skip
def test_characters(body: str) -> None:
    assert lines_of(read(rf"\pard {body}\par")) == [WHOLE]


def test_characters_of_other_pages() -> None:
    assert lines_of(read(hexed("各區縣政府", "big5"), head=r"\ansi\ansicpg950")) == ["各區縣政府"]
    assert lines_of(read(rf"\f13 {hexed(WHOLE)}", head=rf"\ansi\ansicpg1252{FONTS}")) == [WHOLE]
    # A byte of a Chinese character may look like a sign of the format.
    assert lines_of(read(hexed("新增托位") + r"\'81\\" + hexed("个"))) == ["新增托位乗个"]
    assert lines_of(read(r"\u-10179 ?\u-8704 ?" + hexed(WHOLE))) == [f"\U0001f600{WHOLE}"]


def test_labels_are_taken_as_printed() -> None:
    body = rf"{{\listtext\pard\plain {hexed('（一）')}\tab}}\ls1\ilvl0 {hexed('加快建设。')}\par {{\pntext 1.\tab}}2026{hexed('年完成。')}\par"
    notice = read(body)
    assert lines_of(notice) == ["（一）加快建设。", "1. 2026年完成。"]
    assert [block.label for block in notice.blocks if not isinstance(block, Table)] == ["（一）", "1."]


def test_what_is_no_text() -> None:
    body = (
        r"{\*\generator Msftedit;}{\info{\title " + hexed("文件属性") + r"}}{\stylesheet{\s0 Normal;}{\s15 toc 1;}}{\header\pard " + hexed("页眉") + r"\par}"
        r"{\*\unknown " + hexed("未知") + r"}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt " + hexed("文本框") + r"\par}}{\shprslt " + hexed("旧文本框") + r"}}"
        rf"\pard {hexed(WHOLE)}{{\v {hexed('隐藏')}}}{{\deleted {hexed('删除')}}}\~{{\*\bkmkstart a}}{{\pict\pngblip 89504e47}}\bullet{{\xe {hexed('索引')}}}\par"
        rf"\pard\s15 {hexed('目录')}\par\pard {hexed('正文')}{{\super 2}}\par"
    )  # fmt: skip
    notice = read(body)
    assert lines_of(notice) == [f"{WHOLE} •", "文本框", "正文²"]
    assert [block.hint for block in notice.blocks] == ["", "text_box", ""]
    assert {remark.code for remark in notice.remarks} == {"pictures_unread", "contents_left_out"}


def test_notes_fields_and_signs() -> None:
    body = (
        rf"\pard\qc\outlinelevel0\b {hexed(WHOLE)}{{\footnote\pard {{\super\chftn}} {hexed('脚注。')}\par}}{{\footnote\ftnalt\pard {hexed('尾注。')}}}\par"
        r"\pard\plain {\field{\*\fldinst{HYPERLINK "
        + '"http://example.invalid/a.doc"'
        + rf"}}}}{{\fldrslt{{\ul {hexed('清单')}.doc}}}}}}\par{{\f3 \'fe}}{hexed('是')} {{\field{{\*\fldinst SYMBOL 179 \\f Symbol}}{{\fldrslt }}}}3.5\par"
    )
    notice = read(body)
    assert lines_of(notice) == [WHOLE, "清单.doc", "☑是 ≥3.5", "脚注。", "尾注。"]
    first, *_, footnote, endnote = notice.blocks
    assert not isinstance(first, Table)
    assert (first.align, first.level, first.is_bold) == ("center", 1, True)
    assert footnote.hint == endnote.hint == "note"
    assert [link.href for link in notice.links] == ["http://example.invalid/a.doc"]


def row(edges: str, *cells: str) -> str:
    return rf"\trowd\trleft-108{edges}\pard\intbl " + "".join(rf"{hexed(cell)}\cell " for cell in cells) + r"\row "


def test_tables_with_merged_cells() -> None:
    body = (
        row(r"\clvmgf\cellx1000\clmgf\cellx3000\clmrg\cellx5000", "领域", "目标", "")
        + row(r"\clvmrg\cellx1000\cellx3000\cellx5000", "", "指标", "目标值")
        + row(r"\cellx1020\cellx3000\cellx5000", "幼有善育", "托位数", "四百")
        + rf"\pard {hexed(WHOLE)}\par"
    )
    notice = read(body)
    table, line = notice.blocks
    assert isinstance(table, Table)
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 0): (1, 1),
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }
    assert notice.text[line.start : line.end] == WHOLE


def test_a_table_in_a_cell_and_a_row_defined_after_its_cells() -> None:
    inner = (
        r"\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    )
    body = rf"\pard\intbl {hexed('甲')}\cell\pard\intbl {hexed('乙')}\par {inner}\pard\intbl {hexed('丙')}\cell{{\trowd\cellx1000\cellx3000\row}}"
    body += row(r"\cellx1000\cellx3000", "丁", "戊") + rf"\pard {hexed(WHOLE)}\par"
    notice = read(body)
    table = notice.blocks[0]
    assert isinstance(table, Table)
    assert [cell.text(notice) for cell in table.cells] == ["甲", "乙\n1\n2\n丙", "丁", "戊"]


def test_a_row_without_an_end_loses_no_text() -> None:
    assert lines_of(read(rf"\trowd\cellx1000\pard\intbl {hexed('甲')}\cell {hexed('乙')}")) == ["甲", "乙"]


def test_cut_off_anywhere_it_is_read_or_refused_in_one_line() -> None:
    whole = rtf(row(r"\cellx1000\cellx3000", "丁", "戊") * 2 + rf"\pard {{\b {hexed(WHOLE)}}}\par")
    for end in range(6, len(whole)):
        with suppress(NoticeError):
            read_bytes(whole[:end], "a")


def test_limits() -> None:
    with pytest.raises(LimitExceeded, match="characters"):
        read_bytes(rtf(hexed(WHOLE) * 100), "a", Limits(text_characters=500))
    with pytest.raises(LimitExceeded, match="cells"):
        read_bytes(rtf(row(r"\cellx1000", "甲") * 50), "a", Limits(table_cells=40))
