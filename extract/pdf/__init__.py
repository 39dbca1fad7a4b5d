"""PDF with a text layer: pdfplumber gives characters and ruled lines by their places; lines, paragraphs and tables are
made of them.

What the layout of pages adds is taken back: running heads, page numbers, breaks inside paragraphs and tables.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.errors import DamagedFile, EncryptedFile, LimitExceeded, NoNotice
from extract.limits import Limits
from extract.model import Notice, Remark, Source
from extract.pdf.bombs import unpacked_size
from extract.pdf.drawing import TooMuchDrawn, bounded_pages
from extract.pdf.flow import Flow
from extract.pdf.pages import Drawn, Page, read_page
from extract.pdf.running import without_running_lines
from extract.word import LeftOut, to_notice

_REMEDY = "download it again, or give the page or the Word file of the notice"
_MOST_UNREAD = 0.05  # of the characters: beyond it, what is left makes no sense
_MOST_TURNED = 60  # characters of a page that may be a watermark
_SHOWN = 10
_MOST_CHARACTERS = 1_000_000  # each is kept with its place until all pages are read

# These tell a log of everything odd; what a person should know stands in the remarks.
for _logger in ("pdfminer", "pdfplumber"):
    logging.getLogger(_logger).setLevel(logging.CRITICAL)


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a PDF. Raises ``NoticeError`` for a scan, an encrypted or damaged file, and one that is too large.
    """
    if unpacked_size(data, limits.unpacked_bytes) > limits.unpacked_bytes:
        raise LimitExceeded(name, f"more than {limits.unpacked_bytes >> 20} MiB unpacked", "split the document")
    pages = _pages(data, limits, name)
    _require_text(pages, name)
    remarks = _remarks(pages)
    pages, dropped = without_running_lines(pages)
    if dropped:
        remarks.append(
            Remark(
                "running_lines_dropped",
                f"{dropped} lines that are page numbers or stand at the edge of every page were left out",
                "info",
            )
        )
    flow = Flow(limits, name)
    left_out = LeftOut(pictures=sum(page.pictures for page in pages), symbols=sum(page.symbols for page in pages))
    notice = to_notice(source, flow.pieces(pages), left_out, name)
    return Notice(
        notice.source,
        notice.text,
        notice.blocks,
        notice.links,
        notice.meta,
        (*notice.remarks, *remarks, *flow.remarks()),
    )


def _pages(data: bytes, limits: Limits, name: str) -> list[Page]:
    found: list[Page] = []
    characters, most = 0, min(limits.text_characters, _MOST_CHARACTERS)
    with _library(name):
        document = pdfplumber.open(io.BytesIO(data))
        pages = list(bounded_pages(document))
    if len(pages) > limits.pages:
        raise LimitExceeded(
            name, f"{len(pages):,} pages, more than {limits.pages:,}", "split the document, or raise the limit `pages`"
        )
    for page in pages:
        with _library(name):
            drawn = Drawn(page.width, page.height, page.chars, page.lines, page.rects, page.images, page.hyperlinks)
            page.close()
        found.append(read_page(drawn))
        characters += found[-1].characters
        if characters > most:
            raise LimitExceeded(name, f"more than {most:,} characters", "split the document")
    return found


@contextmanager
def _library(name: str) -> Iterator[None]:
    """Give errors of the library as ours: at files that break their rules it raises errors of many kinds."""
    try:
        yield
    except TooMuchDrawn:
        raise LimitExceeded(
            name, "a page on which more is drawn than on any of a notice", "give the page or the Word file of the notice"
        ) from None
    except Exception as error:
        causes = (error, *error.args, error.__cause__, error.__context__)
        if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in causes):
            raise EncryptedFile(
                name, "the file is encrypted", "remove the password and give the decrypted file"
            ) from None
        said = " ".join(str(error).split())[:100] or type(error).__name__
        raise DamagedFile(name, f"the file is damaged ({said})", _REMEDY) from error


def _require_text(pages: list[Page], name: str) -> None:
    """Raise ``NoNotice`` for a scan, and where the file does not say which characters its signs are."""
    characters = sum(page.characters for page in pages)
    if not characters:
        cause = (
            "only pictures (a scan) and no text in the file"
            if any(page.pictures for page in pages)
            else "no text in the file"
        )
        if any(page.turned for page in pages):
            cause = "the text in the file does not stand upright"
        raise NoNotice(name, cause, "give the page or the file that holds the text")
    if sum(page.unreadable for page in pages) > _MOST_UNREAD * characters:
        raise NoNotice(
            name,
            "its text can be seen and not read: the file does not say which characters its signs are",
            "give the page or the Word file of the notice",
        )


def _remarks(pages: list[Page]) -> list[Remark]:
    remarks = []
    if unreadable := sum(page.unreadable for page in pages):
        remarks.append(
            Remark(
                "undecodable_bytes",
                f"{unreadable} signs are of no character that the file names, and stand as U+FFFD in the text",
            )
        )
    scanned = [str(number) for number, page in enumerate(pages, 1) if page.is_scan]
    if scanned:
        shown = ", ".join(scanned[:_SHOWN]) + (" …" if len(scanned) > _SHOWN else "")
        remarks.append(
            Remark(
                "page_unread", f"{len(scanned)} pages are pictures without text, and were not read: {shown}", "error"
            )
        )
    crowded = [str(number) for number, page in enumerate(pages, 1) if page.is_crowded]
    if crowded:
        remarks.append(
            Remark(
                "tables_unread",
                f"pages with too many drawn lines for a table to be found: {', '.join(crowded[:_SHOWN])}",
            )
        )
    if turned := sum(page.turned for page in pages):
        severity = "info" if turned <= _MOST_TURNED * len(pages) else "warning"
        remarks.append(
            Remark(
                "turned_text",
                f"{turned} characters that do not stand upright, such as a watermark, were left out",
                severity,
            )
        )
    if stray := sum(page.stray for page in pages):
        remarks.append(
            Remark(
                "table_unsure",
                f"{stray} characters stand in tables and in none of their cells; they were put after the table",
            )
        )
    return remarks
