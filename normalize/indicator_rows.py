"""The rows of a table of targets as indicators: what each is called, where it belongs, and the values it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.folding import fold
from extract.model import Cell, Notice, Span
from normalize import units
from normalize.cell_kinds import Serial, is_nothing, is_office, read_serial, value_of
from normalize.cell_offices import SAME_AS_ABOVE, offices_under
from normalize.cell_texts import group_title, print_lines
from normalize.column_roles import OFFICE_ROLES, Column
from normalize.column_values import IN_BRACKETS, CellValue, Item
from normalize.columns import TableReading
from normalize.indicator_names import Name, read_name
from normalize.offices import Office
from normalize.table_parts import Row, Texts, own_cells
from normalize.value_units import Note, settle_unit, single_unit

_PART_SERIAL = re.compile(r"其中|[#]|\([0-9]{1,2}\)|[①-⑳]")
_AMOUNT = re.compile("[额量数]$")
_TOTAL = re.compile(r"合计|总计|共计|小计|总数|全[市区县省州镇](?:合计|总计)?")
#: The units that answer, by role.
Offices = dict[str, list[Office]]


def no_offices() -> Offices:
    """No units in any role."""
    return {role: [] for role in OFFICE_ROLES}


@dataclass(slots=True)
class Value:
    """A value of an indicator: one number of a cell, or a cell without one (``item`` is ``None``).

    ``unit`` is settled (cell before column before heading before caption), ``problem`` says why a printed number is not
    taken, ``number`` is its stretch of text; ``start``:``end`` that of the row; ``is_part``: 其中 makes it a part.
    ``offices`` are those that its own row names; ``bound`` is the sign that its name ends with (不低于).
    """

    column: Column
    cell: Cell | None
    state: str
    item: Item | None = None
    component: str = ""
    unit: str = ""
    problem: str = ""
    notes: list[Note] = field(default_factory=list)
    number: Span = Span(0, 0)
    is_part: bool = False
    start: int = 0
    end: int = 0
    offices: Offices = field(default_factory=no_offices)
    bound: str = ""


@dataclass(slots=True)
class Indicator:
    """One indicator. ``position`` counts the indicators of the table.

    ``has_blank``: a cell for a value is empty; ``shares_serial``: its serial is one cell with that of the one above.
    ``offices`` answer for it as a whole: those of its own row, or of all its rows where none of them is the whole;
    ``offices_of_parts`` are others that rows of its parts name.
    """

    position: int
    name: Name
    start: int
    end: int
    serial: Serial | None = None
    domain: str = ""
    property: str = ""
    values: list[Value] = field(default_factory=list)
    offices: Offices = field(default_factory=no_offices)
    offices_of_parts: Offices = field(default_factory=no_offices)
    has_blank: bool = False
    shares_serial: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row or cell that could not be read: what a check says of it."""

    code: str
    message: str
    start: int
    end: int
    severity: str = "warning"


@dataclass(slots=True)
class TableRows:
    """The indicators of one table, and what could not be read of it."""

    indicators: list[Indicator] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_rows(notice: Notice, reading: TableReading, domain: str, before: TableRows | None) -> TableRows:
    """The indicators in a table's rows. ``domain`` is its section's topic; ``before`` the rows these go on from."""
    reader = _Across(notice, reading, domain) if reading.is_across else _Down(notice, reading, domain)
    if before is not None and isinstance(reader, _Down):
        reader.go_on_from(before)
    reader.read()
    return reader.found


class _Base:
    def __init__(self, notice: Notice, reading: TableReading, domain: str) -> None:
        self.notice, self.reading, self.section_domain = notice, reading, domain
        self.texts = Texts(notice)
        self.found = TableRows()
        self.values = reading.with_role("value", "growth")
        self.offices_above: dict[int, list[tuple[str, Office]]] = {}
        self.offices_of_whole: dict[int, list[tuple[str, Office]]] = {}

    def trouble(self, code: str, message: str, row: Row, severity: str = "warning") -> None:
        start, end = self.extent(row)
        self.found.troubles.append(Trouble(code, message, start, end, severity))

    def extent(self, row: Row, *also: Cell | None) -> tuple[int, int]:
        """The stretch of text from the first to the last cell that begins in a row, and some cells more."""
        cells = [cell for cell in row.cells if cell is not None and cell.row == row.index and cell.paragraphs]
        cells += [cell for cell in also if cell is not None and cell.paragraphs]
        if not cells:
            cells = [cell for cell in row.cells if cell is not None and cell.paragraphs]
        return min(cell.paragraphs[0].start for cell in cells), max(cell.paragraphs[-1].end for cell in cells)

    def offices(self, row: Row, is_new: bool) -> Offices:
        """The units that a row's cells name, in order, none twice.

        A row of a part that names none has those of its whole; one that names its own has no others, as an empty cell
        beside them does not say that who helps with the whole helps here too.
        """
        cells = {column: row.cells[column.index] for column in self.reading.with_role(*OFFICE_ROLES)}
        is_silent = not any(
            cell is not None and cell.row == row.index and not is_nothing(self.texts.lines(cell))
            for cell in cells.values()
        )
        if is_new:
            self.offices_of_whole = {}
        found = no_offices()
        for column, cell in cells.items():
            if self.reading.is_unplaced(cell):
                continue
            text = self.texts.joined(cell).strip()
            if not text:
                self.offices_above[column.index] = self.offices_of_whole.get(column.index, []) if is_silent else []
            elif not SAME_AS_ABOVE.fullmatch(text):
                self.offices_above[column.index] = offices_under(self.notice, cell, column)
            named = self.offices_above.get(column.index, [])
            if is_new:
                self.offices_of_whole[column.index] = named
            for role, office in named:
                add_office(found, role, office)
        return found

    def cell_values(
        self, column: Column, cell: Cell, row_unit: str, component: str, may_be_named: bool = False
    ) -> Iterator[Value]:
        """The values that a cell gives under a column: one a number, or one without number; none where it is empty."""
        text = self.texts.lines(cell)
        if not text.strip():
            return
        reading = value_of(text, may_be_named)
        start, end = cell.paragraphs[0].start, cell.paragraphs[-1].end
        outer = row_unit or column.unit or self.reading.caption_unit
        is_rate = units.dimension(column.unit) == "rate" != units.dimension(row_unit)
        if row_unit and is_rate and any(other.unit != column.unit for other in self.values):
            outer = column.unit  # 户 is what the row counts, this column alone gives a share: 覆盖率目标（%）
        if column.role == "growth":
            # Plans print rates of growth and, in square brackets, what is added up over their years in one column.
            is_sum = "累计" in column.heading and any(item.scope == IN_BRACKETS for item in reading.items)
            component = "累计" if is_sum else component
            # 增减额 is an amount of the same thing, 增速 a rate.
            is_amount = not column.unit and bool(_AMOUNT.search(column.component))
            outer = row_unit if is_sum else outer if is_amount else column.unit
        if self.is_shared_badly(column, cell, reading):
            yield Value(
                column,
                cell,
                "unread",
                None,
                component,
                outer,
                "a cell over several columns: which of them its numbers belong to can't be told",
                [],
                Span(start, end),
            )
            return
        if reading.state != "values":
            problem = "the cell holds a number that could not be read for certain" if reading.state == "unread" else ""
            if reading.state == "words" and is_office(text):
                problem = "the cell names units in place of a value"
            yield Value(column, cell, reading.state, None, component, single_unit(outer), problem, [], Span(start, end))
            return
        for item in reading.items:
            unit, problem, notes = settle_unit(item, outer)
            parts = [component, item.component] if item.component != component else [component]
            value = Value(
                column, cell, "values", None if problem else item, " ".join(filter(None, parts)), unit, problem, notes,
                Span(start + item.start, start + item.end), item.is_part,
            )  # fmt: skip
            yield value
            if problem and len(reading.items) == 1:
                return

    def is_shared_badly(self, column: Column, cell: Cell, reading: CellValue) -> bool:
        """A cell over several value columns that holds several numbers: which is whose can't be told."""
        if cell.column_span == 1:
            return False
        under = [c for c in self.values if cell.column <= c.index < cell.column + cell.column_span]
        return len(under) > 1 and (
            len(reading.items) > 1 or reading.state == "unread" or self.reading.is_unplaced(cell)
        )


class _Down(_Base):
    """A table with an indicator a row."""

    def __init__(self, notice: Notice, reading: TableReading, domain: str) -> None:
        super().__init__(notice, reading, domain)
        self.name = reading.first("name")
        self.serial = reading.first("serial")
        self.domain = reading.first("domain")
        self.unit = reading.first("unit")
        self.component = reading.first("component")
        self.property = reading.first("property")
        self.group = self.carried = self.row_unit = ""
        self.last: Indicator | None = None
        self.in_parts = False
        self.last_name: Cell | None = None
        self.last_serial: Cell | None = None
        self.last_row: Row | None = None
        self.named_rows: set[int] = set()
        self.above: dict[str, str] = {}
        labelled = [row for row in reading.rows if row.kind == "data" and self._label_of(row)]
        self.signs_are_parts = len(labelled) < sum(row.kind == "data" for row in reading.rows)

    def go_on_from(self, before: TableRows) -> None:
        """The table goes on from another: its domain holds on, and its first rows may be parts."""
        if before.indicators:
            self.last = before.indicators[-1]
            self.carried = self.last.domain
            named = [(role, office) for role, offices in self.last.offices.items() for office in offices]
            self.offices_of_whole = {column.index: named for column in self.reading.with_role(*OFFICE_ROLES)[:1]}
            self.found.indicators = before.indicators

    def cell(self, row: Row, column: Column | None) -> Cell | None:
        return row.cells[column.index] if column is not None else None

    def _label_of(self, row: Row) -> bool:
        text = self.texts.joined(self.cell(row, self.name))
        return bool(re.match(r"[①-⑳]|\([0-9]{1,2}\)", text.strip()))

    def read(self) -> None:
        rows = [row for row in self.reading.rows if row.kind == "data"]
        for row, after in zip(rows, rows[1:], strict=False):
            if self._has_no_name(after) and any(self._numbers(after)) or self._repeats_name(row, after):
                self.named_rows |= {row.index, after.index}
        for row in self.reading.rows:
            if row.kind == "group" and not self._is_lone_indicator(row):
                self._take_group(row)
            elif row.kind == "unplaced":
                self.trouble(
                    "row_not_understood", "the row is short, and which of its cells are missing can't be told", row
                )
            elif row.kind in ("data", "group"):
                self._take(row)

    def _has_no_name(self, row: Row) -> bool:
        """Whether neither name nor serial stands in a row: those above hold on, as where merges were lost."""
        cells = (self.cell(row, self.name), self.cell(row, self.serial))
        return all(cell is None or not cell.paragraphs for cell in cells)

    def _repeats_name(self, row: Row, after: Row) -> bool:
        """Whether a row has the name and the serial of the one above, as where a merged cell was copied to each row."""
        pairs = [(self.cell(row, column), self.cell(after, column)) for column in (self.name, self.serial)]
        texts = [(self.texts.joined(one).strip(), self.texts.joined(other).strip()) for one, other in pairs]
        return bool(texts[0][0]) and all(one == other for one, other in texts)

    def _is_lone_indicator(self, row: Row) -> bool:
        """A lone name where another column holds the groups is an indicator without anything."""
        if self.domain is None or self.name is None:
            return False
        cell = row.cells[self.name.index]
        return cell is not None and cell.column == self.name.index and cell.column_span == 1 and bool(cell.paragraphs)

    def _take_group(self, row: Row) -> None:
        cells = [cell for cell in own_cells(row.cells, row.index) if cell.paragraphs]
        cells = [cell for cell in cells if cell.row_span == 1] or cells
        printed = list(dict.fromkeys(print_lines(self.notice, cell) for cell in cells))
        self.group = group_title(printed[-1])
        self.carried = ""
        self.in_parts = False

    def _take(self, row: Row) -> None:
        domain_cell = self.cell(row, self.domain)
        if domain_cell is not None and (printed := print_lines(self.notice, domain_cell).strip()):
            if not is_nothing(fold(printed)) and not SAME_AS_ABOVE.fullmatch(printed):
                self.carried = group_title(printed)
        name_cell = self.cell(row, self.name)
        if name_cell is None or not name_cell.paragraphs:
            self._take_nameless(row)
            return
        unit_cell = self.cell(row, self.unit)
        unit = "" if unit_cell is name_cell else self._printed_once("unit", unit_cell)
        if any(unit_cell is row.cells[column.index] for column in self.values):
            unit = ""
        serial_text = self.texts.joined(self.cell(row, self.serial)).strip()
        name = read_name(print_lines(self.notice, name_cell), self.serial is not None and bool(serial_text), unit)
        if is_total(name.text):
            self.trouble("total_left_out", f"a row of sums is no indicator: {name.text}", row, "info")
            return
        repeats = self.last_row is not None and self._repeats_name(self.last_row, row)
        goes_on = self.last is not None and (name_cell is self.last_name or repeats)
        self.last_name, self.last_row = name_cell, row
        component = self._component(row)
        is_new = False
        if goes_on and self.last is not None:
            indicator = self.last
            self._widen(indicator, row)
        elif self.last is not None and self._is_part(row, name, serial_text):
            indicator = self.last
            self.in_parts = True
            component = " ".join(filter(None, (name.text, component)))
            self._widen(indicator, row)
        else:
            self.in_parts, is_new = False, True
            indicator = self._new(row, name, name_cell, serial_text)
        if not goes_on:
            self.row_unit = unit or name.unit or (indicator.name.unit if indicator.name is not name else "")
        elif unit:
            self.row_unit = unit
        of_part = self.in_parts or bool(component) and any(not value.component for value in indicator.values)
        offices = self._offices_of(indicator, row, is_new, of_part)
        self._add_values(indicator, row, component, offices, name.bound or indicator.name.bound)

    def _take_nameless(self, row: Row) -> None:
        """A row without name belongs to the indicator above where each of its values says what it is of (居民62)."""
        if not any(self._numbers(row)):
            return
        cells = [cell for column in self.values if (cell := row.cells[column.index]) is not None and cell.paragraphs]
        items = [item for cell in cells for item in value_of(self.texts.lines(cell), True).items]
        if self.last is None or not items or not all(item.component for item in items):
            self.trouble("row_without_name", "a row gives numbers and no name of what they are of", row)
            return
        self._widen(self.last, row)
        self._add_values(self.last, row, "", self._offices_of(self.last, row, False, self.in_parts), self.last.name.bound)

    def _printed_once(self, what: str, cell: Cell | None) -> str:
        """The folded text of a cell without blanks; 同上 takes it from the row above."""
        text = "".join(self.texts.joined(cell).split())
        if SAME_AS_ABOVE.fullmatch(text):
            return self.above.get(what, "")
        if is_nothing(text):
            return ""
        self.above[what] = text
        text = text.removeprefix("单位:")
        return text[1:-1] if re.fullmatch(r"\([^()]*\)", text) else text

    def _component(self, row: Row) -> str:
        cell = self.cell(row, self.component)
        if cell is None or cell is self.cell(row, self.name) or not cell.paragraphs:
            return ""
        text = print_lines(self.notice, cell).strip()
        return "" if is_nothing(fold(text)) else re.sub(r"^其中[：:]?", "", text).strip()

    def _is_part(self, row: Row, name: Name, serial_text: str) -> bool:
        if _PART_SERIAL.match(serial_text):
            return True
        serial_cell = self.cell(row, self.serial)
        merged = serial_cell is not None and serial_cell.row < row.index
        if self.serial is not None and serial_text and not is_nothing(serial_text) and not merged:
            return False
        if name.is_part:
            return self.signs_are_parts or not self._label_of(row)
        return self.in_parts and self.serial is not None and not serial_text

    def _new(self, row: Row, name: Name, name_cell: Cell, serial_text: str) -> Indicator:
        start, end = self.extent(row, name_cell)
        serial = read_serial(serial_text) if serial_text else None
        if serial is None and name.serial:
            serial = read_serial(name.serial)
        domain = self.carried or self.group or self.section_domain
        property_cell = self.cell(row, self.property)
        property_text = print_lines(self.notice, property_cell).strip() if property_cell is not None else ""
        indicator = Indicator(
            len(self.found.indicators) + 1, name, start, end, serial, domain,
            "" if is_nothing(fold(property_text)) else "".join(property_text.split()),
        )  # fmt: skip
        serial_cell = self.cell(row, self.serial)
        indicator.shares_serial = serial_cell is not None and serial_cell is self.last_serial
        self.last_serial = serial_cell
        if serial_text and serial is None and not is_nothing(serial_text):
            self.trouble("serial_not_understood", f"the serial can't be read: {serial_text}", row)
        self.found.indicators.append(indicator)
        self.last = indicator
        return indicator

    def _offices_of(self, indicator: Indicator, row: Row, is_new: bool, of_part: bool) -> Offices:
        """A row's units, which are the indicator's too, or those of its parts where the row is of one."""
        offices = self.offices(row, is_new)
        for role, named in offices.items():
            for office in named:
                if not of_part:
                    add_office(indicator.offices, role, office)
                elif all(office.name != other.name for other in indicator.offices[role]):
                    add_office(indicator.offices_of_parts, role, office)
        return offices

    def _widen(self, indicator: Indicator, row: Row) -> None:
        start, end = self.extent(row)
        indicator.start, indicator.end = min(indicator.start, start), max(indicator.end, end)

    def _numbers(self, row: Row) -> Iterator[bool]:
        for column in self.values:
            cell = row.cells[column.index]
            yield cell is not None and value_of(self.texts.lines(cell)).state in ("values", "unread")

    def _add_values(self, indicator: Indicator, row: Row, component: str, offices: Offices, bound: str) -> None:
        name_cell = self.cell(row, self.name)
        start, end = self.extent(row, name_cell)
        may_be_named = row.index in self.named_rows or name_cell is not None and name_cell.row_span > 1
        for column in self.values:
            cell = row.cells[column.index]
            if cell is None or not cell.paragraphs:
                indicator.has_blank = True
                continue
            own = " ".join(filter(None, (component, column.component)))
            for value in self.cell_values(column, cell, self.row_unit, own, may_be_named):
                value.start, value.end = min(start, value.number.start), max(end, value.number.end)
                value.is_part = value.is_part or self.in_parts or column.is_part
                value.offices, value.bound = offices, bound
                indicator.values.append(value)


def add_office(offices: Offices, role: str, office: Office) -> None:
    """Add a unit to those of its role, where no other of them has its name."""
    if all(office.name != other.name for other in offices[role]):
        offices[role].append(office)


class _Across(_Base):
    """A table with an indicator a column, and a place or unit a row."""

    def read(self) -> None:
        place = self.reading.first("place")
        by_name: dict[str, Indicator] = {}
        for row in self.reading.rows:
            if row.kind == "unplaced":
                self.trouble(
                    "row_not_understood", "the row is short, and which of its cells are missing can't be told", row
                )
                continue
            if row.kind != "data" or place is None:
                continue
            cell = row.cells[place.index]
            component = "".join(print_lines(self.notice, cell).split()) if cell is not None else ""
            if not component:
                self.trouble("row_without_name", "a row gives numbers and no place or unit that they are for", row)
                continue
            start, end = self.extent(row)
            for column in self.values:
                indicator = by_name.get(column.name)
                if indicator is None:
                    name = read_name(column.name, True)
                    name = replace(name, unit=name.unit or column.unit)
                    domain = group_title(column.group) if column.group else self.section_domain
                    indicator = Indicator(len(by_name) + 1, name, start, end, domain=domain)
                    by_name[column.name] = indicator
                    self.found.indicators.append(indicator)
                value_cell = row.cells[column.index]
                if value_cell is None or not value_cell.paragraphs:
                    indicator.has_blank = True
                    continue
                indicator.end = max(indicator.end, end)
                own = " ".join(filter(None, (component, column.component)))
                # The unit in a heading of its own (增速（%）) is nearer than that of the name over it.
                for value in self.cell_values(column, value_cell, column.unit or indicator.name.unit, own):
                    value.start, value.end = start, end
                    value.is_part = value.is_part or column.is_part
                    value.bound = indicator.name.bound
                    indicator.values.append(value)


def is_total(component: str) -> bool:
    """Whether a row of a table with indicators across is the sum of the others."""
    return bool(_TOTAL.fullmatch(fold(component)))
