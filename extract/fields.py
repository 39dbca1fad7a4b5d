"""Labels of the field block that government pages print above a notice: 索引号, 发文字号, 成文日期 …"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


@cache
def labels() -> dict[str, str]:
    """Every label, folded and without blanks, with the column of ``documents`` that it fills (empty: read and left)."""
    with open(Path(__file__).parent / "field_labels.csv", encoding="utf-8", newline="") as file:
        return {row["label"]: row["column"] for row in csv.DictReader(file)}


@cache
def label_pattern() -> re.Pattern[str]:
    """A label in folded text, blanks between its characters allowed; group ``label`` is what is printed."""
    words = sorted(labels(), key=lambda word: (-len(word), word))
    spaced = "|".join(r"[ \u3000]*".join(map(re.escape, word)) for word in words)
    return re.compile(rf"(?<![\u4e00-\u9fff])[【\[]?(?P<label>{spaced})(?![\u4e00-\u9fff])[】\]]?[ \u3000]*:?[ \u3000]*")


def counts_labels(folded: str) -> int:
    """How many field labels a text holds, each at a word's start: 索引号 1133… 发文字号 … has two."""
    if len(folded) > 600:
        return 0
    return sum(1 for _ in label_pattern().finditer(folded))
