"""What a line of a copied table looks like by itself: a serial, a value, a unit of measure, the name of an office …

Lines are given folded (see ``folding``).
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

_SERIAL = re.compile(r"0?([1-9]\d{0,2})[.、]?")
_SUB_SERIAL = re.compile(r"\(\d{1,2}\)|[①-⑳]")
_PLAIN_VALUE = re.compile(
    r"""
    [〔\[(]?
    (?:[≥≤><=±~约]+|不少于|不低于|不超过|不高于|高于|低于|超过|达到|大于|小于|至少|力争|保持)?\s*   # ≥, 不低于
    [+-]?\d[\d,]*(?:\.\d+)?\s*[%‰]?                     # 1,850.5%
    (?:\s*[-—–~至:]\s*[+-]?\d[\d,]*(?:\.\d+)?\s*[%‰]?)?  # a range: -90%
    \s*[万亿]?[\u4e00-\u9fff/]{0,4}?                    # a unit: 万人次, 元/人
    (?:及?以[上下]|以内|左右)?
    [〕\])]?                                            # 〔3000〕: in all the years
    (?:\(.{1,10}\))?                                   # (累计)
    """,
    re.VERBOSE,
)
_UNIT_AT_END = re.compile(r"\([^()]{1,10}\)$")
_OFFICE_END = re.compile(
    r"""
    (?:
      局|厅|委|办|联|办公室|中心|机关|部门|单位|政府|办事处|街道
      | 法院|检察院|医院|卫生院|公司|集团|供电|电信|移动|联通|银行|[支分总]行|支队|大队|总队
      | .{2}(?<!全|内|外|局)部                                   # 组织部, not 全部
      | ^.{1,4}(?<!城|乡)[镇乡] | ^各?(?:[镇乡]|乡镇)             # 某某镇, 各镇, not 城镇
      | (?:委员|协|商|总?工|学|红十字|联合|基金|侨|管委)会          # 总工会, not 社会
      | ^[省市区县].{1,12}(?<!社)会 | ^.?(?:科|作|消|计生|老)协
    )
    (?:\([^()]{1,20}\))?等?$                                    # 各镇(街道)等
    """,
    re.VERBOSE,
)
# These end the names of offices too, and many other words.
_DOUBTFUL_OFFICE_END = re.compile(
    r"""
    (?:院|所|队|学校|大学|学院|站|处|室|园|馆|台|校|组|等|(?:供销|合作|报|新华|出版)社|^各.{0,6}[区县市])
    (?:\([^()]{1,20}\))?等?$
    """,
    re.VERBOSE,
)
_NO_OFFICE = re.compile(r"[%‰★▲“”\"0-9]|率\b|比例|占比|人数")
_LONGEST_OFFICE, _LONGEST_OFFICES = 20, 400
# What parts the names of offices; what stands in brackets is one with the name before it.
_BRACKETS_OR_BREAK = re.compile(r"\([^()]{0,40}\)|(?P<break>[、,;\s]+)")
# What the name of an office begins with: its level, or words for many.
_LEVEL = re.compile(
    r"[省区县市](?![域场级])|[镇州盟旗各]|乡(?!村)|团[省市区县]?委|国网|中国|国家|人民[银法检]|中共|自治|相关|有关|其他"
)
_DATE = re.compile(r"(?:20\d\d|二[〇○零]..) ?年 ?[\d一二三四五六七八九十]{1,2} ?月 ?[\d一二三四五六七八九十]{1,3} ?日")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|附件|注:")
_LEGEND = re.compile(r"注\s*\d?\s*[:.]|[★▲●☆*](?:为|表示|标注|标识|号)|带[★▲●☆*“]|(?:备注|说明)\s*:")
# What numbers the paragraphs of a cell: 2.推进…, (2)推进…, ②推进…
_ITEM = re.compile(r"(?:\(?(?P<digits>\d{1,2})(?:\)|[.、](?!\d))|(?P<circled>[①-⑳]))(?=\D)")
# What goes on with the name of an office: (街道).
_REST = re.compile(r"\([\u4e00-\u9fff]{1,8}\)(?<!\([一二三四五六七八九十]\))")
_HAN = re.compile("[\u4e00-\u9fff]")
_STOPS = ("。", ";", "!", "?")
_LONGEST_CELL_LINE, _SHORTEST_PROSE = 40, 16


@cache
def _measure() -> re.Pattern[str]:
    """Units of measure: 万人次, 元/人·月, 套(间)."""
    with open(Path(__file__).parent / "measures.csv", encoding="utf-8", newline="") as file:
        words = sorted((row["measure"] for row in csv.DictReader(file)), key=lambda word: (-len(word), word))
    one = rf"(?:[十百千万亿]{{0,2}}(?:{'|'.join(map(re.escape, words))})|[十百千万亿]{{1,2}})"
    return re.compile(rf"\(?{one}(?:[/·、]{one}){{0,3}}\)?(?:\({one}\))?")


def serial_of(line: str) -> int:
    """The serial that a line is, 0 where it is none.

    >>> serial_of("7"), serial_of("07."), serial_of("3.5"), serial_of("2024")
    (7, 7, 0, 0)
    """
    match = _SERIAL.fullmatch(line)
    return int(match[1]) if match else 0


def is_sub_serial(line: str) -> bool:
    """Whether a line numbers a row below a numbered one: (1), ①."""
    return _SUB_SERIAL.fullmatch(line) is not None


def is_value(line: str) -> bool:
    """Whether a line is a bare number with its sign and unit.

    >>> is_value("≥86"), is_value("1.2万人次以上"), is_value("6月底前完成")
    (True, True, False)
    """
    return len(line) <= 24 and _PLAIN_VALUE.fullmatch(line) is not None


def is_measure(line: str) -> bool:
    """Whether a line is a unit of measure.

    >>> is_measure("万人次"), is_measure("元/人·月"), is_measure("区教育局")
    (True, True, False)
    """
    return len(line) <= 16 and _measure().fullmatch(line) is not None


def unit_at_end(text: str) -> bool:
    """Whether a text ends in brackets short enough for a unit: 托位数(个)."""
    return _UNIT_AT_END.search(text[-12:]) is not None


def measure_at_end(text: str) -> bool:
    """Whether a text ends in a unit of measure in brackets.

    >>> measure_at_end("托位数(个)"), measure_at_end("各镇(街道)")
    (True, False)
    """
    bracket = _UNIT_AT_END.search(text[-12:])
    return bracket is not None and is_measure(bracket[0])


def is_date(line: str) -> bool:
    """Whether a line is a full date, as stands under a signature."""
    return len(line) <= 14 and _DATE.fullmatch(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.endswith(_STOPS)


def begins_section(line: str) -> bool:
    """Whether a line begins as a heading, an attachment or a note does: 一、 (二) 附件."""
    return _SECTION.match(line) is not None


def reads_as_prose(line: str) -> bool:
    """Whether a line is a sentence or as long as one, and no title."""
    return ends_sentence(line) or len(line) >= _SHORTEST_PROSE


def is_no_cell(line: str) -> bool:
    """Whether a line is rather a sentence, a heading or a note than a cell of a table.

    >>> is_no_cell("二、重点任务"), is_no_cell("★为核心指标,其余为重点指标"), is_no_cell("区教育局")
    (True, True, False)
    """
    return len(line) > _LONGEST_CELL_LINE or ends_sentence(line) or begins_section(line) or is_legend(line)


def is_legend(line: str) -> bool:
    """Whether a line says what a sign in a table means, or is a note below it: ★为核心指标."""
    return _LEGEND.match(line) is not None


def begins_rest(line: str) -> bool:
    """Whether a line begins with what goes on with the name of an office: (街道)."""
    return _REST.match(line) is not None


def goes_on(line: str) -> bool:
    """Whether a line is the rest of a cell by its look.

    >>> goes_on("、区财政局"), goes_on("(街道)"), goes_on("(一)公共教育"), goes_on("区财政局、")
    (True, True, False, True)
    """
    return line.startswith(("、", ")")) or begins_rest(line) or line.endswith("、")


def is_open(text: str) -> bool:
    """Whether a bracket or quote opens in a text and does not close."""
    return text.count("(") != text.count(")") or text.count("“") != text.count("”")


def item_of(line: str) -> int:
    """The number that a paragraph begins with, 0 where it has none.

    >>> item_of("2.推进改造"), item_of("②推进改造"), item_of("2.5万平方米")
    (2, 2, 0)
    """
    match = _ITEM.match(line)
    if not match:
        return 0
    return int(match["digits"]) if match["digits"] else ord(match["circled"]) - ord("①") + 1


def count_han(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(_HAN.findall(text))


def width_of(line: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(0.5 if char < "\u0100" else 1.0 for char in line)


def has_level(line: str) -> bool:
    """Whether a line begins as the name of an office does, with its level: 区教育局, 各镇."""
    return _LEVEL.match(line) is not None


def is_office(text: str) -> bool:
    """Whether a text is names of offices, each complete.

    >>> is_office("区教育局、区卫生健康局"), is_office("区卫生"), is_office("普惠托位占比(%)")
    (True, False, False)
    """
    return office_likeness(text) > 0


@lru_cache(maxsize=4096)
def office_likeness(text: str) -> float:
    """How much a text is names of offices: from 0 to 1, low where an ending says little (学校, 站).

    An unknown name among others counts 0; as the last it may go on in the next line, then the text is no offices yet.

    >>> office_likeness("区教育局"), office_likeness("区教育局、区卫")
    (1.0, 0.0)
    """
    names = split_names(text) if len(text) <= _LONGEST_OFFICES else []
    total = 0.0
    for at, name in enumerate(names):
        if (
            not 2 <= len(name) <= _LONGEST_OFFICE
            or not _HAN.match(name)
            or _NO_OFFICE.search(name)
            or measure_at_end(name)
        ):
            return 0.0
        if _OFFICE_END.search(name):
            total += 1.0
        elif len(name) <= 9 and _DOUBTFUL_OFFICE_END.search(name):
            total += 0.6 if has_level(name) else 0.15
        elif at == len(names) - 1 or len(name) < 3:
            return 0.0
    return total / len(names) if names else 0.0


def split_names(text: str) -> list[str]:
    """Names that 、 or blanks part; those in brackets stay with the name before.

    >>> split_names("区教育局、各镇(乡、街道)")
    ['区教育局', '各镇(乡、街道)']
    """
    names, start = [], 0
    for match in _BRACKETS_OR_BREAK.finditer(text):
        if match["break"]:
            names.append(text[start : match.start()])
            start = match.end()
    return [name for name in (*names, text[start:]) if name]
