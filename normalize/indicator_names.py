"""The name of an indicator as its cell prints it: without ★, label and the unit in final brackets; denominators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold
from extract.outline import match_label
from normalize import vocabulary
from normalize.measures import is_measure, is_one_measure
from normalize.numbers import CHINESE, DIGITS

_MARKS = "★☆▲△●○*#※"
_CORE = "★"
_FINAL_BRACKETS = re.compile(
    r"\s*[(\[〔]\s*(?:单位\s*:)?\s*([^()\[\]〔〕]{1,14}|[^()\[\]〔〕]{1,8}\([^()]{1,4}\))\s*[)\]〕]\s*$"
)
# 托位占比%, 生产总值/亿元
_BARE_UNIT = re.compile(r"(?:\s*[,/]\s*(?=[^,/\s()]{1,6}$)|\s*(?=[%‰]$))([^,/\s()]{1,6})$")
_PART = re.compile(r"(?:其中\s*[::]?|#|[—–-]{1,2}\s*(?=[\u4e00-\u9fff])|[①-⑳]|\([0-9]{1,2}\))\s*")
_OF_WHICH = re.compile(r"其中\s*[::]?\s*|#\s*")
# 服务站(点), 卫生院(所): such a bracket gives another word for the thing before it, and no unit.
_OTHER_WORDS = {"所": "院室站馆队", "点": "站室心屋部所亭", "站": "点室所心屋", "室": "站所院馆心"}
_OTHER_WORDS |= dict.fromkeys("村镇校园馆部线段区班科组链企", "站点院所室馆园校心部处村镇厅亭屋店道区社线路组企业")
_SCALE = r"[十百千万亿]{1,3}"


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name. ``text`` is as printed, on one line; ``unit`` what its final brackets hold, folded.

    ``mark`` is the sign beside it (★), ``serial`` a label at its start (1.), ``is_part`` where 其中 or a sign says
    that it is part of the indicator above; ``unit_is_doubtful`` where the brackets may hold another word for the thing.
    ``bound`` is the sign that a name ends with when its number goes on with it: 签约率不低于, 75%.
    """

    text: str
    unit: str = ""
    mark: str = ""
    serial: str = ""
    is_part: bool = False
    unit_is_doubtful: bool = False
    bound: str = ""

    @property
    def is_core(self) -> bool:
        return self.mark == _CORE


def read_name(printed: str, has_serial: bool, unit_given: str = "") -> Name:
    """The name in a printed text of one line. ``has_serial``: a column holds the serial; ``unit_given`` in another.

    >>> read_name("★基本医疗保险政策范围内住院报销比例(含大病保险)(%)", True)
    Name(text='基本医疗保险政策范围内住院报销比例(含大病保险)', unit='%', mark='★', serial='', is_part=False, unit_is_doubtful=False, bound='')
    >>> read_name("其中：公租房（套）", True).text, read_name("其中：公租房（套）", True).is_part
    ('公租房', True)
    >>> read_name("3.城镇登记失业率", False).serial, read_name("新建社区服务站(点)", True).text
    ('3.', '新建社区服务站(点)')
    >>> [(n.text, n.bound, n.unit) for n in (read_name("签约率不低于（%）", True), read_name("失业率控制在……以内", True))]
    [('签约率', '>=', '%'), ('失业率', '<=', '')]
    """
    text = printed.strip()
    mark = next(
        (char for char in text if char in _MARKS and (text.startswith(char) or text.endswith(char)) and char != "#"), ""
    )
    text = text.strip(_MARKS.replace("#", "")).strip()
    serial = ""
    folded = fold(text)
    label = match_label(folded, 0, len(folded))
    if label and label.kind in ("digit", "chinese", "chinese_bracket") and not has_serial and label.end < len(text):
        serial = label.printed
        text, folded = text[label.end :].strip(), fold(text[label.end :].strip())
    elif label and label.kind == "digit" and has_serial and label.end < len(text):
        text, folded = text[label.end :].strip(), fold(text[label.end :].strip())
    is_part = False
    if match := _PART.match(folded):
        is_part = True
        text = text[match.end() :].strip()
    more = fold(text)
    if not is_part and (match := _OF_WHICH.match(more)):
        is_part, text = True, text[match.end() :].strip()
    elif match := _OF_WHICH.match(more):
        text = text[match.end() :].strip()
    text = text.strip(_MARKS).strip()
    mark = mark or next((char for char in printed.strip()[:3] if char in _MARKS.replace("#", "")), "")
    name, unit, doubtful = _split_unit(text, unit_given)
    name, bound = _split_bound(name)
    if bound and not unit:
        name, unit, doubtful = _split_unit(name, unit_given)
    return Name(name, unit, mark, serial, is_part, doubtful, bound)


@cache
def _bound() -> re.Pattern[str]:
    words = vocabulary.alternation("name_bounds")
    return re.compile(rf"(?<=..)\s*\(?(?:力争|确保|原则上)?(?P<word>{words})(?:[.…_\s]*(?P<after>以内|以下|以上|左右))?\)?$")


@cache
def _signs() -> dict[str, str]:
    return {fold(row["word"]): row["comparator"] for row in vocabulary.entries("name_bounds")}


def _split_bound(text: str) -> tuple[str, str]:
    """A name without the bound or verb at its end, which is the number's; and its sign."""
    match = _bound().search(fold(text))
    if match is None:
        return text, ""
    after = {"以内": "<=", "以下": "<=", "以上": ">=", "左右": "~"}.get(match["after"] or "", "")
    return text[: match.start()].rstrip(), after or _signs()[match["word"]]


def _split_unit(text: str, unit_given: str) -> tuple[str, str, bool]:
    match = _FINAL_BRACKETS.search(fold(text))
    if match is None:
        bare = None if unit_given else _BARE_UNIT.search(fold(text))
        if bare is not None and is_one_measure(bare[1]) and bare.start() >= 2:
            return text[: bare.start()].rstrip(), bare[1], False
        return text, "", False
    content = "".join(match[1].split())
    if not (is_one_measure(content) or "/" in content and is_measure(content)):
        return text, "", False
    before = text[: match.start()].rstrip()
    if not before:
        return text, "", False
    if before[-1] in _OTHER_WORDS.get(content, "") and unit_given != content:
        return text, "", not unit_given
    return before.strip(_MARKS).strip(), content, False


@cache
def _per() -> re.Pattern[str]:
    heads = vocabulary.alternation("denominators")
    # The shortest stretch up to a noun that can be counted by, with the longest form of the noun: 每万名老年人口.
    number = rf"(?:{_SCALE}|{DIGITS}\s?(?:{_SCALE})?|{CHINESE})"
    return re.compile(
        rf"每\s?(?P<per>{number}\s?(?:名|个|位|户|家|台|辆|例)?[^,，。;；、每]{{0,14}}?(?:{heads}))(?![口员数])"
    )


def denominator(name: str) -> str:
    """What a name counts by: 每千人口拥有… → 千人口; empty where it counts by nothing, or by one.

    >>> denominator("每千人口拥有3岁以下婴幼儿托位数"), denominator("每万名老年人口拥有持证养老护理员数"), denominator("人均预期寿命")
    ('千人口', '万名老年人口', '')
    >>> denominator("每千名3岁以下婴幼儿拥有托位数"), denominator("每10万人发案率"), denominator("每人每月补助标准")
    ('千名3岁以下婴幼儿', '10万人', '')
    """
    match = _per().search(fold(name))
    return name[match.start("per") : match.end("per")] if match else ""


@cache
def _polarity() -> dict[str, str]:
    return {fold(row["word"]): row["polarity"] for row in vocabulary.entries("polarity_words")}


@cache
def _polarity_sizes() -> list[int]:
    return sorted({len(word) for word in _polarity()}, reverse=True)


def polarity(name: str, signs: Sequence[str]) -> str:
    """Whether more is better (``higher``) or less (``lower``); empty where neither name nor bounds of targets tell.

    The word that ends last in the name has it; of two that end together, the longer.

    >>> polarity("城镇登记失业率", ["="]), polarity("失业人员再就业率", []), polarity("单位GDP能耗下降率", []), polarity("某指标", [">="])
    ('lower', 'higher', 'higher', 'higher')
    >>> polarity("某指标", []), polarity("某指标", [">=", "<="])
    ('', '')
    """
    folded = fold(name)
    ends = ((folded[end - size : end], size <= end) for end in range(len(folded), 0, -1) for size in _polarity_sizes())
    found = next((_polarity()[word] for word, is_whole in ends if is_whole and word in _polarity()), "")
    bounds = {"higher" if sign in (">", ">=") else "lower" for sign in signs if sign in (">", ">=", "<", "<=")}
    told = next(iter(bounds)) if len(bounds) == 1 else ""
    if found and told and found != told:
        return ""
    return found or told
