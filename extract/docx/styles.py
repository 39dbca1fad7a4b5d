"""Styles of a .docx: what a paragraph or run has of its style and of those that the style is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from extract.docx.package import W

_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]$", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}
_BODY_LEVEL = 9  # the outline level of text that is no heading
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style and its bases set, ``None`` where none says; ``list_level`` is -1 where only the list tells."""

    is_contents: bool = False
    level: int = 0
    align: str = ""
    list_id: str = ""
    list_level: int = -1
    list_style: str = ""
    is_bold: bool | None = None
    is_hidden: bool | None = None
    is_raised: bool | None = None
    font: str = ""


def value(parent: Any, tag: str) -> str | None:
    """The ``w:val`` of a child, ``None`` where there is no such child."""
    child = parent.find(W + tag) if parent is not None else None
    return None if child is None else child.get(f"{W}val", "")


def number(text: str | None, default: int) -> int:
    """A number of an attribute; the default where it is none.

    >>> number("3", 0), number(None, 1), number("x", 2)
    (3, 1, 2)
    """
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else default


def flag(properties: Any, tag: str) -> bool | None:
    """Whether a property is on, ``None`` where it is not set."""
    setting = value(properties, tag)
    return None if setting is None else setting not in _OFF


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._read: dict[str, Style] = {"": Style()}
        self.default = ""
        for element in root.iterchildren(f"{W}style") if root is not None else ():
            identifier = element.get(f"{W}styleId", "")
            self._elements.setdefault(identifier, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self.default = identifier

    def style(self, identifier: str) -> Style:
        """What a style sets; one that is not known sets nothing."""
        chain: dict[str, None] = {}
        while identifier not in self._read and identifier in self._elements and identifier not in chain:
            chain[identifier] = None
            identifier = value(self._elements[identifier], "basedOn") or ""
        read = self._read.get(identifier, self._read[""])
        for derived in reversed(chain):
            read = self._read[derived] = _derived(read, derived, self._elements[derived])
        return read


def _derived(base: Style, identifier: str, element: Any) -> Style:
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    style = replace(base, is_contents=base.is_contents or bool(_CONTENTS.match(value(element, "name") or "")))
    if (level := value(paragraph, "outlineLvl")) is not None:
        style = replace(style, level=outline_level(level))
    if (align := value(paragraph, "jc")) is not None:
        style = replace(style, align=alignment(align))
    numbering = paragraph.find(f"{W}numPr") if paragraph is not None else None
    if numbering is not None:
        list_id, list_level = value(numbering, "numId"), value(numbering, "ilvl")
        if list_id is not None:
            style = replace(style, list_id=list_id, list_level=-1, list_style=identifier)
        if list_level is not None:
            style = replace(style, list_level=number(list_level, 0))
    bold, hidden = flag(run, "b"), flag(run, "vanish")
    return replace(
        style,
        is_bold=base.is_bold if bold is None else bold,
        is_hidden=base.is_hidden if hidden is None else hidden,
        is_raised=base.is_raised if (raised := value(run, "vertAlign")) is None else raised == "superscript",
        font=font_of(run) or base.font,
    )


def outline_level(setting: str) -> int:
    """An outline level as a heading level: 1 to 9, 0 for body text."""
    level = number(setting, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


def alignment(setting: str) -> str:
    """``center``, ``right`` or empty."""
    return _ALIGNMENTS.get(setting, "")


def font_of(run: Any) -> str:
    """The font of a run's Latin and symbol characters."""
    fonts = run.find(f"{W}rFonts") if run is not None else None
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
