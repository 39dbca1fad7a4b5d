"""What the bytes of a font mean: code pages by the character sets of fonts and by their numbers."""

from __future__ import annotations

from dataclasses import dataclass

#: Encodings by the character set that a font names (\\fcharset); 0 and 1 leave it to the document, 2 is a symbol font.
CHARSETS = {
    128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
#: Encodings by the number of a code page (\\ansicpg, \\cpg).
CODE_PAGES = {
    437: "cp437", 850: "cp850", 874: "cp874", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 1250: "cp1250",
    1251: "cp1251", 1252: "cp1252", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255", 1256: "cp1256", 1257: "cp1257",
    1258: "cp1258", 1361: "johab", 10000: "mac_roman", 10008: "gb18030", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
SYMBOL_CHARSET = 2


@dataclass(slots=True)
class Font:
    """A font: its name, and the encoding of the bytes that are set in it (empty: that of the document)."""

    name: str = ""
    encoding: str = ""
    is_symbol: bool = False


def decoded(data: bytes, encoding: str, fallback: str) -> str:
    """The text of some bytes; ``fallback`` where they are none in ``encoding``.

    >>> data = b"\\xd7\\xd6 12"
    >>> decoded(data, "cp1252", "gb18030"), decoded(data, "gb18030", "cp1252"), decoded(b"\\x9d", "cp1252", "gb18030")
    ('×Ö 12', '字 12', '\ufffd')
    """
    for name in (encoding, fallback):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(encoding, "replace")
