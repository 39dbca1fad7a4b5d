"""Tables in copied lines: rows with pipes or tabs, and tables flattened to one cell a line. They become grids, or a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.errors import LimitExceeded
from extract.fields import label_pattern
from extract.flat_grid import FlatTable
from extract.flat_table import find_tables
from extract.folding import fold
from extract.limits import Limits
from extract.lines import clean_line
from extract.model import Remark
from extract.pieces import Grid, Line, Piece

_RULE = re.compile(r"[|\s:+=-]*-{2,}[|\s:+=-]*")
_CELL_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CELL_LENGTH = 400

Placed = list[tuple[Piece, Remark]]


def flattened_tables(pieces: Sequence[Piece], remarks: Placed) -> list[Piece]:
    """The pieces with each flattened table as one grid; where it can't be put together its lines stay, with a remark."""
    result: list[Piece] = []
    run: list[Line] = []
    for piece in (*pieces, None):
        if isinstance(piece, Line) and not piece.hint:
            run.append(piece)
            continue
        result += _rebuilt(run, remarks)
        run = []
        if piece is not None:
            result.append(piece)
    return result


def _rebuilt(lines: list[Line], remarks: Placed) -> list[Piece]:
    result: list[Piece] = []
    done = 0
    for table in find_tables([fold(clean_line(line.text)) for line in lines]):
        result += lines[done : table.start]
        done = table.end
        inside = lines[table.start : table.end]
        if isinstance(table, FlatTable):
            grid = _grid(table, lines)
            result.append(grid)
            message = f"a table of {table.rows} rows and {table.columns} columns was put together from the lines of a copy"
            remarks.append((grid, Remark("table_rebuilt", message, "info")))
            if table.unplaced:
                rows = "、".join(inside_row(grid, place.row) for place in table.unplaced)
                remarks.append((grid, Remark("values_unplaced", f"fewer values than columns, and no sign of which is missing: {rows}")))
        else:
            result += inside
            message = f"{len(inside)} lines look like a table that lost its cells, and were not put together: {table.cause}"
            remarks.append((inside[0], Remark("table_not_rebuilt", message)))
    return result + lines[done:]


def inside_row(grid: Grid, row: int) -> str:
    """What a row of a grid is called in a message: its first cells."""
    return " ".join(cell[4][0].text for cell in grid.cells if cell[0] == row and cell[4])[:40]


def _grid(table: FlatTable, lines: Sequence[Line]) -> Grid:
    cells = []
    for place in table.places:
        content = [Line(clean_line(line.text), is_bold=line.is_bold) for line in lines[place.start : place.end]]
        cells.append((place.row, place.column, place.row_span, place.column_span, content))
    return Grid(cells, table.rows, table.columns, "rebuilt")


def separated_tables(pieces: Sequence[Piece], limits: Limits, name: str, remarks: Placed) -> list[Piece]:
    """The pieces with each run of rows whose cells tabs or pipes part as one grid."""
    result: list[Piece] = []
    run: list[tuple[Line, list[str]]] = []
    mark = ""
    for piece in (*pieces, None):
        text = piece.text if isinstance(piece, Line) else ""
        cells, kind = _cells(text)
        if run and (kind != mark or piece is None):
            result += _separated(run, limits, name, remarks)
            run = []
        if isinstance(piece, Line) and kind:
            run.append((piece, cells))
            mark = kind
        elif piece is not None:
            result.append(piece)
    return result


def _cells(text: str) -> tuple[list[str], str]:
    """The cells of a row and what parts them; no cells where the text is no row."""
    folded = fold(text)
    if "\t" in text.strip():
        cells = [cell.strip() for cell in text.strip("\r\n").rstrip("\t ").split("\t")]
        if sum(map(bool, cells)) >= 2 or len(cells) >= 3 and any(cells):
            return cells, "\t"
    if "|" in folded.strip("| ") or folded.startswith("|") and folded.endswith("|"):
        first = 1 if folded.lstrip().startswith("|") else 0
        parts, start = [], 0
        for index, char in enumerate(folded):
            if char == "|":
                parts.append(text[start:index].strip())
                start = index + 1
        parts.append(text[start:].strip())
        parts = parts[first:]
        if parts and not parts[-1] and folded.rstrip().endswith("|"):
            parts.pop()
        if len(parts) >= 2:
            return parts, "|"
    return [], ""


def _separated(run: list[tuple[Line, list[str]]], limits: Limits, name: str, remarks: Placed) -> list[Piece]:
    rows = [cells for line, cells in run if not _RULE.fullmatch(fold(line.text)) and any(cells)]
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > limits.table_cells:
        raise LimitExceeded(name, f"a table of more than {limits.table_cells:,} cells", "split the document")
    is_fields = sum(bool(label_pattern().fullmatch(fold(cell))) for row in rows for cell in row) >= max(1, len(rows) // 2)
    if not rows or not is_fields and (len(rows) < 2 or width < 2):
        return [Line(" ".join(cells), level=line.level) if (cells := [c for c in row if c]) else line for line, row in run if any(row)]
    sizes = {len(row) for row in rows}
    if len(sizes) > 1 and not is_fields and run[0][1] and "\t" in run[0][0].text:
        return _ragged(run, remarks)
    grid = Grid([], len(rows), width, "metadata" if is_fields else "")
    for index, row in enumerate(rows):
        for column, cell in enumerate(row):
            parts = [clean_line(part) for part in _CELL_BREAK.split(cell)]
            grid.cells.append((index, column, 1, 1, [Line(part) for part in parts if part]))
    return [grid]


def _ragged(run: list[tuple[Line, list[str]]], remarks: Placed) -> list[Piece]:
    """Rows of different length: a browser copies a merged cell in its first row only. The cells are shared out by what they hold."""
    cells = [[clean_line(cell) for cell in row if clean_line(cell)] for _, row in run]
    flat = [cell for row in cells for cell in row]
    starts = set()
    position = 0
    for row in cells:
        starts.add(position)
        position += len(row)
    tables = find_tables([fold(cell) for cell in flat]) if all(len(cell) <= _CELL_LENGTH for cell in flat) else []
    if len(tables) == 1 and isinstance(tables[0], FlatTable) and (tables[0].start, tables[0].end) == (0, len(flat)):
        table = tables[0]
        first_of_row = {min(place.start for place in table.places if place.row == row) for row in {place.row for place in table.places}}
        if starts <= first_of_row | {0} and all(place.end - place.start == 1 for place in table.places):
            grid = _grid(table, [Line(cell) for cell in flat])
            remarks.append((grid, Remark("table_rebuilt", "rows of a copied table lack their merged cells; these were put back", "info")))
            return [grid]
    lines: list[Piece] = [Line(" ".join(row)) for row in cells if row]
    remarks.append((lines[0], Remark("table_not_rebuilt", f"{len(lines)} rows of different length, parted by tabs, could not be put into columns")))
    return lines
