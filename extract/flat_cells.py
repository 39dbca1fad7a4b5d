"""How well lines of a copied table read as one cell of a kind of column: a serial, a name, a value, an office …

Scores are rough log odds: above 0 the lines look like such a cell, below they don't. They know the language of tables, not
the place of a line: that is ``flat_rows``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence, Set
from functools import cache, lru_cache
from pathlib import Path

#: What can't be.
IMPOSSIBLE = -50.0
#: A reading this bad is not offered: where all are, the table is not rebuilt.
WORST = -3.0

#: A cell that reads worse than this is where the table has something that is not known: its row is in doubt.
POOR = {
    "serial": 1.0, "domain": -2.2, "name": 0.4, "unit": -1.0, "value": 0.0, "office": 0.2, "property": 0.0, "time": 0.4, "note": -1.2, "person": 0.0, "text": 0.4,
}  # fmt: skip

#: The most lines that one cell of a kind is broken over in a copy.
LINES = {"serial": 1, "domain": 8, "name": 5, "unit": 1, "value": 6, "office": 8, "property": 1, "time": 2, "note": 3, "person": 4, "text": 12}

_SERIAL = re.compile(r"0?([1-9]\d{0,2})[.、]?")
# A row below a numbered one: (1), ①.
_SUB_SERIAL = re.compile(r"\(\d{1,2}\)|[①-⑳]")
_PLAIN_VALUE = re.compile(
    r"""
    [〔\[(]?(?:[≥≤><=±~约]+|不少于|不低于|不超过|不高于|高于|低于|超过|达到|大于|小于|至少|力争|保持)?\s*   # ≥, 不低于
    [+-]?\d[\d,]*(?:\.\d+)?\s*[%‰]?                                                           # 1,850.5%
    (?:\s*[-—–~至:]\s*[+-]?\d[\d,]*(?:\.\d+)?\s*[%‰]?)?                                        # a range: -90%
    \s*[万亿]?[\u4e00-\u9fff/]{0,4}?                                                          # a unit: 万人次, 元/人
    (?:(?:及)?以[上下]|以内|左右)?[〕\])]?                                                      # 〔3000〕: over all years
    (?:\(.{1,10}\))?                                                                         # (累计)
    """,
    re.VERBOSE,
)
_WORDED_VALUE = re.compile(
    r"""
    [/\\—–*-]{1,3} | 无 | 全覆盖
    | (?:基本|全部|全面)?(?:完成|达到|达标|达|通过|建成|实现|持续|保持|高于|低于|不低于|优于|下降|增长|提高|压缩|省定|市定|上级).{0,20}
    | .{0,6}(?:以上|以下|以内|左右|前列|水平|目标|清零|全覆盖|为零|零增长|应.尽.)
    """,
    re.VERBOSE,
)
# What the name of an indicator ends in, before a unit in brackets.
_MEASURED = re.compile(
    r"(?:率|数|量|比例|占比|比重|人次|次数|标准|面积|得分|额|收入|指数|增速|投资|水平|年限|寿命|程度|浓度|强度|里程|规模|能力|个数|时间|床位|位数|总值)"
    r"(?:\(.{1,12}\))?$"
)
_UNIT_AT_END = re.compile(r"\([^()]{1,10}\)$")
_OFFICE_END = re.compile(
    r"""
    (?: 局|厅|办公室|中心|法院|检察院|医院|卫生院|公司|集团|街道|办事处|政府|单位|部门|机关|供电|电信|移动|联通|银行|[支分总]行|支队|大队|总队
      | 委|办|联 | .{2}(?<!全|内|外|局)部 | ^.{1,4}(?<!城|乡)[镇乡] | ^各?(?:[镇乡]|乡镇)
      | (?:委员|协|商|总?工|学|红十字|联合|基金|侨|管委)会 | ^[省市区县].{1,12}会 | ^.?(?:科|作|消|计生|老)协
    )
    (?:\([^()]{1,20}\))?等?$
    """,
    re.VERBOSE,
)
# These end the names of offices too, and many other words.
_DOUBTFUL_OFFICE_END = re.compile(
    r"(?:院|所|队|学校|大学|学院|站|处|室|(?:供销|合作|报|新华|出版)社|园|馆|台|校|组|等|^各.{0,6}[区县市])(?:\([^()]{1,20}\))?(?:等)?$"
)
_BETWEEN_NAMES = re.compile(r"[、,;\s]+(?![^()]*\))")
_NO_OFFICE = re.compile(r"[%‰★▲“”\"0-9]|率\b|比例|占比|人数")
# What the name of an office begins with: its level, or words for many.
_LEVEL = re.compile(r"[省镇州盟旗各团]|市(?!场)|[区县](?!域)|乡(?!村)|国网|中国|国家|人民|中共|自治|相关|有关|其他")
_PLAIN_NAME = re.compile("[\u4e00-\u9fff]{3,10}")
# 1/10万, 人/亿元
_RATIO_UNIT = re.compile(r"[\u4e00-\u9fff]{0,3}\d{0,3}/\d{0,3}[十百千万亿]?[\u4e00-\u9fff]{0,3}")
_DATE = re.compile(r"(?:20\d\d|二[〇○零]..) ?年 ?[\d一二三四五六七八九十]{1,2} ?月 ?[\d一二三四五六七八九十]{1,3} ?日")
_NONE = ("/", "—", "-", "——", "无")
_PROPERTY = re.compile(r"(?:预期|约束|指导|引领)性?(?:指标)?|[A-D]类?|定量|定性|基础|正向|逆向|[★▲●]")
_DAY = re.compile(r"年.*月|月(?:\d|底|末)|季度|年底")
_TIME = re.compile(r"\d|年|月|季度|长期|持续|常态")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、,; ]{1,2}[\u4e00-\u9fff·]{2,4})*|[\u4e00-\u9fff] [\u4e00-\u9fff]")
_NOTE = re.compile(r"新增|按[年季月]|续建|暂定|考核|监测|调整|含|见|详|较|约束|口径|统计|数据|累计|[省市县区].{0,4}实事|[省市]级?(?:下达|目标)|一票否决|加分|重点|★")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|附件|注:")
# A legend below a table: ★为核心指标.
_LEGEND = re.compile(r"注\s*\d?\s*[:.]|[★▲●☆*](?:为|表示|标注|标识|号)|带[★▲●☆*“]|(?:备注|说明)\s*:")
# What numbers the paragraphs of a cell: 2.推进…, (2)推进…, ②推进…
_ITEM = re.compile(r"(?:\(?(?P<digits>\d{1,2})(?:\)|[.、](?!\d))|(?P<circled>[①-⑳]))(?=\D)")
_MARKS = ("★", "▲", "●", "☆")
# What goes on with the name of an office: (街道).
_REST = re.compile(r"\([\u4e00-\u9fff]{1,8}\)(?<!\([一二三四五六七八九十]\))")
_HAN = re.compile("[\u4e00-\u9fff]")
_STOP = re.compile("[。;!?]$")
_ASCII_WORD = re.compile("[0-9A-Za-z]")
_DIGIT = re.compile(r"\d")


@cache
def _measure() -> re.Pattern[str]:
    """Units of measure: 万人次, 元/人·月, 平方米."""
    with open(Path(__file__).parent / "measures.csv", encoding="utf-8", newline="") as file:
        words = sorted((row["measure"] for row in csv.DictReader(file)), key=lambda word: (-len(word), word))
    one = rf"(?:[十百千万亿]{{0,2}}(?:{'|'.join(map(re.escape, words))})|[十百千万亿]{{1,2}})"
    return re.compile(rf"\(?{one}(?:[/·、]{one}){{0,3}}\)?(?:\({one}\))?")


def serial_of(line: str) -> int:
    """The serial that a folded line is, 0 where it is none.

    >>> serial_of("7"), serial_of("07."), serial_of("3.5"), serial_of("2024")
    (7, 7, 0, 0)
    """
    match = _SERIAL.fullmatch(line)
    return int(match[1]) if match else 0


def is_sub_serial(line: str) -> bool:
    """Whether a folded line numbers a row below a numbered one: (1), ①."""
    return _SUB_SERIAL.fullmatch(line) is not None


def is_value(line: str) -> bool:
    """Whether a folded line is a bare number with its sign and unit.

    >>> is_value("≥86"), is_value("1.2万人次以上"), is_value("6月底前完成")
    (True, True, False)
    """
    return len(line) <= 24 and _PLAIN_VALUE.fullmatch(line) is not None


def is_measure(line: str) -> bool:
    """Whether a folded line is a unit of measure.

    >>> is_measure("万人次"), is_measure("元/人·月"), is_measure("区教育局")
    (True, True, False)
    """
    return len(line) <= 16 and _measure().fullmatch(line) is not None


def ends_sentence(line: str) -> bool:
    return _STOP.search(line) is not None


def is_date(line: str) -> bool:
    """Whether a folded line is a full date, as stands under a signature."""
    return len(line) <= 14 and _DATE.fullmatch(line) is not None


def reads_as_prose(line: str) -> bool:
    """Whether a folded line is a sentence or as long as one, and no title."""
    return ends_sentence(line) or len(line) >= 16


def is_no_cell(line: str) -> bool:
    """Whether a folded line is rather a sentence, a heading or a note than a cell of a table.

    >>> is_no_cell("二、重点任务"), is_no_cell("★为核心指标,其余为重点指标"), is_no_cell("区教育局")
    (True, True, False)
    """
    return ends_sentence(line) or _SECTION.match(line) is not None or _LEGEND.match(line) is not None or len(line) > 40


def goes_on(line: str) -> bool:
    """Whether a folded line is the rest of a cell by its look: 、区财政局, (街道)、

    >>> goes_on("、区财政局"), goes_on("(街道)"), goes_on("(一)公共教育"), goes_on("区财政局、")
    (True, True, False, True)
    """
    return line.startswith(("、", ")")) or _REST.match(line) is not None or line.endswith("、")


def is_office(text: str) -> bool:
    """Whether folded text is names of offices, each complete.

    >>> is_office("区教育局、区卫生健康局"), is_office("区卫生"), is_office("普惠托位占比(%)")
    (True, False, False)
    """
    return _office_likeness(text) > 0


@lru_cache(maxsize=4096)
def _office_likeness(text: str) -> float:
    """From 0 (no office, or the last part is none: it may go on) to 1; low where an ending says little: 学校, 站."""
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    total = 0.0
    for part in parts:
        if not 2 <= len(part) <= 20 or not _HAN.match(part) or _NO_OFFICE.search(part):
            return 0.0
        if (bracket := _UNIT_AT_END.search(part)) and is_measure(bracket[0]):
            return 0.0
        if _OFFICE_END.search(part):
            total += 1.0
        elif len(part) <= 9 and _DOUBTFUL_OFFICE_END.search(part):
            total += 0.6 if _LEVEL.match(part) else 0.15
        elif part is parts[-1] or len(part) < 3:
            return 0.0
    return total / len(parts) if parts else 0.0


def _has_level(line: str) -> bool:
    return _LEVEL.match(line) is not None


def _size(line: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(0.5 if char < "\u0100" else 1.0 for char in line)


def _is_open(text: str) -> bool:
    """Whether a bracket or quote opens in a text and does not close."""
    return text.count("(") != text.count(")") or text.count("“") != text.count("”")


def _item_of(line: str) -> int:
    """The number that a paragraph begins with, 0 where it has none: 2 for 2.推进…"""
    match = _ITEM.match(line)
    if not match:
        return 0
    return int(match["digits"]) if match["digits"] else ord(match["circled"]) - ord("①") + 1


class Cells:
    """The folded lines of a copied table, and how well some of them read as one cell; worked out once and kept.

    ``marks`` are what a copy keeps of the borders, one a line: ``cell`` (begins a further cell of a row), ``part`` (goes on
    with the cell or begins a further one), ``open`` (goes on with the cell or begins a row), or empty (nothing is known). An
    empty line is a cell that the copy shows to be empty. ``kinds`` are the columns there are: where
    one holds the units, a name has none in brackets.
    """

    def __init__(self, lines: Sequence[str], marks: Sequence[str], start: int, stop: int, kinds: Set[str], headings: Sequence[str]) -> None:
        self.lines, self.marks, self.stop, self.kinds = lines, marks, stop, kinds
        size = len(headings)
        #: Where the headings stand again, after a page break.
        self.again = {at for at in range(start, stop) if lines[at] == headings[0] and lines[at : at + size] == headings}
        self._taken = {line for at in self.again for line in range(at, at + size)}
        names = [at for at in range(start, stop) if 4 < len(lines[at]) <= 90 and self._is_plain(at)]
        sizes = sorted(_size(lines[at]) for at in names)
        # How long the lines of names are: a line as long may be broken there.
        self.width = sizes[int(0.9 * (len(sizes) - 1))] if sizes else 8.0
        # Whether names are broken at the width of their column: then many are as long as the longest, and go on below.
        full = sum(_size(lines[at]) > self.width - 1 and self._is_plain(at + 1) for at in names)
        self.is_narrow = full >= 3 and full >= 0.25 * len(sizes)
        # Whether the names of offices here begin with their level: a line without is then rather the rest of a name.
        offices = [line for line in lines[start:stop] if 3 <= len(line) <= 60 and is_office(line)]
        self.has_levels = sum(map(_has_level, offices)) >= 0.5 * len(offices) > 1
        self._options: dict[tuple[str, int], tuple[tuple[int, float], ...]] = {}

    def _is_plain(self, at: int) -> bool:
        """Whether a line may be a part of a name: it is no sentence, value, unit or office."""
        line = self.lines[at] if at < self.stop else ""
        return bool(line) and not (ends_sentence(line) or is_value(line) or is_measure(line) or is_office(line))

    def options(self, kind: str, at: int) -> tuple[tuple[int, float], ...]:
        """Where a cell of a kind that begins at a line may end, and how well each reads."""
        key = (kind, at)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = tuple(self._find(kind, at))
        return found

    def _find(self, kind: str, at: int) -> list[tuple[int, float]]:
        if at in self._taken:
            return []
        if not self.lines[at]:
            return [(at + 1, 0.0)]
        rate, found = _RATINGS[kind], []
        for end in range(at + 1, min(at + LINES[kind], self.stop) + 1):
            if end - 1 > at and not self._may_go_on(kind, end - 1):
                break
            gain = rate(self.lines[at:end], self)
            if gain > WORST:
                found.append((end, gain))
            elif gain <= IMPOSSIBLE:
                break
        return found


    def _may_go_on(self, kind: str, at: int) -> bool:
        """Whether a line may go on with the cell above it."""
        line = self.lines[at]
        return bool(line) and at not in self._taken and self.marks[at] != "cell" and (kind == "text" or _SECTION.match(line) is None)


def _serial(lines: Sequence[str], _cells: Cells) -> float:
    return 6.0 if serial_of(lines[0]) else 2.0 if is_sub_serial(lines[0]) else IMPOSSIBLE


def _value(lines: Sequence[str], cells: Cells) -> float:
    total = 0.0
    for line in lines:
        if "time" in cells.kinds and _DAY.search(line):
            return IMPOSSIBLE
        if is_value(line):
            total += 3.0
        elif len(line) > 24 or ends_sentence(line):
            return IMPOSSIBLE
        elif _DIGIT.search(line) and not _UNIT_AT_END.search(line) and not _RATIO_UNIT.fullmatch(line):
            total += 1.5
        elif _WORDED_VALUE.fullmatch(line):
            total += 0.5
        else:
            return IMPOSSIBLE
    if len(lines) == 1:
        return total
    # 小学≤36.8 over 初中≤63.5: two values with what they are of.
    worded = all(_HAN.match(line) for line in lines)
    return total / len(lines) + (0.5 if worded else -2.5) * (len(lines) - 1)


def _unit(lines: Sequence[str], _cells: Cells) -> float:
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


def _office(lines: Sequence[str], cells: Cells) -> float:
    """Names of offices, one or more a line, or broken over lines: 区卫生 / 健康局."""
    if lines[0].startswith(("、", ",")):
        return IMPOSSIBLE
    if len(lines) == 1 and lines[0] in _NONE:
        return 0.5
    # The names so far, as (what is open, the name before, how many, how like offices): a line ends the open name, opens one,
    # or goes on with the one before.
    readings: list[tuple[str, str, int, float]] = [("", "", 0, 0.0)]
    for line in lines:
        if _DIGIT.search(line) or "★" in line or ends_sentence(line) or is_measure(line) and (not readings[0][0] or len(line) > 1):
            return IMPOSSIBLE
        found = []
        for pending, last, count, likeness in readings:
            text = pending + line
            is_open = line.endswith(("、", ","))
            sure = 0.0 if is_open else _office_likeness(text)
            found.append(("", text, count + 1, likeness + sure) if sure else (text, last, count, likeness))
            if last and not pending and not is_open and _office_likeness(last + line):
                found.append(("", last + line, count, likeness))
        readings = found[:4]
    whole = [(count, likeness) for pending, _, count, likeness in readings if not pending]
    if not whole:
        # Not complete: it may be with one more line, or be the name of an office that nothing marks as one.
        is_plain = len(lines) == 1 and _PLAIN_NAME.fullmatch(lines[0]) and not (_MEASURED.search(lines[0]) or _TIME.search(lines[0]))
        return -2.9 if is_plain else WORST
    total = max(3.0 * likeness / count - 0.1 * (count - 1) for count, likeness in whole) - 0.15 * (len(lines) - 1)
    if not _has_level(lines[0]):
        # Rather the rest of a name that broke above: 改革局, 保局.
        total -= (2.0 if cells.has_levels else 0.0) + (2.0 if len(lines[0]) <= 2 else 0.0)
    return total


def _domain(lines: Sequence[str], cells: Cells) -> float:
    """A topic, in one line or broken at the width of its column, down to a character a line."""
    text = "".join(lines)
    if (
        len(text) > 16 or text.startswith(("、", ")")) or text.startswith("(") and not _SECTION.match(text)
        or "★" in text or _STOP.search(text)
    ):  # fmt: skip
        return IMPOSSIBLE
    if len(_HAN.findall(text)) < 2 or len(text) < 3 and is_measure(text):
        return WORST
    total = 2.0 if len(text) > 2 else 1.0
    if len(lines) > 1:
        first = len(lines[0])
        is_broken = all(len(line) == first for line in lines[1:-1]) and len(lines[-1]) <= first <= 6
        if not is_broken:
            total -= (1.5 if max(map(len, lines)) <= 6 else 3.0) * (len(lines) - 1)
        elif first > 2:
            total -= 0.2 * (len(lines) - 1)
    if _ASCII_WORD.search(text) or _MEASURED.search(text) or _is_open(text):
        total -= 3.0
    if (bracket := _UNIT_AT_END.search(text)) and is_measure(bracket[0]):
        total -= 3.0
    likeness = max(map(_office_likeness, (text, *lines, *text.split("、"))))
    total -= 3.0 * likeness + (2.0 if likeness else 0.0)
    if len(text) <= 8 and ("note" in cells.kinds and _NOTE.search(text) or "time" in cells.kinds and _TIME.search(text)):
        total -= 2.5
    # A line as long as the column of names is wide is rather the first line of a name.
    size = _size(lines[0])
    return total - (4.0 if cells.is_narrow and size > cells.width - 1.5 else 3.0 if size > 8 else 0.0)


def _name(lines: Sequence[str], cells: Cells) -> float:
    text = "".join(lines)
    if len(text) > 90 or ends_sentence(text) or text.startswith(("、", ")")):
        return IMPOSSIBLE
    if text.endswith("、"):
        return WORST
    if (han := len(_HAN.findall(text))) < 2:
        return WORST
    total = 1.5 if han > 3 else 0.5 * (han - 1)
    if text.startswith((*_MARKS, "*")):
        total += 1.0
    if _REST.match(text):
        total -= 3.0
    if likeness := _office_likeness(text):
        total -= likeness * (3.0 if "、" in text or text.endswith(("局", "厅", "委", "办", "政府")) else 1.0)
    elif len(text) <= 20 and "、" in text and max(map(_office_likeness, text.split("、"))) == 1:
        total -= 2.0
    if han > 3 and _MEASURED.search(text):
        total += 1.5
    if "unit" not in cells.kinds and _UNIT_AT_END.search(text):
        total += 0.8
    if _is_open(text):
        total -= 4.0
    before = ""
    for index, line in enumerate(lines):
        if is_value(line) or (is_measure(line) or _RATIO_UNIT.fullmatch(line)) and not line.startswith("("):
            # The last character of a broken name may be a measure word too: 住房累计筹/集.
            total -= 1.5 if index and len(line) == 1 and _size(lines[index - 1]) >= 0.75 * cells.width else 5.0
        if index:
            if line.startswith(_MARKS):
                return IMPOSSIBLE
            if _is_open(before) or line.startswith((")", "、")):
                total += 1.0
            elif _UNIT_AT_END.search(before) and not line.startswith("("):
                total -= 2.0
            elif line.startswith("(") or _size(lines[index - 1]) >= 0.6 * cells.width:
                total -= 0.5
            else:
                total -= 2.0
        before += line
    return total


def _property(lines: Sequence[str], _cells: Cells) -> float:
    return 3.0 if _PROPERTY.fullmatch(lines[0]) else 0.5 if lines[0] in _NONE else IMPOSSIBLE


def _time(lines: Sequence[str], _cells: Cells) -> float:
    text = "".join(lines)
    if len(text) > 30 or ends_sentence(text) or not _TIME.search(text) and text not in _NONE or lines[0] in _NONE and len(lines) > 1:
        return IMPOSSIBLE
    return (0.5 if text in _NONE else 2.0) - sum(0.5 if _TIME.search(line) else 2.0 for line in lines[1:])


def _note(lines: Sequence[str], _cells: Cells) -> float:
    if any(_SECTION.match(line) or serial_of(line) or line.startswith(("、", ")")) for line in lines):
        return IMPOSSIBLE
    if any(is_value(line) for line in lines) or is_office("".join(lines)) or is_office(lines[0]):
        return -2.0
    likely = 2.0 if _NOTE.search("".join(lines)) else -0.5
    return likely - 0.5 * (len(lines) - 1) - (1.5 if len("".join(lines)) > 40 else 0.0)


def _person(lines: Sequence[str], _cells: Cells) -> float:
    if len(lines) == 1 and lines[0] in _NONE:
        return 0.5
    if not all(_PERSON.fullmatch(line) and not _has_level(line) for line in lines):
        return IMPOSSIBLE
    return (2.0 if len(lines[0]) <= 3 else 0.5) - 0.5 * (len(lines) - 1) - 2.0 * any(map(is_office, ("".join(lines), *lines)))


def _text(lines: Sequence[str], cells: Cells) -> float:
    """A task: a title, a sentence, or several paragraphs, numbered or each a sentence."""
    if len(lines[0]) < 2 or _item_of(lines[0]) > 1 or lines[0].startswith(("、", ")")) or serial_of(lines[-1]) or is_measure(lines[-1]):
        return IMPOSSIBLE
    total = 1.5 if reads_as_prose(lines[-1]) else 1.0 if len(lines[0]) > 3 else 0.0
    if _SECTION.match(lines[0]):
        total -= 1.0
    if len(lines) == 1 and not ends_sentence(lines[0]):
        parts = [part for part in re.split("[、,]", lines[0]) if part]
        offices = [_office_likeness(part) for part in parts]
        if 2 * sum(offices) > len(parts) > 1:
            return IMPOSSIBLE
        total -= 3.5 * max(offices)
        if len(lines[0]) <= 8 and _has_level(lines[0]):
            total -= 1.0
    last = _item_of(lines[0])
    for before, line in zip(lines, lines[1:], strict=False):
        item = _item_of(line)
        if item > 1:
            if item != last + 1:
                return IMPOSSIBLE
            total += 0.3
        elif item == 1:
            total -= 0.5 if ends_sentence(before) or before.endswith(":") else 2.0
        elif ends_sentence(before) and len(line) >= 8:
            # Without a serial, nothing says whether this is a paragraph more or a row.
            total -= 0.5 if "serial" in cells.kinds else 1.2
        else:
            total -= 3.0 if ends_sentence(before) else 2.0
        last = item or last
    return total


_RATINGS: dict[str, Callable[[Sequence[str], Cells], float]] = {
    "serial": _serial, "domain": _domain, "name": _name, "unit": _unit, "value": _value, "office": _office, "property": _property, "time": _time,
    "note": _note, "person": _person, "text": _text,
}  # fmt: skip
