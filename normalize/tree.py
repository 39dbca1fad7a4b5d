"""The outline as sections and tasks: which items head others, which are the leaves, and what text is each one's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.model import Notice, Paragraph, Span, Table
from extract.outline import Item, build_outline
from normalize.facts import REVIEW_TITLE
from normalize.layout import Part
from normalize.responsibilities import Clause, find_clauses, is_open
from normalize.task_tables import TaskTable, read_task_table
from normalize.titles import part_kind, topic_of

_LONGEST_TITLE = 60
_LONG_SENTENCE = 40
_GAP = re.compile(r"[\u4e00-\u9fff“”]{4,25}[ \u3000]+(?=[\u4e00-\u9fff“])")
_HEADING_END = re.compile(r"[。;,:!?]\s*$")
_OPENING, _CLOSING = "([〔【《“", ")]〕】》”"
_MARKS = re.compile(rf"[。！{re.escape(_OPENING + _CLOSING)}]")
# 1. and (1) head tasks only where they are set as headings; what is above them always does.
_BRACKETED = {"chinese_bracket"}
_MOST_JOINED = 6
_HIGH = {"part", "chapter", "section", "chinese", "chinese_bracket"}


@dataclass(slots=True)
class Node:
    """A section or task. ``spans`` are its own lines: the heading sentence and text, without label and responsibility.

    ``kind`` is ``section``, ``task`` or ``measure``. ``start``:``end`` is its evidence: from the label to the end of its
    own text. ``path`` is the ids' path of ordinals, ``prefix`` what stands before the letter (``d2.``).
    """

    path: str
    prefix: str
    kind: str
    level: int
    label: str
    ordinal: int
    title: Span | None
    start: int
    end: int
    parent: Node | None = None
    domain: str = ""
    is_part: bool = False
    is_review: bool = False
    spans: list[Span] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    tables: list[tuple[Table, str]] = field(default_factory=list)
    task_tables: list[TaskTable] = field(default_factory=list)
    text_from: int = 0
    step_labels: list[tuple[int, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """``s2.3`` of a section, ``t2.3.4`` of a leaf."""
        return f"{self.prefix}{'s' if self.kind == 'section' else 't'}{self.path}"

    @property
    def section_id(self) -> str:
        """The innermost section: the node itself, or the one above it; ``s0`` above all."""
        if self.kind == "section":
            return self.id
        return self.parent.id if self.parent is not None else f"{self.prefix}s0"


@dataclass(slots=True)
class Tree:
    """The nodes of one document in reading order; ``preface`` are its lines and tables above the first label."""

    prefix: str
    nodes: list[Node]
    preface: Node
    line_nodes: dict[int, Node]  # start of a line → the node that it belongs to
    unnumbered: list[Paragraph] = field(default_factory=list)  # headings without a number, which are read as text


def build_tree(notice: Notice, part: Part, prefix: str) -> Tree:
    """The sections and leaves of one document of the notice."""
    preface_blocks, roots = build_outline(notice, part.blocks)
    builder = _Builder(notice, prefix)
    start = preface_blocks[0].start if preface_blocks else part.blocks[0].start
    end = preface_blocks[-1].end if preface_blocks else start
    preface = Node("0", prefix, "section", 1, "", 0, None, start, end)
    builder.fill(preface, preface_blocks)
    for number, item in builder.numbered(roots, preface):
        builder.grow(item, number, None)
    for line, begun in builder.line_starts:
        if begun in builder.line_nodes:
            builder.line_nodes[line] = builder.line_nodes[begun]
    return Tree(prefix, builder.nodes, preface, builder.line_nodes, builder.unnumbered)


class _Builder:
    def __init__(self, notice: Notice, prefix: str) -> None:
        self.notice, self.prefix = notice, prefix
        self.nodes: list[Node] = []
        self.line_nodes: dict[int, Node] = {}
        self.unnumbered: list[Paragraph] = []  # headings without a number within an item
        self.line_starts: list[tuple[int, int]] = []  # a line, and the line that it goes on
        self._known_clauses: dict[tuple[int, int], list[Clause]] = {}

    def _clauses(self, start: int, end: int) -> list[Clause]:
        """The clauses of responsibility of a line, which several questions are put to."""
        if (start, end) not in self._known_clauses:
            self._known_clauses[start, end] = find_clauses(self.notice.text, self.notice.folded, start, end)
        return self._known_clauses[start, end]

    def numbered(self, items: Sequence[Item], preface: Node | None = None) -> Iterator[tuple[str, Item]]:
        """Each item with the last step of its path: the printed ordinal, and what sets a repeated one apart.

        Task tables of the ``preface`` come first: their groups are sections, their rows without groups tasks.
        """
        rows = [row for table in preface.task_tables for row in table.rows] if preface is not None else []
        sections = {row.groups[0].ordinal for row in rows if row.groups}
        tasks = {row.ordinal for row in rows if not row.groups}
        seen: Counter[int] = Counter()
        for item in items:
            ordinal = item.label.ordinal
            seen[ordinal] += 1
            times = seen[ordinal] + (ordinal in (sections if item.children else tasks))
            yield f"{item.label.ordinal}{f'-{times}' if times > 1 else ''}", item

    def grow(self, item: Item, number: str, parent: Node | None) -> None:
        """Add an item and all below it. The outline is no deeper than there are kinds of label."""
        path = f"{parent.path}.{number}" if parent else number
        level = parent.level + 1 if parent else 1
        self._join(item)
        is_bare = not self._rest_of_line(item)
        # What stands below the outermost items of a document, or below a bare 一、, is rows, whatever else stands there.
        is_high = is_bare and (level == 1 or item.label.kind in _HIGH and (item.label.kind not in _BRACKETED or not self._says_more(item)))
        heads = bool(item.children) and self._are_rows(item, is_high)
        node = Node(path, self.prefix, "section", level, self.notice.text[item.start : item.label.end].strip(), item.label.ordinal, None, item.start, item.end, parent)
        self.line_nodes[item.start] = node
        own: list[Paragraph | Table] = list(item.body)
        if not heads:
            steps = [below for child in item.children for below in child.walk()]
            own += [block for below in steps for block in (_line(below), *below.body)]
            node.step_labels = [(below.label.start, below.label.start + len(below.label.printed)) for below in steps]
        self._read_heading(node, item)
        title = self.notice.text[node.title.start : node.title.end] if node.title else ""
        kind = part_kind(title)
        node.is_part = bool(kind)
        node.is_review = bool(REVIEW_TITLE.search(title)) or bool(parent and parent.is_review)
        self.fill(node, own)
        has_target_table = bool(node.tables) and not node.task_tables and len(node.spans) <= 1
        is_section = heads or bool(node.task_tables) or has_target_table or kind in ("part", "tasks") or (kind == "measures" and self._is_bare(title))
        if not is_section:
            is_measure = kind == "measures" or any(is_measures(above, self.notice) for above in ancestors(node))
            node.kind = "measure" if is_measure else "task"
        node.domain = "" if node.kind == "measure" else self._domain(node)
        self.nodes.append(node)
        if heads:
            first = len(self.nodes)
            for step, child in self.numbered(item.children):
                self.grow(child, step, node)
            self._raise_clause(node, self.nodes[first:])

    def _raise_clause(self, node: Node, below: Sequence[Node]) -> None:
        """A line of responsibility behind the last of several items, of which none has its own, is that of all of them."""
        if len(below) < 2 or node.clauses or any(other.clauses for other in below[:-1]):
            return
        last = below[-1]
        alone = [clause for clause in last.clauses if self.notice.text[clause.start - 1 : clause.start] == "\n"]
        if alone and len(alone) == len(last.clauses):
            node.clauses, last.clauses = last.clauses, []

    def _is_bare(self, title: str) -> bool:
        """保障措施 names a part; 加强组织领导 says what is to be done, and its text is a measure."""
        return not re.match(r"强化|加强|切实|严格|健全|完善|进一步|建立|压实|明确", title)

    def _rest_of_line(self, item: Item) -> bool:
        """Whether more than a heading stands on the item's own line."""
        folded = self.notice.folded
        stop = _sentence_end(folded, item.label.end, item.end)
        rest = folded[stop : item.end]
        for clause in self._clauses(item.label.end, item.end):
            if clause.start >= stop:
                rest = folded[stop : clause.start]
                break
        return len(rest.strip("。: ")) > 0

    def _says_more(self, item: Item) -> bool:
        """Whether text of its own, and not only who answers, stands between a heading and the items below it."""
        for block in item.body:
            if isinstance(block, Table):
                return True
            covered = sum(clause.end - clause.start for clause in self._clauses(block.start, block.end))
            if covered < 0.8 * (block.end - block.start):
                return True
        return False

    def _join(self, item: Item) -> None:
        """Take the next lines to an item's own where they only finish its clause of responsibility."""
        folded = self.notice.folded
        for _ in range(_MOST_JOINED):
            following = item.body[0] if item.body else None
            if not isinstance(following, Paragraph) or not is_open(folded, item.start, item.end):
                break
            item.end = following.end
            self.line_starts.append((following.start, item.start))
            del item.body[0]

    def _are_rows(self, item: Item, is_high: bool) -> bool:
        """Whether the items below one are sections and tasks of their own, and no steps within its text."""
        children = item.children
        if children[0].label.kind == "circled" and not any(self._has_clause(child) for child in children):
            return False
        if is_high:
            return True
        alone = sum(self._stands_alone(child) for child in children)
        return 2 * alone > len(children)

    def _stands_alone(self, child: Item) -> bool:
        """Whether an item is set as a heading, or has its own responsibility."""
        if child.children or self._has_clause(child):
            return True
        folded = self.notice.folded
        stop = _sentence_end(folded, child.label.end, child.end)
        heading = folded[child.label.end : stop].strip()
        rest = folded[stop : child.end].strip("。 ")
        if rest:
            return len(heading) <= 40 and folded[stop - 1 : stop] == "。"
        return bool(child.body) and len(heading) <= 40 and not _HEADING_END.search(heading.rstrip("。"))

    def _has_clause(self, child: Item) -> bool:
        lines = [(child.label.end, child.end), *((block.start, block.end) for block in child.body if isinstance(block, Paragraph))]
        return any(clause.assignments for start, end in lines for clause in self._clauses(start, end))

    def _read_heading(self, node: Node, item: Item) -> None:
        """The title (the heading sentence, without label and final mark), and the rest of the line as own text."""
        folded, text = self.notice.folded, self.notice.text
        clauses = self._clauses(item.label.end, item.end)
        node.clauses += clauses
        stop = min([clause.start for clause in clauses], default=item.end)
        end = _sentence_end(folded, item.label.end, stop)
        # 实施扩容工程:新建3所…: what stands before the colon is the heading.
        colon = folded.find(":", item.label.end, min(end, item.label.end + 25))
        if colon > item.label.end + 3 and end - colon > 2 and not re.search("[,，;、]", folded[item.label.end : colon]):
            end = colon + 1
        elif item.label.end + 3 < item.paragraph.bold_end < end - 3 and item.paragraph.bold_end - item.label.end <= _LONG_SENTENCE:
            end = item.paragraph.bold_end
        elif (gap := _GAP.match(text, item.label.end, end)) and ("\u3000" in gap[0] or end - item.label.end > _LONG_SENTENCE):
            # The heading has no mark of its own, and a blank sets it off from the text.
            end = gap.end()
        title_end = end
        while title_end > item.label.end and folded[title_end - 1] in "。:;, ":
            title_end -= 1
        node.title = Span(item.label.end, title_end) if title_end > item.label.end else None
        node.text_from = end
        cursor = item.label.end
        for clause in [*clauses, None]:
            until = clause.start if clause else item.end
            # The heading is a stretch of its own: what it says is no part of the first sentence.
            for start, stop in ((cursor, min(until, end)), (max(cursor, end), until)):
                if start < stop and folded[start:stop].strip():
                    node.spans.append(Span(start, stop))
            cursor = clause.end if clause else until

    def fill(self, node: Node, blocks: Sequence[Paragraph | Table]) -> None:
        """Give a node the lines and tables that stand below its heading."""
        text, folded = self.notice.text, self.notice.folded
        caption = ""
        for block in self._joined(blocks):
            node.end = max(node.end, block.end)
            self.line_nodes[block.start] = node
            if isinstance(block, Table):
                tasks = read_task_table(self.notice, block)
                if tasks is not None:
                    node.task_tables.append(tasks)
                else:
                    node.tables.append((block, caption))
                continue
            if block.level and node.ordinal and block.end - block.start <= 30 and not _HEADING_END.search(folded[block.start : block.end]):
                self.unnumbered.append(block)
            caption = text[block.start : block.end] if block.end - block.start <= 60 else ""
            clauses = self._clauses(block.start, block.end)
            node.clauses += clauses
            cursor = block.start
            for clause in [*clauses, None]:
                until = clause.start if clause else block.end
                if folded[cursor:until].strip(" 。"):
                    node.spans.append(Span(cursor, until))
                cursor = clause.end if clause else until

    def _joined(self, blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
        """The blocks, lines put together over which one clause of responsibility goes."""
        folded = self.notice.folded
        open_line: Paragraph | None = None
        count = 0
        for block in blocks:
            if open_line is not None:
                if isinstance(block, Paragraph) and count < _MOST_JOINED:
                    self.line_starts.append((block.start, open_line.start))
                    block, count = replace(open_line, end=block.end), count + 1
                else:
                    yield open_line
                    count = 0
            open_line = None
            if isinstance(block, Paragraph) and is_open(folded, block.start, block.end):
                open_line = block
            else:
                count = 0
                yield block
        if open_line is not None:
            yield open_line

    def _domain(self, node: Node) -> str:
        """The outermost section above a leaf whose title is a topic."""
        for above in reversed(list(ancestors(node))):
            if not above.is_part and above.title is not None:
                return topic_of(self.notice.text[above.title.start : above.title.end])
        return ""


def _line(item: Item) -> Paragraph:
    return Paragraph(item.start, item.end)


def ancestors(node: Node) -> Iterator[Node]:
    """The sections above a node, from the innermost."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def is_measures(node: Node, notice: Notice) -> bool:
    return node.title is not None and part_kind(notice.text[node.title.start : node.title.end]) == "measures"


def _sentence_end(folded: str, start: int, end: int) -> int:
    """The offset after the first 。 that stands outside quotes and brackets, else ``end``."""
    depth = 0
    for match in _MARKS.finditer(folded, start, end):
        if match[0] in _OPENING:
            depth += 1
        elif match[0] in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            return match.end()
    return end
