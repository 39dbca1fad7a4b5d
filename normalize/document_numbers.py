"""Document numbers (发文字号): 某政办发〔2023〕18号, 某政发[2005]10号, 国务院令第123号; damaged ones are told apart.

Positions are offsets into folded text (``extract.folding.fold``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalize import vocabulary

_HAN = r"[\u4e00-\u9fff]"
_OPEN, _CLOSE = r"[〔\[(【﹝〖]", r"[〕\])】﹞〗]"
_YEAR = r"(?:19|20)[0-9]{2}"
# The part of a number that can't be missed; who issues it is looked for before it, which keeps the search linear.
_CORE = re.compile(
    rf"""
    {_OPEN}\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}\s*(?:第\s*)?[0-9]{{1,5}}(?:-[0-9]{{1,3}})?\s*号
    | (?P<order>令|公告|通告)\s*\(?\s*(?:(?P<order_year>{_YEAR})\s*年\s*)?第\s*[0-9]{{1,5}}\s*号\)?
    """,
    re.VERBOSE,
)
_AGENCY = re.compile(rf"{_HAN}{{2,24}}(?:\({_HAN}{{1,6}}\)(?:{_HAN}{{1,4}})?)?\s*$")
_REACH = 40
# Brackets, 号 or digits are lost, or the year has digits that belong elsewhere.
_DAMAGED = re.compile(
    rf"{_HAN}{{1,12}}[发办函字规政委改]{_HAN}{{0,2}}\s*{_OPEN}?\s*[0-9]{{3,9}}\s*{_CLOSE}?\s*(?:第\s*)?[0-9]{{0,5}}\s*号?"
)
_NOTHING = re.compile(r"[-—–/\\\s无]*")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """``text[start:end]`` is a document number; ``year`` is the one in its brackets, ``None`` where it has none."""

    start: int
    end: int
    year: int | None


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> Iterator[PrintedNumber]:
    """Every document number in running text, from the agency's short name to 号.

    >>> text = "根据某政发[2005] 10号和《规定》(市政府令第193号),参照省办函〔2018〕14 号"
    >>> [text[number.start : number.end] for number in find_numbers(text)]
    ['某政发[2005] 10号', '市政府令第193号', '省办函〔2018〕14 号']
    """
    last = start
    for match in _CORE.finditer(folded, start, len(folded) if end is None else end):
        before = folded[max(last, match.start() - _REACH) : match.start()]
        agency = _AGENCY.search(before)
        if agency is None:
            continue
        begin = match.start() - len(before) + agency.start()
        begin += _lead(agency[0].rstrip(), begin > 0 and folded[begin - 1] in "号》)")
        stop = match.end()
        if folded[stop - 1] == ")" and "(" not in folded[begin:stop]:
            stop -= 1
        last = stop
        year = match["year"] or match["order_year"]
        yield PrintedNumber(begin, stop, int(year) if year else None)


def is_number(folded: str) -> bool:
    """Whether a text is a document number and nothing else.

    >>> [is_number(text) for text in ("某政办发〔2023〕18号", "(某府令第5号)", "某政办发2023 18号", "2023年第5号")]
    [True, True, False, False]
    """
    text = folded.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if len(text) > 80:
        return False
    match = _CORE.search(text)
    return bool(match and match.end() == len(text) and _AGENCY.fullmatch(text[: match.start()]))


def is_damaged_number(folded: str) -> bool:
    """Whether a text is what is left of a document number: a bracket, 号 or digits lost, or a year of five digits.

    >>> [is_damaged_number(text) for text in ("某政办发〔20231〕8号", "某政办发2023 18号", "某政办发〔2023〕18", "某政办发〔2023〕18号")]
    [True, True, True, False]
    """
    text = folded.strip()
    return len(text) <= 80 and bool(_DAMAGED.fullmatch(text)) and not is_number(text)


def says_nothing(folded: str) -> bool:
    """Whether the value of a field stands for none: 无, /, -."""
    return bool(_NOTHING.fullmatch(folded))


def _lead(agency: str, is_joined: bool) -> int:
    """How much of the characters before a bracket is the sentence and not the agency: 根据 in 根据某政发.

    An agency may begin with 和 (of a place); after 号 or 》 it is the conjunction.
    """
    begin = 0
    for match in _before_number().finditer(agency):
        if len(agency) - match.end() >= 2:
            begin = match.end()
    if is_joined and begin == 0 and agency[0] in "和及与" and len(agency) > 3:
        begin = 1
    return begin


@cache
def _before_number() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("before_numbers"))
