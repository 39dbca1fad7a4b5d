"""Signatures: who signs and when, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.folding import fold_key
from extract.model import Span
from normalize import line_kinds as lines
from normalize.dates import find_dates, is_date_line, is_month_line
from normalize.sheet import Sheet

_SIGNATORIES = 12
_REACH = 20
_LONGEST = 160
_BLANKS = re.compile(r"[\s\u3000,]+$")


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines that name who signs, and the line of the date (``None`` where there is none)."""

    names: tuple[Span, ...]
    date: Span | None

    def spans(self) -> Iterator[Span]:
        yield from self.names
        if self.date is not None:
            yield self.date

    @property
    def start(self) -> int:
        return next(self.spans()).start


def read_signature(sheet: Sheet, index: int, end: int, title: str) -> tuple[Signature, int] | None:
    """The signature that begins at ``index``, and how many lines it has. ``title`` is the notice's."""
    text = sheet.texts[index]
    if sheet.labels[index] is not None or len(text) > _LONGEST:
        return None
    dates = list(find_dates(text))
    if len(dates) == 1 and dates[0].end >= len(text) - 2:
        names = _BLANKS.sub("", text[: dates[0].start])
        if lines.is_unit(names):
            start = sheet.blocks[index].start
            return Signature((Span(start, start + len(names)),), Span(start + dates[0].start, start + dates[0].end)), 1
    place = index
    while place < min(end, index + _SIGNATORIES) and sheet.is_open(place) and sheet.is_unit(place):
        place += 1
    names_of = tuple(sheet.span(line) for line in range(index, place))
    if place < end and sheet.is_open(place):
        is_date = is_date_line(sheet.texts[place]) or bool(names_of) and is_month_line(sheet.texts[place])
        if is_date and (
            _ends_text(sheet, index, place, end, title) if names_of else _may_be_lone_date(sheet, place, end)
        ):
            return Signature(names_of, sheet.span(place)), place - index + 1
    if names_of and _signs_without_date(sheet, index, place, end, title):
        return Signature(names_of, None), place - index
    return None


def _ends_text(sheet: Sheet, index: int, place: int, end: int, title: str) -> bool:
    """Whether text ends above ``index``; a unit and a date among short lines are what is left of a table."""
    if any(fold_key(sheet.texts[line]) in fold_key(title) for line in range(index, place)):
        return True
    if index == 0 or sheet.align(index) == "right" or sheet.kind(index - 1) or not sheet.texts[index - 1]:
        return True
    return (
        sheet.texts[index - 1].rstrip().endswith(("。", "!", ";", ":", ")", "”")) or sheet.next_open(place + 1) >= end
    )


def _may_be_lone_date(sheet: Sheet, index: int, end: int) -> bool:
    """Whether a line that is only a date dates the text above it, and is no cell of a table that lost its cells."""
    before = index - 1
    while before > max(0, index - _REACH) and sheet.kind(before):
        if sheet.kind(before) in ("attachment", "note"):
            return True
        before -= 1
    if sheet.align(index) == "right" or before < 0:
        return True
    text = sheet.texts[before]
    return text.endswith(("。", "!", ")")) or index == end - 1 and len(text) > 20


def _signs_without_date(sheet: Sheet, index: int, place: int, end: int, title: str) -> bool:
    """Whether names without a date sign: at the right, or last of all and those of who issues the notice."""
    if all(sheet.align(line) == "right" for line in range(index, place)):
        return True
    return (
        place == end
        and index > 0
        and all(fold_key(sheet.texts[line]) in fold_key(title) for line in range(index, place))
    )
