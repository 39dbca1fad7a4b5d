"""What the heading over a column says: 2023年目标值(万人) is a target for 2023, counted in 万人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold
from normalize import vocabulary
from normalize.heading_areas import split_area
from normalize.measures import is_measure
from normalize.numbers import parse_year

# What a rate is measured against is not what it is for: 比2025年增长.
_COMPARED = re.compile(r"[较比](?:[上去]年度?|(?:19|20)[0-9]{2}年度?)(?:同期|[底末])?")
_BRACKETS = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
_YEAR = re.compile(
    r"(?<![0-9.])((?:19|20)[0-9]{2})(?:[-—–~至](?P<last>(?:20)?[0-9]{2}))?(?![0-9.])年?"
    r"|(?P<chinese>二[〇○零OО0][〇○零OО0一二三四五六七八九]{2})年"
)
_FIVE_YEARS = re.compile(r"[“\"]?(?P<n>十[一二三四五六七八])五[”\"]?(?P<when>时期|期间|规划期)?(?P<end>期?末|末期)?")
_PARTS = re.compile(
    r"(?:第?[一二三四1-4](?:、[二三四2-4])?季度|[上下]半年|前三季度|(?<![0-9])[0-9]{1,2}(?:[-—–~至][0-9]{1,2})?月份?)(?:底|末)?前?"
)
_BARE_RATE = re.compile(r"(?<=[\u4e00-\u9fff])[,/]?([%‰])$")
_RELATIVE = {"上年": -1, "上年度": -1, "去年": -1, "本年": 0, "本年度": 0, "今年": 0, "当年": 0, "当年度": 0, "明年": 1}
_RELATIVE_WORD = re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)))
# Words around the date that say no more than it: 到2025年底, 全年.
_AROUND = re.compile(r"^(?:到|至|截至|截止)+|[年度底末初前]+$|全年|年度|期末|期间")
_WHOSE = re.compile(
    r"^(?:(?:全|本|各)?[市区县省镇乡州]级?(?:政府)?|主要|重点|具体|工作|考核|总体|总|各|分|拟|应|的|及)+"
)
_WHOLE_AREA = re.compile(r"[全我本][省市区县州盟旗镇乡](?!域)")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading read. ``roles`` are what a column under it may hold, likeliest first, empty where no word is known.

    ``rest`` is what stands before the known word beside dates: 城镇新增就业 of 城镇新增就业目标数. ``kind`` is target,
    baseline or actual where a word says so. ``year`` is printed, ``relative`` counts from the target year (上年 is -1).
    ``part`` is a part of the year, or a stretch of years, that the values are for; ``area`` the words for whose they are.
    """

    text: str
    roles: tuple[str, ...] = ()
    rest: str = ""
    kind: str = ""
    year: int | None = None
    relative: int | None = None
    part: str = ""
    unit: str = ""
    area: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is a heading for certain: a word of the list, a date, or nothing but a unit in brackets."""
        dated = self.year is not None or self.relative is not None or bool(self.part)
        return bool(self.roles) or dated or bool(self.unit) and self.text.strip("()[]") == self.unit


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Every heading of the lists with the roles of its column."""
    found = {_key(row["heading"]): tuple(row["roles"].split()) for row in vocabulary.entries("column_headings")}
    for row in vocabulary.entries("roles"):
        found.setdefault(_key(row["word"]), (row["role"],))
    return found


@cache
def _endings() -> tuple[str, ...]:
    words = [_key(row["heading"]) for row in vocabulary.entries("column_headings") if row["is_ending"] == "yes"]
    words += [_key(row["word"]) for row in vocabulary.entries("roles") if len(row["word"]) >= 3]
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    rows = vocabulary.entries("value_kinds")
    return tuple(sorted(((_key(row["word"]), row["kind"]) for row in rows), key=lambda pair: (-len(pair[0]), pair[0])))


def _key(text: str) -> str:
    return "".join(fold(text).split())


def kind_of(text: str) -> str:
    """What kind of value a heading without blanks speaks of, by its longest word; empty where none says so.

    >>> kind_of("2023年目标值"), kind_of("2022年(基期)"), kind_of("目标完成情况"), kind_of("2023年")
    ('target', 'baseline', 'actual', '')
    """
    return next((kind for word, kind in _kinds() if word in text), "")


def read_heading(text: str) -> Heading:
    """The heading in a cell's text (blanks and line breaks in it don't matter).

    >>> heading = read_heading("2023年目标值\\n（万人）")
    >>> heading.roles, heading.kind, heading.year, heading.unit
    (('value',), 'target', 2023, '万人')
    >>> read_heading("指  标").roles, read_heading("牵头\\n单位").roles, read_heading("城镇新增就业目标数").rest
    (('name',), ('lead',), '城镇新增就业')
    >>> read_heading("2022年（基期）").kind, read_heading("城镇登记失业率（%）").roles, read_heading("城镇登记失业率（%）").unit
    ('baseline', (), '%')
    """
    key = _key(text)
    if not key or len(key) > _LONGEST:
        return Heading(key)
    unit = ""
    for match in _BRACKETS.finditer(key):
        content = match[1].removeprefix("单位:")
        if is_measure(content):
            unit = content
    if rate := _BARE_RATE.search(key):
        unit, key = unit or rate[1], key[: rate.start()]
    year, relative, part = _period(key)
    kind = kind_of(key)
    if key in _known():
        return Heading(key, _known()[key], "", kind, year, relative, part, unit)
    bare = _BRACKETS.sub("", key).strip("★*:")
    core = _core(bare)
    area, rest = split_area(core)
    if area and not rest:
        # 全国, with a date or above one: whose values they are is all that it says.
        is_dated = year is not None or relative is not None or bool(part)
        return Heading(key, ("value",) if is_dated else (), "" if is_dated else core, kind, year, relative, part, unit, area)
    for candidate in (rest, _WHOSE.sub("", rest)) if area else ():
        if _is_of_values(_known().get(candidate, ())):
            return Heading(key, _known()[candidate], "", kind, year, relative, part, unit, area)
    for candidate in (bare, core, _WHOSE.sub("", core)):
        if candidate in _known():
            return Heading(key, _known()[candidate], "", kind, year, relative, part, unit)
    if not core:
        # 2023年, 全年: a date is all there is.
        return Heading(key, ("value",) if bare else (), "", kind, year, relative, part, unit)
    ending = next((word for word in _endings() if core.endswith(word)), "")
    if not ending:
        return Heading(key, (), core, kind, year, relative, part, unit)
    # 市场主体 and 应急床位 begin with no word around a name: only what is such words from end to end says nothing.
    rest = core.removesuffix(ending)
    whole = _WHOLE_AREA.match(rest)
    rest = rest[whole.end() :] if whole else rest if _WHOSE.sub("", rest) else ""
    return Heading(key, _known()[ending], rest, kind, year, relative, part, unit, whole[0] if whole else "")


def _is_of_values(roles: Sequence[str]) -> bool:
    return "value" in roles or "growth" in roles


def _core(bare: str) -> str:
    """A heading without its date."""
    for pattern in (_YEAR, _FIVE_YEARS, _PARTS, _RELATIVE_WORD):
        bare = pattern.sub("", bare)
    previous = None
    while previous != bare:
        previous, bare = bare, _AROUND.sub("", bare)
    return bare


def _period(key: str) -> tuple[int | None, int | None, str]:
    """The year, the place of the year beside the target year, and the part of a year or stretch of years."""
    key = _COMPARED.sub("", key)
    part = match[0] if (match := _PARTS.search(key)) else ""
    years = list(_YEAR.finditer(key))
    if years:
        match = years[-1]
        year = parse_year(match["chinese"]) if match["chinese"] else int(match[1])
        if match["last"]:
            last = match["last"]
            year, part = int(last if len(last) == 4 else str(year)[:2] + last), match[0]
        return year, None, part
    if match := _FIVE_YEARS.search(key):
        year = five_year_end(match["n"])
        return year, None, "" if match["end"] or match["when"] is None else match[0]
    if match := _RELATIVE_WORD.search(key):
        return None, _RELATIVE[match[0]], part
    return None, None, part


def five_year_end(ordinal: str) -> int:
    """The last year of a five-year plan: 十四 → 2025."""
    return 1955 + 5 * ("一二三四五六七八".index(ordinal[1]) + 11)


def find_years(text: str) -> list[int]:
    """The years that a caption or title names, in order: 2023—2027年 gives both ends.

    >>> find_years("青禾区2023—2027年指标表"), find_years("“十四五”主要指标"), find_years("表2 2025年目标")
    ([2023, 2027], [2025], [2025])
    """
    folded = fold(text)
    found: list[int] = []
    for match in _YEAR.finditer(folded):
        if match["chinese"]:
            found.append(parse_year(match["chinese"]))
            continue
        found.append(int(match[1]))
        if last := match["last"]:
            found.append(int(last if len(last) == 4 else match[1][:2] + last))
    return found or [five_year_end(match["n"]) for match in _FIVE_YEARS.finditer(folded)]


def join_path(texts: Sequence[str]) -> str:
    """The headings over a column from the top, each once and without blanks: 2023年指标目标/目标值."""
    return "/".join(dict.fromkeys(key for text in texts if (key := _key(text))))
