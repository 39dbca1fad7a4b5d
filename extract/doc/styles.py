"""The style sheet of a binary Word file ([MS-DOC] 2.9.271 STSH, 2.9.258 STD)."""

from __future__ import annotations

import re
import struct
from collections.abc import Container
from dataclasses import dataclass

_PARAGRAPH, _CHARACTER = 1, 2  # kinds of style
_NO_STYLE = 0x0FFF
_MOST_STYLES = 0x0FFE
_SMALLEST_STYLE = 10
_CONTENTS = range(19, 28)  # built-in styles of a table of contents, toc 1 to toc 9 ([MS-DOC] 2.9.273)
_CONTENTS_NAME = re.compile(r"(?:toc|目录) ?[1-9]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    kind: int
    base: int
    is_contents: bool
    paragraph: bytes
    character: bytes


class StyleSheet:
    """The styles by their numbers. A number without a style stands for one that sets nothing."""

    def __init__(self, data: bytes) -> None:
        self._styles: dict[int, _Style] = {}
        if len(data) < 8:
            return
        head_size, count, fixed_size = struct.unpack_from("<HHH", data)
        at = 2 + head_size
        for number in range(min(count, _MOST_STYLES)):
            if at + 2 > len(data):
                return
            (size,) = struct.unpack_from("<H", data, at)
            if size >= _SMALLEST_STYLE:
                self._styles[number] = _style(data[at + 2 : at + 2 + size], fixed_size)
            at += 2 + size + size % 2

    def chain(self, number: int, known: Container[int]) -> list[int]:
        """A style and those that it is based on, the outermost first, up to one that is known."""
        found: dict[int, None] = {}
        while number not in known and number not in found:
            found[number] = None
            base = self.base(number)
            if base == _NO_STYLE or base not in self._styles:
                break
            number = base
        return list(reversed(found))

    def base(self, number: int) -> int:
        """The style that one is based on."""
        style = self._styles.get(number)
        return style.base if style is not None else _NO_STYLE

    def paragraph_properties(self, number: int) -> bytes:
        style = self._styles.get(number)
        return style.paragraph if style is not None else b""

    def character_properties(self, number: int) -> bytes:
        style = self._styles.get(number)
        return style.character if style is not None else b""

    def is_contents(self, number: int) -> bool:
        """Whether a style is for the lines of a table of contents."""
        style = self._styles.get(number)
        return style is not None and style.is_contents


def _style(data: bytes, fixed_size: int) -> _Style:
    identifier, kind_and_base = struct.unpack_from("<HH", data)
    identifier, kind, base = identifier & 0x0FFF, kind_and_base & 0x000F, kind_and_base >> 4
    name, at = "", fixed_size
    if at + 2 <= len(data):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length + 2
    lists = []
    for _ in range(2 if kind == _PARAGRAPH else 1 if kind == _CHARACTER else 0):
        at += at % 2
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        lists.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    paragraph = lists[0][2:] if kind == _PARAGRAPH and lists else b""
    character = lists[-1] if kind == _CHARACTER and lists else lists[1] if len(lists) > 1 else b""
    is_contents = identifier in _CONTENTS or bool(_CONTENTS_NAME.match(name.split(",")[0]))
    return _Style(kind, base, is_contents, paragraph, character)
