"""What a paragraph of a .docx prints: its runs as they look, without what is deleted or hidden, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.docx.package import R, W
from extract.docx.styles import Style, Styles, flag, font_of, value
from extract.errors import LimitExceeded
from extract.limits import Limits
from extract.symbols import count_private, from_symbol_font, is_symbol_font
from extract.word import LeftOut, Run
from extract.word_fields import link_of, text_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_PICTURES = {"{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", f"{_V}imagedata"}
#: Text as a drawing, such as a letterhead.
WORD_ART = f"{_V}textpath"
#: Deleted text, the reading above a character, and settings: nothing in these is printed where they stand.
_UNPRINTED = {
    W + tag for tag in ("del", "moveFrom", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr")
}
_TEXTS = {W + "t", _M + "t"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_KIND_LENGTH = 40


@dataclass(slots=True)
class Content:
    """What a paragraph holds: runs, text boxes and word art (their elements), and references to notes as (part, id)."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Look:
    is_bold: bool = False
    is_hidden: bool = False
    is_raised: bool = False
    font: str = ""


@dataclass(slots=True)
class _Field:
    """An open field: its code, and what stood in the code's place, to be restored where the field is never closed."""

    code: str = ""
    in_code: bool = True
    begins_at: int = 0
    swallowed: list[Run] = field(default_factory=list)
    href: str = ""


def branch(alternate: Any) -> Any:
    """The branch of alternate content that is read: the first that holds text, else the first; ``None``: there is none."""
    branches = [child for child in alternate if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    for child in branches:
        if next(child.iter(f"{W}p", *_TEXTS), None) is not None:
            return child
    return branches[0] if branches else None


class InlineReader:
    """Reads paragraphs. What is not printed as text goes to ``left_out``."""

    def __init__(self, styles: Styles, hrefs: Mapping[str, str], left_out: LeftOut, limits: Limits, name: str) -> None:
        self._styles, self._hrefs, self._left_out, self._limits, self._name = styles, hrefs, left_out, limits, name
        self._content = Content()
        self._fields: list[_Field] = []

    def read(self, paragraph: Any, style: Style) -> Content:
        """What a paragraph of a style prints."""
        self._content, self._fields = Content(), []
        self._children(paragraph, style, _Look(), "", 0)
        for opened in self._fields:
            self._content.runs += opened.swallowed
        return self._content

    def _children(self, node: Any, style: Style, look: _Look, href: str, depth: int) -> None:
        if depth > self._limits.nesting:
            raise LimitExceeded(
                self._name, f"markup nested more than {self._limits.nesting} deep", "save it again in Word or WPS"
            )
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                self._children(child, style, self._look(child.find(f"{W}rPr"), style), href, depth + 1)
            elif tag in _TEXTS:
                self._text((child.text or "").replace("\n", " "), look, href)
            elif tag in _UNPRINTED:
                continue
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], look, href)
            elif tag == f"{W}hyperlink":
                self._children(child, style, look, self._hrefs.get(child.get(f"{R}id", ""), ""), depth + 1)
            elif tag == f"{MC}AlternateContent":
                if (chosen := branch(child)) is not None:
                    self._children(chosen, style, look, href, depth + 1)
            elif tag in (f"{W}txbxContent", WORD_ART):
                if not look.is_hidden:
                    self._content.boxes.append(child)
            else:
                self._special(child, tag, look, href)
                self._children(child, style, look, href, depth + 1)

    def _special(self, node: Any, tag: Any, look: _Look, href: str) -> None:
        """What prints something by what it is, or changes what follows."""
        if tag == f"{W}fldChar":
            self._field(node.get(f"{W}fldCharType"), look)
        elif tag == f"{W}instrText":
            if self._fields and self._fields[-1].in_code:
                self._fields[-1].code += node.text or ""
        elif tag == f"{W}sym":
            code = node.get(f"{W}char", "")
            if 1 <= len(code) <= 4 and all(char in "0123456789abcdefABCDEF" for char in code):
                self._text(
                    chr(int(code, 16)),
                    _Look(look.is_bold, look.is_hidden, look.is_raised, node.get(f"{W}font", "")),
                    href,
                )
        elif tag in _NOTES:
            if not look.is_hidden:
                self._content.notes.append((_NOTES[tag], node.get(f"{W}id", "")))
        elif tag in _PICTURES:
            self._left_out.pictures += 1
        elif tag == f"{_M}den":
            self._add("/", look, href)

    def _look(self, properties: Any, style: Style) -> _Look:
        """How a run looks: what it sets itself, else its character style, else the paragraph's style."""
        if properties is None:
            return _Look(bool(style.is_bold), bool(style.is_hidden), bool(style.is_raised), style.font)
        own = self._styles.style(value(properties, "rStyle") or "")
        bold, hidden, raised = flag(properties, "b"), flag(properties, "vanish"), value(properties, "vertAlign")
        if bold is None:
            # Bold in a character style inside bold text is set off by being light ([ECMA-376-1] 17.7.3).
            bold = bool(own.is_bold) != bool(style.is_bold)
        if hidden is None:
            hidden = bool(style.is_hidden if own.is_hidden is None else own.is_hidden)
        is_raised = (
            raised == "superscript"
            if raised is not None
            else bool(style.is_raised if own.is_raised is None else own.is_raised)
        )
        return _Look(bold, hidden, is_raised, font_of(properties) or own.font or style.font)

    def _text(self, text: str, look: _Look, href: str) -> None:
        if is_symbol_font(look.font):
            text = from_symbol_font(text, look.font)
        self._left_out.symbols += count_private(text)
        self._add(text, look, href)

    def _add(self, text: str, look: _Look, href: str) -> None:
        if look.is_hidden or not text:
            return
        for opened in self._fields:
            href = opened.href or href
        run = Run(text, look.is_bold, look.is_raised, href)
        unprinted = next((opened for opened in self._fields if opened.in_code), None)
        (self._content.runs if unprinted is None else unprinted.swallowed).append(run)

    def _field(self, kind: str | None, look: _Look) -> None:
        """A mark of a field. Of a field over several paragraphs the partner is missing here, and its result is kept."""
        if kind == "begin":
            if len(self._fields) > self._limits.nesting:
                raise LimitExceeded(
                    self._name, f"fields nested more than {self._limits.nesting} deep", "save it again in Word or WPS"
                )
            self._fields.append(_Field())
        elif kind == "separate" and self._fields and self._fields[-1].in_code:
            opened = self._fields[-1]
            opened.in_code, opened.begins_at = False, len(self._content.runs)
            opened.href = link_of(opened.code)
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            if closed.in_code or closed.begins_at == len(self._content.runs):
                printed = text_of(closed.code)
                if printed is None and closed.in_code:
                    self._left_out.fields.setdefault(closed.code.strip()[:_KIND_LENGTH])
                self._add(printed or "", look, "")
