"""What the numbers of a group are of: the verb and the noun phrase before them, or behind.

Each case takes the group in its clause and tells, or gives ``None``; the first that tells decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.model import Span
from normalize import units
from normalize.conditions import BY_RATE
from normalize.periods import read_period
from normalize.phrases import FALLS, RISES, Prefix, clean, leading_verb, verbs
from normalize.promise_subjects import CONTRAST, LEAD, Memory, Subjects, is_rate
from normalize.quantities import PREFIX_BOUND, Quantity, comparator_before
from normalize.strung_numbers import AFTER_FINAL, DATED, MOVED, MOVED_FROM


@dataclass(frozen=True, slots=True)
class Told:
    """What the words around a number say; ``inherits`` where the verb is that of the clause before."""

    kind: str
    action: str
    object: str
    comparator: str = ""
    per: str = ""
    inherits: bool = False


@dataclass(slots=True)
class Group:
    """Numbers side by side in ``folded[clause[0]:clause[1]]``.

    Their words begin at ``left`` and end at ``right``; ``phrase`` is what is left of those before them without times, bounds and verbs of level,
    ``prefix`` tells what was there. ``found`` is what stood at the phrase's start, ``memory`` what the clauses before gave.
    """

    quantities: Sequence[Quantity]
    phrase: Span
    prefix: Prefix
    memory: Memory
    found: dict[str, Any]
    left: int
    right: int
    clause: tuple[int, int]
    subjects: Subjects

    @property
    def folded(self) -> str:
        return self.subjects.folded

    @property
    def first(self) -> Quantity:
        return self.quantities[0]

    @property
    def last(self) -> Quantity:
        return self.quantities[-1]

    @property
    def is_rate(self) -> bool:
        return is_rate(self.first.unit)

    @property
    def is_next_in_list(self) -> bool:
        """Whether 、 or 和 joins its words to those of the numbers before, in one clause."""
        return self.left > self.clause[0] and self.folded[self.left - 1] in "、和及与"

    @property
    def has_noun_behind(self) -> bool:
        return self.right > self.last.end and not AFTER_FINAL.match(self.folded, self.last.end, self.clause[1])

    def cleaned(self, start: int, end: int) -> str:
        """A stretch of the printed text as a name."""
        return clean(self.subjects.text[start:end])

    def without_lead(self, start: int, end: int) -> int:
        """Where a stretch begins without 确保, 实现 and the like."""
        while lead := LEAD.match(self.folded, start, end):
            start = lead.end()
        return start


def tell(group: Group) -> Told:
    """Kind, verb, object and bound of a group's numbers."""
    comparator = _bound(group)
    prefix = group.prefix
    told = next(filter(None, (case(group) for case in _CASES)))
    action = told.action or (prefix.bound_word if prefix.bound_word in ("超过", "突破") else "")
    kind = told.kind
    if kind == "level" and not prefix.level and (action in FALLS or action in RISES and group.is_rate):
        # 压减一般性支出10%: the verb stands before its object, and the number says by how much.
        kind = "increase" if action in RISES else "decrease"
    return replace(told, kind=kind, action=action, comparator=comparator or told.comparator)


_AT_LEAST = re.compile(r"(?:至少|最少|不少于)[^0-9]*$")
_AT_MOST = re.compile(r"(?:至多|最多)(?!跑)[^0-9“”]{0,6}$")


def _bound(group: Group) -> str:
    """The bound before the numbers: directly, or with the noun between: 至少建成1个中心、2个分站."""
    memory, folded = group.memory, group.folded
    if group.prefix.comparator:
        return group.prefix.comparator
    if _AT_LEAST.search(folded, group.left, group.first.start):
        memory.spread = ">="
        return ">="
    if memory.spread and group.left > group.clause[0] and folded[group.left - 1] in "、和及":
        return memory.spread
    return "<=" if _AT_MOST.search(folded, group.left, group.first.start) else ""


_USE = re.compile(r"(?:以上)?(?P<verb>用于|用在|投入|投向|用来|安排给|倾斜(?:至|到|用于))")
_SHARE_OF_WHAT = re.compile(r"(?:[^,，。;；]{0,12}?[将把])?(?P<what>[^,，。;；]{2,24}?)的?\s*")


def _share_used(group: Group) -> Told | None:
    """将新增财力的70%以上用于民生改善"""
    use = _USE.match(group.folded, group.last.end, group.right) if group.is_rate else None
    shared = _SHARE_OF_WHAT.fullmatch(group.folded, group.left, group.prefix.stop) if use else None
    if not use or not shared:
        return None
    start, end = shared.span("what")
    return Told("level", use["verb"], group.cleaned(group.without_lead(start, end), end))


_BY = re.compile(r"按照?$")


def _by_rate(group: Group) -> Told | None:
    """养老金按2%的比例上调"""
    by = BY_RATE.match(group.folded, group.last.end, group.right) if group.is_rate else None
    whose = _BY.search(group.folded, group.phrase.start, group.phrase.end) if by else None
    if not by or not whose:
        return None
    return Told("increase" if by["verb"] in RISES else "decrease", by["verb"], group.cleaned(group.phrase.start, whose.start()))


def _change(group: Group) -> Told | None:
    """由3所增加到5所; 翻一番."""
    if group.first.change_word == "翻":
        return Told("ratio", "翻", _without_contrast(group, group.without_lead(group.phrase.start, group.phrase.end)))
    if group.first.baseline is None:
        return None
    object_, per = group.subjects.change_subject(group.phrase)
    if not object_ and not group.memory.object and group.has_noun_behind:
        object_ = group.cleaned(group.last.end, group.right)  # 由3个乡镇扩大至8个乡镇
    return Told("change", group.first.change_word, object_, per=per)


def _without_contrast(group: Group, start: int) -> str:
    return clean(CONTRAST.sub("", group.subjects.text[start : group.phrase.end]))


def _level(group: Group) -> Told | None:
    """A verb of level or change right before the number: 达到85%, 增长6%."""
    prefix = group.prefix
    if not prefix.level:
        return None
    if not group.subjects.is_level(group.phrase, prefix, group.first):
        if prefix.level_end > group.phrase.end:
            # 完成学历提升1000人: what looks like a verb of change is the end of the noun.
            group.phrase = Span(group.phrase.start, prefix.level_end)
        return None
    kind, action = "level", prefix.level
    if not prefix.level_to and action in RISES | FALLS:
        kind = "increase" if action in RISES else "decrease"
    elif group.first.unit == "倍" and not prefix.level_to:
        kind = "ratio"
    object_ = _without_contrast(group, group.without_lead(group.phrase.start, group.phrase.end))
    if not object_ and group.has_noun_behind and (kind in ("increase", "decrease") or action in ("突破", "完成", "实现")):
        return Told("level" if kind in ("increase", "decrease") else kind, action, group.cleaned(group.last.end, group.right))
    return Told(kind, action, object_)


_SHARE_OF = re.compile(rf"(?P<word>{PREFIX_BOUND})[^,，。;、]{{2,20}}的\s*$")
_RELATIVE = re.compile(
    r"(?<!不)(?<!不得)(?P<word>高于|快于|高出|优于|领先|超过|超|低于|慢于)(?P<what>[^,，。;、]{2,20}?)(?:平均)?(?:水平)?\s*$"
)


def _compared(group: Group) -> Told | None:
    """By what is compared with: 两倍, 不超过剩余部分的10%, 高于全省平均1个百分点."""
    folded, phrase = group.folded, group.phrase
    if group.first.unit == "倍" and (ratio := group.subjects.ratio_subject(phrase)):
        kind, action, object_, sign = ratio
        return Told(kind, action, object_, sign)
    if group.is_rate and (share := _SHARE_OF.search(folded, phrase.start, phrase.end)):
        return Told("level", "", group.cleaned(phrase.start, share.start()), comparator_before(share["word"]))
    if group.first.unit in ("个百分点", "百分点", "位", "名次", "%") and (relative := _RELATIVE.search(folded, phrase.start, phrase.end)):
        kind = "decrease" if relative["word"] in ("低于", "慢于") else "increase"
        return Told(kind, relative["word"], group.cleaned(phrase.start, relative.start()))
    return None


# 选派教师800名到县中支教: where to or what for, behind the whole.
_COMPLEMENT = re.compile(r"\s*(?:到|赴|前往|进驻|参加|开展)[\u4e00-\u9fff]{2,}")


def _noun_before(group: Group) -> Told | None:
    """新增托位450个"""
    folded, end, clause_end = group.folded, group.last.end, group.clause[1]
    stands_before = (
        AFTER_FINAL.match(folded, end, clause_end)
        or end >= clause_end
        or folded[end : group.right] in ("", "/")
        or units.dimension(group.first.unit) == "money" and verbs()[1].match(folded, end, clause_end)
        or _COMPLEMENT.match(folded, end, clause_end) and leading_verb(folded, group.phrase.start, group.phrase.end)
    )
    if not stands_before:
        return None
    action, object_, inherits = group.subjects.verb_object(group.phrase, group.prefix, group.memory, group.found, group.first.unit)
    return Told("level", action, object_, inherits=inherits)


_OF_THE_REST = re.compile(r"(?:余下|剩余|其余|剩下|尚余)的?")
_TWO_HAN = re.compile("[\u4e00-\u9fff]{2}")


def _done_by_then(group: Group) -> Told | None:
    """12个项目6月底前全部开工: what, by when, and what becomes of it."""
    dated = DATED.match(group.folded, group.last.end, group.right)
    if not dated:
        return None
    before = _OF_THE_REST.sub("", LEAD.sub("", group.folded[group.phrase.start : group.phrase.end] + "个")[:-1])
    if dated["noun"] and _TWO_HAN.search(before):
        return None
    group.found["period"] = read_period(dated["date"])
    # 项目12个于9月底前开工: the noun may stand before the number.
    object_ = group.cleaned(*dated.span("noun")) or group.cleaned(group.phrase.start, group.phrase.end)
    return Told("level", dated["verb"], _OF_THE_REST.sub("", object_))


def _moved(group: Group) -> Told | None:
    """将12个部门的386项执法事项下放到乡镇"""
    moved = MOVED.match(group.folded, group.last.end, group.right)
    if not moved or not MOVED_FROM.fullmatch(group.folded, group.phrase.start, group.phrase.end):
        return None
    return Told("level", moved["verb"], group.cleaned(*moved.span("noun")))


def _noun_behind(group: Group) -> Told | None:
    """完成12个社区老年大学创建"""
    action, object_ = group.subjects.number_first(group.phrase, group.last.end, group.right, group.first)
    is_next = group.left == group.first.start and group.folded[group.left - 1 : group.left] in ("、", "和", "及")
    if not action and group.memory.row is not None and is_next:
        action = group.memory.action
    return Told("level", action, object_)


_CASES: tuple[Callable[[Group], Told | None], ...] = (
    _share_used, _by_rate, _change, _level, _compared, _noun_before, _done_by_then, _moved, _noun_behind,
)  # fmt: skip
