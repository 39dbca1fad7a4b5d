"""Rich text files (RTF) of any program, read by the published description of the format, [RTF 1.9.1].

Every writer puts the number of a list item into the text as well (``\\listtext``), for readers that know no lists: it is taken
from there, as printed.
"""

from __future__ import annotations

from extract.limits import Limits
from extract.model import Notice, Source
from extract.rtf.document import Document
from extract.word import LeftOut, to_notice


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a rich text file: lines, tables, text boxes where they hang, notes at the end."""
    left_out = LeftOut()
    document = Document(left_out, limits, name)
    return to_notice(source, document.pieces(data), left_out, name)
