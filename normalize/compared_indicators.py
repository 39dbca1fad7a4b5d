"""The indicators of two notices, one beside the other: rows of ``comparison`` without ids of rows and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from extract.folding import fold_key
from normalize.amounts import Amount, Fit, compare_units
from normalize.compared_periods import PeriodPair, Series, pair_periods
from normalize.directions import Judgement, judge, read_polarity
from normalize.editions import Edition
from normalize.mapping import Entry, Rule, settle
from normalize.matching import Candidate
from normalize.pairing import Nearest, Pairing, Side, find_pairings
from normalize.results import Cells
from normalize.same_names import ALIKE, Alike, Named, find_doubt, liken_names, read_named
from normalize.schema import Row
from normalize.units import dimension

# How near two numbers must be where the names alone are not enough: under one topic, and under two; and two rates.
_NEAR, _VERY_NEAR, _NEAR_RATES = Decimal("1.5"), Decimal("1.1"), Decimal("1.25")
# From here on the names of two rates need no near numbers.
_VERY_ALIKE = Decimal("0.90")
_FARTHEST = 50


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator and component: ``first`` is its first row, ``series`` its targets by year."""

    key: str
    first: Row
    named: Named
    series: Series
    is_rate: bool

    @property
    def offices(self) -> frozenset[str]:
        """Who answers for it, leading or not: 牵头单位 of one year may be 责任单位 of the next."""
        units = "、".join((self.first["responsible_units"], self.first["lead_units"]))
        return frozenset(fold_key(unit) for unit in units.split("、") if unit)


def compare_indicators(edition_a: Edition, edition_b: Edition, rules: Sequence[Rule]) -> list[Cells]:
    """Rows of ``comparison``: first those of a in its order, then what is new in b."""
    ours, theirs = read_indicators(edition_a), read_indicators(edition_b)

    def liken(a: int, b: int) -> Candidate:
        return _liken(ours[a], theirs[b], edition_a, edition_b)

    side_a, side_b = _side(ours), _side(theirs)
    settled = settle(rules, "indicators", edition_a, edition_b, _entries(ours), _entries(theirs))
    has_marks = all(any(item.first["is_core"] for item in items) for items in (ours, theirs))
    rows = []
    for pairing in find_pairings(side_a, side_b, liken, settled):
        one = None if pairing.a is None else ours[pairing.a]
        other = None if pairing.b is None else theirs[pairing.b]
        near = None
        if pairing.nearest:
            near = (theirs if other is None else ours)[pairing.nearest.place]
        rows += _rows(pairing, one, other, near, edition_a, edition_b, has_marks)
    return rows


def read_indicators(edition: Edition) -> list[Indicator]:
    """The indicators of a notice by component, in reading order."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in edition.rows["indicators"]:
        grouped[row["indicator_id"], row["component"]].append(row)
    found = []
    for (indicator, component), rows in grouped.items():
        first = rows[0]
        is_rate = any(dimension(row["base_unit"] or row["unit"]) == "rate" for row in rows)
        named = read_named(first["name"], component, first["per"] or _per_of(rows), first["unit"], is_rate=is_rate)
        series = {row["period"]: row for row in rows if row["value_kind"] == "target"}
        found.append(Indicator(f"{indicator}:{component}" if component else indicator, first, named, series, is_rate))
    return sorted(found, key=lambda item: (item.first["start"], item.key))


def _per_of(rows: Sequence[Row]) -> str:
    return next((amount.per for row in rows if row["base_value"] != "" and (amount := Amount.of(row)).per), "")


def _side(items: Sequence[Indicator]) -> Side:
    return Side(
        keys=[f"{item.named.whole} {item.key}" for item in items],
        ids=[item.first["indicator_id"] for item in items],
        names=[(item.named.subject.core, item.named.whole) for item in items],
        printed=[item.first["component"] + item.named.printed for item in items],
    )


def _entries(items: Sequence[Indicator]) -> list[Entry]:
    return [
        Entry((item.first["indicator_id"], item.key), item.named.printed, item.named.part)
        for item in items
    ]  # fmt: skip


def _liken(one: Indicator, other: Indicator, edition_a: Edition, edition_b: Edition) -> Candidate:
    """How well an indicator of one notice fits one of the other: by name, unit, topic, offices, numbers, place."""
    row_a, row_b = one.first, other.first
    amount_a, amount_b = _amounts(one, other, edition_a, edition_b)
    lasts = bool(amount_a and amount_b and amount_a.lasts and amount_b.lasts)
    alike = liken_names(one.named, other.named, lasts=lasts)
    same_domain = bool(row_a["domain"]) and fold_key(row_a["domain"]) == fold_key(row_b["domain"])
    if alike.match == "fuzzy":
        alike = _with_numbers(alike, amount_a, amount_b, same_domain)
    same_unit = bool(amount_a and amount_b) and _fit_of_units(amount_a, amount_b, one, other) == Fit.YES
    support = 3 * same_domain + 2 * same_unit + bool(one.offices & other.offices)
    distance = _FARTHEST
    if isinstance(row_a["seq"], int) and isinstance(row_b["seq"], int):
        distance = min(abs(row_a["seq"] - row_b["seq"]), _FARTHEST)
    return Candidate(alike, support, _FARTHEST - distance)
