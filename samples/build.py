"""Rebuild the forms of the sample: fenghua-2023.html, .docx and .doc from fenghua-2023.txt.

    python samples/build.py

The page and the .docx come out the same, byte for byte, each time. The .doc needs LibreOffice (``soffice``), and its
bytes may differ from one version of LibreOffice to the next.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parent
NAME = "fenghua-2023"

#: The serials at which a domain cell begins; it reaches down to the next. Two domains have two cells each, as a page
#: break leaves them.
DOMAIN_CELLS = (1, 5, 9, 11, 13, 18, 23, 26, 27)

# --- the text and its parts ---


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the indicator table. ``domain`` is None where the cell above reaches down to it."""

    domain: str | None
    serial: str
    name: tuple[str, ...]
    value: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of the notice by the part they play, punctuation in full width as it is published."""

    fields: tuple[tuple[tuple[str, str], ...], ...]  # rows of (label, value)
    title: str
    recipients: str
    opening: str
    signature: tuple[str, ...]
    enclosed_title: tuple[str, ...]
    before_table: tuple[str, ...]
    top_header: tuple[str, ...]  # 领域, the head over the three columns of the lower header, 责任单位
    lower_header: tuple[str, ...]
    rows: tuple[Row, ...]
    after_table: tuple[str, ...]
    attachment: str
    download: str

    @property
    def number(self) -> str:
        """The document number, which a Word file prints below its title."""
        return next(value for row in self.fields for label, value in row if label == "发文字号")


def read_text(text: str) -> Text:
    """Take the copied text apart; the order of its lines is that of the page."""
    lines = [widen(line) for line in text.split("\n") if line]
    _elder, *fields, title, _tools, recipients, opening, office, date, title_1, title_2, preamble, heading = lines[:14]
    note = next(index for index, line in enumerate(lines) if line.startswith("★为"))
    domain, over, responsible, *lower = lines[14:20]
    return Text(
        fields=tuple(tuple(zip(line.split()[::2], line.split()[1::2], strict=True)) for line in fields),
        title=title,
        recipients=recipients,
        opening=opening,
        signature=(office, date),
        enclosed_title=(title_1, title_2),
        before_table=(preamble, heading),
        top_header=(domain, over, responsible),
        lower_header=tuple(lower),
        rows=tuple(read_rows(lines[20:note])),
        after_table=tuple(lines[note:-2]),
        attachment=lines[-2],
        download=lines[-1],
    )


def read_rows(lines: Sequence[str]) -> Iterator[Row]:
    """The rows of the table from its lines: [domain,] serial, name up to its bracketed unit, value, offices."""
    index, serial = 0, 1
    while index < len(lines):
        domain = None
        if serial in DOMAIN_CELLS:
            domain = lines[index]
            index += 1
        if lines[index] != str(serial):
            raise ValueError(f"serial {serial} expected, {lines[index]!r} found")
        value = next(place for place in range(index + 1, len(lines)) if lines[place - 1].endswith("）"))
        serial += 1
        end = lines.index(str(serial), value + 1) if str(serial) in lines[value + 1 :] else len(lines)
        end -= serial in DOMAIN_CELLS
        yield Row(domain, lines[index], tuple(lines[index + 1 : value]), lines[value], tuple(lines[value + 1 : end]))
        index = end


def widen(text: str) -> str:
    """Punctuation in full width, as published; digits, ``1.``, ``0-3``, ``%`` stay, and what stands between two digits.

    >>> widen("落实政策(市级),新增1,200个:其中2.0版(%);PubDate 10:21")
    '落实政策（市级），新增1,200个：其中2.0版（%）；PubDate 10:21'
    """
    wide = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）"}
    return re.sub(r"[()]|[,:;](?!(?<=\d.)\d)", lambda match: wide[match[0]], text)


def domain_rows(rows: Sequence[Row], first: int) -> int:
    """How many rows the domain cell that starts in row ``first`` covers."""
    following = (index for index in range(first + 1, len(rows)) if rows[index].domain is not None)
    return next(following, len(rows)) - first


# --- the page ---

_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_BODY_STYLE = "text-indent:32.0pt;line-height:28.0pt"
_CELL_STYLE = "text-align:center;line-height:18.0pt"


def page(text: Text) -> str:
    """The page, as a site of the 大汉 family of Zhejiang publishes it."""
    title = escape(text.title)
    fields = "\n".join(
        "<tr>" + "".join(f'<td class="tit">{label}</td><td class="con">{value}</td>' for label, value in row) + "</tr>"
        for row in text.fields
    )
    by_label = dict(pair for row in text.fields for pair in row)
    issuer, category, published = by_label["发布机构"], by_label["组配分类"], by_label["发文日期"]
    return f"""{_DOCTYPE}
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">
<title>{title}</title>
<meta name="SiteName" content="宁波市奉化区人民政府">
<meta name="SiteDomain" content="example.invalid">
<meta name="SiteIDCode" content="">
<meta name="ColumnName" content="{category}">
<meta name="ColumnType" content="政策文件">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{published} 00:00">
<meta name="author" content="">
<meta name="keywords" content="">
<meta name="contentSource" content="{issuer}">
<meta name="url" content="http://example.invalid/art/2023/5/4/art_0_0.html">
<meta name="category" content="">
<meta name="language" content="中文">
<style type="text/css">
body{{margin:0;font-family:"微软雅黑"}} .w{{width:1000px;margin:0 auto}}
.xxgk_top td{{border:1px solid #ccc;padding:6px}} .xxgk_top .tit{{background:#f3f3f3;white-space:nowrap}}
.con-title{{font-size:24px;text-align:center}} .main-word span{{margin:0 8px}}
</style>
<script type="text/javascript">
var visits = 2023;
function doZoom(size) {{ document.getElementById("zoom").style.fontSize = size + "px"; }}
</script>
</head>
<body>
<!--顶部-->
<div class="top_link w">
<a href="javascript:void(0)">登录</a>|<a href="javascript:zh_tran('t');">繁体</a>|
<a href="javascript:void(0)">无障碍浏览</a>|<a class="elder" href="javascript:void(0)">进入老年版</a>
</div>
<div class="nav w"><ul>
<li><a href="/index.html">首页</a></li><li><a href="/col/col1/index.html">政务公开</a></li>
<li><a href="/col/col2/index.html">政务服务</a></li><li><a href="/col/col3/index.html">互动交流</a></li>
</ul></div>
<!--当前位置-->
<div class="position w"><table cellspacing="0" cellpadding="0" border="0"><tbody><tr>
<td>当前位置：</td><td><a href="/index.html">首页</a></td>
<td>&nbsp;&gt;&nbsp;<a href="/col/col1/index.html">政务公开</a></td>
<td>&nbsp;&gt;&nbsp;<a href="/col/col4/index.html">{category}</a></td></tr></tbody></table></div>
<!--当前位置结束-->
<!--内容-->
<div class="wz-con w">
<table class="xxgk_top" width="100%" cellspacing="0" cellpadding="0" border="0"><tbody>
{fields}
</tbody></table>
<div class="con">
<p class="con-title"><!--<$[标题]>begin-->{title}<!--<$[标题]>end--></p>
<div class="small-title">字体：【<a href="javascript:doZoom(20)">大</a>】
【<a href="javascript:doZoom(17)">中</a>】【<a href="javascript:doZoom(15)">小</a>】</div>
<!--正文 start-->
<div class="main-txt" id="zoom">
<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">
<style type="text/css">#zoom table td{{border:1px solid #000}}</style>
{_page_body(text)}
<p style="line-height:16px"><img style="vertical-align:middle;margin-right:2px" src="/module/jslib/icons/word.png">\
<a href="/module/download/downfile.jsp?classid=0&amp;filename=0.doc" title="{text.download}">{text.download}</a></p>
<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->
</div>
<!--正文 end-->
<div class="related"><h3>相关链接</h3><ul>
<li><a href="/col/col5/index.html">浙江省人民政府</a></li><li><a href="/col/col6/index.html">宁波市人民政府</a></li>
<li><a href="/col/col7/index.html">浙江政务服务网</a></li>
</ul></div>
<!--打印，关闭 start-->
<div class="main-word">
<span class="printer" onclick="window.print()">【打印】</span><span class="close" onclick="window.close()">【关闭】</span>
</div>
<!--打印，关闭 end-->
</div>
</div>
<div class="footer w">
<p><a href="/col/col8/index.html">网站地图</a> | <a href="/col/col9/index.html">联系我们</a></p>
<p>主办：宁波市奉化区人民政府办公室</p>
</div>
<a href="http://example.invalid/" style="display:none">Produced By 大汉网络 大汉版通发布系统</a>
</body>
</html>
"""


def _page_body(text: Text) -> str:
    """The body as it looks when it was pasted from Word."""
    gap = '<p class="MsoNormal"><span style="font-size:16.0pt"><o:p>&nbsp;</o:p></span></p>'
    lines = [
        _line(text.recipients, "line-height:28.0pt"),
        _line(text.opening, "line-height:28.0pt", indent="&nbsp;" * 8),
        gap,
    ]
    lines += [_line(line, "text-align:right;line-height:28.0pt", indent="&nbsp;" * 32) for line in text.signature]
    lines += [
        gap,
        *(_line(line, "text-align:center;line-height:32.0pt", bold=True) for line in text.enclosed_title),
        gap,
    ]
    lines += [_line(line, bold=_is_heading(line)) for line in text.before_table]
    lines += [_page_table(text), *(_line(line, bold=_is_heading(line)) for line in text.after_table)]
    return "\n".join([*lines, gap, _line(text.attachment, "line-height:28.0pt", indent="\u3000\u3000")])


def _line(line: str, style: str = _BODY_STYLE, *, indent: str = "", bold: bool = False) -> str:
    runs = indent + _runs(line, "font-size:16.0pt")
    return f'<p class="MsoNormal" style="{style}">{f"<b>{runs}</b>" if bold else runs}</p>'


def _runs(line: str, style: str) -> str:
    """A line as Word exports it: a run for each stretch of Chinese, and one for each of digits and Latin letters."""
    runs = []
    for run in re.findall(r"[0-9A-Za-z.+-]+|[^0-9A-Za-z.+-]+", line):
        lang = ' lang="EN-US"' if run[0].isascii() and run[0].isalnum() else ""
        font = "'Times New Roman'" if lang else "仿宋_GB2312"
        runs.append(f'<span{lang} style="{style};font-family:{font}">{escape(run)}</span>')
    return "".join(runs) + "<o:p></o:p>"


def _page_table(text: Text) -> str:
    domain, over, responsible = text.top_header
    rows = [
        [_cell([domain], rowspan=2), _cell([over], colspan=3), _cell([responsible], rowspan=2)],
        [_cell([head]) for head in text.lower_header],
    ]
    for index, row in enumerate(text.rows):
        cells = [_cell([row.domain], rowspan=domain_rows(text.rows, index))] if row.domain is not None else []
        rows.append([*cells, *(_cell(lines) for lines in ([row.serial], row.name, [row.value], row.offices))])
    inside = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    style = 'style="border-collapse:collapse" align="center"'
    table = f'<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" {style}>'
    return f"{table}<tbody>\n{inside}\n</tbody></table>"


def _cell(lines: Sequence[str], **spans: int) -> str:
    merged = "".join(f' {name}="{count}"' for name, count in spans.items() if count > 1)
    paragraphs = (
        f'<p class="MsoNormal" align="center" style="{_CELL_STYLE}">{_runs(line, "font-size:12.0pt")}</p>'
        for line in lines
    )
    return f'<td{merged} valign="center" style="padding:0 5.4pt">{"".join(paragraphs)}</td>'


def _is_heading(line: str) -> bool:
    """Whether a line is a heading of the first level: 一、指标目标."""
    return re.match("[一二三四五六七八九十]+、", line) is not None


# --- the Word file ---

_WIDTHS = (2.2, 1.4, 6.8, 2.6, 2.6)  # of the table's columns, in cm
_LABEL = re.compile(r"（[一二三四五六七八九十]+）|\d+\.")


def word_file(text: Text) -> bytes:
    """The .docx: 一、 is typed, （一） and 1. are automatic numbers; no field block but the number, no file to download."""
    document = Document()
    strip_template(document)
    document.styles["Normal"].font.size = Pt(16)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    add_lists(document)

    _add(document, text.title, WD_ALIGN_PARAGRAPH.CENTER, font="方正小标宋简体", size=22)
    _add(document, text.number, WD_ALIGN_PARAGRAPH.CENTER)
    _add(document, text.recipients)
    _add(document, text.opening, indent=True)
    for line in text.signature:
        _add(document, line, WD_ALIGN_PARAGRAPH.RIGHT)
    for index, line in enumerate(text.enclosed_title):
        title = _add(document, line, WD_ALIGN_PARAGRAPH.CENTER, font="方正小标宋简体", size=22)
        if index == 0:
            title.paragraph_format.page_break_before = True
    for line in text.before_table:
        _add_body_line(document, line)
    _add_table(document, text)
    list_id = 0
    for line in text.after_table:
        paragraph = _add_body_line(document, line)
        if label := _LABEL.match(line):
            _number(paragraph, level=0 if label[0].startswith("（") else 1, list_id=list_id)
        elif _is_heading(line):
            list_id += 1
    _add(document, "")
    _add(document, text.attachment, indent=True)
    return _saved(document, text.title)


def strip_template(document: WordDocument) -> None:
    """Take out what python-docx's template brings and nothing here uses: a dozen times the size of the notice."""
    used = ("Normal", "Default Paragraph Font", "Normal Table", "Table Grid", "No List")
    for style in list(document.styles):
        if style.name not in used:
            style.delete()
    for relationships in (document.part.rels, document.part.package.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype.rsplit("/", 1)[-1] in ("stylesWithEffects", "customXml", "thumbnail"):
                del relationships[key]
    numbering = document.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)


def _add(
    document: WordDocument,
    line: str,
    alignment: WD_ALIGN_PARAGRAPH | None = None,
    *,
    indent: bool = False,
    font: str = "",
    size: int = 16,
) -> Paragraph:
    paragraph = document.add_paragraph()
    if alignment is not None:
        paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(size * 1.75)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    if line:
        _add_run(paragraph, line, font=font, size=size)
    return paragraph


def _add_run(paragraph: Paragraph, text: str, *, font: str = "", size: int = 16, bold: bool | None = None) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold
    if font:
        run.font.name = "Times New Roman"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _add_body_line(document: WordDocument, line: str) -> Paragraph:
    """A line of the enclosed document: its heading sentence in a type of its own, without the automatic number."""
    paragraph = _add(document, "", indent=True)
    if _is_heading(line):
        _add_run(paragraph, line, font="黑体")
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().append(outline)
        return paragraph
    label = _LABEL.match(line)
    if label is None:
        _add_run(paragraph, line)
        return paragraph
    heading, sentence_end, rest = line[label.end() :].partition("。")
    _add_run(paragraph, heading + sentence_end, font="楷体_GB2312", bold=True)
    _add_run(paragraph, rest)
    return paragraph


def add_lists(document: WordDocument) -> None:
    """Two lists of two levels, （一） and 1.: one for the tasks, one for the measures, which count from （一） again."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
        for level, (number_format, label) in enumerate([("chineseCounting", "（%1）"), ("decimal", "%2.")])
    )
    inside = f'<w:multiLevelType w:val="multilevel"/>{levels}'
    lists = [f'<w:abstractNum w:abstractNumId="{key}" {nsdecls("w")}>{inside}</w:abstractNum>' for key in (1, 2)]
    instances = [f'<w:num w:numId="{key}" {nsdecls("w")}><w:abstractNumId w:val="{key}"/></w:num>' for key in (1, 2)]
    for element in (*lists, *instances):
        document.part.numbering_part.element.append(parse_xml(element))


def _number(paragraph: Paragraph, *, level: int, list_id: int) -> None:
    properties: BaseOxmlElement = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_id


def _add_table(document: WordDocument, text: Text) -> None:
    table = document.add_table(rows=2 + len(text.rows), cols=5, style="Table Grid")
    table.autofit = False
    grid = [list(row.cells) for row in table.rows]
    for index, width in enumerate(_WIDTHS):
        table.columns[index].width = Cm(width)
        for cells in grid:
            cells[index].width = Cm(width)
            cells[index].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    domain, over, responsible = text.top_header
    grid[0][0].merge(grid[1][0])
    grid[0][1].merge(grid[0][3])
    grid[0][4].merge(grid[1][4])
    for cell, head in zip(
        (grid[0][0], grid[0][1], grid[0][4], *grid[1][1:4]),
        (domain, over, responsible, *text.lower_header),
        strict=True,
    ):
        _fill(cell, [head])
    for index, row in enumerate(text.rows):
        cells = grid[index + 2]
        if row.domain is not None:
            cells[0].merge(grid[index + 1 + domain_rows(text.rows, index)][0])
            _fill(cells[0], [row.domain])
        for cell, lines in zip(cells[1:], ([row.serial], row.name, [row.value], row.offices), strict=True):
            _fill(cell, lines)
    for header in table.rows[:2]:
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, lines: Sequence[str]) -> None:
    for index, line in enumerate(lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        _add_run(paragraph, line, size=12)


def _saved(document: WordDocument, title: str) -> bytes:
    """The file's bytes, the same each time: dates are fixed, and nothing is compressed, as machines differ in that."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = title, "", "", ""
    properties.created = properties.modified = datetime(2023, 4, 24)
    properties.revision = 1
    written = io.BytesIO()
    document.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def convert_to_doc(docx: Path) -> Path | None:
    """Have LibreOffice write the binary Word 97 file beside the .docx; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
                "--convert-to", "doc:MS Word 97", "--outdir", str(docx.parent), str(docx),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return docx.with_suffix(".doc")


def main() -> int:
    text = read_text((FOLDER / f"{NAME}.txt").read_text(encoding="utf-8"))
    (FOLDER / f"{NAME}.html").write_bytes(page(text).encode("utf-8"))
    docx = FOLDER / f"{NAME}.docx"
    docx.write_bytes(word_file(text))
    if convert_to_doc(docx) is None:
        print(f"{NAME}.doc is left as it is: it is made by LibreOffice, and there is no soffice here", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
