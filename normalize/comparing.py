"""Notices of several years, one beside the other: which are compared with which, and the rows of the three tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.compared_commitments import compare_commitments
from normalize.compared_indicators import compare_indicators
from normalize.compared_tasks import compare_tasks
from normalize.comparison_schema import tables
from normalize.editions import Edition, EditionError
from normalize.mapping import Rule
from normalize.results import Cells
from normalize.schema import Tables
from normalize.validation import TableError, check_cell

_COMPARE: dict[str, tuple[str, Callable[[Edition, Edition, Sequence[Rule]], list[Cells]]]] = {
    "comparison": ("indicators", compare_indicators),
    "task_comparison": ("tasks", compare_tasks),
    "commitment_comparison": ("commitments", compare_commitments),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tables of a comparison; ``gaps`` are tables that could not be compared, ``notes`` what a person should know."""

    tables: Tables
    gaps: tuple[str, ...]
    notes: tuple[str, ...]


def compare_editions(editions: Sequence[Edition], rules: Sequence[Rule] = ()) -> Comparison:
    """Compare each notice with the next, and a plan with each notice of its years. Raises ``EditionError``, ``MappingError``."""
    if len(editions) < 2:
        raise EditionError("compare", f"{len(editions)} notices were given", "give two or more")
    names = Counter(edition.name for edition in editions)
    if len(editions) > 2 and (twice := [name for name, count in names.items() if count > 1]):
        raise EditionError(twice[0], "is the name of two of the notices", "make extract with ID= another name")
    found: Tables = {name: [] for name in tables()}
    gaps, notes = [], []
    for one, other in find_pairs(editions):
        both = f"{one.name} and {other.name}"
        compared = 0
        for name, (source, compare) in _COMPARE.items():
            empty = [edition.name for edition in (one, other) if not edition.rows[source]]
            if empty:
                # Everything dropped, or everything new, would be a finding about the reading and not about the notices.
                gaps += [f"{both}: {name} has no rows, since {empty[0]} has no {source}"] if len(empty) == 1 else []
                notes += [f"{both}: neither has {source}"] if len(empty) == 2 else []
                continue
            compared += 1
            cells = {"document_id_a": one.name, "document_id_b": other.name}
            blank = dict.fromkeys((column.name for column in tables()[name].columns), "")
            found[name] += [blank | cells | row for row in compare(one, other, rules)]
        if not compared:
            raise EditionError(both, "there is no table that both have rows of", "look at their checks")
        if one.region and other.region and one.region != other.region:
            notes.append(f"{both}: notices of two places, {one.region} and {other.region}")
    _check(found)
    return Comparison(found, tuple(gaps), tuple(notes))


def find_pairs(editions: Sequence[Edition]) -> list[tuple[Edition, Edition]]:
    """Which notices are compared: in the order given, each with the next; of more than two, a plan with the notices of its years."""
    if len(editions) == 2:
        return [(editions[0], editions[1])]
    plans = [edition for edition in editions if edition.is_plan]
    yearly = [edition for edition in editions if not edition.is_plan]
    of_plans = [(plan, edition) for plan in plans for edition in yearly if plan.covers(edition)]
    pairs = [*pairwise(plans), *of_plans, *pairwise(yearly)]
    paired = {id(edition) for pair in pairs for edition in pair}
    if alone := [edition.name for edition in editions if id(edition) not in paired]:
        raise EditionError(alone[0], "is compared with none of the others: no notice of its years is among them", "leave it out")
    return pairs


def _check(found: Tables) -> None:
    """Raise ``TableError`` where rows break the schema: a fault of this program."""
    for name, rows in found.items():
        schema = tables()[name]
        seen = set()
        for number, row in enumerate(rows, 1):
            where = f"{name}, row {number}"
            if row.keys() != {column.name for column in schema.columns}:
                raise TableError(f"{where}: unknown or missing column")
            for column in schema.columns:
                check_cell(row[column.name], column, where)
            key = tuple(row[part] for part in schema.primary_key)
            if key in seen:
                raise TableError(f"{where}: the key {key} stands in an earlier row")
            seen.add(key)
