"""Printed labels, 一、（一）1.（1）① 第一章, and the tree that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract.model import Notice, Paragraph, Table

_CN = "〇零一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CN_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

#: Kinds of label from the outermost as documents use them; ``article`` is 第一条.
#: ``decimal2`` is 1.2, ``decimal3`` 1.2.3 …: the last number counts below the item that the others name.
KINDS = (
    "part", "chapter", "section", "chinese", "article", "chinese_bracket", "digit", "decimal2", "decimal3", "decimal4", "digit_bracket",
    "circled",
)  # fmt: skip

# What follows a label of numbers alone: a title in a line of its own. 1.8万人次 is no label.
_SHORT_HEADING = r"(?=[\u4e00-\u9fff]{2}[\u4e00-\u9fff、“”]{0,22}$)(?![万亿千百]|个|家|所|名|人|元|年|月|倍|成|米|公里|分)"
_DECIMAL_END = r" *(?=[\u4e00-\u9fff“])"
_LABELS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("part", rf"第(?P<n>[{_CN}]+|[0-9]{{1,2}})[编篇](?![\u4e00-\u9fff]{{0,2}}[,、])[ :、]*"),
        ("part", rf"第(?P<n>[{_CN}]+|[0-9]{{1,2}})部分[ :、]*"),
        ("chapter", rf"第(?P<n>[{_CN}]+|[0-9]{{1,2}})章[ :、]*"),
        ("section", rf"第(?P<n>[{_CN}]+|[0-9]{{1,2}})节[ :、]*"),
        ("article", rf"第(?P<n>[{_CN}]+|[0-9]{{1,3}})条(?!例)[ :、]*"),
        ("chinese", rf"(?P<n>[{_CN}]{{1,4}}) ?[、.](?![{_CN}]{{1,2}}[、年级线是])[ ]*"),
        ("chinese_bracket", rf"[(〔\[](?P<n>[{_CN}]{{1,4}})[)〕\]][、.]?[ ]*"),
        ("chinese_bracket", rf"(?P<n>[{_CN_BRACKETED}])[、.]?[ ]*"),
        ("decimal4", rf"(?:[0-9]{{1,2}}\.){{3}}(?P<n>[0-9]{{1,2}})[.、]?{_DECIMAL_END}"),
        ("decimal3", rf"(?:[0-9]{{1,2}}\.){{2}}(?P<n>[0-9]{{1,2}})[.、]?{_DECIMAL_END}"),
        ("decimal2", rf"[0-9]{{1,2}}\.(?P<n>[0-9]{{1,2}})[.、]?(?: +(?=[\u4e00-\u9fff“])|{_SHORT_HEADING})"),
        ("digit", rf"(?P<n>[0-9]{{1,2}}) +{_SHORT_HEADING}"),
        ("digit", r"(?P<n>[0-9]{1,3}) ?(?:[.](?:(?![0-9])|(?=20[0-9]{2}年))|、(?![0-9]+[、.]))[ ]*"),
        ("digit", rf"(?P<n>[{_STOPPED}])[ ]*"),
        ("digit_bracket", r"[(〔](?P<n>[0-9]{1,3})[)〕][、.]?[ ]*(?![0-9])"),
        ("digit_bracket", r"(?P<n>[0-9]{1,2})\)[ ]*(?=[\u4e00-\u9fff“])"),
        ("digit_bracket", rf"(?P<n>[{_BRACKETED}])[ ]*"),
        ("circled", rf"(?P<n>[{_CIRCLED}])[ ]*"),
    )
)
_SIGNS = {char: index % 20 + 1 for signs in (_CIRCLED, _BRACKETED, _STOPPED) for index, char in enumerate(signs)} | {
    char: index + 1 for index, char in enumerate(_CN_BRACKETED)
}


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: ``text[start:end]`` with the blank after it; ``printed`` without."""

    kind: str
    ordinal: int
    start: int
    end: int
    printed: str


@dataclass(slots=True)
class Item:
    """A node of the outline. ``start``:``end`` is its first line; ``body`` the stretches that follow (lines, tables)."""

    label: Label
    start: int
    end: int
    paragraph: Paragraph
    body: list[Paragraph | Table] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)

    def walk(self) -> Iterator[Item]:
        """The item and all below it, in reading order."""
        stack = [self]
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))


def parse_ordinal(text: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20, 3 → 3, ③ → 3.

    >>> [parse_ordinal(text) for text in ("一", "十二", "二十一", "一百零三", "7", "③")]
    [1, 12, 21, 103, 7, 3]
    """
    if text in _SIGNS:
        return _SIGNS[text]
    if text.isdigit():
        return int(text)
    total = digit = 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(char.replace("〇", "零"))
    return total + digit


def match_label(folded: str, start: int, end: int) -> Label | None:
    """The label at the start of a line of folded text.

    >>> label = match_label("(一)加强保障。", 0, 8)
    >>> label.kind, label.ordinal, label.printed
    ('chinese_bracket', 1, '(一)')
    >>> match_label("2023年全区", 0, 7), match_label("1.8万人次", 0, 6), match_label("一、二年级", 0, 5)
    (None, None, None)
    """
    for kind, pattern in _LABELS:
        if (match := pattern.match(folded, start, end)) and match.end() > start:
            ordinal = parse_ordinal(match["n"])
            if 0 < ordinal < 500:
                return Label(kind, ordinal, start, match.end(), match[0].strip())
    return None


_INSIDE = re.compile(
    rf"(?<=[。;)])\s*(?=\([{_CN}]{{1,3}}\)[\u4e00-\u9fff“])|(?<=[项件]\))\s*(?=1[.、](?![0-9]))|(?<=[\u4e00-\u9fff])(?=\(一\)[\u4e00-\u9fff“]{{2,}})"
)


def split_line(folded: str, paragraph: Paragraph, expected: dict[str, int]) -> Iterator[tuple[int, int, Label | None]]:
    """The stretches of a line that begin with a label: most lines are one; a heading may run on in a paragraph.

    A label inside a line counts where it carries the numbering of its kind on: 责任单位：…。（三）落实…
    """
    start, end = paragraph.start, paragraph.end
    label = match_label(folded, start, end)
    position = label.end if label else start
    last = dict(expected)
    if label:
        last[label.kind] = label.ordinal
    for match in _INSIDE.finditer(folded, position, end):
        inner = match_label(folded, match.end(), end)
        if inner is None:
            continue
        follows = inner.ordinal == last.get(inner.kind, 0) + 1 and (inner.kind in last)
        opens = inner.ordinal == 1 and label is not None and KINDS.index(inner.kind) > KINDS.index(label.kind)
        if opens and folded[match.start() - 1] not in "。;)" and match.start() - label.end > 14:  # type: ignore[union-attr]
            opens = False  # only a short heading runs into its first item
        if follows or opens:
            yield start, match.start(), label
            start, label = match.end(), inner
            last[inner.kind] = inner.ordinal
    yield start, end, label


def build_outline(notice: Notice, blocks: Iterable[Paragraph | Table]) -> tuple[list[Paragraph | Table], list[Item]]:
    """What stands before the first label, and the trees of items, from body blocks in reading order.

    A label of a kind that is open ends what is open below it; a new kind opens a level, but never one that documents use
    above the open one (一、 does not go below 1.).
    """
    folded = notice.folded
    preface: list[Paragraph | Table] = []
    roots: list[Item] = []
    path: list[Item] = []
    for block in blocks:
        if isinstance(block, Table):
            (path[-1].body if path else preface).append(block)
            continue
        expected = {item.label.kind: item.label.ordinal for item in path}
        for start, end, label in split_line(folded, block, expected):
            piece = block if (start, end) == (block.start, block.end) else Paragraph(start, end, level=block.level, is_bold=block.is_bold)
            if label is None or label.end >= end and label.kind in ("digit", "circled"):
                (path[-1].body if path else preface).append(piece)
                continue
            kinds = [item.label.kind for item in path]
            if label.kind in kinds:
                del path[kinds.index(label.kind) :]
            else:
                rank = KINDS.index(label.kind)
                while path and KINDS.index(path[-1].label.kind) > rank:
                    path.pop()
            item = Item(label, start, end, piece)
            (path[-1].children if path else roots).append(item)
            path.append(item)
    return preface, roots
