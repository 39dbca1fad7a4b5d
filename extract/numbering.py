"""Automatic numbers as they are printed: （一）, 1., ①. The counting rules are those that .docx and .doc share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def chinese_counting(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; digits beyond 9999."""
    if not 0 < number < 10_000:
        return "零" if number == 0 else str(number)
    text, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 780 else str(number)


def _enclosed(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 1 <= number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in str(number))


def _formal(number: int) -> str:
    text = chinese_counting(number)
    return ("一" + text if text.startswith("十") else text).translate(_FORMAL)


#: Number formats by their names in .docx ([ECMA-376] ST_NumberFormat).
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str, "decimalHalfWidth": str, "decimalZero": lambda n: f"{n:02}", "ordinal": str, "cardinalText": str,
    "upperRoman": _roman, "lowerRoman": lambda n: _roman(n).lower(), "upperLetter": _letters, "lowerLetter": lambda n: _letters(n).lower(),
    "chineseCounting": chinese_counting, "chineseCountingThousand": chinese_counting, "taiwaneseCounting": chinese_counting,
    "taiwaneseCountingThousand": chinese_counting, "japaneseCounting": chinese_counting, "koreanCounting": chinese_counting,
    "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(c)] for c in str(abs(n))),
    "taiwaneseDigital": lambda n: "".join("〇一二三四五六七八九"[int(c)] for c in str(abs(n))),
    "japaneseDigitalTenThousand": lambda n: "".join("〇一二三四五六七八九"[int(c)] for c in str(abs(n))),
    "chineseLegalSimplified": _formal, "ideographLegalTraditional": _formal, "japaneseLegal": _formal,
    "decimalFullWidth": _full_width, "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _enclosed(0x2460, 20), "decimalEnclosedCircleChinese": _enclosed(0x2460, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20), "decimalEnclosedParen": _enclosed(0x2474, 20),
    "ideographEnclosedCircle": _enclosed(0x3280, 10), "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"), "numberInDash": lambda n: f"- {n} -", "none": lambda n: "", "bullet": lambda n: "",
}  # fmt: skip

#: The same by the codes of .doc ([MS-OSHARED] 2.2.1.3 MSONFC).
FORMAT_CODES: Mapping[int, str] = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 15: "decimalHalfWidth", 16: "japaneseLegal",
    17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip


def format_number(number: int, name: str) -> str:
    """A number in a named format; a format that is not known gives plain digits.

    >>> format_number(12, "chineseCounting"), format_number(3, "decimalEnclosedCircle"), format_number(14, "upperRoman")
    ('十二', '③', 'XIV')
    """
    return FORMATS.get(name, str)(number)


#: The longest text of a level that is read; Word takes no longer one.
LONGEST_TEXT = 255
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``text`` holds ``%1`` … ``%9`` where the numbers of the levels stand: （%1）.

    Of a bullet ``text`` is the sign.

    ``is_spaced``: a tab or blank stands between the number and the text.
    """

    text: str
    format: str = "decimal"
    start: int = 1
    is_legal: bool = False
    #: It restarts after a level above this one only; 0: never; None: after any outer one.
    restarts_after: int | None = None
    is_spaced: bool = True


@dataclass(slots=True)
class ListState:
    """Counters of one list; several numbered instances of the same list share them."""

    counts: dict[int, int] = field(default_factory=dict)
    overridden: set[tuple[str, int]] = field(default_factory=set)


def next_label(
    state: ListState, levels: Mapping[int, Level], level: int, instance: str, overrides: Mapping[int, int]
) -> str:
    """Count one paragraph of a list and give its printed label, with a blank after it where one is printed.

    ``overrides`` are the starts that this instance sets: each holds once. A level resets the deeper ones unless they
    say otherwise; an outer level that was skipped counts as used. ``is_legal`` writes all numbers as digits.

    >>> state, levels = ListState(), {0: Level("%1、", "chineseCounting", is_spaced=False), 1: Level("%1.%2", is_legal=True)}
    >>> [next_label(state, levels, level, "1", {}) for level in (0, 1, 1, 0, 1)]
    ['一、', '1.1 ', '1.2 ', '二、', '2.1 ']
    """
    if level not in levels:
        return ""
    counts = state.counts
    starts = {index: overrides.get(index, item.start) for index, item in levels.items()}
    for index in overrides:
        if (instance, index) not in state.overridden:
            state.overridden.add((instance, index))
            if index >= level:
                counts.pop(index, None)
    for outer in range(level):
        if outer in levels:
            counts.setdefault(outer, starts[outer])
    counts[level] = counts[level] + 1 if level in counts else starts[level]
    for deeper in [index for index in counts if index > level]:
        restarts = levels[deeper].restarts_after if deeper in levels else None
        if restarts is None or (restarts != 0 and level < restarts):
            del counts[deeper]
    own = levels[level]
    if own.format == "bullet":
        return _spaced(own.text, own)

    def number(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        if index not in levels:
            return ""
        return format_number(
            counts.setdefault(index, starts[index]), "decimal" if own.is_legal else levels[index].format
        )

    return _spaced(_PLACE.sub(number, own.text), own)


def _spaced(label: str, level: Level) -> str:
    return f"{label} " if label and level.is_spaced else label
