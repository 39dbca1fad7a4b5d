"""Characters of symbol fonts, which mean nothing without their font, as characters of Unicode: ☑ ≥ ①."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

#: Where Word keeps the 256 places of a symbol font among the characters for private use.
_PRIVATE = 0xF000
_PRIVATE_CHARACTER = re.compile("[\uf000-\uf0ff]")
#: The digits and most punctuation of this font are what they are elsewhere.
_HALF_LATIN = "symbol"


@cache
def _fonts() -> dict[str, dict[int, str]]:
    fonts: dict[str, dict[int, str]] = {}
    with open(Path(__file__).parent / "symbols.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fonts.setdefault(row["font"].lower(), {})[int(row["code"], 16)] = row["character"]
    return fonts


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are to be looked up here.

    >>> is_symbol_font("Wingdings"), is_symbol_font("宋体")
    (True, False)
    """
    return font.lower() in _fonts()


def count_private(text: str) -> int:
    """How many characters of a text only their font gives a meaning."""
    return len(_PRIVATE_CHARACTER.findall(text))


def from_symbol_font(text: str, font: str) -> str:
    """A text set in a symbol font as it looks; what is not known is left for private use.

    >>> from_symbol_font("\\uf0b33.5", "Symbol"), from_symbol_font("\\uf0fe是", "Wingdings"), from_symbol_font("3", "宋体")
    ('≥3.5', '☑是', '3')
    """
    signs = _fonts().get(font.lower())
    if signs is None:
        return text
    return "".join(_sign(char, signs, font) for char in text)


def _sign(char: str, signs: dict[int, str], font: str) -> str:
    code = ord(char)
    place = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code
    if place in signs:
        return signs[place]
    return chr(place) if font.lower() == _HALF_LATIN and 0x20 <= place < 0x7F else char
