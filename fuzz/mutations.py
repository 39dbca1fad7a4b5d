"""Ways to change a file: its bytes, its numbers and tags, the parts of a package, the packed streams of a PDF."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

_NUMBER = re.compile(rb"[0-9]{1,9}")
_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,200}>")
_WORD = re.compile(rb"\\[a-z]{1,20}-?[0-9]* ?")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBERS = (b"0", b"1", b"-1", b"2", b"9", b"255", b"65536", b"2147483647", b"999999999", b"1e9")
_LARGEST = 1 << 20

Mutation = Callable[[bytes, bytes, random.Random], bytes]


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The file changed in one to four ways; ``other`` is a file that it may be spliced with."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        if data.startswith(b"PK\x03\x04") and rng.random() < 0.8:
            data = _in_package(data, other, rng)
        elif data.startswith(b"%PDF") and rng.random() < 0.6:
            data = _in_stream(data, other, rng)
        else:
            data = rng.choice(_MUTATIONS)(data, other, rng)
    return data[:_LARGEST]


def _slice(data: bytes, rng: random.Random, longest: int = 4096) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randint(1, rng.choice((1, 4, 64, longest))))


def _flip(data: bytes, other: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 16)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _delete(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng)
    return data[:start] + data[end:]


def _repeat(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 2, 10, 100)) + data[end:]


def _splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _move(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng)
    place = rng.randrange(len(data) + 1)
    return data[:place] + data[start:end] + data[place:]


def _overwrite(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = _slice(data, rng, 64)
    kind = rng.randrange(4)
    if kind == 0:
        written = bytes(end - start)
    elif kind == 1:
        written = b"\xff" * (end - start)
    elif kind == 2:
        written = struct.pack(
            "<I", rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, len(data), rng.randrange(1 << 16)))
        )
    else:
        written = rng.randbytes(end - start)
    return data[:start] + written + data[start + len(written) :]


def _number(data: bytes, other: bytes, rng: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data[: 1 << 18]))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + rng.choice(_NUMBERS) + data[match.end() :]


def _markup(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Take a tag or control word out, or put it somewhere else, once or often."""
    found = list((_WORD if data.startswith(b"{\\rtf") else _TAG).finditer(data[: 1 << 18]))
    if not found:
        return data
    match = rng.choice(found)
    if rng.random() < 0.4:
        return data[: match.start()] + data[match.end() :]
    place = rng.choice(found).start()
    return data[:place] + match[0] * rng.choice((1, 1, 2, 50)) + data[place:]


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _truncate,
    _delete,
    _repeat,
    _splice,
    _move,
    _overwrite,
    _number,
    _number,
    _markup,
    _markup,
)


def _in_package(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A part of a zip changed, taken out, or named otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # it is broken already
        return _flip(data, other, rng)
    name = rng.choice(list(parts))
    kind = rng.random()
    if kind < 0.05:
        del parts[name]
    elif kind < 0.1:
        parts[rng.choice(("../x.xml", "word/document.xml", name.upper(), name + "\0"))] = parts.pop(name)
    else:
        parts[name] = rng.choice(_MUTATIONS)(parts[name], other, rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part.replace("\0", "") or "x", content)
    return buffer.getvalue()


def _in_stream(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A packed stream of a PDF changed and packed again."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    try:
        content = zlib.decompress(match[1])
    except zlib.error:
        return data
    packed = zlib.compress(rng.choice(_MUTATIONS)(content[:_LARGEST], other, rng))
    return data[: match.start(1)] + packed + data[match.end(1) :]
