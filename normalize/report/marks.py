"""The canonical text cut into pieces, so that a page can mark what was found and light up the place of any row.

Every piece knows where it starts. A mark may be inside another or overlap it; a piece under several marks has the kinds of
all of them and leads to the rows of the shortest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalize.report.package_files import TextRow, span_of

#: The kinds of marks, in the order of the legend.
KINDS = ("target", "commitment", "office", "date", "citation", "unknown")

# What may stand between the numbers of one date (2023年4月24日, 2023-05-04, 2023.5), and behind its last.
_DATE_JOINT = re.compile(r"[年月日号./\-— ]{1,2}")
# Of a date in Chinese numerals (二〇二六年三月十八日) the ledger has the year alone.
_DATE_END = re.compile(
    r"年度|年[初底末]|年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号])?|[年月日号]底?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that something was read from: its kind, and the numbers of the page's rows that it leads to."""

    start: int
    end: int
    kind: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that no boundary cuts."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces under the same marks: what is one link. ``kinds`` and ``rows`` are empty outside of marks."""

    kinds: tuple[str, ...]
    rows: tuple[int, ...]
    pieces: list[Piece]


#: One line of the canonical text, without the line break.
Line = list[Stretch]


@dataclass(slots=True)
class MarkedBlock:
    """A block of the text: its lines, those of a table by the row that they belong to."""

    kind: str
    groups: list[list[Line]] = field(default_factory=list)


def gather_marks(text: str, tables: dict[str, list[TextRow]], rows: dict[tuple[str, str], int]) -> list[Mark]:
    """The marks of a notice. ``rows`` gives the number of a page's row by table and key; what is not there gets no mark."""
    found: dict[tuple[int, int, str], list[int]] = defaultdict(list)

    def mark(start: int, end: int, kind: str, table: str, key: str) -> None:
        number = rows.get((table, key))
        if end > start and number is not None:
            found[start, end, kind].append(number)

    placed = set()
    for row in tables["numerals"]:
        start, end = int(row["start"]), int(row["end"])
        if row["class"] == "target":
            placed.add(row["row_id"])
            mark(start, end, "target", "indicators", row["row_id"])
        elif row["class"] == "other":
            mark(start, end, "unknown", "numerals", row["start"])
    for start, end, key in _dates(text, tables["numerals"]):
        mark(start, end, "date", "numerals", key)
    for row in tables["indicators"]:
        # 全覆盖, 完成上级任务: a target without a numeral is the cell.
        if row["value_id"] not in placed and (cell := _cell_of(row, text)):
            mark(*cell, "target", "indicators", row["value_id"])
    for row in tables["commitments"]:
        mark(int(row["start"]), int(row["end"]), "commitment", "commitments", row["commitment_id"])
    for number, row in enumerate(tables["responsibilities"]):
        if span := span_of(row):
            mark(*span, "office", "responsibilities", str(number))
    for row in tables["citations"]:
        if span := span_of(row):
            mark(*span, "citation", "citations", row["citation_id"])
    return [Mark(start, end, kind, tuple(numbers)) for (start, end, kind), numbers in sorted(found.items())]


def _cell_of(row: TextRow, text: str) -> tuple[int, int] | None:
    """Where the value of an indicator stands, if its text is a line of the row and no other line says the same."""
    span, value = span_of(row), row["value_text"]
    if not span or not value:
        return None
    inside = f"\n{text[span[0] : span[1]]}\n"
    place = inside.find(f"\n{value}\n")
    if place < 0 or inside.find(f"\n{value}\n", place + 1) >= 0:
        return None
    return span[0] + place, span[0] + place + len(value)


def _dates(text: str, numerals: Iterable[TextRow]) -> Iterable[tuple[int, int, str]]:
    """Whole dates from the numerals of class ``date``: start, end, and the key of the first numeral."""
    first, end, key = -1, -1, ""
    for row in numerals:
        if row["class"] != "date":
            continue
        start = int(row["start"])
        if first < 0 or not _DATE_JOINT.fullmatch(text, end, start):
            if first >= 0:
                yield first, _end_of_date(text, end), key
            first, key = start, row["start"]
        end = int(row["end"])
    if first >= 0:
        yield first, _end_of_date(text, end), key


def _end_of_date(text: str, end: int) -> int:
    found = _DATE_END.match(text, end)
    return found.end() if found else end


def cut_text(
    text: str, blocks: Sequence[TextRow], marks: Sequence[Mark], cuts: Iterable[int], row_starts: Iterable[int]
) -> list[MarkedBlock]:
    """The whole text by blocks, lines and pieces.

    ``cuts`` are the places where a piece must begin, beside those of the marks: the bounds of every row that a page can show.
    Where one of ``row_starts`` lies in a table, a new row of it begins.
    """
    bounds = {0, len(text), *cuts}
    bounds.update(place for mark in marks for place in (mark.start, mark.end))
    sorted_cuts = sorted(bounds)
    starts = set(row_starts)
    covering = _Covering(marks)
    result = []
    for row in blocks:
        block = MarkedBlock(row["kind"])
        start, end = int(row["start"]), int(row["end"])
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if not block.groups or block.kind != "table" or start in starts:
                block.groups.append([])
            block.groups[-1].append(_cut_line(text, start, stop, sorted_cuts, covering))
            start = stop + 1
        result.append(block)
    return result


def _cut_line(text: str, start: int, end: int, cuts: Sequence[int], covering: _Covering) -> Line:
    line: Line = []
    place = bisect_right(cuts, start)
    while start < end:
        stop = min(cuts[place], end) if place < len(cuts) else end
        marks = covering.at(start)
        kinds = tuple(dict.fromkeys(mark.kind for mark in marks))
        rows = marks[0].rows if marks else ()
        if not line or (line[-1].kinds, line[-1].rows) != (kinds, rows):
            line.append(Stretch(kinds, rows, []))
        line[-1].pieces.append(Piece(start, text[start:stop]))
        start, place = stop, place + 1
    return line


class _Covering:
    """Which marks cover a place, the shortest first. To be asked from left to right."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._next = 0
        self._open: list[Mark] = []

    def at(self, place: int) -> list[Mark]:
        while self._next < len(self._marks) and self._marks[self._next].start <= place:
            self._open.append(self._marks[self._next])
            self._next += 1
        if self._open:
            self._open = [mark for mark in self._open if mark.end > place]
        return sorted(self._open, key=lambda mark: mark.end - mark.start)
