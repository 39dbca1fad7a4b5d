"""Sections and tasks as rows, with who answers for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.model import Notice, Span
from normalize.offices import Office
from normalize.responsibilities import ROLES, unread_bracket
from normalize.results import Result
from normalize.tree import Node, Tree


def find_sections(notice: Notice, tree: Tree) -> Result:
    """Rows of ``sections`` and ``tasks`` for the numbered items of one document, and their ``responsibilities``.

    ``s0``, for what stands above the first label, is added by ``preface_row`` where something needs it.
    """
    result = Result()
    for node in tree.nodes:
        table = "sections" if node.kind == "section" else "tasks"
        result.add(table, _row(notice, node))
        add_responsibilities(result, "section" if node.kind == "section" else "task", node.id, _offices(node))
        check_brackets(notice, result, "section" if node.kind == "section" else "task", node.id, node.spans)
        for start, end in node.step_labels:
            result.own(start, end, "ordinal")
        result.own(node.start, node.start + len(node.label), "ordinal")
    for heading in tree.unnumbered:
        shown = notice.text[heading.start : heading.end]
        result.check("heading_unnumbered", f"a heading without a number is read as text: {shown}", heading.start, heading.end)
    _check_numbering(tree, result)
    return result


def preface_row(tree: Tree) -> dict[str, object]:
    """The row of ``sections`` for what stands above the first label."""
    node = tree.preface
    return {"section_id": node.id, "level": 1, "start": node.start, "end": node.end}


def _row(notice: Notice, node: Node) -> dict[str, object]:
    title = joined(notice.text, [node.title]) if node.title else ""
    first = max(node.text_from, node.start)
    spans = [Span(max(span.start, first), span.end) for span in node.spans if span.end > first]
    row: dict[str, object] = {"title": title, "text": joined(notice.text, spans), "start": node.start, "end": node.end, **office_columns(_offices(node))}
    if node.kind == "section":
        parent = node.parent.id if node.parent else ""
        return {"section_id": node.id, "parent_id": parent, "level": node.level, "label": node.label, **row}
    limit = next((clause.time_limit for clause in node.clauses if clause.time_limit), "")
    return {
        "task_id": node.id, "section_id": node.section_id, "domain": node.domain, "kind": node.kind,
        "seq": node.ordinal, "time_limit": limit, **row,
    }  # fmt: skip


def office_columns(offices: Mapping[str, Sequence[Office]]) -> dict[str, str]:
    """The names of units by role as the columns of a row hold them: joined by 、, each once."""
    return {f"{role}_units": "、".join(dict.fromkeys(office.name for office in offices.get(role, ()))) for role in ROLES}


def _offices(node: Node) -> dict[str, list[Office]]:
    found: dict[str, list[Office]] = {role: [] for role in ROLES}
    for clause in node.clauses:
        for assignment in clause.assignments:
            found[assignment.role] += assignment.offices
    return found


def add_responsibilities(result: Result, subject_kind: str, subject_id: str, offices: dict[str, list[Office]]) -> None:
    """A row of ``responsibilities`` for each unit and role, in the order named, none twice."""
    for role in ROLES:
        named: set[str] = set()
        for office in offices.get(role, []):
            if office.name in named:
                continue
            named.add(office.name)
            result.add("responsibilities", {
                "subject_kind": subject_kind, "subject_id": subject_id, "role": role, "position": len(named),
                "name_as_written": office.name, "start": office.start, "end": office.end,
            })  # fmt: skip


def joined(text: str, spans: Sequence[Span]) -> str:
    """Stretches of text, a line each; a clause cut out of a line leaves no gap."""
    joined = ""
    last = -1
    for span in spans:
        piece = text[span.start : span.end].strip()
        if not piece:
            continue
        is_new_line = last >= 0 and "\n" in text[last : span.start]
        joined += ("\n" if is_new_line else "") + piece
        last = span.end
    return re.sub(r"^[。:：\s]+", "", joined)


def check_brackets(notice: Notice, result: Result, kind: str, subject_id: str, spans: Sequence[Span]) -> None:
    """Say so where brackets at the end of a text name a unit and nobody was made to answer."""
    for span in spans:
        if (bracket := unread_bracket(notice.folded, span.start, span.end)) is not None:
            shown = notice.text[bracket.start : bracket.end]
            message = f"brackets at the end name a unit, and who answers could not be read: {shown}"
            result.check("offices_unread", message, bracket.start, bracket.end, subject_kind=kind, subject_id=subject_id)


def _check_numbering(tree: Tree, result: Result) -> None:
    """Gaps and repeats among the labels of one parent. Numbering may run on from the parent before."""
    last_of_level: dict[int, int] = {}
    previous: dict[str, Node] = {}
    for node in tree.nodes:
        group = f"{node.parent.id if node.parent else ''}"
        before = previous.get(group)
        expected = {before.ordinal + 1} if before else {1, last_of_level.get(node.level, 0) + 1}
        if node.ordinal not in expected:
            kind = "section" if node.kind == "section" else "task"
            what = "repeats" if before and node.ordinal <= before.ordinal else "skips"
            after = f" after {before.label}" if before else ""
            result.check("numbering", f"the numbering {what}: {node.label}{after}", node.start, node.start + len(node.label), subject_kind=kind, subject_id=node.id)
        previous[group] = node
        last_of_level[node.level] = node.ordinal
