"""Tasks that stand in the rows of tables, as rows of ``tasks``; the groups that they stand under, as rows of ``sections``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.model import Notice, Span, Table
from normalize.commitments import Passage
from normalize.responsibilities import ROLES
from normalize.results import Result
from normalize.sections import add_responsibilities, check_brackets, joined, office_columns
from normalize.task_tables import Group, TaskRow, TaskTable
from normalize.titles import topic_of
from normalize.tree import Node, Tree, ancestors, is_measures

# A path of ordinals, the section's row id, and the topic that its title names.
_Place = tuple[str, str, str]


def find_task_rows(notice: Notice, tree: Tree) -> tuple[Result, list[Passage]]:
    """The rows of one document's task tables, and the stretches of text that may promise something."""
    writer = _Writer(notice, tree)
    for node in (tree.preface, *tree.nodes):
        for table in node.task_tables:
            writer.add(node, table)
    return writer.result, writer.passages


class _Writer:
    def __init__(self, notice: Notice, tree: Tree) -> None:
        self.notice, self.tree = notice, tree
        self.result = Result()
        self.passages: list[Passage] = []
        # A section and a task may have one path: s1 and t1.
        self.taken = {(node.kind == "section", f"{node.prefix}{node.path}") for node in tree.nodes}
        self.counted: Counter[str] = Counter()
        self.open: dict[str, list[tuple[Group, _Place]]] = {}

    def add(self, node: Node, table: TaskTable) -> None:
        is_preface = node is self.tree.preface
        base = "" if is_preface else node.path
        above = [] if is_preface else [*reversed(list(ancestors(node))), node]
        topics = [topic_of(joined(self.notice.text, [n.title])) for n in above if n.title is not None and not n.is_part]
        is_measure = any(is_measures(n, self.notice) for n in above)
        level = 0 if is_preface else node.level
        for row in table.rows:
            places = self._sections(node, base, level, row.groups)
            path, section_id, _ = places[-1] if places else (base, node.id, "")
            self._task(node, row, path, section_id, [*topics, *(topic for _, _, topic in places)], is_measure)
        self._own_serials(table.table)
        for span in table.left_out:
            self.result.own(span.start, span.end, "descriptor")
        if table.columns:
            self.result.check("columns_understood", table.columns, table.table.start, table.table.end, severity="info")
        for remark in table.remarks:
            self.result.check(remark.code, remark.message, table.table.start, table.table.end, severity=remark.severity)
        for span in table.unread:
            shown = self.notice.text[span.start : span.end].replace("\n", " ")[:60]
            self.result.check("row_unread", f"no task came out of this row of a table: {shown}", span.start, span.end)

    def _sections(self, node: Node, base: str, level: int, groups: Sequence[Group]) -> list[_Place]:
        """The sections of a row's groups, those that the row before did not stand under made anew."""
        key = f"{node.prefix}{base}"
        before = self.open.get(key, [])
        same = 0
        while same < min(len(before), len(groups)) and before[same][0] == groups[same]:
            same += 1
        now = before[:same]
        for depth, group in enumerate(groups[same:], same):
            parent_path, parent_id, _ = now[-1][1] if now else (base, "" if node is self.tree.preface else node.id, "")
            path = self._path(node.prefix, parent_path, group.ordinal, is_section=True)
            section_id = f"{node.prefix}s{path}"
            self.result.add("sections", {
                "section_id": section_id, "parent_id": parent_id, "level": level + depth + 1, "label": group.label, "title": group.title,
                "start": group.spans[0].start, "end": max(span.end for span in group.spans),
            })  # fmt: skip
            now.append((group, (path, section_id, topic_of(group.title))))
        self.open[key] = now
        return [place for _, place in now]

    def _path(self, prefix: str, parent: str, ordinal: int, *, is_section: bool = False) -> str:
        """The next path below ``parent``: the printed ordinal, else the count; what is taken gets ``-2``."""
        key = f"{prefix}{parent}"
        self.counted[key] = ordinal or self.counted[key] + 1
        step = f"{parent}.{self.counted[key]}" if parent else str(self.counted[key])
        path, times = step, 1
        while (is_section, f"{prefix}{path}") in self.taken:
            times += 1
            path = f"{step}-{times}"
        self.taken.add((is_section, f"{prefix}{path}"))
        return path

    def _task(self, node: Node, row: TaskRow, parent: str, section_id: str, topics: Sequence[str], is_measure: bool) -> None:
        text = self.notice.text
        path = self._path(node.prefix, parent, row.ordinal)
        task_id = f"{node.prefix}t{path}"
        self.result.add("tasks", {
            "task_id": task_id, "section_id": section_id, "domain": topics[0] if topics and not is_measure else "",
            "kind": "measure" if is_measure else "task", "seq": row.ordinal or "", "title": "".join(text[s.start : s.end] for s in row.title),
            "text": joined(text, row.text), "time_limit": row.time_limit, "start": row.start, "end": row.end,
            **office_columns(row.offices),
        })  # fmt: skip
        add_responsibilities(self.result, "task", task_id, {role: row.offices.get(role, []) for role in ROLES})
        spans: tuple[Span, ...] = (*row.title, *row.text)
        check_brackets(self.notice, self.result, "task", task_id, spans)
        if spans:
            ordered = tuple(sorted(spans, key=lambda span: span.start))
            self.passages.append(Passage(f"{node.prefix}{path}", section_id, task_id, ordered, node.is_review))

    def _own_serials(self, table: Table) -> None:
        for paragraph in table.paragraphs():
            if self.notice.folded[paragraph.start : paragraph.end].strip(" .、").isdigit():
                self.result.own(paragraph.start, paragraph.end, "ordinal")
