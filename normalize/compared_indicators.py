"""The indicators of two notices, one beside the other: rows of ``comparison`` without ids of rows and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.folding import fold_key
from normalize.amounts import Amount, Fit, compare_units
from normalize.compared_periods import PeriodPair, Series, pair_periods
from normalize.directions import judge, read_polarity
from normalize.editions import Edition
from normalize.joint_names import find_joined
from normalize.mapping import Settled
from normalize.matching import Candidate, Matching, find_candidates, match_rows
from normalize.results import Cells
from normalize.same_names import Alike, Named, liken_names, read_named
from normalize.schema import Row

# How near the numbers of a count must be where the names alone are not enough, under one topic and under two.
_NEAR, _VERY_NEAR = "1.5", "1.1"


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator and component: ``first`` is its first row, ``series`` its targets by year."""

    key: str
    first: Row
    named: Named
    series: Series
    amount: Amount | None = field(compare=False)

    @property
    def offices(self) -> frozenset[str]:
        """Who answers for it, leading or not: 牵头单位 of one year may be 责任单位 of the next."""
        units = "、".join((self.first["responsible_units"], self.first["lead_units"]))
        return frozenset(fold_key(unit) for unit in units.split("、") if unit)
