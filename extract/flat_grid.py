"""A reading of the lines of a copied table as a grid: rows, merged cells that were printed once, cells in doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, product
from types import MappingProxyType

from extract.flat_headings import Place
from extract.flat_rows import Reading, Step
from extract.line_looks import ends_sentence

# Columns whose cells are printed once for several rows.
_MERGED = {"domain", "office", "person", "time"}
# Columns whose cells may well be empty.
_OPTIONAL = {"note", "serial"}
# A text shorter than this is odd in a column of prose.
_SHORT = 12


@dataclass(slots=True)
class FlatTable:
    """A rebuilt table over ``lines[start:end]``.

    ``unplaced`` are cells that hold what could not be told apart, each over all the columns that it may belong to;
    ``merged`` are headings, with how many cells were taken to be printed once for several rows; ``missing`` are
    headings, with how many rows have no cell there.
    """

    start: int
    end: int
    rows: int
    columns: int
    places: list[Place]
    unplaced: list[Place] = field(default_factory=list)
    merged: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)


def _empty(table: FlatTable) -> Iterator[Place]:
    """Cells without lines at the places of a grid that no other covers."""
    covered = {spot for place in table.places for spot in product(place.rows, place.columns)}
    for row in range(table.rows):
        for column in range(table.columns):
            if (row, column) not in covered:
                yield Place(row, column, 1, 1, table.start, table.start)


class Refused(Exception):
    """The table can't be put together, and why."""


@dataclass(slots=True)
class _Row:
    what: str
    start: int
    end: int
    cells: list[Step]


class GridOf:
    """The grid of a reading."""

    def __init__(self, reading: Reading, lines: Sequence[str]) -> None:
        self._reading, self._lines, self._kinds = reading, lines, reading.header.kinds
        self._rows: list[_Row] = []
        for step in reading.steps:
            if step.opens:
                self._rows.append(_Row(step.what, step.start, step.end, []))
            if step.what == "cell":
                self._rows[-1].end = step.end
                if self._lines[step.start]:
                    self._rows[-1].cells.append(step)
        self._rows = [row for row in self._rows if row.what != "cell" or row.cells]

    def leads_repeat(self) -> bool:
        """Whether the first of two columns of offices prints the same in two rows on end: then it merges none."""
        pairs = [
            column for column in range(len(self._kinds)) if self._kinds[column : column + 2] == ("office", "office")
        ]
        return any(self._repeats(column, beside=column + 1) for column in pairs)

    def _repeats(self, column: int, beside: int | None = None) -> bool:
        """Whether a column prints the same in two rows on end, of one domain.

        Rows without a cell in the column ``beside`` don't count.
        """
        last = ""
        for row in self._rows:
            printed = "".join(
                line for cell in row.cells if cell.column == column for line in self._lines[cell.start : cell.end]
            )
            if beside is not None and all(cell.column != beside for cell in row.cells):
                printed = ""
            if any(self._kinds[cell.column] == "domain" for cell in row.cells):
                last = ""
            if printed and printed == last:
                return True
            last = printed
        return False

    def table(self) -> FlatTable:
        """The cells of the lines that were shared out at their places; ``Refused`` where too much is in doubt."""
        self._check_topics()
        return self.placed(self._doubts())

    def placed(self, doubts: Mapping[int, Place] = MappingProxyType({})) -> FlatTable:
        """The cells at their places, those merged that were printed once; of a row with doubts, one cell for these."""
        header, kinds = self._reading.header, self._kinds
        table = FlatTable(header.start, self._reading.steps[-1].end, header.rows, len(kinds), list(header.places))
        merging = {column for column in range(len(kinds)) if self._merges(column)}
        last: dict[int, int] = {}  # column → the index of the cell above
        for index, row in enumerate(self._rows):
            at = table.rows
            table.rows += header.rows if row.what == "again" else 1
            if row.what == "cell":
                self._add_row(table, row, at, doubts.get(index), last, merging)
                continue
            last.clear()
            if row.what == "group":
                table.places.append(Place(at, 0, 1, len(kinds), row.start, row.end))
            else:
                shift = row.start - header.start
                table.places += [
                    replace(place, row=at + place.row, start=place.start + shift, end=place.end + shift)
                    for place in header.places
                ]
        table.places += _empty(table)
        table.places.sort(key=lambda place: (place.row, place.column))
        return table

    def _check_topics(self) -> None:
        """Where there is a column of notes, a topic that comes back is rather a note of the row above."""
        if "note" not in self._kinds:
            return
        printed = [
            "".join(self._lines[cell.start : cell.end])
            for row in self._rows
            for cell in row.cells
            if self._kinds[cell.column] == "domain"
        ]
        runs = [text for text, _ in groupby(printed)]
        if len(set(runs)) < len(runs):
            raise Refused("it is not clear which lines are topics and which are notes")

    def _merges(self, column: int) -> bool:
        kind = self._kinds[column]
        beside = column and kind == "office" and self._kinds[column - 1] == "office"
        return kind in _MERGED and not beside and (kind == "domain" or not self._repeats(column))

    def _add_row(
        self, table: FlatTable, row: _Row, at: int, doubt: Place | None, last: dict[int, int], merging: set[int]
    ) -> None:
        """The cells of a row, and the cells above that reach down to it."""
        own = {cell.column: Place(at, cell.column, 1, 1, cell.start, cell.end) for cell in row.cells}
        if doubt:
            own = {column: place for column, place in own.items() if column not in doubt.columns}
            own[doubt.column] = replace(doubt, row=at)
            table.unplaced.append(own[doubt.column])
        filled = {column for place in own.values() for column in place.columns}
        reached = self._reached(own, filled, merging)
        for column, kind in enumerate(self._kinds):
            above = last.pop(column, None)
            if column in filled:
                continue
            if above is not None and column in reached:
                place = table.places[above]
                table.merged[self._heading(column)] += place.row_span == 1
                table.places[above] = replace(place, row_span=at - place.row + 1)
                last[column] = above
            elif kind not in _OPTIONAL:
                table.missing[self._heading(column)] += 1
        for place in own.values():
            if place.column_span == 1:
                last[place.column] = len(table.places)
            table.places.append(place)

    def _reached(self, own: Mapping[int, Place], filled: set[int], merging: set[int]) -> set[int]:
        """The columns in which a cell above may reach down to a row, which has cells of its own in others."""
        kinds = self._kinds
        serial = kinds.index("serial") if "serial" in kinds else None
        # A row without a serial is a part of the one above, and has its office.
        is_part = serial is not None and serial not in filled
        once = {column for column, kind in enumerate(kinds) if kind in _MERGED} if is_part else merging
        # What is printed once for the rows of a domain ends with it, save a domain over that one.
        domain = min((column for column in own if kinds[column] == "domain"), default=len(kinds))
        reached = {column for column in once if domain == len(kinds) or kinds[column] == "domain" and column < domain}
        # Where a row has no title before what is done, its title stands above; its serial too, if it begins with that.
        done = min(
            (column for column in own if kinds[column] == "text" and {"text", "name"} & set(kinds[:column])), default=0
        )
        reached |= {column for column in range(done) if column != serial or done == min(own)}
        return reached

    def _heading(self, column: int) -> str:
        """What stands over a column."""
        over = [place for place in self._reading.header.places if column in place.columns]
        place = max(over, key=lambda place: place.row)
        return "".join(self._lines[place.start : place.end])

    # --- doubts ---

    def _doubts(self) -> dict[int, Place]:
        """For rows (by index) with lines in doubt, the one cell that holds these.

        ``Refused`` where not only the columns but the rows are in doubt, or too many cells.
        """
        starts = [row.start for row in self._rows]
        doubtful: dict[int, list[Step]] = {}
        poor: dict[int, Place] = {}
        for step in self._reading.doubtful:
            if step.what == "cell" and not self._lines[step.start]:
                continue  # a cell known to be empty
            index = bisect_right(starts, step.start) - 1
            row = self._rows[index]
            if (
                step.what != "cell"
                or row.what != "cell"
                or step.end > row.end
                or step.opens != (step.start == row.start)
            ):
                raise Refused(f"it is not clear where rows end near {self._lines[step.start - 1]!r}")
            doubtful.setdefault(index, []).append(step)
        for step in (*self._reading.poor, *self._odd()):
            index = bisect_right(starts, step.start) - 1
            if "serial" not in self._kinds:
                raise Refused(f"a line does not read as its column does: {self._lines[step.start]!r}")
            # Where the fault lies is not known: all of the row behind its serial is in doubt.
            poor[index] = self._behind_serial(self._rows[index], step)
        found = {index: self._doubt(self._rows[index], steps) for index, steps in doubtful.items() if index not in poor}
        held = [{self._kinds[column] for column in place.columns} for place in found.values()]
        rows = sum(row.what == "cell" for row in self._rows)
        if (
            any(kinds & {"serial", "domain"} for kinds in held)
            or 3 * (sum(len(kinds) > 1 for kinds in held) + len(poor)) > rows
        ):
            raise Refused("the lines can be shared out among the columns in more than one way")
        return found | poor

    def _behind_serial(self, row: _Row, poor: Step) -> Place:
        """One cell over all of a row that stands behind its serial; ``poor`` is what reads badly in it."""
        serial = self._kinds.index("serial")
        behind = [cell for cell in row.cells if cell.column > serial]
        if poor not in behind or row.cells[0].column > serial:
            raise Refused(f"a line does not read as its column does: {self._lines[poor.start]!r}")
        return Place(0, serial + 1, 1, len(self._kinds) - serial - 1, behind[0].start, behind[-1].end)

    def _odd(self) -> Iterator[Step]:
        """Cells of prose in a column of titles, and the other way round."""
        for column, kind in enumerate(self._kinds):
            if kind not in ("text", "name"):
                continue
            cells = [cell for row in self._rows for cell in row.cells if cell.column == column]
            prose = {cell for cell in cells if any(map(ends_sentence, self._lines[cell.start : cell.end]))}
            if 4 * len(prose) <= len(cells):
                yield from (cell for cell in cells if cell in prose)
            elif 4 * len(prose) >= 3 * len(cells):
                short = (cell for cell in cells if sum(map(len, self._lines[cell.start : cell.end])) < _SHORT)
                yield from (cell for cell in short if cell not in prose)

    def _doubt(self, row: _Row, steps: Sequence[Step]) -> Place:
        """One cell over all lines and columns of a row that are in doubt."""
        start, end = min(step.start for step in steps), max(step.end for step in steps)
        first, last = min(step.column for step in steps), max(step.column for step in steps)
        for _ in row.cells:  # each cell taken in may reach to another
            for cell in row.cells:
                if cell.start < end and cell.end > start or first <= cell.column <= last:
                    start, end = min(start, cell.start), max(end, cell.end)
                    first, last = min(first, cell.column), max(last, cell.column)
        return Place(0, first, 1, last - first + 1, start, end)
