"""What stands in a line: stretches of one look, and its first word."""

from __future__ import annotations

import re

from extract.pdf.pages import TextLine
from extract.word import Run

_TOKEN = re.compile(r"[0-9A-Za-z.%‰,/+≤≥<>＜＞±~-]+")
#: Signs that may not begin a line, so that the one before them goes down with them; that may not end one; that may do
#: neither.
_NOT_FIRST = "，。、；：！？）》〉」』】〕…—,.;:!?)%‰"
_NOT_LAST = "（《〈「『【〔(["
_QUOTES = "“”‘’\"'"
_WORD_GAP = 0.2  # of the size of the type
_RAISED_SIZE = 0.8
_RAISED_BY = 0.15
_LATIN_SPACE = 0.25  # of the size of the type: what programs leave free between Chinese and Latin characters


def runs_of(line: TextLine) -> list[Run]:
    """The text of a line in stretches of one look."""
    found: list[Run] = []
    for char, text in zip(line.chars, line.parts(), strict=True):
        is_raised = char.size < _RAISED_SIZE * line.size and char.bottom < line.bottom - _RAISED_BY * line.size
        if found and (found[-1].is_bold, found[-1].is_raised, found[-1].href) == (char.is_bold, is_raised, char.href):
            found[-1] = Run(found[-1].text + text, char.is_bold, is_raised, char.href)
        else:
            found.append(Run(text, char.is_bold, is_raised, char.href))
    return found


def first_word(line: TextLine) -> float:
    """How wide the first part of a line is that can't be broken: a number or word, or a character with the signs after
    it.
    """
    chars = [char for char in line.chars if not char.text.isspace()]
    end = 1
    while end < len(chars):
        before, char = chars[end - 1].text, chars[end]
        is_one = (
            _TOKEN.fullmatch(before)
            and _TOKEN.fullmatch(char.text)
            and char.left - chars[end - 1].right < _WORD_GAP * line.size
        )
        if not (is_one or before in _NOT_LAST or char.text in _NOT_FIRST or before in _QUOTES or char.text in _QUOTES):
            break
        end += 1
    return chars[end - 1].right - chars[0].left


def room_needed(last: TextLine, line: TextLine) -> float:
    """What a line would have to have free at its end for the first word of the next to stand in it."""
    is_mixed = last.text[-1].isascii() != line.text[0].isascii()
    return first_word(line) + (_LATIN_SPACE * last.size if is_mixed else 0.0)


def broken_word(last: TextLine, line: TextLine) -> float:
    """How wide a number or word is that ends a line and begins the next; 0 where the two are none."""
    before, after = _ends_of_words(last), _ends_of_words(line)
    return before[1] + after[0] if before[1] and after[0] else 0.0


def _ends_of_words(line: TextLine) -> tuple[float, float]:
    """How wide the number or word at the start and at the end of a line is."""
    chars = [char for char in line.chars if not char.text.isspace()]
    first = last = 0
    while first < len(chars) and _TOKEN.fullmatch(chars[first].text):
        first += 1
    while last < len(chars) and _TOKEN.fullmatch(chars[-1 - last].text):
        last += 1
    return (
        chars[first - 1].right - chars[0].left if first else 0.0,
        chars[-1].right - chars[-last].left if last else 0.0,
    )
