"""What beside the names speaks for a pair or against it: units, numbers, topic."""

from __future__ import annotations

from decimal import Decimal

from normalize.amounts import Amount, Fit, compare_units
from normalize.results import Cells
from normalize.same_names import ALIKE, Alike, Named, differ_in_denominator, differ_in_scope

# How near two numbers must be where the names alone are not enough: under one topic, and under two; and two rates.
_NEAR, _VERY_NEAR, _NEAR_RATES = Decimal("1.5"), Decimal("1.1"), Decimal("1.25")
# From here on the names of two rates need no near numbers.
_VERY_ALIKE = Decimal("0.90")


def read_amount(row: Cells | None) -> Amount | None:
    """The amount of a row; ``None`` where it holds no number."""
    return Amount.of(row) if row is not None and row["base_value"] != "" else None


def are_new(one: Named, other: Named) -> bool:
    """Whether both names count people or things newly there."""
    return "new" in one.subject.natures & other.subject.natures


def lasts(*amounts: Amount | None) -> bool:
    """Whether one of them counts, or may count, what stays, so that what is new and what is there are two numbers."""
    return any(amount.lasts or not amount.dimension for amount in amounts if amount)


def fit_of_units(one: Amount | None, other: Amount | None, *, new: bool) -> Fit:
    """Whether two amounts are counted by what compares; ``DOUBT`` where one is not known."""
    return compare_units(one, other, are_new=new) if one and other else Fit.DOUBT


def weigh(alike: Alike, fit: Fit, one: Amount | None, other: Amount | None, same_domain: bool) -> Alike:
    """The likeness of two names with what units, numbers and topic make of it: it is kept, or there is a reason against it."""
    if alike.match != "fuzzy":
        return alike
    if fit == Fit.NO:
        return Alike("", alike.similarity, "another unit")
    if alike.similarity == 1:
        return alike
    if fit == Fit.DOUBT or one is None or other is None:
        return Alike("", alike.similarity, "alike by name only, and not the same")
    if one.is_rate:
        is_sure = alike.similarity >= _VERY_ALIKE and not alike.needs_numbers
        is_kept = same_domain and alike.similarity >= ALIKE and (is_sure or one.is_within(_NEAR_RATES, other))
    else:
        is_sure = same_domain and not alike.needs_numbers
        is_kept = is_sure or one.is_within(_NEAR if same_domain else _VERY_NEAR, other)
    return alike if is_kept else Alike("", alike.similarity, "alike by name, and neither topic nor numbers say the same")


def find_doubt(one: Named, other: Named, match: str, *, is_part: bool) -> str:
    """Why numbers of a pair are not like and like, by its names.

    A part of a split or merge has another scope by its nature (``is_part``), and what the user maps has the one the user says.
    """
    is_open = match == "fuzzy" and not is_part
    return differ_in_denominator(one, other) or (differ_in_scope(one, other) if is_open else "")
