"""Styles of an OpenDocument text: what a paragraph or stretch has of its style and of those above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
_BOLD_FROM = 600


@dataclass(frozen=True, slots=True)
class Style:
    """What a style sets; ``None`` where neither it nor those above it say."""

    align: str | None = None
    is_bold: bool | None = None
    is_hidden: bool | None = None
    is_raised: bool | None = None


class Styles:
    """The styles of a document by family and name, its own before the common ones."""

    def __init__(self, common: Any, own: Any) -> None:
        self._elements: dict[tuple[str, str], Any] = {}
        self._read: dict[tuple[str, str], Style] = {}
        for styles in (common, own):
            for element in styles.iterchildren(f"{STYLE}style") if styles is not None else ():
                self._elements[element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")] = element

    def style(self, family: str, name: str) -> Style:
        """What a style sets; one that is not known sets nothing."""
        chain: dict[tuple[str, str], Any] = {}
        key = (family, name)
        while key not in self._read and key in self._elements and key not in chain:
            chain[key] = self._elements[key]
            key = (family, chain[key].get(f"{STYLE}parent-style-name", ""))
        read = self._read.get(key, Style())
        for derived, element in reversed(chain.items()):
            read = self._read[derived] = _derived(read, element)
        return read


def _derived(base: Style, element: Any) -> Style:
    paragraph, text = element.find(f"{STYLE}paragraph-properties"), element.find(f"{STYLE}text-properties")
    align = None if paragraph is None else paragraph.get(f"{_FO}text-align")
    weight, display, position = (
        None if text is None else text.get(name)
        for name in (f"{_FO}font-weight", f"{TEXT}display", f"{STYLE}text-position")
    )
    return Style(
        base.align if align is None else _ALIGNMENTS.get(align, ""),
        base.is_bold if weight is None else weight == "bold" or weight.isdecimal() and int(weight[:4]) >= _BOLD_FROM,
        base.is_hidden if display is None else display == "none",
        base.is_raised if position is None else bool(re.match(r"super|[1-9]", position)),
    )
