"""The names of the fonts of a binary Word file ([MS-DOC] 2.9.286 SttbfFfn)."""

from __future__ import annotations

import struct

_HEAD_SIZE = 4
_NAME_AT = 39  # in an FFN, after its length ([MS-DOC] 2.9.78)


def font_names(data: bytes) -> list[str]:
    """The font names in the order that formatting counts them."""
    if len(data) < _HEAD_SIZE:
        return []
    (count,) = struct.unpack_from("<H", data)
    names: list[str] = []
    at = _HEAD_SIZE
    while at < len(data) and len(names) < count:
        size = data[at]
        name = data[at + 1 + _NAME_AT : at + 1 + size].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += 1 + size
    return names
