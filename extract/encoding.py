"""Bytes to text: byte order mark, else the encoding in which the bytes read as Chinese; gb2312 and gbk are read as
gb18030.

What a page declares is a candidate and no more: pages declare utf-8 and are gbk, declare gb2312 and are utf-8.
"""

from __future__ import annotations

import codecs
import re

from extract.model import Remark

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.IGNORECASE)
# Pages that declare gb2312 hold characters of GBK and GB18030 (镕, 喆, —); the larger set reads them all.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
# Characters that any Chinese text is full of, and mojibake is not.
# The last are those that traditional characters write otherwise.
_COMMON = re.compile("[的一是不在有和人为上中大以要工作年月日区县市局府政行会发民第号各、，。：（）《》為區縣會發號務與關]|[\u4e00-\u9fff][,.:;]")
_SAMPLE = 200_000
_SURE_BYTES = 100  # that UTF-8 spends beyond one a character
# Encodings of Python that are none of text files; some take time that grows with the square of the length.
_NOT_OF_FILES = {"punycode", "idna", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"}


def decode(data: bytes, said: str = "") -> tuple[str, str, int]:
    """The text of ``data``, the name of its encoding, and how many characters could not be read (``U+FFFD`` in the
    text).

    ``said``: the encoding that stands outside the data, such as in the head of a message; a candidate too.

    >>> decode("<meta charset=gb2312>朱镕基".encode("gb18030"))
    ('<meta charset=gb2312>朱镕基', 'gb18030', 0)
    >>> decode("<meta charset=utf-8>各区、县政府".encode("gb18030"))[1], decode("各區、縣政府".encode("big5"))[1]
    ('gb18030', 'big5hkscs')
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if data[:2] in (b"<\0", b"\0<"):
        return _decoded(data, "utf-16-le" if data[0] else "utf-16-be")
    if text := _as_utf_8(data):
        return text, "utf-8", text.count("\ufffd")
    names = list(dict.fromkeys((*_declared(data), *_known(said), "utf-8", "gb18030", "big5hkscs")))
    # A multi-byte character cut at the end of the sample costs every candidate alike.
    quality = {name: _quality(data[:_SAMPLE].decode(name, "replace")) for name in names}
    best = max(names, key=lambda name: quality[name])
    return _decoded(data, best)


def _as_utf_8(data: bytes) -> str:
    """``data`` as UTF-8 where all of it is and enough of it is not ASCII; else empty. A few characters of another encoding may
    be UTF-8 by chance, so many are not.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len(data) - len(text) >= _SURE_BYTES else ""


def undecodable(encoding: str, lost: int) -> list[Remark]:
    """The remark for characters that could not be read, if there are any."""
    if not lost:
        return []
    return [Remark("undecodable_bytes", f"{lost} characters could not be read as {encoding} and stand as U+FFFD in the text")]


def _decoded(data: bytes, name: str) -> tuple[str, str, int]:
    text = data.decode(name, "replace")
    return text, name, text.count("\ufffd")


def _declared(data: bytes) -> list[str]:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return []
    return _known((match[1] or match[2]).decode("ascii", "replace"))


def _known(name: str) -> list[str]:
    """The encoding of a name, if there is one."""
    name = name.lower()
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return []
    known_name = _LARGER.get(name, _LARGER.get(known.name, known.name))
    # A page declared utf-16 whose declaration can be read byte by byte is not utf-16.
    is_none = known_name.startswith(("utf-16", "utf-32")) or known_name in _NOT_OF_FILES or not known._is_text_encoding
    return [] if is_none else [known_name]


def _quality(text: str) -> int:
    return len(_COMMON.findall(text)) - 5 * text.count("\ufffd")
