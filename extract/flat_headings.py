"""The headings of a table whose cells stand one a line: which columns there are, in one row of headings or in two."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path

from extract.folding import fold_key
from extract.line_looks import is_value, serial_of

_MOST_HEADINGS = 16
_MOST_UNKNOWN = 2
_MOST_READINGS = 120
_MOST_STEPS = 2_000
_MOST_TRIES = 3_000
# A table tells of something, and says something of it.
_TOLD, _SAID = {"name", "text"}, {"value", "office", "text", "time"}
# What a heading may stand over in a second row of headings.
_UNDER = {
    "value": {"value", "serial", "name", "unit", "property"}, "office": {"office", "person"},
    "name": {"name", "domain", "text"}, "text": {"text", "name"},
}  # fmt: skip
_ONE_ROLE = re.compile("牵头|配合|协同|协办|主办")
_YEAR = re.compile(r"20\d\d")
# A heading that is not known, and what it may stand over.
_MAY_BE = re.compile(r"[\u4e00-\u9fff±%]{2,12}(?:\([^()]{1,10}\))?")
_UNKNOWN = ("value", "note", "text")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid: its place, and the lines (from, to) that it holds."""

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int

    @property
    def rows(self) -> range:
        """The rows that the cell covers."""
        return range(self.row, self.row + self.row_span)

    @property
    def columns(self) -> range:
        """The columns that the cell covers."""
        return range(self.column, self.column + self.column_span)


@dataclass(frozen=True, slots=True)
class Header:
    """A reading of heading lines: the kind of each column, and the cells of the one or two rows of headings.

    ``joined`` are headings made of lines that are headings each: 目标 / 任务, rather two columns than one.
    """

    kinds: tuple[str, ...]
    places: tuple[Place, ...]
    rows: int
    start: int
    end: int
    joined: int


@cache
def _headings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    with open(Path(__file__).parent / "column_headings.csv", encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["pattern"]), tuple(row["kinds"].split())) for row in csv.DictReader(file))


@lru_cache(maxsize=4096)
def heading_kinds(line: str) -> tuple[str, ...]:
    """The kinds of column that a heading may stand over; none where it is no heading that is known.

    >>> heading_kinds("序 号"), heading_kinds("2023年目标值"), heading_kinds("单位"), heading_kinds("各镇人民政府")
    (('serial',), ('value',), ('unit', 'office'), ())
    """
    key = fold_key(line)
    if not 0 < len(key) <= 20:
        return ()
    return next((kinds for pattern, kinds in _headings() if pattern.fullmatch(key)), ())


def columns_of(headings: Sequence[str]) -> tuple[str, ...]:
    """The kinds of columns under headings that stand in one row, each in its cell; none where one is not known.

    >>> columns_of(["序号", "指标", "目标值"]), columns_of(["序号", "指标", "某某"])
    (('serial', 'name', 'value'), ())
    """
    found = [heading_kinds(heading) for heading in headings]
    kinds = tuple(kinds[0] for kinds in found if kinds)
    return kinds if len(kinds) == len(headings) and _is_sensible(kinds) else ()


def headings_end(lines: Sequence[str], start: int) -> int:
    """Where the headings of a table that begin at a line end; 0 where none do.

    >>> headings_end(["序号", "指标", "2022年", "(基期)", "责任", "单位", "1", "托位数(个)"], 0)
    6
    """
    if not heading_kinds(lines[start]):
        return 0
    named, last = 0, start
    held: set[str] = set()
    for index in range(start, min(len(lines), start + 2 * _MOST_HEADINGS)):
        line = lines[index]
        if len(line) > 16:
            break
        if (
            kinds := heading_kinds(line) or heading_kinds(lines[index - 1] + line)
            if index > start
            else heading_kinds(line)
        ):
            named, last = named + 1, index
            held.update(kinds)
        elif line.startswith("(") and line.endswith(")"):
            last = index
        elif index - last > _MOST_UNKNOWN or serial_of(line) or is_value(line):
            break
    return last + 1 if named > 1 and held & _TOLD and held & _SAID else 0


def read_headings(lines: Sequence[str], start: int, end: int) -> Iterator[Header]:
    """The ways to read heading lines: headings broken over lines, one row of them or two, of this kind or that."""
    found = tries = 0
    known = list(_segmented(lines, start, end))
    for headings in known or _segmented(lines, start, end, allows_unknown=True):
        joined = sum(last - first > 1 and all(map(heading_kinds, lines[first:last])) for first, last, _ in headings)
        for meanings in product(*(kinds for _, _, kinds in _distinct(headings))):
            meant = dict(zip((kinds for _, _, kinds in _distinct(headings)), meanings, strict=True))
            named = tuple((first, last, meant[kinds]) for first, last, kinds in headings)
            flat = tuple(Place(0, column, 1, 1, first, last) for column, (first, last, _) in enumerate(named))
            for kinds, places, rows in ((tuple(kind for _, _, kind in named), flat, 1), *_in_two_rows(named, lines)):
                tries += 1
                if _is_sensible(kinds):
                    found += 1
                    yield Header(kinds, places, rows, start, end, joined)
                if found == _MOST_READINGS or tries == _MOST_TRIES:
                    return


_Heading = tuple[int, int, tuple[str, ...]]


def _distinct(headings: Sequence[_Heading]) -> list[_Heading]:
    """One heading for each set of kinds: headings of one sort mean one kind throughout a table."""
    return list({kinds: (first, last, kinds) for first, last, kinds in headings}.values())


def _segmented(lines: Sequence[str], start: int, end: int, allows_unknown: bool = False) -> Iterator[list[_Heading]]:
    """The heading lines as headings (from, to, kinds), each of one to three lines; the fewest lines first.

    ``allows_unknown``: one of them, between known ones, may be a heading that is not known; what stands below it tells
    what it is.
    """
    steps = 0
    open_readings: list[tuple[int, list[_Heading]]] = [(start, [])]
    while open_readings and steps < _MOST_STEPS:
        at, before = open_readings.pop()
        steps += 1
        if at == end:
            yield before
            continue
        if len(before) == _MOST_HEADINGS:
            continue
        for last in range(min(at + 3, end), at, -1):
            kinds = heading_kinds("".join(lines[at:last]))
            # (基期) is no heading of its own: it goes with the line before.
            if (
                not kinds
                and allows_unknown
                and last == at + 1
                and start < at
                and last < end
                and _MAY_BE.fullmatch(lines[at])
            ):
                kinds = () if any(kind is _UNKNOWN for _, _, kind in before) else _UNKNOWN
            if kinds and not (last < end and lines[last].startswith("(") and not heading_kinds(lines[last])):
                open_readings.append((last, [*before, (at, last, kinds)]))


def _is_sensible(kinds: tuple[str, ...]) -> bool:
    held = set(kinds)
    return (
        kinds.count("serial") <= 1
        and kinds.count("name") <= 1
        and len(kinds) > 1
        and bool(held & _TOLD)
        and bool(held & _SAID)
    )


_Named = tuple[int, int, str]


def _in_two_rows(
    headings: tuple[_Named, ...], lines: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[Place, ...], int]]:
    """Readings of headings as two rows: some of the first row stand over two or more of the second each."""
    texts = ["".join(lines[start:end]) for start, end, _ in headings]
    for first in range(2, len(headings) - 1):
        below = len(headings) - first
        over = [index for index in range(first) if headings[index][2] in _UNDER and not _ONE_ROLE.search(texts[index])]
        for size in range(1, min(len(over), below // 2) + 1):
            for groups in combinations(over, size):
                for shares in _shares(below, size):
                    if _go_together(headings, first, groups, shares, texts):
                        yield _two_rows(headings, first, dict(zip(groups, shares, strict=True)))


def _go_together(
    headings: tuple[_Named, ...], first: int, groups: tuple[int, ...], shares: tuple[int, ...], texts: Sequence[str]
) -> bool:
    """Whether headings may stand over their shares of the second row: 目标值 over 2023年 and 2024年, not over 责任单位."""
    at = first
    years = [match[0] if (match := _YEAR.search(text)) else "" for text in texts]
    for group, share in zip(groups, shares, strict=True):
        kind, below = headings[group][2], {kind for _, _, kind in headings[at : at + share]}
        if not below <= _UNDER[kind] or kind == "value" and kind not in below:
            return False
        if years[group] and any(year not in ("", years[group]) for year in years[at : at + share]):
            return False
        if any(
            kind == "value" and texts[at + place] in texts[group]
            for place, (_, _, kind) in enumerate(headings[at : at + share])
        ):
            return False  # 目标值 under 2024年目标值
        at += share
    # Years stand in one row.
    return not any(years[first:]) or not any(year for index, year in enumerate(years[:first]) if index not in groups)


def _shares(total: int, count: int) -> Iterator[tuple[int, ...]]:
    """The ways to share columns out among groups, at least two for each; alike for all comes first."""
    if count == 1:
        yield (total,)
        return
    if total % count == 0:
        yield (total // count,) * count
    for first in range(2, total - 2 * (count - 1) + 1):
        for rest in _shares(total - first, count - 1):
            if len({first, *rest}) > 1:
                yield (first, *rest)


def _two_rows(
    headings: tuple[_Named, ...], first: int, groups: dict[int, int]
) -> tuple[tuple[str, ...], tuple[Place, ...], int]:
    kinds: list[str] = []
    above: list[Place] = []
    second: list[Place] = []
    below = iter(headings[first:])
    for index, (start, end, kind) in enumerate(headings[:first]):
        share = groups.get(index, 0)
        above.append(Place(0, len(kinds), 1 if share else 2, share or 1, start, end))
        if not share:
            kinds.append(kind)
        for _ in range(share):
            low, high, sub_kind = next(below)
            second.append(Place(1, len(kinds), 1, 1, low, high))
            kinds.append(sub_kind)
    return tuple(kinds), (*above, *second), 2
