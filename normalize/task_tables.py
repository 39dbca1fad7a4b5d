"""Tables whose rows are tasks: what each asks for, who answers for it, until when, and the groups it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.model import Cell, Notice, Span, Table
from extract.outline import Label, match_label
from normalize.cell_kinds import is_nothing, read_serial
from normalize.cell_offices import offices_under
from normalize.cell_texts import group_title
from normalize.column_roles import OFFICE_ROLES, Column, describe
from normalize.columns import TableReading, read_table
from normalize.heading_areas import is_own
from normalize.offices import Office
from normalize.responsibilities import find_clauses
from normalize.table_kinds import Remark
from normalize.table_parts import Row, Texts, own_cells

_LONGEST_TITLE = 60
_SHORT_LINE = 40
#: In a column of text that groups the rows, no larger share of them has a text of its own.
_REPEATS = 0.75
#: Rows that count the others are no tasks.
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|(?:共计?|合计|小计)?\s*[0-9]+\s*项")
_PART_OF_YEAR = re.compile(r"第?[一二三四1-4]季度|[上下]半年|(?<![0-9])[0-9]{1,2}月")
_END_MARKS = "。;:,. "


@dataclass(frozen=True, slots=True)
class Group:
    """What rows stand under: a row of its own, or a merged or repeated cell. ``ordinal`` is 0 where none is printed."""

    label: str
    ordinal: int
    title: str
    spans: tuple[Span, ...]


@dataclass(slots=True)
class TaskRow:
    """One task. ``serial`` is as printed, ``ordinal`` its number, 0 where none is printed.

    ``title`` and ``text`` are stretches of text in reading order, labels and clauses of responsibility left out;
    ``offices`` by role, each unit once; ``groups`` from the outermost in; ``start``:``end`` the row.
    """

    serial: str
    ordinal: int
    title: tuple[Span, ...]
    text: tuple[Span, ...]
    offices: dict[str, list[Office]]
    time_limit: str
    groups: tuple[Group, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskTable:
    """The tasks of a table, in order. ``goes_on``: it has no headings of its own and continues the table before.

    ``columns`` says what its columns were taken for, ``unread`` are the rows that no task came out of, ``left_out`` the cells of
    columns that only describe, ``remarks`` what a person should know of columns that were read in part or not at all.
    """

    table: Table
    rows: tuple[TaskRow, ...]
    goes_on: bool = False
    columns: str = ""
    unread: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_task_table(notice: Notice, table: Table) -> TaskTable | None:
    """The tasks in the rows of a table; ``None`` where it is no table of tasks."""
    reading = read_table(notice, table)
    if reading.kind != "tasks":
        return None
    reader = _Reader(notice, reading)
    rows = tuple(reader.rows())
    if not rows:
        return None
    return TaskTable(table, rows, reading.goes_on, describe(reading.columns), tuple(reader.unread), tuple(reader.left_out()), tuple(reader.remarks()))


@dataclass(slots=True)
class _Part:
    """The rows of the grid that make one task."""

    rows: list[Row]
    groups: tuple[Group, ...]
    serial: str


@dataclass(slots=True)
class _Piece:
    """A stretch of a cell with the clauses of responsibility in it."""

    spans: list[Span] = field(default_factory=list)
    offices: list[tuple[str, Office]] = field(default_factory=list)
    time_limit: str = ""


class _Reader:
    def __init__(self, notice: Notice, reading: TableReading) -> None:
        self.notice, self.reading = notice, reading
        self.texts = Texts(notice)
        self.data = [row for row in reading.rows if row.kind == "data"]
        self.serial = reading.first("serial")
        columns = reading.with_role("name", "text", "step")
        self.areas = list(dict.fromkeys(c.area for c in columns if c.area))
        # What another area is to do stands in no task of the issuer's: 全市目标 beside 我县目标.
        self.of_others = [c for c in columns if c.area and not is_own(c.area)] if any(map(is_own, self.areas)) else []
        columns = [c for c in columns if c not in self.of_others]
        grouping = [c for c in columns[:-1] if self._groups(c)]
        told = [c for c in columns if c not in grouping] or columns[-1:]
        self.group_columns = sorted([*reading.with_role("domain", "subdomain"), *grouping], key=lambda c: c.index)
        self.title, self.told = told[0], told[1:]
        self.open: list[tuple[str, Group]] = []
        self.unread = [_extent(row) for row in reading.rows if row.kind == "unplaced"]

    def left_out(self) -> Iterator[Span]:
        """The cells of columns that only describe: 总投资, 建设规模."""
        for column in self.reading.with_role("foreign"):
            for row in self.data:
                cell = row.cells[column.index] if column.index < len(row.cells) else None
                if cell is not None and cell.paragraphs:
                    yield Span(cell.paragraphs[0].start, cell.paragraphs[-1].end)

    def remarks(self) -> Iterator[Remark]:
        """Numbers that no row of a task holds, and those that stand under a part of the year."""
        in_parts: list[str] = []
        for column in self.of_others:
            yield Remark("column_left_out", f"what is asked of another area is in no task: {column.heading}")
        if len(self.areas) > 1 and not self.of_others:
            message = f"columns are of several areas, and a task holds them all: {'、'.join(self.areas)}"
            yield Remark("areas_not_told_apart", message)
        for column in self.reading.columns:
            cells = [self.texts.lines(row.cells[column.index]) for row in self.data if column.index < len(row.cells)]
            has_numbers = any(re.search("[0-9]", text) for text in cells)
            if column.role == "foreign" and has_numbers:
                is_planned = re.search("计划|目标|年度|20[0-9]{2}年", column.heading) is not None
                message = f"numbers of a column only describe and are in no other table: {column.heading}"
                yield Remark("column_left_out", message, "warning" if is_planned else "info")
            elif column.role in ("text", "step") and has_numbers and _PART_OF_YEAR.search(column.heading):
                in_parts.append(column.heading)
        if in_parts:
            message = f"what is promised under {'、'.join(in_parts)} is for that part of the year, which period_text does not say"
            yield Remark("period_of_column", message)

    def _groups(self, column: Column) -> bool:
        """Whether a column of text groups rows: one cell, or the same words, for rows with serials of their own.

        A serial that is merged with the cell is the task's, and the cell its title.
        """
        cells = [row.cells[column.index] for row in self.data]
        texts = ["".join(self.texts.lines(cell).split()) for cell in cells]
        serials = [row.cells[self.serial.index] if self.serial is not None else None for row in self.data]
        repeats = sum(
            bool(text) and text == text_above and (self.serial is None or serial is not serial_above)
            for text, text_above, serial, serial_above in zip(texts[1:], texts, serials[1:], serials, strict=False)
        )
        return repeats >= (1 - _REPEATS) * len(cells)

    # --- rows that belong together ---

    def rows(self) -> Iterator[TaskRow]:
        for part in self._parts():
            row = self._task(part)
            if row is not None:
                yield row
            else:
                self.unread += [_extent(row) for row in part.rows]

    def _parts(self) -> Iterator[_Part]:
        part: _Part | None = None
        last_serial: Cell | None = None
        last_title: Cell | None = None
        carried: list[Group | None] = [None] * len(self.group_columns)
        for row in self.reading.rows:
            if row.kind == "group":
                if part is not None:
                    yield part
                part, last_serial, last_title = None, None, None
                carried = [None] * len(self.group_columns)
                self._open_group(row)
                continue
            if row.kind != "data":
                continue
            serial_cell = row.cells[self.serial.index] if self.serial is not None else None
            title_cell = row.cells[self.title.index]
            if part is not None and self._is_same(serial_cell, last_serial, title_cell, last_title):
                part.rows.append(row)
                continue
            if part is not None:
                yield part
            self._carry(row, carried, serial_cell)
            of_group = self._is_serial_of_group(row, serial_cell)
            serial = "" if of_group else self.texts.joined(serial_cell).strip()
            groups = (*(group for _, group in self.open), *(group for group in carried if group is not None))
            part = _Part([row], groups, serial)
            last_serial, last_title = serial_cell, title_cell
        if part is not None:
            yield part

    def _is_same(
        self, serial: Cell | None, last_serial: Cell | None, title: Cell | None, last_title: Cell | None
    ) -> bool:
        """Whether a row goes on with the task of the row before: their titles, and serials if any, are one cell."""
        if title is None or title is not last_title:
            return False
        return serial is None or serial is last_serial or not self.texts.lines(serial).strip()

    def _is_serial_of_group(self, row: Row, serial: Cell | None) -> bool:
        """A serial merged over several rows with titles of their own numbers their group."""
        if serial is None or serial.row_span < 2:
            return False
        title = row.cells[self.title.index]
        return title is not None and title.row_span < serial.row_span

    def _carry(self, row: Row, carried: list[Group | None], serial: Cell | None) -> None:
        """The merged, repeated or once printed group cells that a row stands under."""
        for place, column in enumerate(self.group_columns):
            cell = row.cells[column.index]
            if cell is None or not cell.paragraphs or is_nothing(self.texts.lines(cell)):
                continue
            group = self._group([cell])
            if serial is not None and place == 0 and not group.ordinal and self._is_serial_of_group(row, serial):
                found = read_serial(self.texts.joined(serial))
                if found is not None:
                    group = Group(found.text, found.number, group.title, group.spans)
            if (before := carried[place]) is None or before.title != group.title or before.ordinal != group.ordinal:
                carried[place] = group
                carried[place + 1 :] = [None] * (len(carried) - place - 1)

    def _open_group(self, row: Row) -> None:
        """A group row closes those of its kind of label, and what stands under them."""
        cells = [cell for cell in own_cells(row.cells, row.index) if cell.paragraphs]
        group = self._group(cells)
        label = self._label(" ".join(dict.fromkeys(self.texts.joined(cell).strip() for cell in cells)))
        kind = label.kind if label else "chinese" if group.ordinal else ""
        kinds = [kind for kind, _ in self.open]
        if kind in kinds:
            del self.open[kinds.index(kind) :]
        self.open.append((kind, group))

    def _label(self, folded: str) -> Label | None:
        return match_label(folded, 0, len(folded))

    def _group(self, cells: Sequence[Cell]) -> Group:
        """A group from its cells: one with label and title, or a serial and a title."""
        texts = [self.texts.joined(cell).strip() for cell in cells]
        spans = tuple(Span(p.start, p.end) for cell in cells for p in cell.paragraphs)
        printed = "".join(self.notice.text[p.start : p.end] for p in cells[-1].paragraphs)
        label = self._label(texts[-1])
        if label is not None and label.end < len(texts[-1]):
            return Group(label.printed, label.ordinal, group_title(printed), spans)
        if len(texts) > 1 and (serial := read_serial(texts[0])) is not None:
            return Group(texts[0], serial.number, group_title(printed), spans)
        return Group("", 0, group_title(printed), spans)

    # --- one task ---

    def _task(self, part: _Part) -> TaskRow | None:
        serial = read_serial(part.serial) if part.serial else None
        title_cell = next(
            (cell for row in part.rows if (cell := row.cells[self.title.index]) is not None and cell.paragraphs), None
        )
        told = self._cells(part.rows, self.told)
        if title_cell is None and told:
            title_cell, told = told[0], told[1:]
        if title_cell is None:
            return None
        if _TOTAL.fullmatch(self.texts.joined(title_cell).strip()) or _TOTAL.fullmatch(part.serial.strip()):
            return None
        piece = self._piece(title_cell)
        label = None
        if piece.spans:
            first = piece.spans[0]
            label = match_label(self.notice.folded, first.start, first.end)
            if label is not None and label.kind != "circled" and label.end < first.end:
                piece.spans[0] = Span(label.end, first.end)
        title, text = self._title_and_text(piece.spans, bool(told))
        offices: dict[str, list[Office]] = {role: [] for role in OFFICE_ROLES}
        named = list(piece.offices)
        limits = [piece.time_limit]
        for cell in told:
            more = self._piece(cell)
            text += more.spans
            named += more.offices
            limits.append(more.time_limit)
        own = [
            found
            for column in self.reading.with_role(*OFFICE_ROLES)
            for cell in self._cells(part.rows, [column])
            if not self.reading.is_unplaced(cell)
            for found in offices_under(self.notice, cell, column)
        ]
        for role, office in (*own, *named):
            if all(office.name != other.name for other in offices[role]):
                offices[role].append(office)
        for column in self.reading.with_role("time"):
            limits += [self._printed(cell) for cell in self._cells(part.rows, [column])]
        limit = "、".join(dict.fromkeys(limit for limit in limits if limit))
        cells = [cell for row in part.rows for cell in own_cells(row.cells, row.index) if cell.paragraphs] or [
            title_cell
        ]
        start = min(cell.paragraphs[0].start for cell in (*cells, title_cell))
        end = max(cell.paragraphs[-1].end for cell in (*cells, title_cell))
        printed, ordinal = part.serial, serial.number if serial else 0
        if serial is None and label is not None and label.kind != "circled":
            printed, ordinal = label.printed, label.ordinal
        return TaskRow(printed, ordinal, tuple(title), tuple(text), offices, limit, part.groups, start, end)

    def _cells(self, rows: Sequence[Row], columns: Sequence[Column]) -> list[Cell]:
        """The filled cells of some rows in some columns, each once, row by row."""
        found: dict[int, Cell] = {}
        for row in rows:
            for column in columns:
                cell = row.cells[column.index]
                if cell is not None and cell.paragraphs and not is_nothing(self.texts.lines(cell)):
                    found.setdefault(id(cell), cell)
        return list(found.values())

    def _printed(self, cell: Cell) -> str:
        return "".join(self.notice.text[p.start : p.end] for p in cell.paragraphs).strip()

    def _piece(self, cell: Cell) -> _Piece:
        """The lines of a cell without the clauses that say who answers, which are read."""
        piece = _Piece()
        for paragraph in cell.paragraphs:
            cursor = paragraph.start
            for clause in [*find_clauses(self.notice.text, self.notice.folded, paragraph.start, paragraph.end), None]:
                until = clause.start if clause else paragraph.end
                if self.notice.folded[cursor:until].strip(" 。"):
                    piece.spans.append(_stripped(self.notice.folded, cursor, until))
                if clause is not None:
                    piece.offices += [(a.role, office) for a in clause.assignments for office in a.offices]
                    piece.time_limit = piece.time_limit or clause.time_limit
                    cursor = clause.end
        return piece

    def _title_and_text(self, spans: Sequence[Span], has_more: bool) -> tuple[list[Span], list[Span]]:
        """The heading sentence and the rest. A short title cell beside cells of text is a title as a whole."""
        if not spans:
            return [], []
        folded = self.notice.folded
        length = sum(len(span) for span in spans)
        if has_more and length <= _LONGEST_TITLE:
            return self._without_end(list(spans)), []
        first = spans[0]
        if (
            len(spans) > 1
            and len(first) <= _SHORT_LINE
            and not re.search("[,、]$", folded[first.start : first.end])
            and self._begins_anew(spans[1])
        ):
            return self._without_end([first]), list(spans[1:])
        title: list[Span] = []
        for place, span in enumerate(spans):
            stop = self._heading_end(span, is_first=not title)
            if stop is None:
                title.append(span)
                continue
            title.append(Span(span.start, stop))
            rest = [Span(stop, span.end)] if folded[stop : span.end].strip() else []
            return self._without_end(title), [*(_stripped(folded, s.start, s.end) for s in rest), *spans[place + 1 :]]
        return self._without_end(title), []

    def _begins_anew(self, span: Span) -> bool:
        """Whether a line is no mere rest of the one before it: it has a label, or is a sentence."""
        folded = self.notice.folded
        if match_label(folded, span.start, span.end) is not None:
            return True
        return len(span) > _SHORT_LINE // 2 and folded[span.end - 1] in "。;"

    def _heading_end(self, span: Span, is_first: bool) -> int | None:
        """Where the heading sentence ends in a line: behind its first 。 or an early colon; ``None``: not in it."""
        folded = self.notice.folded
        stop = folded.find("。", span.start, span.end)
        colon = folded.find(":", span.start, min(span.end, span.start + 25)) if is_first else -1
        if (
            colon > span.start + 3
            and (stop < 0 or colon < stop)
            and not re.search("[,;、]", folded[span.start : colon])
        ):
            return colon + 1
        return stop + 1 if stop >= 0 else None

    def _without_end(self, spans: list[Span]) -> list[Span]:
        """A title without its final mark."""
        last = spans[-1]
        end = last.end
        while end > last.start and self.notice.folded[end - 1] in _END_MARKS:
            end -= 1
        return [*spans[:-1], Span(last.start, end)] if end > last.start else spans


def _extent(row: Row) -> Span:
    """The stretch of text of a row's cells."""
    cells = [cell for cell in row.cells if cell is not None and cell.paragraphs]
    return Span(min(cell.paragraphs[0].start for cell in cells), max(cell.paragraphs[-1].end for cell in cells))


def _stripped(folded: str, start: int, end: int) -> Span:
    """A stretch without blanks at its ends."""
    while start < end and folded[start] == " ":
        start += 1
    while end > start and folded[end - 1] == " ":
        end -= 1
    return Span(start, end)
