"""The description of what stands beside the tables of the schema: failures, the codebook, the wide table, texts and the views.

Read from ``derived_schema.json``. There ``of`` says that a column is one of the schema's, under its own or another name, so that what it
is stands in ``schema.json`` alone; ``part`` says that it is one of the columns of values, which are those of a package's indicators.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from normalize import schema
from normalize.wide import PARTS, ValueColumn, value_columns

FILE = Path(__file__).with_name("derived_schema.json")

_TOLD = ("type", "title", "title_zh", "description", "description_zh")
# Where no package says which kinds and years there are: a pattern that stands for them all.
_ANY = [ValueColumn(f"<value_kind>_<year>{ending}", part, "", None) for ending, part in PARTS.items()]


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def descriptors(values: Sequence[ValueColumn] = _ANY) -> list[dict[str, Any]]:
    """Each table in the shape of the schema's own, without keys; ``values`` are the value columns of a package's wide table."""
    return [
        table | {"fields": list(_fields(table["fields"], values)), "primaryKey": [], "foreignKeys": []} for table in _content()["tables"]
    ]


def of_package(folder: Path) -> list[dict[str, Any]]:
    """The same, with the value columns that the wide table of the package in ``folder`` has."""
    return descriptors(value_columns(folder))


def _fields(fields: Iterable[dict[str, Any]], values: Sequence[ValueColumn]) -> Iterator[dict[str, Any]]:
    parts = {field["part"]: field for field in fields if "part" in field}
    for field in fields:
        if "of" in field:
            table, column = field["of"].split(".")
            for source in _sources(table, column):
                told = {key: field.get(key, source[key]) for key in _TOLD}
                yield {"name": field.get("name", source["name"]), **told, **_values(source)}
        elif "part" not in field:
            yield field
        elif field is parts[next(iter(parts))]:
            # The columns of one kind and year stand together: all of them here, where the first part does.
            yield from (_value_field(column, parts[column.part]) for column in values)


def _sources(table: str, column: str) -> Iterator[dict[str, Any]]:
    """The columns of the schema that ``table.column`` names, ``*`` being all."""
    for descriptor in schema.descriptors():
        if descriptor["name"] == table:
            yield from (field for field in descriptor["fields"] if column in ("*", field["name"]))


def _values(source: dict[str, Any]) -> dict[str, Any]:
    # A view may have an empty cell where its table has none; the values that there may be are the same.
    values = source.get("constraints", {}).get("enum")
    return {"constraints": {"enum": values}} if values else {}


def _value_field(column: ValueColumn, pattern: dict[str, Any]) -> dict[str, Any]:
    kind = column.kind or "<value_kind> <year>"
    chinese: str = _content()["value_kinds"].get(column.kind, "<year>年<value_kind>")
    if column.year:
        kind, chinese = f"{kind} {column.year}", f"{column.year}年{chinese}"
    told = {key: pattern[key].format(kind=kind, kind_zh=chinese) for key in _TOLD}
    return {"name": column.name, **told}
