"""The units that answer for something, each once a document: its fullest name, its aliases, what level and kind it is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from extract.folding import fold_key
from normalize import vocabulary
from normalize.offices import kind_of
from normalize.results import Cells, Result

_LEVEL = re.compile(r"(?:团)?(?P<level>[省市县区州旗盟])(?!场监|政(?!府|协|法|务))")
_NATIONAL = re.compile(r"国家|国务院|中央|全国|中共中央")
_TOWNS = re.compile(r"^各?.{0,6}(?:镇|乡|街道)(?:\([^()]*\)|人民政府|办事处|党委)?$|^各?(?:镇|乡|街道)|街道办事处$")
# More names than any notice has: what compares them with one another is left out.
_MOST_COMPARED = 2000
_PLACED = re.compile(r"^(?P<place>.{2,8}?(?P<level>[省市县区州旗盟]))(?=.{2,})")


def find_organizations(responsibilities: Sequence[Cells]) -> Result:
    """Rows of ``organizations`` for the units named; each row given gets its ``organization_id``.

    Short and full names of one unit are one organization where only one full name fits: 区人力社保局 and
    区人力资源和社会保障局. Names that are near one another and not surely one are left apart, with a check.
    """
    result = Result()
    mentions = Counter(fold_key(str(row["name_as_written"])) for row in responsibilities)
    written: dict[str, str] = {}
    for row in responsibilities:
        written.setdefault(fold_key(str(row["name_as_written"])), str(row["name_as_written"]))
    same = _groups(list(written))
    ids: dict[str, str] = {}
    rows: dict[str, Cells] = {}
    for key in written:
        head = same[key]
        if head not in ids:
            ids[head] = f"o{len(ids) + 1}"
            name = written[head]
            rows[head] = {
                "organization_id": ids[head], "name": name, "level": level_of(name), "kind": kind_of(name) or "其他", "aliases": "", "mentions": 0,
            }  # fmt: skip
        rows[head]["mentions"] += mentions[key]
        if key != head:
            aliases = [alias for alias in str(rows[head]["aliases"]).split("、") if alias]
            rows[head]["aliases"] = "、".join([*aliases, written[key]])
    for row in responsibilities:
        row["organization_id"] = ids[same[fold_key(str(row["name_as_written"]))]]
    result.tables["organizations"] = list(rows.values())
    _check_names(result, responsibilities, written, mentions, same)
    return result


def level_of(name: str) -> str:
    """The level that a unit's name tells: 区教育局 → 区, 县委编办 → 县, 各镇(街道) → 镇街; empty where it tells none.

    >>> level_of("区教育局"), level_of("团区委"), level_of("各镇（街道）"), level_of("市生态环境局竹溪分局"), level_of("农业农村部")
    ('区', '区', '镇街', '市', '国家')
    """
    key = fold_key(name)
    if _TOWNS.match(key):
        return "镇街"
    if match := _LEVEL.match(key):
        return match["level"]
    if _NATIONAL.match(key) or key.endswith("部") and not re.search("[省市县区]", key) and len(key) > 3:
        return "国家"
    if match := _PLACED.match(key):
        return match["level"]
    return ""


@cache
def _short_forms() -> tuple[tuple[str, str], ...]:
    return tuple((row["short"], row["full"]) for row in vocabulary.entries("office_aliases"))


def _stem(key: str) -> tuple[str, str]:
    """The level or place before a name, and the rest: (区, 人力社保局)."""
    match = re.match(r"(?:(?:.{2,3})?[省市县区州旗])(?=.{2,})", key)
    return (match[0][-1], key[match.end() :]) if match else ("", key)


def _is_short_for(short: str, full: str) -> bool:
    """Whether a name is a short form of another: the same level, its characters in order in the other, the same ending."""
    if len(short) >= len(full) or short[-1] != full[-1]:
        return False
    (level, a), (other, b) = _stem(short), _stem(full)
    if level and other and level != other:
        return False
    # 供销社 is 供销合作社联合社, but 各镇 is no short form of 各镇(街道) that could be told by its letters.
    if "(" in a + b or a[0] != b[0] or len(a) < 3:
        return False
    rest = iter(b)
    return all(char in rest for char in a)


def _groups(keys: list[str]) -> dict[str, str]:
    """For each name, the fullest name of the same unit; its own where none or more than one would do."""
    heads = {key: key for key in keys}
    if len(keys) > _MOST_COMPARED:
        return heads
    known = set(keys)
    by_ends: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        by_ends.setdefault((_stem(key)[1][:1], key[-1]), []).append(key)
    for key in keys:
        fuller = [other for other in by_ends[_stem(key)[1][:1], key[-1]] if _is_short_for(key, other)]
        listed = (key.removesuffix(short) + full for short, full in _short_forms() if key.endswith(short))
        fuller += [other for other in listed if other in known and other != key]
        longest = [other for other in dict.fromkeys(fuller) if not any(_is_short_for(other, third) for third in fuller)]
        if len(longest) == 1:
            heads[key] = longest[0]
    for key in keys:
        while heads[heads[key]] != heads[key]:
            heads[key] = heads[heads[key]]
    return heads


def _check_names(
    result: Result, rows: Sequence[Cells], written: dict[str, str], mentions: Counter[str], same: dict[str, str]
) -> None:
    """A name met once that differs by a character from another may be a slip of the pen, or two units."""
    first: dict[str, Cells] = {}
    for row in rows:
        first.setdefault(fold_key(str(row["name_as_written"])), row)
    alike: dict[str, list[str]] = {}
    for key in written:
        for masked in _masks(key):
            alike.setdefault(masked, []).append(key)
    for key, row in first.items():
        subject = {"subject_kind": str(row["subject_kind"]), "subject_id": str(row["subject_id"])}
        near = {other for masked in _masks(key) for other in alike[masked] if mentions[other] > 1 and same[other] != same[key]}
        if mentions[key] == 1 and near:
            others = "、".join(written[other] for other in sorted(near))
            message = f"{written[key]} is named once and differs by one character from {others}"
            result.check("unit_name_near_another", message, row["start"], row["end"], **subject)
        if not kind_of(written[key]):
            message = f"{written[key]} does not end as names of units do"
            result.check("unit_name_unusual", message, row["start"], row["end"], **subject)


def _masks(key: str) -> list[str]:
    """The name with each of its characters left out, but the first: 区教育局 and 县教育局 are two units, and no slip."""
    return [f"{key[:index]}*{key[index + 1 :]}" for index in range(1, len(key))] if 4 < len(key) <= 40 else []
