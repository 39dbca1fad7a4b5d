"""Whose values a column holds, as its heading says: 全市目标 beside 我县目标, 省定 beside 县定.

The values without a mark are those of the area that issues the notice; what another area has, or another authority has
set, is a component, so that no number of theirs is taken for its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold
from normalize import vocabulary


@dataclass(frozen=True, slots=True)
class Area:
    """What a word says: ``own`` (我县), the ``area`` of a level as a whole (全市), or what a level has ``set`` (省定)."""

    word: str
    what: str
    level: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What tells one column from others of the table: the ``area`` that its heading names, and what it is for."""

    area: str
    name: str
    kind: str
    year: int | None


@cache
def _areas() -> tuple[Area, ...]:
    found = [Area(fold(row["word"]), row["what"], row["level"]) for row in vocabulary.entries("heading_areas")]
    return tuple(sorted(found, key=lambda area: (-len(area.word), area.word)))


def split_area(text: str) -> tuple[str, str]:
    """The words for an area at the start of a heading, and the rest of it.

    >>> split_area("全市目标"), split_area("市下达我县任务"), split_area("市场主体数")
    (('全市', '目标'), ('市下达我县', '任务'), ('', '市场主体数'))
    """
    size = sum(len(area.word) for area in _leading(text))
    return text[:size], text[size:]


def _leading(text: str) -> list[Area]:
    """The words for areas that a text begins with, one after the other."""
    found: list[Area] = []
    while area := next((area for area in _areas() if text.startswith(area.word)), None):
        found.append(area)
        text = text.removeprefix(area.word)
    return found


def _read(words: str) -> Area:
    """What the words for an area say: 市下达我县 is what the city has set."""
    parts = _leading(words)
    return next((part for part in parts if part.what == "set"), None) or next((part for part in parts if part.what == "own"), parts[0])


def is_own(words: str) -> bool:
    """Whether the words for an area are those of the issuer for its own: 我县, 本级."""
    return bool(words) and _read(words).what == "own"


def marks(claims: Sequence[Claim], level: str) -> list[str]:
    """The area to be named for each column, empty where its values are the issuer's. ``level`` is the issuer's, if known.

    >>> marks([Claim("全市", "", "target", None), Claim("我县", "", "target", None)], "")
    ['全市', '']
    >>> marks([Claim("全市", "", "target", None), Claim("", "", "actual", None)], "市")
    ['', '']
    """
    read = [_read(claim.area) if claim.area else None for claim in claims]
    says_own = any(area is not None and area.what == "own" for area in read)
    found = []
    for claim, area in zip(claims, read, strict=True):
        if area is None or area.what == "own":
            found.append("")
            continue
        is_of_level = bool(level) and area.level == level
        others = [other for other in claims if other.name == claim.name and other.area != claim.area]
        # A lone value that the city has set is the county's: there is nothing to mistake it for.
        rivals = [
            other for other in others
            if (other.kind or "target") == (claim.kind or "target") and (other.year == claim.year or None in (other.year, claim.year))
        ]  # fmt: skip
        if not says_own and is_of_level:
            is_marked = False
        elif area.what == "area" and level:
            is_marked = True
        else:
            is_marked = bool(rivals)
        found.append(claim.area if is_marked else "")
    return found
