"""The same notice in another form, which must make no difference: punctuation, character set, a table broken in two."""

from __future__ import annotations

import copy
import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from samples.build import widen

_HALF = str.maketrans("，：；（）", ",:;()")
#: What of a page is no text: comments, scripts and styles with all that is in them, tags, character references.
_MARKUP = re.compile(r"(<!--.*?-->|<(script|style)\b.*?</\2>|<[^>]*>|&#?\w+;)", re.DOTALL | re.IGNORECASE)


def half_width(text: str) -> str:
    """A text or page with its Chinese commas, colons, semicolons and brackets in half width.

    >>> half_width("（一）新增托位450个，其中：")
    '(一)新增托位450个,其中:'
    """
    return text.translate(_HALF)


def full_width(text: str) -> str:
    """A text or page with the same in full width; on a page only what is printed changes.

    >>> full_width("(一)新增托位1,450个,其中:"), full_width('<p style="a:b">&nbsp;(一)</p>')
    ('（一）新增托位1,450个，其中：', '<p style="a:b">&nbsp;（一）</p>')
    """
    parts = _MARKUP.split(text)
    # Three parts a match: the text before it, the markup, the name of a script or style (or None).
    return "".join(widen(before) + markup for before, markup in zip(parts[::3], [*parts[1::3], ""], strict=True))


def in_charset(page: str, charset: str) -> bytes:
    """A page as bytes that say they are in ``charset``: UTF-8, or GB 18030 for every Chinese one.

    Pages that say gb2312 often hold more than that has, so a reader must take all of them for GB 18030.

    >>> in_charset('<meta charset="utf-8">镕', "gb2312")
    b'<meta charset="gb2312">\xe9F'
    """
    declared, count = re.subn(r'(charset=["\']?)[\w-]+', rf"\g<1>{charset}", page, flags=re.IGNORECASE)
    if not count:
        raise ValueError("the page declares no character set")
    return declared.encode("utf-8" if charset == "utf-8" else "gb18030")


def split_table(page: str, row: int) -> str:
    """A page whose longest table is broken before a row (0: the first below the header), as a page break leaves it.

    Both parts have the header; a cell that reaches over the break is printed in both.
    """
    soup = BeautifulSoup(page, "lxml")
    table = max(soup.find_all("table"), key=lambda tag: len(tag.find_all("tr")))
    rows = table.find_all("tr")
    header = max(_span(cell, "rowspan") for cell in _cells(rows[0]))
    cut = header + row
    _cut_cells(rows, cut)
    second = copy.copy(table)
    second.clear()
    for line in (*(copy.copy(line) for line in rows[:header]), *(line.extract() for line in rows[cut:])):
        second.append(line)
    table.insert_after(second)
    return str(soup)


def _cut_cells(rows: list[Tag], cut: int) -> None:
    """End every cell that reaches down to row ``cut`` above it, and print it there again."""
    reaching: dict[int, tuple[int, Tag]] = {}  # column → the row below the cell that stands in it, and the cell
    for index, line in enumerate(rows[: cut + 1]):
        reaching = {column: (end, cell) for column, (end, cell) in reaching.items() if end > index}
        own: list[tuple[int, Tag]] = []
        column = 0
        for cell in _cells(line):
            while column in reaching:
                column += 1
            own.append((column, cell))
            column += _span(cell, "colspan")
        if index < cut:
            for column, cell in own:
                for offset in range(_span(cell, "colspan")):
                    reaching[column + offset] = (index + _span(cell, "rowspan"), cell)
    again: list[tuple[int, Tag]] = []
    seen: set[int] = set()
    for column, (end, cell) in sorted(reaching.items(), key=lambda item: item[0]):
        if id(cell) not in seen:
            seen.add(id(cell))
            below = copy.copy(cell)
            below["rowspan"] = str(end - cut)
            cell["rowspan"] = str(_span(cell, "rowspan") - (end - cut))
            again.append((column, below))
    for _, cell in sorted((*own, *again), key=lambda item: item[0]):
        rows[cut].append(cell.extract())


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _span(cell: Tag, name: str) -> int:
    return int(str(cell.get(name) or 1))
