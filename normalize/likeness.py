"""How alike the names of table and prose are, and how near their numbers must be for a pair.

The less alike two names are, the nearer their numbers must be, up to the same number with several digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.amounts import Amount, Fit, compare_units
from normalize.subjects import Subject
from normalize.table_and_prose import Promise

# How alike two cores are: the share of characters in both, and the share of the shorter one's that the longer has.
_SAME_SHARE, _NEAR_SHARE, _LOOSE_SHARE = 0.95, 0.8, 0.55
_CONTAINED = 0.9
# Levels of likeness, and what each asks of the numbers.
_SAME, _NEAR, _LOOSE, _BARE = 4, 3, 2, 1
_LONG_NAME, _SHORT_NAME, _NEARLY = Decimal(3), Decimal(2), Decimal("1.1")
_MANY_DIGITS = 4
# Measured on a scale where all values lie near each other.
_GRADED = {"rate", "time", "score", "ratio"}
_REACHES = re.compile("(?:增加|扩大|提高|提升|达|稳定|保持|维持)[到至在]|增至|保有")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name of the table beside one of the prose: the level, and the share of characters that they have in common."""

    level: int
    alike: float
    ours: Subject
    theirs: Subject


def liken(ours: Subject, theirs: Subject, domain: str) -> Likeness | None:
    """How alike a name of the table and one of the prose are; ``None`` where they are of different things."""
    from rapidfuzz.distance import LCSseq  # here, since loading it takes longer than reading a notice without pairs

    shorter, longer = sorted((ours.core, theirs.core), key=len)
    if len(shorter) < 2 or (ours.rate and theirs.rate and ours.rate != theirs.rate):
        return None
    # Characters are the words of a name, and their order says little: 养老护理员持证人数.
    shared = LCSseq.similarity(ours.letters, theirs.letters)
    alike, contained = 2 * shared / (len(shorter) + len(longer)), shared / len(shorter)
    level = 0
    if alike >= _SAME_SHARE or (alike >= _LOOSE_SHARE and _is_implied(shorter, longer, domain)):
        level = _SAME
    elif alike >= _NEAR_SHARE and contained >= _CONTAINED:
        level = _NEAR
    elif alike >= _LOOSE_SHARE and contained == 1:
        level = _LOOSE
    elif len(theirs.key) > 2 and ours.key.endswith(theirs.key):
        level = _BARE
    if not level or ours.is_apart_from(theirs):
        return None
    if ours.alone != theirs.alone:
        level = min(level, _LOOSE)
    return Likeness(level, alike, ours, theirs)


def _is_implied(shorter: str, longer: str, domain: str) -> bool:
    """Whether the longer name has one word more, which only repeats the topic that it stands under.

    >>> _is_implied("持证护理员", "持证养老护理员", "养老服务"), _is_implied("持证护理员", "持证医疗护理员", "养老服务")
    (True, False)
    """
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    end = len(longer) - (len(shorter) - start)
    surplus = longer[start:end]
    return 0 < len(surplus) <= 4 and longer[end:] == shorter[start:] and set(surplus) <= set(domain)


def is_pair(likeness: Likeness, promise: Promise, table: Amount, year: int | None, years: set[int]) -> bool:
    """Whether a promise speaks of a value of the table. ``year`` is the value's; ``years`` are those that lie ahead."""
    are_new = "new" in likeness.ours.natures and "new" in likeness.theirs.natures
    fit = min(
        _fit_of_time(year, promise, years),
        _fit_of_natures(likeness, promise, table),
        _fit_of_denominators(likeness),
        compare_units(table, promise.amount, are_new=are_new),
        Fit.DOUBT if promise.is_local else Fit.YES,
    )
    return fit != Fit.NO and _is_supported(likeness, fit, table, promise.amount)


def _fit_of_time(year: int | None, promise: Promise, years: set[int]) -> Fit:
    if promise.is_oftener and not promise.amount.is_rate:
        return Fit.NO
    if year is None:
        return Fit.YES if promise.year is None or promise.is_yearly else Fit.DOUBT
    if promise.is_yearly:
        return Fit.YES if year in years and year <= (promise.year or year) else Fit.NO
    if promise.year is not None:
        # What a plan adds up over its years is a year's value only where the table adds up too.
        return Fit.NO if year != promise.year else Fit.DOUBT if promise.is_over_years else Fit.YES
    # In a plan over years, what names no year is most likely for the last.
    return Fit.NO if year != max(years) else Fit.YES if len(years) == 1 else Fit.DOUBT


def _fit_of_natures(likeness: Likeness, promise: Promise, table: Amount) -> Fit:
    """What is new compares with what is new: 新增慈善组织1家 says nothing of 慈善组织数量."""
    if not table.lasts or not promise.amount.lasts:
        return Fit.YES
    ours, theirs = likeness.ours.natures, likeness.theirs.natures
    if promise.is_yearly:
        theirs |= {"new"}
    if ours and theirs:
        return Fit.YES if ours & theirs else Fit.NO
    if not ours and not theirs:
        return Fit.YES
    if ours:
        return Fit.YES if bool(_REACHES.search(promise.clause)) == ("held" in ours) else Fit.DOUBT
    return Fit.YES if likeness.ours.has_verb == ("new" in theirs) else Fit.DOUBT


def _fit_of_denominators(likeness: Likeness) -> Fit:
    ours, theirs = likeness.ours.per, likeness.theirs.per
    if ours == theirs:
        return Fit.YES
    return Fit.NO if ours and theirs else Fit.DOUBT


def _is_supported(likeness: Likeness, fit: Fit, table: Amount, prose: Amount) -> bool:
    """Whether the numbers are as near as the names and the doubts ask for."""
    is_equal = table.equals(prose)
    if likeness.level == _BARE:
        return is_equal and fit == Fit.YES and table.digits() >= _MANY_DIGITS
    if likeness.level == _LOOSE or (likeness.level == _NEAR and fit == Fit.DOUBT):
        return is_equal and table.is_telling()
    if fit == Fit.DOUBT:
        return is_equal
    is_graded = table.dimension in _GRADED
    if likeness.level == _NEAR:
        return is_equal if is_graded else table.is_within(_NEARLY, prose)
    return is_graded or table.is_within(_SHORT_NAME if len(likeness.ours.core) == 2 else _LONG_NAME, prose)
