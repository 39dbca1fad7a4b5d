"""Tables printed in two or more blocks side by side, with the same headings over each: set one below the other again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.model import Cell, Notice, Table
from normalize.headings import read_heading
from normalize.table_parts import Texts

_ROWS_LOOKED_AT = 4
_NARROWEST = 2  # columns of a block
_FEWEST_KNOWN = 2  # headings of a block that the lists know

Grid = list[list[Cell | None]]


def unfold_tables(notice: Notice) -> Notice:
    """The notice with such tables unfolded; their cells keep their places in the text, which is no longer their order.

    A table whose blocks are not clear of each other (a cell over parts of two) stays as it is.
    """
    texts = Texts(notice)
    blocks = tuple(_unfolded(texts, block) if isinstance(block, Table) and not block.hint else block for block in notice.blocks)
    return notice if all(new is old for new, old in zip(blocks, notice.blocks, strict=True)) else replace(notice, blocks=blocks)


def _unfolded(texts: Texts, table: Table) -> Table:
    if table.columns < 2 * _NARROWEST or table.rows < 2:
        return table
    head, width = _find_blocks(texts, table)
    if not width:
        return table
    grid = table.grid()
    cells = [
        replace(cell, column_span=min(cell.column_span, width)) for row in grid[:head] for cell in _own(row, 0, width) if cell.row < head
    ]
    cells += _own(grid[head], 0, width)
    place = head + 1
    segment: list[int] = []
    for number in [*range(head + 1, table.rows), table.rows]:
        is_whole = number < table.rows and _is_whole(grid[number], table.columns)
        if number < table.rows and not is_whole:
            segment.append(number)
            continue
        moved = _blocks_of(texts, grid, segment, width, table.columns, place)
        if moved is None:
            return table
        more, place = moved
        cells += more
        segment = []
        if is_whole and (cell := grid[number][0]) is not None:
            cells.append(replace(cell, row=place, column_span=width))
            place += 1
    return replace(table, rows=place, columns=width, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _find_blocks(texts: Texts, table: Table) -> tuple[int, int]:
    """The row of the headings and how many columns a block has; no columns where the headings don't repeat."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row < _ROWS_LOOKED_AT:
            rows.setdefault(cell.row, []).append(cell)
    for number, cells in sorted(rows.items()):
        if len(cells) != table.columns or any(cell.row_span > 1 or cell.column_span > 1 for cell in cells):
            continue
        headings = [texts.joined(cell).strip() for cell in sorted(cells, key=lambda cell: cell.column)]
        for width in range(_NARROWEST, table.columns // 2 + 1):
            block = headings[:width]
            repeats = table.columns % width == 0 and headings == block * (table.columns // width)
            if repeats and len(set(block)) == width and sum(read_heading(text).is_known for text in block) >= _FEWEST_KNOWN:
                return number, width
    return 0, 0


def _own(row: Sequence[Cell | None], start: int, end: int) -> list[Cell]:
    """The cells of a part of a row, each once."""
    return list({id(cell): cell for cell in row[start:end] if cell is not None}.values())


def _is_whole(row: Sequence[Cell | None], columns: int) -> bool:
    """Whether one cell lies over the whole row: a group."""
    return row[0] is not None and row[0].column_span == columns and row[0].row_span == 1


def _blocks_of(texts: Texts, grid: Grid, rows: Sequence[int], width: int, columns: int, place: int) -> tuple[list[Cell], int] | None:
    """The cells of some rows, block below block from row ``place`` on; ``None`` where a cell lies over parts of two."""
    found: list[Cell] = []
    for start in range(0, columns, width):
        kept = [number for number in rows if any(texts.joined(cell).strip() for cell in _own(grid[number], start, start + width))]
        at = {number: place + index for index, number in enumerate(kept)}
        seen: set[int] = set()
        for number in kept:
            for cell in _own(grid[number], start, start + width):
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
                inside = [row for row in range(cell.row, cell.row + cell.row_span) if row in at]
                if cell.column < start or cell.column + cell.column_span > start + width or cell.row not in at or len(inside) < cell.row_span:
                    return None
                found.append(replace(cell, row=at[cell.row], column=cell.column - start))
        place += len(kept)
    return found, place
