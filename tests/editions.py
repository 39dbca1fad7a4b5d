"""Notices made in a test, as sides of a comparison: rows with every column, from the few cells that matter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from normalize.editions import Edition, read_edition
from normalize.indicator_names import denominator, polarity
from normalize.schema import Row, column_names
from normalize.units import to_base


def make_indicator(number: int, name: str, value: str, unit: str, year: int | str = 2023, **cells: Any) -> Row:
    """A row of ``indicators`` with the serial ``number``; an empty value is none."""
    row: Row = dict.fromkeys(column_names("indicators"), "")
    component = cells.get("component", "")
    indicator = f"i1.{number}"
    row |= {
        "document_id": "notice", "indicator_id": indicator, "table_no": 1, "seq": str(number), "domain": "民生", "name": name,
        "value_id": ":".join(filter(None, (indicator, component, str(year), "target"))), "is_core": False, "period": year,
        "value_kind": "target", "comparator": "=", "unit": unit, "per": denominator(name), "polarity": polarity(name, ["="]),
        "value_text": value, "responsible_units": "某局", "start": number, "end": number + 1,
    }  # fmt: skip
    if value:
        base, base_unit = to_base(Decimal(value), unit)
        row |= {"value": Decimal(value), "base_value": base, "base_unit": base_unit}
    return row | cells


def make_task(number: int, title: str, text: str, **cells: Any) -> Row:
    row: Row = dict.fromkeys(column_names("tasks"), "")
    return row | {
        "document_id": "notice", "task_id": f"t1.{number}", "section_id": "s1", "domain": "民生", "kind": "task", "seq": number,
        "title": title, "text": text, "responsible_units": "某局", "start": number, "end": number + 1,
    } | cells  # fmt: skip


def make_commitment(number: int, action: str, thing: str, value: str, unit: str, **cells: Any) -> Row:
    row: Row = dict.fromkeys(column_names("commitments"), "")
    base, base_unit = to_base(Decimal(value), unit)
    return row | {
        "document_id": "notice", "commitment_id": f"c1.1-{number}", "task_id": "t1.1", "section_id": "s1", "action": action,
        "object": thing, "modality": "binding", "comparator": "=", "value": Decimal(value), "kind": "level", "unit": unit,
        "base_value": base, "base_unit": base_unit, "clause": f"{action}{thing}{value}{unit}", "start": number, "end": number + 1,
    } | cells  # fmt: skip


def make_tables(
    year: int | str, indicators: Sequence[Row] = (), tasks: Sequence[Row] = (), commitments: Sequence[Row] = (), **document: Any
) -> dict[str, list[Row]]:  # fmt: skip
    """Tables of one notice, as ``normalize`` gives them."""
    row: Row = dict.fromkeys(column_names("documents"), "")
    row |= {"document_id": f"notice-{year}", "target_year": year} | document
    return {"documents": [row], "indicators": [*indicators], "tasks": [*tasks], "commitments": [*commitments]}


def make_edition(year: int, *indicators: Row) -> Edition:
    return read_edition(make_tables(year, [row | {"period": year} for row in indicators]), "tables")
