"""What a notice hands on: the words for it (印发, 转发 …), and the title that stands with them.

All take folded text (``extract.folding.fold``).
"""

from __future__ import annotations

import re
from functools import cache

from normalize import vocabulary

_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》){4,120})》")


@cache
def handing_verbs() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("handing_verbs"))


@cache
def _of_title() -> re.Pattern[str]:
    verbs = vocabulary.alternation("handing_verbs")
    return re.compile(rf"(?:{verbs})(?P<name>.{{4,}}?)的?(?:通知|函|决定|公告|通告|意见)(?:\([^()]*\))?$")


def hands_on(folded: str) -> bool:
    """Whether a title or sentence hands a document on."""
    return handing_verbs().search(folded) is not None


def quoted_titles(folded: str) -> list[tuple[int, int]]:
    """The stretches inside 《》, the outermost ones.

    >>> text = "现将《某县工作要点》印发给你们"
    >>> [text[start:end] for start, end in quoted_titles(text)]
    ['某县工作要点']
    """
    return [match.span(1) for match in _QUOTED.finditer(folded)]


def handed_titles(title: str) -> list[tuple[int, int]]:
    """The stretches of a title that name what it hands on: those in 《》, else what stands between 印发 and 的通知.

    >>> title = "某县政府关于印发某县工作要点的通知"
    >>> [title[start:end] for start, end in handed_titles(title)]
    ['某县工作要点']
    """
    if not hands_on(title):
        return []
    match = _of_title().search(title)
    return quoted_titles(title) or ([match.span("name")] if match else [])
