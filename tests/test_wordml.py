"""Word 2003 XML: what it writes in its own way. That it is else as a .docx is shown by ``tests.test_forms``."""

from __future__ import annotations

from extract import read_bytes
from extract.model import Notice, Table

_NAMES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read(body: str, before: str = "") -> Notice:
    data = f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument {_NAMES}>{before}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>'
    return read_bytes(data.encode(), "notice.doc")


def lines_of(notice: Notice) -> list[str]:
    return [notice.text[line.start : line.end] for line in notice.lines()]


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else r(content)}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:listDef>'
    '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)


def numbered(text: str, printed: str = "") -> str:
    label = f'<wx:t wx:val="{printed}"/>' if printed else ""
    return p(text, f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/>{label}</w:listPr>')


def test_numbers_are_counted_or_taken_as_printed() -> None:
    notice = read(numbered("甲项") + numbered("乙项", "（乙）") + numbered("丙项"), LISTS)
    assert lines_of(notice) == ["（一）甲项", "（乙）乙项", "（三）丙项"]


def test_revisions_notes_and_links() -> None:
    link = f'<w:hlink w:dest="http://example.invalid/a.doc">{r("清单.doc")}</w:hlink>'
    body = (
        p(
            r("新增")
            + '<aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content></aml:annotation>'
            + f'<aml:annotation aml:id="2" w:type="Word.Insertion"><aml:content>{r("托位")}</aml:content></aml:annotation>'
            + '<aml:annotation aml:id="3" w:type="Word.Bookmark.Start" w:name="a"/>'
            + f"<w:r><w:footnote>{p('脚注。')}</w:footnote></w:r>"
            + r("450个。")
        )
        + f"<wx:sub-section>{p(link)}</wx:sub-section>"
        + f'<aml:annotation aml:id="4" w:type="Word.Insertion"><aml:content>{p("插入的段落。")}</aml:content></aml:annotation>'
    )
    notice = read(body)
    assert lines_of(notice) == ["新增托位450个。", "清单.doc", "插入的段落。", "脚注。"]
    assert [link.href for link in notice.links] == ["http://example.invalid/a.doc"]


def test_merged_cells() -> None:
    def tc(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    grid = "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>"
    rows = [
        tc("领域", '<w:vmerge w:val="restart"/>') + tc("目标", '<w:gridSpan w:val="2"/>'),
        tc("", "<w:vmerge/>") + tc("指标", '<w:hmerge w:val="restart"/>') + tc("", "<w:hmerge/>"),
        tc("幼有善育") + tc("托位") + tc("450"),
    ]
    notice = read(f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>" + p("完。"))
    table = notice.blocks[0]
    assert isinstance(table, Table)
    spans = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]
    assert spans == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]
