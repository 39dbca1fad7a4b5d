"""Attachments on the page: lists of their names (附件：1.… 2.…), and lines 附件1 above a document that is enclosed."""

from __future__ import annotations

import re

from extract.model import Span, Table
from extract.outline import parse_ordinal
from normalize import line_kinds as lines
from normalize.dates import find_dates, is_date_line
from normalize.sheet import Sheet

_LONGEST_LIST = 60
_LONGEST_LINE = 400
_SIGNATORIES = 12
# 1.2024年度任务: the number of an entry may stand before a year.
_NUMBER = r"(?:[0-9]{1,2}\s*[.、)](?![0-9]{1,3}(?![0-9]))|\([0-9]{1,2}\)|[①-⑳]|[一二三四五六七八九十]{1,3}、)"
_ENTRY = re.compile(rf"(?:(?<=[\s。;,])|^)\s*{_NUMBER}\s*")
_FIRST = re.compile(_NUMBER)


def split_names(folded: str) -> list[str]:
    """The names in a line of a list of attachments, without 附件: and their numbers.

    >>> split_names("附件:1.任务清单 2.主要指标表"), split_names("2.2024年项目清单"), split_names("附件1 评分表")
    (['任务清单', '主要指标表'], ['2024年项目清单'], ['评分表'])
    """
    head = lines.list_head(folded)
    rest = folded[head.end() :] if head else folded
    return [name.strip(" ;。,") for name in _ENTRY.split(rest) if name.strip(" ;。,")]


def entry_number(folded: str) -> int:
    """The number that an entry of a list begins with; 0 where it has none.

    >>> entry_number("2.2024年度任务清单"), entry_number("(3)项目表"), entry_number("任务清单")
    (2, 3, 0)
    """
    match = _FIRST.match(folded.strip())
    return parse_ordinal(match[0].strip(" .、()")) if match else 0


def list_lines(sheet: Sheet, index: int, end: int) -> list[int]:
    """The lines of a list of attachments that begins at ``index``: its head, and the numbered lines that follow."""
    text = sheet.texts[index]
    head = lines.list_head(text)
    if head is None or len(text) > _LONGEST_LINE:
        return []
    rest = text[head.end() :]
    if "。" in re.sub("《[^》]*》", "", rest).rstrip("。"):
        return []
    last = entry_number(rest)
    found = [index]
    if rest and not last:
        return found
    for place in range(index + 1, min(end, index + _LONGEST_LIST)):
        if sheet.kind(place) == "attachment":
            continue
        if not sheet.is_open(place):
            break
        text = sheet.texts[place]
        if entry_number(text) == last + 1 and len(text) <= 120 and not re.search("[。;].", text):
            last += 1
            found.append(place)
            continue
        if place == index + 1 and not rest and not entry_number(text) and lines.is_titlelike(text):
            # 附件: and the only name below it.
            found.append(place)
        break
    return found


def attachment_list(sheet: Sheet, index: int, end: int) -> int:
    """How many lines from ``index`` on are a list of attachments; a bare 附件: above a document is none."""
    found = list_lines(sheet, index, end)
    if not found:
        return 0
    is_bare = found == [index] and lines.is_marker(sheet.texts[index].rstrip(": "))
    if is_bare and sheet.is_open(index + 1) and not ends_text(sheet, index + 1, end):
        return 0
    return found[-1] - index + 1


def ends_text(sheet: Sheet, index: int, end: int) -> bool:
    """Whether no text stands at ``index``: a signature does, a line 附件, or nothing."""
    index = sheet.next_open(index)
    if index >= end:
        return True
    text = sheet.texts[index]
    if not text:
        return False
    if lines.is_marker(text) or lines.is_public(text) or lines.is_imprint(text) or lines.list_head(text):
        return True
    for place in range(index, min(end, index + _SIGNATORIES)):
        if is_date_line(sheet.texts[place]):
            return True
        if not sheet.is_unit(place):
            break
    dates = list(find_dates(text)) if len(text) < 160 else []
    return bool(dates) and lines.is_unit(text[: dates[0].start].strip())


def is_above_document(sheet: Sheet, index: int, end: int) -> bool:
    """Whether a line 附件 stands above a document, and not at the head of a list."""
    following = sheet.next_open(index + 1)
    text = sheet.texts[index].rstrip()
    is_head = text.endswith(":") and not re.search("[0-9一二三四五六七八九十]", text)
    return following < end and not (is_head and entry_number(sheet.texts[following]) == 1)


def is_title_of_annex(sheet: Sheet, index: int, end: int, listed: set[str], key: str) -> bool:
    """Whether a line 附件1:… is the title of a document that begins here. ``listed`` are the names of lists before."""
    following = sheet.next_open(index + 1)
    if following >= end:
        return False
    if key in listed:
        return True
    if ends_text(sheet, following, end):
        return False
    head = lines.list_head(sheet.texts[index])
    if head is not None and head["number"] or isinstance(sheet.blocks[following], Table):
        return True
    return sheet.labels[following] is not None or len(sheet.texts[following]) > 20


def name_span(sheet: Sheet, index: int) -> Span:
    """The name in a line 附件1:…"""
    block = sheet.blocks[index]
    head = lines.list_head(sheet.texts[index])
    return Span(min(block.start + (head.end() if head else 0), block.end - 1), block.end)
