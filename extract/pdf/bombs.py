"""How large a PDF is when it is unpacked, found out before a library unpacks it."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_ZLIB_HEADS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x48\x89", b"\x58\x85", b"\x68\xde")
_DEEPEST = 4  # a stream may be packed several times


def unpacked_size(data: bytes, enough: int) -> int:
    """The sum of what the zlib streams in ``data`` unpack to; counting ends where it is more than ``enough``.

    >>> unpacked_size(b"stream\\n" + zlib.compress(bytes(5000)), 10_000)
    5000
    """
    total = 0
    for match in _STREAM.finditer(data):
        if data.startswith(_ZLIB_HEADS, match.end()):
            total += _size(memoryview(data)[match.end() :], enough - total, _DEEPEST)
            if total > enough:
                break
    return total


def _size(packed: memoryview | bytes, enough: int, depth: int) -> int:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, max(1, enough + 1))
    except zlib.error:
        return 0
    size = len(content)
    if depth and size <= enough and content.startswith(_ZLIB_HEADS):
        size += _size(content, enough - size, depth - 1)
    return size
