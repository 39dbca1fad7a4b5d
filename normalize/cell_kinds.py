"""What the cells of a column look like: serials, units of measure, numbers, offices, people, dates, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.folding import fold
from extract.outline import parse_ordinal
from normalize import vocabulary
from normalize.column_values import CellValue, read_value
from normalize.measures import is_measure
from normalize.offices import kind_of

_CN = "一二三四五六七八九十百"
_SERIAL = re.compile(
    r"[★☆▲*#]?\s*(?:(?P<digits>[0-9]{1,4}(?:[-.][0-9]{1,3}){0,2})[.、)]?"
    rf"|[(](?P<bracket>[0-9]{{1,3}}|[{_CN}]{{1,4}})[)]|(?P<chinese>[{_CN}]{{1,4}})[、.]?|(?P<sign>[①-⑳]))\s*[★☆▲*]?"
)
_NOTHING = re.compile(r"[-/\\—–_*·.…、~\s]{0,6}|无")
_DATE = re.compile(r"[0-9年月日季度底末前]|长期|持续|全年|常态|即时|随时|每|适时|按")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_SPLIT = re.compile(r"[、,;/\n]|(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
_HAN = re.compile("[\u4e00-\u9fff]")
_PROSE = 14
#: A larger share of the cells must look like what a column holds.
MOST = 0.6


@dataclass(frozen=True, slots=True)
class Serial:
    """A printed serial: ``text`` without its marks, ``number`` as counted, 0 where it has several steps (3.1)."""

    text: str
    number: int
    is_chinese: bool


@lru_cache(maxsize=4096)
def read_serial(text: str) -> Serial | None:
    """The serial that a folded cell is, ``None`` where it is none.

    >>> read_serial("12."), read_serial("(三)")
    (Serial(text='12', number=12, is_chinese=False), Serial(text='三', number=3, is_chinese=True))
    >>> read_serial("★3").text, read_serial("3.1").number
    ('3', 0)
    >>> read_serial("2023年") is None, read_serial("86%") is None
    (True, True)
    """
    match = _SERIAL.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["digits"] or match["bracket"] or match["chinese"] or match["sign"]
    if re.fullmatch("[0-9]+[-.].*", digits):
        return Serial(digits, 0, False)
    number = parse_ordinal(digits)
    return Serial(digits.lstrip("0") or "0", number, not (digits.isdigit() or match["sign"] is not None))


@lru_cache(maxsize=8192)
def value_of(text: str, may_be_named: bool = False) -> CellValue:
    """``read_value``, remembered: a table's cells are looked at for their column and then for their row."""
    return read_value(text, may_be_named)


def is_nothing(text: str) -> bool:
    """Whether a folded cell is empty or holds a mere stroke."""
    return bool(_NOTHING.fullmatch(text.strip()))


@lru_cache(maxsize=8192)
def is_office(text: str) -> bool:
    """Whether a folded cell names offices: most of its parts end as names of units do.

    >>> is_office("区教育局、区卫生\\n健康局"), is_office("王某某"), is_office("万人")
    (True, False, False)
    """
    if len(text) > 300 or re.search("[0-9%]", text):
        return False
    joined = text.replace("\n", "")
    for candidate in (text, joined):
        parts = [part.strip() for part in _SPLIT.split(candidate) if part.strip()]
        named = [
            part
            for part in parts
            if len(part) >= 2 and (kind_of(part) or part.startswith(("各", "相关", "有关")) or part.endswith("等"))
        ]
        if parts and len(named) >= MOST * len(parts):
            return not is_measure(joined)
    return False


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(sorted(vocabulary.words("surnames"), key=lambda name: -len(name)))


def is_person(name: str) -> bool:
    """Whether a name is a person's and no unit's: two to four characters, a surname first, no ending of a unit.

    >>> is_person("王 东"), is_person("区教育局"), is_person("张某某")
    (True, False, True)
    """
    bare = "".join(fold(name).split())
    return bool(_PERSON.fullmatch(bare)) and not kind_of(bare) and bare.startswith(_surnames())


def _is_people(text: str) -> bool:
    parts = [part for part in re.split(r"[、,;\n]", text) if part.strip()]
    return bool(parts) and all(is_person(part) for part in parts)


@cache
def _properties() -> frozenset[str]:
    return frozenset(fold(word) for word in vocabulary.words("property_words"))


def is_property(text: str) -> bool:
    """Whether a folded cell says what kind of indicator it is: 预期性, 约束性, or one letter."""
    bare = "".join(text.split()).strip("()")
    return bare in _properties() or bool(re.fullmatch("[A-E]类?", bare))


def fits(role: str, text: str) -> bool | None:
    """Whether a folded, non-empty cell can stand in a column of a role; ``None`` where it says nothing of that.

    >>> fits("unit", "万人次"), fits("value", "≥86"), fits("value", "全覆盖"), fits("text", "12")
    (True, True, None, False)
    """
    if is_nothing(text):
        return None
    if role == "serial":
        return read_serial(text) is not None
    if role == "unit":
        return is_measure(text)
    if role in ("value", "growth", "progress", "score"):
        reading = value_of(text)
        if reading.state == "values":
            return True
        return (
            None
            if reading.state == "words" and len(text.replace("\n", "")) < _PROSE and not is_measure(text)
            else False
        )
    if role in ("lead", "responsible", "support"):
        return is_office(text)
    if role == "people":
        return _is_people(text)
    if role == "property":
        return is_property(text)
    if role == "time":
        return bool(_DATE.search(text))
    if role in ("note", "foreign"):
        return True
    return value_of(text).state != "values" and len(_HAN.findall(text)) >= 2 and not is_measure(text)


def share(role: str, texts: Sequence[str]) -> float:
    """The share of a column's cells that fit a role, of those that say something; -1 where none does."""
    verdicts = [verdict for text in texts if (verdict := fits(role, text)) is not None]
    return sum(verdicts) / len(verdicts) if verdicts else -1.0
