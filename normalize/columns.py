"""What a table is (of targets, of tasks, of something else) and what each of its columns holds.

Headings say what a column may hold, its cells decide. Nothing goes by the place of a column. What can't be told stays
without a role, and is told in the reading's remarks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extract.folding import fold
from extract.model import Cell, Notice, Paragraph, Table
from normalize import vocabulary
from normalize.cell_kinds import MOST, fits, is_nothing, is_office, share, value_of
from normalize.headings import Heading, join_path, read_heading
from normalize.measures import is_measure, unit_in_caption
from normalize.table_parts import Row, TableParts, Texts, split_table

OFFICE_ROLES = ("lead", "responsible", "support")
_TEXT_ROLES = ("name", "text", "step")
_LINES_ABOVE = 3
_LONGEST_CAPTION = 80
_PLACE = re.compile(
    r"(?:全[市区县省州镇]|.{1,8}(?:镇|乡|街道|[市区县州旗盟]|村|社区|园区|开发区|管委会|林场|农场|办事处|中心|学校|中学|小学|局|公司))(?:\(.{1,12}\))?|合计|总计|小计|全区|全市|全县"
)
_TOTAL = re.compile(r"合计|总计|共计|小计|全[市区县省州]合?计?")
_GOES_ON = re.compile(r"[(\[]?\s*(?:续\s*(?:上)?\s*表?|接上表|表?\s*\(续\)|续前表)\s*[0-9一二三四五六七八九十]*\s*[)\]]?")
_MOST_CONTINUED = 8
#: A cell no longer than this may be a bare value, a longer one is prose.
_BARE = 16
#: The share of cells that must fit where no heading helps.
_SURE = 0.9
#: Cells looked at to tell what a column holds: enough to know, however long the table is.
_LOOKED_AT = 400
#: Where cells or headings are missing, wider tables are not put in order.
_WIDEST = 30
_MOST_MISSING = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds; ``role`` is empty where that can't be told.

    Of a value column: ``kind`` (target, baseline, actual; empty where no word says so), ``year`` or its place beside the
    target year (``relative``), ``unit`` from the heading, ``component`` where the heading says what the values are of, and
    ``name`` where the heading is the indicator's name (tables with indicators across).
    """

    index: int
    role: str
    heading: str
    kind: str = ""
    year: int | None = None
    relative: int | None = None
    unit: str = ""
    component: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of how a table was read."""

    code: str
    message: str
    severity: str = "warning"


@dataclass(slots=True)
class TableReading:
    """A table read: ``kind`` is ``targets``, ``tasks`` or ``other``, ``reason`` says why.

    ``rows`` are the rows in order, those of data with their cells under the columns that they belong to. ``above`` is what stands
    above the headings: the lines before the table and its title rows. ``is_across`` where the indicators are columns.
    """

    kind: str
    reason: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    above: tuple[str, ...] = ()
    caption_unit: str = ""
    is_across: bool = False
    has_header: bool = False
    goes_on: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def with_role(self, *roles: str) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    def first(self, *roles: str) -> Column | None:
        return next(iter(self.with_role(*roles)), None)


def read_table(notice: Notice, table: Table) -> TableReading:
    """What a table is and what its columns hold; one without headings may go on from the table right before it."""
    if table.hint == "metadata":
        return TableReading("other", "it is the field block of the page")
    parts = split_table(notice, table)
    if not parts.rows:
        return TableReading("other", "it is larger than any table that is read")
    before = None if parts.has_header else _headed_table_before(notice, table)
    return _Reader(notice, table, parts).read(before)


def table_before(notice: Notice, table: Table) -> Table | None:
    """The table right before one, with nothing but 续表 between them."""
    index = _block_place(notice, table) - 1
    if index >= 0 and isinstance(block := notice.blocks[index], Paragraph) and _GOES_ON.fullmatch(notice.folded, block.start, block.end):
        index -= 1
    found = notice.blocks[index] if index >= 0 else None
    return found if isinstance(found, Table) and found.hint != "metadata" else None


def _headed_table_before(notice: Notice, table: Table) -> TableReading | None:
    """The reading of the table with headings that a table without goes on from."""
    for _ in range(_MOST_CONTINUED):
        before = table_before(notice, table)
        if before is None or before.columns != table.columns:
            return None
        parts = split_table(notice, before)
        if parts.has_header:
            return _Reader(notice, before, parts).read(None)
        table = before
    return None


def lines_above(notice: Notice, table: Table) -> list[str]:
    """The short lines that stand right above a table, the nearest last: its caption, 单位:万人."""
    index = _block_place(notice, table)
    found: list[str] = []
    while index and len(found) < _LINES_ABOVE:
        index -= 1
        block = notice.blocks[index]
        if not isinstance(block, Paragraph) or block.end - block.start > _LONGEST_CAPTION:
            break
        found.insert(0, notice.folded[block.start : block.end])
    return found


def _block_place(notice: Notice, table: Table) -> int:
    """The place of a table among the blocks of its notice."""
    return bisect_left(notice.blocks, table.start, key=lambda block: block.start)


@cache
def _target_words() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("target_table_words"))


class _Reader:
    def __init__(self, notice: Notice, table: Table, parts: TableParts) -> None:
        self.texts = Texts(notice)
        self.parts = parts
        self.width = table.columns
        titles = [self.texts.joined(cell) for row in parts.of_kind("title") for cell in row.cells[:1]]
        self.above = [*lines_above(notice, table), *titles]
        self.data = parts.of_kind("data")
        # Rows that are short for a merged cell printed once have their cells under wrong headings.
        self.whole = [row for row in self.data if None not in row.cells] or self.data
        self.paths = list(parts.headings)
        self.headings = [_combined(path) for path in self.paths]
        self.remarks: list[Remark] = []

    def read(self, before: TableReading | None) -> TableReading:
        if not self.parts.has_header and before is not None and len(before.columns) == self.width:
            columns: list[Column] = list(before.columns)
        elif self.parts.has_header:
            self._settle_headings()
            columns = [self._column(index) for index in range(self.width)]
            columns = self._named(columns)
        else:
            columns = self._named(self._bare_columns())
        is_across = any(column.name for column in columns)
        unit = next((unit for line in reversed(self.above) if (unit := unit_in_caption(line))), "")
        reading = TableReading(
            "other", "", tuple(columns), above=tuple(self.above), caption_unit=unit, is_across=is_across,
            has_header=self.parts.has_header, remarks=self.remarks,
        )  # fmt: skip
        reading.rows = tuple(self._placed(row, columns) for row in self.parts.rows)
        if before is not None and not self.parts.has_header and len(before.columns) == self.width:
            reading.kind, reading.reason, reading.is_across = before.kind, "it goes on from the table before", before.is_across
            reading.above, reading.caption_unit, reading.goes_on = before.above, before.caption_unit, True
        else:
            reading.kind, reading.reason = self._decide(reading)
        return reading

    # --- columns ---

    def _cells(self, index: int) -> list[str]:
        """The texts of a column's data cells, a merged one once."""
        found: list[str] = []
        last: Cell | None = None
        for row in self.whole[:_LOOKED_AT]:
            cell = row.cells[index]
            if cell is not None and cell is not last and cell.column == index:
                found.append(self.texts.lines(cell))
            last = cell
        return found

    def _settle_headings(self) -> None:
        """Where the headings are one fewer than the cells below, find the column that has none."""
        last = self.width - 1
        if not 3 <= self.width <= _WIDEST or self.headings[last].text or any(not heading.text for heading in self.headings[:last]):
            return
        if not any(text.strip() for text in self._cells(last)):
            return
        scores = []
        for gap in range(self.width):
            shifted = [*self.headings[:gap], Heading(""), *self.headings[gap:last]]
            scores.append(sum(_fit_of(heading, self._cells(index)) for index, heading in enumerate(shifted)))
        best = max(range(self.width), key=lambda gap: (scores[gap], -gap))
        if scores[best] > scores[last]:
            self.headings = [*self.headings[:best], Heading(""), *self.headings[best:last]]
            self.paths = [*self.paths[:best], (), *self.paths[best:last]]
            self.remarks.append(Remark("heading_missing", f"the headings are one fewer than the columns: column {best + 1} has none", "info"))

    def _column(self, index: int) -> Column:
        heading = self.headings[index]
        cells = self._cells(index)
        shown = join_path(self.paths[index])
        role = _role_of(heading, cells)
        if not heading.text:
            role = _role_by_cells(cells)
        component = _without_brackets(heading.text) if role == "growth" else heading.part
        return Column(index, role, shown, heading.kind, heading.year, heading.relative, heading.unit, component)

    def _bare_columns(self) -> list[Column]:
        """The columns of a table without headings: a lone one of numbers holds the values."""
        columns = [Column(index, _role_by_cells(self._cells(index)), "") for index in range(self.width)]
        numbers = [column for column in columns if not column.role and share("value", self._cells(column.index)) >= _SURE]
        if len(numbers) == 1:
            columns[numbers[0].index] = replace(numbers[0], role="value")
        return columns

    def _named(self, columns: list[Column]) -> list[Column]:
        """The columns with one that holds the names, whatever its heading, and with the values told apart."""
        self._words_are_text(columns)
        self._share_names(columns)
        self._one_serial(columns)
        if not any(column.role == "name" for column in columns):
            self._find_across(columns)
        self._tell_values_apart(columns)
        return columns

    def _distinct(self, index: int) -> float:
        cells = ["".join(text.split()) for text in self._cells(index) if not is_nothing(text)]
        return len(set(cells)) / max(1, len(self.whole[:_LOOKED_AT])) if cells else 0.0

    def _words_are_text(self, columns: list[Column]) -> None:
        """Columns for values that nothing is filled in to hold none. Where no value column has a number, and no heading speaks of indicators, what stands in them is text."""
        values = [column for column in columns if column.role == "value"]
        filled = [column for column in values if any(not is_nothing(text) for text in self._cells(column.index))]
        if filled:
            for column in values:
                if column not in filled:
                    columns[column.index] = replace(column, role="note")
        values = filled
        if any(self._has_numbers(column.index) for column in values) or any("指标" in column.heading for column in columns):
            return
        for column in values:
            if share("text", self._cells(column.index)) > MOST:
                columns[column.index] = replace(column, role="text")

    def _share_names(self, columns: list[Column]) -> None:
        """Of several columns that may hold names, the one that does; those left of it group."""
        named = [column for column in columns if column.role == "name"]
        has_values = any(column.role == "value" for column in columns)
        if not named and has_values:
            loose = [c for c in columns if c.role in ("text", "step") or not c.role and not c.heading and share("text", self._cells(c.index)) > MOST]
            named = sorted(loose, key=lambda c: (c.role != "text", c.index))[:1]
            if not named:
                named = [c for c in columns if c.role == "domain" and self._distinct(c.index) > MOST][-1:]
        if not named:
            return
        if len(named) > 1 and len({column.heading for column in named}) == 1:
            # One heading over two columns: what the indicator is, and what part of it.
            keep, parts = named[0], named[1:]
            for column in parts:
                columns[column.index] = replace(column, role="component")
        else:
            sure = [column for column in named if "指标" in column.heading] or named
            keep = max(sure, key=lambda c: (self._distinct(c.index) > MOST, c.index))
            for column in named:
                if column is not keep:
                    is_group = column.index < keep.index and not any(c.role == "domain" and c.index < column.index for c in columns)
                    columns[column.index] = replace(column, role="domain" if is_group else "note")
        columns[keep.index] = replace(keep, role="name")
        domains = [column for column in columns if column.role == "domain"]
        for column in domains[1:]:
            # Of several levels of groups the outermost is the domain.
            columns[column.index] = replace(column, role="subdomain")

    def _one_serial(self, columns: list[Column]) -> None:
        serials = [column for column in columns if column.role == "serial"]
        anchor = next((c.index for c in columns if c.role in _TEXT_ROLES), 0)
        keep = min(serials, key=lambda c: (c.index > anchor, abs(anchor - c.index)), default=None)
        for column in serials:
            if column is not keep:
                columns[column.index] = replace(column, role="group_serial")

    def _find_across(self, columns: list[Column]) -> None:
        """A table with indicators across: places or units in one column, and in the headings of the others the names."""
        place = next((c for c in columns if c.role in ("place", *OFFICE_ROLES) and self._distinct(c.index) > MOST), None)
        if place is None:
            place = next((c for c in columns if not c.role and self._are_places(self._cells(c.index))), None)
        if place is None:
            return
        named = []
        for column in columns:
            if column.index == place.index or column.role not in ("", "value", "time", "unit", "growth"):
                continue
            name = _name_in_heading(self.paths[column.index])
            if name and share("value", self._cells(column.index)) > MOST:
                named.append(replace(column, role="value", name=name, component=""))
        if named:
            columns[place.index] = replace(place, role="place")
            for column in named:
                columns[column.index] = column

    def _are_places(self, cells: Sequence[str]) -> bool:
        shown = [text for text in cells if not is_nothing(text)]
        return bool(shown) and sum(bool(_PLACE.fullmatch("".join(text.split()))) or is_office(text) for text in shown) > MOST * len(shown)

    def _tell_values_apart(self, columns: list[Column]) -> None:
        """Value columns of one year and kind differ by what their headings say else: 城镇目标值, 底线值, 上半年."""
        has_name = any(column.role == "name" for column in columns)
        for column in list(columns):
            heading = self.headings[column.index]
            if not column.role and has_name and heading.text and not heading.roles and share("value", self._cells(column.index)) > MOST:
                # Places across, indicators down.
                if _PLACE.fullmatch(_without_brackets(heading.text)):
                    columns[column.index] = replace(column, role="value", component=_without_brackets(heading.text))
        groups: dict[tuple[object, ...], list[Column]] = {}
        for column in columns:
            if column.role == "value":
                groups.setdefault((column.name, column.kind, column.year, column.relative, column.component), []).append(column)
        for same in groups.values():
            if len(same) < 2:
                continue
            words = [self.headings[column.index].rest for column in same]
            if len(set(words)) == len(words):
                for column, word in zip(same, words, strict=True):
                    columns[column.index] = replace(column, component=column.component or word)
                continue
            for column in same[1:]:
                columns[column.index] = replace(column, role="")
                self.remarks.append(Remark("column_not_understood", f"two columns seem to hold the same values: {column.heading}"))

    # --- rows ---

    def _placed(self, row: Row, columns: Sequence[Column]) -> Row:
        """A row with its cells under their columns, where it is short because a merged cell was printed once."""
        if row.kind != "data" or row.cells[-1] is not None or self.width < 3:
            return row
        cells = [cell for cell in row.cells if cell is not None]
        if any(cell.column_span > 1 or cell.row_span > 1 for cell in cells) or len(cells) < 2:
            return row
        cells_at = _best_places([self.texts.lines(cell) for cell in cells], columns)
        if cells_at is None:
            return Row(row.index, "unplaced", row.cells)
        placed: list[Cell | None] = [None] * self.width
        for cell, column in zip(cells, cells_at, strict=True):
            placed[column] = cell
        return Row(row.index, row.kind, tuple(placed))

    # --- what the table is ---

    def _decide(self, reading: TableReading) -> tuple[str, str]:
        columns = reading.columns
        values = [column for column in columns if column.role == "value"]
        foreign = [column.heading for column in columns if column.role == "foreign"]
        above = " ".join(self.above)
        headings = " ".join(column.heading for column in columns)
        says_targets = bool(_target_words().search(fold(f"{above} {headings}"))) or any(column.kind == "target" for column in values)
        is_of_indicators = any(column.role == "name" and "指标" in column.heading for column in columns)
        if not self.data:
            return "other", "it has no rows of data"
        filled = [column for column in values if self._has_numbers(column.index)]
        if values and not filled and (is_of_indicators or says_targets) and not self._is_prose(values):
            return "other", "no value is filled in"
        if filled:
            if foreign and not (is_of_indicators and says_targets):
                return "other", f"it is a list with other things than targets: {'、'.join(foreign)}"
            if not any(column.role == "name" or column.name for column in columns):
                return "other", self._not_understood("no column holds names of indicators", says_targets)
            if not (says_targets or is_of_indicators):
                if self._is_task_list(columns):
                    return "tasks", "its rows are tasks"
                return "other", self._not_understood("nothing says that its numbers are targets", False)
            kinds = {self._kind(column) for column in filled}
            if not kinds & {"target", ""} and not self._is_lone_result(filled, above):
                return "other", "its numbers are results, not targets"
            if not reading.has_header:
                self.remarks.append(Remark("headings_missing", "the table has no headings: its columns are told by their cells"))
            self._remark_unread(columns)
            return "targets", f"{'names' if not reading.is_across else 'headings'} with values: {headings}"
        if foreign:
            return "other", f"it is a list with other things than tasks: {'、'.join(foreign)}"
        if any(column.role == "score" for column in columns):
            return "other", "it gives scores"
        if self._is_task_list(columns):
            return "tasks", "its rows are tasks"
        numbers = [c for c in columns if not c.role and share("value", self._cells(c.index)) > MOST]
        if numbers and says_targets:
            return "other", self._not_understood("its columns of numbers have headings that are not known", True)
        return "other", "no column holds targets or tasks"

    def _not_understood(self, why: str, is_likely: bool) -> str:
        if is_likely:
            self.remarks.append(Remark("columns_not_understood", f"the table seems to hold targets, but {why}"))
        return why

    def _has_numbers(self, index: int) -> bool:
        """Whether a column holds bare numbers, such as can't be read (1.56:1) among them, and no prose."""
        cells = self._cells(index)
        numbers = [text for text in cells if re.search("[0-9]", text) and len(text) <= _BARE]
        prose = [text for text in cells if fits("value", text) is False and len(text) > _BARE]
        return len(numbers) > 0 and len(numbers) >= len(prose)

    def _is_prose(self, values: Sequence[Column]) -> bool:
        return any(len(text) > _BARE for column in values for text in self._cells(column.index))

    def _kind(self, column: Column) -> str:
        return column.kind

    def _is_lone_result(self, values: Sequence[Column], above: str) -> bool:
        """A lone 完成值 in a table of targets is the value to be reached."""
        return len(values) == 1 and values[0].kind == "actual" and bool(_target_words().search(fold(above))) and "实际" not in values[0].heading

    def _is_task_list(self, columns: Sequence[Column]) -> bool:
        texts = [c for c in columns if c.role in ("text", "step")]
        names = [c for c in columns if c.role == "name"]
        answered = any(c.role in (*OFFICE_ROLES, "time", "people") for c in columns)
        if not texts and not (names and answered and any(c.role in ("text", "step") for c in columns)):
            return False
        longest = max(_mean_length(self._cells(c.index)) for c in (*texts, *names))
        return (answered and longest >= 4) or longest >= 12 and len(texts) >= 1

    def _remark_unread(self, columns: Sequence[Column]) -> None:
        for column in columns:
            if not column.role and any(re.search("[0-9]", text) for text in self._cells(column.index)):
                self.remarks.append(Remark("column_not_understood", f"a column of numbers was left out: {column.heading or column.index + 1}"))


def _mean_length(cells: Sequence[str]) -> float:
    lengths = [len(text) for text in cells if not is_nothing(text)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _without_brackets(text: str) -> str:
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", text)


def _combined(path: Sequence[str]) -> Heading:
    """One reading of the headings over a column, the lowest having the most to say."""
    readings = [read_heading(text) for text in path]
    if not readings:
        return Heading("")
    whole = read_heading("".join(path))
    down = readings[::-1]
    known = next((reading for reading in down if reading.roles), readings[-1])
    chosen = whole if len(readings) > 1 and whole.roles and not whole.rest else known
    return replace(
        chosen,
        kind=next((kind for reading in down if (kind := reading.kind)), ""),
        year=next((reading.year for reading in down if reading.year is not None), None),
        relative=next((reading.relative for reading in down if reading.relative is not None), None),
        part=next((reading.part for reading in down if reading.part), ""),
        unit=next((reading.unit for reading in down if reading.unit), ""),
    )


def _fit_of(heading: Heading, cells: Sequence[str]) -> float:
    """How well cells go with a heading: 1 where they fit, 0 where nothing can be said, -1 where they don't."""
    if not heading.roles:
        return 0.0
    return max(share(role, cells) for role in heading.roles) * 2 - 1 if any(text.strip() for text in cells) else 0.0


def _role_of(heading: Heading, cells: Sequence[str]) -> str:
    """The role that a heading allows and the cells bear out; the first where the cells are empty."""
    shares = {role: share(role, cells) for role in heading.roles}
    if all(value < 0 for value in shares.values()):
        return heading.roles[0] if heading.roles else ""
    is_prose = _mean_length(cells) > _BARE / 2 and share("text", cells) >= 0.5
    for role in heading.roles:
        # 职工82 under 目标 is a value that is hard to read, and no text.
        if shares[role] >= 0.5 and (role != "text" or heading.roles[0] != "value" or is_prose):
            return role
    first = heading.roles[0] if heading.roles else ""
    if len(heading.roles) == 1:
        if first in OFFICE_ROLES and share("value", cells) < 0.5 and not all(is_measure(text) for text in cells if text.strip()):
            return first  # units whose names end as no list knows
        if first == "property" and _mean_length(cells) <= 6 or first in ("people", "time", "unit") and share("value", cells) < 0.5:
            return first
        if first == "value" and any(value_of(text).state == "values" for text in cells) and _mean_length(cells) <= 12:
            return first  # words among the numbers: 完成上级任务
    if first == "value":
        return "text" if is_prose else "value"
    return ""


def _role_by_cells(cells: Sequence[str]) -> str:
    """The role of a column without a heading, where its cells leave no doubt."""
    shown = [text for text in cells if not is_nothing(text)]
    if not shown:
        return "note"
    for role in ("serial", "unit", "responsible", "property"):
        if share(role, shown) >= _SURE and (role != "serial" or _counts_up(shown)):
            return role
    return ""


def _counts_up(cells: Sequence[str]) -> bool:
    numbers = [int(text) for text in cells if text.strip().isdigit()]
    return len(numbers) == len(cells) and all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False)) and numbers[0] <= 200


def _name_in_heading(path: Sequence[str]) -> str:
    """The name of an indicator in the headings over a column: what is no date and no 任务, 进度; empty where nothing is left.

    >>> _name_in_heading(("城镇新增就业(人)", "任务")), _name_in_heading(("2023年", "目标值")), _name_in_heading(("城镇登记失业率目标数",))
    ('城镇新增就业(人)', '', '城镇登记失业率')
    """
    names: list[str] = []
    for text in path:
        reading = read_heading(text)
        if not reading.roles and not reading.is_known:
            names.append(text)
        elif reading.rest and "value" in reading.roles:
            names.append(reading.rest)
    return "".join(names)


_MAY_LACK = ("domain", "subdomain", *OFFICE_ROLES, "group_serial", "note", "people", "property")


def _best_places(texts: Sequence[str], columns: Sequence[Column]) -> list[int] | None:
    """The columns that the cells of a short row belong to, in order; ``None`` where two ways are as good."""
    missing = len(columns) - len(texts)
    if not 0 < missing <= _MOST_MISSING or len(columns) > _WIDEST:
        return None
    may_lack = [column.index for column in columns if column.role in _MAY_LACK]
    found: list[tuple[float, list[int]]] = []

    def place(position: int, lacking: int, taken: list[int], score: float) -> None:
        if position == len(columns):
            found.append((score, taken))
            return
        at = len(taken)
        if at < len(texts):
            verdict = fits(columns[position].role, texts[at]) if columns[position].role else None
            place(position + 1, lacking, [*taken, position], score + (0 if verdict is None else 1 if verdict else -2))
        if lacking and position in may_lack:
            place(position + 1, lacking - 1, taken, score)

    place(0, missing, [], 0.0)
    whole = sorted((item for item in found if len(item[1]) == len(texts)), key=lambda item: -item[0])
    if not whole or len(whole) > 1 and whole[0][0] - whole[1][0] < 1:
        return _trailing(texts, columns, whole)
    return whole[0][1]


def _trailing(texts: Sequence[str], columns: Sequence[Column], ways: Sequence[tuple[float, list[int]]]) -> list[int] | None:
    """Where cells fit in place, and only the last are missing, they stay there."""
    in_place = list(range(len(texts)))
    best = max((score for score, _ in ways), default=0.0)
    return in_place if any(taken == in_place and score == best for score, taken in ways) else None


def describe(columns: Sequence[Column]) -> str:
    """What the columns were taken for, in one line: 序号 serial; 2023年目标值 target 2023."""
    words = []
    for column in columns:
        heading = column.heading or f"({column.index + 1})"
        what = column.role or "not understood"
        if column.role == "value":
            what = " ".join(filter(None, (column.kind or "value", str(column.year or ""), column.component)))
        words.append(f"{heading}: {what}")
    counted = Counter(words)
    return "; ".join(word for word in counted)

