"""Plain text: a page or a PDF as it was copied. Lines, the field block, rows with pipes or tabs, tables that lost their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.copied_tables import flattened_tables, separated_tables
from extract.encoding import decode, undecodable
from extract.errors import LimitExceeded
from extract.fields import field_lines
from extract.folding import fold
from extract.limits import Limits
from extract.lines import clean_line, is_furniture, names_file, without_edges, without_tools
from extract.model import Notice, Remark, Source
from extract.pieces import Grid, Line, Piece, assemble

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"[-—–·•~]+\s*\d{1,4}\s*[-—–·•~]+|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?|(?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}\s*页?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。;:!?.\"”』」)》…]$")
_LABEL = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,3}[.、](?![0-9])|第[一二三四五六七八九十0-9]{1,4}[章节条]|[①-⑳★▲●■◆]|附件|注\s*:)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\(([^()\s]{1,500})\)")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*|__(?=\S)(.{1,300}?)(?<=\S)__")
_ATTACHMENT_LINES = 15


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a text: a paragraph or table cell paragraph a line, blank lines and furniture left out."""
    text, encoding, lost = decode(data)
    if len(text) > limits.text_characters:
        raise LimitExceeded(name, f"more than {limits.text_characters:,} characters", "split the document")
    remarks = undecodable(encoding, lost)
    lines = [line for line in _BREAK.split(text) if line.strip(" \t\u3000\u00a0\u200b\ufeff")]
    lines, dropped = _without_page_numbers(lines)
    if dropped:
        remarks.append(Remark("page_numbers_dropped", f"{dropped} lines that are page numbers of a copied PDF were left out", "info"))
    lines, joined = _joined(lines)
    if joined:
        remarks.append(Remark("lines_joined", f"the lines break inside sentences, as in a copied PDF: {joined} were joined to the line before", "info"))
    pieces: list[Piece] = list(_lines(lines, _is_markdown(text)))
    places: list[tuple[Piece, Remark]] = []
    pieces = separated_tables(pieces, limits, name, places)
    _mark_fields(pieces)
    pieces = flattened_tables(pieces, places)
    _mark_attachments(pieces)
    notice = assemble(replace(source, encoding=encoding), [_cleaned(piece) for piece in pieces], (), remarks)
    at = {id(piece): block for piece, block in zip(pieces, notice.blocks, strict=True)}
    placed = [replace(remark, start=at[id(piece)].start, end=at[id(piece)].end) for piece, remark in places]
    return replace(notice, remarks=(*notice.remarks, *placed))


def _without_page_numbers(lines: Sequence[str]) -> tuple[list[str], int]:
    """The lines without — 1 —, 第3页; a bare number is left, it may be a cell."""
    kept = [line for line in lines if not _PAGE_NUMBER.fullmatch(fold(line).strip()) or re.fullmatch(r"\d+/\d+", fold(line).strip())]
    return kept, len(lines) - len(kept)


def _joined(lines: list[str]) -> tuple[list[str], int]:
    """Lines broken at a page's width put together again, where nearly all long lines are of one length and end inside a sentence."""
    lengths = sorted(len(line.strip()) for line in lines if len(line.strip()) >= 18)
    if len(lengths) < 12 or any("\t" in line or "|" in line for line in lines[:200]):
        return lines, 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    full = [line for line in lines if 0.85 * width <= len(line.strip()) <= width + 3]
    broken = [line for line in full if not _SENTENCE_END.search(fold(line.strip()))]
    if width > 60 or len(full) < 0.5 * len(lengths) or len(broken) < 0.7 * len(full):
        return lines, 0
    result: list[str] = []
    count = 0
    open_line = False
    for line in lines:
        stripped = line.strip()
        begins = line.startswith(("  ", "\u3000", "\t")) or _LABEL.match(fold(stripped))
        if result and open_line and not begins:
            gap = " " if result[-1][-1:].isascii() and stripped[:1].isascii() and result[-1][-1:].isalpha() else ""
            result[-1] += gap + stripped
            count += 1
        else:
            result.append(stripped)
        open_line = len(stripped) >= 0.85 * width and not re.search(r"[。;!?]$", fold(stripped))
    return result, count


def _is_markdown(text: str) -> bool:
    return bool(re.search(r"^ {0,3}\|?\s*:?-{3,}:?\s*\|", text, re.MULTILINE)) or len(re.findall(r"^#{1,6} \S", text, re.MULTILINE)) >= 2


def _lines(lines: Sequence[str], is_markdown: bool) -> Iterator[Line]:
    """The lines as pieces, furniture left out; tabs and pipes are kept for what reads rows."""
    start, end = without_edges([fold(clean_line(line)) for line in lines])
    for raw in lines[start:end]:
        line = Line(raw.strip("\r\n"))
        if is_markdown:
            _take_markdown(line)
        cleaned = clean_line(line.text)
        folded = fold(cleaned)
        if not cleaned or is_furniture(folded):
            continue
        if (kept := without_tools(cleaned, folded)) != cleaned:
            if not kept:
                continue
            line.text = kept
        yield line


def _take_markdown(line: Line) -> None:
    """Take the marks of Markdown off a line: #, **, links; what they say goes to the line's fields."""
    text = line.text.strip(" ")
    if match := _MARKDOWN_HEADING.match(text):
        line.level, text = len(match[1]), text[match.end() :].rstrip("# ")
    if "**" in text or "__" in text:
        plain = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
        line.is_bold = len(plain) <= len(text) - 4 and bool(re.fullmatch(r"(?:\*\*|__).+(?:\*\*|__)", text))
        text = plain
    parts, end, size = [], 0, 0
    for match in _MARKDOWN_LINK.finditer(text):
        parts += [text[end : match.start()], "" if match[0].startswith("!") else match[1]]
        size = len("".join(parts))
        if not match[0].startswith("!") and (names_file(match[1]) or names_file(match[2].split("?")[0])):
            line.links.append((size - len(match[1]), size, match[2]))
        end = match.end()
    line.text = "".join(parts) + text[end:]


def _cleaned(piece: Piece) -> Piece:
    if isinstance(piece, Grid):
        return piece
    text = clean_line(piece.text)
    shift = piece.text.find(text) if piece.links else 0
    piece.links = [(start - shift, end - shift, href) for start, end, href in piece.links if shift >= 0 and text[start - shift : end - shift]]
    piece.text = text
    return piece


def _mark_fields(pieces: Sequence[Piece]) -> None:
    for index in field_lines([fold(clean_line(piece.text)) if isinstance(piece, Line) else "" for piece in pieces[:80]]):
        pieces[index].hint = "metadata"


def _mark_attachments(pieces: Sequence[Piece]) -> None:
    """The names of files below the notice, each a line of its own."""
    for piece in reversed(pieces[-_ATTACHMENT_LINES:]):
        if isinstance(piece, Line) and len(piece.text) <= 150 and names_file(piece.text):
            piece.hint = "attachment"
