"""A notice in every form that is read: from its page, by writers of our own, python-docx, and LibreOffice where it is
installed.

    python -m tests.forms_all tests/notices/synthetic/fenghua-2024/fenghua-2024.html outputs/forms/

Everything but the page's furniture is written; where a form has no place for something, ``tests.test_forms`` says so.
"""

from __future__ import annotations

import base64
import quopri
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from email.header import Header
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from extract import read_bytes
from extract.libreoffice import find_program
from extract.model import Notice, Paragraph, Table
from extract.numbering import FORMAT_CODES
from samples.build import strip_template

SITE = "http://example.invalid"
_ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_CHARSET = re.compile(r'(charset=["\']?)[\w-]+', re.IGNORECASE)


# --- pages ---


def page_in(page: str, declared: str, encoding: str) -> bytes:
    """A page that declares one character set and is in another; what the latter lacks is written as a reference."""
    said = _CHARSET.sub(rf"\g<1>{declared}", page) if declared else re.sub(r"<meta[^>]*charset=[^>]*>", "", page)
    return said.encode(encoding, "xmlcharrefreplace")


def mhtml_of_browser(page: str) -> bytes:
    """A page as Chrome and Edge save it, with a picture and a frame as further parts."""
    parts = [
        ("text/html", "http://example.invalid/art/1.html", page.encode("utf-8")),
        ("text/css", "cid:css-1@mhtml.blink", b"p { margin: 0 }"),
        ("text/html", "http://example.invalid/frame.html", "<html><body>政务公开</body></html>".encode()),
    ]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.invalid/art/1.html\r\n"
        f"Subject: {Header('关于印发工作要点的通知', 'utf-8').encode()}\r\n"
        'Date: Mon, 24 Apr 2023 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----MultipartBoundary--a1----"\r\n\r\n'
    )
    body = "".join(
        f"\r\n------MultipartBoundary--a1----\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: {place}\r\n\r\n{quopri.encodestring(content).decode()}\r\n"
        for kind, place, content in parts
    )
    return (head + body + "------MultipartBoundary--a1------\r\n").encode("ascii")


def mhtml_of_word(page: str) -> bytes:
    """A page as Word saves it in a single file: base64, the character set in the head of the part alone."""
    content = base64.encodebytes(page_in(page, "", "gb18030")).decode()
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_NextPart_01"\n\n此文档为“单个文件网页”。\n\n'
        "------=_NextPart_01\nContent-Location: file:///C:/1/notice.htm\nContent-Transfer-Encoding: base64\n"
        f'Content-Type: text/html; charset="gb2312"\n\n{content}\n------=_NextPart_01--\n'
    ).encode("gb18030")


# --- Word files ---


def with_whole_links(notice: Notice) -> Notice:
    """The notice with links that name their site, as a file that is moved must have them."""
    links = [
        replace(link, href=f"{SITE}{link.href}" if link.href.startswith("/") else link.href) for link in notice.links
    ]
    return replace(notice, links=tuple(links))


def docx_of(notice: Notice) -> bytes:
    """The lines, tables and links of a notice as a .docx of Word."""
    document = Document()
    strip_template(document)
    document.styles["Normal"].font.size = Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for block in notice.blocks:
        if isinstance(block, Table):
            _add_table(document, notice, block)
            continue
        paragraph = document.add_paragraph()
        _fill(paragraph, notice, block)
        if not block.align and block.hint not in ("title", "metadata", "attachment"):
            paragraph.paragraph_format.first_line_indent = Pt(28)
        if block.hint == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(paragraph: WordParagraph, notice: Notice, line: Paragraph) -> None:
    if line.align:
        paragraph.alignment = _ALIGNMENTS[line.align]
    paragraph.paragraph_format.space_after = Pt(0)
    if line.level:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(line.level - 1))
        paragraph._p.get_or_add_pPr().append(outline)
    at = line.start
    for link in [link for link in notice.links if line.start <= link.start < line.end]:
        paragraph.add_run(notice.text[at : link.start]).bold = line.is_bold or None
        target = paragraph.part.relate_to(link.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), target)
        run = paragraph.add_run(notice.text[link.start : link.end])
        element.append(run._r)
        paragraph._p.append(element)
        at = link.end
    paragraph.add_run(notice.text[at : line.end]).bold = line.is_bold or None


def _add_table(document: Any, notice: Notice, table: Table) -> None:
    made = document.add_table(table.rows, table.columns)
    made.style = "Table Grid"
    widths = _widths(notice, table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for cell in table.cells:
        first = made.cell(cell.row, cell.column)
        if (cell.row_span, cell.column_span) != (1, 1):
            first = first.merge(made.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
        first.width = sum(widths[cell.column : cell.column + cell.column_span])
        for paragraph in first.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        for number, line in enumerate(cell.paragraphs):
            paragraph = first.add_paragraph() if number else first.paragraphs[0]
            _fill(paragraph, notice, line)
            for run in paragraph.runs:
                run.font.size = Pt(10.5)


def _widths(notice: Notice, table: Table) -> list[int]:
    """Columns as wide as what stands in them, so that lines break where the notice breaks them and seldom elsewhere."""
    longest = [2] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            lengths = [line.end - line.start for line in cell.paragraphs] or [0]
            longest[cell.column] = min(14, max(longest[cell.column], *lengths))
    return [Cm(16) * length // sum(longest) for length in longest]


def flat_opc_of(docx: bytes) -> bytes:
    """A .docx as one XML file."""
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    root = etree.Element(f"{{{space}}}package", nsmap={"pkg": space})
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        for name in archive.namelist():
            part = etree.SubElement(root, f"{{{space}}}part", {f"{{{space}}}name": f"/{name}"})
            if name.endswith((".xml", ".rels")):
                etree.SubElement(part, f"{{{space}}}xmlData").append(etree.fromstring(archive.read(name)))
            else:
                etree.SubElement(part, f"{{{space}}}binaryData").text = base64.b64encode(archive.read(name)).decode()
    instruction = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    )
    return instruction + bytes(etree.tostring(root, encoding="utf-8"))


_OLD_NAMES = {
    "vMerge": "vmerge", "hMerge": "hmerge", "numPr": "listPr", "abstractNum": "listDef", "num": "list", "numFmt": "nfc", "hyperlink": "hlink",
}  # fmt: skip


def wordml_of(docx: bytes) -> bytes:
    """A .docx as Word 2003 XML: other names for the same, the parts in one file, a section around the body, notes in
    their places.
    """
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith((".xml", ".rels"))
        }
    body = parts["word/document.xml"].find(f"{_W}body")
    section = etree.Element(f"{_WX}sect", nsmap={"wx": _WX.strip("{}")})
    section.extend(list(body))
    body.append(section)
    _put_notes_in_place(body, parts.get("word/footnotes.xml"))
    root = etree.Element(f"{_W}wordDocument", nsmap={"w": _W.strip("{}"), "wx": _WX.strip("{}")})
    if (numbering := parts.get("word/numbering.xml")) is not None:
        etree.SubElement(root, f"{_W}lists").extend(list(numbering))
    if (styles := parts.get("word/styles.xml")) is not None:
        root.append(styles)
    root.append(body)
    targets = {relation.get("Id"): relation.get("Target") for relation in parts["word/_rels/document.xml.rels"]}
    codes = {name: code for code, name in list(FORMAT_CODES.items())[::-1]}
    for element in list(root.iter(etree.Element)):
        _give_old_name(element, targets, codes)
    text = etree.tostring(root, encoding="unicode")
    text = text.replace(_W.strip("{}"), "http://schemas.microsoft.com/office/word/2003/wordml")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n{text}'.encode()


def _put_notes_in_place(body: Any, footnotes: Any) -> None:
    notes = {note.get(f"{_W}id"): note for note in footnotes} if footnotes is not None else {}
    for reference in list(body.iter(f"{_W}footnoteReference")):
        note = etree.Element(f"{_W}footnote")
        note.extend(list(notes[reference.get(f"{_W}id")]))
        reference.getparent().replace(reference, note)


def _give_old_name(element: Any, targets: dict[str, str], codes: dict[str, int]) -> None:
    name = etree.QName(element).localname
    if name == "numFmt":
        element.set(f"{_W}val", str(codes[element.get(f"{_W}val")]))
    elif name == "abstractNum":
        element.set(f"{_W}listDefId", element.attrib.pop(f"{_W}abstractNumId"))
    elif name == "num":
        element.set(f"{_W}ilfo", element.attrib.pop(f"{_W}numId"))
    elif name in ("abstractNumId", "numId"):
        element.tag = f"{_W}{'ilst' if name == 'abstractNumId' else 'ilfo'}"
    elif name == "hyperlink":
        target = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        element.set(f"{_W}dest", targets.get(target, ""))
    if name in _OLD_NAMES:
        element.tag = f"{_W}{_OLD_NAMES[name]}"


def by_libreoffice(files: Iterable[Path], suffix: str, folder: Path) -> list[Path]:
    """Files turned into another form by LibreOffice; none where it is not installed."""
    given = list(files)
    program = find_program()
    if program is None or not given:
        return []
    profile = Path(_profile().name).as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder),
        *map(str, given),
    ]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=True)
    return [folder / path.with_suffix(f".{suffix.partition(':')[0]}").name for path in given]


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile for LibreOffice, which takes it longer to make than to turn a notice into another form."""
    return tempfile.TemporaryDirectory()


#: The forms made here, each from the page and the .docx, under the name that the file gets: some are not what they are
#: called.
FORMS: dict[str, tuple[str, Callable[[str, bytes], bytes]]] = {
    "page in UTF-8 with BOM": ("bom.html", lambda page, docx: page_in(page, "utf-8", "utf-8-sig")),
    "page in UTF-16": ("utf16.html", lambda page, docx: page_in(page, "utf-16", "utf-16")),
    "page that says GB 2312": ("gb2312.html", lambda page, docx: page_in(page, "gb2312", "gb18030")),
    "page in GBK that does not say so": ("gbk.html", lambda page, docx: page_in(page, "", "gb18030")),
    "page in GBK that says UTF-8": ("lies.html", lambda page, docx: page_in(page, "utf-8", "gb18030")),
    "page in Big5": ("big5.html", lambda page, docx: page_in(page, "big5", "big5hkscs")),
    "page named .doc": ("page.doc", lambda page, docx: page.encode("utf-8")),
    "saved page of a browser": ("browser.mhtml", lambda page, docx: mhtml_of_browser(page)),
    "saved page of Word, named .doc": ("word.doc", lambda page, docx: mhtml_of_word(page)),
    ".docx": ("made.docx", lambda page, docx: docx),
    ".docx named .doc": ("made.doc", lambda page, docx: docx),
    "flat Word XML": ("flat.xml", lambda page, docx: flat_opc_of(docx)),
    "Word 2003 XML, named .doc": ("wordml.doc", lambda page, docx: wordml_of(docx)),
}
#: The forms that LibreOffice makes of the .docx.
BY_LIBREOFFICE = ("doc", "odt", "fodt", "rtf", "pdf")


def to_page(path: Path) -> str:
    """The text of a page, whatever its encoding."""
    data = path.read_bytes()
    return data.decode(read_bytes(data, path.name).source.encoding)


def main(path: str, folder: str) -> None:
    """Write a page in all forms into a folder."""
    page, target = to_page(Path(path)), Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    docx = docx_of(with_whole_links(read_bytes(Path(path).read_bytes(), path)))
    for name, write in FORMS.values():
        (target / name).write_bytes(write(page, docx))
    for suffix in BY_LIBREOFFICE:
        by_libreoffice([target / "made.docx"], suffix, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
