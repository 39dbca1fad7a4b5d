"""Tables drawn in a test, and the texts that copies of them are: what a browser, Word or a PDF leaves of a grid.

A drawing has a line a row and ``|`` between cells; ``^`` goes on with the cell above, ``<`` with the one to the left,
``~`` parts the paragraphs of a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.folding import fold
from extract.model import Notice, Table


@dataclass(frozen=True)
class Drawn:
    """A cell that holds something: its place, what it covers, its paragraphs."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A grid: its size and its cells in row-major order, those without text left out."""

    rows: int
    columns: int
    cells: tuple[Drawn, ...]

    def row(self, index: int) -> list[Drawn | None]:
        """The cells that begin in a row, ``None`` where one is empty; what merged cells cover is left out."""
        covered = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        found: list[Drawn | None] = []
        for column in range(self.columns):
            cell = covered.get((index, column))
            if cell is None or (cell.row, cell.column) == (index, column):
                found.append(cell)
        return found


def draw(drawing: str) -> Drawing:
    """The grid of a drawing.

    >>> draw('''领域|指标|目标值
    ... 养老|床位(张)|230
    ... ^|占比(%)|62''').cells[3]
    Drawn(row=1, column=0, row_span=2, column_span=1, lines=('养老',))
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    width = len(rows[0])
    assert all(len(row) == width for row in rows), [row for row in rows if len(row) != width]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            beside = {"^": (at - 1, column), "<": (at, column - 1)}.get(text)
            owner[at, column] = owner[beside] if beside else (at, column)
    cells = []
    for at, column in dict.fromkeys(owner.values()):
        spots = [spot for spot, place in owner.items() if place == (at, column)]
        lines = tuple(line for line in rows[at][column].split("~") if line)
        if lines:
            height, across = max(row for row, _ in spots) - at + 1, max(column for _, column in spots) - column + 1
            cells.append(Drawn(at, column, height, across, lines))
    return Drawing(len(rows), width, tuple(cells))


def flatten(drawing: Drawing) -> list[str]:
    """The lines of a copy that lost the cells: their paragraphs, row by row, a merged cell once."""
    return [line for cell in drawing.cells for line in cell.lines]


def _joined(cell: Drawn | None) -> str:
    return "".join(cell.lines) if cell else ""


def in_lines(drawing: Drawing) -> str:
    """One cell paragraph a line, blank lines between."""
    return "\n\n".join(flatten(drawing))


def by_tabs(drawing: Drawing) -> str:
    """As browsers copy plain cells: tabs between them, a merged cell in its first row only."""
    return "\n".join("\t".join(map(_joined, drawing.row(row))) for row in range(drawing.rows))


def in_blocks(drawing: Drawing) -> str:
    """As browsers copy cells of paragraphs: a tab between them on a line of its own."""
    rows = [
        "\n\n\t\n\n".join("\n\n".join(cell.lines) if cell else "" for cell in drawing.row(row))
        for row in range(drawing.rows)
    ]
    return "\n\n\n\n\n".join(rows)


def _full_rows(drawing: Drawing) -> list[list[Drawn | None]]:
    starts = {(cell.row, cell.column): cell for cell in drawing.cells}
    return [[starts.get((row, column)) for column in range(drawing.columns)] for row in range(drawing.rows)]


def as_word_copies(drawing: Drawing) -> str:
    """As Word copies: a tab for each column, merged cells empty below their first row, paragraphs a line each."""
    return "\n".join("\t".join("\n".join(cell.lines) if cell else "" for cell in row) for row in _full_rows(drawing))


def as_sheet_copies(drawing: Drawing) -> str:
    """As a spreadsheet copies: a tab for each column, merged cells empty below their first row."""
    return "\n".join("\t".join(map(_joined, row)) for row in _full_rows(drawing))


def by_pipes(drawing: Drawing) -> str:
    """Pipes around the cells."""
    return "\n".join(f"| {' | '.join(map(_joined, row))} |" for row in _full_rows(drawing))


def in_markdown(drawing: Drawing) -> str:
    """A table of Markdown."""
    first, *rest = by_pipes(drawing).split("\n")
    return "\n".join([first, "|" + " --- |" * drawing.columns, *rest])


def by_blanks(drawing: Drawing) -> str:
    """As a PDF is copied: a row a line, blanks between its cells."""
    return "\n".join("  ".join(_joined(cell) for cell in drawing.row(row) if cell) for row in range(drawing.rows))


#: The forms of a copy, and whether a cell is one paragraph in it.
FORMS: dict[str, tuple[Callable[[Drawing], str], bool]] = {
    "lines": (in_lines, False), "tabs": (by_tabs, True), "blocks": (in_blocks, False), "word": (as_word_copies, False),
    "sheet": (as_sheet_copies, True), "pipes": (by_pipes, True), "markdown": (in_markdown, True),
    "blanks": (by_blanks, True),
}  # fmt: skip


def cells_of(drawing: Drawing, are_joined: bool = False) -> list[Drawn]:
    """The cells of a drawing for comparing: folded, their paragraphs joined where a form does so."""
    return sorted(
        (
            Drawn(cell.row, cell.column, cell.row_span, cell.column_span, _folded(cell.lines, are_joined))
            for cell in drawing.cells
        ),
        key=lambda cell: (cell.row, cell.column),
    )


def _folded(lines: Sequence[str], are_joined: bool) -> tuple[str, ...]:
    return (fold("".join(lines)),) if are_joined else tuple(map(fold, lines))


def table_cells(notice: Notice, table: Table) -> list[Drawn]:
    """The cells of a table that hold something, for comparing with those of a drawing."""
    return [
        Drawn(
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            tuple(fold(notice.text[line.start : line.end]) for line in cell.paragraphs),
        )
        for cell in table.cells
        if cell.paragraphs
    ]
