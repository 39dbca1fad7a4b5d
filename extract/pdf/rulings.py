"""Cells out of ruled lines: what lies between them, and no line inside it.

The lines of a page cut it into a fine grid. Neighbours in the grid with no line between them are one region; a region that is
a rectangle, and that the outside of the page does not reach into, is a cell, merged or not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_NEAR = 3.0  # points: lines closer than this are one, and ends that miss a line by less touch it
_MOST_PLACES = 200_000  # of the fine grid


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a ruled line: at ``place`` across its direction, from ``start`` to ``end`` along it."""

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell between ruled lines, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float


class TooManyLines(Exception):
    """A drawing, and no table."""


def find_boxes(across: Iterable[Segment], down: Iterable[Segment]) -> list[list[Box]]:
    """The cells of each table, from the horizontal and the vertical lines of a page. Raises ``TooManyLines``."""
    rows, columns = _joined(across), _joined(down)
    rows = _joined([*rows, *_closing(columns, rows)])
    columns = _joined([*columns, *_sides(rows, columns)])
    xs, ys = sorted({line.place for line in columns}), sorted({line.place for line in rows})
    if len(xs) < 2 or len(ys) < 2:
        return []
    if len(xs) * len(ys) > _MOST_PLACES:
        raise TooManyLines
    return _tables(_regions(xs, ys, rows, columns), xs, ys)


def _joined(lines: Iterable[Segment]) -> list[Segment]:
    """Lines with near places as one place, and stretches that touch as one."""
    ordered = sorted(lines, key=lambda line: line.place)
    found: list[Segment] = []
    group: list[Segment] = []
    for line in ordered:
        if group and line.place - group[0].place > _NEAR:
            found += _stretches(group)
            group = []
        group.append(line)
    return [*found, *_stretches(group)]


def _stretches(group: Sequence[Segment]) -> Iterator[Segment]:
    if not group:
        return
    place = sum(line.place for line in group) / len(group)
    start = end = None
    for line in sorted(group, key=lambda line: line.start):
        if start is None or end is None:
            start, end = line.start, line.end
        elif line.start <= end + _NEAR:
            end = max(end, line.end)
        else:
            yield Segment(place, start, end)
            start, end = line.start, line.end
    if start is not None and end is not None:
        yield Segment(place, start, end)


def _closing(columns: Sequence[Segment], rows: Sequence[Segment]) -> Iterator[Segment]:
    """Lines where vertical ones end together and none is drawn: a table that goes on on the next page, or comes from
    the last.
    """
    for ends in (
        sorted((line.end, line.place) for line in columns),
        sorted((line.start, line.place) for line in columns),
    ):
        for height, places in _together(ends):
            drawn = [line for line in rows if abs(line.place - height) <= _NEAR]
            for left, right in zip(places, places[1:], strict=False):
                if not any(_overlaps(line, left, right) for line in drawn):
                    yield Segment(height, left, right)


def _sides(rows: Sequence[Segment], columns: Sequence[Segment]) -> Iterator[Segment]:
    """Lines at the left and right of a table that is ruled inside and open at its sides."""
    for ends in (sorted((line.start, line.place) for line in rows), sorted((line.end, line.place) for line in rows)):
        for side, places in _together(ends):
            drawn = [line for line in columns if abs(line.place - side) <= _NEAR]
            reaching = [line for line in rows if line.start - _NEAR <= side <= line.end + _NEAR]
            for top, bottom in zip(places, places[1:], strict=False):
                left, right = min(line.start for line in reaching), max(line.end for line in reaching)
                is_ruled = any(
                    _covers(line, top, bottom) and left + _NEAR < line.place < right - _NEAR for line in columns
                )
                if is_ruled and not any(_covers(line, top, bottom) for line in drawn):
                    yield Segment(side, top, bottom)


def _together(ends: Sequence[tuple[float, float]]) -> Iterator[tuple[float, list[float]]]:
    """Places of lines that end at the same height, in order; only where there are several."""
    group: list[tuple[float, float]] = []
    for end in [*ends, (float("inf"), 0.0)]:
        if group and end[0] - group[0][0] > _NEAR:
            places = sorted({place for _, place in group})
            if len(places) > 1:
                yield group[0][0], places
            group = []
        group.append(end)


def _overlaps(line: Segment, start: float, end: float) -> bool:
    return line.start < end - _NEAR and line.end > start + _NEAR


def _covers(line: Segment, start: float, end: float) -> bool:
    return line.start <= start + _NEAR and line.end >= end - _NEAR


def _regions(
    xs: Sequence[float], ys: Sequence[float], rows: Sequence[Segment], columns: Sequence[Segment]
) -> dict[int, list[tuple[int, int]]]:
    """The regions of the fine grid but the outside, each its places (column, row).

    Place (i, j) lies between lines i - 1 and i, and j - 1 and j; those at the edges are the outside.
    """
    width, height = len(xs) + 1, len(ys) + 1
    wall_above = {(i, bisect_left(ys, line.place)) for line in rows for i in _between(xs, line)}
    wall_left = {(bisect_left(xs, line.place), j) for line in columns for j in _between(ys, line)}
    parent = list(range(width * height))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for j in range(height):
        for i in range(width):
            if i and (i - 1, j) not in wall_left:
                parent[root(j * width + i)] = root(j * width + i - 1)
            if j and (i, j - 1) not in wall_above:
                parent[root(j * width + i)] = root((j - 1) * width + i)
    outside = root(0)
    regions: dict[int, list[tuple[int, int]]] = {}
    for place in range(width * height):
        if (own := root(place)) != outside:
            regions.setdefault(own, []).append((place % width, place // width))
    return regions


def _between(places: Sequence[float], line: Segment) -> Iterator[int]:
    """The places of the fine grid that a line runs along: i lies between the lines i - 1 and i."""
    first, last = bisect_left(places, line.start - _NEAR), bisect_right(places, line.end + _NEAR) - 1
    yield from range(first + 1, last + 1)


def _tables(regions: dict[int, list[tuple[int, int]]], xs: Sequence[float], ys: Sequence[float]) -> list[list[Box]]:
    """The regions that are rectangles, by table: cells that touch are of one."""
    owner: dict[tuple[int, int], int] = {}
    boxes: dict[int, Box] = {}
    for number, places in regions.items():
        columns, rows = [i for i, _ in places], [j for _, j in places]
        left, right, top, bottom = min(columns), max(columns), min(rows), max(rows)
        if len(places) == (right - left + 1) * (bottom - top + 1):
            boxes[number] = Box(xs[left - 1], ys[top - 1], xs[right], ys[bottom])
            owner.update(dict.fromkeys(places, number))
    neighbours: dict[int, set[int]] = {number: set() for number in boxes}
    for (i, j), number in owner.items():
        for other in (owner.get((i + 1, j)), owner.get((i, j + 1))):
            if other is not None and other != number:
                neighbours[number].add(other)
                neighbours[other].add(number)
    tables: list[list[Box]] = []
    seen: set[int] = set()
    for number in boxes:
        if number in seen:
            continue
        seen.add(number)
        table, stack = [], [number]
        while stack:
            current = stack.pop()
            table.append(boxes[current])
            for other in sorted(neighbours[current] - seen):
                seen.add(other)
                stack.append(other)
        tables.append(sorted(table, key=lambda box: (box.top, box.left)))
    return tables
