"""Numerals in Chinese text: where they are and what number they say. What they count is for ``quantities``.

All positions are offsets into folded text (``extract.folding.fold``), which are those of the canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from normalize import vocabulary

# Groups of exactly three digits are one number; 、 never groups. A space after the comma is no grouping.
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
CHINESE_DIGITS = "一二两三四五六七八九"
CHINESE = r"(?:[一二两三四五六七八九十廿][零〇一二两三四五六七八九十百千万亿]{0,24}(?:点[零〇一二三四五六七八九]{1,12})?|零点[零〇一二三四五六七八九]{1,12})"
_DIGITS = re.compile(DIGITS)
_YEAR = re.compile(r"[〇零○OoО0一二三四五六七八九]{4}(?=\s*年)")
_ADJACENT = re.compile(f"[{CHINESE_DIGITS}]{{2}}")
_ZEROS = str.maketrans("〇○OoО", "零零零零零")


@dataclass(frozen=True, slots=True)
class Number:
    """One numeral: ``text[start:end]`` says ``value``; ``value_to`` is set for 两三 and 七八, which say a range."""

    start: int
    end: int
    value: Decimal
    value_to: Decimal | None = None


def parse_digits(surface: str) -> Decimal:
    """``1,234.5`` → 1234.5."""
    return Decimal(surface.replace(",", ""))


_DIGIT = {char: int(value) for char, value in zip("一二两三四五六七八九", "1223456789", strict=True)}
_SMALL = re.compile("(?P<tens>[一二三四五六七八九])?(?P<ten>十)(?P<ones>[一二三四五六七八九])?|(?P<only>[一二两三四五六七八九])")


@lru_cache(maxsize=4096)
def parse_chinese(surface: str) -> tuple[Decimal, Decimal | None] | None:
    """A Chinese numeral as a number, with the upper end where two neighbours stand side by side; ``None`` if it is none.

    >>> parse_chinese("一万二千"), parse_chinese("三十点五"), parse_chinese("两三"), parse_chinese("十二三")
    ((Decimal('12000'), None), (Decimal('30.5'), None), (Decimal('2'), Decimal('3')), (Decimal('12'), Decimal('13')))
    >>> parse_chinese("零点五"), parse_chinese("零点零三")
    ((Decimal('0.5'), None), (Decimal('0.03'), None))
    >>> parse_chinese("三五") is None, parse_chinese("百") is None
    (True, True)
    """
    text = surface.replace("〇", "零").replace("廿", "二十")
    if pair := _ADJACENT.search(text):
        low, high = (CHINESE_DIGITS.replace("两", "").index(c.replace("两", "二")) + 1 for c in pair[0])
        # 三五 and 九一 are no range that can be read with certainty.
        if high != low + 1 or _ADJACENT.search(text, pair.start() + 1):
            return None
        first = parse_chinese(text[: pair.start() + 1] + text[pair.end() :])
        second = parse_chinese(text[: pair.start()] + text[pair.start() + 1 :])
        if first is None or second is None:
            return None
        return first[0], second[0]
    if text[0] in "百千万亿" or "零零" in text:
        return None
    if (small := _SMALL.fullmatch(text)) is not None:
        # Nearly every numeral of a notice is one of these; the library takes longer to load than a notice to read.
        if small["only"]:
            return Decimal(_DIGIT[small["only"]]), None
        return Decimal(10 * _DIGIT.get(small["tens"], 1) + _DIGIT.get(small["ones"], 0)), None
    import cn2an

    try:
        # "normal" reads 一万二 as 12000 and 二百五 as 250, as they are said, and refuses what isn't a numeral.
        return Decimal(str(cn2an.cn2an(text, "smart"))), None
    except (ValueError, KeyError):
        # What is no numeral ends some of its look-ups.
        return None


def parse_year(surface: str) -> int:
    """A year in digits or in Chinese digits: 二〇二六, 二零二六 → 2026."""
    text = surface.translate(_ZEROS)
    return int("".join(str("零一二三四五六七八九".index(c)) if c in "零一二三四五六七八九" else c for c in text))


def find_digits(folded: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Every numeral written in digits; each run of digits lies in exactly one."""
    for match in _DIGITS.finditer(folded, start, len(folded) if end is None else end):
        yield Number(match.start(), match.end(), parse_digits(match[0]))


def find_chinese_years(folded: str) -> Iterator[Number]:
    """Years in Chinese digits, 二〇二六年: the four digits of each."""
    for match in _YEAR.finditer(folded):
        if not match[0].isdecimal():
            yield Number(match.start(), match.end(), Decimal(parse_year(match[0])))


@lru_cache(maxsize=1)
def idioms() -> re.Pattern[str]:
    """Words that begin like a Chinese numeral and count nothing: 一体化, 十分重要."""
    # 最后一点 counts nothing, 一点五 does.
    return re.compile(rf"{vocabulary.alternation('numeral_idioms')}|一点(?![{CHINESE_DIGITS}零〇])")
