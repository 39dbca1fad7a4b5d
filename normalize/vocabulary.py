"""Words that are lists, kept as CSV under ``vocab/``: the first column is the word, the last an example that holds it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "vocab"


@cache
def entries(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``vocab/<name>.csv`` in file order, each a mapping of column to cell."""
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of ``vocab/<name>.csv``."""
    return frozenset(next(iter(row.values())) for row in entries(name))


def alternation(name: str, keep: Callable[[dict[str, str]], bool] | None = None) -> str:
    """The words of a list as one pattern, longest first: ``不低于|不少于|达到``. ``keep`` chooses rows."""
    chosen = {next(iter(row.values())) for row in entries(name) if keep is None or keep(row)}
    if not chosen:
        raise ValueError(f"no word of the list {name} is chosen")
    return "|".join(re.escape(word) for word in sorted(chosen, key=lambda word: (-len(word), word)))
