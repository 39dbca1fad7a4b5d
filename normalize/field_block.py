"""The field block of a page (索引号, 发文字号, 成文日期 …) as label and value, with where the value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.fields import label_pattern, labels
from extract.folding import fold, fold_key
from extract.model import Block, Cell, Notice, Paragraph, Table

# A label that no list holds ends a value too: 发布层级:区级.
_OTHER_LABEL = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,8}[】\]]?[ \u3000]*:")
_OTHER_LABEL_INSIDE = re.compile(rf"[ \u3000|]{_OTHER_LABEL.pattern}")
_EDGES = " \u3000|\n:"


@dataclass(frozen=True, slots=True)
class Field:
    """A label as printed, the column of ``documents`` that it fills (or empty), and its value: ``text[start:end]``."""

    label: str
    column: str
    value: str
    start: int
    end: int


def read_fields(notice: Notice, blocks: Sequence[Block]) -> list[Field]:
    """The fields in some blocks, in reading order; a field without a value has an empty one."""
    found: list[Field] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if run and block.start != run[-1].end + 1:
                found += _of_lines(notice, run)
                run = []
            run.append(block)
        else:
            found += _of_lines(notice, run)
            run = []
            found += _of_table(notice, block)
    return found + list(_of_lines(notice, run))


def _of_lines(notice: Notice, run: Sequence[Paragraph]) -> Iterator[Field]:
    if not run:
        return
    start, end = run[0].start, run[-1].end
    matches = list(label_pattern().finditer(notice.folded, start, end))
    stops = [*(match.start() for match in matches[1:]), end][: len(matches)]
    for match, stop in zip(matches, stops, strict=True):
        line_start = notice.text.rfind("\n", start, match.start()) + 1 or start
        line_end = notice.text.find("\n", match.end(), stop)
        is_alone = len(notice.folded[line_start : match.start()].strip(" -*#|【[•·●")) == 0
        if line_end >= 0 and not is_alone:
            # Other fields stand on the line: the value of an empty one is not on the next.
            stop = line_end
        yield _field(notice, match, match.end(), stop)


def _field(notice: Notice, match: re.Match[str], start: int, stop: int) -> Field:
    """The field of a label whose value lies in ``text[start:stop]``: on the label's line, else on the next."""
    while start < stop and notice.text[start] in _EDGES:
        start += 1
    line_end = notice.text.find("\n", start, stop)
    stop = line_end if line_end >= 0 else stop
    if _OTHER_LABEL.match(notice.folded, start, stop):
        stop = start
    elif other := _OTHER_LABEL_INSIDE.search(notice.folded, start, stop):
        stop = other.start()
    while stop > start and notice.text[stop - 1] in _EDGES:
        stop -= 1
    label = fold_key(match["label"])
    return Field(label, labels()[label], notice.text[start:stop], start, stop)


def _of_table(notice: Notice, table: Table) -> Iterator[Field]:
    """Label and value in one cell, or in two: side by side, or one above the other where a row is all labels."""
    grid = table.grid()
    for cell in table.cells:
        if not cell.paragraphs:
            continue
        start, end = cell.paragraphs[0].start, cell.paragraphs[-1].end
        matches = list(label_pattern().finditer(notice.folded, start, end))
        if not matches or matches[0].start() > start + 2:
            continue
        stops = [match.start() for match in matches[1:]] + [end]
        for match, stop in zip(matches, stops, strict=True):
            field = _field(notice, match, match.end(), stop)
            if not field.value and match is matches[-1]:
                value = _value_cell(notice, grid, cell)
                if value is not None:
                    first, last = value.paragraphs[0].start, value.paragraphs[-1].end
                    field = Field(field.label, field.column, " ".join(value.text(notice).split("\n")), first, last)
            yield field


def _value_cell(notice: Notice, grid: list[list[Cell | None]], cell: Cell) -> Cell | None:
    """The cell that holds the value of a label that has a cell of its own."""
    column = cell.column + cell.column_span
    row = grid[cell.row]
    beside = row[column] if column < len(row) else None
    if beside is not None and beside.paragraphs and not _is_label(notice, beside):
        return beside
    others = [other for other in row if other is not None and other.paragraphs]
    is_header = len({other.column for other in others}) >= 2 and all(_is_label(notice, other) for other in others)
    below = grid[cell.row + 1][cell.column] if is_header and cell.row + 1 < len(grid) else None
    return below if below is not None and below.paragraphs and not _is_label(notice, below) else None


def _is_label(notice: Notice, cell: Cell) -> bool:
    text = fold(cell.text(notice)).strip()
    return bool(label_pattern().fullmatch(text)) or text.endswith(":") and len(text) <= 14
