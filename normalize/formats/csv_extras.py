"""CSV files beside those of the schema: the codebook, and the indicators wide."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from normalize import codebook
from normalize.records import to_cell
from normalize.wide import wide_rows


def write(folder: Path) -> list[str]:
    _write(folder / "codebook.csv", [codebook.COLUMNS, *codebook.codebook(folder)])
    _write(folder / "indicators_wide.csv", wide_rows(folder))
    return ["codebook.csv", "indicators_wide.csv"]


def _write(path: Path, rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # As it was printed: 450, not 450.0.
        return format(value, ".15g") if value != int(value) or abs(value) >= 1e15 else str(int(value))
    return to_cell(value, guard=isinstance(value, str) and value not in (">=", "<=", ">", "<", "=", "~"))
