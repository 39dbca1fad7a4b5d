"""Tables with any merged cells and lists of any numbering, made at random, in every form that has them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from extract.numbering import FORMAT_CODES
from tests.forms_all import flat_opc_of, wordml_of
from tests.pdf_files import make_pdf
from tests.pdf_files import table as drawn_table
from tests.word_files import level, make_docx, numbered, p, tbl, tc, tr, zip_of

FORMS = ("html", "docx", "flat-opc", "wordml", "odt", "rtf", "pdf")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_WIDTH = 1500  # of a column in twips
_TEXT = "各镇人民政府要认真贯彻执行。"


#: Row, column, row span, column span, text.
Cell = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class RandomTable:
    """A table of cells that fill it."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]

    def at(self) -> list[list[Cell]]:
        """At each place of the grid the cell that covers it."""
        places = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell[0], cell[0] + cell[2])
            for column in range(cell[1], cell[1] + cell[3])
        }
        return [[places[row, column] for column in range(self.columns)] for row in range(self.rows)]


def random_table(rng: random.Random) -> RandomTable:
    """A table of two to six rows and two to five columns."""
    rows, columns = rng.randint(2, 6), rng.randint(2, 5)
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells: list[Cell] = []
    while free:
        row, column = min(free)
        widest = 1
        while (row, column + widest) in free:
            widest += 1
        width = rng.choice((1, 1, 1, rng.randint(1, widest)))
        height = 1
        tallest = rng.choice((1, 1, 1, rng.randint(1, rows)))
        while height < tallest and all((row + height, column + place) in free for place in range(width)):
            height += 1
        free -= {(row + down, column + right) for down in range(height) for right in range(width)}
        cells.append((row, column, height, width, f"第{len(cells) + 1}格" if rng.random() < 0.9 else ""))
    return RandomTable(rows, columns, tuple(cells))


def write_table(table: RandomTable, form: str) -> bytes:
    """A document with a line, the table, and a line."""
    if form == "html":
        return _html(table)
    if form == "odt":
        return _odt(table)
    if form == "rtf":
        return _rtf(table)
    if form == "pdf":
        drawn = drawn_table(60, 100, [90] * table.columns, [24] * table.rows, table.cells)
        return make_pdf([drawn])
    docx = _docx(table)
    return {"docx": lambda: docx, "flat-opc": lambda: flat_opc_of(docx), "wordml": lambda: wordml_of(docx)}[form]()


def _html(table: RandomTable) -> bytes:
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td rowspan="{down}" colspan="{right}">{text}</td>'
            for first, _, down, right, text in table.cells
            if first == row
        )
        + "</tr>"
        for row in range(table.rows)
    )
    return f'<html><head><meta charset="utf-8"></head><body><div class="TRS_Editor"><p>{_TEXT}</p><table>{rows}</table><p>{_TEXT}</p></div></body></html>'.encode()


def _docx(table: RandomTable) -> bytes:
    rows = []
    for number, places in enumerate(table.at()):
        cells = []
        for cell in dict.fromkeys(places):
            first, _, down, right, text = cell
            merge = "" if down == 1 else '<w:vMerge w:val="restart"/>' if first == number else "<w:vMerge/>"
            cells.append(tc(text if first == number else "", f'<w:gridSpan w:val="{right}"/>{merge}'))
        rows.append(tr(*cells))
    return make_docx(p(_TEXT) + tbl(*rows, widths=(_WIDTH,) * table.columns) + p(_TEXT))


def _odt(table: RandomTable) -> bytes:
    rows = ""
    for number, places in enumerate(table.at()):
        rows += "<table:table-row>"
        for column, (first, left, down, right, text) in enumerate(places):
            if (first, left) == (number, column):
                spans = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
                rows += f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"
            else:
                rows += "<table:covered-table-cell/>"
        rows += "</table:table-row>"
    names = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    body = f"<text:p>{_TEXT}</text:p><table:table>{rows}</table:table><text:p>{_TEXT}</text:p>"
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _rtf(table: RandomTable) -> bytes:
    def coded(text: str) -> str:
        return "".join(f"\\u{ord(char)} ?" for char in text)

    rows = ""
    for number, places in enumerate(table.at()):
        edges, cells = "", ""
        for first, left, down, right, text in dict.fromkeys(places):
            merge = "" if down == 1 else "\\clvmgf" if first == number else "\\clvmrg"
            edges += f"{merge}\\cellx{(left + right) * _WIDTH}"
            cells += f"\\pard\\intbl {coded(text) if first == number else ''}\\cell"
        rows += f"\\trowd{edges}{cells}\\row "
    return f"{{\\rtf1\\ansi\\pard {coded(_TEXT)}\\par {rows}\\pard {coded(_TEXT)}\\par}}".encode()


def random_list(rng: random.Random) -> bytes:
    """A .docx with a list of several levels in any formats."""
    forms = [rng.choice(sorted(set(FORMAT_CODES.values()))) for _ in range(9)]
    levels = "".join(
        level(
            index,
            form,
            rng.choice(("", "%1", "（%1）")) + f"%{index + 1}" + rng.choice(("、", ".", "")),
            rng.choice((0, 1, 3, 19)),
            rng.choice(("", "<w:isLgl/>", '<w:suff w:val="nothing"/>', '<w:lvlRestart w:val="1"/>')),
        )
        for index, form in enumerate(forms)
    )
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>' if rng.random() < 0.5 else ""
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    )
    body = p(_TEXT) + "".join(
        numbered(f"第{number}项", rng.choice((1, 1, 2, 3)), rng.choice((0, 0, 1, 1, 2, 8, 9)))
        for number in range(rng.randint(1, 30))
    )
    return make_docx(body, numbering=numbering)
