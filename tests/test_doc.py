"""Binary Word files (.doc): the same as its page and .docx, and every rule that the reader rests on."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

import extract.doc
from extract import read_bytes, read_notice
from extract.doc.container import Broken, Place, Story, Streams
from extract.errors import DamagedFile, LimitExceeded, NoticeError
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model import Notice, Source, Table
from extract.pieces import Grid, Line, Piece
from tests.binary_word import (
    Binary,
    in_table,
    list_instances,
    list_level,
    lists,
    override,
    plc,
    read_streams,
    row_end,
    sprm,
    style,
    style_sheet,
)

NOTICES = Path(__file__).parent / "notices" / "synthetic"
FENGHUA, ZHUXI = (
    NOTICES / "fenghua-2024" / "fenghua-2024.doc",
    NOTICES / "zhuxi-2026-gongzuo" / "zhuxi-2026-gongzuo.doc",
)
DELETED, HIDDEN, BOLD = sprm(0x0800, 1), sprm(0x083C, 1), sprm(0x0835, 1)
PLAIN, FIRST, ON = 0, 2, 1  # merge codes across
DOWN_FIRST, DOWN_ON = 3, 1


def text(pieces: list[Piece]) -> list[str]:
    return [line.text for piece in pieces for line in ([piece] if isinstance(piece, Line) else piece.lines())]


def grid(pieces: list[Piece]) -> list[tuple[int, int, int, int, str]]:
    (found,) = [piece for piece in pieces if isinstance(piece, Grid)]
    return [(*cell[:4], "\n".join(line.text for line in cell[4])) for cell in found.cells]


def tables(notice: Notice) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text(notice)) for cell in block.cells]
        for block in notice.blocks
        if isinstance(block, Table) and block.hint != "metadata"
    ]


# --- whole notices ---


def test_a_notice_is_the_same_as_doc_docx_and_page() -> None:
    doc, word, page = (read_notice(FENGHUA.with_suffix(suffix)) for suffix in (".doc", ".docx", ".html"))
    assert doc.text == word.text
    assert [(block.start, block.end, getattr(block, "label", "")) for block in doc.blocks] == [
        (block.start, block.end, getattr(block, "label", "")) for block in word.blocks
    ]
    assert tables(doc) == tables(word) == tables(page)
    recipients = doc.text.index("各镇人民政府")
    assert doc.text[recipients:] == page.text[page.text.index("各镇人民政府") :]


def test_a_notice_without_tables_is_the_same_as_its_page() -> None:
    doc, page = read_notice(ZHUXI), read_notice(ZHUXI.with_suffix(".html"))
    assert doc.text[doc.text.index("各镇人民政府") :] == page.text[page.text.index("各镇人民政府") :]


@pytest.mark.parametrize("path", [FENGHUA, ZHUXI], ids=lambda path: path.stem)
def test_tables_and_text_are_those_that_another_reader_of_the_format_finds(path: Path, tmp_path: Path) -> None:
    doc2docx = pytest.importorskip("doc2docx")
    doc2docx.convert(str(path), str(tmp_path / "converted.docx"))
    ours, theirs = read_notice(path), read_notice(tmp_path / "converted.docx")
    assert ours.text == theirs.text
    assert tables(ours) == tables(theirs)


def test_reading_a_doc_takes_no_longer_than_parsing_the_page() -> None:
    from bs4 import BeautifulSoup

    page, data = FENGHUA.with_suffix(".html").read_text(encoding="utf-8"), FENGHUA.read_bytes()

    def fastest(work: object) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            work()  # type: ignore[operator]
            times.append(time.process_time() - start)
        return min(times)

    source = Source("a.doc", "doc", "")
    reading = fastest(lambda: extract.doc.read(data, source, DEFAULT_LIMITS, "a.doc"))
    assert reading < 1.5 * fastest(lambda: BeautifulSoup(page, "lxml"))


# --- text ---


def test_characters_of_one_byte_and_beyond_the_basic_plane() -> None:
    pieces, _ = Binary(single_byte=True).add("GDP \x93growth\x94 6%".encode("latin-1").decode("cp1252")).read()
    assert text(pieces) == ["GDP “growth” 6%"]
    pair = "𠮷".encode("utf-16-le")
    surrogates = "".join(map(chr, struct.unpack("<2H", pair)))
    pieces, _ = Binary().add(f"地名{surrogates}村", ("新增", BOLD), "3所").add("下").read()
    assert text(pieces) == ["地名𠮷村新增3所", "下"]


def test_deleted_and_hidden_text_is_dropped_and_marks_join_lines() -> None:
    made = (
        Binary()
        .add("新增", ("删300", DELETED), ("隐", HIDDEN), "450个")
        .add("前半", mark_characters=DELETED)
        .add("后半")
    )
    made.add("标题。", mark_characters=HIDDEN).add("正文").add("末", mark_characters=DELETED)
    made.row("甲", "乙", end=row_end((900, 0, 0), (900, 0, 0)))
    assert text(made.read()[0]) == ["新增450个", "前半后半", "标题。正文", "末", "甲", "乙"]


def test_special_characters() -> None:
    sections = {Place.SECTIONS: plc((0, 12, 99), *[b"\0" * 12] * 2)}
    made = (
        Binary(parts=sections)
        .add("（一）题\x0b文\x1e\x1f\x02\x05", "\t甲", mark="\x0c")
        .add("上页\x0c下页")
        .add("栏\x0e二")
        .add("\x01图")
    )
    pieces, remarks = made.read()
    assert text(pieces) == ["（一）题", "文- 甲", "上页", "下页", "栏", "二", "图"]
    assert [remark.code for remark in remarks] == ["pictures_unread"]


def test_fields() -> None:
    made = Binary().add("至\x13 DATE \x142026年\x15", "\x13eq \\o\\ac(○,2)\x15", "止\x13 AUTONUM \x15")
    made.add("\x13 IF \x13 PAGE \x147\x15 = 1 \x14共\x15页").add("没有\x13结束").add(
        '附：\x13 HYPERLINK "http://a.gov.cn/b.doc" \x14方案.doc\x15。'
    )
    pieces, remarks = made.read()
    assert text(pieces) == ["至2026年②止", "共页", "没有结束", "附：方案.doc。"]
    assert [remark.code for remark in remarks] == ["field_unread"]
    assert isinstance(pieces[-1], Line)
    assert pieces[-1].links == [(2, 8, "http://a.gov.cn/b.doc")]


def test_symbols_and_raised_digits() -> None:
    names = [name.encode("utf-16-le") + b"\0\0" for name in ("宋体", "Wingdings", "Symbol")]
    fonts = struct.pack("<HH", 3, 0) + b"".join(bytes([39 + len(name)]) + b"\0" * 39 + name for name in names)
    made = Binary(parts={Place.FONTS: fonts})
    ticked, at_least = (sprm(0x6A09, *struct.pack("<HH", font, code)) for font, code in ((1, 0xF0FE), (2, 0xF0B3)))
    times = sprm(0x6A09, *struct.pack("<HH", 2, 0xF0B4)) + sprm(0x4A4F, 2, 0)
    made.add(
        ("(", ticked),
        "是（注）",
        ("(", times),
        ("(", at_least),
        "95%",
        ("\uf0a8", sprm(0x4A4F, 1, 0)),
        "m",
        ("2", sprm(0x2A48, 1)),
    )
    assert text(made.read()[0]) == ["☑是（注）×≥95%□m²"]


def test_styles_give_level_bold_and_what_is_left_out() -> None:
    sheet = style_sheet(
        style(),
        style(sprm(0x2640, 0), BOLD, base=0),
        style(sprm(0x2640, 1), sprm(0x0835, 0x81), base=1),
        style(name="toc 1"),
        style(base=5),
        style(base=4),
    )
    made = (
        Binary(parts={Place.STYLES: sheet})
        .add("甲", style=1)
        .add("乙", style=2)
        .add(("丙", sprm(0x0835, 0x80)), style=1)
        .add("目录\t1", style=3)
    )
    made.add("丁", style=4).add("戊", style=99, properties=sprm(0x2403, 1))
    pieces, remarks = made.read()
    shown = [(line.text, line.level, line.is_bold, line.align) for line in pieces if isinstance(line, Line)]
    assert shown == [
        ("甲", 1, True, ""),
        ("乙", 2, False, ""),
        ("丙", 1, True, ""),
        ("丁", 0, False, ""),
        ("戊", 0, False, "center"),
    ]
    assert [remark.code for remark in remarks] == ["contents_left_out"]


def test_properties_in_the_data_stream_and_of_pieces() -> None:
    properties = sprm(0x2640, 3)
    made = Binary(data=b"\0\0" + struct.pack("<H", len(properties)) + properties)
    made.add("甲", properties=sprm(0x6646, 2, 0, 0, 0))
    assert [line.level for line in made.read()[0] if isinstance(line, Line)] == [4]
    modified = Binary(modifier=0x0001, modifiers=b"\x01" + struct.pack("<H", len(DELETED)) + DELETED)
    assert text(modified.add("全部删去").read()[0]) == []
    short = Binary(modifier=0x0041 << 1 | 1 << 8)
    assert text(short.add("全部删去").read()[0]) == []


def swapped(streams: Streams, place: Place, part: bytes) -> Streams:
    """The streams with another part in this place."""
    main = bytearray(streams.main)
    struct.pack_into("<II", main, 0x9A + 8 * place, len(streams.table), len(part))
    return Streams(bytes(main), streams.table + part, streams.data)


def test_pieces_are_read_in_their_order_and_not_in_that_of_the_stream() -> None:
    streams = Binary().add("后写的").add("先印的").streams()
    pieces = plc((0, 4, 8), struct.pack("<HIH", 0, 0x800 + 8, 0), struct.pack("<HIH", 0, 0x800, 0))
    fast_saved = swapped(streams, Place.CLX, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    assert text(read_streams(fast_saved)[0]) == ["先印的", "后写的"]


def test_pages_of_formatting_that_stand_elsewhere_than_listed_are_found() -> None:
    streams = (
        Binary(parts={Place.STYLES: style_sheet(style(), style(characters=BOLD, base=0))})
        .add("甲", style=1)
        .add("乙")
        .streams()
    )
    listed = bytearray(streams.part(Place.PARAGRAPH_PAGES))
    first, second = struct.unpack_from("<II", listed, 12)
    struct.pack_into("<II", listed, 12, second, first)
    pieces, _ = read_streams(swapped(streams, Place.PARAGRAPH_PAGES, bytes(listed)))
    assert [(line.text, line.is_bold) for line in pieces if isinstance(line, Line)] == [("甲", True), ("乙", False)]
    with pytest.raises(Broken, match="no formatting"):
        read_streams(swapped(streams, Place.PARAGRAPH_PAGES, plc((0, 1), struct.pack("<I", first))))


def test_what_stands_beside_the_text_may_be_damaged_and_is_told() -> None:
    parts = {
        Place.LIST_INSTANCES: list_instances((1, [])), Place.SECTIONS: plc((9, 3), b"\0" * 12),
        Place.FOOTNOTE_REFERENCES: plc((9, 3, 1), b"\0\0\0\0"), Place.FOOTNOTE_TEXTS: plc((0, 1)), Place.SHAPES: plc((9, 3, 1), b"\0" * 52),
        Place.TEXT_BOX_TEXTS: plc((0, 99, 100), b"\0" * 44),
    }  # fmt: skip
    streams = Binary(parts=parts).add("甲", properties=item(1)).streams()
    pieces, remarks = read_streams(swapped(streams, Place.LISTS, lists(OUTLINE)[:-9]))
    assert text(pieces) == ["甲"]
    (remark,) = remarks
    assert (remark.code, remark.severity) == ("part_damaged", "warning")
    assert remark.message.endswith(": section breaks, automatic numbers, text boxes, places of text boxes, footnotes")


# --- notes and text boxes ---


def test_notes_stand_at_the_end_and_text_boxes_where_they_hang() -> None:
    boxes = b"".join(struct.pack("<8xH4xI4x", spare, shape) for spare, shape in ((0, 7), (1, 7), (0, 8), (0, 9)))
    parts = {
        Place.FOOTNOTE_REFERENCES: plc((1, 3, 99), b"\0\0", b"\0\0"),
        Place.FOOTNOTE_TEXTS: plc((0, 4, 8, 9)),
        Place.ENDNOTE_REFERENCES: plc((0, 99), b"\0\0"),
        Place.ENDNOTE_TEXTS: plc((0, 3, 99)),
        Place.TEXT_BOX_TEXTS: plc((0, 3, 4, 8, 99), boxes),
        Place.SHAPES: plc((4, 99), struct.pack("<I22x", 7)),
    }
    made = Binary(parts=parts).add("甲\x02", ("乙", b""), ("\x02", DELETED), "\x08丙").add("丁")
    made.add("\x02注一", story=Story.FOOTNOTES).add("\x02删注", story=Story.FOOTNOTES)
    made.add("页眉", story=Story.HEADERS).add("批注", story=Story.COMMENTS).add("尾注", story=Story.ENDNOTES)
    made.add("框一", story=Story.TEXT_BOXES).add(story=Story.TEXT_BOXES).add("无锚框", story=Story.TEXT_BOXES)
    pieces, _ = made.read()
    assert [(line.text, line.hint) for line in pieces if isinstance(line, Line)] == [
        ("甲乙丙", ""), ("框一", "text_box"), ("丁", ""), ("无锚框", "text_box"), ("注一", "note"), ("尾注", "note"),
    ]  # fmt: skip


# --- lists ---

OUTLINE = [list_level("\0、", 39), list_level("（\1）", 37), list_level("\2.", follow=0), *[list_level("")] * 6]


def item(index: int, level: int = 0) -> bytes:
    return sprm(0x460B, *struct.pack("<h", index)) + sprm(0x260A, level)


def test_lists() -> None:
    legal = [
        list_level("第\0章", 39),
        list_level("\0.\1", 39, flags=0x04, follow=1),
        *[list_level("\2", flags=0x08)] * 7,
    ]
    parts = {
        Place.LISTS: lists(OUTLINE, legal),
        Place.LIST_INSTANCES: list_instances(
            (1, []), (1, [override(0, 1)]), (2, []), (1, [override(1, 9, list_level("[\1]", start=4))]), (77, [])
        ),
    }
    made = Binary(parts=parts)
    for content, properties in (
        ("甲", item(1)), ("乙", item(1, 1)), ("2026年丙", item(1, 2)), ("丁", item(1)), ("戊", item(2)), ("己", item(2)),
        ("庚", item(3)), ("辛", item(3, 1)), ("壬", item(4, 1)), ("癸", item(4, 1)), ("无", item(5)), ("关", item(0)), ("旧", item(-3)), ("界", item(99)),
    ):  # fmt: skip
        made.add(content, properties=properties)
    pieces, _ = made.read()
    assert text(pieces) == [
        "一、甲", "（一）乙", "1. 2026年丙", "二、丁", "一、戊", "二、己", "第一章庚", "1.1 辛", "[4]壬", "[5]癸", "无", "关", "旧", "界",
    ]  # fmt: skip
    assert [line.label for line in pieces if isinstance(line, Line)][:4] == ["一、", "（一）", "1.", "二、"]


def test_lists_of_styles_bullets_and_section_breaks() -> None:
    sheet = style_sheet(style(item(1)), style(sprm(0x260A, 1), base=0))
    parts = {
        Place.STYLES: sheet,
        Place.LISTS: lists([list_level("★", 23)], simple=True),
        Place.LIST_INSTANCES: list_instances((1, [])),
        Place.SECTIONS: plc((1, 99), b"\0" * 12),
    }
    assert text(Binary(parts=parts).add(mark="\x0c").add("核心").add("更深", style=1).read()[0]) == ["★核心", "★更深"]


# --- tables ---


def test_merges_down_and_across() -> None:
    made = Binary()
    made.row("指标", "并去", "值", end=row_end((900, FIRST, 0), (900, ON, 0), (900, 0, 0)))
    made.row("幼有善育", "托位", "450", end=row_end((900, 0, DOWN_FIRST), (900, 0, 0), (900, 0, 0)))
    made.row("", "占比", "82", end=row_end((900, 0, DOWN_ON), (910, 0, 0), (890, 0, 0)))
    made.row("合计", "532", end=row_end((1800, 0, 0), (900, 0, 0)))
    assert grid(made.read()[0]) == [
        (0, 0, 1, 2, "指标\n并去"), (0, 2, 1, 1, "值"), (1, 0, 2, 1, "幼有善育"), (1, 1, 1, 1, "托位"), (1, 2, 1, 1, "450"),
        (2, 1, 1, 1, "占比"), (2, 2, 1, 1, "82"), (3, 0, 1, 2, "合计"), (3, 2, 1, 1, "532"),
    ]  # fmt: skip


def test_changes_to_a_row_after_its_definition() -> None:
    three = ((900, 0, 0),) * 3
    made = Binary().row("序号", "指标", "值", end=row_end(*three))
    made.row("一组", "", "", end=row_end(*three, more=sprm(0x5624, 0, 3)))
    made.row("1", "托位", "450", end=row_end(*three, more=sprm(0xD62B, 2, 2, 0x83 & 3)))
    made.row("2", "占比", "", end=row_end(*three, more=sprm(0xD62B, 2, 2, DOWN_ON) + sprm(0x5625, 0, 2)))
    made.row("3", "学校", end=row_end(*three, more=sprm(0x5622, 0, 1) + sprm(0x7623, 1, 2, *struct.pack("<h", 1800))))
    cells = grid(made.read()[0])
    assert cells[3] == (1, 0, 1, 3, "一组")
    assert cells[6] == (2, 2, 2, 1, "450")
    assert cells[-2:] == [(4, 0, 1, 1, "3"), (4, 1, 1, 2, "学校")]


def test_rows_of_word_97_which_do_not_say_how_deep_they_are() -> None:
    made = Binary()
    for cells in (("序号", "指标"), ("1", "托位")):
        for cell in cells:
            made.add(cell, mark="\x07", properties=sprm(0x2416, 1))
        end = row_end((900, 0, 0), (900, 0, 0))
        made.add(mark="\x07", properties=sprm(0x2416, 1) + end[len(in_table()) :])
    assert [cell[4] for cell in grid(made.read()[0])] == ["序号", "指标", "1", "托位"]


def test_a_nested_table_stays_in_its_cell() -> None:
    made = Binary()
    for row in range(4):
        made.row(str(row), "指标名称", "责任单位", end=row_end(*((900, 0, 0),) * 3))
    made.add("5", mark="\x07", properties=in_table()).add("报销比例", properties=in_table())
    for cells in (("职工", "82"), ("居民", "64")):
        for cell in cells:
            made.add(cell, properties=in_table(2) + sprm(0x244B, 1))
        made.add(properties=row_end((400, 0, 0), (400, 0, 0), depth=2))
    made.add("注", mark="\x07", properties=in_table()).add("区医保局", mark="\x07", properties=in_table())
    made.add(mark="\x07", properties=row_end(*((900, 0, 0),) * 3))
    assert grid(made.read()[0])[-2] == (4, 1, 1, 1, "报销比例\n职工\n82\n居民\n64\n注")


def test_tables_in_different_places_are_two_and_deleted_rows_are_none() -> None:
    two = ((900, 0, 0), (900, 0, 0))
    made = Binary()
    for place in (1, 2):
        for serial in ("甲", "乙"):
            made.row(serial, str(place), end=row_end(*two, more=sprm(0x940E, place, 0)))
    made.row("删", "9", end=row_end(*two, more=sprm(0x940E, 2, 0)), mark_characters=DELETED)
    found = [piece for piece in made.read()[0] if isinstance(piece, Grid)]
    assert [[line.text for line in table.lines()] for table in found] == [
        ["甲", "1", "乙", "1"],
        ["甲", "2", "乙", "2"],
    ]


def test_cells_without_the_end_of_a_row_and_beyond_its_definition_are_kept() -> None:
    made = (
        Binary()
        .row("序号", "指标", "多余", end=row_end((900, 0, 0), (900, 0, 0)))
        .row("1", "托位", end=in_table() + sprm(0x2417, 1))
    )
    made.add("没有", mark="\x07", properties=in_table()).add("行尾", mark="\x07", properties=in_table())
    assert sorted(text(made.read()[0])) == sorted(["序号", "指标", "多余", "1", "托位", "没有", "行尾"])


# --- damage ---


def outcome(data: bytes) -> str:
    """What is said of a file that can't be read; empty for one that can."""
    try:
        read_bytes(data, "bad.doc")
    except NoticeError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("path", [FENGHUA, ZHUXI], ids=lambda path: path.stem)
def test_bad_bytes_give_a_notice_or_one_line(path: Path) -> None:
    data = path.read_bytes()
    rng = random.Random(97)
    began = time.process_time()
    for _ in range(300):
        changed = bytearray(data)
        kind = rng.random()
        if kind < 0.3:
            del changed[rng.randrange(len(changed)) :]
        elif kind < 0.8:
            for _ in range(rng.choice((1, 4, 32))):
                changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        else:
            at = rng.randrange(len(changed) - 4)
            changed[at : at + 4] = rng.choice((b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\1\0"))
        start = time.process_time()
        assert "\n" not in outcome(bytes(changed))
        assert time.process_time() - start < 2
    assert time.process_time() - began < 30


def test_bad_streams_are_refused() -> None:
    """Bytes turned over inside the streams, where no checksum or container stands in the way."""
    made = Binary(
        parts={
            Place.STYLES: style_sheet(style(), style(characters=BOLD, base=0)),
            Place.LISTS: lists(OUTLINE),
            Place.LIST_INSTANCES: list_instances((1, [override(0, 2)])),
        }
    )
    made.add("一、总体", style=1).add("甲", properties=item(1)).add("至\x13 DATE \x142026年\x15")
    for _ in range(3):
        made.row("序号", "指标", end=row_end((900, 0, 0), (900, 0, 0)))
    streams = made.streams()
    rng = random.Random(6)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(400):
        main, table = bytearray(streams.main), bytearray(streams.table)
        target = rng.choice((main, table))
        for _ in range(rng.choice((1, 3))):
            target[rng.randrange(len(target))] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
        try:
            read_streams(Streams(bytes(main), bytes(table), b""))
            outcomes["read"] += 1
        except (Broken, struct.error, IndexError, NoticeError):
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 20


def test_what_is_wrong_is_said_in_one_line() -> None:
    data = bytearray(ZHUXI.read_bytes())
    data[data.index(b"1\0T\0a\0b\0l\0e\0")] = ord("7")
    with pytest.raises(
        DamagedFile, match=r"^a\.doc: the file is damaged: it has no table stream; open it in Word or WPS"
    ):
        read_bytes(bytes(data), "a.doc")


def test_limits_hold() -> None:
    with pytest.raises(LimitExceeded, match="characters"):
        Binary().add("甲" * 200).read(Limits(text_characters=100))
    many = Binary()
    for _ in range(12):
        many.add("甲")
    with pytest.raises(LimitExceeded, match="paragraphs"):
        many.read(Limits(tags=10))
    with pytest.raises(LimitExceeded, match="cells"):
        Binary().row("甲", "乙", end=row_end((900, 0, 0), (900, 0, 0))).read(Limits(table_cells=1))


def test_text_and_formatting_named_again_and_again_are_refused() -> None:
    streams = Binary().add("甲" * 1000).streams()
    start, _ = streams.place(Place.CLX)
    pieces = plc([1000 * number for number in range(200)], *[struct.pack("<HIH", 0, 0x800, 0)] * 199)
    table = bytearray(streams.table[:start] + b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    main = bytearray(streams.main)
    struct.pack_into("<II", main, 0x9A + 8 * Place.CLX, start, len(table) - start)
    with pytest.raises(Broken, match="out of order"):
        read_streams(Streams(bytes(main), bytes(table), b""))
    large = sprm(0x2640, 1) * 5000
    again = Binary(data=struct.pack("<H", len(large)) + large)
    for number in range(200):
        again.add(
            "甲",
            properties=sprm(0x6646, 0, 0, 0, 0)
            + sprm(0x2640, number % 9)
            + sprm(0x2403, number % 3)
            + sprm(0x260A, number),
        )
    with pytest.raises(Broken, match="repeats itself"):
        again.read()
