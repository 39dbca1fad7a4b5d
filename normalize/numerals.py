"""The ledger: every numeral of the canonical text in exactly one row, with what it is.

A numeral is a run of digits with its separators and decimals (1,234.5), or a Chinese numeral that another table uses as a
quantity. Whoever understood a numeral claims it; what nobody claims is ``other`` and is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.model import Notice
from normalize import units
from normalize.contexts import Claim
from normalize.numbers import Number, find_chinese_years, find_digits


@dataclass(frozen=True, slots=True)
class Owned:
    """A claim and the row that holds its numerals: ``row_table`` and ``row_id`` are empty where none does."""

    claim: Claim
    row_table: str = ""
    row_id: str = ""


def mark_taken(length: int, claims: Iterable[Claim]) -> bytearray:
    """One byte a character of the text, 1 where a claim lies."""
    taken = bytearray(length + 1)
    for claim in claims:
        taken[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
    return taken


def find_numerals(notice: Notice, owned: Sequence[Owned], counted: Iterable[Number]) -> list[dict[str, Any]]:
    """The rows of ``numerals`` in reading order.

    ``owned`` is in falling order of right: where two claims meet on one numeral, the earlier in the list has it.
    ``counted`` are the Chinese numerals that stand for quantities; the digits are found here.
    """
    text, folded = notice.text, notice.folded
    owner: list[int] = [-1] * (len(folded) + 1)
    for index in range(len(owned) - 1, -1, -1):
        start, end = owned[index].claim.start, min(owned[index].claim.end, len(folded))
        owner[start:end] = [index] * (end - start)
    numbers = {number.start: number for number in find_digits(folded)}
    for number in (*find_chinese_years(folded), *counted):
        if not any(char.isdigit() for char in folded[number.start : number.end]):
            numbers.setdefault(number.start, number)
    rows: list[dict[str, Any]] = []
    last_end = 0
    paragraph, counted_to = 1, 0
    for number in sorted(numbers.values(), key=lambda n: (n.start, -n.end)):
        if number.start < last_end:
            continue
        last_end = number.end
        index = next((i for i in owner[number.start : number.end] if i >= 0), -1)
        item = owned[index] if index >= 0 else Owned(Claim(number.start, number.end, "other"))
        paragraph += text.count("\n", counted_to, number.start)
        counted_to = number.start
        rows.append(
            {
                "start": number.start,
                "end": number.end,
                "surface": text[number.start : number.end],
                "value": units.plain(Decimal(number.value)),
                "class": item.claim.kind,
                "row_table": item.row_table,
                "row_id": item.row_id,
                "paragraph": paragraph,
            }  # fmt: skip
        )
    return rows
