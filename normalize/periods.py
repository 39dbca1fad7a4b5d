"""Time phrases of a promise: when it is due, over which period it runs, how often it is kept."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

_CN = "一二三四五六七八九十"
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN}])"
_TO_DAY = r"(?:\s*(?:-{1,2}|[—–~至到]{1,2})\s*[0-9]{1,2}\s*[日号])?"
# 2026年春节前: no day that a calendar of months knows.
_EVENT = r"(?:春节|元旦|五一|国庆节?|中秋节?|中考|高考|汛期|主汛期|暑期|暑假|寒假|雨季|供暖季|采暖季|[春秋]季学期)(?:来临|开学|到来)?之?前"
_BEFORE = r"(?:之前|以前|前|内|之内|以内|期间|间|起|以来)?"

#: 每年, 每两年, 每季度, 年均 …
FREQUENCY = (
    r"每(?:周|星期)[一二三四五六日天](?:[、和至]周?[一二三四五六日天])*(?![次个场批期轮])|"
    r"每(?:个)?(?:[两二三四五0-9]{1,2}个?)?(?:年度?|半年|半个?月|季度?|月|周|星期|天|日|旬|学年|学期|班次|届)(?!均)"
    r"|(?<!每)(?:年|月|季|周|日)均(?!入托率|客流|流量|浓度|气温|温度|降[水雨])|逐年|按月|按季度?|按年"
)
OFTEN = re.compile(FREQUENCY)

#: One time phrase as it stands at the start of a clause or before a verb.
PERIOD = rf"""(?:
    (?:力争|确保|争取)?(?:截至|截止|从|自|在|到|至|于)?\s*
    (?:
        {_YEAR}\s*年?\s*(?:-{{1,2}}|[—–~至到]{{1,2}})\s*{_YEAR}\s*年(?:期间)?
      | {_YEAR}\s*年{_EVENT}
      | {_YEAR}\s*年(?:度)?(?:[底末]|初(?!步)|中(?=[前,，]|期)|年底|年末|上半年|下半年|第?[一二三四1-4]季度末?|\s*{_MONTH}\s*月(?:份|底|末|初|中旬|上旬|下旬)?(?:\s*[0-9]{{1,2}}\s*[日号]{_TO_DAY})?|[春秋]季(?:学期)?)?{_BEFORE}
      | (?:今年|明年|本年度|本年|当年|年内|今明两年|今后[{_CN}两0-9]{{1,2}}年|未来[{_CN}两0-9]{{1,2}}年)(?:年?[底末初])?{_BEFORE}
      | 前[一二两三]个?季度|前(?:[0-9]{{1,2}}|[{_CN}两])个月|(?<![0-9]){_MONTH}\s*(?:-{{1,2}}|[—–~至到]{{1,2}})\s*{_MONTH}\s*月份?
      | (?:全年|年度内|上半年[、和及]下半年|(?<![半0-9一二两三四五六七八九十])年内|(?<![上去半])年[底末中]|上半年|下半年|第?[一二三四1-4]季度末?|规划期(?:内|末)?|[{_CN}两0-9]{{1,2}}年内){_BEFORE}
      | (?<![0-9]){_MONTH}\s*月[底末份]?(?:[、和]{_MONTH}\s*月[底末份]?)+(?=各)
      | (?<![0-9]){_MONTH}\s*月(?:份|底|末|初|中旬|上旬|下旬)?(?:\s*[0-9]{{1,2}}\s*[日号]{_TO_DAY})?{_BEFORE}
      | “?十[三四五六]五”?(?!前[一二两三四]年)(?:期间|时期|期末|末|以来)?
    )
)"""

_PERIOD = re.compile(PERIOD, re.VERBOSE)
_DUE = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*年)?(?:(?P<month>{_MONTH})\s*月)?(?P<part>上半年|下半年|第?[一二三四1-4]季度|底|末|初|上旬|中旬|下旬|年底|年末)?(?:\s*(?P<day>[0-9]{{1,2}})\s*[日号])?"
)
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12}
_FIVE_YEAR_PLANS = {"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030), "十六五": (2031, 2035)}


@dataclass(frozen=True, slots=True)
class Period:
    """A time phrase as printed, the last year it names (``None`` where it names none), and whether it runs on.

    ``carries`` is true for 到2027年 and 2023年底前, which hold for the clauses that follow; 全年 and 年底 hold for their own.
    """

    text: str
    year: int | None
    carries: bool


def match_period(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The time phrase that begins at ``start``."""
    match = _PERIOD.match(folded, start, end)
    return match if match and match.end() > start else None


@lru_cache(maxsize=1024)
def read_period(text: str) -> Period:
    """A matched time phrase as a ``Period``.

    >>> read_period("到2027年"), read_period("全年")
    (Period(text='到2027年', year=2027, carries=True), Period(text='全年', year=None, carries=False))
    """
    years = re.findall(_YEAR, text)
    year = int(years[-1]) if years else None
    for name, (_, last) in _FIVE_YEAR_PLANS.items():
        if name in text:
            year = last
    named = re.sub("^(?:力争|确保|争取)", "", text.strip())
    return Period(named, year, year is not None or text.endswith(("前", "之前", "以前")))


@lru_cache(maxsize=1024)
def due_date(text: str, year: int | None) -> str:
    """The ISO date by which a promise with this time phrase is due; empty where the phrase names no end.

    ``year`` is the notice's own, for phrases that name none.

    >>> due_date("2024年6月底前", 2023), due_date("年底前", 2023), due_date("到2027年", None), due_date("全年", 2023)
    ('2024-06-30', '2023-12-31', '2027-12-31', '')
    """
    for name, (_, last) in _FIVE_YEAR_PLANS.items():
        if name in text:
            return f"{last}-12-31"
    if re.search(_EVENT, text):
        return ""
    if re.search("(?:月[底末份]?|季度?|半年)[、和及]|[一二三四]、[二三四]", text):
        # 6月、12月各开展1次: no one day.
        return ""
    years = re.findall(_YEAR, text)
    if years:
        year = int(years[-1])
        text = text[text.rindex(years[-1]) :]
    elif "明年" in text and year is not None:
        year += 1
    elif re.fullmatch(r"(?:全年|今年|本年|当年|本年度|年度内|今明两年|.*[年]以内|[今未][后来].*)(?:内|期间|间)?", text):
        return ""
    if year is None or text.endswith(("起", "以来", "年初")) or re.fullmatch(r".*(?:[一二两三四五六七八九十半]|(?<![0-9])[0-9]{1,2})年(?:之)?内|[一二两三四五六七八九十0-9]{1,2}年(?:时间)?间?", text):
        return ""
    tail = re.sub(rf"^{_YEAR}\s*年?", "", text)
    # 4月15日至20日, 1—9月: the last of them.
    tail = re.sub(r"(月\s*)[0-9]{1,2}\s*[日号]\s*[-—–~至到]{1,2}\s*(?=[0-9]{1,2}\s*[日号])", r"\1", tail)
    tail = re.sub(rf"^{_MONTH}\s*[-—–~至到]{{1,2}}\s*(?={_MONTH}\s*月)", "", tail)
    if match := re.search(rf"前(?:(?P<quarters>[一二两三])个?季度|(?P<months>[0-9]{{1,2}}|[{_CN}两])个月)", tail):
        number = match["quarters"] or match["months"]
        count = {**_NUMERALS, "两": 2}.get(number) or int(number)
        month = count * 3 if match["quarters"] else count
        return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}" if 1 <= month <= 12 else ""
    if match := re.search(
        rf"(?P<month>{_MONTH})\s*月(?P<part>[底末初]|[上中下]旬)?(?:份)?(?:\s*(?P<day>[0-9]{{1,2}})\s*[日号])?", tail
    ):
        month = _NUMERALS.get(match["month"]) or int(match["month"])
        last = calendar.monthrange(year, month)[1]
        day = int(match["day"]) if match["day"] else {"上旬": 10, "中旬": 20}.get(match["part"] or "", last)
        return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else ""
    if match := re.search(r"第?([一二三四1-4])季度", tail):
        quarter = _NUMERALS.get(match[1]) or int(match[1])
        return f"{year:04}-{quarter * 3:02}-{calendar.monthrange(year, quarter * 3)[1]}"
    if "上半年" in tail or "年中" in tail:
        return f"{year:04}-06-30"
    return f"{year:04}-12-31"


def split_times(text: str) -> list[str]:
    """The times of a list, each as it would stand alone.

    >>> split_times("2026年、2028年"), split_times("一、二季度"), split_times("3月底、6月底前")
    (['2026年', '2028年'], ['一季度', '二季度'], ['3月底', '6月底前'])
    """
    times = re.split("[、和及]到?", text) if text else []
    return [f"{time}季度" if re.fullmatch("第?[一二三四]", time) else time for time in times]


def plan_years(text: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan that a phrase names: 十五五 → (2026, 2030)."""
    return next((span for name, span in _FIVE_YEAR_PLANS.items() if name in text), None)
