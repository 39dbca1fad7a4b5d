"""How well lines of a copied table read as one cell of a kind of column: a serial, a name, a value, an office …

Ratings are rough log odds: above 0 the lines look like such a cell, below they don't. They know the language of tables;
the place of a line in its table is the matter of ``flat_rows``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from extract.line_looks import (
    begins_rest,
    begins_section,
    count_han,
    ends_sentence,
    has_level,
    is_legend,
    is_measure,
    is_office,
    is_open,
    is_sub_serial,
    is_value,
    item_of,
    measure_at_end,
    office_likeness,
    reads_as_prose,
    serial_of,
    split_names,
    unit_at_end,
    width_of,
)

#: What can't be.
IMPOSSIBLE = -50.0
#: A reading this bad is not offered: where all are, the table is not rebuilt.
WORST = -3.0

#: A cell that reads worse than this is where the table has something that is not known: its row is in doubt.
POOR = {
    "serial": 1.0, "domain": -2.2, "name": 0.4, "unit": -1.0, "value": 0.0, "office": -1.0, "property": 0.0,
    "time": 0.4, "note": -1.2, "person": 0.0, "text": 0.4,
}  # fmt: skip

#: The most lines that one cell of a kind is broken over in a copy.
LINES = {
    "serial": 1, "domain": 8, "name": 5, "unit": 1, "value": 6, "office": 8, "property": 1, "time": 2, "note": 3,
    "person": 4, "text": 12,
}  # fmt: skip

_WORDED_VALUE = re.compile(
    r"""
    [/\\—–*-]{1,3} | 无 | 全覆盖 | (?:基本)?持平 | 略有.{1,4} | 稳中.{1,4} | (?:有效|有力|切实|全面)(?:保障|控制|遏制|巩固)
    | (?:基本|全部|全面)?(?:完成|达到?|达标|通过|建成|实现|持续|保持|不?低于|高于|优于|下降|增长|提高|压缩|[省市]定|上级).{0,20}
    | .{0,6}(?:以上|以下|以内|左右|前列|水平|目标|清零|全覆盖|为零|零增长|应.尽.)
    """,
    re.VERBOSE,
)
# One value or several, each with what it is of: 职工82城乡居民62, 一季度:900, 压缩至0.5个工作日.
_SAID_VALUE = re.compile(
    r"""
    (?:
      [\u4e00-\u9fff:()]{0,10} [≥≤><=±~约〔+-]* \d[\d,.]* [-—–~至:]? (?:\d[\d,.]*)? [%‰]?
      [万亿]?[\u4e00-\u9fff/]{0,4} (?:以[上下]|以内|左右)? 〕? (?:\([^()]{1,8}\))? [,;、 ]?
    )+
    """,
    re.VERBOSE,
)
# What the name of an indicator ends in, before a unit in brackets.
_MEASURED = re.compile(
    r"""
    (?:率|数|量|比例|占比|比重|人次|次数|标准|面积|得分|额|收入|指数|增速|投资|水平|年限|寿命|程度|浓度|强度|里程|规模
      |能力|个数|时间|床位|位数|总值)
    (?:\(.{1,12}\))?$
    """,
    re.VERBOSE,
)
_RATIO_UNIT = re.compile(r"[\u4e00-\u9fff]{0,3}\d{0,3}/\d{0,3}[十百千万亿]?[\u4e00-\u9fff]{0,3}")  # 1/10万, 人/亿元
_PLAIN_NAME = re.compile("[\u4e00-\u9fff]{3,10}")
_PROPERTY = re.compile(r"(?:预期|约束|指导|引领)性?(?:指标)?|[A-D]类?|定量|定性|基础|正向|逆向|[★▲●]")
_DAY = re.compile(r"年.*月|月(?:\d|底|末)|季度|年底")
_TIME = re.compile(r"\d|年|月|季度|长期|持续|常态")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、,; ]{1,2}[\u4e00-\u9fff·]{2,4})*|[\u4e00-\u9fff] [\u4e00-\u9fff]")
_NOTE = re.compile(
    r"新增|按[年季月]|续建|暂定|考核|监测|调整|含|见|详|较|约束|口径|统计|数据|累计|[省市县区].{0,4}实事|[省市]级?(?:下达|目标)"
    r"|一票否决|加分|重点|★"
)
_NONE = ("/", "—", "-", "——", "无")
_MARKS = ("★", "▲", "●", "☆")
# No indicator or project is called so.
_SURE_OFFICE_ENDS = ("局", "厅", "委", "办", "政府")
_ASCII = re.compile("[0-9A-Za-z]")
_DIGIT = re.compile(r"\d")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table is like: the kinds of its columns, and what its lines show when they are looked at together.

    ``width`` is how long the lines of names are; ``is_narrow``, whether many of them break at that width, and topics
    stand before names, so that a topic may be taken for a part of one; ``has_levels``, whether the names of offices
    begin with their level, so that a line without one is rather the rest of a name.
    """

    kinds: Set[str]
    width: float
    is_narrow: bool
    has_levels: bool


def rate(kind: str, lines: Sequence[str], setting: Setting) -> float:
    """How well folded lines read as one cell of a kind.

    >>> setting = Setting({"serial", "name", "value", "office"}, 12, False, True)
    >>> rate("office", ["区卫生", "健康局"], setting) > 2 > 0 > rate("name", ["区卫生", "健康局"], setting)
    True
    """
    return _RATINGS[kind](lines, setting)


def _serial(lines: Sequence[str], _setting: Setting) -> float:
    return 6.0 if serial_of(lines[0]) else 2.0 if is_sub_serial(lines[0]) else IMPOSSIBLE


def _value(lines: Sequence[str], setting: Setting) -> float:
    total = 0.0
    for line in lines:
        if "time" in setting.kinds and _DAY.search(line):
            return IMPOSSIBLE
        if is_value(line):
            total += 3.0
        elif len(line) > 24 or ends_sentence(line):
            return IMPOSSIBLE
        elif _SAID_VALUE.fullmatch(line) and not unit_at_end(line) and not _RATIO_UNIT.fullmatch(line):
            total += 1.5
        elif _WORDED_VALUE.fullmatch(line):
            total += 0.5
        else:
            return IMPOSSIBLE
    if len(lines) == 1:
        return total
    # 小学≤36.8 over 初中≤63.5: two values with what they are of.
    says_of_what = all(_HAN.match(line) for line in lines)
    return total / len(lines) + (0.5 if says_of_what else -2.5) * (len(lines) - 1)


def _unit(lines: Sequence[str], _setting: Setting) -> float:
    line = lines[0]
    if is_measure(line):
        return 3.0
    if _RATIO_UNIT.fullmatch(line):
        return 2.0
    if line in _NONE:
        return 0.5
    if _DIGIT.search(line) or len(line) > 8:
        return IMPOSSIBLE
    return 1.0 if "/" in line else -0.5 if len(line) <= 4 else IMPOSSIBLE


def _office(lines: Sequence[str], setting: Setting) -> float:
    """Names of offices, one or more a line, or broken over lines: 区卫生 / 健康局."""
    if lines[0].startswith(("、", ",")):
        return IMPOSSIBLE
    if len(lines) == 1 and lines[0] in _NONE:
        return 0.5
    for at, line in enumerate(lines):
        if _DIGIT.search(line) or "★" in line or ends_sentence(line) or is_measure(line) and (not at or len(line) > 1):
            return IMPOSSIBLE
    names = _read_offices(lines)
    if not names:
        # Not complete: it may be with one more line, or end in the name of an office that little marks as one.
        return _unmarked_office(lines[0]) if len(lines) == 1 else WORST
    total = max(3.0 * likeness / count - 0.1 * (count - 1) for count, likeness in names) - 0.15 * (len(lines) - 1)
    if not has_level(lines[0]):
        # Rather the rest of a name that broke above: 改革局, 保局.
        total -= (2.0 if setting.has_levels else 0.0) + (2.0 if len(lines[0]) <= 2 else 0.0)
    return total


def _unmarked_office(line: str) -> float:
    """A name that no ending marks as an office's: its level may, and known names before it."""
    *before, last = split_names(line) or [""]
    if line.endswith("、") or not _PLAIN_NAME.fullmatch(last) or _MEASURED.search(last) or _TIME.search(last):
        return WORST
    if not all(map(office_likeness, before)):
        return WORST
    return (0.5 if before else -0.6) if has_level(last) and len(last) > 3 else WORST if before else -2.9


def _read_offices(lines: Sequence[str]) -> list[tuple[int, float]]:
    """The ways to read lines as whole names of offices: how many, and how like offices they are together."""
    # What is open, the name before it, how many, how like: a line ends the open name, or goes on with the one before.
    readings: list[tuple[str, str, int, float]] = [("", "", 0, 0.0)]
    weight = 1.0
    for line in lines:
        found = []
        lasts = not line.endswith(("、", ","))
        for pending, last, count, likeness in readings:
            if pending and has_level(line) and not has_level(pending):
                weight = 0.3  # rather a name of its own, below something else
            text = pending + line
            sure = office_likeness(text) if lasts else 0.0
            found.append(("", text, count + 1, likeness + sure) if sure else (text, last, count, likeness))
            if lasts and last and not pending and office_likeness(last + line):
                found.append(("", last + line, count, likeness))
        readings = found[:4]
    return [(count, weight * likeness) for pending, _, count, likeness in readings if not pending]


def _domain(lines: Sequence[str], setting: Setting) -> float:
    """A topic, in one line or broken at the width of its column, down to a character a line."""
    text = "".join(lines)
    if len(text) > 16 or text.startswith(("、", ")")) or "★" in text or ends_sentence(text):
        return IMPOSSIBLE
    if text.startswith("(") and not begins_section(text):
        return IMPOSSIBLE
    if count_han(text) < 2 or len(text) < 3 and is_measure(text):
        return WORST
    total = 2.0 if len(text) > 2 else 1.0
    if len(lines) > 1:
        first = len(lines[0])
        is_broken = all(len(line) == first for line in lines[1:-1]) and len(lines[-1]) <= first <= 6
        if not is_broken:
            total -= (1.5 if 1 < first <= 6 and max(map(len, lines)) <= 6 else 3.0) * (len(lines) - 1)
        elif first > 2:
            total -= 0.2 * (len(lines) - 1)
    if _ASCII.search(text) or _MEASURED.search(text) or is_open(text):
        total -= 3.0
    if measure_at_end(text):
        total -= 3.0
    likeness = max(map(office_likeness, (text, *lines, *text.split("、"))))
    total -= 3.0 * likeness + (2.0 if likeness or has_level(text) else 0.0)
    may_be_note = "note" in setting.kinds and _NOTE.search(text)
    may_be_time = "time" in setting.kinds and _TIME.search(text)
    if len(text) <= 8 and (may_be_note or may_be_time):
        total -= 2.5
    # A line as long as the column of names is wide is rather the first line of a name.
    width = width_of(lines[0])
    return total - (4.0 if setting.is_narrow and width > setting.width - 1.5 else 3.0 if width > 8 else 0.0)


def _name(lines: Sequence[str], setting: Setting) -> float:
    """What an indicator or a project is called."""
    text = "".join(lines)
    if len(text) > 90 or ends_sentence(text) or text.startswith(("、", ")")):
        return IMPOSSIBLE
    han = count_han(text)
    if han < 2 or text.endswith("、"):
        return WORST
    total = 1.5 if han > 3 else 0.5 * (han - 1)
    if text.startswith((*_MARKS, "*")):
        total += 1.0
    if begins_rest(text):
        total -= 3.0
    if likeness := office_likeness(text):
        total -= likeness * (3.0 if "、" in text or text.endswith(_SURE_OFFICE_ENDS) else 1.0)
    elif len(text) <= 20 and "、" in text and max(map(office_likeness, text.split("、"))) == 1:
        total -= 2.0
    if han > 3 and _MEASURED.search(text):
        total += 1.5
    if "unit" not in setting.kinds and unit_at_end(text):
        total += 0.8
    if is_open(text):
        total -= 4.0
    before = ""
    for at, line in enumerate(lines):
        is_unit = (is_measure(line) or _RATIO_UNIT.fullmatch(line)) and not line.startswith("(") and line[-1] != ")"
        if is_value(line) or is_unit:
            # The last character of a broken name may be a measure word too: 住房累计筹/集.
            is_rest = at and len(line) == 1 and width_of(lines[at - 1]) >= 0.75 * setting.width
            total -= 1.5 if is_rest else 5.0
        if at:
            if line.startswith(_MARKS):
                return IMPOSSIBLE
            total += _goes_on(before, lines[at - 1], line, setting)
        before += line
    return total


def _goes_on(before: str, last: str, line: str, setting: Setting) -> float:
    """What a name gains by one more line: in a bracket it must go on, below a full line it may, else rather not."""
    if is_open(before) or line.startswith((")", "、")):
        return 1.0
    if unit_at_end(before) and not line.startswith("("):
        return -2.0
    return -0.5 if line.startswith("(") or width_of(last) >= 0.6 * setting.width else -2.0


def _property(lines: Sequence[str], _setting: Setting) -> float:
    return 3.0 if _PROPERTY.fullmatch(lines[0]) else 0.5 if lines[0] in _NONE else IMPOSSIBLE


def _time(lines: Sequence[str], _setting: Setting) -> float:
    if len(lines) == 1 and lines[0] in _NONE:
        return 0.5
    text = "".join(lines)
    if len(text) > 30 or ends_sentence(text) or not _TIME.search(text) or lines[0] in _NONE:
        return IMPOSSIBLE
    return 2.0 - sum(0.5 if _TIME.search(line) else 2.0 for line in lines[1:])


def _note(lines: Sequence[str], setting: Setting) -> float:
    if any(
        begins_section(line) or is_legend(line) or serial_of(line) or line.startswith(("、", ")")) for line in lines
    ):
        return IMPOSSIBLE
    text = "".join(lines)
    may_be_time = "time" in setting.kinds and any(map(_DAY.search, lines))
    if may_be_time or any(map(is_value, lines)) or text.startswith(_MARKS):
        return -2.0
    if any(map(is_office, (text, lines[0], *split_names(text)))):
        return -2.0
    likely = 2.0 if _NOTE.search(text) else -1.5 if ends_sentence(text) else -0.5
    return likely - 0.5 * (len(lines) - 1) - (1.5 if len(text) > 40 else 0.0)


def _person(lines: Sequence[str], _setting: Setting) -> float:
    if len(lines) == 1 and lines[0] in _NONE:
        return 0.5
    if not all(_PERSON.fullmatch(line) and not has_level(line) for line in lines):
        return IMPOSSIBLE
    total = 2.0 if len(lines[0]) <= 3 else 0.5
    return total - 0.5 * (len(lines) - 1) - 2.0 * any(map(is_office, ("".join(lines), *lines)))


def _text(lines: Sequence[str], setting: Setting) -> float:
    """A task: a title, a sentence, or several paragraphs, numbered or each a sentence."""
    first, end = lines[0], lines[-1]
    if len(first) < 2 or item_of(first) > 1 or first.startswith(("、", ")")) or serial_of(end) or is_measure(end):
        return IMPOSSIBLE
    total = 1.5 if reads_as_prose(end) else 1.0 if len(first) > 3 else 0.0
    if begins_section(first):
        total -= 1.0
    if len(lines) == 1 and not ends_sentence(first):
        likeness = [office_likeness(name) for name in split_names(first)]
        if 2 * sum(likeness) > len(likeness) > 1:
            return IMPOSSIBLE
        total -= 3.5 * max(likeness, default=0.0) + (1.0 if len(first) <= 8 and has_level(first) else 0.0)
    last = item_of(first)
    for before, line in zip(lines, lines[1:], strict=False):
        item = item_of(line)
        if item > 1:
            if item != last + 1:
                return IMPOSSIBLE
            total += 0.3
        elif item == 1:
            total -= 0.5 if ends_sentence(before) or before.endswith(":") else 2.0
        elif ends_sentence(before) and len(line) >= 8 and not _names_office(line):
            # Without a serial, nothing says whether this is a paragraph more or a row.
            total -= 0.5 if "serial" in setting.kinds else 1.2
        else:
            total -= 3.0 if ends_sentence(before) else 2.0
        last = item or last
    return total


def _names_office(line: str) -> bool:
    """Whether a line that is no sentence has the name of an office among others."""
    return not ends_sentence(line) and max(map(office_likeness, split_names(line)), default=0.0) == 1


_RATINGS: dict[str, Callable[[Sequence[str], Setting], float]] = {
    "serial": _serial, "domain": _domain, "name": _name, "unit": _unit, "value": _value, "office": _office,
    "property": _property, "time": _time, "note": _note, "person": _person, "text": _text,
}  # fmt: skip
