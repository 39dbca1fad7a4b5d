"""OpenDocument texts: lists, tables, styles, notes, and what is not to be read."""

from __future__ import annotations

from extract import read_bytes
from extract.model import Notice, Table
from tests.word_files import zip_of

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    " ".join(f'xmlns:{name}="{_ODF}:{space}:1.0"' for name, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)  # fmt: skip


def odt(body: str, styles: str = "", common: str = "") -> bytes:
    content = f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zip_of(
        parts
        | (
            {
                "styles.xml": f"<office:document-styles {_NAMES}><office:styles>{common}</office:styles></office:document-styles>"
            }
            if common
            else {}
        )
    )


def read(body: str, styles: str = "", common: str = "") -> Notice:
    return read_bytes(odt(body, styles, common), "notice.odt")


def lines_of(notice: Notice) -> list[str]:
    return [notice.text[line.start : line.end] for line in notice.lines()]


def level(number: int, form: str, more: str = "", followed_by: str = "nothing") -> str:
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" {more}><style:list-level-properties>'
        f'<style:list-level-label-alignment text:label-followed-by="{followed_by}"/></style:list-level-properties></text:list-level-style-number>'
    )


def items(*paragraphs: str, more: str = "") -> str:
    return f"<text:list {more}>{''.join(f'<text:list-item>{paragraph}</text:list-item>' for paragraph in paragraphs)}</text:list>"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


LIST = (
    '<text:list-style style:name="L1">'
    + level(1, "一, 二, 三, ...", 'style:num-prefix="（" style:num-suffix="）"')
    + level(2, "1", 'style:num-suffix="."', "space")
    + level(3, "①, ②, ③, ...", 'loext:num-list-format="%3%"')
    + "</text:list-style>"
)


def test_lists_are_numbered_as_printed() -> None:
    body = (
        items(
            p("甲项") + items(p("乙项") + p("续段"), p("2026年丙项") + items(p("丁项"), p("戊项"))),
            p("己项") + items(p("庚项")),
            more='text:style-name="L1" xml:id="a"',
        )
        + p("正文。")
        + items(p("辛项"), more='text:style-name="L1" text:continue-list="a"')
        + items(p("壬项"), more='text:style-name="L1"')
        + items(items(p("癸项")), more='text:style-name="L1" text:continue-numbering="true"')
    )
    assert lines_of(read(body, LIST)) == [
        "（一）甲项", "1.乙项", "续段", "2. 2026年丙项", "①丁项", "②戊项", "（二）己项", "1.庚项", "正文。", "（三）辛项", "（一）壬项", "1.癸项",
    ]  # fmt: skip


def test_starts_levels_shown_together_and_numbers_that_the_file_gives() -> None:
    style = (
        '<text:list-style style:name="L2">'
        + level(1, "1", 'text:start-value="3"')
        + level(2, "1", 'text:display-levels="2"')
        + "</text:list-style>"
    )
    body = items(p("甲") + items(p("乙"), p("丙")), more='text:style-name="L2"')
    assert lines_of(read(body, style)) == ["3甲", "3.1乙", "3.2丙"]
    body = '<text:list text:style-name="L2"><text:list-item text:start-value="7"><text:p>甲</text:p></text:list-item><text:list-item><text:number>玖、</text:number><text:p>乙</text:p></text:list-item></text:list>'
    assert lines_of(read(body, style)) == ["7甲", "玖、乙"]
    assert lines_of(read(body.replace("L2", "none"))) == ["甲", "玖、乙"]


def test_headings_are_numbered_by_the_outline() -> None:
    outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:outline-style>'
    body = '<text:h text:outline-level="1">总体要求</text:h><text:h text:outline-level="2">原则</text:h><text:h text:outline-level="1">任务</text:h>'
    notice = read(body, common=outline)
    assert lines_of(notice) == ["一、总体要求", "原则", "二、任务"]
    assert [getattr(block, "level", 0) for block in notice.blocks] == [1, 2, 1]


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text) if text else ''}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def test_tables_with_merged_cells() -> None:
    head = row(
        cell("领域", 'table:number-rows-spanned="2"'), cell("目标", 'table:number-columns-spanned="2"'), COVERED
    ) + row(COVERED, cell("指标"), cell("目标值"))
    body = (
        f"<table:table><table:table-header-rows>{head}</table:table-header-rows>"
        + row(cell("幼有善育", 'table:number-rows-spanned="2"'), cell("托位"), cell("450"))
        + row(COVERED, cell("占比"), cell("80"))
        + "</table:table>"
    )
    notice = read(p("一、指标") + body)
    table = notice.blocks[1]
    assert isinstance(table, Table)
    spans = {(found.row, found.column): (found.row_span, found.column_span) for found in table.cells}
    assert {place: span for place, span in spans.items() if span != (1, 1)} == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (2, 0): (2, 1),
    }
    assert [found.text(notice) for found in table.cells if found.row == 3] == ["占比", "80"]


def test_cells_covered_both_ways_and_columns_repeated() -> None:
    big = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    twice = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    repeated = cell("丙", 'table:number-columns-repeated="2"')
    body = f"<table:table>{row(cell('大', big), COVERED, cell('甲'))}{row(twice, cell('乙'))}{row(repeated, cell('丁'))}</table:table>"
    table = read(body).blocks[0]
    assert isinstance(table, Table)
    assert [(found.row, found.column, found.row_span, found.column_span) for found in table.cells] == [
        (0, 0, 2, 2),
        (0, 2, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_styles_and_what_is_no_text() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Base"><style:paragraph-properties fo:text-align="center"/></style:style>'
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    common = '<style:style style:name="Base" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
    body = (
        f'<text:tracked-changes><text:changed-region>{p("删去的话")}</text:changed-region></text:tracked-changes>'
        + p('关于<text:s text:c="3"/>做好\n  工作<text:span text:style-name="T1">隐</text:span>的通知<office:annotation><text:p>批注</text:p></office:annotation>', "P1")
        + p('面积10m<text:span text:style-name="T2">2</text:span><text:line-break/>第二行<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>' + p("脚注。") + "</text:note-body></text:note>")
        + p(f'<draw:frame><draw:text-box>{p("文本框")}</draw:text-box></draw:frame><draw:frame><draw:image xlink:href="a.png"/></draw:frame>附件：<text:a xlink:href="http://example.invalid/a.doc">清单.doc</text:a>')
        + f'<text:table-of-content><text:index-body>{p("目录1")}{p("目录2")}</text:index-body></text:table-of-content><text:section>{p("节内。")}</text:section>'
        + f'<text:section text:display="none">{p("不显示")}</text:section>'
    )  # fmt: skip
    notice = read(body, styles, common)
    assert lines_of(notice) == [
        "关于 做好 工作的通知",
        "面积10m²",
        "第二行",
        "附件：清单.doc",
        "文本框",
        "节内。",
        "脚注。",
    ]
    first = notice.blocks[0]
    assert not isinstance(first, Table)
    assert (first.align, first.is_bold) == ("center", True)
    assert [block.hint for block in notice.blocks][-3:] == ["text_box", "", "note"]
    assert [link.href for link in notice.links] == ["http://example.invalid/a.doc"]
    assert {remark.code for remark in notice.remarks} == {"pictures_unread", "contents_left_out"}
