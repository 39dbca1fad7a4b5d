"""What a value cell says: 职工82城乡居民62, ≥86, 3.5以内, 10%-12%, 1.8万人次, 全覆盖, —.

A cell is read whole or not at all: every character must have its place in the grammar, so that no half of a number and
no number of something else comes out of it. Positions are offsets into the cell's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.folding import fold
from normalize import quantities, units, vocabulary
from normalize.measures import is_measure
from normalize.numbers import DIGITS, idioms, parse_digits

#: A longer cell is prose, and its numbers are no bare values; but for a list of many places with a number each.
LONGEST = 80
_LONGEST_LIST = 600
_LONGEST_PLACE = 8
#: The ``scope`` of a value in square brackets.
IN_BRACKETS = "[]"
_MOST_ITEMS = 60
#: Numbers tried in one cell, over all ways to read it; what takes more is not read.
_MOST_STEPS = 200
_NOTHING = re.compile(r"[-/\\—–_*·.…、~]{1,6}|无|暂无|不涉及|空")
_NUMBER = re.compile(DIGITS)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DASH = re.compile(r"\s*(?:-{1,2}|[—–~]{1,2}|至|到)\s*")
_FROM = re.compile(r"(?:由|从)\s*$")
_RISE = re.compile(r"\s*(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|压缩|降)\s*(?:到|至|为)\s*")
_SEPARATOR = re.compile(r"[\s、,;/。]*(?:[和及与]\s*)?")
_REMARK = re.compile(r"\s*\(([^()]{1,20})\)")
_PART = re.compile(r"^其中\s*:?")
_FRACTION = re.compile(r"([百千万])分之\s*$")
_FRACTION_UNITS = {"百": "%", "千": "‰", "万": "‱"}
_WHOLE_IN_BRACKETS = re.compile(r"[\[〔【]\s*([^\[\]〔〕【】]+?)\s*[\]〕】]")
_PART_IN_BRACKETS = re.compile(r"\((?=其中)([^()]*)\)")
_COMPONENT = re.compile(r"[\u4e00-\u9fffA-Za-z“”\"·()]{1,24}")
# Words that compare or limit: 高于全市平均 is no part that a number could be of.
_NO_COMPONENT = re.compile(
    r"[高低大小多少快慢]于|平均|上年|去年|同比|较|不[低高少多超小大]|[增增减降升涨]|[年月日]|以上|以下|以内|左右|第|前|每|排|位|名次|标准|[是的了]|版|代|类|号"
)
_PART_OF_YEAR = re.compile(r"第?[一二三四](?:、[二三四])?季度|[上下]半年|前三季度|全年")
_DENOMINATOR = (
    r"(?:[十百千万]{0,2}(?:(?:常住|户籍|老年)?人口|老年人|人|户|年|月|日|天|次|亩|公里|平方公里|平方米|生|床|家|个|件|辆|吨"
    r"|学年|学期|学生|立方米|升|万元|元|千瓦时|吨标准煤|公顷))"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a cell, ``text[start:end]`` of it. ``unit`` is the one that the cell prints, maybe a mere scale (万).

    ``component`` is what the value is of, ``is_part`` where 其中 says that it is part of the value before. ``change`` is
    the word that makes it a rise or fall and no level (下降), ``scope`` words such as 新增, 累计.
    """

    start: int
    end: int
    value: Decimal
    comparator: str = "="
    value_to: Decimal | None = None
    unit: str = ""
    component: str = ""
    is_part: bool = False
    change: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value cell read. ``state``: ``values`` (see ``items``), ``nothing`` (empty, —), ``words`` (全覆盖), ``unread``."""

    state: str
    items: tuple[Item, ...] = ()


def read_value(text: str, may_be_named: bool = False) -> CellValue:
    """The reading of a cell, its lines parted by line breaks.

    ``may_be_named``: the name of the row goes on over several rows, so that a lone value may say what it is of (职工82).

    >>> [(i.component, i.comparator, str(i.value), i.unit) for i in read_value("职工82城乡居民62").items]
    [('职工', '=', '82', ''), ('城乡居民', '=', '62', '')]
    >>> [(i.component, i.comparator, str(i.value)) for i in read_value("小学≤36.8\\n初中≤63.5").items]
    [('小学', '<=', '36.8'), ('初中', '<=', '63.5')]
    >>> [(i.comparator, str(i.value), str(i.value_to), i.unit) for i in read_value("10%—12%左右").items]
    [('~', '10', '12', '%')]
    >>> read_value("高于全市平均2个百分点").state, read_value("全覆盖").state, read_value("—").state, read_value("1.56:1").state
    ('unread', 'words', 'nothing', 'unread')
    """
    folded = fold(text)
    stripped = folded.strip()
    if not stripped or _NOTHING.fullmatch(stripped):
        return CellValue("nothing")
    if len(stripped) > _LONGEST_LIST:
        return CellValue("unread" if re.search("[0-9]", stripped) else "words")
    if not re.search("[0-9]", stripped):
        item = _chinese(folded)
        return CellValue("values", (item,)) if item else CellValue("words")
    if match := _WHOLE_IN_BRACKETS.fullmatch(stripped):
        # Plans print what is summed up over their years in square brackets.
        inner = read_value(match[1])
        shift = folded.find(stripped) + match.start(1)
        items = tuple(
            replace(i, start=i.start + shift, end=i.end + shift, scope=i.scope or IN_BRACKETS) for i in inner.items
        )
        return CellValue(inner.state, items)
    # 其中 in brackets is read like 其中 behind a comma; as long, so that offsets hold.
    parts = _PART_IN_BRACKETS.sub(lambda match: f",{match[1]} ", folded)
    items = next(_items(parts, 0, (), [_MOST_STEPS], may_be_named), ())
    if len(stripped) > LONGEST and any(not 0 < len(item.component) <= _LONGEST_PLACE for item in items):
        return CellValue("unread")
    return CellValue("values", items) if items else CellValue("unread")


@cache
def _words() -> tuple[tuple[str, str], ...]:
    rows = ((fold(row["word"]), row["role"]) for row in vocabulary.entries("value_words"))
    return tuple(sorted(rows, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _unit() -> re.Pattern[str]:
    known = "|".join(re.escape(unit) for unit in sorted(units.known_units(), key=lambda unit: (-len(unit), unit)))
    return re.compile(rf"\s?(?P<unit>(?:{units.SCALE})?(?:{known})(?:/每?{_DENOMINATOR}(?:·[年月日天次])?)?)")


_SCALE = re.compile(rf"\s?(?P<unit>{units.SCALE})(?![\u4e00-\u9fff]*元)")
_BOUND_AFTER = re.compile(rf"\s*(?:{quantities.SUFFIX_BOUND})")


def _sign_after(word: str) -> str:
    """The sign of a bound behind a number: 以上 → ``>=``."""
    if word in ("左右", "上下"):
        return "~"
    return ">=" if "上" in word or "起" in word else "<="


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before a number: what it is of, bounds and words. ``None`` in place of it: not to be understood."""

    component: str = ""
    is_part: bool = False
    bound: str = ""
    change: str = ""
    scope: str = ""
    is_from: bool = False
    unit: str = ""


def _read_lead(text: str) -> _Lead | None:
    """A stretch before a number, taken apart from its end: the bound, then verbs, then the component."""
    rest = text.strip()
    is_from = False
    unit = ""
    if match := _FRACTION.search(rest):
        rest, unit = rest[: match.start()].rstrip(), _FRACTION_UNITS[match[1]]
    if match := _FROM.search(rest):
        rest, is_from = rest[: match.start()].rstrip(), True
    bound = ""
    if word := _bound_at_end(rest):
        bound, rest = quantities.comparator_before(word), rest[: -len(word)].rstrip()
    rest = rest.rstrip(":").rstrip()
    change: list[str] = []
    scope: list[str] = []
    while pair := next((pair for pair in _words() if rest.endswith(pair[0])), None):
        rest = rest[: -len(pair[0])].rstrip()
        if pair[1] == "change":
            change.append(pair[0])
        elif pair[1] == "scope":
            scope.append(pair[0])
    rest = rest.rstrip(":").strip()
    is_part = bool(match := _PART.match(rest))
    if match:
        rest = rest[match.end() :].strip()
        # 其中新建20: the verb is what sets the part apart.
        if not rest and scope:
            rest = "".join(reversed(scope))
    if rest and not _is_component(rest):
        return None
    return _Lead(rest, is_part, bound, "".join(reversed(change)), "".join(reversed(scope)), is_from, unit)


def _is_component(text: str) -> bool:
    """Whether words before a number may say what it is of: 职工, 上半年; 高于全市 may not."""
    if _PART_OF_YEAR.fullmatch(text):
        return True
    is_whole = text.count("(") == text.count(")")
    return is_whole and bool(_COMPONENT.fullmatch(text)) and not _NO_COMPONENT.search(text)


@cache
def _bounds() -> tuple[str, ...]:
    # The words of the pattern, longest first.
    return tuple(re.sub(r"\\(.)", r"\1", word) for word in quantities.PREFIX_BOUND.split("|"))


def _bound_at_end(text: str) -> str:
    return next((word for word in _bounds() if text.endswith(word)), "")


def _items(
    text: str, position: int, before: tuple[Item, ...], steps: list[int], may_be_named: bool
) -> Iterator[tuple[Item, ...]]:
    """The readings of ``text[position:]`` as values behind those ``before``, the one with the longest units first.

    ``steps`` holds how many numbers may still be tried.
    """
    separator = _SEPARATOR.match(text, position)
    start = separator.end() if separator else position
    if start == len(text):
        if may_be_named and len(before) == 1 and before[0].component:
            yield (replace(before[0], component=_own_words(before[0])),)
        elif before and _is_sensible(before):
            yield _settled(before)
        return
    if len(before) >= _MOST_ITEMS:
        return
    number = _NUMBER.search(text, start)
    if number is None:
        return
    lead_text, sign = text[start : number.start()], 1
    # A minus stands alone or behind a word; between two numbers it is the dash of a range, read with the first.
    if lead_text.rstrip().endswith("-") and lead_text.strip().rstrip("-") + "-" == lead_text.strip():
        if before and lead_text.strip() == "-":
            return
        lead_text, sign = lead_text.rstrip()[:-1], -1
    lead = _read_lead(lead_text)
    if lead is None or _YEAR.fullmatch(number[0]) and text[number.end() : number.end() + 1] == "年":
        return
    if before and before[-1].is_part and lead.component:
        lead = replace(lead, is_part=True)
    for item, end in _numbers(text, number, lead, sign):
        steps[0] -= 1
        if steps[0] < 0:
            return
        # Two numbers in a cell are each of something, or the second is part of the first.
        if not before or item.is_part or _own_words(item) and _own_words(before[0]):
            yield from _items(text, end, (*before, item), steps, may_be_named)


def _numbers(text: str, number: re.Match[str], lead: _Lead, sign: int) -> Iterator[tuple[Item, int]]:
    """The readings of a number with its unit, range, bound and remark, and where each ends."""
    first = parse_digits(number[0]) * sign
    for unit, end in [(lead.unit, number.end())] if lead.unit else _units_after(text, number.end()):
        value, value_to, about = first, None, False
        if about_match := re.compile("[余多]").match(text, end):
            about, end = True, about_match.end()
            for more, more_end in _units_after(text, end):
                if not unit or not more:
                    unit, end = unit + more, more_end
                    break
        joint = _RISE.match(text, end) if lead.is_from else _DASH.match(text, end)
        if joint is None and lead.is_from:
            continue
        if joint and (second := _NUMBER.match(text, joint.end())):
            second_value = parse_digits(second[0])
            if not lead.is_from and (
                second_value <= first or _YEAR.fullmatch(number[0]) and _YEAR.fullmatch(second[0])
            ):
                continue
            for second_unit, second_end in _units_after(text, second.end()):
                # 10%-12, with the unit at the first alone, may be two numbers of different things.
                if unit and unit != second_unit:
                    continue
                pair = (second_value, None) if lead.is_from else (first, second_value)
                yield from _closed(text, number.start(), second_end, pair[0], pair[1], second_unit, lead, about)
            continue
        if lead.is_from:
            continue
        yield from _closed(text, number.start(), end, value, value_to, unit, lead, about)


def _units_after(text: str, position: int) -> Iterator[tuple[str, int]]:
    """The units that may be printed at a place: a whole one, a mere scale, none."""
    if match := _unit().match(text, position):
        yield match["unit"], match.end()
    if match := _SCALE.match(text, position):
        yield match["unit"], match.end()
    yield "", position


def _closed(
    text: str, start: int, end: int, value: Decimal, value_to: Decimal | None, unit: str, lead: _Lead, about: bool
) -> Iterator[tuple[Item, int]]:
    """A number with the bound and the remark behind it; nothing where bounds contradict one another."""
    comparator, component = lead.bound, lead.component
    if match := _BOUND_AFTER.match(text, end):
        word = match[0].strip()
        # 24小时内 bounds; 5内 does not.
        if word != "内" or units.split_scale(unit)[0] in quantities.TIME_UNITS:
            sign = _sign_after(word)
            if comparator and comparator != sign:
                return
            comparator, end = sign, match.end()
    if about and not comparator:
        comparator = "~"
    while match := _REMARK.match(text, end):
        remark = match[1].strip()
        if not unit and is_measure(remark):
            unit = remark
        elif re.search("[0-9]", remark):
            return
        elif not component:
            component = f"({remark})"
        end = match.end()
    if unit.endswith("/"):
        return
    item = Item(start, end, value, comparator or "=", value_to, unit, component, lead.is_part, lead.change, lead.scope)
    yield item, end


def _is_sensible(items: tuple[Item, ...]) -> bool:
    """Whether values can stand in one cell: one alone, or each of something else; parts behind their whole."""
    whole = [item for item in items if not item.is_part]
    if items[0].is_part or not whole:
        return False
    if len(whole) == 1:
        # A bare word before a lone number may be what it is compared with.
        lone = whole[0]
        parts = [item.component for item in items if item.is_part]
        if lone.component and not lone.component.startswith("("):
            return False
        return all(parts) and len(set(parts)) == len(parts)
    components = [_own_words(item) for item in items]
    if any(not _COMPONENT.fullmatch(word) for word in components):
        return False
    if any(item.component and not _is_component(item.component.strip("()")) for item in items):
        return False
    if len(set(components)) != len(components) or any(item.change != items[0].change for item in items):
        return False
    printed = [item.unit for item in items]
    return len(set(printed)) == 1 or not any(printed[:-1])


def _own_words(item: Item) -> str:
    """What a value is of: 职工 of 职工82 and 82(职工), and 新增 of 新增20,累计100."""
    return item.component.strip("()") or item.scope


def _settled(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items with the unit that only the last prints; a remark on a lone value is no component."""
    whole = [item for item in items if not item.is_part]
    if len(whole) == 1:
        first = replace(items[0], component="", scope=items[0].scope or items[0].component)
        return (first, *items[1:])
    named = tuple(replace(item, component=_own_words(item), scope="") for item in items)
    if not any(item.unit for item in items[:-1]):
        named = tuple(replace(item, unit=items[-1].unit) for item in named)
    return named


def _chinese(text: str) -> Item | None:
    """A cell whose one number is written in Chinese, with its unit: 两家, 百分之八十以上, 九成五."""
    match = re.search("[一二两三四五六七八九十百千万]", text)
    if match is None or idioms().match(text, match.start()):
        return None
    lead = _read_lead(text[: match.start()])
    shares = (share for share in quantities.find_ratios(text, match.start(), len(text)) if share.start == match.start())
    quantity = next(shares, None) or quantities.parse_quantity(text, match.start(), len(text))
    if lead is None or lead.component or lead.is_from or quantity is None or text[quantity.end :].strip():
        return None
    # 一批 and 一定 count nothing; a bare 三 may be a serial.
    if not quantity.unit or quantity.is_unit_guessed or quantity.baseline is not None or text.strip().endswith("一批"):
        return None
    bound = quantity.comparator or lead.bound or "="
    if quantity.comparator and lead.bound and quantity.comparator != lead.bound:
        return None
    return Item(
        match.start(),
        quantity.end,
        quantity.value,
        bound,
        quantity.value_to,
        quantity.unit,
        change=lead.change,
        scope=lead.scope,
    )
