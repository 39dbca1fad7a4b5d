"""The CSV tables of a package as typed rows, one at a time: what every other format is written from."""

from __future__ import annotations

import csv
import datetime
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.records import is_guarded, to_cell, without_guard
from normalize.schema import Column, Row, tables

Value = str | int | float | bool | datetime.date | None

# A cell may hold all the text of a long task.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read_typed(folder: Path, table: str) -> Iterator[list[Value]]:
    """The rows of a table in order: text without the guard of spreadsheets, numbers, booleans, dates; ``None`` for an empty cell.

    A number is a double, which gives back any decimal of up to 15 digits as it was printed.
    """
    parsers = [_parser(column) for column in tables()[table].columns]
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield [parse(cell) if cell else None for parse, cell in zip(parsers, row, strict=True)]


def to_typed(row: Row, table: str) -> list[Value]:
    """A row of ``normalize`` as ``read_typed`` gives it back after it was written."""
    values = ((column, row[column.name]) for column in tables()[table].columns)
    return [None if value == "" else _PARSERS[column.type](to_cell(value)) for column, value in values]


def _parser(column: Column) -> Callable[[str], Value]:
    return without_guard if is_guarded(column) else _PARSERS[column.type]


def _number(cell: str) -> float | None:
    # No format has a number for a row of four hundred digits; the CSV keeps it.
    number = float(cell)
    return number if math.isfinite(number) else None


_PARSERS: dict[str, Callable[[str], Value]] = {
    "string": str,
    "boolean": lambda cell: cell == "true",
    "integer": int,
    "year": int,
    "number": _number,
    "date": datetime.date.fromisoformat,
}
