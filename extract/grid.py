"""Grids of merged cells: cells by edges or by places, to one shape for every format."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Content = TypeVar("Content")

#: Column edges closer than this are one: Word stores the same edge a few twips apart from row to row.
SNAP_TWIPS = 70
#: Rows that were pasted in stand out by the margin of a cell, 108 twips: no column either, where all cells are wide.
WIDE_SNAP_TWIPS = 130
WIDE_CELL_TWIPS = 300


@dataclass(frozen=True, slots=True)
class PlacedCell(Generic[Content]):
    """A cell at its place in the grid, counted from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: Content


@dataclass(frozen=True, slots=True)
class EdgedCell(Generic[Content]):
    """A cell between two vertical edges (twips); ``continues`` where it goes on from the cell above it."""

    left: int
    right: int
    continues: bool
    content: Content
    starts_merge: bool = False


def build_table(
    placed: Sequence[PlacedCell[Content]], is_empty: Callable[[Content], bool]
) -> tuple[list[PlacedCell[Content]], int, int] | None:
    """The cells without wholly empty rows and columns, and the height and width; ``None`` where nothing is left.

    A row that only merged cells from above reach, or in which every cell is empty, is dropped: Word adds such rows.
    """
    rows_kept = sorted({cell.row for cell in placed if not is_empty(cell.content)})
    if not rows_kept:
        return None
    heights = [(cell, bisect_left(rows_kept, cell.row), bisect_left(rows_kept, cell.row + cell.row_span)) for cell in placed]
    # A column that no cell begins at is one that only spans make: it has no width of its own.
    starts = sorted({cell.column for cell, first, end in heights if first < end})
    cells: list[PlacedCell[Content]] = []
    for cell, first, end in heights:
        if first < end:
            left, right = bisect_left(starts, cell.column), bisect_left(starts, cell.column + cell.column_span)
            cells.append(PlacedCell(first, left, end - first, right - left, cell.content))
    return cells, len(rows_kept), len(starts)


def is_data(sizes: Sequence[Sequence[int]], holds_table: bool) -> bool:
    """Whether a table holds data, from the characters in its cells, row by row.

    It does with several rows of several filled cells, and not nearly all of the text in one of them. Else it only lays
    text out: a frame, the letterhead, the lines below a notice.

    >>> is_data([[2, 4], [1, 9]], holds_table=False), is_data([[900, 2]], holds_table=False)
    (True, False)
    """
    filled = [size for row in sizes for size in row if size]
    if len(filled) < 4 or sum(sum(1 for size in row if size) >= 2 for row in sizes) < 2:
        return False
    largest, total = max(filled), sum(filled)
    if holds_table and (len(filled) < 8 or largest > 0.5 * total):
        return False
    return not (largest > 0.8 * total and largest > 500)


def place_by_edges(rows: Sequence[Sequence[EdgedCell[Content]]]) -> list[PlacedCell[Content]]:
    """Rows of cells between edges as cells of a grid: near edges snapped, merges from row to row joined.

    A cell that ``continues`` joins the one above only where both edges match; else it stands for itself.
    """
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    narrowest = min((cell.right - cell.left for row in rows for cell in row), default=0)
    snap = WIDE_SNAP_TWIPS if narrowest >= WIDE_CELL_TWIPS else SNAP_TWIPS
    column_of: dict[int, int] = {}
    column, last = -1, None
    for edge in edges:
        if last is None or edge - last > snap:
            column, last = column + 1, edge
        column_of[edge] = column
    placed: list[PlacedCell[Content]] = []
    open_cells: dict[tuple[int, int], int] = {}
    for index, row in enumerate(rows):
        now_open: dict[tuple[int, int], int] = {}
        next_free = 0
        for cell in row:
            left, right = column_of[cell.left], column_of[cell.right]
            left = max(left, next_free)
            right = max(right, left + 1)
            next_free = right
            key = (left, right)
            if cell.continues and key in open_cells:
                at = open_cells[key]
                placed[at] = replace(placed[at], row_span=placed[at].row_span + 1)
                now_open[key] = at
            else:
                placed.append(PlacedCell(index, left, 1, right - left, cell.content))
                if cell.starts_merge or cell.continues:
                    now_open[key] = len(placed) - 1
        open_cells = now_open
    return placed
