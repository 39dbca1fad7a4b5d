"""Numbers in the prose that promise nothing: counts that describe, thresholds, what a rule sets, spans of time."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.conditions import CONDITIONS, by_end
from normalize.counted_nouns import COUNTED_NOUNS
from normalize.number_in_clause import NumberInClause, Rule
from normalize.quantities import Quantity


def class_of_unpromised(folded: str, quantities: Sequence[Quantity], index: int, start: int, end: int, before_it: str = "") -> str:
    """The class of a quantity that is no commitment (``rule``, ``descriptor``, ``date``, ``fact``, ``other``), or empty.

    ``folded[start:end]`` is the clause, ``before_it`` the class of the number before. The rules are asked in their order; the
    first that knows decides.
    """

    def class_of(other: int) -> str:
        return class_of_unpromised(folded, quantities, other, start, end)

    number = NumberInClause(folded, quantities, index, start, end, before_it, class_of)
    is_whole = number.is_final or bool(number.quantity.change_word) or number.quantity.baseline is not None
    rules: tuple[Rule, ...] = (*CONDITIONS, by_end) if is_whole else (*CONDITIONS, *COUNTED_NOUNS)
    for rule in rules:
        found = rule(number)
        if found is not None:
            return found
    return ""
