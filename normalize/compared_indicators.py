"""The indicators of two notices, one beside the other: rows of ``comparison`` without ids of rows and documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.folding import fold_key
from normalize.amounts import Amount, Fit
from normalize.compared_periods import PeriodPair, Series, pair_periods
from normalize.directions import Judgement, judge, read_polarity
from normalize.editions import Edition
from normalize.evidence import are_new, find_doubt, fit_of_units, lasts, read_amount, weigh
from normalize.mapping import Entry, Rule, settle
from normalize.matching import Candidate
from normalize.pairing import Pairing, Side, find_pairings
from normalize.results import Cells
from normalize.same_names import Named, liken_names, read_named
from normalize.schema import Row
from normalize.units import dimension

# Serials farther apart than this are far apart.
_FARTHEST = 50
_SERIAL = re.compile("[0-9]{1,6}")


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
        near = None if pairing.nearest is None else (theirs if other is None else ours)[pairing.nearest]
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
        series = {
            row["period"] or edition.year or "": row for row in rows if row["value_kind"] == "target"
        }
        found.append(Indicator(f"{indicator}:{component}" if component else indicator, first, named, series, is_rate))
    # Components of one cell start together; they stand in it in their order.
    return sorted(
        found, key=lambda item: (item.first["start"], item.first["value_text"].find(item.first["component"]), item.key)
    )


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
    period = pair_periods(one.series, other.series, edition_a, edition_b)[0]
    amount_a, amount_b = read_amount(period.one), read_amount(period.other)
    fit = fit_of_units(amount_a, amount_b, new=are_new(one.named, other.named))
    row_a, row_b = one.first, other.first
    same_domain = bool(row_a["domain"]) and fold_key(row_a["domain"]) == fold_key(row_b["domain"])
    alike = liken_names(one.named, other.named, lasts=lasts(amount_a, amount_b))
    alike = weigh(alike, fit, amount_a, amount_b, same_domain)
    support = 3 * same_domain + 2 * (fit == Fit.YES) + bool(one.offices & other.offices)
    return Candidate(alike, support, _nearness(row_a, row_b), same_domain and fit == Fit.YES)


def _nearness(one: Row, other: Row) -> int:
    serials = [row["seq"] for row in (one, other) if _SERIAL.fullmatch(row["seq"])]
    if one["table_no"] != other["table_no"] or len(serials) < 2:
        return 0
    return max(_FARTHEST - abs(int(serials[0]) - int(serials[1])), 0)


def _rows(
    pairing: Pairing, one: Indicator | None, other: Indicator | None, near: Indicator | None,
    edition_a: Edition, edition_b: Edition, has_marks: bool,
) -> list[Cells]:  # fmt: skip
    """The rows of a pair, one for each pair of years, or the one row of an indicator alone."""
    series_a, series_b = one.series if one else {}, other.series if other else {}
    cells: Cells = {"component": _component(one, other), **pairing.cells()}
    for side, item in (("a", one), ("b", other)):
        first = item.first if item else {}
        cells[f"indicator_id_{side}"] = first.get("indicator_id", "")
        cells |= {f"{column}_{side}": first.get(column, "") for column in ("seq", "name", "domain")}
    if near is not None:
        cells |= {"nearest_id": near.first["indicator_id"], "nearest_name": near.first["component"] + near.first["name"]}
    if one and other:
        cells["offices_changed"] = one.offices != other.offices if one.offices and other.offices else ""
        cells["core_changed"] = one.first["is_core"] != other.first["is_core"] if has_marks else ""
    periods = pair_periods(series_a, series_b, edition_a, edition_b)
    return [
        cells
        | {"comparison_id": _id(one, other, period, len(periods) > 1)}
        | _values(period)
        | _judge(pairing, one, other, period).cells()
        for period in periods
    ]


def _component(one: Indicator | None, other: Indicator | None) -> str:
    return next((item.first["component"] for item in (one, other) if item and item.first["component"]), "")


def _id(one: Indicator | None, other: Indicator | None, period: PeriodPair, are_many: bool) -> str:
    years = {str(row["period"]) for row in (period.one, period.other) if row} if are_many else set()
    return "~".join(item.key if item else "" for item in (one, other)) + "".join(f":{year}" for year in sorted(years))


def _values(period: PeriodPair) -> Cells:
    return {
        f"{column}_{side}": row[column] if row else ""
        for side, row in (("a", period.one), ("b", period.other))
        for column in ("period", "comparator", "unit", "value_text")
    }


def _judge(pairing: Pairing, one: Indicator | None, other: Indicator | None, period: PeriodPair) -> Judgement:
    if one is None or other is None:
        row = period.one or period.other
        found = judge(period.one, period.other, "")
        unit = row["base_unit"] if row else ""
        return Judgement(found.value_a, found.value_b, unit, reason=pairing.reason)
    doubts = [period.doubt, find_doubt(one.named, other.named, pairing.match, is_part=pairing.is_part)]
    if pairing.is_part:
        if not (one.is_rate and other.is_rate):
            doubts.append(f"{pairing.kind}: a part is not the whole")
        elif one.named.subject.rate != other.named.subject.rate:
            doubts.append(f"{pairing.kind}: {one.named.subject.rate} is not {other.named.subject.rate}")
    polarity = read_polarity([one.named.plain, other.named.plain], [row for row in (period.one, period.other) if row])
    doubt = "; ".join(filter(None, doubts))
    return judge(period.one, period.other, polarity, doubt=doubt, are_new=are_new(one.named, other.named))
