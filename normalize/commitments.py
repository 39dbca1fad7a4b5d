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
    clean,
    leading_verb,
    read_back,
    strip_start,
)
from normalize.promise_phrases import Group, tell
from normalize.promise_subjects import CONTRAST, Memory, Subjects, is_rate, take_over
from normalize.quantified import find_quantified, holds_quantified
from normalize.quantities import Quantity, find_quantities
from normalize.strung_numbers import AFTER_FINAL, DELIVERY, PART, SEPARATOR, is_in_brackets, tells_size
from normalize.unpromised import class_of_unpromised

_PER_INSIDE = re.compile(
    r"每(?:人|户|生|床|亩)(?:每?(?:年|月|日|天|次|学年|学期))?(?=发放|补助|补贴|增发|不低于|不少于|达)"
    r"|(?<=[\u4e00-\u9fff])每(?:个|所|名|家|户|村|镇|人|艘|位|座|处|项|张|台|辆|条|支|组|班|间|床|亩)(?=增配|配备|配|新增|建|补助|发放|安排|设)"
)
# 继去年改造15条背街小巷后
_COUNTED_BEHIND = re.compile(r"(?P<noun>[\u4e00-\u9fff“”]{2,16}?)(?:之?后|的基础上|[,，。;；]|$)")
_PAST = re.compile(r"(?:继?(?:去年|上年度?|前年|目前|此前|现)[,，]?(?:已|共|累计){0,2}|(?:[我全本该][\u4e00-\u9fff]{1,2})?(?:现有|共有|(?:共|尚|还|仍)需要?)|累计已?)")
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
_LEVEL_OF = re.compile(r"(?:国家|省|市|县|区|州|盟|旗|[一二三四五六七八九ABCD1-5]{1,3}星?|自治区)级")
_ONLY_VERB = re.compile(r"[、和及]\s*(?:每(?:个|家)?[\u4e00-\u9fff]{1,8})?(?:至少|不少于)?[\u4e00-\u9fff]{2,4}(?:至少|不少于)?")
_TOTAL = re.compile(r"\s*(?:合计|共计|总计|总共|累计|共(?![同建享管治青产创有]))")
_EACH_PERSON = ("每人", "人均", "每名")
_PERSONS = re.compile(r"(?:干部|领导|党员|成员|人员|教师|医生|负责人|书记|代表|委员)$")
_FOR_WHOM = re.compile("[对给向]")
_YEAR = re.compile("20[0-9]{2}年[底末]?")
_SPAN = re.compile(r"(?:[两三四五六七八九十]|[0-9]{1,2})年(?:时间)?(?:内|间)?")
_DIGIT = re.compile("[0-9]")
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


@dataclass(slots=True)
class _Draft:
    """What is known of the rows of a group before they are written. ``years`` are the times of the numbers, where each has one."""

    group: Group
    kind: str
    action: str
    object: str
    comparator: str
    per: str
    inherits: bool
    whole: dict[str, Any] | None
    years: list[str]
    modality: str = ""
    period: Period | None = None
    frequency: str = ""
    head_unit: str = ""
    is_named: bool = False
    has_own_verb: bool = False
    #: Of whom a number is said, where the object is that of the clause before.
    left_out: str = ""


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
        count = len(self.result.rows)
        if all(kind == "fact" for kind in kinds):
            self._remember_subject(start, quantities[0], memory)
        if PART.match(folded, start, end):
            memory.is_parts = True
        elif mark == "," and memory.is_parts and not is_first_part:
            own = leading_verb(folded, start, end)
            counted = next((quantity for quantity, kind in zip(quantities, kinds, strict=True) if not kind), quantities[0])
            same_unit = counted.unit == memory.unit or units.dimension(counted.unit) == units.dimension(memory.unit) == "money"
            told: dict[str, Any] = {}
            strip_start(folded, start, counted.start, told)
            same_unit = same_unit and "per" not in told and counted.baseline is None
            memory.is_parts = same_unit and own is None and not read_back(folded, start, counted.start).level
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
        self._share_nouns(self.result.rows[count:])

    def _share_nouns(self, rows: list[dict[str, Any]]) -> None:
        """Give the noun behind the last number to those before it: 新建5个、改造8个村级中心; 5个省级、12个市级示范村."""
        is_behind = False
        for row, following in zip(rows[-2::-1], rows[:0:-1], strict=True):
            noun = following["object"]
            is_behind = bool(noun) and (is_behind or self.folded.startswith(fold(noun), following["end"]))
            is_given = False
            if is_behind and row["unit"] == following["unit"]:
                level = _LEVEL_OF.match(noun)
                if level and _LEVEL_OF.fullmatch(row["object"]):
                    row["object"] += noun[level.end() :]
                    is_given = True
                elif not row["object"] and _ONLY_VERB.fullmatch(self.folded, row["end"], following["start"]):
                    row["object"], is_given = noun, True
            is_behind = is_given

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
        if kept is not None and is_in_brackets(self.folded, kept, last):
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
        if is_in_brackets(self.folded, quantities[index].end, following) or tells_size(self.folded, quantities[index], following):  # 12座小(1)型水库
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
        elif end - begin <= 40 and self.folded.startswith(":", end) and RATE_END.search(self.folded[begin:end].strip()):
            # 报销比例:一级医院85%,二级医院75%: of each, the same.
            memory.header = clean(self.text[begin:end])
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
        memory.object, memory.row, memory.whole = re.sub("^[建设]?有(?=..)", "", named), None, None
        memory.unit = quantity.unit

    def _promise(
        self, passage: Passage, quantities: list[Quantity], left: int, right: int, clause: tuple[int, int], memory: Memory, is_part: bool
    ) -> None:
        """Write the rows of one group of numbers, whose words lie from ``left`` to ``right``, and remember what the next may leave out."""
        left = max(left, quantities[0].start - REACH)
        if is_part and (part := PART.match(self.folded, left, quantities[0].start)):
            left = part.end()
        total = _TOTAL.match(self.folded, left, quantities[0].start) if memory.row is not None else None
        left = total.end() if total else left
        group, listed = self._group_of(quantities, left, right, clause, memory)
        per = "" if total else self._per(group)
        told = tell(group)
        # 项目168个,年度投资256亿元,其中新建项目62个: the whole is the amount that is counted alike.
        whole = (memory.wholes.get(group.first.base[1]) or memory.whole) if is_part else None
        draft = _Draft(group, told.kind, told.action, told.object, told.comparator, per or told.per, told.inherits, whole, split_times(listed))
        self._complete_verb(draft, is_part)
        is_sum = total is not None and not draft.object and len(set(memory.objects)) > 1
        if is_sum:
            # 停车位300个、充电桩120个,共计420个: the sum is of no member.
            if not draft.action:
                draft.kind, draft.action = memory.kind, memory.action
        else:
            self._complete_object(draft)
        draft.modality = self._modality(clause, left, group.first.start, group.found, told.inherits, draft.action, memory)
        self._find_time(draft, is_part)
        rows = self._write(passage, draft, self._names(draft))
        if draft.left_out:
            self._check("whom_left_out", f"of whom this is said stands in no column: {draft.left_out}", rows[0], group.first)
        if is_sum:
            self._check("sum_of_list", "this counts once more what the list before it counts", rows[0], group.first)
        if not is_part:
            # 收入19.8亿元,增长4.5%,其中税收占68%: of the amount, and not of how fast it grows.
            grows = draft.kind in ("increase", "decrease") and memory.whole is not None and memory.whole["object"] == rows[-1]["object"]
            memory.whole = memory.whole if grows else rows[-1]
            if draft.kind in ("level", "change"):
                memory.wholes[rows[-1]["base_unit"]] = rows[-1]
        memory.row, memory.unit = rows[-1], group.last.unit
        memory.objects += [row["object"] for row in rows]
        memory.action, memory.object, memory.kind, memory.per = draft.action, draft.object, draft.kind, draft.per
        # 增长4%以上、力争6%: what only the second number is said to aim at holds for no later clause.
        if left <= clause[0] or draft.modality == "binding" or not _names_modality(self.folded, left, group.first.start):
            memory.modality = draft.modality
        memory.bare_verb = ""
        if group.found.get("period") is not None:
            memory.period, memory.years = group.found["period"], group.found.get("years", "")
        memory.frequency = draft.frequency

    def _group_of(
        self, quantities: list[Quantity], left: int, right: int, clause: tuple[int, int], memory: Memory
    ) -> tuple[Group, str]:
        """The numbers with the words around them, and the times listed there, one for each number."""
        folded, first = self.folded, quantities[0]
        prefix = read_back(folded, left, first.start)
        found: dict[str, Any] = {}
        begin = strip_start(folded, left, prefix.stop, found)
        listed = ""
        if prefix.is_respectively and (each := _YEARS_EACH.search(folded, begin, prefix.stop)):
            listed = each["years"]
            prefix.stop = each.start()
        prefix.is_respectively = prefix.is_respectively or "respectively" in found or "分别" in folded[begin : prefix.stop]
        if first.baseline is not None and len(quantities) > 1:
            prefix.is_respectively = True
        if memory.row is not None and (each := _EACH_ALONE.fullmatch(folded, begin, prefix.stop)):
            # 每个乡镇每年不少于2次,每个村不少于1次: of the same, as often.
            found["per"], begin = each["per"], prefix.stop
            found.setdefault("frequency", memory.frequency)
        basis = BASIS_AT_END.search(folded, begin, prefix.stop)
        phrase = Span(begin, basis.start() if basis else prefix.stop)
        if not listed and prefix.is_respectively:
            listed = found.get("years", "") or ("" if "period" in found else memory.years)
        return Group(quantities, phrase, prefix, memory, found, left, right, clause, self.subjects), listed

    def _per(self, group: Group) -> str:
        """The denominator: of the number, before it, at the head of its phrase, or at the head of the list that it is in."""
        folded, first, prefix, memory = self.folded, group.first, group.prefix, group.memory
        per = first.per or prefix.per or str(group.found.get("per", ""))
        is_paid = prefix.level or _PAID.search(folded, group.phrase.start, prefix.stop)
        if not per and prefix.frequency and units.split_scale(first.unit)[0] == "元" and is_paid:
            # 失业保险金标准上调至每月1800元
            per, prefix.frequency = prefix.frequency, ""
        if not per and (each := _PER_INSIDE.search(folded, group.left, first.start)):
            per = each[0]
        if group.found.get("per"):
            memory.head_per = (group.clause[0], group.found["per"])
        elif not per and group.is_next_in_list and memory.head_per[0] == group.clause[0] and not group.is_rate:
            per = memory.head_per[1]
        return per

    def _complete_verb(self, draft: _Draft, is_part: bool) -> None:
        """Kind and verb where the clause before, or the whole that a part is of, gives them."""
        group, memory, whole = draft.group, draft.group.memory, draft.whole
        folded, first, prefix = self.folded, group.first, group.prefix
        goes_on = draft.inherits or not draft.object and bool(memory.object)
        if goes_on and not draft.object and draft.action in ("", memory.action) and memory.kind in ("increase", "decrease") and not is_part:
            draft.kind, draft.action = memory.kind, memory.action
        is_same_clause = memory.row is not None and memory.row["start"] >= group.clause[0]
        if group.is_next_in_list and is_same_clause and not prefix.level and first.baseline is None and first.unit == memory.unit:
            if memory.kind in ("increase", "decrease") and (not draft.action or draft.inherits):
                # 降低用工成本2000万元、用能成本1500万元: both fall.
                draft.kind, draft.action = memory.kind, memory.action
        if draft.inherits and memory.kind == "change" and draft.kind != "change":
            draft.kind = "level"  # 从38%提高到42%,明年力争45%
        if whole is not None:
            grows = whole["kind"] in ("increase", "decrease") and bool(RATE_END.search(fold(draft.object)))
            if not grows and not (draft.object and group.is_rate and not is_rate(whole["unit"])):
                draft.action = draft.action or whole["action"]
            draft.object = draft.object or whole["object"]
        if prefix.bound_word in ("突破", "超过") and memory.kind in ("increase", "decrease") and is_rate(memory.unit) and not group.is_rate:
            # 增长8%、突破350亿元: by how much, and what is passed.
            draft.kind, draft.action = "level", prefix.bound_word
        is_same_growth = prefix.level in ("达到", "达", "实现") and first.unit == memory.unit == "%" and memory.kind in ("increase", "decrease")
        if is_same_growth and not draft.object and not RATE_END.search(fold(memory.object)) and _names_modality(folded, group.left, first.start):
            # 生产总值增长6%,力争达到6.5%: by how much, still.
            draft.kind, draft.action = memory.kind, memory.action
        if memory.action in RISES | FALLS and _REACHING.fullmatch(folded, group.left, first.start):
            draft.kind, draft.action, draft.object = "level", memory.action, memory.object

    def _complete_object(self, draft: _Draft) -> None:
        """The object where the clause before gives it, or part of it, and its denominator."""
        group, memory, folded = draft.group, draft.group.memory, self.folded
        draft.has_own_verb = bool(draft.action) and not draft.inherits and not group.prefix.level
        is_change = draft.kind in ("increase", "decrease")
        if is_change and group.is_rate and memory.object and _FOR_WHOM.match(folded, group.phrase.start, group.phrase.end):
            # 报销比例达到60%,对特困人员再提高5个百分点: for whom is not what rises.
            draft.left_out, draft.object = draft.object, memory.object
        is_person = memory.per in _EACH_PERSON and group.first.unit == memory.unit and _PERSONS.search(fold(draft.object))
        if is_person and not draft.action and not is_change:
            # 县级领导每人走访5户,科级干部2户: others, who do the same.
            draft.left_out = draft.object
            draft.action, draft.object, draft.per = memory.action, memory.object, draft.per or memory.per
        if draft.object in ("增幅", "增速", "降幅") and memory.object and not draft.has_own_verb:
            draft.object = memory.object + draft.object
        taken_over = "" if draft.has_own_verb else take_over(draft.object, memory.object)
        if taken_over:
            draft.object, draft.per = taken_over, draft.per or memory.per
        draft.is_named = bool(draft.object)
        if not draft.object and not self._is_of_another(draft) and draft.action not in _FOR_OTHERS:
            draft.object = memory.object
            # 每村每月1场,全年2600场: a sum over the year is not of each; nor is by how many % something grows.
            is_sum = "period" in group.found and group.found["period"].text.startswith("全年")
            if not is_sum and not (is_change and group.is_rate):
                draft.per = draft.per or memory.per

    def _is_of_another(self, draft: _Draft) -> bool:
        """Whether a number without an object is of something else than the one before."""
        group, memory = draft.group, draft.group.memory
        if draft.action and not group.prefix.level and memory.object.endswith(("率", "比例", "占比", "比重")) and not group.is_rate:
            return True  # 持证上岗率≥95%,培训1200人次: people are no rate
        if not draft.has_own_verb or not memory.unit or draft.action == memory.action:
            return False
        # 培训护理员500人,每年改造200户: what is counted otherwise, by a verb of its own, is something else.
        dimension, unit = units.dimension(group.first.unit), units.split_scale(group.first.unit)[0]
        is_otherwise = dimension != units.dimension(memory.unit) and not group.is_rate
        return is_otherwise or dimension == "count" and unit != units.split_scale(memory.unit)[0]

    def _find_time(self, draft: _Draft, is_part: bool) -> None:
        """By when, and how often."""
        group, memory = draft.group, draft.group.memory
        first, period, carried = group.first, group.found.get("period"), False
        if first.baseline is not None and (reached := _YEAR.findall(self.folded, first.start, first.end)):
            # 从2025年的320家增加到2027年的500家: the year of what is reached.
            period = read_period(reached[-1])
        elif first.baseline is not None and period is not None and period.text.startswith(("从", "自", "由")):
            period = None
        if period is None:
            period = self._period_inside(group.left, first.start)
        if period is not None and period.year is None and memory.period is not None and memory.period.year and _SPAN.fullmatch(period.text):
            period = memory.period  # 到2027年底,三年累计新增2.2万人
        if period is None and memory.period is not None and (memory.period.carries or is_part):
            period, carried = memory.period, True
        frequency = group.prefix.frequency or str(group.found.get("frequency", "")) or self._frequency_inside(group.left, first.start)
        goes_on = (is_part or group.left > group.clause[0]) and not carried
        if not frequency and (goes_on or memory.row is None):
            frequency = memory.frequency
        draft.period = period
        draft.frequency = "" if draft.per and frequency and frequency in draft.per else frequency

    def _names(self, draft: _Draft) -> list[str]:
        """The object of each number."""
        group, memory = draft.group, draft.group.memory
        numbers = group.quantities
        bracketed = _IN_BRACKETS.search(fold(draft.object))
        if bracketed and not group.first.unit and units.is_unit(bracketed[1]):
            draft.head_unit, draft.object = bracketed[1], draft.object[: bracketed.start()]
        if memory.header and draft.object and group.is_rate and not RATE_END.search(fold(draft.object)):
            draft.object += memory.header
        names = self.subjects.distribute(draft.object, numbers, group.prefix)
        if any(quantity.subject for quantity in numbers):
            names = [clean(self.text[q.subject.start : q.subject.end]) if q.subject else draft.object for q in numbers]
        if len(numbers) > 1:
            if not draft.is_named and group.prefix.is_respectively and len(memory.objects) >= len(numbers):
                # 总量5万户,其中企业2万户,分别增长8%和10%: one rate for each of what was named before.
                names = memory.objects[-len(numbers) :]
            elif len(memory.names) == len(numbers) and not draft.has_own_verb:
                names = self.subjects.names_after(memory.names, draft.object if draft.is_named else "", names)
        memory.names = names if group.prefix.is_respectively and len(set(names)) == len(numbers) > 1 else []
        asides = [_ASIDE.match(self.folded, quantity.end, group.clause[1]) for quantity in numbers]
        if len(numbers) > 1 and all(asides):
            return [f"{name}{self.text[aside.start() : aside.end()]}" for name, aside in zip(names, asides, strict=True) if aside]
        return names

    def _write(self, passage: Passage, draft: _Draft, names: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of a group, with what is to be checked in them."""
        numbers = draft.group.quantities
        rows: list[dict[str, Any]] = []
        for quantity, named, sign in zip(numbers, names, self._signs(draft), strict=True):
            unit = quantity.unit
            if unit in ("", *units.SCALES):
                unit += draft.head_unit or self.subjects.head_unit(named or draft.object)
            per = quantity.per or ("" if "/" in unit else draft.per)
            row = self._row(
                passage, replace(quantity, unit=unit), draft.group.clause, draft.kind, draft.action, named, sign, per,
                draft.modality, draft.period, draft.frequency,
            )  # fmt: skip
            if draft.whole is not None:
                row["part_of"] = draft.whole["commitment_id"]
                if draft.period is None and draft.whole["period_text"]:
                    row["period_text"], row["due"] = draft.whole["period_text"], draft.whole["due"]
                row["frequency"] = row["frequency"] or draft.whole["frequency"]
            if len(draft.years) == len(numbers):
                row["period_text"] = draft.years[len(rows)]
                row["due"] = due_date(row["period_text"], self.year)
            self.result.rows.append(row)
            self._claim(quantity, "commitment", row["commitment_id"])
            self._check_row(row, quantity)
            rows.append(row)
        if len({row["base_value"] for row in rows}) > 1 and len({tuple(row[name] for name in _TOLD_APART_BY) for row in rows}) == 1:
            values = "、".join(self.text[quantity.start : quantity.end] for quantity in numbers)
            self._check("values_not_told_apart", f"{values}: which of them is of what was not understood", rows[0], numbers[0])
        return rows

    def _check_row(self, row: dict[str, Any], quantity: Quantity) -> None:
        """Tell what may be wrong in a row; a time that is over is taken out."""
        printed, name, unit = self.text[quantity.start : quantity.end], fold(row["object"]), row["unit"]
        if self.year is not None and row["due"] and int(row["due"][:4]) < self.year:
            self._check("due_before_notice", f"{row['period_text']} is over, so it is not the time by which this is due", row, quantity)
            row["due"] = row["period_text"] = ""
        is_of_nothing = not name and (not row["action"] or is_rate(unit) and row["kind"] == "level")
        if is_of_nothing or name and (not _NAMES_SOMETHING.search(name) or _NAMES_NOTHING.match(name)):
            self._check("object_unclear", f"what {printed} is of was not understood", row, quantity)
        if not unit or unit in units.SCALES:
            self._check("unit_missing", f"the number {printed} has no unit of measure", row, quantity)
        elif quantity.is_unit_guessed or not units.is_unit(unit):
            self._check("unknown_unit", f"{unit} is no unit of measure that the list knows", row, quantity)

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

    def _signs(self, draft: _Draft) -> list[str]:
        """The bound of each number of a group: one before the first or, with 分别, after the last holds for all."""
        group = draft.group
        shared = draft.comparator or (group.last.comparator if group.prefix.is_respectively else "")
        return [quantity.comparator or shared or "=" for quantity in group.quantities]

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
            if hit.value and self.folded.startswith("全部", hit.start) and _DIGIT.search(self.folded, hit.subject_start, hit.subject_end):
                continue  # 剩余13座明年全部完成: the 13 are promised
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
