"""Understanding: what does a notice mean, as rows? ``normalize`` gives every table; no file format is opened here."""

from __future__ import annotations

from extract.model import Notice
from extract.version import VERSION
from normalize.reading import read_rows
from normalize.schema import Tables, column_names, empty_tables


def normalize(notice: Notice, document_id: str) -> Tables:
    """Every table of the schema for one notice, rows in reading order; cells that are unknown are empty strings."""
    rows = read_rows(notice)
    found = empty_tables()
    for name in found:
        columns = column_names(name)
        for number, row in enumerate(rows.get(name, []), 1):
            full = dict.fromkeys(columns, "") | row | {"document_id": document_id}
            if name == "checks":
                full["check_id"] = f"k{number}"
            elif name == "documents":
                full["tool_version"] = VERSION
            found[name].append(full)
    return found
