"""A table that a copy of a page flattened to one cell paragraph a line, put together again to a grid.

The headings say which columns there are (``flat_headings``), the lines below are shared out among them (``flat_rows``),
by what they look like (``flat_cells``, ``flat_ratings``), and the best reading becomes a grid (``flat_grid``). Where
another is nearly as good, the cells in doubt are one cell that is said to be unplaced, or the table is not rebuilt: it
is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.flat_cells import Cells
from extract.flat_grid import FlatTable, GridOf, Refused
from extract.flat_headings import Header, heading_kinds, headings_end, read_headings
from extract.flat_rows import MARGIN, Effort, Reading, Search
from extract.line_looks import (
    begins_section,
    ends_sentence,
    goes_on,
    is_date,
    is_no_cell,
    is_office,
    is_value,
    serial_of,
)

#: Moves of the search that a notice may take, more for each of its lines, and the most; what a reading of headings
#: costs before a move is made.
_MOVES, _MOVES_A_LINE, _MOST_MOVES, _MOVES_A_HEADER = 200_000, 150, 2_000_000, 500
#: How many lines the readings of the headings are tried on; how many of the best are then read in full.
_TRIAL = 48
_MOST_FULL = 3
#: A reading that ends this many lines before those it was given ends there however many more it is given.
_LONGEST_ROW = 60
_LONGEST_CELL, _LONGEST_PROSE, _LONGEST_GROUP = 90, 2_000, 30
_NOT_CELLS = re.compile(r"注\s*[:0-9]|备注\s*:|说明\s*:|附件\s*[:0-9]")


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that look like a table and could not be put together, and why."""

    start: int
    end: int
    cause: str


def find_tables(lines: Sequence[str], marks: Sequence[str] = ()) -> list[FlatTable | Unread]:
    """The flattened tables among folded lines, in order: rebuilt, or said to be unread. ``marks`` as in ``Cells``."""
    lines, marks = list(lines), marks or [""] * len(lines)
    effort = Effort(min(_MOST_MOVES, _MOVES + _MOVES_A_LINE * len(lines)))
    found: list[FlatTable | Unread] = []
    position = 0
    while position < len(lines):
        end = headings_end(lines, position)
        if end:
            found.append(_Rebuilder(lines, marks, position, end, effort).rebuild())
            position = found[-1].end
        else:
            position += 1
    return sorted([*found, *_headless(lines, found)], key=lambda table: table.start)


def _headless(lines: Sequence[str], found: Sequence[FlatTable | Unread]) -> Iterator[Unread]:
    """Runs of short lines with serials and numbers that no known headings stand over: tables, as it seems."""
    taken = {line for table in found for line in range(table.start, table.end)}
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and index not in taken and not _parts_tables(lines[index]):
            continue
        run = lines[start:index]
        serial = 0
        for line in run:
            serial += serial_of(line) == serial + 1
        values = sum(map(is_value, run))
        if len(run) >= 12 and (serial > 3 or serial == 3 and values >= len(run) // 4 or values >= len(run) // 3):
            yield Unread(start, index, "no column headings that are known")
        start = index + 1


def _parts_tables(line: str) -> bool:
    """Whether a line can be no cell, nor a row that groups others: (一)公共教育."""
    return is_no_cell(line) and not (line.startswith("(") and len(line) <= _LONGEST_GROUP) or line.endswith(":")


class _Rebuilder:
    def __init__(self, lines: list[str], marks: Sequence[str], start: int, end: int, effort: Effort) -> None:
        self._lines, self._marks, self._start, self._end, self._effort = lines, marks, start, end, effort
        self._headers = list(read_headings(lines, start, end)) if effort.moves > 0 else []
        if "domain" in heading_kinds(lines[start]) and {"domain", "text"} & set(heading_kinds(lines[end - 1])):
            # The last line may be the first of a topic that is broken over lines: 项目 / 建设.
            self._headers += read_headings(lines, start, end - 1)
        self._holds_prose = any("text" in header.kinds for header in self._headers)
        self._holds_times = any("time" in header.kinds for header in self._headers)

    def rebuild(self) -> FlatTable | Unread:
        """The grid of the table below the headings, if one reading of the lines is clearly the best."""
        end = self._end
        try:
            reading = self._read()
            end = reading.steps[-1].end
            if self._goes_on(reading):
                raise Refused(f"the lines fit the headings only down to the row of {self._lines[end - 1]!r}")
            return GridOf(reading, self._lines).table()
        except Refused as refusal:
            while end < len(self._lines) and len(self._lines[end]) <= 45 and not ends_sentence(self._lines[end]):
                end += 1
            return Unread(self._start, end, str(refusal))

    def _stop(self, most: int) -> int:
        """Where the lines of cells end at the latest: at prose where no column holds any, or after ``most`` lines."""
        stop, last = self._end, min(len(self._lines), self._end + most)
        longest = _LONGEST_PROSE if self._holds_prose else _LONGEST_CELL
        while stop < last and len(line := self._lines[stop]) <= longest and not _NOT_CELLS.match(line):
            if not self._holds_prose and len(line) > 16 and ends_sentence(line):
                break
            if not self._holds_times and stop + 1 < len(self._lines) and is_date(self._lines[stop + 1]):
                break  # a signature
            stop += 1
        return stop

    def _read(self) -> Reading:
        """The best reading of the headings and of the lines below them."""
        readings = self._readings(self._headers, _TRIAL) if self._headers else []
        size = _TRIAL
        # A reading that goes on to the last of its lines is given more of them.
        while (
            readings
            and readings[0].steps[-1].end > self._end + size - _LONGEST_ROW
            and self._stop(size) == self._end + size
        ):
            size *= 4
            readings = self._readings([reading.header for reading in readings[:_MOST_FULL]], size)
        if self._effort.moves <= 0:
            raise Refused("too many ways to share the lines out among the columns")
        if not readings or sum(step.opens and step.what == "cell" for step in readings[0].steps) < 2:
            raise Refused("the lines below the headings don't fit them")
        if len(readings) > 1 and readings[0].score - readings[1].score < MARGIN:
            raise Refused("the headings can be read in more than one way")
        best = readings[0]
        if best.doubtful and GridOf(best, self._lines).leads_repeat():
            return (self._readings([best.header], size, leads_repeat=True) or [best])[0]
        return best

    def _readings(self, headers: Sequence[Header], most: int, leads_repeat: bool = False) -> list[Reading]:
        """How the lines read under each of the headers, the best first; at most so many lines."""
        stop = self._stop(most)
        headings = self._lines[self._start : self._end]
        cells: dict[tuple[str, ...], Cells] = {}
        found: list[Reading | None] = []
        for header in headers:
            self._effort.moves -= _MOVES_A_HEADER
            kinds = header.kinds
            if kinds not in cells:
                cells[kinds] = Cells(self._lines, self._marks, self._end, stop, kinds, headings)
            found.append(Search(header, cells[kinds], self._effort, leads_repeat).read(header.end, stop))
        return sorted((reading for reading in found if reading), key=lambda reading: -reading.score)

    def _goes_on(self, reading: Reading) -> bool:
        """Whether cells seem to follow the end of a reading: the next serial, bare numbers, the rest of a name."""
        end = reading.steps[-1].end
        after: list[str] = []
        for at in range(end, min(self._stop(end - self._end + 12), end + 12)):
            if headings_end(self._lines, at):
                break
            after.append(self._lines[at])
        if not after:
            return False
        if goes_on(after[0]) or len(after[0]) <= 3:
            return True
        kinds = reading.header.kinds
        if "serial" not in kinds:
            # A sentence may be a row more, with its office printed above.
            may_be_row = ends_sentence(after[0]) and "text" in kinds and not begins_section(after[0])
            is_cell = may_be_row or not (is_no_cell(after[0]) or is_office(after[0]))
            return is_cell or sum(map(is_value, after)) >= 3
        serials = [
            serial_of(self._lines[step.start])
            for step in reading.steps
            if step.what == "cell" and kinds[step.column] == "serial"
        ]
        return any(serial_of(line) in (1, serials[-1] + 1) for line in after[:6]) or sum(map(is_value, after)) >= 3
