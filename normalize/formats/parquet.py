"""Parquet: a file a table under ``parquet/``, with the titles of the columns in the metadata of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from normalize.schema import descriptors
from normalize.typed import Value, read_typed

# Rows in memory at a time, and in a row group.
_ROWS = 50_000
_TYPES = {
    "string": pa.string(), "boolean": pa.bool_(), "integer": pa.int64(), "year": pa.int32(), "number": pa.float64(),
    "date": pa.date32(),
}  # fmt: skip


def write(folder: Path) -> list[str]:
    (folder / "parquet").mkdir()
    paths = []
    for table in descriptors():
        path = f"parquet/{table['name']}.parquet"
        schema = arrow_schema(table)
        with pq.ParquetWriter(folder / path, schema, compression="zstd") as writer:
            for rows in _batches(read_typed(folder, table["name"])):
                writer.write_table(to_arrow(rows, schema), _ROWS)
        paths.append(path)
    return paths


def arrow_schema(table: dict[str, Any]) -> pa.Schema:
    """The columns of a table as Arrow types, from its descriptor."""
    return pa.schema(
        [
            pa.field(
                field["name"],
                _TYPES[field["type"]],
                nullable=not field.get("constraints", {}).get("required", False),
                metadata={key: field[key] for key in ("title", "title_zh", "description", "description_zh")},
            )
            for field in table["fields"]
        ],
        metadata={key: table[key] for key in ("title", "title_zh", "description", "description_zh")},
    )


def to_arrow(rows: list[list[Value]], schema: pa.Schema) -> pa.Table:
    """Typed rows as an Arrow table."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _batches(rows: Iterator[list[Value]]) -> Iterator[list[list[Value]]]:
    while batch := list(islice(rows, _ROWS)):
        yield batch
