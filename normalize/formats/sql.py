"""SQL that SQLite and DuckDB share: tables with their keys, and the views that people ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from normalize.schema import TableSchema, tables
from normalize.wide import OFFICES, SUBJECT, value_columns


def quoted(name: str) -> str:
    """A name that may be a word of SQL: ``"end"``."""
    return '"' + name.replace('"', '""') + '"'


def create_table(schema: TableSchema, types: Mapping[str, str], own_keys: str | None = "") -> str:
    """The statement that makes a table. ``own_keys`` is put behind foreign keys; ``None`` leaves out those to the table itself."""
    parts = [
        f"{quoted(column.name)} {types[column.type]}" + (" NOT NULL" if column.required else "") for column in schema.columns
    ]
    parts.append(f"PRIMARY KEY ({_names(schema.primary_key)})")
    for key in schema.foreign_keys:
        if own_keys is not None or key.table != schema.name:
            parts.append(
                f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {quoted(key.table)} ({_names(key.key)}) {own_keys or ''}".rstrip()
            )
    return f"CREATE TABLE {quoted(schema.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def parents_first() -> list[TableSchema]:
    """The tables, each after those that its keys name."""
    left = list(tables().values())
    placed: list[TableSchema] = []
    while left:
        known = {schema.name for schema in placed}
        ready = [schema for schema in left if all(key.table in known | {schema.name} for key in schema.foreign_keys)]
        placed += ready
        left = [schema for schema in left if schema not in ready]
    return placed


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(quoted(column) for column in columns)


def views(folder: Path) -> Iterator[str]:
    """The statements that make the views; the years in ``indicators_wide`` are those of the package's indicators."""
    # A target that no unit answers for is a target: it keeps its row, and the unit is empty.
    yield """CREATE VIEW targets_by_unit_and_domain AS
SELECT o.name AS organization, r.role, i.domain, i.document_id, i.indicator_id, i.name AS indicator, i.component,
  i.period, i.comparator, i.value, i.value_to, i.unit, i.value_text
FROM indicators i
LEFT JOIN responsibilities r ON r.document_id = i.document_id AND r.subject_kind = 'indicator' AND r.subject_id = i.indicator_id
LEFT JOIN organizations o ON o.document_id = r.document_id AND o.organization_id = r.organization_id
WHERE i.value_kind = 'target'"""
    yield """CREATE VIEW commitments_with_tasks AS
SELECT c.*, t.domain, t.title AS task_title, t.text AS task_text, t.responsible_units, t.lead_units, t.support_units,
  s.title AS section_title, substr(x.text, CAST(c.start + 1 AS INTEGER), CAST(c."end" - c.start AS INTEGER)) AS evidence
FROM commitments c
LEFT JOIN tasks t ON t.document_id = c.document_id AND t.task_id = c.task_id
LEFT JOIN sections s ON s.document_id = c.document_id AND s.section_id = c.section_id
LEFT JOIN texts x ON x.document_id = c.document_id"""
    columns = [
        f"max(CASE WHEN value_kind = '{kind}' AND period {'IS NULL' if year is None else f'= {year}'} THEN {source} END) AS {quoted(name)}"
        for name, source, kind, year in value_columns(folder)
    ]
    subject = ", ".join(quoted(name) for name in SUBJECT)
    offices = [f"min({name}) AS {name}" for name in OFFICES]
    yield f"CREATE VIEW indicators_wide AS\nSELECT {', '.join([subject, *columns, *offices])}\nFROM indicators\nGROUP BY {subject}"
