"""The lines and tables of all pages as one text: paragraphs put together again, and tables that a page breaks."""

from __future__ import annotations

from collections.abc import Sequence

from extract.folding import fold
from extract.limits import Limits
from extract.lines import is_furniture, without_edges, without_tools
from extract.model import Remark
from extract.pdf.pages import Page, RuledTable
from extract.pdf.paragraphs import Paragraphs, Placed
from extract.pdf.tables import append, goes_on_in, pieces_of
from extract.pdf.words import runs_of
from extract.pieces import Line, Piece
from extract.word import to_lines


class Flow:
    """Puts the text together; ``remarks`` says what had to be decided."""

    def __init__(self, limits: Limits, name: str) -> None:
        self._limits, self._name = limits, name
        self._joined_tables = self._joined_lines = 0

    def pieces(self, pages: Sequence[Page]) -> list[Piece]:
        """The paragraphs and tables, in order."""
        paragraphs = Paragraphs(pages)
        found: list[Piece] = []
        paragraph: list[Placed] = []
        table: RuledTable | None = None
        for page, item in [(own, item) for own in pages for item in own.items]:
            if isinstance(item, RuledTable):
                found += _lines(paragraphs, paragraph)
                paragraph = []
                if table is not None and goes_on_in(table, item):
                    self._joined_tables += 1
                    append(table, item)
                else:
                    found += self._table(table)
                    table = item
                continue
            found += self._table(table)
            table = None
            if paragraph and not paragraphs.goes_on_in(paragraph, page, item):
                found += _lines(paragraphs, paragraph)
                paragraph = []
            paragraph.append((page, item))
        return without_furniture(found + _lines(paragraphs, paragraph) + self._table(table))

    def _table(self, table: RuledTable | None) -> list[Piece]:
        if table is None:
            return []
        pieces, joined = pieces_of(table, self._limits, self._name)
        self._joined_lines += joined
        return pieces

    def remarks(self) -> list[Remark]:
        """What had to be decided on the way."""
        found = []
        if self._joined_tables:
            found.append(
                Remark(
                    "table_joined",
                    f"{self._joined_tables} tables that go on from the page before were joined to it",
                    "info",
                )
            )
        if self._joined_lines:
            message = (
                f"{self._joined_lines} lines in cells of tables go on from a full line above; "
                "where that was ended on purpose, a PDF does not say so"
            )
            found.append(Remark("cell_lines_joined", message, "info"))
        return found


def without_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what a site prints around a notice, where the PDF is a page that was printed."""
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Line):
            folded = fold(piece.text)
            text = "" if is_furniture(folded) else without_tools(piece.text, folded)
            if not text:
                continue
            if text != piece.text:
                piece = Line(text)
        kept.append(piece)
    start, end = without_edges([fold(piece.text) if isinstance(piece, Line) else "表" for piece in kept])
    return kept[start:end]


def _lines(paragraphs: Paragraphs, paragraph: Sequence[Placed]) -> list[Piece]:
    if not paragraph:
        return []
    return list(
        to_lines([run for _, line in paragraph for run in runs_of(line)], align=paragraphs.alignment(paragraph))
    )
