"""Rows whose cells pipes or tabs part: the cells of each, and the grid of many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.fields import label_pattern
from extract.flat_grid import FlatTable, GridOf
from extract.flat_headings import Header, Place, columns_of
from extract.flat_rows import Reading, Step
from extract.folding import fold
from extract.lines import clean_line
from extract.pieces import Grid, Line

_RULE = re.compile(r"[|\s:+=-]*-{2,}[|\s:+=-]*")
_CELL_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_GROUP = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]).{2,40}")


def pipe_cells(text: str) -> list[str]:
    r"""The cells of a row whose cells pipes part; none where the text is no row.

    >>> pipe_cells("| 序号 | 指标 |"), pipe_cells("甲 | 乙 \\| 丙"), pipe_cells("没有竖线")
    (['序号', '指标'], ['甲', '乙 | 丙'], [])
    """
    folded = fold(text)
    if "|" not in folded:
        return []
    breaks = [index for index, char in enumerate(folded) if char == "|" and folded[index - 1 : index] != "\\"]
    starts, ends = [0, *(index + 1 for index in breaks)], [*breaks, len(text)]
    cells = [text[start:end].replace("\\|", "|").strip() for start, end in zip(starts, ends, strict=True)]
    if not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return cells if len(cells) >= 2 or len(breaks) >= 2 else []


def whole_rows(texts: Sequence[str]) -> list[str]:
    r"""Rows with pipes at both ends, each in one text; lines that a cell breaks over are joined by ``<br>``.

    >>> whole_rows(["| 8 | 参保率 | 县医保局", "县税务局 | 含 |", "| 9 | 托位 | 县教育局 | |"])
    ['| 8 | 参保率 | 县医保局<br>县税务局 | 含 |', '| 9 | 托位 | 县教育局 | |']
    """
    rows: list[str] = []
    for text in texts:
        if rows and _begins(rows[-1]) and not _ends(rows[-1]) and not _begins(text):
            rows[-1] += "<br>" + text.strip()
        else:
            rows.append(text)
    return rows


def _begins(row: str) -> bool:
    return fold(row).lstrip().startswith("|")


def _ends(row: str) -> bool:
    return fold(row).rstrip().endswith("|")


def tab_cells(text: str) -> list[str]:
    r"""The cells of a row whose cells tabs part.

    >>> tab_cells("\t2\t普惠托位占比\t")
    ['', '2', '普惠托位占比', '']
    """
    return [cell.strip() for cell in text.strip("\r\n").split("\t")]


def is_rule(text: str) -> bool:
    """Whether a row is the line that Markdown draws below the headings."""
    return _RULE.fullmatch(fold(text)) is not None


def is_field_block(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a page's field block: half of them and more with a label such as 索引号."""
    labels = sum(label_pattern().fullmatch(fold(cell)) is not None for row in rows for cell in row)
    return labels >= max(1, len(rows) // 2)


def grid_of(rows: Sequence[Sequence[str]], hint: str = "") -> tuple[Grid, FlatTable | None]:
    """Rows of cells as a grid, short ones with holes at their end, and what was rebuilt in it, if anything.

    Where the first row is headings that are known, an empty cell below a topic or an office is one printed once for
    several rows, as in ``flat_grid``; else the cells are as they stand.
    """
    width = max(map(len, rows))
    content = [[[part for part in map(clean_line, _CELL_BREAK.split(cell)) if part] for cell in row] for row in rows]
    flat = _merged(content, width)
    if flat is None:
        cells = [
            (at, column, 1, 1, [Line(part) for part in cell])
            for at, row in enumerate(content)
            for column, cell in enumerate(row)
        ]
        return Grid(cells, len(rows), width, hint), None
    lines = [line for row in content for cell in row for line in cell]
    places = [
        (
            place.row,
            place.column,
            place.row_span,
            place.column_span,
            [Line(line) for line in lines[place.start : place.end]],
        )
        for place in flat.places
    ]
    return Grid(places, flat.rows, flat.columns, "rebuilt"), flat


def _merged(content: Sequence[Sequence[list[str]]], width: int) -> FlatTable | None:
    """The grid with its merged cells, where there are any and the headings are known."""
    lines = [line for row in content for cell in row for line in cell]
    header = _header(content, width)
    if header is None:
        return None
    steps: list[Step] = []
    start = header.end
    for row in content[header.rows :]:
        if row == content[0] and header.rows == 1:
            steps.append(Step("again", 0, start, start + header.end))
            start += header.end
            continue
        filled = [column for column, cell in enumerate(row) if cell]
        is_group = len(filled) == 1 and _GROUP.fullmatch(fold("".join(row[filled[0]]))) is not None
        for column in filled:
            steps.append(
                Step("group" if is_group else "cell", column, start, start + len(row[column]), column == filled[0])
            )
            start += len(row[column])
    if not steps:
        return None
    table = GridOf(Reading(0.0, header, tuple(steps), (), ()), [fold(line) for line in lines]).placed()
    return table if any(place.row_span > 1 or place.column_span > 1 for place in table.places) else None


def _header(content: Sequence[Sequence[list[str]]], width: int) -> Header | None:
    """The headings in the first row or the first two, where an empty cell belongs to the one above or to its left."""
    padded = [[*row, *([[]] * (width - len(row)))] for row in content[:2]]
    for rows in range(1, len(padded) + 1):
        bottom = [
            next((cell for row in reversed(padded[:rows]) if (cell := row[column])), []) for column in range(width)
        ]
        kinds = columns_of(["".join(cell) for cell in bottom])
        if not kinds or rows == 2 and not padded[1].count([]):
            continue
        places: list[Place] = []
        start = 0
        for at, row in enumerate(padded[:rows]):
            for column, cell in enumerate(row):
                if cell:
                    down = rows - at if rows == 2 and not at and not padded[1][column] else 1
                    right = column + 1
                    while down == 1 and rows == 2 and not at and right < width and not row[right] and padded[1][right]:
                        right += 1
                    places.append(Place(at, column, down, right - column, start, start + len(cell)))
                    start += len(cell)
        return Header(kinds, tuple(places), rows, 0, start, 0)
    return None
