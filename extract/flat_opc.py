"""Word files as one XML file (flat OPC): their parts packed as in a .docx, and read as one."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile

from lxml import etree

from extract.docx import read as read_docx
from extract.errors import DamagedFile, LimitExceeded
from extract.limits import Limits
from extract.model import Notice, Source
from extract.xml import parse

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_REMEDY = "open it in Word or WPS and save it as .docx"
_LONGEST_NAME = 500


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a flat Word XML file."""
    root = parse(data, limits, name, _REMEDY)
    parts = root.findall(f"{_PKG}part")
    if len(parts) > limits.parts:
        raise LimitExceeded(name, f"more than {limits.parts:,} parts", "split the document")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in parts:
            path = (part.get(f"{_PKG}name") or "").lstrip("/")[:_LONGEST_NAME]
            markup, coded = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
            if path and markup is not None and len(markup):
                archive.writestr(path, etree.tostring(markup[0], encoding="utf-8", with_tail=False))
            elif path.endswith(".xml") and coded is not None:
                archive.writestr(path, _decoded(coded.text or "", name))
    return read_docx(packed.getvalue(), source, limits, name)


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        raise DamagedFile(name, "a part of it is no base64", _REMEDY) from None
