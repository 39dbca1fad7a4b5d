"""How characters and paragraphs of a binary Word file look: from the pages of formatting, the styles and the pieces.

What a paragraph or character has is the sum, in this order, of its style and those that the style is based on, its own
properties, and those of the piece that it stands in ([MS-DOC] 2.4.6).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field

from extract.doc.container import Broken, Place, Streams, positions
from extract.doc.piece_table import PieceTable
from extract.doc.rows import Row, apply_row_sprm
from extract.doc.sprms import Sprm, sprms
from extract.doc.styles import StyleSheet

_PAGE_SIZE = 512
_PAGE_NUMBER_MASK = 0x3FFFFF
_PARAGRAPH_ENTRY = 13  # a BxPap: one byte says where the properties are, the others are layout ([MS-DOC] 2.9.23)
_BODY_LEVEL = 9
_ALIGNMENTS = {1: "center", 2: "right"}
_SUPERSCRIPT = 1
_SAME_AS_STYLE, _UNLIKE_STYLE = 0x80, 0x81
_DEEPEST_TABLE = 64
_MOST_STRETCHES = 1_000_000
_NO_MODIFIER = 0
#: Bytes of properties that are read at most, for each byte of the file and besides: one list may be named often.
_READINGS, _READINGS_OF_ANY = 2, 1 << 18


@dataclass(slots=True)
class ParagraphLook:
    """What a paragraph has; ``depth`` counts the tables that it stands in. ``list_index`` counts from 1, 0 is none."""

    style: int = 0
    is_in_table: bool = False
    nesting: int | None = None
    ends_row: bool = False
    ends_inner_cell: bool = False
    ends_inner_row: bool = False
    list_index: int = 0
    list_level: int = 0
    level: int = 0
    align: str = ""
    row: Row | None = None
    frame: dict[int, bytes] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many tables the paragraph stands in; files of Word 97 only say that it stands in one."""
        return self.nesting or int(self.is_in_table)


@dataclass(slots=True)
class CharacterLook:
    """What a character has. ``symbol`` is (font, code) where it stands for a character of a symbol font."""

    is_bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_raised: bool = False
    font: int = -1
    symbol: tuple[int, int] | None = None

    @property
    def is_printed(self) -> bool:
        return not (self.is_hidden or self.is_deleted)


class _Pages:
    """The pages of formatting of one kind: to a place in the stream, the stretch around it and its properties."""

    def __init__(self, streams: Streams, place: Place, entry_size: int) -> None:
        self._stream, self._entry_size = streams.main, entry_size
        plc = streams.part(place)
        self._starts, items = positions(plc, 4, 0xFFFFFFFF)
        count = max(0, len(self._starts) - 1)
        self._numbers = (
            [number & _PAGE_NUMBER_MASK for number in struct.unpack_from(f"<{count}I", plc, items)] if count else []
        )
        self._read: dict[int, tuple[tuple[int, ...], list[bytes]]] = {}
        self._all: list[tuple[int, int, bytes]] | None = None

    def find(self, offset: int) -> tuple[int, bytes | None]:
        """Where the stretch around an offset ends, and its properties; ``None`` for those where no page knows it."""
        index = bisect_right(self._starts, offset) - 1
        if 0 <= index < len(self._numbers):
            starts, properties = self._page(self._numbers[index])
            at = bisect_right(starts, offset) - 1
            if 0 <= at < len(properties):
                return starts[at + 1], properties[at]
        return self._find_anywhere(offset)

    def _find_anywhere(self, offset: int) -> tuple[int, bytes | None]:
        """The same where the list of pages is not true to the pages, as some programs write it."""
        if self._all is None:
            self._all = []
            for number in dict.fromkeys(self._numbers):
                starts, properties = self._page(number)
                self._all += zip(starts, starts[1:], properties, strict=False)
                if len(self._all) > _MOST_STRETCHES:
                    raise Broken("its formatting is out of order")
            self._all.sort()
        at = bisect_right(self._all, offset, key=lambda stretch: stretch[0]) - 1
        if at >= 0 and offset < self._all[at][1]:
            return self._all[at][1:]
        return offset + 1, None

    def _page(self, number: int) -> tuple[tuple[int, ...], list[bytes]]:
        if number not in self._read:
            self._read[number] = self._read_page(number)
        return self._read[number]

    def _read_page(self, number: int) -> tuple[tuple[int, ...], list[bytes]]:
        """The positions and properties of a page; its last byte counts them ([MS-DOC] 2.9.33, 2.9.175)."""
        page = self._stream[number * _PAGE_SIZE : (number + 1) * _PAGE_SIZE]
        if len(page) < _PAGE_SIZE:
            raise Broken("a page of its formatting is cut off")
        count = page[-1]
        entries = 4 * (count + 1)
        if entries + count * self._entry_size >= _PAGE_SIZE:
            raise Broken("a page of its formatting counts too much")
        starts = struct.unpack_from(f"<{count + 1}I", page)
        if any(after < before for before, after in zip(starts, starts[1:], strict=False)):
            raise Broken("a page of its formatting is out of order")
        return starts, [self._properties(page, 2 * page[entries + index * self._entry_size]) for index in range(count)]

    def _properties(self, page: bytes, at: int) -> bytes:
        if not at:
            return b""
        size = page[at]
        if self._entry_size == _PARAGRAPH_ENTRY:
            # Properties of a paragraph are counted in words; 0 says that the count follows ([MS-DOC] 2.9.174).
            at, size = (at, 2 * size - 1) if size else (at + 1, 2 * page[at + 1])
        return page[at + 1 : at + 1 + size]


class Formatting:
    """What the paragraphs and characters of a file look like."""

    def __init__(self, streams: Streams, pieces: PieceTable) -> None:
        self.styles = StyleSheet(streams.part(Place.STYLES))
        self._pieces, self._data = pieces, streams.data
        self._paragraph_pages = _Pages(streams, Place.PARAGRAPH_PAGES, _PARAGRAPH_ENTRY)
        self._character_pages = _Pages(streams, Place.CHARACTER_PAGES, 1)
        self._paragraphs: dict[tuple[bytes, int], ParagraphLook] = {}
        self._characters: dict[tuple[int, bytes, int], CharacterLook] = {}
        self._style_paragraphs: dict[int, ParagraphLook] = {}
        self._style_characters: dict[int, CharacterLook] = {}
        self._bytes_left = _READINGS_OF_ANY + _READINGS * (len(streams.main) + len(streams.table) + len(streams.data))

    def _sprms(self, properties: bytes) -> Iterator[tuple[int, bytes]]:
        self._bytes_left -= len(properties)
        if self._bytes_left < 0:
            raise Broken("its formatting repeats itself without end")
        return sprms(properties)

    # --- paragraphs ---

    def paragraph(self, mark: int) -> ParagraphLook:
        """What the paragraph has whose mark stands at a position."""
        piece = self._pieces.at(mark)
        _, properties = self._paragraph_pages.find(piece.offset + (mark - piece.start) * piece.width)
        if properties is None:
            raise Broken("a paragraph has no formatting")
        key = (properties, piece.modifier)
        look = self._paragraphs.get(key)
        if look is None:
            style = struct.unpack_from("<H", properties)[0] if len(properties) >= 2 else 0
            look = self._copy(self._style_paragraph(style))
            self._apply_to_paragraph(properties[2:], look, 0)
            self._apply_to_paragraph(self._pieces.modifier(piece.modifier), look, 0)
            self._paragraphs[key] = look
        return look

    def _copy(self, look: ParagraphLook) -> ParagraphLook:
        copied = copy(look)
        copied.frame = dict(look.frame)
        copied.row = None
        return copied

    def _style_paragraph(self, style: int) -> ParagraphLook:
        for number in self.styles.chain(style, self._style_paragraphs):
            base = self._style_paragraphs.get(self.styles.base(number))
            look = self._copy(base) if base is not None else ParagraphLook()
            look.style = number
            self._apply_to_paragraph(self.styles.paragraph_properties(number), look, 0)
            self._style_paragraphs[number] = look
        return self._style_paragraphs[style]

    def _apply_to_paragraph(self, properties: bytes, look: ParagraphLook, depth: int) -> None:
        for code, operand in self._sprms(properties):
            if code in _PARAGRAPH_ATTRIBUTES:
                attribute, read = _PARAGRAPH_ATTRIBUTES[code]
                setattr(look, attribute, read(operand))
            elif code in (Sprm.P_IN_DATA_STREAM, Sprm.P_IN_DATA_STREAM_OLD):
                if not depth:
                    self._apply_to_paragraph(self._stored(operand), look, depth + 1)
            elif code == Sprm.P_DEPTH_CHANGE:
                look.nesting = max(0, min(_DEEPEST_TABLE, (look.nesting or 0) + struct.unpack("<i", operand)[0]))
            elif code in (Sprm.T_ANCHOR, Sprm.T_ACROSS, Sprm.T_DOWN):
                look.frame[code] = operand
            else:
                look.row = apply_row_sprm(code, operand, look.row)

    def _stored(self, operand: bytes) -> bytes:
        """A list of properties too long for its page: it stands in the Data stream ([MS-DOC] 2.9.210)."""
        (at,) = struct.unpack("<I", operand)
        if at + 2 > len(self._data):
            raise Broken("its data stream is cut off")
        (size,) = struct.unpack_from("<H", self._data, at)
        if at + 2 + size > len(self._data):
            raise Broken("its data stream is cut off")
        return self._data[at + 2 : at + 2 + size]

    # --- characters ---

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, bytes, int]]:
        """Stretches of equal formatting: start, end, the properties, and the modifier of the piece."""
        while start < end:
            piece = self._pieces.at(start)
            offset = piece.offset + (start - piece.start) * piece.width
            last = min(end, piece.end)
            while start < last:
                stop, properties = self._character_pages.find(offset)
                count = max(1, min(last - start, -((offset - stop) // piece.width)))
                yield start, start + count, properties or b"", piece.modifier
                start += count
                offset += count * piece.width

    def character(self, style: int, properties: bytes, modifier: int) -> CharacterLook:
        """What characters have in a paragraph of a style, with properties and a piece's modifier."""
        key = (style, properties, modifier)
        look = self._characters.get(key)
        if look is None:
            look = copy(self._style_character(style))
            self._apply_to_characters(properties, look, style)
            if modifier != _NO_MODIFIER:
                self._apply_to_characters(self._pieces.modifier(modifier), look, style)
            self._characters[key] = look
        return look

    def _style_character(self, style: int) -> CharacterLook:
        for number in self.styles.chain(style, self._style_characters):
            base = self.styles.base(number)
            look = copy(self._style_characters.get(base) or CharacterLook())
            self._apply_to_characters(self.styles.character_properties(number), look, base)
            self._style_characters[number] = look
        return self._style_characters[style]

    def _apply_to_characters(self, properties: bytes, look: CharacterLook, style: int) -> None:
        styled = self._style_characters.get(style) or CharacterLook()
        for code, operand in self._sprms(properties):
            if code in _CHARACTER_ATTRIBUTES:
                attribute, read = _CHARACTER_ATTRIBUTES[code]
                setattr(look, attribute, read(operand))
            elif code == Sprm.C_IS_BOLD:
                look.is_bold = _toggled(operand[0], styled.is_bold)
            elif code == Sprm.C_IS_HIDDEN:
                look.is_hidden = _toggled(operand[0], styled.is_hidden)
            elif code == Sprm.C_PLAIN:
                look.is_bold, look.is_hidden = styled.is_bold, styled.is_hidden
                look.is_raised, look.font = styled.is_raised, styled.font
            elif code == Sprm.C_STYLE:
                self._apply_character_style(_number(operand), look)

    def _apply_character_style(self, number: int, look: CharacterLook) -> None:
        own = self._style_character(number)
        # Bold in a character style inside bold text is set off by being light.
        look.is_bold = look.is_bold != own.is_bold
        look.is_hidden |= own.is_hidden
        look.is_raised |= own.is_raised
        look.font = own.font if own.font >= 0 else look.font


def _flag(operand: bytes) -> bool:
    return operand[0] != 0


def _number(operand: bytes) -> int:
    return int.from_bytes(operand[:2], "little")


#: Modifiers that set one attribute, with what they set it to.
_PARAGRAPH_ATTRIBUTES: dict[int, tuple[str, Callable[[bytes], object]]] = {
    Sprm.P_IN_TABLE: ("is_in_table", _flag),
    Sprm.P_ROW_END: ("ends_row", _flag),
    Sprm.P_DEPTH: ("nesting", lambda operand: min(_DEEPEST_TABLE, int.from_bytes(operand, "little"))),
    Sprm.P_INNER_CELL_END: ("ends_inner_cell", _flag),
    Sprm.P_INNER_ROW_END: ("ends_inner_row", _flag),
    Sprm.P_LIST: ("list_index", lambda operand: int.from_bytes(operand, "little", signed=True)),
    Sprm.P_LIST_LEVEL: ("list_level", lambda operand: operand[0]),
    Sprm.P_OUTLINE_LEVEL: ("level", lambda operand: operand[0] + 1 if operand[0] < _BODY_LEVEL else 0),
    Sprm.P_ALIGN: ("align", lambda operand: _ALIGNMENTS.get(operand[0], "")),
    Sprm.P_ALIGN_PHYSICAL: ("align", lambda operand: _ALIGNMENTS.get(operand[0], "")),
}
_CHARACTER_ATTRIBUTES: dict[int, tuple[str, Callable[[bytes], object]]] = {
    Sprm.C_IS_DELETED: ("is_deleted", _flag),
    Sprm.C_RAISED: ("is_raised", lambda operand: operand[0] == _SUPERSCRIPT),
    Sprm.C_FONT: ("font", _number),
    Sprm.C_SYMBOL: ("symbol", lambda operand: (_number(operand), _number(operand[2:]))),
}


def _toggled(value: int, styled: bool) -> bool:
    """A property that is off, on, as in the style or the opposite of it ([MS-DOC] 2.9.327 ToggleOperand)."""
    return styled if value == _SAME_AS_STYLE else not styled if value == _UNLIKE_STYLE else bool(value)
