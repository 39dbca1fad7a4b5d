"""Who answers for what, as clauses of the prose say it: (责任单位:A、B), (A牵头,B、C配合), 牵头单位:… on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.folding import fold_key
from extract.model import Span
from normalize import vocabulary
from normalize.offices import Office, kind_of, read_offices

ROLES = ("lead", "responsible", "support")

_OPENING = {"(": ")", "〔": "〕", "【": "】", "[": "]"}
_BRACKET = re.compile(r"[(〔【\[]")
_VERBS = (
    ("lead", re.compile(r"(?:分别|共同|联合)?(?:牵头|主办)(?:负责|落实|组织|实施|推进)?$")),
    ("support", re.compile(r"(?:分别|共同|密切|协同|按(?:照)?(?:各自)?职责(?:分工)?)?(?:配合|协助|协同|参加|参与|协办|支持)(?:落实|实施|推进|做好)?$")),
    ("responsible", re.compile(r"(?:按(?:照)?(?:各自)?职责(?:分工)?|分工|分别|共同|具体|联合|组织)?(?:负责|落实|承担|实施|组织实施)(?:落实|实施)?$")),
)  # fmt: skip
# What follows a clause that closes its sentence.
_AT_END = re.compile(r"\s*(?:[。;.]\s*)?$")
_SENTENCE_BEGINS = re.compile(r"[。;!,)\]〕】]\s*$|\s$")
_LONE_LABEL = re.compile(r"(?:牵头|责任|配合|主办|协办|协同|承办)(?:单位|部门)\s*:?")
_MARK_AT_END = re.compile(r"[（(](?:牵头|配合|主办|协办|责任)(?:单位)?[)）]$")
_MARKED = re.compile(r"\((牵头|配合|主办|协办|责任)(?:单位)?\)$")
_SPLIT = re.compile(r"[;,。]")
_SURE_KINDS = {"局", "委", "办", "群团", "镇街"}
# In a bracket without a label: people, and by when.
_NO_UNIT = re.compile(r"分管|包联|[县区市镇乡]长|书记|[0-9]|完成$")
_LONGEST_SENTENCE = 200
_INSIDE_NAME = re.compile(r"[由将把对为是的了]")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role and the units that a clause gives it to."""

    role: str
    offices: tuple[Office, ...]


@dataclass(slots=True)
class Clause:
    """A stretch of a line that says who answers; ``time_limit`` where it says by when too."""

    start: int
    end: int
    assignments: list[Assignment] = field(default_factory=list)
    time_limit: str = ""


@cache
def _label() -> re.Pattern[str]:
    words = sorted(vocabulary.words("roles"), key=lambda word: (-len(word), word))
    spaced = "|".join(r"\s*".join(map(re.escape, word)) for word in words)
    general = (
        r"(?:[省市区县]级?|本级)?(?:牵头|主要|主办|责任|负责|配合|协同|协助|协办|参与|参加|承办|实施|落实|完成){1,3}"
        r"(?:\((?:配合|协同|协办|牵头)\))?(?:单位|部门|科室|主体|领导|处室)(?:\([^()]{1,12}\))?"
    )
    # 【责任单位】区文旅局 and (责任单位 区城管局) have no colon.
    return re.compile(rf"【?(?P<label>{spaced}|{general})\s*(?P<colon>:|】|为(?=[省市区县州旗镇乡各])|(?<=单位|部门)\s+(?=[省市区县州旗镇乡各]))")


@cache
def _end_of_label() -> re.Pattern[str]:
    """What every label ends with: the last character of a role word and the colon."""
    last = "".join(sorted({word[-1] for word in vocabulary.words("roles")} | set("位门室体导)")))
    return re.compile(rf"[{re.escape(last)}]\s*[:】为]|(?:单位|部门)\s")


@cache
def _bracket_or_label() -> re.Pattern[str]:
    return re.compile(rf"{_BRACKET.pattern}|{_label().pattern}")


@cache
def _lasting() -> re.Pattern[str]:
    """How long or how something is done, which is no date and names nobody: 全年推进, 长期坚持, 持续."""
    when = vocabulary.alternation("lasting_words", lambda row: row["part"] == "when")
    what = vocabulary.alternation("lasting_words", lambda row: row["part"] == "what")
    return re.compile(rf"(?:{when})+(?:{what})*$")


@cache
def _sure_unit() -> re.Pattern[str]:
    """The name of a unit that begins a stretch."""
    endings = vocabulary.alternation("office_endings", lambda row: row["kind"] in _SURE_KINDS)
    return re.compile(rf"(?:由)?[省市区县州旗镇乡][\u4e00-\u9fff]{{1,12}}?(?:{endings})")


def role_of(label: str) -> str:
    """The role that a label names: lead, responsible, support; ``people`` and ``time`` for what names no unit.

    >>> role_of("牵头单位"), role_of("协同配合责任单位"), role_of("责任(配合)单位"), role_of("分管领导")
    ('lead', 'support', 'responsible', 'people')
    """
    key = fold_key(label)
    for row in vocabulary.entries("roles"):
        if row["word"] == key:
            return row["role"]
    bare = re.sub(r"\([^()]*\)", "", key)
    if re.search("领导|责任人|负责人|联系人", bare):
        return "people"
    if re.search("配合|协同|协助|协办|参与|参加", bare):
        return "support"
    return "lead" if re.search("牵头|主办", bare) else "responsible"


def find_clauses(text: str, folded: str, start: int, end: int) -> list[Clause]:
    """The clauses of one line ``folded[start:end]``, in order.

    >>> line = "改善条件。(牵头单位:区教育局;配合单位:区财政局、各镇(街道))"
    >>> clause, = find_clauses(line, line, 0, len(line))
    >>> [(a.role, [o.name for o in a.offices]) for a in clause.assignments], line[: clause.start]
    ([('lead', ['区教育局']), ('support', ['区财政局', '各镇(街道)'])], '改善条件。')
    >>> line = "(市民政局牵头,市财政局、市卫生健康委配合)"
    >>> [(a.role, [o.name for o in a.offices]) for a in find_clauses(line, line, 0, len(line))[0].assignments]
    [('lead', ['市民政局']), ('support', ['市财政局', '市卫生健康委'])]
    """
    found: list[Clause] = []
    # Looking for a label costs more than all the rest.
    candidate = _bracket_or_label() if _end_of_label().search(folded, start, end) else _BRACKET
    match = candidate.search(folded, start, end)
    while match is not None:
        position = match.start()
        after = position + 1
        wrapped = _label().match(folded, position, end) if match[0] == "【" else None
        if match[0] in _OPENING and not (wrapped and wrapped["colon"] == "】"):
            closing = _closing(folded, position, end)
            if closing is not None:
                after = closing
                clause = _bracket(text, folded, position, closing, start, end)
                if clause is not None:
                    found.append(clause)
        elif _begins(folded, start, position):
            after = _line_clause_end(folded, wrapped.end() if wrapped else match.end(), end)
            found.append(_labelled(text, folded, position, after))
        match = candidate.search(folded, after, end)
    told = _closing_sentence(text, folded, start, end)
    if told is not None and (not found or found[-1].end <= told.start):
        found.append(told)
    return found


def _closing_sentence(text: str, folded: str, start: int, end: int) -> Clause | None:
    """The last sentence of a line where it does nothing but say who answers: 由县民政局负责,县卫健局配合。"""
    stop = end
    while stop > start and folded[stop - 1] in "。 ":
        stop -= 1
    begin = max(folded.rfind(mark, start, stop) for mark in "。;!")
    begin = start if begin < 0 else begin + 1
    sentence = folded[begin:stop]
    if not 4 <= len(sentence) <= _LONGEST_SENTENCE or not any(verb.search(sentence) for _, verb in _VERBS):
        return None
    inner = Span(begin + (len(sentence) - len(sentence.lstrip(" 由"))), stop)
    parts = list(_by_verb(text, folded, inner, ""))
    offices = [office for part in parts for office in part.offices]
    if not offices or any(not part.role or not part.offices for part in parts):
        return None
    known = [bool(kind_of(office.name)) for office in offices]
    if not known[0] or 2 * sum(known) <= len(known):
        return None
    if any(len(office.name) > 20 or _INSIDE_NAME.search(office.name) for office in offices):
        return None
    # Nothing may be left over: every name and verb of the sentence is in the parts.
    told = sum(len(office.name) for office in offices)
    return Clause(begin, end, parts) if told >= 0.55 * len(sentence) else None


def _begins(folded: str, line_start: int, position: int) -> bool:
    """Whether a line or a sentence begins at ``position``."""
    return not folded[line_start:position].strip() or bool(_SENTENCE_BEGINS.search(folded, max(line_start, position - 8), position))


def _closing(folded: str, opening: int, end: int) -> int | None:
    """The offset after the bracket that closes the one at ``opening``."""
    depth, mark = 0, folded[opening]
    for index in range(opening, min(end, opening + 600)):
        if folded[index] == mark:
            depth += 1
        elif folded[index] == _OPENING[mark]:
            depth -= 1
            if not depth:
                return index + 1
    return None


def _line_clause_end(folded: str, position: int, end: int) -> int:
    """A clause without brackets ends with its line, or with the 。 after which something else than a label goes on."""
    while (stop := folded.find("。", position, end)) >= 0:
        rest = folded[stop + 1 : end]
        if not rest.strip():
            return end
        if not _label().match(rest.lstrip()):
            return stop + 1
        position = stop + 1
    return end


def _bracket(text: str, folded: str, start: int, end: int, line_start: int, line_end: int) -> Clause | None:
    """The clause in brackets; ``None`` where they hold something else."""
    inner = Span(start + 1, end - 1)
    content = folded[inner.start : inner.end]
    if label := _label().match(content.lstrip()):
        del label
        return _with_brackets(_labelled(text, folded, inner.start, inner.end), start, end, folded, line_end)
    closes = _AT_END.match(folded, end, line_end) or folded[end : end + 1] in "。;" and end < line_end
    if not closes and not _begins(folded, line_start, start):
        return None
    parts = list(_by_verb(text, folded, inner, ""))
    if not parts or any(not part.offices for part in parts):
        return None
    offices = [office for part in parts for office in part.offices]
    if all(part.role == "" for part in parts):
        # A bare list of units is taken only at the end, and only where every name is that of a unit for certain.
        if _is_unit(re.split("[、,;]", folded[line_start:start])[-1]):
            # 市交通委(市道运局): a second name of the unit before it.
            return None
        if not _AT_END.match(folded, end, line_end) or not _are_units(offices):
            return None
        parts = [Assignment("responsible", tuple(offices))]
    elif not kind_of(offices[0].name) or any(_INSIDE_NAME.search(office.name) for office in offices):
        return None
    else:
        # Who leads and who helps is said: names without a verb beside them answer, and what is no unit is left out.
        loose = [Assignment("responsible", tuple(o for o in part.offices if kind_of(o.name))) for part in parts if not part.role]
        parts = [*(part for part in parts if part.role), *(part for part in loose if part.offices)]
    return _with_brackets(Clause(start, end, parts), start, end, folded, line_end)


def _are_units(offices: Sequence[Office]) -> bool:
    """Whether names in a bare list are those of units for certain."""
    told = [kind_of(office.name) for office in offices]
    if told[0] not in _SURE_KINDS or len(offices[0].name) < 3 or 2 * sum(bool(kind) for kind in told) <= len(told):
        return False
    return all(len(office.name) <= 20 and not _INSIDE_NAME.search(office.name) for office in offices)


def unread_bracket(folded: str, start: int, end: int) -> Span | None:
    """The brackets that close a text and begin with the name of a unit, where no clause was made of them.

    >>> text = "造林3000亩。(县林业局抓总并抓好后续管护)"
    >>> unread_bracket(text, 0, len(text)), unread_bracket("办好学校(含幼儿园)", 0, 9)
    (Span(start=8, end=23), None)
    """
    stop = end
    while stop > start and folded[stop - 1] in " 。;.\n":
        stop -= 1
    if stop <= start or folded[stop - 1] not in _OPENING.values():
        return None
    for opening in range(max(start, stop - 200), stop):
        if folded[opening] in _OPENING and _closing(folded, opening, stop) == stop:
            is_name = _sure_unit().match(folded[opening + 1 : stop - 1].lstrip())
            # 市交通委(市道运局): a second name of the unit before it.
            is_second = _is_unit(re.split("[、,;。]", folded[start:opening])[-1])
            return Span(opening, stop) if is_name and not is_second else None
    return None


def _is_unit(piece: str) -> bool:
    """Whether a stretch is the name of a unit and nothing more: 县财政局, but not 建成养老服务中心."""
    piece = piece.strip()
    return len(piece) <= 16 and bool(kind_of(piece)) and (piece[:1] in "省市区县州旗镇乡各" or kind_of(piece) in ("局", "委", "办"))


def _with_brackets(clause: Clause, start: int, end: int, folded: str, line_end: int) -> Clause:
    clause.start, clause.end = start, end
    if folded[end : end + 1] == "。" and end < line_end and folded[start - 1 : start] in ("。", ";", "!"):
        clause.end = end + 1
    return clause


def _labelled(text: str, folded: str, start: int, end: int) -> Clause:
    """The clause from its first label on: every label holds up to the next."""
    clause = Clause(start, end)
    labels = list(_label().finditer(folded, start, end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        while following and stop > label.end() and folded[stop - 1] in _OPENING:
            stop -= 1
        role = role_of(label["label"])
        if role == "time":
            clause.time_limit = text[label.end() : stop].strip(" 。;；,，")
        elif role != "people":
            clause.assignments += _by_marks(_by_verb(text, folded, Span(label.end(), stop), role))
    return clause


def _by_verb(text: str, folded: str, span: Span, default: str) -> Iterator[Assignment]:
    """A牵头,B、C配合: the verb behind a list gives its role; names with no verb behind them go to the next verb, or ``default``."""
    pieces: list[Span] = []
    start = span.start
    depth = 0
    for index in range(span.start, span.end):
        char = folded[index]
        depth += (char in "([〔【") - (char in ")]〕】")
        # A牵头、B配合: behind a verb the mark between names parts what is said of them.
        ends = char == "、" and any(verb.search(folded[start:index]) for _, verb in _VERBS)
        if depth <= 0 and (ends or _SPLIT.match(char)):
            pieces.append(Span(start, index))
            start = index + 1
    pieces.append(Span(start, span.end))
    pending: list[Span] = []
    for piece in pieces:
        content = folded[piece.start : piece.end].strip()
        if not content:
            continue
        if not default and _NO_UNIT.search(content) or _lasting().fullmatch(content):
            continue
        # 县林业局长期坚持: what follows the name is no part of it.
        tail = _lasting().search(content)
        if tail and kind_of(content[: tail.start()]):
            content = content[: tail.start()]
            begin = folded.find(content, piece.start, piece.end)
            piece = Span(begin, begin + len(content))
        pending.append(piece)
        role = next((role for role, verb in _VERBS if verb.search(content)), "")
        if role:
            # 牵头 behind a list that a label calls 责任单位 still says who leads; 负责 and 落实 leave the label's role.
            yield from _assignment(text, pending, default if default and role == "responsible" else role)
            pending = []
    if pending:
        yield from _assignment(text, pending, default)


def _by_marks(assignments: Iterable[Assignment]) -> Iterator[Assignment]:
    """区卫健局(牵头),区财政局: a mark behind a name is the role of that unit alone."""
    for assignment in assignments:
        marks = [_MARKED.search(fold_key(office.name)) for office in assignment.offices]
        if not any(marks):
            yield assignment
            continue
        for office, mark in zip(assignment.offices, marks, strict=True):
            name = Office(_MARK_AT_END.sub("", office.name), office.start, office.end)
            yield Assignment(role_of(mark[1]) if mark else assignment.role, (name,))


def _assignment(text: str, spans: list[Span], role: str) -> Iterator[Assignment]:
    # Each piece was cut at a separator, so no name goes on from one to the next.
    offices = tuple(office for span in spans for office in read_offices(text, _by_lines(text, span)))
    if offices:
        yield Assignment(role, offices)


def _by_lines(text: str, span: Span) -> list[Span]:
    """A stretch cut at its line breaks: a name may go on over one."""
    spans, start = [], span.start
    for line in text[span.start : span.end].split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return [span for span in spans if len(span)]


def is_open(folded: str, start: int, end: int) -> bool:
    """Whether a clause begun in a line goes on in the next: a bracket is open, a label stands alone, a list is not over."""
    line = folded[start:end].rstrip()
    opening = max(line.rfind("("), line.rfind("【"))
    if opening >= 0 and max(line.rfind(")"), line.rfind("】")) < opening:
        return bool(_label().match(line[opening + 1 :].lstrip()) or kind_of(re.split("[、,;]", line[opening + 1 :])[0].strip()))
    labels = list(_label().finditer(line))
    if labels and (labels[-1].end() == len(line) or line.endswith(("、", "，", ","))):
        label = labels[-1]
        return _begins(folded, start, start + label.start())
    return bool(_LONE_LABEL.fullmatch(line))


def read_cell(text: str, folded: str, spans: Sequence[Span], role: str) -> list[tuple[str, Office]]:
    """The units of a cell in a column of ``role``, each with its role: a verb or label in the cell says more than the heading.

    区人社局牵头,区总工会配合; 区人社局(牵头)、区总工会; 区卫健委(区妇联配合).
    """
    found: list[tuple[str, Office]] = []
    outside: list[Span] = []
    for span in spans:
        cursor = span.start
        for clause in find_clauses(text, folded, span.start, span.end):
            if clause.start > cursor:
                outside.append(Span(cursor, clause.start))
            found += [(a.role, office) for a in clause.assignments for office in a.offices]
            cursor = clause.end
        if cursor < span.end:
            outside.append(Span(cursor, span.end))
    has_verbs = any(verb.search(piece.strip()) for span in outside for piece in _SPLIT.split(folded[span.start : span.end]) for _, verb in _VERBS)
    own = [(role, office) for office in read_offices(text, outside)]
    if has_verbs:
        own = [(a.role or role, office) for span in outside for a in _by_verb(text, folded, span, role) for office in a.offices]
    marked = []
    for own_role, office in own:
        mark = _MARKED.search(fold_key(office.name))
        name = _MARK_AT_END.sub("", office.name)
        marked.append((role_of(mark[1]) if mark else own_role, Office(name, office.start, office.end)))
    return [*marked, *found]
