"""Rows that are short because a merged cell was printed once: which columns their cells belong to."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.cell_kinds import fits
from normalize.column_roles import OFFICE_ROLES, Column

#: Wider tables, and rows that lack more, are not put in order.
WIDEST = 30
_MOST_MISSING = 4
_MAY_LACK = ("domain", "subdomain", *OFFICE_ROLES, "group_serial", "note", "people", "property")


def find_places(texts: Sequence[str], columns: Sequence[Column]) -> list[int] | None:
    """The columns that the cells of a short row belong to, in order; ``None`` where two ways are as good.

    >>> columns = [Column(index, role, "") for index, role in enumerate(("domain", "serial", "name", "value"))]
    >>> find_places(["2", "普惠托位占比", "80"], columns)
    [1, 2, 3]
    """
    missing = len(columns) - len(texts)
    if not 0 < missing <= _MOST_MISSING or len(columns) > WIDEST:
        return None
    may_lack = [column.index for column in columns if column.role in _MAY_LACK]
    found: list[tuple[float, list[int]]] = []

    def place(position: int, lacking: int, taken: list[int], score: float) -> None:
        if position == len(columns):
            found.append((score, taken))
            return
        at = len(taken)
        if at < len(texts):
            verdict = fits(columns[position].role, texts[at]) if columns[position].role else None
            place(position + 1, lacking, [*taken, position], score + (0 if verdict is None else 1 if verdict else -2))
        if lacking and position in may_lack:
            place(position + 1, lacking - 1, taken, score)

    place(0, missing, [], 0.0)
    whole = sorted((item for item in found if len(item[1]) == len(texts)), key=lambda item: -item[0])
    if not whole or len(whole) > 1 and whole[0][0] - whole[1][0] < 1:
        return _trailing(texts, columns, whole)
    return whole[0][1]


def _trailing(
    texts: Sequence[str], columns: Sequence[Column], ways: Sequence[tuple[float, list[int]]]
) -> list[int] | None:
    """Where cells fit in place, and only the last are missing, they stay there."""
    in_place = list(range(len(texts)))
    best = max((score for score, _ in ways), default=0.0)
    return in_place if any(taken == in_place and score == best for score, taken in ways) else None
