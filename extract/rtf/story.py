"""What an RTF file says in one place (the body, a note, a text box), coming together: paragraphs, rows, tables in
cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.errors import LimitExceeded
from extract.grid import EdgedCell
from extract.limits import Limits
from extract.pieces import Piece
from extract.word import Run, to_lines, to_pieces

_UNSTATED_WIDTH = 500


@dataclass(slots=True)
class CellEdge:
    """How a row defines a cell: its right edge (twips), and how it is merged with those above and to the left."""

    right: int
    starts_down: bool = False
    goes_on_down: bool = False
    goes_on_right: bool = False


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows, and the cells of the row and the pieces of the cell that are coming together."""

    rows: list[list[EdgedCell[list[Piece]]]] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)


class Story:
    """Takes runs and the marks that end paragraphs, cells and rows; ``finish`` gives the pieces."""

    def __init__(self, limits: Limits, name: str) -> None:
        self._limits, self._name = limits, name
        self._pieces: list[Piece] = []
        self._tables: list[_Table] = []
        self._cells = 0
        self.runs: list[Run] = []
        self.boxes: list[Piece] = []
        self.label = ""

    def end_paragraph(self, depth: int, level: int = 0, align: str = "") -> None:
        """A paragraph ends, ``depth`` tables deep. Text boxes that hang on it follow."""
        self._open(depth)
        target = self._tables[-1].cell if self._tables else self._pieces
        target += to_lines(self.runs, self.label, level, align)
        target += self.boxes
        self.runs, self.label, self.boxes = [], "", []

    def drop_paragraph(self) -> None:
        """A paragraph ends that is not to be read: a line of the table of contents."""
        self.runs, self.label = [], ""

    def end_cell(self, depth: int, level: int, align: str) -> None:
        """A cell ends, and its last paragraph."""
        depth = max(1, depth)
        self.end_paragraph(depth, level, align)
        table = self._tables[-1]
        table.cells.append(table.cell)
        table.cell = []
        self._cells += 1
        if self._cells > self._limits.table_cells:
            raise LimitExceeded(
                self._name, f"tables of more than {self._limits.table_cells:,} cells", "split the document"
            )

    def end_row(self, depth: int, left: int, edges: list[CellEdge]) -> None:
        """A row ends; ``edges`` define its cells."""
        self._open(max(1, depth))
        table = self._tables[-1]
        row: list[EdgedCell[list[Piece]]] = []
        for index, content in enumerate(table.cells):
            # Of a row that has more cells than it defines, the rest stands in the last one.
            is_extra = 0 < len(edges) <= index
            edge = edges[min(index, len(edges) - 1)] if edges else CellEdge(left + _UNSTATED_WIDTH)
            right = max(edge.right, left if is_extra else left + 1)
            if row and (edge.goes_on_right or is_extra):
                last = row[-1]
                row[-1] = EdgedCell(last.left, right, last.continues, last.content + content, last.starts_merge)
            else:
                row.append(EdgedCell(left, right, edge.goes_on_down, content, edge.starts_down))
            left = right
        # What stands between the last cell and the end of the row belongs to no cell.
        if table.cell and row:
            row[-1] = EdgedCell(
                row[-1].left, row[-1].right, row[-1].continues, row[-1].content + table.cell, row[-1].starts_merge
            )
        table.rows.append(row)
        table.cells, table.cell = [], []

    def finish(self) -> list[Piece]:
        """All pieces; what is open is closed."""
        if self.runs or self.label or self.boxes:
            self.end_paragraph(0)
        self._open(0)
        return self._pieces

    def _open(self, depth: int) -> None:
        """Close tables that are deeper, open those that are missing."""
        while len(self._tables) > depth:
            table = self._tables.pop()
            if table.cells or table.cell:
                # A row without an end: no edges define it, and what it holds is kept line by line.
                table.rows.append([])
            pieces = to_pieces(table.rows, self._limits, self._name)
            pieces += [piece for cell in (*table.cells, table.cell) for piece in cell]
            (self._tables[-1].cell if self._tables else self._pieces).extend(pieces)
        while len(self._tables) < depth:
            self._tables.append(_Table())
