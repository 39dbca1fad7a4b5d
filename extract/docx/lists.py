"""Lists of a .docx ([ECMA-376-1] 17.9): from the list and level of a paragraph to the number that is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extract.docx.package import W
from extract.docx.styles import Styles, flag, font_of, number, value
from extract.numbering import LONGEST_TEXT, Level, ListState, next_label
from extract.symbols import count_private, from_symbol_font

_DEEPEST = 8
_BULLET = "•"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


@dataclass(slots=True)
class _List:
    """A numbered instance: the abstract list that it counts in, its levels, and the starts that it sets anew."""

    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int]
    style_levels: dict[str, int]


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._instances: dict[str, Any] = {}
        for element in root.iterchildren() if root is not None else ():
            if element.tag == f"{W}abstractNum":
                self._abstract.setdefault(element.get(f"{W}abstractNumId", ""), element)
            elif element.tag == f"{W}num":
                self._instances.setdefault(element.get(f"{W}numId", ""), element)
        self._read: dict[str, _List | None] = {}
        self._states: dict[str, ListState] = {}

    def label(self, list_id: str, level: int, style: str) -> str:
        """Count a paragraph of a list and give its printed number; ``level`` -1: the one that is tied to its style."""
        if list_id not in self._read:
            self._read[list_id] = self._list(list_id)
        found = self._read[list_id]
        if found is None:
            return ""
        if level < 0:
            level = found.style_levels.get(style, 0)
        state = self._states.setdefault(found.abstract, ListState())
        return next_label(state, found.levels, min(level, _DEEPEST), list_id, found.overrides)

    def _list(self, list_id: str) -> _List | None:
        """The list of an id; ``None`` for 0, which switches numbering off, and for one that is not there."""
        instance = self._instances.get(list_id)
        abstract_id = value(instance, "abstractNumId") or ""
        abstract = self._followed(abstract_id)
        if instance is None or abstract is None:
            return None
        levels: dict[int, Level] = {}
        style_levels: dict[str, int] = {}
        for element in abstract.iterchildren(f"{W}lvl"):
            index = number(element.get(f"{W}ilvl"), -1)
            if 0 <= index <= _DEEPEST:
                levels[index] = _level(element)
                if style := value(element, "pStyle"):
                    style_levels.setdefault(style, index)
        overrides: dict[int, int] = {}
        for override in instance.iterchildren(f"{W}lvlOverride"):
            index = number(override.get(f"{W}ilvl"), -1)
            if not 0 <= index <= _DEEPEST:
                continue
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[index] = _level(own)
            if (start := value(override, "startOverride")) is not None:
                # Where the level is replaced too, its own start holds.
                overrides[index] = number(start, 1) if own is None else levels[index].start
        return _List(abstract.get(f"{W}abstractNumId", ""), levels, overrides, style_levels)

    def _followed(self, abstract_id: str) -> Any:
        """The abstract list of an id, or the one that its list style leads to."""
        seen: set[str] = set()
        while abstract_id not in seen:
            seen.add(abstract_id)
            abstract = self._abstract.get(abstract_id)
            style = value(abstract, "numStyleLink")
            if not style:
                return abstract
            linked = self._instances.get(self._styles.style(style).list_id)
            abstract_id = value(linked, "abstractNumId") or ""
        return None


def _level(element: Any) -> Level:
    form = value(element, "numFmt")
    if form is None:
        # A format of newer versions stands beside one that all know.
        formats = [
            item.get(f"{W}val", "") for choice in element.iterchildren(_ALTERNATE) for item in choice.iter(f"{W}numFmt")
        ]
        form = formats[-1] if formats else "decimal"
    text = (value(element, "lvlText") or "")[:LONGEST_TEXT]
    if form == "bullet":
        text = from_symbol_font(text, font_of(element.find(f"{W}rPr")))
        text = _BULLET if count_private(text) else text
    restart = value(element, "lvlRestart")
    return Level(
        text,
        form,
        number(value(element, "start"), 0),
        bool(flag(element, "isLgl")),
        None if restart is None else number(restart, 0),
        value(element, "suff") != "nothing",
    )
