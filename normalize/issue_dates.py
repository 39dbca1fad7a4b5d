"""When a notice was issued and published: by field block, signature, lines below the title, and the site's tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.folding import fold
from extract.model import Notice, Span
from normalize.dates import find_dates, is_date_line, is_month_line, read_date
from normalize.document_numbers import find_numbers
from normalize.field_block import Field
from normalize.results import Result
from normalize.signatures import Signature

_CLOCK = re.compile(r"[0-9]:[0-9]{2}|(?:日期|时间)\s*:")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, what it is called where it stands, and where that is. ``iso`` is empty where the date is damaged."""

    name: str
    iso: str
    start: int | str = ""
    end: int | str = ""


@dataclass(frozen=True, slots=True)
class IssueDates:
    """The dates of the notice's own, the most telling first, and those of its publication."""

    issued: tuple[Dated, ...]
    published: tuple[Dated, ...]

    @property
    def issued_on(self) -> str:
        return next((date.iso for date in self.issued if date.iso), "")

    @property
    def published_on(self) -> str:
        return next((date.iso for date in self.published if date.iso), "")


class DateReader:
    """Reads the dates of a notice into ``IssueDates``; what is damaged or differs becomes a check of ``result``."""

    def __init__(self, notice: Notice, fields: Sequence[Field], result: Result) -> None:
        self.notice, self.fields, self.result = notice, fields, result

    def read(self, signature: Signature | None, bylines: Sequence[Span], posted: str) -> IssueDates:
        """``posted`` is what the page's tags say of when it was posted: it dates the publication, never the notice."""
        issued, sent = list(self._of("issued_on")), list(self._of("sent_on"))
        published = list(self._of("published_on"))
        signed: list[Dated] = []
        if signature is not None and signature.date is not None:
            signed = self._read("signature", signature.date)
        for span in bylines:
            text = self.notice.folded[span.start : span.end]
            if not is_date_line(text) or any(
                field.start >= span.start and field.end <= span.end for field in self.fields
            ):
                continue
            # With a clock time it is when the page was posted; alone, below the title, it is the document's own.
            if not _CLOCK.search(text):
                signed = signed or self._read("line below the title", span)
            elif not published:
                published = self._read("line below the title", span)
        # 发文日期 is the publication where 成文日期 stands beside it, and the notice's own date where it is alone.
        published, issued = (published or sent, issued) if issued else (published, sent)
        found = [Dated("PubDate", date.iso) for date in find_dates(fold(posted)) if date.iso][:1]
        return IssueDates((*issued, *signed), (*published, *found))

    def _of(self, column: str) -> Iterator[Dated]:
        for field in self.fields:
            if field.column == column and field.value:
                found = self._read(field.label, Span(field.start, field.end))
                yield from found
                if not found:
                    message = f"{field.label} holds no date: {field.value}"
                    self.result.check(
                        "date_damaged", message, field.start, field.end, severity="error", subject_kind="documents"
                    )

    def _read(self, name: str, span: Span) -> list[Dated]:
        """The date in a stretch; a damaged one is reported, and gives none."""
        date = read_date(self.notice.folded[span.start : span.end])
        printed = self.notice.text[span.start : span.end]
        code, message, severity = "", "", "error"
        if date is None and is_month_line(self.notice.folded[span.start : span.end]):
            code, message, severity = (
                "date_incomplete",
                f"the date ({name}) names no day, and is left out: {printed}",
                "info",
            )
        elif date is not None and not date.iso:
            code, message = "date_damaged", f"the date ({name}) is damaged, and is left out: {printed}"
        if code:
            self.result.check(code, message, span.start, span.end, severity=severity, subject_kind="documents")
        return [Dated(name, date.iso, span.start, span.end)] if date is not None else []


def check_dates(result: Result, dates: IssueDates, document_number: str) -> None:
    """Report dates of one thing that differ, a notice published before it was issued, and a number of another year."""
    issued, published = [date for date in dates.issued if date.iso], [date for date in dates.published if date.iso]
    shown = "; ".join(f"{date.name} {date.iso}" for date in (*issued, *published))
    start, end = next(((date.start, date.end) for date in (*issued, *published)), ("", ""))

    def check(code: str, message: str, severity: str = "warning") -> None:
        result.check(code, f"{message}: {shown}", start, end, severity=severity, subject_kind="documents")

    if len({date.iso for date in issued}) > 1:
        check("dates_disagree", "the notice names more than one date of its own")
    if issued and published:
        if min(date.iso for date in published) < issued[0].iso:
            check("dates_disagree", "the notice is dated later than it was published")
        elif int(published[0].iso[:4]) - int(issued[0].iso[:4]) > 1:
            check("published_late", "the page was published years after the notice", "info")
    if len({date.iso for date in published}) > 1:
        check("dates_disagree", "the page names more than one date of publication", "info")
    number = next(iter(find_numbers(fold(document_number))), None)
    if number is not None and number.year and issued and number.year != int(issued[0].iso[:4]):
        check("dates_disagree", f"the document number {document_number} is of another year than the date")
