"""What both Word readers share: runs of a paragraph to lines, rows of cells to a table, and the pieces to a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import unquote

from extract.errors import LimitExceeded, NoNotice
from extract.fields import field_lines, label_pattern, labels
from extract.folding import fold, fold_key
from extract.grid import EdgedCell, build_table, is_data, place_by_edges
from extract.limits import Limits
from extract.lines import clean_line, names_file
from extract.model import Notice, Remark, Source
from extract.pieces import Grid, Line, Piece, assemble

_HEAD_LINES = 80
_HEAD_TABLES = 3  # a field block in a table stands above everything else
_FIELD_COLUMNS = {"index_number", "document_number", "issuer", "issued_on", "sent_on"}
_RAISED_NUMBER = re.compile(r"\s*[0-9+−-]{1,3}\s*")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WORD_CHARACTER = re.compile("[0-9A-Za-z\u3400-\u9fff]")
_BOLD_SHARE = 0.9
_OBJECT = "\ufffc"  # what stands for a picture in the text of some programs

Cells = Sequence[EdgedCell[list[Piece]]]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one look; ``\\n`` in its text is a soft return."""

    text: str
    is_bold: bool = False
    is_raised: bool = False
    href: str = ""


@dataclass(slots=True)
class Begun:
    """A line that is coming together: where the mark of a paragraph is deleted or hidden, the next goes on in its line."""

    runs: list[Run] = field(default_factory=list)
    label: str = ""

    def flush(self, level: int = 0, align: str = "") -> list[Line]:
        """The lines that have come together."""
        lines = to_lines(self.runs, self.label, level, align)
        self.runs, self.label = [], ""
        return lines


@dataclass(slots=True)
class LeftOut:
    """What a file holds that is not in the text of the notice; ``remarks`` says it."""

    pictures: int = 0
    contents_lines: int = 0
    fields: dict[str, None] = field(default_factory=dict)
    parts: int = 0
    symbols: int = 0
    damaged: dict[str, None] = field(default_factory=dict)

    def remarks(self) -> list[Remark]:
        found = (
            (self.pictures, "pictures_unread", "info", "{} pictures or embedded objects were not read"),
            (self.contents_lines, "contents_left_out", "info", "{} lines of a table of contents were left out"),
            ("; ".join(self.fields), "field_unread", "warning", "fields that Word fills in were not read: {}"),
            (self.parts, "part_unread", "warning", "{} documents embedded in the file were not read"),
            (", ".join(self.damaged), "part_damaged", "warning", "the file is damaged, and these were not read: {}"),
            (self.symbols, "symbol_unknown", "warning", "{} signs of a symbol font are not known"),
        )
        return [Remark(code, message.format(seen), severity) for seen, code, severity, message in found if seen]


def to_lines(runs: Sequence[Run], label: str = "", level: int = 0, align: str = "", hint: str = "") -> list[Line]:
    """The lines of a paragraph: more than one where it holds soft returns, none where it prints nothing.

    ``label`` is its automatic number, with a blank at its end where Word sets one.

    >>> [line.text for line in to_lines([Run("加强领导。\\n占地10"), Run("m"), Run("2", is_raised=True)], label="（一）")]
    ['（一）加强领导。', '占地10m²']
    >>> [line.text for line in to_lines([Run("2023年新增3家。")], label="1. ")]
    ['1. 2023年新增3家。']
    """
    lines: list[Line] = []
    segment: list[Run] = []
    for run in _with_raised_digits(runs):
        if "\n" not in run.text:
            segment.append(run)
            continue
        first, *others = run.text.split("\n")
        segment.append(Run(first, run.is_bold, href=run.href))
        for text in others:
            lines += _line(segment, label, level, align, hint)
            label, segment = "", [Run(text, run.is_bold, href=run.href)]
    return lines + _line(segment, label, level, align, hint)


def _with_raised_digits(runs: Sequence[Run]) -> list[Run]:
    """The runs with raised digits as characters of their own: m² is no m2, and 10⁴ is no 104."""
    if not any(run.is_raised for run in runs):
        return list(runs)
    result: list[Run] = []
    index = 0
    while index < len(runs):
        run, end = runs[index], index + 1
        if run.is_raised:
            while end < len(runs) and runs[end].is_raised:
                end += 1
            text = "".join(raised.text for raised in runs[index:end])
            text = text.strip().translate(_RAISED) if _RAISED_NUMBER.fullmatch(text) else text
            run = Run(text, run.is_bold, href=run.href)
        result.append(run)
        index = end
    return result


def _line(runs: Sequence[Run], label: str, level: int, align: str, hint: str) -> list[Line]:
    printed = clean_line(label)
    text = clean_line("".join([run.text for run in runs]).replace(_OBJECT, ""))
    if not printed and not text:
        return []
    begin = len(printed)
    if printed and text and label[-1:].isspace() and _needs_blank(printed, text):
        begin += 1
    links = _links(runs, text)
    shown = [run for run in runs if not run.text.isspace()]
    size = sum(len(run.text) for run in shown)
    is_bold = bool(size) and sum(len(run.text) for run in shown if run.is_bold) >= _BOLD_SHARE * size
    is_link = len(links) == 1 and links[0][0] <= 8 and links[0][1] >= len(text) - 8
    line = Line(printed.ljust(begin) + text, printed, level, is_bold, align, hint or ("attachment" if is_link else ""))
    bold = printed.ljust(begin) + clean_line("".join(run.text for run in takewhile(lambda run: run.is_bold, shown)))
    line.bold_end = len(bold) if begin < len(bold) < len(line.text) and line.text.startswith(bold) else 0
    line.links = [(start + begin, end + begin, href) for start, end, href in links]
    return [line]


def _needs_blank(label: str, text: str) -> bool:
    """Whether the number and the text would run together: 1. and 2023年, 第一条 and 例如."""
    if label[-1] == "." and text[0].isdigit():
        return True
    return bool(_WORD_CHARACTER.match(label[-1]) and _WORD_CHARACTER.match(text))


def _links(runs: Sequence[Run], text: str) -> list[tuple[int, int, str]]:
    """The links to files in a line, each over what it is printed as."""
    links: list[tuple[int, int, str]] = []
    index = at = 0
    while index < len(runs):
        href, end = runs[index].href, index + 1
        while end < len(runs) and runs[end].href == href:
            end += 1
        if href:
            printed = clean_line("".join([run.text for run in runs[index:end]]))
            found = text.find(printed, at) if printed and (names_file(printed) or _leads_to_file(href)) else -1
            if found >= 0:
                at = found + len(printed)
                links.append((found, at, unquote(href[:2000])))
        index = end
    return links


def _leads_to_file(href: str) -> bool:
    path = href.split("?")[0].lower()
    return names_file(path) or "downfile" in path or "download" in path


def to_pieces(rows: Sequence[Cells], limits: Limits, name: str) -> list[Piece]:
    """A table: a grid where it holds data, else what its cells hold, in order.

    A table inside a cell of data is put as lines into that cell; inside a cell of layout it is a table of its own.
    """
    placed = place_by_edges(rows)
    sizes: list[list[int]] = [[] for _ in rows]
    holds_table = False
    for cell in placed:
        sizes[cell.row].append(sum(len(line.text) for line in _flat(cell.content)))
        holds_table |= any(isinstance(piece, Grid) for piece in cell.content)
    built = build_table(placed, lambda content: not content)
    if built is None or not is_data(sizes, holds_table):
        return [piece for cell in placed for piece in cell.content]
    cells, height, width = built
    if height * width > limits.table_cells:
        raise LimitExceeded(name, f"a table of more than {limits.table_cells:,} cells", "split the document")
    placed_lines = [(cell.row, cell.column, cell.row_span, cell.column_span, _flat(cell.content)) for cell in cells]
    return [Grid(placed_lines, height, width)]


def _flat(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of pieces, those of tables among them."""
    return [line for piece in pieces for line in ([piece] if isinstance(piece, Line) else piece.lines())]


def to_notice(source: Source, pieces: Sequence[Piece], left_out: LeftOut, name: str) -> Notice:
    """The notice of a Word file. Raises ``NoNotice`` where there is no text in it."""
    if not pieces:
        cause = "only pictures (a scan) and no text in the file" if left_out.pictures else "no text in the file"
        raise NoNotice(name, cause, "give the page or the file that holds the text")
    _mark_fields(pieces)
    return assemble(source, pieces, (), left_out.remarks())


def _mark_fields(pieces: Sequence[Piece]) -> None:
    """Mark the field block of a page that was saved as a Word file: a table at the very top, or labels and values."""
    for piece in pieces[:_HEAD_TABLES]:
        if isinstance(piece, Grid):
            names = {
                fold_key(match["label"])
                for line in piece.lines()
                for match in label_pattern().finditer(fold(line.text[:200]))
            }
            if len(names) >= 2 and _FIELD_COLUMNS & {labels()[found] for found in names}:
                piece.hint = "metadata"
    for index in field_lines([fold(piece.text) if isinstance(piece, Line) else "" for piece in pieces[:_HEAD_LINES]]):
        pieces[index].hint = "metadata"
