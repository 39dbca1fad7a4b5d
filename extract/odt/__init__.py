"""OpenDocument texts (.odt, and .fodt as one XML file): the package opened, its XML walked in document order."""

from __future__ import annotations

from typing import Any

from extract.archive import Archive
from extract.errors import DamagedFile, EncryptedFile, UnsupportedFormat
from extract.limits import Limits
from extract.model import Notice, Source
from extract.odt.body import BodyReader
from extract.odt.lists import Lists
from extract.odt.styles import OFFICE, Styles
from extract.word import LeftOut, to_notice
from extract.xml import parse

_REMEDY = "open it in LibreOffice and save it as .docx"


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in an OpenDocument text: lines, tables, text boxes where they hang, notes at the end."""
    content, common = _roots(data, limits, name)
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise UnsupportedFormat(name, "an OpenDocument file that is no text", "give the notice itself")
    own = content.find(f"{OFFICE}automatic-styles")
    left_out = LeftOut()
    reader = BodyReader(Styles(common, own), Lists(common, own), left_out, limits, name)
    return to_notice(source, reader.pieces(text), left_out, name)


def _roots(data: bytes, limits: Limits, name: str) -> tuple[Any, Any]:
    """The root that holds the text, and the styles that are common to the document (``None`` where it has none)."""
    if not data.startswith(b"PK"):
        root = parse(data, limits, name, _REMEDY)
        return root, root.find(f"{OFFICE}styles")
    archive = Archive(data, limits, name, _REMEDY)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise EncryptedFile(
            name, "the file is encrypted", "remove the password in LibreOffice and give the decrypted file"
        )
    content, styles = archive.read("content.xml"), archive.read("styles.xml")
    if content is None:
        raise DamagedFile(name, "the package holds no document", _REMEDY)
    common = parse(styles, limits, name, _REMEDY).find(f"{OFFICE}styles") if styles else None
    return parse(content, limits, name, _REMEDY), common
