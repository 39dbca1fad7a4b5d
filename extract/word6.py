"""Files of Word 6 and Word 95, which only LibreOffice reads: it makes a .docx of them."""

from __future__ import annotations

from extract.docx import read as read_docx
from extract.libreoffice import to_docx
from extract.limits import Limits
from extract.model import Notice, Source


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a file of Word 6 or 95."""
    return read_docx(to_docx(data, ".doc", "a Word 6/95 file", limits, name), source, limits, name)
