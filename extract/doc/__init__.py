"""Binary Word files (.doc) of Word 97 and later, and of WPS, read on olefile by what [MS-DOC] says of them."""

from __future__ import annotations

import struct

from extract.doc.container import Broken, open_streams
from extract.doc.document import Document
from extract.errors import DamagedFile
from extract.limits import Limits
from extract.model import Notice, Source
from extract.word import LeftOut, to_notice

_REMEDY = "open it in Word or WPS and save it as .docx, or download it again"


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a .doc: lines, tables, text boxes where they hang, notes at the end; no headers and footers."""
    try:
        left_out = LeftOut()
        pieces = Document(open_streams(data), left_out, limits, name).pieces()
    except Broken as error:
        raise DamagedFile(name, f"the file is damaged: {error}", _REMEDY) from None
    except (struct.error, IndexError):
        raise DamagedFile(name, "the file is damaged: its tables are cut off", _REMEDY) from None
    return to_notice(source, pieces, left_out, name)
