"""Names of units in a cell or clause: 区教育局、区卫生健康局,各镇(街道). What is no name (等, 按职责分工负责, asides) is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.folding import fold
from extract.model import Span
from normalize import vocabulary

_OPENING, _CLOSING = "([〔【《“", ")]〕】》”"
_SEPARATORS = "、,;。:/|\n"
# Behind a list of names: what they do together is told by a verb, and is no part of the last name.
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:按(?:照)?(?:各自)?(?:职责|职能|任务)(?:分工)?|根据职责(?:分工)?|依(?:据)?职责)?(?:分工|共同|分别|分头|具体|联合|牵头|协同|密切)?"
    r"(?:负责|牵头|配合|落实|参加|参与|协同|协助|承担|实施|组织实施|推进|主办|协办|支持)(?:落实|实施|推进|配合|负责)?$"
)
_AND_OTHERS = re.compile(r"等(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:个)?(?:(?:区|县|市|省)级?)?(?:有关|相关|各)?(?:单位|部门)?$")
_LEADING = re.compile(r"^(?:由|及|和|与|以及|会同|并|其中)(?=.{2})|^(?:\d{1,2}|[一二三四五六七八九十])[.、)]\s*")
# An aside tells a rule and names nobody: 列第一位的为牵头单位,下同.
_ASIDE = re.compile(
    r"列(?:第一|首)|排(?:在)?(?:第一|首)|第一位|排名|下同|以下|为(?:牵头|责任|主要)|负责[^、]{4,}|按(?:职责|照|分工)|根据|不分先后|无|/|—|-+"
)
_BLANK_JOINS = re.compile(r"[A-Za-z0-9]$")
_LEVEL_START = re.compile(r"[省市区县州旗镇乡各团国]")
_PARTY_HEAD = re.compile(r"(?:[省市区县州旗]|.{2,6}[市区县])?(?:委|政府|人民政府|党工委|管委会|人大|政协)$")
_PARTY_TAIL = re.compile(r"(?:办|办公室|[\u4e00-\u9fff]{1,4}部|[\u4e00-\u9fff]{1,3}办|研究室|督查室|老干部局|[\u4e00-\u9fff]{1,4}委员会|常委会[\u4e00-\u9fff]*)$")
_TOWNS = re.compile(r"各(?:镇|乡|街道|乡镇|村|社区)$")
_TOWN = re.compile(r"(?:镇|乡|街道|乡镇|村|社区|园区)(?=$|[、,，;。)]|\s)")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff(（])")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Office:
    """A unit as written in one line, and the stretch of text that names it (over a line break where the name is broken)."""

    name: str
    start: int
    end: int


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{vocabulary.alternation('office_endings')})$")


def kind_of(name: str) -> str:
    """The kind of a unit by how its name ends (局, 委, 办, 群团, 镇街, 企业, 其他); empty where it ends as no unit does.

    >>> kind_of("区卫生健康局"), kind_of("区总工会"), kind_of("各镇(街道)"), kind_of("托育服务")
    ('局', '群团', '镇街', '')
    """
    bare = fold(name)
    # A pattern tries the endings in the order given, the longest first, and is quicker than asking for one after the other.
    ending = _ending().search(bare[-_longest() :])
    found = _kinds()[ending[0]] if ending else ""
    if not found and (match := re.fullmatch(r"(.{2,})\([^()]*\)", bare)):
        return kind_of(match[1])
    return found


@cache
def _kinds() -> dict[str, str]:
    return {fold(row["ending"]): row["kind"] for row in vocabulary.entries("office_endings")}


@cache
def _longest() -> int:
    return max(map(len, _kinds()))


def read_offices(text: str, spans: Sequence[Span]) -> list[Office]:
    """The units named in ``spans`` of ``text`` (the lines of a cell, or one clause), in order.

    >>> [office.name for office in read_offices("区教育局、区发展和改革局等,各镇(街道)按职责分工负责", [Span(0, 28)])]
    ['区教育局', '区发展和改革局', '各镇(街道)']
    >>> [office.name for office in read_offices("区人力\\n社保局\\n区民政局", [Span(0, 3), Span(4, 7), Span(8, 12)])]
    ['区人力社保局', '区民政局']
    """
    offices: list[Office] = []
    pending: list[Span] = []
    for span in spans:
        folded = fold(text[span.start : span.end])
        pieces = list(_pieces(folded))
        for number, (start, end, is_open) in enumerate(pieces):
            piece = Span(span.start + start, span.start + end)
            if pending and not (number == 0 and _continues(_joined(text, pending), folded[start:end])):
                offices += _office(text, pending)
                pending = []
            pending.append(piece)
            if not is_open or number < len(pieces) - 1:
                offices += _office(text, pending)
                pending = []
    if pending:
        offices += _office(text, pending)
    return offices


def _pieces(folded: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches between separators; ``is_open`` where a stretch ends with the line, not with a separator."""
    depth, start = 0, 0
    for index, char in enumerate(folded):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif char == "、" and _TOWNS.search(folded, start, index) and _TOWN.match(folded, index + 1):
            continue  # 各街道、镇 are said in one
        elif char in _SEPARATORS:
            if folded[start:index].strip():
                yield start, index, False
            start = index + 1
        elif char in " \t\u3000" and _ends_name(folded[start:index]):
            if folded[start:index].strip():
                yield start, index, False
            start = index + 1
        elif char in "和及与" and index > start and _splits(folded, start, index):
            yield start, index, False
            start = index + (2 if folded.startswith("及其", index) else 1)
    if folded[start:].strip():
        yield start, len(folded), True


def _ends_name(piece: str) -> bool:
    piece = piece.strip()
    # 区 alone begins a name that the next line goes on with.
    return len(piece) > 1 and not _BLANK_JOINS.search(piece) and (bool(_ending().search(piece)) or piece.endswith((")", "等")))


def _splits(folded: str, start: int, index: int) -> bool:
    """Whether 和 stands between two units and not inside the name of one: 发展和改革局 is one."""
    before, after = folded[start:index].strip(), folded[index + 1 :]
    if before.endswith("以"):
        before = before[:-1]
    if before.endswith("等"):
        return True
    if len(before) < 3 or not _ending().search(before):
        return False
    following = re.split(f"[{_SEPARATORS} ]", after, maxsplit=1)[0]
    # 城市管理和综合执法局: what stands before would be a name only by chance; a level or 各 begins a name for certain.
    return bool(_LEVEL_START.match(following)) or before[-1] in "局厅办)" and bool(kind_of(_TAIL.sub("", following)))


def _continues(before: str, following: str) -> bool:
    """Whether a line goes on with the name that the line before it began."""
    before, following = fold(before).strip(), following.strip()
    if _PARTY_HEAD.fullmatch(before) and _PARTY_TAIL.fullmatch(following):
        return True
    if before.count("(") != before.count(")"):
        return True
    return not _ends_name(before)


def _joined(text: str, spans: Sequence[Span]) -> str:
    return "".join(text[span.start : span.end].strip() for span in spans)


def _office(text: str, spans: Sequence[Span]) -> Iterator[Office]:
    """The unit that some stretches spell, without the words around its name; nothing where it is an aside."""
    start, end = spans[0].start, spans[-1].end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    name = _joined(text, spans)
    name = _GAP.sub("", name)
    folded = fold(name)
    if match := _LEADING.match(folded):
        name, folded, start = name[match.end() :], folded[match.end() :], start + match.end()
    for pattern in (_TAIL, _AND_OTHERS):
        match = pattern.search(folded)
        if match and match.end() > match.start():
            name, folded, end = name[: match.start()], folded[: match.start()], end - (match.end() - match.start())
    name = name.strip().strip("“”")
    if len(name) < 2 or _ASIDE.match(folded) or not _HAN.search(name) or start >= end:
        return
    if not kind_of(name) and (_ASIDE.search(folded) or len(name) > 24):
        return
    yield Office(name, start, end)
