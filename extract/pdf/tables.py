"""Ruled tables: cells between edges, the paragraphs in a cell, and tables that go on from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.grid import EdgedCell
from extract.limits import Limits
from extract.pdf.pages import RuledCell, RuledTable, TextLine
from extract.pdf.words import broken_word, room_needed, runs_of
from extract.pieces import Piece
from extract.word import to_lines, to_pieces

_SAME_EDGE = 4.0  # points
_CELL_MARGIN = 5.7  # points: what Word and WPS leave free at the left and right of a cell, and half of a line
_SLACK = 0.05  # of the size of the type
_SLACK_IN_WORD = 0.3
_TWIPS = 20  # in a point
_UNIT_END = re.compile("[局委办会院部]$")
_COLUMNS_OF_NAMES = 2  # the columns at the left in which a serial, a topic or a name stands
_VALUE = re.compile(r"[≥≤<>＜＞]?\s*[0-9]")
_UNIT_START = re.compile("[省市州县区旗镇乡各]")


def pieces_of(table: RuledTable, limits: Limits, name: str) -> tuple[list[Piece], int]:
    """A table as a grid, and how many lines in its cells were taken to go on only because the line above is full."""
    margin = min([_CELL_MARGIN, *(gap for cell in table.cells for gap in _gaps(cell))])
    rows: list[list[EdgedCell[list[Piece]]]] = [[] for _ in range(table.rows)]
    joined = 0
    for cell in table.cells:
        paragraphs = paragraphs_of(cell.lines, cell.right - cell.left - 2 * margin)
        joined += len(cell.lines) - len(paragraphs)
        content: list[Piece] = []
        for lines in paragraphs:
            content += to_lines([run for line in lines for run in runs_of(line)])
        left, right = round(cell.left * _TWIPS), round(cell.right * _TWIPS)
        for row in range(cell.row, min(table.rows, cell.row + cell.row_span)):
            is_first = row == cell.row
            rows[row].append(
                EdgedCell(left, right, not is_first, content if is_first else [], is_first and cell.row_span > 1)
            )
    for cells in rows:
        cells.sort(key=lambda cell: cell.left)
    return to_pieces(rows, limits, name), joined


def paragraphs_of(lines: Sequence[TextLine], inner: float) -> list[list[TextLine]]:
    """The lines of a cell by paragraph: a line that had room for the first word of the next was ended on purpose.

    So was one that ends as the name of a unit does, where another name begins below it.
    """
    found: list[list[TextLine]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and goes_on_in_line(last, line, inner)
            and not (_UNIT_END.search(last.text) and _UNIT_START.match(line.text))
        ):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def goes_on_in_line(last: TextLine, line: TextLine, inner: float) -> bool:
    """Whether a line had no room for the first word of the next, or a number too long for one line goes on in it."""
    if broken_word(last, line) > inner - _SLACK_IN_WORD * line.size:
        return True
    return last.right - last.left + room_needed(last, line) > inner - _SLACK * line.size


def _gaps(cell: RuledCell) -> Iterator[float]:
    """What is free at the left of the lines of a cell; at the right, a comma may reach into it."""
    for line in cell.lines:
        yield max(0.0, line.left - cell.left)


# --- tables over several pages ---


def goes_on_in(table: RuledTable, following: RuledTable) -> bool:
    """Whether a table at the top of a page has the edges of the one at the bottom of the page before."""
    if abs(table.left - following.left) > _SAME_EDGE or abs(table.right - following.right) > _SAME_EDGE:
        return False
    ours, theirs = _columns(table), _columns(following)
    fewer, more = sorted((ours, theirs), key=len)
    return all(any(abs(edge - other) <= _SAME_EDGE for other in more) for edge in fewer)


def _columns(table: RuledTable) -> list[float]:
    return sorted({edge for cell in table.cells for edge in (cell.left, cell.right)})


def append(table: RuledTable, following: RuledTable) -> None:
    """Put a table that goes on from page to page together: the header once, cells and a row that the page breaks whole.
    """
    _trim(table, table.rows - 1)
    _trim(following, 0)
    header = _repeated_header(table, following)
    cells = [cell for cell in following.cells if cell.row >= header]
    rows = following.rows - header
    if _is_broken_row(table, cells, header):
        for cell in [cell for cell in cells if cell.row == header]:
            above = _above(table, cell)
            if above is not None:
                above.lines += cell.lines
                above.row_span += cell.row_span - 1
        cells = [cell for cell in cells if cell.row != header]
        header, rows = header + 1, rows - 1
    for cell in cells:
        above = _above(table, cell) if cell.row == header else None
        is_one = above is not None and not (above.lines and cell.lines) and above.row_span + cell.row_span > 2
        if above is not None and is_one:
            above.row_span += cell.row_span
            above.lines += cell.lines
        else:
            cell.row += table.rows - header
            table.cells.append(cell)
    table.rows += rows


def _trim(table: RuledTable, row: int) -> None:
    """Take an empty row off a table: what a page leaves between the last row and its edge is none."""
    own = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    if (
        table.rows < 2
        or any(cell.lines for cell in own if cell.row_span == 1)
        or not any(cell.row_span == 1 for cell in own)
    ):
        return
    for cell in own:
        cell.row_span -= 1
    table.cells = [cell for cell in table.cells if cell.row_span]
    for cell in table.cells:
        cell.row -= cell.row > row
    table.rows -= 1


def _above(table: RuledTable, cell: RuledCell) -> RuledCell | None:
    """The cell at the bottom of a table that has the edges of ``cell``."""
    for other in reversed(table.cells):
        is_last = other.row + other.row_span == table.rows
        if is_last and abs(other.left - cell.left) <= _SAME_EDGE and abs(other.right - cell.right) <= _SAME_EDGE:
            return other
    return None


def _repeated_header(table: RuledTable, following: RuledTable) -> int:
    """How many rows of a table that goes on are the first rows again."""
    count = 0
    while count < min(table.rows, following.rows) - 1:
        ours, theirs = ([cell for cell in one.cells if cell.row == count] for one in (table, following))
        if not ours or [(cell.row_span, _words(cell)) for cell in ours] != [
            (cell.row_span, _words(cell)) for cell in theirs
        ]:
            break
        count += 1
    # Rows that a cell of the header reaches into belong to it.
    ends = [cell.row + cell.row_span for cell in following.cells if cell.row < count]
    return count if not ends or max(ends) <= count else 0


def _words(cell: RuledCell) -> str:
    return "".join("".join(line.text.split()) for line in cell.lines)


def _is_broken_row(table: RuledTable, cells: Sequence[RuledCell], first: int) -> bool:
    """Whether the first row on a page is the rest of the row above the break.

    Then all that stands in it goes on in the midst of a line; or it is one cell, and not one that names a row.
    """
    row = [cell for cell in cells if cell.row == first]
    filled = [cell for cell in row if cell.lines]
    if not filled or len(filled) == len(row):
        return False
    pairs = [(_above(table, cell), cell) for cell in filled]
    if any(above is None or not above.lines for above, _ in pairs):
        return False
    if len(filled) == 1 and row.index(filled[0]) >= _COLUMNS_OF_NAMES and not _VALUE.match(filled[0].lines[0].text):
        return True
    return all(above is not None and _goes_on(above, cell) for above, cell in pairs)


def _goes_on(above: RuledCell, cell: RuledCell) -> bool:
    inner = cell.right - cell.left - 2 * min([_CELL_MARGIN, *_gaps(above), *_gaps(cell)])
    return goes_on_in_line(above.lines[-1], cell.lines[0], inner)
