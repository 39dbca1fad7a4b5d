"""The grammar of quantities: number, scale, unit, bounds, ranges and from-to pairs in folded Chinese text.

A quantity is a stretch of text with its reading. What it is a quantity of, and whether anyone promised it, is for
``commitments``. The slot of the unit is open: a measure word that no list knows is taken where the phrase ends after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extract.folding import fold
from extract.model import Span
from normalize import units
from normalize.numbers import CHINESE, DIGITS, Number, idioms, parse_chinese, parse_digits

_DASH = r"(?:-{1,2}|[—–~]{1,2}|至|到)"
# Bounds after the unit. 内 alone bounds spans of time only: 24小时内.
_SUFFIXES = {
    ">=": ("及以上", "(含)以上", "(含)及以上", "以上", "起", "(含以上)"),
    "<=": ("及以下", "(含)以下", "(含)以内", "以下", "以内", "之内", "内"),
    "~": ("左右", "上下"),
}
_PREFIXES = {
    ">=": (
        "不少于",
        "不低于",
        "不小于",
        "不得少于",
        "不得低于",
        "应不低于",
        "应不少于",
        "至少",
        "最少",
        "最低",
        "≥",
        ">=",
        "⩾",
        "≧",
        "不弱于",
        "力保",
        "高于或等于",
        "大于等于",
        "大于或等于",
    ),
    "<=": (
        "不超过",
        "不高于",
        "不多于",
        "不大于",
        "不得超过",
        "不得高于",
        "不得多于",
        "至多",
        "最多",
        "最高",
        "≤",
        "<=",
        "⩽",
        "≦",
        "不突破",
        "不得突破",
        "小于等于",
        "小于或等于",
        "低于或等于",
    ),
    ">": ("超过", "突破", "高于", "大于", "多于", "超出", ">", "超", "逾"),
    "<": ("低于", "少于", "小于", "<", "不足", "不到", "不满"),
    "~": ("大约", "大概", "约为", "约", "将近", "接近", "近", "≈"),
}
# 不能低于, 不宜超过: whatever negates a bound turns it round.
_NEGATIONS = ("不", "不得", "不能", "不应", "不可", "不宜", "不要", "不会", "不准", "不许", "决不", "绝不", "决不能", "绝不能", "均不", "皆不")
_NEGATED = {
    ">=": tuple(no + word for no in _NEGATIONS for word in ("低于", "少于", "小于")),
    "<=": tuple(no + word for no in _NEGATIONS for word in ("超过", "高于", "多于", "大于", "突破", "超出", "超")),
}
_SUFFIX_SIGN = {fold(word): sign for sign, words in _SUFFIXES.items() for word in words}
_PREFIX_SIGN = {fold(word): sign for table in (_PREFIXES, _NEGATED) for sign, words in table.items() for word in words}


def _longest_first(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


SUFFIX_BOUND = _longest_first(_SUFFIX_SIGN)
PREFIX_BOUND = _longest_first(_PREFIX_SIGN)
# Words after a number that are no measure word, should the list of units not know what stands there.
_NO_UNIT = "的以及和与或等达为至到不超约左右内上下前后中含多余各均由从将把在对是有需要应可并且而比较按照其该此这那"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One reading of ``text[start:end]``, its unit and bounds included.

    ``value`` is the printed number, ``unit`` the printed unit with its scale (万人次) and denominator (元/人·月).
    ``numbers`` are the numerals that it uses. ``is_unit_guessed`` tells a measure word that no list knows. ``subject`` is
    where the noun phrase of a new value stands that is one of several and has its own.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    numbers: tuple[Number, ...]
    comparator: str = ""
    value_to: Decimal | None = None
    baseline: Decimal | None = None
    change_word: str = ""
    per: str = ""
    is_chinese: bool = False
    is_unit_guessed: bool = False
    subject: Span | None = None

    @property
    def base(self) -> tuple[Decimal, str]:
        """The value and the unit in base units: (8.5, 万人次) → (85000, 人次)."""
        value, unit = units.to_base(self.value, self.unit)
        return units.plain(value), unit


@lru_cache(maxsize=1)
def _unit() -> str:
    known = _longest_first(units.known_units())
    one = rf"(?:(?:{known})(?:\((?:{known})\))?)"
    return rf"{one}(?:/(?=[^0-9\s])(?:每)?(?:[百千万亿]{{1,2}}{one}|{one})?[人户亩生床孩头套间座辆件场日天月年次周季度平方米公里万千百学家个所台处村镇]*(?:·[年月日天次])?)?"


@lru_cache(maxsize=1)
def _item() -> re.Pattern[str]:
    """A number with its scale, approximation and unit; groups as named."""
    return re.compile(
        rf"""(?:
            (?P<fraction>百分之|千分之|万分之|(?:{CHINESE})分之)\s?(?P<part>{CHINESE}|百|{DIGITS})
          | (?P<chinese>上?[百千万]|数[十百千万]|{CHINESE})(?P<more>余|多|来)?(?P<big>万亿|亿|万)?
          | (?P<digits>{DIGITS})\s?(?P<about>余|多)?(?P<scale>{units.SCALE}|[千百](?![瓦米克伏分兆]))?(?P<about2>余|多|来)?
        )
        \s?(?P<unit>{_unit()}|等(?=\s?(?:[,，。;；、]|$|以上|左右)))?(?P<about3>余|多)?""",
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _suffix() -> re.Pattern[str]:
    # 控制在120%警戒线以内: the line may be named between the number and its bound.
    # 2亿尾(粒)以上: a second measure word in brackets.
    return re.compile(rf"\s?(?:\([\u4e00-\u9fff]{{1,2}}\))?(?:{_LINE}(?=以内|以下|之内|以上))?(?P<bound>{SUFFIX_BOUND})")


_LINE = r"(?:的)?(?:警戒线|红线|上限|下限|控制线|控制数|预警线|目标值|标准线|基准线)(?:值)?"
_OPEN_UNIT = re.compile(rf"(?![{_NO_UNIT}])[\u4e00-\u9fff]{{1,2}}(?=[,，。;；、:：!()]|$|{SUFFIX_BOUND})")
_RANGE_DASH = re.compile(rf"\s?{_DASH}\s?")
TIME_UNITS = {"小时", "个小时", "分钟", "秒", "天", "日", "个工作日", "工作日", "个月", "周", "年", "个季度"}
_PER = re.compile(
    r"每(?:人|户|亩|生|升|克|千克|公斤|千瓦时|度|立方米|孩|床|座|件|吨|公里|平方米|台|辆|家|村|校|次|名|个)?每?(?:年|月|周|日|天|小时|学年|学期|次|季度)?"
)
_CHANGE = re.compile(
    r"""(?P<word>提高|提升|增加|增长|上升|扩大|上调|上浮|调整|调高|拓展|延长|扩展|壮大
        |优化|加密|控制|调减|(?:精简|优化)?整合|合并|归并|撤并|缩小|收窄|改善|攀升|上涨|扩容|拓宽|压缩|缩短|缩减|降低|下降|减少|压减|精简|下调|降|减|升|增|扩)\s?(?:到|至|为)\s?""",
    re.VERBOSE,
)
_BY_SO_MUCH = "扩大|增加|提高|提升|减少|降低|下降|压减"
_RISES_TO = re.compile(rf"(?P<word>{_BY_SO_MUCH})(?P<by>{DIGITS})[\u4e00-\u9fff%]{{0,3}}\s?(?:至|到)")
_MERGED = re.compile(r"(?P<noun>[\u4e00-\u9fff]{1,8}?)(?P<word>整合|合并|归并|撤并|精简|压缩|压减|缩减)(?:为|至|到)\s?")
_RISING_BY = re.compile(rf"(?:{_BY_SO_MUCH}|新增)$")
_CHANGE_VERB = re.compile(r"(?:提高|提升|增加|增长|上升|扩大|上调|调整|拓展|延长|扩展|优化|缩小|改善|上涨|扩容|压缩|缩短|缩减|降低|下降|减少|压减|精简|下调)$")
_BETWEEN = re.compile(
    r"(?:(?:19|20)[0-9]{2}年(?:[底末初]|度)?的?|“?十[一二三四五六]五”?(?:期?末|时期|期间)?的?|目前的?|现在的?|上年的?|去年的?|原来的?|原先的?|现有的?|当前的?|现行的?|今年的?|当年的?|平均|人均|户均|约|近"
    r"|不低于|不少于|不超过|以上|以下|左右|[,，]?(?:逐步|稳步|进一步|大幅|统一|再|同步|相应|分别|力争|预计|将|继续|持续))"
)


_FROM_BEFORE = re.compile(r"[由从](?:[^,，。;；、0-9由从]{0,4}的)?(?:每[^,，。;；0-9]{1,4}|人均|户均|平均|约|现行)*\s?$")
_ANY_CHANGE = re.compile(r"(?:同步|统一|进一步|逐步|再)?(?P<word>[\u4e00-\u9fff]{1,4}?)\s?(?:到|至|为)\s?")
_BOUND = re.compile(PREFIX_BOUND)


def _read(match: re.Match[str]) -> tuple[Decimal, Decimal | None, str, bool, Number] | None:
    """The value, its upper end, the implied unit (% for fractions), whether approximate, and the numeral of an item."""
    start = match.start()
    if match["fraction"]:
        part = match["part"]
        number = Decimal(100) if part == "百" else parse_digits(part) if part[0].isdigit() else None
        if number is None:
            parsed = parse_chinese(part)
            if parsed is None:
                return None
            number = parsed[0]
        end = match.end("part")
        if match["fraction"] in ("百分之", "千分之", "万分之"):
            unit = {"百分之": "%", "千分之": "‰", "万分之": "‱"}[match["fraction"]]
            return number, None, unit, False, Number(start, end, number)
        whole = parse_chinese(match["fraction"][:-2])
        if whole is None or not whole[0]:
            return None
        share = units.plain((number * 100 / whole[0]).quantize(Decimal("0.0001")))
        return share, None, "%", False, Number(start, end, share)
    if surface := match["chinese"]:
        vague = surface[0] in "上数百千万"
        if vague:
            if surface[0] == "数" or surface[0] != "上" and not match["more"]:
                return None  # 百家争鸣 and 数百家 give no number that could be stated
            parsed = (Decimal({"百": 100, "千": 1000, "万": 10000}[surface[-1]]), None)
        else:
            read = parse_chinese(surface)
            if read is None:
                return None
            parsed = read
        value, value_to = parsed[0], parsed[1]
        if match["big"]:
            value *= units.SCALES[match["big"]]
        end = match.end("big") if match["big"] else match.end("chinese")
        return value, value_to, "", vague or bool(match["more"] or match["about3"]), Number(start, end, value, value_to)
    value = parse_digits(match["digits"])
    if match["scale"] in ("千", "百"):
        value *= 1000 if match["scale"] == "千" else 100
    about = bool(match["about"] or match["about2"] or match["about3"])
    return value, None, "", about, Number(start, match.end("digits"), parse_digits(match["digits"]))


def _scaled_unit(match: re.Match[str]) -> str:
    scale = match["scale"] or ""
    return ("" if scale in ("千", "百") else scale) + (match["unit"] or "")


def parse_quantity(folded: str, start: int, end: int) -> Quantity | None:
    """The quantity that begins at ``start``, or ``None``; nothing beyond ``end`` is looked at.

    >>> q = parse_quantity("8.5万人次以上", 0, 8)
    >>> q.value, q.unit, q.comparator, q.base
    (Decimal('8.5'), '万人次', '>=', (Decimal('85000'), '人次'))
    >>> q = parse_quantity("50元提升至每人每月60元", 0, 12)
    >>> q.value, q.baseline, q.unit, q.per
    (Decimal('60'), Decimal('50'), '元', '每人每月')
    """
    match = _item().match(folded, start, end)
    if match is None:
        return None
    read = _read(match)
    if read is None:
        return None
    value, value_to, implied, about, number = read
    unit, stop, guessed = _scaled_unit(match) or implied, match.end(), False
    if not match["unit"] and not implied and (found := _OPEN_UNIT.match(folded, stop, end)):
        unit, stop, guessed = unit + found[0], found.end(), True
    quantity = Quantity(
        start,
        stop,
        value,
        unit,
        (number,),
        "~" if about else "",
        value_to,
        is_chinese=bool(match["chinese"]),
        is_unit_guessed=guessed,
    )
    for extend in (_extend_change, _extend_range):
        if longer := extend(folded, quantity, end):
            quantity = longer
            break
    return _with_suffix(folded, quantity, end)


def _with_suffix(folded: str, quantity: Quantity, end: int) -> Quantity:
    match = _suffix().match(folded, quantity.end, end)
    if match is None:
        return quantity
    word = match["bound"]
    # 内 bounds spans of time; 起 is a measure word's or a start's; 以上 may belong to what follows (以上学历).
    is_kept = quantity.unit in ("%", "‰") and re.search(r"控制在|压降至|稳定在", folded[max(0, quantity.start - 8) : quantity.start])
    if word == "内" and units.split_scale(quantity.unit)[0] not in TIME_UNITS and not is_kept:
        return quantity
    if word == "起" and folded[match.end() : match.end() + 1] not in ("", ",", "，", "。", ";", "；", "、"):
        return quantity
    return replace(quantity, end=match.end(), comparator=_SUFFIX_SIGN[word])


def _extend_range(folded: str, first: Quantity, end: int) -> Quantity | None:
    """3至5家, 6.5%—7%, 10~15万元, 5亿至6亿元: the unit of the last number is that of both."""
    dash = _RANGE_DASH.match(folded, first.end, end)
    if dash is None:
        return None
    if first.is_unit_guessed or first.value_to is not None:
        return None
    if dash[0].strip() in ("至", "到") and _RISING_BY.search(folded, max(0, first.start - 4), first.start):
        return None  # 扩大1.6万亩至4万亩: by how much, and to what
    match = _item().match(folded, dash.end(), end)
    if (
        match is None
        or (read := _read(match)) is None
        or match["fraction"]
        and "分之" not in folded[first.start : first.end]
    ):
        return None
    value, _, implied, about, number = read
    unit, stop = _scaled_unit(match) or implied, match.end()
    guessed = False
    if not unit and not first.unit and (found := _OPEN_UNIT.match(folded, stop, end)):
        unit, stop, guessed = found[0], found.end(), True
    low = first.value
    if first.unit and first.unit != unit:
        low_base, low_name = units.to_base(low, first.unit)
        high_base, high_name = units.to_base(value, unit)
        if low_name and high_name and low_name != high_name:
            return None
        scale = high_base / value if value else Decimal(1)
        low = units.plain(low_base / scale) if scale else low
    if value <= low:
        return None
    return replace(
        first,
        end=stop,
        value=low,
        value_to=value,
        unit=unit or first.unit,
        numbers=(*first.numbers, number),
        comparator="~" if about else "",
        is_unit_guessed=guessed,
    )


def _skip(folded: str, position: int, end: int, patterns: tuple[re.Pattern[str], ...]) -> tuple[int, str]:
    """Past every stretch that one of the patterns matches; the position after them and the last 每… of them."""
    per, moved = "", True
    while moved:
        moved = False
        for pattern in patterns:
            if (match := pattern.match(folded, position, end)) and match.end() > position:
                if pattern is _PER and match[0] != "每":
                    per = match[0]
                position, moved = match.end(), True
    return position, per


def _extend_change(folded: str, first: Quantity, end: int) -> Quantity | None:
    """50元提升至每人每月60元, 2022年的52.3%提高到2027年的67%: ``first`` is what it rises or falls from."""
    position, _ = _skip(folded, first.end, end, (_BETWEEN,))
    word, by = _CHANGE.match(folded, position, end), None
    if _FROM_BEFORE.search(folded, max(0, first.start - 24), first.start):
        by = _RISES_TO.match(folded, first.end, end)  # 由2.4万亩扩大1.6万亩至4万亩
        # 由4.2小时压降至2.5小时: what stands between 由 and 至 is a change, whatever its verb.
        word = by or word or _ANY_CHANGE.match(folded, position, end)
    subject = None
    if word is None and (merged := _MERGED.match(folded, position, end)) and folded[first.start - 1 : first.start] in "将把":
        # 将8所村小整合为3所: the noun stands behind the old number.
        word, subject = merged, Span(*merged.span("noun"))
    if word is None:
        return None
    # 3个乡镇扩大至8个: the noun before the verb is no part of it.
    verb = next((match[0] for match in _CHANGE_VERB.finditer(word["word"])), word["word"])
    position, per = _skip(folded, word.end(), end, (_BETWEEN, _PER))
    bound = _BOUND.search(folded, word.end(), position)
    match = _item().match(folded, position, end)
    if match is None or (read := _read(match)) is None:
        return None
    value, value_to, implied, about, number = read
    unit, stop, guessed = _scaled_unit(match) or implied, match.end(), False
    if not match["unit"] and not implied and (found := _OPEN_UNIT.match(folded, stop, end)):
        unit, stop, guessed = unit + found[0], found.end(), True
    unit = unit or first.unit
    baseline = to_unit(first.value, first.unit, value, unit)
    if baseline is None:
        return None
    return replace(
        first, end=stop, value=value, value_to=value_to, unit=unit, baseline=baseline, change_word=verb, per=per,
        numbers=(*first.numbers, *_by_how_much(by), number), comparator=_PREFIX_SIGN[bound[0]] if bound else "~" if about else "", is_unit_guessed=guessed,
        subject=subject,
    )  # fmt: skip


def _by_how_much(match: re.Match[str] | None) -> tuple[Number, ...]:
    return () if match is None else (Number(match.start("by"), match.end("by"), parse_digits(match["by"])),)


def to_unit(old: Decimal, old_unit: str, new: Decimal, unit: str) -> Decimal | None:
    """An old value in the unit of the new one; ``None`` where the two units measure different things."""
    if not old_unit or old_unit == unit:
        return old
    was, was_unit = units.to_base(old, old_unit)
    now, now_unit = units.to_base(new, unit)
    if was_unit != now_unit and was_unit and now_unit:
        return None
    return units.plain(was * new / now) if now else old


_MULTIPLY = re.compile(r"翻(?:了?\s?(?P<times>[0-9]|[一两二三四五])\s?)?番多?")
_HALF = re.compile(r"一半|半数")
_TENTHS = re.compile(r"(?P<tenths>[一二两三四五六七八九])成(?![立为员本果效就功长熟都品绩交色分型片])(?:(?P<half>半)|(?P<more>[一二三四五六七八九])(?=以[上下内]|左右|[,。;、)\n]|$))?")


def find_ratios(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """翻一番 (2 倍), 减少一半 (50 %), 三成 (30 %): shares and multiples that have words of their own."""
    for match in _MULTIPLY.finditer(folded, start, end):
        times = match["times"]
        # 翻番 is 翻一番, and has no numeral.
        power = 1 if times is None else int(times) if times.isdigit() else int(parse_chinese(times)[0])  # type: ignore[index]
        numbers = () if times is None else (Number(match.start("times"), match.end("times"), Decimal(power)),)
        is_chinese = times is None or not times.isdigit()
        quantity = Quantity(match.start(), match.end(), Decimal(2**power), "倍", numbers, change_word="翻", is_chinese=is_chinese)
        yield replace(quantity, comparator=">=") if match[0].endswith("多") else _with_suffix(folded, quantity, end)
    for match in _HALF.finditer(folded, start, end):
        number = Number(match.start(), match.end(), Decimal(50))
        yield _with_suffix(
            folded, Quantity(match.start(), match.end(), Decimal(50), "%", (number,), is_chinese=True), end
        )
    for match in _TENTHS.finditer(folded, start, end):
        value = parse_chinese(match["tenths"])[0] * 10 + (5 if match["half"] else 0)  # type: ignore[index]
        if match["more"]:
            value += parse_chinese(match["more"])[0]  # type: ignore[index]
        number = Number(match.start(), match.end(), value)
        yield _with_suffix(folded, Quantity(match.start(), match.end(), value, "%", (number,), is_chinese=True), end)


_CANDIDATE = re.compile(rf"(?:(?:{CHINESE}|百|千|万)分之)|{DIGITS}|上?[百千万](?=[家名个所条项场位户人亩次余多])|{CHINESE}")


def find_quantities(folded: str, start: int, end: int, taken: bytearray) -> list[Quantity]:
    """Every quantity of a stretch, left to right, none overlapping; ``taken`` marks the offsets that other classes hold.

    A Chinese numeral counts only with a unit of the list, a fraction or a multiple: 一体化 and 三孩 count nothing.
    """
    found = [q for q in find_ratios(folded, start, end) if not any(taken[q.start : q.end])]
    # What is found below stands in order and never overlaps; only the words of their own can be in the way.
    busy = [(q.start, q.end) for q in found]
    position = start
    while match := _CANDIDATE.search(folded, position, end):
        position = match.end()
        here = match.start()
        if taken[here] or any(a <= here < b for a, b in busy) or idioms().match(folded, here, end):
            continue
        is_digit = folded[here].isdigit()
        if not is_digit and here > start and folded[here - 1] in "第每零数":
            continue
        quantity = parse_quantity(folded, here, end)
        if quantity is None or any(taken[here : min(quantity.end, here + 1)]):
            continue
        # A second number of a pair may be claimed by another class (a date): then the pair is none.
        if any(taken[n.start] for n in quantity.numbers):
            continue
        if quantity.is_chinese and (quantity.is_unit_guessed or not quantity.unit):
            continue
        found.append(quantity)
        position = max(position, quantity.end)
    return _share_units(folded, _join_changes(folded, sorted(found, key=lambda q: q.start)))


def _join_changes(folded: str, quantities: list[Quantity]) -> list[Quantity]:
    """由八成提高到九成五, 从80%提高到九成五: old and new values of which one has a word of its own."""
    joined: list[Quantity] = []
    for new in quantities:
        old = joined[-1] if joined else None
        word = _CHANGE.fullmatch(folded, old.end, new.start) if old is not None else None
        baseline = to_unit(old.value, old.unit, new.value, new.unit) if old is not None and word else None
        if old is None or word is None or baseline is None or old.baseline is not None or new.baseline is not None or not _FROM_BEFORE.search(folded, max(0, old.start - 24), old.start):
            joined.append(new)
            continue
        joined[-1] = replace(new, start=old.start, baseline=baseline, change_word=word["word"], numbers=(*old.numbers, *new.numbers))
    return joined


def _share_units(folded: str, quantities: list[Quantity]) -> list[Quantity]:
    """1、3、10名 and 100、150张: the unit travels left to bare numbers before 、."""
    for index in range(len(quantities) - 2, -1, -1):
        this, following = quantities[index], quantities[index + 1]
        between = folded[this.end : following.start]
        if this.unit == "个" and len(following.unit) > 1 and following.unit.startswith("个") and between in ("、", "和", "或", "及"):
            quantities[index] = replace(this, unit=following.unit)
            continue
        is_bare = not this.unit or this.unit in units.SCALES and following.unit.startswith(this.unit) and this.unit != following.unit
        if is_bare and following.unit and between in ("、", "和", "或", "及"):
            # The scale is printed once for all too: 5、6万人.
            quantities[index] = replace(this, unit=following.unit, comparator=this.comparator or following.comparator)
    return quantities


def comparator_before(word: str) -> str:
    """The sign of a bound that stands before a number: 不少于 → ``>=``."""
    return _PREFIX_SIGN[word]
