"""The years that a title names: the year a programme is for, or the first and last year of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from normalize import vocabulary
from normalize.numbers import parse_year

_DIGITS = r"(?:19|20)[0-9]{2}"
_CHINESE = r"[〇零○OoО0一二三四五六七八九]{4}"
_YEAR = rf"(?:{_DIGITS}|{_CHINESE})"
_RANGE = re.compile(
    rf"""(?<![0-9])(?P<first>{_YEAR})\s*(?:年度?)?\s*(?:-{{1,2}}|[—–~至到]{{1,2}})\s*
    (?P<last>{_YEAR})(?:\s*(?:年度?|学年))?(?![0-9])""",
    re.VERBOSE,
)
# A year of an edition, of a number, of a day of the calendar is none that a programme is for.
_ONE = re.compile(
    rf"""(?<![0-9])(?P<year>{_DIGITS}|{_CHINESE}(?=\s*年))\s*
    (?: 年度?(?!\s*(?:远景|[0-9]{{1,2}}\s*月|第?\s*[0-9]+\s*号|版|本|修订|修正))
      | (?=\s*(?!年)[\u4e00-\u9fff“](?!版|本|修订)) )""",
    re.VERBOSE,
)
_FIVE_YEARS = re.compile(r"“?十(?P<n>[一二三四五六七])五”?(?:期间|时期)?|第十(?P<m>[一二三四五六七])个五年")
_JOINT = re.compile(r"[和、及与至到\s]*")
_THIS_YEAR = re.compile(r"年度|本年|今年|全年")


@dataclass(frozen=True, slots=True)
class Years:
    """``target`` of a year's programme, ``first`` and ``last`` of a plan; ``several`` where years compete."""

    target: int | None = None
    first: int | None = None
    last: int | None = None
    several: tuple[int, ...] = ()


def year_spans(folded: str) -> list[tuple[int, int]]:
    """Where a title names years, ranges as one stretch."""
    ranges = [match.span() for match in _RANGE.finditer(folded)]
    ones = [match.span() for match in _ONE.finditer(folded)]
    return ranges + [(start, end) for start, end in ones if not any(first <= start < last for first, last in ranges)]


def read_years(title: str) -> Years:
    """The years of a folded title.

    >>> read_years("2026年某县工作要点").target, read_years("二〇二六年民生实事").target
    (2026, 2026)
    >>> years = read_years("某区实施方案(2023—2027年)")
    >>> years.target, years.first, years.last
    (None, 2023, 2027)
    >>> read_years("2022年工作总结和2023年工作要点").target, read_years("某县养老服务“十四五”规划").first
    (2023, 2021)
    """
    ranges = [(parse_year(match["first"]), parse_year(match["last"])) for match in _RANGE.finditer(title)]
    ranges = [(first, last) for first, last in ranges if first < last <= first + 30]
    rest = _RANGE.sub("", title)
    matches = list(_ONE.finditer(rest))
    ones = {parse_year(match["year"]) for match in matches}
    if len(ones) == 1:
        return Years(target=ones.pop())
    if len(ones) > 1:
        ahead = {parse_year(match["year"]) for match in matches if _looks_ahead(rest, match.end(), matches)}
        if len(ahead) == 1:
            return Years(target=ahead.pop())
        return Years(several=tuple(sorted(ones)))
    if len(set(ranges)) == 1:
        return Years(first=ranges[0][0], last=ranges[0][1])
    if ranges:
        return Years(several=tuple(sorted({year for pair in ranges for year in pair})))
    if match := _FIVE_YEARS.search(title):
        first = 1951 + 5 * (10 + "一二三四五六七".index(match["n"] or match["m"]) + 1)
        return Years(first=first, last=first + 4)
    return Years()


def is_of_its_own_year(title: str) -> bool:
    """Whether a title without a year names the work of a year: 年度工作要点."""
    return bool(_THIS_YEAR.search(title))


@cache
def _words(direction: str) -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("title_directions", lambda row: row["direction"] == direction))


def _looks_ahead(title: str, start: int, matches: list[re.Match[str]]) -> bool:
    """Whether what stands between a year and the next names work to come; years that 和 joins share what follows."""
    for match in (*matches, None):
        if match is not None and match.start() < start:
            continue
        part = title[start : match.start()] if match is not None else title[start:]
        if match is None or not _JOINT.fullmatch(part):
            return bool(_words("ahead").search(part)) and not _words("back").search(part)
        start = match.end()
    return False
