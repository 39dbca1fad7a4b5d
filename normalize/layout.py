"""Which lines of a notice are front and back matter, and which documents it holds: a cover letter and what it encloses.

Head and tail are read by ``normalize.front``; what lies between is walked once, line by line. Every block is in a part
or has a kind; the text of a cover letter that only hands a document on has the kind ``preamble`` and is in a part too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.folding import fold, fold_key
from extract.model import Block, Notice, Paragraph, Span, Table
from extract.outline import match_label
from normalize import annexes
from normalize import line_kinds as lines
from normalize.dates import is_date_line
from normalize.front import Front, is_field_line, read_front
from normalize.handed_on import handed_titles, hands_on, quoted_titles
from normalize.sheet import Sheet
from normalize.signatures import Signature, read_signature
from normalize.title_lines import (
    NamedTitles,
    extent_lines,
    is_before_text,
    joined_title,
    set_as_title,
    title_key,
    title_run,
    title_size,
)

_CONTENTS_LINES = 400
_NAMES = 200
_CONTENTS = re.compile(r"目\s*[录次]")
_PAGE = re.compile(r"[\s.·…—-]*[0-9]{0,4}\s*$")
_NOTE_HEAD = re.compile(r"\(?(?:注|备注|附注|说明|注释)\s*:\s*")
_TOP_KINDS = ("part", "chapter", "chinese", "article")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the notice: its title on one line (empty where it has none), its headings, prose and tables."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document in the notice: the lines of its title, and whether a line 附件 stands above it."""

    title: tuple[Span, ...]
    is_annex: bool


@dataclass(slots=True)
class Layout:
    """``kinds``: start of a block → its kind as in the table ``blocks``. ``parts``: documents, a cover letter first.

    The rest is where ``documents`` and ``attachments`` look: lines of the notice's title, its recipients, its own
    numbers, bylines below the title, the masthead, the field block, signatures, names of attachments, the enclosed
    documents, and tables of contents.
    """

    kinds: dict[int, str]
    parts: tuple[Part, ...] = ()
    title: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    numbers: tuple[Span, ...] = ()
    bylines: tuple[Span, ...] = ()
    masthead: tuple[Span, ...] = ()
    fields: tuple[Block, ...] = ()
    signatures: list[Signature] = field(default_factory=list)
    attachments: tuple[Span, ...] = ()
    enclosed: list[Enclosed] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)


def find_layout(notice: Notice) -> Layout:
    """The layout of a notice; see the module."""
    sheet = Sheet(notice)
    front = read_front(sheet)
    layout = Layout(sheet.kinds)
    walk = _Walk(sheet, front, layout)
    walk.run()
    if len(walk.parts) > 1 and any(blocks for _, blocks in walk.parts[1:]):
        _mark_preamble(notice, layout, walk.parts[0][1])
    layout.parts = tuple(Part(title, tuple(blocks)) for title, blocks in walk.parts if blocks)
    layout.title, layout.recipients = tuple(front.title), tuple(front.recipients)
    layout.numbers, layout.bylines, layout.masthead = tuple(front.numbers), tuple(front.bylines), tuple(front.masthead)
    layout.fields = tuple(sorted(front.fields, key=lambda block: block.start))
    layout.attachments = tuple(sorted(front.files, key=lambda span: span.start))
    return layout


def _mark_preamble(notice: Notice, layout: Layout, cover: list[Block]) -> None:
    """The text of a cover letter without headings is preamble."""
    paragraphs = [block for block in cover if isinstance(block, Paragraph)]
    if not any(match_label(notice.folded, block.start, block.end) for block in paragraphs):
        for block in paragraphs:
            layout.kinds.setdefault(block.start, "preamble")


class _Walk:
    """From the first line of the text to the last. ``opens``: a signature or 附件 went before, a document may begin."""

    def __init__(self, sheet: Sheet, front: Front, layout: Layout) -> None:
        self.sheet, self.front, self.layout = sheet, front, layout
        self.end = front.end
        self.title = joined_title(sheet.notice, front.title)
        self.named = NamedTitles(self._names())
        self.parts: list[tuple[str, list[Block]]] = [(self.title, [])]
        self.opens = self.is_annex = False
        self.seen: dict[str, int] = {}  # kind of label → the last ordinal of it in this document
        self.listed: set[str] = set()
        self.attached = {enclosure.start for enclosure in sheet.notice.enclosures}

    def run(self) -> None:
        index = self.front.start
        while index < self.end:
            index += self._step(index)

    def _step(self, index: int) -> int:
        """Place the block at ``index``, and those that belong to it; how many they are."""
        sheet = self.sheet
        if sheet.blocks[index].start in self.attached:
            # A file that was read with the notice is a document of its own.
            self.opens, self.is_annex, self.seen = True, True, {}
        if sheet.kind(index):
            return 1
        if isinstance(sheet.blocks[index], Table):
            if self.opens:
                self._open((), "")
            self.parts[-1][1].append(sheet.blocks[index])
            return 1
        for take in (self._signature, self._contents, self._annex, self._back_matter, self._enclosed, self._note):
            if size := take(index):
                return size
        if self.opens and not self._carries_on(index):
            self._open((), "")
        self.opens = self.is_annex = False
        if (label := sheet.labels[index]) is not None:
            self.seen[label.kind] = label.ordinal
        self.parts[-1][1].append(sheet.blocks[index])
        return 1

    def _set_all(self, index: int, size: int, kind: str) -> int:
        for place in range(index, index + size):
            if not self.sheet.kind(place):
                self.sheet.set(place, kind)
        return size

    def _open(self, title: tuple[Span, ...], name: str) -> None:
        self.parts.append((name, []))
        if title or self.is_annex:
            self.layout.enclosed.append(Enclosed(title, self.is_annex))
        self.opens = self.is_annex = False
        self.seen = {}

    # --- what the notice says that it encloses ---

    def _names(self) -> list[str]:
        """The titles that the notice's own title, its first lines and its lists of attachments name."""
        sheet = self.sheet
        title = fold(self.title)
        names = [title[first:last] for first, last in handed_titles(title)]
        for index in range(self.front.start, min(self.end, self.front.start + 12)):
            text = sheet.texts[index]
            if not text or sheet.labels[index] is not None:
                break
            if hands_on(text) or "发给" in text:
                names += [text[first:last] for first, last in quoted_titles(text)]
        for index in range(self.front.start, self.end):
            if len(names) >= _NAMES:
                break
            if sheet.texts[index] and lines.list_head(sheet.texts[index]):
                names += [
                    name
                    for place in annexes.list_lines(sheet, index, self.end)
                    for name in annexes.split_names(sheet.texts[place])
                ]
        return names

    def _enclosed(self, index: int) -> int:
        """The title of a document that begins here, and the lines of number, date, source and recipients below it."""
        size = self._title_size(index)
        if not size:
            return 0
        spans = tuple(self.sheet.span(place) for place in range(index, index + size))
        self._set_all(index, size, "title")
        self._open(spans, joined_title(self.sheet.notice, spans))
        return size + self._below_title(index + size)

    def _title_size(self, index: int) -> int:
        sheet, end = self.sheet, self.end
        if (size := self.named.size_at(sheet, index, end)) and (self.opens or is_before_text(sheet, index + size, end)):
            return size
        if not self.opens and not self._restarts(index):
            return 0
        run = title_run(sheet, index, end)
        size = title_size(sheet, run)
        if self.opens and run:
            size = size or set_as_title(sheet, run)
            return (
                size + extent_lines(sheet, index + size, end)
                if size and is_before_text(sheet, index + size, end)
                else 0
            )
        return size if len(sheet.texts[index]) >= 6 else 0

    def _restarts(self, index: int) -> bool:
        """Whether the numbering begins again at one soon after ``index``, at the document's outermost level."""
        top = next((kind for kind in _TOP_KINDS if kind in self.seen), "")
        if not top or self.seen[top] < 2:
            return False
        label = next(
            (label for label in self.sheet.labels[index : min(self.end, index + 12)] if label is not None), None
        )
        return label is not None and label.kind == top and label.ordinal == 1

    def _below_title(self, index: int) -> int:
        sheet, start = self.sheet, index
        while index < self.end and sheet.is_open(index):
            text = sheet.texts[index]
            if lines.is_recipients(text) and index + 1 < self.end and re.search("[。,]", sheet.texts[index + 1]):
                sheet.set(index, "recipients")
                return index + 1 - start
            if not (lines.is_number_line(text) or is_date_line(text) or lines.is_byline(text)):
                break
            sheet.set(index, "metadata")
            index += 1
        return index - start

    def _carries_on(self, index: int) -> bool:
        """Whether a line after a signature goes on with the numbering before it: it stands too early."""
        label = self.sheet.labels[index]
        return label is not None and self.seen.get(label.kind, 0) == label.ordinal - 1 >= 1

    # --- what is no text ---

    def _signature(self, index: int) -> int:
        found = read_signature(self.sheet, index, self.end, self.title)
        if found is None:
            return 0
        signature, size = found
        self.layout.signatures.append(signature)
        # Right below a title it is who wrote the enclosed document; else a document ends here.
        self.opens, self.is_annex = bool(self.parts[-1][1]) or len(self.parts) == 1, False
        return self._set_all(index, size, "signature")

    def _contents(self, index: int) -> int:
        """A table of contents: from the line 目录 to where its first entry stands again."""
        sheet = self.sheet
        if not _CONTENTS.fullmatch(sheet.texts[index].strip()) or index + 2 >= self.end:
            return 0
        first = fold_key(_PAGE.sub("", sheet.texts[index + 1]))
        if len(first) < 2:
            return 0
        for place in range(index + 3, min(self.end, index + _CONTENTS_LINES)):
            here = fold_key(_PAGE.sub("", sheet.texts[place]))
            if here == first or len(first) > 4 and here.startswith(first):
                self.layout.contents.append(Span(sheet.blocks[index].start, sheet.blocks[place - 1].end))
                return self._set_all(index, place - index, "metadata")
        return 0

    def _annex(self, index: int) -> int:
        """A line 附件 above a document, a line 附件1:… that is the title of one, or a list of attachments."""
        sheet, text = self.sheet, self.sheet.texts[index]
        if lines.is_marker(text) and annexes.is_above_document(sheet, index, self.end):
            self.opens = self.is_annex = True
            return self._set_all(index, 1, "attachment")
        size = annexes.attachment_list(sheet, index, self.end)
        if not size:
            return 0
        names = annexes.split_names(text)
        if size == 1 and len(names) == 1 and self._is_inside(index):
            return 0
        if size == 1 and len(names) == 1 and self._is_title(index, names[0]):
            span = annexes.name_span(sheet, index)
            self.is_annex = True
            self._open((span,), joined_title(sheet.notice, (span,)))
            return self._set_all(index, 1, "title")
        for place in range(index, index + size):
            if sheet.is_open(place):
                self.front.files.append(sheet.span(place))
                self.listed |= {title_key(name) for name in annexes.split_names(sheet.texts[place])}
        return self._set_all(index, size, "attachment")

    def _is_inside(self, index: int) -> bool:
        """Whether a line 附表1:… only stands over a table of the text: nothing is signed yet, and the numbering goes on."""
        top = next((kind for kind in _TOP_KINDS if kind in self.seen), "")
        if not top or self.layout.signatures or index + 1 >= self.end or not isinstance(self.sheet.blocks[index + 1], Table):
            return False
        following = next((label for label in self.sheet.labels[index + 1 : self.end] if label is not None and label.kind == top), None)
        return following is not None and following.ordinal == self.seen[top] + 1

    def _is_title(self, index: int, name: str) -> bool:
        following = self.sheet.next_open(index + 1)
        is_repeated = following < self.end and self.named.size_at(self.sheet, following, self.end) > 0
        key = title_key(name)
        return (key in self.listed or not is_repeated) and annexes.is_title_of_annex(
            self.sheet, index, self.end, self.listed, key
        )

    def _back_matter(self, index: int) -> int:
        """(此件公开发布), copies and printing, fields below a signature."""
        text = self.sheet.texts[index]
        if lines.is_public(text):
            return self._set_all(index, 1, "note")
        if self.opens and is_field_line(text):
            self.front.fields.append(self.sheet.blocks[index])
            return self._set_all(index, 1, "metadata")
        return self._set_all(index, 1, "metadata") if lines.is_imprint(text) else 0

    def _note(self, index: int) -> int:
        """A note to a table or text; 注:1.… goes on with 2.…"""
        sheet, text = self.sheet, self.sheet.texts[index]
        if not lines.is_note(text):
            return 0
        head = _NOTE_HEAD.match(text)
        label = match_label(text, head.end(), len(text)) if head else None
        size = 1
        if label is not None and label.ordinal == 1:
            while index + size < self.end and sheet.is_open(index + size):
                here = sheet.labels[index + size]
                if here is None or here.kind != label.kind or here.ordinal != size + 1:
                    break
                size += 1
        return self._set_all(index, size, "note")
