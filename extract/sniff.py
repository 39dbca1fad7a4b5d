"""What a file is, from its bytes: its name and its declared type are not asked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from extract.errors import DamagedFile, EncryptedFile, LimitExceeded, NoticeError, UnsupportedFormat
from extract.limits import DEFAULT_LIMITS, Limits

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_MHTML = re.compile(r"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,60}")
_TAG = re.compile(r"<(?:!doctype html|html|head|meta|body|table|div|p|h[1-6]|span|section|article|center|font|ul|title|!--)", re.IGNORECASE)

#: What is recognized and not read: what to say of it, and what to do.
_UNREAD = {
    "uof": ("a UOF document", "open it in WPS and save it as .docx"),
    "ofd": ("an OFD document", "give the page or the Word file of the notice"),
    "xls": ("a spreadsheet", "give the notice itself"),
    "xlsx": ("a spreadsheet", "give the notice itself"),
    "ods": ("a spreadsheet", "give the notice itself"),
    "ppt": ("a presentation", "give the notice itself"),
    "picture": ("a picture", "give the notice as text: its page or its Word file"),
    "zip": ("an archive that holds no Word document", "unpack it and give the document in it"),
    "word1": ("a Word 1/2 or Write file", "open it in LibreOffice and save it as .docx"),
    "binary": ("of no format that is known", "give an HTML page, a .doc, a .docx or a text"),
}


def unsupported(kind: str, name: str) -> NoticeError:
    """The error for a format that ``sniff`` recognizes and no reader takes."""
    if kind == "encrypted":
        return EncryptedFile(name, "the file is encrypted", "remove the password in Word or WPS and give the decrypted file")
    if kind == "broken":
        return DamagedFile(name, "the file is damaged or cut off", "download it again")
    if kind == "crowded":
        return LimitExceeded(name, "the file is an archive of too many files", "unpack it and give the document in it")
    cause, remedy = _UNREAD[kind]
    return UnsupportedFormat(name, f"the file is {cause}", remedy)


def sniff(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The format of ``data``: ``html``, ``txt``, ``docx``, ``doc`` and the others of ``extract._READERS``, or one that
    is not read.

    >>> sniff(b"<html><body>"), sniff("一、总体要求".encode()), sniff(bytes([0x89]) + b"PNG....")
    ('html', 'txt', 'picture')
    """
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data.startswith(b"PK\x03\x04"):
        # zipfile makes an object of each entry before it can be asked how many there are.
        return "crowded" if data.count(b"PK\x01\x02") > 2 * limits.parts else _sniff_zip(data)
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024] and data[:1] == b"\0":
        return "pdf"
    if data.startswith(_PICTURES):
        return "picture"
    if data[:2] in (b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe"):
        return "word1"
    return _sniff_text(data)


def _sniff_ole(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {"/".join(entry).lower() for entry in ole.listdir()}
            if "encryptedpackage" in names:
                return "encrypted"
            if "worddocument" in names:
                head = ole.openstream("WordDocument").read(32)
                if len(head) < 12:
                    return "broken"
                identifier, version, flags = struct.unpack_from("<HH6xH", head)
                if identifier == 0xA5EC and version >= 0xC1:
                    return "encrypted" if flags & 0x0100 else "doc"
                return "word6" if identifier in (0xA5DC, 0xA5EC) else "broken"
            if names & {"workbook", "book"}:
                return "xls"
            return "ppt" if "powerpoint document" in names else "binary"
    except Exception:
        # olefile raises errors of many kinds at containers that break their rules.
        return "broken"


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, struct.error):
        return "broken"
    folders = {name.partition("/")[0].lower() for name in names}
    if "[Content_Types].xml" in names and folders & {"word", "xl", "ppt"}:
        return "docx" if "word" in folders else "xlsx" if "xl" in folders else "ppt"
    if "content.xml" not in names:
        return "ofd" if "OFD.xml" in names else "zip"
    return "odt" if kind.startswith(b"application/vnd.oasis.opendocument.text") or not kind else "ods"


def _sniff_text(data: bytes) -> str:
    head = data[:8192]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "ignore")
    else:
        # A file of this many zero bytes is no text in any of the encodings that are read.
        if head.count(b"\0") > len(head) // 20:
            return "binary"
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    text = text.lstrip()
    lower = text.lower()
    if text.startswith("{\\rtf"):
        return "rtf"
    if "mime-version:" in lower and _MHTML.match(text):
        return "mhtml"
    for mark, kind in (
        ("schemas.microsoft.com/office/word/2003/wordml", "wordml"),
        ("schemas.microsoft.com/office/2006/xmlpackage", "flat-opc"),
        ("uof:uof", "uof"),
        ("schemas.uof.org", "uof"),
        ("urn:oasis:names:tc:opendocument", "odt"),
    ):
        if mark in lower:
            return kind
    if text.startswith("<") and _TAG.search(lower[:2048]):
        return "html"
    controls = sum(char < " " and char not in "\t\r\n\f" for char in text)
    return "binary" if controls > len(text) // 100 else "txt"
