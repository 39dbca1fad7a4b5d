"""Patterns that are looked for only near a mark find what they would find everywhere."""

from __future__ import annotations

import pytest

from extract import read_notice
from normalize import contexts, damage
from normalize.sparse import SparsePattern
from tests.scoring.corpus import notices

PATTERNS = [
    *(pattern for _, pattern in contexts._FRAMES),
    *(value for value in vars(damage).values() if isinstance(value, SparsePattern)),
    damage._lost(),
]
FILES = {f"{notice.name}/{form}": path for notice in notices() for form, path in notice.files().items()}


@pytest.mark.parametrize("name", FILES)
def test_the_same_as_in_the_whole_text(name: str) -> None:
    text = read_notice(FILES[name]).folded
    for pattern in PATTERNS:
        found = [match.span() for match in pattern.finditer(text)]
        assert found == [match.span() for match in pattern.pattern.finditer(text)], pattern.pattern.pattern
