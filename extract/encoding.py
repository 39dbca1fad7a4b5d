"""Bytes to text: byte order mark, then what the page declares, then trial; gb2312 and gbk are read as gb18030."""

from __future__ import annotations

import codecs
import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.IGNORECASE)
# Pages that declare gb2312 hold characters of GBK and GB18030 (镕, 喆, —); the larger set reads them all.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}


def decode(data: bytes) -> tuple[str, str, int]:
    """The text of ``data``, the name of its encoding, and how many bytes could not be read (``U+FFFD`` in the text).

    >>> decode("<meta charset=gb2312>朱镕基".encode("gb18030"))
    ('<meta charset=gb2312>朱镕基', 'gb18030', 0)
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return text, name, text.count("\ufffd")
    tried = []
    if match := _DECLARED.search(data[:4096]):
        name = (match[1] or match[2]).decode("ascii", "replace").lower()
        try:
            tried.append(_LARGER.get(name, codecs.lookup(name).name))
        except LookupError:
            tried.append("utf-8")
    for name in (*tried, "utf-8", "gb18030"):
        try:
            return data.decode(name), name, 0
        except UnicodeDecodeError:
            continue
    best = min((data.decode(name, "replace") for name in dict.fromkeys((*tried, "utf-8", "gb18030"))), key=lambda t: t.count("\ufffd"))
    name = next(n for n in dict.fromkeys((*tried, "utf-8", "gb18030")) if data.decode(n, "replace") == best)
    return best, name, best.count("\ufffd")
