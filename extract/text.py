"""Plain text: a page or a PDF as it was copied. Lines, the field block, tables in rows or with their cells lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.copied_tables import Placed, flattened_tables, separated_tables
from extract.encoding import decode, undecodable
from extract.errors import LimitExceeded
from extract.fields import field_lines
from extract.folding import fold
from extract.limits import Limits
from extract.lines import clean_line, is_furniture, names_file, without_edges, without_tools
from extract.markdown import is_markdown, take_markdown
from extract.model import Notice, Paragraph, Remark, Source, Table
from extract.pieces import Grid, Line, Piece, assemble
from extract.wrapped_lines import joined, without_page_numbers

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = " \u3000\u00a0\u200b\ufeff"
_TOOL = re.compile(r"[【\[(]?\s*字[体号]\s*(?:大小)?\s*:?\s*[【\[(]?")
_PART_OF_TOOL = re.compile(r"[【\[(]?(?:特?大|中|小|默认|正常|打印|关闭)?[】\])]?")
_HEAD_PIECES = 80
_ATTACHMENT_LINES = 15


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a text: a paragraph or table cell paragraph a line, blank lines and furniture left out."""
    text, encoding, lost = decode(data)
    if len(text) > limits.text_characters:
        raise LimitExceeded(name, f"more than {limits.text_characters:,} characters", "split the document")
    if text.count("\n") > limits.tags:
        raise LimitExceeded(name, f"more than {limits.tags:,} lines", "split the document")
    remarks = undecodable(encoding, lost)
    # A line of a tab alone is kept for now: it parts two cells of a copied table.
    raw = [line for line in _BREAK.split(text) if line.strip(_BLANK)]
    raw, dropped = without_page_numbers(raw)
    if dropped:
        remarks.append(
            Remark(
                "page_numbers_dropped", f"{dropped} lines that are page numbers of a copied PDF were left out", "info"
            )
        )
    raw, count = joined(raw)
    if count:
        remarks.append(
            Remark(
                "lines_joined",
                f"the lines break inside sentences, as in a copied PDF: {count} were joined to the line before",
                "info",
            )
        )
    placed: Placed = []
    pieces = separated_tables(list(_lines(raw, is_markdown(text))), limits, name, placed)
    _mark_fields(pieces)
    pieces = [piece for piece in flattened_tables(pieces, placed) if isinstance(piece, Grid) or _clean(piece)]
    _mark_attachments(pieces)
    notice = assemble(replace(source, encoding=encoding), pieces, (), remarks)
    return replace(notice, remarks=(*notice.remarks, *_at_their_place(placed, pieces, notice)))


def _lines(raw: Sequence[str], in_markdown: bool) -> Iterator[Line]:
    """The lines as pieces, furniture left out; tabs, pipes and runs of blanks are kept for what reads rows."""
    start, end = without_edges([fold(clean_line(line)) for line in raw])
    in_tool = False
    for text in raw[start:end]:
        in_tool = _opens_tool(text) or in_tool and _PART_OF_TOOL.fullmatch(fold(text).strip()) is not None
        if in_tool:
            continue
        line = Line(text)
        if in_markdown:
            take_markdown(line)
        cleaned = clean_line(line.text)
        folded = fold(cleaned)
        if is_furniture(folded):
            continue
        kept = without_tools(cleaned, folded)
        if kept != cleaned:
            line.text = kept
        if line.text.strip(_BLANK):
            yield line


def _opens_tool(text: str) -> bool:
    """Whether a line opens the choice of a font, whose sizes then stand one a line."""
    return _TOOL.fullmatch(fold(text).strip()) is not None


def _clean(line: Line) -> bool:
    """Clean the text of a line, and say whether any is left."""
    text = clean_line(line.text)
    shift = line.text.find(text) if line.links else 0
    line.links = [
        (start - shift, end - shift, href)
        for start, end, href in line.links
        if shift >= 0 and text[start - shift : end - shift]
    ]
    line.text = text
    return bool(text)


def _mark_fields(pieces: Sequence[Piece]) -> None:
    """The page's field block at the head: labels and their values."""
    for index in field_lines(
        [fold(clean_line(piece.text)) if isinstance(piece, Line) else "" for piece in pieces[:_HEAD_PIECES]]
    ):
        pieces[index].hint = "metadata"


def _mark_attachments(pieces: Sequence[Piece]) -> None:
    """The names of files below the notice, each a line of its own."""
    for piece in reversed(pieces[-_ATTACHMENT_LINES:]):
        if isinstance(piece, Line) and len(piece.text) <= 150 and names_file(piece.text):
            piece.hint = "attachment"


def _at_their_place(placed: Placed, pieces: Sequence[Piece], notice: Notice) -> Iterator[Remark]:
    """Remarks about lines, with where these are in the text."""
    at: dict[int, Paragraph] = {}
    for piece, block in zip(pieces, notice.blocks, strict=True):
        if isinstance(piece, Grid) and isinstance(block, Table):
            at |= {id(line): paragraph for line, paragraph in zip(piece.lines(), block.paragraphs(), strict=True)}
        elif isinstance(block, Paragraph):
            at[id(piece)] = block
    for lines, remark in placed:
        found = [at[id(line)] for line in lines if id(line) in at]
        yield replace(remark, start=min(p.start for p in found), end=max(p.end for p in found)) if found else remark
