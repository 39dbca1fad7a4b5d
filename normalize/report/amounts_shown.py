"""Amounts for people: ≥85%, 50 → 60 元, ↓ ≥60%."""

from __future__ import annotations

from normalize.report.package_files import TextRow

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}
# An arrow and no sign: at least 60 % less is not ≥ −60 %.
_KINDS = {"increase": "↑ ", "decrease": "↓ "}
_CLOSE = ("%", "‰", "℃")


def show_amount(row: TextRow) -> str:
    """The amount of a row of ``indicators`` or ``commitments``, in the unit that it is printed in.

    >>> row = {"comparator": ">=", "value": "85", "value_to": "90", "unit": "%"}
    >>> show_amount(row), show_amount(row | {"comparator": "=", "value_to": "", "unit": "万人次"})
    ('≥85–90%', '85 万人次')
    >>> show_amount(row | {"baseline": "50", "kind": "change", "value_to": "", "unit": "元"})
    '50 → ≥85 元'
    >>> show_amount(row | {"kind": "decrease", "value_to": ""})
    '↓ ≥85%'
    """
    if not row["value"]:
        return ""
    number = _SIGNS.get(row["comparator"], "") + row["value"]
    if row["value_to"]:
        number += f"–{row['value_to']}"
    if row.get("baseline"):
        number = f"{row['baseline']} → {number}"
    return _KINDS.get(row.get("kind", ""), "") + with_unit(number, row["unit"])


def show_side(row: TextRow, side: str) -> str:
    """The value of one side (``a``, ``b``) of a row of a comparison, in base units; else the cell as printed, if there is one."""
    value = row[f"value_{side}"]
    if not value:
        return row.get(f"value_text_{side}", "")
    return with_unit(_SIGNS.get(row[f"comparator_{side}"], "") + value, row["base_unit"] or row[f"unit_{side}"])


def with_unit(number: str, unit: str) -> str:
    return number + unit if not unit or unit.startswith(_CLOSE) else f"{number} {unit}"
