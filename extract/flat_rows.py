"""Lines shared out among the columns of a copied table, so that every line reads as what its column holds.

The search goes line by line. At a line, a state says which column comes next, which serial was last, and what the row
has so far; a move takes some lines as a cell, leaves columns out at a cost, closes the row, or reads a group row or the
headings again. The best way through all lines is the reading. What lies in ways nearly as good, and not in the best, is
doubtful: ``flat_grid`` says so and does not choose.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.flat_cells import Cells
from extract.flat_headings import Header
from extract.flat_ratings import IMPOSSIBLE, POOR, WORST
from extract.line_looks import is_no_cell, is_sub_serial, reads_as_prose, serial_of

#: How much better the best reading must be than any other.
MARGIN = 0.9
_BEAM = 12.0
_GROUP = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.])\s*\S{2,24}")
# Rows that need no serial: a part of the row above, a sum.
_WITHIN = re.compile(r"其中|[#＃]|[-—–]{1,2}(?=.)|\([0-9一二三四五六七八九十]{1,2}\)|[①-⑳]|(?:合计|总计|小计)$")
_MOST_SERIAL = 200

# Gains and costs, in the log odds of ``flat_ratings``. What a row's missing cell costs: a domain is printed once for
# many rows, an office often; a note or the office that supports is often empty.
_LEFT_OUT = {
    "serial": IMPOSSIBLE, "domain": 0.0, "name": IMPOSSIBLE, "unit": -2.5, "value": -4.0, "office": -0.7,
    "property": -2.0, "time": -1.0, "note": -0.2, "person": -1.0, "text": -3.0,
}  # fmt: skip
_MERGED = {"domain", "office"}
_SAYING = {"value", "unit", "office", "person", "property", "time"}
_FIRST_LEFT_OUT = -6.0  # nothing above that it could be printed in
_OFFICE_OF_DOMAIN_LEFT_OUT = -2.5
_TITLE_LEFT_OUT = -1.5  # before what is done: it is printed once, above
_BARE_ROW = -3.0  # a row that says no value, office or time
_BARE_ROW_WITHOUT_SERIAL = -1.0
_GOES_ON = -2.0  # a row whose serial and title are printed once, above
_WITHOUT_SERIAL = -1.5  # a row 其中
_OTHER_START = -3.0  # an extract that does not begin with 1
_RESTART = -2.0  # 1 again under a new domain
_MISCOUNT = -5.0  # a serial left out or given twice
_GROUP_ROW = 1.5
_BARE_GROUP_ROW = -2.5  # and what the line gets as a domain
_HEADINGS_AGAIN = 2.0
_JOINED_HEADING = -3.0  # two headings read as one
_EARLY_END = -2.0  # an end before a line that might be a cell

# What a row has so far, and what stands above it.
_DOMAIN, _BARE, _FIRST, _FRESH = 1, 2, 4, 8
_BETWEEN = -1  # the column of a state between two rows


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of a reading; ``what`` is ``cell``, ``group`` (a group row), ``again`` (the headings) or ``end``.

    ``opens``: a row begins with it.
    """

    what: str
    column: int
    start: int
    end: int
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """The best way to share the lines out, the steps of ways nearly as good, and its own steps that read badly."""

    score: float
    header: Header
    steps: tuple[Step, ...]
    doubtful: tuple[Step, ...]
    poor: tuple[Step, ...]


class Effort:
    """How many moves may still be tried: a hostile text is given up, not searched for hours."""

    def __init__(self, moves: int) -> None:
        self.moves = moves


_Key = tuple[int, int, int]  # the column that comes next, the last serial, flags


class _Node:
    """A state at a line: the best score of a way to it and from it, and the moves from it as (gain, step, node)."""

    __slots__ = ("after", "at", "before", "ending", "key", "moves")

    def __init__(self, at: int, key: _Key, before: float) -> None:
        self.at, self.key, self.before, self.after = at, key, before, -math.inf
        self.ending = -math.inf  # what the score gains if the table ends here
        self.moves: list[tuple[float, Step | None, _Node]] = []


class Search:
    """The search under one reading of the headings. ``leads_repeat``: the table prints an office for each row."""

    def __init__(self, header: Header, cells: Cells, effort: Effort, leads_repeat: bool = False) -> None:
        self._header, self._cells, self._effort, self._kinds = header, cells, effort, header.kinds
        kinds = header.kinds
        self._title = next(index for index, kind in enumerate(kinds) if kind in ("name", "text"))
        self._anchor = kinds.index("serial") if "serial" in kinds else self._title
        titles = [index for index, kind in enumerate(kinds) if kind in ("name", "text")]
        # Where a row begins that shares the serial and the title of the one above.
        self._going_on = titles[1] if len(titles) == 2 and kinds[titles[1]] == "text" else None
        # A topic alone on a row: not where it might be a topic in its column, a note, or the first line of a name.
        self._bare_groups = self._anchor < self._title and not {"domain", "note"} & set(kinds)
        self._saying = {index for index, kind in enumerate(kinds) if kind in _SAYING} or set(titles[1:])
        self._skips = {
            flags: [self._skipped(column, flags, leads_repeat) for column in range(len(kinds) + 1)]
            for flags in (0, _DOMAIN, _FIRST, _FIRST | _DOMAIN)
        }
        self._levels: dict[int, dict[_Key, _Node]] = {}

    def _skipped(self, column: int, flags: int, leads_repeat: bool) -> list[tuple[int, float]]:
        """The columns that may come next, from ``column`` on, with what leaving out those before costs.

        The last is the row's end, where no column forbids to leave it out.
        """
        found, total = [], 0.0
        for target in range(column, len(self._kinds) + 1):
            found.append((target, total))
            if target < len(self._kinds):
                total += self._left_out(target, flags, leads_repeat)
            if total <= IMPOSSIBLE:
                break
        return found

    def _left_out(self, column: int, flags: int, leads_repeat: bool) -> float:
        """What it costs that a row has no cell in a column."""
        kind = self._kinds[column]
        before, after = self._kinds[column - 1] if column else "", self._kinds[column + 1 :]
        # Of offices side by side the first leads; the others support it, and are often empty.
        supports = kind == "office" == before
        if (
            kind in _MERGED
            and not supports
            and flags & _FIRST
            or kind == "office"
            and not supports
            and after[:1] == ("office",)
            and leads_repeat
        ):
            return _FIRST_LEFT_OUT
        if kind in ("name", "text") and "text" in after and before != "domain":
            return _FIRST_LEFT_OUT if flags & _FIRST else _TITLE_LEFT_OUT
        if kind == "office" and not supports and flags & _DOMAIN:
            return _OFFICE_OF_DOMAIN_LEFT_OUT
        return _LEFT_OUT[kind]

    def read(self, start: int, stop: int) -> Reading | None:
        """The best way to share ``lines[start:stop]``, or the first of them, out among the columns, if there is one."""
        root = _Node(start, (_BETWEEN, 0, 0), 0.0)
        self._levels = {start: {root.key: root}}
        nodes: list[_Node] = []
        for at in range(start, stop + 1):
            level = self._levels.pop(at, None)
            if not level or self._effort.moves <= 0:
                continue
            floor = max(node.before for node in level.values()) - _BEAM
            for node in [node for node in level.values() if node.key[0] != _BETWEEN and node.before >= floor]:
                nodes.append(node)
                self._go_on_in_row(node, level)
            for node in [node for node in level.values() if node.key[0] == _BETWEEN and node.before >= floor]:
                nodes.append(node)
                if node.key[1] and not node.key[2] & (_FRESH | _BARE):
                    node.ending = self._ending(at)
                if at < stop:
                    self._begin_row(node)
        if self._effort.moves <= 0:
            return None
        return self._best(root, nodes)

    def _ending(self, at: int) -> float:
        """What it costs that the table ends before a line: nothing before prose, a heading, a note or the end."""
        lines = self._cells.lines
        return 0.0 if at >= self._cells.stop or is_no_cell(lines[at]) else _EARLY_END

    # --- moves ---

    def _move(self, node: _Node, gain: float, step: Step, key: _Key) -> None:
        self._reach(node, gain, step, self._levels.setdefault(step.end, {}), step.end, key)

    def _reach(self, node: _Node, gain: float, step: Step | None, level: dict[_Key, _Node], at: int, key: _Key) -> None:
        self._effort.moves -= 1
        score = node.before + gain
        target = level.get(key)
        if target is None:
            target = level[key] = _Node(at, key, score)
        elif score > target.before:
            target.before = score
        node.moves.append((gain, step, target))

    def _go_on_in_row(self, node: _Node, level: dict[_Key, _Node]) -> None:
        """The next cell of the row, or its end."""
        column, serial, flags = node.key
        skips = self._skips[flags & (_DOMAIN | _FIRST)][column]
        if node.at < self._cells.stop and self._cells.marks[node.at] != "open":
            for target, cost in skips:
                if target < len(self._kinds):
                    self._take(node, target, cost, opens=False)
        if skips[-1][0] == len(self._kinds):
            cost, kept = skips[-1][1], flags & _FRESH
            if flags & _BARE:
                cost += _BARE_ROW if self._anchor < self._title else _BARE_ROW_WITHOUT_SERIAL
                # Prose below a table without serials must not become its last row.
                kept |= 0 if self._anchor < self._title else _BARE
            self._reach(node, cost, None, level, node.at, (_BETWEEN, serial, kept))

    def _begin_row(self, node: _Node) -> None:
        """The first cell of a row, a group row, or the headings again."""
        _, serial, flags = node.key
        at, line = node.at, self._cells.lines[node.at]
        if at in self._cells.again:
            end = at + self._header.end - self._header.start
            self._move(node, _HEADINGS_AGAIN, Step("again", 0, at, end), (_BETWEEN, serial, flags & _FRESH))
        if self._cells.marks[at] in ("cell", "part"):
            return
        is_first = not serial or flags & _FRESH
        for target, cost in self._skips[_FIRST if is_first else 0][0]:
            if target < len(self._kinds):
                self._take(node, target, cost, opens=True)
        if not is_first and self._anchor < self._title and _WITHIN.match(line) and not is_sub_serial(line):
            self._take(node, self._title, _WITHOUT_SERIAL, opens=True)
        if not is_first and self._going_on is not None and reads_as_prose(line):
            self._take(node, self._going_on, _GOES_ON, opens=True)
        if _GROUP.fullmatch(line):
            self._move(node, _GROUP_ROW, Step("group", 0, at, at + 1), (_BETWEEN, serial, _FRESH))
        elif self._bare_groups and (gain := dict(self._cells.options("domain", at)).get(at + 1, WORST)) > 0.0:
            self._move(node, _BARE_GROUP_ROW + gain, Step("group", 0, at, at + 1), (_BETWEEN, serial, _FRESH))

    def _take(self, node: _Node, target: int, cost: float, opens: bool) -> None:
        """The cells of a column that may begin here."""
        _, serial, flags = node.key
        kind = self._kinds[target]
        if opens:
            flags = (flags & _FRESH) | (_FIRST if not serial or flags & _FRESH else 0) | _BARE
        if target in self._saying and self._cells.lines[node.at]:
            flags &= ~_BARE
        if kind == "serial":
            serial, extra = self._numbered(self._cells.lines[node.at], serial, flags)
            if extra <= IMPOSSIBLE:
                return
            cost += extra
        if target == self._anchor:
            serial = serial or 1
            flags &= ~_FRESH
        if kind == "domain":
            flags |= _DOMAIN
        for end, gain in self._cells.options(kind, node.at):
            self._move(node, cost + gain, Step("cell", target, node.at, end, opens), (target + 1, serial, flags))

    def _numbered(self, line: str, last: int, flags: int) -> tuple[int, float]:
        """The serial that a line is, and what it costs that it does not follow on the last."""
        serial = serial_of(line)
        if not serial:
            return last, IMPOSSIBLE if not last else _WITHOUT_SERIAL if not line else 0.0
        if serial == last + 1:
            return serial, 0.0
        if not last:
            return serial, _OTHER_START if serial <= _MOST_SERIAL else IMPOSSIBLE
        if serial == 1 and flags & (_FRESH | _DOMAIN):
            return serial, 0.0 if flags & _FRESH else _RESTART
        return serial, _MISCOUNT if last <= serial <= last + 3 else IMPOSSIBLE

    # --- the best way ---

    def _best(self, root: _Node, nodes: Sequence[_Node]) -> Reading | None:
        for node in reversed(nodes):
            node.after = max((gain + target.after for gain, _, target in node.moves), default=-math.inf)
            node.after = max(node.after, node.ending)
        if root.after == -math.inf:
            return None
        steps: list[Step] = []
        node = root
        while node.after > node.ending:
            _, step, node = max(node.moves, key=lambda move: move[0] + move[2].after)
            if step is not None:
                steps.append(step)
        taken = set(steps)
        floor = root.after - MARGIN
        doubtful = [
            step for other in nodes for gain, step, target in other.moves
            if step is not None and other.before + gain + target.after > floor and step not in taken
        ]  # fmt: skip
        doubtful += [
            Step("end", 0, other.at, other.at)
            for other in nodes
            if other.before + other.ending > floor and other.at != node.at
        ]
        poor = tuple(step for step in steps if step.what == "cell" and self._is_poor(step))
        return Reading(
            root.after + _JOINED_HEADING * self._header.joined, self._header, tuple(steps), tuple(doubtful), poor
        )

    def _is_poor(self, step: Step) -> bool:
        kind = self._kinds[step.column]
        return (
            bool(self._cells.lines[step.start]) and dict(self._cells.options(kind, step.start))[step.end] < POOR[kind]
        )
