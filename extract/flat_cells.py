"""How well a few lines of a copied table read as one cell of a kind of column: a serial, a name, a value, an office …

Scores are rough log odds: above 0 the lines look like such a cell, below they don't, ``IMPOSSIBLE`` they can't be.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

IMPOSSIBLE = -50.0

#: Most lines that one cell of a kind is broken over in a copy.
LINES = {"serial": 1, "domain": 2, "name": 5, "unit": 1, "value": 3, "office": 6, "property": 1, "time": 2, "note": 3, "person": 4, "text": 8}

_SERIAL = re.compile(r"0?([1-9]\d{0,2})[.、]?")
_SIGN = r"(?:[≥≤><=±~约]+|不少于|不低于|不超过|不高于|高于|低于|超过|达到|大于|小于|至少|力争|保持)?\s*"
_NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?\s*(?:%|‰)?"
_PLAIN_VALUE = re.compile(
    rf"{_SIGN}{_NUMBER}(?:\s*[-—–~至:]\s*{_NUMBER})?\s*[万亿]?[\u4e00-\u9fff/]{{0,4}}?(?:以上|以下|以内|左右|及以上|及以下)?(?:\(.{{1,10}}\))?"
)
_WORDED_VALUE = re.compile(r"[/\\—–*-]{1,3}|无|全覆盖|(?:基本)?(?:完成|达到|达标|达|通过|建成|实现|持续|保持|高于|低于|不低于|优于|下降|增长|省定|市定|上级).{0,20}|.{0,6}(?:以上|以下|以内|左右|前列|水平|目标)|—+")
_RATES = re.compile(r"(?:率|数|量|比例|占比|比重|人次|次数|标准|面积|得分|额|收入|指数|增速|投资|水平|年限|寿命|程度|浓度|强度|里程|规模|能力|个数|时间|床位|位数|总值)(?:\(.{1,12}\))?$")
_UNIT_END = re.compile(r"[(（][^()（）]{1,10}[)）]$")
_OFFICE_END = re.compile(
    r"(?:局|委|办|办公室|中心|联|会|厅|部|法院|检察院|医院|卫生院|公司|集团|街道|办事处|镇|乡|政府|单位|部门|机关|供电|电信|移动|联通|银行|支队|大队|总队)(?:\([^()]{1,20}\))?(?:等)?$"
)
# These end the names of offices too, and many other words.
_DOUBTFUL_OFFICE_END = re.compile(r"(?:院|所|队|学校|大学|学院|站|处|社|园|馆|台|校|组|等|^各.{0,6}[区县市])(?:\([^()]{1,20}\))?(?:等)?$")
_NO_OFFICE = re.compile(r"[%‰★▲“”\"0-9]|率\b|比例|占比|人数")
_PROPERTY = re.compile(r"预期性?|约束性?|预期性指标|约束性指标|指导性|引领性|[A-DＡ-Ｄ]类?|定量|定性|基础|正向|逆向|[★▲●]")
_TIME = re.compile(r".*(?:\d|年|月|季度|长期|持续|全年|常态).*")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、,; ][\u4e00-\u9fff·]{2,4})*|[\u4e00-\u9fff] [\u4e00-\u9fff]")
_NOTE = re.compile(r"新增|考核|监测|调整|含|见|详|较|约束|口径|统计|数据|累计|[省市]级?(?:下达|目标)|一票否决|加分|重点|★")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|附件|注:")
_HAN = re.compile("[\u4e00-\u9fff]")
_STOP = re.compile("[。;!?]$")


@cache
def _measure() -> re.Pattern[str]:
    with open(Path(__file__).parent / "measures.csv", encoding="utf-8", newline="") as file:
        words = sorted((row["measure"] for row in csv.DictReader(file)), key=lambda word: (-len(word), word))
    one = rf"(?:[十百千万亿]{{0,2}}(?:{'|'.join(map(re.escape, words))})|[十百千万亿]{{1,2}})"
    return re.compile(rf"\(?{one}(?:[/·、]{one}){{0,3}}\)?")


@cache
def _headings() -> tuple[tuple[re.Pattern[str], str], ...]:
    with open(Path(__file__).parent / "column_headings.csv", encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["pattern"]), row["kind"]) for row in csv.DictReader(file))


def heading_kind(key: str) -> str:
    """The kind of column that a heading (folded, without blanks) stands over; empty where it is no heading that is known.

    >>> heading_kind("序号"), heading_kind("2023年目标值"), heading_kind("牵头单位"), heading_kind("各镇人民政府")
    ('serial', 'value', 'office', '')
    """
    if not 0 < len(key) <= 20:
        return ""
    return next((kind for pattern, kind in _headings() if pattern.fullmatch(key)), "")


def serial_of(line: str) -> int:
    """The serial that a folded line is, 0 where it is none."""
    match = _SERIAL.fullmatch(line)
    return int(match[1]) if match else 0


def is_value(line: str) -> bool:
    """Whether a folded line is a bare number with its sign and unit."""
    return len(line) <= 24 and _PLAIN_VALUE.fullmatch(line) is not None


def score(kind: str, lines: list[str], width: int, has_units: bool) -> float:
    """How well folded ``lines`` read as one cell of a kind; ``width`` is how long the longest lines of the table are."""
    if len(lines) > LINES[kind]:
        return IMPOSSIBLE
    return _SCORES[kind](lines, width, has_units)


def _serial(lines: list[str], _width: int, _has_units: bool) -> float:
    return 6.0 if serial_of(lines[0]) else IMPOSSIBLE


def _value(lines: list[str], _width: int, _has_units: bool) -> float:
    total = 0.0
    for line in lines:
        if is_value(line):
            total += 3.0
        elif len(line) <= 24 and any(char.isdigit() for char in line) and not _UNIT_END.search(line):
            total += 1.5
        elif len(line) <= 24 and _WORDED_VALUE.fullmatch(line):
            total += 0.5
        else:
            return -5.0 * len(lines)
    if len(lines) == 1:
        return total
    # 小学≤36.8 over 初中≤63.5: two values with what they are of.
    worded = all(_HAN.match(line) or line.startswith("其中") for line in lines)
    return total / len(lines) + (0.5 if worded else -2.5) * (len(lines) - 1)


def _unit(lines: list[str], _width: int, _has_units: bool) -> float:
    line = lines[0]
    if _measure().fullmatch(line):
        return 3.0
    if line in ("/", "—", "-"):
        return 0.5
    if any(char.isdigit() for char in line) or len(line) > 8:
        return IMPOSSIBLE
    return 1.0 if "/" in line else -0.5 if len(line) <= 4 else -3.0


def is_office(text: str) -> bool:
    """Whether folded text is names of offices, each complete: 区教育局、区卫生健康局."""
    return _office_parts(text) > 0


def _office_parts(text: str) -> float:
    """How much folded text is like names of offices: 0 where one of them is none, less where an ending says little."""
    parts = [part for part in re.split(r"[、,;\s]+", text) if part]
    total = 0.0
    for part in parts:
        if not 2 <= len(part) <= 20 or not _HAN.match(part) or _NO_OFFICE.search(part):
            return 0.0
        if _OFFICE_END.search(part):
            total += 1.0
        elif len(part) <= 9 and _DOUBTFUL_OFFICE_END.search(part):
            total += 0.3
        else:
            return 0.0
    return total / len(parts) if parts else 0.0


def _office(lines: list[str], _width: int, _has_units: bool) -> float:
    pending, sure, complete = "", 1.0, 0
    if lines[0].startswith(("、", ",")):
        return -6.0
    for line in lines:
        if any(char.isdigit() for char in line) or "★" in line or _STOP.search(line):
            return -4.0 * len(lines)
        if _measure().fullmatch(line) and (not pending or len(line) > 1):
            return -4.0 * len(lines)
        pending += line
        if not pending.endswith(("、", ",")) and (part := _office_parts(pending)):
            pending, complete, sure = "", complete + 1, min(sure, part)
    if pending:
        return 0.5 if pending in ("/", "—", "-") and len(lines) == 1 else -4.0
    return 3.0 * sure - 0.15 * (len(lines) - 1) - 0.1 * (complete - 1)


def _domain(lines: list[str], width: int, _has_units: bool) -> float:
    text = "".join(lines)
    if len(_HAN.findall(text)) < 2 or len(text) > 16 or text.startswith(("、", ")")) or text.startswith("(") and not _HEADING.match(text) or "★" in text or _STOP.search(text) or _measure().fullmatch(text) and len(text) < 3:
        return IMPOSSIBLE
    total = 2.0 - 1.5 * (len(lines) - 1)
    if any(char.isdigit() for char in text) or _RATES.search(text) or text.count("(") != text.count(")"):
        total -= 3.0
    if _OFFICE_END.search(text) and is_office(text):
        total -= 5.0
    if _NOTE.search(text) and len(text) <= 8:
        total -= 2.5
    # A line as long as the longest of a narrow table is rather the first line of a name.
    return total - (4.0 if len(lines[0]) >= 0.75 * width else 1.0 if len(lines[0]) > max(8, 0.6 * width) else 0.0)


def _name(lines: list[str], width: int, has_units: bool) -> float:
    text = "".join(lines)
    if len(_HAN.findall(text)) < 2 or len(text) > 90 or _STOP.search(text) or text.startswith(("、", ")")):
        return IMPOSSIBLE
    total = 1.5
    if text.startswith(("★", "▲", "●", "*", "☆")):
        total += 1.0
    if _RATES.search(text):
        total += 1.5
    if not has_units and _UNIT_END.search(text):
        total += 0.8
    if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
        total -= 4.0
    for index, line in enumerate(lines):
        if is_value(line) or _measure().fullmatch(line) and not line.startswith("("):
            # The last character of a broken name may be a measure word too: 住房累计筹/集.
            total -= 1.5 if index and len(line) == 1 and len(lines[index - 1]) >= 0.75 * width else 5.0
        if not index:
            continue
        before = "".join(lines[:index])
        if line.startswith(("★", "▲", "☆")):
            return IMPOSSIBLE
        if before.count("(") != before.count(")") or before.count("“") != before.count("”") or line.startswith((")", "、")):
            total += 1.0
        elif _UNIT_END.search(before) and not line.startswith("("):
            total -= 2.0
        elif line.startswith("(") or len(lines[index - 1]) >= 0.6 * width:
            total -= 0.5
        else:
            total -= 2.0
    return total


def _property(lines: list[str], _width: int, _has_units: bool) -> float:
    return 3.0 if _PROPERTY.fullmatch(lines[0]) else -5.0


def _time(lines: list[str], _width: int, _has_units: bool) -> float:
    text = "".join(lines)
    return 2.0 - 0.5 * (len(lines) - 1) if len(text) <= 30 and _TIME.fullmatch(text) else -4.0


def _note(lines: list[str], _width: int, _has_units: bool) -> float:
    if any(is_value(line) for line in lines) or is_office("".join(lines)):
        return -2.0
    if any(_HEADING.match(line) or serial_of(line) or line.startswith(("、", ")")) for line in lines):
        return IMPOSSIBLE
    if is_office(lines[0]):
        return -2.0
    return (2.0 if _NOTE.search("".join(lines)) else 1.4) - 0.5 * (len(lines) - 1)


def _person(lines: list[str], _width: int, _has_units: bool) -> float:
    return 1.0 if all(_PERSON.fullmatch(line) for line in lines) else -3.0


def _text(lines: list[str], _width: int, _has_units: bool) -> float:
    if any(serial_of(line) for line in lines) or is_office("".join(lines)):
        return -3.0
    return 1.0 - 0.2 * (len(lines) - 1)


_SCORES = {
    "serial": _serial, "domain": _domain, "name": _name, "unit": _unit, "value": _value, "office": _office, "property": _property, "time": _time,
    "note": _note, "person": _person, "text": _text,
}  # fmt: skip
