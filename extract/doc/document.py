"""The stories of a binary Word file put together: the text, what is drawn on it, the notes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from extract.doc.body import BodyReader
from extract.doc.container import Broken, Place, Story, Streams, positions
from extract.doc.fonts import font_names
from extract.doc.formatting import Formatting
from extract.doc.lists import Lists
from extract.doc.piece_table import PieceTable
from extract.doc.story import Walker
from extract.errors import LimitExceeded
from extract.limits import Limits
from extract.pieces import Grid, Line, Piece
from extract.word import LeftOut

Result = TypeVar("Result")

_ANY = 0xFFFFFFFF
_SECTION_SIZE = 12  # a SED ([MS-DOC] 2.8.26)
_NOTE_REFERENCE_SIZE = 2
_SHAPE_SIZE = 26  # a SPA, its first word names the shape ([MS-DOC] 2.9.251)
_TEXT_BOX_SIZE = 22  # an FTXBXS ([MS-DOC] 2.9.101)
_TEXT_BOX_IS_SPARE, _TEXT_BOX_SHAPE = 8, 14


class Document:
    """A file that is being read; ``pieces`` gives its lines and tables in order."""

    def __init__(self, streams: Streams, left_out: LeftOut, limits: Limits, name: str) -> None:
        self._streams = streams
        table = PieceTable(streams)
        if table.length > limits.text_characters:
            raise LimitExceeded(name, f"more than {limits.text_characters:,} characters", "split the document")
        self._length, self._left_out = table.length, left_out
        formatting = Formatting(streams, table)
        fonts = self._spared("fonts", lambda: font_names(streams.part(Place.FONTS))) or []
        sections = (
            self._spared("section breaks", lambda: positions(streams.part(Place.SECTIONS), _SECTION_SIZE, _ANY)[0])
            or ()
        )
        lists = Lists(streams, fonts)
        self._spared("automatic numbers", lists.read)
        self._walker = Walker(table.text(), formatting, fonts, set(sections), left_out)
        self._body = BodyReader(formatting.styles, lists, self._boxes_at, left_out, limits, name)
        self._boxes = self._spared("text boxes", self._text_boxes) or {}
        self._anchors = self._spared("places of text boxes", self._shapes) or {}

    def pieces(self) -> list[Piece]:
        start, end = self._story(Story.MAIN)
        found = self._body.pieces(self._walker.paragraphs(start, end))
        # A text box in a group of shapes has no place of its own in the text.
        places = {shape: position for position, shape in self._anchors.items()}
        for shape in list(self._boxes):
            if self._walker.is_printed(places.get(shape, start)):
                found += self._box(shape)
        found += (
            self._spared(
                "footnotes", lambda: self._notes(Story.FOOTNOTES, Place.FOOTNOTE_REFERENCES, Place.FOOTNOTE_TEXTS)
            )
            or []
        )
        found += (
            self._spared("endnotes", lambda: self._notes(Story.ENDNOTES, Place.ENDNOTE_REFERENCES, Place.ENDNOTE_TEXTS))
            or []
        )
        return found

    def _spared(self, what: str, read: Callable[[], Result]) -> Result | None:
        """What ``read`` gives; ``None`` where this part of the file is damaged: it is told, and the text still read."""
        try:
            return read()
        except (Broken, struct.error, IndexError):
            self._left_out.damaged[what] = None
            return None

    def _story(self, story: Story) -> tuple[int, int]:
        start, end = self._streams.story(story)
        if end > self._length:
            raise Broken("its text is shorter than it says")
        return start, end

    def _notes(self, story: Story, references: Place, texts: Place) -> list[Piece]:
        """The lines of the notes that the text refers to; what is a table in one is told line by line."""
        start, end = self._story(story)
        marks, _ = positions(self._streams.part(references), _NOTE_REFERENCE_SIZE, self._length, last_is_void=True)
        edges, _ = positions(self._streams.part(texts), 0, end - start, last_is_void=True)
        found: list[Piece] = []
        for mark, first, last in zip(marks, edges, edges[1:], strict=False):
            if self._walker.is_printed(mark):
                for piece in self._body.pieces(self._walker.paragraphs(start + first, start + last)):
                    found += [
                        replace(line, hint="note") for line in (piece.lines() if isinstance(piece, Grid) else [piece])
                    ]
        return found

    # --- text boxes ---

    def _text_boxes(self) -> dict[int, list[tuple[int, int]]]:
        """Where the text of each shape stands."""
        start, end = self._story(Story.TEXT_BOXES)
        plc = self._streams.part(Place.TEXT_BOX_TEXTS)
        edges, items = positions(plc, _TEXT_BOX_SIZE, end - start, last_is_void=True)
        boxes: dict[int, list[tuple[int, int]]] = {}
        for index, (first, last) in enumerate(zip(edges, edges[1:], strict=False)):
            at = items + index * _TEXT_BOX_SIZE
            (is_spare,) = struct.unpack_from("<H", plc, at + _TEXT_BOX_IS_SPARE)
            (shape,) = struct.unpack_from("<I", plc, at + _TEXT_BOX_SHAPE)
            if not is_spare:
                boxes.setdefault(shape, []).append((start + first, start + last))
        return boxes

    def _shapes(self) -> dict[int, int]:
        """Which shape hangs at which position of the text."""
        plc = self._streams.part(Place.SHAPES)
        places, items = positions(plc, _SHAPE_SIZE, self._length, last_is_void=True)
        return {
            place: struct.unpack_from("<I", plc, items + index * _SHAPE_SIZE)[0] for index, place in enumerate(places)
        }

    def _boxes_at(self, position: int) -> list[Piece]:
        return self._box(self._anchors.get(position))

    def _box(self, shape: int | None) -> list[Piece]:
        """The pieces of the text in a shape, once."""
        found: list[Piece] = []
        for start, end in self._boxes.pop(shape, []) if shape is not None else []:
            pieces = self._body.pieces(self._walker.paragraphs(start, end))
            found += [replace(piece, hint="text_box") if isinstance(piece, Line) else piece for piece in pieces]
        return found
