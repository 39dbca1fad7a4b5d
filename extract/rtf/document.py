"""The words of an RTF file taken in turn: groups, destinations, properties, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from extract.errors import LimitExceeded
from extract.limits import Limits
from extract.pieces import Grid, Line, Piece
from extract.rtf.charsets import CHARSETS, CODE_PAGES, SYMBOL_CHARSET, Font, decoded
from extract.rtf.story import CellEdge, Story
from extract.symbols import count_private, from_symbol_font
from extract.word import LeftOut, Run
from extract.word_fields import link_of, text_of

_TOKEN = re.compile(
    rb"\\(?:([A-Za-z]{1,40})(-?[0-9]{1,10})?[ ]?|'([0-9A-Fa-f]{2})|(.))|([{}])|[\r\n]+|([^\\{}\r\n]+)|.", re.DOTALL
)
_STYLE_OF_CONTENTS = re.compile(r"\s*(?:toc|目录) ?[1-9]", re.IGNORECASE)
_CHINESE = "gb18030"
_KIND_LENGTH = 40
_LONGEST_CODE = 20_000
_REMEDY = "save it again in Word or WPS"
_DEEPEST_TABLE = 20

#: Words that print a character.
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
#: Symbols (a backslash and a sign) that print a character.
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\r", b"\r": "\r"}


class _Place(Enum):
    """Where text goes: what its group is for."""

    TEXT = auto()
    NOWHERE = auto()
    FONTS = auto()
    STYLES = auto()
    LABEL = auto()
    FIELD_CODE = auto()
    SHAPE = auto()
    ROW = auto()


#: Destinations that are read; any other that is marked as one by \\* is left out.
_DESTINATIONS = {
    "fonttbl": _Place.FONTS, "stylesheet": _Place.STYLES, "listtext": _Place.LABEL, "pntext": _Place.LABEL,
    "fldinst": _Place.FIELD_CODE, "shpinst": _Place.SHAPE, "do": _Place.SHAPE, "nesttableprops": _Place.ROW,
    "ud": _Place.TEXT, "fldrslt": _Place.TEXT, "result": _Place.TEXT,
    "footnote": _Place.TEXT, "shptxt": _Place.TEXT, "dptxbxtext": _Place.TEXT,
}  # fmt: skip
#: Destinations that are no part of the text although nothing marks them.
_LEFT_OUT = {
    "colortbl", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "rxe", "txe", "nonshppict", "shprslt",
    "nonesttables", "objdata", "objclass", "objname", "bkmkstart", "bkmkend", "fontemb",
    "template", "private", "pntxta", "pntxtb", "upr",
}  # fmt: skip
_PICTURES = ("pict", "shppict", "object")
#: Where the text of a group of its own may stand.
_NEEDED = {"shptxt": _Place.SHAPE, "dptxbxtext": _Place.SHAPE}


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    place: _Place = _Place.NOWHERE
    is_star: bool = False
    closes: Callable[[], None] | None = None
    font: int = -1
    associated_font: int = -1
    is_double_byte: bool = False
    fallback_size: int = 1
    is_bold: bool = False
    is_hidden: bool = False
    is_raised: bool = False
    href: str = ""
    align: str = ""
    level: int = 0
    style: int = -1
    in_table: bool = False
    is_endnote: bool = False
    depth: int = 1


@dataclass(slots=True)
class _Field:
    """An open field: its code, and whether it has printed anything."""

    code: str = ""
    printed: int = 0
    has_result: bool = False


@dataclass(slots=True)
class _RowEdges:
    """The definition of a row that is coming together, with the merges of the cell whose edge is still to come."""

    left: int = 0
    cells: list[CellEdge] = field(default_factory=list)
    following: CellEdge = field(default_factory=lambda: CellEdge(0))


class Document:
    """A file that is being read; ``pieces`` gives its lines and tables in order."""

    def __init__(self, left_out: LeftOut, limits: Limits, name: str) -> None:
        self._left_out, self._limits, self._name = left_out, limits, name
        self._state = _State()
        self._groups: list[_State] = []
        self._stories = [Story(limits, name)]
        self._footnotes: list[Piece] = []
        self._endnotes: list[Piece] = []
        self._fonts: dict[int, Font] = {}
        self._contents_styles: set[int] = set()
        self._fields: list[_Field] = []
        self._edges: dict[int, _RowEdges] = {}
        self._encoding, self._default_font = "cp1252", 0
        self._bytes = bytearray()
        self._text: list[str] = []
        self._ignored = 0  # how many characters of the fallback after \u are still to come
        self._printed = 0

    def pieces(self, data: bytes) -> list[Piece]:
        """The body, then the notes."""
        position = max(0, data.find(b"{"))
        while (match := _TOKEN.match(data, position)) is not None:
            position = match.end()
            word, number, code, symbol, brace, text = match.groups()
            if text is not None:
                self._take_bytes(text)
            elif code is not None:
                self._take_bytes(bytes([int(code, 16)]))
            elif symbol is not None:
                self._symbol(symbol)
            elif word is not None:
                if word == b"bin":
                    position += min(len(data), max(0, int(number or 0)))
                    continue
                if self._ignored:
                    self._ignored -= 1
                    continue
                self._flush_bytes()
                self._word(word.decode("ascii"), None if number is None else int(number))
            elif brace == b"{":
                self._flush()
                self._open_group()
            elif brace == b"}":
                self._flush()
                if not self._groups:
                    break
                self._close_group()
        self._flush()
        while self._groups:
            self._close_group()
        return self._stories[0].finish() + self._footnotes + self._endnotes

    # --- groups ---

    def _open_group(self) -> None:
        self._ignored = 0
        if len(self._groups) > 2 * self._limits.nesting:
            raise LimitExceeded(self._name, f"groups nested more than {2 * self._limits.nesting} deep", _REMEDY)
        self._groups.append(self._state)
        self._state = replace(self._state, is_star=False, closes=None)

    def _close_group(self) -> None:
        self._ignored = 0
        if self._state.closes is not None:
            self._state.closes()
        self._state = self._groups.pop()

    def _set_destination(self, word: str) -> bool:
        """Whether a word says what its group is for; the group is read accordingly."""
        state = self._state
        known = _DESTINATIONS.get(word)
        if known is None and not state.is_star and word not in _LEFT_OUT:
            return False
        if word in _PICTURES:
            self._left_out.pictures += state.place is _Place.TEXT
        if known is _Place.TEXT:
            self._enter_text(word)
        elif state.place is _Place.TEXT or word in ("fonttbl", "stylesheet"):
            state.place = known if known is not None else _Place.NOWHERE
        else:
            state.place = _Place.NOWHERE
        state.is_star = False
        return True

    def _enter_text(self, word: str) -> None:
        """A group of text that is not simply a part of the text around it."""
        state = self._state
        if word == "ud":
            # The same text in Unicode, inside a group that older readers take the place of.
            state.place = self._groups[-2].place if len(self._groups) > 1 else _Place.NOWHERE
        elif state.place is not _NEEDED.get(word, _Place.TEXT):
            state.place = _Place.NOWHERE
        elif word == "fldrslt":
            if self._fields:
                opened = self._fields[-1]
                opened.has_result, opened.printed = True, self._printed
                state.href = link_of(opened.code) or state.href
        elif word != "result":
            self._stories.append(Story(self._limits, self._name))
            if len(self._stories) > self._limits.nesting:
                raise LimitExceeded(self._name, f"notes nested more than {self._limits.nesting} deep", _REMEDY)
            closes = self._end_note if word == "footnote" else self._end_box
            self._state = _State(_Place.TEXT, font=state.font, fallback_size=state.fallback_size, closes=closes)

    def _end_note(self) -> None:
        notes = self._endnotes if self._state.is_endnote else self._footnotes
        for piece in self._stories.pop().finish():
            notes += [replace(line, hint="note") for line in (piece.lines() if isinstance(piece, Grid) else [piece])]

    def _end_box(self) -> None:
        pieces = self._stories.pop().finish()
        self._stories[-1].boxes += [
            replace(piece, hint="text_box") if isinstance(piece, Line) else piece for piece in pieces
        ]

    def _end_field(self) -> None:
        ended = self._fields.pop()
        if not ended.has_result or ended.printed == self._printed:
            printed = text_of(ended.code)
            if printed is None and not ended.has_result:
                self._left_out.fields.setdefault(ended.code.strip()[:_KIND_LENGTH])
            self._add(printed or "")

    # --- words ---

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u":
            self._text.append(chr((number or 0) & 0xFFFF))
            self._ignored = state.fallback_size
            return
        if word == "uc":
            state.fallback_size = min(max(0, number or 0), 8)
            return
        if word in ("loch", "hich", "dbch"):
            # The text that follows may be set in another font; its characters go on.
            self._flush()
            state.is_double_byte = word == "dbch"
            return
        self._flush()
        if word in ("f", "af"):
            self._font(word, number or 0)
        elif self._set_destination(word):
            pass
        elif state.place is _Place.FONTS:
            self._font_property(word, number)
        elif state.place is _Place.STYLES:
            if word == "s":
                state.style = number or 0
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif not self._look(word, number) and not self._paragraph(word, number) and not self._row(word, number):
            self._document(word, number)

    def _document(self, word: str, number: int | None) -> None:
        if word == "rtf":
            self._state.place = _Place.TEXT
        elif word == "ansicpg":
            self._encoding = CODE_PAGES.get(number or 0, self._encoding)
        elif word == "mac":
            self._encoding = "mac_roman"
        elif word == "pc":
            self._encoding = "cp437"
        elif word == "ftnalt":
            self._state.is_endnote = True
        elif word == "deff":
            self._default_font = number or 0
        elif word == "field":
            if self._state.place is _Place.TEXT and self._state.closes is None:
                self._fields.append(_Field(printed=self._printed))
                self._state.closes = self._end_field

    def _look(self, word: str, number: int | None) -> bool:
        """Whether a word says how characters look."""
        state, is_on = self._state, number != 0
        if word == "plain":
            state.is_bold = state.is_hidden = state.is_raised = state.is_double_byte = False
            state.font = state.associated_font = -1
        elif word == "b" or word == "ab" and state.is_double_byte:
            state.is_bold = is_on
        elif word in ("v", "deleted"):
            state.is_hidden = is_on
        elif word == "super":
            state.is_raised = is_on
        elif word in ("nosupersub", "sub"):
            state.is_raised = False
        else:
            return False
        return True

    def _paragraph(self, word: str, number: int | None) -> bool:
        """Whether a word is about paragraphs: how they look, and where they end."""
        state = self._state
        if word == "pard":
            state.align, state.level, state.style, state.in_table, state.depth = "", 0, -1, False, 1
        elif word in ("ql", "qj", "qd"):
            state.align = ""
        elif word in ("qc", "qr"):
            state.align = "center" if word == "qc" else "right"
        elif word == "outlinelevel":
            state.level = (number or 0) + 1 if 0 <= (number or 0) < 9 else 0
        elif word == "s":
            state.style = number or 0
        elif word == "intbl":
            state.in_table = True
        elif word == "itap":
            state.depth = min(max(0, number or 0), _DEEPEST_TABLE)
            state.in_table = state.depth > 0
        elif word in ("par", "sect"):
            self._end_paragraph(is_forced=word == "sect")
        elif word in ("cell", "nestcell"):
            if state.place is _Place.TEXT:
                self._stories[-1].end_cell(1 if word == "cell" else state.depth, state.level, state.align)
        elif word in ("row", "nestrow"):
            depth = 1 if word == "row" else state.depth
            edges = self._edges.get(depth, _RowEdges())
            self._stories[-1].end_row(depth, edges.left, edges.cells)
        else:
            return False
        return True

    def _end_paragraph(self, is_forced: bool) -> None:
        state, story = self._state, self._stories[-1]
        if state.place is not _Place.TEXT or state.is_hidden and not is_forced:
            return
        if state.style in self._contents_styles:
            self._left_out.contents_lines += any(run.text.strip() for run in story.runs)
            story.drop_paragraph()
            return
        story.end_paragraph(state.depth if state.in_table else 0, state.level, state.align)

    def _row(self, word: str, number: int | None) -> bool:
        """Whether a word is a part of the definition of a row."""
        depth = self._state.depth if self._state.place is _Place.ROW else 1
        if word == "trowd":
            self._edges[depth] = _RowEdges()
            return True
        row = self._edges.setdefault(depth, _RowEdges())
        if word == "trleft":
            row.left = number or 0
        elif word == "clvmgf":
            row.following.starts_down = True
        elif word == "clvmrg":
            row.following.goes_on_down = True
        elif word == "clmrg":
            row.following.goes_on_right = True
        elif word == "cellx":
            row.following.right = number or 0
            row.cells.append(row.following)
            row.following = CellEdge(0)
            if len(row.cells) > self._limits.span:
                raise LimitExceeded(
                    self._name, f"a table of more than {self._limits.span:,} columns", "split the document"
                )
        else:
            return False
        return True

    # --- fonts ---

    def _font(self, word: str, number: int) -> None:
        state = self._state
        if word == "af":
            state.associated_font = number
        else:
            state.font = number
            if state.place is _Place.FONTS:
                self._fonts.setdefault(number, Font())

    def _font_property(self, word: str, number: int | None) -> None:
        font = self._fonts.get(self._state.font)
        if font is None:
            return
        if word == "fcharset":
            font.is_symbol = number == SYMBOL_CHARSET
            font.encoding = CHARSETS.get(number or 0, font.encoding)
        elif word == "cpg":
            font.encoding = CODE_PAGES.get(number or 0, font.encoding)

    def _current_font(self) -> Font:
        state = self._state
        number = state.associated_font if state.is_double_byte and state.associated_font >= 0 else state.font
        return self._fonts.get(number if number >= 0 else self._default_font) or Font()

    # --- text ---

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._flush()
            self._state.is_star = True
        elif symbol in b"\\{}":
            self._take_bytes(symbol)
        elif symbol in _SYMBOLS:
            self._flush()
            if _SYMBOLS[symbol] == "\r":
                self._end_paragraph(is_forced=False)
            else:
                self._add(_SYMBOLS[symbol])

    def _take_bytes(self, data: bytes) -> None:
        if self._ignored:
            size = min(self._ignored, len(data))
            self._ignored -= size
            data = data[size:]
        if self._state.place is not _Place.NOWHERE:
            self._bytes += data

    def _flush_bytes(self) -> None:
        """Give the bytes so far their meaning."""
        if self._bytes:
            font = self._current_font()
            encoding = "latin-1" if font.is_symbol else font.encoding or self._encoding
            self._text.append(decoded(bytes(self._bytes), encoding, _CHINESE))
            self._bytes.clear()

    def _flush(self) -> None:
        """Put the text so far where it goes."""
        self._flush_bytes()
        if not self._text:
            return
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text = []
        font = self._current_font()
        if font.is_symbol:
            text = from_symbol_font(text, font.name)
        self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.place is _Place.FONTS:
            font = self._fonts.get(state.font)
            if font is not None:
                font.name = font.name or text.partition(";")[0].strip()
        elif state.place is _Place.STYLES:
            if _STYLE_OF_CONTENTS.match(text):
                self._contents_styles.add(state.style)
        elif state.place is _Place.FIELD_CODE:
            if self._fields:
                self._fields[-1].code += text[: _LONGEST_CODE - len(self._fields[-1].code)]
        elif state.place is _Place.LABEL:
            if not state.is_hidden:
                self._stories[-1].label += text
        elif state.place is _Place.TEXT and not state.is_hidden and text:
            self._printed += len(text)
            if self._printed > self._limits.text_characters:
                raise LimitExceeded(
                    self._name, f"more than {self._limits.text_characters:,} characters", "split the document"
                )
            self._left_out.symbols += count_private(text)
            self._stories[-1].runs.append(Run(text, state.is_bold, state.is_raised, state.href))
