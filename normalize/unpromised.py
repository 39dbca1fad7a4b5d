"""Numbers in the prose that promise nothing: counts that describe, thresholds, what a rule sets, spans of time."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from normalize import units, vocabulary
from normalize.periods import FREQUENCY
from normalize.phrases import FALLS, RATE_END, REACH, RISES, leading_verb, read_back, strip_start, verbs
from normalize.quantities import TIME_UNITS, Quantity
from normalize.strung_numbers import (
    AFTER_FINAL,
    DATED,
    DELIVERY,
    FINISHED,
    NEXT_IN_LIST,
    PART,
    SEPARATOR,
    end_of_list,
    later_number_without_break,
    tells_size,
)
from normalize.what_is import class_of_what_is, describes_project

_THRESHOLD = re.compile(
    r"\s*(?:\([^()]{0,12}\))?\s*的(?!目标|标准|要求|水平|速度|增速|任务|规模|比例|概率|[,，。;；]|$)"
)
# 完成48万平方米的改造任务: what follows is the work that is promised.
_TASK_AFTER = re.compile(r"的[^,，。;；的]{0,10}(?:任务|工作|改造|建设|创建|整治|治理|划分|工程)\s*$")
# 按照每千名老年人配备不少于5张床位的标准: what a promise goes by is not promised itself.
_BY_STANDARD = re.compile(r"(?:按照?|依照|依据|根据|参照|对照)[^,，。;；]{0,20}$")
_STANDARD_AFTER = re.compile(r"[^,，。;；]{0,40}?的?(?:标准|比例|要求|原则|规定|配比)")
_OCCASIONS = {"次", "场", "场次", "期", "轮", "批", "遍", "届", "回"}
_OWN_PARTS = re.compile(r"(?:年度|主要|核心|重点|具体|工作|目标|发展){0,3}(?:指标|任务|举措|措施|事项|行动)")
_SHARE_DOES = re.compile(r"的?(?!基础)[\u4e00-\u9fff“”()、]{2,20}?(?:达到|达标|完成|实现|建成|通过|开展|配备|设立|接入)")
_LED = re.compile(r"(?:确保|推动|力促|力争|争取|推进|实现|促进|第[一二三]批|首批|并|其中)+")
_OWN_PART_AFTER = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:指标|任务|举措|措施|事项)")
# 设置18项年度指标,其中约束性指标10项: so too.
_OWN_PART_BEFORE = re.compile(r"(?<!”)(?:指标|任务|举措|措施|事项)\s*$")
_SETS_OUT = re.compile(r"(?:设置|设定|设立|提出|明确|确定|包括|涵盖|部署|制定|形成|梳理|安排|下达|分)(?:了)?[^,，。;；]{0,12}$|对\s*$")
_CONDITION = r"(?:超过|高于|低于|少于|不足|未达|不到|大于|小于|达到|满)$"
# 不得高于结算总额的3%: what a rule allows.
_NOT_MORE_OF = re.compile(r"不得(?:高于|超过|多于|大于)[^,，。;；]{2,20}的\s*$")
# 杜绝3人以上事故: what is not to happen is no promise of so many.
_PREVENTED = re.compile(r"(?:杜绝|遏制|严防|避免|防止|防范|不发生|不出现|不漏|未发生)[^,，。;；0-9]{0,12}$")
_SUBSIDY = re.compile(r"(?:奖励|奖补|补助|补贴|资助)$")
_SPENDS = re.compile(r"(?:投资|投入|安排|筹措|筹集|统筹|争取[^,，。;；]{0,8}资金|选派|派出|招募|下派|抽调|组织)$")
_SENDS = re.compile(r"(?:选派|派出|招募|安排|下派|抽调|组织)$")
_DONE_BY = re.compile(
    rf"[\u4e00-\u9fff()]{{1,14}}?(?:全部|全面|均)?(?:{FINISHED}|纳入|接入|列入|改造为|打造成?为?|升级为|改建为|达到(?=[^0-9,，。;；]{{2,16}}(?:标准|水平|要求|等级)))(?![率度])"
)
_COVERED = re.compile(r"全覆盖|清零|消除|零(?:增长|发生|事故)|应(?P<each>[\u4e00-\u9fff])尽(?P=each)")
_SAID_OF_ALL = re.compile(rf"{_COVERED.pattern}|全部")
# 5000万元以上项目, 50张以上民办机构: a measure with a bound before a noun that it does not count.
_MONEY_NOUN = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:投资|资金|贷款|税收|收入|营收|产值|融资|信贷|补贴|补助|消费|销售|债券|专项|奖金|基金|经费|支出)")
# 支持每名大学生申请不超过20万元贷款: how much each may have.
_CAPPED = re.compile(r"每[名人户家个][^,，。;；]{0,14}申请[^,，。;；0-9]{0,4}(?:不超过|最高)$")
_REPEATS = re.compile(rf"{FREQUENCY}|每周[一二三四五六日]")
_OF_SIZE = re.compile(r"(?:设立|组建|成立|发行|发起|建立)(?:总)?规模(?:不低于|不少于|达|约|超)?$")
_FUND = re.compile(r"(?:以上)?的?[\u4e00-\u9fff“”]{0,16}?(?:基金|资金池|债券|贷款)")
# 分解为16项, 共分5章: the document counts its own parts.
_COUNTED_OFF = re.compile(r"(?:分解|细分|划分|细化|归纳|梳理|概括|分)(?:为|成)[^0-9,，。;；]{0,4}$|(?:项目|任务|实事|事项|举措|指标|清单|措施)(?:共|共计|合计|总计)\s*$")
RULE = re.compile(
    r"按[^,，。;；]{0,16}核定|单[家户个人次项][^,，。;；0-9]{0,8}不超过|方可|应当(?=在|自|于|按|向|及时|报|缴|提)|扣减|扣除|核减|最高(?:不超过|不高于|限额|可)|(?:奖励|奖补|资助)(?:金额|总额|额度)[^,，。;；]{0,20}?(?:按|不超过|不高于)|罚款|罚金|(?<!行政)处罚(?!事项|清单|案件|裁量|措施)|违约金|滞纳金|给予[^,，。;；]{0,24}(?:奖励|补助|补贴|资助|奖补|支持|扶持|贴息|优惠)|(?:一次性|最高)(?:给予|奖励|补助|补贴|资助|奖补)|予以[^,，。;；]{0,20}(?:奖励|补助|补贴|资助|奖补)|按[^,，。;；]{0,20}(?:标准|比例)[^,，。;；]{0,6}(?:给予|补助|补贴|发放|执行|收取|奖励|计算|缴纳)|(?:情节|违法所得|没收违法|拘留|有期徒刑)"
)
_SCOPE_BEFORE = re.compile(
    r"(?:全[区县市省镇国域旗州系]|辖区|现有|共有|上述|上一?年度?|以下|下列|这|那|该|其他|其余|前述|上年度|等|中的?)\s*$"
)


@lru_cache(maxsize=1)
def _references() -> tuple[str, ...]:
    """Words that refer to what is there already: 用好16条政策, 落实三项制度."""
    return tuple(vocabulary.words("reference_verbs"))


# 除上级补助的3500万元外: what something else comes on top of.
_EXCEPT_BEFORE = re.compile(r"除[^,，。;；除]{0,30}$")
_EXCEPT_AFTER = re.compile(r"[^,，。;；]{0,10}?[以之]?外(?![包资贸来出部地籍侧围])")
# 未达到序时进度80%的单位: a condition, whatever becomes of those.
_UNMET = re.compile(r"(?:未能?|没有|未按[^,，。;；]{0,4})(?:达到|达|完成|实现|满)[^,，。;；]{0,16}$")
# 90分以上为优秀: how marks are given.
_GRADED = re.compile(r"(?:及?以[上下])?(?:的)?(?:为|评为|评定为|定为|确定为|认定为)[一-鿿“]")
# 消除56人以上大班额: which classes.
_DONE_AWAY = re.compile(r"(?:消除|消灭|杜绝|严禁|化解)$")
_OF_WHAT_IS_BAD = re.compile(r"[一-鿿]{0,4}?(?:班|事故|案件|火灾|积案|隐患|欠薪)")
_FOR_THOSE = ("对", "凡", "符合")
# 城区5分钟、乡镇20分钟到场率: the times name the rate.
_IN_NAME_OF_RATE = re.compile(r"(?:、[^,，。;；、0-9]{1,8}[0-9]+(?:个?小时|分钟|天))*(?:内|以内)?[一-鿿]{0,6}率")
# 按2%的比例上调, 按8%的幅度增长: by how much.
BY_RATE = re.compile(rf"的?(?:比例|幅度|速度|增速|标准)?(?:逐年|每年|同步)?(?P<verb>{'|'.join(sorted(RISES | FALLS, key=len, reverse=True))})(?![后前])")
_BY = re.compile(r"按照?(?:不低于|不少于)?$")
# 每次扣2分, 每人限补1台: what the rules take or allow.
_POINTS = re.compile(r"(?:扣|扣除|扣减|限补|限领|限购|限报|限申报)\s*$")
# 对60日内未办结的信访事项: which ones.
_NOT_DONE_WITHIN = re.compile(r"(?:以?内)?(?:未|没有?)[^,，。;；]{1,10}的")
# 对52项任务实行清单化管理: the tasks are those of the notice itself.
_MANAGED = re.compile(r"(?:重点|工作|目标|具体)?(?:任务|事项|工作|指标|措施)(?:实行|实施|进行|逐项|逐一|明确)")


@lru_cache(maxsize=1)
def _referred() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('reference_verbs')})[^,，。;；、]{{0,14}}$")


def class_of_unpromised(folded: str, quantities: list[Quantity], index: int, start: int, end: int, before_it: str = "") -> str:
    """The class of a quantity that is no commitment, or empty. ``before_it``: the class of the one before."""
    quantity = quantities[index]
    before = folded[max(start, quantity.start - 30) : quantity.start]
    prefix = read_back(folded, start, quantity.start)
    bare = folded[max(start, prefix.stop - 30) : prefix.stop]
    ending = bare.rstrip()
    base_unit = units.split_scale(quantity.unit)[0]
    is_share = base_unit in ("%", "‰", "‱")
    # 每季度开展一次: said of every quarter, even one is a promise.
    repeats = base_unit in _OCCASIONS and bool(_REPEATS.search(folded, start, quantity.start))
    is_final = bool(AFTER_FINAL.match(folded, quantity.end, end)) or quantity.end >= end
    if told := class_of_what_is(folded, quantity, start, end, prefix, is_final and not _phrase_has_verb(folded, start, prefix.stop)):
        return told
    if _brackets_hold(folded, start, quantity.start, quantity.end, end):
        return "descriptor"
    if _EXCEPT_BEFORE.search(folded, start, quantity.start) and _EXCEPT_AFTER.match(folded, quantity.end, end):
        return "descriptor"
    if folded.startswith("的", quantity.end) and _UNMET.search(folded, start, quantity.start):
        return "rule"
    if base_unit == "分" and _GRADED.match(folded, quantity.end, end):
        return "rule"
    if is_share and _BY.search(folded, start, quantity.start) and BY_RATE.match(folded, quantity.end, end):
        return ""
    if base_unit == "人" and _DONE_AWAY.search(bare) and _OF_WHAT_IS_BAD.match(folded, quantity.end, end):
        return "descriptor"
    if base_unit in ("小时", "分钟", "天") and not (prefix.level or prefix.bound_word or quantity.comparator) and _IN_NAME_OF_RATE.match(folded, quantity.end, end):
        return "descriptor"
    if index and before_it == "rule" and quantity.unit == quantities[index - 1].unit and folded[quantities[index - 1].end : quantity.start] in ("、", "和", "或"):
        return "rule"
    if folded.startswith(_FOR_THOSE, start) and (last := _last_of_kind(folded, quantities, index)) != index and _THRESHOLD.match(folded, quantities[last].end, end):
        # 对床位数达到50张、100张、200张的机构: all of them tell which ones.
        return "descriptor"
    if prefix.bound_word.startswith(("不得超过", "不得高于", "不得多于")):
        return "rule"
    if folded[quantity.end : end].strip() == "的" and re.search(_CONDITION, bare + prefix.bound_word):
        # 进度滞后超过30天的,: what is done then stands behind.
        return "rule"
    if folded.startswith("对", start) and quantity.comparator and not is_share and re.search(r"的[\u4e00-\u9fff]{2,10}$", folded[quantity.end : end]):
        return "rule"  # 对引进200人以上团队的旅行社,按…给予奖励
    if _CAPPED.search(folded, start, quantity.start):
        return "rule"
    if _POINTS.search(bare) or base_unit in TIME_UNITS and _NOT_DONE_WITHIN.match(folded, quantity.end, end):
        return "rule"
    if folded.startswith(("范围", "半径"), quantity.end):
        return "descriptor"
    if base_unit == "元" and _OF_SIZE.search(bare) and _FUND.match(folded, quantity.end, end):
        return ""  # 设立总规模3亿元的产业基金
    if ending.endswith("等") and re.match(r"[\u4e00-\u9fff]{1,6}的[\u4e00-\u9fff]", folded[quantity.end : end]):
        return "descriptor"  # 至上海、广州等12个城市的专线
    if threshold := _THRESHOLD.match(folded, quantity.end, end):
        if repeats and base_unit in _OCCASIONS:
            return ""  # 每月不少于2次的上门服务
        governed = _ends_with_verb(folded, start, prefix.stop) or bool(prefix.level)
        if not (is_share and not re.search(r"对|凡|低于|不足|超过|给予", before)) and not (
            governed
            and threshold.end() < end
            and (not prefix.bound_word or _is_verb_alone(folded, start, prefix.stop))
            or index
            and folded[quantity.start - 1] in "、和及"
            and _TASK_AFTER.match(folded, quantity.end, end)
        ):
            return "rule" if re.search(r"不足|不满|未达|低于|满$", before) else "descriptor"
    elif index + 1 < len(quantities) and folded[quantity.end : quantity.end + 1] == "、":
        # 总投资11.6亿元、规划床位800张的新院区: the 的 of the last holds for all that are strung together.
        following = quantities[index + 1]
        if _THRESHOLD.match(folded, following.end, end) and class_of_unpromised(
            folded, quantities, index + 1, start, end
        ):
            if not _phrase_has_verb(folded, start, prefix.stop) or re.search(r"总投资|总面积|规划|占地|建筑面积", bare):
                return "descriptor"
    if before.rstrip().endswith(("满", "工龄", "连续")) or (
        prefix.bound_word in ("不足", "不满", "不到") and not is_final
    ):
        return "rule"
    if (
        base_unit in TIME_UNITS
        and not prefix.level
        and not prefix.bound_word
        and re.match(
            r"(?:之?内|以内|前|后|期|以上)",
            folded[quantity.end - 1 : quantity.end + 2]
            if quantity.comparator
            else folded[quantity.end : quantity.end + 2],
        )
    ):
        if index + 1 < len(quantities) or quantity.comparator == "" or base_unit == "年":
            return "date"
    if base_unit == "年" and not prefix.bound_word and quantity.baseline is None and not is_final:
        return "date"
    if _NOT_MORE_OF.search(before):
        return "rule"
    if base_unit in TIME_UNITS and re.search(r"连续[\u4e00-\u9fff]{0,6}$", before):
        return "rule"
    if ending.endswith("方面") and base_unit in ("项", "条", "个") and is_final:
        return "descriptor"
    if _PREVENTED.search(folded, start, quantity.start):
        return "descriptor"
    if base_unit == "元" and prefix.comparator != ">=" and not prefix.level and _SUBSIDY.search(ending) and not _delivers(folded, start, prefix.stop):
        return "rule"
    if not is_final and not prefix.per and _tells_which(folded, quantity, base_unit, start, prefix.stop, end):
        return "descriptor"
    if ending.endswith("涉及"):
        return "descriptor"
    if _BY_STANDARD.search(folded, start, quantity.start) and _STANDARD_AFTER.match(folded, quantity.end, end):
        return "rule"
    if base_unit in ("项", "条", "个", "大类", "类") and (
        _OWN_PARTS.match(folded, quantity.end, end) and _SETS_OUT.search(folded, start, quantity.start)
        or is_final and base_unit == "项" and _OWN_PART_BEFORE.search(bare) and not quantity.comparator and not prefix.level and not prefix.bound_word and not _phrase_has_verb(folded, start, prefix.stop)
    ):
        return "descriptor"
    if base_unit == "项" and _MANAGED.match(folded, quantity.end, end) and folded.startswith("对", start):
        return "descriptor"
    if describes_project(folded, quantity, start, prefix, is_final):
        return "descriptor"
    if _COUNTED_OFF.search(folded, max(start, quantity.start - 12), quantity.start):
        return "descriptor"
    if is_final or quantity.change_word or quantity.baseline is not None:
        is_of_rate = prefix.has_copula and bool(RATE_END.search(ending))
        if is_final and not quantity.unit and not (prefix.level or prefix.bound_word or quantity.comparator or is_of_rate):
            return "other" if not quantity.is_chinese else "descriptor"
        if quantity.is_chinese and quantity.value == 1 and not repeats and not _has_noun(folded, start, prefix.stop):
            return "descriptor"
        if (
            re.match(r"\s*(?:并|且)?(?:将|对|把|凡是?|符合)", folded[start:end][:6])
            and re.search(r"低于|高于|超过|不足|不满", before)
            and re.match(r"[^,。;]{0,24}的[\u4e00-\u9fff]", folded[quantity.end : end])
        ):
            return "rule"
        return ""
    # From here on a noun follows the number: 12个镇.
    has_bound = bool(quantity.comparator or prefix.bound_word)
    if _SPENDS.search(ending) and (
        base_unit == "元" or base_unit in ("人", "名", "位") and _SENDS.search(ending)
    ):
        # 投资2.8亿元新建学校2所: two promises, one after the other.
        return ""
    if later_number_without_break(folded, quantities, index, end):
        return "descriptor"
    if quantity.comparator == "<=" and not is_share and not bare.strip() and not verbs()[1].search(folded, quantity.end, end):
        # 160千瓦及以下小微企业: which ones.
        return "descriptor"
    if quantity.comparator == ">=" and not is_share and not bare.strip() and _SAID_OF_ALL.search(folded, quantity.end, end):
        # 200人以上自然村通硬化路全覆盖: so too.
        return "descriptor"
    if quantity.value == 100 and is_share and folded.startswith(("清零", "消除"), quantity.end):
        return "descriptor"
    if index and re.search(r"(?:到|赴|进驻|下沉)\s*$", folded[quantities[index - 1].end : quantity.start]) and not is_final:
        return "descriptor"  # 安排32名干部到16个村挂职
    if folded.startswith(("大项", "小项", "分项", "组别"), quantity.end):
        return "descriptor"
    few = quantity.is_chinese and quantity.value <= 10 and base_unit in ("个", "种", "大", "类", "方面", "点", "条")
    if few and not (quantity.comparator or prefix.bound_word or _phrase_has_verb(folded, start, prefix.stop)):
        # 严把质量标准两个关口: a manner of speaking.
        return "descriptor"
    if quantity.is_chinese and quantity.value == 1 and not (quantity.comparator or prefix.bound_word or repeats):
        # 新建三所小学、一所初中: the second is one of a list of promises.
        is_another = index > 0 and not before_it and quantities[index - 1].unit == quantity.unit and quantities[index - 1].is_chinese
        in_list = is_another and NEXT_IN_LIST.fullmatch(folded, quantities[index - 1].end, quantity.start)
        return "" if in_list else "descriptor"
    near = SEPARATOR.split(bare)[-1].strip()
    if near in ("", "把") and not has_bound and (last := end_of_list(folded, quantities, index)) != index:
        # 4家机构、560张床位实现改造: what becomes of the last becomes of all.
        return class_of_unpromised(folded, quantities, last, start, end)
    if (near in ("", "把") or _LED.fullmatch(near)) and DATED.match(folded, quantity.end, end):
        return ""
    if near in ("", "把") and _DONE_BY.match(folded, quantity.end, end):
        # 100所学校完成食堂改造: the subject is counted, and its verb follows.
        is_own = base_unit == "项" and _OWN_PART_AFTER.match(folded, quantity.end, end)
        return "descriptor" if is_own or _COVERED.search(folded, quantity.end, end) else ""
    if index and tells_size(folded, quantities[index - 1], quantity):
        return "descriptor"
    if index and before_it == "descriptor" and quantities[index - 1].end == quantity.start:
        return "descriptor"  # 对412户1268人落实措施
    if not near and index and not has_bound and before_it in ("descriptor", "fact") and folded[quantity.start - 1] in "、和及":
        return before_it  # 全县7个安置点、2.3万名群众,要做到…
    if is_share and _SHARE_DOES.match(folded, quantity.end, end):
        # 60%的乡镇卫生院达到标准: the share is the promise.
        return ""
    scope = _SCOPE_BEFORE.search(bare)
    if scope and scope[0].startswith(("全", "辖区")) and (
        _ends_with_verb(folded, start, prefix.stop - len(bare) + scope.start())
        or _verb_alone_before(folded, start, prefix.stop - len(bare) + scope.start())
    ):
        # 改造全县60个村卫生室
        scope = None
    if scope and not _ends_with_verb(folded, start, prefix.stop):
        if not (ending.endswith("等") and _phrase_has_verb(folded, start, prefix.stop)):
            return "descriptor"
    if (
        (_referred().search(bare) or _begins_with_reference(folded, start, prefix.stop))
        and not has_bound
        and not _ends_with_verb(folded, start, prefix.stop)
    ):
        return "descriptor"
    if not quantity.unit:
        return "descriptor" if not (has_bound or prefix.level) else ""
    if not bare.strip() and not has_bound and base_unit not in TIME_UNITS:
        return "" if index and folded[quantity.start - 1] in "、和及" else "descriptor"
    return ""


def _last_of_kind(folded: str, quantities: list[Quantity], index: int) -> int:
    """The last of the numbers of one unit from ``index`` on that nothing but 、 and 和 parts."""
    while index + 1 < len(quantities) and quantities[index + 1].unit == quantities[index].unit:
        if folded[quantities[index].end : quantities[index + 1].start] not in ("、", "和", "或", "及"):
            break
        index += 1
    return index


def _delivers(folded: str, start: int, stop: int) -> bool:
    """Whether a verb of giving governs a subsidy (发放补贴1500万元), which else is the verb itself (每户补助2万元)."""
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    verb = leading_verb(folded, begin, stop)
    if re.search(r"发放[^,，。;；0-9]{0,10}$", folded[begin:stop]):
        return True
    return verb is not None and verb[0] not in ("奖励", "奖补", "补助", "补贴", "资助") and not _SUBSIDY.fullmatch(verb[0])


def _tells_which(folded: str, quantity: Quantity, base_unit: str, start: int, stop: int, end: int) -> bool:
    """Whether a number with 以上 or 以下 stands before a noun that it only tells which of: 床位50张以上机构."""
    if quantity.comparator not in (">=", "<=") or not re.match("[\u4e00-\u9fff“]", folded[quantity.end : end]):
        return False
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    verb = leading_verb(folded, begin, stop)
    noun = folded[verb[1] if verb else begin : stop].strip()
    if len(noun) >= 2 and not _ends_with_verb(folded, start, stop) and not noun.endswith(("不少于", "至少")):
        return units.dimension(quantity.unit) in ("count", "area", "money", "length", "energy", "mass") and not _COMPLEMENT_AFTER.match(
            folded, quantity.end, end
        )
    if units.dimension(quantity.unit) in ("area", "length", "energy") or base_unit == "元":
        return not _MONEY_NOUN.match(folded, quantity.end, end) if base_unit == "元" else False
    return False


_COMPLEMENT_AFTER = re.compile(r"(?:到|赴|前往|进驻|参加|开展|用于|投入|纳入|完成|实现|达到|建成|享受|接受)")


def _brackets_hold(folded: str, start: int, low: int, high: int, end: int) -> bool:
    """Whether a quantity stands inside brackets that say nothing of a part: (80平方米以上)."""
    opening = folded.rfind("(", start, low)
    if opening < 0 or folded.find(")", opening, low) >= 0:
        return False
    return not PART.match(folded, opening) and not DELIVERY.match(folded, opening) and folded.find(")", high, end) >= 0


def _has_noun(folded: str, start: int, stop: int) -> bool:
    found: dict[str, Any] = {}
    begin = strip_start(folded, max(start, stop - REACH), stop, found)
    cut = max(folded.rfind(mark, begin, stop) for mark in "、和及")
    begin = max(begin, cut + 1)
    verb = leading_verb(folded, begin, stop)
    return len(re.findall(r"[\u4e00-\u9fff]", folded[verb[1] if verb else begin : stop])) >= 2


def _ends_with_verb(folded: str, start: int, stop: int) -> bool:
    """Whether a verb of delivery stands right before a number; a weak one (服务, 培训) only where it begins the phrase."""
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    window = folded[max(begin, stop - 12) : stop].rstrip()
    return any(
        window.endswith(verb) and (strength == "strong" or window == verb)
        for verb, strength in verbs()[2].items()
        if verb != "落实"
    )


def _is_verb_alone(folded: str, start: int, stop: int) -> bool:
    """组织不少于2次的演练: nothing but a verb stands before the number and its bound."""
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    return folded[begin:stop].strip() in verbs()[2]


def _verb_alone_before(folded: str, start: int, stop: int) -> bool:
    """Whether nothing but a verb and its adverbs (全面完成) comes before a scope."""
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    window = folded[begin:stop].strip()
    return window in verbs()[2]


def _begins_with_reference(folded: str, start: int, stop: int) -> bool:
    begin = strip_start(folded, max(start, stop - REACH), stop, {})
    return folded.startswith(_references(), begin, stop)


def _phrase_has_verb(folded: str, start: int, stop: int) -> bool:
    found: dict[str, Any] = {}
    begin = strip_start(folded, max(start, stop - REACH), stop, found)
    return leading_verb(folded, begin, stop) is not None
