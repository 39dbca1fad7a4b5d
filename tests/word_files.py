"""Word files made for tests: packages of raw markup, so that a test shows what it is about."""

from __future__ import annotations

import io
import zipfile

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def make_docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    footnotes: str = "",
    endnotes: str = "",
    links: dict[str, str] | None = None,
) -> bytes:
    """A .docx whose body is this markup; the other parts are there where they hold something."""
    parts = {"numbering": numbering, "styles": styles, "footnotes": footnotes, "endnotes": endnotes}
    parts = {kind: markup for kind, markup in parts.items() if markup}
    relations = "".join(f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    for identifier, target in (links or {}).items():
        relations += (
            f'<Relationship Id="{identifier}" Type="{_OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
        )
    kinds = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_CONTENT}.{kind}+xml"/>' for kind in parts)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{relations}</Relationships>',
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        **{f"word/{kind}.xml": f"<w:{kind} {_NAMES}>{markup}</w:{kind}>" for kind, markup in parts.items()},
    }
    return zip_of(files)


def zip_of(files: dict[str, str]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def p(content: str, properties: str = "") -> str:
    """A paragraph of text or of runs."""
    runs = content if content.startswith("<") or not content else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(index: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def tbl(*rows: str, widths: tuple[int, ...] = (2000, 2000, 2000), properties: str = "") -> str:
    """A table of rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; a bare text is a cell of one paragraph."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    """A cell of text or markup."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"
