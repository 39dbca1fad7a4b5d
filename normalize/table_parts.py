"""The rows of a table by what they are: titles above the headings, headings, groups, rows of data, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Cell, Notice, Table
from extract.outline import match_label
from normalize.cell_kinds import is_nothing, read_serial, value_of
from normalize.headings import Heading, read_heading

#: A grid with more places is no table of a notice that a person would read.
MOST_PLACES = 1_000_000
_MOST_HEADER_ROWS = 4
_SEARCHED_ROWS = 8
_NOTE = re.compile(
    r"(?:附?注|备注|说明|填表说明|注释)\s*[:：1一(]|[★▲●*☆△#]\s*(?:号|标|为|表示|的)|(?:表中|上表|本表|标注|带|加)[^。]{0,12}[★▲●*☆△]"
)
_LONG_NOTE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid: ``kind`` is ``title``, ``header``, ``group``, ``data`` or ``note``; none for an empty row."""

    index: int
    kind: str
    cells: tuple[Cell | None, ...]


@dataclass(slots=True)
class TableParts:
    """A table's rows by kind. ``headings`` are the texts over each column from the top, outermost first."""

    rows: list[Row] = field(default_factory=list)
    headings: list[tuple[str, ...]] = field(default_factory=list)
    has_header: bool = False

    def of_kind(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]


class Texts:
    """The folded texts of a table's cells."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice

    def lines(self, cell: Cell | None) -> str:
        """The cell's text with its line breaks; empty for a hole."""
        if cell is None or not cell.paragraphs:
            return ""
        # The lines of a cell stand together in the text.
        return self._notice.folded[cell.paragraphs[0].start : cell.paragraphs[-1].end]

    def joined(self, cell: Cell | None) -> str:
        """The cell's text as one line, a blank kept only between letters."""
        return join_lines(self.lines(cell))


def join_lines(text: str) -> str:
    """Lines put together as a reader does: no blank between Chinese characters.

    >>> join_lines("区卫生\\n健康局"), join_lines("PM\\n2.5")
    ('区卫生健康局', 'PM2.5')
    """
    return text.replace("\n", "")


def split_table(notice: Notice, table: Table) -> TableParts:
    """The rows of a table by what they are; nothing where the grid is larger than any table to be read."""
    parts = TableParts()
    if table.rows * table.columns > MOST_PLACES:
        return parts
    grid = table.grid()
    texts = Texts(notice)
    titles, top = _find_header(grid, texts)
    bottom = _header_bottom(grid, texts, top) if top is not None else -1
    header_rows = range(top, bottom + 1) if top is not None else range(0)
    parts.has_header = top is not None
    parts.headings = [_path(grid, texts, header_rows, column) for column in range(table.columns)]
    printed = {index: _printed(grid[index], index, texts) for index in header_rows}
    for index, row in enumerate(grid):
        cells = tuple(row)
        if index in titles:
            parts.rows.append(Row(index, "title", cells))
        elif index in header_rows:
            parts.rows.append(Row(index, "header", cells))
        elif kind := _body_kind(cells, index, texts, table.columns, list(printed.values())):
            parts.rows.append(Row(index, kind, cells))
    return parts


def own_cells(row: Sequence[Cell | None], index: int) -> list[Cell]:
    """The cells that begin in a row, each once."""
    return [cell for column, cell in enumerate(row) if cell is not None and cell.row == index and cell.column == column]


def _printed(row: Sequence[Cell | None], index: int, texts: Texts) -> list[str]:
    """The texts of the cells that begin in a row, without blanks and without the empty ones."""
    found = ["".join(texts.lines(cell).split()) for cell in own_cells(row, index)]
    return [text for text in found if text]


def _find_header(grid: Sequence[Sequence[Cell | None]], texts: Texts) -> tuple[list[int], int | None]:
    """The title rows and the first row of headings, ``None`` where the table has no headings."""
    titles: list[int] = []
    for index, row in enumerate(grid[:_SEARCHED_ROWS]):
        printed = _printed(row, index, texts)
        if not printed:
            continue
        if _is_heading_row(grid, index, texts):
            return titles, index
        if len(printed) > 1 or len(row) < 2:
            break
        titles.append(index)
    # What stands above rows without headings may be the first group.
    return [], None


def _is_heading_row(grid: Sequence[Sequence[Cell | None]], index: int, texts: Texts) -> bool:
    printed = _printed(grid[index], index, texts)
    if len(printed) < 2:
        return False
    readings = [read_heading(text) for text in printed]
    numbers = [
        not reading.is_known and value_of(text).state == "values"
        for reading, text in zip(readings, printed, strict=True)
    ]
    known = sum(_is_sure(reading, text) for reading, text in zip(readings, printed, strict=True))
    if any(numbers) or any(read_serial(text) for text in printed) or any(len(text) > 40 for text in printed):
        return False
    if known >= 2 and 2 * known >= len(printed):
        return True
    # Indicators across: one known heading at most, and numbers below the others.
    below = next(
        (
            row
            for row in grid[index + 1 : index + 5]
            if sum(_is_number(cell, texts) for cell in row) * 2 >= len(row) - 1
        ),
        None,
    )
    first = grid[index][0]
    is_corner = first is None or not texts.lines(first).strip() or read_heading(texts.lines(first)).is_known
    return below is not None and is_corner and len(printed) >= 2


def _is_sure(reading: Heading, text: str) -> bool:
    """Whether a text is a heading and no cell that ends like one: 新建城市书房项目 is none."""
    return reading.is_known and (not reading.rest or len(text) <= 12)


def _is_number(cell: Cell | None, texts: Texts) -> bool:
    return cell is not None and value_of(texts.lines(cell)).state == "values"


def _header_bottom(grid: Sequence[Sequence[Cell | None]], texts: Texts, top: int) -> int:
    """The last row of headings: what cells of the first reach down to, and further rows of nothing but headings."""
    bottom = top
    first_texts = _printed(grid[top], top, texts)
    while bottom + 1 < len(grid) and bottom + 1 - top < _MOST_HEADER_ROWS:
        index = bottom + 1
        row = grid[index]
        printed = _printed(row, index, texts)
        reached = any(cell is not None and cell.row < index and cell.row >= top for cell in row)
        is_plain = bool(printed) and not any(
            value_of(text).state == "values" and not read_heading(text).is_known or read_serial(text)
            for text in printed
        )
        known = sum(read_heading(text).is_known for text in printed)
        spread = _spread(grid, texts, top, index)
        if not is_plain or printed == first_texts:
            break
        if (
            reached
            and (known or spread)
            or known == len(printed) >= 2
            and (spread or _is_under_empty(grid, texts, top, index))
        ):
            bottom = index
            continue
        if spread and _numbers_follow(grid, texts, index):
            bottom = index
            continue
        break
    # A cell of the headings that reaches further down takes the rows beside it along, where they hold no data.
    return bottom


def _spread(grid: Sequence[Sequence[Cell | None]], texts: Texts, top: int, index: int) -> bool:
    """Whether a row of headings stands under wider ones: cells over several columns, or empty ones in their place."""
    for column, cell in enumerate(grid[index]):
        if cell is None or cell.row != index or not texts.lines(cell).strip():
            continue
        above = grid[index - 1][column]
        if above is not None and above.row >= top and above.column_span > 1:
            return True
    return _is_under_empty(grid, texts, top, index)


def _is_under_empty(grid: Sequence[Sequence[Cell | None]], texts: Texts, top: int, index: int) -> bool:
    """Whether every text of a row stands under an empty cell or the text left of one, as where merges were lost."""
    row, above = grid[index], grid[index - 1]
    below_empty = 0
    for column, cell in enumerate(row):
        if not texts.lines(cell).strip():
            continue
        over = texts.lines(above[column]).strip() if column < len(above) else ""
        right = column + 1 < len(above) and not texts.lines(above[column + 1]).strip()
        if over and not right:
            return False
        below_empty += not over
    return below_empty > 0


def _numbers_follow(grid: Sequence[Sequence[Cell | None]], texts: Texts, index: int) -> bool:
    return any(2 * sum(_is_number(cell, texts) for cell in row) >= len(row) - 1 for row in grid[index + 1 : index + 3])


def _path(grid: Sequence[Sequence[Cell | None]], texts: Texts, rows: range, column: int) -> tuple[str, ...]:
    """The headings over a column; where merges were lost, an empty cell takes the heading at its left."""
    path: list[str] = []
    seen: list[Cell] = []
    for index in rows:
        cell = grid[index][column]
        if cell is not None and cell in seen:
            continue
        text = texts.joined(cell).strip()
        if (
            not text
            and index < rows[-1]
            and any(texts.joined(grid[below][column]).strip() for below in range(index + 1, rows[-1] + 1))
        ):
            text = next(
                (left for place in range(column - 1, -1, -1) if (left := texts.joined(grid[index][place]).strip())), ""
            )
            if text and cell is not None:
                path.append(text)
                continue
        if cell is not None:
            seen.append(cell)
        if text:
            path.append(text)
    return tuple(path)


def _body_kind(
    cells: Sequence[Cell | None], index: int, texts: Texts, columns: int, headers: Sequence[list[str]]
) -> str:
    """What a row below the headings is; empty for one without text."""
    printed = _printed(cells, index, texts)
    if not printed:
        return ""
    if len(printed) >= 2 and printed in headers:
        return "header"
    # A cell that goes on over the rows below is of them too; the rest of the row may head them.
    own = [cell for cell in own_cells(cells, index) if texts.lines(cell).strip()]
    own = [cell for cell in own if cell.row_span == 1] or own
    is_alone = columns > 2 and all(cell is None or cell.row == index and cell.row_span == 1 for cell in cells)
    if len(own) == 1:
        text = texts.joined(own[0]).strip()
        if _NOTE.match(text) or len(text) > _LONG_NOTE and own[0].column_span > 1:
            return "note"
        widest = own[0].column_span >= max(
            2, sum(cell is None or cell.row == index and cell.row_span == 1 for cell in cells) - 1
        )
        if widest and columns > 1 and own[0].column + own[0].column_span == columns:
            return "group"
        # A lone text in a row that nothing from above reaches into stands for the rows below it; 居民62 is a value.
        is_title = match_label(text, 0, len(text)) is not None or not re.search("[0-9]", text)
        if (
            is_alone
            and is_title
            and not is_nothing(text)
            and value_of(text).state != "values"
            and read_serial(text) is None
        ):
            return "group"
        return "data"
    if len(own) == 2:
        serial = read_serial(texts.joined(own[0]))
        is_title = value_of(texts.lines(own[1])).state == "words"
        if serial is not None and serial.is_chinese and is_alone and is_title:
            return "group"
    return "data"
