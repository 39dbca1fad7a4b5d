"""Full width to half width, one character to one, so that offsets into the text hold."""

from __future__ import annotations

import unicodedata


def _table() -> dict[int, str]:
    pairs = {}
    for code in (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE6C), 0x3000, 0x00A0):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and not unicodedata.combining(folded):
            pairs[code] = folded
    return pairs


_FOLDING = _table()


def fold(text: str) -> str:
    """``text`` with full-width forms as half width; as long as ``text``. 〔〕“”—、。 stay as they are.

    >>> fold("（一）达到８５％，其中：")
    '(一)达到85%,其中:'
    """
    return text.translate(_FOLDING)


def fold_key(text: str) -> str:
    """``text`` for comparing: NFKC, without blanks, lower case. Its length differs, so it gives no offsets."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
