"""The streams of a binary Word file, and the places of its tables ([MS-DOC] 2.1, 2.5)."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from enum import IntEnum

import olefile

#: Where the file information block (FIB) at the head of WordDocument keeps what is read here ([MS-DOC] 2.5.1 to 2.5.6).
_FLAGS = 0x0A
_USES_1TABLE = 0x0200
_STORY_LENGTHS = 0x4C
_PLACES_COUNT = 0x98
_PLACES = 0x9A
_PLACE = struct.Struct("<II")
FIB_SIZE = _PLACES
_MOST_ITEMS = 1_000_000  # of one table, more than the largest file that is taken has pages of formatting


class Broken(Exception):
    """The bytes break the rules of the format; the message says how."""


class Place(IntEnum):
    """The parts of the table stream, by their index in FibRgFcLcb97 ([MS-DOC] 2.5.6)."""

    STYLES = 1
    FOOTNOTE_REFERENCES = 2
    FOOTNOTE_TEXTS = 3
    SECTIONS = 6
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    CLX = 33
    SHAPES = 40
    ENDNOTE_REFERENCES = 46
    ENDNOTE_TEXTS = 47
    TEXT_BOX_TEXTS = 56
    LISTS = 73
    LIST_INSTANCES = 74


class Story(IntEnum):
    """The parts of the text, in their order in the file ([MS-DOC] 2.4.1)."""

    MAIN = 0
    FOOTNOTES = 1
    HEADERS = 2
    MACROS = 3
    COMMENTS = 4
    ENDNOTES = 5
    TEXT_BOXES = 6
    HEADER_TEXT_BOXES = 7


@dataclass(frozen=True, slots=True)
class Streams:
    """The bytes of the three streams that hold text and formatting."""

    main: bytes
    table: bytes
    data: bytes

    def place(self, place: Place) -> tuple[int, int]:
        """Where a part of the table stream begins and how long it is; its length is 0 where the file has none."""
        (count,) = struct.unpack_from("<H", self.main, _PLACES_COUNT)
        if place >= count:
            return 0, 0
        start, length = _PLACE.unpack_from(self.main, _PLACES + _PLACE.size * place)
        if length and start + length > len(self.table):
            raise Broken(f"its table stream ends before the part {place.name.lower()}")
        return start, length

    def part(self, place: Place) -> bytes:
        """The bytes of a part of the table stream."""
        start, length = self.place(place)
        return self.table[start : start + length]

    def story(self, story: Story) -> tuple[int, int]:
        """The character positions at which a part of the text begins and ends."""
        lengths = struct.unpack_from(f"<{len(Story)}I", self.main, _STORY_LENGTHS)
        start = sum(lengths[:story])
        return start, start + lengths[story]


def open_streams(data: bytes) -> Streams:
    """The streams of a binary Word file."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            main = ole.openstream("WordDocument").read()
            if len(main) < FIB_SIZE:
                raise Broken("its head is cut off")
            (flags,) = struct.unpack_from("<H", main, _FLAGS)
            names = ("1Table", "0Table") if flags & _USES_1TABLE else ("0Table", "1Table")
            found = next((name for name in names if ole.exists(name)), None)
            if found is None:
                raise Broken("it has no table stream")
            table = ole.openstream(found).read()
            rest = ole.openstream("Data").read() if ole.exists("Data") else b""
    except Broken:
        raise
    except Exception as error:
        # olefile raises errors of many kinds at containers that break their rules.
        raise Broken(f"its container is broken ({type(error).__name__})") from error
    return Streams(main, table, rest)


def positions(data: bytes, item_size: int, largest: int, last_is_void: bool = False) -> tuple[tuple[int, ...], int]:
    """The positions of a PLC ([MS-DOC] 2.2.2), ascending and at most ``largest``, and where its items begin.

    There is a position more than items. ``last_is_void``: it says nothing and is left out (notes, what is drawn).
    """
    if len(data) < 4:
        return (), 0
    count = (len(data) - 4) // (4 + item_size)
    if count > _MOST_ITEMS:
        raise Broken("its tables count too much")
    found = struct.unpack_from(f"<{count + 1}I", data)
    if last_is_void:
        found = found[:-1]
    if any(after < before for before, after in zip(found, found[1:], strict=False)) or found and found[-1] > largest:
        raise Broken("positions in its tables are out of order")
    return found, 4 * (count + 1)
