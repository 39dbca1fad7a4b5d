"""Marks of Markdown in the lines of a text: headings, emphasis, links."""

from __future__ import annotations

import re

from extract.lines import names_file
from extract.pieces import Line

_HEADING_LINE = re.compile(r"^#{1,6} \S", re.MULTILINE)
_TABLE_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\(([^()\s]{1,500})\)")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*|__(?=\S)(.{1,300}?)(?<=\S)__")
_LONGEST_LINE = 5_000


def is_markdown(text: str) -> bool:
    """Whether a text is Markdown: it has the rule of a table, or several headings.

    >>> is_markdown("# 通知\\n\\n正文\\n\\n## 一、目标"), is_markdown("#1 指标")
    (True, False)
    """
    return (
        _TABLE_RULE.search(text) is not None
        or sum(1 for _ in zip(range(2), _HEADING_LINE.finditer(text), strict=False)) == 2
    )


def take_markdown(line: Line) -> None:
    """Take the marks off a line; what they say goes to its fields.

    >>> line = Line("## **一、指标**见[清单](a.xlsx)")
    >>> take_markdown(line)
    >>> line.text, line.level, line.links
    ('一、指标见清单', 2, [(5, 7, 'a.xlsx')])
    """
    text = line.text.strip(" ")
    if len(text) > _LONGEST_LINE:
        return
    if match := _HEADING.match(text):
        line.level, text = len(match[1]), text[match.end() :].rstrip("# ")
    if "**" in text or "__" in text:
        plain = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
        line.is_bold = len(plain) == len(text) - 4 and text[:2] == text[-2:]
        text = plain
    parts, end, size = [], 0, 0
    for match in _LINK.finditer(text):
        is_picture = match[0].startswith("!")
        parts += [text[end : match.start()], "" if is_picture else match[1]]
        size += len(parts[-2]) + len(parts[-1])
        if not is_picture and (names_file(match[1]) or names_file(match[2].split("?")[0])):
            line.links.append((size - len(match[1]), size, match[2]))
        end = match.end()
    line.text = "".join(parts) + text[end:]
