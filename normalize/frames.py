"""Tables as data frames of pandas, typed by the schema. Nothing else in this package needs pandas, and it is loaded when called for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.schema import Column, Tables, tables
from normalize.typed import Value, read_typed, to_typed

if TYPE_CHECKING:
    import pandas as pd

# Whole numbers and booleans that may be missing stay whole numbers and booleans.
_DTYPES = {"string": "string", "boolean": "boolean", "integer": "Int64", "year": "Int64", "number": "float64"}


def to_frames(found: Tables) -> dict[str, pd.DataFrame]:
    """What ``normalize`` gives, as a data frame a table; an unknown cell is missing.

    >>> from normalize.schema import empty_tables
    >>> to_frames(empty_tables())["tasks"].shape
    (0, 14)
    """
    return {name: _frame((to_typed(row, name) for row in rows), name) for name, rows in found.items()}


def read_frames(folder: Path | str) -> dict[str, pd.DataFrame]:
    """The tables of a package on disk, as a data frame a table."""
    return {name: _frame(read_typed(Path(folder), name), name) for name in tables()}


def _frame(rows: Iterable[list[Value]], table: str) -> pd.DataFrame:
    import pandas as pd

    schema = tables()[table].columns
    columns: list[tuple[Value, ...]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame({column.name: _series(column, values) for column, values in zip(schema, columns, strict=True)})


def _series(column: Column, values: tuple[Value, ...]) -> pd.Series:
    import pandas as pd

    if column.type == "date":
        return pd.to_datetime(pd.Series(values, dtype=object))
    return pd.Series(values, dtype=_DTYPES[column.type])
