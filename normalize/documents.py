"""The row of ``documents``: what the page, its title and its signature say of the notice as a whole.

Nothing is made up: a value is one that the notice prints; title, date of publication and address may be those of the
page's ``<meta>`` tags where the notice prints none. Where two values differ, the row has one and ``checks`` both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.folding import fold, fold_key
from extract.model import Notice, Paragraph, Span
from normalize import line_kinds as lines
from normalize.document_numbers import find_numbers, is_damaged_number, is_number, says_nothing
from normalize.field_block import Field, read_fields
from normalize.front_numerals import own_front
from normalize.handed_on import handed_titles, hands_on, quoted_titles
from normalize.issue_dates import DateReader, IssueDates, check_dates
from normalize.issuer_region import Names, code_of, find_region
from normalize.layout import Layout
from normalize.results import Cells, Result
from normalize.signatures import Signature
from normalize.title_lines import joined_title, title_key
from normalize.title_years import Years, is_of_its_own_year, read_years

_PLAIN_COLUMNS = ("index_number", "issuer", "category", "topic", "disclosure", "audience")
_PREFIX = re.compile(r"^[(〔\[【][^()〔〕\[\]【】]{1,8}[)〕\]】]")
_SEAL = re.compile(r"\s*[(（](?:代章|印章|公章|盖章|章|印|代)[)）]\s*$")
_SIGNER = re.compile(r"[\s(（]+签发人.*$")
_BRACKETS = str.maketrans("[]()【】﹝﹞", "〔〕〔〕〔〕〔〕")

#: A value, what it is called where it stands, and where that is.
Printed = tuple[str, str, int | str, int | str]


def find_document(notice: Notice, layout: Layout) -> Result:
    """The row of ``documents``, the numerals of front and back matter, and checks on what differs or is damaged."""
    return _Finder(notice, layout).find()


class _Finder:
    def __init__(self, notice: Notice, layout: Layout) -> None:
        self.notice, self.layout, self.result = notice, layout, Result()
        self.fields = read_fields(notice, layout.fields)
        self.meta: dict[str, str] = {}
        for name, value in notice.meta:
            self.meta.setdefault(name, value)
        url = self.meta.get("url", "")
        source = notice.source
        self.row: Cells = {
            "source_file": source.name,
            "source_format": source.format,
            "source_encoding": source.encoding,
            "source_sha256": source.sha256,
            "source_url": source.url or (url if url.startswith(("http://", "https://")) else ""),
        }

    def find(self) -> Result:
        for column in _PLAIN_COLUMNS:
            given = self._of(column)
            self._conflict(column, [_printed(field) for field in given])
            self.row[column] = given[0].value if given else ""
        self._titles()
        self._number()
        signature = self._signature()
        dates = self._dates(signature)
        self._years()
        self._region()
        self.row["recipients"] = "".join(self._text(span) for span in self.layout.recipients).rstrip(":： \u3000")
        check_dates(self.result, dates, str(self.row["document_number"]))
        own_front(self.result, self.notice, self.layout, self.fields)
        self.result.add("documents", self.row)
        return self.result

    # --- small helpers ---

    def _text(self, span: Span) -> str:
        return self.notice.text[span.start : span.end]

    def _of(self, column: str) -> list[Field]:
        return [field for field in self.fields if field.column == column and not says_nothing(fold(field.value))]

    def _check(
        self, code: str, message: str, start: int | str = "", end: int | str = "", severity: str = "warning"
    ) -> None:
        self.result.check(code, message, start, end, severity=severity, subject_kind="documents")

    def _conflict(self, column: str, values: Sequence[Printed]) -> None:
        """Report values of one column that differ in more than the form of their brackets."""
        distinct = {fold_key(value).translate(_BRACKETS): (name, value) for value, name, _, _ in reversed(values)}
        if len(distinct) > 1:
            shown = "; ".join(f"{name} {value}" for name, value in reversed(distinct.values()))
            message = f"the notice gives {column} more than once, and not alike: {shown}"
            self._check("metadata_conflict", message, values[0][2], values[0][3])

    # --- titles ---

    def _titles(self) -> None:
        spans = self.layout.title
        title = joined_title(self.notice, spans)
        given = self._of("title")
        if title and given:
            keys = {fold_key(_PREFIX.sub("", fold(field.value))) for field in given}
            if fold_key(_PREFIX.sub("", fold(title))) not in keys:
                self._conflict("title", [(title, "title", spans[0].start, spans[-1].end), *map(_printed, given)])
        title = title or (given[0].value if given else "")
        if not title and (title := self.meta.get("articletitle", "")):
            self._check(
                "title_not_printed", "no title is printed; the row has that of the page's tags", severity="info"
            )
        if not title:
            self._check("title_missing", "no title was found")
        self.row["title"] = title
        self.row["enclosed_title"] = self._enclosed_title(title)
        self.row["document_type"] = lines.document_type(fold(title))

    def _enclosed_title(self, title: str) -> str:
        """The document that the notice hands on: as printed above it, else as title or cover letter name it."""
        folded = fold(title)
        printed = [(joined_title(self.notice, item.title), item) for item in self.layout.enclosed if item.title]
        own = [name for name, item in printed if not item.is_annex]
        if not hands_on(folded):
            return "；".join(own)
        named = [title[start:end] for start, end in handed_titles(folded)] + self._named_in_cover()
        keys = {_bare_key(name) for name in named}
        matching = dict.fromkeys(name for name, _ in printed if _bare_key(name) in keys)
        return "；".join(matching) if matching else next(iter((*own, *named)), "")

    def _named_in_cover(self) -> list[str]:
        found = []
        for block in self.layout.parts[0].blocks[:6] if self.layout.parts else ():
            folded = self.notice.folded[block.start : block.end]
            if isinstance(block, Paragraph) and hands_on(folded):
                text = self.notice.text[block.start : block.end]
                found += [text[start:end] for start, end in quoted_titles(folded)]
        return found

    # --- document number ---

    def _number(self) -> None:
        first = self.layout.parts[0].blocks[0].start if self.layout.parts else len(self.notice.text)
        values = [_printed(field) for field in self._of("document_number")]
        for span in self.layout.numbers:
            if span.start < first:
                values.append((_unbracketed(_SIGNER.sub("", self._text(span))), "line", span.start, span.end))
        values = values or self._number_in_title()
        self._conflict("document_number", values)
        sound = [value for value, *_ in values if is_number(fold(value))]
        self.row["document_number"] = next(iter((*sound, *(value for value, *_ in values))), "")
        for value, name, start, end in values:
            if is_damaged_number(fold(value)):
                message = f"the document number seems to have lost or mixed characters ({name}): {value}"
                self._check("document_number_damaged", message, start, end, "error")
            elif not is_number(fold(value)):
                message = f"the document number has no form that is known ({name}): {value}"
                self._check("document_number_unusual", message, start, end, "info")

    def _number_in_title(self) -> list[Printed]:
        """A number in brackets at the end of the title, or before it."""
        title, spans = str(self.row["title"]), self.layout.title
        folded = fold(title)
        for number in find_numbers(folded):
            is_last = folded[: number.start].rstrip().endswith("(") and folded[number.end :].strip().startswith(")")
            if is_last or number.start == 0:
                place = (spans[0].start, spans[-1].end) if spans else ("", "")
                return [(title[number.start : number.end], "title", *place)]
        return []

    # --- signature, dates, years ---

    def _signature(self) -> Signature | None:
        """The notice's own signature: before the first enclosed document, or below annexes that have none."""
        enclosed = [item.title[0].start for item in self.layout.enclosed if item.title]
        own = [signature for signature in self.layout.signatures if not enclosed or signature.start < enclosed[0]]
        if not own and all(item.is_annex for item in self.layout.enclosed):
            own = self.layout.signatures[-1:]
        chosen = next((signature for signature in own if signature.names), own[0] if own else None)
        names = [name for span in chosen.names for name in _split_units(self._text(span))] if chosen else []
        self.row["signatory"] = "、".join(names)
        return chosen

    def _dates(self, signature: Signature | None) -> IssueDates:
        reader = DateReader(self.notice, self.fields, self.result)
        dates = reader.read(signature, self.layout.bylines, self.meta.get("pubdate", ""))
        self.row["issued_on"], self.row["published_on"] = dates.issued_on, dates.published_on
        return dates

    def _years(self) -> None:
        titles = [title for title in (str(self.row["enclosed_title"]), str(self.row["title"])) if title]
        years = next((found for title in titles if (found := read_years(fold(title))) != Years()), Years())
        issued = str(self.row["issued_on"])[:4]
        if years == Years() and issued and titles and is_of_its_own_year(titles[0]):
            years = Years(target=int(issued))
        if years.several:
            shown = "、".join(map(str, years.several))
            message = f"the title names several years, and none is clearly the one of the targets: {shown}"
            self._check("target_year_unclear", message)
        self.row["target_year"] = years.target or ""
        self.row["plan_start"], self.row["plan_end"] = years.first or "", years.last or ""

    # --- region ---

    def _region(self) -> None:
        row = self.row
        names = Names(
            titles=[str(row["title"]), str(row["enclosed_title"])],
            signatories=str(row["signatory"]).split("、"),
            masthead=[self._text(span) for span in self.layout.masthead],
            issuer=str(row["issuer"]),
            bylines=[self._text(span) for span in self.layout.bylines],
            recipients=[self._text(span) for span in self.layout.recipients],
            site=self.meta.get("sitename", ""),
            others=[field.value for field in self.fields],
        )
        row["region"] = row["region_code"] = ""
        region = find_region(names, self.notice.text)
        if region is None:
            return
        dated = [row["issued_on"], row["published_on"], row["target_year"], row["plan_start"]]
        code = code_of(region, next((int(str(value)[:4]) for value in dated if value), None), names)
        row["region"], row["region_code"] = region.name, code.code
        if code.reason:
            start = self.notice.text.find(region.name)
            end = start + len(region.name)
            self._check(
                "region_without_code", code.reason, start if start >= 0 else "", end if start >= 0 else "", "info"
            )


def _printed(field: Field) -> Printed:
    return field.value, field.label, field.start, field.end


def _unbracketed(text: str) -> str:
    return text.strip("()（）") if text.startswith(("(", "（")) else text


def _split_units(line: str) -> list[str]:
    """The units that a line of a signature names, without seal marks and letter-spacing."""
    text = lines.unspaced(_SEAL.sub("", line.strip()))
    pieces = [piece for piece in re.split(r"[ \u3000、]+", text) if piece]
    are_units = len(pieces) > 1 and all(len(piece) > 2 and lines.is_unit(fold(piece)) for piece in pieces)
    return pieces if are_units else [text]


def _bare_key(title: str) -> str:
    return title_key(lines.without_remarks(fold(title)))
