"""The indicator table against the prose: which commitments speak of an indicator's value, and whether they agree.

A pair needs one subject, one period and units that compare; a pair that is missed is better than one that is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.amounts import Amount, relation
from normalize.likeness import is_pair, liken
from normalize.results import Cells
from normalize.schema import column_names
from normalize.subjects import make_key
from normalize.table_and_prose import Promise, Target, read_promise, read_targets

# How many indicators a commitment is compared with, and how many commitments one value is paired with.
_CANDIDATES = 20
_PAIRS = 3


@dataclass(frozen=True, slots=True)
class _Pair:
    """A value and a promise by their places, and how well they fit."""

    value: int
    promise: int
    target: int
    level: int
    alike: float
    relation: str


def reconcile(indicators: Sequence[Cells], commitments: Sequence[Cells]) -> list[Cells]:
    """Rows of ``reconciliations`` (without ``document_id``) for rows of ``indicators`` and ``commitments``."""
    values = [row for row in _complete("indicators", indicators) if row["value_kind"] == "target"]
    promised = [row for row in _complete("commitments", commitments) if row["kind"] != "ratio"]
    if not values or not promised:
        return []
    targets = read_targets(values)
    objects = {row["commitment_id"]: make_key(row["object"]) for row in promised}
    promises = [read_promise(row, objects) for row in promised]
    years = _years_ahead(indicators)
    amounts = [Amount.of(row) for row in values]
    index = _index(targets)
    pairs = [
        pair
        for number, promise in enumerate(promises)
        for place in _candidates(promise, index)
        for pair in _compare(place, targets[place], number, promise, values, amounts, years)
    ]
    return [
        {
            "value_id": values[pair.value]["value_id"],
            "commitment_id": promised[pair.promise]["commitment_id"],
            "indicator_id": values[pair.value]["indicator_id"],
            "relation": pair.relation,
            "similarity": Decimal(f"{pair.alike:.2f}"),
            "indicator_value": values[pair.value]["base_value"],
            "indicator_unit": values[pair.value]["base_unit"],
            "commitment_value": promised[pair.promise]["base_value"],
            "commitment_unit": promised[pair.promise]["base_unit"],
        }
        for pair in _choose(pairs, targets)
    ]


def _years_ahead(indicators: Sequence[Cells]) -> set[int]:
    """The years that the table aims at; one whose results stand beside its targets is over."""
    years: dict[str, set[int]] = defaultdict(set)
    for row in indicators:
        if str(row.get("period", "")).isdigit():
            years[row["value_kind"]].add(int(row["period"]))
    return years["target"] - years["actual"] or years["target"]


def _complete(table: str, rows: Sequence[Cells]) -> list[Cells]:
    """The rows that hold a number, with every column of their table."""
    blank = dict.fromkeys(column_names(table), "")
    return [blank | row for row in rows if row.get("base_value", "") != ""]


def _bigrams(core: str) -> set[str]:
    return {core[place : place + 2] for place in range(len(core) - 1)}


def _index(targets: Sequence[Target]) -> dict[str, list[int]]:
    """The targets by the pairs of characters in their names."""
    index = defaultdict(list)
    for place, target in enumerate(targets):
        for pair in set().union(*(_bigrams(name.core) for name in target.names)):
            index[pair].append(place)
    return index


def _candidates(promise: Promise, index: dict[str, list[int]]) -> list[int]:
    """The targets that share most pairs of characters with a promise, most first."""
    shared: Counter[int] = Counter()
    for pair in sorted(set().union(*(_bigrams(name.core) for name in promise.names))):
        shared.update(index.get(pair, ()))
    return [place for place, _ in shared.most_common(_CANDIDATES)]


def _compare(
    place: int, target: Target, number: int, promise: Promise,
    values: Sequence[Cells], amounts: Sequence[Amount], years: set[int],
) -> Iterator[_Pair]:  # fmt: skip
    """The pairs of one promise with the rows of one target."""
    if promise.action_of_part and promise.action_of_part not in target.names[0].key:
        return
    if promise.is_change_of_rate and (not promise.amount.is_rate or not target.names[0].rate):
        return
    likenesses = [
        likeness
        for ours in target.names_for(promise)
        for theirs in promise.names
        if (likeness := liken(ours, theirs, target.domain)) is not None
    ]
    if not likenesses:
        return
    best = max(likenesses, key=lambda likeness: (likeness.level, likeness.alike))
    for year, rows in target.rows.items():
        for value in rows:
            if is_pair(best, promise, amounts[value], year, years):
                verdict = relation(amounts[value], promise.amount, values[value]["polarity"])
                yield _Pair(value, number, place, best.level, best.alike, verdict)


def _choose(pairs: Sequence[_Pair], targets: Sequence[Target]) -> list[_Pair]:
    """Of the pairs of a promise those with its best target, of the pairs of a value its few best; in reading order."""
    by_promise: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_promise[pair.promise].append(pair)
    by_value: dict[int, list[_Pair]] = defaultdict(list)
    for found in by_promise.values():
        top = max((pair.level, pair.alike, pair.relation == "equal") for pair in found)
        kept = [pair for pair in found if (pair.level, pair.alike) == top[:2]]
        if top[2] and len({targets[pair.target].names[0].key for pair in kept}) > 1:
            kept = [pair for pair in kept if pair.relation == "equal"]
        # Two indicators that fit alike: which one is meant can't be said.
        if len({targets[pair.target].names[0].key for pair in kept}) == 1:
            for pair in kept:
                by_value[pair.value].append(pair)
    chosen = []
    for found in by_value.values():
        level = max(pair.level for pair in found)
        found = sorted((pair for pair in found if pair.level == level), key=lambda pair: (-pair.alike, pair.promise))
        chosen += found[:_PAIRS]
    return sorted(chosen, key=lambda pair: (pair.value, pair.promise))
