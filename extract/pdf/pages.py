"""One page of a PDF: its characters as lines of text and as cells of ruled tables."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from extract.pdf.rulings import Box, Segment, TooManyLines, find_boxes
from extract.symbols import count_private

_SAME_LINE = 0.5  # of the size of the type: how far the middles of the characters of a line may lie apart
_BLANK_GAP = 0.8  # of the size of the type, between Chinese characters; smaller gaps are for looks
_LATIN_GAP = 0.22
_MOST_LINES = 4_000  # of one page: more are a drawing
_MOST_SLOPE = 0.1
_FEWEST_LINES = 4  # of a table
_SHORTEST_LINE = 3.0  # points
_THICKEST_LINE = 3.0
_SCAN = 0.3  # of the page: a picture of this size is the page itself
_HAN_RADICALS = dict(
    zip(
        "⺁⺅⺉⺎⺠⺟⺮⺷⺼⻁⻄⻅⻆⻇⻈⻉⻋⻌⻐⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂亻刂兀民母竹羊肉虎西见角覀讠贝车辶钅长门雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


@dataclass(slots=True)
class Char:
    """A character at its place, in points from the top left of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    href: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class TextLine:
    """Characters that stand in one line, from left to right."""

    chars: list[Char]
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    size: float = 0

    def __post_init__(self) -> None:
        self.chars.sort(key=lambda char: char.left)
        shown = [char for char in self.chars if not char.text.isspace()] or self.chars
        self.left, self.right = shown[0].left, max(char.right for char in shown)
        self.top, self.bottom = min(char.top for char in shown), max(char.bottom for char in shown)
        sizes = sorted(char.size for char in shown)
        self.size = sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        """What is printed, with blanks where there are gaps."""
        return "".join(self.parts())

    def parts(self) -> list[str]:
        """The text of each character, after a blank where there is a gap before it."""
        found: list[str] = []
        before: Char | None = None
        for char in self.chars:
            text = char.text
            if before is not None and not text.isspace() and not before.text.isspace():
                is_latin = (
                    text[0].isascii() and before.text[-1].isascii() and (text[0].isalpha() or before.text[-1].isalpha())
                )
                if char.left - before.right > (_LATIN_GAP if is_latin else _BLANK_GAP) * max(char.size, before.size):
                    text = " " + text
            found.append(text)
            before = char
        return found


@dataclass(slots=True)
class RuledCell:
    """A cell between ruled lines: its first row, the rows it covers, its left and right edge, and the lines in it."""

    row: int
    row_span: int
    left: float
    right: float
    lines: list[TextLine]


@dataclass(slots=True)
class RuledTable:
    """A table of ruled lines."""

    left: float
    right: float
    top: float
    bottom: float
    rows: int
    cells: list[RuledCell]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What pdfplumber gives of a page: characters, what is drawn, pictures, links, each with its place."""

    width: float
    height: float
    chars: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    rects: list[dict[str, Any]]
    images: list[dict[str, Any]]
    hyperlinks: list[dict[str, Any]]


@dataclass(slots=True)
class Page:
    """What a page holds, from top to bottom. The numbers say what is odd about it."""

    width: float
    height: float
    items: list[TextLine | RuledTable] = field(default_factory=list)
    characters: int = 0
    unreadable: int = 0
    symbols: int = 0
    turned: int = 0
    stray: int = 0
    pictures: int = 0
    is_scan: bool = False
    is_crowded: bool = False


def read_page(source: Drawn) -> Page:
    """A page as lines and tables."""
    page = Page(float(source.width), float(source.height), pictures=len(source.images))
    chars = _chars(source, page)
    page.is_scan = not chars and _has_large_picture(source, page)
    tables: list[RuledTable] = []
    for boxes in _boxes(source, page):
        if len(boxes) > 1:
            table, chars = _table(boxes, chars, page)
            tables.append(table)
    page.items = sorted([*_lines(chars), *tables], key=lambda item: item.top)
    return page


def _chars(source: Drawn, page: Page) -> list[Char]:
    """The characters of a page that stand upright, each once: some programs print one twice to make it bold."""
    links = [(link, str(link.get("uri") or "")) for link in source.hyperlinks[:1000]]
    found: list[Char] = []
    seen: set[tuple[str, int, int]] = set()
    for char in source.chars:
        if not _is_upright(char["matrix"]):
            page.turned += not char["text"].isspace()
            continue
        text = char["text"]
        if text.startswith("(cid:"):
            text = "\ufffd"
        text = "".join(_as_character(sign) for sign in text)
        if not text or char["x1"] < 0 or char["x0"] > page.width or char["bottom"] < 0 or char["top"] > page.height:
            continue
        key = (text, round(char["x0"]), round(char["top"]))
        if key in seen:
            continue
        seen.add(key)
        page.characters += not text.isspace()
        page.unreadable += "\ufffd" in text
        page.symbols += count_private(text)
        own = Char(
            text,
            char["x0"],
            char["x1"],
            char["top"],
            char["bottom"],
            float(char["size"]) or 1.0,
            "bold" in str(char["fontname"]).lower(),
        )
        own.href = (
            next(
                (
                    uri
                    for link, uri in links
                    if link["x0"] <= own.left <= link["x1"] and link["top"] <= own.middle <= link["bottom"]
                ),
                "",
            )
            if links
            else ""
        )
        found.append(own)
    return found


def _is_upright(matrix: tuple[float, ...]) -> bool:
    """Whether characters set by a matrix stand as in a line of text; a watermark runs across the page."""
    along, up = matrix[0], matrix[1]
    return along > 0 and abs(up) < _MOST_SLOPE * along


def _as_character(sign: str) -> str:
    """A sign as the character that it looks like: fonts of some programs name radicals and doubles of characters in
    their place.

    >>> "".join(map(_as_character, "⼀、⻛险㎡ﬁ"))
    '一、风险㎡fi'
    """
    if "\u2e80" <= sign <= "\u2fdf" or "\uf900" <= sign <= "\ufaff" or "\ufb00" <= sign <= "\ufb06":
        return _HAN_RADICALS.get(sign) or unicodedata.normalize("NFKC", sign)
    return "" if sign < " " else sign


def _has_large_picture(source: Drawn, page: Page) -> bool:
    area = sum(abs((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) for image in source.images)
    return bool(area > _SCAN * page.width * page.height)


def _lines(chars: list[Char]) -> list[TextLine]:
    """Characters grouped to lines by the height of their middles."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.middle, char.left)):
        if lines:
            last = lines[-1]
            largest = max(last, key=lambda other: other.size)
            if abs(char.middle - largest.middle) <= _SAME_LINE * max(char.size, largest.size):
                last.append(char)
                continue
        lines.append([char])
    return [TextLine(line) for line in lines if any(not char.text.isspace() for char in line)]


def _boxes(source: Drawn, page: Page) -> list[list[Box]]:
    """The cells of the tables on a page."""
    drawn = [*source.lines, *(rect for rect in source.rects if rect["stroke"] or _is_thin(rect))]
    if len(drawn) < _FEWEST_LINES:
        # Where no lines are drawn, the edges of what is shaded are the cells.
        drawn += source.rects
    try:
        if len(drawn) > _MOST_LINES:
            raise TooManyLines
        across, down = _segments(drawn)
        return find_boxes(across, down)
    except TooManyLines:
        page.is_crowded = True
        return []


def _is_thin(shape: dict[str, Any]) -> bool:
    """Whether a filled shape is a line: some programs draw lines so, and all shade cells with shapes that are not thin.
    """
    return bool(min(shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]) <= _THICKEST_LINE)


def _segments(drawn: list[dict[str, Any]]) -> tuple[list[Segment], list[Segment]]:
    """What is drawn as horizontal and vertical lines; what slants is none."""
    across: list[Segment] = []
    down: list[Segment] = []
    for shape in drawn:
        left, right, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
        is_line = _is_thin(shape)
        if (
            is_line
            and max(right - left, bottom - top) < _SHORTEST_LINE
            or shape["object_type"] == "line"
            and not is_line
        ):
            continue
        if not is_line:
            across += [Segment(top, left, right), Segment(bottom, left, right)]
            down += [Segment(left, top, bottom), Segment(right, top, bottom)]
        elif right - left > bottom - top:
            across.append(Segment((top + bottom) / 2, left, right))
        else:
            down.append(Segment((left + right) / 2, top, bottom))
    return across, down


def _table(boxes: list[Box], chars: list[Char], page: Page) -> tuple[RuledTable, list[Char]]:
    """A table of some cells, and the characters that are not in it."""
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    heights = sorted({height for box in boxes for height in (box.top, box.bottom)})
    by_row: dict[int, list[Char]] = {}
    rest: list[Char] = []
    for char in chars:
        if left <= char.center <= right and heights[0] <= char.middle <= heights[-1]:
            by_row.setdefault(bisect_left(heights, char.middle) - 1, []).append(char)
        else:
            rest.append(char)
    cells: list[RuledCell] = []
    taken: set[int] = set()
    for box in boxes:
        row, end = heights.index(box.top), heights.index(box.bottom)
        own = [char for line in range(row, end) for char in by_row.get(line, ()) if box.left <= char.center < box.right]
        taken |= {id(char) for char in own}
        cells.append(RuledCell(row, end - row, box.left, box.right, _lines(own)))
    stray = [char for line in by_row.values() for char in line if id(char) not in taken]
    page.stray += sum(1 for char in stray if not char.text.isspace())
    return RuledTable(left, right, heights[0], heights[-1], len(heights) - 1, cells), rest + stray
