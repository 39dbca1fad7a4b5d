"""The body of an OpenDocument text, and whatever holds paragraphs, lists and tables as it does: cells, text boxes,
notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from extract.errors import LimitExceeded
from extract.grid import EdgedCell
from extract.limits import Limits
from extract.numbering import ListState
from extract.odt.lists import DEEPEST, Lists
from extract.odt.styles import OFFICE, TEXT, Style, Styles
from extract.pieces import Grid, Line, Piece
from extract.word import LeftOut, Run, to_lines, to_pieces

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
#: Deleted text, comments, readings above characters, declarations: nothing in these is printed where they stand.
_UNPRINTED = {
    f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}hidden-text",
    f"{TEXT}hidden-paragraph", f"{TEXT}ruby-text", f"{TEXT}number", f"{TEXT}note-citation",
    f"{OFFICE}forms", f"{OFFICE}annotation", f"{OFFICE}event-listeners", f"{_SVG}title", f"{_SVG}desc",
}  # fmt: skip
_CONTENTS = {
    f"{TEXT}table-of-content",
    f"{TEXT}illustration-index",
    f"{TEXT}table-index",
    f"{TEXT}alphabetical-index",
    f"{TEXT}user-index",
}
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_ROW_GROUPS = (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group")
_BLANKS = re.compile(r"[ \t\r\n]+")
_COLUMN = 1000  # where widths do not matter, one column is as wide as the next


@dataclass(frozen=True, slots=True)
class _Look:
    is_bold: bool = False
    is_hidden: bool = False
    is_raised: bool = False


@dataclass(slots=True)
class _Item:
    """The list item that is open: its list, how deep it stands, and the number that its first paragraph is still to
    get.
    """

    state: ListState
    style: str
    depth: int
    label: str = ""


class BodyReader:
    """Reads what stands in a document, in its order."""

    def __init__(self, styles: Styles, lists: Lists, left_out: LeftOut, limits: Limits, name: str) -> None:
        self._styles, self._lists, self._left_out, self._limits, self._name = styles, lists, left_out, limits, name
        self._footnotes: list[Any] = []
        self._endnotes: list[Any] = []
        self._cells = 0

    def pieces(self, body: Any) -> list[Piece]:
        """The document: its body, then its notes."""
        found = self._pieces(body)
        # A note of a note is found on the way.
        for note in chain(self._footnotes, self._endnotes):
            for piece in self._pieces(note):
                found += [
                    replace(line, hint="note") for line in (piece.lines() if isinstance(piece, Grid) else [piece])
                ]
        return found

    def _pieces(self, container: Any, item: _Item | None = None) -> list[Piece]:
        found: list[Piece] = []
        for child in container:
            tag = child.tag
            if tag in _PARAGRAPHS:
                found += self._paragraph(child, item)
            elif tag == f"{TEXT}list":
                found += self._list(child, item)
            elif tag == f"{_TABLE}table":
                found += to_pieces(list(self._rows(child)), self._limits, self._name)
            elif tag in _CONTENTS:
                self._left_out.contents_lines += sum(1 for _ in child.iter(*_PARAGRAPHS))
            elif tag == f"{_DRAW}frame" and child.find(f"{_DRAW}text-box") is None:
                self._left_out.pictures += 1
            elif tag not in _UNPRINTED and child.get(f"{TEXT}display") != "none":
                found += self._pieces(child, item)
        return found

    # --- paragraphs ---

    def _paragraph(self, paragraph: Any, item: _Item | None) -> list[Piece]:
        """The lines of a paragraph and of the text boxes that hang on it."""
        style = self._styles.style("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        level = _count(paragraph.get(f"{TEXT}outline-level"), DEEPEST) if paragraph.tag == f"{TEXT}h" else 0
        label = ""
        if item is not None:
            label, item.label = item.label, ""
        elif level and paragraph.get(f"{TEXT}is-list-header") != "true":
            label = self._lists.heading_label(level)
        runs: list[Run] = []
        boxes: list[Any] = []
        self._inline(paragraph, _look(_Look(), style), "", runs, boxes, 0)
        found: list[Piece] = list(to_lines(runs, label, level, style.align or ""))
        for box in boxes:
            found += [
                replace(piece, hint="text_box") if isinstance(piece, Line) else piece for piece in self._pieces(box)
            ]
        return found

    def _inline(self, node: Any, look: _Look, href: str, runs: list[Run], boxes: list[Any], depth: int) -> None:
        if depth > self._limits.nesting:
            raise LimitExceeded(
                self._name, f"markup nested more than {self._limits.nesting} deep", "save it again in LibreOffice"
            )
        self._text(node.text, look, href, runs)
        for child in node:
            tag = child.tag
            if tag == f"{TEXT}line-break":
                self._text("\n", look, href, runs)
            elif tag in (f"{TEXT}s", f"{TEXT}tab"):
                self._text(" ", look, href, runs)
            elif tag == f"{TEXT}note":
                notes = self._endnotes if child.get(f"{TEXT}note-class") == "endnote" else self._footnotes
                notes += child.findall(f"{TEXT}note-body")
            elif tag == f"{_DRAW}a":
                boxes.append(child)
            elif tag.startswith(_DRAW):
                if tag == f"{_DRAW}frame" and child.find(f"{_DRAW}text-box") is None:
                    self._left_out.pictures += 1
                else:
                    boxes.append(child)
            elif tag not in _UNPRINTED:
                own = (
                    self._styles.style("text", child.get(f"{TEXT}style-name", "")) if tag == f"{TEXT}span" else Style()
                )
                self._inline(
                    child,
                    _look(look, own),
                    child.get(f"{_XLINK}href", "") if tag == f"{TEXT}a" else href,
                    runs,
                    boxes,
                    depth + 1,
                )
            self._text(child.tail, look, href, runs)

    def _text(self, text: str | None, look: _Look, href: str, runs: list[Run]) -> None:
        if text and not look.is_hidden:
            runs.append(Run(text if text == "\n" else _BLANKS.sub(" ", text), look.is_bold, look.is_raised, href))

    # --- lists ---

    def _list(self, element: Any, outer: _Item | None) -> list[Piece]:
        style = element.get(f"{TEXT}style-name") or (outer.style if outer is not None else "")
        depth = 0 if outer is None else outer.depth + 1
        state = self._lists.open(element, style, depth, None if outer is None else outer.state)
        found: list[Piece] = []
        for child in element:
            item = _Item(state, style, depth)
            if child.tag == f"{TEXT}list-item":
                if any(inner.tag in _PARAGRAPHS for inner in child):
                    item.label = self._lists.label(state, style, depth, child.get(f"{TEXT}start-value"))
                    item.label = _printed(child, item.label)
                found += self._pieces(child, item)
            elif child.tag == f"{TEXT}list-header":
                found += self._pieces(child, item)
        return found

    # --- tables ---

    def _rows(self, table: Any) -> Iterator[list[EdgedCell[list[Piece]]]]:
        open_cells: dict[
            int, tuple[int, int]
        ] = {}  # column → the column after the cell that reaches down, rows still to come
        for row in _table_rows(table):
            read = self._row(row, open_cells)
            # A row that stands for many is an empty one at the end of a sheet.
            for number in range(_count(row.get(f"{_TABLE}number-rows-repeated"), self._limits.table_cells) or 1):
                if number:
                    self._count_cells(len(read))
                yield read
                if not any(cell.content for cell in read):
                    break

    def _row(self, row: Any, open_cells: dict[int, tuple[int, int]]) -> list[EdgedCell[list[Piece]]]:
        cells: list[EdgedCell[list[Piece]]] = []
        column = end = 0
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            for _ in range(_count(cell.get(f"{_TABLE}number-columns-repeated"), self._limits.span + 1) or 1):
                self._count_cells(1)
                if column > self._limits.span:
                    raise LimitExceeded(
                        self._name, f"a table of more than {self._limits.span:,} columns", "split the document"
                    )
                if column in open_cells:
                    right, rows = open_cells.pop(column)
                    cells.append(EdgedCell(column * _COLUMN, right * _COLUMN, True, []))
                    if rows > 1:
                        open_cells[column] = (right, rows - 1)
                    end = max(end, right)
                elif cell.tag == f"{_TABLE}table-cell":
                    column = max(column, end)
                    end = min(
                        column + (_count(cell.get(f"{_TABLE}number-columns-spanned"), self._limits.span) or 1),
                        self._limits.span + 1,
                    )
                    rows = _count(cell.get(f"{_TABLE}number-rows-spanned"), self._limits.table_cells) or 1
                    cells.append(EdgedCell(column * _COLUMN, end * _COLUMN, False, self._pieces(cell), rows > 1))
                    if rows > 1:
                        open_cells[column] = (end, rows - 1)
                column += 1
        return cells

    def _count_cells(self, number: int) -> None:
        self._cells += number
        if self._cells > self._limits.table_cells:
            raise LimitExceeded(
                self._name, f"tables of more than {self._limits.table_cells:,} cells", "split the document"
            )


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _table_rows(child)


def _look(look: _Look, style: Style) -> _Look:
    """How text looks inside a style."""
    return _Look(
        look.is_bold if style.is_bold is None else style.is_bold,
        look.is_hidden if style.is_hidden is None else style.is_hidden,
        look.is_raised if style.is_raised is None else style.is_raised,
    )


def _printed(item: Any, label: str) -> str:
    """The number of an item as the file itself gives it, where it does, with the blank of the one that was counted."""
    number = item.find(f"{TEXT}number")
    text = "" if number is None else "".join(number.itertext()).strip()
    return text + (" " if label.endswith(" ") else "") if text else label


def _count(text: str | None, most: int) -> int:
    """A number of an attribute, no greater than ``most``; 0 where it is none."""
    return min(int(text), most) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else 0
