"""The numerals of front and back matter: document and index numbers, dates, years; the rest by the kind of its line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Notice, Paragraph
from normalize import line_kinds as lines
from normalize.contexts import find_claims
from normalize.dates import find_dates
from normalize.document_numbers import find_numbers
from normalize.field_block import Field
from normalize.layout import Layout
from normalize.results import Result
from normalize.title_years import year_spans

_LONGEST = 5000
_NUMERAL = re.compile("[0-9一二三四五六七八九十〇零]")
_LEFTOVER = {"metadata": "name", "title": "descriptor", "note": "descriptor"}
_DATE_COLUMNS = ("issued_on", "published_on", "sent_on")


def own_front(result: Result, notice: Notice, layout: Layout, fields: Sequence[Field]) -> None:
    """Claim every numeral of the lines that have a kind, save those of attachments and of a cover letter's text."""
    for field in fields:
        is_number = field.column in ("index_number", "document_number")
        if is_number or field.label.endswith(("编号", "登记号")):
            result.own(field.start, field.end, "document_number", "documents")
        elif field.column in _DATE_COLUMNS:
            result.own(field.start, field.end, "date", "documents")
    for span in layout.contents:
        result.own(span.start, span.end, "ordinal")
    for signature in layout.signatures:
        if signature.date is not None:
            result.own(signature.date.start, signature.date.end, "date", "documents")
    for block in notice.blocks:
        kind = layout.kinds.get(block.start, "")
        if not kind or kind in ("preamble", "attachment"):
            continue
        folded = notice.folded[block.start : block.end]
        if kind == "metadata" and isinstance(block, Paragraph) and lines.is_number_line(folded):
            result.own(block.start, block.end, "document_number", "documents")
        own_numerals(result, notice, block.start, block.end)
        if leftover := _LEFTOVER.get(kind):
            result.own(block.start, block.end, leftover)


def own_numerals(result: Result, notice: Notice, start: int, end: int) -> None:
    """Claim what numerals of a stretch say by themselves: document numbers, dates, years, what their frames tell."""
    folded = notice.folded[start:end]
    if len(folded) > _LONGEST or not _NUMERAL.search(folded):
        return
    for number in find_numbers(folded):
        result.own(start + number.start, start + number.end, "document_number")
    for date in find_dates(folded):
        result.own(start + date.start, start + date.end, "date")
    for first, last in year_spans(folded):
        result.own(start + first, start + last, "date")
    for claim in find_claims(folded):
        result.own(start + claim.start, start + claim.end, claim.kind)
