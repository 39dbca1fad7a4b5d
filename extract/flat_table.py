"""A table that a copy of a page flattened to one cell paragraph a line, put together again to a grid.

The headings say which columns there are (``flat_headings``), the lines below are shared out among them (``flat_rows``), by
what each looks like (``flat_cells``). Here the best reading becomes a grid, with merged cells that were printed once; where
another reading is nearly as good, the cells in doubt are one cell that is said to be unplaced, or the table is not rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.flat_cells import Cells, ends_sentence, goes_on, is_value, serial_of
from extract.flat_grid import FlatTable, GridOf, Refused
from extract.flat_headings import Header, headings_end, read_headings
from extract.flat_rows import MARGIN, Effort, Reading, Search

#: Moves of the search that a notice may take, and more for each of its lines.
_MOVES, _MOVES_A_LINE = 200_000, 600
_TRIAL = 48
_MOST_FULL = 3
_NOT_CELLS = re.compile(r"注\s*[:0-9]|备注\s*:|说明\s*:|附件\s*[:0-9]")


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that look like a table and could not be put together, and why."""

    start: int
    end: int
    cause: str


def find_tables(lines: Sequence[str], marks: Sequence[str] = ()) -> list[FlatTable | Unread]:
    """The flattened tables among folded lines, in order: rebuilt, or said to be unread. ``marks`` as in ``Cells``."""
    marks = marks or [""] * len(lines)
    effort = Effort(_MOVES + _MOVES_A_LINE * len(lines))
    found: list[FlatTable | Unread] = []
    position = 0
    while position < len(lines):
        end = headings_end(lines, position)
        if not end:
            position += 1
            continue
        table = _Rebuilder(list(lines), marks, position, end, effort).rebuild()
        found.append(table)
        position = table.end
    return sorted([*found, *_headless(lines, found)], key=lambda table: table.start)


def _headless(lines: Sequence[str], found: Sequence[FlatTable | Unread]) -> Iterator[Unread]:
    """Runs of short lines with serials and numbers that no headings stand over: tables, as it seems, that are not read."""
    taken = {line for table in found for line in range(table.start, table.end)}
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and index not in taken and len(lines[index]) <= 40 and not ends_sentence(lines[index]):
            continue
        run = range(start, index)
        serial = 0
        for line in run:
            serial += serial_of(lines[line]) == serial + 1
        if len(run) >= 12 and serial >= 3 and sum(is_value(lines[line]) for line in run) >= len(run) // 4:
            yield Unread(start, index, "no column headings that are known")
        start = index + 1


class _Rebuilder:
    def __init__(self, lines: list[str], marks: Sequence[str], start: int, end: int, effort: Effort) -> None:
        self._lines, self._marks, self._start, self._end, self._effort = lines, marks, start, end, effort
        self._headers = list(read_headings(lines, start, end))
        self._stop = self._find_stop()
        self._cells = {has_units: Cells(lines, marks, end, self._stop, has_units) for has_units in (False, True)}

    def _find_stop(self) -> int:
        """Where the lines of cells end at the latest: at prose, unless a column holds prose."""
        holds_prose = any("text" in header.kinds for header in self._headers)
        longest = 2_000 if holds_prose else 90
        stop = self._end
        while stop < len(self._lines) and len(self._lines[stop]) <= longest:
            line = self._lines[stop]
            if not holds_prose and len(line) > 16 and ends_sentence(line) or _NOT_CELLS.match(line):
                break
            stop += 1
        return stop

    def rebuild(self) -> FlatTable | Unread:
        """The grid of the table below the headings, if one reading of the lines is clearly the best."""
        reading = None
        try:
            reading = self._read()
            if self._goes_on(reading):
                last = self._lines[reading.steps[-1].end - 1]
                raise Refused(f"the lines fit the headings only down to the row of {last!r}")
            return GridOf(reading, self._lines).table()
        except Refused as refusal:
            return Unread(self._start, max(self._unread_end(), reading.steps[-1].end if reading else 0), str(refusal))

    def _read(self) -> Reading:
        """The best reading of the headings and of the lines below them."""
        trial = min(self._stop, self._end + _TRIAL)
        tried = [reading for header in self._headers if (reading := self._search(header, trial))]
        tried.sort(key=lambda reading: -reading.score)
        full = [self._search(reading.header, self._stop) for reading in tried[:_MOST_FULL]] if trial < self._stop else tried
        readings = sorted((reading for reading in full if reading), key=lambda reading: -reading.score)
        if self._effort.moves <= 0:
            raise Refused("too many ways to share the lines out among the columns")
        if not readings or sum(step.opens and step.what == "cell" for step in readings[0].steps) < 2:
            raise Refused("the lines below the headings don't fit them")
        if len(readings) > 1 and readings[0].score - readings[1].score < MARGIN:
            raise Refused("the headings can be read in more than one way")
        best = readings[0]
        if best.doubtful and GridOf(best, self._lines).leads_repeat():
            best = self._search(best.header, self._stop, leads_repeat=True) or best
        return best

    def _search(self, header: Header, stop: int, leads_repeat: bool = False) -> Reading | None:
        return Search(header, self._cells["unit" in header.kinds], self._effort, leads_repeat).read(self._end, stop)

    def _unread_end(self) -> int:
        """The end of the lines that look like cells, for saying what was not rebuilt."""
        end = self._end
        while end < self._stop and not (len(self._lines[end]) > 45 or ends_sentence(self._lines[end])):
            end += 1
        return end

    def _goes_on(self, reading: Reading) -> bool:
        """Whether cells seem to follow the end of a reading: the next serial, bare numbers, the rest of a name."""
        end = reading.steps[-1].end
        after: list[str] = []
        for at in range(end, min(self._stop, end + 12)):
            if headings_end(self._lines, at):
                break
            after.append(self._lines[at])
        if not after:
            return False
        if goes_on(after[0]) or len(after[0]) <= 3:
            return True
        serials = [serial_of(self._lines[step.start]) for step in reading.steps if step.what == "cell" and reading.header.kinds[step.column] == "serial"]
        return any(serials[-1] and serial_of(line) == serials[-1] + 1 for line in after[:6] if serials) or sum(map(is_value, after)) >= 3
