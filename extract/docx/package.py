"""The package that a .docx is: sizes checked before anything is unpacked, the parts opened by python-docx."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from lxml import etree

from extract.errors import DamagedFile, EncryptedFile, LimitExceeded
from extract.limits import Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PACKAGE_RELATIONSHIPS = _RELATIONSHIPS.strip("{}")

#: What the strict variant of the format ([ISO 29500-1]) calls the same names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
#: A Word file needs about four tags where a page needs one.
_TAGS_FOR_ONE = 4
_ENCRYPTED_FLAG = 0x1
_REMEDY = "open it in Word or WPS and save it again as .docx"
_PARTS = {
    "styles": (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "footnotes": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "endnotes": (RELATIONSHIP_TYPE.ENDNOTES, CONTENT_TYPE.WML_ENDNOTES),
}


@dataclass(slots=True)
class Parts:
    """The roots of the parts that hold text or say how it looks, ``None`` where absent; ``hrefs`` are links by id."""

    body: Any
    styles: Any = None
    numbering: Any = None
    footnotes: Any = None
    endnotes: Any = None
    hrefs: dict[str, str] = field(default_factory=dict)


def open_package(data: bytes, limits: Limits, name: str) -> Parts:
    """The parts of a .docx. Raises ``NoticeError`` for a damaged, encrypted or too large one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _open(_Archive(archive, limits, name), name)
    except (DamagedFile, EncryptedFile, LimitExceeded):
        raise
    except etree.XMLSyntaxError as error:
        raise DamagedFile(name, f"its XML is broken ({' '.join(error.msg.split())})", _REMEDY) from None
    except Exception as error:
        # zipfile, zlib, lxml and python-docx raise errors of many kinds at bytes that break their rules.
        said = " ".join(str(error).split())[:100] or type(error).__name__
        raise DamagedFile(name, f"the package is broken ({said})", _REMEDY) from error


class _Archive:
    """The zip, with the checks that reading from it needs."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits, name: str) -> None:
        self._archive, self._limits, self._name = archive, limits, name
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise EncryptedFile(name, "the file is encrypted", "remove the password and give the decrypted file")
        # zipfile stops at the size that the directory states, so the sum of these bounds what can be unpacked.
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise LimitExceeded(name, f"more than {limits.unpacked_bytes >> 20} MiB unpacked", "split the document")
        self._names = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` where there is none of this name; refused where it is too long to be parsed."""
        entry = self._names.get(part.lower())
        if entry is None:
            return None
        if entry.file_size > 4 * self._limits.text_characters:
            raise LimitExceeded(
                self._name, f"more than {4 * self._limits.text_characters:,} characters", "split the document"
            )
        data = self._archive.read(entry)
        if data.count(b"<") > _TAGS_FOR_ONE * self._limits.tags:
            raise LimitExceeded(
                self._name, f"more than {_TAGS_FOR_ONE * self._limits.tags:,} tags", "split the document"
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

    def relationships(self, part: str) -> list[Any]:
        """The relationships of a part ("" is the package)."""
        folder, file = posixpath.split(part)
        data = self.read(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [] if data is None else _parsed(data, self._name).findall(f"{_RELATIONSHIPS}Relationship")


def _parsed(data: bytes, name: str) -> Any:
    """The root of an XML part."""
    return _without_entities(parse_xml(data), name)


def _without_entities(root: Any, name: str) -> Any:
    """The root, refused where its part declares entities: they are never resolved here, and the format has none."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFile(name, "its XML declares a document type, which no Word file has", _REMEDY)
    return root


def _open(archive: _Archive, name: str) -> Parts:
    main = "word/document.xml"
    for relation in archive.relationships(""):
        if relation.get("Type", "").endswith("/officeDocument"):
            main = relation.get("Target", main).lstrip("/")
    parts: dict[str, bytes] = {}
    hrefs: dict[str, str] = {}
    for relation in archive.relationships(main):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            hrefs[relation.get("Id", "")] = target
        elif kind in _PARTS and (data := archive.read(_resolved(main, target))) is not None:
            parts[kind] = data
    document = archive.read(main)
    if document is None:
        raise DamagedFile(name, "the package holds no document", _REMEDY)
    return _loaded(_package(document, parts), name, hrefs)


def _resolved(part: str, target: str) -> str:
    """The name of the part that a relationship of ``part`` leads to.

    >>> _resolved("word/document.xml", "styles.xml"), _resolved("word/document.xml", "/word/styles.xml")
    ('word/styles.xml', 'word/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _package(document: bytes, parts: dict[str, bytes]) -> bytes:
    """A package of the parts that are read: pictures, fonts and relationships that lead nowhere stay behind."""
    types = [("document", CONTENT_TYPE.WML_DOCUMENT_MAIN), *((kind, _PARTS[kind][1]) for kind in parts)]
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{content}"/>' for kind, content in types)
    relations = "".join(f'<Relationship Id="{kind}" Type="{_PARTS[kind][0]}" Target="{kind}.xml"/>' for kind in parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>{overrides}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE_RELATIONSHIPS}">'
            f'<Relationship Id="document" Type="{RELATIONSHIP_TYPE.OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE_RELATIONSHIPS}">{relations}</Relationships>',
        )
        package.writestr("word/document.xml", document)
        for kind, data in parts.items():
            package.writestr(f"word/{kind}.xml", data)
    return buffer.getvalue()


def _loaded(package: bytes, name: str, hrefs: dict[str, str]) -> Parts:
    document = docx.Document(io.BytesIO(package))
    body = _without_entities(document.element, name).find(f"{W}body")
    if body is None:
        raise DamagedFile(name, "the document has no body", _REMEDY)
    parts = Parts(body, hrefs=hrefs)
    for relation in document.part.rels.values():
        # python-docx parses some of these parts itself, and keeps the others as bytes.
        part = relation.target_part
        root = _without_entities(part.element, name) if hasattr(part, "element") else _parsed(part.blob, name)
        setattr(parts, relation.rId, root)
    return parts
