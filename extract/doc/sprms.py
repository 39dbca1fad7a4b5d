"""Single property modifiers (sprms) of binary Word files: their codes, and lists of them ([MS-DOC] 2.2.5, 2.6)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum


class Sprm(IntEnum):
    """The modifiers that are read ([MS-DOC] 2.6.1 characters, 2.6.2 paragraphs, 2.6.3 tables)."""

    C_IS_DELETED = 0x0800
    C_IS_BOLD = 0x0835
    C_IS_HIDDEN = 0x083C
    C_STYLE = 0x4A30
    C_PLAIN = 0x2A33
    C_SYMBOL = 0x6A09
    C_RAISED = 0x2A48
    C_FONT = 0x4A4F
    P_ALIGN_PHYSICAL = 0x2403
    P_ALIGN = 0x2461
    P_IN_TABLE = 0x2416
    P_ROW_END = 0x2417
    P_DEPTH = 0x6649
    P_DEPTH_CHANGE = 0x664A
    P_INNER_CELL_END = 0x244B
    P_INNER_ROW_END = 0x244C
    P_LIST = 0x460B
    P_LIST_LEVEL = 0x260A
    P_OUTLINE_LEVEL = 0x2640
    P_IN_DATA_STREAM = 0x6646
    P_IN_DATA_STREAM_OLD = 0x6645
    T_DEFINITION = 0xD608
    T_ANCHOR = 0x360D
    T_ACROSS = 0x940E
    T_DOWN = 0x940F
    T_DELETE = 0x5622
    T_WIDTH = 0x7623
    T_MERGE = 0x5624
    T_SPLIT = 0x5625
    T_VERTICAL_MERGE = 0xD62B


#: How long the operand is, by the three top bits of the code; 6 has its length before it.
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TAB_CHANGES = 0xC615
_LENGTH_TOO_LARGE = 255


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers of a list as (code, operand); it ends at padding or where an operand is cut off.

    >>> list(sprms(bytes.fromhex("0308ff1624010524")))
    [(2051, b'\\xff'), (9238, b'\\x01')]
    """
    at, size = 0, len(data)
    while at + 2 < size:
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        if not code:
            return
        length = _LENGTHS.get(code >> 13)
        if length is None:
            length = data[at]
            at += 1
            if code == Sprm.T_DEFINITION:
                # Its length has two bytes, and counts one of them.
                if at >= size:
                    return
                length += (data[at] << 8) - 1
                at += 1
            elif code == _TAB_CHANGES and length == _LENGTH_TOO_LARGE:
                length = _length_of_tab_changes(data, at)
        if length < 0 or at + length > size:
            return
        yield code, data[at : at + length]
        at += length


def _length_of_tab_changes(data: bytes, at: int) -> int:
    """The true length of many tabs ([MS-DOC] 2.9.182): deleted ones have 4 bytes, added ones 3."""
    deleted = 4 * data[at] if at < len(data) else 0
    added_at = at + 1 + deleted
    return 2 + deleted + (3 * data[added_at] if added_at < len(data) else 0)
