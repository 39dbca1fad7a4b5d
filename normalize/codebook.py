"""The codebook: what every column of every table is, in English and Chinese, a row a column.

Behind the tables of the schema stand those made of them: failures, the codebook itself, the wide table, texts
and the views.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize import derived_schema, schema

COLUMNS = (
    "table", "table_title", "table_title_zh", "table_description", "table_description_zh", "column", "type", "is_key", "is_required",
    "references", "values", "title", "title_zh", "description", "description_zh",
)  # fmt: skip


def codebook(folder: Path | None = None) -> Iterator[tuple[str, ...]]:
    """The rows under ``COLUMNS``, in the order of the schema; the years of the wide table are those of the package in ``folder``."""
    derived = derived_schema.of_package(folder) if folder else derived_schema.descriptors()
    for table in (*schema.descriptors(), *derived):
        yield from rows_of(table)


def rows_of(table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of one table, from its descriptor."""
    references = {key["fields"][-1]: key["reference"]["resource"] for key in table["foreignKeys"]}
    for field in table["fields"]:
        constraints = field.get("constraints", {})
        yield (
            table["name"],
            table["title"],
            table["title_zh"],
            table["description"],
            table["description_zh"],
            field["name"],
            field["type"],
            "true" if field["name"] in table["primaryKey"] else "false",
            "true" if constraints.get("required") else "false",
            references.get(field["name"], ""),
            "; ".join(constraints.get("enum", ())),
            field["title"],
            field["title_zh"],
            field["description"],
            field["description_zh"],
        )
