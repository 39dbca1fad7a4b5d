"""The row of ``documents``: what the page, its title and its signature say of the notice as a whole.

Nothing is made up: a value is one that the notice prints, or, for the title, the date of publication and the address, one that
the page's ``<meta>`` tags give where the notice prints none. Where two printed values differ, the row has one and ``checks`` both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.folding import fold, fold_key
from extract.model import Notice, Paragraph, Span
from normalize import line_kinds as lines
from normalize.contexts import find_claims
from normalize.dates import find_dates, is_date_line, is_month_line, read_date
from normalize.document_numbers import find_numbers, is_damaged_number, is_number, says_nothing
from normalize.field_block import Field, read_fields
from normalize.layout import Layout
from normalize.regions import Region, find_code, read_region
from normalize.results import Cells, Result
from normalize.signatures import Signature
from normalize.title_lines import joined_title
from normalize.title_years import Years, is_of_its_own_year, read_years, year_spans

_PLAIN_COLUMNS = ("index_number", "issuer", "category", "topic", "disclosure", "audience")
_HANDS_ON = re.compile(r"印发|转发|下发|发布|公布|颁发|颁布|批转")
_OF_TITLE = re.compile(r"(?:印发|转发|下发|发布|公布|颁发|颁布|批转)(?P<name>.{4,}?)的?(?:通知|函|决定|公告|通告|意见)(?:\([^()]*\))?$")
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》){4,120})》")
_BRACKETED_PREFIX = re.compile(r"^[(〔\[【][^()〔〕\[\]【】]{1,8}[)〕\]】]")
_ABOUT = re.compile(r"关于|印发|转发|批转|公布|发布")
_LEVEL = re.compile(r"(?:^|[,、:])([省市县区州旗])(?=政府|人民政府|委|级|直|教育|民政|财政|各|府办)")
_SITE = re.compile(r"(?:门户)?(?:网站|网)$")
_YEAR_FIRST = re.compile(r"^(?:[0-9〇零○一二三四五六七八九]{4}年(?:度)?)?")
_LONGEST = 5000
_BRACKETS = str.maketrans("[]()【】﹝﹞", "〔〕〔〕〔〕〔〕")
_LEFTOVER = {"metadata": "name", "title": "descriptor", "note": "descriptor"}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date, what it is called where it stands, and where that is."""

    name: str
    iso: str
    start: int | str = ""
    end: int | str = ""


def find_document(notice: Notice, layout: Layout) -> Result:
    """The row of ``documents``, the numerals of front and back matter, and checks on values that differ or are damaged."""
    return _Finder(notice, layout).find()


class _Finder:
    def __init__(self, notice: Notice, layout: Layout) -> None:
        self.notice, self.layout, self.result = notice, layout, Result()
        self.fields = read_fields(notice, layout.fields)
        self.meta: dict[str, str] = {}
        for name, value in notice.meta:
            self.meta.setdefault(name, value)
        source = notice.source
        self.row: Cells = {
            "source_file": source.name, "source_format": source.format, "source_encoding": source.encoding,
            "source_sha256": source.sha256, "source_url": source.url or self._address(),
        }  # fmt: skip

    def find(self) -> Result:
        for column in _PLAIN_COLUMNS:
            self.row[column] = self._plain(column)
        self._titles()
        self._number()
        signature = self._signature()
        self._dates(signature)
        self._years()
        self._region()
        recipients = "".join(self.notice.text[span.start : span.end] for span in self.layout.recipients)
        self.row["recipients"] = recipients.rstrip(":： \u3000")
        self._own()
        self.result.add("documents", self.row)
        return self.result

    def _address(self) -> str:
        url = self.meta.get("url", "")
        return url if url.startswith(("http://", "https://")) else ""

    # --- fields ---

    def _of(self, column: str) -> list[Field]:
        return [field for field in self.fields if field.column == column and not says_nothing(fold(field.value))]

    def _plain(self, column: str) -> str:
        values = self._of(column)
        self._conflict(column, [(field.label, field.value, field.start, field.end) for field in values])
        return values[0].value if values else ""

    def _conflict(self, column: str, values: Sequence[tuple[str, str, int | str, int | str]], severity: str = "warning") -> None:
        """Report values of one column that differ."""
        distinct = {_value_key(value): (name, value) for name, value, _, _ in reversed(values)}
        if len(distinct) > 1:
            shown = "; ".join(f"{name} {value}" for name, value in reversed(distinct.values()))
            _, _, start, end = values[0]
            self.result.check("metadata_conflict", f"the notice gives {column} more than once, and not alike: {shown}", start, end, severity=severity, subject_kind="documents")

    # --- titles ---

    def _titles(self) -> None:
        layout = self.layout
        title = joined_title(self.notice, layout.title)
        given = self._of("title")
        if title and given:
            keys = {fold_key(_BRACKETED_PREFIX.sub("", fold(field.value))) for field in given}
            if fold_key(_BRACKETED_PREFIX.sub("", fold(title))) not in keys:
                values = [("title", title, layout.title[0].start, layout.title[-1].end)]
                self._conflict("title", values + [(field.label, field.value, field.start, field.end) for field in given])
        if not title and given:
            title = given[0].value
        if not title and (title := self.meta.get("articletitle", "")):
            self.result.check("title_not_printed", "no title is printed; the row has the one of the page's meta tags", severity="info", subject_kind="documents")
        if not title:
            self.result.check("title_missing", "no title was found", subject_kind="documents")
        self.row["title"] = title
        self.row["enclosed_title"] = self._enclosed_title(title)
        self.row["document_type"] = lines.document_type(fold(title))

    def _enclosed_title(self, title: str) -> str:
        """The document that the notice hands on: as printed above it, else as the title or the cover letter names it."""
        folded = fold(title)
        own = [enclosed for enclosed in self.layout.enclosed if not enclosed.is_annex]
        if not _HANDS_ON.search(folded):
            return "；".join(joined_title(self.notice, enclosed.title) for enclosed in own if enclosed.title)
        named = [title[match.start(1) : match.end(1)] for match in _QUOTED.finditer(folded)]
        if not named and (match := _OF_TITLE.search(folded)):
            named = [title[match.start("name") : match.end("name")]]
        named += self._named_in_cover()
        keys = {_title_key(name) for name in named}
        printed = [joined_title(self.notice, enclosed.title) for enclosed in self.layout.enclosed if enclosed.title]
        matching = [name for name in printed if _title_key(name) in keys]
        if matching:
            return "；".join(dict.fromkeys(matching))
        if own and own[0].title:
            return joined_title(self.notice, own[0].title)
        return named[0] if named else ""

    def _named_in_cover(self) -> list[str]:
        found = []
        for block in self.layout.parts[0].blocks[:6] if self.layout.parts else ():
            if isinstance(block, Paragraph) and _HANDS_ON.search(self.notice.folded, block.start, block.end):
                found += [self.notice.text[match.start(1) : match.end(1)] for match in _QUOTED.finditer(self.notice.folded, block.start, block.end)]
        return found

    # --- document number ---

    def _number(self) -> None:
        start = self.layout.parts[0].blocks[0].start if self.layout.parts else len(self.notice.text)
        values: list[tuple[str, str, int | str, int | str]] = [(field.label, field.value, field.start, field.end) for field in self._of("document_number")]
        for span in self.layout.numbers:
            if span.start < start:
                text = re.sub(r"[\s(（]+签发人.*$", "", self.notice.text[span.start : span.end])
                values.append(("line", text.strip("()（）") if text.startswith(("(", "（")) else text, span.start, span.end))
        if not values and (number := self._number_in_title()):
            values.append(number)
        self._conflict("document_number", values)
        sound = [value for _, value, _, _ in values if is_number(fold(value))]
        self.row["document_number"] = (sound or [value for _, value, _, _ in values] or [""])[0]
        for name, value, begin, end in values:
            folded = fold(value)
            if is_damaged_number(folded):
                self.result.check("document_number_damaged", f"the document number seems to have lost or mixed characters ({name}): {value}", begin, end, severity="error", subject_kind="documents")
            elif not is_number(folded):
                self.result.check("document_number_unusual", f"the document number has no form that is known ({name}): {value}", begin, end, severity="info", subject_kind="documents")

    def _number_in_title(self) -> tuple[str, str, int | str, int | str] | None:
        """A number in brackets at the end of the title, or before it."""
        title = str(self.row["title"])
        folded = fold(title)
        for number in find_numbers(folded):
            if folded[: number.start].rstrip().endswith("(") and folded[number.end :].strip().startswith(")") or number.start == 0:
                spans = self.layout.title
                return "title", title[number.start : number.end], spans[0].start if spans else "", spans[-1].end if spans else ""
        return None

    # --- signature and dates ---

    def _signature(self) -> Signature | None:
        """The notice's own signature: the first, where it stands before the first enclosed document."""
        enclosed = [item.title[0].start for item in self.layout.enclosed if item.title]
        own = [signature for signature in self.layout.signatures if not enclosed or signature.start < enclosed[0]]
        if not own and all(item.is_annex for item in self.layout.enclosed):
            own = list(self.layout.signatures[-1:])
        chosen = next((signature for signature in own if signature.names), own[0] if own else None)
        names = [name for span in chosen.names for name in _split_units(self.notice.text[span.start : span.end])] if chosen else []
        self.row["signatory"] = "、".join(names)
        return chosen

    def _dates(self, signature: Signature | None) -> None:
        issued = list(self._dates_of("issued_on"))
        sent = list(self._dates_of("sent_on"))
        published = list(self._dates_of("published_on"))
        signed: list[_Dated] = []
        if signature is not None and signature.date is not None:
            signed = self._read("signature", signature.date.start, signature.date.end)
        for span in self.layout.bylines:
            signed_here, published_here = self._byline(span, bool(signed), bool(published))
            signed += signed_here
            published += published_here
        if issued:
            published = published or sent
        else:
            issued = sent
        self._conflict("issued_on", _as_values(issued))
        self._conflict("published_on", _as_values(published))
        chosen = issued or signed
        self.row["issued_on"] = chosen[0].iso if chosen else ""
        self.row["published_on"] = published[0].iso if published else ""
        posted = [_Dated("PubDate", date.iso) for date in find_dates(fold(self.meta.get("pubdate", ""))) if date.iso][:1]
        if not published and posted:
            self.row["published_on"] = posted[0].iso
        self._compare_dates([*issued, *signed], [*published, *posted])

    def _dates_of(self, column: str) -> Iterator[_Dated]:
        for field in self._of(column):
            found = self._read(field.label, field.start, field.end)
            yield from found
            if not found:
                self.result.check("date_damaged", f"{field.label} holds no date: {field.value}", field.start, field.end, severity="error", subject_kind="documents")

    def _read(self, name: str, start: int, end: int) -> list[_Dated]:
        """The date in a stretch; a damaged one is reported, and gives none."""
        date = read_date(self.notice.folded[start:end])
        if date is None:
            if is_month_line(self.notice.folded[start:end]):
                self.result.check("date_incomplete", f"the date ({name}) names no day, and is left out: {self.notice.text[start:end]}", start, end, severity="info", subject_kind="documents")
            return []
        if not date.iso:
            self.result.check("date_damaged", f"the date ({name}) is damaged, and is left out: {self.notice.text[start:end]}", start, end, severity="error", subject_kind="documents")
            return [_Dated(name, "", start, end)]
        return [_Dated(name, date.iso, start, end)]

    def _byline(self, span: Span, is_signed: bool, is_published: bool) -> tuple[list[_Dated], list[_Dated]]:
        """A date below the title: with a clock time it is when the page was posted, alone it is the document's own."""
        text = self.notice.folded[span.start : span.end]
        if not is_date_line(text):
            return [], []
        if re.search(r"[0-9]:[0-9]{2}|(?:日期|时间)\s*:", text):
            return [], [] if is_published else self._read("line below the title", span.start, span.end)
        return ([] if is_signed else self._read("line below the title", span.start, span.end)), []

    def _compare_dates(self, issued: Sequence[_Dated], published: Sequence[_Dated]) -> None:
        """Report dates of one thing that differ, and a notice that was published before it was issued."""
        issued, published = [date for date in issued if date.iso], [date for date in published if date.iso]
        shown = "; ".join(f"{date.name} {date.iso}" for date in (*issued, *published))
        start, end = next(((date.start, date.end) for date in (*issued, *published)), ("", ""))
        if len({date.iso for date in issued}) > 1:
            self.result.check("dates_disagree", f"the notice names more than one date of its own: {shown}", start, end, subject_kind="documents")
        if issued and published and min(date.iso for date in published) < issued[0].iso:
            self.result.check("dates_disagree", f"the notice is dated later than it was published: {shown}", start, end, subject_kind="documents")
        elif issued and published and int(published[0].iso[:4]) - int(issued[0].iso[:4]) > 1:
            self.result.check("published_late", f"the page was published years after the notice: {shown}", start, end, severity="info", subject_kind="documents")
        if len({date.iso for date in published}) > 1:
            self.result.check("dates_disagree", f"the page names more than one date of publication: {shown}", start, end, severity="info", subject_kind="documents")
        number = next(iter(find_numbers(fold(str(self.row["document_number"])))), None)
        if number is not None and number.year and issued and abs(number.year - int(issued[0].iso[:4])) >= 1:
            self.result.check("dates_disagree", f"the document number {self.row['document_number']} is of another year than the date: {shown}", start, end, subject_kind="documents")

    # --- years ---

    def _years(self) -> None:
        years = Years()
        for title in (str(self.row["enclosed_title"]), str(self.row["title"])):
            years = read_years(fold(title)) if title else Years()
            if years != Years():
                break
        issued = str(self.row["issued_on"])[:4]
        title = str(self.row["enclosed_title"] or self.row["title"])
        if years == Years() and issued and is_of_its_own_year(title):
            years = Years(target=int(issued))
        if years.several:
            shown = "、".join(map(str, years.several))
            self.result.check("target_year_unclear", f"the title names several years, and none is clearly the one of the targets: {shown}", subject_kind="documents")
        self.row["target_year"] = years.target or ""
        self.row["plan_start"], self.row["plan_end"] = years.first or "", years.last or ""

    # --- region ---

    def _region(self) -> None:
        names = list(self._issuers())
        regions = [region for name in names if (region := read_region(name)) is not None]
        if not regions:
            regions = [region for region in (self._region_of_title(), self._region_of_site()) if region is not None][:1]
        self.row["region"] = self.row["region_code"] = ""
        if not regions:
            return
        first = regions[0]
        same = [region for region in regions if region.parts[-1] == first.parts[-1]]
        region = max(same, key=lambda region: len(region.parts))
        year = next((int(str(value)[:4]) for value in (self.row["issued_on"], self.row["published_on"], self.row["target_year"], self.row["plan_start"]) if value), None)
        code = find_code(region, year, "\n".join([*names, self.meta.get("sitename", ""), self.notice.text]))
        self.row["region"], self.row["region_code"] = region.name, code.code
        if code.reason:
            start = self.notice.text.find(region.name)
            place = (start, start + len(region.name)) if start >= 0 else ("", "")
            self.result.check("region_without_code", code.reason, *place, severity="info", subject_kind="documents")

    def _issuers(self) -> Iterator[str]:
        """The names of who issues, most telling first: of the title, the signature, the masthead, the field block, the site."""
        title = str(self.row["title"])
        bare = _BRACKETED_PREFIX.sub("", fold(title))
        if match := _ABOUT.search(bare):
            yield bare[: match.start()]
        yield from (fold(name) for name in str(self.row["signatory"]).split("、"))
        for span in self.layout.masthead:
            yield re.sub(r"\s+", "", self.notice.folded[span.start : span.end])
        yield fold(str(self.row["issuer"]))

    def _region_of_site(self) -> Region | None:
        """The site's region, where the notice speaks of its own level and names no place: 区政府办公室 on the site of 某市某区."""
        region = read_region(_SITE.sub("", fold(self.meta.get("sitename", ""))))
        names = [*self._issuers(), *(self.notice.folded[span.start : span.end] for span in self.layout.recipients)]
        levels = {match[1] for name in names for match in _LEVEL.finditer(name)}
        return region if region is not None and not region.is_below_county and levels == {region.name[-1]} else None

    def _region_of_title(self) -> Region | None:
        """The region that a title begins with, where no issuer is named: 2026年某县工作要点, if the notice speaks of 某县人民政府."""
        for title in (str(self.row["enclosed_title"]), str(self.row["title"])):
            bare = _YEAR_FIRST.sub("", fold(title))
            if _ABOUT.search(bare):
                continue
            region = read_region(bare)
            if region is None and (match := re.match(r"[\u4e00-\u9fff]{1,6}?[县市区旗州省](?=[\u4e00-\u9fff])", bare)):
                if f"{match[0]}人民政府" in self.notice.text:
                    region = read_region(match[0] + "人民政府")
            if region is not None:
                return region
        return None

    # --- numerals ---

    def _own(self) -> None:
        """Claim the numerals of all front and back matter: document numbers, index numbers, dates, what is left by its kind."""
        for field in self.fields:
            if field.column in ("index_number", "document_number") or "编号" in field.label or "登记号" in field.label:
                self.result.own(field.start, field.end, "document_number", "documents")
            elif field.column in ("issued_on", "published_on", "sent_on"):
                self.result.own(field.start, field.end, "date", "documents")
        for span in self.layout.contents:
            self.result.own(span.start, span.end, "ordinal")
        for signature in self.layout.signatures:
            if signature.date is not None:
                self.result.own(signature.date.start, signature.date.end, "date", "documents")
        for block in self.notice.blocks:
            kind = self.layout.kinds.get(block.start, "")
            if not kind or kind in ("preamble", "attachment"):
                continue
            if kind == "metadata" and isinstance(block, Paragraph) and lines.is_number_line(self.notice.folded[block.start : block.end]):
                self.result.own(block.start, block.end, "document_number", "documents")
            own_numerals(self.result, self.notice, block.start, block.end)
            if leftover := _LEFTOVER.get(kind):
                self.result.own(block.start, block.end, leftover)


def own_numerals(result: Result, notice: Notice, start: int, end: int) -> None:
    """Claim what numerals of a stretch say by themselves: document numbers, dates, years, and what their frames tell."""
    folded = notice.folded[start:end]
    if len(folded) > _LONGEST or not re.search(r"[0-9一二三四五六七八九十〇零]", folded):
        return
    for number in find_numbers(folded):
        result.own(start + number.start, start + number.end, "document_number")
    for date in find_dates(folded):
        result.own(start + date.start, start + date.end, "date")
    for first, last in year_spans(folded):
        result.own(start + first, start + last, "date")
    for claim in find_claims(folded):
        result.own(start + claim.start, start + claim.end, claim.kind)


def _split_units(line: str) -> list[str]:
    """The units that a line of a signature names, without seal marks and letter-spacing."""
    text = lines.unspaced(re.sub(r"\s*[(（](?:代章|印章|公章|盖章|章|印|代)[)）]\s*$", "", line.strip()))
    pieces = [piece for piece in re.split(r"[ \u3000、]+", text) if piece]
    return pieces if len(pieces) > 1 and all(lines.is_unit(fold(piece)) and len(piece) > 2 for piece in pieces) else [text]


def _as_values(dates: Sequence[_Dated]) -> list[tuple[str, str, int | str, int | str]]:
    return [(date.name, date.iso, date.start, date.end) for date in dates if date.iso]


def _value_key(value: str) -> str:
    return fold_key(value).translate(_BRACKETS)


def _title_key(title: str) -> str:
    return fold_key(lines.without_remarks(fold(title))).strip("《》")
