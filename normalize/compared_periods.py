"""Which value of one indicator is held against which of the other: year by year, or each notice's own year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normalize.editions import Edition
from normalize.schema import Row

#: The rows of one indicator and component that hold targets, by year; ``""`` where the table gives none.
Series = Mapping[int | str, Row]


@dataclass(frozen=True, slots=True)
class PeriodPair:
    """Two rows of one indicator, ``None`` where a side has none; ``doubt`` where they are of years that don't compare."""

    one: Row | None
    other: Row | None
    doubt: str = ""


def pair_periods(ours: Series, theirs: Series, edition_a: Edition, edition_b: Edition) -> list[PeriodPair]:
    """The rows to compare.

    Two notices of one year each: the value of a's year with that of b's. A plan and the notice of one of its years: the values of
    that year. Two plans: year by year where they have years in common, else the last with the last.
    """
    if not ours or not theirs:
        return [PeriodPair(_last(ours), _last(theirs))]
    if not edition_a.is_plan and not edition_b.is_plan:
        return [PeriodPair(_of_year(ours, edition_a.year), _of_year(theirs, edition_b.year))]
    common = sorted(ours.keys() & theirs.keys(), key=str)
    if edition_a.is_plan and edition_b.is_plan:
        if not common:
            return [PeriodPair(_last(ours), _last(theirs))]
        every = sorted(ours.keys() | theirs.keys(), key=str)
        return [PeriodPair(ours.get(year), theirs.get(year)) for year in every]
    if common:
        return [PeriodPair(ours[year], theirs[year]) for year in common]
    one, other = _last(ours), _last(theirs)
    years = " is not ".join(str(row["period"] or "unknown") if row else "unknown" for row in (one, other))
    return [PeriodPair(one, other, f"period: {years}")]


def _of_year(series: Series, year: int | None) -> Row | None:
    return series.get(year, None) or _last(series) if year is not None else _last(series)


def _last(series: Series) -> Row | None:
    return series[max(series, key=str)] if series else None
