"""Whether two names, a year apart, are names of one thing; and where they are not, why.

A name may lose its quotes, change the order of its words, or say more or less than the year before. A word in the place
of another one makes it another thing, unless a list says that the two words are one. A pair that is missed is told beside
its nearest candidate; a wrong one would be a wrong number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.folding import fold_key
from normalize import vocabulary
from normalize.indicator_names import denominator
from normalize.measures import is_measure
from normalize.subjects import LONGEST, Subject, make_key, read_subject

#: From here on a name that only says more, or less, is the other's; and from here where it does so in one place and the
#: numbers are near.
ALIKE, ALIKE_WITH_NUMBERS = Decimal("0.80"), Decimal("0.50")
# Two names of rates that are less alike may differ in what the rate is of.
_SURELY_ALIKE = Decimal("0.90")
#: A name of fewer characters is in too many others.
_SHORTEST = 4

_DASHES = str.maketrans(dict.fromkeys("—–‐−－~～至", "-"))
# Signs that say something: 0-3岁, PM2.5, 85%.
_SPEAKING = set("-.%‰+<>")
_FINAL_BRACKETS = re.compile(r"[(\[〔【](?:计量)?(?:单位:?)?([^()\[\]〔〕【】]{1,12})[)\]〕】]$")
_ASIDES = re.compile(r"[(\[〔【]((?:不?含|包括)[^()\[\]〔〕【】]*)[)\]〕】]")
# Who or what is counted in, by a bound that is no number: 二级及以上医院, 中级以下职称.
_BOUNDS = re.compile("以[上下内外]")
_QUOTES = re.compile("[“”‘’\"'「」『』]")
_DIGITS = re.compile("[0-9.]+")
_COUNTED_BY = re.compile("[每十百千万亿名个位户人口拥有]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name made comparable.

    ``printed`` is the name on one line, ``plain`` what is left without width, quotes, brackets, blanks and the unit in its
    final brackets, ``part`` the component in the same form, ``whole`` part and name together, ``per`` the denominator as
    printed, ``asides`` what brackets say is counted in, ``subject`` as tables and prose are compared, ``letters`` the
    characters of its core, sorted.
    """

    printed: str
    plain: str
    part: str
    whole: str
    per: str
    asides: frozenset[str]
    digits: tuple[str, ...]
    subject: Subject
    letters: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two names side by side: ``match`` is ``exact``, ``normalized``, ``fuzzy``, or empty with the ``reason`` why not.

    ``needs_numbers`` where only near numbers make it a pair.
    """

    match: str
    similarity: Decimal
    reason: str = ""
    needs_numbers: bool = False


def make_plain(name: str, unit: str = "") -> str:
    """A name without what a printer may choose: width, blanks, quotes, brackets, the form of a dash, its unit.

    >>> make_plain("“阳光之家” 覆盖率（％）", "%"), make_plain("０—３岁儿童筛查率"), make_plain("餐村（社区）覆盖率")
    ('阳光之家覆盖率', '0-3岁儿童筛查率', '餐村社区覆盖率')
    """
    key = fold_key(name).translate(_DASHES)
    if (match := _FINAL_BRACKETS.search(key)) and match.start() and (match[1] == fold_key(unit) or is_measure(match[1])):
        key = key[: match.start()]
    return "".join(char for char in key if char in _SPEAKING or unicodedata.category(char)[0] not in "PSZC")


def exchange(text: str) -> str:
    """A text, folded and without quotes, with one word for those that notices exchange without meaning something else.

    >>> exchange("“区级”文化馆"), exchange("终生教育")
    ('县级文化馆', '终身教育')
    """
    return _exchanged().sub(lambda match: _standards()[match[0]], _QUOTES.sub("", fold_key(text)))


def read_named(
    name: str, component: str = "", per: str = "", unit: str = "", context: str = "", *, is_rate: bool = False
) -> Named:
    """The name of a row. ``per`` and ``unit`` are what its own columns say, ``component`` the part of it that the row is for,
    ``context`` words that say what is counted (an action) and are no part of the name.

    >>> read_named("县级“阳光之家”覆盖率", is_rate=True).letters == read_named("区级阳光之家覆盖率", is_rate=True).letters
    True
    """
    plain, part = make_plain(name, unit), make_plain(component).removeprefix("其中")
    whole = part + plain
    standard = exchange(component + name)[:LONGEST]
    subject = read_subject(standard, per, context, is_rate=is_rate)
    return Named(
        printed=" ".join(name.split()),
        plain=plain,
        part=part,
        whole=whole,
        per=per or denominator(name) or "".join(sorted(subject.per)),
        asides=frozenset(make_plain(match[1]) for match in _ASIDES.finditer(fold_key(name))),
        digits=tuple(sorted([*_DIGITS.findall(make_key(standard)), *_BOUNDS.findall(make_key(standard))])),
        subject=subject,
        letters=subject.letters,
    )


def liken_names(ours: Named, theirs: Named, *, lasts: bool) -> Alike:
    """Hold two names against each other. ``lasts``: they count what stays, so that what is new is not what is there.

    >>> def alike(one, other, rate=False):
    ...     return liken_names(read_named(one, is_rate=rate), read_named(other, is_rate=rate), lasts=not rate)
    >>> alike("新增托位数", "新增 托位数").match, alike("保障房建设筹集数", "建设筹集保障房套数").match
    ('normalized', 'fuzzy')
    >>> alike("服务覆盖率", "服务满意率", rate=True).reason
    '覆盖率 is not 满意度'
    >>> alike("公共图书馆数", "公共文化馆数").reason
    '图书 is not 文化'
    """
    if ours.part == theirs.part and ours.plain == theirs.plain:
        return Alike("exact" if ours.printed == theirs.printed else "normalized", Decimal(1))
    similarity = _similarity(ours.letters, theirs.letters)
    if ours.whole == theirs.whole:
        return Alike("fuzzy", Decimal(1))
    if reason := _apart(ours, theirs, lasts):
        return Alike("", similarity, reason)
    if ours.subject.per != theirs.subject.per:
        one, other = (_COUNTED_BY.sub("", name.whole) for name in (ours, theirs))
        if ours.subject.per and theirs.subject.per and one and sorted(one) == sorted(other):
            return Alike("fuzzy", _similarity(ours.whole, theirs.whole))
        return Alike("", similarity, "another denominator")
    more, less = _surplus(ours.letters, theirs.letters), _surplus(theirs.letters, ours.letters)
    if more and less:
        return Alike("", similarity, f"{_in_order(more, ours)} is not {_in_order(less, theirs)}")
    if similarity >= ALIKE:
        return Alike("fuzzy", similarity, needs_numbers=bool(_narrower(ours, theirs)))
    if similarity >= ALIKE_WITH_NUMBERS and _has_one_gap(ours.subject.core, theirs.subject.core):
        return Alike("fuzzy", similarity, needs_numbers=True)
    return Alike("", similarity, f"under {ALIKE}")


def differ_in_denominator(ours: Named, theirs: Named) -> str:
    """Why numbers of one thing are counted by different numbers of people, or for different times; empty where they are not.

    >>> differ_in_denominator(read_named("护理员数", per="千人口"), read_named("护理员数", per="万名老年人口"))
    'denominator: 千人口 is not 万名老年人口'
    """
    if ours.subject.per == theirs.subject.per:
        return ""
    return f"denominator: {ours.per or 'none'} is not {theirs.per or 'none'}"


def differ_in_scope(ours: Named, theirs: Named) -> str:
    """Why numbers under two like names may not count the same: what brackets count in, or a word before one of the names.

    >>> differ_in_scope(read_named("住院报销比例(含大病保险)"), read_named("住院报销比例"))
    'scope: 含大病保险 in one of them only'
    >>> differ_in_scope(read_named("家庭养老床位数"), read_named("养老床位数"))
    'scope: 家庭 in one of them only'
    """
    if ours.asides != theirs.asides:
        return f"scope: {'、'.join(sorted(ours.asides ^ theirs.asides))} in one of them only"
    word = _narrower(ours, theirs)
    if not word and ours.subject.rate and _similarity(ours.letters, theirs.letters) < _SURELY_ALIKE:
        # 群众满意度 and 群众安全满意度: a word in the name of a rate may say of what it is.
        word = _in_order(_surplus(ours.letters, theirs.letters), ours) or _in_order(_surplus(theirs.letters, ours.letters), theirs)
    return f"scope: {word} in one of them only" if word else ""


def _narrower(ours: Named, theirs: Named) -> str:
    """The word before one of two names that are the same from there on; empty where there is none."""
    shorter, longer = sorted((ours.subject.core, theirs.subject.core), key=len)
    return longer.removesuffix(shorter) if longer.endswith(shorter) else ""


def _apart(ours: Named, theirs: Named, lasts: bool) -> str:
    """Why two names are of different things, whatever they have in common; empty where nothing says so."""
    for name, beside in ((ours, theirs), (theirs, ours)):
        if name.part and name.part not in beside.whole:
            return f"{name.part} only"
    one, other = ours.subject, theirs.subject
    if one.rate and other.rate and one.rate != other.rate:
        return f"{one.rate} is not {other.rate}"
    if one.is_apart_from(other) or one.alone != other.alone:
        return "of one of them only: " + "、".join(sorted(_sides(one) ^ _sides(other)))
    if lasts and one.natures != other.natures:
        return "what is new is not what is there"
    if ours.digits != theirs.digits:
        return f"{' '.join(ours.digits) or 'no number'} is not {' '.join(theirs.digits) or 'no number'} in the names"
    return ""


def _sides(subject: Subject) -> set[str]:
    return {side.name for sides in subject.sides.values() for side in sides}


def _similarity(one: str, other: str) -> Decimal:
    """The share of characters that two names have in common, whatever their order."""
    from rapidfuzz.distance import Indel  # here, since loading it takes longer than reading a notice

    return Decimal(f"{Indel.normalized_similarity(sorted(one), sorted(other)):.2f}")


def _surplus(one: str, other: str) -> Counter[str]:
    return Counter(one) - Counter(other)


def _in_order(surplus: Counter[str], name: Named) -> str:
    """The characters that a name has too many, as they stand in it."""
    left, found = surplus.copy(), ""
    for char in name.subject.core:
        if left[char] > 0:
            left[char] -= 1
            found += char
    return found or "".join(sorted(surplus.elements()))


def _has_one_gap(one: str, other: str) -> bool:
    """Whether a name is another one with one stretch more: 长护险参保人数, 长护险试点参保人数."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return longer.endswith(shorter[start:])


@cache
def _standards() -> dict[str, str]:
    return {fold_key(row["word"]): row["standard"] for row in vocabulary.entries("exchanged_words")}


@cache
def _exchanged() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_standards(), key=lambda word: (-len(word), word))))
