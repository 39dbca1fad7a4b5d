"""Labels of the field block that government pages print above a notice: 索引号, 发文字号, 成文日期 …"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from extract.folding import fold, fold_key

_BULLET = re.compile(r"[-*•·●▪>#\s]{0,6}")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章条]|\([一二三四五六七八九十]{1,3}\)")
_HEAD_LINES = 60
_TITLE = re.compile(r"关于.{2,}的(?:通知|意见|通报|决定|公告|通告|函|批复|报告|请示)")


@cache
def labels() -> dict[str, str]:
    """Every label, folded and without blanks, with the column of ``documents`` that it fills (empty: read and left)."""
    with open(Path(__file__).parent / "field_labels.csv", encoding="utf-8", newline="") as file:
        return {row["label"]: row["column"] for row in csv.DictReader(file)}


@cache
def label_pattern() -> re.Pattern[str]:
    """A label in folded text, blanks between its characters allowed; group ``label`` is what is printed.

    It stands at a word's start; a long one with its colon also where the blanks between the fields are lost.
    """
    words = sorted(labels(), key=lambda word: (-len(word), word))
    spaced = "|".join(r"[ \u3000]*".join(map(re.escape, word)) for word in words)
    glued = "|".join(re.escape(word) for word in words if len(word) >= 4)
    start = rf"(?:(?<![\u4e00-\u9fff])|(?=(?:{glued}):))"
    return re.compile(rf"{start}[【\[]?(?P<label>{spaced})(?![\u4e00-\u9fff])[】\]]?[ \u3000]*:?[ \u3000]*")


def counts_labels(folded: str) -> int:
    """How many field labels a text holds, each at a word's start: 索引号 1133… 发文字号 … has two."""
    if len(folded) > 600:
        return 0
    return sum(1 for _ in label_pattern().finditer(folded))


def parse_fields(text: str) -> dict[str, str]:
    """Label → value as printed, the first of each label; empty where the next label follows at once.

    >>> parse_fields("索 引 号：1133/2023 组配分类：区府办文件 文号： 发布日期：2023-05-04")
    {'索引号': '1133/2023', '组配分类': '区府办文件', '文号': '', '发布日期': '2023-05-04'}
    >>> parse_fields("主题分类:综合政务发文字号:某政〔2023〕1号成文日期:2023-05-04")
    {'主题分类': '综合政务', '发文字号': '某政〔2023〕1号', '成文日期': '2023-05-04'}
    """
    matches = list(label_pattern().finditer(fold(text)))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    found: dict[str, str] = {}
    for match, end in zip(matches, ends, strict=True):
        found.setdefault(fold_key(match["label"]), text[match.end() : end].strip(" \u3000|"))
    return found


def field_lines(folded: Sequence[str]) -> list[int]:
    """Which lines at the head of a notice are its field block, given folded; labels and the values on the lines after them.

    >>> field_lines(["索引号", "1133/2023", "文号:某政〔2023〕1号", "关于印发方案的通知", "各镇人民政府:"])
    [0, 1, 2]
    """
    found: list[int] = []
    names: set[str] = set()
    awaits_value = False
    for index, line in enumerate(folded[:_HEAD_LINES]):
        matches = list(label_pattern().finditer(line)) if len(line) <= 600 else []
        bullet = _BULLET.match(line)
        starts_with_label = bool(matches) and bullet is not None and matches[0].start() <= bullet.end()
        if starts_with_label:
            found.append(index)
            names |= {fold_key(match["label"]) for match in matches}
            # A label alone on its line has its value on the next; an empty one among others has none.
            awaits_value = matches[0].end() == len(line)
        elif awaits_value and len(line) <= 120 and not line.endswith(":") and not _TITLE.search(line):
            found.append(index)
            awaits_value = False
        else:
            awaits_value = False
            if _HEADING.match(line):
                break
    return found if len(names) >= 2 else []
