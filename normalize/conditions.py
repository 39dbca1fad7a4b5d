"""Rules that tell numbers which promise nothing by the words around them, whether or not a noun follows.

Each takes a number in its clause and gives the class, an empty text for a promise, or ``None`` where it can't tell.
"""

from __future__ import annotations

import re

from normalize import units
from normalize.number_in_clause import NumberInClause
from normalize.phrases import CHANGES, RATE_END
from normalize.strung_numbers import DELIVERY, PART
from normalize.what_is import class_of_what_is, describes_project

RULE = re.compile(
    r"按[^,，。;；]{0,16}核定|单[家户个人次项][^,，。;；0-9]{0,8}不超过|方可|应当(?=在|自|于|按|向|及时|报|缴|提)|扣减|扣除|(?:予以|相应|给予)核减|最高(?:不超过|不高于|限额|可)|(?:奖励|奖补|资助)(?:金额|总额|额度)[^,，。;；]{0,20}?(?:按|不超过|不高于)|罚款|罚金|(?<!行政)处罚(?!事项|清单|案件|裁量|措施)|违约金|滞纳金|给予[^,，。;；]{0,24}(?:奖励|补助|补贴|资助|奖补|支持|扶持|贴息|优惠)|(?:一次性|最高)(?:给予|奖励|补助|补贴|资助|奖补)|给予(?:每[人户])?[0-9一二三四五六七八九十百千万]+元|予以[^,，。;；]{0,20}(?:奖励|补助|补贴|资助|奖补)|按[^,，。;；]{0,20}(?:标准|比例)[^,，。;；]{0,6}(?:给予|补助|补贴|发放|执行|收取|奖励|计算|缴纳)|(?:情节|违法所得|没收违法|拘留|有期徒刑)"
)
# 按2%的比例上调, 按8%的幅度增长: by how much.
BY_RATE = re.compile(rf"的?(?:比例|幅度|速度|增速|标准)?(?:逐年|每年|同步)?(?P<verb>{CHANGES})(?![后前])")
_BY = re.compile(r"按照?(?:不低于|不少于)?$")
_THRESHOLD = re.compile(r"\s{0,4}(?:\([^()]{0,12}\))?\s{0,4}的(?!目标|标准|要求|水平|速度|增速|任务|规模|比例|概率|[\u4e00-\u9fff]{2}任务(?:[,，。;；]|$)|[,，。;；]|$)")


def _what_there_is(number: NumberInClause) -> str | None:
    is_alone = number.is_final and number.verb is None
    return class_of_what_is(number.folded, number.quantity, number.start, number.end, number.prefix, is_alone) or None


def _in_brackets(number: NumberInClause) -> str | None:
    """Inside brackets that say nothing of a part: (80平方米以上)."""
    folded, quantity = number.folded, number.quantity
    opening = folded.rfind("(", number.start, quantity.start)
    if opening < 0 or folded.find(")", opening, quantity.start) >= 0 or PART.match(folded, opening) or DELIVERY.match(folded, opening):
        return None
    return "descriptor" if folded.find(")", quantity.end, number.end) >= 0 else None


_EXCEPT_BEFORE = re.compile(r"(?<![拆清消免解扫排根废删剔扣革])除(?![险尘雪草害湿])[^,，。;；、除]{0,30}$")
_EXCEPT_AFTER = re.compile(r"[^,，。;；、]{0,10}?[以之]?外$")


def _except(number: NumberInClause) -> str | None:
    """除上级补助的3500万元外: what something else comes on top of."""
    return "descriptor" if number.precedes(_EXCEPT_BEFORE) and number.follows(_EXCEPT_AFTER) else None


# 由2.4万亩扩大1.6万亩至4万亩: what it was.
_WAS = re.compile(r"[由从自](?:20[0-9]{2}年的?)?$")
_RISES_BY = re.compile(rf"(?:{CHANGES})[0-9]|翻了?[一两二三四五0-9]?番")
_COMPARED_WITH = re.compile(r"[比较][^,，。;；0-9]{0,4}(?:20[0-9]{2}年[底末]?)?的?$")
# 分两批完成, 分三年实施: how.
_IN_STEPS = re.compile(r"分$")
_CLOCK = re.compile(r"(?:凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|夜间|深夜)$")
_RANKED = re.compile(r"排名|位次|名次")
# 成立由区长任组长、23个部门为成员的领导小组
_MADE_UP_OF = re.compile(r"(?:成立|组建|设立)由[^,，。;；]*$")
# 补贴上限2000元
_CAP = re.compile(r"(?:补贴|补助|奖励|报销|支付|资助)[^,，。;；0-9]{0,6}(?:上限|封顶)(?:为)?$")
# 在重点监测的65家企业中,确保60家达标: of how many.
_OUT_OF = re.compile(r"(?:[\u4e00-\u9fff]{1,12}(?<![初高附]))?中\s*$")


def _manner(number: NumberInClause) -> str | None:
    """Denominators, bases, steps, hours, ranks and caps."""
    if number.mark_before == "每" or _IN_STEPS.search(number.ending) and number.base_unit in ("批", "年", "期", "步", "组", "个阶段", "阶段"):
        return "date" if number.base_unit == "年" else "descriptor"
    if _WAS.search(number.ending) and number.quantity.baseline is None and number.follows(_RISES_BY):
        return "fact"
    if _COMPARED_WITH.search(number.bare) and number.follows(_RISES_BY):
        return "fact"
    if number.base_unit == "点" and _CLOCK.search(number.ending):
        return "date"
    if number.base_unit in ("位", "个位次", "位次", "名次") and _RANKED.search(number.bare):
        return "grade"
    if number.base_unit == "元" and _CAP.search(number.ending):
        return "rule"
    if number.precedes(_MADE_UP_OF) or number.ending.endswith("下设"):
        return "descriptor"
    after = number.folded[number.quantity.end : number.end]
    is_of_all = _OUT_OF.match(after) and (after.strip() == "中" or number.begins("在", "从"))
    return "descriptor" if is_of_all else None


_UNMET = re.compile(r"(?:未能?|没有|未按[^,，。;；]{0,4})(?:达到|达|完成|实现|满)[^,，。;；]{0,16}$")


def _unmet(number: NumberInClause) -> str | None:
    """未达到序时进度80%的单位: a condition, whatever becomes of those."""
    return "rule" if number.follows_words("的") and number.precedes(_UNMET) else None


_GRADED = re.compile(r"(?:及?以[上下])?(?:的)?(?:为|评为|评定为|定为|确定为|认定为)[\u4e00-\u9fff“]")


def _graded(number: NumberInClause) -> str | None:
    """90分以上为优秀: how marks are given."""
    return "rule" if number.base_unit == "分" and number.follows(_GRADED) else None


def _by_rate(number: NumberInClause) -> str | None:
    return "" if number.is_share and number.precedes(_BY) and number.follows(BY_RATE) else None


_DONE_AWAY = re.compile(r"(?:消除|消灭|杜绝|严禁|化解)$")
_OF_WHAT_IS_BAD = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:班|事故|案件|火灾|积案|隐患|欠薪)")


def _done_away(number: NumberInClause) -> str | None:
    """消除56人以上大班额: which classes."""
    return "descriptor" if number.base_unit == "人" and _DONE_AWAY.search(number.bare) and number.follows(_OF_WHAT_IS_BAD) else None


_IN_NAME_OF_RATE = re.compile(r"(?:、[^,，。;；、0-9]{1,8}[0-9]+(?:个?小时|分钟|天))*(?:内|以内)?[\u4e00-\u9fff]{0,6}率")


def _in_name_of_rate(number: NumberInClause) -> str | None:
    """城区5分钟、乡镇20分钟到场率: the times name the rate."""
    is_bare = not (number.prefix.level or number.has_bound)
    return "descriptor" if number.base_unit in ("小时", "分钟", "天") and is_bare and number.follows(_IN_NAME_OF_RATE) else None


def _next_in_rule(number: NumberInClause) -> str | None:
    """分别奖励50万元、20万元: one list, one class."""
    return "rule" if number.before_it == "rule" and number.is_joined_to_previous else None


def _listed_condition(number: NumberInClause) -> str | None:
    """对床位数达到50张、100张、200张的机构: all of them tell which ones."""
    if not number.begins("对", "凡", "符合") or (last := number.last_joined) == number.index:
        return None
    return "descriptor" if _THRESHOLD.match(number.folded, number.quantities[last].end, number.end) else None


_CONDITION = re.compile(r"(?:超过|高于|低于|少于|不足|未达|不到|大于|小于|达到|满)$")
_WHOSE = re.compile(r"的[\u4e00-\u9fff]{2,10}$")
# 支持每名大学生申请不超过20万元贷款: how much each may have.
_CAPPED = re.compile(r"每[名人户家个][^,，。;；]{0,14}申请[^,，。;；0-9]{0,4}(?:不超过|最高)$")
# 每次扣2分, 每人限补1台: what the rules take or allow.
_POINTS = re.compile(r"(?:扣|扣除|扣减|限补|限领|限购|限报|限申报)\s*$")
# 对60日内未办结的信访事项: which ones.
_NOT_DONE_WITHIN = re.compile(r"(?:以?内)?(?:未|没有?)[^,，。;；]{1,10}的")


def _set_by_rule(number: NumberInClause) -> str | None:
    after = number.folded[number.quantity.end : number.end]
    is_rule = (
        # 降尘量不得高于5吨 is a target for what is measured.
        number.prefix.bound_word.startswith(("不得超过", "不得高于", "不得多于")) and not RATE_END.search(number.ending)
        # 进度滞后超过30天的,: what is done then stands behind.
        or after.strip() == "的" and _CONDITION.search(number.bare + number.prefix.bound_word)
        # 对引进200人以上团队的旅行社,按…给予奖励
        or number.begins("对") and number.quantity.comparator and not number.is_share and _WHOSE.search(after)
        or number.precedes(_CAPPED)
        or _POINTS.search(number.bare)
        or number.is_time and number.follows(_NOT_DONE_WITHIN)
    )
    return "rule" if is_rule else None


_OF_SIZE = re.compile(r"(?:设立|组建|成立|发行|发起|建立)(?:总)?规模(?:不低于|不少于|达|约|超)?$")
_FUND = re.compile(r"(?:以上)?的?[\u4e00-\u9fff“”]{0,16}?(?:基金|资金池|债券|贷款)")
_AND_OTHERS = re.compile(r"[\u4e00-\u9fff]{1,6}的[\u4e00-\u9fff]")


def _within_or_among(number: NumberInClause) -> str | None:
    if number.follows_words("范围", "半径"):
        return "descriptor"
    if number.base_unit == "元" and _OF_SIZE.search(number.bare) and number.follows(_FUND):
        return ""  # 设立总规模3亿元的产业基金
    # 至上海、广州等12个城市的专线
    return "descriptor" if number.ending.endswith("等") and number.follows(_AND_OTHERS) else None


# 完成48万平方米的改造任务: what follows is the work that is promised.
_TASK_AFTER = re.compile(r"的[^,，。;；的]{0,10}(?:任务|工作|改造|建设|创建|整治|治理|划分|工程)\s*$")
_SAID_OF_THOSE = re.compile("对|凡|低于|不足|超过|给予")
_TOO_FEW = re.compile("不足|不满|未达|低于|满$")
_OF_PROJECT = re.compile("总投资|总面积|规划|占地|建筑面积")


def _threshold(number: NumberInClause) -> str | None:
    """50张床位以上的机构: which ones, unless a verb governs the number."""
    threshold = number.follows(_THRESHOLD)
    if threshold is None:
        return _strung_threshold(number)
    if number.repeats:
        return ""  # 每月不少于2次的上门服务
    if number.is_share and not _SAID_OF_THOSE.search(number.before):
        return None
    is_governed = number.ends_with_verb or bool(number.prefix.level)
    is_promised = is_governed and threshold.end() < number.end and (not number.prefix.bound_word or number.is_verb_alone_before(number.prefix.stop))
    if is_promised or number.index and number.mark_before in "、和及" and number.follows(_TASK_AFTER):
        return None
    return "rule" if _TOO_FEW.search(number.before) else "descriptor"


def _strung_threshold(number: NumberInClause) -> str | None:
    """总投资11.6亿元、规划床位800张的新院区: the 的 of the last holds for all that are strung together."""
    following = number.following
    if following is None or not number.follows_words("、") or not _THRESHOLD.match(number.folded, following.end, number.end):
        return None
    is_bare = number.verb is None or _OF_PROJECT.search(number.bare)
    return "descriptor" if number.class_of(number.index + 1) and is_bare else None


_IN_TIME = re.compile(r"(?:之?内|以内|前|后|期|以上)")
_ON_END = re.compile(r"连续[\u4e00-\u9fff]{0,6}$")
# 不得高于结算总额的3%: what a rule allows.
_NOT_MORE_OF = re.compile(r"不得(?:高于|超过|多于|大于)[^,，。;；]{2,20}的\s*$")


def _span_of_time(number: NumberInClause) -> str | None:
    quantity, prefix = number.quantity, number.prefix
    if number.before.rstrip().endswith(("满", "工龄", "连续")) or prefix.bound_word in ("不足", "不满", "不到") and not number.is_final:
        return "rule"
    if number.is_time and not prefix.level and not prefix.bound_word:
        at = quantity.end - 1 if quantity.comparator else quantity.end
        if _IN_TIME.match(number.folded[at : quantity.end + 2]) and (number.following or not quantity.comparator or number.base_unit == "年"):
            return "date"
    if number.base_unit == "年" and not prefix.bound_word and quantity.baseline is None and not number.is_final:
        return "date"
    return "rule" if _NOT_MORE_OF.search(number.before) or number.is_time and _ON_END.search(number.before) else None


# 杜绝3人以上事故: what is not to happen is no promise of so many.
_PREVENTED = re.compile(r"(?:杜绝|遏制|严防|避免|防止|防范|不发生|不出现|不漏|未发生)[^,，。;；0-9]{0,12}$")
_SUBSIDY = re.compile(r"(?:奖励|奖补|补助|补贴|资助)$")
_HANDS_OUT = re.compile(r"发放[^,，。;；0-9]{0,10}$")


def _told_by_words_before(number: NumberInClause) -> str | None:
    if number.ending.endswith("方面") and number.base_unit in ("项", "条", "个") and number.is_final or number.precedes(_PREVENTED):
        return "descriptor"
    is_subsidy = number.base_unit == "元" and number.prefix.comparator != ">=" and not number.prefix.level and _SUBSIDY.search(number.ending)
    return "rule" if is_subsidy and not _gives(number) else None


def _gives(number: NumberInClause) -> bool:
    """Whether a verb of giving governs a subsidy (发放补贴1500万元), which else is the verb itself (每户补助2万元)."""
    if _HANDS_OUT.search(number.folded[number.begin : number.prefix.stop]):
        return True
    return number.verb is not None and not _SUBSIDY.fullmatch(number.verb[0])


# 5000万元以上项目, 50张以上民办机构: a measure with a bound before a noun that it does not count.
_MONEY_NOUN = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:投资|资金|贷款|税收|收入|营收|产值|融资|信贷|补贴|补助|消费|销售|债券|专项|奖金|基金|经费|支出)")
_COMPLEMENT = re.compile(r"(?:到|赴|前往|进驻|参加|开展|用于|投入|纳入|完成|实现|达到|建成|享受|接受)")
_NOUN = re.compile("[\u4e00-\u9fff“]")


def _tells_which(number: NumberInClause) -> str | None:
    """床位50张以上机构: with a bound, before a noun that it only tells which of."""
    if number.is_final or number.prefix.per or number.has_each or number.quantity.comparator not in (">=", "<=") or not number.follows(_NOUN):
        return None
    dimension = units.dimension(number.quantity.unit)
    noun = number.folded[number.verb[1] if number.verb else number.begin : number.prefix.stop].strip()
    if len(noun) >= 2 and not number.ends_with_verb and not noun.endswith(("不少于", "至少")):
        is_measure = dimension in ("count", "area", "money", "length", "energy", "mass")
        return "descriptor" if is_measure and not number.follows(_COMPLEMENT) else None
    return "descriptor" if number.base_unit == "元" and not number.follows(_MONEY_NOUN) else None


# 按照每千名老年人配备不少于5张床位的标准: what a promise goes by is not promised itself.
_BY_STANDARD = re.compile(r"(?:按照?|依照|依据|根据|参照|对照)[^,，。;；]{0,20}$")
_STANDARD_AFTER = re.compile(r"(?:[^,，。;；、]{0,40}?|(?:、[^,，。;；、0-9]{1,6}[0-9.]+[万亿]?元){1,4})的?(?:标准(?![化地厂足])|比例|要求|原则|规定|配比)")


def _standard(number: NumberInClause) -> str | None:
    if number.ending.endswith("涉及"):
        return "descriptor"
    return "rule" if number.precedes(_BY_STANDARD) and number.follows(_STANDARD_AFTER) else None


_OWN_PARTS = re.compile(r"(?:年度|主要|核心|重点|具体|工作|目标|发展){0,3}(?:指标|任务|举措|措施|事项|行动)")
_SETS_OUT = re.compile(r"(?:设置|设定|设立|提出|明确|确定|包括|涵盖|部署|制定|形成|梳理|安排|下达|分)(?:了)?[^,，。;；]{0,12}$|对\s*$")
# 设置18项年度指标,其中约束性指标10项: so too; “一网通办”事项1500项 are no parts.
_OWN_PART_BEFORE = re.compile(r"(?<!”)(?:指标|任务|举措|措施|事项)\s*$")
# 对52项任务实行清单化管理: the tasks are those of the notice itself.
_MANAGED = re.compile(r"(?:重点|工作|目标|具体)?(?:任务|事项|工作|指标|措施)(?:实行|实施|进行|逐项|逐一|明确)")
# 分解为16项, 共分5章
_COUNTED_OFF = re.compile(r"(?:分解|细分|划分|细化|归纳|梳理|概括|分)(?:为|成)[^0-9,，。;；]{0,4}$|(?:项目|任务|实事|事项|举措|指标|清单|措施)(?:共|共计|合计|总计)\s*$")


def _parts_of_document(number: NumberInClause) -> str | None:
    """The document counts its own parts; or a number says how large a project is."""
    prefix = number.prefix
    if number.base_unit in ("项", "条", "个", "大类", "类") and number.follows(_OWN_PARTS) and number.precedes(_SETS_OUT):
        return "descriptor"
    is_bare = number.is_final and not number.quantity.comparator and not prefix.level and not prefix.bound_word and number.verb is None
    if number.base_unit == "项" and (is_bare and _OWN_PART_BEFORE.search(number.bare) or number.begins("对") and number.follows(_MANAGED)):
        return "descriptor"
    if describes_project(number.folded, number.quantity, number.start, prefix, number.is_final, number.verb is not None):
        return "descriptor"
    near = max(number.start, number.quantity.start - 12)
    return "descriptor" if _COUNTED_OFF.search(number.folded, near, number.quantity.start) else None


_TO_THOSE = re.compile(r"\s*(?:并|且)?(?:将|对|把|凡是?|符合)")
_BEYOND = re.compile("低于|高于|超过|不足|不满")
_OF_THOSE = re.compile(r"[^,。;]{0,24}的[\u4e00-\u9fff]")


def by_end(number: NumberInClause) -> str | None:
    """With no noun behind it, or with an old value: a promise, unless it counts nothing."""
    quantity, prefix = number.quantity, number.prefix
    is_of_rate = prefix.has_copula and bool(RATE_END.search(number.ending))
    if number.is_final and not quantity.unit and not (prefix.level or number.has_bound or is_of_rate):
        return "other" if not quantity.is_chinese else "descriptor"
    if quantity.is_chinese and quantity.value == 1 and not number.repeats and not number.has_noun:
        return "descriptor"
    is_rule = _TO_THOSE.match(number.folded, number.start, min(number.end, number.start + 6)) and _BEYOND.search(number.before) and number.follows(_OF_THOSE)
    return "rule" if is_rule else ""


#: The rules, in the order in which they are asked.
CONDITIONS = (
    _what_there_is, _in_brackets, _except, _manner, _unmet, _graded, _by_rate, _done_away, _in_name_of_rate, _next_in_rule, _listed_condition, _set_by_rule,
    _within_or_among, _threshold, _span_of_time, _told_by_words_before, _tells_which, _standard, _parts_of_document,
)  # fmt: skip
