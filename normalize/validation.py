"""Rows against the schema, before anything is written: a mistake of ours stops here, not in a reader's statistics."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from normalize.schema import Column, Row, Tables, TableSchema, tables


class TableError(Exception):
    """A row that breaks the schema: a fault of this program, never of the notice. Names table, row and column."""


def validate(found: Tables, texts: Mapping[str, str]) -> None:
    """Check every row: its columns, types, required cells, keys, spans. Raises ``TableError`` at the first fault.

    ``found`` holds every table of the schema; ``texts`` the canonical text of every ``document_id``. An unknown cell is
    an empty string.
    """
    schemas = tables()
    if list(found) != list(schemas):
        raise TableError(f"the tables are {', '.join(found)}; the schema has {', '.join(schemas)}")
    keys: dict[str, set[tuple[Any, ...]]] = {}
    for name, schema in schemas.items():
        columns = {column.name: column for column in schema.columns}
        seen: set[tuple[Any, ...]] = set()
        for number, row in enumerate(found[name], 1):
            where = f"{name}, row {number}"
            if row.keys() != columns.keys():
                odd = sorted(row.keys() ^ columns.keys())
                raise TableError(f"{where}: unknown or missing column {', '.join(odd)}")
            for column in schema.columns:
                check_cell(row[column.name], column, where)
            key = tuple(row[part] for part in schema.primary_key)
            if key in seen:
                raise TableError(f"{where}: the key {_named(schema.primary_key, key)} stands in an earlier row")
            seen.add(key)
            _check_span(name, row, texts, where)
        keys[name] = seen
    if {row["document_id"] for row in found["documents"]} != set(texts):
        raise TableError("documents: not one row for each text")
    for document_id, text in texts.items():
        if not _is_encodable(text):
            raise TableError(f"the text of {document_id} holds half a surrogate pair")
    for name, schema in schemas.items():
        _check_foreign_keys(found[name], schema, keys)


def check_cell(value: Any, column: Column, where: str) -> None:
    if isinstance(value, str) and not value:
        if column.required:
            raise TableError(f"{where}: {column.name} is empty")
        return
    if not _fits(value, column.type):
        raise TableError(f"{where}: {column.name} is {value!r}, not of type {column.type}")
    if column.values and value not in column.values:
        raise TableError(f"{where}: {column.name} is {value!r}, not one of {', '.join(sorted(column.values))}")


def _fits(value: Any, kind: str) -> bool:
    # bool is an int to Python, but not to a table.
    match kind:
        case "string":
            return isinstance(value, str) and _is_encodable(value)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "year":
            return isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999
        case "number":
            if isinstance(value, Decimal):
                return value.is_finite()
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            try:
                return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
            except ValueError:
                return False
    raise TableError(f"schema.json: unknown type {kind}")


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_span(name: str, row: Row, texts: Mapping[str, str], where: str) -> None:
    if row["document_id"] not in texts:
        raise TableError(f"{where}: there is no text of {row['document_id']}")
    start, end = row.get("start", ""), row.get("end", "")
    if start == "" and end == "":
        return
    text = texts[row["document_id"]]
    if start == "" or end == "" or not 0 <= start <= end <= len(text):
        raise TableError(f"{where}: start {start} and end {end} are no stretch of a text of {len(text)} characters")
    if name == "numerals" and text[start:end] != row["surface"]:
        raise TableError(f"{where}: surface is {row['surface']!r}, the text has {text[start:end]!r}")


def _check_foreign_keys(rows: list[Row], schema: TableSchema, keys: Mapping[str, set[tuple[Any, ...]]]) -> None:
    for foreign in schema.foreign_keys:
        for number, row in enumerate(rows, 1):
            value = tuple(row[column] for column in foreign.columns)
            if "" not in value and value not in keys[foreign.table]:
                named = _named(foreign.columns, value)
                raise TableError(f"{schema.name}, row {number}: {named} names no row of {foreign.table}")


def _named(columns: tuple[str, ...], values: tuple[Any, ...]) -> str:
    return ", ".join(f"{column}={value}" for column, value in zip(columns, values, strict=True))
