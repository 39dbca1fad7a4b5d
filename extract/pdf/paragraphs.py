"""Paragraphs out of lines: where a line breaks only because the page is no wider, it goes on in the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.folding import fold
from extract.lines import is_furniture
from extract.outline import match_label
from extract.pdf.pages import Page, TextLine
from extract.pdf.words import room_needed

_SENTENCE_END = re.compile(r"[。；！？：;!?:][”’」』）)]*$")
_DOCUMENT_NUMBER = re.compile(r"\S{2,15}[〔\[(]\s*[0-9]{4}\s*[〕\])].{0,4}[0-9]+\s*号")
# All of these are parts of the size of the type.
_SLACK = 0.05
_FLUSH = 0.7  # how far from the margin a line may begin that has no indent
_DEEPEST_INDENT = 6
_INDENT_OF_PARAGRAPH = 3
_SHORT = 2  # a line that ends so far before the margin is the last of its paragraph
_ROOM_IN_PARAGRAPH = 3.5
_ROOM_IN_TITLE = 2.6
_MORE_LEADING = 0.45
_CENTERED = 0.8
_SAME_SIZE = 0.15
_ODD_BREAK = 0.25  # of the width of the page: what may be free at the end of a line of a paragraph

_UNEVEN = 6.0  # points

Placed = tuple[Page, TextLine]


class Paragraphs:
    """How the paragraphs of a document look: between which margins, whether indented, whether set apart."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._margins = _margins(pages)
        pairs = list(self._pairs(pages))
        self._leading = self._usual_leading(pairs)
        after_short = [(page, before, line) for page, before, line in pairs if self._is_short(page, before)]
        indents = [(line.left - self._edges(page)[0]) / line.size for page, _, line in after_short]
        indented = sum(_FLUSH < indent < _INDENT_OF_PARAGRAPH for indent in indents)
        apart = sum(self._is_apart(before, line) for _, before, line in after_short)
        #: Whether paragraphs begin with an indent or a gap: then a line without either goes on with the one above.
        self._is_marked = indented >= sum(abs(indent) <= _FLUSH for indent in indents) or 2 * apart >= len(after_short)

    def goes_on_in(self, paragraph: Sequence[Placed], page: Page, line: TextLine) -> bool:
        """Whether a line goes on with the paragraph above it."""
        last_page, last = paragraph[-1]
        if abs(last.size - line.size) > _SAME_SIZE * last.size or last_page is page and self._is_apart(last, line):
            return False
        if is_furniture(fold(line.text)):
            return False
        left, right = self._edges(last_page)
        own_left, own_right = self._edges(page)
        is_flush = line.left <= own_left + _FLUSH * line.size
        is_title = last.left > left + _FLUSH * last.size or line.left > own_left + _INDENT_OF_PARAGRAPH * line.size
        is_centered = (
            not is_flush and is_title and _is_centered(last, left, right) and _is_centered(line, own_left, own_right)
        )
        room = right - last.right + _SLACK * last.size
        if is_centered and last.left > left + _FLUSH * last.size:
            room += last.left - left
        ends = _SENTENCE_END.search(last.text) is not None
        has_label = match_label(fold(line.text), 0, len(line.text)) is not None
        if is_flush and self._is_marked:
            # Only lines that stand alone (the recipients) have neither indent nor gap and begin anew.
            if room < _ROOM_IN_PARAGRAPH * last.size:
                return True
            is_body = last.left <= left + _INDENT_OF_PARAGRAPH * last.size and not (
                last.left > left and _is_centered(last, left, right)
            )
            if is_body and not ends and not has_label and room < _ODD_BREAK * (right - left):
                return True
        if is_centered:
            is_other = ends or has_label or _DOCUMENT_NUMBER.fullmatch(fold(line.text)) is not None
            return not is_other and room < max(room_needed(last, line), _ROOM_IN_TITLE * last.size)
        if room >= room_needed(last, line):
            return False
        if is_flush:
            return self._is_marked or not (ends and has_label)
        first_page, first = paragraph[0]
        deepest = _DEEPEST_INDENT * line.size
        is_hanging = line.left <= own_left + deepest and first.left <= self._edges(first_page)[0] + deepest
        return is_hanging and not ends and not has_label

    def alignment(self, paragraph: Sequence[Placed]) -> str:
        """``center``, ``right`` or empty."""
        page, first = paragraph[0]
        left, right = self._edges(page)
        indents = [(line.left - self._edges(own)[0]) / line.size for own, line in paragraph]
        if (
            max(indents) > _INDENT_OF_PARAGRAPH - 0.5
            or len(paragraph) > 1
            and indents[0] > _FLUSH
            and min(indents) > _FLUSH
        ):
            if all(_is_centered(line, *self._edges(own)) for own, line in paragraph):
                return "center"
            is_at_right = (
                first.right > right - _DEEPEST_INDENT * first.size and first.left > (left + right) / 2 - 2 * first.size
            )
            if is_at_right and indents[0] > _INDENT_OF_PARAGRAPH:
                return "right"
        return ""

    def _edges(self, page: Page) -> tuple[float, float]:
        return self._margins[round(page.width), round(page.height)]

    def _pairs(self, pages: Sequence[Page]) -> Iterator[tuple[Page, TextLine, TextLine]]:
        """Lines that follow one another on a page."""
        for page in pages:
            for before, line in zip(page.items, page.items[1:], strict=False):
                if isinstance(before, TextLine) and isinstance(line, TextLine):
                    yield page, before, line

    def _is_short(self, page: Page, line: TextLine) -> bool:
        left, right = self._edges(page)
        return line.right < right - _SHORT * line.size and line.left < left + _INDENT_OF_PARAGRAPH * line.size

    def _usual_leading(self, pairs: Sequence[tuple[Page, TextLine, TextLine]]) -> float:
        """What is free between a full line and the next, more often than not."""
        gaps = Counter(
            round(line.top - before.bottom)
            for page, before, line in pairs
            if before.right > self._edges(page)[1] - _SHORT * before.size
        )
        return float(min(gaps, key=lambda gap: (-gaps[gap], gap))) if gaps else 0.0

    def _is_apart(self, before: TextLine, line: TextLine) -> bool:
        """Whether there is more free between two lines than inside a paragraph."""
        return line.top - before.bottom > self._leading + _MORE_LEADING * line.size


def _is_centered(line: TextLine, left: float, right: float) -> bool:
    return abs((line.left - left) - (right - line.right)) < _CENTERED * line.size


def _margins(pages: Sequence[Page]) -> dict[tuple[int, int], tuple[float, float]]:
    """Where lines begin and end at the left and right of pages of one size: the outermost places that several lines
    share.
    """
    lines: dict[tuple[int, int], list[TextLine]] = {}
    for page in pages:
        own = lines.setdefault((round(page.width), round(page.height)), [])
        own += [item for item in page.items if isinstance(item, TextLine)]
    margins: dict[tuple[int, int], tuple[float, float]] = {}
    for size, own in lines.items():
        left = _shared([line.left for line in own], 2.0) if own else 0.0
        right = -_shared([-line.right for line in own], 6.0) if own else 0.0
        # Where no line is full, the page tells: most have as much free at the right as at the left.
        margins[size] = left, max(right, size[0] - left - _UNEVEN)
    return margins


def _shared(places: Sequence[float], near: float) -> float:
    """The least place that several are near to; the least where there is none."""
    ordered = sorted(places)
    needed = max(2, len(ordered) // 30)
    end = 0
    for index, place in enumerate(ordered):
        while end < len(ordered) and ordered[end] <= place + near:
            end += 1
        if end - index >= needed:
            return place
    return ordered[0]
