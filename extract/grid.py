"""Grids of merged cells: cells by edges or by places, to one shape for every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Content = TypeVar("Content")

#: Column edges closer than this are one: Word stores the same edge a few twips apart from row to row.
SNAP_TWIPS = 70


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
    new_row = {row: index for index, row in enumerate(rows_kept)}
    cells: list[PlacedCell[Content]] = []
    for cell in placed:
        covered = [new_row[row] for row in range(cell.row, cell.row + cell.row_span) if row in new_row]
        if covered:
            cells.append(replace(cell, row=covered[0], row_span=len(covered)))
    # A column that no cell begins at is one that only spans make: it has no width of its own.
    starts = sorted({cell.column for cell in cells})
    place = {column: index for index, column in enumerate(starts)}
    narrowed = []
    for cell in cells:
        inside = [column for column in range(cell.column, cell.column + cell.column_span) if column in place]
        narrowed.append(replace(cell, column=place[cell.column], column_span=len(inside)))
    return narrowed, len(rows_kept), len(starts)


def place_by_edges(rows: Sequence[Sequence[EdgedCell[Content]]]) -> list[PlacedCell[Content]]:
    """Rows of cells between edges as cells of a grid: near edges snapped, merges from row to row joined.

    A cell that ``continues`` joins the one above only where both edges match; else it stands for itself.
    """
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    column_of: dict[int, int] = {}
    column, last = -1, None
    for edge in edges:
        if last is None or edge - last > SNAP_TWIPS:
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
