"""What pages add to a text: page numbers, and lines that stand at the edge of every page."""

from __future__ import annotations

import re
from collections import Counter

from extract.folding import fold
from extract.pdf.pages import Page, TextLine

_NUMBERED = re.compile(
    r"[-—–·•~_ ]*(?:第 ?)?([0-9]{1,4})(?: ?页)?(?: ?[,/]? ?(?:共|of)? ?[0-9]{1,4} ?页?)?[-—–·•~_ ]*", re.IGNORECASE
)
_DIGITS = re.compile("[0-9]+")
_EDGE_LINES = 3
_SHARE = 0.5  # of the pages: a line that stands at the edge of so many is no part of the text
_SAME_HEIGHT = 6.0  # points
_LONGEST = 80


def without_running_lines(pages: list[Page]) -> tuple[list[Page], int]:
    """The pages without page numbers, running heads and feet, and how many lines these were."""
    places = [_edge_lines(page) for page in pages]
    known = Counter(key for lines in places for key in {_key(page_line) for page_line in lines})
    offsets = Counter(
        number - index
        for index, lines in enumerate(places)
        for number in {_number(line) for _, line in lines}
        if number
    )
    running: set[int] = set()
    for index, lines in enumerate(places):
        for side, line in lines:
            number = _number(line)
            is_number = number > 0 and (offsets[number - index] > 1 or len(pages) == 1 and number == 1)
            is_repeated = len(pages) > 2 and known[_key((side, line))] > max(2, _SHARE * len(pages))
            if is_number or is_repeated:
                running.add(id(line))
    kept = [[item for item in page.items if id(item) not in running] for page in pages]
    if not any(kept):
        return pages, 0
    for page, items in zip(pages, kept, strict=True):
        page.items = items
    return pages, len(running)


def _edge_lines(page: Page) -> list[tuple[str, TextLine]]:
    """The lines at the top and at the bottom of a page, above and below all tables."""
    found: list[tuple[str, TextLine]] = []
    for side, items in (("top", page.items), ("bottom", list(reversed(page.items)))):
        for item in items[:_EDGE_LINES]:
            if not isinstance(item, TextLine):
                break
            found.append((side, item))
    return found


def _key(place: tuple[str, TextLine]) -> tuple[str, str, int]:
    """What a running line has in common from page to page: side, words, height."""
    side, line = place
    return side, _DIGITS.sub("#", fold(line.text[:_LONGEST])), round(line.top / _SAME_HEIGHT)


def _number(line: TextLine) -> int:
    """The page number that a line is; 0 where it is none.

    >>> from extract.pdf.pages import Char
    >>> lines = [[Char(sign, at, at + 1, 0, 1, 1, False) for at, sign in enumerate(text)] for text in ("— 3 —", "第3页", "3家")]
    >>> [_number(TextLine(line)) for line in lines]
    [3, 3, 0]
    """
    match = _NUMBERED.fullmatch(fold(line.text[:_LONGEST]).strip())
    return int(match[1]) if match else 0
