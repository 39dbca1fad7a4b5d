"""Text of a PDF: lines broken at the width of a page are joined, page numbers left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.folding import fold

_PAGE_NUMBER = re.compile(
    r"""
    [-—–·•~]+\s*\d{1,4}\s*[-—–·•~]+                             # — 3 —
    | 第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?          # 第3页 共8页
    | (?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?          # Page 3 of 8
    | \d{1,4}\s*/\s*\d{1,4}\s*页                                  # 3/8页
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。;:!?.\"”』」)》…]$")
_FULL_STOP = re.compile(r"[。;!?]$")
# What begins a paragraph: a label, the serial of a row.
_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,3}(?:[.、](?![0-9])|\s+\S)|第[一二三四五六七八九十0-9]{1,4}[章节条]"
    r"|[①-⑳★▲●■◆]|附件|注\s*:"
)
_COMMA = re.compile("[,，。;；]")
_SHORTEST_LONG, _LONGEST_WIDTH, _FEWEST = 18, 60, 8


def without_page_numbers(lines: Sequence[str]) -> tuple[list[str], int]:
    """The lines without — 1 —, 第3页, and how many were left out.

    A bare number is left out too where it stands between lines of a hard-wrapped text and counts on from the last such.

    >>> without_page_numbers(["标题", "— 1 —", "第 2 页 共 3 页", "3"])
    (['标题', '3'], 2)
    """
    width = _width(lines)
    folded = [fold(line).strip() for line in lines]
    numbered = [
        line
        for line, text in enumerate(folded)
        if text.isdecimal() and len(text) < 4 and width and _between_long(folded, line, width)
    ]
    counts_up = len(numbered) > 1 and [int(folded[line]) for line in numbered] == list(
        range(int(folded[numbered[0]]), int(folded[numbered[0]]) + len(numbered))
    )
    dropped = set(numbered) if counts_up else set()
    kept = [line for at, line in enumerate(lines) if at not in dropped and not _PAGE_NUMBER.fullmatch(folded[at])]
    return kept, len(lines) - len(kept)


def _between_long(lines: list[str], at: int, width: int) -> bool:
    """Whether a line stands between lines of the page's width, or at the end of the text."""
    around = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
    return all(len(line) >= 0.5 * width for line in around) and any(len(line) >= 0.85 * width for line in around)


def _width(lines: Sequence[str]) -> int:
    """The width at which nearly all long lines of a text break inside a sentence; 0 where it is not hard-wrapped."""
    long = [line.strip() for line in lines if len(line.strip()) >= _SHORTEST_LONG and not _is_row(line)]
    if len(long) < _FEWEST:
        return 0
    width = sorted(map(len, long))[int(0.9 * (len(long) - 1))]
    full = [line for line in long if 0.85 * width <= len(line) <= width + 3]
    broken = sum(not _SENTENCE_END.search(fold(line)) for line in full)
    prose = sum(_COMMA.search(line) is not None for line in full)
    is_wrapped = (
        width <= _LONGEST_WIDTH
        and len(full) >= 0.5 * len(long)
        and broken >= 0.7 * len(full)
        and prose >= 0.7 * len(full)
    )
    return width if is_wrapped else 0


def _is_row(line: str) -> bool:
    """Whether a line is a row of a copied table."""
    return "\t" in line.strip() or "|" in line


def joined(lines: list[str]) -> tuple[list[str], int]:
    """Lines broken at a page's width put together again, and how many were joined to the line before."""
    width = _width(lines)
    if not width:
        return lines, 0
    paragraphs: list[list[str]] = []
    is_open = False
    for line in lines:
        stripped = line.strip()
        is_row = _is_row(line)
        begins = is_row or line.startswith(("  ", "\u3000", "\t")) or _LABEL.match(fold(stripped))
        if paragraphs and is_open and not begins:
            before = paragraphs[-1][-1]
            parts_words = before[-1:].isascii() and before[-1:].isalpha() and stripped[:1].isascii()
            paragraphs[-1].append(" " + stripped if parts_words else stripped)
        else:
            paragraphs.append([line if is_row else stripped])
        # A line that is full goes on after a ; too.
        ends = _FULL_STOP.search(fold(stripped))
        is_full = len(stripped) >= width - 1 and ends is not None and ends[0] == ";"
        is_open = not is_row and len(stripped) >= 0.85 * width and (ends is None or is_full)
    return ["".join(parts) for parts in paragraphs], len(lines) - len(paragraphs)
