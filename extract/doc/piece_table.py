"""The text of a binary Word file, put together from its pieces ([MS-DOC] 2.4.1, 2.9.38 Clx)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

from extract.doc.container import Broken, Place, Streams, positions
from extract.doc.sprms import Sprm

_PROPERTIES, _PIECES = 1, 2  # the two kinds of block in a Clx
_PIECE_SIZE = 8
_IS_COMPRESSED = 0x40000000
_OFFSET_MASK = 0x3FFFFFFF
#: A compressed character is one byte of the Western code page, whose few gaps stand for themselves ([MS-DOC] 2.9.73).
_WESTERN = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_MOST_COPIES = 2  # how often the same bytes may be used: text that was copied in a fast save

#: The properties of one byte that matter here, by the short codes that a piece gives them ([MS-DOC] 2.9.215 Prm0).
_SHORT_CODES = {
    0x05: Sprm.P_ALIGN, 0x0C: Sprm.P_LIST_LEVEL, 0x18: Sprm.P_IN_TABLE, 0x19: Sprm.P_ROW_END, 0x41: Sprm.C_IS_DELETED,
    0x53: Sprm.C_PLAIN,
    0x55: Sprm.C_IS_BOLD, 0x5C: Sprm.C_IS_HIDDEN, 0x68: Sprm.C_RAISED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the text: ``width`` bytes each from ``offset`` on; ``modifier`` is a Prm."""

    start: int
    end: int
    offset: int
    width: int
    modifier: int


class PieceTable:
    """What the text is made of, and where in the stream each character stands; ``length`` counts the characters."""

    def __init__(self, streams: Streams) -> None:
        self._stream = streams.main
        self._modifiers: list[bytes] = []
        self._pieces = self._read(streams.part(Place.CLX))
        self._starts = [piece.start for piece in self._pieces]
        self.length = self._pieces[-1].end

    def text(self) -> str:
        """The whole text, one element a UTF-16 unit, so that positions are those of the file."""
        return "".join(_decode(piece, self._stream) for piece in self._pieces)

    def _read(self, clx: bytes) -> list[Piece]:
        at, size = 0, len(self._stream)
        while at + 3 <= len(clx) and clx[at] == _PROPERTIES:
            (length,) = struct.unpack_from("<H", clx, at + 1)
            self._modifiers.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        if at + 5 > len(clx) or clx[at] != _PIECES:
            raise Broken("it has no piece table")
        (length,) = struct.unpack_from("<I", clx, at + 1)
        plc = clx[at + 5 : at + 5 + length]
        starts, items = positions(plc, _PIECE_SIZE, _MOST_COPIES * size)
        pieces: list[Piece] = []
        for index, (start, end) in enumerate(zip(starts, starts[1:], strict=False)):
            where, modifier = struct.unpack_from("<2xIH", plc, items + _PIECE_SIZE * index)
            offset, width = where & _OFFSET_MASK, 2
            if where & _IS_COMPRESSED:
                offset, width = offset // 2, 1
            if offset + (end - start) * width > size:
                raise Broken("its text is cut off")
            if end > start:
                pieces.append(Piece(start, end, offset, width, modifier))
        if not pieces:
            raise Broken("its piece table is empty")
        return pieces

    def at(self, position: int) -> Piece:
        """The piece that a character stands in."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._pieces[index].end:
            raise Broken("its text is shorter than it says")
        return self._pieces[index]

    def modifier(self, value: int) -> bytes:
        """What a Prm adds to the properties of a piece ([MS-DOC] 2.9.214): a stored list, or one property of one byte."""
        if value & 1:
            index = value >> 1
            return self._modifiers[index] if index < len(self._modifiers) else b""
        code = _SHORT_CODES.get(value >> 1 & 0x7F)
        return struct.pack("<HB", code, value >> 8) if code is not None else b""


def _decode(piece: Piece, stream: bytes) -> str:
    raw = stream[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
    if piece.width == 1:
        return raw.decode("latin-1").translate(_WESTERN)
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) == piece.end - piece.start:
        return text
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
