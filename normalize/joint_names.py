"""Splits and merges: a name that joins two (优质均衡县和普及普惠县创建率) beside the two names that it joins.

Both halves must be found, each in one row of the other notice that has no other counterpart; half a join is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from extract.folding import fold_key

_JOINTS = re.compile("以及|[和与及暨、]")
_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉()\[\]〔〕【】★*]")
# A half must have so many characters of its own, and a name at most such a share that the joint name lacks.
_SHORTEST, _STRANGE = 2, 0.35
#: So many joints of a name are tried, and so many names beside it.
_MOST_JOINTS, _MOST_NAMES = 6, 40


def find_halves(joint: str, names: Mapping[int, str]) -> tuple[int, int] | None:
    """Which two of ``names`` a name joins, the first half first; ``None`` where it joins none, or may join several.

    >>> find_halves("高血压、糖尿病患者规范管理率", {1: "高血压患者规范管理率", 2: "糖尿病患者规范管理率", 3: "结核病患者规范管理率"})
    (1, 2)
    >>> find_halves("构建和谐劳动关系", {1: "构建工资增长机制", 2: "发展和谐劳动关系"}) is None
    True
    """
    whole = _key(joint)
    keys = {place: _key(name) for place, name in sorted(names.items())[:_MOST_NAMES]}
    keys = {place: key for place, key in keys.items() if key != whole and _is_mostly_in(key, whole)}
    found: set[tuple[int, int]] = set()
    for match in [*_JOINTS.finditer(whole)][:_MOST_JOINTS]:
        first, second = whole[: match.start()], whole[match.end() :]
        for one, key in keys.items():
            own = second[: len(second) - _common_end(key, second)]
            if len(first) < _SHORTEST + 1 or len(own) < _SHORTEST or first not in key or own in key:
                continue
            found |= {(one, other) for other, name in keys.items() if other != one and own in name and first not in name}
    return next(iter(found)) if len(found) == 1 else None


def find_joined(joints: Sequence[str], names: Sequence[str], fits: Mapping[int, Set[int]]) -> dict[int, tuple[int, int]]:
    """The joint names by place, each with the places of the two names that it joins; ``fits`` says which may stand beside which."""
    found: dict[int, tuple[int, int]] = {}
    for place, others in sorted(fits.items()):
        if len(others) > 1 and (halves := find_halves(joints[place], {other: names[other] for other in others})):
            found[place] = halves
    taken = Counter(place for halves in found.values() for place in halves)
    return {joint: halves for joint, halves in found.items() if all(taken[place] == 1 for place in halves)}


def _key(name: str) -> str:
    return _MARKS.sub("", fold_key(name))


def _is_mostly_in(name: str, whole: str) -> bool:
    return sum((Counter(name) - Counter(whole)).values()) <= _STRANGE * len(name)


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length
