"""Markup to lines and grids: what of a page is one line, what is a table of data, and where its cells stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from extract.document_order import SKIPPED, DocumentOrder, Event
from extract.errors import LimitExceeded
from extract.folding import fold
from extract.grid import PlacedCell, build_table
from extract.limits import Limits
from extract.lines import clean_line, names_file
from extract.numbering import format_number
from extract.pieces import Grid, Line, Piece

_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "center", "pre", "hr", "form", "fieldset", "legend", "address", "figure", "figcaption",
    "body", "html", "br", "ucapcontent", "details", "summary",
}  # fmt: skip
_CELLS = {"td", "th"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_OF_MEANING = {"sup", "pre", "a", *_HEADINGS, "ol", "ul", "li"}
_SENTENCE = re.compile(r"[，。；！]|[\u4e00-\u9fff][,;]")
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify|start|end)", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:[(〔][0-9一二三四五六七八九十]{1,3}[)〕]|[0-9]{1,3}[.、)](?![0-9])|[一二三四五六七八九十]{1,3}[、.]|[①-⑳])")
# How ``<ol>`` numbers its items: by ``type``, by style, by the classes of the UEditor that many sites use.
_LIST_FORMS = {
    "1": ("decimal", "{}."), "a": ("lowerLetter", "{}."), "A": ("upperLetter", "{}."), "i": ("lowerRoman", "{}."), "I": ("upperRoman", "{}."),
    "lower-alpha": ("lowerLetter", "{}."), "upper-alpha": ("upperLetter", "{}."), "lower-latin": ("lowerLetter", "{}."), "upper-latin": ("upperLetter", "{}."),
    "lower-roman": ("lowerRoman", "{}."), "upper-roman": ("upperRoman", "{}."), "decimal": ("decimal", "{}."),
    "cjk-ideographic": ("chineseCounting", "{}、"), "simp-chinese-informal": ("chineseCounting", "{}、"), "cjk-decimal": ("chineseCounting", "{}、"),
    "trad-chinese-informal": ("chineseCounting", "{}、"), "none": ("", ""), "disc": ("", ""), "circle": ("", ""), "square": ("", ""),
    "custom_num": ("decimal", "{}."), "custom_num1": ("decimal", "{})"), "custom_num2": ("decimal", "({})"),
    "custom_cn": ("chineseCounting", "{}、"), "custom_cn1": ("chineseCounting", "{})"), "custom_cn2": ("chineseCounting", "（{}）"),
}  # fmt: skip


@dataclass(slots=True)
class Measure:
    """What lies in an element: characters, those in links, those of sentences (links left out), pictures."""

    characters: int = 0
    linked: int = 0
    sentences: int = 0
    pictures: int = 0
    holds_table: bool = False
    holds_file: bool = False


def measure(events: Iterable[Event]) -> dict[int, Measure]:
    """The measures of every element that the events close, by ``id`` of the tag."""
    total: dict[int, Measure] = {}
    outer = Measure()
    around: list[Measure] = []
    links = cells = 0
    for event, node in events:
        if event == "text":
            assert isinstance(node, NavigableString)
            string = node.strip()
            size = len(string)
            if not size:
                continue
            outer.characters += size
            if links:
                outer.linked += size
                outer.holds_file |= names_file(string)
            elif size > 60 or size > 12 and _SENTENCE.search(string):
                outer.sentences += size
            elif cells:
                # A notice may be one table of short cells: they count, for less than sentences do.
                outer.sentences += size // 3
            continue
        assert isinstance(node, Tag)
        name = node.name
        if event == "open":
            links += name == "a"
            cells += name in _CELLS
            around.append(outer)
            outer = Measure()
            continue
        links -= name == "a"
        cells -= name in _CELLS
        here, outer = outer, around.pop()
        total[id(node)] = here
        outer.characters += here.characters
        outer.linked += here.linked
        outer.sentences += here.sentences
        outer.pictures += here.pictures + (name == "img")
        outer.holds_table |= here.holds_table or name == "table"
        outer.holds_file |= here.holds_file or name == "a" and _leads_to_file(str(node.get("href") or ""))
    return total


class Reader:
    """Turns elements of a page into lines and grids."""

    def __init__(self, order: DocumentOrder, measures: dict[int, Measure], limits: Limits, name: str) -> None:
        self._order, self._measures, self._limits, self._name = order, measures, limits, name
        self._cells = 0

    def pieces(self, nodes: Sequence[PageElement], skipped: Collection[int] = (), spaced: bool = False) -> Iterator[Piece]:
        """The lines and tables of some elements, in order, without what lies in elements whose ``id`` is in ``skipped``.

        ``spaced``: a blank between inline elements (label and value).
        """
        lines = _Lines(spaced)
        for root in nodes:
            inside_table: PageElement | None = None
            for event, node in self._order.below(root, skipped):
                if inside_table is not None:
                    if node is inside_table and event == "close":
                        inside_table = None
                elif event == "open" and isinstance(node, Tag) and node.name == "table" and self.is_data(node):
                    yield from lines.take()
                    yield from self._table(node, spaced)
                    inside_table = node
                else:
                    lines.feed(event, node)
            yield from lines.take()

    def _rows(self, table: Tag) -> tuple[list[tuple[int, list[Tag]]], list[PageElement]]:
        """The rows of a table, each with the number of its row group, head first and foot last; and what stands outside rows.

        Rows inside a ``<form>`` and cells inside a ``<div>``, which is wrong markup and common, are found too.
        """
        groups: list[tuple[int, int, list[Tag]]] = []  # order of the group, its number, the cells of a row
        strays: list[PageElement] = []
        stack: list[tuple[PageElement, int, int]] = [(child, 1, 0) for child in reversed(table.contents)]
        number = 0
        while stack:
            node, order, group = stack.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString) and str(node).strip():
                    strays.append(node)
                continue
            if not isinstance(node, Tag):
                continue
            if node.name in ("thead", "tbody", "tfoot"):
                number += 1
                order = {"thead": 0, "tbody": 1, "tfoot": 2}[node.name]
                stack.extend((child, order, number) for child in reversed(node.contents))
            elif node.name == "tr":
                groups.append((order, group, self._row_cells(node, strays)))
            elif node.name in ("table", "caption") or node.name in SKIPPED:
                strays.append(node)
            else:
                stack.extend((child, order, group) for child in reversed(node.contents))
        groups.sort(key=lambda row: row[0])
        return [(group, cells) for _, group, cells in groups], strays

    def _row_cells(self, row: Tag, strays: list[PageElement]) -> list[Tag]:
        cells = []
        stack = list(reversed(row.contents))
        while stack:
            node = stack.pop()
            if isinstance(node, Tag):
                if node.name in ("td", "th"):
                    cells.append(node)
                elif node.name not in SKIPPED:
                    stack.extend(reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and str(node).strip():
                strays.append(node)
        return cells

    def is_data(self, table: Tag) -> bool:
        """Whether a table holds data: several rows of several cells, no cell with the bulk of the text."""
        rows, _ = self._rows(table)
        sizes = [[self._of(cell).characters for cell in cells] for _, cells in rows]
        filled = [size for row in sizes for size in row if size]
        if len(filled) < 4 or sum(sum(1 for size in row if size) >= 2 for row in sizes) < 2:
            return False
        if self._of(table).holds_table and (len(filled) < 8 or max(filled) > 0.5 * sum(filled)):
            return False
        return not (max(filled) > 0.8 * sum(filled) and max(filled) > 500)

    def _of(self, tag: Tag) -> Measure:
        return self._measures.get(id(tag)) or Measure()

    def _table(self, table: Tag, spaced: bool) -> Iterator[Piece]:
        """What stands outside the cells (a caption), then the grid as the HTML standard lays it out, spans clipped at the row group."""
        rows, strays = self._rows(table)
        for stray in strays:
            yield from self.pieces([stray], spaced=spaced)
        group_end = {group: index for index, (group, _) in enumerate(rows)}
        placed: list[PlacedCell[list[Line]]] = []
        free_from: dict[int, int] = {}  # column → the first row in which it is free again
        for index, (group, cells) in enumerate(rows):
            column = 0
            for cell in cells:
                while free_from.get(column, 0) > index:
                    column += 1
                column_span = max(1, _span(cell, "colspan", self._limits.span))
                rest = group_end[group] - index + 1
                row_span = min(rest, _span(cell, "rowspan", rest) or rest)
                self._cells += row_span * column_span
                if self._cells > self._limits.table_cells:
                    raise LimitExceeded(self._name, f"tables of more than {self._limits.table_cells:,} cells", "split the document")
                lines = _Lines(spaced)
                for event, node in self._order.below(cell):
                    lines.feed(event, node)
                placed.append(PlacedCell(index, column, row_span, column_span, lines.take()))
                for place in range(column, column + column_span):
                    free_from[place] = index + row_span
                column += column_span
        result = build_table(placed, lambda lines: not lines)
        if result is not None:
            kept, height, width = result
            yield Grid([(c.row, c.column, c.row_span, c.column_span, c.content) for c in kept], height, width)


def _leads_to_file(href: str) -> bool:
    path = href.split("?")[0].lower()
    return names_file(path) or "downfile" in path or "download" in path


def _span(cell: Tag, name: str, limit: int) -> int:
    match = re.match(r"\s*(\d{1,9})", str(cell.attrs[name])) if name in cell.attrs else None
    return min(limit, int(match[1])) if match else 1


class _Lines:
    """Gathers the text of inline elements to lines; a block element or ``br`` ends one."""

    def __init__(self, spaced: bool) -> None:
        self._spaced = spaced
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._bold_characters = self._characters = 0
        self._bold_text: list[str] = []
        self._is_past_bold = False
        self._bold = self._raised = self._preformatted = 0
        self._hrefs: list[str] = []
        self._link_starts: list[int] = []
        self._links: list[tuple[str, str]] = []
        self._levels: list[int] = []
        self._aligns: list[str] = []
        self._lists: list[tuple[str, str, list[int]]] = []
        self._label = ""

    def feed(self, event: str, node: PageElement) -> None:
        """Take what the next event gives; whole lines wait for ``take``."""
        if event == "text":
            self._feed_text(str(node))
            return
        assert isinstance(node, Tag)
        is_open = event == "open"
        name = node.name
        if name in _BLOCKS:
            self._end_line()
            if name != "br" and is_open:
                self._enter_block(node)
            elif name != "br" and self._aligns:
                self._aligns.pop()
        elif self._spaced and name not in ("sup", "sub", "font"):
            self._text.append(" ")
        step = 1 if is_open else -1
        style = node.attrs.get("style")
        if name in ("b", "strong") or style and _BOLD.search(str(style)):
            self._bold += step
        if name not in _OF_MEANING:
            return
        if name == "sup":
            self._raised += step
        elif name == "pre":
            self._preformatted += step
        elif name == "a":
            self._link(node, is_open)
        elif name in _HEADINGS:
            if is_open:
                self._levels.append(int(name[1]))
            elif self._levels:
                self._levels.pop()
        elif name in ("ol", "ul"):
            if is_open:
                self._lists.append(_list_form(node))
            elif self._lists:
                self._lists.pop()
        elif is_open and self._lists and self._lists[-1][0]:
            form, pattern, count = self._lists[-1]
            if match := re.match(r"\d{1,6}", str(node.get("value") or "")):
                count[0] = int(match[0])
            self._label = pattern.format(format_number(count[0], form))
            count[0] += 1

    def _feed_text(self, string: str) -> None:
        if self._raised and re.fullmatch(r"\s*[0-9+−-]{1,3}\s*", string):
            # m<sup>2</sup> is no m2, and 10<sup>4</sup> is no 104.
            string = string.strip().translate(_SUPERSCRIPT)
        rows = string.split("\n") if self._preformatted else [string]
        for index, row in enumerate(rows):
            if index:
                self._end_line()
            self._text.append(row)
            if self._bold and not self._is_past_bold:
                self._bold_text.append(row)
            elif row.strip():
                self._is_past_bold = True
            size = len(row.strip())
            self._characters += size
            self._bold_characters += size if self._bold else 0

    def _enter_block(self, node: Tag) -> None:
        style, align = node.attrs.get("style"), node.attrs.get("align")
        match = style and _ALIGN.search(str(style)) or align and re.match("(center|right|left|justify)$", str(align).lower())
        if match:
            self._aligns.append(match[1].lower())
        else:
            self._aligns.append("center" if node.name == "center" else self._aligns[-1] if self._aligns else "")

    def _link(self, node: Tag, is_open: bool) -> None:
        if is_open:
            self._hrefs.append(str(node.get("href") or ""))
            self._link_starts.append(len(self._text))
        elif self._hrefs:
            href, printed = self._hrefs.pop(), clean_line("".join(self._text[self._link_starts.pop() :]))
            if printed and href and not href.lower().startswith(("javascript:", "#")) and (names_file(printed) or _leads_to_file(href)):
                self._links.append((printed, unquote(href[:2000])))

    def take(self) -> list[Line]:
        """The lines gathered so far; what stands open ends."""
        self._end_line()
        lines, self._lines = self._lines, []
        return lines

    def _end_line(self) -> None:
        if not self._text:
            return
        text = clean_line("".join(self._text))
        if text:
            label, self._label = self._label, ""
            if label and _NUMBERED.match(fold(text)):
                label = ""
            links, at = [], len(label)
            text = label + text
            for printed, href in self._links:
                found = text.find(printed, at)
                if found >= 0:
                    at = found + len(printed)
                    links.append((found, at, href))
            is_link = len(links) == 1 and links[0][0] <= 8 and links[0][1] >= len(text) - 8
            align = self._aligns[-1] if self._aligns else ""
            self._lines.append(Line(
                text, label, self._levels[-1] if self._levels else 0, bool(self._characters) and self._bold_characters >= 0.9 * self._characters,
                align if align in ("center", "right") else "", "attachment" if is_link else "", links, self._bold_end(text, label),
            ))  # fmt: skip
            self._links = []
        self._text, self._characters, self._bold_characters = [], 0, 0
        self._bold_text, self._is_past_bold = [], False
        self._link_starts = [0] * len(self._link_starts)

    def _bold_end(self, text: str, label: str) -> int:
        """Where the bold start of a line ends; 0 where none of it is bold, or all."""
        bold = label + clean_line("".join(self._bold_text))
        return len(bold) if len(label) < len(bold) < len(text) and text.startswith(bold) else 0


def _list_form(node: Tag) -> tuple[str, str, list[int]]:
    """The number format of a list, the pattern around the number, and the next number; no format for bullets."""
    if node.name == "ul":
        return "", "", [1]
    style = _LIST_STYLE.search(str(node.get("style") or ""))
    classes: object = node.get("class") or []
    keys = [*(classes if isinstance(classes, list) else [classes]), style[1].lower() if style else "", str(node.get("type") or "1")]
    form, pattern = next((_LIST_FORMS[key] for key in keys if key in _LIST_FORMS), ("decimal", "{}."))
    start = re.match(r"-?\d{1,6}", str(node.get("start") or "1"))
    return form, pattern, [int(start[0]) if start else 1]
