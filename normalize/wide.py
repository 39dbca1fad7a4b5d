"""Indicators wide: a row an indicator and component, a column a kind of value and year, as people put them beside each other.

``target_2023`` holds the printed value in the row's ``unit``; ``target_2023_comparator`` says how to read it, and
``target_2023_to`` is the upper end of a range. A value of no known year stands in ``target``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from extract.errors import OutputError
from normalize.schema import column_names
from normalize.typed import Value, read_typed

#: What a row is about. Rows that differ in any of these are no rows about one thing.
SUBJECT = (
    "document_id", "indicator_id", "table_no", "seq", "domain", "name", "is_core", "property", "component", "unit", "per",
    "polarity",
)  # fmt: skip
OFFICES = ("responsible_units", "lead_units", "support_units")
#: The columns of a value, by the ending of their names.
PARTS = {"": "value", "_comparator": "comparator", "_to": "value_to"}

# No database and no program for statistics takes many more.
_MOST_COLUMNS = 1500


class ValueColumn(NamedTuple):
    """A column of values: its name, the column of ``indicators`` that it holds (``part``), and of which kind and year."""

    name: str
    part: str
    kind: str
    year: int | None


def value_columns(folder: Path) -> list[ValueColumn]:
    """The columns of values that the package's indicators fill, in order.

    Raises ``OutputError`` for more columns than programs take.
    """
    names = column_names("indicators")
    kind, period = names.index("value_kind"), names.index("period")
    parts = {ending: names.index(part) for ending, part in PARTS.items()}
    filled = {
        (row[period] or 0, row[kind], ending)
        for row in read_typed(folder, "indicators")
        for ending, place in parts.items()
        if row[kind] and row[place] is not None
    }
    if len(filled) > _MOST_COLUMNS:
        raise OutputError(str(folder), f"the indicators are of {len(filled)} years and kinds", "use indicators.csv")
    order = list(PARTS)
    columns = []
    for year, value_kind, ending in sorted(filled, key=lambda item: (item[0], item[1], order.index(item[2]))):
        name = f"{value_kind}_{year}{ending}" if year else f"{value_kind}{ending}"
        columns.append(ValueColumn(name, PARTS[ending], str(value_kind), int(str(year)) if year else None))
    return columns


def wide_rows(folder: Path) -> Iterator[list[Value]]:
    """The names of the columns, then the rows, in the order in which their first values stand."""
    columns = value_columns(folder)
    names = column_names("indicators")
    at = {name: place for place, name in enumerate(names)}
    yield [*SUBJECT, *(name for name, *_ in columns), *OFFICES]
    slots = {(source, kind, year): place for place, (_, source, kind, year) in enumerate(columns, len(SUBJECT))}
    for _, rows in groupby(read_typed(folder, "indicators"), key=lambda row: row[0]):
        found: dict[tuple[Value, ...], list[Value]] = {}
        for row in rows:
            subject = tuple(row[at[name]] for name in SUBJECT)
            wide = found.setdefault(subject, [*subject, *[None] * len(columns), *(row[at[name]] for name in OFFICES)])
            for source in PARTS.values():
                year = row[at["period"]]
                place = slots.get((source, str(row[at["value_kind"]]), int(str(year)) if year else None))
                if place is not None and row[at[source]] is not None:
                    wide[place] = row[at[source]]
        yield from found.values()
