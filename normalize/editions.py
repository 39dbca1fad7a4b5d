"""A notice as one side of a comparison: its rows of the three tables that are compared, checked before they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.errors import NoticeError
from normalize.schema import Row, TableSchema, tables

#: The tables that are compared, and the columns that tell their rows apart.
COMPARED = {
    "indicators": ("indicator_id", "component", "period", "value_kind"),
    "tasks": ("task_id",),
    "commitments": ("commitment_id",),
}


class EditionError(NoticeError):
    """Tables that can't be compared: not one notice, columns of another version, two rows with one key."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One year's notice, of a ``region``. ``years`` are those that a plan is for, empty for one year; ``rows`` by table."""

    name: str
    region: str
    year: int | None
    years: range
    rows: dict[str, list[Row]]

    @property
    def is_plan(self) -> bool:
        return len(self.years) > 1

    def covers(self, other: Edition) -> bool:
        """Whether this is a plan over several years, and ``other`` the notice of one of them."""
        return self.is_plan and not other.is_plan and other.year in self.years


def read_edition(found: Mapping[str, Sequence[Row]], place: str) -> Edition:
    """The one notice in ``found``, tables as ``normalize`` gives them. ``place`` is for messages. Raises ``EditionError``."""
    documents = found.get("documents", ())
    if len(documents) != 1:
        names = ", ".join(str(row.get("document_id")) for row in documents[:5])
        raise EditionError(
            place, f"holds {len(documents)} notices ({names}), and one is compared with one",
            f"name it: {place.rstrip('/')}/DOCUMENT" if names else "run make extract again",
        )  # fmt: skip
    document = documents[0]
    rows = {}
    for table, key in COMPARED.items():
        if table not in found:
            raise EditionError(place, f"has no table {table}", "run make extract again")
        rows[table] = list(found[table])
        _check(rows[table], tables()[table], key, place)
    start, end = document.get("plan_start", ""), document.get("plan_end", "")
    years = range(start, end + 1) if isinstance(start, int) and isinstance(end, int) else range(0)
    year = document["target_year"] if isinstance(document.get("target_year"), int) else None
    return Edition(str(document["document_id"]), str(document.get("region", "")), year, years, rows)


def _check(rows: Sequence[Row], schema: TableSchema, key: tuple[str, ...], place: str) -> None:
    columns = {column.name for column in schema.columns}
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows, 1):
        if row.keys() != columns:
            odd = ", ".join(sorted(row.keys() ^ columns))
            raise EditionError(
                place, f"unknown or missing column {odd}: written by another version of this tool",
                "run make extract again", f"{schema.name}, row {number}",
            )  # fmt: skip
        for columns_of_key in (schema.primary_key, key):
            value = (columns_of_key, *(row[column] for column in columns_of_key))
            if value in seen:
                named = ", ".join(f"{column}={row[column]}" for column in columns_of_key)
                raise EditionError(
                    place, f"the key {named} stands in row {seen[value]} already",
                    "run make extract again, or correct the table", f"{schema.name}, row {number}",
                )  # fmt: skip
            seen[value] = number
