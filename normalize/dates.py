"""Dates of the calendar as notices print them, in digits or in Chinese numerals; a damaged one is told, never guessed.

Positions are offsets into folded text (``extract.folding.fold``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.numbers import parse_year

_CN = "一二三四五六七八九"
_DIGITS = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})"
_TIME = r"(?:\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_DATE = re.compile(
    rf"""
    {_DIGITS}\s*(?P<mark>[-/.年])\s*(?P<month>[0-9]{{1,2}})\s*[-/.月]\s*(?P<day>[0-9]{{1,2}})(?![0-9])\s*[日号]?{_TIME}
    | {_DIGITS.replace("year", "year8")}(?P<month8>[01][0-9])(?P<day8>[0-3][0-9])(?![0-9年.])
    | (?P<cn_year>[〇零○OoО0{_CN}]{{4}})\s*年\s*(?P<cn_month>十[一二]?|元|正|[{_CN}])\s*月
      \s*(?P<cn_day>三十一?|二十[{_CN}]?|十[{_CN}]?|廿[{_CN}]?|[{_CN}])\s*[日号]
    """,
    re.VERBOSE,
)
# What is left of a date that lost its 年, 月 or 日, or whose digits ran together: 2023424, 2023年424日, 2023 4 24.
_DAMAGED = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}\s*年?\s*(?:[0-9]{1,2}\s*月?\s*[0-9]{1,2}|[0-9]{2,4})\s*[日号]?(?![0-9])"
)
_MONTH = re.compile(rf"(?:(?:19|20)[0-9]{{2}}|[〇零○OoО0{_CN}]{{4}})\s*年\s*(?:[0-9]{{1,2}}|十[一二]?|[{_CN}])\s*月")
_DAY_WORDS = str.maketrans({"廿": "二十"})


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """``text[start:end]`` is a date: ``iso`` is ``2023-04-24``, or empty where it is damaged or in no calendar."""

    start: int
    end: int
    iso: str


def find_dates(folded: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """The dates with year, month and day, in order.

    >>> [date.iso for date in find_dates("2023年4月24日 2023- 12- 08 二〇二六年三月十八日 20230504 2023年2月30日")]
    ['2023-04-24', '2023-12-08', '2026-03-18', '2023-05-04', '']
    """
    for match in _DATE.finditer(folded, start, len(folded) if end is None else end):
        yield PrintedDate(match.start(), match.end(), _to_iso(match))


def read_date(folded: str) -> PrintedDate | None:
    """The only date of a short text, damaged or not; ``None`` where it holds none, or two that differ.

    >>> read_date("二○○五年六月十一日").iso, read_date("2023424").iso, read_date("2023年424日").iso, read_date("长期") is None
    ('2005-06-11', '', '', True)
    """
    found = list(find_dates(folded))
    if found:
        return found[0] if len({date.iso for date in found}) == 1 else None
    damaged = _DAMAGED.search(folded)
    return PrintedDate(damaged.start(), damaged.end(), "") if damaged else None


def is_date_line(folded: str) -> bool:
    """Whether a line holds a date and nothing else, in brackets or with a clock time perhaps, or what is left of one.

    >>> [is_date_line(line) for line in ("2023年4月24日", "(二〇二六年三月十八日)", "2023424", "2023年", "2023年4月24日前", "20230")]
    [True, True, True, False, False, False]
    """
    text = re.sub(r"^(?:日期|时间)\s*:\s*", "", folded.strip("()[]〔〕【】 \u3000"))
    return len(text) <= 40 and bool(_DATE.fullmatch(text) or len(text) >= 6 and _DAMAGED.fullmatch(text))


def is_month_line(folded: str) -> bool:
    """Whether a line is a year and a month, as some signatures end: 2024年3月, 二〇二四年三月."""
    return len(folded) <= 12 and bool(_MONTH.fullmatch(folded.strip()))


def _to_iso(match: re.Match[str]) -> str:
    if match["cn_year"]:
        year = parse_year(match["cn_year"])
        month, day = _chinese(match["cn_month"].replace("元", "一").replace("正", "一")), _chinese(match["cn_day"])
    elif match["year8"]:
        year, month, day = (int(match[name]) for name in ("year8", "month8", "day8"))
    else:
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _chinese(text: str) -> int:
    tens, ten, ones = text.translate(_DAY_WORDS).rpartition("十")
    return ((_CN.index(tens) + 1 if tens else 1) * 10 if ten else 0) + (_CN.index(ones) + 1 if ones else 0)
