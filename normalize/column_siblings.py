"""What columns have from others beside them: rates of growth, parts of a whole (其中:大豆), names of indicators across."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.folding import fold
from normalize.column_roles import Column, without_brackets
from normalize.headings import Heading

_PART = re.compile(r"其中\s*:?\s*(?=.)")
_OVER_YEARS = re.compile("年均|累计")
_LEADING_YEAR = re.compile(r"^(?:(?:19|20)[0-9]{2}年度?|[上本]年度?|[去今]年)(?=.)")
# What a caption says around the one thing that all its numbers are of: 2026年各乡镇(改厕)目标任务分解表.
_BEFORE_NAME = re.compile(
    r"^(?:(?:附[件表]|表)\s*[0-9一二三四五六七八九十]*\s*[:.、]?\s*|.{1,8}?[省市县区州旗](?=20[0-9]{2}年)|(?:19|20)[0-9]{2}年度?"
    r"|[全各]?(?:乡镇|镇街|街镇|县区|区县|县市区|县\(市、区\)|乡镇\(街道\)|镇\(街道\)|镇|乡|[省市县区州旗])(?:\(.{1,6}\))?|分解)+"
)
_AFTER_NAME = re.compile(r"(?:年度|主要|工作|目标|任务|指标|计划|分解|分配|情况|明细|一览|汇总|数)*表?$")
_NO_NAME = re.compile(r"[、和及与等;,。:]|重点|主要|综合|有关|各项|单位|部门|考核")


def part_in(path: Sequence[str]) -> str:
    """What part of its whole a column is, as a heading over it says; empty where none does.

    >>> part_in(("播种面积（万亩）", "其中：大豆")), part_in(("播种面积（万亩）", "任务"))
    ('大豆', '')
    """
    for text in path:
        key = "".join(fold(text).split())
        if match := _PART.match(key):
            return without_brackets(key[match.end() :])
    return ""


def growth_word(heading: Heading) -> str:
    """What a column of growth is called: 增长 of 2025年增长(%), as its year is told beside it."""
    word = without_brackets(heading.text)
    is_one_year = not heading.part and (heading.year is not None or heading.relative is not None)
    word = (_LEADING_YEAR.sub("", word) if is_one_year else word).removeprefix(heading.area)
    # 上半年 over 增幅: part of the year is no year, and tells one rate from another.
    return word if not heading.part or heading.part in word else f"{heading.part} {word}"


def settle_growth(columns: Sequence[Column], paths: Sequence[Sequence[str]]) -> list[Column]:
    """Columns with the rates of growth given the kind and year of the values that they stand behind.

    One rate behind values of several years is of the last of them: its year and kind are left open.
    """
    found = list(columns)
    for column in columns:
        if column.role != "growth" or column.kind or _OVER_YEARS.search(column.component):
            continue
        same = [c for c in columns if c.name == column.name and tuple(paths[c.index][:-1]) == tuple(paths[column.index][:-1])]
        values = [c for c in same if c.role == "value" and not c.is_part]
        before = [c for c in values if c.index < column.index]
        if not before:
            continue
        is_lone = sum(c.role == "growth" for c in same) == 1 and before == values
        is_dated = column.year is not None or column.relative is not None
        is_alike = len({(c.kind, c.year, c.relative) for c in values}) == 1
        if is_lone and not is_dated and not is_alike:
            continue
        own = before[-1]
        found[column.index] = replace(
            column, kind=own.kind, year=column.year if is_dated else own.year, relative=column.relative if is_dated else own.relative,
            area=column.area or own.area,
        )  # fmt: skip
    return found


def settle_part(column: Column, columns: Sequence[Column], part: str) -> Column:
    """A column of a part with what it has of the whole that it stands beside."""
    wholes = [c for c in columns if c.role == "value" and not c.is_part and c.index < column.index]
    whole = wholes[-1] if wholes else None
    given = replace(column, role="value", component=part, is_part=True)
    if whole is None:
        return given
    is_dated = column.year is not None or column.relative is not None
    return replace(
        given, kind=column.kind or whole.kind, year=column.year if is_dated else whole.year,
        relative=column.relative if is_dated else whole.relative, unit=column.unit or whole.unit, area=column.area or whole.area,
    )  # fmt: skip


def name_in_caption(lines: Sequence[str]) -> str:
    """The one thing that the line above a table says its numbers are of; empty where it names none, or several.

    >>> name_in_caption(["2026年财政收入任务表"]), name_in_caption(["2026年各乡镇改厕目标任务分解表", "单位：户"])
    ('财政收入', '改厕')
    >>> name_in_caption(["2026年目标任务分解表"]), name_in_caption(["就业和培训任务表"]), name_in_caption(["一、进度安排"])
    ('', '', '')
    """
    for line in reversed(lines):
        text = "".join(fold(line).split())
        text = re.sub(r"\(单位:[^()]*\)$", "", text)
        if not text.endswith("表"):
            continue
        name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", text))
        return name if 2 <= len(name) <= 16 and not _NO_NAME.search(name) else ""
    return ""
