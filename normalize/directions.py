"""Two values of one thing: how much more, and whether that is a tighter target or a looser one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.folding import fold, fold_key
from normalize import vocabulary
from normalize.amounts import Amount, Fit, compare_units
from normalize.indicator_names import polarity
from normalize.results import Cells
from normalize.units import dimension, plain

_PERCENT_DIGITS = Decimal("0.01")
_AT_LEAST, _AT_MOST = {">", ">="}, {"<", "<="}
# What is done is counted by these; that more is done is more.
_DONE = ("count", "area", "length", "money", "mass", "volume", "energy", "data")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a value. ``direction`` is ``tightened``, ``loosened``, ``unchanged`` or, with a reason, ``incomparable``."""

    value_a: Decimal | str = ""
    value_b: Decimal | str = ""
    base_unit: str = ""
    change: Decimal | str = ""
    change_percent: Decimal | str = ""
    direction: str = "incomparable"
    reason: str = ""

    def cells(self) -> Cells:
        return {
            "value_a": self.value_a, "value_b": self.value_b, "base_unit": self.base_unit, "change": self.change,
            "change_percent": self.change_percent, "direction": self.direction, "reason": self.reason,
        }  # fmt: skip


def judge(one: Cells | None, other: Cells | None, polarity_known: str, *, doubt: str = "", are_new: bool = False) -> Judgement:
    """The change from one row with a value to another; rows of ``indicators`` or ``commitments``, ``None`` where there is none.

    ``doubt`` says why the two are not like and like, ``are_new`` that both count people or things newly there.
    """
    lacks = "; ".join(
        f"no number in {side}: {row['value_text']}" if row and row.get("value_text") else f"no number in {side}"
        for side, row in (("a", one), ("b", other))
        if row is None or row["base_value"] == ""
    )
    ours, theirs = (Amount.of(row) if row and row["base_value"] != "" else None for row in (one, other))
    if ours is None or theirs is None or one is None or other is None:
        if one and other and one["base_value"] == other["base_value"] == "":
            if one.get("value_text") and fold_key(one["value_text"]) == fold_key(other.get("value_text", "")):
                return Judgement(direction="unchanged")
        return Judgement(
            value_a=one["base_value"] if one and ours else "", value_b=other["base_value"] if other and theirs else "",
            base_unit=one["base_unit"] if one and ours else other["base_unit"] if other and theirs else "",
            reason="; ".join(part for part in (doubt, lacks) if part),
        )  # fmt: skip
    value_a, value_b, unit = _in_one_unit(one, other, ours, theirs)
    if compare_units(ours, theirs, are_new=are_new) != Fit.YES:
        doubt = "; ".join(
            part for part in (doubt, f"units: {one['unit'] or 'none'} is not {other['unit'] or 'none'}") if part
        )
    if doubt:
        return Judgement(value_a, value_b, unit, reason=doubt)
    lower, upper = theirs.value - ours.value, theirs.value_to - ours.value_to
    change = plain(value_b - value_a)
    percent: Decimal | str = ""
    if value_a > 0:
        percent = plain((change / value_a * 100).quantize(_PERCENT_DIGITS))
    direction, reason = _direction(lower, upper, one["comparator"], other["comparator"], polarity_known)
    return Judgement(value_a, value_b, unit, change, percent, direction, reason)


def _direction(lower: Decimal, upper: Decimal, sign_a: str, sign_b: str, polarity_known: str) -> tuple[str, str]:
    """The direction, by how the lower and the upper end of the value moved, and the reason where it has none."""
    signs = {sign_a, sign_b}
    if signs & _AT_LEAST and signs & _AT_MOST:
        return "incomparable", f"bounds: {sign_a} is not {sign_b}"
    if lower == upper == 0:
        return "unchanged", ""
    if lower * upper < 0:
        return "incomparable", "one range lies within the other"
    if not polarity_known:
        return "incomparable", "polarity: whether more or less is better is unknown"
    is_more = lower > 0 or upper > 0
    return ("tightened" if is_more == (polarity_known == "higher") else "loosened"), ""


def _in_one_unit(one: Cells, other: Cells, ours: Amount, theirs: Amount) -> tuple[Decimal, Decimal, str]:
    """Both values and their common unit; the values as they are and no unit where there is none."""
    if fold(one["base_unit"]) == fold(other["base_unit"]):
        return plain(one["base_value"]), plain(other["base_value"]), one["base_unit"]
    groups = ours.groups & theirs.groups
    if not groups:
        return plain(one["base_value"]), plain(other["base_value"]), ""
    unit, factor = _units_of_groups()[min(groups)]
    return plain(ours.value / factor), plain(theirs.value / factor), unit


def read_polarity(names: Iterable[str], rows: Iterable[Cells], *, delivers: bool = False) -> str:
    """Whether more is better (``higher``) or less (``lower``) of what two rows are about; empty where nothing says so.

    What the rows themselves say goes first, then the words of the names and the bounds of the values, and last that of what is
    counted and is to be done (``delivers``, or the name begins with an action) more is more.

    >>> row = {"base_unit": "人次", "comparator": "="}
    >>> read_polarity(["开展技能培训累计数"], [row]), read_polarity(["技能培训累计数"], [row])
    ('higher', '')
    """
    keys, found = [fold_key(name) for name in names], list(rows)
    told: set[str] = {row["polarity"] for row in found if row.get("polarity")}
    if not told:
        signs = [row["comparator"] for row in found]
        told = {word for key in keys if (word := polarity(key, signs))}
    if len(told) == 1:
        return next(iter(told))
    if told or any(row["comparator"] in _AT_MOST for row in found):
        return ""
    are_counts = all(dimension(fold(str(row["base_unit"]))) in _DONE for row in found)
    return "higher" if are_counts and (delivers or any(_action().match(key) for key in keys)) else ""


@cache
def _action() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("actions", lambda row: row["strength"] == "strong"))


@cache
def _units_of_groups() -> dict[str, tuple[str, Decimal]]:
    """The unit that stands for each group of units that compare, the first listed whose factor is nearest to 1, and its factor."""
    found: dict[str, tuple[str, Decimal]] = {}
    for row in vocabulary.entries("comparable_units"):
        factor = Decimal(row["factor"])
        known = found.get(row["group"])
        if known is None or abs(factor - 1) < abs(known[1] - 1):
            found[row["group"]] = (row["unit"], factor)
    return found
