"""Lines of canonical text: blanks, invisible characters, and the furniture of pages that is no part of a notice."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile("[ \t\r\n\f\v\u00a0\u2002-\u200a\u2028\u2029\u202f\x85]+")
_HAN_BREAK = re.compile("(?<=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60])[ \t]*\r?\n[ \t\r\n]*(?=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60])")
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|rtf|zip|rar|pptx?|ofd|ceb|7z)\s*$", re.IGNORECASE)
_TOOLS = re.compile(
    r"[\[【(]?\s*(?:(?:浏览量|(?:浏览|访问|阅读|点击)(?:次数|量|数)|(?:浏览|阅读|点击)(?=\s*:))\s*:?\s*[\d,-]*\s*(?:人次|次)?|字[体号]\s*:?\s*(?:[\[【(]?\s*(?:[大中小]|放大|正常|缩小)\s*[\]】)]?\s*){1,3}"
    r"|打印(?:本页)?|关闭(?:窗口)?|分享(?:到)?\s*:?|收藏(?:本页)?)\s*[\]】)]?"
)
_BYLINE = re.compile(r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?: [0-9:]{4,8})?\s*)?[\[【(]?(?:信息来源|文章来源|来源|发布时间|发布日期|发布机构|时间|日期|作者|编辑|责任编辑|浏览次数|浏览量)\s*:")


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
    return bool(_FILE_NAME.search(text[-120:]))


@cache
def _furniture(scope: str) -> re.Pattern[str]:
    with open(Path(__file__).parent / "furniture.csv", encoding="utf-8", newline="") as file:
        rows = [row["pattern"] for row in csv.DictReader(file) if scope == "edge" or row["scope"] == "any"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows))


def is_furniture(folded: str, at_edge: bool = False) -> bool:
    """Whether a folded line is a tool, a trail or a footer of the site and not of the notice.

    ``at_edge``: the line stands above or below everything that is the notice, where a bare 政务公开 is a menu; inside, it may be
    the value of a field, and 主办单位：… a line of the notice.

    >>> is_furniture("字体:【大】 【小】"), is_furniture("进入老年版"), is_furniture("一、指标目标")
    (True, True, False)
    >>> is_furniture("政务公开"), is_furniture("政务公开", at_edge=True)
    (False, True)
    """
    return len(folded) <= 200 and _furniture("edge" if at_edge else "any").fullmatch(folded) is not None


def without_tools(line: str, folded: str) -> str:
    """A line of the kind 来源：… 发布日期：… without the counters and buttons in it; any other line as it is.

    >>> without_tools("发布日期：2023-05-04 浏览次数：12 【打印】", "发布日期:2023-05-04 浏览次数:12 【打印】")
    '发布日期：2023-05-04'
    """
    if len(folded) > 200 or not _BYLINE.match(folded):
        return line
    kept, end = [], 0
    for match in _TOOLS.finditer(folded):
        kept.append(line[end : match.start()])
        end = match.end()
    return clean_line("".join(kept) + line[end:])


def without_edges(lines: list[str]) -> tuple[int, int]:
    """Where the notice begins and ends in folded lines: the furniture above and below is left out.

    >>> without_edges(["网站首页", "关于印发方案的通知", "政务公开", "第一条", "主办:区政府办公室"])
    (1, 4)
    """
    start, end = 0, len(lines)
    while start < end and is_furniture(lines[start], at_edge=True):
        start += 1
    while end > start and is_furniture(lines[end - 1], at_edge=True):
        end -= 1
    return start, end
