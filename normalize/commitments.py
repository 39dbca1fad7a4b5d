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
from normalize.conditions import RULE
from normalize.contexts import Claim
from normalize.facts import mark_facts
from normalize.numbers import Number
from normalize.paired_changes import pair_changes
from normalize.periods import OFTEN, Period, due_date, match_period, read_period, split_times
from normalize.phrases import (
    BASIS_AT_END,
    FALLS,
    MODALITY,
    RATE_END,
    REACH,
    RISES,
    Prefix,
    clean,
    leading_verb,
    read_back,
    strip_start,
)
from normalize.promise_phrases import Group, tell
from normalize.promise_subjects import CONTRAST, Memory, Subjects, is_rate, take_over
from normalize.quantified import find_quantified, holds_quantified
from normalize.quantities import Quantity, find_quantities
from normalize.strung_numbers import AFTER_FINAL, DELIVERY, PART, SEPARATOR, tells_size
from normalize.unpromised import class_of_unpromised

_PER_INSIDE = re.compile(
    r"每(?:人|户|生|床|亩)(?:每?(?:年|月|日|天|次|学年|学期))?(?=发放|补助|补贴|增发|不低于|不少于|达)"
    r"|(?<=[\u4e00-\u9fff])每(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|间|床|亩)(?=增配|配备|配|新增|建|补助|发放|安排|设)"
)
# 继去年改造15条背街小巷后
_COUNTED_BEHIND = re.compile(r"(?P<noun>[\u4e00-\u9fff“”]{2,16}?)(?:之?后|的基础上|[,，。;；]|$)")
_PAST = re.compile(r"(?:继?(?:去年|上年度?|前年|目前|此前|现)[,，]?(?:已|共|累计){0,2}|(?:[我全本该][\u4e00-\u9fff]{1,2})?(?:现有|共有)|累计已?)")
# 完成2025年结转的85户: the year tells which ones.
_OF_A_YEAR = re.compile(r"[到至]?20[0-9]{2}年[底末]?(?:前)?(?:[^,，。;；0-9]{1,6}的|遗留|结转|存量|续建|欠|(?:同期|水平)?的(?=[0-9.]+\s*(?:%|倍)|[一二两三四五六七八九]成|[一两二三四五六七八九十]倍))")
# 提高0.3个百分点至62.1%: by how much, and what is reached.
_REACHING = re.compile(r"\s*[至到]\s*")
# 分别提高到每人每月790元、每人每年7560元: each has a denominator of its own.
_NEXT_OF_GROUP = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*(?P<per>每[人户生床][每年月日天次学期]{0,3})?\s*")
# 改造小区12个、惠及4300户: not the same ones.
_FOR_OTHERS = {"惠及", "受益", "服务", "覆盖"}
# Numbers side by side are of different things, or times: two that are alike in all of these can't both be right.
_TOLD_APART_BY = ("object", "base_unit", "comparator", "due", "period_text", "per", "frequency")
# What is no name of anything: 外, 62%, (小学); and what a name begins or ends with only where it was cut at the wrong place.
_NAMES_SOMETHING = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}|^[路桥房树鱼猪牛羊水电气煤粮油菜果茶书车船人林草田厂井库]$")
_NAMES_NOTHING = re.compile(r"[(%‰]|(?:除|由|从|较|比)(?=.*[0-9])|.*(?:[由从][^,]*元[^,]*|占|[^周直抵可]至|[^直周]到)$")
_HAN = re.compile("[\u4e00-\u9fff]")
_IN_BRACKETS = re.compile(r"\(([^()]{1,8})\)$")
# 45人(小学)、50人(初中): which ones, behind the number.
_ASIDE = re.compile(r"\((?P<which>[^()0-9]{1,12})\)")
# 危房100%清零 says twice that none is left; 辍学率为零.
_WHOLE_SHARE = re.compile(r"(?:100|１００)[%％]$|为$")
# 每个镇每年不少于2次,每个村不少于1次: whose, and nothing else.
_EACH_ALONE = re.compile(r"(?:平均)?(?P<per>每(?:个|名|家|所|户|村|镇|座|处|支|班|校|院|站|县|乡)[\u4e00-\u9fff()]{0,8})")
# 标准上调至每月1800元: the month is a denominator.
_PAID = re.compile(r"(?:标准|补贴|补助|津贴|待遇|工资|报酬|养老金|保险金|生活费)$")
_TIME_INSIDE = re.compile(
    r"(?:到|至)?(?:(?:19|20)[0-9]{2}年?\s*[-—–~至]{1,2}\s*(?:19|20)[0-9]{2}年|(?:19|20)[0-9]{2}年)|全年|[两三四五六七八九十]年内"
    r"|(?<![半一二两三四五六七八九十0-9])年内|(?<![上去])年底|(?<![上去])年末|[0-9]{1,2}月底"
)
# 1.新建学校2所 in a cell: the label is no part of the clause.
_LABEL = re.compile(r"^[0-9]{1,2}[.．、]\s*(?=[\u4e00-\u9fff“])")
# 就诊率到2026年、2028年分别达到82%、85%: a year for each value.
_YEARS_EACH = re.compile(r"(?:到|至)?(?P<years>20[0-9]{2}年(?:底|末)?(?:[、和及](?:20[0-9]{2}年)(?:底|末)?)+)$")


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


def _holds_on(period: Period | None) -> bool:
    """Whether a time holds for a whole sentence: 到2028年,…;…"""
    return period is not None and period.year is not None and period.text.startswith(("到", "至")) and "月" not in period.text


def _names_modality(folded: str, left: int, stop: int) -> bool:
    return any(pattern.search(folded, left, stop) for _, pattern in MODALITY)


class _Reader:
    def __init__(
        self, text: str, folded: str, taken: bytearray, year: int | None, unpromised: str, issued: tuple[int, int] | None
    ) -> None:
        self.text, self.folded, self.taken, self.year, self.unpromised = text, folded, taken, year, unpromised
        self.issued = issued
        self.subjects = Subjects(text, folded)
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
        found = [pair_changes(self.folded, a, find_quantities(self.folded, a, b, self.taken)) for a, b in spans]
        numbered = [
            place for place, (a, b) in enumerate(spans) if any(found[place]) or holds_quantified(self.folded, a, b)
        ]
        if not numbered and not passage.is_preface:
            return
        told_past = self.told_past and passage.is_preface
        facts = mark_facts(self.folded, spans, self.year, passage.is_review, told_past, self.issued)
        # What a preface tells of last year goes on over its sentences until one turns to what is planned.
        self.told_past = facts[-1] if facts else False
        memory = Memory()
        opens_parts = False
        for place, ((a, b, mark), is_fact) in enumerate(zip(clauses, facts, strict=True)):
            if mark == ";":
                if not _holds_on(memory.period):
                    memory.period = None
                memory.frequency, memory.whole, memory.is_parts = "", None, False
                memory.wholes.clear()
                memory.sticky_modality, memory.bare_verb, memory.action = "", "", ""
            memory.spread = ""
            is_first_part, opens_parts = opens_parts, False
            memory.is_parts = memory.is_parts or is_first_part
            quantities, unsure = found[place]
            for quantity in unsure:
                self._claim(quantity, "other")
            if not is_fact and not self.unpromised:
                self._quantified(passage, a, b, memory)
            if quantities:
                self._clause(passage, quantities, a, b, mark, is_fact, memory, is_first_part)
            elif PART.fullmatch(self.folded, a, b):
                opens_parts = memory.row is not None
            elif numbered and place < numbered[-1]:
                self._remember(a, b, memory)

    def _claim(self, quantity: Quantity, kind: str, row_id: str = "") -> None:
        for number in quantity.numbers:
            self.result.claims.append((Claim(number.start, number.end, kind), row_id))
        # A unit may hold digits of its own: 10/10万.
        self.result.claims.append((Claim(quantity.start, quantity.end, kind), row_id))
        self.result.numbers += quantity.numbers

    def _clause(
        self, passage: Passage, quantities: list[Quantity], start: int, end: int, mark: str, is_fact: bool, memory: Memory,
        is_first_part: bool,
    ) -> None:  # fmt: skip
        folded = self.folded
        if is_fact or self.unpromised or RULE.search(folded, start, end):
            for quantity in quantities:
                self._claim(quantity, self.unpromised or ("fact" if is_fact else "rule"))
            if is_fact:
                self._remember_subject(start, quantities[0], memory)
            return
        kinds: list[str] = []
        for index in range(len(quantities)):
            kinds.append(class_of_unpromised(folded, quantities, index, start, end, kinds[-1] if kinds else ""))
        left = start
        index = 0
        if PART.match(folded, start, end):
            memory.is_parts = True
        elif mark == "," and memory.is_parts and not is_first_part:
            own = leading_verb(folded, start, end)
            same_unit = (
                quantities[0].unit == memory.unit
                or units.dimension(quantities[0].unit) == units.dimension(memory.unit) == "money"
            )
            told: dict[str, Any] = {}
            strip_start(folded, start, quantities[0].start, told)
            same_unit = same_unit and "per" not in told and quantities[0].baseline is None
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
                    is_part = PART.match(folded, in_brackets) is not None
                    inner = in_brackets if is_part else in_brackets + 1
                    self._promise(passage, group, max(left, inner), right, (start, end), memory, is_part=is_part)
                else:
                    self._promise(passage, group, left, right, (start, end), memory, is_part=memory.is_parts)
            left = self._next_left(quantities, index + len(group) - 1, last, left if kinds[index] else None)
            index += len(group)

    def _open_bracket(self, start: int, position: int) -> int | None:
        """Where a bracket with 其中 or 含, or with a promise of its own, that holds ``position`` begins."""
        opening = self.folded.rfind("(", start, position)
        if opening < 0 or self.folded.find(")", opening, position) >= 0:
            return None
        return opening if PART.match(self.folded, opening) or DELIVERY.match(self.folded, opening) else None

    def _group(self, quantities: list[Quantity], kinds: list[str], index: int) -> list[Quantity]:
        """Numbers side by side without a noun between: 72%和70%, 1、3、10名."""
        group = [quantities[index]]
        for following, kind in zip(quantities[index + 1 :], kinds[index + 1 :], strict=True):
            after = group[-1].end
            if aside := _ASIDE.match(self.folded, after, following.start):
                after = aside.end()
            match = _NEXT_OF_GROUP.fullmatch(self.folded, after, following.start)
            if kind == kinds[index] and match and not match["per"]:
                group.append(following)
            elif kind == kinds[index] and match and "分别" in self.folded[max(0, quantities[0].start - REACH) : group[0].start]:
                group.append(replace(following, per=following.per or match["per"]))
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
        if kept is not None and self.folded.startswith(")", last.end) and self.folded.find("(", kept, last.start) >= 0:
            return kept  # 小(1)型水库12座
        if AFTER_FINAL.match(self.folded, last.end):
            match = re.compile(r"\s*\)?\s*(?:、|和|及|以及|与|并|且|或)?").match(self.folded, last.end, following.start)
            return match.end() if match else last.end
        if self.folded[last.end : following.start] == "/":
            return following.start
        cuts = [m.end() for m in SEPARATOR.finditer(self.folded, last.end, following.start)]
        if kept is not None:
            return kept if not cuts or self.folded[following.start - 1 : following.start] not in "、," else cuts[-1]
        return cuts[-1] if cuts else last.end

    def _right(self, quantities: list[Quantity], index: int, end: int) -> int:
        """Where the phrase after a number ends."""
        if index + 1 >= len(quantities):
            return end
        following = quantities[index + 1]
        if tells_size(self.folded, quantities[index], following):
            return self._right(quantities, index + 1, end)
        cuts = [m.start() for m in SEPARATOR.finditer(self.folded, quantities[index].end, following.start)]
        return cuts[-1] if cuts else following.start

    def _remember(self, start: int, end: int, memory: Memory) -> None:
        """A clause without numbers may still give its verb, time or modality to the next."""
        found: dict[str, Any] = {}
        begin = strip_start(self.folded, start, end, found)
        if "period" in found:
            memory.period, memory.years = found["period"], found.get("years", "")
        is_bare = begin >= end - 1
        if not is_bare and "period" in found and re.search("月|季度|上半年|下半年", memory.period.text if memory.period else ""):
            # 6月底前启动改革,参保人数超过30万人: by then the one is done, and of the other no one says it.
            memory.period = None
        if is_bare or not _HAN.search(self.folded, begin, end):
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

    def _remember_subject(self, start: int, quantity: Quantity, memory: Memory) -> None:
        """What a fact is told of may be what is promised next: 去年造林3.2万亩,今年计划完成3.5万亩."""
        prefix = read_back(self.folded, start, quantity.start)
        begin = strip_start(self.folded, start, prefix.stop, {})
        if past := _PAST.match(self.folded, begin, prefix.stop):
            begin = past.end()
        if verb := leading_verb(self.folded, begin, prefix.stop):
            begin = verb[1]
        named = clean(self.text[begin : prefix.stop])
        if not named and verb and (behind := _COUNTED_BEHIND.match(self.folded, quantity.end)):
            named = behind["noun"]
        memory.object, memory.row, memory.whole = re.sub("^有(?=..)", "", named), None, None

    def _promise(
        self,
        passage: Passage,
        group: list[Quantity],
        left: int,
        right: int,
        clause: tuple[int, int],
        memory: Memory,
        is_part: bool,
    ) -> None:
        folded = self.folded
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
        prefix.is_respectively = prefix.is_respectively or "respectively" in found or "分别" in folded[begin : prefix.stop]
        if first.baseline is not None and len(group) > 1:
            prefix.is_respectively = True
        if memory.row is not None and (each := _EACH_ALONE.fullmatch(folded, begin, prefix.stop)):
            # 每个乡镇每年不少于2次,每个村不少于1次: of the same, as often.
            found["per"], begin = each["per"], prefix.stop
            found.setdefault("frequency", memory.frequency)
        phrase = Span(begin, prefix.stop)
        if basis := BASIS_AT_END.search(folded, begin, prefix.stop):
            phrase = Span(begin, basis.start())
        if not listed and prefix.is_respectively:
            listed = found.get("years", "") or ("" if "period" in found else memory.years)
        years = split_times(listed)
        per = first.per or prefix.per or found.get("per", "")
        if not per and prefix.frequency and units.split_scale(first.unit)[0] == "元" and (prefix.level or _PAID.search(folded, begin, prefix.stop)):
            # 失业保险金标准上调至每月1800元
            per, prefix.frequency = prefix.frequency, ""
        if not per and (each := _PER_INSIDE.search(folded, left, first.start)):
            per = each[0]
        if found.get("per"):
            memory.head_per = (clause[0], found["per"])
        elif not per and left > clause[0] and memory.head_per[0] == clause[0] and folded[left - 1] in "、和及与" and not is_rate(first.unit):
            per = memory.head_per[1]
        told = tell(Group(group, phrase, prefix, memory, found, left, right, clause, self.subjects))
        kind, action, object_, comparator, inherits = (
            told.kind,
            told.action,
            told.object,
            told.comparator,
            told.inherits,
        )
        per = per or told.per
        if inherits or (not object_ and memory.object):
            if (
                action in ("", memory.action)
                and not object_
                and memory.kind in ("increase", "decrease")
                and not is_part
            ):
                kind, action = memory.kind, memory.action
        # 项目168个,年度投资256亿元,其中新建项目62个: the whole is the amount that is counted alike.
        whole = (memory.wholes.get(first.base[1]) or memory.whole) if is_part else None
        if whole is not None:
            grows = whole["kind"] in ("increase", "decrease") and bool(RATE_END.search(fold(object_)))
            if not grows and not (object_ and is_rate(first.unit) and not is_rate(whole["unit"])):
                action = action or whole["action"]
            object_ = object_ or whole["object"]
        if prefix.bound_word in ("突破", "超过") and memory.kind in ("increase", "decrease") and is_rate(memory.unit) and not is_rate(first.unit):
            # 增长8%、突破350亿元: by how much, and what is passed.
            kind, action = "level", prefix.bound_word
        if (
            prefix.level in ("达到", "达", "实现") and not object_ and first.unit == memory.unit == "%" and memory.kind in ("increase", "decrease")
            and not RATE_END.search(fold(memory.object)) and _names_modality(folded, left, first.start)
        ):  # fmt: skip
            # 生产总值增长6%,力争达到6.5%: by how much, still.
            kind, action = memory.kind, memory.action
        if memory.action in RISES | FALLS and _REACHING.fullmatch(folded, left, first.start):
            kind, action, object_ = "level", memory.action, memory.object
        has_own_verb = bool(action) and not inherits and not prefix.level
        if kind in ("increase", "decrease") and is_rate(first.unit) and memory.object and re.match("[对给向]", folded[phrase.start : phrase.end]):
            # 报销比例达到60%,对特困人员再提高5个百分点: for whom is not what rises.
            object_ = memory.object
        taken_over = "" if has_own_verb else take_over(object_, memory.object)
        if taken_over:
            object_, per = taken_over, per or memory.per
        is_named = bool(object_)
        # 持证上岗率≥95%,培训1200人次: people are no rate.
        is_other = action and not prefix.level and memory.object.endswith(("率", "比例", "占比", "比重")) and not is_rate(first.unit)
        # 培训护理员500人,每年改造200户: what is counted otherwise, by a verb of its own, is something else.
        is_other = is_other or bool(
            action and memory.unit and action != memory.action and not inherits and not prefix.level
            and (
                units.dimension(first.unit) != units.dimension(memory.unit) and not is_rate(first.unit)
                or units.dimension(first.unit) == "count" and units.split_scale(first.unit)[0] != units.split_scale(memory.unit)[0]
            )
        )  # fmt: skip
        if not object_ and not is_other and action not in _FOR_OTHERS:
            object_ = memory.object
            # 每村每月1场,全年2600场: a sum over the year is not of each; nor is by how many % something grows.
            if not ("period" in found and found["period"].text.startswith("全年") or kind in ("increase", "decrease") and is_rate(first.unit)):
                per = per or memory.per
        modality = self._modality(clause, left, first.start, found, inherits, action, memory)
        period, carried = found.get("period"), False
        if first.baseline is not None and (reached := re.findall(r"20[0-9]{2}年[底末]?", folded[first.start : first.end])):
            # 从2025年的320家增加到2027年的500家: the year of what is reached.
            period = read_period(reached[-1])
        elif first.baseline is not None and period is not None and period.text.startswith(("从", "自", "由")):
            period = None
        if period is None and (match := self._period_inside(left, first.start)):
            period = match
        if period is None and memory.period is not None and (memory.period.carries or is_part):
            period, carried = memory.period, True
        frequency = prefix.frequency or found.get("frequency", "") or self._frequency_inside(left, first.start)
        if not frequency and (is_part or left > clause[0]) and not carried:
            frequency = memory.frequency
        elif not frequency and memory.frequency and memory.row is None:
            frequency = memory.frequency
        bracketed = _IN_BRACKETS.search(fold(object_))
        head_unit = bracketed[1] if bracketed and not first.unit and units.is_unit(bracketed[1]) else ""
        if bracketed and head_unit:
            object_ = object_[: bracketed.start()]
        if per and frequency and frequency in per:
            frequency = ""
        objects = self.subjects.distribute(object_, group, prefix)
        if any(quantity.subject for quantity in group):
            objects = [
                clean(self.text[quantity.subject.start : quantity.subject.end]) if quantity.subject else object_
                for quantity in group
            ]
        if not is_named and prefix.is_respectively and len(group) > 1 and len(memory.objects) >= len(group):
            # 总量5万户,其中企业2万户,分别增长8%和10%: one rate for each of what was named before.
            objects = memory.objects[-len(group) :]
        elif len(group) > 1 and len(memory.names) == len(group) and not has_own_verb:
            objects = self.subjects.names_after(memory.names, object_ if is_named else "", objects)
        memory.names = objects if prefix.is_respectively and len(set(objects)) == len(group) > 1 else []
        if len(group) > 1 and all(asides := [_ASIDE.match(folded, quantity.end, clause[1]) for quantity in group]):
            objects = [f"{named}{self.text[aside.start() : aside.end()]}" for named, aside in zip(objects, asides, strict=True) if aside]
        signs = self._signs(group, comparator, prefix)
        rows: list[dict[str, Any]] = []
        for quantity, named, sign in zip(group, objects, signs, strict=True):
            unit, guessed = quantity.unit, quantity.is_unit_guessed
            if unit in ("", *units.SCALES) and (head := head_unit or self.subjects.head_unit(named or object_)):
                unit += head
            row = self._row(
                passage,
                replace(quantity, unit=unit),
                clause,
                kind,
                action,
                named,
                sign,
                quantity.per or ("" if "/" in unit else per),
                modality,
                period,
                frequency,
            )
            if whole is not None:
                row["part_of"] = whole["commitment_id"]
                if period is None and whole["period_text"]:
                    row["period_text"], row["due"] = whole["period_text"], whole["due"]
                if not row["frequency"]:
                    row["frequency"] = whole["frequency"]
            if len(years) == len(group):
                row["period_text"] = years[len(rows)]
                row["due"] = due_date(row["period_text"], self.year)
            if self.year is not None and row["due"] and int(row["due"][:4]) < self.year:
                self._check("due_before_notice", f"{row['period_text']} is over, so it is not the time by which this is due", row, quantity)
                row["due"] = row["period_text"] = ""
            self.result.rows.append(row)
            self._claim(quantity, "commitment", row["commitment_id"])
            if not (named or action) or named and (not _NAMES_SOMETHING.search(fold(named)) or _NAMES_NOTHING.match(fold(named))):
                self._check("object_unclear", f"what {self.text[quantity.start : quantity.end]} is of was not understood", row, quantity)
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
        if len({row["base_value"] for row in rows}) > 1 and len({tuple(row[name] for name in _TOLD_APART_BY) for row in rows}) == 1:
            values = "、".join(self.text[quantity.start : quantity.end] for quantity in group)
            self._check("values_not_told_apart", f"{values}: which of them is of what was not understood", rows[0], first)
        if not is_part:
            memory.whole = rows[-1]
            if kind in ("level", "change"):
                memory.wholes[rows[-1]["base_unit"]] = rows[-1]
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

    def _modality(
        self,
        clause: tuple[int, int],
        left: int,
        stop: int,
        found: dict[str, Any],
        inherits: bool,
        action: str,
        memory: Memory,
    ) -> str:
        is_first = not (memory.row is not None and memory.row["start"] >= clause[0])
        begin = clause[0] if is_first else left
        aims = [(match.start(), modality) for modality, pattern in MODALITY for match in pattern.finditer(self.folded, begin, stop)]
        sure = max(self.folded.rfind("确保", begin, stop), self.folded.rfind("保证", begin, stop))
        if aims and max(aims)[0] > sure:
            return max(aims)[1]
        if sure >= 0:
            memory.sticky_modality = ""
            return "binding"
        if "modality" in found:
            return str(found["modality"])
        if memory.sticky_modality:
            return memory.sticky_modality
        if (
            (inherits or left > clause[0] or action and action == memory.action)
            and memory.modality != "binding"
            and memory.row is not None
        ):
            if not (memory.modality == "aspirational" and action != memory.action):
                return memory.modality
        return "binding"

    def _period_inside(self, left: int, stop: int) -> Period | None:
        """A time phrase in the middle of a phrase: 保障房2027年底前建成900套."""
        for match in _TIME_INSIDE.finditer(self.folded[left:stop]):
            position = left + match.start()
            is_compared = self.folded[max(left, position - 1) : position] in ("比", "较", "于", "从", "由", "自", "同")
            is_compared = is_compared or any(
                compared.start() <= match.start() < compared.end() for compared in CONTRAST.finditer(self.folded[left:stop])
            )
            if is_compared or _OF_A_YEAR.match(self.folded, position):
                continue
            if (period := match_period(self.folded, position, stop)) and not re.match(
                r"建成|以前建", self.folded[period.end() :][:3]
            ):
                return read_period(period[0])
        return None

    def _frequency_inside(self, left: int, stop: int) -> str:
        match = OFTEN.search(self.folded, left, stop)
        return match[0] if match else ""

    def _signs(self, group: list[Quantity], comparator: str, prefix: Prefix) -> list[str]:
        """The bound of each number of a group: one before the first or, with 分别, after the last holds for all."""
        shared = comparator or (group[-1].comparator if prefix.is_respectively else "")
        return [quantity.comparator or shared or "=" for quantity in group]

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
            "part_of": "", "clause": _LABEL.sub("", self.text[clause[0] : clause[1]].strip()), "start": start, "end": quantity.end,
        }  # fmt: skip

    def _quantified(self, passage: Passage, start: int, end: int, memory: Memory) -> None:
        for hit in find_quantified(self.folded, start, end):
            quantity = Quantity(hit.start, hit.end, Decimal(hit.value), "%", ())
            found: dict[str, Any] = {}
            begin = strip_start(self.folded, hit.subject_start, hit.subject_end, found)
            modality = next(
                (name for name, pattern in MODALITY if pattern.search(self.folded, start, hit.start)), "binding"
            )
            period = found.get("period")
            if period is None:
                # 年底前实现乡镇全覆盖: the time stands before the verb.
                ahead: dict[str, Any] = {}
                strip_start(self.folded, start, hit.start, ahead)
                period = ahead.get("period") or (memory.period if memory.period and memory.period.carries else None)
            object_ = clean(_WHOLE_SHARE.sub("", self.text[begin : hit.subject_end])) or clean(self.text[hit.end : end])
            object_ = "" if object_ in ("“", "”") else object_
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
    text: str, folded: str, passages: Sequence[Passage], taken: bytearray, year: int | None, unpromised: str = "",
    issued: tuple[int, int] | None = None,
) -> CommitmentResult:  # fmt: skip
    """The commitments of a notice's prose, in reading order.

    ``taken`` marks the offsets of numerals that other classes of the ledger hold; ``year`` is the notice's own, for dates
    that name none and for telling the past, ``issued`` its year and month; a document that promises nothing gives the class of all its numbers as
    ``unpromised`` (``rule``, ``descriptor``).
    """
    reader = _Reader(text, folded, taken, year, unpromised, issued)
    for passage in passages:
        reader.read(passage)
    reader.result.rows.sort(key=lambda row: (row["start"], row["end"]))
    return reader.result
