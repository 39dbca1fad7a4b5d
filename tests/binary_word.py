"""Streams of binary Word files made for tests: a page of formatting for each paragraph and run."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.doc.container import Place, Story, Streams
from extract.doc.document import Document
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model import Remark
from extract.pieces import Piece
from extract.word import LeftOut

_TEXT_AT = 0x800
_PAGE = 512
_NO_STYLE = 0x0FFF
_SINGLE_BYTE_PIECE = 0x40000000


def sprm(code: int, *operand: int) -> bytes:
    """A modifier with an operand of bytes."""
    return struct.pack("<H", code) + bytes(operand)


def row_end(*cells: tuple[int, int, int], left: int = 0, depth: int = 1, more: bytes = b"") -> bytes:
    """The properties of the end of a row whose cells have these widths, horizontal and vertical merge codes."""
    edges = [left]
    for width, _, _ in cells:
        edges.append(edges[-1] + width)
    flags = b"".join(struct.pack("<H18x", horizontal | vertical << 5) for _, horizontal, vertical in cells)
    definition = struct.pack(f"<B{len(edges)}h", len(cells), *edges) + flags
    mark = sprm(0x2417, 1) if depth == 1 else sprm(0x244C, 1)
    return in_table(depth) + mark + struct.pack("<HH", 0xD608, len(definition) + 1) + definition + more


def in_table(depth: int = 1) -> bytes:
    """The properties of a paragraph in a table."""
    return sprm(0x2416, 1) + struct.pack("<HI", 0x6649, depth)


def style(
    properties: bytes = b"",
    characters: bytes = b"",
    *,
    name: str = "正文",
    base: int = _NO_STYLE,
    identifier: int = 0x0FFE,
) -> bytes:
    """A paragraph style of a style sheet."""
    data = (
        struct.pack("<HHHHH", identifier, 1 | base << 4, 2, 0, 0)
        + struct.pack("<H", len(name))
        + name.encode("utf-16-le")
        + b"\0\0"
    )
    for content in (b"\0\0" + properties, characters):
        data += struct.pack("<H", len(content)) + content + b"\0" * (len(content) % 2)
    return struct.pack("<H", len(data)) + data + b"\0" * (len(data) % 2)


def style_sheet(*styles: bytes) -> bytes:
    """A style sheet of these styles."""
    return struct.pack("<HHHH", 6, len(styles), 10, 0) + b"".join(styles)


def plc(positions: Sequence[int], *items: bytes) -> bytes:
    """Positions with an item for each but the last."""
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(items)


def list_level(text: str, form: int = 0, *, start: int = 1, flags: int = 0, follow: int = 2, restart: int = 0) -> bytes:
    """A level of a list; its text holds characters 0 to 8 where numbers stand."""
    head = struct.pack("<iBB9xB8xBBBB", start, form, flags, follow, 0, 0, restart, 0)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*numbered: Sequence[bytes], simple: bool = False) -> bytes:
    """The heads of lists, and after them their levels; the ids count from 1."""
    heads = b"".join(struct.pack("<ii18xBB", index, 0, int(simple), 0) for index in range(1, len(numbered) + 1))
    return struct.pack("<H", len(numbered)) + heads + b"".join(level for levels in numbered for level in levels)


def list_instances(*instances: tuple[int, Sequence[bytes]]) -> bytes:
    """Instances of lists: the id of the list, and overrides of levels."""
    heads = b"".join(struct.pack("<i8xB3x", identifier, len(overrides)) for identifier, overrides in instances)
    return (
        struct.pack("<I", len(instances))
        + heads
        + b"".join(b"\0\0\0\0" + b"".join(overrides) for _, overrides in instances)
    )


def override(level: int, start: int | None = None, replaced: bytes = b"") -> bytes:
    """An override of a level: its start, or the whole of it."""
    return (
        struct.pack("<iI", start or 0, level | (0x10 if start is not None else 0) | (0x20 if replaced else 0))
        + replaced
    )


@dataclass
class Binary:
    """A file in the making."""

    parts: dict[Place, bytes] = field(default_factory=dict)
    data: bytes = b""
    lengths: dict[Story, int] = field(default_factory=dict)
    single_byte: bool = False
    modifier: int = 0
    modifiers: bytes = b""
    _text: str = ""
    _paragraphs: list[tuple[int, bytes]] = field(default_factory=list)
    _runs: list[tuple[int, bytes]] = field(default_factory=list)

    def add(
        self,
        *runs: str | tuple[str, bytes],
        mark: str = "\r",
        style: int = 0,
        properties: bytes = b"",
        mark_characters: bytes = b"",
        story: Story = Story.MAIN,
    ) -> Binary:
        """A paragraph of runs, each a text or a text with its properties. Stories are to be added in their order."""
        start = len(self._text)
        for run in runs:
            text, characters = (run, b"") if isinstance(run, str) else run
            self._text += text
            self._runs.append((len(self._text), characters))
        self._text += mark
        self._runs.append((len(self._text), mark_characters))
        self._paragraphs.append((len(self._text), struct.pack("<H", style) + properties))
        self.lengths[story] = self.lengths.get(story, 0) + len(self._text) - start
        return self

    def row(self, *cells: str, end: bytes, mark_characters: bytes = b"") -> Binary:
        """A row of cells of one paragraph, and its end."""
        for cell in cells:
            self.add(cell, mark="\x07", properties=in_table())
        return self.add(mark="\x07", properties=end, mark_characters=mark_characters)

    def streams(self) -> Streams:
        width = 1 if self.single_byte else 2
        body = self._text.encode("cp1252" if self.single_byte else "utf-16-le", "surrogatepass")
        main = bytearray(_TEXT_AT) + body
        pages: dict[Place, bytes] = {}
        for place, entries in ((Place.PARAGRAPH_PAGES, self._paragraphs), (Place.CHARACTER_PAGES, self._runs)):
            edges, numbers = [_TEXT_AT], []
            for end, properties in entries:
                if width * end + _TEXT_AT == edges[-1]:
                    continue
                main += b"\0" * (-len(main) % _PAGE)
                numbers.append(struct.pack("<I", len(main) // _PAGE))
                edges.append(_TEXT_AT + width * end)
                main += _page(edges[-2], edges[-1], properties, place is Place.PARAGRAPH_PAGES)
            pages[place] = plc(edges, *numbers)
        where = _TEXT_AT * 2 | _SINGLE_BYTE_PIECE if self.single_byte else _TEXT_AT
        pieces = plc((0, len(self._text)), struct.pack("<HIH", 0, where, self.modifier))
        pages[Place.CLX] = self.modifiers + b"\x02" + struct.pack("<I", len(pieces)) + pieces
        table = b""
        for place, part in {**pages, **self.parts}.items():
            struct.pack_into("<II", main, 0x9A + 8 * place, len(table), len(part))
            table += part
        struct.pack_into("<H", main, 0x98, 93)
        struct.pack_into("<8I", main, 0x4C, *(self.lengths.get(story, 0) for story in Story))
        return Streams(bytes(main), table, self.data)

    def read(self, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Piece], list[Remark]]:
        """The pieces, and what is said of the file."""
        return read_streams(self.streams(), limits)


def read_streams(streams: Streams, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Piece], list[Remark]]:
    """The pieces of a file, and what is said of it."""
    left_out = LeftOut()
    return Document(streams, left_out, limits, "made.doc").pieces(), left_out.remarks()


def _page(start: int, end: int, properties: bytes, is_paragraph: bool) -> bytes:
    """A page of formatting with one entry, whose properties stand at its end."""
    if is_paragraph:
        content = bytes([0, (len(properties) + 1) // 2]) + properties + b"\0" * (len(properties) % 2)
        entry = 13
    else:
        content = bytes([len(properties)]) + properties
        entry = 1
    at = (_PAGE - 2 - len(content)) // 2 * 2
    assert at >= 8 + entry, "too many properties for a page"
    page = bytearray(_PAGE)
    struct.pack_into("<II", page, 0, start, end)
    page[8] = at // 2
    page[at : at + len(content)] = content
    page[-1] = 1
    return bytes(page)
