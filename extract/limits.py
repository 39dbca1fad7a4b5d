"""The one place that states how large a document may be. All input is taken to be hostile."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a document is refused in one line, in bytes, characters or counts."""

    file_bytes: int = 64 << 20
    unpacked_bytes: int = 256 << 20
    text_characters: int = 8_000_000
    table_cells: int = 200_000
    span: int = 1_000
    tags: int = 400_000
    nesting: int = 200


DEFAULT_LIMITS = Limits()
