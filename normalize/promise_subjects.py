"""The verb of a promise and the noun phrase that its number is about: 新增托位450个, 城镇登记失业率控制在3%以内."""

from __future__ import annotations

import os.path
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract.folding import fold
from extract.model import Span
from normalize import units, vocabulary
from normalize.periods import FREQUENCY, OFTEN, Period
from normalize.phrases import FALLS, RATE_END, RISES, Prefix, clean, later_verb, leading_verb, verbs
from normalize.quantities import PREFIX_BOUND, TIME_UNITS, Quantity, comparator_before

CONTRAST = re.compile(
    r"(?:分别)?(?:比|较)(?:上年度?|去年|同期|“?十[一二三四五六]五”?(?:期?末|期间|时期)?|(?:[0-9]{4}年[底末]?[、和及])*[0-9]{4}年(?:[底末]?的[0-9.]+[万亿]?[\u4e00-\u9fff%‰]{1,2})?|上年同期|基期|[^,。;、]{0,10}?(?:平均(?:水平)?))\s*(?:末|底|同期|水平)?"
)
LEAD = re.compile(
    r"(?:力促|确保|实现|推动|促进|力争|争取|争创|使得?|让|保持|做到|带动|保证|努力|要|将|把|并|且|其中|预计|计划(?!生育)|拟|更好)(?=[^率度比数])"
)
_SUBJECT = re.compile(
    r"^(?:[各全我本]?[\u4e00-\u9fff]{0,4}(?:省|市|县|区|旗|州|镇|乡|街道|村|级)(?:级)?(?:财政|层面|范围内?|本级|城乡)?)(?=.{2,})"
)
# What a count may rise by: 参保人数增加500人; 完成学历提升1000人 counts people whose schooling rises.
_COUNTED = re.compile(
    r"(?:数量?|量|额|规模|人次|人口|收入|面积|产值|里程|时间|时长|期限|年限|标准|水平|价格?|成本|能耗|浓度|强度|床位|学位|泊位|主体|编制)$"
)
# 70%以上的村卫生室能提供中医药服务: of whom, and what they do.
_SHARE_OF_THOSE = re.compile(r"的(?P<noun>[\u4e00-\u9fff“”()]{2,14}?)(?:能够?|可以?|均能?|全部|都能?)?(?P<verb>提供|实行|具备|享受|加入|配备|开展|接入|建立|设立|参加)(?=[\u4e00-\u9fff“]{2})")
_FROM_TO = re.compile(r"从[^,，。;；]{1,10}到[^,，。;；]{1,10}$")
_LIGHT = {"安排", "组织", "实施", "开展", "启动", "完成"}
# 新材料、食品加工、装备制造三大产业产值: what is counted off is the head noun.
_COUNTED_HEAD = re.compile(r"(?P<name>.{2,}?)(?:[两二三四五六七八九十]|[0-9]{1,2})大(?P<head>(?:产业|行业|领域|片区|板块|园区).*)$")
_SHARE_IN = re.compile(r"[\u4e00-\u9fff]{2}占(?!地|用|道|比)[^,，。;；、]{2,}$")
# 新增泊位2000个,其中:利用闲置地建设1200个
_MADE_OF = re.compile(r"(?:利用|通过|依托|借助)[^,，。;；、]{2,14}?(?P<verb>建设|新建|改造|改建|设置|增设|新增|配建|解决|安置|筹集)\s*")
_OF_WHAT_IS_MEASURED = re.compile(
    r"(?<=..)(?:办理|审批|总)?(?:时限|标准|产值|收入|浓度|使用量|用量|产量|单产|产能|销量|面积|总量|余额|规模|增速|增幅|总额|数量|人数|批次)$"
)
_GROWTH_OF = re.compile(r"(?:增速|增幅|降幅|增长率)$")
_ENDS_OF_NOUNS = {"提高", "提升", "扩大", "精简", "压减", "压缩", "压降", "延长", "提前"}
_FOR = re.compile(r"^(?:在|为|对|向|给|于|从)$")


# 普及率 and 涉及面 hold no 及 that joins.
_SIDE_BY_SIDE = re.compile(r"、|以及|和(?!谐|平|睦)|(?<![普涉以])及(?![格时以])|与(?![会众])")
# 支持企业建设工厂2家: what follows these acts itself, and its verb is the one that counts.
_AGENT_VERBS = {"支持", "鼓励", "引导", "指导", "帮助", "扶持"}
_HEAD_NOUN = re.compile(
    r"全?产业|行业|企业|项目|人群|患者|群众|居民|家庭|学生|学校|机构|服务|产品|工程|活动|设施|政策|业务|案件|事项"
)
_TOWARDS = re.compile(r"对|向|为|给")
_OFTEN = re.compile(rf".*(?:{FREQUENCY})[\u4e00-\u9fff]{{2,5}}$")
# 对用车大户每月检查不少于2次: whom, how often, what.
_DONE_OFTEN = re.compile(
    rf"(?:对|向|为)?(?P<object>[^,，。;；]{{2,}}?)(?:落实|实行|开展|坚持)?(?:{FREQUENCY})(?:至少|最少|应)?(?:实地|现场|集中|联合|全面|上门|专题)?(?P<verb>检查|清洗|巡查|巡检|巡护|走访|探访|巡访|抽检|抽查|体检|检测|监测|通报|调度|督查|会商|维护|消毒|上门|保养|演练|评估)\s*"
)
# 6月底前建成零工市场1个,9月底前再建2个: of the same.
_AGAIN = re.compile(r"\s*再(?P<verb>[建增添开设办招])\s*")
_RAISED_TO = re.compile(r"(?P<object>.{4,}?)(?P<verb>提高|提升|增加|调整|上调)(?:到|至|为)[\u4e00-\u9fff]{2,10}\s*$")
# 失业人员再就业9000人: the clause has a subject and says what becomes of it.
_WORKS_AGAIN = re.compile(r"(?:人员|毕业生|劳动力|军人|妇女|青年|居民|农民工?)(?:实现)?再?(?:就业|创业)$")
_FINDS_WORK = {"新增", "实现", "帮扶", "促进", "带动", "完成", "解决", "扶持", "帮助"}
_SUMS = {"总数", "总量", "总额", "总规模"}
# 将12种药品纳入管理: what the number counts stands before the verb.
_BEFORE_VERB = {"纳入", "接入", "列入"}
# 为企业降低成本1.5亿元
_SAVES = re.compile(r"(?:为|给|帮助|替)[^,，。;；]{2,10}?(?P<verb>降低|减少|节省|节约|减轻)(?P<object>[^,，。;；]{2,})")
# 高频事项200项实现跨省通办: the noun stands before the number, and what becomes of it behind.
_BECOMES = re.compile(r"(?:全部|均|全面|已)?(?P<verb>实现|完成|达到|接入|纳入|通过|建成|投用|复工|开工|竣工|投产)(?![0-9率])")
_WORKS = re.compile(r"(?:新建|改造|建设|铺设|改建|扩建|敷设|施工|整治|修复|治理|硬化|绿化|疏浚)$")
_SPENDING = {"完成", "实现", "争取", "落实", "投入", "安排", "筹集", "筹措", "引进", "下达", "拨付", "发放"}
_FINAL_ONLY = re.compile(r"(?:新增|净增|交付|(?:竣工|建成|完工)(?:投产|投用|达产)|竣工|完工|投产|投用|达产)\s*$")
_LAUNCH = ("完成", "实现", "确保", "推动", "推进", "加快", "促进", "力争")
_STAGES = re.compile(
    r"(?:完成|实现|开工|竣工|完工|投产|投用|达产|建成|签约|落地|出栏|引进|种植|走访|新增|交付|安排|投入|筹集)\s*$"
)
# 新增绿地面积5公顷: what is made is counted by its area, and the verb is no part of a name.
_CREATES = re.compile(r"新|净增|增加|建成|改造|扩大|恢复|复垦|整治|治理|修复|腾出|盘活")
# Ends of nouns that name one kind of thing, by which subjects side by side are told from the head noun that they share.
_KINDS_OF_NOUN = ("工民人生童员者户", "镇村城乡级区", "病压症")


@cache
def _does() -> re.Pattern[str]:
    return re.compile(rf"{verbs()[1].pattern}|进行")


@cache
def _side_words() -> dict[str, str]:
    """Words that stand side by side (小学、初中), and the group of each."""
    return {fold(row["word"]): row["group"] for row in vocabulary.entries("side_by_side")}


def _shared_head(parts: list[str]) -> str:
    """The head noun that is printed once, with the last of several subjects.

    >>> _shared_head(["职工", "城乡居民住院报销比例"]), _shared_head(["高血压", "糖尿病患者规范管理率"])
    ('住院报销比例', '患者规范管理率')
    >>> _shared_head(["氮氧化物", "挥发性有机物排放总量"]), _shared_head(["绩效A级", "B级企业"])
    ('排放总量', '企业')
    """
    first, last = fold(parts[0]), fold(parts[-1])
    groups = {group for word, group in _side_words().items() if first.endswith(word)}
    known = max((word for word, group in _side_words().items() if group in groups and last.startswith(word)), key=len, default="")
    if known:
        return parts[-1][len(known) :]
    # 职工医保、城乡居民医保报销比例: what the first ends with stands in the last too.
    for size in (3, 2):
        at = last.find(first[-size:])
        if len(first) > size and at >= 0 and len(last) - at - size >= 2:
            return parts[-1][at + size :]
    if re.search(r"以[上下](?:学历|职称|学位)?$", first) and (bound := re.search(r"以[上下](?:学历|职称|学位|文化程度)?", last)):
        return parts[-1][bound.end() :]
    same_kind = next((kind for kind in _KINDS_OF_NOUN if first[-1] in kind), "")
    end = next((index + 1 for index, char in enumerate(last[:8]) if index and char in same_kind), 0)
    if not end:
        # 竹笋、山茶油加工产值: else the head begins with what is done.
        starts = [
            at
            for at in sorted(range(max(2, len(first) - 2), len(first) + 3), key=lambda at: abs(at - len(first)))
            if verbs()[0].match(last, at) or _HEAD_NOUN.match(last, at)
        ]
        rate = _OF_WHAT_IS_MEASURED.search(last) or re.search(r"(?<=..)(?:综合|规范|资源化|无害化)?.{2,3}(?:率|度|比例|占比)$", last)
        # Where nothing tells where the head begins, none is made up.
        end = starts[0] if starts else rate.start() if rate else len(last)
    return parts[-1][end:]


def _shared_start(parts: list[str]) -> str:
    """What is printed once, with the first of several subjects.

    >>> _shared_start(["花生种植", "收获机械化率"]), _shared_start(["城镇", "农村低保标准"])
    ('花生', '')
    """
    first, last = fold(parts[0]), fold(parts[-1])
    for word, group in sorted(_side_words().items(), key=lambda item: -len(item[0])):
        if first.endswith(word):
            others = tuple(other for other, named in _side_words().items() if named == group)
            return parts[0][: -len(word)] if last.startswith(others) else ""
    return ""


def take_over(object_: str, before: str) -> str:
    """The whole name of an object that is only one of several side by side, or a sum; empty where it is another.

    >>> take_over("初中", "城区小学班额"), take_over("总数", "博物馆"), take_over("泊位", "床位")
    ('城区初中班额', '博物馆总数', '')
    """
    if object_ in _SUMS and before and not before.endswith(object_):
        return before + object_
    group = _side_words().get(fold(object_))
    if group is None:
        return ""
    other = max((word for word, named in _side_words().items() if named == group and word in fold(before)), key=len, default="")
    at = fold(before).find(other)
    # 城区小学 alone is no name of anything that could be said of 初中 too.
    if not other or other == fold(object_) or len(before) - len(other) < 2:
        return ""
    return before[:at] + object_ + before[at + len(other) :]


def is_rate(unit: str) -> bool:
    return unit in ("%", "‰", "个百分点", "百分点", "个千分点", "千分点")


def _governs_rate(verb: str, unit: str) -> bool:
    """Whether a verb before the name of a rate or sum is its verb (实现…率) and no part of the name (培训合格率)."""
    if verb in RISES | FALLS or verb in ("落实", "实现", "推动", "促进", "保障", "完成"):
        return True
    return not is_rate(unit) and bool(_CREATES.match(verb))


@dataclass(slots=True)
class Memory:
    """What later clauses of a sentence may take from earlier ones."""

    action: str = ""
    object: str = ""
    kind: str = ""
    modality: str = "binding"
    sticky_modality: str = ""
    period: Period | None = None
    frequency: str = ""
    per: str = ""
    whole: dict[str, Any] | None = None
    row: dict[str, Any] | None = None
    unit: str = ""
    bare_verb: str = ""
    is_parts: bool = False
    objects: list[str] = field(default_factory=list)
    years: str = ""
    spread: str = ""
    wholes: dict[str, dict[str, Any]] = field(default_factory=dict)
    # The denominator at the head of a clause, and the clause: 每个街道建成公园1处和食堂2个.
    head_per: tuple[int, str] = (-1, "")
    # What stands before a colon and holds for all behind it.
    header: str = ""
    # The names that a list with 分别 gave, in order, for the list after it.
    names: list[str] = field(default_factory=list)


class Subjects:
    """Finds the verbs and noun phrases of one text; all positions are offsets into it."""

    def __init__(self, text: str, folded: str) -> None:
        self.text, self.folded = text, folded

    def change_subject(self, phrase: Span) -> tuple[str, str]:
        """What rises or falls: the phrase before 由 or 从, and the denominator after it."""
        window = self.folded[phrase.start : phrase.end]
        cut = max(window.rfind("由"), window.rfind("从"), window.rfind("自"))
        per = ""
        if cut >= 0 and len(window) - cut <= 24:
            if match := re.search(r"每[^,]{1,8}$|人均$|户均$", window[cut:]):
                per = match[0]
            window_text = self.text[phrase.start : phrase.start + cut]
        else:
            window_text = self.text[phrase.start : phrase.end]
        return clean(re.sub(r"^(?:将|把|推动|确保|实现|使|力争)", "", window_text)), per

    def ratio_subject(self, phrase: Span) -> tuple[str, str, str, str] | None:
        """人均收入达到全省平均的两倍: (kind, action, object, sign)."""
        window = self.folded[phrase.start : phrase.end]
        match = re.search(
            rf"(?P<verb>{PREFIX_BOUND}|达到|达|为|是|相当于|控制在|保持在|稳定在)(?P<what>[^,，。;]{{1,24}})的?$",
            window,
        )
        if match is None:
            return None
        verb = match["verb"]
        sign = comparator_before(verb) if re.fullmatch(PREFIX_BOUND, verb) else ""
        action = "" if sign or verb in ("为", "是") else re.sub("在$", "", verb)
        return "ratio", action, clean(self.text[phrase.start : phrase.start + match.start()]), sign

    def verb_object(
        self, phrase: Span, prefix: Prefix, memory: Memory, found: dict[str, Any], unit: str
    ) -> tuple[str, str, bool]:
        """Action and object of a phrase that its number ends: 新增托位450个."""
        folded, text = self.folded, self.text
        start, stop = phrase.start, phrase.end
        whole = clean(text[start:stop])
        names_rate = bool(RATE_END.search(fold(whole)))
        if again := _AGAIN.fullmatch(folded, start, stop):
            return again["verb"], "", False
        verb = leading_verb(folded, start, stop)
        if is_rate(unit) and fold(whole).endswith("占") and len(whole) > 2:
            return "", whole[:-1], False  # 其中公共停车位占60%以上
        if is_rate(unit) and _SHARE_IN.search(fold(whole)):
            return "", whole, False  # 托位占新增托位的四成: no verb is in what it is a share of
        if _FROM_TO.match(whole):
            return "", whole, False  # 从签约到开工不超过90天
        if made := _MADE_OF.fullmatch(folded, start, stop):
            return made["verb"], "", False
        if saved := _SAVES.fullmatch(folded, start, stop):
            return saved["verb"], clean(text[saved.start("object") : stop]), False
        if verb is not None and names_rate and not _governs_rate(verb[0], unit):
            verb = None
        stage = _FINAL_ONLY.search(folded, start, stop)
        if stage and stage.start() - start >= 2 and not (verb and verb[0] in _LAUNCH):
            # 监测站点新增20个, 安置房交付800套: with nothing behind it, the last verb is the one.
            return stage[0].strip(), clean(CONTRAST.sub("", text[start : stage.start()])), False
        if verb is not None:
            name, object_start = verb
            strength = verbs()[2].get(name, "strong")
            if name in ("实现", "争取") and (inner := leading_verb(folded, object_start, stop)):
                # 实现新增市场主体: the first verb only says that the second is done.
                if verbs()[2].get(inner[0]) == "strong" and len(clean(text[inner[1] : stop])) >= 2:
                    return inner[0], clean(text[inner[1] : stop]), False
            later = later_verb(folded, object_start, stop)
            if strength == "causative" and later is None and name in _AGENT_VERBS:
                later = later_verb(folded, object_start, stop, is_weak_allowed=True)
            if strength == "causative" and later is not None:
                return later[0], clean(text[later[2] : stop]), False
            object_ = clean(text[object_start:stop])
            if name in _LIGHT and memory.object and verbs()[2].get(fold(object_)) == "strong":
                return object_, "", False  # 今年继续安排整治2800亩: of the same
            return name, object_, False
        if not names_rate and not _WORKS_AGAIN.search(whole) and (later := later_verb(folded, start, stop)) is not None:
            if prefix.bound_word in ("突破", "超过"):
                # 乡村旅游年接待游客突破150万人次: the subject with its verb is what passes the mark.
                return prefix.bound_word, whole, False
            rest = clean(text[later[2] : stop])
            # 企业职工养老保险净增参保: so short an object says nothing without its subject.
            subjectless = len(rest) > 2 or later[0] not in ("新增", "净增")
            return later[0], rest if subjectless else self._without_subject(whole), False
        if often := _DONE_OFTEN.fullmatch(folded, start, stop):
            return often["verb"], clean(text[often.start("object") : often.end("object")]), False
        if final := self._final_verb(
            start, stop, bool(prefix.bound_word) or bool(re.search("至少|最少", folded[start:stop]))
        ):
            towards = _TOWARDS.match(folded, start, final[1])
            return final[0], clean(text[towards.end() if towards else start : final[1]]), False
        if prefix.per and (scoped := _RAISED_TO.match(folded, start, stop)):
            # 标准提高到集中养育每人每月2400元: for whom stands between the verb and the number.
            return scoped["verb"], clean(text[start : scoped.end("object")]), False
        has_own_subject = (
            "frequency" in found
            or "per" in found
            or bool(_WORKS_AGAIN.search(whole) and memory.action not in _FINDS_WORK)
            or bool(_SUBJECT.match(folded, start, stop))
            and start == phrase.start
            and "period" in found
        )
        is_linked = self.folded[max(0, start - 1) : start] == "、" and memory.row is not None
        is_new_bound = bool(prefix.bound_word) and bool(whole) and folded[max(0, start - 1) : start] == ","
        if has_own_subject or is_new_bound or names_rate and not is_linked:
            return "", self._without_subject(whole), False
        action = memory.action
        if not action and fold(whole).endswith(tuple(verbs()[2])):
            # 开展数字教育,智能技术运用培训8000人次: what is named is something done, and takes the verb before it.
            action = memory.bare_verb
        if memory.kind in ("increase", "decrease", "change", "ratio") or memory.action in (
            "达到",
            "达",
            "控制",
            "保持",
            "稳定",
            "超过",
            "突破",
            *(() if is_linked else RISES | FALLS),
        ):
            action = action if not whole else ""
        if units.dimension(unit) == "money" and units.dimension(memory.unit) == "count" and memory.action not in _SPENDING:
            action = action if not whole else ""  # 新开工项目56个,年度计划投资180亿元
        return action, self._without_subject(whole) if not action else whole, bool(action) or not whole

    def _final_verb(self, start: int, stop: int, is_bounded: bool) -> tuple[str, int] | None:
        """对空巢老年人每月探访不少于两次, 项目开工12个: the verb that ends the phrase, and where it begins.

        食品安全抽检不少于2次 names what is counted and has no verb.
        """
        is_told = is_bounded and _TOWARDS.match(self.folded, start, stop) or _OFTEN.match(self.folded, start, stop)
        if not (is_told or _STAGES.search(self.folded, start, stop)):
            return None
        window = self.folded[start:stop].rstrip()
        verb = max(
            (v for v, strength in verbs()[2].items() if strength == "strong" and window.endswith(v)),
            key=len,
            default="",
        )
        return (verb, start + len(window) - len(verb)) if verb and len(window) - len(verb) >= 2 else None

    def is_level(self, phrase: Span, prefix: Prefix, quantity: Quantity) -> bool:
        """Whether a verb right before a number tells a level or a change, and is no part of a noun (学历提升1000人)."""
        dimension = units.dimension(quantity.unit)
        if prefix.level_to or prefix.level not in _ENDS_OF_NOUNS or dimension not in ("count", "length", "area"):
            return True
        if dimension != "count" and leading_verb(self.folded, phrase.start, phrase.end) is None:
            return True  # 完成公路绿化提升32公里 names a work, and needs its verb
        if prefix.is_respectively:
            return True
        window = CONTRAST.sub("", self.folded[phrase.start : phrase.end]).strip()
        return not window or bool(_COUNTED.search(window))

    def _without_subject(self, whole: str) -> str:
        if lead := LEAD.match(whole):
            whole = whole[lead.end() :]
        match = re.match(r"(?:全[区县市省镇国域旗州](?!性)|我[区县市省]|本[区县市])(?=.{3,})", whole)
        rest = whole[match.end() :] if match else whole
        often = OFTEN.match(rest)
        return rest[often.end() :] if often and len(rest) - often.end() >= 2 else rest

    def number_first(self, phrase: Span, after: int, right: int, quantity: Quantity) -> tuple[str, str]:
        """Action and object where the noun follows the number: 完成12个社区老年大学创建, 在5个镇开展筛查试点."""
        folded, text = self.folded, self.text
        window = folded[phrase.start : phrase.end].strip()
        tail = Span(after, right)
        base_unit = units.split_scale(quantity.unit)[0]
        if base_unit in TIME_UNITS and quantity.comparator == "<=":
            strong = self._strong_verb(tail)
            object_ = clean(text[phrase.start : phrase.end]) or clean(text[tail.start : tail.end])
            return (strong[0] if strong else ""), object_
        if is_rate(quantity.unit) and (whose := _SHARE_OF_THOSE.match(folded, after, right)):
            return whose["verb"], clean(text[whose.start("noun") : whose.end("noun")])
        noun = clean(text[phrase.start : phrase.end])
        behind = folded[after:right].strip()
        if len(noun) >= 2 and (becomes := _BECOMES.match(folded, after, right)) and not _FOR.match(window):
            if leading_verb(folded, phrase.start, phrase.end) is None and later_verb(folded, phrase.start, phrase.end) is None:
                return becomes["verb"], noun
        verb = self._verb_before(phrase)
        if verb and _WORKS.fullmatch(behind) and (lead := leading_verb(folded, phrase.start, phrase.end)):
            # 完成快速路12.5公里建设: the work is named behind.
            return lead[0], clean(text[lead[1] : phrase.end]) + text[after:right].strip()
        if verb is None or _FOR.match(window):
            if inner := self._strong_verb(tail, deep=True):
                if inner[0] in _BEFORE_VERB:
                    return inner[0], clean(text[tail.start : inner[1] - len(inner[0])])
                whom = clean(text[tail.start : inner[1] - len(inner[0])])
                whom = re.sub("免费$", "", whom)
                if window in ("为", "给", "向") and len(whom) >= 2:
                    # 给35所学校配备设备: the schools are counted, not what they get.
                    return inner[0], whom
                return inner[0], clean(text[inner[1] : tail.end])
        if is_rate(quantity.unit) and re.fullmatch(r"覆盖|达标|到位", folded[after:right].strip()):
            # 食堂实现100%覆盖: the subject stands before the verb.
            reached = re.search(r"(?:实现|达到|做到|确保)$", window)
            return (reached[0] if reached else ""), clean(text[phrase.start : phrase.start + (reached.start() if reached else len(window))])
        object_ = text[tail.start : tail.end]
        if cut := re.search(r"(?<=..)(?:达到|通过|成为|纳入|获得|达标|结对|赴|参加|参与|集中办公|组建|组成|到(?![位期场]))", fold(object_)):
            object_ = object_[: cut.start()]
        return (verb or ""), clean(object_)

    def _verb_before(self, phrase: Span) -> str | None:
        """The verb that governs a number: the one right before it, else the one that begins the phrase."""
        folded = self.folded
        window = folded[phrase.start : phrase.end].rstrip()
        nearest = max((v for v in verbs()[2] if window.endswith(v)), key=len, default=None)
        if nearest:
            return nearest
        if leading := leading_verb(folded, phrase.start, phrase.end):
            return leading[0]
        later = None
        for match in verbs()[1].finditer(folded, phrase.start, phrase.end):
            later = match[0]
        return later

    def _strong_verb(self, span: Span, deep: bool = False) -> tuple[str, int] | None:
        for match in _does().finditer(self.folded[span.start : span.end]):
            if match.start() and self.folded[span.start + match.start() - 1] in "未不待拟":
                continue  # 未开工项目
            if not deep or match.start() >= 1:
                if span.end - span.start - match.end() >= (2 if deep else 0):
                    return match[0], span.start + match.end()
        return None

    def distribute(self, object_: str, group: Sequence[Quantity], prefix: Prefix) -> list[str]:
        """分别: one subject for each number, by position."""
        if len(group) == 1 or not prefix.is_respectively:
            return [object_] * len(group)
        parts = [part for part in _SIDE_BY_SIDE.split(object_) if part]
        if len(parts) != len(group):
            return [object_] * len(group)
        if (counted := _COUNTED_HEAD.match(parts[-1])) and len(parts) > 1:
            return [name + counted["head"] for name in (*parts[:-1], counted["name"])]
        if (grows := _GROWTH_OF.search(parts[-1])) and grows.start() > 1 and not any(_GROWTH_OF.search(part) for part in parts[:-1]):
            # 存款余额、贷款余额增速: of both, how fast they grow.
            rest = [*parts[:-1], parts[-1][: grows.start()]]
            return [name + grows[0] for name in self._named_apart(rest)]
        return self._named_apart(parts)

    def _named_apart(self, parts: list[str]) -> list[str]:
        are_whole = [part not in _side_words() and bool(RATE_END.search(fold(part))) for part in parts]
        if all(are_whole[:-1]) or not are_whole[-1] and all(len(part) > 4 for part in parts[:-1]):
            return parts
        # 职工、城乡居民医保报销比例: the head noun is printed once, with the last.
        tail = _shared_head(parts) if len(parts[-1]) >= 4 and not parts[-1].endswith(parts[0]) else ""
        shared = _shared_start(parts)
        named = [parts[0], *(shared + part for part in parts[1:])]
        return [*(part + tail for part in named[:-1]), named[-1]]

    def names_after(self, names: list[str], object_: str, objects: list[str]) -> list[str]:
        """The names for a list behind another one with 分别: 粮食产量, 油料产量 and then 单产 of each.

        >>> subjects = Subjects("", "")
        >>> subjects.names_after(["粮食产量", "油料产量"], "单产", ["单产", "单产"])
        ['粮食单产', '油料单产']
        >>> subjects.names_after(["冬小麦单产", "夏玉米单产"], "增幅", ["增幅", "增幅"])
        ['冬小麦单产增幅', '夏玉米单产增幅']
        """
        if len(set(objects)) > 1:
            return objects
        if not object_:
            return names
        if _GROWTH_OF.fullmatch(object_):
            return [name + object_ for name in names]
        shared = os.path.commonprefix([name[::-1] for name in names])[::-1]
        stems = [name[: len(name) - len(shared)] for name in names]
        return [stem + object_ for stem in stems] if shared and all(len(stem) >= 2 for stem in stems) else objects

    def head_unit(self, object_: str) -> str:
        """服务人次达200万以上: the unit of measure is the head noun's own."""
        for unit in ("人次", "户次", "场次", "件次", "班次", "车次", "批次"):
            if object_.endswith((unit, unit + "数")):
                return unit
        return ""
