"""Rules for numbers that a noun follows: 12个镇 may be what is promised, or only say where.

Each takes a number in its clause and gives the class, an empty text for a promise, or ``None`` where it can't tell.
"""

from __future__ import annotations

import re
from functools import cache

from normalize import vocabulary
from normalize.number_in_clause import NumberInClause
from normalize.phrases import verbs
from normalize.strung_numbers import (
    DATED,
    FINISHED,
    MOVED,
    MOVED_FROM,
    NEXT_IN_LIST,
    end_of_list,
    later_number_without_break,
    tells_size,
)

_SPENDS = re.compile(r"(?:发动|动员|投资|投入|安排|筹措|筹集|统筹|争取[^,，。;；]{0,8}资金|选派|派出|招募|下派|抽调|组织)$")
_SENDS = re.compile(r"(?:发动|动员|选派|派出|招募|安排|下派|抽调|组织)$")


def _spent_or_sent(number: NumberInClause) -> str | None:
    """投资2.8亿元新建学校2所: two promises, one after the other."""
    is_people = number.base_unit in ("人", "名", "位", "家", "支") and _SENDS.search(number.ending)
    return "" if _SPENDS.search(number.ending) and (number.base_unit == "元" or is_people) else None


def _of_the_next(number: NumberInClause) -> str | None:
    return "descriptor" if later_number_without_break(number.folded, number.quantities, number.index, number.end) else None


_COVERED = re.compile(r"全覆盖|清零|消除|零(?:增长|发生|事故)|应(?P<each>[\u4e00-\u9fff])尽(?P=each)")
_SAID_OF_ALL = re.compile(rf"{_COVERED.pattern}|全部")
_WHERE_TO = re.compile(r"(?:到|赴|进驻|下沉)\s*$")


def _which_ones(number: NumberInClause) -> str | None:
    quantity, folded = number.quantity, number.folded
    is_bare = not number.is_share and not number.bare.strip()
    tells_which = (
        # 160千瓦及以下小微企业
        is_bare and quantity.comparator == "<=" and not verbs()[1].search(folded, quantity.end, number.end)
        # 200人以上自然村通硬化路全覆盖
        or is_bare and quantity.comparator == ">=" and _SAID_OF_ALL.search(folded, quantity.end, number.end)
        or quantity.value == 100 and number.is_share and number.follows_words("清零", "消除")
        # 安排32名干部到16个村挂职
        or number.previous is not None and _WHERE_TO.search(folded, number.previous.end, quantity.start)
        or number.follows_words("大项", "小项", "分项", "组别")
    )
    return "descriptor" if tells_which else None


_AT_LEAST = re.compile(r"(?:至少|不少于)[^,，。;；0-9]{0,8}$")


def _few(number: NumberInClause) -> str | None:
    quantity = number.quantity
    if not quantity.is_chinese or number.has_bound or number.precedes(_AT_LEAST):
        return None
    if quantity.value <= 10 and number.base_unit in ("个", "种", "大", "类", "方面", "点", "条") and number.verb is None:
        return "descriptor"  # 严把质量标准两个关口: a manner of speaking
    if quantity.value != 1 or number.repeats:
        return None
    # 新建三所小学、一所初中: the second is one of a list of promises.
    previous = number.previous
    is_another = previous is not None and not number.before_it and previous.unit == quantity.unit and previous.is_chinese
    in_list = previous is not None and is_another and NEXT_IN_LIST.fullmatch(number.folded, previous.end, quantity.start)
    return "" if in_list else "descriptor"


_LED = re.compile(r"(?:确保|推动|力促|力争|争取|推进|实现|促进|第[一二三]批|首批|并|其中)+")
_DONE_BY = re.compile(
    rf"[\u4e00-\u9fff()]{{1,14}}?(?:全部|全面|均)?(?:{FINISHED}|纳入|接入|列入|改造为|打造成?为?|升级为|改建为|达到(?=[^0-9,，。;；]{{2,16}}(?:标准|水平|要求|等级)))(?![率度])"
)
_OWN_PART_AFTER = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:指标|任务|举措|措施|事项)")


def _whose_verb_follows(number: NumberInClause) -> str | None:
    """What is counted is the subject, and its verb stands behind: 100所学校完成食堂改造."""
    is_subject = number.near in ("", "把")
    if is_subject and not number.has_bound:
        last = end_of_list(number.folded, number.quantities, number.index)
        if last != number.index:
            return number.class_of(last)  # 4家机构、560张床位实现改造: what becomes of the last becomes of all
    if (is_subject or _LED.fullmatch(number.near)) and number.follows(DATED):
        return ""
    if MOVED_FROM.fullmatch(number.near) and number.follows(MOVED):
        return ""
    if is_subject and number.follows(_DONE_BY):
        is_own = number.base_unit == "项" and number.follows(_OWN_PART_AFTER)
        return "descriptor" if is_own or _COVERED.search(number.folded, number.quantity.end, number.end) else ""
    return None


_SHARE_DOES = re.compile(r"的?(?!基础)[\u4e00-\u9fff“”()、]{2,20}?(?:达到|达标|完成|实现|建成|通过|开展|配备|设立|接入|提供|实行|具备|享受|加入)")


def _as_the_one_before(number: NumberInClause) -> str | None:
    previous = number.previous
    if previous is not None and tells_size(number.folded, previous, number.quantity):
        return "descriptor"
    if previous is not None and number.before_it == "descriptor" and previous.end == number.quantity.start:
        return "descriptor"  # 对412户1268人落实措施
    is_next = previous is not None and not number.folded.startswith(")", previous.end) and not number.near and not number.has_bound and number.mark_before in "、和及"
    if is_next and number.before_it in ("descriptor", "fact"):
        return number.before_it  # 全县7个安置点、2.3万名群众,要做到…
    # 60%的乡镇卫生院达到标准: the share is the promise.
    return "" if number.is_share and number.follows(_SHARE_DOES) else None


_SCOPE_BEFORE = re.compile(
    r"(?:全[区县市省镇国域旗州系]|辖区|现有|共有|上述|上一?年度?|以下|下列|这|那|该|其他|其余|前述|上年度|等|中的?)\s*$"
)


def _within_a_scope(number: NumberInClause) -> str | None:
    """全县60个村: all there are, unless a verb governs them (改造全县60个村卫生室)."""
    scope = _SCOPE_BEFORE.search(number.bare)
    if scope is None or number.ends_with_verb:
        return None
    if scope[0].startswith(("全", "辖区")):
        stop = number.prefix.stop - len(number.bare) + scope.start()
        if number.has_verb_before(stop) or number.is_verb_alone_before(stop):
            return None
    return None if number.ending.endswith("等") and number.verb is not None else "descriptor"


@cache
def _references() -> tuple[str, ...]:
    """Words that refer to what is there already: 用好16条政策, 落实三项制度."""
    return tuple(vocabulary.words("reference_verbs"))


@cache
def _referred() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('reference_verbs')})[^,，。;；、]{{0,14}}$")


def _referred_to(number: NumberInClause) -> str | None:
    if number.has_bound or number.ends_with_verb:
        return None
    refers = _referred().search(number.bare) or number.folded.startswith(_references(), number.begin, number.prefix.stop)
    return "descriptor" if refers else None


def _without_words(number: NumberInClause) -> str | None:
    if not number.quantity.unit:
        return "descriptor" if not (number.has_bound or number.prefix.level) else ""
    if not number.bare.strip() and not number.has_bound and not number.is_time:
        return "" if number.index and number.mark_before in "、和及" else "descriptor"
    return None


#: The rules, in the order in which they are asked.
COUNTED_NOUNS = (
    _spent_or_sent, _of_the_next, _which_ones, _few, _whose_verb_follows, _as_the_one_before, _within_a_scope, _referred_to, _without_words,
)  # fmt: skip
