"""Units of measure as tables print them: in a column, in brackets after a name, in a heading or above the table."""

from __future__ import annotations

import re

from extract.folding import fold
from normalize import units

_LONGEST = 12
# m2 and km³ hold a digit that is none.
_HOLDS_NUMBER = re.compile(r"(?<![a-zA-Z])[0-9]")
_COMPOUND = re.compile(r"[(]([^()]{1,6})[)]$")
# A scale says that what follows is counted, whether a list knows it or not: 万标箱, 亿块.
_SCALED = re.compile(rf"(?:{units.SCALE}|千)[\u4e00-\u9fff]{{1,3}}")
_SYMBOLS = re.compile(r"(?:kg|km|kW|MW|GW|mg|ug|μg|t|g|L|h)(?:/(?:kg|km|m|L|t|h|d|a|s)?[²³23]?)?", re.IGNORECASE)
_DENOMINATOR = re.compile(
    r"[十百千万亿]{0,2}(?:人|户|年|月|日|天|次|亩|公里|平方公里|平方米|生|床|家|个|学年|立方米|升|万元|元|件|辆|吨)(?:[·.][年月日次])?"
)
_CAPTION = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s()（）\[\]]{1,20})")


def is_measure(text: str) -> bool:
    """Whether a printed text is a unit of measure; more than ``units.is_unit``: 家(所), 万标箱, mg/L, 卡/人.

    >>> [is_measure(text) for text in ("万人次", "％", "家（所）", "万标箱", "mg/L", "元/人·月", "个、处")]
    [True, True, True, True, True, True, True]
    >>> [is_measure(text) for text in ("含大病保险", "区教育局", "2023", "")]
    [False, False, False, False]
    """
    text = "".join(fold(text).split())
    if not text or len(text) > _LONGEST or _HOLDS_NUMBER.search(text):
        return False
    if units.is_unit(text):
        return True
    if match := _COMPOUND.search(text):
        return is_measure(text[: match.start()]) and is_measure(match[1])
    if "、" in text:
        return all(units.is_unit(part) for part in text.split("、"))
    if "/" in text:
        first, _, second = text.partition("/")
        if _DENOMINATOR.fullmatch(second) and 0 < len(first) <= 4 and not any(char.isdigit() for char in first):
            return True
    return bool(_SCALED.fullmatch(text) or _SYMBOLS.fullmatch(text))


def is_one_measure(text: str) -> bool:
    """Whether a text is one unit, and not a list of several (亿元、%) that stands for several values."""
    parts = [part for part in re.split("[、,]", fold(text)) if part]
    return len(parts) == 1 and is_measure(text)


def unit_in_caption(caption: str) -> str:
    """The unit that the line above a table gives for all its values; empty where it gives none, or more than one.

    >>> unit_in_caption("单位：万人"), unit_in_caption("表1 主要指标（单位:亿元、%）"), unit_in_caption("责任单位:区教育局")
    ('万人', '', '')
    """
    for match in _CAPTION.finditer(fold(caption)):
        if fold(caption)[: match.start()].rstrip().endswith(("责任", "牵头", "配合", "主管", "填报")):
            continue
        if is_one_measure(match[1]):
            return match[1]
    return ""
