"""Numeric commitments: which quantities of the prose the notice promises, and what each is a promise of.

The prose is read sentence by sentence. A clause takes from the ones before it, within its sentence, the verb, object,
modality and time that it leaves out: 新评现代化学校5所,一级幼儿园3所 promises two things with one verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from extract.folding import fold
from extract.model import Span
from normalize import units
from normalize.clauses import split_clauses, split_sentences
from normalize.contexts import Claim
from normalize.facts import mark_facts
from normalize.numbers import Number
from normalize.periods import FREQUENCY, Period, due_date, match_period, read_period
from normalize.phrases import (
    FALLS,
    MODALITY,
    RATE_END,
    REACH,
    RISES,
    Prefix,
    clean,
    later_verb,
    leading_verb,
    read_back,
    strip_start,
    verbs,
)
from normalize.quantified import find_quantified
from normalize.quantities import PREFIX_BOUND, TIME_UNITS, Quantity, comparator_before, find_quantities
from normalize.unpromised import AFTER_FINAL, PART, RULE, SEPARATOR, class_of_unpromised

_LEAD = re.compile(
    r"(?:力促|确保|实现|推动|促进|力争|争取|争创|使得?|让|保持|做到|带动|保证|努力|要|将|把|并|且|其中|预计|计划|拟|更好)(?=[^率度比数])"
)
_PER_INSIDE = re.compile(
    r"每(?:人|户|生|床|亩)(?:每?(?:年|月|日|天|次|学年|学期))?(?=发放|补助|补贴|增发|不低于|不少于|达)"
    r"|(?<=[\u4e00-\u9fff])每(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|间|床|亩)(?=增配|配备|配|新增|建|补助|发放|安排|设)"
)
_CONTRAST = re.compile(
    r"(?:比|较)(?:上年度?|去年|同期|[0-9]{4}年|上年同期|基期|[^,。;、]{0,10}?(?:平均(?:水平)?))\s*(?:末|底|同期|水平)?"
)
_RELATIVE = re.compile(
    r"(?<!不)(?<!不得)(?P<word>高于|快于|高出|优于|领先|超过|超|低于|慢于)(?P<what>[^,，。;、]{2,20}?)(?:平均)?(?:水平)?\s*$"
)
_SHARE_OF = re.compile(rf"(?P<word>{PREFIX_BOUND})[^,，。;、]{{2,20}}的\s*$")
_SUBJECT = re.compile(
    r"^(?:[各全我本]?[\u4e00-\u9fff]{0,4}(?:省|市|县|区|旗|州|镇|乡|街道|村|级)(?:级)?(?:财政|层面|范围内?|本级|城乡)?)(?=.{2,})"
)
# What a count may rise by: 参保人数增加500人; 完成学历提升1000人 counts people whose schooling rises.
_COUNTED = re.compile(
    r"(?:数量?|量|额|规模|人次|人口|收入|面积|产值|里程|时间|时长|期限|年限|标准|水平|价格?|成本|能耗|浓度|强度|床位|学位|泊位|主体)$"
)
_FOR = re.compile(r"^(?:在|为|对|向|给|于|从)$")


_PAST = re.compile(r"(?:去年|上年度?|前年|目前|此前)[,，]?(?:已|共)?")
# 普及率 and 涉及面 hold no 及 that joins.
_SIDE_BY_SIDE = re.compile(r"、|以及|和(?!谐|平|睦)|(?<![普涉以])及(?![格时])|与(?![会众])")
# 支持企业建设工厂2家: what follows these acts itself, and its verb is the one that counts.
_AGENT_VERBS = {"支持", "鼓励", "引导", "指导", "帮助", "扶持"}
_HEAD_NOUN = re.compile(r"产业|行业|企业|项目|人群|患者|群众|居民|家庭|学生|学校|机构|服务|产品|工程|活动|设施|政策|业务|案件|事项")
_TOWARDS = re.compile(r"对|向|为|给")
_OFTEN = re.compile(rf".*(?:{FREQUENCY})[\u4e00-\u9fff]{{2,5}}$")
# 选派教师800名到县中支教: where to or what for, behind the whole.
_COMPLEMENT = re.compile(r"\s*(?:到|赴|前往|进驻|参加|开展)[\u4e00-\u9fff]{2,}")
# 就诊率到2026年、2028年分别达到82%、85%: a year for each value.
_YEARS_EACH = re.compile(r"(?:到|至)?(?P<years>20[0-9]{2}年(?:底|末)?(?:[、和及](?:20[0-9]{2}年)(?:底|末)?)+)$")
_RAISED_TO = re.compile(r"(?P<object>.{4,}?)(?P<verb>提高|提升|增加|调整|上调)(?:到|至|为)[\u4e00-\u9fff]{2,10}\s*$")
_STAGES = re.compile(r"(?:完成|实现|开工|竣工|完工|投产|投用|达产|建成|签约|落地|出栏|引进|种植|走访|新增|安排|投入|筹集)\s*$")
# 新增绿地面积5公顷: what is made is counted by its area, and the verb is no part of a name.
_CREATES = re.compile(r"新|净增|增加|建成|改造|扩大|复垦|整治|治理|修复|腾出|盘活")
# Ends of nouns that name one kind of thing, by which subjects side by side are told from the head noun that they share.
_KINDS_OF_NOUN = ("工民人生童员者户", "镇村城乡级区", "病压症", "学园校")


def _shared_head(parts: list[str]) -> str:
    """The head noun that is printed once, with the last of several subjects.

    >>> _shared_head(["职工", "城乡居民住院报销比例"]), _shared_head(["高血压", "糖尿病患者规范管理率"])
    ('住院报销比例', '患者规范管理率')
    """
    first, last = parts[0], parts[-1]
    same_kind = next((kind for kind in _KINDS_OF_NOUN if first[-1] in kind), "")
    end = next((index + 1 for index, char in enumerate(last[:8]) if index and char in same_kind), 0)
    if not end:
        # 竹笋、山茶油加工产值: else the head begins with what is done.
        starts = [at for at in sorted(range(max(2, len(first) - 2), len(first) + 3), key=lambda at: abs(at - len(first))) if verbs()[0].match(last, at) or _HEAD_NOUN.match(last, at)]
        rate = re.search(r"(?<=..).{2,3}(?:率|度|比例|占比)$", last)
        end = starts[0] if starts else rate.start() if rate else len(first)
    return last[end:]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose and the row that it belongs to: ``path`` is the id without its letter, ``2.1.3``."""

    path: str
    section_id: str
    task_id: str
    spans: tuple[Span, ...]
    is_review: bool = False
    is_preface: bool = False


@dataclass(slots=True)
class CommitmentResult:
    """Rows of ``commitments``, the claims on numerals (``row_id`` of a commitment, else empty), the numbers read, checks."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    claims: list[tuple[Claim, str]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)


def _governs_rate(verb: str, unit: str) -> bool:
    """Whether a verb before the name of a rate or sum is its verb (实现…率) and no part of the name (培训合格率)."""
    if verb in RISES | FALLS or verb in ("落实", "实现", "推动", "促进", "保障", "完成"):
        return True
    return not _is_rate(unit) and bool(_CREATES.match(verb))


def _names_modality(folded: str, left: int, stop: int) -> bool:
    return any(pattern.search(folded, left, stop) for _, pattern in MODALITY)


def _is_rate(unit: str) -> bool:
    return unit in ("%", "‰", "个百分点", "百分点")


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
    objects: list[str] = field(default_factory=list)
    years: str = ""


class _Reader:
    def __init__(self, text: str, folded: str, taken: bytearray, year: int | None, unpromised: str) -> None:
        self.text, self.folded, self.taken, self.year, self.unpromised = text, folded, taken, year, unpromised
        self.result = CommitmentResult()
        self.counters: dict[str, int] = {}
        self.told_past = False

    def read(self, passage: Passage) -> None:
        for span in passage.spans:
            self.told_past = False
            for start, end in split_sentences(self.folded, span.start, span.end):
                self._sentence(passage, start, end)

    def _sentence(self, passage: Passage, start: int, end: int) -> None:
        clauses = split_clauses(self.folded, start, end)
        spans = [(a, b) for a, b, _ in clauses]
        facts = mark_facts(self.folded, spans, self.year, passage.is_review, self.told_past and passage.is_preface)
        # What a preface tells of last year goes on over its sentences until one turns to what is planned.
        self.told_past = facts[-1] if facts else False
        memory = _Memory()
        for (a, b, mark), is_fact in zip(clauses, facts, strict=True):
            if mark == ";":
                memory.period, memory.frequency, memory.whole, memory.is_parts = None, "", None, False
                memory.sticky_modality, memory.bare_verb, memory.action = "", "", ""
            self._clause(passage, a, b, mark, is_fact, memory)

    def _claim(self, quantity: Quantity, kind: str, row_id: str = "") -> None:
        for number in quantity.numbers:
            self.result.claims.append((Claim(number.start, number.end, kind), row_id))
        # A unit may hold digits of its own: 10/10万.
        self.result.claims.append((Claim(quantity.start, quantity.end, kind), row_id))
        self.result.numbers += quantity.numbers

    def _clause(self, passage: Passage, start: int, end: int, mark: str, is_fact: bool, memory: _Memory) -> None:
        folded = self.folded
        quantities = find_quantities(folded, start, end, self.taken)
        if not is_fact and not self.unpromised:
            self._quantified(passage, start, end)
        if not quantities:
            self._remember(start, end, memory)
            return
        if is_fact or self.unpromised or RULE.search(folded, start, end):
            for quantity in quantities:
                self._claim(quantity, self.unpromised or ("fact" if is_fact else "rule"))
            if is_fact:
                self._remember_subject(start, quantities[0], memory)
            return
        kinds = [class_of_unpromised(folded, quantities, index, start, end) for index in range(len(quantities))]
        left = start
        index = 0
        if PART.match(folded, start, end):
            memory.is_parts = True
        elif mark == "," and memory.is_parts:
            own = leading_verb(folded, start, end)
            same_unit = quantities[0].unit == memory.unit or units.dimension(quantities[0].unit) == units.dimension(memory.unit) == "money"
            memory.is_parts = same_unit and own is None and not read_back(folded, start, quantities[0].start).level
        while index < len(quantities):
            group = self._group(quantities, kinds, index)
            first, last = group[0], group[-1]
            if kinds[index]:
                for quantity in group:
                    self._claim(quantity, kinds[index])
            else:
                right = self._right(quantities, index + len(group) - 1, end)
                in_brackets = self._open_bracket(start, first.start)
                if in_brackets is not None:
                    self._promise(passage, group, max(left, in_brackets), right, (start, end), memory, is_part=True)
                else:
                    self._promise(passage, group, left, right, (start, end), memory, is_part=memory.is_parts)
            left = self._next_left(quantities, index + len(group) - 1, last, left if kinds[index] else None)
            index += len(group)

    def _open_bracket(self, start: int, position: int) -> int | None:
        """Where a bracket with 其中 or 含 that holds ``position`` begins."""
        opening = self.folded.rfind("(", start, position)
        if opening < 0 or self.folded.find(")", opening, position) >= 0:
            return None
        return opening if PART.match(self.folded, opening) else None

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
        if AFTER_FINAL.match(self.folded, last.end):
            match = re.compile(r"\s*\)?\s*(?:、|和|及|以及|与|并|且|或)?").match(self.folded, last.end, following.start)
            return match.end() if match else last.end
        cuts = [m.end() for m in SEPARATOR.finditer(self.folded, last.end, following.start)]
        if kept is not None:
            return kept if not cuts or self.folded[following.start - 1 : following.start] not in "、," else cuts[-1]
        return cuts[-1] if cuts else last.end

    def _right(self, quantities: list[Quantity], index: int, end: int) -> int:
        """Where the phrase after a number ends."""
        if index + 1 >= len(quantities):
            return end
        following = quantities[index + 1]
        cuts = [m.start() for m in SEPARATOR.finditer(self.folded, quantities[index].end, following.start)]
        return cuts[-1] if cuts else following.start

    def _remember(self, start: int, end: int, memory: _Memory) -> None:
        """A clause without numbers may still give its verb, time or modality to the next."""
        found: dict[str, Any] = {}
        begin = strip_start(self.folded, start, end, found)
        if "period" in found:
            memory.period, memory.years = found["period"], found.get("years", "")
        if begin >= end - 1 or not re.search(r"[\u4e00-\u9fff]", self.folded[begin:end]):
            if "frequency" in found:
                memory.frequency = found["frequency"]
            if "modality" in found:
                memory.sticky_modality = found["modality"]
            return
        if (verb := leading_verb(self.folded, begin, end)) and not RATE_END.search(self.folded[begin:end].strip()):
            memory.bare_verb, memory.modality, memory.action = verb[0], found.get("modality", "binding"), ""
            memory.object, memory.kind = "", ""
        elif end - begin <= 40:
            # A noun phrase of its own is the subject of what follows: 幸福清单送达率,每季度均达到100%.
            memory.object, memory.bare_verb, memory.action = clean(self.text[begin:end]), "", ""
        memory.is_parts = False

    def _remember_subject(self, start: int, quantity: Quantity, memory: _Memory) -> None:
        """What a fact is told of may be what is promised next: 去年造林3.2万亩,今年计划完成3.5万亩."""
        prefix = read_back(self.folded, start, quantity.start)
        begin = strip_start(self.folded, start, prefix.stop, {})
        if past := _PAST.match(self.folded, begin, prefix.stop):
            begin = past.end()
        if verb := leading_verb(self.folded, begin, prefix.stop):
            begin = verb[1]
        memory.object, memory.row, memory.whole = clean(self.text[begin : prefix.stop]), None, None

    def _promise(
        self,
        passage: Passage,
        group: list[Quantity],
        left: int,
        right: int,
        clause: tuple[int, int],
        memory: _Memory,
        is_part: bool,
    ) -> None:
        folded, text = self.folded, self.text
        first, last = group[0], group[-1]
        left = max(left, first.start - REACH)
        if is_part and (part := PART.match(folded, left, first.start)):
            left = part.end()
        prefix = read_back(folded, left, first.start)
        found: dict[str, Any] = {}
        begin = strip_start(folded, left, prefix.stop, found)
        listed = ""
        if prefix.is_respectively and (each := _YEARS_EACH.search(folded, begin, prefix.stop)):
            listed = each["years"]
            prefix.stop = each.start()
        prefix.is_respectively = prefix.is_respectively or "respectively" in found
        phrase = Span(begin, prefix.stop)
        if not listed and prefix.is_respectively:
            listed = found.get("years", "") or ("" if "period" in found else memory.years)
        years = re.split("[、和及]到?", listed) if listed else []
        kind, action, object_, comparator = "level", "", "", prefix.comparator
        if not comparator and re.search(r"至少|最少|不少于", folded[left : first.start]):
            comparator = ">="
        per = first.per or prefix.per or found.get("per", "")
        if not per and (each := _PER_INSIDE.search(folded, left, first.start)):
            per = each[0]
        inherits = False
        if first.change_word == "翻":
            kind, action = "ratio", "翻"
            object_ = clean(_CONTRAST.sub("", text[phrase.start : phrase.end]))
        elif first.baseline is not None:
            kind, action = "change", first.change_word
            object_, change_per = self._change_subject(phrase)
            per = per or change_per
        elif prefix.level and self._is_level(phrase, prefix, first):
            action = prefix.level
            if not prefix.level_to and action in RISES | FALLS:
                kind = "increase" if action in RISES else "decrease"
            elif first.unit == "倍" and not prefix.level_to:
                kind = "ratio"
            lead = phrase.start
            while found_lead := _LEAD.match(folded, lead, phrase.end):
                lead = found_lead.end()
            object_ = clean(_CONTRAST.sub("", text[lead : phrase.end]))
            if (
                not object_
                and kind in ("increase", "decrease")
                and right > last.end
                and not AFTER_FINAL.match(folded, last.end, clause[1])
            ):
                kind, object_ = "level", clean(text[last.end : right])
            elif (
                not object_
                and action in ("突破", "完成", "实现")
                and right > last.end
                and not AFTER_FINAL.match(folded, last.end, clause[1])
            ):
                object_ = clean(text[last.end : right])
        elif first.unit == "倍" and (ratio := self._ratio_subject(phrase)):
            kind, action, object_, sign = ratio
            comparator = comparator or sign
        elif _is_rate(first.unit) and (share := _SHARE_OF.search(folded, phrase.start, phrase.end)):
            # 不超过剩余部分的10%: the bound stands before what the rate is of.
            comparator, object_ = comparator or comparator_before(share["word"]), clean(text[phrase.start : share.start()])
        elif first.unit in ("个百分点", "百分点", "位", "名次", "%") and (
            relative := _RELATIVE.search(folded, phrase.start, phrase.end)
        ):
            kind = "decrease" if relative["word"] in ("低于", "慢于") else "increase"
            action, object_ = relative["word"], clean(text[phrase.start : relative.start()])
        elif (
            AFTER_FINAL.match(folded, last.end, clause[1])
            or last.end >= clause[1]
            or _COMPLEMENT.match(folded, last.end, clause[1]) and leading_verb(folded, phrase.start, phrase.end)
        ):
            action, object_, inherits = self._verb_object(phrase, prefix, memory, found, first.unit)
        else:
            action, object_ = self._number_first(phrase, last.end, right, first)
            if not action and memory.row is not None and folded[left - 1 : left] in ("、", "和", "及") and left == first.start:
                action = memory.action
        if (
            prefix.bound_word in ("超过", "突破", "高于", "低于", "大于", "超")
            and not action
            and prefix.bound_word in ("超过", "突破")
        ):
            action = prefix.bound_word
        if kind == "level" and action in RISES | FALLS and not prefix.level and _is_rate(first.unit):
            # 压减一般性支出10%: the verb stands before its object, and the number says by how much.
            kind = "increase" if action in RISES else "decrease"
        if inherits or (not object_ and memory.object):
            if (
                action in ("", memory.action)
                and not object_
                and memory.kind in ("increase", "decrease")
                and not is_part
            ):
                kind, action = memory.kind, memory.action
        if is_part and memory.whole is not None:
            action = action or memory.whole["action"]
            object_ = object_ or memory.whole["object"]
        is_named = bool(object_)
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
        if per and frequency and frequency in per:
            frequency = ""
        objects = self._distribute(object_, group, prefix)
        if not is_named and prefix.is_respectively and len(group) > 1 and len(memory.objects) >= len(group):
            # 总量5万户,其中企业2万户,分别增长8%和10%: one rate for each of what was named before.
            objects = memory.objects[-len(group) :]
        signs = self._signs(group, comparator, prefix)
        rows: list[dict[str, Any]] = []
        for quantity, named, sign in zip(group, objects, signs, strict=True):
            unit, guessed = quantity.unit, quantity.is_unit_guessed
            if unit in ("", *units.SCALES) and (head := head_unit or self._head_unit(named or object_)):
                unit += head
            row = self._row(
                passage,
                replace(quantity, unit=unit),
                clause,
                kind,
                action,
                named,
                sign,
                per,
                modality,
                period,
                frequency,
            )
            if is_part and memory.whole is not None:
                row["part_of"] = memory.whole["commitment_id"]
                if period is None and memory.whole["period_text"]:
                    row["period_text"], row["due"] = memory.whole["period_text"], memory.whole["due"]
                if not row["frequency"]:
                    row["frequency"] = memory.whole["frequency"]
            if len(years) == len(group):
                row["period_text"] = years[len(rows)]
                row["due"] = due_date(row["period_text"], self.year)
            self.result.rows.append(row)
            self._claim(quantity, "commitment", row["commitment_id"])
            if not unit or unit in units.SCALES:
                self._check(
                    "unit_missing",
                    f"the number {self.text[quantity.start : quantity.end]} has no unit of measure",
                    row,
                    quantity,
                )
            elif guessed or not units.is_unit(unit):
                self._check("unknown_unit", f"{unit} is no unit of measure that the list knows", row, quantity)
            rows.append(row)
        if not is_part:
            memory.whole = rows[-1]
        memory.row, memory.unit = rows[-1], last.unit
        memory.objects += [row["object"] for row in rows]
        memory.action, memory.object, memory.kind, memory.per = action, object_, kind, per
        # 增长4%以上、力争6%: what only the second number is said to aim at holds for no later clause.
        if left <= clause[0] or modality == "binding" or not _names_modality(folded, left, first.start):
            memory.modality = modality
        memory.bare_verb = ""
        if found.get("period") is not None:
            memory.period, memory.years = found["period"], found.get("years", "")
        memory.frequency = frequency

    def _check(self, code: str, message: str, row: dict[str, Any], quantity: Quantity) -> None:
        self.result.checks.append(
            {
                "severity": "warning",
                "code": code,
                "message": message,
                "subject_kind": "commitment",
                "subject_id": row["commitment_id"],
                "start": quantity.start,
                "end": quantity.end,
            }
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
        return clean(re.sub(r"^(?:将|把|推动|确保|实现|使|力争)", "", window_text)), per

    def _ratio_subject(self, phrase: Span) -> tuple[str, str, str, str] | None:
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

    def _verb_object(
        self, phrase: Span, prefix: Prefix, memory: _Memory, found: dict[str, Any], unit: str
    ) -> tuple[str, str, bool]:
        """Action and object of a phrase that its number ends: 新增托位450个."""
        folded, text = self.folded, self.text
        start, stop = phrase.start, phrase.end
        whole = clean(text[start:stop])
        names_rate = bool(RATE_END.search(fold(whole)))
        verb = leading_verb(folded, start, stop)
        if verb is not None and names_rate and not _governs_rate(verb[0], unit):
            verb = None
        if verb is not None:
            name, object_start = verb
            strength = verbs()[2].get(name, "strong")
            if name == "实现" and (inner := leading_verb(folded, object_start, stop)):
                # 实现新增市场主体: the first verb only says that the second is done.
                if verbs()[2].get(inner[0]) == "strong" and len(clean(text[inner[1] : stop])) >= 2:
                    return inner[0], clean(text[inner[1] : stop]), False
            later = later_verb(folded, object_start, stop)
            if strength == "causative" and later is None and name in _AGENT_VERBS:
                later = later_verb(folded, object_start, stop, is_weak_allowed=True)
            if strength == "causative" and later is not None:
                return later[0], clean(text[later[2] : stop]), False
            return name, clean(text[object_start:stop]), False
        if not names_rate and (later := later_verb(folded, start, stop)) is not None:
            if prefix.bound_word in ("突破", "超过"):
                # 乡村旅游年接待游客突破150万人次: the subject with its verb is what passes the mark.
                return prefix.bound_word, whole, False
            rest = clean(text[later[2] : stop])
            # 企业职工养老保险净增参保: so short an object says nothing without its subject.
            subjectless = len(rest) > 2 or later[0] not in ("新增", "净增")
            return later[0], rest if subjectless else self._without_subject(whole), False
        if final := self._final_verb(start, stop, bool(prefix.bound_word) or bool(re.search("至少|最少", folded[start:stop]))):
            return final[0], clean(text[start : final[1]]), False
        if prefix.per and (scoped := _RAISED_TO.match(folded, start, stop)):
            # 标准提高到集中养育每人每月2400元: for whom stands between the verb and the number.
            return scoped["verb"], clean(text[start : scoped.end("object")]), False
        has_own_subject = (
            "frequency" in found
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
        ):
            action = action if not whole else ""
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

    def _is_level(self, phrase: Span, prefix: Prefix, quantity: Quantity) -> bool:
        """Whether a verb right before a number tells a level or a change, and is no part of a noun (学历提升1000人)."""
        if prefix.level_to or prefix.level not in RISES | FALLS or units.dimension(quantity.unit) != "count":
            return True
        return phrase.start == phrase.end or bool(_COUNTED.search(self.folded[phrase.start : phrase.end].strip()))

    def _without_subject(self, whole: str) -> str:
        if lead := _LEAD.match(whole):
            whole = whole[lead.end() :]
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
        if base_unit in TIME_UNITS and quantity.comparator == "<=":
            strong = self._strong_verb(tail)
            object_ = clean(text[phrase.start : phrase.end]) or clean(text[tail.start : tail.end])
            return (strong[0] if strong else ""), object_
        verb = self._verb_before(phrase)
        if verb is None or _FOR.match(window):
            if inner := self._strong_verb(tail, deep=True):
                return inner[0], clean(text[inner[1] : tail.end])
        object_ = text[tail.start : tail.end]
        if cut := re.search(r"(?<=..)(?:达到|通过|成为|纳入|获得|达标)", fold(object_)):
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
        for match in re.finditer(rf"{verbs()[1].pattern}|进行", self.folded[span.start : span.end]):
            if not deep or match.start() >= 1:
                if span.end - span.start - match.end() >= (2 if deep else 0):
                    return match[0], span.start + match.end()
        return None

    def _modality(
        self,
        clause: tuple[int, int],
        left: int,
        stop: int,
        found: dict[str, Any],
        inherits: bool,
        action: str,
        memory: _Memory,
    ) -> str:
        is_first = not (memory.row is not None and memory.row["start"] >= clause[0])
        for modality, pattern in MODALITY:
            if pattern.search(self.folded, clause[0] if is_first else left, stop):
                return modality
        if "modality" in found:
            return str(found["modality"])
        if memory.sticky_modality:
            return memory.sticky_modality
        if (
            (inherits or left > clause[0] or action == memory.action)
            and memory.modality != "binding"
            and memory.row is not None
        ):
            if not (memory.modality == "aspirational" and action != memory.action):
                return memory.modality
        return "binding"

    def _period_inside(self, left: int, stop: int) -> Period | None:
        """A time phrase in the middle of a phrase: 保障房2027年底前建成900套."""
        for match in re.finditer(
            r"(?:到|至)?(?:19|20)[0-9]{2}年|全年|年内|年底|年末|[0-9]{1,2}月底", self.folded[left:stop]
        ):
            position = left + match.start()
            is_compared = self.folded[max(left, position - 1) : position] in ("比", "较", "于", "从", "由", "自", "同")
            if is_compared:
                continue
            if (period := match_period(self.folded, position, stop)) and not re.match(
                r"建成|以前建", self.folded[period.end() :][:3]
            ):
                return read_period(period[0])
        return None

    def _frequency_inside(self, left: int, stop: int) -> str:
        # 年均浓度 is the name of a measure.
        match = re.search(rf"(?:{FREQUENCY})(?!浓度|气温|温度|降[水雨])", self.folded[left:stop])
        return match[0] if match else ""

    def _signs(self, group: list[Quantity], comparator: str, prefix: Prefix) -> list[str]:
        """The bound of each number of a group: one before the first or, with 分别, after the last holds for all."""
        shared = comparator or (group[-1].comparator if prefix.is_respectively else "")
        return [quantity.comparator or shared or "=" for quantity in group]

    def _distribute(self, object_: str, group: list[Quantity], prefix: Prefix) -> list[str]:
        """分别: one subject for each number, by position."""
        if len(group) == 1 or not prefix.is_respectively:
            return [object_] * len(group)
        parts = [part for part in _SIDE_BY_SIDE.split(object_) if part]
        if len(parts) != len(group):
            return [object_] * len(group)
        if all(RATE_END.search(fold(part)) or len(part) > 4 for part in parts[:-1]):
            return parts
        # 职工、城乡居民医保报销比例: the head noun is printed once, with the last.
        tail = _shared_head(parts) if len(parts[-1]) > 4 else ""
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
            begin = strip_start(self.folded, hit.subject_start, hit.subject_end, found)
            modality = next(
                (name for name, pattern in MODALITY if pattern.search(self.folded, start, hit.start)), "binding"
            )
            period = found.get("period")
            object_ = clean(self.text[begin : hit.subject_end]) or clean(self.text[hit.end : end])
            row = self._row(
                passage,
                quantity,
                (start, end),
                "quantified",
                hit.action,
                object_,
                "=",
                "",
                modality,
                period,
                found.get("frequency", ""),
            )
            self.result.rows.append(row)


def find_commitments(
    text: str, folded: str, passages: Sequence[Passage], taken: bytearray, year: int | None, unpromised: str = ""
) -> CommitmentResult:
    """The commitments of a notice's prose, in reading order.

    ``taken`` marks the offsets of numerals that other classes of the ledger hold; ``year`` is the notice's own, for dates
    that name none and for telling the past; a document that promises nothing gives the class of all its numbers as
    ``unpromised`` (``rule``, ``descriptor``).
    """
    reader = _Reader(text, folded, taken, year, unpromised)
    for passage in passages:
        reader.read(passage)
    reader.result.rows.sort(key=lambda row: (row["start"], row["end"]))
    return reader.result
