"""The words around a number: the bound and verb before it, the time and manner at a phrase's start, its verb and noun.

All positions are offsets into folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalize import vocabulary
from normalize.periods import FREQUENCY, OFTEN, Period, match_period, read_period
from normalize.quantities import PREFIX_BOUND, comparator_before

#: How far back the words that belong to a number are looked for; longer noun phrases are cut.
REACH = 90

_RISE = "提高|提升|增长|增加|多增|上升|扩大|升高|增收|上调|上浮|递增|提前|延长|上涨|攀升"
_FALL = "下降|降低|核减|精减|缩小|收窄|减少|缩短|压缩|压减|压降|缩减|下调|回落|精简|下浮|递减|降价|降"
_LEVEL = re.compile(
    rf"""(?P<verb>达到|达|实现|保持|稳定|控制|维持|巩固|位居|完成|突破|恢复|{_RISE}|{_FALL}|扩容|拓展|延伸|覆盖|惠及|增至|降至|减至|升至|压至|缩至|超额完成|“?双(?:下降|降|提升|增长)”?)
        (?P<to>到|至|在|为|达到?|了)?\s*$""",
    re.VERBOSE,
)
_COPULA = re.compile(r"(?:为|是|不再|:|(?<=[率度比例重量值额])在)\s*$")
# 起数和人数“双下降”10%
_DOUBLES = {word: verb for verb, names in {"下降": ("双下降", "双降"), "提升": ("双提升",), "增长": ("双增长",)}.items() for name in names for word in (name, f"“{name}”")}
_GOALS = {"增至": "增", "降至": "降", "减至": "减", "升至": "升", "压至": "压", "缩至": "缩"}
#: The verbs of change, as one pattern.
CHANGES = "|".join(sorted((*_RISE.split("|"), *_FALL.split("|")), key=len, reverse=True))
RISES, FALLS = set(_RISE.split("|")), set(_FALL.split("|"))
# A verb of these reaches a level only with 到, 至 or 在 after it; bare it takes an object or changes by an amount.
_NEEDS_TO = {"稳定", "恢复", "控制", "维持", "巩固", "扩容", "拓展", "延伸"}
_NOT_BARE_LEVEL = {"完成", "实现", "惠及", "覆盖", "位居", "超额完成"}
MODALITY = (
    (
        "aspirational",
        re.compile(
            r"力争|争取(?![^,，。;；0-9]{0,16}(?:资金|项目|政策|支持|指标|补助|债券|试点|国债|投资))|争创|争当|努力(?!打造)|力求|探索|有望|奋力|冲刺|尝试"
        ),
    ),
    (
        "planned",
        re.compile(
            r"(?<!改善)(?<!行动)(?<!培养)(?<!提升)(?<!发展)(?<!专项)(?<!倍增)(?<!年度)(?<!西部)(?<!”)(?<!特岗)计划(?!志愿者|人员|教师|生育|占比|比例|总?数|人数|的|》|于|执行|投资|任务|内|外|单列|每|完成率|[^0-9]{0,4}[,，])|(?<![比模虚])拟(?!定|制|订|态|人|上市|任|录|推荐)|预计"
        ),
    ),
)
# 签约50个, 节约300吨, 预约2000人次 hold no 约 that means about.
_BEFORE_AGREED = re.compile(r"[签预节合制公契履集简特邀解违失赴商缔]$")
_COUNTED_BY = (
    "人|户|亩|生|餐|升|克|千克|公斤|千瓦时|孩|床|座|件|吨|公里|平方米|平米|台|辆|家|村|校|名|个|只|艘|头|株|例|项|次|公顷|立方米|平方公里|人口"
)
_MEAN = "人均|户均|亩均|地均|校均|村均|单位面积"
_BACK = (
    ("bound", re.compile(rf"(?:{PREFIX_BOUND})\s*$")),
    ("than", re.compile(r"(?<=[于过到在至当])(?:去年|上年度?|上一年|20[0-9]{2}年[底末度]?)(?:同期|水平)?的\s*$")),
    ("per", re.compile(rf"(?P<per>(?:每(?:[0-9]{{0,3}}[百千万十]{{0,2}}(?:{_COUNTED_BY}))?每?(?:年|月|日|天|餐|学年|学期|次|季度)?)|{_MEAN})\s*$")),
    ("frequency", re.compile(rf"(?P<frequency>{FREQUENCY})\s*$")),
    ("level", _LEVEL),
    ("copula", _COPULA),
    ("each", re.compile(r"(?P<each>分别|均|各自?|都|全部|也|总计|合计|共计|累计|总共|一共|共|平均|基本|整体|总体|预计|力争|争取|确保|努力|应|须|须达|要|将|再|还|也|又|各为|目标|新|同比|环比|比上年|较上年|比去年|较去年|:)\s*$")),
)  # fmt: skip
_PER_START = re.compile(
    r"(?![^,，。;；]{0,2}每[百千万][^,，。;；]{0,10}(?:托位|床位|学位|泊位)数)(?:为|给|向|对|平均|沿线|原则上)?(?P<per>每(?:[百千万]|[0-9]+万?)?(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|件|间|床|亩|公里|平方公里|公顷|场|年级|县|乡|区|市|校|院|站|馆|园)(?:[\u4e00-\u9fff()、]{0,14}?|[0-9]{1,2}周?岁(?:及?以上)?[\u4e00-\u9fff]{1,8}?))(?=至少|配[备齐]|签约|联系|提供|日均|开设|包[抓联保]|走访|参训|接待|年(?:接待|培训|处理|服务|巡)|设置|承接|吸纳|举办|带动|发放|拥有(?!量)|建|设|(?<!拥)有|派|安排|新|开展|组织|不少|不低|培|完成|落实|确定|增配|补助|奖|最|打造|创|选|达|办|每[年月周]|每季度|托位|床位|学位|泊位|面积)"
)
# 户均投入不超过2.5万元
_MEAN_START = re.compile(rf"(?P<per>{_MEAN})(?=年?$|年?(?:投入|投资|补助|补贴|奖励|增收|安排|发放|筹资|拨付)(?![率度比数]))")
# 县级领导每人走访5户, 党员人均每月走访2户: who, each of them, and how often.
_WHO_EACH = re.compile(
    r"[^,，。;；、0-9每]{2,14}?(?<![为给向对按])(?P<per>每人|每户|人均|户均)(?P<often>每?(?:年度?|月|季度?|周|学年|学期))?"
    r"(?=走访|参训|参加|联系|帮扶|结对|包联|完成|撰写|开展|服务|接受|领办|培训|讲授|下沉|提交|驻村|驻点|调研|下基层)"
)
# 年接待游客30万人次
_EACH_YEAR = re.compile(r"(?P<often>年)(?=$|(?:接待|培训|处理|加工|出栏|供应|增收|演出|放映|巡|服务|开展|举办|销售)[^率度])")
# 支持每个乡镇培育2个: who is helped, each.
_HELPS_EACH = re.compile(r"(?:支持|指导|引导|鼓励|推动|督促|帮助|要求|确保|推进)(?=每(?:个|所|名|家|户|村|镇|位|座|处|条|支|县|乡|区|市|校|院|站|馆|园))")
# 每千人口执业医师数, 每万名居民拥有全科医生
_PER_SCALED = re.compile(
    r"(?P<per>每(?:[百千万]|十万|百万|[0-9]{1,2}万)(?:名|个|位)?(?:城镇|农村)?(?:常住人口|户籍人口|人口|居民|老年人|学生|儿童|就业人员|从业人员|人|户居民|户家庭|户|农户|张(?:养老|护理)?床位))(?:口)?(?:拥有(?!量))?(?=[^,，。;；、]{2,})"
)
RATE_END = re.compile(
    r"(?:率|度|比例|占比|比重|水平|指数|得分|比|份额|[^力质]量|余额|增加值|零售额|销售额|交易额|营业额|能力|限额|时限|时间|时长|进度|标准|期限|年限|面积|规模|总量|总额|[人次户馆家位员师生者起件例]数|产值|收入)$"
)
_LAST_WORDS = re.compile(rf"(?:{FREQUENCY}|[其再也])?(?:至少|最少)?$")
_TRAILING = re.compile(r"(?:的|等|共|合计|累计|各|均|[、,:\s])+$")


@lru_cache(maxsize=1)
def verbs() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Verbs at a clause's start, strong verbs anywhere, and the strength of each."""
    strength = {row["action"]: row["strength"] for row in vocabulary.entries("actions")}
    any_verb = vocabulary.alternation("actions")
    strong = vocabulary.alternation("actions", lambda row: row["strength"] == "strong")
    bracketed = r"[新改扩迁]\([^()]{1,6}\)[建设]|[新改](?:\([^()]{1,4}\))?(?:、[改扩迁续]){1,3}建"
    # 新增设施, 新建设备: there 设 belongs to the noun.
    one = rf"(?:{bracketed}|新?(?!共建[设成])(?:{any_verb})(?:(?<!设)|(?!施|备(?![用选份案战荒考货耕]))))"
    chain = rf"{one}(?:(?:、|和|及|或|并){one})*"
    # 新开工改造, 建设筹集 are one action; 实施改造 is a verb and its object.
    works = r"(?:新[建开改][建工扩]?|[改扩迁续]建|开工|建设|改造|提升|修缮|整治|清理|排查)(?:建设|改造|提升|整治|修缮|筹集|治理|修复|续建|扩建|更新|建成)"
    works += r"|(?<=再)建(?=[\u4e00-\u9fff]{2})(?![成设立档筑])"
    works += r"|(?:新建|改建|扩建|续建|迁建)(?:改扩建|改建|扩建|续建|迁建)|更新(?:改造|换代)|整合(?:关停|提升|优化|利用|撤并)|优化(?:调整|提升|布局|改造)|调整优化"
    works += r"|(?:竣工|建成|完工|签约|落地)(?:投产|投用|达产|投运|落地|开工|交付)"
    strong_one = rf"(?<![创更革翻])新?(?:{strong})(?:(?<!设)|(?!施|备(?![用选份案战荒考货耕])))"
    return re.compile(rf"(?:{works}|{chain})(?![率度性])"), re.compile(rf"{bracketed}|{strong_one}"), strength


@lru_cache(maxsize=1)
def _adverbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('adverbs')})+(?=[\u4e00-\u9fff“(])")


@dataclass(slots=True)
class Prefix:
    """The words between the noun phrase and its number, read backwards."""

    stop: int
    comparator: str = ""
    bound_word: str = ""
    level: str = ""
    level_to: str = ""
    level_end: int = 0
    per: str = ""
    frequency: str = ""
    is_each: bool = False
    is_respectively: bool = False
    has_copula: bool = False


def read_back(folded: str, left: int, position: int) -> Prefix:
    """What stands directly before a number: bound, denominator, frequency, verb of level, 分别, 均."""
    prefix = Prefix(position)
    for _ in range(8):
        window = folded[max(left, prefix.stop - 24) : prefix.stop]
        for name, pattern in _BACK:
            match = pattern.search(window)
            if match is None or not match[0].strip():
                continue
            if name == "bound":
                word = match[0].strip()
                if prefix.comparator or word == "约" and _BEFORE_AGREED.search(window[: match.start()]):
                    continue
                if (
                    word in ("近", "上", "超")
                    and window[: match.start()].endswith(("最", "附", "邻", "靠", "就", "赶", "高"))
                ):
                    continue
                prefix.comparator, prefix.bound_word = comparator_before(word), word
            elif name == "per":
                if match["per"] == "每" or prefix.per:
                    continue
                prefix.per = match["per"]
                if OFTEN.fullmatch(prefix.per):
                    prefix.frequency, prefix.per = prefix.per, ""
            elif name == "frequency":
                prefix.frequency = match["frequency"]
            elif name == "level":
                verb = _DOUBLES.get(match["verb"], match["verb"])
                if prefix.level or (verb in _NEEDS_TO and not match["to"]):
                    continue
                if verb in ("提升", "提高") and not match["to"] and window[: match.start()].endswith(("改造", "优化", "整治", "修复")):
                    continue
                if verb in _NOT_BARE_LEVEL and not match["to"]:
                    continue
                prefix.level_end = prefix.stop
                prefix.level, prefix.level_to = _GOALS.get(verb, verb), "到" if verb in _GOALS else match["to"] or ""
            elif name == "than":
                pass  # 不低于去年的2.1万人: the bound stands before it
            elif name == "copula":
                if (
                    prefix.has_copula
                    or prefix.stop - len(match[0]) <= left
                    or window[: match.start()].endswith(
                        ("作", "成", "分", "称", "认", "行", "因", "较", "更", "极", "最")
                    )
                ):
                    continue
                prefix.has_copula = True
            else:
                word = match["each"]
                if word == "各" and not window[: match.start()]:
                    continue
                if (
                    word in ("应", "新", "要", "将", "再", "共")
                    and re.search(r"[\u4e00-\u9fff]$", window[: match.start()])
                    and window[: match.start()].endswith(
                        ("供", "响", "效", "换", "适", "对", "反", "创", "更", "重", "公", "需", "即", "必", "主", "全", "最", "革")
                    )
                ):
                    continue
                prefix.is_each = prefix.is_each or word in ("均", "各", "都", "也")
                prefix.is_respectively = prefix.is_respectively or word == "分别"
            # A sign or word of bound right after the last letter of a word is none of its own (最近, 附近).
            prefix.stop -= len(window) - match.start()
            break
        else:
            break
    return prefix


def strip_start(folded: str, start: int, stop: int, found: dict[str, Any]) -> int:
    """Past the time phrases, modality words and adverbs at a phrase's start; what they say goes into ``found``."""
    for _ in range(12):
        before = start
        while start < stop and folded[start] in " 、,:—-":
            start += 1
        if years := _YEARS_LISTED.match(folded, start, stop):
            found["years"], found["period"] = years["years"], read_period(years[0])
            start = years.end()
            continue
        if period := match_period(folded, start, stop):
            text = period[0]
            is_time = not _BASIS.match(folded, start, stop) and not WHICH_ONES.match(folded, start, stop)
            if is_time and folded[period.end() : period.end() + 1] not in ("均",):
                found["period"] = read_period(text)
                if text.lstrip().startswith(("力争", "争取")):
                    found["modality"] = "aspirational"
                start = period.end()
                continue
        if (often := OFTEN.match(folded, start, stop)) and often.end() > start:
            found["frequency"], start = often[0], often.end()
            continue
        for modality, pattern in MODALITY:
            if (word := pattern.match(folded, start, stop)) and word[0] not in ("争创", "争当", "争取"):
                found["modality"], start = modality, word.end()
                break
        if start != before:
            continue
        if (scaled := _PER_SCALED.match(folded, start, stop)) and "per" not in found:
            found["per"], start = scaled["per"], scaled.end()
            continue
        if (per := _PER_START.match(folded, start, stop)) or (per := _MEAN_START.match(folded, start, stop)):
            found["per"], start = per["per"], per.end()
            if often := _OFTEN_LAST.search(found["per"]):
                # 每个镇每季度至少开展1次: of whom, and how often.
                found["frequency"], found["per"] = often[0], found["per"][: often.start()]
            continue
        if (years := _YEARS.match(folded, start, stop)) and (years.end() == stop or verbs()[0].match(folded, years.end(), stop)):
            found.setdefault("period", Period(years["years"], None, False))
            start = years.end()
            continue
        if who := _WHO_EACH.match(folded, start, stop):
            found["per"], start = who["per"], who.end()
            if who["often"]:
                found["frequency"] = who["often"]
            continue
        if yearly := _EACH_YEAR.match(folded, start, stop):
            found["frequency"], start = yearly["often"], yearly.end()
            continue
        if passed := next(filter(None, (pattern.match(folded, start, stop) for pattern in _PASSED_OVER)), None):
            start = passed.end()
            continue
        if (
            (adverb := _adverbs().match(folded, start, stop))
            and adverb.end() < stop
            and folded[adverb.end()] != "性"
            and not verbs()[0].match(folded, start, stop)
            and (
                len(adverb[0]) > 1 and not adverb[0].endswith(_ATTRIBUTES)
                or leading_verb(folded, adverb.end(), stop)
                or len(adverb[0]) == 1 and _adverbs().match(folded, adverb.end(), stop)
            )
        ):
            if "分别" in adverb[0]:
                found["respectively"] = True
            start = adverb.end() - (adverb[0].endswith("各") and folded[adverb.end()] in "类级项种")
            continue
        if start == before:
            break
    return start


# These stand before nouns too: 重点人群, 主要污染物.
_ATTRIBUTES = (
    "重点", "主要", "实际", "年度", "集中", "基本", "年", "高标准", "高质量", "高水平", "直接", "主动", "科学", "精准", "定向", "优先",
    "联合", "共同", "协同", "合理", "免费",
)  # fmt: skip
# 在2024年基础上, 在巩固现有成果的基础上: what a promise starts from gives it no time.
_BASIS = re.compile(r"在(?![册校建岗职园编籍营])[^,，。;；]{0,20}?的?基础上[,，]?")
# 2000年底前建成的小区: the year tells which ones.
WHICH_ONES = re.compile(r"\s*(?:19|20)[0-9]{2}年[底末]?(?:之前|以前|前)[^,，。;；0-9]{0,8}的")
# 分季度目标为一季度2600人: what follows has its own time.
_BY_STAGES = re.compile(r"分(?:季度?|月|年度?|阶段|半年)(?:的)?(?:目标|任务|计划)?(?:分别)?(?:为|是)?:?")
# 到2026年、2028年: a time for each of the values that follow.
_YEARS_LISTED = re.compile(
    r"(?:到|至)?\s*(?P<years>20[0-9]{2}年[底末]?(?:[、和及]到?20[0-9]{2}年[底末]?)+"
    r"|[0-9]{1,2}月[底末]?前?(?:[、和及][0-9]{1,2}月[底末]?前?)+(?=[^、,，。;；]{0,4}分别)|第?[一二三四](?:季度)?(?:[、和及]第?[一二三四](?:季度)?)*[、和及]第?[一二三四]季度(?:末)?)"
)
# 五年累计完成3000户, 三年新建20所: over how long.
_YEARS = re.compile(r"用?(?P<years>(?:[两三四五六七八九十]|[0-9]{1,2})年(?:时间)?(?:内|间)?)[,，]?(?:累计|共|合计|总共)?")
_OFTEN_LAST = re.compile(rf"(?<=[\u4e00-\u9fff)])(?:{FREQUENCY})$")
# 一是, 二是, 2.对全县: points of one sentence, steps of one task.
_LISTED = re.compile(r"[一二三四五六七八九十]{1,2}是|[0-9]{1,2}[.、](?![0-9])|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[①-⑳]|首先|其次|最后")
# 分3期建设厂房20万平方米, 共建成停车场12个
_IN_STEPS = re.compile(r"分(?:[0-9]{1,2}|[一二两三四五六])(?:期|批次?|年|步|组|个?阶段)|共(?=建[设成])")
_PASSED_OVER = (_BASIS, _LISTED, _BY_STAGES, _HELPS_EACH, _IN_STEPS)
# 招商活动, 培训工作: the word before is no verb there.
_NOUN_OF_DOING = re.compile(r"活动|工作|行动|大会|事项|设施|设备|装置|系统")
# 就业帮扶车间, 临时救助资金支出, 签约服务: no verbs there.
_NOUNS_TOO = {"帮扶", "培养", "救助", "资助", "签约", "奖励"}
_NO_VERB_NEXT = re.compile(r"[率度量费室]|经费|面(?=[由从达率])|后(?![备勤续期代])|数(?![据字智码])|用[地水电]|性(?!别)|[者员站所]$")
# 培训机构, 监测报告: what is done is part of the name.
_NAMES = re.compile(r"(?:培训|服务|救助|帮扶|监测|检测|展示|实训|孵化|研发|交易|展销|体验)(?:经费|机构|基地|中心|平台|网点|设施|报告|费用|成本)")
# 腾退用地300亩: these are done to land itself.
_OF_LAND = re.compile(r"(?:腾退|盘活|供应|出让|收储|征收|清理|处置|复垦|整治|消化)$")


def leading_verb(folded: str, start: int, stop: int) -> tuple[str, int] | None:
    """The verb at a phrase's start and where its object begins."""
    match = verbs()[0].match(folded, start, stop)
    if match is None or _NAMES.match(folded, start, stop):
        return None
    if _NO_VERB_NEXT.match(folded, match.end(), stop) and not (folded.startswith("用地", match.end(), stop) and _OF_LAND.search(match[0])):
        return None
    return match[0], match.end()


def later_verb(
    folded: str, start: int, stop: int, *, is_weak_allowed: bool = False
) -> tuple[str, int, int] | None:
    """The last strong verb inside a phrase that leaves it a subject and an object: (verb, its start, object start)."""
    best = None
    if re.search(r"的[\u4e00-\u9fff]{2,}", folded[start:stop]):
        # 为幼儿开设托班的幼儿园: the verb belongs to what only tells which ones.
        start = max(start, folded.rfind("的", start, stop) + 1)
    pattern = verbs()[0] if is_weak_allowed else verbs()[1]
    for match in pattern.finditer(folded, start, stop):
        if (
            match.start() - start >= 2
            and stop - match.end() >= 2
            and not _NO_VERB_NEXT.match(folded, match.end(), stop)
            and not _NOUN_OF_DOING.match(folded, match.end(), stop)
        ):
            if (
                folded[match.end()] != "的"
                and not (match[0] in _NOUNS_TOO and folded.startswith(("车间", "基地", "金额", "资金", "服务"), match.end()))
                and folded[match.start() - 1] not in "的未待已拟在“"
                and folded[match.end() : stop].strip() not in verbs()[2]
            ):
                best = (match[0], match.start(), match.end())
    return best


_LONGEST_NAME = 200
_WHICH = re.compile(
    r"^[^、]*?(?:[0-9]|[一二两三四五六七八九十百千万]+(?=[人名户个家所亩元年平]))[^、的率]{0,8}的(?=[\u4e00-\u9fff]{2,})"
)


_LEADING = re.compile(r"(?:的|了|好|至|到(?![位户账场期])|个(?![体人性转案])|约(?![束谈定])|对(?![外口标接象比])|拥有)(?=.{2,})")
_FOR_WHOM = re.compile(r"(?:为|给|向).{2,24}?(?=免费)")
# 在61%的基础上提高9个百分点: what it starts from is no part of what rises.
BASIS_AT_END = re.compile(r"在(?![册校建岗职园编籍营])[^,，。;；]{0,20}?的?基础(?:上|之上)再?$")
_YEARS_AT_END = re.compile(r"(?<=..)(?:[一二两三四五六七八九十]|[0-9]{1,2})年内?(?:累计)?$")
_WORDS_AT_END = re.compile(r"分别$|(?<=率)[两三四五]个$|(?<=..)(?:已|免费|基本|首次|恢复性)$")


def clean(text: str) -> str:
    text = text[:_LONGEST_NAME].strip(" 、,:;。")
    for pattern in (_LEADING, _FOR_WHOM):
        if match := pattern.match(text):
            text = text[match.end() :]
    # 在校生不足三十人的教学点: what only tells which ones is left out.
    if not RATE_END.search(text):
        text = _WHICH.sub("", text)
    text = _TRAILING.sub("", text) or text
    text = _LAST_WORDS.sub("", text) or text
    text = _YEARS_AT_END.sub("", text)
    text = _WORDS_AT_END.sub("", text) or text
    text = BASIS_AT_END.sub("", text)
    text = text.strip(" 、,:;")
    return "" if text in _NO_NAMES else text


# What is left where there is no noun: 且高于全市1个百分点, 实现三个100%.
_NO_NAMES = {"的", "了", "等", "且", "并", "而且", "并且", "还", "也", "又", "同时", "两个", "三个", "四个", "五个"}
