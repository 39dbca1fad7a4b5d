"""Tables in copied lines: rows with pipes or tabs, rows with blanks, cells one a line. They become grids, or a remark.

Lines come as they were copied, with their tabs. What is no table leaves as it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.copied_lines import Items, is_uniform, items_of, tab_clusters
from extract.errors import LimitExceeded
from extract.flat_grid import FlatTable
from extract.flat_headings import Place
from extract.flat_table import Unread, find_tables
from extract.folding import fold
from extract.limits import Limits
from extract.model import Remark
from extract.pieces import Grid, Line, Piece
from extract.separated_rows import grid_of, is_field_block, is_rule, pipe_cells, tab_cells, whole_rows

# Lines without a pipe that a cell of a row may break over.
_MOST_PARAGRAPHS = 8

_UNPLACED = (
    "the copy does not tell to which of several columns these lines of a table belong; they stand in one cell over all"
)

#: Remarks, each with the piece or the lines that it is about.
Placed = list[tuple[list[Line], Remark]]


def separated_tables(pieces: Sequence[Line], limits: Limits, name: str, remarks: Placed) -> list[Piece]:
    """The lines with each run of rows whose cells pipes part, or as many tabs in each row, as one grid."""
    result: list[Piece] = []
    for lines, mark in _runs(pieces):
        texts = [line.text for line in lines]
        rows = (
            [pipe_cells(text) for text in whole_rows(texts) if not is_rule(text)]
            if mark == "|"
            else [tab_cells(text) for text in texts]
        )
        rows = [row for row in rows if any(row)]
        is_field = bool(mark and rows) and is_field_block(rows)
        if not mark or not is_field and len(rows) < 2:
            result += lines
            continue
        if max(map(len, rows)) * len(rows) > limits.table_cells:
            raise LimitExceeded(name, f"a table of more than {limits.table_cells:,} cells", "split the document")
        grid, flat = grid_of(rows, "metadata" if is_field else "")
        result.append(grid)
        if flat:
            remarks.append((grid.lines(), _said(flat)))
    return result


def _runs(lines: Sequence[Line]) -> Iterator[tuple[list[Line], str]]:
    """The lines in runs: rows with pipes (``|``), rows of as many tabs each, others (empty)."""
    texts = [line.text for line in lines]
    tabs = {index for start, end in tab_clusters(texts) if _are_rows(texts[start:end]) for index in range(start, end)}
    pipes = _piped(texts)
    run: list[Line] = []
    mark = ""
    for index, line in enumerate(lines):
        now = "\t" if index in tabs else "|" if index in pipes else ""
        if run and now != mark:
            yield run, mark
            run = []
        run.append(line)
        mark = now
    if run:
        yield run, mark


def _are_rows(texts: Sequence[str]) -> bool:
    """Whether lines that tabs part are rows as they stand: of one width, or a field block."""
    return (
        is_uniform(texts) or all("\t" in text for text in texts) and is_field_block([tab_cells(text) for text in texts])
    )


def _piped(texts: Sequence[str]) -> set[int]:
    """The lines that are rows with pipes, and those that a cell of such a row breaks over."""
    found: set[int] = set()
    open_since = -1
    for index, text in enumerate(texts):
        folded = fold(text).strip()
        if pipe_cells(text):
            found |= {index, *range(open_since + 1, index)} if open_since >= 0 else {index}
            open_since = index if folded.startswith("|") and not folded.endswith("|") else -1
        elif index - open_since > _MOST_PARAGRAPHS:
            open_since = -1
    return found


def flattened_tables(pieces: Sequence[Piece], remarks: Placed) -> list[Piece]:
    """The pieces with each table that lost its cells as one grid, or as it was, with a remark why."""
    result: list[Piece] = []
    run: list[Line] = []
    for piece in (*pieces, None):
        if isinstance(piece, Line) and not piece.hint:
            run.append(piece)
            continue
        result += _put_together(run, remarks)
        run = []
        if piece is not None:
            result.append(piece)
    return result


def _put_together(lines: list[Line], remarks: Placed) -> list[Piece]:
    result: list[Piece] = []
    texts = [line.text for line in lines]
    items = items_of(texts)
    done = 0
    for table in find_tables([fold(text) for text in items.texts], items.marks):
        first, end = items.sources[table.start], items.sources[table.end - 1] + 1
        result += _not_rebuilt(lines, texts, done, first, remarks)
        done = end
        if isinstance(table, FlatTable) and items.sources[table.end : table.end + 1] == [end - 1]:
            table = Unread(table.start, table.end, "it ends inside a line")
        if isinstance(table, Unread):
            result += lines[first:end]
            remarks.append((lines[first:end], _unread(end - first, table.cause)))
            continue
        grid = Grid(
            [(p.row, p.column, p.row_span, p.column_span, _lines_of(p, items)) for p in table.places],
            table.rows,
            table.columns,
            "rebuilt",
        )
        result.append(grid)
        remarks += _remarks(table, grid)
    return result + _not_rebuilt(lines, texts, done, len(lines), remarks)


def _not_rebuilt(lines: list[Line], texts: Sequence[str], start: int, end: int, remarks: Placed) -> list[Line]:
    """Lines in which no table was found; rows with tabs among them are said."""
    for first, last in tab_clusters(texts[start:end]):
        rows = [row for text in texts[start + first : start + last] if len(row := text.split()) > 1 and "\t" in text]
        if len(rows) > 1 and max(map(len, rows)) > 2:
            remarks.append(
                (lines[start + first : start + last], _unread(last - first, "rows of different length, parted by tabs"))
            )
    return lines[start:end]


def _unread(count: int, cause: str) -> Remark:
    return Remark(
        "table_not_rebuilt", f"{count} lines look like a table that lost its cells, and were not put together: {cause}"
    )


def _lines_of(place: Place, items: Items) -> list[Line]:
    """The paragraphs of a cell; words of one line are one paragraph."""
    found: list[Line] = []
    for index in range(place.start, place.end):
        if index > place.start and items.sources[index] == items.sources[index - 1]:
            found[-1].text += " " + items.texts[index]
        else:
            found.append(Line(items.texts[index]))
    return found


def _remarks(table: FlatTable, grid: Grid) -> Iterator[tuple[list[Line], Remark]]:
    """What is to be said of a rebuilt table: that it is one, and what of it is not known."""
    yield grid.lines(), _said(table)
    if table.missing:
        columns = "、".join(f"{heading} ({count})" for heading, count in table.missing.items())
        yield (
            grid.lines(),
            Remark(
                "cells_missing", f"cells that the copy does not hold, empty or merged with another: {columns}", "info"
            ),
        )
    unplaced = {(place.row, place.column) for place in table.unplaced}
    for row, column, _, _, lines in grid.cells:
        if (row, column) in unplaced:
            yield lines, Remark("values_unplaced", _UNPLACED)


def _said(table: FlatTable) -> Remark:
    message = f"a table of {table.rows} rows and {table.columns} columns was put together from the lines of a copy"
    if table.merged:
        merged = "、".join(f"{heading} ({count})" for heading, count in table.merged.items())
        message += f"; cells printed once were taken to stand for the rows below them too: {merged}"
    return Remark("table_rebuilt", message, "info")
