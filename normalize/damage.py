"""Damage that a copy or a site did to a text: found and told, never repaired."""

from __future__ import annotations

import re
from functools import cache

from extract.model import Notice, Table
from normalize import vocabulary
from normalize.results import Result
from normalize.sparse import SparsePattern

# Measure words that end no other word than those of the list of exceptions.
_MEASURES = "张|个|套|辆|座|艘|台|万元|亿元|平方米|平方公里|公里|人次|场次|万人|户|亩|万亩|床|万吨|万千瓦"
_NUMERAL = "0-9一二两三四五六七八九十百千万亿几数多余各每该这那整首某逐单分之"
_BROKEN_YEAR = SparsePattern("(?:19|20)[0-9]{3}", r"[〔\[(](?:19|20)[0-9]{3,}[〕\])]|(?<![0-9])(?:19|20)[0-9]{3}年")
_SPLIT_NUMBER = SparsePattern(r"\.\s|\s\.", r"(?<![0-9.])[0-9]{1,4}(?:\.\s+[0-9]{1,4}|\s+\.\s*[0-9]{1,4})\s?(?=[%‰个万亿元])")
_GLUED_YEAR = SparsePattern("(?:19|20)[0-9]{5}", r"(?<![0-9.,])(?:19|20)[0-9]{2}[0-9]{3,5}(?=个|家|所|套|户|名|人|张|座|处)")
_GLUED_RATES = SparsePattern("%[0-9.]", r"[0-9.]+%(?=[0-9.]+%)")
_LETTERS = SparsePattern("[0-9][OIl]|[OIl][0-9]", r"(?<![A-Za-z])(?:[0-9]+[OIl][0-9OIl]*|[OIl]+[0-9]+[OIl]+)(?=[年月日个万亿%家名])")
_LOST_RATE = re.compile(r"(?:达到|达|增长|提高到?|提升到?|不低于|不少于|超过|控制在|保持在|完成|为)[^\S\n]*(?:%|％|‰)")
_LOST_DATE = SparsePattern(r"月\s?日", r"(?<![0-9〇零○一二三四五六七八九十])年\s?(?:[0-9]{1,2})?月\s?日|(?<![0-9])月\s?日前")
# What the reader took for a label: there 、 is in the folded text where the text has a point.
_PARTED = re.compile(r"^[ \t]*(?:附件:?[ \t]*)?(?P<label>[0-9]{1,2})、(?=[0-9])", re.MULTILINE)
_VAGUE = SparsePattern("数[十百千万]", r"(?<![字人户函个次总件套指])数[十百千万]+余?(?:名|家|个|人|户|所|场|次|亩|项|条|张|台|辆|公里|万|亿)")
_UNREADABLE = re.compile("\ufffd+")


@cache
def _lost() -> SparsePattern:
    """A verb of delivery, a noun, and a measure word with no number before it: 新增床位张."""
    verbs = vocabulary.alternation("actions", lambda row: row["strength"] == "strong")
    measure = rf"(?<![{_NUMERAL}])(?:{_MEASURES})"
    return SparsePattern(
        rf"{measure}(?=[,。;、:!\n]|以上|左右|$)",
        rf"(?:{verbs})[\u4e00-\u9fff]{{2,8}}?{measure}(?=[,。;、:!]|(?<!元)(?:以上|左右)|$)",
        re.MULTILINE,
    )


@cache
def _words_like_measures() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('measure_like_words')})$")


def _is_heading(notice: Notice, start: int, end: int) -> bool:
    """Whether 增长% is a name with its unit: the end of a line of a table that is no sentence."""
    line_start, line_end = notice.folded.rfind("\n", 0, start) + 1, notice.folded.find("\n", end)
    line = notice.folded[line_start : line_end if line_end >= 0 else len(notice.folded)]
    if end - line_start != len(line) or re.search("[,;。:]", line):
        return False
    return any(isinstance(block, Table) and block.start <= start < block.end for block in notice.blocks)


def find_damage(notice: Notice) -> Result:
    """Checks for what seems lost, glued or split; numbers whose reading would be a guess are claimed as ``other``."""
    folded = notice.folded
    result = Result()
    for code, pattern, message, severity, is_claimed in (
        ("year_damaged", _BROKEN_YEAR, "a year of more than four digits", "error", True),
        ("number_split", _SPLIT_NUMBER, "a number broken by a blank", "error", True),
        ("numbers_glued", _GLUED_YEAR, "a year and a number seem to be glued together", "error", True),
        ("numbers_glued", _GLUED_RATES, "two rates stand side by side with nothing between", "error", False),
        ("letters_for_digits", _LETTERS, "letters stand in a number", "error", True),
        ("number_lost", _LOST_RATE, "a rate has no number", "error", False),
        ("date_damaged", _LOST_DATE, "a date has lost its numbers", "error", False),
        ("number_vague", _VAGUE, "a number that the notice leaves open", "info", False),
        ("undecodable_characters", _UNREADABLE, "characters that could not be read", "error", False),
    ):
        for match in pattern.finditer(folded):
            if pattern is _LOST_RATE and _is_heading(notice, match.start(), match.end()):
                continue
            result.check(code, f"{message}: {notice.text[match.start() : match.end()]}", match.start(), match.end(), severity=severity)
            if is_claimed:
                result.own(match.start(), match.end(), "other")
    for match in _lost().finditer(folded):
        if not _words_like_measures().search(folded, match.start(), match.end()):
            surface = notice.text[match.start() : match.end()]
            result.check("number_lost", f"a measure word has no number before it: {surface}", match.start(), match.end(), severity="error")
    for match in _PARTED.finditer(folded):
        if notice.text[match.end() - 1] != "、":
            line = notice.text[match.start() : match.start() + 16].partition("\n")[0]
            message = f"a label and a number with nothing between, which could be one number: {line}; read as label {match['label']}"
            result.check("label_glued", message, match.start(), match.end(), severity="warning")
    return result
