"""Lists of an OpenDocument text: from a paragraph's list and depth to the number that is printed."""

from __future__ import annotations

import re
from typing import Any

from extract.numbering import LONGEST_TEXT, Level, ListState, next_label
from extract.odt.styles import STYLE, TEXT
from extract.symbols import count_private

DEEPEST = 10
_OUTLINE = "Outline"  # what programs call the numbering of headings where they refer to it
_BULLET = "•"
_LIST_FORMAT = re.compile(r"\{[^}]*\}num-list-format")
_NUMBER = re.compile(r"%(\d{1,2})%")
#: Formats by how the file writes them ([ODF 1.3-3] 19.500 style:num-format), to their names in .docx.
_FORMATS = {
    "": "none", "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "01, 02, 03, ...": "decimalZero", "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "ideographLegalTraditional",
    "①, ②, ③, ...": "decimalEnclosedCircle", "甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac",
    "１, ２, ３, ...": "decimalFullWidth",
}  # fmt: skip


class Lists:
    """The list styles of a document, and how far each list has counted."""

    def __init__(self, common: Any, own: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        for styles in (common, own):
            for element in (
                styles.iterchildren(f"{TEXT}list-style", f"{TEXT}outline-style") if styles is not None else ()
            ):
                name = element.get(f"{STYLE}name", "") if element.tag == f"{TEXT}list-style" else _OUTLINE
                self._levels[name] = {
                    level: found for item in element if (level := _depth(item)) >= 0 and (found := _level(item, level))
                }
        self._by_id: dict[str, ListState] = {}
        self._last: dict[str, ListState] = {}
        self._outline = ListState()

    def open(self, element: Any, style: str, depth: int, outer: ListState | None) -> ListState:
        """The counters for a ``text:list`` that begins: its own, those that it goes on with, or those of the list
        around it.
        """
        continued = element.get(f"{TEXT}continue-numbering") == "true"
        if outer is not None:
            state = outer
            if not continued:
                state.counts.pop(depth, None)
        elif (earlier := self._by_id.get(element.get(f"{TEXT}continue-list", ""))) is not None:
            state = earlier
        else:
            state = self._last.get(style, ListState()) if continued else ListState()
        if identifier := element.get("{http://www.w3.org/XML/1998/namespace}id"):
            self._by_id[identifier] = state
        self._last[style] = state
        return state

    def label(self, state: ListState, style: str, depth: int, start: str | None = None) -> str:
        """Count an item of a list and give its printed number; ``start`` is the number that it is given, if any."""
        if start is not None and re.fullmatch(r"\d{1,6}", start):
            state.counts[depth] = int(start) - 1
        return next_label(state, self._levels.get(style, {}), min(depth, DEEPEST - 1), style, {})

    def heading_label(self, level: int) -> str:
        """Count a heading and give its number."""
        return self.label(self._outline, _OUTLINE, level - 1)


def _depth(item: Any) -> int:
    level = item.get(f"{TEXT}level", "")
    return int(level) - 1 if re.fullmatch("[1-9]|10", level) else -1


def _level(item: Any, depth: int) -> Level | None:
    if item.tag == f"{TEXT}list-level-style-bullet":
        sign = item.get(f"{TEXT}bullet-char", "")[:1]
        return Level(_BULLET if count_private(sign) else sign, "bullet")
    if item.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
        return None
    written = item.get(f"{STYLE}num-format", "")
    start = item.get(f"{TEXT}start-value", "1")
    alignment = next(item.iter(f"{STYLE}list-level-label-alignment"), None)
    return Level(
        _pattern(item, depth)[:LONGEST_TEXT],
        _FORMATS.get(written, "decimal"),
        int(start) if re.fullmatch(r"\d{1,6}", start) else 1,
        is_spaced=alignment is None or alignment.get(f"{TEXT}label-followed-by") != "nothing",
    )


def _pattern(item: Any, depth: int) -> str:
    """The text of a level, ``%1`` to ``%9`` where the numbers stand."""
    whole = next((value for name, value in item.attrib.items() if _LIST_FORMAT.fullmatch(str(name))), None)
    if whole is not None:
        return _NUMBER.sub(lambda match: f"%{match[1]}" if len(match[1]) == 1 else "", whole)
    shown = item.get(f"{TEXT}display-levels", "1")
    first = depth + 1 - min(depth, int(shown) - 1 if re.fullmatch("[1-9]|10", shown) else 0)
    numbers = ".".join(f"%{level}" for level in range(first, depth + 2) if level < DEEPEST)
    if not item.get(f"{STYLE}num-format"):
        numbers = ""
    return f"{item.get(f'{STYLE}num-prefix', '')}{numbers}{item.get(f'{STYLE}num-suffix', '')}"
