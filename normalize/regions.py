"""Regions: the place that an issuer's name begins with, and its code of GB/T 2260 in the year of the notice.

``regions.csv`` holds the provinces, cities and counties of 1990 to 2025, with the years at whose end name and code
stood; ``regions.md`` tells its sources and their dates. A code is given only where the name can mean one place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from normalize import vocabulary

_LAST_YEAR = 9999
_HAN = "\u4e00-\u9fff"
# A place that no table holds is told by the unit that follows its name. What no place is called by ends the search.
_UNKNOWN = re.compile(
    rf"""(?P<name>
        (?![的和及与关全各本我该]|人民|市场|市政|县域|区域|政府|公共|城乡|社会|旅游|经济|工业|农业|综合)
        (?:(?!人民|政府|办公|关于|委员)[{_HAN}](?<![的和及院局厅委])){{1,7}}?
        (?:省|自治区|自治州|自治县|自治旗|地区|州(?![市县区])|市|盟|县|区|旗)
    )(?=人民政府|政府|委|人大|政协|党|办|[{_HAN}]{{1,14}}?(?:局|厅|委|办|会|院|部|中心)|$)""",
    re.VERBOSE,
)
_TOWN = re.compile(
    rf"(?P<name>(?:(?!人民|政府)[{_HAN}]){{1,7}}?(?:镇|乡|街道|苏木))(?=人民政府|政府|办事处|党委|党工委|党政)"
)
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
_SUFFIXES = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "地区",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of ``regions.csv``: a name with its code from the end of ``first`` to the end of ``last``."""

    code: str
    name: str
    first: int
    last: int

    def stood(self, year: int | None) -> bool:
        return self.last == _LAST_YEAR if year is None else self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Region:
    """A region as named: its parts from the outermost in (宁波市, 奉化区); ``end`` is where the name ends in its text.

    ``is_below_county`` is true of towns, and of zones that no table holds: GB/T 2260 has no code for them.
    """

    parts: tuple[str, ...]
    end: int
    is_below_county: bool = False

    @property
    def name(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Code:
    """A code, or the empty string and why there is none."""

    code: str
    reason: str = ""


@cache
def _zone() -> re.Pattern[str]:
    """A zone with an office of its own: 某经济技术开发区管委会."""
    words = vocabulary.alternation("zones")
    return re.compile(
        rf"(?P<name>(?:(?!人民|政府|管委)[{_HAN}]){{0,16}}?(?:{words}))"
        rf"(?=管委|管理委员会|党工委|管理局|[{_HAN}]{{0,8}}(?:局|办|中心))"
    )


@cache
def _places() -> dict[str, tuple[Place, ...]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    # No cell of this file needs quotes, and the csv module takes ten times as long to split as many lines.
    for line in (Path(__file__).parent / "regions.csv").read_text(encoding="utf-8").splitlines()[1:]:
        code, name, first, last = line.split(",")
        place = Place(code, name, int(first or 0), int(last or _LAST_YEAR))
        found[name].append(place)
        if name.endswith(_AUTONOMOUS) and (short := _short_form(name)):
            found[short].append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def _by_code() -> dict[str, tuple[Place, ...]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for name, places in _places().items():
        for place in places:
            if place.name == name:
                found[place.code].append(place)
    return {code: tuple(places) for code, places in found.items()}


@cache
def _longest() -> int:
    return max(map(len, _places()))


def _short_form(name: str) -> str:
    """恩施土家族苗族自治州 → 恩施州, as offices write it; empty for what has no such form."""
    suffix = next((suffix for suffix in _AUTONOMOUS if name.endswith(suffix)), "")
    if not suffix:
        return ""
    bare = re.sub(rf"(?:{vocabulary.alternation('nationalities')})+$", "", name.removesuffix(suffix))
    return bare + suffix[-1] if len(bare) >= 2 else ""


def read_region(text: str) -> Region | None:
    """The region that an issuer's name begins with; ``None`` where it begins with none.

    >>> read_region("宁波市奉化区人民政府办公室").parts, read_region("恩施州发展和改革委员会").parts
    (('宁波市', '奉化区'), ('恩施州',))
    >>> read_region("中共某某县委").name, read_region("国务院办公厅"), read_region("城区道路管理所")
    ('某某县', None, None)
    """
    parts: list[str] = []
    position = 2 if text.startswith("中共") else 0
    while len(parts) < 4:
        name = _known(text, position)
        if not name:
            match = _UNKNOWN.match(text, position)
            is_common = match is not None and match["name"].endswith(tuple(vocabulary.words("common_areas")))
            name = match["name"] if match is not None and not is_common else ""
        if not name:
            break
        parts.append(name)
        position += len(name)
    rest = re.compile(r"人民政府|政府").match(text, position) if parts else None
    for pattern in (_TOWN, _zone()):
        if match := pattern.match(text, rest.end() if rest and pattern is _TOWN else position):
            if pattern is _TOWN and rest is not None:
                # A street office that a district's government names before its own: the region is the district.
                break
            return Region((*parts, match["name"]), match.end(), True)
    return Region(tuple(parts), position) if parts else None


def _known(text: str, position: int) -> str:
    for size in range(min(_longest(), len(text) - position), 1, -1):
        name = text[position : position + size]
        following = text[position + size : position + size + 2]
        if name in _places() and not re.match(r"场|政[管建园工]|域", following):
            # 城区 and 郊区 are names of districts, and common words.
            return name if size > 2 or position > 2 or name[-1] != "区" or following in ("人民", "政府") else ""
    return ""


def find_code(region: Region, year: int | None, text: str = "") -> Code:
    """The code of a region in a year (``None``: today); ``text`` may name the place around it where the region doesn't.

    >>> region = read_region("宁波市奉化区人民政府")
    >>> find_code(region, 2023).code, find_code(read_region("奉化市人民政府"), 2015).code, find_code(region, 2010).code
    ('330213', '330283', '')
    >>> find_code(read_region("鼓楼区人民政府"), 2023).code, find_code(read_region("福州市鼓楼区人民政府"), 2023).code
    ('', '350102')
    """
    if region.is_below_county:
        return Code("", f"{region.name} is below the counties, and has no code in GB/T 2260")
    found = _stood(region.parts, year)
    when = f"in {year}" if year else "today"
    if not found:
        other = _places().get(region.parts[-1])
        return Code(
            "", f"no region of this name stood {when}: {region.name}" + ("" if not other else f" ({_years(other)})")
        )
    if len({place.code for place in found}) > 1:
        near = {place.code: place for place in found if _is_named_in(place, region.parts[-1], text, year)}
        if len(near) != 1:
            names = "、".join(sorted({_full_name(place, year) for place in found}))
            return Code("", f"several regions {when} have this name: {names}"[:300])
        return Code(next(iter(near)))
    return Code(found[0].code)


def _stood(parts: Sequence[str], year: int | None) -> list[Place]:
    """The places that the parts may mean in a year; in the year of a change the old name may still be printed."""
    for when in (year, year - 1 if year is not None else None):
        found = [
            place for place in _places().get(parts[-1], ()) if place.stood(when) and _lies_in(place, parts[:-1], when)
        ]
        if found:
            return found
    return []


def _lies_in(place: Place, outer: Sequence[str], year: int | None) -> bool:
    """Whether the places named before it are those that its code says it lies in, in this order."""
    around = _around(place.code, year)
    position = 0
    for name in outer:
        while position < len(around) and not any(
            name == known.name or name == _short_form(known.name) for known in around[position]
        ):
            position += 1
        if position == len(around):
            return False
        position += 1
    return True


def _around(code: str, year: int | None) -> list[list[Place]]:
    codes = [code[:2] + "0000"] + ([code[:4] + "00"] if code[4:] != "00" else [])
    return [[place for place in _by_code().get(outer, ()) if place.stood(year)] for outer in codes if outer != code]


def _is_named_in(place: Place, name: str, text: str, year: int | None) -> bool:
    """Whether a text names the place with the one it lies in: 福州市鼓楼区, 福州鼓楼区, 福建省福州市鼓楼区."""
    return any(
        outer.name + name in text or _bare(outer.name) + name in text
        for level in _around(place.code, year)
        for outer in level
    )


def _bare(name: str) -> str:
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    bare = name.removesuffix(suffix)
    return bare if len(bare) >= 2 else name


def _full_name(place: Place, year: int | None) -> str:
    return "".join(level[0].name for level in _around(place.code, year) if level) + place.name


def _years(places: Sequence[Place]) -> str:
    return ", ".join(
        f"{_full_name(place, None if place.last == _LAST_YEAR else place.last)} "
        f"{place.first or '…'}–{'' if place.last == _LAST_YEAR else place.last}"
        for place in places[:3]
    )
