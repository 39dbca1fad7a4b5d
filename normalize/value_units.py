"""The unit of a number: what its cell prints, or what is given outside it (column, name, heading, caption)."""

from __future__ import annotations

from decimal import Decimal

from normalize import units
from normalize.column_values import IN_BRACKETS, Item
from normalize.measures import is_one_measure

#: A remark on a value: code, message and severity of a check.
Note = tuple[str, str, str]


def single_unit(unit: str) -> str:
    """A unit given for a cell; nothing where it is a list of several (亿元、%)."""
    return unit if is_one_measure(unit) or "、" not in unit else ""


def settle_unit(item: Item, outer: str) -> tuple[str, str, list[Note]]:
    """The unit of a number: the cell's own before the one given outside it; why it can't be told; and what to remark.

    >>> from decimal import Decimal
    >>> settle_unit(Item(0, 3, Decimal("1.8"), unit="万"), "人次")[:2], settle_unit(Item(0, 3, Decimal("1.8")), "万人次")[:2]
    (('万人次', ''), ('万人次', ''))
    >>> settle_unit(Item(0, 3, Decimal("1.8"), unit="万"), "万人次")[1]
    'the scale 万 is printed in the cell and in its unit 万人次'
    """
    own = item.unit
    notes: list[Note] = []
    if item.change:
        if not own and outer and units.dimension(outer) != "rate":
            return outer, f"{item.change} and a number without unit: a share or an amount", notes
        notes.append(("value_is_change", f"the cell says a change ({item.change}), not a level", "warning"))
    if item.scope and item.scope != IN_BRACKETS:
        notes.append(("value_with_words", f"words in the cell limit its number: {item.scope}", "info"))
    several = "、" in outer or "," in outer
    if not own:
        if several:
            return "", f"the unit is one of several: {outer}", notes
        return outer, "", notes
    if own in units.SCALES:
        if not outer or several:
            return own, "", notes
        if units.split_scale(outer)[1] != 1:
            return outer, f"the scale {own} is printed in the cell and in its unit {outer}", notes
        if units.dimension(outer) in ("rate", "ratio"):
            return outer, f"the scale {own} does not go with the unit {outer}", notes
        return own + outer, "", notes
    if outer and not several and own != outer and not item.change:
        one, other = units.to_base(Decimal(1), own)[1], units.to_base(Decimal(1), outer)[1]
        if one != other:
            notes.append(("units_disagree", f"the cell says {own}, its row or heading {outer}", "warning"))
        else:
            notes.append(
                ("units_disagree", f"the cell says {own}, its row or heading {outer}: the cell's is taken", "info")
            )
    return own, "", notes
