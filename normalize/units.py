"""Units of measure: the scale that stands before one (万人次 is 10,000 人次), and what the list knows of it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extract.folding import fold
from normalize import vocabulary

# 千 and 百 are scales only before 万 and 亿: 千瓦, 千米 and 百分点 are units of their own.
SCALES = {
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "万亿": Decimal(10**12),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
}
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_SCALED = re.compile(f"({SCALE})(.+)", re.DOTALL)


_PER_SO_MANY = re.compile("/1?[0十百千万]+")
_ASIDE = re.compile(r"\([^()]*\)$")


@cache
def known_units() -> dict[str, str]:
    """Every listed unit, folded, with its dimension: ``人次`` → ``count``, ``%`` → ``rate``."""
    return {fold(row["unit"]): row["dimension"] for row in vocabulary.entries("units")}


def split_scale(unit: str) -> tuple[str, Decimal]:
    """The base unit of a printed unit and the factor to it.

    >>> split_scale("万人次"), split_scale("千瓦"), split_scale("亿元")
    (('人次', Decimal('10000')), ('千瓦', Decimal('1')), ('元', Decimal('100000000')))
    """
    if match := _SCALED.fullmatch(unit):
        return match[2], SCALES[match[1]]
    return unit, Decimal(1)


def dimension(unit: str) -> str:
    """What a unit measures (``count``, ``money``, ``rate`` …), a slash and a scale looked through; empty where unknown.

    >>> dimension("万元/人"), dimension("元/人·月"), dimension("没有")
    ('money', 'money', '')
    """
    base, _ = split_scale(fold(unit).split("/")[0])
    if not base and _PER_SO_MANY.fullmatch(fold(unit)):
        return "rate"  # 孕产妇死亡率10/10万
    return known_units().get(base) or known_units().get(_ASIDE.sub("", base), "")


def is_unit(text: str) -> bool:
    """Whether a printed text is a unit of measure: a listed one, scaled or with a denominator after a slash.

    >>> is_unit("万人次"), is_unit("元/人·月"), is_unit("含大病保险")
    (True, True, False)
    """
    return bool(dimension(text.strip()))


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A printed value in base units: (8.5, 万人次) → (85000, 人次)."""
    base, factor = split_scale(unit)
    return value * factor, base


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros after the point: 4.37E+5 → 437000, 8.50 → 8.5.

    >>> str(plain(Decimal("4.37E+5"))), str(plain(Decimal("8.50"))), str(plain(Decimal("100"))), str(plain(Decimal("1" * 40)))[-3:]
    ('437000', '8.5', '100', '111')
    """
    if value == value.to_integral_value():
        # A number may have more digits than arithmetic keeps.
        return Decimal(f"{value.to_integral_value():f}")
    return value.normalize()
