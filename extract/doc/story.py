"""The walk through a part of the text of a binary Word file: paragraphs as they are printed ([MS-DOC] 2.4.1)."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from extract.doc.formatting import CharacterLook, Formatting, ParagraphLook
from extract.symbols import count_private, from_symbol_font, is_symbol_font
from extract.word import LeftOut, Run
from extract.word_fields import link_of, text_of

CELL_MARK = "\x07"
_PARAGRAPH_MARK, _BREAK = "\r", "\x0c"
_PICTURE, _DRAWN = "\x01", "\x08"
_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_UNPRINTED = "\0"
_MARKS = re.compile("[\r\x07\x0c]")
_FIELD_MARKS = re.compile("[\x13-\x15]")
_OBJECTS = re.compile(f"[{_PICTURE}{_DRAWN}]")
_SPECIAL = re.compile("[\0-\x08\x0a-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: What special characters print: soft return, page break, column break, hyphen that does not break; the others nothing.
_MEANINGS = {code: "" for code in range(0x20) if code != 0x09} | {0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-"}
_SYMBOL_PLACEHOLDER = "("
_KIND_LENGTH = 40
_LONGEST_CODE = 2500


@dataclass(slots=True)
class StoryParagraph:
    """A paragraph: which mark ends it, what it has, its runs, and where drawn objects hang on it."""

    mark: str
    look: ParagraphLook
    runs: list[Run] = field(default_factory=list)
    drawn_at: list[int] = field(default_factory=list)
    is_mark_deleted: bool = False
    is_mark_hidden: bool = False


@dataclass(slots=True)
class _Fields:
    """A story without the codes of its fields: what fields print by themselves, and links as (start, end, href)."""

    text: str
    printed: dict[int, str] = field(default_factory=dict)
    links: list[tuple[int, int, str]] = field(default_factory=list)


class Walker:
    """Reads stories. ``text`` is the whole text of the file."""

    def __init__(
        self, text: str, formatting: Formatting, fonts: Sequence[str], section_ends: Collection[int], left_out: LeftOut
    ) -> None:
        self._text, self._formatting, self._fonts, self._section_ends = text, formatting, fonts, section_ends
        self._left_out = left_out
        self._length = len(text)
        self._unprinted: list[tuple[int, int]] = []

    def is_printed(self, position: int) -> bool:
        """Whether the character at a position, in a story that has been read, is neither deleted nor hidden."""
        index = bisect_right(self._unprinted, (position, self._length)) - 1
        return index < 0 or position >= self._unprinted[index][1]

    def paragraphs(self, start: int, end: int) -> Iterator[StoryParagraph]:
        """The paragraphs between two positions; the last may lack its mark."""
        fields = self._fields(start, end)
        text = fields.text
        runs = self._formatting.runs(start, end)
        run = next(runs, None)
        at = start
        while at < end:
            mark_at = self._next_mark(text, at - start, start, end)
            last = min(mark_at, end - 1)
            mark = text[last - start] if mark_at < end else _PARAGRAPH_MARK
            paragraph = StoryParagraph(mark, self._formatting.paragraph(last))
            while run is not None and run[0] <= last:
                begin, stop, properties, modifier = run
                look = self._formatting.character(paragraph.look.style, properties, modifier)
                if not look.is_printed:
                    insort(self._unprinted, (max(begin, at), min(stop, mark_at + 1)))
                elif begin < mark_at:
                    self._add(paragraph, fields, start, max(begin, at), min(stop, mark_at), look)
                if stop > mark_at:
                    paragraph.is_mark_deleted, paragraph.is_mark_hidden = look.is_deleted, look.is_hidden
                    break
                run = next(runs, None)
            yield paragraph
            at = mark_at + 1

    def _next_mark(self, text: str, at: int, start: int, end: int) -> int:
        """Where the next paragraph ends. A page break looks like the end of a section, but stands in no table."""
        for match in _MARKS.finditer(text, at):
            position = start + match.start()
            if match[0] != _BREAK or position + 1 in self._section_ends:
                return position
        return end

    def _add(
        self, paragraph: StoryParagraph, fields: _Fields, start: int, begin: int, stop: int, look: CharacterLook
    ) -> None:
        """Add the characters of one look to a paragraph, split where links begin and end."""
        while begin < stop:
            href, link_end = _link_at(fields.links, begin)
            until = min(stop, link_end)
            text = fields.text[begin - start : until - start]
            if _SPECIAL.search(text):
                text = self._meant(text, begin, fields, paragraph)
            if text:
                paragraph.runs.append(Run(self._readable(text, look), look.is_bold, look.is_raised, href))
            begin = until

    def _meant(self, text: str, begin: int, fields: _Fields, paragraph: StoryParagraph) -> str:
        """Text with its special characters replaced by what they print."""
        for match in _OBJECTS.finditer(text):
            if match[0] == _DRAWN:
                paragraph.drawn_at.append(begin + match.start())
            else:
                self._left_out.pictures += 1
        if fields.printed:
            text = _FIELD_MARKS.sub(lambda match: fields.printed.get(begin + match.start(), ""), text)
        return text.translate(_MEANINGS)

    def _font(self, number: int) -> str:
        return self._fonts[number] if 0 <= number < len(self._fonts) else ""

    def _readable(self, text: str, look: CharacterLook) -> str:
        """Text with characters of symbol fonts as they look, and characters of two units put together."""
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if look.symbol is not None:
            font, code = look.symbol
            text = text.replace(_SYMBOL_PLACEHOLDER, from_symbol_font(chr(code), self._font(font)))
        elif is_symbol_font(font_name := self._font(look.font)):
            text = from_symbol_font(text, font_name)
        self._left_out.symbols += count_private(text)
        return text

    def _fields(self, start: int, end: int) -> _Fields:
        """The story without field codes. A field mark without partner hides nothing."""
        text = self._text[start:end]
        if _FIELD_BEGIN not in text:
            return _Fields(text)
        found = _Fields(text)
        pairs: list[tuple[int, int, int]] = []
        stack: list[list[int]] = []
        for match in _FIELD_MARKS.finditer(text):
            at = match.start()
            if match[0] == _FIELD_BEGIN:
                stack.append([at, -1])
            elif match[0] == _FIELD_SEPARATOR and stack and stack[-1][1] < 0:
                stack[-1][1] = at
            elif match[0] == _FIELD_END and stack:
                begin, separator = stack.pop()
                pairs.append((begin, separator if separator >= 0 else at, at))
        parts, at = [], 0
        for begin, code_end, end in sorted(pairs):
            if begin < at:
                continue  # inside the code of another
            printed = self._printed(text, begin, code_end, end)
            if printed:
                found.printed[start + begin] = printed
            elif href := link_of(text[begin + 1 : min(code_end, begin + _LONGEST_CODE)]):
                found.links.append((start + code_end, start + end, href))
            parts += [text[at:begin], _FIELD_BEGIN if printed else _UNPRINTED, _UNPRINTED * (code_end - begin)]
            at = code_end + 1
        found.text = "".join(parts) + text[at:]
        return found

    def _printed(self, text: str, begin: int, code_end: int, end: int) -> str:
        """What a field prints by itself, where it has no result."""
        if end - code_end > _LONGEST_CODE or text[code_end + 1 : end].strip():
            return ""
        code = text[begin + 1 : min(code_end, begin + _LONGEST_CODE)].translate(_MEANINGS)
        printed = text_of(code)
        if printed is None and code_end == end:
            self._left_out.fields.setdefault(code.strip()[:_KIND_LENGTH])
        return printed or ""


def _link_at(links: list[tuple[int, int, str]], position: int) -> tuple[str, int]:
    """The link at a position and where it ends, or none and where the next begins."""
    if not links:
        return "", 1 << 62
    index = bisect_right(links, position, key=lambda link: link[0]) - 1
    if index >= 0 and position < links[index][1]:
        return links[index][2], links[index][1]
    return "", links[index + 1][0] if index + 1 < len(links) else 1 << 62
