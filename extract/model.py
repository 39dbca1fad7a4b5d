"""What a reader gives: one text, and blocks, cells and links that point into it.

Every offset counts code points of ``Notice.text``, half open. The text is made once, by the reader, and never cleaned
afterwards, so that no offset ever drifts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.folding import fold, separate_labels


@dataclass(frozen=True, slots=True)
class Source:
    """Where a notice came from. ``format`` is what the bytes are (``html``, ``docx``, ``doc``, ``txt``), never the suffix."""

    name: str
    format: str
    sha256: str
    encoding: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ``Notice.text``: ``text[start:end]``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the canonical text, without its line break.

    ``label`` is the automatic number that Word shows and the reader rendered; it stands at the start of the text too.
    ``bold_end`` is where the bold type ends that sets a heading at the start of the line apart, 0 where none does.
    ``level`` is the heading level that the file itself declares (h1 to h6, outline level 1 to 9), 0 where it declares none.
    ``hint`` is what the markup says of the line: ``metadata`` (the page's field block), ``title``, ``note`` (a foot- or
    endnote), ``text_box``, ``attachment`` (a link to a file, after the body), or empty.
    """

    start: int
    end: int
    label: str = ""
    level: int = 0
    is_bold: bool = False
    align: str = ""
    hint: str = ""
    bold_end: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its place in the grid (counted from 0), with the rows and columns that it covers (at least 1)."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]

    def text(self, notice: Notice) -> str:
        """The printed text of the cell, one paragraph a line."""
        return "\n".join(notice.text[p.start : p.end] for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of merged cells, in row-major order.

    No two cells overlap; a place of the grid that no cell covers is a hole (a short row). ``hint`` is ``metadata`` for the
    page's field block, ``rebuilt`` where the reader put the grid together from lines, else empty.
    """

    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    hint: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        for cell in self.cells:
            yield from cell.paragraphs

    def grid(self) -> list[list[Cell | None]]:
        """``rows`` by ``columns``: at each place the cell that covers it (the same object at each), ``None`` at a hole."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(self.rows, cell.row + cell.row_span)):
                for column in range(cell.column, min(self.columns, cell.column + cell.column_span)):
                    places[row][column] = cell
        return places


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text of the notice to a file; ``text[start:end]`` is what it is printed as."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader saw and could not keep, or had to decide: it becomes a row of ``checks``."""

    code: str
    message: str
    severity: str = "warning"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that was read as a part of the notice, since it lies beside it under the name of an attachment.

    ``text[start:end]`` is what it says. ``href`` is the link that leads to it; empty where the notice only names it.
    """

    start: int
    end: int
    name: str
    href: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice as published: its canonical text and the blocks of it, in reading order.

    ``text`` is the lines of all blocks joined by ``\\n``: no empty line, no blank at either end of a line. A table's lines
    are its cells' paragraphs, row by row. ``meta`` holds the page's ``<meta>`` tags, names in lower case. ``enclosures``
    stand after everything else.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    @cached_property
    def folded(self) -> str:
        """The text with full-width letters, digits and punctuation as half width: the same length, so offsets hold.

        The point of 1.10个乡镇 is a 、 there: see ``separate_labels``.
        """
        return separate_labels(fold(self.text))

    def lines(self) -> Iterator[Paragraph]:
        """Every line of the text, those of tables included."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.paragraphs()
            else:
                yield block


class TextBuilder:
    """Puts the canonical text together line by line and hands out the paragraphs; every reader uses it.

    >>> builder = TextBuilder()
    >>> builder.add("一、指标目标").end, builder.add("序号").start, builder.text()
    (6, 7, '一、指标目标\\n序号')
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0

    def add(
        self, line: str, *, label: str = "", level: int = 0, is_bold: bool = False, align: str = "", hint: str = "",
        bold_end: int = 0,
    ) -> Paragraph:  # fmt: skip
        """Append one non-empty line, already stripped and without line breaks; the paragraph that points at it."""
        if not line or line != line.strip() or "\n" in line:
            raise ValueError(f"not a line of canonical text: {line!r}")
        start = self._length + (1 if self._lines else 0)
        self._lines.append(line)
        self._length = start + len(line)
        return Paragraph(start, self._length, label, level, is_bold, align, hint, start + bold_end if bold_end else 0)

    @property
    def length(self) -> int:
        """Where the next line's break will stand: the length of the text so far."""
        return self._length

    def text(self) -> str:
        return "\n".join(self._lines)
