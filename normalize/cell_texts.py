"""The texts of cells as they are printed, and the titles of groups."""

from __future__ import annotations

import re

from extract.folding import fold
from extract.model import Cell, Notice
from extract.outline import match_label
from normalize.titles import topic_of

_COUNT = re.compile(
    r"\s*[(\[]\s*(?:共\s*)?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*[个项条]\s*(?:指标|任务)?\s*[)\]]\s*$"
)


def print_lines(notice: Notice, cell: Cell) -> str:
    """The printed text of a cell on one line."""
    lines = [notice.text[p.start : p.end] for p in cell.paragraphs]
    joined = ""
    for line in lines:
        gap = (
            " " if joined[-1:].isascii() and joined[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha() else ""
        )
        joined += gap + line
    return re.sub(r"[ \t\u3000\u00a0]{2,}", " ", joined)


def group_title(printed: str) -> str:
    """The topic that a group row or a group cell names: without its label and the count of what is in it.

    >>> group_title("（一）经济发展（5项）"), group_title("一、加快实现“幼有善育”"), group_title("民生实事")
    ('经济发展', '幼有善育', '民生实事')
    """
    text = printed.strip().strip("★▲●")
    folded = fold(text)
    if (label := match_label(folded, 0, len(folded))) and label.end < len(text):
        text = text[label.end :]
    if match := _COUNT.search(fold(text)):
        text = text[: match.start()]
    return topic_of(text.strip().rstrip("：:。"))
