"""The paragraphs of a binary Word file to lines and tables ([MS-DOC] 2.4.3 Overview of Tables)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from extract.doc.lists import Lists
from extract.doc.rows import Row
from extract.doc.story import CELL_MARK, StoryParagraph
from extract.doc.styles import StyleSheet
from extract.errors import LimitExceeded
from extract.grid import EdgedCell
from extract.limits import Limits
from extract.pieces import Piece
from extract.word import Begun, Cells, LeftOut, to_pieces

_UNSTATED_WIDTH = 500


@dataclass(slots=True)
class _OpenTable:
    """A table that is being read: whole rows, whole cells of the row, and what stands in the cell so far."""

    rows: list[Cells] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    content: list[Piece] = field(default_factory=list)
    frame: dict[int, bytes] | None = None


class BodyReader:
    """Puts paragraphs together. ``boxes`` gives the pieces of what is drawn at a position of the text."""

    def __init__(
        self,
        styles: StyleSheet,
        lists: Lists,
        boxes: Callable[[int], list[Piece]],
        left_out: LeftOut,
        limits: Limits,
        name: str,
    ) -> None:
        self._styles, self._lists, self._boxes = styles, lists, boxes
        self._left_out, self._limits, self._name = left_out, limits, name
        self._cells = self._paragraphs = 0

    def pieces(self, paragraphs: Iterable[StoryParagraph]) -> list[Piece]:
        """The lines and tables of a story."""
        found: list[Piece] = []
        tables: list[_OpenTable] = []
        begun, begun_depth = Begun(), 0
        for paragraph in paragraphs:
            self._count()
            look = paragraph.look
            depth = look.depth or int(paragraph.mark == CELL_MARK)
            if begun.runs and depth != begun_depth:
                (tables[-1].content if tables else found).extend(begun.flush())
            begun_depth = depth
            if look.ends_row or look.ends_inner_row:
                self._end_row(tables, depth, paragraph, found)
                continue
            while len(tables) > depth:
                self._close(tables, found)
            while len(tables) < depth:
                tables.append(_OpenTable())
            target = tables[-1].content if tables else found
            boxes = [piece for at in paragraph.drawn_at for piece in self._boxes(at)]
            ends_cell = bool(depth) and (paragraph.mark == CELL_MARK or look.ends_inner_cell)
            if self._styles.is_contents(look.style):
                self._left_out.contents_lines += bool("".join(run.text for run in paragraph.runs).strip())
            elif (paragraph.is_mark_deleted or paragraph.is_mark_hidden) and not ends_cell:
                if paragraph.is_mark_hidden and paragraph.runs and not begun.label:
                    begun.label = self._label(paragraph)
                begun.runs += paragraph.runs
            else:
                begun.runs += paragraph.runs
                begun.label = begun.label or self._label(paragraph)
                target += begun.flush(look.level, look.align)
            target += boxes
            if ends_cell:
                tables[-1].cells.append(tables[-1].content)
                tables[-1].content = []
        while tables:
            self._close(tables, found)
        return [*found, *begun.flush()]

    def _count(self) -> None:
        self._paragraphs += 1
        if self._paragraphs > self._limits.tags:
            raise LimitExceeded(self._name, f"more than {self._limits.tags:,} paragraphs", "split the document")

    def _label(self, paragraph: StoryParagraph) -> str:
        """The automatic number of a paragraph; a bare section break takes none."""
        if not paragraph.runs and paragraph.mark == "\x0c":
            return ""
        return self._lists.label(paragraph.look.list_index, paragraph.look.list_level)

    def _end_row(self, tables: list[_OpenTable], depth: int, paragraph: StoryParagraph, found: list[Piece]) -> None:
        """Put the cells that have been read to a row. A table that stands elsewhere on the page is a new one."""
        if not 0 < depth <= len(tables):
            return
        while len(tables) > depth:
            self._close(tables, found)
        table, look = tables[-1], paragraph.look
        if table.rows and table.frame != look.frame:
            outer = tables[-2].content if len(tables) > 1 else found
            outer += to_pieces(table.rows, self._limits, self._name)
            table.rows = []
        table.frame = look.frame
        if not paragraph.is_mark_deleted:
            self._add_row(table, look.row or Row())
        table.cells, table.content = [], []

    def _add_row(self, table: _OpenTable, row: Row) -> None:
        contents = [*table.cells, table.content] if table.content else table.cells
        self._cells += len(contents)
        if self._cells > self._limits.table_cells:
            raise LimitExceeded(
                self._name, f"tables of more than {self._limits.table_cells:,} cells", "split the document"
            )
        cells: list[EdgedCell[list[Piece]]] = []
        left = row.left
        is_merging = False
        for index, content in enumerate(contents):
            right = left + (row.widths[index] if index < len(row.widths) else _UNSTATED_WIDTH)
            if is_merging and row.continues_left(index):
                cells[-1] = EdgedCell(
                    cells[-1].left, right, cells[-1].continues, cells[-1].content + content, cells[-1].starts_merge
                )
            else:
                cells.append(EdgedCell(left, right, row.continues_above(index), content, row.starts_merge(index)))
                is_merging = row.is_merged_across(index)
            left = right
        table.rows.append(cells)

    def _close(self, tables: list[_OpenTable], found: list[Piece]) -> None:
        """End the innermost table; cells that no row end has closed are a row still."""
        table = tables.pop()
        if table.cells or table.content:
            self._add_row(table, Row())
        outer = tables[-1].content if tables else found
        outer += to_pieces(table.rows, self._limits, self._name)
