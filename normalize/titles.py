"""What the title of a heading says of its section: a topic, or a mere part of the document (总体要求, 重点任务, 保障措施)."""

from __future__ import annotations

import re
from functools import cache

from extract.folding import fold_key
from normalize import vocabulary

_YEAR = re.compile(r"^(?:20\d\d(?:[-—–~至]20\d\d)?年?(?:度)?|今年|本年度|年度)(?:的)?|^(?:全[区县市省旗州]|[区县市]政府)")
_STRESS = re.compile(r"^(?:强化|加强|切实加强|进一步加强|完善|健全|落实|严格|做好)+")
# Words that a title of a mere part is made of, whatever their order: 主要目标和重点任务.
_GENERIC = re.compile(
    r"(?:总体|主要|重点|具体|工作|年度|目标|任务|指标|要求|思路|原则|举措|措施|内容|安排|清单|分工|责任|分解|及|和|与|、|部署|事项|表|核心|发展|预期|基本|指导|思想)+"
)
# 攻坚目标, 工作形势: what the document is to reach, and where it starts from.
_GOALS = re.compile(
    r"(?:工作|攻坚|整治|治理|发展|建设|改革|总体|行动|专项|年度|主要|创建|提升|保护|防治|考核|绩效|任务|奋斗|阶段|近期|远期|量化|推进|实施|规划|面临|当前){1,3}"
    r"(?:目标|形势|现状|背景|依据|思路)(?:要求|分析)?|形势(?:分析|任务|与任务)"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,20})[”\"]")
_MEASURES = re.compile(r"组织领导|组织保障|组织实施|保障措施|工作要求|实施保障|工作保障|要素保障|监督考核|督[促导查]考核|考核评[价估]|推进机制|工作机制")


def part_kind(title: str) -> str:
    """``part``, ``tasks`` or ``measures`` where a title names a part of the document; empty where it names a topic.

    >>> [part_kind(title) for title in ("总体要求", "2026年重点工作任务", "切实加强组织领导", "加快实现“幼有善育”", "攻坚目标")]
    ['part', 'tasks', 'measures', '', 'part']
    """
    key = fold_key(title).rstrip("。.:;,")
    key = _YEAR.sub("", key)
    kind = _parts().get(key) or _parts().get(_STRESS.sub("", key)) or ""
    if kind:
        return kind
    if len(key) <= 24 and _MEASURES.search(key):
        return "measures"
    if _GOALS.fullmatch(key):
        return "part"
    if key and _GENERIC.fullmatch(key):
        return "tasks" if re.search("任务|举措|措施|工作(?!目标|要求|原则|思路)|事项", key) else "part"
    return ""


@cache
def _parts() -> dict[str, str]:
    return {row["title"]: row["kind"] for row in vocabulary.entries("part_titles")}


def topic_of(title: str) -> str:
    """The topic that a title names: the name that it puts in quotes, else the title. A word in quotes within it is no name.

    >>> topic_of("加快实现“幼有善育”"), topic_of("提升公共教育服务")
    ('幼有善育', '提升公共教育服务')
    """
    quoted = list(_QUOTED.finditer(title))
    if len(quoted) == 1 and (len(quoted[0][1]) > 3 or quoted[0].end() == len(title)):
        return quoted[0][1]
    return title
