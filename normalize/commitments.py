"""Numeric commitments: which quantities of the prose the notice promises, and what each is a promise of.

The prose is read sentence by sentence. A clause takes from the ones before it, within its sentence, the verb, object,
modality and time that it leaves out: 新评现代化学校5所,一级幼儿园3所 promises two things with one verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from extract.folding import fold
from extract.model import Span
from normalize import units, vocabulary
from normalize.clauses import split_clauses, split_sentences
from normalize.contexts import Claim
from normalize.facts import mark_facts
from normalize.periods import FREQUENCY, Period, due_date, match_period, read_period
from normalize.quantities import PREFIX_BOUND, Quantity, comparator_before, find_quantities
from normalize.quantified import find_quantified

#: How far back the words that belong to a number are looked for; longer noun phrases are cut.
_REACH = 90


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose and the row that it belongs to: ``path`` is the id without its letter, ``2.1.3``."""

    path: str
    section_id: str
    task_id: str
    spans: tuple[Span, ...]
    is_review: bool = False


@dataclass(slots=True)
class CommitmentResult:
    """Rows of ``commitments``, the claims on numerals (``row_id`` of a commitment, else empty) and checks."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    claims: list[tuple[Claim, str]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)


# --- words -----------------------------------------------------------------------------------------------------------

_RISE = "提高|提升|增长|增加|上升|扩大|升高|增收|上调|上浮|递增|提前|延长|上涨|攀升"
_FALL = "下降|降低|减少|缩短|压缩|压减|压降|缩减|下调|回落|精简|下浮|递减|降"
_LEVEL = re.compile(
    rf"""(?P<verb>达到|达|实现|保持|稳定|控制|维持|巩固|位居|完成|突破|{_RISE}|{_FALL}|扩容|拓展|延伸|覆盖|惠及|增至|降至|减至|升至|压至|缩至|超额完成)
        (?P<to>到|至|在|为|达到?|了)?\s*$""",
    re.VERBOSE,
)
_COPULA = re.compile(r"(?:为|是|不再|:)\s*$")
_GOALS = {"增至": "增", "降至": "降", "减至": "减", "升至": "升", "压至": "压", "缩至": "缩"}
_RISES, _FALLS = set(_RISE.split("|")), set(_FALL.split("|"))
# A verb of these reaches a level only with 到, 至 or 在 after it; bare it takes an object or changes by an amount.
_NEEDS_TO = {"稳定", "控制", "维持", "巩固", "扩容", "拓展", "延伸"}
_NOT_BARE_LEVEL = {"完成", "实现", "惠及", "覆盖", "位居", "超额完成"}
_LEAD = re.compile(r"(?:确保|实现|推动|促进|力争|争取|争创|使得?|让|保持|做到|带动|保证|努力|要|将|把|并|且|其中|预计|计划|拟|更好)(?=[^率度比数])")
_MODALITY = (
    ("aspirational", re.compile(r"力争|争取(?!.{0,4}(?:资金|项目|政策|支持|指标))|争创|争当|努力(?!打造)|力求|探索|有望|奋力|冲刺|尝试")),
    ("planned", re.compile(r"计划(?!生育|的|》|于|执行|投资|任务|内|外|单列|[^0-9]{0,4}[,，])|(?<![比模虚])拟(?!定|制|订|态|人)|预计")),
)
_BACK = (
    ("bound", re.compile(rf"(?:{PREFIX_BOUND})\s*$")),
    ("per", re.compile(r"(?P<per>(?:每(?:[百千万十]{0,2}(?:人|户|亩|生|孩|床|座|件|吨|公里|平方米|平米|台|辆|家|村|校|名|个|只|艘|头|株|例|项|次|公顷|立方米|平方公里|人口))?每?(?:年|月|日|天|学年|学期|次|季度)?)|人均|户均|亩均|地均|校均|村均|单位面积)\s*$")),
    ("frequency", re.compile(rf"(?P<frequency>{FREQUENCY})\s*$")),
    ("level", _LEVEL),
    ("copula", _COPULA),
    ("each", re.compile(r"(?P<each>分别|均|各自?|都|全部|也|总计|合计|共计|累计|总共|一共|共|平均|基本|整体|总体|预计|力争|争取|确保|努力|应|须|须达|要|将|再|各为|目标|新|同比|环比|比上年|较上年|比去年|较去年|:)\s*$")),
)  # fmt: skip
_PER_START = re.compile(r"每(?:[百千万]|[0-9]+)?(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|件|间|床|亩|年级|县|乡|区|市)(?:[\u4e00-\u9fff()、]{0,14}?)(?=至少|配备|拥有|建|设|有|派|安排|新|开展|组织|不少|不低|培|完成|落实|确定|增配|补助|奖|最|打造|创|选|达)")
_PER_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])每(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|间|床|亩)(?=增配|配备|配|新增|建|补助|发放|安排|设)")
_CONTRAST = re.compile(r"(?:比|较)(?:上年度?|去年|同期|[0-9]{4}年|上年同期|基期|[^,。;、]{0,10}?(?:平均(?:水平)?))\s*(?:末|底|同期|水平)?")
_RELATIVE = re.compile(r"(?P<word>高于|快于|高出|优于|领先|超过|超|低于|慢于)(?P<what>[^,，。;、]{2,20}?)(?:平均)?(?:水平)?\s*$")
_SUBJECT = re.compile(r"^(?:[各全我本]?[\u4e00-\u9fff]{0,4}(?:省|市|县|区|旗|州|镇|乡|街道|村|级)(?:级)?(?:财政|层面|范围内?|本级|城乡)?)(?=.{2,})")
_RATE_END = re.compile(r"(?:率|度|比例|占比|比重|水平|指数|得分|比|时间|时长|进度|标准|期限|年限|面积|规模|总量|总额|[人次户]数|产值|收入)$")
# What a count may rise by: 参保人数增加500人; 完成学历提升1000人 counts people whose schooling rises.
_COUNTED = re.compile(r"(?:数量?|量|额|规模|人次|人口|收入|面积|产值|里程|时间|时长|期限|年限|标准|水平|价格?|成本|能耗|浓度|强度|床位|学位|泊位|主体)$")
_TRAILING = re.compile(r"(?:的|等|共|合计|累计|各|均|[、,:\s])+$")
_DELIVER_ONLY_WITH_SUBJECT = {"causative"}
_AFTER_FINAL = re.compile(r"\s*(?:$|[、,;:。)\]〕”》(（]|(?:和|及|以及|与|或|并|且)(?![谐平睦美善谈约校党的])|的(?:目标|标准|要求|水平|任务|速度|规模)|用于|用来|来(?=支持|开展)|左右|同比|计算|计$)")
_THRESHOLD = re.compile(r"\s*(?:\([^()]{0,12}\))?\s*的(?!目标|标准|要求|水平|速度|增速|任务|规模|比例|概率|[,，。;；]|$)")
_SEPARATOR = re.compile(r"、|和(?!谐|平|睦|美)|及|以及|与|并|,")
_PART = re.compile(r"[(（]?\s*(?:其中|含|包括|包含|内含)\s*[:,]?")
_REGULATE = ("落实", "健全", "完善", "坚持", "围绕", "聚焦", "依托", "根据", "按照", "用好", "深化", "贯彻", "遵循", "发挥", "加强", "规范", "优化", "强化", "对照", "做好", "按", "依据", "执行", "遵守", "明确", "涉及", "属于", "分为", "结合", "用足", "抓好", "管好", "夯实", "巩固", "把握", "统筹", "保持", "履行", "严格", "严守", "通过", "利用", "针对", "面向", "作为", "由", "以", "从", "比", "超出", "累计", "满", "经", "须经", "凡", "将", "把")
_REGULATED = re.compile(rf"(?:{'|'.join(_REGULATE)})[^,，。;；、]{{0,14}}$")
_RULE = re.compile(r"罚款|罚金|处罚|违约金|滞纳金|给予[^,，。;；]{0,24}(?:奖励|补助|补贴|资助|奖补|支持|扶持|贴息|优惠)|(?:一次性|最高)(?:给予|奖励|补助|补贴|资助|奖补)|予以[^,，。;；]{0,20}(?:奖励|补助|补贴|资助|奖补)|按[^,，。;；]{0,20}(?:标准|比例)[^,，。;；]{0,6}(?:给予|补助|补贴|发放|执行|收取|奖励|计算|缴纳)|(?:情节|违法所得|没收|拘留|有期徒刑)")
_SCOPE_BEFORE = re.compile(r"(?:全[区县市省镇国域旗州系]|辖区|现有|共有|上述|上一?年度?|以下|下列|这|那|该|其他|其余|前述|上年度|等|中的?)\s*$")
_DURATION = {"小时", "个小时", "分钟", "秒", "天", "日", "个工作日", "工作日", "个月", "周", "年", "个季度"}
_FOR = re.compile(r"^(?:在|为|对|向|给|于|从)$")


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Verbs at a clause's start, strong verbs anywhere, and the strength of each."""
    strength = {row["action"]: row["strength"] for row in vocabulary.entries("actions")}
    any_verb = vocabulary.alternation("actions")
    strong = vocabulary.alternation("actions", lambda row: row["strength"] == "strong")
    bracketed = r"[新改扩迁]\([^()]{1,6}\)[建设]|[新改](?:\([^()]{1,4}\))?(?:、[改扩迁续]){1,3}建"
    one = rf"(?:{bracketed}|{any_verb})"
    chain = rf"{one}(?:(?:、|和|及|或|并){one})*"
    # 新开工改造, 建设筹集 are one action; 实施改造 is a verb and its object.
    works = r"(?:新[建开改][建工扩]?|[改扩迁续]建|开工|建设|改造|提升|修缮|整治|清理|排查)(?:建设|改造|提升|整治|修缮|筹集|治理|修复|续建|扩建|更新|建成)"
    return re.compile(rf"(?:{works}|{chain})(?![率度性])"), re.compile(rf"{bracketed}|{strong}"), strength


@lru_cache(maxsize=1)
def _adverbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('adverbs')})+(?=[\u4e00-\u9fff“(])")


# --- one clause ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Memory:
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


@dataclass(slots=True)
class _Prefix:
    """The words between the noun phrase and its number, read backwards."""

    stop: int
    comparator: str = ""
    bound_word: str = ""
    level: str = ""
    level_to: str = ""
    per: str = ""
    frequency: str = ""
    is_each: bool = False
    is_respectively: bool = False
    has_copula: bool = False


def _read_back(folded: str, left: int, position: int) -> _Prefix:
    """What stands directly before a number: bound, denominator, frequency, verb of level, 分别, 均."""
    prefix = _Prefix(position)
    for _ in range(8):
        window = folded[max(left, prefix.stop - 24) : prefix.stop]
        for name, pattern in _BACK:
            match = pattern.search(window)
            if match is None or not match[0].strip():
                continue
            if name == "bound":
                word = match[0].strip()
                if prefix.comparator or (word in ("近", "上", "超") and window[: match.start()].endswith(("最", "附", "邻", "靠", "就", "赶", "高"))):
                    continue
                prefix.comparator, prefix.bound_word = comparator_before(word), word
            elif name == "per":
                if match["per"] == "每" or prefix.per:
                    continue
                prefix.per = match["per"]
                if re.fullmatch(FREQUENCY, prefix.per):
                    prefix.frequency, prefix.per = prefix.per, ""
            elif name == "frequency":
                prefix.frequency = match["frequency"]
            elif name == "level":
                verb = match["verb"]
                if prefix.level or (verb in _NEEDS_TO and not match["to"]):
                    continue
                if verb in _NOT_BARE_LEVEL and not match["to"]:
                    continue
                prefix.level, prefix.level_to = _GOALS.get(verb, verb), "到" if verb in _GOALS else match["to"] or ""
            elif name == "copula":
                if prefix.has_copula or prefix.stop - len(match[0]) <= left or window[: match.start()].endswith(("作", "成", "分", "称", "认", "行", "因", "较", "更", "极", "最")):
                    continue
                prefix.has_copula = True
            else:
                word = match["each"]
                if word == "各" and not window[: match.start()]:
                    continue
                if word in ("应", "新", "要", "将", "再", "共") and re.search(r"[\u4e00-\u9fff]$", window[: match.start()]) and window[: match.start()].endswith(("供", "响", "适", "对", "反", "创", "更", "重", "公", "需", "即", "必", "主", "全", "最", "革")):
                    continue
                prefix.is_each = prefix.is_each or word in ("均", "各", "都", "也")
                prefix.is_respectively = prefix.is_respectively or word == "分别"
            # A sign or word of bound right after the last letter of a word is none of its own (最近, 附近).
            prefix.stop -= len(window) - match.start()
            break
        else:
            break
    return prefix


def _strip_start(folded: str, start: int, stop: int, memory: _Memory, found: dict[str, Any]) -> int:
    """Past the time phrases, modality words and adverbs at a phrase's start; what they say goes into ``found``."""
    for _ in range(12):
        before = start
        while start < stop and folded[start] in " 、,:":
            start += 1
        if period := match_period(folded, start, stop):
            text = period[0]
            if not folded[period.end() : period.end() + 1] in ("均",):
                found["period"] = read_period(text)
                start = period.end()
                continue
        if (often := re.compile(FREQUENCY).match(folded, start, stop)) and often.end() > start:
            found["frequency"], start = often[0], often.end()
            continue
        for modality, pattern in _MODALITY:
            if (word := pattern.match(folded, start, stop)) and word[0] not in ("争创", "争当", "争取"):
                found["modality"], start = modality, word.end()
                break
        if start != before:
            continue
        if per := _PER_START.match(folded, start, stop):
            found["per"], start = per[0], per.end()
            continue
        if (adverb := _adverbs().match(folded, start, stop)) and adverb.end() < stop and not _verbs()[0].match(folded, start, stop):
            start = adverb.end()
            continue
        if start == before:
            break
    return start


_NO_VERB_NEXT = re.compile(r"[率度量数费]|性(?!别)|[者员站所]$")


def _leading_verb(folded: str, start: int, stop: int) -> tuple[str, int] | None:
    """The verb at a phrase's start and where its object begins."""
    match = _verbs()[0].match(folded, start, stop)
    if match is None or _NO_VERB_NEXT.match(folded, match.end(), stop):
        return None
    return match[0], match.end()


def _later_verb(folded: str, start: int, stop: int) -> tuple[str, int, int] | None:
    """The last strong verb inside a phrase that leaves it a subject and an object: (verb, its start, object start)."""
    best = None
    for match in _verbs()[1].finditer(folded, start, stop):
        if match.start() - start >= 2 and stop - match.end() >= 2 and not _NO_VERB_NEXT.match(folded, match.end(), stop):
            if folded[match.end()] != "的" and folded[match.start() - 1] not in "的未待已拟在“" and folded[match.end() : stop].strip() not in _verbs()[2]:
                best = (match[0], match.start(), match.end())
    return best


_WHICH = re.compile(r"^[^、]*?(?:[0-9]|[一二两三四五六七八九十百千万]+(?=[人名户个家所亩元年平]))[^、的率]{0,8}的(?=[\u4e00-\u9fff]{2,})")


def _clean(text: str) -> str:
    text = text.strip(" 、,:;。")
    text = re.sub(r"^(?:的|了|好|至|到|个|约|对)(?=.{2,})", "", text)
    # 在校生不足三十人的教学点: what only tells which ones is left out.
    text = _WHICH.sub("", text)
    text = _TRAILING.sub("", text) or text
    text = re.sub(rf"(?:{FREQUENCY}|[其再也])$", "", text) or text
    return text.strip(" 、,:;")


# --- sentences -------------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, text: str, folded: str, taken: bytearray, year: int | None, is_rules: bool) -> None:
        self.text, self.folded, self.taken, self.year, self.is_rules = text, folded, taken, year, is_rules
        self.result = CommitmentResult()
        self.counters: dict[str, int] = {}

    def read(self, passage: Passage) -> None:
        for span in passage.spans:
            for start, end in split_sentences(self.folded, span.start, span.end):
                self._sentence(passage, start, end)

    def _sentence(self, passage: Passage, start: int, end: int) -> None:
        clauses = split_clauses(self.folded, start, end)
        facts = mark_facts(self.folded, [(a, b) for a, b, _ in clauses], self.year, passage.is_review)
        memory = _Memory()
        for (a, b, mark), is_fact in zip(clauses, facts, strict=True):
            if mark == ";":
                memory.period, memory.frequency, memory.whole, memory.is_parts = None, "", None, False
                memory.sticky_modality, memory.bare_verb, memory.action = "", "", ""
            self._clause(passage, a, b, mark, is_fact, memory)

    def _claim(self, quantity: Quantity, kind: str, row_id: str = "") -> None:
        for number in quantity.numbers:
            self.result.claims.append((Claim(number.start, number.end, kind), row_id))

    def _clause(self, passage: Passage, start: int, end: int, mark: str, is_fact: bool, memory: _Memory) -> None:
        folded = self.folded
        quantities = find_quantities(folded, start, end, self.taken)
        if not is_fact and not self.is_rules:
            self._quantified(passage, start, end)
        if not quantities:
            self._remember(start, end, memory)
            return
        if is_fact or self.is_rules or _RULE.search(folded, start, end):
            for quantity in quantities:
                self._claim(quantity, "fact" if is_fact and not self.is_rules else "rule")
            return
        kinds = [self._not_promised(quantities, index, start, end) for index in range(len(quantities))]
        left = start
        index = 0
        if _PART.match(folded, start, end):
            memory.is_parts = True
        elif mark == "," and memory.is_parts:
            own = _leading_verb(folded, start, end)
            same_unit = quantities[0].unit == memory.unit
            memory.is_parts = same_unit and own is None and not _read_back(folded, start, quantities[0].start).level
        while index < len(quantities):
            group = self._group(quantities, kinds, index)
            first, last = group[0], group[-1]
            if kinds[index]:
                for quantity in group:
                    self._claim(quantity, kinds[index])
            else:
                right = self._right(quantities, index + len(group) - 1, end)
                in_brackets = self._open_bracket(left, first.start)
                if in_brackets is not None:
                    self._promise(passage, group, in_brackets, right, (start, end), memory, is_part=True)
                else:
                    self._promise(passage, group, left, right, (start, end), memory, is_part=memory.is_parts)
            left = self._next_left(quantities, index + len(group) - 1, last, left if kinds[index] else None)
            index += len(group)

    def _open_bracket(self, left: int, position: int) -> int | None:
        """Where a bracket with 其中 or 含 that holds ``position`` begins."""
        opening = self.folded.rfind("(", left, position)
        if opening < 0 or self.folded.find(")", opening, position) >= 0:
            return None
        return opening if _PART.match(self.folded, opening) else None

    def _group(self, quantities: list[Quantity], kinds: list[str], index: int) -> list[Quantity]:
        """Numbers side by side without a noun between: 72%和70%, 1、3、10名."""
        group = [quantities[index]]
        for following, kind in zip(quantities[index + 1 :], kinds[index + 1 :], strict=True):
            between = self.folded[group[-1].end : following.start]
            if kind == kinds[index] and re.fullmatch(r"\s*(?:、|和|及|与|以及|或)\s*", between):
                group.append(following)
            else:
                break
        return group

    def _next_left(self, quantities: list[Quantity], index: int, last: Quantity, kept: int | None) -> int:
        """Where the next quantity's phrase begins: after the separator that ends this one's.

        A number that only describes stays part of the next one's phrase, which begins at ``kept``.
        """
        if index + 1 >= len(quantities):
            return last.end
        following = quantities[index + 1]
        if _AFTER_FINAL.match(self.folded, last.end):
            match = re.compile(r"\s*\)?\s*(?:、|和|及|以及|与|并|且|或)?").match(self.folded, last.end, following.start)
            return match.end() if match else last.end
        cuts = [m.end() for m in _SEPARATOR.finditer(self.folded, last.end, following.start)]
        if kept is not None:
            return kept if not cuts or self.folded[following.start - 1 : following.start] not in "、," else cuts[-1]
        return cuts[-1] if cuts else last.end

    def _right(self, quantities: list[Quantity], index: int, end: int) -> int:
        """Where the phrase after a number ends."""
        if index + 1 >= len(quantities):
            return end
        following = quantities[index + 1]
        cuts = [m.start() for m in _SEPARATOR.finditer(self.folded, quantities[index].end, following.start)]
        return cuts[-1] if cuts else following.start

    # --- what is no promise ---

    def _not_promised(self, quantities: list[Quantity], index: int, start: int, end: int) -> str:
        """The class of a quantity that is no commitment, or empty."""
        folded, quantity = self.folded, quantities[index]
        before = folded[max(start, quantity.start - 30) : quantity.start]
        prefix = _read_back(folded, start, quantity.start)
        bare = folded[max(start, prefix.stop - 30) : prefix.stop]
        base_unit = units.split_scale(quantity.unit)[0]
        is_share = base_unit in ("%", "‰", "‱")
        is_final = bool(_AFTER_FINAL.match(folded, quantity.end, end)) or quantity.end >= end
        if self._brackets_hold(start, quantity.start, quantity.end, end):
            return "descriptor"
        if threshold := _THRESHOLD.match(folded, quantity.end, end):
            governed = self._ends_with_verb(start, prefix.stop) or bool(prefix.level)
            if not (is_share and not re.search(r"对|凡|低于|不足|超过|给予", before)) and not (governed and threshold.end() < end and not prefix.bound_word):
                return "rule" if re.search(r"不足|不满|未达|低于|满$", before) else "descriptor"
        elif index + 1 < len(quantities) and folded[quantity.end : quantity.end + 1] == "、" and not quantity.comparator:
            # 总投资11.6亿元、规划床位800张的新院区: the 的 of the last holds for all that are strung together.
            following = quantities[index + 1]
            if _THRESHOLD.match(folded, following.end, end) and self._not_promised(quantities, index + 1, start, end):
                if not self._phrase_has_verb(start, prefix.stop) or re.search(r"总投资|总面积|规划|占地|建筑面积", bare):
                    return "descriptor"
        if re.search(r"(?:满|未满|工龄|连续)\s*$", before) or (prefix.bound_word in ("不足", "不满", "不到") and not is_final):
            return "rule"
        if base_unit in _DURATION and not prefix.level and not prefix.bound_word and re.match(r"(?:之?内|以内|前|后|期|以上)", folded[quantity.end - 1 : quantity.end + 2] if quantity.comparator else folded[quantity.end : quantity.end + 2]):
            if index + 1 < len(quantities) or quantity.comparator == "" or base_unit == "年":
                return "date"
        if base_unit == "年" and not prefix.level and not prefix.bound_word and quantity.baseline is None and not is_final:
            return "date"
        if is_final or quantity.change_word or quantity.baseline is not None:
            if is_final and not quantity.unit and not (prefix.level or prefix.bound_word or quantity.comparator):
                return "other" if not quantity.is_chinese else "descriptor"
            if quantity.is_chinese and quantity.value == 1 and not self._has_noun(start, prefix.stop):
                return "descriptor"
            if re.match(r"\s*(?:并|且)?(?:将|对|把|凡是?|符合)", folded[start:end][:6]) and re.search(r"低于|高于|超过|不足|不满", bare) and re.match(r"[^,。;]{0,24}的[\u4e00-\u9fff]", folded[quantity.end : end]):
                return "rule"
            return ""
        # From here on a noun follows the number: 12个镇.
        if self._later_number_without_break(quantities, index, end):
            return "descriptor"
        if quantity.is_chinese and quantity.value == 1 and not (quantity.comparator or prefix.bound_word):
            return "descriptor"
        if _SCOPE_BEFORE.search(bare) and not self._ends_with_verb(start, prefix.stop):
            if not (bare.rstrip().endswith("等") and self._phrase_has_verb(start, prefix.stop)):
                return "descriptor"
        has_bound = bool(quantity.comparator or prefix.bound_word)
        if (_REGULATED.search(bare) or self._begins_regulating(start, prefix.stop)) and not has_bound and not self._ends_with_verb(start, prefix.stop):
            return "descriptor"
        if not quantity.unit:
            return "descriptor" if not (has_bound or prefix.level) else ""
        if not bare.strip() and not has_bound and base_unit not in _DURATION:
            return "" if index and folded[quantity.start - 1] in "、和及" else "descriptor"
        return ""

    def _brackets_hold(self, start: int, low: int, high: int, end: int) -> bool:
        """Whether a quantity stands inside brackets that say nothing of a part: (80平方米以上)."""
        opening = self.folded.rfind("(", start, low)
        if opening < 0 or self.folded.find(")", opening, low) >= 0:
            return False
        return not _PART.match(self.folded, opening) and self.folded.find(")", high, end) >= 0

    def _has_noun(self, start: int, stop: int) -> bool:
        found: dict[str, Any] = {}
        begin = _strip_start(self.folded, max(start, stop - _REACH), stop, _Memory(), found)
        cut = max(self.folded.rfind(mark, begin, stop) for mark in "、和及")
        begin = max(begin, cut + 1)
        verb = _leading_verb(self.folded, begin, stop)
        return len(re.findall(r"[\u4e00-\u9fff]", self.folded[verb[1] if verb else begin : stop])) >= 2

    def _ends_with_verb(self, start: int, stop: int) -> bool:
        """Whether a verb of delivery stands right before a number; a weak one (服务, 培训) only where it begins the phrase."""
        begin = _strip_start(self.folded, max(start, stop - _REACH), stop, _Memory(), {})
        window = self.folded[max(begin, stop - 12) : stop].rstrip()
        return any(window.endswith(verb) and (strength == "strong" or window == verb) for verb, strength in _verbs()[2].items() if verb != "落实")

    def _begins_regulating(self, start: int, stop: int) -> bool:
        begin = _strip_start(self.folded, max(start, stop - _REACH), stop, _Memory(), {})
        return self.folded.startswith(_REGULATE, begin, stop)

    def _phrase_has_verb(self, start: int, stop: int) -> bool:
        found: dict[str, Any] = {}
        begin = _strip_start(self.folded, max(start, stop - _REACH), stop, _Memory(), found)
        return _leading_verb(self.folded, begin, stop) is not None

    def _later_number_without_break(self, quantities: list[Quantity], index: int, end: int) -> bool:
        """带动10个以上村增收20万元: the first number only says whom the second is about."""
        if index + 1 >= len(quantities):
            return False
        this, following = quantities[index], quantities[index + 1]
        between = self.folded[this.end : following.start]
        return not _SEPARATOR.search(between) and "(" not in between

    # --- promises ---

    def _remember(self, start: int, end: int, memory: _Memory) -> None:
        """A clause without numbers may still give its verb, time or modality to the next."""
        found: dict[str, Any] = {}
        begin = _strip_start(self.folded, start, end, memory, found)
        if "period" in found:
            memory.period = found["period"]
        if begin >= end - 1 or not re.search(r"[\u4e00-\u9fff]", self.folded[begin:end]):
            if "frequency" in found:
                memory.frequency = found["frequency"]
            if "modality" in found:
                memory.sticky_modality = found["modality"]
            return
        if (verb := _leading_verb(self.folded, begin, end)) and not _RATE_END.search(self.folded[begin:end].strip()):
            memory.bare_verb, memory.modality, memory.action = verb[0], found.get("modality", "binding"), ""
            memory.object, memory.kind = "", ""
        elif end - begin <= 40:
            # A noun phrase of its own is the subject of what follows: 幸福清单送达率,每季度均达到100%.
            memory.object, memory.bare_verb, memory.action = _clean(self.text[begin:end]), "", ""
        memory.is_parts = False

    def _promise(
        self, passage: Passage, group: list[Quantity], left: int, right: int, clause: tuple[int, int], memory: _Memory, is_part: bool
    ) -> None:
        folded, text = self.folded, self.text
        first, last = group[0], group[-1]
        left = max(left, first.start - _REACH)
        if is_part and (part := _PART.match(folded, left, first.start)):
            left = part.end()
        prefix = _read_back(folded, left, first.start)
        found: dict[str, Any] = {}
        begin = _strip_start(folded, left, prefix.stop, memory, found)
        phrase = Span(begin, prefix.stop)
        kind, action, object_, comparator = "level", "", "", prefix.comparator
        if not comparator and re.search(r"至少|最少|不少于", folded[left : first.start]):
            comparator = ">="
        per = first.per or prefix.per or found.get("per", "")
        if not per and (each := _PER_INSIDE.search(folded, left, first.start)):
            per = each[0]
        inherits = False
        if first.change_word == "翻":
            kind, action = "ratio", "翻"
            object_ = _clean(_CONTRAST.sub("", text[phrase.start : phrase.end]))
        elif first.baseline is not None:
            kind, action = "change", first.change_word
            object_, change_per = self._change_subject(phrase)
            per = per or change_per
        elif prefix.level and self._is_level(phrase, prefix, first):
            action = prefix.level
            if not prefix.level_to and action in _RISES | _FALLS:
                kind = "increase" if action in _RISES else "decrease"
            elif first.unit == "倍" and not prefix.level_to:
                kind = "ratio"
            lead = phrase.start
            while found_lead := _LEAD.match(folded, lead, phrase.end):
                lead = found_lead.end()
            object_ = _clean(_CONTRAST.sub("", text[lead : phrase.end]))
            if not object_ and kind in ("increase", "decrease") and right > last.end and not _AFTER_FINAL.match(folded, last.end, clause[1]):
                kind, object_ = "level", _clean(text[last.end : right])
            elif not object_ and action in ("突破", "完成", "实现") and right > last.end and not _AFTER_FINAL.match(folded, last.end, clause[1]):
                object_ = _clean(text[last.end : right])
        elif first.unit == "倍" and (ratio := self._ratio_subject(phrase)):
            kind, action, object_, sign = ratio
            comparator = comparator or sign
        elif first.unit in ("个百分点", "百分点", "位", "名次", "%") and (relative := _RELATIVE.search(folded, phrase.start, phrase.end)):
            kind = "decrease" if relative["word"] in ("低于", "慢于") else "increase"
            action, object_ = relative["word"], _clean(text[phrase.start : relative.start()])
        elif _AFTER_FINAL.match(folded, last.end, clause[1]) or last.end >= clause[1]:
            action, object_, inherits = self._verb_object(phrase, prefix, memory, found)
        else:
            action, object_ = self._number_first(phrase, last.end, right, first)
        if prefix.bound_word in ("超过", "突破", "高于", "低于", "大于", "超") and not action and prefix.bound_word in ("超过", "突破"):
            action = prefix.bound_word
        if inherits or (not object_ and memory.object):
            if action in ("", memory.action) and not object_ and memory.kind in ("increase", "decrease") and not is_part:
                kind, action = memory.kind, memory.action
        if is_part and memory.whole is not None:
            action = action or memory.whole["action"]
            object_ = object_ or memory.whole["object"]
        if not object_:
            object_ = memory.object
            per = per or memory.per
        modality = self._modality(clause, left, first.start, found, inherits, action, memory)
        period, carried = found.get("period"), False
        if period is None and (match := self._period_inside(left, first.start)):
            period = match
        if period is None and memory.period is not None and (memory.period.carries or is_part):
            period, carried = memory.period, True
        frequency = prefix.frequency or found.get("frequency", "") or self._frequency_inside(left, first.start)
        if not frequency and (is_part or left > clause[0]) and not carried:
            frequency = memory.frequency
        elif not frequency and memory.frequency and memory.row is None:
            frequency = memory.frequency
        bracketed = re.search(r"\(([^()]{1,8})\)$", fold(object_))
        head_unit = bracketed[1] if bracketed and not first.unit and units.is_unit(bracketed[1]) else ""
        if bracketed and head_unit:
            object_ = object_[: bracketed.start()]
        objects = self._distribute(object_, group, prefix)
        signs = self._signs(group, comparator, prefix)
        rows = []
        for quantity, named, sign in zip(group, objects, signs, strict=True):
            unit, guessed = quantity.unit, quantity.is_unit_guessed
            if unit in ("", *units.SCALES) and (head := head_unit or self._head_unit(named or object_)):
                unit += head
            row = self._row(passage, replace(quantity, unit=unit), clause, kind, action, named, sign, per, modality, period, frequency)
            if is_part and memory.whole is not None:
                row["part_of"] = memory.whole["commitment_id"]
                if period is None and memory.whole["period_text"]:
                    row["period_text"], row["due"] = memory.whole["period_text"], memory.whole["due"]
                if not row["frequency"]:
                    row["frequency"] = memory.whole["frequency"]
            self.result.rows.append(row)
            self._claim(quantity, "commitment", row["commitment_id"])
            if not unit or unit in units.SCALES:
                self._check("unit_missing", f"the number {self.text[quantity.start : quantity.end]} has no unit of measure", row, quantity)
            elif guessed or not units.is_unit(unit):
                self._check("unknown_unit", f"{unit} is no unit of measure that the list knows", row, quantity)
            rows.append(row)
        if not is_part:
            memory.whole = rows[-1]
        memory.row, memory.unit = rows[-1], last.unit
        memory.action, memory.object, memory.kind, memory.modality, memory.per = action, object_, kind, modality, per
        memory.bare_verb = ""
        if found.get("period") is not None:
            memory.period = found["period"]
        memory.frequency = frequency

    def _check(self, code: str, message: str, row: dict[str, Any], quantity: Quantity) -> None:
        self.result.checks.append(
            {"severity": "warning", "code": code, "message": message, "subject_kind": "commitment", "subject_id": row["commitment_id"], "start": quantity.start, "end": quantity.end}
        )

    def _change_subject(self, phrase: Span) -> tuple[str, str]:
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
        return _clean(re.sub(r"^(?:将|把|推动|确保|实现|使|力争)", "", window_text)), per

    def _ratio_subject(self, phrase: Span) -> tuple[str, str, str, str] | None:
        """人均收入达到全省平均的两倍: (kind, action, object, sign)."""
        window = self.folded[phrase.start : phrase.end]
        match = re.search(rf"(?P<verb>{PREFIX_BOUND}|达到|达|为|是|相当于|控制在|保持在|稳定在)(?P<what>[^,，。;]{{1,24}})的?$", window)
        if match is None:
            return None
        verb = match["verb"]
        sign = comparator_before(verb) if re.fullmatch(PREFIX_BOUND, verb) else ""
        action = "" if sign or verb in ("为", "是") else re.sub("在$", "", verb)
        return "ratio", action, _clean(self.text[phrase.start : phrase.start + match.start()]), sign

    def _verb_object(self, phrase: Span, prefix: _Prefix, memory: _Memory, found: dict[str, Any]) -> tuple[str, str, bool]:
        """Action and object of a phrase that its number ends: 新增托位450个."""
        folded, text = self.folded, self.text
        start, stop = phrase.start, phrase.end
        whole = _clean(text[start:stop])
        names_rate = bool(_RATE_END.search(fold(whole)))
        verb = _leading_verb(folded, start, stop)
        if verb is not None and names_rate and verb[0] not in ("落实", "实现", "推动", "促进", "保障", "完成"):
            verb = None
        if verb is not None:
            name, object_start = verb
            strength = _verbs()[2].get(name, "strong")
            later = _later_verb(folded, object_start, stop)
            if strength == "causative" and later is not None:
                return later[0], _clean(text[later[2] : stop]), False
            return name, _clean(text[object_start:stop]), False
        if not names_rate and (later := _later_verb(folded, start, stop)) is not None:
            rest = _clean(text[later[2] : stop])
            # 企业职工养老保险净增参保: so short an object says nothing without its subject.
            subjectless = len(rest) > 2 or later[0] not in ("新增", "净增")
            return later[0], rest if subjectless else self._without_subject(whole), False
        if prefix.bound_word and (final := self._final_verb(start, stop)):
            return final[0], _clean(text[start : final[1]]), False
        has_own_subject = "frequency" in found or bool(_SUBJECT.match(folded, start, stop)) and start == phrase.start and "period" in found
        is_linked = self.folded[max(0, start - 1) : start] == "、" and memory.row is not None
        if has_own_subject or names_rate and not is_linked:
            return "", self._without_subject(whole), False
        action = memory.action or memory.bare_verb
        if memory.kind in ("increase", "decrease", "change", "ratio") or memory.action in ("达到", "达", "控制", "保持", "稳定", "超过", "突破"):
            action = action if not whole else ""
        return action, self._without_subject(whole) if not action else whole, bool(action) or not whole

    def _final_verb(self, start: int, stop: int) -> tuple[str, int] | None:
        """对空巢老年人每月探访不少于两次: the verb that ends the phrase, and where it begins."""
        window = self.folded[start:stop].rstrip()
        verb = max((v for v, strength in _verbs()[2].items() if strength == "strong" and window.endswith(v)), key=len, default="")
        return (verb, start + len(window) - len(verb)) if verb and len(window) - len(verb) >= 2 else None

    def _is_level(self, phrase: Span, prefix: _Prefix, quantity: Quantity) -> bool:
        """Whether a verb right before a number tells a level or a change, and is no part of a noun (学历提升1000人)."""
        if prefix.level_to or prefix.level not in _RISES | _FALLS or units.dimension(quantity.unit) != "count":
            return True
        return phrase.start == phrase.end or bool(_COUNTED.search(self.folded[phrase.start : phrase.end].strip()))

    def _without_subject(self, whole: str) -> str:
        match = re.match(r"(?:全[区县市省镇国域旗州]|我[区县市省]|本[区县市])(?=.{3,})", whole)
        rest = whole[match.end() :] if match else whole
        often = re.match(FREQUENCY, rest)
        return rest[often.end() :] if often and len(rest) - often.end() >= 2 else rest

    def _number_first(self, phrase: Span, after: int, right: int, quantity: Quantity) -> tuple[str, str]:
        """Action and object where the noun follows the number: 完成12个社区老年大学创建, 在5个镇开展筛查试点."""
        folded, text = self.folded, self.text
        window = folded[phrase.start : phrase.end].strip()
        tail = Span(after, right)
        base_unit = units.split_scale(quantity.unit)[0]
        if base_unit in _DURATION and quantity.comparator == "<=":
            verb = self._strong_verb(tail)
            return (verb[0] if verb else ""), _clean(text[phrase.start : phrase.end]) or _clean(text[tail.start : tail.end])
        verb = self._verb_before(phrase)
        if verb is None or _FOR.match(window):
            if inner := self._strong_verb(tail, deep=True):
                return inner[0], _clean(text[inner[1] : tail.end])
        object_ = text[tail.start : tail.end]
        if cut := re.search(r"(?<=..)(?:达到|通过|成为|纳入|获得|达标)", fold(object_)):
            object_ = object_[: cut.start()]
        return (verb or ""), _clean(object_)

    def _verb_before(self, phrase: Span) -> str | None:
        """The verb that governs a number: the one right before it, else the one that begins the phrase."""
        folded = self.folded
        window = folded[phrase.start : phrase.end].rstrip()
        nearest = max((v for v in _verbs()[2] if window.endswith(v)), key=len, default=None)
        if nearest:
            return nearest
        if leading := _leading_verb(folded, phrase.start, phrase.end):
            return leading[0]
        later = None
        for match in _verbs()[1].finditer(folded, phrase.start, phrase.end):
            later = match[0]
        return later

    def _strong_verb(self, span: Span, deep: bool = False) -> tuple[str, int] | None:
        for match in re.finditer(rf"{_verbs()[1].pattern}|进行", self.folded[span.start : span.end]):
            if not deep or match.start() >= 1:
                if span.end - span.start - match.end() >= (2 if deep else 0):
                    return match[0], span.start + match.end()
        return None

    def _modality(
        self, clause: tuple[int, int], left: int, stop: int, found: dict[str, Any], inherits: bool, action: str, memory: _Memory
    ) -> str:
        is_first = not (memory.row is not None and memory.row["start"] >= clause[0])
        for modality, pattern in _MODALITY:
            if pattern.search(self.folded, clause[0] if is_first else left, stop):
                return modality
        if "modality" in found:
            return str(found["modality"])
        if memory.sticky_modality:
            return memory.sticky_modality
        if (inherits or left > clause[0] or action == memory.action) and memory.modality != "binding" and memory.row is not None:
            if not (memory.modality == "aspirational" and action != memory.action):
                return memory.modality
        return "binding"

    def _period_inside(self, left: int, stop: int) -> Period | None:
        """A time phrase in the middle of a phrase: 保障房2027年底前建成900套."""
        for match in re.finditer(r"(?:到|至)?(?:19|20)[0-9]{2}年|全年|年内|年底|年末|[0-9]{1,2}月底", self.folded[left:stop]):
            position = left + match.start()
            if (period := match_period(self.folded, position, stop)) and not re.match(r"建成|以前建", self.folded[period.end() :][:3]):
                return read_period(period[0])
        return None

    def _frequency_inside(self, left: int, stop: int) -> str:
        match = re.search(FREQUENCY, self.folded[left:stop])
        return match[0] if match else ""

    def _signs(self, group: list[Quantity], comparator: str, prefix: _Prefix) -> list[str]:
        """The bound of each number of a group: one before the first or, with 分别, after the last holds for all."""
        shared = comparator or (group[-1].comparator if prefix.is_respectively else "")
        return [quantity.comparator or shared or "=" for quantity in group]

    def _distribute(self, object_: str, group: list[Quantity], prefix: _Prefix) -> list[str]:
        """分别: one subject for each number, by position."""
        if len(group) == 1 or not prefix.is_respectively:
            return [object_] * len(group)
        parts = [part for part in re.split(r"、|和|及|以及|与", object_) if part]
        if len(parts) != len(group):
            return [object_] * len(group)
        if all(_RATE_END.search(fold(part)) or len(part) > 4 for part in parts[:-1]):
            return parts
        # 职工、城乡居民医保报销比例: the head noun is printed once, with the last.
        tail = parts[-1][min(len(p) for p in parts[:-1]) :] if len(parts[-1]) > 6 else ""
        return [part if part is parts[-1] or not tail else part + tail for part in parts]

    def _head_unit(self, object_: str) -> str:
        """服务人次达200万以上: the unit of measure is the head noun's own."""
        for unit in ("人次", "户次", "场次", "件次", "班次", "车次", "批次"):
            if object_.endswith((unit, unit + "数")):
                return unit
        return ""

    def _row(
        self, passage: Passage, quantity: Quantity, clause: tuple[int, int], kind: str, action: str, object_: str, sign: str,
        per: str, modality: str, period: Period | None, frequency: str,
    ) -> dict[str, Any]:  # fmt: skip
        number = self.counters[passage.path] = self.counters.get(passage.path, 0) + 1
        base_value, base_unit = quantity.base
        unit = quantity.unit
        if "/" in unit and not per:
            per = unit.split("/", 1)[1]
        start = quantity.start
        return {
            "commitment_id": f"c{passage.path}-{number}",
            "task_id": passage.task_id, "section_id": passage.section_id,
            "action": action, "object": object_, "modality": modality, "comparator": sign,
            "value": units.plain(quantity.value), "value_to": "" if quantity.value_to is None else units.plain(quantity.value_to),
            "baseline": "" if quantity.baseline is None else units.plain(quantity.baseline),
            "kind": kind, "unit": unit, "base_value": base_value, "base_unit": base_unit, "per": per, "frequency": frequency,
            "period_text": period.text if period else "", "due": due_date(period.text, self.year) if period else "",
            "part_of": "", "clause": self.text[clause[0] : clause[1]].strip(), "start": start, "end": quantity.end,
        }  # fmt: skip

    def _quantified(self, passage: Passage, start: int, end: int) -> None:
        for hit in find_quantified(self.folded, start, end):
            quantity = Quantity(hit.start, hit.end, Decimal(hit.value), "%", ())
            found: dict[str, Any] = {}
            begin = _strip_start(self.folded, start, hit.subject_end, _Memory(), found)
            modality = next((name for name, pattern in _MODALITY if pattern.search(self.folded, start, hit.start)), "binding")
            period = found.get("period")
            object_ = _clean(self.text[begin : hit.subject_end]) or _clean(self.text[hit.end : end])
            row = self._row(passage, quantity, (start, end), "quantified", hit.action, object_, "=", "", modality, period, found.get("frequency", ""))
            self.result.rows.append(row)


def find_commitments(
    text: str, folded: str, passages: Sequence[Passage], taken: bytearray, year: int | None, is_rules: bool
) -> CommitmentResult:
    """The commitments of a notice's prose, in reading order.

    ``taken`` marks the offsets of numerals that other classes of the ledger hold; ``year`` is the notice's own, for dates
    that name none and for telling the past; a document that only lays down rules (``is_rules``) promises nothing.
    """
    reader = _Reader(text, folded, taken, year, is_rules)
    for passage in passages:
        reader.read(passage)
    reader.result.rows.sort(key=lambda row: (row["start"], row["end"]))
    return reader.result
