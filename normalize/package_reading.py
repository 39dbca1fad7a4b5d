"""A package read back: the rows of its CSV files as ``normalize`` gave them, each cell of its column's type."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.errors import NoticeError
from extract.limits import DEFAULT_LIMITS
from extract.version import VERSION
from normalize.package import DESCRIPTOR, GENERATOR, is_package
from normalize.records import is_guarded, without_guard
from normalize.schema import Column, Row, Tables, TableSchema, tables

_NUMBER = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_AGAIN = "run make extract again"


class PackageError(NoticeError):
    """A folder that is no package of this version of the tool, or whose tables have been changed so that they can't be read."""


def find_package(path: Path) -> tuple[Path, str] | None:
    """The package that a path names, with the ``document_id`` that it names in it: ``outputs/all/fenghua-2023``.

    ``None`` where it names none. The id is empty where the path is the package itself.
    """
    if is_package(path):
        return path, ""
    if not path.exists() and is_package(path.parent):
        return path.parent, path.name
    return None


def read_package(folder: Path, names: Iterable[str], document_id: str = "") -> Tables:
    """The tables ``names`` of a package, of one notice where ``document_id`` names one. Raises ``PackageError``."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackageError(str(folder), f"holds no {DESCRIPTOR} that can be read", _AGAIN) from error
    if not isinstance(descriptor, dict) or descriptor.get("generator") != GENERATOR:
        raise PackageError(str(folder), "is no package of this tool", _AGAIN)
    if descriptor.get("version") != VERSION:
        raise PackageError(str(folder), f"was written by version {descriptor.get('version')}, and this is {VERSION}", _AGAIN)
    found = {name: read_table_file(folder / f"{name}.csv", tables()[name]) for name in names}
    if document_id:
        found = {name: [row for row in rows if row["document_id"] == document_id] for name, rows in found.items()}
        if not found.get("documents", [True]):
            raise PackageError(str(folder), f"holds no notice {document_id}", f"see {folder / 'documents.csv'}")
    return found


def read_table_file(path: Path, schema: TableSchema) -> list[Row]:
    # A task's text may be longer than what the module allows by itself.
    csv.field_size_limit(DEFAULT_LIMITS.text_characters)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, None)
            if header is None:
                raise PackageError(str(path), "is empty, and has no header", _AGAIN)
            names = [column.name for column in schema.columns]
            if header != names:
                odd = ", ".join(sorted(set(header) ^ set(names))) or "their order"
                raise PackageError(str(path), f"has other columns than this version writes: {odd}", _AGAIN)
            return [_read_row(cells, schema, path, number) for number, cells in enumerate(reader, 1)]
    except OSError as error:
        raise PackageError(str(path), f"can't be read ({error.strerror or error})", _AGAIN) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise PackageError(str(path), f"is no CSV file as this tool writes them ({error})", _AGAIN) from error


def _read_row(cells: list[str], schema: TableSchema, path: Path, number: int) -> Row:
    if len(cells) != len(schema.columns):
        raise PackageError(str(path), f"has {len(cells)} cells, and {len(schema.columns)} columns", _AGAIN, f"row {number}")
    row = {}
    for column, cell in zip(schema.columns, cells, strict=True):
        try:
            row[column.name] = _read_cell(cell, column)
        except ValueError:
            raise PackageError(
                str(path), f"{column.name} is {cell[:40]!r}, not of type {column.type}", _AGAIN, f"row {number}"
            ) from None
    return row


def _read_cell(cell: str, column: Column) -> Any:
    """The value that a cell was written from; an empty one is unknown. Raises ``ValueError``."""
    if not cell:
        return ""
    match column.type:
        case "number":
            if not _NUMBER.fullmatch(cell):
                raise ValueError
            return Decimal(cell)
        case "integer" | "year":
            if not _INTEGER.fullmatch(cell):
                raise ValueError
            return int(cell)
        case "boolean":
            if cell not in ("true", "false"):
                raise ValueError
            return cell == "true"
        case _:
            return without_guard(cell) if is_guarded(column) else cell


