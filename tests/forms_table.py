"""What is kept of a document in each form: found out by reading one that has everything, and written to docs/forms.md and
forms.zh-CN.md.

    python -m tests.forms_table

LibreOffice makes some of the forms and must be installed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from extract import read_bytes
from extract.model import Notice, Table
from tests.forms_all import by_libreoffice, flat_opc_of, mhtml_of_browser, wordml_of
from tests.word_files import level, make_docx, numbered, p, r, tbl, tc, tr

DOCS = Path(__file__).parents[1] / "docs"
_LINK = "http://example.invalid/list.doc"
_SERIAL, _NAME, _NOTE = "序号", "新增托位（个）", "按年末数计算。"
_RESTART, _CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def document() -> bytes:
    """A .docx that has everything: text, merged cells both ways, automatic numbers, a footnote, a link, a superscript.
    """
    body = (
        p("关于做好2026年公共服务工作的通知", '<w:jc w:val="center"/>')
        + numbered("主要指标", level=0)
        + tbl(
            tr(tc("领域", _RESTART), tc("2026年目标", '<w:gridSpan w:val="2"/>')),
            tr(tc("", _CONTINUE), _NAME, "目标值"),
            tr(tc("幼有善育", _RESTART), "新增托位数", "450"),
            tr(tc("", _CONTINUE), "普惠托位占比", "80"),
        )
        + numbered("重点任务", level=0)
        + numbered("扩大托育服务供给，新增场地面积120m", level=1).replace(
            "</w:p>", r("2", '<w:vertAlign w:val="superscript"/>') + r("。") + "</w:p>"
        )
        + p(r("各单位要抓好落实。") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + p(r("附件：") + f'<w:hyperlink r:id="rId9">{r("任务清单.doc")}</w:hyperlink>')
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
    )
    levels = level(0, "chineseCounting", "%1、", more='<w:suff w:val="nothing"/>') + level(1, "decimal", "%2.")
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    footnotes = f'<w:footnote w:id="2">{p(_NOTE)}</w:footnote>'
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return make_docx(
        body.replace("<w:tblPr></w:tblPr>", f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"),
        numbering=numbering,
        footnotes=footnotes,
        links={"rId9": _LINK},
    )


_PAGE = f"""<html><head><meta charset="utf-8"></head><body><div class="TRS_Editor">
<p align="center">关于做好2026年公共服务工作的通知</p><ol style="list-style-type:cjk-ideographic"><li>主要指标</li></ol>
<table><tr><td rowspan="2">领域</td><td colspan="2">2026年目标</td></tr><tr><td>{_NAME}</td><td>目标值</td></tr>
<tr><td rowspan="2">幼有善育</td><td>新增托位数</td><td>450</td></tr><tr><td>普惠托位占比</td><td>80</td></tr></table>
<ol style="list-style-type:cjk-ideographic" start="2"><li>重点任务</li></ol>
<ol><li>扩大托育服务供给，新增场地面积120m<sup>2</sup>。</li></ol><p>各单位要抓好落实。<a href="#n1">[1]</a></p>
<p>附件：<a href="{_LINK}">任务清单.doc</a></p><p id="n1">{_NOTE}</p></div></body></html>"""


def _keeps(notice: Notice) -> Iterator[bool]:
    lines = [notice.text[line.start : line.end].replace(" ", "") for line in notice.lines()]
    tables = [block for block in notice.blocks if isinstance(block, Table)]
    yield all(
        any(word in line for line in lines)
        for word in ("关于做好2026年公共服务工作的通知", "幼有善育", "450", "扩大托育服务供给")
    )
    yield len(tables) == 1 and (tables[0].rows, tables[0].columns) == (4, 3)
    yield bool(tables) and {(cell.row_span, cell.column_span) for cell in tables[0].cells} == {(1, 1), (2, 1), (1, 2)}
    yield any(line.startswith("二、重点任务") for line in lines) and any(
        line.startswith("1.扩大托育") for line in lines
    )
    yield any(line.endswith(_NOTE) for line in lines)
    yield any("120m²" in line for line in lines)
    yield any(link.href == _LINK for link in notice.links)


_COLUMNS = ("text", "tables", "merged cells", "automatic numbers", "notes", "m²", "links")


def rows() -> Iterator[tuple[str, list[bool]]]:
    """Each form, and what of the document is in the notice that is read from it."""
    docx = document()
    made: list[tuple[str, Callable[[], bytes]]] = [
        ("page (HTML)", _PAGE.encode), ("saved page (MHTML)", lambda: mhtml_of_browser(_PAGE)), (".docx", lambda: docx),
        ("flat Word XML", lambda: flat_opc_of(docx)), ("Word 2003 XML", lambda: wordml_of(docx)),
    ]  # fmt: skip
    for name, write in made:
        yield name, list(_keeps(read_bytes(write(), name)))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(docx)
        for suffix, name in (
            ("doc", ".doc of Word 97 and later, .wps"),
            ("odt", ".odt"),
            ("fodt", ".fodt"),
            ("rtf", ".rtf"),
            ("pdf", "PDF with a text layer"),
            ("txt:Text (encoded):UTF8", "plain text"),
        ):
            [path] = by_libreoffice([source], suffix, Path(folder))
            yield name, list(_keeps(read_bytes(path.read_bytes(), name)))


#: The names of forms and columns that are others in Chinese.
_CHINESE = {
    "form": "格式", "text": "正文", "tables": "表格", "merged cells": "合并单元格", "automatic numbers": "自动编号", "notes": "注释", "links": "链接",
    "page (HTML)": "网页（HTML）", "saved page (MHTML)": "保存的网页（MHTML）", "flat Word XML": "单文件 Word XML",
    ".doc of Word 97 and later, .wps": "Word 97 及以后的 .doc、.wps", "PDF with a text layer": "带文字层的 PDF", "plain text": "纯文本",
}  # fmt: skip


def table(found: list[tuple[str, list[bool]]], names: dict[str, str]) -> str:
    """The table in Markdown."""
    columns = " | ".join(names.get(column, column) for column in _COLUMNS)
    lines = [f"| {names.get('form', 'form')} | {columns} |", f"| --- |{' :-: |' * len(_COLUMNS)}"]
    lines += [f"| {names.get(name, name)} | {' | '.join('✓' if kept else '–' for kept in own)} |" for name, own in found]
    return "\n".join(lines)


def texts() -> dict[Path, str]:
    """The whole of docs/forms.md and of docs/forms.zh-CN.md."""
    found = list(rows())
    return {
        DOCS / "forms.md": f"""# Forms, and what is kept of each

What a file is comes from its bytes; its name is not asked. The table is made by `python -m tests.forms_table`, which writes one
document in every form and looks for its parts in what is read. 中文：[forms.zh-CN.md](forms.zh-CN.md).

{table(found, {})}

- **Pages** are read in UTF-8, UTF-16, GB 18030 (which holds GB 2312 and GBK) and Big5, whatever they say they are in.
- **Files of Word 6 and 95** are read where LibreOffice is installed; it makes a .docx of them first.
- **PDF**: paragraphs and tables are put together again from the places of characters and ruled lines; a line of a cell that is full
  goes on in the next, since a PDF does not say where a paragraph ends. A footnote stands where its page ends. Links are
  read where the PDF has them, which those of LibreOffice do not. A scan is refused.
- **Plain text** has no cells: tables are put together again from their lines where their columns can be told.
- **Attachments** that lie beside a notice under their own names, or under the names in their links, are read as parts of it.
- Refused in one line that says what to do: encrypted files, pictures, spreadsheets, presentations, UOF, OFD and archives.

Sizes, depth and time are limited: see `extract/limits.py`, and `--limit` on the command line.
""",
        DOCS / "forms.zh-CN.md": f"""# 各种格式及各自保留的内容

文件是什么由内容决定，不看文件名。下表由 `python -m tests.forms_table` 生成：把同一份文件写成各种格式，再看读出的内容里有没有它的各个部分。
English: [forms.md](forms.md).

{table(found, _CHINESE)}

- **网页**按 UTF-8、UTF-16、GB 18030（包含 GB 2312 和 GBK）和 Big5 读取，无论网页自称什么编码。
- **Word 6 和 95 的文件**在装有 LibreOffice 时可读：先由它转成 .docx。
- **PDF**：段落和表格由字符的位置和框线重新拼合；单元格里写满的一行与下一行相连，因为 PDF 不说明段落在哪里结束。脚注位于所在页的末尾。
  PDF 中有链接时读取链接，LibreOffice 生成的 PDF 没有。扫描件不读。
- **纯文本**没有单元格：能看出各列时，由各行重新拼成表格。
- **附件**以自己的名称或链接中的名称放在通知旁边时，作为通知的一部分读取。
- 下列文件不读，并用一行说明该怎么办：加密文件、图片、电子表格、演示文稿、UOF、OFD 和压缩包。

大小、层数和时间都有限制：见 `extract/limits.py` 和命令行的 `--limit`。
""",
    }


def main() -> None:
    """Write both."""
    DOCS.mkdir(exist_ok=True)
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
