"""Copied lines as items: what may be a cell or a part of one, and what the copy keeps of the borders between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.flat_headings import heading_kinds
from extract.folding import fold
from extract.line_looks import ends_sentence, is_no_cell
from extract.lines import clean_line

_WIDE_GAP = re.compile(r"[ \u00a0]{2,}|\u3000+")
_GAP = re.compile(r"[ \u00a0\u3000]+")
_LONGEST_ROW = 300
# Lines without a tab that may stand between two with one in the same table: paragraphs of a cell.
_BETWEEN = 12
# A row of one cell between rows with tabs: (一)公共教育.
_LONGEST_GROUP = 30
# Lines below one with tabs that may be paragraphs of its last cell.
_MOST_PARAGRAPHS = 4


@dataclass(slots=True)
class Items:
    """Texts, with a mark for each (see ``flat_cells.Cells``) and the line that it came from."""

    texts: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def add(self, text: str, mark: str, source: int) -> None:
        self.texts.append(text)
        self.marks.append(mark)
        self.sources.append(source)


def tab_clusters(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where lines with tabs stand together, as (first, after the last); lines without may stand among them.

    >>> tab_clusters(["标题", "序号\\t指标", "1\\t普惠", "占比", "2\\t学位", "二、重点任务。", "甲\\t乙"])
    [(1, 5), (6, 7)]
    """
    clusters: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if "\t" not in line:
            continue
        if clusters and index - clusters[-1][1] <= _BETWEEN and _stand_together(lines, clusters[-1], index):
            clusters[-1] = (clusters[-1][0], index + 1)
        else:
            clusters.append((index, index + 1))
    return clusters


def _stand_together(lines: Sequence[str], cluster: tuple[int, int], index: int) -> bool:
    """Whether a line with tabs goes on with the cluster above it."""
    start, end = cluster
    if index == end or not lines[index].strip() or not lines[end - 1].strip():
        return True
    between = [fold(clean_line(line)) for line in lines[end:index]]
    cells = [fold(cell.strip()) for cell in lines[index].split("\t") if cell.strip()]
    if any(map(is_no_cell, between)) and not (
        len(between) == 1 and len(between[0]) <= _LONGEST_GROUP and not ends_sentence(between[0])
    ):
        return False
    if all(map(heading_kinds, cells)):
        return False
    # Rows of one width, and then lines and a row of another, are two tables.
    return end - start < 2 or not is_uniform(lines[start:end]) or lines[index].count("\t") == lines[start].count("\t")


def is_uniform(lines: Sequence[str]) -> bool:
    """Whether all lines have as many tabs, and some."""
    counts = {line.count("\t") for line in lines}
    return len(counts) == 1 and counts != {0}


def items_of(lines: Sequence[str]) -> Items:
    """The items of lines as they were copied: cells by tabs, words of rows that blanks part below headings, else lines.

    >>> items = items_of(["1\\t托位数\\t80", "区卫生", "健康局"])
    >>> list(zip(items.texts, items.marks))
    [('1', 'open'), ('托位数', 'cell'), ('80', 'cell'), ('区卫生', 'open'), ('健康局', 'open')]
    """
    items = Items()
    ends = dict(tab_clusters(lines))
    index, behind, tabs = 0, -1, 0
    while index < len(lines):
        if index in ends:
            tabs = _add_cluster(items, lines, index, ends[index])
            index = ends[index]
            behind = index + _MOST_PARAGRAPHS
        elif len(words := _words(lines[index])) > 1 and all(map(heading_kinds, words)):
            index = _add_rows(items, lines, index)
        else:
            for _ in range(tabs - 1):
                items.add("", "cell", index)
            items.add(clean_line(lines[index]), "cell" if tabs else "open" if index < behind else "", index)
            tabs = 0
            index += 1
    return items


def _words(line: str) -> list[str]:
    """The words of a line: what wide gaps part, else what blanks part."""
    line = line.strip()
    if len(line) > _LONGEST_ROW:
        return [line]
    return [word for word in (_WIDE_GAP if _WIDE_GAP.search(line) else _GAP).split(line) if word]


def _add_rows(items: Items, lines: Sequence[str], index: int) -> int:
    """Headings in one line and the rows below it, up to prose; lines may break inside a row."""
    while index < len(lines) and "\t" not in lines[index] and not ends_sentence(fold(lines[index].strip())):
        for place, word in enumerate(_words(lines[index])):
            items.add(clean_line(word), "part" if place else "", index)
        index += 1
    return index


def _add_cluster(items: Items, lines: Sequence[str], start: int, end: int) -> int:
    """Lines with tabs; how many tabs stand before the next line.

    A line break without a tab is one inside a cell, or ends a row.

    Browsers copy cells of paragraphs with lines of a tab alone between them: then each tab parts two cells, wherever it
    stands. Else a line begins a cell, and a tab at its start follows on an empty one.
    """
    in_blocks = 3 * sum(not line.strip() for line in lines[start:end]) >= sum("\t" in line for line in lines[start:end])
    tabs = 0
    for index in range(start, end):
        parts = [clean_line(part) for part in lines[index].split("\t")]
        if not in_blocks:
            while parts and not parts[-1]:
                parts.pop()  # copies differ in whether they keep the empty cells at the end of a row
            for place, part in enumerate(parts):
                items.add(part, "cell" if place else "open", index)
            continue
        for place, part in enumerate(parts):
            tabs += place > 0
            if part:
                for _ in range(tabs - 1):
                    items.add("", "cell", index)
                items.add(part, "cell" if tabs else "open", index)
                tabs = 0
    return tabs
