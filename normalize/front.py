"""The head and the tail of a notice: field block, masthead, number, title, recipients; at the end, files and copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.fields import label_pattern
from extract.folding import fold_key
from extract.model import Block, Span
from normalize import line_kinds as lines
from normalize.dates import is_date_line
from normalize.sheet import Sheet
from normalize.title_lines import is_before_text, set_as_title, title_size

_HEAD_LINES = 40
_HAN = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile("[。;]")
_CONTACT = re.compile(r"\(?联系(?:人|电话|方式)(?:及电话)?\s*:.{0,80}")


@dataclass(slots=True)
class Front:
    """Where the head's and the tail's lines are: of the title, the recipients, the notice's own numbers, bylines, the
    masthead, the field block, files; and between which blocks the text lies.
    """

    title: list[Span] = field(default_factory=list)
    recipients: list[Span] = field(default_factory=list)
    numbers: list[Span] = field(default_factory=list)
    bylines: list[Span] = field(default_factory=list)
    masthead: list[Span] = field(default_factory=list)
    fields: list[Block] = field(default_factory=list)
    files: list[Span] = field(default_factory=list)
    start: int = 0
    end: int = 0


def read_front(sheet: Sheet) -> Front:
    """Give the lines of head and tail their kinds, and say where they are."""
    front = Front()
    _take_hints(sheet, front)
    front.end = _tail(sheet, front)
    front.start = _Head(sheet, front).read()
    return front


def is_field_line(folded: str) -> bool:
    """Whether a line of head or tail is a field, or whom to ask: 公开方式:主动公开, 主 题 词:, 联系人:张某某."""
    if len(folded) > 120:
        return False
    match = label_pattern().match(folded)
    return match is not None and match[0].rstrip().endswith(":") or bool(_CONTACT.fullmatch(folded))


def _take_hints(sheet: Sheet, front: Front) -> None:
    """What the reader of the file already knows of its lines."""
    for index, block in enumerate(sheet.blocks):
        if block.hint == "metadata":
            sheet.set(index, "metadata")
            front.fields.append(block)
        elif block.hint == "title":
            sheet.set(index, "title")
            front.title = front.title or [sheet.span(index)]
        elif block.hint == "note":
            sheet.set(index, "note")
        elif block.hint == "attachment" and not lines.is_marker(sheet.texts[index]):
            sheet.set(index, "attachment")
            front.files.append(sheet.span(index))


def _tail(sheet: Sheet, front: Front) -> int:
    """Kinds for the lines at the end that are no text; where the text ends."""
    end = len(sheet)
    while end > 0:
        index = end - 1
        text = sheet.texts[index]
        if not sheet.kind(index):
            if not text:
                break
            if lines.is_imprint(text):
                sheet.set(index, "metadata")
            elif is_field_line(text):
                sheet.set(index, "metadata")
                front.fields.append(sheet.blocks[index])
            elif lines.is_public(text):
                sheet.set(index, "note")
            elif lines.names_file(text) and len(text) <= 150:
                sheet.set(index, "attachment")
                front.files.append(sheet.span(index))
            else:
                break
        end = index
    return end


class _Head:
    def __init__(self, sheet: Sheet, front: Front) -> None:
        self.sheet, self.front = sheet, front

    def read(self) -> int:
        """Kinds for what stands above the text; where the text begins."""
        sheet, front = self.sheet, self.front
        recipients = self._recipients()
        limit = recipients[0] if recipients else min(front.end, _HEAD_LINES)
        run: list[int] = []
        index = sheet.next_open(0)
        while index < limit:
            text = sheet.texts[index]
            if sheet.kind(index):
                index += 1
                continue
            if not text or not recipients and not self._is_head_line(index):
                break
            if lines.is_number_line(text):
                self._take(index, "metadata", front.numbers)
            elif lines.is_masthead(text) or not run and sheet.is_unit(index) and self._is_above_number(index, limit):
                self._take(index, "metadata", front.masthead)
            elif is_date_line(text) or lines.is_byline(text):
                self._take(index, "metadata", front.bylines)
                front.fields.append(sheet.blocks[index])
            elif is_field_line(text):
                sheet.set(index, "metadata")
                front.fields.append(sheet.blocks[index])
            elif len(text) == 1 or not _HAN.search(text):
                sheet.set(index, "other")
            else:
                run.append(index)
            index += 1
        begin = self._title(run, bool(recipients))
        if recipients and index >= recipients[0]:
            for place in recipients:
                self._take(place, "recipients", front.recipients)
            index, begin = recipients[-1] + 1, None
        start = index if begin is None else begin
        for place in range(start):
            if not sheet.kind(place):
                sheet.set(place, "other")
        return start

    def _take(self, index: int, kind: str, spans: list[Span]) -> None:
        self.sheet.set(index, kind)
        spans.append(self.sheet.span(index))

    def _is_above_number(self, index: int, limit: int) -> bool:
        """Whether the document's number stands below a line: a name there is the red head, with or without 文件."""
        return index + 1 < limit and lines.is_number_line(self.sheet.texts[index + 1])

    def _is_head_line(self, index: int) -> bool:
        text = self.sheet.texts[index]
        if lines.is_number_line(text) or lines.is_masthead(text) or is_date_line(text) or lines.is_byline(text):
            return True
        if lines.is_extent(text) or is_field_line(text):
            return True
        return len(text) == 1 or not _HAN.search(text) or self.sheet.is_titlelike(index)

    # --- recipients ---

    def _recipients(self) -> list[int]:
        """The lines of the recipients: near the top, naming whom the notice addresses, and ending in a colon."""
        sheet, end = self.sheet, self.front.end
        for index in range(min(end, _HEAD_LINES)):
            text = sheet.texts[index]
            if sheet.kind(index):
                continue
            if not text or sheet.labels[index] is not None or len(_MARKS.findall(text)) >= 2:
                return []
            if lines.is_recipients(text):
                return [index]
            if lines.opens_recipients(text):
                found = self._broken_recipients(index)
                if found:
                    return found
        return []

    def _broken_recipients(self, index: int) -> list[int]:
        """Recipients over several lines from ``index`` on, or without their colon below a title."""
        sheet, end = self.sheet, self.front.end
        found = [index]
        for place in range(index + 1, min(end, index + 4)):
            text = sheet.texts[place]
            if not sheet.is_open(place):
                break
            if lines.is_recipients(text) or text.rstrip().endswith(":") and lines.opens_recipients(text.rstrip(" :")):
                return [*found, place]
            if not lines.opens_recipients(text):
                break
            found.append(place)
        after = found[-1] + 1
        is_before_text = after < end and (
            sheet.labels[after] is not None or bool(re.search("[。;,:]", sheet.texts[after]))
        )
        return found if index and is_before_text else []

    # --- the title ---

    def _title(self, run: Sequence[int], has_recipients: bool) -> int | None:
        """The title among lines of the head that are nothing else; where the text begins, if it begins among them.

        A site prints a title twice or three times, and its own headings above it.
        """
        sheet = self.sheet
        if not run:
            return None
        if self.front.title:
            return self._title_again(run, has_recipients)
        groups = self._groups(run) or self._untold(run, has_recipients)
        if not groups and not has_recipients:
            return run[0]
        if not groups:
            return None
        chosen = groups[-1] if has_recipients or len({self._key(group) for group in groups}) == 1 else groups[0]
        for group in groups:
            if self._key(group) == self._key(chosen):
                for index in group:
                    sheet.set(index, "title")
        self.front.title = [sheet.span(index) for index in chosen]
        for index in run:
            if not sheet.kind(index) and (has_recipients or index < chosen[0]):
                sheet.set(index, "other")
        return next((index for index in run if not sheet.kind(index)), None)

    def _untold(self, run: Sequence[int], has_recipients: bool) -> list[list[int]]:
        """A title that ends as no document does: the line above the recipients, else what is set as one."""
        titlelike = [index for index in run if self.sheet.is_titlelike(index)]
        if has_recipients:
            return [titlelike[-1:]] if titlelike and titlelike[-1] == run[-1] else []
        size = set_as_title(self.sheet, titlelike) if titlelike[:1] == list(run[:1]) else 0
        is_alone = size and is_before_text(self.sheet, titlelike[size - 1] + 1, self.front.end)
        return [titlelike[:size]] if is_alone else []

    def _title_again(self, run: Sequence[int], has_recipients: bool) -> int | None:
        """The reader found the title outside the body; what the body prints of it again is title too."""
        key = fold_key(self.sheet.notice.text[self.front.title[0].start : self.front.title[0].end])
        rest = []
        for index in run:
            if fold_key(self.sheet.texts[index]) in key:
                self.sheet.set(index, "title")
            elif has_recipients:
                self.sheet.set(index, "other")
            else:
                rest.append(index)
        return rest[0] if rest else None

    def _key(self, group: Sequence[int]) -> str:
        return fold_key("".join(self.sheet.texts[index] for index in group))

    def _groups(self, run: Sequence[int]) -> list[list[int]]:
        """The titles among some lines, each the indexes of its lines; lines that belong to none are left out."""
        groups: list[list[int]] = []
        position = 0
        while position < len(run):
            size = title_size(self.sheet, run[position:])
            if size:
                groups.append(list(run[position : position + size]))
            position += size or 1
        return groups
