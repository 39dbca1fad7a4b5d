"""Sentences and clauses of running text, as offsets into folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[。！？!?\n]+[”’」]?")
_OPENING, _CLOSING = "([〔【《“「{", ")]〕】》”」}"
_MARKS = re.compile(rf"[,;:{re.escape(_OPENING + _CLOSING)}]")


def split_sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``folded[start:end]``, without their final mark."""
    position = start
    for match in _SENTENCE_END.finditer(folded, start, end):
        if match.start() > position:
            yield position, match.start()
        position = match.end()
    if position < end:
        yield position, end


def split_clauses(folded: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The clauses of a sentence with the mark that stands before each (empty for the first).

    Marks inside brackets and quotes don't split, nor does the comma of 1,234.

    >>> text = "新增1,234个,其中(甲,乙)3个;改造2处"
    >>> [(text[start:end], mark) for start, end, mark in split_clauses(text, 0, len(text))]
    [('新增1,234个', ''), ('其中(甲,乙)3个', ','), ('改造2处', ';')]
    """
    clauses, depth, position, mark = [], 0, start, ""
    for match in _MARKS.finditer(folded, start, end):
        index, char = match.start(), match[0]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            if char == "," and _groups_digits(folded, index, end):
                continue
            if index > position:
                clauses.append((position, index, mark))
            position, mark = index + 1, char
    if position < end:
        clauses.append((position, end, mark))
    return clauses


_GROUP = re.compile(r"[0-9]{3}(?![0-9])")


def _groups_digits(folded: str, index: int, end: int) -> bool:
    return index > 0 and folded[index - 1].isdigit() and bool(_GROUP.match(folded, index + 1, end))
