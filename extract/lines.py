"""Lines of canonical text: blanks, invisible characters, and the furniture of pages that is no part of a notice."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile("[ \t\r\n\f\v\u00a0\u2002-\u200a\u202f]+")
_HAN_BREAK = re.compile("(?<=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60])[ \t]*\r?\n[ \t\r\n]*(?=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60])")
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|rtf|zip|rar|pptx?|ofd|7z)\s*$", re.IGNORECASE)


def clean_line(text: str) -> str:
    """One line of canonical text: no blank at either end, none doubled, nothing invisible.

    >>> clean_line("\\u3000\\u3000一、\\u200b指标 \\u00a0目标\\n")
    '一、指标 目标'
    """
    text = _INVISIBLE.sub("", text)
    text = _HAN_BREAK.sub("", text)
    return _BLANKS.sub(" ", text).strip(" \u3000").strip()


def names_file(text: str) -> bool:
    """Whether a line or link ends as the name of a file does."""
    return bool(_FILE_NAME.search(text))


@cache
def _furniture() -> re.Pattern[str]:
    with open(Path(__file__).parent / "furniture.csv", encoding="utf-8", newline="") as file:
        return re.compile("|".join(f"(?:{row['pattern']})" for row in csv.DictReader(file)))


def is_furniture(line: str) -> bool:
    """Whether a folded line is a tool, a trail or a footer of the site and not of the notice.

    >>> is_furniture("字体:【大】 【小】"), is_furniture("进入老年版"), is_furniture("一、指标目标")
    (True, True, False)
    """
    return len(line) <= 200 and _furniture().fullmatch(line) is not None
