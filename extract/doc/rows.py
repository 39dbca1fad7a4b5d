"""The shape of a row of a table in a binary Word file: edges and merges of its cells ([MS-DOC] 2.4.3, 2.9.321)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from extract.doc.sprms import Sprm

_CELL_SIZE = 20  # a TC80: a word of flags, the rest is width and borders ([MS-DOC] 2.9.312)
_HORIZONTAL, _VERTICAL_SHIFT, _VERTICAL = 0x0003, 5, 0x0003
_CONTINUES = 1  # of either direction: the cell goes on from the one before or above
_HORIZONTAL_FIRST, _VERTICAL_FIRST = 2, 3
_MOST_CELLS = 64
_CHANGES = {Sprm.T_MERGE, Sprm.T_SPLIT, Sprm.T_VERTICAL_MERGE, Sprm.T_WIDTH, Sprm.T_DELETE}


@dataclass(slots=True)
class Row:
    """Where the row begins, and of each cell the width and the two merge codes; widths and place in twips."""

    left: int = 0
    widths: list[int] = field(default_factory=list)
    horizontal: list[int] = field(default_factory=list)
    vertical: list[int] = field(default_factory=list)

    def continues_left(self, cell: int) -> bool:
        return cell < len(self.horizontal) and self.horizontal[cell] == _CONTINUES

    def is_merged_across(self, cell: int) -> bool:
        """Whether cells after this one may be merged into it."""
        return cell < len(self.horizontal) and self.horizontal[cell] != 0

    def continues_above(self, cell: int) -> bool:
        return cell < len(self.vertical) and self.vertical[cell] == _CONTINUES

    def starts_merge(self, cell: int) -> bool:
        return cell < len(self.vertical) and self.vertical[cell] > _CONTINUES


def apply_row_sprm(code: int, operand: bytes, row: Row | None) -> Row | None:
    """The row after one modifier; any other than those of tables leaves it as it is."""
    if code == Sprm.T_DEFINITION:
        return _defined(operand)
    if row is None or len(operand) < 2 or code not in _CHANGES:
        return row
    first, end = operand[0], min(operand[1], len(row.widths))
    match code:
        case Sprm.T_MERGE if first < end:
            row.horizontal[first:end] = [_HORIZONTAL_FIRST] + [_CONTINUES] * (end - first - 1)
        case Sprm.T_SPLIT if first < end:
            row.horizontal[first:end] = [0] * (end - first)
        case Sprm.T_VERTICAL_MERGE if first < len(row.vertical):
            row.vertical[first] = operand[1] & _VERTICAL
        case Sprm.T_WIDTH if first < end and len(operand) >= 4:
            row.widths[first:end] = [max(0, struct.unpack_from("<h", operand, 2)[0])] * (end - first)
        case Sprm.T_DELETE:
            del row.widths[first:end], row.horizontal[first:end], row.vertical[first:end]
    return row


def _defined(operand: bytes) -> Row:
    """The row that a definition gives: a count, the edges, then the flags of the cells, of which some may be missing."""
    count = operand[0] if operand else 0
    if count > _MOST_CELLS or 1 + 2 * (count + 1) > len(operand):
        raise struct.error("a row of a table is cut off")
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    flags_at = 1 + 2 * (count + 1)
    flags = [
        struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        for at in range(flags_at, flags_at + _CELL_SIZE * count, _CELL_SIZE)
    ]
    return Row(
        edges[0],
        [max(0, right - left) for left, right in zip(edges, edges[1:], strict=False)],
        [flag & _HORIZONTAL for flag in flags],
        [flag >> _VERTICAL_SHIFT & _VERTICAL for flag in flags],
    )
