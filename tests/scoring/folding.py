"""When two cells are equal: width, blanks, dashes and the way a number is written make no difference."""

from __future__ import annotations

import re
import unicodedata

Row = dict[str, str]

NUMBERS = frozenset({"value", "value_to", "base_value", "baseline", "seq", "period"})
IDS = frozenset({"section_id", "task_id", "parent_id"})

_DASHES = str.maketrans({"—": "-", "–": "-", "~": "-"})
_BLANKS = re.compile(r"\s+")
_ID_LETTERS = re.compile(r"^[a-z_]+(?=[0-9])")


def fold(text: str) -> str:
    """Text for comparing.

    >>> fold("达到 ８５％；Ａ—B")
    '达到85%;a-b'
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES).casefold()


def fold_id(text: str) -> str:
    """An id as its path of ordinals: t2.1.3 and 2.1.3 are one."""
    return _ID_LETTERS.sub("", fold(text))


def fold_number(text: str) -> str:
    """A number in one notation, to six decimals; what is no number as folded text.

    >>> fold_number("1,200.50"), fold_number("全覆盖")
    ('1200.5', '全覆盖')
    """
    folded = fold(text).replace(",", "")
    try:
        return repr(round(float(folded), 6))
    except ValueError:
        return folded


def fold_unit(text: str) -> str:
    """A unit by what stands before its slash: 元/人·月 and 元 for each 人·月 are one."""
    return fold(text).split("/")[0]


def fold_flag(text: str) -> str:
    return {"": "false", "0": "false", "1": "true"}.get(fold(text), fold(text))


def fold_cell(column: str, text: str) -> str:
    """A cell for comparing, by the column it stands in."""
    if column == "is_core":
        return fold_flag(text)
    if column in IDS:
        return fold_id(text)
    return fold_number(text) if column in NUMBERS else fold(text)
