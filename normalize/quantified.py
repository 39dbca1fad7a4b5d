"""Promises that are numbers without a numeral: 全覆盖, 应保尽保 (100 %), 清零, 零增长 (0 %)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantified:
    """``text[start:end]`` is the word; what it is said of lies in ``subject_start``:``subject_end``; ``value`` is 100 or 0, in %."""

    start: int
    end: int
    subject_start: int
    subject_end: int
    value: int
    action: str


# 健全覆盖全民 holds the letters of 全覆盖 and promises nothing; 零距离 and 零容忍 are manners of speaking.
_WORD = re.compile(
    r"""(?P<full>(?<![健齐安完])全覆盖(?!全)|[应愿](?P<one>[\u4e00-\u9fff]{1,2}?)尽(?P=one)|全部(?:完成|达标|建成|销号|整改到位|办结|落实到位)(?=$|[”])|百分百)
      |(?P<zero>(?:动态|全部)?清零|动态归零|全部消除(?=$|[”])|(?<=[率数量]为)零(?=$|[,，。;；])|零(?:增长|新增|事故|发生|死亡|上访|欠薪|辍学|复发|返贫|排放|投诉|积压|差错|缺陷|案件|事件|伤亡|溺水|直排|填埋|遗漏|失误|感染|违建|未办结))""",
    re.VERBOSE,
)
_VERB = re.compile(
    r"(?P<verb>实现|达到|做到|确保|完成|保持|保证|推动|力争|推进|基本实现|全面实现)(?P<between>[^,，。;；]{0,30})$"
)
# 愿改尽改原则, 动态清零要求: a principle or a requirement that is only named.
_ONLY_NAMED = re.compile(
    r"[”』]?\s*的?(?:原则|要求|理念|制度|机制|政策|方针|目标任务|行动|体系|网络|工程|方案|模式|标准)"
)


def holds_quantified(folded: str, start: int, end: int) -> bool:
    """Whether a stretch may hold such a promise."""
    return _WORD.search(folded, start, end) is not None


def find_quantified(folded: str, start: int, end: int) -> Iterator[Quantified]:
    """Every such promise of a clause."""
    for match in _WORD.finditer(folded, start, end):
        if _ONLY_NAMED.match(folded, match.end(), end):
            continue
        word_start = match.start()
        before_end = word_start - 1 if word_start > start and folded[word_start - 1] in '“"‘' else word_start
        window_start = max(start, before_end - 60)
        verb = _VERB.search(folded[window_start:before_end])
        is_last = re.fullmatch(r"[”’\"。)]?\s*", folded[match.end() : end]) is not None
        if verb is None and not is_last:
            continue
        if verb is None and not re.search(r"[\u4e00-\u9fff]{2}", folded[start:word_start]):
            continue
        # 实现欠薪案件零新增: the subject stands behind the verb; 农房投保实现全覆盖: before it.
        if verb is None:
            subject_start, subject_end, action = start, before_end, ""
        else:
            action = verb["verb"]
            at = window_start + verb.start()
            is_before = not verb["between"].strip()
            subject_start, subject_end = (start, at) if is_before else (at + len(action), before_end)
        yield Quantified(match.start(), match.end(), subject_start, subject_end, 100 if match["full"] else 0, action)
