"""Lists of a binary Word file ([MS-DOC] 2.4.6.3, 2.9.150 LVL, 2.9.131 LFO): to the printed number of a paragraph."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from extract.doc.container import Place, Streams
from extract.doc.sprms import Sprm, sprms
from extract.numbering import FORMAT_CODES, LONGEST_TEXT, Level, ListState, next_label
from extract.symbols import count_private, from_symbol_font

_LIST_SIZE = 28  # LSTF
_IS_SIMPLE = 0x01
_LEVELS = 9
_LEVEL_HEAD = struct.Struct("<iBB")  # LVLF: start, number format, flags
_LEVEL_SIZE = 28
_FOLLOW_AT, _CHARACTERS_AT, _PARAGRAPH_AT, _RESTART_AT = 15, 24, 25, 26
_IS_LEGAL, _NEVER_RESTARTS = 0x04, 0x08
_NOTHING_FOLLOWS = 2
_INSTANCE_SIZE = 16  # LFO
_OVERRIDES_COUNT_AT = 12
_OVERRIDE_LEVEL, _OVERRIDES_START, _OVERRIDES_FORMAT = 0x0F, 0x10, 0x20  # LFOLVL
_MOST_LISTS, _MOST_INSTANCES = 4096, 0x07FE
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Instance:
    list_id: int
    levels: dict[int, Level]
    overrides: dict[int, int]


class Lists:
    """The lists of a file, and how far each has counted."""

    def __init__(self, streams: Streams, fonts: Sequence[str]) -> None:
        self._streams, self._table, self._fonts = streams, streams.table, fonts
        self._lists: dict[int, dict[int, Level]] = {}
        self._instances: list[_Instance] = []
        self._states: dict[int, ListState] = {}

    def read(self) -> None:
        """Read the lists. Those before a damaged place are there even where this raises an error."""
        self._read_lists(*self._streams.place(Place.LISTS))
        self._read_instances(*self._streams.place(Place.LIST_INSTANCES))

    def label(self, index: int, level: int) -> str:
        """Count a paragraph of a list instance, by its index from 1, and give its number; other indexes give none."""
        if not 1 <= index <= len(self._instances):
            return ""
        instance = self._instances[index - 1]
        if not instance.levels:
            return ""
        state = self._states.setdefault(instance.list_id, ListState())
        return next_label(state, instance.levels, min(level, max(instance.levels)), str(index), instance.overrides)

    def _read_lists(self, at: int, length: int) -> None:
        """The lists; the levels of all stand after the heads of all, outside what the length counts."""
        if not length:
            return
        (count,) = struct.unpack_from("<H", self._table, at)
        heads = []
        at += 2
        for _ in range(min(count, _MOST_LISTS)):
            heads.append((struct.unpack_from("<i", self._table, at)[0], self._table[at + 26] & _IS_SIMPLE))
            at += _LIST_SIZE
        for list_id, is_simple in heads:
            levels: dict[int, Level] = {}
            for index in range(1 if is_simple else _LEVELS):
                levels[index], at = self._level(at)
            self._lists[list_id] = levels

    def _read_instances(self, at: int, length: int) -> None:
        if not length:
            return
        (count,) = struct.unpack_from("<I", self._table, at)
        heads = []
        end = at + length
        at += 4
        for _ in range(min(count, _MOST_INSTANCES)):
            heads.append((struct.unpack_from("<i", self._table, at)[0], self._table[at + _OVERRIDES_COUNT_AT]))
            at += _INSTANCE_SIZE
        for list_id, count_of_overrides in heads:
            levels = dict(self._lists.get(list_id, {}))
            overrides: dict[int, int] = {}
            if at + 4 <= end:
                at += 4
                for _ in range(min(count_of_overrides, _LEVELS)):
                    at = self._override(at, levels, overrides)
            self._instances.append(_Instance(list_id, levels, overrides))

    def _override(self, at: int, levels: dict[int, Level], overrides: dict[int, int]) -> int:
        start, flags = struct.unpack_from("<iI", self._table, at)
        at += 8
        level = flags & _OVERRIDE_LEVEL
        if flags & _OVERRIDES_FORMAT:
            # The start that counts is then the level's own.
            levels[level], at = self._level(at)
            start = levels[level].start
        if flags & _OVERRIDES_START:
            overrides[level] = start
        return at

    def _level(self, at: int) -> tuple[Level, int]:
        """A level and where it ends: a head, properties of paragraph and characters, the text."""
        table = self._table
        start, code, flags = _LEVEL_HEAD.unpack_from(table, at)
        characters_size, paragraph_size, restart = (
            table[at + _CHARACTERS_AT],
            table[at + _PARAGRAPH_AT],
            table[at + _RESTART_AT],
        )
        follow = table[at + _FOLLOW_AT]
        at += _LEVEL_SIZE + paragraph_size
        properties = table[at : at + characters_size]
        at += characters_size
        (length,) = struct.unpack_from("<H", table, at)
        text = table[at + 2 : at + 2 + 2 * min(length, LONGEST_TEXT)].decode("utf-16-le", "replace")
        at += 2 + 2 * length
        form = FORMAT_CODES.get(code, "decimal")
        level = Level(
            self._bullet(text, properties) if form == "bullet" else _with_places(text),
            form,
            start,
            bool(flags & _IS_LEGAL),
            restart if flags & _NEVER_RESTARTS else None,
            follow != _NOTHING_FOLLOWS,
        )
        return level, at

    def _bullet(self, text: str, properties: bytes) -> str:
        for code, operand in sprms(properties):
            if code == Sprm.C_FONT:
                (font,) = struct.unpack("<H", operand)
                text = from_symbol_font(text, self._fonts[font]) if font < len(self._fonts) else text
        return _BULLET if count_private(text) else text


def _with_places(text: str) -> str:
    """A level's text with the numbers' places, which are characters 0 to 8 there, as %1 to %9.

    >>> _with_places("（\\0）"), _with_places("\\0.\\1")
    ('（%1）', '%1.%2')
    """
    return "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in text)
