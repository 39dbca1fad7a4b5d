"""Full width to half width, one character to one, so that offsets into the text hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _table() -> dict[int, str]:
    pairs = {}
    for code in (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE6C), 0x3000, 0x00A0):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and not unicodedata.combining(folded):
            pairs[code] = folded
    return pairs


_FOLDING = _table()


def fold(text: str) -> str:
    """``text`` with full-width forms as half width; as long as ``text``. 〔〕“”—、。 stay as they are.

    >>> fold("（一）达到８５％，其中：")
    '(一)达到85%,其中:'
    """
    return _folded_name(text) if len(text) <= _LONGEST_NAME else text.translate(_FOLDING)


# Names, units and cells are asked about again and again.
_LONGEST_NAME = 64


@lru_cache(maxsize=4096)
def _folded_name(text: str) -> str:
    return text.translate(_FOLDING)


# 1.10个乡镇, 3.6月底前, 2.2025年: what can't be counted in tenths follows, in a line that goes on.
_GLUED_LABEL = re.compile(
    r"^([ \t]*(?:附件:?[ \t]*)?[0-9]{1,2})\.(?=(?:[0-9]{1,3}余?(?:周?岁|月(?!龄)|个(?!百分点|月|点)|[家所名座户项件条支台套辆间处镇乡村街])|20[0-9]{2}年)[^\n]{4})",
    re.MULTILINE,
)


# The label of a line, or what may be one: 2.10%以上的社区… is a label and a rate only where 1. stands before it.
_POINTED = re.compile(
    r"^[ \t]*(?P<label>[0-9]{1,2})\.(?:(?![0-9])|(?P<glued>(?=[0-9]+(?:\.[0-9]+)?(?:[%‰万亿千百余多元亩吨]|公里|平方|立方)[^\n]{8})))", re.MULTILINE
)


def separate_labels(folded: str) -> str:
    """Folded text with the point between a label and the number behind it as 、, so that the two are not read as a decimal.

    >>> separate_labels("1.10个乡镇建成敬老院\\n3.6月底前建成\\n1.5万人次以上的\\n2.5个百分点以上")
    '1、10个乡镇建成敬老院\\n3、6月底前建成\\n1.5万人次以上的\\n2.5个百分点以上'
    >>> separate_labels("1.建成托位\\n2.10%以上的社区有食堂。\\n1.5万人次以上的老人有补贴。")
    '1.建成托位\\n2、10%以上的社区有食堂。\\n1.5万人次以上的老人有补贴。'
    """
    folded = _GLUED_LABEL.sub(r"\1、", folded)
    before, points = 0, []
    for match in _POINTED.finditer(folded):
        number = int(match["label"])
        if match["glued"] is None:
            before = number
        elif before and number == before + 1:
            before = number
            points.append(match.end("label"))
    kept = 0
    parts = []
    for point in points:
        parts += [folded[kept:point], "、"]
        kept = point + 1
    return "".join(parts) + folded[kept:] if points else folded


def fold_key(text: str) -> str:
    """``text`` for comparing: NFKC, without blanks, lower case. Its length differs, so it gives no offsets."""
    return _key_of_line(text) if len(text) <= _LONGEST_LINE else _key(text)


_LONGEST_LINE = 600


@lru_cache(maxsize=1024)
def _key_of_line(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
