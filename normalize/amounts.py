"""Amounts of table and prose made comparable: 套 and 套(间), % and ‰, 人 and 人次 of people newly counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache

from extract.folding import fold
from normalize import units, vocabulary
from normalize.results import Cells

# What is counted by these happens and is over; of other things there is a number that is there and one that is new.
_PASSING = {"occasions", "visits"}
_PEOPLE_OR_VISITS = {"people", "visits"}


class Fit(IntEnum):
    """Whether two things compare. ``DOUBT``: only if all else agrees."""

    NO = 0
    DOUBT = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, or a range, in the common unit of its group; ``groups`` holds more than one for 套(间)."""

    value: Decimal
    value_to: Decimal
    unit: str
    per: str
    groups: frozenset[str]
    dimension: str

    @classmethod
    def of(cls, row: Cells) -> Amount:
        """The amount of a row of ``indicators`` or ``commitments``, which has a ``base_value``."""
        unit, _, per = fold(row["base_unit"]).partition("/")
        known = [_groups()[part] for part in _parts(unit) if part in _groups()]
        factor = known[0][1] if known else Decimal(1)
        value = row["base_value"] * factor
        value_to = (
            value if row["value_to"] == "" else row["value_to"] * units.split_scale(fold(row["unit"]))[1] * factor
        )
        groups = frozenset(group for group, _ in known)
        return cls(value, value_to, unit, per or row["per"], groups, units.dimension(unit))

    @property
    def is_rate(self) -> bool:
        return self.dimension == "rate"

    @property
    def lasts(self) -> bool:
        """Whether what is counted stays, so that what is new and what is there are two numbers."""
        return not self.is_rate and not self.groups & _PASSING and self.dimension not in ("time", "score", "ratio", "")

    def digits(self) -> int:
        """How many digits of the value say something: 2 for 85000, 4 for 495100."""
        return len(self.value.normalize().as_tuple().digits)

    def is_telling(self) -> bool:
        """Whether another amount that is the same is hardly so by chance: 83.5 % and 1350 are, 95 % and 20 are not."""
        if self.is_rate:
            return self.digits() > 2 or (self.digits() == 2 and self.value % 5 != 0)
        return self.digits() > 2 or (self.digits() == 2 and self.value >= 100)

    def equals(self, other: Amount) -> bool:
        return self.value == other.value and self.value_to == other.value_to

    def is_within(self, factor: Decimal, other: Amount) -> bool:
        """Whether the larger of two values is at most ``factor`` times the smaller."""
        low, high = sorted((self.value, other.value))
        return low > 0 and high <= low * factor or low == high


def compare_units(one: Amount, other: Amount, *, are_new: bool) -> Fit:
    """Whether two amounts may be held against each other. ``are_new``: both count people or things newly there."""
    if one.unit == other.unit or one.groups & other.groups:
        return Fit.YES
    if not one.unit or not other.unit:
        return Fit.DOUBT
    if one.groups | other.groups == _PEOPLE_OR_VISITS:
        return Fit.YES if are_new else Fit.DOUBT
    # 个 counts anything: 培训4500个 and 培训4500人次.
    if "个" in (one.unit, other.unit) and one.dimension == other.dimension == "count":
        return Fit.DOUBT
    return Fit.NO


def relation(table: Amount, prose: Amount, polarity: str) -> str:
    """The prose against the table: ``equal``, ``stricter``, ``looser``, or ``differs`` where that can't be said."""
    if table.equals(prose):
        return "equal"
    if not polarity or (prose.value - table.value) * (prose.value_to - table.value_to) < 0:
        return "differs"
    is_more = prose.value > table.value or prose.value_to > table.value_to
    return "stricter" if is_more == (polarity == "higher") else "looser"


def _parts(unit: str) -> list[str]:
    """A unit and, of 套(间), its two."""
    return [unit, *(part for part in re.split("[()、]", unit) if part != unit and part)] if _SEVERAL.search(unit) else [unit]


_SEVERAL = re.compile("[()、]")


@cache
def _groups() -> dict[str, tuple[str, Decimal]]:
    return {fold(row["unit"]): (row["group"], Decimal(row["factor"])) for row in vocabulary.entries("comparable_units")}
