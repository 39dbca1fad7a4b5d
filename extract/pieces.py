"""Lines and grids on the way to a ``Notice``: what readers of pages and of plain text put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Block, Cell, Link, Notice, Paragraph, Remark, Source, Table, TextBuilder


@dataclass(slots=True)
class Line:
    """A line that is to be canonical text; ``links`` are ``(start, end, href)`` in it. The rest is as in ``Paragraph``."""

    text: str
    label: str = ""
    level: int = 0
    is_bold: bool = False
    align: str = ""
    hint: str = ""
    links: list[tuple[int, int, str]] = field(default_factory=list)
    bold_end: int = 0


@dataclass(slots=True)
class Grid:
    """A table that is to be: cells as (row, column, row span, column span, lines), in row-major order."""

    cells: list[tuple[int, int, int, int, list[Line]]]
    rows: int
    columns: int
    hint: str = ""

    def lines(self) -> list[Line]:
        """The lines of all cells, in order."""
        return [line for cell in self.cells for line in cell[4]]


Piece = Line | Grid


def assemble(source: Source, pieces: Sequence[Piece], meta: tuple[tuple[str, str], ...] = (), remarks: Sequence[Remark] = ()) -> Notice:
    """The notice whose text is the lines of the pieces, in their order."""
    builder = TextBuilder()
    links: list[Link] = []
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Line):
            blocks.append(_paragraph(piece, builder, links))
        else:
            blocks.append(_table(piece, builder, links))
    return Notice(source, builder.text(), tuple(blocks), tuple(links), meta, tuple(remarks))


def _paragraph(line: Line, builder: TextBuilder, links: list[Link]) -> Paragraph:
    paragraph = builder.add(line.text, label=line.label, level=line.level, is_bold=line.is_bold, align=line.align, hint=line.hint, bold_end=line.bold_end)
    links += [Link(paragraph.start + start, paragraph.start + end, href) for start, end, href in line.links]
    return paragraph


def _table(grid: Grid, builder: TextBuilder, links: list[Link]) -> Table:
    start = builder.length + 1 if builder.length else 0
    cells = tuple(
        Cell(row, column, row_span, column_span, tuple(_paragraph(line, builder, links) for line in lines))
        for row, column, row_span, column_span, lines in grid.cells
    )
    return Table(start, builder.length, grid.rows, grid.columns, cells, grid.hint)
