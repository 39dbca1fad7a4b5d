"""Word files (.docx): text as printed, tables, numbers, notes; and what is no Word file, too large, or broken."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from extract import read_bytes, read_notice
from extract.errors import DamagedFile, EncryptedFile, LimitExceeded, NoNotice, NoticeError
from extract.limits import Limits
from extract.model import Notice, Paragraph, Table
from tests.word_files import level, make_docx, numbered, p, r, tbl, tc, tr, zip_of

NOTICES = Path(__file__).parent / "notices" / "synthetic"
ENTITIES = "".join("<!ENTITY e{} '{}'>".format(number, f"&e{number - 1};" * 20) for number in range(1, 10))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def notice(body: str, **parts: object) -> Notice:
    return read_bytes(make_docx(body, **parts), "made.docx")  # type: ignore[arg-type]


def lines(body: str, **parts: object) -> list[str]:
    return notice(body, **parts).text.split("\n")


def tables(read: Notice) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text(read)) for cell in block.cells]
        for block in read.blocks
        if isinstance(block, Table)
    ]


def paragraphs(read: Notice) -> list[Paragraph]:
    return [block for block in read.blocks if isinstance(block, Paragraph)]


def field(code: str, result: str | None = None) -> str:
    separator = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separator}{end}"


# --- text ---


@pytest.mark.parametrize(("name", "page"), [("fenghua-2024", ".html"), ("qinghe-2023-2027", ".htm")])
def test_a_notice_reads_as_its_page_does(name: str, page: str) -> None:
    folder = NOTICES / name
    word, html = read_notice(folder / f"{name}.docx"), read_notice(folder / f"{name}{page}")
    from_page = html.text.split("\n")
    body = [line for line in word.text.split("\n") if line not in from_page]
    assert len(body) <= 1, "only the document number stands in no line of its own on the page"
    recipients = next(line for line in from_page if line.endswith("："))
    assert word.text[word.text.index(recipients) :] == html.text[html.text.index(recipients) :]
    assert tables(word)[-1] == tables(html)[-1]


def test_what_python_docx_writes() -> None:
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("新增托位").bold = True
    paragraph.add_run("450个")
    document.add_paragraph("2026年3月1日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("加粗", style="Heading 2")
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_bytes(buffer.getvalue(), "made.docx")
    assert read.text == "一、总体要求\n新增托位450个\n2026年3月1日\n加粗"
    assert [(block.level, block.is_bold, block.align) for block in paragraphs(read)] == [
        (1, True, ""),
        (0, False, ""),
        (0, False, "right"),
        (2, True, ""),
    ]


def test_inserted_text_is_kept_and_deleted_moved_and_hidden_text_is_not() -> None:
    body = p(
        r("新增")
        + f"<w:del>{'<w:r><w:delText>300</w:delText></w:r>'}{r('甲')}</w:del><w:ins>{r('450')}</w:ins><w:moveFrom>{r('乙')}</w:moveFrom><w:moveTo>{r('个')}</w:moveTo>"
        + r("丙", "<w:vanish/>")
        + r("托位", '<w:vanish w:val="0"/>')
    )
    assert lines(body) == ["新增450个托位"]


def test_wrappers_are_transparent_and_of_alternate_content_one_branch_is_read() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p('一')}</w:sdtContent></w:sdt><w:customXml>{p('二')}</w:customXml>"
        f"<mc:AlternateContent><mc:Choice>{p('三')}</mc:Choice><mc:Fallback>{p('三')}</mc:Fallback></mc:AlternateContent>"
        + p(
            f"<w:smartTag>{r('四')}</w:smartTag><w:sdt><w:sdtContent>{r('五')}</w:sdtContent></w:sdt><w:hyperlink>{r('六')}</w:hyperlink><w:fldSimple>{r('七')}</w:fldSimple>"
        )
    )
    assert lines(body) == ["一", "二", "三", "四五六七"]


def test_soft_returns_page_breaks_tabs_and_hyphens() -> None:
    body = p(
        '<w:r><w:t>（一）标题</w:t><w:br/><w:t>正文</w:t><w:tab/><w:t>0</w:t><w:noBreakHyphen/><w:t>3岁</w:t><w:softHyphen/><w:br w:type="page"/><w:t>附件</w:t></w:r>'
    )
    assert lines(body) == ["（一）标题", "正文 0-3岁", "附件"]


def test_a_run_of_one_blank_parts_two_names() -> None:
    assert lines(p(r("县教育局") + r(" ") + r("县财政局"))) == ["县教育局 县财政局"]


def test_raised_digits_stay_raised_and_lowered_ones_are_plain() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    lowered = '<w:vertAlign w:val="subscript"/>'
    body = p(
        r("占地10m") + r("2", raised) + r("、10") + r("-", raised) + r("3", raised) + r("、PM") + r("2.5", lowered)
    )
    assert lines(body) == ["占地10m²、10⁻³、PM2.5"]


def test_symbols_of_symbol_fonts() -> None:
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
        for font, code in (("Wingdings", "F0FE"), ("Wingdings", "F0A8"), ("Symbol", "F0B3"))
    )
    read = notice(
        p(
            signs
            + r("3.5")
            + r("\uf0fc是", '<w:rFonts w:ascii="Wingdings"/>')
            + '<w:r><w:sym w:font="Nobody\'s" w:char="F041"/></w:r>'
        )
    )
    assert read.text == "☑□≥3.5✓是\uf041"
    assert [remark.code for remark in read.remarks] == ["symbol_unknown"]


def test_fields_print_their_results() -> None:
    read = notice(p(r("至") + field(" DATE ", "2026年") + field(r"eq \o\ac(○,3)") + r("止") + field(" AUTONUM ")))
    assert read.text == "至2026年③止"
    assert [(remark.code, remark.message[-7:]) for remark in read.remarks] == [("field_unread", "AUTONUM")]


def test_a_field_that_is_never_closed_hides_nothing() -> None:
    assert lines(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("新增托位450个")) + p("第二段")) == [
        "新增托位450个",
        "第二段",
    ]


def test_a_field_inside_the_code_of_another_prints_nothing() -> None:
    inner = field(" PAGE ", "7")
    body = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + inner
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("共8页")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(p(body)) == ["共8页"]


def test_a_deleted_or_hidden_paragraph_mark_joins_two_lines() -> None:
    deleted, hidden = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"
    assert lines(p("新增托位", deleted) + p("450个") + p("末段", deleted) + tbl(tr("甲", "乙"))) == [
        "新增托位450个",
        "末段",
        "甲",
        "乙",
    ]
    assert lines(p(f"<w:del>{r('全删')}</w:del>", deleted) + p("留") + p("（一）标题。", hidden) + p("正文")) == [
        "留",
        "（一）标题。正文",
    ]


def test_text_boxes_come_after_their_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{p('文件')}{p('第二行')}</w:txbxContent>"
    drawn = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    read = notice(
        p(r("关于") + drawn + r("通知")) + p('<w:r><w:pict><v:textpath string="某区人民政府文件"/></w:pict></w:r>')
    )
    assert read.text.split("\n") == ["关于通知", "文件", "第二行", "某区人民政府文件"]
    assert [block.hint for block in paragraphs(read)] == ["", "text_box", "text_box", "text_box"]


def test_notes_stand_at_the_end_in_the_order_of_their_references() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in ((1, "第一注"), (2, "删去的注"), (3, "第三注"), (4, "无人提及"))
    )
    notes += f'<w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="%d"/></w:r>'
    body = p(r("甲") + mark % 3 + r("。") + f"<w:del>{mark % 2}</w:del>") + p(
        r("乙") + mark % 1 + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    read = notice(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("尾注")}{tbl(tr("表", "格"))}</w:endnote>')
    assert read.text.split("\n") == ["甲。", "乙", "第三注", "第一注", "尾注", "表", "格"]
    assert [block.hint for block in paragraphs(read)] == ["", "", *["note"] * 5]


def test_links_to_files_are_kept_others_are_text() -> None:
    body = p(f'<w:hyperlink r:id="f">{r("附件1.")}{r("指标表.xlsx")}</w:hyperlink>') + p(
        r("见") + f'<w:hyperlink r:id="p">{r("主页")}</w:hyperlink>'
    )
    body += p(r("附：") + field(' HYPERLINK "http://example.gov.cn/b.doc" ', "方案全文") + r("。"))
    read = notice(body, links={"f": "http://example.gov.cn/%E6%8C%87.xlsx", "p": "http://example.gov.cn/"})
    assert [(read.text[link.start : link.end], link.href) for link in read.links] == [
        ("附件1.指标表.xlsx", "http://example.gov.cn/指.xlsx"), ("方案全文", "http://example.gov.cn/b.doc"),
    ]  # fmt: skip
    assert [block.hint for block in paragraphs(read)] == ["attachment", "", "attachment"]


def test_a_table_of_contents_is_left_out_and_said() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style><w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="T1"/></w:style>'
    read = notice(
        p("一、总体要求\t1", '<w:pStyle w:val="T1"/>') + p("二、任务\t2", '<w:pStyle w:val="X"/>') + p("一、总体要求"),
        styles=styles,
    )
    assert read.text == "一、总体要求"
    assert [(remark.code, remark.message[:1]) for remark in read.remarks] == [("contents_left_out", "2")]


def test_a_field_block_at_the_top_is_marked() -> None:
    read = notice(
        tbl(tr("索引号", "113/2026", "发布机构", "区政府办"), tr("文号", "某政办〔2026〕1号", "成文日期", "2026-01-02"))
        + p("关于印发方案的通知")
    )
    assert [block.hint for block in read.blocks] == ["metadata", ""]


# --- numbers ---

_LEVELS = (
    level(0, "chineseCountingThousand", "%1、", more='<w:suff w:val="nothing"/>'),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
)
OUTLINE = f'<w:abstractNum w:abstractNumId="0">{"".join(_LEVELS)}</w:abstractNum>'


def num(identifier: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def test_numbers_are_printed_and_kept_as_labels() -> None:
    read = notice(
        numbered("总体要求") + numbered("指导思想", level=1) + numbered("2026年完成", level=2) + numbered("任务"),
        numbering=OUTLINE + num(1),
    )
    assert read.text.split("\n") == ["一、总体要求", "（一）指导思想", "1. 2026年完成", "二、任务"]
    assert [block.label for block in paragraphs(read)] == ["一、", "（一）", "1.", "二、"]


def test_numbers_of_styles_their_levels_and_bases() -> None:
    outline = OUTLINE.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="H2"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H4"><w:basedOn w:val="H2"/></w:style>'
    )
    styled = [
        p(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("甲", "H1"), ("乙", "H2"), ("丙", "H3"), ("丁", "H4"))
    ]
    off = p("戊", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/>')
    read = notice("".join(styled) + off, numbering=outline + num(1), styles=styles)
    assert read.text.split("\n") == ["一、甲", "（一）乙", "1.丙", "（二）丁", "戊"]
    assert [block.level for block in paragraphs(read)] == [1, 2, 1, 2, 0]


def test_a_list_style_is_followed_and_starts_are_overridden_once() -> None:
    numbering = (
        OUTLINE + '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>' + num(1) + num(2, 7)
    )
    numbering += num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3) + numbered("戊", 9)
    assert lines(body, numbering=numbering, styles=styles) == ["一、甲", "二、乙", "一、丙", "二、丁", "戊"]


def test_list_styles_that_lead_in_a_circle_number_nothing() -> None:
    numbering = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>' + num(1, 7)
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(numbered("甲"), numbering=numbering, styles=styles) == ["甲"]


def test_bullets_are_printed_as_they_look() -> None:
    bullets = [("0", "★", ""), ("1", "\uf06e", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'), ("2", "\uf001", "")]
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{font}</w:lvl></w:abstractNum>{num(int(index) + 1, int(index))}'
        for index, sign, font in bullets
    )
    assert lines(numbered("核心指标", 1) + numbered("甲", 2) + numbered("乙", 3), numbering=numbering) == [
        "★核心指标",
        "■甲",
        "•乙",
    ]


def test_a_cell_may_hold_nothing_but_its_number_and_a_section_break_takes_none() -> None:
    serial = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    body = p("", serial + "<w:sectPr/>") + tbl(
        tr("序号", "指标"), tr(tc(p("", serial)), "甲"), tr(tc(p("", serial)), "乙")
    )
    assert tables(notice(body, numbering=OUTLINE + num(1)))[0][2:] == [
        (1, 0, 1, 1, "1."),
        (1, 1, 1, 1, "甲"),
        (2, 0, 1, 1, "2."),
        (2, 1, 1, 1, "乙"),
    ]


# --- tables ---


def test_merged_cells() -> None:
    body = tbl(
        tr(tc("指标", '<w:gridSpan w:val="2"/>'), "值"),
        tr(tc("幼有善育", '<w:vMerge w:val="restart"/>'), "托位", "450"),
        tr(tc("", "<w:vMerge/>"), "占比", "82"),
        tr(tc("学有优教", '<w:vMerge w:val="restart"/>'), "学校", "3"),
    )
    assert tables(notice(body)) == [
        [
            (0, 0, 1, 2, "指标"), (0, 2, 1, 1, "值"), (1, 0, 2, 1, "幼有善育"), (1, 1, 1, 1, "托位"), (1, 2, 1, 1, "450"),
            (2, 1, 1, 1, "占比"), (2, 2, 1, 1, "82"), (3, 0, 1, 1, "学有优教"), (3, 1, 1, 1, "学校"), (3, 2, 1, 1, "3"),
        ]
    ]  # fmt: skip


def test_short_rows_stay_in_their_columns() -> None:
    body = tbl(
        tr("序号", "指标", "值"), tr("1", "托位", "450"), tr("占比", "82", properties='<w:gridBefore w:val="1"/>')
    )
    assert tables(notice(body))[0][-2:] == [(2, 1, 1, 1, "占比"), (2, 2, 1, 1, "82")]


def test_edges_a_few_twips_apart_are_one_column_and_columns_without_width_are_columns() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    apart = tbl(tr(tc("序号", wide), "指标", "值"), tr("1", tc("托位", wide), "450"), widths=(900, 40, 2000, 1000))
    assert [cell[:4] for cell in tables(notice(apart))[0]] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    unstated = tbl(tr("序号", "指标", "值"), tr(tc("1", ""), tc("托位", wide)), widths=(0, 0, 0))
    assert [cell[:4] for cell in tables(notice(unstated))[0]] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 0, 1, 1),
        (1, 1, 1, 2),
    ]


def test_a_table_that_goes_on_in_the_next_is_one() -> None:
    head, body = tbl(tr("序号", "指标", "值")), tbl(tr("1", "托位", "450"), tr("2", "占比", "82"))
    assert len(tables(notice(head + body))[0]) == 9
    assert len(tables(notice(head + p("注") + body))[0]) == 6
    narrow = tbl(tr("甲", "乙"), tr("丙", "丁"), widths=(500, 900))
    assert [len(table) for table in tables(notice(body + narrow))] == [6, 4]


def test_a_nested_table_loses_nothing() -> None:
    inner = tbl(tr("职工", "82"), tr("居民", "64"), widths=(500, 500))
    outer = tbl(
        *[tr(f"{row}", "指标名称", "责任单位") for row in range(4)],
        tr("5", tc(p("报销比例") + inner + p("注")), "区医保局"),
    )
    cells = tables(notice(outer))
    assert len(cells) == 1
    assert cells[0][-2][4] == "报销比例\n职工\n82\n居民\n64\n注"


def test_a_table_that_only_lays_out_is_read_as_lines() -> None:
    inner = tbl(tr("序号", "指标"), tr("1", "托位"))
    read = notice(tbl(tr(tc(p("关于印发方案的通知") + inner))) + tbl(tr("抄送：区委办"), tr("区府办", "2026年印发")))
    assert read.text.split("\n")[0] == "关于印发方案的通知"
    assert read.text.split("\n")[-3:] == ["抄送：区委办", "区府办", "2026年印发"]
    assert len(tables(read)) == 1


def test_deleted_rows_and_wrapped_cells() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{tr('1', tc('托位'), '450')}</w:sdtContent></w:sdt>"
    body = tbl(tr("序号", "指标", "值"), tr("0", "删", "9", properties="<w:del/>"), wrapped)
    assert [cell[4] for cell in tables(notice(body))[0]] == ["序号", "指标", "值", "1", "托位", "450"]


# --- packages ---


def test_only_pictures_and_embedded_documents_are_said() -> None:
    with pytest.raises(NoNotice, match="only pictures"):
        notice(p('<w:r><w:pict><v:imagedata r:id="x"/></w:pict></w:r>'))
    with pytest.raises(NoNotice, match="no text"):
        notice(p(""))
    assert [remark.code for remark in notice(p("正文") + '<w:altChunk r:id="x"/>').remarks] == ["part_unread"]


def repacked(change: dict[str, str], body: str = "") -> bytes:
    with zipfile.ZipFile(io.BytesIO(make_docx(body or p("正文"), styles="<w:style/>"))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return zip_of({name: text for name, text in {**files, **change}.items() if text})


def test_the_strict_variant_and_odd_packages_are_read() -> None:
    strict = repacked({})
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        markup = (
            archive.read("word/document.xml")
            .decode()
            .replace("schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml")
        )
    assert read_bytes(repacked({"word/document.xml": markup}), "strict.docx").text == "正文"
    assert read_bytes(repacked({"word/styles.xml": ""}), "without-styles.docx").text == "正文"
    assert read_bytes(repacked({"[Content_Types].xml": "<Types/>"}), "odd-types.docx").text == "正文"
    assert read_bytes(repacked({"_rels/.rels": ""}), "without-relationships.docx").text == "正文"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {W}><w:body><w:p>&x;</w:p></w:body></w:document>',
            "document type",
        ),
        (f"<!DOCTYPE d [<!ENTITY e0 '甲'>{ENTITIES}]><d>&e9;</d>", "XML is broken"),
        ("<w:document", "XML is broken"),
        (f"<w:document {W}/>", "no body"),
        ("<w:p>" * 300 + "</w:p>" * 300, "XML is broken"),
    ],
)
def test_broken_and_hostile_markup_is_refused(markup: str, said: str) -> None:
    with pytest.raises(DamagedFile, match=said):
        read_bytes(repacked({"word/document.xml": markup}), "bad.docx")


def test_limits_hold() -> None:
    with pytest.raises(LimitExceeded, match="unpacked"):
        read_bytes(repacked({"word/media/image1.png": "0" * 2_000_000}), "bomb.docx", Limits(unpacked_bytes=1_000_000))
    with pytest.raises(LimitExceeded, match="tags"):
        read_bytes(make_docx(p("甲") * 200), "long.docx", Limits(tags=100))
    with pytest.raises(LimitExceeded, match="characters"):
        read_bytes(make_docx(p("甲" * 5000)), "long.docx", Limits(text_characters=1000))
    with pytest.raises(LimitExceeded, match="cells"):
        read_bytes(make_docx(tbl(*[tr("甲", "乙")] * 10)), "wide.docx", Limits(table_cells=10))
    with pytest.raises(LimitExceeded, match="columns"):
        notice(tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'))))
    with pytest.raises(LimitExceeded, match="nested"):
        notice("<w:p>" + "<w:ins>" * 220 + r("甲") + "</w:ins>" * 220 + "</w:p>")
    with pytest.raises(LimitExceeded, match="fields nested"):
        notice(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 300))


def test_a_zip_with_a_password_is_told_as_such() -> None:
    data = bytearray(make_docx(p("正文")))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(EncryptedFile):
        read_bytes(bytes(data), "locked.docx")


def test_tables_nested_as_deep_as_markup_can_be() -> None:
    assert lines("<w:tbl><w:tr><w:tc>" * 80 + p("底") + "</w:tc></w:tr></w:tbl>" * 80) == ["底"]


def test_styles_based_on_each_other_are_read() -> None:
    styles = '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>'
    assert lines(p("甲", '<w:pStyle w:val="a"/>'), styles=styles) == ["甲"]


def test_bad_bytes_give_a_notice_or_one_line() -> None:
    data = (NOTICES / "qinghe-2023-2027" / "qinghe-2023-2027.docx").read_bytes()
    rng = random.Random(2023)
    start = time.process_time()
    for _ in range(200):
        changed = bytearray(data)
        if rng.random() < 0.4:
            del changed[rng.randrange(len(changed)) :]
        else:
            for _ in range(rng.choice((1, 8, 64))):
                changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        assert_told(bytes(changed))
    assert time.process_time() - start < 20


def test_bad_markup_gives_a_notice_or_one_line() -> None:
    with zipfile.ZipFile(NOTICES / "qinghe-2023-2027" / "qinghe-2023-2027.docx") as archive:
        files = {
            name: archive.read(name)
            for name in (
                "[Content_Types].xml",
                "_rels/.rels",
                "word/_rels/document.xml.rels",
                "word/document.xml",
                "word/numbering.xml",
            )
        }
    rng = random.Random(2027)
    values = [match.span() for match in re.finditer(rb'(?<=w:val=")[^"]*', files["word/document.xml"])]
    for _ in range(100):
        changed = bytearray(files["word/document.xml"])
        start, end = rng.choice(values)
        changed[start:end] = rng.choice((b"", b"-1", b"999999999", b"x", b"0"))
        changed[rng.randrange(len(changed))] = rng.choice(b'<>"/aw:9')
        assert_told(
            zip_of(
                {
                    name: data.decode("utf-8", "replace")
                    for name, data in {**files, "word/document.xml": bytes(changed)}.items()
                }
            )
        )


def assert_told(data: bytes) -> None:
    told = ""
    try:
        read_bytes(data, "bad.docx")
    except NoticeError as error:
        told = str(error)
    assert "\n" not in told
    assert len(told) < 400
