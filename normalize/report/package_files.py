"""Written packages and comparisons read back: rows of text as a page shows them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import DamagedFile
from normalize import comparison_schema, schema
from normalize.package import DESCRIPTOR, TEXTS
from normalize.package_reading import read_package, read_table_file
from normalize.records import to_cell
from normalize.schema import Row
from normalize.validation import TableError, validate

#: A row with every cell as text; guards of cells that look like formulas are taken off.
TextRow = dict[str, str]

_AGAIN = "write it again with this version of the tool"


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """One notice of a package: its row of ``documents``, its rows of every other table, its canonical text."""

    document: TextRow
    tables: dict[str, list[TextRow]]
    text: str


@dataclass(frozen=True, slots=True)
class WrittenComparison:
    """The tables of a comparison, and what it says could not be compared (``gaps``) or should be known (``notes``)."""

    tables: dict[str, list[TextRow]]
    gaps: list[str]
    notes: list[str]


def read_notices(folder: Path) -> Iterator[WrittenNotice]:
    """The notices of a package, in its order. Raises ``NoticeError`` for what this version did not write."""
    found = read_package(folder, schema.tables())
    if not found["documents"]:
        raise DamagedFile(str(folder), "the package holds no notice", _AGAIN)
    documents = {row["document_id"]: row for row in found["documents"]}
    texts = {document_id: _read_text(folder / TEXTS / f"{document_id}.txt") for document_id in documents}
    try:
        validate(found, texts)
    except TableError as error:
        raise DamagedFile(str(folder), str(error), _AGAIN) from error
    rows: dict[str, dict[str, list[TextRow]]] = {name: defaultdict(list) for name in found}
    for name, table in found.items():
        for row in table:
            rows[name][row["document_id"]].append(_to_text(row))
    for document_id, document in documents.items():
        own = {name: by_document[document_id] for name, by_document in rows.items()}
        yield WrittenNotice(_to_text(document), own, texts[document_id])


def is_comparison(folder: Path) -> bool:
    """Whether a folder holds a comparison that was written."""
    return all((folder / f"{name}.csv").is_file() for name in comparison_schema.tables())


def read_comparison(folder: Path) -> WrittenComparison:
    """A comparison. Raises ``NoticeError`` for what this version did not write."""
    tables = {name: read_table_file(folder / f"{name}.csv", table) for name, table in comparison_schema.tables().items()}
    try:
        said = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        gaps, notes = ([str(line) for line in said[key]] for key in ("gaps", "notes"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedFile(str(folder), f"holds no {DESCRIPTOR} that can be read", _AGAIN) from error
    return WrittenComparison({name: [_to_text(row) for row in rows] for name, rows in tables.items()}, gaps, notes)


def span_of(row: TextRow) -> tuple[int, int] | None:
    """Where a row stands in the text; ``None`` for a row without place."""
    return (int(row["start"]), int(row["end"])) if row.get("start") and row.get("end") else None


def _to_text(row: Row) -> TextRow:
    return {column: to_cell(value) for column, value in row.items()}


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DamagedFile(str(path), f"can't be read ({error.strerror or error})", _AGAIN) from error
    except UnicodeDecodeError as error:
        raise DamagedFile(str(path), "is not UTF-8", _AGAIN) from error
