"""A table that a copy of a page flattened to one cell paragraph a line, put together again to a grid.

The heading lines say which columns there are; the lines below are shared out among them so that every line reads as what
its column holds, serials go on by one, and merged cells (a domain, an office for several rows) are printed once. Where two
ways to share them out are near one another, none is taken: a table that is not rebuilt is said, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extract.flat_cells import IMPOSSIBLE, LINES, heading_kind, is_value, score, serial_of
from extract.folding import fold_key

#: How much better the best reading must be than any other.
MARGIN = 0.9
_BEAM = 18.0
_MOST_HEADINGS = 16
_MOST_READINGS = 160
_TRIAL = 48
_MERGED = {"domain", "office"}
_GROUP = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.])\s*\S{2,24}")
_WITHIN = re.compile(r"(?:其中|#|＃|[-—–]{1,2})|\([0-9一二三四五六七八九十]{1,2}\)|[①-⑳]")
_PROSE = re.compile(r".*[。;!?]$")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the rebuilt grid: its place, and the lines (from, to) that it holds."""

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int


@dataclass(slots=True)
class FlatTable:
    """A rebuilt table over ``lines[start:end]``. ``unplaced`` are rows whose values can't be told apart: one cell holds them."""

    start: int
    end: int
    rows: int
    columns: int
    places: list[Place]
    unplaced: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that look like a table and could not be put together, and why."""

    start: int
    end: int
    cause: str


@dataclass(frozen=True, slots=True)
class _Header:
    kinds: tuple[str, ...]
    places: tuple[Place, ...]
    rows: int
    start: int
    end: int


_Step = tuple[str, int, int, int]  # what ("cell", "span", "group", "again"), column, first line, line after the last
_Path = tuple["_Path | None", _Step]


@dataclass(slots=True)
class _Reading:
    score: float
    header: _Header
    end: int
    path: _Path | None

    def steps(self) -> list[_Step]:
        found, path = [], self.path
        while path is not None:
            path, step = path
            found.append(step)
        return found[::-1]


def find_tables(lines: Sequence[str]) -> list[FlatTable | Unread]:
    """The flattened tables among folded lines, in order: rebuilt, or said to be unread."""
    found: list[FlatTable | Unread] = []
    position = 0
    kinds = [heading_kind(fold_key(line)) for line in lines]
    while position < len(lines):
        end = _headings_end(lines, kinds, position)
        if not end:
            position += 1
            continue
        table = _Rebuilder(lines, kinds, position, end).rebuild()
        found.append(table)
        position = table.end
    return sorted([*found, *_headless(lines, found)], key=lambda table: table.start)


def _headings_end(lines: Sequence[str], kinds: Sequence[str], start: int) -> int:
    """Where a run of headings that begins at a line ends; 0 where none begins there."""
    if not kinds[start]:
        return 0
    index, named, last = start, 0, start
    while index < len(lines) and index - start < 2 * _MOST_HEADINGS and len(lines[index]) <= 16:
        if kinds[index]:
            named, last = named + 1, index
        elif lines[index].startswith("(") and lines[index].endswith(")"):
            last = index
        elif index - last > 1 or serial_of(lines[index]) or is_value(lines[index]):
            break
        index += 1
    held = set(kinds[start : last + 1])
    if named < 3 or not held & {"name", "text"} or not held & {"value", "office", "text", "time"}:
        return 0
    return last + 1


def _headless(lines: Sequence[str], found: Sequence[FlatTable | Unread]) -> Iterator[Unread]:
    """Runs of short lines with serials and numbers that no headings stand over: tables, as it seems, that are not read."""
    taken = {line for table in found for line in range(table.start, table.end)}
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and index not in taken and len(lines[index]) <= 40 and not _PROSE.match(lines[index]):
            continue
        run = range(start, index)
        serial = 0
        for line in run:
            serial += serial_of(lines[line]) == serial + 1
        if len(run) >= 12 and serial >= 3 and sum(is_value(lines[line]) for line in run) >= len(run) // 4:
            yield Unread(start, index, "no column headings that are known")
        start = index + 1


class _Rebuilder:
    def __init__(self, lines: Sequence[str], kinds: Sequence[str], start: int, end: int) -> None:
        self._lines, self._kinds, self._start, self._end = lines, kinds, start, end
        self._scores: dict[tuple[str, int, int], float] = {}
        self._stop = self._find_stop()
        lengths = sorted(len(line) for line in lines[end : self._stop] if len(line) > 4)
        self._width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 8

    def _find_stop(self) -> int:
        """Where the lines of cells end at the latest: at prose."""
        stop = self._end
        allowed = 200 if "text" in self._kinds[self._start : self._end] else 70
        while stop < len(self._lines) and len(self._lines[stop]) <= allowed:
            line = self._lines[stop]
            if allowed == 70 and _PROSE.match(line) and len(line) > 16 or re.match(r"注\s*[:0-9]|备注\s*:|说明\s*:|附件\s*[:0-9]", line):
                break
            stop += 1
        return stop

    def rebuild(self) -> FlatTable | Unread:
        """The grid of the table below the headings, if one reading of the lines is clearly the best."""
        headers = list(self._headers())
        trial = min(self._stop, self._end + _TRIAL)
        ranked = sorted((self._read(header, trial)[:1] for header in headers), key=lambda found: -found[0].score if found else 0.0)
        best = [self._read(found[0].header, self._stop) for found in ranked[:4] if found]
        readings = sorted((reading for found in best for reading in found), key=lambda reading: -reading.score)
        if not readings:
            return Unread(self._start, self._unread_end(), "the lines below the headings don't fit them")
        first = readings[0]
        rows = sum(1 for step in first.steps() if step[0] in ("cell", "span") and self._opens_row(first, step))
        if rows < 2:
            return Unread(self._start, self._unread_end(), "the lines below the headings don't fit them")
        if len(readings) > 1 and first.score - readings[1].score < MARGIN:
            return Unread(self._start, max(first.end, self._unread_end()), "the lines can be shared out among the columns in more than one way")
        if self._goes_on(first):
            return Unread(self._start, self._unread_end(), f"the lines fit the headings only down to the row of {self._lines[first.end - 1]!r}")
        return self._table(first)

    def _opens_row(self, reading: _Reading, step: _Step) -> bool:
        kinds = reading.header.kinds
        anchor = kinds.index("serial") if "serial" in kinds else next(i for i, kind in enumerate(kinds) if kind in ("name", "text"))
        return step[1] == anchor

    def _unread_end(self) -> int:
        """The end of the lines that look like cells, for saying what was not rebuilt."""
        end = self._end
        while end < self._stop and not (len(self._lines[end]) > 45 or _PROSE.match(self._lines[end]) or _GROUP.fullmatch(self._lines[end])):
            end += 1
        return max(end, self._end)

    def _goes_on(self, reading: _Reading) -> bool:
        """Whether cells seem to follow the end of a reading: the next serial, or lines that are bare numbers."""
        serials = [serial_of(self._lines[start]) for what, column, start, _ in reading.steps() if what == "cell" and reading.header.kinds[column] == "serial"]
        after = self._lines[reading.end : min(self._stop, reading.end + 12)]
        numbers = sum(is_value(line) for line in after)
        if after and (after[0].startswith(("、", ")")) or len(after[0]) <= 3 and not _GROUP.match(after[0])):
            return True
        return bool(serials and any(serial_of(line) == serials[-1] + 1 for line in after[:6])) or numbers >= 3

    # --- the headings ---

    def _headers(self) -> Iterator[_Header]:
        """The ways to read the heading lines: headings broken over lines, one row of them, or groups over a second row."""
        count = 0
        for headings in self._segmented(self._start, ()):
            flat = tuple(Place(0, column, 1, 1, start, end) for column, (start, end, _) in enumerate(headings))
            for kinds, places, rows in ((tuple(kind for _, _, kind in headings), flat, 1), *_grouped(headings)):
                if self._is_sensible(kinds):
                    yield _Header(kinds, places, rows, self._start, self._end)
                    count += 1
                    if count >= _MOST_READINGS:
                        return

    def _segmented(self, start: int, before: tuple[tuple[int, int, str], ...]) -> Iterator[tuple[tuple[int, int, str], ...]]:
        """The heading lines as headings (from, to, kind), each of one to three lines."""
        if start == self._end:
            yield before
            return
        if len(before) >= _MOST_HEADINGS:
            return
        for end in range(start + 1, min(start + 3, self._end) + 1):
            continues_bracket = end < self._end and self._lines[end].startswith("(")
            kind = self._kinds[start] if end == start + 1 else heading_kind(fold_key("".join(self._lines[start:end])))
            if kind and not (continues_bracket and not self._kinds[end]):
                yield from self._segmented(end, (*before, (start, end, kind)))

    def _is_sensible(self, kinds: tuple[str, ...]) -> bool:
        return (
            kinds.count("serial") <= 1 and kinds.count("name") <= 1 and ("name" in kinds or "text" in kinds) and len(kinds) >= 2
            and bool({"value", "office", "text", "time"} & set(kinds))
        )  # fmt: skip

    # --- the lines below ---

    def _score(self, kind: str, start: int, end: int, has_units: bool) -> float:
        key = (kind, start, end)
        if key not in self._scores:
            self._scores[key] = score(kind, list(self._lines[start:end]), self._width, has_units)
        return self._scores[key]

    def _read(self, header: _Header, stop: int) -> list[_Reading]:
        """The two best ways to share the lines out among the columns of a header."""
        self._scores.clear()
        kinds = header.kinds
        search = _Search(kinds)
        # At each line: (column that comes next, last serial, whether this row printed its domain) → the two best (score, path).
        states: dict[int, dict[_Key, list[tuple[float, _Path | None]]]] = {self._end: {(len(kinds), 0, False): [(0.0, None)]}}
        finals: list[_Reading] = []
        for at in range(self._end, stop + 1):
            here = states.pop(at, None)
            if not here:
                continue
            floor = max(paths[0][0] for paths in here.values()) - _BEAM
            for key, paths in here.items():
                column, serial, _ = key
                paths = [path for path in paths if path[0] >= floor]
                if not paths:
                    continue
                closing = search.skips(column, len(kinds), key, serial == 0)
                if serial and closing > IMPOSSIBLE / 2:
                    finals += [_Reading(value + closing, header, at, path) for value, path in paths if path is not None and path[1][0] in ("cell", "span")]
                if at < stop:
                    for gain, step, next_key, end in self._moves(search, header, key, at, stop):
                        target = states.setdefault(end, {}).setdefault(next_key, [])
                        target += [(value + gain, (path, step)) for value, path in paths]
                        target.sort(key=lambda item: -item[0])
                        del target[2:]
        finals.sort(key=lambda reading: -reading.score)
        return finals[:2]

    def _moves(self, search: _Search, header: _Header, key: _Key, at: int, stop: int) -> Iterator[tuple[float, _Step, _Key, int]]:
        """What may come next at a line: a further cell of the row, a new row, a group row, the headings again."""
        column, serial, has_domain = key
        yield from self._cells(search, column, key, at, stop, 0.0, is_new=False)
        closing = search.skips(column, len(search.kinds), key, serial == 0)
        if closing <= IMPOSSIBLE / 2:
            return
        yield from self._cells(search, 0, (0, serial, False), at, stop, closing, is_new=True)
        line = self._lines[at]
        if _GROUP.fullmatch(line):
            yield closing + 1.5, ("group", 0, at, at + 1), (len(search.kinds), -abs(serial) or -1000, True), at + 1
        size = header.end - header.start
        if serial and list(self._lines[at : at + size]) == list(self._lines[header.start : header.end]):
            yield closing + 2.0, ("again", 0, at, at + size), (len(search.kinds), serial, False), at + size

    def _cells(self, search: _Search, column: int, key: _Key, at: int, stop: int, base: float, is_new: bool) -> Iterator[tuple[float, _Step, _Key, int]]:
        kinds = search.kinds
        _, serial, has_domain = key
        is_first = serial in (0, -1000)
        for target in range(column, len(kinds)):
            block = search.block_of.get(target)
            if block is not None and target > block[0] and column <= block[0]:
                continue  # a run of value columns is entered at its first
            cost = base + search.skips(column, target, key, is_first, within=is_new and _WITHIN.match(self._lines[at]) is not None)
            if cost <= IMPOSSIBLE / 2:
                break
            kind = kinds[target]
            for end in range(at + 1, min(at + LINES[kind], stop) + 1):
                gain = self._score(kind, at, end, search.has_units)
                if gain <= IMPOSSIBLE / 2:
                    continue
                next_serial = serial
                if kind == "serial":
                    next_serial = serial_of(self._lines[at])
                    expected = {1} if is_first else {abs(serial) + 1} | ({1} if serial < 0 or has_domain else set())
                    if serial < 0 and serial != -1000:
                        expected = {abs(serial) + 1, 1}
                    if next_serial not in expected:
                        continue
                    gain -= 2.0 if next_serial == 1 and not is_first and serial > 0 else 0.0
                elif "serial" not in kinds and target == search.anchor:
                    next_serial = max(1, abs(serial) % 1000 + 1)
                next_domain = has_domain or kind == "domain"
                yield cost + gain, ("cell", target, at, end), (target + 1, next_serial, next_domain), end
            if block is not None and target == block[0]:
                for size in range(1, min(block[1] - block[0] - 1, stop - at) + 1):
                    gains = [self._score("value", line, line + 1, search.has_units) for line in range(at, at + size)]
                    if min(gains) < 0:
                        break
                    gain = sum(gains) - 3.0 * (block[1] - block[0] - size) - 1.0
                    yield cost + gain, ("span", target, at, at + size), (block[1], serial, has_domain), at + size

    # --- the grid ---

    def _table(self, reading: _Reading) -> FlatTable:
        header, kinds = reading.header, reading.header.kinds
        places = list(header.places)
        row = header.rows - 1
        column = len(kinds)
        open_cells: dict[int, int] = {}  # column → index in ``places`` of the cell that may go on below
        unplaced: list[int] = []
        printed: dict[int, set[int]] = {}
        for what, target, start, end in reading.steps():
            if what in ("group", "again") or target < column:
                row += 1
                printed[row] = set()
            if what == "group":
                places.append(Place(row, 0, 1, len(kinds), start, end))
                open_cells, column = {}, len(kinds)
                printed[row] = set(range(len(kinds)))
            elif what == "again":
                shift = start - header.start
                places += [Place(row + p.row, p.column, p.row_span, p.column_span, p.start + shift, p.end + shift) for p in header.places]
                for extra in range(header.rows):
                    printed[row + extra] = set(range(len(kinds)))
                row += header.rows - 1
                column = len(kinds)
            else:
                span = next((stop - first for first, stop in _blocks(kinds) if first == target), 1) if what == "span" else 1
                if what == "span":
                    unplaced.append(row)
                if kinds[target] == "domain":
                    # An office is printed once for rows of one domain; in the next domain a missing one is missing.
                    open_cells = {c: i for c, i in open_cells.items() if kinds[c] == "domain" and c < target}
                open_cells[target] = len(places)
                places.append(Place(row, target, 1, span, start, end))
                printed[row] |= set(range(target, target + span))
                column = target + 1
        self._merge_down(places, printed, kinds, header.rows)
        places.sort(key=lambda place: (place.row, place.column))
        return FlatTable(header.start, reading.end, row + 1, len(kinds), places, unplaced)

    def _merge_down(self, places: list[Place], printed: dict[int, set[int]], kinds: tuple[str, ...], first: int) -> None:
        """Domains and offices that are printed once reach down over the rows without one; an office not into another domain."""
        cell_at = {(place.row, place.column): index for index, place in enumerate(places)}
        for column, kind in enumerate(kinds):
            if kind not in _MERGED:
                continue
            open_index: int | None = None
            for row in sorted(printed):
                if row < first:
                    continue
                if column in printed[row]:
                    index = cell_at.get((row, column))
                    open_index = index if index is not None and places[index].column_span == 1 else None
                    continue
                starts_domain = any(kinds[c] == "domain" and (row, c) in cell_at for c in range(len(kinds)))
                if kind == "office" and starts_domain:
                    open_index = None
                if open_index is not None:
                    p = places[open_index]
                    places[open_index] = Place(p.row, p.column, row - p.row + 1, p.column_span, p.start, p.end)


_Key = tuple[int, int, bool]


def _blocks(kinds: tuple[str, ...]) -> list[tuple[int, int]]:
    """Runs of two and more value columns, as (first, after the last)."""
    found, start = [], 0
    for index in range(len(kinds) + 1):
        if index < len(kinds) and kinds[index] == "value":
            continue
        if index - start >= 2:
            found.append((start, index))
        start = index + 1
    return found


class _Search:
    """What the columns of a header allow: which may be left out, at what cost."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self.has_units = "unit" in kinds
        self.anchor = next(index for index, kind in enumerate(kinds) if kind in ("serial", "name", "text")) if "serial" not in kinds else kinds.index("serial")
        self.block_of = {column: block for block in _blocks(kinds) for column in range(*block)}

    @cached_property
    def _costs(self) -> dict[str, float]:
        return {
            "serial": IMPOSSIBLE, "domain": 0.0, "name": IMPOSSIBLE, "unit": -2.5, "value": -4.0, "office": -0.7, "property": -2.0, "time": -1.0,
            "note": -0.2, "person": -1.0, "text": -3.0,
        }  # fmt: skip

    def skips(self, start: int, end: int, key: _Key, is_first: bool, within: bool = False) -> float:
        """The cost of leaving the columns ``start`` to ``end`` of a row empty. ``within``: of a 其中 row, which may lack its serial."""
        total = 0.0
        for column in range(start, end):
            kind = self.kinds[column]
            block = self.block_of.get(column)
            if block is not None and block[0] < column < block[1] and start > block[0]:
                return IMPOSSIBLE  # a run of value columns is left at its end
            if kind == "serial" and within:
                total -= 1.5
            elif is_first and kind in _MERGED:
                total -= 6.0
            elif kind == "office" and key[2]:
                total -= 2.5
            else:
                total += self._costs[kind]
        return total


def _grouped(headings: tuple[tuple[int, int, str], ...]) -> Iterator[tuple[tuple[str, ...], tuple[Place, ...], int]]:
    """Readings of headings as two rows: one or more of the first row stand over equal shares of the second."""
    count = len(headings)
    for first in range(2, count - 1):
        below = count - first
        groups: list[tuple[int, ...]] = [(index,) for index in range(first)]
        groups += [tuple(range(start, start + size)) for size in (2, 3, 4, 5) if below % size == 0 and below > size for start in range(first - size + 1)]
        for group in groups:
            share = below // len(group)
            if share < 2 or any(headings[index][2] not in ("value", "name", "text", "office") for index in group):
                continue
            kinds: list[str] = []
            places: list[Place] = []
            column, sub = 0, first
            second: list[Place] = []
            for index in range(first):
                start, end, kind = headings[index]
                if index in group:
                    places.append(Place(0, column, 1, share, start, end))
                    for _ in range(share):
                        low, high, sub_kind = headings[sub]
                        second.append(Place(1, column, 1, 1, low, high))
                        kinds.append(sub_kind)
                        column, sub = column + 1, sub + 1
                else:
                    places.append(Place(0, column, 2, 1, start, end))
                    kinds.append(kind)
                    column += 1
            yield tuple(kinds), (*places, *second), 2
