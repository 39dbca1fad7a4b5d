"""Which clauses tell the past: what was done last year is no promise, however many numbers it has."""

from __future__ import annotations

import re
from typing import Any

from normalize.numbers import parse_year
from normalize.periods import plan_years
from normalize.phrases import WHICH_ONES, leading_verb, strip_start

_CN_YEAR = "[〇零○OoО0一二三四五六七八九]{4}"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|{_CN_YEAR})"
_LEADING_YEAR = re.compile(
    rf"\s*(?P<until>截至|截止|到|至|自|从)?\s*(?P<year>{_YEAR})\s*年(?!均)(?P<tail>[底末初度]|[0-9]{{1,2}}月[底末]?)?"
)
_MONTHS = re.compile(rf"\s*(?:今年|本年|(?P<year>{_YEAR})年)(?:[0-9]{{1,2}}月?\s*[-—–~至到]{{1,2}}\s*)?(?P<last>[0-9]{{1,2}})月(?:份)?(?![底末前初起])")
_PAST_START = re.compile(
    r"\s*(?:截至(?:目前|[0-9上去])|截止目前|目前(?!在建)|去年(?!结转|未完成|启动|在建)|上年(?!度?计划|度?结转|度?未完成)|上一年|前年|过去[的一二两三五几0-9]|近[一二两三四五六七八九十0-9几]{1,2}年(?!内)|近年来?|五年来|[三四五]年来"
    r"|“?十三五”?(?:期间|时期|以来)|今年以来|[^,，。；;]{0,6}以来|去冬(?:今春|以来)?|去秋(?:今春|以来)?|此前|长期以来|历年|调查显示|据统计|统计显示|经(?:测算|摸底|排查)|(?:[我全本该][\u4e00-\u9fff]{1,2})?共(?:排查|摸排|发现|查处)|经过[^,，。;；]{1,8}努力|(?:[我全本该][\u4e00-\u9fff]{1,2}|辖区)(?:现有|共有|现辖|下辖|辖有|有(?![望效条关]))|下辖|现有(?![^,，。;；]{0,16}(?:全部|纳入|完成|实现))(?![^,，。;；]{0,12}(?:改造|提升|扩建|更新|整治))|现已|上届|回顾)"
)
# 比上年, 较去年 compare a promise with the past; they don't tell it.
_PLAN_NAMED = re.compile(r"\s*“?十[一二三四五六]五”?(?:期间|时期|以来|末)?")
_PLAN_PART = re.compile(r"\s*“?十[一二三四五六]五”?(?:期间|时期)?前(?P<years>[一二两三四])年")
_PAST_WORD = re.compile(
    r"(?<![比较同于由从自在过到至])(?:去年|上年度?)(?!同期|末|底|基础|水平|平均|增|提|下|翻|实际|的?[0-9.]+%?(?:提高|增加|下降))|已(?!有序|建在建|脱贫|登记失业|备案|签约的|退)(?:经)?(?=[建完达累开实投有覆超成形通招引培发办启安改]|[0-9])|累计已|(?<!实)现有|目前(?!的)|原有"
)
_DONE = re.compile(
    r"(?:建成|完成|新增|实现|开展|举办|达到|获得|荣获|投入|改造|培训|发放|办理|引进|下降|增长|提高|提升|解决|培育|创建|成立|出台)了"
)
_BASIS = re.compile(r"的?(?:基础|前提)(?:上|之上)\s*$")
# 贷款余额1亿元(含上年结转3000万元), 在现有18家基础上再建2家: what is past in these is not what the clause says.
_ASIDE = re.compile(r"\([^()]*\)|在[^,，。;；]{0,30}?(?:基础|前提)(?:上|之上)(?=.)|(?:改造|提升|更新|盘活|整治|利用|升级|支持|扩建|修缮|优化|引导|鼓励|指导|依托|整合)现有|(?:去年|上年度?)(?:的)?(?:结转|未[就完办交]|遗留|启动|开工|奖补)")
# 现有公园5个,新建2个: what there is ends where something is done.
_STOCK = re.compile(r"\s*(?:[我全本该][\u4e00-\u9fff]{1,2}|辖区)?(?:现有|共有|现辖|下辖|辖有|有)")
_PLAN = re.compile(
    r"(?:计划|拟|力争|确保|争取|争创|预计|今年|明年|本年度|年内|年底前|到年底|下一步|[^已]将(?:新|继续|实施|完成|建|达)|要(?:完成|实现|新|达)|目标)"
)
# 累计建成5.6万个,今年再建8000个: a sum of what there is, before what is to come.
_SO_FAR = re.compile(r"[^0-9]{0,8}(?<!到)(?:累计|总计)(?:已|共)?[建完达培开新创引认获][^0-9]|(?:全[县市区镇乡]|[我本][县市区]|辖区)[内]?共(?:已|有)?[建设划配布投有][^0-9]")
_AGAIN = re.compile(r"(?:今年|年内|本年度?)[^,，。;；0-9]{0,4}(?:优化|改造|提升|整治)|(?:今年|年内|本年度?|全年)?(?:计划|拟|将|力争)?再|(?:今年|年内|本年度?)(?:计划|拟|将|力争)?(?:新增|新建|新创|新培育)")
_INTENT = re.compile(r"(?<![比模虚])拟|计划(?!执行)|预计|力争|争取")
#: Section titles under which a document looks back.
REVIEW_TITLE = re.compile(
    r"回顾|工作(?:成效|成绩|情况|进展)|取得(?:的)?(?:成效|成绩|进展)|主要成效|发展成就|完成情况|发展基础|基础条件|工作基础|现状|存在(?:的)?问题|基本情况|形势"
)


def _delivers(folded: str, start: int, end: int) -> bool:
    """Whether a clause says what is done or by when."""
    found: dict[str, Any] = {}
    begin = strip_start(folded, start, end, found)
    return "period" in found or leading_verb(folded, begin, end) is not None


def mark_facts(
    folded: str, clauses: list[tuple[int, int]], year: int | None, is_review: bool = False, told_past: bool = False,
    issued: tuple[int, int] | None = None,
) -> list[bool]:  # fmt: skip
    """For each clause (start, end) of one sentence, whether it tells the past as seen from ``year``.

    ``is_review``: it stands in a section that looks back, or forecasts what no one promises. ``told_past``: the sentence before
    told the past, and this one goes on where it names no other time. ``issued``: the notice's year and month; what a month
    before it brought (今年1—2月) is past. A five-year plan that is over tells what it brought.

    A past year or 去年 at a clause's start holds for the clauses after it, until one names the plan's time or says that
    it plans; 已建成 and 在…的基础上 hold for their own clause.

    >>> text = "去年新建学校3所,改造5所;今年新建2所"
    >>> mark_facts(text, [(0, 8), (9, 13), (14, 20)], 2026)
    [True, True, False]
    """
    if is_review:
        return [True] * len(clauses)
    past, is_stock = told_past, False
    marks: list[bool] = []
    for start, end in clauses:
        clause = folded[start:end]
        own = False
        leading = _LEADING_YEAR.match(clause)
        if issued is not None and (months := _MONTHS.match(clause)) and int(months["last"]) < issued[1] and (
            months["year"] is None or parse_year(months["year"]) == issued[0]
        ):
            past = not _INTENT.search(clause)
        elif leading and year is not None and not WHICH_ONES.match(clause):
            named = parse_year(leading["year"])
            later = [parse_year(y) for y in re.findall(rf"({_YEAR})\s*年", clause)]
            if named < year and max([named, *later]) < year:
                past = not _INTENT.search(clause)
            elif max([named, *later]) >= year:
                # 截至2026年2月 still tells the past where the notice is younger; the words decide below.
                past = False
        elif year is not None and not _PLAN_PART.match(clause) and (plan := _PLAN_NAMED.match(clause)) and (span := plan_years(plan[0])) and span[1] < year:
            past = True
        elif year is not None and (part := _PLAN_PART.match(clause)) and (span := plan_years(part[0])):
            # “十四五”前三年 is over in the fourth.
            past = span[0] + "一二三四".index(part["years"].replace("两", "二")) < year
        elif _PAST_START.match(clause):
            past, is_stock = True, bool(_STOCK.match(clause))
        elif past and is_stock and _delivers(folded, start, end):
            past = False
        elif _PLAN.search(clause):
            past = False
        if _DONE.search(clause):
            past = True
        following = clauses[len(marks) + 1] if len(marks) + 1 < len(clauses) else None
        if following and _SO_FAR.match(clause) and not _PLAN.search(clause) and _AGAIN.match(folded, *following):
            own = True
        bare = _ASIDE.sub("", clause)
        if _BASIS.search(clause) or _PAST_WORD.search(bare) and not _PLAN.search(clause):
            own = True
        marks.append(past or own)
    return marks
