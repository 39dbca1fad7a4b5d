"""A written package read back: rows of text as a page shows them, one notice at a time."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import DamagedFile, MissingFile
from normalize.package import TEXTS
from normalize.records import is_guarded, without_guard
from normalize.schema import TableSchema, tables

#: A row as it stands in CSV, every cell text. Guards of cells that look like formulas are taken off.
TextRow = dict[str, str]

_REMEDY = "write it again with this version of the tool"
# A cell may hold a whole section.
_LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """One notice of a package: its row of ``documents``, its rows of every other table, its canonical text."""

    document: TextRow
    tables: dict[str, list[TextRow]]
    text: str


def read_notices(folder: Path) -> Iterator[WrittenNotice]:
    """The notices of a package, in its order.

    Raises ``MissingFile`` where a file of the package is not there, ``DamagedFile`` where one is not what this version writes.
    """
    schemas = tables()
    documents = read_csv(folder / "documents.csv", schemas["documents"])
    if not documents:
        raise DamagedFile(str(folder), "the package holds no notice", _REMEDY)
    rows: dict[str, dict[str, list[TextRow]]] = {}
    for name, schema in schemas.items():
        rows[name] = defaultdict(list)
        for row in read_csv(folder / f"{name}.csv", schema):
            rows[name][row["document_id"]].append(row)
    for document in documents:
        document_id = document["document_id"]
        text = _read(folder / TEXTS / f"{document_id}.txt")
        own = {name: rows[name][document_id] for name in schemas if name != "documents"}
        for name, found in own.items():
            _check_spans(folder / f"{name}.csv", found, len(text))
        yield WrittenNotice(document, own, text)


def read_csv(path: Path, schema: TableSchema) -> list[TextRow]:
    """The rows of one table. Raises ``MissingFile`` and ``DamagedFile``."""
    columns = [column.name for column in schema.columns]
    guarded = [column.name for column in schema.columns if is_guarded(column)]
    csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.DictReader(io.StringIO(_read(path), newline=""), strict=True)
        if list(reader.fieldnames or ()) != columns:
            odd = ", ".join(sorted(set(reader.fieldnames or ()) ^ set(columns))) or "their order"
            raise DamagedFile(str(path), f"the columns are not those of this version: {odd}", _REMEDY)
        return [_row(row, columns, guarded, path, number) for number, row in enumerate(reader, 2)]
    except csv.Error as error:
        raise DamagedFile(str(path), f"is no table: {error}", _REMEDY) from error


def _row(
    row: dict[str, str | None], columns: Iterable[str], guarded: Iterable[str], path: Path, number: int
) -> TextRow:  # fmt: skip
    cells = {column: row[column] for column in columns}
    if len(row) != len(cells) or None in cells.values():
        raise DamagedFile(str(path), "a row has not as many cells as there are columns", _REMEDY, f"row {number}")
    found = {column: cell or "" for column, cell in cells.items()}
    return found | {column: without_guard(found[column]) for column in guarded}


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MissingFile(str(path), f"can't be read ({error.strerror or error})", "give the folder of a package") from error
    except UnicodeDecodeError as error:
        raise DamagedFile(str(path), "is not UTF-8", _REMEDY) from error


def span_of(row: TextRow) -> tuple[int, int] | None:
    """Where a row stands in the text; ``None`` for a row without place."""
    return (int(row["start"]), int(row["end"])) if row.get("start") and row.get("end") else None


def _check_spans(path: Path, rows: Iterable[TextRow], length: int) -> None:
    for row in rows:
        try:
            span = span_of(row)
        except ValueError:
            span = (-1, -1)
        if span and not 0 <= span[0] <= span[1] <= length:
            place = f"start {row['start']}, end {row['end']}"
            raise DamagedFile(str(path), f"{place} is no stretch of a text of {length} characters", _REMEDY)
