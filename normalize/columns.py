"""What a table is (of targets, of tasks, of something else) and what each of its columns holds.

Headings say what a column may hold, its cells decide. Nothing goes by the place of a column. What can't be told stays
without a role, and is told in the reading's remarks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.model import Cell, Notice, Paragraph, Table
from normalize.cell_kinds import MOST, fits, is_nothing, is_office, share
from normalize.column_roles import (
    OFFICE_ROLES,
    SURE,
    TEXT_ROLES,
    Column,
    combine,
    fit_of,
    is_money,
    names_in_heading,
    role_by_cells,
    role_of,
    without_brackets,
)  # fmt: skip
from normalize.column_siblings import growth_word, name_in_caption, part_in, settle_growth, settle_part
from normalize.heading_areas import Claim, marks
from normalize.headings import Heading, join_path
from normalize.measures import unit_in_caption
from normalize.short_rows import WIDEST, find_places
from normalize.table_kinds import Remark, has_numbers, judge, settle_scopes
from normalize.table_parts import Row, TableParts, Texts, split_table

_LINES_ABOVE = 3
_LONGEST_CAPTION = 80
_PLACE = re.compile(
    r"(?:全[市区县省州镇]|.{1,8}(?:镇|乡|街道|[市区县州旗盟]|村|社区|园区|开发区|管委会|林场|农场|办事处|中心|学校|中学|小学|局|公司))"
    r"(?:\(.{1,12}\))?|合计|总计|小计|全区|全市|全县"
)
_GOES_ON = re.compile(
    r"[(\[]?\s*(?:续\s*(?:上)?\s*表?|接上表|表?\s*\(续\)|续前表)\s*[0-9一二三四五六七八九十]*\s*[)\]]?"
)
_MOST_CONTINUED = 8
#: Cells looked at to tell what a column holds: enough to know, however long the table is.
_LOOKED_AT = 400


@dataclass(slots=True)
class TableReading:
    """A table read: ``kind`` is ``targets``, ``tasks`` or ``other``, ``reason`` says why.

    ``rows`` are the rows in order, those of data with their cells under the columns that they belong to. ``above`` is
    what stands above the headings: the lines before the table, its title rows. ``is_across``: indicators are columns.
    ``goes_on``: it has no headings and continues the table before. ``is_rebuilt``: the reader put it together from lines.
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
    is_rebuilt: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def is_unplaced(self, cell: Cell | None) -> bool:
        """Whether a cell of a rebuilt table lies over several columns because nobody knows under which it stood."""
        return self.is_rebuilt and cell is not None and 1 < cell.column_span < len(self.columns)

    def with_role(self, *roles: str) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    def first(self, *roles: str) -> Column | None:
        return next(iter(self.with_role(*roles)), None)


def read_table(notice: Notice, table: Table, level: str = "") -> TableReading:
    """What a table is and what its columns hold; one without headings may go on from the table right before it.

    ``level`` is that of the area that issues the notice (市, 县), where it is known.
    """
    if table.hint == "metadata":
        return TableReading("other", "it is the field block of the page")
    parts = split_table(notice, table)
    if not parts.rows:
        return TableReading("other", "it is larger than any table that is read")
    before = None if parts.has_header else _headed_table_before(notice, table, level)
    return _Reader(notice, table, parts, level).read(before)


def table_before(notice: Notice, table: Table) -> Table | None:
    """The table right before one, with nothing but 续表 between them."""
    index = _block_place(notice, table) - 1
    if (
        index >= 0
        and isinstance(block := notice.blocks[index], Paragraph)
        and _GOES_ON.fullmatch(notice.folded, block.start, block.end)
    ):
        index -= 1
    found = notice.blocks[index] if index >= 0 else None
    return found if isinstance(found, Table) and found.hint != "metadata" else None


def _headed_table_before(notice: Notice, table: Table, level: str) -> TableReading | None:
    """The reading of the table with headings that a table without goes on from."""
    for _ in range(_MOST_CONTINUED):
        before = table_before(notice, table)
        if before is None or before.columns != table.columns:
            return None
        parts = split_table(notice, before)
        if parts.has_header:
            return _Reader(notice, before, parts, level).read(None)
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
        # A line that ends a sentence is text; right above the table it may still introduce it.
        if found and notice.folded[block.end - 1] in "。;:!":
            break
        found.insert(0, notice.folded[block.start : block.end])
    return found


def _block_place(notice: Notice, table: Table) -> int:
    """The place of a table among the blocks of its notice."""
    return bisect_left(notice.blocks, table.start, key=lambda block: block.start)


class _Reader:
    def __init__(self, notice: Notice, table: Table, parts: TableParts, level: str) -> None:
        self.level = level
        self.texts = Texts(notice)
        self.parts = parts
        self.is_rebuilt = table.hint == "rebuilt"
        self.width = table.columns
        titles = [self.texts.joined(cell) for row in parts.of_kind("title") for cell in row.cells[:1]]
        self.above = [*lines_above(notice, table), *titles]
        self.paths = list(parts.headings)
        self.headings = [combine(path) for path in self.paths]
        self.data = parts.of_kind("data")
        # A few rows that are longer than the headings have a cell too many: which one can't be told.
        headed = max((index + 1 for index, path in enumerate(self.paths) if path), default=self.width)
        too_long = [row for row in self.data if any(self.texts.lines(cell).strip() for cell in row.cells[headed:])]
        self.too_long = {row.index for row in too_long} if 2 * len(too_long) < len(self.data) else set()
        fitting = [row for row in self.data if row.index not in self.too_long]
        if self.too_long:
            self.width = headed
        # Rows that are short for a merged cell printed once have their cells under wrong headings.
        self.whole = [row for row in fitting if None not in row.cells[: self.width]] or fitting
        self.remarks: list[Remark] = []

    def read(self, before: TableReading | None) -> TableReading:
        if not self.parts.has_header and before is not None and len(before.columns) == self.width:
            columns: list[Column] = list(before.columns)
        elif self.parts.has_header:
            self._settle_headings()
            columns = [self._column(index) for index in range(self.width)]
            columns = settle_scopes(self._named(columns), self._cells)
        else:
            columns = self._named(self._bare_columns())
        is_across = any(column.name for column in columns)
        unit = next((unit for line in reversed(self.above) if (unit := unit_in_caption(line))), "")
        reading = TableReading(
            "other", "", tuple(columns), above=tuple(self.above), caption_unit=unit, is_across=is_across,
            has_header=self.parts.has_header, is_rebuilt=self.is_rebuilt, remarks=self.remarks,
        )  # fmt: skip
        reading.rows = tuple(self._placed(row, columns) for row in self.parts.rows)
        if before is not None and not self.parts.has_header and len(before.columns) == self.width:
            reading.kind, reading.reason, reading.is_across = (
                before.kind,
                "it goes on from the table before",
                before.is_across,
            )
            reading.above, reading.caption_unit, reading.goes_on = before.above, before.caption_unit, True
        else:
            reading.kind, reading.reason = "other", "it has no rows of data"
            if self.data:
                verdict = judge(columns, self._cells, self.above, self.parts.has_header)
                reading.kind, reading.reason = verdict.kind, verdict.reason
                reading.remarks += verdict.remarks
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
        if (
            not 3 <= self.width <= WIDEST
            or self.headings[last].text
            or any(not heading.text for heading in self.headings[:last])
        ):
            return
        if not any(text.strip() for text in self._cells(last)):
            return
        scores = []
        for gap in range(self.width):
            shifted = [*self.headings[:gap], Heading(""), *self.headings[gap:last]]
            scores.append(sum(fit_of(heading, self._cells(index)) for index, heading in enumerate(shifted)))
        best = max(range(self.width), key=lambda gap: (scores[gap], -gap))
        if scores[best] > scores[last]:
            self.headings = [*self.headings[:best], Heading(""), *self.headings[best:last]]
            self.paths = [*self.paths[:best], (), *self.paths[best:last]]
            self.remarks.append(
                Remark(
                    "heading_missing",
                    f"the headings are one fewer than the columns: column {best + 1} has none",
                    "info",
                )
            )

    def _column(self, index: int) -> Column:
        heading = self.headings[index]
        cells = self._cells(index)
        shown = join_path(self.paths[index])
        role = role_of(heading, cells)
        if not heading.text:
            role = role_by_cells(cells)
        component = growth_word(heading) if role == "growth" else heading.part
        may_be_text = "text" in heading.roles
        if role not in ("", "value", "growth"):
            return Column(index, role, shown, may_be_text=may_be_text, area=heading.area)
        return Column(
            index, role, shown, heading.kind, heading.year, heading.relative, heading.unit, component, area=heading.area
        )  # fmt: skip

    def _bare_columns(self) -> list[Column]:
        """The columns of a table without headings: a lone one of numbers holds the values."""
        columns = [Column(index, role_by_cells(self._cells(index)), "") for index in range(self.width)]
        numbers = [
            column for column in columns if not column.role and share("value", self._cells(column.index)) >= SURE
        ]
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
        """Columns for values that nothing is filled in to hold none. Words are text where no column has numbers.

        But where headings speak of indicators, 全覆盖 is a value.
        """
        values = [column for column in columns if column.role == "value"]
        filled = [column for column in values if any(not is_nothing(text) for text in self._cells(column.index))]
        if filled:
            for column in values:
                if column not in filled:
                    columns[column.index] = replace(column, role="note")
        values = filled
        if any(has_numbers(self._cells(column.index)) for column in values) or any(
            "指标" in column.heading for column in columns
        ):
            return
        for column in values:
            if share("text", self._cells(column.index)) > MOST:
                columns[column.index] = replace(column, role="text")

    def _share_names(self, columns: list[Column]) -> None:
        """Of several columns that may hold names, the one that does; those left of it group."""
        named = [column for column in columns if column.role == "name"]
        has_values = any(column.role == "value" for column in columns)
        if not named and has_values:
            loose = [
                c
                for c in columns
                if c.role in ("text", "step")
                or not c.role
                and not c.heading
                and share("text", self._cells(c.index)) > MOST
            ]
            named = sorted(loose, key=lambda c: (c.role != "text", c.index))[:1]
            if not named:
                named = [c for c in columns if c.role == "domain" and self._distinct(c.index) > MOST][-1:]
        if not named:
            return
        if len(named) > 1 and len({column.heading for column in named}) == 1 and self._span_both(named):
            # One heading over two columns: what the indicator is, and what part of it.
            keep, parts = named[0], named[1:]
            for column in parts:
                columns[column.index] = replace(column, role="component")
        else:
            sure = [column for column in named if "指标" in column.heading] or named
            keep = max(sure, key=lambda c: (self._distinct(c.index) > MOST, c.index))
            for column in named:
                if column is not keep:
                    is_group = column.index < keep.index and not any(
                        c.role == "domain" and c.index < column.index for c in columns
                    )
                    columns[column.index] = replace(column, role="domain" if is_group else "note")
        columns[keep.index] = replace(keep, role="name")
        domains = [column for column in columns if column.role == "domain"]
        for column in domains[1:]:
            # Of several levels of groups the outermost is the domain.
            columns[column.index] = replace(column, role="subdomain")

    def _span_both(self, columns: Sequence[Column]) -> bool:
        """Whether cells go over all of some columns: names without parts beside names with them."""
        first, last = columns[0].index, columns[-1].index
        return any(
            row.cells[first] is not None and row.cells[first] is row.cells[last] for row in self.whole[:_LOOKED_AT]
        )

    def _one_serial(self, columns: list[Column]) -> None:
        serials = [column for column in columns if column.role == "serial"]
        anchor = next((c.index for c in columns if c.role in TEXT_ROLES), 0)
        keep = min(serials, key=lambda c: (c.index > anchor, abs(anchor - c.index)), default=None)
        for column in serials:
            if column is not keep:
                columns[column.index] = replace(column, role="group_serial")

    def _find_across(self, columns: list[Column]) -> None:
        """A table with indicators across: places or units in one column, the names in the headings of the others."""
        place = next(
            (c for c in columns if c.role in ("place", *OFFICE_ROLES) and self._distinct(c.index) > MOST), None
        )
        if place is None:
            place = next((c for c in columns if not c.role and self._are_places(self._cells(c.index))), None)
        if place is None:
            return
        found = [
            (column, names) for column in columns
            if column.index != place.index and (column.role in ("", "value", "time", "unit", "growth") or is_money(self.headings[column.index]))
            if (names := names_in_heading(self.paths[column.index])) or column.role in ("value", "growth") or part_in(self.paths[column.index])
            if share("value", self._cells(column.index)) > MOST
        ]  # fmt: skip
        # Where one heading stands over several names, that row of headings groups them all.
        pairs = {(names[0], names[1]) for _, names in found if len(names) > 1}
        has_groups = len({group for group, _ in pairs}) < len(pairs)
        of_caption = name_in_caption(self.above)
        if not of_caption and not any(names for _, names in found):
            return
        if of_caption and any(not names and c.role == "value" and not part_in(self.paths[c.index]) for c, names in found):
            message = f"no heading says what the numbers are of, the line above the table does: {of_caption}"
            self.remarks.append(Remark("name_from_caption", message, "info"))
        columns[place.index] = replace(place, role="place")
        before: Column | None = None
        for column, names in found:
            heading, part = self.headings[column.index], part_in(self.paths[column.index])
            is_growth = column.role == "growth"
            group, name = (names[0], "".join(names[1:])) if has_groups and len(names) > 1 else ("", "".join(names))
            if not names:
                # 其中:大豆 and 增长 are of what stands before them; else the caption says what all numbers are of.
                group, name = (before.group, before.name) if before is not None and (part or is_growth) else ("", of_caption)
            columns[column.index] = Column(
                column.index, "growth" if is_growth else "value", column.heading, heading.kind, heading.year, heading.relative,
                heading.unit, growth_word(heading) if is_growth else heading.part, name, group, area=heading.area,
            )  # fmt: skip
            if part:
                same = [c for c in columns if c.name == name]
                columns[column.index] = settle_part(columns[column.index], same, part)
            before = columns[column.index]

    def _are_places(self, cells: Sequence[str]) -> bool:
        shown = [text for text in cells if not is_nothing(text)]
        return bool(shown) and sum(
            bool(_PLACE.fullmatch("".join(text.split()))) or is_office(text) for text in shown
        ) > MOST * len(shown)

    def _tell_values_apart(self, columns: list[Column]) -> None:
        """Value columns of one year and kind differ by what their headings say else: 城镇目标值, 底线值, 上半年."""
        has_name = any(column.role == "name" for column in columns)
        for column in list(columns):
            heading = self.headings[column.index]
            if (
                not column.role
                and has_name
                and heading.text
                and not heading.roles
                and share("value", self._cells(column.index)) > MOST
            ):
                if part := part_in(self.paths[column.index]):
                    own = replace(
                        column, kind=heading.kind, year=heading.year, relative=heading.relative, unit=heading.unit, area=heading.area
                    )  # fmt: skip
                    columns[column.index] = settle_part(own, columns, part)
                # Places across, indicators down.
                elif _PLACE.fullmatch(without_brackets(heading.text)):
                    place = without_brackets(heading.text)
                    columns[column.index] = replace(column, role="value", component=place, area=heading.area)
        columns[:] = settle_growth(columns, self.paths)
        self._mark_areas(columns)
        for column in list(columns):
            # 全年目标 beside 上半年目标
            if column.role == "value" and not column.component and "全年" in column.heading:
                same = [
                    c
                    for c in columns
                    if c.role == "value" and (c.name, c.kind, c.year) == (column.name, column.kind, column.year)
                ]
                if any(c.component for c in same):
                    columns[column.index] = replace(column, component="全年")
        groups: dict[tuple[object, ...], list[Column]] = {}
        for column in columns:
            if column.role == "value":
                groups.setdefault(
                    (column.name, column.kind, column.year, column.relative, column.component), []
                ).append(column)
        for same in groups.values():
            if len(same) < 2:
                continue
            words = [self.headings[column.index].rest for column in same]
            if len(set(words)) < len(words):
                # The same heading under others that no list knows: 城区 over 2025年, 镇区 over 2025年.
                words = ["".join(names_in_heading(self.paths[column.index][:-1])) for column in same]
            if len(set(words)) == len(words):
                for column, word in zip(same, words, strict=True):
                    columns[column.index] = replace(column, component=column.component or word)
                continue
            for column in same[1:]:
                columns[column.index] = replace(column, role="")
                self.remarks.append(
                    Remark("column_not_understood", f"two columns seem to hold the same values: {column.heading}")
                )

    def _mark_areas(self, columns: list[Column]) -> None:
        """Values of another area than the issuer's, and those that another level has set, say so."""
        valued = [column for column in columns if column.role in ("value", "growth")]
        is_split = any(column.component and not column.area and not column.is_part and not self.headings[column.index].roles for column in valued)
        claims = [Claim(column.area, column.name, column.kind, column.year) for column in valued]
        for column, area in zip(valued, marks(claims, self.level), strict=True):
            # 全县 beside 甲镇, 乙镇 is one of the places; alone it is what the issuer's name says.
            if not column.area or is_split:
                continue
            component = "" if column.component == column.area else column.component
            columns[column.index] = replace(column, component=" ".join(filter(None, (area, component))))

    # --- rows ---

    def _is_domain_in_place_of_name(
        self, cells: Sequence[Cell], places: Sequence[int], columns: Sequence[Column]
    ) -> bool:
        """Whether a short row would get for its name what groups other rows: then it is the name that it lacks."""
        domain = next((column.index for column in columns if column.role == "domain"), None)
        if domain is None or domain in places:
            return False
        groups = {"".join(text.split()) for text in self._cells(domain)}
        named = [cell for cell, place in zip(cells, places, strict=True) if columns[place].role == "name"]
        return any("".join(self.texts.lines(cell).split()) in groups for cell in named)

    def _placed(self, row: Row, columns: Sequence[Column]) -> Row:
        """A row with its cells under their columns, where it is short because a merged cell was printed once."""
        if row.index in self.too_long:
            return Row(row.index, "unplaced", row.cells)
        if len(row.cells) > self.width:
            row = Row(row.index, row.kind, row.cells[: self.width])
        if row.kind != "data" or row.cells[-1] is not None or self.width < 3:
            return row
        cells = [cell for cell in row.cells if cell is not None]
        if any(cell.column_span > 1 or cell.row_span > 1 for cell in cells) or len(cells) < 2:
            misfits = any(
                fits(column.role, self.texts.lines(cell)) is False
                for column, cell in zip(columns, row.cells, strict=True) if cell is not None and column.role
            )  # fmt: skip
            return Row(row.index, "unplaced", row.cells) if misfits else row
        cells_at = find_places([self.texts.lines(cell) for cell in cells], columns)
        if cells_at is None or self._is_domain_in_place_of_name(cells, cells_at, columns):
            return Row(row.index, "unplaced", row.cells)
        placed: list[Cell | None] = [None] * self.width
        for cell, column in zip(cells, cells_at, strict=True):
            placed[column] = cell
        return Row(row.index, row.kind, tuple(placed))
