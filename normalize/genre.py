"""Whether a document promises anything at all: rules, calls, lists of names and news give no commitments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.folding import fold_key
from normalize import vocabulary

_QUALIFIERS = re.compile(r"(?:\((?:试行|暂行|修订版?|修订稿|修正案?|草案|征求意见稿|[^()]{0,12}年?版?)\))+$")
_TAIL = re.compile(r"的(?:通知|公告|通告|决定|函|意见|批复)$")
_ANNOUNCES = re.compile(r"(?:公告|公示|启事|通告|倡议书|名单|解读|问答)$")
_OF_NOTICE = re.compile(r"(?:印发|发布|公布|转发|实施|修订|修改|废止|制定)[《<〈]?(?P<name>.+?)[》>〉]?$")
_PLANS = re.compile(r"方案|计划|规划|要点|任务|目标|实事|责任(?:书|清单|分解)|清单|举措|措施|承诺|工作报告|行动|纲要|安排|部署|意见|指标")


# Words of what rules say, and of what plans say. Of 25 published documents, those that lay down rules have the first in four to six
# of ten sentences, plans in none; the second the other way about.
_RULE_WORDS = re.compile(
    r"应当|可以|不得|不予|申请|有下列|情形|本(?:办法|细则|规定|通知|指南|规则|条例)|之日起|审核|受理|符合|的[,;](?:由|应|可|不|按|给)|缴纳|凭|期限|有效期|限额|基准|待遇|领取|除外|属于"
)
_PLAN_WORDS = re.compile(
    r"新增|新建|建成|完成|实现|推进|加快|打造|力争|确保|提升|培育|深化|推动|加强|强化|构建|优化|责任单位|牵头|扎实|持续|开展|健全|完善"
)
_SENTENCES = re.compile(r"[^。;\n]{12,}")
_FEW_SENTENCES = 8
_MANY_RULES = 0.3
_FEW_PLANS = 0.12


@dataclass(frozen=True, slots=True)
class Genre:
    """``unpromised`` is the class of every number of a document that promises nothing, else empty; ``reason`` says why."""

    unpromised: str = ""
    reason: str = ""


def find_genre(title: str, enclosed_title: str, labels: dict[str, int], is_official: bool, folded: str) -> Genre:
    """What a document is: by its titles, how many labels of each kind it has, whether it has the marks of a notice (a number,
    a signature, recipients), and by the words of its sentences.

    >>> find_genre("关于印发某区高层次人才奖励办法的通知", "", {"article": 20}, True, "").unpromised
    'rule'
    >>> find_genre("关于印发2026年重点工作任务的通知", "2026年重点工作任务", {"chinese": 5}, True, "").unpromised
    ''
    """
    name = _core(enclosed_title or title)
    articles, others = labels.get("article", 0), labels.get("chinese", 0) + labels.get("chinese_bracket", 0)
    word, kind = next(((word, kind) for word, kind in _words() if name.endswith(word)), ("", ""))
    if kind == "rules" and not _PLANS.search(name) or articles >= 5 and articles > others and not _PLANS.search(name):
        what = f"its title ends in {word}" if kind == "rules" else f"it consists of {articles} articles"
        return Genre("rule", f"the document lays down rules ({what}): it promises nothing")
    for row in vocabulary.entries("genres"):
        if row["kind"] != "none" or row["word"] not in fold_key(title):
            continue
        if _ANNOUNCES.search(fold_key(title)) or not _PLANS.search(name.replace(row["word"], "")):
            return Genre("descriptor", f"a page of this kind ({row['word']}) sets no targets")
    if not is_official and not labels and not _PLANS.search(name):
        return Genre("descriptor", "the page has no document number, signature, recipients or numbered parts: it seems to be no notice")
    if not _PLANS.search(name):
        sentences = _SENTENCES.findall(folded)
        rules = sum(bool(_RULE_WORDS.search(sentence)) for sentence in sentences)
        plans = sum(bool(_PLAN_WORDS.search(sentence)) for sentence in sentences)
        if len(sentences) >= _FEW_SENTENCES and rules > max(plans, _MANY_RULES * len(sentences)):
            return Genre("rule", f"{rules} of its {len(sentences)} sentences set conditions and procedures: it promises nothing")
        if len(sentences) >= _FEW_SENTENCES and plans < _FEW_PLANS * len(sentences):
            return Genre("descriptor", f"only {plans} of its {len(sentences)} sentences say that something is to be done")
    return Genre()


def _core(title: str) -> str:
    """关于印发《某区人才奖励办法(试行)》的通知 → 某区人才奖励办法."""
    name = _QUALIFIERS.sub("", fold_key(title))
    name = _QUALIFIERS.sub("", _TAIL.sub("", name))
    if match := _OF_NOTICE.search(name):
        name = match["name"]
    return _QUALIFIERS.sub("", name.rstrip("》>〉"))


def _words() -> list[tuple[str, str]]:
    rows = [(row["word"], row["kind"]) for row in vocabulary.entries("genres") if row["kind"] == "rules"]
    return sorted(rows, key=lambda row: -len(row[0]))
