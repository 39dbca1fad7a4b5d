"""The codebook: what every column of every table is, in English and Chinese, a row a column."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.schema import descriptors

COLUMNS = (
    "table", "table_title", "table_title_zh", "column", "type", "is_key", "is_required", "references", "values",
    "title", "title_zh", "description",
)  # fmt: skip


def codebook() -> Iterator[tuple[str, ...]]:
    """The rows under ``COLUMNS``, in the order of the schema."""
    for table in descriptors():
        references = {key["fields"][-1]: key["reference"]["resource"] for key in table["foreignKeys"]}
        for field in table["fields"]:
            constraints = field.get("constraints", {})
            yield (
                table["name"],
                table["title"],
                table["title_zh"],
                field["name"],
                field["type"],
                "true" if field["name"] in table["primaryKey"] else "false",
                "true" if constraints.get("required") else "false",
                references.get(field["name"], ""),
                "; ".join(constraints.get("enum", ())),
                field["title"],
                field["title_zh"],
                field["description"],
            )
