"""The body of a .docx, and whatever holds paragraphs and tables as it does: cells, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from extract.docx.inline import MC, WORD_ART, Content, InlineReader, branch
from extract.docx.lists import Lists
from extract.docx.package import Parts, W
from extract.docx.styles import Style, Styles, alignment, flag, number, outline_level, value
from extract.errors import LimitExceeded
from extract.grid import SNAP_TWIPS, WIDE_SNAP_TWIPS, EdgedCell
from extract.limits import Limits
from extract.pieces import Grid, Line, Piece
from extract.word import Begun, Cells, LeftOut, Run, to_lines, to_pieces

#: Elements that only wrap what they hold: content controls, inserted and moved text, tags of other programs.
_WRAPPERS = {W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_ALTERNATE = f"{MC}AlternateContent"
_UNSTATED_WIDTH = 500
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(slots=True)
class _Table:
    """A table on the way to a grid: the widths of its columns, and cells by the columns that they go from and to."""

    position: tuple[tuple[str, str], ...]
    widths: list[int]
    rows: list[list[EdgedCell[list[Piece]]]] = field(default_factory=list)

    def goes_on_in(self, other: _Table) -> bool:
        """Whether a table that follows at once is one with this in print: same columns, neither set aside."""
        if self.position or other.position or len(self.widths) != len(other.widths):
            return False
        pairs = zip(accumulate(self.widths), accumulate(other.widths), strict=True)
        return all(abs(ours - theirs) <= WIDE_SNAP_TWIPS for ours, theirs in pairs)

    def by_edges(self) -> list[Cells]:
        """The rows with cells between edges in twips; a column that some cell has for itself is always a column."""
        columns = max((cell.right for row in self.rows for cell in row), default=0)
        widths = (self.widths + [_UNSTATED_WIDTH] * columns)[:columns]
        edges = [0, *accumulate(widths)]
        for row in self.rows:
            for cell in row:
                if edges[cell.right] - edges[cell.left] <= SNAP_TWIPS:
                    for column in range(cell.left, cell.right):
                        widths[column] = max(widths[column], SNAP_TWIPS + 1)
        edges = [0, *accumulate(widths)]
        return [[replace(cell, left=edges[cell.left], right=edges[cell.right]) for cell in row] for row in self.rows]


class BodyReader:
    """Reads what stands in a document, in its order."""

    def __init__(self, parts: Parts, left_out: LeftOut, limits: Limits, name: str) -> None:
        self._parts, self._left_out, self._limits, self._name = parts, left_out, limits, name
        self._styles = Styles(parts.styles)
        self._lists = Lists(parts.numbering, self._styles)
        self._inline = InlineReader(self._styles, parts.hrefs, left_out, limits, name)
        self._notes: list[tuple[str, str]] = []
        self._cells = 0

    def pieces(self) -> list[Piece]:
        """The document: its body, then its footnotes and endnotes."""
        found = self._pieces(self._parts.body)
        for part in ("footnotes", "endnotes"):
            found += self._note_lines(part)
        return found

    def _pieces(self, container: Any) -> list[Piece]:
        found: list[Piece] = []
        table: _Table | None = None
        begun = Begun()
        for block in self._blocks(container):
            if block.tag == f"{W}tbl":
                found += begun.flush()
                following = self._table(block)
                if table is not None and table.goes_on_in(following):
                    table.rows += following.rows
                    continue
                if table is not None:
                    found += to_pieces(table.by_edges(), self._limits, self._name)
                table = following
                continue
            if table is not None:
                found += to_pieces(table.by_edges(), self._limits, self._name)
                table = None
            if block.tag == f"{W}p":
                found += self._paragraph(block, begun)
            else:
                self._left_out.parts += 1
        if table is not None:
            found += to_pieces(table.by_edges(), self._limits, self._name)
        return found + begun.flush()

    def _blocks(self, container: Any) -> Iterator[Any]:
        """The paragraphs, tables and embedded documents of a container, whatever they are wrapped in."""
        return self._unwrapped(container, {f"{W}p", f"{W}tbl", f"{W}altChunk"})

    def _unwrapped(self, container: Any, wanted: set[str]) -> Iterator[Any]:
        stack = [container.iterchildren()]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag in wanted:
                yield child
            elif child.tag in _WRAPPERS:
                stack.append(child.iterchildren())
            elif child.tag == _ALTERNATE and (chosen := branch(child)) is not None:
                stack.append(chosen.iterchildren())

    # --- paragraphs ---

    def _paragraph(self, paragraph: Any, begun: Begun) -> list[Piece]:
        """The lines of a paragraph and of the text boxes that hang on it.

        Where its mark is deleted or hidden, the next paragraph goes on in the same line: ``begun`` keeps it until then.
        """
        properties = paragraph.find(f"{W}pPr")
        style_id = value(properties, "pStyle") or self._styles.default
        style = self._styles.style(style_id)
        content = self._inline.read(paragraph, style)
        self._notes += content.notes
        boxes = [piece for box in content.boxes for piece in self._box(box)]
        if style.is_contents:
            self._left_out.contents_lines += bool("".join(run.text for run in content.runs).strip())
            return boxes
        mark = properties.find(f"{W}rPr") if properties is not None else None
        is_deleted = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
        if is_deleted or flag(mark, "vanish"):
            if not is_deleted and content.runs and not begun.label:
                begun.label = self._label(properties, style, style_id, content)
            begun.runs += content.runs
            return boxes
        begun.runs += content.runs
        begun.label = begun.label or self._label(properties, style, style_id, content)
        level, align = value(properties, "outlineLvl"), value(properties, "jc")
        lines = begun.flush(
            style.level if level is None else outline_level(level), style.align if align is None else alignment(align)
        )
        return [*lines, *boxes]

    def _box(self, box: Any) -> list[Piece]:
        if box.tag == WORD_ART:
            return list(to_lines([Run(box.get("string", ""))], hint="text_box"))
        return [replace(piece, hint="text_box") if isinstance(piece, Line) else piece for piece in self._pieces(box)]

    def _label(self, properties: Any, style: Style, style_id: str, content: Content) -> str:
        """The automatic number of a paragraph; a bare section break takes none."""
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        own_list, own_level = value(numbering, "numId"), value(numbering, "ilvl")
        list_id = style.list_id if own_list is None else own_list
        if not list_id or not content.runs and properties is not None and properties.find(f"{W}sectPr") is not None:
            return ""
        level = style.list_level if own_level is None else number(own_level, 0)
        if own_list is not None and own_level is None:
            level = max(level, 0)
        return self._lists.label(list_id, level, style.list_style or style_id)

    def _note_lines(self, part: str) -> list[Piece]:
        root = getattr(self._parts, part)
        if root is None:
            return []
        notes = {
            note.get(f"{W}id", ""): note for note in root.iterchildren() if note.get(f"{W}type") not in _SEPARATORS
        }
        lines: list[Piece] = []
        for kind, identifier in dict.fromkeys(self._notes):
            if kind == part and identifier in notes:
                lines += [
                    replace(line, hint="note") for piece in self._pieces(notes[identifier]) for line in _lines_of(piece)
                ]
        return lines

    # --- tables ---

    def _table(self, table: Any) -> _Table:
        properties = table.find(f"{W}tblPr")
        position = properties.find(f"{W}tblpPr") if properties is not None else None
        grid = table.find(f"{W}tblGrid")
        widths = (
            [_width(column.get(f"{W}w")) for column in grid.iterchildren(f"{W}gridCol")] if grid is not None else []
        )
        read = _Table(tuple(sorted(position.items())) if position is not None else (), widths[: self._limits.span])
        for row in self._unwrapped(table, {f"{W}tr"}):
            settings = row.find(f"{W}trPr")
            if settings is not None and settings.find(f"{W}del") is not None:
                continue
            read.rows.append(self._row(row, number(value(settings, "gridBefore"), 0)))
        return read

    def _row(self, row: Any, first: int) -> list[EdgedCell[list[Piece]]]:
        cells: list[EdgedCell[list[Piece]]] = []
        column = max(0, first)
        for cell in self._unwrapped(row, {f"{W}tc"}):
            self._cells += 1
            if self._cells > self._limits.table_cells:
                raise LimitExceeded(
                    self._name, f"tables of more than {self._limits.table_cells:,} cells", "split the document"
                )
            settings = cell.find(f"{W}tcPr")
            end = column + max(1, number(value(settings, "gridSpan"), 1))
            if end > self._limits.span:
                raise LimitExceeded(
                    self._name, f"a table of more than {self._limits.span:,} columns", "split the document"
                )
            content = self._pieces(cell)
            merge = value(settings, "vMerge")
            if value(settings, "hMerge") in ("", "continue") and cells:
                cells[-1] = replace(cells[-1], right=end, content=cells[-1].content + content)
            else:
                cells.append(
                    EdgedCell(column, end, merge is not None and merge != "restart", content, merge == "restart")
                )
            column = end
        return cells


def _lines_of(piece: Piece) -> list[Line]:
    return piece.lines() if isinstance(piece, Grid) else [piece]


def _width(text: str | None) -> int:
    """A width in twips; some programs write fractions."""
    return max(0, number((text or "").partition(".")[0], 0))
