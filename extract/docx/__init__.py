"""Word files (.docx): the package opened by python-docx, its XML walked in document order."""

from __future__ import annotations

from extract.docx.body import BodyReader
from extract.docx.package import open_package
from extract.limits import Limits
from extract.model import Notice, Source
from extract.word import LeftOut, to_notice


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a .docx: lines, tables, text boxes where they hang, notes at the end; no headers and footers."""
    left_out = LeftOut()
    pieces = BodyReader(open_package(data, limits, name), left_out, limits, name).pieces()
    return to_notice(source, pieces, left_out, name)
