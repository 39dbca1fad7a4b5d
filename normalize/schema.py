"""The description of every table and column, read from ``schema.json``: the one place that names them.

Writers, checks, the data package and the tests all go by it. Terms are those of Table Schema v2; ``title_zh`` and ``description_zh`` are our own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("schema.json")

Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Table Schema type, and whether a cell may be empty or must be one of a few values."""

    name: str
    type: str
    required: bool
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """The columns of a table that name a row of ``table`` by its ``key``. A row whose own columns hold an empty one names none."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: its columns in order, the columns that identify a row, and what points into other tables."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@cache
def descriptors() -> tuple[dict[str, Any], ...]:
    """The tables as ``schema.json`` has them, in the order they are written. Not to be changed."""
    return tuple(json.loads(FILE.read_text(encoding="utf-8"))["tables"])


def to_table(descriptor: dict[str, Any]) -> TableSchema:
    """A table from its descriptor, as a Table Schema with ``name``, ``fields``, keys and perhaps foreign keys."""
    return TableSchema(
        descriptor["name"],
        tuple(
            Column(
                field["name"],
                field["type"],
                field.get("constraints", {}).get("required", False),
                frozenset(field.get("constraints", {}).get("enum", ())),
            )
            for field in descriptor["fields"]
        ),
        tuple(descriptor["primaryKey"]),
        tuple(
            ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))
            for key in descriptor.get("foreignKeys", ())
        ),
    )


@cache
def tables() -> dict[str, TableSchema]:
    """Every table by its name, in the order they are written: ``documents`` first.

    >>> tables()["responsibilities"].primary_key
    ('document_id', 'subject_kind', 'subject_id', 'role', 'position')
    """
    return {table["name"]: to_table(table) for table in descriptors()}


@cache
def column_names(table: str) -> tuple[str, ...]:
    """The names of a table's columns, in order.

    >>> column_names("attachments")
    ('document_id', 'attachment_id', 'name', 'href', 'media_type', 'status')
    """
    return tuple(column.name for column in tables()[table].columns)


def empty_tables() -> Tables:
    """Every table without a row, in the order they are written."""
    return {name: [] for name in tables()}
