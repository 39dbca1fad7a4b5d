"""How large a PDF is when it is unpacked, found out before a library unpacks it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_ZLIB_HEADS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x48\x89", b"\x58\x85", b"\x68\xde")
_DEEPEST = 4  # a stream may be packed several times
_MOST_STREAMS = 100_000
_CHUNK = 1 << 16
_MOST_PACKED = 8 << 20  # of what is packed again: a bomb in a bomb is small
#: Other ways to pack, of which one is rare in what is read here, and how much they may unpack to.
_OTHER_FILTERS = re.compile(rb"/(?:RunLengthDecode|RL|LZWDecode|LZW)\b")
_OTHER_FACTOR = 64
_LONGEST_DICTIONARY = 2_000


def unpacked_size(data: bytes, enough: int) -> int:
    """The sum of what the streams in ``data`` unpack to, pictures left out. Where it or their number is too large, more
    than ``enough``.

    >>> unpacked_size(b"<</Length 20>> stream\\n" + zlib.compress(bytes(5000)), 10_000)
    5000
    """
    total = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        if number > _MOST_STREAMS:
            return enough + 1
        dictionary = data[max(0, match.start() - _LONGEST_DICTIONARY) : match.start()].rpartition(b" obj")[2]
        if b"/Image" in dictionary:
            continue
        if data.startswith(_ZLIB_HEADS, match.end()):
            total += _size(_chunks(data, match.end()), enough - total, _DEEPEST)
        elif _OTHER_FILTERS.search(dictionary):
            end = data.find(b"endstream", match.end())
            total += _OTHER_FACTOR * ((end if end >= 0 else len(data)) - match.end())
        if total > enough:
            break
    return total


def _chunks(data: bytes, start: int) -> Iterator[bytes]:
    for place in range(start, len(data), _CHUNK):
        yield data[place : place + _CHUNK]


def _size(packed: Iterator[bytes], enough: int, depth: int) -> int:
    """The size of what is packed, and of what is packed in it."""
    size = 0
    inner: list[bytes] = []
    for chunk in _unpacked(packed, enough):
        is_packed = inner or not size and chunk.startswith(_ZLIB_HEADS)
        size += len(chunk)
        if is_packed and depth and size <= _MOST_PACKED:
            inner.append(chunk)
        if size > enough:
            return size
    return size + (_size(iter(inner), enough - size, depth - 1) if inner else 0)


def _unpacked(packed: Iterator[bytes], enough: int) -> Iterator[bytes]:
    """What zlib makes of the chunks, in chunks, until it ends, breaks, or is more than ``enough``."""
    unpacker = zlib.decompressobj()
    size = 0
    try:
        for chunk in packed:
            rest = chunk
            while rest and not unpacker.eof and size <= enough:
                content = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                size += len(content)
                yield content
            if unpacker.eof or size > enough:
                return
    except zlib.error:
        return
